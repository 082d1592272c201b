//! A Bloom filter, for finding values that may occur twice: a first pass at two bits per value, so
//! that only potential duplicates are stored and sorted.

/// The hashes seen so far: one bit each, possibly shared (B. H. Bloom, *Space/time trade-offs in
/// hash coding with allowable errors*, 1970, with one function).
#[derive(Debug, Clone)]
pub struct BloomFilter {
    bits: Vec<u64>,
    shift: u32,
}

impl BloomFilter {
    /// A filter for about this many hashes, with a false-positive rate of at most one in eight.
    pub fn of_about(sums: usize) -> Self {
        let bits = (sums.max(8) * 8).next_power_of_two();
        BloomFilter {
            bits: vec![0; bits / 64],
            shift: 64 - bits.ilog2(),
        }
    }

    /// Whether a sum may have been met.
    pub fn may_have(&self, sum: u64) -> bool {
        let bit = sum >> self.shift;
        self.bits[(bit / 64) as usize] >> (bit % 64) & 1 == 1
    }

    /// Adds a hash; returns whether it may have been added before.
    pub fn meet(&mut self, sum: u64) -> bool {
        let bit = sum >> self.shift;
        let word = &mut self.bits[(bit / 64) as usize];
        let before = *word >> (bit % 64) & 1 == 1;
        *word |= 1 << (bit % 64);
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use foldhash::fast::FixedState;
    use std::hash::BuildHasher as _;

    #[test]
    fn what_was_met_is_known_and_little_else_seems_to_be() {
        let sums = FixedState::default();
        for count in [0_u64, 1, 1000] {
            let mut met = BloomFilter::of_about(count as usize);
            let early = (0..count).filter(|n| met.meet(sums.hash_one(n))).count();
            assert!((0..count).all(|n| met.may_have(sums.hash_one(n))));
            let others = (count..2 * count).filter(|n| met.may_have(sums.hash_one(n)));
            assert!(early < 200 && others.count() < 200);
        }
    }
}
