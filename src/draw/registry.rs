//! The lists of all pictures and of all formats.

use std::path::Path;

#[cfg(feature = "pdf")]
use super::pdf;
#[cfg(feature = "png")]
use super::png;
use super::{Format, Picture, dot, layout, svg};

/// Every picture, in the order in which help shows them.
pub static PICTURES: &[&dyn Picture] = &[
    &layout::claims::Claims,
    &layout::timeline::Timeline,
    &layout::ladder::Ladder,
    &layout::graph::Graph,
];

/// Every format, in the order in which help shows them.
pub static FORMATS: &[&dyn Format] = &[
    &svg::Svg,
    &dot::Dot,
    #[cfg(feature = "png")]
    &png::Png::USUAL,
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
];

/// The names and endings of formats that are there only when Annals is built with the feature of the
/// same name.
pub const BUILT_ON_DEMAND: [&str; 2] = ["png", "pdf"];

/// The picture of this name.
pub fn picture_by_name(name: &str) -> Option<&'static dyn Picture> {
    PICTURES
        .iter()
        .copied()
        .find(|picture| picture.name() == name)
}

/// The format of this name.
pub fn format_by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// The format that a file's ending says, in whatever case.
pub fn format_by_ending(file: &Path) -> Option<&'static dyn Format> {
    let ending = file.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS
        .iter()
        .copied()
        .find(|format| format.endings().contains(&ending.as_str()))
}
