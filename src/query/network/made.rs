//! Claims as units of a network.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{Dated, Measure, NetworkAsked, NodesOf, Over, Scale, day, number, range};
use crate::names::NameError;
use crate::selection::counts_for::{CountsFor, Targets};
use crate::{Dossier, Query, ResolvedQuery};
use annals_graph::Held;
use annals_model::{ClaimId, DateId, Facts, NodeRef, StanceValue};
use annals_network::{Days, Sign, Statements, TooManyWindows, Unit, Voice, When};
use annals_time::{Bound, Certainty, DaySet};

/// A network, before it is weighed: its statements and windows, and what the numbers stand for.
#[derive(Debug)]
pub struct Network {
    /// The question.
    pub asked: NetworkAsked,
    /// The windows, in order.
    pub windows: Vec<Days>,
    pub(super) statements: Statements,
    /// The nodes, by id.
    pub(super) nodes: Vec<NodeRef>,
    /// What links them, by id.
    pub(super) things: Vec<NodeRef>,
    pub(super) claims: Vec<ClaimId>,
    /// Whether a value of a claim's stances is left out, and the like, in words.
    pub left_out: Vec<String>,
}

/// A network, or why there is none.
#[derive(Debug)]
pub enum Made {
    /// A network.
    Network(Box<Network>),
    /// Too many windows.
    TooMany(TooManyWindows),
}

/// Makes units of the selected claims. `rolls_up` are the kinds of relation that roll up where the query
/// names none; if these are none, the usual ones.
///
/// # Errors
/// If a name is unknown or ambiguous.
pub fn made(
    dossier: &Dossier<'_>,
    query: &Query,
    asked: &NetworkAsked,
    rolls_up: &[String],
) -> Result<Made, NameError> {
    let facts = dossier.facts();
    let asked_range = range(query.window.from.as_ref(), query.window.until.as_ref());
    let mut of_claims = query.clone();
    of_claims.surely = false;
    of_claims.limit = None;
    if asked.dated == Dated::Published {
        // The window is one of publication.
        of_claims.window = annals_time::Window::default();
    }
    // Without a name to roll up to, it only says which relations --into follows.
    of_claims.rollup = of_claims.rollup.filter(|_| names_people(query));
    let selection = of_claims.resolve(facts)?;
    let targets = if asked.into.is_empty() {
        None
    } else {
        let with_kinds = Query {
            rollup: Some(query.rollup.clone().unwrap_or_else(|| rolls_up.to_vec())),
            ..Query::default()
        };
        let kinds = with_kinds.rolls_up(facts)?;
        Some(Targets::new(facts, &selection, &asked.into, &kinds)?)
    };
    let mut maker = Maker::new(facts, &selection, targets.as_ref(), asked, asked_range);
    for (id, certainty) in selection.found(dossier) {
        maker.add(id, certainty);
    }
    Ok(match maker.network(asked, asked_range) {
        Ok(network) => Made::Network(Box::new(network)),
        Err(too_many) => Made::TooMany(too_many),
    })
}

/// Whether a query names somebody to roll up to.
fn names_people(query: &Query) -> bool {
    !query.by.is_empty() || !query.to.is_empty() || !query.about.is_empty()
}

/// Values with numbers.
struct Numbered<T> {
    numbers: HashMap<T, u32, FixedState>,
    all: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn new() -> Self {
        Numbered {
            numbers: HashMap::default(),
            all: Vec::new(),
        }
    }

    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(value.clone(), number);
        self.all.push(value);
        number
    }
}

/// What the words about an answer need to know.
#[derive(Default)]
struct Noted {
    /// Claims of which some stance is not on the scale, or that take none.
    off_scale: usize,
    /// Claims that count for no node.
    of_nobody: usize,
    undated: usize,
    /// Claims that count for several nodes through one speaker.
    of_several: usize,
    /// Claims that count for a node possibly only because of relations.
    by_unsure_ties: usize,
}

struct Maker<'m> {
    facts: &'m Facts,
    selection: &'m ResolvedQuery,
    targets: Option<&'m Targets>,
    asked: &'m NetworkAsked,
    range: Days,
    nodes: Numbered<NodeRef>,
    things: Numbered<NodeRef>,
    voices: Numbered<Voice>,
    whens: Numbered<When>,
    /// The number of the days of a claim that matches certainly, by its date.
    by_date: HashMap<DateId, u32, FixedState>,
    units: Vec<Unit>,
    claims: Vec<ClaimId>,
    noted: Noted,
    reach: Option<Days>,
}

impl<'m> Maker<'m> {
    fn new(
        facts: &'m Facts,
        selection: &'m ResolvedQuery,
        targets: Option<&'m Targets>,
        asked: &'m NetworkAsked,
        range: Days,
    ) -> Self {
        Maker {
            facts,
            selection,
            targets,
            asked,
            range,
            nodes: Numbered::new(),
            things: Numbered::new(),
            voices: Numbered::new(),
            whens: Numbered::new(),
            by_date: HashMap::default(),
            units: Vec::new(),
            claims: Vec::new(),
            noted: Noted::default(),
            reach: None,
        }
    }

    /// Makes units of a claim.
    fn add(&mut self, id: ClaimId, certainty: Certainty) {
        let facts = self.facts;
        let claim = &facts[id];
        let number = self.claims.len() as u32;
        let said = self.selection.said_on(facts, id);
        let days = match self.asked.dated {
            Dated::Said => said.clone(),
            Dated::Published => {
                let reported = self.selection.validity.reported(facts, id);
                reported.map_or_else(DaySet::always, annals_time::Date::may_cover)
            }
        };
        if !touches(&days, self.range) {
            return;
        }
        self.reaches(&days);
        self.noted.undated += usize::from(claim.said.is_none() && self.asked.dated == Dated::Said);
        self.claims.push(id);
        let speakers = match self.targets {
            Some(targets) => targets.of_claim(facts, claim, &said),
            None => self.selection.speakers_of(facts, id, &said),
        };
        if speakers.is_empty() {
            self.noted.of_nobody += 1;
            return;
        }
        let says = self.says(id);
        // Nodes without a statement are shown with --isolates.
        if self.asked.of == NodesOf::Actors {
            for one in &speakers {
                self.nodes.number(one.actor.into());
            }
        }
        let document = facts
            .list(claim.evidence)
            .first()
            .and_then(|one| one.document);
        // A claim without a document is one by itself.
        let document = document.map_or(u32::MAX - number, |id| NodeRef::from(id).row() as u32);
        let is_shared = speakers.len() > 1;
        if is_shared && !says.is_empty() && shares_a_speaker(&speakers) {
            self.noted.of_several += 1;
        }
        let unsure = speakers.iter().any(|one| !one.sure);
        self.noted.by_unsure_ties += usize::from(unsure && !says.is_empty());
        for one in &speakers {
            let voice = is_shared.then(|| {
                let each = one.speakers.iter();
                self.voices.number(
                    each.map(|(actor, sure)| (NodeRef::from(*actor).row() as u32, *sure))
                        .collect(),
                )
            });
            for (thing, held, level) in &says {
                let Some(when) = self.when(id, certainty, &said, &days, one, held) else {
                    continue;
                };
                let (actor, thing) = (one.actor.into(), *thing);
                let (node, thing) = match self.asked.of {
                    NodesOf::Actors => (self.nodes.number(actor), self.things.number(thing)),
                    NodesOf::Things => (self.nodes.number(thing), self.things.number(actor)),
                };
                self.units.push(Unit {
                    node,
                    thing,
                    level: *level,
                    when,
                    claim: number,
                    document,
                    // Two things of which one actor says the same are linked by that.
                    voice: voice.filter(|_| self.asked.of == NodesOf::Actors),
                });
            }
        }
    }

    /// What a claim says of which things, at which level.
    fn says(&mut self, id: ClaimId) -> Vec<(NodeRef, Held, u8)> {
        let facts = self.facts;
        let claim = &facts[id];
        let stances = facts.list(claim.stance);
        let mut said: Vec<(NodeRef, u8)> = Vec::new();
        let mut is_off = stances.is_empty();
        for stance in stances {
            let Some(toward) = stance.toward.filter(|one| self.counts(*one)) else {
                continue;
            };
            match level(stance.value, self.asked.weighed.scale) {
                Some(level) if !said.contains(&(toward, level)) => said.push((toward, level)),
                Some(_) => {}
                None => is_off = true,
            }
        }
        let ignores = matches!(
            self.asked.weighed.measure,
            Measure::Ignore | Measure::Affiliation(Sign::Any)
        );
        if ignores {
            // Whatever it is about counts, each thing once.
            let toward = stances.iter().filter_map(|stance| stance.toward);
            let about = facts.list(claim.about).iter().copied().chain(toward);
            for thing in about.filter(|one| self.counts(*one)) {
                if !said.iter().any(|(other, _)| *other == thing) {
                    said.push((thing, 0));
                }
            }
        } else {
            self.noted.off_scale += usize::from(is_off);
        }
        let mut says = Vec::new();
        for (thing, level) in said {
            let names = self.selection.things_of(thing).into_iter();
            says.extend(names.map(|(thing, held)| (thing, held, level)));
        }
        says
    }

    fn counts(&self, thing: NodeRef) -> bool {
        match self.asked.over {
            Over::Things => true,
            Over::Topics => matches!(thing, NodeRef::Topic(_)),
            Over::Actors => matches!(thing, NodeRef::Actor(_)),
            Over::Events => matches!(thing, NodeRef::Event(_)),
        }
    }

    /// The number of the days of a claim as it counts for somebody; `None` if it does on none.
    fn when(
        &mut self,
        id: ClaimId,
        certainty: Certainty,
        said: &DaySet,
        days: &DaySet,
        of: &CountsFor,
        thing: &Held,
    ) -> Option<u32> {
        let date = self.facts[id]
            .said
            .filter(|_| self.asked.dated == Dated::Said);
        let is_simple = certainty.is_certain()
            && of.sure
            && self.selection.has_only_a_window()
            && of.may == *said
            && thing.must.contains(said);
        if let Some(number) = date
            .filter(|_| is_simple)
            .and_then(|date| self.by_date.get(&date))
        {
            return Some(*number);
        }
        let may = of
            .may
            .intersection(&thing.may)
            .intersection(&self.selection.days_of(self.facts, id));
        if may.is_empty() {
            return None;
        }
        let may = match self.asked.dated {
            Dated::Said => may,
            Dated::Published => days.clone(),
        };
        let number = self.whens.number(When {
            days: stretches(days),
            may: stretches(&may),
            sure: certainty.is_certain() && of.sure && thing.must.contains(said),
        });
        if let Some(date) = date.filter(|_| is_simple) {
            self.by_date.insert(date, number);
        }
        Some(number)
    }

    fn reaches(&mut self, days: &DaySet) {
        for (first, last) in days.stretches() {
            let ends = [first, last].into_iter().filter_map(|bound| bound.number());
            for end in ends.filter(|end| day(*end).is_some()) {
                let end = end.clamp(self.range.first, self.range.last);
                let all = self.reach.unwrap_or(Days::of(end, end));
                self.reach = Some(Days::of(all.first.min(end), all.last.max(end)));
            }
        }
    }

    fn network(self, asked: &NetworkAsked, asked_range: Days) -> Result<Network, TooManyWindows> {
        let facts = self.facts;
        let mut units = self.units;
        let (nodes, of_node) = by_id(facts, &self.nodes.all);
        let (things, of_thing) = by_id(facts, &self.things.all);
        for unit in &mut units {
            unit.node = of_node[unit.node as usize];
            unit.thing = of_thing[unit.thing as usize];
        }
        // Windows begin and end where the facts do, if nothing else is said.
        let reach = self.reach.unwrap_or(Days::of(0, -1));
        let whole = Days {
            first: if asked_range.first == i64::MIN {
                reach.first
            } else {
                asked_range.first
            },
            last: if asked_range.last == i64::MAX {
                reach.last
            } else {
                asked_range.last
            },
        };
        let (windows, range) = match &asked.windows {
            None => (vec![asked_range], asked_range),
            Some(windows) => (windows.over(whole)?, whole),
        };
        let statements = Statements::within(
            units,
            self.whens.all,
            self.voices.all,
            &asked.weighed,
            range,
        );
        let left_out = self.noted.words(
            asked,
            asked_range != Days::ALWAYS || asked.windows.is_some(),
        );
        Ok(Network {
            asked: asked.clone(),
            windows,
            statements: statements.at_least(asked.at_least, asked.things_at_least),
            nodes,
            things,
            claims: self.claims,
            left_out,
        })
    }
}

/// Whether one speaker stands for two of them.
fn shares_a_speaker(all: &[CountsFor]) -> bool {
    let mut speakers: Vec<_> = all
        .iter()
        .flat_map(|one| &one.speakers)
        .map(|one| one.0)
        .collect();
    speakers.sort_unstable();
    speakers.windows(2).any(|pair| pair[0] == pair[1])
}

/// The level of a stance.
pub(super) fn level(value: StanceValue, scale: Scale) -> Option<u8> {
    match (value, scale) {
        (StanceValue::Opposes, _) => Some(0),
        (StanceValue::Supports, Scale::Two)
        | (StanceValue::Neutral | StanceValue::Mixed, Scale::Three) => Some(1),
        (StanceValue::Supports, Scale::Three) => Some(2),
        (_, Scale::Two) => None,
    }
}

/// Nodes in the order of their ids, and the new number of each.
fn by_id(facts: &Facts, nodes: &[NodeRef]) -> (Vec<NodeRef>, Vec<u32>) {
    let mut order: Vec<u32> = (0..nodes.len() as u32).collect();
    order.sort_unstable_by_key(|at| facts.id(nodes[*at as usize]));
    let mut new = vec![0; nodes.len()];
    for (number, at) in (0_u32..).zip(&order) {
        new[*at as usize] = number;
    }
    (
        order.into_iter().map(|at| nodes[at as usize]).collect(),
        new,
    )
}

fn ends(first: Bound, last: Bound) -> Days {
    Days::of(number(first), number(last))
}

fn stretches(days: &DaySet) -> Vec<Days> {
    days.stretches()
        .iter()
        .map(|(first, last)| ends(*first, *last))
        .collect()
}

fn touches(days: &DaySet, range: Days) -> bool {
    let mut all = days.stretches().iter();
    all.any(|(first, last)| ends(*first, *last).meets(range))
}

impl Noted {
    fn words(&self, asked: &NetworkAsked, has_window: bool) -> Vec<String> {
        let claims = |count: usize| annals_finding::wording::count(count, "claim", "claims");
        let mut lines = Vec::new();
        if self.off_scale > 0 {
            let what = match asked.weighed.scale {
                Scale::Two => {
                    "has a neutral or mixed stance, or none, which is left out (--scale three counts neutral and mixed, --measure ignore all)"
                }
                Scale::Three => "takes no stance, and is left out (--measure ignore counts it)",
            };
            lines.push(format!("{}: each {what}", claims(self.off_scale)));
        }
        if self.undated > 0 && has_window {
            lines.push(format!(
                "{}: each without a date of its own; it was said not after its publication, so it is surely in no window that begins on a day (--date published counts it there)",
                claims(self.undated)
            ));
        }
        if self.of_several > 0 && asked.of == NodesOf::Actors {
            lines.push(format!(
                "{}: each counts for several nodes through one speaker; it is not paired with itself",
                claims(self.of_several)
            ));
        }
        if self.by_unsure_ties > 0 {
            lines.push(format!(
                "{}: each counts for a node only possibly, because a relation has no date or an uncertain one",
                claims(self.by_unsure_ties)
            ));
        }
        if self.of_nobody > 0 {
            let whom = if asked.into.is_empty() {
                "has no speaker: it is the narrator's, or nobody is named"
            } else {
                "is by nobody who stands for one of the actors of --into"
            };
            lines.push(format!(
                "{}: each {whom}, and is left out",
                claims(self.of_nobody)
            ));
        }
        lines
    }
}
