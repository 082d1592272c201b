//! Writing an answer: to standard output, or whole to a file.

use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};

use super::args::{Colour, GlobalArgs, OutputArgs, OutputFormat};
use super::{Exit, Failure};
use annals_ordered_parallel::{for_each_ordered, threads};
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
    let width = if io::stdout().is_terminal() {
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
        Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty()),
    }
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
            if same {
                return Err(Failure::usage(format!(
                    "{} is one of the input files; write to another file",
                    path.display()
                )));
            }
            if real.is_dir() {
                return Err(Failure::usage(format!("{} is a folder", path.display())));
            }
        }
        Ok(Target::File(path.to_owned()))
    }

    /// Writes the answer: all of it, or nothing.
    pub(super) fn write(
        &self,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        match self {
            Target::Stdout => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                match content(&mut out).and_then(|()| out.flush()) {
                    // The reader has seen enough.
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                        Err(Failure::quiet(Exit::Done))
                    }
                    Err(error) => Err(Failure::io("standard output", &error)),
                    Ok(()) => Ok(()),
                }
            }
            Target::File(path) => write_file(path, content),
        }
    }
}

fn write_file(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    // A device or pipe (/dev/null, /dev/stderr) is written to directly; renaming would replace it.
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let open = std::fs::OpenOptions::new().write(true).open(path);
        let mut out = io::BufWriter::new(open.map_err(|error| fault(path, &error))?);
        let written = content(&mut out).and_then(|()| out.flush());
        return written.map_err(|error| fault(path, &error));
    }
    let file = whole(path, content)?;
    file.persist(path)
        .map_err(|error| fault(path, &error.error))?;
    Ok(())
}

pub(super) fn fault(path: &Path, error: &io::Error) -> Failure {
    Failure::io(&path.display().to_string(), error)
}

/// A file with its complete content, under a temporary name beside its final one.
pub(super) fn whole(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<tempfile::NamedTempFile, Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix(".annals-").suffix(".tmp");
    #[cfg(unix)]
    let builder = {
        // Created with the usual mode, which the user's umask restricts.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666))
    };
    let file = builder
        .tempfile_in(folder)
        .map_err(|error| fault(path, &error))?;
    let mut out = io::BufWriter::new(file);
    content(&mut out)
        .and_then(|()| out.flush())
        .map_err(|error| fault(path, &error))?;
    let file = out
        .into_inner()
        .map_err(|error| fault(path, error.error()))?;
    file.as_file()
        .sync_all()
        .map_err(|error| fault(path, &error))?;
    Ok(file)
}

/// An answer in all its forms.
pub(super) struct Answer<'a, T> {
    /// The name and version of its format: `annals.said/1`.
    pub(super) schema: &'static str,
    /// The number of rows.
    pub(super) count: usize,
    /// A range of the rows, generated when written: of a million, few are in memory at a time.
    pub(super) rows: &'a (dyn Fn(Range<usize>) -> Vec<T> + Sync),
    /// Notes for the user.
    pub(super) warnings: &'a [String],
    /// The rows as a sheet of plain cells.
    pub(super) sheet: &'a dyn Fn() -> Sheet<'a>,
    /// The rows as a table, for a given width and with or without colour.
    pub(super) table: &'a dyn Fn(usize, bool) -> String,
}

impl<T: Serialize + Send> Answer<'_, T> {
    /// Writes the answer as the options say.
    pub(super) fn write(
        &self,
        output: &OutputArgs,
        inputs: &[PathBuf],
        global: GlobalArgs,
    ) -> Result<(), Failure> {
        let target = Target::new(output.output.as_deref(), inputs)?;
        let form = form(output)?;
        let styled = matches!(target, Target::Stdout) && colour(global);
        target.write(|out| match form {
            OutputFormat::Table => out.write_all((self.table)(width(), styled).as_bytes()),
            OutputFormat::Json => write_json(out, self.schema, self, self.warnings),
            OutputFormat::Jsonl => self.lines(out),
            OutputFormat::Csv => (self.sheet)().csv(out, b','),
            OutputFormat::Tsv => (self.sheet)().csv(out, b'\t'),
            OutputFormat::Md => (self.sheet)().markdown(out),
        })
    }
}

impl<T: Serialize + Send> Answer<'_, T> {
    /// The rows as JSON, one per line: serialised by several threads if there are many.
    fn lines(&self, out: &mut dyn Write) -> io::Result<()> {
        const AT_ONCE: usize = 4096;
        /// How many rows justify another thread.
        const FEW: usize = 64;
        let threads = threads(8).min(self.count / FEW + 1);
        let at_once = self.count.div_ceil(threads).clamp(1, AT_ONCE);
        let spans = (0..self.count).step_by(at_once);
        let (count, rows) = (self.count, self.rows);
        let written = |first: usize| -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            for row in rows(first..count.min(first + at_once)) {
                serde_json::to_writer(&mut bytes, &row)?;
                bytes.push(b'\n');
            }
            Ok(bytes)
        };
        for_each_ordered(spans, threads, written, |bytes| out.write_all(&bytes?))
    }
}

/// The rows as one list.
impl<T: Serialize> Serialize for &Answer<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Few enough for memory, enough to justify a thread.
        const AT_ONCE: usize = 1024;
        let spans = (0..self.count).step_by(AT_ONCE);
        let rows = spans.flat_map(|first| (self.rows)(first..self.count.min(first + AT_ONCE)));
        serializer.collect_seq(rows)
    }
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
            let path = path.display();
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
    serde_json::to_writer_pretty(&mut *out, &envelope).map_err(io::Error::from)?;
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
