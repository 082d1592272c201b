//! Where one field of a record stands in the text of its file.
//!
//! Records keep only the byte at which they begin. When a finding is shown, the place of one of its
//! fields is looked up here: the record's text is walked along a path of [`Step`]s, and nothing
//! else is built. [`LineIndex`] turns byte offsets into lines and columns.
//!
//! A list of one may be written without its brackets, so `Index(0)` on a value that is no list
//! stays on that value.
//!
//! ```
//! use annals_load::locate::{LineIndex, Step, in_json};
//!
//! let text = "{\n  \"id\": \"c2\",\n  \"said\": \"2023-04-19\"\n}";
//! let found = in_json(text, 0, &[Step::key("said")]).expect("the field is there");
//! assert_eq!(&text[found.value.clone()], "\"2023-04-19\"");
//!
//! let place = LineIndex::new(text).place(found.value.start);
//! assert_eq!((place.line, place.column), (3, 11));
//! ```

mod inside;
mod json;
mod line_excerpt;
mod places;
mod sources;
mod yaml;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use crate::source::lines::{LineIndex, Place};
pub use crate::source::record_lines::{RecordLine, RecordLines};
pub use inside::inside_string;
pub use json::{deepest_in_json, in_json};
pub use places::Places;
pub(crate) use sources::LinePlaces;
pub use sources::Sources;
pub use yaml::{deepest_in_tree, deepest_in_yaml, in_tree, in_yaml};

/// One step from a value to a value within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step<'a> {
    /// To the value of a key, compared after unescaping.
    Key {
        /// The key.
        name: &'a str,
        /// Which of several equal keys: 0 is the first.
        nth: usize,
    },
    /// To an item of a list, counted from 0.
    Index(usize),
}

impl<'a> Step<'a> {
    /// To the value of the first key of this name.
    pub fn key(name: &'a str) -> Self {
        Self::Key { name, nth: 0 }
    }
}

/// Where a value stands, as byte ranges on character boundaries within the file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key of the value, quotes included; none for an item of a list and for a whole record.
    pub key: Option<Range<usize>>,
    /// The value, quotes and brackets included. In YAML an alias is the alias as written.
    pub value: Range<usize>,
    /// How the value is written, for [`inside_string`].
    pub form: Form,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A JSON string.
    JsonString,
    /// A YAML scalar without quotes.
    Plain,
    /// A YAML scalar in single quotes.
    SingleQuoted,
    /// A YAML scalar in double quotes.
    DoubleQuoted,
    /// Anything else, whose parts are not looked into: lists, mappings, aliases, block texts, and
    /// the numbers and words of JSON.
    Other,
}

/// How far a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// How many steps of the path could be taken.
    pub steps: usize,
    /// The value reached by them.
    pub found: Found,
}

impl Reached {
    /// The place, if the whole path was walked.
    fn complete(self, path: &[Step<'_>]) -> Option<Found> {
        (self.steps == path.len()).then_some(self.found)
    }
}
