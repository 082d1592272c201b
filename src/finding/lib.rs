//! Findings: what is wrong with the facts, as messages with source locations.
//!
//! A finding reads as a sentence:
//!
//! ```
//! use annals_finding::{Code, Finding, Place, Severity};
//! use annals_model::Facts;
//!
//! static CODE: Code = Code::new("AN999", "an-example", Severity::Warning, "//! an example\n");
//!
//! let finding = Finding::new(&CODE, "claim c2 is dated twice").note("one date is enough");
//! assert_eq!(finding.severity, Severity::Warning);
//! ```

pub mod baseline;
mod code;
pub mod fix;
pub mod fold;
pub mod likely_same;
mod locate;
mod place;
pub mod wording;
pub mod write;

use annals_model::RecordRef;

pub use code::{Code, Severity};
pub use locate::{Excerpt, FilePlace, Locate, Located};
pub use place::{ByteRange, Path, Place, Step};

/// A problem.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The kind of finding.
    pub code: &'static Code,
    /// How bad.
    pub severity: Severity,
    /// The message in one line, in the user's own terms.
    pub message: String,
    /// The records that take part.
    pub records: Vec<RecordRef>,
    /// Labelled places; the first is the location of the finding.
    pub labels: Vec<Label>,
    /// Further places of the same problem: forms for programs list them, forms for people show a
    /// few of them and count the rest.
    pub further: Vec<Place>,
    /// The rule in a sentence, and other explanations.
    pub notes: Vec<String>,
    /// Possible fixes.
    pub fixes: Vec<Fix>,
    /// How many more findings of this code and severity it stands for, where they are only counted.
    pub more: usize,
}

/// A place with its label.
#[derive(Debug, Clone)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// The label.
    pub text: String,
}

/// A way to fix a problem.
#[derive(Debug, Clone)]
pub struct Fix {
    /// The instruction.
    pub message: String,
    /// The change, if it can be expressed as edits.
    pub edits: Vec<Edit>,
    /// Whether it is safe to apply without asking: spelling, white space, ISO spelling, where nothing
    /// is guessed; never an id that is only alike, a date's value, a speaker or a quote.
    pub safe: bool,
}

/// An edit of a file.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The place to replace.
    pub place: Place,
    /// The replacement: the decoded text for a value, its name for a key.
    pub text: String,
}

impl Finding {
    /// A finding of this code; `message` is its first line.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Finding {
            code,
            severity: code.severity,
            message: message.into(),
            records: Vec::new(),
            labels: Vec::new(),
            further: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
            more: 0,
        }
    }

    /// … at this place.
    #[must_use]
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// … which stands in this place too.
    #[must_use]
    pub fn also_at(mut self, place: Place) -> Self {
        self.further.push(place);
        self
    }

    /// … in which this record takes part.
    #[must_use]
    pub fn of(mut self, record: impl Into<RecordRef>) -> Self {
        self.records.push(record.into());
        self
    }

    /// … under this rule.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// … to be fixed by hand like this.
    #[must_use]
    pub fn help(mut self, message: impl Into<String>) -> Self {
        self.fixes.push(Fix {
            message: message.into(),
            edits: Vec::new(),
            safe: false,
        });
        self
    }

    /// … to be fixed by this change, which the user must confirm.
    #[must_use]
    pub fn suggest(mut self, message: impl Into<String>, place: Place, text: &str) -> Self {
        let edits = vec![Edit {
            place,
            text: text.to_owned(),
        }];
        self.fixes.push(Fix {
            message: message.into(),
            edits,
            safe: false,
        });
        self
    }

    /// … fixed by this change of spelling, which `--fix` may apply.
    #[must_use]
    pub fn respell(mut self, message: impl Into<String>, place: Place, text: &str) -> Self {
        let edits = vec![Edit {
            place,
            text: text.to_owned(),
        }];
        self.fixes.push(Fix {
            message: message.into(),
            edits,
            safe: true,
        });
        self
    }

    /// The location of the finding.
    pub fn place(&self) -> Option<&Place> {
        self.labels.first().map(|label| &label.place)
    }

    /// All of its places, each with its label.
    pub fn places(&self) -> impl Iterator<Item = (&Place, &str)> {
        let labels = self.labels.iter();
        let labels = labels.map(|label| (&label.place, label.text.as_str()));
        labels.chain(self.further.iter().map(|place| (place, ALSO_HERE)))
    }
}

/// The label of a further place.
pub(crate) const ALSO_HERE: &str = "and here";

/// Sorts findings for display: by file, place, code and message.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| {
            let place = finding.place();
            (
                place.map(|p| (p.file(), p.rough_offset())),
                finding.code.code,
            )
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.place().cmp(&b.place()))
            .then_with(|| a.message.cmp(&b.message))
    });
}

/// A word as shown in a message: truncated if long, with control characters and direction overrides
/// escaped, since these move the cursor and reverse the following text.
pub fn shown(word: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = word.chars().take(LONGEST).flat_map(visible).collect();
    if word.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// The path of a file as shown in a message: whole, with the same characters escaped.
pub fn shown_path(path: &std::path::Path) -> String {
    path.to_string_lossy().chars().flat_map(visible).collect()
}

/// Whether a character steers whatever shows it: it is a control character, it turns the direction
/// of the text after it, breaks lines, or is meant for programs alone.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{206F}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// A printable character, or its escape (`\u{7}`).
pub fn visible(c: char) -> impl Iterator<Item = char> {
    let (plain, escaped) = if is_hidden(c) {
        (None, Some(c.escape_unicode()))
    } else {
        (Some(c), None)
    };
    plain.into_iter().chain(escaped.into_iter().flatten())
}
