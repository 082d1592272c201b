//! Reading a mapping from its file.

mod implied;
pub(super) mod values;

use std::sync::Arc;

use super::map::{Field, Map, Named, Names, OPTIONS, Plan, folded};
use annals_finding::wording::nearest;
use annals_load::fields_of;
use annals_load::yaml::{self, Kind, NodeRef};
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

/// What a value may name: the records of the mapping, and the part of a list.
#[derive(Clone, Copy)]
struct Within<'n> {
    names: &'n [String],
    /// Whether the record is made for each part of a list.
    each: bool,
    /// Whether the record is a relation, of which there is one for each of its ends.
    relation: bool,
}

type Entry<'t> = (NodeRef<'t>, &'t str, NodeRef<'t>);

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

    /// The entries of an object, in order: each key once.
    fn entries(&self, node: NodeRef<'t>, what: &str) -> Result<Vec<Entry<'t>>, SourceError> {
        let mut all: Vec<Entry<'t>> = Vec::new();
        for (key, value) in node.entries() {
            let name = self.word(key, what)?;
            if all.iter().any(|(_, known, _)| *known == name) {
                let shown = annals_finding::shown(name);
                return Err(self.fault(key, format!("“{shown}” stands here twice")));
            }
            all.push((key, name, value));
        }
        Ok(all)
    }

    fn map(&self, root: NodeRef<'t>) -> Result<Map, SourceError> {
        let mut map = Map {
            plans: Vec::new(),
            rest: None,
            drop: Vec::new(),
            options: Vec::new(),
            names: Names::default(),
        };
        let mut rest = None;
        let mut records = None;
        for (key, name, value) in self.entries(root, "a key")? {
            match name {
                "annals-map" => {
                    if value.text() != Some("1") {
                        return Err(self.fault(value, "this program reads mappings of version 1"));
                    }
                }
                "records" => records = Some(value),
                "rest" => rest = Some(value),
                "drop" => {
                    for item in self.one_or_several(value, "drop is a list of columns")? {
                        map.drop.push(self.named("drop", item)?);
                    }
                }
                "names" => map.names = self.names(value)?,
                name if OPTIONS.contains(&name) => map.options.push(self.option(name, value)?),
                name => {
                    let known = ["annals-map", "records", "rest", "drop", "names"]
                        .into_iter()
                        .chain(OPTIONS);
                    return Err(self.unknown(key, "a mapping", name, known));
                }
            }
        }
        let records = match records {
            Some(records) if records.kind() == Kind::Mapping => {
                self.entries(records, "the name of a record")?
            }
            _ => Vec::new(),
        };
        if records.is_empty() {
            return Err(self
                .fault(root, "a mapping needs \"records\"")
                .help("records:\n  claim:\n    type: claim\n    speaker: \"{Speaker}\""));
        }
        let names: Vec<String> = records
            .iter()
            .map(|(_, name, _)| (*name).to_owned())
            .collect();
        for (key, _, value) in records {
            let plan = self.plan(key, value, &names)?;
            map.plans.push(plan);
        }
        let written = map.plans.len();
        implied::complete(&mut map.plans);
        map.rest = match rest {
            None => written.checked_sub(1),
            Some(node) if node.kind() == Kind::Null => None,
            Some(node) => {
                let name = self.word(node, "rest")?;
                Some(self.record(node, name, &names)?)
            }
        };
        Ok(map)
    }

    /// An option, of which a wrong number would silently be none.
    fn option(&self, name: &str, value: NodeRef<'t>) -> Result<Named, SourceError> {
        let word = self.word(value, name)?;
        let refusal = match name {
            "year" if word.parse::<i32>().is_err() => "a year is a number, such as 2021",
            "century" if !word.parse::<u8>().is_ok_and(|century| century < 100) => {
                "a century is the first two digits of its years, such as 20"
            }
            "heading" if !word.parse::<usize>().is_ok_and(|row| row > 0) => {
                "the row of the headings is a number, from 1"
            }
            _ => {
                return Ok(Named {
                    name: name.to_owned(),
                    value: word.to_owned(),
                    at: self.of(value),
                });
            }
        };
        Err(self.fault(value, refusal))
    }

    /// The items of a list; a text is a list of one.
    fn one_or_several(
        &self,
        node: NodeRef<'t>,
        what: &str,
    ) -> Result<Vec<NodeRef<'t>>, SourceError> {
        match node.kind() {
            Kind::Null => Ok(Vec::new()),
            Kind::Text => Ok(vec![node]),
            Kind::Sequence => Ok(node.items().collect()),
            Kind::Mapping => Err(self.fault(node, what)),
        }
    }

    /// `names: {Helen Drax: ["Drax, Helen", H. Drax]}`: spellings of actors' names.
    fn names(&self, node: NodeRef<'t>) -> Result<Names, SourceError> {
        const HELP: &str = "names:\n  Helen Drax: [\"Drax, Helen\", \"H. Drax\"]";
        let mut names = Names::default();
        if !matches!(node.kind(), Kind::Mapping | Kind::Null) {
            let message = "\"names\" has each name once, with its other spellings";
            return Err(self.fault(node, message).help(HELP));
        }
        for (key, name, value) in self.entries(node, "a name")? {
            let nth = names.all.len();
            let nodes = self.one_or_several(value, "the spellings of a name are a list")?;
            let mut spellings = vec![(name, key)];
            for node in nodes {
                spellings.push((self.word(node, "a spelling")?, node));
            }
            let mut others = Vec::new();
            for (spelling, node) in spellings {
                let known = names.by_spelling.insert(folded(spelling), nth);
                if let Some((other, _)) = known.and_then(|known| names.all.get(known)) {
                    let (shown, other) = (
                        annals_finding::shown(spelling),
                        annals_finding::shown(other),
                    );
                    let message = format!("“{shown}” is a spelling of {other} already");
                    return Err(self.fault(node, message));
                }
                if known.is_none() && spelling != name {
                    others.push(spelling.to_owned());
                }
            }
            names.all.push((name.to_owned(), others));
        }
        Ok(names)
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
        let entries = self.entries(value, "the name of a field")?;
        let kind = entries.iter().find(|(_, name, _)| *name == "type");
        let Some((_, _, kind)) = kind else {
            return Err(self
                .fault(key, "a record needs a \"type\"")
                .help("type: claim, or another kind of record"));
        };
        let word = self.word(*kind, "type")?;
        let Some(kind) = RecordKind::parse(word) else {
            let all = RecordKind::ALL.iter().map(|kind| kind.word());
            return Err(self.unknown(*kind, "the model", word, all));
        };
        let mut plan = Plan {
            kind,
            each: None,
            key: None,
            id: None,
            fields: Vec::new(),
            implied: false,
            speaks: false,
        };
        let each = entries.iter().any(|(_, name, _)| *name == "each");
        let relation = kind == RecordKind::Relation;
        let within = Within {
            names,
            each,
            relation,
        };
        for (key, name, value) in entries {
            match name {
                "type" => {}
                "key" => plan.key = Some(self.template(value, each)?),
                "id" => plan.id = Some(self.template(value, each)?),
                "each" => plan.each = Some(self.split(value)?),
                name if name.starts_with("x_") => {
                    let own = Field::Own(name[2..].to_owned());
                    plan.fields.push((own, self.shape(value, within, None)?));
                }
                name => {
                    let Some(field) = kind.field(name) else {
                        let known = ["type", "key", "each"].into_iter().chain(fields_of(kind));
                        let owner = kind.with_article();
                        return Err(self.unknown(key, owner, name, known));
                    };
                    let shape = self.shape(value, within, Some(field))?;
                    plan.fields.push((Field::Known(field.name), shape));
                }
            }
        }
        Ok(plan)
    }
}
