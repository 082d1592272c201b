//! What drafting gives.

use std::ops::Range;

use crate::dates::DateFound;
use crate::events::{Event, Order};
use crate::language::Language;

/// What was found in a text. All ranges are of bytes of it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The language that it was read in.
    pub language: Language,
    /// Whether the language was recognised, not given.
    pub recognised: bool,
    /// Who said what, in the order of the words that introduce it.
    pub claims: Vec<Claim>,
    /// Who is named.
    pub actors: Vec<Actor>,
    /// The dates, in order.
    pub dates: Vec<DateFound>,
    /// The events that have a date or are tied to one, in order, if they were asked for.
    pub events: Vec<Event>,
    /// How events lie in time.
    pub orders: Vec<Order>,
}

/// Something that somebody says, wants or feels.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The words that name the speaker; empty where there are none.
    pub source: Vec<Range<usize>>,
    /// The words that introduce it, such as "said".
    pub cue: Vec<Range<usize>>,
    /// What is said, in one piece or several, in order.
    pub content: Vec<Range<usize>>,
    /// Who speaks: a number in [`Draft::actors`].
    pub speaker: Option<usize>,
    /// What the speaker does by saying it, as the act of a claim is named.
    pub act: &'static str,
    /// Whether it is an attitude, not words.
    pub attitude: bool,
    /// Whether the text says that it was *not* said. Such a claim is listed, never proposed.
    pub negated: bool,
    /// When it was said: a number in [`Draft::dates`].
    pub said: Option<usize>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it is no surer.
    pub reason: &'static str,
}

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Speaker and words stand in the text.
    High,
    /// The speaker had to be looked for.
    Middle,
    /// The speaker is unknown, or only likely.
    Low,
}

impl Confidence {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Middle => "middle",
            Self::Low => "low",
        }
    }
}

/// Somebody whom the text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Of one that was known before: its id.
    pub known: Option<String>,
    /// The longest form of the name in the text, or the name that was known.
    pub name: String,
    /// Where that form stands; empty for one that was known before.
    pub at: Range<usize>,
    /// Other forms in the text.
    pub aliases: Vec<String>,
    /// A kind of actor, as facts name it: person, organization, state, group, media.
    pub kind: &'static str,
    /// What the text says they are, such as "chairman of the party", and where.
    pub role: Option<(String, Range<usize>)>,
    /// Whether the text describes them without a name: "Western diplomats".
    pub unnamed: bool,
}
