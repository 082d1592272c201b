//! ids that no eye can tell apart
//!
//! # What it finds
//! Two records whose ids differ, but look the same: by letters of other scripts (a Cyrillic `а` for
//! a Latin `a`), by characters that cannot be seen, or by accents that are part of a letter in one
//! and characters of their own in the other.
//!
//! # Why it matters
//! A reference to one misses the other, and no reader of the file can see why: claims of one person
//! are listed under two. Texts from strangers can hide a second record behind a known name.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: carvalho, name: Ines Carvalho, kind: person}
//!   - {id: "c\u0430rvalho", name: Rui Duarte, kind: person}
//! ```
//!
//! # How to fix
//! If they are the same thing, keep one of them. If they are not, give one an id that looks
//! different.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: carvalho, name: Ines Carvalho, kind: person}
//!   - {id: duarte, name: Rui Duarte, kind: person}
//! ```
//!
//! # When it stays silent
//! Ids in plain ASCII: `l1` and `ll` can be told apart. Ids that differ in case. Names, labels and
//! aliases may look the same.
//!
//! # Source
//! Unicode Technical Standard 39, *Unicode Security Mechanisms*, section 4: *confusable detection*.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use unicode_security::confusable_detection::skeleton;

use super::collected::Collected;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{Facts, RecordRef, Vocabulary as _};

/// Ids that look the same.
static CODE: Code = Code::new(
    "AN107",
    "lookalike-ids",
    Severity::Warning,
    include_str!("lookalike_ids.rs"),
);

/// See [`CODE`].
pub(crate) struct LookalikeIds;

impl Rule for LookalikeIds {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let named = || facts.records().filter(|one| facts.common(*one).named);
        // The first record of each look, and whether its id is plain: most ids are, and can only
        // look like one that is not. Only used for lookups, never iterated.
        let mut looks: HashMap<String, Option<RecordRef>, RandomState> = HashMap::default();
        for record in named().filter(|one| !facts.id(*one).is_ascii()) {
            looks.insert(look(facts.id(record)), None);
        }
        if looks.is_empty() {
            return;
        }
        let mut found = Collected::new(context, &CODE);
        for record in named() {
            let id = facts.id(record);
            let Some(first) = looks.get_mut(&look(id)) else {
                continue;
            };
            match *first {
                None => *first = Some(record),
                // One of three plain ones may look like the other, and like one that is not.
                Some(other) if id.is_ascii() && facts.id(other).is_ascii() => {}
                Some(other) => found.add(context, record, CODE.severity, || {
                    finding(facts, other, record)
                }),
            }
        }
        found.finish(findings);
    }
}

/// What can be seen of an id: equal for ids that no eye can tell apart.
fn look(id: &str) -> String {
    let seen: String = id.chars().filter(|c| !is_unseen(*c)).collect();
    skeleton(&seen).collect()
}

/// Whether a character leaves no trace: Unicode's *default ignorable* ones.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

fn finding(facts: &Facts, first: RecordRef, second: RecordRef) -> Finding {
    let [one, two] = [first, second].map(|record| facts.id(record));
    let spelled = [spelled(one, two), spelled(two, one)];
    let [named_first, named_second] =
        [(first, &spelled[0]), (second, &spelled[1])].map(|(record, id)| {
            let id = annals_finding::shown(id);
            format!("{} \"{id}\"", record.kind().word())
        });
    let place = |record: RecordRef| Place::value(facts.common(record).origin, "id");
    Finding::new(
        &CODE,
        format!("the ids of {named_first} and {named_second} look the same"),
    )
    .at(
        place(second),
        format!("this is \"{}\"", annals_finding::shown(&spelled[1])),
    )
    .at(
        place(first),
        format!("and this \"{}\"", annals_finding::shown(&spelled[0])),
    )
    .note("they are different ids: a reference to one misses the other")
    .help("if they are the same thing, keep one; else give one of them an id that looks different")
    .of(first)
    .of(second)
}

/// An id with the characters that another does not have as numbers, since they cannot be told apart:
/// `c\u{430}rvalho`.
fn spelled(id: &str, other: &str) -> String {
    let mut spelled = String::new();
    for c in id.chars() {
        if c.is_ascii() || other.contains(c) && !is_unseen(c) {
            spelled.push(c);
        } else {
            spelled.extend(c.escape_unicode());
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_look_the_same_have_one_look() {
        for (one, other) in [
            ("nato", "n\u{430}to"),
            ("nato", "na\u{200B}to"),
            ("nato", "nat\u{3BF}"),
            ("nato", "\u{202A}nato\u{202C}"),
            ("nato", "nat\u{FF4F}"),
            ("caf\u{E9}", "cafe\u{301}"),
            ("kyiv-1", "kyiv\u{2010}1"),
            ("a b", "a\u{A0}b"),
            ("\u{43D}\u{430}\u{442}\u{43E}", "\u{43D}a\u{442}o"),
        ] {
            assert_eq!(look(one), look(other), "{one} {other}");
        }
        for (one, other) in [("nato", "NATO"), ("caf\u{E9}", "cafe"), ("київ", "киів")] {
            assert_ne!(look(one), look(other), "{one} {other}");
        }
    }

    #[test]
    fn an_id_is_spelled_so_that_it_can_be_told_apart() {
        assert_eq!(spelled("n\u{430}to", "nato"), "n\\u{430}to");
        assert_eq!(spelled("nato", "n\u{430}to"), "nato");
        assert_eq!(spelled("cafe\u{301}", "caf\u{E9}"), "cafe\\u{301}");
        assert_eq!(spelled("\u{200B}ж", "ж"), "\\u{200b}ж");
    }
}
