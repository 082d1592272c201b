//! Records that a snapshot stores as a template and the texts that fill its holes. The tape is
//! filled from these two directly, without writing or parsing JSON.

use std::borrow::Cow;
use std::sync::Arc;

use super::tape::{Item, Tape, View};

/// The values of a record, with holes for some of its texts. Many records have the same.
#[derive(Debug)]
pub struct RecordTemplate {
    items: Vec<TemplateItem>,
    holes: usize,
}

#[derive(Debug)]
enum TemplateItem {
    Fixed(Item<'static>),
    Hole,
}

impl RecordTemplate {
    /// Reads a template out of a record in JSON. The holes are the strings whose insides begin at these
    /// bytes, in order. `None` where the text is no JSON, or has no such strings.
    pub fn parse(json: &str, holes: &[usize]) -> Option<Self> {
        let mut tape = Tape::default();
        if tape.read_plain(json).is_none() {
            let mut reader = serde_json::Deserializer::from_str(json);
            tape.read(&mut reader).ok()?;
            reader.end().ok()?;
        }
        let mut left = holes;
        let items = tape.into_items().map(|item| {
            let Item::Str(Cow::Borrowed(text)) = item else {
                return TemplateItem::Fixed(item.into_owned());
            };
            let at = (text.as_ptr() as usize).wrapping_sub(json.as_ptr() as usize);
            match left.split_first() {
                Some((hole, rest)) if *hole == at => {
                    left = rest;
                    TemplateItem::Hole
                }
                _ => TemplateItem::Fixed(Item::Str(Cow::Owned(text.to_owned()))),
            }
        });
        let items: Vec<TemplateItem> = items.collect();
        left.is_empty().then_some(RecordTemplate {
            items,
            holes: holes.len(),
        })
    }
}

/// A record: a template, and the texts for its holes.
#[derive(Debug, Clone)]
pub struct TemplatedRecord {
    template: Arc<RecordTemplate>,
    texts: Box<str>,
    /// Where each text ends.
    ends: Box<[usize]>,
}

impl TemplatedRecord {
    /// A record of these texts, one after the other: `ends` says where each ends. `None` where these
    /// are not as many as the template has holes.
    pub fn new(template: &Arc<RecordTemplate>, texts: &str, ends: &[usize]) -> Option<Self> {
        let are_texts = ends.is_sorted() && ends.iter().all(|end| texts.is_char_boundary(*end));
        (are_texts && ends.len() == template.holes).then(|| TemplatedRecord {
            template: Arc::clone(template),
            texts: texts.into(),
            ends: ends.into(),
        })
    }

    /// The record as JSON.
    pub fn to_json(&self) -> serde_json::Value {
        self.fill(&mut Tape::default()).to_json()
    }

    /// Puts the record on the tape, in place of what was there.
    pub(crate) fn fill<'t, 'a>(&'a self, tape: &'t mut Tape<'a>) -> View<'t, 'a> {
        let (mut start, mut ends) = (0, self.ends.iter());
        tape.fill(self.template.items.iter().map(|item| match item {
            TemplateItem::Fixed(item) => item.borrowed(),
            TemplateItem::Hole => {
                let end = ends.next().copied().unwrap_or(start);
                let text = self.texts.get(start..end).unwrap_or_default();
                start = end;
                Item::Str(Cow::Borrowed(text))
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_its_template_with_its_texts() {
        let json =
            r#"{"id":"-","x_n":{"-":["-",1.5,"\u0001"]},"said":"-","on":null,"n":[true,-7]}"#;
        let holes: Vec<usize> = [r#":"-""#, r#"["-""#, r#"said":"-""#]
            .iter()
            .map(|before| json.find(before).unwrap() + before.len() - 2)
            .collect();
        let template = Arc::new(RecordTemplate::parse(json, &holes).unwrap());
        assert!(TemplatedRecord::new(&template, "c1", &[2]).is_none());
        let record = TemplatedRecord::new(&template, "c1\"é2023", &[2, 5, 9]).unwrap();
        let mut tape = Tape::default();
        let told = record.fill(&mut tape).to_json();
        let as_read: serde_json::Value = serde_json::from_str(
            r#"{"id":"c1","x_n":{"-":["\"é",1.5,"\u0001"]},"said":"2023","on":null,"n":[true,-7]}"#,
        )
        .unwrap();
        assert_eq!(told, as_read);
    }

    #[test]
    fn what_is_no_template_is_none() {
        for (json, holes) in [
            ("{\"id\":", &[7_usize][..]),
            ("{\"id\":\"-\"} x", &[7]),
            ("{\"id\":\"-\"}", &[6]),
            ("{\"id\":\"a-\"}", &[8]),
            ("{\"id\":\"-\"}", &[7, 7]),
        ] {
            assert!(RecordTemplate::parse(json, holes).is_none(), "{json}");
        }
    }
}
