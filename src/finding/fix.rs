//! Fixes that are safe to apply without asking, as byte edits.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Finding, Locate};
use annals_model::FileId;

/// A replacement of some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The first byte that is replaced.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The replacement text.
    pub text: String,
}

impl Change {
    fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The safe edits of all findings, by file, in order. Where two overlap, the first is applied; the
/// other is found again when the file is next read.
pub fn changes(findings: &[Finding], files: &dyn Locate) -> BTreeMap<FileId, Vec<Change>> {
    let mut all: BTreeMap<FileId, Vec<Change>> = BTreeMap::new();
    let safe = findings.iter().flat_map(|finding| &finding.fixes);
    for fix in safe.filter(|fix| fix.safe) {
        for edit in &fix.edits {
            let (located, text) = files.spell(edit);
            if let Some(bytes) = located.bytes {
                let (start, end) = (bytes.start, bytes.end);
                all.entry(located.file)
                    .or_default()
                    .push(Change { start, end, text });
            }
        }
    }
    for changes in all.values_mut() {
        changes.sort();
        changes.dedup();
        let mut free = 0;
        changes.retain(|change| {
            let fits = change.start >= free;
            if fits {
                free = change.end.max(change.start + 1);
            }
            fits
        });
    }
    all
}

/// A text with its edits applied; everything else stays identical.
pub fn fixed(text: &str, changes: &[Change]) -> String {
    let mut fixed = String::with_capacity(text.len());
    let mut from = 0;
    for change in changes {
        if let (Some(kept), true) = (
            text.get(from..change.start),
            text.get(change.range()).is_some(),
        ) {
            fixed.push_str(kept);
            fixed.push_str(&change.text);
            from = change.end;
        }
    }
    fixed.push_str(text.get(from..).unwrap_or(""));
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_where_they_stand() {
        let change = |start, end, text: &str| Change {
            start,
            end,
            text: text.to_owned(),
        };
        let text = "knd: a, naem: б";
        let changes = [change(0, 3, "kind"), change(8, 12, "name")];
        assert_eq!(fixed(text, &changes), "kind: a, name: б");
    }
}
