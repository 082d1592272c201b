//! Claims that no conflict can have a part in, and that narrow nothing else: a check can leave their
//! ends out of the network and finds the same.
//!
//! A claim is *free* if all that the facts say of its time is one plain date, if any, and the
//! documents that report it. Free claims, and documents of which nothing is said but when they came
//! out and what they report, hang together by that alone, and such a whole can always be true: each
//! tie bounds the end of a document from below by the beginning of a claim, and is only written where
//! the two dates allow it (see [`ties`](super::ties)). It has no tie to anything else. So all claims
//! of such a whole are quiet; a single one that is not free makes the whole count.
//!
//! What all facts leave of the days of a quiet claim is what its own date leaves: a document bounds
//! its beginning from above only, and its end not at all.

use annals_model::{Act, ActorId, ClaimId, DateId, DocumentId, Facts, More, NodeRef, RecordRef};
use annals_solver::scale::{self, Scale};
use annals_time::Day;

/// For each claim, whether it is quiet.
pub(super) fn quiet(facts: &Facts) -> Vec<bool> {
    let mut free: Vec<bool> = facts
        .claims
        .handles()
        .map(|id| is_free(facts, id))
        .collect();
    let mut wholes = Wholes::of(facts.documents.len());
    for (_, order) in facts.orders.iter() {
        for record in [order.first, order.second].into_iter().flatten() {
            match record {
                RecordRef::Claim(id) => free[id.index()] = false,
                RecordRef::Document(id) => wholes.count(id),
                _ => {}
            }
        }
    }
    for (_, linked) in facts.claim_links.iter() {
        let others = facts.list(linked.links.responds_to).iter();
        for other in others.chain(facts.list(linked.links.repeats)) {
            free[other.index()] = false;
        }
    }
    for (id, document) in facts.documents.iter() {
        if !document.published.is_none_or(|date| is_plain(facts, date)) {
            wholes.count(id);
        }
    }
    for (id, claim) in facts.claims.iter() {
        let mut first = None;
        for document in facts
            .list(claim.evidence)
            .iter()
            .filter_map(|one| one.document)
        {
            wholes.join(*first.get_or_insert(document), document);
            if !free[id.index()] {
                wholes.count(document);
            }
        }
    }
    for (id, claim) in facts.claims.iter() {
        let mut documents = facts.list(claim.evidence).iter();
        let document = documents.find_map(|one| one.document);
        free[id.index()] &= document.is_none_or(|document| !wholes.counts(document));
    }
    free
}

/// Whether nothing is said of the time of a claim but its date and its documents, as far as its own
/// fields go.
fn is_free(facts: &Facts, id: ClaimId) -> bool {
    let claim = &facts[id];
    let has_life = |actor: ActorId| facts[actor].lifespan.is_some();
    // What is asserted of an event is held against when that begins.
    let of_past = matches!(claim.act, Some(Act::Asserts | Act::Denies | Act::Confirms));
    let of_event = |node: &NodeRef| matches!(node, NodeRef::Event(_));
    claim.at.is_none()
        && claim.capacity.is_none()
        && facts.list(facts.links(claim).responds_to).is_empty()
        && facts.list(facts.links(claim).repeats).is_empty()
        && claim.said.is_none_or(|date| is_plain(facts, date))
        && !facts.list(claim.speaker).iter().copied().any(has_life)
        && !(of_past && facts.list(claim.about).iter().any(of_event))
}

/// The first and the last day of a quiet claim.
pub(super) fn days(facts: &Facts, id: ClaimId, scale: Scale, slack: u32) -> [Option<Day>; 2] {
    let in_force = |more: &More| more.retracted.is_none();
    let said = facts[id]
        .said
        .filter(|_| facts.more(id).is_none_or(in_force));
    let Some(date) = said.map(|date| facts.date(date)) else {
        return [None, None];
    };
    let widened = date.takes_slack().then(|| date.widened(slack));
    let extent = widened.as_ref().unwrap_or(date).extent();
    let first = scale::first_tick(extent.earliest_start());
    let last = scale::midnight_after(extent.latest_end());
    [
        first.and_then(|tick| scale.day_not_before(tick)),
        last.and_then(scale::end_not_after),
    ]
}

/// Whether a date is one stretch of days.
fn is_plain(facts: &Facts, date: DateId) -> bool {
    let date = facts.date(date);
    date.alternatives().len() < 2 && date.time_of_day().is_none()
}

/// Documents that hang together by what they report: disjoint sets with path halving (R. Tarjan,
/// J. van Leeuwen, *Worst-case analysis of set union algorithms*, 1984).
struct Wholes {
    /// By document, another of its set, nearer to the one that stands for it.
    nearer: Vec<u32>,
    /// Whether a set counts, by the one that stands for it.
    counts: Vec<bool>,
}

impl Wholes {
    fn of(documents: usize) -> Self {
        Wholes {
            nearer: (0..documents as u32).collect(),
            counts: vec![false; documents],
        }
    }

    fn root(&mut self, document: DocumentId) -> usize {
        let mut at = document.index();
        while self.nearer[at] as usize != at {
            let next = self.nearer[self.nearer[at] as usize];
            self.nearer[at] = next;
            at = next as usize;
        }
        at
    }

    /// Two documents hang together.
    fn join(&mut self, one: DocumentId, other: DocumentId) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.nearer[other] = one as u32;
            self.counts[one] |= self.counts[other];
        }
    }

    /// More is said of a document, or of a claim in it.
    fn count(&mut self, document: DocumentId) {
        let root = self.root(document);
        self.counts[root] = true;
    }

    fn counts(&mut self, document: DocumentId) -> bool {
        let root = self.root(document);
        self.counts[root]
    }
}
