//! The options of a network, as the command line describes them.

use maud::{Markup, html};

use crate::CommandOption;
use crate::asking::Asking;
use crate::view::question;

/// The options that are always seen, and those behind *More*; how each is called.
const SEEN: [(&str, &str); 7] = [
    ("measure", "Tied by"),
    ("normalise", "divided by"),
    ("over", "over"),
    ("of", "nodes"),
    ("into", "counted for"),
    ("every", "a window each"),
    ("top", "heaviest"),
];
const MORE: [(&str, &str); 10] = [
    ("window", "Windows of"),
    ("step", "a step of"),
    ("date", "by the date"),
    ("duplicates", "Once within"),
    ("scale", "levels"),
    ("sign", "of an affiliation"),
    ("above", "weighing at least"),
    ("at-least", "nodes with at least"),
    ("things-at-least", "things with at least"),
    ("isolates", "nodes without a statement"),
];

/// What is proposed for units of windows.
const UNITS: [&str; 4] = ["day", "week", "month", "year"];

/// The form; `top` is what is proposed for the number of ties, where one is needed.
pub(super) fn form(asking: &Asking<'_>, top: Option<&str>) -> Markup {
    let known = asking.known();
    let find = |name: &str| known.iter().find(|option| option.name == name);
    let is_more_asked = MORE.iter().any(|(name, _)| asking.request.has(name));
    let own: Vec<&str> = SEEN.iter().chain(&MORE).map(|(name, _)| *name).collect();
    let others: Vec<&str> = own.into_iter().chain(["nth", "tie"]).collect();
    let fields = |all: &[(&'static str, &'static str)]| {
        html! { @for (name, words) in all { @if let Some(option) = find(name) { (field(asking, option, words, top.filter(|_| *name == "top"))) } } }
    };
    html! {
        form.network-options action=(asking.path()) method="get" {
            (question::hidden(asking, &others))
            div.fields { (fields(&SEEN)) button.btn.go { "Show" } }
            details.more-options open[is_more_asked] {
                summary { "More" }
                div.fields { (fields(&MORE)) }
            }
        }
    }
}

fn field(
    asking: &Asking<'_>,
    option: &CommandOption,
    words: &str,
    proposed: Option<&str>,
) -> Markup {
    let name = option.name.as_str();
    let id = format!("network-{name}");
    let asked = asking.request.one(name);
    let values: Vec<&str> = match name {
        "every" => UNITS.to_vec(),
        _ => option.values.iter().map(String::as_str).collect(),
    };
    html! {
        div.field {
            label for=(id) title=(option.help) { (words) }
            @if option.value.is_none() {
                input type="checkbox" id=(id) name=(name) value="yes" checked[asking.request.has(name)];
            } @else if !values.is_empty() {
                select id=(id) name=(name) {
                    // What is not given need not stand in the address.
                    @let default = option.default.as_deref().or_else(|| none_of(name));
                    option value="" { (default.unwrap_or("—")) }
                    @for value in values.iter().filter(|value| option.default.as_deref() != Some(**value)) {
                        option value=(value) selected[asked == Some(*value)] { (value) }
                    }
                }
            } @else {
                @let placeholder = option.value.as_deref().map(str::to_lowercase);
                @let several: Vec<&str> = asking.request.all(name).filter(|value| !value.is_empty()).collect();
                input id=(id) name=(name) size="9" autocomplete="off" value=[several.first().copied().or(proposed)] placeholder=[placeholder];
                @for value in several.iter().skip(1) { input name=(name) size="9" autocomplete="off" value=(value) aria-label=(words); }
            }
        }
    }
}

/// What an option that is not given means, where it depends on others.
fn none_of(name: &str) -> Option<&'static str> {
    match name {
        "normalise" => Some("as usual"),
        "every" => Some("one over all"),
        _ => None,
    }
}
