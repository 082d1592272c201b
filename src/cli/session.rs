//! Reading the facts for a command, and what the user is told of them.

use std::cell::OnceCell;
use std::io::{IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::args::{FactArgs, GlobalArgs};
use super::output;
use super::{Exit, Failure};
use annals_check as check;
use annals_chronology::premises::Chronicle;
use annals_config::Config;
use annals_finding::write::{Counts, Drawing, Letters, text};
use annals_finding::{Finding, Severity};
#[cfg(feature = "snapshot")]
use annals_load::SnapshotSummary;
use annals_load::{LoadResult, Places, Progress, Request, Source, load_watched};
use annals_model::{Evidence, RecordRef};
use annals_query::chronicle::SolvedChronology;
use annals_query::positions::Kept;
use annals_query::validity::{entered_by, taken_back_by};
use annals_query::{Dossier, NameError, Query, Validity};
#[cfg(feature = "snapshot")]
use annals_snapshot::{
    Narrowed, Snapshot, SnapshotError, around, between, claims_of, stances, within,
};

/// How long nothing is said of the work.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often what is said of it is renewed.
const TICK: Duration = Duration::from_millis(100);

/// The facts of a question, and what the user has decided about them.
pub(super) struct Opened {
    /// Never taken apart again: a command ends with the process, which gives all back at once.
    pub(super) loaded: ManuallyDrop<LoadResult>,
    pub(super) config: Config,
}

/// Where the facts of a question are, and what the user has decided about them.
pub(super) struct Facts {
    pub(super) request: Request,
    pub(super) config: Config,
    /// The snapshot, where the facts are one and nothing else.
    #[cfg(feature = "snapshot")]
    pub(super) snapshot: Option<Snapshot>,
}

impl Facts {
    /// Opens what was named: the snapshots among it, and the configuration in or above the first. A
    /// snapshot brings its configuration with it.
    pub(super) fn of(facts: &FactArgs) -> Result<Facts, Failure> {
        let paths = facts.paths();
        let mut config = None;
        let mut sources = Vec::new();
        #[cfg(feature = "snapshot")]
        let mut snapshots = Vec::new();
        for path in &paths {
            #[cfg(feature = "snapshot")]
            if annals_snapshot::is_snapshot(path) {
                let snapshot = Snapshot::open(path)?;
                config = match config {
                    None => Some(kept_config(&snapshot)?),
                    known => known,
                };
                sources.extend(snapshot.sources());
                snapshots.push(snapshot);
                continue;
            }
            config = match config {
                None => Some(config_of(path)?),
                known => known,
            };
            sources.push(super::args::source(path));
        }
        let config = config.unwrap_or_default();
        Ok(Facts {
            request: Request {
                facts: sources,
                texts: facts.texts.iter().chain(&config.texts).cloned().collect(),
            },
            config,
            #[cfg(feature = "snapshot")]
            snapshot: snapshots.pop().filter(|_| paths.len() == 1),
        })
    }

    /// Whether some of the facts are in a snapshot.
    pub(super) fn has_snapshot(&self) -> bool {
        let mut sources = self.request.facts.iter();
        sources.any(|source| matches!(source, Source::Embedded(_)))
    }

    /// Reads all of them.
    pub(super) fn load(&self, manner: GlobalArgs) -> LoadResult {
        let progress = Progress::default();
        let read = || load_watched(&self.request, &self.config.own_words, &progress);
        #[allow(unused_mut, reason = "a snapshot knows more")]
        let mut loaded = watched(manner, Some(&progress), read);
        #[cfg(feature = "snapshot")]
        if !loaded.stopped {
            loaded.whole = self.known();
        }
        loaded
    }

    /// What a snapshot knows of itself, as long as no text is added to it.
    #[cfg(feature = "snapshot")]
    pub(super) fn known(&self) -> Option<SnapshotSummary> {
        let snapshot = self.snapshot.as_ref()?;
        let counts = snapshot.counts()?;
        (self.request.texts.is_empty() || !counts.text_missing).then(|| SnapshotSummary {
            counts: Counts {
                errors: counts.errors,
                warnings: counts.warnings,
                // Nothing is said of remarks.
                infos: 0,
            },
            records: snapshot.records(),
            retracted: counts.retracted,
            unverified: counts.unverified.clone(),
        })
    }
}

#[cfg(feature = "snapshot")]
pub(super) fn kept_config(snapshot: &Snapshot) -> Result<Config, Failure> {
    let Some(text) = snapshot.config() else {
        return Ok(Config::default());
    };
    let config = Config::read(text, Path::new("annals.toml")).map_err(|error| Failure {
        message: Some(error.to_string()),
        exit: Exit::Unreadable,
    })?;
    // The texts are in the snapshot too, as they were found there.
    Ok(Config {
        texts: Vec::new(),
        ..config
    })
}

/// The configuration in or above a path.
pub(super) fn config_of(path: &Path) -> Result<Config, Failure> {
    let first = if path.as_os_str() == "-" {
        Path::new(".")
    } else {
        path
    };
    Config::of(first).map_err(|error| Failure {
        message: Some(error.to_string()),
        exit: Exit::Unreadable,
    })
}

/// Reads the facts of a question. A file that cannot be read or parsed ends it.
pub(super) fn open(facts: &FactArgs, manner: GlobalArgs) -> Result<Opened, Failure> {
    let facts = Facts::of(facts)?;
    let loaded = facts.load(manner);
    usable(&loaded, manner)?;
    Ok(Opened {
        loaded: ManuallyDrop::new(loaded),
        config: facts.config,
    })
}

/// The facts of a question, and what is asked of them.
type Question = (Opened, Query);

/// Reads all facts of a question.
pub(super) fn open_all(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    manner: GlobalArgs,
) -> Result<Question, Failure> {
    opened(facts, asked, manner, |_, _| Ok(None))
}

/// Reads what a question about claims needs of the facts: all, or of a snapshot some.
pub(super) fn open_claims(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    manner: GlobalArgs,
) -> Result<Question, Failure> {
    opened(facts, asked, manner, |facts, asked| {
        #[cfg(feature = "snapshot")]
        if let Some((snapshot, whole)) = facts.snapshot.as_ref().zip(facts.known()) {
            return Ok(claims_of(snapshot, asked, &facts.config.own_words, whole)?);
        }
        let _ = (facts, asked);
        Ok(None)
    })
}

/// Reads what a question about positions needs of the facts; `words` where the words of the claims are
/// part of the answer.
pub(super) fn open_stances(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    kept: Kept,
    words: bool,
    manner: GlobalArgs,
) -> Result<Question, Failure> {
    opened(facts, asked, manner, |facts, asked| {
        #[cfg(feature = "snapshot")]
        if let Some((snapshot, whole)) = facts.snapshot.as_ref().zip(facts.known()) {
            let own_words = &facts.config.own_words;
            return Ok(stances(snapshot, asked, kept, words, own_words, whole)?);
        }
        let _ = (facts, asked, kept, words);
        Ok(None)
    })
}

/// Reads what a question about the surroundings of some things needs of the facts.
pub(super) fn open_around(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    centres: &[String],
    hops: usize,
    manner: GlobalArgs,
) -> Result<Question, Failure> {
    opened(facts, asked, manner, |facts, asked| {
        #[cfg(feature = "snapshot")]
        if let Some((snapshot, whole)) = facts.snapshot.as_ref().zip(facts.known()) {
            let own_words = &facts.config.own_words;
            return Ok(around(snapshot, asked, centres, hops, own_words, whole)?);
        }
        let _ = (facts, asked, centres, hops);
        Ok(None)
    })
}

/// Reads what a question about the chain between two things needs of the facts; and, where that is
/// not all, how many edges the chain must have, so that it is the right one.
pub(super) fn open_between(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    ends: [&str; 2],
    manner: GlobalArgs,
) -> Result<(Question, Option<usize>), Failure> {
    #[cfg_attr(
        not(feature = "snapshot"),
        expect(unused_mut, reason = "only a snapshot is read in part")
    )]
    let mut edges = None;
    let question = opened(facts, asked, manner, |facts, asked| {
        #[cfg(feature = "snapshot")]
        if let Some((snapshot, whole)) = facts.snapshot.as_ref().zip(facts.known()) {
            let own_words = &facts.config.own_words;
            let Some((some, long)) = between(snapshot, asked, ends, own_words, whole)? else {
                return Ok(None);
            };
            edges = Some(long);
            return Ok(Some(some));
        }
        let _ = (facts, asked, ends);
        Ok(None)
    })?;
    Ok((question, edges))
}

/// Reads what a timeline needs of the facts; and, where that is not all, the days that all leave of
/// what was read.
#[cfg(feature = "snapshot")]
pub(super) fn open_window(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    manner: GlobalArgs,
) -> Result<(Question, Option<Narrowed>), Failure> {
    let mut narrowed = None;
    let question = opened(facts, asked, manner, |facts, asked| {
        let Some((snapshot, whole)) = facts.snapshot.as_ref().zip(facts.known()) else {
            return Ok(None);
        };
        let some = within(snapshot, asked, &facts.config.own_words, whole)?;
        Ok(some.map(|(some, days)| {
            narrowed = Some(days);
            some
        }))
    })?;
    Ok((question, narrowed))
}

fn opened(
    facts: &FactArgs,
    asked: impl FnOnce(&Config) -> Result<Query, Failure>,
    manner: GlobalArgs,
    some: impl FnOnce(&Facts, &Query) -> Result<Option<LoadResult>, Failure>,
) -> Result<Question, Failure> {
    let facts = Facts::of(facts)?;
    let asked = asked(&facts.config)?;
    let some = some(&facts, &asked)?.filter(|some| !some.stopped);
    let loaded = some.unwrap_or_else(|| facts.load(manner));
    usable(&loaded, manner)?;
    let loaded = ManuallyDrop::new(loaded);
    let config = facts.config;
    Ok((Opened { loaded, config }, asked))
}

/// Ends a command where a file could not be read or parsed.
pub(super) fn usable(loaded: &LoadResult, manner: GlobalArgs) -> Result<(), Failure> {
    if loaded.stopped {
        say_findings(loaded, &loaded.findings, manner);
        return Err(Failure::quiet(Exit::Unreadable));
    }
    Ok(())
}

/// Does something that may take a while, with a sign of life on a terminal after half a second.
pub(super) fn reading<T>(manner: GlobalArgs, work: impl FnOnce() -> T) -> T {
    watched(manner, None, work)
}

/// The same; it is said how many bytes have been read, and how fast.
fn watched<T>(manner: GlobalArgs, progress: Option<&Progress>, work: impl FnOnce() -> T) -> T {
    if manner.quiet || !std::io::stderr().is_terminal() {
        return work();
    }
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = bar(progress);
            // Ends when the work is done, or has panicked.
            while wait.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                bar.tick();
                if let Some(progress) = progress.filter(|progress| progress.all() > 0) {
                    let (done, all) = (progress.done(), progress.all());
                    let since = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                    let each_second = done.saturating_mul(1000) / since.max(1);
                    bar.set_position(done);
                    bar.set_message(format!(
                        "{} of {}, {}/s",
                        HumanBytes(done),
                        HumanBytes(all.max(done)),
                        HumanBytes(each_second)
                    ));
                }
            }
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

/// What is shown of the work.
fn bar(progress: Option<&Progress>) -> ProgressBar {
    let known = progress.filter(|progress| progress.all() > 0);
    let Some(progress) = known else {
        return ProgressBar::new_spinner().with_message("reading facts");
    };
    let bar = ProgressBar::new(progress.all());
    match ProgressStyle::with_template("{spinner} reading facts {bar:30} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The files that were read, none of which an answer may overwrite.
pub(super) fn inputs(facts: &FactArgs, loaded: &LoadResult) -> Vec<PathBuf> {
    let read = loaded
        .facts
        .files
        .iter()
        .map(|file| PathBuf::from(&file.name));
    facts.facts.iter().cloned().chain(read).collect()
}

/// What the user should know of an answer: one line each.
pub(super) fn warnings(
    loaded: &LoadResult,
    config: &Config,
    force: Option<&Validity>,
    strict: bool,
) -> Result<Vec<String>, Failure> {
    if loaded.whole.is_some() {
        return told_of(&[], loaded, force, strict);
    }
    // Of remarks nothing is said here.
    let findings = check::check_from(loaded, &config.policy, Severity::Warning);
    told_of(&findings, loaded, force, strict)
}

/// The same, and the chronology of a dossier, which is gone through for both at once.
pub(super) fn chronology<'d, 'l>(
    dossier: &'d Dossier<'l>,
    config: &Config,
    chronicle: &'d OnceCell<Chronicle>,
    force: Option<&Validity>,
    strict: bool,
) -> Result<(Vec<String>, SolvedChronology<'d, 'l>), Failure> {
    let (findings, told) =
        check::check_and_tell(dossier, &config.policy, Severity::Warning, chronicle);
    let warnings = told_of(&findings, dossier.loaded, force, strict)?;
    Ok((warnings, told))
}

/// What the user should know of an answer, after a check.
fn told_of(
    findings: &[Finding],
    loaded: &LoadResult,
    force: Option<&Validity>,
    strict: bool,
) -> Result<Vec<String>, Failure> {
    let mut warnings = Vec::new();
    let whole = loaded.whole.as_ref();
    let counts = match whole {
        Some(whole) => whole.counts,
        None => Counts::of(findings),
    };
    let records = whole.map_or(loaded.facts.len(), |whole| whole.records);
    if counts.errors + counts.warnings > 0 {
        let line = Counts { infos: 0, ..counts }.line(records);
        let line = format!("{line}: `annals check` shows them");
        if strict {
            return Err(Failure {
                message: Some(line),
                exit: Exit::Findings,
            });
        }
        warnings.push(line);
    }
    if records == 0 {
        warnings.push("there is no fact here".to_owned());
    }
    warnings.extend(match whole {
        Some(whole) => whole.unverified.clone(),
        None => unverified(loaded),
    });
    warnings.extend(force.iter().flat_map(|force| left_out(loaded, force)));
    Ok(warnings)
}

/// How many records are out of force, and why.
fn left_out(loaded: &LoadResult, force: &Validity) -> Vec<String> {
    let facts = &loaded.facts;
    let count = |out: &dyn Fn(RecordRef) -> bool| facts.records().filter(|one| out(*one)).count();
    let have = |count| {
        if count == 1 {
            "record has"
        } else {
            "records have"
        }
    };
    let mut lines = Vec::new();
    let retracted = match &force.as_of {
        _ if force.retracted => 0,
        None => match &loaded.whole {
            Some(whole) => whole.retracted,
            // Each row of the rarer fields is that of one record.
            None => {
                let rare = facts.more.iter();
                rare.filter(|(_, more)| more.retracted.is_some()).count()
            }
        },
        Some(day) => count(&|record| {
            taken_back_by(facts, record, day).is_certain()
                && entered_by(facts, record, day).is_possible()
        }),
    };
    if retracted > 0 {
        lines.push(format!(
            "{retracted} {} been retracted and left out (--retracted brings them back)",
            have(retracted)
        ));
    }
    if let Some(day) = &force.as_of {
        let later = count(&|record| !entered_by(facts, record, day).is_possible());
        if later > 0 {
            let day = day.words();
            let had = if later == 1 {
                "record was"
            } else {
                "records were"
            };
            lines.push(format!("{later} {had} entered after {day} and left out"));
        }
    }
    lines
}

/// How many quotes could not be held against their text.
pub(super) fn unverified(loaded: &LoadResult) -> Option<String> {
    let facts = &loaded.facts;
    let quoted = |record: RecordRef, evidence: &Evidence| {
        let own = match record {
            RecordRef::Claim(id) => facts[id].quote.is_some(),
            _ => false,
        };
        evidence.quote.is_some() || own
    };
    let mut quotes = 0;
    let mut documents = std::collections::BTreeSet::new();
    for record in facts.records() {
        for evidence in facts.evidence(record) {
            let Some(document) = evidence.document else {
                continue;
            };
            if loaded.texts.get(document).is_none() && quoted(record, evidence) {
                quotes += 1;
                documents.insert(document);
            }
        }
    }
    let named = documents.iter().any(|id| facts[*id].text.is_some());
    (quotes > 0).then(|| {
        let quotes = if quotes == 1 {
            "1 quote".into()
        } else {
            format!("{quotes} quotes")
        };
        let texts = match documents.len() {
            1 => "the text of 1 document is".to_owned(),
            many => format!("the texts of {many} documents are"),
        };
        let help = if named {
            " (--texts DIR says where)"
        } else {
            ""
        };
        format!("{quotes} could not be verified: {texts} not there{help}")
    })
}

/// Says lines on standard error.
pub(super) fn say(lines: &[String], manner: GlobalArgs) {
    if manner.quiet {
        return;
    }
    let mut err = std::io::stderr().lock();
    for line in lines {
        // Nobody can be told that standard error is closed.
        let _ = writeln!(err, "annals: {line}");
    }
}

/// Draws findings on standard error.
pub(super) fn say_findings(loaded: &LoadResult, findings: &[Finding], manner: GlobalArgs) {
    let places = Places::new(loaded);
    let drawing = drawing(output::colour_err(manner));
    let mut err = std::io::stderr().lock();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
    {
        let _ = writeln!(err, "{}\n", text(finding, &places, drawing));
    }
}

/// How findings are drawn here.
pub(super) fn drawing(colour: bool) -> Drawing {
    let ascii = std::env::var("LC_ALL").is_ok_and(|locale| locale == "C" || locale == "POSIX");
    let letters = if ascii {
        Letters::Ascii
    } else {
        Letters::Boxes
    };
    Drawing {
        colour,
        letters,
        width: output::width().max(80),
    }
}

impl From<NameError> for Failure {
    fn from(error: NameError) -> Self {
        Failure::usage(error.to_string())
    }
}

#[cfg(feature = "snapshot")]
impl From<SnapshotError> for Failure {
    fn from(error: SnapshotError) -> Self {
        Failure {
            message: Some(error.to_string()),
            exit: Exit::Unreadable,
        }
    }
}
