//! An annotation, whichever of its spellings it has.

use serde_json::{Map, Value, json};

use super::{Found, each, field, number, plain, text};
use annals_source::At;

/// An annotation.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// Its place among the annotations of the file, from 1.
    nth: usize,
    pub(super) id: String,
    pub(super) targets: Vec<Target>,
    pub(super) tags: Vec<String>,
    /// What the annotator wrote.
    pub(super) text: String,
    /// Bodies that are things with a name.
    pub(super) bodies: Vec<Value>,
    pub(super) annotator: String,
    pub(super) created: String,
    pub(super) modified: String,
    pub(super) group: String,
    pub(super) motivation: Vec<String>,
    pub(super) replies_to: Vec<String>,
    /// What is said of the thing that the passage shows, by Annals itself.
    pub(super) coded: Vec<(&'static str, String)>,
}

/// What is annotated.
#[derive(Debug, Default)]
pub(super) struct Target {
    pub(super) address: String,
    pub(super) title: String,
    /// The passage, word for word.
    pub(super) quote: Option<String>,
    /// In code points.
    pub(super) spans: Vec<(usize, usize)>,
    /// In another measure.
    pub(super) position: Option<(u32, u32)>,
    /// Selectors as they were.
    pub(super) selectors: Vec<Value>,
}

impl Note {
    pub(super) fn of(annotation: &Map<String, Value>, nth: usize, found: &Found<'_>) -> Note {
        let served = annotation.contains_key("uri") && !annotation.contains_key("type");
        let word = |names: &[&str]| {
            let value = field(annotation, names).and_then(text);
            value.unwrap_or_default().to_owned()
        };
        let mut note = Note {
            nth,
            id: word(&["id", "@id"]),
            created: word(&["created"]),
            modified: word(&["modified", "updated"]),
            group: word(&["group"]),
            text: word(&["text", "bodyValue"]),
            ..Note::default()
        };
        note.annotator = field(annotation, &["creator", "user"])
            .and_then(|creator| each(creator).find_map(name))
            .unwrap_or_default();
        let all = |names: &[&str]| -> Vec<String> {
            let values = field(annotation, names).into_iter().flat_map(each);
            values.filter_map(name).collect()
        };
        note.tags = all(&["tags"]);
        note.motivation = all(&["motivation", "motivatedBy"])
            .iter()
            .map(|one| plain(one).to_owned())
            .collect();
        note.replies_to = all(&["references"]);
        for body in field(annotation, &["body", "hasBody"])
            .into_iter()
            .flat_map(each)
        {
            note.body(resolved(body, found), found);
        }
        let title = field(annotation, &["document"]).and_then(Value::as_object);
        let title = title
            .and_then(|document| field(document, &["title"]))
            .and_then(|title| each(title).find_map(text))
            .unwrap_or_default();
        let uri = word(&["uri"]);
        for target in field(annotation, &["target", "hasTarget"])
            .into_iter()
            .flat_map(each)
        {
            let mut target = Target::of(resolved(target, found), found, served);
            if target.address.is_empty() {
                target.address.clone_from(&uri);
            }
            if target.title.is_empty() {
                title.clone_into(&mut target.title);
            }
            note.targets.push(target);
        }
        if note.targets.is_empty() && !uri.is_empty() {
            note.targets.push(Target {
                address: uri,
                title: title.to_owned(),
                ..Target::default()
            });
        }
        note
    }

    /// Where it stands.
    pub(super) fn at(&self, file: &At) -> At {
        match self.id.as_str() {
            "" => At::item(&file.file, format!("annotation {}", self.nth)),
            id => At::item(&file.file, format!("annotation {id}")),
        }
    }

    /// As it is kept with what it replies to.
    pub(super) fn as_reply(&self) -> Value {
        json!({"by": self.annotator, "on": self.created, "text": self.text, "id": self.id})
    }

    fn body(&mut self, body: &Value, found: &Found<'_>) {
        let Value::Object(object) = body else {
            // A bare text is the address of something.
            self.bodies.extend(text(body).map(Value::from));
            return;
        };
        if self.own_record(object, found) {
            return;
        }
        let value = field(object, &["value", "chars"]).and_then(text);
        let tagging = field(object, &["purpose", "hasPurpose"])
            .into_iter()
            .flat_map(each)
            .filter_map(name)
            .any(|purpose| plain(&purpose) == "tagging");
        match value {
            Some(tag) if tagging => self.tags.push(tag.to_owned()),
            Some(words) if self.text.is_empty() => words.clone_into(&mut self.text),
            Some(words) => {
                self.text.push('\n');
                self.text.push_str(words);
            }
            None => self.bodies.push(body.clone()),
        }
    }

    /// Takes a claim that Annals wrote; other records of Annals are kept by name.
    fn own_record(&mut self, object: &Map<String, Value>, found: &Found<'_>) -> bool {
        let types = field(object, &["@type"]).into_iter().flat_map(each);
        let mut types = types.filter_map(Value::as_str);
        if !types.any(|one| one == "annals:Claim") {
            return false;
        }
        let mut says = |word: &'static str, key: &str| {
            for value in object.get(key).into_iter().flat_map(each) {
                self.coded.extend(told(word, resolved(value, found)));
            }
        };
        says("speaker", "prov:wasAttributedTo");
        says("narrator", "annals:narrator");
        says("to", "annals:addressedTo");
        says("about", "schema:about");
        says("act", "annals:act");
        says("mode", "annals:mode");
        says("words", "schema:text");
        says("content", "annals:content");
        says("edtf", "annals:said");
        for stance in object.get("annals:stance").into_iter().flat_map(each) {
            let node = resolved(stance, found).as_object();
            let toward = node.and_then(|node| node.get("annals:toward"));
            let toward = toward.and_then(|toward| told("toward", resolved(toward, found)));
            let value = node
                .and_then(|node| node.get("annals:value"))
                .and_then(text);
            if let (Some(("toward", label)), Some(value)) = (toward, value) {
                self.coded.push(("toward", label));
                self.coded.push(("value", value.to_owned()));
            }
        }
        self.bodies
            .extend(object.get("@id").and_then(text).map(Value::from));
        true
    }
}

impl Target {
    fn of(target: &Value, found: &Found<'_>, served: bool) -> Target {
        let mut made = Target::default();
        let Value::Object(object) = target else {
            text(target)
                .unwrap_or_default()
                .clone_into(&mut made.address);
            return made;
        };
        match field(object, &["source", "hasSource"]) {
            Some(source) => made.source(resolved(source, found)),
            None => made.source(target),
        }
        for selector in field(object, &["selector", "hasSelector"])
            .into_iter()
            .flat_map(each)
        {
            made.selector(resolved(selector, found), found, served, 0);
        }
        made
    }

    fn source(&mut self, source: &Value) {
        let Value::Object(object) = source else {
            text(source)
                .unwrap_or_default()
                .clone_into(&mut self.address);
            return;
        };
        let word = |names: &[&str]| field(object, names).and_then(name).unwrap_or_default();
        self.title = word(&["title", "label", "name"]);
        self.address = word(&["url"]);
        if self.address.is_empty() {
            self.address = word(&["id", "@id", "source"]);
        }
    }

    fn selector(&mut self, selector: &Value, found: &Found<'_>, served: bool, depth: usize) {
        let Value::Object(object) = selector else {
            return;
        };
        let kind = field(object, &["type", "@type"]).and_then(name);
        let kind = kind.unwrap_or_default();
        let at = |key: &str| field(object, &[key]).and_then(number);
        match (plain(&kind), at("start"), at("end")) {
            ("TextQuoteSelector", ..) if self.quote.is_none() => {
                self.quote = field(object, &["exact"]).and_then(text).map(str::to_owned);
                if object.contains_key("prefix") || object.contains_key("suffix") {
                    let around = object
                        .iter()
                        .filter(|(key, _)| matches!(plain(key), "type" | "prefix" | "suffix"));
                    let around: Map<String, Value> = around
                        .map(|(key, value)| (key.clone(), value.clone()))
                        .collect();
                    self.selectors.push(around.into());
                }
            }
            ("TextPositionSelector", Some(start), Some(end)) if served => {
                self.position = Some((start, end));
            }
            ("TextPositionSelector", Some(start), Some(end)) if start < end => {
                self.spans.push((start as usize, end as usize));
            }
            _ => {
                let inner = field(object, &["refinedBy"]);
                let mut own = object.clone();
                own.retain(|key, _| plain(key) != "refinedBy");
                self.selectors.push(own.into());
                if let Some(inner) = inner.filter(|_| depth < 8) {
                    for inner in each(inner) {
                        let before = self.spans.len();
                        self.selector(resolved(inner, found), found, served, depth + 1);
                        // It counts from where the outer one begins, which is not known here.
                        let within = self.spans.split_off(before);
                        self.position = self.position.or_else(|| {
                            let (start, end) = *within.first()?;
                            Some((u32::try_from(start).ok()?, u32::try_from(end).ok()?))
                        });
                    }
                }
            }
        }
    }
}

/// What a record of Annals says of another, by the name of that: an actor with its kind; what is no
/// topic where one is wanted is `else`.
fn told(word: &'static str, node: &Value) -> Option<(&'static str, String)> {
    let Some(object) = node.as_object() else {
        return text(node).map(|value| (word, value.to_owned()));
    };
    let get = |key: &str| object.get(key).and_then(text);
    if let Some(edtf) = get("annals:edtf") {
        return Some((word, edtf.to_owned()));
    }
    let label = get("rdfs:label")
        .or_else(|| text(node))
        .or_else(|| get("@id"))?;
    let types = object.get("@type").into_iter().flat_map(each);
    let is_topic = types
        .filter_map(Value::as_str)
        .any(|one| one == "annals:Topic");
    Some(match (word, get("annals:kind")) {
        ("about" | "toward", _) if !is_topic => ("else", label.to_owned()),
        ("speaker" | "to", Some(kind)) => (word, format!("{label} ({kind})")),
        _ => (word, label.to_owned()),
    })
}

/// The node that a name stands for, where it is in the file.
fn resolved<'v>(value: &'v Value, found: &Found<'v>) -> &'v Value {
    let Some(object) = value.as_object().filter(|object| object.len() == 1) else {
        return value;
    };
    let name = object.get("@id").and_then(Value::as_str);
    match name.and_then(|name| found.nodes.get(name)) {
        Some(node) => node,
        None => value,
    }
}

/// What something is called: a text, or an object's name or address.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) if !object.contains_key("@value") => {
            field(object, &["name", "label", "nickname", "id", "@id"])
                .and_then(text)
                .map(str::to_owned)
        }
        other => text(other).map(str::to_owned),
    }
}
