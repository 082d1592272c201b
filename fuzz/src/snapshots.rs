//! Snapshots: the bytes stand in the place of one of the files of a sound one, or overwrite a part of
//! it. It is refused in words, or read as what it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use annals::load::{Request, load};
use annals::query::overview::OverviewRow;
use annals::snapshot::{Counted, FindingCounts, Place, Snapshot, build};

use super::{read, survey};

const FACTS: &[u8] = include_bytes!("../../tests/fixtures/harbour.jsonl");

/// A sound snapshot of a few facts, written once.
fn sound() -> &'static Path {
    static KEPT: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = KEPT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let loaded = read("harbour.jsonl", FACTS);
        let counts = || Counted {
            counts: FindingCounts::default(),
            narrowed: Vec::new(),
            overview: OverviewRow::default(),
        };
        let place = Place::open(&folder.path().join("facts.annals"));
        build(
            place.expect("a folder can be written to"),
            &loaded,
            None,
            counts,
            None,
            false,
        )
        .expect("a snapshot can be built");
        folder
    });
    folder.path()
}

/// The files of a snapshot by their names: what is fuzzed depends on the bytes alone.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("the folder is there").path();
            if path.is_dir() {
                left.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The bytes in the place of the manifest.
pub fn manifest(data: &[u8]) {
    changed(|path, whole| {
        if path.extension().is_some_and(|ending| ending == "json") {
            data.clone_into(whole);
        }
    });
}

/// The bytes over a part of a table: which file, from where (four bytes each), and what.
pub fn table(data: &[u8]) {
    let Some((head, with)) = data.split_at_checked(8) else {
        return;
    };
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let all = files(sound());
    let chosen = number(&head[..4]) % all.len();
    let chosen = all[chosen].file_name().expect("a file has a name");
    changed(|path, whole| {
        if path.file_name() == Some(chosen) && !whole.is_empty() {
            let start = number(&head[4..]) % whole.len();
            let end = whole.len().min(start + with.len());
            whole[start..end].copy_from_slice(&with[..end - start]);
        }
    });
}

/// Copies the sound snapshot, changes its files and reads it.
fn changed(change: impl Fn(&Path, &mut Vec<u8>)) {
    let home = tempfile::tempdir().expect("a folder can be made");
    for path in files(sound()) {
        let inside = path.strip_prefix(sound()).expect("it lies in the folder");
        let to = home.path().join(inside);
        fs::create_dir_all(to.parent().expect("it lies in a folder"))
            .expect("a folder can be made");
        let mut whole = fs::read(&path).expect("the file is there");
        change(inside, &mut whole);
        fs::write(to, whole).expect("a file can be written");
    }
    let snapshot = match Snapshot::open(&home.path().join("facts.annals")) {
        Ok(snapshot) => snapshot,
        Err(error) => {
            assert!(!error.to_string().is_empty(), "refused in silence");
            return;
        }
    };
    let verified = snapshot.verify();
    let loaded = load(&Request {
        facts: snapshot.sources(),
        texts: Vec::new(),
    });
    survey(&loaded);
    if verified.is_ok() && !loaded.stopped {
        let records = read("harbour.jsonl", FACTS).facts.len();
        assert_eq!(
            loaded.facts.len(),
            records,
            "a changed snapshot answers otherwise"
        );
    }
}
