//! The trait by which a value asks its store what its handles and ranges stand for.

use super::lists::{Listed, Lists};
use crate::ids::{LinksId, RecordRef};
use crate::parts::Links;
use crate::storage::{ArenaRange, DateId, Name, Str};
use annals_time::Date;

/// Turns handles and ranges back into what they stand for. [`Facts`](crate::Facts) does.
pub trait Resolve {
    /// The characters of a text.
    fn str(&self, text: Str) -> &str;

    /// The word of a name.
    fn name(&self, name: Name) -> &str;

    /// A date.
    fn date(&self, date: DateId) -> &Date;

    /// The id of a record.
    fn id(&self, record: RecordRef) -> &str;

    /// The items of all lists.
    fn lists(&self) -> &Lists;

    /// The links of a claim by their handle; no links where there is none.
    fn links(&self, links: Option<LinksId>) -> Links;

    /// The items of a list.
    fn list<T: Listed>(&self, list: ArenaRange<T>) -> &[T] {
        T::items(self.lists(), list)
    }
}
