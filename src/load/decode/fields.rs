//! Walks the fields of a record, or of an object within one: finds each among the known fields, and
//! reports those that are unknown or occur twice.

use std::collections::HashSet;

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::cut::CutBy;
use annals_model::{Field, Fields as _, ID, More, Part, RecordKind, TYPE};

/// Every field that a record of a kind may have, its own first.
pub fn fields_of(kind: RecordKind) -> impl Iterator<Item = &'static str> + Clone {
    kind.fields().map(|field| field.name)
}

/// The fields that every record may have after its own, by number: its id, the rarer ones, and its
/// kind where records stand one a line.
fn common(nth: usize) -> Option<&'static Field> {
    match nth {
        0 => Some(&ID),
        nth if nth <= More::FIELDS.len() => Some(&More::FIELDS[nth - 1]),
        nth if nth == More::FIELDS.len() + 1 => Some(&TYPE),
        _ => None,
    }
}

impl Decoder<'_> {
    /// Walks the fields of a record: `read` is given the number and value of each that the kind has;
    /// common fields go to `more`, unknown and doubled ones become findings.
    pub(super) fn record_fields<'t, 'a>(
        &mut self,
        kind: RecordKind,
        view: View<'t, 'a>,
        at: &At<'_>,
        mut read: impl FnMut(&mut Self, usize, View<'t, 'a>, &At<'_>),
    ) -> More {
        let mut more = super::rare::MoreDraft::default();
        let own = kind.own_fields();
        let mut nth_field = 0;
        let nth_known = |me: &mut Self, name: &str| {
            let guess = &mut me.usual.0[kind as usize][nth_field % Usual::FIELDS];
            nth_field += 1;
            Usual::find(guess, own, name)
        };
        let field = |nth: usize| own.get(nth).or_else(|| common(nth - own.len()));
        self.fields(
            view,
            at,
            (nth_known, field),
            |me, name, nth_known, value, at| match nth_known {
                Some(nth) if nth < own.len() => read(me, nth, value, at),
                Some(nth) => me.common_field(&mut more, nth - own.len(), value, at),
                None if value.is_null() && name.starts_with("x_") => {}
                None if name.starts_with("x_") => me.extra_field(&mut more, name, value, at),
                None => {
                    me.report(faults::unknown_field::found(
                        at,
                        name,
                        None,
                        fields_of(kind),
                    ));
                }
            },
        );
        self.finish_more(more)
    }

    /// Walks the fields of an object inside a record: `read` is given the number and value of each.
    pub(super) fn object_fields<'t, 'a>(
        &mut self,
        part: &'static Part,
        view: View<'t, 'a>,
        at: &At<'_>,
        mut read: impl FnMut(&mut Self, usize, View<'t, 'a>, &At<'_>),
    ) {
        let known = part.fields;
        self.fields(
            view,
            at,
            (
                |_: &mut Self, name: &str| known.iter().position(|one| one.name == name),
                |nth: usize| known.get(nth),
            ),
            |me, name, nth_known, value, at| {
                if let Some(nth) = nth_known {
                    read(me, nth, value, at);
                } else {
                    let known = known.iter().map(|one| one.name);
                    me.report(faults::unknown_field::found(
                        at,
                        name,
                        Some(part.called),
                        known,
                    ));
                }
            },
        );
    }

    /// Walks the fields of an object. `nth_known` says which of the known fields one is, and `field`
    /// describes it; `read` is given the name of a field, which of the known it is, its value and its place.
    fn fields<'t, 'a>(
        &mut self,
        view: View<'t, 'a>,
        at: &At<'_>,
        (mut nth_known, field): (
            impl FnMut(&mut Self, &str) -> Option<usize>,
            impl Fn(usize) -> Option<&'static Field>,
        ),
        mut read: impl FnMut(&mut Self, &str, Option<usize>, View<'t, 'a>, &At<'_>),
    ) {
        let mut seen = Seen::default();
        for (name, value) in view.entries() {
            let nth_known = nth_known(self, name);
            let nth = seen.count(name, nth_known);
            let at = at.nth_key(name, nth);
            if nth > 0 {
                self.report(faults::duplicate_field::found(&at, name));
            } else if let Some(cut) = value.cut().filter(|cut| cut.by == CutBy::Comma)
                && (nth_known.is_some() || name.starts_with("x_"))
            {
                let field = nth_known.and_then(&field);
                self.report(faults::text_cut::at_comma(&at, cut, field));
            } else if !value.is_null() || nth_known.is_none() {
                // A known field without a value says nothing; an unknown one may be the rest of a
                // text that a comma cut off.
                read(self, name, nth_known, value, &at);
            }
        }
    }
}

/// Which field usually stands at which place of a record: records of one origin have their fields in
/// one order, so that a name is mostly compared with one other.
#[derive(Debug, Default)]
pub(super) struct Usual([[u8; Usual::FIELDS]; 8]);

impl Usual {
    /// Of so many fields of a record it is kept in mind.
    const FIELDS: usize = 16;

    /// Which field a name is: one of the kind's own, or, counted on from these, a common one.
    fn find(guess: &mut u8, own: &'static [Field], name: &str) -> Option<usize> {
        let nth = |nth: usize| own.get(nth).or_else(|| common(nth - own.len()));
        let guessed = usize::from(*guess);
        if nth(guessed).is_some_and(|one| one.name == name) {
            return Some(guessed);
        }
        let found = own
            .iter()
            .chain((0..).map_while(common))
            .position(|one| one.name == name)?;
        *guess = found as u8;
        Some(found)
    }
}

/// How often each name of an object has been met: a bit for each known one, a set for the others and
/// for those that are doubled, so that a hostile object of a million fields costs no more than its
/// length.
#[derive(Default)]
struct Seen<'t> {
    known: u64,
    rare: Option<Box<Rare<'t>>>,
}

/// How often names have been met that are unknown, or known and doubled.
#[derive(Default)]
struct Rare<'t> {
    met: HashSet<&'t str, foldhash::fast::RandomState>,
    doubled: Vec<(&'t str, usize)>,
}

impl<'t> Seen<'t> {
    /// How often the name was met before; `nth_known` is which of the known names it is.
    fn count(&mut self, name: &'t str, nth_known: Option<usize>) -> usize {
        let before = match nth_known {
            Some(nth) => {
                let bit = 1 << (nth % 64);
                if self.known & bit == 0 {
                    self.known |= bit;
                    return 0;
                }
                1
            }
            None => 0,
        };
        let rare = self.rare.get_or_insert_default();
        before + rare.count(name)
    }
}

impl<'t> Rare<'t> {
    /// How often the name was met before.
    fn count(&mut self, name: &'t str) -> usize {
        if self.met.insert(name) {
            return 0;
        }
        if let Some((_, count)) = self.doubled.iter_mut().find(|(one, _)| *one == name) {
            *count += 1;
            return *count;
        }
        // A thousand different doubled names are told apart by place; past that by name alone.
        if self.doubled.len() < 1000 {
            self.doubled.push((name, 1));
        }
        1
    }
}
