//! Questions about dates as a whole: the order of day and month, the century, the year.

use std::fmt::Write as _;

use super::writer::{Writer, plain};

impl Writer<'_> {
    /// Asks what the dates of the columns that are read as dates leave open.
    pub(super) fn ask_how_dates_are_read(&mut self, order: bool, out: &mut String) {
        let columns: Vec<usize> = self.dates.iter().copied().collect();
        for column in columns {
            if order {
                self.order_of_days(column, out);
            }
            let about = &self.profile.columns[column];
            let heading = self.shown(column);
            let (short, bare) = (about.short_years.clone(), about.no_years.clone());
            if let (count @ 1.., first) = short {
                self.ask_above(
                    out,
                    &format!(
                        "{} of “{heading}” {} a year of two digits ({first}). Of which century? Then, on a line of its own: century: 20, or: century: 19",
                        dates(count),
                        if count == 1 { "has" } else { "have" },
                    ),
                );
            }
            if let (count @ 1.., first) = bare {
                self.ask_above(
                    out,
                    &format!(
                        "{} of “{heading}” {} no year ({first}). If all are of one year, on a line of its own: year: 2021",
                        dates(count),
                        if count == 1 { "has" } else { "have" },
                    ),
                );
            }
        }
    }

    /// A question about the whole mapping.
    fn ask_above(&mut self, out: &mut String, question: &str) {
        self.questions += 1;
        // Writing to a String cannot fail.
        let _ = writeln!(out, "# ? {}", plain(question));
    }

    /// Which number is the day, where some date leaves it open.
    fn order_of_days(&mut self, column: usize, out: &mut String) {
        let about = &self.profile.columns[column];
        if about.ambiguous == 0 {
            return;
        }
        let heading = self.shown(column);
        let count = about.ambiguous;
        let line = match (&about.day_first, &about.month_first) {
            (Some(shows), None) => {
                format!("# In “{heading}” the day comes first: {shows} shows it.")
            }
            (None, Some(shows)) => {
                format!("# In “{heading}” the month comes first: {shows} shows it.")
            }
            _ => {
                let question = format!(
                    "{} of “{heading}” can be read both ways. Does the day come first? Then, on a line of its own: dates: dmy. The month? dates: mdy",
                    dates(count)
                );
                return self.ask_above(out, &question);
            }
        };
        let _ = writeln!(out, "{}", plain(&line));
    }
}

fn dates(count: usize) -> String {
    match count {
        1 => "1 date".to_owned(),
        _ => format!("{count} dates"),
    }
}
