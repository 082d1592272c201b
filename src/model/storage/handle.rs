//! Typed handles and the tables they point into.
//!
//! An [`ActorId`](crate::ActorId) is a [`Handle`]: four bytes that say *which actor*. A handle of one
//! kind cannot be passed where another is wanted. In debug builds a handle also remembers the
//! [`Facts`](crate::Facts) it came from; using it with others is caught at once.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::num::NonZeroU32;

/// The store that a handle belongs to. In release builds it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    #[cfg(debug_assertions)]
    stamp: u32,
}

impl Owner {
    /// A new owner, different (in debug builds) from every other of this process.
    pub fn new() -> Self {
        #[cfg(debug_assertions)]
        {
            use std::sync::atomic::{AtomicU32, Ordering};
            static NEXT: AtomicU32 = AtomicU32::new(1);
            Owner {
                stamp: NEXT.fetch_add(1, Ordering::Relaxed),
            }
        }
        #[cfg(not(debug_assertions))]
        Owner {}
    }
}

/// Which row of a table. `M` is the [marker](Row::Marker) of its rows: a type that only tells handles
/// apart.
///
/// Handles order and compare by row, which is the order in which the records were read.
pub struct Handle<M> {
    /// Row plus one, so that `Option<Handle<M>>` is four bytes too.
    row: NonZeroU32,
    #[cfg(debug_assertions)]
    owner: Owner,
    marker: PhantomData<fn() -> M>,
}

impl<M> Handle<M> {
    /// The row, from 0.
    pub fn index(self) -> usize {
        self.row.get() as usize - 1
    }

    /// The handle of the row `by` rows further on in the table of another owner, which has that row or
    /// will have it.
    pub(crate) fn moved(self, owner: Owner, by: usize) -> Self {
        // `Table::take_in` makes sure that all rows have handles.
        Handle::new(owner, self.index() + by).unwrap_or_else(|| unreachable!("row was taken in"))
    }

    /// The handle of a row, or `None` past the 4,294,967,294 rows that a table can have.
    pub fn new(owner: Owner, row: usize) -> Option<Self> {
        let row = u32::try_from(row)
            .ok()?
            .checked_add(1)
            .and_then(NonZeroU32::new)?;
        #[cfg(not(debug_assertions))]
        let _ = owner;
        Some(Handle {
            row,
            #[cfg(debug_assertions)]
            owner,
            marker: PhantomData,
        })
    }
}

impl<M> Clone for Handle<M> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<M> Copy for Handle<M> {}
impl<M> PartialEq for Handle<M> {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row
    }
}
impl<M> Eq for Handle<M> {}
impl<M> PartialOrd for Handle<M> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<M> Ord for Handle<M> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.row.cmp(&other.row)
    }
}
impl<M> Hash for Handle<M> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.row.hash(state);
    }
}
impl<M> fmt::Debug for Handle<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marker = std::any::type_name::<M>();
        write!(
            f,
            "{}#{}",
            marker.rsplit("::").next().unwrap_or(marker),
            self.index()
        )
    }
}

/// What can stand in a [`Table`].
pub trait Row {
    /// The type that tells handles of this table from those of others.
    type Marker;
}

/// All records of one kind, in the order in which they were read.
#[derive(Debug, Clone)]
pub struct Table<T> {
    owner: Owner,
    rows: Vec<T>,
}

impl<T: Row> Table<T> {
    /// An empty table of one store.
    pub fn new(owner: Owner) -> Self {
        Table {
            owner,
            rows: Vec::new(),
        }
    }

    /// Adds a row; `None` when the table is full.
    pub fn push(&mut self, row: T) -> Option<Handle<T::Marker>> {
        let handle = Handle::new(self.owner, self.rows.len())?;
        self.rows.push(row);
        Some(handle)
    }

    /// Adds all rows of another table, each as `moved` makes it, and leaves that one empty. `None`,
    /// and nothing is added, where they do not fit.
    pub(crate) fn take_in(
        &mut self,
        others: &mut Table<T>,
        moved: impl FnMut(T) -> T,
    ) -> Option<()> {
        if !others.is_empty() {
            Handle::<T::Marker>::new(self.owner, self.rows.len() + others.len() - 1)?;
        }
        self.rows.extend(others.rows.drain(..).map(moved));
        Some(())
    }

    /// The owner of its handles.
    pub(crate) fn owner(&self) -> Owner {
        self.owner
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Handles and rows, in the order in which they were read. Whoever goes through them can be stopped
    /// (`annals_watch`).
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (Handle<T::Marker>, &T)> + DoubleEndedIterator {
        let owner = self.owner;
        self.rows.iter().enumerate().map(move |(row, record)| {
            if row.is_multiple_of(64) {
                annals_watch::look();
            }
            // `push` has made a handle of this very row.
            let handle = Handle::new(owner, row).unwrap_or_else(|| unreachable!("row was pushed"));
            (handle, record)
        })
    }

    /// The handles alone.
    pub fn handles(
        &self,
    ) -> impl ExactSizeIterator<Item = Handle<T::Marker>> + DoubleEndedIterator {
        self.iter().map(|(handle, _)| handle)
    }

    fn check(&self, handle: Handle<T::Marker>) -> usize {
        #[cfg(debug_assertions)]
        assert!(
            handle.owner == self.owner,
            "{handle:?} belongs to other facts"
        );
        handle.index()
    }
}

impl<T: Row> std::ops::Index<Handle<T::Marker>> for Table<T> {
    type Output = T;
    fn index(&self, handle: Handle<T::Marker>) -> &T {
        &self.rows[self.check(handle)]
    }
}
impl<T: Row> std::ops::IndexMut<Handle<T::Marker>> for Table<T> {
    fn index_mut(&mut self, handle: Handle<T::Marker>) -> &mut T {
        let row = self.check(handle);
        &mut self.rows[row]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Letter(char);

    impl Row for Letter {
        type Marker = Letter;
    }

    #[test]
    fn a_handle_leads_to_its_row() {
        let mut table = Table::new(Owner::new());
        let first = table.push(Letter('a')).unwrap();
        let second = table.push(Letter('b')).unwrap();
        assert_eq!((table[first], table[second]), (Letter('a'), Letter('b')));
        assert!(first < second);
        assert_eq!(table.handles().collect::<Vec<_>>(), [first, second]);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "belongs to other facts")]
    fn a_handle_of_other_facts_is_caught() {
        let mut one = Table::new(Owner::new());
        let mut other = Table::new(Owner::new());
        let handle = one.push(Letter('a')).unwrap();
        other.push(Letter('b')).unwrap();
        let _ = other[handle];
    }

    #[test]
    #[cfg(not(debug_assertions))]
    fn handles_are_four_bytes() {
        assert_eq!(size_of::<Option<Handle<String>>>(), 4);
    }
}
