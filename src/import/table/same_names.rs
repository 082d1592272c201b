//! Names of actors: those that the mapping says are one, and those that are likely one.

use serde_json::Value;

use super::apply::Apply;
use crate::{Record, SameName};
use annals_finding::likely_same::{LikelySame, likely_same};
use annals_source::{At, SourceError};

impl Apply<'_, '_> {
    /// An actor under the name that the mapping gives it, with its other spellings as aliases.
    pub(super) fn spelled(&self, actor: &mut Record) {
        let name = actor.get("name").and_then(Value::as_str);
        let Some((name, spellings)) = name.and_then(|name| self.map.names.of(name)) else {
            return;
        };
        let known = match actor.get("aliases") {
            Some(Value::Array(known)) => known.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        actor.set("name", name);
        let mut aliases = known;
        for spelling in spellings {
            if !aliases.iter().any(|one| one == spelling) {
                aliases.push(spelling.as_str().into());
            }
        }
        actor.set("aliases", aliases);
    }

    /// Tells which of the actors that were made are likely the same.
    pub(super) fn finish(self, at: &At) -> Result<(), SourceError> {
        if let Some(notice) = self.beyond.notice() {
            self.out.notice(notice);
        }
        for people in [true, false] {
            let names = self.actors.iter().enumerate();
            let names = names.filter(|(_, actor)| actor.person == people);
            let names = names.map(|(nth, actor)| (nth, actor.name.as_str()));
            for found in likely_same(names, people) {
                let mut found = most_frequent_first(found, |nth| self.actors[nth].rows);
                // A name that the mapping lists is decided, also with no other spelling.
                let decided = |name: &str| self.map.names.all.iter().any(|(one, _)| one == name);
                found.names.retain(|nth| !decided(&self.actors[*nth].name));
                if found.names.is_empty() {
                    continue;
                }
                let named = |all: Vec<usize>| -> Vec<String> {
                    let names = all.into_iter().map(|nth| self.actors[nth].name.clone());
                    names.collect()
                };
                let same = SameName {
                    may_be: named(found.may_be),
                    names: named(found.names),
                };
                self.out.likely_same(at, same)?;
            }
        }
        Ok(())
    }
}

/// Of several spellings of one name the most frequent stands for the others; of those as frequent,
/// the fullest, which stands first already.
pub(super) fn most_frequent_first(found: LikelySame, rows: impl Fn(usize) -> usize) -> LikelySame {
    let [fullest] = found.may_be[..] else {
        return found;
    };
    let mut best = fullest;
    for nth in &found.names {
        if rows(*nth) > rows(best) {
            best = *nth;
        }
    }
    let mut names: Vec<usize> = [fullest].into_iter().chain(found.names).collect();
    names.retain(|nth| *nth != best);
    names.sort_unstable();
    LikelySame {
        may_be: vec![best],
        names,
    }
}
