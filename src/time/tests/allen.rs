//! Allen's relations against their end points.

use crate::{Allen, AllenSet};

/// All stretches with ends from 0 to 5.
fn stretches() -> impl Iterator<Item = (i32, i32)> {
    (0..5).flat_map(|start| (start + 1..=5).map(move |end| (start, end)))
}

/// Allen's definitions by end points.
fn holds(relation: Allen, (s1, e1): (i32, i32), (s2, e2): (i32, i32)) -> bool {
    match relation {
        Allen::Before => e1 < s2,
        Allen::Meets => e1 == s2,
        Allen::Overlaps => s1 < s2 && s2 < e1 && e1 < e2,
        Allen::Starts => s1 == s2 && e1 < e2,
        Allen::During => s2 < s1 && e1 < e2,
        Allen::Finishes => s2 < s1 && e1 == e2,
        Allen::Equals => s1 == s2 && e1 == e2,
        inverse => holds(inverse.inverse(), (s2, e2), (s1, e1)),
    }
}

#[test]
fn exactly_one_relation_holds_between_two_stretches() {
    for (first, second) in stretches().flat_map(|a| stretches().map(move |b| (a, b))) {
        let all: Vec<Allen> = Allen::ALL
            .into_iter()
            .filter(|&r| holds(r, first, second))
            .collect();
        let relation = Allen::between(first, second);
        assert_eq!(all, Vec::from_iter(relation), "{first:?} {second:?}");
        assert_eq!(Allen::between(second, first), relation.map(Allen::inverse));
    }
    assert_eq!(Allen::between((1, 1), (0, 2)), None);
}

#[test]
fn the_unions_are_what_their_end_points_say() {
    for (first, second) in stretches().flat_map(|a| stretches().map(move |b| (a, b))) {
        let ((s1, e1), (s2, e2)) = (first, second);
        let relation = Allen::between(first, second).expect("proper stretches");
        let moments = |(s, e)| s..e;
        let shared = moments(first).any(|moment| moments(second).contains(&moment));
        assert_eq!(AllenSet::STARTS_BEFORE.contains(relation), s1 < s2);
        assert_eq!(AllenSet::ENDS_BEFORE.contains(relation), e1 < e2);
        assert_eq!(AllenSet::BEFORE_OR_MEETS.contains(relation), e1 <= s2);
        assert_eq!(AllenSet::OVERLAPPING.contains(relation), shared);
        assert_eq!(AllenSet::DISJOINT.contains(relation), !shared);
    }
}

#[test]
fn names_are_those_of_fact_files() {
    for relation in Allen::ALL {
        let json = serde_json::to_string(&relation).expect("json");
        assert_eq!(json, format!("\"{relation}\""));
        assert_eq!(
            AllenSet::from_name(relation.as_str()),
            Some(relation.into())
        );
        assert_eq!(AllenSet::from(relation).only(), Some(relation));
    }
    assert_eq!(
        AllenSet::from_name("overlapping"),
        Some(AllenSet::OVERLAPPING)
    );
    assert_eq!(AllenSet::from_name("simultaneous"), None);
    assert_eq!(AllenSet::DISJOINT.to_string(), "disjoint");
    assert_eq!(AllenSet::EMPTY.to_string(), "no relation");
    let either: AllenSet = [Allen::After, Allen::Before].into_iter().collect();
    assert_eq!(
        serde_json::to_string(&either).expect("json"),
        r#"["before","after"]"#
    );
}

#[test]
fn sets_are_sets() {
    assert_eq!(AllenSet::ALL.len(), 13);
    assert_eq!(AllenSet::STARTS_BEFORE.only(), None);
    assert_eq!(AllenSet::DISJOINT.inverse(), AllenSet::DISJOINT);
    assert_eq!(AllenSet::DISJOINT | AllenSet::OVERLAPPING, AllenSet::ALL);
    assert!((AllenSet::DISJOINT & AllenSet::OVERLAPPING).is_empty());
    assert_eq!(AllenSet::ALL.iter().collect::<Vec<_>>(), Allen::ALL);
}
