//! The columns of nodes.

use super::{Cell, Holds, NodeColumn};
use annals_model::{
    ActorId, ArenaRange, ClaimId, DocumentId, EventId, Facts, NodeRef, PlaceId, RecordRef, Str,
    Vocabulary, Voice,
};
use annals_query::Dossier;
use annals_query::answer::reported_day;
use annals_time::{Calendar, Precision};

use super::super::date_columns::When;
use super::super::date_of;

const fn column(
    name: &'static str,
    holds: Holds,
    about: &'static str,
    of: for<'f> fn(&Dossier<'f>, NodeRef) -> Cell<'f>,
) -> NodeColumn {
    NodeColumn {
        name,
        holds,
        about,
        of,
    }
}

/// Every column of nodes beside id and label, in order.
pub(in super::super) static NODE_COLUMNS: &[NodeColumn] = &[
    column("kind", Holds::Text, "The kind of node.", |_, node| {
        Cell::Text(node.kind().word().into())
    }),
    column(
        "type",
        Holds::Text,
        "The kind given by its record.",
        |dossier, node| Cell::text(type_of(dossier.facts(), node)),
    ),
    column(
        "written",
        Holds::Text,
        "Its date as written.",
        |dossier, node| Cell::text(when(dossier, node).written),
    ),
    column(
        "first",
        Holds::Day,
        "The first day of its date.",
        |dossier, node| Cell::day(when(dossier, node).first),
    ),
    column(
        "last",
        Holds::Day,
        "The last day of its date.",
        |dossier, node| Cell::day(when(dossier, node).last),
    ),
    column(
        "precision",
        Holds::Text,
        "How precise its date is.",
        |dossier, node| Cell::text(when(dossier, node).precision.map(Precision::as_str)),
    ),
    column(
        "calendar",
        Holds::Text,
        "The calendar of its date.",
        |dossier, node| Cell::text(when(dossier, node).calendar.map(Calendar::as_str)),
    ),
    column(
        "display",
        Holds::Text,
        "The source's own wording of its date.",
        |dossier, node| Cell::text(when(dossier, node).display),
    ),
    column(
        "reported",
        Holds::Day,
        "The day of its first publication.",
        |dossier, node| Cell::day(reported_day(dossier, node)),
    ),
    column(
        "act",
        Holds::Text,
        "For a claim: what the speaker does.",
        |dossier, node| of_claim(node, |id| Cell::text(dossier.facts().act_word(id))),
    ),
    column(
        "mode",
        Holds::Text,
        "For a claim: how the statement is reported.",
        |dossier, node| {
            let mode = |id: ClaimId| dossier.facts()[id].mode.map(Vocabulary::word);
            of_claim(node, |id| Cell::text(mode(id)))
        },
    ),
    column(
        "quote",
        Holds::Text,
        "For a claim: the text within quotation marks.",
        |dossier, node| {
            let facts = dossier.facts();
            of_claim(node, |id| text(facts, facts[id].quote))
        },
    ),
    column(
        "content",
        Holds::Text,
        "For a claim: what was said, in the annotator's words.",
        |dossier, node| {
            let facts = dossier.facts();
            of_claim(node, |id| text(facts, facts[id].content))
        },
    ),
    column(
        "narrator",
        Holds::Truth,
        "For a claim: whether it is the narrator's own.",
        |dossier, node| {
            of_claim(node, |id| {
                Cell::truth(dossier.facts()[id].voice == Voice::Narrator)
            })
        },
    ),
    column(
        "as",
        Holds::Text,
        "For a claim: the relation in which it was said.",
        |dossier, node| {
            let facts = dossier.facts();
            of_claim(node, |id| {
                Cell::text(facts[id].capacity.map(|tie| facts.id(tie)))
            })
        },
    ),
    column(
        "status",
        Holds::Text,
        "For an event: whether it took place.",
        |dossier, node| {
            let status = |id: EventId| dossier.facts()[id].status.map(Vocabulary::word);
            of_event(node, |id| Cell::text(status(id)))
        },
    ),
    column(
        "weekday",
        Holds::Text,
        "For an event or a claim: the day of the week, as worded in the source.",
        |dossier, node| {
            let facts = dossier.facts();
            match node {
                NodeRef::Event(id) => text(facts, facts[id].weekday),
                NodeRef::Claim(id) => text(facts, facts[id].weekday),
                _ => Cell::None,
            }
        },
    ),
    column(
        "aliases",
        Holds::Texts,
        "For an actor: other names.",
        |dossier, node| {
            let facts = dossier.facts();
            of_actor(node, |id| texts(facts, facts[id].aliases))
        },
    ),
    column(
        "unnamed",
        Holds::Truth,
        "For an actor: whether the source does not name them.",
        |dossier, node| of_actor(node, |id| Cell::truth(dossier.facts()[id].unnamed)),
    ),
    column(
        "same_as",
        Holds::Texts,
        "For an actor: the same actor elsewhere, as CURIEs.",
        |dossier, node| {
            let facts = dossier.facts();
            of_actor(node, |id| texts(facts, facts[id].same_as))
        },
    ),
    column(
        "lat",
        Holds::Number,
        "For a place: degrees north.",
        |dossier, node| of_place(node, |id| Cell::number(dossier.facts()[id].lat)),
    ),
    column(
        "lon",
        Holds::Number,
        "For a place: degrees east.",
        |dossier, node| of_place(node, |id| Cell::number(dossier.facts()[id].lon)),
    ),
    column(
        "author",
        Holds::Texts,
        "For a document: who wrote it.",
        |dossier, node| {
            let facts = dossier.facts();
            of_document(node, |id| texts(facts, facts[id].author))
        },
    ),
    column(
        "publisher",
        Holds::Text,
        "For a document: who published it.",
        |dossier, node| {
            let facts = dossier.facts();
            of_document(node, |id| text(facts, facts[id].publisher))
        },
    ),
    column(
        "language",
        Holds::Text,
        "For a document: its language, as a BCP 47 tag.",
        |dossier, node| {
            let facts = dossier.facts();
            of_document(node, |id| text(facts, facts[id].language))
        },
    ),
    column(
        "url",
        Holds::Text,
        "For a document: where it can be read.",
        |dossier, node| {
            let facts = dossier.facts();
            of_document(node, |id| text(facts, facts[id].url))
        },
    ),
    column(
        "text",
        Holds::Text,
        "For a document: the path of its plain text.",
        |dossier, node| {
            let facts = dossier.facts();
            of_document(node, |id| text(facts, facts[id].text))
        },
    ),
    column(
        "sha256",
        Holds::Text,
        "For a document: the SHA-256 of that text.",
        |dossier, node| {
            let facts = dossier.facts();
            of_document(node, |id| text(facts, facts[id].sha256))
        },
    ),
    column(
        "note",
        Holds::Text,
        "The annotator's note.",
        |dossier, node| note(dossier, node.into()),
    ),
    column(
        "tags",
        Holds::Texts,
        "Tags to find it by.",
        |dossier, node| tags(dossier, node.into()),
    ),
    column(
        "confidence",
        Holds::Number,
        "How sure the annotator is, 0 to 1.",
        |dossier, node| confidence(dossier, node.into()),
    ),
    column(
        "recorded",
        Holds::Text,
        "When it entered the data set, as written.",
        |dossier, node| recorded(dossier, node.into()),
    ),
    column(
        "retracted",
        Holds::Text,
        "When it was retracted, as written.",
        |dossier, node| retracted(dossier, node.into()),
    ),
    column(
        "retracted_because",
        Holds::Text,
        "Why it was retracted.",
        |dossier, node| retracted_because(dossier, node.into()),
    ),
    column(
        "ignore",
        Holds::Texts,
        "The findings that are silenced.",
        |dossier, node| ignore(dossier, node.into()),
    ),
    column(
        "source",
        Holds::Text,
        "Its position: file, line and column.",
        |dossier, node| place(dossier, node.into()),
    ),
];

fn when<'f>(dossier: &Dossier<'f>, node: NodeRef) -> When<'f> {
    let facts = dossier.facts();
    When::of(facts, date_of(facts, node))
}

fn type_of(facts: &Facts, node: NodeRef) -> Option<&str> {
    match node {
        NodeRef::Actor(id) => facts.kind_word(id),
        NodeRef::Event(id) => facts[id].kind.map(|kind| facts.name(kind)),
        NodeRef::Document(id) => facts[id].kind.map(|kind| facts.name(kind)),
        NodeRef::Claim(_) | NodeRef::Topic(_) | NodeRef::Place(_) => None,
    }
}

fn text(facts: &Facts, text: Option<Str>) -> Cell<'_> {
    Cell::text(text.map(|text| facts.str(text)))
}

fn texts(facts: &Facts, list: ArenaRange<Str>) -> Cell<'_> {
    Cell::texts(facts.list(list).iter().map(|text| facts.str(*text)))
}

fn of_claim<'f>(node: NodeRef, cell: impl FnOnce(ClaimId) -> Cell<'f>) -> Cell<'f> {
    match node {
        NodeRef::Claim(id) => cell(id),
        _ => Cell::None,
    }
}

fn of_event<'f>(node: NodeRef, cell: impl FnOnce(EventId) -> Cell<'f>) -> Cell<'f> {
    match node {
        NodeRef::Event(id) => cell(id),
        _ => Cell::None,
    }
}

fn of_actor<'f>(node: NodeRef, cell: impl FnOnce(ActorId) -> Cell<'f>) -> Cell<'f> {
    match node {
        NodeRef::Actor(id) => cell(id),
        _ => Cell::None,
    }
}

fn of_place<'f>(node: NodeRef, cell: impl FnOnce(PlaceId) -> Cell<'f>) -> Cell<'f> {
    match node {
        NodeRef::Place(id) => cell(id),
        _ => Cell::None,
    }
}

fn of_document<'f>(node: NodeRef, cell: impl FnOnce(DocumentId) -> Cell<'f>) -> Cell<'f> {
    match node {
        NodeRef::Document(id) => cell(id),
        _ => Cell::None,
    }
}

pub(super) fn note<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let facts = dossier.facts();
    text(facts, facts.more(record).and_then(|more| more.note))
}

pub(super) fn tags<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let facts = dossier.facts();
    let tags = facts.more(record).map(|more| facts.list(more.tags));
    Cell::texts(tags.unwrap_or_default().iter().map(|tag| facts.name(*tag)))
}

pub(super) fn confidence<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    Cell::number(
        dossier
            .facts()
            .more(record)
            .and_then(|more| more.confidence),
    )
}

pub(super) fn recorded<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let facts = dossier.facts();
    let date = facts.more(record).and_then(|more| more.recorded);
    Cell::text(date.map(|date| facts.date(date).written()))
}

pub(super) fn retracted<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let facts = dossier.facts();
    let retraction = facts.more(record).and_then(|more| more.retracted);
    Cell::text(retraction.map(|retraction| facts.date(retraction.on).written()))
}

pub(super) fn retracted_because<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let facts = dossier.facts();
    let retraction = facts.more(record).and_then(|more| more.retracted);
    text(facts, retraction.and_then(|retraction| retraction.reason))
}

pub(super) fn ignore<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let facts = dossier.facts();
    let ignored = facts.more(record).map(|more| facts.list(more.ignore));
    Cell::texts((ignored.unwrap_or_default().iter()).map(|one| facts.name(one.code)))
}

pub(super) fn place<'f>(dossier: &Dossier<'f>, record: RecordRef) -> Cell<'f> {
    let place = dossier.source(record);
    Cell::Text(format!("{}:{}:{}", place.file, place.line, place.column).into())
}
