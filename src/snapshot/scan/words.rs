//! Finds rows by words, with the index of words: rows that can have all of some words, never fewer.
//! Whoever asks for them looks for the words in their texts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Rows, Table};
use super::super::tokens::{PAIR, pairs, rows_of, runs};
use super::super::writer::WORDS;
use annals_model::{RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::words::Words;

/// How many rows of the index are read at once, and how many are worth another thread.
const AT_ONCE: usize = 2048;
const ROWS_EACH: usize = 1 << 14;

/// The rows of a kind that can have some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Candidates {
    /// These, ascending.
    Rows(Vec<u32>),
    /// Nothing is known of them: any, or so many that it is not worth while to tell which.
    Any,
}

/// A part of a word, within one token.
struct Needle {
    finder: memchr::memmem::Finder<'static>,
    /// Its pairs, as the index has them; of a single letter the letter.
    pairs: Vec<String>,
    letter: Option<char>,
}

impl Needle {
    fn new(run: &str) -> Self {
        let mut all = BTreeSet::new();
        pairs(run, &mut |pair| {
            all.insert(pair.to_owned());
        });
        let mut letters = run.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        Needle {
            finder: memchr::memmem::Finder::new(run).into_owned(),
            pairs: all.into_iter().collect(),
            letter,
        }
    }

    /// What a token says of where the needle is.
    fn is_in(&self, token: &str) -> Option<Tells> {
        match token.strip_prefix(PAIR) {
            None => {
                let has = self.finder.find(token.as_bytes()).is_some();
                has.then_some(Tells::Whole)
            }
            Some(pair) => match self.letter {
                Some(letter) => pair.contains(letter).then_some(Tells::Whole),
                None => {
                    let nth = self.pairs.binary_search_by(|one| one.as_str().cmp(token));
                    nth.ok().map(Tells::Pair)
                }
            },
        }
    }
}

/// What a token says of a needle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tells {
    /// Rows with the token have the needle.
    Whole,
    /// Rows with all pairs can have it.
    Pair(usize),
}

/// A row of the index that tells something of a needle.
struct Match {
    needle: usize,
    tells: Tells,
    kind: usize,
    row: usize,
    count: usize,
}

/// Whether all parts have an index of words.
pub(super) fn are_indexed(shared: &Shared) -> bool {
    // A part without any text has none either.
    let has = |part: &Part| {
        let kinds = [
            "claims",
            "actors",
            "documents",
            "events",
            "topics",
            "places",
        ];
        part.has(WORDS) || kinds.iter().all(|kind| part.rows(kind) == 0)
    };
    shared.parts.iter().all(has)
}

/// Of each kind, the rows that can have all words, of all parts. Of a kind with more than `most` such
/// rows it may not be told.
pub(super) fn candidates<const N: usize>(
    shared: &Shared,
    words: &Words,
    kinds: [&str; N],
    most: usize,
) -> Result<[Candidates; N], SnapshotError> {
    let needles: BTreeSet<&str> = words.iter().flat_map(runs).collect();
    let needles: Vec<Needle> = needles.into_iter().map(Needle::new).collect();
    let mut found = std::array::from_fn(|_| Candidates::Rows(Vec::new()));
    if needles.is_empty() {
        return Ok(found.map(|_| Candidates::Any));
    }
    for part in shared.parts.iter().filter(|part| part.has(WORDS)) {
        let table = part.paged(WORDS)?;
        let matches = matches(&table, &needles, &kinds)?;
        let mut read = Rows::new(Arc::clone(&table), vec![Some(3)]);
        for (kind, all) in found.iter_mut().enumerate() {
            let Candidates::Rows(rows) = all else {
                continue;
            };
            // The rows of texts are those of their documents.
            let of = RecordKind::parse(kinds[kind]).unwrap_or(RecordKind::Document);
            let first = part
                .row_of_all(of, 0)
                .and_then(|first| u32::try_from(first).ok());
            let first = first.ok_or_else(|| table.damaged())?;
            match in_part(&mut read, &matches, &needles, kind, most)? {
                Candidates::Rows(more) => {
                    rows.extend(more.into_iter().map(|row| row.saturating_add(first)));
                }
                Candidates::Any => *all = Candidates::Any,
            }
        }
    }
    Ok(found)
}

/// The rows of the index that tell something of a needle.
fn matches(
    table: &Arc<Table>,
    needles: &[Needle],
    kinds: &[&str],
) -> Result<Vec<Match>, SnapshotError> {
    let stretches = table.groups().flat_map(|group| {
        let end = group.end;
        let starts = group.step_by(ROWS_EACH);
        starts.map(move |start| start..end.min(start + ROWS_EACH))
    });
    let stretches: Vec<Range<usize>> = stretches.collect();
    let threads = ordered_parallel::threads(stretches.len());
    let mut all = Vec::new();
    ordered_parallel::for_each_ordered(
        stretches.into_iter(),
        threads,
        |stretch| in_stretch(table, stretch, needles, kinds),
        |found| {
            all.append(&mut found?);
            Ok::<(), SnapshotError>(())
        },
    )?;
    Ok(all)
}

fn in_stretch(
    table: &Arc<Table>,
    stretch: Range<usize>,
    needles: &[Needle],
    kinds: &[&str],
) -> Result<Vec<Match>, SnapshotError> {
    let mut found = Vec::new();
    let mut rows = Rows::new(Arc::clone(table), vec![Some(0), Some(1), Some(2)]);
    let mut at = stretch.start;
    while at < stretch.end {
        let batch = rows.read(at, AT_ONCE.min(stretch.end - at))?;
        for row in 0..batch.rows {
            let token = batch.text(0, row).ok_or_else(|| table.damaged())?;
            for (needle, of) in needles.iter().enumerate() {
                let Some(tells) = of.is_in(token) else {
                    continue;
                };
                let kind = batch.text(1, row);
                let Some(kind) = kinds.iter().position(|one| Some(*one) == kind) else {
                    continue;
                };
                let count = batch.number(2, row);
                let count = count.and_then(|count| usize::try_from(count).ok());
                found.push(Match {
                    needle,
                    tells,
                    kind,
                    row: at + row,
                    count: count.ok_or_else(|| table.damaged())?,
                });
            }
        }
        at += batch.rows;
    }
    Ok(found)
}

/// The rows of a kind, in one part, that can have all needles.
fn in_part(
    read: &mut Rows<Arc<Table>>,
    matches: &[Match],
    needles: &[Needle],
    kind: usize,
    most: usize,
) -> Result<Candidates, SnapshotError> {
    let mut of: Vec<BTreeMap<Tells, Vec<usize>>> = vec![BTreeMap::new(); needles.len()];
    let mut counts = vec![0_usize; needles.len()];
    for one in matches.iter().filter(|one| one.kind == kind) {
        of[one.needle].entry(one.tells).or_default().push(one.row);
        counts[one.needle] += one.count;
    }
    // The rarest first; what is too frequent tells little.
    let mut order: Vec<usize> = (0..needles.len()).collect();
    order.sort_by_key(|needle| counts[*needle]);
    let mut all: Option<Vec<u32>> = None;
    for needle in order {
        if counts[needle] > most
            && all
                .as_ref()
                .is_none_or(|all| all.len() < counts[needle] / 8)
        {
            continue;
        }
        let rows = both(all, rows_with(read, &of[needle], &needles[needle])?);
        if rows.is_empty() {
            return Ok(Candidates::Rows(rows));
        }
        all = Some(rows);
    }
    Ok(all.map_or(Candidates::Any, Candidates::Rows))
}

/// The rows that can have a needle, ascending: those with a token that has it, and those with all of
/// its pairs.
fn rows_with(
    read: &mut Rows<Arc<Table>>,
    tokens: &BTreeMap<Tells, Vec<usize>>,
    needle: &Needle,
) -> Result<Vec<u32>, SnapshotError> {
    let (mut found, mut in_pairs): (Vec<u32>, Option<Vec<u32>>) = (Vec::new(), None);
    for (tells, at) in tokens {
        let mut rows = Vec::new();
        for row in at {
            let batch = read.read(*row, 1)?;
            let some = batch
                .bytes(0, 0)
                .and_then(|bytes| rows_of(bytes, &mut rows));
            some.ok_or_else(|| read.table().damaged())?;
        }
        // Those of several tokens, one after the other.
        rows.sort_unstable();
        rows.dedup();
        match tells {
            Tells::Whole => found = rows,
            Tells::Pair(_) => in_pairs = Some(both(in_pairs, rows)),
        }
    }
    let met = tokens.keys().filter(|one| **one != Tells::Whole).count();
    // Of a pair that no row has there is no token.
    if let Some(rows) = in_pairs.filter(|_| met == needle.pairs.len()) {
        found.extend(rows);
        found.sort_unstable();
        found.dedup();
    }
    Ok(found)
}

/// The rows that are among both, ascending.
fn both(one: Option<Vec<u32>>, other: Vec<u32>) -> Vec<u32> {
    let Some(mut one) = one else {
        return other;
    };
    if one.len() < other.len() / 16 {
        one.retain(|row| other.binary_search(row).is_ok());
        return one;
    }
    let mut others = other.into_iter().peekable();
    one.retain(|row| {
        while others.next_if(|other| other < row).is_some() {}
        others.peek() == Some(row)
    });
    one
}
