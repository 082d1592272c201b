//! Names to handles, when every file is read.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::decode::unresolved::{Reference, Unresolved, Waiting};
use crate::faults;
use crate::faults::slot::Slot;
use crate::faults::uses::{Use, Uses};
use annals_finding::Finding;
use annals_model::{
    ActorId, ArenaRange, ClaimId, DocumentId, EventId, Facts, Linked, Links, Name, NodeRef,
    RecordRef, Stance, Via, Voice,
};

/// Resolves all references; what leads nowhere or to the wrong kind is left out and reported.
pub(crate) fn resolve(facts: &mut Facts, pending: &Unresolved, findings: &mut Vec<Finding>) {
    let mut resolver = Resolver {
        facts,
        findings,
        unknown: IndexMap::default(),
        found: Vec::new(),
    };
    for waiting in pending.records() {
        resolver.record(&waiting);
    }
    resolver.report_unknown();
}

/// Resolves what leads somewhere among the records that are there, which are perhaps not all; nothing
/// is said of the rest.
pub(crate) fn resolve_known(facts: &mut Facts, pending: &Unresolved) {
    let mut resolver = Resolver {
        facts,
        findings: &mut Vec::new(),
        unknown: IndexMap::default(),
        found: Vec::new(),
    };
    for waiting in pending.records() {
        resolver.record(&waiting);
    }
}

/// Resolves what was found already.
pub(crate) fn resolve_found(facts: &mut Facts, pending: &Unresolved, found: &[RecordRef]) {
    let mut resolver = Resolver {
        facts,
        findings: &mut Vec::new(),
        unknown: IndexMap::default(),
        found: Vec::new(),
    };
    for waiting in pending.records_with(Some(found)) {
        resolver.record(&waiting);
    }
}

struct Resolver<'f> {
    facts: &'f mut Facts,
    findings: &'f mut Vec<Finding>,
    /// The uses of each id that no record has: one message for all of them.
    unknown: IndexMap<Name, Uses, FixedState>,
    /// Room for what one field leads to.
    found: Vec<RecordRef>,
}

impl Resolver<'_> {
    fn record(&mut self, waiting: &Waiting<'_>) {
        let record = waiting.record;
        let (mut rest, mut at) = (waiting.references, 0);
        while let Some(first) = rest.first() {
            // References of one list stand together.
            let len = rest.iter().take_while(|one| one.slot == first.slot).count();
            let (run, after) = rest.split_at(len);
            match waiting.found {
                Some(found) => self.put(record, first.slot, &found[at..at + len]),
                None => self.run(record, first.slot, run),
            }
            (rest, at) = (after, at + len);
        }
        if let RecordRef::Claim(claim) = record {
            self.stance_toward_all(claim, waiting);
            if self.facts.claims[claim].voice == Voice::Speakers
                && self.facts.claims[claim].speaker.is_empty()
            {
                self.facts.claims[claim].voice = Voice::Unknown;
            }
        }
    }

    fn run(&mut self, record: RecordRef, slot: Slot, run: &[Reference]) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.extend(run.iter().filter_map(|one| self.look_up(record, *one)));
        self.put(record, slot, &found);
        self.found = found;
    }

    /// Writes what a field leads to.
    fn put(&mut self, record: RecordRef, slot: Slot, found: &[RecordRef]) {
        let Some(&one) = found.first() else { return };
        match (record, slot) {
            (RecordRef::Document(id), Slot::DocumentBasedOn) => {
                self.facts.documents[id].based_on = self.documents(found);
            }
            (RecordRef::Document(id), Slot::DocumentCorrects) => {
                self.facts.documents[id].corrects = self.documents(found);
            }
            (RecordRef::Place(id), _) => {
                if let RecordRef::Place(within) = one {
                    self.facts.places[id].within = Some(within);
                }
            }
            (RecordRef::Topic(id), _) => self.facts.topics[id].about = self.nodes(found),
            (RecordRef::Relation(id), _) => {
                if let RecordRef::Actor(actor) = one {
                    let relation = &mut self.facts.relations[id];
                    match slot {
                        Slot::RelationTo => relation.to = Some(actor),
                        Slot::RelationFrom => relation.from = Some(actor),
                        _ => {}
                    }
                }
            }
            (RecordRef::Order(id), Slot::OrderFirst | Slot::OrderShortFirst) => {
                self.facts.orders[id].first = Some(one);
            }
            (RecordRef::Order(id), Slot::OrderSecond | Slot::OrderShortSecond) => {
                self.facts.orders[id].second = Some(one);
            }
            (RecordRef::Event(id), _) => self.event(id, slot, found),
            (RecordRef::Claim(id), _) => self.claim(id, slot, found),
            _ => {}
        }
        if let (Slot::Evidence(at), RecordRef::Document(document)) = (slot, one) {
            self.facts.lists.evidence.item_mut(at as usize).document = Some(document);
        }
    }

    fn event(&mut self, id: EventId, slot: Slot, found: &[RecordRef]) {
        match (slot, found) {
            (
                Slot::EventParticipant(at) | Slot::EventParticipantBare(at),
                [RecordRef::Actor(actor), ..],
            ) => self.facts.lists.participants.item_mut(at as usize).actor = Some(*actor),
            (Slot::EventPlace, [RecordRef::Place(place), ..]) => {
                self.facts.events[id].place = Some(*place);
            }
            (Slot::EventPartOf, [RecordRef::Event(whole), ..]) => {
                self.facts.events[id].part_of = Some(*whole);
            }
            (Slot::EventCauses, _) => self.facts.events[id].causes = self.events(found),
            _ => {}
        }
    }

    fn claim(&mut self, id: ClaimId, slot: Slot, found: &[RecordRef]) {
        match (slot, found) {
            (Slot::ClaimSpeaker, _) => self.facts.claims[id].speaker = self.actors(found),
            (Slot::ClaimTo, _) => self.facts.claims[id].to = self.actors(found),
            (Slot::ClaimAbout, _) => self.facts.claims[id].about = self.nodes(found),
            (Slot::ClaimVia, _) => {
                let via = self.via(found);
                self.link(id, |links| links.via = via);
            }
            (Slot::ClaimRespondsTo, _) => {
                let claims = self.claims(found);
                self.link(id, |links| links.responds_to = claims);
            }
            (Slot::ClaimSupports, _) => {
                let claims = self.claims(found);
                self.link(id, |links| links.supports = claims);
            }
            (Slot::ClaimContradicts, _) => {
                let claims = self.claims(found);
                self.link(id, |links| links.contradicts = claims);
            }
            (Slot::ClaimRepeats, _) => {
                let claims = self.claims(found);
                self.link(id, |links| links.repeats = claims);
            }
            (Slot::ClaimAs, [RecordRef::Relation(relation), ..]) => {
                self.facts.claims[id].capacity = Some(*relation);
            }
            (Slot::ClaimAt, [RecordRef::Event(event), ..]) => {
                self.facts.claims[id].at = Some(*event);
            }
            (Slot::ClaimStance(at), [one, ..]) => {
                self.facts.lists.stances.item_mut(at as usize).toward = one.node();
            }
            _ => {}
        }
    }

    /// Writes into the links of a claim, which has none before the first.
    fn link(&mut self, id: ClaimId, write: impl FnOnce(&mut Links)) {
        let known = self.facts.claims[id].links;
        let links = known.or_else(|| {
            let links = Links::default();
            self.facts.claim_links.push(Linked { claim: id, links })
        });
        if let Some(links) = links {
            self.facts.claims[id].links = Some(links);
            write(&mut self.facts.claim_links[links].links);
        }
    }

    /// `stance: supports` holds toward everything in `about`, beside what is written for one thing.
    fn stance_toward_all(&mut self, claim: ClaimId, waiting: &Waiting<'_>) {
        if waiting.toward_all.is_empty() {
            return;
        }
        let facts = &mut *self.facts;
        let mut stances = facts.list(facts.claims[claim].stance).to_vec();
        for &(_, value) in waiting.toward_all {
            let about = facts.list(facts.claims[claim].about);
            stances.extend(about.iter().map(|&node| Stance {
                toward: Some(node),
                value,
            }));
        }
        facts.claims[claim].stance = facts.lists.stances.add(stances).unwrap_or_default();
    }

    fn look_up(&mut self, record: RecordRef, reference: Reference) -> Option<RecordRef> {
        let used = Use {
            record,
            slot: reference.slot,
            nth: reference.nth as usize,
        };
        let Some(found) = self.facts.holder(reference.name) else {
            let uses = self.unknown.entry(reference.name).or_insert(Uses {
                first: used,
                second: None,
                records: 1,
                last: record,
            });
            if uses.last != record {
                uses.records += 1;
                uses.last = record;
                uses.second = uses.second.or(Some(used));
            }
            return None;
        };
        let wanted = reference.slot.kinds();
        if !wanted.contains(&found.kind()) {
            let finding = faults::wrong_kind::found(self.facts, used, found, wanted);
            self.findings.push(finding);
            return None;
        }
        Some(found)
    }

    fn report_unknown(self) {
        if self.unknown.is_empty() {
            return;
        }
        let nearest = faults::unknown_id::Nearest::new(self.facts);
        for (name, uses) in &self.unknown {
            let finding = faults::unknown_id::found(self.facts, *name, uses, &nearest);
            self.findings.push(finding);
        }
    }
}

macro_rules! lists {
    ($($fn:ident: $variant:ident($id:ty) in $pool:ident,)+) => {
        impl Resolver<'_> {
            $(fn $fn(&mut self, found: &[RecordRef]) -> ArenaRange<$id> {
                let ids = found.iter().filter_map(|one| match one {
                    RecordRef::$variant(id) => Some(*id),
                    _ => None,
                });
                self.facts.lists.$pool.add(ids).unwrap_or_default()
            })+
        }
    };
}
lists! {
    actors: Actor(ActorId) in actors,
    documents: Document(DocumentId) in documents,
    events: Event(EventId) in events,
    claims: Claim(ClaimId) in claims,
}

impl Resolver<'_> {
    fn nodes(&mut self, found: &[RecordRef]) -> ArenaRange<NodeRef> {
        self.facts
            .lists
            .nodes
            .add(found.iter().filter_map(|one| one.node()))
            .unwrap_or_default()
    }

    fn via(&mut self, found: &[RecordRef]) -> ArenaRange<Via> {
        let via = found.iter().filter_map(|one| match one {
            RecordRef::Actor(id) => Some(Via::Actor(*id)),
            RecordRef::Claim(id) => Some(Via::Claim(*id)),
            _ => None,
        });
        self.facts.lists.via.add(via).unwrap_or_default()
    }
}
