//! The properties of claims by which they can be counted.

use std::fmt;

/// A property of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Who said it; none for the narrator, or where it is unknown.
    Speaker,
    /// To whom.
    To,
    /// About what.
    About,
    /// Which stance the speaker takes; with [`Dimension::About`], toward that.
    Stance,
    /// What the speaker does.
    Act,
    /// How it is reported.
    Mode,
    /// In which document.
    Document,
    /// Who published that.
    Publisher,
    /// With which tag.
    Tag,
    /// Through which relations of a roll-up it is selected.
    Through,
    /// On which day.
    Day,
    /// In which week of ISO 8601.
    Week,
    /// In which month.
    Month,
    /// In which year.
    Year,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Dimension; 14] = [
        Dimension::Speaker,
        Dimension::To,
        Dimension::About,
        Dimension::Stance,
        Dimension::Act,
        Dimension::Mode,
        Dimension::Document,
        Dimension::Publisher,
        Dimension::Tag,
        Dimension::Through,
        Dimension::Day,
        Dimension::Week,
        Dimension::Month,
        Dimension::Year,
    ];

    /// Its word on the command line and in answers.
    pub fn word(self) -> &'static str {
        match self {
            Dimension::Speaker => "speaker",
            Dimension::To => "to",
            Dimension::About => "about",
            Dimension::Stance => "stance",
            Dimension::Act => "act",
            Dimension::Mode => "mode",
            Dimension::Document => "document",
            Dimension::Publisher => "publisher",
            Dimension::Tag => "tag",
            Dimension::Through => "through",
            Dimension::Day => "day",
            Dimension::Week => "week",
            Dimension::Month => "month",
            Dimension::Year => "year",
        }
    }

    /// The property of this word.
    pub fn parse(word: &str) -> Option<Dimension> {
        Dimension::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Whether its values are records, with id and name.
    pub fn is_record(self) -> bool {
        matches!(
            self,
            Dimension::Speaker
                | Dimension::To
                | Dimension::About
                | Dimension::Document
                | Dimension::Through
        )
    }

    /// Whether its values are units of time.
    pub fn is_time(self) -> bool {
        matches!(
            self,
            Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Year
        )
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
