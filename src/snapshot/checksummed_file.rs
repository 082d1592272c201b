//! Files whose blocks are verified against their checksums as they are read.
//!
//! A checksum of the whole file would require reading all of it, while a question reads a few
//! pages. So each 4 KiB have a checksum of their own (XXH3, 64 bits), and the list of these has
//! one, which the manifest names. XXH3 does not protect against forgery, and need not: whoever can
//! write the file can write the manifest as well.

use std::fs::File;
#[cfg(not(unix))]
use std::io::Read as _;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};
use sha2::{Digest, Sha256};
use twox_hash::XxHash3_64;

use super::error::{DAMAGED, SnapshotError};
use super::manifest::hex;

/// How many bytes have a sum of their own.
pub(super) const BLOCK: usize = 4096;

/// The sum of a block.
fn sum(block: &[u8]) -> u64 {
    XxHash3_64::oneshot(block)
}

/// A file that is being written, with its sums.
pub(super) struct Summed {
    out: io::BufWriter<File>,
    whole: Sha256,
    /// The beginning of a block that is not full yet.
    block: Vec<u8>,
    sums: Vec<u64>,
    bytes: u64,
}

/// What a file came to.
pub(super) struct Sums {
    pub(super) sha256: String,
    pub(super) blocks: Vec<u64>,
    pub(super) bytes: u64,
}

impl Summed {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Summed {
            out: io::BufWriter::with_capacity(1 << 18, File::create_new(path)?),
            whole: Sha256::new(),
            block: Vec::with_capacity(BLOCK),
            sums: Vec::new(),
            bytes: 0,
        })
    }

    /// Ends the file: it is on the disk when this returns.
    pub(super) fn finish(mut self) -> io::Result<Sums> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        if !self.block.is_empty() {
            self.sums.push(sum(&self.block));
        }
        Ok(Sums {
            sha256: hex(&self.whole.finalize()),
            blocks: self.sums,
            bytes: self.bytes,
        })
    }
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes)?;
        self.whole.update(bytes);
        self.bytes += bytes.len() as u64;
        let mut rest = bytes;
        while !rest.is_empty() {
            let taken = (BLOCK - self.block.len()).min(rest.len());
            self.block.extend_from_slice(&rest[..taken]);
            rest = &rest[taken..];
            if self.block.len() == BLOCK {
                self.sums.push(sum(&self.block));
                self.block.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A file that is read in verified blocks.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    file: Place,
    bytes: u64,
    sums: Vec<u64>,
}

impl Checked {
    /// Opens a file that must have so many bytes, and blocks of these sums.
    pub(super) fn open(path: &Path, bytes: u64, sums: Vec<u64>) -> Result<Self, SnapshotError> {
        let fault = |error: io::Error| SnapshotError::io(path, &error);
        let about = std::fs::symlink_metadata(path).map_err(fault)?;
        let blocks = usize::try_from(bytes.div_ceil(BLOCK as u64)).unwrap_or(usize::MAX);
        if !about.is_file() || about.len() != bytes || blocks != sums.len() {
            return Err(SnapshotError::damaged(path));
        }
        let file = annals_files::open(path).map_err(fault)?;
        let inner = Inner {
            path: path.to_owned(),
            file: Place::from(file),
            bytes,
            sums,
        };
        Ok(Checked {
            inner: Arc::new(inner),
        })
    }

    /// Some bytes of it, verified.
    fn read(&self, start: u64, len: usize) -> io::Result<Bytes> {
        let inner = &*self.inner;
        let damaged = || {
            let path = annals_finding::shown_path(&inner.path);
            io::Error::other(format!("{path}: {DAMAGED}"))
        };
        let end = start
            .checked_add(len as u64)
            .filter(|end| *end <= inner.bytes);
        let end = end.ok_or_else(damaged)?;
        if len == 0 {
            return Ok(Bytes::new());
        }
        let first = start / BLOCK as u64;
        let from = first * BLOCK as u64;
        let to = (end.div_ceil(BLOCK as u64) * BLOCK as u64).min(inner.bytes);
        // Within the length of a file that is there.
        let mut read = vec![0; (to - from) as usize];
        read_at(&inner.file, &mut read, from).map_err(|_| damaged())?;
        for (nth, block) in read.chunks(BLOCK).enumerate() {
            if inner.sums.get(first as usize + nth) != Some(&sum(block)) {
                return Err(damaged());
            }
        }
        let skipped = (start - from) as usize;
        Ok(Bytes::from(read).slice(skipped..skipped + len))
    }
}

/// A file of which several threads read.
#[cfg(unix)]
type Place = File;
#[cfg(not(unix))]
type Place = std::sync::Mutex<File>;

#[cfg(unix)]
fn read_at(file: &Place, bytes: &mut [u8], from: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, from)
}

#[cfg(not(unix))]
fn read_at(file: &Place, bytes: &mut [u8], from: u64) -> io::Result<()> {
    let mut file = (file.lock()).unwrap_or_else(std::sync::PoisonError::into_inner);
    io::Seek::seek(&mut *file, io::SeekFrom::Start(from))?;
    file.read_exact(bytes)
}

impl Length for Checked {
    fn len(&self) -> u64 {
        self.inner.bytes
    }
}

impl ChunkReader for Checked {
    type T = Cursor<Bytes>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        // Whoever asks reads the head of a page, which is small.
        const HEAD: u64 = 1 << 12;
        let rest = self.inner.bytes.saturating_sub(start).min(HEAD);
        Ok(Cursor::new(self.get_bytes(start, rest as usize)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let read = self.read(start, length);
        read.map_err(|error| ParquetError::External(Box::new(error)))
    }
}

/// A whole file, verified, in memory: what is read through is read at once.
pub(super) fn whole(checked: &Checked) -> ParquetResult<Bytes> {
    // The length of a file that is there.
    checked.get_bytes(0, checked.inner.bytes as usize)
}

/// The SHA-256 of all that is written into it.
#[derive(Default)]
pub(super) struct Sum(Sha256);

impl Sum {
    pub(super) fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
