//! Decodes the value of a field that belongs to one kind of record, and stores it in that field's
//! [`Cell`]. The fields that every kind has are in `rare`.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{Cell, Name, OneWord, OwnOf, RecordKind, Shape, Str, Words};

impl Decoder<'_> {
    /// Reads the value of the `nth` own field of a record.
    pub(super) fn read(
        &mut self,
        cell: Cell<'_>,
        (kind, nth): (RecordKind, usize),
        value: View<'_, '_>,
        at: &At<'_>,
    ) {
        let shape = kind.own_fields()[nth].shape;
        match (cell, shape) {
            (Cell::References(_) | Cell::Linked(_), Shape::Reference(_)) => {
                self.reference(value, at, Slot::of(kind, nth), 0);
            }
            (Cell::References(_) | Cell::Linked(_), _) => {
                self.references(value, at, Slot::of(kind, nth));
            }
            (Cell::Stances(member), _) => *member = self.stances(value, at, Slot::of(kind, nth)),
            (Cell::Participants(member), _) => {
                *member = self.participants(value, at, Slot::of(kind, nth));
            }
            (Cell::Evidence(member), _) => {
                *member = self.evidence(value, at, Slot::of(kind, nth));
            }
            (cell, shape) => self.read_value(cell, shape, value, at),
        }
    }

    /// Reads a value that refers to no record.
    pub(super) fn read_value(
        &mut self,
        cell: Cell<'_>,
        shape: Shape,
        value: View<'_, '_>,
        at: &At<'_>,
    ) {
        match (cell, shape) {
            (Cell::Text(member), Shape::Sha256) => *member = self.sha256(value, at),
            (Cell::Text(member), Shape::Numeral) => *member = self.numeral(value, at),
            (Cell::Text(member), _) => *member = self.text(value, at),
            (Cell::Texts(member), _) => *member = self.texts(value, at),
            (Cell::Word(member), _) => *member = self.open_word(value, at),
            (Cell::Words(member), _) => *member = self.open_words(value, at),
            (Cell::OneWord(member), Shape::OneOf(words, _)) => {
                self.one_word(member, words, value, at);
            }
            (Cell::OneWordOrOwn(member, own_word), Shape::OneOf(words, own)) => {
                *own_word = self.word_or_own(member, (words, own), value, at);
            }
            (Cell::Date(member), _) => *member = self.date(value, at),
            (Cell::Number(member), Shape::Number { least, most }) => {
                *member = self.number(value, at, least..=most);
            }
            (Cell::Flag(member), _) => *member = self.bool(value, at).unwrap_or(false),
            (Cell::Spans(member), _) => *member = self.spans(value, at),
            (Cell::Ignores(member), _) => *member = self.ignores(value, at),
            (Cell::Relations(member), _) => *member = self.allen(value, at),
            (Cell::Retraction(member), _) => *member = self.retraction(value, at),
            _ => {}
        }
    }

    /// Says which of the fields that a record needs are not there.
    pub(super) fn need_required(&mut self, kind: RecordKind, view: View<'_, '_>, at: &At<'_>) {
        for field in kind.own_fields().iter().filter(|field| field.required) {
            let present = view.get(field.name).is_some_and(|value| !value.is_null());
            // A field that has the wrong name is told of by that name.
            let is_misnamed = || {
                view.entries()
                    .any(|(name, _)| faults::other_words::stands_for(kind, name, field.name))
            };
            self.need(present || is_misnamed(), at, field.name);
        }
    }

    /// A word of a closed vocabulary.
    fn one_word(
        &mut self,
        member: &mut dyn OneWord,
        words: &'static Words,
        view: View<'_, '_>,
        at: &At<'_>,
    ) {
        let Some(word) = view.text() else {
            self.wrong::<()>(view, at, words.called);
            return;
        };
        if !member.put(word) {
            let all = words.all.iter().copied();
            self.report(faults::unknown_word::found(at, word, words.called, all));
        }
    }

    /// A word of a closed vocabulary, or one of the user's own, which is given back.
    fn word_or_own(
        &mut self,
        member: &mut dyn OneWord,
        (words, own): (&'static Words, Option<OwnOf>),
        view: View<'_, '_>,
        at: &At<'_>,
    ) -> Option<Name> {
        let own = own.map_or(&[][..], |own| own(&self.frame.own_words));
        let is_own = |word: &str| !words.all.contains(&word) && own.iter().any(|one| one == word);
        if view.text().is_some_and(is_own) {
            return self.open_word(view, at);
        }
        self.one_word(member, words, view, at);
        None
    }

    /// A whole number or a text.
    fn numeral(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Str> {
        match (view.text(), view.whole()) {
            (Some(text), _) => self.keep(text),
            (None, Some(whole)) => self.keep(&whole.to_string()),
            (None, None) => self.wrong(view, at, "a whole number or a text"),
        }
    }

    fn sha256(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Str> {
        let Some(text) = view.text() else {
            return self.wrong(view, at, "a SHA-256 sum");
        };
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return self.keep(text);
        }
        self.report(faults::out_of_range::sha256(at, text));
        None
    }
}
