//! A mapping: which column is which field. Read from YAML, each part with its line, so that what is
//! wrong with it can be shown where it stands.

use std::collections::BTreeMap;

use serde_json::Value;

use annals_model::RecordKind;
use annals_source::At;

/// A mapping.
#[derive(Debug)]
pub(super) struct Map {
    /// What a row becomes, in the order in which it is made.
    pub(super) plans: Vec<Plan>,
    /// Which of them keeps the columns that no other part names, under `x_…`; nothing: none does.
    pub(super) rest: Option<usize>,
    /// Columns that are left out.
    pub(super) drop: Vec<Named>,
    /// Options that the mapping gives, by name.
    pub(super) options: Vec<Named>,
    /// Spellings of actors' names.
    pub(super) names: Names,
}

/// Names of actors, each with other spellings of it.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each name, and its other spellings.
    pub(super) all: Vec<(String, Vec<String>)>,
    /// Which of them a spelling is, folded.
    pub(super) by_spelling: BTreeMap<String, usize>,
}

impl Names {
    /// The name that a text is a spelling of, and its other spellings.
    pub(super) fn of(&self, text: &str) -> Option<(&str, &[String])> {
        let nth = *self.by_spelling.get(&folded(text))?;
        let (name, others) = self.all.get(nth)?;
        Some((name, others))
    }

    /// The name, if the text is a spelling of one; else the text.
    pub(super) fn name(&self, text: String) -> String {
        match self.of(&text) {
            Some((name, _)) => name.to_owned(),
            None => text,
        }
    }
}

/// A record that a row becomes.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) kind: RecordKind,
    /// Several records a row: one for each part of a list.
    pub(super) each: Option<(Template, Vec<String>)>,
    /// Rows of the same key make one record.
    pub(super) key: Option<Template>,
    /// Words that the id is made of.
    pub(super) id: Option<Template>,
    pub(super) fields: Vec<(Field, Shape)>,
    /// Whether it is made of a name in a field that refers to it, and not written in the mapping.
    pub(super) implied: bool,
    /// Whether a claim has it as its speaker, without whom there is no claim.
    pub(super) speaks: bool,
}

/// A field of the model, or one of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Known(&'static str),
    Own(String),
}

/// How a value is made.
#[derive(Debug)]
pub(super) enum Shape {
    /// Of the text of columns.
    Of(Template),
    /// The id of another record of the row.
    Id(usize),
    /// A list, cut at these signs.
    Split(Template, Vec<String>),
    /// A word in place of each word of a column; of others nothing.
    Words(Template, BTreeMap<String, Value>),
    /// A list.
    List(Vec<Shape>),
    /// An object.
    Object(Vec<(String, Shape)>),
    /// The same in each row.
    Same(Value),
}

/// Text with columns in it: `{Speaker}`, `claim {No}`.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pub(super) parts: Vec<Part>,
    pub(super) at: At,
    /// Whether it gives ids, and not names, of the records that a field refers to.
    pub(super) ids: bool,
    /// Whether empty cells of its column have the value above them.
    pub(super) down: bool,
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Column(String),
    /// The part of the list that the record is made of: `{it}`.
    It,
}

/// A word of the mapping, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) at: At,
}

/// The options that a mapping may give.
pub(super) const OPTIONS: [&str; 9] = [
    "dates",
    "year",
    "century",
    "sheet",
    "heading",
    "delimiter",
    "merged",
    "hidden",
    "encoding",
];

impl Shape {
    /// Adds the templates in it.
    pub(super) fn templates<'s>(&'s self, all: &mut Vec<&'s Template>) {
        match self {
            Shape::Of(template) | Shape::Split(template, _) | Shape::Words(template, _) => {
                all.push(template);
            }
            Shape::List(items) => items.iter().for_each(|item| item.templates(all)),
            Shape::Object(fields) => fields.iter().for_each(|(_, shape)| shape.templates(all)),
            Shape::Id(_) | Shape::Same(_) => {}
        }
    }
}

/// The parts of a text between signs, without those that are empty.
pub(super) fn parts<'t>(text: &'t str, signs: &[String]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for sign in signs {
        parts = parts
            .iter()
            .flat_map(|part| part.split(sign.as_str()))
            .collect();
    }
    let parts = parts.into_iter().map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// A word as words are compared: without case, and with single blanks.
pub(super) fn folded(word: &str) -> String {
    let word = word.trim();
    if word.contains("  ") || word.contains(|c: char| c.is_whitespace() && c != ' ') {
        let words: Vec<&str> = word.split_whitespace().collect();
        return words.join(" ").to_lowercase();
    }
    word.to_lowercase()
}

/// Whether a field takes one value, and no list.
pub(super) fn takes_one(field: &annals_model::Field) -> bool {
    !matches!(
        field.shape,
        annals_model::Shape::Texts
            | annals_model::Shape::Words
            | annals_model::Shape::Relations
            | annals_model::Shape::References(_)
            | annals_model::Shape::Parts(_)
            | annals_model::Shape::Spans
    )
}
