//! The order of lists: by date, then in the order of the text.

use super::AFTER_ALL;

/// After every day, also the one after all.
const LAST: i64 = 2 * AFTER_ALL;
/// Before every second.
const NO_SECOND: i64 = -1_000_000;

/// The joins that bring what a list of claims is ordered by: the file of the claim `f`, and the document of
/// its first passage `d`.
pub(crate) const JOINS: &str = "
JOIN files f ON f.part = c.part AND f.file = c.file
LEFT JOIN documents d ON d.id = c.text_document";

/// What a list of claims `c` is ordered by, given [`JOINS`]. No two claims of a file have the same row.
pub(crate) fn of_claims() -> String {
    format!(
        "coalesce(c.o0, {LAST}), coalesce(c.o1, {LAST}), coalesce(c.os, {NO_SECOND}), \
         CASE WHEN d.id IS NULL THEN 1 ELSE 0 END, coalesce(d.published_earliest_start, {LAST}), \
         coalesce(d.published_latest_end, {LAST}), coalesce(d.published_second, {NO_SECOND}), \
         coalesce(d.file_order, ''), coalesce(d.byte_offset, 0), coalesce(d.id_order, ''), coalesce(d.id, ''), \
         coalesce(c.text_start, 2147483647), CASE WHEN c.text_page_order IS NULL THEN 1 ELSE 0 END, \
         coalesce(c.text_page_order, ''), f.name_order, coalesce(c.line, 0), coalesce(c.byte_offset, 0), c.row"
    )
}

/// What a list of records of several kinds is ordered by.
pub(crate) fn of_records() -> String {
    format!("{}, c.id_order, c.id", of_claims())
}
