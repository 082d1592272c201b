//! Merges facts that were read separately: the blocks of a file, read by several threads, become
//! one store.
//!
//! Blocks merged in file order give what a single reader would have made of the whole file, except
//! for the order of names, on which no output depends.

use super::Facts;
use crate::ids::RecordRef;
use crate::kinds::More;
use crate::parts::{Common, Evidence, Ignore};
use crate::storage::Name;
use crate::values::{Called, Fields, MetWord, Moved, MovedLists, Record};

impl Facts {
    /// Takes in all records of other facts, whose references are not resolved yet, and leaves these
    /// empty. They keep their order; their ids do not lead to them yet. Their handles of words and dates
    /// are rows of `called`. `None`, and none is taken in, where they do not fit.
    pub fn take_in<'w>(&mut self, others: &mut Facts, called: Called<'w>) -> Option<Moved<'w>> {
        let moved = Moved {
            owner: self.more.owner(),
            called,
            documents: self.documents.len(),
            actors: self.actors.len(),
            places: self.places.len(),
            topics: self.topics.len(),
            events: self.events.len(),
            claims: self.claims.len(),
            relations: self.relations.len(),
            orders: self.orders.len(),
            more: self.more.len(),
            strings: self.strings.len(),
            lists: MovedLists {
                strs: self.lists.strs.len(),
                names: self.lists.names.len(),
                stances: self.lists.stances.len(),
                participants: self.lists.participants.len(),
                evidence: self.lists.evidence.len(),
                spans: self.lists.spans.len(),
                ignores: self.lists.ignores.len(),
                extras: self.lists.extras.len(),
            },
        };
        self.strings.take_in(&mut others.strings)?;
        let (lists, from) = (&mut self.lists, &mut others.lists);
        lists.strs.take_in(&mut from.strs, |one| moved.str(one))?;
        lists
            .names
            .take_in(&mut from.names, |one| moved.name(one))?;
        lists.stances.take_in(&mut from.stances, |one| one)?;
        lists
            .participants
            .take_in(&mut from.participants, |one| fields_of(&moved, one))?;
        lists
            .evidence
            .take_in(&mut from.evidence, |one| evidence_of(&moved, one))?;
        lists.spans.take_in(&mut from.spans, |one| one)?;
        lists
            .ignores
            .take_in(&mut from.ignores, |one| ignore_of(&moved, one))?;
        lists.extras.take_in(&mut from.extras, |(name, json)| {
            (moved.str(name), moved.str(json))
        })?;
        self.documents
            .take_in(&mut others.documents, |one| record_of(&moved, one))?;
        self.actors
            .take_in(&mut others.actors, |one| record_of(&moved, one))?;
        self.places
            .take_in(&mut others.places, |one| record_of(&moved, one))?;
        self.topics
            .take_in(&mut others.topics, |one| record_of(&moved, one))?;
        self.events
            .take_in(&mut others.events, |one| record_of(&moved, one))?;
        self.claims
            .take_in(&mut others.claims, |one| record_of(&moved, one))?;
        self.relations
            .take_in(&mut others.relations, |one| record_of(&moved, one))?;
        self.orders
            .take_in(&mut others.orders, |one| record_of(&moved, one))?;
        self.more
            .take_in(&mut others.more, |one| more_of(&moved, one))?;
        Some(moved)
    }
}

impl MetWord {
    /// Its name, and the record that has it as its id, if one has by now.
    pub fn holder(&mut self, facts: &Facts) -> (Name, Option<RecordRef>) {
        self.holder = self.holder.or_else(|| facts.holder(self.name));
        (self.name, self.holder)
    }
}

/// A record: its id, and each of its fields.
fn record_of<R: Record>(moved: &Moved<'_>, mut one: R) -> R {
    *one.common_mut() = common_of(moved, *one.common_mut());
    fields_of(moved, one)
}

fn common_of(moved: &Moved<'_>, common: Common) -> Common {
    Common {
        id: moved.called.own[common.id.index()],
        more: common.more.map(|more| more.moved(moved.owner, moved.more)),
        named: common.named,
        origin: common.origin,
    }
}

fn fields_of<F: Fields>(moved: &Moved<'_>, mut one: F) -> F {
    one.move_on(moved);
    one
}

fn more_of(moved: &Moved<'_>, mut more: More) -> More {
    more.move_on(moved);
    more.extra = more.extra.moved(moved.lists.extras);
    more
}

fn evidence_of(moved: &Moved<'_>, mut evidence: Evidence) -> Evidence {
    evidence.move_on(moved);
    evidence.found = moved.spans(evidence.found);
    evidence
}

fn ignore_of(moved: &Moved<'_>, ignore: Ignore) -> Ignore {
    Ignore {
        code: moved.name(ignore.code),
        reason: moved.text(ignore.reason),
    }
}
