//! A date in words, cut into numbers, words and signs.

use super::words::{self, Word};

/// A piece of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number: its value, how many digits it was written with, and whether it is an ordinal
    /// (`3rd`, `19.`).
    Number(u32, usize, bool),
    /// `1880s`, `1880er`.
    Decade(u32),
    /// What a word may say.
    Word(Vec<Word>, String),
    /// A dash, a slash, a dot between numbers, a colon, a comma.
    Sign(char),
}

/// The longest text that is taken for a date in words, in characters.
const LONGEST: usize = 120;

/// The pieces of a text; `None` where it has something that no date has.
pub(super) fn of(text: &str) -> Option<Vec<Token>> {
    if text.chars().count() > LONGEST {
        return None;
    }
    // Dashes are told apart from words before letters lose their accents.
    let plain: String = text
        .chars()
        .map(|c| match c {
            '–' | '—' | '‒' | '−' | '‐' | '‑' => '-',
            '’' | '‘' | '´' => '\'',
            '~' | '≈' => '~',
            'º' | 'ª' | '°' => '\u{1}',
            c => c,
        })
        .collect();
    let plain = deunicode::deunicode(&plain).to_lowercase();
    let chars: Vec<char> = plain.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let begin = at;
        let run = |from: usize, is: fn(&char) -> bool| {
            from + chars[from..].iter().take_while(|c| is(c)).count()
        };
        if c.is_ascii_digit() {
            at = run(at, char::is_ascii_digit);
            let digits: String = chars[begin..at].iter().collect();
            let number: u32 = digits.parse().ok().filter(|_| digits.len() <= 8)?;
            let end = run(at, char::is_ascii_alphabetic);
            let suffix: String = chars[at..end].iter().collect();
            match suffix.as_str() {
                "" => {
                    // A dot after a number and before a space makes it an ordinal, as in German.
                    let dot = chars.get(at) == Some(&'.');
                    let next = chars.get(at + 1);
                    let ordinal = dot && !next.is_some_and(char::is_ascii_digit);
                    let degree = chars.get(at) == Some(&'\u{1}');
                    tokens.push(Token::Number(number, digits.len(), ordinal || degree));
                    at += usize::from(ordinal || degree);
                }
                "s" | "er" if digits.len() == 4 && number.is_multiple_of(10) => {
                    tokens.push(Token::Decade(number));
                    at = end;
                }
                "st" | "nd" | "rd" | "th" | "er" | "e" | "eme" | "o" => {
                    tokens.push(Token::Number(number, digits.len(), true));
                    at = end;
                }
                // Before a time: 2020-05-03T14:30.
                "t" | "h" | "am" | "pm" | "z" => {
                    tokens.push(Token::Number(number, digits.len(), false));
                }
                _ => return None,
            }
        } else if c.is_ascii_alphabetic() {
            at = run(at, char::is_ascii_alphabetic);
            let mut word: String = chars[begin..at].iter().collect();
            at = abbreviated(&chars, at, &mut word);
            push_word(word, &mut tokens)?;
        } else {
            at += 1;
            match c {
                c if c.is_whitespace() => {}
                '\'' | '(' | ')' | '[' | ']' | ';' => {}
                '.' if !between_digits(&chars, begin) => {}
                '.' | ',' | '-' | '/' | ':' => tokens.push(Token::Sign(c)),
                '~' => tokens.push(Token::Word(vec![Word::About], "~".into())),
                '?' => tokens.push(Token::Word(vec![Word::Perhaps], "?".into())),
                '<' => tokens.push(Token::Word(vec![Word::Before], "<".into())),
                '>' => tokens.push(Token::Word(vec![Word::After], ">".into())),
                _ => return None,
            }
        }
    }
    Some(tokens)
}

fn between_digits(chars: &[char], at: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    digit(at.checked_sub(1)) && digit(Some(at + 1))
}

/// Takes the dots of an abbreviation of several letters: `n.d.`, `b.c.`, `v. chr.`, `av. j.-c.`.
fn abbreviated(chars: &[char], at: usize, word: &mut String) -> usize {
    let rest: String = chars[at..].iter().take(12).collect();
    let known: &[(&str, &str, &str)] = &[
        ("b", ".c.e", "bce"),
        ("b", ".c", "bc"),
        ("a", ".d", "ad"),
        ("n", ".d", "nd"),
        ("n", "/a", "nd"),
        ("o", ".d", "nd"),
        ("o", ". d", "nd"),
        ("s", ".d", "nd"),
        ("s", ". d", "nd"),
        ("s", ".f", "nd"),
        ("s", ". f", "nd"),
        ("v", ". chr", "bc"),
        ("v", ".chr", "bc"),
        ("n", ". chr", "ad"),
        ("n", ".chr", "ad"),
        ("av", ". j.-c", "bc"),
        ("av", ". j-c", "bc"),
        ("av", " j.-c", "bc"),
        ("ap", ". j.-c", "ad"),
        ("a", ". c", "bc"),
        ("a", ".c", "bc"),
        ("d", ". c", "ad"),
        ("d", ".c", "ad"),
        ("a", ".m", "am"),
        ("a", ". m", "am"),
        ("p", ".m", "pm"),
        ("p", ". m", "pm"),
        ("jusqu", "'en", "jusqu"),
        ("jusqu", "'au", "jusqu"),
        ("jusqu", "'a", "jusqu"),
        ("aujourd", "'hui", "hoy"),
        ("peut", "-etre", "quizas"),
        ("tal", " vez", "quizas"),
    ];
    for (head, tail, means) in known {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphabetic());
        if word == head
            && let Some(after) = rest.strip_prefix(tail)
            && ends(after)
        {
            (*means).clone_into(word);
            return at + tail.len();
        }
    }
    at
}

/// A word, or a word and what is grown together with it: `mid-1880s` comes as two anyway.
fn push_word(word: String, tokens: &mut Vec<Token>) -> Option<()> {
    let meanings: Vec<Word> = words::of(&word).collect();
    if !meanings.is_empty() {
        tokens.push(Token::Word(meanings, word));
        return Some(());
    }
    // XIX, XIXe, XXth.
    for suffix in ["", "e", "eme", "th", "st"] {
        let number = word.strip_suffix(suffix).and_then(words::roman);
        if let Some(number) = number {
            // Four digits never are a Roman number: two say what a century wants.
            tokens.push(Token::Number(number, 2, true));
            return Some(());
        }
    }
    // T and Z of ISO, a quarter as Q1 or T1.
    match word.as_str() {
        "t" | "z" => {
            tokens.push(Token::Word(Vec::new(), word));
            Some(())
        }
        "q" => {
            tokens.push(Token::Word(vec![Word::Quarter], word));
            Some(())
        }
        "s" => {
            tokens.push(Token::Word(vec![Word::Century], word));
            Some(())
        }
        _ => None,
    }
}
