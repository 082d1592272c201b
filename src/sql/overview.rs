//! `overview`: what is in a dossier.

use super::{AFTER_ALL, BEFORE_ALL, Unsupported};
use annals_model::{RecordKind, Vocabulary as _};
use annals_query::selection::Conditions;

/// How many records of each kind are in force, from when to when, who speaks how often, and how many claims
/// there are about each topic and in each document: what it is, the id and name if it is of a record, and the
/// number. First and last are days since 1970-01-01.
///
/// # Errors
/// As of a day, or of a selection.
pub fn overview(asked: &Conditions) -> Result<String, Unsupported> {
    if asked.as_of.is_some() {
        return Err(Unsupported("an overview as of a day"));
    }
    let all = Conditions {
        window: Some([BEFORE_ALL, AFTER_ALL]),
        ..Conditions::default()
    };
    if *asked != all {
        return Err(Unsupported("an overview of a selection"));
    }
    let mut rows = Vec::new();
    for (nth, kind) in RecordKind::ALL.iter().enumerate() {
        rows.push(format!(
            "SELECT 0 AS sort, {nth} AS nth, '{kind}' AS what, CAST(NULL AS STRING) AS id, CAST(NULL AS STRING) AS name, \
             CAST(count(*) AS BIGINT) AS number FROM {kind} WHERE retracted IS NULL",
            kind = kind.plural()
        ));
    }
    let dated = [
        ("documents", "published"),
        ("events", "when"),
        ("claims", "said"),
    ];
    let dated = dated.map(|(table, field)| {
        format!(
            "SELECT CASE WHEN {field}_earliest_start > {BEFORE_ALL} THEN {field}_earliest_start END AS lo, \
             CASE WHEN {field}_latest_end < {AFTER_ALL} THEN {field}_latest_end END AS hi FROM {table} WHERE retracted IS NULL"
        )
    });
    let dated = dated.join(" UNION ALL ");
    for (nth, (what, number)) in [("first", "min(lo)"), ("last", "max(hi)")]
        .into_iter()
        .enumerate()
    {
        rows.push(format!(
            "SELECT 1, {nth}, '{what}', CAST(NULL AS STRING), CAST(NULL AS STRING), {number} FROM ({dated}) d"
        ));
    }
    // A speaker is counted whatever became of its record; of topics and documents those in force.
    let about =
        "SELECT thing, part, row FROM claim_about UNION SELECT toward, part, row FROM claim_stance";
    let counted = [
        (
            "speaker",
            "actors",
            "name",
            "",
            "SELECT DISTINCT actor, part, row FROM claim_speaker",
            "actor",
        ),
        (
            "topic",
            "topics",
            "label",
            " WHERE r.retracted IS NULL",
            about,
            "thing",
        ),
        (
            "document",
            "documents",
            "title",
            " WHERE r.retracted IS NULL",
            "SELECT DISTINCT document, part, row FROM claim_evidence",
            "document",
        ),
    ];
    for (nth, (what, table, name, in_force, links, thing)) in counted.into_iter().enumerate() {
        let join = if what == "speaker" {
            "JOIN"
        } else {
            "LEFT JOIN"
        };
        rows.push(format!(
            "SELECT {}, 0, '{what}', r.id, coalesce(r.{name}, r.id), coalesce(c.number, 0) FROM {table} r \
             {join} (SELECT t.{thing} AS thing, count(*) AS number FROM ({links}) t JOIN live c ON c.part = t.part AND c.row = t.row \
             GROUP BY t.{thing}) c ON c.thing = r.id{in_force}",
            nth + 2
        ));
    }
    Ok(format!(
        "SELECT what, id, name, number FROM (\n{}) o\nORDER BY sort, nth, number DESC, name, id",
        rows.join("\nUNION ALL ")
    ))
}
