//! Persons, organizations and places, as lists have them: in a header, in a standoff part, or in the
//! text.

use super::dates::{self, Read};
use super::{Reading, Thing};
use crate::Record;
use crate::dates::Dated;
use crate::xml_tree::Node;
use annals_model::RecordKind;
use annals_source::SourceError;

impl Reading<'_, '_> {
    /// Persons, organizations and places anywhere below a node, before anything refers to them.
    pub(super) fn entities(&mut self, root: &Node) -> Result<(), SourceError> {
        let mut found = Vec::new();
        root.walk(&mut |node| {
            if matches!(
                node.name(),
                "person" | "personGrp" | "org" | "place" | "nym"
            ) {
                found.push(node);
            }
            // Places stand in places, and organizations in organizations.
            true
        });
        for node in found {
            match node.name() {
                "person" | "personGrp" | "org" => self.actor(node)?,
                "place" => self.place(node)?,
                _ => {}
            }
        }
        // What a place is in is known when all have their ids.
        let mut within = Vec::new();
        root.walk(&mut |node| {
            if node.name() == "place" {
                within.extend(node.all("place").map(|inner| (inner.number, node.number)));
            }
            true
        });
        for (inner, outer) in within {
            let outer = self.places.get(&outer).map(|(id, _)| id.clone());
            if let (Some((_, record)), Some(outer)) = (self.places.get_mut(&inner), outer) {
                record.set("within", outer);
            }
        }
        for (_, record) in std::mem::take(&mut self.places).into_values() {
            self.out.add(record)?;
        }
        Ok(())
    }

    fn actor(&mut self, node: &Node) -> Result<(), SourceError> {
        self.out.came(if node.name() == "org" {
            "organization"
        } else {
            "person"
        });
        let mut names = names_of(node);
        let key = node.get("id").unwrap_or_default();
        if names.is_empty() {
            let at = node.at(self.file);
            if key.is_empty() {
                return self
                    .out
                    .left_out(&at, node.name(), "nobody: neither a name nor an id");
            }
            self.out
                .changed(&at, key, "a person without a name, named by the id")?;
            names.push(key.to_owned());
        }
        let id = self.out.id(RecordKind::Actor, &names[0]);
        for name in &names {
            let known = self.names.entry(name.to_lowercase());
            known.or_insert_with(|| id.clone());
        }
        let mut record = Record::new(RecordKind::Actor, id.clone());
        record.set("name", names.remove(0)).set("aliases", names);
        record.set(
            "kind",
            match node.name() {
                "org" => "organization",
                "personGrp" => "group",
                _ => "person",
            },
        );
        self.lifespan(node, &mut record)?;
        for number in node.all("idno") {
            let (kind, words) = (number.get("type").unwrap_or("id"), number.words());
            if !words.is_empty() {
                let number = words.rsplit('/').next().unwrap_or(&words).to_owned();
                record.push("same_as", format!("{}:{number}", kind.to_lowercase()));
            }
        }
        keep_others(node, &mut record);
        record.set("note", notes(node));
        record.extra("cert", node.get("cert"));
        self.know(node, Thing::Actor(id));
        self.out.add(record)
    }

    fn lifespan(&mut self, node: &Node, record: &mut Record) -> Result<(), SourceError> {
        let mut end = |name: &str| -> Result<Option<String>, SourceError> {
            let Some(node) = node.first(name) else {
                return Ok(None);
            };
            let inner = || node.first("date").map_or(Read::None, dates::of);
            let read = match dates::of(node) {
                Read::None => inner(),
                read => read,
            };
            match read {
                Read::Date(date) if !date.edtf().contains(['/', '[']) => {
                    Ok(Some(date.edtf().to_owned()))
                }
                Read::None => Ok(None),
                Read::Date(date) => {
                    record.extra(name, date.edtf());
                    Ok(None)
                }
                Read::Unread(words) => {
                    record.extra(name, words.as_str());
                    let at = node.at(self.file);
                    self.out
                        .left_out(&at, &words, "a date that cannot be read, kept under x_")?;
                    Ok(None)
                }
            }
        };
        let (birth, death) = (end("birth")?, end("death")?);
        if birth.is_none() && death.is_none() {
            return Ok(());
        }
        // Where no death is told, nobody says whether there was one.
        let edtf = format!(
            "{}/{}",
            birth.unwrap_or_default(),
            death.unwrap_or_default()
        );
        match Dated::edtf_of(&edtf) {
            Ok(date) => {
                record.date("lifespan", &date);
            }
            Err(_) => {
                record.extra("lifespan", edtf.as_str());
                let at = node.at(self.file);
                self.out
                    .left_out(&at, &edtf, "a date that cannot be read, kept under x_")?;
            }
        }
        Ok(())
    }

    fn place(&mut self, node: &Node) -> Result<(), SourceError> {
        self.out.came("place");
        let tags = [
            "placeName",
            "geogName",
            "settlement",
            "district",
            "region",
            "country",
            "name",
        ];
        let mut names = node
            .nodes()
            .filter(|one| tags.contains(&one.name()))
            .map(Node::words);
        let name = names.find(|words| !words.is_empty());
        let Some(name) = name.or_else(|| node.get("id").map(str::to_owned)) else {
            let at = node.at(self.file);
            return self
                .out
                .left_out(&at, node.name(), "a place with neither a name nor an id");
        };
        let id = self.out.id(RecordKind::Place, &name);
        let mut record = Record::new(RecordKind::Place, id.clone());
        record.set("name", name);
        let geo = node
            .find(&["location", "geo"])
            .map(Node::words)
            .unwrap_or_default();
        let mut numbers = geo.split([' ', ',']).filter(|part| !part.is_empty());
        let mut number = |most: f64| {
            let number = numbers.next()?.parse::<f64>().ok()?;
            (number.abs() <= most).then_some(number)
        };
        if let (Some(lat), Some(lon)) = (number(90.0), number(180.0)) {
            record.set("lat", lat).set("lon", lon);
        }
        record.set("note", notes(node));
        let numbers: Vec<String> = node.all("idno").map(Node::words).collect();
        record.extra("idno", numbers);
        self.know(node, Thing::Place(id.clone()));
        self.places.insert(node.number, (id, record));
        Ok(())
    }
}

/// The notes of an element.
pub(super) fn notes(node: &Node) -> String {
    let own = node
        .nodes()
        .filter(|one| matches!(one.name(), "note" | "desc"));
    own.map(Node::words).collect::<Vec<_>>().join("\n")
}

/// What somebody is called, each once, the main name first.
fn names_of(node: &Node) -> Vec<String> {
    let tags = ["persName", "orgName", "name"];
    let mut names: Vec<String> = Vec::new();
    let all = || node.nodes().filter(|one| tags.contains(&one.name()));
    let main = |one: &&Node| matches!(one.get("type"), Some("main" | "reg" | "full" | "preferred"));
    for name in all().filter(main).chain(all()) {
        let words = name.words();
        if !words.is_empty() && !names.contains(&words) {
            names.push(words);
        }
    }
    names
}

/// Keeps what is said of somebody that has no field.
fn keep_others(node: &Node, record: &mut Record) {
    let known = [
        "persName",
        "orgName",
        "name",
        "birth",
        "death",
        "idno",
        "note",
        "desc",
        "event",
        "listEvent",
        "person",
        "org",
        "listPerson",
        "listOrg",
    ];
    for other in node.nodes().filter(|one| !known.contains(&one.name())) {
        let words = match other.words() {
            words if words.is_empty() => other.get("value").unwrap_or_default().to_owned(),
            words => words,
        };
        if record
            .get(&format!("x_{}", other.name().to_lowercase()))
            .is_none()
        {
            record.extra(other.name(), words);
        }
    }
}
