//! Pages that are kept decoded for the next question, for who asks many.
//!
//! Which are kept when there are too many is told by second chance (Corbató, *A paging experiment with the Multics
//! system*, 1968): the oldest goes, unless it was asked for since it came or was last passed over.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::values::{Holds, Texts, Values};

/// A row group, and a column.
type ColumnOf = (usize, usize);

/// A page by its first row in the row group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PageOf(pub(super) ColumnOf, pub(super) usize);

/// A page, or the dictionary of a column, of one of several tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Page(usize, PageOf),
    Dictionary(usize, ColumnOf),
}

#[derive(Debug, Clone)]
enum Held {
    Page(Arc<Values>),
    Dictionary(Arc<Texts>),
}

#[derive(Debug)]
struct Entry {
    held: Held,
    bytes: usize,
    /// Whether it was asked for since it came or was last passed over.
    is_wanted: bool,
}

#[derive(Debug, Default)]
struct Entries {
    of: HashMap<Key, Entry>,
    /// From the oldest on.
    order: VecDeque<Key>,
    bytes: usize,
}

impl Entries {
    /// Lets go of what is least wanted, until no more than so many bytes are held.
    fn shrink(&mut self, most: usize) {
        while self.bytes > most
            && let Some(key) = self.order.pop_front()
        {
            match self.of.get_mut(&key) {
                Some(entry) if entry.is_wanted => {
                    entry.is_wanted = false;
                    self.order.push_back(key);
                }
                _ => {
                    let gone = self.of.remove(&key);
                    self.bytes -= gone.map_or(0, |gone| gone.bytes);
                }
            }
        }
    }
}

/// The pages kept of all tables of a snapshot: none, until somebody says how many.
#[derive(Debug, Default)]
pub(in super::super) struct KeptPages {
    most: AtomicUsize,
    tables: AtomicUsize,
    entries: Mutex<Entries>,
}

impl KeptPages {
    /// Keeps up to so many bytes from now on.
    pub(in super::super) fn keep(&self, bytes: usize) {
        self.most.store(bytes, Ordering::Relaxed);
    }

    /// What is kept of one more table.
    pub(in super::super) fn of_table(pages: &Arc<KeptPages>) -> Kept {
        Kept {
            table: pages.tables.fetch_add(1, Ordering::Relaxed),
            pages: Arc::clone(pages),
        }
    }

    fn get(&self, key: Key) -> Option<Held> {
        if self.most.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.of.get_mut(&key)?;
        entry.is_wanted = true;
        Some(entry.held.clone())
    }

    fn put(&self, key: Key, make: impl FnOnce() -> (Held, usize)) {
        let most = self.most.load(Ordering::Relaxed);
        if most == 0 {
            return;
        }
        let (held, bytes) = make();
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = &mut *entries;
        // Two may have read it at the same time.
        if bytes > most || entries.of.contains_key(&key) {
            return;
        }
        entries.bytes += bytes;
        entries.order.push_back(key);
        let entry = Entry {
            held,
            bytes,
            is_wanted: false,
        };
        entries.of.insert(key, entry);
        entries.shrink(most);
    }
}

/// What is kept of a table.
#[derive(Debug)]
pub(in super::super) struct Kept {
    table: usize,
    pages: Arc<KeptPages>,
}

impl Kept {
    pub(super) fn page(&self, page: PageOf) -> Option<Arc<Values>> {
        match self.pages.get(Key::Page(self.table, page))? {
            Held::Page(values) => Some(values),
            Held::Dictionary(_) => None,
        }
    }

    pub(super) fn keep_page(&self, page: PageOf, values: &Values) {
        // What stands in a dictionary is decoded soon; and the dictionary would be held as long.
        if matches!(values.holds, Holds::Words(_)) {
            return;
        }
        self.pages.put(Key::Page(self.table, page), || {
            let values = values.tight();
            let bytes = values.bytes_held();
            (Held::Page(Arc::new(values)), bytes)
        });
    }

    pub(super) fn dictionary(&self, column: ColumnOf) -> Option<Arc<Texts>> {
        match self.pages.get(Key::Dictionary(self.table, column))? {
            Held::Dictionary(texts) => Some(texts),
            Held::Page(_) => None,
        }
    }

    pub(super) fn keep_dictionary(&self, column: ColumnOf, texts: &Arc<Texts>) {
        self.pages.put(Key::Dictionary(self.table, column), || {
            (Held::Dictionary(Arc::clone(texts)), texts.bytes_held())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(first: usize) -> PageOf {
        PageOf((0, 0), first)
    }

    fn numbers(count: usize) -> Values {
        Values {
            rows: count,
            one_each: true,
            holds: Holds::Numbers,
            numbers: vec![7; count],
            ..Values::default()
        }
    }

    #[test]
    fn nothing_is_kept_until_it_is_asked_for() {
        let pages = Arc::new(KeptPages::default());
        let table = KeptPages::of_table(&pages);
        table.keep_page(page(0), &numbers(10));
        assert!(table.page(page(0)).is_none());
        pages.keep(1 << 20);
        table.keep_page(page(0), &numbers(10));
        let values = table.page(page(0)).expect("it is kept");
        assert_eq!(values.number(9), Some(7));
        let other = KeptPages::of_table(&pages);
        assert!(other.page(page(0)).is_none(), "of another table");
    }

    #[test]
    fn no_more_is_held_than_may_be_and_what_is_asked_for_stays() {
        let pages = Arc::new(KeptPages::default());
        let table = KeptPages::of_table(&pages);
        let each = numbers(100).bytes_held();
        pages.keep(10 * each);
        for nth in 0..1_000 {
            table.keep_page(page(nth), &numbers(100));
            assert!(table.page(page(0)).is_some(), "after {nth}");
            let entries = pages.entries.lock().expect("no thread failed");
            assert!(entries.bytes <= 10 * each);
            assert_eq!(
                entries.bytes,
                entries.of.values().map(|one| one.bytes).sum::<usize>()
            );
            assert_eq!(entries.order.len(), entries.of.len());
        }
        table.keep_page(page(5_000), &numbers(2_000));
        assert!(table.page(page(5_000)).is_none(), "larger than all");
    }
}
