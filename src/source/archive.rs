//! Opening what may be packed: gzip and zip are unpacked as they are read, within stated bounds, and
//! never to the disk.

use std::io::{self, BufReader, Read, SeekFrom};
use std::path::{Component, Path};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::source::{self, ReadSeek};
use super::{At, Source, SourceError, bytes};

/// How much is read of a source.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of one file that is read as it streams, unpacked.
    pub streamed: u64,
    /// The most bytes of one file that is held as a whole.
    pub held: u64,
    /// The most that a packed byte may unpack to, beyond the first [`Limits::free`] bytes.
    pub ratio: u64,
    /// How many bytes may be unpacked before the ratio counts.
    pub free: u64,
    /// The most files in an archive.
    pub members: usize,
}

impl Default for Limits {
    /// 64 GiB streamed, 1 GiB held, 200 bytes from one after 64 MiB, 10,000 files in an archive.
    fn default() -> Self {
        Limits {
            streamed: 64 << 30,
            held: 1 << 30,
            ratio: 200,
            free: 64 << 20,
            members: 10_000,
        }
    }
}

/// One file to be read: a source itself, or a file within it.
pub struct Input<'s> {
    /// What messages call it.
    pub name: Arc<str>,
    /// The name of the file alone: without the archive, and without `.gz`.
    pub own_name: String,
    /// Its path within an archive; elsewhere its name.
    pub path: String,
    /// Its bytes, unpacked; a bound that is passed comes as an error that is a [`SourceError`].
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

    /// All of its bytes.
    ///
    /// # Errors
    /// When it cannot be read, or is larger than may be held.
    pub fn bytes(mut self) -> Result<Vec<u8>, SourceError> {
        let at = self.at();
        let mut bytes = Vec::new();
        // What a header declares is never believed: the vector grows with what is read.
        (&mut self.reader)
            .take(self.limits.held + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| SourceError::of_io(error, &at))?;
        if bytes.len() as u64 > self.limits.held {
            let most = self.limits.held >> 20;
            let message =
                format!("the file has more than {most} MiB, which is the most that is held");
            return Err(SourceError::limit(at, message));
        }
        Ok(bytes)
    }

    /// All of its text; in the encoding of this label, or in the one that is recognised.
    ///
    /// # Errors
    /// As [`Input::bytes`], and when the bytes are no text.
    pub fn text(self, encoding: Option<&str>) -> Result<bytes::Decoded, SourceError> {
        let at = self.at();
        bytes::decode(&self.bytes()?, &at, encoding)
    }

    /// Its text as it streams, in UTF-8, and the encoding that it had.
    ///
    /// # Errors
    /// When its beginning cannot be read or is no text.
    pub fn stream(self, encoding: Option<&str>) -> Result<bytes::TextReader<'s>, SourceError> {
        let at = self.at();
        bytes::TextReader::new(self.reader, at, encoding)
    }
}

/// Hands on each file of a zip archive, whatever the archive is called, that is wanted by its whole path.
///
/// # Errors
/// As [`each_input`], and when the source is no zip archive.
pub fn each_member(
    source: &Source,
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
    read: &mut dyn FnMut(Input<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    zip_members(source, source.open()?, limits, &wanted, read)
}

/// Opens a source and hands on each file in it that is wanted by its name: of a plain file and of
/// gzip the one, of a zip archive all, in the order of their names. Archives in archives are files.
///
/// # Errors
/// When the source cannot be read, an archive is broken or holds a path that leads out of it, or
/// `read` fails.
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
            return zip_members(source, file, limits, &|path| wanted(base(path)), read);
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
        .note(
            "an archive whose download broke off lacks its list of files, which stands at its end",
        )
    };
    let mut archive = zip::ZipArchive::new(file).map_err(|error| broken(&error))?;
    if archive.len() > limits.members {
        let (count, most) = (archive.len(), limits.members);
        let message = format!("the archive holds {count} files; at most {most} are read");
        return Err(SourceError::limit(source.at(), message));
    }
    let names = archive.file_names().map(|name| Ok(name?.into_owned()));
    let names: zip::result::ZipResult<Vec<String>> = names.collect();
    let mut names = names.map_err(|error| broken(&error))?;
    names.sort();
    for name in &names {
        if leads_out(name) {
            let shown = annals_finding::shown(name);
            let message = format!("the archive holds a path that leads out of it: {shown}");
            return Err(SourceError::reaches_out(source.at(), message)
                .note("nothing is unpacked to the disk, yet whoever made this archive meant harm or erred"));
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

/// Whether a path of an archive leads out of the folder that it would be unpacked to.
fn leads_out(name: &str) -> bool {
    let plain = name.replace('\\', "/");
    let drive = plain.as_bytes().get(1) == Some(&b':');
    let steps = Path::new(&plain).components();
    drive
        || plain.starts_with('/')
        || plain.contains('\0')
        || steps.into_iter().any(|step| step == Component::ParentDir)
}

/// Counts what is read.
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

/// Stops where more comes out than may.
struct Bounded<R> {
    from: R,
    /// How many packed bytes were read, or there are.
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
                "it unpacks to more than {} GiB, the most that is read",
                streamed >> 30
            );
            return Err(SourceError::limit(self.at.clone(), message).into_io());
        }
        let packed = self.packed.load(Ordering::Relaxed);
        if self.unpacked > packed.saturating_mul(ratio).saturating_add(free) {
            let message = format!("it unpacks to more than {ratio} times its size");
            return Err(SourceError::limit(self.at.clone(), message)
                .note(format!(
                    "no file of facts is so even; small files that unpack to very large ones are made to \
                     fill a disk. The ratio counts after {} MiB",
                    free >> 20
                ))
                .help("unpack it yourself if you trust it, and import what comes out")
                .into_io());
        }
        Ok(read)
    }
}
