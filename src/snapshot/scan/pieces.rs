//! Parts of tables that several threads read, and that are brought together in their order.

use std::ops::Range;

use super::super::error::SnapshotError;
use super::super::table::Table;
use annals_model::{InternTable, WordList};
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

/// The row of a word, which is the next if the word is new; `None` where there is no room.
pub(super) fn row_of(rows: &mut InternTable, word: &str, new: &mut WordList) -> Option<usize> {
    // Of words that are noted together, long ones would come first.
    let mut found = Vec::with_capacity(1);
    rows.note(word, new)?;
    rows.look_up(&mut found, new)?;
    Some(found.first()?.index())
}

/// Reads all pieces and adds them in order. False where one of them cannot be told from its columns, or does
/// not fit: then no more is read.
pub(super) fn add_all<P: Send, R: Send>(
    pieces: Vec<P>,
    read: impl Fn(P) -> Result<Option<R>, SnapshotError> + Sync,
    add: impl FnMut(R) -> Result<bool, SnapshotError>,
) -> Result<bool, SnapshotError> {
    add_all_with(pieces, || (), |(), piece| read(piece), add)
}

/// The same, where each thread keeps something from one piece to the next.
pub(super) fn add_all_with<P: Send, W, R: Send>(
    pieces: Vec<P>,
    worker: impl Fn() -> W + Sync,
    read: impl Fn(&mut W, P) -> Result<Option<R>, SnapshotError> + Sync,
    mut add: impl FnMut(R) -> Result<bool, SnapshotError>,
) -> Result<bool, SnapshotError> {
    /// Why no more is read.
    enum Ended {
        Inexact,
        Failed(SnapshotError),
    }
    let threads = ordered_parallel::threads(pieces.len());
    let take = |read: Result<Option<R>, SnapshotError>| {
        let Some(read) = read.map_err(Ended::Failed)? else {
            return Err(Ended::Inexact);
        };
        match add(read) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Ended::Inexact),
            Err(error) => Err(Ended::Failed(error)),
        }
    };
    let all = pieces.into_iter();
    let ended = ordered_parallel::for_each_ordered_with(all, threads, worker, read, take);
    match ended {
        Ok(()) => Ok(true),
        Err(Ended::Inexact) => Ok(false),
        Err(Ended::Failed(error)) => Err(error),
    }
}
