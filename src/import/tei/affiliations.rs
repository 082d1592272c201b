//! Whom a person belongs to, and in which role: each affiliation is a tie with its dates.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::{self, Read};
use super::names::name_of;
use super::{Reading, Thing, fragment};
use crate::xml_tree::Node;
use crate::{Record, entities};
use annals_model::{ActorKind, RecordKind};
use annals_source::SourceError;

/// Whether an affiliation names what one belongs to, so that it is a tie; other words of it stay
/// with the person.
pub(super) fn is_tie(affiliation: &Node) -> bool {
    affiliation.name() == "affiliation"
        && (target(affiliation).is_some() || named(affiliation).is_some())
}

/// The reference to what one belongs to.
fn target(affiliation: &Node) -> Option<&str> {
    let own = affiliation.get("ref").or(affiliation.get("key"));
    own.or_else(|| {
        let name = named(affiliation)?;
        name.get("ref").or(name.get("key"))
    })
}

/// The element that names it.
fn named(affiliation: &Node) -> Option<&Node> {
    let mut found = None;
    affiliation.walk(&mut |inner| {
        if found.is_none() && matches!(inner.name(), "orgName" | "name" | "rs") {
            found = Some(inner);
        }
        inner.name() != "roleName"
    });
    found.filter(|name| name.get("ref").is_some() || !name.words().is_empty())
}

impl Reading<'_, '_> {
    /// The affiliations of persons and groups below a node.
    pub(super) fn affiliations(&mut self, root: &Node) -> Result<(), SourceError> {
        let mut found: Vec<(&Node, &Node)> = Vec::new();
        root.walk(&mut |owner| {
            if matches!(owner.name(), "person" | "personGrp" | "org") {
                owner.walk(&mut |inner| {
                    if is_tie(inner) {
                        found.push((owner, inner));
                    }
                    !matches!(inner.name(), "person" | "personGrp" | "org" | "event")
                });
            }
            true
        });
        for (owner, affiliation) in found {
            self.affiliation(owner, affiliation)?;
        }
        Ok(())
    }

    /// That an organization within another is part of it: with the dates that the entry or its list
    /// has, as attributes.
    pub(super) fn parts_of_organizations(&mut self, root: &Node) -> Result<(), SourceError> {
        let mut found: Vec<(&Node, Option<&Node>, &Node)> = Vec::new();
        root.walk(&mut |outer| {
            if matches!(outer.name(), "org" | "personGrp") {
                found.extend(outer.all("org").map(|inner| (outer, None, inner)));
                for list in outer.all("listOrg") {
                    found.extend(list.all("org").map(|inner| (outer, Some(list), inner)));
                }
            }
            true
        });
        for (outer, list, inner) in found {
            let (Some(from), Some(to)) = (self.actor_of(inner), self.actor_of(outer)) else {
                let at = inner.at(self.file);
                let why = "an organization within one that is left out, or left out itself";
                self.out.left_out(&at, "part_of", why)?;
                continue;
            };
            let mut record = Record::unnamed(RecordKind::Relation);
            record
                .set("from", from)
                .set("to", to)
                .set("kind", "part_of");
            let mut dated = [Some(inner), list].into_iter().flatten();
            if let Some(dated) = dated.find(|one| dates::of(one) != Read::None) {
                self.dated(dated, &mut record, "when")?;
            }
            record.extra("cert", inner.get("cert"));
            self.evidence(None, &mut record);
            self.out.add(record)?;
        }
        Ok(())
    }

    /// The ties of an affiliation: one to each thing that it refers to.
    fn affiliation(&mut self, owner: &Node, node: &Node) -> Result<(), SourceError> {
        self.out.came("affiliation");
        let at = node.at(self.file);
        let what = node.get("role").unwrap_or("affiliation").to_owned();
        let Some(from) = self.actor_of(owner) else {
            let why = "an affiliation of somebody who is left out";
            return self.out.left_out(&at, &what, why);
        };
        let targets: Vec<&str> = target(node)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let mut organizations = BTreeSet::new();
        for target in &targets {
            // A name says which one is meant, and not which several.
            let name = named(node).filter(|_| targets.len() == 1);
            match self.organization(node, Some(target), name)? {
                Some(id) if id != from => {
                    organizations.insert(id);
                }
                _ => {
                    let why = "an affiliation to what is not another organization";
                    self.out.left_out(&at, target, why)?;
                }
            }
        }
        if targets.is_empty() {
            organizations.extend(self.organization(node, None, named(node))?);
        }
        for to in organizations {
            self.tie(node, &from, to)?;
        }
        Ok(())
    }

    fn tie(&mut self, node: &Node, from: &str, to: String) -> Result<(), SourceError> {
        let role = node.get("role");
        let mut record = Record::unnamed(RecordKind::Relation);
        record.set("from", from).set("to", to);
        record.set("kind", kind(role));
        let title = title(node);
        if title.is_some() {
            record.set("role", title).extra("role", role);
        } else {
            record.set("role", role.filter(|role| *role != "member"));
        }
        self.dated(node, &mut record, "when")?;
        let date = node.first("date").filter(|_| dates::of(node) == Read::None);
        if let Some(date) = date {
            self.dated(date, &mut record, "when")?;
        }
        record.extra("ana", node.get("ana"));
        record.extra("cert", node.get("cert"));
        self.evidence(None, &mut record);
        self.out.add(record)
    }

    /// What somebody belongs to: what the reference or the name leads to, else a new organization.
    fn organization(
        &mut self,
        node: &Node,
        target: Option<&str>,
        name: Option<&Node>,
    ) -> Result<Option<String>, SourceError> {
        match target.and_then(|target| self.thing(target)) {
            Some(Thing::Actor(id)) => return Ok(Some(id)),
            Some(Thing::Place(_)) => return Ok(None),
            None => {}
        }
        let at = node.at(self.file);
        let name = name.map(name_of).filter(|name| !name.is_empty());
        if let Some(name) = name {
            if let Some(id) = self.names.get(&name.to_lowercase()) {
                return Ok(Some(id.clone()));
            }
            let kind = Some(ActorKind::Organization);
            return entities::actor(self.out, &at, &name, kind).map(Some);
        }
        let name = target.map_or("", fragment).trim();
        if name.is_empty() {
            return Ok(None);
        }
        let key = name.to_lowercase();
        let (id, new) = self.out.id_of(RecordKind::Actor, &key, name);
        if new {
            let how = "an organization that is in no list, named after its reference";
            self.out.changed(&at, name, how)?;
            let mut actor = Record::new(RecordKind::Actor, id.clone());
            actor.set("name", name);
            actor.set("kind", "organization");
            self.out.add(actor)?;
        }
        Ok(Some(id))
    }
}

/// The role in the words of the source, in English where it has them.
fn title(affiliation: &Node) -> Option<String> {
    let all: Vec<&Node> = affiliation.all("roleName").collect();
    let english = all.iter().find(|one| one.get("lang") == Some("en"));
    let title = english.or(all.first())?.words();
    (!title.is_empty()).then_some(title)
}

/// The kind of tie that a role makes. Only those who hold an office speak for what they belong to;
/// of a role that is not known, nothing more is said.
fn kind(role: Option<&str>) -> &'static str {
    const MEMBERS: &[&str] = &[
        "member",
        "mp",
        "mep",
        "senator",
        "delegate",
        "deputy",
        "substitute",
        "replacement",
        "membre",
    ];
    const STAFF: &[&str] = &["employee", "employed", "staff"];
    let Some(role) = role else {
        return "member_of";
    };
    let words = words_of(role);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let holds = |word: &String| OFFICES.iter().any(|office| word.ends_with(office));
    if words.iter().any(holds) {
        "holds_office"
    } else if any(MEMBERS) {
        "member_of"
    } else if any(STAFF) {
        "employed_by"
    } else {
        "related_to"
    }
}

/// What the name of an office ends in: `deputyMinister`, `viceChairman`, `headOfDelegation`.
const OFFICES: &[&str] = &[
    "minister",
    "president",
    "chair",
    "chairman",
    "chairwoman",
    "chairperson",
    "head",
    "leader",
    "secretary",
    "director",
    "mayor",
    "chancellor",
    "premier",
    "governor",
    "ambassador",
    "commissioner",
    "treasurer",
    "speaker",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "defender",
    "ombudsman",
    "ombudsperson",
    "prefect",
    "whip",
];

/// `deputyMinister` as its words in lower case.
fn words_of(role: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in role.chars() {
        let begins = c.is_uppercase() && before.is_lowercase() || !c.is_alphanumeric();
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// Events that stand within somebody's or some organization's entry: they take part in them. Its
/// mere existence is no event, but its lifespan.
pub(super) fn owners<'n>(root: &'n Node) -> BTreeMap<usize, &'n Node> {
    let mut owners = BTreeMap::new();
    root.walk(&mut |owner| {
        if matches!(owner.name(), "person" | "personGrp" | "org") {
            owner.walk(&mut |inner: &'n Node| {
                if inner.name() == "event" {
                    owners.insert(inner.number, owner);
                }
                !matches!(inner.name(), "person" | "personGrp" | "org")
            });
        }
        true
    });
    owners
}

/// The event that says from when to when an organization existed.
pub(super) fn existence(owner: &Node) -> Option<&Node> {
    let lists = owner.all("listEvent").flat_map(|list| list.all("event"));
    owner.all("event").chain(lists).find(|event| {
        let mut labels = event.all("label").chain(event.all("head"));
        labels.any(|label| label.words().eq_ignore_ascii_case("existence"))
            && matches!(dates::of(event), Read::Date(_))
    })
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn only_offices_speak_for_others() {
        for (role, wanted) in [
            (None, "member_of"),
            (Some("member"), "member_of"),
            (Some("MP"), "member_of"),
            (Some("minister"), "holds_office"),
            (Some("deputyMinister"), "holds_office"),
            (Some("viceChairman"), "holds_office"),
            (Some("headOfDelegation"), "holds_office"),
            (Some("deputy"), "member_of"),
            (Some("Prime Minister"), "holds_office"),
            (Some("employee"), "employed_by"),
            (Some("observer"), "related_to"),
            (Some("ministr"), "related_to"),
        ] {
            assert_eq!(kind(role), wanted, "{role:?}");
        }
    }
}
