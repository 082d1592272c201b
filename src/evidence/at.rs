//! Compares a quote with the text at its spans.

use super::elision;
use super::find::Level;
use super::fold::{Folded, LineHyphen};
use super::{Span, Text};

/// The result of comparing a quote with the text at its spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtSpans {
    /// The quote matches its spans.
    Stands {
        /// `Exact`, `Folded` or `Elided`; never `Ambiguous`, because the spans identify the place.
        level: Level,
        /// Where the quote was found: the given spans or, for an elided quote whose parts do not
        /// map one to one to spans, the place of each part within them.
        spans: Vec<Span>,
    },
    /// The text at the spans differs.
    Mismatch {
        /// The text at the spans; several are joined with ` … `.
        stands: String,
        /// The first place where the quote occurs instead, if any, with one span for each part.
        elsewhere: Vec<Span>,
    },
    /// A span ends after the text.
    OutOfText {
        /// Which of the spans, from 0.
        index: usize,
        /// The length of the text in code points.
        len: u32,
    },
    /// A span does not end after its start: it is reversed or empty.
    Reversed {
        /// Which of the spans, from 0.
        index: usize,
    },
    /// A span begins before the previous one ends, which would repeat or reorder text.
    OutOfOrder {
        /// Which of the spans, from 0.
        index: usize,
    },
}

impl Text {
    /// Compares a quote with the text at its spans, which must lie in the text, in order and
    /// without overlap (touching is allowed). Without any span there is nothing to compare with,
    /// which is a mismatch; use [`find`](Text::find) then.
    ///
    /// The quote must be the text at the spans, no more and no less, exactly or folded. Spans
    /// separated only by white space (such as one for each line) are joined. Across any other gap
    /// the quote needs an ellipsis; its parts must then match the spans one to one, or occur within
    /// them in order.
    ///
    /// ```
    /// use annals_evidence::{AtSpans, Level, Span, Text};
    ///
    /// let text = Text::new("We shall, of course, never surrender.".to_string());
    /// let spans = [Span::new(0, 8), Span::new(21, 36)];
    /// assert_eq!(
    ///     text.at("We shall … never surrender", &spans),
    ///     AtSpans::Stands { level: Level::Elided, spans: spans.to_vec() },
    /// );
    /// assert_eq!(
    ///     text.at("never surrender", &spans),
    ///     AtSpans::Mismatch {
    ///         stands: "We shall … never surrender".to_string(),
    ///         elsewhere: vec![Span::new(21, 36)],
    ///     },
    /// );
    /// ```
    pub fn at(&self, quote: &str, spans: &[Span]) -> AtSpans {
        if let Some(fault) = self.fault_in(spans) {
            return fault;
        }
        let passages = self.without_white_gaps(spans);
        if let Some(level) = self.level_at(quote, &passages) {
            return AtSpans::Stands {
                level,
                spans: spans.to_vec(),
            };
        }
        if elision::parts(quote).is_some() {
            let within = self.find_within(quote, &passages);
            if within.level == Level::Elided {
                return AtSpans::Stands {
                    level: Level::Elided,
                    spans: within.spans,
                };
            }
        }
        let stands: Vec<&str> = passages.iter().map(|&span| self.letters_at(span)).collect();
        AtSpans::Mismatch {
            stands: stands.join(" … "),
            elsewhere: self.find(quote).spans,
        }
    }

    fn fault_in(&self, spans: &[Span]) -> Option<AtSpans> {
        let mut last_end = 0;
        for (index, span) in spans.iter().enumerate() {
            if span.is_empty() {
                return Some(AtSpans::Reversed { index });
            }
            if span.end > self.len() {
                let len = self.len();
                return Some(AtSpans::OutOfText { index, len });
            }
            if span.start < last_end {
                return Some(AtSpans::OutOfOrder { index });
            }
            last_end = span.end;
        }
        None
    }

    /// The spans, with those joined that are separated only by white space.
    fn without_white_gaps(&self, spans: &[Span]) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for &span in spans {
            match joined.last_mut() {
                Some(last)
                    if self
                        .slice(Span::new(last.end, span.start))
                        .is_some_and(|gap| gap.chars().all(char::is_whitespace)) =>
                {
                    last.end = span.end;
                }
                _ => joined.push(span),
            }
        }
        joined
    }

    /// The level at which the quote equals the text of the passages, no more and no less.
    fn level_at(&self, quote: &str, passages: &[Span]) -> Option<Level> {
        if let [passage] = passages {
            return same_words(quote, self.letters_at(*passage));
        }
        let parts = elision::parts(quote)?;
        let same = !parts.is_empty()
            && parts.len() == passages.len()
            && parts
                .iter()
                .zip(passages)
                .all(|(part, passage)| same_words(part, self.letters_at(*passage)).is_some());
        same.then_some(Level::Elided)
    }

    /// The text at a span, including the accents on its last letter: a span that cuts off an accent
    /// does not show the letter without it.
    fn letters_at(&self, span: Span) -> &str {
        self.byte_range(span)
            .map_or("", |bytes| &self.as_str()[self.whole_letters(bytes)])
    }
}

/// Whether two texts are equal, exactly or folded. Empty texts are never equal.
fn same_words(quote: &str, words: &str) -> Option<Level> {
    let kept = |words| Folded::new(words, LineHyphen::Kept);
    let joined = |words| Folded::new(words, LineHyphen::Joined);
    let folded_quote = kept(quote);
    if folded_quote.words().is_empty() {
        return None;
    }
    if quote == words {
        return Some(Level::Exact);
    }
    let folded_words = kept(words);
    if folded_quote.words() == folded_words.words() {
        return Some(Level::Folded);
    }
    let differ = folded_quote.has_line_hyphens() || folded_words.has_line_hyphens();
    (differ && joined(quote).words() == joined(words).words()).then_some(Level::Folded)
}
