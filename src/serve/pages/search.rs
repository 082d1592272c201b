//! `/search`: names, claims, events and places in texts, as `annals find`.

use annals_store::rows::FoundRow;
use maud::{Markup, html};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request;
use crate::view::frame::{self, Paged, ROWS};
use crate::view::words::{counted, marked, name, number, short, shown};

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let words = asking.request.one("words").unwrap_or_default().trim();
    if words.is_empty() {
        let main = html! { (frame::heading(&html! { "Search" }, "", &[])) (form(asking)) p.muted { "Words that must all occur, in names, claims, events and texts; case and accents do not matter." } };
        return Ok(Shown::wide("Search", None, main));
    }
    if let Some(address) = meant(asking, words) {
        return Err(Fault::Elsewhere(address));
    }
    let start = asking.request.one("start");
    let start: usize = start.and_then(|start| start.parse().ok()).unwrap_or(0);
    // Whether there are more can be told without counting them.
    let wanted = start.saturating_add(ROWS);
    let store = &asking.dossier.store;
    let (found, is_all) = store.find_first(words, &asking.query, wanted)?;
    let first = start.min(found.len());
    let last = found.len().min(wanted);
    let rows = found.rows(first..last);
    let next = (last < found.len()).then(|| last.to_string());
    let count = if is_all {
        counted(found.len(), "place", "places")
    } else {
        format!("more than {}", counted(last, "place", "places"))
    };
    let paged = Paged {
        first,
        shown: rows.len(),
        all: found.len(),
        next,
    };
    let date = annals_time::Date::parse(words).ok();
    let main = html! {
        (frame::heading(&html! { "“" (name(words)) "”" }, &count, &[]))
        (frame::command(asking))
        (form(asking))
        (frame::notes(&found.notes))
        @if let Some(date) = &date { p { a.link href=(request::address("/timeline", [("from", words), ("until", words)])) { "What happened and was said " (date.words()) } } }
        @if first == 0 { p { a.link href=(request::address("/claims", [("text", words)])) { "The claims with these words" } } }
        @if rows.is_empty() { p.nothing { b { "Nothing has these words." } } }
        @for group in rows.chunk_by(|a, b| group(a) == group(b)) {
            @if let Some(row) = group.first() { section.hits { h2 { (title(row)) } ul { @for row in group { (one(row, words)) } } } }
        }
        @if is_all { (frame::pager(asking, &paged)) } @else { (more(asking, &paged)) }
    };
    Ok(Shown::wide("Search", Some("Where it says"), main))
}

/// How options are written among words, and which they are.
const WRITTEN: [(&str, &str); 12] = [
    ("by", "by"),
    ("to", "to"),
    ("about", "about"),
    ("via", "via"),
    ("at", "at"),
    ("in", "in"),
    ("since", "from"),
    ("from", "from"),
    ("until", "until"),
    ("stance", "stance"),
    ("act", "act"),
    ("tag", "tag"),
];

/// The address of what is asked where options stand among the words, as in `by:hrynko dredging`: they become
/// chips. Without other words it is the list of claims.
fn meant(asking: &Asking<'_>, words: &str) -> Option<String> {
    let (rest, written) = options_among(words);
    if written.is_empty() {
        return None;
    }
    let mut options: Vec<(&str, &str)> = written
        .iter()
        .map(|(option, value)| (*option, value.as_str()))
        .collect();
    let others = asking.options().into_iter();
    options.extend(others.filter(|(option, _)| *option != "words"));
    if rest.is_empty() {
        return Some(request::address("/claims", options));
    }
    options.insert(0, ("words", &rest));
    Some(request::address("/search", options))
}

/// The words without the options among them, and these. A value of several words stands in quotation marks.
fn options_among(words: &str) -> (String, Vec<(&'static str, String)>) {
    let (mut rest, mut options) = (Vec::new(), Vec::new());
    let mut left = words.trim_start();
    while !left.is_empty() {
        let end = left.find(char::is_whitespace).unwrap_or(left.len());
        let named = left[..end].split_once(':');
        let option = named.and_then(|(name, _)| WRITTEN.iter().find(|(own, _)| *own == name));
        let (Some((name, option)), Some(_)) = (option, named) else {
            rest.push(&left[..end]);
            left = left[end..].trim_start();
            continue;
        };
        let value = &left[name.len() + 1..];
        let quoted = value
            .strip_prefix('"')
            .and_then(|value| value.split_once('"'));
        let (value, after) = quoted.unwrap_or_else(|| {
            let end = value.find(char::is_whitespace).unwrap_or(value.len());
            value.split_at(end)
        });
        if value.trim().is_empty() {
            rest.push(&left[..end]);
            left = left[end..].trim_start();
        } else {
            options.push((*option, value.trim().to_owned()));
            left = after.trim_start();
        }
    }
    (rest.join(" "), options)
}

/// The way to the next of a list that was not counted.
fn more(asking: &Asking<'_>, paged: &Paged) -> Markup {
    html! {
        nav.pager aria-label="More of the list" {
            @if paged.first > 0 { a.btn href=(asking.with(&["start"], &[])) { "From the first" } }
            span.muted.small { (number(paged.first + 1)) "–" (number(paged.first + paged.shown)) }
            @if let Some(next) = &paged.next { a.btn rel="next" href=(asking.with(&["start"], &[("start", next)])) { "The next " (number(ROWS)) } }
            a.link href=(asking.twin("json")) { "all of them, as JSON" }
        }
    }
}

fn form(asking: &Asking<'_>) -> Markup {
    html! {
        form.tools role="search" aria-label="Words" action="/search" method="get" {
            input.words name="words" aria-label="Words" value=[asking.request.one("words")] maxlength="400" autocomplete="off";
            button.btn.go { "Search" }
        }
    }
}

/// Names by their kind; all else in the order of the texts.
fn group(row: &FoundRow) -> &str {
    match row.kind {
        "claim" | "text" => "words",
        "event" if row.document.is_some() => "words",
        kind => kind,
    }
}

fn title(row: &FoundRow) -> &'static str {
    match group(row) {
        "actor" => "Actors",
        "topic" => "Topics",
        "place" => "Places",
        "event" => "Events",
        "document" => "Documents",
        _ => "Claims, events and texts, in the order of the texts",
    }
}

fn one(row: &FoundRow, _words: &str) -> Markup {
    let address = match (row.kind, row.line) {
        ("text", Some(line)) => format!(
            "{}?part={line}#line-{line}",
            request::named("texts", &row.id)
        ),
        ("text", None) => request::named("texts", &row.id),
        _ => request::record(&row.id),
    };
    html! {
        li.hit {
            p.say { a href=(address) { (marked(&row.sentence, &row.marks)) } }
            p.meta {
                @if group(row) == "words" { span { @match row.kind { "text" if row.claims.is_empty() => { "in the text, in no claim" } "text" => { "in the text" } kind => { (kind) } } } }
                @if matches!(row.kind, "claim" | "event") && row.name != row.sentence { span { (name(&short(&row.name, 80))) } }
                @if let Some(document) = &row.document { span { a href=(request::named("texts", &document.id)) { (name(&document.name)) } @if let Some(line) = row.line { ", line " (line) } } }
                @for claim in &row.claims { span { a.link href=(request::record(claim)) { (shown(claim)) } } }
                @if !row.certain { b.possibly { "possibly" } }
                @if let Some(retracted) = &row.retracted { b.back { "taken back " (retracted.on.words()) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::options_among;

    #[test]
    fn options_stand_among_words() {
        let of = |words: &str| {
            let (rest, options) = options_among(words);
            let options = options
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            (rest, options.collect::<Vec<_>>().join("&"))
        };
        let cases = [
            ("by:hrynko the dredging", "the dredging", "by=hrynko"),
            (
                "about:\"north basin\" night since:2021-09",
                "night",
                "about=north basin&from=2021-09",
            ),
            ("at 10:30, and note: this", "at 10:30, and note: this", ""),
            ("by: hrynko", "by: hrynko", ""),
            ("by:\"not closed", "closed", "by=\"not"),
            ("", "", ""),
        ];
        for (words, rest, options) in cases {
            assert_eq!(of(words), (rest.to_owned(), options.to_owned()), "{words}");
        }
    }
}
