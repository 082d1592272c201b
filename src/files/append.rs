//! Adding a line to a file that only ever grows.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Adds a line at the end of a file, which is made if it is not there, and flushes it to disk. A last
/// line that an interruption left without its end is ended first, so that it spoils no other.
///
/// # Errors
/// If it is no regular file, or cannot be written to.
pub fn append_line(path: &Path, line: &[u8]) -> io::Result<()> {
    if let Ok(about) = std::fs::metadata(path)
        && !about.is_file()
    {
        let words = "it is not a file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
    }
    let mut file: File = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)?;
    let length = file.metadata()?.len();
    let mut whole = Vec::with_capacity(line.len() + 2);
    if length > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != [b'\n'] {
            whole.push(b'\n');
        }
    }
    whole.extend_from_slice(line);
    whole.push(b'\n');
    file.write_all(&whole)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_torn_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        append_line(&path, b"one").unwrap();
        append_line(&path, b"two").unwrap();
        std::fs::write(&path, "one\ntwo\nthr").unwrap();
        append_line(&path, b"four").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"one\ntwo\nthr\nfour\n");
        assert!(append_line(folder.path(), b"x").is_err());
    }
}
