//! `said`: who said what to whom about whom, when.

use super::literal::{anywhere, is_one_of};
use super::order;
use super::rollup::rolled;
use super::{AFTER_ALL, BEFORE_ALL};
use annals_query::selection::Conditions;

/// The claims that some conditions select: their ids, whether they certainly fit, and what they say, in the
/// order of the list.
pub fn said(asked: &Conditions) -> String {
    let selected = selected(asked);
    let limit = limit(asked);
    format!(
        "{}SELECT c.id AS id, s.certain AS certain, k.speaker, k.to_id, k.about, k.stance_toward, k.stance_value, \
         k.act, k.mode, k.quote, k.content, k.said, k.at_event, k.via, k.evidence_document, k.evidence_quote, \
         k.evidence_page, k.retracted, f.name AS file, k.line\n\
         FROM ({}) s\nJOIN {} c ON c.part = s.part AND c.row = s.row\n\
         JOIN claims k ON k.part = s.part AND k.row = s.row{}\n\
         ORDER BY {}{limit}",
        selected.with,
        selected.query,
        said_as_of(asked),
        order::JOINS,
        order::of_claims(),
    )
}

/// The end of a query that has no more rows than are asked for.
pub(crate) fn limit(asked: &Conditions) -> String {
    (asked.limit).map_or_else(String::new, |limit| format!("\nLIMIT {limit}"))
}

/// A selection of claims.
pub(crate) struct Selected {
    /// The common table expressions that it needs.
    pub(crate) with: String,
    /// `SELECT part, row, certain`.
    pub(crate) query: String,
}

/// The claims that some conditions select, without order.
pub(crate) fn selected(asked: &Conditions) -> Selected {
    let Some(window) = asked.window else {
        let query = "SELECT part, row, TRUE AS certain FROM live WHERE 1 = 0".to_owned();
        return Selected {
            with: String::new(),
            query,
        };
    };
    let linked = linked(asked).into_iter().enumerate();
    let mut joins: Vec<String> = linked
        .map(|(nth, query)| {
            format!("\nJOIN ({query}) j{nth} ON j{nth}.part = c.part AND j{nth}.row = c.row")
        })
        .collect();
    let (mut wheres, mut sure) = (Vec::new(), Vec::new());
    for (column, words) in [("c.act", &asked.act), ("c.mode", &asked.mode)] {
        if !words.is_empty() {
            wheres.push(is_one_of(column, words));
        }
    }
    let [first, last] = window;
    // Of a date with alternatives one must lie in the window, not only the days between them.
    if window != [BEFORE_ALL, AFTER_ALL] {
        wheres.push(format!("c.s0 <= {last} AND c.e1 >= {first}"));
        let nth = joins.len();
        joins.push(format!(
            "\nLEFT JOIN (SELECT DISTINCT part, row FROM alternatives WHERE kind = 'claim' AND field = 'said' \
             AND earliest_start <= {last} AND latest_end >= {first}) j{nth} ON j{nth}.part = c.part AND j{nth}.row = c.row"
        ));
        wheres.push(format!(
            "(c.said_alternatives IS NULL OR j{nth}.row IS NOT NULL)"
        ));
    }
    sure.push(format!("c.s1 <= {last} AND c.e0 >= {first}"));
    in_force(asked, &mut wheres, &mut sure);
    let wheres = if wheres.is_empty() {
        String::new()
    } else {
        format!("\nWHERE {}", wheres.join(" AND "))
    };
    let query = format!(
        "SELECT c.part, c.row, ({}) AS certain FROM {} c{}{wheres}",
        sure.join(" AND "),
        said_as_of(asked),
        joins.concat()
    );
    let selected = match &asked.stood {
        None => Selected {
            with: String::new(),
            query,
        },
        Some(stood) => rolled(asked, stood, &query, window),
    };
    if asked.surely {
        Selected {
            query: format!(
                "SELECT part, row, certain FROM ({}) z WHERE certain",
                selected.query
            ),
            ..selected
        }
    } else {
        selected
    }
}

/// The rows of claims that the tables of links select, a query for each option.
fn linked(asked: &Conditions) -> Vec<String> {
    let rows = "SELECT DISTINCT part, row FROM";
    let plain = asked.stood.is_none();
    let lists = [
        (
            "claim_speaker",
            "actor",
            asked.by.as_ref().filter(|_| plain),
        ),
        ("claim_to", "actor", asked.to.as_ref().filter(|_| plain)),
        ("claim_at", "event", asked.at.as_ref()),
        ("claim_via", "voice", asked.via.as_ref()),
        ("claim_evidence", "document", asked.in_document.as_ref()),
    ];
    let each = lists
        .into_iter()
        .filter_map(|(table, column, ids)| Some((table, is_one_of(column, ids?))));
    let mut linked: Vec<String> = each
        .map(|(table, fits)| format!("{rows} {table} WHERE {fits}"))
        .collect();
    let asked_about = asked.about.as_ref().filter(|_| plain);
    if let Some(about) = asked_about {
        linked.push(format!(
            "SELECT part, row FROM claim_about WHERE {} UNION SELECT part, row FROM claim_stance WHERE {}",
            is_one_of("thing", about),
            is_one_of("toward", about)
        ));
    }
    if !asked.stance.is_empty() {
        let toward = asked_about.map(|about| is_one_of("toward", about));
        let toward = toward.map_or_else(String::new, |toward| format!(" AND {toward}"));
        let value = is_one_of("value", &asked.stance);
        linked.push(format!("{rows} claim_stance WHERE {value}{toward}"));
    }
    if !asked.tag.is_empty() {
        let fits = is_one_of("tag", &asked.tag);
        linked.push(format!("{rows} claim_tag WHERE {fits}"));
    }
    if !asked.words.is_empty() {
        let each = asked.words.iter();
        let each = each.map(|word| format!("folded LIKE {} ESCAPE '!'", anywhere(word)));
        let each: Vec<String> = each.collect();
        linked.push(format!("{rows} claim_text WHERE {}", each.join(" AND ")));
    }
    linked
}

/// Adds whether a claim is in force, as far as is known on the day that is asked for.
fn in_force(asked: &Conditions, wheres: &mut Vec<String>, sure: &mut Vec<String>) {
    match asked.as_of {
        None if asked.retracted => {}
        None => wheres.push("c.retracted IS NULL".to_owned()),
        Some(day) => {
            wheres.push(format!("(c.n0 IS NULL OR c.n0 <= {day})"));
            sure.push(format!("(c.n1 IS NULL OR c.n1 <= {day})"));
            if !asked.retracted {
                wheres.push(format!(
                    "(c.retracted IS NULL OR c.retracted_latest_start > {day})"
                ));
                sure.push(format!(
                    "(c.retracted IS NULL OR c.retracted_earliest_start > {day})"
                ));
            }
        }
    }
}

/// When claims were said, as far as that was known on a day: the view, or the same with the documents that
/// were known, and when each claim was entered (`n0`, `n1`).
pub(crate) fn said_as_of(asked: &Conditions) -> String {
    let Some(day) = asked.as_of else {
        return "said".to_owned();
    };
    format!(
        "(SELECT c.part, c.row, c.id, c.id_order, c.act, c.mode, c.as_relation, c.speaker_1, c.file, c.line, c.byte_offset, c.retracted, \
         c.retracted_earliest_start, c.retracted_latest_start, p.text_document, p.text_start, p.text_page_order, \
         c.said_alternatives, c.said_zoned, c.dated, c.s0, c.e0, \
         CASE WHEN c.dated THEN c.s1 ELSE coalesce(p.r1, {AFTER_ALL}) END AS s1, \
         CASE WHEN c.dated THEN c.e1 ELSE coalesce(p.r1, {AFTER_ALL}) END AS e1, \
         CASE WHEN c.dated THEN c.o0 ELSE p.r0 END AS o0, CASE WHEN c.dated THEN c.o1 ELSE p.r1 END AS o1, \
         CASE WHEN c.dated THEN c.os ELSE p.rs END AS os, \
         coalesce(c.recorded_earliest_start, p.n0) AS n0, coalesce(c.recorded_latest_start, p.n1) AS n1 \
         FROM said c LEFT JOIN ({}) p ON p.part = c.part AND p.row = c.row)",
        documents_as_of(day)
    )
}

/// What the documents of each claim tell on a day: when the first of all was published (`n0`, `n1`), and of
/// those that were known the first publication (`r0`, `r1`, `rs`) and the first passage.
fn documents_as_of(day: i64) -> String {
    let first = |column: &str, place: &str| {
        format!("max(CASE WHEN {place} = 1 AND known THEN {column} END)")
    };
    let of_passage = ["document", "text_start", "text_page_order"].map(|one| first(one, "passage"));
    let of_report = ["r0", "r1", "rs"].map(|one| first(one, "report"));
    format!(
        "SELECT part, row, min(r0) AS n0, min(n1) AS n1, {} AS text_document, {} AS text_start, {} AS text_page_order, \
         {} AS r0, {} AS r1, {} AS rs FROM (SELECT z.*, \
         row_number() OVER (PARTITION BY part, row ORDER BY CASE WHEN known THEN 0 ELSE 1 END, nth) AS passage, \
         row_number() OVER (PARTITION BY part, row ORDER BY CASE WHEN known AND r0 IS NOT NULL THEN 0 ELSE 1 END, r0, r1, \
         coalesce(rs, -1000000), rw, document) AS report FROM (SELECT e.part, e.row, e.nth, e.document, e.text_start, \
         e.text_page_order, d.published_earliest_start AS r0, d.published_latest_start AS n1, d.published_latest_end AS r1, \
         d.published_second AS rs, d.published AS rw, \
         (coalesce(d.recorded_earliest_start, d.published_earliest_start, {BEFORE_ALL}) <= {day}) AS known \
         FROM claim_evidence e JOIN documents d ON d.id = e.document) z) y GROUP BY part, row",
        of_passage[0], of_passage[1], of_passage[2], of_report[0], of_report[1], of_report[2]
    )
}
