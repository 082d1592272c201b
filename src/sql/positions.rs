//! `positions`: where each speaker stood on each thing, and when that changed.

use super::stances::{DAYS, pairs, steps};
use super::{AFTER_ALL, BEFORE_ALL, Unsupported};
use annals_query::positions::PositionFilter;
use annals_query::selection::Conditions;

/// The names of who stands and toward what.
const NAMES: &str = "JOIN actors a ON a.id = z.actor JOIN labels l ON l.id = z.toward";
/// The order of positions: by the first claim of each, then by who and what.
const ORDER: &str = "z.first_pos, a.id_order, a.id, l.id_order, l.id";

/// The stances that some conditions select, a row each, by speaker and thing; or each change, or each
/// contradiction, of them.
///
/// # Errors
/// With roll-up, or with both filters.
pub fn positions(asked: &Conditions, kept: PositionFilter) -> Result<String, Unsupported> {
    if asked.stood.is_some() {
        return Err(Unsupported("--rollup of positions"));
    }
    match (kept.contradictions, kept.changes) {
        (true, true) => Err(Unsupported("--contradictions and --changes at once")),
        (true, false) => Ok(contradictions(asked)),
        (false, true) => Ok(changes(asked)),
        (false, false) => Ok(history(asked)),
    }
}

/// The number of each position in their order, and no more of them than are asked for.
fn limited(asked: &Conditions, select: &str, from: &str, order: &str) -> String {
    let (ranked, place) = match asked.limit {
        None => (String::new(), String::new()),
        Some(most) => (
            format!(", dense_rank() OVER (ORDER BY {ORDER}) AS place"),
            format!(" WHERE place <= {most}"),
        ),
    };
    format!(
        "SELECT {select} FROM (SELECT z.*, a.name AS actor_name, a.id_order AS actor_order, l.name AS thing, \
         l.id_order AS thing_order{ranked}\n  FROM {from} z {NAMES}) z{place}\n\
         ORDER BY z.first_pos, z.actor_order, z.actor, z.thing_order, z.toward, {order}"
    )
}

fn history(asked: &Conditions) -> String {
    let steps = steps(asked, false);
    format!(
        "WITH {}\n{}",
        steps.join(",\n"),
        limited(
            asked,
            "z.actor AS speaker, z.toward AS toward, coalesce(z.actor_name, z.actor) AS speaker_name, z.thing AS toward_name, \
             z.n AS nth, z.id AS claim, z.value AS value, z.certain AS certain",
            "h",
            "z.n"
        )
    )
}

fn contradictions(asked: &Conditions) -> String {
    let mut steps = steps(asked, true);
    steps.push(DAYS.to_owned());
    steps.push(pairs());
    format!(
        "WITH {}\n{}",
        steps.join(",\n"),
        limited(
            asked,
            "z.actor AS speaker, z.toward AS toward, coalesce(z.actor_name, z.actor) AS speaker_name, z.thing AS toward_name, \
             z.one AS claim, z.other AS other",
            "pairs",
            "z.n1, z.n2"
        )
    )
}

/// Where one stance surely gave way to another: of the stances that are surely later than another, by a day or
/// on one day, or that take one back, each is held against the last of these. Of alike ones the first counts.
fn changes(asked: &Conditions) -> String {
    let mut steps = steps(asked, false);
    let is_earlier = "y.s0 = y.e1 AND x.s0 = x.e1 AND x.s0 = y.s0 AND y.second < x.second \
                      AND coalesce(x.zoned, FALSE) = coalesce(y.zoned, FALSE)";
    steps.push(format!(
        "later AS (SELECT x.actor, x.toward, x.first_pos, x.n, x.id, x.value, x.s0, x.e1, max(y.n) AS earlier
  FROM h x JOIN h y ON x.actor = y.actor AND x.toward = y.toward AND y.n < x.n
  LEFT JOIN w ON w.part = x.part AND w.row = x.row AND w.claim = y.id
  WHERE y.e1 < x.s0 OR (y.n = x.n - 1 AND {is_earlier}) OR w.claim IS NOT NULL
  GROUP BY x.actor, x.toward, x.first_pos, x.n, x.id, x.value, x.s0, x.e1)"
    ));
    steps.push(
        "differs AS (SELECT x.actor, x.toward, x.first_pos, x.n AS n2, y.n AS n1, y.id AS one, x.id AS other,
    y.value AS value1, x.value AS value2, y.s0 AS y0, y.e1 AS y1, x.s0 AS x0, x.e1 AS x1,
    row_number() OVER (PARTITION BY x.actor, x.toward, y.n, x.value ORDER BY x.n) AS k
  FROM later x JOIN h y ON y.actor = x.actor AND y.toward = x.toward AND y.n = x.earlier
  WHERE coalesce(x.value, '') <> coalesce(y.value, ''))"
            .to_owned(),
    );
    steps.push("kept AS (SELECT * FROM differs WHERE k = 1)".to_owned());
    let known = format!(
        "z.y0 > {BEFORE_ALL} AND z.y1 < {AFTER_ALL} AND z.x0 > {BEFORE_ALL} AND z.x1 < {AFTER_ALL}"
    );
    let least = "greatest(z.x0 - z.y1, CAST(0 AS BIGINT))";
    format!(
        "WITH {}\n{}",
        steps.join(",\n"),
        limited(
            asked,
            &format!(
                "z.actor AS speaker, z.toward AS toward, coalesce(z.actor_name, z.actor) AS speaker_name, z.thing AS toward_name, \
                 z.one AS claim, z.other AS other, z.value1 AS value, z.value2 AS other_value, \
                 CASE WHEN {known} THEN {least} END AS least_days, \
                 CASE WHEN {known} THEN greatest(z.x1 - z.y0, {least}) END AS most_days"
            ),
            "kept",
            "z.n2"
        )
    )
}
