//! Groups and their counts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use foldhash::fast::FixedState;
use serde::{Serialize, Serializer};

use super::super::answer::Ref;
use super::groups::{Group, Groups};
use super::units::written;
use super::{Axis, Dimension};

/// No more groups than this are kept: about a gigabyte of them.
const MOST_GROUPS: usize = 4_000_000;

/// The value of a group in one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// None.
    Nothing,
    /// A record, by its number among those of the tally.
    Record(u32),
    /// A word, by its number.
    Word(u32),
    /// A unit of time, by its number.
    Unit(i32),
}

/// There are more groups than can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there are more than {MOST_GROUPS} groups to count: give fewer properties with --per, or \
             select fewer claims"
        )
    }
}

impl std::error::Error for TooMany {}

/// Groups that are being counted.
#[derive(Debug)]
pub struct Tally {
    per: Vec<Dimension>,
    refs: Vec<Ref>,
    words: Vec<String>,
    numbers: HashMap<String, u32, FixedState>,
    groups: Groups,
}

impl Tally {
    /// No groups, by these properties.
    pub fn new(per: &[Dimension]) -> Self {
        Tally {
            per: per.to_vec(),
            refs: Vec::new(),
            words: Vec::new(),
            numbers: HashMap::default(),
            groups: Groups::new(per.len()),
        }
    }

    /// A record that was not there before, as a value.
    pub fn record(&mut self, record: Ref) -> Value {
        self.refs.push(record);
        Value::Record((self.refs.len() - 1) as u32)
    }

    /// A word as a value.
    pub fn word(&mut self, word: &str) -> Value {
        if let Some(known) = self.numbers.get(word) {
            return Value::Word(*known);
        }
        let number = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), number);
        Value::Word(number)
    }

    /// Counts a claim under each combination of its values. No axis has a value twice.
    ///
    /// # Errors
    /// Where there are too many groups.
    pub fn add(&mut self, axes: &[Axis], certain: bool) -> Result<(), TooMany> {
        let each = axes.iter().map(Vec::len);
        let all = each.fold(1, usize::saturating_mul);
        if all > MOST_GROUPS {
            return Err(TooMany);
        }
        let mut group = vec![Value::Nothing; self.per.len()];
        let mut at = vec![0; axes.len()];
        for _ in 0..all {
            let mut sure = certain;
            for (axis, nth) in axes.iter().zip(&at) {
                let (values, certain) = &axis[*nth];
                sure &= certain;
                for (place, value) in values {
                    group[*place] = *value;
                }
            }
            self.add_counts(&group, [u32::from(sure), 1])?;
            // The next combination: the last axis turns fastest.
            for (axis, nth) in axes.iter().zip(&mut at).rev() {
                *nth += 1;
                if *nth < axis.len() {
                    break;
                }
                *nth = 0;
            }
        }
        Ok(())
    }

    /// Adds to the counts of a group.
    ///
    /// # Errors
    /// Where there are too many groups.
    pub fn add_counts(&mut self, group: &[Value], more: [u32; 2]) -> Result<(), TooMany> {
        self.groups.add(group, more);
        if self.groups.are_more_than(MOST_GROUPS) {
            return Err(TooMany);
        }
        Ok(())
    }

    /// The groups in order: units of time ascending, then the most first, then by name.
    ///
    /// # Errors
    /// Where there are too many groups.
    pub fn counts(mut self) -> Result<Counts, TooMany> {
        self.groups.settle();
        if self.groups.are_more_than(MOST_GROUPS) {
            return Err(TooMany);
        }
        let order = Order::new(&self.per, &self.refs, &self.words);
        let (groups, order) = order.sorted(self.groups.into_vec());
        Ok(Counts {
            groups,
            order,
            per: self.per,
            refs: self.refs,
            words: self.words,
        })
    }
}

/// The order of groups, as numbers: comparing names each time would take long where there are many.
struct Order {
    /// The dimensions of time, then the others.
    dimensions: Vec<(usize, bool)>,
    refs: Vec<u32>,
    words: Vec<u32>,
}

/// What has no value comes last.
const LAST: u32 = u32::MAX;

impl Order {
    fn new(per: &[Dimension], refs: &[Ref], words: &[String]) -> Self {
        let mut dimensions: Vec<(usize, bool)> = (per.iter().enumerate())
            .map(|(nth, dimension)| (nth, dimension.is_time()))
            .collect();
        dimensions.sort_by_key(|(_, is_time)| !is_time);
        Order {
            dimensions,
            refs: ranks(refs, |one| (&one.name, &one.id)),
            words: ranks(words, |one| one),
        }
    }

    fn of(&self, value: Value) -> u32 {
        match value {
            Value::Nothing => LAST,
            Value::Record(nth) => self.refs.get(nth as usize).copied().unwrap_or(LAST),
            Value::Word(nth) => self.words.get(nth as usize).copied().unwrap_or(LAST),
            // In the order of the units, also before 1970.
            Value::Unit(unit) => unit as u32 ^ 1 << 31,
        }
    }

    /// Adds what a group is sorted by.
    fn key(&self, (group, [least, most]): &(Group, [u32; 2]), key: &mut Vec<u32>) {
        let times = self.dimensions.iter().take_while(|(_, is_time)| *is_time);
        key.extend(times.map(|(nth, _)| self.of(group.value(*nth))));
        key.extend([!most, !least]);
        let others = self.dimensions.iter().skip_while(|(_, is_time)| *is_time);
        key.extend(others.map(|(nth, _)| self.of(group.value(*nth))));
    }

    /// The groups, and their places in order.
    fn sorted(&self, groups: Vec<(Group, [u32; 2])>) -> (Vec<(Group, [u32; 2])>, Vec<u32>) {
        let stride = self.dimensions.len() + 2;
        let mut keys = Vec::with_capacity(groups.len() * stride);
        for group in &groups {
            self.key(group, &mut keys);
        }
        let order = match Packing::of(&keys, stride, groups.len()) {
            Some(packing) => packing.order(&keys, stride),
            None => {
                let mut all: Vec<u32> = (0..groups.len() as u32).collect();
                let key = |nth: &u32| {
                    let begin = *nth as usize * stride;
                    &keys[begin..begin + stride]
                };
                all.sort_unstable_by(|one, other| key(one).cmp(key(other)));
                all
            }
        };
        (groups, order)
    }
}

/// Keys as one number each, which ends with the number of its group: these are sorted several times as
/// quickly as keys of several numbers.
struct Packing {
    columns: Vec<PackedColumn>,
    /// The bits of the number of a group.
    nth: u32,
}

/// One number of each key.
#[derive(Clone, Copy)]
struct PackedColumn {
    /// The least and the greatest of all, [`LAST`] aside.
    least: u32,
    most: u32,
}

impl PackedColumn {
    /// How far it lies above the least; of [`LAST`] one more than of any other.
    fn above(self, number: u32) -> u64 {
        let last = u64::from(self.most - self.least) + 1;
        match number {
            LAST => last,
            _ => u64::from(number - self.least),
        }
    }

    fn bits(self) -> u32 {
        u64::BITS - self.above(LAST).leading_zeros()
    }
}

impl Packing {
    /// `None` where keys are too long for it.
    fn of(keys: &[u32], stride: usize, groups: usize) -> Option<Self> {
        let mut columns: Vec<Option<PackedColumn>> = vec![None; stride];
        for key in keys.chunks_exact(stride) {
            for (column, number) in columns.iter_mut().zip(key) {
                if *number != LAST {
                    let (least, most) = (*number, *number);
                    let known = column.get_or_insert(PackedColumn { least, most });
                    known.least = known.least.min(least);
                    known.most = known.most.max(most);
                }
            }
        }
        let none = PackedColumn { least: 0, most: 0 };
        let columns = columns.into_iter().map(|one| one.unwrap_or(none));
        let columns: Vec<PackedColumn> = columns.collect();
        let nth = usize::BITS - groups.leading_zeros();
        let all = columns.iter().map(|one| one.bits()).sum::<u32>() + nth;
        (all < u64::BITS).then_some(Packing { columns, nth })
    }

    /// The numbers of the groups, in the order of their keys.
    fn order(&self, keys: &[u32], stride: usize) -> Vec<u32> {
        let packed = |(key, nth): (&[u32], u64)| {
            let columns = self.columns.iter().zip(key);
            let key = columns.fold(0, |all, (column, number)| {
                all << column.bits() | column.above(*number)
            });
            key << self.nth | nth
        };
        let mut all: Vec<u64> = keys.chunks_exact(stride).zip(0..).map(packed).collect();
        annals_ordered_parallel::sort_by_key(&mut all, |one| *one);
        let last = (1_u64 << self.nth) - 1;
        all.into_iter().map(|one| (one & last) as u32).collect()
    }
}

/// The place of each item among all, in order.
fn ranks<'i, T, K: Ord>(items: &'i [T], key: impl Fn(&'i T) -> K) -> Vec<u32> {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    order.sort_by_key(|nth| key(&items[*nth as usize]));
    let mut ranks = vec![0; items.len()];
    for (rank, nth) in (0..).zip(order) {
        ranks[nth as usize] = rank;
    }
    ranks
}

/// Counted claims. Rows are made when they are asked for.
#[derive(Debug, Clone)]
pub struct Counts {
    per: Vec<Dimension>,
    refs: Vec<Ref>,
    words: Vec<String>,
    groups: Vec<(Group, [u32; 2])>,
    /// The places of the groups, in order.
    order: Vec<u32>,
}

impl Counts {
    /// The properties by which claims were counted.
    pub fn per(&self) -> &[Dimension] {
        &self.per
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Keeps the first rows.
    pub fn truncate(&mut self, rows: usize) {
        self.order.truncate(rows);
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = CountRow<'_>> {
        let order = self.order.get(range).unwrap_or_default().iter();
        order.map(|nth| self.row(&self.groups[*nth as usize]))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = CountRow<'_>> {
        self.rows(0..self.len())
    }

    fn row(&self, (group, count): &(Group, [u32; 2])) -> CountRow<'_> {
        let by = self.per.iter().enumerate().map(|(nth, dimension)| {
            let value = match group.value(nth) {
                Value::Nothing => ByRow::Nothing,
                Value::Record(nth) => {
                    (self.refs.get(nth as usize)).map_or(ByRow::Nothing, ByRow::Record)
                }
                Value::Word(nth) => (self.words.get(nth as usize))
                    .map_or(ByRow::Nothing, |word| ByRow::Word(Cow::Borrowed(word))),
                Value::Unit(unit) => ByRow::Word(Cow::Owned(written(*dimension, unit))),
            };
            (*dimension, value)
        });
        CountRow {
            by: by.collect(),
            count: count.map(|count| count as usize),
        }
    }
}

/// A group of claims and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountRow<'c> {
    /// Its value in each dimension.
    #[serde(serialize_with = "by")]
    pub by: Vec<(Dimension, ByRow<'c>)>,
    /// How many claims there are at least, and at most.
    pub count: [usize; 2],
}

/// The value of a group in one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ByRow<'c> {
    /// None.
    Nothing,
    /// A record.
    Record(&'c Ref),
    /// A word, or a unit of time.
    Word(Cow<'c, str>),
}

fn by<S: Serializer>(by: &[(Dimension, ByRow<'_>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        by.iter()
            .map(|(dimension, value)| (dimension.word(), value)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that are packed are in the order of those that are not.
    #[test]
    fn packed_keys_keep_their_order() {
        let mut number: u32 = 7;
        let mut next = || {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            number >> 8
        };
        for stride in 1..=5 {
            let mut keys = Vec::new();
            for _ in 0..500 * stride {
                keys.push(match next() % 5 {
                    0 => LAST,
                    1 => next() % 3,
                    _ => (1 << 31) + next() % 300,
                });
            }
            for column in 0..stride {
                // Narrow enough to be packed, but for one.
                if column > 0 {
                    keys.iter_mut()
                        .skip(column)
                        .step_by(stride)
                        .for_each(|one| {
                            *one = if *one == LAST { LAST } else { *one % 8 };
                        });
                }
            }
            let mut expected: Vec<u32> = (0..500).collect();
            expected.sort_by_key(|nth| {
                let begin = *nth as usize * stride;
                (keys[begin..begin + stride].to_vec(), *nth)
            });
            let packing = Packing::of(&keys, stride, 500).unwrap();
            assert_eq!(packing.order(&keys, stride), expected, "{stride}");
        }
        let wide: Vec<u32> = (0..30).map(|nth| nth * 100_000_000).collect();
        assert!(Packing::of(&wide, 3, 10).is_none());
    }
}
