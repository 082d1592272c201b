//! Which claim of one annotator is which claim of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::texts::{Marked, Passages, letters};
use annals_evidence::Span;
use annals_model::ClaimId;

/// A claim of each annotator.
pub(super) type Pair = (ClaimId, ClaimId);

/// There are more overlapping passages than can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyOverlaps;

impl std::fmt::Display for TooManyOverlaps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "too many passages overlap: more than {MOST_PAIRS} pairs of claims, or as much work to \
             compare their words"
        )
    }
}

impl std::error::Error for TooManyOverlaps {}

/// The most pairs of claims that are held.
const MOST_PAIRS: usize = 4_000_000;
/// The most steps in comparing words.
const MOST_STEPS: u64 = 4_000_000_000;
/// The fewest words that count when the end of one passage begins another.
const FEWEST_WORDS: usize = 3;

/// How much the passages of two claims have in common, and how much only one has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Overlap {
    pub(super) common: u64,
    pub(super) rest: u64,
}

/// The pairs of claims whose passages overlap. Where both stand in the text, by their places there;
/// else by their words.
pub(super) fn overlaps(
    first: &BTreeMap<ClaimId, Marked>,
    second: &BTreeMap<ClaimId, Marked>,
) -> Result<BTreeMap<Pair, Overlap>, TooManyOverlaps> {
    let (first, second) = (by_text(first), by_text(second));
    let mut found: BTreeMap<Pair, Overlap> = BTreeMap::new();
    let mut steps = 0;
    for (nth, ones) in &first {
        let others = second.get(nth).map_or(&[][..], Vec::as_slice);
        for pair in overlapping(ones, others)? {
            let (one, other) = (ones[pair.0], others[pair.1]);
            let common = intersection(&one.1.spans, &other.1.spans);
            add(&mut found, (one.0, other.0), common, [one.1, other.1], true)?;
        }
        let is_placed = |one: &&Claimed<'_>| !one.1.spans.is_empty();
        for one in ones {
            for other in others {
                if is_placed(&one) && is_placed(&other) {
                    continue;
                }
                let common = common_words(&one.1.pieces, &other.1.pieces, &mut steps)?;
                if common > 0 {
                    add(
                        &mut found,
                        (one.0, other.0),
                        common,
                        [one.1, other.1],
                        false,
                    )?;
                }
            }
        }
    }
    Ok(found)
}

type Claimed<'m> = (ClaimId, &'m Passages);

fn by_text(claims: &BTreeMap<ClaimId, Marked>) -> BTreeMap<usize, Vec<Claimed<'_>>> {
    let mut texts: BTreeMap<usize, Vec<Claimed<'_>>> = BTreeMap::new();
    for (claim, marked) in claims {
        for (nth, passages) in &marked.by_text {
            texts.entry(*nth).or_default().push((*claim, passages));
        }
    }
    texts
}

fn add(
    found: &mut BTreeMap<Pair, Overlap>,
    pair: Pair,
    common: u64,
    passages: [&Passages; 2],
    by_place: bool,
) -> Result<(), TooManyOverlaps> {
    let sizes: u64 = passages.iter().map(|one| one.size(by_place)).sum();
    let overlap = found.entry(pair).or_default();
    overlap.common += common;
    overlap.rest += sizes.saturating_sub(2 * common);
    if found.len() > MOST_PAIRS {
        return Err(TooManyOverlaps);
    }
    Ok(())
}

/// The pairs, by their positions in the lists, of which spans overlap: from left to right, with
/// those that have begun and not ended.
fn overlapping(
    ones: &[Claimed<'_>],
    others: &[Claimed<'_>],
) -> Result<BTreeSet<(usize, usize)>, TooManyOverlaps> {
    let mut begins: Vec<(Span, usize, usize)> = Vec::new();
    for (side, claims) in [ones, others].into_iter().enumerate() {
        for (nth, (_, passages)) in claims.iter().enumerate() {
            begins.extend(passages.spans.iter().map(|span| (*span, side, nth)));
        }
    }
    begins.sort_unstable();
    // By side: the end of each that has begun, and whose it is.
    let mut open: [BTreeSet<(u32, usize)>; 2] = Default::default();
    let mut pairs = BTreeSet::new();
    for (span, side, nth) in begins {
        let across = &mut open[1 - side];
        while across.first().is_some_and(|(end, _)| *end <= span.start) {
            across.pop_first();
        }
        for (_, other) in across.iter() {
            pairs.insert(if side == 0 {
                (nth, *other)
            } else {
                (*other, nth)
            });
        }
        if pairs.len() > MOST_PAIRS {
            return Err(TooManyOverlaps);
        }
        open[side].insert((span.end, nth));
    }
    Ok(pairs)
}

/// How many code points lie in both of two lists of spans, each sorted and apart.
fn intersection(ones: &[Span], others: &[Span]) -> u64 {
    let (mut sum, mut i, mut j) = (0, 0, 0);
    while let (Some(one), Some(other)) = (ones.get(i), others.get(j)) {
        let both = Span::new(one.start.max(other.start), one.end.min(other.end));
        sum += u64::from(both.len());
        if one.end < other.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    sum
}

/// How many letters two passages have in common, by their words: those of a piece that stands in the
/// other, or that end one and begin the other, as overlapping stretches of a text would.
fn common_words(
    ones: &[Vec<String>],
    others: &[Vec<String>],
    steps: &mut u64,
) -> Result<u64, TooManyOverlaps> {
    let mut sum = 0;
    for one in ones {
        let mut best = 0;
        for other in others {
            *steps += (one.len() * other.len()) as u64;
            if *steps > MOST_STEPS {
                return Err(TooManyOverlaps);
            }
            best = best.max(common_run(one, other));
        }
        sum += best;
    }
    Ok(sum)
}

fn common_run(one: &[String], other: &[String]) -> u64 {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.is_empty() {
        return 0;
    }
    if long.windows(short.len()).any(|window| window == short) {
        return letters(short);
    }
    let ends = (FEWEST_WORDS..short.len()).rev().find_map(|count| {
        let ends_and_begins = |one: &[String], other: &[String]| {
            (one[one.len() - count..] == other[..count]).then(|| letters(&other[..count]))
        };
        ends_and_begins(one, other).max(ends_and_begins(other, one))
    });
    ends.unwrap_or(0)
}

/// One to one: the largest overlap first; of equal ones, where least is left over; then, as `alike`
/// counts, where more fields are equal; then in the order of the facts.
pub(super) fn one_to_one(
    overlaps: &BTreeMap<Pair, Overlap>,
    alike: impl Fn(Pair) -> (usize, bool),
) -> Vec<Pair> {
    let mut ranked: Vec<_> = overlaps
        .iter()
        .map(|(pair, overlap)| {
            let (equal, same_id) = alike(*pair);
            let largest = std::cmp::Reverse((overlap.common, u64::MAX - overlap.rest));
            (largest, std::cmp::Reverse((equal, same_id)), *pair)
        })
        .collect();
    ranked.sort_unstable();
    let (mut taken, mut others) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs: Vec<Pair> = Vec::new();
    for (_, _, (one, other)) in ranked {
        if !taken.contains(&one) && !others.contains(&other) {
            taken.insert(one);
            others.insert(other);
            pairs.push((one, other));
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn words_overlap_as_stretches_of_a_text_would() {
        let run = |one: &str, other: &str| common_run(&words(one), &words(other));
        assert_eq!(run("never surrender", "we shall never surrender"), 14);
        assert_eq!(
            run("we shall never surrender", "shall never surrender to them"),
            19
        );
        // Two words may follow each other anywhere.
        assert_eq!(run("the end of the", "of the town"), 0);
        assert_eq!(run("one two", "three four"), 0);
    }

    #[test]
    fn spans_overlap_by_what_lies_in_both() {
        let one = [Span::new(0, 10), Span::new(20, 30)];
        assert_eq!(intersection(&one, &[Span::new(5, 25)]), 10);
        assert_eq!(intersection(&one, &[Span::new(10, 20)]), 0);
        assert_eq!(intersection(&one, &one), 20);
    }
}
