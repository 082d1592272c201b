//! Affiliation: what each node says about each thing (DNA's two-mode networks).

use super::asked::{Boxes, MOST_LEVELS, Scale, Sign};
use super::bounds::{Fraction, are_free};
use super::counted::{Counted, Loose};
use super::{Duplicates, Measure, Normalise};

/// What a node says about a thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Affiliation {
    /// The node.
    pub node: u32,
    /// The thing.
    pub thing: u32,
    /// The weight. Of kinds, DNA's code of the levels there are.
    pub fraction: Fraction,
    /// With [`Sign::Kinds`]: which can be all that there are.
    pub kinds: Vec<Kind>,
}

/// The levels of what is said about a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// Something is for it.
    pub is_for: bool,
    /// Something is neutral (of three levels).
    pub is_neutral: bool,
    /// Something is against it.
    pub is_against: bool,
}

impl Kind {
    /// No statement.
    pub const NONE: Kind = Kind {
        is_for: false,
        is_neutral: false,
        is_against: false,
    };

    fn of(levels: u8, scale: Scale) -> Kind {
        let has = |level: u8| levels >> level & 1 == 1;
        match scale {
            Scale::Two => Kind {
                is_for: has(1),
                is_neutral: false,
                is_against: has(0),
            },
            Scale::Three => Kind {
                is_for: has(2),
                is_neutral: has(1),
                is_against: has(0),
            },
        }
    }

    /// "for", "against", "both", "neutral", "for and neutral", …; empty for none.
    pub fn word(self) -> &'static str {
        match (self.is_for, self.is_neutral, self.is_against) {
            (false, false, false) => "",
            (true, false, false) => "for",
            (false, false, true) => "against",
            (true, false, true) => "both",
            (false, true, false) => "neutral",
            (true, true, false) => "for and neutral",
            (false, true, true) => "against and neutral",
            (true, true, true) => "both and neutral",
        }
    }
}

/// The totals by which affiliations are divided.
struct Totals {
    /// By thing, over all nodes.
    things: Vec<[u64; 2]>,
    /// The loose units of each thing, by claim.
    loose: Vec<Vec<Loose>>,
}

impl Counted<'_> {
    /// What each node says about each thing, by node and thing, as far as its weight can be other than 0.
    ///
    /// # Errors
    /// The first error that `each` returns.
    pub fn affiliations<E>(
        &self,
        each: &mut dyn FnMut(Affiliation) -> Result<(), E>,
    ) -> Result<(), E> {
        let totals = self.totals();
        for row in 0..self.nodes.len() {
            for (thing, boxes) in self.by_thing(row) {
                let found = self.affiliated(row, thing, &boxes, &totals);
                if found.fraction.weight != [0.0, 0.0] {
                    each(found)?;
                }
            }
        }
        Ok(())
    }

    /// What a node says about a thing.
    pub fn affiliation(&self, node: u32, thing: u32) -> Option<Affiliation> {
        let row = self.row_of(node)?;
        let (_, boxes) = self.by_thing(row).find(|(of, _)| *of == thing)?;
        Some(self.affiliated(row, thing, &boxes, &self.totals()))
    }

    /// How many statements there are about each thing, by its number: at least and at most.
    pub fn of_things(&self) -> Vec<[u64; 2]> {
        let mut things = vec![[0, 0]; self.columns.len() / self.affinity.levels];
        for entry in &self.entries {
            let of = &mut things[entry.thing as usize];
            of[0] += u64::from(entry.bounds[0]);
            of[1] += u64::from(entry.bounds[1]);
        }
        things
    }

    fn sign(&self) -> Sign {
        match self.of.asked.measure {
            Measure::Affiliation(sign) => sign,
            _ => Sign::Any,
        }
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals {
            things: Vec::new(),
            loose: Vec::new(),
        };
        if self.of.asked.normalise != Normalise::Prominence {
            return totals;
        }
        totals.things = self.of_things();
        totals.loose = vec![Vec::new(); totals.things.len()];
        for loose in self.loose.iter().flatten() {
            if let Some(of) = totals.loose.get_mut(loose.thing as usize) {
                of.push(*loose);
            }
        }
        totals.loose.iter_mut().for_each(|of| of.sort_unstable());
        totals
    }

    fn affiliated(&self, row: usize, thing: u32, boxes: &Boxes, totals: &Totals) -> Affiliation {
        let own = boxes.iter().fold([0, 0], |[least, most], bounds| {
            [least + u64::from(bounds[0]), most + u64::from(bounds[1])]
        });
        let of = match self.of.asked.normalise {
            Normalise::Activity => self.nodes[row].statements,
            Normalise::Prominence => totals.things[thing as usize],
            _ => own,
        };
        let rest = [0, 1].map(|end| (of[end] - own[end]) as f64);
        let divides = self.of.asked.normalise.is_of_affiliation();
        let mut numerator = [f64::INFINITY, f64::NEG_INFINITY];
        let mut weight = numerator;
        for ends in 0..1_usize << MOST_LEVELS {
            let counts: [u32; MOST_LEVELS] =
                std::array::from_fn(|level| boxes[level][ends >> level & 1]);
            let top = self.value(counts);
            numerator = [numerator[0].min(top), numerator[1].max(top)];
            let sum: f64 = counts.iter().map(|count| f64::from(*count)).sum();
            for rest in rest {
                let below = if divides { sum + rest } else { 1.0 };
                let quotient = if below == 0.0 { 0.0 } else { top / below };
                weight = [weight[0].min(quotient), weight[1].max(quotient)];
            }
        }
        let weight = weight.map(|weight| weight + 0.0);
        let denominator = if divides {
            of.map(|of| of as f64)
        } else {
            [1.0, 1.0]
        };
        Affiliation {
            node: self.nodes[row].node,
            thing,
            fraction: Fraction {
                numerator,
                denominator,
                weight,
                exact: weight[0] == weight[1] || self.is_exact_of(row, thing, totals),
            },
            kinds: self.kinds(boxes),
        }
    }

    /// What counts of each level make.
    fn value(&self, counts: [u32; MOST_LEVELS]) -> f64 {
        let levels = self.affinity.levels;
        let each = counts.into_iter().enumerate().take(levels);
        match self.sign() {
            Sign::Any => each.map(|(_, count)| f64::from(count)).sum(),
            Sign::Net => each
                .map(|(level, count)| f64::from(count) * self.of.scale().sign(level) as f64)
                .sum(),
            Sign::Kinds => each
                .filter(|(_, count)| *count > 0)
                .map(|(level, _)| f64::from(1_u32 << (levels - 1 - level)))
                .sum(),
        }
    }

    /// Which sets of levels there can be.
    fn kinds(&self, boxes: &Boxes) -> Vec<Kind> {
        if self.sign() != Sign::Kinds {
            return Vec::new();
        }
        let scale = self.of.scale();
        let possible = |levels: &u8| {
            boxes.iter().enumerate().all(|(level, [least, most])| {
                let is_there = levels >> level & 1 == 1;
                if is_there { *most > 0 } else { *least == 0 }
            })
        };
        let all = (0..1_u8 << scale.levels()).filter(possible);
        let mut kinds: Vec<Kind> = all.map(|levels| Kind::of(levels, scale)).collect();
        kinds.sort_by_key(|kind| (kind.word().len(), *kind));
        kinds
    }

    /// Whether bounds of boxes are those of readings: no uncertain claim is in two of the cells that
    /// matter, or more statements always mean more.
    fn is_exact_of(&self, row: usize, thing: u32, totals: &Totals) -> bool {
        if self.rough[row] {
            return false;
        }
        let asked = &self.of.asked;
        let all_at_once = asked.normalise == Normalise::No
            && self.sign() == Sign::Any
            && matches!(asked.duplicates, Duplicates::Keep | Duplicates::Document);
        if all_at_once {
            return true;
        }
        match asked.normalise {
            Normalise::Activity => are_free(&self.loose[row], &[]),
            Normalise::Prominence => {
                let rough = self.rough.iter().any(|rough| *rough);
                !rough && are_free(&totals.loose[thing as usize], &[])
            }
            _ => {
                let own = self.loose[row].iter().filter(|loose| loose.thing == thing);
                are_free(&own.copied().collect::<Vec<_>>(), &[])
            }
        }
    }
}
