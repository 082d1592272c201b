//! `annals positions`.

use std::collections::BTreeMap;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat, SelectionArgs};
use super::output::{self, Answer, Sheet};
use super::session;
use super::table::{self, Style, date_cells, plain};
use super::{Exit, Failure, said};
use annals_model::{ClaimId, StanceValue, Vocabulary};
use annals_store::PositionFilter;
use annals_store::rows::{PositionRow, SaidRow, StanceTaken};

/// Where each speaker stood on each thing, when that changed, and who stands opposite
///
/// Opposite stances whose times can overlap are a contradiction; otherwise they are a change. A
/// claim that retracts ends the stance of those claims of the same speaker that it responds to.
/// With --by and --rollup, what spokespeople said counts for those they spoke for.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals positions data
  annals positions data --about \"the north basin\" --changes
  annals positions data --by Skerrow --rollup --contradictions")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Only where somebody can have held opposite stances at the same time, with both claims side
    /// by side
    #[arg(long)]
    contradictions: bool,
    /// Only where somebody changed their stance, with both claims side by side
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// The rows, with the claims behind them for drawing.
struct Drawn<'r> {
    rows: &'r [PositionRow],
    claims: BTreeMap<ClaimId, SaidRow>,
    filter: PositionFilter,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let filter = PositionFilter {
        contradictions: args.contradictions,
        changes: args.changes,
    };
    let text = !matches!(
        output::form(&args.output)?,
        OutputFormat::Json | OutputFormat::Jsonl
    );
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let positions = session::ask(&store, global, |store| {
        store.positions(&query, filter, text)
    })?;
    let notes = session::notes(&positions.notes, args.output.strict)?;
    let rows = &positions.rows;
    let drawn = || Drawn {
        rows,
        claims: positions.claims(),
        filter,
    };
    Answer {
        schema: "annals.positions/1",
        count: rows.len(),
        rows: &|range| rows[range].iter().collect(),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(&drawn()),
        table: &|width, colour| drawn().draw(width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &positions.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

pub(super) fn sign(value: Option<StanceValue>) -> &'static str {
    match value {
        Some(StanceValue::Supports) => "+ supports",
        Some(StanceValue::Opposes) => "− opposes",
        Some(StanceValue::Neutral) => "~ neutral",
        Some(StanceValue::Mixed) => "± mixed",
        None => "withdraws it",
    }
}

fn days(days: Option<[i64; 2]>) -> String {
    let many = |days: i64| {
        if days == 1 {
            "1 day".to_owned()
        } else {
            format!("{days} days")
        }
    };
    match days {
        Some([0, 0]) => "on the same day".to_owned(),
        Some([least, most]) if least == most => format!("after {}", many(most)),
        Some([least, most]) => format!("after {least} to {}", many(most)),
        None => "after an unknown time".to_owned(),
    }
}

impl Drawn<'_> {
    fn draw(&self, width: usize, style: Style) -> String {
        if self.rows.is_empty() {
            return "No stances match.\n".to_owned();
        }
        let mut out = String::new();
        for row in self.rows {
            let (speaker, toward) = (plain(&row.speaker.name), plain(&row.toward.name));
            out.push_str(&format!(
                "\n {} → {}\n",
                style.bold(&speaker),
                style.bold(&toward)
            ));
            if self.filter.contradictions || self.filter.changes {
                self.pairs(&mut out, row, width, style);
            } else {
                self.history(&mut out, row, width, style);
            }
        }
        out
    }

    fn history(&self, out: &mut String, row: &PositionRow, width: usize, style: Style) {
        let mut table = table::table(&[], width, style.colour);
        for taken in &row.history {
            table.add_row(self.cells(taken, style));
        }
        for (column, (least, most)) in [(13, 13), (12, 12), (20, 90), (12, 22)]
            .into_iter()
            .enumerate()
        {
            table::constrain(&mut table, column, least, most);
        }
        out.push_str(&table::print(&table));
        for change in &row.changes {
            let (from, to) = (sign(change.from), sign(change.to));
            out.push_str(&format!(
                " changed from {from} to {to} {}\n",
                days(change.days)
            ));
        }
        match row.contradictions.len() {
            0 => {}
            1 => out.push_str(" one contradiction (--contradictions shows it)\n"),
            more if row.more_contradictions => out.push_str(&format!(
                " more than {more} contradictions (--contradictions shows some)\n"
            )),
            more => out.push_str(&format!(
                " {more} contradictions (--contradictions shows them)\n"
            )),
        }
        if !row.opposed_by.is_empty() {
            let names = row.opposed_by.iter().map(|one| plain(&one.name));
            let names = names.collect::<Vec<_>>().join(", ");
            let more = if row.more_opposed_by {
                ", and perhaps others"
            } else {
                ""
            };
            let line = format!("opposite: {names}{more}");
            out.push_str(&table::wrapped(&style.dim(&line), width));
        }
    }

    /// The claims of each contradiction and change, side by side.
    fn pairs(&self, out: &mut String, row: &PositionRow, width: usize, style: Style) {
        let both = !self.filter.contradictions && !self.filter.changes;
        let mut by_claim: BTreeMap<&str, &StanceTaken> = BTreeMap::new();
        for taken in &row.history {
            by_claim.entry(&taken.claim).or_insert(taken);
        }
        if self.filter.contradictions || both {
            for pair in &row.contradictions {
                out.push_str(" possibly held at the same time:\n");
                self.pair(out, &by_claim, &pair.claims, width, style);
            }
            if row.more_contradictions {
                let count = row.contradictions.len();
                out.push_str(&format!(" there are more than these {count} pairs\n"));
            }
        }
        if self.filter.changes || both {
            for change in &row.changes {
                out.push_str(&format!(" changed {}:\n", days(change.days)));
                self.pair(out, &by_claim, &change.claims, width, style);
            }
        }
    }

    fn pair(
        &self,
        out: &mut String,
        by_claim: &BTreeMap<&str, &StanceTaken>,
        claims: &[String; 2],
        width: usize,
        style: Style,
    ) {
        let mut table = table::table(&[], width, style.colour);
        let cells = claims.iter().filter_map(|id| {
            let taken = by_claim.get(id.as_str())?;
            Some(self.cells(taken, style).join("\n"))
        });
        table.add_row(cells.collect::<Vec<_>>());
        let half = u16::try_from(width / 2).unwrap_or(u16::MAX);
        for column in 0..2 {
            table::constrain(&mut table, column, half.min(20), half.min(90));
        }
        out.push_str(&table::print(&table));
    }

    fn cells(&self, taken: &StanceTaken, style: Style) -> [String; 4] {
        let Some(row) = self.claims.get(&taken.id) else {
            return Default::default();
        };
        let mut stance = sign(taken.value).to_owned();
        if !taken.certain {
            stance.push_str("\npossibly");
        }
        let mut stands = said::stands(row);
        if let Some(spokesman) = &taken.spokesman {
            let through: Vec<String> = taken
                .through
                .iter()
                .map(|step| plain(&step.relation))
                .collect();
            stands = format!(
                "by {} ({})\n{stands}",
                plain(&spokesman.name),
                through.join(", ")
            );
        }
        [
            said::when(row),
            stance,
            said::words(row, style),
            style.dim(&stands),
        ]
    }
}

fn sheet(drawn: &Drawn<'_>) -> Sheet<'static> {
    let columns = vec![
        "speaker",
        "speaker_id",
        "toward",
        "toward_id",
        "claim",
        "value",
        "said",
        "said_first",
        "said_last",
        "said_precision",
        "quote",
        "content",
        "spokesman",
        "through",
        "certain",
        "changed_from",
        "contradicts",
        "opposed_by",
    ];
    let mut rows = Vec::new();
    for row in drawn.rows {
        let pairs = row.changes.iter().map(|change| &change.claims);
        let changed_from = Others::of(pairs, false);
        let pairs = row.contradictions.iter().map(|pair| &pair.claims);
        let contradicts = Others::of(pairs, true);
        let more = if row.more_contradictions { "; …" } else { "" };
        let mut opposed_by = said::ids(&row.opposed_by);
        if row.more_opposed_by {
            opposed_by.push_str("; …");
        }
        for taken in &row.history {
            let claim = drawn.claims.get(&taken.id);
            let text = |pick: fn(&SaidRow) -> &Option<String>| {
                claim
                    .and_then(|claim| pick(claim).clone())
                    .unwrap_or_default()
            };
            let mut cells = vec![
                row.speaker.name.clone(),
                row.speaker.id.clone(),
                row.toward.name.clone(),
                row.toward.id.clone(),
                taken.claim.clone(),
                taken
                    .value
                    .map(|value| value.word().to_owned())
                    .unwrap_or_default(),
            ];
            cells.extend(date_cells(taken.said.as_ref()));
            let through: Vec<&str> = taken
                .through
                .iter()
                .map(|step| step.relation.as_str())
                .collect();
            cells.extend([
                text(|claim| &claim.quote),
                text(|claim| &claim.content),
                taken
                    .spokesman
                    .as_ref()
                    .map(|one| one.id.clone())
                    .unwrap_or_default(),
                through.join("; "),
                taken.certain.to_string(),
                changed_from.to(&taken.claim),
                contradicts.to(&taken.claim) + more,
                opposed_by.clone(),
            ]);
            rows.push(cells);
        }
    }
    Sheet {
        columns,
        rows: Box::new(rows.into_iter()),
    }
}

/// The claims on the other side of pairs.
struct Others<'r>(BTreeMap<&'r str, Vec<&'r str>>);

impl<'r> Others<'r> {
    /// Of the second claim of each pair, and of the first if that is `mutual`.
    fn of(pairs: impl Iterator<Item = &'r [String; 2]>, mutual: bool) -> Self {
        let mut others: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for [one, other] in pairs {
            others.entry(other).or_default().push(one);
            if mutual {
                others.entry(one).or_default().push(other);
            }
        }
        Others(others)
    }

    fn to(&self, claim: &str) -> String {
        self.0
            .get(claim)
            .map_or(String::new(), |all| all.join("; "))
    }
}
