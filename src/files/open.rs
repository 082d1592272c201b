//! Opening files: regular ones, within a limit.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use crate::seen;

/// The most bytes of a file that is read into memory as a whole.
pub const HELD: u64 = 1 << 30;

/// Opens a file for reading: a regular one, or a link to one.
///
/// # Errors
/// If it cannot be opened, or is a folder, a pipe, a device or a socket.
pub fn open(path: &Path) -> io::Result<File> {
    let file = open_unnoted(path)?;
    seen::note(path, &file.metadata()?);
    Ok(file)
}

fn open_unnoted(path: &Path) -> io::Result<File> {
    // Looked at before it is opened: opening a pipe waits until somebody writes to it.
    regular(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// Reads a file as a whole.
///
/// # Errors
/// As for [`open`], and if it has more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    held(open(path)?, most)
}

/// Reads a text that an earlier run has written, to decide whether it may be replaced. It does not
/// count as read.
///
/// # Errors
/// As for [`read_text`].
pub fn read_own_text(path: &Path, most: u64) -> io::Result<String> {
    text(held(open_unnoted(path)?, most)?)
}

fn held(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    if length > most {
        return Err(too_large(most));
    }
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX))?;
    // A file can grow while it is read, and some have no length.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

/// Reads a text in UTF-8 as a whole.
///
/// # Errors
/// As for [`read`], and if it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    text(read(path, most)?)
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| {
        let words = "it is not text in UTF-8";
        io::Error::new(io::ErrorKind::InvalidData, words)
    })
}

/// Whether something is a regular file, or a link to one.
pub fn is_regular(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file())
}

fn regular(about: &Metadata) -> io::Result<()> {
    if about.is_file() {
        return Ok(());
    }
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let words = format!("it is {}, not a file", sort_of(about));
    Err(io::Error::new(io::ErrorKind::InvalidInput, words))
}

#[cfg(unix)]
fn sort_of(about: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    let sort = about.file_type();
    if sort.is_fifo() {
        "a pipe"
    } else if sort.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn sort_of(_: &Metadata) -> &'static str {
    "a device"
}

fn too_large(most: u64) -> io::Error {
    let most = match most {
        most if most >= 1 << 30 => format!("{} GiB", most >> 30),
        most if most >= 1 << 20 => format!("{} MiB", most >> 20),
        most => format!("{most} bytes"),
    };
    let words = format!("it is larger than {most}, which is the limit");
    io::Error::new(io::ErrorKind::FileTooLarge, words)
}

/// What the system says, without its error number.
pub fn words_of(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let words = error.to_string();
            let plain = words.split(" (os error").next();
            plain.unwrap_or(&words).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(path: &Path) -> String {
        words_of(&read(path, 10).unwrap_err())
    }

    #[test]
    fn only_regular_files_within_the_limit_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "0123456789").unwrap();
        assert_eq!(read(&path, 10).unwrap(), b"0123456789");
        fs::write(&path, "0123456789a").unwrap();
        assert_eq!(
            words(&path),
            "it is larger than 10 bytes, which is the limit"
        );
        assert_eq!(words(folder.path()), "it is a folder");
        assert_eq!(words(&folder.path().join("none")), "no such file");
        fs::write(&path, b"\xFF").unwrap();
        assert!(read_text(&path, 10).is_err());
    }

    #[test]
    fn a_sparse_file_is_refused_before_it_is_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(1 << 40).unwrap();
        let error = read(file.path(), HELD).unwrap_err();
        assert_eq!(
            words_of(&error),
            "it is larger than 1 GiB, which is the limit"
        );
    }

    #[cfg(unix)]
    #[test]
    fn devices_pipes_and_sockets_are_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("zero.yaml");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        assert_eq!(words(&link), "it is a device, not a file");
        let socket = folder.path().join("socket.yaml");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(words(&socket), "it is a socket, not a file");
        let pipe = folder.path().join("pipe.yaml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|made| made.success()) {
            assert_eq!(words(&pipe), "it is a pipe, not a file");
        }
        let circle = folder.path().join("circle");
        std::os::unix::fs::symlink("circle", &circle).unwrap();
        assert!(open(&circle).is_err());
    }
}
