//! `network`: who agrees with whom, by what they say about the same things.

use super::said::{Selected, selected};
use super::{AFTER_ALL, BEFORE_ALL, Unsupported};
use annals_query::network::{
    Dated, Duplicates, Filter, Measure, NetworkAsked, NodesOf, Normalise, Over, Scale,
};
use annals_query::selection::Conditions;

/// A network: a row for each node, whose `b` is null, with how many statements it has; then a row for each
/// tie, with its weight and how many things add to it. `certain` says whether all statements behind it
/// certainly count: where some may not, the weight is only one reading.
///
/// # Errors
/// What of the question SQL cannot tell.
pub fn network(
    asked: &Conditions,
    network: &NetworkAsked,
    filter: Filter,
) -> Result<String, Unsupported> {
    if let Some(what) = refused(network) {
        return Err(Unsupported(what));
    }
    let asked = Conditions {
        surely: false,
        limit: None,
        ..asked.clone()
    };
    let Selected { with, query } = selected(&asked);
    let over = match network.over {
        Over::Things => String::new(),
        Over::Topics => " AND l.kind = 'topic'".to_owned(),
        Over::Actors => " AND l.kind = 'actor'".to_owned(),
        Over::Events => " AND l.kind = 'event'".to_owned(),
    };
    let (node, thing) = match network.of {
        NodesOf::Actors => ("s.actor", "t.toward"),
        NodesOf::Things => ("t.toward", "s.actor"),
    };
    let mut steps = Vec::new();
    if let Some(with) = with.strip_prefix("WITH ") {
        steps.push(with.trim_end().to_owned());
    }
    let level = match network.weighed.scale {
        Scale::Two => "CASE t.value WHEN 'opposes' THEN 0 WHEN 'supports' THEN 1 END",
        Scale::Three => {
            "CASE t.value WHEN 'opposes' THEN 0 WHEN 'supports' THEN 2 WHEN 'neutral' THEN 1 WHEN 'mixed' THEN 1 END"
        }
    };
    // In a window a statement counts for one number only if its day is known.
    let certain = if asked.window == Some([BEFORE_ALL, AFTER_ALL]) {
        "q.certain"
    } else {
        "(q.certain AND q.dated AND q.o0 = q.o1) AS certain"
    };
    steps.push(format!(
        "units AS (SELECT DISTINCT q.part, q.row, {certain}, {node} AS node, {thing} AS thing, {level} AS level
  FROM ({query}) q JOIN claim_stance t ON t.part = q.part AND t.row = q.row JOIN claim_speaker s ON s.part = q.part AND s.row = q.row
  JOIN actors a ON a.id = s.actor JOIN ids l ON l.id = t.toward WHERE {level} IS NOT NULL{over})"
    ));
    steps.push(
        "said_of AS (SELECT node, thing, level, CAST(count(*) AS BIGINT) AS n, min(CASE WHEN certain THEN 1 ELSE 0 END) AS sure
  FROM units GROUP BY node, thing, level)"
            .to_owned(),
    );
    let adds = match network.weighed.measure {
        Measure::Conflict => "x.level <> y.level",
        _ => "x.level = y.level",
    };
    steps.push(format!(
        "shared AS (SELECT x.node AS a, y.node AS b, CAST(sum(x.n * y.n) AS BIGINT) AS shared, CAST(count(DISTINCT x.thing) AS BIGINT) AS things
  FROM said_of x JOIN said_of y ON x.thing = y.thing AND x.node < y.node AND {adds} GROUP BY x.node, y.node)"
    ));
    steps.push(
        "all_of AS (SELECT node, CAST(sum(n) AS BIGINT) AS n, min(sure) AS sure FROM said_of GROUP BY node)".to_owned(),
    );
    let weight = match network.weighed.normalise {
        Normalise::No => "CAST(e.shared AS DOUBLE)",
        Normalise::Cosine => "CAST(e.shared AS DOUBLE) / CAST(x.n * y.n AS DOUBLE)",
        _ => "CAST(e.shared AS DOUBLE) / (CAST(x.n + y.n AS DOUBLE) / 2e0)",
    };
    let kept = filter
        .above
        .map_or_else(String::new, |above| format!(" WHERE weight >= {above:e}"));
    let (place, top) = match filter.top {
        Some(top) => (
            "row_number() OVER (ORDER BY weight DESC, a, b)",
            format!(" WHERE place <= {top}"),
        ),
        None => ("0", String::new()),
    };
    steps.push(format!(
        "ties_of AS (SELECT a, b, weight, things, certain, {place} AS place FROM (SELECT e.a, e.b, {weight} AS weight, e.things, \
         (x.sure = 1 AND y.sure = 1) AS certain\n  FROM shared e JOIN all_of x ON x.node = e.a JOIN all_of y ON y.node = e.b) w{kept})"
    ));
    let kind = "CASE WHEN l.kind = 'actor' THEN coalesce(a.kind, l.kind) ELSE l.kind END";
    Ok(format!(
        "WITH {}\nSELECT a, b, a_name, b_name, kind, statements, weight, things, certain FROM (\n\
         SELECT x.node AS a, CAST(NULL AS STRING) AS b, l.name AS a_name, CAST(NULL AS STRING) AS b_name, {kind} AS kind, x.n AS statements, \
         CAST(NULL AS DOUBLE) AS weight, CAST(NULL AS BIGINT) AS things, (x.sure = 1) AS certain, 0 AS sort, 0 AS place\n  \
         FROM all_of x JOIN labels l ON l.id = x.node LEFT JOIN actors a ON a.id = x.node\nUNION ALL\n\
         SELECT e.a, e.b, p.name, q.name, CAST(NULL AS STRING), CAST(NULL AS BIGINT), e.weight, e.things, e.certain, 1, e.place\n  \
         FROM ties_of e JOIN labels p ON p.id = e.a JOIN labels q ON q.id = e.b{top}) r\nORDER BY sort, place, a, b",
        steps.join(",\n")
    ))
}

/// What of a question about a network is not asked in SQL.
fn refused(asked: &NetworkAsked) -> Option<&'static str> {
    let weighed = asked.weighed;
    let rows = [
        (
            !matches!(weighed.measure, Measure::Congruence | Measure::Conflict),
            "a network of anything but --measure congruence or conflict",
        ),
        (
            !matches!(
                weighed.normalise,
                Normalise::No | Normalise::Average | Normalise::Cosine
            ),
            "a network divided by anything but no, average or cosine",
        ),
        (
            weighed.scale == Scale::Three && weighed.measure == Measure::Conflict,
            "a network of conflict with --scale three",
        ),
        (
            weighed.duplicates != Duplicates::Keep,
            "a network of which some statements count once (--duplicates)",
        ),
        (
            !asked.into.is_empty(),
            "a network of those for whom others speak (--into)",
        ),
        (asked.dated != Dated::Said, "a network by --date published"),
        (
            asked.windows.is_some(),
            "a network in several windows (--window, --every)",
        ),
        (asked.isolates, "nodes without a statement (--isolates)"),
        (
            asked.at_least > 0 || asked.things_at_least > 0,
            "a network of those with so many statements",
        ),
    ];
    rows.into_iter()
        .find(|(is_asked, _)| *is_asked)
        .map(|(_, what)| what)
}
