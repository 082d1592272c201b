//! Items to records.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use serde_json::{Value, json};

use super::item::{Item, Sort, Statement, item_of, text_of, time_of};
use super::ties::{TIES, Tie};
use super::time;
use super::when::{BESIDE, ONE_OF_YEARS, date, interval, set_when};
use crate::dates::Dated;
use crate::json_object::{Object, inner, inners, text};
use crate::one_tie::{Stated, Ties};
use crate::{Builder, Evidence, Record};
use annals_model::RecordKind;
use annals_source::{At, SourceError};

/// Properties that are read for what an item itself is, by what it becomes.
const PERSON: &[&str] = &["P31", "P569", "P570"];
const BODY: &[&str] = &["P31", "P571", "P576"];
const EVENT: &[&str] = &[
    "P31", "P585", "P580", "P582", "P276", "P710", "P664", "P361",
];
const PLACE: &[&str] = &["P31", "P625", "P131"];
const DOCUMENT: &[&str] = &["P31", "P50", "P2093", "P123", "P577", "P953", "P856"];

fn own(sort: Sort) -> &'static [&'static str] {
    match sort {
        Sort::Actor("person") => PERSON,
        Sort::Actor(_) => BODY,
        Sort::Event => EVENT,
        Sort::Place => PLACE,
        Sort::Document => DOCUMENT,
    }
}

const DEPRECATED: &str = "a statement that is deprecated";
const UNMAPPED: &str = "a statement with another property";
const UNVALUED: &str = "a statement without a value, or with one of another kind";

/// All items.
#[derive(Default)]
pub(super) struct Records {
    items: IndexMap<String, Rc<Item>>,
    /// Records that have been made, or are made with their item.
    made: HashSet<String, RandomState>,
    relations: Ties,
    /// What each item becomes: told once, since an item may have very many statements.
    sorts: HashMap<String, Sort, RandomState>,
}

impl Records {
    /// Takes an item; whether it is the first of its number.
    pub(super) fn take(&mut self, item: Item) -> bool {
        match self.items.entry(item.id.clone()) {
            indexmap::map::Entry::Vacant(place) => {
                place.insert(Rc::new(item));
                true
            }
            indexmap::map::Entry::Occupied(_) => false,
        }
    }

    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.items.get(id).map_or(id, |item| item.name())
    }

    /// What an item of the sources becomes.
    fn sort(&self, number: &str) -> Option<Sort> {
        self.sorts.get(number).copied()
    }

    /// Makes all records.
    pub(super) fn make(mut self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        // Names of other items are looked up, and records of others made, while one is read.
        let items: Vec<Rc<Item>> = self.items.values().cloned().collect();
        // Ids first, in the order of the source.
        let sorts: Vec<(Sort, bool)> = items.iter().map(|item| item.sort()).collect();
        for (item, (sort, _)) in items.iter().zip(&sorts) {
            self.sorts.insert(item.id.clone(), *sort);
            let (id, _) = out.id_of(kind_of(*sort), &item.id, item.name());
            self.made.insert(id);
        }
        for (item, (sort, is_known)) in items.iter().zip(sorts) {
            if !is_known {
                let how = "of unknown class: its statements decide what it is";
                out.changed(&item.at, &item.id, how)?;
            }
            match sort {
                Sort::Actor(kind) => actor(item, kind, out)?,
                Sort::Event => self.event(item, out)?,
                Sort::Place => self.place(item, out)?,
                Sort::Document => self.document(item, out)?,
            }
            self.ties(item, sort, out)?;
        }
        self.relations.write(out)
    }

    /// The id of an item as a record of this kind; one that is not there is made.
    fn id(
        &mut self,
        number: &str,
        kind: RecordKind,
        other: &'static str,
        at: &At,
        out: &mut Builder<'_>,
    ) -> Result<String, SourceError> {
        let name = self.name(number).to_owned();
        let (id, _) = out.id_of(kind, number, &name);
        if !self.made.insert(id.clone()) {
            return Ok(id);
        }
        if name == number {
            let how = "an item whose name is not in the source: named by its number";
            out.changed(at, number, how)?;
        }
        let mut record = Record::new(kind, id.clone());
        match kind {
            RecordKind::Actor => {
                record.set("name", name).set("kind", other);
                record.push("same_as", format!("wikidata:{number}"));
            }
            RecordKind::Place => {
                record.set("name", name).extra("wikidata", number);
            }
            _ => {
                record.set("title", name).extra("wikidata", number);
            }
        }
        out.add(record)?;
        Ok(id)
    }

    fn event(&mut self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let mut record = begun(item, RecordKind::Event, out);
        record.set("label", item.name());
        let class = item.best("P31").iter().find_map(Statement::item);
        if let Some(class) = class.filter(|class| self.items.contains_key(*class)) {
            record.set("kind", self.name(class));
        }
        let (point, point_julian) = date(item, "P585", out)?;
        let (first, first_julian) = date(item, "P580", out)?;
        let (last, last_julian) = date(item, "P582", out)?;
        let (edtf, julian) = if first.is_empty() && last.is_empty() {
            (point, point_julian)
        } else {
            if !point.is_empty() {
                out.changed(&item.at, &point, BESIDE)?;
                record.extra("point_in_time", point);
            }
            (format!("{first}/{last}"), first_julian.or(last_julian))
        };
        set_when(&mut record, &item.at, &edtf, julian, out)?;
        for (property, role) in [("P710", "participant"), ("P664", "organizer")] {
            for statement in item.best(property) {
                if let Some(number) = statement.item() {
                    let id = self.id(number, RecordKind::Actor, "organization", &item.at, out)?;
                    record.push("participants", json!({"actor": id, "role": role}));
                }
            }
        }
        if let Some(number) = item.best("P276").iter().find_map(Statement::item) {
            let id = self.id(number, RecordKind::Place, "", &item.at, out)?;
            record.set("place", id);
        }
        let whole = item.best("P361").iter().find_map(Statement::item);
        if let Some(whole) = whole.and_then(|whole| self.items.get(whole))
            && self.sort(&whole.id) == Some(Sort::Event)
            && whole.id != item.id
        {
            let (id, _) = out.id_of(RecordKind::Event, &whole.id, whole.name());
            record.set("part_of", id);
        }
        for property in ["P585", "P580", "P582"] {
            for statement in item.best(property) {
                self.evidence(&statement, &item.at, &mut record, out)?;
            }
        }
        record.extra("wikidata", &*item.id);
        finish(item, record, out)
    }

    fn place(&mut self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let mut record = begun(item, RecordKind::Place, out);
        record.set("name", item.name());
        let spot = item.best("P625");
        let spot = spot
            .first()
            .and_then(|one| inner(inner(one.fields, "mainsnak")?, "datavalue"));
        let spot = spot.and_then(|data| inner(data, "value"));
        let number = |name: &str, most: f64| {
            let number = spot.and_then(|spot| spot.get(name)).and_then(Value::as_f64);
            number.filter(|number| number.abs() <= most)
        };
        if let (Some(lat), Some(lon)) = (number("latitude", 90.0), number("longitude", 180.0)) {
            record.set("lat", lat).set("lon", lon);
        }
        let within = item.best("P131").iter().find_map(Statement::item);
        if let Some(within) = within.and_then(|within| self.items.get(within))
            && self.sort(&within.id) == Some(Sort::Place)
            && within.id != item.id
        {
            let (id, _) = out.id_of(RecordKind::Place, &within.id, within.name());
            record.set("within", id);
        }
        record.extra("wikidata", &*item.id);
        finish(item, record, out)
    }

    fn document(&mut self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let mut record = begun(item, RecordKind::Document, out);
        record.set("title", item.name());
        for statement in item.best("P50") {
            if let Some(author) = statement.item() {
                record.push("author", self.name(author));
            }
        }
        for statement in item.best("P2093") {
            let author = inner(statement.fields, "mainsnak").map_or("", text_of);
            record.push("author", author);
        }
        if let Some(publisher) = item.best("P123").iter().find_map(Statement::item) {
            record.set("publisher", self.name(publisher));
        }
        let (published, _) = date(item, "P577", out)?;
        if let Ok(published) = Dated::edtf_of(&published) {
            record.date("published", &published);
        }
        for property in ["P953", "P856"] {
            let url = item.best(property);
            let url = url.first().and_then(|one| inner(one.fields, "mainsnak"));
            if record.get("url").is_none() {
                record.set("url", url.map_or("", text_of));
            }
        }
        record.extra("wikidata", &*item.id);
        finish(item, record, out)
    }

    /// The statements that are ties; all others that no field was made of are counted.
    fn ties(&mut self, item: &Item, sort: Sort, out: &mut Builder<'_>) -> Result<(), SourceError> {
        for (property, statement) in item.statements() {
            let Some(statement) = statement else {
                out.left_out(&item.at, property, DEPRECATED)?;
                continue;
            };
            let tie = TIES.iter().find(|tie| tie.property == statement.property);
            let Some(tie) = tie.filter(|_| matches!(sort, Sort::Actor(_))) else {
                if !own(sort).contains(&property) {
                    out.left_out(&item.at, property, UNMAPPED)?;
                }
                continue;
            };
            match statement.item() {
                Some(value) if value != item.id => self.tie(item, &statement, tie, value, out)?,
                _ => out.left_out(&item.at, property, UNVALUED)?,
            }
        }
        Ok(())
    }

    fn tie(
        &mut self,
        item: &Item,
        statement: &Statement<'_>,
        tie: &Tie,
        value: &str,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        // An office is of somebody: of a body, a country, or else it stands for itself. A person names
        // the office (P39), or the office its holder (P1308).
        let office = match tie.property {
            "P39" => Some(value),
            "P1308" => Some(&*item.id),
            _ => None,
        };
        let of = statement
            .qualifier(&["P2389", "P1001", "P642"])
            .filter(|_| office.is_some());
        let (near, far) = match tie.property {
            "P39" => (&*item.id, of.filter(|of| *of != item.id).unwrap_or(value)),
            "P1308" => (of.filter(|of| *of != value).unwrap_or(&item.id), value),
            _ => (&*item.id, value),
        };
        let known = self.sort(value).filter(|_| tie.property != "P39");
        if known.is_some_and(|sort| !matches!(sort, Sort::Actor(_))) {
            return out.left_out(
                &item.at,
                tie.property,
                "a relation to something that is not an actor",
            );
        }
        let from = self.id(near, RecordKind::Actor, "organization", &item.at, out)?;
        let to = self.id(far, RecordKind::Actor, tie.other, &item.at, out)?;
        let (from, to) = if tie.turned { (to, from) } else { (from, to) };
        let qualified = statement.qualifier(&["P39", "P794", "P3831", "P2868"]);
        let role = match (office, qualified) {
            (Some(office), _) => self.name(office),
            (None, Some(role)) => self.name(role),
            (None, None) => tie.role,
        };
        let office = office.map(|office| self.office(office, out));
        let mut record = Record::unnamed(RecordKind::Relation);
        record.set("from", from).set("kind", tie.kind);
        record.set("to", to).set("role", role);
        let (edtf, julian) = interval(statement, &item.at, &mut record, out)?;
        set_when(&mut record, &item.at, &edtf, julian, out)?;
        self.evidence(statement, &item.at, &mut record, out)?;
        record.extra("property", tie.property);
        let stated = Stated {
            at: &item.at,
            side: format!("{} {}", item.id, tie.property),
            office,
        };
        self.relations.add(record, stated, out)
    }

    /// What an office is called among the actors; it need not be one of them.
    fn office(&self, number: &str, out: &mut Builder<'_>) -> String {
        match self.items.get(number) {
            Some(item) => out.id_of(RecordKind::Actor, number, item.name()).0,
            None => number.to_owned(),
        }
    }

    /// The references of a statement as documents.
    fn evidence(
        &mut self,
        statement: &Statement<'_>,
        at: &At,
        record: &mut Record,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        for reference in inners(statement.fields, "references") {
            let snak = |property: &str| -> Option<&Object> {
                let snaks = inner(reference, "snaks")?.get(property)?.as_array()?;
                snaks.first()?.as_object()
            };
            let url = snak("P854").map_or("", text_of);
            let document = if let Some(work) = snak("P248").and_then(item_of) {
                self.id(work, RecordKind::Document, "", at, out)?
            } else if url.is_empty() {
                continue;
            } else {
                let title = snak("P1476").and_then(|snak| {
                    let title = inner(inner(snak, "datavalue")?, "value")?;
                    Some(text(title, "text")).filter(|title| !title.is_empty())
                });
                let title = title.unwrap_or(url);
                let (id, new) = out.id_of(RecordKind::Document, url, title);
                if new {
                    let mut document = Record::new(RecordKind::Document, id.clone());
                    document
                        .set("title", title)
                        .set("kind", "web page")
                        .set("url", url);
                    for (property, field) in [("P577", "published"), ("P813", "")] {
                        let Some(value) = snak(property).and_then(time_of) else {
                            continue;
                        };
                        let time = match time::of(value) {
                            Ok(time) => time,
                            Err(why) => {
                                out.left_out(at, text(value, "time"), why)?;
                                continue;
                            }
                        };
                        match Dated::edtf_of(&time.edtf) {
                            Ok(date) if field == "published" => document.date("published", &date),
                            _ => document.extra("retrieved", time.edtf),
                        };
                    }
                    self.made.insert(id.clone());
                    out.add(document)?;
                }
                id
            };
            record.evidence(&Evidence {
                document,
                ..Evidence::default()
            });
        }
        Ok(())
    }
}

fn kind_of(sort: Sort) -> RecordKind {
    match sort {
        Sort::Actor(_) => RecordKind::Actor,
        Sort::Event => RecordKind::Event,
        Sort::Place => RecordKind::Place,
        Sort::Document => RecordKind::Document,
    }
}

fn begun(item: &Item, kind: RecordKind, out: &mut Builder<'_>) -> Record {
    let (id, _) = out.id_of(kind, &item.id, item.name());
    Record::new(kind, id)
}

fn finish(item: &Item, mut record: Record, out: &mut Builder<'_>) -> Result<(), SourceError> {
    record.set("note", item.description());
    record.extra("modified", text(&item.fields, "modified"));
    out.add(record)
}

/// The addresses of the references of a statement.
fn addresses(statement: &Statement<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for reference in inners(statement.fields, "references") {
        for (property, snaks) in inner(reference, "snaks").into_iter().flatten() {
            let snaks = snaks
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_object);
            for snak in snaks {
                match property.as_str() {
                    "P854" => found.push(text_of(snak).to_owned()),
                    "P248" => found.extend(item_of(snak).map(|id| format!("wikidata:{id}"))),
                    _ => {}
                }
            }
        }
    }
    found.retain(|one| !one.is_empty());
    found
}

fn actor(item: &Item, kind: &str, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut record = begun(item, RecordKind::Actor, out);
    record.set("name", item.name()).set("kind", kind);
    for alias in item.aliases() {
        if alias != item.name() {
            record.push("aliases", alias);
        }
    }
    record.push("same_as", format!("wikidata:{}", item.id));
    let both = if kind == "person" {
        ["P569", "P570"]
    } else {
        ["P571", "P576"]
    };
    let mut references = Vec::new();
    let mut ends = [(String::new(), None), (String::new(), None)];
    for (end, property) in ends.iter_mut().zip(both) {
        *end = date(item, property, out)?;
        for statement in item.best(property) {
            references.extend(addresses(&statement));
        }
    }
    let [(first, first_julian), (last, last_julian)] = ends;
    if !first.is_empty() || !last.is_empty() {
        let edtf = format!("{first}/{last}");
        match Dated::edtf_of(&edtf) {
            Ok(mut lifespan) => {
                if first_julian.is_some() || last_julian.is_some() {
                    let words = [(first_julian, &first), (last_julian, &last)];
                    let words = words.map(|(julian, plain)| {
                        julian.map_or_else(|| plain.clone(), |day| format!("{day} (Julian)"))
                    });
                    lifespan = lifespan.displayed(words.join("/").trim_matches('/'));
                }
                record.date("lifespan", &lifespan);
            }
            Err(_) => {
                let how = if edtf.contains('[') {
                    ONE_OF_YEARS
                } else {
                    "a lifespan that ends before it begins, kept under x_"
                };
                out.changed(&item.at, &edtf, how)?;
                record.extra("lifespan", edtf);
            }
        }
    }
    references.sort();
    references.dedup();
    record.extra("references", references);
    finish(item, record, out)
}
