//! `ftm`: entities of `FollowTheMoney` (JSON Lines, a list, or objects over many lines), as Aleph and
//! `OpenSanctions` give them.

mod dates;
mod entity;
mod records;
mod words;

use serde_json::Value;

use super::json_object::each_value;
use super::options::{ENCODING, Opt, Options};
use super::{Builder, Import, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use entity::{Entity, Role, role};
use records::Records;

static OPTIONS: &[&Opt] = &[&ENCODING];

/// Entities of `FollowTheMoney`.
pub(super) static FORMAT: Importer = Importer {
    name: "ftm",
    title: "entities in FollowTheMoney format, as in Aleph and OpenSanctions (JSON Lines or a JSON list)",
    extensions: &["ftm", "ijson", "json", "jsonl"],
    loses: "Addresses, identifications, bank accounts, vessels and other things that are not actors are left out and counted, as are relations to them, and times of day where there is an end.",
    notes: "Entities may come in any order, so all are kept in memory until the last is read. They may stand one a line, in a list, over many lines, or under `results` as servers answer; nested entities are read as well, and a tie within an entity is that entity's. Several lines about one id are merged.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "`Person`; `Company`, `Organization`, `PublicBody`, `Position`; `LegalEntity`",
                "an actor: `person`, `organization`, `group`; `alias`, `weakAlias` and further names become `aliases`",
            ),
            (
                "`birthDate`, `deathDate`, `incorporationDate`, `dissolutionDate`",
                "`lifespan`; if several differ, the least precise one that contains all, otherwise the first, and the report says so",
            ),
            ("`wikidataId`, `leiCode`", "`same_as`"),
            (
                "`Membership`, `Employment`, `Representation`, `Succession`",
                "a relation `member_of`, `employed_by`, `represents`, `succeeds`; `role` is its role",
            ),
            (
                "`Directorship`, `Occupancy`",
                "a relation `holds_office`, with the role or the name of the post",
            ),
            (
                "`Ownership`",
                "a relation `owns`; `percentage` is `x_percentage`",
            ),
            (
                "`Family`",
                "a relation `married_to`, `parent_of` or `sibling_of` if the wording says so, otherwise `related_to`; stated by both, it is one",
            ),
            (
                "`Associate`, `UnknownLink`, `Debt`",
                "a relation `related_to`",
            ),
            (
                "`startDate`, `endDate`, `date`",
                "`when`: from and to; a missing end is unknown",
            ),
            (
                "`Event`, `Sanction`, `Payment`, `CourtCase`, `Call`, `Message`, `Trip`, `ContractAward`",
                "an event of that kind; the actors named in its properties take part, each in the role of the property",
            ),
            (
                "`Document`, `Article`, `Email`, `Pages` and the like",
                "a document; `bodyText` is its text",
            ),
            (
                "`Mention`",
                "`x_mentioned_in` of the actor that it was resolved to, or else of an actor with that name",
            ),
            (
                "`datasets`, the data set of each statement",
                "a document of kind `data set`, as evidence of relations and events; `x_statements` keeps which value is from which data set",
            ),
            (
                "`proof`, `sourceUrl`",
                "documents, as evidence of relations and events",
            ),
            ("`first_seen`", "`recorded`; `last_seen` is `x_last_seen`"),
            ("all other properties", "`x_…`"),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut entities = Vec::new();
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            let mut text = input.stream(options.get(&ENCODING))?;
            if text.guessed() {
                let encoding = text.encoding();
                out.changed(&at, encoding, crate::writer::detected(encoding))?;
            }
            let mut other = None;
            let mut any = false;
            each_value(&mut text, &at, &mut |number, value| {
                let at = At::line(&at.file, number);
                for (place, value) in enveloped(&at, value, out)? {
                    out.came("entity");
                    let read = match value.as_object() {
                        Some(object) => Entity::of(object, &place, None, 0, &mut entities),
                        None => Err("not an entity: it is not an object"),
                    };
                    match read {
                        Ok(()) => any = true,
                        Err(why) => {
                            other.get_or_insert(place.clone());
                            out.left_out(&place, "", why)?;
                        }
                    }
                }
                Ok(true)
            })?;
            match other {
                Some(place) if !any => Err(none(place)),
                _ => Ok(()),
            }
        })?;
    }
    Records::new(merged(entities), out)?.make(out)
}

/// The entities of a value: itself, or those that an answer of a server holds in a list. Other lists
/// beside it are told.
fn enveloped(
    at: &At,
    value: Value,
    out: &mut Builder<'_>,
) -> Result<Vec<(At, Value)>, SourceError> {
    let Value::Object(mut object) = value else {
        return Ok(vec![(at.clone(), value)]);
    };
    let names = ["results", "entities", "data", "items"].into_iter();
    let mut lists = names.filter(|name| object.get(*name).is_some_and(Value::is_array));
    let name = lists.next().filter(|_| !object.contains_key("schema"));
    let Some((name, Value::Array(items))) =
        name.and_then(|name| Some((name, object.remove(name)?)))
    else {
        return Ok(vec![(at.clone(), object.into())]);
    };
    for (other, value) in &object {
        let items = value.as_array();
        if items.is_some_and(|items| items.iter().any(Value::is_object)) {
            out.left_out(at, other, "a list beside the entities")?;
        }
    }
    let place = |nth: usize| At::item(&at.file, format!("{name}, entity {}", nth + 1));
    let each = items.into_iter().enumerate();
    Ok(each.map(|(nth, item)| (place(nth), item)).collect())
}

fn none(at: At) -> SourceError {
    let message = "this is not FollowTheMoney: no entity has an id and a schema";
    SourceError::syntax(at, message)
}

/// Entities of one id taken together.
fn merged(entities: Vec<Entity>) -> Vec<Entity> {
    let mut all: indexmap::IndexMap<String, Entity> = indexmap::IndexMap::new();
    for entity in entities {
        match all.entry(entity.id.clone()) {
            indexmap::map::Entry::Vacant(place) => {
                place.insert(entity);
            }
            indexmap::map::Entry::Occupied(mut place) => place.get_mut().take_in(entity),
        }
    }
    all.into_values().collect()
}

/// What an entity is, by its schema.
fn role_of(entity: &Entity) -> Role {
    role(&entity.schema)
}
