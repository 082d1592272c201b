//! `changes`: what came to be known between two days.

mod dates;
mod knowing;
mod stances;

use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::contradictions::{Contradiction, contradictions};
use super::selection::ResolvedQuery;
use super::sort_key::IdKey;
use super::validity::Validity;
use annals_model::{DocumentId, Facts, NodeRef, RecordRef, StanceValue, Vocabulary as _};
use annals_time::{Certainty, Date, Day, chronological};

pub use knowing::{InForce, Knowing, Period};

/// What came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A document.
    Document,
    /// A claim.
    Claim,
    /// A speaker's position on a thing is another.
    Position,
    /// Two claims that contradict each other.
    Contradiction,
    /// A record was retracted.
    Retraction,
    /// A date is narrower than before.
    Date,
}

impl ChangeKind {
    /// The word in answers.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Document => "document",
            ChangeKind::Claim => "claim",
            ChangeKind::Position => "position",
            ChangeKind::Contradiction => "contradiction",
            ChangeKind::Retraction => "retraction",
            ChangeKind::Date => "date",
        }
    }
}

/// What was known of something before or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Known {
    /// A position.
    Position {
        /// The subject.
        toward: Ref,
        /// The stance; null if it was only withdrawn.
        value: Option<StanceValue>,
    },
    /// The claims that contradict each other.
    Claims([String; 2]),
    /// The first and the last day of a start and an end.
    Dates {
        /// The start.
        start: [Option<Day>; 2],
        /// The end.
        end: [Option<Day>; 2],
    },
}

/// Something that came to be known.
#[derive(Debug, Clone, Serialize)]
pub struct KnownRow {
    /// What it is.
    pub kind: ChangeKind,
    /// The record; of a position its latest claim, of a contradiction the later claim.
    pub id: String,
    /// Its display name; of a position also who holds it toward what.
    #[serde(skip)]
    pub label: String,
    /// The last day on which it can have come to be known; null if that is unknown.
    pub day: Option<Day>,
    /// The document that brought it.
    pub because: Option<Ref>,
    /// What was known before.
    pub before: Option<Known>,
    /// What is known now.
    pub after: Option<Known>,
    /// Whether it certainly came to be known in the period, and certainly matches.
    pub certain: bool,
}

/// What all parts of the question share.
struct Asked<'q, 'd, 'l> {
    /// The dossier at the end of the period.
    dossier: &'d Dossier<'l>,
    /// The selection at the end of the period.
    selection: &'q ResolvedQuery,
    /// The same of all records, whether they are in force or not.
    everything: ResolvedQuery,
    period: Period,
    /// By how many units a vague date may be off.
    slack: u32,
}

impl<'l> Asked<'_, '_, 'l> {
    fn facts(&self) -> &'l Facts {
        self.dossier.facts()
    }

    fn knowing(&self, record: impl Into<RecordRef>) -> Knowing {
        Knowing::new(self.facts(), record, self.period)
    }

    /// How a record matches the selection, in force or not.
    fn matches(&self, record: RecordRef) -> Option<Certainty> {
        match record {
            RecordRef::Claim(id) => self.everything.claim(self.dossier.loaded, id),
            other => self.everything.other(self.dossier.loaded, other),
        }
    }

    fn row(&self, kind: ChangeKind, record: RecordRef, certain: bool) -> KnownRow {
        let facts = self.facts();
        KnownRow {
            kind,
            id: facts.id(record).to_owned(),
            label: facts.label(record).to_owned(),
            day: None,
            because: None,
            before: None,
            after: None,
            certain,
        }
    }

    /// The first known document of a record.
    fn document(&self, record: impl Into<RecordRef>) -> Option<Ref> {
        let record = record.into();
        let facts = self.facts();
        if let RecordRef::Document(id) = record {
            return Some(Ref::new(facts, id));
        }
        let documents = facts.evidence(record).iter().filter_map(|one| one.document);
        let known = documents.filter(|id| self.dossier.validity.knows(facts, Some(*id)));
        let known: Vec<DocumentId> = known.collect();
        Some(Ref::new(facts, first_published(facts, &known)?))
    }

    /// The document that took a record back: one that corrects a document behind it, and was
    /// certainly there by then.
    fn correction(&self, record: RecordRef) -> Option<Ref> {
        let facts = self.facts();
        let on = facts.date(facts.more(record)?.retracted?.on);
        let behind: Vec<DocumentId> = match record {
            RecordRef::Document(id) => vec![id],
            _ => (facts.evidence(record).iter())
                .filter_map(|one| one.document)
                .collect(),
        };
        let corrects = |id: &DocumentId| {
            let corrected = facts.list(facts[*id].corrects);
            corrected.iter().any(|one| behind.contains(one))
                && facts[*id].published.is_some_and(|published| {
                    use annals_time::DayRelation::StartsNotAfterEnd;
                    let published = facts.date(published);
                    published.compare(StartsNotAfterEnd, on).is_certain()
                })
                && self.dossier.validity.holds(facts, *id)
        };
        let all: Vec<DocumentId> = facts.documents.handles().filter(corrects).collect();
        Some(Ref::new(facts, first_published(facts, &all)?))
    }
}

/// The first of some documents: by publication, undated ones last.
fn first_published(facts: &Facts, documents: &[DocumentId]) -> Option<DocumentId> {
    let date = |id: &DocumentId| facts[*id].published.map(|date| facts.date(date));
    let dated = documents.iter().filter(|id| date(id).is_some());
    let first = dated.min_by(|a, b| match (date(a), date(b)) {
        (Some(a), Some(b)) => chronological(a, b),
        _ => std::cmp::Ordering::Equal,
    });
    first.or(documents.first()).copied()
}

/// The date as of which a view is: the day before a period, or its end.
pub fn day_before(period: Period) -> Option<Date> {
    period.from.checked_add_days(-1).map(Date::of_day)
}

/// What came to be known in a period. `selection` is resolved as of the end of the period, and
/// `earlier` as of the day before it.
pub fn changes(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    earlier: (&Dossier<'_>, &ResolvedQuery),
    period: Period,
    slack: u32,
) -> Vec<KnownRow> {
    let everything = selection.unlimited().known(Validity {
        retracted: true,
        ..Validity::default()
    });
    let asked = Asked {
        dossier,
        selection,
        everything,
        period,
        slack,
    };
    let mut rows = records(&asked);
    rows.extend(stances::positions(&asked));
    rows.extend(arisen(&asked, earlier));
    rows.extend(dates::narrower(&asked));
    rows.retain(|row| row.certain || !selection.is_surely());
    let facts = dossier.facts();
    rows.sort_by_cached_key(|row| {
        let id = facts.find(&row.id).map(|record| IdKey::new(facts, record));
        let toward = match &row.after {
            Some(Known::Position { toward, .. }) => Some(toward.id.clone()),
            Some(Known::Claims([first, _])) => Some(first.clone()),
            _ => None,
        };
        (row.day.is_none(), row.day, row.kind, id, toward)
    });
    rows.truncate(selection.limit.unwrap_or(usize::MAX));
    rows
}

/// The documents and claims that are new, and what was retracted.
fn records(asked: &Asked<'_, '_, '_>) -> Vec<KnownRow> {
    let mut rows = Vec::new();
    for record in asked.facts().records() {
        let knowing = asked.knowing(record);
        let (new, taken_back) = (knowing.is_new(), knowing.is_taken_back());
        let kind = match record {
            RecordRef::Document(_) => Some(ChangeKind::Document),
            RecordRef::Claim(_) => Some(ChangeKind::Claim),
            _ => None,
        };
        let kind = kind.filter(|_| new.is_possible());
        if kind.is_none() && !taken_back.is_possible() {
            continue;
        }
        let Some(matches) = matching(asked, record) else {
            continue;
        };
        if let Some(kind) = kind {
            rows.push(KnownRow {
                day: knowing.day,
                because: asked.document(record),
                ..asked.row(kind, record, new.and(matches).is_certain())
            });
        }
        if taken_back.is_possible() {
            let certain = taken_back.and(matches).is_certain();
            rows.push(KnownRow {
                day: knowing.retracted_on,
                because: asked.correction(record),
                ..asked.row(ChangeKind::Retraction, record, certain)
            });
        }
    }
    rows
}

/// How a record matches; one of a kind without dates only if everything is asked for.
fn matching(asked: &Asked<'_, '_, '_>, record: RecordRef) -> Option<Certainty> {
    match record {
        RecordRef::Claim(_)
        | RecordRef::Document(_)
        | RecordRef::Event(_)
        | RecordRef::Relation(_) => asked.matches(record),
        _ => (asked.everything.is_all()).then_some(Certainty::Certainly),
    }
}

/// The contradictions that arose.
fn arisen(
    asked: &Asked<'_, '_, '_>,
    (dossier, selection): (&Dossier<'_>, &ResolvedQuery),
) -> Vec<KnownRow> {
    let facts = asked.facts();
    let key = |one: &Contradiction| {
        let claims = one.between.is_none().then(|| {
            let mut claims = one.claims;
            claims.sort_unstable();
            claims
        });
        (one.kind, one.toward, one.between, claims)
    };
    let earlier = contradictions(dossier, &selection.unlimited()).found;
    let earlier: std::collections::BTreeSet<_> = earlier.iter().map(key).collect();
    let found = contradictions(asked.dossier, &asked.selection.unlimited()).found;
    let rows = found.into_iter().filter_map(|one| {
        let both = one.claims.map(|claim| asked.knowing(claim));
        let was_there = earlier.contains(&key(&one));
        let can_be_new = |new: usize, other: usize| {
            let new = both[new].holds(|state| state.after && !state.before);
            let other = both[other].holds(|state| state.after);
            new.and(other).is_possible()
        };
        let [earlier, later] = one.claims.map(RecordRef::Claim);
        let newest = [(later, both[1]), (earlier, both[0])].into_iter();
        let newest = newest.filter(|(_, knowing)| knowing.is_new().is_possible());
        let newest = newest.max_by_key(|(_, knowing)| knowing.day);
        let certain = !was_there && one.certainty.is_certain();
        let can_have_arisen = !was_there || can_be_new(0, 1) || can_be_new(1, 0);
        can_have_arisen.then(|| KnownRow {
            day: newest.and_then(|(_, knowing)| knowing.day),
            because: newest.and_then(|(record, _)| asked.document(record)),
            after: Some(Known::Claims(
                one.claims.map(|claim| facts.id(claim).to_owned()),
            )),
            ..asked.row(ChangeKind::Contradiction, later, certain)
        })
    });
    rows.collect()
}

/// A position as data.
fn position(facts: &Facts, toward: NodeRef, value: Option<StanceValue>) -> Known {
    Known::Position {
        toward: Ref::new(facts, toward),
        value,
    }
}

/// A position in words: "Ines Carvalho on the mole: supports".
fn position_words(facts: &Facts, who: RecordRef, toward: NodeRef) -> String {
    format!("{} on {}", facts.label(who), facts.label(toward))
}

/// A stance in words.
pub fn stance_words(value: Option<StanceValue>) -> &'static str {
    value.map_or("withdrawn", |value| value.word())
}
