//! Roll-up: what was said by, to or about those who stood for the actors that are asked for.

use super::literal::{day, is_one_of, text};
use super::said::Selected;
use super::{AFTER_ALL, BEFORE_ALL};
use annals_query::selection::{Conditions, Stood, StoodFor};

/// The claims among those selected whose speaker, addressee or subject stood for one of those asked for.
///
/// What holds on an unknown day is joined as sets of days: the days of the claim, those of the window, those
/// on which each may have stood for somebody. It certainly fits if the days of the claim lie within those on
/// which each must have: each stretch of them within one stretch of the union. A relation named by `as` says
/// for whom its holder speaks, and leaves the claim only the days on which it may have held. `query` has
/// `inside` in place of `certain`.
pub(crate) fn rolled(
    asked: &Conditions,
    stood: &StoodFor,
    query: &str,
    [first, last]: [i64; 2],
) -> Selected {
    let mut steps = Vec::new();
    steps.extend(stood.by.as_ref().map(|stood| values("by", stood)));
    steps.extend(stood.to.as_ref().map(|stood| values("to", stood)));
    let about = stood.about.as_ref();
    steps.extend(about.map(|stood| values("about", &with_things(asked, stood))));
    steps.push(format!("picked AS ({query})"));
    steps.push(STRETCHES.to_owned());
    let mut axes = Vec::new();
    if stood.by.is_some() {
        steps.push(spoken(asked));
        steps.push(under());
        axes.push((
            "by",
            "SELECT m.part, m.row, greatest(t.lo, m.u0) AS lo, least(t.hi, m.u1) AS hi, t.lo AS whole_lo, \
             t.hi AS whole_hi, t.must FROM spoken m JOIN stood_by t ON t.actor = m.actor"
                .to_owned(),
        ));
    }
    if stood.to.is_some() {
        axes.push(("to", linked("claim_to", "actor", "", "to")));
    }
    if stood.about.is_some() {
        let stances = of_stances(asked);
        let toward = linked("claim_stance", "toward", &stances, "about");
        axes.push((
            "about",
            if stances.is_empty() {
                let about = linked("claim_about", "thing", "", "about");
                format!("{about} UNION ALL {toward}")
            } else {
                toward
            },
        ));
    }
    let has_under = stood.by.is_some();
    let (mut joins, mut lows, mut highs) = (String::new(), String::new(), String::new());
    let mut sure = String::new();
    for (axis, query) in &axes {
        steps.push(format!("on_{axis} AS ({query})"));
        steps.extend(certain_days(axis, has_under));
        joins.push_str(&format!(
            "\n  JOIN on_{axis} ON on_{axis}.part = d.part AND on_{axis}.row = d.row AND NOT on_{axis}.must"
        ));
        lows.push_str(&format!(", on_{axis}.lo"));
        highs.push_str(&format!(", on_{axis}.hi"));
        sure.push_str(&format!(
            "\nLEFT JOIN sure_{axis} ON sure_{axis}.part = may.part AND sure_{axis}.row = may.row"
        ));
    }
    let certain: Vec<String> = (axes.iter())
        .map(|(axis, _)| format!(" AND sure_{axis}.row IS NOT NULL"))
        .collect();
    let certain = certain.concat();
    steps.push(format!(
        "may AS (SELECT DISTINCT d.part, d.row FROM stretches d{joins}\n  \
         WHERE greatest(d.lo, CAST({first} AS BIGINT){lows}) <= least(d.hi, CAST({last} AS BIGINT){highs}))"
    ));
    Selected {
        with: format!("WITH {}\n", steps.join(",\n")),
        query: format!(
            "SELECT p.*, (p.inside{certain}) AS certain FROM picked p JOIN may ON may.part = p.part AND may.row = p.row{sure}"
        ),
    }
}

/// That a stance `s` is one of those asked for.
fn of_stances(asked: &Conditions) -> String {
    if asked.stance.is_empty() {
        String::new()
    } else {
        format!(" AND {}", is_one_of("s.value", &asked.stance))
    }
}

/// The rows of claims whose speaker, addressee or subject stood for one of those asked for on any day: a query
/// for each of these, so that whatever takes days into account is computed for few claims.
pub(crate) fn candidates(asked: &Conditions, stood: &StoodFor) -> Vec<String> {
    let of = |table: &str, column: &str, axis: &str, more: &str| {
        format!(
            "SELECT s.part, s.row FROM {table} s JOIN (SELECT DISTINCT actor FROM stood_{axis}) t ON t.actor = s.{column} WHERE 1 = 1{more}"
        )
    };
    let mut all = Vec::new();
    if stood.by.is_some() {
        all.push(format!(
            "{} UNION SELECT s.part, s.row FROM claims s JOIN ties r ON r.id = s.as_relation \
             JOIN (SELECT DISTINCT actor FROM stood_by) t ON t.actor = r.to_id",
            of("claim_speaker", "actor", "by", "")
        ));
    }
    if stood.to.is_some() {
        let to = of("claim_to", "actor", "to", "");
        all.push(format!("SELECT DISTINCT part, row FROM ({to}) z"));
    }
    if stood.about.is_some() {
        let about = of("claim_about", "thing", "about", "");
        let toward = of("claim_stance", "toward", "about", &of_stances(asked));
        all.push(if asked.stance.is_empty() {
            format!("{about} UNION {toward}")
        } else {
            format!("SELECT DISTINCT part, row FROM ({toward}) z")
        });
    }
    all
}

/// The stretches of days on which each picked claim can have been said.
const STRETCHES: &str = "\
stretches AS (SELECT p.part, p.row, coalesce(a.earliest_start, p.s0) AS lo, coalesce(a.latest_end, p.e1) AS hi
  FROM picked p LEFT JOIN alternatives a ON a.part = p.part AND a.row = p.row AND a.kind = 'claim' AND a.field = 'said')";

/// Who stood for one of those asked for, and when, as a table.
fn values(axis: &str, stood: &[Stood]) -> String {
    let rows: Vec<String> = (stood.iter())
        .map(|one| {
            let [lo, hi] = one.days.map(day);
            format!("({}, {lo}, {hi}, {})", text(&one.actor), one.must)
        })
        .collect();
    let rows = if rows.is_empty() {
        "SELECT CAST(NULL AS STRING) AS actor, CAST(0 AS BIGINT) AS lo, CAST(0 AS BIGINT) AS hi, FALSE AS must FROM live WHERE 1 = 0".to_owned()
    } else {
        format!(
            "SELECT * FROM (VALUES {}) v(actor, lo, hi, must)",
            rows.join(", ")
        )
    };
    format!("stood_{axis} AS ({rows})")
}

/// The subjects that are asked for stand for themselves on every day, also those that are no actors.
fn with_things(asked: &Conditions, stood: &[Stood]) -> Vec<Stood> {
    let days = [BEFORE_ALL, AFTER_ALL];
    let own = asked.about.iter().flatten().flat_map(|thing| {
        [false, true].map(|must| Stood {
            actor: thing.clone(),
            days,
            must,
        })
    });
    stood.iter().cloned().chain(own).collect()
}

/// For whom each speaker speaks: for themselves, or for whom the relation leads to under which they speak,
/// while it may have held.
fn spoken(asked: &Conditions) -> String {
    let by = asked.by.as_deref().unwrap_or_default();
    let is_own = format!("(r.id IS NULL OR {})", is_one_of("s.actor", by));
    format!(
        "spoken AS (SELECT p.part, p.row, CASE WHEN {is_own} THEN s.actor ELSE r.to_id END AS actor,
    CASE WHEN {is_own} THEN CAST({BEFORE_ALL} AS BIGINT) ELSE r.s0 END AS u0,
    CASE WHEN {is_own} THEN CAST({AFTER_ALL} AS BIGINT) ELSE r.e1 END AS u1
  FROM picked p JOIN claim_speaker s ON s.part = p.part AND s.row = p.row
  LEFT JOIN ties r ON r.id = p.as_relation AND r.from_id = s.actor)"
    )
}

/// The days that the relation under which a claim is made takes from it.
fn under() -> String {
    format!(
        "outside AS (SELECT part, row, CASE WHEN side = 0 THEN CAST({BEFORE_ALL} AS BIGINT) ELSE u1 + 1 END AS lo,
    CASE WHEN side = 0 THEN u0 - 1 ELSE CAST({AFTER_ALL} AS BIGINT) END AS hi
  FROM spoken CROSS JOIN (VALUES (0), (1)) v(side) WHERE side = 0 AND u0 > {BEFORE_ALL} OR side = 1 AND u1 < {AFTER_ALL})"
    )
}

/// Actors to whom a table of links leads, and when they stood for somebody.
fn linked(table: &str, column: &str, more: &str, axis: &str) -> String {
    format!(
        "SELECT s.part, s.row, t.lo, t.hi, t.lo AS whole_lo, t.hi AS whole_hi, t.must FROM {table} s \
         JOIN stood_{axis} t ON t.actor = s.{column} JOIN picked p ON p.part = s.part AND p.row = s.row WHERE 1 = 1{more}"
    )
}

/// The claims of which every stretch of days lies within one of those on which somebody must have stood for
/// one of those asked for.
fn certain_days(axis: &str, has_under: bool) -> [String; 4] {
    let outside = if has_under {
        "\n  UNION ALL SELECT part, row, lo, hi FROM outside"
    } else {
        ""
    };
    [
        format!(
            "must_{axis} AS (SELECT part, row, whole_lo AS lo, whole_hi AS hi FROM on_{axis} WHERE must{outside})"
        ),
        format!(
            "ended_{axis} AS (SELECT part, row, lo, hi, max(hi) OVER (PARTITION BY part, row ORDER BY lo, hi
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prior FROM must_{axis})"
        ),
        format!(
            "islands_{axis} AS (SELECT part, row, min(lo) AS lo, max(hi) AS hi FROM (SELECT part, row, lo, hi,
    sum(CASE WHEN prior IS NULL OR lo > prior + 1 THEN 1 ELSE 0 END) OVER (PARTITION BY part, row ORDER BY lo, hi
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island FROM ended_{axis}) y GROUP BY part, row, island)"
        ),
        format!(
            "sure_{axis} AS (SELECT part, row FROM (SELECT d.part, d.row, d.lo, max(CASE WHEN i.lo <= d.lo AND i.hi >= d.hi THEN 1 ELSE 0 END) AS contained
    FROM stretches d LEFT JOIN islands_{axis} i ON i.part = d.part AND i.row = d.row GROUP BY d.part, d.row, d.lo) y
  GROUP BY part, row HAVING min(contained) = 1)"
        ),
    ]
}
