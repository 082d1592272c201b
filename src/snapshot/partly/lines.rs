//! The lines of single records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::stored::line_columns;
use super::super::table::Rows;
use super::find::Row;
use crate::load::StoredLine;
use crate::model::{RecordKind, Vocabulary as _};

/// The lines that have been read, by file and number.
#[derive(Debug, Default)]
pub(super) struct Lines {
    of: BTreeMap<usize, BTreeMap<usize, StoredLine>>,
}

impl Lines {
    /// Reads the lines of rows; each line, and the id of its record. Records of files that are kept as
    /// they stand have no line.
    pub(super) fn read(
        &mut self,
        shared: &Shared,
        rows: &BTreeSet<Row>,
    ) -> Result<Vec<(String, String)>, SnapshotError> {
        let mut read = Vec::new();
        for kind in RecordKind::ALL {
            let of_kind = rows.range((*kind, 0)..=(*kind, usize::MAX));
            let of_kind: Vec<usize> = of_kind.map(|(_, row)| *row).collect();
            let first = |part: &Part| part.entry.first_rows.get(kind.plural()).copied();
            for part in &shared.parts {
                let begin = first(part).unwrap_or(0);
                let end = begin + part.rows(kind.plural());
                let within = of_kind.iter().filter(|row| (begin..end).contains(*row));
                let within: Vec<usize> = within.map(|row| row - begin).collect();
                if !within.is_empty() {
                    self.of_part(shared, part, *kind, &within, &mut read)?;
                }
            }
        }
        Ok(read)
    }

    fn of_part(
        &mut self,
        shared: &Shared,
        part: &Part,
        kind: RecordKind,
        rows: &[usize],
        read: &mut Vec<(String, String)>,
    ) -> Result<(), SnapshotError> {
        let columns = Columns::of(kind);
        let (mut wanted, wiring) = line_columns(part, kind);
        let more = wanted.len();
        wanted.extend([columns.file, columns.offset].map(Some));
        let id = wiring.texts[columns.id];
        let mut table = Rows::new(Arc::new(part.paged(kind.plural())?), wanted);
        let (mut scratch, mut bytes) = (String::new(), Vec::new());
        for row in rows {
            let batch = table.read(*row, 1)?;
            let damaged = || table.table().damaged();
            let Some(number) = batch.number(wiring.line, 0) else {
                continue;
            };
            bytes.clear();
            let joined = wiring.line_of(&batch, 0, &mut scratch, &mut bytes);
            let text = joined.and_then(|()| String::from_utf8(bytes.clone()).ok());
            let mut text = text.ok_or_else(damaged)?;
            if number == 1 && text.starts_with('\u{feff}') {
                // The mark says how the file is written, and stands before its first line.
                text.drain(..'\u{feff}'.len_utf8());
            }
            let count =
                |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
            let place = count(batch.number(more, 0)).zip(count(batch.number(more + 1, 0)));
            let (file, offset) = place.ok_or_else(damaged)?;
            let number = count(Some(number)).ok_or_else(damaged)?;
            let leading = text.len() - text.trim_ascii_start().len();
            let start = offset.checked_sub(leading).ok_or_else(damaged)?;
            let id = id
                .and_then(|id| batch.text(id, 0))
                .unwrap_or_default()
                .to_owned();
            let input = shared.manifest.inputs.get(file).ok_or_else(damaged)?;
            let placed = id.strip_prefix(&format!("{}#{}/", input.short, kind.plural()));
            let nth = placed
                .and_then(|nth| nth.parse().ok())
                .filter(|nth| *nth > 0);
            let line = StoredLine {
                start,
                text: text.clone(),
                number,
                nth,
            };
            self.of.entry(file).or_default().insert(number, line);
            read.push((text, id));
        }
        Ok(())
    }

    /// The lines of a file, in their order.
    pub(super) fn take(&mut self, file: usize) -> Vec<StoredLine> {
        self.of
            .remove(&file)
            .unwrap_or_default()
            .into_values()
            .collect()
    }
}
