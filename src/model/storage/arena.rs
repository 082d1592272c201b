//! Arenas of list items and of strings: a record holds a range of an arena.
//!
//! A million claims have some ten million list items; a `Vec` for each list would cost more than
//! the items.

use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;

/// A list in an [`Arena<T>`]: where it begins and how long it is.
pub struct ArenaRange<T> {
    start: u32,
    len: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> ArenaRange<T> {
    /// The list without items.
    pub const EMPTY: Self = ArenaRange {
        start: 0,
        len: 0,
        kind: PhantomData,
    };

    /// How many items there are.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }

    /// The list, after all items of its pool were shifted by `by`.
    #[must_use]
    pub(crate) fn moved(self, by: usize) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        // `Arena::take_in` has made sure that they fit.
        ArenaRange {
            start: self.start + by as u32,
            ..self
        }
    }

    /// The positions of its items in the pool.
    pub fn positions(self) -> std::ops::Range<usize> {
        self.range()
    }
}

impl<T> Clone for ArenaRange<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for ArenaRange<T> {}
impl<T> Default for ArenaRange<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}
impl<T> fmt::Debug for ArenaRange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}; {}]", self.start, self.len)
    }
}

/// The items of all lists of one type, one list after the other.
#[derive(Debug, Clone)]
pub struct Arena<T> {
    items: Vec<T>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Arena { items: Vec::new() }
    }
}

impl<T> Arena<T> {
    /// The items of a list.
    pub fn get(&self, list: ArenaRange<T>) -> &[T] {
        &self.items[list.range()]
    }

    /// The items of all lists, one list after the other.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Adds a list. `None` past 4,294,967,295 items.
    pub fn add(&mut self, items: impl IntoIterator<Item = T>) -> Option<ArenaRange<T>> {
        let start = self.items.len();
        self.items.extend(items);
        self.since(start)
    }

    /// Adds an item of a list that [`Arena::since`] will make.
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// The list of all items from a position on. `None` past 4,294,967,295 items.
    pub fn since(&self, position: usize) -> Option<ArenaRange<T>> {
        let start = u32::try_from(position).ok()?;
        let end = u32::try_from(self.items.len()).ok()?;
        Some(ArenaRange {
            start,
            len: end - start,
            kind: PhantomData,
        })
    }

    /// How many items all lists have together.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether no list has an item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds all items of another pool, each as `moved` makes it, and leaves that one empty. Its lists
    /// are then shifted by what `self.len()` was before. `None`, and nothing is added, where they do
    /// not fit.
    pub(crate) fn take_in(
        &mut self,
        others: &mut Arena<T>,
        moved: impl FnMut(T) -> T,
    ) -> Option<()> {
        u32::try_from(self.items.len() + others.items.len()).ok()?;
        self.items.extend(others.items.drain(..).map(moved));
        Some(())
    }

    /// The item at a position, to be changed.
    pub fn item_mut(&mut self, position: usize) -> &mut T {
        &mut self.items[position]
    }

    /// The item at a position.
    pub fn item(&self, position: usize) -> &T {
        &self.items[position]
    }
}

/// A text in the [`Strings`] of the facts: a title, a quote, a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Str {
    start: u32,
    /// Its length plus one, so that `Option<Str>` is eight bytes too.
    len: NonZeroU32,
}

/// All texts of the facts, one after the other, at most 4 GiB.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    text: String,
}

impl Str {
    /// The text, after all texts of its store were shifted by `by` bytes.
    #[must_use]
    pub(crate) fn moved(self, by: usize) -> Self {
        // `Strings::take_in` has made sure that they fit.
        Str {
            start: self.start + by as u32,
            ..self
        }
    }
}

impl Strings {
    /// How many bytes there are.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds all texts of another store, and leaves that one empty. They are then shifted by what
    /// `self.len()` was before. `None`, and nothing is added, where they do not fit.
    pub(crate) fn take_in(&mut self, others: &mut Strings) -> Option<()> {
        u32::try_from(self.text.len() + others.text.len()).ok()?;
        self.text.push_str(&others.text);
        others.text.clear();
        Some(())
    }

    /// The characters of a text.
    pub fn get(&self, text: Str) -> &str {
        let start = text.start as usize;
        &self.text[start..start + text.len.get() as usize - 1]
    }

    /// Adds a text; `None` past 4 GiB.
    pub fn add(&mut self, text: &str) -> Option<Str> {
        let start = u32::try_from(self.text.len()).ok()?;
        let len = u32::try_from(text.len()).ok()?;
        start.checked_add(len)?;
        let len = NonZeroU32::new(len.checked_add(1)?)?;
        self.text.push_str(text);
        Some(Str { start, len })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_texts_come_back() {
        let mut pool = Arena::default();
        let one = pool.add([1, 2]).unwrap();
        let none = pool.add([]).unwrap();
        let two = pool.add([3]).unwrap();
        assert_eq!(
            (pool.get(one), pool.get(none), pool.get(two)),
            (&[1, 2][..], &[][..], &[3][..])
        );
        let mut strings = Strings::default();
        let kyiv = strings.add("Київ").unwrap();
        let port = strings.add("port").unwrap();
        assert_eq!((strings.get(kyiv), strings.get(port)), ("Київ", "port"));
    }
}
