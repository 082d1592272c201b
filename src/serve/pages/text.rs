//! `/texts/ID`: one text, with the claims and events that rest on it marked in it.

use annals_evidence::Span;
use annals_store::StoreError;
use annals_store::rows::{MarkRow, MarkedText};
use maud::{Markup, html};

use super::annotate;
use crate::asking::{Asking, Fault, Made, Shown};
use crate::forms::{self, RecordForm};
use crate::request;
use crate::view::frame;
use crate::view::panel;
use crate::view::question;
use crate::view::words::{counted, link, links, name, of_stance, short, shown, shown_lines, sign};

/// What is chosen in a text: a record, or words to annotate.
#[derive(Clone, Copy)]
struct Look<'t> {
    chosen: Option<&'t MarkRow>,
    words: &'t [Span],
}

/// How many lines, and how many letters, of a text stand on one page.
const LINES: usize = 400;
const LETTERS: usize = 24_000;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    shown_with(asking, None)
}

/// The page, with a form that was sent and not taken.
pub(super) fn shown_with(asking: &Asking<'_>, form: Option<&RecordForm>) -> Made {
    let answer = asking
        .store
        .marked_text(asking.name())
        .map_err(|error| match error {
            StoreError::Name(error) => Fault::Missing(error.to_string()),
            other => other.into(),
        })?;
    let text = &answer.data;
    let row = &text.row;
    let letters: Vec<char> = text.text.chars().collect();
    let lines = lines(&letters);
    let parts = parts(&lines);
    let asked = asking
        .request
        .one("part")
        .and_then(|part| part.parse::<usize>().ok())
        .unwrap_or(1);
    // A part is asked for by any line in it.
    let nth = parts
        .iter()
        .position(|part| part.contains(&asked.saturating_sub(1)))
        .unwrap_or(0);
    let part = parts.get(nth).cloned().unwrap_or(0..0);
    let chosen = asking.request.one("choose");
    let chosen = text
        .marks
        .iter()
        .find(|mark| chosen == Some(mark.id.as_str()));
    let words = annotate::spans(asking, &row.document.id);
    let look = Look {
        chosen,
        words: &words,
    };
    let language = text.language.as_deref().filter(|tag| is_tag(tag));
    let main = html! {
        link rel="stylesheet" href=(crate::assets::READER_STYLE.path());
        div.txthead {
            div {
                p.small.muted { @if let Some(kind) = &row.kind { (shown(kind)) } @else { "document" } @if let Some(published) = &row.published { " · published " (published.words()) } @if let Some(publisher) = &row.publisher { " by " (name(publisher)) } " · " (super::texts::state(row)) }
                h1 { (name(&row.document.name)) }
                p.small.muted { @if row.claims > 0 { a.link href=(request::address("/claims", [("in", row.document.id.as_str())])) { (rests(row.claims, row.events)) } } @else { (rests(row.claims, row.events)) } @if !row.based_on.is_empty() { " · it rests on " (links(&row.based_on)) } " · " a.link href=(request::record(&row.document.id)) { "about the document" } }
            }
        }
        (question::later(asking))
        (frame::notes(&answer.notes))
        @if row.text.is_none() {
            div.nothing { p { b { "The text of “" (name(&row.document.name)) "” is not there" } "; its quotes are not verified." } p { @if let Some(path) = &row.path { "Put it at " code { (shown(path)) } ", or name its folder with " code { "--texts" } "." } @else { "The document names no text: give it " code { "text:" } " with the path of a plain text." } } }
        }
        @if !text.lost.is_empty() {
            section.lost {
                h2 { (counted(text.lost.len(), "passage does not stand here", "passages do not stand here")) }
                ul.others { @for mark in &text.lost { li { a.link href=(request::record(&mark.id)) { (name(&mark.label)) } @if let Some(quote) = &mark.quote { ": “" (name(quote)) "”" } } } }
            }
        }
        (switch(asking, &parts, nth))
        @let moves = moving(&look);
        div.txtbody lang=[language] data-annotate=[forms::may_write(asking).then(|| asking.path())] data-chosen=[moves.map(|(id, _)| id)] data-from=[moves.map(|(_, span)| span.start)] data-to=[moves.map(|(_, span)| span.end)] {
            @for lines_of in paragraphs(&lines, part) { (one(asking, text, &letters, &lines[lines_of.clone()], lines_of.start, look)) }
        }
        (switch(asking, &parts, nth))
        (keys(forms::may_write(asking)))
    };
    let side = match chosen {
        Some(mark) => beside(asking, mark)?,
        None if text.marks.is_empty() => html! {},
        None => html! {
            p.h { "What rests on this text" }
            ul.others { @for mark in text.marks.iter().take(60) { li { a.rests href=(choose(asking, mark)) { (mark_words(mark)) @if let Some(quote) = &mark.quote { small.muted { @if mark.kind == "claim" { (name(&short(&mark.label, 50))) ": " } "“" (name(&short(quote, 90))) "”" } } } } } }
            @if text.marks.len() > 60 { p.small.muted { (counted(text.marks.len() - 60, "more", "more")) " in the margin" } }
        },
    };
    let record = chosen.map(|mark| mark.id.as_str());
    // Of a text that is not there no words can be chosen.
    let side = if row.text.is_some() {
        annotate::beside(asking, &row.document.id, form, record, side)
    } else {
        html! { (side) @if forms::may_write(asking) { p.small.muted { "Without its text, records about the document are made as others are: " a.link href="/new/claim" { "a new claim" } "." } } }
    };
    Ok(Shown {
        title: row.document.name.clone(),
        lead: None,
        chips: None,
        layout: "reader",
        rail: None,
        main,
        side: Some(side),
    })
}

/// The keys of a text, below it; scripts show them.
fn keys(may_write: bool) -> Markup {
    let reading = [
        ("n", "N", "next claim, claim back"),
        ("o", "", "next passage in no claim"),
    ];
    let choosing = [
        ("w", "W", "next word, word back"),
        ("x", "", "widen to the sentence"),
        ("c", "", "claim"),
        ("e", "", "event"),
        ("a", "", "actor"),
        ("u", "", "undo"),
    ];
    let all = choosing
        .iter()
        .take(if may_write { 2 } else { 0 })
        .chain(&reading);
    let all = all.chain(
        choosing
            .iter()
            .skip(if may_write { 2 } else { choosing.len() }),
    );
    html! {
        p.keysbar.scripted hidden aria-hidden="true" {
            @for (key, back, words) in all { span { kbd { (key) } @if !back.is_empty() { " " kbd { (back) } } " " (words) } }
            span { kbd { "?" } " all keys" }
        }
    }
}

/// The record that is chosen, where its passage is one stretch: its edges can be moved.
fn moving<'t>(look: &Look<'t>) -> Option<(&'t str, Span)> {
    let chosen = look.chosen?;
    match chosen.spans.as_slice() {
        [one] => Some((chosen.id.as_str(), *one)),
        _ => None,
    }
}

/// How many records rest on a text, in words.
fn rests(claims: usize, events: usize) -> String {
    let claims = (claims > 0).then(|| counted(claims, "claim", "claims"));
    let events = (events > 0).then(|| counted(events, "event", "events"));
    let all: Vec<String> = claims.into_iter().chain(events).collect();
    match all.as_slice() {
        [] => "nothing rests on it yet".to_owned(),
        [one] if one.starts_with("1 ") => format!("{one} rests on it"),
        all => format!("{} rest on it", all.join(" and ")),
    }
}

/// Whether a language tag is one: letters, digits and hyphens.
fn is_tag(tag: &str) -> bool {
    !tag.is_empty() && tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn mark_words(mark: &MarkRow) -> Markup {
    html! {
        @if mark.kind == "event" { span.dia aria-hidden="true" {} } @else { (sign(mark.stance)) " " span.hidden { (mark.stance.map_or("", |stance| of_stance(stance).2)) " " } }
        @if let Some(toward) = mark.toward.as_ref() { (name(&toward.name)) } @else if mark.kind == "event" { (name(&mark.label)) } @else { (shown(mark.act.as_deref().unwrap_or("says"))) }
    }
}

fn choose(asking: &Asking<'_>, mark: &MarkRow) -> String {
    format!(
        "{}#{}",
        asking.with(&["choose"], &[("choose", &mark.id)]),
        crate::view::claim::anchor(&mark.id)
    )
}

/// What stands beside the text: the record that was chosen.
fn beside(asking: &Asking<'_>, mark: &MarkRow) -> Result<Markup, Fault> {
    let record = asking.store.show(&mark.id)?.data;
    Ok(html! {
        p.h { (record.kind) " · " a.link href=(request::record(&record.id)) { (shown(&record.id)) } }
        h2 { @if mark.kind == "claim" && record.fields.contains_key("quote") { "“" (name(&record.label)) "”" } @else { (name(&record.label)) } }
        dl.facts {
            @if mark.kind == "claim" { dt { "who" } dd { (name(&mark.label)) } }
            @if let Some(toward) = &mark.toward { dt { @if mark.stance.is_some() { "stands" } @else { "about" } } dd { @if let Some(stance) = mark.stance { (sign(Some(stance))) " " (of_stance(stance).2) " " } (link(toward)) } }
            @if let Some(act) = &mark.act { dt { "does" } dd { (shown(act)) } }
            @if let Some(when) = &record.when { dt { "when" } dd { (when.words()) } }
        }
        @if !record.passages.is_empty() { h3 { "Where it stands" } }
        (panel::passages(&record.passages))
        (panel::edges(asking, &record))
    })
}

/// The lines of a text, in letters.
fn lines(letters: &[char]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, letter) in letters.iter().enumerate() {
        if *letter == '\n' {
            lines.push((start, at));
            start = at + 1;
        }
    }
    if start < letters.len() {
        lines.push((start, letters.len()));
    }
    lines
}

/// Lines in parts that a page holds.
fn parts(lines: &[(usize, usize)]) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let (mut first, mut size) = (0, 0);
    for (nth, (start, end)) in lines.iter().enumerate() {
        let length = end - start;
        if nth > first && (nth - first >= LINES || size + length > LETTERS) {
            parts.push(first..nth);
            (first, size) = (nth, 0);
        }
        size += length;
    }
    if first < lines.len() {
        parts.push(first..lines.len());
    }
    parts
}

fn switch(asking: &Asking<'_>, parts: &[std::ops::Range<usize>], nth: usize) -> Markup {
    let to = |part: &std::ops::Range<usize>| {
        asking.with(
            &["part", "choose"],
            &[("part", &(part.start + 1).to_string())],
        )
    };
    html! {
        @if parts.len() > 1 {
            nav.pager aria-label="Parts of the text" {
                @if nth > 0 { a.btn rel="prev" href=(to(&parts[nth - 1])) { "Before" } }
                span.muted.small { "lines " (parts[nth].start + 1) "–" (parts[nth].end) " of " (parts.last().map_or(0, |part| part.end)) }
                @if nth + 1 < parts.len() { a.btn rel="next" href=(to(&parts[nth + 1])) { "Go on" } }
            }
        }
    }
}

/// A paragraph, which may be of several lines, with its marks; in the margin, those that begin in it.
fn one(
    asking: &Asking<'_>,
    text: &MarkedText,
    letters: &[char],
    lines: &[(usize, usize)],
    first: usize,
    look: Look<'_>,
) -> Markup {
    let Some(((start, _), (_, end))) = lines.first().zip(lines.last()) else {
        return html! {};
    };
    let whole = Span::new(*start as u32, *end as u32);
    let overlaps = |span: &Span| span.start < whole.end && span.end > whole.start;
    let here: Vec<&MarkRow> = text
        .marks
        .iter()
        .filter(|mark| mark.spans.iter().any(overlaps))
        .collect();
    let begin: Vec<&&MarkRow> = here
        .iter()
        .filter(|mark| {
            mark.spans
                .first()
                .is_some_and(|span| span.start >= whole.start)
        })
        .collect();
    html! {
        div.para {
            div.tag { @for mark in &begin { a href=(choose(asking, mark)) { (mark_words(mark)) } } }
            p.txt dir="auto" {
                @for (nth, (from, to)) in lines.iter().enumerate() {
                    span id={ "line-" (first + nth + 1) } data-at=(from) { (line_of(asking, text, &here, letters, (*from, *to), look)) }
                    @if nth + 1 < lines.len() { @if to - from < FULL { br; } @else { (between(&here, *to as u32)) } }
                }
            }
            span.num { (first + 1) }
        }
    }
}

/// The space where a line goes on in the next: underlined where a passage does.
fn between(here: &[&MarkRow], end: u32) -> Markup {
    let goes_on =
        |mark: &&&MarkRow| (mark.spans.iter()).any(|span| span.start < end && span.end > end);
    let over: Vec<&MarkRow> = here.iter().filter(goes_on).copied().collect();
    html! { @if over.is_empty() { " " } @else { span class=(classes(&over)) { " " } } }
}

/// How long a line is that goes on in the next, where a text is broken into lines.
const FULL: usize = 45;

/// A line, cut where what is marked changes.
fn line_of(
    asking: &Asking<'_>,
    text: &MarkedText,
    marks: &[&MarkRow],
    letters: &[char],
    (start, end): (usize, usize),
    look: Look<'_>,
) -> Markup {
    let line = Span::new(start as u32, end as u32);
    let overlaps = |span: &Span| span.start < line.end && span.end > line.start;
    let here: Vec<&&MarkRow> = marks
        .iter()
        .filter(|mark| mark.spans.iter().any(overlaps))
        .collect();
    let mut edges: Vec<u32> = vec![line.start, line.end];
    for span in here
        .iter()
        .flat_map(|mark| &mark.spans)
        .filter(|span| overlaps(span))
    {
        edges.extend([span.start.max(line.start), span.end.min(line.end)]);
    }
    for span in look.words.iter().filter(|span| overlaps(span)) {
        edges.extend([span.start.max(line.start), span.end.min(line.end)]);
    }
    let is_chosen = |at: u32| {
        look.words
            .iter()
            .any(|span| span.start <= at && at < span.end)
    };
    let cue = line.start + cue(&letters[start..end]);
    edges.push(cue);
    edges.sort_unstable();
    edges.dedup();
    html! {
        @for pair in edges.windows(2) {
            @let piece: String = letters[pair[0] as usize..pair[1] as usize].iter().collect();
            @let over: Vec<&MarkRow> = here.iter().filter(|mark| mark.spans.iter().any(|span| span.start <= pair[0] && span.end >= pair[1])).map(|mark| **mark).collect();
            @if let Some(top) = over.last() {
                a class=(classes(&over)) id=[starts(text, top, pair[0]).then(|| crate::view::claim::anchor(&top.id))] href=(choose(asking, top)) aria-current=[look.chosen.filter(|chosen| chosen.id == top.id).map(|_| "true")] { @if is_chosen(pair[0]) { mark.sel { (as_letters(&piece)) } } @else { (as_letters(&piece)) } }
            } @else if is_chosen(pair[0]) { mark.sel { (as_letters(&piece)) } }
            @else if pair[1] <= cue { span.cue { (as_letters(&piece)) } }
            @else { (as_letters(&piece)) }
        }
    }
}

/// How many letters of a line name who speaks, as transcripts have it: "MS KALLIS:", in capitals.
fn cue(line: &[char]) -> u32 {
    const MOST: usize = 48;
    let Some(colon) = line.iter().take(MOST).position(|c| *c == ':') else {
        return 0;
    };
    let before = &line[..colon];
    let capitals = before.iter().filter(|c| c.is_uppercase()).count();
    let is_cue = before
        .iter()
        .all(|c| c.is_uppercase() || " .’'-–()".contains(*c));
    if is_cue && capitals >= 2 {
        colon as u32 + 1
    } else {
        0
    }
}

/// A piece of the text. The form feed that begins a page stays one letter, which is not seen: scripts count
/// the letters of a line.
fn as_letters(piece: &str) -> String {
    let parts: Vec<String> = piece.split('\u{c}').map(shown_lines).collect();
    parts.join("\u{c}")
}

/// The paragraphs of some lines: what stands between empty ones.
fn paragraphs(
    lines: &[(usize, usize)],
    part: std::ops::Range<usize>,
) -> Vec<std::ops::Range<usize>> {
    let mut paragraphs: Vec<std::ops::Range<usize>> = Vec::new();
    for nth in part {
        let (start, end) = lines[nth];
        if start == end {
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if last.end == nth => last.end = nth + 1,
            _ => paragraphs.push(nth..nth + 1),
        }
    }
    paragraphs
}

/// Whether the first passage of a record begins here.
fn starts(text: &MarkedText, mark: &MarkRow, at: u32) -> bool {
    let first = text.marks.iter().find(|one| one.id == mark.id);
    first
        .and_then(|first| first.spans.first())
        .is_some_and(|span| span.start == at)
}

/// How a piece of text is underlined: by all records that rest on it.
fn classes(over: &[&MarkRow]) -> String {
    let mut classes = vec!["c"];
    for mark in over {
        classes.push(match (mark.kind, mark.stance) {
            ("event", _) => "e",
            (_, Some(stance)) => of_stance(stance).0,
            (_, None) => "plain",
        });
    }
    if over.len() > 1 {
        classes.push("several");
    }
    classes.dedup();
    classes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_has_parts_that_are_all_of_it() {
        let text: Vec<char> = "a line of words\n"
            .repeat(1_000)
            .chars()
            .chain("x".repeat(60_000).chars())
            .collect();
        let lines = lines(&text);
        let parts = parts(&lines);
        assert_eq!(lines.len(), 1_001);
        let of = |line: &str| cue(&line.chars().collect::<Vec<_>>());
        assert_eq!(
            (of("MS KALLIS: The crack"), of("DR. O’NEIL-BÄR (CHAIR): No")),
            (10, 23)
        );
        assert_eq!(
            (
                of("At 10:30 it began"),
                of("A: x"),
                of("The mayor: yes"),
                of(": x")
            ),
            (0, 0, 0, 0)
        );
        let all: Vec<usize> = parts.iter().cloned().flatten().collect();
        assert_eq!(paragraphs(&lines, 0..3).first(), Some(&(0..3)));
        assert_eq!(paragraphs(&[(0, 3), (4, 4), (5, 6)], 0..3), [0..1, 2..3]);
        assert_eq!(all, (0..1_001).collect::<Vec<_>>());
        assert!(parts.iter().all(|part| part.len() <= LINES));
        assert!(super::lines(&[]).is_empty() && super::parts(&[]).is_empty());
    }
}
