//! A selection as plain data, for whoever asks it of another engine: ids, words and numbers of days.

use std::collections::BTreeSet;

use super::super::words::Words;
use super::{Query, ResolvedQuery, SameAs};
use annals_graph::{Held, Rollup};
use annals_model::{ActorId, Facts, RecordRef, Vocabulary as _};
use annals_time::{Bound, Date};

/// What a selection asks for. Of several ids or words one must fit; where there is no list, any does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The speakers.
    pub by: Option<Vec<String>>,
    /// To whom.
    pub to: Option<Vec<String>>,
    /// The subjects.
    pub about: Option<Vec<String>>,
    /// Who passed it on.
    pub via: Option<Vec<String>>,
    /// The events at which it was said.
    pub at: Option<Vec<String>>,
    /// The documents that report it.
    pub in_document: Option<Vec<String>>,
    /// The stances.
    pub stance: Vec<String>,
    /// The acts.
    pub act: Vec<String>,
    /// How it is reported.
    pub mode: Vec<String>,
    /// The tags.
    pub tag: Vec<String>,
    /// The words, folded: all of them must stand in one text.
    pub words: Vec<String>,
    /// The first and the last day of the window, in numbers for columns; `None` if it has no days.
    pub window: Option<[i64; 2]>,
    /// Only what certainly fits.
    pub surely: bool,
    /// Also what has been retracted.
    pub retracted: bool,
    /// As known at the end of this day, in a number for columns.
    pub as_of: Option<i64>,
    /// No more rows than this.
    pub limit: Option<usize>,
    /// Who stood for those asked for, and when; only with roll-up.
    pub stood: Option<StoodFor>,
}

/// Who stood for the actors that each option names; `None` where an option is not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoodFor {
    /// For the speakers.
    pub by: Option<Vec<Stood>>,
    /// For those who are spoken to.
    pub to: Option<Vec<Stood>>,
    /// For the subjects.
    pub about: Option<Vec<Stood>>,
}

/// A stretch of days on which an actor stood for one of those who are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// Who stood for them.
    pub actor: String,
    /// The first and the last day, in numbers for columns.
    pub days: [i64; 2],
    /// Whether they did so in every reading of the dates, not only in some.
    pub must: bool,
}

impl ResolvedQuery {
    /// The selection as plain data.
    ///
    /// # Errors
    /// The option that plain data cannot tell.
    pub fn conditions(&self, facts: &Facts) -> Result<Conditions, &'static str> {
        if !self.verified.is_empty() {
            return Err("--verified");
        }
        if self.identities.is_some() {
            return Err("--identity");
        }
        if self.span.between.before.is_some() || self.span.between.after.is_some() {
            return Err("--before and --after an event");
        }
        let stood = match &self.rolled {
            Some(rolled) if rolled.states_of_others() => {
                return Err(
                    "--rollup of addressees or subjects through a relation under which a claim is made",
                );
            }
            Some(rolled) => Some(StoodFor {
                by: rolled.by().map(|rollup| all_stood(facts, rollup)),
                to: rolled.to().map(|rollup| all_stood(facts, rollup)),
                about: rolled.about().map(|rollup| all_stood(facts, rollup)),
            }),
            None => None,
        };
        let bound = |bound: Bound| bound.in_column();
        let window = self.span.between.window.extent();
        let tags = self.tags.iter().flatten();
        Ok(Conditions {
            by: ids(facts, self.by.as_ref()),
            to: ids(facts, self.to.as_ref()),
            about: ids(facts, self.about.as_ref()),
            via: ids(facts, self.via.as_ref()),
            at: ids(facts, self.at.as_ref()),
            in_document: ids(facts, self.in_document.as_ref()),
            stance: self
                .stance
                .iter()
                .map(|one| one.word().to_owned())
                .collect(),
            act: self.act.clone(),
            mode: self.mode.iter().map(|one| one.word().to_owned()).collect(),
            // A tag that no record has is none that can fit.
            tag: tags
                .map(|tag| tag.map_or_else(String::new, |tag| facts.name(tag).to_owned()))
                .collect(),
            words: self.text.iter().map(str::to_owned).collect(),
            window: window
                .map(|window| [bound(window.earliest_start()), bound(window.latest_end())]),
            surely: self.surely,
            retracted: self.validity.retracted,
            as_of: self.validity.as_of.as_ref().map(last_day),
            limit: self.limit,
            stood,
        })
    }
}

/// The ids of some records, if any are asked for.
fn ids<T: Copy + Into<RecordRef>>(
    facts: &Facts,
    asked: Option<&BTreeSet<T>>,
) -> Option<Vec<String>> {
    let all = |one: &T| facts.id((*one).into()).to_owned();
    asked.map(|asked| asked.iter().map(all).collect())
}

impl Conditions {
    /// What a query asks for, if all that it names are ids.
    ///
    /// # Errors
    /// The option that needs the facts, or that plain data cannot tell.
    pub fn of_ids(query: &Query) -> Result<Conditions, &'static str> {
        let refused = [
            (!query.verified.is_empty(), "--verified"),
            (query.identity != SameAs::None, "--identity"),
            (
                !query.before.is_empty() || !query.after.is_empty(),
                "--before and --after an event",
            ),
            (query.rollup.is_some(), "--rollup"),
        ];
        if let Some((_, what)) = refused.into_iter().find(|(is_asked, _)| *is_asked) {
            return Err(what);
        }
        let ids = |ids: &Vec<String>| Some(ids.clone()).filter(|ids| !ids.is_empty());
        let window = query.window.extent();
        let words = Words::new(query.text.iter().map(String::as_str));
        Ok(Conditions {
            by: ids(&query.by),
            to: ids(&query.to),
            about: ids(&query.about),
            via: ids(&query.via),
            at: ids(&query.at),
            in_document: ids(&query.in_document),
            stance: query
                .stance
                .iter()
                .map(|one| one.word().to_owned())
                .collect(),
            act: query.act.clone(),
            mode: query.mode.iter().map(|one| one.word().to_owned()).collect(),
            tag: query.tag.clone(),
            words: words.iter().map(str::to_owned).collect(),
            window: window
                .map(|window| [window.earliest_start(), window.latest_end()].map(Bound::in_column)),
            surely: query.surely,
            retracted: query.retracted,
            as_of: query.as_of.as_ref().map(last_day),
            limit: query.limit,
            stood: None,
        })
    }
}

/// The last day of a date, in a number for columns: a date without an end includes every later day.
fn last_day(date: &Date) -> i64 {
    date.last()
        .map_or(Bound::AFTER_ALL, |day| Bound::from(day).in_column())
}

/// Who stood for somebody, and when.
fn all_stood(facts: &Facts, rollup: &Rollup) -> Vec<Stood> {
    let each = rollup.all();
    let held = each.filter_map(|actor| Some((actor, rollup.held(actor)?)));
    held.flat_map(|(actor, held)| stood(facts, actor, held))
        .collect()
}

/// The stretches of days on which an actor may and must have stood for somebody.
fn stood(facts: &Facts, actor: ActorId, held: &Held) -> Vec<Stood> {
    let actor = facts.id(RecordRef::Actor(actor));
    let of = |must: bool, days: &annals_time::DaySet| {
        let each = days.stretches().iter();
        each.map(|(first, last)| Stood {
            actor: actor.to_owned(),
            days: [first.in_column(), last.in_column()],
            must,
        })
        .collect::<Vec<_>>()
    };
    [of(false, &held.may), of(true, &held.must)].concat()
}
