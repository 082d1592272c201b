//! The possible Allen relations between two records, and what rules out the others.

use annals_chronology::{Chronology, Distances, Point, Premise, RelationBounds};
use annals_time::Allen;

/// The possible relations between two intervals, and what rules out the others.
pub(super) struct Between {
    pub(super) possible: Vec<Allen>,
    pub(super) because: Vec<Premise>,
}

pub(super) fn between(solved: &Chronology<'_>, points: [Point; 4]) -> Between {
    let distances = points.map(|point| solved.from(point));
    let trial = solved.trial(&points);
    let mut found = Between {
        possible: Vec::new(),
        because: Vec::new(),
    };
    for relation in Allen::ALL {
        let ruled_out = rules_out(solved, &distances, points, relation)
            .or_else(|| trial.as_ref()?.ruled_out_by(&at_points(points, relation)));
        match ruled_out {
            None => found.possible.push(relation),
            Some(why) => found.because.extend(why),
        }
    }
    found
}

/// The premises whose distances rule out a relation: those of the shortest of the chains between ends that
/// contradict it; `None` if it is possible.
fn rules_out(
    solved: &Chronology<'_>,
    distances: &[Distances; 4],
    points: [Point; 4],
    relation: Allen,
) -> Option<Vec<Premise>> {
    let mut far = [[None; 4]; 4];
    for (row, from) in far.iter_mut().zip(distances) {
        for (cell, to) in row.iter_mut().zip(points) {
            *cell = from.to(to);
        }
    }
    let given = far;
    for (from, to, most) in said_of(relation) {
        far[from][to] = Some(far[from][to].map_or(most, |known: i64| known.min(most)));
    }
    for by in 0..4 {
        for from in 0..4 {
            for to in 0..4 {
                if let (Some(x), Some(y)) = (far[from][by], far[by][to]) {
                    far[from][to] =
                        Some(far[from][to].map_or(x + y, |known: i64| known.min(x + y)));
                }
            }
        }
    }
    let impossible = (0..4).any(|point| far[point][point].is_some_and(|sum| sum < 0));
    if !impossible {
        return None;
    }
    // One chain against one bound of the relation is the simplest reason.
    let mut best: Option<Vec<Premise>> = None;
    for (from, to, most) in said_of(relation) {
        if given[to][from].is_some_and(|back| back + most < 0) {
            let chain = solved.because(&distances[to], points[from]);
            let why = solved.wanted(chain, points[to], points[from], given[to][from]);
            if best.as_ref().is_none_or(|known| why.len() < known.len()) {
                best = Some(why);
            }
        }
    }
    // Otherwise a combination of several: everything known between the four ends.
    Some(best.unwrap_or_else(|| {
        let pairs = (0..4).flat_map(|from| (0..4).map(move |to| (from, to)));
        let known = pairs.filter(|(from, to)| given[*from][*to].is_some());
        known
            .flat_map(|(from, to)| solved.because(&distances[from], points[to]))
            .collect()
    }))
}

/// The bounds of a relation between these ends.
fn at_points(points: [Point; 4], relation: Allen) -> Vec<(Point, Point, i64)> {
    let bounds = said_of(relation).into_iter();
    bounds
        .map(|(from, to, most)| (points[from], points[to], most))
        .collect()
}

/// The bounds of a relation between the ends 0, 1 of the first and 2, 3 of the second: (from, to,
/// most ticks later).
fn said_of(relation: Allen) -> Vec<(usize, usize, i64)> {
    RelationBounds::from_set(relation.into()).bounds().to_vec()
}
