//! Finds the fact of a conflict that contradicts other facts too: the most likely culprit.

use std::collections::BTreeSet;

use annals_chronology::premises::Chronicle;
use annals_chronology::{Chronology, Premise};
use annals_finding::Finding;
use annals_model::Facts;
use annals_query::chronicle::words;

/// How many constraints may be examined in all: beyond it, in dossiers of tens of thousands of
/// facts, no suspect is named.
pub(super) const WORK: usize = 2_000_000;

/// Names the premises of a conflict that contradict other facts too, even with everything else that
/// is in a conflict left out.
pub(super) fn add(
    facts: &Facts,
    chronicle: &Chronicle,
    solved: &Chronology<'_>,
    premises: &[Premise],
    work: &mut usize,
    finding: &mut Finding,
) {
    let size = chronicle.network.constraints().len();
    let needed = size.saturating_mul(premises.len());
    if *work < needed {
        return;
    }
    *work -= needed;
    let conflicts = solved.conflicts.iter().chain(&chronicle.left_out);
    let in_conflict: BTreeSet<Premise> = conflicts
        .flat_map(|one| chronicle.behind(&one.premises))
        .collect();
    let against = |premise: Premise| {
        let network = chronicle.held(premise, &|one| !in_conflict.contains(&one));
        Chronology::new(&network, &|_| 1.0).conflicts.len()
    };
    let counts: Vec<(usize, Premise)> = premises.iter().map(|one| (against(*one), *one)).collect();
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let mut suspects = counts.iter().filter(|(count, _)| *count == most);
    if let (Some((_, suspect)), None) = (suspects.next().filter(|_| most > 0), suspects.next()) {
        let said = words(facts, chronicle.fact(*suspect));
        let times = match most {
            1 => "once more".to_owned(),
            several => format!("{several} more times"),
        };
        finding
            .notes
            .push(format!("“{said}” conflicts with other facts {times}"));
    }
}
