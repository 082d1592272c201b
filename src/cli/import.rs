//! `annals import`.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use super::args::GlobalArgs;
use super::folder::TextFolder;
use super::hosted::{self, Refused};
use super::output::{self, Complete, Target};
use super::session;
use super::terminal::{self, Escapes, Visible};
use super::{Exit, Failure};
use annals_finding::wording::{quoted, quoted_list};
use annals_finding::write::{row, text};
use annals_import::{
    IMPORTERS, ImportReport, Importer, Named, Options, Outputs, ReportForm, by_name, finding,
    import, options, recognise, sources,
};
use annals_model::Facts;
use annals_source::{Source, SourceError, SourceErrorKind};
use annals_store::edits::{Scope, drafts};

/// Convert data you already have into facts: calendars, tables, annotations
///
/// Writes fact files with readable ids, dates in the precision of the source, and evidence. Data
/// without a field is kept under x_…; the last line counts what was imported, what was left out and
/// why. If a source can be read in several ways, the import stops and asks.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "annals import [OPTIONS] [FORMAT] <SOURCE>...",
    after_help = "Examples:
  annals import --list
  annals import ics calendar.ics -o calendar.yaml
  annals import references.bib -o references.yaml
  annals import ics meetings.ics --until 2023-12-31 -o meetings.jsonl --report left-out.txt"
)]
pub(super) struct Args {
    /// The format
    #[arg(value_name = "FORMAT", help = format!("The format: {}; without it, that of the files", names()))]
    format: Option<OsString>,
    /// The files to read, folders of them, or - for standard input; gzip and zip are unpacked
    #[arg(value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Write to a file: YAML, JSON or JSON Lines, by its extension; default: YAML on standard
    /// output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// List everything that was left out or changed, with its place (.jsonl for programs)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Put the records into the drafts of this dossier, where they count for nothing until somebody
    /// accepts them
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with_all = ["output", "report"],
        help_heading = "Output"
    )]
    drafts: Option<PathBuf>,
    /// List the formats, one per line, with their file extensions
    #[arg(long, help_heading = "Output")]
    list: bool,
    #[command(flatten)]
    given: Given,
}

/// The options of the formats, as given.
#[derive(Debug)]
struct Given(Options);

impl clap::Args for Given {
    fn augment_args(command: clap::Command) -> clap::Command {
        let mut command = command;
        for (option, formats) in options::all().into_values() {
            let help = format!("{} ({})", option.help, formats.join(", "));
            let mut arg = Arg::new(option.name)
                .long(option.name)
                .help(help)
                .help_heading("Formats");
            arg = if option.value.is_empty() {
                arg.action(ArgAction::SetTrue)
            } else {
                arg.value_name(option.value)
            };
            if !option.words.is_empty() {
                arg = arg.value_parser(option.words.to_vec());
            }
            command = command.arg(arg);
        }
        command
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Options::default();
        for (option, _) in options::all().into_values() {
            if option.value.is_empty() {
                if matches.get_flag(option.name) {
                    given.set(option, "");
                }
            } else if let Some(value) = matches.get_one::<String>(option.name) {
                given.set(option, value.as_str());
            }
        }
        Ok(Given(given))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn names() -> String {
    let names: Vec<&str> = IMPORTERS.iter().map(|one| one.name).collect();
    names.join(", ")
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    if args.list {
        return list();
    }
    let options = &args.given.0;
    let (importer, paths) = chosen(args, global)?;
    allowed(importer, options)?;
    let sources = named_sources(importer, &paths)
        .map_err(|refusal| stopped(&refusal, &[], options, global))?;
    if options.has(&options::SUGGEST) {
        return suggested(args, importer, &sources, global);
    }
    if let Some(folder) = &args.drafts {
        return drafted(folder, importer, &sources, options, global);
    }
    let ledger = match written(args, importer, &sources, options, global)? {
        Ok(ledger) => ledger,
        Err(refusal) => return Err(stopped(&refusal, &sources, options, global)),
    };
    let listed = if ledger.remarks() > 0 && args.report.is_none() {
        " (--report FILE lists them)"
    } else {
        ""
    };
    let line = format!("{}: {}{listed}", importer.name, ledger.line());
    let same = same_names(&ledger);
    let lines: Vec<String> = [line]
        .into_iter()
        .chain(ledger.notices().iter().cloned())
        .chain(same)
        .collect();
    session::say(&lines, global);
    Ok(Exit::Done)
}

/// The names that are likely of one, as the lines of a mapping that would merge them.
fn same_names(ledger: &ImportReport) -> Option<String> {
    const MOST: usize = 10;
    let all = ledger.same_names();
    if all.is_empty() {
        return None;
    }
    let mut lines = String::from(
        "some names are likely of one person or body; if they are, add to the mapping (the most frequent spelling stands first, and is kept):\nnames:",
    );
    for same in all.iter().take(MOST) {
        let names = quoted_list(same.names.iter().map(String::as_str));
        let line = match &same.may_be[..] {
            [one] => format!("\n  {}: {names}", quoted(one)),
            several => format!(
                "\n  # {names}: which of {}?",
                quoted_list(several.iter().map(String::as_str))
            ),
        };
        lines.extend(line.chars().flat_map(|c| {
            let shown = (c != '\n').then(|| annals_finding::visible(c));
            let plain = (c == '\n').then_some(c);
            plain.into_iter().chain(shown.into_iter().flatten())
        }));
    }
    if let Some(more @ 1..) = all.len().checked_sub(MOST) {
        lines.push_str(&format!("\n  # and {more} more, which --report FILE lists"));
    }
    Some(lines)
}

/// Writes a first mapping.
fn suggested(
    args: &Args,
    importer: &Importer,
    sources: &[Source],
    global: GlobalArgs,
) -> Result<Exit, Failure> {
    let options = &args.given.0;
    let inputs: Vec<PathBuf> = (sources.iter().filter_map(Source::on_disk))
        .map(Path::to_path_buf)
        .collect();
    let target = Target::new(args.output.as_deref(), &inputs)?;
    let suggestion = importer
        .work
        .suggest(sources, options)
        .map_err(|refusal| stopped(&refusal, sources, options, global))?;
    let Some(suggestion) = suggestion else {
        let message = format!("{} does not use mappings", importer.name);
        return Err(Failure::usage(message));
    };
    target.write(|out| out.write_all(suggestion.as_bytes()))?;
    Ok(Exit::Done)
}

/// Makes drafts of the records.
fn drafted(
    folder: &Path,
    importer: &Importer,
    sources: &[Source],
    options: &Options,
    global: GlobalArgs,
) -> Result<Exit, Failure> {
    if !folder.is_dir() {
        let shown = annals_finding::shown_path(folder);
        return Err(Failure::usage(format!(
            "--drafts takes the folder of a dossier; {shown} is none"
        )));
    }
    let mut held = Vec::new();
    let outputs = Outputs::to(&mut held).spelled_as(Some(Path::new("drafts.jsonl")));
    let ledger = session::reading(global, || import(importer, sources, options, outputs));
    let ledger = ledger.map_err(|refusal| stopped(&refusal, sources, options, global))?;
    let text = String::from_utf8_lossy(&held);
    let records: Vec<_> = text.lines().filter_map(drafts::record).collect();
    let from = sources.iter().filter_map(Source::on_disk);
    let from: Vec<String> = from
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let from = (!from.is_empty()).then(|| from.join(", "));
    let by = format!("annals import {}", importer.name);
    let scope = Scope {
        named: vec![folder.to_owned()],
        ..Scope::default()
    };
    super::interrupt::cleans_up();
    let added = drafts::add(&scope, importer.name, &by, from.as_deref(), &records)?;
    let mut line = format!(
        "{}: {}; {} new drafts",
        importer.name,
        ledger.line(),
        added.new
    );
    if added.known > 0 {
        line.push_str(&format!(", {} there already", added.known));
    }
    if added.rejected > 0 {
        line.push_str(&format!(", {} rejected before", added.rejected));
    }
    session::say(&[line], global);
    Ok(Exit::Done)
}

/// Writes the import to the requested files: all of them completely, or none.
fn written(
    args: &Args,
    importer: &Importer,
    sources: &[Source],
    options: &Options,
    global: GlobalArgs,
) -> Result<Result<ImportReport, SourceError>, Failure> {
    let inputs: Vec<PathBuf> = (sources.iter().filter_map(Source::on_disk))
        .map(Path::to_path_buf)
        .chain(args.sources.iter().cloned())
        .chain(named_first(args))
        .collect();
    let target = Target::new(args.output.as_deref(), &inputs)?;
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    let mut texts = file
        .map(|file| TextFolder::beside(file, &inputs))
        .transpose()?;
    let report = report_target(args, &inputs, texts.as_ref())?;
    // Standard output cannot be undone, so the result is buffered until it is complete.
    let (mut facts, mut held) = (target.open()?, Vec::new());
    let mut lines = match &report {
        Some((target, form)) => Some(Visible::new(target.open()?, escapes(*form))),
        None => None,
    };
    let result = {
        let out: &mut dyn Write = match file {
            Some(_) => &mut facts,
            None => &mut held,
        };
        let mut outputs = Outputs::to(out).spelled_as(file);
        if let (Some(lines), Some((_, form))) = (&mut lines, &report) {
            outputs = outputs.reporting(lines, *form);
        }
        if let Some(texts) = &mut texts {
            outputs = outputs.with_texts(texts);
        }
        session::reading(global, || import(importer, sources, options, outputs))
    };
    let ledger = match result {
        Ok(ledger) => ledger,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let lines = match lines {
        Some(lines) => lines
            .into_inner()
            .map_err(|error| Failure::io("the report", &error))?
            .complete()?,
        None => None,
    };
    facts
        .write_all(&held)
        .map_err(|error| facts.failure(&error))?;
    let facts = facts.complete()?;
    put(texts, [lines, facts])?;
    Ok(Ok(ledger))
}

fn escapes(form: ReportForm) -> Escapes {
    match form {
        ReportForm::Text => Escapes::Text,
        ReportForm::JsonLines => Escapes::Json,
    }
}

/// Where the report goes: to a file of its own.
fn report_target(
    args: &Args,
    inputs: &[PathBuf],
    texts: Option<&TextFolder>,
) -> Result<Option<(Target, ReportForm)>, Failure> {
    let Some(report) = &args.report else {
        return Ok(None);
    };
    let target = Target::new(Some(report), inputs)?;
    let taken = args.output.as_deref().into_iter();
    let mut taken = taken.chain(texts.map(TextFolder::path));
    if let Some(other) = taken.find(|other| may_be_same(report, other)) {
        let words = if Some(other) == args.output.as_deref() {
            "the facts and the report"
        } else {
            "the folder of texts and the report"
        };
        let message = format!("{words} would be the same file; give another name for one of them");
        return Err(Failure::usage(message));
    }
    Ok(Some((target, ReportForm::of(report))))
}

/// Whether two paths are the same on some system: many do not regard case.
fn may_be_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute
            .parent()
            .and_then(|folder| folder.canonicalize().ok());
        let whole = match (folder, absolute.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => absolute,
        };
        whole.to_string_lossy().to_lowercase()
    };
    let stdout = Path::new("-");
    one != stdout && other != stdout && whole(one) == whole(other)
}

/// Puts everything in its place.
fn put(texts: Option<TextFolder>, files: [Complete<'_>; 2]) -> Result<(), Failure> {
    let mut texts = texts;
    if let Some(texts) = &texts {
        texts
            .complete()
            .map_err(|error| output::fault(texts.path(), &error))?;
    }
    let mut at = PathBuf::new();
    let put = annals_files::uninterrupted(|| {
        if let Some(texts) = &mut texts {
            texts.path().clone_into(&mut at);
            texts.put_now()?;
        }
        for (file, path) in files.into_iter().flatten() {
            path.clone_into(&mut at);
            file.put_now(path)?;
        }
        Ok(())
    });
    put.map_err(|error| output::fault(&at, &error))
}

/// A source, with what was read of it where it can be read only once.
enum Input {
    Path(PathBuf),
    Read(Source),
}

/// The format and the sources. A first word that is no format is a file, whose format is told by
/// what it contains.
fn chosen(args: &Args, global: GlobalArgs) -> Result<(&'static Importer, Vec<Input>), Failure> {
    let Some(first) = &args.format else {
        let message = "which file? annals import FILE, or annals import FORMAT FILE";
        return Err(Failure::usage(format!("{message}; there are {}", names())));
    };
    let paths = |paths: &[PathBuf]| paths.iter().cloned().map(Input::Path).collect();
    if let Some(importer) = first.to_str().and_then(by_name) {
        if args.sources.is_empty() {
            let name = importer.name;
            let message = format!("which file is to be read? annals import {name} FILE");
            return Err(Failure::usage(message));
        }
        return Ok((importer, paths(&args.sources)));
    }
    let path = PathBuf::from(first);
    let is_path = path.exists() || path.extension().is_some() || path.components().count() > 1;
    if !is_path && first != "-" {
        let name = annals_finding::shown(&first.to_string_lossy());
        let message = format!("there is no format {name}; there are {}", names());
        return Err(Failure::usage(message));
    }
    let mut named = Vec::new();
    let mut read = Vec::new();
    let all = std::iter::once(&path).chain(&args.sources);
    let found = all.into_iter().try_for_each(|path| {
        if path.as_os_str() == "-" {
            let source = standard_input()?;
            named.push(Named::file(source.clone()));
            read.push(Input::Read(source));
        } else {
            named.push(if path.is_dir() {
                Named::folder(path)?
            } else {
                Named::file(Source::path(path))
            });
            read.push(Input::Path(path.clone()));
        }
        Ok(())
    });
    let importer = found.and_then(|()| recognise(&named, &args.given.0));
    let files: Vec<Source> = (read.iter())
        .map(|one| match one {
            Input::Path(path) => Source::path(path),
            Input::Read(source) => source.clone(),
        })
        .collect();
    match importer {
        Ok(importer) => Ok((importer, read)),
        Err(refusal) => Err(stopped(&refusal, &files, &args.given.0, global)),
    }
}

/// The first word, where it is a file and no format.
fn named_first(args: &Args) -> Option<PathBuf> {
    let first = args.format.as_ref()?;
    let is_format = first.to_str().and_then(by_name).is_some();
    (!is_format).then(|| PathBuf::from(first))
}

/// Whether a format takes the options that are given.
fn allowed(importer: &Importer, options: &Options) -> Result<(), Failure> {
    let all = options::all();
    for given in options.given() {
        let formats = all.get(given).map_or(&[][..], |(_, formats)| formats);
        if !formats.contains(&importer.name) {
            let message = format!(
                "--{given} is for {}, not for {}",
                formats.join(", "),
                importer.name
            );
            return Err(Failure::usage(message));
        }
    }
    Ok(())
}

/// The most that is read from standard input, which is buffered completely.
const MOST_OF_STDIN: u64 = 1 << 30;

fn named_sources(importer: &Importer, paths: &[Input]) -> Result<Vec<Source>, SourceError> {
    let mut found = Vec::new();
    for path in paths {
        match path {
            Input::Read(source) => found.push(source.clone()),
            Input::Path(path) if path.as_os_str() == "-" => found.push(standard_input()?),
            Input::Path(path) => found.extend(sources(importer, std::slice::from_ref(path))?),
        }
    }
    Ok(found)
}

fn standard_input() -> Result<Source, SourceError> {
    let mut bytes = Vec::new();
    let read = io::stdin()
        .lock()
        .take(MOST_OF_STDIN + 1)
        .read_to_end(&mut bytes);
    let too_much = bytes.len() as u64 > MOST_OF_STDIN;
    let source = Source::memory("-", bytes);
    read.map_err(|error| SourceError::of_io(error, &source.at()))?;
    if too_much {
        let message = "standard input is larger than 1 GiB; import a file instead";
        return Err(SourceError::limit(source.at(), message));
    }
    Ok(source)
}

/// Reports why an import stopped without writing anything.
fn stopped(
    refusal: &SourceError,
    sources: &[Source],
    options: &Options,
    global: GlobalArgs,
) -> Failure {
    // The error may be in the mapping file.
    let map = options
        .get(&options::MAP)
        .map(|map| Source::path(Path::new(map)));
    let sources: Vec<Source> = sources.iter().cloned().chain(map).collect();
    let Some((finding, places)) = finding(refusal, &sources, options.get(&options::ENCODING))
    else {
        return match refusal.kind {
            SourceErrorKind::Usage => {
                let help = refusal.help.iter().map(|help| format!("; {help}"));
                Failure::usage(format!("{}{}", refusal.message, help.collect::<String>()))
            }
            _ => Failure {
                message: Some(refusal.message.clone()),
                exit: Exit::Unreadable,
            },
        };
    };
    let drawing = session::drawing(output::colour_err(global));
    let drawn = text(&finding, &places, drawing);
    if hosted::is_hosted() {
        hosted::refused(Refused {
            finding: row(&finding, &Facts::default(), &places),
            drawn,
        });
    } else {
        terminal::say(&format!("{drawn}\n"), drawing.colour);
    }
    let exit = match refusal.kind {
        SourceErrorKind::Ambiguous => Exit::Findings,
        _ => Exit::Unreadable,
    };
    Failure {
        message: Some("nothing was written".to_owned()),
        exit,
    }
}

fn list() -> Result<Exit, Failure> {
    let longest = IMPORTERS.iter().map(|one| one.name.len()).max();
    let width = longest.unwrap_or(0);
    Target::Stdout.write(|out| {
        for importer in IMPORTERS {
            let endings: Vec<String> = (importer.extensions.iter())
                .map(|ending| format!(".{ending}"))
                .collect();
            let (name, title) = (importer.name, importer.title);
            writeln!(out, "{name:width$}  {title} ({})", endings.join(" "))?;
        }
        Ok(())
    })?;
    Ok(Exit::Done)
}
