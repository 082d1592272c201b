//! The strip of days: how many claims there are on each day, what happened and came out on them, and which of
//! them the question asks about. Long gaps are torn out.

mod picture;
mod scale;

use std::collections::{BTreeMap, BTreeSet};

use annals_store::{ClaimDays, Claims, ClaimsPage, Dimension, Query, Store, StoreError};
use annals_time::{Date, Day, Window};
use maud::{Markup, html};

use crate::asking::Asking;
use scale::{Scale, Unit};

/// The most claims of a dossier of which events and publications are drawn as well: for more, asking for them
/// takes too long.
const WITH_EVENTS: usize = 5_000;

/// How many days a date may leave open and still be drawn as a band; what is vaguer stands as a bar in its
/// middle.
const BAND: i64 = 62;

/// Claims on a unit of the scale.
#[derive(Debug, Clone, Copy, Default)]
struct Bar {
    /// Certainly said on it.
    sure: usize,
    /// Not known to have been said on it: not after it, or with a vague date of which it is the middle.
    may: usize,
    /// Those that the window of the question leaves out.
    outside: usize,
}

/// What stands above the bars.
struct Thing {
    day: Day,
    is_event: bool,
    name: String,
    address: String,
}

/// What is drawn.
struct Strip {
    scale: Scale,
    bars: BTreeMap<i64, Bar>,
    /// The first and the last unit of dates that leave some days open, with how many there are.
    bands: BTreeMap<(i64, i64), usize>,
    things: Vec<Thing>,
    /// Where the window begins and ends; `None` where the strip narrows nothing.
    window: Option<[f64; 2]>,
    /// Claims of which no day is known.
    undated: usize,
}

/// When something was said, on the strip.
#[derive(Clone, Copy)]
enum When {
    On(Day),
    /// Not after it, or not before.
    May(Day),
    Between(Day, Day),
    /// Too vague for a band.
    About(Day),
}

fn when(days: ClaimDays) -> Option<When> {
    Some(match days.said {
        [Some(first), Some(last)] if first == last => When::On(first),
        [Some(first), Some(last)] => {
            let wide = i64::from(last.number()) - i64::from(first.number());
            if wide <= BAND {
                When::Between(first, last)
            } else {
                let middle = i64::from(first.number()) + wide / 2;
                When::About(Day::from_number(middle)?)
            }
        }
        [Some(day), None] | [None, Some(day)] => When::May(day),
        [None, None] => When::May(days.reported?),
    })
}

/// The strip of a page of claims; nothing where no claim has a date.
pub(crate) fn strip(asking: &Asking<'_>, page: &ClaimsPage) -> Result<Markup, StoreError> {
    let narrow = |unit: &str| {
        asking.with(
            &["from", "until", "start", "choose"],
            &[("from", unit), ("until", unit)],
        )
    };
    let window = &asking.query.window;
    let strip = match (&page.days, &page.claims) {
        (Some(days), _) => Strip::of_days(days, window),
        (None, Some(claims)) => {
            // Of a snapshot that would be read whole for it.
            let is_read = !asking.dossier.store.has_snapshot();
            let around = if is_read && (window.from.is_some() || window.until.is_some()) {
                let query = Query {
                    window: Window::default(),
                    limit: None,
                    ..asking.query.clone()
                };
                Some(asking.dossier.store.said(&query)?.data)
            } else {
                None
            };
            Strip::of_claims(claims, around.as_ref(), window, things(asking)?)
        }
        (None, None) => None,
    };
    Ok(strip.map_or_else(|| html! {}, |strip| picture::drawn(&strip, &narrow)))
}

/// The strip of all claims, whose bars lead to the list.
pub(crate) fn of_claims(asking: &Asking<'_>) -> Result<Markup, StoreError> {
    let query = Query {
        limit: None,
        ..asking.query.clone()
    };
    let store: &Store = &asking.store;
    let strip = if store.has_snapshot() {
        // Its columns tell how many there are on each day, without reading the claims.
        let counts = store.count(&query, &[Dimension::Day])?;
        let days = crate::site::counted(&counts).into_iter();
        let mut days: Vec<(Day, usize)> = days
            .filter_map(|(day, _, count)| Some((Date::parse(&day).ok()?.first()?, count)))
            .collect();
        days.sort_unstable();
        Strip::of_days(&days, &Window::default())
    } else {
        let claims = store.said(&query)?.data;
        Strip::of_claims(&claims, None, &Window::default(), things(asking)?)
    };
    let lead = |unit: &str| crate::request::address("/claims", [("from", unit), ("until", unit)]);
    Ok(strip.map_or_else(
        || html! {},
        |strip| {
            picture::drawn(
                &Strip {
                    window: None,
                    ..strip
                },
                &lead,
            )
        },
    ))
}

/// The events and publications of a question, of which a single day is known.
fn things(asking: &Asking<'_>) -> Result<Vec<Thing>, StoreError> {
    if asking.all_claims() > WITH_EVENTS || asking.dossier.store.has_snapshot() {
        return Ok(Vec::new());
    }
    let query = Query {
        limit: None,
        ..asking.query.clone()
    };
    let rows = asking.store.timeline(&query)?;
    let things = rows
        .iter()
        .filter(|row| matches!(row.kind, "event" | "document"));
    let things = things.filter_map(|row| {
        let date = row.when.as_ref()?;
        let day = date.first().filter(|first| date.last() == Some(*first))?;
        let is_event = row.kind == "event";
        Some(Thing {
            day,
            is_event,
            name: row.label.clone(),
            address: if is_event {
                crate::request::record(&row.id)
            } else {
                crate::request::named("texts", &row.id)
            },
        })
    });
    Ok(things.collect())
}

impl Strip {
    /// Of a list of which only the days were read.
    fn of_days(days: &[(Day, usize)], window: &Window) -> Option<Strip> {
        let all = days
            .iter()
            .map(|(day, count)| (When::On(*day), true, *count));
        Strip::new(&all.collect::<Vec<_>>(), window, Vec::new())
    }

    /// Of claims, and of those around them that the window leaves out.
    fn of_claims(
        claims: &Claims,
        around: Option<&Claims>,
        window: &Window,
        things: Vec<Thing>,
    ) -> Option<Strip> {
        let own: Vec<ClaimDays> = claims.days().collect();
        let ids: BTreeSet<_> = own.iter().map(|days| days.claim).collect();
        let others = around.into_iter().flat_map(Claims::days);
        let others = others.filter(|days| !ids.contains(&days.claim));
        let all = own.iter().map(|days| (when(*days), true));
        let all = all.chain(others.map(|days| (when(days), false)));
        let mut undated = 0;
        let mut dated = Vec::new();
        for (when, is_own) in all {
            match when {
                Some(when) => dated.push((when, is_own, 1)),
                None => undated += usize::from(is_own),
            }
        }
        let strip = Strip::new(&dated, window, things)?;
        Some(Strip { undated, ..strip })
    }

    fn new(dated: &[(When, bool, usize)], window: &Window, things: Vec<Thing>) -> Option<Strip> {
        let first = window.from.as_ref().and_then(Date::first);
        let last = window.until.as_ref().and_then(Date::last);
        let of_claims = dated.iter().flat_map(|(when, ..)| match when {
            When::On(day) | When::May(day) | When::About(day) => [Some(*day), None],
            When::Between(first, last) => [Some(*first), Some(*last)],
        });
        let mut days: Vec<Day> = of_claims.flatten().collect();
        if days.is_empty() {
            return None;
        }
        days.extend(things.iter().map(|thing| thing.day));
        days.extend(first.into_iter().chain(last));
        let scale = Scale::new(&days)?;
        let mut strip = Strip {
            bars: BTreeMap::new(),
            bands: BTreeMap::new(),
            things,
            window: Some([scale.first_edge(first), scale.last_edge(last)]),
            undated: 0,
            scale,
        };
        for (when, is_own, count) in dated {
            strip.put(*when, *is_own, *count);
        }
        Some(strip)
    }

    fn put(&mut self, when: When, is_own: bool, count: usize) {
        let unit: Unit = self.scale.unit;
        let (number, is_sure) = match when {
            When::On(day) => (unit.of(day), true),
            When::May(day) | When::About(day) => (unit.of(day), false),
            When::Between(first, last) if unit.of(first) == unit.of(last) => (unit.of(first), true),
            When::Between(first, last) => {
                if is_own {
                    *self
                        .bands
                        .entry((unit.of(first), unit.of(last)))
                        .or_default() += count;
                }
                return;
            }
        };
        let bar = self.bars.entry(number).or_default();
        match (is_own, is_sure) {
            (false, _) => bar.outside += count,
            (true, true) => bar.sure += count,
            (true, false) => bar.may += count,
        }
    }
}
