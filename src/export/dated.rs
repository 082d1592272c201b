//! What of a selection is dated, in order, for the formats that are a timeline.

use annals_graph::View;
use annals_model::{Claim, Facts, RecordKind, RecordRef, Voice};
use annals_query::Dossier;
use annals_query::sort_key;
use annals_query::timeline::label;
use annals_time::{Date, Day};

/// An event, claim, relation or document of a timeline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated<'f> {
    pub(super) record: RecordRef,
    /// When it was, as given.
    pub(super) given: Option<&'f Date>,
    /// Its first publication: it is not later.
    pub(super) reported: Option<&'f Date>,
}

/// The selected records of these kinds, oldest first; undated ones where they were first
/// published, else last. A report says nothing of when a relation held: undated ones come last.
pub(super) fn dated<'f>(
    dossier: &Dossier<'f>,
    view: &View<'_>,
    kinds: &[RecordKind],
) -> Vec<Dated<'f>> {
    let facts = dossier.facts();
    let records = view.records();
    let mut all: Vec<Dated<'f>> = (records.iter(facts))
        .filter(|record| kinds.contains(&record.kind()))
        .map(|record| Dated {
            record,
            given: date_of(facts, record),
            reported: dossier.validity.reported(facts, record),
        })
        .collect();
    let validity = &dossier.validity;
    sort_key::sort(facts, validity, &mut all, Dated::placed, |one| one.record);
    all
}

fn date_of(facts: &Facts, record: RecordRef) -> Option<&Date> {
    let date = match record {
        RecordRef::Relation(id) => facts[id].when,
        other => super::date_of(facts, other.node()?),
    };
    date.map(|date| facts.date(date))
}

impl<'f> Dated<'f> {
    /// The date where it stands.
    fn placed(&self) -> Option<&'f Date> {
        let is_tie = matches!(self.record, RecordRef::Relation(_));
        self.given.or(self.reported.filter(|_| !is_tie))
    }
}

impl Dated<'_> {
    /// When it was, in words: the source's own where there are some; of what has no date, when it
    /// was reported.
    pub(super) fn words(&self) -> String {
        match (self.given, self.reported) {
            (Some(date), _) => date.words(),
            (None, Some(date)) => format!("undated, reported {}", date.dated()),
            (None, None) => "undated".to_owned(),
        }
    }
}

impl Dated<'_> {
    /// The year under which it stands, with its era where it needs one ("44 BCE"); what has no
    /// known start, or no date, says so.
    pub(super) fn year(&self) -> String {
        match self.placed().map(|date| (date.first(), date.last())) {
            // "15 Mar 44 BCE": what follows day and month is the year.
            Some((Some(day), _)) => (day.words().splitn(3, ' ').nth(2))
                .unwrap_or_default()
                .to_owned(),
            Some((None, _)) => "no known start".to_owned(),
            None => "undated".to_owned(),
        }
    }
}

/// What it is called: the words of a claim within quotation marks if they are the speaker's own.
pub(super) fn called(dossier: &Dossier<'_>, record: RecordRef) -> String {
    let words = label(dossier, record);
    match record {
        RecordRef::Claim(id) if dossier.facts()[id].quote.is_some() => format!("“{words}”"),
        _ => words,
    }
}

/// Who speaks in a claim, in words.
pub(super) fn speakers(facts: &Facts, claim: &Claim) -> String {
    let names = facts.list(claim.speaker).iter();
    let names: Vec<&str> = names.map(|one| facts.label(*one)).collect();
    match (names.as_slice(), claim.voice) {
        ([], Voice::Narrator) => "the narrator".to_owned(),
        ([], _) => "somebody".to_owned(),
        _ => names.join(", "),
    }
}

/// A day, month or year that a date begins or ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// A year, astronomical: 0 is 1 BCE.
    Year(i32),
    /// A month of it, 1 to 12.
    Month(i32, u32),
    /// A day.
    Day(Day),
}

/// The two ends of a date as finely as they are known; no second one for a date that is a single
/// day, month or year. `None` for what is open, unknown, or past the calendar's range.
pub(super) fn ends(date: &Date) -> (Option<End>, Option<End>) {
    let extent = date.extent();
    let [first, latest_start] = [extent.earliest_start().day(), extent.latest_start().day()];
    let [earliest_end, last] = [extent.earliest_end().day(), extent.latest_end().day()];
    if let (Some(first), Some(last)) = (first, last) {
        let lies_within = (Some(first), Some(last)) == (earliest_end, latest_start);
        if lies_within {
            return match unit(first, last) {
                Some(unit) => (Some(unit), None),
                None => between(first, last),
            };
        }
    }
    let end = |from: Option<Day>, to: Option<Day>, fallback: Option<Day>| {
        let whole = from.zip(to).and_then(|(from, to)| unit(from, to));
        whole.or(fallback.map(End::Day))
    };
    (
        end(first, latest_start, first),
        end(earliest_end, last, last),
    )
}

/// The day, month or year that is exactly these days.
fn unit(first: Day, last: Day) -> Option<End> {
    let ((year, month, day), (last_year, last_month, _)) = (first.ymd(), last.ymd());
    if first == last {
        return Some(End::Day(first));
    }
    if day != 1 || !ends_month(last) || year != last_year {
        return None;
    }
    match (month, last_month) {
        (1, 12) => Some(End::Year(year)),
        _ if month == last_month => Some(End::Month(year, month)),
        _ => None,
    }
}

/// The ends of a stretch of whole years, whole months, or days.
fn between(first: Day, last: Day) -> (Option<End>, Option<End>) {
    let ((year, month, day), (last_year, last_month, _)) = (first.ymd(), last.ymd());
    let ends = match day == 1 && ends_month(last) {
        true if month == 1 && last_month == 12 => [End::Year(year), End::Year(last_year)],
        true => [End::Month(year, month), End::Month(last_year, last_month)],
        false => [End::Day(first), End::Day(last)],
    };
    (Some(ends[0]), Some(ends[1]))
}

fn ends_month(day: Day) -> bool {
    day.checked_add_days(1).is_none_or(|next| next.ymd().2 == 1)
}

/// What was left out, for the user; nothing where nothing was.
pub(super) fn left_out(count: usize, why: &str) -> Vec<String> {
    let (have, are) = match count {
        0 => return Vec::new(),
        1 => ("1 record has".to_owned(), "is"),
        many => (format!("{many} records have"), "are"),
    };
    vec![format!("{have} {why} and {are} left out")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(written: &str) -> (Option<End>, Option<End>) {
        ends(&Date::parse(written).unwrap())
    }

    fn day(year: i32, month: u32, day: u32) -> End {
        End::Day(Day::from_ymd(year, month, day).unwrap())
    }

    #[test]
    fn ends_are_as_fine_as_the_date() {
        assert_eq!(of("2023-04-20"), (Some(day(2023, 4, 20)), None));
        assert_eq!(of("2023-04"), (Some(End::Month(2023, 4)), None));
        assert_eq!(of("-0043"), (Some(End::Year(-43)), None));
        assert_eq!(of("156X"), (Some(End::Year(1560)), Some(End::Year(1569))));
        assert_eq!(
            of("2001-21"),
            (Some(End::Month(2001, 3)), Some(End::Month(2001, 5)))
        );
        assert_eq!(
            of("1964/2008-02"),
            (Some(End::Year(1964)), Some(End::Month(2008, 2)))
        );
        assert_eq!(of("2022-02-24/.."), (Some(day(2022, 2, 24)), None));
        assert_eq!(of("../1811"), (None, Some(End::Year(1811))));
        assert_eq!(of("../.."), (None, None));
        assert_eq!(
            of("[1667,1672]"),
            (Some(End::Year(1667)), Some(End::Year(1672)))
        );
    }
}
