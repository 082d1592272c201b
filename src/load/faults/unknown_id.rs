//! an id that no record has
//!
//! # What it finds
//! A reference to an id that no record of the run has. It is left out. If many records use the id,
//! it is reported once, with its first two places.
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
//! # When it stays silent
//! The record may come later in the file or be in another file of the run. `same_as` names records
//! of other data sets and is not looked up. A record that could not be read (AN003) is known by its id.
//!
//! # Source
//! The fact format, version 1: *references*.

use super::uses::Uses;
use annals_finding::{Code, Finding, Severity};
use annals_model::{Facts, Name};

/// An id that no record has.
pub static CODE: Code = Code::new(
    "AN102",
    "unknown-id",
    Severity::Error,
    include_str!("unknown_id.rs"),
);

/// Every id of the facts, for finding the nearest.
pub(crate) struct Nearest<'f> {
    ids: Vec<&'f str>,
}

impl<'f> Nearest<'f> {
    /// Beyond this many ids only those that begin alike are compared.
    const MANY: usize = 5000;

    pub(crate) fn new(facts: &'f Facts) -> Self {
        let mut ids: Vec<&str> = (facts.records())
            .map(|record| *facts.common(record))
            .filter(|common| common.named)
            .map(|common| facts.name(common.id))
            .collect();
        ids.sort_unstable();
        Nearest { ids }
    }

    fn of(&self, id: &str) -> Vec<&'f str> {
        if self.ids.len() <= Self::MANY {
            return super::nearest(id, self.ids.iter().copied());
        }
        let stem: String = id.chars().take(2).collect();
        let from = self.ids.partition_point(|one| *one < stem.as_str());
        let alike = self.ids[from..]
            .iter()
            .copied()
            .take_while(|one| one.starts_with(&stem));
        super::nearest(id, alike.take(Self::MANY))
    }
}

pub(crate) fn found(facts: &Facts, name: Name, uses: &Uses, nearest: &Nearest<'_>) -> Finding {
    let id = facts.name(name);
    let shown = super::short(id);
    let mut finding = Finding::new(
        &CODE,
        match uses.records {
            1 => {
                let user = super::record(facts, uses.first.record);
                format!("{user}: no record has the id \"{shown}\"")
            }
            many => format!("no record has the id \"{shown}\", used in {many} records"),
        },
    );
    let near = nearest.of(id);
    let place = uses.first.place(facts);
    finding = match near.first() {
        Some(near) => finding.at(place.clone(), format!("did you mean \"{near}\"?")),
        None => finding.at(place.clone(), "unknown"),
    };
    if let Some(second) = uses.second {
        finding = finding.at(second.place(facts), "and here");
    }
    finding = finding.of(uses.first.record);
    match near.as_slice() {
        [] => finding.help("add the record, or correct the id"),
        [one] if uses.records == 1 => {
            let kind = facts
                .find(one)
                .map_or("a record", |record| record.kind().with_article());
            let message = format!("there is {kind} \"{one}\"");
            // Another speaker is another claim: that is the user's to decide.
            if uses.first.says_who_speaks() {
                finding.suggest(message, place, one)
            } else {
                finding.respell(message, place, one)
            }
        }
        [one, ..] if uses.records == 1 => finding.suggest(
            format!("records with similar ids: {}", near.join(", ")),
            place,
            one,
        ),
        _ => finding.help(format!("records with similar ids: {}", near.join(", "))),
    }
}
