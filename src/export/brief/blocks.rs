//! What a document is made of: blocks, which are made of runs of text. [`layout`](super::layout) makes
//! them of a brief; the formats write them.

use annals_query::answer::Ref;

/// How a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Names and days.
    Strong,
    /// The annotator's words.
    Italic,
    /// The passage within its sentence.
    Marked,
    /// Ids, places and sums.
    Small,
}

/// Where a run leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    /// To an entry of the document.
    Entry(String),
    /// To an address of the web.
    Web(String),
}

/// Some text. What steers a terminal or turns its direction is written out.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) lead: Option<Lead>,
    /// Whether it comes from the facts, and may run from right to left.
    pub(super) is_data: bool,
}

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The speaker's words.
    Quote,
    /// What is said about it.
    Line,
    /// A passage.
    Passage,
    /// What a reader must not miss.
    Alert,
    /// Where it comes from.
    Origin,
}

/// A claim or a source.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its name within the document: `claim-3`, `source-1`.
    pub(super) name: String,
    /// What stands before it: "3", "S1".
    pub(super) label: String,
    pub(super) head: Vec<Run>,
    pub(super) parts: Vec<(Part, Vec<Run>)>,
}

/// A piece of the document.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Title(Vec<Run>),
    Heading(&'static str),
    Paragraph(Vec<Run>),
    Item(Vec<Run>),
    Entry(Entry),
}

impl Run {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Run {
        Run {
            text: text.into(),
            style,
            lead: None,
            is_data: false,
        }
    }

    pub(super) fn plain(text: impl Into<String>) -> Run {
        Run::new(text, Style::Plain)
    }

    /// Text of the facts, on one line.
    pub(super) fn data(text: &str, style: Style) -> Run {
        let on_one_line = text.chars().map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            // No XML can hold these.
            '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
            c => c,
        });
        Run {
            text: on_one_line.flat_map(annals_finding::visible).collect(),
            is_data: true,
            ..Run::new("", style)
        }
    }

    pub(super) fn named(name: &str, style: Style) -> Run {
        if name.trim().is_empty() {
            return Run::new("(no name)", style);
        }
        Run::data(name, style)
    }

    pub(super) fn leading(self, lead: Lead) -> Run {
        Run {
            lead: Some(lead),
            ..self
        }
    }

    pub(super) fn source(number: usize) -> Run {
        Run::plain(format!("S{number}")).leading(Lead::Entry(format!("source-{number}")))
    }

    pub(super) fn claim(number: usize) -> Run {
        Run::plain(number.to_string()).leading(Lead::Entry(format!("claim-{number}")))
    }
}

/// Runs with `, ` between them, and ` and ` before the last.
pub(super) fn joined(each: Vec<Run>) -> Vec<Run> {
    let count = each.len();
    let mut runs = Vec::new();
    for (nth, run) in each.into_iter().enumerate() {
        if nth > 0 {
            runs.push(Run::plain(if nth + 1 == count { " and " } else { ", " }));
        }
        runs.push(run);
    }
    runs
}

/// "claim 3", "claims 3, 4 and 7", with links.
pub(super) fn claims_of(numbers: &[usize]) -> Vec<Run> {
    let word = if numbers.len() == 1 {
        "claim "
    } else {
        "claims "
    };
    let mut runs = vec![Run::plain(word)];
    runs.extend(joined(numbers.iter().map(|one| Run::claim(*one)).collect()));
    runs
}

pub(super) fn sources_of(numbers: &[usize]) -> Vec<Run> {
    joined(numbers.iter().map(|one| Run::source(*one)).collect())
}

pub(super) fn names(refs: &[Ref]) -> Vec<Run> {
    joined(
        refs.iter()
            .map(|one| Run::named(&one.name, Style::Plain))
            .collect(),
    )
}
