//! `contradictions`: those that somebody wrote down, and those within one speaker.

use super::said::{limit, selected};
use super::stances::{DAYS, pairs, steps};
use super::{Unsupported, order};
use annals_query::selection::Conditions;

/// The contradictions of which one claim is selected and both lie in the window, without those between
/// speakers: their kind, both claims, the earlier first, and toward what.
///
/// # Errors
/// With roll-up.
pub fn contradictions(asked: &Conditions) -> Result<String, Unsupported> {
    if asked.stood.is_some() {
        return Err(Unsupported("--rollup of contradictions"));
    }
    let window = Conditions {
        window: asked.window,
        surely: asked.surely,
        retracted: asked.retracted,
        as_of: asked.as_of,
        ..Conditions::default()
    };
    let mut steps = steps(&window, true);
    steps.push(DAYS.to_owned());
    steps.push(pairs());
    let is_all = *asked
        == Conditions {
            limit: asked.limit,
            ..window.clone()
        };
    if !is_all {
        steps.push(format!("wanted AS ({})", selected(asked).query));
    }
    steps.push(format!(
        "ends AS (SELECT c.part, c.row, c.id, c.certain, row_number() OVER (ORDER BY {}) AS pos FROM (
    SELECT l.part, l.row FROM claim_contradicts l JOIN claims o ON o.id = l.claim
    UNION SELECT o.part, o.row FROM claim_contradicts l JOIN claims o ON o.id = l.claim) e
  JOIN ({}) c ON c.part = e.part AND c.row = e.row{})",
        order::of_claims(),
        selected(&window).query,
        order::JOINS
    ));
    let [earlier, later] = ["<", ">"].map(|sign| {
        let of = |column: &str| {
            format!("CASE WHEN a.pos {sign} b.pos THEN a.{column} ELSE b.{column} END")
        };
        ["part", "row", "id", "pos"].map(of)
    });
    steps.push(format!(
        "found AS (SELECT 0 AS sort, part1, row1, one, pos1, part2, row2, other, pos2, toward, sure
  FROM (SELECT DISTINCT {} AS part1, {} AS row1, {} AS one, {} AS pos1, {} AS part2, {} AS row2, {} AS other, {} AS pos2,
    CAST(NULL AS STRING) AS toward, (a.certain AND b.certain) AS sure
    FROM claim_contradicts l JOIN ends a ON a.part = l.part AND a.row = l.row JOIN ends b ON b.id = l.claim WHERE a.id <> b.id) z
  UNION ALL SELECT 1, part1, row1, one, pos1, part2, row2, other, pos2, toward, max(sure) = 1 AND max(lie) = 1 FROM pairs
    GROUP BY part1, row1, one, pos1, part2, row2, other, pos2, toward)",
        earlier[0], earlier[1], earlier[2], earlier[3], later[0], later[1], later[2], later[3]
    ));
    let (certain, wanted, fits) = if is_all {
        ("f.sure", "", "1 = 1")
    } else {
        (
            "(f.sure AND (coalesce(v.certain, FALSE) OR coalesce(w.certain, FALSE)))",
            "\nLEFT JOIN wanted v ON v.part = f.part1 AND v.row = f.row1 LEFT JOIN wanted w ON w.part = f.part2 AND w.row = f.row2",
            "(v.row IS NOT NULL OR w.row IS NOT NULL)",
        )
    };
    let surely = if asked.surely {
        format!(" AND {certain}")
    } else {
        String::new()
    };
    Ok(format!(
        "WITH {}\nSELECT CASE WHEN f.sort = 0 THEN 'stated' ELSE 'within' END AS kind, f.one AS claim, f.other AS other, \
         f.toward AS toward, l.name AS toward_name, {certain} AS certain\nFROM found f{wanted}\n\
         LEFT JOIN labels l ON l.id = f.toward\nWHERE {fits}{surely}\n\
         ORDER BY f.sort, f.pos1, f.pos2, l.id_order, f.toward{}",
        steps.join(",\n"),
        limit(asked)
    ))
}
