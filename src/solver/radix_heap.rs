//! A radix heap: a priority queue for keys that are never below the last one taken.
//!
//! Keys are in buckets by the highest bit in which they differ from the last key taken, so that a
//! key moves at most once for each of its bits. Source: R. Ahuja, K. Mehlhorn, J. Orlin, R. Tarjan,
//! *Faster algorithms for the shortest path problem*, 1990.

/// Keys and values, the smallest key first; the order of equal keys is arbitrary but deterministic.
#[derive(Debug)]
pub(super) struct RadixHeap {
    last: u64,
    buckets: [Vec<(u64, u32)>; 65],
}

impl RadixHeap {
    pub(super) fn new() -> Self {
        RadixHeap {
            last: 0,
            buckets: [const { Vec::new() }; 65],
        }
    }

    /// Adds a value; its key must not be less than the last one taken.
    pub(super) fn push(&mut self, key: u64, value: u32) {
        debug_assert!(key >= self.last, "a key below the last one taken");
        self.buckets[bucket(self.last, key)].push((key, value));
    }

    /// Takes a value of the least key.
    pub(super) fn pop(&mut self) -> Option<(u64, u32)> {
        if self.buckets[0].is_empty() {
            let full = self.buckets.iter().position(|bucket| !bucket.is_empty())?;
            let items = std::mem::take(&mut self.buckets[full]);
            self.last = items.iter().map(|(key, _)| *key).min()?;
            for &(key, value) in &items {
                self.buckets[bucket(self.last, key)].push((key, value));
            }
            // All of them moved to lower buckets; keep the buffer for reuse.
            let mut items = items;
            items.clear();
            self.buckets[full] = items;
        }
        self.buckets[0].pop()
    }
}

fn bucket(last: u64, key: u64) -> usize {
    (u64::BITS - (last ^ key).leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    #[test]
    fn keys_come_as_from_any_other_heap() {
        arbtest::arbtest(|u| {
            let (mut heap, mut other) = (RadixHeap::new(), BinaryHeap::new());
            let mut last = 0;
            for _ in 0..u.arbitrary_len::<u8>()? {
                if u.arbitrary()? {
                    let key =
                        last + u64::from(u.arbitrary::<u32>()?) * u64::from(u.arbitrary::<u8>()?);
                    heap.push(key, 7);
                    other.push(Reverse(key));
                } else {
                    let taken = heap.pop().map(|(key, _)| key);
                    assert_eq!(taken, other.pop().map(|Reverse(key)| key));
                    last = taken.unwrap_or(last);
                }
            }
            while let Some((key, _)) = heap.pop() {
                assert_eq!(Some(key), other.pop().map(|Reverse(key)| key));
            }
            assert!(other.is_empty());
            Ok(())
        });
    }
}
