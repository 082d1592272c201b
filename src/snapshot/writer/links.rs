//! Tables of links from a record to the records that refer to it, sorted by the former and then by
//! date.

use std::path::Path;
use std::sync::LazyLock;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::line_template::Values;
use super::super::table::{Is, TableWriter, Written};
use super::engine_columns::place;
use super::link_targets::{Known, NONE, Words};
use super::names::{self, column};
use super::words::WordRows;
use annals_load::LoadResult;
use annals_model::{Evidence, Facts, RecordKind, RecordRef};

/// The number of rows in a page of links.
const LINKS_PER_PAGE: usize = 2048;

/// A table of links.
pub(in super::super) struct LinkTable {
    pub(in super::super) name: &'static str,
    /// The kind of record that refers, and by which field.
    pub(in super::super) kind: RecordKind,
    key: &'static str,
    /// The number of that field among the kind's own; tags are none.
    nth: Option<usize>,
    /// The name of the column with the target.
    pub(in super::super) node: &'static str,
    /// The name of the column with an object's additional text.
    pub(in super::super) with: Option<&'static str>,
}

/// The columns of where a passage stands in the document that a link leads from, as in the tables of records.
pub(in super::super) const PLACE: [&str; 2] = ["text_start", "text_page_order"];

impl LinkTable {
    /// Whether its links are passages.
    pub(in super::super) fn is_of_passages(&self) -> bool {
        self.key == "evidence"
    }
}

/// All tables of links: of the records that refer most often first.
pub(in super::super) static LINKS: LazyLock<Vec<LinkTable>> = LazyLock::new(|| {
    use RecordKind::{Actor, Claim, Document, Event, Order, Place, Relation, Topic};
    let kinds = [Claim, Event, Relation, Topic, Place, Document, Order, Actor];
    let tables = kinds.into_iter().flat_map(|kind| {
        let own = kind.own_fields().len();
        let fields = kind.fields().enumerate();
        fields.filter_map(move |(nth, field)| {
            let links = field.links?;
            let is_of_kind = links.only.is_none_or(|only| only == kind);
            is_of_kind.then_some(LinkTable {
                name: links.table,
                kind,
                key: field.name,
                nth: Some(nth).filter(|nth| *nth < own),
                node: links.node,
                with: links.with,
            })
        })
    });
    tables.collect()
});

/// A link: its target, and the first day and row of the referring record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) node: u32,
    /// Days since 1970; undated ones sort last.
    day: i32,
    pub(super) row: u32,
}

/// The links of a table, in fact order.
#[derive(Debug, Default)]
pub(super) struct LinkRows {
    pub(super) links: Vec<Link>,
    /// The place of each in the list of its record, from 1.
    pub(super) nth: Vec<u32>,
    /// The additional text of each, if the table has one.
    pub(super) with: Vec<u32>,
}

/// Which column goes into which table.
pub(super) struct Plan {
    table: usize,
    node: usize,
    with: Option<usize>,
    /// The number of the field among the kind's own.
    nth: Option<usize>,
}

/// The lists to record for a kind of record.
pub(super) fn plans(kind: RecordKind, columns: &Columns) -> Vec<Plan> {
    let tables = LINKS.iter().enumerate();
    let tables = tables.filter(|(_, table)| table.kind == kind);
    let plans = tables.filter_map(|(table, link)| {
        let found = columns.of_field(link.key);
        let with = found.get(1).copied().filter(|_| link.with.is_some());
        Some(Plan {
            table,
            node: *found.first()?,
            with,
            nth: link.nth,
        })
    });
    plans.collect()
}

/// No links of any table.
pub(super) fn none() -> Vec<LinkRows> {
    LINKS.iter().map(|_| LinkRows::default()).collect()
}

/// A record that refers: its first day, and its row.
pub(super) struct Refers {
    pub(super) record: RecordRef,
    /// In days since 1970.
    pub(super) first_day: Option<i32>,
    pub(super) row: usize,
}

impl Refers {
    /// Collects the targets of a record's references.
    pub(super) fn note(
        &self,
        plans: &[Plan],
        values: &Values,
        (facts, words, known): (&Facts, &Words<'_>, &mut Known),
        links: &mut [LinkRows],
    ) {
        let day = self.first_day.map_or(i32::MAX, |day| day.min(i32::MAX - 1));
        let row = u32::try_from(self.row).unwrap_or(u32::MAX);
        for plan in plans {
            let mut with = plan.with.map(|column| values.of(column));
            let items = values.of(plan.node);
            // Unresolved items were left out; if there were none, positions correspond.
            let count = plan.nth.and_then(|nth| facts.count_of(self.record, nth));
            let all_lead = count == Some(items.len());
            for (nth, item) in items.enumerate() {
                let with = with.as_mut().and_then(|with| with.next().flatten());
                let Some(item) = item else { continue };
                let leads = plan
                    .nth
                    .and_then(|field| facts.lead_of(self.record, field, nth));
                let node = words.number(item, leads, all_lead, known);
                links[plan.table].links.push(Link { node, day, row });
                links[plan.table].nth.push(nth as u32 + 1);
                if plan.with.is_some() {
                    let with = with.map_or(NONE, |with| words.looked_up(with, known));
                    links[plan.table].with.push(with);
                }
            }
        }
    }
}

/// All links of a part while it is being written.
#[derive(Debug)]
pub(super) struct Links {
    /// By table.
    pub(super) of: Vec<Vec<LinkRows>>,
}

impl Links {
    pub(super) fn new() -> Self {
        Links {
            of: LINKS.iter().map(|_| Vec::new()).collect(),
        }
    }

    /// Adds recorded links, one list for each table.
    pub(super) fn add(&mut self, links: Vec<LinkRows>) {
        for (all, links) in self.of.iter_mut().zip(links) {
            if !links.links.is_empty() {
                all.push(links);
            }
        }
    }
}

/// What all tables of a part are made of, besides links.
pub(super) struct All<'p> {
    pub(super) loaded: &'p LoadResult,
    pub(super) words: &'p [WordRows],
    /// The records, each with its row.
    pub(super) records: &'p [(RecordRef, u32)],
    pub(super) folder: &'p Path,
    /// Whether the large tables are written that only other engines read.
    pub(super) for_cluster: bool,
}

/// The texts used by links, sorted.
pub(super) struct Sorted<'w> {
    words: Vec<&'w str>,
    /// By number, the rank of a text among them.
    ranks: Vec<u32>,
}

impl<'w> Sorted<'w> {
    /// The place of a text among all, by its number.
    pub(super) fn rank(&self, word: u32) -> u32 {
        self.ranks.get(word as usize).copied().unwrap_or(NONE)
    }

    /// The text at a place.
    pub(super) fn word(&self, rank: u32) -> Option<&'w str> {
        self.words.get(rank as usize).copied()
    }

    pub(super) fn new(links: &Links, words: &'w mut Words<'_>) -> Self {
        let mut ranks = vec![NONE; words.len()];
        for links in links.of.iter().flatten() {
            let nodes = links.links.iter().map(|link| link.node);
            let with = links.with.iter().copied().filter(|with| *with != NONE);
            for word in nodes.chain(with) {
                ranks[word as usize] = 0;
            }
        }
        let used = words
            .iter()
            .filter(|(number, _)| ranks[*number as usize] == 0);
        let used: Vec<(u32, &str)> = used.collect();
        let order = names::sorted(&used, |(_, word)| word);
        for (rank, (number, _)) in (0..).zip(&order) {
            ranks[*number as usize] = rank;
        }
        Sorted {
            words: order.into_iter().map(|(_, word)| word).collect(),
            ranks,
        }
    }

    pub(super) fn write(
        &self,
        table: &LinkTable,
        links: Vec<LinkRows>,
        all: &All<'_>,
    ) -> Result<Written, SnapshotError> {
        let mut columns = vec![
            column(table.node, Is::Sorted),
            column("first_day", Is::Day),
            column("row", Is::Number),
        ];
        columns.extend(table.with.map(|with| column(with, Is::Word)));
        let last = columns.len();
        columns.push(column("nth", Is::Number));
        let passages = table.is_of_passages().then(|| {
            let [start, page] = PLACE;
            columns.extend([column(start, Is::Number), column(page, Is::Plain)]);
            by_row(all.records, table.kind)
        });
        let facts = &all.loaded.facts;
        let mut out = TableWriter::new(all.folder, table.name, columns, LINKS_PER_PAGE);
        // One number per link: by target, then by day, then by row, then in fact order.
        let mut keys = Vec::with_capacity(links.iter().map(|rows| rows.links.len()).sum());
        let (mut with, mut places) = (Vec::new(), Vec::new());
        for mut rows in links {
            for link in rows.links {
                let day = link.day as u32 ^ 1 << 31;
                let key = [
                    self.ranks[link.node as usize],
                    day,
                    link.row,
                    keys.len() as u32,
                ];
                let key = key
                    .iter()
                    .fold(0, |key, part| key << 32 | u128::from(*part));
                keys.push(key);
            }
            with.append(&mut rows.with);
            places.append(&mut rows.nth);
        }
        // Links that differ only in their additional text keep the order of this sort.
        keys.sort_unstable_by_key(|key| key >> 32);
        for key in keys {
            let word = self.words[(key >> 96) as usize];
            let day = ((key >> 64) as u32 ^ 1 << 31) as i32;
            out.row(|row| {
                row.text(0, Some(word));
                row.number(1, (day != i32::MAX).then_some(i64::from(day)));
                row.number(2, Some(i64::from((key >> 32) as u32)));
                if let Some(with) = with.get(key as u32 as usize).filter(|with| **with != NONE) {
                    let rank = self.ranks[*with as usize];
                    row.text(3, Some(self.words[rank as usize]));
                }
                let nth = places.get(key as u32 as usize).copied();
                row.number(last, nth.map(i64::from));
                let records = passages.as_ref();
                let record = records.and_then(|all| *all.get((key >> 32) as u32 as usize)?);
                if let Some(passage) =
                    record.and_then(|record| passage_of(facts, record, word, nth?))
                {
                    let (start, page) = place(facts, passage);
                    row.number(last + 1, start);
                    row.text(last + 2, page.as_deref());
                }
            })?;
        }
        out.finish()
    }
}

/// The record of a kind in each row.
pub(super) fn by_row(records: &[(RecordRef, u32)], kind: RecordKind) -> Vec<Option<RecordRef>> {
    let mut all = Vec::new();
    for (record, row) in records.iter().filter(|(record, _)| record.kind() == kind) {
        let row = *row as usize;
        if all.len() <= row {
            all.resize(row + 1, None);
        }
        all[row] = Some(*record);
    }
    all
}

/// The passage of a record that a link is made of: one of a document, at a place in the list of the record.
/// Where an item of that list could not be read, those after it stand earlier in the facts.
fn passage_of<'f>(
    facts: &'f Facts,
    record: RecordRef,
    document: &str,
    nth: u32,
) -> Option<&'f Evidence> {
    let is_of = |passage: &&Evidence| passage.document.is_some_and(|id| facts.id(id) == document);
    let until_there = facts.evidence(record).iter().take(nth as usize);
    until_there.rev().find(is_of)
}
