//! The course of each speaker's stances toward each thing, which `positions` and `contradictions` share.

use super::literal::is_one_of;
use super::order;
use super::said::{Selected, selected};
use super::{AFTER_ALL, BEFORE_ALL};
use annals_query::selection::Conditions;

/// What a course needs of a claim.
const OF_CLAIM: [&str; 21] = [
    "part",
    "row",
    "id",
    "certain",
    "s0",
    "s1",
    "e0",
    "e1",
    "o0",
    "o1",
    "os",
    "dated",
    "said_alternatives",
    "said_zoned",
    "file",
    "line",
    "byte_offset",
    "text_document",
    "text_start",
    "text_page_order",
    "retracted",
];

/// The steps up to `h`: one row for each stance of a speaker toward a thing, and for each claim that only
/// withdraws some, numbered by `n` in the order of the list. `pos` is the place of the claim among all, and
/// `first_pos` the first of these in a course.
///
/// Engines may compute a step wherever it is named, so that few steps name another twice: what a claim is
/// withdrawn by is found without going through the course once more, since whoever withdraws a stance has
/// taken it. If only `two_minded` courses are wanted, those without both sides are left out before their claims
/// are looked up.
pub(crate) fn steps(asked: &Conditions, two_minded: bool) -> Vec<String> {
    let Selected { with, query } = selected(asked);
    let mut steps: Vec<String> = with
        .strip_prefix("WITH ")
        .map(str::to_owned)
        .into_iter()
        .collect();
    if let Some(last) = steps.last_mut() {
        *last = last.trim_end().to_owned();
    }
    let asks = [("t.value", &asked.stance), ("t.toward", &toward(asked))];
    let asks = asks.into_iter().filter(|(_, some)| !some.is_empty());
    let asks: Vec<String> = asks
        .map(|(column, some)| format!(" AND {}", is_one_of(column, some)))
        .collect();
    let asks = asks.concat();
    let speakers = match &asked.by {
        Some(by) => format!(" AND {}", is_one_of("s.actor", by)),
        None => String::new(),
    };
    let of_claim = |table: &str| OF_CLAIM.map(|one| format!("{table}.{one}")).join(", ");
    // Stances of the claims selected, of which one more table may leave but a few.
    let taken = |few: &str| {
        format!(
            "SELECT s.actor, t.toward, t.value, t.nth AS k1, s.nth AS k2, {}
  FROM ({query}) q{few} JOIN claim_stance t ON t.part = q.part AND t.row = q.row
  JOIN claim_speaker s ON s.part = q.part AND s.row = q.row
  JOIN actors a ON a.id = s.actor JOIN ids l ON l.id = t.toward WHERE 1 = 1{asks}{speakers}",
            of_claim("q")
        )
    };
    steps.push(format!("w AS ({})", withdrawing(asked)));
    if two_minded {
        steps.push(TWO_MINDED.to_owned());
        // `EXISTS`, since an engine can begin a plain join with all stances toward each thing, whosever they are.
        steps.push(format!(
            "of_two_minds AS (SELECT s.actor, t.toward, t.value, t.nth AS k1, s.nth AS k2, t.part, t.row FROM claim_stance t
  JOIN claim_speaker s ON s.part = t.part AND s.row = t.row
  JOIN actors a ON a.id = s.actor JOIN ids l ON l.id = t.toward
  WHERE EXISTS (SELECT 1 FROM two_minded b WHERE b.actor = s.actor AND b.toward = t.toward){asks}{speakers})"
        ));
        steps.push(format!(
            "taken AS (SELECT t.actor, t.toward, t.value, t.k1, t.k2, {}
  FROM of_two_minds t JOIN ({query}) q ON q.part = t.part AND q.row = t.row)",
            of_claim("q")
        ));
    } else {
        steps.push(format!("taken AS ({})", taken("")));
    }
    let columns = of_claim("z");
    steps.push(format!(
        "entries AS (SELECT z.actor, z.toward, z.value, z.k1, z.k2, {columns} FROM taken z UNION ALL
  SELECT DISTINCT t.actor, t.toward, CAST(NULL AS STRING), 0, 0, {}
  FROM ({}) t JOIN w ON w.claim = t.id JOIN claim_speaker s ON s.part = w.part AND s.row = w.row AND s.actor = t.actor)",
        of_claim("w").replace("w.certain", "TRUE"),
        taken("\n  JOIN (SELECT DISTINCT claim FROM w) v ON v.claim = q.id"),
    ));
    steps.push(
        "u AS (SELECT s.actor, w.claim, min(w.e1) AS until, min(w.s0) AS since FROM w
  JOIN claim_speaker s ON s.part = w.part AND s.row = w.row GROUP BY s.actor, w.claim)"
            .to_owned(),
    );
    steps.push(format!(
        "placed AS (SELECT c.actor, c.toward, c.value, c.k1, c.k2, c.certain, c.part, c.row, c.id, c.s0, c.s1, c.e0, c.e1,
    c.dated, c.said_alternatives, CASE WHEN c.dated THEN c.os END AS second, c.said_zoned AS zoned,
    dense_rank() OVER (ORDER BY {}) AS pos, max(c.k1) OVER (PARTITION BY c.actor, c.toward, c.part, c.row) AS k
  FROM entries c{})",
        order::of_claims(),
        order::JOINS
    ));
    steps.push(format!(
        "h AS (SELECT p.*, coalesce(u.until, {AFTER_ALL}) AS until, coalesce(u.since, {AFTER_ALL}) AS since,
    min(p.pos) OVER (PARTITION BY p.actor, p.toward) AS first_pos,
    row_number() OVER (PARTITION BY p.actor, p.toward ORDER BY p.pos, p.k1, p.k2) AS n
  FROM placed p LEFT JOIN u ON u.actor = p.actor AND u.claim = p.id WHERE p.k1 > 0 OR p.k = 0)"
    ));
    steps
}

/// Who takes both sides on what, by all claims that there are, whichever are selected.
const TWO_MINDED: &str = "\
two_minded AS (SELECT s.actor, t.toward FROM claim_stance t JOIN claim_speaker s ON s.part = t.part AND s.row = t.row
  WHERE t.value IN ('supports', 'opposes') GROUP BY s.actor, t.toward HAVING min(t.value) <> max(t.value))";

/// The things toward which stances are asked for; with roll-up also those that stand for them.
fn toward(asked: &Conditions) -> Vec<String> {
    let mut toward: Vec<String> = asked.about.iter().flatten().cloned().collect();
    let stood = asked.stood.iter().filter_map(|stood| stood.about.as_ref());
    toward.extend(stood.flatten().map(|one| one.actor.clone()));
    toward.sort_unstable();
    toward.dedup();
    toward
}

/// The claims in force that take back others, and which: whatever else is asked for.
fn withdrawing(asked: &Conditions) -> String {
    let plain = Conditions {
        window: Some([BEFORE_ALL, AFTER_ALL]),
        act: vec!["retracts".to_owned()],
        surely: asked.surely,
        retracted: asked.retracted,
        as_of: asked.as_of,
        ..Conditions::default()
    };
    format!(
        "SELECT q.*, r.claim FROM ({}) q JOIN claim_responds_to r ON r.part = q.part AND r.row = q.row",
        selected(&plain).query
    )
}

/// The days of each row of `h`, a row for each stretch of them.
pub(crate) const DAYS: &str = "\
held AS (SELECT h.actor, h.toward, h.value, h.n, h.pos, h.first_pos, h.part, h.row, h.id, h.s0, h.s1, h.e0, h.e1, h.dated, h.certain,
    h.second, h.zoned, h.until, h.since, coalesce(a.earliest_start, h.s0) AS lo, coalesce(a.latest_end, h.e1) AS hi
  FROM h LEFT JOIN alternatives a ON a.part = h.part AND a.row = h.row AND a.kind = 'claim' AND a.field = 'said'
  WHERE h.value IN ('supports', 'opposes'))";

/// That the rows `a` and `b` can contradict each other: opposed stances held on one day, neither taken back
/// before it, nor one by the other, nor one surely said earlier on that day.
pub(crate) const CLASH: &str = "\
a.actor = b.actor AND a.toward = b.toward AND a.n < b.n AND a.value <> b.value
    AND greatest(a.lo, b.lo) <= least(a.hi, b.hi, a.until, b.until)
    AND NOT (a.s0 = a.e1 AND b.s0 = b.e1 AND a.s0 = b.s0 AND coalesce(a.second, -1) >= 0 AND coalesce(b.second, -1) >= 0
      AND coalesce(a.zoned, FALSE) = coalesce(b.zoned, FALSE) AND coalesce(a.second, -1) <> coalesce(b.second, -1))";

/// The pairs of rows that contradict each other, each once; `sure` if their dates leave no other possibility.
pub(crate) fn pairs() -> String {
    format!(
        "pairs AS (SELECT a.actor, a.toward, a.first_pos, a.n AS n1, b.n AS n2, a.pos AS pos1, b.pos AS pos2, a.id AS one, b.id AS other,
    a.part AS part1, a.row AS row1, b.part AS part2, b.row AS row2, max(CASE WHEN a.certain AND b.certain THEN 1 ELSE 0 END) AS lie,
    max(CASE WHEN a.dated AND b.dated AND greatest(a.s1, b.s1) <= least(a.e0, b.e0, a.since - 1, b.since - 1) THEN 1 ELSE 0 END) AS sure
  FROM held a JOIN held b ON {CLASH}
  LEFT JOIN w v ON v.part = a.part AND v.row = a.row AND v.claim = b.id
  LEFT JOIN w x ON x.part = b.part AND x.row = b.row AND x.claim = a.id
  WHERE v.claim IS NULL AND x.claim IS NULL
  GROUP BY a.actor, a.toward, a.first_pos, a.n, b.n, a.pos, b.pos, a.id, b.id, a.part, a.row, b.part, b.row)"
    )
}
