//! Groups of claims and how many claims each has. Where there are few dimensions, the values of a group
//! are one number: there may be millions of groups.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::tally::Value;

/// At least, and at most.
type Count = [u32; 2];

/// So many values fit into a number.
const PACKED: usize = 3;
/// The bits of a value: which sort it is, and its number.
const BITS: usize = 34;

fn packed(values: &[Value]) -> u128 {
    values.iter().rev().fold(0, |all, value| {
        let (sort, number) = match *value {
            Value::Nothing => (0, 0),
            Value::Record(number) => (1, number),
            Value::Word(number) => (2, number),
            Value::Unit(unit) => (3, unit as u32),
        };
        all << BITS | sort << 32 | u128::from(number)
    })
}

fn unpacked(bits: u128) -> Value {
    let number = bits as u32;
    match bits >> 32 & 3 {
        0 => Value::Nothing,
        1 => Value::Record(number),
        2 => Value::Word(number),
        _ => Value::Unit(number as i32),
    }
}

/// So many groups are looked up one by one; where there are more, most of them have few claims, and they
/// are sorted now and then: looking each up would wait for memory each time.
const FEW: usize = 1 << 15;
/// More groups than this of several threads are not kept before those that are the same are brought together.
const MANY: usize = 1 << 22;

/// Groups that are being counted.
#[derive(Debug)]
pub struct Groups {
    /// How many values each has.
    width: usize,
    /// While there are few.
    few: HashMap<u128, Count, FixedState>,
    /// Once there are many. Those before `settled` are in order, each once; any may stand after them again.
    many: Vec<(u128, Count)>,
    settled: usize,
    long: HashMap<Box<[Value]>, Count, FixedState>,
}

impl Groups {
    /// None, of so many dimensions.
    pub fn new(width: usize) -> Self {
        Groups {
            width,
            few: HashMap::default(),
            many: Vec::new(),
            settled: 0,
            long: HashMap::default(),
        }
    }

    /// Whether there are certainly more groups than that; there may be, and not be known yet.
    pub fn are_more_than(&self, most: usize) -> bool {
        self.few.len() + self.settled + self.long.len() > most
    }

    /// Adds to the count of a group, which has a value for each dimension.
    pub fn add(&mut self, group: &[Value], more: Count) {
        if self.width > PACKED {
            if let Some(count) = self.long.get_mut(group) {
                sum(count, more);
            } else {
                self.long.insert(group.into(), more);
            }
            return;
        }
        let group = packed(group);
        if self.many.is_empty() {
            sum(self.few.entry(group).or_default(), more);
            if self.few.len() > FEW {
                self.many.extend(self.few.drain());
                self.settle();
            }
            return;
        }
        match self.many.last_mut() {
            Some((last, count)) if *last == group => sum(count, more),
            _ => self.many.push((group, more)),
        }
        if self.many.len() > 2 * self.settled + FEW {
            self.settle();
        }
    }

    /// Brings many groups into order, each once.
    pub fn settle(&mut self) {
        if self.settled == self.many.len() {
            return;
        }
        annals_ordered_parallel::sort_by_key(&mut self.many, |(group, _)| *group);
        self.many.dedup_by(|(later, more), (earlier, count)| {
            let is_same = later == earlier;
            if is_same {
                sum(count, *more);
            }
            is_same
        });
        self.settled = self.many.len();
    }

    /// Adds the groups of others, whose values mean the same.
    pub fn append(&mut self, mut others: Groups) {
        others.settle();
        self.many.extend(self.few.drain());
        self.many.extend(others.few.drain());
        self.many.append(&mut others.many);
        self.settled = 0;
        for (group, more) in others.long {
            sum(self.long.entry(group).or_default(), more);
        }
        if self.many.len() > MANY {
            self.settle();
        }
    }

    /// Puts another value in the place of each word: of which dimension it is, and its number.
    pub fn put_words(&mut self, mut put: impl FnMut(usize, u32) -> Value) {
        let mut put = |nth: usize, value: Value| match value {
            Value::Word(number) => put(nth, number),
            other => other,
        };
        self.many.extend(self.few.drain());
        let mut values = vec![Value::Nothing; self.width];
        for (group, _) in &mut self.many {
            for (nth, value) in values.iter_mut().enumerate() {
                *value = put(nth, unpacked(*group >> (nth * BITS)));
            }
            *group = packed(&values);
        }
        self.settled = 0;
        for (mut group, more) in std::mem::take(&mut self.long) {
            for (nth, value) in group.iter_mut().enumerate() {
                *value = put(nth, *value);
            }
            sum(self.long.entry(group).or_default(), more);
        }
    }

    /// All of them, in no order.
    pub(super) fn into_counted(mut self) -> Counted {
        self.settle();
        self.many.extend(self.few);
        Counted {
            packed: self.many,
            long: self.long.into_iter().collect(),
        }
    }
}

/// Groups that have been counted.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    packed: Vec<(u128, Count)>,
    long: Vec<(Box<[Value]>, Count)>,
}

impl Counted {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.packed.len() + self.long.len()
    }

    /// The value of a group in a dimension.
    pub(super) fn value(&self, group: usize, nth: usize) -> Value {
        match self.packed.get(group) {
            Some((packed, _)) => unpacked(packed >> (nth * BITS)),
            None => self.long[group - self.packed.len()].0[nth],
        }
    }

    /// How many claims a group has.
    pub(super) fn count(&self, group: usize) -> Count {
        match self.packed.get(group) {
            Some((_, count)) => *count,
            None => self.long[group - self.packed.len()].1,
        }
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
        for nth in 0..6 * FEW as u32 {
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
