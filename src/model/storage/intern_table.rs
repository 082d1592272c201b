//! An intern table for words that are looked up often and never read back: it gives each word a
//! row.
//!
//! A short word is stored in the slot of the table itself, so that a look-up waits for one cache
//! line, where [`Names`] would wait for three.

use super::handle::{Handle, Owner};
use super::names::{HASHER, Name, Names, Slot, Slots, WordList};

use std::hash::BuildHasher as _;

/// A word of at most so many bytes is stored in its slot.
const SHORT: usize = 11;

/// The row of each word, in the order in which they were first seen.
#[derive(Debug, Clone)]
pub struct InternTable {
    owner: Owner,
    len: usize,
    short: Slots<InSlot>,
    long: Names,
    /// The rows of the long ones.
    rows: Vec<Name>,
    noted: Vec<Noted>,
}

/// A short word, and its row plus one.
#[derive(Debug, Clone, Copy, Default)]
struct InSlot {
    word: Short,
    row: u32,
}

impl Slot for InSlot {
    fn row(&self) -> u32 {
        self.row
    }

    fn hash(&self) -> u32 {
        self.word.hash()
    }
}

/// A short word: its bytes, padded with zeros, and its length in the last byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Short([u32; 3]);

/// In the last place: the word is not short.
const LONG: u32 = u32::MAX;

/// A short word and its hash; or the mark of a long word, and its row.
#[derive(Debug, Clone, Copy)]
struct Noted(Short, u32);

/// How many words are looked up at once.
const AT_ONCE: usize = 32;

/// A word that is noted again is recognised among so many of the last ones.
const FEW: usize = 3;

impl Short {
    /// Built from whole numbers: bytes written one by one and read back as a number would stall the
    /// processor (store forwarding).
    fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let four = |at: usize| match bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        };
        // The last bytes of a word of more than four bytes, after the first four or eight.
        let rest = |count: usize| (u64::from(four(bytes.len() - 4)) >> (32 - 8 * count)) as u32;
        let len = u32::try_from(bytes.len()).ok()?;
        let numbers = match *bytes {
            [] => [0; 3],
            [a] => [u32::from(a), 0, 0],
            [a, b] => [u32::from_le_bytes([a, b, 0, 0]), 0, 0],
            [a, b, c] => [u32::from_le_bytes([a, b, c, 0]), 0, 0],
            _ if len < 8 => [four(0), rest(bytes.len() - 4), 0],
            _ if bytes.len() <= SHORT => [four(0), four(4), rest(bytes.len() - 8)],
            _ => return None,
        };
        Some(Short([numbers[0], numbers[1], numbers[2] | len << 24]))
    }

    fn is_long(self) -> bool {
        self.0[2] == LONG
    }

    fn hash(self) -> u32 {
        let Short([a, b, c]) = self;
        let hash = HASHER.hash_one((u64::from(a) << 32 | u64::from(b), c));
        (hash >> 32) as u32
    }

    fn bytes(self) -> [u8; SHORT + 1] {
        let mut bytes = [0; SHORT + 1];
        for (four, number) in bytes.chunks_exact_mut(4).zip(self.0) {
            four.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }
}

/// The word that the bytes of a short one spell.
fn text(bytes: &[u8; SHORT + 1]) -> &str {
    let text = bytes.get(..usize::from(bytes[SHORT]));
    let text = text.and_then(|text| std::str::from_utf8(text).ok());
    // A short word is made from valid UTF-8.
    text.unwrap_or_else(|| unreachable!("no word"))
}

impl Default for InternTable {
    fn default() -> Self {
        InternTable {
            owner: Owner::new(),
            len: 0,
            short: Slots::default(),
            long: Names::default(),
            rows: Vec::new(),
            noted: Vec::new(),
        }
    }
}

impl InternTable {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of the long words together.
    pub fn bytes(&self) -> usize {
        self.long.bytes()
    }

    /// The row of a word, if it is there.
    pub fn find(&self, word: &str) -> Option<usize> {
        match Short::of(word) {
            Some(short) => {
                let row = self.short.find(short.hash(), |slot| slot.word == short);
                row.ok().map(|row| row as usize)
            }
            None => Some(self.rows.get(self.long.find(word)?.index())?.index()),
        }
    }

    /// Notes a word whose row is wanted, and gives its place among the noted ones. `None` where there
    /// is no room.
    pub fn note(&mut self, word: &str, new: &mut WordList) -> Option<Name> {
        let noted = match Short::of(word) {
            Some(short) => {
                // A stance is mostly toward what the claim is about.
                let before = self.noted.len().saturating_sub(FEW);
                let same = self.noted[before..].iter().rposition(|one| one.0 == short);
                if let Some(nth) = same {
                    return Handle::new(self.owner, before + nth);
                }
                Noted(short, short.hash())
            }
            None => Noted(
                Short([0, 0, LONG]),
                self.row_of_long(word, new)?.index() as u32,
            ),
        };
        self.noted.push(noted);
        Handle::new(self.owner, self.noted.len() - 1)
    }

    /// Looks up all noted words and adds the row of each to `rows`; none is noted any more. New words
    /// are added to `new` as well. `None` where there is no room.
    pub fn look_up(&mut self, rows: &mut Vec<Name>, new: &mut WordList) -> Option<()> {
        let noted = std::mem::take(&mut self.noted);
        rows.reserve(noted.len());
        for few in noted.chunks(AT_ONCE) {
            self.look_ahead(few);
            for one in few {
                rows.push(self.row(*one, new)?);
            }
        }
        self.noted = noted;
        self.noted.clear();
        Some(())
    }

    /// Reads the slots of some words. The cache misses of several look-ups then overlap, instead of
    /// each waiting for the one before.
    fn look_ahead(&self, words: &[Noted]) {
        let mut read = 0;
        for Noted(_, hash) in words {
            let slot = self.short.first_of(*hash);
            read ^= slot.map_or(0, |slot| slot.row);
        }
        std::hint::black_box(read);
    }

    fn row(&mut self, Noted(word, hash): Noted, new: &mut WordList) -> Option<Name> {
        if word.is_long() {
            return Handle::new(self.owner, hash as usize);
        }
        match self.short.find(hash, |slot| slot.word == word) {
            Ok(row) => Handle::new(self.owner, row as usize),
            Err(free) => {
                let bytes = word.bytes();
                let name = self.next(text(&bytes), new)?;
                let row = name.index() as u32 + 1;
                self.short.add(InSlot { word, row }, free);
                Some(name)
            }
        }
    }

    fn row_of_long(&mut self, word: &str, new: &mut WordList) -> Option<Name> {
        if let Some(known) = self.long.find(word) {
            return self.rows.get(known.index()).copied();
        }
        let name = self.next(word, new)?;
        self.long.intern(word)?;
        self.rows.push(name);
        Some(name)
    }

    /// The row of a new word.
    fn next(&mut self, word: &str, new: &mut WordList) -> Option<Name> {
        let name = Handle::new(self.owner, self.len)?;
        new.add(word)?;
        self.len += 1;
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_lengths_have_their_rows() {
        let (mut rows, mut new, mut known) =
            (InternTable::default(), WordList::default(), Vec::new());
        let mut dice = 5_u64;
        for _ in 0..20_000 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let len = (dice >> 60) as usize;
            let letters = (dice >> 40 & 0xff) as usize % 3;
            // Among them a zero byte, which must not end a word.
            let word = ["a", "\0", "é"][letters].repeat(len) + &(dice >> 50 & 0xf).to_string();
            let before = rows.find(&word);
            assert_eq!(before, known.iter().position(|one| *one == word));
            rows.note(&word, &mut new).unwrap();
            let mut found = Vec::new();
            rows.look_up(&mut found, &mut new).unwrap();
            let row = found[0].index();
            match known.iter().position(|one| *one == word) {
                Some(nth) => assert_eq!(row, nth),
                None => {
                    assert_eq!(row, known.len());
                    known.push(word);
                }
            }
        }
        assert_eq!(rows.len(), known.len());
        let mut all = Names::default();
        all.take_in(&new, &mut Vec::new()).unwrap();
        assert!(all.iter().map(|(_, word)| word).eq(known));
    }
}
