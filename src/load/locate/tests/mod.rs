mod inside;
mod json;
mod lines;
mod random_json;
mod random_yaml;
mod yaml;

use std::ops::Range;

use super::inside::{Decoded, next_piece};
use super::{Form, Found, Step, inside_string};

/// Decodes the inside of a scalar by the pieces that places are worked out from.
fn decode(written: &str, form: Form) -> Option<String> {
    let mut decoded = String::new();
    let mut at = 0;
    while at < written.len() {
        let piece = next_piece(&written[at..], form)?;
        match piece.decoded {
            Decoded::Same => decoded.push_str(&written[at..at + piece.written]),
            Decoded::Character(character) => decoded.push(character),
            Decoded::LineFeeds(number) => decoded.push_str(&"\n".repeat(number)),
        }
        at += piece.written;
    }
    Some(decoded)
}

/// The source of each part of a text decodes to that part.
fn check_inside(text: &str, found: &Found, decoded: &str) {
    let quote = usize::from(found.form != Form::Plain);
    let inside = found.value.start + quote..found.value.end - quote;
    assert_eq!(
        decode(&text[inside], found.form).as_deref(),
        Some(decoded),
        "{text:?}"
    );
    let mut places: Vec<usize> = decoded.char_indices().map(|(at, _)| at).collect();
    places.push(decoded.len());
    for (number, &start) in places.iter().enumerate() {
        for &end in places[number + 1..].iter().take(3) {
            let part = inside_string(text, found, start..end);
            let again = decode(&text[part.clone()], found.form).expect("a part decodes");
            let wanted = &decoded[start..end];
            // Several line breaks are one piece.
            assert!(
                again == wanted || decoded.contains("\n\n") && again.contains(wanted),
                "{text:?} {start}..{end} is {again:?}"
            );
        }
        let Range { start, end } = inside_string(text, found, start..start);
        assert!(found.value.start <= start && end <= found.value.end);
        assert!(start == end || decoded.is_empty(), "{text:?}");
    }
    let beyond = decoded.len() + 1;
    assert_eq!(inside_string(text, found, 0..beyond), found.value);
}

/// A step that owns its name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum OwnedStep {
    Key(String, usize),
    Index(usize),
}

fn steps(path: &[OwnedStep]) -> Vec<Step<'_>> {
    path.iter()
        .map(|step| match step {
            OwnedStep::Key(name, nth) => Step::Key { name, nth: *nth },
            OwnedStep::Index(index) => Step::Index(*index),
        })
        .collect()
}
