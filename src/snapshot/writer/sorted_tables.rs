//! The tables that are made once all records have their rows: of links, ids, names and words, and those that
//! only other engines read. All are sorted, several at once.

use super::super::error::SnapshotError;
use super::super::table::Written;
use super::for_engines::{self, Said};
use super::joint::{self, JointClaim};
use super::link_targets::Words;
use super::links::{All, LINKS, LinkRows, LinkTable, Links, Sorted};
use super::{names, undated, words};
use annals_ordered_parallel as ordered_parallel;

/// A table that is to be sorted and written.
enum Work {
    Links(&'static LinkTable, Vec<LinkRows>),
    Ids,
    Names,
    Words,
    Joint(Vec<(u32, u32)>),
    Undated(Vec<undated::Passage>),
    Alternatives,
    Stances,
    ClaimText,
}

/// Writes all of them, given the claims of several speakers.
pub(super) fn write(
    links: Links,
    mut targets: Words<'_>,
    claims: &[JointClaim],
    all: &All<'_>,
) -> Result<Vec<Written>, SnapshotError> {
    let sorted = Sorted::new(&links, &mut targets);
    let (facts, records, folder) = (&all.loaded.facts, all.records, all.folder);
    let said = Said::of(&links.of, &sorted, all);
    let further = joint::further(&links.of, &sorted);
    let undated = undated::passages(&links.of, &sorted, all);
    let links = LINKS.iter().zip(links.of);
    let work = links.map(|(table, links)| Work::Links(table, links));
    // What takes longest first.
    let work = [Work::Words].into_iter().chain(work);
    let work = work.chain([
        Work::Ids,
        Work::Names,
        Work::Joint(further),
        Work::Undated(undated),
        Work::Alternatives,
    ]);
    let large = [Work::Stances, Work::ClaimText].into_iter();
    let work = work.chain(large.filter(|_| all.for_cluster));
    let mut written = Vec::new();
    ordered_parallel::for_each_ordered(
        work,
        ordered_parallel::threads(LINKS.len()),
        |work| match work {
            Work::Words => words::write_words(all.words, folder),
            Work::Links(table, links) => sorted.write(table, links, all),
            Work::Ids => names::write_ids(facts, records, folder),
            Work::Names => names::write_names(facts, records, folder),
            Work::Joint(further) => joint::write(facts, claims, further, &sorted, folder),
            Work::Undated(passages) => undated::write(passages, &sorted, folder),
            Work::Alternatives => for_engines::write_alternatives(facts, records, folder),
            Work::Stances => said.write_stances(folder),
            Work::ClaimText => for_engines::write_claim_text(all.loaded, records, folder),
        },
        |table| {
            written.push(table?);
            Ok::<(), SnapshotError>(())
        },
    )?;
    Ok(written)
}
