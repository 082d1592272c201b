//! Writing an answer: to standard output, or whole to a file.

use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::args::{Colour, GlobalArgs, OutputArgs, OutputFormat};
use super::hosted;
use super::interrupt;
use super::pretty_json;
use super::run_notes;
use super::terminal::{Escapes, Visible, visible_json};
use super::{Exit, Failure};
use annals_files::NewFile;
use annals_finding::shown_path;
use annals_ordered_parallel::{BufferPool, for_each_ordered, threads};
use annals_store::rows::Envelope;

/// The least and most columns that a table takes.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=160;
/// The width if there is no terminal.
const PIPED_WIDTH: usize = 100;

/// How wide a table may be.
pub(super) fn width() -> usize {
    let given = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = if io::stdout().is_terminal() && !hosted::is_hosted() {
        terminal.or(given)
    } else {
        given
    };
    width
        .unwrap_or(PIPED_WIDTH)
        .clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// Whether to colour what goes to standard output.
pub(super) fn colour(global: GlobalArgs) -> bool {
    coloured(global, io::stdout().is_terminal())
}

/// Whether to colour what goes to standard error.
pub(super) fn colour_err(global: GlobalArgs) -> bool {
    coloured(global, io::stderr().is_terminal())
}

fn coloured(global: GlobalArgs, terminal: bool) -> bool {
    match global.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && is_colour_wanted(),
    }
}

/// Whether the user has not turned colours off.
pub(super) fn is_colour_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}

/// Where an answer goes.
pub(super) enum Target {
    /// Standard output.
    Stdout,
    /// A file, written under a temporary name and renamed when complete.
    File(PathBuf),
}

impl Target {
    /// The target of `-o`; an input is never overwritten.
    pub(super) fn new(output: Option<&Path>, inputs: &[PathBuf]) -> Result<Target, Failure> {
        let Some(path) = output.filter(|path| path.as_os_str() != "-") else {
            return Ok(Target::Stdout);
        };
        if let Ok(real) = path.canonicalize() {
            let same = inputs
                .iter()
                .any(|input| input.canonicalize().is_ok_and(|one| one == real));
            if same || annals_files::is_read(path) {
                return Err(is_input(path));
            }
            if real.is_dir() {
                return Err(Failure::usage(format!("{} is a folder", shown_path(path))));
            }
        }
        keep_out_of_snapshots(path)?;
        Ok(Target::File(path.to_owned()))
    }

    /// Writes data, as it is: all of it, or nothing.
    pub(super) fn write(
        &self,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut sink = self.open()?;
        content(&mut sink).map_err(|error| sink.failure(&error))?;
        sink.put()
    }

    /// Writes a text for people, or JSON, in which nothing steers a terminal.
    pub(super) fn show(
        &self,
        escapes: Escapes,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        self.write(|out| {
            let mut out = io::BufWriter::new(Visible::new(out, escapes));
            content(&mut out)?;
            let mut visible = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            visible.finish()
        })
    }

    /// Begins to write.
    pub(super) fn open(&self) -> Result<Sink<'_>, Failure> {
        let path = match self {
            Target::Stdout => {
                return Ok(match hosted::out() {
                    Some(out) => Sink::Hosted(io::BufWriter::new(out)),
                    None => Sink::Stdout(io::BufWriter::new(io::stdout().lock())),
                });
            }
            Target::File(path) => path,
        };
        run_notes::wrote(path);
        // A device or pipe (/dev/null, /dev/stderr) is written to directly; renaming would replace
        // it.
        if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            let open = std::fs::OpenOptions::new().write(true).open(path);
            let out = io::BufWriter::new(open.map_err(|error| fault(path, &error))?);
            return Ok(Sink::Device(out, path));
        }
        interrupt::cleans_up();
        let file = NewFile::beside(path).map_err(|error| fault(path, &error))?;
        Ok(Sink::File(io::BufWriter::new(file), path))
    }
}

/// Writes an answer in a form.
pub(super) fn show(
    target: &Target,
    form: OutputFormat,
    coloured: bool,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let escapes = match form {
        OutputFormat::Json | OutputFormat::Jsonl => Escapes::Json,
        OutputFormat::Table => Escapes::text(coloured),
        OutputFormat::Csv | OutputFormat::Tsv | OutputFormat::Md => Escapes::Text,
    };
    target.show(escapes, content)
}

/// An answer that is being written.
pub(super) enum Sink<'p> {
    Stdout(io::BufWriter<io::StdoutLock<'static>>),
    /// A server that the command runs in.
    Hosted(io::BufWriter<hosted::Out>),
    Device(io::BufWriter<std::fs::File>, &'p Path),
    File(io::BufWriter<NewFile>, &'p Path),
}

/// A complete file that is not in its place yet; `None` for what is written already.
pub(super) type Complete<'p> = Option<(NewFile, &'p Path)>;

impl<'p> Sink<'p> {
    /// What is told of an error in writing.
    pub(super) fn failure(&self, error: &io::Error) -> Failure {
        match self {
            // The reader has seen enough.
            Sink::Stdout(_) | Sink::Hosted(_) if error.kind() == io::ErrorKind::BrokenPipe => {
                Failure::quiet(Exit::Done)
            }
            Sink::Stdout(_) | Sink::Hosted(_) => Failure::io("standard output", error),
            Sink::Device(_, path) | Sink::File(_, path) => fault(path, error),
        }
    }

    /// Ends writing.
    pub(super) fn complete(mut self) -> Result<Complete<'p>, Failure> {
        self.flush().map_err(|error| self.failure(&error))?;
        let Sink::File(file, path) = self else {
            return Ok(None);
        };
        let file = file.into_inner();
        let mut file = file.map_err(|error| fault(path, error.error()))?;
        if annals_files::is_read(path) {
            return Err(is_input(path));
        }
        file.ready(path).map_err(|error| fault(path, &error))?;
        Ok(Some((file, path)))
    }

    /// Ends writing, and puts a file in its place.
    fn put(self) -> Result<(), Failure> {
        match self.complete()? {
            Some((file, path)) => annals_files::uninterrupted(|| file.put_now(path))
                .map_err(|error| fault(path, &error)),
            None => Ok(()),
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stdout(out) => out.write(bytes),
            Sink::Hosted(out) => out.write(bytes),
            Sink::Device(out, _) => out.write(bytes),
            Sink::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stdout(out) => out.flush(),
            Sink::Hosted(out) => out.flush(),
            Sink::Device(out, _) => out.flush(),
            Sink::File(out, _) => out.flush(),
        }
    }
}

fn is_input(path: &Path) -> Failure {
    Failure::usage(format!(
        "{} is one of the input files; write to another file",
        shown_path(path)
    ))
}

/// Only `annals build` writes to a snapshot.
pub(super) fn keep_out_of_snapshots(path: &Path) -> Result<(), Failure> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_snapshot = |folder: &&Path| folder.extension().is_some_and(|ending| ending == "annals");
    match absolute.ancestors().skip(1).find(is_snapshot) {
        Some(folder) if folder.join("manifest.json").exists() => Err(Failure::usage(format!(
            "{} is part of a snapshot; write to another file",
            shown_path(path)
        ))),
        _ => Ok(()),
    }
}

pub(super) fn fault(path: &Path, error: &io::Error) -> Failure {
    Failure::io(&shown_path(path), error)
}

/// Of how many rows at once a receipt takes note.
const NOTED_AT_ONCE: usize = 4096;

/// A row of indented JSON stands within an object and a list.
pub(super) const ROW_LEVEL: usize = 2;

/// An answer in all its forms.
pub(super) struct Answer<'a, T> {
    /// The name and version of its format: `annals.said/1`.
    pub(super) schema: &'static str,
    /// The number of rows.
    pub(super) count: usize,
    /// A range of the rows, generated when written: of a million, few are in memory at a time.
    pub(super) rows: Rows<'a, T>,
    /// The same for a host that keeps the answer, if rows need not be made before they are looked at.
    pub(super) kept: Option<&'a dyn Fn() -> Arc<dyn hosted::KeptRows>>,
    /// Notes for the user.
    pub(super) warnings: &'a [String],
    /// The rows as a sheet of plain cells.
    pub(super) sheet: &'a dyn Fn() -> Sheet<'a>,
    /// The rows as a table, for a given width and with or without colour.
    pub(super) table: &'a dyn Fn(usize, bool) -> String,
}

/// Makes a range of rows.
type Rows<'a, T> = &'a (dyn Fn(Range<usize>) -> Vec<T> + Sync);

impl<T: Serialize + Send> Answer<'_, T> {
    /// Writes the answer as the options say.
    pub(super) fn write(
        &self,
        output: &OutputArgs,
        inputs: &[PathBuf],
        global: GlobalArgs,
    ) -> Result<(), Failure> {
        self.write_with(self.rows, output, inputs, global)
    }

    /// The same; indented JSON is written of rows that hold the same and have parts [`pretty_json::Written`], of
    /// which many rows have each.
    pub(super) fn write_with<W: Serialize>(
        &self,
        written: Rows<'_, W>,
        output: &OutputArgs,
        inputs: &[PathBuf],
        global: GlobalArgs,
    ) -> Result<(), Failure> {
        let target = Target::new(output.output.as_deref(), inputs)?;
        let form = form(output)?;
        for first in (0..self.count).step_by(NOTED_AT_ONCE) {
            let range = first..self.count.min(first + NOTED_AT_ONCE);
            run_notes::answered(|| (self.rows)(range));
        }
        let is_stdout = matches!(target, Target::Stdout);
        if is_stdout
            && matches!(form, OutputFormat::Json)
            && let Some(sink) = hosted::row_sink(self.count)
        {
            let handed_over = match self.kept {
                Some(kept) => {
                    sink.keep(kept());
                    Ok(())
                }
                None => self.hand_over(&*sink),
            };
            return handed_over.map_err(|error| Failure::io("columns", &error));
        }
        let styled = is_stdout && colour(global);
        match form {
            OutputFormat::Json if self.count > 0 => {
                return target.write(|out| self.json(written, out));
            }
            OutputFormat::Jsonl => return target.write(|out| self.jsonl(out)),
            _ => {}
        }
        show(&target, form, styled, |out| match form {
            OutputFormat::Table => out.write_all((self.table)(width(), styled).as_bytes()),
            OutputFormat::Json | OutputFormat::Jsonl => {
                write_json(out, self.schema, [(); 0], self.warnings)
            }
            OutputFormat::Csv => (self.sheet)().csv(out, b','),
            OutputFormat::Tsv => (self.sheet)().csv(out, b'\t'),
            OutputFormat::Md => (self.sheet)().markdown(out),
        })
    }
}

impl<T: Serialize + Send> Answer<'_, T> {
    /// The envelope with its rows: what [`write_json`] writes, if there are any. Nothing in it steers a terminal.
    fn json<W: Serialize>(&self, rows: Rows<'_, W>, out: &mut dyn Write) -> io::Result<()> {
        let schema = json_of(&self.schema)?;
        write!(out, "{{\n  \"schema\": {schema},\n  \"data\": [")?;
        self.each(rows, out, ",", |row, text| {
            text.push_str("\n    ");
            pretty_json::append(text, ROW_LEVEL, row)
        })?;
        let warnings = json_of(self.warnings)?.replace('\n', "\n  ");
        let warnings = visible_json(warnings);
        writeln!(out, "\n  ],\n  \"warnings\": {warnings}\n}}")
    }

    /// Each row on a line. Nothing in it steers a terminal.
    fn jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        self.each(self.rows, out, "", |row, text| {
            text.push_str(&visible_json(serde_json::to_string(row)?));
            text.push('\n');
            Ok(())
        })
    }

    /// Gives all rows to the host, on several threads.
    fn hand_over(&self, sink: &dyn hosted::RowSink) -> io::Result<()> {
        let rows = self.rows;
        let each = |range: Range<usize>,
                    take: &mut dyn FnMut(&dyn hosted::Row) -> io::Result<()>| {
            for made in hosted::few_at_once(range) {
                rows(made).iter().try_for_each(|row| take(row))?;
            }
            Ok(())
        };
        hosted::in_pieces(self.count, &each, |first, each| sink.take(first, each), Ok)
    }

    /// Writes all rows, with something between them: made and serialised by several threads if there are many.
    fn each<W: Serialize>(
        &self,
        rows: Rows<'_, W>,
        out: &mut dyn Write,
        between: &str,
        write: impl Fn(&W, &mut String) -> io::Result<()> + Sync,
    ) -> io::Result<()> {
        const AT_ONCE: usize = 1024;
        /// How many rows are made before they are written: few enough to be near when they are.
        const MADE: usize = 64;
        /// How many rows justify another thread.
        const FEW: usize = 64;
        let threads = threads(8).min(self.count / FEW + 1);
        let at_once = self.count.div_ceil(threads).clamp(1, AT_ONCE);
        let spans = (0..self.count).step_by(at_once);
        let count = self.count;
        let pool = BufferPool::default();
        let written = |first: usize| -> io::Result<String> {
            let mut text: String = pool.take(String::new);
            let end = count.min(first + at_once);
            for made in (first..end).step_by(MADE) {
                annals_watch::look();
                for (nth, row) in rows(made..end.min(made + MADE)).iter().enumerate() {
                    if made + nth > 0 {
                        text.push_str(between);
                    }
                    write(row, &mut text)?;
                }
            }
            Ok(text)
        };
        for_each_ordered(spans, threads, written, |text| {
            let mut text = text?;
            out.write_all(text.as_bytes())?;
            text.clear();
            pool.give(text);
            Ok(())
        })
    }
}

/// A value as JSON for people.
fn json_of<T: Serialize + ?Sized>(value: &T) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value)?)
}

/// The requested format, by `--format` or by the file extension.
pub(super) fn form(output: &OutputArgs) -> Result<OutputFormat, Failure> {
    let file = output
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    match (output.format, file) {
        (Some(form), _) => Ok(form),
        (None, None) => Ok(OutputFormat::Table),
        (None, Some(path)) => OutputFormat::of_ending(path).ok_or_else(|| {
            let path = shown_path(path);
            Failure::usage(format!(
                "no format matches the extension of {path}; use .txt .json .jsonl .csv .tsv .md, or give --format"
            ))
        }),
    }
}

/// Writes the envelope of an answer with its rows.
pub(super) fn write_json<T: Serialize>(
    out: &mut dyn Write,
    schema: &'static str,
    data: T,
    warnings: &[String],
) -> io::Result<()> {
    let envelope = Envelope {
        schema,
        data,
        warnings,
    };
    pretty_json::write(out, &envelope)?;
    out.write_all(b"\n")
}

/// Writes rows as JSON, one per line.
pub(super) fn write_jsonl<T: Serialize>(
    out: &mut dyn Write,
    rows: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Plain cells under headings.
pub(super) struct Sheet<'a> {
    /// The headings.
    pub(super) columns: Vec<&'static str>,
    /// The rows, each as long as the headings.
    pub(super) rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

impl Sheet<'_> {
    pub(super) fn csv(self, out: &mut dyn Write, delimiter: u8) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(out);
        writer
            .write_record(&self.columns)
            .map_err(io::Error::from)?;
        for row in self.rows {
            writer.write_record(&row).map_err(io::Error::from)?;
        }
        writer.flush()
    }

    pub(super) fn markdown(self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "| {} |", self.columns.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(self.columns.len()))?;
        for row in self.rows {
            let cells: Vec<String> = row.iter().map(|cell| markdown_cell(cell)).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}

fn markdown_cell(cell: &str) -> String {
    let mut shown = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\n' | '\r' | '\t' => shown.push(' '),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => shown.extend(['\\', c]),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            c => shown.extend(annals_finding::visible(c)),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_markdown_keep_their_row() {
        assert_eq!(markdown_cell("a|b\nc <d>"), "a\\|b c &lt;d&gt;");
    }

    fn write_file(
        path: &Path,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        Target::File(path.to_owned()).write(content)
    }

    #[cfg(unix)]
    #[test]
    fn a_device_stays_a_device() {
        use std::os::unix::fs::FileTypeExt;
        write_file(Path::new("/dev/null"), |out| out.write_all(b"gone")).unwrap();
        let there = std::fs::metadata("/dev/null").unwrap();
        assert!(there.file_type().is_char_device());
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        std::fs::write(&path, "old").unwrap();
        let failed = write_file(&path, |out| {
            out.write_all(b"new")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        write_file(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    }
}
