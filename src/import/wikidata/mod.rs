//! `wikidata`: items of Wikidata in its JSON.

mod item;
mod records;
mod ties;
mod time;
mod when;

use serde_json::Value;

use super::json_object::{Object, inner, parsed, text};
use super::options::{ENCODING, Opt, Options};
use super::{Builder, Import, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use item::Item;
use records::Records;

static OPTIONS: &[&Opt] = &[&ENCODING];

/// Items of Wikidata.
pub(super) static FORMAT: Importer = Importer {
    name: "wikidata",
    title: "items from Wikidata in JSON: one, several, or lines of a dump",
    extensions: &["json", "jsonl", "ndjson"],
    loses: "Statements with other properties are left out and counted; so are those without a value, times less precise than a millennium, decades and centuries BCE, and lexemes.",
    notes: "An item that others refer to but that is not among the sources is named by its number (`Q42`). Months and years of the Julian calendar stay as they are. References for dates of birth and death are kept as `x_references`, since a lifespan has no evidence of its own.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "an item, by its classes (P31)",
                "an actor, event, place or document; if its class is not known, its statements decide, and the report says so",
            ),
            (
                "labels, aliases, descriptions",
                "the name in English, in no language (`mul`), German, French, Spanish, or else the first; `aliases`; `note`",
            ),
            (
                "the number of the item",
                "`same_as: wikidata:Q…` of actors, `x_wikidata` of others",
            ),
            (
                "date of birth and death (P569, P570), inception and dissolution (P571, P576)",
                "`lifespan`",
            ),
            (
                "position held (P39)",
                "a relation `holds_office` to what the office belongs to (P2389, P1001, P642), or else to the office; the office is the role",
            ),
            (
                "officeholder (P1308) of an office",
                "the same relation, from the holder",
            ),
            ("member of (P463), party (P102)", "`member_of`"),
            ("employer (P108)", "`employed_by`"),
            (
                "father, mother, child (P22, P25, P40)",
                "`parent_of`, from the parent",
            ),
            (
                "spouse (P26), sibling (P3373)",
                "`married_to`, `sibling_of`",
            ),
            (
                "parent organisation, subsidiary, part of, has part (P749, P355, P361, P527)",
                "`part_of`",
            ),
            ("owned by, owner of (P127, P1830)", "`owns`"),
            ("founded by (P112)", "`founded`"),
            (
                "head of state, head of government, chairperson, chief executive, manager (P35, P6, P488, P169, P1037)",
                "`leads`, in that role",
            ),
            ("replaces, replaced by (P1365, P1366)", "`succeeds`"),
            (
                "start, end, point in time (P580, P582, P585) as qualifiers",
                "`when` of the relation; an end stated as *no value* is open (`..`), a missing end is unknown",
            ),
            (
                "point in time, start and end, location, participant, organiser, part of (P585, P580, P582, P276, P710, P664, P361) of an event",
                "`when`, `place`, `participants`, `part_of`",
            ),
            (
                "precision",
                "day, month, year, decade (`188X`), century (`18XX`), millennium; `circa` (P1480) is `~`",
            ),
            (
                "a Julian day",
                "the Gregorian day, with the Julian one in its `display`; the report says so",
            ),
            (
                "a tie that both sides state (child and mother, two spouses), or two properties",
                "one relation, with both properties in `x_property`; the report says so. If the dates of the two exclude each other, both are written",
            ),
            (
                "references (P248, P854)",
                "documents, evidence of relations and events",
            ),
            (
                "ranks",
                "deprecated statements are left out and counted; for dates of birth, death and the like, preferred ones are used",
            ),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut records = Records::default();
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
            let (mut any, mut other) = (false, None);
            for (place, value) in values(&text, &at)? {
                for object in objects(&place, value)? {
                    if is_entity(&object) {
                        any = true;
                    } else {
                        other.get_or_insert_with(|| first_line(&place));
                    }
                    item(&place, object, &mut records, out)?;
                }
            }
            match other {
                Some(place) if !any => {
                    let message = "this is not Wikidata: nothing in it has a number such as Q42";
                    Err(SourceError::syntax(place, message))
                }
                _ => Ok(()),
            }
        })?;
    }
    records.make(out)
}

/// The values of a text: one, or one a line as in a dump, where lines end with a comma.
fn values(text: &str, at: &At) -> Result<Vec<(At, Value)>, SourceError> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default().trim();
    let stripped = |line: &str| line.trim().trim_end_matches(',').to_owned();
    let by_line = match first {
        "[" => (lines.next()).is_some_and(|second| parsed(&stripped(second), at).is_ok()),
        first => lines.next().is_some() && parsed(&stripped(first), at).is_ok(),
    };
    if !by_line {
        return Ok(vec![(at.clone(), parsed(text, at)?)]);
    }
    let mut values = Vec::new();
    for (nth, line) in text.lines().enumerate() {
        let line = line.trim().trim_end_matches(',');
        if !matches!(line, "" | "[" | "]") {
            let at = At::line(&at.file, nth + 1);
            let value = parsed(line, &at)?;
            values.push((at, value));
        }
    }
    Ok(values)
}

/// The items of a value: itself, those of a list, or those under `entities`.
fn objects(at: &At, value: Value) -> Result<Vec<Value>, SourceError> {
    match value {
        Value::Array(values) => Ok(values),
        Value::Object(mut object) => match object.remove("entities") {
            Some(Value::Object(entities)) => Ok(entities.into_iter().map(|(_, one)| one).collect()),
            _ if object.contains_key("id") => Ok(vec![Value::Object(object)]),
            _ => {
                let message = "this is not a Wikidata item: expected an id or a list of entities";
                Err(SourceError::syntax(first_line(at), message))
            }
        },
        _ => {
            let message = "this is not a Wikidata item: expected an object";
            Err(SourceError::syntax(first_line(at), message))
        }
    }
}

/// Whether a value has the number of an item, a property or a lexeme, or is said to be missing.
fn is_entity(value: &Value) -> bool {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
    let digits = id.strip_prefix(['Q', 'P', 'L']);
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// Takes an item.
fn item(
    at: &At,
    mut object: Value,
    records: &mut Records,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    out.came("item");
    give_ids(&mut object);
    let Value::Object(fields) = object else {
        return out.left_out(at, "", "not a Wikidata item");
    };
    let id = text(&fields, "id").to_owned();
    let at = At::item(&at.file, if id.is_empty() { "an item" } else { &id });
    if let Some(why) = none(&id, &fields) {
        return out.left_out(&at, &id, why);
    }
    let item = Item {
        at: at.clone(),
        id: id.clone(),
        fields,
    };
    if !records.take(item) {
        out.left_out(&at, &id, "an item that was already read")?;
    }
    Ok(())
}

/// Gives the items that are values their ids: sources before 2017 have their numbers alone.
fn give_ids(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(give_ids),
        Value::Object(object) => {
            let number = object.get("numeric-id").and_then(Value::as_u64);
            if let Some(number) = number
                && text(object, "entity-type") == "item"
                && !object.contains_key("id")
            {
                object.insert("id".to_owned(), format!("Q{number}").into());
            }
            object.iter_mut().for_each(|(_, inner)| give_ids(inner));
        }
        _ => {}
    }
}

/// Why an object is no item.
fn none(id: &str, fields: &Object) -> Option<&'static str> {
    let number = id.strip_prefix('Q');
    if number.is_none_or(|number| number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some("a property, a lexeme, or not a Wikidata item");
    }
    fields
        .contains_key("missing")
        .then_some("an item that Wikidata does not have")
}

fn first_line(at: &At) -> At {
    match at.spot {
        annals_source::Spot::Line(_) => at.clone(),
        _ => At::line(&at.file, 1),
    }
}

/// Whether an item has statements of this property, of whatever rank.
fn has(item: &Item, property: &str) -> bool {
    inner(&item.fields, "claims").is_some_and(|claims| claims.contains_key(property))
}
