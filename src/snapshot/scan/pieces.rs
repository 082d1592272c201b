//! Parts of tables that several threads read, and that are brought together in their order.

use std::ops::Range;

use super::super::error::SnapshotError;
use super::super::table::Table;
use annals_ordered_parallel as ordered_parallel;

/// The rows of a table, so many at a time, none of which lie in two groups.
pub(super) fn in_pieces(table: &Table, each: usize) -> Vec<Range<usize>> {
    let of_group = |group: Range<usize>| {
        let end = group.end;
        let starts = group.step_by(each);
        starts.map(move |start| start..end.min(start + each))
    };
    table.groups().flat_map(of_group).collect()
}

/// Reads all pieces and adds them in order. False where one of them cannot be told from its columns, or does
/// not fit: then no more is read.
pub(super) fn add_all<P: Send, R: Send>(
    pieces: Vec<P>,
    read: impl Fn(P) -> Result<Option<R>, SnapshotError> + Sync,
    mut add: impl FnMut(R) -> Result<bool, SnapshotError>,
) -> Result<bool, SnapshotError> {
    /// Why no more is read.
    enum Ended {
        Inexact,
        Failed(SnapshotError),
    }
    let threads = ordered_parallel::threads(pieces.len());
    let ended = ordered_parallel::for_each_ordered(pieces.into_iter(), threads, read, |read| {
        let Some(read) = read.map_err(Ended::Failed)? else {
            return Err(Ended::Inexact);
        };
        match add(read) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Ended::Inexact),
            Err(error) => Err(Ended::Failed(error)),
        }
    });
    match ended {
        Ok(()) => Ok(true),
        Err(Ended::Inexact) => Ok(false),
        Err(Ended::Failed(error)) => Err(error),
    }
}
