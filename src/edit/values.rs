//! The values of fields in a person's words: names for ids, dates as they are said.

use serde_json::{Map, Value};

use crate::refusal::Refusal;
use annals_finding::shown;
use annals_model::{Facts, Field, OwnWords, RecordKind, Shape, StanceValue, Vocabulary as _};
use annals_query::names::{NameError, look_up};
use annals_time::Calendar;
use annals_time::in_words::{DateInWords, DateReader, Unread};

/// A value, and what the words said beyond it.
#[derive(Debug, Clone, PartialEq)]
pub struct InWords {
    /// The value, as the facts format has it.
    pub value: Value,
    /// The day of the week that a date names.
    pub weekday: Option<String>,
}

/// Reads the words of people as values of fields.
#[derive(Debug, Clone, Copy)]
pub struct ValueReader<'d> {
    /// The facts in which names are looked up.
    pub facts: &'d Facts,
    /// Words that the user has added to the closed vocabularies.
    pub own_words: &'d OwnWords,
    /// Ids of records that are made by the same save.
    pub coming: &'d [String],
}

impl ValueReader<'_> {
    /// The value of a field. One that holds a list takes several words, each of which is an item; a
    /// reference may be an id, a name or an alias; a date may be EDTF or words; an object may be JSON.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, a word is not of the vocabulary, or a date is none.
    pub fn value(
        &self,
        kind: RecordKind,
        field: &Field,
        words: &[String],
    ) -> Result<InWords, Refusal> {
        let plain = |value: Value| InWords {
            value,
            weekday: None,
        };
        // An empty list of speakers is the narrator.
        if words.iter().all(|word| word.trim().is_empty()) && field.name == "speaker" {
            return Ok(plain(Value::Array(Vec::new())));
        }
        let is_list =
            field.shape.is_list() || matches!(field.shape, Shape::Parts(_) | Shape::Spans);
        if !is_list && words.len() > 1 {
            let why = format!(
                "--{} takes one value, and was given {}",
                field.name,
                words.len()
            );
            return Err(Refusal::Asked(why));
        }
        if field
            .shape
            .parts()
            .is_some_and(|part| part.name == "stance")
            && let [one] = words
            && StanceValue::parse(one).is_some()
        {
            return Ok(plain(one.as_str().into()));
        }
        let mut items = Vec::new();
        let mut weekday = None;
        for word in words {
            let read = self.one(kind, field, word)?;
            weekday = weekday.or(read.weekday);
            items.push(read.value);
        }
        let value = if is_list {
            items.into()
        } else {
            items.pop().unwrap_or_default()
        };
        Ok(InWords { value, weekday })
    }

    fn one(&self, kind: RecordKind, field: &Field, word: &str) -> Result<InWords, Refusal> {
        let value = match field.shape {
            Shape::Part(_) if word.trim_start().starts_with('{') => json(field, word)?,
            Shape::Date | Shape::Part(_) => return date(field.name, word),
            Shape::Parts(part) => self.part(field, part.name, word)?,
            Shape::Reference(kinds) | Shape::References(kinds) => self.id(word, kinds)?.into(),
            Shape::OneOf(words, own) => {
                let own = own.map_or(&[][..], |own| own(self.own_words));
                let known = words
                    .all
                    .iter()
                    .copied()
                    .chain(own.iter().map(String::as_str));
                let known: Vec<String> = known.map(str::to_owned).collect();
                if !known.iter().any(|one| one == word) {
                    let unknown = NameError::UnknownWord {
                        what: words.called,
                        asked: word.to_owned(),
                        known,
                    };
                    return Err(Refusal::Asked(unknown.to_string()));
                }
                word.into()
            }
            Shape::Number { least, most } => number(field, word, least, most)?,
            Shape::Flag => match word {
                "true" | "yes" | "" => true.into(),
                "false" | "no" => false.into(),
                _ => return Err(wrong(field, word, "neither true nor false")),
            },
            Shape::Spans => span(field, word)?,
            _ => word.into(),
        };
        let _ = kind;
        Ok(InWords {
            value,
            weekday: None,
        })
    }

    /// The id that a name leads to.
    fn id(&self, word: &str, kinds: &[RecordKind]) -> Result<String, Refusal> {
        if self.coming.iter().any(|id| id == word) {
            return Ok(word.to_owned());
        }
        let found = look_up(self.facts, word, kinds);
        let record = found.map_err(|error| Refusal::Asked(error.to_string()))?;
        Ok(self.facts.id(record).to_owned())
    }

    /// An object of a list, in the short words that tables have too.
    fn part(&self, field: &Field, part: &str, word: &str) -> Result<Value, Refusal> {
        if word.trim_start().starts_with('{') {
            return json(field, word);
        }
        let targets = field.shape.targets();
        let pair = |first: &str, one: Value, second: &str, other: &str| {
            Value::Object(Map::from_iter([
                (first.to_owned(), one),
                (second.to_owned(), other.trim().into()),
            ]))
        };
        match part {
            "stance" => {
                let (toward, value) = word
                    .rsplit_once(": ")
                    .or_else(|| word.rsplit_once('='))
                    .ok_or_else(|| wrong(field, word, "neither a stance nor \"THING: STANCE\""))?;
                if StanceValue::parse(value.trim()).is_none() {
                    return Err(wrong(
                        field,
                        value,
                        "not supports, opposes, neutral or mixed",
                    ));
                }
                let toward = self.id(toward.trim(), targets)?;
                Ok(pair("toward", toward.into(), "value", value))
            }
            "participant" => {
                let role = word
                    .strip_suffix(')')
                    .and_then(|word| word.rsplit_once(" ("));
                match role {
                    Some((actor, role)) => {
                        let actor = self.id(actor.trim(), targets)?;
                        Ok(pair("actor", actor.into(), "role", role))
                    }
                    None => Ok(self.id(word.trim(), targets)?.into()),
                }
            }
            "evidence" => {
                let document = self.id(word.trim(), targets)?;
                Ok(serde_json::json!({"document": document}))
            }
            _ => match word.split_once(": ") {
                Some((code, reason)) => Ok(pair("code", code.trim().into(), "reason", reason)),
                None => Ok(word.into()),
            },
        }
    }
}

fn wrong(field: &Field, word: &str, what: &str) -> Refusal {
    Refusal::Asked(format!("--{}: \"{}\" is {what}", field.name, shown(word)))
}

fn json(field: &Field, word: &str) -> Result<Value, Refusal> {
    let read = serde_json::from_str(word);
    read.map_err(|error| wrong(field, word, &format!("no object of JSON: {error}")))
}

fn number(field: &Field, word: &str, least: f64, most: f64) -> Result<Value, Refusal> {
    let number = word
        .parse::<f64>()
        .ok()
        .filter(|number| (least..=most).contains(number));
    let number = number
        .and_then(serde_json::Number::from_f64)
        .map(Value::Number);
    number.ok_or_else(|| wrong(field, word, &format!("no number from {least} to {most}")))
}

fn span(field: &Field, word: &str) -> Result<Value, Refusal> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let span = word
        .split_once('-')
        .and_then(|(start, end)| Some([number(start)?, number(end)?]));
    let span = span.filter(|[start, end]| start < end);
    span.map(|span| span.to_vec().into())
        .ok_or_else(|| wrong(field, word, "no stretch such as 120-145"))
}

/// A date: EDTF as it is, else words.
///
/// # Errors
/// If it is no date, or can be read in two ways.
pub fn date(field: &str, word: &str) -> Result<InWords, Refusal> {
    let read = DateReader::default().read(word);
    let date = read.map_err(|unread| {
        let why = match unread {
            Unread::Ambiguous => "can be read in two ways; write it as YYYY-MM-DD".to_owned(),
            Unread::Century => "has a year of two digits; write all four".to_owned(),
            Unread::Unknown(why) => format!("is not read as a date: {why}"),
        };
        Refusal::Asked(format!("--{field}: \"{}\" {why}", shown(word)))
    })?;
    Ok(of_date(&date, word))
}

fn of_date(date: &DateInWords, words: &str) -> InWords {
    let weekday = date.weekday.clone();
    let julian = date.calendar == Calendar::Julian;
    if !julian && !date.says_more {
        return InWords {
            value: date.edtf.clone().into(),
            weekday,
        };
    }
    let mut fields = Map::new();
    fields.insert("edtf".to_owned(), date.edtf.clone().into());
    if julian {
        fields.insert("calendar".to_owned(), "julian".into());
    }
    if date.says_more {
        fields.insert("display".to_owned(), words.trim().into());
    }
    InWords {
        value: Value::Object(fields),
        weekday,
    }
}
