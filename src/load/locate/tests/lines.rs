//! Lines and columns, compared with counting through the text.

use proptest::prelude::*;

use super::super::{LineIndex, Place};

/// Counts through the whole text.
fn count(text: &str, offset: usize) -> Place {
    let (mut line, mut column) = (1, 1);
    for (at, character) in text.char_indices() {
        let end_of_line = text[at..].starts_with("\r\n") && at + 1 == offset;
        if at + character.len_utf8() > offset || end_of_line {
            break;
        }
        match character {
            '\n' => (line, column) = (line + 1, 1),
            '\u{feff}' if at == 0 => {}
            _ => column += 1,
        }
    }
    Place { line, column }
}

fn check(text: &str) {
    let lines = LineIndex::new(text);
    assert_eq!(lines.line_count(), text.matches('\n').count() + 1);
    for offset in 0..text.len() + 3 {
        let place = lines.place(offset);
        assert_eq!(
            place,
            count(text, offset.min(text.len())),
            "{text:?} at {offset}"
        );
        let back = lines.offset(place).expect("a line");
        assert!(back <= offset.max(3) && text.is_char_boundary(back));
        assert_eq!(lines.place(back), place);
    }
    let numbered =
        (1..=lines.line_count()).map(|number| &text[lines.line(number).expect("a line")]);
    let marked = text.strip_prefix('\u{feff}').unwrap_or(text);
    let split: Vec<_> = marked.split('\n').collect();
    let last = split.len() - 1;
    let expected = split.iter().enumerate().map(|(number, line)| {
        if number < last {
            line.strip_suffix('\r').unwrap_or(line)
        } else {
            *line
        }
    });
    assert!(numbered.eq(expected), "{text:?}");
}

#[test]
fn columns_count_characters() {
    let text = "\u{feff}a\tя日😀b\r\n\r\nlast\rline";
    check(text);
    let lines = LineIndex::new(text);
    assert_eq!(lines.place(0), Place { line: 1, column: 1 });
    assert_eq!(
        lines.place(text.find('b').expect("b")),
        Place { line: 1, column: 6 }
    );
    assert_eq!(
        lines.place(text.len()),
        Place {
            line: 3,
            column: 10
        }
    );
    assert_eq!(
        lines.offset(Place {
            line: 1,
            column: 99
        }),
        text.find('\r')
    );
    assert_eq!(lines.offset(Place { line: 4, column: 1 }), None);
    assert_eq!(lines.line(0), None);
}

#[test]
fn long_lines_are_counted_from_marks_along_the_way() {
    for unit in ["a", "я", "日", "😀x", "aя日😀\n"] {
        for length in [1023, 1024, 1025, 2048, 3000] {
            let text: String = unit.chars().cycle().take(length).collect();
            let lines = LineIndex::new(&text);
            for (offset, _) in text.char_indices().step_by(97).chain([(text.len(), ' ')]) {
                assert_eq!(lines.place(offset), count(&text, offset));
                assert_eq!(lines.offset(lines.place(offset)), Some(offset));
            }
        }
    }
    // A look-up on one line of ten megabytes does not read the line.
    let text = "я".repeat(5_000_000);
    let lines = LineIndex::new(&text);
    for offset in (0..text.len()).step_by(1_000) {
        assert_eq!(lines.place(offset).column, offset / 2 + 1);
    }
}

proptest! {
    #[test]
    fn places_are_those_counted_by_hand(text in "\u{feff}?([a\t\n\r]|\r\n|я|日|😀|\u{feff}){0,40}") {
        check(&text);
    }
}
