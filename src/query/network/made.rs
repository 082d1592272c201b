//! Claims as units of a network.

use super::shown_claims::Claims;
use super::units::{Collected, Units, ignores, is_undated, says, says_of, stretches, touches};
use super::{Dated, NetworkAsked, NodesOf, Over, range};
use crate::names::NameError;
use crate::selection::counts_for::{CountsFor, Targets};
use crate::{Dossier, Query, ResolvedQuery};
use annals_graph::Held;
use annals_model::{ActorId, ClaimId, DateId, Facts, NodeRef};
use annals_network::{Days, Statements, TooManyWindows, Unit, When};
use annals_time::{Certainty, DaySet};

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
    /// What links them, by id; of a part of a snapshot only those that can be shown.
    pub(super) things: Vec<Option<NodeRef>>,
    /// The claims, by the number that units have of them.
    pub(super) claims: Claims,
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
    Ok(match maker.network(asked) {
        Ok(network) => Made::Network(Box::new(network)),
        Err(too_many) => Made::TooMany(too_many),
    })
}

/// Whether a query names somebody to roll up to.
fn names_people(query: &Query) -> bool {
    !query.by.is_empty() || !query.to.is_empty() || !query.about.is_empty()
}

/// A date that claims have, and what it means in the range.
#[derive(Debug, Clone, Copy)]
struct Seen {
    touches: bool,
    /// The number of its days as they count for a speaker.
    when: Option<u32>,
}

struct Maker<'m> {
    facts: &'m Facts,
    selection: &'m ResolvedQuery,
    targets: Option<&'m Targets>,
    asked: &'m NetworkAsked,
    units: Units<NodeRef>,
    claims: Vec<ClaimId>,
    /// Whether a claim counts for its speaker, whenever it was said.
    is_plain: bool,
    /// By date, of claims that match possibly, and certainly.
    seen: Vec<[Option<Seen>; 2]>,
    /// What the claim at hand says.
    says: Vec<(NodeRef, u8)>,
}

impl<'m> Maker<'m> {
    fn new(
        facts: &'m Facts,
        selection: &'m ResolvedQuery,
        targets: Option<&'m Targets>,
        asked: &'m NetworkAsked,
        range: Days,
    ) -> Self {
        let is_plain = targets.is_none()
            && asked.dated == Dated::Said
            && selection.has_no_identities()
            && selection.has_only_a_window();
        Maker {
            facts,
            selection,
            targets,
            asked,
            units: Units::new(range),
            claims: Vec::new(),
            is_plain,
            seen: vec![[None; 2]; if is_plain { facts.dates.len() } else { 0 }],
            says: Vec::new(),
        }
    }

    /// Makes units of a claim.
    fn add(&mut self, id: ClaimId, certainty: Certainty) {
        let claim = &self.facts[id];
        match (self.facts.list(claim.speaker), claim.said) {
            ([speaker], Some(said)) if self.is_plain => {
                self.add_plain(id, *speaker, said, certainty);
            }
            _ => self.add_any(id, certainty),
        }
    }

    /// Makes units of a claim by one speaker that has a date.
    fn add_plain(&mut self, id: ClaimId, speaker: ActorId, said: DateId, certainty: Certainty) {
        let seen = self.seen(said, certainty, id);
        if !seen.touches {
            return;
        }
        let number = self.claims.len() as u32;
        self.claims.push(id);
        self.says(id);
        if self.asked.of == NodesOf::Actors {
            self.units.nodes.number(speaker.into());
        }
        let Some(when) = seen.when else { return };
        let document = self.document(id, number);
        for nth in 0..self.says.len() {
            let (thing, level) = self.says[nth];
            let unit = unit(level, when, number, document, None);
            self.units.add(self.asked.of, speaker.into(), thing, unit);
        }
    }

    /// What a date means for a claim that has it.
    fn seen(&mut self, said: DateId, certainty: Certainty, id: ClaimId) -> Seen {
        let place = [said.index(), usize::from(certainty.is_certain())];
        if let Some(seen) = self.seen[place[0]][place[1]] {
            return seen;
        }
        let days = self.facts.date(said).may_cover();
        let touches = touches(&days, self.units.range);
        let mut when = None;
        if touches {
            self.units.reaches(&days);
            let may = days.intersection(&self.selection.days_of(self.facts, id));
            when = (!may.is_empty()).then(|| {
                self.units.whens.number(When {
                    days: stretches(&days),
                    may: stretches(&may),
                    sure: certainty.is_certain(),
                })
            });
        }
        let seen = Seen { touches, when };
        self.seen[place[0]][place[1]] = Some(seen);
        seen
    }

    /// The number of the document of a claim's first passage; a claim without one is by itself.
    fn document(&self, id: ClaimId, number: u32) -> u32 {
        let mut evidence = self.facts.list(self.facts[id].evidence).iter();
        let document = evidence.next().and_then(|one| one.document);
        document.map_or(u32::MAX - number, |id| NodeRef::from(id).row() as u32)
    }

    fn add_any(&mut self, id: ClaimId, certainty: Certainty) {
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
        if !touches(&days, self.units.range) {
            return;
        }
        self.units.reaches(&days);
        self.units.noted.undated += usize::from(is_undated(self.asked, claim.said.is_some()));
        self.claims.push(id);
        let speakers = match self.targets {
            Some(targets) => targets.of_claim(facts, claim, &said),
            None => self.selection.speakers_of(facts, id, &said),
        };
        if speakers.is_empty() {
            self.units.noted.of_nobody += 1;
            return;
        }
        self.says(id);
        let says = self.says.iter().flat_map(|(thing, level)| {
            let names = self.selection.things_of(*thing).into_iter();
            names.map(|(thing, held)| (thing, held, *level))
        });
        let says: Vec<(NodeRef, Held, u8)> = says.collect();
        // Nodes without a statement are shown with --isolates.
        if self.asked.of == NodesOf::Actors {
            for one in &speakers {
                self.units.nodes.number(one.actor.into());
            }
        }
        let document = self.document(id, number);
        let is_shared = speakers.len() > 1;
        if is_shared && !says.is_empty() && shares_a_speaker(&speakers) {
            self.units.noted.of_several += 1;
        }
        let unsure = speakers.iter().any(|one| !one.sure);
        self.units.noted.by_unsure_ties += usize::from(unsure && !says.is_empty());
        for one in &speakers {
            let voice = is_shared.then(|| {
                let each = one.speakers.iter();
                self.units.voices.number(
                    each.map(|(actor, sure)| (NodeRef::from(*actor).row() as u32, *sure))
                        .collect(),
                )
            });
            for (thing, held, level) in &says {
                if let Some(when) = self.when(id, certainty, &said, &days, one, held) {
                    let unit = unit(*level, when, number, document, voice);
                    self.units
                        .add(self.asked.of, one.actor.into(), *thing, unit);
                }
            }
        }
    }

    /// Notes what a claim says of which things, at which level.
    fn says(&mut self, id: ClaimId) {
        let facts = self.facts;
        let claim = &facts[id];
        let stances = facts.list(claim.stance);
        self.says.clear();
        let over = self.asked.over;
        let counted = stances.iter().filter_map(|stance| {
            let toward = stance.toward.filter(|one| counts(over, *one))?;
            Some((toward, stance.value))
        });
        let is_off = says(&mut self.says, counted, self.asked.weighed.scale);
        if ignores(self.asked) {
            let toward = stances.iter().filter_map(|stance| stance.toward);
            let about = facts.list(claim.about).iter().copied().chain(toward);
            says_of(&mut self.says, about.filter(|one| counts(over, *one)));
        } else {
            self.units.noted.off_scale += usize::from(is_off || stances.is_empty());
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
        Some(self.units.whens.number(When {
            days: stretches(days),
            may: stretches(&may),
            sure: certainty.is_certain() && of.sure && thing.must.contains(said),
        }))
    }

    fn network(self, asked: &NetworkAsked) -> Result<Network, TooManyWindows> {
        let facts = self.facts;
        let collected = self.units.collected(asked, |one| facts.id(*one))?;
        let claims = self.claims.into_iter().map(Some);
        Ok(Network::of(asked, collected, claims.collect()))
    }
}

impl Network {
    pub(super) fn of(
        asked: &NetworkAsked,
        collected: Collected<NodeRef>,
        claims: Vec<Option<ClaimId>>,
    ) -> Network {
        let things = collected.things.into_iter().map(Some).collect();
        Network {
            asked: asked.clone(),
            windows: collected.windows,
            statements: collected.statements,
            nodes: collected.nodes,
            things,
            claims: Claims::Records(claims),
            left_out: collected.left_out,
        }
    }
}

fn unit(level: u8, when: u32, claim: u32, document: u32, voice: Option<u32>) -> Unit {
    Unit {
        node: 0,
        thing: 0,
        level,
        when,
        claim,
        document,
        voice,
    }
}

fn counts(over: Over, thing: NodeRef) -> bool {
    match over {
        Over::Things => true,
        Over::Topics => matches!(thing, NodeRef::Topic(_)),
        Over::Actors => matches!(thing, NodeRef::Actor(_)),
        Over::Events => matches!(thing, NodeRef::Event(_)),
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
