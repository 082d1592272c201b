//! The dates that are narrower than before.

use super::{Asked, ChangeKind, InForce, Known, KnownRow};
use crate::chronicle::{EndRow, SolvedChronology};
use annals_chronology::premises::Chronicle;
use annals_model::RecordRef;
use annals_time::{Certainty, Day};

/// The chronology of the facts that were certainly known, and of all that can have been. More facts
/// leave fewer days.
struct Known2<'s, 'd, 'l> {
    least: &'s SolvedChronology<'d, 'l>,
    most: &'s SolvedChronology<'d, 'l>,
}

/// The dates of records that were known before the period and at its end, and are narrower at its end.
pub(super) fn narrower(asked: &Asked<'_, '_, '_>) -> Vec<KnownRow> {
    let facts = asked.facts();
    let knowing = |record: RecordRef| asked.knowing(record);
    let is_new = |record| knowing(record).is_new().is_possible();
    if !facts.records().any(is_new) {
        return Vec::new();
    }
    let (before, after) = (|state: InForce| state.before, |state: InForce| state.after);
    let unsure = |of: fn(InForce) -> bool| {
        let mut records = facts.records();
        records.any(|record| knowing(record).holds(of) == Certainty::Possibly)
    };
    let chronicle = |of: fn(InForce) -> bool, least: Certainty| {
        let in_force = |record: RecordRef| knowing(record).holds(of) >= least;
        Chronicle::of(facts, asked.slack, &in_force)
    };
    let (possibly, certainly) = (Certainty::Possibly, Certainty::Certainly);
    let most = [chronicle(before, possibly), chronicle(after, possibly)];
    let least = [before as fn(InForce) -> bool, after]
        .map(|of| unsure(of).then(|| chronicle(of, certainly)));
    let solve = |chronicle| SolvedChronology::with_bounds(asked.dossier, chronicle);
    let most = most.each_ref().map(solve);
    let least = least.each_ref().map(|one| one.as_ref().map(solve));
    let [earlier, later] = [0, 1].map(|nth| Known2 {
        least: least[nth].as_ref().unwrap_or(&most[nth]),
        most: &most[nth],
    });
    let dated = (facts.documents.handles().map(RecordRef::Document))
        .chain(facts.events.handles().map(RecordRef::Event))
        .chain(facts.claims.handles().map(RecordRef::Claim))
        .chain(facts.relations.handles().map(RecordRef::Relation));
    dated
        .filter_map(|record| row(asked, &earlier, &later, record))
        .collect()
}

fn row(
    asked: &Asked<'_, '_, '_>,
    earlier: &Known2<'_, '_, '_>,
    later: &Known2<'_, '_, '_>,
    record: RecordRef,
) -> Option<KnownRow> {
    let was_known = asked
        .knowing(record)
        .holds(|state| state.before && state.after);
    if !was_known.is_possible() {
        return None;
    }
    let surely = (earlier.most.ends(record)?, later.least.ends(record)?);
    let possibly = (earlier.least.ends(record)?, later.most.ends(record)?);
    let is_sure = is_narrower(&surely);
    if !is_sure && !is_narrower(&possibly) {
        return None;
    }
    let matches = asked.matches(record)?;
    let (solved, (before, after)) = if is_sure {
        (later.least, surely)
    } else {
        (later.most, possibly)
    };
    let behind = newly_known(asked, solved, record, &(before, after));
    let newest = behind.into_iter().max_by_key(|(_, day)| *day);
    let days = |[start, end]: [EndRow; 2]| Known::Dates {
        start: start.narrowed,
        end: end.narrowed,
    };
    let certain = is_sure && was_known.and(matches).is_certain();
    Some(KnownRow {
        day: newest.and_then(|(_, day)| day),
        because: newest.and_then(|(record, _)| asked.document(record)),
        before: Some(days(before)),
        after: Some(days(after)),
        ..asked.row(ChangeKind::Date, record, certain)
    })
}

type Ends = ([EndRow; 2], [EndRow; 2]);

/// For the start and the end, whether the first day is later than before, and whether the last is
/// earlier.
fn narrowed(&(before, after): &Ends) -> [[bool; 2]; 2] {
    let earlier = |one: Option<Day>, other: Option<Day>| match (one, other) {
        (Some(one), Some(other)) => one < other,
        (one, other) => one.is_some() && other.is_none(),
    };
    [0, 1].map(|end| {
        let (one, two) = (before[end].narrowed, after[end].narrowed);
        [two[0] > one[0], earlier(two[1], one[1])]
    })
}

fn is_narrower(ends: &Ends) -> bool {
    narrowed(ends).into_iter().flatten().any(|is| is)
}

/// The facts behind the bounds that are narrower which came to be known in the period.
fn newly_known(
    asked: &Asked<'_, '_, '_>,
    solved: &SolvedChronology<'_, '_>,
    record: RecordRef,
    ends: &Ends,
) -> Vec<(RecordRef, Option<Day>)> {
    let changed = narrowed(ends);
    let why = solved.why(record).map(|why| why.bounds).unwrap_or_default();
    let bounds = why.iter().filter(|bound| {
        changed[usize::from(bound.point == "end")][usize::from(bound.side == "last")]
    });
    let facts = bounds.flat_map(|bound| &bound.because);
    let facts = facts.filter_map(|fact| asked.facts().find(&fact.id));
    let new = facts.filter_map(|fact| {
        let knowing = asked.knowing(fact);
        (knowing.is_new().is_possible()).then_some((fact, knowing.day))
    });
    new.collect()
}
