//! Reads whole tables of links.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Rows, Table};
use super::super::writer::LINKS;
use annals_model::{RecordKind, StanceValue, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;

/// How many rows are read at once: those of a page.
const AT_ONCE: usize = 2048;

/// A link: the number of what it leads from, the row that refers to it, and what else there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) word: u32,
    pub(super) row: u32,
    /// The first day of what refers; the least number where it has none.
    pub(super) first: i64,
    pub(super) value: Option<StanceValue>,
}

/// All links of a table, of all parts: those from the same thing stand together.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// What they lead from, by number.
    pub(super) words: Vec<String>,
    pub(super) all: Vec<Link>,
}

impl Links {
    /// Adds what one group of rows holds.
    fn add(&mut self, numbers: &mut HashMap<String, u32>, group: Links) {
        let new: Vec<u32> = group
            .words
            .into_iter()
            .map(|word| {
                let next = self.words.len() as u32;
                *numbers.entry(word).or_insert_with_key(|word| {
                    self.words.push(word.clone());
                    next
                })
            })
            .collect();
        let links = group.all.into_iter();
        self.all.extend(links.map(|link| Link {
            word: new[link.word as usize],
            ..link
        }));
    }
}

/// A group of rows of one of the tables.
struct Group<'p> {
    part: &'p Part,
    kind: RecordKind,
    table: usize,
    open: Arc<Table>,
    rows: std::ops::Range<usize>,
    has_value: bool,
}

/// Reads tables of links of claims through.
pub(super) fn links<const N: usize>(
    shared: &Shared,
    names: [&str; N],
) -> Result<[Links; N], SnapshotError> {
    let mut groups = Vec::new();
    for (table, name) in names.into_iter().enumerate() {
        for part in shared.parts.iter().filter(|part| part.has(name)) {
            let open = part.through(name)?;
            let link = LINKS.iter().find(|link| link.name == name);
            let kind = link.map_or(RecordKind::Claim, |link| link.kind);
            groups.extend(open.groups().map(|rows| Group {
                part,
                kind,
                table,
                open: Arc::clone(&open),
                rows,
                has_value: name == "claim_stance",
            }));
        }
    }
    let mut all = [const {
        Links {
            words: Vec::new(),
            all: Vec::new(),
        }
    }; N];
    let mut numbers = [const { None::<HashMap<String, u32>> }; N];
    let threads = ordered_parallel::threads(groups.len());
    ordered_parallel::for_each_ordered(
        groups.into_iter(),
        threads,
        |group| (group.table, read(&group)),
        |(table, read)| {
            all[table].add(numbers[table].get_or_insert_default(), read?);
            Ok::<(), SnapshotError>(())
        },
    )?;
    for links in &mut all {
        if !links.all.is_sorted_by_key(|link| link.word) {
            links.all.sort_by_key(|link| link.word);
        }
    }
    Ok(all)
}

fn read(group: &Group<'_>) -> Result<Links, SnapshotError> {
    let columns = if group.has_value { 4 } else { 3 };
    let mut rows = Rows::new(Arc::clone(&group.open), (0..columns).map(Some).collect());
    let mut links = Links::default();
    links.all.reserve(group.rows.len());
    let mut at = group.rows.start;
    while at < group.rows.end {
        let batch = rows.read(at, AT_ONCE)?;
        let mut last: &[u8] = &[];
        for row in 0..batch.rows {
            let damaged = || group.open.damaged();
            let word = batch.bytes(0, row).ok_or_else(damaged)?;
            // A word that is there again is most often the very same bytes.
            if links.words.is_empty() || !std::ptr::eq(word, last) {
                let word = std::str::from_utf8(word).map_err(|_| damaged())?;
                if links.words.last().is_none_or(|last| last != word) {
                    links.words.push(word.to_owned());
                }
            }
            last = word;
            let value = group.has_value.then(|| batch.text(3, row)).flatten();
            let value = value.and_then(StanceValue::parse);
            let number = batch.number(2, row);
            let number = number.and_then(|row| group.part.row_of_all(group.kind, row));
            let number = number.and_then(|row| u32::try_from(row).ok());
            links.all.push(Link {
                word: links.words.len() as u32 - 1,
                row: number.ok_or_else(damaged)?,
                first: batch.number(1, row).unwrap_or(i64::MIN),
                value,
            });
        }
        at += batch.rows;
    }
    Ok(links)
}
