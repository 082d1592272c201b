//! `annals check`.

use clap::ValueEnum;
use serde::Serialize;

use super::args::{FactArgs, Manner};
use super::output::{self, Sheet, Target};
use super::{Exit, Failure, session};
use crate::check;
use crate::finding::write::{Counts, FindingRow, Summary, concise, row, text};
use crate::finding::{Finding, Severity};
use crate::load::{Loaded, Places, load};

/// Every finding about files, references and evidence; exit 1 if one is an error
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals check data --texts texts
  annals check kyiv.yaml -f concise
  annals explain AN102")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The form of the answer
    #[arg(short, long, value_name = "FORM", help_heading = "Output")]
    format: Option<CheckForm>,
    /// Write to a file, in the form that its ending says
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<std::path::PathBuf>,
    /// Count findings by code in place of listing them
    #[arg(long, help_heading = "Output")]
    statistics: bool,
}

/// The forms of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckForm {
    /// Each drawn with its lines.
    #[value(alias = "text")]
    Table,
    /// One a line: <file:line:column>: severity[code]: message.
    Concise,
    /// One JSON object: schema, data, summary, warnings.
    Json,
    /// The findings as JSON, one a line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A Markdown table.
    Md,
}

/// The envelope of a check: beside the findings, their counts.
#[derive(Serialize)]
struct CheckEnvelope<'a> {
    schema: &'static str,
    data: &'a [FindingRow],
    summary: Summary,
    warnings: [String; 0],
}

pub(super) fn run(args: &Args, manner: Manner) -> Result<Exit, Failure> {
    let loaded = load(&args.facts.request());
    let findings = check::check(&loaded, &check::Policy::default());
    let counts = Counts::of(&findings);
    let form = form(args)?;
    let target = Target::of(
        args.output.as_deref(),
        &session::inputs(&args.facts, &loaded),
    )?;
    let places = Places::new(&loaded);
    let rows = || -> Vec<FindingRow> {
        findings
            .iter()
            .map(|finding| row(finding, &loaded.facts, &places))
            .collect()
    };
    let styled = matches!(target, Target::Stdout) && output::colour(manner);
    // Remarks are for those who ask; data has them always.
    let shown = |finding: &&Finding| manner.verbose || finding.severity > Severity::Info;
    target.write(|out| match form {
        _ if args.statistics && matches!(form, CheckForm::Table | CheckForm::Concise) => {
            out.write_all(statistics(&findings).as_bytes())
        }
        CheckForm::Table => {
            let drawing = session::drawing(styled);
            for finding in findings.iter().filter(shown) {
                writeln!(out, "{}\n", text(finding, &places, drawing))?;
            }
            Ok(())
        }
        CheckForm::Concise => findings
            .iter()
            .filter(shown)
            .try_for_each(|finding| writeln!(out, "{}", concise(finding, &places))),
        CheckForm::Json => {
            let summary = summary(&loaded, counts);
            let rows = rows();
            let envelope = CheckEnvelope {
                schema: "annals.check/1",
                data: &rows,
                summary,
                warnings: [],
            };
            serde_json::to_writer_pretty(&mut *out, &envelope).map_err(std::io::Error::from)?;
            writeln!(out)
        }
        CheckForm::Jsonl => rows().iter().try_for_each(|row| {
            serde_json::to_writer(&mut *out, row).map_err(std::io::Error::from)?;
            writeln!(out)
        }),
        CheckForm::Csv => sheet(&rows()).csv(out, b','),
        CheckForm::Tsv => sheet(&rows()).csv(out, b'\t'),
        CheckForm::Md => sheet(&rows()).markdown(out),
    })?;
    let mut lines = Vec::new();
    if counts.errors + counts.warnings > 0 && form == CheckForm::Table && !args.statistics {
        lines.push("`annals explain CODE` says what a finding means".to_owned());
    }
    let without = summary(&loaded, counts).documents_without_text;
    if without > 0 && manner.verbose {
        let documents = if without == 1 {
            "document has"
        } else {
            "documents have"
        };
        lines.push(format!(
            "{without} {documents} no text to hold quotes against"
        ));
    }
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
            _ => Err(Failure::usage(format!(
                "the ending of {} says no form: .txt .json .jsonl .csv .tsv .md, or give --format",
                path.display()
            ))),
        },
    }
}

fn summary(loaded: &Loaded, counts: Counts) -> Summary {
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
    let mut counts: Vec<(usize, &'static crate::finding::Code)> = Vec::new();
    for finding in findings {
        match counts.iter_mut().find(|(_, code)| *code == finding.code) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, finding.code)),
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

fn sheet(rows: &[FindingRow]) -> Sheet {
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
        rows: rows.collect(),
    }
}
