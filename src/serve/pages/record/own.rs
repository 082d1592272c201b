//! The claims that a record's page begins with: what an actor said, what was said about a topic or a place.

use annals_store::rows::{PositionRow, Shown as Record};
use annals_store::{Answer, Claims, Dimension, PositionFilter, Positions};
use annals_time::Day;

use super::lists::List;
use crate::asking::{Asking, Fault};
use crate::site::{Counted, counted};

/// The most claims whose positions are part of the page.
const POSITIONS_OF: usize = 1_000;

/// What somebody said, or what was said about something. There is at least one claim.
pub(super) struct Own<'l> {
    pub(super) list: &'l List,
    /// The documents that have them, with how many each; not of a large snapshot.
    pub(super) documents: Option<Vec<Counted>>,
}

impl<'l> Own<'l> {
    /// The first list of such a record.
    pub(super) fn of(
        asking: &Asking<'_>,
        record: &Record,
        lists: &'l [List],
    ) -> Result<Option<Own<'l>>, Fault> {
        let has_own = matches!(record.kind, "actor" | "topic" | "place");
        let Some(list) = lists.first().filter(|list| has_own && list.claims.all > 0) else {
            return Ok(None);
        };
        let documents = if asking.is_large() {
            None
        } else {
            let counts = asking.store.count(&list.query, &[Dimension::Document])?;
            Some(counted(&counts))
        };
        Ok(Some(Own { list, documents }))
    }

    /// From when to when they were said, where that is known.
    pub(super) fn days(&self) -> (Option<Day>, Option<Day>) {
        if let Some(days) = &self.list.claims.days {
            let mut days = days.iter().map(|(day, _)| *day);
            let first = days.next();
            return (first, days.next_back().or(first));
        }
        let days = self.list.claims.claims.iter().flat_map(Claims::days);
        days.fold((None, None), |(first, last), one| {
            let [from, to] = one.said;
            let from = from.or(to);
            let to = to.or(from);
            let first = [first, from].into_iter().flatten().min();
            (first, [last, to].into_iter().flatten().max())
        })
    }

    pub(super) fn stood(&self, asking: &Asking<'_>) -> Result<Stood, Fault> {
        // Whoever stood opposite is part of an answer, and can be anybody.
        if asking.is_large() || self.list.claims.all > POSITIONS_OF {
            return Ok(Stood::Elsewhere);
        }
        let filter = PositionFilter::default();
        let found = asking.store.positions(&self.list.query, filter, true)?;
        Ok(Stood::Found(Box::new(found)))
    }
}

/// Where the speaker stood, or where all stood on a thing.
pub(super) enum Stood {
    /// Nothing of the sort is asked here, or nothing is there.
    Nothing,
    /// It takes too long for this page.
    Elsewhere,
    /// All of it.
    Found(Box<Answer<Positions>>),
}

impl Stood {
    pub(super) fn rows(&self) -> &[PositionRow] {
        match self {
            Stood::Found(found) => &found.rows,
            _ => &[],
        }
    }
}
