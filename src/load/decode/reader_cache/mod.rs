//! Caches what a reader has seen in earlier blocks: dates and words. A block hands over only what
//! is new in it, and refers to the rest by its rows in the cache of its reader.
//!
//! Blocks are joined in file order, and each hands over its new entries in the order in which they
//! were first seen. So all dates and words end up in the same order, however many readers there
//! were.

mod dates;
mod words;

use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) use dates::{CachedDates, NewDates};
pub(crate) use words::{CachedWords, NewWords};

use annals_model::{Called, DateId, Facts, MetWord, Name, RecordRef};

/// What a reader has met.
#[derive(Debug, Default)]
pub(crate) struct ReaderCache {
    reader: usize,
    pub(crate) dates: CachedDates,
    pub(crate) words: CachedWords,
}

impl ReaderCache {
    /// A reader that has met nothing; of those that work on the same files, each has a number.
    pub(crate) fn of_reader(next: &AtomicUsize) -> Self {
        ReaderCache {
            reader: next.fetch_add(1, Ordering::Relaxed),
            ..ReaderCache::default()
        }
    }

    /// Hands over what is new in a block that ends here, in exchange for room for others.
    pub(crate) fn hand_over(&mut self, into: &mut NewEntries) {
        into.reader = self.reader;
        into.dates = self.dates.hand_over();
        self.words.hand_over(&mut into.words);
    }
}

/// What was first met in one block, and by whom.
#[derive(Debug, Default, Clone)]
pub(crate) struct NewEntries {
    reader: usize,
    dates: NewDates,
    pub(crate) words: NewWords,
}

impl NewEntries {
    /// Forgets all, and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
    }

    /// Counts as met by a reader of its own, of a block whose reader had met nothing before.
    pub(crate) fn of_reader(&mut self, next: &AtomicUsize) {
        self.reader = next.fetch_add(1, Ordering::Relaxed);
    }
}

/// What all readers have met, as it is called in the whole.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    met: Vec<Met>,
    /// The ids of the records of the block that was taken in last.
    own: Vec<Name>,
    /// Room for its new words.
    new: Vec<Name>,
    /// Whether a block did not fit: none that comes after it is taken in, whoever has read it.
    full: bool,
}

/// What one reader has met, by its rows there.
#[derive(Debug, Default)]
struct Met {
    dates: Vec<DateId>,
    words: Vec<MetWord>,
}

impl Readers {
    /// Takes what is new in a block into the whole. `None` where there is no room.
    pub(crate) fn take_in<'m>(
        &'m mut self,
        block: &'m mut NewEntries,
        facts: &mut Facts,
    ) -> Option<Called<'m>> {
        if self.met.len() <= block.reader {
            self.met.resize_with(block.reader + 1, Met::default);
        }
        let met = &mut self.met[block.reader];
        let (dates, words) = (std::mem::take(&mut block.dates), &block.words);
        if dates.first {
            met.dates.clear();
        }
        if words.first {
            met.words.clear();
        }
        // Until all of it fits.
        if std::mem::replace(&mut self.full, true) || !words.fit {
            return None;
        }
        for date in dates.dates {
            met.dates.push(facts.dates.intern(date)?);
        }
        self.own.clear();
        facts.names.take_in(&words.own, &mut self.own)?;
        self.new.clear();
        facts.names.take_in(&words.met, &mut self.new)?;
        let new = self.new.iter().map(|name| MetWord::new(*name));
        met.words.extend(new);
        self.full = false;
        Some(Called {
            dates: &met.dates,
            mentions: &words.mentions,
            met: &met.words,
            own: &self.own,
        })
    }

    /// Who has the words of a block as ids that was taken in.
    pub(crate) fn holders<'h>(
        &'h mut self,
        block: &'h NewEntries,
        facts: &'h Facts,
    ) -> Holders<'h> {
        Holders {
            mentions: &block.words.mentions,
            met: &mut self.met[block.reader].words,
            facts,
        }
    }
}

/// Who has the words of a block as ids.
pub(crate) struct Holders<'h> {
    mentions: &'h [Name],
    met: &'h mut [MetWord],
    facts: &'h Facts,
}

impl Holders<'_> {
    /// What a mention is called, and who has it as an id by now.
    pub(crate) fn of(&mut self, mention: Name) -> (Name, Option<RecordRef>) {
        let row = self.mentions[mention.index()].index();
        self.met[row].holder(self.facts)
    }

    /// Reads what some mentions will be looked up in: the memory for several is then fetched at once,
    /// where one after the other would each wait for its own.
    pub(crate) fn look_ahead(&self, mentions: impl Iterator<Item = Name>) {
        let rows = mentions.map(|mention| self.mentions[mention.index()].index());
        let read = rows.fold(0, |read, row| read ^ self.met[row].name().index());
        std::hint::black_box(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_time::Date;

    #[test]
    fn what_several_readers_met_is_that_of_the_whole() {
        let (mut facts, mut readers, next) =
            (Facts::new(), Readers::default(), AtomicUsize::new(0));
        let mut all = [ReaderCache::of_reader(&next), ReaderCache::of_reader(&next)];
        let (mut days, mut words) = (Vec::new(), Vec::new());
        // Many enough that both forget them in between.
        for block in 0..40 {
            let known = &mut all[block % 3 % 2];
            let own = format!("own {block}");
            known.words.own(&own).unwrap();
            words.push(own.clone());
            let mut met = Vec::new();
            for nth in 0..60_usize {
                let text = format!("{:04}", (nth * 7 + block * 31) % 400 + 1000);
                let date = Date::parse(&text).unwrap();
                let date = known.dates.intern(date).unwrap();
                met.push((known.words.mention(&text).unwrap(), date, text));
            }
            let mut new = NewEntries::default();
            known.hand_over(&mut new);
            let called = readers.take_in(&mut new, &mut facts).unwrap();
            assert_eq!(facts.names.get(called.own[0]), own);
            for (word, date, text) in met {
                if !days.contains(&text) {
                    days.push(text.clone());
                    words.push(text.clone());
                }
                let date = facts.dates.get(called.dates[date.index()]);
                let name = called.name(word);
                assert_eq!((date.written(), facts.names.get(name)), (&*text, &*text));
            }
        }
        let written = facts.dates.iter().map(|date| date.written().to_owned());
        assert_eq!(written.collect::<Vec<_>>(), days);
        let named = facts.names.iter().map(|(_, word)| word.to_owned());
        assert_eq!(named.collect::<Vec<_>>(), words);
    }
}
