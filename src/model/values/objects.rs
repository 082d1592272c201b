//! Objects within records: stances, participants, evidence, findings to silence, retractions.

use super::moved::Moved;
use super::resolve::Resolve;
use super::to_json::{date, items};
use super::value::{Cell, FieldValue, Fields};
use crate::fields::Field;
use crate::ids::RecordRef;
use crate::parts::{Evidence, Ignore, Member, Members, Participant, Retraction, Stance};
use crate::storage::ArenaRange;
use crate::word::Vocabulary as _;
use serde_json::{Value, json};

/// Does the same with a member of any type.
macro_rules! with_member {
    ($member:expr, $value:ident => $does:expr) => {
        match $member {
            Member::Text($value) => $does,
            Member::Texts($value) => $does,
            Member::Word($value) => $does,
            Member::Words($value) => $does,
            Member::Date($value) => $does,
            Member::Number($value) => $does,
            Member::Flag($value) => $does,
            Member::Spans($value) => $does,
            Member::Document($value) => $does,
            Member::Actor($value) => $does,
        }
    };
}

impl<O: Members> Fields for O {
    const FIELDS: &'static [Field] = <O as Members>::FIELDS;

    fn cell(&mut self, nth: usize) -> Cell<'_> {
        with_member!(self.member(nth), value => FieldValue::cell(value))
    }

    fn written(&self, facts: &impl Resolve, nth: usize) -> Option<Value> {
        let mut object = *self;
        with_member!(object.member(nth), value => FieldValue::written(value, facts))
    }

    fn count(&self, _: &impl Resolve, nth: usize) -> Option<usize> {
        let mut object = *self;
        with_member!(object.member(nth), value => FieldValue::count(value))
    }

    fn lead(&self, facts: &impl Resolve, nth: usize, item: usize) -> Option<RecordRef> {
        let mut object = *self;
        with_member!(object.member(nth), value => FieldValue::lead(value, facts, item))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        self.each_member(|member| with_member!(member, value => FieldValue::move_on(value, moved)));
    }
}

impl FieldValue for ArenaRange<Stance> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Stances(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |stance| {
            let toward = facts.id(stance.toward?.into());
            Some(json!({"toward": toward, "value": stance.value.word()}))
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.stances(*self);
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn lead(&self, facts: &impl Resolve, item: usize) -> Option<RecordRef> {
        facts.list(*self).get(item)?.toward.map(RecordRef::from)
    }
}

impl FieldValue for ArenaRange<Participant> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Participants(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |participant| {
            participant.actor?;
            Some(object(facts, participant))
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.participants(*self);
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn lead(&self, facts: &impl Resolve, item: usize) -> Option<RecordRef> {
        facts.list(*self).get(item)?.actor.map(RecordRef::Actor)
    }
}

impl FieldValue for ArenaRange<Evidence> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Evidence(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |evidence| Some(object(facts, evidence)))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.evidence(*self);
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn lead(&self, facts: &impl Resolve, item: usize) -> Option<RecordRef> {
        let evidence = facts.list(*self).get(item)?;
        evidence.document.map(RecordRef::Document)
    }
}

impl FieldValue for ArenaRange<Ignore> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Ignores(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        items(facts, *self, |ignore| {
            let reason = ignore.reason.map(|reason| facts.str(reason));
            Some(json!({"code": facts.name(ignore.code), "reason": reason}))
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.ignores(*self);
    }
}

impl FieldValue for Option<Retraction> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Retraction(self)
    }

    fn written(&self, facts: &impl Resolve) -> Option<Value> {
        let retraction = self.as_ref()?;
        let on = date(facts, retraction.on);
        Some(match retraction.reason {
            Some(reason) => json!({"on": on, "reason": facts.str(reason)}),
            None => on,
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        if let Some(retraction) = self {
            retraction.on = moved.date(retraction.on);
            retraction.reason = moved.text(retraction.reason);
        }
    }
}

/// An object within a record, field by field.
fn object<T: Fields>(facts: &impl Resolve, part: &T) -> Value {
    let fields = T::FIELDS.iter().enumerate();
    let said = fields.filter_map(|(nth, field)| {
        let value = part.written(facts, nth)?;
        Some((field.name.to_owned(), value))
    });
    Value::Object(said.collect())
}
