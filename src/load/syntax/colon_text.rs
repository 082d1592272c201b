//! A text of YAML without quotation marks that holds a colon: `title: Nordhaus: no offer`.

use std::ops::Range;

use annals_model::{RecordKind, Vocabulary as _};

/// The whole text around a colon that cannot stand in it, after the key whose value it is; `None` where
/// it cannot be told apart from what stands around it.
pub(crate) fn of(text: &str, colon: usize) -> Option<Range<usize>> {
    let before = text.get(..colon)?;
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = &before[line..];
    let key_end = before.rfind(": ")?;
    let key = before[..key_end].rsplit([' ', '\t', '{', ',']).next()?;
    if !is_field(key) {
        return None;
    }
    let value = &before[key_end + 2..];
    let start = line + key_end + 2 + (value.len() - value.trim_start().len());
    let rest = text.get(start..)?;
    let rest = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let opened = before.matches(['{', '[']).count();
    let is_flow = opened > before.matches(['}', ']']).count();
    let after = colon - start;
    let end = if is_flow {
        end_in_brackets(rest, after)?
    } else {
        rest.find(" #").unwrap_or(rest.len())
    };
    let whole = rest.get(..end)?.trim_end();
    let is_plain = !whole.contains(['"', '\\', '{', '}', '[', ']']) && !whole.starts_with('\'');
    (is_plain && whole.len() > after).then(|| start..start + whole.len())
}

/// Where a text within brackets ends: at the next field, or at the bracket.
fn end_in_brackets(rest: &str, after: usize) -> Option<usize> {
    let mut at = after;
    loop {
        let next = at + rest.get(at..)?.find([',', '}', ']'])?;
        let then = rest[next + 1..].trim_start();
        let key = then.split_once(':').map(|(key, _)| key);
        if !rest[next..].starts_with(',') || key.is_some_and(is_field) {
            return Some(next);
        }
        at = next + 1;
    }
}

/// Whether a word is a field of some record or of an object in one.
fn is_field(word: &str) -> bool {
    const OF_OBJECTS: [&str; 6] = ["toward", "value", "document", "display", "reason", "edtf"];
    let mut kinds = RecordKind::ALL.iter();
    OF_OBJECTS.contains(&word) || kinds.any(|kind| kind.fields().any(|field| field.name == word))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_whole_text_is_found() {
        let whole = |text: &str| {
            let colon = text.rfind(": ").unwrap();
            of(text, colon).map(|range| text[range].to_owned())
        };
        for (text, found) in [
            (
                "  - title: Nordhaus: no offer\n  - x",
                Some("Nordhaus: no offer"),
            ),
            ("label: Talks: day two # note", Some("Talks: day two")),
            (
                "- {id: d1, title: Nordhaus: no offer, yet}",
                Some("Nordhaus: no offer, yet"),
            ),
            ("odd: Nordhaus: no offer", None),
            ("title: \"Nordhaus\": no offer", None),
        ] {
            assert_eq!(whole(text).as_deref(), found, "{text}");
        }
        let text = "- {quote: He said: no, kind: report}";
        let colon = text.find(": no").unwrap();
        assert_eq!(
            of(text, colon).map(|range| &text[range]),
            Some("He said: no")
        );
    }
}
