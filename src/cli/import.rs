//! `annals import`.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use super::args::GlobalArgs;
use super::folder::TextFolder;
use super::output::{self, Target};
use super::session;
use super::{Exit, Failure};
use annals_finding::write::text;
use annals_import::{
    IMPORTERS, ImportReport, Importer, Named, Options, Outputs, ReportForm, by_name, finding,
    import, options, recognise, sources,
};
use annals_source::{Source, SourceError, SourceErrorKind};

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
    session::say(&[line], global);
    Ok(Exit::Done)
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
    let report = match &args.report {
        Some(path) => Some((Target::new(Some(path), &inputs)?, ReportForm::of(path))),
        None => None,
    };
    if args.report.is_some() && args.report == args.output {
        let message =
            "the facts and the report would be the same file; give another name for one of them";
        return Err(Failure::usage(message.to_owned()));
    }
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    let mut texts = file
        .map(|file| TextFolder::beside(file, &inputs))
        .transpose()?;
    let mut ended = None;
    let mut work = |facts: &mut dyn Write, report: Option<(&mut dyn Write, ReportForm)>| {
        let mut outputs = Outputs::to(facts).spelled_as(file);
        if let Some((report, form)) = report {
            outputs = outputs.reporting(report, form);
        }
        if let Some(texts) = &mut texts {
            outputs = outputs.with_texts(texts);
        }
        let result = session::reading(global, || import(importer, sources, options, outputs));
        let whole = result.is_ok();
        ended = Some(result);
        if !whole {
            return Err(io::Error::other("the import stopped"));
        }
        match &mut texts {
            Some(texts) => texts.keep(),
            None => Ok(()),
        }
    };
    // Standard output cannot be undone, so the result is buffered until it is complete.
    let mut work = |out: &mut dyn Write, report: Option<(&mut dyn Write, ReportForm)>| {
        if file.is_some() {
            return work(out, report);
        }
        let mut held = Vec::new();
        work(&mut held, report)?;
        out.write_all(&held)
    };
    let mut failed = None;
    let written = match &report {
        None => target.write(|out| work(out, None)),
        Some((report, form)) => target.write(|out| {
            let written = report.write(|lines| work(out, Some((lines, *form))));
            written.map_err(|failure| {
                failed = Some(failure);
                io::Error::other("the report cannot be written")
            })
        }),
    };
    match (ended, written, failed) {
        (Some(Err(refusal)), ..) => Ok(Err(refusal)),
        (_, Err(_), Some(failure)) | (_, Err(failure), None) => Err(failure),
        (Some(Ok(ledger)), Ok(()), _) => Ok(Ok(ledger)),
        (None, Ok(()), _) => Err(Failure::quiet(Exit::Unreadable)),
    }
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
    // A closed standard error cannot be reported.
    let _ = writeln!(io::stderr(), "{}\n", text(&finding, &places, drawing));
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
