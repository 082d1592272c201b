//! Findings about the facts, and fixes.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::data::Data;
use annals_finding::baseline::Baseline;
use annals_finding::fix::{Change, changes, fixed};
use annals_finding::write::{
    self, Counts, Drawing, FindingRow, Sarif, Summary, concise, first_of_each_code, not_shown, row,
};
use annals_finding::{Code, Finding, Severity};
use annals_load::Places;
use annals_model::FileKind;

/// Findings, with the facts needed to resolve their places.
#[derive(Clone)]
pub struct Findings {
    data: Arc<Data>,
    findings: Arc<[Finding]>,
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.findings.iter()).finish()
    }
}

/// A file before and after its spelling is fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// The file.
    pub file: String,
    /// The current content.
    pub before: String,
    /// The fixed content.
    pub after: String,
    /// What is changed, in the order of the file.
    pub changes: Vec<FixedWord>,
}

/// A word or date that is spelt otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedWord {
    /// The line, from 1, before the change.
    pub line: usize,
    /// What stands there.
    pub before: String,
    /// What is to stand there.
    pub after: String,
}

impl Findings {
    pub(crate) fn new(data: Arc<Data>, findings: Vec<Finding>) -> Self {
        Findings::of(data, findings.into())
    }

    pub(crate) fn of(data: Arc<Data>, findings: Arc<[Finding]>) -> Self {
        Findings { data, findings }
    }

    pub(crate) fn data(&self) -> &Arc<Data> {
        &self.data
    }

    pub(crate) fn nth(&self, nth: usize) -> Option<&Finding> {
        self.findings.get(nth)
    }

    /// The number of findings.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The number of findings by severity.
    pub fn counts(&self) -> Counts {
        Counts::new(&self.findings)
    }

    /// The counts that accompany the findings in JSON.
    pub fn summary(&self) -> Summary {
        let (facts, texts) = (self.data.facts(), &self.data.loaded.texts);
        let documents = facts.documents.handles();
        let counts = self.counts();
        Summary {
            errors: counts.errors,
            warnings: counts.warnings,
            records: facts.len(),
            documents_without_text: documents.filter(|id| texts.get(*id).is_none()).count(),
        }
    }

    /// Whether nothing of a file could be read.
    pub fn stopped(&self) -> bool {
        self.data.loaded.stopped
    }

    /// How many quotes could not be verified, as a sentence.
    pub fn unverified(&self) -> Option<&str> {
        self.data.unverified()
    }

    /// The files that were read.
    pub fn files(&self) -> Vec<PathBuf> {
        self.data.files()
    }

    /// The findings as data, each made when it is asked for.
    pub fn rows(&self) -> impl Iterator<Item = FindingRow> + '_ {
        self.rows_at(0..self.len())
    }

    /// Some of them as data, by their places among all. A place where there is none is passed over.
    pub fn rows_at<'f>(
        &'f self,
        at: impl IntoIterator<Item = usize> + 'f,
    ) -> impl Iterator<Item = FindingRow> + 'f {
        let places = Places::new(&self.data.loaded);
        let facts = self.data.facts();
        let there = at.into_iter().filter_map(|nth| self.findings.get(nth));
        there.map(move |finding| row(finding, facts, &places))
    }

    /// The code and the severity of each, in their order.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = (&'static Code, Severity)> + '_ {
        self.findings.iter().map(|one| (one.code, one.severity))
    }

    /// Each finding of some severity or worse on one line: file, line, column, severity, code,
    /// message.
    pub fn concise(&self, least: Severity) -> impl Iterator<Item = String> + '_ {
        self.written(least, |finding, places| concise(finding, places))
    }

    /// Findings of some severity or worse, drawn with their lines: of each rule the first ten, with
    /// how many more there are.
    pub fn drawn(&self, least: Severity, drawing: Drawing) -> impl Iterator<Item = String> + '_ {
        let places = Places::new(&self.data.loaded);
        let wanted = move |one: &Finding| one.severity >= least;
        let shown = first_of_each_code(&self.findings, annals_check::is_of_rule, wanted);
        shown.map(move |(finding, more)| match not_shown(finding.code, more) {
            Some(note) => write::text(&finding.clone().note(note), &places, drawing),
            None => write::text(finding, &places, drawing),
        })
    }

    /// The notes on one of them, by its place among all.
    pub fn notes(&self, nth: usize) -> &[String] {
        self.findings.get(nth).map_or(&[], |finding| &finding.notes)
    }

    /// One of them with its source lines, by its place among all.
    pub fn drawn_one(&self, nth: usize, drawing: Drawing) -> Option<String> {
        let places = Places::new(&self.data.loaded);
        Some(write::text(self.findings.get(nth)?, &places, drawing))
    }

    /// Each finding of some severity or worse as a GitHub Actions workflow command.
    pub fn github(&self, least: Severity) -> impl Iterator<Item = String> + '_ {
        self.written(least, |finding, places| write::github(finding, places))
    }

    /// Writes all findings as SARIF 2.1.0.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn write_sarif(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let places = Places::new(&self.data.loaded);
        let log = Sarif::new(&self.findings, self.data.facts(), &places);
        serde_json::to_writer_pretty(out, &log).map_err(io::Error::from)
    }

    /// The number of findings for each code, descending.
    pub fn by_code(&self) -> Vec<(usize, &'static Code)> {
        let mut counts: Vec<(usize, &'static Code)> = Vec::new();
        for finding in &*self.findings {
            match counts.iter_mut().find(|(_, code)| *code == finding.code) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, finding.code)),
            }
        }
        counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.code.cmp(b.1.code)));
        counts
    }

    /// The errors, one per line.
    pub fn errors(&self) -> impl Iterator<Item = String> + '_ {
        self.concise(Severity::Error)
    }

    fn written<'f>(
        &'f self,
        least: Severity,
        write: impl Fn(&Finding, &Places<'_>) -> String + 'f,
    ) -> impl Iterator<Item = String> + 'f {
        let places = Places::new(&self.data.loaded);
        let wanted = self
            .findings
            .iter()
            .filter(move |one| one.severity >= least);
        wanted.map(move |finding| write(finding, &places))
    }

    /// All of them as a baseline.
    pub fn baseline(&self) -> Baseline {
        Baseline::from_findings(&self.findings, self.data.facts())
    }

    /// The findings that are not in a baseline; the number that are; and the number of findings in
    /// the baseline that no longer occur.
    pub fn sift(&self, baseline: &Baseline) -> (Findings, usize, usize) {
        let (fresh, known, gone) = baseline.sift(&self.findings, self.data.facts());
        let fresh = fresh.into_iter().cloned().collect();
        (Findings::new(Arc::clone(&self.data), fresh), known, gone)
    }

    /// The fact files whose spelling can be fixed without asking, before and after. A file that was
    /// read in part is not among them: see [`Findings::unfixed_files`].
    pub fn fixed_files(&self) -> Vec<FixedFile> {
        let loaded = &self.data.loaded;
        let all = changes(&self.findings, &Places::new(loaded)).into_iter();
        let whole = all.filter(|(id, _)| !loaded.unread.files.contains_key(id));
        whole
            .filter_map(|(id, changes)| {
                let file = loaded.facts.files.get(id.index())?;
                let before = loaded.sources.text(id)?.to_owned();
                let after = fixed(&before, &changes);
                (file.kind != FileKind::Text && after != before).then(|| FixedFile {
                    file: file.name.clone(),
                    after,
                    changes: fixed_words(&before, &changes),
                    before,
                })
            })
            .collect()
    }
}

/// What some changes of a text, in its order, change.
fn fixed_words(text: &str, changes: &[Change]) -> Vec<FixedWord> {
    let (mut line, mut counted) = (1, 0);
    let mut words = Vec::with_capacity(changes.len());
    for change in changes {
        let between = text.get(counted..change.start).unwrap_or_default();
        line += between.bytes().filter(|byte| *byte == b'\n').count();
        counted = counted.max(change.start);
        words.push(FixedWord {
            line,
            before: text
                .get(change.start..change.end)
                .unwrap_or_default()
                .to_owned(),
            after: change.text.clone(),
        });
    }
    words
}

impl Findings {
    /// The files whose spelling could be fixed, had they not been read in part.
    pub fn unfixed_files(&self) -> Vec<String> {
        let loaded = &self.data.loaded;
        let all = changes(&self.findings, &Places::new(loaded)).into_iter();
        let in_part = all.filter(|(id, _)| loaded.unread.files.contains_key(id));
        in_part
            .map(|(id, _)| loaded.facts.file(id).name.clone())
            .collect()
    }
}

impl IntoIterator for Findings {
    type Item = FindingRow;
    type IntoIter = std::vec::IntoIter<FindingRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows().collect::<Vec<_>>().into_iter()
    }
}
