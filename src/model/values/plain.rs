//! Values that refer to no record: texts, words, dates, numbers, relations in time.

use super::moved::Moved;
use super::resolve::Resolve;
use super::to_json::{date, items};
use super::value::{Cell, FieldValue};
use crate::parts::Relations;
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::word::Vocabulary;
use annals_evidence::Span;
use serde_json::{Value, json};

impl FieldValue for Option<Str> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Text(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        self.map(|text| facts.str(text).into())
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.text(*self);
    }
}

impl FieldValue for ArenaRange<Str> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Texts(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |text| Some(facts.str(*text).into()))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.texts(*self);
    }
}

impl FieldValue for Option<Name> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Word(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        self.map(|name| facts.name(name).into())
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = self.map(|name| moved.name(name));
    }
}

impl FieldValue for ArenaRange<Name> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Words(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |name| Some(facts.name(*name).into()))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.names(*self);
    }
}

impl<V: Vocabulary> FieldValue for Option<V> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::OneWord(self)
    }

    fn written(&self, _: &impl Resolve) -> Option<Value> {
        self.map(|word| word.word().into())
    }
}

impl FieldValue for Option<DateId> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Date(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        self.map(|id| date(facts, id))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = self.map(|date| moved.date(date));
    }
}

impl FieldValue for Option<f64> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Number(self)
    }

    fn written(&self, _: &impl Resolve) -> Option<Value> {
        self.map(Value::from)
    }
}

impl FieldValue for bool {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Flag(self)
    }

    fn written(&self, _: &impl Resolve) -> Option<Value> {
        self.then_some(Value::Bool(true))
    }
}

impl FieldValue for ArenaRange<Span> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Spans(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |span| Some(json!([span.start, span.end])))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.spans(*self);
    }
}

impl FieldValue for Option<Relations> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Relations(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        let words: Vec<&str> = facts.name(self.as_ref()?.words).split(", ").collect();
        Some(match words.as_slice() {
            [one] => (*one).into(),
            several => several.to_vec().into(),
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        if let Some(relations) = self {
            relations.words = moved.name(relations.words);
        }
    }
}
