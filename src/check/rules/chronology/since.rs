//! Recognises "the first … since …" in a text: in English, German, French and Spanish.
//!
//! Only unambiguous phrases are recognised. The first must be of the event's own kind, or be
//! followed only by words like "time" and "there". Ignored are "not the first", dates with "about",
//! and clauses that name neither a date nor an event.

use annals_time::{Date, Day};

/// That something is the first since something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FirstOf<'t> {
    /// The text from "first" to the end of the clause.
    pub(super) words: &'t str,
    /// The text after "since".
    pub(super) clause: &'t str,
}

/// The words of a language.
struct Language {
    first: &'static [&'static str],
    since: &'static str,
    /// The words that may occur between the two besides the kind of the event, or instead of it.
    between: &'static [&'static str],
    not: &'static [&'static str],
}

const LANGUAGES: [Language; 4] = [
    Language {
        first: &["first"],
        since: "since",
        between: &[
            "time", "one", "such", "of", "its", "his", "her", "their", "kind", "there", "here",
        ],
        not: &["not", "never", "no", "isn't", "wasn't", "hardly", "nor"],
    },
    Language {
        first: &["erste", "erster", "erstes", "ersten", "erstem", "erstmals"],
        since: "seit",
        between: &["mal", "seiner", "ihrer", "art", "dort", "hier", "dieser"],
        not: &["nicht", "kein", "keine", "nie"],
    },
    Language {
        first: &["premier", "première", "premiers", "premières"],
        since: "depuis",
        between: &["fois", "du", "de", "son", "ce", "genre", "type", "ici"],
        not: &["pas", "jamais", "ni"],
    },
    Language {
        first: &["primer", "primera", "primero", "primeros", "primeras"],
        since: "desde",
        between: &["vez", "de", "su", "este", "tipo", "aquí", "allí"],
        not: &["no", "nunca", "ni"],
    },
];

/// The most words between "first" and "since".
const BETWEEN: usize = 8;

/// Words that make a date in a clause uncertain.
const VAGUE: [&str; 18] = [
    "about",
    "around",
    "circa",
    "ca",
    "roughly",
    "early",
    "late",
    "mid",
    "before",
    "perhaps",
    "etwa",
    "anfang",
    "ende",
    "vers",
    "environ",
    "hacia",
    "principios",
    "unos",
];

/// The months, January first, in these languages.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "enero"],
    &["february", "feb", "februar", "février", "febrero"],
    &["march", "mar", "märz", "mars", "marzo"],
    &["april", "apr", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "jun", "juni", "juin", "junio"],
    &["july", "jul", "juli", "juillet", "julio"],
    &["august", "aug", "août", "agosto"],
    &["september", "sep", "sept", "septembre", "septiembre"],
    &["october", "oct", "oktober", "octobre", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "dezember", "décembre", "diciembre"],
];

/// A word of a text in lower case, with its position.
struct Word {
    text: String,
    start: usize,
    end: usize,
}

fn words(text: &str) -> Vec<Word> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut words: Vec<Word> = Vec::new();
    for (start, c) in text.char_indices().filter(|(_, c)| is_part(*c)) {
        let end = start + c.len_utf8();
        match words.last_mut().filter(|word| word.end == start) {
            Some(word) => {
                word.end = end;
                word.text.extend(c.to_lowercase());
            }
            None => words.push(Word {
                text: c.to_lowercase().collect(),
                start,
                end,
            }),
        }
    }
    words
}

/// Whether a text may contain such a phrase: a quick test that rules out most texts.
pub(super) fn may_say(text: &str) -> bool {
    LANGUAGES.iter().any(|one| text.contains(one.since))
}

/// The phrase that calls an event of a kind the first since something, if the text contains one.
pub(super) fn first_of<'t>(text: &'t str, kind: &str) -> Option<FirstOf<'t>> {
    let all = words(text);
    let kind: Vec<String> = words(kind).into_iter().map(|word| word.text).collect();
    LANGUAGES.iter().find_map(|language| {
        let firsts = (0..all.len()).filter(|nth| language.first.contains(&all[*nth].text.as_str()));
        let mut found = firsts.filter_map(|first| {
            let since = (first + 1..all.len().min(first + 2 + BETWEEN))
                .find(|nth| all[*nth].text == language.since)?;
            let denied = all[first.saturating_sub(3)..first].iter();
            let denied = denied.map(|word| word.text.as_str());
            let between = text.get(all[first].end..all[since].start)?;
            let plain = between
                .chars()
                .all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\''));
            let fits = language.says(&all[first + 1..since], &kind);
            if !plain || !fits || denied.into_iter().any(|word| language.not.contains(&word)) {
                return None;
            }
            let rest = text.get(all[since].end..)?;
            let clause = rest.get(..end_of_clause(rest))?;
            Some(FirstOf {
                words: text
                    .get(all[first].start..all[since].end + clause.len())?
                    .trim_end(),
                clause: clause.trim(),
            })
        });
        found.next()
    })
}

impl Language {
    /// Whether the words between "first" and "since" describe a first of this kind.
    fn says(&self, between: &[Word], kind: &[String]) -> bool {
        let own = |word: &Word| self.between.contains(&word.text.as_str());
        if between.iter().all(own) {
            return true;
        }
        // "First Lady's visit" is no first visit.
        let possessive = |word: &Word| word.text.contains(['\'', '’']);
        let of_kind = between
            .windows(kind.len().max(1))
            .any(|some| !kind.is_empty() && some.iter().map(|word| &word.text).eq(kind));
        of_kind && !between.iter().any(possessive)
    }
}

/// The end of a clause: the next punctuation mark, except the comma in "April 20, 2014".
fn end_of_clause(text: &str) -> usize {
    let ends = text.char_indices().find(|(at, c)| match c {
        ',' => {
            let year = text[at + 1..].trim_start();
            !year.bytes().take(4).all(|byte| byte.is_ascii_digit()) || year.len() < 4
        }
        '.' => {
            // "20. April", "Sept. 2014".
            let rest = text[at + 1..].trim_start();
            rest.is_empty() || !text[..*at].ends_with(|c: char| c.is_ascii_digit())
        }
        ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '\n' => true,
        _ => false,
    });
    ends.map_or(text.len(), |(at, _)| at)
}

/// The last day of the latest date that a clause names; `None` if it names none, or an uncertain
/// one.
pub(super) fn last_day(clause: &str) -> Option<Day> {
    let all = words(clause);
    if all.iter().any(|word| VAGUE.contains(&word.text.as_str())) {
        return None;
    }
    let mut latest: Option<Day> = None;
    for (nth, word) in all.iter().enumerate() {
        let Some(year) = year(&word.text) else {
            continue;
        };
        // "1990/91" and "1914–18" are no single year.
        let after = clause.get(word.end..).unwrap_or("");
        let iso = after.starts_with('-')
            && after
                .as_bytes()
                .get(3)
                .is_none_or(|b| *b == b'-' || *b == b' ');
        if after.starts_with(['/', '–', '-']) && !iso {
            return None;
        }
        let date = if iso {
            let end = after.find(|c: char| c != '-' && !c.is_ascii_digit());
            format!("{year}{}", &after[..end.unwrap_or(after.len())])
        } else {
            written(year, &all[..nth])
        };
        latest = latest.max(Some(Date::parse(&date).ok()?.last()?));
    }
    latest
}

fn year(word: &str) -> Option<&str> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !word.starts_with('0')).then_some(word)
}

/// A year with the preceding month and day, in ISO 8601.
fn written(year: &str, before: &[Word]) -> String {
    let filler = |word: &&&Word| !matches!(word.text.as_str(), "of" | "de" | "del");
    let before: Vec<&Word> = before.iter().collect();
    let mut before = before.iter().rev().filter(filler);
    let (one, other) = (before.next(), before.next());
    let month = |word: Option<&&Word>| {
        let word = word?;
        let nth = MONTHS
            .iter()
            .position(|names| names.contains(&word.text.as_str()))?;
        Some(nth + 1)
    };
    let day = |word: Option<&&Word>| {
        let digits = word?.text.trim_end_matches(|c: char| c.is_alphabetic());
        digits
            .parse::<u32>()
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    match (month(one), day(other), day(one), month(other)) {
        (Some(month), Some(day), ..) | (None, _, Some(day), Some(month)) => {
            format!("{year}-{month:02}-{day:02}")
        }
        (Some(month), ..) => format!("{year}-{month:02}"),
        _ => year.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Any text is accepted, and the result is a part of it.
        #[test]
        fn any_text_is_read(
            pieces in prop::collection::vec("first|since| |visit|,|2014|-0|é|’|\\.|May |\\PC", 0..12),
            text in any::<String>(),
        ) {
            for text in [pieces.concat(), text] {
                if let Some(found) = first_of(&text, "visit") {
                    prop_assert!(may_say(&text));
                    prop_assert!(text.contains(found.words) && text.contains(found.clause));
                }
                let _ = last_day(&text);
            }
        }
    }

    fn clause<'t>(text: &'t str, kind: &str) -> Option<&'t str> {
        first_of(text, kind).map(|found| found.clause)
    }

    #[test]
    fn a_first_is_read_where_it_is_said() {
        for (text, kind, wanted) in [
            (
                "Stoltenberg's first visit to Kyiv since the invasion.",
                "visit",
                "the invasion",
            ),
            (
                "His first there since the invasion began.",
                "visit",
                "the invasion began",
            ),
            ("the first since 2014", "summit", "2014"),
            (
                "The first joint press conference since 3 May 2019, in Rome",
                "press conference",
                "3 May 2019",
            ),
            (
                "for the first time since April 20, 2014, and the last",
                "visit",
                "April 20, 2014",
            ),
            ("zum ersten Mal seit 1989", "treffen", "1989"),
            (
                "Erster Besuch seit dem 3. Mai 2019",
                "besuch",
                "dem 3. Mai 2019",
            ),
            ("la première visite depuis mars 2012", "visite", "mars 2012"),
            ("por primera vez desde 1998", "visita", "1998"),
        ] {
            assert_eq!(clause(text, kind), Some(wanted), "{text}");
        }
    }

    #[test]
    fn nothing_is_read_where_nothing_is_said() {
        for (text, kind) in [
            ("The First Lady's visit since 2014", "visit"),
            ("The First Minister, in office since 2014", "visit"),
            ("not the first visit since 2014", "visit"),
            ("the first bridge since 2014", "visit"),
            ("First, a visit. Since 2014 nobody came", "visit"),
            ("its second visit since 2014", "visit"),
            ("first visit to Kyiv", "visit"),
            ("", "visit"),
        ] {
            assert_eq!(clause(text, kind), None, "{text}");
        }
    }

    #[test]
    fn the_latest_date_of_a_clause_counts() {
        let day = |text: &str| Date::parse(text).unwrap().last();
        for (clause, wanted) in [
            ("2014", day("2014")),
            ("March 2014", day("2014-03")),
            ("3 May 2019", day("2019-05-03")),
            ("dem 3. Mai 2019", day("2019-05-03")),
            ("el 3 de mayo de 2019", day("2019-05-03")),
            ("April 20, 2014", day("2014-04-20")),
            ("April 20th, 2014", day("2014-04-20")),
            ("2014-04-20", day("2014-04-20")),
            ("2014-04", day("2014-04")),
            (
                "the beginning of the invasion in February 2022",
                day("2022-02"),
            ),
            ("the talks of 2014 and 2016", day("2016")),
            ("the invasion", None),
            ("about 2014", None),
            ("the early 1990s", None),
            ("1990/91", None),
            ("1914–18", None),
            ("1914-18", None),
            ("31 February 2014", None),
        ] {
            assert_eq!(last_day(clause), wanted, "{clause}");
        }
    }
}
