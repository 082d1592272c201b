//! Units are collected claim by claim, whatever the claims are read from.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::FixedState;

use super::{Dated, Measure, NetworkAsked, NodesOf, Scale, Sign, day, number};
use annals_model::{NodeRef, StanceValue};
use annals_network::{Days, Statements, TooManyWindows, Unit, Voice, When};
use annals_time::{Bound, DaySet};

/// What is numbered already, in another way: by a few sorts, and within each from 0.
pub(super) trait Slot: Copy {
    fn slot(self) -> [usize; 2];
}

impl Slot for u32 {
    fn slot(self) -> [usize; 2] {
        [0, self as usize]
    }
}

impl Slot for NodeRef {
    fn slot(self) -> [usize; 2] {
        [self.kind() as usize, self.row()]
    }
}

/// Nodes or things, numbered as they come.
pub(super) struct Members<N> {
    /// One more than the number, by slot; 0 of those that have not come.
    numbers: Vec<Vec<u32>>,
    pub(super) all: Vec<N>,
}

impl<N: Slot> Members<N> {
    fn new() -> Self {
        Members {
            numbers: Vec::new(),
            all: Vec::new(),
        }
    }

    pub(super) fn number(&mut self, one: N) -> u32 {
        let [sort, at] = one.slot();
        if self.numbers.len() <= sort {
            self.numbers.resize(sort + 1, Vec::new());
        }
        let numbers = &mut self.numbers[sort];
        if numbers.len() <= at {
            numbers.resize((at + 1).next_power_of_two(), 0);
        }
        if numbers[at] == 0 {
            self.all.push(one);
            numbers[at] = self.all.len() as u32;
        }
        numbers[at] - 1
    }
}

/// Values with numbers.
pub(super) struct Numbered<T> {
    numbers: HashMap<T, u32, FixedState>,
    all: Vec<T>,
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    fn new() -> Self {
        Numbered {
            numbers: HashMap::default(),
            all: Vec::new(),
        }
    }

    pub(super) fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(value.clone(), number);
        self.all.push(value);
        number
    }
}

/// What the words about an answer need to know.
#[derive(Default)]
pub(super) struct Noted {
    /// Claims of which some stance is not on the scale, or that take none.
    pub(super) off_scale: usize,
    /// Claims that count for no node.
    pub(super) of_nobody: usize,
    pub(super) undated: usize,
    /// Claims that count for several nodes through one speaker.
    pub(super) of_several: usize,
    /// Claims that count for a node possibly only because of relations.
    pub(super) by_unsure_ties: usize,
}

/// What claims have become so far. Nodes and things are known as `N`.
pub(super) struct Units<N> {
    pub(super) range: Days,
    pub(super) nodes: Members<N>,
    pub(super) things: Members<N>,
    pub(super) voices: Numbered<Voice>,
    pub(super) whens: Numbered<When>,
    pub(super) all: Vec<Unit>,
    pub(super) noted: Noted,
    reach: Option<Days>,
}

/// All units, and what their numbers stand for, by id.
pub(super) struct Collected<N> {
    pub(super) windows: Vec<Days>,
    pub(super) statements: Statements,
    pub(super) nodes: Vec<N>,
    pub(super) things: Vec<N>,
    pub(super) left_out: Vec<String>,
}

impl<N: Slot> Units<N> {
    pub(super) fn new(range: Days) -> Self {
        Units {
            range,
            nodes: Members::new(),
            things: Members::new(),
            voices: Numbered::new(),
            whens: Numbered::new(),
            all: Vec::new(),
            noted: Noted::default(),
            reach: None,
        }
    }

    /// Adds what an actor says of a thing.
    pub(super) fn add(&mut self, of: NodesOf, actor: N, thing: N, unit: Unit) {
        let (node, thing) = match of {
            NodesOf::Actors => (self.nodes.number(actor), self.things.number(thing)),
            NodesOf::Things => (self.nodes.number(thing), self.things.number(actor)),
        };
        self.all.push(Unit {
            node,
            thing,
            // Two things of which one actor says the same are linked by that.
            voice: unit.voice.filter(|_| of == NodesOf::Actors),
            ..unit
        });
    }

    /// Notes the days on which something can have been said: windows begin and end where the facts do.
    pub(super) fn reaches(&mut self, days: &DaySet) {
        for (first, last) in days.stretches() {
            let ends = [first, last].into_iter().filter_map(|bound| bound.number());
            for end in ends.filter(|end| day(*end).is_some()) {
                let end = end.clamp(self.range.first, self.range.last);
                let all = self.reach.unwrap_or(Days::of(end, end));
                self.reach = Some(Days::of(all.first.min(end), all.last.max(end)));
            }
        }
    }

    /// All of them in the windows that are asked for, numbered by id.
    pub(super) fn collected<'i>(
        self,
        asked: &NetworkAsked,
        id: impl Fn(&N) -> &'i str,
    ) -> Result<Collected<N>, TooManyWindows> {
        let mut units = self.all;
        let (nodes, of_node) = by_id(&self.nodes.all, &id);
        let (things, of_thing) = by_id(&self.things.all, &id);
        if asked.at_least > 1 && asked.things_at_least <= 1 {
            // No node has more statements than units: the others need not be sorted to be left out.
            let mut counts = vec![0_u64; nodes.len()];
            for unit in &units {
                counts[unit.node as usize] += 1;
            }
            units.retain(|unit| counts[unit.node as usize] >= asked.at_least);
        }
        for unit in &mut units {
            unit.node = of_node[unit.node as usize];
            unit.thing = of_thing[unit.thing as usize];
        }
        // Windows begin and end where the facts do, if nothing else is said.
        let reach = self.reach.unwrap_or(Days::of(0, -1));
        let whole = Days {
            first: if self.range.first == i64::MIN {
                reach.first
            } else {
                self.range.first
            },
            last: if self.range.last == i64::MAX {
                reach.last
            } else {
                self.range.last
            },
        };
        let (windows, range) = match &asked.windows {
            None => (vec![self.range], self.range),
            Some(windows) => (windows.over(whole)?, whole),
        };
        let statements = Statements::within(
            units,
            self.whens.all,
            self.voices.all,
            &asked.weighed,
            range,
        );
        let has_window = self.range != Days::ALWAYS || asked.windows.is_some();
        let mut statements = statements.at_least(asked.at_least, asked.things_at_least);
        let mut nodes = nodes;
        if !asked.isolates {
            // Who says nothing that counts is not shown, and need not be known.
            let used = statements.keep_used_nodes();
            nodes = used.into_iter().map(|node| nodes[node as usize]).collect();
        }
        Ok(Collected {
            windows,
            statements,
            nodes,
            things,
            left_out: self.noted.words(asked, has_window),
        })
    }
}

/// The level of a stance.
pub(super) fn level(value: StanceValue, scale: Scale) -> Option<u8> {
    match (value, scale) {
        (StanceValue::Opposes, _) => Some(0),
        (StanceValue::Supports, Scale::Two)
        | (StanceValue::Neutral | StanceValue::Mixed, Scale::Three) => Some(1),
        (StanceValue::Supports, Scale::Three) => Some(2),
        (_, Scale::Two) => None,
    }
}

/// Whether something is said of whatever a claim is about, each thing once, and not at a level.
pub(super) fn ignores(asked: &NetworkAsked) -> bool {
    matches!(
        asked.weighed.measure,
        Measure::Ignore | Measure::Affiliation(Sign::Any)
    )
}

/// Adds what a claim says of things, at which levels: `stances` and `about` are those that count.
/// Returns whether some stance is not on the scale.
pub(super) fn says<N: PartialEq>(
    said: &mut Vec<(N, u8)>,
    stances: impl Iterator<Item = (N, StanceValue)>,
    scale: Scale,
) -> bool {
    let mut is_off = false;
    for (toward, value) in stances {
        match level(value, scale) {
            Some(level) => {
                let one = (toward, level);
                if !said.contains(&one) {
                    said.push(one);
                }
            }
            None => is_off = true,
        }
    }
    is_off
}

/// Adds things of which nothing is said at a level, each once.
pub(super) fn says_of<N: PartialEq>(said: &mut Vec<(N, u8)>, things: impl Iterator<Item = N>) {
    for thing in things {
        if !said.iter().any(|(other, _)| *other == thing) {
            said.push((thing, 0));
        }
    }
}

/// Nodes in the order of their ids, and the new number of each.
fn by_id<'i, N: Copy>(nodes: &[N], id: &impl Fn(&N) -> &'i str) -> (Vec<N>, Vec<u32>) {
    let mut order: Vec<(&str, u32)> = nodes.iter().map(id).zip(0..).collect();
    order.sort_unstable();
    let mut new = vec![0; nodes.len()];
    for (number, (_, at)) in (0_u32..).zip(&order) {
        new[*at as usize] = number;
    }
    let sorted = order.iter().map(|(_, at)| nodes[*at as usize]);
    (sorted.collect(), new)
}

fn ends(first: Bound, last: Bound) -> Days {
    Days::of(number(first), number(last))
}

pub(super) fn stretches(days: &DaySet) -> Vec<Days> {
    let each = days.stretches().iter();
    each.map(|(first, last)| ends(*first, *last)).collect()
}

pub(super) fn touches(days: &DaySet, range: Days) -> bool {
    let mut all = days.stretches().iter();
    all.any(|(first, last)| ends(*first, *last).meets(range))
}

impl Noted {
    fn words(&self, asked: &NetworkAsked, has_window: bool) -> Vec<String> {
        let claims = |count: usize| annals_finding::wording::count(count, "claim", "claims");
        let mut lines = Vec::new();
        if self.off_scale > 0 {
            let what = match asked.weighed.scale {
                Scale::Two => {
                    "has a neutral or mixed stance, or none, which is left out (--scale three counts neutral and mixed, --measure ignore all)"
                }
                Scale::Three => "takes no stance, and is left out (--measure ignore counts it)",
            };
            lines.push(format!("{}: each {what}", claims(self.off_scale)));
        }
        if self.undated > 0 && has_window {
            lines.push(format!(
                "{}: each without a date of its own; it was said not after its publication, so it is surely in no window that begins on a day (--date published counts it there)",
                claims(self.undated)
            ));
        }
        if self.of_several > 0 && asked.of == NodesOf::Actors {
            lines.push(format!(
                "{}: each counts for several nodes through one speaker; it is not paired with itself",
                claims(self.of_several)
            ));
        }
        if self.by_unsure_ties > 0 {
            lines.push(format!(
                "{}: each counts for a node only possibly, because a relation has no date or an uncertain one",
                claims(self.by_unsure_ties)
            ));
        }
        if self.of_nobody > 0 {
            let whom = if asked.into.is_empty() {
                "has no speaker: it is the narrator's, or nobody is named"
            } else {
                "is by nobody who stands for one of the actors of --into"
            };
            lines.push(format!(
                "{}: each {whom}, and is left out",
                claims(self.of_nobody)
            ));
        }
        lines
    }
}

/// Whether a claim without a date of its own is one, by the date that counts.
pub(super) fn is_undated(asked: &NetworkAsked, has_date: bool) -> bool {
    !has_date && asked.dated == Dated::Said
}
