//! Statements counted in a window: a box [l, u] for each cell.

use std::ops::Range;

use super::Duplicates;
use super::asked::{Affinity, Boxes, Levels};
use super::boxes::{Held, Reading, cell_box};
use super::days::Days;
use super::statements::{Cell, Statements, Unit};

/// The box of a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) thing: u32,
    pub(crate) level: u8,
    pub(crate) bounds: [u32; 2],
    /// Its place in the column of its thing and level.
    pub(crate) at: u32,
}

/// A row of a column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Below {
    pub(crate) row: u32,
    pub(crate) bounds: [u32; 2],
}

/// A unit that is counted in some readings only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Loose {
    pub(crate) claim: u32,
    pub(crate) thing: u32,
    pub(crate) level: u8,
}

/// A node, and how many statements of its there are, at least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The node.
    pub node: u32,
    /// At least and at most.
    pub statements: [u64; 2],
}

/// The statements of a window.
#[derive(Debug)]
pub struct Counted<'s> {
    pub(crate) of: &'s Statements,
    pub(crate) window: Days,
    pub(crate) affinity: Affinity,
    /// The nodes with a statement, at most; each is a row.
    pub(crate) nodes: Vec<Shown>,
    /// The entries of each row, by thing and level.
    pub(crate) rows: Vec<Range<u32>>,
    pub(crate) entries: Vec<Entry>,
    /// The rows of each column, a thing at a level: where it begins.
    pub(crate) columns: Vec<u32>,
    pub(crate) below: Vec<Below>,
    /// The loose units of each row, by claim.
    pub(crate) loose: Vec<Vec<Loose>>,
    /// The units of each row that have a voice, by claim.
    pub(crate) voiced: Vec<Vec<u32>>,
    /// Rows with a cell whose box has an end that no reading has.
    pub(crate) rough: Vec<bool>,
    /// What the readings of each [`When`](super::When) are.
    pub(crate) readings: Vec<Reading>,
}

impl Statements {
    /// Counts the statements of a window. It lies within the range.
    pub fn window(&self, window: Days) -> Counted<'_> {
        let readings = self.readings(window);
        let mut counts: Vec<(u32, [u32; 2])> = self.count_plain(window.and(self.range));
        let mut rough_cells = Vec::new();
        let (plain, mut all) = (counts.len(), Vec::new());
        for (cell, units) in &self.hard {
            all.clear();
            let units = &self.hard_units[units.start as usize..units.end as usize];
            all.extend(units.iter().map(|unit| {
                let unit = &self.units[*unit as usize];
                (readings[unit.when as usize], unit.document)
            }));
            let counted = cell_box(&mut all, window.and(self.range), self.asked.duplicates);
            if counted.most == 0 {
                continue;
            }
            if !counted.is_tight {
                rough_cells.push(*cell);
            }
            counts.push((*cell, [counted.least, counted.most]));
        }
        if counts.len() > plain && plain > 0 {
            counts.sort_unstable_by_key(|(cell, _)| *cell);
            // With duplicates kept, a cell has statements of both sorts.
            counts.dedup_by(|later, one| {
                let same = later.0 == one.0;
                if same {
                    one.1[0] += later.1[0];
                    one.1[1] += later.1[1];
                }
                same
            });
        }
        let mut counted = Counted {
            of: self,
            window,
            affinity: self.asked.affinity(),
            nodes: Vec::new(),
            rows: Vec::new(),
            entries: Vec::with_capacity(counts.len()),
            columns: Vec::new(),
            below: Vec::new(),
            loose: Vec::new(),
            voiced: Vec::new(),
            rough: Vec::new(),
            readings,
        };
        counted.add_rows(&counts);
        counted.add_columns();
        counted.add_units(&rough_cells);
        counted
    }

    /// How many of the statements of known days lie in a window, by cell.
    fn count_plain(&self, window: Days) -> Vec<(u32, [u32; 2])> {
        let begin = self
            .plain
            .partition_point(|one| i64::from(one.day) < window.first);
        let end = self
            .plain
            .partition_point(|one| i64::from(one.day) <= window.last);
        let within = self.plain.get(begin..end).unwrap_or_default();
        if self.asked.duplicates == Duplicates::Document {
            let mut pairs: Vec<(u32, u32)> =
                within.iter().map(|one| (one.cell, one.document)).collect();
            pairs.sort_unstable();
            pairs.dedup();
            return in_turn(pairs.into_iter().map(|(cell, _)| cell));
        }
        // Few are sorted, many are counted where they are.
        if within.len() < self.cells.len() / 16 {
            let mut cells: Vec<u32> = within.iter().map(|one| one.cell).collect();
            cells.sort_unstable();
            return in_turn(cells.into_iter());
        }
        let mut counts = vec![0_u32; self.cells.len()];
        for one in within {
            counts[one.cell as usize] += 1;
        }
        let some = (0_u32..).zip(counts).filter(|(_, count)| *count > 0);
        some.map(|(cell, count)| (cell, [count, count])).collect()
    }
}

/// How often each of some sorted cells occurs.
fn in_turn(cells: impl Iterator<Item = u32>) -> Vec<(u32, [u32; 2])> {
    let mut counts: Vec<(u32, [u32; 2])> = Vec::new();
    for cell in cells {
        match counts.last_mut() {
            Some((last, count)) if *last == cell => *count = count.map(|count| count + 1),
            _ => counts.push((cell, [1, 1])),
        }
    }
    counts
}

impl Counted<'_> {
    /// The nodes with a statement in the window, at most, in order.
    pub fn nodes(&self) -> &[Shown] {
        &self.nodes
    }

    /// The range of days of the window.
    pub fn days(&self) -> Days {
        self.window
    }

    /// The number of statements: at least and at most.
    pub fn statements(&self) -> [u64; 2] {
        self.nodes.iter().fold([0, 0], |[least, most], node| {
            [least + node.statements[0], most + node.statements[1]]
        })
    }

    /// The units of a node about a thing that can be in the window, each with whether it surely is: of
    /// those that count once, all.
    pub fn units(&self, node: u32, thing: u32) -> Vec<(Unit, bool)> {
        let of = |cell: &Cell| (cell.node, cell.thing);
        let begin = self
            .of
            .cells
            .partition_point(|(cell, _)| of(cell) < (node, thing));
        let cells = self.of.cells[begin..].iter();
        let cells = cells.take_while(|(cell, _)| of(cell) == (node, thing));
        let units = cells.flat_map(|(_, units)| units.clone());
        let found = units.filter_map(|at| {
            let unit = self.of.units[at as usize];
            match self.readings[unit.when as usize].inside {
                Held::Never => None,
                held => Some((unit, held == Held::Surely)),
            }
        });
        let mut found: Vec<(Unit, bool)> = found.collect();
        found.sort_unstable_by_key(|(unit, _)| (unit.claim, unit.level));
        found
    }

    /// The box of each cell.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = (Cell, [u32; 2])> + '_ {
        self.nodes.iter().zip(&self.rows).flat_map(|(node, range)| {
            self.entries[range.start as usize..range.end as usize]
                .iter()
                .map(|entry| {
                    let cell = Cell {
                        node: node.node,
                        thing: entry.thing,
                        level: entry.level,
                    };
                    (cell, entry.bounds)
                })
        })
    }

    pub(crate) fn row(&self, row: usize) -> &[Entry] {
        let range = &self.rows[row];
        &self.entries[range.start as usize..range.end as usize]
    }

    pub(crate) fn column(&self, thing: u32, level: usize) -> &[Below] {
        let at = thing as usize * self.affinity.levels + level;
        &self.below[self.columns[at] as usize..self.columns[at + 1] as usize]
    }

    /// The row of a node.
    pub(crate) fn row_of(&self, node: u32) -> Option<usize> {
        self.nodes.binary_search_by_key(&node, |one| one.node).ok()
    }

    fn add_rows(&mut self, counts: &[(u32, [u32; 2])]) {
        for (cell, bounds) in counts {
            let cell = self.of.cells[*cell as usize].0;
            if self.nodes.last().is_none_or(|last| last.node != cell.node) {
                let at = self.entries.len() as u32;
                self.nodes.push(Shown {
                    node: cell.node,
                    statements: [0, 0],
                });
                self.rows.push(at..at);
            }
            self.entries.push(Entry {
                thing: cell.thing,
                level: cell.level,
                bounds: *bounds,
                at: 0,
            });
            if let Some((node, row)) = self.nodes.last_mut().zip(self.rows.last_mut()) {
                node.statements[0] += u64::from(bounds[0]);
                node.statements[1] += u64::from(bounds[1]);
                row.end += 1;
            }
        }
    }

    fn add_columns(&mut self) {
        let levels = self.affinity.levels;
        let things = self
            .entries
            .iter()
            .map(|entry| entry.thing as usize + 1)
            .max();
        let mut begins = vec![0_u32; things.unwrap_or(0) * levels + 1];
        let column = |entry: &Entry| entry.thing as usize * levels + usize::from(entry.level);
        for entry in &self.entries {
            begins[column(entry) + 1] += 1;
        }
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let none = Below {
            row: 0,
            bounds: [0, 0],
        };
        self.below = vec![none; self.entries.len()];
        for (row, range) in (0_u32..).zip(&self.rows) {
            for entry in &mut self.entries[range.start as usize..range.end as usize] {
                let column = column(entry);
                entry.at = next[column] - begins[column];
                self.below[next[column] as usize] = Below {
                    row,
                    bounds: entry.bounds,
                };
                next[column] += 1;
            }
        }
        self.columns = begins;
    }

    /// Notes which units are loose, and which have a voice.
    fn add_units(&mut self, rough_cells: &[u32]) {
        self.loose = vec![Vec::new(); self.nodes.len()];
        self.voiced = vec![Vec::new(); self.nodes.len()];
        self.rough = vec![false; self.nodes.len()];
        for cell in rough_cells {
            if let Some(row) = self.row_of(self.of.cells[*cell as usize].0.node) {
                self.rough[row] = true;
            }
        }
        for unit in &self.of.hard_units {
            let unit = &self.of.units[*unit as usize];
            if !self.readings[unit.when as usize].is_loose {
                continue;
            }
            if let Some(row) = self.row_of(unit.node) {
                self.loose[row].push(Loose {
                    claim: unit.claim,
                    thing: unit.thing,
                    level: unit.level,
                });
            }
        }
        for loose in &mut self.loose {
            loose.sort_unstable();
        }
        for at in &self.of.voiced {
            let unit = &self.of.units[*at as usize];
            if self.readings[unit.when as usize].inside == Held::Never {
                continue;
            }
            if let Some(row) = self.row_of(unit.node) {
                self.voiced[row].push(*at);
            }
        }
        let key = |at: &u32| {
            let unit = &self.of.units[*at as usize];
            (unit.claim, unit.thing, unit.level, *at)
        };
        for voiced in &mut self.voiced {
            voiced.sort_unstable_by_key(key);
        }
    }

    /// Whether nothing about a row is uncertain, and none of its units can be another's as well.
    pub(crate) fn is_plain(&self, row: usize) -> bool {
        let [least, most] = self.nodes[row].statements;
        least == most && self.voiced[row].is_empty()
    }

    /// The boxes of a row, thing by thing.
    pub(crate) fn by_thing(&self, row: usize) -> ByThing<'_> {
        ByThing {
            entries: self.row(row),
        }
    }
}

/// The boxes of a row, thing by thing.
pub(crate) struct ByThing<'c> {
    entries: &'c [Entry],
}

impl Iterator for ByThing<'_> {
    type Item = (u32, Boxes);

    fn next(&mut self) -> Option<(u32, Boxes)> {
        let thing = self.entries.first()?.thing;
        let mut boxes: Boxes = Levels::default();
        while let Some((entry, rest)) = self.entries.split_first() {
            if entry.thing != thing {
                break;
            }
            boxes[usize::from(entry.level)] = entry.bounds;
            self.entries = rest;
        }
        Some((thing, boxes))
    }
}
