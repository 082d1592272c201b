//! Which fact of a conflict runs against others as well: the most likely culprit.

use std::collections::BTreeSet;

use annals_chronology::premises::Chronicle;
use annals_chronology::{Chronology, Premise};
use annals_finding::Finding;
use annals_model::Facts;
use annals_query::chronicle::words;

/// How many constraints may be looked at in all: beyond, in dossiers of tens of thousands of facts,
/// nothing is said.
pub(super) const WORK: usize = 2_000_000;

/// Says which of the premises of a conflict cannot be true with other facts either, even if all else
/// that is in a conflict is left out.
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
    let told: BTreeSet<Premise> = conflicts
        .flat_map(|one| chronicle.behind(&one.premises))
        .collect();
    let against = |premise: Premise| {
        let network = chronicle.held(premise, &|one| !told.contains(&one));
        Chronology::of(&network, &|_| 1.0).conflicts.len()
    };
    let counts: Vec<(usize, Premise)> = premises.iter().map(|one| (against(*one), *one)).collect();
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let mut suspects = counts.iter().filter(|(count, _)| *count == most);
    if let (Some((_, suspect)), None) = (suspects.next().filter(|_| most > 0), suspects.next()) {
        let said = words(facts, chronicle.fact(*suspect));
        let times = match most {
            1 => "once more".to_owned(),
            several => format!("{several} times more"),
        };
        finding
            .notes
            .push(format!("“{said}” runs against other facts {times}"));
    }
}
