//! What a passage proposes for a new claim: each value with its reason. A stance is never proposed.
//!
//! Nothing here is written by itself. What the text does not say plainly is not proposed.

mod date;
mod speaker;
mod verbs;

use serde::Serialize;
use serde_json::Value;

use crate::refusal::Refusal;
use annals_evidence::{Span, Text};
use annals_finding::shown;
use annals_load::LoadResult;
use annals_model::{ActorId, ClaimId, DocumentId, Facts, RecordRef, Relation, RelationId};
use annals_time::{Date, DayRelation};

/// A value that is proposed for a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposed {
    /// The field.
    pub field: &'static str,
    /// The value, as the facts format has it.
    pub value: Value,
    /// Why.
    pub why: String,
}

/// What a passage proposes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Proposal {
    /// The values, in the order of the fields of a claim.
    pub fields: Vec<Proposed>,
    /// What the text says, and no record has yet: a speaker whom no actor is called after.
    pub notes: Vec<String>,
}

impl Proposal {
    /// What is proposed for a field.
    pub fn get(&self, field: &str) -> Option<&Proposed> {
        self.fields.iter().find(|one| one.field == field)
    }
}

/// A passage, and what stands around it.
struct Around<'d> {
    facts: &'d Facts,
    document: DocumentId,
    text: &'d Text,
    /// From its first character to its last.
    span: Span,
    /// The sentence or sentences around it, and where they begin.
    sentence: Span,
}

impl<'d> Around<'d> {
    fn slice(&self, span: Span) -> &'d str {
        self.text.slice(span).unwrap_or_default()
    }

    /// The sentence around the passage, without the words within quotation marks: of those, none says who
    /// spoke.
    fn outside_marks(&self) -> String {
        outside_marks(self.slice(self.sentence))
    }

    /// Those of these words that the passage does not have either: a day that is part of what was said is
    /// not the day on which it was said.
    fn outside_passage(&self) -> String {
        let is_mark = |c: &char| matches!(c, '“' | '”' | '„' | '"' | '«' | '»');
        let before = self.slice(Span::new(self.sentence.start, self.span.start));
        let marks: String = self.slice(self.span).chars().filter(is_mark).collect();
        let after = self.slice(Span::new(self.span.end, self.sentence.end));
        outside_marks(&[before, marks.as_str(), after].concat())
    }

    /// The claims that rest on this text, each with where its passage begins.
    fn claims(&self) -> Vec<(u32, ClaimId)> {
        let facts = self.facts;
        let each = facts.claims.handles().filter_map(|id| {
            let evidence = facts.list(facts[id].evidence).iter();
            let here = evidence.filter(|one| one.document == Some(self.document));
            let start = here
                .filter_map(|one| facts.list(one.found).first())
                .map(|span| span.start)
                .min();
            Some((start?, id))
        });
        let mut all: Vec<_> = each.collect();
        all.sort_unstable();
        all
    }
}

/// A text without what stands within quotation marks, which become one mark each.
fn outside_marks(text: &str) -> String {
    let mut out = String::new();
    let mut closing = None;
    for c in text.chars() {
        match (closing, c) {
            (Some(close), c) if c == close => closing = None,
            (Some(_), _) => {}
            (None, '“' | '„') => closing = Some(if c == '„' { '“' } else { '”' }),
            (None, '"') => closing = Some('"'),
            (None, '«') => closing = Some('»'),
            (None, c) => out.push(c),
        }
        if closing.is_some() && !out.ends_with('"') {
            out.push('"');
        }
    }
    out
}

/// What a passage proposes for a new claim. `speaker` is who spoke, if that is known already.
///
/// # Errors
/// If there is no such document.
pub fn propose(
    loaded: &LoadResult,
    document: &str,
    spans: &[Span],
    speaker: Option<&str>,
) -> Result<Proposal, Refusal> {
    let facts = &loaded.facts;
    let Some(RecordRef::Document(id)) = facts.find(document) else {
        let document = shown(document);
        return Err(Refusal::Asked(format!(
            "no document has the id \"{document}\""
        )));
    };
    let mut proposal = Proposal::default();
    let around = loaded.texts.get(id).zip(spans.first().zip(spans.last()));
    let around = around.map(|((_, text), (first, last))| {
        let span = Span::new(first.start, last.end);
        Around {
            facts,
            document: id,
            text,
            span,
            sentence: text.sentence_around(span),
        }
    });
    let Some(around) = around else {
        return Ok(proposal);
    };
    let given = speaker.and_then(|id| match facts.find(id) {
        Some(RecordRef::Actor(actor)) => Some(actor),
        _ => None,
    });
    let actor = given.or_else(|| {
        let found = speaker::of(&around, &mut proposal.notes)?;
        proposal.fields.push(Proposed {
            field: "speaker",
            value: facts.id(found.0).into(),
            why: found.1,
        });
        Some(found.0)
    });
    let when = date::of(&around);
    let day = when
        .iter()
        .find(|one| one.field == "said")
        .and_then(|one| date_of(&one.value));
    let published = facts[id]
        .published
        .map(|published| facts.date(published).clone());
    if let Some(office) = actor.and_then(|actor| office(facts, actor, day.or(published).as_ref()?))
    {
        proposal.fields.push(office);
    }
    if let Some((act, verb)) = verbs::act(&around.outside_marks()) {
        proposal.fields.push(Proposed {
            field: "act",
            value: act.into(),
            why: format!("the sentence says \"{verb}\""),
        });
    }
    if is_quoted(around.text, around.span) {
        proposal.fields.push(Proposed {
            field: "mode",
            value: "direct".into(),
            why: "the words stand within quotation marks".to_owned(),
        });
    }
    proposal.fields.extend(when);
    Ok(proposal)
}

fn date_of(value: &Value) -> Option<Date> {
    let edtf = value.as_str().or_else(|| value.get("edtf")?.as_str())?;
    Date::parse(edtf).ok()
}

/// The one office that somebody surely held on all days of a date.
fn office(facts: &Facts, actor: ActorId, day: &Date) -> Option<Proposed> {
    let is_office = |relation: &Relation| {
        relation
            .kind
            .is_some_and(|kind| facts.name(kind) == "holds_office")
            && relation.from == Some(actor)
    };
    let offices = facts
        .relations
        .iter()
        .filter(|(_, relation)| is_office(relation));
    let held: Vec<(RelationId, bool)> = offices
        .filter_map(|(id, relation)| {
            let Some(when) = relation.when else {
                return Some((id, false));
            };
            let holds = facts.date(when).compare(DayRelation::Contains, day);
            holds.is_possible().then(|| (id, holds.is_certain()))
        })
        .collect();
    // One that only possibly held makes two of one.
    let [(id, true)] = held[..] else {
        return None;
    };
    let role = facts[id].role.map(|role| facts.str(role).to_owned());
    Some(Proposed {
        field: "as",
        value: facts.id(id).into(),
        why: format!(
            "the only office held on {}{}",
            day.words(),
            role.map_or_else(String::new, |role| format!(": {}", shown(&role)))
        ),
    })
}

/// Whether a passage stands within quotation marks of its line or of the lines around it.
fn is_quoted(text: &Text, span: Span) -> bool {
    let before = text
        .slice(Span::new(span.start.saturating_sub(1), span.start))
        .unwrap_or_default();
    let after = text
        .slice(Span::new(span.end, (span.end + 1).min(text.len())))
        .unwrap_or_default();
    let own = text.slice(span).unwrap_or_default();
    let opens = |c: &str| c.starts_with(['“', '„', '"', '«']);
    let closes = |c: &str| c.ends_with(['”', '“', '"', '»']);
    (opens(before) && closes(after)) || (opens(own) && closes(own))
}

#[cfg(test)]
mod tests;
