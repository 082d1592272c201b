//! YAML text as a tree that knows where each value stands.
//!
//! [`parse`] turns a text into [`Parsed`]: the documents of the text, every value with its byte
//! range, and the [`Fault`]s met on the way. A value is visited by [`NodeRef`], which is also a
//! [`serde::Deserializer`], so one decoder reads JSON and YAML.
//!
//! Three choices differ from other readers of YAML, because dates, ids and quoted words must come
//! through as they were written:
//!
//! - **A plain scalar is its own text.** `no`, `012`, `1_000`, `-0044` and `2023` are those very
//!   characters; whoever wants a number converts it. Only an empty value, `~`, `null`, `Null` and
//!   `NULL` are null.
//! - **Nothing is dropped.** Duplicate keys stay, in order, and `<<` is a key like any other: merge
//!   keys are not part of YAML 1.2.
//! - **Aliases are references.** They are never copied, and how far they may expand is bounded by
//!   [`Limits`], in number and in depth.
//!
//! ```
//! use annals_load::yaml::{Limits, parse};
//!
//! let text = "id: 012\nwhen: 2023-04\nfinal: no\n";
//! let parsed = parse(text, &Limits::default());
//! assert!(parsed.faults().is_empty());
//!
//! let root = parsed.documents().next().expect("one document");
//! let (key, value) = root.entries().next().expect("three entries");
//! assert_eq!((key.text(), value.text()), (Some("id"), Some("012")));
//! assert_eq!(&text[value.span()], "012");
//! ```

mod alias;
mod build;
mod deserializer;
mod fault;
mod phrases;
mod place;
mod syntax_errors;
mod tree;

#[cfg(test)]
mod tests;

pub use build::parse;
pub use deserializer::{KeyRef, ReadError};
pub use fault::{Fault, FaultKind};
pub use tree::{Entries, Items, Kind, NodeId, NodeRef, Parsed, Style};

/// How much a text may ask of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many values all aliases of a text may stand for together, counting the values within
    /// those values. An alias that would pass this number is read as null, with a fault.
    pub alias_nodes: usize,
    /// How many lists and mappings may stand within each other, those reached through aliases
    /// included.
    pub depth: usize,
}

impl Default for Limits {
    /// 100,000 values by aliases; 127 levels, the depth `serde_json` accepts.
    fn default() -> Self {
        Self {
            alias_nodes: 100_000,
            depth: 127,
        }
    }
}
