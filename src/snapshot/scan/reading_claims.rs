//! Reads of claims, from their columns, all that answers show of them.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Batch, Rows, Table};
use super::counting::column;
use super::dates_by_text::KnownDates;
use super::documents::{FormTells, tells};
use super::line_shape::{Damaged, Detail, Scratch, Shape};
use super::things::Things;
use super::told_claims::{Chunk, Ends, OneClaim, Passage};
use annals_model::{Mode, RecordKind, StanceValue, Vocabulary as _};
use annals_time::Date;

/// How many rows are read at once.
const AT_ONCE: usize = 1024;

/// Rows of claims that one thread reads.
pub(super) struct Piece<'p> {
    pub(super) part: &'p Part,
    pub(super) table: Arc<Table>,
    /// The first row of the table among all parts.
    pub(super) begin: usize,
    /// The rows of all parts, ascending, all in one group.
    pub(super) rows: &'p [u32],
    pub(super) things: &'p Things,
}

/// What one thread has read: dates are told by their numbers among its own.
#[derive(Default)]
pub(super) struct PieceRead {
    pub(super) chunk: Chunk,
    pub(super) dates: Vec<Arc<Date>>,
    /// What is not among the things, in the order of the numbers that follow those.
    pub(super) unknown: Vec<String>,
}

/// Which columns of a batch are what.
struct Wanted {
    shape: Shape,
    file: usize,
    retracted: usize,
    /// The text, the first and the last day.
    said: [usize; 3],
    due: [usize; 3],
    texts: TextColumns,
    /// The columns by which a form calls documents and quotes.
    holes: [usize; 2],
}

/// The columns of texts, where there are any.
struct TextColumns {
    id: Option<usize>,
    speaker: Option<usize>,
    to: Option<usize>,
    about: Option<usize>,
    via: Option<usize>,
    at: Option<usize>,
    toward: Option<usize>,
    value: Option<usize>,
    act: Option<usize>,
    mode: Option<usize>,
    quote: Option<usize>,
    content: Option<usize>,
    document: Option<usize>,
    passage: Option<usize>,
}

impl Wanted {
    fn of(part: &Part) -> (Wanted, Vec<Option<usize>>) {
        let kind = RecordKind::Claim;
        let columns = Columns::of(kind);
        let (shape, mut read) = Shape::of(kind, Detail::Whole, part);
        let mut add = |column: Option<usize>| {
            read.push(column);
            read.len() - 1
        };
        let of = |name: &str| column(part, kind, &columns, name);
        let mut date = |names: [&str; 3]| names.map(|name| add(of(name)));
        let said = date(["said", "said_first", "said_last"]);
        let due = date(["due", "due_first", "due_last"]);
        let (file, retracted) = (add(of("file")), add(of("retracted")));
        let text = |name: &str| shape.of_texts(columns.number(name)?);
        let texts = TextColumns {
            id: text("id"),
            speaker: text("speaker"),
            to: text("to_id"),
            about: text("about"),
            via: text("via"),
            at: text("at_event"),
            toward: text("stance_toward"),
            value: text("stance_value"),
            act: text("act"),
            mode: text("mode"),
            quote: text("quote"),
            content: text("content"),
            document: text("evidence_document"),
            passage: text("evidence_quote"),
        };
        let hole = |name| columns.number(name).unwrap_or(usize::MAX);
        let wanted = Wanted {
            shape,
            file,
            retracted,
            said,
            due,
            texts,
            holes: ["evidence_document", "evidence_quote"].map(hole),
        };
        (wanted, read)
    }
}

/// The columns do not tell all that is to be known of a claim.
enum Untold {
    Unclear,
    Damaged,
}

impl From<Damaged> for Untold {
    fn from(_: Damaged) -> Self {
        Untold::Damaged
    }
}

/// What a thread keeps from one piece to the next: what it knows of forms, of which there can be thousands.
#[derive(Default)]
pub(super) struct Forms {
    scratch: Scratch,
    /// What forms tell, and the one that was met last.
    all: HashMap<String, Option<Rc<FormTells>>, FixedState>,
    last: (String, Option<Rc<FormTells>>),
}

/// No more forms than this are kept.
const MOST_FORMS: usize = 1 << 14;

/// What a thread reads claims with.
struct Reader<'r> {
    wanted: &'r Wanted,
    things: &'r Things,
    part: &'r Part,
    forms: &'r mut Forms,
    known: KnownDates,
    /// What is not among the things, by the number that it has here.
    unknown: HashMap<String, u32, FixedState>,
    read: PieceRead,
}

impl Piece<'_> {
    /// Reads the claims; `None` where columns do not tell all that is to be known of one.
    pub(super) fn read(&self, forms: &mut Forms) -> Result<Option<PieceRead>, SnapshotError> {
        let (wanted, columns) = Wanted::of(self.part);
        let mut reader = Reader {
            wanted: &wanted,
            things: self.things,
            part: self.part,
            forms,
            known: KnownDates::default(),
            unknown: HashMap::default(),
            read: PieceRead::default(),
        };
        let mut rows = Rows::new(&*self.table, columns);
        let mut rest = self.rows;
        while let Some(first) = rest.first() {
            // Whole pages, most of which begin so.
            let at = (*first as usize - self.begin) / AT_ONCE * AT_ONCE;
            let at = at.max(self.rows[0] as usize - self.begin);
            let batch = rows.read(at, AT_ONCE)?;
            let end = self.begin + at + batch.rows;
            let (some, left) = rest.split_at(rest.partition_point(|row| (*row as usize) < end));
            for row in some {
                match reader.claim(&batch, *row as usize - self.begin - at, *row) {
                    Ok(()) => {}
                    Err(Untold::Unclear) => return Ok(None),
                    Err(Untold::Damaged) => return Err(self.table.damaged()),
                }
            }
            rest = left;
        }
        Ok(Some(reader.read))
    }
}

impl Reader<'_> {
    /// The number of a thing.
    fn number(&mut self, id: &str) -> u32 {
        if let Some(known) = self.things.number(id) {
            return known;
        }
        if let Some(known) = self.unknown.get(id) {
            return *known;
        }
        let number = (self.things.len() + self.read.unknown.len()) as u32;
        self.read.unknown.push(id.to_owned());
        self.unknown.insert(id.to_owned(), number);
        number
    }

    /// The numbers of the things in a column.
    fn numbers(&mut self, batch: &Batch, column: Option<usize>, row: usize, to: &mut Vec<u32>) {
        if let Some(column) = column {
            to.extend(batch.texts(column, row).map(|id| self.number(id)));
        }
    }

    fn form(&mut self, batch: &Batch, row: usize) -> Option<Rc<FormTells>> {
        let form = self.wanted.shape.form(batch, row)?;
        let Forms { all, last, .. } = &mut *self.forms;
        if last.0 != form {
            last.1 = match all.get(form) {
                Some(told) => told.clone(),
                None => {
                    if all.len() >= MOST_FORMS {
                        all.clear();
                    }
                    let told = tells(form, self.wanted.holes).map(Rc::new);
                    all.insert(form.to_owned(), told.clone());
                    told
                }
            };
            form.clone_into(&mut last.0);
        }
        last.1.clone()
    }

    /// Adds a claim.
    fn claim(&mut self, batch: &Batch, row: usize, of_all: u32) -> Result<(), Untold> {
        let wanted = self.wanted;
        let Some(form) = self.form(batch, row) else {
            return Err(Untold::Unclear);
        };
        let extent = wanted.shape.extent(batch, row, &mut self.forms.scratch)?;
        let (leading, characters) = extent.ok_or(Untold::Unclear)?;
        let mut chunk = std::mem::take(&mut self.read.chunk);
        let told = self.lists(batch, row, &form, &mut chunk);
        let claim = told.and_then(|ends| {
            let text = |column: Option<usize>| batch.text(column?, row);
            let mut put = |column| text(column).map(|text| chunk.put(text));
            let mode = match text(wanted.texts.mode) {
                Some(word) => Some(Mode::parse(word).ok_or(Untold::Unclear)?),
                None => None,
            };
            let number = |number: Option<i64>| {
                let number = number.and_then(|number| u32::try_from(number).ok());
                number.ok_or(Untold::Damaged)
            };
            let file = batch.number(wanted.file, row);
            let file = file.and_then(|file| self.part.input(file));
            let line = wanted.shape.line_number(batch, row);
            let mut date = |columns| {
                let date = self.known.date(batch, columns, row, &mut self.read.dates);
                date.map_err(|_| Untold::Unclear)
            };
            Ok(OneClaim {
                row: of_all,
                file: number(file.and_then(|file| i64::try_from(file).ok()))?,
                line: number(line)?,
                leading: u32::try_from(leading).map_err(|_| Untold::Unclear)?,
                characters: u32::try_from(characters).map_err(|_| Untold::Unclear)?,
                is_retracted: batch.bytes(wanted.retracted, row).is_some(),
                voice: form.voice,
                mode,
                id: put(wanted.texts.id).ok_or(Untold::Damaged)?,
                act: put(wanted.texts.act),
                quote: put(wanted.texts.quote),
                content: put(wanted.texts.content),
                said: date(wanted.said)?,
                due: date(wanted.due)?,
                at: None,
                ends,
            })
        });
        let mut claim = claim?;
        let at = wanted.texts.at.and_then(|column| batch.text(column, row));
        claim.at = at.map(|id| self.number(id));
        chunk.claims.push(claim);
        // Places in the text are numbers of 32 bits.
        if u32::try_from(chunk.text.len()).is_err() {
            return Err(Untold::Unclear);
        }
        self.read.chunk = chunk;
        Ok(())
    }

    /// Adds the lists of a claim.
    fn lists(
        &mut self,
        batch: &Batch,
        row: usize,
        form: &FormTells,
        chunk: &mut Chunk,
    ) -> Result<Ends, Untold> {
        let wanted = self.wanted;
        let texts = &wanted.texts;
        self.numbers(batch, texts.speaker, row, &mut chunk.speaker);
        self.numbers(batch, texts.to, row, &mut chunk.to);
        self.numbers(batch, texts.about, row, &mut chunk.about);
        self.numbers(batch, texts.via, row, &mut chunk.via);
        if let (Some(toward), Some(value)) = (texts.toward, texts.value) {
            let (mut toward, mut value) = (batch.texts(toward, row), batch.texts(value, row));
            loop {
                match (toward.next(), value.next()) {
                    (None, None) => break,
                    (Some(toward), Some(value)) => {
                        let value = StanceValue::parse(value).ok_or(Untold::Unclear)?;
                        let toward = self.number(toward);
                        chunk.stance.push((toward, value));
                    }
                    // Something is missing: they are not in step.
                    _ => return Err(Untold::Unclear),
                }
            }
        }
        let (mut documents, mut quotes) = (0, 0);
        for [has_document, has_quote] in form.evidence.iter().copied() {
            let nth = |column: Option<usize>, nth: &mut usize| {
                let text = column.and_then(|column| batch.nth_text(column, row, *nth));
                *nth += 1;
                text.ok_or(Untold::Damaged)
            };
            let mut passage = Passage {
                document: None,
                quote: None,
            };
            if has_document {
                let id = nth(texts.document, &mut documents)?;
                let number = self.things.document_number(id);
                passage.document = Some(number.ok_or(Untold::Unclear)?);
            }
            if has_quote {
                passage.quote = Some(chunk.put(nth(texts.passage, &mut quotes)?));
            }
            chunk.evidence.push(passage);
        }
        let end = |len: usize| len as u32;
        Ok(Ends {
            speaker: end(chunk.speaker.len()),
            to: end(chunk.to.len()),
            about: end(chunk.about.len()),
            via: end(chunk.via.len()),
            stance: end(chunk.stance.len()),
            evidence: end(chunk.evidence.len()),
        })
    }
}

/// What a claim is called where others refer to it: its words, if it has any.
pub(super) fn name_of(shared: &Shared, row: usize) -> Result<Option<String>, SnapshotError> {
    let kind = RecordKind::Claim;
    let columns = Columns::of(kind);
    for part in &shared.parts {
        let begin = part.entry.first_rows.get(kind.plural()).copied();
        let begin = begin.unwrap_or(0);
        if !(begin..begin + part.rows(kind.plural())).contains(&row) {
            continue;
        }
        let wanted = ["quote", "content"].map(|name| column(part, kind, &columns, name));
        let table = part.paged(kind.plural())?;
        let batch = Rows::new(&*table, wanted.to_vec()).read(row - begin, 1)?;
        let name = batch.text(0, 0).or_else(|| batch.text(1, 0));
        return Ok(name.map(str::to_owned));
    }
    Ok(None)
}
