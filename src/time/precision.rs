//! How finely a date is known, as written.

use serde::Serialize;

/// How precisely a date is given, judged by its spelling.
///
/// | written | precision |
/// |---|---|
/// | `2004-01-01T10:10:10` | second |
/// | `2023-04-20`, `1997-XX-15`, `156X-12-25` | day: the last component is given |
/// | `2023-04`, `1997-06-XX`, `1997-06-1X`, `2016-X1` | month |
/// | `2001-21`, `2001-33` | season (all groups of months, 21 to 41) |
/// | `2023`, `1560-XX`, `1560-XX-XX`, `1984-1X`, `20X0`, `Y17E7`, `1950S4` | year |
/// | `156X`, `1950S3` | decade |
/// | `15XX`, `1950S2` | century |
/// | `1964/2008`, `1880/..`, `../..`, `{1960,1961-12}` | interval |
/// | `[1667,1672]` | that of its members, if they all have the same |
/// | `1XXX`, `1950S1`, `Y171010000S3`, `[1667,1672-12]` | unknown: none of these names |
///
/// An unspecified last digit makes a component unspecified; the precision is that of the smallest
/// component that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A time of day is given.
    Second,
    /// A day.
    Day,
    /// A calendar month.
    Month,
    /// A season, quarter, third or half of a year.
    Season,
    /// A calendar year.
    Year,
    /// Ten years that share all but the last digit.
    Decade,
    /// A hundred years that share all but the last two digits.
    Century,
    /// A start and an end, each with its own precision.
    Interval,
    /// None of the above.
    Unknown,
}

impl Precision {
    /// The name used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Second => "second",
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Season => "season",
            Precision::Year => "year",
            Precision::Decade => "decade",
            Precision::Century => "century",
            Precision::Interval => "interval",
            Precision::Unknown => "unknown",
        }
    }
}
