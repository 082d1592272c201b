//! Makes the record of a line from its form and its texts, without reproducing the line.

use std::sync::Arc;

use super::{ASCII, FIRST, PLAIN};
use annals_load::{LineContent, RecordTemplate, TemplatedRecord};

/// A form whose records are put together.
#[derive(Debug)]
pub(in super::super) struct RecordForm {
    template: Arc<RecordTemplate>,
    /// The column of each text, and how it is escaped.
    holes: Vec<(usize, char)>,
    /// How many bytes of white space stand before the record.
    leading: usize,
    /// How many characters the record has besides its texts, and how many bytes.
    len: Len,
}

/// How long something is as it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Len {
    characters: usize,
    bytes: usize,
}

impl Len {
    fn add(&mut self, characters: usize, bytes: usize) {
        self.characters += characters;
        self.bytes += bytes;
    }
}

/// The texts of a record that is put together.
#[derive(Debug, Default)]
pub(in super::super) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl RecordForm {
    /// Reads a form. `None` where it is not that of an object, so that its lines are put together and
    /// read as they are.
    pub(in super::super) fn read(form: &str) -> Option<Self> {
        let record = form.trim_ascii_start();
        let leading = form.len() - record.len();
        let mut rest = record.trim_ascii_end();
        if !rest.starts_with('{') {
            return None;
        }
        let (mut json, mut starts, mut holes) = (String::new(), Vec::new(), Vec::new());
        let mut len = Len::default();
        while let Some(at) = rest.find([PLAIN, ASCII]) {
            len.add(rest[..at].chars().count(), at);
            json.push_str(&rest[..at]);
            let mut chars = rest[at..].chars();
            let (hole, column) = (chars.next()?, chars.next()?);
            holes.push((u32::from(column).checked_sub(FIRST)? as usize, hole));
            // Any text stands for those that come.
            starts.push(json.len());
            json.push('-');
            rest = chars.as_str();
        }
        len.add(rest.chars().count(), rest.len());
        json.push_str(rest);
        Some(RecordForm {
            template: Arc::new(RecordTemplate::parse(&json, &starts)?),
            holes,
            leading,
            len,
        })
    }

    /// How many bytes of white space stand before a record, and how many characters that has: `next` gives
    /// the next text of a column. `None` where the form asks for what is not there.
    pub(in super::super) fn extent<'v>(
        &self,
        mut next: impl FnMut(usize) -> Option<&'v str>,
    ) -> Option<(usize, usize)> {
        let mut len = self.len;
        for (column, hole) in &self.holes {
            add_escaped(next(*column)?, *hole, &mut len);
        }
        Some((self.leading, len.characters))
    }

    /// Puts a record together: `next` gives the next text of a column. `None` where the form asks for
    /// what is not there.
    pub(in super::super) fn record<'v>(
        &self,
        mut next: impl FnMut(usize) -> Option<&'v str>,
        texts: &mut Texts,
    ) -> Option<LineContent> {
        texts.text.clear();
        texts.ends.clear();
        let mut len = self.len;
        for (column, hole) in &self.holes {
            let text = next(*column)?;
            add_escaped(text, *hole, &mut len);
            texts.text.push_str(text);
            texts.ends.push(texts.text.len());
        }
        Some(LineContent::Record {
            record: TemplatedRecord::new(&self.template, &texts.text, &texts.ends)?,
            leading: self.leading,
            characters: len.characters,
            bytes: len.bytes,
        })
    }
}

/// Adds the length of a text as it stands between the quotes of a string of JSON.
fn add_escaped(text: &str, hole: char, len: &mut Len) {
    // Each byte is looked at, whatever those before it are: then many are at once.
    let as_is = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().fold(true, |all, byte| all & as_is(byte)) && (hole == PLAIN || text.is_ascii())
    {
        return len.add(text.chars().count(), text.len());
    }
    for c in text.chars() {
        match c {
            '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => len.add(2, 2),
            c if c >= ' ' && (hole == PLAIN || c.is_ascii()) => len.add(1, c.len_utf8()),
            c => len.add(6 * c.len_utf16(), 6 * c.len_utf16()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::columns::Columns;
    use super::super::{Values, escape, join, split};
    use super::*;
    use annals_model::RecordKind;
    use proptest::prelude::*;

    /// The next text of each column, one after the other.
    fn nexts<'v>(values: &'v Values, columns: usize) -> impl FnMut(usize) -> Option<&'v str> {
        let mut taken = vec![0; columns];
        move |column| {
            let text = values.of(column).flatten().nth(taken[column]);
            taken[column] += 1;
            text
        }
    }

    #[test]
    fn what_is_no_object_is_left_to_the_line() {
        for form in [
            "",
            "\u{feff}{}",
            "[]",
            "{\"id\":\u{1}1}",
            "{\"id\":\"a\u{1}1\"}",
        ] {
            assert!(RecordForm::read(form).is_none(), "{form:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_as_long_as_it_is_written(text in "[ -~\u{1}-\u{1f}\u{7f}-\u{7ff}😀]{0,20}") {
            for hole in [PLAIN, ASCII] {
                let mut out = String::new();
                escape(&text, hole, &mut out);
                let mut len = Len::default();
                add_escaped(&text, hole, &mut len);
                prop_assert_eq!((len.characters, len.bytes), (out.chars().count(), out.len()));
            }
        }

        /// What stands in a line is what its record says, and it stands where it does.
        #[test]
        fn a_record_is_that_of_its_line(
            text in "[ -~\\n\u{80}-\u{7ff}]{0,8}",
            said in prop::collection::vec("[a-z\"]{0,3}", 0..3),
            number: f64,
            space in "[ \t]{0,2}",
            ascii: bool,
        ) {
            let value = serde_json::json!({
                "type": "claim", "id": "c1", "quote": text, "speaker": said, "x_n": [number, text],
                "stance": [{"toward": text}, {"value": "supports"}], "evidence": {"document": text},
            });
            let mut line = format!("{space}{value}{space}");
            if ascii {
                line = line.chars().map(|c| match c {
                    c if c.is_ascii() => c.to_string(),
                    c => format!("\\u{:04x}", u32::from(c)),
                }).collect();
            }
            let columns = Columns::of(RecordKind::Claim);
            let (mut form, mut values) = (String::new(), Values::default());
            prop_assert!(split(&line, &columns, &mut form, &mut values).is_some());
            let count = columns.all.len();
            let mut joined = String::new();
            join(&form, nexts(&values, count), &mut joined).unwrap();
            prop_assert_eq!(&joined, &line);
            let form = RecordForm::read(&form).unwrap();
            let content = form.record(nexts(&values, count), &mut Texts::default()).unwrap();
            let extent = form.extent(nexts(&values, count));
            prop_assert_eq!(extent, Some((content.leading(), content.characters())));
            let LineContent::Record { record, leading, characters, bytes } = content else {
                panic!("not a record");
            };
            prop_assert_eq!(leading, space.len());
            prop_assert_eq!(characters, line.trim_ascii().chars().count());
            prop_assert_eq!(bytes, line.trim_ascii().len());
            let told: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(record.to_json(), told);
        }
    }
}
