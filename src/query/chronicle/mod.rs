//! `dates` and `order`: the narrowed dates of records and the possible relations between two of
//! them, with the facts that imply them.

mod between;
mod words;

use std::convert::Infallible;

use serde::Serialize;

use crate::answer::{Dossier, Ref};
use crate::sort_key::sort_equals;
use crate::timeline::NarrowedRow;
use annals_chronology::premises::{Chronicle, Fact, OneOf, PremiseKind};
use annals_chronology::{Chronology, Point, Premise, Stretch, scale};
use annals_finding::FilePlace;
use annals_model::RecordRef;
use annals_ordered_parallel as ordered_parallel;
use between::between;
use words::spoken_of;
pub use words::{counted_words, date_of, denied, turned, words};

use annals_time::{Allen, AllenSet, Bound, Date, Day, Extent};

/// The range of days of a start or an end.
pub type Days = [Option<Day>; 2];

/// How many records a thread must have to sort before a second thread pays off.
const PART: usize = 10_000;

/// An end of a record: the days of its own date, and the narrowed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EndRow {
    /// By its own date.
    pub given: Days,
    /// By all facts.
    pub narrowed: Days,
}

impl EndRow {
    /// An unknown start or end.
    pub const UNKNOWN: EndRow = EndRow {
        given: [None, None],
        narrowed: [None, None],
    };
}

/// When something began and ended.
#[derive(Debug, Clone, Serialize)]
pub struct DatesRow<'f> {
    /// Its id.
    pub id: &'f str,
    /// The kind of record.
    pub kind: &'static str,
    /// Its display name.
    pub label: &'f str,
    /// When it began.
    pub start: EndRow,
    /// When it ended.
    pub end: EndRow,
    /// Whether its date or a fact about it is part of a contradiction: then the conflicting facts
    /// do not contribute to its narrowed date.
    pub conflict: bool,
    /// Its source location.
    pub source: FilePlace,
}

impl<'f> DatesRow<'f> {
    /// The start and end of a record, if already computed.
    pub fn new(
        dossier: &Dossier<'f>,
        record: RecordRef,
        [start, end]: [EndRow; 2],
        conflict: bool,
    ) -> Self {
        let facts = dossier.facts();
        DatesRow {
            id: facts.id(record),
            kind: annals_model::Vocabulary::word(record.kind()),
            label: facts.label(record),
            start,
            end,
            conflict,
            source: dossier.source(record),
        }
    }
}

/// A fact that is part of an argument.
#[derive(Debug, Clone, Serialize)]
pub struct BecauseRow {
    /// The record that states it.
    pub id: String,
    /// Its source location.
    pub source: FilePlace,
    /// The statement in words.
    pub words: String,
}

/// A bound of a record, and the chain of facts behind it.
#[derive(Debug, Clone, Serialize)]
pub struct BoundRow {
    /// `start` or `end`.
    pub point: &'static str,
    /// `first` or `last`.
    pub side: &'static str,
    /// The day.
    pub day: Option<Day>,
    /// The facts, from what is known independently to what follows.
    pub because: Vec<BecauseRow>,
}

/// The explanation of a record's narrowed date.
#[derive(Debug, Clone, Serialize)]
pub struct WhyRow {
    /// Its id.
    pub id: String,
    /// Its bounds.
    pub bounds: Vec<BoundRow>,
}

/// The possible temporal relations between two records.
#[derive(Debug, Clone, Serialize)]
pub struct OrderRow {
    /// The first record.
    pub first: Ref,
    /// The other.
    pub second: Ref,
    /// The possible Allen relations.
    pub possible: Vec<Allen>,
    /// The facts that rule the others out.
    pub because: Vec<BecauseRow>,
}

/// The solved chronology of a dossier.
pub struct SolvedChronology<'d, 'l> {
    dossier: &'d Dossier<'l>,
    chronicle: &'d Chronicle,
    solved: Chronology<'d>,
    in_conflict: std::collections::BTreeSet<RecordRef>,
}

impl<'d, 'l> SolvedChronology<'d, 'l> {
    /// Solves a chronicle of the same dossier.
    pub fn new(dossier: &'d Dossier<'l>, chronicle: &'d Chronicle) -> Self {
        let sure = |premise| chronicle.sure(dossier.facts(), premise);
        let solved = Chronology::new(&chronicle.network, &sure);
        Self::after(dossier, chronicle, solved)
    }

    /// Like [`new`](Self::new), for when the bounds of many records will be requested.
    pub fn with_bounds(dossier: &'d Dossier<'l>, chronicle: &'d Chronicle) -> Self {
        let sure = |premise| chronicle.sure(dossier.facts(), premise);
        let solved = Chronology::with_bounds(&chronicle.network, &sure);
        Self::after(dossier, chronicle, solved)
    }

    fn after(dossier: &'d Dossier<'l>, chronicle: &'d Chronicle, solved: Chronology<'d>) -> Self {
        let facts = dossier.facts();
        let conflicts = solved.conflicts.iter().chain(&chronicle.left_out);
        let in_conflict = conflicts
            .flat_map(|conflict| chronicle.behind(&conflict.premises))
            .flat_map(|premise| spoken_of(facts, chronicle.fact(premise)))
            .collect();
        SolvedChronology {
            dossier,
            chronicle,
            solved,
            in_conflict,
        }
    }

    /// The conflicts.
    pub fn solved(&self) -> &Chronology<'d> {
        &self.solved
    }

    /// The narrowed days of a record, from its first to its last.
    pub fn narrowed(&self, record: RecordRef) -> Option<NarrowedRow> {
        let facts = self.dossier.facts();
        let [first, last] = match self.ends(record) {
            Some([start, end]) => [start.narrowed[0], end.narrowed[1]],
            None => {
                let days = self.chronicle.days_of_irrelevant(facts, record)?;
                let own = date_of(facts, record);
                within(days, [own.and_then(Date::first), own.and_then(Date::last)])
            }
        };
        Some(NarrowedRow { first, last })
    }

    /// The narrowed days of a record as other facts are judged by them: with the slack of its own
    /// date.
    pub fn narrowed_with_slack(&self, record: RecordRef) -> Option<NarrowedRow> {
        let Some(stretch) = self.chronicle.stretch(record) else {
            let [first, last] =
                (self.chronicle).days_of_irrelevant(self.dossier.facts(), record)?;
            return Some(NarrowedRow { first, last });
        };
        let first = self
            .solved
            .earliest(stretch.start)
            .and_then(|tick| self.chronicle.scale.day_not_before(tick));
        let last = self
            .solved
            .latest(stretch.end)
            .and_then(scale::end_not_after);
        Some(NarrowedRow { first, last })
    }

    /// The records with a known start or end, by date: events, claims, documents, relations; or
    /// only those whose narrowed dates are narrower than their own.
    pub fn dates(&self, changed: bool) -> Vec<RecordRef> {
        let facts = self.dossier.facts();
        let things: Vec<RecordRef> = (facts.documents.handles().map(RecordRef::Document))
            .chain(facts.events.handles().map(RecordRef::Event))
            .chain(facts.claims.handles().map(RecordRef::Claim))
            .chain(facts.relations.handles().map(RecordRef::Relation))
            .collect();
        let undated_last = |(day, _): &(Option<Day>, RecordRef)| (day.is_none(), *day);
        // Each thread sorts its part, so that the final sort only merges them.
        let threads = ordered_parallel::threads(things.len() / PART + 1);
        let parts = things.chunks(things.len().div_ceil(threads).max(1));
        let sorted = |part: &[RecordRef]| {
            let mut part: Vec<(Option<Day>, RecordRef)> = part
                .iter()
                .filter_map(|record| self.dated(*record, changed))
                .collect();
            part.sort_by_key(undated_last);
            part
        };
        let mut all = Vec::with_capacity(things.len());
        let Ok(()) = ordered_parallel::for_each_ordered(parts, threads, sorted, |part| {
            all.extend(part);
            Ok::<(), Infallible>(())
        });
        all.sort_by_key(undated_last);
        let validity = &self.dossier.validity;
        sort_equals(facts, validity, &mut all, |a, b| a.0 == b.0, |one| one.1);
        all.into_iter().map(|(_, record)| record).collect()
    }

    /// A row of [`SolvedChronology::dates`] and its sort key.
    fn dated(&self, record: RecordRef, changed: bool) -> Option<(Option<Day>, RecordRef)> {
        if !self.dossier.validity.holds(self.dossier.facts(), record) {
            return None;
        }
        let [start, end] = self.ends(record)?;
        let narrowed = start.given != start.narrowed || end.given != end.narrowed;
        let known = [start, end].iter().any(|end| end.narrowed != [None, None]);
        let [first, last] = start.narrowed;
        let day = first.or(last).or(end.narrowed[1]);
        (known && (narrowed || !changed)).then_some((day, record))
    }

    /// The days on which a record began and ended, by its own date and narrowed.
    pub fn ends(&self, record: RecordRef) -> Option<[EndRow; 2]> {
        let stretch = self.chronicle.stretch(record)?;
        let given = date_of(self.dossier.facts(), record).map(Date::extent);
        let days = |first: Option<Bound>, last: Option<Bound>| -> Days {
            [first.and_then(Bound::day), last.and_then(Bound::day)]
        };
        let start = days(
            given.map(Extent::earliest_start),
            given.map(Extent::latest_start),
        );
        let end = days(
            given.map(Extent::earliest_end),
            given.map(Extent::latest_end),
        );
        let row = |given: Days, of_end: bool| EndRow {
            given,
            narrowed: within(self.days(stretch, of_end), given),
        };
        Some([row(start, false), row(end, true)])
    }

    /// The row of a record in [`SolvedChronology::dates`].
    pub fn row(&self, record: RecordRef) -> DatesRow<'l> {
        let ends = self.ends(record).unwrap_or([EndRow::UNKNOWN; 2]);
        DatesRow::new(self.dossier, record, ends, self.is_in_conflict(record))
    }

    /// Whether a record's date, or a fact about it, is part of a contradiction.
    pub fn is_in_conflict(&self, record: RecordRef) -> bool {
        self.in_conflict.contains(&record)
    }

    /// The days on which a record can have begun, or ended.
    fn days(&self, stretch: Stretch, of_end: bool) -> Days {
        let solved = &self.solved;
        let scale = self.chronicle.scale;
        if of_end {
            let (first, last) = (solved.earliest(stretch.end), solved.latest(stretch.end));
            [
                first.and_then(|tick| scale.end_not_before(tick)),
                last.and_then(scale::end_not_after),
            ]
        } else {
            let (first, last) = (solved.earliest(stretch.start), solved.latest(stretch.start));
            [
                first.and_then(|tick| scale.day_not_before(tick)),
                last.and_then(scale::day_not_after),
            ]
        }
    }

    /// The bounds of a record, each with the chain of facts behind it; `None` if it has no time.
    pub fn why(&self, record: RecordRef) -> Option<WhyRow> {
        let stretch = self.chronicle.stretch(record)?;
        let ends = self.ends(record)?;
        let mut bounds = Vec::new();
        for (name, point, shown) in [
            ("start", stretch.start, ends[0].narrowed),
            ("end", stretch.end, ends[1].narrowed),
        ] {
            let solved = self.days(stretch, name == "end");
            for (side, nth) in [("first", 0), ("last", 1)] {
                let Some(day) = shown[nth] else { continue };
                let because = if solved[nth] == Some(day) {
                    self.because(&self.behind_bound(point, nth == 0))
                } else {
                    // The day of its own date, whose slack gives no day here.
                    let (kind, other) = (PremiseKind::Date, None);
                    vec![self.because_of(
                        Fact {
                            record,
                            kind,
                            other,
                        },
                        false,
                    )]
                };
                bounds.push(BoundRow {
                    point: name,
                    side,
                    day: Some(day),
                    because,
                });
            }
        }
        let id = self.dossier.facts().id(record).to_owned();
        Some(WhyRow { id, bounds })
    }

    /// The facts behind the earliest or the latest tick of a point: all are necessary, and together
    /// they are sufficient.
    pub fn behind_bound(&self, point: Point, is_first: bool) -> Vec<Premise> {
        let bound = |solved: &Chronology<'_>, point| {
            if is_first {
                solved.earliest(point)
            } else {
                solved.latest(point)
            }
        };
        let why = if is_first {
            self.solved.why_earliest(point)
        } else {
            self.solved.why_latest(point)
        };
        if !self.chronicle.rests_on_choices(&why) {
            return why;
        }
        let tick = bound(&self.solved, point);
        let why = self.chronicle.behind(&why);
        self.chronicle.wanted(why, &[point], &|_, part| {
            let solved = Chronology::new(&part.network, &|_| 1.0);
            part.inside(point)
                .is_some_and(|point| bound(&solved, point) == tick)
        })
    }

    /// Premises as an argument.
    pub fn because(&self, premises: &[Premise]) -> Vec<BecauseRow> {
        let facts = premises.iter().map(|one| self.chronicle.fact(*one));
        facts.map(|fact| self.because_of(fact, true)).collect()
    }

    /// A fact of an argument; if it is a date, perhaps with its slack.
    fn because_of(&self, fact: Fact, with_slack: bool) -> BecauseRow {
        let facts = self.dossier.facts();
        let mut words = words(facts, fact);
        if with_slack && fact.kind == PremiseKind::Date {
            let date = date_of(facts, fact.record);
            let slack = date.and_then(|date| slack_words(date, self.chronicle.slack()));
            words.extend(slack.iter().map(String::as_str));
        }
        BecauseRow {
            id: facts.id(fact.record).to_owned(),
            source: self.dossier.source(fact.record),
            words,
        }
    }

    /// The possible temporal relations between two records; `None` if either has no time.
    pub fn order(&self, one: RecordRef, other: RecordRef) -> Option<OrderRow> {
        let facts = self.dossier.facts();
        let (a, b) = (self.chronicle.stretch(one)?, self.chronicle.stretch(other)?);
        let points = [a.start, a.end, b.start, b.end];
        let found = between(&self.solved, points);
        let (mut possible, mut because) = (found.possible, found.because);
        because = self.chronicle.behind(&because);
        let lists = self.lists(a, b);
        for (premise, set) in &lists {
            if possible.iter().any(|relation| !set.contains(*relation)) {
                possible.retain(|relation| set.contains(*relation));
                because.push(*premise);
            }
        }
        because.sort();
        because.dedup();
        let because = self.chronicle.wanted(because, &points, &|kept, part| {
            let solved = Chronology::new(&part.network, &|_| 1.0);
            let inside = points.map(|point| part.inside(point).unwrap_or(Point::ZERO));
            let mut left = between(&solved, inside).possible;
            let lists = lists.iter().filter(|(premise, _)| kept.contains(premise));
            for (_, set) in lists {
                left.retain(|relation| set.contains(*relation));
            }
            left == possible
        });
        Some(OrderRow {
            first: Ref::new(facts, one),
            second: Ref::new(facts, other),
            possible,
            because: self.because(&because),
        })
    }

    /// The orders of these two that are disjunctions of relations, each with its set.
    fn lists(&self, a: Stretch, b: Stretch) -> Vec<(Premise, AllenSet)> {
        let conflicts = self.solved.conflicts.iter().chain(&self.chronicle.left_out);
        let in_conflict: std::collections::BTreeSet<Premise> = conflicts
            .flat_map(|one| one.premises.iter().copied())
            .collect();
        let list = |choice: &OneOf| match (choice.first, choice.second) {
            (first, second) if (first, second) == (a, b) => Some((choice.premise, choice.set)),
            (first, second) if (first, second) == (b, a) => {
                Some((choice.premise, choice.set.inverse()))
            }
            _ => None,
        };
        let lists = self.chronicle.one_of.iter().filter_map(list);
        lists
            .filter(|(premise, _)| !in_conflict.contains(premise))
            .collect()
    }
}

/// " (with slack: 1 Feb 2021 to 30 Apr 2021)", for a date that has some.
fn slack_words(date: &Date, slack: u32) -> Option<String> {
    if !date.takes_slack() || slack == 0 {
        return None;
    }
    let wide = date.widened(slack);
    let days = match (wide.first(), wide.last()) {
        (Some(first), Some(last)) => format!("{} to {}", first.words(), last.words()),
        (Some(first), None) => format!("from {}", first.words()),
        (None, Some(last)) => format!("until {}", last.words()),
        (None, None) => return None,
    };
    Some(format!(" (with slack: {days})"))
}

/// Clamps days to those given: the slack of a date with `?`, `~` or `%` affects what is derived
/// from it, but not what is shown.
fn within(narrowed: Days, given: Days) -> Days {
    let [first, last] = narrowed;
    let first = first.max(given[0]);
    let last = match (last, given[1]) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    if first.zip(last).is_some_and(|(first, last)| first > last) {
        return narrowed;
    }
    [first, last]
}
