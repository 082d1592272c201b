//! Reading a mapping from its file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::map::{Field, Map, Named, OPTIONS, Part, Plan, Shape, Template, folded};
use annals_finding::wording::nearest;
use annals_load::fields_of;
use annals_load::yaml::{self, Kind, NodeRef, Style};
use annals_model::{RecordKind, Vocabulary};
use annals_source::{At, Limits, Source, SourceError, Spot, each_input};

/// Reads a mapping.
///
/// # Errors
/// When it cannot be read, or something in it means nothing.
pub(super) fn read(path: &str) -> Result<Map, SourceError> {
    let source = Source::path(std::path::Path::new(path));
    let mut text = String::new();
    let limits = Limits {
        held: 4 << 20,
        ..Limits::default()
    };
    each_input(&source, &limits, |_| true, &mut |input| {
        text = input.text(None)?.text;
        Ok(())
    })?;
    of_text(&text, &source.name)
}

/// Reads the text of a mapping.
pub(super) fn of_text(text: &str, file: &Arc<str>) -> Result<Map, SourceError> {
    let parsed = yaml::parse(text, &yaml::Limits::default());
    let reader = Reader { text, file };
    if let Some(fault) = parsed.faults().first() {
        return Err(SourceError::syntax(
            reader.at(fault.span.start, 1),
            fault.words.clone(),
        ));
    }
    let Some(root) = parsed
        .documents()
        .next()
        .filter(|root| root.kind() == Kind::Mapping)
    else {
        let message = "a mapping is an object: the records, and what each is made of";
        return Err(SourceError::syntax(At::line(file, 1), message));
    };
    reader.map(root)
}

struct Reader<'t> {
    text: &'t str,
    file: &'t Arc<str>,
}

impl<'t> Reader<'t> {
    fn at(&self, byte: usize, length: usize) -> At {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        At {
            file: Arc::clone(self.file),
            spot: Spot::Text {
                line: before.matches('\n').count() + 1,
                column: before[start..].chars().count() + 1,
                length,
            },
        }
    }

    fn of(&self, node: NodeRef<'_>) -> At {
        let span = node.span();
        let shown = self.text.get(span.clone()).unwrap_or("");
        let length = shown
            .lines()
            .next()
            .map_or(1, |line| line.chars().count().max(1));
        self.at(span.start, length)
    }

    fn fault(&self, node: NodeRef<'_>, message: impl Into<String>) -> SourceError {
        SourceError::syntax(self.of(node), message)
    }

    fn word(&self, node: NodeRef<'t>, what: &str) -> Result<&'t str, SourceError> {
        node.text()
            .ok_or_else(|| self.fault(node, format!("{what} is a string")))
    }

    fn map(&self, root: NodeRef<'t>) -> Result<Map, SourceError> {
        let mut map = Map {
            plans: Vec::new(),
            rest: None,
            drop: Vec::new(),
            options: Vec::new(),
        };
        let mut rest = None;
        let mut records = None;
        for (key, value) in root.entries() {
            let name = self.word(key, "a key")?;
            match name {
                "annals-map" => {
                    if value.text() != Some("1") {
                        return Err(self.fault(value, "this program reads mappings of version 1"));
                    }
                }
                "records" => records = Some(value),
                "rest" => rest = Some(value),
                "drop" => {
                    for item in value.items() {
                        map.drop.push(self.named("drop", item)?);
                    }
                }
                name if OPTIONS.contains(&name) => map.options.push(Named {
                    name: name.to_owned(),
                    value: self.word(value, name)?.to_owned(),
                    at: self.of(value),
                }),
                name => {
                    let known = ["annals-map", "records", "rest", "drop"]
                        .into_iter()
                        .chain(OPTIONS);
                    return Err(self.unknown(key, "a mapping", name, known));
                }
            }
        }
        let Some(records) = records.filter(|records| records.kind() == Kind::Mapping) else {
            return Err(self
                .fault(root, "a mapping needs \"records\"")
                .help("records:\n  claim:\n    type: claim\n    speaker: \"{Speaker}\""));
        };
        let mut names: Vec<String> = Vec::new();
        for (key, _) in records.entries() {
            names.push(self.word(key, "the name of a record")?.to_owned());
        }
        for (key, value) in records.entries() {
            let plan = self.plan(key, value, &names)?;
            map.plans.push(plan);
        }
        map.rest = match rest {
            None => map.plans.len().checked_sub(1),
            Some(node) if node.kind() == Kind::Null => None,
            Some(node) => {
                let name = self.word(node, "rest")?;
                Some(self.record(node, name, &names)?)
            }
        };
        Ok(map)
    }

    fn named(&self, name: &str, node: NodeRef<'t>) -> Result<Named, SourceError> {
        Ok(Named {
            name: name.to_owned(),
            value: self.word(node, "the name of a column")?.to_owned(),
            at: self.of(node),
        })
    }

    fn unknown<'w>(
        &self,
        key: NodeRef<'_>,
        owner: &str,
        name: &str,
        known: impl Iterator<Item = &'w str>,
    ) -> SourceError {
        let shown = annals_finding::shown(name);
        let known: Vec<&str> = known.collect();
        let refusal = self.fault(key, format!("{owner} has no “{shown}”"));
        match nearest(name, known.iter().copied()).first() {
            Some(near) => refusal.help(format!("did you mean {near}?")),
            None => refusal.note(format!("there are {}", known.join(", "))),
        }
    }

    fn record(
        &self,
        node: NodeRef<'_>,
        name: &str,
        names: &[String],
    ) -> Result<usize, SourceError> {
        let found = names.iter().position(|one| one == name);
        found.ok_or_else(|| {
            self.unknown(node, "this mapping", name, names.iter().map(String::as_str))
        })
    }

    fn plan(
        &self,
        key: NodeRef<'t>,
        value: NodeRef<'t>,
        names: &[String],
    ) -> Result<Plan, SourceError> {
        let mut entries = value.entries();
        let kind = entries.find(|(key, _)| key.text() == Some("type"));
        let Some((_, kind)) = kind else {
            return Err(self
                .fault(key, "a record needs a \"type\"")
                .help("type: claim, or another kind of record"));
        };
        let word = self.word(kind, "type")?;
        let Some(kind) = RecordKind::parse(word) else {
            let all = RecordKind::ALL.iter().map(|kind| kind.word());
            return Err(self.unknown(kind, "the model", word, all));
        };
        let mut plan = Plan {
            kind,
            each: None,
            key: None,
            id: None,
            fields: Vec::new(),
        };
        for (key, value) in value.entries() {
            let name = self.word(key, "the name of a field")?;
            match name {
                "type" => {}
                "key" => plan.key = Some(self.template(value)?),
                "id" => plan.id = Some(self.template(value)?),
                "each" => plan.each = Some(self.split(value)?),
                name if name.starts_with("x_") => {
                    let own = Field::Own(name[2..].to_owned());
                    plan.fields.push((own, self.shape(value, names)?));
                }
                name => {
                    let Some(field) = fields_of(kind).find(|one| *one == name) else {
                        let known = ["type", "key", "each"].into_iter().chain(fields_of(kind));
                        let owner = kind.with_article();
                        return Err(self.unknown(key, owner, name, known));
                    };
                    plan.fields
                        .push((Field::Known(field), self.shape(value, names)?));
                }
            }
        }
        Ok(plan)
    }

    fn shape(&self, node: NodeRef<'t>, names: &[String]) -> Result<Shape, SourceError> {
        match node.kind() {
            Kind::Null => Ok(Shape::Same(Value::Null)),
            Kind::Sequence => {
                let items: Result<Vec<Shape>, SourceError> =
                    node.items().map(|item| self.shape(item, names)).collect();
                Ok(Shape::List(items?))
            }
            Kind::Mapping if node.entries().any(|(key, _)| key.text() == Some("column")) => {
                self.column(node)
            }
            Kind::Mapping => {
                let mut fields = Vec::new();
                for (key, value) in node.entries() {
                    let name = self.word(key, "the name of a field")?;
                    fields.push((name.to_owned(), self.shape(value, names)?));
                }
                Ok(Shape::Object(fields))
            }
            Kind::Text => {
                let text = self.word(node, "a value")?;
                if let Some(name) = text.strip_prefix('$') {
                    return Ok(Shape::Id(self.record(node, name, names)?));
                }
                let template = self.template(node)?;
                if template
                    .parts
                    .iter()
                    .all(|part| matches!(part, Part::Text(_)))
                {
                    let plain = node.style() == Some(Style::Plain);
                    return Ok(Shape::Same(match text {
                        "true" if plain => Value::Bool(true),
                        "false" if plain => Value::Bool(false),
                        text => Value::String(text.to_owned()),
                    }));
                }
                Ok(Shape::Of(template))
            }
        }
    }

    /// `{column: Tags, split: ";"}`, `{column: Rating, words: {False: denies}}`.
    fn column(&self, node: NodeRef<'t>) -> Result<Shape, SourceError> {
        let mut words = None;
        let mut split = None;
        let mut template = None;
        for (key, value) in node.entries() {
            match self.word(key, "a key")? {
                "column" => {
                    let name = self.word(value, "the name of a column")?;
                    template = Some(Template {
                        parts: vec![Part::Column(name.to_owned())],
                        at: self.of(value),
                    });
                }
                "split" => split = Some(self.word(value, "split")?.to_owned()),
                "words" => {
                    let mut all = BTreeMap::new();
                    for (from, to) in value.entries() {
                        let from = self.word(from, "a word")?;
                        let to = match to.kind() {
                            Kind::Null => Value::Null,
                            _ => self.word(to, "a word of the model")?.into(),
                        };
                        all.insert(folded(from), to);
                    }
                    words = Some(all);
                }
                name => {
                    let known = ["column", "split", "words"].into_iter();
                    return Err(self.unknown(key, "a column", name, known));
                }
            }
        }
        let Some(template) = template else {
            return Err(self.fault(node, "which column?"));
        };
        match (words, split) {
            (Some(_), Some(_)) => {
                Err(self.fault(node, "a column has either \"words\" or \"split\", not both"))
            }
            (Some(words), None) => Ok(Shape::Words(template, words)),
            (None, Some(split)) if !split.is_empty() => Ok(Shape::Split(template, split)),
            _ => Ok(Shape::Of(template)),
        }
    }

    fn split(&self, node: NodeRef<'t>) -> Result<(Template, String), SourceError> {
        match node.kind() {
            Kind::Mapping => match self.column(node)? {
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

    /// Text with columns in braces; `{{` is a brace.
    fn template(&self, node: NodeRef<'t>) -> Result<Template, SourceError> {
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
                    "it" => Part::It,
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
        })
    }
}
