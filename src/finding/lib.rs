//! Findings: what is wrong with the facts, in words and with places.
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
mod locate;
mod place;
pub mod wording;
pub mod write;

use annals_model::RecordRef;

pub use code::{Code, Severity};
pub use locate::{Excerpt, FilePlace, Locate, Located};
pub use place::{ByteRange, Path, Place, Step};

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What sort of fault.
    pub code: &'static Code,
    /// How bad.
    pub severity: Severity,
    /// One line in the user's own words.
    pub message: String,
    /// The records that take part.
    pub records: Vec<RecordRef>,
    /// Where, and what stands there; the first is where the finding counts as standing.
    pub labels: Vec<Label>,
    /// The rule in a sentence, and what else helps to understand.
    pub notes: Vec<String>,
    /// What would mend it.
    pub fixes: Vec<Fix>,
    /// How many more of its sort there are that are not listed.
    pub more: usize,
}

/// A place and what stands there.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What.
    pub text: String,
}

/// One way to mend a fault.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What to do.
    pub message: String,
    /// The change, where it can be said as one.
    pub edits: Vec<Edit>,
    /// Whether it may be made without asking: spelling, white space, ISO spelling; never a date's
    /// value, a speaker or a quote.
    pub safe: bool,
}

/// A change of a file.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// By what: the decoded text for a value, its name for a key.
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

    /// … to be mended by hand like this.
    #[must_use]
    pub fn help(mut self, message: impl Into<String>) -> Self {
        self.fixes.push(Fix {
            message: message.into(),
            edits: Vec::new(),
            safe: false,
        });
        self
    }

    /// … to be mended by this change, which the user decides on.
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

    /// … to be mended by this change of spelling, which `--fix` may make.
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

    /// Where it counts as standing.
    pub fn place(&self) -> Option<&Place> {
        self.labels.first().map(|label| &label.place)
    }
}

/// Puts findings in the order in which they are shown: by file, place, code and message.
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

/// A word as a message shows it: cut when it is long, control characters and direction overrides
/// made visible, since these move the cursor and turn what follows round.
pub fn shown(word: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = word.chars().take(LONGEST).flat_map(visible).collect();
    if word.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// A character that may be printed, or its escape (`\u{7}`) in its place.
pub fn visible(c: char) -> impl Iterator<Item = char> {
    let hidden = c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let (plain, escaped) = if hidden {
        (None, Some(c.escape_unicode()))
    } else {
        (Some(c), None)
    };
    plain.into_iter().chain(escaped.into_iter().flatten())
}
