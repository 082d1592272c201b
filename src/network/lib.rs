//! Discourse networks: how far actors agree, by what they say about the same things.
//!
//! It computes what Discourse Network Analyzer (DNA) computes, and where dates or memberships are
//! uncertain, the least and the most that a weight can be. It knows statements only as numbers
//! ([`Unit`]), nothing of facts and files.
//!
//! 1. [`Statements`] are units sorted into *cells*: node, thing, level.
//! 2. [`Statements::window`] counts each cell within a window, as a *box* [l, u] ([`Counted`]).
//! 3. [`Counted::pairs`] and [`Counted::affiliations`] weigh pairs, one row at a time.
//!
//! Source of the formulas: `Exporter.java` of DNA 3.0.11.5, and P. Leifeld, *Discourse Network
//! Analysis: policy debates as dynamic networks* (2017).
//!
//! ```
//! use annals_network::{Asked, Days, Statements, Unit, When};
//!
//! let unit = |claim: u32, node: u32, level: u8| Unit { claim, node, thing: 0, level, document: claim, when: 0, voice: None };
//! let day = When::on(Days::of(18_000, 18_000));
//! let statements = Statements::new(vec![unit(0, 0, 1), unit(1, 1, 1)], vec![day], Vec::new(), &Asked::default());
//! let counted = statements.window(Days::ALWAYS);
//! let mut weights = Vec::new();
//! counted.pairs(&mut |pair| { weights.push((pair.a, pair.b, pair.weight)); Ok::<(), ()>(()) })?;
//! assert_eq!(weights, [(0, 1, [1.0, 1.0])]);
//! # Ok::<(), ()>(())
//! ```

#![allow(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    clippy::manual_midpoint,
    reason = "counts are far below 2^52, and weights are compared where they are exact; a midpoint of counts is no overflow"
)]

mod affiliation;
mod asked;
mod bounds;
mod boxes;
mod cosine;
mod counted;
mod days;
mod matching;
mod pairs;
mod ratio;
mod shared;
mod statements;
mod windows;

pub use affiliation::{Affiliation, Kind};
pub use asked::{Asked, Duplicates, Measure, Normalise, Scale, Sign};
pub use counted::{Counted, Shown};
pub use days::Days;
pub use pairs::{Fraction, Pair};
pub use statements::{Statements, Unit, Voice, When};
pub use windows::{TooManyWindows, WindowUnit, Windows};

#[cfg(test)]
mod tests;
