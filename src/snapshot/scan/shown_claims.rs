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
use annals_query::network::{ColumnNetwork, ShownClaim, ShownClaims, StatedClaim};
use annals_time::{Date, Day};

/// How many rows are read at once.
const AT_ONCE: usize = 1024;
/// Of how many rows a thread goes through at once.
const EACH: usize = 1 << 13;

/// The claims of a piece, each with its row, and the ids of the documents whose numbers these have.
type OfPiece = (Vec<(u32, ShownClaim)>, Vec<String>);

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
    let (mut claims, mut documents) = (Vec::new(), Documents::default());
    let all = add_all(
        pieces,
        |piece: Piece<'_>| piece.read(),
        |(some, ids): OfPiece| {
            let numbers: Vec<u32> = ids.iter().map(|id| documents.number(id)).collect();
            claims.extend(some.into_iter().map(|(row, claim)| {
                let document = claim.document.map(|nth| numbers[nth as usize]);
                (row, ShownClaim { document, ..claim })
            }));
            Ok(true)
        },
    )?;
    if !all {
        return Ok(None);
    }
    claims.sort_by_key(|(row, _)| *row);
    let documents = with_titles(shared, &documents.ids)?;
    Ok(documents.map(|documents| ShownClaims { claims, documents }))
}

/// Documents, by numbers in the order in which they are met.
#[derive(Default)]
struct Documents {
    numbers: HashMap<String, u32, FixedState>,
    ids: Vec<String>,
}

impl Documents {
    fn number(&mut self, id: &str) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        // There are fewer than claims, which have numbers of as many bits.
        let number = self.ids.len() as u32;
        self.numbers.insert(id.to_owned(), number);
        self.ids.push(id.to_owned());
        number
    }
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

/// Dates as written, whether forms have nothing more of theirs, and documents.
#[derive(Default)]
struct Known {
    dates: HashMap<String, Date, FixedState>,
    is_plain: HashMap<String, bool, FixedState>,
    documents: Documents,
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
    fn read(&self) -> Result<Option<OfPiece>, SnapshotError> {
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
                let Some(mut claim) = claim.map_err(|Damaged| self.table.damaged())? else {
                    return Ok(None);
                };
                let document = wanted.document;
                let document = document.and_then(|column| batch.texts(column, row).next());
                claim.document = document.map(|id| known.documents.number(id));
                told.push((number, claim));
            }
            at += batch.rows;
        }
        Ok(Some((told, known.documents.ids)))
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
        let input = self.shared.manifest.inputs.get(file).ok_or(Damaged)?;
        let said_in_record = matches!(said, Said::InRecord);
        let stated = StatedClaim {
            id,
            quote: text(wanted.quote),
            content: text(wanted.content),
            said: match said {
                Said::Then(said) => said,
                Said::InRecord => None,
            },
            source: FilePlace {
                file: input.name.clone(),
                line,
                column: leading + 1,
                end_line: line,
                end_column: leading + 1 + characters,
            },
        };
        Ok(Some(ShownClaim {
            order: (self.files.get(file).copied().ok_or(Damaged)?, line),
            stances,
            stated: Arc::new(stated),
            said_in_record,
            document: None,
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

/// Documents with their titles; `None` where one is not among them.
fn with_titles(shared: &Shared, ids: &[String]) -> Result<Option<Vec<Arc<Ref>>>, SnapshotError> {
    let kind = RecordKind::Document;
    let columns = Columns::of(kind);
    let numbers = ids.iter().zip(0_usize..);
    let wanted: HashMap<&str, usize, FixedState> =
        numbers.map(|(id, nth)| (id.as_str(), nth)).collect();
    let mut pieces = Vec::new();
    let parts = shared.parts.iter().filter(|_| !ids.is_empty());
    for part in parts.filter(|part| part.rows(kind.plural()) > 0) {
        let table = part.paged(kind.plural())?;
        for rows in in_pieces(&table, EACH) {
            pieces.push((part, Arc::clone(&table), rows));
        }
    }
    let read = |(part, table, all): (&Part, Arc<Table>, Range<usize>)| {
        let names = ["id", "title"].map(|name| super::counting::column(part, kind, &columns, name));
        let mut rows = Rows::new(&*table, names.to_vec());
        let (mut at, mut found) = (all.start, Vec::new());
        while at < all.end {
            let batch = rows.read(at, AT_ONCE.min(all.end - at))?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| table.damaged())?;
                if let Some(nth) = wanted.get(id) {
                    let (id, name) = (id.to_owned(), batch.text(1, row).unwrap_or(id).to_owned());
                    found.push((*nth, Arc::new(Ref { id, name })));
                }
            }
            at += batch.rows;
        }
        Ok(Some(found))
    };
    let mut documents = vec![None; ids.len()];
    add_all(pieces, read, |some| {
        for (nth, document) in some {
            documents[nth] = Some(document);
        }
        Ok(true)
    })?;
    Ok(documents.into_iter().collect())
}
