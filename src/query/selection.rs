//! The one selection that all commands share.

use std::collections::BTreeSet;

use super::names::{NameError, fold, look_up};
use crate::evidence::Text;
use crate::load::Loaded;
use crate::model::{
    Act, ActorId, Claim, ClaimId, DocumentId, EventId, Evidence, Facts, Mode, Name, NodeRef,
    RecordKind, RecordRef, StanceValue, Via,
};
use crate::time::{Certainty, Date, Window};

/// What is asked for, in words: the same option twice means *or*, different options mean *and*.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Who said it.
    pub by: Vec<String>,
    /// To whom.
    pub to: Vec<String>,
    /// About what.
    pub about: Vec<String>,
    /// Who passed it on.
    pub via: Vec<String>,
    /// At which event.
    pub at: Vec<String>,
    /// Reported in which document.
    pub in_document: Vec<String>,
    /// Where the speaker stands.
    pub stance: Vec<StanceValue>,
    /// What they do in saying it.
    pub act: Vec<Act>,
    /// How the words reach us.
    pub mode: Vec<Mode>,
    /// Words that the annotator tagged it with.
    pub tag: Vec<String>,
    /// Words that stand in it.
    pub text: Vec<String>,
    /// On which days.
    pub window: Window,
    /// Only what must lie in the window, not what can.
    pub surely: bool,
    /// Also what has been taken back.
    pub retracted: bool,
    /// At most so many rows.
    pub limit: Option<usize>,
}

/// What is asked for, with all names looked up.
#[derive(Debug, Clone)]
pub struct Selection {
    by: Option<BTreeSet<ActorId>>,
    to: Option<BTreeSet<ActorId>>,
    about: Option<BTreeSet<NodeRef>>,
    via: Option<BTreeSet<RecordRef>>,
    at: Option<BTreeSet<EventId>>,
    in_document: Option<BTreeSet<DocumentId>>,
    stance: Vec<StanceValue>,
    act: Vec<Act>,
    mode: Vec<Mode>,
    tags: Option<Vec<Option<Name>>>,
    text: Vec<String>,
    window: Window,
    surely: bool,
    retracted: bool,
    /// At most so many rows.
    pub limit: Option<usize>,
}

/// Everything that can be looked up by name and be what a claim is about.
pub const THINGS: &[RecordKind] = &[
    RecordKind::Actor,
    RecordKind::Topic,
    RecordKind::Event,
    RecordKind::Place,
    RecordKind::Document,
    RecordKind::Claim,
];

impl Asked {
    /// Looks all names up.
    ///
    /// # Errors
    ///
    /// When one names no record, or several.
    pub fn resolve(&self, facts: &Facts) -> Result<Selection, NameError> {
        let records = |words: &[String], wanted| -> Result<Option<Vec<RecordRef>>, NameError> {
            if words.is_empty() {
                return Ok(None);
            }
            words
                .iter()
                .map(|word| look_up(facts, word, wanted))
                .collect::<Result<_, _>>()
                .map(Some)
        };
        let actors = |words: &[String]| -> Result<Option<BTreeSet<ActorId>>, NameError> {
            let found = records(words, &[RecordKind::Actor])?;
            Ok(found.map(|found| {
                found
                    .into_iter()
                    .filter_map(|record| match record {
                        RecordRef::Actor(id) => Some(id),
                        _ => None,
                    })
                    .collect()
            }))
        };
        let about = records(&self.about, THINGS)?;
        let via = records(&self.via, &[RecordKind::Actor, RecordKind::Claim])?;
        let at = records(&self.at, &[RecordKind::Event])?;
        let documents = records(&self.in_document, &[RecordKind::Document])?;
        let tags: Vec<Option<Name>> = self.tag.iter().map(|tag| facts.names.find(tag)).collect();
        let words = self.text.iter().flat_map(|text| {
            fold(text)
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        Ok(Selection {
            by: actors(&self.by)?,
            to: actors(&self.to)?,
            about: about.map(|found| found.into_iter().filter_map(RecordRef::node).collect()),
            via: via.map(|found| found.into_iter().collect()),
            at: at.map(|found| {
                let event = |record| match record {
                    RecordRef::Event(id) => Some(id),
                    _ => None,
                };
                found.into_iter().filter_map(event).collect()
            }),
            in_document: documents.map(|found| {
                let document = |record| match record {
                    RecordRef::Document(id) => Some(id),
                    _ => None,
                };
                found.into_iter().filter_map(document).collect()
            }),
            stance: self.stance.clone(),
            act: self.act.clone(),
            mode: self.mode.clone(),
            tags: (!self.tag.is_empty()).then_some(tags),
            text: words.collect(),
            window: self.window.clone(),
            surely: self.surely,
            retracted: self.retracted,
            limit: self.limit,
        })
    }
}

/// Whether one of the items is asked for; with nothing asked, yes.
fn any<T: Ord>(asked: Option<&BTreeSet<T>>, items: impl IntoIterator<Item = T>) -> bool {
    asked.is_none_or(|asked| items.into_iter().any(|item| asked.contains(&item)))
}

impl Selection {
    /// Whether anything but the window is asked for that only claims have.
    fn asks_for_claims(&self) -> bool {
        self.to.is_some()
            || self.via.is_some()
            || !self.stance.is_empty()
            || !self.act.is_empty()
            || !self.mode.is_empty()
    }

    /// Whether everything is asked for.
    pub fn is_all(&self) -> bool {
        !self.asks_for_claims()
            && self.by.is_none()
            && self.about.is_none()
            && self.at.is_none()
            && self.in_document.is_none()
            && self.tags.is_none()
            && self.text.is_empty()
            && self.window.is_endless()
            && self.limit.is_none()
    }

    /// Whether a record is in force: not taken back, or asked for all the same.
    pub fn in_force(&self, facts: &Facts, record: impl Into<RecordRef>) -> bool {
        self.retracted
            || facts
                .more(record)
                .is_none_or(|more| more.retracted.is_none())
    }

    /// Whether a claim is asked for, and whether surely or only possibly; `None` if not.
    pub fn claim(&self, loaded: &Loaded, id: ClaimId) -> Option<Certainty> {
        let facts = &loaded.facts;
        let claim = &facts[id];
        let fits = self.in_force(facts, id)
            && any(self.by.as_ref(), facts.list(claim.speaker).iter().copied())
            && any(self.to.as_ref(), facts.list(claim.to).iter().copied())
            && self.about_fits(facts, claim)
            && any(
                self.via.as_ref(),
                facts.list(claim.via).iter().map(|via| record_of(*via)),
            )
            && any(self.at.as_ref(), claim.at)
            && self.documents_fit(facts.list(claim.evidence))
            && (self.act.is_empty() || claim.act.is_some_and(|act| self.act.contains(&act)))
            && (self.mode.is_empty() || claim.mode.is_some_and(|mode| self.mode.contains(&mode)))
            && self.tags_fit(facts, id.into())
            && self.words_fit(loaded, id.into(), &[claim.quote, claim.content]);
        fits.then(|| self.lies_in_window(claim_dating(facts, id)))?
    }

    /// The claims that are asked for, in the order of [`claim_key`](super::order::claim_key), with whether surely.
    pub fn claims(&self, loaded: &Loaded) -> Vec<(ClaimId, Certainty)> {
        let mut found: Vec<_> = (loaded.facts.claims.handles())
            .filter_map(|id| Some((id, self.claim(loaded, id)?)))
            .collect();
        let facts = &loaded.facts;
        found.sort_by_cached_key(|(id, _)| super::order::claim_key(facts, *id));
        if let Some(limit) = self.limit {
            found.truncate(limit);
        }
        found
    }

    /// Whether an event, relation or document is asked for. Claims have their own question.
    ///
    /// `--by` asks for events that the actor takes part in and ties that they have, `--about` for
    /// the thing itself, `--at` for the event itself and its parts.
    pub fn other(&self, loaded: &Loaded, record: RecordRef) -> Option<Certainty> {
        let facts = &loaded.facts;
        if self.asks_for_claims() || !self.in_force(facts, record) {
            return None;
        }
        let (actors, when, texts): (Vec<ActorId>, _, _) = match record {
            RecordRef::Event(id) => {
                let event = &facts[id];
                let who = facts
                    .list(event.participants)
                    .iter()
                    .filter_map(|one| one.actor);
                (who.collect(), event.when, [event.label, None])
            }
            RecordRef::Relation(id) => {
                let tie = &facts[id];
                (
                    [tie.from, tie.to].into_iter().flatten().collect(),
                    tie.when,
                    [tie.role, None],
                )
            }
            RecordRef::Document(id) => (Vec::new(), facts[id].published, [facts[id].title, None]),
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
        let about = self.about.as_ref().is_none_or(|asked| {
            record.node().is_some_and(|node| asked.contains(&node))
                || matches!(record, RecordRef::Relation(_))
                    && actors
                        .iter()
                        .any(|actor| asked.contains(&NodeRef::Actor(*actor)))
        });
        let fits = any(self.by.as_ref(), actors.iter().copied())
            && about
            && self.at.as_ref().is_none_or(is_event)
            && in_document
            && self.tags_fit(facts, record)
            && self.words_fit(loaded, record, &texts);
        let dating = when.map_or(Dating::Unknown, |date| Dating::Given(facts.date(date)));
        fits.then(|| self.lies_in_window(dating))?
    }

    fn lies_in_window(&self, dating: Dating<'_>) -> Option<Certainty> {
        let certainty = dating.lies_in(&self.window);
        let wanted = if self.surely {
            Certainty::Certainly
        } else {
            Certainty::Possibly
        };
        (certainty >= wanted).then_some(certainty)
    }

    /// What a claim is about, and where its speaker stands toward what is asked for.
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

    /// Whether all words stand in one of the record's own texts, in a quoted passage, or in the
    /// text at its place.
    fn words_fit(
        &self,
        loaded: &Loaded,
        record: RecordRef,
        own: &[Option<crate::model::Str>],
    ) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let facts = &loaded.facts;
        let all_in = |text: &str| {
            let folded = fold(text);
            self.text.iter().all(|word| folded.contains(word.as_str()))
        };
        if own.iter().flatten().any(|text| all_in(facts.str(*text))) {
            return true;
        }
        facts.evidence(record).iter().any(|evidence| {
            evidence.quote.is_some_and(|quote| all_in(facts.str(quote)))
                || passage(loaded, evidence).is_some_and(|passage| all_in(&passage))
        })
    }
}

fn record_of(via: Via) -> RecordRef {
    match via {
        Via::Actor(id) => RecordRef::Actor(id),
        Via::Claim(id) => RecordRef::Claim(id),
    }
}

/// The words of a text at the spans of a passage, those of a discontinuous one with … between.
pub fn passage(loaded: &Loaded, evidence: &Evidence) -> Option<String> {
    let (_, text) = loaded.texts.get(evidence.document?)?;
    let spans = loaded.facts.list(evidence.found);
    let parts: Vec<&str> = spans
        .iter()
        .filter_map(|span| Text::slice(text, *span))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" … "))
}

/// What is known of when something lies in time.
#[derive(Debug, Clone, Copy)]
pub enum Dating<'f> {
    /// It has a date.
    Given(&'f Date),
    /// It has none, but was published on this date, so it is not later.
    NotAfter(&'f Date),
    /// Nothing is known.
    Unknown,
}

impl Dating<'_> {
    /// Whether it lies in a window.
    pub fn lies_in(self, window: &Window) -> Certainty {
        match self {
            Dating::Given(date) => window.holds(date),
            Dating::NotAfter(published) => window.holds(&published.or_earlier()),
            Dating::Unknown if window.is_endless() => Certainty::Certainly,
            Dating::Unknown => Certainty::Possibly,
        }
    }
}

/// What is known of when a claim was said.
pub fn claim_dating(facts: &Facts, id: ClaimId) -> Dating<'_> {
    match facts[id].said {
        Some(said) => Dating::Given(facts.date(said)),
        None => facts.reported(id).map_or(Dating::Unknown, Dating::NotAfter),
    }
}
