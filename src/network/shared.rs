//! Units that count for both nodes of a pair: none is paired with itself.

use super::Duplicates;
use super::asked::Levels;
use super::boxes::{Held, Reading, cell_box};
use super::counted::Counted;
use super::statements::{Unit, Voice};

/// How many units of a thing count for both nodes, at each level: at least and at most.
pub(crate) type SharedUnits = Vec<(u32, Levels<[u32; 2]>)>;

impl Counted<'_> {
    /// The units that count for two rows through the same speaker alone, by thing.
    pub(crate) fn shared(&self, one: usize, other: usize) -> SharedUnits {
        let mut found: Vec<(u32, u8, Reading, u32)> = Vec::new();
        let (ours, theirs) = (&self.voiced[one], &self.voiced[other]);
        if ours.is_empty() || theirs.is_empty() {
            return Vec::new();
        }
        let unit = |at: u32| &self.of.units[at as usize];
        let key = |unit: &Unit| (unit.claim, unit.thing, unit.level);
        let mut next = 0;
        for at in ours {
            let own = unit(*at);
            while theirs.get(next).is_some_and(|at| key(unit(*at)) < key(own)) {
                next += 1;
            }
            let same = theirs[next..].iter().map(|at| unit(*at));
            for also in same.take_while(|unit| key(unit) == key(own)) {
                let voices = own.voice.zip(also.voice);
                let held = voices.map_or(Held::Never, |(a, b)| {
                    one_voice(&self.of.voices[a as usize], &self.of.voices[b as usize])
                });
                let both = self.readings[own.when as usize].and(&self.readings[also.when as usize]);
                match held {
                    Held::Never => {}
                    Held::Possibly => {
                        found.push((own.thing, own.level, both.possibly(), own.document));
                    }
                    Held::Surely => found.push((own.thing, own.level, both, own.document)),
                }
            }
        }
        found.sort_by_key(|(thing, level, ..)| (*thing, *level));
        let mut shared: SharedUnits = Vec::new();
        for same in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (thing, level, ..) = same[0];
            let mut units: Vec<(Reading, u32)> = same.iter().map(|one| (one.2, one.3)).collect();
            let bounds = self.shared_box(&mut units);
            match shared.last_mut() {
                Some((last, levels)) if *last == thing => levels[usize::from(level)] = bounds,
                _ => {
                    let mut levels = Levels::default();
                    levels[usize::from(level)] = bounds;
                    shared.push((thing, levels));
                }
            }
        }
        shared.retain(|(_, levels)| levels.iter().any(|[_, most]| *most > 0));
        shared
    }

    /// In how many of the statements counted a shared unit stands. Where all of a period or range count
    /// once, another unit can be the one that is counted, so that none surely is.
    fn shared_box(&self, units: &mut [(Reading, u32)]) -> [u32; 2] {
        let counted = cell_box(
            units,
            self.window.and(self.of.range),
            self.of.asked.duplicates,
        );
        let certain = units.iter().all(|(one, _)| !one.is_loose);
        match self.of.asked.duplicates {
            Duplicates::Keep | Duplicates::Document => [counted.least, counted.most],
            _ if certain => [counted.least, counted.most],
            _ => [0, counted.most],
        }
    }
}

/// Whether the same speaker alone stands for both nodes: two that do, one for each, do agree.
fn one_voice(one: &Voice, other: &Voice) -> Held {
    let two = |sure: bool| {
        one.iter().any(|(a, a_sure)| {
            let others = other.iter().filter(|(b, _)| b != a);
            let mut others = others.filter(|(_, b_sure)| !sure || (*a_sure && *b_sure));
            (!sure || *a_sure) && others.next().is_some()
        })
    };
    let common = one.iter().any(|(a, _)| other.iter().any(|(b, _)| a == b));
    if !common || two(true) {
        Held::Never
    } else if two(false) {
        Held::Possibly
    } else {
        Held::Surely
    }
}
