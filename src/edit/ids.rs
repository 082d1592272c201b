//! New ids: made of the speaker and the words, and free.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::canonical;
use annals_format::slug;
use annals_model::{Facts, RecordKind, Vocabulary as _};

/// How many words of a text an id has, and how long these may be together.
const WORDS: usize = 3;
const LONGEST: usize = 40;

/// Words that say nothing by themselves (what denies says much), in the languages of Latin letters that dossiers are in most.
const EMPTY: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for",
    "from", "had", "has", "have", "he", "her", "his", "i", "if", "in", "into", "is", "it", "its",
    "me", "my", "of", "on", "or", "our", "out", "shall", "she", "so", "some", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "up", "was",
    "we", "were", "what", "when", "which", "who", "will", "with", "would", "you", "your", "das",
    "dass", "dem", "den", "der", "des", "die", "ein", "eine", "er", "es", "hat", "ich", "im",
    "ist", "mit", "sich", "sie", "sind", "und", "von", "wir", "zu", "zum", "zur", "au", "aux",
    "ce", "ces", "de", "du", "elle", "en", "est", "et", "il", "ils", "je", "la", "le", "les",
    "mais", "nous", "on", "par", "pour", "que", "qui", "se", "sur", "un", "une", "vous",
];

/// An id for a new record that no other has: for a claim `kallis-clay-moved`. `taken` are ids that are not
/// in the facts yet.
pub fn new_id(
    facts: &Facts,
    kind: RecordKind,
    fields: &Map<String, Value>,
    taken: &BTreeSet<String>,
) -> String {
    let first = |field: &str| {
        let value = canonical::items(fields.get(field)?).first()?;
        value.as_str().or_else(|| value.get("actor")?.as_str())
    };
    let stem = match kind {
        RecordKind::Claim => {
            let words = first("quote")
                .or(first("content"))
                .or_else(|| quoted(fields));
            joined(&[first("speaker"), words.map(telling).as_deref()])
        }
        RecordKind::Relation => {
            joined(&[first("from"), first("role").or(first("kind")), first("to")])
        }
        RecordKind::Order => joined(&[first("first"), first("relation"), first("second")]),
        RecordKind::Actor | RecordKind::Place => slug(first("name").unwrap_or_default()),
        RecordKind::Topic | RecordKind::Event => slug(&telling(first("label").unwrap_or_default())),
        RecordKind::Document => slug(&telling(first("title").unwrap_or_default())),
    };
    let stem = if stem.is_empty() {
        kind.word().to_owned()
    } else {
        stem
    };
    free(facts, &stem, taken)
}

/// The passage of the first evidence.
fn quoted(fields: &Map<String, Value>) -> Option<&str> {
    canonical::items(fields.get("evidence")?)
        .first()?
        .get("quote")?
        .as_str()
}

fn joined(parts: &[Option<&str>]) -> String {
    let parts = parts.iter().flatten().map(|part| slug(part));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// The first words of a text that say something.
fn telling(text: &str) -> String {
    let slugged = slug(text);
    let words: Vec<&str> = slugged.split('-').filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !EMPTY.contains(word))
        .collect();
    let chosen = if telling.is_empty() { words } else { telling };
    let mut out = String::new();
    for word in chosen.into_iter().take(WORDS) {
        if !out.is_empty() && out.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out
}

/// The stem, or the stem with the first number that makes it free.
fn free(facts: &Facts, stem: &str, taken: &BTreeSet<String>) -> String {
    let is_free = |id: &str| facts.find(id).is_none() && !taken.contains(id);
    if is_free(stem) {
        return stem.to_owned();
    }
    let mut numbered = (2_u64..).map(|n| format!("{stem}-{n}"));
    numbered
        .find(|id| is_free(id))
        .unwrap_or_else(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_speak_and_are_free() {
        let facts = Facts::new();
        let id = |kind, fields: Value, taken: &[&str]| {
            let taken = taken.iter().map(|id| (*id).to_owned()).collect();
            new_id(&facts, kind, fields.as_object().unwrap(), &taken)
        };
        let claim = json!({"speaker": ["kallis"], "quote": "We have moved four hundred thousand cubic metres"});
        assert_eq!(
            id(RecordKind::Claim, claim.clone(), &[]),
            "kallis-moved-four-hundred"
        );
        assert_eq!(
            id(RecordKind::Claim, claim, &["kallis-moved-four-hundred"]),
            "kallis-moved-four-hundred-2"
        );
        assert_eq!(id(RecordKind::Claim, json!({"speaker": []}), &[]), "claim");
        assert_eq!(
            id(RecordKind::Actor, json!({"name": "Rosa Lindt"}), &[]),
            "rosa-lindt"
        );
        let tie = json!({"from": "a", "kind": "member_of", "to": "b"});
        assert_eq!(id(RecordKind::Relation, tie, &[]), "a-member-of-b");
        assert_eq!(id(RecordKind::Topic, json!({"label": "…"}), &[]), "topic");
    }
}
