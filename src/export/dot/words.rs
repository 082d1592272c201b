//! What stands on nodes and edges: names, grey lines, tooltips.

use super::text::Room;
use annals_draw::text::one_line;
use annals_graph::{Bundle, Edge, EdgeKind};
use annals_model::{
    DateId, Facts, NodeRef, Order, RELATION_KINDS, RecordRef, StanceValue, Status, Vocabulary,
};
use annals_query::Validity;

/// The room for a name.
pub(super) const NAME: Room = Room {
    columns: 28,
    lines: 3,
};
/// The room for a grey line.
pub(super) const LINE: Room = Room {
    columns: 36,
    lines: 2,
};
/// The room on an edge.
pub(super) const EDGE: Room = Room {
    columns: 20,
    lines: 2,
};

/// How a claim's words, or the name of anything else, are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// A name: bold.
    Name,
    /// Somebody's own words: upright, in quotation marks.
    Quote,
    /// Words of whoever reports it: italic.
    Paraphrase,
}

/// The words of a node.
#[derive(Debug)]
pub(super) struct NodeWords {
    /// What it is called or what was said.
    pub(super) name: String,
    /// How that is set.
    pub(super) setting: Setting,
    /// Its kind and dates.
    pub(super) line: String,
    /// Everything, whole.
    pub(super) tooltip: Vec<String>,
    /// What style sheets know it by.
    pub(super) class: String,
}

/// The words of a node.
pub(super) fn of_node(facts: &Facts, validity: &Validity, node: NodeRef) -> NodeWords {
    let (name, setting) = name(facts, node);
    let (line, class) = match node {
        NodeRef::Actor(id) => {
            let kind = facts.kind_word(id).unwrap_or("actor");
            if facts[id].unnamed {
                (format!("unnamed {kind}"), format!("actor {kind} unnamed"))
            } else {
                (kind.to_owned(), format!("actor {kind}"))
            }
        }
        NodeRef::Event(id) => event(facts, id),
        NodeRef::Claim(id) => claim(facts, validity, id),
        NodeRef::Document(id) => {
            let kind = facts[id].kind.map_or("document", |kind| facts.name(kind));
            let published = facts[id].published.map(|date| day(facts, date));
            let published = published.map_or("undated".into(), |day| format!("published {day}"));
            (format!("{kind} · {published}"), "document".to_owned())
        }
        NodeRef::Topic(_) => ("topic".to_owned(), "topic".to_owned()),
        NodeRef::Place(_) => ("place".to_owned(), "place".to_owned()),
    };
    let mut tooltip = vec![name.clone()];
    if let NodeRef::Claim(id) = node
        && setting == Setting::Quote
        && let Some(content) = facts[id].content
    {
        tooltip.push(one_line(facts.str(content)));
    }
    tooltip.push(one_line(&line));
    tooltip.extend(date_in_full(facts, super::super::date_of(facts, node)));
    tooltip.push(format!("{} {}", node.kind(), one_line(facts.id(node))));
    NodeWords {
        name,
        setting,
        line,
        tooltip,
        class,
    }
}

fn name(facts: &Facts, node: NodeRef) -> (String, Setting) {
    let words = one_line(facts.label(node));
    let quote = |words: String| (format!("“{words}”"), Setting::Quote);
    match node {
        _ if words.is_empty() => (one_line(facts.id(node)), Setting::Name),
        NodeRef::Claim(id) if facts[id].quote.is_some() => quote(words),
        NodeRef::Claim(id) if facts[id].content.is_some() => (words, Setting::Paraphrase),
        _ => (words, Setting::Name),
    }
}

fn event(facts: &Facts, id: annals_model::EventId) -> (String, String) {
    let event = &facts[id];
    let kind = event.kind.map_or("event", |kind| facts.name(kind));
    let day = event
        .when
        .map_or("undated".to_owned(), |date| day(facts, date));
    let class = event
        .status
        .map_or("event".to_owned(), |status| format!("event {status}"));
    // That it happened is what an event without a status says as well.
    match event.status.filter(|status| *status != Status::Occurred) {
        Some(status) => (format!("{kind} · {day}, {status}"), class),
        None => (format!("{kind} · {day}"), class),
    }
}

/// A claim was said on a day, or it is only known when it was reported: different dates.
fn claim(facts: &Facts, validity: &Validity, id: annals_model::ClaimId) -> (String, String) {
    let claim = &facts[id];
    let day = match (claim.said, validity.reported(facts, id)) {
        (Some(said), _) => day(facts, said),
        (None, Some(published)) => format!("reported {}", published.dated()),
        (None, None) => "undated".to_owned(),
    };
    let act = facts.act_word(id);
    let line = act.map_or_else(|| day.clone(), |act| format!("{act} · {day}"));
    let words = [Some("claim"), act, claim.mode.map(Vocabulary::word)];
    (
        line,
        words.into_iter().flatten().collect::<Vec<_>>().join(" "),
    )
}

/// A date in days: the source's own words ("Thursday") say little without the source.
fn day(facts: &Facts, date: DateId) -> String {
    facts.date(date).dated()
}

/// A date in days and in the source's own words.
fn date_in_full(facts: &Facts, date: Option<DateId>) -> Option<String> {
    let date = facts.date(date?);
    let own = date.display().map(|own| format!(" (“{}”)", one_line(own)));
    Some(format!(
        "{}{}",
        one_line(&date.dated()),
        own.unwrap_or_default()
    ))
}

/// The words of an edge.
#[derive(Debug)]
pub(super) struct EdgeWords {
    /// What stands on it; nothing where colour and ends say it.
    pub(super) label: Option<String>,
    /// What it says, its date, its fact and its first passages.
    pub(super) tooltip: Vec<String>,
    /// What style sheets know it by.
    pub(super) class: String,
}

/// The words of an edge; of several that were merged, of each the date and the fact.
pub(super) fn of_edges(facts: &Facts, bundle: &Bundle<'_>) -> EdgeWords {
    const MOST: usize = 10;
    let mut words = of_edge(facts, bundle.edge());
    let [_, others @ ..] = bundle.edges() else {
        return words;
    };
    if others.is_empty() {
        return words;
    }
    let times = format!("× {}", bundle.weight());
    words.label = Some(match words.label {
        Some(label) => format!("{label} {times}"),
        None => times,
    });
    for other in others.iter().take(MOST) {
        words.tooltip.extend(of_edge(facts, other).tooltip);
    }
    if others.len() > MOST {
        words
            .tooltip
            .push(format!("… and {} more", others.len() - MOST));
    }
    words
}

fn of_edge(facts: &Facts, edge: &Edge) -> EdgeWords {
    let kind = edge.kind.word(facts).replace('_', " ");
    let label = edge_label(facts, edge, &kind);
    let stance = edge.stance.map(StanceValue::word);
    let mut says = match edge.kind {
        EdgeKind::Said | EdgeKind::About | EdgeKind::ReportedIn => kind,
        _ => label.clone().unwrap_or(kind),
    };
    if let Some(stance) = stance {
        says = format!("{says}: {stance}");
    }
    let mut tooltip = vec![one_line(&says)];
    tooltip.extend(date_in_full(facts, edge.when));
    tooltip.push(format!(
        "{} {}",
        edge.fact.kind(),
        one_line(facts.id(edge.fact))
    ));
    tooltip.extend(quotes(facts, edge));
    EdgeWords {
        label,
        tooltip,
        class: edge_class(facts, edge, stance),
    }
}

fn edge_label(facts: &Facts, edge: &Edge, kind: &str) -> Option<String> {
    match (edge.kind, edge.fact) {
        (EdgeKind::Said | EdgeKind::About | EdgeKind::ReportedIn, _) => None,
        (EdgeKind::AddressedTo, _) => Some("to".to_owned()),
        (EdgeKind::SaidAt, _) => Some("at".to_owned()),
        (EdgeKind::TookPlaceIn | EdgeKind::Within, _) => Some("in".to_owned()),
        (EdgeKind::Participates, _) => edge.role.map(|role| facts.name(role).replace('_', " ")),
        (EdgeKind::Order, RecordRef::Order(id)) => Some(order(facts, &facts[id])),
        (EdgeKind::Relation(_), RecordRef::Relation(id)) => {
            let role = facts[id].role.map(|role| format!(": {}", facts.str(role)));
            Some(format!("{kind}{}", role.unwrap_or_default()))
        }
        _ => Some(kind.to_owned()),
    }
}

/// "before, about P14M"; several relations are joined by *or*.
fn order(facts: &Facts, order: &Order) -> String {
    let words = order
        .relation
        .map_or("", |relation| facts.name(relation.words));
    let words = words.replace('_', " ").replace(", ", " or ");
    match order.apart.as_deref() {
        Some(apart) => format!("{words}, {}", apart.by.written()),
        None => words,
    }
}

/// The first passages behind an edge. A fact can have very many, and each of its edges has them.
fn quotes(facts: &Facts, edge: &Edge) -> Vec<String> {
    const MOST: usize = 3;
    let all = facts.list(edge.evidence);
    let passages = match edge.passage {
        Some(nth) => all.get(nth as usize..=nth as usize).unwrap_or_default(),
        None => all,
    };
    let quote = |nth: &annals_model::Evidence| Some(format!("“{}”", facts.str(nth.quote?)));
    let mut lines: Vec<_> = passages.iter().take(MOST).filter_map(quote).collect();
    if passages.len() > MOST {
        lines.push(format!("… and {} more", passages.len() - MOST));
    }
    lines.iter().map(|line| one_line(line)).collect()
}

/// Only words of closed lists are classes: others could be anything.
fn edge_class(facts: &Facts, edge: &Edge, stance: Option<&str>) -> String {
    match edge.kind {
        EdgeKind::Relation(word) => {
            let word = RELATION_KINDS
                .iter()
                .find(|kind| **kind == facts.name(word));
            word.map_or("relation".to_owned(), |word| format!("relation {word}"))
        }
        kind => {
            let kind = kind.word(facts);
            stance.map_or(kind.to_owned(), |stance| format!("{kind} {stance}"))
        }
    }
}
