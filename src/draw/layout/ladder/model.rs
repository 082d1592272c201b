//! The content of the ladder: rungs in chronological order, the events on them, and the claims
//! beside them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::Canvas;
use crate::layout::claims::model::about;
use crate::layout::limit::most_recent;
use annals_model::{ClaimId, DateId, DocumentId, EventId, Facts, NodeRef, RecordRef, StanceValue};
use annals_query::sort_key::Key;
use annals_time::{Certainty, Date, chronological};

use super::dates::{Dated, Position, own, position};

/// The middle column of a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Middle {
    /// A past or expected event.
    Event(EventId),
    /// A publication.
    Document(DocumentId),
    /// Nothing: a day on which something was said.
    Said(Option<DateId>),
}

/// A rung: something with a date.
#[derive(Debug, Clone)]
pub(super) struct Rung {
    pub(super) middle: Middle,
    /// Its record: for a day on which something was said, the first claim.
    pub(super) record: RecordRef,
    pub(super) dated: Dated,
    /// Whether its date is shown, or is that of the rung before.
    pub(super) shows_date: bool,
    /// The claims beside it, by index in [`Plan::cards`].
    pub(super) cards: Vec<usize>,
    /// The first and the last day on which it can have begun, if its date is given.
    pub(super) begins: Option<(i64, i64)>,
}

/// A claim.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) claim: ClaimId,
    pub(super) certainty: Certainty,
    /// Ties to rungs, the first to the one beside which it is placed.
    pub(super) ties: Vec<(usize, Tie)>,
}

/// How a claim is connected to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// It was said there.
    SaidAt,
    /// It is about the event, perhaps with a stance.
    About(Option<StanceValue>),
    /// It is undated, and was reported in the document.
    ReportedIn,
    /// It was said on that day.
    SaidOn,
}

/// The content of the picture.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) rungs: Vec<Rung>,
    pub(super) cards: Vec<Card>,
    /// The numbers of events and claims not shown.
    pub(super) left_out: usize,
}

/// What a claim is connected to; first the place where it is shown.
type Ties = Vec<(Middle, Tie)>;

/// An event or a claim, and whether it certainly matches.
type Item = (RecordRef, Certainty);

impl Plan {
    /// The selected events and claims. If there are too many for a page, only the most recent are
    /// kept; undated ones are dropped first.
    pub(super) fn new(canvas: &Canvas<'_, '_>) -> Plan {
        let (items, dated) = items(canvas);
        most_recent(
            &items,
            dated,
            |some, left_out| Plan::of_items(canvas, some, left_out),
            Plan::nodes,
        )
    }

    fn of_items(canvas: &Canvas<'_, '_>, items: &[Item], left_out: usize) -> Plan {
        // Each middle with the claims beside it, and each claim with all its ties.
        let mut beside: IndexMap<Middle, Vec<usize>> = IndexMap::new();
        let mut claims: Vec<(ClaimId, Certainty, Ties)> = Vec::new();
        for (record, certainty) in items {
            match *record {
                RecordRef::Event(id) => {
                    beside.entry(Middle::Event(id)).or_default();
                }
                RecordRef::Claim(id) => {
                    let ties = ties(canvas, id);
                    for (nth, (middle, _)) in ties.iter().enumerate() {
                        let cards = beside.entry(*middle).or_default();
                        cards.extend((nth == 0).then_some(claims.len()));
                    }
                    claims.push((id, *certainty, ties));
                }
                _ => {}
            }
        }
        let mut rungs: Vec<Rung> = (beside.into_iter())
            .filter_map(|(middle, cards)| {
                let first = cards.first().map(|card| claims[*card].0);
                rung(canvas, middle, first, cards)
            })
            .collect();
        rungs.sort_by_cached_key(|rung| Place::new(canvas, rung));
        for nth in 1..rungs.len() {
            let same = rungs[nth].dated.words == rungs[nth - 1].dated.words
                && rungs[nth].dated.note == rungs[nth - 1].dated.note;
            let alone = matches!(rungs[nth].middle, Middle::Said(_));
            rungs[nth].shows_date = alone || !same;
        }
        let place = |middle: Middle| rungs.iter().position(|rung| rung.middle == middle);
        let cards = claims.iter().map(|(claim, certainty, ties)| Card {
            claim: *claim,
            certainty: *certainty,
            ties: ties
                .iter()
                .filter_map(|(middle, tie)| Some((place(*middle)?, *tie)))
                .collect(),
        });
        let cards: Vec<Card> = cards.collect();
        for (nth, rung) in rungs.iter_mut().enumerate() {
            of_one_date_by_ties(canvas, &mut rung.cards, &cards, nth);
        }
        Plan {
            rungs,
            cards,
            left_out,
        }
    }

    fn nodes(&self) -> usize {
        let each = self.rungs.iter().map(|rung| {
            usize::from(rung.shows_date) + usize::from(!matches!(rung.middle, Middle::Said(_)))
        });
        each.sum::<usize>() + self.cards.len()
    }

    /// Its events, its publications.
    pub(super) fn counts(&self) -> (usize, usize) {
        let count =
            |of: fn(&Middle) -> bool| self.rungs.iter().filter(|one| of(&one.middle)).count();
        (
            count(|one| matches!(one, Middle::Event(_))),
            count(|one| matches!(one, Middle::Document(_))),
        )
    }
}

/// Orders the cards of one rung: those of one date by the targets of their other lines, to reduce
/// crossings.
fn of_one_date_by_ties(canvas: &Canvas<'_, '_>, beside: &mut [usize], cards: &[Card], rung: usize) {
    let facts = canvas.dossier.facts();
    let said = |card: usize| facts[cards[card].claim].said;
    for day in beside.chunk_by_mut(|a, b| said(*a) == said(*b)) {
        day.sort_by_key(|card| {
            let places = cards[*card].ties.iter().map(|(place, _)| *place);
            // Lines that lead up come first, those that lead farthest down last.
            let (up, down) = (places.clone().filter(|place| *place < rung), places);
            let (up, down) = (up.min(), down.max().unwrap_or(rung));
            if down > rung {
                (2, down)
            } else {
                up.map_or((1, 0), |up| (0, up))
            }
        });
    }
}

/// The selected events and claims by date, and the number of dated ones.
fn items(canvas: &Canvas<'_, '_>) -> (Vec<Item>, usize) {
    let dossier = canvas.dossier;
    let facts = dossier.facts();
    let claims = canvas.selection.claims(dossier).into_iter();
    let events = facts.events.handles().filter_map(|id| {
        let certainty = canvas.selection.other(dossier.loaded, id.into())?;
        Some((RecordRef::Event(id), certainty))
    });
    let all = claims.map(|(id, certainty)| (RecordRef::Claim(id), certainty));
    let mut items: Vec<(Option<Date>, Item)> = (all.chain(events))
        .map(|item| (position(canvas, item.0).map(|at| at.date), item))
        .collect();
    items.sort_by_cached_key(|(date, (record, _))| {
        let date = date.clone().map(Cow::Owned);
        Key::new(facts, &dossier.validity, date, *record)
    });
    items.truncate(canvas.selection.limit.unwrap_or(usize::MAX));
    let dated = items.partition_point(|(date, _)| date.is_some());
    (items.into_iter().map(|(_, item)| item).collect(), dated)
}

/// The ties of a claim, first the one that places it: the event at which it was said; else the
/// first event that it is about; else the day on which it was said; else its first report.
fn ties(canvas: &Canvas<'_, '_>, id: ClaimId) -> Ties {
    let facts = canvas.dossier.facts();
    let validity = &canvas.dossier.validity;
    let claim = &facts[id];
    let known = |event: EventId| validity.holds(facts, event).then_some(Middle::Event(event));
    let mut ties = Vec::new();
    ties.extend(claim.at.and_then(known).map(|event| (event, Tie::SaidAt)));
    for (node, stance) in about(facts, id) {
        if let NodeRef::Event(event) = node {
            ties.extend(known(event).map(|event| (event, Tie::About(stance))));
        }
    }
    if ties.is_empty() {
        let first = || first_report(canvas, id).map(Middle::Document);
        match claim.said {
            None => ties.extend(first().map(|document| (document, Tie::ReportedIn))),
            Some(said) => ties.push((Middle::Said(Some(said)), Tie::SaidOn)),
        }
    }
    if ties.is_empty() {
        ties.push((Middle::Said(None), Tie::SaidOn));
    }
    ties
}

/// The document in which a claim was first published; an undated one if there is no other.
fn first_report(canvas: &Canvas<'_, '_>, id: ClaimId) -> Option<DocumentId> {
    let facts = canvas.dossier.facts();
    let documents = facts
        .list(facts[id].evidence)
        .iter()
        .filter_map(|one| one.document);
    let known = documents.filter(|one| canvas.dossier.validity.knows(facts, Some(*one)));
    let date = |one: &DocumentId| facts[*one].published.map(|date| facts.date(date));
    known.min_by(|a, b| match (date(a), date(b)) {
        (Some(a), Some(b)) => chronological(a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    })
}

fn rung(
    canvas: &Canvas<'_, '_>,
    middle: Middle,
    first: Option<ClaimId>,
    cards: Vec<usize>,
) -> Option<Rung> {
    let record = match middle {
        Middle::Event(id) => id.into(),
        Middle::Document(id) => id.into(),
        // A day exists for its claims.
        Middle::Said(_) => first?.into(),
    };
    Some(Rung {
        middle,
        record,
        dated: Dated::new(canvas, record),
        shows_date: true,
        cards,
        begins: begins(canvas, record),
    })
}

fn begins(canvas: &Canvas<'_, '_>, record: RecordRef) -> Option<(i64, i64)> {
    let extent = own(canvas, record)?.extent();
    extent
        .earliest_start()
        .number()
        .zip(extent.latest_start().number())
}

/// The order of rungs: by first day; then records known to be no later than that day, on it, no
/// earlier; events before claims before publications; containing events before their parts; then in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place<'f> {
    at: Option<Position>,
    kind: u8,
    /// How many events it is nested in.
    depth: usize,
    key: Key<'f>,
}

impl<'f> Place<'f> {
    fn new(canvas: &Canvas<'f, '_>, rung: &Rung) -> Place<'f> {
        let facts = canvas.dossier.facts();
        let at = position(canvas, rung.record);
        let date = at.as_ref().map(|at| Cow::Owned(at.date.clone()));
        Place {
            kind: match rung.middle {
                Middle::Event(_) => 0,
                Middle::Said(_) => 1,
                Middle::Document(_) => 2,
            },
            depth: match rung.middle {
                Middle::Event(id) => depth(facts, id),
                _ => 0,
            },
            key: Key::new(facts, &canvas.dossier.validity, date, rung.record),
            at,
        }
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let first = |at: &Position| (at.date.extent().earliest_start(), at.side);
        let last = |at: &Position| at.date.extent().latest_end();
        let dates = match (&self.at, &other.at) {
            (Some(a), Some(b)) => first(a).cmp(&first(b)).then(last(a).cmp(&last(b))),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        dates
            .then_with(|| self.kind.cmp(&other.kind))
            .then_with(|| self.depth.cmp(&other.depth))
            .then_with(|| self.key.cmp(&other.key))
    }
}

fn depth(facts: &Facts, event: EventId) -> usize {
    let mut seen = BTreeSet::from([event]);
    let mut at = event;
    while let Some(whole) = facts[at].part_of
        && seen.insert(whole)
    {
        at = whole;
    }
    seen.len() - 1
}
