//! The closed vocabularies: each an enum whose variants have one spelling in the facts.

/// A closed vocabulary: every word of it, and how it is written.
pub trait Vocabulary: Copy + Sized + 'static {
    /// What a message calls one of them ("an act").
    const CALLED: &'static str;
    /// Every word, in the order of the model's description.
    const ALL: &'static [Self];

    /// What a message calls one, and how all of them are written.
    const WORDS: &'static crate::Words;

    /// How the facts write it.
    fn word(self) -> &'static str;

    /// The word that is written so.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }
}

/// Declares a closed vocabulary: an enum, the spelling of each variant, and [`Vocabulary`] for it.
#[macro_export]
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $called:literal, { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }
        impl $crate::Vocabulary for $name {
            const CALLED: &'static str = $called;
            const ALL: &'static [Self] = &[$($name::$variant,)+];
            const WORDS: &'static $crate::Words = &$crate::Words {
                called: $called,
                all: &[$($word,)+],
            };
            fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::Vocabulary::word(*self))
            }
        }
    };
}
pub(crate) use vocabulary;
