//! Groups and their counts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;
use std::ops::Range;

use foldhash::fast::FixedState;
use serde::{Serialize, Serializer};
use smallvec::SmallVec;

use super::super::answer::Ref;
use super::groups::{Counted, Groups};
use super::units::Written;
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

    /// The same, with records as values: their numbers are their places.
    pub fn with_records(per: &[Dimension], records: Vec<Ref>) -> Self {
        Tally {
            refs: records,
            ..Tally::new(per)
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

    /// Adds groups that were counted elsewhere, with the values of this tally.
    ///
    /// # Errors
    /// Where there are too many groups.
    pub fn append(&mut self, groups: Groups) -> Result<(), TooMany> {
        self.groups.append(groups);
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
        let mut groups = self.groups.into_counted();
        let order = Order::new(&self.per, &self.refs, &self.words).of_groups(&groups);
        groups.put_in_order(order);
        Ok(Counts {
            units: written_units(&self.per, &groups),
            rows: groups.len(),
            groups,
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

    /// What a group is sorted by.
    fn key(&self, groups: &Counted, group: usize, key: &mut Vec<u32>) {
        key.clear();
        let [least, most] = groups.count(group);
        let times = self.dimensions.iter().take_while(|(_, is_time)| *is_time);
        key.extend(times.map(|(nth, _)| self.of(groups.value(group, *nth))));
        key.extend([!most, !least]);
        let others = self.dimensions.iter().skip_while(|(_, is_time)| *is_time);
        key.extend(others.map(|(nth, _)| self.of(groups.value(group, *nth))));
    }

    /// The places of the groups, in order.
    fn of_groups(&self, groups: &Counted) -> Vec<u32> {
        let stride = self.dimensions.len() + 2;
        let mut columns = PackedColumns::new(stride);
        in_spans(
            groups.len(),
            |span| {
                let (mut columns, mut key) = (PackedColumns::new(stride), Vec::new());
                for group in span {
                    self.key(groups, group, &mut key);
                    columns.note(&key);
                }
                columns
            },
            |more| columns.join(&more),
        );
        let Some(packing) = columns.packing() else {
            let key = |group: u32| {
                let mut key = Vec::with_capacity(stride);
                self.key(groups, group as usize, &mut key);
                key
            };
            let mut all: Vec<u32> = (0..groups.len() as u32).collect();
            all.sort_by_cached_key(|group| key(*group));
            return all;
        };
        let mut all: Vec<(u64, u32)> = Vec::with_capacity(groups.len());
        in_spans(
            groups.len(),
            |span| {
                let mut key = Vec::new();
                let packed = span.map(|group| {
                    self.key(groups, group, &mut key);
                    (packing.packed(&key), group as u32)
                });
                packed.collect()
            },
            |mut some: Vec<(u64, u32)>| all.append(&mut some),
        );
        annals_ordered_parallel::sort_by_number(&mut all, |(key, _)| *key);
        all.into_iter().map(|(_, group)| group).collect()
    }
}

/// Goes through many groups, by several threads; what each gives is taken in order.
fn in_spans<R: Send>(
    groups: usize,
    each: impl Fn(Range<usize>) -> R + Sync,
    mut take: impl FnMut(R),
) {
    /// How many one thread goes through at once.
    const EACH: usize = 1 << 16;
    let starts = (0..groups).step_by(EACH);
    let threads = annals_ordered_parallel::threads(starts.len());
    let Ok(()) = annals_ordered_parallel::for_each_ordered(
        starts,
        threads,
        |start: usize| each(start..groups.min(start + EACH)),
        |result| {
            take(result);
            Ok::<(), Infallible>(())
        },
    );
}

/// The units of time of all groups as answers write them, by dimension.
fn written_units(per: &[Dimension], groups: &Counted) -> Vec<Written> {
    let mut all = vec![Written::default(); per.len()];
    let of_span = |span: Range<usize>| {
        let mut some = vec![Written::default(); per.len()];
        for (nth, dimension) in per.iter().enumerate().filter(|(_, of)| of.is_time()) {
            for group in span.clone() {
                if let Value::Unit(unit) = groups.value(group, nth) {
                    some[nth].add(*dimension, unit);
                }
            }
        }
        some
    };
    in_spans(groups.len(), of_span, |some| {
        for (written, more) in all.iter_mut().zip(some) {
            written.append(more);
        }
    });
    all
}

/// Keys as one number each: these are sorted several times as quickly as keys of several numbers.
struct Packing(Vec<PackedColumn>);

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

/// How long the numbers of keys are, of each column.
struct PackedColumns(Vec<Option<PackedColumn>>);

impl PackedColumns {
    fn new(stride: usize) -> Self {
        PackedColumns(vec![None; stride])
    }

    /// Takes note of a key.
    fn note(&mut self, key: &[u32]) {
        for (column, number) in self.0.iter_mut().zip(key) {
            if *number != LAST {
                let (least, most) = (*number, *number);
                join(column, PackedColumn { least, most });
            }
        }
    }

    /// Takes note of the keys that others have noted.
    fn join(&mut self, others: &PackedColumns) {
        for (column, other) in self.0.iter_mut().zip(&others.0) {
            if let Some(other) = other {
                join(column, *other);
            }
        }
    }

    /// `None` where keys are too long to be one number.
    fn packing(self) -> Option<Packing> {
        let none = PackedColumn { least: 0, most: 0 };
        let columns = self.0.into_iter().map(|one| one.unwrap_or(none));
        let columns: Vec<PackedColumn> = columns.collect();
        let all: u32 = columns.iter().map(|one| one.bits()).sum();
        (all < u64::BITS).then_some(Packing(columns))
    }
}

fn join(column: &mut Option<PackedColumn>, other: PackedColumn) {
    let known = column.get_or_insert(other);
    known.least = known.least.min(other.least);
    known.most = known.most.max(other.most);
}

impl Packing {
    /// A key as one number.
    fn packed(&self, key: &[u32]) -> u64 {
        let columns = self.0.iter().zip(key);
        columns.fold(0, |all, (column, number)| {
            all << column.bits() | column.above(*number)
        })
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
    /// Of each dimension of time its units, written.
    units: Vec<Written>,
    /// In order; those after the rows are left out.
    groups: Counted,
    rows: usize,
}

impl Counts {
    /// The properties by which claims were counted.
    pub fn per(&self) -> &[Dimension] {
        &self.per
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Keeps the first rows.
    pub fn truncate(&mut self, rows: usize) {
        self.rows = self.rows.min(rows);
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = CountRow<'_>> {
        self.rows_with(range, &self.refs)
    }

    /// The records that the rows name.
    pub fn refs(&self) -> &[Ref] {
        &self.refs
    }

    /// Some of the rows, with something else in the place of each of these records.
    pub fn rows_with<'c, R>(
        &'c self,
        range: Range<usize>,
        instead: &'c [R],
    ) -> impl Iterator<Item = CountRow<'c, R>> {
        range
            .take_while(|nth| *nth < self.rows)
            .map(|nth| self.row(nth, instead))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = CountRow<'_>> {
        self.rows(0..self.len())
    }

    fn row<'c, R>(&'c self, group: usize, records: &'c [R]) -> CountRow<'c, R> {
        let by = self.per.iter().enumerate().map(|(nth, dimension)| {
            let word = |word| ByRow::Word(Cow::Borrowed(word));
            let value = match self.groups.value(group, nth) {
                Value::Nothing => None,
                Value::Record(nth) => records.get(nth as usize).map(ByRow::Record),
                Value::Word(nth) => self.words.get(nth as usize).map(|one| word(one)),
                Value::Unit(unit) => self.units[nth].get(unit).map(word),
            };
            (*dimension, value.unwrap_or(ByRow::Nothing))
        });
        CountRow {
            by: by.collect(),
            count: self.groups.count(group).map(|count| count as usize),
        }
    }
}

/// A group of claims and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(bound = "R: Serialize")]
pub struct CountRow<'c, R = Ref> {
    /// Its value in each dimension.
    #[serde(serialize_with = "by")]
    pub by: SmallVec<[(Dimension, ByRow<'c, R>); 3]>,
    /// How many claims there are at least, and at most.
    pub count: [usize; 2],
}

/// The value of a group in one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ByRow<'c, R = Ref> {
    /// None.
    Nothing,
    /// A record.
    Record(&'c R),
    /// A word, or a unit of time.
    Word(Cow<'c, str>),
}

fn by<S: Serializer, R: Serialize>(
    by: &[(Dimension, ByRow<'_, R>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        by.iter()
            .map(|(dimension, value)| (dimension.word(), value)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packing(keys: &[u32], stride: usize) -> Option<Packing> {
        let mut columns = PackedColumns::new(stride);
        let (some, others) = keys.split_at(keys.len() / stride / 2 * stride);
        some.chunks_exact(stride).for_each(|key| columns.note(key));
        let mut more = PackedColumns::new(stride);
        others.chunks_exact(stride).for_each(|key| more.note(key));
        columns.join(&more);
        columns.packing()
    }

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
            let packing = packing(&keys, stride).unwrap();
            let mut order: Vec<u32> = (0..500).collect();
            let key = |nth: u32| &keys[nth as usize * stride..][..stride];
            order.sort_by_key(|nth| (packing.packed(key(*nth)), *nth));
            assert_eq!(order, expected, "{stride}");
        }
        let wide: Vec<u32> = (0..30).map(|nth| nth * 100_000_000).collect();
        assert!(packing(&wide, 3).is_none());
    }
}
