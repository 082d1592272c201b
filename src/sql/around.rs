//! `subgraph`: the edges around some things.

use super::Unsupported;
use super::literal::text;

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
    let centres: Vec<String> = (centres.iter())
        .map(|id| format!("SELECT {} AS id", text(id)))
        .collect();
    let mut steps = vec![format!("n0 AS ({})", centres.join(" UNION "))];
    for hop in 0..hops {
        steps.push(format!(
            "n{} AS (SELECT id FROM n{hop} UNION SELECT b FROM edges JOIN n{hop} ON a = id \
             UNION SELECT a FROM edges JOIN n{hop} ON b = id)",
            hop + 1
        ));
    }
    Ok(format!(
        "WITH {}\nSELECT DISTINCT e.a AS source, e.b AS target, e.kind AS kind\nFROM edges e JOIN n{hops} x ON x.id = e.a \
         JOIN n{hops} y ON y.id = e.b\nORDER BY source, target, kind",
        steps.join(",\n")
    ))
}
