//! Interned ids and open words (roles, kinds): each is stored once.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use foldhash::fast::FixedState;

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
    ends: Vec<u32>,
    table: Slots<Hashed>,
}

/// Words one after the other, each with its hash, for [`Names`] to take in.
#[derive(Debug, Clone)]
pub struct WordList {
    owner: Owner,
    text: String,
    ends: Vec<u32>,
    hashes: Vec<u32>,
}

impl Default for Names {
    fn default() -> Self {
        Names::new(Owner::new())
    }
}

impl Default for WordList {
    fn default() -> Self {
        WordList {
            owner: Owner::new(),
            text: String::new(),
            ends: Vec::new(),
            hashes: Vec::new(),
        }
    }
}

impl WordList {
    /// Adds a word, even if the list has it; `None` past 4 GiB of words.
    pub fn add(&mut self, word: &str) -> Option<Name> {
        let end = u32::try_from(self.text.len() + word.len()).ok()?;
        let name = Handle::new(self.owner, self.ends.len())?;
        self.text.push_str(word);
        self.ends.push(end);
        self.hashes.push(hash_of(word));
        Some(name)
    }

    /// The word of a name of this list.
    pub fn get(&self, name: Name) -> &str {
        slice(&self.text, &self.ends, name.index())
    }

    /// Removes all words, but keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.hashes.clear();
    }
}

/// Rows of words by their hashes: open addressing with linear probing, so that most look-ups touch one
/// cache line.
#[derive(Debug, Clone)]
pub(super) struct Slots<S> {
    /// None, or a power of two of them; at most three in four are taken.
    slots: Vec<S>,
    taken: usize,
}

/// A slot of such a table.
pub(super) trait Slot: Copy + Default {
    /// The row that it holds, plus one; 0 where it is free.
    fn row(&self) -> u32;

    /// The hash of its word.
    fn hash(&self) -> u32;
}

impl<S> Default for Slots<S> {
    fn default() -> Self {
        Slots {
            slots: Vec::new(),
            taken: 0,
        }
    }
}

impl<S: Slot> Slots<S> {
    /// The row of the word with this hash that `is_it`, or else the free slot for it.
    pub(super) fn find(&self, hash: u32, is_it: impl Fn(&S) -> bool) -> Result<u32, usize> {
        let mut at = self.first(hash);
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.row() != 0) {
            if is_it(slot) {
                return Ok(slot.row() - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        Err(at)
    }

    /// The slot in which a word with this hash is looked for first, if there is one.
    pub(super) fn first_of(&self, hash: u32) -> Option<&S> {
        self.slots.get(self.first(hash))
    }

    /// Where a hash belongs: by its highest bits, so that a growing table is copied in order.
    fn first(&self, hash: u32) -> usize {
        let bits = self.slots.len().max(1).ilog2();
        (u64::from(hash) >> (32 - bits.min(32))) as usize
    }

    /// Fills the free slot that [`find`](Self::find) gave.
    pub(super) fn add(&mut self, slot: S, free: usize) {
        self.taken += 1;
        if self.slots.len() * 3 >= self.taken * 4 {
            self.slots[free] = slot;
            return;
        }
        let wider = vec![S::default(); (self.slots.len() * 2).max(16)];
        let old = std::mem::replace(&mut self.slots, wider);
        let all = old.into_iter().filter(|slot| slot.row() != 0);
        for slot in all.chain([slot]) {
            if let Err(free) = self.find(slot.hash(), |_| false) {
                self.slots[free] = slot;
            }
        }
    }
}

/// A hash, and a row plus one. With the hash here, neither a word that is missing nor a table that
/// grows costs a look into the text.
#[derive(Debug, Clone, Copy, Default)]
struct Hashed {
    hash: u32,
    row: u32,
}

impl Slot for Hashed {
    fn row(&self) -> u32 {
        self.row
    }

    fn hash(&self) -> u32 {
        self.hash
    }
}

/// Seeded anew in each run, so that nobody can prepare ids that all collide. Nothing that is shown
/// depends on the seed, since names are iterated over in the order of their rows. All stores share it,
/// so that each hash is computed once.
pub(super) static HASHER: LazyLock<FixedState> =
    LazyLock::new(|| FixedState::with_seed(RandomState::new().hash_one(0_u8)));

fn hash_of(word: &str) -> u32 {
    (HASHER.hash_one(word) >> 32) as u32
}

impl Names {
    /// An empty store of names.
    pub fn new(owner: Owner) -> Self {
        Names {
            owner,
            text: String::new(),
            ends: Vec::new(),
            table: Slots::default(),
        }
    }

    /// The name of a word, if it has been seen.
    pub fn find(&self, word: &str) -> Option<Name> {
        let hash = hash_of(word);
        let is_it = |slot: &Hashed| slot.hash == hash && self.row(slot.row as usize - 1) == word;
        let row = self.table.find(hash, is_it).ok()?;
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

    /// The name of a word, new or known; `None` past 4 GiB of words.
    pub fn intern(&mut self, word: &str) -> Option<Name> {
        self.intern_hashed(word, hash_of(word))
    }

    fn intern_hashed(&mut self, word: &str, hash: u32) -> Option<Name> {
        let (text, ends) = (&self.text, &self.ends);
        let is_it =
            |slot: &Hashed| slot.hash == hash && slice(text, ends, slot.row as usize - 1) == word;
        match self.table.find(hash, is_it) {
            Ok(row) => Handle::new(self.owner, row as usize),
            Err(free) => {
                let name = self.push(word)?;
                let row = name.index() as u32 + 1;
                self.table.add(Hashed { hash, row }, free);
                Some(name)
            }
        }
    }

    fn push(&mut self, word: &str) -> Option<Name> {
        let end = u32::try_from(self.text.len() + word.len()).ok()?;
        let name = Handle::new(self.owner, self.ends.len())?;
        self.text.push_str(word);
        self.ends.push(end);
        Some(name)
    }

    /// Takes in all words of a list, and adds the names that they have here to `names`, row by row.
    /// `None` past 4 GiB of words.
    pub fn take_in(&mut self, words: &WordList, names: &mut Vec<Name>) -> Option<()> {
        const AT_ONCE: usize = 32;
        names.reserve(words.hashes.len());
        for (nth, few) in words.hashes.chunks(AT_ONCE).enumerate() {
            self.look_ahead(few);
            for (row, &hash) in few.iter().enumerate() {
                let word = slice(&words.text, &words.ends, nth * AT_ONCE + row);
                names.push(self.intern_hashed(word, hash)?);
            }
        }
        Some(())
    }

    /// The bytes of all words together.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Reads what the look-ups of some hashes will read. The cache misses of several look-ups then
    /// overlap, instead of each waiting for the one before.
    fn look_ahead(&self, hashes: &[u32]) {
        let mut read = 0;
        for &hash in hashes {
            let slot = self.table.first_of(hash);
            let known = slot.filter(|slot| slot.row != 0 && slot.hash == hash);
            let end = known.map_or(0, |slot| self.ends[slot.row as usize - 1]);
            read += u32::from(
                (self.text.as_bytes())
                    .get(end as usize)
                    .copied()
                    .unwrap_or(0),
            );
        }
        std::hint::black_box(read);
    }

    fn row(&self, row: usize) -> &str {
        slice(&self.text, &self.ends, row)
    }
}

fn slice<'t>(text: &'t str, ends: &[u32], row: usize) -> &'t str {
    let start = if row == 0 { 0 } else { ends[row - 1] };
    &text[start as usize..ends[row] as usize]
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
        let (mut all, mut list) = (Names::new(Owner::new()), WordList::default());
        let known = all.intern("nato").unwrap();
        let words = ["un", "nato", "", "un/2", "un"];
        for (row, word) in words.iter().enumerate() {
            assert_eq!(list.add(word).unwrap().index(), row);
        }
        let mut names = Vec::new();
        all.take_in(&list, &mut names).unwrap();
        assert_eq!((names[1], names[4]), (known, names[0]));
        for (name, word) in names.iter().zip(words) {
            assert_eq!(all.get(*name), word);
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
