//! Code points, bytes, lines and columns.

use proptest::prelude::*;

use super::text;
use crate::{LineColumn, Span};

#[test]
fn lines_end_in_any_of_three_ways() {
    let text = text("ab\r\ncд\re\n");
    let at = |code_point| {
        let LineColumn { line, column } = text.line_column(code_point);
        (line, column)
    };
    assert_eq!(at(0), (1, 1));
    assert_eq!(at(3), (1, 4));
    assert_eq!(at(5), (2, 2));
    assert_eq!(at(7), (3, 1));
    assert_eq!(at(9), (4, 1));
    assert_eq!(at(u32::MAX), (4, 1));
}

#[test]
fn spans_are_written_as_pairs() {
    assert_eq!(serde_json::to_string(&Span::new(2, 5)).unwrap(), "[2,5]");
}

proptest! {
    #[test]
    fn code_points_and_bytes_agree(words in "[a-cäд𝔸\r\n]{0,900}", start in 0u32..900, length in 0u32..900) {
        let text = text(&words);
        let count = words.chars().count() as u32;
        prop_assert_eq!(text.len(), count);
        let span = Span::new(start, start + length);
        let naive: String = words.chars().skip(start as usize).take(length as usize).collect();
        if span.end <= count {
            prop_assert_eq!(text.slice(span), Some(naive.as_str()));
            let bytes = text.byte_range(span).unwrap();
            prop_assert_eq!(text.span_of_bytes(bytes), span);
        } else {
            prop_assert_eq!(text.slice(span), None);
        }
    }

    #[test]
    fn bytes_are_widened_to_characters(words in "[aäд𝔸]{0,40}", start in 0usize..200, length in 0usize..50) {
        let text = text(&words);
        let span = text.span_of_bytes(start..start + length);
        prop_assert!(span.end <= text.len());
        let bytes = text.byte_range(span).unwrap();
        prop_assert!(bytes.start <= start && bytes.end >= (start + length).min(words.len()));
    }
}
