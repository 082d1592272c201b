//! One entity of `FollowTheMoney`, and what its schema makes of it.

use std::collections::HashSet;

use serde_json::Value;

use crate::json_object::{Object, inners, text, texts};
use annals_source::At;

/// An entity: an id, a schema, and lists of values.
#[derive(Debug)]
pub(super) struct Entity {
    pub(super) at: At,
    pub(super) id: String,
    pub(super) schema: String,
    /// What a server calls it.
    pub(super) caption: String,
    /// The values by property; an entity within is known by its id.
    pub(super) properties: Vec<(String, Vec<String>)>,
    /// The data sets that say something about it.
    pub(super) datasets: Vec<String>,
    /// The statements, where they are given: property, value, data set.
    pub(super) statements: Vec<Statement>,
    pub(super) first_seen: String,
    pub(super) last_seen: String,
}

/// One value and where it is from.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) property: String,
    pub(super) value: String,
    pub(super) dataset: String,
}

/// What an entity becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An actor of this kind.
    Actor(&'static str),
    Document,
    Event,
    Mention,
    /// A tie between the actors that two properties name.
    Tie(&'static Tie),
    /// What has no place among the facts.
    None,
}

/// A tie: from and to as properties, and its kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) schema: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) kind: &'static str,
    /// What the tie is as, where it does not say so itself.
    pub(super) role: &'static str,
}

const fn tie(
    schema: &'static str,
    from: &'static str,
    kind: &'static str,
    to: &'static str,
    role: &'static str,
) -> Tie {
    Tie {
        schema,
        from,
        to,
        kind,
        role,
    }
}

/// The schemata that are ties.
pub(super) static TIES: &[Tie] = &[
    tie("Membership", "member", "member_of", "organization", ""),
    tie(
        "Directorship",
        "director",
        "holds_office",
        "organization",
        "director",
    ),
    tie("Ownership", "owner", "owns", "asset", ""),
    tie("Employment", "employee", "employed_by", "employer", ""),
    tie("Family", "person", "related_to", "relative", ""),
    tie(
        "Associate",
        "person",
        "related_to",
        "associate",
        "associate",
    ),
    tie("Representation", "agent", "represents", "client", ""),
    tie("Succession", "successor", "succeeds", "predecessor", ""),
    tie("Occupancy", "holder", "holds_office", "post", ""),
    tie("UnknownLink", "subject", "related_to", "object", ""),
    tie("Debt", "debtor", "related_to", "creditor", "debtor"),
];

/// What a schema is.
pub(super) fn role(schema: &str) -> Role {
    if let Some(tie) = TIES.iter().find(|tie| tie.schema == schema) {
        return Role::Tie(tie);
    }
    match schema {
        "Person" => Role::Actor("person"),
        "Organization" | "Company" | "PublicBody" | "Position" => Role::Actor("organization"),
        "LegalEntity" | "UserAccount" => Role::Actor("group"),
        "Event" | "Sanction" | "Payment" | "CourtCase" | "Call" | "Message" | "Trip"
        | "ContractAward" => Role::Event,
        "Mention" => Role::Mention,
        "Document" | "Pages" | "PlainText" | "HyperText" | "Table" | "Workbook" | "Email"
        | "Article" | "Package" | "Folder" | "Image" | "Audio" | "Video" | "Page" | "Note" => {
            Role::Document
        }
        _ => Role::None,
    }
}

impl Entity {
    /// Reads an object; entities within it are put beside it.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn of(
        object: &Object,
        at: &At,
        parent: Option<&str>,
        depth: usize,
        all: &mut Vec<Entity>,
    ) -> Result<(), &'static str> {
        let (id, schema) = (text(object, "id"), text(object, "schema"));
        if id.is_empty() || schema.is_empty() {
            return Err("not an entity: it has no id or no schema");
        }
        let mut entity = Entity {
            at: at.clone(),
            id: id.to_owned(),
            schema: schema.to_owned(),
            caption: text(object, "caption").to_owned(),
            properties: Vec::new(),
            datasets: (texts(object, "datasets").into_iter())
                .map(str::to_owned)
                .collect(),
            statements: Vec::new(),
            first_seen: text(object, "first_seen").to_owned(),
            last_seen: [text(object, "last_seen"), text(object, "last_change")]
                .into_iter()
                .find(|one| !one.is_empty())
                .unwrap_or_default()
                .to_owned(),
        };
        let properties = object.get("properties").and_then(Value::as_object);
        for (name, values) in properties.into_iter().flatten() {
            for value in values.as_array().unwrap_or(&vec![values.clone()]) {
                match value {
                    Value::String(value) => entity.add(name, value),
                    Value::Number(number) => entity.add(name, &number.to_string()),
                    Value::Object(within) if depth < 16 => {
                        let inner = text(within, "id").to_owned();
                        match Entity::of(within, at, Some(id), depth + 1, all) {
                            Ok(()) => entity.add(name, &inner),
                            Err(_) => entity.add(name, &value.to_string()),
                        }
                    }
                    Value::Null => {}
                    other => entity.add(name, &other.to_string()),
                }
            }
        }
        for statement in inners(object, "statements") {
            let property = match text(statement, "prop") {
                "" => text(statement, "property"),
                property => property,
            };
            let (value, dataset) = (text(statement, "value"), text(statement, "dataset"));
            if property.is_empty() || property == "id" || value.is_empty() {
                continue;
            }
            entity.add(property, value);
            if !dataset.is_empty() && !entity.datasets.iter().any(|one| one == dataset) {
                entity.datasets.push(dataset.to_owned());
            }
            entity.statements.push(Statement {
                property: property.to_owned(),
                value: value.to_owned(),
                dataset: dataset.to_owned(),
            });
        }
        if let Some(parent) = parent {
            entity.belong_to(parent);
        }
        all.push(entity);
        Ok(())
    }

    /// What stands within another entity belongs to it, and may leave out to say so.
    fn belong_to(&mut self, parent: &str) {
        let is_missing = |name: &str| self.values(name).is_empty();
        let name = match role(&self.schema) {
            Role::Tie(tie) => match (is_missing(tie.from), is_missing(tie.to)) {
                (true, false) => tie.from,
                (false, true) => tie.to,
                _ => return,
            },
            Role::Event if self.schema == "Sanction" && is_missing("entity") => "entity",
            _ => return,
        };
        self.add(name, parent);
    }

    fn add(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match self.properties.iter_mut().find(|(one, _)| one == name) {
            // A value comes from several data sets.
            Some((_, values)) if values.iter().any(|one| one == value) => {}
            Some((_, values)) => values.push(value.to_owned()),
            None => self
                .properties
                .push((name.to_owned(), vec![value.to_owned()])),
        }
    }

    /// The values of a property.
    pub(super) fn values(&self, name: &str) -> &[String] {
        let found = self.properties.iter().find(|(one, _)| one == name);
        found.map_or(&[], |(_, values)| values)
    }

    /// The first value of the first of these properties that has one.
    pub(super) fn first(&self, names: &[&str]) -> &str {
        let mut each = names.iter().filter_map(|name| self.values(name).first());
        each.next().map_or("", String::as_str)
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        let name = self.first(&[
            "name",
            "title",
            "fileName",
            "summary",
            "weakAlias",
            "alias",
            "subject",
        ]);
        if name.is_empty() { &self.caption } else { name }
    }

    /// Takes in what another line says about the same entity.
    pub(super) fn take_in(&mut self, other: Entity) {
        for (name, values) in other.properties {
            match self.properties.iter_mut().find(|(one, _)| *one == name) {
                None => self.properties.push((name, values)),
                Some((_, own)) => {
                    own.extend(values);
                    let mut seen = HashSet::<String, foldhash::fast::RandomState>::default();
                    own.retain(|value| seen.insert(value.clone()));
                }
            }
        }
        for set in other.datasets {
            if !self.datasets.contains(&set) {
                self.datasets.push(set);
            }
        }
        self.statements.extend(other.statements);
        // `Thing`, `LegalEntity`: the narrower schema knows more.
        if matches!(&*self.schema, "Thing" | "LegalEntity" | "Organization") {
            self.schema = other.schema;
        }
    }
}
