//! `stix`: the objects of a STIX 2.1 bundle (OASIS, 10 June 2021).

mod claims;
mod object;
mod records;

use indexmap::IndexMap;
use serde_json::Value;

use super::json_object::{parsed, text};
use super::options::{ENCODING, Opt, Options};
use super::{Builder, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use object::{Item, sort};
use records::Records;

/// A bundle.
pub(super) struct Stix;

static OPTIONS: &[&Opt] = &[&ENCODING];

impl Importer for Stix {
    fn name(&self) -> &'static str {
        "stix"
    }

    fn title(&self) -> &'static str {
        "the objects of a STIX 2.1 bundle"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "stix"]
    }

    fn maps(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "`identity`, `threat-actor`, `intrusion-set`",
                "an actor: `person` of the class `individual`, `organization`, else `group`; aliases",
            ),
            ("`location`", "a place"),
            (
                "`campaign`, `incident`",
                "an event of that kind, `first_seen` to `last_seen`",
            ),
            (
                "`report`, `grouping`",
                "a document with its author and date of publication; what it refers to is `x_object_refs`, and it is evidence of the events, ties and claims among them",
            ),
            (
                "`note`",
                "a claim of its authors, else of who created it, about the objects that it refers to",
            ),
            (
                "`opinion`",
                "the same with a stance: `strongly-disagree` and `disagree` oppose, `neutral`, `agree` and `strongly-agree` support; the word is `x_opinion`",
            ),
            (
                "`relationship` of two actors",
                "a relation, `start_time` to `stop_time`: `attributed-to` is `part_of`, `targets` is `opposes`, `owns` and `controls` are themselves, others `related_to`; the word is its role",
            ),
            (
                "`relationship` of an actor and an event",
                "the actor takes part, in the role of that word",
            ),
            (
                "other relationships",
                "`x_…` of that word at the record that they begin at",
            ),
            (
                "`sighting`",
                "an event of kind `sighting`, `first_seen` to `last_seen`, with who saw it; `count` is `x_count`",
            ),
            (
                "`malware`, `tool`, `attack-pattern`, `vulnerability`, `indicator`, `infrastructure`, `course-of-action`",
                "a topic, its type as a tag",
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
        ]
    }

    fn loses(&self) -> &'static str {
        "Markings, observables, observed data, language content and extensions are left out and counted; times of day of what has a beginning and an end; of a relationship that becomes a name alone (a participant, `x_uses`) its description and dates, which is counted."
    }

    fn notes(&self) -> &'static str {
        "Who has created an object stands in `x_created_by`. A claim that has neither authors nor a creator \
         is that of the narrator (`speaker: []`)."
    }

    fn options(&self) -> &'static [&'static Opt] {
        OPTIONS
    }

    fn import(
        &self,
        sources: &[Source],
        options: &Options,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let mut items: IndexMap<String, Item> = IndexMap::new();
        let wanted = |name: &str| ends_in(name, Stix.endings());
        for source in sources {
            each_input(source, &Limits::default(), wanted, &mut |input| {
                let at = input.at();
                let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
                bundle(&text, &at, &mut items, out)
            })?;
        }
        Records::new(items.into_values().collect(), out).make(out)
    }
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
        let message = "this is no bundle of STIX: an object of the type bundle is wanted";
        return Err(SourceError::syntax(At::line(&at.file, 1), message));
    }
    let Value::Object(mut whole) = value else {
        return Ok(());
    };
    if text(&whole, "spec_version") == "2.0" {
        let how = "a bundle of STIX 2.0, read as 2.1";
        out.changed(at, text(&whole, "id"), how)?;
    }
    let Some(Value::Array(objects)) = whole.remove("objects") else {
        return Ok(());
    };
    for (nth, object) in objects.into_iter().enumerate() {
        out.came("object");
        let Value::Object(fields) = object else {
            let at = At::item(&at.file, format!("object {}", nth + 1));
            out.left_out(&at, "", "no object of STIX")?;
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
            out.left_out(&item.at, "", "no object of STIX")?;
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
