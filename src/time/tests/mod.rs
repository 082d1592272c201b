//! Tests of the floor: what dates mean, how they compare, how they are refused, and
//! the lengths and relations between them.

mod allen;
mod comparing;
mod dates;
mod distances;
mod durations;
mod refusals;

use super::Date;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
