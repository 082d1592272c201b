//! The content of a timeline: which records, in which lanes, in what order.

use std::collections::{BTreeMap, BTreeSet};

use super::lanes::{Key, Sorting};
use super::span::Span;
use crate::layout::MOST_NODES;
use crate::{Canvas, Lanes};
use annals_model::RecordRef;
use annals_query::chronicle::date_of;
use annals_query::timeline::selected;
use annals_time::{Bound, Certainty};

/// An event, claim, relation or document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) record: RecordRef,
    pub(super) certainty: Certainty,
    pub(super) span: Span,
    /// Whether it has a date of its own.
    pub(super) given: bool,
}

/// The records of one lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) key: Key,
    pub(super) things: Vec<Thing>,
}

/// The content of the picture.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The lanes, by their first record.
    pub(super) lanes: Vec<Lane>,
    /// Documents, if they have no lanes.
    pub(super) published: Vec<Thing>,
    /// Of these no date is known.
    pub(super) undated: Vec<Thing>,
    /// The number of records not shown.
    pub(super) left_out: usize,
    /// The number of lanes merged into one.
    pub(super) folded: usize,
    /// The first and the last day of the window that was asked for.
    pub(super) window: [Option<i64>; 2],
}

/// The most lanes; beyond it, those with the fewest records are merged.
const MOST_LANES: usize = 24;

/// The selected records, oldest first; undated ones last.
pub(super) fn things(canvas: &Canvas<'_, '_>) -> Vec<Thing> {
    let found = selected(canvas.dossier, canvas.selection).into_iter();
    let mut things: Vec<Thing> = found
        .map(|(record, certainty)| Thing {
            record,
            certainty,
            span: Span::new(canvas, record),
            given: date_of(canvas.dossier.facts(), record).is_some(),
        })
        .collect();
    things.sort_by_key(|thing| (!thing.span.is_dated(), thing.order()));
    things
}

impl Thing {
    fn order(&self) -> (i64, i64) {
        self.span.order(self.given)
    }
}

impl Plan {
    /// The most recent records that fit on a page, and the number left out.
    pub(super) fn new(canvas: &Canvas<'_, '_>, mut things: Vec<Thing>) -> Plan {
        let lanes = |things: &[Thing]| Plan::whole(canvas, things.to_vec()).lanes.len();
        let mut left_out = 0;
        if things.len() + lanes(&things) > MOST_NODES {
            // Undated records are not known to be recent.
            things.sort_by_key(|thing| thing.span.is_dated());
            let most = MOST_NODES - lanes(&things);
            left_out = things.len().saturating_sub(most);
            things.drain(..left_out);
            things.sort_by_key(|thing| (!thing.span.is_dated(), thing.order()));
        }
        Plan {
            left_out,
            ..Plan::whole(canvas, things)
        }
    }

    fn whole(canvas: &Canvas<'_, '_>, things: Vec<Thing>) -> Plan {
        let (dated, undated): (Vec<Thing>, Vec<Thing>) =
            things.into_iter().partition(|thing| thing.span.is_dated());
        let aside = |thing: &Thing| {
            matches!(thing.record, RecordRef::Document(_)) && canvas.look.lanes != Lanes::Document
        };
        let (published, dated): (Vec<Thing>, Vec<Thing>) = dated.into_iter().partition(aside);
        let (lanes, folded) = folded(in_lanes(canvas, &dated));
        Plan {
            lanes,
            published,
            undated,
            left_out: 0,
            folded,
            window: window(canvas),
        }
    }

    /// Everything that is dated.
    pub(super) fn dated(&self) -> impl Iterator<Item = &Thing> + Clone {
        let lanes = self.lanes.iter().flat_map(|lane| &lane.things);
        lanes.chain(&self.published)
    }

    /// Everything, in reading order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Thing> + Clone {
        self.dated().chain(&self.undated)
    }

    /// The days that the scale must show, each with the number of marks that begin or end on it.
    /// Relations and records without a date of their own do not extend the scale if they overlap
    /// with what it shows anyway. Nothing extends it beyond a window that was asked for.
    pub(super) fn days(&self) -> Vec<(i64, usize)> {
        let [from, until] = self.window;
        // The day after the last is where its marks end.
        let until = until.map(|day| day + 1);
        let is_within = |day: &i64| {
            from.is_none_or(|from| *day >= from) && until.is_none_or(|until| *day <= until)
        };
        let aside = |thing: &&Thing| matches!(thing.record, RecordRef::Relation(_)) || !thing.given;
        let mut days: BTreeMap<i64, usize> = BTreeMap::new();
        for thing in self.dated().filter(|thing| !aside(thing)) {
            for day in thing.span.marks().filter(is_within) {
                *days.entry(day).or_default() += 1;
            }
        }
        for day in [from, until].into_iter().flatten().filter(is_within) {
            *days.entry(day).or_default() += 1;
        }
        let range = days.first_key_value().zip(days.last_key_value());
        let range = range.map(|(first, last)| *first.0..=*last.0);
        for thing in self.dated().filter(aside) {
            if range.as_ref().is_none_or(|range| !thing.span.meets(range)) {
                for day in thing.span.marks().filter(is_within) {
                    *days.entry(day).or_default() += 1;
                }
            }
        }
        days.into_iter().collect()
    }
}

/// The first and the last day of the selected window.
fn window(canvas: &Canvas<'_, '_>) -> [Option<i64>; 2] {
    let window = canvas.selection.window();
    let from = window
        .from
        .as_ref()
        .map(|date| date.extent().earliest_start());
    let until = window.until.as_ref().map(|date| date.extent().latest_end());
    [from, until].map(|bound| bound.and_then(Bound::number))
}

/// Groups records by lane: lanes with only relations come late, records without a lane last; within
/// a lane, relations come first.
fn in_lanes(canvas: &Canvas<'_, '_>, things: &[Thing]) -> Vec<Lane> {
    let sorting = Sorting::new(canvas);
    let is_tie = |thing: &Thing| matches!(thing.record, RecordRef::Relation(_));
    let mut lanes: indexmap::IndexMap<Key, Vec<Thing>> = indexmap::IndexMap::new();
    for wanted in [false, true] {
        for thing in things.iter().filter(|thing| is_tie(thing) == wanted) {
            lanes
                .entry(sorting.key(thing.record))
                .or_default()
                .push(*thing);
        }
    }
    let ties_first = |mut things: Vec<Thing>| {
        things.sort_by_key(|thing| !is_tie(thing));
        things
    };
    let lanes = lanes.into_iter().map(|(key, things)| Lane {
        key,
        things: ties_first(things),
    });
    let mut lanes: Vec<Lane> = lanes.collect();
    lanes.sort_by_key(|lane| lane.key == Key::None);
    lanes
}

/// Merges the lanes with the fewest records if there are too many; returns how many were merged.
fn folded(lanes: Vec<Lane>) -> (Vec<Lane>, usize) {
    if lanes.len() <= MOST_LANES {
        return (lanes, 0);
    }
    let mut sizes: Vec<(usize, usize)> = (lanes.iter().enumerate())
        .map(|(nth, lane)| (lane.things.len(), usize::MAX - nth))
        .collect();
    sizes.sort_unstable();
    let few = lanes.len() - (MOST_LANES - 1);
    let few: BTreeSet<usize> = (sizes[..few].iter())
        .map(|(_, nth)| usize::MAX - nth)
        .collect();
    let (mut kept, mut others) = (Vec::new(), Vec::new());
    for (nth, lane) in lanes.into_iter().enumerate() {
        if few.contains(&nth) {
            others.extend(lane.things);
        } else {
            kept.push(lane);
        }
    }
    others.sort_by_key(|thing| {
        let tie = matches!(thing.record, RecordRef::Relation(_));
        (!tie, thing.order())
    });
    kept.push(Lane {
        key: Key::Others,
        things: others,
    });
    (kept, few.len())
}
