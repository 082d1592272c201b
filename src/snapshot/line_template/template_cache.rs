//! A cache of forms: a line with a known form is split by comparing bytes, without parsing it.

use super::{ASCII, FIRST, PLAIN, Values};

/// What can stand next in a line.
struct Piece {
    text: Box<str>,
    then: Then,
}

/// What comes after a piece.
enum Then {
    /// A hole for a text, and the state after it.
    Hole(Hole, usize),
    /// Nothing: the line is of this form. These columns have items that are missing, so many each,
    /// after those that are there.
    End(Box<str>, Box<[(usize, usize)]>),
}

/// A hole for a text of a column, before which so many items of it are missing: those of objects that
/// lack a key.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Hole {
    column: usize,
    missing: usize,
}

/// At most so many pieces can stand next; those that fitted last come first.
const AT_ONCE: usize = 16;
/// So many states are remembered: facts of one maker have few.
const STATES: usize = 1 << 12;

/// The forms of lines that came before, of one kind of record: a tree of the pieces between their
/// holes. A line that has the pieces of a way through it, and between them strings without escapes, is
/// of the form at its end, with no need to look at what the pieces mean.
#[derive(Default)]
pub(in super::super) struct Forms {
    /// What can stand next; a line begins at the first state.
    states: Vec<Vec<Piece>>,
}

impl Forms {
    /// Takes a record in JSON apart as [`split`](super::split) does, where its form is one of those
    /// remembered: this form. Where it is none, the values are of no use.
    pub(in super::super) fn split(
        &mut self,
        line: &str,
        columns: usize,
        values: &mut Values,
    ) -> Option<&str> {
        values.clear(columns);
        values.text.push_str(line);
        let line = line.as_bytes();
        let (mut at, mut state) = (0, 0);
        loop {
            let pieces = self.states.get_mut(state)?;
            let rest = &line[at..];
            let nth = pieces.iter().position(|piece| match piece.then {
                Then::Hole(..) => rest.starts_with(piece.text.as_bytes()),
                Then::End(..) => rest == piece.text.as_bytes(),
            })?;
            let nth = if nth > 0 {
                pieces.swap(nth - 1, nth);
                nth - 1
            } else {
                nth
            };
            let piece = &pieces[nth];
            let Then::Hole(hole, next) = piece.then else {
                break self.end(state, nth, values);
            };
            at += piece.text.len();
            let end = at + end_of_text(&line[at..])?;
            (0..hole.missing).for_each(|_| values.put(hole.column, None));
            values.put(hole.column, Some((at, end)));
            (at, state) = (end, next);
        }
    }

    fn end(&self, state: usize, nth: usize, values: &mut Values) -> Option<&str> {
        let Then::End(form, missing) = &self.states.get(state)?.get(nth)?.then else {
            return None;
        };
        for (column, missing) in missing {
            (0..*missing).for_each(|_| values.put(*column, None));
        }
        Some(form)
    }

    /// Remembers the form of a line that was taken apart, and can be put together again; but none with
    /// holes that are not for texts as they stand.
    pub(in super::super) fn remember(&mut self, form: &str, values: &Values) {
        if form.contains(ASCII) {
            return;
        }
        let holes = form.matches(PLAIN).count();
        if self.states.is_empty() || self.states.len() + holes > STATES {
            self.states = vec![Vec::new()];
        }
        let mut taken = vec![0; values.items.len()];
        let (mut rest, mut state) = (form, 0);
        while let Some(at) = rest.find(PLAIN) {
            let mut chars = rest[at..].chars();
            let (_, column) = (chars.next(), chars.next());
            let column = column.and_then(|column| u32::from(column).checked_sub(FIRST));
            let Some(column) = column.map(|column| column as usize) else {
                return;
            };
            let Some(items) = values.items.get(column) else {
                return;
            };
            let left = items[taken[column]..].iter();
            let missing = left.take_while(|item| item.is_none()).count();
            taken[column] = items.len().min(taken[column] + missing + 1);
            state = self.after(state, &rest[..at], Hole { column, missing });
            rest = chars.as_str();
        }
        let used = values.used.iter();
        let missing = used.map(|column| (*column, values.items[*column].len() - taken[*column]));
        let missing = missing.filter(|(_, missing)| *missing > 0).collect();
        self.add(state, rest, Then::End(form.into(), missing));
    }

    /// The state after a piece and a hole.
    fn after(&mut self, state: usize, text: &str, hole: Hole) -> usize {
        let next = self.states.len();
        let known = self.states[state]
            .iter()
            .find_map(|piece| match piece.then {
                Then::Hole(of, next) if of == hole && *piece.text == *text => Some(next),
                _ => None,
            });
        known.unwrap_or_else(|| {
            self.states.push(Vec::new());
            self.add(state, text, Then::Hole(hole, next));
            next
        })
    }

    fn add(&mut self, state: usize, text: &str, then: Then) {
        let pieces = &mut self.states[state];
        pieces.truncate(AT_ONCE - 1);
        let text = text.into();
        pieces.insert(0, Piece { text, then });
    }
}

/// Where a string without escapes ends; `None` where it has some, or has none of the ends.
fn end_of_text(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memchr2(b'"', b'\\', bytes)?;
    // No escape may stand as it is, either.
    let least = bytes[..end]
        .iter()
        .fold(u8::MAX, |least, byte| least.min(*byte));
    (bytes[end] == b'"' && least >= b' ').then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::super::columns::Columns;
    use super::super::split;
    use super::*;
    use annals_model::RecordKind;

    const LINES: [&str; 17] = [
        r#"{"id":"c1","speaker":["a","b"],"said":"2023","x_n":{"id":[1,"]}"]}}"#,
        r#"{"id":"c2","speaker":["a","c"],"said":"2024","x_n":{"id":[1,"]}"]}}"#,
        r#"{"id":"c2","speaker":["a"],"said":"2024","x_n":{"id":[1,"]}"]}}"#,
        r#"{"id":"c3","speaker":["b"],"said":"2025","x_n":{"id":[1,"]}"]}}"#,
        r#"{"id":"c2","speaker":["a","c"],"said":"2024","x_n":{"id":[2,"]}"]}}"#,
        "{\"id\":\"c\t\",\"speaker\":[\"a\",\"c\"],\"said\":\"2024\",\"x_n\":{\"id\":[1,\"]}\"]}}",
        r#"{"id":"c2","speaker":["a","\"c"],"said":"2024","x_n":{"id":[1,"]}"]}}"#,
        r#"{"id":"","speaker":["a","c"],"said":"2024","x_n":{"id":[1,"]}"]}} "#,
        r#"{"id":"","speaker":["","Київ"],"said":"","x_n":{"id":[1,"]}"]}}"#,
        r#"{"stance":[{"value":"opposes"},{"toward":"t","value":"supports"}]}"#,
        r#"{"stance":[{"value":"mixed"},{"toward":"u","value":"supports"}]}"#,
        r#"{"stance":[{"value":"mixed"},{"toward":"u"}]}"#,
        r#"{"stance":[{"value":"opposes"},{"toward":"w"}]}"#,
        r#"{"evidence":[{"document":"d"},{},{"document":"e","quote":"q"},{"document":"f"},{}]}"#,
        r#"{"evidence":[{"document":"d"},{},{"document":"e","quote":"q"},{"document":"f"}]}"#,
        r#"{"evidence":[{"document":"g"},{},{"document":"","quote":"?"},{"document":"d"},{}]}"#,
        r#"{"id":"c1","speaker":["a","b"],"said":"2023","x_n":{"id":[1,"]}"]}}"#,
    ];

    fn told(values: &Values, columns: &Columns) -> Vec<Vec<Option<String>>> {
        let all = (0..columns.all.len()).map(|column| {
            let items = values.of(column);
            items.map(|item| item.map(str::to_owned)).collect()
        });
        all.collect()
    }

    #[test]
    fn a_remembered_form_gives_what_taking_apart_gives() {
        let columns = Columns::of(RecordKind::Claim);
        let (mut form, mut values, mut forms) =
            (String::new(), Values::default(), Forms::default());
        let mut remembered = 0;
        for line in LINES {
            let again = forms.split(line, columns.all.len(), &mut values);
            let again = again.map(str::to_owned);
            let again = again.map(|form| (form, told(&values, &columns)));
            assert!(split(line, &columns, &mut form, &mut values).is_some());
            if let Some(again) = again {
                assert_eq!(again, (form.clone(), told(&values, &columns)), "{line}");
                remembered += 1;
            } else {
                forms.remember(&form, &values);
            }
        }
        assert_eq!(remembered, 7);
    }

    #[test]
    fn so_many_forms_are_remembered_and_no_more() {
        let columns = Columns::of(RecordKind::Claim);
        let (mut form, mut values, mut forms) =
            (String::new(), Values::default(), Forms::default());
        let line = |nth: usize| format!(r#"{{"x_n":{nth},"id":"c","said":"2024","quote":"q"}}"#);
        for nth in 0..5000 {
            let line = line(nth);
            assert!(forms.split(&line, columns.all.len(), &mut values).is_none());
            assert!(split(&line, &columns, &mut form, &mut values).is_some());
            forms.remember(&form, &values);
            assert!(forms.split(&line, columns.all.len(), &mut values).is_some());
            assert!(forms.states.len() <= STATES);
            assert!(forms.states.iter().all(|pieces| pieces.len() <= AT_ONCE));
        }
    }
}
