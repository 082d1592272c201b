//! A date in words, cut into numbers, words and signs.

use super::cyrillic;
use super::vocabulary::{self as words, Word};

/// A piece of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number: its value, how many digits it was written with, and whether it is an ordinal
    /// (`3rd`, `19.`).
    Number(u32, usize, bool),
    /// A year of two digits that is marked as one: `'21`.
    ShortYear(u32),
    /// `1880s`, `1880er`, `90s`: the first year, and how many digits it was written with.
    Decade(u32, usize),
    /// `1750/1`: two years that follow each other, and how many digits the second was written with.
    DoubleYear(u32, usize),
    /// What a word may say.
    Word(Vec<Word>, String),
    /// A dash, a slash, a dot between numbers, a colon, a comma, an opening bracket.
    Sign(char),
}

/// The longest text that is taken for a date in words, in characters.
const LONGEST: usize = 120;

/// The pieces of a text; `None` where it has something that no date has.
pub(super) fn of(text: &str) -> Option<Vec<Token>> {
    if text.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let english;
    let text = if text.contains(cyrillic::is_cyrillic) {
        english = cyrillic::in_english(text)?;
        &english
    } else {
        text
    };
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Dashes are told apart from words before letters lose their accents.
            '–' | '—' | '‒' | '−' | '‐' | '‑' => plain.push('-'),
            '’' | '‘' | '´' => plain.push('\''),
            '~' | '≈' => plain.push('~'),
            'º' | 'ª' | '°' => plain.push('\u{1}'),
            // What was published then, not what is about then.
            '©' | '℗' => plain.push_str(" copyright "),
            c => plain.push(c),
        }
    }
    let plain = deunicode::deunicode(&plain).to_lowercase();
    let mut lexer = Lexer {
        chars: plain.chars().collect(),
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(&c) = lexer.chars.get(lexer.at) {
        if c.is_ascii_digit() {
            lexer.number()?;
        } else if c.is_ascii_alphabetic() {
            lexer.word()?;
        } else {
            lexer.at += 1;
            lexer.sign(c)?;
        }
    }
    Some(with_double_years(&lexer.tokens))
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer {
    /// Where a run of such characters ends.
    fn run(&self, from: usize, is: fn(&char) -> bool) -> usize {
        from + self.chars[from..].iter().take_while(|c| is(c)).count()
    }

    fn letters(&self, from: usize) -> String {
        let end = self.run(from, char::is_ascii_alphabetic);
        self.chars[from..end].iter().collect()
    }

    fn follows(&self, at: usize, is: impl Fn(char) -> bool) -> bool {
        self.chars.get(at).is_some_and(|c| is(*c))
    }

    fn number(&mut self) -> Option<()> {
        let begin = self.at;
        let mut at = self.run(begin, char::is_ascii_digit);
        let digits: String = self.chars[begin..at].iter().collect();
        let count = digits.len();
        let number: u32 = digits.parse().ok().filter(|_| count <= 9)?;
        let is_decade = number.is_multiple_of(10) && (2..=4).contains(&count);
        let suffix = self.letters(at);
        let mut token = Token::Number(number, count, false);
        match suffix.as_str() {
            "" => {
                // A dot after a number and before a space makes it an ordinal, as in German.
                let dot = self.follows(at, |c| c == '.');
                let ordinal = dot && !self.follows(at + 1, |c| c.is_ascii_digit());
                let degree = self.follows(at, |c| c == '\u{1}');
                if ordinal || degree {
                    token = Token::Number(number, count, true);
                    at += 1;
                } else if is_decade
                    && self.follows(at, |c| c == '\'')
                    && self.letters(at + 1) == "s"
                {
                    token = Token::Decade(number, count);
                    at += 2;
                } else if matches!(count, 2 | 3) && self.follows(at, |c| c == '?') {
                    // 188? is the year 188 or a year of the 1880s.
                    return None;
                }
            }
            "s" | "er" if is_decade => {
                token = Token::Decade(number, count);
                at += suffix.len();
            }
            "st" | "nd" | "rd" | "th" | "d" | "er" | "e" | "eme" | "o" => {
                token = Token::Number(number, count, true);
                at += suffix.len();
            }
            // Grown together with what follows: 2020-05-03T14:30, 14h30, 44BC, 2020Q3, 1880ff.
            "t" | "h" | "am" | "pm" | "z" | "uhr" | "q" | "bc" | "bce" | "ad" | "ce" | "ff" => {}
            // 05JAN1914.
            month if words::of(month).any(|word| matches!(word, Word::Month(_))) => {}
            _ => return None,
        }
        self.at = at;
        self.tokens.push(token);
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let begin = self.at;
        let mut word = self.letters(begin);
        self.at = begin + word.len();
        self.at = abbreviated(&self.chars, self.at, &mut word);
        self.push_word(word)
    }

    fn sign(&mut self, c: char) -> Option<()> {
        let at = self.at;
        let next_is_digit = self.follows(at, |c| c.is_ascii_digit());
        match c {
            c if c.is_whitespace() => {}
            '(' if self.chars[at..].starts_with(&['c', ')']) => {
                self.at += 2;
                self.tokens
                    .push(Token::Word(vec![Word::Filler], "copyright".into()));
            }
            // 25 October (7 November) 1917.
            '(' | '[' if next_is_digit && !self.tokens.is_empty() => {
                self.tokens.push(Token::Sign('('));
            }
            '\'' if next_is_digit => self.short_year()?,
            '\'' | '(' | ')' | '[' | ']' | ';' => {}
            '.' if !self.between_digits(at - 1) => {}
            '.' | ',' | '-' | '/' | ':' | '+' => self.tokens.push(Token::Sign(c)),
            '&' => self.tokens.push(Token::Word(vec![Word::And], "&".into())),
            '~' => self.tokens.push(Token::Word(vec![Word::About], "~".into())),
            '?' => (self.tokens).push(Token::Word(vec![Word::Perhaps], "?".into())),
            '<' => self
                .tokens
                .push(Token::Word(vec![Word::Before], "<".into())),
            '>' => self.tokens.push(Token::Word(vec![Word::After], ">".into())),
            _ => return None,
        }
        Some(())
    }

    /// `'21`, or `'90s`.
    fn short_year(&mut self) -> Option<()> {
        let end = self.run(self.at, char::is_ascii_digit);
        let digits: String = self.chars[self.at..end].iter().collect();
        let number: u32 = digits.parse().ok().filter(|_| digits.len() == 2)?;
        match self.letters(end).as_str() {
            "" => {
                self.tokens.push(Token::ShortYear(number));
                self.at = end;
            }
            "s" if number.is_multiple_of(10) => {
                self.tokens.push(Token::Decade(number, 2));
                self.at = end + 1;
            }
            _ => return None,
        }
        Some(())
    }

    fn between_digits(&self, at: usize) -> bool {
        let digit =
            |at: Option<usize>| at.is_some_and(|at| self.follows(at, |c| c.is_ascii_digit()));
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    }

    /// A word, or a word and what is grown together with it: `mid-1880s` comes as two anyway.
    fn push_word(&mut self, word: String) -> Option<()> {
        // "c" after an ordinal is a century: 19th c., 5 c. BC.
        let counts = match self.tokens.last() {
            Some(Token::Number(_, digits, ordinal)) => *digits <= 2 && (*ordinal || word == "c"),
            _ => false,
        };
        if matches!(word.as_str(), "c" | "s") && counts {
            self.tokens.push(Token::Word(vec![Word::Century], word));
            return Some(());
        }
        // "d'août" is August, and "d. 1900" a death.
        if word == "d" && self.follows(self.at, |c| c == '.') {
            return None;
        }
        let meanings: Vec<Word> = words::of(&word).collect();
        if let [Word::Nth(nth)] = meanings[..] {
            // No digits: it counts centuries and quarters, and is the number of no month.
            self.tokens.push(Token::Number(nth, 0, true));
            return Some(());
        }
        // H1 2020 is a half of a year; "h" alone is of the time of day.
        let number = self.follows(self.at, |c| matches!(c, '1' | '2'));
        if word == "h" && number && !self.follows(self.at + 1, |c| c.is_ascii_digit()) {
            self.tokens.push(Token::Word(vec![Word::Half], word));
            return Some(());
        }
        if !meanings.is_empty() {
            self.tokens.push(Token::Word(meanings, word));
            return Some(());
        }
        // XIX, XIXe, XXth.
        for suffix in ["", "e", "eme", "th", "st"] {
            let number = word.strip_suffix(suffix).and_then(words::roman);
            if let Some(number) = number {
                // Four digits never are a Roman number: two say what a century wants.
                self.tokens.push(Token::Number(number, 2, true));
                return Some(());
            }
        }
        let meanings = match word.as_str() {
            // The T of ISO, words of a whole phrase, and names of zones.
            "t" | "h" | "uhr" | "heures" | "horas" | "onward" | "onwards" | "ff" | "os" | "ns" => {
                vec![]
            }
            zone if super::moment::is_zone(zone) => vec![],
            "q" => vec![Word::Quarter],
            "s" => vec![Word::Century],
            _ => return None,
        };
        self.tokens.push(Token::Word(meanings, word));
        Some(())
    }
}

/// Takes the dots of an abbreviation of several letters: `n.d.`, `b.c.`, `v. chr.`, `av. j.-c.`.
fn abbreviated(chars: &[char], at: usize, word: &mut String) -> usize {
    let rest: String = chars[at..].iter().take(12).collect();
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    for (head, tail, means) in ABBREVIATIONS {
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

const ABBREVIATIONS: &[(&str, &str, &str)] = &[
    ("b", ".c.e", "bce"),
    ("b", ". c. e", "bce"),
    ("b", ".c", "bc"),
    ("b", ". c", "bc"),
    ("c", ".e", "ce"),
    ("a", ".d", "ad"),
    ("a", ". d", "ad"),
    ("n", ".d", "nd"),
    ("n", "/a", "nd"),
    ("o", ".d", "nd"),
    ("o", ". d", "nd"),
    ("o", ".j", "nd"),
    ("o", ". j", "nd"),
    ("s", ".d", "nd"),
    ("s", ". d", "nd"),
    ("s", ".a", "nd"),
    ("s", ".f", "nd"),
    ("s", ". f", "nd"),
    ("o", ".s", "os"),
    ("o", ". s", "os"),
    ("n", ".s", "ns"),
    ("n", ". s", "ns"),
    ("old", " style", "os"),
    ("new", " style", "ns"),
    ("v", ". chr", "bc"),
    ("v", ".chr", "bc"),
    ("v", ". u. z", "bc"),
    ("v", ".u.z", "bc"),
    ("n", ". chr", "ad"),
    ("n", ".chr", "ad"),
    ("n", ". u. z", "ad"),
    ("n", ".u.z", "ad"),
    ("av", ". j.-c", "bc"),
    ("av", ". j-c", "bc"),
    ("av", " j.-c", "bc"),
    ("av", ". jc", "bc"),
    ("ap", ". j.-c", "ad"),
    ("ap", ". j-c", "ad"),
    ("ap", ". jc", "ad"),
    ("a", ". c", "bc"),
    ("a", ".c", "bc"),
    ("d", ". c", "ad"),
    ("d", ".c", "ad"),
    ("a", " partir", "partir"),
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

/// The last double year of England, where the year began on 25 March.
pub(super) const LAST_DOUBLE_YEAR: u32 = 1752;

/// Joins what is one year of two calendars, or a winter of two years: `1750/1`, `1999/2000` after
/// the name of a season. Other years of four digits are two.
fn with_double_years(tokens: &[Token]) -> Vec<Token> {
    let is_season = |token: &Token| match token {
        Token::Word(words, _) => words.iter().any(|word| matches!(word, Word::Season(_))),
        _ => false,
    };
    let is_month = |token: &Token| match token {
        Token::Word(words, _) => words.iter().any(|word| matches!(word, Word::Month(_))),
        _ => false,
    };
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        let stands_alone = !matches!(out.last(), Some(Token::Sign('/' | '.' | '-')));
        if let Token::Number(year, 3 | 4, _) = first
            && stands_alone
            && let [
                Token::Sign(sign @ ('/' | '-')),
                Token::Number(next, digits, _),
                after @ ..,
            ] = others
            && !matches!(after.first(), Some(Token::Sign('/' | '.' | '-' | ':')))
            && matches!(digits, 1 | 2 | 4)
            && *next == (year + 1) % 10_u32.pow(*digits as u32)
        {
            let of_season = out.iter().any(is_season);
            let of_month = *year <= LAST_DOUBLE_YEAR && out.iter().any(is_month);
            if (*sign == '/' && (*digits < 4 || of_month)) || of_season {
                out.push(Token::DoubleYear(*year, *digits));
                rest = after;
                continue;
            }
        }
        out.push(first.clone());
    }
    out
}
