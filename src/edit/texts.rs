//! A new document with its text: the record, and a plain text beside the facts.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::change::Change;
use crate::edited_file::sum_of;
use crate::pieces::Replacement;
use crate::plan::{Editor, FilePlan, Plan};
use crate::refusal::Refusal;
use crate::scope::{Scope, shown};
use annals_format::slug;
use annals_model::RecordKind;

/// The folder of texts, beside the facts that name them.
const FOLDER: &str = "texts";
/// The most bytes of a text.
const LARGEST: usize = 8 << 20;

impl Editor<'_> {
    /// The plan of a new document whose text is written to `texts/NAME.txt` beside the facts, with its
    /// SHA-256. Line ends become those of Unix; nothing else of the text changes. The name is that of the
    /// record's id.
    ///
    /// # Errors
    /// If the text is empty or too long, or there is no place for the record.
    pub fn plan_text(&self, fields: &Map<String, Value>, text: &str) -> Result<Plan, Refusal> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = format!(
            "{}\n",
            text.trim_end_matches('\n').trim_start_matches('\u{feff}')
        );
        if text.trim().is_empty() {
            return Err(Refusal::Asked("the text is empty".to_owned()));
        }
        if text.len() > LARGEST {
            return Err(Refusal::Asked("the text is longer than 8 MiB".to_owned()));
        }
        let destination = self.destination(RecordKind::Document, fields)?;
        let folder = destination
            .path
            .parent()
            .map(|parent| parent.join(FOLDER))
            .unwrap_or_default();
        let id = fields.get("id").and_then(Value::as_str).unwrap_or("text");
        let (path, name) = free(&folder, id);
        // A folder that is not there yet is made when the text is written; it must be one of the dossier's.
        self.scope
            .writable(if folder.exists() { &path } else { &folder })?;
        let sum = sum_of(text.as_bytes());
        let mut fields = fields.clone();
        fields.insert("text".to_owned(), format!("{FOLDER}/{name}").into());
        fields.insert("sha256".to_owned(), sum.clone().into());
        let add = Change::Add {
            kind: RecordKind::Document,
            fields,
            to: None,
        };
        let mut plan = self.plan(&[add])?;
        plan.files.push(FilePlan {
            file: shown(&path),
            path,
            before: None,
            replacements: vec![Replacement::new(0..0, text.clone())],
            after: text,
            seen: None,
            becomes: sum,
            removes: false,
        });
        plan.files.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(plan)
    }
}

/// A name for the text that no file has.
fn free(folder: &std::path::Path, id: &str) -> (PathBuf, String) {
    let stem = Some(slug(id))
        .filter(|stem| !stem.is_empty())
        .unwrap_or_else(|| "text".to_owned());
    let numbered = (2_u32..).map(|n| format!("{stem}-{n}.txt"));
    let mut names = std::iter::once(format!("{stem}.txt")).chain(numbered);
    let is_free = |name: &String| folder.join(name).symlink_metadata().is_err();
    let name = names.find(is_free).unwrap_or_else(|| format!("{stem}.txt"));
    (folder.join(&name), name)
}

/// Makes the folder of a new file, if that lies in the dossier.
pub(crate) fn made_folder(scope: &Scope, file: &FilePlan) -> Result<(), Refusal> {
    let folder = file
        .path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let Some(folder) = folder.filter(|folder| !folder.exists()) else {
        return Ok(());
    };
    scope.writable(folder)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(Refusal::disk(&file.file, &error))
        }
        _ => Ok(()),
    }
}
