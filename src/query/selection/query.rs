//! Queries in words, and their resolution to records.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::names::{NameError, look_up};
use super::super::validity::Validity;
use super::super::words::Words;
use super::date_match::Span;
use super::identity::Identities;
use super::{ResolvedQuery, RollupSelection};
use annals_evidence::Level;
use annals_graph::{Identity, ROLLS_UP};
use annals_model::{
    Act, ActorId, EventId, Facts, Mode, Name, RELATION_KINDS, RecordKind, RecordRef, StanceValue,
    Vocabulary as _,
};
use annals_time::{Date, Window};

/// A query in words: repeating an option means *or*, different options mean *and*.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The speaker.
    pub by: Vec<String>,
    /// To whom.
    pub to: Vec<String>,
    /// The subjects.
    pub about: Vec<String>,
    /// Who transmitted it.
    pub via: Vec<String>,
    /// At which event.
    pub at: Vec<String>,
    /// Reported in which document.
    pub in_document: Vec<String>,
    /// The speaker's stance.
    pub stance: Vec<StanceValue>,
    /// The speech act.
    pub act: Vec<String>,
    /// How the wording is transmitted.
    pub mode: Vec<Mode>,
    /// The annotator's tags.
    pub tag: Vec<String>,
    /// Words that occur in it.
    pub text: Vec<String>,
    /// How one of its passages stands in its text; `None`: not verified.
    pub verified: Vec<Option<Level>>,
    /// On which days.
    pub window: Window,
    /// Before which events.
    pub before: Vec<String>,
    /// After which events.
    pub after: Vec<String>,
    /// Only what certainly matches, not what possibly does.
    pub surely: bool,
    /// Also what has been retracted.
    pub retracted: bool,
    /// As known at the end of this date.
    pub as_of: Option<Date>,
    /// Also claims by, to and about those who represented the actor on the day, through relations
    /// of these kinds; of [`ROLLS_UP`] if none is named.
    pub rollup: Option<Vec<String>>,
    /// Which relations make two actors one for this question.
    pub identity: SameAs,
    /// The maximum number of rows.
    pub limit: Option<usize>,
}

/// Which relations of kind `same_as` make two actors one for a question; never in the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SameAs {
    /// None of them.
    #[default]
    None,
    /// Those that nobody in particular asserts.
    Stated,
    /// Those, and those that this actor asserts: an id, a name or an alias.
    By(String),
    /// All of them.
    All,
}

/// All kinds of record that have a name and that a claim can be about.
pub const THINGS: &[RecordKind] = &[
    RecordKind::Actor,
    RecordKind::Topic,
    RecordKind::Event,
    RecordKind::Place,
    RecordKind::Document,
    RecordKind::Claim,
];

/// Adds a value to an option of a query; repeating an option means *or*.
macro_rules! adding {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        impl Query {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(mut self, name: impl Into<String>) -> Self {
                    self.$name.push(name.into());
                    self
                }
            )+
        }
    };
}

adding! {
    /// Said by an actor: an id, a name or an alias.
    by;
    /// Said to an actor.
    to;
    /// About a record.
    about;
    /// Passed on by an actor or a claim.
    via;
    /// Said at an event.
    at;
    /// Reported in a document.
    in_document;
    /// In which the speaker does this: `asserts`, `denies`, …
    act;
    /// With a tag of the annotator's.
    tag;
    /// Whose quote, content or passage contains all of these words.
    text;
    /// Possibly over before an event starts.
    before;
    /// Possibly begun after an event ends.
    after;
}

impl Query {
    /// Everything.
    pub fn new() -> Self {
        Query::default()
    }

    /// In which the speaker takes a stance.
    #[must_use]
    pub fn stance(mut self, stance: StanceValue) -> Self {
        self.stance.push(stance);
        self
    }

    /// Whose wording is transmitted in this way.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode.push(mode);
        self
    }

    /// Of which a passage stands in its text in this way; `None`: is not verified.
    #[must_use]
    pub fn verified(mut self, level: Option<Level>) -> Self {
        self.verified.push(level);
        self
    }

    /// Possibly on or after the first day of a date.
    #[must_use]
    pub fn from(mut self, date: Date) -> Self {
        self.window.from = Some(date);
        self
    }

    /// Possibly on or before the last day of a date.
    #[must_use]
    pub fn until(mut self, date: Date) -> Self {
        self.window.until = Some(date);
        self
    }

    /// Only what certainly matches, not what possibly does.
    #[must_use]
    pub fn surely(mut self) -> Self {
        self.surely = true;
        self
    }

    /// Also what has been retracted.
    #[must_use]
    pub fn retracted(mut self) -> Self {
        self.retracted = true;
        self
    }

    /// As known at the end of a date.
    #[must_use]
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = Some(date);
        self
    }

    /// Also claims by, to and about those who represented the actor on the day, through dated
    /// relations of some kinds; of the usual three if none is named.
    #[must_use]
    pub fn rollup(mut self, kinds: impl IntoIterator<Item = String>) -> Self {
        self.rollup = Some(kinds.into_iter().collect());
        self
    }

    /// With actors made one by relations of kind `same_as`.
    #[must_use]
    pub fn identity(mut self, identity: SameAs) -> Self {
        self.identity = identity;
        self
    }

    /// At most a number of rows.
    #[must_use]
    pub fn limit(mut self, rows: usize) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Which records are in force for it.
    pub fn validity(&self) -> Validity {
        Validity {
            as_of: self.as_of.clone(),
            retracted: self.retracted,
            surely: self.surely,
        }
    }

    /// The words by which the selection names records.
    pub fn words_of_records(&self) -> impl Iterator<Item = &str> {
        let lists = [
            &self.by,
            &self.to,
            &self.about,
            &self.via,
            &self.at,
            &self.in_document,
        ];
        lists.into_iter().flatten().map(String::as_str)
    }

    /// Looks all names up.
    ///
    /// # Errors
    ///
    /// When one names no record, or several.
    pub fn resolve(&self, facts: &Facts) -> Result<ResolvedQuery, NameError> {
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
        let events = |words: &[String]| -> Result<Option<Vec<EventId>>, NameError> {
            let event = |record| match record {
                RecordRef::Event(id) => Some(id),
                _ => None,
            };
            let found = records(words, &[RecordKind::Event])?;
            Ok(found.map(|found| found.into_iter().filter_map(event).collect()))
        };
        let at = events(&self.at)?;
        let (before, after) = (events(&self.before)?, events(&self.after)?);
        let documents = records(&self.in_document, &[RecordKind::Document])?;
        let tags: Vec<Option<Name>> = self.tag.iter().map(|tag| facts.names.find(tag)).collect();
        let validity = self.validity();
        let mut selection = ResolvedQuery {
            by: actors(&self.by)?,
            to: actors(&self.to)?,
            about: about.map(|found| found.into_iter().filter_map(RecordRef::node).collect()),
            via: via.map(|found| found.into_iter().collect()),
            at: at.map(|found| found.into_iter().collect()),
            in_document: documents.map(|found| {
                let document = |record| match record {
                    RecordRef::Document(id) => Some(id),
                    _ => None,
                };
                found.into_iter().filter_map(document).collect()
            }),
            stance: self.stance.clone(),
            act: self.acts(facts)?,
            mode: self.mode.clone(),
            tags: (!self.tag.is_empty()).then_some(tags),
            text: Words::new(self.text.iter().map(String::as_str)),
            span: Span::new(facts, self.window.clone(), before, after),
            verified: self.verified.clone(),
            surely: self.surely,
            validity,
            rolled: None,
            identities: None,
            only: None,
            limit: self.limit,
        };
        let identity = self.same_as(facts)?;
        selection.rolled = self.rolled(facts, &selection, identity)?;
        if let Some(identity) = identity {
            let kinds = self.rolls_up(facts)?;
            let identities = Identities::new(facts, &selection, identity, &kinds);
            selection.identities = Some(Arc::new(identities));
        }
        Ok(selection)
    }

    /// Which relations make two actors one; `None` if none do.
    fn same_as(&self, facts: &Facts) -> Result<Option<Identity>, NameError> {
        Ok(match &self.identity {
            SameAs::None => None,
            SameAs::Stated => Some(Identity::Stated),
            SameAs::All => Some(Identity::All),
            SameAs::By(name) => match look_up(facts, name, &[RecordKind::Actor])? {
                RecordRef::Actor(actor) => Some(Identity::By(actor)),
                _ => None,
            },
        })
    }

    fn acts(&self, facts: &Facts) -> Result<Vec<String>, NameError> {
        let known = || Act::ALL.iter().map(|act| act.word().to_owned());
        let own = &facts.own_words.acts;
        let unknown = self
            .act
            .iter()
            .find(|act| !own.contains(act) && Act::parse(act).is_none());
        unknown.map_or(Ok(self.act.clone()), |act| {
            Err(NameError::UnknownWord {
                what: "an act",
                asked: act.clone(),
                known: known().chain(own.iter().cloned()).collect(),
            })
        })
    }

    fn rolled(
        &self,
        facts: &Facts,
        selection: &ResolvedQuery,
        identity: Option<Identity>,
    ) -> Result<Option<RollupSelection>, NameError> {
        let is_named = selection.by.is_some()
            || selection.to.is_some()
            || selection.about.is_some()
            || selection.via.is_some();
        if self.rollup.is_none() && (identity.is_none() || !is_named) {
            return Ok(None);
        }
        let names = self.rolls_up(facts)?;
        let kinds = self.rollup.is_some().then_some(names.as_slice());
        Ok(Some(RollupSelection::new(
            facts, selection, kinds, identity,
        )))
    }

    /// The kinds of relation that roll up; none without --rollup.
    pub(crate) fn rolls_up(&self, facts: &Facts) -> Result<Vec<Name>, NameError> {
        let Some(kinds) = &self.rollup else {
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        for kind in kinds {
            names.push(kind_of_tie(facts, kind)?);
        }
        if kinds.is_empty() {
            names.extend(ROLLS_UP.iter().map(|kind| facts.names.find(kind)));
        }
        Ok(names.into_iter().flatten().collect())
    }
}

/// The name of a kind of relation; `None` for a built-in one that no fact uses.
fn kind_of_tie(facts: &Facts, kind: &str) -> Result<Option<Name>, NameError> {
    let in_use: BTreeSet<Name> = facts
        .relations
        .iter()
        .filter_map(|(_, one)| one.kind)
        .collect();
    match facts.names.find(kind).filter(|name| in_use.contains(name)) {
        Some(name) => Ok(Some(name)),
        None if RELATION_KINDS.contains(&kind) => Ok(None),
        None => {
            let mut known: Vec<String> = in_use
                .iter()
                .map(|name| facts.name(*name).to_owned())
                .collect();
            known.sort();
            Err(NameError::UnknownWord {
                what: "a kind of relation here",
                asked: kind.to_owned(),
                known,
            })
        }
    }
}
