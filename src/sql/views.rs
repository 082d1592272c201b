//! The views: the tables under their names, and what several questions need.

use super::graph;
use super::literal::{Dialect, view_of_table};
use super::said::{columns_by_speaker, first_reports, said_of_all};
use super::{AFTER_ALL, BEFORE_ALL};
use annals_model::{RecordKind, Vocabulary as _};

/// The tables that questions read, besides those of records and links.
const TABLES: [&str; 7] = [
    "files",
    "alternatives",
    "joint",
    "undated_evidence",
    "names",
    "ids",
    "narrowed",
];

/// The two large tables, which `build --for-cluster` writes.
pub const LARGE: [&str; 2] = ["stances", "claim_text"];

/// The statements that make all views of a snapshot in a folder; with or without the large tables.
pub fn views(dialect: Dialect, folder: &str, with_large: bool) -> String {
    let kinds = RecordKind::ALL.iter().map(|kind| kind.plural());
    let large = LARGE.into_iter().filter(|_| with_large);
    let tables = kinds.chain(link_tables()).chain(TABLES).chain(large);
    let mut all: String = tables
        .map(|table| view_of_table(dialect, folder, table))
        .collect();
    let mut add = |name: &str, query: &str| {
        let query = query.trim();
        all.push_str(&format!(
            "CREATE OR REPLACE TEMPORARY VIEW {name} AS\n{query};\n"
        ));
    };
    add("reported", &reported());
    add("by_speaker", &by_speaker());
    add("said", &said_of_all());
    add("ties", &ties());
    add("live", LIVE);
    add("labels", &labels());
    add("nodes", &graph::nodes());
    add("links", &graph::links());
    add("links_of_ties", &graph::links_of_ties());
    add("edges", &graph::edges());
    all
}

/// The four days of a date, under their short names; of what has no date they are unknown.
pub(crate) fn four_days(field: &str) -> String {
    format!(
        "coalesce({field}_earliest_start, {BEFORE_ALL}) AS s0, coalesce({field}_latest_start, {AFTER_ALL}) AS s1, \
         coalesce({field}_earliest_end, {BEFORE_ALL}) AS e0, coalesce({field}_latest_end, {AFTER_ALL}) AS e1"
    )
}

/// Of each claim and event the first publication among its documents.
fn reported() -> String {
    let each = ["claim", "event"].map(|kind| {
        format!(
            "SELECT '{kind}' AS kind, z.* FROM ({}) z",
            first_reports(&format!("{kind}_evidence e"), "")
        )
    });
    each.join("\nUNION ALL ")
}

/// The claims of each speaker: those of which somebody is the first speaker, and the same once more for each
/// further one.
fn by_speaker() -> String {
    let columns = columns_by_speaker();
    format!("SELECT {columns} FROM claims\nUNION ALL SELECT {columns} FROM joint")
}

/// Relations; undated, they may have held on any day.
fn ties() -> String {
    format!(
        "SELECT id, from_id, kind, to_id, retracted, {} FROM relations",
        four_days("when")
    )
}

/// The claims that have not been retracted.
const LIVE: &str = "SELECT part, row, id FROM claims WHERE retracted IS NULL";

/// The name of each record, as answers show it, and a text in whose order of bytes ids are in their natural
/// order.
fn labels() -> String {
    let each = RecordKind::ALL.iter().map(|kind| {
        let name = match kind {
            RecordKind::Document => "coalesce(title, id)",
            RecordKind::Actor | RecordKind::Place => "coalesce(name, id)",
            RecordKind::Topic | RecordKind::Event => "coalesce(label, id)",
            RecordKind::Claim => "coalesce(quote, content, id)",
            RecordKind::Relation | RecordKind::Order => "id",
        };
        format!(
            "SELECT id, id_order, {name} AS name, '{}' AS kind FROM {}",
            kind.word(),
            kind.plural()
        )
    });
    each.collect::<Vec<_>>().join("\nUNION ALL ")
}

/// The tables of links that questions and edges read.
fn link_tables() -> impl Iterator<Item = &'static str> {
    let kinds = RecordKind::ALL.iter();
    kinds.flat_map(|kind| {
        let fields = kind.fields().filter_map(|field| field.links);
        let own = fields.filter(|links| links.only.is_none_or(|only| only == *kind));
        own.map(|links| links.table)
    })
}
