//! The values of a mapping: texts with columns, lists, objects, words.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::map::{Part, Shape, Template, folded, takes_one};
use super::{Reader, Within};
use annals_finding::wording::{nearest, quoted};
use annals_load::yaml::{Kind, NodeRef, Style};
use annals_model::{DATE, Field as ModelField, Part as ModelPart, Shape as ModelShape, Words};
use annals_source::SourceError;

/// The objects that a field takes.
fn objects(field: &ModelField) -> Option<&'static ModelPart> {
    match field.shape {
        ModelShape::Part(part) | ModelShape::Parts(part) => Some(part),
        ModelShape::Date => Some(&DATE),
        _ => None,
    }
}

/// Whether a field may have another record as its value, or in it.
fn may_refer(field: &ModelField) -> bool {
    matches!(
        field.shape,
        ModelShape::Reference(_)
            | ModelShape::References(_)
            | ModelShape::Part(_)
            | ModelShape::Parts(_)
    )
}

/// The words that a field takes; of objects, those of the value that may stand for one.
fn words_of(field: &ModelField) -> Option<&'static Words> {
    match field.shape {
        ModelShape::OneOf(words, _) => Some(words),
        ModelShape::Parts(part) => {
            let mut fields = part.fields.iter();
            fields.find(|one| one.name == "value").and_then(words_of)
        }
        _ => None,
    }
}

impl<'t> Reader<'t> {
    /// The refusal of a list where one value is wanted.
    fn several(
        &self,
        node: NodeRef<'_>,
        field: &ModelField,
        what: &str,
        column: Option<&Template>,
    ) -> SourceError {
        let name = field.name;
        let refusal = self.fault(
            node,
            format!("“{name}” takes one value, and this is {what}"),
        );
        let column = column.and_then(|column| match &column.parts[..] {
            [Part::Column(column)] => Some(quoted(column)),
            _ => None,
        });
        match column {
            Some(column) => {
                let brackets = column.trim_matches('"');
                let of_part = if may_refer(field) {
                    "the $name of that record"
                } else {
                    "\"{it}\""
                };
                refusal.help(format!(
                    "for the whole text of the cell: {name}: \"{{{brackets}}}\"; for one record for each part: each: {{column: {column}, split: …}}, and {name}: {of_part}"
                ))
            }
            None => refusal.help(format!("{name}: \"{{X}}\", of the column X")),
        }
    }

    /// A value of a field of the model; of none, one of the user's own.
    pub(super) fn shape(
        &self,
        node: NodeRef<'t>,
        within: Within<'_>,
        field: Option<&'static ModelField>,
    ) -> Result<Shape, SourceError> {
        match node.kind() {
            Kind::Null => Ok(Shape::Same(Value::Null)),
            Kind::Sequence => {
                if let Some(field) = field.filter(|field| takes_one(field)) {
                    return Err(self.several(node, field, "a list", None));
                }
                let items = node.items().map(|item| self.shape(item, within, field));
                Ok(Shape::List(items.collect::<Result<_, _>>()?))
            }
            Kind::Mapping if node.entries().any(|(key, _)| key.text() == Some("column")) => {
                let shape = self.column(node, field)?;
                if let (Shape::Split(column, _), Some(field)) = (&shape, field)
                    && takes_one(field)
                    && !(within.relation && matches!(field.name, "from" | "to"))
                {
                    return Err(self.several(node, field, "a split column", Some(column)));
                }
                Ok(shape)
            }
            Kind::Mapping => self.object(node, within, field),
            Kind::Text => self.text_of(node, within, field),
        }
    }

    /// An object, whose keys are fields of the model where its own field is.
    fn object(
        &self,
        node: NodeRef<'t>,
        within: Within<'_>,
        field: Option<&'static ModelField>,
    ) -> Result<Shape, SourceError> {
        let mut fields = Vec::new();
        for (key, name, value) in self.entries(node, "the name of a field")? {
            let own = match field {
                None => None,
                Some(field) => {
                    let part = objects(field);
                    let known = part.map_or(&[][..], |part| part.fields);
                    let found = known.iter().find(|one| one.name == name);
                    Some(found.ok_or_else(|| {
                        let owner = part.map_or(field.name, |part| part.called);
                        let known = known.iter().map(|one| one.name);
                        self.unknown(key, owner, name, known.chain(["column"]))
                    })?)
                }
            };
            fields.push((name.to_owned(), self.shape(value, within, own)?));
        }
        Ok(Shape::Object(fields))
    }

    /// A text: of columns, of another record, or the same in each row.
    fn text_of(
        &self,
        node: NodeRef<'t>,
        within: Within<'_>,
        field: Option<&'static ModelField>,
    ) -> Result<Shape, SourceError> {
        let text = self.word(node, "a value")?;
        if let Some(name) = text.strip_prefix('$') {
            let nth = self.record(node, name, within.names)?;
            if let Some(field) = field.filter(|field| !may_refer(field)) {
                let (own, shown) = (field.name, annals_finding::shown(text));
                return Err(self
                    .fault(node, format!("“{own}” is no record, and {shown} is one"))
                    .help(format!("{own}: \"{{X}}\", of the column X")));
            }
            return Ok(Shape::Id(nth));
        }
        let template = self.template(node, within.each)?;
        let same = (template.parts.iter()).all(|part| matches!(part, Part::Text(_)));
        if !same {
            return Ok(Shape::Of(template));
        }
        let refers = field.is_some_and(|field| {
            matches!(
                field.shape,
                ModelShape::Reference(_) | ModelShape::References(_)
            )
        });
        if refers && within.names.iter().any(|name| name == text) {
            let shown = annals_finding::shown(text);
            return Err(self
                .fault(
                    node,
                    format!("“{shown}” is an id here, and a record of this mapping"),
                )
                .help(format!("write ${shown} for the record of the row")));
        }
        self.known_word(node, text, field)?;
        let plain = node.style() == Some(Style::Plain);
        Ok(Shape::Same(match text {
            "true" if plain => Value::Bool(true),
            "false" if plain => Value::Bool(false),
            text => Value::String(text.to_owned()),
        }))
    }

    /// That a word is one of those that its field takes.
    fn known_word(
        &self,
        node: NodeRef<'_>,
        word: &str,
        field: Option<&'static ModelField>,
    ) -> Result<(), SourceError> {
        let Some(words) = field.and_then(words_of) else {
            return Ok(());
        };
        if words.all.contains(&word) {
            return Ok(());
        }
        let shown = annals_finding::shown(word);
        let refusal = self.fault(node, format!("“{shown}” is not {}", words.called));
        Err(match nearest(word, words.all.iter().copied()).first() {
            Some(near) => refusal.help(format!("did you mean {near}?")),
            None => refusal.note(format!("there are {}", words.all.join(", "))),
        })
    }

    /// The signs at which a column is split.
    fn signs(&self, value: NodeRef<'t>) -> Result<Vec<String>, SourceError> {
        const WHAT: &str = "split is a sign, or a list of signs";
        let mut signs = Vec::new();
        for sign in self.one_or_several(value, WHAT)? {
            signs.push(self.word(sign, "split")?.to_owned());
        }
        if signs.is_empty() || signs.iter().any(String::is_empty) {
            return Err(self.fault(value, WHAT));
        }
        Ok(signs)
    }

    /// The word of the model for each word of a column.
    fn words_of_column(
        &self,
        value: NodeRef<'t>,
        field: Option<&'static ModelField>,
    ) -> Result<BTreeMap<String, Value>, SourceError> {
        let mut all = BTreeMap::new();
        if value.kind() != Kind::Mapping {
            return Err(self
                .fault(
                    value,
                    "\"words\" has a word of the model for each word of the column",
                )
                .help("words: {for: supports, against: opposes}"));
        }
        for (_, from, to) in self.entries(value, "a word")? {
            let to = match to.kind() {
                Kind::Null => Value::Null,
                _ => {
                    let word = self.word(to, "a word of the model")?;
                    self.known_word(to, word, field)?;
                    word.into()
                }
            };
            all.insert(folded(from), to);
        }
        Ok(all)
    }

    /// `{column: Tags, split: ";"}`, `{column: Rating, words: {False: denies}}`.
    fn column(
        &self,
        node: NodeRef<'t>,
        field: Option<&'static ModelField>,
    ) -> Result<Shape, SourceError> {
        let mut words = None;
        let mut split = None;
        let mut template = None;
        let mut ids = false;
        let mut down = false;
        for (key, name, value) in self.entries(node, "a key")? {
            match name {
                "column" => {
                    let name = self.word(value, "the name of a column")?;
                    template = Some(Template {
                        parts: vec![Part::Column(name.to_owned())],
                        at: self.of(value),
                        ids: false,
                        down: false,
                    });
                }
                "fill" => {
                    if self.word(value, "fill")? != "down" {
                        return Err(self
                            .fault(
                                value,
                                "an empty cell is filled with the value above it, or not",
                            )
                            .help("fill: down   # without it, empty cells stay empty"));
                    }
                    down = true;
                }
                "is" => {
                    if self.word(value, "is")? != "id" {
                        return Err(self
                            .fault(value, "a column is the id of a record, or its name")
                            .help("is: id   # without it, the column has names"));
                    }
                    ids = true;
                }
                "split" => {
                    split = Some(self.signs(value)?);
                }
                "words" => {
                    words = Some(self.words_of_column(value, field)?);
                }
                name => {
                    let known = ["column", "split", "words", "is", "fill"].into_iter();
                    return Err(self.unknown(key, "a column", name, known));
                }
            }
        }
        let Some(mut template) = template else {
            return Err(self.fault(node, "which column?"));
        };
        template.ids = ids;
        template.down = down;
        match (words, split) {
            (Some(_), Some(_)) => {
                Err(self.fault(node, "a column has either \"words\" or \"split\", not both"))
            }
            (Some(words), None) => Ok(Shape::Words(template, words)),
            (None, Some(split)) => Ok(Shape::Split(template, split)),
            (None, None) => Ok(Shape::Of(template)),
        }
    }

    pub(super) fn split(&self, node: NodeRef<'t>) -> Result<(Template, Vec<String>), SourceError> {
        match node.kind() {
            Kind::Mapping => match self.column(node, None)? {
                Shape::Split(template, at) => Ok((template, at)),
                _ => Err(self
                    .fault(node, "\"each\" needs a separator to split the column")
                    .help("each: {column: Speakers, split: \";\"}")),
            },
            _ => Err(self
                .fault(node, "\"each\" is a column and a separator")
                .help("each: {column: Speakers, split: \";\"}")),
        }
    }

    /// Text with columns in braces; `{{` is a brace, `{it}` the part of a list.
    pub(super) fn template(&self, node: NodeRef<'t>, each: bool) -> Result<Template, SourceError> {
        let text = self.word(node, "a value")?;
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let brace = &rest[at..];
            if let Some(after) = brace.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else if let Some((name, after)) =
                brace.strip_prefix('{').and_then(|b| b.split_once('}'))
            {
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(match name.trim() {
                    // Without a list, it is a column of that name.
                    "it" if each => Part::It,
                    name => Part::Column(name.to_owned()),
                });
                rest = after;
            } else {
                return Err(self
                    .fault(node, "an unclosed brace")
                    .help("write {{ for a brace"));
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() || parts.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Template {
            parts,
            at: self.of(node),
            ids: false,
            down: false,
        })
    }
}
