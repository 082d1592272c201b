//! What a passage shows, as its annotator says it: words in tags and at the head of a body.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::note::{Note, Target};
use crate::dates::{Dated, Reading};
use crate::{Builder, Evidence, Record, entities};
use annals_model::{Act, Mode, RecordKind, StanceValue, Vocabulary};
use annals_source::{At, SourceError};

/// The words that say something.
const WORDS: [&str; 15] = [
    "speaker",
    "narrator",
    "to",
    "about",
    "stance",
    "act",
    "mode",
    "words",
    "content",
    "said",
    "event",
    "when",
    "kind",
    "place",
    "participant",
];

/// What an annotation says of its passage.
#[derive(Debug, Default)]
struct Coding {
    said: Vec<(&'static str, String)>,
    tags: Vec<String>,
    note: String,
}

impl Coding {
    fn of(note: &Note) -> Coding {
        let mut coding = Coding {
            said: note.coded.clone(),
            ..Coding::default()
        };
        for tag in &note.tags {
            match saying(tag) {
                Some(said) => coding.said.push(said),
                None => coding.tags.push(tag.clone()),
            }
        }
        let mut rest = note.text.as_str();
        while let Some((line, after)) = rest.split_once('\n').or(match rest {
            "" => None,
            last => Some((last, "")),
        }) {
            let Some(said) = saying(line) else { break };
            coding.said.push(said);
            rest = after;
        }
        rest.trim().clone_into(&mut coding.note);
        coding
    }

    fn all<'c>(&'c self, word: &'static str) -> impl Iterator<Item = &'c str> {
        let said = self.said.iter().filter(move |(one, _)| *one == word);
        said.map(|(_, value)| value.as_str())
    }

    fn has(&self, word: &'static str) -> bool {
        self.all(word).next().is_some()
    }

    /// Takes a word that can only be said once; of several the last.
    fn one<'c>(&'c self, word: &'static str) -> Option<&'c str> {
        self.all(word).last()
    }
}

/// `speaker: Ada Lind` as its word and value; `narrator` needs no value.
fn saying(written: &str) -> Option<(&'static str, String)> {
    let (word, value) = written.split_once([':', '=']).unwrap_or((written, ""));
    let word = word.trim();
    let known = WORDS.iter().find(|one| one.eq_ignore_ascii_case(word))?;
    let value = value.trim();
    (!value.is_empty() || *known == "narrator").then(|| (*known, value.to_owned()))
}

/// Makes the record of an annotation.
pub(super) fn record(
    note: &Note,
    replies: Vec<Value>,
    at: &At,
    reading: Reading,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    if note.targets.iter().all(Target::is_nowhere) {
        return out.left_out(at, &note.text, "an annotation of something without a URL");
    }
    let coding = Coding::of(note);
    let mut making = Making {
        coding: &coding,
        at,
        reading,
        out,
        tags: coding.tags.clone(),
    };
    let mut record = match coding.one("event").filter(|_| !coding.has("speaker")) {
        Some(label) => making.event(label)?,
        None => making.claim()?,
    };
    let tags = making.tags;
    for target in &note.targets {
        evidence(target, &mut record, at, out)?;
    }
    record.set("note", coding.note).set("tags", tags);
    if let Some(created) = note.created.get(..10) {
        match Dated::edtf_of(created) {
            Ok(day) => record.date("recorded", &day),
            Err(_) => record.extra("created", note.created.as_str()),
        };
    }
    record
        .extra("annotator", note.annotator.as_str())
        .extra("id", note.id.as_str())
        .extra("group", note.group.as_str())
        .extra("motivation", note.motivation.clone())
        .extra("body", note.bodies.clone())
        .extra("replies", replies);
    if note.modified != note.created {
        record.extra("modified", note.modified.as_str());
    }
    out.add(record)
}

struct Making<'m, 'o> {
    coding: &'m Coding,
    at: &'m At,
    reading: Reading,
    out: &'m mut Builder<'o>,
    tags: Vec<String>,
}

impl Making<'_, '_> {
    fn claim(&mut self) -> Result<Record, SourceError> {
        let coding = self.coding;
        let mut claim = Record::unnamed(RecordKind::Claim);
        let speakers = self.actors("speaker")?;
        if speakers.is_empty() {
            claim.narrated();
            if !coding.has("narrator") {
                self.tags.push("to-code".to_owned());
            }
        } else {
            claim.set("speaker", speakers);
        }
        claim.set("to", self.actors("to")?);
        let (mut about, mut taken) = (Vec::new(), BTreeSet::new());
        for label in coding.all("about") {
            let topic = entities::topic(self.out, label)?;
            if taken.insert(topic.clone()) {
                about.push(topic);
            }
        }
        if let Some(word) = self.word::<StanceValue>("stance") {
            for topic in &about {
                claim.push("stance", json!({"toward": topic, "value": word}));
            }
            if about.is_empty() {
                let why = "a stance toward nothing, kept under x_";
                self.out.left_out(self.at, word, why)?;
                claim.extra("stance", word);
            }
        }
        claim.set("about", about);
        claim.set("act", self.word::<Act>("act"));
        claim.set("mode", self.word::<Mode>("mode"));
        claim.set("quote", coding.one("words"));
        claim.set("content", coding.one("content"));
        self.date(&mut claim, "said")?;
        if let Some(date) = coding
            .one("edtf")
            .and_then(|edtf| Dated::edtf_of(edtf).ok())
        {
            claim.date("said", &date);
        }
        for (label, value) in coding.all("toward").zip(coding.all("value")) {
            let topic = entities::topic(self.out, label)?;
            claim.push("stance", json!({"toward": topic, "value": value}));
        }
        let others: Vec<&str> = coding.all("else").collect();
        claim.extra("about", others);
        for word in ["when", "kind", "place", "participant", "event"] {
            let unused: Vec<&str> = coding.all(word).collect();
            claim.extra(word, unused);
        }
        Ok(claim)
    }

    fn event(&mut self, label: &str) -> Result<Record, SourceError> {
        let coding = self.coding;
        let id = self.out.id(RecordKind::Event, label);
        let mut event = Record::new(RecordKind::Event, id);
        event.set("label", label).set("kind", coding.one("kind"));
        self.date(&mut event, "when")?;
        for actor in self.actors("participant")? {
            event.push("participants", json!({ "actor": actor }));
        }
        if let Some(place) = coding.one("place") {
            event.set("place", entities::place(self.out, place)?);
        }
        for word in [
            "narrator", "to", "about", "stance", "act", "mode", "words", "content", "said",
        ] {
            let unused: Vec<&str> = coding.all(word).collect();
            event.extra(word, unused);
        }
        Ok(event)
    }

    fn actors(&mut self, word: &'static str) -> Result<Vec<String>, SourceError> {
        let (mut actors, mut taken) = (Vec::new(), BTreeSet::new());
        for name in self.coding.all(word) {
            let actor = entities::actor(self.out, self.at, name, None)?;
            if taken.insert(actor.clone()) {
                actors.push(actor);
            }
        }
        Ok(actors)
    }

    /// A word of the model; another one becomes a tag.
    fn word<V: Vocabulary>(&mut self, word: &'static str) -> Option<&'static str> {
        let written = self.coding.one(word)?;
        let known = V::parse(&written.to_lowercase());
        if known.is_none() {
            self.tags.push(format!("{word}: {written}"));
        }
        known.map(Vocabulary::word)
    }

    fn date(&mut self, record: &mut Record, field: &'static str) -> Result<(), SourceError> {
        match self.coding.one(field) {
            Some(words) => entities::date(self.out, self.at, self.reading, record, field, words),
            None => Ok(()),
        }
    }
}

/// Adds a passage, and its document where it is new.
fn evidence(
    target: &Target,
    record: &mut Record,
    at: &At,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    if target.is_nowhere() {
        return out.left_out(at, "a target", "an annotation of something without a URL");
    }
    let title = match target.title.trim() {
        "" => target.address.as_str(),
        title => title,
    };
    let key = match target.address.as_str() {
        "" => title,
        address => address,
    };
    let (document, new) = out.id_of(RecordKind::Document, key, title);
    if new {
        let mut made = Record::new(RecordKind::Document, document.clone());
        made.set("title", title);
        made.set("url", target.address.as_str());
        out.add(made)?;
    }
    let mut spans = target.spans.clone();
    spans.sort_unstable();
    let length: usize = spans.iter().map(|(start, end)| end - start).sum();
    let quoted = target.quote.as_ref().map(|quote| quote.chars().count());
    let fits = spans.is_sorted_by(|one, next| one.1 <= next.0)
        && (spans.len() != 1 || quoted.is_none_or(|quoted| quoted == length));
    if !fits {
        let how = "a position that does not match the quote in code points, kept under x_";
        out.changed(at, "TextPositionSelector", how)?;
        record.extra("position", json!(spans));
        spans.clear();
    }
    record.evidence(&Evidence {
        document,
        quote: target.quote.clone(),
        spans,
        ..Evidence::default()
    });
    if let Some((start, end)) = target.position {
        record.extra("position", json!([start, end]));
    }
    record.extra("selector", target.selectors.clone());
    Ok(())
}

impl Target {
    /// Whether nothing says what it is a passage of.
    fn is_nowhere(&self) -> bool {
        self.address.trim().is_empty() && self.title.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_tags() {
        let said = |written| saying(written).map(|(word, value)| format!("{word}={value}"));
        assert_eq!(
            said("speaker: Ada Lind").as_deref(),
            Some("speaker=Ada Lind")
        );
        assert_eq!(said("Stance = opposes").as_deref(), Some("stance=opposes"));
        assert_eq!(said("narrator").as_deref(), Some("narrator="));
        for tag in [
            "speaker",
            "speaker:",
            "speakers: two",
            "urgent",
            "",
            ":",
            "source: a",
        ] {
            assert_eq!(said(tag), None, "{tag}");
        }
    }
}
