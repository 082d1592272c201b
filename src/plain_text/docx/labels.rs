//! How the pages of a document are counted.

use crate::pages::Style;

/// How the pages of a section are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    /// The last page of the section, from 0.
    pub(super) last: usize,
    /// The number of its first page, if it does not go on from the section before.
    pub(super) start: Option<u32>,
    /// The style of its numbers.
    pub(super) style: Style,
}

/// The style of page numbers with this name.
pub(super) fn style(name: &str) -> Style {
    match name {
        "upperRoman" => Style::Roman,
        "lowerRoman" => Style::SmallRoman,
        "upperLetter" => Style::Letters,
        "lowerLetter" => Style::SmallLetters,
        _ => Style::Decimal,
    }
}

/// The labels of so many pages.
pub(super) fn labels(count: usize, sections: &[Section]) -> Vec<String> {
    let mut labels = Vec::with_capacity(count);
    let mut next = 1;
    for section in sections {
        if section.last < labels.len() {
            continue;
        }
        next = section.start.unwrap_or(next);
        while labels.len() <= section.last && labels.len() < count {
            labels.push(section.style.write(next));
            next += 1;
        }
    }
    let style = sections
        .last()
        .map_or(Style::Decimal, |section| section.style);
    while labels.len() < count {
        labels.push(style.write(next));
        next += 1;
    }
    labels
}
