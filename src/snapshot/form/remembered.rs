//! Lines of forms that were there before: taken apart by comparing, with no look at what they mean.

use super::{ASCII, FIRST, PLAIN, Values};

/// A form as the pieces between its holes. A line that has these pieces, and between them strings
/// without escapes, is of this form, with no need to look at what the pieces mean.
struct Pieces {
    form: String,
    /// What stands before each hole, and the column of the hole.
    holes: Vec<(String, usize)>,
    rest: String,
}

impl Pieces {
    /// Cuts a form; `None` where it has lists of objects of which some lack a key, or holes that
    /// are not for texts as they stand.
    fn of(form: &str, values: &Values) -> Option<Self> {
        let lacking = |column: &usize| values.items[*column].contains(&None);
        if values.used.iter().any(lacking) || form.contains(ASCII) {
            return None;
        }
        let (mut holes, mut rest) = (Vec::new(), form);
        while let Some(at) = rest.find(PLAIN) {
            let mut chars = rest[at..].chars();
            let (_, column) = (chars.next()?, chars.next()?);
            let column = u32::from(column).checked_sub(FIRST)? as usize;
            holes.push((rest[..at].to_owned(), column));
            rest = chars.as_str();
        }
        Some(Pieces {
            form: form.to_owned(),
            holes,
            rest: rest.to_owned(),
        })
    }

    fn fit(&self, line: &str, values: &mut Values) -> bool {
        let mut left = line;
        for (piece, column) in &self.holes {
            let Some(text) = left.strip_prefix(piece.as_str()) else {
                return false;
            };
            let bytes = text.as_bytes();
            let Some(end) = memchr::memchr2(b'"', b'\\', bytes) else {
                return false;
            };
            if bytes[end] != b'"' || bytes[..end].iter().any(|byte| *byte < b' ') {
                return false;
            }
            values.push(*column, &text[..end]);
            left = &text[end..];
        }
        left == self.rest
    }
}

/// How many forms of lines are remembered: facts of one maker have few.
const REMEMBERED: usize = 16;

/// The forms of the lines that came last, of one kind of record.
#[derive(Default)]
pub(in super::super) struct Forms {
    /// The one that fitted last comes first.
    recent: Vec<Pieces>,
}

impl Forms {
    /// Takes a record in JSON apart as [`split`] does, where its form is one of those remembered:
    /// this form.
    pub(in super::super) fn split(
        &mut self,
        line: &str,
        columns: usize,
        values: &mut Values,
    ) -> Option<&str> {
        let fitting = self.recent.iter().position(|pieces| {
            values.clear(columns);
            pieces.fit(line, values)
        })?;
        self.recent[..=fitting].rotate_right(1);
        Some(&self.recent[0].form)
    }

    /// Remembers the form of a line that was taken apart, and can be put together again.
    pub(in super::super) fn remember(&mut self, form: &str, values: &Values) {
        if let Some(pieces) = Pieces::of(form, values) {
            self.recent.truncate(REMEMBERED - 1);
            self.recent.insert(0, pieces);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::columns::Columns;
    use super::super::split;
    use super::*;
    use crate::model::RecordKind;

    #[test]
    fn a_remembered_form_gives_what_taking_apart_gives() {
        let columns = Columns::of(RecordKind::Claim);
        let lines = [
            r#"{"id":"c1","speaker":["a","b"],"said":"2023","x_n":{"id":[1,"]}"]}}"#,
            r#"{"id":"c2","speaker":["a","c"],"said":"2024","x_n":{"id":[1,"]}"]}}"#,
            r#"{"id":"c2","speaker":["a"],"said":"2024","x_n":{"id":[1,"]}"]}}"#,
            r#"{"id":"c2","speaker":["a","c"],"said":"2024","x_n":{"id":[2,"]}"]}}"#,
            "{\"id\":\"c\t\",\"speaker\":[\"a\",\"c\"],\"said\":\"2024\",\"x_n\":{\"id\":[1,\"]}\"]}}",
            r#"{"id":"c2","speaker":["a","\"c"],"said":"2024","x_n":{"id":[1,"]}"]}}"#,
            r#"{"id":"","speaker":["a","c"],"said":"2024","x_n":{"id":[1,"]}"]}} "#,
            r#"{"id":"","speaker":["","Київ"],"said":"","x_n":{"id":[1,"]}"]}}"#,
            r#"{"stance":[{"value":"opposes"},{"toward":"t","value":"supports"}]}"#,
            r#"{"stance":[{"value":"mixed"},{"toward":"u","value":"supports"}]}"#,
        ];
        let (mut form, mut values, mut forms) =
            (String::new(), Values::default(), Forms::default());
        let told = |values: &Values| {
            let all = (0..columns.all.len()).map(|column| {
                let items = values.of(column);
                items
                    .map(|item| item.map(str::to_owned))
                    .collect::<Vec<_>>()
            });
            all.collect::<Vec<_>>()
        };
        let mut remembered = 0;
        for line in lines {
            let again = forms.split(line, columns.all.len(), &mut values);
            let again = again.map(str::to_owned).map(|form| (form, told(&values)));
            assert!(split(line, &columns, &mut form, &mut values).is_some());
            if let Some(again) = again {
                assert_eq!(again, (form.clone(), told(&values)), "{line}");
                remembered += 1;
            }
            forms.remember(&form, &values);
        }
        assert_eq!(remembered, 2);
    }
}
