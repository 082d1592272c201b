//! The views of the graph: what its nodes are, and what makes its edges.
//!
//! A table of links has the row of the record that refers, and the id of the thing. Edges are found by both
//! as they are: to look up the id of every claim first would take most of the time.

use annals_model::{RecordKind, Vocabulary as _};

/// The nodes: everything with a name, and claims, as long as it is in force, and where it stands. No two
/// records have one id.
pub(crate) fn nodes() -> String {
    let each = kinds().map(|kind| {
        let (word, table) = (kind.word(), kind.plural());
        format!("SELECT id, '{word}' AS kind, part, row FROM {table} WHERE retracted IS NULL")
    });
    each.collect::<Vec<_>>().join("\nUNION ALL ")
}

fn kinds() -> impl Iterator<Item = RecordKind> {
    let is_node = |kind: &RecordKind| !matches!(kind, RecordKind::Relation | RecordKind::Order);
    RecordKind::ALL.iter().copied().filter(is_node)
}

/// The links that make edges, whether or not what they join is in force: the kind and the row of the record
/// that refers, the id of the thing, the kind of the edge, and whether it leads from the thing to the record.
pub(crate) fn links() -> String {
    let mut all = Vec::new();
    for kind in kinds() {
        for field in kind.own_fields() {
            let (Some(edge), Some(links)) = (field.edge, field.links) else {
                continue;
            };
            // Whoever speaks or takes part comes first.
            let is_from_thing = matches!(edge, "said" | "participates");
            all.push(format!(
                "SELECT '{}' AS record, part, row, {} AS thing, '{edge}' AS kind, {} AS from_thing FROM {}",
                kind.word(),
                links.node,
                if is_from_thing { "TRUE" } else { "FALSE" },
                links.table,
            ));
        }
    }
    all.join("\nUNION ALL ")
}

/// The edges of relations and orders in force, by the ids of their ends, whether or not these are in force.
pub(crate) fn links_of_ties() -> String {
    let mut all = vec![
        "SELECT from_id AS a, to_id AS b, coalesce(kind, 'tie') AS kind FROM relations WHERE retracted IS NULL"
            .to_owned(),
    ];
    for end in ["from_id", "to_id"] {
        all.push(format!(
            "SELECT t.actor, c.{end}, 'identifies' FROM relation_by t JOIN relations c ON c.part = t.part AND c.row = t.row \
             WHERE c.retracted IS NULL AND c.kind = 'same_as'"
        ));
    }
    all.push("SELECT first_id, second_id, 'order' FROM orders WHERE retracted IS NULL".to_owned());
    all.join("\nUNION ALL ")
}

/// That a link `l` is of a record `r`.
pub(crate) const OF_RECORD: &str = "r.kind = l.record AND r.part = l.part AND r.row = l.row";

/// The edges, by the ids of their ends.
pub(crate) fn edges() -> String {
    format!(
        "SELECT CASE WHEN l.from_thing THEN l.thing ELSE r.id END AS a, CASE WHEN l.from_thing THEN r.id ELSE l.thing END AS b, l.kind
FROM links l JOIN nodes r ON {OF_RECORD} JOIN nodes x ON x.id = l.thing
UNION ALL SELECT t.a, t.b, t.kind FROM links_of_ties t JOIN nodes x ON x.id = t.a JOIN nodes y ON y.id = t.b"
    )
}
