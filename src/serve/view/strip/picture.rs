//! The strip as a picture.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::scale::WIDTH;
use super::{Bar, Strip, Thing};
use crate::view::words::{counted, short, shown};

/// Where bars stand, and how high the highest is.
const BASE: f64 = 66.0;
const HIGHEST: f64 = 40.0;

/// The picture. `lead` gives the address that asks for a unit of the scale alone.
pub(super) fn drawn(strip: &Strip, lead: &dyn Fn(&str) -> String) -> Markup {
    let scale = &strip.scale;
    let most = strip
        .bars
        .values()
        .map(|bar| bar.sure + bar.may + bar.outside)
        .max();
    let most = most.unwrap_or(1).max(1);
    let wide = (scale.step * 0.72).clamp(2.0, 12.0);
    let label = label(strip);
    html! {
        nav.scroll aria-label={ "Claims by " (scale.unit.word()) } tabindex="0" {
            svg.strip viewBox={ "0 0 " (WIDTH) " 88" } role="group" aria-label=(label) data-drag[strip.window.is_some()] {
                path.base d={ "M0 66.5H" (WIDTH) } {}
                @for x in scale.tears() { path.tear d={ "M" (round(x)) " 50l4 4-5 6 5 6-5 6 4 4" } {} }
                @for ((first, last), count) in &strip.bands { (band(strip, *first, *last, *count)) }
                @for (number, bar) in &strip.bars {
                    @if let Some(x) = scale.x(*number) {
                        @let unit = scale.unit.written(*number);
                        a href=(lead(&unit)) tabindex="-1" {
                            title { (words(&unit)) ": " (told(*bar)) }
                            rect.hit x=(round(x - scale.step / 2.0)) width=(round(scale.step)) {}
                            (column(*bar, x, wide, most))
                        }
                    }
                }
                (above(strip, most))
                @for (x, words) in scale.labels() { text x=(round(x)) y="84" { (words) } }
                @if let Some([from, to]) = strip.window {
                    path.bracket d={ "M" (round(from + 5.0)) " 2h-5v65h5M" (round(to - 5.0)) " 2h5v65h-5" } {}
                }
            }
        }
    }
}

fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn words(unit: &str) -> String {
    annals_time::Date::parse(unit).map_or_else(|_| unit.to_owned(), |date| date.words())
}

/// A count in words: of the question, and of what its window leaves out.
fn told(bar: Bar) -> String {
    let own = bar.sure + bar.may;
    let mut words = counted(own + bar.outside, "claim", "claims");
    if bar.may > 0 {
        words.push_str(&format!(", {} of them not certainly then", bar.may));
    }
    if bar.outside > 0 {
        words.push_str(&format!(", {} outside the window", bar.outside));
    }
    words
}

/// What is drawn, in words.
fn label(strip: &Strip) -> String {
    let unit = strip.scale.unit;
    let busiest = strip
        .bars
        .iter()
        .max_by_key(|(number, bar)| (bar.sure + bar.may, -**number));
    let mut label = format!("Claims by {}", unit.word());
    if let Some((number, bar)) = busiest {
        let day = words(&unit.written(*number));
        label.push_str(&format!(
            "; most in {day}: {}",
            counted(bar.sure + bar.may, "claim", "claims")
        ));
    }
    if strip.undated > 0 {
        label.push_str(&format!("; {} without a date", strip.undated));
    }
    if strip.scale.left_out > 0 {
        label.push_str(&format!(
            "; {} years before are not drawn",
            strip.scale.left_out
        ));
    }
    label
}

#[expect(clippy::cast_precision_loss, reason = "a picture is not that precise")]
fn height(count: usize, most: usize) -> f64 {
    let high = count as f64 / most as f64 * HIGHEST;
    if count > 0 { high.max(2.5) } else { 0.0 }
}

/// The claims of a unit: certain ones below, others pale on them, those outside grey.
fn column(bar: Bar, x: f64, wide: f64, most: usize) -> Markup {
    let parts = [("is", bar.sure), ("may", bar.may), ("out", bar.outside)];
    let mut top = BASE;
    html! {
        @for (class, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
            @let high = height(count, most);
            @let y = { top -= high; top };
            rect class=(class) x=(round(x - wide / 2.0)) y=(round(y)) width=(round(wide)) height=(round(high)) {}
        }
    }
}

/// Claims of which more than one day is possible: a pale band on the ground.
fn band(strip: &Strip, first: i64, last: i64, count: usize) -> Markup {
    let scale = &strip.scale;
    let parts = scale.stretches.iter().filter_map(|one| {
        let (from, to) = (first.max(one.first), last.min(one.last));
        let half = scale.step / 2.0;
        (from <= to).then_some((scale.x(from)? - half, scale.x(to)? + half))
    });
    html! {
        @for (from, to) in parts {
            rect.band x=(round(from)) y=(BASE - 5.0) width=(round(to - from)) height="5" {
                title { (words(&format!("{}/{}", scale.unit.written(first), scale.unit.written(last)))) ": " (counted(count, "claim", "claims")) }
            }
        }
    }
}

/// Events and publications, above the claims of their day: one sign of each kind a unit.
fn above(strip: &Strip, most: usize) -> Markup {
    let scale = &strip.scale;
    let mut at: BTreeMap<(i64, bool), Vec<&Thing>> = BTreeMap::new();
    for thing in &strip.things {
        at.entry((scale.unit.of(thing.day), thing.is_event))
            .or_default()
            .push(thing);
    }
    html! {
        @for ((number, is_event), things) in &at {
            @if let (Some(x), Some(first)) = (scale.x(*number), things.first()) {
                @let bar = strip.bars.get(number).copied().unwrap_or_default();
                @let top = [bar.sure, bar.may, bar.outside].into_iter().map(|count| height(count, most)).sum::<f64>();
                // An event stands above a publication of the same day.
                @let over = if *is_event && at.contains_key(&(*number, false)) { 13.0 } else { 0.0 };
                @let y = (BASE - top - 8.0 - over).max(5.0);
                a href=(address(&scale.unit.written(*number), first, things.len())) tabindex="-1" {
                    title { @for (nth, thing) in things.iter().take(4).enumerate() { @if nth > 0 { "; " } (shown(&short(&thing.name, 90))) } @if things.len() > 4 { "; " (things.len() - 4) " more" } }
                    @if *is_event { path.happened d={ "M" (round(x)) " " (round(y - 5.0)) "l5 5-5 5-5-5z" } {} }
                    @else { path.came-out d={ "M" (round(x - 4.0)) " " (round(y - 6.0)) "h5l3 3v8h-8z" } {} }
                }
            }
        }
    }
}

/// Where a sign leads: to what it stands for, or where there are several, to the day.
fn address(unit: &str, first: &Thing, count: usize) -> String {
    if count == 1 {
        return first.address.clone();
    }
    crate::request::address("/timeline", [("from", unit), ("until", unit)])
}
