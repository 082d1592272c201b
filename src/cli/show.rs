//! `annals show`.

use std::fmt::Write as _;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat};
use super::completions::names;
use super::output::{self, Sheet, Target, write_json};
use super::run_notes;
use super::session;
use super::table::{Style, date_cells, plain};
use super::underline::marked;
use super::{Exit, Failure};
use annals_evidence::Level;
use annals_finding::FilePlace;
use annals_model::{RecordKind, Vocabulary};
use annals_store::rows::{EdgeRow, PassageRow, Shown};
use annals_time::Date;

/// Show everything about one record
///
/// Its fields, the edges in and out, its dates as given and as narrowed, and the sentence it rests on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals show zelensky data
  annals show \"Jens Stoltenberg\" data/kyiv -f json")]
pub(super) struct Args {
    /// An id, a name or an alias
    #[arg(add = names(RecordKind::ALL))]
    id: String,
    #[command(flatten)]
    facts: FactArgs,
    /// As known at the end of this date: edges from later facts are left out
    #[arg(long, value_name = "DATE", value_parser = super::args::date)]
    as_of: Option<annals_time::Date>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let mut store = session::open(&args.facts)?;
    if let Some(date) = &args.as_of {
        store = store.as_of(date.written())?;
    }
    let shown = session::ask(&store, global, |store| store.show(&args.id))?;
    let notes = session::notes(&shown.notes, args.output.strict)?;
    let target = Target::new(
        args.output.output.as_deref(),
        &session::inputs(&args.facts, &shown.files),
    )?;
    let shown = &shown.data;
    run_notes::answered(|| shown);
    let form = output::form(&args.output)?;
    let styled = matches!(target, Target::Stdout) && output::colour(global);
    let width = output::width();
    output::show(&target, form, styled, |out| match form {
        OutputFormat::Table => {
            out.write_all(draw(shown, width, Style { colour: styled }).as_bytes())
        }
        OutputFormat::Json => write_json(out, "annals.show/1", shown, &notes),
        OutputFormat::Jsonl => {
            serde_json::to_writer(&mut *out, shown).map_err(std::io::Error::from)?;
            out.write_all(b"\n")
        }
        OutputFormat::Csv => sheet(shown).csv(out, b','),
        OutputFormat::Tsv => sheet(shown).csv(out, b'\t'),
        OutputFormat::Md => sheet(shown).markdown(out),
    })?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn draw(shown: &Shown, width: usize, style: Style) -> String {
    let mut out = String::new();
    let place = format!(
        "{}:{}:{}",
        shown.source.file, shown.source.line, shown.source.column
    );
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{} {}",
        style.bold(&plain(&shown.label)),
        style.dim(shown.kind)
    );
    let _ = writeln!(out, "{} · {}", plain(&shown.id), plain(&place));
    if let Some(retracted) = &shown.retracted {
        let reason = retracted
            .reason
            .as_deref()
            .map(|why| format!(": {}", plain(why)));
        let _ = writeln!(
            out,
            "RETRACTED {}{}",
            retracted.on.words(),
            reason.unwrap_or_default()
        );
    }
    let given = shown.when.as_ref().map(|date| {
        let day =
            |day: Option<annals_time::Day>| day.map_or("open".into(), annals_time::Day::words);
        format!(
            "{} (first {}, last {})",
            plain(&date.words()),
            day(date.first()),
            day(date.last())
        )
    });
    if let Some(given) = given {
        let _ = writeln!(out, "dated {given}");
    }
    let own = shown.when.as_ref().map(|date| (date.first(), date.last()));
    let narrowed = shown.narrowed.map(|one| (one.first, one.last));
    let news =
        narrowed != own && narrowed.is_some_and(|days| !shown.since_birth || days.1.is_some());
    if let Some((first, last)) = narrowed.filter(|_| news) {
        let first = first.filter(|_| !shown.since_birth);
        let day =
            |day: Option<annals_time::Day>| day.map_or("open".into(), annals_time::Day::words);
        let _ = writeln!(
            out,
            "narrowed by all facts: first {}, last {}",
            day(first),
            day(last)
        );
    }
    if let Some(day) = shown.reported {
        let _ = writeln!(out, "reported {}", day.words());
    }
    fields(&mut out, shown, style);
    edges(&mut out, "Outgoing edges", &shown.edges_out, shown, style);
    edges(&mut out, "Incoming edges", &shown.edges_in, shown, style);
    if !shown.contradictions.is_empty() {
        let ids = shown.contradictions.iter().map(|id| plain(id));
        let mut ids = ids.collect::<Vec<_>>().join(", ");
        if shown.more_contradictions {
            ids.push_str(", and more");
        }
        let words = if shown.kind == "claim" {
            "Contradicts other claims by the same speaker"
        } else {
            "Contradicts themselves"
        };
        let _ = writeln!(out, "\n{}\n  {ids}", style.bold(words));
    }
    for passage in &shown.passages {
        let has_quote = shown.fields.contains_key("quote");
        passage_lines(&mut out, passage, has_quote, width, style);
    }
    out
}

fn fields(out: &mut String, shown: &Shown, style: Style) {
    let _ = writeln!(out, "\n{}", style.bold("Fields"));
    let longest = shown.fields.keys().map(String::len).max().unwrap_or(0);
    for (name, value) in &shown.fields {
        let value = match value {
            serde_json::Value::String(text) => plain(text),
            other => plain(&other.to_string()),
        };
        let _ = writeln!(out, "  {:longest$}  {value}", plain(name));
    }
}

fn edges(out: &mut String, title: &str, edges: &[EdgeRow], shown: &Shown, style: Style) {
    if edges.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{} ({})", style.bold(title), edges.len());
    for edge in edges {
        let (arrow, other) = if edge.source.id == shown.id {
            ("→", &edge.target)
        } else {
            ("←", &edge.source)
        };
        let mut tail = String::new();
        if let Some(stance) = edge.stance {
            let _ = write!(tail, ", {stance}");
        }
        if let Some(role) = &edge.role {
            let _ = write!(tail, ", as {}", plain(role));
        }
        if let Some(when) = &edge.when {
            let _ = write!(tail, ", {}", when.dated());
        }
        let kind = edge.kind.replace('_', " ");
        let facts = style.dim(&plain(&edge.facts.join(", ")));
        // A relation or an order is an edge between two other nodes.
        let line = if edge.source.id == shown.id || edge.target.id == shown.id {
            format!("{kind} {arrow} {}", plain(&other.name))
        } else {
            let (source, target) = (plain(&edge.source.name), plain(&edge.target.name));
            format!("{source} ─ {kind} → {target}")
        };
        let _ = writeln!(out, "  {line}{tail}  {facts}");
    }
}

/// A passage; `shown_quote` is whether the record has a quote itself.
fn passage_lines(
    out: &mut String,
    passage: &PassageRow,
    shown_quote: bool,
    width: usize,
    style: Style,
) {
    let evidence = &passage.evidence;
    let document = evidence
        .document
        .as_ref()
        .map_or("?", |document| &document.name);
    let quotes = evidence.quote.is_some() || shown_quote;
    let level = match evidence.verified {
        Some(level) => format!(" · {level:?}").to_lowercase(),
        None if passage.has_text || passage.sentence.is_some() => String::new(),
        None if !quotes && evidence.spans.is_empty() => String::new(),
        None => " · not verified: its text is missing".to_owned(),
    };
    let place = passage.place.as_ref();
    let place = place.map(|place| format!(" · {}:{}:{}", place.file, place.line, place.column));
    let page = evidence.page.as_ref();
    let page = page.map(|page| format!(" · page {page}"));
    let _ = writeln!(
        out,
        "\n{} {}{}{}{level}",
        style.bold("Found in"),
        plain(document),
        plain(&page.unwrap_or_default()),
        plain(&place.unwrap_or_default())
    );
    let Some(sentence) = &passage.sentence else {
        if let Some(quote) = &evidence.quote {
            let _ = writeln!(out, "  “{}”", plain(quote));
        }
        return;
    };
    out.push_str(&marked(sentence, &passage.marks, width));
    if matches!(evidence.verified, Some(Level::Missing)) {
        let _ = writeln!(out, "  (the quote is not there)");
    }
}

/// The columns after `id`, `field` and `value`, which parts of a record need.
const MORE_COLUMNS: [&str; 16] = [
    "source",
    "source_name",
    "target",
    "target_name",
    "stance",
    "role",
    "when",
    "when_first",
    "when_last",
    "when_precision",
    "facts",
    "verified",
    "sentence",
    "file",
    "line",
    "column",
];

/// Every part of a record as a row: fields, days, edges, contradictions, passages, place.
fn sheet(shown: &Shown) -> Sheet<'_> {
    let row = |field: &str, value: String, more: &[(&str, String)]| {
        let mut cells = vec![shown.id.clone(), field.to_owned(), value];
        cells.extend(MORE_COLUMNS.iter().map(|column| {
            let cell = more.iter().find(|(name, _)| name == column);
            cell.map(|(_, cell)| cell.clone()).unwrap_or_default()
        }));
        cells
    };
    let mut rows = Vec::new();
    for (name, value) in &shown.fields {
        let value = match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        rows.push(row(name, value, &[]));
    }
    let narrowed = shown.narrowed;
    let days = [
        ("first_day", shown.when.as_ref().and_then(Date::first)),
        ("last_day", shown.when.as_ref().and_then(Date::last)),
        ("narrowed_first", narrowed.and_then(|days| days.first)),
        ("narrowed_last", narrowed.and_then(|days| days.last)),
        ("reported", shown.reported),
    ];
    for (name, day) in days {
        rows.extend(day.map(|day| row(name, day.to_string(), &[])));
    }
    let directions = [("edge_out", &shown.edges_out), ("edge_in", &shown.edges_in)];
    for (name, edges) in directions {
        let edges = edges.iter();
        rows.extend(edges.map(|edge| row(name, edge.kind.clone(), &edge_cells(edge))));
    }
    for id in &shown.contradictions {
        rows.push(row("contradiction", id.clone(), &[]));
    }
    for passage in &shown.passages {
        let quote = passage.evidence.quote.clone().unwrap_or_default();
        rows.push(row("passage", quote, &passage_cells(passage)));
    }
    let place = &shown.source;
    let words = format!("{}:{}:{}", place.file, place.line, place.column);
    rows.push(row("source", words, &place_cells(place)));
    let columns = ["id", "field", "value"].into_iter().chain(MORE_COLUMNS);
    Sheet {
        columns: columns.collect(),
        rows: Box::new(rows.into_iter()),
    }
}

type Cells = Vec<(&'static str, String)>;

fn edge_cells(edge: &EdgeRow) -> Cells {
    let [when, first, last, precision] = date_cells(edge.when.as_ref());
    vec![
        ("source", edge.source.id.clone()),
        ("source_name", edge.source.name.clone()),
        ("target", edge.target.id.clone()),
        ("target_name", edge.target.name.clone()),
        ("stance", edge.stance.unwrap_or_default().to_owned()),
        ("role", edge.role.clone().unwrap_or_default()),
        ("when", when),
        ("when_first", first),
        ("when_last", last),
        ("when_precision", precision),
        ("facts", edge.facts.join("; ")),
    ]
}

/// A passage: the document is its target, and its publication its date.
fn passage_cells(passage: &PassageRow) -> Cells {
    let evidence = &passage.evidence;
    let [when, first, last, precision] = date_cells(evidence.published.as_ref());
    let verified = evidence.verified;
    let mut cells = vec![
        ("when", when),
        ("when_first", first),
        ("when_last", last),
        ("when_precision", precision),
        (
            "verified",
            verified.map_or(String::new(), |level| format!("{level:?}").to_lowercase()),
        ),
        ("sentence", passage.sentence.clone().unwrap_or_default()),
    ];
    if let Some(document) = &evidence.document {
        cells.push(("target", document.id.clone()));
        cells.push(("target_name", document.name.clone()));
    }
    cells.extend(passage.place.iter().flat_map(place_cells));
    cells
}

fn place_cells(place: &FilePlace) -> Cells {
    vec![
        ("file", place.file.clone()),
        ("line", place.line.to_string()),
        ("column", place.column.to_string()),
    ]
}
