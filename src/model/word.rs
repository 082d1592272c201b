//! Closed vocabularies: each is an enum, and each of its variants has one spelling in the facts.

/// A closed vocabulary: all its words, and their spellings.
pub trait Vocabulary: Copy + Sized + 'static {
    /// What a message calls one of them ("an act").
    const CALLED: &'static str;
    /// Every word, in the order of the model's description.
    const ALL: &'static [Self];

    /// What a message calls one, and the spellings of all.
    const WORDS: &'static Words;

    /// Its spelling in the facts.
    fn word(self) -> &'static str;

    /// The word with this spelling.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }
}

/// The words of a closed vocabulary.
#[derive(Debug)]
pub struct Words {
    /// What a message calls one of them ("an act").
    pub called: &'static str,
    /// All of them.
    pub all: &'static [&'static str],
}

/// Words that the user has added to the closed vocabularies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Kinds of actor.
    pub actor_kinds: Vec<String>,
    /// Acts of speech.
    pub acts: Vec<String>,
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
