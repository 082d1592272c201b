//! `annals contradictions`.

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure, positions, said};
use annals_store::rows::{ContradictionKind, ContradictoryRow, SaidRow};

/// What contradicts what: stated, within one speaker, between speakers
///
/// Within one speaker: opposite stances whose times can overlap, as in `annals positions
/// --contradictions`. Between speakers: for each thing and each two who can have stood opposite at
/// the same time, one pair of claims: the last with which they certainly did, or else the last with
/// which they can have. A contradiction is shown if one of its claims is selected and both lie in
/// the window.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals contradictions data
  annals contradictions data --by \"Yusuf al-Darwish\" --before session
  annals contradictions data --about \"the north basin\" -f csv")]
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
    let found = session::ask(&store, global, |store| store.contradictions(&query))?;
    let notes = session::notes(&found.notes, args.output.strict)?;
    Answer {
        schema: "annals.contradictions/1",
        count: found.len(),
        rows: &|range| found.rows(range).collect(),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(found.iter()),
        table: &|width, colour| draw(found.iter(), width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &found.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn heading(kind: ContradictionKind) -> &'static str {
    match kind {
        ContradictionKind::Stated => "Stated",
        ContradictionKind::Within => "Within one speaker",
        ContradictionKind::Between => "Between speakers",
    }
}

fn draw(rows: impl Iterator<Item = ContradictoryRow>, width: usize, style: Style) -> String {
    let mut out = String::new();
    let mut last = None;
    for row in rows {
        if last != Some(row.kind) {
            last = Some(row.kind);
            out.push_str(&format!("\n {}\n", style.bold(heading(row.kind))));
        }
        let possibly = if row.certain { "" } else { ", possibly" };
        match &row.toward {
            Some(toward) => out.push_str(&format!("\n on {}{possibly}\n", plain(&toward.name))),
            None if row.certain => out.push('\n'),
            None => out.push_str("\n possibly\n"),
        }
        let mut sides = table::table(&[], width, style.colour);
        sides.add_row(row.claims.iter().map(|claim| side(claim, &row, style)));
        let half = u16::try_from(width / 2).unwrap_or(u16::MAX);
        for column in 0..2 {
            table::constrain(&mut sides, column, half.min(20), half.min(90));
        }
        out.push_str(&table::print(&sides));
    }
    if out.is_empty() {
        out.push_str("No contradictions match.\n");
    }
    out
}

/// One of the two claims: who, when, which stance, the words, where they stand.
fn side(claim: &SaidRow, row: &ContradictoryRow, style: Style) -> String {
    let who = format!("{}, {}", said::speaker(claim), said::when(claim));
    let stances = claim.stance.iter();
    let toward = row.toward.as_ref();
    let stances = stances.filter(|one| toward.is_some_and(|toward| toward.id == one.toward.id));
    let mut lines = vec![style.bold(&who)];
    lines.extend(stances.map(|one| positions::sign(Some(one.value)).to_owned()));
    lines.push(said::words(claim, style));
    lines.push(style.dim(&said::stands(claim)));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn sheet<'r>(rows: impl Iterator<Item = ContradictoryRow> + 'r) -> Sheet<'r> {
    let columns = vec![
        "kind",
        "toward",
        "toward_id",
        "certain",
        "first_id",
        "first_speaker",
        "first_said",
        "first_stance",
        "first_quote",
        "first_content",
        "first_documents",
        "second_id",
        "second_speaker",
        "second_said",
        "second_stance",
        "second_quote",
        "second_content",
        "second_documents",
    ];
    let rows = rows.map(|row| {
        let toward = row.toward.as_ref();
        let mut cells = vec![
            row.kind.word().to_owned(),
            toward.map(|one| one.name.clone()).unwrap_or_default(),
            toward.map(|one| one.id.clone()).unwrap_or_default(),
            row.certain.to_string(),
        ];
        for claim in &row.claims {
            let all = said::cells(claim);
            let wanted = [
                "id",
                "speaker",
                "said",
                "stance",
                "quote",
                "content",
                "documents",
            ];
            let places = wanted
                .iter()
                .filter_map(|name| said::COLUMNS.iter().position(|column| column == name));
            cells.extend(places.filter_map(|at| all.get(at).cloned()));
        }
        cells
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
