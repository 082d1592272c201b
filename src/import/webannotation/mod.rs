//! `webannotation`: passages that people marked on pages, as the W3C's Web Annotation model has them
//! (JSON-LD) and as Hypothes.is exports and serves them (JSON).
//!
//! - An annotation is found wherever it stands: alone, in a list, in a collection or page of the
//!   model, in a `@graph`, among the `rows` of a search or the `annotations` of an export.
//! - Nodes of a `@graph` are put together again by their names, so that what Annals exports as
//!   JSON-LD is read: each passage with what it shows.
//! - What a passage shows is said by tags or by lines of the body ([`coding`]). An annotation without
//!   any comes as a claim of the document itself with the tag `to-code`.
//!
//! Source: <https://www.w3.org/TR/annotation-model/>, <https://h.readthedocs.io/en/latest/api/>.

mod coding;
mod note;

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use serde_json::{Map, Value};

use super::dates::Reading;
use super::json_object;
use super::options::{CENTURY, DATES, ENCODING, Opt, Options};
use super::{Builder, Import, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use note::Note;

static OPTIONS: &[&Opt] = &[&DATES, &CENTURY, &ENCODING];

/// Annotations of pages.
pub(super) static FORMAT: Importer = Importer {
    name: "webannotation",
    title: "passages marked on web pages: W3C Web Annotation (JSON-LD) and Hypothes.is exports",
    extensions: &["json", "jsonld", "jsonl"],
    loses: "Styles, permissions and service links are lost. Pages of a collection that are not in the file are counted as left out, and nothing is fetched. From JSON-LD written by Annals, only what passages show comes back; `export --format facts` keeps everything.",
    notes: "A tag, or a line at the top of a body, says what a passage shows: a word, a colon, and a value.\n\n\
         | word | |\n|---|---|\n\
         | `speaker` | who says it: the passage is a claim; `narrator` alone means the narrator |\n\
         | `to`, `about` | to whom, about which topic |\n\
         | `stance` | `supports`, `opposes`, `neutral` or `mixed`, toward everything it is about |\n\
         | `act`, `mode` | words of the model: `asserts`, `denies` …; `direct`, `indirect`, `mixed` |\n\
         | `words` | the text within quotation marks |\n\
         | `content` | what was said, in your words |\n\
         | `said` | when |\n\
         | `event` | what it is called: the passage shows an event |\n\
         | `when`, `kind`, `place`, `participant` | of that event |\n\n\
         A word may be repeated if its field takes a list. `speaker: NATO (organization)` gives the kind of an actor; without it, an actor is read as a person and counted. Words that are not in the model stay tags.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "target: `source`, `uri`, `document.title`",
                "a document, one for each URL",
            ),
            (
                "`TextQuoteSelector`",
                "evidence with `quote`; `prefix` and `suffix` in `x_selector`",
            ),
            (
                "`TextPositionSelector`",
                "`spans` of the evidence; for Hypothes.is, `x_position`, since it counts UTF-16 units of the page as shown in a browser",
            ),
            (
                "other selectors (XPath, CSS, range, fragment)",
                "`x_selector`",
            ),
            ("several targets", "several evidence entries"),
            (
                "tags, bodies with `purpose` `tagging`",
                "what the passage shows (see below); other tags stay tags",
            ),
            (
                "other bodies, `text`",
                "lines at the top such as `speaker: Ada Lind` work like tags; the rest is the note",
            ),
            (
                "an annotation with neither a speaker nor an event",
                "a claim by the narrator, with the tag `to-code`",
            ),
            ("`created`", "`recorded`"),
            (
                "`creator`, `user`, `id`, `group`, `motivation`, `updated`",
                "`x_annotator`, `x_id`, `x_group`, `x_motivation`, `x_modified`",
            ),
            ("replies", "`x_replies` on what they reply to"),
            (
                "annotations in JSON-LD written by Annals",
                "the claim that the passage shows, with speaker, about, act, text and date, or the passage with the name of the record in `x_body`",
            ),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let reading = Reading::of(options);
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
            file(&text, &at, reading, out)
        })?;
    }
    Ok(())
}

fn file(text: &str, at: &At, reading: Reading, out: &mut Builder<'_>) -> Result<(), SourceError> {
    if json_object::is_too_many(text) {
        return Err(json_object::too_many(at));
    }
    let values: Result<Vec<Value>, serde_json::Error> = serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .collect();
    let values = values.map_err(|error| {
        let message = format!("this is not JSON: {error}");
        SourceError::syntax(At::line(&at.file, error.line().max(1)), message)
    })?;
    let mut found = Found::default();
    for value in &values {
        found.walk(value, 0);
    }
    if found.annotations.is_empty() && found.elsewhere == 0 {
        let message = "there are no annotations in this file";
        return Err(SourceError::syntax(at.clone(), message).note(
            "an annotation is an object with a target, either of type Annotation or with a uri as in Hypothes.is",
        ));
    }
    if found.elsewhere > 0 {
        let what = format!("{} annotations", found.elsewhere);
        out.left_out(at, &what, "on pages that are not in this file")?;
    }
    let each = found.annotations.iter().enumerate();
    let notes: Vec<Note> = each
        .map(|(nth, annotation)| Note::of(annotation, nth + 1, &found))
        .collect();
    for _ in &notes {
        out.came("annotation");
    }
    let notes = joined(notes);
    let known: BTreeMap<&str, usize> = (notes.iter().enumerate())
        .filter(|(_, note)| !note.id.is_empty())
        .map(|(nth, note)| (note.id.as_str(), nth))
        .collect();
    let mut replies: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for note in &notes {
        let Some(first) = note.replies_to.first() else {
            continue;
        };
        match known.get(first.as_str()) {
            Some(&nth) => replies.entry(nth).or_default().push(note.as_reply()),
            None => out.left_out(
                &note.at(at),
                &note.text,
                "a reply to something that is not in this file",
            )?,
        }
    }
    for (nth, note) in notes.iter().enumerate() {
        if note.replies_to.is_empty() {
            let replies = replies.remove(&nth).unwrap_or_default();
            coding::record(note, replies, &note.at(at), reading, out)?;
        }
    }
    Ok(())
}

/// One for each claim that Annals wrote, with all passages that show it.
fn joined(notes: Vec<Note>) -> Vec<Note> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut joined: Vec<Note> = Vec::new();
    for mut note in notes {
        let body = note.bodies.first().and_then(Value::as_str);
        let body = body.filter(|_| !note.coded.is_empty()).map(str::to_owned);
        match body.as_ref().and_then(|body| first.get(body)) {
            Some(&nth) => joined[nth].targets.append(&mut note.targets),
            None => {
                first.extend(body.map(|body| (body, joined.len())));
                joined.push(note);
            }
        }
    }
    joined
}

/// What is found in a file.
#[derive(Default)]
struct Found<'v> {
    annotations: Vec<&'v Map<String, Value>>,
    /// Nodes of a graph by name.
    nodes: HashMap<&'v str, &'v Value, RandomState>,
    /// How many annotations a search or collection has that are not here.
    elsewhere: u64,
}

impl<'v> Found<'v> {
    fn walk(&mut self, value: &'v Value, depth: usize) {
        // Collections hold pages, pages hold items; nothing of use lies deeper.
        if depth > 6 {
            return;
        }
        match value {
            Value::Array(items) => {
                for item in items {
                    self.walk(item, depth + 1);
                }
            }
            Value::Object(object) => {
                if let Some(name) = field(object, &["id", "@id"]).and_then(Value::as_str) {
                    self.nodes.entry(name).or_insert(value);
                }
                self.object(object, depth);
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &'v Map<String, Value>, depth: usize) {
        if is_annotation(object) {
            self.annotations.push(object);
            return;
        }
        let before = self.annotations.len();
        for key in ["rows", "annotations", "items", "first", "@graph", "replies"] {
            if let Some(inner) = field(object, &[key]) {
                self.walk(inner, depth + 1);
            }
        }
        let total = object.get("total").and_then(Value::as_u64);
        if let Some(total) = total.filter(|_| depth == 0) {
            let here = (self.annotations.len() - before) as u64;
            self.elsewhere += total.saturating_sub(here);
        }
    }
}

/// Whether an object is an annotation of the model, or one of Hypothes.is.
fn is_annotation(object: &Map<String, Value>) -> bool {
    let types = field(object, &["type", "@type"]);
    let is_type = |value: &Value| {
        value
            .as_str()
            .is_some_and(|name| plain(name) == "Annotation")
    };
    let typed = types.is_some_and(|types| each(types).any(is_type));
    typed || (object.contains_key("uri") && object.contains_key("target"))
}

/// A field by its names: as written, or with the prefix or whole address that JSON-LD may give it.
fn field<'v>(object: &'v Map<String, Value>, names: &[&str]) -> Option<&'v Value> {
    if let Some(value) = names.iter().find_map(|name| object.get(*name)) {
        return Some(value).filter(|value| !value.is_null());
    }
    let mut entries = object.iter().filter(|(key, _)| key.contains([':', '/']));
    let found = entries.find(|(key, _)| names.contains(&plain(key)));
    found
        .map(|(_, value)| value)
        .filter(|value| !value.is_null())
}

/// A name without its prefix or address.
fn plain(name: &str) -> &str {
    name.rsplit([':', '#', '/']).next().unwrap_or(name)
}

/// The items of a list, or a value alone.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

/// The text of a value: itself, or its `@value`.
fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("@value").and_then(Value::as_str),
        _ => None,
    }
}

/// The number of a value, also where JSON-LD writes it as a text with a type.
fn number(value: &Value) -> Option<u32> {
    let number = match value {
        Value::Number(number) => number.as_u64(),
        other => text(other)?.parse().ok(),
    };
    number.and_then(|number| u32::try_from(number).ok())
}
