//! The lists of all pictures and of all forms of file.

use std::path::Path;

#[cfg(feature = "pdf")]
use super::pdf;
#[cfg(feature = "png")]
use super::png;
use super::{FileFormat, Picture, dot, layout, svg};

/// Every picture, in the order in which help shows them.
pub static PICTURES: &[&Picture] = &[
    &layout::claims::PICTURE,
    &layout::timeline::PICTURE,
    &layout::ladder::PICTURE,
    &layout::graph::PICTURE,
];

/// Every form of file, in the order in which help shows them.
pub static FILE_FORMATS: &[&FileFormat] = &[
    &svg::FORMAT,
    &dot::FORMAT,
    #[cfg(feature = "png")]
    &png::FORMAT,
    #[cfg(feature = "pdf")]
    &pdf::FORMAT,
];

/// The names and extensions of formats that are there only when Annals is built with the feature of
/// the same name.
pub const BUILT_ON_DEMAND: [&str; 2] = ["png", "pdf"];

/// The picture of this name.
pub fn picture_by_name(name: &str) -> Option<&'static Picture> {
    annals_format::by_name(PICTURES, name)
}

/// The form of file of this name.
pub fn format_by_name(name: &str) -> Option<&'static FileFormat> {
    annals_format::by_name(FILE_FORMATS, name)
}

/// The form of file that a file's extension says, in whatever case.
pub fn format_by_extension(file: &Path) -> Option<&'static FileFormat> {
    annals_format::by_extension(FILE_FORMATS, file)
}
