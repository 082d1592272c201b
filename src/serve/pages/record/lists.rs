//! The lists of claims on the page of a record.

use std::thread;

use annals_store::rows::Shown as Record;
use annals_store::{Answer, ClaimsPage, Query, ReadAll, StoreError};

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

/// The lists of a record, each read on a thread of its own: in a large snapshot their claims lie far apart.
pub(super) fn lists(asking: &Asking<'_>, record: &Record) -> Result<Vec<List>, Fault> {
    // What is new has no claims yet: they need not be looked for among all.
    if !has_edges(record) && !asking.is_large() {
        return Ok(Vec::new());
    }
    let first = |(option, heading): (&'static str, &'static str)| {
        let query = query(option, &record.id);
        let all = ReadAll::up_to(CLAIMS);
        let claims = asking.store.few_claims(&query, None, CLAIMS, all)?;
        Ok(List {
            heading,
            option,
            query,
            claims,
        })
    };
    let lists: Result<Vec<List>, StoreError> = thread::scope(|scope| {
        let threads = of_kind(record.kind).iter();
        let threads: Vec<_> = threads
            .map(|of| scope.spawn(annals_watch::handed_on(|| first(*of))))
            .collect();
        let lists = threads.into_iter().map(|one| match one.join() {
            Ok(list) => list,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        lists.collect()
    });
    Ok(lists?)
}
