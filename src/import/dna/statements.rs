//! Documents, entities and statements to records.

use std::collections::BTreeMap;

use serde_json::json;

use super::tables::{Coded, Document, Entity, Statement, Tables};
use crate::dates::Dated;
use crate::{Builder, Evidence, Record};
use annals_model::RecordKind;
use annals_source::{At, SourceError};
use annals_time::Day;

/// What a variable is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person,
    Organization,
    Concept,
    Agreement,
    Own,
}

fn sort(variable: &str) -> Sort {
    match variable.to_lowercase().as_str() {
        "person" | "narrator" | "speaker" => Sort::Person,
        "organization" | "organisation" => Sort::Organization,
        "concept" | "category" => Sort::Concept,
        "agreement" => Sort::Agreement,
        _ => Sort::Own,
    }
}

/// How many bytes the passages of all statements may have.
const MOST_QUOTED: usize = 1 << 30;

struct Writing<'w, 'o> {
    tables: &'w Tables,
    at: &'w At,
    /// Records of persons, organizations and concepts, by entity.
    entities: BTreeMap<i64, String>,
    documents: BTreeMap<i64, (String, Offsets<'w>)>,
    /// How many bytes of passages have been taken out of texts.
    quoted: usize,
    out: &'w mut Builder<'o>,
}

pub(super) fn write(tables: &Tables, at: &At, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut writing = Writing {
        tables,
        at,
        entities: BTreeMap::new(),
        documents: BTreeMap::new(),
        quoted: 0,
        out,
    };
    for document in &tables.documents {
        writing.document(document)?;
    }
    for (id, entity) in &tables.entities {
        writing.entity(*id, entity)?;
    }
    for statement in &tables.statements {
        writing.statement(statement)?;
    }
    Ok(())
}

impl<'w> Writing<'w, '_> {
    fn document(&mut self, document: &'w Document) -> Result<(), SourceError> {
        self.out.came("document");
        let title = match document.title.trim() {
            "" => format!("Document {}", document.id),
            title => title.to_owned(),
        };
        let id = self.out.id(RecordKind::Document, &title);
        let mut record = Record::new(RecordKind::Document, id.clone());
        record
            .set("title", title)
            .set("kind", document.kind.as_str())
            .set("author", document.author.as_str())
            .set("publisher", document.source.as_str())
            .set("note", document.notes.as_str())
            .extra("section", document.section.as_str())
            .extra("coder", self.coder(document.coder));
        match moment(document.date) {
            Some(date) => {
                record.date("published", &date);
            }
            None => {
                let at = At::item(&self.at.file, format!("document {}", document.id));
                let why = "a date outside the supported years";
                self.out.left_out(&at, &document.date.to_string(), why)?;
            }
        }
        self.out.text(&mut record, &document.text)?;
        self.out.add(record)?;
        self.documents
            .insert(document.id, (id, Offsets::of(&document.text)));
        Ok(())
    }

    fn coder(&self, id: i64) -> &str {
        self.tables.coders.get(&id).map_or("", String::as_str)
    }

    /// A person, an organization or a concept; others are values of statements alone.
    fn entity(&mut self, id: i64, entity: &Entity) -> Result<(), SourceError> {
        let variable = self.tables.variables.get(&entity.variable);
        let sort = variable.map_or(Sort::Own, |variable| sort(variable));
        let name = entity.value.trim();
        let kind = match sort {
            Sort::Person | Sort::Organization => RecordKind::Actor,
            Sort::Concept => RecordKind::Topic,
            Sort::Agreement | Sort::Own => {
                if !entity.attributes.is_empty() {
                    let at = At::item(&self.at.file, format!("entity {id}"));
                    let why = "an attribute of a value of a custom variable";
                    self.out.left_out(&at, name, why)?;
                }
                return Ok(());
            }
        };
        // DNA has an empty value for each variable, for what is not coded.
        if name.is_empty() {
            return Ok(());
        }
        self.out.came("entity");
        let key = format!(
            "{} {name}",
            if sort == Sort::Organization { "o" } else { "p" }
        );
        let (record_id, new) = self.out.id_of(kind, &key, name);
        self.entities.insert(id, record_id.clone());
        if !new {
            return Ok(());
        }
        let mut record = Record::new(kind, record_id);
        match sort {
            Sort::Concept => record.set("label", name),
            Sort::Person => record.set("name", name).set("kind", "person"),
            _ => record.set("name", name).set("kind", "organization"),
        };
        for (attribute, value) in &entity.attributes {
            match (kind, attribute.to_lowercase().as_str()) {
                (RecordKind::Actor, "alias" | "aliases") => record.push("aliases", value.as_str()),
                (_, "notes" | "note") => record.set("note", value.as_str()),
                _ => record.extra(attribute, value.as_str()),
            };
        }
        if let Some(parent) = self.tables.entities.get(&entity.child_of) {
            record.extra("child_of", parent.value.as_str());
        }
        if entity.colour != (0, 0, 0) {
            record.push("tags", colour(entity.colour));
        }
        self.out.add(record)
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), SourceError> {
        self.out.came("statement");
        let at = At::item(&self.at.file, format!("statement {}", statement.id));
        let Some((document, offsets)) = self.documents.get(&statement.document) else {
            return self.out.left_out(&at, "", "of a missing document");
        };
        let Some((span, quote)) = offsets.passage(statement.start, statement.stop) else {
            let what = format!("{} to {}", statement.start, statement.stop);
            return self
                .out
                .left_out(&at, &what, "a passage that is not in its document");
        };
        self.quoted += quote.len();
        if self.quoted > MOST_QUOTED {
            let most = MOST_QUOTED >> 20;
            let message = format!("the passages of its statements are larger than {most} MiB");
            return Err(SourceError::limit(at, message)
                .note("a crafted file can quote a text again and again; no real project does"));
        }
        let mut claim = Record::unnamed(RecordKind::Claim);
        claim.evidence(&Evidence {
            document: document.clone(),
            quote: Some(quote),
            spans: vec![span],
            ..Evidence::default()
        });
        self.coded(statement, &mut claim, &at)?;
        if let Some((label, rgb)) = self.tables.kinds.get(&statement.kind) {
            claim.push("tags", label.trim());
            claim.push("tags", colour(*rgb));
        }
        claim.extra("coder", self.coder(statement.coder));
        claim.extra("statement", statement.id);
        self.out.add(claim)
    }

    /// What is coded in a statement.
    fn coded(
        &mut self,
        statement: &Statement,
        claim: &mut Record,
        at: &At,
    ) -> Result<(), SourceError> {
        let (mut person, mut organization, mut about) = (Vec::new(), Vec::new(), Vec::new());
        let (mut agrees, mut own) = (None, false);
        let tables = self.tables;
        for (variable, value) in tables.coded.get(&statement.id).into_iter().flatten() {
            let Some(name) = tables.variables.get(variable) else {
                let what = variable.to_string();
                self.out
                    .left_out(at, &what, "a value of a missing variable")?;
                continue;
            };
            match (sort(name), value) {
                (Sort::Person, Coded::Entity(id)) => person.extend(self.entities.get(id)),
                (Sort::Organization, Coded::Entity(id)) => {
                    organization.extend(self.entities.get(id));
                }
                (Sort::Concept, Coded::Entity(id)) => about.extend(self.entities.get(id)),
                (Sort::Agreement, Coded::Truth(truth)) => agrees = Some(*truth),
                (_, Coded::Text(text)) if claim.get("note").is_none() => {
                    claim.set("note", text.as_str());
                }
                (_, Coded::Text(text)) => {
                    claim.extra(name, text.as_str());
                }
                (_, Coded::Number(number)) => {
                    claim.extra(name, *number);
                    own = true;
                }
                (_, Coded::Truth(truth)) => {
                    claim.extra(name, *truth);
                    own = true;
                }
                (_, Coded::Entity(id)) => {
                    let value = tables.entities.get(id).map_or("", |one| one.value.as_str());
                    claim.extra(name, value);
                    own |= !value.is_empty();
                }
            }
        }
        let speakers = if person.is_empty() {
            &organization
        } else {
            &person
        };
        let nothing = speakers.is_empty() && about.is_empty() && !own;
        if speakers.is_empty() {
            claim.narrated();
        } else {
            claim.set("speaker", owned(speakers));
        }
        if let ([person], [organization]) = (person.as_slice(), organization.as_slice()) {
            let (person, organization) = ((*person).clone(), (*organization).clone());
            claim.set("as", mandate(self.out, &person, &organization)?);
        }
        let stance = if agrees == Some(false) {
            "opposes"
        } else {
            "supports"
        };
        for topic in &about {
            if agrees.is_some() {
                claim.push("stance", json!({"toward": topic, "value": stance}));
            }
        }
        if about.is_empty() {
            claim.extra("agreement", agrees);
        }
        claim.set("about", owned(&about));
        if nothing {
            claim.push("tags", "to-code");
        }
        Ok(())
    }
}

fn owned(ids: &[&String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in ids {
        if !all.contains(id) {
            all.push((*id).clone());
        }
    }
    all
}

/// That a person speaks for an organization: one relation, whose days nobody says.
fn mandate(out: &mut Builder<'_>, person: &str, organization: &str) -> Result<String, SourceError> {
    let words = format!("{person} for {organization}");
    let (id, new) = out.id_of(RecordKind::Relation, &words, &words);
    if new {
        let mut relation = Record::new(RecordKind::Relation, id.clone());
        relation.set("from", person).set("to", organization);
        relation.set("kind", "represents");
        out.add(relation)?;
    }
    Ok(id)
}

fn colour((red, green, blue): (i64, i64, i64)) -> String {
    let byte = |part: i64| part.clamp(0, 255);
    format!("#{:02x}{:02x}{:02x}", byte(red), byte(green), byte(blue))
}

/// Seconds since 1970, as clocks showed them: a day, with a time where it is not midnight.
fn moment(seconds: i64) -> Option<Dated> {
    let epoch = Day::from_ymd(1970, 1, 1)?;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let day = epoch.checked_add_days(days)?;
    let year = day.ymd().0;
    if !(0..=9999).contains(&year) {
        return None;
    }
    if second == 0 {
        return Some(Dated::day(day));
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    Dated::edtf_of(&format!("{day}T{hour:02}:{minute:02}:{:02}", second % 60)).ok()
}

/// Offsets in UTF-16 units of a text.
struct Offsets<'t> {
    text: &'t str,
    /// By each code point: its first UTF-16 unit, and its first byte; and the ends of the text.
    points: Vec<(u32, u32)>,
}

impl<'t> Offsets<'t> {
    fn of(text: &'t str) -> Self {
        let mut points = Vec::with_capacity(text.len() + 1);
        let mut unit = 0;
        for (byte, c) in text.char_indices() {
            points.push((unit, byte as u32));
            unit += c.len_utf16() as u32;
        }
        points.push((unit, text.len() as u32));
        Offsets { text, points }
    }

    /// A passage in code points, and its words; `None` where it is not in the text, begins or ends
    /// within a character, or shows nothing.
    fn passage(&self, start: i64, stop: i64) -> Option<((usize, usize), String)> {
        let point = |unit: i64| {
            let unit = u32::try_from(unit).ok()?;
            self.points
                .binary_search_by_key(&unit, |(unit, _)| *unit)
                .ok()
        };
        let (start, stop) = (point(start)?, point(stop)?);
        let bytes = self.points.get(start)?.1 as usize..self.points.get(stop)?.1 as usize;
        let words = self.text.get(bytes)?;
        (!words.trim().is_empty()).then(|| ((start, stop), words.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_java_are_turned_into_code_points() {
        let offsets = Offsets::of("A 🚢 sails.");
        assert_eq!(offsets.passage(0, 4), Some(((0, 3), "A 🚢".to_owned())));
        assert_eq!(offsets.passage(5, 11), Some(((4, 10), "sails.".to_owned())));
        for (start, stop) in [(0, 3), (4, 4), (1, 2), (5, 12), (-1, 2), (7, 5)] {
            assert_eq!(offsets.passage(start, stop), None, "{start} {stop}");
        }
    }

    #[test]
    fn dates_have_a_time_where_it_is_not_midnight() {
        let edtf = |seconds| moment(seconds).map(|date| date.edtf().to_owned());
        assert_eq!(edtf(1_106_697_600).as_deref(), Some("2005-01-26"));
        assert_eq!(edtf(-1).as_deref(), Some("1969-12-31T23:59:59"));
        assert_eq!(edtf(i64::MAX), None);
    }
}
