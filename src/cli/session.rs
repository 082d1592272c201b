//! Reading the facts for a command, and what the user is told of them.

use std::cell::OnceCell;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use indicatif::ProgressBar;

use super::args::{FactArgs, Manner};
use super::output;
use super::{Exit, Failure};
use crate::check;
use crate::chronology::premises::Chronicle;
use crate::config::Config;
use crate::finding::write::{Counts, Drawing, Letters, text};
use crate::finding::{Finding, Severity};
use crate::load::{Loaded, Places, load_with};
use crate::model::{Evidence, RecordRef};
use crate::query::chronicle::Told;
use crate::query::force::{entered_by, is_retracted, taken_back_by};
use crate::query::{Dossier, Force, NameError};

/// How long nothing is said of the work.
const PATIENCE: Duration = Duration::from_millis(500);

/// The facts of a question, and what the user has decided about them.
pub(super) struct Opened {
    pub(super) loaded: Loaded,
    pub(super) config: Config,
}

/// The configuration in or above the first of the facts.
pub(super) fn config(facts: &FactArgs) -> Result<Config, Failure> {
    let first = facts.facts.first().map_or(Path::new("."), PathBuf::as_path);
    let first = if first.as_os_str() == "-" {
        Path::new(".")
    } else {
        first
    };
    Config::of(first).map_err(|error| Failure {
        message: Some(error.to_string()),
        exit: Exit::Unreadable,
    })
}

/// Reads the facts of a question. A file that cannot be read or parsed ends it.
pub(super) fn open(facts: &FactArgs, manner: Manner) -> Result<Opened, Failure> {
    let config = config(facts)?;
    let loaded = reading(manner, || {
        load_with(&facts.request(&config), &config.own_words)
    });
    if loaded.stopped {
        say_findings(&loaded, &loaded.findings, manner);
        return Err(Failure::quiet(Exit::Unreadable));
    }
    Ok(Opened { loaded, config })
}

/// Does something that may take a while, with a sign of life on a terminal after half a second.
pub(super) fn reading<T>(manner: Manner, work: impl FnOnce() -> T) -> T {
    if manner.quiet || !std::io::stderr().is_terminal() {
        return work();
    }
    let (done, wait) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message("reading facts");
            bar.enable_steady_tick(Duration::from_millis(100));
            // Ends when the work is done, or has panicked.
            let _ = wait.recv();
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

/// The files that were read, none of which an answer may overwrite.
pub(super) fn inputs(facts: &FactArgs, loaded: &Loaded) -> Vec<PathBuf> {
    let read = loaded
        .facts
        .files
        .iter()
        .map(|file| PathBuf::from(&file.name));
    facts.facts.iter().cloned().chain(read).collect()
}

/// What the user should know of an answer: one line each.
pub(super) fn warnings(
    loaded: &Loaded,
    config: &Config,
    force: Option<&Force>,
    strict: bool,
) -> Result<Vec<String>, Failure> {
    told_of(&check::check(loaded, &config.policy), loaded, force, strict)
}

/// The same, and the chronology of a dossier, which is gone through for both at once.
pub(super) fn chronology<'d, 'l>(
    dossier: &'d Dossier<'l>,
    config: &Config,
    chronicle: &'d OnceCell<Chronicle>,
    force: Option<&Force>,
    strict: bool,
) -> Result<(Vec<String>, Told<'d, 'l>), Failure> {
    let (findings, told) = check::check_and_tell(dossier, &config.policy, chronicle, true);
    let warnings = told_of(&findings, dossier.loaded, force, strict)?;
    Ok((warnings, told))
}

/// What the user should know of an answer, after a check.
fn told_of(
    findings: &[Finding],
    loaded: &Loaded,
    force: Option<&Force>,
    strict: bool,
) -> Result<Vec<String>, Failure> {
    let mut warnings = Vec::new();
    let counts = Counts::of(findings);
    if counts.errors + counts.warnings > 0 {
        let line = Counts { infos: 0, ..counts }.line(loaded.facts.len());
        let line = format!("{line}: `annals check` shows them");
        if strict {
            return Err(Failure {
                message: Some(line),
                exit: Exit::Findings,
            });
        }
        warnings.push(line);
    }
    if loaded.facts.is_empty() {
        warnings.push("there is no fact here".to_owned());
    }
    warnings.extend(unverified(loaded));
    warnings.extend(force.iter().flat_map(|force| left_out(loaded, force)));
    Ok(warnings)
}

/// How many records are out of force, and why.
fn left_out(loaded: &Loaded, force: &Force) -> Vec<String> {
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
        None => count(&|record| is_retracted(facts, record)),
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
pub(super) fn unverified(loaded: &Loaded) -> Option<String> {
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
pub(super) fn say(lines: &[String], manner: Manner) {
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
pub(super) fn say_findings(loaded: &Loaded, findings: &[Finding], manner: Manner) {
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
