//! `stix`: objects of a STIX 2.1 bundle (OASIS, 10 June 2021).

mod claims;
mod object;
mod records;

use indexmap::IndexMap;
use serde_json::Value;

use super::json_object::{parsed, text};
use super::options::{ENCODING, Opt, Options};
use super::{Builder, Import, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use object::{Item, sort};
use records::Records;

static OPTIONS: &[&Opt] = &[&ENCODING];

/// A bundle.
pub(super) static FORMAT: Importer = Importer {
    name: "stix",
    title: "objects of a STIX 2.1 bundle",
    extensions: &["json", "stix"],
    loses: "Markings, observables, observed data, language content and extensions are left out and counted. So are times of day where there is a beginning and an end, and the description and dates of a relationship that becomes only a name (a participant, `x_uses`).",
    notes: "The creator of an object is in `x_created_by`. A claim with neither authors nor a creator is the narrator's (`speaker: []`).",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "`identity`, `threat-actor`, `intrusion-set`",
                "an actor: `person` for the class `individual`, `organization`, otherwise `group`; aliases",
            ),
            ("`location`", "a place"),
            (
                "`campaign`, `incident`",
                "an event of that kind, `first_seen` to `last_seen`",
            ),
            (
                "`report`, `grouping`",
                "a document with its author and date of publication; the objects it refers to are in `x_object_refs`, and it is evidence of the events, relations and claims among them",
            ),
            (
                "`note`",
                "a claim by its authors, or else by its creator, about the objects it refers to",
            ),
            (
                "`opinion`",
                "the same with a stance: `strongly-disagree` and `disagree` oppose, `neutral` is neutral, `agree` and `strongly-agree` support; the word is in `x_opinion`",
            ),
            (
                "`relationship` between two actors",
                "a relation, `start_time` to `stop_time`: `attributed-to` becomes `part_of`, `targets` becomes `opposes`, `owns` and `controls` stay, others become `related_to`; the word is its role",
            ),
            (
                "`relationship` between an actor and an event",
                "the actor takes part, with that word as role",
            ),
            (
                "other relationships",
                "`x_…` with that word, on the record at which they start",
            ),
            (
                "`sighting`",
                "an event of kind `sighting`, `first_seen` to `last_seen`, with those who saw it; `count` is `x_count`",
            ),
            (
                "`malware`, `tool`, `attack-pattern`, `vulnerability`, `indicator`, `infrastructure`, `course-of-action`",
                "a topic, with its type as a tag",
            ),
            ("`created`, `modified`", "`recorded`, `x_modified`"),
            ("`revoked`", "`retracted` on the day of `modified`"),
            (
                "several versions of one object",
                "the latest; the others are left out and counted",
            ),
            ("`confidence`", "`confidence`, 0 to 1"),
            ("`labels`", "tags"),
            ("all other properties", "`x_…`"),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut items: IndexMap<String, Item> = IndexMap::new();
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
            bundle(&text, &at, &mut items, out)
        })?;
    }
    Records::new(items.into_values().collect(), out).make(out)
}

/// Takes the objects of a bundle, of each id the latest version.
fn bundle(
    source: &str,
    at: &At,
    items: &mut IndexMap<String, Item>,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let value = parsed(source, at)?;
    let whole = value.as_object();
    let is_bundle = whole.is_some_and(|whole| text(whole, "type") == "bundle");
    if !is_bundle {
        let message = "this is not a STIX bundle: expected an object of type bundle";
        return Err(SourceError::syntax(At::line(&at.file, 1), message));
    }
    let Value::Object(mut whole) = value else {
        return Ok(());
    };
    if text(&whole, "spec_version") == "2.0" {
        let how = "a STIX 2.0 bundle, read as 2.1";
        out.changed(at, text(&whole, "id"), how)?;
    }
    let Some(Value::Array(objects)) = whole.remove("objects") else {
        return Ok(());
    };
    for (nth, object) in objects.into_iter().enumerate() {
        out.came("object");
        let Value::Object(fields) = object else {
            let at = At::item(&at.file, format!("object {}", nth + 1));
            out.left_out(&at, "", "not a STIX object")?;
            continue;
        };
        let id = text(&fields, "id").to_owned();
        let name = if id.is_empty() {
            format!("object {}", nth + 1)
        } else {
            id.clone()
        };
        let at = At::item(&at.file, name);
        let item = Item {
            at,
            id,
            sort: sort(text(&fields, "type")),
            fields,
        };
        if item.id.is_empty() || item.kind().is_empty() {
            out.left_out(&item.at, "", "not a STIX object")?;
            continue;
        }
        match items.entry(item.id.clone()) {
            indexmap::map::Entry::Vacant(place) => {
                place.insert(item);
            }
            indexmap::map::Entry::Occupied(mut place) => {
                let older = if item.is_newer_than(place.get()) {
                    place.insert(item)
                } else {
                    item
                };
                let version = older.text("modified");
                out.left_out(&older.at, version, "an older version of an object")?;
            }
        }
    }
    Ok(())
}
