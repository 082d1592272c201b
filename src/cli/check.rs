//! `annals check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use super::args::{FactArgs, GlobalArgs};
use super::output::{self, Sheet, Target};
use super::{Exit, Failure, fix, session};
use annals_check as check;
use annals_finding::baseline::Baseline;
use annals_finding::write::{Counts, FindingRow, Summary, concise, github, row, sarif, text};
use annals_finding::{Finding, Severity};
use annals_load::{LoadResult, Places};

/// Report every problem in files, references, evidence and chronology; exit 1 if one is an error
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
    #[cfg(feature = "snapshot")]
    #[arg(long, help_heading = "Facts")]
    deep: bool,
    #[command(flatten)]
    mending: Mending,
}

/// What becomes of findings, beside being shown.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Fixing")]
struct Mending {
    /// Fix spelling: field names, ids, the ISO spelling of dates; never what a date, a speaker or a
    /// quote says
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

/// The forms of a check.
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

/// The envelope of a check: beside the findings, their counts.
#[derive(Serialize)]
struct CheckEnvelope<'a> {
    schema: &'static str,
    data: &'a [FindingRow],
    summary: Summary,
    warnings: [String; 0],
}

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let facts = session::Facts::of(&args.facts)?;
    let mends = args.mending.fix || args.mending.diff;
    if mends && facts.has_snapshot() {
        return Err(Failure::usage(
            "a snapshot cannot be fixed; fix the facts and build it again".to_owned(),
        ));
    }
    #[cfg(feature = "snapshot")]
    if args.deep {
        verify(&args.facts, &facts)?;
    }
    let config = &facts.config;
    let read = || facts.load(manner);
    let mut loaded = read();
    let mut lines = Vec::new();
    if args.mending.diff {
        return fix::show(&loaded, &config.policy, manner);
    }
    if args.mending.fix {
        loaded = fix::mend(loaded, &config.policy, &read, &mut lines)?;
    }
    let mut findings = check::check(&loaded, &config.policy);
    if let Some(path) = &args.mending.baseline {
        findings = sifted(
            path,
            args.mending.renew_baseline,
            findings,
            &loaded,
            &mut lines,
        )?;
    }
    let counts = Counts::of(&findings);
    let form = form(args)?;
    let target = Target::of(
        args.output.as_deref(),
        &session::inputs(&args.facts, &loaded),
    )?;
    let report = Report {
        findings: &findings,
        loaded: &loaded,
        places: Places::new(&loaded),
        counts,
        statistics: args.statistics,
        remarks: manner.verbose,
        styled: matches!(target, Target::Stdout) && output::colour(manner),
    };
    target.write(|out| report.write(form, out))?;
    if counts.errors + counts.warnings > 0 && form == CheckForm::Table && !args.statistics {
        lines.push("run `annals explain CODE` to learn what a finding means".to_owned());
    }
    lines.extend(session::unverified(&loaded));
    let drawn = matches!(form, CheckForm::Table | CheckForm::Concise) && !args.statistics;
    let hint = if counts.infos > 0 && drawn && !manner.verbose {
        " (-v shows remarks)"
    } else {
        ""
    };
    lines.push(format!("{}{hint}", counts.line(loaded.facts.len())));
    session::say(&lines, manner);
    Ok(if loaded.stopped {
        Exit::Unreadable
    } else if counts.errors > 0 {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// Verifies the snapshots among the facts.
#[cfg(feature = "snapshot")]
fn verify(args: &FactArgs, facts: &session::Facts) -> Result<(), Failure> {
    if !facts.has_snapshot() {
        return Err(Failure::usage(
            "--deep verifies the checksums of a snapshot, so give one".to_owned(),
        ));
    }
    for path in args.paths() {
        if annals_snapshot::is_snapshot(&path) {
            annals_snapshot::Snapshot::open(&path)?.verify()?;
        }
    }
    Ok(())
}

/// What was found, to be written in some form.
struct Report<'r> {
    findings: &'r [Finding],
    loaded: &'r LoadResult,
    places: Places<'r>,
    counts: Counts,
    statistics: bool,
    /// Whether remarks are drawn; data has them always.
    remarks: bool,
    styled: bool,
}

impl Report<'_> {
    fn rows(&self) -> Vec<FindingRow> {
        let facts = &self.loaded.facts;
        let row = |finding| row(finding, facts, &self.places);
        self.findings.iter().map(row).collect()
    }

    fn shown(&self) -> impl Iterator<Item = &Finding> {
        let wanted = |finding: &&Finding| self.remarks || finding.severity > Severity::Info;
        self.findings.iter().filter(wanted)
    }

    fn write(&self, form: CheckForm, out: &mut dyn Write) -> io::Result<()> {
        let places = &self.places;
        match form {
            CheckForm::Table | CheckForm::Concise if self.statistics => {
                out.write_all(statistics(self.findings).as_bytes())
            }
            CheckForm::Table => {
                let drawing = session::drawing(self.styled);
                self.shown()
                    .try_for_each(|finding| writeln!(out, "{}\n", text(finding, places, drawing)))
            }
            CheckForm::Concise => self
                .shown()
                .try_for_each(|finding| writeln!(out, "{}", concise(finding, places))),
            CheckForm::Json => {
                let envelope = CheckEnvelope {
                    schema: "annals.check/1",
                    data: &self.rows(),
                    summary: summary(self.loaded, self.counts),
                    warnings: [],
                };
                serde_json::to_writer_pretty(&mut *out, &envelope).map_err(io::Error::from)?;
                writeln!(out)
            }
            CheckForm::Jsonl => output::write_jsonl(out, &self.rows()),
            CheckForm::Csv => sheet(&self.rows()).csv(out, b','),
            CheckForm::Tsv => sheet(&self.rows()).csv(out, b'\t'),
            CheckForm::Md => sheet(&self.rows()).markdown(out),
            CheckForm::Github => self
                .shown()
                .try_for_each(|finding| writeln!(out, "{}", github(finding, places))),
            CheckForm::Sarif => {
                let log = sarif(self.findings, &self.loaded.facts, places);
                serde_json::to_writer_pretty(&mut *out, &log).map_err(io::Error::from)?;
                writeln!(out)
            }
        }
    }
}

/// The findings that a baseline does not know; it is written first where it is to be renewed.
fn sifted(
    path: &Path,
    renew: bool,
    findings: Vec<Finding>,
    loaded: &LoadResult,
    lines: &mut Vec<String>,
) -> Result<Vec<Finding>, Failure> {
    if renew {
        let baseline = Baseline::of(&findings, &loaded.facts);
        let inputs: Vec<PathBuf> = loaded
            .facts
            .files
            .iter()
            .map(|file| PathBuf::from(&file.name))
            .collect();
        Target::of(Some(path), &inputs)?.write(|out| {
            serde_json::to_writer_pretty(&mut *out, &baseline).map_err(std::io::Error::from)?;
            writeln!(out)
        })?;
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::io(&path.display().to_string(), &error))?;
    let baseline = Baseline::read(&text).map_err(|reason| Failure {
        message: Some(format!("{} is not a baseline: {reason}", path.display())),
        exit: Exit::Unreadable,
    })?;
    let (fresh, known, gone) = baseline.sift(findings, &loaded.facts);
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
        path.display()
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
                path.display()
            ))),
        },
    }
}

fn summary(loaded: &LoadResult, counts: Counts) -> Summary {
    let without = loaded
        .facts
        .documents
        .handles()
        .filter(|id| loaded.texts.get(*id).is_none());
    Summary {
        errors: counts.errors,
        warnings: counts.warnings,
        records: loaded.facts.len(),
        documents_without_text: without.count(),
    }
}

/// How many findings there are of each code, most first.
fn statistics(findings: &[Finding]) -> String {
    let mut counts: Vec<(usize, &'static annals_finding::Code)> = Vec::new();
    for finding in findings {
        match counts.iter_mut().find(|(_, code)| *code == finding.code) {
            Some((count, _)) => *count += 1 + finding.more,
            None => counts.push((1 + finding.more, finding.code)),
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.code.cmp(b.1.code)));
    let mut lines = String::new();
    for (count, code) in counts {
        lines.push_str(&format!(
            "{count:>7}  {}  {}: {}\n",
            code.code,
            code.name,
            code.title()
        ));
    }
    lines
}

fn sheet(rows: &[FindingRow]) -> Sheet<'_> {
    let columns = vec![
        "code", "severity", "message", "records", "file", "line", "column", "labels", "fixes",
    ];
    let rows = rows.iter().map(|row| {
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
