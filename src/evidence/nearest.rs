//! The most similar text to a missing quote. For display only: it never verifies a quote.

use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{Parting, Token, align, tokens, weight};
use super::elision;
use super::fold::{Folded, LineHyphen};
use super::word_index::keyed_words;
use super::{Level, Span, Text};

/// The stretch of a text most similar to a missing quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The sentence, or sentences, around the place.
    pub sentence: Span,
    /// The most similar stretch.
    pub place: Span,
    /// The first stretch of the text that differs; empty where the text lacks something.
    pub differing: Span,
    /// The corresponding stretch of the quote, in its code points; empty where the quote lacks
    /// something.
    pub in_quote: Span,
}

/// The most words and marks of a quote aligned at once.
const LINED_UP: usize = 200;
/// The most occurrences of the quote's words that vote.
const VOTES: usize = 50_000;
/// The most times that one word of the quote votes.
const REPEATS: usize = 8;
/// The number of places in the text aligned with the quote.
const CANDIDATES: usize = 3;
/// The number of words and marks of the text aligned at each place.
const LONGEST_WINDOW: usize = 1_000;
/// The weight of a word that occurs in the text once.
const RAREST: u64 = 1_000_000;
/// The number of misspelt words looked up among all words of the text.
const MISSPELT: usize = 8;

/// An occurrence in the text of a word of the quote, and its weight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Vote {
    /// Where the quote would begin, as a word number in the text.
    begin: i64,
    weight: u64,
}

impl Text {
    /// The most similar place to a missing quote, with the first stretch that differs, so that a
    /// message can show both side by side. `None` if nothing is similar (less than half of the
    /// quote), and if the quote does occur in the text. Among equals the first.
    ///
    /// For an elided quote, this uses the first part that does not occur, or else the first that is
    /// out of order.
    ///
    /// ```
    /// use annals_evidence::Text;
    ///
    /// let text = Text::new("He left. We will defend every inch of Allied territory.".to_string());
    /// let nearest = text.nearest("we will defend every inch of NATO territory").unwrap();
    /// let sentence = text.slice(nearest.sentence);
    /// assert_eq!(sentence, Some("We will defend every inch of Allied territory."));
    /// assert_eq!(text.slice(nearest.differing), Some("We"));
    ///
    /// let nearest = text.nearest("defend every inch of NATO territory").unwrap();
    /// assert_eq!(text.slice(nearest.differing), Some("Allied"));
    /// assert_eq!(nearest.in_quote, annals_evidence::Span::new(21, 25));
    /// assert_eq!(text.nearest("The weather will be fine tomorrow"), None);
    /// ```
    pub fn nearest(&self, quote: &str) -> Option<Nearest> {
        let Some(parts) = elision::part_ranges(quote) else {
            return self.nearest_to(quote, 0..quote.len());
        };
        let words: Vec<&str> = parts.iter().map(|part| &quote[part.clone()]).collect();
        let astray = self.first_misplaced_part(&words)?;
        self.nearest_part(quote, parts.get(astray)?.clone())
    }

    /// The most similar text to a part that is missing or out of order.
    fn nearest_part(&self, quote: &str, part: Range<usize>) -> Option<Nearest> {
        let anywhere = self.find(&quote[part.clone()]);
        match (anywhere.level, anywhere.spans.first()) {
            (Level::Missing, _) | (_, None) => self.nearest_to(quote, part),
            (_, Some(&place)) => Some(Nearest {
                sentence: self.sentence_around(place),
                place,
                differing: place,
                in_quote: span_in(quote, part),
            }),
        }
    }

    fn nearest_to(&self, quote: &str, part: Range<usize>) -> Option<Nearest> {
        let folded = Folded::new(&quote[part.clone()], LineHyphen::Kept);
        let wanted: Vec<Token<'_>> = tokens(folded.words()).collect();
        let most_similar = self
            .stretches(&wanted, folded.words())
            .into_iter()
            .find_map(|stretch| self.most_similar(&wanted[stretch]))?;
        let in_quote = original_bytes(&folded, most_similar.in_quote);
        let place = self.span_of_bytes(original_bytes(self.folded(), most_similar.place));
        Some(Nearest {
            sentence: self.sentence_around(place),
            place,
            differing: self.span_of_bytes(original_bytes(self.folded(), most_similar.in_text)),
            in_quote: span_in(
                quote,
                part.start + in_quote.start..part.start + in_quote.end,
            ),
        })
    }

    /// The stretches of a quote to align: all of a short one. Of a long one, the words around the
    /// end of its longest prefix that occurs in the text, then its first, middle and last words.
    fn stretches(&self, wanted: &[Token<'_>], folded: &str) -> Vec<Range<usize>> {
        let count = wanted.len();
        if count <= LINED_UP {
            return std::iter::once(0..count).collect();
        }
        let text = self.folded().words();
        let (mut stands, mut beyond) = (0, count);
        while beyond - stands > 1 {
            let middle = usize::midpoint(stands, beyond);
            let beginning = &folded[..wanted[middle - 1].bytes.end];
            if memchr::memmem::find(text.as_bytes(), beginning.as_bytes()).is_some() {
                stands = middle;
            } else {
                beyond = middle;
            }
        }
        [
            stands.saturating_sub(LINED_UP / 2),
            0,
            count / 2,
            count - LINED_UP,
        ]
        .into_iter()
        .map(|start| start..(start + LINED_UP).min(count))
        .collect()
    }

    /// Aligns the words with the most promising places of the text: first those with identical
    /// words, then also those with similarly spelt words.
    fn most_similar(&self, wanted: &[Token<'_>]) -> Option<BestAlignment> {
        let keys: Vec<u32> = keyed_words(wanted.iter().cloned())
            .map(|(key, _)| key)
            .collect();
        let mut votes = self.votes_of_same_words(&keys);
        self.line_up(wanted, keys.len(), &mut votes).or_else(|| {
            let misspelt = self.votes_of_misspelt_words(wanted);
            votes.extend(misspelt);
            self.line_up(wanted, keys.len(), &mut votes)
        })
    }

    /// Every occurrence of a word of the quote votes for the place where the quote would begin,
    /// weighted by the rarity of the word.
    fn votes_of_same_words(&self, keys: &[u32]) -> Vec<Vote> {
        let index = self.word_index();
        let mut numbers: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        for (number, &key) in keys.iter().enumerate() {
            let numbers = numbers.entry(key).or_default();
            if numbers.len() < REPEATS {
                numbers.push(number as i64);
            }
        }
        let mut words: Vec<_> = numbers
            .into_iter()
            .map(|(key, numbers)| (index.places(key), numbers))
            .collect();
        words.sort_by_key(|(places, _)| places.len());
        let votes = words.iter().flat_map(|(places, numbers)| {
            let weight = RAREST / places.len().max(1) as u64;
            places.iter().flat_map(move |&(_, place)| {
                numbers.iter().map(move |number| Vote {
                    begin: i64::from(place) - number,
                    weight,
                })
            })
        });
        votes.take(VOTES).collect()
    }

    /// Votes of words in the text that are spelt similarly to a word of the quote that the text
    /// lacks.
    fn votes_of_misspelt_words(&self, wanted: &[Token<'_>]) -> Vec<Vote> {
        let index = self.word_index();
        let folded = self.folded().words();
        let words = wanted.iter().filter(|token| token.is_word);
        let mut unknown: Vec<(usize, &str)> = keyed_words(wanted.iter().cloned())
            .zip(words)
            .enumerate()
            .filter(|(_, ((key, _), _))| index.places(*key).is_empty())
            .map(|(number, (_, token))| (number, token.word))
            .collect();
        unknown.sort_by_key(|(number, word)| (std::cmp::Reverse(word.len()), *number));
        unknown.truncate(MISSPELT);
        if unknown.is_empty() {
            return Vec::new();
        }
        let mut votes = Vec::new();
        for (key, first) in index.vocabulary() {
            let start = index.starts[first as usize] as usize;
            let Some(word) = tokens(&folded[start..]).next() else {
                continue;
            };
            let places = index.places(key);
            for (number, _) in unknown
                .iter()
                .filter(|(_, unknown)| spelt_alike(unknown, word.word))
            {
                let begins = places
                    .iter()
                    .map(|&(_, place)| i64::from(place) - *number as i64);
                let weight = RAREST / 2 / places.len().max(1) as u64;
                votes.extend(
                    begins
                        .map(|begin| Vote { begin, weight })
                        .take(VOTES - votes.len()),
                );
            }
        }
        votes
    }

    /// Aligns the quote where most of its words vote that it begins.
    fn line_up(
        &self,
        wanted: &[Token<'_>],
        words: usize,
        votes: &mut [Vote],
    ) -> Option<BestAlignment> {
        let reach = words as i64 / 8 + 3;
        votes.sort_unstable();
        let whole: u32 = wanted.iter().map(weight).sum();
        candidates(votes, reach)
            .into_iter()
            .filter_map(|begin| self.line_up_at(wanted, begin - reach, words as i64 + 3 * reach))
            .filter(|most_similar| most_similar.cost * 2 < whole)
            .min_by_key(|most_similar| (most_similar.cost, most_similar.place.start))
            .filter(|most_similar| most_similar.cost > 0)
    }

    /// Aligns the quote with some words of the text.
    fn line_up_at(&self, wanted: &[Token<'_>], first: i64, count: i64) -> Option<BestAlignment> {
        let starts = &self.word_index().starts;
        let folded = self.folded().words();
        let last = usize::try_from(first + count).unwrap_or(0);
        let start = usize::try_from(first).ok().map_or(0, |first| {
            starts.get(first).map_or(folded.len(), |&at| at as usize)
        });
        let end = starts.get(last).map_or(folded.len(), |&at| at as usize);
        let there: Vec<Token<'_>> = tokens(folded.get(start..end)?)
            .take(LONGEST_WINDOW)
            .collect();
        let parting: Parting = align(wanted, &there)?;
        let in_text = |tokens| {
            let bytes = bytes_of(&there, tokens);
            start + bytes.start..start + bytes.end
        };
        Some(BestAlignment {
            cost: parting.cost,
            place: in_text(parting.place),
            in_text: in_text(parting.in_text),
            in_quote: bytes_of(wanted, parting.in_quote),
        })
    }
}

/// A place of the text aligned with the quote, in bytes of their folded forms.
struct BestAlignment {
    cost: u32,
    place: Range<usize>,
    in_text: Range<usize>,
    in_quote: Range<usize>,
}

/// The start positions with the most votes near them, best first, the earliest among equals.
fn candidates(votes: &[Vote], reach: i64) -> Vec<i64> {
    let mut sums = Vec::with_capacity(votes.len());
    let (mut sum, mut end) = (0, 0);
    for (index, vote) in votes.iter().enumerate() {
        while end < votes.len() && votes[end].begin <= vote.begin + reach {
            sum += votes[end].weight;
            end += 1;
        }
        sums.push((vote.begin, sum));
        sum -= votes[index].weight;
    }
    let mut chosen: Vec<i64> = Vec::new();
    while chosen.len() < CANDIDATES {
        let apart = |begin: i64| chosen.iter().all(|other| (begin - other).abs() > reach);
        let best = sums
            .iter()
            .filter(|(begin, _)| apart(*begin))
            .min_by_key(|(begin, sum)| (std::cmp::Reverse(*sum), *begin));
        match best {
            Some(&(begin, _)) => chosen.push(begin),
            None => break,
        }
    }
    chosen
}

/// Whether one word may be a misspelling of the other: at most a third of its letters differ.
fn spelt_alike(one: &str, other: &str) -> bool {
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    long <= 64
        && (long - short) * 3 <= long
        && (one.chars().next() == other.chars().next()
            || one.chars().next_back() == other.chars().next_back())
        && strsim::levenshtein(one, other) * 3 <= one.chars().count()
}

/// The byte range of some tokens; if there are none, the position after the previous token.
fn bytes_of(tokens: &[Token<'_>], some: Range<usize>) -> Range<usize> {
    match tokens.get(some.clone()) {
        Some([first, .., last]) => first.bytes.start..last.bytes.end,
        Some([only]) => only.bytes.clone(),
        _ => {
            let before = some
                .start
                .checked_sub(1)
                .and_then(|index| tokens.get(index));
            let after = tokens.get(some.start);
            let at = before
                .map(|token| token.bytes.end)
                .or(after.map(|token| token.bytes.start))
                .unwrap_or(0);
            at..at
        }
    }
}

/// The byte range in the original; for an empty stretch, the position after the preceding text.
fn original_bytes(folded: &Folded, stretch: Range<usize>) -> Range<usize> {
    let before = folded.words()[..stretch.start].chars().next_back();
    match before {
        Some(c) if stretch.is_empty() && c != ' ' => {
            let end = folded
                .to_original(stretch.start - c.len_utf8()..stretch.start)
                .end;
            end..end
        }
        _ => folded.to_original(stretch),
    }
}

/// The code points of a byte range of a quote.
fn span_in(quote: &str, bytes: Range<usize>) -> Span {
    let start = quote[..bytes.start].chars().count();
    let length = quote[bytes].chars().count();
    Span::new(start as u32, (start + length) as u32)
}
