//! What claims refer to, as answers show it: the ids and names of all records that are no claims, with the
//! dates of documents and events, told from columns.

use std::ops::Range;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::derived::{Document, Documents};
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Batch, Rows, Table};
use super::counting::column;
use super::dates_by_text::KnownDates;
use super::documents::{documents, file_order};
use super::pieces::{add_all, in_pieces, row_of};
use annals_model::{InternTable, RecordKind, Status, Vocabulary as _, WordList};
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
///
/// Claims name them by ids, each of which is looked up: in tables that most often answer from one cache line.
pub(super) struct Things {
    documents: Arc<Documents>,
    document_rows: InternTable,
    other_rows: InternTable,
    /// What those are that are no documents.
    others: Vec<Option<Box<EventTold>>>,
    /// The ids and names of all.
    named: Named,
}

/// Ids and names, in one text, where those of a thing stand together.
#[derive(Default)]
struct Named {
    text: String,
    /// Where each id ends, and its name after it.
    ends: Vec<[u32; 2]>,
}

impl Named {
    /// Adds a thing; `None` where there is no room.
    fn add(&mut self, id: &str, name: &str) -> Option<()> {
        self.text.push_str(id);
        let id = u32::try_from(self.text.len()).ok()?;
        self.text.push_str(name);
        self.ends.push([id, u32::try_from(self.text.len()).ok()?]);
        Some(())
    }

    /// The id and the name of a thing.
    fn get(&self, nth: usize) -> Option<(&str, &str)> {
        let start = match nth.checked_sub(1) {
            Some(before) => self.ends.get(before)?[1] as usize,
            None => 0,
        };
        let [id, name] = self.ends.get(nth)?.map(|end| end as usize);
        Some((self.text.get(start..id)?, self.text.get(id..name)?))
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        (0..self.ends.len()).filter_map(|nth| self.get(nth))
    }
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
        let mut things = Things {
            documents,
            document_rows: InternTable::default(),
            other_rows: InternTable::default(),
            others: Vec::new(),
            named: Named::default(),
        };
        let documents = Arc::clone(&things.documents);
        let documents = documents.iter();
        let documents = documents.map(|(id, document)| (id.as_str(), document.name.as_str()));
        let are_told = add_ids(&mut things.document_rows, documents, &mut things.named).is_some()
            && add_all(
                pieces,
                |piece: Piece<'_>| piece.read(),
                |(named, mut events): (Named, Vec<Option<Box<EventTold>>>)| {
                    things.others.append(&mut events);
                    let (rows, to) = (&mut things.other_rows, &mut things.named);
                    Ok(add_ids(rows, named.iter(), to).is_some())
                },
            )?;
        Ok(are_told.then_some(things))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.documents.len() + self.others.len()
    }

    /// The number of a thing.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        let other = self.other_rows.find(id);
        let number = other.map(|nth| self.documents.len() + nth);
        Some(number.or_else(|| self.document_rows.find(id))? as u32)
    }

    /// The number of a document.
    pub(super) fn document_number(&self, id: &str) -> Option<u32> {
        Some(self.document_rows.find(id)? as u32)
    }

    /// A document by its number.
    pub(super) fn document(&self, number: u32) -> Option<&Document> {
        let (_, document) = self.documents.get_index(number as usize)?;
        Some(document)
    }

    /// An event by its number; `None` of what is none.
    pub(super) fn event(&self, number: u32) -> Option<&EventTold> {
        let other = (number as usize).checked_sub(self.documents.len())?;
        self.others.get(other)?.as_deref()
    }

    /// The numbers of all events, with them.
    pub(super) fn events(&self) -> impl Iterator<Item = (u32, &EventTold)> {
        let others = self.others.iter().zip(self.documents.len() as u32..);
        others.filter_map(|(event, number)| Some((number, event.as_deref()?)))
    }

    /// Adds what has no number yet, by its id and name. `None` where there is no room.
    pub(super) fn add(&mut self, id: &str, name: &str) -> Option<()> {
        if self.other_rows.find(id).is_some() {
            return Some(());
        }
        self.others.push(None);
        let new = std::iter::once((id, name));
        add_ids(&mut self.other_rows, new, &mut self.named)
    }

    /// Reads where the name of a thing lies; see [`ToldClaims::look_ahead`](super::told_claims::ToldClaims::look_ahead).
    pub(super) fn look_at(&self, number: u32) -> u32 {
        self.named
            .ends
            .get(number as usize)
            .map_or(0, |ends| ends[0])
    }

    /// A thing as answers show it.
    pub(super) fn shown<'t, S: From<&'t str>>(&'t self, number: u32) -> Option<Ref<S>> {
        let (id, name) = self.named.get(number as usize)?;
        Some(Ref {
            id: id.into(),
            name: name.into(),
        })
    }
}

/// Adds things that have no row yet; `None` where one of them has, or there is no room.
fn add_ids<'i>(
    rows: &mut InternTable,
    things: impl Iterator<Item = (&'i str, &'i str)>,
    named: &mut Named,
) -> Option<()> {
    let mut new = WordList::default();
    for (id, name) in things {
        let next = rows.len();
        if row_of(rows, id, &mut new)? != next {
            return None;
        }
        named.add(id, name)?;
    }
    Some(())
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
    #[expect(
        clippy::type_complexity,
        reason = "what is read is put together at once"
    )]
    fn read(&self) -> Result<Option<(Named, Vec<Option<Box<EventTold>>>)>, SnapshotError> {
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
        let (mut named, mut events) = (Named::default(), Vec::with_capacity(self.rows.len()));
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            for row in 0..batch.rows {
                let id = batch.text(ID, row).ok_or_else(|| self.table.damaged())?;
                if named.add(id, batch.text(NAME, row).unwrap_or(id)).is_none() {
                    return Ok(None);
                }
                events.push(if is_event {
                    let Ok(when) = known.date(&batch, WHEN, row, &mut dates) else {
                        return Ok(None);
                    };
                    let when = when.map(|date| Arc::clone(&dates[date as usize]));
                    let event = self.event(&batch, row, first + at + row, when);
                    Some(event.ok_or_else(|| self.table.damaged())?)
                } else {
                    None
                });
            }
            at += batch.rows;
        }
        Ok(Some((named, events)))
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
