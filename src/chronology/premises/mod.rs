//! What the facts say about time: each fact that does is a premise, and yields constraints between
//! the ends of records.

mod build;
mod irrelevant_claims;
mod orders;
mod ties;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::sync::OnceLock;

use annals_model::{End, Facts, Order, RecordRef};
use annals_solver::scale::Scale;
use annals_solver::{
    Choice, Conflict, Constraint, ConstraintIndex, DerivedBound, Network, Part, Point, Premise,
    Premises, Stretch, narrow,
};
use annals_time::{AllenSet, Day};

/// The kind of statement that a fact makes about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PremiseKind {
    /// When something was: the date of an event, a claim, a relation or a document; a lifespan.
    Date,
    /// How two records are ordered, or how far apart they are.
    Order,
    /// An event lies within its whole.
    PartOf,
    /// A cause begins no later than its effect.
    Causes,
    /// A claim is made during the event at which it is said.
    At,
    /// A reply does not begin before what it replies to.
    Answers,
    /// A repetition does not begin before the original.
    Repeats,
    /// A claim is not later than the document that reports it.
    Published,
    /// A claim is made while the relation under which it is made holds.
    Capacity,
    /// A claim is made within its speaker's lifespan.
    Speaker,
    /// An event does not end before the start of a participant's lifespan.
    TakesPart,
    /// An office or a membership is held within its holder's lifespan.
    Holder,
}

/// A fact about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The record that states it.
    pub record: RecordRef,
    /// The kind of statement.
    pub kind: PremiseKind,
    /// The other record involved, if any.
    pub other: Option<RecordRef>,
}

/// An order that cannot be expressed as bounds: one of several relations holds.
#[derive(Debug, Clone, Copy)]
pub struct OneOf {
    /// The order that states it.
    pub premise: Premise,
    /// The first interval.
    pub first: Stretch,
    /// One of these relations holds.
    pub set: AllenSet,
    /// The second interval.
    pub second: Stretch,
}

/// The network of all facts, with the meaning of its premises.
#[derive(Debug)]
pub struct Chronicle {
    /// The network.
    pub network: Network,
    /// The facts; a premise is a place in this list.
    pub facts: Vec<Fact>,
    /// Orders that bounds cannot express completely.
    pub one_of: Vec<OneOf>,
    /// Everything that bounds cannot express: such orders, and dates with alternatives.
    pub choices: Vec<Choice>,
    /// Conflicts that involve choices; their premises are left out of the network.
    pub left_out: Vec<Conflict>,
    /// The constraints of these conflicts, removed from the network.
    aside: Vec<Constraint>,
    /// Bounds implied by the choices, which are in the network; each is a premise numbered after
    /// the facts.
    follows: Vec<DerivedBound>,
    /// The meaning of its ticks.
    pub scale: Scale,
    /// By how many units a vague date may be off.
    slack: u32,
    first_point: [u32; 5],
    counts: [u32; 5],
    /// By claim, its position among those that have ends; empty if all have.
    places: Vec<Option<NonZeroU32>>,
    /// What rests on each premise, for those who ask about a few premises at a time.
    by_premise: OnceLock<ByPremise>,
}

/// What rests on each premise.
#[derive(Debug)]
struct ByPremise {
    /// The constraints of the network.
    constraints: ConstraintIndex,
    /// The positions of choices.
    choices: BTreeMap<Premise, Vec<usize>>,
    /// The positions of constraints that were set aside.
    aside: BTreeMap<Premise, Vec<usize>>,
}

impl ByPremise {
    fn new(chronicle: &Chronicle) -> Self {
        let mut choices: BTreeMap<Premise, Vec<usize>> = BTreeMap::new();
        for (nth, choice) in chronicle.choices.iter().enumerate() {
            choices.entry(choice.premise).or_default().push(nth);
        }
        let mut aside: BTreeMap<Premise, Vec<usize>> = BTreeMap::new();
        for (nth, one) in chronicle.aside.iter().enumerate() {
            for premise in one.premises.iter() {
                aside.entry(premise).or_default().push(nth);
            }
        }
        ByPremise {
            constraints: ConstraintIndex::new(&chronicle.network),
            choices,
            aside,
        }
    }
}

/// The positions of what rests on some of these premises, in order.
fn positions(of: &BTreeMap<Premise, Vec<usize>>, premises: &BTreeSet<Premise>) -> BTreeSet<usize> {
    let each = premises.iter().filter_map(|one| of.get(one));
    each.flatten().copied().collect()
}

impl Chronicle {
    /// The network of all facts in force. Dates with `?`, `~` or `%` may be off by `slack` units of
    /// their precision.
    pub fn new(facts: &Facts, slack: u32) -> Chronicle {
        let mut chronicle = build::chronicle(facts, slack, &[], None);
        chronicle.narrow(facts);
        chronicle
    }

    /// The network of the facts that are in force on some day: `in_force` tells which.
    pub fn of(facts: &Facts, slack: u32, in_force: &dyn Fn(RecordRef) -> bool) -> Chronicle {
        let mut chronicle = build::chronicle(facts, slack, &[], Some(in_force));
        chronicle.narrow(facts);
        chronicle
    }

    /// Like [`new`](Self::new), without the ends of irrelevant claims, which are in no conflict and
    /// narrow nothing else: enough for a check, at a fraction of the cost if most claims are
    /// irrelevant.
    pub fn without_irrelevant_claims(facts: &Facts, slack: u32) -> Chronicle {
        let mut chronicle = build::chronicle(facts, slack, &irrelevant_claims::find(facts), None);
        chronicle.narrow(facts);
        chronicle
    }

    /// Like [`without_irrelevant_claims`](Self::without_irrelevant_claims), without the facts that a
    /// predicate names: what the others say alone.
    pub fn without_fact(
        facts: &Facts,
        slack: u32,
        is_left_out: &dyn Fn(Fact) -> bool,
    ) -> Chronicle {
        let irrelevant = irrelevant_claims::find(facts);
        let mut chronicle = build::chronicle(facts, slack, &irrelevant, None);
        let of_facts = chronicle.facts.iter().enumerate();
        let left_out = of_facts.filter(|(_, fact)| is_left_out(**fact));
        let left_out: BTreeSet<Premise> = left_out.map(|(nth, _)| Premise(nth as u32)).collect();
        let rests = |one: &Constraint| one.premises.iter().any(|one| left_out.contains(&one));
        chronicle.network.retain(|one| !rests(one));
        chronicle
            .choices
            .retain(|one| !left_out.contains(&one.premise));
        chronicle
            .one_of
            .retain(|one| !left_out.contains(&one.premise));
        chronicle.narrow(facts);
        chronicle
    }

    /// Adds the bounds implied by the choices, and leaves out the conflicts that they cause.
    fn narrow(&mut self, facts: &Facts) {
        if self.choices.is_empty() {
            return;
        }
        let sure = |premise| self.sure(facts, premise);
        let first_free = self.facts.len() as u32;
        let found = narrow(&self.network, &self.choices, first_free, &sure, BUDGET);
        let in_conflict = found.conflicts.iter().flat_map(|one| &one.premises);
        let in_conflict: BTreeSet<Premise> = in_conflict.copied().collect();
        if !in_conflict.is_empty() {
            let left_out =
                |one: &Constraint| one.premises.iter().any(|one| in_conflict.contains(&one));
            let aside = self
                .network
                .constraints()
                .iter()
                .filter(|one| left_out(one));
            self.aside = aside.copied().collect();
            self.network.retain(|one| !left_out(one));
        }
        write(&mut self.network, &found.follows, first_free);
        self.follows = found.follows;
        self.left_out = found.conflicts;
    }

    /// The confidence of a premise's fact, 0 to 1.
    pub fn sure(&self, facts: &Facts, premise: Premise) -> f64 {
        let fact = self.facts.get(premise.0 as usize);
        let more = fact.and_then(|fact| facts.more(fact.record));
        more.and_then(|more| more.confidence).unwrap_or(1.0)
    }

    /// The premises of facts behind some premises, deduplicated and sorted.
    pub fn behind(&self, premises: &[Premise]) -> Vec<Premise> {
        let mut seen = BTreeSet::new();
        let mut behind = Vec::new();
        for premise in premises {
            let nth = (premise.0 as usize).checked_sub(self.facts.len());
            let facts: Vec<Premise> = match nth.and_then(|nth| self.follows.get(nth)) {
                Some(follows) => follows.because.iter().copied().collect(),
                None => vec![*premise],
            };
            behind.extend(facts.into_iter().filter(|one| seen.insert(*one)));
        }
        behind
    }

    /// Whether some of the premises follow from choices.
    pub fn rests_on_choices(&self, premises: &[Premise]) -> bool {
        let facts = self.facts.len();
        premises.iter().any(|one| one.0 as usize >= facts)
    }

    /// Premises of facts minus those that are not needed for something to hold. `holds` receives
    /// the remaining premises and the network of these alone.
    pub fn wanted(
        &self,
        premises: Vec<Premise>,
        points: &[Point],
        holds: &dyn Fn(&BTreeSet<Premise>, &Part) -> bool,
    ) -> Vec<Premise> {
        let few = self.resting_on(&premises, points);
        let mut kept = premises;
        for premise in kept.clone().iter().rev() {
            let others: BTreeSet<Premise> =
                kept.iter().copied().filter(|one| one != premise).collect();
            if holds(&others, &few.less(&others)) {
                kept.retain(|one| one != premise);
            }
        }
        kept
    }

    /// The network of the kept premises, with one more premise turned into a premise-free
    /// constraint, which cannot be blamed for anything.
    pub fn held(&self, premise: Premise, keep: &dyn Fn(Premise) -> bool) -> Network {
        let is_held = |one: &Constraint| one.premises.iter().any(|one| one == premise);
        let rest = |one: &Constraint| one.premises.iter().all(|one| one == premise || keep(one));
        let mut network = self.network.only(|one| !is_held(one) && rest(one));
        let own = self.network.constraints().iter().chain(&self.aside);
        for one in own.filter(|one| is_held(one) && rest(one)) {
            let others = one.premises.iter().find(|one| *one != premise);
            let premises = others.map_or(Premises::NONE, Premises::one);
            network.at_most(one.from, one.to, one.most, premises);
        }
        network
    }

    /// The constraints of a few premises of facts, and the premise-free constraints on their points
    /// and on some others.
    pub fn resting_on(&self, premises: &[Premise], points: &[Point]) -> Few {
        let by_premise = self.by_premise.get_or_init(|| ByPremise::new(self));
        let all: BTreeSet<Premise> = premises.iter().copied().collect();
        let choices = positions(&by_premise.choices, &all).into_iter();
        let choices: Vec<Choice> = choices.map(|nth| self.choices[nth].clone()).collect();
        let resting = |one: &&Constraint| one.premises.iter().all(|one| all.contains(&one));
        let aside = positions(&by_premise.aside, &all).into_iter();
        let aside = aside.map(|nth| &self.aside[nth]).filter(resting);
        let aside: Vec<&Constraint> = aside.collect();
        let mut points = points.to_vec();
        points.extend(choices.iter().flat_map(Choice::points));
        points.extend(aside.iter().flat_map(|one| [one.from, one.to]));
        let constraints = &by_premise.constraints;
        let mut part = self.network.part_of(constraints, &all, &points);
        for one in aside {
            part.take(one);
        }
        Few {
            choices: choices.iter().map(|one| one.moved(&part)).collect(),
            part,
            first_free: self.facts.len() as u32,
        }
    }

    /// The ends of a record; `None` if it has no time, or is irrelevant.
    pub fn stretch(&self, record: RecordRef) -> Option<Stretch> {
        let (kind, mut index) = slot(record)?;
        if kind == CLAIMS && !self.places.is_empty() {
            index = (*self.places.get(index as usize)?)?.get() - 1;
        }
        (index < self.counts[kind]).then(|| {
            let start = Point::from_index(self.first_point[kind] + 2 * index);
            Stretch {
                start,
                end: Point::from_index(start.index() as u32 + 1),
            }
        })
    }

    /// The narrowed first and last day of an irrelevant claim, which only its own date bounds, or
    /// without one the publication of its documents.
    /// `None` for a record that has ends here, or no time.
    pub fn days_of_irrelevant(&self, facts: &Facts, record: RecordRef) -> Option<[Option<Day>; 2]> {
        let RecordRef::Claim(id) = record else {
            return None;
        };
        let place = self.places.get(id.index())?;
        (place.is_none()).then(|| irrelevant_claims::days(facts, id, self.scale, self.slack))
    }

    /// An end of a record.
    pub fn end(&self, record: RecordRef, end: End) -> Option<Point> {
        let stretch = self.stretch(record)?;
        Some(match end {
            End::Start => stretch.start,
            End::End => stretch.end,
        })
    }

    /// The ends between which the distance of an order counts; `None` if it has none.
    pub fn apart(&self, order: &Order) -> Option<(Point, Point)> {
        let [(one, from), (other, to)] = orders::counted(order)?;
        self.end(one, from).zip(self.end(other, to))
    }

    /// By how many units of their precision vague dates may be off.
    pub fn slack(&self) -> u32 {
        self.slack
    }

    /// The fact of a premise.
    pub fn fact(&self, premise: Premise) -> Fact {
        self.facts[premise.0 as usize]
    }
}

/// The constraints of a few facts.
#[derive(Debug)]
pub struct Few {
    part: Part,
    choices: Vec<Choice>,
    first_free: u32,
}

impl Few {
    /// The constraints of some premises, including those derived from choices.
    pub fn less(&self, kept: &BTreeSet<Premise>) -> Part {
        let network = self
            .part
            .network
            .only(|one| one.premises.iter().all(|one| kept.contains(&one)));
        let mut part = Part {
            network,
            points: self.part.points.clone(),
        };
        let choices = self.choices.iter();
        let choices: Vec<Choice> = choices
            .filter(|one| kept.contains(&one.premise))
            .cloned()
            .collect();
        let found = narrow(&part.network, &choices, self.first_free, &|_| 1.0, BUDGET);
        write(&mut part.network, &found.follows, self.first_free);
        part
    }
}

/// How many constraints may be examined to derive the bounds that choices imply: about one second.
const BUDGET: usize = 20_000_000;

fn write(network: &mut Network, follows: &[DerivedBound], first_free: u32) {
    for (premise, one) in (first_free..).zip(follows) {
        let premises = Premises::one(Premise(premise));
        network.at_most(one.from, one.to, one.most, premises);
    }
}

/// The index of claims among the kinds of record that have ends.
const CLAIMS: usize = 3;

fn slot(record: RecordRef) -> Option<(usize, u32)> {
    let (kind, index) = match record {
        RecordRef::Document(id) => (0, id.index()),
        RecordRef::Actor(id) => (1, id.index()),
        RecordRef::Event(id) => (2, id.index()),
        RecordRef::Claim(id) => (CLAIMS, id.index()),
        RecordRef::Relation(id) => (4, id.index()),
        RecordRef::Place(_) | RecordRef::Topic(_) | RecordRef::Order(_) => return None,
    };
    Some((kind, u32::try_from(index).ok()?))
}
