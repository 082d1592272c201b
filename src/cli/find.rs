//! `annals find`.

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_store::rows::FoundRow;

/// Where words occur: in names, claims, events and the texts themselves
///
/// All words must occur, in one name, one claim, or one sentence of a text; case and accents do not
/// count, and a word also counts within a longer one. Names come first, then claims, events and
/// sentences in the order of the texts. A sentence that no claim is based on is marked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals find mole data/harbour
  annals find \"grave threat\" data/kyiv --in kyiv-report
  annals find dredg data/harbour -f json")]
pub(super) struct Args {
    /// The words, in one argument
    #[arg(value_name = "WORDS")]
    words: String,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let found = session::ask_and_keep(&store, global, |store| store.find(&args.words, &query))?;
    let notes = session::notes(&found.notes, args.output.strict)?;
    let all = || {
        /// Few enough for memory.
        const AT_ONCE: usize = 1024;
        let spans = (0..found.len()).step_by(AT_ONCE);
        spans.flat_map(|first| found.rows(first..found.len().min(first + AT_ONCE)))
    };
    Answer {
        schema: "annals.find/1",
        count: found.len(),
        rows: &|range| found.borrowed_rows(range),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(all()),
        table: &|width, colour| draw(&all().collect::<Vec<_>>(), width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &found.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// The sentence, with the words in bold.
fn sentence(row: &FoundRow, style: Style) -> String {
    let mut shown = String::new();
    let mut letters = row.sentence.chars();
    let mut at = 0;
    for mark in &row.marks {
        let before: String = letters.by_ref().take((mark.start - at) as usize).collect();
        let word: String = letters.by_ref().take(mark.len() as usize).collect();
        shown.push_str(&plain(&before));
        shown.push_str(&style.bold(&plain(&word)));
        at = mark.end;
    }
    shown.push_str(&plain(letters.as_str()));
    shown
}

/// What it is, and whether that is sure.
fn what_kind(row: &FoundRow) -> String {
    let mut words = vec![row.kind];
    if row.retracted.is_some() {
        words.push("RETRACTED");
    }
    if !row.certain {
        words.push("possibly");
    }
    words.join("\n")
}

/// Its id, its document and line; of a text, the claims about it.
fn stands(row: &FoundRow) -> String {
    let document = row.document.as_ref().map(|document| {
        let id = plain(&document.id);
        row.line.map_or(id.clone(), |line| format!("{id}:{line}"))
    });
    let mut lines = Vec::new();
    if row.kind != "text" {
        lines.push(plain(&row.id));
    }
    lines.extend(document);
    if row.kind == "text" {
        let claims: Vec<String> = row.claims.iter().map(|claim| plain(claim)).collect();
        lines.push(match claims.len() {
            0 => "no claim covers it".to_owned(),
            1 => format!("claim {}", claims[0]),
            _ => format!("claims {}", claims.join(", ")),
        });
    }
    lines.join("\n")
}

fn draw(rows: &[FoundRow], width: usize, style: Style) -> String {
    if rows.is_empty() {
        return "Nothing has these words.\n".to_owned();
    }
    let mut table = table::table(&["", "What it says", "Where"], width, style.colour);
    for row in rows {
        table.add_row([
            style.dim(&what_kind(row)),
            sentence(row, style),
            stands(row),
        ]);
    }
    let half = u16::try_from(width / 2).unwrap_or(u16::MAX);
    table::fit(&mut table, &[(8, 10), (half, 110), (16, 32)], width);
    table::print(&table)
}

fn sheet<'r>(rows: impl Iterator<Item = FoundRow> + 'r) -> Sheet<'r> {
    let columns = vec![
        "kind",
        "id",
        "name",
        "sentence",
        "marks",
        "document",
        "line",
        "claims",
        "certain",
        "retracted",
    ];
    let rows = rows.map(|row| {
        let marks = row.marks.iter();
        let marks = marks.map(|mark| format!("{}-{}", mark.start, mark.end));
        vec![
            row.kind.to_owned(),
            row.id,
            row.name,
            row.sentence,
            marks.collect::<Vec<_>>().join("; "),
            row.document.map(|document| document.id).unwrap_or_default(),
            row.line.map(|line| line.to_string()).unwrap_or_default(),
            row.claims.join("; "),
            row.certain.to_string(),
            row.retracted
                .map(|one| one.on.written().to_owned())
                .unwrap_or_default(),
        ]
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
