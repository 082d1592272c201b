//! The order in which claims stand in their table.
//!
//! What is asked for most is what somebody said. Claims of one speaker therefore stand together, oldest
//! first, as far as that costs nobody much who reads a file through: within a group of rows, and within
//! a file. A few pages then hold what would be strewn over as many as there are claims.

use std::convert::Infallible;
use std::ops::Range;

use super::super::table::GROUP;
use annals_model::{Facts, RecordRef};
use annals_ordered_parallel::for_each_ordered;

/// For each place of the claims of a file which of them stands there; `first` is the row of the first
/// place, `days` has the first and the last day of each date.
pub(super) fn of(
    facts: &Facts,
    claims: &[RecordRef],
    first: usize,
    days: &[[Option<i32>; 2]],
    threads: usize,
) -> Vec<u32> {
    let stretches: Vec<Range<usize>> = within_groups(first..first + claims.len()).collect();
    let sorted = |rows: Range<usize>| {
        // A table has no more rows than such a number can say.
        let key = |nth: usize| (spoken(facts, claims[nth], days), nth as u32);
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

/// Rows, cut where groups of rows end.
fn within_groups(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = rows.start;
    std::iter::from_fn(move || {
        let end = rows.end.min((start / GROUP + 1) * GROUP);
        let stretch = start..end;
        start = end;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// Who speaks in a claim, and on which day: a number in their order, what there is none of last.
fn spoken(facts: &Facts, claim: RecordRef, days: &[[Option<i32>; 2]]) -> u64 {
    let RecordRef::Claim(claim) = claim else {
        return u64::MAX;
    };
    let speaker = facts.list(facts[claim].speaker).first();
    let speaker = speaker.map_or(u32::MAX, |speaker| speaker.index() as u32);
    let day = facts[claim].said.and_then(|said| days[said.index()][0]);
    let day = day.map_or(u32::MAX, |day| day as u32 ^ 1 << 31);
    u64::from(speaker) << 32 | u64::from(day)
}
