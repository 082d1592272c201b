//! Comparing with spans, and looking within a passage.

use super::text;
use crate::{AtSpans, Level, Span};

fn stands(level: Level, spans: &[Span]) -> AtSpans {
    AtSpans::Stands {
        level,
        spans: spans.to_vec(),
    }
}

#[test]
fn the_words_at_a_span_are_the_quote_no_more_and_no_less() {
    let text = text("He said “no”. He meant it.");
    let span = [Span::new(8, 12)];
    assert_eq!(text.at("“no”", &span), stands(Level::Exact, &span));
    assert_eq!(text.at("\"no\"", &span), stands(Level::Folded, &span));
    assert_eq!(
        text.at("said", &span),
        AtSpans::Mismatch {
            stands: "“no”".to_string(),
            elsewhere: vec![Span::new(3, 7)],
        }
    );
    assert!(matches!(text.at("no", &span), AtSpans::Mismatch { .. }));
}

#[test]
fn a_span_says_which_of_two_places() {
    let text = text("no no");
    let second = [Span::new(3, 5)];
    assert_eq!(text.at("no", &second), stands(Level::Exact, &second));
}

#[test]
fn faulty_spans_are_named() {
    let text = text("We shall never yield");
    let span = Span::new;
    let at = |spans: &[Span]| text.at("We", spans);
    assert_eq!(
        at(&[span(0, 2), span(3, 99)]),
        AtSpans::OutOfText { index: 1, len: 20 }
    );
    assert_eq!(at(&[span(2, 0)]), AtSpans::Reversed { index: 0 });
    assert_eq!(at(&[span(2, 2)]), AtSpans::Reversed { index: 0 });
    assert_eq!(
        at(&[span(3, 8), span(0, 2)]),
        AtSpans::OutOfOrder { index: 1 }
    );
    assert_eq!(
        at(&[span(0, 5), span(4, 8)]),
        AtSpans::OutOfOrder { index: 1 }
    );
    assert!(matches!(at(&[]), AtSpans::Mismatch { .. }));
}

#[test]
fn a_gap_must_be_shown() {
    let text = text("We shall, of course,\nnever yield.");
    let spans = [Span::new(0, 8), Span::new(21, 32)];
    assert_eq!(
        text.at("We shall [...] never yield", &spans),
        stands(Level::Elided, &spans)
    );
    assert_eq!(
        text.at("We shall never yield", &spans),
        AtSpans::Mismatch {
            stands: "We shall … never yield".to_string(),
            elsewhere: Vec::new(),
        }
    );
    // One span for each line: only line breaks are left out, so no ellipsis is needed.
    let lines = [Span::new(10, 20), Span::new(21, 32)];
    assert_eq!(
        text.at("of course, never yield", &lines),
        stands(Level::Folded, &lines)
    );
}

#[test]
fn elided_parts_may_stand_within_wider_spans() {
    let text = text("We shall, of course, never yield. Never.");
    assert_eq!(
        text.at("shall … yield", &[Span::new(0, 33)]),
        stands(Level::Elided, &[Span::new(3, 8), Span::new(27, 32)])
    );
    assert!(matches!(
        text.at("shall … Never", &[Span::new(0, 33)]),
        AtSpans::Mismatch { .. }
    ));
}

#[test]
fn a_span_does_not_cut_an_accent_off() {
    let text = text("cafe\u{301} noir");
    assert_eq!(
        text.at("cafe", &[Span::new(0, 4)]),
        AtSpans::Mismatch {
            stands: "cafe\u{301}".to_string(),
            elsewhere: Vec::new(),
        }
    );
    let span = [Span::new(0, 5)];
    assert_eq!(text.at("café", &span), stands(Level::Folded, &span));
}

#[test]
fn within_a_passage_the_first_place_is_taken() {
    let text = text("no. He said no, and no again. no");
    let passage = [Span::new(4, 29)];
    let found = text.find_within("no", &passage);
    assert_eq!(found.level, Level::Exact);
    assert_eq!(found.spans, vec![Span::new(12, 14)]);
    assert_eq!(found.others, vec![Span::new(20, 22)]);
    assert_eq!(text.find_within("No", &passage).level, Level::Missing);
}

#[test]
fn a_quote_does_not_run_over_a_gap_of_its_passage() {
    let text = text("We shall, of course, never yield.");
    let passage = [Span::new(21, 32), Span::new(0, 8)];
    assert_eq!(
        text.find_within("shall, of course, never", &passage).level,
        Level::Missing
    );
    let found = text.find_within("shall … never", &passage);
    assert_eq!(found.level, Level::Elided);
    assert_eq!(found.spans, vec![Span::new(3, 8), Span::new(21, 26)]);
    assert_eq!(
        text.find_within("never … shall", &passage).level,
        Level::Missing
    );
}

#[test]
fn a_passage_out_of_the_text_shows_nothing() {
    let text = text("never");
    let beyond = [Span::new(9, 12), Span::new(4, 2)];
    assert_eq!(text.find_within("never", &beyond).level, Level::Missing);
    assert_eq!(
        text.find_within("never", &[Span::new(0, u32::MAX)]).level,
        Level::Exact
    );
    assert_eq!(text.find_within("never", &[]).level, Level::Missing);
}

#[test]
fn a_folded_quote_stays_within_its_passage() {
    // The passage ends between the line and its break, or inside a ligature.
    let text = text("one “two”\n– three ﬁve");
    let found = text.find_within("\"two\"", &[Span::new(4, 9)]);
    assert_eq!(found.spans, vec![Span::new(4, 9)]);
    assert_eq!(
        text.find_within("\"two\" -", &[Span::new(4, 10)]).level,
        Level::Missing
    );
}

#[test]
fn elided_parts_are_as_near_as_can_be() {
    let text = text("I say yes. I say no. I mean no.");
    let found = text.find("I say … no");
    assert_eq!(found.spans, vec![Span::new(11, 16), Span::new(17, 19)]);
    assert_eq!(found.occurrences, 1);
}
