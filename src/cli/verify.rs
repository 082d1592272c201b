//! `annals verify`.

use std::path::PathBuf;

use super::args::{FactArgs, GlobalArgs, OutputArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_evidence::Span;
use annals_store::{Differs, Verified, VerifyRow, read_receipt, verify_receipt};

/// Does a receipt still stand? Compares files and passages with it, byte by byte
///
/// Shows what differs: files whose bytes are others, and passages that stand elsewhere in their text or
/// do not stand there any more. Exits with 0 if everything stands, with 1 if something differs, and with
/// 3 if the receipt or a file cannot be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals said data --about \"the north basin\" --receipt basin.receipt.json
  annals verify basin.receipt.json
  annals verify basin.receipt.json facts.annals")]
pub(super) struct Args {
    /// A receipt, as --receipt FILE writes it
    #[arg(value_name = "RECEIPT")]
    file: PathBuf,
    /// Compare with these facts (files, folders, a snapshot), not with the files that the receipt names
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let receipt = read_receipt(&args.file)?;
    let folder = args.file.parent().map(PathBuf::from).unwrap_or_default();
    let given = &args.facts;
    let is_bare = given.facts.is_empty() && given.texts.is_empty() && given.config.is_none();
    let found: Verified = if is_bare {
        session::reading(global, || verify_receipt(&receipt, &folder, None))?
    } else {
        let store = session::open(&args.facts)?;
        session::ask(&store, global, |store| {
            verify_receipt(&receipt, &folder, Some(store))
        })?
    };
    let notes = &found.notes;
    let rows = &found.rows;
    Answer {
        schema: "annals.verify/1",
        count: rows.len(),
        rows: &|range| rows[range].to_vec(),
        kept: None,
        warnings: notes,
        sheet: &|| sheet(rows),
        table: &|width, colour| draw(&found, width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, std::slice::from_ref(&args.file)),
        global,
    )?;
    session::say(notes, global);
    Ok(if rows.iter().any(|row| row.state == Differs::Unreadable) {
        Exit::Unreadable
    } else if rows.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

fn file(row: &VerifyRow) -> String {
    let name = row.file.as_deref().unwrap_or_default();
    match &row.snapshot {
        Some(snapshot) => format!("{} in {}", plain(name), plain(snapshot)),
        None => plain(name),
    }
}

fn places(spans: &[Span]) -> String {
    let each = spans
        .iter()
        .map(|span| format!("{}–{}", span.start, span.end));
    each.collect::<Vec<_>>().join(", ")
}

/// What differs, in a sentence.
fn words(row: &VerifyRow) -> String {
    let quoted = |words: &[String]| format!("“{}”", plain(&words.join(" … ")));
    match (row.kind, row.state) {
        ("passage", Differs::Moved) => format!(
            "{} stood at {} and stands at {} now",
            quoted(&row.words),
            places(&row.spans),
            places(&row.now_spans)
        ),
        ("passage", Differs::Gone) => format!(
            "{} does not stand there any more; at its place stands {}",
            quoted(&row.words),
            quoted(&row.now_words)
        ),
        ("passage", _) => format!("{} cannot be compared", quoted(&row.words)),
        (_, Differs::Missing) => "the file is not there".to_owned(),
        (_, Differs::Unreadable) => "the file cannot be read".to_owned(),
        _ => match row.passages {
            Some([stand, 0, 0]) => format!(
                "its bytes are others; {} of the receipt still {} in it",
                counted(stand, "passage"),
                if stand == 1 { "stands" } else { "stand" }
            ),
            Some([stand, moved, gone]) => format!(
                "its bytes are others; of the passages of the receipt {stand} still stand, {moved} stand elsewhere in it, {gone} do not stand there any more"
            ),
            None => "its bytes are others".to_owned(),
        },
    }
}

fn draw(found: &Verified, width: usize, style: Style) -> String {
    let all = format!(
        "{} and {}",
        counted(found.files, "file"),
        counted(found.passages, "passage")
    );
    if found.rows.is_empty() {
        return format!("Everything stands: {all}.\n");
    }
    let mut table = table::table(&["", "What", "How it differs"], width, style.colour);
    for row in &found.rows {
        let state = match row.state {
            Differs::Changed => "CHANGED",
            Differs::Missing => "MISSING",
            Differs::Unreadable => "UNREADABLE",
            Differs::Moved => "moved",
            Differs::Gone => "GONE",
        };
        let what = match &row.record {
            Some(record) => format!("{}\n{}", style.bold(&plain(record)), file(row)),
            None => file(row),
        };
        table.add_row([state.to_owned(), what, words(row)]);
    }
    for (column, (least, most)) in [(7, 10), (16, 40), (24, 100)].into_iter().enumerate() {
        table::constrain(&mut table, column, least, most);
    }
    format!("{} {all} compared\n", table::print(&table))
}

fn sheet(rows: &[VerifyRow]) -> Sheet<'_> {
    let columns = vec![
        "kind",
        "state",
        "file",
        "snapshot",
        "sha256",
        "sha256_now",
        "record",
        "document",
        "spans",
        "words",
        "spans_now",
        "words_now",
    ];
    let sum = |row: &VerifyRow, nth: usize| {
        let sums = row.sha256.as_ref();
        sums.and_then(|sums| sums[nth].clone()).unwrap_or_default()
    };
    let rows = rows.iter().map(move |row| {
        vec![
            row.kind.to_owned(),
            format!("{:?}", row.state).to_lowercase(),
            row.file.clone().unwrap_or_default(),
            row.snapshot.clone().unwrap_or_default(),
            sum(row, 0),
            sum(row, 1),
            row.record.clone().unwrap_or_default(),
            row.document.clone().unwrap_or_default(),
            places(&row.spans),
            row.words.join(" … "),
            places(&row.now_spans),
            row.now_words.join(" … "),
        ]
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
