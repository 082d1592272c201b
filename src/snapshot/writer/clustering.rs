//! The order of claims in their table.
//!
//! The most common question is what somebody said. So claims of one speaker are stored together,
//! oldest first, as far as that does not slow down sequential reading: within a stretch of some row
//! groups, and within a file. A few pages then contain claims that would otherwise be scattered over as many
//! pages as there are claims.

use std::convert::Infallible;
use std::ops::Range;

use super::super::table::STRETCH;
use annals_model::{Facts, RecordRef};
use annals_ordered_parallel::for_each_ordered;

/// The claim at each position of a file's claims; `first` is the row of the first position, `days`
/// has the first and the last day of each date.
pub(super) fn cluster(
    facts: &Facts,
    claims: &[RecordRef],
    first: usize,
    days: &[[Option<i32>; 2]],
    threads: usize,
) -> Vec<u32> {
    let ranks = ranks(facts);
    let stretches: Vec<Range<usize>> = within_stretches(first..first + claims.len()).collect();
    let sorted = |rows: Range<usize>| {
        // A table has no more rows than fit in this number.
        let key = |nth: usize| (spoken(facts, claims[nth], days, &ranks), nth as u32);
        let mut keys: Vec<(u64, u32)> = (rows.start - first..rows.end - first).map(key).collect();
        keys.sort_unstable();
        keys
    };
    let mut order = Vec::with_capacity(claims.len());
    let threads = threads.min(stretches.len());
    let Ok(()) = for_each_ordered(stretches.into_iter(), threads, sorted, |keys| {
        order.extend(keys.into_iter().map(|(_, nth)| nth));
        Ok::<(), Infallible>(())
    });
    order
}

/// The place of each actor among all, sorted by id: what a part of other facts has as well.
fn ranks(facts: &Facts) -> Vec<u32> {
    let actors = facts.actors.handles().map(RecordRef::Actor);
    let mut ids: Vec<(&str, usize)> = actors.map(|actor| facts.id(actor)).zip(0..).collect();
    ids.sort_unstable();
    let mut ranks = vec![0; ids.len()];
    for (rank, (_, actor)) in (0..).zip(ids) {
        ranks[actor] = rank;
    }
    ranks
}

/// Ranges of rows, split at the ends of stretches.
fn within_stretches(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = rows.start;
    std::iter::from_fn(move || {
        let end = rows.end.min((start / STRETCH + 1) * STRETCH);
        let stretch = start..end;
        start = end;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// The speaker and day of a claim, as a sortable number; missing values sort last.
fn spoken(facts: &Facts, claim: RecordRef, days: &[[Option<i32>; 2]], ranks: &[u32]) -> u64 {
    let RecordRef::Claim(claim) = claim else {
        return u64::MAX;
    };
    let speaker = facts.list(facts[claim].speaker).first();
    let speaker = speaker.and_then(|speaker| ranks.get(speaker.index()));
    let speaker = speaker.copied().unwrap_or(u32::MAX);
    let day = facts[claim].said.and_then(|said| days[said.index()][0]);
    let day = day.map_or(u32::MAX, |day| day as u32 ^ 1 << 31);
    u64::from(speaker) << 32 | u64::from(day)
}
