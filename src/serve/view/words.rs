//! Words, names and signs, as pages write them.

pub(crate) use annals_format::{counted, grouped as number};

use annals_evidence::{Level, Span};
use annals_model::{StanceValue, Voice};
use annals_store::rows::{EvidenceRow, Ref, SaidRow};
use maud::{Markup, html};

use crate::request;

/// A text of the facts as it is shown: what would steer a page or turn its direction is written out.
pub(crate) fn shown(text: &str) -> String {
    text.chars().flat_map(annals_finding::visible).collect()
}

/// The same, where line breaks and tabs stay.
pub(crate) fn shown_lines(text: &str) -> String {
    let each = text.chars().map(|c| match c {
        '\n' | '\t' => c.to_string(),
        '\r' => String::new(),
        c => annals_finding::visible(c).collect(),
    });
    each.collect()
}

/// A name of the facts: isolated, so that it turns nothing around it. A link of it has words even where it has none.
pub(crate) fn name(text: &str) -> Markup {
    let shown = shown(text);
    html! { @if shown.trim().is_empty() { i { "(no name)" } } @else { bdi { (shown) } } }
}

/// A link to a record by its name.
pub(crate) fn link(record: &Ref) -> Markup {
    html! { a.link href=(request::record(&record.id)) { (name(&record.name)) } }
}

/// Several of them.
pub(crate) fn links(records: &[Ref]) -> Markup {
    html! {
        @for (nth, record) in records.iter().enumerate() {
            @if nth > 0 { ", " }
            (link(record))
        }
    }
}

/// Their names.
pub(crate) fn names(records: &[Ref]) -> Markup {
    html! {
        @for (nth, record) in records.iter().enumerate() {
            @if nth > 0 { ", " }
            (name(&record.name))
        }
    }
}

/// The class and the sign of a stance.
pub(crate) fn of_stance(stance: StanceValue) -> (&'static str, &'static str, &'static str) {
    match stance {
        StanceValue::Supports => ("supports", "+", "for"),
        StanceValue::Opposes => ("opposes", "−", "against"),
        StanceValue::Neutral => ("neutral", "~", "neutral on"),
        StanceValue::Mixed => ("mixed", "±", "both ways on"),
    }
}

/// The sign of a stance; what it means stands beside it in words.
pub(crate) fn sign(stance: Option<StanceValue>) -> Markup {
    match stance.map(of_stance) {
        Some((class, sign, _)) => {
            html! { span class={ "sign " (class) } aria-hidden="true" { (sign) } }
        }
        None => html! { span.sign.none aria-hidden="true" {} },
    }
}

/// Who said it, with links.
pub(crate) fn speaker(row: &SaidRow) -> Markup {
    match row.voice {
        Voice::Speakers => html! {
            @for (nth, one) in row.speaker.iter().enumerate() {
                @if nth > 0 { ", " }
                a href=(request::record(&one.id)) { (name(&one.name)) }
            }
        },
        Voice::Narrator => html! { "the narrator" },
        Voice::Unknown => html! { "an unknown speaker" },
    }
}

/// The words of a claim: a quotation in its marks, or else the annotator's in italics. Those of both have
/// the quotation.
pub(crate) fn say(quote: Option<&str>, content: Option<&str>) -> Markup {
    match (quote, content) {
        (Some(quote), _) => html! { "“" (name(quote)) "”" },
        (None, Some(content)) => html! { i { (name(content)) } },
        (None, None) => html! { span.muted { "no words" } },
    }
}

/// How a passage stands in its text: a mark and a word.
pub(crate) fn standing(level: Option<Level>) -> (&'static str, &'static str) {
    match level {
        Some(Level::Exact) => ("✓", "exact"),
        Some(Level::Folded) => ("≈", "folded"),
        Some(Level::Elided) => ("…", "elided"),
        Some(Level::Ambiguous) => ("!", "ambiguous"),
        Some(Level::Missing) => ("✗", "missing"),
        None => ("○", "not verified"),
    }
}

/// The same, where a passage is.
pub(crate) fn verified(row: &EvidenceRow) -> Markup {
    let (mark, word) = standing(row.verified);
    html! { span.ver { b aria-hidden="true" { (mark) } (word) } }
}

/// A text with some of its parts marked; spans are code points.
pub(crate) fn marked(text: &str, marks: &[Span]) -> Markup {
    let mut marks: Vec<Span> = marks
        .iter()
        .copied()
        .filter(|span| !span.is_empty())
        .collect();
    marks.sort_unstable();
    let letters: Vec<char> = text.chars().collect();
    let part = |from: usize, to: usize| {
        let to = to.min(letters.len());
        let all: String = letters[from.min(to)..to].iter().collect();
        shown_lines(&all)
    };
    let mut at = 0;
    let mut parts: Vec<(bool, String)> = Vec::new();
    for span in marks {
        let (start, end) = (span.start as usize, span.end as usize);
        if start > at {
            parts.push((false, part(at, start)));
        }
        if end > at {
            parts.push((true, part(start.max(at), end)));
            at = end;
        }
    }
    parts.push((false, part(at, letters.len())));
    html! {
        bdi {
            @for (is_marked, text) in &parts {
                @if *is_marked { mark { (text) } } @else { (text) }
            }
        }
    }
}

/// "714 days", "14 to 20 days".
pub(crate) fn days_between(days: Option<[i64; 2]>) -> String {
    match days {
        Some([least, most]) if least == most => {
            counted(usize::try_from(least).unwrap_or(0), "day", "days")
        }
        Some([least, most]) => format!("{least} to {most} days"),
        None => "later".to_owned(),
    }
}

/// The first letters of a text, and an ellipsis where there are more.
pub(crate) fn short(text: &str, most: usize) -> String {
    let mut letters = text.chars();
    let mut out: String = letters.by_ref().take(most).collect();
    if letters.next().is_some() {
        out.truncate(out.trim_end().len());
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_is_shown_never_run() {
        let hostile = "<script>alert(1)</script>\u{202e}\u{1b}[31m&\"'";
        for markup in [
            name(hostile),
            say(Some(hostile), None),
            say(None, Some(hostile)),
            marked(hostile, &[Span::new(0, 8)]),
            link(&Ref {
                id: hostile.into(),
                name: hostile.into(),
            }),
        ] {
            let html = markup.into_string();
            assert!(
                !html.contains("<script") && !html.contains('\u{202e}') && !html.contains('\u{1b}'),
                "{html}"
            );
        }
    }

    #[test]
    fn marks_may_overlap_and_lie_outside() {
        let marks = [
            Span::new(2, 4),
            Span::new(3, 5),
            Span::new(9, 40),
            Span::new(7, 7),
        ];
        assert_eq!(
            marked("abcdefghij", &marks).into_string(),
            "<bdi>ab<mark>cd</mark><mark>e</mark>fghi<mark>j</mark></bdi>"
        );
        assert_eq!(
            marked("ab", &[Span::new(5, 9)]).into_string(),
            "<bdi>ab<mark></mark></bdi>"
        );
    }

    #[test]
    fn numbers_have_their_thousands_apart() {
        assert_eq!(
            [number(0), number(999), number(1000), number(1_234_567)],
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(short("abc def", 4), "abc…");
    }
}
