//! The rows of answers: plain data, serialised by serde.

use annals_model::{Facts, RecordKind, RecordRef, Vocabulary as _};
use annals_query::names::fold;

pub use annals_finding::FilePlace;
pub use annals_finding::write::{Counts, FindingRow, Summary};
pub use annals_query::agreement::{
    Agreement, Alphas, DifferRow, FieldValue, PairRow, PassageMarked,
};
pub use annals_query::answer::{Envelope, EvidenceRow, Ref};
pub use annals_query::brief::BriefDocument;
pub use annals_query::changes::{ChangeKind, Known, KnownRow, stance_words};
pub use annals_query::chronicle::{BecauseRow, BoundRow, DatesRow, Days, EndRow, OrderRow, WhyRow};
pub use annals_query::contradictions::{ContradictionKind, ContradictoryRow};
pub use annals_query::count::{ByRow, CountRow};
pub use annals_query::find::FoundRow;
pub use annals_query::marked_text::{DocumentRow, MarkRow, MarkedText, TextRow};
pub use annals_query::network::{
    EdgeRow as NetworkEdgeRow, NodeRow as NetworkNodeRow, WhyEdge, WhyStatement, WhyThing,
    WindowRow as NetworkWindowRow, count_words, weight_words,
};
pub use annals_query::overview::{OverviewRow, SpanRow};
pub use annals_query::positions::{ChangeRow, ContradictionRow, PositionRow, StanceTaken};
pub use annals_query::promises::PromiseRow;
pub use annals_query::said::{SaidRow, StanceRow, ThroughRow};
pub use annals_query::show::{EdgeRow, PassageRow, Shown};
pub use annals_query::timeline::{NarrowedRow, TimelineRow};
pub use annals_query::validity::RetractionRow;
pub use annals_query::voices::{HeldRow, SharedRow, VoicesRow};

/// A record by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRecord {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// Its kind: `actor`, `event`, …
    pub kind: &'static str,
}

impl NamedRecord {
    /// The records of some kinds whose id, or whose name or alias from one of its words on, begins with a
    /// prefix.
    pub(crate) fn all(facts: &Facts, kinds: &[RecordKind], begun: &str) -> Vec<NamedRecord> {
        let begun = fold(begun);
        let later = format!(" {begun}");
        let fits = |name: &str| {
            let name = fold(name);
            name.starts_with(&begun) || name.contains(&later)
        };
        let is_called_so = |record: RecordRef| {
            let RecordRef::Actor(actor) = record else {
                return false;
            };
            let mut aliases = facts.list(facts[actor].aliases).iter();
            aliases.any(|alias| fits(facts.str(*alias)))
        };
        let records = facts.records().filter(|one| kinds.contains(&one.kind()));
        records
            .filter_map(|record| {
                let (id, name) = (facts.id(record), facts.label(record));
                let is_it = || fits(id) || fits(name) || is_called_so(record);
                (facts.common(record).named && is_it()).then(|| NamedRecord {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    kind: record.kind().word(),
                })
            })
            .collect()
    }
}
