//! `timeline`: what happened, what was said, which relations held, what was published.

use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::chronicle::SolvedChronology;
use super::said::{ThroughRow, rows_through, through};
use super::selection::ResolvedQuery;
use super::sort_key;
use super::validity::RetractionRow;
use annals_finding::FilePlace;
use annals_model::{Facts, RecordRef, Status};
use annals_time::{Certainty, Date, Day};

/// A dated record.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineRow {
    /// Its id.
    pub id: String,
    /// `event`, `claim`, `relation` or `document`.
    pub kind: &'static str,
    /// Its display name.
    pub label: String,
    /// Whether the label is the speaker's own wording, not the annotator's.
    #[serde(skip)]
    pub quoted: bool,
    /// When it was, as given.
    pub when: Option<Date>,
    /// When it can have been, given all facts.
    pub narrowed: Option<NarrowedRow>,
    /// Whether the first of these days only says when its speaker or holder was born.
    #[serde(skip)]
    pub since_birth: bool,
    /// Whether it took place.
    pub status: Option<Status>,
    /// Who took part.
    pub participants: Vec<ParticipantRow>,
    /// The place.
    pub place: Option<Ref>,
    /// The day of its first publication, if it has no date of its own.
    pub reported: Option<Day>,
    /// The relations through which a claim is selected.
    pub through: Vec<ThroughRow>,
    /// Whether it certainly matches the query, not only possibly.
    pub certain: bool,
    /// Whether and why it was retracted.
    pub retracted: Option<RetractionRow>,
    /// Its source location.
    pub source: FilePlace,
}

/// The days that all facts leave.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct NarrowedRow {
    /// The first.
    pub first: Option<Day>,
    /// The last.
    pub last: Option<Day>,
}

impl NarrowedRow {
    /// Whether anything is known.
    pub fn is_some(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }

    /// The days as words say them: that somebody said nothing before they were born is no news.
    #[must_use]
    pub fn in_words(self, facts: &Facts, record: RecordRef) -> NarrowedRow {
        NarrowedRow {
            first: self.first.filter(|day| !is_of_birth(facts, record, *day)),
            ..self
        }
    }
}

/// Whether the first day of a claim or a relation says no more than when its speaker or holder was
/// born, or founded. The exact day of a birth is news of a claim that has a date itself.
pub fn is_of_birth(facts: &Facts, record: RecordRef, first: Day) -> bool {
    let (own, actors) = match record {
        RecordRef::Claim(id) => (facts[id].said, facts.list(facts[id].speaker)),
        RecordRef::Relation(id) => (facts[id].when, facts[id].from.as_slice()),
        _ => return false,
    };
    let lives = actors.iter().filter_map(|actor| facts[*actor].lifespan);
    let mut births = lives.map(|life| facts.date(life).extent());
    births.any(|life| {
        let born = life.earliest_start();
        let is_exact = born == life.latest_start();
        born.day().is_some_and(|born| first <= born) && (own.is_none() || !is_exact)
    })
}

/// A participant.
#[derive(Debug, Clone, Serialize)]
pub struct ParticipantRow {
    /// Who.
    pub actor: Ref,
    /// The role.
    pub role: Option<String>,
}

impl TimelineRow {
    /// Notes whether the narrowed days only say when somebody was born.
    pub fn set_since_birth(&mut self, facts: &Facts, record: RecordRef) {
        let first = self.narrowed.and_then(|days| days.first);
        self.since_birth = first.is_some_and(|first| is_of_birth(facts, record, first));
    }
}

/// The selected events, claims, relations and documents, oldest first; undated ones by their first
/// publication, else last. A report says nothing of when a relation held: undated ones come last.
pub fn timeline(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    solved: Option<&SolvedChronology<'_, '_>>,
) -> Vec<TimelineRow> {
    let found = selected(dossier, selection).into_iter();
    found
        .map(|(record, certainty)| {
            let mut row = row(dossier, record, certainty);
            row.narrowed = solved
                .and_then(|solved| solved.narrowed(record))
                .filter(NarrowedRow::is_some);
            row.set_since_birth(dossier.facts(), record);
            row.through = match record {
                RecordRef::Claim(id) => through(dossier, selection, id),
                _ => rows_through(
                    dossier.facts(),
                    &selection.through_other(dossier.facts(), record),
                ),
            };
            row
        })
        .collect()
}

/// The records of a timeline, in order, each with whether it certainly matches.
pub fn selected(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Vec<(RecordRef, Certainty)> {
    let loaded = dossier.loaded;
    let facts = &loaded.facts;
    let claims = facts
        .claims
        .handles()
        .filter_map(|id| Some((RecordRef::Claim(id), selection.claim(loaded, id)?)));
    let others = (facts.events.handles().map(RecordRef::Event))
        .chain(facts.relations.handles().map(RecordRef::Relation))
        .chain(facts.documents.handles().map(RecordRef::Document))
        .filter_map(|record| Some((record, selection.other(loaded, record)?)));
    let mut found: Vec<(RecordRef, Certainty)> = claims.chain(others).collect();
    let date = |record: RecordRef| {
        let is_tie = matches!(record, RecordRef::Relation(_));
        let reported = || dossier.validity.reported(facts, record);
        let reported = || reported().filter(|_| !is_tie);
        when(dossier, record).or_else(reported)
    };
    sort_key::sort(
        facts,
        &dossier.validity,
        &mut found,
        |(record, _)| date(*record),
        |(record, _)| *record,
    );
    found.truncate(selection.limit.unwrap_or(usize::MAX));
    found
}

fn when<'l>(dossier: &Dossier<'l>, record: RecordRef) -> Option<&'l Date> {
    let facts = dossier.facts();
    let date = match record {
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        RecordRef::Relation(id) => facts[id].when,
        RecordRef::Document(id) => facts[id].published,
        _ => None,
    };
    date.map(|date| facts.date(date))
}

fn row(dossier: &Dossier<'_>, record: RecordRef, certainty: Certainty) -> TimelineRow {
    let facts = dossier.facts();
    let actor = |actor, role: Option<&str>| ParticipantRow {
        actor: Ref::new(facts, RecordRef::Actor(actor)),
        role: role.map(str::to_owned),
    };
    let (participants, status, place) = match record {
        RecordRef::Event(id) => {
            let event = &facts[id];
            let who = facts
                .list(event.participants)
                .iter()
                .filter_map(|one| Some(actor(one.actor?, one.role.map(|role| facts.name(role)))));
            (
                who.collect(),
                event.status,
                event.place.map(|place| Ref::new(facts, place)),
            )
        }
        RecordRef::Claim(id) => {
            let claim = &facts[id];
            let speakers = facts
                .list(claim.speaker)
                .iter()
                .map(|one| actor(*one, Some("speaker")));
            let to = facts
                .list(claim.to)
                .iter()
                .map(|one| actor(*one, Some("addressee")));
            (speakers.chain(to).collect(), None, None)
        }
        RecordRef::Relation(id) => {
            let tie = &facts[id];
            let from = tie.from.map(|from| actor(from, Some("from")));
            let to = tie.to.map(|to| actor(to, Some("to")));
            (from.into_iter().chain(to).collect(), None, None)
        }
        _ => (Vec::new(), None, None),
    };
    let when = when(dossier, record).cloned();
    let reported = if when.is_none() {
        super::answer::reported_day(dossier, record)
    } else {
        None
    };
    TimelineRow {
        id: facts.id(record).to_owned(),
        kind: annals_model::Vocabulary::word(record.kind()),
        label: label(dossier, record),
        quoted: matches!(record, RecordRef::Claim(id) if facts[id].quote.is_some()),
        when,
        narrowed: None,
        since_birth: false,
        status,
        participants,
        place,
        reported,
        through: Vec::new(),
        certain: certainty.is_certain(),
        retracted: dossier.retraction(record),
        source: dossier.source(record),
    }
}

/// The label of a row; for a relation, its two actors.
pub fn label(dossier: &Dossier<'_>, record: RecordRef) -> String {
    let facts = dossier.facts();
    match record {
        RecordRef::Relation(id) => {
            let tie = &facts[id];
            let name =
                |actor: Option<_>| actor.map_or("?", |actor| facts.label(RecordRef::Actor(actor)));
            let kind = tie
                .kind
                .map_or("tie", |kind| facts.name(kind))
                .replace('_', " ");
            let role = tie
                .role
                .map(|role| format!(" ({})", facts.str(role)))
                .unwrap_or_default();
            format!("{} {kind} {}{role}", name(tie.from), name(tie.to))
        }
        _ => facts.label(record).to_owned(),
    }
}
