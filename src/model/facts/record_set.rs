//! [`RecordSet`]: a set of records, one bit for each.

use super::Facts;
use crate::ids::{RecordKind, RecordRef};
use crate::word::Vocabulary;

/// A set of records of one [`Facts`]. It takes one bit for each record of the facts: 125 kilobytes for
/// a million, where a tree of handles takes tens of megabytes.
#[derive(Debug, Clone)]
pub struct RecordSet {
    /// The position of the first record of each kind.
    starts: [usize; RecordKind::ALL.len()],
    bits: Vec<u64>,
}

impl RecordSet {
    /// The set with none of the records.
    pub fn none(facts: &Facts) -> Self {
        let mut starts = [0; RecordKind::ALL.len()];
        let mut next = 0;
        for (start, kind) in starts.iter_mut().zip(RecordKind::ALL) {
            *start = next;
            next += facts.count(*kind);
        }
        RecordSet {
            starts,
            bits: vec![0; next.div_ceil(64)],
        }
    }

    /// The set of these records.
    pub fn of(facts: &Facts, records: impl Iterator<Item = RecordRef>) -> Self {
        let mut set = RecordSet::none(facts);
        for record in records {
            set.insert(record);
        }
        set
    }

    /// Adds a record.
    pub fn insert(&mut self, record: impl Into<RecordRef>) {
        let at = self.position(record.into());
        self.bits[at / 64] |= 1 << (at % 64);
    }

    /// Whether a record is in it.
    pub fn contains(&self, record: impl Into<RecordRef>) -> bool {
        let at = self.position(record.into());
        self.bits[at / 64] & (1 << (at % 64)) != 0
    }

    /// The records in it, kind by kind, in the order in which they were read.
    pub fn iter<'s>(&'s self, facts: &'s Facts) -> impl Iterator<Item = RecordRef> + 's {
        facts.records().filter(|record| self.contains(*record))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.bits
            .iter()
            .map(|bits| bits.count_ones() as usize)
            .sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    /// For each 64 records, how many of the set come before them. [`RecordSet::rank`] needs it.
    pub fn ranks(&self) -> Vec<u32> {
        let mut before = 0;
        let counted = self.bits.iter().map(|bits| {
            let here = before;
            before += bits.count_ones();
            here
        });
        counted.collect()
    }

    /// How many records of the set come before this one.
    pub fn rank(&self, ranks: &[u32], record: impl Into<RecordRef>) -> usize {
        let at = self.position(record.into());
        let earlier = self.bits[at / 64] & ((1 << (at % 64)) - 1);
        (ranks[at / 64] + earlier.count_ones()) as usize
    }

    fn position(&self, record: RecordRef) -> usize {
        self.starts[record.kind() as usize] + record.row()
    }
}
