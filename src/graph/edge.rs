//! Which edges each fact makes: the single definition shared by the graph, the indexes and the
//! exports.

use annals_model::{
    ActorId, ArenaRange, ClaimId, DateId, DocumentId, EventId, Evidence, Facts, Name, NodeRef,
    OrderId, PlaceId, RecordRef, RelationId, SAME_AS, StanceValue, TopicId, Via,
};

/// The kinds of edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// actor → claim.
    Said,
    /// claim → actor.
    AddressedTo,
    /// claim or topic → anything.
    About,
    /// claim → actor or claim.
    Via,
    /// claim → claim.
    RespondsTo,
    /// claim → claim.
    Supports,
    /// claim → claim.
    Contradicts,
    /// claim → claim.
    Repeats,
    /// claim or event → claim.
    Fulfils,
    /// claim or event → claim.
    Breaks,
    /// claim → event.
    SaidAt,
    /// actor → event.
    Participates,
    /// event → place.
    TookPlaceIn,
    /// event → event.
    PartOf,
    /// event → event.
    Causes,
    /// place → place.
    Within,
    /// A dated node → a dated node.
    Order,
    /// claim or event → document.
    ReportedIn,
    /// document → document.
    BasedOn,
    /// document → document.
    Corrects,
    /// actor → each of the two actors who are one in their view.
    Identifies,
    /// actor → actor, with the word of the relation.
    Relation(Name),
    /// actor → actor, if the facts do not name the kind of relation.
    Tie,
}

impl EdgeKind {
    /// Every kind that is no kind of relation.
    pub const PLAIN: [EdgeKind; 21] = [
        EdgeKind::Said,
        EdgeKind::AddressedTo,
        EdgeKind::About,
        EdgeKind::Via,
        EdgeKind::RespondsTo,
        EdgeKind::Supports,
        EdgeKind::Contradicts,
        EdgeKind::Repeats,
        EdgeKind::Fulfils,
        EdgeKind::Breaks,
        EdgeKind::SaidAt,
        EdgeKind::Participates,
        EdgeKind::TookPlaceIn,
        EdgeKind::PartOf,
        EdgeKind::Causes,
        EdgeKind::Within,
        EdgeKind::Order,
        EdgeKind::ReportedIn,
        EdgeKind::BasedOn,
        EdgeKind::Corrects,
        EdgeKind::Identifies,
    ];

    /// How the kind is called, also in exports.
    pub fn word(self, facts: &Facts) -> &str {
        match self {
            EdgeKind::Said => "said",
            EdgeKind::AddressedTo => "addressed_to",
            EdgeKind::About => "about",
            EdgeKind::Via => "via",
            EdgeKind::RespondsTo => "responds_to",
            EdgeKind::Supports => "supports",
            EdgeKind::Contradicts => "contradicts",
            EdgeKind::Repeats => "repeats",
            EdgeKind::Fulfils => "fulfils",
            EdgeKind::Breaks => "breaks",
            EdgeKind::SaidAt => "said_at",
            EdgeKind::Participates => "participates",
            EdgeKind::TookPlaceIn => "took_place_in",
            EdgeKind::PartOf => "part_of",
            EdgeKind::Causes => "causes",
            EdgeKind::Within => "within",
            EdgeKind::Order => "order",
            EdgeKind::ReportedIn => "reported_in",
            EdgeKind::BasedOn => "based_on",
            EdgeKind::Corrects => "corrects",
            EdgeKind::Identifies => "identifies",
            EdgeKind::Relation(word) => facts.name(word),
            EdgeKind::Tie => "tie",
        }
    }
}

/// A typed and dated edge of the graph, with a reference to its fact.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// The source node.
    pub source: NodeRef,
    /// The target node.
    pub target: NodeRef,
    /// The kind of edge.
    pub kind: EdgeKind,
    /// When it held or took place, according to the fact.
    pub when: Option<DateId>,
    /// The fact that makes the edge.
    pub fact: RecordRef,
    /// For `about`: the speaker's stance.
    pub stance: Option<StanceValue>,
    /// For `participates`: the role.
    pub role: Option<Name>,
    /// The evidence for it; for `reported_in`, the passage in that document.
    pub evidence: ArenaRange<Evidence>,
    /// For `reported_in`: which of the passages.
    pub passage: Option<u32>,
}

/// Calls `edge` for every edge that a record makes, in field order.
pub fn edges_of(facts: &Facts, record: RecordRef, edge: &mut impl FnMut(Edge)) {
    match record {
        RecordRef::Claim(id) => claim(facts, id, edge),
        RecordRef::Event(id) => event(facts, id, edge),
        RecordRef::Document(id) => document(facts, id, edge),
        RecordRef::Relation(id) => relation(facts, id, edge),
        RecordRef::Order(id) => order(facts, id, edge),
        RecordRef::Topic(id) => topic(facts, id, edge),
        RecordRef::Place(id) => place(facts, id, edge),
        RecordRef::Actor(_) => {}
    }
}

fn plain(source: NodeRef, target: NodeRef, kind: EdgeKind, fact: RecordRef) -> Edge {
    Edge {
        source,
        target,
        kind,
        when: None,
        fact,
        stance: None,
        role: None,
        evidence: ArenaRange::EMPTY,
        passage: None,
    }
}

fn claim(facts: &Facts, id: ClaimId, edge: &mut impl FnMut(Edge)) {
    let claim = &facts[id];
    let node = NodeRef::Claim(id);
    let base = |source, target, kind| Edge {
        when: claim.said,
        evidence: claim.evidence,
        ..plain(source, target, kind, RecordRef::Claim(id))
    };
    for &speaker in facts.list(claim.speaker) {
        edge(base(NodeRef::Actor(speaker), node, EdgeKind::Said));
    }
    for &to in facts.list(claim.to) {
        edge(base(node, NodeRef::Actor(to), EdgeKind::AddressedTo));
    }
    let stances = facts.list(claim.stance);
    let about = facts.list(claim.about);
    for &thing in about {
        let mut toward = stances.iter().filter(|stance| stance.toward == Some(thing));
        let first = toward.next().map(|stance| stance.value);
        edge(Edge {
            stance: first,
            ..base(node, thing, EdgeKind::About)
        });
        // Two stances toward the same node make two edges: neither is dropped.
        for stance in toward {
            edge(Edge {
                stance: Some(stance.value),
                ..base(node, thing, EdgeKind::About)
            });
        }
    }
    for stance in stances {
        // The target of a stance is something the claim is about, even if `about` does not list it.
        let Some(toward) = stance.toward.filter(|toward| !about.contains(toward)) else {
            continue;
        };
        edge(Edge {
            stance: Some(stance.value),
            ..base(node, toward, EdgeKind::About)
        });
    }
    for via in facts.list(facts.links(claim).via) {
        let target = match *via {
            Via::Actor(actor) => NodeRef::Actor(actor),
            Via::Claim(other) => NodeRef::Claim(other),
        };
        edge(base(node, target, EdgeKind::Via));
    }
    let links = facts.links(claim);
    let others = [
        (links.responds_to, EdgeKind::RespondsTo),
        (links.supports, EdgeKind::Supports),
        (links.contradicts, EdgeKind::Contradicts),
        (links.repeats, EdgeKind::Repeats),
        (links.fulfils, EdgeKind::Fulfils),
        (links.breaks, EdgeKind::Breaks),
    ];
    for (list, kind) in others {
        for &other in facts.list(list) {
            edge(base(node, NodeRef::Claim(other), kind));
        }
    }
    if let Some(event) = claim.at {
        edge(base(node, NodeRef::Event(event), EdgeKind::SaidAt));
    }
    reported_in(facts, node, claim.evidence, edge);
}

fn event(facts: &Facts, id: EventId, edge: &mut impl FnMut(Edge)) {
    let event = &facts[id];
    let node = NodeRef::Event(id);
    let base = |source, target, kind| Edge {
        when: event.when,
        evidence: event.evidence,
        ..plain(source, target, kind, RecordRef::Event(id))
    };
    for participant in facts.list(event.participants) {
        let Some(actor) = participant.actor else {
            continue;
        };
        let role = participant.role;
        edge(Edge {
            role,
            ..base(NodeRef::Actor(actor), node, EdgeKind::Participates)
        });
    }
    if let Some(place) = event.place {
        edge(base(node, NodeRef::Place(place), EdgeKind::TookPlaceIn));
    }
    if let Some(whole) = event.part_of {
        edge(base(node, NodeRef::Event(whole), EdgeKind::PartOf));
    }
    for &effect in facts.list(event.causes) {
        edge(base(node, NodeRef::Event(effect), EdgeKind::Causes));
    }
    let promises = [
        (event.fulfils, EdgeKind::Fulfils),
        (event.breaks, EdgeKind::Breaks),
    ];
    for (list, kind) in promises {
        for &promise in facts.list(list) {
            edge(base(node, NodeRef::Claim(promise), kind));
        }
    }
    reported_in(facts, node, event.evidence, edge);
}

fn reported_in(
    facts: &Facts,
    node: NodeRef,
    evidence: ArenaRange<Evidence>,
    edge: &mut impl FnMut(Edge),
) {
    for (nth, passage) in facts.list(evidence).iter().enumerate() {
        let Some(document) = passage.document else {
            continue;
        };
        let target = NodeRef::Document(document);
        edge(Edge {
            when: facts[document].published,
            evidence,
            passage: u32::try_from(nth).ok(),
            ..plain(node, target, EdgeKind::ReportedIn, node.into())
        });
    }
}

fn document(facts: &Facts, id: DocumentId, edge: &mut impl FnMut(Edge)) {
    let document = &facts[id];
    let lists = [
        (document.based_on, EdgeKind::BasedOn),
        (document.corrects, EdgeKind::Corrects),
    ];
    for (list, kind) in lists {
        for &other in facts.list(list) {
            let (node, target) = (NodeRef::Document(id), NodeRef::Document(other));
            let when = document.published;
            edge(Edge {
                when,
                ..plain(node, target, kind, RecordRef::Document(id))
            });
        }
    }
}

fn relation(facts: &Facts, id: RelationId, edge: &mut impl FnMut(Edge)) {
    let relation = &facts[id];
    let (Some(from), Some(to)) = (relation.from, relation.to) else {
        return;
    };
    let kind = relation.kind.map_or(EdgeKind::Tie, EdgeKind::Relation);
    let base = |source, target, kind| Edge {
        when: relation.when,
        evidence: relation.evidence,
        ..plain(actor(source), actor(target), kind, RecordRef::Relation(id))
    };
    edge(base(from, to, kind));
    // Whose view something else is would mean nothing, and is a finding.
    let is_identity = relation
        .kind
        .is_some_and(|kind| facts.name(kind) == SAME_AS);
    let views = facts.list(relation.by).iter().filter(|_| is_identity);
    for &view in views {
        edge(base(view, from, EdgeKind::Identifies));
        edge(base(view, to, EdgeKind::Identifies));
    }
}

fn actor(id: ActorId) -> NodeRef {
    NodeRef::Actor(id)
}

/// An order between nodes is an edge. An order that dates a relation makes none, because a relation
/// is itself an edge.
fn order(facts: &Facts, id: OrderId, edge: &mut impl FnMut(Edge)) {
    let order = &facts[id];
    let ends = order
        .first
        .and_then(RecordRef::node)
        .zip(order.second.and_then(RecordRef::node));
    let Some((first, second)) = ends.filter(|_| order.relation.is_some()) else {
        return;
    };
    edge(Edge {
        evidence: order.evidence,
        ..plain(first, second, EdgeKind::Order, RecordRef::Order(id))
    });
}

fn topic(facts: &Facts, id: TopicId, edge: &mut impl FnMut(Edge)) {
    for &thing in facts.list(facts[id].about) {
        edge(plain(
            NodeRef::Topic(id),
            thing,
            EdgeKind::About,
            RecordRef::Topic(id),
        ));
    }
}

fn place(facts: &Facts, id: PlaceId, edge: &mut impl FnMut(Edge)) {
    if let Some(within) = facts[id].within {
        let (node, target) = (NodeRef::Place(id), NodeRef::Place(within));
        edge(plain(node, target, EdgeKind::Within, RecordRef::Place(id)));
    }
}
