//! Resolves ids to handles, once all files have been read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use indexmap::map::Entry;

use super::repeated::Repeated;
use crate::decode::unresolved::{Reference, Unresolved, Waiting};
use crate::faults;
use crate::faults::by_name::Named;
use crate::faults::slot::Slot;
use crate::faults::uses::{Use, Uses};
use annals_finding::Finding;
use annals_model::{ClaimId, Facts, Name, RecordRef, Stance, Voice};

/// Resolves all references; what leads nowhere or to the wrong kind is left out and reported.
///
/// References to `unread`, the ids of records that are there and could not be read, are left out as well:
/// this is said with the finding about these. Returns the records that have such references.
pub(crate) fn resolve(
    facts: &mut Facts,
    pending: &Unresolved,
    unread: &HashMap<String, usize>,
    findings: &mut Vec<Finding>,
) -> BTreeSet<RecordRef> {
    let mut resolver = Resolver {
        facts,
        findings,
        unknown: IndexMap::default(),
        unread: Some(unread),
        referring: BTreeMap::new(),
        found: Vec::new(),
        repeated: Repeated::new("id"),
        wrong: Vec::new(),
    };
    let mut rounds = annals_watch::Rounds::default();
    for waiting in pending.records() {
        rounds.look();
        resolver.record(&waiting);
    }
    let referring = std::mem::take(&mut resolver.referring);
    resolver.report_unknown();
    for (nth, records) in &referring {
        if let Some(finding) = findings.get_mut(*nth) {
            let note = match records.len() {
                1 => "1 record refers to what stands here: the reference is left out".to_owned(),
                many => {
                    format!("{many} records refer to what stands here: the references are left out")
                }
            };
            finding.notes.push(note);
            finding.records.extend(records);
        }
    }
    referring.into_values().flatten().collect()
}

/// Resolves what leads somewhere among the records that are there, which are perhaps not all; nothing
/// is said of the rest.
pub(crate) fn resolve_known(facts: &mut Facts, pending: &Unresolved) {
    let mut resolver = Resolver {
        facts,
        findings: &mut Vec::new(),
        unknown: IndexMap::default(),
        unread: None,
        referring: BTreeMap::new(),
        found: Vec::new(),
        repeated: Repeated::new("id"),
        wrong: Vec::new(),
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
        unread: None,
        referring: BTreeMap::new(),
        found: Vec::new(),
        repeated: Repeated::new("id"),
        wrong: Vec::new(),
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
    /// The ids of records that could not be read.
    unread: Option<&'f HashMap<String, usize>>,
    /// The records that refer to one of them, by the finding that is about it.
    referring: BTreeMap<usize, BTreeSet<RecordRef>>,
    /// Room for what one field leads to.
    found: Vec<RecordRef>,
    /// The ids that are referred to as what they are not.
    repeated: Repeated<Name>,
    /// The findings about these: which it is, the use, and what is referred to.
    wrong: Vec<(usize, Use, RecordRef)>,
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
        match slot.object() {
            Some((pool, at)) => self.facts.put_reference_of(pool, at, one),
            None => self.facts.put_references(record, slot.nth(), found),
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
            let id = self.facts.name(reference.name);
            if let Some(nth) = self.unread.and_then(|unread| unread.get(id)) {
                self.referring.entry(*nth).or_default().insert(record);
                return None;
            }
            match self.unknown.entry(reference.name) {
                Entry::Vacant(entry) => {
                    entry.insert(Uses::new(used));
                }
                Entry::Occupied(mut entry) => entry.get_mut().others.push(used),
            }
            return None;
        };
        let wanted = reference.slot.kinds();
        if !wanted.contains(&found.kind()) {
            if self.repeated.is_listed(reference.name, self.findings) {
                let finding = faults::wrong_kind::found(self.facts, used, found, wanted);
                self.wrong.push((self.findings.len(), used, found));
                self.findings.push(finding);
            }
            return None;
        }
        Some(found)
    }

    fn report_unknown(self) {
        if self.unknown.is_empty() && self.wrong.is_empty() {
            return;
        }
        let facts: &Facts = self.facts;
        let unknown = self.unknown.keys().map(|name| facts.name(*name));
        let labels = self.wrong.iter().map(|(_, _, other)| facts.label(*other));
        let ids = self.wrong.iter().map(|(_, _, other)| facts.id(*other));
        let named = Named::new(facts, unknown.chain(labels).chain(ids));
        for (nth, used, other) in &self.wrong {
            let kinds = used.slot.kinds();
            let mut called = named.of(facts.label(*other), kinds);
            called.extend(named.of(facts.id(*other), kinds));
            called.sort_unstable();
            called.dedup();
            if let Some(finding) = self.findings.get_mut(*nth) {
                *finding = faults::wrong_kind::suggest(facts, finding.clone(), *used, &called);
            }
        }
        if self.unknown.is_empty() {
            return;
        }
        let nearest = faults::unknown_id::Nearest::new(self.facts);
        let mut repeated = Repeated::new("record");
        for (name, uses) in &self.unknown {
            if !repeated.is_listed(uses.first.record, self.findings) {
                continue;
            }
            let finding = faults::unknown_id::found(self.facts, *name, uses, &nearest, &named);
            self.findings.push(finding);
        }
    }
}
