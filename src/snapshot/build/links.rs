//! Tables that lead from a thing to the records that refer to it, sorted by the thing and then by
//! date; and the tables of ids and names, sorted.

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::form::Values;
use super::super::table::{Column, Is, TableWriter, Written};
use crate::in_order;
use crate::model::{Facts, Name, RecordKind, RecordRef, Vocabulary as _};
use crate::query::names::fold;
use crate::query::timeline::NarrowedRow;
use crate::time::Day;

/// The table of the days that all facts leave of records.
pub(in super::super) const NARROWED: &str = "narrowed";

/// How many rows a page of links has.
const LINKS_PER_PAGE: usize = 2048;
/// How many rows a page of ids or names has.
const NAMES_PER_PAGE: usize = 1024;

/// A table of links.
pub(in super::super) struct LinkTable {
    pub(in super::super) name: &'static str,
    /// The kind of record that refers, and by which field.
    pub(in super::super) kind: RecordKind,
    key: &'static str,
    /// What the column of what it refers to is called.
    pub(in super::super) node: &'static str,
    /// What the column of the other text of an object is called.
    pub(in super::super) with: Option<&'static str>,
}

const fn table(
    name: &'static str,
    kind: RecordKind,
    key: &'static str,
    node: &'static str,
    with: Option<&'static str>,
) -> LinkTable {
    LinkTable {
        name,
        kind,
        key,
        node,
        with,
    }
}

use RecordKind::{Claim, Document, Event, Order, Place, Relation, Topic};

/// All tables of links.
pub(in super::super) const LINKS: &[LinkTable] = &[
    table("claim_speaker", Claim, "speaker", "actor", None),
    table("claim_to", Claim, "to", "actor", None),
    table("claim_about", Claim, "about", "thing", None),
    table("claim_stance", Claim, "stance", "toward", Some("value")),
    table("claim_evidence", Claim, "evidence", "document", None),
    table("claim_at", Claim, "at", "event", None),
    table("claim_via", Claim, "via", "voice", None),
    table("claim_responds_to", Claim, "responds_to", "claim", None),
    table("claim_supports", Claim, "supports", "claim", None),
    table("claim_contradicts", Claim, "contradicts", "claim", None),
    table("claim_repeats", Claim, "repeats", "claim", None),
    table("claim_tag", Claim, "tags", "tag", None),
    table(
        "event_participant",
        Event,
        "participants",
        "actor",
        Some("role"),
    ),
    table("event_place", Event, "place", "place", None),
    table("event_part_of", Event, "part_of", "event", None),
    table("event_cause", Event, "causes", "event", None),
    table("event_evidence", Event, "evidence", "document", None),
    table("relation_from", Relation, "from", "actor", None),
    table("relation_to", Relation, "to", "actor", None),
    table("topic_about", Topic, "about", "thing", None),
    table("place_within", Place, "within", "place", None),
    table("document_based_on", Document, "based_on", "document", None),
    table("document_corrects", Document, "corrects", "document", None),
    table("order_first", Order, "first", "thing", None),
    table("order_second", Order, "second", "thing", None),
];

/// A link: to what, the first day of what refers, its row, and the other text.
#[derive(Debug, Clone, Copy)]
struct Link {
    node: u32,
    /// Days since 1970; what has none comes last.
    day: i32,
    row: u32,
    with: u32,
}

/// All links of a part while it is written.
#[derive(Debug)]
pub(super) struct Links {
    words: Words,
    of: Vec<Vec<Link>>,
    records: Vec<(RecordRef, u32)>,
    /// What is noted of each kind of record.
    plans: Vec<Vec<Plan>>,
}

/// Which column goes into which table.
#[derive(Debug)]
struct Plan {
    table: usize,
    node: usize,
    with: Option<usize>,
}

/// Words that links lead to, each once.
#[derive(Debug, Default)]
struct Words {
    /// The numbers of short words, which stand in the table itself.
    short: HashMap<[u8; SHORT], u32, FixedState>,
    long: HashMap<Box<str>, u32, FixedState>,
    /// All of them, by number.
    all: Vec<Box<str>>,
}

/// A word is short where its bytes, and how many they are, are no more than this.
const SHORT: usize = 16;

/// No word.
const NONE: u32 = u32::MAX;

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        let next = self.all.len() as u32;
        let number = if word.len() < SHORT {
            let mut short = [0; SHORT];
            short[..word.len()].copy_from_slice(word.as_bytes());
            short[SHORT - 1] = word.len() as u8;
            *self.short.entry(short).or_insert(next)
        } else if let Some(number) = self.long.get(word) {
            *number
        } else {
            self.long.insert(word.into(), next);
            next
        };
        if number == next {
            self.all.push(word.into());
        }
        number
    }
}

impl Links {
    pub(super) fn new() -> Self {
        let plan = |kind: &RecordKind| {
            let columns = Columns::of(*kind);
            let tables = LINKS.iter().enumerate();
            let tables = tables.filter(|(_, table)| table.kind == *kind);
            let plan = tables.filter_map(|(table, link)| {
                let found = columns.of_field(link.key);
                let with = found.get(1).copied().filter(|_| link.with.is_some());
                let node = *found.first()?;
                Some(Plan { table, node, with })
            });
            plan.collect()
        };
        Links {
            words: Words::default(),
            of: vec![Vec::new(); LINKS.len()],
            records: Vec::new(),
            plans: RecordKind::ALL.iter().map(plan).collect(),
        }
    }

    /// Notes what a record refers to.
    pub(super) fn add(
        &mut self,
        record: RecordRef,
        values: &Values,
        first_day: Option<i64>,
        row: usize,
    ) {
        let day = first_day.map_or(i32::MAX, |day| i32::try_from(day).unwrap_or(i32::MAX - 1));
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        self.records.push((record, row));
        for plan in &self.plans[record.kind() as usize] {
            let mut with = plan.with.map(|column| values.of(column));
            for item in values.of(plan.node) {
                let with = with.as_mut().and_then(|with| with.next().flatten());
                let Some(item) = item else { continue };
                let link = Link {
                    node: self.words.number(item),
                    day,
                    row,
                    with: with.map_or(NONE, |with| self.words.number(with)),
                };
                self.of[plan.table].push(link);
            }
        }
    }

    /// Writes all tables, several at once.
    pub(super) fn write(self, facts: &Facts, folder: &Path) -> Result<Vec<Written>, SnapshotError> {
        let words = self.words.all;
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_by_cached_key(|word| beginning(&words[*word as usize]));
        sort_equal(&mut order, |word| &words[*word as usize]);
        let mut ranks = vec![0_u32; words.len()];
        for (rank, word) in order.iter().enumerate() {
            ranks[*word as usize] = rank as u32;
        }
        let links = LINKS.iter().zip(self.of);
        let links = links.filter(|(_, links)| !links.is_empty());
        let work = links.map(|(table, links)| Work::Links(table, links));
        let work = work.chain([Work::Ids, Work::Names]);
        let mut written = Vec::new();
        in_order::in_order(
            work,
            in_order::threads(LINKS.len()),
            |work| match work {
                Work::Links(table, mut links) => {
                    links.sort_unstable_by_key(|link| {
                        (ranks[link.node as usize], link.day, link.row)
                    });
                    write_links(table, &links, &words, folder)
                }
                Work::Ids => write_ids(facts, &self.records, folder),
                Work::Names => write_names(facts, &self.records, folder),
            },
            |table| {
                written.push(table?);
                Ok::<(), SnapshotError>(())
            },
        )?;
        Ok(written)
    }
}

/// A table that is to be sorted and written.
enum Work {
    Links(&'static LinkTable, Vec<Link>),
    Ids,
    Names,
}

/// The first letters of a text as a number that sorts as they do: most texts are told apart by it, with
/// no look into their memory.
fn beginning(text: &str) -> u128 {
    let mut first = [0; 16];
    let len = text.len().min(16);
    first[..len].copy_from_slice(&text.as_bytes()[..len]);
    u128::from_be_bytes(first)
}

/// Sorts by texts what is sorted by their beginnings; what is equal stays in its order.
fn sort_equal<'t, T>(sorted: &mut [T], text: impl Fn(&T) -> &'t str) {
    let equal = |a: &T, b: &T| beginning(text(a)) == beginning(text(b));
    for run in sorted.chunk_by_mut(equal) {
        if run.len() > 1 {
            run.sort_by(|a, b| text(a).cmp(text(b)));
        }
    }
}

fn column(name: &str, is: Is) -> Column {
    Column {
        name: name.to_owned(),
        is,
    }
}

fn write_links(
    table: &LinkTable,
    links: &[Link],
    words: &[Box<str>],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let mut columns = vec![
        column(table.node, Is::Sorted),
        column("first_day", Is::Day),
        column("row", Is::Number),
    ];
    columns.extend(table.with.map(|with| column(with, Is::Word)));
    let mut out = TableWriter::new(folder, table.name, columns, LINKS_PER_PAGE);
    for link in links {
        out.text(0, Some(&words[link.node as usize]));
        out.number(1, (link.day != i32::MAX).then_some(i64::from(link.day)));
        out.number(2, Some(i64::from(link.row)));
        if table.with.is_some() {
            out.text(3, words.get(link.with as usize).map(|word| &**word));
        }
        out.end_row()?;
    }
    out.finish()
}

fn write_ids(
    facts: &Facts,
    records: &[(RecordRef, u32)],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("id", Is::Sorted),
        column("kind", Is::Word),
        column("row", Is::Row),
    ];
    let mut out = TableWriter::new(folder, "ids", columns, NAMES_PER_PAGE);
    let mut sorted: Vec<(Name, RecordRef, u32)> = records
        .iter()
        .map(|(record, row)| (facts.common(*record).id, *record, *row))
        .collect();
    sorted.sort_by_cached_key(|one| beginning(facts.name(one.0)));
    sort_equal(&mut sorted, |one| facts.name(one.0));
    for (id, record, row) in sorted {
        out.text(0, Some(facts.name(id)));
        out.text(1, Some(record.kind().word()));
        out.number(2, Some(i64::from(row)));
        out.end_row()?;
    }
    out.finish()
}

/// The days that all facts leave of records, by id; of none, no table.
pub(super) fn write_narrowed(
    facts: &Facts,
    mut narrowed: Vec<(RecordRef, NarrowedRow)>,
    folder: &Path,
) -> Result<Option<Written>, SnapshotError> {
    if narrowed.is_empty() {
        return Ok(None);
    }
    let columns = vec![
        column("id", Is::Sorted),
        column("first_day", Is::Day),
        column("last_day", Is::Day),
    ];
    let mut out = TableWriter::new(folder, NARROWED, columns, NAMES_PER_PAGE);
    narrowed.sort_by_key(|(record, _)| facts.id(*record));
    for (record, days) in narrowed {
        let number = |day: Option<Day>| day.map(|day| i64::from(day.number()));
        out.text(0, Some(facts.id(record)));
        out.number(1, number(days.first));
        out.number(2, number(days.last));
        out.end_row()?;
    }
    out.finish().map(Some)
}

/// Names, aliases, and ids that are not their own folding: all that a name is looked up among.
fn write_names(
    facts: &Facts,
    records: &[(RecordRef, u32)],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("name", Is::Sorted),
        column("is", Is::Word),
        column("kind", Is::Word),
        column("row", Is::Row),
        column("id", Is::Text),
    ];
    let mut out = TableWriter::new(folder, "names", columns, NAMES_PER_PAGE);
    let mut names: Vec<(String, &str, RecordKind, u32, &str)> = Vec::new();
    for &(record, row) in records {
        let kind = record.kind();
        let id = facts.id(record);
        // Most ids are plain, and their own folding.
        let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        if !id.bytes().all(plain) {
            let folded = fold(id);
            if folded != id {
                names.push((folded, "id", kind, row, id));
            }
        }
        if !matches!(kind, Claim | Relation | Order) {
            names.push((fold(facts.label(record)), "name", kind, row, id));
        }
        if let RecordRef::Actor(actor) = record {
            let aliases = facts.list(facts[actor].aliases).iter();
            names.extend(aliases.map(|alias| (fold(facts.str(*alias)), "alias", kind, row, id)));
        }
    }
    names.sort_unstable();
    for (name, is, kind, row, id) in names {
        out.text(0, Some(&name));
        out.text(1, Some(is));
        out.text(2, Some(kind.word()));
        out.number(3, Some(i64::from(row)));
        out.text(4, Some(id));
        out.end_row()?;
    }
    out.finish()
}
