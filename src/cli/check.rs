//! `annals check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Serialize, Serializer};

use super::args::{FactArgs, GlobalArgs};
use super::output::{self, Sheet, Target};
use super::run_notes;
use super::terminal::Escapes;
use super::{Exit, Failure, fix, session};
use annals_finding::Severity;
use annals_finding::baseline::Baseline;
use annals_store::rows::{FindingRow, Summary};
use annals_store::{Findings, Store};

/// Report every problem in files, references, evidence and chronology
///
/// Exits with 1 if one of them is an error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals check data --texts texts
  annals check kyiv.yaml -f concise
  annals check data --diff
  annals check data --baseline known.json
  annals explain AN102")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The format of the answer
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<CheckForm>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<std::path::PathBuf>,
    /// Count findings by code instead of listing them
    #[arg(long, help_heading = "Output")]
    statistics: bool,
    /// Also read the whole snapshot and verify its checksums
    #[arg(long, help_heading = "Facts")]
    deep: bool,
    #[command(flatten)]
    mending: Mending,
}

/// What becomes of findings, beside being shown.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Fixing")]
struct Mending {
    /// Fix spelling, and list each change: field names, words of vocabularies, the ISO spelling of
    /// dates, and ids that differ from one other by case, white space, signs or accents alone;
    /// never what a date, a speaker or a quote says
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, without changing anything
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Hide findings listed in this file, so that only new ones are shown
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all current findings to the file given by --baseline
    #[arg(long, requires = "baseline")]
    renew_baseline: bool,
}

/// The output formats of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckForm {
    /// Each finding with its source lines.
    #[value(alias = "text")]
    Table,
    /// One per line: <file:line:column>: severity[code]: message.
    Concise,
    /// One JSON object: schema, data, summary, warnings.
    Json,
    /// The findings as JSON, one per line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A Markdown table.
    Md,
    /// GitHub Actions workflow commands, one per line.
    Github,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
}

/// The envelope of a check: the findings and their counts.
#[derive(Serialize)]
struct CheckEnvelope<'a> {
    schema: &'static str,
    data: Rows<'a>,
    summary: Summary,
    warnings: [String; 0],
}

/// The findings as one list of rows, each made when it is written.
struct Rows<'a>(&'a Findings);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.rows())
    }
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let mut store = session::open(&args.facts)?;
    let mends = args.mending.fix || args.mending.diff;
    if mends && store.has_snapshot() {
        return Err(Failure::usage(
            "a snapshot cannot be fixed; fix the facts and build it again".to_owned(),
        ));
    }
    if args.deep {
        store.verify_snapshots()?;
    }
    let check = |store: &Store| session::ask(store, global, Store::check);
    let mut lines = Vec::new();
    if args.mending.diff {
        return fix::show(&check(&store)?, global);
    }
    if args.mending.fix {
        let read = || session::open(&args.facts);
        store = fix::mend(store, &check, &read, &mut lines)?;
    }
    let all = check(&store)?;
    let findings = match &args.mending.baseline {
        Some(path) => sifted(path, args.mending.renew_baseline, &all, &mut lines)?,
        None => all.clone(),
    };
    run_notes::answered(|| Rows(&findings));
    let counts = findings.counts();
    let form = form(args)?;
    let target = Target::new(
        args.output.as_deref(),
        &session::inputs(&args.facts, &findings.files()),
    )?;
    let report = Report {
        findings: &findings,
        statistics: args.statistics,
        // Data has remarks always.
        least: if global.verbose {
            Severity::Info
        } else {
            Severity::Warning
        },
        styled: matches!(target, Target::Stdout) && output::colour(global),
    };
    target.show(report.escapes(form), |out| report.write(form, out))?;
    if counts.errors + counts.warnings > 0 && form == CheckForm::Table && !args.statistics {
        lines.push("run `annals explain CODE` to learn what a finding means".to_owned());
    }
    lines.extend(findings.unverified().map(str::to_owned));
    let by_severity = matches!(
        form,
        CheckForm::Table | CheckForm::Concise | CheckForm::Github
    );
    let hint = if counts.infos > 0 && by_severity && !args.statistics && !global.verbose {
        " (-v shows remarks)"
    } else {
        ""
    };
    let summary = findings.summary();
    lines.push(format!("{}{hint}", counts.line(summary.records)));
    session::say(&lines, global);
    Ok(if findings.stopped() || store.is_in_part() {
        Exit::Unreadable
    } else if counts.errors > 0 {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// The findings to be written in some format.
struct Report<'r> {
    findings: &'r Findings,
    statistics: bool,
    /// The lowest severity that is shown.
    least: Severity,
    styled: bool,
}

impl Report<'_> {
    fn escapes(&self, form: CheckForm) -> Escapes {
        match form {
            CheckForm::Json | CheckForm::Jsonl | CheckForm::Sarif => Escapes::Json,
            CheckForm::Table => Escapes::text(self.styled),
            _ => Escapes::Text,
        }
    }

    fn write(&self, form: CheckForm, out: &mut dyn Write) -> io::Result<()> {
        let (findings, least) = (self.findings, self.least);
        match form {
            CheckForm::Table | CheckForm::Concise if self.statistics => {
                out.write_all(statistics(findings).as_bytes())
            }
            CheckForm::Table => findings
                .drawn(least, session::drawing(self.styled))
                .try_for_each(|finding| writeln!(out, "{finding}\n")),
            CheckForm::Concise => lines(out, findings.concise(least)),
            CheckForm::Json => {
                let envelope = CheckEnvelope {
                    schema: "annals.check/1",
                    data: Rows(findings),
                    summary: findings.summary(),
                    warnings: [],
                };
                serde_json::to_writer_pretty(&mut *out, &envelope).map_err(io::Error::from)?;
                writeln!(out)
            }
            CheckForm::Jsonl => output::write_jsonl(out, findings.rows()),
            CheckForm::Csv => sheet(findings.rows()).csv(out, b','),
            CheckForm::Tsv => sheet(findings.rows()).csv(out, b'\t'),
            CheckForm::Md => sheet(findings.rows()).markdown(out),
            CheckForm::Github => lines(out, findings.github(least)),
            CheckForm::Sarif => {
                findings.write_sarif(out)?;
                writeln!(out)
            }
        }
    }
}

fn lines(out: &mut dyn Write, mut lines: impl Iterator<Item = String>) -> io::Result<()> {
    lines.try_for_each(|line| writeln!(out, "{line}"))
}

/// The findings that are not in the baseline, which is first rewritten if requested.
fn sifted(
    path: &Path,
    renew: bool,
    findings: &Findings,
    lines: &mut Vec<String>,
) -> Result<Findings, Failure> {
    if renew {
        Target::new(Some(path), &findings.files())?.show(Escapes::Json, |out| {
            serde_json::to_writer_pretty(&mut *out, &findings.baseline())
                .map_err(std::io::Error::from)?;
            writeln!(out)
        })?;
    }
    let text = annals_files::read_text(path, annals_files::HELD)
        .map_err(|error| Failure::io(&annals_finding::shown_path(path), &error))?;
    let baseline = Baseline::read(&text).map_err(|reason| Failure {
        message: Some(format!(
            "{} is not a baseline: {reason}",
            annals_finding::shown_path(path)
        )),
        exit: Exit::Unreadable,
    })?;
    let (fresh, known, gone) = findings.sift(&baseline);
    let findings = |count| {
        if count == 1 {
            "1 finding".to_owned()
        } else {
            format!("{count} findings")
        }
    };
    lines.push(format!(
        "{} hidden by the baseline {}",
        findings(known),
        annals_finding::shown_path(path)
    ));
    if gone > 0 {
        lines.push(format!(
            "{} in the baseline no longer found; --renew-baseline removes them from it",
            findings(gone)
        ));
    }
    Ok(fresh)
}

fn form(args: &Args) -> Result<CheckForm, Failure> {
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    match (args.format, file) {
        (Some(form), _) => Ok(form),
        (None, None) => Ok(CheckForm::Table),
        (None, Some(path)) => match path.extension().and_then(|ending| ending.to_str()) {
            Some("txt") => Ok(CheckForm::Table),
            Some("json") => Ok(CheckForm::Json),
            Some("jsonl") => Ok(CheckForm::Jsonl),
            Some("csv") => Ok(CheckForm::Csv),
            Some("tsv") => Ok(CheckForm::Tsv),
            Some("md") => Ok(CheckForm::Md),
            Some("sarif") => Ok(CheckForm::Sarif),
            _ => Err(Failure::usage(format!(
                "no format matches the extension of {}; use .txt .json .jsonl .csv .tsv .md .sarif, or give --format",
                annals_finding::shown_path(path)
            ))),
        },
    }
}

/// The number of findings for each code, descending.
fn statistics(findings: &Findings) -> String {
    let mut lines = String::new();
    for (count, code) in findings.by_code() {
        lines.push_str(&format!(
            "{count:>7}  {}  {}: {}\n",
            code.code,
            code.name,
            code.title()
        ));
    }
    lines
}

fn sheet<'r>(rows: impl Iterator<Item = FindingRow> + 'r) -> Sheet<'r> {
    let columns = vec![
        "code", "severity", "message", "records", "file", "line", "column", "labels", "fixes",
    ];
    let rows = rows.map(|row| {
        let place = row.places.first().map(|place| &place.place);
        let labels = row.places.iter().map(|place| {
            let label = place.label.as_deref().unwrap_or("");
            format!(
                "{}:{}:{} {label}",
                place.place.file, place.place.line, place.place.column
            )
        });
        let fixes = row.fixes.iter().map(|fix| fix.message.as_str());
        vec![
            row.code.to_owned(),
            row.severity.word().to_owned(),
            row.message.clone(),
            row.records.join("; "),
            place.map(|place| place.file.clone()).unwrap_or_default(),
            place
                .map(|place| place.line.to_string())
                .unwrap_or_default(),
            place
                .map(|place| place.column.to_string())
                .unwrap_or_default(),
            labels.collect::<Vec<_>>().join("; "),
            fixes.collect::<Vec<_>>().join("; "),
        ]
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
