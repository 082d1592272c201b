//! What is kept about all facts: the overview of them.

use super::super::error::SnapshotError;
use super::super::opened::Snapshot;
use super::super::table::Rows;
use super::super::writer::OVERVIEW;
use super::find::Finder;
use super::lines::Lines;
use super::{can_be_partly, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, Vocabulary as _};
use annals_query::Ref;
use annals_query::overview::{
    DocumentRow, FindingsRow, KindCounts, OverviewRow, SpanRow, SpeakerRow, TopicRow,
};
use annals_time::Day;
use std::collections::BTreeSet;

/// No records, but all that is known of the whole. `None` where files are to be read anyway.
///
/// # Errors
/// When the snapshot is damaged.
pub fn nothing_of(
    snapshot: &Snapshot,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    if !can_be_partly(snapshot) {
        return Ok(None);
    }
    let mut finder = Finder::new(&snapshot.shared);
    let (lines, rows, ids) = (Lines::default(), BTreeSet::new(), BTreeSet::new());
    read(snapshot, &mut finder, lines, rows, ids, own_words, whole)
}

/// The overview of all facts in force, as it was when the snapshot was built; `None` if it has none,
/// or other rules found what is wrong with them.
///
/// # Errors
/// When the snapshot is damaged.
pub fn overview_of(snapshot: &Snapshot) -> Result<Option<OverviewRow>, SnapshotError> {
    let last = snapshot.shared.parts.last();
    let last = last.filter(|part| part.has(OVERVIEW));
    let Some((part, counts)) = last.zip(snapshot.counts()) else {
        return Ok(None);
    };
    let mut row = OverviewRow {
        counts: KindCounts(RecordKind::ALL.iter().map(|kind| (*kind, 0)).collect()),
        span: SpanRow::default(),
        speakers: Vec::new(),
        topics: Vec::new(),
        documents: Vec::new(),
        unverified: 0,
        findings: FindingsRow {
            errors: counts.errors,
            warnings: counts.warnings,
        },
    };
    let table = part.through(OVERVIEW)?;
    let mut rows = Rows::new(&*table, (0..4).map(Some).collect());
    let mut at = 0;
    while at < table.rows() {
        let batch = rows.read(at, 1024)?;
        for nth in 0..batch.rows {
            let text = |column| batch.text(column, nth).unwrap_or_default();
            let number = batch.number(3, nth).ok_or_else(|| table.damaged())?;
            let of = || Ref {
                id: text(1).to_owned(),
                name: text(2).to_owned(),
            };
            let claims = usize::try_from(number);
            let claims = || claims.map_err(|_| table.damaged());
            match text(0) {
                "first" => row.span.first = Day::from_number(number),
                "last" => row.span.last = Day::from_number(number),
                "unverified" => row.unverified = claims()?,
                "speaker" => row.speakers.push(SpeakerRow {
                    actor: of(),
                    claims: claims()?,
                }),
                "topic" => row.topics.push(TopicRow {
                    topic: of(),
                    claims: claims()?,
                }),
                "document" => row.documents.push(DocumentRow {
                    document: of(),
                    claims: claims()?,
                }),
                _ => {
                    let kind = RecordKind::ALL
                        .iter()
                        .position(|kind| kind.word() == text(1));
                    let kind = kind.and_then(|kind| row.counts.0.get_mut(kind));
                    kind.ok_or_else(|| table.damaged())?.1 = claims()?;
                }
            }
        }
        at += batch.rows;
    }
    Ok(Some(row))
}
