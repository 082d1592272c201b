//! Words looked for in texts: all of them, whatever case and accents, also within longer words.

use std::convert::Infallible;
use std::ops::Range;

use memchr::memmem::Finder;

use annals_evidence::{paragraphs, sentences};
use annals_finding::fold::{FoldedText, fold, fold_into};
use annals_ordered_parallel as ordered_parallel;

/// Words that a text must have, folded. No words are in every text.
#[derive(Debug, Clone, Default)]
pub struct Words {
    finders: Vec<Finder<'static>>,
}

/// A sentence with words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The bytes of the text that it is, without white space around it.
    pub place: Range<usize>,
    /// The bytes of the text that the words are: in order, none over another.
    pub marks: Vec<Range<usize>>,
}

/// Where a word is: its first and last byte in the original, and which of the words it is.
struct Occurrence {
    place: Range<usize>,
    word: usize,
}

impl Words {
    /// The words of some texts: what is between white space once they are folded.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Words {
        let mut words: Vec<String> = Vec::new();
        for text in texts {
            words.extend(fold(text).split_whitespace().map(str::to_owned));
        }
        words.sort_unstable();
        words.dedup();
        let finders = words.iter().map(|word| Finder::new(word).into_owned());
        Words {
            finders: finders.collect(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.finders.is_empty()
    }

    /// The words, folded.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let words = self.finders.iter().map(Finder::needle);
        words.map(|word| std::str::from_utf8(word).unwrap_or_default())
    }

    /// Whether a text has all words; `room` is working memory.
    pub fn are_in(&self, text: &str, room: &mut String) -> bool {
        if self.is_empty() {
            return true;
        }
        room.clear();
        fold_into(text, room);
        (self.finders.iter()).all(|word| word.find(room.as_bytes()).is_some())
    }

    /// The sentences of a text that have all words.
    pub fn sentences(&self, text: &str) -> Vec<Sentence> {
        let (mut found, mut room) = (Vec::new(), String::new());
        for paragraph in paragraphs(text) {
            if self.are_in(&text[paragraph.clone()], &mut room) {
                self.in_paragraph(text, paragraph, &mut found);
            }
        }
        found
    }

    /// The first sentence of a text that has all words; where none has, the sentences from the first
    /// to the last that it takes.
    pub fn sentence(&self, text: &str) -> Sentence {
        // Most texts of claims are one sentence of one line.
        let breaks = memchr::memchr3(b'\n', b'\r', b'\x0c', text.as_bytes());
        if breaks.is_none() && sentences(text).len() == 1 {
            return made(text, 0..text.len(), &self.occurrences(text));
        }
        if let Some(first) = self.sentences(text).into_iter().next() {
            return first;
        }
        let all = self.occurrences(text);
        let first_of = |word| all.iter().find(|one| one.word == word);
        let taken: Vec<&Occurrence> = (0..self.finders.len()).filter_map(first_of).collect();
        let start = taken.iter().map(|one| one.place.start).min().unwrap_or(0);
        let end = taken.iter().map(|one| one.place.end).max();
        let end = end.unwrap_or(text.len());
        let (mut from, mut until) = (0, text.len());
        for paragraph in paragraphs(text) {
            for sentence in sentences(&text[paragraph.clone()]) {
                let sentence = paragraph.start + sentence.start..paragraph.start + sentence.end;
                if sentence.start <= start {
                    from = sentence.start;
                }
                if sentence.end >= end {
                    until = until.min(sentence.end);
                }
            }
        }
        made(text, from..until, &all)
    }

    /// Adds the sentences of a paragraph that have all words.
    fn in_paragraph(&self, text: &str, paragraph: Range<usize>, found: &mut Vec<Sentence>) {
        let begin = paragraph.start;
        let paragraph = &text[paragraph];
        let mut all = self.occurrences(paragraph);
        let mut ends: Vec<usize> = (sentences(paragraph).into_iter())
            .map(|sentence| sentence.end)
            .collect();
        // No sentence ends within a word that is looked for: in some scripts no space is between them.
        let (mut passed, mut reach) = (0, 0);
        ends.retain(|end| {
            while let Some(one) = all.get(passed).filter(|one| one.place.start < *end) {
                reach = one.place.end.max(reach);
                passed += 1;
            }
            reach <= *end
        });
        for one in &mut all {
            one.place = begin + one.place.start..begin + one.place.end;
        }
        let (mut start, mut next) = (begin, 0);
        let mut there = vec![false; self.finders.len()];
        for end in ends {
            let end = begin + end;
            there.fill(false);
            let first = next;
            while let Some(one) = all.get(next).filter(|one| one.place.start < end) {
                there[one.word] = true;
                next += 1;
            }
            if there.iter().all(|there| *there) {
                found.push(made(text, start..end, &all[first..next]));
            }
            start = end;
        }
    }

    /// Where the words are in a text, in order.
    fn occurrences(&self, text: &str) -> Vec<Occurrence> {
        let folded = FoldedText::new(text);
        let mut all = Vec::new();
        for (word, finder) in self.finders.iter().enumerate() {
            let length = finder.needle().len();
            let places = finder.find_iter(folded.folded.as_bytes());
            all.extend(places.map(|at| Occurrence {
                place: folded.original(at..at + length),
                word,
            }));
        }
        all.sort_unstable_by_key(|one| (one.place.start, one.place.end, one.word));
        all
    }
}

/// A sentence without the white space around it, with the words in it.
fn made(text: &str, place: Range<usize>, words: &[Occurrence]) -> Sentence {
    let sentence = &text[place.clone()];
    let start = place.start + (sentence.len() - sentence.trim_start().len());
    let end = start + sentence.trim().len();
    let mut marks: Vec<Range<usize>> = Vec::new();
    for one in words {
        let mark = one.place.start.max(start)..one.place.end.min(end);
        match marks.last_mut() {
            _ if mark.is_empty() => {}
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => marks.push(mark),
        }
    }
    Sentence {
        place: start..end,
        marks,
    }
}

/// What some of many items give, in their order; several threads look through many.
pub fn found_among<T: Copy + Sync, R: Send>(
    items: &[T],
    found: impl Fn(T) -> Option<R> + Sync,
) -> Vec<R> {
    /// How many items are worth another thread, and how many are looked through at once.
    const EACH: usize = 2048;
    let threads = ordered_parallel::threads(items.len() / EACH + 1);
    let mut all = Vec::new();
    let Ok(()) = ordered_parallel::for_each_ordered(
        items.chunks(EACH),
        threads,
        |items| -> Vec<R> { items.iter().filter_map(|one| found(*one)).collect() },
        |mut some| {
            all.append(&mut some);
            Ok::<(), Infallible>(())
        },
    );
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told<'t>(words: &str, text: &'t str) -> Vec<(&'t str, Vec<&'t str>)> {
        let found = Words::new([words]).sentences(text).into_iter();
        let told = found.map(|one| {
            let marks = one.marks.into_iter().map(|mark| &text[mark]);
            (&text[one.place], marks.collect())
        });
        told.collect()
    }

    #[test]
    fn sentences_have_all_words() {
        let text =
            "The Council met. No council\nvotes without the Mayor. It rained.\n\nThe mayor left.";
        assert_eq!(told("COUNCIL", text).len(), 2);
        assert_eq!(
            told("mayor uncil", text),
            [(
                "No council\nvotes without the Mayor.",
                vec!["uncil", "Mayor"]
            )]
        );
        assert_eq!(told("rained mayor", text), []);
        assert_eq!(
            told("don't", "I don't. I do."),
            [("I don't.", vec!["don't"])]
        );
    }

    #[test]
    fn words_are_marked_with_their_accents() {
        let text = "Élysée, e\u{301}lan, ﬁnal.";
        assert_eq!(told("elys", text)[0].1, ["Élys"]);
        assert_eq!(told("e", text)[0].1, ["É", "é", "e", "e\u{301}"]);
        assert_eq!(told("in", text)[0].1, ["ﬁn"]);
        assert_eq!(
            told("漢字", "ここに漢字が。なし。"),
            [("ここに漢字が。", vec!["漢字"])]
        );
        assert_eq!(told("が。な", "ここに漢字が。なし。").len(), 1);
        assert_eq!(told("1,000 e-mail", "1,000 E-mails.").len(), 1);
        assert_eq!(told("aab ab a", "aaab"), [("aaab", vec!["a", "aab"])]);
    }

    #[test]
    fn words_of_several_sentences_are_shown_together() {
        let text = "None here. The mole cracked. Nobody looked. The basin is dug. Done.";
        let words = Words::new(["basin MOLE"]);
        assert!(words.are_in(text, &mut String::new()) && words.sentences(text).is_empty());
        let one = words.sentence(text);
        assert_eq!(
            &text[one.place],
            "The mole cracked. Nobody looked. The basin is dug."
        );
        assert_eq!(one.marks.len(), 2);
    }

    proptest! {
        /// Wherever a word is in a text, a sentence has it; and each sentence has all words.
        #[test]
        fn no_word_is_lost_between_sentences(
            text in "([abA.?! é\n。漢]|e\u{301}|\n\n){0,40}",
            words in "[abé.。漢]{1,3}( [ab]{1,2})?",
        ) {
            let words = Words::new([&*words]);
            let found = words.sentences(&text);
            let mut room = String::new();
            for one in &found {
                prop_assert!(words.are_in(&text[one.place.clone()], &mut room));
                prop_assert!(!one.marks.is_empty());
                prop_assert!(one.marks.windows(2).all(|two| two[0].end <= two[1].start));
            }
            prop_assert!(found.windows(2).all(|two| two[0].place.end <= two[1].place.start));
            if words.finders.len() == 1 {
                prop_assert_eq!(words.are_in(&text, &mut room), !found.is_empty());
            }
            if words.are_in(&text, &mut room) {
                let one = words.sentence(&text);
                prop_assert!(words.are_in(&text[one.place], &mut room));
            }
        }
    }
}
