//! The order of lists: by date, then in the order of the text.

use super::AFTER_ALL;

/// After every day, also the one after all.
const LAST: i64 = 2 * AFTER_ALL;
/// Before every second.
const NO_SECOND: i64 = -1_000_000;

/// The joins that bring what a list of claims is ordered by: the document of the first passage `d`, the
/// files of the claim `f` and of that document `fd`.
pub(crate) const JOINS: &str = "
JOIN files f ON f.part = c.part AND f.file = c.file
LEFT JOIN documents d ON d.id = c.text_document
LEFT JOIN files fd ON fd.part = d.part AND fd.file = d.file";

/// What a list of claims `c` is ordered by, given [`JOINS`].
pub(crate) fn of_claims() -> String {
    of(
        "f.name_order",
        "coalesce(c.line, 0), coalesce(c.byte_offset, 0)",
    )
}

/// The same for records that stand at `place` in a file whose name is ordered by `file`.
pub(crate) fn of(file: &str, place: &str) -> String {
    format!(
        "coalesce(c.o0, {LAST}), coalesce(c.o1, {LAST}), coalesce(c.os, {NO_SECOND}), \
         CASE WHEN d.id IS NULL THEN 1 ELSE 0 END, coalesce(d.published_earliest_start, {LAST}), \
         coalesce(d.published_latest_end, {LAST}), coalesce(d.published_second, {NO_SECOND}), \
         coalesce(fd.name_order, ''), coalesce(d.byte_offset, 0), coalesce(d.id_order, ''), coalesce(d.id, ''), \
         coalesce(c.text_start, 2147483647), CASE WHEN c.text_page_order IS NULL THEN 1 ELSE 0 END, \
         coalesce(c.text_page_order, ''), {file}, {place}, c.row, c.id_order, c.id"
    )
}
