//! References that wait until all files have been read, since a record may refer to one that comes
//! later.

use super::reader_cache::Holders;
use crate::faults::slot::Slot;
use annals_model::{Moved, Name, RecordRef, StanceValue};

/// One reference that waits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    pub(crate) name: Name,
    pub(crate) slot: Slot,
    /// Which item of its list, from 0.
    pub(crate) nth: u32,
}

/// All references that wait, record by record.
#[derive(Debug, Default, Clone)]
pub(crate) struct Unresolved {
    references: Vec<Reference>,
    /// Each record that has references, and where its references end.
    owners: Vec<(RecordRef, usize)>,
    /// Claims whose stance holds toward everything that they are about, by the position at which
    /// their references begin.
    toward_all: Vec<(usize, StanceValue)>,
}

impl Unresolved {
    fn begun(&self) -> usize {
        self.owners.last().map_or(0, |(_, end)| *end)
    }

    pub(crate) fn push(&mut self, name: Name, slot: Slot, nth: usize) {
        let nth = u32::try_from(nth).unwrap_or(u32::MAX);
        self.references.push(Reference { name, slot, nth });
    }

    /// The claim that is being read has this stance toward everything in `about`.
    pub(crate) fn stance_toward_all(&mut self, value: StanceValue) {
        self.toward_all.push((self.owners.len(), value));
    }

    /// All references since the last call are of this record.
    pub(crate) fn end(&mut self, record: RecordRef) {
        let stance = self
            .toward_all
            .last()
            .is_some_and(|(owner, _)| *owner == self.owners.len());
        if stance || self.references.len() > self.begun() {
            self.owners.push((record, self.references.len()));
        }
    }

    /// Calls all that waits in a block as it is called where the block was taken in, but for names.
    pub(crate) fn move_on(&mut self, moved: &Moved<'_>) {
        for one in &mut self.references {
            one.slot = one.slot.moved(moved);
        }
        for (record, _) in &mut self.owners {
            *record = moved.record(*record);
        }
    }

    /// Calls each reference by the name that it has where the block was taken in, and notes the record
    /// to which each leads. False where one leads nowhere yet, or to one that may not stand where it
    /// is named.
    pub(crate) fn find(&mut self, found: &mut Vec<RecordRef>, holders: &mut Holders<'_>) -> bool {
        const AT_ONCE: usize = 32;
        found.clear();
        let mut all = true;
        for few in self.references.chunks_mut(AT_ONCE) {
            holders.look_ahead(few.iter().map(|one| one.name));
            for one in few {
                let (name, holder) = holders.of(one.name);
                one.name = name;
                let fits = |record: &RecordRef| one.slot.takes(*record);
                match holder.filter(fits) {
                    Some(record) => found.push(record),
                    None => all = false,
                }
            }
        }
        all
    }

    /// Forgets all that waits.
    pub(crate) fn clear(&mut self) {
        self.references.clear();
        self.owners.clear();
        self.toward_all.clear();
    }

    /// Adds all that waits elsewhere, of the same facts.
    pub(crate) fn append(&mut self, others: &Unresolved) {
        let (before, owners) = (self.references.len(), self.owners.len());
        self.references.extend_from_slice(&others.references);
        let ends = others.owners.iter();
        self.owners
            .extend(ends.map(|&(record, end)| (record, before + end)));
        let stances = others.toward_all.iter();
        self.toward_all
            .extend(stances.map(|&(owner, value)| (owners + owner, value)));
    }

    /// The names that are referred to.
    pub(crate) fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.references.iter().map(|reference| reference.name)
    }

    /// The records that have references, in the order in which they were read.
    pub(crate) fn records(&self) -> impl Iterator<Item = Waiting<'_>> {
        self.records_with(None)
    }

    /// The same, with what [`Unresolved::find`] has found.
    pub(crate) fn records_with<'p>(
        &'p self,
        found: Option<&'p [RecordRef]>,
    ) -> impl Iterator<Item = Waiting<'p>> {
        let (mut start, mut stances) = (0, 0);
        self.owners
            .iter()
            .enumerate()
            .map(move |(nth, &(record, end))| {
                let references = &self.references[start..end];
                let found = found.map(|found| &found[start..end]);
                start = end;
                let first = stances;
                while self
                    .toward_all
                    .get(stances)
                    .is_some_and(|(owner, _)| *owner == nth)
                {
                    stances += 1;
                }
                Waiting {
                    record,
                    references,
                    found,
                    toward_all: &self.toward_all[first..stances],
                }
            })
    }
}

/// The references of one record.
pub(crate) struct Waiting<'p> {
    pub(crate) record: RecordRef,
    pub(crate) references: &'p [Reference],
    /// Where they lead, if that is known already.
    pub(crate) found: Option<&'p [RecordRef]>,
    pub(crate) toward_all: &'p [(usize, StanceValue)],
}
