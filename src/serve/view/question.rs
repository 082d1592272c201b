//! The question line: what is asked, in words, with a chip an option; and as known on which day.

use std::collections::BTreeMap;

use annals_time::Day;
use maud::{Markup, html};

use super::words::{name, shown};
use crate::asking::{AS_OF, Asking};

/// The most days that are offered one by one.
const MOST_DAYS: usize = 400;

/// How options are called in a sentence; others by their own name.
const CALLED: [(&str, &str); 24] = [
    ("by", "by"),
    ("to", "to"),
    ("about", "about"),
    ("via", "through"),
    ("at", "at"),
    ("in", "in"),
    ("stance", "stance"),
    ("act", "who"),
    ("mode", "wording"),
    ("tag", "tag"),
    ("text", "with the words"),
    ("verified", "quote"),
    ("from", "since"),
    ("until", "until"),
    ("before", "before"),
    ("after", "after"),
    ("surely", "certainly"),
    ("retracted", "with what was taken back"),
    ("rollup", "with those who stand for them"),
    ("identity", "as one"),
    ("limit", "at most"),
    ("around", "around"),
    ("hops", "steps"),
    ("in-time", "never back in time"),
];

/// What goes with an option that is left out: places in the answer, and what means nothing without it.
fn leaving_out(option: &str) -> Vec<&str> {
    let with_it: &[&str] = match option {
        "measure" => &["sign", "normalise"],
        "window" => &["step"],
        _ => &[],
    };
    let places = ["start", "choose", "nth", "tie"];
    [option]
        .into_iter()
        .chain(places)
        .chain(with_it.iter().copied())
        .collect()
}

/// Options that stand elsewhere on the page.
const ELSEWHERE: [&str; 3] = [AS_OF, "nth", "why"];

/// Of which kinds of records an option takes names.
fn names_in(asking: &Asking<'_>, option: &str) -> Option<&'static str> {
    const THINGS: &str = "actor-topic-event-place";
    Some(match option {
        "by" | "to" | "via" => "actor",
        "about" | "around" => THINGS,
        "at" => "event",
        "before" | "after" => "event-document-claim",
        "in" => "document",
        // Of a path its ends, of all else days.
        "from" if asking.page.path == "path" => THINGS,
        _ => return None,
    })
}

fn called(option: &str) -> &str {
    let found = CALLED.iter().find(|(name, _)| *name == option);
    found.map_or(option, |(_, words)| words)
}

/// A value as it is read: the name of what it names, a date in words.
fn value(asking: &Asking<'_>, option: &str, value: &str) -> String {
    const NAMES: [&str; 9] = [
        "by", "to", "about", "via", "at", "in", "before", "after", "around",
    ];
    if NAMES.contains(&option) {
        return asking
            .store
            .name_of(value)
            .unwrap_or_else(|| value.to_owned());
    }
    if matches!(option, "from" | "until") {
        return annals_time::Date::parse(value)
            .map_or_else(|_| value.to_owned(), |date| date.words());
    }
    value.to_owned()
}

/// The line; `own` are chips that stand before those of the options.
pub(crate) fn line(asking: &Asking<'_>, lead: &str, own: Option<&Markup>) -> Markup {
    let mut chips: BTreeMap<usize, (&str, Vec<&str>)> = BTreeMap::new();
    let options = asking.options();
    for (nth, (option, value)) in options.iter().enumerate() {
        let first = options
            .iter()
            .position(|(one, _)| one == option)
            .unwrap_or(nth);
        chips
            .entry(first)
            .or_insert((option, Vec::new()))
            .1
            .push(value);
    }
    let is_past = asking.request.one(AS_OF).is_some();
    html! {
        section.ask.past[is_past] aria-label="The question" {
            div.words {
                span.lead { (lead) }
                @if let Some(own) = own { (own) }
                @for (option, values) in chips.values().filter(|(option, _)| !ELSEWHERE.contains(option)) {
                    span.chip {
                        span.muted { (shown(called(option))) }
                        @for (nth, one) in values.iter().filter(|one| !one.is_empty()).enumerate() {
                            @if nth > 0 { span.muted { "or" } }
                            span { (name(&super::words::short(&value(asking, option, one), 60))) }
                        }
                        a.off href=(asking.with(&leaving_out(option), &[])) { span aria-hidden="true" { "×" } span.hidden { "Leave out: " (shown(called(option))) " " (shown(&values.join(", "))) } }
                    }
                }
                (more(asking))
                @if asking.page.path == "claims" { a.chip.narrow href="#narrow" { "Narrow" } }
            }
            (as_known_on(asking))
        }
    }
}

/// The options that can be added.
fn more(asking: &Asking<'_>) -> Markup {
    let known = asking.offered();
    if known.iter().all(|option| option.name == AS_OF) {
        return html! {};
    }
    html! {
        details.and {
            summary.chip.add { "+ and…" }
            form action=(asking.path()) method="get" {
                (hidden(asking, &["start", "choose", "nth", "tie"]))
                div.options {
                    @for option in known.iter().filter(|option| option.name != AS_OF && option.takes <= 1) {
                        @let id = format!("and-{}", option.name);
                        label for=(id) title=(option.help) { (called(&option.name)) }
                        @if option.value.is_none() {
                            input type="checkbox" id=(id) name=(option.name) value="yes";
                        } @else if !option.values.is_empty() {
                            select id=(id) name=(option.name) {
                                option value="" { "—" }
                                @for value in &option.values { option { (value) } }
                            }
                        } @else {
                            input id=(id) name=(option.name) autocomplete="off" data-kinds=[names_in(asking, &option.name)] placeholder=[option.value.as_deref().map(str::to_lowercase)];
                        }
                    }
                }
                button.btn.go { "Ask" }
            }
        }
    }
}

/// The options of the address as fields that are not seen.
pub(crate) fn hidden(asking: &Asking<'_>, without: &[&str]) -> Markup {
    html! {
        @for (option, value) in asking.request.options.iter().filter(|(option, _)| !without.contains(&option.as_str())) {
            input type="hidden" name=(option) value=(value);
        }
    }
}

/// As of which day: a list, which a script turns into a slider.
fn as_known_on(asking: &Asking<'_>) -> Markup {
    let takes = asking.known().iter().any(|option| option.name == AS_OF)
        || asking.page.own.contains(&AS_OF);
    if !takes {
        return html! {};
    }
    let days = asking.dossier.days();
    let asked = asking.request.one(AS_OF);
    // Where all came to be known on one day, or nothing did, there is nothing to go back to.
    if days.len() <= 1 && asked.is_none() && !asking.dossier.store.has_snapshot() {
        return html! {};
    }
    let is_stop = asked.is_none_or(|asked| days.iter().any(|day| day.to_string() == asked));
    html! {
        form.asof action=(asking.path()) method="get" data-stops=[(days.len() > 1 && days.len() <= MOST_DAYS && is_stop).then_some("yes")] {
            (hidden(asking, &[AS_OF, "start", "choose", "nth", "tie"]))
            label for="as-of" { "As known on" }
            @if days.len() > 1 && days.len() <= MOST_DAYS && is_stop {
                select id="as-of" name=(AS_OF) {
                    @for day in days.iter().take(days.len() - 1) {
                        option value=(day) selected[asked == Some(day.to_string().as_str())] { (day.words()) }
                    }
                    option value="" selected[asked.is_none()] { (days.last().map_or_else(String::new, |day| Day::words(*day))) " (all)" }
                }
            } @else {
                input id="as-of" name=(AS_OF) size="10" placeholder="2021-10-02" value=[asked];
            }
            button.btn { "Show" }
        }
    }
}

/// What came later than the day of the view.
pub(crate) fn later(asking: &Asking<'_>) -> Markup {
    html! {
        @if let Some(day) = asking.request.one(AS_OF) {
            p.later { "As known on " b { (annals_time::Date::parse(day).map_or_else(|_| shown(day), |day| day.words())) } ". " a.link href=(crate::request::address("/changes", [("from", day)])) { "What came later" } }
        }
    }
}
