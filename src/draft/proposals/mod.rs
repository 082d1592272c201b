//! What was found, as records of facts for a person to accept, edit or reject.

mod events;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annals_evidence::{Span, Text, quotable};
use serde_json::{Map, Value, json};

use crate::dates::DateKind;
use crate::language::Language;
use crate::result::{Actor, Claim, Confidence, Draft};

/// A record of facts, as one line of JSON Lines.
pub type Record = Map<String, Value>;

/// The document that a text belongs to.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Whether there is a record of it already; else one is proposed.
    pub known: bool,
    /// Its title, for the record that is proposed.
    pub title: String,
    /// The path of its text, for the record that is proposed.
    pub text: Option<String>,
    /// The SHA-256 of its text, for the record that is proposed.
    pub sha256: Option<String>,
    /// When it was published, in EDTF.
    pub published: Option<String>,
}

/// What is there already, or was rejected: it is not proposed again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub kind: KnownKind,
    /// Its id.
    pub id: String,
    /// Of a claim: the names and ids of its speakers.
    pub speakers: Vec<String>,
    /// Its passages in the text.
    pub spans: Vec<Span>,
}

/// What is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KnownKind {
    /// A claim.
    #[default]
    Claim,
    /// An event.
    Event,
    /// How two events lie in time.
    Order,
}

/// The page on which a range of bytes of the text stands.
pub type PageOf<'p> = dyn Fn(Range<usize>) -> Option<String> + 'p;

/// What is proposed from what was found in a text.
#[derive(Debug)]
pub struct Proposals<'d> {
    draft: &'d Draft,
    text: &'d Text,
    source: &'d Source,
    /// The claims, the surest first.
    claims: Vec<&'d Claim>,
    /// The ids of actors, by their numbers.
    ids: BTreeMap<usize, String>,
    events: events::Kept<'d>,
    /// How many claims, events and orders were left out: known, rejected, or said not to have been said.
    pub left_out: usize,
}

impl<'d> Proposals<'d> {
    /// Chooses what is proposed: all that is not known.
    pub fn new(draft: &'d Draft, text: &'d Text, source: &'d Source, known: &[Known]) -> Self {
        let index = Index::new(known);
        let mut claims: Vec<&Claim> = draft
            .claims
            .iter()
            .filter(|claim| !claim.negated && !is_known(draft, text, claim, &index))
            .collect();
        claims.sort_by_key(|claim| claim.confidence == Confidence::Low);
        let ids = ids(draft, source, &claims);
        let mut taken: BTreeSet<String> = ids.values().cloned().collect();
        taken.insert(source.id.clone());
        let events = events::Kept::new(draft, text, &index, taken);
        Self {
            left_out: draft.claims.len() - claims.len() + events.left_out,
            draft,
            text,
            source,
            claims,
            ids,
            events,
        }
    }

    /// How many claims, actors, events and orders are proposed.
    pub fn counts(&self) -> [usize; 4] {
        let new = self
            .ids
            .keys()
            .filter(|&&number| self.draft.actors[number].known.is_none());
        [
            self.claims.len(),
            new.count(),
            self.events.new_ones().count(),
            self.events.orders.len(),
        ]
    }

    /// The records: the document, actors and their offices, events, claims with the surest first, orders. Each is
    /// made when it is asked for, since those of a long text are longer than the text.
    pub fn records<'a>(&'a self, page_of: &'a PageOf<'a>) -> impl Iterator<Item = Record> + 'a {
        let any = !self.claims.is_empty() || self.events.new_ones().next().is_some();
        let document = (!self.source.known && any).then(|| document(self.draft, self.source));
        let actors = self.ids.iter().filter_map(|(&number, id)| {
            let actor = &self.draft.actors[number];
            actor.known.is_none().then(|| actor_record(actor, id))
        });
        let offices = self
            .ids
            .keys()
            .filter_map(|&number| office(self.draft, number, &self.ids, self.source, self.text));
        let events = self
            .events
            .new_ones()
            .map(|(event, id)| events::event_record(self, event, id));
        let mut taken: BTreeSet<String> = self.ids.values().cloned().collect();
        taken.extend(self.events.new_ones().map(|(_, id)| id.clone()));
        let claims = self.claims.iter().map(move |claim| {
            claim_record(
                self.draft,
                self.text,
                self.source,
                claim,
                &self.ids,
                &mut taken,
            )
        });
        let orders = self
            .events
            .orders
            .iter()
            .map(|order| events::order_record(self, order));
        let all = document
            .into_iter()
            .chain(actors)
            .chain(offices)
            .chain(events)
            .chain(claims)
            .chain(orders);
        all.map(|mut record| {
            put_pages(&mut record, self.text, page_of);
            record
        })
    }
}

/// What is known, by where it stands.
struct Index<'k> {
    /// For each stretch of the text, what has a passage in it.
    by_place: BTreeMap<u32, Vec<&'k Known>>,
}

impl<'k> Index<'k> {
    /// The length of a stretch, in code points.
    const STRETCH: u32 = 4096;

    fn new(known: &'k [Known]) -> Self {
        let mut by_place: BTreeMap<u32, Vec<&Known>> = BTreeMap::new();
        for one in known {
            for span in &one.spans {
                for stretch in span.start / Self::STRETCH..=span.end / Self::STRETCH {
                    by_place.entry(stretch).or_default().push(one);
                }
            }
        }
        Self { by_place }
    }

    /// What has a passage that overlaps with one of these.
    fn overlapping<'a>(&'a self, spans: &'a [Span]) -> impl Iterator<Item = &'k Known> + 'a {
        let overlaps = |known: &Known| {
            known.spans.iter().any(|one| {
                spans
                    .iter()
                    .any(|other| one.start < other.end && other.start < one.end)
            })
        };
        let stretches = spans
            .iter()
            .flat_map(|span| span.start / Self::STRETCH..=span.end / Self::STRETCH);
        let near = stretches.filter_map(|stretch| self.by_place.get(&stretch));
        near.flatten().copied().filter(move |known| overlaps(known))
    }
}

/// Puts into each evidence the page on which it stands, if that is known.
fn put_pages(record: &mut Record, text: &Text, page_of: &PageOf<'_>) {
    let list = record.get_mut("evidence").and_then(Value::as_array_mut);
    for evidence in list.into_iter().flatten() {
        let spans = evidence["spans"].as_array();
        let ends: Vec<u32> = (spans.into_iter().flatten())
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(|end| u32::try_from(end.as_u64()?).ok())
            .collect();
        let whole = ends.iter().min().zip(ends.iter().max());
        let bytes = whole.and_then(|(&start, &end)| text.byte_range(Span::new(start, end)));
        if let Some(page) = bytes.and_then(page_of) {
            evidence["page"] = page.into();
        }
    }
}

/// Whether the same speaker has a claim on an overlapping passage already.
fn is_known(draft: &Draft, text: &Text, claim: &Claim, index: &Index<'_>) -> bool {
    let spans: Vec<Span> = claim
        .content
        .iter()
        .map(|range| text.span_of_bytes(range.clone()))
        .collect();
    let actor = claim.speaker.map(|at| &draft.actors[at]);
    let known = index.overlapping(&spans);
    known
        .filter(|known| known.kind == KnownKind::Claim)
        .any(|known| match actor {
            None => known.speakers.is_empty(),
            Some(actor) => known.speakers.iter().any(|name| {
                let one = crate::names::key(name);
                actor.known.as_deref() == Some(name)
                    || std::iter::once(&actor.name)
                        .chain(&actor.aliases)
                        .any(|other| crate::names::key(other) == one)
            }),
        })
}

fn document(draft: &Draft, source: &Source) -> Record {
    let mut record = record("document", &source.id);
    record.insert("title".into(), source.title.clone().into());
    if let Some(published) = &source.published {
        record.insert("published".into(), published.clone().into());
    }
    if draft.language != Language::Other {
        record.insert("language".into(), draft.language.code().into());
    }
    if let Some(path) = &source.text {
        record.insert("text".into(), path.clone().into());
    }
    if let Some(sum) = &source.sha256 {
        record.insert("sha256".into(), sum.clone().into());
    }
    by(&mut record, Confidence::High, "the text was drafted");
    record
}

/// The ids of the actors that claims name: those known, else made of their names.
fn ids(draft: &Draft, source: &Source, kept: &[&Claim]) -> BTreeMap<usize, String> {
    let speaking: BTreeSet<usize> = kept.iter().filter_map(|claim| claim.speaker).collect();
    let mut taken: BTreeSet<String> = draft
        .actors
        .iter()
        .filter_map(|actor| actor.known.clone())
        .collect();
    taken.insert(source.id.clone());
    let mut ids = BTreeMap::new();
    for number in speaking {
        let actor = &draft.actors[number];
        let id = actor
            .known
            .clone()
            .unwrap_or_else(|| fresh(&slug(&actor.name), &mut taken));
        ids.insert(number, id);
    }
    // The bodies that somebody holds an office in.
    let holders: Vec<usize> = ids.keys().copied().collect();
    for holder in holders {
        if let Some((body, _)) = body_of(draft, holder)
            && !ids.contains_key(&body)
        {
            let actor = &draft.actors[body];
            let id = actor
                .known
                .clone()
                .unwrap_or_else(|| fresh(&slug(&actor.name), &mut taken));
            ids.insert(body, id);
        }
    }
    ids
}

fn actor_record(actor: &Actor, id: &str) -> Record {
    let mut record = record("actor", id);
    record.insert("name".into(), actor.name.clone().into());
    record.insert("kind".into(), actor.kind.into());
    if !actor.aliases.is_empty() {
        record.insert("aliases".into(), json!(actor.aliases));
    }
    if actor.unnamed {
        record.insert("unnamed".into(), true.into());
    }
    if let Some((role, _)) = &actor.role {
        record.insert("note".into(), role.clone().into());
    }
    let sure = if actor.unnamed {
        Confidence::Middle
    } else {
        Confidence::High
    };
    by(
        &mut record,
        sure,
        if actor.unnamed {
            "described, not named"
        } else {
            "named in the text"
        },
    );
    record
}

/// The body in which an actor holds an office, if the words beside the name begin or end with one that is an actor too;
/// and the office.
fn body_of(draft: &Draft, holder: usize) -> Option<(usize, String)> {
    let (role, _) = draft.actors[holder].role.as_ref()?;
    let found = draft.actors.iter().enumerate().filter(|(number, actor)| {
        *number != holder
            && !actor.unnamed
            && matches!(actor.kind, "organization" | "state" | "media")
    });
    let mut best: Option<(usize, &str)> = None;
    for (number, actor) in found {
        for name in std::iter::once(&actor.name).chain(&actor.aliases) {
            let ends = role.ends_with(&format!(" of {name}"))
                || role.ends_with(&format!(" of the {name}"));
            // "Ukrainian President" tells a country, but is not its name.
            let whole = actor.kind != "organization"
                || name.contains(' ')
                || name.chars().all(|c| !c.is_lowercase());
            let begins = whole
                && [" ", "'s ", "’s "]
                    .iter()
                    .any(|behind| role.starts_with(&format!("{name}{behind}")));
            if (ends || begins) && best.is_none_or(|(_, known)| known.len() < name.len()) {
                best = Some((number, name));
            }
        }
    }
    let (number, name) = best?;
    let office = role
        .strip_prefix(name)
        .or_else(|| role.strip_suffix(name))
        .unwrap_or(role);
    let office = office
        .trim_start_matches("'s")
        .trim_start_matches("’s")
        .trim();
    let office = office.strip_suffix(" the").unwrap_or(office);
    let office = office.strip_suffix(" of").unwrap_or(office);
    let office = office.strip_prefix("the ").unwrap_or(office);
    // "a soldier from the city" is no office.
    let is_office = !office.is_empty()
        && office.split_whitespace().count() <= 5
        && !["a ", "an "]
            .iter()
            .any(|article| office.starts_with(article));
    is_office.then(|| (number, office.to_string()))
}

fn office(
    draft: &Draft,
    holder: usize,
    ids: &BTreeMap<usize, String>,
    source: &Source,
    text: &Text,
) -> Option<Record> {
    let (body, office) = body_of(draft, holder)?;
    let (_, at) = draft.actors[holder].role.as_ref()?;
    let at = quotable(text.as_str(), at.clone())?;
    let role = &text.as_str()[at.clone()];
    let mut record = record("relation", "");
    record.remove("id");
    record.insert("from".into(), ids.get(&holder)?.clone().into());
    record.insert("kind".into(), "holds_office".into());
    record.insert("to".into(), ids.get(&body)?.clone().into());
    record.insert("role".into(), office.into());
    let span = text.span_of_bytes(at);
    record.insert(
        "evidence".into(),
        json!([{"document": source.id, "quote": role, "spans": [[span.start, span.end]]}]),
    );
    by(
        &mut record,
        Confidence::Middle,
        "from the words beside the name",
    );
    Some(record)
}

fn claim_record(
    draft: &Draft,
    text: &Text,
    source: &Source,
    claim: &Claim,
    ids: &BTreeMap<usize, String>,
    taken: &mut BTreeSet<String>,
) -> Record {
    let spans: Vec<Span> = claim
        .content
        .iter()
        .map(|range| text.span_of_bytes(range.clone()))
        .collect();
    let first = spans.first().map_or(0, |span| span.start);
    let mut record = record("claim", &fresh(&format!("{}-{first}", source.id), taken));
    match claim.speaker.and_then(|speaker| ids.get(&speaker)) {
        Some(id) => record.insert("speaker".into(), json!([id])),
        // Nobody is invented: who reviews it says who spoke.
        None => record.insert("speaker".into(), json!([])),
    };
    record.insert("act".into(), claim.act.into());
    let whole: Vec<&str> = claim
        .content
        .iter()
        .map(|range| &text.as_str()[range.clone()])
        .collect();
    let (quoted, all_quoted) = quoted(&whole);
    let mode = match (quoted.is_empty(), all_quoted) {
        (true, _) => "indirect",
        (false, true) => "direct",
        (false, false) => "mixed",
    };
    record.insert("mode".into(), mode.into());
    // Of several pieces, the words are given as a whole: a quotation with gaps would be verified as elided.
    let one = claim.content.len() == 1;
    if !quoted.is_empty() && one {
        record.insert("quote".into(), quoted.join(" … ").into());
    }
    if mode != "direct" || !one {
        record.insert("content".into(), whole.join(" … ").into());
    }
    if let Some(date) = claim.said.map(|at| &draft.dates[at])
        && date.kind != DateKind::Duration
    {
        record.insert("said".into(), date.value.clone().into());
        if let Some(weekday) = &date.weekday {
            record.insert("weekday".into(), text.as_str()[weekday.clone()].into());
        }
        if let Some(note) = date.note {
            record.insert("note".into(), note.into());
        }
    }
    let places: Vec<[u32; 2]> = spans.iter().map(|span| [span.start, span.end]).collect();
    // The spans alone say it exactly where there are several: words with gaps would be no exact quote.
    let mut evidence = json!({"document": source.id, "spans": places});
    if one {
        evidence["quote"] = whole.join(" … ").into();
    }
    record.insert("evidence".into(), json!([evidence]));
    by(&mut record, claim.confidence, claim.reason);
    record
}

/// The words within quotation marks of some passages, without the marks, and whether there are no others.
fn quoted<'t>(passages: &[&'t str]) -> (Vec<&'t str>, bool) {
    let mut all = true;
    let mut found = Vec::new();
    for passage in passages {
        let mut at = 0;
        for zone in crate::scan::quoted(passage) {
            all &= !passage[at..zone.start].contains(char::is_alphanumeric);
            at = zone.end;
            let inner =
                passage[zone].trim_matches(|c: char| crate::scan::is_mark(c) || c.is_whitespace());
            if inner.contains(char::is_alphanumeric) {
                found.push(inner.trim_end_matches(','));
            }
        }
        all &= !passage[at..].contains(char::is_alphanumeric);
    }
    (found, all)
}

fn record(kind: &str, id: &str) -> Record {
    let mut record = Record::new();
    record.insert("type".into(), kind.into());
    record.insert("id".into(), id.into());
    record
}

/// Says by whom a record was proposed, and how sure it is.
fn by(record: &mut Record, confidence: Confidence, reason: &str) {
    record.insert("x_by".into(), "annals draft".into());
    record.insert("x_confidence".into(), confidence.as_str().into());
    record.insert("x_reason".into(), reason.into());
}

/// An id that is not taken yet.
fn fresh(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut id = wanted.to_string();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{wanted}-{number}");
        number += 1;
    }
    id
}

/// The id of a document, from the name of its file.
pub fn id_of(name: &str) -> String {
    slug(name)
}

/// A name as an id: letters and digits in lower case, joined with hyphens.
fn slug(name: &str) -> String {
    const LONGEST: usize = 40;
    let mut slug = String::new();
    for word in name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if slug.chars().count() + word.chars().count() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().flat_map(char::to_lowercase));
    }
    if slug.is_empty() {
        "actor".to_string()
    } else {
        slug
    }
}
