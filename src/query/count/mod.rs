//! `count`: how many of the selected claims there are for each speaker, stance, month and the like.
//!
//! Where dates or the relations of a roll-up are uncertain, a count is a least and a most: how many
//! claims are there in every reading of the dates, and how many in some reading.

mod dimension;
mod groups;
mod tally;
mod units;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::answer::{Dossier, Ref};
use super::selection::{ResolvedQuery, claim_dating};
use annals_model::{ActorId, ClaimId, DateId, DocumentId, Facts, NodeRef, RecordRef, Vocabulary};

pub use dimension::Dimension;
pub use groups::Groups;
pub use tally::{ByRow, CountRow, Counts, Tally, TooMany, Value};
pub use units::{Units, number as unit_of, units_of};

/// Counts the selected claims by one or more of their properties, in the order in which these are
/// asked for. `about` and `stance` asked for together are paired, a stance with what it is toward; so are
/// `document` and `publisher`.
///
/// # Errors
/// Where there are more groups than can be kept.
pub fn count(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    per: &[Dimension],
) -> Result<Counts, TooMany> {
    let mut counter = Counter {
        dossier,
        selection,
        per,
        tally: Tally::new(per),
        refs: HashMap::default(),
        units: HashMap::default(),
    };
    let mut axes = Vec::new();
    for (id, certainty) in selection.found(dossier) {
        counter.axes_of(id, &mut axes);
        counter.tally.add(&axes, certainty.is_certain())?;
    }
    counter.tally.counts()
}

/// The values of a claim in one dimension, or in two that are paired, and whether each is certain.
pub type Axis = Vec<(Vec<(usize, Value)>, bool)>;

struct Counter<'c, 'l> {
    dossier: &'c Dossier<'l>,
    selection: &'c ResolvedQuery,
    per: &'c [Dimension],
    tally: Tally,
    refs: HashMap<RecordRef, Value, FixedState>,
    /// The units that a date touches, by dimension and date.
    units: HashMap<(Dimension, DateId), Units, FixedState>,
}

impl Counter<'_, '_> {
    /// Makes the axes of a claim.
    fn axes_of(&mut self, id: ClaimId, axes: &mut Vec<Axis>) {
        axes.clear();
        for (nth, dimension) in self.per.iter().copied().enumerate() {
            let with = |other| self.per.iter().position(|one| *one == other);
            let paired = match dimension {
                // They are counted with what they are of.
                Dimension::Stance if with(Dimension::About).is_some() => continue,
                Dimension::Publisher if with(Dimension::Document).is_some() => continue,
                Dimension::About => with(Dimension::Stance),
                Dimension::Document => with(Dimension::Publisher),
                _ => None,
            };
            let axis = match (dimension, paired) {
                (Dimension::About, Some(stance)) => self.stances(id, [nth, stance]),
                (_, Some(publisher)) => self.publishers(id, [nth, publisher]),
                (_, None) => {
                    let values = self.values(dimension, id).into_iter();
                    let axis = values.map(|(value, certain)| (vec![(nth, value)], certain));
                    axis.collect()
                }
            };
            axes.push(distinct(axis));
        }
    }

    fn record(&mut self, record: impl Into<RecordRef>) -> Value {
        let record = record.into();
        if let Some(known) = self.refs.get(&record) {
            return *known;
        }
        let value = self.tally.record(Ref::new(self.dossier.facts(), record));
        self.refs.insert(record, value);
        value
    }

    /// Each thing that a claim is about, with each stance toward it.
    fn stances(&mut self, id: ClaimId, [about, stance]: [usize; 2]) -> Axis {
        let facts = self.dossier.facts();
        let stances = facts.list(facts[id].stance);
        let mut axis = Axis::new();
        for thing in things(facts, id) {
            let toward = stances.iter().filter(|one| one.toward == Some(thing));
            let mut values: Vec<Value> = Vec::new();
            for one in toward {
                values.push(self.tally.word(one.value.word()));
            }
            if values.is_empty() {
                values.push(Value::Nothing);
            }
            let mut names = Vec::new();
            self.call(id, [thing], &mut names);
            for (name, certain) in names {
                let value = self.record(name);
                let pairs = values.iter();
                axis.extend(pairs.map(|word| (vec![(about, value), (stance, *word)], certain)));
            }
        }
        or_nothing(axis, [about, stance])
    }

    /// Each document in which a claim stands, with its publisher.
    fn publishers(&mut self, id: ClaimId, [document, publisher]: [usize; 2]) -> Axis {
        let facts = self.dossier.facts();
        let documents: Vec<DocumentId> = self.documents(id).collect();
        let mut axis = Axis::new();
        for one in documents {
            let word = facts[one].publisher.map(|word| facts.str(word));
            let word = word.map_or(Value::Nothing, |word| self.tally.word(word));
            axis.push((vec![(document, self.record(one)), (publisher, word)], true));
        }
        or_nothing(axis, [document, publisher])
    }

    /// The values of a claim in a dimension, and whether each is certain.
    fn values(&mut self, dimension: Dimension, id: ClaimId) -> Vec<(Value, bool)> {
        let facts = self.dossier.facts();
        let claim = &facts[id];
        let mut records: Vec<(RecordRef, bool)> = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        match dimension {
            Dimension::Speaker => {
                let all = facts.list(claim.speaker).iter();
                let all = all.map(|one| NodeRef::Actor(*one));
                self.call(id, all, &mut records);
            }
            Dimension::To => {
                let all = facts.list(claim.to).iter();
                let all = all.map(|one| NodeRef::Actor(*one));
                self.call(id, all, &mut records);
            }
            Dimension::About => self.call(id, things(facts, id), &mut records),
            Dimension::Document => {
                records.extend(self.documents(id).map(|one| (one.into(), true)));
            }
            Dimension::Through => {
                let all = self.selection.through(facts, id).into_iter();
                records.extend(all.map(|step| (step.relation.into(), step.certain)));
            }
            Dimension::Stance => {
                let all = facts.list(claim.stance).iter();
                let known = all.filter(|one| one.toward.is_some());
                words.extend(known.map(|one| one.value.word()));
            }
            Dimension::Act => words.extend(facts.act_word(id)),
            Dimension::Mode => words.extend(claim.mode.map(Vocabulary::word)),
            Dimension::Tag => {
                let tags = facts.more(id).map(|more| facts.list(more.tags));
                words.extend(tags.into_iter().flatten().map(|tag| facts.name(*tag)));
            }
            Dimension::Publisher => {
                let all = self.documents(id).filter_map(|one| facts[one].publisher);
                words.extend(all.map(|publisher| facts.str(publisher)));
            }
            Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Year => {
                return self.times(dimension, id);
            }
        }
        let mut values: Vec<(Value, bool)> = Vec::new();
        for (record, certain) in records {
            values.push((self.record(record), certain));
        }
        for word in words {
            values.push((self.tally.word(word), true));
        }
        if values.is_empty() {
            values.push((Value::Nothing, true));
        }
        values
    }

    /// Adds things that a claim names, an actor under each name that it has in this selection, and
    /// whether it certainly has it.
    fn call(
        &self,
        id: ClaimId,
        things: impl IntoIterator<Item = NodeRef>,
        called: &mut Vec<(RecordRef, bool)>,
    ) {
        let facts = self.dossier.facts();
        for thing in things {
            match thing {
                NodeRef::Actor(actor) => {
                    let add = |name: ActorId, certain| called.push((name.into(), certain));
                    self.selection.each_name(facts, id, actor, add);
                }
                other => called.push((other.into(), true)),
            }
        }
    }

    /// The documents in which a claim stands, as far as they are known.
    fn documents(&self, id: ClaimId) -> impl Iterator<Item = DocumentId> {
        let facts = self.dossier.facts();
        let validity = &self.selection.validity;
        let all = facts.list(facts[id].evidence).iter();
        all.filter(move |one| validity.knows(facts, one.document))
            .filter_map(|one| one.document)
    }

    /// The units of time in which a claim can have been said.
    fn times(&mut self, dimension: Dimension, id: ClaimId) -> Vec<(Value, bool)> {
        let facts = self.dossier.facts();
        let Some(said) = facts[id].said else {
            return vec![(Value::Nothing, true)];
        };
        let touched = self
            .units
            .entry((dimension, said))
            .or_insert_with(|| units_of(dimension, &facts.date(said).may_cover()));
        match touched {
            Units::None => vec![(Value::Nothing, true)],
            Units::One(unit) => vec![(Value::Unit(*unit), true)],
            Units::Several(all) => {
                let all = all.clone();
                // Of these, those in which it can have been said and be selected.
                let days = claim_dating(facts, &self.selection.validity, id).days();
                let days = days.intersection(&self.selection.days_of(facts, id));
                let units = match units_of(dimension, &days) {
                    Units::None => all,
                    Units::One(unit) => vec![unit],
                    Units::Several(some) => some,
                };
                units
                    .into_iter()
                    .map(|unit| (Value::Unit(unit), false))
                    .collect()
            }
        }
    }
}

/// What a claim is about, or takes a stance toward.
fn things(facts: &Facts, id: ClaimId) -> Vec<NodeRef> {
    let claim = &facts[id];
    let toward = facts.list(claim.stance).iter().filter_map(|one| one.toward);
    let mut things: Vec<NodeRef> = Vec::new();
    for thing in facts.list(claim.about).iter().copied().chain(toward) {
        if !things.contains(&thing) {
            things.push(thing);
        }
    }
    things
}

/// An axis, with the empty value if it has no other.
fn or_nothing(mut axis: Axis, places: [usize; 2]) -> Axis {
    if axis.is_empty() {
        let nothing = places.map(|place| (place, Value::Nothing));
        axis.push((nothing.to_vec(), true));
    }
    axis
}

/// Each value once, certain if it is so once.
fn distinct(mut axis: Axis) -> Axis {
    axis.sort_unstable_by(|(one, certain), (other, others)| {
        one.cmp(other).then(others.cmp(certain))
    });
    axis.dedup_by(|(later, _), (earlier, _)| later == earlier);
    axis
}
