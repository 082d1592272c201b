//! Reads the shortest paths between two nodes.
//!
//! A breadth-first search follows the tables of links from both ends, the smaller side first, until
//! the sides meet. Of all the nodes it touched, only those on a shortest path are read, so that the
//! ordinary search finds the best of these as it would among all facts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::SnapshotError;
use super::super::opened::Snapshot;
use super::super::writer::LINKS;
use super::around::is_node;
use super::find::{Finder, Row};
use super::lines::Lines;
use super::{all_by_line, is_plain, naming, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::OwnWords;
use annals_query::Query;
use annals_query::selection::THINGS;

/// No more nodes than this are touched from one end.
const MOST: usize = 100_000;

/// Reads the facts of the shortest chains between two things, whatever is asked of their edges, and
/// says how many edges these have. `None` where an end is unknown or that of several, where the ends
/// have no or only far too much to do with each other, or where not all facts are lines: then all is
/// to be read; so too if no chain of this length is what is asked for.
///
/// # Errors
/// When the snapshot is damaged.
pub fn between(
    snapshot: &Snapshot,
    asked: &Query,
    ends: [&str; 2],
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, usize)>, SnapshotError> {
    let plain = is_plain(asked);
    if !plain || !all_by_line(snapshot) {
        return Ok(None);
    }
    let mut finder = Finder::new(&snapshot.shared);
    let Some(mut rows) = finder.all_named(asked)? else {
        return Ok(None);
    };
    let mut sides = Vec::new();
    for end in ends {
        let Some((row, _)) = finder.named(end, THINGS)? else {
            return Ok(None);
        };
        sides.push(Side::new(row));
    }
    let mut search = Search {
        finder: &mut finder,
        snapshot,
        own_words,
        lines: Lines::default(),
    };
    let Some(met) = search.meet(&mut sides)? else {
        return Ok(None);
    };
    let edges = sides.iter().map(|side| side.layers.len() - 1).sum();
    for side in &sides {
        side.back(&met, &mut rows);
    }
    // The lines of all that was touched on the way are let go.
    let loaded = read(
        snapshot,
        &mut finder,
        Lines::default(),
        rows,
        BTreeSet::new(),
        own_words,
        whole,
    )?;
    Ok(loaded.map(|loaded| (loaded, edges)))
}

/// What was reached from one end.
struct Side {
    /// The nodes that are 0, 1, 2, … edges away.
    layers: Vec<BTreeSet<Row>>,
    known: BTreeSet<Row>,
    /// For each step to the next layer, each edge that leads there: from, to, and the relation or
    /// order that it is.
    steps: Vec<Vec<(Row, Row, Option<Row>)>>,
    /// Whether it is too much to go on from here.
    ended: bool,
}

impl Side {
    fn new(row: Row) -> Self {
        Side {
            layers: vec![BTreeSet::from([row])],
            known: BTreeSet::from([row]),
            steps: Vec::new(),
            ended: false,
        }
    }

    fn last(&self) -> &BTreeSet<Row> {
        // There is one from the beginning.
        &self.layers[self.layers.len() - 1]
    }

    /// Adds what lies on the ways back from some nodes of the last layer.
    fn back(&self, met: &BTreeSet<Row>, rows: &mut BTreeSet<Row>) {
        let mut on: BTreeSet<Row> = met.clone();
        rows.extend(&on);
        for step in self.steps.iter().rev() {
            let mut before = BTreeSet::new();
            for (from, _, tie) in step.iter().filter(|(_, to, _)| on.contains(to)) {
                before.insert(*from);
                rows.extend(tie);
            }
            rows.extend(&before);
            on = before;
        }
    }
}

struct Search<'w, 's> {
    finder: &'w mut Finder<'s>,
    snapshot: &'w Snapshot,
    own_words: &'w OwnWords,
    lines: Lines,
}

impl Search<'_, '_> {
    /// Follows both sides until they meet: the nodes where they do.
    fn meet(&mut self, sides: &mut [Side]) -> Result<Option<BTreeSet<Row>>, SnapshotError> {
        loop {
            let [one, other] = &sides else {
                return Ok(None);
            };
            let met: BTreeSet<Row> = one.last().intersection(other.last()).copied().collect();
            if !met.is_empty() {
                return Ok(Some(met));
            }
            let open = sides.iter_mut().filter(|side| !side.ended);
            let Some(side) = open.min_by_key(|side| side.last().len()) else {
                return Ok(None);
            };
            match self.step(side)? {
                Some((layer, _)) if layer.is_empty() => return Ok(None),
                Some((layer, edges)) => {
                    side.known.extend(&layer);
                    side.layers.push(layer);
                    side.steps.push(edges);
                }
                None => side.ended = true,
            }
        }
    }

    /// The next layer of a side and the edges that lead there; `None` where they are too many.
    #[allow(
        clippy::type_complexity,
        reason = "the parts of a side, before they are in it"
    )]
    fn step(
        &mut self,
        side: &Side,
    ) -> Result<Option<(BTreeSet<Row>, Vec<(Row, Row, Option<Row>)>)>, SnapshotError> {
        let from = side.last();
        if from.len() > MOST {
            return Ok(None);
        }
        let shared = &self.snapshot.shared;
        let (mut edges, mut ties, mut named) = (Vec::new(), Vec::new(), Vec::new());
        let mut ids = Vec::new();
        let read = self.lines.read(shared, from)?;
        if read.len() != from.len() {
            return Err(SnapshotError::damaged(&shared.folder));
        }
        for (row, one) in from.iter().zip(naming(&read, self.own_words)) {
            ids.push((*row, one.id.to_owned()));
            let names = one.names.into_iter();
            named.extend(names.map(|name| (*row, name, None)));
        }
        for link in &*LINKS {
            for (row, id) in &ids {
                let found = self.finder.linked(link.name, link.kind, id)?.into_iter();
                if is_node(link.kind) {
                    edges.extend(found.map(|to| (*row, to, None)));
                } else {
                    ties.extend(found.map(|tie| (*row, tie)));
                }
                if edges.len() + ties.len() > MOST {
                    return Ok(None);
                }
            }
        }
        let tie_rows: BTreeSet<Row> = ties.iter().map(|(_, tie)| *tie).collect();
        let read = self.lines.read(shared, &tie_rows)?;
        let mut of_ties: BTreeMap<Row, Vec<String>> = BTreeMap::new();
        for (tie, one) in tie_rows.iter().zip(naming(&read, self.own_words)) {
            of_ties.insert(*tie, one.names);
        }
        for (row, tie) in &ties {
            let names = of_ties.get(tie).into_iter().flatten();
            named.extend(names.map(|name| (*row, name.clone(), Some(*tie))));
        }
        let wanted: BTreeSet<&str> = named.iter().map(|(_, name, _)| name.as_str()).collect();
        let rows = self.finder.rows_by_id(&wanted)?;
        for (row, name, tie) in &named {
            let found = rows.get(name.as_str()).into_iter().flatten();
            let nodes = found.filter(|(kind, _)| is_node(*kind));
            edges.extend(nodes.map(|to| (*row, *to, *tie)));
        }
        edges.retain(|(_, to, _)| !side.known.contains(to));
        let layer = edges.iter().map(|(_, to, _)| *to).collect();
        Ok(Some((layer, edges)))
    }
}
