//! The records that have a name which the facts use in place of an id, or an id that they spell
//! otherwise.

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
            names.flat_map(keys).map(|key| (key, Vec::new())).collect();
        found.remove("");
        if found.is_empty() {
            return Named(found);
        }
        for record in facts.records() {
            if !facts.common(record).named {
                continue;
            }
            let mut add = |name: &str| {
                for key in keys(name) {
                    if let Some(all) = found.get_mut(&key)
                        && all.len() < MOST
                        && !all.contains(&record)
                    {
                        all.push(record);
                    }
                }
            };
            add(facts.id(record));
            for_names(facts, record, add);
        }
        Named(found)
    }

    /// The records of some kinds with this name.
    pub(crate) fn of(&self, name: &str, kinds: &[RecordKind]) -> Vec<RecordRef> {
        let all = keys(name).into_iter();
        let all = all.flat_map(|key| self.0.get(&key).into_iter().flatten());
        let fit = all.filter(|record| kinds.contains(&record.kind()));
        let mut fit: Vec<RecordRef> = fit.copied().collect();
        fit.sort_unstable();
        fit.dedup();
        fit
    }
}

/// The names and aliases of a record; claims, relations and orders have none.
fn for_names(facts: &Facts, record: RecordRef, mut each: impl FnMut(&str)) {
    if matches!(
        record.kind(),
        RecordKind::Claim | RecordKind::Relation | RecordKind::Order
    ) {
        return;
    }
    each(facts.label(record));
    if let RecordRef::Actor(id) = record {
        for alias in facts.list(facts.actors[id].aliases) {
            each(facts.str(*alias));
        }
    }
}

/// Whether a record has this very name.
pub(crate) fn is_name_of(facts: &Facts, record: RecordRef, name: &str) -> bool {
    let mut is_name = false;
    for_names(facts, record, |one| is_name |= one == name);
    is_name
}

/// Whether a text is an id but for its spelling: case, white space, accents, signs of the same use.
pub(crate) fn is_spelling_of(text: &str, id: &str) -> bool {
    spelling(text) == spelling(id)
}

/// A text without case and accents; hyphens, dashes, underscores and white space are one, as are
/// the shapes of apostrophes.
fn spelling(text: &str) -> String {
    let plain = fold(text);
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    plain
        .chars()
        .map(|c| match c {
            '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' => ' ',
            '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{2032}' | '`' => '\'',
            '\u{201C}' | '\u{201D}' => '"',
            c => c,
        })
        .collect()
}

/// What a name is looked for as: `Lee, Ann` as `Ann Lee` too.
fn keys(name: &str) -> Vec<String> {
    let mut keys = vec![key(name)];
    if let Some((last, first)) = name.split_once(',')
        && !first.contains(',')
        && !last.trim().is_empty()
        && !first.trim().is_empty()
    {
        keys.push(key(&format!("{} {}", first.trim(), last.trim())));
    }
    keys
}

/// A name without case, accents, the words between and an article before it.
fn key(name: &str) -> String {
    let name = spelling(name);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_spelling_of, key, keys};

    #[test]
    fn names_are_compared_without_case_accents_and_articles() {
        for name in ["the mayor", "The Mayor", "mayor", "  MAYOR ", "Máyor"] {
            assert_eq!(key(name), "mayor");
        }
        assert_eq!(key("tom-halloran"), key("Tom Halloran"));
        assert_eq!(key("The"), "the");
    }

    #[test]
    fn another_spelling_is_the_same_id_and_another_sign_is_not() {
        for (text, id) in [
            ("C1", "c1"),
            ("Tom Halloran", "tom-halloran"),
            ("tom\u{2013}halloran", "tom_halloran"),
            ("José", "jose"),
            ("o\u{2019}neill ", "o'neill"),
        ] {
            assert!(is_spelling_of(text, id), "{text}");
        }
        for (text, id) in [
            ("c1", "c12"),
            ("c1-2", "c12"),
            ("c1-", "c1"),
            ("the mayor", "mayor"),
        ] {
            assert!(!is_spelling_of(text, id), "{text}");
        }
    }

    #[test]
    fn a_surname_before_the_name_is_seen_through() {
        assert!(keys("Lee, Ann").contains(&key("Ann Lee")));
        assert!(keys("de la Cruz, Ana María").contains(&key("Ana Maria de la Cruz")));
        for one in ["Lee, Ann, Jr", "Lee,", ", Ann", "Ann Lee"] {
            assert_eq!(keys(one).len(), 1, "{one}");
        }
    }
}
