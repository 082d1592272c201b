//! The lists of claims on the page of a record.

use annals_store::rows::Shown as Record;
use annals_store::{Answer, ClaimsPage, Query, ReadAll};

use crate::asking::{Asking, Fault};

/// How many claims of a list are shown.
const CLAIMS: usize = 12;

/// The first claims of a question, and how many there are.
pub(super) struct List {
    pub(super) heading: &'static str,
    /// The option of the question, whose value is the record.
    pub(super) option: &'static str,
    pub(super) query: Query,
    pub(super) claims: Answer<ClaimsPage>,
}

/// The option and the heading of each list on the page of a kind of record.
fn of_kind(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "actor" => &[
            ("by", "What they said"),
            ("about", "What others said of them"),
            ("to", "What was said to them"),
        ],
        "topic" | "place" => &[("about", "What was said about it")],
        "event" => &[
            ("at", "What was said at it"),
            ("about", "What was said about it"),
        ],
        "document" => &[("in", "What rests on it")],
        _ => &[],
    }
}

fn query(option: &str, id: &str) -> Query {
    let query = Query::new();
    match option {
        "by" => query.by(id),
        "to" => query.to(id),
        "at" => query.at(id),
        "in" => query.in_document(id),
        _ => query.about(id),
    }
}

/// Whether anything leads to a record or from it.
fn has_edges(record: &Record) -> bool {
    !record.edges_out.is_empty() || !record.edges_in.is_empty()
}

/// The lists of a record.
pub(super) fn lists(asking: &Asking<'_>, record: &Record) -> Result<Vec<List>, Fault> {
    // What is new has no claims yet: they need not be looked for among all.
    if !has_edges(record) && !asking.is_large() {
        return Ok(Vec::new());
    }
    let lists = of_kind(record.kind).iter().map(|(option, heading)| {
        let query = query(option, &record.id);
        let all = ReadAll::up_to(CLAIMS);
        let claims = asking.store.few_claims(&query, None, CLAIMS, all)?;
        Ok(List {
            heading,
            option,
            query,
            claims,
        })
    });
    lists.collect()
}
