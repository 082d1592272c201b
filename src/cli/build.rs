//! `annals build`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{FactArgs, GlobalArgs};
use super::session::{self, Facts};
use super::{Exit, Failure};
use annals_check as check;
use annals_config::Config;
use annals_finding::Severity;
use annals_finding::write::Counts;
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::RecordRef;
use annals_query::Dossier;
use annals_query::chronicle::SolvedChronology;
use annals_query::timeline::NarrowedRow;
use annals_query::validity::is_retracted;
use annals_snapshot::{Counted, FindingCounts, Snapshot, build, is_snapshot};
use annals_time::Date;

/// A snapshot: a folder of Parquet files that every command reads in place of the facts
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals build data -o facts.annals
  annals said facts.annals --by Zelensky
  annals build new.jsonl -o facts.annals --add
  annals check facts.annals --deep")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The folder to write, NAME.annals; a snapshot that is there gives way to the new one
    #[arg(short, long, value_name = "NAME.annals", help_heading = "Output")]
    output: PathBuf,
    /// Add the facts to the snapshot that is there
    #[arg(long, help_heading = "Output")]
    add: bool,
    /// Exit with 1, and write nothing, if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let shown = args.output.display();
    if args
        .output
        .extension()
        .is_none_or(|ending| ending != "annals")
    {
        return Err(Failure::usage(format!(
            "a snapshot is a folder whose name ends in .annals: {shown} does not"
        )));
    }
    let output = args.output.canonicalize().ok();
    let is_output = |path: &PathBuf| output.is_some() && path.canonicalize().ok() == output;
    if args.facts.paths().iter().any(is_output) {
        return Err(Failure::usage(format!(
            "{shown} is one of the files that are read; write to another"
        )));
    }
    let mut facts = Facts::of(&args.facts)?;
    let base = args.add.then(|| base(&args.output)).transpose()?;
    let config = match &base {
        Some(base) => {
            facts.config = session::kept_config(base)?;
            base.config().map(str::to_owned)
        }
        None => kept(&args.facts),
    };
    if let Some(base) = &base {
        facts.request.facts.extend(base.sources());
    }
    let mut loaded = facts.load(manner);
    session::usable(&loaded, manner)?;
    if base.is_some() {
        known_twice(&loaded, &args.output)?;
    }
    let counted = args.strict.then(|| counts(&loaded, &facts.config));
    if let Some(counted) = &counted {
        loaded.whole = Some(whole(&loaded, &counted.counts));
        session::warnings(&loaded, &facts.config, None, true)?;
    }
    let count = || counted.unwrap_or_else(|| counts(&loaded, &facts.config));
    let counted = session::reading(manner, || {
        build(&args.output, &loaded, config, count, base.as_ref())
    })?;
    loaded.whole = Some(whole(&loaded, &counted));
    let warnings = session::warnings(&loaded, &facts.config, None, false)?;
    session::say(&warnings, manner);
    let records = loaded.facts.len();
    let records = if records == 1 {
        "1 record".to_owned()
    } else {
        format!("{records} records")
    };
    session::say(&[format!("{records} in {shown}")], manner);
    Ok(Exit::Done)
}

/// What is known of the facts, now that they have been counted.
fn whole(loaded: &LoadResult, counted: &FindingCounts) -> SnapshotSummary {
    SnapshotSummary {
        counts: Counts {
            errors: counted.errors,
            warnings: counted.warnings,
            infos: 0,
        },
        records: loaded.facts.len(),
        retracted: counted.retracted,
        unverified: counted.unverified.clone(),
    }
}

/// The snapshot that is added to.
fn base(path: &Path) -> Result<Snapshot, Failure> {
    if !is_snapshot(path) {
        return Err(Failure::usage(format!(
            "there is no snapshot {} to add to: build it without --add",
            path.display()
        )));
    }
    Ok(Snapshot::open(path)?)
}

/// The text of the configuration that a snapshot of these facts brings with it.
fn kept(facts: &FactArgs) -> Option<String> {
    let first = facts.paths().into_iter().next()?;
    if is_snapshot(&first) {
        let snapshot = Snapshot::open(&first).ok()?;
        return snapshot.config().map(str::to_owned);
    }
    let start = if first.as_os_str() == "-" {
        Path::new(".")
    } else {
        &first
    };
    Config::text_of(start)
}

/// No file is added twice: what has changed since would stand beside what it was.
fn known_twice(loaded: &LoadResult, output: &Path) -> Result<(), Failure> {
    let mut names: Vec<&str> = (loaded.facts.files.iter())
        .filter(|file| file.kind != annals_model::FileKind::Text)
        .map(|file| file.name.as_str())
        .collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Failure::usage(format!(
            "{} is in {} already: where facts have changed, build it anew",
            annals_finding::shown(pair[0]),
            output.display()
        ))),
        None => Ok(()),
    }
}

/// What `annals check` finds, what an answer warns of, and what all facts leave of dates.
fn counts(loaded: &LoadResult, config: &Config) -> Counted {
    let (dossier, chronicle) = (Dossier::new(loaded), OnceCell::new());
    let least = Severity::Warning;
    let (findings, told) = check::check_and_narrow(&dossier, &config.policy, least, &chronicle);
    let of_all = Counts::of(&findings);
    let mut codes = BTreeMap::new();
    for finding in &loaded.findings {
        *codes.entry(finding.code.code.to_owned()).or_insert(0) += 1 + finding.more;
    }
    let facts = &loaded.facts;
    let text_missing = facts.documents.iter().any(|(id, document)| {
        let names_one = document.text.is_some() || document.sha256.is_some();
        names_one && loaded.texts.get(id).is_none()
    });
    let counts = FindingCounts {
        errors: of_all.errors,
        warnings: of_all.warnings,
        codes,
        unverified: session::unverified(loaded),
        retracted: facts
            .records()
            .filter(|one| is_retracted(facts, *one))
            .count(),
        text_missing,
    };
    Counted {
        counts,
        narrowed: narrowed(loaded, &told),
    }
}

/// The days that all facts leave of records, where these are not those of their own dates.
fn narrowed(loaded: &LoadResult, told: &SolvedChronology<'_, '_>) -> Vec<(RecordRef, NarrowedRow)> {
    let facts = &loaded.facts;
    let date = |record| match record {
        RecordRef::Document(id) => facts[id].published,
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        RecordRef::Relation(id) => facts[id].when,
        _ => None,
    };
    let rows = (facts.documents.handles().map(RecordRef::Document))
        .chain(facts.events.handles().map(RecordRef::Event))
        .chain(facts.claims.handles().map(RecordRef::Claim))
        .chain(facts.relations.handles().map(RecordRef::Relation));
    rows.filter_map(|record| {
        let own = date(record).map(|date| facts.date(date));
        let own = [own.and_then(Date::first), own.and_then(Date::last)];
        let none = NarrowedRow {
            first: None,
            last: None,
        };
        let days = told.narrowed(record).unwrap_or(none);
        ([days.first, days.last] != own).then_some((record, days))
    })
    .collect()
}
