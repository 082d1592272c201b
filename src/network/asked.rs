//! What is asked of a network.

/// What makes a tie between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Measure {
    /// They say the same of a thing.
    #[default]
    Congruence,
    /// They say the opposite of a thing.
    Conflict,
    /// Congruence less conflict.
    Subtract,
    /// They speak of the same thing, whatever they say.
    Ignore,
    /// Of a node and a thing: what the node says of it.
    Affiliation(Sign),
}

/// What an affiliation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sign {
    /// Statements for less statements against (DNA: subtract).
    #[default]
    Net,
    /// All statements (DNA: ignore).
    Any,
    /// Which levels there are (DNA: combine).
    Kinds,
}

/// By what a weight is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Normalise {
    /// By nothing.
    No,
    /// The mean number of statements of both nodes.
    #[default]
    Average,
    /// The statements of either node that the other does not share, and the pairs of those that it
    /// does: `m10 + m01 + m11`.
    Jaccard,
    /// The product of the numbers of statements. DNA calls it cosine; it is no cosine of vectors.
    Cosine,
    /// The statements of the node (affiliation).
    Activity,
    /// The statements about the thing (affiliation).
    Prominence,
}

impl Normalise {
    /// Whether it is one of an affiliation of nodes and things, not of two nodes.
    pub fn is_of_affiliation(self) -> bool {
        matches!(self, Normalise::Activity | Normalise::Prominence)
    }
}

/// Which statements of a node about the same thing at the same level count once: DNA's *duplicates*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Duplicates {
    /// None.
    #[default]
    Keep,
    /// Those in one document.
    Document,
    /// Those of one week of ISO 8601.
    Week,
    /// Those of one month.
    Month,
    /// Those of one year.
    Year,
    /// All.
    Range,
    /// Those of weeks of the same number, whatever the year, as DNA has it.
    DnaWeek,
    /// Those of months of the same name, whatever the year, as DNA has it.
    DnaMonth,
}

/// The levels of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scale {
    /// Against, for.
    #[default]
    Two,
    /// Against, neutral, for: neutral is half a congruence with either.
    Three,
}

impl Scale {
    /// The number of levels.
    pub fn levels(self) -> usize {
        match self {
            Scale::Two => 2,
            Scale::Three => 3,
        }
    }

    /// What a level adds to a net affiliation: −1, 0 or 1.
    pub(crate) fn sign(self, level: usize) -> i64 {
        match (self, level) {
            (_, 0) => -1,
            (Scale::Two, _) | (Scale::Three, 2) => 1,
            (Scale::Three, _) => 0,
        }
    }
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Asked {
    /// What makes a tie.
    pub measure: Measure,
    /// By what it is divided.
    pub normalise: Normalise,
    /// What counts once.
    pub duplicates: Duplicates,
    /// The levels.
    pub scale: Scale,
}

impl Asked {
    /// Whether the level of a statement does not matter. Where duplicates are kept, levels stay apart
    /// even then, as DNA has it: jaccard tells them apart. Where they are left out there is no first
    /// one whose level could stay, since dates are uncertain.
    pub(crate) fn drops_levels(self) -> bool {
        let ignores = matches!(
            self.measure,
            Measure::Ignore | Measure::Affiliation(Sign::Any)
        );
        ignores && self.duplicates != Duplicates::Keep
    }

    /// What one statement at a level adds to the weight, with one of another node at another level
    /// about the same thing.
    pub(crate) fn affinity(self) -> Affinity {
        let levels = self.scale.levels();
        let range = (levels - 1) as f64;
        let mut of = [[0.0; MOST_LEVELS]; MOST_LEVELS];
        for (one, row) in of.iter_mut().enumerate().take(levels) {
            for (other, cell) in row.iter_mut().enumerate().take(levels) {
                let distance = one.abs_diff(other) as f64 / range;
                *cell = match self.measure {
                    Measure::Congruence => 1.0 - distance,
                    Measure::Conflict => distance,
                    Measure::Subtract => 1.0 - 2.0 * distance,
                    Measure::Ignore | Measure::Affiliation(_) => 1.0,
                };
            }
        }
        Affinity { of, levels }
    }
}

/// The most levels of any scale.
pub(crate) const MOST_LEVELS: usize = 3;

/// One number for each level.
pub(crate) type Levels<T> = [T; MOST_LEVELS];

/// A box for each level.
pub(crate) type Boxes = Levels<[u32; 2]>;

/// What a pair of levels adds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Affinity {
    of: Levels<Levels<f64>>,
    pub(crate) levels: usize,
}

impl Affinity {
    pub(crate) fn of(&self, one: usize, other: usize) -> f64 {
        self.of[one][other]
    }

    /// Whether no pair of statements takes anything away.
    pub(crate) fn is_positive(&self) -> bool {
        self.of.iter().flatten().all(|adds| *adds >= 0.0)
    }

    /// Whether two statements at the same level add something.
    pub(crate) fn has_same(&self) -> bool {
        self.of[0][0] != 0.0
    }

    /// What statements of two nodes about one thing add to the weight.
    pub(crate) fn product(&self, one: &Levels<u32>, other: &Levels<u32>) -> f64 {
        let mut sum = 0.0;
        for (a, row) in one.iter().zip(&self.of) {
            if *a == 0 {
                continue;
            }
            for (b, adds) in other.iter().zip(row) {
                sum += f64::from(*a) * f64::from(*b) * adds;
            }
        }
        sum
    }
}
