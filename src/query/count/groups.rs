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

/// The values of a group, one for each dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Group {
    Packed(u128),
    Long(Box<[Value]>),
}

impl Group {
    /// Its value in a dimension.
    pub(super) fn value(&self, nth: usize) -> Value {
        match self {
            Group::Packed(packed) => unpacked(packed >> (nth * BITS)),
            Group::Long(values) => values[nth],
        }
    }
}

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

/// Groups that are being counted.
#[derive(Debug)]
pub struct Groups {
    /// How many values each has.
    width: usize,
    packed: HashMap<u128, Count, FixedState>,
    long: HashMap<Box<[Value]>, Count, FixedState>,
}

impl Groups {
    /// None, of so many dimensions.
    pub fn new(width: usize) -> Self {
        Groups {
            width,
            packed: HashMap::default(),
            long: HashMap::default(),
        }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.packed.len() + self.long.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes room for as many groups as others have.
    pub fn reserve(&mut self, others: &Groups) {
        self.packed.reserve(others.packed.len());
    }

    /// Adds to the count of a group, which has a value for each dimension.
    pub fn add(&mut self, group: &[Value], more: Count) {
        let count = if self.width <= PACKED {
            self.packed.entry(packed(group)).or_default()
        } else if let Some(count) = self.long.get_mut(group) {
            count
        } else {
            self.long.entry(group.into()).or_default()
        };
        count[0] = count[0].saturating_add(more[0]);
        count[1] = count[1].saturating_add(more[1]);
    }

    /// Each group with its count, in no order.
    pub fn each(self, mut take: impl FnMut(&[Value], Count)) {
        let mut values = vec![Value::Nothing; self.width];
        for (group, count) in self.packed {
            for (nth, value) in values.iter_mut().enumerate() {
                *value = unpacked(group >> (nth * BITS));
            }
            take(&values, count);
        }
        for (group, count) in self.long {
            take(&group, count);
        }
    }

    /// All of them, in no order.
    pub(super) fn into_vec(self) -> Vec<(Group, Count)> {
        let packed = self.packed.into_iter();
        let packed = packed.map(|(group, count)| (Group::Packed(group), count));
        let long = self.long.into_iter();
        packed
            .chain(long.map(|(group, count)| (Group::Long(group), count)))
            .collect()
    }
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
                assert_eq!(groups.len(), 1);
                let all = groups.into_vec();
                let back: Vec<Value> = (0..width).map(|nth| all[0].0.value(nth)).collect();
                assert_eq!((back, all[0].1), (group, [1, 3]));
            }
        }
    }
}
