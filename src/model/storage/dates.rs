//! Interned dates: each is stored once.

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::handle::{Handle, Owner};
use annals_time::Date;

/// A handle of a [`Date`]: equal dates, written alike, have equal handles.
pub type DateId = Handle<Date>;

/// All dates, each once, in the order in which they were first seen.
#[derive(Debug, Clone)]
pub struct Dates {
    owner: Owner,
    all: IndexSet<Date, FixedState>,
}

impl Dates {
    /// An empty store of dates.
    pub fn new(owner: Owner) -> Self {
        Dates {
            owner,
            all: IndexSet::default(),
        }
    }

    /// The handle of a date, new or known; `None` where there is no room for more.
    pub fn intern(&mut self, date: Date) -> Option<DateId> {
        let (row, _) = self.all.insert_full(date);
        Handle::new(self.owner, row)
    }

    /// The same. A new date is added to `new` as well.
    pub fn intern_noting(&mut self, date: Date, new: &mut Vec<Date>) -> Option<DateId> {
        let before = self.all.len();
        let (row, _) = self.all.insert_full(date);
        if row == before {
            new.extend(self.all.last().cloned());
        }
        Handle::new(self.owner, row)
    }

    /// A date.
    pub fn get(&self, id: DateId) -> &Date {
        // `intern` gives handles of rows of this very set, and nothing is ever removed.
        (self.all.get_index(id.index())).unwrap_or_else(|| unreachable!("no such date"))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Date> {
        self.all.iter()
    }
}

impl Default for Dates {
    fn default() -> Self {
        Dates::new(Owner::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_kept_and_noted_once() {
        let (mut dates, mut new) = (Dates::default(), Vec::new());
        let day = |text: &str| Date::parse(text).unwrap();
        let first = dates.intern_noting(day("2023-04-20"), &mut new).unwrap();
        let other = dates.intern_noting(day("2023-04"), &mut new).unwrap();
        let again = dates.intern_noting(day("2023-04-20"), &mut new).unwrap();
        assert_eq!((first, dates.iter().count()), (again, 2));
        assert_eq!(new, [dates.get(first).clone(), dates.get(other).clone()]);
    }
}
