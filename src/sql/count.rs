//! `count`: how many claims there are for each speaker, stance, month and the like.

use super::said::{Selected, limit, selected};
use super::units::{civil, unit, written};
use super::{AFTER_ALL, BEFORE_ALL, Unsupported};
use annals_query::count::Dimension;
use annals_query::selection::Conditions;

/// A date that touches more units than this is not counted under any.
const MOST_UNITS: usize = 366;

/// How many of the selected claims have each combination of some properties, at least and at most: the value
/// of each property (of a record its id, and then its name), and the two numbers.
///
/// # Errors
/// By the relations of a roll-up, or by time with a roll-up.
pub fn count(asked: &Conditions, per: &[Dimension]) -> Result<String, Unsupported> {
    if per.contains(&Dimension::Through) {
        return Err(Unsupported("a count by the relations of a roll-up"));
    }
    let has_time = per.iter().any(|one| one.is_time());
    if has_time && asked.stood.is_some() {
        return Err(Unsupported("a count by time with --rollup"));
    }
    let Selected { with, query } = selected(asked);
    let mut steps: Vec<String> = Vec::new();
    if let Some(with) = with.strip_prefix("WITH ") {
        steps.push(with.trim_end().to_owned());
    }
    steps.push(format!("chosen AS ({query})"));
    if has_time {
        let digits: Vec<String> = (0..10).map(|digit| format!("({digit})")).collect();
        steps.push(format!(
            "digits AS (SELECT * FROM (VALUES {}) v(i))",
            digits.join(", ")
        ));
        steps.push(
            "numbers AS (SELECT a.i + 10 * b.i + 100 * c.i AS i FROM digits a CROSS JOIN digits b CROSS JOIN digits c WHERE c.i < 4)"
                .to_owned(),
        );
    }
    let (mut joins, mut sure) = (String::new(), String::from("c.certain"));
    for (nth, dimension) in per.iter().copied().enumerate() {
        let Some(axis) = axis(asked, per, nth, dimension, &mut steps) else {
            continue;
        };
        joins.push_str(&format!(
            "\n  LEFT JOIN ({axis}) x{nth} ON x{nth}.part = c.part AND x{nth}.row = c.row"
        ));
        if dimension.is_time() {
            sure.push_str(&format!(" AND coalesce(x{nth}.sure, TRUE)"));
        }
    }
    let grouped = grouped(per);
    let columns: Vec<String> = grouped
        .iter()
        .map(|(from, name)| format!("{from} AS {name}"))
        .collect();
    let by: Vec<&str> = grouped.iter().map(|(from, _)| from.as_str()).collect();
    let counted = format!(
        "SELECT {}, CAST(sum(CASE WHEN {sure} THEN 1 ELSE 0 END) AS BIGINT) AS least, CAST(count(*) AS BIGINT) AS most\n  \
         FROM chosen c{joins}\n  GROUP BY {}",
        columns.join(", "),
        by.join(", ")
    );
    let units: Vec<(Dimension, String)> = (per.iter().enumerate())
        .filter(|(_, one)| one.is_time())
        .map(|(nth, one)| (*one, format!("v{nth}")))
        .collect();
    let with = steps.join(",\n");
    Ok(format!(
        "WITH {with}\nSELECT {}\nFROM ({}) g\nORDER BY {}{}",
        shown(per),
        written(counted, &units),
        order(per),
        limit(asked)
    ))
}

/// The columns of groups: what they are made of, and their names.
fn grouped(per: &[Dimension]) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for (nth, dimension) in per.iter().enumerate() {
        let of = axis_of(per, nth, *dimension);
        let value = if of == nth { "v" } else { "w" };
        columns.push((format!("x{of}.{value}"), format!("v{nth}")));
        if dimension.is_record() {
            columns.push((format!("x{of}.name"), format!("name{nth}")));
        }
    }
    columns
}

/// On whose axis a property lies: a stance on that of what it is toward, a publisher on that of the document.
fn axis_of(per: &[Dimension], nth: usize, dimension: Dimension) -> usize {
    let with = match dimension {
        Dimension::Stance => Dimension::About,
        Dimension::Publisher => Dimension::Document,
        _ => return nth,
    };
    per.iter().position(|one| *one == with).unwrap_or(nth)
}

fn shown(per: &[Dimension]) -> String {
    let mut columns = String::new();
    for (nth, dimension) in per.iter().enumerate() {
        let word = dimension.word();
        if dimension.is_time() {
            columns.push_str(&format!("g.tv{nth} AS {word}, "));
        } else {
            columns.push_str(&format!("g.v{nth} AS {word}, "));
        }
        if dimension.is_record() {
            columns.push_str(&format!("g.name{nth} AS {word}_name, "));
        }
    }
    columns + "g.least AS least, g.most AS most"
}

/// Units of time ascending, then the most first, then by name; what has no value comes last.
fn order(per: &[Dimension]) -> String {
    let last = |column: &str| format!("CASE WHEN {column} IS NULL THEN 1 ELSE 0 END, {column}");
    let mut keys: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for (nth, dimension) in per.iter().enumerate() {
        if dimension.is_time() {
            keys.push(last(&format!("g.v{nth}")));
        } else if dimension.is_record() {
            others.push(format!("{}, g.v{nth}", last(&format!("g.name{nth}"))));
        } else {
            others.push(last(&format!("g.v{nth}")));
        }
    }
    keys.push("g.most DESC, g.least DESC".to_owned());
    keys.extend(others);
    keys.join(", ")
}

/// The values that claims have of a property: `part`, `row`, `v`, of a record its `name`; of what lies on the
/// same axis also `w`. None of a property that lies on the axis of another.
fn axis(
    asked: &Conditions,
    per: &[Dimension],
    nth: usize,
    dimension: Dimension,
    steps: &mut Vec<String>,
) -> Option<String> {
    if axis_of(per, nth, dimension) != nth {
        return None;
    }
    let has = |other: Dimension| per.contains(&other);
    let things =
        "SELECT part, row, thing FROM claim_about UNION SELECT part, row, toward FROM claim_stance";
    let of_actor = |table: &str| {
        format!(
            "SELECT DISTINCT t.part, t.row, r.id AS v, coalesce(r.name, r.id) AS name FROM {table} t JOIN actors r ON r.id = t.actor"
        )
    };
    Some(match dimension {
        Dimension::Speaker => of_actor("claim_speaker"),
        Dimension::To => of_actor("claim_to"),
        Dimension::About if has(Dimension::Stance) => format!(
            "SELECT DISTINCT t.part, t.row, r.id AS v, r.name AS name, s.value AS w FROM ({things}) t JOIN labels r ON r.id = t.thing \
             LEFT JOIN claim_stance s ON s.part = t.part AND s.row = t.row AND s.toward = t.thing"
        ),
        Dimension::About => format!(
            "SELECT t.part, t.row, r.id AS v, r.name AS name FROM ({things}) t JOIN labels r ON r.id = t.thing"
        ),
        Dimension::Stance => {
            "SELECT DISTINCT t.part, t.row, t.value AS v FROM claim_stance t JOIN labels r ON r.id = t.toward".to_owned()
        }
        Dimension::Document | Dimension::Publisher => {
            let known = match asked.as_of {
                Some(day) => format!(
                    " WHERE coalesce(r.recorded_earliest_start, r.published_earliest_start, {BEFORE_ALL}) <= {day}"
                ),
                None => String::new(),
            };
            let columns = match (dimension, has(Dimension::Publisher)) {
                (Dimension::Publisher, _) => "r.publisher AS v",
                (_, true) => "r.id AS v, coalesce(r.title, r.id) AS name, r.publisher AS w",
                (_, false) => "r.id AS v, coalesce(r.title, r.id) AS name",
            };
            let all = format!(
                "SELECT DISTINCT t.part, t.row, {columns} FROM claim_evidence t JOIN documents r ON r.id = t.document{known}"
            );
            if dimension == Dimension::Publisher {
                format!("SELECT part, row, v FROM ({all}) z WHERE v IS NOT NULL")
            } else {
                all
            }
        }
        Dimension::Act => "SELECT part, row, act AS v FROM claims".to_owned(),
        Dimension::Mode => "SELECT part, row, mode AS v FROM claims".to_owned(),
        Dimension::Tag => "SELECT DISTINCT part, row, tag AS v FROM claim_tag".to_owned(),
        Dimension::Through => return None,
        Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Year => {
            time(asked, nth, dimension, steps)
        }
    })
}

/// The units of time in which each claim can have been said: of one that can have been in several, those that
/// lie in the window. None of a date that is open, or touches too many.
fn time(asked: &Conditions, nth: usize, dimension: Dimension, steps: &mut Vec<String>) -> String {
    let [first, last] = asked.window.unwrap_or([AFTER_ALL, BEFORE_ALL]);
    let stretches = format!(
        "SELECT s.part, s.row, s.lo, s.hi, greatest(s.lo, CAST({first} AS BIGINT)) AS clo, least(s.hi, CAST({last} AS BIGINT)) AS chi
  FROM (SELECT c.part, c.row, coalesce(a.earliest_start, c.said_earliest_start) AS lo,
    coalesce(a.latest_end, c.said_latest_end) AS hi, c.said_earliest_start AS whole_lo, c.said_latest_end AS whole_hi
    FROM chosen q JOIN claims c ON c.part = q.part AND c.row = q.row
    LEFT JOIN alternatives a ON a.part = c.part AND a.row = c.row AND a.kind = 'claim' AND a.field = 'said'
    WHERE c.said_earliest_start IS NOT NULL) s
  WHERE s.whole_lo > {BEFORE_ALL} AND s.whole_hi < {AFTER_ALL}"
    );
    let ends = ["lo", "hi", "clo", "chi"];
    let [lo, hi, clo, chi] = ends.map(|end| unit(dimension, end));
    let days = match dimension {
        Dimension::Year | Dimension::Month => civil(&stretches, &ends),
        _ => stretches,
    };
    steps.push(format!(
        "touched{nth} AS (SELECT part, row, {lo} AS ua, {hi} AS ub, CASE WHEN clo <= chi THEN {clo} END AS ca, \
         CASE WHEN clo <= chi THEN {chi} END AS cb FROM ({days}) z)"
    ));
    format!(
        "SELECT part, row, u AS v, sure FROM (SELECT part, row, u, inside, CASE WHEN many = 1 THEN TRUE ELSE FALSE END AS sure, many FROM (
    SELECT part, row, u, inside, count(*) OVER (PARTITION BY part, row) AS many, max(vague) OVER (PARTITION BY part, row) AS vague FROM (
      SELECT part, row, u, max(CASE WHEN u >= ca AND u <= cb THEN 1 ELSE 0 END) AS inside, max(vague) AS vague FROM (
        SELECT part, row, ua AS u, ca, cb, CASE WHEN ub - ua >= {MOST_UNITS} THEN 1 ELSE 0 END AS vague FROM touched{nth} WHERE ua = ub OR ub - ua >= {MOST_UNITS}
        UNION ALL SELECT t.part, t.row, t.ua + n.i, t.ca, t.cb, 0 FROM touched{nth} t JOIN numbers n ON n.i <= t.ub - t.ua
          WHERE t.ub > t.ua AND t.ub - t.ua < {MOST_UNITS}) y
      GROUP BY part, row, u) x) w WHERE vague = 0 AND many <= {MOST_UNITS}) v WHERE sure OR inside = 1"
    )
}
