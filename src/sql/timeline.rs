//! `timeline`: what happened, was said, held and was published.

use super::order;
use super::said::{limit, selected};
use super::views::four_days;
use super::{AFTER_ALL, BEFORE_ALL, Unsupported};
use annals_query::selection::Conditions;

/// The kinds of record of a timeline besides claims: their table, the field of their date and its text.
const KINDS: [(&str, &str, &str, &str); 3] = [
    ("event", "events", "when", "when_text"),
    ("relation", "relations", "when", "when_text"),
    ("document", "documents", "published", "published"),
];

/// What lies in a window: events, claims, relations and documents, oldest first.
///
/// # Errors
/// What of the conditions SQL cannot tell: a window, retractions and a limit are all that it can.
pub fn timeline(asked: &Conditions) -> Result<String, Unsupported> {
    let plain = Conditions {
        window: asked.window,
        surely: asked.surely,
        retracted: asked.retracted,
        limit: asked.limit,
        ..Conditions::default()
    };
    if *asked != plain {
        return Err(Unsupported(
            "a timeline of anything but a window (--from, --until, --during, --surely, --retracted, --limit)",
        ));
    }
    let claims = selected(asked);
    let [first, last] = asked.window.unwrap_or([AFTER_ALL, BEFORE_ALL]);
    let mut kinds = vec![format!(
        "SELECT 'claim' AS kind, c.certain, c.part, c.row, c.id, c.id_order, c.o0, c.o1, c.os, c.ow, \
         c.text_document, c.text_start, c.text_page_order, c.file, c.line, c.byte_offset FROM ({}) c",
        claims.query
    )];
    for (kind, table, field, text) in KINDS {
        kinds.push(of_kind(asked, [first, last], (kind, table, field, text)));
    }
    Ok(format!(
        "SELECT c.id AS id, c.certain AS certain, c.kind, c.ow AS when_text, f.name AS file, c.line\nFROM (\n{}) c{}\nORDER BY {}{}",
        kinds.join("\nUNION ALL\n"),
        order::JOINS,
        order::of_records(),
        limit(asked)
    ))
}

/// The records of a kind in a window. A report says when an undated event took place at the latest, but
/// nothing of when a relation held.
fn of_kind(
    asked: &Conditions,
    [first, last]: [i64; 2],
    (kind, table, field, text): (&str, &str, &str, &str),
) -> String {
    let passage = if kind == "document" {
        "CAST(NULL AS STRING) AS text_document, CAST(NULL AS INT) AS text_start, CAST(NULL AS STRING) AS text_page_order"
    } else {
        "t.text_document, t.text_start, t.text_page_order"
    };
    let (own, join) = if kind == "event" {
        let own = format!(
            "CASE WHEN t.when_earliest_start IS NULL THEN r.r0 ELSE t.when_earliest_start END AS o0, \
             CASE WHEN t.when_earliest_start IS NULL THEN r.r1 ELSE t.when_latest_end END AS o1, \
             CASE WHEN t.when_earliest_start IS NULL THEN r.rs ELSE t.when_second END AS os, t.{text} AS ow"
        );
        (
            own,
            " LEFT JOIN reported r ON r.kind = 'event' AND r.part = t.part AND r.row = t.row",
        )
    } else {
        let own = format!(
            "t.{field}_earliest_start AS o0, t.{field}_latest_end AS o1, t.{field}_second AS os, t.{text} AS ow"
        );
        (own, "")
    };
    let days = four_days(&format!("t.{field}"));
    let mut wheres = Vec::new();
    if asked.window.is_none() {
        wheres.push("1 = 0".to_owned());
    }
    if !asked.retracted {
        wheres.push("q.retracted IS NULL".to_owned());
    }
    let mut alternatives = String::new();
    if [first, last] != [BEFORE_ALL, AFTER_ALL] {
        wheres.push(format!("q.s0 <= {last} AND q.e1 >= {first}"));
        alternatives = format!(
            " LEFT JOIN (SELECT DISTINCT part, row FROM alternatives WHERE kind = '{kind}' AND field = '{field}' \
             AND earliest_start <= {last} AND latest_end >= {first}) a ON a.part = q.part AND a.row = q.row"
        );
        wheres.push("(q.alternatives IS NULL OR a.row IS NOT NULL)".to_owned());
    }
    let certain = format!("(q.s1 <= {last} AND q.e0 >= {first})");
    if asked.surely {
        wheres.push(certain.clone());
    }
    let wheres = if wheres.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", wheres.join(" AND "))
    };
    format!(
        "SELECT '{kind}' AS kind, {certain} AS certain, q.part, q.row, q.id, q.id_order, q.o0, q.o1, q.os, q.ow, \
         q.text_document, q.text_start, q.text_page_order, q.file, q.line, q.byte_offset FROM (SELECT t.part, t.row, \
         t.id, t.id_order, t.retracted, {days}, {own}, {passage}, t.file, t.line, t.byte_offset, \
         t.{field}_alternatives AS alternatives FROM {table} t{join}) q{alternatives}{wheres}"
    )
}
