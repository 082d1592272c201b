//! `manifest.json`: the contents of a snapshot, and their checksums.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::{DAMAGED, SnapshotError};
use annals_files::Temporary;
use annals_model::{RecordKind, Vocabulary as _};

/// The name of the file.
pub(super) const NAME: &str = "manifest.json";
/// The name under which it is written, before it takes the place of the old one.
pub(super) const NEW_NAME: &str = "manifest.json.new";
/// The form that this program writes and reads.
pub(super) const FORMAT: &str = "annals.snapshot/3";
/// The form of a part that waits to be joined with others.
pub(super) const PART_FORMAT: &str = "annals.part/3";
/// What stands before the sum, at the end of the file.
const SUM: &str = ",\n  \"sum\": \"";
/// A larger manifest is none.
const LARGEST: u64 = 1 << 30;

/// What a snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// [`FORMAT`], or of a part alone [`PART_FORMAT`].
    pub(super) format: String,
    /// The version of Annals that wrote it.
    pub(super) annals: String,
    /// How many records of each kind there are.
    pub(super) records: BTreeMap<String, usize>,
    /// What `annals check` finds.
    pub(super) findings: FindingCounts,
    /// The `annals.toml` in force.
    pub(super) config: Option<String>,
    /// The fact files.
    pub(super) inputs: Vec<InputEntry>,
    /// What was written at one time each, oldest first.
    pub(super) parts: Vec<PartEntry>,
    /// Of a part alone, the SHA-256 of all that its tables have of what records refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refers: Option<String>,
}

/// What `annals check` finds, and what an answer warns of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FindingCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// How many of each code reading found, whatever the configuration leaves out.
    pub codes: BTreeMap<String, usize>,
    /// What is said of quotes that could not be verified.
    pub unverified: Option<String>,
    /// How many records have been retracted.
    pub retracted: usize,
    /// Whether a document names a text that was not found.
    pub text_missing: bool,
    /// The files that were read in part, by name, and how many of their records could not be read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<String, usize>,
    /// The last day that the facts name as past, in days since 1970-01-01.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<i64>,
}

/// A fact file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InputEntry {
    /// As messages show it.
    pub(super) name: String,
    /// What its records without an id are named after.
    pub(super) short: String,
    pub(super) kind: InputKind,
    pub(super) bytes: u64,
    pub(super) sha256: String,
    /// How many lines a file of JSON Lines has.
    pub(super) lines: u64,
    /// Which of the parts holds it.
    pub(super) part: usize,
    /// In the tables of that part, the first row of it and how many there are.
    pub(super) rows: BTreeMap<String, [usize; 2]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum InputKind {
    Json,
    JsonLines,
    Yaml,
    Table,
    Book,
}

/// What was written at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartEntry {
    /// The letter p, so that no engine takes it for a number, and sixteen hexadecimal digits: the hash of
    /// its content.
    pub(super) name: String,
    /// How many rows of each table of records stand in the parts before it.
    #[serde(skip)]
    pub(super) first_rows: BTreeMap<String, usize>,
    /// How many fact files stand in the parts before it.
    #[serde(skip)]
    pub(super) first_input: usize,
    pub(super) files: Vec<FileEntry>,
    /// The SHA-256 of the sums of all blocks.
    pub(super) blocks: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileEntry {
    /// Without its ending.
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) rows: u64,
    pub(super) sha256: String,
    /// The columns in which nothing stands.
    pub(super) empty: Vec<String>,
}

/// What is read first of a manifest, of whatever form it is.
#[derive(Deserialize)]
struct Head {
    format: String,
    #[serde(default)]
    annals: String,
    #[serde(default)]
    inputs: Vec<Named>,
}

/// A fact file, of whatever form its manifest is.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

/// More fact files are not named.
const FEW: usize = 3;

impl Head {
    /// The fact files, as a command names them.
    fn facts(&self) -> String {
        let names: Vec<&str> = self
            .inputs
            .iter()
            .map(|input| input.name.as_str())
            .collect();
        if !names.is_empty() && names.len() <= FEW && names.iter().all(|name| is_plain(name)) {
            return names.join(" ");
        }
        // Where all lie in one folder, that is most likely what was named.
        let mut folders = names.iter().map(|name| {
            let folders = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.split('/').collect::<Vec<&str>>()
        });
        let first = folders.next().unwrap_or_default();
        let common = folders.fold(first, |common, other| {
            let same = common.iter().zip(&other).take_while(|(a, b)| a == b);
            common[..same.count()].to_vec()
        });
        let folder = common.join("/");
        let is_some = is_plain(&folder) && folder != "/";
        if is_some { folder } else { "FACTS".to_owned() }
    }
}

/// Whether a shell takes a name as it stands.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=".contains(c);
    !name.is_empty() && !name.starts_with('-') && name.chars().all(plain)
}

/// What a folder is to be.
struct Wanted {
    format: &'static str,
    /// What a message calls it, and the command that makes one.
    called: &'static str,
    by: &'static str,
}

const SNAPSHOT: Wanted = Wanted {
    format: FORMAT,
    called: "a snapshot",
    by: "annals build",
};
const PART: Wanted = Wanted {
    format: PART_FORMAT,
    called: "a part of a snapshot",
    by: "annals build --shard",
};

/// What all versions of a format begin with.
fn family(format: &'static str) -> &'static str {
    format.trim_end_matches(|c: char| c.is_ascii_digit())
}

impl Wanted {
    /// What to do with a folder of another format; `None` if it belongs to another program.
    fn instead(&self, folder: &Path, head: &Head) -> Option<String> {
        let (own, output) = (family(self.format), annals_finding::shown_path(folder));
        if let Some(version) = head.format.strip_prefix(own) {
            let read = self.format.trim_start_matches(own);
            return Some(format!(
                "it is {} of format {}, written by Annals {}, but this program reads format {read}: build it anew with `{} {} -o {output}`, or read it with that version",
                self.called,
                annals_finding::shown(version),
                annals_finding::shown(&head.annals),
                self.by,
                head.facts(),
            ));
        }
        if head.format.starts_with(family(PART_FORMAT)) {
            return Some(format!(
                "it is a part of a snapshot, which answers nothing alone: `annals build --join {output} OTHERS -o NAME.annals` makes a snapshot of all parts"
            ));
        }
        head.format.starts_with(family(FORMAT)).then(|| {
            format!(
                "it is a snapshot, not a part of one: `annals build FACTS -o {output} --add` adds facts to it, and `annals build --shard FACTS -o NAME.part` makes a part"
            )
        })
    }
}

impl Manifest {
    /// The text of the file: JSON, of which the last value is the SHA-256 of all before it.
    pub(super) fn text(&self) -> String {
        // A manifest is words, numbers and maps with words for keys: all can be written.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        let body = json.strip_suffix("\n}").unwrap_or(&json);
        format!("{body}{SUM}{}\"\n}}\n", sum_of(body.as_bytes()))
    }

    /// Reads the manifest of a snapshot.
    pub(super) fn read(folder: &Path) -> Result<Self, SnapshotError> {
        Self::read_as(folder, &SNAPSHOT)
    }

    /// Reads the manifest of a part that waits to be joined with others.
    pub(super) fn read_part(folder: &Path) -> Result<Self, SnapshotError> {
        Self::read_as(folder, &PART)
    }

    fn read_as(folder: &Path, wanted: &Wanted) -> Result<Self, SnapshotError> {
        let path = folder.join(NAME);
        let wrong = |reason: &str| SnapshotError::new(folder, reason);
        let not_one = |why: &str| wrong(&format!("it is not {}: {why}", wanted.called));
        let about = fs::symlink_metadata(&path);
        if !about.is_ok_and(|about| about.is_file() && about.len() <= LARGEST) {
            return Err(if folder.is_dir() {
                not_one(&format!(
                    "it has no manifest.json; `{}` makes one",
                    wanted.by
                ))
            } else {
                wrong("there is no such folder")
            });
        }
        let text = annals_files::read(&path, LARGEST);
        let text = text.map_err(|error| SnapshotError::io(&path, &error))?;
        let damaged = || SnapshotError::new(&path, DAMAGED);
        let text = String::from_utf8(text).map_err(|_| damaged())?;
        let others = || not_one("its manifest.json belongs to another program");
        let head: Head = match serde_json::from_str(&text) {
            Ok(head) => head,
            Err(_)
                if [FORMAT, PART_FORMAT]
                    .map(family)
                    .iter()
                    .any(|of| text.contains(of)) =>
            {
                return Err(damaged());
            }
            Err(_) => return Err(others()),
        };
        if head.format != wanted.format {
            return Err(match wanted.instead(folder, &head) {
                Some(reason) => wrong(&reason),
                None => others(),
            });
        }
        let (body, rest) = text.rsplit_once(SUM).ok_or_else(damaged)?;
        if rest != format!("{}\"\n}}\n", sum_of(body.as_bytes())) {
            return Err(damaged());
        }
        let mut manifest: Manifest = serde_json::from_str(&text).map_err(|_| damaged())?;
        manifest.count();
        manifest.is_sound().then_some(manifest).ok_or_else(damaged)
    }

    /// Counts what stands in the parts before each.
    pub(super) fn count(&mut self) {
        let mut rows: BTreeMap<String, usize> = BTreeMap::new();
        let mut inputs = 0;
        for (nth, part) in self.parts.iter_mut().enumerate() {
            part.first_rows = rows.clone();
            part.first_input = inputs;
            for kind in RecordKind::ALL {
                let of_kind = part.files.iter().find(|file| file.name == kind.plural());
                let more =
                    of_kind.map_or(0, |file| usize::try_from(file.rows).unwrap_or(usize::MAX));
                let all = rows.entry(kind.plural().to_owned()).or_default();
                *all = all.saturating_add(more);
            }
            inputs += self.inputs.iter().filter(|input| input.part == nth).count();
        }
    }

    /// Whether all references in its tables are those that the facts write.
    pub(super) fn is_as_written(&self) -> bool {
        let by_line = |input: &InputEntry| input.kind == InputKind::JsonLines;
        let tables = self.parts.iter().flat_map(|part| &part.files);
        let kinds = |file: &&FileEntry| {
            RecordKind::ALL
                .iter()
                .any(|kind| kind.plural() == file.name)
        };
        let mut tables = tables.filter(kinds);
        self.inputs.iter().all(by_line)
            && tables.all(|table| table.empty.iter().any(|column| column == "raw"))
    }

    /// Whether it names nothing but its own: no path of it leads out of the folder.
    fn is_sound(&self) -> bool {
        let hex = |text: &str, len| {
            text.len() == len
                && text
                    .bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        let word = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        };
        let parts = self.parts.iter().all(|part| {
            part.name
                .strip_prefix('p')
                .is_some_and(|digits| hex(digits, 16))
                && hex(&part.blocks, 64)
                && part
                    .files
                    .iter()
                    .all(|file| word(&file.name) && hex(&file.sha256, 64) && file.bytes < 1 << 40)
        });
        parts
            && self.inputs.is_sorted_by_key(|input| input.part)
            && self
                .inputs
                .iter()
                .all(|input| input.part < self.parts.len())
    }

    /// Writes it into a folder, in the place of the one that is there: at no moment there is none.
    /// With it, what it names is complete.
    pub(super) fn write(
        &self,
        folder: &Path,
        complete: impl FnOnce(),
    ) -> Result<(), SnapshotError> {
        let (new, place) = (folder.join(NEW_NAME), folder.join(NAME));
        let written = Temporary::new(&new, |new| {
            // Of a build that was interrupted; not followed if it is a link.
            if fs::symlink_metadata(new).is_ok() {
                fs::remove_file(new)?;
            }
            let mut file = fs::File::create_new(new)?;
            file.write_all(self.text().as_bytes())?;
            file.sync_all()
        });
        let written = written.map_err(|error| SnapshotError::io(&new, &error))?;
        let put = annals_files::uninterrupted(|| {
            fs::rename(&new, &place)?;
            written.keep();
            complete();
            Ok(())
        });
        put.map_err(|error| SnapshotError::io(&place, &error))
    }
}

/// Whether a folder holds a manifest of a snapshot, or of a part of one, by its first words.
pub(super) fn is_in(folder: &Path) -> bool {
    let mut head = [0; 64];
    let read = annals_files::open(&folder.join(NAME)).and_then(|mut file| file.read(&mut head));
    read.is_ok_and(|read| {
        let head = String::from_utf8_lossy(&head[..read]);
        let mut formats = [FORMAT, PART_FORMAT].map(family).into_iter();
        formats.any(|of| head.contains(&format!("\"{of}")))
    })
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub(super) fn sum_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
