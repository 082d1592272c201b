//! `dates` and `order`: what all facts together leave of when things were, and how two of them can
//! lie; and the facts that settle it.

mod words;

use serde::Serialize;

use crate::chronology::premises::Chronicle;
use crate::chronology::{Chronology, Distances, Point, Premise, Said, Stretch, scale};
use crate::finding::FilePlace;
use crate::model::RecordRef;
use crate::query::answer::{Dossier, Ref};
use crate::query::order::natural;
use crate::query::timeline::NarrowedRow;
use words::spoken_of;
pub use words::{confidence, date_of, words};

use crate::time::{Allen, Bound, Date, Day, Extent};

/// The days within which an end of something lies.
pub type Days = [Option<Day>; 2];

/// An end of something: the days of its own date, and those that all facts leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EndRow {
    /// By its own date.
    pub given: Days,
    /// By all facts.
    pub narrowed: Days,
}

/// When something began and ended.
#[derive(Debug, Clone, Serialize)]
pub struct DatesRow<'f> {
    /// Its id.
    pub id: &'f str,
    /// What kind of thing.
    pub kind: &'static str,
    /// What it is called.
    pub label: &'f str,
    /// When it began.
    pub start: EndRow,
    /// When it ended.
    pub end: EndRow,
    /// Whether its date or a fact about it is part of a contradiction: then what is in conflict is
    /// left out of what narrows it.
    pub conflict: bool,
    /// Where it stands.
    pub source: FilePlace,
}

/// A fact that is part of an argument.
#[derive(Debug, Clone, Serialize)]
pub struct BecauseRow {
    /// The record that says it.
    pub id: String,
    /// Where it stands.
    pub source: FilePlace,
    /// What it says.
    pub words: String,
}

/// One bound of something, and the chain of facts behind it.
#[derive(Debug, Clone, Serialize)]
pub struct BoundRow {
    /// `start` or `end`.
    pub point: &'static str,
    /// `first` or `last`.
    pub side: &'static str,
    /// The day.
    pub day: Option<Day>,
    /// The facts, from what is known of itself to what follows.
    pub because: Vec<BecauseRow>,
}

/// Why something is dated as it is.
#[derive(Debug, Clone, Serialize)]
pub struct WhyRow {
    /// Its id.
    pub id: String,
    /// Its bounds.
    pub bounds: Vec<BoundRow>,
}

/// How two things can lie in time.
#[derive(Debug, Clone, Serialize)]
pub struct OrderRow {
    /// The one.
    pub first: Ref,
    /// The other.
    pub second: Ref,
    /// The relations of Allen's that can hold.
    pub possible: Vec<Allen>,
    /// The facts that rule the others out.
    pub because: Vec<BecauseRow>,
}

/// The chronology of a dossier, gone through.
pub struct Told<'d, 'l> {
    dossier: &'d Dossier<'l>,
    chronicle: &'d Chronicle,
    solved: Chronology<'d>,
    in_conflict: std::collections::BTreeSet<RecordRef>,
}

impl<'d, 'l> Told<'d, 'l> {
    /// Goes through a chronicle of the same dossier.
    pub fn of(dossier: &'d Dossier<'l>, chronicle: &'d Chronicle) -> Self {
        let facts = dossier.facts();
        let solved = Chronology::of(&chronicle.network, &|premise| {
            confidence(facts, chronicle.fact(premise))
        });
        let premises = solved
            .conflicts
            .iter()
            .flat_map(|conflict| &conflict.premises);
        let in_conflict = premises
            .flat_map(|premise| {
                let fact = chronicle.fact(*premise);
                spoken_of(facts, fact)
            })
            .collect();
        Told {
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

    /// The days that all facts leave of a thing, from its first to its last.
    pub fn narrowed(&self, record: RecordRef) -> Option<NarrowedRow> {
        let stretch = self.chronicle.stretch(record)?;
        let first = self
            .solved
            .earliest(stretch.start)
            .and_then(scale::day_not_before);
        let last = self
            .solved
            .latest(stretch.end)
            .and_then(scale::end_not_after);
        Some(NarrowedRow { first, last })
    }

    /// The things of which it is known when they began or ended: events, claims, documents, ties,
    /// by date; or only those that all facts date more narrowly than their own dates do.
    pub fn dates(&self, changed: bool) -> Vec<RecordRef> {
        let facts = self.dossier.facts();
        let things = (facts.documents.handles().map(RecordRef::Document))
            .chain(facts.events.handles().map(RecordRef::Event))
            .chain(facts.claims.handles().map(RecordRef::Claim))
            .chain(facts.relations.handles().map(RecordRef::Relation));
        let mut things: Vec<(Option<Day>, RecordRef)> = things
            .filter(|record| self.dossier.force.holds(facts, *record))
            .filter_map(|record| {
                let [start, end] = self.ends(record)?;
                let narrowed = start.given != start.narrowed || end.given != end.narrowed;
                let known = [start, end].iter().any(|end| end.narrowed != [None, None]);
                let [first, last] = start.narrowed;
                let day = first.or(last).or(end.narrowed[1]);
                (known && (narrowed || !changed)).then_some((day, record))
            })
            .collect();
        things.sort_unstable_by(|a, b| {
            let undated = |day: Option<Day>| (day.is_none(), day);
            undated(a.0)
                .cmp(&undated(b.0))
                .then_with(|| natural(facts.id(a.1), facts.id(b.1)))
        });
        things.into_iter().map(|(_, record)| record).collect()
    }

    /// The ends of a thing, as given and as narrowed.
    fn ends(&self, record: RecordRef) -> Option<[EndRow; 2]> {
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

    /// When a thing of [`Told::dates`] began and ended.
    pub fn row(&self, record: RecordRef) -> DatesRow<'l> {
        let facts = self.dossier.facts();
        let unknown = EndRow {
            given: [None, None],
            narrowed: [None, None],
        };
        let [start, end] = self.ends(record).unwrap_or([unknown; 2]);
        DatesRow {
            id: facts.id(record),
            kind: crate::model::Vocabulary::word(record.kind()),
            label: facts.label(record),
            start,
            end,
            conflict: self.in_conflict.contains(&record),
            source: self.dossier.source(record),
        }
    }

    /// The days on which a thing can have begun, or ended.
    fn days(&self, stretch: Stretch, of_end: bool) -> Days {
        let solved = &self.solved;
        if of_end {
            let (first, last) = (solved.earliest(stretch.end), solved.latest(stretch.end));
            [
                first.and_then(scale::end_not_before),
                last.and_then(scale::end_not_after),
            ]
        } else {
            let (first, last) = (solved.earliest(stretch.start), solved.latest(stretch.start));
            [
                first.and_then(scale::day_not_before),
                last.and_then(scale::day_not_after),
            ]
        }
    }

    /// The bounds of a thing, each with the chain of facts behind it; `None` for what has no time.
    pub fn why(&self, record: RecordRef) -> Option<WhyRow> {
        let stretch = self.chronicle.stretch(record)?;
        let mut bounds = Vec::new();
        for (name, point) in [("start", stretch.start), ("end", stretch.end)] {
            let [first, last] = self.days(stretch, name == "end");
            let sides = [
                (
                    "first",
                    first,
                    self.solved
                        .earliest(point)
                        .map(|_| self.solved.why_earliest(point)),
                ),
                (
                    "last",
                    last,
                    self.solved
                        .latest(point)
                        .map(|_| self.solved.why_latest(point)),
                ),
            ];
            for (side, day, why) in sides {
                if let (Some(day), Some(why)) = (day, why) {
                    bounds.push(BoundRow {
                        point: name,
                        side,
                        day: Some(day),
                        because: self.because(&why),
                    });
                }
            }
        }
        let id = self.dossier.facts().id(record).to_owned();
        Some(WhyRow { id, bounds })
    }

    /// Premises as an argument.
    pub fn because(&self, premises: &[Premise]) -> Vec<BecauseRow> {
        let facts = self.dossier.facts();
        let row = |premise: &Premise| {
            let fact = self.chronicle.fact(*premise);
            BecauseRow {
                id: facts.id(fact.record).to_owned(),
                source: self.dossier.source(fact.record),
                words: words(facts, fact),
            }
        };
        premises.iter().map(row).collect()
    }

    /// How two things can lie in time; `None` where one has no time.
    pub fn order(&self, one: RecordRef, other: RecordRef) -> Option<OrderRow> {
        let facts = self.dossier.facts();
        let (a, b) = (self.chronicle.stretch(one)?, self.chronicle.stretch(other)?);
        let points = [a.start, a.end, b.start, b.end];
        let distances = points.map(|point| self.solved.from(point));
        let mut possible: Vec<Allen> = Vec::new();
        let mut because: Vec<Premise> = Vec::new();
        for relation in Allen::ALL {
            match self.rules_out(&distances, points, relation) {
                None => possible.push(relation),
                Some(why) => because.extend(why),
            }
        }
        let choices = self.chronicle.one_of.iter();
        for choice in choices {
            let set = match (choice.first, choice.second) {
                (first, second) if (first, second) == (a, b) => choice.set,
                (first, second) if (first, second) == (b, a) => choice.set.inverse(),
                _ => continue,
            };
            if possible.iter().any(|relation| !set.contains(*relation)) {
                possible.retain(|relation| set.contains(*relation));
                because.push(choice.premise);
            }
        }
        because.sort();
        because.dedup();
        Some(OrderRow {
            first: Ref::of(facts, one),
            second: Ref::of(facts, other),
            possible,
            because: self.because(&because),
        })
    }

    /// The premises that rule a relation out: those of the shortest of the chains between ends that
    /// it runs against; `None` if it can hold.
    fn rules_out(
        &self,
        distances: &[Distances; 4],
        points: [Point; 4],
        relation: Allen,
    ) -> Option<Vec<Premise>> {
        let mut far = [[None; 4]; 4];
        for (row, from) in far.iter_mut().zip(distances) {
            for (cell, to) in row.iter_mut().zip(points) {
                *cell = from.to(to);
            }
        }
        let given = far;
        for (from, to, most) in said_of(relation) {
            far[from][to] = Some(far[from][to].map_or(most, |known: i64| known.min(most)));
        }
        for by in 0..4 {
            for from in 0..4 {
                for to in 0..4 {
                    if let (Some(x), Some(y)) = (far[from][by], far[by][to]) {
                        far[from][to] =
                            Some(far[from][to].map_or(x + y, |known: i64| known.min(x + y)));
                    }
                }
            }
        }
        let impossible = (0..4).any(|point| far[point][point].is_some_and(|sum| sum < 0));
        if !impossible {
            return None;
        }
        // One chain against one of the bounds of the relation is the plainest reason.
        let mut best: Option<Vec<Premise>> = None;
        for (from, to, most) in said_of(relation) {
            if given[to][from].is_some_and(|back| back + most < 0) {
                let chain = self.solved.because(&distances[to], points[from]);
                let why = self
                    .solved
                    .wanted(chain, points[to], points[from], given[to][from]);
                if best.as_ref().is_none_or(|known| why.len() < known.len()) {
                    best = Some(why);
                }
            }
        }
        // Else two of them together: all that is known between the four ends.
        Some(best.unwrap_or_else(|| {
            let pairs = (0..4).flat_map(|from| (0..4).map(move |to| (from, to)));
            let known = pairs.filter(|(from, to)| given[*from][*to].is_some());
            known
                .flat_map(|(from, to)| self.solved.because(&distances[from], points[to]))
                .collect()
        }))
    }
}

/// What a relation says of the ends 0, 1 of the first and 2, 3 of the second: `to` at most so many
/// ticks after `from`.
fn said_of(relation: Allen) -> Vec<(usize, usize, i64)> {
    Said::of(relation.into()).bounds().to_vec()
}

/// Days no wider than those given: a date with `?`, `~` or `%` has its slack in what is worked out
/// of it, and not in what is shown.
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
