//! An item of Wikidata: what it is called, what it is, and what is stated of it.

use serde_json::Value;

use crate::json_object::{Object, inner, inners, text};
use annals_source::At;

/// An item, and where it stands.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) at: At,
    pub(super) id: String,
    pub(super) fields: Object,
}

/// What an item becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Actor(&'static str),
    Event,
    Place,
    Document,
}

/// Classes (P31) whose sort is known here. What is none of them is told by what is stated of it.
const CLASSES: &[(Sort, &[&str])] = &[
    (Sort::Actor("person"), &["Q5"]),
    (
        Sort::Actor("state"),
        &[
            "Q6256",
            "Q3624078",
            "Q3024240",
            "Q7275",
            "Q43702",
            "Q417175",
            "Q15634554",
            "Q28171280",
            "Q133442",
            "Q161243",
            "Q7270",
            "Q48349",
        ],
    ),
    (
        Sort::Actor("media"),
        &[
            "Q11032",
            "Q192283",
            "Q1193236",
            "Q1110794",
            "Q41298",
            "Q1616075",
            "Q14350",
            "Q1002697",
            "Q17232649",
        ],
    ),
    (
        Sort::Actor("organization"),
        &[
            "Q43229",
            "Q7278",
            "Q484652",
            "Q245065",
            "Q4830453",
            "Q6881511",
            "Q783794",
            "Q891723",
            "Q163740",
            "Q79913",
            "Q327333",
            "Q192350",
            "Q3918",
            "Q31855",
            "Q15911314",
            "Q1127126",
            "Q35535",
            "Q11204",
            "Q35749",
            "Q294414",
            "Q4164871",
        ],
    ),
    (
        Sort::Event,
        &[
            "Q1190554",
            "Q1656682",
            "Q198",
            "Q178561",
            "Q180684",
            "Q40231",
            "Q2761147",
            "Q131569",
            "Q15275719",
            "Q124757",
            "Q273120",
            "Q188055",
            "Q3882219",
            "Q2223653",
            "Q8065",
            "Q645883",
            "Q625298",
            "Q10931",
            "Q45382",
        ],
    ),
    (
        Sort::Place,
        &[
            "Q515", "Q486972", "Q532", "Q3957", "Q35657", "Q5107", "Q82794", "Q56061", "Q23442",
            "Q4022", "Q8502", "Q1549591", "Q5119", "Q1093829", "Q41176", "Q1637706",
        ],
    ),
    (
        Sort::Document,
        &[
            "Q571",
            "Q191067",
            "Q13442814",
            "Q7725634",
            "Q47461344",
            "Q3331189",
            "Q49848",
            "Q5707594",
            "Q17928402",
        ],
    ),
];

/// A statement that is not deprecated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement<'i> {
    pub(super) property: &'i str,
    pub(super) preferred: bool,
    pub(super) fields: &'i Object,
}

impl Item {
    /// What it is called: in English, in no language, in German, French, Spanish, else in the first.
    pub(super) fn name(&self) -> &str {
        let labels = inner(&self.fields, "labels");
        let label = |language: &str| {
            let label = labels.and_then(|labels| inner(labels, language));
            label.map_or("", |label| text(label, "value"))
        };
        let named = ["en", "mul", "de", "fr", "es"].map(label);
        let first = labels.and_then(|labels| labels.values().find_map(Value::as_object));
        let mut each = named
            .into_iter()
            .chain(first.map(|label| text(label, "value")));
        each.find(|name| !name.is_empty()).unwrap_or(&self.id)
    }

    /// A short text about it.
    pub(super) fn description(&self) -> &str {
        let all = inner(&self.fields, "descriptions");
        let english = all.and_then(|all| inner(all, "en").or_else(|| inner(all, "mul")));
        english.map_or("", |one| text(one, "value"))
    }

    /// Other names, in English and in none.
    pub(super) fn aliases(&self) -> Vec<&str> {
        let all = inner(&self.fields, "aliases");
        let mut aliases = Vec::new();
        for language in ["en", "mul"] {
            for alias in all.into_iter().flat_map(|all| inners(all, language)) {
                aliases.push(text(alias, "value"));
            }
        }
        aliases.retain(|alias| !alias.is_empty());
        aliases
    }

    /// Its statements in order, deprecated ones among them; `None` marks these.
    pub(super) fn statements(&self) -> Vec<(&str, Option<Statement<'_>>)> {
        let mut all = Vec::new();
        for (property, statements) in inner(&self.fields, "claims").into_iter().flatten() {
            for fields in statements.as_array().into_iter().flatten() {
                let Some(fields) = fields.as_object() else {
                    continue;
                };
                let rank = text(fields, "rank");
                let statement = (rank != "deprecated").then_some(Statement {
                    property,
                    preferred: rank == "preferred",
                    fields,
                });
                all.push((property.as_str(), statement));
            }
        }
        all
    }

    /// The best statements of a property: those that are preferred, else all.
    pub(super) fn best(&self, property: &str) -> Vec<Statement<'_>> {
        let all = self.statements();
        let mut all: Vec<Statement<'_>> = (all.into_iter())
            .filter(|(one, _)| *one == property)
            .filter_map(|(_, statement)| statement)
            .collect();
        if all.iter().any(|statement| statement.preferred) {
            all.retain(|statement| statement.preferred);
        }
        all
    }

    /// What it is, and whether a class of it says so.
    pub(super) fn sort(&self) -> (Sort, bool) {
        let classes = self.best("P31");
        for (sort, known) in CLASSES {
            let is_known = |class: &&str| known.contains(class);
            if classes
                .iter()
                .filter_map(Statement::item)
                .any(|class| is_known(&class))
            {
                return (*sort, true);
            }
        }
        let has = |property: &str| !self.best(property).is_empty();
        if has("P569") || has("P570") || has("P21") {
            (Sort::Actor("person"), false)
        } else if has("P585") || has("P580") {
            (Sort::Event, false)
        } else if has("P625") && !has("P571") {
            (Sort::Place, false)
        } else {
            (Sort::Actor("organization"), false)
        }
    }
}

impl<'i> Statement<'i> {
    /// The item that is its value.
    pub(super) fn item(&self) -> Option<&'i str> {
        item_of(inner(self.fields, "mainsnak")?)
    }

    /// The values of a qualifier.
    pub(super) fn qualifiers(&self, property: &str) -> impl Iterator<Item = &'i Object> + use<'i> {
        let all = inner(self.fields, "qualifiers");
        let snaks = all
            .and_then(|all| all.get(property))
            .and_then(Value::as_array);
        snaks.into_iter().flatten().filter_map(Value::as_object)
    }

    /// The first item of the first of these qualifiers that has one.
    pub(super) fn qualifier(&self, properties: &[&str]) -> Option<&'i str> {
        let mut each = properties.iter();
        each.find_map(|property| self.qualifiers(property).find_map(item_of))
    }
}

/// The item that is the value of a snak.
pub(super) fn item_of(snak: &Object) -> Option<&str> {
    let value = inner(inner(snak, "datavalue")?, "value")?;
    let id = text(value, "id");
    let is_item =
        id.len() > 1 && id.starts_with('Q') && id[1..].bytes().all(|b| b.is_ascii_digit());
    is_item.then_some(id)
}

/// The time that is the value of a snak.
pub(super) fn time_of(snak: &Object) -> Option<&Object> {
    let data = inner(snak, "datavalue")?;
    (text(data, "type") == "time").then(|| inner(data, "value"))?
}

/// The text that is the value of a snak.
pub(super) fn text_of(snak: &Object) -> &str {
    inner(snak, "datavalue").map_or("", |data| text(data, "value"))
}
