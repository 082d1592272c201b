//! One tie once: what two statements say of the same two, from both sides or by two properties, is
//! one relation.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde_json::Value;

use crate::dates::Dated;
use crate::{Builder, Record};
use annals_source::{At, SourceError};

/// Kinds of relation that hold both ways.
const MUTUAL: [&str; 5] = [
    "married_to",
    "sibling_of",
    "related_to",
    "allied_with",
    "opposes",
];

/// Kinds of relation between relatives.
const FAMILY: [&str; 3] = ["married_to", "sibling_of", "parent_of"];

/// How many relations of the same two are compared, and statements made into one: no two have more,
/// unless somebody wants to keep the program busy.
const MOST: usize = 32;

const TWICE: &str = "a relation that is stated twice, written once";
const OTHERWISE: &str = "a relation that is stated twice with different dates, written twice";

/// The relations of an import, until all are known.
#[derive(Default)]
pub(super) struct Ties {
    all: Vec<Tie>,
    /// Those of the same two and the same kind.
    alike: HashMap<[String; 3], Vec<usize>, RandomState>,
}

struct Tie {
    record: Record,
    /// What its first statement says.
    said: String,
    /// Who has stated it: an item and a property.
    sides: Vec<String>,
}

/// What is known of a relation beside its record.
pub(super) struct Stated<'s> {
    pub(super) at: &'s At,
    /// Who states it, and how: statements of one side are different relations.
    pub(super) side: String,
    /// The office, where the relation is to what the office belongs to.
    pub(super) office: Option<String>,
}

impl Ties {
    /// Takes a relation.
    pub(super) fn add(
        &mut self,
        record: Record,
        stated: Stated<'_>,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let key = key(&record, stated.office.as_deref());
        let said = record.said();
        let alike = self.alike.entry(key).or_default();
        let mut differs = false;
        for &nth in alike.iter().take(MOST) {
            let tie = &mut self.all[nth];
            if tie.sides.len() >= MOST {
                continue;
            }
            let own = tie.sides.contains(&stated.side);
            if own && tie.said != said {
                continue;
            }
            if join(&mut tie.record, &record, stated.office.as_deref()) {
                tie.sides.push(stated.side);
                return out.changed(stated.at, &words(&record), TWICE);
            }
            differs |= !own && roles_fit(&tie.record, &record);
        }
        if differs {
            out.changed(stated.at, &words(&record), OTHERWISE)?;
        }
        alike.push(self.all.len());
        self.all.push(Tie {
            record,
            said,
            sides: vec![stated.side],
        });
        Ok(())
    }

    /// Writes all relations, in the order in which they came.
    pub(super) fn write(self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        (self.all.into_iter()).try_for_each(|tie| out.add(tie.record))
    }
}

fn get<'r>(record: &'r Record, field: &str) -> &'r str {
    record
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// What relations that can be one have in common.
fn key(record: &Record, office: Option<&str>) -> [String; 3] {
    let kind = get(record, "kind");
    let mut ends = [get(record, "from"), office.unwrap_or(get(record, "to"))];
    if MUTUAL.contains(&kind) {
        ends.sort_unstable();
    }
    [kind.to_owned(), ends[0].to_owned(), ends[1].to_owned()]
}

fn words(record: &Record) -> String {
    let parts = ["from", "kind", "to"].map(|field| get(record, field));
    parts.join(" ")
}

/// Whether two relations can be one by their roles. Relatives are called by what each is to the other:
/// husband and wife, father and son.
fn roles_fit(one: &Record, other: &Record) -> bool {
    if FAMILY.contains(&get(one, "kind")) {
        return true;
    }
    let [one, other] = [one, other].map(|record| get(record, "role"));
    one.is_empty() || other.is_empty() || one == other
}

/// Takes what another statement says into a relation; nothing of it where the two cannot be one.
fn join(one: &mut Record, other: &Record, office: Option<&str>) -> bool {
    if !roles_fit(one, other) {
        return false;
    }
    let Ok(when) = joined(one.get("when"), other.get("when")) else {
        return false;
    };
    if let Some(when) = when {
        one.set("when", when);
    }
    match (get(one, "role"), get(other, "role")) {
        ("", role) => {
            one.set("role", role);
        }
        (_, "") => {}
        (own, role) if own == role => {}
        (_, role) => {
            one.keep("role", role);
        }
    }
    if office.is_some() && office == Some(get(one, "to")) {
        one.set("to", get(other, "to"));
    }
    for evidence in list(other.get("evidence")) {
        if !list(one.get("evidence")).contains(&evidence) {
            one.push("evidence", evidence);
        }
    }
    for (name, value) in other.extras() {
        let mut values = list(one.get(name));
        for value in list(Some(value)) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let value = match &values[..] {
            [only] => only.clone(),
            _ => values.into(),
        };
        one.extra(name.trim_start_matches("x_"), value);
    }
    true
}

fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    }
}

/// That two dates cannot be the same.
#[derive(Debug)]
struct Differ;

/// One date of two, if there is one at all.
fn joined(one: Option<&Value>, other: Option<&Value>) -> Result<Option<Value>, Differ> {
    let (Some(one), Some(other)) = (one, other) else {
        return Ok(one.or(other).cloned());
    };
    if one == other {
        return Ok(Some(one.clone()));
    }
    let both = one.as_str().zip(other.as_str());
    let joined = both.and_then(
        |(one, other)| match (one.split_once('/'), other.split_once('/')) {
            (Some(one), Some(other)) => {
                let ends = [narrower(one.0, other.0)?, narrower(one.1, other.1)?];
                Some(ends.join("/"))
            }
            (None, None) => narrower(one, other).map(str::to_owned),
            _ => None,
        },
    );
    let date = Dated::edtf_of(&joined.ok_or(Differ)?);
    date.map(|date| Some(date.value())).map_err(|_| Differ)
}

/// The one of two ends that says more; nothing where they differ.
fn narrower<'d>(one: &'d str, other: &'d str) -> Option<&'d str> {
    if one == other || other.is_empty() {
        return Some(one);
    }
    if one.is_empty() {
        return Some(other);
    }
    // Plain dates of different years need no reading.
    let year = |date: &str| {
        let is_plain = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let year = date.get(..4).filter(|_| is_plain)?;
        year.parse::<u16>().ok()
    };
    if let (Some(one), Some(other)) = (year(one), year(other))
        && one != other
    {
        return None;
    }
    let (first, second) = (Dated::edtf_of(one).ok()?, Dated::edtf_of(other).ok()?);
    if first.is_within(&second) {
        Some(one)
    } else {
        second.is_within(&first).then_some(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_one_relation_are_joined() {
        let join = |one: &str, other: &str| {
            let [one, other] = [one, other].map(Value::from);
            joined(Some(&one), Some(&other)).ok().flatten()
        };
        for (one, other, both) in [
            ("1999/", "1999/2005", "1999/2005"),
            ("1999/", "1999-05-01/", "1999-05-01/"),
            ("1999", "1999-05", "1999-05"),
            ("/2005", "1999/", "1999/2005"),
            ("1999/..", "1999/..", "1999/.."),
        ] {
            assert_eq!(join(one, other), Some(both.into()), "{one} {other}");
            assert_eq!(join(other, one), Some(both.into()), "{other} {one}");
        }
        for (one, other) in [
            ("1999", "2000"),
            ("1999/2001", "1999/2002"),
            ("1999/..", "1999/2002"),
            ("1999", "1999/"),
        ] {
            assert_eq!(join(one, other), None, "{one} {other}");
        }
    }
}
