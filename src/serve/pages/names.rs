//! `/names`: the names that begin so, for fields that complete what is typed. No page: scripts ask it.

use annals_model::{RecordKind, Vocabulary as _};
use annals_store::Store;
use annals_store::rows::NamedRecord;
use hyper::{Response, StatusCode};

use crate::body::Body;
use crate::request::Request;
use crate::respond;
use crate::site::Site;

/// How many names are given.
const MOST: usize = 20;

/// How many hits of a snapshot are looked through for names: these come first.
const HITS: usize = 60;

/// The answer: id and name of each, as JSON.
pub(super) fn answer(site: &Site, request: &Request) -> Response<Body> {
    let kinds = request.one("kinds").unwrap_or_default().split('-');
    let kinds: Vec<RecordKind> = kinds.filter_map(RecordKind::parse).collect();
    let begun = request.one("begun").unwrap_or_default().trim();
    let found = if kinds.is_empty() || begun.is_empty() {
        Vec::new()
    } else {
        named(&site.dossier().store, &kinds, begun)
    };
    let pairs: Vec<[&str; 2]> = found
        .iter()
        // A field would hold another id than this one.
        .filter(|one| !one.id.chars().any(annals_finding::is_hidden))
        .take(MOST)
        .map(|one| [one.id.as_str(), one.name.as_str()])
        .collect();
    let json = serde_json::to_string(&pairs).unwrap_or_default();
    respond::response(StatusCode::OK, "application/json", Body::whole(json))
}

fn named(store: &Store, kinds: &[RecordKind], begun: &str) -> Vec<NamedRecord> {
    if !store.has_snapshot() {
        return store.names(kinds, begun).unwrap_or_default();
    }
    // A snapshot knows in which names a word is, without being read whole.
    let found = store.find_first(begun, &annals_store::Query::default(), HITS);
    let Ok((found, _)) = found else {
        return Vec::new();
    };
    let rows = found.rows(0..found.len().min(HITS)).into_iter();
    let of_kind = rows.filter_map(|row| {
        let kind = RecordKind::parse(row.kind).filter(|kind| kinds.contains(kind))?;
        Some(NamedRecord {
            id: row.id,
            name: row.name,
            kind: kind.word(),
        })
    });
    of_kind.collect()
}
