//! Decodes single values: texts, numbers, words of a vocabulary, dates, references.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::cut::CutBy;
use crate::faults::slot::Slot;
use annals_evidence::Span;
use annals_finding::{ByteRange, Place};
use annals_model::{ArenaRange, DATE, DateId, Name, Str, Vocabulary};
use annals_time::{Calendar, Date};

impl Decoder<'_> {
    /// A text, or a finding.
    pub(super) fn text(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Str> {
        self.report_hash(view, at, true);
        match view.text() {
            Some(text) => self.keep(text),
            None => self.wrong(view, at, "a string"),
        }
    }

    /// Says that a text without quotes ends at ` #`; `is_free` if it is a field for free text.
    pub(super) fn report_hash(&mut self, view: View<'_, '_>, at: &At<'_>, is_free: bool) {
        let cut = view.cut().filter(|cut| cut.by == CutBy::Hash);
        let finding = cut.and_then(|cut| faults::text_cut::at_hash(at, cut, is_free));
        self.block.findings.extend(finding);
    }

    /// A list of texts; one text is a list of one.
    pub(super) fn texts(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Str> {
        let first = self.block.facts.lists.strs.len();
        for (nth, item) in view.items_or_one().enumerate() {
            if let Some(text) = self.text(item, &at.index(nth)) {
                self.block.facts.lists.strs.push(text);
            }
        }
        (self.block.facts.lists.strs)
            .since(first)
            .unwrap_or_default()
    }

    /// An open word: a kind, a role, a tag.
    pub(super) fn open_word(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Name> {
        self.report_hash(view, at, false);
        match view.text() {
            Some(word) => self.word_met(word),
            None => self.wrong(view, at, "a word"),
        }
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<V: Vocabulary>(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<V> {
        let Some(word) = view.text() else {
            return self.wrong(view, at, V::CALLED);
        };
        let known = V::parse(word);
        if known.is_none() {
            let all = V::ALL.iter().map(|one| one.word());
            self.report(faults::unknown_word::found(at, word, V::CALLED, all));
        }
        known
    }

    pub(super) fn bool(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<bool> {
        match view.bool() {
            Some(value) => Some(value),
            None => {
                let finding = faults::wrong_type::flag;
                self.report(finding(at, view.called(), view.text(), view.is_plain()));
                None
            }
        }
    }

    /// A number within bounds.
    pub(super) fn number(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        bounds: std::ops::RangeInclusive<f64>,
    ) -> Option<f64> {
        let Some(value) = view.float() else {
            let finding = faults::wrong_type::number;
            self.report(finding(at, view.called(), view.text(), view.is_plain()));
            return None;
        };
        if bounds.contains(&value) {
            return Some(value);
        }
        self.report(faults::out_of_range::number(at, value, &bounds));
        None
    }

    /// An id of this record.
    pub(super) fn id(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Name> {
        if view.cut().is_some_and(|cut| cut.by == CutBy::Comma) {
            return None; // The walk over the fields says so.
        }
        let Some(id) = view.text() else {
            return self.wrong(view, at, "an id");
        };
        if let Some(finding) = faults::bad_id::check(at, id) {
            self.report(finding);
            return None;
        }
        self.own_id(id)
    }

    /// A reference to a record, resolved later.
    pub(super) fn reference(&mut self, view: View<'_, '_>, at: &At<'_>, slot: Slot, nth: usize) {
        match view.text() {
            Some(id) => {
                if let Some(name) = self.word_met(id) {
                    self.block.pending.push(name, slot, nth);
                }
            }
            None => {
                self.wrong::<()>(view, at, "an id");
            }
        }
    }

    /// A list of references; one reference is a list of one.
    pub(super) fn references(&mut self, view: View<'_, '_>, at: &At<'_>, slot: Slot) {
        for (nth, item) in view.items_or_one().enumerate() {
            self.reference(item, &at.index(nth), slot, nth);
        }
    }

    /// A date: an EDTF text, or an object with `edtf`, `calendar`, `display`.
    pub(super) fn date(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<DateId> {
        if let Some(text) = view.text() {
            if let Some(known) = self.known.dates.written(text) {
                return Some(known);
            }
            let id = self.parse_date(text, Calendar::Gregorian, None, at)?;
            self.known.dates.remember(text, id);
            return Some(id);
        }
        if !view.is_map() {
            return self.wrong(view, at, "a date (a string such as \"2023-04-20\")");
        }
        let (mut edtf, mut calendar, mut display) = (None, Some(Calendar::Gregorian), None);
        self.object_fields(&DATE, view, at, |me, nth, value, at| match nth {
            0 => edtf = value.text().or_else(|| me.wrong(value, at, "a string")),
            1 => calendar = me.calendar(value, at),
            _ => display = value.text().or_else(|| me.wrong(value, at, "a string")),
        });
        let Some(edtf) = edtf else {
            if view.get("edtf").is_none_or(View::is_null) {
                self.report(faults::missing_field::found(at, Some(DATE.called), "edtf"));
            }
            return None;
        };
        self.parse_date(edtf, calendar?, display, &at.key("edtf"))
    }

    fn calendar(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Calendar> {
        let Some(word) = view.text() else {
            return self.wrong(view, at, "a calendar");
        };
        match word {
            "gregorian" => Some(Calendar::Gregorian),
            "julian" => Some(Calendar::Julian),
            _ => {
                let all = ["gregorian", "julian"].into_iter();
                self.report(faults::unknown_word::found(at, word, "a calendar", all));
                None
            }
        }
    }

    fn parse_date(
        &mut self,
        text: &str,
        calendar: Calendar,
        display: Option<&str>,
        at: &At<'_>,
    ) -> Option<DateId> {
        match Date::with(text, calendar, display) {
            Ok(date) => {
                let id = self.known.dates.intern(date);
                self.block.full |= id.is_none();
                id
            }
            Err(error) => {
                self.report(faults::bad_date::found(at, text, &error));
                None
            }
        }
    }

    /// Spans: `[[start, end], …]`; one pair is a list of one.
    pub(super) fn spans(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Span> {
        let mut spans = Vec::new();
        let one_pair = view
            .items()
            .next()
            .is_some_and(|first| first.whole().is_some());
        if one_pair {
            spans.extend(self.span(view, at));
        } else {
            for (nth, item) in view.items_or_one().enumerate() {
                spans.extend(self.span(item, &at.index(nth)));
            }
        }
        self.block.facts.lists.spans.add(spans).unwrap_or_default()
    }

    fn span(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Span> {
        let mut items = view.items();
        let (Some(start), Some(end), None) = (items.next(), items.next(), items.next()) else {
            return self.wrong(view, at, "a span, [start, end]");
        };
        let mut offset = |view: View<'_, '_>, nth| {
            let Some(whole) = view.whole() else {
                return self.wrong(view, &at.index(nth), "a count of characters");
            };
            let offset = u32::try_from(whole).ok();
            if offset.is_none() {
                self.report(faults::out_of_range::offset(&at.index(nth), whole));
            }
            offset
        };
        let (start, end) = (offset(start, 0), offset(end, 1));
        Some(Span {
            start: start?,
            end: end?,
        })
    }

    /// Says that a value is of the wrong type.
    pub(super) fn wrong<T>(&mut self, view: View<'_, '_>, at: &At<'_>, wanted: &str) -> Option<T> {
        self.report(faults::wrong_type::found(at, wanted, view.called()));
        None
    }
}

impl At<'_> {
    /// A part of the text that is read.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Place {
        Place::Part(self.origin(), self.path(), ByteRange::from(range))
    }
}
