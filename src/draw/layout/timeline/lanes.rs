//! Assigns records to lanes, and names the lanes.

use std::collections::BTreeSet;

use crate::layout::boxes::{Block, NAME, NOTE, span};
use crate::layout::words::{self, NodeWords};
use crate::scene::Anchor;
use crate::text::{Room, wrap};
use crate::{Canvas, Lanes};
use annals_model::{
    ActorId, ActorKind, ClaimId, DocumentId, EventId, Facts, NodeRef, RecordRef, Voice,
};

/// The subject of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// An actor, a side by its head, a document, a place.
    Of(NodeRef),
    /// The narrator of a document.
    Narrator(Option<DocumentId>),
    /// Unknown.
    None,
    /// The records of lanes that are too small.
    Others,
}

/// Relations that put one actor on the side of another, the strongest first.
const BINDING: [&str; 7] = [
    "represents",
    "holds_office",
    "part_of",
    "leads",
    "employed_by",
    "member_of",
    "allied_with",
];

/// The lanes of a dossier.
pub(super) struct Sorting<'f> {
    facts: &'f Facts,
    lanes: Lanes,
    /// For each actor, the one with the strongest relation to them.
    heads: Vec<Option<ActorId>>,
}

impl<'f> Sorting<'f> {
    pub(super) fn new(canvas: &Canvas<'_, 'f>) -> Self {
        let facts = canvas.dossier.facts();
        let heads = if canvas.look.lanes == Lanes::Side {
            heads(canvas)
        } else {
            Vec::new()
        };
        Sorting {
            facts,
            lanes: canvas.look.lanes,
            heads,
        }
    }

    /// The lane of a record.
    pub(super) fn key(&self, record: RecordRef) -> Key {
        match self.lanes {
            Lanes::Actor => self.of_actor(record, |actor| actor),
            Lanes::Side => self.of_actor(record, |actor| self.side(actor)),
            Lanes::Document => self.of_document(record),
            Lanes::Place => self.of_place(record),
        }
    }

    fn of_actor(&self, record: RecordRef, lane: impl Fn(ActorId) -> ActorId) -> Key {
        let facts = self.facts;
        let actor = match record {
            RecordRef::Event(id) => {
                let mut who = facts.list(facts[id].participants).iter();
                who.find_map(|one| one.actor)
            }
            RecordRef::Claim(id) => match facts.list(facts[id].speaker).first() {
                None if facts[id].voice == Voice::Narrator => {
                    return Key::Narrator(document(facts, record));
                }
                speaker => speaker.copied(),
            },
            RecordRef::Relation(id) => facts[id].from.or(facts[id].to),
            _ => None,
        };
        actor.map_or(Key::None, |actor| Key::Of(NodeRef::Actor(lane(actor))))
    }

    fn of_document(&self, record: RecordRef) -> Key {
        let document = match record {
            RecordRef::Document(id) => Some(id),
            _ => document(self.facts, record),
        };
        document.map_or(Key::None, |id| Key::Of(NodeRef::Document(id)))
    }

    fn of_place(&self, record: RecordRef) -> Key {
        let facts = self.facts;
        let at = |event: EventId| {
            // A part of an event takes place where the whole does.
            let whole = facts[event].part_of;
            facts[event].place.or_else(|| facts[whole?].place)
        };
        let of_claim = |claim: ClaimId| facts[claim].at.and_then(at);
        let place = match record {
            RecordRef::Event(id) => at(id),
            RecordRef::Claim(id) => of_claim(id),
            _ => None,
        };
        place.map_or(Key::None, |id| Key::Of(NodeRef::Place(id)))
    }

    /// The head of an actor's side: follows the relations until there is none.
    fn side(&self, actor: ActorId) -> ActorId {
        let mut seen = BTreeSet::from([actor]);
        let mut at = actor;
        while let Some(next) = self.heads.get(at.index()).copied().flatten() {
            if !seen.insert(next) {
                // The relations form a cycle: take its first actor in reading order.
                return seen.into_iter().next().unwrap_or(actor);
            }
            at = next;
        }
        at
    }

    /// Whether other actors are on the side of an actor.
    fn leads(&self, actor: ActorId) -> bool {
        self.heads.contains(&Some(actor))
    }
}

/// Whether a lane already names the actor of a record.
pub(super) fn says(key: Key, actor: ActorId) -> bool {
    key == Key::Of(NodeRef::Actor(actor))
}

/// The strongest relation of each actor; states are on their own side.
fn heads(canvas: &Canvas<'_, '_>) -> Vec<Option<ActorId>> {
    let facts = canvas.dossier.facts();
    let mut best: Vec<Option<(usize, ActorId)>> = vec![None; facts.actors.len()];
    for (id, tie) in facts.relations.iter() {
        let (Some(from), Some(to), Some(kind)) = (tie.from, tie.to, tie.kind) else {
            continue;
        };
        let strength = BINDING.iter().position(|one| *one == facts.name(kind));
        let Some(strength) = strength.filter(|_| {
            from != to
                && facts[from].kind != Some(ActorKind::State)
                && canvas.selection.validity.holds(facts, id)
        }) else {
            continue;
        };
        let known = &mut best[from.index()];
        if known.is_none_or(|(strongest, _)| strength < strongest) {
            *known = Some((strength, to));
        }
    }
    best.into_iter().map(|one| one.map(|(_, to)| to)).collect()
}

fn document(facts: &Facts, record: RecordRef) -> Option<DocumentId> {
    facts.evidence(record).iter().find_map(|one| one.document)
}

/// The text at the head of a lane.
pub(super) fn head(
    canvas: &Canvas<'_, '_>,
    sorting: &Sorting<'_>,
    key: Key,
    folded: usize,
) -> NodeWords {
    let theme = canvas.look.theme;
    let plain = |name: &str, note: String| NodeWords {
        name: name.to_owned(),
        tooltip: vec![name.to_owned(), note.clone()],
        note,
        class: "others".to_owned(),
        ..words::of_nothing(theme)
    };
    match key {
        Key::Of(node) => {
            let mut words = words::of_node(canvas.dossier, theme, node);
            if let NodeRef::Actor(id) = node
                && sorting.leads(id)
            {
                "and their side".clone_into(&mut words.note);
            }
            words
        }
        Key::Narrator(document) => {
            let facts = canvas.dossier.facts();
            let title = document.map(|id| crate::text::one_line(facts.label(id)));
            plain(
                "The narrator",
                title.unwrap_or_else(|| "of the document".to_owned()),
            )
        }
        Key::None => {
            let (name, note) = match canvas.look.lanes {
                Lanes::Actor | Lanes::Side => ("No actor", "nobody is named"),
                Lanes::Document => ("No document", "none is given"),
                Lanes::Place => ("No place", "none is given"),
            };
            plain(name, note.to_owned())
        }
        Key::Others => plain("Others", super::counted(folded, "lane", "lanes")),
    }
}

/// A lane's text along the left.
pub(super) fn block(words: &NodeWords, canvas: &Canvas<'_, '_>, width: f64) -> Block {
    let theme = canvas.look.theme;
    let name = wrap(&[span(&words.name, NAME, theme.text)], Room::new(width, 3));
    let note = wrap(&[span(&words.note, NOTE, theme.muted)], Room::new(width, 2));
    Block::new(vec![name, note], Anchor::Left)
}

/// The record named at the head of a lane.
pub(super) fn record(key: Key) -> Option<RecordRef> {
    match key {
        Key::Of(node) => Some(node.into()),
        Key::Narrator(document) => document.map(Into::into),
        Key::None | Key::Others => None,
    }
}
