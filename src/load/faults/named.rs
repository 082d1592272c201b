//! The records that have a name which the facts use in place of an id.

use std::collections::HashMap;

use annals_finding::fold::fold;
use annals_model::{Facts, RecordKind, RecordRef};

/// Records by those of their names that are looked for.
pub(crate) struct Named(HashMap<String, Vec<RecordRef>>);

/// The most records of one name that are kept.
const MOST: usize = 5;

impl Named {
    /// Looks for the records with these names, in one pass over all records.
    pub(crate) fn new<'n>(facts: &Facts, names: impl Iterator<Item = &'n str>) -> Self {
        let mut found: HashMap<String, Vec<RecordRef>> =
            names.map(|name| (key(name), Vec::new())).collect();
        found.remove("");
        if found.is_empty() {
            return Named(found);
        }
        for record in facts.records() {
            let has_name = !matches!(
                record.kind(),
                RecordKind::Claim | RecordKind::Relation | RecordKind::Order
            );
            if !has_name || !facts.common(record).named {
                continue;
            }
            let mut add = |name: &str| {
                if let Some(all) = found.get_mut(&key(name))
                    && all.len() < MOST
                    && !all.contains(&record)
                {
                    all.push(record);
                }
            };
            add(facts.label(record));
            add(facts.id(record));
            if let RecordRef::Actor(id) = record {
                for alias in facts.list(facts.actors[id].aliases) {
                    add(facts.str(*alias));
                }
            }
        }
        Named(found)
    }

    /// The records of some kinds with this name.
    pub(crate) fn of(&self, name: &str, kinds: &[RecordKind]) -> Vec<RecordRef> {
        let all = self.0.get(&key(name)).into_iter().flatten();
        let fit = all.filter(|record| kinds.contains(&record.kind()));
        fit.copied().collect()
    }
}

/// A name without case, accents, the words between and an article before it.
fn key(name: &str) -> String {
    let name = fold(name.trim()).replace(['-', '_'], " ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn names_are_compared_without_case_accents_and_articles() {
        for name in ["the mayor", "The Mayor", "mayor", "  MAYOR ", "Máyor"] {
            assert_eq!(key(name), "mayor");
        }
        assert_eq!(key("tom-halloran"), key("Tom Halloran"));
        assert_eq!(key("The"), "the");
    }
}
