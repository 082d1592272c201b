//! Persons, organizations and places, as lists have them: in a header, in a standoff part, or in the
//! text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::affiliations::{existence, is_tie};
use super::dates::{self, Read};
use super::names::{name_of, other_names, turned};
use super::{Reading, Thing};
use crate::dates::Dated;
use crate::xml_tree::Node;
use crate::{Record, extra_key};
use annals_model::RecordKind;
use annals_source::SourceError;

/// Said of each name with the surname first, such as `Lind, Ada`.
pub(super) const TURNED: &str = "a name with the surname first, turned; as written it is an alias";

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
        if node.name() == "person"
            && let Some(said) = names.first().and_then(|name| turned(name))
        {
            let at = node.at(self.file);
            self.out.changed(&at, &names[0], TURNED)?;
            names.retain(|name| *name != said);
            names.insert(0, said);
        }
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
        let mut numbers: Vec<String> = node.all("idno").filter_map(number_of).collect();
        numbers.dedup();
        record.set("same_as", numbers);
        keep_others(node, &mut record);
        record.set("note", notes(node));
        record.extra("cert", node.get("cert"));
        self.know(node, Thing::Actor(id.clone()));
        // A term of an organization may be named in its place.
        for list in node.all("listEvent").chain([node]) {
            for term in list.all("event").filter(|term| term.get("id").is_some()) {
                self.know(term, Thing::Actor(id.clone()));
            }
        }
        self.actors.insert((Arc::clone(self.file), node.number), id);
        self.out.add(record)
    }

    /// The actor that an entry of a list became.
    pub(super) fn actor_of(&self, node: &Node) -> Option<String> {
        let key = (Arc::clone(self.file), node.number);
        self.actors.get(&key).cloned()
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
            return match existence(node) {
                Some(existence) => self.dated(existence, record, "lifespan"),
                None => Ok(()),
            };
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
            .map(name_of);
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

/// A number of somebody elsewhere as a CURIE.
fn number_of(number: &Node) -> Option<String> {
    let words = number.words();
    if let Some(curie) = same_as(&words) {
        return Some(curie);
    }
    let kind = match number.get("type").unwrap_or("id") {
        "URI" | "URL" | "uri" | "url" => number.get("subtype").unwrap_or("uri"),
        kind => kind,
    };
    let number = words.trim_end_matches('/').rsplit('/').next()?;
    (!number.is_empty()).then(|| format!("{}:{number}", kind.to_lowercase()))
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
    let mut all: Vec<&Node> = node
        .nodes()
        .filter(|one| tags.contains(&one.name()))
        .collect();
    all.sort_by_key(|one| {
        let (kind, full) = (one.get("type"), one.get("full"));
        let is_main = matches!(kind, Some("main" | "reg" | "full" | "preferred"));
        let is_short = matches!(full, Some("abb" | "init")) || matches!(kind, Some("abb" | "abbr"));
        match () {
            () if is_main => 0,
            () if is_short => 3,
            // A name that ended is a former one.
            () if one.get("to").is_some() || one.get("notAfter").is_some() => 2,
            () => 1,
        }
    });
    let mut names: Vec<String> = Vec::new();
    let said = all.iter().map(|one| name_of(one));
    for name in said.chain(all.iter().flat_map(|one| other_names(one))) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
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
        "listRelation",
    ];
    let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for other in node
        .nodes()
        .filter(|one| !known.contains(&one.name()) && !is_tie(one))
    {
        let mut words = match other.words() {
            words if words.is_empty() => other.get("value").unwrap_or_default().to_owned(),
            words => words,
        };
        if words.is_empty() {
            continue;
        }
        if let Read::Date(date) = dates::of(other) {
            words = format!("{words} ({})", date.edtf());
        }
        others
            .entry(extra_key(other.name()))
            .or_default()
            .push(words);
    }
    // A title is no part of a name.
    for name in node.nodes().filter(|one| known[..3].contains(&one.name())) {
        name.walk(&mut |part| {
            if part.name() == "roleName" && name_of(name) != part.words() {
                let roles = others.entry(extra_key("roleName")).or_default();
                roles.push(part.words());
            }
            true
        });
    }
    for (name, mut words) in others {
        words.dedup();
        let name = name.trim_start_matches("x_");
        match &mut words[..] {
            [one] => record.extra(name, std::mem::take(one)),
            _ => record.extra(name, words),
        };
    }
}

/// The address of somebody in an authority file as a CURIE.
pub(super) fn same_as(reference: &str) -> Option<String> {
    const FILES: &[(&str, &str)] = &[
        ("wikidata.org/", "wikidata"),
        ("d-nb.info/gnd/", "gnd"),
        ("viaf.org/", "viaf"),
        ("isni.org/", "isni"),
        ("orcid.org/", "orcid"),
        ("id.loc.gov/authorities/", "lccn"),
        ("data.bnf.fr/", "bnf"),
    ];
    let (_, prefix) = FILES
        .iter()
        .find(|(address, _)| reference.contains(address))?;
    let number = reference.trim_end_matches('/').rsplit(['/', '#']).next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let fits = !number.is_empty() && number.chars().all(is_plain);
    fits.then(|| format!("{prefix}:{number}"))
}

#[cfg(test)]
mod tests {
    use super::same_as;

    #[test]
    fn addresses_of_authority_files_are_curies() {
        let read = |reference| same_as(reference);
        assert_eq!(
            read("http://d-nb.info/gnd/118540238").as_deref(),
            Some("gnd:118540238")
        );
        assert_eq!(
            read("https://viaf.org/viaf/24602065/").as_deref(),
            Some("viaf:24602065")
        );
        assert_eq!(
            read("http://www.wikidata.org/entity/Q5879").as_deref(),
            Some("wikidata:Q5879")
        );
        assert_eq!(read("https://people.example/1"), None);
        assert_eq!(read("#ada"), None);
    }
}
