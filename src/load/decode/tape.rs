//! The tape: one record as a flat list of its values. Its memory is reused from record to record.
//!
//! JSON arrives as serde events, YAML as a tree. The tape records both as they come, including
//! duplicate keys and values of the wrong type, so that one decoder reads all formats and no input
//! stops it. Strings without escapes are borrowed from the file, so that a record costs no
//! allocation.

mod plain;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::faults::at::HasId;
use crate::faults::cut::{Cut, CutBy};

/// A value; the items of a list or mapping follow it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<'a> {
    Null,
    Bool(bool),
    Whole(i64),
    Float(f64),
    Str(Cow<'a, str>),
    /// A scalar of YAML without quotes: a text where a text is wanted, else a number or a truth.
    Plain(&'a str),
    /// A scalar of YAML of which a part is lost.
    Cut(Box<Cut<'a>>),
    /// A list: how many tape items it takes up, itself included.
    List(usize),
    /// A mapping: keys and values in turn; how many tape items it takes up, itself included.
    Map(usize),
}

impl<'a> Item<'a> {
    /// The same for longer than what it was read from.
    pub(super) fn into_owned(self) -> Item<'static> {
        match self {
            Item::Null => Item::Null,
            Item::Bool(value) => Item::Bool(value),
            Item::Whole(value) => Item::Whole(value),
            Item::Float(value) => Item::Float(value),
            Item::Str(text) => Item::Str(Cow::Owned(text.into_owned())),
            // No spelling that is kept has such scalars.
            Item::Plain(text) => Item::Str(Cow::Owned(text.to_owned())),
            Item::Cut(cut) => Item::Str(Cow::Owned(cut.read.to_owned())),
            Item::List(size) => Item::List(size),
            Item::Map(size) => Item::Map(size),
        }
    }

    /// The same, with a text that is borrowed.
    pub(super) fn borrowed(&'a self) -> Item<'a> {
        match self {
            Item::Str(text) => Item::Str(Cow::Borrowed(text)),
            other => other.clone(),
        }
    }
}

/// The values of one record, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Tape<'a> {
    items: Vec<Item<'a>>,
}

impl<'a> Tape<'a> {
    /// Takes a value down, in place of what was there.
    pub(crate) fn read<D: Deserializer<'a>>(
        &mut self,
        source: D,
    ) -> Result<View<'_, 'a>, D::Error> {
        self.items.clear();
        Taker {
            items: &mut self.items,
        }
        .deserialize(source)?;
        Ok(View { items: &self.items })
    }

    /// Takes a value of plain JSON down; `None` where it is not plain, or no JSON at all.
    pub(crate) fn read_plain(&mut self, text: &'a str) -> Option<View<'_, 'a>> {
        self.items.clear();
        plain::take(text, &mut self.items)?;
        Some(View { items: &self.items })
    }

    /// Takes values down that are those of a record, in place of what was there.
    pub(super) fn fill(&mut self, items: impl Iterator<Item = Item<'a>>) -> View<'_, 'a> {
        self.items.clear();
        self.items.extend(items);
        View { items: &self.items }
    }

    /// What is on the tape.
    pub(super) fn into_items(self) -> impl Iterator<Item = Item<'a>> {
        self.items.into_iter()
    }

    /// What was pushed since the tape was cleared, as one value.
    pub(crate) fn view(&self) -> View<'_, 'a> {
        View { items: &self.items }
    }

    /// Forgets what is on the tape, for values to be pushed one by one.
    pub(crate) fn clear(&mut self) {
        self.items.clear();
    }

    /// Adds a value that is nothing.
    pub(crate) fn push_null(&mut self) {
        self.items.push(Item::Null);
    }

    /// Adds a text; also the key of a mapping.
    pub(crate) fn push_text(&mut self, text: &'a str) {
        self.items.push(Item::Str(Cow::Borrowed(text)));
    }

    /// Adds a scalar of YAML that stands without quotes.
    pub(crate) fn push_plain(&mut self, text: &'a str) {
        self.items.push(Item::Plain(text));
    }

    /// Adds a scalar of YAML of which a part is lost.
    pub(crate) fn push_cut(&mut self, cut: Cut<'a>) {
        self.items.push(Item::Cut(Box::new(cut)));
    }

    /// Begins a list, whose items are pushed next; gives what its end is said with.
    pub(crate) fn begin_list(&mut self) -> usize {
        self.items.push(Item::List(0));
        self.items.len() - 1
    }

    /// Ends a list.
    pub(crate) fn end_list(&mut self, begun: usize) {
        self.items[begun] = Item::List(self.items.len() - begun);
    }

    /// Begins a mapping, whose keys and values are pushed in turn.
    pub(crate) fn begin_map(&mut self) -> usize {
        self.items.push(Item::Map(0));
        self.items.len() - 1
    }

    /// Ends a mapping.
    pub(crate) fn end_map(&mut self, begun: usize) {
        self.items[begun] = Item::Map(self.items.len() - begun);
    }
}

struct Taker<'t, 'a> {
    items: &'t mut Vec<Item<'a>>,
}

impl<'a> DeserializeSeed<'a> for Taker<'_, 'a> {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Taker<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        self.items.push(Item::Null);
        Ok(())
    }
    fn visit_none<E>(self) -> Result<(), E> {
        self.items.push(Item::Null);
        Ok(())
    }
    fn visit_some<D: Deserializer<'a>>(self, source: D) -> Result<(), D::Error> {
        self.deserialize(source)
    }
    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.items.push(Item::Bool(value));
        Ok(())
    }
    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.items.push(Item::Whole(value));
        Ok(())
    }
    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.items.push(match i64::try_from(value) {
            Ok(whole) => Item::Whole(whole),
            #[allow(
                clippy::cast_precision_loss,
                reason = "no field takes whole numbers this large"
            )]
            Err(_) => Item::Float(value as f64),
        });
        Ok(())
    }
    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.items.push(Item::Float(value));
        Ok(())
    }
    fn visit_borrowed_str<E>(self, value: &'a str) -> Result<(), E> {
        self.items.push(Item::Str(Cow::Borrowed(value)));
        Ok(())
    }
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.items.push(Item::Str(Cow::Owned(value.to_owned())));
        Ok(())
    }
    fn visit_string<E>(self, value: String) -> Result<(), E> {
        self.items.push(Item::Str(Cow::Owned(value)));
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        let start = self.items.len();
        self.items.push(Item::List(0));
        while seq
            .next_element_seed(Taker { items: self.items })?
            .is_some()
        {}
        self.items[start] = Item::List(self.items.len() - start);
        Ok(())
    }
    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let start = self.items.len();
        self.items.push(Item::Map(0));
        while map.next_key_seed(Taker { items: self.items })?.is_some() {
            map.next_value_seed(Taker { items: self.items })?;
        }
        self.items[start] = Item::Map(self.items.len() - start);
        Ok(())
    }
}

/// A value on a tape.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'t, 'a> {
    /// It, what belongs to it, and whatever follows.
    items: &'t [Item<'a>],
}

impl HasId for View<'_, '_> {
    fn id(&self) -> Option<&str> {
        self.get("id").and_then(View::text)
    }

    fn has(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    fn texts(&self, field: &str) -> Vec<&str> {
        let value = self.get(field);
        let items = value.into_iter().flat_map(View::items_or_one);
        items.filter_map(View::text).collect()
    }
}

impl<'t, 'a> View<'t, 'a> {
    fn size(self) -> usize {
        match self.items.first() {
            Some(Item::List(size) | Item::Map(size)) => *size,
            _ => 1,
        }
    }

    pub(crate) fn is_null(self) -> bool {
        matches!(self.items.first(), None | Some(Item::Null))
    }

    pub(crate) fn text(self) -> Option<&'t str> {
        match self.items.first()? {
            Item::Str(text) => Some(text),
            Item::Plain(text) => Some(text),
            // Of a text that ends at a comma nobody knows what it says.
            Item::Cut(cut) if cut.by == CutBy::Hash => Some(cut.read),
            _ => None,
        }
    }

    /// How a part of it was lost, if one was.
    pub(crate) fn cut(self) -> Option<&'t Cut<'a>> {
        match self.items.first()? {
            Item::Cut(cut) => Some(cut),
            _ => None,
        }
    }

    /// Whether it is a scalar of YAML without quotes.
    pub(crate) fn is_plain(self) -> bool {
        self.plain().is_some()
    }

    /// A scalar of YAML without quotes.
    fn plain(self) -> Option<&'t str> {
        match self.items.first()? {
            Item::Plain(text) => Some(text),
            Item::Cut(cut) if cut.by == CutBy::Hash => Some(cut.read),
            _ => None,
        }
    }

    pub(crate) fn bool(self) -> Option<bool> {
        if let Item::Bool(value) = self.items.first()? {
            return Some(*value);
        }
        match self.plain()? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    pub(crate) fn whole(self) -> Option<i64> {
        match self.items.first()? {
            Item::Whole(value) => Some(*value),
            _ => self.plain()?.parse().ok(),
        }
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "no field takes whole numbers this large"
    )]
    pub(crate) fn float(self) -> Option<f64> {
        match self.items.first()? {
            Item::Whole(value) => Some(*value as f64),
            Item::Float(value) => Some(*value),
            _ => decimal(self.plain()?),
        }
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.items.first(), Some(Item::List(_)))
    }

    pub(crate) fn is_map(self) -> bool {
        matches!(self.items.first(), Some(Item::Map(_)))
    }

    fn children(self) -> Children<'t, 'a> {
        let size = if self.is_list() || self.is_map() {
            self.size()
        } else {
            1
        };
        Children {
            rest: self.items.get(1..size).unwrap_or(&[]),
        }
    }

    /// The items of a list; of anything else, nothing.
    pub(crate) fn items(self) -> impl Iterator<Item = View<'t, 'a>> {
        let mut children = self.children();
        if !self.is_list() {
            children.rest = &[];
        }
        children
    }

    /// The items of a list; anything else is a list of one.
    pub(crate) fn items_or_one(self) -> impl Iterator<Item = View<'t, 'a>> {
        let one = (!self.is_list() && !self.is_null()).then_some(self);
        self.items().chain(one)
    }

    /// Keys and values of a mapping; of anything else, nothing.
    pub(crate) fn entries(self) -> impl Iterator<Item = (&'t str, View<'t, 'a>)> {
        let mut children = self.children();
        if !self.is_map() {
            children.rest = &[];
        }
        std::iter::from_fn(move || {
            let key = children.next()?;
            Some((key.text().unwrap_or(""), children.next()?))
        })
    }

    /// The value of a key: the first, if there are several.
    pub(crate) fn get(self, key: &str) -> Option<View<'t, 'a>> {
        self.entries()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }

    /// What it is, for messages: "a number".
    pub(crate) fn called(self) -> &'static str {
        match self.items.first() {
            None | Some(Item::Null) => "nothing",
            Some(Item::Bool(_)) => "true or false",
            Some(Item::Whole(_) | Item::Float(_)) => "a number",
            Some(Item::Str(_) | Item::Plain(_) | Item::Cut(_)) => "a string",
            Some(Item::List(_)) => "a list",
            Some(Item::Map(_)) => "an object",
        }
    }

    /// The value as JSON, for fields that are passed through.
    pub(crate) fn to_json(self) -> serde_json::Value {
        use serde_json::Value;
        match self.items.first() {
            None | Some(Item::Null) => Value::Null,
            Some(Item::Bool(value)) => Value::Bool(*value),
            Some(Item::Whole(value)) => Value::from(*value),
            Some(Item::Float(value)) => Value::from(*value),
            Some(Item::Str(text)) => Value::from(text.as_ref()),
            Some(Item::Plain(_) | Item::Cut(_)) => {
                match (self.bool(), self.whole(), self.float()) {
                    (Some(truth), ..) => Value::Bool(truth),
                    (_, Some(whole), _) => Value::from(whole),
                    (.., Some(float)) => Value::from(float),
                    _ => self.text().map_or(Value::Null, Value::from),
                }
            }
            Some(Item::List(_)) => Value::Array(self.items().map(View::to_json).collect()),
            Some(Item::Map(_)) => Value::Object(
                self.entries()
                    .map(|(k, v)| (k.to_owned(), v.to_json()))
                    .collect(),
            ),
        }
    }
}

/// A decimal number as YAML's core schema has it; `inf` and `nan`, which Rust would read, are words.
fn decimal(text: &str) -> Option<f64> {
    let like_a_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let value: f64 = text.parse().ok().filter(|_| like_a_number)?;
    value.is_finite().then_some(value)
}

struct Children<'t, 'a> {
    rest: &'t [Item<'a>],
}

impl<'t, 'a> Iterator for Children<'t, 'a> {
    type Item = View<'t, 'a>;
    fn next(&mut self) -> Option<View<'t, 'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let view = View { items: self.rest };
        self.rest = self.rest.get(view.size()..).unwrap_or(&[]);
        Some(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_taken_down_as_it_stands() {
        let text = r#"{"id":"c1","about":["a",["b"],{"c":1.5}],"id":null,"on":true,"n":18446744073709551615}"#;
        let mut tape = Tape::default();
        let view = tape
            .read(&mut serde_json::Deserializer::from_str(text))
            .unwrap();
        let keys: Vec<_> = view.entries().map(|(key, _)| key).collect();
        assert_eq!(keys, ["id", "about", "id", "on", "n"]);
        let about = view.get("about").unwrap();
        let kinds: Vec<_> = about.items().map(View::called).collect();
        assert_eq!(kinds, ["a string", "a list", "an object"]);
        assert_eq!(about.to_json().to_string(), r#"["a",["b"],{"c":1.5}]"#);
        assert_eq!(view.get("id").unwrap().text(), Some("c1"));
        assert_eq!(view.get("id").unwrap().items_or_one().count(), 1);
    }
}
