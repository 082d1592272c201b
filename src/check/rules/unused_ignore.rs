//! an ignore that silences nothing
//!
//! # What it finds
//! An entry in a record's `ignore` whose code finds nothing in this record, or is not a code.
//!
//! # Why it matters
//! It may silence something tomorrow that nobody has reviewed; and a mistyped code silences nothing
//! today.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person, ignore: {code: AN301, reason: the register is wrong}}
//! ```
//!
//! # How to fix
//! Remove it, or correct the code.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! ```
//!
//! # When it stays silent
//! Codes about missing texts (AN121), since these depend on the given folders; codes that
//! `annals.toml` turns off. If a file was read in part (AN003), nothing is known to be unused.
//!
//! # Source
//! The fact format, version 1: `ignore`.

use crate::context::ignores;
use crate::{Context, Rule, codes};
use annals_finding::wording;
use annals_finding::{Code, Finding, Path, Place, Severity};

/// An ignore that suppresses nothing.
static CODE: Code = Code::new(
    "AN106",
    "unused-ignore",
    Severity::Warning,
    include_str!("unused_ignore.rs"),
);

/// See [`CODE`].
pub(crate) struct UnusedIgnore;

impl Rule for UnusedIgnore {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// Only known after all other rules have run: see [`add`].
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}

/// How many of one record are listed.
const MOST: usize = 100;

/// Adds a finding for every ignore that has suppressed nothing.
pub(crate) fn add(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let facts = context.facts();
    // What is found of records that could not be read is not known.
    if facts.lists.ignores.is_empty() || !context.loaded.unread.is_empty() {
        return;
    }
    let codes: Vec<&'static Code> = codes().collect();
    for record in facts.records() {
        let first = findings.len();
        let mut more = 0;
        for (nth, ignore) in ignores(facts, record).iter().enumerate() {
            let word = facts.name(ignore.code);
            let mut codes = codes.iter();
            let code = codes.find(|code| code.code == word || code.name == word);
            let depends = code.is_some_and(|code| code.code == "AN121" || context.leaves_out(code));
            if depends || context.has_silenced(record, nth) {
                continue;
            }
            if findings.len() - first == MOST {
                more += 1;
                continue;
            }
            let subject = wording::record(facts, record);
            let shown = annals_finding::shown(word);
            let (message, label) = match code {
                Some(_) => (
                    format!("{subject} ignores {shown}, which finds nothing here"),
                    "silences nothing",
                ),
                None => (
                    format!("{subject} ignores {shown}, which is not a code"),
                    "no such code",
                ),
            };
            let place = Place::Value(facts.common(record).origin, Path::field("ignore"));
            findings.push(
                Finding::new(&CODE, message)
                    .at(place, label)
                    .help("remove it, or correct the code")
                    .of(record),
            );
        }
        if let Some(last) = findings.last_mut().filter(|_| more > 0) {
            last.more = more;
            let words = format!("{more} more of this record silence nothing");
            last.notes.push(words);
        }
    }
}
