//! The content of the claims picture: rows, their speakers, their subjects.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::layout::limit::most_recent;
use crate::layout::order::{Stretches, rows_in, untangle};
use annals_model::{ActorId, ClaimId, DocumentId, Facts, NodeRef, RelationId, StanceValue, Voice};
use annals_query::sort_key::claim_date;
use annals_query::{Dossier, ResolvedQuery};
use annals_time::{Certainty, by_day_and_time};

/// A claim and its row.
#[derive(Debug, Clone)]
pub(in crate::layout) struct Row {
    pub(in crate::layout) claim: ClaimId,
    pub(in crate::layout) certainty: Certainty,
    pub(in crate::layout) speakers: Vec<Speaker>,
    /// Its subjects, by index in [`Plan::subjects`], with each stance toward them.
    pub(in crate::layout) about: Vec<(usize, Option<StanceValue>)>,
}

/// The speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::layout) enum Speaker {
    /// Somebody, perhaps under an office.
    Actor(ActorId, Option<RelationId>),
    /// The narrator of a document.
    Narrator(Option<DocumentId>),
    /// Unknown.
    Unknown,
}

/// Consecutive rows with the same speakers, which share a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The first row.
    pub(super) from: usize,
    /// The row after the last.
    pub(super) until: usize,
}

/// The content of the picture.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) rows: Vec<Row>,
    pub(super) turns: Vec<Turn>,
    /// In the order of their first row. A subject that recurs much later has a second box.
    pub(super) subjects: Vec<NodeRef>,
    /// The number of different subjects.
    pub(super) things: usize,
    /// Their places in `subjects`, from the top down.
    pub(super) order: Vec<usize>,
    /// The number of claims not shown.
    pub(super) left_out: usize,
}

/// The most rows that a speaker's box spans; after that the name is repeated.
const LONGEST_TURN: usize = 6;
/// The most rows that lines into a subject's box span: longer lines could not be followed from one
/// screen to the next.
const FARTHEST: usize = 12;

impl Plan {
    /// The selected claims by date. Those of one date are grouped by speaker, in the order with the
    /// fewest crossing lines. If there are too many for a page, only the most recent are kept;
    /// undated ones are dropped first.
    pub(super) fn new(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Plan {
        let claims = selection.claims(dossier);
        let facts = dossier.facts();
        let dated =
            claims.partition_point(|(id, _)| claim_date(facts, &dossier.validity, *id).is_some());
        most_recent(
            &claims,
            dated,
            |some, left_out| Plan::of_claims(dossier, some, left_out),
            Plan::nodes,
        )
    }

    fn of_claims(dossier: &Dossier<'_>, claims: &[(ClaimId, Certainty)], left_out: usize) -> Plan {
        let facts = dossier.facts();
        let mut rows: Vec<Row> = (claims.iter())
            .map(|(claim, certainty)| Row {
                claim: *claim,
                certainty: *certainty,
                speakers: speakers(facts, *claim),
                about: Vec::new(),
            })
            .collect();
        let mut stretches = by_speaker(dossier, &rows);
        let mut subjects = Subjects::default();
        for (row, begins) in begins(&stretches) {
            let about = about(facts, rows[row].claim).into_iter();
            let place = |(node, stance)| (subjects.place(node, begins), stance);
            rows[row].about = about.map(place).collect();
        }
        let tied: Vec<Vec<usize>> = (rows.iter())
            .map(|row| row.about.iter().map(|(subject, _)| *subject).collect())
            .collect();
        let order = untangle(&tied, subjects.boxes.len(), &mut stretches);
        let rows: Vec<Row> = rows_in(&stretches).map(|row| rows[*row].clone()).collect();
        Plan {
            turns: turns(&rows),
            rows,
            things: subjects.last.len(),
            subjects: subjects.boxes,
            order,
            left_out,
        }
    }

    fn nodes(&self) -> usize {
        let speakers = self
            .turns
            .iter()
            .map(|turn| self.rows[turn.from].speakers.len());
        self.rows.len() + self.subjects.len() + speakers.sum::<usize>()
    }

    /// Lines to subjects: row and subject of each.
    pub(super) fn ties(&self) -> Vec<(usize, usize)> {
        let of_row = |(nth, row): (usize, &Row)| -> Vec<(usize, usize)> {
            row.about
                .iter()
                .map(|(subject, _)| (nth, *subject))
                .collect()
        };
        self.rows.iter().enumerate().flat_map(of_row).collect()
    }
}

/// The subjects, in boxes.
#[derive(Default)]
struct Subjects {
    boxes: Vec<NodeRef>,
    /// For each subject its last box, and the row in which that box begins.
    last: BTreeMap<NodeRef, (usize, usize)>,
}

impl Subjects {
    /// The box of a subject for a row: its last one, unless that is too far up.
    fn place(&mut self, node: NodeRef, row: usize) -> usize {
        let near = self.last.get(&node).copied();
        if let Some((place, first)) = near
            && row < first + FARTHEST
        {
            return place;
        }
        let place = self.boxes.len();
        self.boxes.push(node);
        self.last.insert(node, (place, row));
        place
    }
}

/// Each row with the first row of its date: the order within a date is still open.
fn begins(stretches: &Stretches) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for stretch in stretches {
        let begins = rows.len();
        let each = stretch.iter().flatten().flatten();
        rows.extend(each.map(|row| (*row, begins)));
    }
    rows.sort_unstable();
    rows
}

/// The rows of one date, grouped by speaker, then by office. Claims made on a day are kept apart
/// from those only reported on it.
fn by_speaker(dossier: &Dossier<'_>, rows: &[Row]) -> Stretches {
    let facts = dossier.facts();
    let date = |row: &Row| claim_date(facts, &dossier.validity, row.claim);
    let is_said = |row: &Row| facts[row.claim].said.is_some();
    let same = |a: &Row, b: &Row| match (date(a), date(b)) {
        (Some(one), Some(other)) => {
            is_said(a) == is_said(b) && by_day_and_time(one, other) == Ordering::Equal
        }
        (one, other) => one.is_none() && other.is_none(),
    };
    let mut stretches = Vec::new();
    let mut nth = 0;
    for day in rows.chunk_by(|a, b| same(a, b)) {
        // A different office is the same speaker, but needs another box.
        let mut groups: indexmap::IndexMap<
            Vec<Speaker>,
            indexmap::IndexMap<&[Speaker], Vec<usize>>,
        > = indexmap::IndexMap::new();
        for row in day {
            let who = row
                .speakers
                .iter()
                .map(|one| one.without_office())
                .collect();
            let offices = groups.entry(who).or_default();
            offices.entry(&row.speakers).or_default().push(nth);
            nth += 1;
        }
        stretches.push(
            groups
                .into_values()
                .map(|one| one.into_values().collect())
                .collect(),
        );
    }
    stretches
}

impl Speaker {
    /// The speaker, without any office.
    pub(in crate::layout) fn without_office(self) -> Speaker {
        match self {
            Speaker::Actor(id, _) => Speaker::Actor(id, None),
            other => other,
        }
    }
}

/// The speakers of a claim, without duplicates.
pub(in crate::layout) fn speakers(facts: &Facts, id: ClaimId) -> Vec<Speaker> {
    let claim = &facts[id];
    let mut who: Vec<Speaker> = Vec::new();
    for actor in facts.list(claim.speaker) {
        let office = claim
            .capacity
            .filter(|tie| facts[*tie].from == Some(*actor));
        let one = Speaker::Actor(*actor, office);
        if !who.contains(&one) {
            who.push(one);
        }
    }
    if who.is_empty() {
        let document = facts
            .list(claim.evidence)
            .iter()
            .find_map(|one| one.document);
        who.push(match claim.voice {
            Voice::Narrator => Speaker::Narrator(document),
            _ => Speaker::Unknown,
        });
    }
    who
}

/// The subjects of a claim, each with its stances; then the further targets of its stances.
pub(in crate::layout) fn about(facts: &Facts, id: ClaimId) -> Vec<(NodeRef, Option<StanceValue>)> {
    let claim = &facts[id];
    let stances = facts.list(claim.stance);
    let toward = |node: NodeRef| {
        let values = stances.iter().filter(move |one| one.toward == Some(node));
        values.map(|one| one.value)
    };
    let mut all: Vec<(NodeRef, Option<StanceValue>)> = Vec::new();
    let also = stances.iter().filter_map(|one| one.toward);
    for node in facts.list(claim.about).iter().copied().chain(also) {
        if all.iter().any(|(known, _)| *known == node) {
            continue;
        }
        let mut values: Vec<StanceValue> = toward(node).collect();
        values.sort_unstable();
        values.dedup();
        if values.is_empty() {
            all.push((node, None));
        }
        all.extend(values.into_iter().map(|value| (node, Some(value))));
    }
    all
}

fn turns(rows: &[Row]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        if let Some(turn) = turns.last_mut()
            && row.speakers.len() == 1
            && rows[turn.from].speakers == row.speakers
            && turn.until - turn.from < LONGEST_TURN
        {
            turn.until = nth + 1;
        } else {
            turns.push(Turn {
                from: nth,
                until: nth + 1,
            });
        }
    }
    turns
}
