//! What the columns tell of the claims behind a weight: their words, and where they stand; so that tens of
//! thousands of them need not become records.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Batch, Rows, Table};
use super::claim_columns::{rows_in, stretches};
use super::documents::{file_order, is_plain};
use super::line_shape::{Damaged, Detail, Scratch, Shape};
use super::pieces::{add_all, in_pieces};
use annals_finding::FilePlace;
use annals_model::{RecordKind, StanceValue, Vocabulary as _};
use annals_query::answer::Ref;
use annals_query::network::{ColumnNetwork, ShownClaim};
use annals_time::{Date, Day};

/// How many rows are read at once.
const AT_ONCE: usize = 1024;
/// Of how many rows a thread goes through at once.
const EACH: usize = 1 << 13;

/// Claims, each with its row; rows ascend.
pub(super) type ShownClaims = Vec<(u32, Box<ShownClaim>)>;

/// The claims of some rows, which ascend; `None` where what stands in the columns may not be what it is read as.
pub(super) fn shown_claims(
    shared: &Shared,
    network: &ColumnNetwork,
    rows: &[usize],
) -> Result<Option<ShownClaims>, SnapshotError> {
    let kind = RecordKind::Claim.plural();
    let files = file_order(shared);
    let mut pieces = Vec::new();
    let parts = shared.parts.iter().enumerate();
    for (nth, part) in parts.filter(|(_, part)| part.rows(kind) > 0) {
        let table = part.paged(kind)?;
        let begin = part.entry.first_rows.get(kind).copied().unwrap_or(0);
        for all in stretches(&table, begin, Some(rows)) {
            for from in all.clone().step_by(EACH) {
                pieces.push(Piece {
                    shared,
                    nth,
                    part,
                    table: Arc::clone(&table),
                    begin,
                    rows: from..all.end.min(from + EACH),
                    only: rows,
                    network,
                    files: &files,
                });
            }
        }
    }
    let mut told = ShownClaims::default();
    let all = add_all(
        pieces,
        |piece: Piece<'_>| piece.read(),
        |some: ShownClaims| {
            told.extend(some);
            Ok(true)
        },
    )?;
    if !all || !with_titles(shared, &mut told)? {
        return Ok(None);
    }
    told.sort_by_key(|(row, _)| *row);
    Ok(Some(told))
}

/// Rows that one thread goes through.
struct Piece<'p> {
    shared: &'p Shared,
    /// Which of the parts it is.
    nth: usize,
    part: &'p Part,
    table: Arc<Table>,
    /// The first row of the table among all parts.
    begin: usize,
    rows: Range<usize>,
    only: &'p [usize],
    network: &'p ColumnNetwork,
    /// The places of files among all as they are read.
    files: &'p [u32],
}

/// Which columns of a batch are what.
struct Wanted {
    shape: Shape,
    quote: Option<usize>,
    content: Option<usize>,
    said: Option<usize>,
    toward: Option<usize>,
    value: Option<usize>,
    document: Option<usize>,
    /// The first and the last day.
    days: [usize; 2],
    /// The column of its date among all.
    hole: usize,
}

/// Dates as written, and whether forms have nothing more of theirs.
#[derive(Default)]
struct Known {
    dates: HashMap<String, Date, FixedState>,
    is_plain: HashMap<String, bool, FixedState>,
}

/// When a claim was said.
enum Said {
    /// Then, or it is not known when.
    Then(Option<Date>),
    /// Its record tells it.
    InRecord,
}

/// What stands in a row may not be what it is read as.
struct Unclear;

impl Wanted {
    fn of(part: &Part) -> (Wanted, Vec<Option<usize>>) {
        let kind = RecordKind::Claim;
        let columns = Columns::of(kind);
        let (shape, mut read) = Shape::of(kind, Detail::Whole, part);
        let days = ["said_first", "said_last"].map(|name| {
            read.push(super::counting::column(part, kind, &columns, name));
            read.len() - 1
        });
        let of = |name: &str| shape.of_texts(columns.number(name)?);
        let wanted = Wanted {
            quote: of("quote"),
            content: of("content"),
            said: of("said"),
            toward: of("stance_toward"),
            value: of("stance_value"),
            document: of("evidence_document"),
            days,
            hole: columns.number("said").unwrap_or(usize::MAX),
            shape,
        };
        (wanted, read)
    }

    /// When a claim was said.
    fn said(&self, batch: &Batch, row: usize, known: &mut Known) -> Result<Said, Unclear> {
        let Some(form) = self.shape.form(batch, row) else {
            return Ok(Said::InRecord);
        };
        let is_told = match known.is_plain.get(form) {
            Some(is_told) => *is_told,
            None => {
                let is_told = is_plain(form, "said", self.hole);
                known.is_plain.insert(form.to_owned(), is_told);
                is_told
            }
        };
        if !is_told {
            return Ok(Said::InRecord);
        }
        let days = self.days.map(|column| batch.number(column, row));
        let Some(text) = self.said.and_then(|said| batch.text(said, row)) else {
            let is_none = days == [None, None];
            return is_none.then_some(Said::Then(None)).ok_or(Unclear);
        };
        let date = match known.dates.get(text) {
            Some(date) => date.clone(),
            None => {
                let date = Date::parse(text).map_err(|_| Unclear)?;
                known.dates.insert(text.to_owned(), date.clone());
                date
            }
        };
        // In another calendar, the text means other days.
        let days = days.map(|day| day.and_then(Day::from_number));
        if [date.first(), date.last()] == days {
            Ok(Said::Then(Some(date)))
        } else {
            Err(Unclear)
        }
    }
}

impl Piece<'_> {
    /// Reads the claims; `None` where one is not what the columns say.
    fn read(&self) -> Result<Option<ShownClaims>, SnapshotError> {
        let (wanted, columns) = Wanted::of(self.part);
        let mut rows = Rows::new(&*self.table, columns);
        let (mut scratch, mut known) = (Scratch::default(), Known::default());
        let mut told = Vec::new();
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            let first = self.begin + at;
            for &all in rows_in(self.only, first..first + batch.rows) {
                let row = all - first;
                let number = u32::try_from(all).map_err(|_| self.table.damaged())?;
                let extent = wanted.shape.extent(&batch, row, &mut scratch);
                let extent = extent.map_err(|Damaged| self.table.damaged())?;
                let Some(extent) = extent else {
                    return Ok(None);
                };
                let Ok(said) = wanted.said(&batch, row, &mut known) else {
                    return Ok(None);
                };
                let claim = self.claim(&wanted, &batch, row, extent, said);
                match claim.map_err(|Damaged| self.table.damaged())? {
                    Some(claim) => told.push((number, Box::new(claim))),
                    None => return Ok(None),
                }
            }
            at += batch.rows;
        }
        Ok(Some(told))
    }

    fn claim(
        &self,
        wanted: &Wanted,
        batch: &Batch,
        row: usize,
        (leading, characters): (usize, usize),
        said: Said,
    ) -> Result<Option<ShownClaim>, Damaged> {
        let stands = wanted.shape.stands(self.shared, self.nth, batch, row)?;
        let (file, id, line) = stands;
        let text = |column: Option<usize>| Some(batch.text(column?, row)?.to_owned());
        let Some(stances) = self.stances(wanted, batch, row) else {
            return Ok(None);
        };
        let document = wanted.document;
        let document = document.and_then(|column| batch.texts(column, row).next());
        let input = self.shared.manifest.inputs.get(file).ok_or(Damaged)?;
        Ok(Some(ShownClaim {
            id,
            order: (self.files.get(file).copied().ok_or(Damaged)?, line),
            stances,
            quote: text(wanted.quote),
            content: text(wanted.content),
            said_in_record: matches!(said, Said::InRecord),
            said: match said {
                Said::Then(said) => said,
                Said::InRecord => None,
            },
            document: document.map(|id| Ref {
                id: id.to_owned(),
                name: String::new(),
            }),
            source: FilePlace {
                file: input.name.clone(),
                line,
                column: leading + 1,
                end_line: line,
                end_column: leading + 1 + characters,
            },
        }))
    }

    /// The stances; `None` where the columns are not in step.
    fn stances(
        &self,
        wanted: &Wanted,
        batch: &Batch,
        row: usize,
    ) -> Option<Vec<(u32, StanceValue)>> {
        let (Some(toward), Some(value)) = (wanted.toward, wanted.value) else {
            return Some(Vec::new());
        };
        let (mut toward, mut value) = (batch.texts(toward, row), batch.texts(value, row));
        let mut stances = Vec::new();
        loop {
            match (toward.next(), value.next()) {
                (None, None) => return Some(stances),
                (Some(toward), Some(value)) => {
                    let value = StanceValue::parse(value)?;
                    stances.extend(self.network.number(toward).map(|toward| (toward, value)));
                }
                _ => return None,
            }
        }
    }
}

/// Adds the titles of documents; false where a document is not among them.
fn with_titles(shared: &Shared, told: &mut ShownClaims) -> Result<bool, SnapshotError> {
    let kind = RecordKind::Document;
    let columns = Columns::of(kind);
    let mut titles: HashMap<String, Option<String>, FixedState> = HashMap::default();
    for document in told.iter().filter_map(|(_, claim)| claim.document.as_ref()) {
        if !titles.contains_key(&document.id) {
            titles.insert(document.id.clone(), None);
        }
    }
    let mut pieces = Vec::new();
    let is_asked = !titles.is_empty();
    let parts = shared.parts.iter().filter(|_| is_asked);
    for part in parts.filter(|part| part.rows(kind.plural()) > 0) {
        let table = part.paged(kind.plural())?;
        for rows in in_pieces(&table, EACH) {
            pieces.push((part, Arc::clone(&table), rows));
        }
    }
    let wanted = &titles;
    let read = |(part, table, all): (&Part, Arc<Table>, Range<usize>)| {
        let names = ["id", "title"].map(|name| super::counting::column(part, kind, &columns, name));
        let mut rows = Rows::new(&*table, names.to_vec());
        let (mut at, mut found) = (all.start, Vec::new());
        while at < all.end {
            let batch = rows.read(at, AT_ONCE.min(all.end - at))?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| table.damaged())?;
                if wanted.contains_key(id) {
                    let title = batch.text(1, row).unwrap_or(id);
                    found.push((id.to_owned(), title.to_owned()));
                }
            }
            at += batch.rows;
        }
        Ok(Some(found))
    };
    let mut found = Vec::new();
    add_all(pieces, read, |mut some| {
        found.append(&mut some);
        Ok(true)
    })?;
    for (id, title) in found {
        titles.insert(id, Some(title));
    }
    for document in told
        .iter_mut()
        .filter_map(|(_, claim)| claim.document.as_mut())
    {
        let Some(Some(title)) = titles.get(&document.id) else {
            return Ok(false);
        };
        document.name.clone_from(title);
    }
    Ok(true)
}
