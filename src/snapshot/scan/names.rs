//! The names of all records of a kind.

use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::Shared;
use super::super::table::Rows;
use annals_model::RecordKind;

/// How many rows are read at once.
const AT_ONCE: usize = 4096;

/// Gives each record's id and what stands in a column, or its id again where nothing does.
pub(super) fn each_name(
    shared: &Shared,
    kind: RecordKind,
    column: &str,
    mut take: impl FnMut(&str, &str),
) -> Result<(), SnapshotError> {
    let plural = kind.plural();
    let columns = Columns::of(kind);
    for part in shared.parts.iter().filter(|part| part.rows(plural) > 0) {
        let used = |name: &str| {
            let number = columns.number(name);
            number.filter(|_| !part.is_empty(plural, name))
        };
        let table = part.paged(plural)?;
        let mut rows = Rows::new(Arc::clone(&table), vec![used("id"), used(column)]);
        let mut at = 0;
        while at < table.rows() {
            let batch = rows.read(at, AT_ONCE)?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| table.damaged())?;
                take(id, batch.text(1, row).unwrap_or(id));
            }
            at += batch.rows;
        }
    }
    Ok(())
}
