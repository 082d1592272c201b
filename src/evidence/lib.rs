//! Whether a quote occurs in its text, where, and how exactly.
//!
//! This package handles texts and quotes; it knows nothing of facts, files or findings. It answers
//! with a [`Level`] and with [`Span`]s counted in Unicode code points. It has no similarity score:
//! [`Text::nearest`] shows the most similar sentence but never verifies a quote.
//! `docs/evidence-contract.md` defines what counts as typography, with an example for each rule.
//!
//! ```
//! use annals_evidence::{Level, Span, Text};
//!
//! let text = Text::new("He said: “We’re ready –\nfor peace.” Then he left.".to_string());
//!
//! let found = text.find("We're ready - for peace.");
//! assert_eq!(found.level, Level::Folded);
//! assert_eq!(text.slice(found.spans[0]), Some("We’re ready –\nfor peace."));
//!
//! assert_eq!(text.find("He said … he left").level, Level::Elided);
//! assert_eq!(text.find("We're not ready").level, Level::Missing);
//! assert_eq!(text.find("e").level, Level::Ambiguous);
//! ```

mod align;
mod at;
mod elision;
mod find;
mod fold;
mod layer;
mod nearest;
mod places;
mod sentence;
mod span;
mod text;
mod thread;
mod typography;
mod word_index;

#[cfg(test)]
mod tests;

pub use at::AtSpans;
pub use find::{Found, Level};
pub use nearest::Nearest;
pub use sentence::{paragraphs, sentences};
pub use span::Span;
pub use text::{LineColumn, Text, quotable};
