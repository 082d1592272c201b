//! What is marked in a text: `TimeML` inline.

use std::collections::BTreeMap;

use crate::xml_tree::{Kid, Node};

/// A text and what is marked in it.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) language: String,
    pub(super) text: String,
    /// The time at which the text was made, by its id.
    pub(super) creation: Option<String>,
    pub(super) events: Vec<Event>,
    pub(super) times: BTreeMap<String, Time>,
    pub(super) links: Vec<Link>,
    /// Who is marked (CAT), by the id of the thing or of a mention of it.
    pub(super) entities: BTreeMap<String, Entity>,
}

/// An event, as instances make one.
#[derive(Debug, Default)]
pub(super) struct Event {
    /// What links call it.
    pub(super) ids: Vec<String>,
    pub(super) words: String,
    pub(super) spans: Vec<(usize, usize)>,
    pub(super) class: String,
    /// Who is said to say it.
    pub(super) source: Option<String>,
    /// Attributes that have no field.
    pub(super) more: Vec<(String, String)>,
    pub(super) line: usize,
}

/// A time.
#[derive(Debug, Default)]
pub(super) struct Time {
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) modifier: String,
    pub(super) begin: String,
    pub(super) end: String,
    pub(super) words: String,
    pub(super) line: usize,
}

/// Which sort of link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Time,
    Subordination,
    Aspect,
    Cause,
    Participant,
}

/// A link between two things.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) sort: Sort,
    pub(super) kind: String,
    pub(super) one: String,
    pub(super) other: String,
    pub(super) line: usize,
}

/// Somebody or something that is named (CAT).
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub(super) name: String,
    /// `PER`, `ORG`, `LOC` …
    pub(super) kind: String,
}

/// The values of attributes that have a field of their own.
const KNOWN: [&str; 11] = [
    "eid",
    "class",
    "eiid",
    "eventID",
    "signalID",
    "source",
    "m_id",
    "TAG_DESCRIPTOR",
    "instance_id",
    "stem",
    "t_id",
];

impl Marked {
    pub(super) fn of(root: &Node, stem: &str) -> Marked {
        let words = |name: &str| {
            let node = root.first(name);
            node.map(words).filter(|words| !words.is_empty())
        };
        let mut marked = Marked {
            title: words("TITLE")
                .or_else(|| words("DOCID"))
                .unwrap_or_else(|| stem.to_owned()),
            ..Marked::default()
        };
        let mut reader = Reader::default();
        if let Some(time) = root.find(&["DCT", "TIMEX3"]) {
            marked.creation = reader.time(time);
        }
        match root.first("TEXT") {
            Some(text) => reader.inside(text),
            None => reader.inside(root),
        }
        let mut instances: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        root.walk(&mut |node| {
            match node.name() {
                "MAKEINSTANCE" => {
                    let of = node.get("eventID").unwrap_or_default();
                    instances.entry(of).or_default().push(node);
                }
                "TLINK" | "SLINK" | "ALINK" => marked.links.extend(link(node)),
                _ => {}
            }
            true
        });
        marked.text = reader.text;
        if marked.creation.is_none() {
            let creation = reader.creation.take();
            marked.creation = creation;
        }
        marked.times = reader.times;
        for event in reader.events {
            let id = event.ids[0].clone();
            match instances.get(id.as_str()).map(Vec::as_slice) {
                None => marked.events.push(event),
                Some(all) => {
                    for (nth, instance) in all.iter().enumerate() {
                        let mut ids: Vec<String> = instance
                            .get("eiid")
                            .map(str::to_owned)
                            .into_iter()
                            .collect();
                        // Links may name the event where it has one instance.
                        if nth == 0 {
                            ids.push(id.clone());
                        }
                        let mut more = event.more.clone();
                        more.extend(attributes(instance));
                        marked.events.push(Event {
                            ids,
                            more,
                            words: event.words.clone(),
                            spans: event.spans.clone(),
                            class: event.class.clone(),
                            source: event.source.clone(),
                            line: event.line,
                        });
                    }
                }
            }
        }
        marked
    }
}

/// Attributes of an event without a field of their own.
pub(super) fn attributes(node: &Node) -> impl Iterator<Item = (String, String)> {
    let all = node.element.attributes.iter();
    all.filter(|(name, value)| !KNOWN.contains(&name.as_str()) && !value.trim().is_empty())
        .filter(|(name, value)| !(name == "polarity" && value == "POS") && value != "NONE")
        .map(|(name, value)| (name.clone(), value.clone()))
}

fn words(node: &Node) -> String {
    let mut text = String::new();
    plain(node, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(node: &Node, text: &mut String) {
    for kid in &node.kids {
        match kid {
            Kid::Text(words) => text.push_str(words),
            Kid::Node(node) => plain(node, text),
        }
    }
}

fn link(node: &Node) -> Option<Link> {
    let sort = match node.name() {
        "TLINK" => Sort::Time,
        "SLINK" => Sort::Subordination,
        _ => Sort::Aspect,
    };
    let first = ["eventInstanceID", "timeID", "eventID"];
    let second = [
        "relatedToEventInstance",
        "relatedToTime",
        "subordinatedEventInstance",
        "relatedToEvent",
        "subordinatedEvent",
    ];
    let get = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| node.get(name))
            .map(str::to_owned)
    };
    Some(Link {
        sort,
        kind: node.get("relType").unwrap_or_default().to_uppercase(),
        one: get(&first)?,
        other: get(&second)?,
        line: node.element.line,
    })
}

/// Reads a text, and what is marked inside it.
#[derive(Default)]
struct Reader {
    text: String,
    /// In code points.
    length: usize,
    events: Vec<Event>,
    times: BTreeMap<String, Time>,
    creation: Option<String>,
}

impl Reader {
    fn inside(&mut self, node: &Node) {
        for kid in &node.kids {
            match kid {
                Kid::Text(text) => {
                    // A text begins with its first word.
                    let text = if self.length == 0 {
                        text.trim_start()
                    } else {
                        text
                    };
                    self.text.push_str(text);
                    self.length += text.chars().count();
                }
                Kid::Node(node) => self.node(node),
            }
        }
    }

    fn node(&mut self, node: &Node) {
        if matches!(
            node.name(),
            "MAKEINSTANCE" | "TLINK" | "SLINK" | "ALINK" | "DCT" | "TITLE" | "DOCID" | "EXTRAINFO"
        ) {
            return;
        }
        let start = self.length;
        self.inside(node);
        let span = (start, self.length);
        match node.name() {
            "EVENT" => {
                let Some(id) = node.get("eid") else { return };
                let words = words(node);
                self.events.push(Event {
                    ids: vec![id.to_owned()],
                    spans: if words.is_empty() {
                        Vec::new()
                    } else {
                        vec![span]
                    },
                    words,
                    class: node.get("class").unwrap_or_default().to_owned(),
                    source: node.get("source").map(str::to_owned),
                    more: attributes(node).collect(),
                    line: node.element.line,
                });
            }
            "TIMEX3" => {
                let id = self.time(node);
                let function = node.get("functionInDocument").unwrap_or_default();
                if matches!(function, "CREATION_TIME" | "PUBLICATION_TIME")
                    && self.creation.is_none()
                {
                    self.creation = id;
                }
            }
            _ => {}
        }
    }

    fn time(&mut self, node: &Node) -> Option<String> {
        let id = node.get("tid")?.to_owned();
        self.times.insert(id.clone(), time(node, words(node)));
        Some(id)
    }
}

pub(super) fn time(node: &Node, words: String) -> Time {
    let get = |name: &str| node.get(name).unwrap_or_default().to_owned();
    Time {
        kind: get("type").to_uppercase(),
        value: get("value"),
        modifier: get("mod").to_uppercase(),
        begin: get("beginPoint"),
        end: get("endPoint"),
        words,
        line: node.element.line,
    }
}
