//! Claims that cannot take part in any conflict and do not narrow anything else: a check can leave
//! their ends out of the network and finds the same.
//!
//! A claim is *free* if all that the facts say about its time is at most one plain date and the
//! documents that report it. Free claims, together with documents whose only temporal facts are
//! their publication and what they report, form components that are always consistent: each
//! relation bounds the end of a document from below by the start of a claim, and is only written if
//! the two dates allow it (see [`ties`](super::ties)). Nothing else connects to such a component.
//! So all of its claims are irrelevant; a single claim that is not free makes the whole component
//! relevant.
//!
//! The narrowed days of an irrelevant claim are those of its own date: a document only bounds its
//! start from above, and not its end at all. Without a date it ended when the first of its documents
//! did, at the latest.

use annals_model::{Act, ActorId, ClaimId, DateId, DocumentId, Facts, More, NodeRef, RecordRef};
use annals_solver::scale::{self, Scale};
use annals_time::{Date, Day};

/// For each claim, whether it is irrelevant.
pub(super) fn find(facts: &Facts) -> Vec<bool> {
    let mut free: Vec<bool> = facts
        .claims
        .handles()
        .map(|id| is_free(facts, id))
        .collect();
    let mut wholes = Wholes::new(facts.documents.len());
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

/// Whether the claim's own fields say nothing about its time except its date and its documents.
fn is_free(facts: &Facts, id: ClaimId) -> bool {
    let claim = &facts[id];
    let has_life = |actor: ActorId| facts[actor].lifespan.is_some();
    // An assertion about an event is checked against the start of the event.
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

/// The first and the last day of an irrelevant claim.
pub(super) fn days(facts: &Facts, id: ClaimId, scale: Scale, slack: u32) -> [Option<Day>; 2] {
    let in_force = |more: &More| more.retracted.is_none();
    if !facts.more(id).is_none_or(in_force) {
        return [None, None];
    }
    if let Some(said) = facts[id].said {
        return days_of(facts.date(said), scale, slack);
    }
    let documents = facts.list(facts[id].evidence).iter();
    let documents = documents.filter_map(|one| one.document);
    let published = documents
        .filter(|one| facts.more(*one).is_none_or(in_force))
        .filter_map(|one| facts[one].published);
    let last = published.filter_map(|date| days_of(facts.date(date), scale, slack)[1]);
    [None, last.min()]
}

fn days_of(date: &Date, scale: Scale, slack: u32) -> [Option<Day>; 2] {
    let widened = date.takes_slack().then(|| date.widened(slack));
    let extent = widened.as_ref().unwrap_or(date).extent();
    let first = scale::first_tick(extent.earliest_start());
    let last = scale::midnight_after(extent.latest_end());
    [
        first.and_then(|tick| scale.day_not_before(tick)),
        last.and_then(scale::end_not_after),
    ]
}

/// Whether a date is a single stretch of days.
fn is_plain(facts: &Facts, date: DateId) -> bool {
    let date = facts.date(date);
    date.alternatives().len() < 2 && date.time_of_day().is_none()
}

/// Documents connected by what they report: disjoint sets with path halving (R. Tarjan, J. van
/// Leeuwen, *Worst-case analysis of set union algorithms*, 1984).
struct Wholes {
    /// By document, another one of its set, closer to the representative.
    nearer: Vec<u32>,
    /// By representative, whether the set is relevant.
    counts: Vec<bool>,
}

impl Wholes {
    fn new(documents: usize) -> Self {
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

    /// Marks a document as relevant: there are more facts about it, or about a claim in it.
    fn count(&mut self, document: DocumentId) {
        let root = self.root(document);
        self.counts[root] = true;
    }

    fn counts(&mut self, document: DocumentId) -> bool {
        let root = self.root(document);
        self.counts[root]
    }
}
