//! Ids and open words (roles, kinds), each kept once.

use std::hash::{BuildHasher, RandomState};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::handle::{Handle, Owner};

/// The marker of a [`Name`].
#[derive(Debug)]
pub enum NameKind {}

/// An interned id or word. Equal words have equal names.
pub type Name = Handle<NameKind>;

/// All ids and words, each once, in the order in which they were first seen.
#[derive(Debug, Clone)]
pub struct Names {
    owner: Owner,
    text: String,
    /// Where each name ends in `text`.
    ends: Vec<usize>,
    table: HashTable<u32>,
    /// Seeded anew in each run, so that nobody can prepare ids that all collide; nothing that is
    /// shown depends on it, since names are only ever walked in the order of their rows.
    hasher: FixedState,
}

impl Names {
    pub(crate) fn new(owner: Owner) -> Self {
        Names {
            owner,
            text: String::new(),
            ends: Vec::new(),
            table: HashTable::new(),
            hasher: FixedState::with_seed(RandomState::new().hash_one(0_u8)),
        }
    }

    /// The name of a word, if it has been seen.
    pub fn find(&self, word: &str) -> Option<Name> {
        let hash = self.hasher.hash_one(word);
        let row = *self
            .table
            .find(hash, |&row| self.row(row as usize) == word)?;
        Handle::new(self.owner, row as usize)
    }

    /// The word of a name.
    pub fn get(&self, name: Name) -> &str {
        self.row(name.index())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every name, in the order in which they were first seen.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &str)> {
        (0..self.ends.len()).filter_map(|row| Some((Handle::new(self.owner, row)?, self.row(row))))
    }

    /// The name of a word, new or known; `None` when four thousand million words are full.
    pub(crate) fn intern(&mut self, word: &str) -> Option<Name> {
        let hash = self.hasher.hash_one(word);
        let (text, ends) = (&self.text, &self.ends);
        if let Some(&row) = self
            .table
            .find(hash, |&row| slice(text, ends, row as usize) == word)
        {
            return Handle::new(self.owner, row as usize);
        }
        let name = Handle::new(self.owner, self.ends.len())?;
        self.text.push_str(word);
        self.ends.push(self.text.len());
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.table.insert_unique(hash, name.index() as u32, |&row| {
            hasher.hash_one(slice(text, ends, row as usize))
        });
        Some(name)
    }

    fn row(&self, row: usize) -> &str {
        slice(&self.text, &self.ends, row)
    }
}

fn slice<'t>(text: &'t str, ends: &[usize], row: usize) -> &'t str {
    let start = if row == 0 { 0 } else { ends[row - 1] };
    &text[start..ends[row]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_have_equal_names() {
        let mut names = Names::new(Owner::new());
        let nato = names.intern("nato").unwrap();
        let empty = names.intern("").unwrap();
        assert_eq!(names.intern("nato"), Some(nato));
        assert_ne!(nato, empty);
        assert_eq!((names.get(nato), names.get(empty)), ("nato", ""));
        assert_eq!((names.find("nato"), names.find("un")), (Some(nato), None));
    }

    #[test]
    fn many_words_are_told_apart() {
        let mut names = Names::new(Owner::new());
        let all: Vec<_> = (0..5000)
            .map(|n| names.intern(&format!("e{n}")).unwrap())
            .collect();
        for (n, name) in all.iter().enumerate() {
            assert_eq!(names.get(*name), format!("e{n}"));
        }
    }
}
