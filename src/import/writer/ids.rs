//! Ids that speak: slugs of names, each once.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;

use annals_format::slug;
use annals_model::{RecordKind, Vocabulary};

/// The ids of an import.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String, RandomState>,
    /// The last number that was tried after a slug.
    tried: HashMap<String, u64, RandomState>,
    /// The ids of things by their keys, of each kind.
    known: BTreeMap<RecordKind, HashMap<String, String, RandomState>>,
    /// What ids by number begin with.
    prefixes: Vec<&'static str>,
}

impl Ids {
    pub(super) fn fresh(&mut self, kind: RecordKind, words: &str) -> String {
        let mut slug = slug(words);
        if slug.is_empty() {
            kind.word().clone_into(&mut slug);
        }
        if !self.is_numbered(&slug) && self.taken.insert(slug.clone()) {
            return slug;
        }
        let mut n = self.tried.get(&slug).copied().unwrap_or(1);
        loop {
            n += 1;
            let id = format!("{slug}-{n}");
            if !self.is_numbered(&id) && self.taken.insert(id.clone()) {
                self.tried.insert(slug, n);
                return id;
            }
        }
    }

    pub(super) fn of(&mut self, kind: RecordKind, key: &str, words: &str) -> (String, bool) {
        if let Some(id) = self.known.get(&kind).and_then(|known| known.get(key)) {
            return (id.clone(), false);
        }
        let id = self.fresh(kind, words);
        let known = self.known.entry(kind).or_default();
        known.insert(key.to_owned(), id.clone());
        (id, true)
    }

    pub(super) fn reserve(&mut self, prefix: &'static str) {
        if !self.prefixes.contains(&prefix) {
            self.prefixes.push(prefix);
        }
    }

    /// Whether an id could be one by number.
    fn is_numbered(&self, id: &str) -> bool {
        self.prefixes.iter().any(|prefix| {
            let rest = id
                .strip_prefix(prefix)
                .and_then(|rest| rest.strip_prefix('-'));
            rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_unique_and_keep_clear_of_numbers() {
        let mut ids = Ids::default();
        let mut id = |words| ids.fresh(RecordKind::Event, words);
        assert_eq!(id("War"), "war");
        assert_eq!(id("War 2"), "war-2");
        assert_eq!(id("war"), "war-3");
        assert_eq!(id("!"), "event");
        assert_eq!(id("?"), "event-2");
        ids.reserve("row");
        assert_eq!(ids.fresh(RecordKind::Event, "Row 7"), "row-7-2");
        assert_eq!(ids.fresh(RecordKind::Event, "Row"), "row");
        assert_eq!(
            ids.of(RecordKind::Actor, "NATO", "Nato"),
            ("nato".into(), true)
        );
        assert_eq!(
            ids.of(RecordKind::Actor, "NATO", "other"),
            ("nato".into(), false)
        );
        assert_eq!(
            ids.of(RecordKind::Topic, "NATO", "Nato"),
            ("nato-2".into(), true)
        );
    }

    proptest! {
        #[test]
        fn every_name_has_a_good_id_of_its_own(words in prop::collection::vec(".{0,90}", 1..20)) {
            let mut ids = Ids::default();
            let made: Vec<String> = words.iter().map(|w| ids.fresh(RecordKind::Topic, w)).collect();
            let distinct: std::collections::BTreeSet<&String> = made.iter().collect();
            prop_assert_eq!(distinct.len(), made.len());
            for id in &made {
                prop_assert!(id.len() <= 70 && !id.is_empty());
                prop_assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
            let mut again = Ids::default();
            let same: Vec<String> = words.iter().map(|w| again.fresh(RecordKind::Topic, w)).collect();
            prop_assert_eq!(made, same);
        }
    }
}
