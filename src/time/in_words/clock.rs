//! The time of day in a date of words: `14:30`, `T14:30:05Z`, `2:30 pm`, `14h30`, `14 Uhr`.

use super::moment::{is_zone, offset_of};
use super::tokens::Token;
use super::types::{NO_TIME, Unread};
use super::vocabulary::Word;

/// A time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    /// As EDTF writes it, with its zone; nothing where only the hour is said.
    pub(super) edtf: Option<String>,
    /// Whether the words say more: the name of a zone, about that hour.
    pub(super) says_more: bool,
    /// Whether a fraction of a second was left out.
    pub(super) fraction: bool,
}

/// Takes the time of day out of the pieces of a date.
///
/// # Errors
/// When there is no such time.
pub(super) fn take(parts: &mut Vec<Token>) -> Result<Option<Clock>, Unread> {
    let Some(begin) = begin(parts) else {
        return Ok(None);
    };
    let mut reader = Reader {
        rest: &parts[begin..],
        clock: Clock {
            edtf: None,
            says_more: false,
            fraction: false,
        },
    };
    let time = reader.time()?;
    let zone = reader.zone();
    let (rest, mut clock) = (reader.rest.to_vec(), reader.clock);
    parts.truncate(begin);
    // What leads to it: 2020-05-03T14:30, am 3. Mai um 14 Uhr, vers 14h.
    while let Some(last) = parts.last() {
        let leads = match last {
            Token::Word(words, word) if word == "t" => words.is_empty(),
            Token::Word(words, word) if words.contains(&Word::About) => {
                clock.says_more |= word != "um";
                true
            }
            Token::Word(words, _) => words.contains(&Word::Filler) || words.contains(&Word::To),
            Token::Sign(',') => true,
            _ => false,
        };
        if !leads {
            break;
        }
        parts.pop();
    }
    parts.extend(rest);
    match time {
        Some(time) => clock.edtf = Some(format!("{time}{zone}")),
        None => clock.says_more = true,
    }
    Ok(Some(clock))
}

/// Where a time of day begins.
fn begin(parts: &[Token]) -> Option<usize> {
    let hour = |at: usize| matches!(parts.get(at), Some(Token::Number(_, 1 | 2, false)));
    let all = 0..parts.len();
    let colon = Token::Sign(':');
    let with_minutes = (all.clone()).find(|at| hour(*at) && parts.get(at + 1) == Some(&colon));
    let named = |at: &usize| {
        hour(*at)
            && parts.get(at + 1).is_some_and(|next| {
                is_hour(next) || says(next, Word::Afternoon) || says(next, Word::Morning)
            })
    };
    with_minutes.or_else(|| all.clone().find(named))
}

fn says(token: &Token, word: Word) -> bool {
    matches!(token, Token::Word(words, _) if words.contains(&word))
}

/// `h`, `Uhr` after an hour.
fn is_hour(token: &Token) -> bool {
    let names = ["h", "uhr", "heures", "horas"];
    matches!(token, Token::Word(_, word) if names.contains(&word.as_str()))
}

struct Reader<'p> {
    rest: &'p [Token],
    clock: Clock,
}

impl Reader<'_> {
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let [Token::Number(number, count, _), rest @ ..] = self.rest else {
            return None;
        };
        if !digits.contains(count) {
            return None;
        }
        self.rest = rest;
        Some(*number)
    }

    fn takes(&mut self, is: impl Fn(&Token) -> bool) -> bool {
        let takes = self.rest.first().is_some_and(is);
        if takes {
            self.rest = &self.rest[1..];
        }
        takes
    }

    /// Hours, minutes and seconds; nothing where there is only an hour.
    fn time(&mut self) -> Result<Option<String>, Unread> {
        let colon = |token: &Token| *token == Token::Sign(':');
        let hour = self.number(1..=2).ok_or(NO_TIME)?;
        let (mut minute, mut second) = (None, 0);
        if self.takes(colon) {
            minute = Some(self.number(2..=2).ok_or(NO_TIME)?);
            if self.takes(colon) {
                second = self.number(2..=2).ok_or(NO_TIME)?;
                self.fraction();
            }
            self.takes(is_hour);
        } else if self.takes(is_hour) {
            minute = self.number(2..=2);
        }
        let half = if self.takes(|token| says(token, Word::Afternoon)) {
            Some(12)
        } else if self.takes(|token| says(token, Word::Morning)) {
            Some(0)
        } else {
            None
        };
        let hour = match half {
            Some(_) if !(1..=12).contains(&hour) => return Err(NO_TIME),
            Some(half) => hour % 12 + half,
            None => hour,
        };
        let whole = minute.unwrap_or(0);
        let ends_day = hour == 24 && whole == 0 && second == 0;
        if (hour > 23 && !ends_day) || whole > 59 || second > 59 {
            return Err(NO_TIME);
        }
        Ok(minute.map(|minute| format!("{hour:02}:{minute:02}:{second:02}")))
    }

    fn fraction(&mut self) {
        let fraction = match self.rest {
            [Token::Sign('.'), Token::Number(fraction, ..), ..]
            | [Token::Sign(','), Token::Number(fraction, 3.., _), ..] => *fraction,
            _ => return,
        };
        self.clock.fraction = fraction != 0;
        self.rest = &self.rest[2..];
    }

    /// The zone as EDTF writes it.
    fn zone(&mut self) -> String {
        let mut zone = String::new();
        if self.takes(|token| says(token, Word::Utc)) {
            zone.push('Z');
        }
        let offset = match self.rest {
            [
                Token::Sign(sign @ ('+' | '-')),
                Token::Number(offset, 4, _),
                ..,
            ] => Some((2, format!("{sign}{offset:04}"))),
            [
                Token::Sign(sign @ '+'),
                Token::Number(hours, 2, _),
                Token::Sign(':'),
                Token::Number(minutes, 2, _),
                ..,
            ] => Some((4, format!("{sign}{hours:02}{minutes:02}"))),
            [Token::Sign(sign), Token::Number(hours, 2, _), ..]
                if *sign == '+' || *sign == '-' && zone == "Z" =>
            {
                Some((2, format!("{sign}{hours:02}")))
            }
            _ => None,
        };
        if let Some((length, offset)) = offset
            && let Some(offset) = offset_of(&offset)
        {
            zone = offset;
            self.rest = &self.rest[length..];
        }
        while self.takes(|token| matches!(token, Token::Word(_, word) if is_zone(word))) {
            self.clock.says_more = true;
        }
        zone
    }
}
