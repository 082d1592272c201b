//! The filters that all commands share.

mod conditions;
pub mod counts_for;
mod date_match;
mod identity;
mod query;
mod rollup;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::adjacency::Named;
use super::answer::Dossier;
use super::sort_key;
use super::validity::Validity;
use super::words::{Words, found_among};
use annals_evidence::{Level, Text};
use annals_graph::{Held, Through};
use annals_load::LoadResult;
use annals_model::Vocabulary as _;
use annals_model::{
    Act, ActorId, Claim, ClaimId, DocumentId, EventId, Evidence, Facts, Mode, Name, NodeRef,
    RecordRef, RecordSet, Stance, StanceValue, Str, Via,
};
use annals_time::{Certainty, DaySet, Window};

pub use conditions::{Conditions, Stood, StoodFor};
use date_match::Span;
pub use date_match::{Dating, claim_dating};
use identity::Identities;
pub use identity::{Holder, Standing};
pub use query::{Query, SameAs, THINGS};
use rollup::RollupSelection;

/// A query with all names resolved; by default, it matches everything.
#[derive(Debug, Clone, Default)]
pub struct ResolvedQuery {
    by: Option<BTreeSet<ActorId>>,
    to: Option<BTreeSet<ActorId>>,
    about: Option<BTreeSet<NodeRef>>,
    via: Option<BTreeSet<RecordRef>>,
    at: Option<BTreeSet<EventId>>,
    in_document: Option<BTreeSet<DocumentId>>,
    stance: Vec<StanceValue>,
    act: Vec<String>,
    mode: Vec<Mode>,
    tags: Option<Vec<Option<Name>>>,
    text: Words,
    span: Span,
    verified: Vec<Option<Level>>,
    surely: bool,
    /// Which records are in force.
    pub validity: Validity,
    rolled: Option<RollupSelection>,
    /// Who is who, if some relations make two actors one.
    identities: Option<Arc<Identities>>,
    /// No others than these.
    only: Option<RecordSet>,
    /// The maximum number of rows.
    pub limit: Option<usize>,
}

/// Whether one of the items is selected; true if there is no restriction.
fn any<T: Ord>(asked: Option<&BTreeSet<T>>, items: impl IntoIterator<Item = T>) -> bool {
    asked.is_none_or(|asked| items.into_iter().any(|item| asked.contains(&item)))
}

impl ResolvedQuery {
    /// Whether it restricts anything, besides the window, that only claims have.
    fn asks_for_claims(&self) -> bool {
        self.to.is_some()
            || self.via.is_some()
            || !self.stance.is_empty()
            || !self.act.is_empty()
            || !self.mode.is_empty()
            || !self.verified.is_empty()
    }

    /// Whether it matches everything.
    pub fn is_all(&self) -> bool {
        !self.asks_for_claims()
            && self.by.is_none()
            && self.about.is_none()
            && self.at.is_none()
            && self.in_document.is_none()
            && self.tags.is_none()
            && self.text.is_empty()
            && self.span.between.is_endless()
            && self.only.is_none()
            && self.limit.is_none()
    }

    /// All of these records that are in force, and nothing else.
    #[must_use]
    pub fn of_records(records: RecordSet, validity: Validity) -> ResolvedQuery {
        ResolvedQuery {
            surely: validity.surely,
            validity,
            only: Some(records),
            ..ResolvedQuery::default()
        }
    }

    /// The same selection, restricted to these records and without a limit on rows.
    #[must_use]
    pub fn among(&self, records: RecordSet) -> ResolvedQuery {
        ResolvedQuery {
            only: Some(records),
            limit: None,
            ..self.clone()
        }
    }

    /// The same selection; if it names no acts, of these.
    #[must_use]
    pub fn or_of_acts(&self, acts: &[Act]) -> ResolvedQuery {
        let mut selection = self.clone();
        if selection.act.is_empty() {
            selection.act = acts.iter().map(|act| act.word().to_owned()).collect();
        }
        selection
    }

    /// The same selection, whatever the words.
    #[must_use]
    pub fn without_words(&self) -> ResolvedQuery {
        ResolvedQuery {
            text: Words::default(),
            ..self.clone()
        }
    }

    /// The words that are looked for.
    pub fn words(&self) -> &Words {
        &self.text
    }

    fn may_be(&self, record: impl Into<RecordRef>) -> bool {
        (self.only.as_ref()).is_none_or(|records| records.contains(record))
    }

    /// Whether a claim matches, and whether certainly or only possibly; `None` if it does not.
    pub fn claim(&self, loaded: &LoadResult, id: ClaimId) -> Option<Certainty> {
        let facts = &loaded.facts;
        let claim = &facts[id];
        let in_force = self.validity.certainty(facts, id);
        let fits = in_force.is_possible()
            && self.may_be(id)
            && (self.rolled.is_some() || self.people_fit(facts, claim))
            && self.passed_on(facts, claim)
            && any(self.at.as_ref(), claim.at)
            && self.documents_fit(facts.list(claim.evidence))
            && self.passages_fit(facts, facts.list(claim.evidence))
            && (self.act.is_empty()
                || (facts.act_word(id)).is_some_and(|act| self.act.iter().any(|one| one == act)))
            && (self.mode.is_empty() || claim.mode.is_some_and(|mode| self.mode.contains(&mode)))
            && self.tags_fit(facts, id.into())
            && self.words_fit(loaded, id.into(), &[claim.quote, claim.content]);
        if !fits {
            return None;
        }
        let dating = claim_dating(facts, &self.validity, id);
        let in_window = self.span.holds(id.into(), dating);
        let certainty = match &self.rolled {
            Some(rolled) if in_window.is_possible() => {
                rolled.holds(self, facts, id, dating, in_window)
            }
            _ => in_window,
        };
        self.sure_enough(in_force.and(certainty))
    }

    /// The relations through which a claim is by, to or about the selected actors.
    pub fn through(&self, facts: &Facts, id: ClaimId) -> Vec<Through> {
        (self.rolled.as_ref()).map_or_else(Vec::new, |rolled| rolled.through(self, facts, id))
    }

    /// The same selection for any speaker and any stance.
    #[must_use]
    pub fn of_anybody(&self) -> ResolvedQuery {
        ResolvedQuery {
            by: None,
            stance: Vec::new(),
            limit: None,
            rolled: self.rolled.as_ref().map(RollupSelection::of_anybody),
            identities: (self.identities.as_ref()).map(|one| Arc::new(one.of_anybody())),
            ..self.clone()
        }
    }

    /// The same selection without a limit on rows.
    #[must_use]
    pub fn unlimited(&self) -> ResolvedQuery {
        ResolvedQuery {
            limit: None,
            ..self.clone()
        }
    }

    /// The same selection among other records in force.
    #[must_use]
    pub fn known(&self, validity: Validity) -> ResolvedQuery {
        ResolvedQuery {
            validity,
            ..self.clone()
        }
    }

    /// Whether only what certainly matches is asked for.
    pub fn is_surely(&self) -> bool {
        self.surely
    }

    /// Everything in force in the same window, before and after the same events.
    #[must_use]
    pub fn of_window(&self) -> ResolvedQuery {
        ResolvedQuery {
            span: self.span.clone(),
            surely: self.surely,
            validity: self.validity.clone(),
            ..ResolvedQuery::default()
        }
    }

    /// The same, but only what counts for the selected speakers through roll-up; `None` without it.
    #[must_use]
    pub fn of_represented(&self) -> Option<ResolvedQuery> {
        let rolled = self.rolled.as_ref().filter(|_| self.by.is_some())?;
        Some(ResolvedQuery {
            by: self.by.clone(),
            rolled: Some(rolled.of_speakers()),
            ..self.of_window()
        })
    }

    /// Whether a stance matches: its value and its subject.
    pub fn asks_after(&self, stance: &Stance) -> bool {
        let value = self.stance.is_empty() || self.stance.contains(&stance.value);
        let toward = stance.toward.is_some_and(|toward| {
            any(self.about.as_ref(), [toward])
                || (self.rolled.as_ref()).is_some_and(|rolled| rolled.concerns(toward))
        });
        value && toward
    }

    /// The selected speakers of a matching claim, each with the actor that they represent in the
    /// answer, and the relations through which they do.
    fn each_represented(
        &self,
        facts: &Facts,
        id: ClaimId,
        mut each: impl FnMut(ActorId, ActorId, Vec<Through>),
    ) {
        let rolled = self.rolled.as_ref().filter(|_| self.by.is_some());
        for one in facts.list(facts[id].speaker).iter().copied() {
            match rolled {
                Some(rolled) => {
                    if let Some(chain) = rolled.spoken_through(self, facts, id, one) {
                        let end = chain.last().map(|step| step.to);
                        each(one, end.unwrap_or(one), chain);
                    }
                }
                None if any(self.by.as_ref(), [one]) => each(one, one, Vec::new()),
                None => {}
            }
        }
    }

    /// The records named by the selection, by field; `None` if it uses roll-up.
    pub(super) fn named(&self) -> Option<Named> {
        fn all<T: Copy + Into<RecordRef>>(asked: Option<&BTreeSet<T>>) -> Option<Vec<RecordRef>> {
            asked.map(|asked| asked.iter().map(|one| (*one).into()).collect())
        }
        self.rolled.is_none().then(|| Named {
            by: all(self.by.as_ref()),
            to: all(self.to.as_ref()),
            about: all(self.about.as_ref()),
            via: all(self.via.as_ref()),
            at: all(self.at.as_ref()),
            in_document: all(self.in_document.as_ref()),
        })
    }

    fn passed_on(&self, facts: &Facts, claim: &Claim) -> bool {
        let via = facts.list(facts.links(claim).via).iter();
        (self.rolled.as_ref()).is_some_and(RollupSelection::decides_via)
            || any(self.via.as_ref(), via.map(|via| record_of(*via)))
    }

    fn people_fit(&self, facts: &Facts, claim: &Claim) -> bool {
        any(self.by.as_ref(), facts.list(claim.speaker).iter().copied())
            && any(self.to.as_ref(), facts.list(claim.to).iter().copied())
            && self.about_fits(facts, claim)
    }

    /// The matching claims, each with whether it matches certainly, in the order in which they were
    /// read and whatever the limit on rows is.
    pub fn found(&self, dossier: &Dossier<'_>) -> Vec<(ClaimId, Certainty)> {
        let loaded = dossier.loaded;
        let asked = |id: ClaimId| Some((id, self.claim(loaded, id)?));
        match dossier.candidates(|| self.named()) {
            Some(candidates) => candidates.into_iter().filter_map(asked).collect(),
            // Looking for words takes long enough for several threads.
            None if !self.text.is_empty() => {
                let all: Vec<ClaimId> = dossier.facts().claims.handles().collect();
                found_among(&all, asked)
            }
            None => dossier.facts().claims.handles().filter_map(asked).collect(),
        }
    }

    /// The days on which a claim can have been said and match, whatever its own date.
    pub fn days_of(&self, facts: &Facts, id: ClaimId) -> DaySet {
        let days = self.span.between.days();
        match &self.rolled {
            Some(rolled) => days.intersection(&rolled.held(self, facts, id).may),
            None => days,
        }
    }

    /// Claims among which are all that match.
    pub(super) fn candidates(&self, dossier: &Dossier<'_>) -> Vec<ClaimId> {
        let some = dossier.candidates(|| self.named());
        some.unwrap_or_else(|| dossier.facts().claims.handles().collect())
    }

    /// The matching claims, in the order of [`sort`](super::sort_key::sort), each with
    /// whether it matches certainly.
    pub fn claims(&self, dossier: &Dossier<'_>) -> Vec<(ClaimId, Certainty)> {
        let facts = dossier.facts();
        let mut found = self.found(dossier);
        sort_key::sort(
            facts,
            &self.validity,
            &mut found,
            |(id, _)| sort_key::claim_date(facts, &self.validity, *id),
            |(id, _)| (*id).into(),
        );
        if let Some(limit) = self.limit {
            found.truncate(limit);
        }
        found
    }

    /// Whether an event, relation or document matches. Claims are matched separately.
    ///
    /// `--by` selects events in which the actor takes part and the actor's relations, `--about` the
    /// record itself, `--at` the event itself and its parts.
    pub fn other(&self, loaded: &LoadResult, record: RecordRef) -> Option<Certainty> {
        let facts = &loaded.facts;
        let in_force = self.validity.certainty(facts, record);
        if self.asks_for_claims() || !in_force.is_possible() || !self.may_be(record) {
            return None;
        }
        let actors = actors_of(facts, record);
        let (when, texts): (_, [Option<Str>; 2]) = match record {
            RecordRef::Event(id) => (facts[id].when, [facts[id].label, None]),
            RecordRef::Relation(id) => (facts[id].when, [facts[id].role, None]),
            RecordRef::Document(id) => (facts[id].published, [facts[id].title, None]),
            _ => return None,
        };
        let is_event = |asked: &BTreeSet<EventId>| match record {
            RecordRef::Event(id) => {
                asked.contains(&id)
                    || facts[id]
                        .part_of
                        .is_some_and(|whole| asked.contains(&whole))
            }
            _ => false,
        };
        let in_document = self.in_document.as_ref().is_none_or(|asked| match record {
            RecordRef::Document(id) => asked.contains(&id),
            _ => self.documents_fit(facts.evidence(record)) && !asked.is_empty(),
        });
        let fits = self.at.as_ref().is_none_or(is_event)
            && in_document
            && self.tags_fit(facts, record)
            && self.words_fit(loaded, record, &texts);
        if !fits {
            return None;
        }
        let dating = when.map_or(Dating::Unknown, |date| Dating::Given(facts.date(date)));
        let in_window = self.span.holds(record, dating);
        let held = self.takes_part(record, &actors);
        let days = dating.days();
        let some_day = self.span.days(record, &days).intersection(&held.may);
        let takes_part = if held.must.contains(&days) {
            Certainty::Certainly
        } else if some_day.is_empty() {
            Certainty::Never
        } else {
            Certainty::Possibly
        };
        let certainty = in_window.and(takes_part);
        self.sure_enough(in_force.and(certainty))
    }

    /// On which days the selected actors take part in a record that is no claim, and it is about the
    /// selected things.
    fn takes_part(&self, record: RecordRef, actors: &[ActorId]) -> Held {
        let is_tie = matches!(record, RecordRef::Relation(_));
        let by = match &self.rolled {
            Some(rolled) => rolled.takes_part(self, actors),
            None if any(self.by.as_ref(), actors.iter().copied()) => Held::always(),
            None => Held::default(),
        };
        let is_about = self.about.as_ref().is_none_or(|asked| {
            let asks = |node: NodeRef| asked.contains(&node);
            record.node().is_some_and(asks)
                || is_tie && actors.iter().any(|actor| asks(NodeRef::Actor(*actor)))
        });
        let about = match &self.rolled {
            _ if is_about => Held::always(),
            Some(rolled) if is_tie => rolled.is_about(actors),
            _ => Held::default(),
        };
        by.and(&about)
    }

    /// The relations through which an event or a relation is selected: those that make one of its
    /// actors one with a selected one.
    pub fn through_other(&self, facts: &Facts, record: RecordRef) -> Vec<Through> {
        let Some(rolled) = &self.rolled else {
            return Vec::new();
        };
        let when = match record {
            RecordRef::Event(id) => facts[id].when,
            RecordRef::Relation(id) => facts[id].when,
            _ => return Vec::new(),
        };
        let actors = actors_of(facts, record);
        let dating = when.map_or(Dating::Unknown, |date| Dating::Given(facts.date(date)));
        let is_tie = matches!(record, RecordRef::Relation(_));
        rolled.through_other(facts, &actors, is_tie, &dating.days())
    }

    /// The selected window.
    pub fn window(&self) -> &Window {
        &self.span.between.window
    }

    /// Whether a record of this dating lies in the selected window, before and after the selected
    /// events.
    pub fn in_window(&self, record: RecordRef, dating: Dating<'_>) -> Certainty {
        self.span.holds(record, dating)
    }

    /// A certainty, if it is sufficient: any but never, or only certain.
    pub fn sure_enough(&self, certainty: Certainty) -> Option<Certainty> {
        let wanted = if self.surely {
            Certainty::Certainly
        } else {
            Certainty::Possibly
        };
        (certainty >= wanted).then_some(certainty)
    }

    /// Whether a claim is about a selected subject, and the speaker's stance toward it matches.
    fn about_fits(&self, facts: &Facts, claim: &Claim) -> bool {
        let stances = facts.list(claim.stance);
        let about = any(self.about.as_ref(), facts.list(claim.about).iter().copied())
            || any(
                self.about.as_ref(),
                stances.iter().filter_map(|stance| stance.toward),
            );
        let stance = self.stance.is_empty()
            || stances.iter().any(|stance| {
                self.stance.contains(&stance.value)
                    && stance
                        .toward
                        .is_some_and(|toward| any(self.about.as_ref(), [toward]))
            });
        about && stance
    }

    fn documents_fit(&self, evidence: &[Evidence]) -> bool {
        any(
            self.in_document.as_ref(),
            evidence.iter().filter_map(|evidence| evidence.document),
        )
    }

    /// Whether one of the passages that are known stands in its text as is asked for.
    fn passages_fit(&self, facts: &Facts, evidence: &[Evidence]) -> bool {
        self.verified.is_empty()
            || (evidence.iter())
                .filter(|one| self.validity.knows(facts, one.document))
                .any(|one| self.verified.contains(&one.verified))
    }

    fn tags_fit(&self, facts: &Facts, record: RecordRef) -> bool {
        self.tags.as_ref().is_none_or(|asked| {
            let Some(more) = facts.more(record) else {
                return false;
            };
            facts
                .list(more.tags)
                .iter()
                .any(|tag| asked.contains(&Some(*tag)))
        })
    }

    /// Whether an actor, a topic or a place matches: it has no date and no part in events by itself, so
    /// what asks for these leaves it out. `--about` selects the record itself.
    pub fn named_thing(&self, facts: &Facts, record: RecordRef) -> Option<Certainty> {
        let in_force = self.validity.certainty(facts, record);
        let is_asked_for = |node| any(self.about.as_ref(), [node]);
        let fits = in_force.is_possible()
            && !self.asks_for_claims()
            && self.by.is_none()
            && self.at.is_none()
            && self.in_document.is_none()
            && self.span.between.is_endless()
            && self.may_be(record)
            && record.node().is_some_and(is_asked_for)
            && self.tags_fit(facts, record);
        fits.then(|| self.sure_enough(in_force))?
    }

    fn words_fit(
        &self,
        loaded: &LoadResult,
        record: RecordRef,
        own: &[Option<annals_model::Str>],
    ) -> bool {
        self.text.is_empty() || words_in(loaded, &self.text, record, own).is_some()
    }
}

/// Where all words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordsIn {
    /// In one of the record's own texts.
    Own(usize),
    /// In a quoted passage, of the record's evidence.
    Quote(usize),
    /// In the text of a document at the spans of a passage.
    Passage(usize),
}

/// In which of a record's own texts, its quoted passages, or the texts at their spans all words occur
/// first; `None` if in none of them.
pub fn words_in(
    loaded: &LoadResult,
    words: &Words,
    record: RecordRef,
    own: &[Option<annals_model::Str>],
) -> Option<WordsIn> {
    let facts = &loaded.facts;
    let mut room = String::new();
    let mut all_in = |text: &str| words.are_in(text, &mut room);
    for (nth, text) in own.iter().enumerate() {
        if text.is_some_and(|text| all_in(facts.str(text))) {
            return Some(WordsIn::Own(nth));
        }
    }
    for (nth, evidence) in facts.evidence(record).iter().enumerate() {
        if evidence.quote.is_some_and(|quote| all_in(facts.str(quote))) {
            return Some(WordsIn::Quote(nth));
        }
        if passage(loaded, evidence).is_some_and(|passage| all_in(&passage)) {
            return Some(WordsIn::Passage(nth));
        }
    }
    None
}

/// Who takes part in an event, or whom a relation ties.
fn actors_of(facts: &Facts, record: RecordRef) -> Vec<ActorId> {
    match record {
        RecordRef::Event(id) => {
            let participants = facts.list(facts[id].participants).iter();
            participants.filter_map(|one| one.actor).collect()
        }
        RecordRef::Relation(id) => {
            let ends = [facts[id].from, facts[id].to];
            ends.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

fn record_of(via: Via) -> RecordRef {
    match via {
        Via::Actor(id) => RecordRef::Actor(id),
        Via::Claim(id) => RecordRef::Claim(id),
    }
}

/// The text at the spans of a passage; discontinuous ones are joined with …
pub fn passage(loaded: &LoadResult, evidence: &Evidence) -> Option<String> {
    let (_, text) = loaded.texts.get(evidence.document?)?;
    let spans = loaded.facts.list(evidence.found);
    let parts: Vec<&str> = spans
        .iter()
        .filter_map(|span| Text::slice(text, *span))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" … "))
}
