//! The columns of edges.
//!
//! Of merged edges a column has what all of them have in common; those of facts and passages have
//! all there are.

use std::borrow::Cow;

use super::{Cell, EdgeColumn, Holds, node};
use annals_evidence::{Level, Span};
use annals_graph::{Bundle, EdgeKind};
use annals_model::{End, Evidence, Facts, Order, RecordRef, StanceValue, Vocabulary};
use annals_query::Dossier;
use annals_time::{Calendar, Precision};

use super::super::date_columns::{When, common};

const fn column(
    name: &'static str,
    holds: Holds,
    about: &'static str,
    of: for<'f> fn(&Dossier<'f>, &Bundle<'_>) -> Cell<'f>,
) -> EdgeColumn {
    EdgeColumn {
        name,
        holds,
        about,
        of,
    }
}

/// Every column of edges beside id, source and target, in order.
pub(in super::super) static EDGE_COLUMNS: &[EdgeColumn] = &[
    column(
        "kind",
        Holds::Text,
        "The kind of edge.",
        |dossier, bundle| Cell::text(Some(bundle.edge().kind.word(dossier.facts()))),
    ),
    column(
        "weight",
        Holds::Count,
        "With --merge-edges: how many edges were merged into it.",
        |_, bundle| Cell::Count(bundle.weight()),
    ),
    column(
        "facts",
        Holds::Texts,
        "The facts that create it.",
        |dossier, bundle| {
            let facts = dossier.facts();
            Cell::texts(bundle.facts().map(|fact| facts.id(fact)))
        },
    ),
    column(
        "written",
        Holds::Text,
        "Its date as written; several are separated by semicolons.",
        |dossier, bundle| Cell::text(when(dossier, bundle).written),
    ),
    column(
        "first",
        Holds::Day,
        "The first day of its date.",
        |dossier, bundle| Cell::day(when(dossier, bundle).first),
    ),
    column(
        "last",
        Holds::Day,
        "The last day of its date.",
        |dossier, bundle| Cell::day(when(dossier, bundle).last),
    ),
    column(
        "precision",
        Holds::Text,
        "How precise its date is.",
        |dossier, bundle| Cell::text(when(dossier, bundle).precision.map(Precision::as_str)),
    ),
    column(
        "calendar",
        Holds::Text,
        "The calendar of its date.",
        |dossier, bundle| Cell::text(when(dossier, bundle).calendar.map(Calendar::as_str)),
    ),
    column(
        "display",
        Holds::Text,
        "The source's own wording of its date.",
        |dossier, bundle| Cell::text(when(dossier, bundle).display),
    ),
    column(
        "stance",
        Holds::Text,
        "For `about`: the speaker's stance.",
        |_, bundle| Cell::text(bundle.edge().stance.map(StanceValue::word)),
    ),
    column(
        "role",
        Holds::Text,
        "For `participates` and relations: the role.",
        |dossier, bundle| {
            let facts = dossier.facts();
            match bundle.edge().fact {
                RecordRef::Relation(id) => Cell::text(facts[id].role.map(|role| facts.str(role))),
                _ => Cell::text(bundle.edge().role.map(|role| facts.name(role))),
            }
        },
    ),
    column(
        "relation",
        Holds::Text,
        "For an order: how the two relate in time.",
        |dossier, bundle| {
            let facts = dossier.facts();
            of_order(facts, bundle, |order| {
                Cell::text(order.relation.map(|relation| facts.name(relation.words)))
            })
        },
    ),
    column(
        "by",
        Holds::Text,
        "For an order: the distance between them.",
        |dossier, bundle| {
            of_order(dossier.facts(), bundle, |order| {
                Cell::text(order.apart.as_deref().map(|apart| apart.by.written()))
            })
        },
    ),
    column(
        "from",
        Holds::Text,
        "For an order: the end of the first from which the distance is measured, if not its start.",
        |dossier, bundle| {
            of_order(dossier.facts(), bundle, |order| {
                end(order.apart.as_deref().map(|apart| apart.from))
            })
        },
    ),
    column(
        "to",
        Holds::Text,
        "For an order: the end of the second to which the distance is measured, if not its start.",
        |dossier, bundle| {
            of_order(dossier.facts(), bundle, |order| {
                end(order.apart.as_deref().map(|apart| apart.to))
            })
        },
    ),
    column(
        "documents",
        Holds::Texts,
        "For `reported_in`, relations and orders: the documents behind it, passage by passage.",
        |dossier, bundle| {
            let facts = dossier.facts();
            let id = |one: &Evidence| one.document.map_or("", |document| facts.id(document));
            Cell::texts(passages(facts, bundle).map(id))
        },
    ),
    column(
        "quotes",
        Holds::Texts,
        "The passages, as quoted; one for each, or empty.",
        |dossier, bundle| {
            let facts = dossier.facts();
            let quote = |one: &Evidence| one.quote.map_or("", |quote| facts.str(quote));
            Cell::texts(passages(facts, bundle).map(quote))
        },
    ),
    column(
        "pages",
        Holds::Texts,
        "Where the passages stand, as the documents count their pages; one for each, or empty.",
        |dossier, bundle| {
            let facts = dossier.facts();
            let page = |one: &Evidence| one.page.map_or("", |page| facts.str(page));
            Cell::texts(passages(facts, bundle).map(page))
        },
    ),
    column(
        "spans",
        Holds::Texts,
        "Their position in code points: 12-30, discontinuous ones separated by a space; one for each, or empty.",
        |dossier, bundle| {
            let facts = dossier.facts();
            Cell::texts(passages(facts, bundle).map(|one| spans(facts, one)))
        },
    ),
    column(
        "verified",
        Holds::Texts,
        "How they were verified: exact, folded, elided, ambiguous, missing; one for each, or empty.",
        |dossier, bundle| {
            let level = |one: &Evidence| one.verified.map_or("", Level::as_str);
            Cell::texts(passages(dossier.facts(), bundle).map(level))
        },
    ),
    column(
        "note",
        Holds::Text,
        "For relations and orders: the annotator's note.",
        |dossier, bundle| of_fact(bundle, |fact| node::note(dossier, fact)),
    ),
    column(
        "tags",
        Holds::Texts,
        "For relations and orders: tags to find it by.",
        |dossier, bundle| of_fact(bundle, |fact| node::tags(dossier, fact)),
    ),
    column(
        "confidence",
        Holds::Number,
        "For relations and orders: how sure the annotator is, 0 to 1.",
        |dossier, bundle| of_fact(bundle, |fact| node::confidence(dossier, fact)),
    ),
    column(
        "recorded",
        Holds::Text,
        "For relations and orders: when it entered the data set, as written.",
        |dossier, bundle| of_fact(bundle, |fact| node::recorded(dossier, fact)),
    ),
    column(
        "retracted",
        Holds::Text,
        "For relations and orders: when it was retracted, as written.",
        |dossier, bundle| of_fact(bundle, |fact| node::retracted(dossier, fact)),
    ),
    column(
        "retracted_because",
        Holds::Text,
        "For relations and orders: why it was retracted.",
        |dossier, bundle| of_fact(bundle, |fact| node::retracted_because(dossier, fact)),
    ),
    column(
        "ignore",
        Holds::Texts,
        "For relations and orders: the findings that are silenced.",
        |dossier, bundle| of_fact(bundle, |fact| node::ignore(dossier, fact)),
    ),
    column(
        "origin",
        Holds::Text,
        "For relations and orders: its position: file, line and column.",
        |dossier, bundle| of_fact(bundle, |fact| node::place(dossier, fact)),
    ),
];

fn when<'f>(dossier: &Dossier<'f>, bundle: &Bundle<'_>) -> When<'f> {
    When::of_edges(dossier.facts(), bundle)
}

/// What is said of the relation or order that makes an edge; other records say it at their node.
/// Nothing where merged ones say different things.
pub(super) fn of_fact<'f>(
    bundle: &Bundle<'_>,
    cell: impl FnMut(RecordRef) -> Cell<'f>,
) -> Cell<'f> {
    if bundle.edge().fact.node().is_some() {
        return Cell::None;
    }
    common(bundle.facts().map(cell)).unwrap_or(Cell::None)
}

fn of_order<'f>(
    facts: &'f Facts,
    bundle: &Bundle<'_>,
    cell: impl FnOnce(&'f Order) -> Cell<'f>,
) -> Cell<'f> {
    match bundle.edge().fact {
        RecordRef::Order(id) => cell(&facts[id]),
        _ => Cell::None,
    }
}

fn end<'f>(end: Option<End>) -> Cell<'f> {
    Cell::text(end.filter(|end| *end != End::Start).map(End::word))
}

/// The passages that stand at an edge: those in the document of `reported_in`, those of a relation
/// or an order. Those of claims and events stand at the edges to their documents.
fn passages<'f, 'e>(
    facts: &'f Facts,
    bundle: &'e Bundle<'_>,
) -> impl Iterator<Item = &'f Evidence> + use<'f, 'e> {
    bundle.edges().iter().flat_map(move |edge| {
        let all = facts.list(edge.evidence);
        match (edge.kind, edge.fact, edge.passage) {
            (EdgeKind::ReportedIn, _, Some(nth)) => {
                all.get(nth as usize..=nth as usize).unwrap_or_default()
            }
            (_, RecordRef::Relation(_) | RecordRef::Order(_), _) => all,
            _ => &[],
        }
    })
}

fn spans<'f>(facts: &Facts, evidence: &Evidence) -> Cow<'f, str> {
    let given = facts.list(evidence.spans);
    let spans = if given.is_empty() {
        facts.list(evidence.found)
    } else {
        given
    };
    let one = |span: &Span| format!("{}-{}", span.start, span.end);
    spans.iter().map(one).collect::<Vec<_>>().join(" ").into()
}
