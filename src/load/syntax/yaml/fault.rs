//! The faults of a YAML text.

use std::ops::Range;

/// Something in a YAML text that cannot be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of fault it is.
    pub kind: FaultKind,
    /// Where it stands first: a byte range within the text, on character boundaries.
    pub span: Range<usize>,
    /// What is wrong, as a clause without a full stop.
    pub words: String,
    /// What would mend it, where that can be said.
    pub help: Option<String>,
    /// How often the same cause was met; the place is that of the first.
    pub times: usize,
}

/// The sorts of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// The text is not YAML; no document is kept.
    Syntax,
    /// Lists and mappings are nested too deeply; no document is kept.
    TooDeep,
    /// An alias would expand beyond the [limits](super::Limits) in number or depth; it is null.
    AliasTooLarge,
    /// An alias stands within the value it refers to; it is null.
    AliasRecursive,
    /// An alias has no anchor before it in its document; it is null.
    AliasUndefined,
    /// A key of a mapping is a list or a mapping; the entry is left out.
    KeyNotText,
    /// A tag such as `!custom` asks for a type that is not known here. The value is kept and read
    /// as if the tag were not there, so whether this is an error is for the reader to say.
    UnknownTag,
}

impl FaultKind {
    /// Whether the text is given up, so that [`Parsed`](super::Parsed) has no documents.
    pub fn is_fatal(self) -> bool {
        matches!(self, Self::Syntax | Self::TooDeep)
    }
}
