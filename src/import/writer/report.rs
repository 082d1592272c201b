//! The account of an import: what came, what was made of it, what was left out and why.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::{Map, json};

use annals_format::grouped;
use annals_model::{RecordKind, Vocabulary};
use annals_source::{At, Spot, cell_name};

/// What came, what was made, what was left out.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    came: BTreeMap<&'static str, u64>,
    made: BTreeMap<RecordKind, u64>,
    left: BTreeMap<&'static str, u64>,
    changed: BTreeMap<&'static str, u64>,
    same: Vec<SameName>,
    notices: Vec<String>,
}

/// Names that are likely of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameName {
    /// The fullest of them; several, where only the user can tell which it is.
    pub may_be: Vec<String>,
    /// The others.
    pub names: Vec<String>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// A line each for reading.
    Text,
    /// A JSON object each: `sort`, `file`, `line`, `cell` and so on, `what`, `why`.
    JsonLines,
}

impl ReportForm {
    /// The form that the ending of a file says: `.jsonl`, else text.
    pub fn of(file: &Path) -> Self {
        match file.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("jsonl") => ReportForm::JsonLines,
            _ => ReportForm::Text,
        }
    }
}

impl ImportReport {
    pub(super) fn came(&mut self, what: &'static str, count: u64) {
        *self.came.entry(what).or_default() += count;
    }

    pub(super) fn made(&mut self, kind: RecordKind) {
        *self.made.entry(kind).or_default() += 1;
    }

    pub(super) fn left_out(&mut self, why: &'static str) {
        *self.left.entry(why).or_default() += 1;
    }

    pub(super) fn changed(&mut self, how: &'static str) {
        *self.changed.entry(how).or_default() += 1;
    }

    pub(super) fn likely_same(&mut self, same: SameName) {
        self.same.push(same);
    }

    pub(super) fn notice(&mut self, words: String) {
        self.notices.push(words);
    }

    /// What was lost, in sentences that are shown also where the report is not read.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Names of actors that are likely of one. Nothing was merged.
    pub fn same_names(&self) -> &[SameName] {
        &self.same
    }

    /// How many records were made.
    pub fn records(&self) -> u64 {
        self.made.values().sum()
    }

    /// How many things were left out, or changed on the way.
    pub fn remarks(&self) -> u64 {
        self.left.values().chain(self.changed.values()).sum()
    }

    /// All of it in one line: `imported 12 events; wrote 10 events, 3 places; left out 2: without a
    /// date (2)`.
    pub fn line(&self) -> String {
        let listed = |verb: &str, parts: Vec<String>| {
            let parts = if parts.is_empty() {
                "nothing".to_owned()
            } else {
                parts.join(", ")
            };
            format!("{verb} {parts}")
        };
        let came = self.came.iter().map(|(what, n)| counted(*n, what));
        let made = (self.made.iter()).map(|(kind, n)| match n {
            1 => format!("1 {}", kind.word()),
            _ => format!("{} {}", grouped(*n), kind.plural()),
        });
        let mut parts = vec![
            listed("imported", came.collect()),
            listed("wrote", made.collect()),
        ];
        for (verb, counts) in [("left out", &self.left), ("changed", &self.changed)] {
            if counts.is_empty() {
                continue;
            }
            let sum: u64 = counts.values().sum();
            let each: Vec<String> = (counts.iter())
                .map(|(why, n)| format!("{why} ({})", grouped(*n)))
                .collect();
            parts.push(format!("{verb} {}: {}", grouped(sum), each.join(", ")));
        }
        parts.join("; ")
    }
}

/// `1 row`, `2,000 rows`, `3 entries`.
fn counted(n: u64, what: &str) -> String {
    match (n, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{} {stem}ies", grouped(n)),
        _ => format!("{} {what}s", grouped(n)),
    }
}

/// Writes one line of a report.
pub(super) fn entry(
    out: &mut dyn io::Write,
    form: ReportForm,
    sort: &str,
    at: &At,
    what: &str,
    why: &str,
) -> io::Result<()> {
    match form {
        ReportForm::Text if what.is_empty() => writeln!(out, "{at}: {sort}: {why}"),
        ReportForm::Text => {
            let what = shown(what);
            writeln!(out, "{at}: {sort}: {what}: {why}")
        }
        ReportForm::JsonLines => {
            let mut line = Map::new();
            line.insert("sort".into(), sort.into());
            line.insert("file".into(), (*at.file).into());
            match &at.spot {
                Spot::Whole => {}
                Spot::Line(number) | Spot::Text { line: number, .. } => {
                    line.insert("line".into(), json!(number));
                }
                Spot::Field {
                    line: number,
                    heading,
                } => {
                    line.insert("line".into(), json!(number));
                    line.insert("column".into(), (**heading).into());
                }
                Spot::Byte(byte) => {
                    line.insert("byte".into(), json!(byte));
                }
                Spot::Item(item) => {
                    line.insert("item".into(), item.as_str().into());
                }
                Spot::Cell {
                    sheet,
                    row,
                    column,
                    heading,
                } => {
                    line.insert("sheet".into(), json!(sheet.as_deref()));
                    line.insert("cell".into(), cell_name(*row, *column).into());
                    line.insert("column".into(), json!(heading.as_deref()));
                }
            }
            line.insert("what".into(), what.into());
            line.insert("why".into(), why.into());
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")
        }
    }
}

/// What a line is about, cut where it is very long.
fn shown(what: &str) -> String {
    const LONGEST: usize = 240;
    let mut chars = what.chars();
    let mut shown: String = (chars.by_ref().take(LONGEST))
        .flat_map(annals_finding::visible)
        .collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Ends a report with the sums.
pub(super) fn end(
    out: &mut dyn io::Write,
    form: ReportForm,
    ledger: &ImportReport,
) -> io::Result<()> {
    match form {
        ReportForm::Text => writeln!(out, "{}", ledger.line()),
        ReportForm::JsonLines => {
            let made: Map<_, _> = (ledger.made.iter())
                .map(|(kind, n)| (kind.word().to_owned(), json!(n)))
                .collect();
            let sums = json!({
                "sort": "sum", "came": ledger.came, "made": made,
                "left_out": ledger.left, "changed": ledger.changed,
            });
            writeln!(out, "{sums}")
        }
    }
}
