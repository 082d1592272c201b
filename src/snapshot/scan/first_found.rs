//! The first of what has some words, in the order of the answer, where much has them: names, then claims and
//! events by document, until there are enough. How many there are in all is not told then.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::super::error::SnapshotError;
use super::super::opened::Snapshot;
use super::super::table::Rows;
use super::direct::{Scan, Scratch, Wanted, are_columns_enough, asks_for_words};
use super::direct::{in_tables, without_records};
use super::documents::documents;
use super::find::Finder;
use super::found_rows::{Chunk, FOUND, FoundRows};
use super::words::{Candidates, are_indexed, candidates};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, Vocabulary as _};
use annals_query::Query;
use annals_query::words::Words;

/// The first so many of what has the words of a question, and one more if there are more; and the facts
/// without records. `None` where the columns are not enough, or all is to be looked through anyway.
///
/// # Errors
/// When the snapshot is damaged.
pub fn found_first(
    snapshot: &Snapshot,
    asked: &Query,
    own_words: &OwnWords,
    whole: SnapshotSummary,
    most: usize,
) -> Result<Option<(FoundRows, LoadResult)>, SnapshotError> {
    let shared = &snapshot.shared;
    if !asks_for_words(asked) || !are_indexed(shared) || !are_columns_enough(snapshot) {
        return Ok(None);
    }
    let words = Words::new(asked.text.iter().map(String::as_str));
    let kinds = FOUND.map(RecordKind::word);
    let of_kinds = candidates(shared, &words, kinds, whole.records)?;
    let (mut chunks, mut claims) = (Vec::new(), None);
    for (kind, candidates) in FOUND.into_iter().zip(of_kinds) {
        if kind == RecordKind::Claim {
            claims = Some(candidates);
        } else if !in_tables(shared, kind, &candidates, &words, &mut chunks)? {
            return Ok(None);
        }
    }
    let (Some(Candidates::Rows(claims)), Some(documents)) = (claims, documents(shared)?) else {
        return Ok(None);
    };
    let mut order: Vec<(u32, &str)> = documents
        .iter()
        .map(|(id, document)| (document.rank, id.as_str()))
        .collect();
    order.sort_unstable();
    // What is not a name and is there already, by the rank of its document.
    let mut ranks: Vec<u32> = Vec::new();
    let mut names = 0;
    for hit in chunks.iter().flat_map(|chunk: &Chunk| chunk.others()) {
        match hit {
            None => names += 1,
            Some(document) => {
                let document = documents.get(document);
                ranks.push(document.map_or(u32::MAX, |document| document.rank));
            }
        }
    }
    ranks.sort_unstable();
    let mut looking = Looking {
        snapshot,
        finder: Finder::new(shared),
        words: &words,
        claims: &claims,
        rows: BTreeMap::new(),
        scratch: Scratch::default(),
        chunk: Chunk::of(RecordKind::Claim),
    };
    let mut is_enough = names > most;
    for (rank, id) in order {
        if is_enough {
            break;
        }
        if !looking.document(id)? {
            return Ok(None);
        }
        let earlier = ranks.partition_point(|one| *one <= rank);
        is_enough = names + earlier + looking.chunk.len() > most;
    }
    if !is_enough {
        return Ok(None);
    }
    chunks.push(looking.chunk);
    let found = FoundRows::sorted(chunks, documents, shared, most + 1);
    Ok(Some((found, without_records(snapshot, own_words, whole))))
}

/// What is needed to look through the claims of one document after the other.
struct Looking<'s> {
    snapshot: &'s Snapshot,
    finder: Finder<'s>,
    words: &'s Words,
    /// The claims that can have the words, ascending.
    claims: &'s [u32],
    /// The readers of the parts.
    rows: BTreeMap<usize, (Rows<Arc<super::super::table::Table>>, Wanted)>,
    scratch: Scratch,
    chunk: Chunk,
}

impl Looking<'_> {
    /// Adds the claims that have the words where this document reports them; false where the columns are
    /// not enough to tell.
    fn document(&mut self, id: &str) -> Result<bool, SnapshotError> {
        let kind = RecordKind::Claim;
        let shared = &self.snapshot.shared;
        let linked = self.finder.linked("claim_evidence", kind, id)?;
        for (_, row) in linked {
            let known = u32::try_from(row).ok();
            if known.is_none_or(|row| self.claims.binary_search(&row).is_err()) {
                continue;
            }
            for (nth, part) in shared.parts.iter().enumerate() {
                let first = part.entry.first_rows.get(kind.plural()).copied();
                let first = first.unwrap_or(0);
                if !(first..first + part.rows(kind.plural())).contains(&row) {
                    continue;
                }
                let (rows, wanted) = match self.rows.entry(nth) {
                    Entry::Occupied(open) => open.into_mut(),
                    Entry::Vacant(place) => {
                        let wanted = Wanted::of(part, kind);
                        let table = part.paged(kind.plural())?;
                        let rows = Rows::new(table, wanted.read.clone());
                        place.insert((rows, wanted))
                    }
                };
                let batch = rows.read(row - first, 1)?;
                let scan = Scan::of_words(wanted, self.words);
                let before = self.chunk.len();
                if !scan.row(&batch, 0, &mut self.scratch, &mut self.chunk) {
                    return Ok(false);
                }
                // Its words may be reported by another document: there it stands.
                self.chunk.keep_last_if(before, id);
            }
        }
        Ok(true)
    }
}
