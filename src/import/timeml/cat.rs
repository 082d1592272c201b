//! Files of CAT: words with numbers, what is marked in them, and relations.

use std::collections::BTreeMap;

use super::inline::{Entity, Event, Link, Marked, Sort, attributes, time};
use crate::xml_tree::Node;

pub(super) fn marked(root: &Node, stem: &str) -> Marked {
    let title = root.get("doc_name").or(root.get("doc_id")).unwrap_or(stem);
    let mut marked = Marked {
        title: title
            .rsplit_once('.')
            .map_or(title, |(title, _)| title)
            .to_owned(),
        url: root.get("url").unwrap_or_default().to_owned(),
        language: root.get("lang").unwrap_or_default().to_owned(),
        ..Marked::default()
    };
    let tokens = Tokens::of(root, &mut marked.text);
    let groups = groups(root);
    let things: BTreeMap<&str, &Node> = root
        .find(&["Markables"])
        .into_iter()
        .flat_map(|all| all.all("ENTITY"))
        .filter_map(|node| Some((node.get("m_id")?, node)))
        .collect();
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    let mut order = Vec::new();
    for node in root.find(&["Markables"]).into_iter().flat_map(Node::nodes) {
        let Some(id) = node.get("m_id").map(str::to_owned) else {
            continue;
        };
        let (spans, words) = tokens.passage(node);
        let group = groups.get(&id).cloned();
        match node.name() {
            "EVENT_MENTION" => {
                let key = group.unwrap_or_else(|| id.clone());
                if !events.contains_key(&key) {
                    order.push(key.clone());
                }
                let event = events.entry(key).or_insert_with(|| Event {
                    words: words.clone(),
                    class: node.get("class").unwrap_or_default().to_owned(),
                    source: node.get("source").map(str::to_owned),
                    more: attributes(node).collect(),
                    line: node.element.line,
                    ..Event::default()
                });
                event.ids.push(id);
                event.spans.extend(spans);
            }
            "TIMEX3" => {
                if node.get("functionInDocument") == Some("CREATION_TIME") {
                    marked.creation = Some(id.clone());
                }
                marked.times.insert(id, time(node, words));
            }
            "ENTITY_MENTION" => {
                let key = group.unwrap_or_else(|| id.clone());
                let thing = marked.entities.get(&key).cloned();
                let mut entity = thing.unwrap_or_else(|| instance(&things, &key));
                if entity.name.is_empty() {
                    entity.name = words;
                    marked.entities.insert(key, entity.clone());
                }
                marked.entities.insert(id, entity);
            }
            _ => {}
        }
    }
    for key in order {
        if let Some(mut event) = events.remove(&key) {
            event.ids.push(key);
            event.spans.sort_unstable();
            event.spans.dedup();
            marked.events.push(event);
        }
    }
    for node in root.find(&["Relations"]).into_iter().flat_map(Node::nodes) {
        links(node, &mut marked.links);
    }
    marked
}

/// What a thing that is mentioned is.
fn instance(things: &BTreeMap<&str, &Node>, key: &str) -> Entity {
    let node = things.get(key);
    let get = |names: &[&str]| {
        let value = names.iter().find_map(|name| node?.get(name));
        value.unwrap_or_default().to_owned()
    };
    Entity {
        name: get(&["TAG_DESCRIPTOR", "tag_descriptor"]),
        kind: get(&["ent_type", "type"]).to_uppercase(),
    }
}

fn ends<'n>(node: &'n Node, name: &'n str) -> Vec<&'n str> {
    node.all(name).filter_map(|one| one.get("m_id")).collect()
}

/// The thing that each mention refers to.
fn groups(root: &Node) -> BTreeMap<String, String> {
    let mut groups = BTreeMap::new();
    let relations = root.find(&["Relations"]).into_iter();
    for node in relations.flat_map(|all| all.all("REFERS_TO")) {
        if let Some(thing) = ends(node, "target").first() {
            for mention in ends(node, "source") {
                groups.insert(mention.to_owned(), (*thing).to_owned());
            }
        }
    }
    groups
}

fn links(node: &Node, links: &mut Vec<Link>) {
    let sort = match node.name() {
        "TLINK" => Sort::Time,
        "SLINK" => Sort::Subordination,
        "ALINK" | "GLINK" => Sort::Aspect,
        "CLINK" => Sort::Cause,
        "HAS_PARTICIPANT" => Sort::Participant,
        _ => return,
    };
    let kind = node
        .get("reltype")
        .or(node.get("relType"))
        .or(node.get("sem_role"));
    // One end of each; a link with several is one for each of its sources.
    for one in ends(node, "source") {
        if let Some(other) = ends(node, "target").first() {
            links.push(Link {
                sort,
                kind: kind.unwrap_or_default().to_uppercase(),
                one: one.to_owned(),
                other: (*other).to_owned(),
                line: node.element.line,
            });
        }
    }
}

/// Where each word stands.
struct Tokens {
    places: BTreeMap<String, (usize, usize)>,
    /// The text in code points.
    points: Vec<char>,
}

impl Tokens {
    /// Puts the text together: a space between words, a line for each sentence.
    fn of(root: &Node, text: &mut String) -> Tokens {
        let mut places = BTreeMap::new();
        let (mut length, mut sentence) = (0, None);
        for token in root.all("token") {
            let now = token.get("sentence");
            if length > 0 {
                text.push(if now == sentence { ' ' } else { '\n' });
                length += 1;
            }
            sentence = now;
            let start = length;
            let mut words = String::new();
            for kid in &token.kids {
                if let crate::xml_tree::Kid::Text(part) = kid {
                    words.push_str(part.trim());
                }
            }
            text.push_str(&words);
            length += words.chars().count();
            if let Some(id) = token.get("t_id").filter(|_| length > start) {
                places.insert(id.to_owned(), (start, length));
            }
        }
        if length > 0 {
            text.push('\n');
        }
        let points = text.chars().collect();
        Tokens { places, points }
    }

    /// The places of the words of a mark, neighbours as one, and the words.
    fn passage(&self, node: &Node) -> (Vec<(usize, usize)>, String) {
        let anchors = node
            .all("token_anchor")
            .filter_map(|anchor| self.places.get(anchor.get("t_id")?));
        let mut all: Vec<(usize, usize)> = anchors.copied().collect();
        all.sort_unstable();
        all.dedup();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for (start, end) in all {
            match spans.last_mut() {
                Some(last) if last.1 + 1 >= start => last.1 = end,
                _ => spans.push((start, end)),
            }
        }
        let words = spans.iter().filter_map(|(start, end)| {
            let words = self.points.get(*start..*end)?;
            Some(words.iter().collect::<String>())
        });
        let words: Vec<String> = words.collect();
        (spans, words.join(" "))
    }
}
