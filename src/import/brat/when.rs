//! When an event was or a claim was made: of all dates that annotations give it, one.

use std::collections::BTreeMap;

use super::making::Making;
use super::role::Part;
use crate::dates::{Dated, Reading, why_unread};
use annals_model::RecordKind;
use annals_source::{At, SourceError};

/// The dates of each record, as they are written.
pub(super) type Times = BTreeMap<usize, Vec<Time>>;

/// A date of a record.
pub(super) struct Time {
    pub(super) part: Part,
    pub(super) words: String,
    /// The name of the role or relation.
    pub(super) role: String,
    pub(super) at: At,
}

const DIFFERS: &str = "a second date that differs, kept under x_";
const UNREAD: &str = "a date that cannot be read, kept under x_";

impl Making<'_, '_> {
    /// Sets the dates of all records.
    pub(super) fn times(&mut self) -> Result<(), SourceError> {
        for (nth, times) in std::mem::take(&mut self.times) {
            self.dates_of(nth, times)?;
        }
        Ok(())
    }

    fn dates_of(&mut self, nth: usize, times: Vec<Time>) -> Result<(), SourceError> {
        let is_event = self.made[nth].kind() == RecordKind::Event;
        let field = if is_event { "when" } else { "said" };
        let mut read: Vec<(Time, Dated)> = Vec::new();
        for time in times {
            match read_one(self.reading, &time)? {
                Some(date) => read.push((time, date)),
                None => {
                    self.out.left_out(&time.at, &time.words, UNREAD)?;
                    let words = time.words.trim();
                    self.made[nth].keep(field, words);
                }
            }
        }
        let has = |part: Part| read.iter().any(|(time, _)| time.part == part);
        let spans = has(Part::Start) && has(Part::End);
        let mut taken: [Option<Dated>; 5] = [const { None }; 5];
        for (time, date) in read {
            let is_taken = match time.part {
                Part::On => !spans,
                _ if spans => matches!(time.part, Part::Start | Part::End),
                _ => true,
            };
            let place = &mut taken[time.part as usize];
            let best = match place.take() {
                None if is_taken => Some(date.clone()),
                Some(one) if date.is_within(&one) => Some(date.clone()),
                other => other,
            };
            *place = best;
            let fits = place.as_ref().is_some_and(|one| one.is_within(&date));
            if !fits {
                self.out.changed(&time.at, &time.words, DIFFERS)?;
                self.made[nth].keep(&time.role, date.value());
            }
        }
        if let Some(date) = self.whole(nth, taken)? {
            self.made[nth].date(field, &date);
        }
        Ok(())
    }

    /// One date of those that an event has; what does not go with it is kept and told.
    fn whole(
        &mut self,
        nth: usize,
        taken: [Option<Dated>; 5],
    ) -> Result<Option<Dated>, SourceError> {
        let [on, start, end, before, after] = taken;
        let edtf = |date: &Option<Dated>| date.as_ref().map_or("", Dated::edtf).to_owned();
        let whole = if let Some(on) = on {
            let others = [
                ("start", start),
                ("end", end),
                ("before", before),
                ("after", after),
            ];
            for (name, date) in others {
                self.beside(nth, name, date)?;
            }
            return Ok(Some(on));
        } else if start.is_some() || end.is_some() {
            let whole = Dated::edtf_of(&format!("{}/{}", edtf(&start), edtf(&end))).ok();
            if whole.is_none() {
                self.beside(nth, "start", start)?;
                self.beside(nth, "end", end)?;
            }
            self.beside(nth, "before", before)?;
            self.beside(nth, "after", after)?;
            whole
        } else if before.is_some() || after.is_some() {
            // Both are written as sets with one open end: [..b] and [a..].
            let bound = |date: &Option<Dated>| edtf(date).trim_matches(['[', ']', '.']).to_owned();
            let whole = Dated::edtf_of(&format!("[{}..{}]", bound(&after), bound(&before))).ok();
            if whole.is_none() {
                self.beside(nth, "before", before)?;
                self.beside(nth, "after", after)?;
            }
            whole
        } else {
            None
        };
        Ok(whole)
    }

    fn beside(&mut self, nth: usize, name: &str, date: Option<Dated>) -> Result<(), SourceError> {
        let Some(date) = date else {
            return Ok(());
        };
        let how = "a date that does not go with the others of its event, kept under x_";
        self.out.changed(self.at, date.edtf(), how)?;
        self.made[nth].keep(name, date.value());
        Ok(())
    }
}

/// A date of its words; nothing where they are none.
fn read_one(reading: Reading, time: &Time) -> Result<Option<Dated>, SourceError> {
    let words = match time.part {
        Part::Before => format!("before {}", time.words),
        Part::After => format!("after {}", time.words),
        _ => time.words.clone(),
    };
    match reading.read(&words) {
        Ok(date) => Ok(Some(date)),
        Err(unread) => {
            why_unread(unread, &time.at, &time.words)?;
            Ok(None)
        }
    }
}
