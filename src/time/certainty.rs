//! Three-valued answers to questions about uncertain dates.

use serde::Serialize;

/// Whether something holds when the dates are only partly known.
///
/// ```
/// use annals_time::Certainty::{Certainly, Never, Possibly};
///
/// assert_eq!(Certainly.and(Possibly), Possibly);
/// assert_eq!(Possibly.or(Never), Possibly);
/// assert_eq!(Never.not(), Certainly);
/// assert!(Possibly.is_possible() && !Possibly.is_certain());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// It holds in no reading of the dates.
    Never,
    /// It holds in some readings of the dates and not in others.
    Possibly,
    /// It holds in every reading of the dates.
    Certainly,
}

impl Certainty {
    /// `Certainly` if it holds, else `Never`.
    pub fn from_truth(holds: bool) -> Certainty {
        if holds {
            Certainty::Certainly
        } else {
            Certainty::Never
        }
    }

    /// Both hold, as far as the two values alone decide it (Kleene's strong conjunction).
    pub fn and(self, other: Certainty) -> Certainty {
        self.min(other)
    }

    /// At least one holds, as far as the two values alone decide it (Kleene's strong disjunction).
    pub fn or(self, other: Certainty) -> Certainty {
        self.max(other)
    }

    /// The negation.
    #[allow(clippy::should_implement_trait)] // `!certainty` reads worse than `certainty.not()`.
    pub fn not(self) -> Certainty {
        match self {
            Certainty::Never => Certainty::Certainly,
            Certainty::Possibly => Certainty::Possibly,
            Certainty::Certainly => Certainty::Never,
        }
    }

    /// Not ruled out.
    pub fn is_possible(self) -> bool {
        self != Certainty::Never
    }

    /// Holds in every reading.
    pub fn is_certain(self) -> bool {
        self == Certainty::Certainly
    }

    /// The name used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Never => "never",
            Certainty::Possibly => "possibly",
            Certainty::Certainly => "certainly",
        }
    }
}
