//! `annals voices`.

use clap::ValueEnum;

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure, said};
use annals_model::Vocabulary as _;
use annals_store::VoicesOf;
use annals_store::rows::{Ref, VoicesRow};

/// On how many independent origins a claim or a position rests
///
/// A claim rests on the claims that it repeats or was passed on by; else on whoever passed it on; else
/// on an unnamed speaker; else on its documents, and these on those they are based on. What rests on
/// nothing else that is given is an origin: three papers that are based on one agency are one voice.
/// Where nothing says on what documents rest, they may rest on the same, so that a least and a most
/// number are given.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals voices data
  annals voices data --of positions --about \"the north basin\"
  annals voices data --in littoral-report -f json")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// What to count the origins of
    #[arg(long, value_name = "WHAT", default_value = "claims")]
    of: Of,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What origins are counted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Each claim.
    Claims,
    /// Each stance of a speaker toward a thing.
    Positions,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let of = match args.of {
        Of::Claims => VoicesOf::Claims,
        Of::Positions => VoicesOf::Positions,
    };
    let voices = session::ask(&store, global, |store| store.voices(&query, of))?;
    let notes = session::notes(&voices.notes, args.output.strict)?;
    Answer {
        schema: "annals.voices/1",
        count: voices.len(),
        rows: &|range| voices.rows(range).collect(),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(voices.iter()),
        table: &|width, colour| draw(voices.iter(), width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &voices.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// How many origins: "1", "1 to 3".
fn count([least, most]: [usize; 2]) -> String {
    if least == most {
        least.to_string()
    } else {
        format!("{least} to {most}")
    }
}

fn circle(members: &[Ref]) -> String {
    let names = members.iter().map(|one| plain(&one.name));
    names.collect::<Vec<_>>().join(" ↔ ")
}

fn draw(rows: impl Iterator<Item = VoicesRow>, width: usize, style: Style) -> String {
    let mut table = table::table(
        &["Voices", "What", "Documents", "Rests on"],
        width,
        style.colour,
    );
    let mut is_empty = true;
    for row in rows {
        is_empty = false;
        let mut what = match (&row.claim, &row.position) {
            (Some(claim), _) => vec![
                style.bold(&plain(&row.words)),
                plain(&claim.name),
                style.dim(&plain(&claim.id)),
            ],
            (None, Some(held)) => vec![
                style.bold(&plain(&held.speaker.name)),
                format!("{} {}", held.value.word(), plain(&held.toward.name)),
                style.dim(&row.words),
            ],
            (None, None) => Vec::new(),
        };
        if !row.certain {
            what.push("possibly".to_owned());
        }
        what.retain(|line| !line.is_empty());
        let mut rests = Vec::new();
        for shared in &row.shared {
            let count = shared.documents.len();
            rests.push(format!("{count} on {}", plain(&shared.origin.name)));
        }
        for unnamed in &row.unnamed {
            rests.push(format!("unnamed: {}", plain(&unnamed.name)));
        }
        for members in &row.circles {
            rests.push(format!("circle: {}", circle(members)));
        }
        let documents: Vec<String> = row.documents.iter().map(|one| plain(&one.id)).collect();
        table.add_row(vec![String::new(); 4]);
        table.add_row([
            count(row.origins),
            what.join("\n"),
            documents.join("\n"),
            rests.join("\n"),
        ]);
    }
    if is_empty {
        return "Nothing matches.\n".to_owned();
    }
    for (column, (least, most)) in [(8, 10), (20, 100), (14, 24), (16, 40)]
        .into_iter()
        .enumerate()
    {
        table::constrain(&mut table, column, least, most);
    }
    table::print(&table)
}

fn sheet<'r>(rows: impl Iterator<Item = VoicesRow> + 'r) -> Sheet<'r> {
    let columns = vec![
        "claim",
        "claim_text",
        "speaker",
        "speaker_id",
        "toward",
        "toward_id",
        "value",
        "least",
        "most",
        "documents",
        "shared",
        "circles",
        "unnamed",
        "certain",
    ];
    let rows = rows.map(|row| {
        let id = |one: Option<&Ref>| one.map(|one| one.id.clone()).unwrap_or_default();
        let name = |one: Option<&Ref>| one.map(|one| one.name.clone()).unwrap_or_default();
        let (claim, held) = (row.claim.as_ref(), row.position.as_ref());
        let speaker = held.map(|held| &held.speaker);
        let toward = held.map(|held| &held.toward);
        let shared = row.shared.iter().map(|one| {
            let documents: Vec<&str> = one.documents.iter().map(|one| one.id.as_str()).collect();
            format!("{}: {}", one.origin.id, documents.join(", "))
        });
        let circles = row.circles.iter().map(|members| {
            let ids: Vec<&str> = members.iter().map(|one| one.id.as_str()).collect();
            ids.join(", ")
        });
        vec![
            id(claim),
            name(claim),
            name(speaker),
            id(speaker),
            name(toward),
            id(toward),
            held.map(|held| held.value.word().to_owned())
                .unwrap_or_default(),
            row.origins[0].to_string(),
            row.origins[1].to_string(),
            said::ids(&row.documents),
            shared.collect::<Vec<_>>().join("; "),
            circles.collect::<Vec<_>>().join("; "),
            said::ids(&row.unnamed),
            row.certain.to_string(),
        ]
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
