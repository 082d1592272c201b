//! Which of two numbers is the day, where a date of the column shows it: `15/04/2021` has the day
//! first, and then `03/04/2021` has, too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::{Apply, Here};
use super::map::{Part, Template};
use super::rows::{Head, Read, Remark, Row, each};
use crate::Options;
use crate::dates::{DayOrder, Reading, Unread};
use annals_source::{At, Source, SourceError};

/// Longer texts are not looked at: they are no dates.
const LONGEST: usize = 100;

/// The order that a date must have, if it can have only one.
pub(super) fn shown_by(dates: Reading, text: &str) -> Option<DayOrder> {
    if text.len() > LONGEST || !text.contains(['/', '-']) {
        return None;
    }
    if let Some(order) = of_numbers(text) {
        return Some(order);
    }
    let read = |order| {
        let dates = Reading {
            order: Some(order),
            ..dates
        };
        dates.read(text).ok()
    };
    match (read(DayOrder::DayFirst), read(DayOrder::MonthFirst)) {
        (Some(_), None) => Some(DayOrder::DayFirst),
        (None, Some(_)) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// `15/04` and `15/04/21`, which are no whole dates; 04/15 may be April 2015.
fn of_numbers(text: &str) -> Option<DayOrder> {
    let parts: Vec<&str> = text.trim().split('/').map(str::trim).collect();
    let number = |part: &str| {
        let short = matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u8>().ok().filter(|_| short)
    };
    let (first, second) = match parts[..] {
        [first, second] | [first, second, _] => (number(first)?, number(second)?),
        _ => return None,
    };
    let whole = match parts.get(2) {
        Some(year) => number(year).is_some() && year.len() == 2,
        None => true,
    };
    match (first, second) {
        (13..=31, 1..=12) if whole => Some(DayOrder::DayFirst),
        (1..=12, 13..=31) if whole && parts.len() == 3 => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// What the dates of a column show.
#[derive(Debug, Default)]
struct Shown {
    day: Option<(At, String)>,
    month: Option<(At, String)>,
}

/// The orders that the columns of some tables show, by table and column. Read when the first date
/// asks for one.
#[derive(Debug)]
pub(super) struct DayOrders<'s> {
    sources: &'s [Source],
    options: &'s Options,
    dates: Reading,
    read: bool,
    shown: BTreeMap<(Arc<str>, usize), Shown>,
    told: BTreeSet<(Arc<str>, usize)>,
}

impl<'s> DayOrders<'s> {
    pub(super) fn new(sources: &'s [Source], options: &'s Options, dates: Reading) -> Self {
        DayOrders {
            sources,
            options,
            dates,
            read: false,
            shown: BTreeMap::new(),
            told: BTreeSet::new(),
        }
    }

    /// How the dates of a column are read: in the order that one of them shows. The first time, where
    /// that stands, and what stands there, are added to the remarks.
    pub(super) fn reading(
        &mut self,
        head: &Head,
        column: usize,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Reading>, SourceError> {
        if !std::mem::replace(&mut self.read, true) {
            let (sources, options) = (self.sources, self.options);
            each(sources, options, self)?;
        }
        let key = (Arc::clone(&head.file), column);
        let (order, proof, why) = match self.shown.get(&key) {
            Some(Shown {
                day: Some(proof),
                month: None,
            }) => (
                DayOrder::DayFirst,
                proof,
                "a column of dates read with the day first, as this one shows",
            ),
            Some(Shown {
                day: None,
                month: Some(proof),
            }) => (
                DayOrder::MonthFirst,
                proof,
                "a column of dates read with the month first, as this one shows",
            ),
            _ => return Ok(None),
        };
        if self.told.insert(key) {
            remarks.push((proof.0.clone(), proof.1.clone(), why));
        }
        Ok(Some(Reading {
            order: Some(order),
            ..self.dates
        }))
    }
}

impl Read for DayOrders<'_> {
    fn begin(&mut self, _: &Head) -> Result<(), SourceError> {
        Ok(())
    }

    fn row(&mut self, head: &Head, row: &Row) -> Result<bool, SourceError> {
        for (column, cell) in row.cells.iter().enumerate() {
            let order = match &cell.date {
                None => shown_by(self.dates, &cell.text),
                Some(_) => None,
            };
            let Some(order) = order else {
                continue;
            };
            let shown = self.shown.entry((Arc::clone(&head.file), column));
            let shown = shown.or_default();
            let place = match order {
                DayOrder::DayFirst => &mut shown.day,
                DayOrder::MonthFirst => &mut shown.month,
            };
            if place.is_none() {
                *place = Some((head.at(row.number, column), cell.text.clone()));
            }
        }
        Ok(true)
    }

    fn remark(&mut self, _: Remark) -> Result<(), SourceError> {
        Ok(())
    }
}

impl Apply<'_, '_> {
    /// How the dates of these columns are read, where some of their dates show it.
    pub(super) fn settled(
        &mut self,
        template: &Template,
        here: &mut Here<'_>,
    ) -> Result<Option<Reading>, SourceError> {
        let mut settled: Option<Reading> = None;
        for part in &template.parts {
            let Part::Column(name) = part else {
                continue;
            };
            let Some(column) = self.columns.get(name).copied() else {
                continue;
            };
            let cell = here.row.cells.get(column);
            let asks = cell
                .is_some_and(|cell| matches!(self.dates.read(&cell.text), Err(Unread::Ambiguous)));
            if !asks {
                continue;
            }
            let Some(reading) = self.orders.reading(here.head, column, &mut here.told)? else {
                return Ok(None);
            };
            if settled.is_some_and(|known| known.order != reading.order) {
                return Ok(None);
            }
            settled = Some(reading);
        }
        Ok(settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_dates_show_which_number_is_the_day() {
        use DayOrder::{DayFirst, MonthFirst};
        for (text, wanted) in [
            ("15/04/2021", Some(DayFirst)),
            ("04/15/2021", Some(MonthFirst)),
            ("15/04", Some(DayFirst)),
            ("15/04/21", Some(DayFirst)),
            ("4/15/21", Some(MonthFirst)),
            ("15-4-2021", Some(DayFirst)),
            ("03/04/2021", None),
            ("05/05/2021", None),
            ("04/15", None),
            ("2021-04-15", None),
            ("15/04/2021 or 16/04/2021", Some(DayFirst)),
            ("13/14/2021", None),
            ("n/a", None),
            ("he/she", None),
            ("", None),
        ] {
            assert_eq!(shown_by(Reading::default(), text), wanted, "{text}");
        }
    }
}
