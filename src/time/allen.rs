//! Allen's interval relations, and sets of them.
//!
//! Source: J. F. Allen, *Maintaining Knowledge about Temporal Intervals*, 1983. A stretch has a
//! start *s* before its end *e*; stretches that only touch share no moment.

use std::fmt;

use serde::{Serialize, Serializer};

/// The thirteen relations of which exactly one holds between two stretches of time.
///
/// ```
/// use annals_time::Allen;
///
/// assert_eq!(Allen::between((1, 4), (2, 6)), Some(Allen::Overlaps));
/// assert_eq!(Allen::Overlaps.inverse(), Allen::OverlappedBy);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Allen {
    /// e₁ < s₂
    Before,
    /// e₁ = s₂
    Meets,
    /// s₁ < s₂ < e₁ < e₂
    Overlaps,
    /// s₁ = s₂, e₁ < e₂
    Starts,
    /// s₂ < s₁, e₁ < e₂
    During,
    /// s₂ < s₁, e₁ = e₂
    Finishes,
    /// s₁ = s₂, e₁ = e₂
    Equals,
    /// The inverse of before: e₂ < s₁
    After,
    /// The inverse of meets: e₂ = s₁
    MetBy,
    /// The inverse of overlaps: s₂ < s₁ < e₂ < e₁
    OverlappedBy,
    /// The inverse of starts: s₁ = s₂, e₂ < e₁
    StartedBy,
    /// The inverse of during: s₁ < s₂, e₂ < e₁
    Contains,
    /// The inverse of finishes: s₁ < s₂, e₁ = e₂
    FinishedBy,
}

impl Allen {
    /// All thirteen: the forward relations, then their inverses.
    pub const ALL: [Allen; 13] = [
        Allen::Before,
        Allen::Meets,
        Allen::Overlaps,
        Allen::Starts,
        Allen::During,
        Allen::Finishes,
        Allen::Equals,
        Allen::After,
        Allen::MetBy,
        Allen::OverlappedBy,
        Allen::StartedBy,
        Allen::Contains,
        Allen::FinishedBy,
    ];

    /// The relation between two stretches, each a start and a later end; `None` if either is empty
    /// or reversed.
    pub fn between<T: Ord>(first: (T, T), second: (T, T)) -> Option<Allen> {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let ((start_1, end_1), (start_2, end_2)) = (first, second);
        if start_1 >= end_1 || start_2 >= end_2 {
            return None;
        }
        Some(match (end_1.cmp(&start_2), end_2.cmp(&start_1)) {
            (Less, _) => Allen::Before,
            (Equal, _) => Allen::Meets,
            (_, Less) => Allen::After,
            (_, Equal) => Allen::MetBy,
            (Greater, Greater) => match (start_1.cmp(&start_2), end_1.cmp(&end_2)) {
                (Less, Less) => Allen::Overlaps,
                (Less, Equal) => Allen::FinishedBy,
                (Less, Greater) => Allen::Contains,
                (Equal, Less) => Allen::Starts,
                (Equal, Equal) => Allen::Equals,
                (Equal, Greater) => Allen::StartedBy,
                (Greater, Less) => Allen::During,
                (Greater, Equal) => Allen::Finishes,
                (Greater, Greater) => Allen::OverlappedBy,
            },
        })
    }

    /// The relation with the two stretches swapped.
    pub fn inverse(self) -> Allen {
        match self {
            Allen::Before => Allen::After,
            Allen::Meets => Allen::MetBy,
            Allen::Overlaps => Allen::OverlappedBy,
            Allen::Starts => Allen::StartedBy,
            Allen::During => Allen::Contains,
            Allen::Finishes => Allen::FinishedBy,
            Allen::Equals => Allen::Equals,
            Allen::After => Allen::Before,
            Allen::MetBy => Allen::Meets,
            Allen::OverlappedBy => Allen::Overlaps,
            Allen::StartedBy => Allen::Starts,
            Allen::Contains => Allen::During,
            Allen::FinishedBy => Allen::Finishes,
        }
    }

    /// The name used in fact files.
    pub fn as_str(self) -> &'static str {
        match self {
            Allen::Before => "before",
            Allen::Meets => "meets",
            Allen::Overlaps => "overlaps",
            Allen::Starts => "starts",
            Allen::During => "during",
            Allen::Finishes => "finishes",
            Allen::Equals => "equals",
            Allen::After => "after",
            Allen::MetBy => "met_by",
            Allen::OverlappedBy => "overlapped_by",
            Allen::StartedBy => "started_by",
            Allen::Contains => "contains",
            Allen::FinishedBy => "finished_by",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Allen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of Allen relations, read as a disjunction: one of them holds.
///
/// ```
/// use annals_time::{Allen, AllenSet};
///
/// let touching = AllenSet::from(Allen::Meets) | Allen::MetBy.into();
/// assert!(touching.is_subset_of(AllenSet::DISJOINT));
/// assert_eq!(touching.to_string(), "meets or met_by");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AllenSet(u16);

impl AllenSet {
    /// The empty set: contradictory.
    pub const EMPTY: AllenSet = AllenSet(0);
    /// All relations: no constraint.
    pub const ALL: AllenSet = AllenSet((1 << Allen::ALL.len()) - 1);
    /// `starts_before`: s₁ < s₂.
    pub const STARTS_BEFORE: AllenSet = AllenSet::having(&[
        Allen::Before,
        Allen::Meets,
        Allen::Overlaps,
        Allen::Contains,
        Allen::FinishedBy,
    ]);
    /// `ends_before`: e₁ < e₂.
    pub const ENDS_BEFORE: AllenSet = AllenSet::having(&[
        Allen::Before,
        Allen::Meets,
        Allen::Overlaps,
        Allen::Starts,
        Allen::During,
    ]);
    /// `before_or_meets`: e₁ ≤ s₂.
    pub const BEFORE_OR_MEETS: AllenSet = AllenSet::having(&[Allen::Before, Allen::Meets]);
    /// `disjoint`: they share no moment.
    pub const DISJOINT: AllenSet =
        AllenSet::having(&[Allen::Before, Allen::Meets, Allen::After, Allen::MetBy]);
    /// `overlapping`: they share a moment.
    pub const OVERLAPPING: AllenSet = AllenSet(AllenSet::ALL.0 & !AllenSet::DISJOINT.0);

    const fn having(relations: &[Allen]) -> AllenSet {
        let (mut bits, mut index) = (0, 0);
        while index < relations.len() {
            bits |= relations[index].bit();
            index += 1;
        }
        AllenSet(bits)
    }

    /// The set that a [`RelationName`] stands for; `None` for any other name.
    pub fn from_name(name: &str) -> Option<AllenSet> {
        RelationName::from_name(name).map(RelationName::set)
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The number of relations in the set.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether the set contains the relation.
    pub fn contains(self, relation: Allen) -> bool {
        self.0 & relation.bit() != 0
    }

    /// Whether every relation of this set is in the other.
    pub fn is_subset_of(self, other: AllenSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// The relations in either set.
    pub fn union(self, other: AllenSet) -> AllenSet {
        AllenSet(self.0 | other.0)
    }

    /// The relations in both sets.
    pub fn intersection(self, other: AllenSet) -> AllenSet {
        AllenSet(self.0 & other.0)
    }

    /// The set with the two stretches swapped.
    pub fn inverse(self) -> AllenSet {
        self.iter().map(Allen::inverse).collect()
    }

    /// The single relation, if there is exactly one.
    pub fn only(self) -> Option<Allen> {
        let mut all = self.iter();
        all.next().filter(|_| all.next().is_none())
    }

    /// Its relations, in the order of [`Allen::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Allen> {
        Allen::ALL
            .into_iter()
            .filter(move |&relation| self.contains(relation))
    }
}

impl From<Allen> for AllenSet {
    fn from(relation: Allen) -> AllenSet {
        AllenSet(relation.bit())
    }
}

impl FromIterator<Allen> for AllenSet {
    fn from_iter<I: IntoIterator<Item = Allen>>(relations: I) -> AllenSet {
        relations
            .into_iter()
            .fold(AllenSet::EMPTY, |set, relation| set | relation.into())
    }
}

impl std::ops::BitOr for AllenSet {
    type Output = AllenSet;

    fn bitor(self, other: AllenSet) -> AllenSet {
        self.union(other)
    }
}

impl std::ops::BitAnd for AllenSet {
    type Output = AllenSet;

    fn bitand(self, other: AllenSet) -> AllenSet {
        self.intersection(other)
    }
}

impl fmt::Display for AllenSet {
    /// The shortest name, or the relations joined by "or".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = RelationName::ALL.iter().find(|name| name.set() == *self) {
            return f.write_str(name.as_str());
        }
        let names: Vec<&str> = self.iter().map(Allen::as_str).collect();
        f.write_str(if names.is_empty() { "no relation" } else { "" })?;
        f.write_str(&names.join(" or "))
    }
}

impl Serialize for AllenSet {
    /// Serialized as a list of names.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// A relation name that an order can use: one of Allen's relations, or one of five unions of them.
///
/// ```
/// use annals_time::{AllenSet, RelationName};
///
/// let name = RelationName::from_name("before_or_meets").ok_or("unknown")?;
/// assert_eq!(name.set(), AllenSet::BEFORE_OR_MEETS);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationName {
    /// One of the thirteen.
    Allen(Allen),
    /// s₁ < s₂
    StartsBefore,
    /// e₁ < e₂
    EndsBefore,
    /// e₁ ≤ s₂
    BeforeOrMeets,
    /// They share a moment.
    Overlapping,
    /// They share no moment.
    Disjoint,
}

impl RelationName {
    /// All names, the thirteen first.
    pub const ALL: [RelationName; 18] = [
        RelationName::Allen(Allen::ALL[0]),
        RelationName::Allen(Allen::ALL[1]),
        RelationName::Allen(Allen::ALL[2]),
        RelationName::Allen(Allen::ALL[3]),
        RelationName::Allen(Allen::ALL[4]),
        RelationName::Allen(Allen::ALL[5]),
        RelationName::Allen(Allen::ALL[6]),
        RelationName::Allen(Allen::ALL[7]),
        RelationName::Allen(Allen::ALL[8]),
        RelationName::Allen(Allen::ALL[9]),
        RelationName::Allen(Allen::ALL[10]),
        RelationName::Allen(Allen::ALL[11]),
        RelationName::Allen(Allen::ALL[12]),
        RelationName::StartsBefore,
        RelationName::EndsBefore,
        RelationName::BeforeOrMeets,
        RelationName::Overlapping,
        RelationName::Disjoint,
    ];

    /// The name used in fact files.
    pub fn as_str(self) -> &'static str {
        match self {
            RelationName::Allen(relation) => relation.as_str(),
            RelationName::StartsBefore => "starts_before",
            RelationName::EndsBefore => "ends_before",
            RelationName::BeforeOrMeets => "before_or_meets",
            RelationName::Overlapping => "overlapping",
            RelationName::Disjoint => "disjoint",
        }
    }

    /// The relation with this name; `None` for any other name.
    pub fn from_name(name: &str) -> Option<RelationName> {
        RelationName::ALL
            .into_iter()
            .find(|relation| relation.as_str() == name)
    }

    /// The set of relations that the name stands for.
    pub fn set(self) -> AllenSet {
        match self {
            RelationName::Allen(relation) => relation.into(),
            RelationName::StartsBefore => AllenSet::STARTS_BEFORE,
            RelationName::EndsBefore => AllenSet::ENDS_BEFORE,
            RelationName::BeforeOrMeets => AllenSet::BEFORE_OR_MEETS,
            RelationName::Overlapping => AllenSet::OVERLAPPING,
            RelationName::Disjoint => AllenSet::DISJOINT,
        }
    }
}
