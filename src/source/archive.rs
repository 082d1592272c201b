//! Opens sources that may be compressed: gzip and zip are decompressed while they are read, within
//! fixed limits, and never to disk.

use std::io::{self, BufReader, Read, SeekFrom};
use std::path::{Component, Path};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::source::{self, ReadSeek};
use super::{At, Source, SourceError, bytes};

/// Limits on what is read from a source.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of a file that is streamed, decompressed.
    pub streamed: u64,
    /// The most bytes of a file that is read into memory.
    pub held: u64,
    /// The highest compression ratio allowed, beyond the first [`Limits::free`] bytes.
    pub ratio: u64,
    /// How many bytes may be decompressed before the ratio counts.
    pub free: u64,
    /// The most files in an archive.
    pub members: usize,
}

impl Default for Limits {
    /// 64 GiB streamed, 1 GiB in memory, a ratio of 200 after 16 MiB, 10,000 files in an archive.
    fn default() -> Self {
        Limits {
            streamed: 64 << 30,
            held: 1 << 30,
            ratio: 200,
            free: 16 << 20,
            members: 10_000,
        }
    }
}

/// A file to read: a source itself, or a file within it.
pub struct Input<'s> {
    /// Its name in messages.
    pub name: Arc<str>,
    /// The file's own name: without the archive, and without `.gz`.
    pub own_name: String,
    /// Its path within an archive; elsewhere its name.
    pub path: String,
    /// Its decompressed bytes; exceeding a limit causes an I/O error that wraps a [`SourceError`].
    pub reader: Box<dyn Read + 's>,
    limits: Limits,
}

impl<'s> Input<'s> {
    /// The file as a whole.
    pub fn at(&self) -> At {
        At::file(&self.name)
    }

    /// The ending of its name in lower case, without the dot.
    pub fn ending(&self) -> String {
        source::ending(&self.own_name)
    }

    /// Reads all of its bytes.
    ///
    /// # Errors
    /// If it cannot be read, or is larger than may be read into memory.
    pub fn bytes(mut self) -> Result<Vec<u8>, SourceError> {
        let at = self.at();
        let mut bytes = Vec::new();
        // A declared size is never trusted: the vector grows with what is read.
        (&mut self.reader)
            .take(self.limits.held + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| SourceError::of_io(error, &at))?;
        if bytes.len() as u64 > self.limits.held {
            let most = self.limits.held >> 20;
            let message = format!("the file is larger than {most} MiB, which is the limit");
            return Err(SourceError::limit(at, message));
        }
        Ok(bytes)
    }

    /// Reads all of its text, in the encoding with this label, or else in the detected one.
    ///
    /// # Errors
    /// As for [`Input::bytes`], and if the bytes are not valid text.
    pub fn text(self, encoding: Option<&str>) -> Result<bytes::Decoded, SourceError> {
        let at = self.at();
        bytes::decode(&self.bytes()?, &at, encoding)
    }

    /// Streams its text in UTF-8; also returns the original encoding.
    ///
    /// # Errors
    /// If its beginning cannot be read or is not valid text.
    pub fn stream(self, encoding: Option<&str>) -> Result<bytes::TextReader<'s>, SourceError> {
        let at = self.at();
        bytes::TextReader::new(self.reader, at, encoding)
    }
}

/// Passes on each file of a zip archive, whatever the archive's name, whose full path is wanted.
///
/// # Errors
/// As for [`each_input`], and if the source is not a zip archive.
pub fn each_member(
    source: &Source,
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
    read: &mut dyn FnMut(Input<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    zip_members(source, source.open()?, limits, &wanted, read)
}

/// Opens a source and passes on each file in it whose name is wanted: the only one of a plain file
/// or of gzip; for a zip archive all, sorted by name. Archives within archives are treated as
/// files.
///
/// # Errors
/// If the source cannot be read, an archive is damaged, contains a path that leads out of it or has
/// no file that is wanted, or `read` fails.
pub fn each_input(
    source: &Source,
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
    read: &mut dyn FnMut(Input<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let at = source.at();
    let fault = |error| SourceError::of_io(error, &at);
    let mut file = source.open()?;
    let mut magic = Vec::new();
    (&mut file).take(4).read_to_end(&mut magic).map_err(fault)?;
    file.seek(SeekFrom::Start(0)).map_err(fault)?;
    if magic.starts_with(b"PK\x03\x04") || magic.starts_with(b"PK\x05\x06") {
        // Sheets are archives too, and are wanted as they are.
        if !wanted(base(&source.name)) || source.ending() == "zip" {
            let mut any = false;
            let wanted = |path: &str| wanted(base(path));
            zip_members(source, file, limits, &wanted, &mut |input| {
                any = true;
                read(input)
            })?;
            return if any {
                Ok(())
            } else {
                Err(nothing_in(source, limits))
            };
        }
    }
    let own = base(&source.name);
    let (own_name, reader): (&str, Box<dyn Read>) = if magic.starts_with(&[0x1F, 0x8B]) {
        let packed = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            from: file,
            count: Arc::clone(&packed),
        };
        let unpacked = flate2::read::MultiGzDecoder::new(BufReader::new(counted));
        let reader = Bounded::new(unpacked, packed, *limits, at.clone());
        (own.strip_suffix(".gz").unwrap_or(own), Box::new(reader))
    } else {
        let known = Arc::new(AtomicU64::new(u64::MAX));
        (
            own,
            Box::new(Bounded::new(file, known, *limits, at.clone())),
        )
    };
    read(Input {
        name: Arc::clone(&source.name),
        own_name: own_name.to_owned(),
        path: own_name.to_owned(),
        reader,
        limits: *limits,
    })
}

/// That an archive has no file of those that are wanted: its files are named, as far as they are few.
fn nothing_in(source: &Source, limits: &Limits) -> SourceError {
    const SHOWN: usize = 5;
    let mut names: Vec<String> = Vec::new();
    let mut count = 0;
    let held = each_member(source, limits, |_| true, &mut |input| {
        count += 1;
        if names.len() < SHOWN {
            names.push(annals_finding::shown(&input.path));
        }
        Ok(())
    });
    if let Err(refusal) = held {
        return refusal;
    }
    if count == 0 {
        return SourceError::syntax(source.at(), "the archive is empty");
    }
    let more = match count - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    SourceError::syntax(source.at(), "the archive has no file of this format")
        .note(format!("it has {}{more}", names.join(", ")))
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn zip_members(
    source: &Source,
    file: Box<dyn ReadSeek>,
    limits: &Limits,
    wanted: &impl Fn(&str) -> bool,
    read: &mut dyn FnMut(Input<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let broken = |error: &zip::result::ZipError| {
        SourceError::syntax(
            source.at(),
            format!("the zip archive cannot be read: {error}"),
        )
        .note("an incompletely downloaded archive lacks its list of files, which is at its end")
    };
    let mut archive = zip::ZipArchive::new(file).map_err(|error| broken(&error))?;
    if archive.len() > limits.members {
        let (count, most) = (archive.len(), limits.members);
        let message = format!("the archive contains {count} files; at most {most} are read");
        return Err(SourceError::limit(source.at(), message));
    }
    let names = archive.file_names().map(|name| Ok(name?.into_owned()));
    let names: zip::result::ZipResult<Vec<String>> = names.collect();
    let mut names = names.map_err(|error| broken(&error))?;
    names.sort();
    for name in &names {
        if leads_out(name) {
            let shown = annals_finding::shown(name);
            let message = format!("the archive contains a path that leads out of it: {shown}");
            return Err(SourceError::reaches_out(source.at(), message)
                .note("nothing is unpacked to disk, but this archive is malicious or broken"));
        }
    }
    for name in names.iter().filter(|name| !name.ends_with('/')) {
        if !wanted(name) {
            continue;
        }
        let member: Arc<str> = format!("{}: {name}", source.name).into();
        let at = At::file(&member);
        let file = archive.by_name(name).map_err(|error| {
            let words = error.to_string();
            SourceError::syntax(at.clone(), format!("it cannot be unpacked: {words}"))
        })?;
        let packed = Arc::new(AtomicU64::new(file.compressed_size()));
        read(Input {
            name: member,
            own_name: base(name).to_owned(),
            path: name.clone(),
            reader: Box::new(Bounded::new(file, packed, *limits, at)),
            limits: *limits,
        })?;
    }
    Ok(())
}

/// Whether a path in an archive leads out of the target folder.
fn leads_out(name: &str) -> bool {
    let plain = name.replace('\\', "/");
    let drive = plain.as_bytes().get(1) == Some(&b':');
    let steps = Path::new(&plain).components();
    drive
        || plain.starts_with('/')
        || plain.contains('\0')
        || steps.into_iter().any(|step| step == Component::ParentDir)
}

/// Counts the bytes read.
struct Counted<R> {
    from: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Fails if more bytes are decompressed than allowed.
struct Bounded<R> {
    from: R,
    /// The number of compressed bytes read, or in total.
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
    at: At,
}

impl<R: Read> Bounded<R> {
    fn new(from: R, packed: Arc<AtomicU64>, limits: Limits, at: At) -> Self {
        Bounded {
            from,
            packed,
            unpacked: 0,
            limits,
            at,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.unpacked += read as u64;
        let Limits {
            streamed,
            ratio,
            free,
            ..
        } = self.limits;
        if self.unpacked > streamed {
            let message = format!(
                "it unpacks to more than {} GiB, which is the limit",
                streamed >> 30
            );
            return Err(SourceError::limit(self.at.clone(), message).into_io());
        }
        let packed = self.packed.load(Ordering::Relaxed);
        if self.unpacked > packed.saturating_mul(ratio).saturating_add(free) {
            let message = format!("it unpacks to more than {ratio} times its size");
            return Err(SourceError::limit(self.at.clone(), message)
                .note(format!(
                    "no file of facts compresses this well; files like this are made to fill a disk. The ratio applies after {} MiB",
                    free >> 20
                ))
                .help("if you trust it, unpack it yourself and import the result")
                .into_io());
        }
        Ok(read)
    }
}
