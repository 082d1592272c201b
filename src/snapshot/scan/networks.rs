//! Makes networks from columns: of claims, who says what of what is read, and when; of records, only
//! those that are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Shared, Snapshot};
use super::super::table::Rows;
use super::claim_columns::{Claims, Dated, Piece, Unclear, stretches};
use super::counting::{column, is_clean};
use super::find::{Finder, Row};
use super::lines::Lines;
use super::pieces::add_all;
use super::shown_claims::shown_claims;
use super::{can_be_partly, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind};
use annals_query::Query;
use annals_query::network::{
    ColumnClaim, ColumnsNeeded, Made, Measure, NO_THING, NetworkAsked, NodesOf, ShownClaims,
};
use annals_time::{Date, Day, chronological};

/// How many documents are read at once.
const AT_ONCE: usize = 4096;
/// More claims than this of a pair are not read one by one.
const MOST_BEHIND: usize = 1 << 18;

/// A network of all claims in force, or of those of a window. `None` where claims are selected by
/// anything else, or what stands in the columns may not be what it is read as.
///
/// # Errors
/// When the snapshot is damaged.
pub fn network_of(
    snapshot: &Snapshot,
    asked: &Query,
    network: &NetworkAsked,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, Made)>, SnapshotError> {
    if !is_of_all(snapshot, asked, network) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let Some(columns) = collect(shared, &mut finder, asked, network, None)? else {
        return Ok(None);
    };
    let columns = match columns.collected() {
        Ok(columns) => columns,
        Err(too_many) => {
            let loaded = super::nothing_of(snapshot, own_words, whole)?;
            return Ok(loaded.map(|loaded| (loaded, Made::TooMany(too_many))));
        }
    };
    let rows = finder.rows_by_id(&columns.shown())?;
    let rows: BTreeSet<Row> = rows.into_values().flatten().collect();
    let (lines, ids) = (Lines::default(), BTreeSet::new());
    let loaded = read(snapshot, &mut finder, lines, rows, ids, own_words, whole)?;
    Ok(loaded.and_then(|loaded| {
        let made = columns.with(&loaded.facts, ShownClaims::default())?;
        Some((loaded, made))
    }))
}

/// The part of a network that the weight of two actors is made of, with the claims behind it. `None` as
/// [`network_of`] says, and where a name is unknown or that of several.
///
/// # Errors
/// When the snapshot is damaged.
pub fn network_behind(
    snapshot: &Snapshot,
    asked: &Query,
    network: &NetworkAsked,
    ends: [&str; 2],
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, Made)>, SnapshotError> {
    let is_of_pairs = network.of == NodesOf::Actors
        && !matches!(network.weighed.measure, Measure::Affiliation(_))
        && network.windows.is_none()
        && network.at_least <= 1
        && network.things_at_least <= 1;
    let of_all = Query {
        by: Vec::new(),
        ..asked.clone()
    };
    if !is_of_pairs || !is_of_all(snapshot, &of_all, network) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let (mut spoken, mut named) = (Vec::new(), Vec::new());
    for end in ends {
        let Some((row, id)) = finder.named(end, &[RecordKind::Actor])? else {
            return Ok(None);
        };
        let claims = finder.linked("claim_speaker", RecordKind::Claim, &id)?;
        spoken.extend(claims.into_iter().map(|(_, row)| row));
        named.push((row, id));
    }
    spoken.sort_unstable();
    spoken.dedup();
    let Some(columns) = collect(shared, &mut finder, asked, network, Some(&spoken))? else {
        return Ok(None);
    };
    let Ok(columns) = columns.collected() else {
        return Ok(None);
    };
    let ends = [named[0].1.as_str(), named[1].1.as_str()];
    let (things, behind) = columns.behind(ends);
    if behind.len() > MOST_BEHIND {
        return Ok(None);
    }
    let behind: Vec<usize> = behind.into_iter().map(|row| row as usize).collect();
    let Some(shown) = shown_claims(shared, &columns, &behind)? else {
        return Ok(None);
    };
    // Whatever else these claims refer to is not shown.
    let ids = things.into_iter().chain(columns.shown());
    let ids: BTreeSet<String> = ids.map(str::to_owned).collect();
    // A date that has more to it than its text is in its record.
    let dated = (shown.claims.iter()).filter(|(_, claim)| claim.said_in_record);
    let dated = dated.map(|(row, _)| (RecordKind::Claim, *row as usize));
    let rows: BTreeSet<Row> = named.iter().map(|(row, _)| *row).chain(dated).collect();
    let lines = Lines::default();
    let loaded = read(snapshot, &mut finder, lines, rows, ids, own_words, whole)?;
    Ok(loaded.and_then(|loaded| {
        let made = columns.with(&loaded.facts, shown)?;
        Some((loaded, made))
    }))
}

/// Whether claims are selected by nothing but a window, and count for those who said them.
fn is_of_all(snapshot: &Snapshot, asked: &Query, network: &NetworkAsked) -> bool {
    let of_window = Query {
        window: annals_time::Window::default(),
        ..asked.clone()
    };
    network.into.is_empty()
        && super::counting::is_of_all(&of_window)
        && !asked.window.is_empty()
        && can_be_partly(snapshot)
        && is_clean(snapshot)
}

/// Collects claims: all, or those of some rows. `None` where a date is not what its columns say.
fn collect(
    shared: &Shared,
    finder: &mut Finder<'_>,
    asked: &Query,
    network: &NetworkAsked,
    only: Option<&[usize]>,
) -> Result<Option<annals_query::network::Columns>, SnapshotError> {
    let columns = annals_query::network::Columns::new(asked, network);
    let needed = columns.needed();
    let claims = RecordKind::Claim.plural();
    let mut pieces = Vec::new();
    for part in shared.parts.iter().filter(|part| part.rows(claims) > 0) {
        let table = part.paged(claims)?;
        let begin = part.entry.first_rows.get(claims).copied().unwrap_or(0);
        for rows in stretches(&table, begin, only) {
            pieces.push(Piece {
                part,
                table: Arc::clone(&table),
                begin,
                rows,
                only,
                needed,
                retracted: asked.retracted,
            });
        }
    }
    let mut whole = Whole {
        columns,
        shared,
        needed,
        published: None,
    };
    let add = |claims| whole.add(claims, finder);
    let is_exact = add_all(pieces, |piece: Piece<'_>| piece.read(), add)?;
    Ok(is_exact.then_some(whole.columns))
}

/// All claims.
struct Whole<'s> {
    columns: annals_query::network::Columns,
    shared: &'s Shared,
    needed: ColumnsNeeded,
    /// When documents were published, by id; read when it is first needed.
    published: Option<HashMap<String, Option<Date>, FixedState>>,
}

impl Whole<'_> {
    /// Adds the claims of some rows; `false` where a date of publication is not what its columns say.
    fn add(&mut self, mut claims: Claims, finder: &mut Finder<'_>) -> Result<bool, SnapshotError> {
        let read = claims.texts.iter().map(|text| std::str::from_utf8(text));
        let Ok(read) = read.collect::<Result<Vec<&str>, _>>() else {
            return Ok(false);
        };
        let kinds = if self.needed.kinds {
            finder.rows_by_id(&read.iter().copied().collect())?
        } else {
            BTreeMap::new()
        };
        let columns = &mut self.columns;
        let number = |text: &&str| {
            columns.text(text, || {
                let rows = kinds.get(text)?;
                rows.first().map(|(kind, _)| *kind)
            })
        };
        let texts: Vec<u32> = read.iter().map(number).collect();
        let mut dates = Vec::with_capacity(claims.dates.len());
        for date in std::mem::take(&mut claims.dates) {
            dates.push(match date {
                Dated::Day(day) => match Day::from_number(day) {
                    Some(day) => columns.date(&day.to_string(), || Date::of_day(day)),
                    None => return Ok(false),
                },
                Dated::Written(text, date) => columns.date(&text, || date),
            });
        }
        for number in claims.speakers.iter_mut().chain(&mut claims.about) {
            *number = texts[*number as usize];
        }
        let towards = claims.stances.iter_mut().map(|(toward, _)| toward);
        for toward in towards.filter(|toward| **toward != NO_THING) {
            *toward = texts[*toward as usize];
        }
        let mut begun = [0; 4];
        for one in &claims.all {
            let [speakers, stances, about, documents] = begun;
            let documents = &claims.documents[documents..one.documents];
            let reported = if self.needed.reported || one.said.is_none() {
                let ids = documents.iter().map(|one| read[*one as usize]);
                match self.reported(ids)? {
                    Ok(reported) => reported,
                    Err(Unclear) => return Ok(false),
                }
            } else {
                None
            };
            let documents: Vec<u32> = documents.iter().map(|one| texts[*one as usize]).collect();
            self.columns.add(&ColumnClaim {
                row: one.row,
                said: one.said.map(|said| dates[said as usize]),
                speakers: &claims.speakers[speakers..one.speakers],
                stances: &claims.stances[stances..one.stances],
                about: &claims.about[about..one.about],
                documents: &documents,
                reported: reported.as_ref(),
            });
            begun = [one.speakers, one.stances, one.about, one.documents];
        }
        Ok(true)
    }

    /// The first publication of some documents.
    fn reported<'i>(
        &mut self,
        ids: impl Iterator<Item = &'i str>,
    ) -> Result<Result<Option<Date>, Unclear>, SnapshotError> {
        let published = match &mut self.published {
            Some(published) => published,
            none => none.insert(published(self.shared)?),
        };
        let mut first: Option<Date> = None;
        for id in ids {
            let Some(date) = published.get(id) else {
                return Ok(Err(Unclear));
            };
            if let Some(date) = date
                && first
                    .as_ref()
                    .is_none_or(|first| chronological(date, first).is_lt())
            {
                first = Some(date.clone());
            }
        }
        Ok(Ok(first))
    }
}

/// When each document was published. Those whose columns do not tell it are left out.
fn published(shared: &Shared) -> Result<HashMap<String, Option<Date>, FixedState>, SnapshotError> {
    let kind = RecordKind::Document;
    let columns = Columns::of(kind);
    let mut all = HashMap::default();
    let parts = shared.parts.iter();
    for part in parts.filter(|part| part.rows(kind.plural()) > 0) {
        let table = part.paged(kind.plural())?;
        let names = ["id", "published", "published_first", "published_last"];
        let wanted = names.map(|name| column(part, kind, &columns, name));
        let mut rows = Rows::new(&*table, wanted.to_vec());
        let mut at = 0;
        while at < table.rows() {
            let batch = rows.read(at, AT_ONCE)?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| table.damaged())?;
                let written = batch.text(1, row);
                let day = |column: usize| Day::from_number(batch.number(column, row)?);
                let days = [day(2), day(3)];
                let date = written.map(Date::parse).transpose().ok().flatten();
                let ends = date.as_ref().map(|date| [date.first(), date.last()]);
                if written.is_none() || ends == Some(days) {
                    all.insert(id.to_owned(), date);
                }
            }
            at += batch.rows;
        }
    }
    Ok(all)
}
