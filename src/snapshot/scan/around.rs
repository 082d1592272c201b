//! Reads the neighbourhood of a node: what lies within a number of edges.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::SnapshotError;
use super::super::opened::Snapshot;
use super::super::writer::LINKS;
use super::find::{Finder, Row};
use super::lines::Lines;
use super::{ONE_IN, all_by_line, is_plain, naming, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind};
use annals_query::Query;
use annals_query::selection::THINGS;

/// Reads the records within so many edges of some things, and those that make the edges between them,
/// with what they refer to. `None` where a name is unknown or that of several, where too much lies
/// around, or where not all facts are lines: then all is to be read.
///
/// # Errors
/// When the snapshot is damaged.
pub fn around(
    snapshot: &Snapshot,
    asked: &Query,
    centres: &[String],
    hops: usize,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    let plain = is_plain(asked);
    if !plain || centres.is_empty() || !all_by_line(snapshot) {
        return Ok(None);
    }
    let mut finder = Finder::new(&snapshot.shared);
    let Some(mut named) = finder.all_named(asked)? else {
        return Ok(None);
    };
    let mut walk = Walk {
        finder: &mut finder,
        snapshot,
        own_words,
        nodes: BTreeMap::new(),
        edges: BTreeSet::new(),
        followed: BTreeSet::new(),
        lines: Lines::default(),
        most: (whole.records / ONE_IN).clamp(64, 50_000),
    };
    let mut frontier = BTreeSet::new();
    for word in centres {
        let Some((row, id)) = walk.finder.named(word, THINGS)? else {
            return Ok(None);
        };
        walk.nodes.insert(row, id);
        frontier.insert(row);
    }
    // Whether a thing is in the graph at all can lie with what refers to it.
    for _ in 0..hops.max(1) {
        let Some(next) = walk.step(&frontier)? else {
            return Ok(None);
        };
        frontier = next;
    }
    if walk.ties(&frontier)?.is_none() {
        return Ok(None);
    }
    named.extend(walk.nodes.keys().chain(&walk.edges));
    let lines = walk.lines;
    read(
        snapshot,
        &mut finder,
        lines,
        named,
        BTreeSet::new(),
        own_words,
        whole,
    )
}

/// A walk, edge by edge.
struct Walk<'w, 's> {
    finder: &'w mut Finder<'s>,
    snapshot: &'w Snapshot,
    own_words: &'w OwnWords,
    /// The nodes that were reached, and their ids.
    nodes: BTreeMap<Row, String>,
    /// Relations and orders that tie them to something.
    edges: BTreeSet<Row>,
    /// The records that were followed to what they refer to.
    followed: BTreeSet<Row>,
    lines: Lines,
    most: usize,
}

/// Whether a record of this kind is a node of the graph; the others are edges.
pub(super) fn is_node(kind: RecordKind) -> bool {
    THINGS.contains(&kind)
}

impl Walk<'_, '_> {
    /// The nodes one edge further on; `None` where these are too many.
    fn step(&mut self, from: &BTreeSet<Row>) -> Result<Option<BTreeSet<Row>>, SnapshotError> {
        let mut found = BTreeSet::new();
        for row in from {
            let id = self.nodes.get(row).cloned().unwrap_or_default();
            for link in &*LINKS {
                for row in self.finder.linked(link.name, link.kind, &id)? {
                    if is_node(row.0) {
                        found.insert(row);
                    } else {
                        self.edges.insert(row);
                    }
                }
                if found.len() + self.edges.len() > self.most {
                    return Ok(None);
                }
            }
        }
        // What the nodes themselves refer to, and what the ties lead to.
        let reading = from.iter().chain(&self.edges).copied();
        let reading: BTreeSet<Row> = reading.filter(|row| !self.followed.contains(row)).collect();
        let mut ids = BTreeSet::new();
        let read = self.lines.read(&self.snapshot.shared, &reading)?;
        for one in naming(&read, self.own_words) {
            ids.extend(one.names);
        }
        self.followed.extend(reading.iter().copied());
        let referred = self.finder.rows_of_ids(&ids)?.into_iter();
        found.extend(referred.filter(|(kind, _)| is_node(*kind)));
        found.retain(|row| !self.nodes.contains_key(row));
        if self.nodes.len() + found.len() + self.edges.len() > self.most {
            return Ok(None);
        }
        let ids = self.lines.read(&self.snapshot.shared, &found)?;
        if ids.len() != found.len() {
            return Err(SnapshotError::damaged(&self.snapshot.shared.folder));
        }
        let ids = ids.iter().map(|(_, id)| (*id).to_owned());
        self.nodes.extend(found.iter().copied().zip(ids));
        Ok(Some(found))
    }

    /// The relations and orders of the nodes that were reached last, for those that lie between them.
    fn ties(&mut self, last: &BTreeSet<Row>) -> Result<Option<()>, SnapshotError> {
        for row in last {
            let id = self.nodes.get(row).cloned().unwrap_or_default();
            for link in LINKS.iter().filter(|link| !is_node(link.kind)) {
                self.edges
                    .extend(self.finder.linked(link.name, link.kind, &id)?);
            }
            if self.nodes.len() + self.edges.len() > self.most {
                return Ok(None);
            }
        }
        Ok(Some(()))
    }
}
