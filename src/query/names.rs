//! The name lookup for all commands: an id, a name or an alias, ignoring case and accents.

use annals_model::Vocabulary as _;
use annals_model::{Facts, RecordKind, RecordRef};

pub use annals_finding::fold::fold;

/// A name of no record, or of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// No record has this name.
    Unknown {
        /// The text looked up.
        asked: String,
        /// The kinds of record that were searched.
        wanted: Vec<RecordKind>,
        /// Ids that are near, best first, each with its name.
        nearest: Vec<(String, String)>,
    },
    /// Several records are called so.
    Ambiguous {
        /// The text looked up.
        asked: String,
        /// The records: id, name, and a distinguishing detail.
        candidates: Vec<(String, String, String)>,
    },
    /// An unknown value of a fixed set.
    UnknownWord {
        /// What kind of value: "an act".
        what: &'static str,
        /// The text looked up.
        asked: String,
        /// The known values.
        known: Vec<String>,
    },
}

/// Joins words with commas, and "or" before the last.
fn or(words: &[&str]) -> String {
    match words {
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
        [] => String::new(),
    }
}

impl std::fmt::Display for NameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NameError::Unknown {
                asked,
                wanted,
                nearest,
            } => {
                let asked = annals_finding::shown(asked);
                if wanted.len() == RecordKind::ALL.len() {
                    write!(f, "nothing here is named \"{asked}\"")?;
                } else {
                    let wanted: Vec<_> = wanted.iter().map(|kind| kind.with_article()).collect();
                    write!(f, "\"{asked}\" is not the name of {}", or(&wanted))?;
                }
                if !nearest.is_empty() {
                    f.write_str("; the nearest:")?;
                }
                for (id, name) in nearest {
                    write!(
                        f,
                        "\n  {}  {}",
                        annals_finding::shown(id),
                        annals_finding::shown(name)
                    )?;
                }
                Ok(())
            }
            NameError::UnknownWord { what, asked, known } => {
                let asked = annals_finding::shown(asked);
                write!(f, "\"{asked}\" is not {what}")?;
                let near = known.iter().map(|kind| annals_finding::shown(kind));
                let near: Vec<String> = near.collect();
                match near.as_slice() {
                    [] => Ok(()),
                    kinds => write!(f, "; there are {}", kinds.join(", ")),
                }
            }
            NameError::Ambiguous { asked, candidates } => {
                let asked = annals_finding::shown(asked);
                write!(
                    f,
                    "\"{asked}\" is the name of {} records; give the id of the one you mean:",
                    candidates.len()
                )?;
                for (id, name, telling) in candidates {
                    let (id, name) = (annals_finding::shown(id), annals_finding::shown(name));
                    write!(f, "\n  {id}  {name} ({})", annals_finding::shown(telling))?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for NameError {}

/// The record that a text names, among those of some kinds.
///
/// Tries an exact id first, then names, then aliases, folded ([`fold`]), then ids, folded.
///
/// # Errors
///
/// If several records have the name, or none.
pub fn look_up(facts: &Facts, word: &str, wanted: &[RecordKind]) -> Result<RecordRef, NameError> {
    if let Some(record) = facts
        .find(word)
        .filter(|record| wanted.contains(&record.kind()))
    {
        return Ok(record);
    }
    let folded = fold(word.trim());
    let members = || {
        facts
            .records()
            .filter(|record| wanted.contains(&record.kind()))
    };
    let by_name = members().filter(|record| is_named(facts, *record, &folded));
    let by_alias = members().filter(|record| has_alias(facts, *record, &folded));
    let by_id = members().filter(|record| fold(facts.id(*record)) == folded);
    let rounds: [Vec<RecordRef>; 3] = [by_name.collect(), by_alias.collect(), by_id.collect()];
    for round in rounds {
        match round.as_slice() {
            [] => {}
            [one] => return Ok(*one),
            several => {
                let candidates = several.iter().map(|record| candidate(facts, *record));
                let asked = word.to_owned();
                return Err(NameError::Ambiguous {
                    asked,
                    candidates: candidates.collect(),
                });
            }
        }
    }
    Err(unknown(facts, word, &folded, wanted))
}

fn is_named(facts: &Facts, record: RecordRef, folded: &str) -> bool {
    // Claims, relations and orders have no name and are found only by id.
    let named = !matches!(
        record.kind(),
        RecordKind::Claim | RecordKind::Relation | RecordKind::Order
    );
    named && fold(facts.label(record)) == folded
}

fn has_alias(facts: &Facts, record: RecordRef, folded: &str) -> bool {
    aliases(facts, record).any(|alias| fold(alias) == folded)
}

fn aliases(facts: &Facts, record: RecordRef) -> impl Iterator<Item = &str> {
    let list = match record {
        RecordRef::Actor(id) => facts[id].aliases,
        _ => annals_model::ArenaRange::EMPTY,
    };
    facts.list(list).iter().map(|alias| facts.str(*alias))
}

/// A candidate with distinguishing details: its kind, and one fact.
fn candidate(facts: &Facts, record: RecordRef) -> (String, String, String) {
    let mut telling = record.kind().to_string();
    match record {
        RecordRef::Actor(id) => {
            if let Some(kind) = facts.kind_word(id) {
                kind.clone_into(&mut telling);
            }
            let office = facts
                .relations
                .iter()
                .find(|(_, relation)| relation.from == Some(id));
            if let Some((role, to)) = office.and_then(|(_, tie)| Some((tie.role?, tie.to?))) {
                telling.push_str(&format!(", {} of {}", facts.str(role), facts.label(to)));
            } else if let Some(date) = facts[id].lifespan {
                telling.push_str(&format!(", {}", facts.date(date).words()));
            }
        }
        RecordRef::Event(id) => {
            if let Some(date) = facts[id].when {
                telling.push_str(&format!(", {}", facts.date(date).words()));
            }
        }
        RecordRef::Document(id) => {
            if let Some(date) = facts[id].published {
                telling.push_str(&format!(", published {}", facts.date(date).words()));
            }
        }
        RecordRef::Place(id) => {
            if let Some(within) = facts[id].within {
                telling.push_str(&format!(", in {}", facts.label(within)));
            }
        }
        _ => {}
    }
    (
        facts.id(record).to_owned(),
        facts.label(record).to_owned(),
        telling,
    )
}

fn unknown(facts: &Facts, word: &str, folded: &str, wanted: &[RecordKind]) -> NameError {
    let mut near: Vec<(f64, String, String)> = Vec::new();
    let longest = 200;
    for record in facts
        .records()
        .filter(|record| wanted.contains(&record.kind()))
    {
        let names = [facts.id(record), facts.label(record)];
        let score = (names.into_iter().chain(aliases(facts, record)))
            .filter(|name| name.len() <= longest && folded.len() <= longest)
            .map(|name| likeness(folded, &fold(name)))
            .fold(0.0, f64::max);
        if score >= 0.75 {
            near.push((
                score,
                facts.id(record).to_owned(),
                facts.label(record).to_owned(),
            ));
        }
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let nearest = near
        .into_iter()
        .take(3)
        .map(|(_, id, name)| (id, name))
        .collect();
    NameError::Unknown {
        asked: word.to_owned(),
        wanted: wanted.to_vec(),
        nearest,
    }
}

/// The similarity of two folded names, 0 to 1: as wholes, or with one word of the second.
fn likeness(asked: &str, name: &str) -> f64 {
    let whole = strsim::jaro_winkler(asked, name);
    let words = name
        .split_whitespace()
        .map(|word| strsim::jaro_winkler(asked, word));
    words.fold(whole, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("Jens STOLTENBERG"), fold("jens stoltenberg"));
        assert_eq!(fold("Łódź é"), fold("Łódź e\u{301}"));
        assert_eq!(fold("Зеленський"), "зеленськии");
        assert_eq!(fold("ΟΔΥΣΣΕΎΣ"), fold("Οδυσσεύς"));
        assert_eq!(fold("İstanbul"), "istanbul");
    }
}
