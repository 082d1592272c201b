//! Caches the words that a reader has seen: ids that records refer to, kinds, roles. Most claims
//! name what other claims have named, so many readers look words up here in parallel; only words
//! that are new to a reader are looked up again by the one thread that joins blocks. The records'
//! own ids, nearly all of them new, bypass the cache.

use annals_model::{InternTable, Name, WordList};

/// A reader that has met more words, or more bytes of long ones, forgets them, so that many readers do
/// not each hold most words of the whole.
const MOST: (usize, usize) = if cfg!(test) {
    (100, 1 << 10)
} else {
    (1 << 18, 1 << 24)
};

/// The words that a reader has met.
#[derive(Debug, Default)]
pub(crate) struct CachedWords {
    met: InternTable,
    new: NewWords,
}

/// The words of one block.
#[derive(Debug, Clone)]
pub(crate) struct NewWords {
    /// Whether the reader had met none before, or has forgotten them.
    pub(super) first: bool,
    /// For each mention its row among all words that the reader has met.
    pub(super) mentions: Vec<Name>,
    /// Whether all of them have one.
    pub(super) fit: bool,
    /// The words that the reader had not met before.
    pub(super) met: WordList,
    /// The ids of the records of the block.
    pub(super) own: WordList,
}

impl Default for NewWords {
    fn default() -> Self {
        NewWords {
            first: true,
            mentions: Vec::new(),
            fit: true,
            met: WordList::default(),
            own: WordList::default(),
        }
    }
}

impl CachedWords {
    /// A word that is no id of the record in which it stands; `None` when 4 GiB of words are full.
    pub(crate) fn mention(&mut self, word: &str) -> Option<Name> {
        self.met.note(word, &mut self.new.met)
    }

    /// The id of a record, or nothing where it is named after its place later.
    pub(crate) fn own(&mut self, id: &str) -> Option<Name> {
        self.new.own.add(id)
    }

    /// Hands over the words of a block that ends here, in exchange for room for others.
    pub(super) fn hand_over(&mut self, room: &mut NewWords) {
        room.clear();
        let new = &mut self.new;
        new.fit = self.met.look_up(&mut new.mentions, &mut new.met).is_some();
        let many = self.met.len() > MOST.0 || self.met.bytes() > MOST.1;
        let forgets = many || !new.fit;
        std::mem::swap(&mut self.new, room);
        if forgets {
            self.met = InternTable::default();
        }
        self.new.first = forgets;
    }
}

impl NewWords {
    /// A word that was mentioned in the block, whose reader had met none before.
    pub(crate) fn mentioned(&self, name: Name) -> &str {
        self.met.get(self.mentions[name.index()])
    }

    /// The id of a record of the block.
    pub(crate) fn own(&self, name: Name) -> &str {
        self.own.get(name)
    }

    /// Forgets all, and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.mentions.clear();
        self.met.clear();
        self.own.clear();
    }
}
