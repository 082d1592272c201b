//! A stretch of a text.

use serde::{Deserialize, Serialize};

/// A stretch of a text in Unicode code points, end-exclusive; in JSON `[start, end]`.
///
/// A span is just a pair of numbers; [`Text`](super::Text) decides whether it lies in a text.
///
/// ```
/// use annals_evidence::Span;
///
/// let span: Span = serde_json::from_str("[4, 9]")?;
/// assert_eq!(span, Span::new(4, 9));
/// assert_eq!(span.len(), 5);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "[u32; 2]", into = "[u32; 2]")]
pub struct Span {
    /// The first code point of the stretch, counted from 0.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, and without, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Its length in code points; 0 if reversed.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it is empty.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether every code point of `other` is also in `self`.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<[u32; 2]> for Span {
    fn from([start, end]: [u32; 2]) -> Self {
        Self { start, end }
    }
}

impl From<Span> for [u32; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}
