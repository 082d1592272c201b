//! Property tests against oracles that are too slow and too simple to be wrong.

use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;

use super::text;
use crate::elision;
use crate::fold::{Folded, LineHyphen};
use crate::typography::{Kind, begins_within_letter, joins_previous, kind};
use crate::{AtSpans, Level, Span, Text};

/// The pieces that generated texts consist of: words, marks, spaces, and everything that folding
/// affects.
const PIECES: &[&str] = &[
    "a",
    "b",
    "ab",
    "Ab",
    "ba",
    "e",
    "é",
    "e\u{301}",
    "q\u{323}\u{307}",
    "\u{301}",
    "ﬁ",
    "f",
    "i",
    "가",
    "\u{1100}\u{1161}",
    "д",
    "1",
    "2",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\u{A0}",
    "\t",
    "-",
    "–",
    "—",
    " - ",
    "-\n",
    "--",
    "\u{AD}",
    "\u{AD}\n",
    "\u{200B}",
    "\u{FEFF}",
    "'",
    "’",
    "\"",
    "“",
    "« ",
    ".",
    ",",
    "?",
    " !",
    "…",
    "...",
    "[…]",
    "Ａ",
    "ſ",
    "²",
    "𝔸",
];

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

fn fold(words: &str) -> String {
    Folded::new(words, LineHyphen::Kept).words().to_string()
}

fn is_edge(words: &[char], at: usize) -> bool {
    if at == 0 {
        return true;
    }
    let rest = words.iter().skip(at);
    let mut visible = rest.filter(|&&c| kind(c) != Kind::Unseen);
    visible.next().is_none_or(|&c| !joins_previous(c))
}

/// All stretches of the text that match the quote, by exhaustive search: those whose words equal
/// the quote's and that neither separate a letter from its accent nor begin or end in dropped
/// characters.
fn naive(words: &[char], same: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    for start in 0..words.len() {
        for end in start + 1..=words.len() {
            let stretch: String = words[start..end].iter().collect();
            if is_edge(words, start) && is_edge(words, end) && same(&stretch) {
                spans.push(Span::new(start as u32, end as u32));
            }
        }
    }
    spans
}

/// Among stretches that differ only in white space and invisible characters at their ends, the
/// shortest.
fn without_wider(spans: &[Span]) -> Vec<Span> {
    let inner = |span: &Span| {
        !spans
            .iter()
            .any(|other| other != span && span.contains(*other))
    };
    spans.iter().copied().filter(inner).collect()
}

fn in_text(text: &Text, spans: &[Span]) -> bool {
    spans
        .iter()
        .all(|&span| !span.is_empty() && text.slice(span).is_some())
}

/// The quote in another typesetter's hands.
fn reset(quote: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().cycle();
    let mut reset = String::new();
    for (at, c) in quote.char_indices() {
        let pick =
            |options: &[&str], choice: u8| options[usize::from(choice) % options.len()].to_string();
        let choice = choices.next().unwrap_or(0);
        reset += &match c {
            // The base of an accent is left unchanged: otherwise the accent would move to another
            // character.
            _ if begins_within_letter(&quote[at + c.len_utf8()..]) => c.to_string(),
            // A soft hyphen continues the word across a line break, but not across a space.
            _ if quote[..at].trim_end().ends_with('\u{AD}') => c.to_string(),
            '\'' | '’' | '"' | '“' => pick(&["'", "’", "\"", "„", "»"], choice),
            '–' | '—' => pick(&["-", "–", " — ", "--", "−"], choice),
            ' ' | '\u{A0}' | '\t' => pick(&[" ", "\u{202F}", "\n", " \r\n "], choice),
            'a' if choice % 5 == 0 => "a\u{200B}".to_string(),
            'ﬁ' => pick(&["ﬁ", "fi"], choice),
            _ => c.to_string(),
        };
    }
    match choices.next() {
        Some(choice) if choice % 3 == 0 => reset.nfd().collect(),
        Some(choice) if choice % 3 == 1 => reset.nfc().collect(),
        _ => reset,
    }
}

proptest! {
    #[test]
    fn a_cut_stands_where_it_was_cut(words in words(), start in 0usize..60, length in 1usize..30) {
        let letters: Vec<char> = words.chars().collect();
        let start = start.min(letters.len());
        let end = (start + length).min(letters.len());
        let quote: String = letters[start..end].iter().collect();
        let text = text(&words);
        let span = Span::new(start as u32, end as u32);
        let found = text.find(&quote);
        prop_assert!(in_text(&text, &found.spans));
        if fold(&quote).is_empty() {
            prop_assert_eq!(found.level, Level::Missing);
        } else if is_edge(&letters, start) && is_edge(&letters, end) {
            prop_assert!(matches!(found.level, Level::Exact | Level::Ambiguous));
            prop_assert_eq!(text.slice(found.spans[0]), Some(quote.as_str()));
            let is_exact = matches!(text.at(&quote, &[span]), AtSpans::Stands { level: Level::Exact, .. });
            prop_assert!(is_exact);
            prop_assert_eq!(text.find_within(&quote, &[span]).spans, vec![span]);
        }
    }

    #[test]
    fn exact_places_are_those_of_the_oracle(words in words(), quote in words()) {
        let letters: Vec<char> = words.chars().collect();
        let naive = naive(&letters, |stretch| stretch == quote && !fold(&quote).is_empty());
        let found = text(&words).find(&quote);
        match naive.as_slice() {
            [] => prop_assert_ne!(found.level, Level::Exact),
            [only] => {
                prop_assert_eq!(found.level, Level::Exact);
                prop_assert_eq!(found.spans, vec![*only]);
            }
            [first, ..] => {
                prop_assert_eq!(found.level, Level::Ambiguous);
                prop_assert_eq!(found.spans, vec![*first]);
                prop_assert_eq!(found.occurrences, naive.len());
            }
        }
    }

    #[test]
    fn other_typography_is_folded(words in words(), start in 0usize..60, length in 1usize..30, choices in prop::collection::vec(any::<u8>(), 1..20)) {
        let letters: Vec<char> = words.chars().collect();
        let start = start.min(letters.len());
        let end = (start + length).min(letters.len());
        let cut: String = letters[start..end].iter().collect();
        if !is_edge(&letters, start) || !is_edge(&letters, end) || fold(&cut).is_empty() {
            return Ok(());
        }
        let quote = reset(&cut, &choices);
        // Hyphens at line ends can be treated in two ways and have their own test.
        if Folded::new(&quote, LineHyphen::Kept).has_line_hyphens() {
            return Ok(());
        }
        let text = text(&words);
        let found = text.find(&quote);
        prop_assert!(matches!(found.level, Level::Exact | Level::Folded | Level::Ambiguous), "{:?} in {:?}: {:?}", quote, words, found);
        prop_assert!(in_text(&text, &found.spans));
        let here = text.at(&quote, &[Span::new(start as u32, end as u32)]);
        let stands = matches!(here, AtSpans::Stands { .. });
        prop_assert!(stands, "{:?}", here);
    }

    #[test]
    fn folded_places_are_those_of_the_oracle(words in words(), quote in prop::collection::vec(select(PIECES), 1..4).prop_map(|pieces| pieces.concat())) {
        let letters: Vec<char> = words.chars().collect();
        let text = text(&words);
        let wanted = fold(&quote);
        let found = text.find(&quote);
        prop_assert!(in_text(&text, &found.spans));
        // Hyphens at line ends can be treated in two ways and have their own test.
        if text.folded().has_line_hyphens() || Folded::new(&quote, LineHyphen::Kept).has_line_hyphens() {
            return Ok(());
        }
        let places: Vec<Span> = naive(&letters, |stretch| fold(stretch) == wanted && !wanted.is_empty())
            .into_iter()
            .filter(|span| !cuts_dashes(&letters, *span))
            .collect();
        let places = without_wider(&places);
        match found.level {
            Level::Folded => prop_assert_eq!(places, found.spans, "{:?}", wanted),
            Level::Missing => prop_assert_eq!(places, vec![], "{:?}", wanted),
            Level::Ambiguous if !words.contains(&quote) && elision::parts(&quote).is_none() => {
                prop_assert_eq!(places.len(), found.occurrences, "{:?}", wanted);
            }
            _ => {}
        }
    }

    #[test]
    fn a_changed_letter_is_missing(words in "[ab ]{2,30}", at in 0usize..30, start in 0usize..30) {
        let mut quote: Vec<char> = words.chars().skip(start % words.len()).collect();
        let at = at % quote.len();
        quote[at] = if quote[at] == 'a' { 'b' } else { 'a' };
        let quote: String = quote.into_iter().collect();
        let stands = fold(&words).contains(&fold(&quote));
        let level = text(&words).find(&quote).level;
        prop_assert_eq!(level == Level::Missing, !stands, "{:?}", level);
    }

    #[test]
    fn elided_quotes_agree_with_the_oracle(words in "[ab ]{0,24}", parts in prop::collection::vec("[ab]{1,2}", 2..4)) {
        let quote = parts.join("…");
        let folded = fold(&words);
        let found = text(&words).find(&quote);
        let stands = naive_elided(&folded, &parts);
        prop_assert_eq!(found.level != Level::Missing, stands.is_some());
        if let Some(end) = stands {
            let again = naive_elided(&folded[end..], &parts).is_some();
            let expected = if again { Level::Ambiguous } else { Level::Elided };
            prop_assert_eq!(found.level, expected);
            let text = text(&words);
            prop_assert_eq!(found.spans.len(), parts.len());
            for (span, part) in found.spans.iter().zip(&parts) {
                prop_assert_eq!(text.slice(*span), Some(part.as_str()));
            }
            prop_assert!(found.spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }

    #[test]
    fn anything_at_all_is_answered(words in ".{0,40}", quote in ".{0,12}", spans in prop::collection::vec((0u32..50, 0u32..50), 0..4)) {
        let text = text(&words);
        let spans: Vec<Span> = spans.into_iter().map(|(start, end)| Span::new(start, end)).collect();
        prop_assert!(in_text(&text, &text.find(&quote).spans));
        prop_assert!(in_text(&text, &text.find_within(&quote, &spans).spans));
        text.at(&quote, &spans);
        elision::parts(&quote);
        for span in spans {
            prop_assert!(text.slice(text.sentence_around(span)).is_some());
        }
    }

    #[test]
    fn the_nearest_place_lies_in_the_text(words in words(), quote in words()) {
        let text = text(&words);
        if let Some(nearest) = text.nearest(&quote) {
            prop_assert!(text.slice(nearest.place).is_some());
            prop_assert!(text.slice(nearest.differing).is_some());
            prop_assert!(nearest.sentence.contains(nearest.place));
            prop_assert!(nearest.in_quote.end as usize <= quote.chars().count());
            prop_assert_eq!(Some(nearest), super::text(&words).nearest(&quote));
        }
    }
}

/// Whether a span begins or ends inside a run of dashes, which counts as one dash.
fn cuts_dashes(words: &[char], span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    [start, end].into_iter().any(|cut| {
        let before: String = words[..cut].iter().collect();
        let after: String = words[cut..].iter().collect();
        let (before_cut, after_cut) = (fold(&before), fold(&after));
        let uncut = fold(&(before + &after));
        before_cut.ends_with('-')
            && after_cut.starts_with('-')
            && uncut.len() < before_cut.len() + after_cut.len()
    })
}

/// The earliest end of the parts in order, by trying all matches of each.
fn naive_elided(words: &str, parts: &[String]) -> Option<usize> {
    let Some((first, rest)) = parts.split_first() else {
        return Some(0);
    };
    (0..words.len())
        .filter(|&start| words[start..].starts_with(first.as_str()))
        .filter_map(|start| {
            let end = start + first.len();
            Some(end + naive_elided(&words[end..], rest)?)
        })
        .min()
}

#[test]
fn both_readings_of_a_hyphen_are_tried_for_the_quote_too() {
    let text = text("the government is well-known");
    assert_eq!(text.find("the govern-\nment is").level, Level::Folded);
    assert_eq!(text.find("is well-\nknown").level, Level::Folded);
    let capital = super::text("Trans-\nAtlantic");
    assert_eq!(capital.find("TransAtlantic").level, Level::Missing);
    assert_eq!(capital.find("Trans-Atlantic").level, Level::Folded);
}
