//! `annals add KIND`: a new record in the dossier's own files.

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Map, Value};

use super::args::{FactArgs, GlobalArgs};
use super::changed::{self, Writing};
use super::completions::names;
use super::{Exit, Failure, session};
use annals_evidence::Span;
use annals_finding::shown;
use annals_model::{Field, RecordKind, Shape, Vocabulary as _};
use annals_store::edits::{Passage, Proposal};
use annals_store::{Change, Store};

const EXAMPLES: &str = "Examples:
  annals add claim data/harbour --in council-transcript --speaker Kallis --about dredging \\
    --act asserts --quote \"on time and within the price\" --diff
  annals add actor data/harbour --name \"Rosa Lindt\" --kind person --aliases Lindt
  annals add relation data/harbour --from \"Rosa Lindt\" --kind member_of --to \"Civic List\"";

const DOCUMENTS: &[RecordKind] = &[RecordKind::Document];

/// The kind of the record, and its fields as they were given.
#[derive(Debug)]
pub(super) struct Args {
    kind: RecordKind,
    /// The fields and their words, in the order of the model.
    fields: Vec<(&'static Field, Vec<String>)>,
    facts: FactArgs,
    writing: Writing,
    file: Option<std::path::PathBuf>,
    document: Option<String>,
    passage: Option<String>,
    spans: Vec<Span>,
    proposes: bool,
}

/// The fields of a kind in the order in which a record has them: the id first.
fn fields_of(kind: RecordKind) -> Vec<&'static Field> {
    let (mut id, others): (Vec<_>, Vec<_>) = kind.fields().partition(|field| field.name == "id");
    id.extend(others);
    id
}

fn has_evidence(kind: RecordKind) -> bool {
    kind.field("evidence").is_some()
}

impl clap::Args for Args {
    fn augment_args(command: clap::Command) -> clap::Command {
        let kinds = RecordKind::ALL.iter().map(|kind| {
            let about = format!("Add {} to the dossier", kind.with_article());
            let command = clap::Command::new(kind.word());
            let command = FactArgs::augment_args(command);
            let command = fields_of(*kind)
                .into_iter()
                .fold(command, |command, field| command.arg(option(field)));
            let command = of_passage(command, *kind);
            let command = Writing::augment_args(command);
            let command = command.arg(
                Arg::new("to_file")
                    .long("file")
                    .value_name("FILE")
                    .value_parser(clap::value_parser!(std::path::PathBuf))
                    .help("The file to write it to; without it, where its neighbours stand")
                    .help_heading("Writing"),
            );
            // Last: each group of options brings words of its own.
            command.about(about).long_about(None::<&str>)
        });
        command
            .about("Add a record to a dossier's own files, with the passage that it rests on")
            .subcommands(kinds)
            .subcommand_required(true)
            .subcommand_value_name("KIND")
            .subcommand_help_heading("Kinds")
            .disable_help_subcommand(true)
            .after_help(EXAMPLES)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

/// The option of a field.
fn option(field: &'static Field) -> Arg {
    let several = field.shape.is_list() || matches!(field.shape, Shape::Parts(_));
    let value = match field.shape {
        Shape::Date | Shape::Part(_) => "DATE",
        Shape::Id | Shape::Reference(_) | Shape::References(_) => "ID",
        Shape::Number { .. } => "NUMBER",
        Shape::Flag => "BOOL",
        Shape::OneOf(..) | Shape::Word | Shape::Words | Shape::Relations | Shape::Code => "WORD",
        Shape::Parts(part) => match part.name {
            "stance" => "THING: STANCE",
            "participant" => "ACTOR (ROLE)",
            "evidence" => "DOCUMENT",
            _ => "CODE: REASON",
        },
        Shape::Numeral | Shape::Duration | Shape::Sha256 | Shape::Text | Shape::Texts => "TEXT",
        Shape::Type | Shape::Spans => "VALUE",
    };
    let words = match field.shape {
        Shape::OneOf(words, _) => format!(" ({})", words.all.join(", ")),
        _ if several => " (repeatable)".to_owned(),
        _ => String::new(),
    };
    let arg = Arg::new(field.name)
        .long(field.name)
        .value_name(value)
        .action(ArgAction::Append)
        .allow_hyphen_values(true)
        .help(format!("{}{words}", field.doc.trim_end_matches('.')))
        .help_heading("Fields");
    let arg = if field.name.contains('_') {
        arg.alias(field.name.replace('_', "-"))
    } else {
        arg
    };
    match field.shape.targets() {
        [] => arg,
        kinds => arg.add(names(kinds)),
    }
}

/// The options of the passage that a record rests on.
fn of_passage(command: clap::Command, kind: RecordKind) -> clap::Command {
    if !has_evidence(kind) {
        return command;
    }
    let default = if kind == RecordKind::Claim {
        "; without it, the quote"
    } else {
        ""
    };
    let arg = |name: &'static str, value: &'static str, help: String| {
        Arg::new(name)
            .value_name(value)
            .help(help)
            .help_heading("Evidence")
    };
    let command = command
        .arg(
            arg(
                "in_document",
                "DOCUMENT",
                "The document that shows it; its text is looked at".to_owned(),
            )
            .long("in")
            .add(names(DOCUMENTS)),
        )
        .arg(
            arg(
                "passage",
                "WORDS",
                format!("The passage of --in, word for word{default}"),
            )
            .long("passage")
            .allow_hyphen_values(true)
            .requires("in_document"),
        )
        .arg(
            arg(
                "span",
                "FROM-TO",
                "Where the passage stands, in characters of the text (repeatable)".to_owned(),
            )
            .long("span")
            .action(ArgAction::Append)
            .value_parser(span)
            .requires("in_document"),
        );
    if kind != RecordKind::Claim {
        return command;
    }
    command.arg(
        Arg::new("propose")
            .long("propose")
            .action(ArgAction::SetTrue)
            .requires("in_document")
            .help(
                "Take what the text proposes for fields that are not given; else it is only shown",
            )
            .help_heading("Evidence"),
    )
}

fn span(text: &str) -> Result<Span, String> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let span = text
        .split_once('-')
        .and_then(|(from, to)| Some(Span::new(number(from)?, number(to)?)));
    let span = span.filter(|span| !span.is_empty());
    span.ok_or_else(|| "a stretch is written FROM-TO, such as 120-145".to_owned())
}

impl clap::FromArgMatches for Args {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (word, given) = matches.subcommand().ok_or_else(missing)?;
        let kind = RecordKind::parse(word).ok_or_else(missing)?;
        let fields = fields_of(kind).into_iter().filter_map(|field| {
            let words: Vec<String> = given.get_many::<String>(field.name)?.cloned().collect();
            Some((field, words))
        });
        let fields = fields.collect();
        let text = |name: &str| -> Option<String> {
            given.try_get_one::<String>(name).ok().flatten().cloned()
        };
        let spans = given.try_get_many::<Span>("span").ok().flatten();
        Ok(Args {
            kind,
            fields,
            facts: FactArgs::from_arg_matches(given)?,
            writing: Writing::from_arg_matches(given)?,
            file: given.get_one::<std::path::PathBuf>("to_file").cloned(),
            document: text("in_document"),
            passage: text("passage"),
            spans: spans
                .map(|spans| spans.copied().collect())
                .unwrap_or_default(),
            proposes: given
                .try_get_one::<bool>("propose")
                .ok()
                .flatten()
                .copied()
                .unwrap_or(false),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let mut lines = Vec::new();
    let mut fields = given(args, &store)?;
    let passage = rests_on(args, &store, &mut fields, &mut lines)?;
    if let Some(passage) = &passage
        && args.kind == RecordKind::Claim
    {
        proposed(args, &store, passage, &mut fields, &mut lines)?;
    }
    if !fields.contains_key("id") && args.kind != RecordKind::Order {
        let id = store.new_id(args.kind, &fields, &BTreeSet::new())?;
        fields.insert("id".to_owned(), id.into());
    }
    for likely in store.likely_doubles(args.kind, &fields)? {
        lines.push(format!(
            "perhaps it is there already: {} ({})",
            shown(&likely.id),
            likely.why
        ));
    }
    let change = Change::Add {
        kind: args.kind,
        fields: in_order(args.kind, fields),
        to: args.file.clone(),
    };
    session::say(&lines, global);
    changed::make(store, &args.facts, &change, &args.writing, global)
}

/// The values of the fields that were given.
fn given(args: &Args, store: &Store) -> Result<Map<String, Value>, Failure> {
    let mut fields = Map::new();
    for (field, words) in &args.fields {
        let read = store.value_in_words(args.kind, field.name, words, &[])?;
        if let Some(weekday) = read.weekday
            && args.kind.field("weekday").is_some()
        {
            fields.entry("weekday").or_insert_with(|| weekday.into());
        }
        fields.insert(field.name.to_owned(), read.value);
    }
    Ok(fields)
}

/// The passage of `--in`, which becomes the first evidence.
fn rests_on(
    args: &Args,
    store: &Store,
    fields: &mut Map<String, Value>,
    lines: &mut Vec<String>,
) -> Result<Option<Passage>, Failure> {
    let Some(document) = &args.document else {
        return Ok(None);
    };
    let quote = fields
        .get("quote")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let words = args.passage.clone().or(quote);
    let passage = store.passage(document, words.as_deref(), &args.spans)?;
    match (passage.level, passage.lines) {
        (Some(level), Some((first, last))) => {
            let place = if first == last {
                format!("line {first}")
            } else {
                format!("lines {first}-{last}")
            };
            lines.push(format!(
                "the passage stands in the text, {place} ({})",
                level.as_str()
            ));
        }
        _ if words.is_some() => {
            let document = shown(&passage.document);
            lines.push(format!(
                "the text of {document} is not there; the quote is not verified"
            ));
        }
        _ => {}
    }
    let mut evidence = vec![passage.evidence.clone()];
    if let Some(Value::Array(more)) = fields.remove("evidence") {
        evidence.extend(more);
    }
    fields.insert("evidence".to_owned(), evidence.into());
    Ok(Some(passage))
}

/// What the text proposes for fields that were not given: taken, or only shown.
fn proposed(
    args: &Args,
    store: &Store,
    passage: &Passage,
    fields: &mut Map<String, Value>,
    lines: &mut Vec<String>,
) -> Result<(), Failure> {
    let speaker = fields.get("speaker").and_then(|value| value[0].as_str());
    let Proposal { fields: all, notes } =
        store.propose(&passage.document, &passage.spans, speaker)?;
    let mut shown_only = false;
    for one in all {
        if fields.contains_key(one.field) {
            continue;
        }
        let value = one
            .value
            .as_str()
            .map_or_else(|| one.value.to_string(), str::to_owned);
        let line = format!("{} {} ({})", one.field, shown(&value), one.why);
        if args.proposes {
            lines.push(format!("proposed: {line}"));
            fields.insert(one.field.to_owned(), one.value);
        } else {
            shown_only = true;
            lines.push(format!("not given: {line}"));
        }
    }
    if shown_only {
        lines.push("--propose takes what is not given from the text".to_owned());
    }
    lines.extend(notes);
    Ok(())
}

/// The fields in the order of the model.
fn in_order(kind: RecordKind, fields: Map<String, Value>) -> Map<String, Value> {
    let mut fields = fields;
    let mut ordered = Map::new();
    for field in fields_of(kind) {
        if let Some(value) = fields.shift_remove(field.name) {
            ordered.insert(field.name.to_owned(), value);
        }
    }
    ordered.extend(fields);
    ordered
}
