//! an id that no record has
//!
//! # What it finds
//! A reference to an id that no record of the run has. It is left out. If many records use the id,
//! it is reported once, with all its places.
//!
//! # Why it matters
//! The edge that the reference would create is missing from the graph: a claim by `zelenski` is not
//! among the claims by `zelensky`.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: zelensky, name: Volodymyr Zelensky, kind: person}
//! claims:
//!   - {id: c1, speaker: zelenski, act: asserts}
//! ```
//!
//! # How to fix
//! Correct the id, add the record, or read the file that contains it as well.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: zelensky, name: Volodymyr Zelensky, kind: person}
//! claims:
//!   - {id: c1, speaker: zelensky, act: asserts}
//! ```
//!
//! `--fix` changes a reference only where nothing is guessed: the id differs from one id alone by case,
//! white space, accents, signs in place of each other (`Tom_Halloran`, `tom-halloran`) or two letters that
//! changed places (`harbuor`), or it is the very name of one record alone. It never changes a speaker. An id that is only like another
//! (`c1`, `c12`) may be another's: it is yours to correct.
//!
//! # When it stays silent
//! The record may come later in the file or be in another file of the run. `same_as` names records
//! of other data sets and is not looked up. A record that could not be read (AN003) is known by its id.
//!
//! # Source
//! The fact format, version 1: *references*.

use std::cell::Cell;

use super::by_name::{self, Named};
use super::uses::{Use, Uses};
use annals_finding::{Code, Edit, Finding, Fix, Severity};
use annals_model::{Facts, Name, RecordKind, RecordRef, Vocabulary as _};

/// An id that no record has.
pub static CODE: Code = Code::new(
    "AN102",
    "unknown-id",
    Severity::Error,
    include_str!("unknown_id.rs"),
);

/// Every id of the facts, for finding the nearest.
pub(crate) struct Nearest<'f> {
    ids: Vec<(&'f str, RecordKind)>,
    /// How many more comparisons may be made.
    left: Cell<usize>,
}

impl<'f> Nearest<'f> {
    /// Beyond this many ids only those that begin alike are compared.
    const MANY: usize = 5000;
    /// The most comparisons for all unknown ids together. Where many ids are unknown, a file is
    /// missing, and none of them is misspelt.
    const MOST: usize = 150_000;

    pub(crate) fn new(facts: &'f Facts) -> Self {
        let mut ids: Vec<_> = (facts.records())
            .map(|record| (record.kind(), *facts.common(record)))
            .filter(|(_, common)| common.named)
            .map(|(kind, common)| (facts.name(common.id), kind))
            .collect();
        ids.sort_unstable();
        Nearest {
            ids,
            left: Cell::new(Self::MOST),
        }
    }

    /// The nearest ids of records that may stand where this one is used.
    fn of(&self, id: &str, kinds: &[RecordKind]) -> Vec<&'f str> {
        if self.left.get() == 0 {
            return Vec::new();
        }
        if self.ids.len() <= Self::MANY {
            return self.compared(id, &self.ids, kinds);
        }
        let stem: String = id.chars().take(2).collect();
        let from = self.ids.partition_point(|(one, _)| *one < stem.as_str());
        let after = &self.ids[from..];
        let count = after.partition_point(|(one, _)| one.starts_with(&stem));
        self.compared(id, &after[..count.min(Self::MANY)], kinds)
    }

    fn compared(
        &self,
        id: &str,
        ids: &[(&'f str, RecordKind)],
        kinds: &[RecordKind],
    ) -> Vec<&'f str> {
        self.left.set(self.left.get().saturating_sub(ids.len()));
        let fit = ids.iter().filter(|(_, kind)| kinds.contains(kind));
        super::nearest(id, fit.map(|(id, _)| *id))
    }
}

pub(crate) fn found(
    facts: &Facts,
    name: Name,
    uses: &Uses,
    nearest: &Nearest<'_>,
    named: &Named,
) -> Finding {
    let id = facts.name(name);
    let shown = super::short(id);
    let records = uses.records();
    let mut finding = Finding::new(
        &CODE,
        match records.len() {
            1 => {
                let user = super::record(facts, uses.first.record);
                format!("{user}: no record has the id \"{shown}\"")
            }
            many => format!("no record has the id \"{shown}\", used in {many} records"),
        },
    );
    let kinds = uses.kinds();
    let called = named.of(id, &kinds);
    let near = if called.is_empty() {
        nearest.of(id, &kinds)
    } else {
        Vec::new()
    };
    let place = uses.first.place(facts);
    let label = match (called.as_slice(), near.first()) {
        ([one], _) if by_name::is_spelling_of(id, facts.id(*one)) => {
            format!("spelt otherwise than {}", super::record(facts, *one))
        }
        ([one], _) => format!("a name of {}", super::record(facts, *one)),
        ([_, ..], _) => "a name, not an id".to_owned(),
        ([], Some(near)) => format!("did you mean \"{near}\"?"),
        ([], None) => "unknown".to_owned(),
    };
    finding = finding.at(place, label);
    finding.further = uses.others.iter().map(|one| one.place(facts)).collect();
    if records.len() > 2 {
        finding = finding.note(format!("used by {}", super::some_ids(facts, &records)));
    }
    let is_alone = records.len() == 1;
    finding.records = records;
    if is_date_of_tie(id, &uses.first) {
        return finding.help(DATE_OF_TIE);
    }
    if called.is_empty() {
        let others = named.of(id, RecordKind::ALL);
        return of_near(facts, finding, uses, id, (&near, &others), is_alone);
    }
    of_names(facts, finding, uses, id, &called)
}

/// What to write in place of a date in `from` or `to` of a relation.
const DATE_OF_TIE: &str =
    "from and to are actors; its dates stand in one field: when: START/END, as in 2019-05-20/..";

/// Whether a date stands where a relation has one of its ends.
fn is_date_of_tie(id: &str, used: &Use) -> bool {
    used.record.kind() == RecordKind::Relation
        && ["from", "to"].contains(&used.slot.field())
        && id.starts_with(|c: char| c.is_ascii_digit())
        && annals_time::Date::parse(id).is_ok()
}

/// The id is a name of these records, or one of their ids in another spelling.
fn of_names(
    facts: &Facts,
    mut finding: Finding,
    uses: &Uses,
    written: &str,
    called: &[RecordRef],
) -> Finding {
    if let [one] = called {
        let id = facts.id(*one);
        let is_id = by_name::is_spelling_of(written, id);
        let is_name = by_name::is_name_of(facts, *one, written);
        let all = || std::iter::once(&uses.first).chain(&uses.others);
        // Another speaker is another claim: that is the user's to decide.
        let says_who_speaks = all().any(|one| one.says_who_speaks());
        finding.fixes.push(Fix {
            message: if is_id {
                format!("the id is written \"{}\"", super::short(id))
            } else {
                "records are referred to by their ids".to_owned()
            },
            edits: all()
                .map(|one| Edit {
                    place: one.place(facts),
                    text: id.to_owned(),
                })
                .collect(),
            safe: (is_id || is_name) && !says_who_speaks,
        });
        return finding;
    }
    let all: Vec<String> = (called.iter())
        .map(|one| super::record(facts, *one))
        .collect();
    finding.help(format!(
        "it is a name of {}: write the id of the one that is meant",
        all.join(", ")
    ))
}

/// Whether two neighbouring letters of a longer id have changed places (`harbuor`): of all slips the one
/// that makes no other word. Digits count things.
fn has_letters_swapped(written: &str, id: &str) -> bool {
    const SHORTEST: usize = 5;
    let (written, id): (Vec<char>, Vec<char>) = (written.chars().collect(), id.chars().collect());
    if written.len() != id.len() || id.len() < SHORTEST {
        return false;
    }
    let differ: Vec<usize> = (0..id.len())
        .filter(|nth| written[*nth] != id[*nth])
        .collect();
    let [one, other] = differ[..] else {
        return false;
    };
    other == one + 1
        && written[one] == id[other]
        && written[other] == id[one]
        && id[one].is_alphabetic()
        && id[other].is_alphabetic()
}

/// No record that may stand there has such a name: `near` are similar ids, `others` records of other
/// kinds with the name. Likeness is no reason to change a reference: the other id may be another's.
fn of_near(
    facts: &Facts,
    finding: Finding,
    uses: &Uses,
    written: &str,
    (near, others): (&[&str], &[RecordRef]),
    is_alone: bool,
) -> Finding {
    let place = uses.first.place(facts);
    match near {
        [] => match others.first() {
            Some(other) => finding.help(format!(
                "it is a name of {}, but \"{}\" needs {}",
                super::record(facts, *other),
                uses.first.slot.field(),
                super::wrong_kind::one_of(&uses.kinds())
            )),
            None => finding.help("add the record, or correct the id"),
        },
        [one] if is_alone => {
            let kind = facts
                .find(one)
                .map_or("a record", |record| record.kind().with_article());
            let mut finding = finding.suggest(format!("there is {kind} \"{one}\""), place, one);
            if has_letters_swapped(written, one) && !uses.first.says_who_speaks() {
                finding.fixes.iter_mut().for_each(|fix| fix.safe = true);
            }
            finding
        }
        [one, ..] if is_alone => finding.suggest(
            format!("records with similar ids: {}", near.join(", ")),
            place,
            one,
        ),
        _ => finding.help(format!("records with similar ids: {}", near.join(", "))),
    }
}
