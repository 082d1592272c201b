//! What claims refer to, as answers show it: the ids and names of all records that are no claims, with the
//! dates of documents and events, told from columns.

use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::super::columns::Columns;
use super::super::derived::{Document, Documents};
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Batch, Rows, Table};
use super::counting::column;
use super::dates_by_text::KnownDates;
use super::documents::{documents, file_order};
use super::pieces::{add_all, in_pieces};
use annals_model::{RecordKind, Status, Vocabulary as _};
use annals_query::Ref;
use annals_time::Date;

/// How many rows are read at once, and how many one thread goes through.
const AT_ONCE: usize = 1024;
const EACH: usize = 1 << 14;

/// The kinds that are read here, and which column has their names.
const NAMED: [(RecordKind, &str); 4] = [
    (RecordKind::Actor, "name"),
    (RecordKind::Topic, "label"),
    (RecordKind::Place, "name"),
    (RecordKind::Event, "label"),
];

/// Things by number: first the documents, then the others.
pub(super) struct Things {
    documents: Arc<Documents>,
    others: IndexMap<String, Thing, FixedState>,
}

/// A thing that is no document.
pub(super) struct Thing {
    name: String,
    event: Option<Box<EventTold>>,
}

/// What is known of an event.
pub(super) struct EventTold {
    pub(super) status: Option<Status>,
    pub(super) when: Option<Arc<Date>>,
    pub(super) is_retracted: bool,
    /// The row of all parts.
    pub(super) row: u32,
    /// Where it stands: the place of its file among all, and its line.
    pub(super) place: (u32, u32),
}

impl Things {
    /// Reads all things; `None` where their columns do not tell all that is to be known.
    pub(super) fn read(shared: &Shared) -> Result<Option<Things>, SnapshotError> {
        let Some(documents) = documents(shared)? else {
            return Ok(None);
        };
        let files = file_order(shared);
        let mut pieces = Vec::new();
        for (kind, name) in NAMED {
            let plural = kind.plural();
            for part in shared.parts.iter().filter(|part| part.rows(plural) > 0) {
                let table = part.paged(plural)?;
                for rows in in_pieces(&table, EACH) {
                    pieces.push(Piece {
                        kind,
                        name,
                        part,
                        table: Arc::clone(&table),
                        rows,
                        files: &files,
                    });
                }
            }
        }
        let mut others = IndexMap::default();
        let are_told = add_all(
            pieces,
            |piece: Piece<'_>| piece.read(),
            |read: Vec<(String, Thing)>| {
                others.extend(read);
                Ok(true)
            },
        )?;
        Ok(are_told.then_some(Things { documents, others }))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.documents.len() + self.others.len()
    }

    /// The number of a thing.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        let other = self.others.get_index_of(id);
        let number = other.map(|nth| self.documents.len() + nth);
        Some(number.or_else(|| self.documents.get_index_of(id))? as u32)
    }

    /// The number of a document.
    pub(super) fn document_number(&self, id: &str) -> Option<u32> {
        Some(self.documents.get_index_of(id)? as u32)
    }

    /// A document by its number.
    pub(super) fn document(&self, number: u32) -> Option<&Document> {
        let (_, document) = self.documents.get_index(number as usize)?;
        Some(document)
    }

    /// An event by its number; `None` of what is none.
    pub(super) fn event(&self, number: u32) -> Option<&EventTold> {
        let other = (number as usize).checked_sub(self.documents.len())?;
        let (_, thing) = self.others.get_index(other)?;
        thing.event.as_deref()
    }

    /// The numbers of all events, with them.
    pub(super) fn events(&self) -> impl Iterator<Item = (u32, &EventTold)> {
        let others = self.others.values().zip(self.documents.len() as u32..);
        others.filter_map(|(thing, number)| Some((number, thing.event.as_deref()?)))
    }

    /// Adds what has no number yet, by its id and name.
    pub(super) fn add(&mut self, id: String, name: String) {
        let event = None;
        self.others.entry(id).or_insert(Thing { name, event });
    }

    /// A thing as answers show it.
    pub(super) fn shown(&self, number: u32) -> Option<Ref> {
        let number = number as usize;
        let (id, name) = match number.checked_sub(self.documents.len()) {
            None => {
                let (id, document) = self.documents.get_index(number)?;
                (id, &document.name)
            }
            Some(other) => {
                let (id, thing) = self.others.get_index(other)?;
                (id, &thing.name)
            }
        };
        Some(Ref {
            id: id.clone(),
            name: name.clone(),
        })
    }
}

/// Rows of things that one thread reads.
struct Piece<'p> {
    kind: RecordKind,
    name: &'static str,
    part: &'p Part,
    table: Arc<Table>,
    rows: Range<usize>,
    /// The places of files among all as they are read.
    files: &'p [u32],
}

/// Where in a batch the columns are: of all things the first two.
const ID: usize = 0;
const NAME: usize = 1;
const WHEN: [usize; 3] = [2, 3, 4];
const STATUS: usize = 5;
const RETRACTED: usize = 6;
const FILE: usize = 7;
const LINE: usize = 8;

impl Piece<'_> {
    /// Reads the things; `None` where a date is not what its columns say.
    fn read(&self) -> Result<Option<Vec<(String, Thing)>>, SnapshotError> {
        let columns = Columns::of(self.kind);
        let of = |name: &str| column(self.part, self.kind, &columns, name);
        let mut wanted = vec![of("id"), of(self.name)];
        let is_event = self.kind == RecordKind::Event;
        if is_event {
            let more = [
                "when_text",
                "when_first",
                "when_last",
                "status",
                "retracted",
            ];
            wanted.extend(more.map(of));
            wanted.extend([of("file"), of("line")]);
        }
        let first = self.part.entry.first_rows.get(self.kind.plural()).copied();
        let first = first.unwrap_or(0);
        let mut rows = Rows::new(&*self.table, wanted);
        let (mut known, mut dates) = (KnownDates::default(), Vec::new());
        let mut all = Vec::with_capacity(self.rows.len());
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            for row in 0..batch.rows {
                let id = batch.text(ID, row).ok_or_else(|| self.table.damaged())?;
                let name = batch.text(NAME, row).unwrap_or(id).to_owned();
                let event = if is_event {
                    let Ok(when) = known.date(&batch, WHEN, row, &mut dates) else {
                        return Ok(None);
                    };
                    let when = when.map(|date| Arc::clone(&dates[date as usize]));
                    let event = self.event(&batch, row, first + at + row, when);
                    Some(event.ok_or_else(|| self.table.damaged())?)
                } else {
                    None
                };
                all.push((id.to_owned(), Thing { name, event }));
            }
            at += batch.rows;
        }
        Ok(Some(all))
    }

    fn event(
        &self,
        batch: &Batch,
        row: usize,
        of_all: usize,
        when: Option<Arc<Date>>,
    ) -> Option<Box<EventTold>> {
        let file = self.part.input(batch.number(FILE, row)?)?;
        let line = u32::try_from(batch.number(LINE, row)?).ok()?;
        let status = batch.text(STATUS, row);
        Some(Box::new(EventTold {
            status: match status {
                Some(word) => Some(Status::parse(word)?),
                None => None,
            },
            when,
            is_retracted: batch.bytes(RETRACTED, row).is_some(),
            row: u32::try_from(of_all).ok()?,
            place: (*self.files.get(file)?, line),
        }))
    }
}
