//! Lists and words kept together: a record holds a range, the pool holds what is in it.
//!
//! A million claims have some ten million list items; a `Vec` each would cost more than the items.

use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;

/// A list of `T` in a [`Arena<T>`]: where it begins and how long it is.
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

    /// The list, when all items of its pool are moved on by so many.
    #[must_use]
    pub(super) fn moved(self, by: usize) -> Self {
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

/// The items of all lists of one kind, one after the other.
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

    /// Adds a list. Past four thousand million items a list is cut to nothing (`None`).
    pub fn add(&mut self, items: impl IntoIterator<Item = T>) -> Option<ArenaRange<T>> {
        let start = self.items.len();
        self.items.extend(items);
        self.since(start)
    }

    /// Adds an item of a list that begins at a position and is made by [`Arena::since`].
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// The list of all items from a position on. Past four thousand million items `None`.
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

    /// Adds all items of another pool, each as `moved` makes it, and leaves that one empty. A list of
    /// it then lies `self.len()`, as it was before, further on. `None`, and nothing is added, where they do not fit.
    pub(super) fn take_in(
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
    /// How long it is, and one: so that `Option<Str>` is eight bytes too.
    len: NonZeroU32,
}

/// All texts of the facts, one after the other, at most 4 GiB.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    text: String,
}

impl Str {
    /// The text, when all texts of its store are moved on by so many bytes.
    #[must_use]
    pub(super) fn moved(self, by: usize) -> Self {
        // `Strings::take_in` has made sure that they fit.
        Str {
            start: self.start + by as u32,
            ..self
        }
    }
}

impl Strings {
    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds all texts of another store, which is left empty; they then lie `self.len()`, as it was before, further on.
    /// `None`, and nothing is added, where they do not fit.
    pub(super) fn take_in(&mut self, others: &mut Strings) -> Option<()> {
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

    /// Keeps a text; `None` when 4 GiB are full.
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
