//! `subgraph`: the edges around some things.

use super::Unsupported;
use super::graph::OF_RECORD;
use super::literal::is_one_of;

/// No more hops than these are unrolled: engines differ in recursion.
const MOST_HOPS: usize = 3;

/// The edges between all things within some hops of others, by the ids of their ends.
///
/// # Errors
/// If there are more hops than are unrolled.
pub fn around(centres: &[String], hops: usize) -> Result<String, Unsupported> {
    if hops > MOST_HOPS {
        return Err(Unsupported("more than 3 hops"));
    }
    let columns = "id, kind, part, row";
    let mut steps = vec![format!(
        "n0 AS (SELECT {columns} FROM nodes WHERE {})",
        is_one_of("id", centres)
    )];
    for hop in 0..hops {
        let from = format!("n{hop}");
        steps.push(format!(
            "n{} AS (SELECT y.id, y.kind, y.part, y.row FROM (SELECT id FROM {from}
  UNION SELECT l.thing FROM links l JOIN {from} r ON {OF_RECORD}
  UNION SELECT r.id FROM links l JOIN {from} x ON x.id = l.thing JOIN nodes r ON {OF_RECORD}
  UNION SELECT t.b FROM links_of_ties t JOIN {from} x ON x.id = t.a
  UNION SELECT t.a FROM links_of_ties t JOIN {from} x ON x.id = t.b) x JOIN nodes y ON y.id = x.id)",
            hop + 1
        ));
    }
    let within = format!("n{hops}");
    Ok(format!(
        "WITH {},
e AS (SELECT r.id AS one, l.thing AS other, l.kind, l.from_thing FROM links l JOIN {within} r ON {OF_RECORD}
  UNION ALL SELECT t.a, t.b, t.kind, FALSE FROM links_of_ties t JOIN {within} x ON x.id = t.a)
SELECT DISTINCT CASE WHEN e.from_thing THEN e.other ELSE e.one END AS source, CASE WHEN e.from_thing THEN e.one ELSE e.other END AS target,
  e.kind AS kind
FROM e JOIN {within} y ON y.id = e.other\nORDER BY source, target, kind",
        steps.join(",\n")
    ))
}
