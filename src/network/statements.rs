//! Statements: who says what of what, in which document, on which days.

use std::ops::Range;

use super::asked::Scale;
use super::boxes::Reading;
use super::days::{Days, Period, yearly};
use super::{Asked, Duplicates};

/// One claim, as one of its nodes', about one thing, at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// The node. Nodes are numbered in the order in which pairs are wanted.
    pub node: u32,
    /// The thing.
    pub thing: u32,
    /// The level: 0 against; of two levels 1 for; of three 1 neutral, 2 for.
    pub level: u8,
    /// The number of its days among the [`When`]s.
    pub when: u32,
    /// The claim.
    pub claim: u32,
    /// The document.
    pub document: u32,
    /// Whose voice it is, if the claim counts for another node as well: its number among the [`Voice`]s.
    pub voice: Option<u32>,
}

/// When something was said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    /// The days on which it can have been said, in order.
    pub days: Vec<Days>,
    /// Those of them on which it counts for the node.
    pub may: Vec<Days>,
    /// Whether it counts for the node on every day on which it can have been said.
    pub sure: bool,
}

impl When {
    /// On one of these days, certainly for the node.
    pub fn on(days: Days) -> When {
        When {
            days: vec![days],
            may: vec![days],
            sure: true,
        }
    }

    /// The one day on which it was said, if that is known and it certainly counts.
    fn only_day(&self) -> Option<i64> {
        match self.days[..] {
            [days] if self.sure && days.first == days.last => Some(days.first),
            _ => None,
        }
    }
}

/// The speakers of a claim by whom it counts for a node, each with whether certainly, by number. A claim
/// of which one speaker alone counts for two nodes is no agreement between them.
pub type Voice = Vec<(u32, bool)>;

/// A node, a thing and a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) node: u32,
    pub(crate) thing: u32,
    pub(crate) level: u8,
}

impl Cell {
    fn of(unit: &Unit) -> Cell {
        Cell {
            node: unit.node,
            thing: unit.thing,
            level: unit.level,
        }
    }
}

/// A statement of a known day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Plain {
    pub(crate) day: i32,
    pub(crate) cell: u32,
    pub(crate) document: u32,
}

/// Units in cells, for one question.
#[derive(Debug)]
pub struct Statements {
    pub(crate) asked: Asked,
    pub(crate) range: Days,
    pub(crate) whens: Vec<When>,
    pub(crate) voices: Vec<Voice>,
    /// All units, by cell.
    pub(crate) units: Vec<Unit>,
    /// The cells, with the units of each.
    pub(crate) cells: Vec<(Cell, Range<u32>)>,
    /// The statements of known days that can be counted one by one, by day.
    pub(crate) plain: Vec<Plain>,
    /// The cells of which others have to be counted, with those units.
    pub(crate) hard: Vec<(u32, Range<u32>)>,
    /// The units of `hard`.
    pub(crate) hard_units: Vec<u32>,
    /// Those with a voice.
    pub(crate) voiced: Vec<u32>,
}

impl Statements {
    /// Units, with their days and voices, whenever they were said.
    pub fn new(
        units: Vec<Unit>,
        whens: Vec<When>,
        voices: Vec<Voice>,
        asked: &Asked,
    ) -> Statements {
        Statements::within(units, whens, voices, asked, Days::ALWAYS)
    }

    /// Units that can lie within a range of time. Duplicates are left out over all of it.
    pub fn within(
        mut units: Vec<Unit>,
        whens: Vec<When>,
        voices: Vec<Voice>,
        asked: &Asked,
        range: Days,
    ) -> Statements {
        let possible: Vec<bool> = whens
            .iter()
            .map(|when| when.may.iter().any(|days| days.meets(range)))
            .collect();
        let levels = asked.scale.levels() as u8;
        units.retain(|unit| possible[unit.when as usize] && unit.level < levels);
        if asked.drops_levels() {
            for unit in &mut units {
                unit.level = 0;
            }
        }
        units.sort_unstable();
        // Of the same thing at the same level a claim says the same.
        units.dedup_by(|later, one| {
            Cell::of(later) == Cell::of(one) && later.claim == one.claim && later.when == one.when
        });
        let mut statements = Statements {
            asked: *asked,
            range,
            whens,
            voices,
            cells: cells(&units),
            units,
            plain: Vec::new(),
            hard: Vec::new(),
            hard_units: Vec::new(),
            voiced: Vec::new(),
        };
        statements.sort_out();
        statements
    }

    /// The same without nodes and things of which there are, at most, fewer statements in the whole
    /// range: things first.
    #[must_use]
    pub fn at_least(self, of_node: u64, of_thing: u64) -> Statements {
        let mut kept = self;
        if of_thing > 1 {
            kept = kept.filtered(|unit| unit.thing as usize, of_thing);
        }
        if of_node > 1 {
            kept = kept.filtered(|unit| unit.node as usize, of_node);
        }
        kept
    }

    fn filtered(self, of: fn(&Unit) -> usize, least: u64) -> Statements {
        let counted = self.window(self.range);
        let mut most: Vec<u64> = Vec::new();
        for (cell, [_, u]) in counted.boxes() {
            let unit = Unit {
                node: cell.node,
                thing: cell.thing,
                level: 0,
                when: 0,
                claim: 0,
                document: 0,
                voice: None,
            };
            let at = of(&unit);
            if most.len() <= at {
                most.resize(at + 1, 0);
            }
            most[at] += u64::from(u);
        }
        drop(counted);
        let Statements {
            mut units,
            whens,
            voices,
            asked,
            range,
            ..
        } = self;
        units.retain(|unit| most.get(of(unit)).is_some_and(|most| *most >= least));
        Statements::within(units, whens, voices, &asked, range)
    }

    /// Numbers the nodes with a unit anew, in their order; returns their former numbers.
    pub fn keep_used_nodes(&mut self) -> Vec<u32> {
        let mut used: Vec<u32> = Vec::new();
        for unit in &mut self.units {
            // They are by node.
            if used.last() != Some(&unit.node) {
                used.push(unit.node);
            }
            unit.node = used.len() as u32 - 1;
        }
        for (cell, units) in &mut self.cells {
            cell.node = self.units[units.start as usize].node;
        }
        used
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The first and last day that is named as an end of one on which something can have been said.
    pub fn reach(&self) -> Option<Days> {
        let used = self
            .units
            .iter()
            .map(|unit| &self.whens[unit.when as usize]);
        reach(used, self.range)
    }

    pub(crate) fn scale(&self) -> Scale {
        self.asked.scale
    }

    /// Separates statements that can be counted one by one from those that cannot.
    fn sort_out(&mut self) {
        let only: Vec<Option<i64>> = self.whens.iter().map(When::only_day).collect();
        let day_of = |unit: &Unit| only[unit.when as usize].and_then(|day| i32::try_from(day).ok());
        let keeps = self.asked.duplicates == Duplicates::Keep;
        for (nth, (_, range)) in (0_u32..).zip(&self.cells) {
            let of_cell = &self.units[range.start as usize..range.end as usize];
            let first = self.hard_units.len() as u32;
            let is_plain = of_cell.iter().all(|unit| day_of(unit).is_some());
            if is_plain || keeps {
                let begun = self.plain.len();
                for (unit, at) in of_cell.iter().zip(range.start..) {
                    match day_of(unit) {
                        Some(day) => self.plain.push(Plain {
                            day,
                            cell: nth,
                            document: unit.document,
                        }),
                        None => self.hard_units.push(at),
                    }
                }
                leave_out(&mut self.plain, begun, self.asked.duplicates);
            } else {
                self.hard_units.extend(range.clone());
            }
            let last = self.hard_units.len() as u32;
            if last > first {
                self.hard.push((nth, first..last));
            }
        }
        self.plain.sort_unstable();
        let voiced = (0_u32..)
            .zip(&self.units)
            .filter(|(_, unit)| unit.voice.is_some());
        self.voiced = voiced.map(|(at, _)| at).collect();
    }

    /// What a reading says of the days of each [`When`] in a window.
    pub(crate) fn readings(&self, window: Days) -> Vec<Reading> {
        let of = |when: &When| Reading::new(when, window, self.range, self.asked.duplicates);
        self.whens.iter().map(of).collect()
    }
}

/// The first and last day that is named as an end of these days.
pub(crate) fn reach<'w>(whens: impl Iterator<Item = &'w When>, range: Days) -> Option<Days> {
    let ends = whens.flat_map(|when| &when.days).flat_map(|days| {
        let within = days.and(range);
        [within.first, within.last]
    });
    let named = ends.filter(|day| *day > i64::MIN + 1 && *day < i64::MAX - 1);
    named.fold(None, |all: Option<Days>, day| {
        let all = all.unwrap_or(Days::of(day, day));
        Some(Days::of(all.first.min(day), all.last.max(day)))
    })
}

/// The cells of sorted units.
fn cells(units: &[Unit]) -> Vec<(Cell, Range<u32>)> {
    let mut cells: Vec<(Cell, Range<u32>)> = Vec::new();
    for (at, unit) in (0_u32..).zip(units) {
        let cell = Cell::of(unit);
        match cells.last_mut() {
            Some((last, range)) if *last == cell => range.end = at + 1,
            _ => cells.push((cell, at..at + 1)),
        }
    }
    cells
}

/// Leaves out all but the first statement of each period, among those of one cell.
fn leave_out(plain: &mut Vec<Plain>, begun: usize, duplicates: Duplicates) {
    let period = match duplicates {
        // Which documents there are depends on the window.
        Duplicates::Keep | Duplicates::Document => return,
        Duplicates::DnaWeek | Duplicates::DnaMonth => None,
        _ => Period::of(duplicates),
    };
    let of = |day: i32| match period {
        Some(period) => period.number(i64::from(day)),
        None => i64::from(yearly(duplicates, i64::from(day))),
    };
    let of_cell = &mut plain[begun..];
    of_cell.sort_unstable_by_key(|one| (of(one.day), one.day));
    let mut kept = begun;
    for at in begun..plain.len() {
        if at == begun || of(plain[at].day) != of(plain[kept - 1].day) {
            plain.swap(kept, at);
            kept += 1;
        }
    }
    plain.truncate(kept);
}
