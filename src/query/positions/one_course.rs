//! The courses of actors whom relations make one.

use std::collections::{BTreeMap, BTreeSet};

use super::StancesByHolder;
use crate::selection::ResolvedQuery;
use annals_model::NodeRef;

/// Of the courses of actors who are one, those that have a stance which no other of them has: where
/// they are one on every day, a single course.
pub(super) fn of_each(selection: &ResolvedQuery, all: &mut StancesByHolder<'_>) {
    // By who is one: whom a course can be part of.
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (nth, ((speaker, toward), _)) in all.iter().enumerate() {
        let groups = [NodeRef::Actor(*speaker), *toward].map(|node| {
            let group = selection.group(node);
            (group, group.is_none().then_some(node))
        });
        if groups.iter().any(|(group, _)| group.is_some()) {
            alike.entry(groups).or_default().push(nth);
        }
    }
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for mut courses in alike.into_values().filter(|courses| courses.len() > 1) {
        courses.sort_by_key(|nth| std::cmp::Reverse(all[*nth].1.len()));
        let mut kept: Vec<BTreeSet<_>> = Vec::new();
        for nth in courses {
            let stances = all[nth].1.iter();
            let stances: BTreeSet<_> = stances
                .map(|entry| (entry.taken.claim, entry.taken.value))
                .collect();
            if kept.iter().any(|other| stances.is_subset(other)) {
                dropped.insert(nth);
            } else {
                kept.push(stances);
            }
        }
    }
    let mut nth = 0..;
    all.retain(|_| nth.next().is_none_or(|nth| !dropped.contains(&nth)));
}
