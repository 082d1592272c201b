//! `annals said`.

use std::sync::Arc;

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, date_cells, plain};
use super::{Exit, Failure};
use annals_evidence::Level;
use annals_model::{StanceValue, Vocabulary, Voice};
use annals_store::rows::{Ref, SaidRow};

/// Who said what to whom about whom, when, and in which source
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals said data
  annals said data --by Zelensky --about NATO --stance supports
  annals said data --text \"grave threat\" --from 2023-04 -f json")]
pub(super) struct Args {
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
    let claims = session::ask(&store, global, |store| store.said(&query))?;
    let notes = session::notes(&claims.notes, args.output.strict)?;
    Answer {
        schema: "annals.said/1",
        count: claims.len(),
        rows: &|range| claims.borrowed_rows(range).collect(),
        kept: Some(&|| Arc::new(claims.data.clone())),
        warnings: &notes,
        sheet: &|| sheet(claims.iter()),
        table: &|width, colour| draw(&claims.iter().collect::<Vec<_>>(), width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &claims.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

pub(super) fn names(refs: &[Ref]) -> String {
    refs.iter()
        .map(|one| plain(&one.name))
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn ids(refs: &[Ref]) -> String {
    refs.iter()
        .map(|one| one.id.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

/// The speaker, for display.
pub(super) fn speaker(row: &SaidRow) -> String {
    match row.voice {
        Voice::Speakers => names(&row.speaker),
        Voice::Narrator => "the narrator".to_owned(),
        Voice::Unknown => "an unknown speaker".to_owned(),
    }
}

/// When it was said, for display.
pub(super) fn when(row: &SaidRow) -> String {
    match (&row.said, row.reported) {
        (Some(said), _) => said.dated(),
        (None, Some(day)) => format!("undated, not after {}", day.words()),
        (None, None) => "undated".to_owned(),
    }
}

/// The wording: quotations first, then the annotator's content in italics.
pub(super) fn words(row: &SaidRow, style: Style) -> String {
    let quote = row
        .quote
        .as_deref()
        .map(|quote| format!("“{}”", plain(quote)));
    let content = row
        .content
        .as_deref()
        .map(|content| style.italic(&plain(content)));
    quote
        .into_iter()
        .chain(content)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The speech act, and the speaker's stances.
pub(super) fn manner_of(row: &SaidRow) -> String {
    let mut lines: Vec<String> = row.act.iter().cloned().collect();
    for stance in &row.stance {
        let sign = match stance.value {
            StanceValue::Supports => "+ for",
            StanceValue::Opposes => "− against",
            StanceValue::Neutral => "~ neutral on",
            StanceValue::Mixed => "± mixed on",
        };
        lines.push(format!("{sign} {}", plain(&stance.toward.name)));
    }
    let rest = row
        .about
        .iter()
        .filter(|about| !row.stance.iter().any(|stance| stance.toward.id == about.id));
    let rest: Vec<String> = rest.map(|about| plain(&about.name)).collect();
    if !rest.is_empty() {
        lines.push(format!("on {}", rest.join(", ")));
    }
    if row.retracted.is_some() {
        lines.push("RETRACTED".to_owned());
    }
    if !row.certain {
        lines.push("possibly".to_owned());
    }
    lines.join("\n")
}

/// The source: fact file and line, document, how the quote was verified.
pub(super) fn stands(row: &SaidRow) -> String {
    let file = row
        .source
        .file
        .rsplit('/')
        .next()
        .unwrap_or(&row.source.file);
    let mut lines = vec![format!("{}:{}", plain(file), row.source.line)];
    if !row.through.is_empty() {
        let ties = row.through.iter().map(|step| {
            let doubt = if step.certain { "" } else { " (possibly)" };
            format!("{}{doubt}", plain(&step.relation))
        });
        lines.push(format!("through {}", ties.collect::<Vec<_>>().join(", ")));
    }
    for evidence in &row.evidence {
        let document = evidence
            .document
            .as_ref()
            .map_or("?", |document| &document.id);
        let level = match evidence.verified {
            Some(Level::Exact) => "exact",
            Some(Level::Folded) => "folded",
            Some(Level::Elided) => "elided",
            Some(Level::Ambiguous) => "AMBIGUOUS",
            Some(Level::Missing) => "MISSING",
            None => "",
        };
        let line = format!("{} {level}", plain(document)).trim_end().to_owned();
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// From these widths on the answer has five, four, two columns.
const FIVE: usize = 124;
const FOUR: usize = 76;
const TWO: usize = 50;

fn draw(rows: &[SaidRow], width: usize, style: Style) -> String {
    if rows.is_empty() {
        return "No claims match.\n".to_owned();
    }
    let who = |row: &SaidRow| {
        let speaker = style.bold(&speaker(row));
        if row.to.is_empty() {
            speaker
        } else {
            format!("{speaker}\n→ {}", names(&row.to))
        }
    };
    let inline = |cell: String| style.dim(&cell.replace('\n', " · "));
    let lines = |parts: &[String]| {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("\n")
    };
    let (headings, widths): (&[&str], &[(u16, u16)]) = if width >= FIVE {
        let widths = &[(13, 13), (16, 22), (24, 30), (30, 100), (12, 22)];
        (&["When", "Who → to whom", "How", "What", "Source"], widths)
    } else if width >= FOUR {
        (
            &["When", "Who → to whom", "What", "Source"],
            &[(13, 13), (14, 20), (20, 100), (12, 20)],
        )
    } else if width >= TWO {
        (&["When", "Who said what"], &[(13, 13), (20, 100)])
    } else {
        (&[], &[])
    };
    let mut table = table::table(headings, width, style.colour);
    for row in rows {
        let (when, who, how) = (when(row), who(row), manner_of(row));
        let (words, stands) = (words(row, style), stands(row));
        let cells = match headings.len() {
            5 => vec![when, who, how, words, style.dim(&stands)],
            4 => vec![when, who, lines(&[words, inline(how)]), style.dim(&stands)],
            2 => vec![when, lines(&[who, words, inline(how), inline(stands)])],
            _ => vec![lines(&[when, who, words, inline(how), inline(stands)])],
        };
        let empty = vec![String::new(); cells.len()];
        table.add_row(empty);
        table.add_row(cells);
    }
    for (column, &(least, most)) in widths.iter().enumerate() {
        table::constrain(&mut table, column, least, most);
    }
    table::print(&table)
}

/// The columns of a claim in a sheet.
pub(super) const COLUMNS: [&str; 27] = [
    "id",
    "speaker",
    "speaker_ids",
    "to",
    "to_ids",
    "about",
    "about_ids",
    "stance",
    "act",
    "mode",
    "quote",
    "content",
    "said",
    "said_first",
    "said_last",
    "said_precision",
    "reported",
    "at",
    "via",
    "documents",
    "verified",
    "through",
    "certain",
    "retracted",
    "file",
    "line",
    "column",
];

fn sheet<'r>(rows: impl Iterator<Item = SaidRow> + 'r) -> Sheet<'r> {
    Sheet {
        columns: COLUMNS.to_vec(),
        rows: Box::new(rows.map(|row| cells(&row))),
    }
}

/// A claim under the columns of a sheet.
pub(super) fn cells(row: &SaidRow) -> Vec<String> {
    let joined = |refs: &[Ref]| {
        refs.iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let mut cells = vec![
        row.id.clone(),
        if row.voice == Voice::Narrator {
            "(narrator)".into()
        } else {
            joined(&row.speaker)
        },
        ids(&row.speaker),
        joined(&row.to),
        ids(&row.to),
        joined(&row.about),
        ids(&row.about),
        (row.stance
            .iter()
            .map(|one| format!("{} {}", one.value, one.toward.id)))
        .collect::<Vec<_>>()
        .join("; "),
        row.act.clone().unwrap_or_default(),
        row.mode
            .map(|mode| mode.word().to_owned())
            .unwrap_or_default(),
        row.quote.clone().unwrap_or_default(),
        row.content.clone().unwrap_or_default(),
    ];
    cells.extend(date_cells(row.said.as_ref()));
    let documents = row.evidence.iter().filter_map(|one| one.document.as_ref());
    let documents: Vec<&str> = documents.map(|document| document.id.as_str()).collect();
    let levels = row.evidence.iter().map(|one| match one.verified {
        Some(level) => format!("{level:?}").to_lowercase(),
        None => "-".to_owned(),
    });
    cells.extend([
        row.reported.map(|day| day.to_string()).unwrap_or_default(),
        row.at.as_ref().map(|at| at.id.clone()).unwrap_or_default(),
        ids(&row.via),
        documents.join("; "),
        levels.collect::<Vec<_>>().join("; "),
        (row.through.iter().map(|one| one.relation.as_str()))
            .collect::<Vec<_>>()
            .join("; "),
        row.certain.to_string(),
        row.retracted
            .as_ref()
            .map(|one| one.on.written().to_owned())
            .unwrap_or_default(),
        row.source.file.clone(),
        row.source.line.to_string(),
        row.source.column.to_string(),
    ]);
    cells
}
