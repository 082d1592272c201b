//! Groups of claims and how many claims each has. Where there are few dimensions, the values of a group
//! are one number: there may be millions of groups.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::tally::Value;
use annals_ordered_parallel::{make_all, sort_by_key, sort_by_number};

/// At least, and at most.
type Count = [u32; 2];

/// The bits of a packed value: which sort it is, and its number.
const BITS: u32 = 32;
const NUMBER: u32 = 30;
/// What is added to a unit, which may be negative.
const MIDDLE: i64 = 1 << (NUMBER - 1);

/// A value in so many bits, if its number is small enough.
fn packed(value: Value) -> Option<u32> {
    let (sort, number) = match value {
        Value::Nothing => (0, 0),
        Value::Record(number) => (1, number),
        Value::Word(number) => (2, number),
        Value::Unit(unit) => (3, u32::try_from(i64::from(unit) + MIDDLE).ok()?),
    };
    (number >> NUMBER == 0).then_some(sort << NUMBER | number)
}

fn unpacked(bits: u32) -> Value {
    let number = bits & ((1 << NUMBER) - 1);
    match bits >> NUMBER {
        0 => Value::Nothing,
        1 => Value::Record(number),
        2 => Value::Word(number),
        _ => Value::Unit((i64::from(number) - MIDDLE) as i32),
    }
}

/// The values of a group as one number, the first of them first.
trait Key: Copy + Ord + Default + Send + Sync {
    /// With another value after those that are there.
    fn then(self, value: u32) -> Self;
    /// The value that has so many after it.
    fn before(self, others: usize) -> u32;
    fn sort(groups: &mut [(Self, Count)]);

    /// `None` where a number is too great.
    fn of(values: &[Value]) -> Option<Self> {
        let with = |key: Self, value: &Value| Some(key.then(packed(*value)?));
        values.iter().try_fold(Self::default(), with)
    }

    /// One of the values, of so many.
    fn value(self, nth: usize, width: usize) -> Value {
        unpacked(self.before(width - 1 - nth))
    }
}

impl Key for u64 {
    fn then(self, value: u32) -> u64 {
        self << BITS | u64::from(value)
    }

    fn before(self, others: usize) -> u32 {
        (self >> (others as u32 * BITS)) as u32
    }

    fn sort(groups: &mut [(u64, Count)]) {
        sort_by_number(groups, |(key, _)| *key);
    }
}

impl Key for u128 {
    fn then(self, value: u32) -> u128 {
        self << BITS | u128::from(value)
    }

    fn before(self, others: usize) -> u32 {
        (self >> (others as u32 * BITS)) as u32
    }

    fn sort(groups: &mut [(u128, Count)]) {
        sort_by_key(groups, |(key, _)| *key);
    }
}

/// So many groups are noted before those that are the same are brought together: looking each up would wait
/// for memory each time.
const FEW: usize = 1 << 17;
/// More groups than this of several threads are not kept before that is done.
const MANY: usize = 1 << 22;

/// Groups as numbers. Those before `settled` are in order, each once; any may stand after them again.
#[derive(Debug, Clone)]
struct Noted<K> {
    all: Vec<(K, Count)>,
    settled: usize,
}

impl<K: Key> Noted<K> {
    const NONE: Self = Noted {
        all: Vec::new(),
        settled: 0,
    };

    fn add(&mut self, group: K, more: Count) {
        match self.all.last_mut() {
            Some((last, count)) if *last == group => sum(count, more),
            _ => self.all.push((group, more)),
        }
        if self.all.len() > 2 * self.settled + FEW {
            self.settle();
        }
    }

    /// Brings groups into order, each once.
    fn settle(&mut self) {
        if self.settled == self.all.len() {
            return;
        }
        K::sort(&mut self.all);
        self.all.dedup_by(|(later, more), (earlier, count)| {
            let is_same = later == earlier;
            if is_same {
                sum(count, *more);
            }
            is_same
        });
        self.settled = self.all.len();
    }

    fn put_in_order(&mut self, order: &[u32]) {
        self.all = make_all(order.len(), |nth| self.all[order[nth] as usize]);
    }

    fn append(&mut self, mut others: Self) {
        if self.all.is_empty() {
            *self = others;
            return;
        }
        self.all.append(&mut others.all);
        self.settled = 0;
        if self.all.len() > MANY {
            self.settle();
        }
    }
}

/// Groups that are being counted.
#[derive(Debug)]
pub struct Groups {
    /// How many values each has.
    width: usize,
    packed: Packed,
    /// Those that are not packed.
    long: HashMap<Box<[Value]>, Count, FixedState>,
}

/// Groups as numbers of the size that they need.
#[derive(Debug, Clone)]
enum Packed {
    Two(Noted<u64>),
    Four(Noted<u128>),
}

/// Does the same with the groups, whatever the size of their numbers.
macro_rules! of_any_size {
    ($packed:expr, $noted:ident => $body:expr) => {
        match $packed {
            Packed::Two($noted) => $body,
            Packed::Four($noted) => $body,
        }
    };
}

impl Groups {
    /// None, of so many dimensions.
    pub fn new(width: usize) -> Self {
        Groups {
            width,
            packed: match width {
                0..=2 => Packed::Two(Noted::NONE),
                _ => Packed::Four(Noted::NONE),
            },
            long: HashMap::default(),
        }
    }

    /// Whether there are certainly more groups than that; there may be, and not be known yet.
    pub fn are_more_than(&self, most: usize) -> bool {
        let settled = of_any_size!(&self.packed, noted => noted.settled);
        settled + self.long.len() > most
    }

    /// Adds to the count of a group, which has a value for each dimension.
    pub fn add(&mut self, group: &[Value], more: Count) {
        match &mut self.packed {
            Packed::Two(noted) => {
                if let Some(key) = Key::of(group) {
                    return noted.add(key, more);
                }
            }
            Packed::Four(noted) => {
                if group.len() <= 4
                    && let Some(key) = Key::of(group)
                {
                    return noted.add(key, more);
                }
            }
        }
        if let Some(count) = self.long.get_mut(group) {
            sum(count, more);
        } else {
            self.long.insert(group.into(), more);
        }
    }

    /// Brings the groups into order, each once.
    pub fn settle(&mut self) {
        of_any_size!(&mut self.packed, noted => noted.settle());
    }

    /// Does so where that leaves few of them. Where there are many, it is done once with those of other threads.
    pub fn settle_if_few(&mut self) {
        of_any_size!(&mut self.packed, noted => if noted.settled < FEW / 4 {
            noted.settle();
        });
    }

    /// Adds the groups of others, whose values mean the same.
    pub fn append(&mut self, others: Groups) {
        match (&mut self.packed, others.packed) {
            (Packed::Two(noted), Packed::Two(others)) => noted.append(others),
            (Packed::Four(noted), Packed::Four(others)) => noted.append(others),
            _ => unreachable!("of other dimensions"),
        }
        for (group, more) in others.long {
            sum(self.long.entry(group).or_default(), more);
        }
    }

    /// Puts another value in the place of each word: of which dimension it is, and its number.
    pub fn put_words(&mut self, mut put: impl FnMut(usize, u32) -> Value) {
        let before = std::mem::replace(self, Groups::new(self.width));
        let mut values = vec![Value::Nothing; self.width];
        let mut put_all = |values: &mut [Value]| {
            for (nth, value) in values.iter_mut().enumerate() {
                if let Value::Word(number) = *value {
                    *value = put(nth, number);
                }
            }
        };
        of_any_size!(before.packed, noted => for (group, more) in noted.all {
            for (nth, value) in values.iter_mut().enumerate() {
                *value = group.value(nth, self.width);
            }
            put_all(&mut values);
            self.add(&values, more);
        });
        for (mut group, more) in before.long {
            put_all(&mut group);
            self.add(&group, more);
        }
    }

    /// All of them, in no order.
    pub(super) fn into_counted(mut self) -> Counted {
        self.settle();
        Counted {
            width: self.width,
            packed: self.packed,
            long: self.long.into_iter().collect(),
            order: Vec::new(),
        }
    }
}

/// Groups that have been counted.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    width: usize,
    packed: Packed,
    /// They come after the others.
    long: Vec<(Box<[Value]>, Count)>,
    /// The places of the groups, where they do not stand in the order in which they are shown.
    order: Vec<u32>,
}

impl Counted {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.packed() + self.long.len()
    }

    fn packed(&self) -> usize {
        of_any_size!(&self.packed, noted => noted.all.len())
    }

    /// Puts the groups into an order, of their places as they are now.
    pub(super) fn put_in_order(&mut self, order: Vec<u32>) {
        if self.long.is_empty() {
            // Rows are shown one after the other: a place elsewhere for each would have to be waited for.
            of_any_size!(&mut self.packed, noted => noted.put_in_order(&order));
        } else {
            self.order = order;
        }
    }

    fn place(&self, group: usize) -> usize {
        (self.order.get(group)).map_or(group, |place| *place as usize)
    }

    /// The value of a group in a dimension.
    pub(super) fn value(&self, group: usize, nth: usize) -> Value {
        let place = self.place(group);
        of_any_size!(&self.packed, noted => match noted.all.get(place) {
            Some((key, _)) => key.value(nth, self.width),
            None => self.long[place - noted.all.len()].0[nth],
        })
    }

    /// How many claims a group has.
    pub(super) fn count(&self, group: usize) -> Count {
        let place = self.place(group);
        of_any_size!(&self.packed, noted => match noted.all.get(place) {
            Some((_, count)) => *count,
            None => self.long[place - noted.all.len()].1,
        })
    }
}

fn sum(count: &mut Count, more: Count) {
    count[0] = count[0].saturating_add(more[0]);
    count[1] = count[1].saturating_add(more[1]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_whatever_they_are() {
        let values = [
            Value::Nothing,
            Value::Record(0),
            Value::Record(u32::MAX),
            Value::Word(7),
            Value::Unit(-1),
            Value::Unit(i32::MIN),
            Value::Unit(i32::MAX),
            Value::Record((1 << NUMBER) - 1),
            Value::Unit(MIDDLE as i32 - 1),
            Value::Unit(-MIDDLE as i32),
        ];
        for width in 1..=5 {
            for turn in 0..values.len() {
                let group: Vec<Value> = (0..width)
                    .map(|nth| values[(turn + 2 * nth) % values.len()])
                    .collect();
                let mut groups = Groups::new(width);
                groups.add(&group, [1, 2]);
                groups.add(&group, [0, 1]);
                let mut others = Groups::new(width);
                others.add(&group, [2, 4]);
                groups.append(others);
                let all = groups.into_counted();
                assert_eq!(all.len(), 1);
                let back: Vec<Value> = (0..width).map(|nth| all.value(0, nth)).collect();
                assert_eq!((back, all.count(0)), (group, [3, 7]));
            }
        }
    }

    /// Few are looked up, many are sorted; what is counted is the same.
    #[test]
    fn many_groups_are_counted_as_few_are() {
        let mut groups = Groups::new(2);
        let mut expected: HashMap<[Value; 2], Count> = HashMap::new();
        let mut number: u32 = 1;
        for nth in 0..3 * FEW as u32 {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Some come once, some often, some in a row.
            let record = if nth % 3 == 0 { number % 50 } else { nth / 2 };
            let group = [Value::Record(record), Value::Unit(number as i32 >> 30)];
            let more = [number & 1, 1];
            groups.add(&group, more);
            let count = expected.entry(group).or_default();
            *count = [count[0] + more[0], count[1] + more[1]];
        }
        let distinct = expected.len();
        groups.settle();
        assert!(distinct > FEW && groups.are_more_than(distinct - 1));
        assert!(!groups.are_more_than(distinct));
        let all = groups.into_counted();
        assert_eq!(all.len(), distinct);
        for nth in 0..all.len() {
            let group = [all.value(nth, 0), all.value(nth, 1)];
            assert_eq!(expected[&group], all.count(nth));
        }
    }
}
