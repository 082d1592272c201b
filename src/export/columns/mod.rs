//! Nodes and edges as rows of plain cells: what the formats of tables and attributes share.
//!
//! One list names the columns of nodes, one those of edges; each says its name, what it holds and
//! where that comes from. The fields of a user's own (`x_…`) come after them.

mod edge;
mod node;

use std::borrow::Cow;
use std::collections::BTreeSet;

use annals_graph::{Bundle, Parallel, View};
use annals_model::{Facts, NodeRef, RecordRef};
use annals_query::Dossier;
use annals_time::Day;

pub(super) use edge::EDGE_COLUMNS;
pub(super) use node::NODE_COLUMNS;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Texts,
    Number,
    Count,
    Truth,
    Day,
}

impl Holds {
    /// What that is called on the page of reference.
    fn words(self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::Texts => "list of strings",
            Holds::Number => "number",
            Holds::Count => "whole number",
            Holds::Truth => "true or empty",
            Holds::Day => "day",
        }
    }
}

/// A column, for the page of reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnRow {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold: "text", "day".
    pub holds: &'static str,
    /// What that is.
    pub about: &'static str,
}

/// The columns of nodes that formats of attributes and tables share, beside id and label.
pub fn of_nodes() -> impl Iterator<Item = ColumnRow> {
    NODE_COLUMNS.iter().map(|one| ColumnRow {
        name: one.name,
        holds: one.holds.words(),
        about: one.about,
    })
}

/// The columns of edges that formats of attributes and tables share, beside id and ends.
pub fn of_edges() -> impl Iterator<Item = ColumnRow> {
    EDGE_COLUMNS.iter().map(|one| ColumnRow {
        name: one.name,
        holds: one.holds.words(),
        about: one.about,
    })
}

/// What stands in a column for one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'f> {
    /// Nothing.
    None,
    Text(Cow<'f, str>),
    Texts(Vec<Cow<'f, str>>),
    Number(f64),
    Count(usize),
    Truth(bool),
    Day(Day),
}

impl<'f> Cell<'f> {
    fn text(text: Option<impl Into<Cow<'f, str>>>) -> Self {
        text.map_or(Cell::None, |text| Cell::Text(text.into()))
    }

    fn texts(texts: impl Iterator<Item = impl Into<Cow<'f, str>>>) -> Self {
        let texts: Vec<_> = texts.map(Into::into).collect();
        if texts.is_empty() {
            Cell::None
        } else {
            Cell::Texts(texts)
        }
    }

    fn day(day: Option<Day>) -> Self {
        day.map_or(Cell::None, Cell::Day)
    }

    fn number(number: Option<f64>) -> Self {
        number.map_or(Cell::None, Cell::Number)
    }

    fn truth(truth: bool) -> Self {
        if truth { Cell::Truth(true) } else { Cell::None }
    }

    /// The cell as text, a list as JSON; `None` for nothing.
    pub(super) fn as_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Cell::None => None,
            Cell::Text(text) => Some(Cow::Borrowed(text)),
            Cell::Texts(texts) => Some(json_list(texts).into()),
            Cell::Number(number) => Some(number.to_string().into()),
            Cell::Count(count) => Some(count.to_string().into()),
            Cell::Truth(truth) => Some(if *truth { "true" } else { "false" }.into()),
            Cell::Day(day) => Some(day.to_string().into()),
        }
    }
}

/// Texts as a list in JSON.
fn json_list(texts: &[Cow<'_, str>]) -> String {
    serde_json::Value::from(texts.iter().map(Cow::as_ref).collect::<Vec<&str>>()).to_string()
}

/// A column of nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeColumn {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) holds: Holds,
    /// What that is, for the page of reference.
    pub(super) about: &'static str,
    of: for<'f> fn(&Dossier<'f>, NodeRef) -> Cell<'f>,
}

/// A column of edges.
#[derive(Debug, Clone, Copy)]
pub(super) struct EdgeColumn {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) holds: Holds,
    /// What that is, for the page of reference.
    pub(super) about: &'static str,
    of: for<'f> fn(&Dossier<'f>, &Bundle<'_>) -> Cell<'f>,
}

/// A column of a table: one of the list, or a field of a user's own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column<'f, C: 'static> {
    Listed(&'static C),
    Own(&'f str),
}

/// All columns of a view.
pub(super) struct Columns<'f> {
    /// Those of its nodes.
    pub(super) nodes: Vec<Column<'f, NodeColumn>>,
    /// Those of its edges.
    pub(super) edges: Vec<Column<'f, EdgeColumn>>,
}

impl<'f> Columns<'f> {
    /// The columns of a view: all of the lists, and the fields of a user's own that occur in it.
    pub(super) fn of(dossier: &Dossier<'f>, view: &View<'_>, parallel: Parallel) -> Self {
        let facts = dossier.facts();
        let mut of_nodes = BTreeSet::new();
        for node in view.nodes() {
            of_nodes.extend(own_names(facts, node.into()));
        }
        let mut of_edges = BTreeSet::new();
        // No visitor here fails.
        let _: Result<(), std::convert::Infallible> = view.bundles(Parallel::Kept, &mut |bundle| {
            let fact = bundle.edge().fact;
            if fact.node().is_none() {
                of_edges.extend(own_names(facts, fact));
            }
            Ok(())
        });
        let edges = EDGE_COLUMNS.iter().filter(|column| {
            // Where nothing is merged, every weight is one.
            parallel == Parallel::Merged || column.holds != Holds::Count
        });
        Columns {
            nodes: (NODE_COLUMNS.iter().map(Column::Listed))
                .chain(of_nodes.into_iter().map(Column::Own))
                .collect(),
            edges: (edges.map(Column::Listed))
                .chain(of_edges.into_iter().map(Column::Own))
                .collect(),
        }
    }
}

fn own_names(facts: &Facts, record: RecordRef) -> impl Iterator<Item = &str> {
    let extra = facts.more(record).map(|more| facts.list(more.extra));
    (extra.unwrap_or_default().iter()).map(|(name, _)| facts.str(*name))
}

impl<'f> Column<'f, NodeColumn> {
    /// Its name.
    pub(super) fn name(self) -> &'f str {
        match self {
            Column::Listed(column) => column.name,
            Column::Own(name) => name,
        }
    }

    /// What it holds.
    pub(super) fn holds(self) -> Holds {
        match self {
            Column::Listed(column) => column.holds,
            Column::Own(_) => Holds::Text,
        }
    }

    /// What stands in it for a node.
    pub(super) fn cell(self, dossier: &Dossier<'f>, node: NodeRef) -> Cell<'f> {
        match self {
            Column::Listed(column) => (column.of)(dossier, node),
            Column::Own(name) => own_field(dossier.facts(), node.into(), name),
        }
    }
}

impl<'f> Column<'f, EdgeColumn> {
    /// Its name.
    pub(super) fn name(self) -> &'f str {
        match self {
            Column::Listed(column) => column.name,
            Column::Own(name) => name,
        }
    }

    /// What it holds.
    pub(super) fn holds(self) -> Holds {
        match self {
            Column::Listed(column) => column.holds,
            Column::Own(_) => Holds::Text,
        }
    }

    /// What stands in it for an edge.
    pub(super) fn cell(self, dossier: &Dossier<'f>, bundle: &Bundle<'_>) -> Cell<'f> {
        match self {
            Column::Listed(column) => (column.of)(dossier, bundle),
            Column::Own(name) => {
                edge::of_fact(bundle, |fact| own_field(dossier.facts(), fact, name))
            }
        }
    }
}

/// A field of a user's own: a text as it is, any other value as JSON.
fn own_field<'f>(facts: &'f Facts, record: RecordRef, name: &str) -> Cell<'f> {
    let extra = facts.more(record).map(|more| facts.list(more.extra));
    let mut extra = extra.unwrap_or_default().iter();
    let value = extra.find(|(one, _)| facts.str(*one) == name);
    let Some(json) = value.map(|(_, value)| facts.str(*value)) else {
        return Cell::None;
    };
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => Cell::Text(text.into()),
        _ => Cell::Text(json.into()),
    }
}
