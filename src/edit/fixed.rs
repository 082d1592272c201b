//! Spelling that a finding mends, as a plan: written, noted and undone as any other.

use std::path::Path;

use crate::edited_file::sum_of;
use crate::pieces::Replacement;
use crate::plan::{FilePlan, Plan};
use crate::refusal::Refusal;
use crate::scope::{Scope, shown};
use annals_load::written_records;

impl Plan {
    /// What it takes to write files whose spelling is mended: the path of each, its text before and after.
    /// `what` says what is done, for the journal.
    ///
    /// # Errors
    /// If a file may not be written, or could not be read any more.
    pub fn of_fixed(
        scope: &Scope,
        files: &[(&Path, &str, &str)],
        what: &str,
    ) -> Result<Plan, Refusal> {
        let mut plans = Vec::with_capacity(files.len());
        for (file, before, after) in files {
            let path = scope.writable(file)?;
            if is_whole(scope, file, before) && !is_whole(scope, file, after) {
                let why = "after it the file could not be read any more";
                return Err(Refusal::file(&shown(file), why));
            }
            plans.push(FilePlan {
                file: shown(file),
                path,
                before: Some((*before).to_owned()),
                after: (*after).to_owned(),
                replacements: vec![difference(before, after)],
                seen: Some(sum_of(before.as_bytes())),
                becomes: sum_of(after.as_bytes()),
                removes: false,
            });
        }
        Ok(Plan {
            files: plans,
            records: Vec::new(),
            changes: Vec::new(),
            reverses: None,
            said: what.to_owned(),
        })
    }
}

/// Whether all of a file can be read.
pub(crate) fn is_whole(scope: &Scope, file: &Path, text: &str) -> bool {
    let read = written_records(&shown(file), text.as_bytes(), &scope.own_words);
    read.is_some_and(|read| read.is_whole)
}

/// The one stretch in which two texts differ.
fn difference(before: &str, after: &str) -> Replacement {
    let same = |(a, b): &(char, char)| a == b;
    let pairs = before.chars().zip(after.chars());
    let start: usize = pairs
        .take_while(same)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let (old, new) = (&before[start..], &after[start..]);
    let pairs = old.chars().rev().zip(new.chars().rev());
    let end: usize = pairs
        .take_while(same)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    Replacement::new(start..before.len() - end, &new[..new.len() - end])
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::pieces::replaced;

    #[test]
    fn texts_differ_in_one_stretch() {
        for (before, after) in [
            ("kind: Person\n", "kind: person\n"),
            ("aaa", "aa"),
            ("a", "aéa"),
            ("", "x"),
            ("é", "è"),
            ("same", "same"),
        ] {
            let one = difference(before, after);
            assert_eq!(replaced(before, &[one]).as_deref(), Some(after));
        }
        assert_eq!(difference("kind: Person", "kind: person").range, 6..7);
    }
}
