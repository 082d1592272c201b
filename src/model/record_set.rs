//! [`RecordSet`]: some of the records, a bit each.

use super::{Facts, RecordKind, RecordRef, Vocabulary};

/// A set of records of one [`Facts`]. It takes a bit for each record that there is: of a million
/// some 150 kilobytes, where a tree of handles takes tens of megabytes.
#[derive(Debug, Clone)]
pub struct RecordSet {
    /// Where each kind of record begins.
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

    /// For each 64 records, how many of the set stand before them: what [`RecordSet::rank`] needs.
    pub fn ranks(&self) -> Vec<u32> {
        let mut before = 0;
        let counted = self.bits.iter().map(|bits| {
            let here = before;
            before += bits.count_ones();
            here
        });
        counted.collect()
    }

    /// How many records of the set stand before this one.
    pub fn rank(&self, ranks: &[u32], record: impl Into<RecordRef>) -> usize {
        let at = self.position(record.into());
        let earlier = self.bits[at / 64] & ((1 << (at % 64)) - 1);
        (ranks[at / 64] + earlier.count_ones()) as usize
    }

    fn position(&self, record: RecordRef) -> usize {
        self.starts[record.kind() as usize] + record.row()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Request, Source, load};

    #[test]
    fn a_set_keeps_what_was_put_in() {
        use std::fmt::Write as _;
        let mut yaml = String::from("annals: 1\nactors:\n");
        for nth in 0..150 {
            writeln!(yaml, "  - {{id: a{nth}, name: A, kind: person}}").unwrap();
        }
        yaml.push_str("relations:\n  - {id: r, from: a0, kind: leads, to: a1}\n");
        let name = "facts.yaml".to_owned();
        let bytes = yaml.into_bytes();
        let source = Source::Memory { name, bytes };
        let facts = load(&Request {
            facts: vec![source],
            texts: vec![],
        })
        .facts;

        let wanted = |record: &RecordRef| facts.id(*record).ends_with(['3', 'r']);
        let set = RecordSet::of(&facts, facts.records().filter(wanted));
        let kept: Vec<RecordRef> = set.iter(&facts).collect();
        assert_eq!(kept, facts.records().filter(wanted).collect::<Vec<_>>());
        assert_eq!((set.len(), kept.len()), (16, 16));
        assert!(!set.is_empty() && RecordSet::none(&facts).is_empty());
        let ranks = set.ranks();
        for (nth, record) in kept.iter().enumerate() {
            assert_eq!(set.rank(&ranks, *record), nth);
        }
    }
}
