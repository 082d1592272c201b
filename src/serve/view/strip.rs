//! The strip of days: how many claims there are on each day, long gaps torn out.

use std::fmt::Write as _;

use annals_store::rows::ByRow;
use annals_store::{Claims, ClaimsPage, Dimension, Query, Store, StoreError};
use annals_time::{Date, Day};
use maud::{Markup, PreEscaped, html};

use super::words::counted;
use crate::asking::Asking;

/// The size of the picture, in units.
const WIDTH: f64 = 748.0;
const BASE: f64 = 66.0;
const HIGHEST: f64 = 56.0;

/// The most bars; where there are more days, months are counted, and then years.
const MOST: usize = 120;

/// How many empty units are left as they are; more are torn out.
const GAP: i64 = 6;

/// A unit of time with its claims.
struct Bar {
    /// As a date.
    unit: String,
    /// Its number in a row of such units.
    number: i64,
    /// How many claims are certainly in it, and how many possibly.
    count: [usize; 2],
}

/// What is counted.
#[derive(Clone, Copy)]
enum Of<'c> {
    /// How many there are on each day.
    Days(&'c [(Day, usize)]),
    /// Claims that were read.
    Claims(&'c Claims),
    /// Those of a selection.
    Selected(&'c Store, &'c Query),
}

/// The strip of a page of claims; nothing where no claim has a date.
pub(crate) fn strip(asking: &Asking<'_>, page: &ClaimsPage) -> Result<Markup, StoreError> {
    let of = match (&page.days, &page.claims) {
        (Some(days), _) => Of::Days(days),
        (None, Some(claims)) => Of::Claims(claims),
        (None, None) => return Ok(html! {}),
    };
    drawn(of, &|unit| {
        asking.with(
            &["from", "until", "start", "choose"],
            &[("from", unit), ("until", unit)],
        )
    })
}

/// The strip of all claims, whose bars lead to the list.
pub(crate) fn of_claims(asking: &Asking<'_>) -> Result<Markup, StoreError> {
    let query = Query {
        limit: None,
        ..asking.query.clone()
    };
    drawn(Of::Selected(&asking.store, &query), &|unit| {
        crate::request::address("/claims", [("from", unit), ("until", unit)])
    })
}

#[expect(clippy::cast_precision_loss, reason = "a picture is not that precise")]
fn drawn(of: Of<'_>, lead: &dyn Fn(&str) -> String) -> Result<Markup, StoreError> {
    let Some((bars, per)) = bars(of)? else {
        return Ok(html! {});
    };
    let most = bars
        .iter()
        .map(|bar| bar.count[1])
        .max()
        .unwrap_or(1)
        .max(1);
    let places = places(&bars);
    let step = places
        .last()
        .map_or(1.0, |(at, _)| (WIDTH - 24.0) / (at + 1.0))
        .min(26.0);
    let wide = (step * 0.72).clamp(2.0, 12.0);
    let busiest = bars.iter().max_by_key(|bar| bar.count[1]);
    let label = busiest.map_or_else(String::new, |bar| {
        let first = bars
            .first()
            .map_or_else(String::new, |bar| words(&bar.unit));
        let last = bars.last().map_or_else(String::new, |bar| words(&bar.unit));
        format!(
            "Claims by {per}, {first} to {last}; most in {}: {}",
            words(&bar.unit),
            counted(bar.count[1], "claim", "claims")
        )
    });
    let mut labels = String::new();
    let mut free = f64::MIN;
    Ok(html! {
        nav.scroll aria-label={ "Claims by " (per) } tabindex="0" {
            svg.strip viewBox={ "0 0 " (WIDTH) " 88" } role="group" aria-label=(label) {
                path.base d={ "M0 66.5H" (WIDTH) } {}
                @for (bar, (at, is_torn)) in bars.iter().zip(&places) {
                    @let x = 12.0 + at * step;
                    @let height = |count: usize| (count as f64 / most as f64 * HIGHEST).max(if count > 0 { 2.0 } else { 0.0 });
                    @let (sure, possible) = (height(bar.count[0]), height(bar.count[1]));
                    @if *is_torn { path.tear d={ "M" (round(x - step * 0.9)) " 50l4 4-5 6 5 6-5 6 4 4" } {} }
                    a href=(lead(&bar.unit)) tabindex="-1" {
                        title { (words(&bar.unit)) ": " (counted(bar.count[1], "claim", "claims")) @if bar.count[0] < bar.count[1] { ", " (bar.count[0]) " certainly" } }
                        rect.hit x=(round(x - step / 2.0)) width=(round(step)) {}
                        @if possible > sure { rect.may x=(round(x - wide / 2.0)) y=(round(BASE - possible)) width=(round(wide)) height=(round(possible - sure)) {} }
                        @if sure > 0.0 { rect.is x=(round(x - wide / 2.0)) y=(round(BASE - sure)) width=(round(wide)) height=(round(sure)) {} }
                    }
                    @let text = words(&bar.unit);
                    @let half = text.len() as f64 * 3.0;
                    @if x - half >= free {
                        ({ free = x + half + 14.0; let x = x.clamp(half.min(WIDTH / 2.0), (WIDTH - half).max(WIDTH / 2.0)); let _ = write!(labels, "<text x=\"{:.1}\" y=\"84\" text-anchor=\"middle\">{}</text>", x, crate::view::words::name(&text).into_string().replace("<bdi>", "").replace("</bdi>", "")); "" })
                    }
                }
                (PreEscaped(&labels))
            }
        }
    })
}

fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn words(unit: &str) -> String {
    Date::parse(unit).map_or_else(|_| unit.to_owned(), |date| date.words())
}

/// Where each bar stands, in steps, and whether the time before it is torn out.
#[expect(clippy::cast_precision_loss, reason = "torn gaps are small")]
fn places(bars: &[Bar]) -> Vec<(f64, bool)> {
    let mut places = Vec::with_capacity(bars.len());
    let (mut at, mut before) = (0.0, None);
    for bar in bars {
        let gap = before.map_or(0, |before| bar.number - before);
        let is_torn = gap > GAP;
        at += if is_torn { 2.5 } else { gap as f64 };
        places.push((at, is_torn));
        before = Some(bar.number);
    }
    places
}

/// The bars, by the narrowest unit of which there are not too many.
fn bars(of: Of<'_>) -> Result<Option<(Vec<Bar>, &'static str)>, StoreError> {
    let units = [
        (Dimension::Day, "day", 10),
        (Dimension::Month, "month", 7),
        (Dimension::Year, "year", 4),
    ];
    let mut finer: Option<Vec<Bar>> = None;
    for (dimension, per, letters) in units {
        // Where every claim has its day, those of a month are those of its days.
        let of_days = finer.take().filter(|bars| {
            bars.iter()
                .all(|bar| bar.count[0] == bar.count[1] && !bar.unit.starts_with('-'))
        });
        let bars = match of_days {
            Some(bars) => joined(bars, letters),
            None => counted_by(of, dimension)?,
        };
        if bars.is_empty() {
            return Ok(None);
        }
        if bars.len() <= MOST {
            return Ok(Some((bars, per)));
        }
        finer = Some(bars);
    }
    // Of very many years, the last.
    Ok(finer.map(|mut bars| (bars.split_off(bars.len() - MOST), "year")))
}

/// The claims in each unit of time.
fn counted_by(of: Of<'_>, dimension: Dimension) -> Result<Vec<Bar>, StoreError> {
    let counts = match of {
        Of::Days(days) => {
            let bars = days.iter().map(|(day, count)| Bar {
                unit: day.to_string(),
                number: i64::from(day.number()),
                count: [*count, *count],
            });
            return Ok(bars.collect());
        }
        Of::Claims(claims) => claims.count(&[dimension])?,
        Of::Selected(store, query) => store.count(query, &[dimension])?.data,
    };
    let rows = counts
        .iter()
        .filter_map(|row| match row.by.into_iter().next()?.1 {
            ByRow::Word(unit) => Some(Bar {
                number: number(&unit)?,
                count: row.count,
                unit: unit.into_owned(),
            }),
            _ => None,
        });
    let mut bars: Vec<Bar> = rows.collect();
    bars.sort_by_key(|bar| bar.number);
    Ok(bars)
}

/// Bars of a wider unit, whose name is the first letters of the narrower.
fn joined(bars: Vec<Bar>, letters: usize) -> Vec<Bar> {
    let mut wider: Vec<Bar> = Vec::new();
    for bar in bars {
        let unit = bar.unit.get(..letters).unwrap_or(&bar.unit);
        match wider.last_mut() {
            Some(last) if last.unit == unit => {
                last.count = [last.count[0] + bar.count[0], last.count[1] + bar.count[1]];
            }
            _ => {
                if let Some(number) = number(unit) {
                    wider.push(Bar {
                        unit: unit.to_owned(),
                        number,
                        count: bar.count,
                    });
                }
            }
        }
    }
    wider
}

/// The number of a day, a month or a year in a row of such.
fn number(unit: &str) -> Option<i64> {
    let date = Date::parse(unit).ok()?;
    let first = date.first()?;
    let parts: Vec<&str> = unit.trim_start_matches('-').split('-').collect();
    let year: i64 = if unit.starts_with('-') {
        -parts.first()?.parse::<i64>().ok()?
    } else {
        parts.first()?.parse().ok()?
    };
    match parts.as_slice() {
        [_] => Some(year),
        [_, month] => Some(year * 12 + month.parse::<i64>().ok()?),
        _ => Some(i64::from(first.number())),
    }
}
