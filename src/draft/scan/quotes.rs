//! Quotation marks of all shapes, paragraph by paragraph. An odd mark loses nothing but itself: a second
//! opening mark ends the first quotation, and one that never closes ends with its paragraph.

use std::ops::Range;

use super::token::{Kind, Quote, Token};
use super::words::{is_apostrophe, normal};
use crate::lexicon::{Class, Level, Lexicon, Word};

/// A stretch in quotation marks, with its marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zone {
    pub(super) start: usize,
    pub(super) end: usize,
    closed: bool,
}

/// A quotation mark, and the characters around it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    shape: char,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    /// Whether it stands where a quotation opens: before a word and not behind one.
    fn opens(&self) -> bool {
        let free = self
            .before
            .is_none_or(|c| c.is_whitespace() || "([{—–-:/>¿¡“„‘«".contains(c));
        free && self.after.is_some_and(|c| !c.is_whitespace())
    }

    /// Whether it stands where a quotation closes: behind a word and not before one.
    fn closes(&self) -> bool {
        let free = self
            .after
            .is_none_or(|c| c.is_whitespace() || (!c.is_alphanumeric() && !"“„«".contains(c)));
        free && self.before.is_some_and(|c| !c.is_whitespace())
    }
}

/// Whether a paragraph begins with a quotation mark that opens.
pub(crate) fn opens_with_mark(paragraph: &str) -> bool {
    let start = paragraph.trim_start();
    ["\"", "“", "„", "«", "''", "``", "‘", "”", "»"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

/// The stretches in quotation marks of a paragraph, in order, none within another.
pub(super) fn zones(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Vec<Zone> {
    let mut zones = double(&marks(text, range.clone()), range.end);
    for zone in &mut zones {
        zone.end = zone.start + text[zone.start..zone.end].trim_end().len();
        if !zone.closed
            && let Some(cut) = lost_close(&text[zone.start..zone.end], lexicon)
        {
            zone.end = zone.start + cut;
        }
    }
    let mut all = Vec::with_capacity(zones.len());
    let mut at = range.start;
    for zone in zones {
        single(text, at..zone.start, &mut all);
        at = zone.end;
        all.push(zone);
    }
    single(text, at..range.end, &mut all);
    all
}

/// All double marks of a paragraph.
fn marks(text: &str, range: Range<usize>) -> Vec<Mark> {
    let slice = &text[range.clone()];
    let mut marks = Vec::new();
    let mut before = None;
    let mut chars = slice.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let (shape, length) = match c {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '＂' | '『' | '』' | '《'
            | '》' => (c, c.len_utf8()),
            '\'' | '`' | '’' | '‘' if next == Some(c) => {
                let shape = if matches!(c, '`' | '‘') { '“' } else { '"' };
                (shape, 2 * c.len_utf8())
            }
            '‘' | '’' | '‚' if matches!(next, Some('‘' | '’')) => ('"', c.len_utf8() * 2),
            _ => {
                before = Some(c);
                continue;
            }
        };
        if length > c.len_utf8() {
            chars.next();
        }
        let after = slice[at + length..].chars().next();
        let (start, end) = (range.start + at, range.start + at + length);
        marks.push(Mark {
            start,
            end,
            shape,
            before,
            after,
        });
        before = Some(c);
    }
    marks
}

/// Pairs double marks.
fn double(marks: &[Mark], end: usize) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut open: Option<Mark> = None;
    let mut depth = 0_u32;
    for mark in marks {
        let Some(first) = open else {
            let starts = match mark.shape {
                '“' | '„' | '‟' | '«' | '「' | '『' | '《' => {
                    mark.opens() || !mark.closes()
                }
                '"' | '＂' => mark.opens() || (!mark.closes() && mark.before.is_none()),
                '”' | '»' => mark.opens(),
                _ => false,
            };
            if starts {
                open = Some(*mark);
                depth = 0;
            }
            continue;
        };
        match meets(first.shape, mark, depth) {
            Meets::Inner(change) => depth = depth.saturating_add_signed(change),
            Meets::Close => {
                zones.push(Zone {
                    start: first.start,
                    end: mark.end,
                    closed: true,
                });
                open = None;
            }
            Meets::Reopen => {
                zones.push(Zone {
                    start: first.start,
                    end: mark.start,
                    closed: false,
                });
                open = Some(*mark);
                depth = 0;
            }
        }
    }
    if let Some(first) = open {
        zones.push(Zone {
            start: first.start,
            end,
            closed: false,
        });
    }
    zones
}

/// What a mark is to a quotation that is open.
enum Meets {
    /// A quotation in it opens (1), closes (-1), or the mark is stray (0).
    Inner(i32),
    Close,
    Reopen,
}

fn meets(open: char, mark: &Mark, depth: u32) -> Meets {
    let opening = mark.opens() && !mark.closes();
    match (open, mark.shape) {
        ('«', '»') | ('»', '«') | ('「', '」') | ('『', '』') | ('《', '》') => {
            if depth > 0 {
                Meets::Inner(-1)
            } else {
                Meets::Close
            }
        }
        ('«', '«') | ('»', '»') | ('„', '„') => Meets::Inner(i32::from(opening)),
        ('„', '“' | '”' | '"' | '‟') => {
            if depth > 0 {
                Meets::Inner(-1)
            } else if mark.shape == '"' && opening {
                Meets::Inner(0)
            } else {
                Meets::Close
            }
        }
        ('"' | '＂', '“' | '„') if opening => Meets::Inner(1),
        ('"' | '＂', '”' | '“') if depth > 0 => Meets::Inner(-1),
        ('"' | '“' | '”' | '‟' | '＂', '"' | '“' | '”' | '‟' | '＂') => {
            if opening {
                Meets::Reopen
            } else {
                Meets::Close
            }
        }
        _ => Meets::Inner(0),
    }
}

/// Where a quotation that never closes seems to end: at a comma before a word of saying and a name.
/// `"The harbour stays shut, Lena Voss said on Monday.`
fn lost_close(quoted: &str, lexicon: &Lexicon) -> Option<usize> {
    for (at, _) in quoted.match_indices(", ") {
        let rest = &quoted[at + 2..];
        let words: Vec<&str> = rest.split_whitespace().take(6).collect();
        for (number, written) in words.iter().enumerate() {
            let bare = written.trim_end_matches(|c: char| !c.is_alphanumeric());
            let word = lexicon.word(&normal(bare));
            if number > 0 && says(word, lexicon) {
                return Some(at + 1);
            }
            let name = bare.starts_with(char::is_uppercase);
            let light = word.class.has(Class::DET | Class::SUBJECT | Class::TITLE);
            if number == 0 && says(word, lexicon) {
                let next = words
                    .get(1)
                    .is_some_and(|next| next.starts_with(char::is_uppercase));
                if next {
                    return Some(at + 1);
                }
            }
            if (!name && !light) || bare.len() < written.len() {
                break;
            }
        }
    }
    None
}

/// Whether a word is a plain verb of saying in the past or the third person.
fn says(word: &Word, lexicon: &Lexicon) -> bool {
    use crate::lexicon::{Level, PAST, THIRD, Takes};
    word.verb.is_some_and(|(number, forms)| {
        let entry = lexicon.entry(number);
        forms & (PAST | THIRD) != 0
            && entry.level == Level::Speech
            && entry.takes.has(Takes::QUOTE)
            && entry.takes.has(Takes::CLAUSE)
    })
}

/// Adds stretches in single marks, where these cannot be apostrophes.
fn single(text: &str, range: Range<usize>, zones: &mut Vec<Zone>) {
    let slice = &text[range.clone()];
    let mut from = 0;
    // Where the next closing mark ends; looked for once, however many marks open before it.
    let mut close = 0;
    let mut before: Option<char> = text[..range.start].chars().next_back();
    for (at, c) in slice.char_indices() {
        let previous = before;
        before = Some(c);
        if at < from || !matches!(c, '\'' | '‘' | '‚' | '‹' | '’') {
            continue;
        }
        let begin = at + c.len_utf8();
        let rest = &slice[begin..];
        let free = previous.is_none_or(|p| p.is_whitespace() || "([—–-:“\"".contains(p));
        if !free || !rest.starts_with(char::is_alphanumeric) || rest.starts_with(char::is_numeric) {
            continue;
        }
        if close <= begin {
            match single_close(rest) {
                Some(length) => close = begin + length,
                None => return,
            }
        }
        if close - begin <= LONGEST_SINGLE {
            zones.push(Zone {
                start: range.start + at,
                end: range.start + close,
                closed: true,
            });
            from = close;
        }
    }
}

/// What lies further apart, in bytes, are two apostrophes.
const LONGEST_SINGLE: usize = 2_000;

/// How far it is to the next single mark that can close, that mark included.
fn single_close(rest: &str) -> Option<usize> {
    /// So many characters behind a possessive "s'" are looked at for the mark that closes.
    const NEAR: usize = 200;
    let mut previous = ' ';
    for (at, c) in rest.char_indices() {
        let behind = &rest[at + c.len_utf8()..];
        let after = behind.chars().next();
        let closes = (is_apostrophe(c) || c == '›') && !previous.is_whitespace();
        let free = after.is_none_or(|c| c.is_whitespace() || ",.;:?!)]—–\"”".contains(c));
        if closes && free {
            let possessive = previous == 's'
                && after == Some(' ')
                && behind.chars().nth(1).is_some_and(char::is_lowercase)
                && behind.chars().take(NEAR).any(is_apostrophe);
            if !possessive {
                return Some(at + c.len_utf8());
            }
        }
        previous = c;
    }
    None
}

/// The token of a stretch in quotation marks.
pub(super) fn token(text: &str, zone: &Zone, goes_on: bool, lexicon: &'static Lexicon) -> Token {
    let quoted = &text[zone.start..zone.end];
    let inner = quoted.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
    let words = inner
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    let last = inner.chars().next_back().filter(|c| !c.is_alphanumeric());
    Token {
        start: zone.start,
        end: zone.end,
        kind: Kind::Quote,
        norm: String::new(),
        capital: false,
        word: lexicon.word(""),
        quote: Some(Quote {
            closed: zone.closed,
            goes_on: goes_on && !zone.closed,
            words: words as u32,
            capital: inner
                .chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(|c| !c.is_lowercase()),
            last,
        }),
    }
}

/// A part of a stretch in quotation marks: quoted words, or words of saying that stand within the marks.
pub(super) enum Part {
    Quoted(Zone),
    Words(Range<usize>),
}

/// A stretch in quotation marks with words of saying in it, as Slavic languages and French have them:
/// «…, — сказав він, — …», « …, a-t-il dit, … ». Otherwise the stretch as a whole.
pub(super) fn parted(text: &str, zone: Zone, lexicon: &'static Lexicon) -> Vec<Part> {
    if lexicon.is_english || lexicon.has_capital_nouns {
        return vec![Part::Quoted(zone)];
    }
    let mut tokens = Vec::new();
    super::words::split(text, zone.start..zone.end, lexicon, &mut tokens);
    let mark = |at: usize, marks: &str| {
        let kind = tokens.get(at).map(|token: &Token| token.kind);
        matches!(kind, Some(Kind::Mark(mark)) if marks.contains(mark))
    };
    let says = |at: usize| {
        let verb = tokens.get(at).filter(|token| !token.capital)?.word.verb?;
        (lexicon.entry(verb.0).level == Level::Speech).then_some(())
    };
    let begins = |at: usize| {
        let dash = mark(at, "—–") && mark(at - 1, ",.!?…") && says(at + 1).is_some();
        let comma = mark(at, ",")
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.is(Class::INVERTED));
        dash || comma
    };
    let Some(begin) = (2..tokens.len()).find(|&at| begins(at)) else {
        return vec![Part::Quoted(zone)];
    };
    let dash = mark(begin, "—–");
    let ends = |at: usize| {
        if dash {
            mark(at, "—–") && mark(at - 1, ",.")
        } else {
            mark(at, ",")
        }
    };
    let end = (begin + 2..tokens.len()).find(|&at| ends(at));
    let first = Zone {
        end: tokens[begin - 1].end,
        closed: true,
        ..zone
    };
    let closing = tokens
        .last()
        .filter(|_| zone.closed)
        .map_or(zone.end, |last| last.start);
    let words = tokens[begin].start..end.map_or(closing, |at| tokens[at].end);
    let rest = &text[words.end..zone.end];
    let rest_start = words.end + (rest.len() - rest.trim_start().len());
    let mut parts = vec![Part::Quoted(first), Part::Words(words)];
    if end.is_some() && rest_start < closing {
        parts.push(Part::Quoted(Zone {
            start: rest_start,
            ..zone
        }));
    }
    parts
}

/// Whether a character is a quotation mark.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '\''
            | '‘'
            | '’'
            | '‚'
            | '‹'
            | '›'
            | '`'
            | '「'
            | '」'
            | '＂'
            | '『'
            | '』'
            | '《'
            | '》'
    )
}
