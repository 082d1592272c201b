//! Ids and open words (roles, kinds), each kept once.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

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
    table: HashTable<Entry>,
}

/// A row of the table, with its hash beside it: a word that is not there, and a table that grows,
/// then cost no look into the text.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u32,
    row: u32,
}

impl Entry {
    /// The hash, spread over the width that the table wants.
    fn spread(hash: u32) -> u64 {
        u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Seeded anew in each run, so that nobody can prepare ids that all collide; nothing that is shown
/// depends on it, since names are only ever walked in the order of their rows. One for all stores,
/// so that a hash is worked out once.
static HASHER: LazyLock<FixedState> =
    LazyLock::new(|| FixedState::with_seed(RandomState::new().hash_one(0_u8)));

fn hash_of(word: &str) -> u32 {
    (HASHER.hash_one(word) >> 32) as u32
}

impl Names {
    pub(crate) fn new(owner: Owner) -> Self {
        Names {
            owner,
            text: String::new(),
            ends: Vec::new(),
            table: HashTable::new(),
        }
    }

    /// The name of a word, if it has been seen.
    pub fn find(&self, word: &str) -> Option<Name> {
        let hash = hash_of(word);
        let is_it = |entry: &Entry| entry.hash == hash && self.row(entry.row as usize) == word;
        let entry = self.table.find(Entry::spread(hash), is_it)?;
        Handle::new(self.owner, entry.row as usize)
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
        self.intern_hashed(word, hash_of(word))
    }

    fn intern_hashed(&mut self, word: &str, hash: u32) -> Option<Name> {
        let (text, ends) = (&self.text, &self.ends);
        let is_it =
            |entry: &Entry| entry.hash == hash && slice(text, ends, entry.row as usize) == word;
        if let Some(entry) = self.table.find(Entry::spread(hash), is_it) {
            return Handle::new(self.owner, entry.row as usize);
        }
        let name = Handle::new(self.owner, self.ends.len())?;
        self.text.push_str(word);
        self.ends.push(self.text.len());
        let row = name.index() as u32;
        self.table
            .insert_unique(Entry::spread(hash), Entry { hash, row }, |entry| {
                Entry::spread(entry.hash)
            });
        Some(name)
    }

    /// Takes in all words of other names; the names that they have here, by their rows there.
    /// `None` when four thousand million words are full.
    pub(super) fn take_in(&mut self, others: &Names) -> Option<Vec<Name>> {
        let mut hashes = vec![0; others.len()];
        for entry in &others.table {
            hashes[entry.row as usize] = entry.hash;
        }
        let all = hashes.into_iter().enumerate();
        all.map(|(row, hash)| self.intern_hashed(others.row(row), hash))
            .collect()
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
    fn names_taken_in_keep_their_words() {
        let (mut all, mut part) = (Names::new(Owner::new()), Names::new(Owner::new()));
        let known = all.intern("nato").unwrap();
        let words = ["un", "nato", "", "un/2"].map(|word| part.intern(word).unwrap());
        let moved = all.take_in(&part).unwrap();
        assert_eq!(moved[words[1].index()], known);
        for word in words {
            assert_eq!(all.get(moved[word.index()]), part.get(word));
        }
        assert_eq!(all.len(), 4);
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
