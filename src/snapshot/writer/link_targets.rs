//! Numbers the targets of links: an id or another text of the facts has the number of its `Name`;
//! other texts, mostly unresolved references, are numbered after these.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;

use annals_model::{Facts, Name, RecordKind, RecordRef, Vocabulary as _};

/// No word.
pub(super) const NONE: u32 = u32::MAX;

/// All texts, shared by several threads. Their numbers may differ from run to run; the output does
/// not.
pub(super) struct Words<'f> {
    facts: &'f Facts,
    /// The ids of records by kind and row, in compact form, because they are looked up all the
    /// time. Empty for claims, which few links lead to.
    ids: Vec<Vec<Name>>,
    /// Texts that do not occur among the names of the facts: mostly unresolved references.
    others: Mutex<Others>,
}

#[derive(Default)]
struct Others {
    numbers: HashMap<Box<str>, u32, FixedState>,
    all: Vec<Box<str>>,
}

/// The texts that a thread had to look up.
#[derive(Default)]
pub(super) struct Known(HashMap<Box<str>, u32, FixedState>);

impl<'f> Words<'f> {
    pub(super) fn new(facts: &'f Facts) -> Self {
        let mut ids: Vec<Vec<Name>> = RecordKind::ALL.iter().map(|_| Vec::new()).collect();
        for record in facts.records() {
            if record.kind() != RecordKind::Claim {
                ids[record.kind() as usize].push(facts.common(record).id);
            }
        }
        Words {
            facts,
            ids,
            others: Mutex::default(),
        }
    }

    /// The number of a text that is probably or certainly the id of a record, without a lookup if
    /// the guess is right.
    pub(super) fn number(
        &self,
        word: &str,
        likely: Option<RecordRef>,
        is_sure: bool,
        known: &mut Known,
    ) -> u32 {
        let id = likely.and_then(|record| self.ids[record.kind() as usize].get(record.row()));
        match id.filter(|id| is_sure || self.facts.name(**id) == word) {
            Some(id) => id.index() as u32,
            None => self.looked_up(word, known),
        }
    }

    /// The number of a text.
    pub(super) fn looked_up(&self, word: &str, known: &mut Known) -> u32 {
        if let Some(number) = known.0.get(word) {
            return *number;
        }
        let number = match self.facts.names.find(word) {
            Some(name) => name.index() as u32,
            None => {
                let mut others = self.others();
                let next = self.facts.names.len() + others.all.len();
                if let Some(number) = others.numbers.get(word) {
                    *number
                } else {
                    others.numbers.insert(word.into(), next as u32);
                    others.all.push(word.into());
                    next as u32
                }
            }
        };
        known.0.insert(word.into(), number);
        number
    }

    fn others(&self) -> MutexGuard<'_, Others> {
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All texts with their numbers.
    pub(super) fn iter(&mut self) -> impl Iterator<Item = (u32, &str)> {
        let others = self.others.get_mut();
        let others = &others.unwrap_or_else(PoisonError::into_inner).all;
        let names = self.facts.names.iter().map(|(_, name)| name);
        (0..).zip(names.chain(others.iter().map(|word| &**word)))
    }

    /// The number of texts.
    pub(super) fn len(&self) -> usize {
        self.facts.names.len() + self.others().all.len()
    }
}
