//! Reads only the part of a snapshot that a question is about: the claims that refer to what it
//! names, and the records that these refer to. They are decoded like any other records
//! ([`load_partial`]), and the ordinary question is asked of the result.

mod around;
mod claim_columns;
mod claim_order;
mod counting;
mod counting_links;
mod dates_by_text;
mod days;
mod direct;
mod documents;
mod find;
mod first_found;
mod found_rows;
mod line_shape;
mod lines;
mod links;
mod listed;
mod names;
mod networks;
mod one_record;
mod pieces;
mod promise_rows;
mod promises;
mod reading_claims;
mod shortest_paths;
mod shown_claims;
mod stances;
mod summary;
mod things;
mod time_window;
mod told_claims;
mod with_words;
mod words;

use std::collections::BTreeSet;

use super::error::SnapshotError;
use super::manifest::InputKind;
use super::opened::{Shared, Snapshot};
use annals_load::{
    EmbeddedFile, LineContent, LoadResult, PartialFile, SnapshotSummary, Source, file_refers_to,
    load_partial, names_in, refers_to,
};
use annals_model::{OwnWords, RecordKind};
use annals_query::Query;
use annals_query::selection::SameAs;
use annals_query::words::Words;
pub use around::around;
pub use counting::counts_of;
pub use direct::found_rows;
use find::{Finder, Row, named_events, named_things};
pub use first_found::found_first;
pub use found_rows::FoundRows;
use lines::Lines;
pub use listed::{Listed, ListedPart, listed, listed_in_time, prepare_lists};
pub use networks::{network_behind, network_of};
pub use one_record::{name_of, one_record};
pub use promise_rows::{PromiseRows, promise_rows};
pub use promises::promises;
pub use shortest_paths::between;
pub use stances::stances;
pub use summary::{nothing_of, overview_of};
pub use time_window::{Narrowed, narrowed, within};
pub use with_words::found;

/// If more of all claims than one in so many can be the answer, all are read.
const ONE_IN: usize = 8;
/// More bytes of files that are kept as they stand are not read beside a few lines.
const MOST_WHOLE: u64 = 1 << 22;

/// Reads the claims that a question can be about, with what they refer to. `None` where it is not
/// about a few, or names something that is unknown or called like others: then all is to be read.
///
/// # Errors
/// When the snapshot is damaged.
pub fn claims_of(
    snapshot: &Snapshot,
    asked: &Query,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    if !is_plain(asked) || !can_be_partly(snapshot) {
        return Ok(None);
    }
    let mut finder = Finder::new(&snapshot.shared);
    let Some((claims, named)) = candidates(&mut finder, &snapshot.shared, asked, whole.records)?
    else {
        return Ok(None);
    };
    let rows: BTreeSet<Row> = claims.into_iter().chain(named).collect();
    let (lines, ids) = (Lines::default(), BTreeSet::new());
    read(snapshot, &mut finder, lines, rows, ids, own_words, whole)
}

/// Whether a question is about what records say themselves: relations that roll up or make two actors
/// one, and days of knowing, can lie with any record.
fn is_plain(asked: &Query) -> bool {
    asked.rollup.is_none() && asked.identity == SameAs::None && asked.as_of.is_none()
}

fn all_by_line(snapshot: &Snapshot) -> bool {
    let mut inputs = snapshot.shared.manifest.inputs.iter();
    inputs.all(|input| input.kind == InputKind::JsonLines)
}

fn can_be_partly(snapshot: &Snapshot) -> bool {
    let inputs = snapshot.shared.manifest.inputs.iter();
    let kept = inputs.filter(|input| input.kind != InputKind::JsonLines);
    kept.map(|input| input.bytes).sum::<u64>() <= MOST_WHOLE
}

/// The rows of the claims, and those of what the question names.
type Candidates = (Vec<Row>, Vec<Row>);

fn candidates(
    finder: &mut Finder<'_>,
    shared: &Shared,
    asked: &Query,
    records: usize,
) -> Result<Option<Candidates>, SnapshotError> {
    let mut named = Vec::new();
    let mut all: Option<BTreeSet<Row>> = None;
    for option in named_things(asked) {
        let mut of_option = BTreeSet::new();
        for word in option.words {
            let Some((row, id)) = finder.named(word, option.kinds)? else {
                return Ok(None);
            };
            named.push(row);
            for table in option.tables {
                of_option.extend(finder.linked(table, RecordKind::Claim, &id)?);
            }
            if of_option.len() > (records / ONE_IN).max(64) {
                return Ok(None);
            }
        }
        all = Some(match all {
            None => of_option,
            Some(all) => all.intersection(&of_option).copied().collect(),
        });
    }
    for word in named_events(asked) {
        let Some((row, _)) = finder.named(word, &[RecordKind::Event])? else {
            return Ok(None);
        };
        named.push(row);
    }
    if all.is_none() && !asked.window.is_endless() && asked.text.is_empty() {
        let most = (records / ONE_IN).max(64);
        all = time_window::claims(shared, &asked.window, most)?;
    }
    if all.is_none() && !asked.text.is_empty() {
        let words = Words::new(asked.text.iter().map(String::as_str));
        let most = (records / ONE_IN).max(64);
        all = with_words::claims_with_words(finder, shared, &words, most)?;
    }
    Ok(all.map(|all| (all.into_iter().collect(), named)))
}

/// What a record names.
struct Naming<'l> {
    /// The id that the record is known by.
    id: &'l str,
    /// Its own id, as written.
    own: Option<String>,
    /// What it refers to.
    names: Vec<String>,
}

/// Whether an id can be one that a record was given after its place. All others are written so.
fn is_placed(id: &str) -> bool {
    id.contains('#')
}

/// What records name, by their lines and the ids that they are known by.
fn naming<'l>(
    read: &[(&'l LineContent, &'l str)],
    own_words: &OwnWords,
) -> impl Iterator<Item = Naming<'l>> {
    let (lines, ids): (Vec<&LineContent>, Vec<&str>) = read.iter().copied().unzip();
    let named = refers_to(&lines, own_words).into_iter().zip(ids);
    named.map(|((own, names), id)| Naming { id, own, names })
}

/// Reads rows with what they refer to, and the records with these ids; some lines may have been read.
fn read(
    snapshot: &Snapshot,
    finder: &mut Finder<'_>,
    mut lines: Lines,
    mut rows: BTreeSet<Row>,
    mut ids: BTreeSet<String>,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    let shared = &snapshot.shared;
    let files: Vec<EmbeddedFile> = (snapshot.sources().into_iter())
        .filter_map(|source| match source {
            Source::Embedded(file) => Some(file),
            _ => None,
        })
        .collect();
    // With whoever holds the id that a record was to have.
    ids.extend(names_in(&lines.read(shared, &rows)?, own_words));
    for (input, file) in shared.manifest.inputs.iter().zip(&files) {
        if input.kind != InputKind::JsonLines {
            let fault =
                |error: std::io::Error| SnapshotError::new(&shared.folder, error.to_string());
            ids.extend(file_refers_to(file, own_words).map_err(fault)?);
        }
    }
    let referred: BTreeSet<Row> = finder.rows_of_ids(&ids)?.into_iter().collect();
    let mut more: BTreeSet<Row> = referred.difference(&rows).copied().collect();
    // A record that is called after its place, since another has its id, is known by that other.
    let mut held = BTreeSet::new();
    let mut of_more = lines.read(shared, &more)?;
    of_more.retain(|(_, id)| is_placed(id));
    for one in naming(&of_more, own_words) {
        held.extend(one.own.filter(|own| *own != one.id));
    }
    more.append(&mut rows);
    let held = finder.rows_of_ids(&held)?.into_iter();
    let held: BTreeSet<Row> = held.filter(|row| !more.contains(row)).collect();
    lines.read(shared, &held)?;
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by(|a, b| files[*a].name.split('/').cmp(files[*b].name.split('/')));
    let mut of_files = lines.into_files();
    let some = order.into_iter().map(|nth| {
        let entry = &shared.manifest.inputs[nth];
        let by_line = entry.kind == InputKind::JsonLines;
        PartialFile {
            file: files[nth].clone(),
            short: entry.short.clone(),
            lines: by_line.then(|| of_files.remove(&nth).unwrap_or_default()),
        }
    });
    Ok(Some(load_partial(some.collect(), own_words, whole)))
}
