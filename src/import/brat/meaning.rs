//! What types mean: as the user says, else by the words that annotation schemes commonly have.

use std::collections::BTreeMap;

use annals_model::{ActorKind, Vocabulary};
use annals_source::{At, SourceError, SourceErrorKind};

/// What the passages of a type are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Somebody who can act or speak.
    Actor(ActorKind),
    Place,
    Topic,
    /// A date.
    Time,
    Event,
    Claim,
    /// Left out.
    Nothing,
}

/// What types mean.
pub(super) struct Meanings {
    said: BTreeMap<String, Meaning>,
}

const CLAIMS: [&str; 27] = [
    "claim",
    "majorclaim",
    "premise",
    "statement",
    "say",
    "says",
    "saying",
    "said",
    "speech",
    "speak",
    "quote",
    "quotation",
    "directquotation",
    "indirectquotation",
    "reporting",
    "reportedspeech",
    "attribution",
    "utterance",
    "assertion",
    "opinion",
    "denial",
    "deny",
    "announce",
    "demand",
    "promise",
    "threaten",
    "cue",
];

const ACTORS: [(&str, ActorKind); 30] = [
    ("person", ActorKind::Person),
    ("per", ActorKind::Person),
    ("pers", ActorKind::Person),
    ("individual", ActorKind::Person),
    ("politician", ActorKind::Person),
    ("speaker", ActorKind::Person),
    ("organization", ActorKind::Organization),
    ("organisation", ActorKind::Organization),
    ("org", ActorKind::Organization),
    ("company", ActorKind::Organization),
    ("party", ActorKind::Organization),
    ("institution", ActorKind::Organization),
    ("government", ActorKind::Organization),
    ("agency", ActorKind::Organization),
    ("media", ActorKind::Media),
    ("newspaper", ActorKind::Media),
    ("group", ActorKind::Group),
    ("grp", ActorKind::Group),
    ("people", ActorKind::Group),
    ("norp", ActorKind::Group),
    ("country", ActorKind::State),
    ("state", ActorKind::State),
    ("nation", ActorKind::State),
    ("actor", ActorKind::Person),
    ("agent", ActorKind::Person),
    ("source", ActorKind::Person),
    ("who", ActorKind::Person),
    ("whom", ActorKind::Person),
    ("family", ActorKind::Group),
    ("nationality", ActorKind::Group),
];

impl Meanings {
    /// What `--types Victim=person,Vow=claim` says.
    pub(super) fn of(option: Option<&str>) -> Result<Meanings, SourceError> {
        let mut said = BTreeMap::new();
        for item in option.unwrap_or_default().split(',') {
            if item.trim().is_empty() {
                continue;
            }
            let parts = item.split_once('=');
            let meaning = parts.and_then(|(_, meaning)| word(meaning.trim()));
            let Some(((kind, _), meaning)) = parts.zip(meaning) else {
                let item = annals_finding::shown(item.trim());
                let message = format!("--types takes pairs such as Victim=person, not {item}");
                let help = "a type is a person, an organization, a state, a group, media, a place, a topic, \
                            a date, an event, a claim, or nothing";
                return Err(SourceError::new(
                    SourceErrorKind::Usage,
                    At::file(&"".into()),
                    message,
                )
                .help(help));
            };
            said.insert(plain(kind), meaning);
        }
        Ok(Meanings { said })
    }

    /// What a type means, if that is known.
    pub(super) fn find(&self, kind: &str) -> Option<Meaning> {
        let kind = plain(kind);
        if let Some(meaning) = self.said.get(&kind) {
            return Some(*meaning);
        }
        let kind = kind.as_str();
        let actor = ACTORS.iter().find(|(one, _)| *one == kind);
        if let Some((_, actor)) = actor {
            return Some(Meaning::Actor(*actor));
        }
        match kind {
            "place" | "location" | "loc" | "gpe" | "city" | "region" | "facility" | "fac"
            | "district" | "stateorprovince" | "province" | "town" | "village" | "where" => {
                Some(Meaning::Place)
            }
            "topic" | "concept" | "issue" | "theme" | "policy" => Some(Meaning::Topic),
            "date" | "time" | "timex" | "timex3" | "datetime" | "when" => Some(Meaning::Time),
            "event" | "incident" | "what" => Some(Meaning::Event),
            _ if CLAIMS.contains(&kind) => Some(Meaning::Claim),
            _ => None,
        }
    }
}

impl Meanings {
    /// Whether a word is a type of actors.
    pub(super) fn is_actor(&self, word: &str) -> bool {
        matches!(self.find(word), Some(Meaning::Actor(_)))
    }
}

fn word(word: &str) -> Option<Meaning> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "place" => Some(Meaning::Place),
        "topic" => Some(Meaning::Topic),
        "date" => Some(Meaning::Time),
        "event" => Some(Meaning::Event),
        "claim" => Some(Meaning::Claim),
        "nothing" => Some(Meaning::Nothing),
        word => ActorKind::parse(word).map(Meaning::Actor),
    }
}

/// A type in lower case, without what joins its words.
pub(super) fn plain(kind: &str) -> String {
    let letters = kind.trim().chars().filter(|c| !matches!(c, '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a type says that something acts, and not what it is.
pub(super) fn is_open(kind: &str) -> bool {
    matches!(
        plain(kind).as_str(),
        "actor" | "agent" | "source" | "speaker" | "who" | "whom"
    )
}

/// What speaks for a place of this type.
pub(super) fn speaker_of_place(kind: &str) -> ActorKind {
    match plain(kind).as_str() {
        "gpe" | "country" | "state" | "nation" | "stateorprovince" => ActorKind::State,
        _ => ActorKind::Organization,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_has_the_last_word() {
        let meanings = Meanings::of(Some("GPE=state, Vow = claim,Person=nothing")).unwrap();
        assert_eq!(meanings.find("GPE"), Some(Meaning::Actor(ActorKind::State)));
        assert_eq!(meanings.find("vow"), Some(Meaning::Claim));
        assert_eq!(meanings.find("Person"), Some(Meaning::Nothing));
        assert_eq!(meanings.find("Reported_Speech"), Some(Meaning::Claim));
        assert_eq!(meanings.find("Protein"), None);
        for wrong in ["Vow", "Vow=word", "=,a=b"] {
            assert!(Meanings::of(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
