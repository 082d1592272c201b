//! What formats of import, of export and of pictures have in common: how one is described, how texts
//! are escaped ([`escape`]), and DOT ([`dot`]), which an export and pictures write.
//!
//! Each registry is a list of rows of one type, [`Format`]. The command line, help and the pages of
//! reference are made from these rows.
//!
//! ```
//! use annals_format::{Format, by_extension, by_name};
//!
//! static UPPER: Format<fn(&str) -> String> = Format {
//!     name: "upper",
//!     title: "capital letters",
//!     extensions: &["txt"],
//!     loses: "The difference between small letters and capitals.",
//!     notes: "",
//!     options: &[],
//!     work: str::to_uppercase,
//! };
//! static FORMATS: &[&Format<fn(&str) -> String>] = &[&UPPER];
//!
//! let format = by_name(FORMATS, "upper").ok_or("no such format")?;
//! assert_eq!((format.work)("Kyiv"), "KYIV");
//! assert!(by_extension(FORMATS, "kyiv.TXT".as_ref()).is_some());
//! # Ok::<(), &str>(())
//! ```

mod count;
pub mod dot;
pub mod escape;
mod slug;

pub use count::{counted, grouped};
pub use slug::slug;

use std::path::Path;

/// A format: how it is described, and the functions that do its work. `O` is an option that formats
/// of its registry can take.
#[derive(Debug)]
pub struct Format<W: 'static, O: 'static = ()> {
    /// The name that the command line has for it.
    pub name: &'static str,
    /// What it is, in one line that begins in lower case and ends without a full stop.
    pub title: &'static str,
    /// The extensions of its files, without the dot and in lower case, the usual one first. A format
    /// that is a folder has none.
    pub extensions: &'static [&'static str],
    /// What is lost in it, in one sentence or a few for the user; empty where nothing is.
    pub loses: &'static str,
    /// What else is worth knowing, for the page of reference: paragraphs in Markdown.
    pub notes: &'static str,
    /// The options that make a difference to it.
    pub options: &'static [O],
    /// The functions that do its work.
    pub work: W,
}

/// The format of this name.
pub fn by_name<W, O>(
    formats: &[&'static Format<W, O>],
    name: &str,
) -> Option<&'static Format<W, O>> {
    formats.iter().copied().find(|format| format.name == name)
}

/// The format that the extension of a file says, in whatever case: `kyiv.dot`, `KYIV.GV`. Of several
/// extensions that fit, the longest counts: `a.timeline.json` ends in `json` as well.
pub fn by_extension<W, O>(
    formats: &[&'static Format<W, O>],
    file: &Path,
) -> Option<&'static Format<W, O>> {
    let name = file.file_name()?.to_string_lossy().to_ascii_lowercase();
    let ends = |extension: &str| {
        let stem = name.strip_suffix(extension);
        let stem = stem.and_then(|rest| rest.strip_suffix('.'));
        stem.is_some_and(|stem| !stem.is_empty())
    };
    let fits = |format: &Format<W, O>| {
        let fit = format.extensions.iter().filter(|one| ends(one));
        fit.map(|extension| extension.len()).max()
    };
    // `max_by_key` takes the last of equals; the first in the list counts.
    let each = formats.iter().copied().rev();
    let fitting = each.filter_map(|format| Some((fits(format)?, format)));
    fitting
        .max_by_key(|(length, _)| *length)
        .map(|(_, format)| format)
}

/// The names of all formats, in the order of the list.
pub fn names<W, O>(formats: &[&'static Format<W, O>]) -> Vec<&'static str> {
    formats.iter().map(|format| format.name).collect()
}

/// The names of the formats that take an option.
pub fn names_taking<W, O: PartialEq>(
    formats: &[&'static Format<W, O>],
    option: &O,
) -> Vec<&'static str> {
    let taking = formats
        .iter()
        .filter(|format| format.options.contains(option));
    taking.map(|format| format.name).collect()
}
