//! Which columns are needed to reproduce the lines of a table: all of them, or those of the few
//! fields that decide a stance.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use super::super::columns::Columns;
use super::super::line_template::{self, RecordForm, Texts};
use super::super::opened::{Part, Shared};
use super::super::reconstructed_file::{Wiring, columns_for, line_columns};
use super::super::table::Batch;
use annals_load::{EmbeddedLine, LineContent};
use annals_model::{RecordKind, TYPE};

/// What of a claim decides where its speaker stood, and when, as long as it has a date.
static BRIEF: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let fields = [&TYPE].into_iter().chain(RecordKind::Claim.fields());
    let fields = fields.filter(|field| field.decides_stance);
    fields.map(|field| field.name).collect()
});
/// Of these, what refers to what must be read too.
const BRIEF_REFERS: &[&str] = &["speaker", "stance_toward"];

/// What decides, besides, where a claim comes among those of its day: its passages.
const PASSAGES: &[&str] = &["evidence", "quote"];
/// Of these, what refers to what must be read too.
const PASSAGES_REFER: &[&str] = &["evidence_document"];

/// How much of a record is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// All of it.
    Whole,
    /// Of a claim what decides where its speaker stood, and when.
    Stances,
    /// The same, and where in a text it stands.
    StancesInText,
}

impl Detail {
    /// Whether lines are read without some of their fields.
    pub(super) fn is_brief(self) -> bool {
        self != Detail::Whole
    }

    fn fields(self) -> impl Iterator<Item = &'static str> {
        let passages = PASSAGES
            .iter()
            .filter(move |_| self == Detail::StancesInText);
        BRIEF.iter().chain(passages).copied()
    }

    fn refers(self) -> impl Iterator<Item = &'static str> {
        let documents = PASSAGES_REFER.iter();
        let documents = documents.filter(move |_| self == Detail::StancesInText);
        BRIEF_REFERS.iter().chain(documents).copied()
    }
}

/// The tables do not hold what they must.
pub(super) struct Damaged;

#[derive(Default)]
pub(super) struct Scratch {
    line: String,
    bytes: Vec<u8>,
    texts: Texts,
    /// What is known of each form, and the one that was used last.
    forms: HashMap<Rc<str>, Rc<Form>>,
    last: Option<(Rc<str>, Rc<Form>)>,
}

/// Of facts of many makers no more forms than this are kept.
const MOST_FORMS: usize = 1024;

/// How lines of a form are put together.
enum Form {
    /// Their records are.
    Records(RecordForm),
    /// They are, with this form.
    Lines(String),
    /// In brief: nothing can be left out.
    Whole,
}

impl Form {
    fn of(form: &str) -> Self {
        match RecordForm::read(form) {
            Some(form) => Form::Records(form),
            None => Form::Lines(form.to_owned()),
        }
    }
}

impl Scratch {
    /// What is known of a form; `make` finds it out.
    fn form(&mut self, form: &str, make: impl FnOnce(&str) -> Form) -> Rc<Form> {
        if let Some((last, known)) = &self.last
            && **last == *form
        {
            return Rc::clone(known);
        }
        if self.forms.len() > MOST_FORMS {
            self.forms.clear();
        }
        let (form, known) = match self.forms.get_key_value(form) {
            Some((form, known)) => (Rc::clone(form), Rc::clone(known)),
            None => {
                let (known, form) = (Rc::new(make(form)), Rc::from(form));
                self.forms.insert(Rc::clone(&form), Rc::clone(&known));
                (form, known)
            }
        };
        self.last = Some((form, Rc::clone(&known)));
        known
    }
}

/// Which columns of a batch are what.
pub(super) struct Shape {
    wiring: Wiring,
    id: Option<usize>,
    /// The column of the file, and after it that of the offset, if there is one.
    more: usize,
    has_offset: bool,
    /// Where lines are read in brief, what that takes.
    pub(super) brief: Option<BriefShape>,
}

/// Which columns of a batch are what, where lines are read in brief.
pub(super) struct BriefShape {
    columns: Columns,
    /// The fields that are read.
    fields: Vec<&'static str>,
    /// The columns of the first and the last day.
    days: [usize; 2],
    /// Those of what the claims refer to.
    pub(super) refers: Vec<usize>,
}

impl BriefShape {
    /// Puts a record together without what is not wanted; `None` where its line must be read whole: it
    /// is kept as it stands, or has no date of its own.
    pub(super) fn content(
        &self,
        shape: &Shape,
        batch: &Batch,
        row: usize,
        scratch: &mut Scratch,
    ) -> Result<Option<LineContent>, Damaged> {
        let wiring = &shape.wiring;
        let is_dated = self
            .days
            .iter()
            .any(|day| batch.number(*day, row).is_some());
        if !is_dated || batch.bytes(wiring.raw, row).is_some() {
            return Ok(None);
        }
        if batch.number(wiring.line, row).is_none() {
            return Ok(None);
        }
        let form = wiring.form.and_then(|form| batch.text(form, row));
        let form = scratch.form(form.ok_or(Damaged)?, |form| {
            let brief = line_template::brief(form, &self.columns, &self.fields);
            brief.map_or(Form::Whole, |form| Form::of(&form))
        });
        let content = match &*form {
            Form::Whole => return Ok(None),
            Form::Records(form) => wiring.record(form, batch, row, &mut scratch.texts),
            Form::Lines(form) => {
                let filled = wiring.fill(form, batch, row, &mut scratch.line);
                filled.map(|()| LineContent::Text(scratch.line.clone()))
            }
        };
        content.map(Some).ok_or(Damaged)
    }
}

impl Shape {
    /// The columns that are read of a kind of record, and which they are.
    pub(super) fn of(kind: RecordKind, detail: Detail, part: &Part) -> (Shape, Vec<Option<usize>>) {
        let columns = Columns::of(kind);
        let of_brief = |column: &usize| {
            let mut fields = detail.fields();
            fields.any(|field| columns.of_field(field).contains(column))
        };
        let (mut wanted, wiring) = if detail.is_brief() {
            let texts: Vec<usize> = columns.texts().filter(of_brief).collect();
            columns_for(part, kind, &columns, &texts)
        } else {
            line_columns(part, kind)
        };
        let more = wanted.len();
        wanted.extend([Some(columns.file), columns.offset]);
        let has_offset = columns.offset.is_some();
        let id = wiring.texts[columns.id];
        let days = columns.days.iter().find(|(field, ..)| *field == "said");
        let brief = days.filter(|_| detail.is_brief()).map(|(_, first, last)| {
            let used = |column: &usize| !part.is_empty(kind.plural(), &columns.all[*column].name);
            let days = [*first, *last].map(|column| {
                wanted.push(Some(column).filter(used));
                wanted.len() - 1
            });
            let refers = detail.refers().filter_map(|name| columns.number(name));
            let refers = refers.filter_map(|column| wiring.texts[column]).collect();
            (days, refers)
        });
        let brief = brief.map(|(days, refers)| BriefShape {
            columns,
            fields: detail.fields().collect(),
            days,
            refers,
        });
        let shape = Shape {
            wiring,
            id,
            more,
            has_offset,
            brief,
        };
        (shape, wanted)
    }

    /// Where a column of texts is among those that are read.
    pub(super) fn of_texts(&self, column: usize) -> Option<usize> {
        self.wiring.texts.get(column).copied().flatten()
    }

    /// The form of the line of a row; `None` if it is kept as it stands.
    pub(super) fn form<'b>(&self, batch: &'b Batch, row: usize) -> Option<&'b str> {
        let is_kept = batch.bytes(self.wiring.raw, row).is_some();
        batch.text(self.wiring.form.filter(|_| !is_kept)?, row)
    }

    /// What the line of a row holds; `None` for a record without a line.
    pub(super) fn content(
        &self,
        batch: &Batch,
        row: usize,
        scratch: &mut Scratch,
    ) -> Result<Option<LineContent>, Damaged> {
        let Some(number) = batch.number(self.wiring.line, row) else {
            return Ok(None);
        };
        if batch.bytes(self.wiring.raw, row).is_none() {
            let form = self.wiring.form.and_then(|form| batch.text(form, row));
            let form = scratch.form(form.ok_or(Damaged)?, Form::of);
            if let Form::Records(form) = &*form {
                let record = self.wiring.record(form, batch, row, &mut scratch.texts);
                return record.map(Some).ok_or(Damaged);
            }
        }
        let Scratch { line, bytes, .. } = scratch;
        bytes.clear();
        let joined = self.wiring.line_of(batch, row, line, bytes);
        let text = joined.and_then(|()| std::str::from_utf8(bytes).ok());
        let mut text = text.ok_or(Damaged)?;
        if number == 1 {
            // The mark says how the file is written, and stands before its first line.
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        Ok(Some(LineContent::Text(text.to_owned())))
    }

    /// The number of the line of a row.
    pub(super) fn line_number(&self, batch: &Batch, row: usize) -> Option<i64> {
        batch.number(self.wiring.line, row)
    }

    /// How many bytes of white space stand before the record of a row, and how many characters that has;
    /// `None` for a record without a line.
    pub(super) fn extent(
        &self,
        batch: &Batch,
        row: usize,
        scratch: &mut Scratch,
    ) -> Result<Option<(usize, usize)>, Damaged> {
        if self.line_number(batch, row).is_some()
            && let Some(form) = self.form(batch, row)
            && let Form::Records(form) = &*scratch.form(form, Form::of)
        {
            let extent = self.wiring.extent(form, batch, row);
            return extent.map(Some).ok_or(Damaged);
        }
        let content = self.content(batch, row, scratch)?;
        Ok(content.map(|content| (content.leading(), content.characters())))
    }

    /// Where the record of a row stands: its file, its id, and the number of its line.
    pub(super) fn stands(
        &self,
        shared: &Shared,
        part: usize,
        batch: &Batch,
        row: usize,
    ) -> Result<(usize, String, usize), Damaged> {
        let number = self.line_number(batch, row);
        let number = number.and_then(|number| usize::try_from(number).ok());
        let file = batch.number(self.more, row).zip(shared.parts.get(part));
        let file = file.and_then(|(file, part)| part.input(file));
        let id = self.id.and_then(|id| batch.text(id, row));
        let (file, number) = file.zip(number).ok_or(Damaged)?;
        Ok((file, id.unwrap_or_default().to_owned(), number))
    }

    /// The line of a row, which holds this: its file, its record's id, and where it stands.
    pub(super) fn line(
        &self,
        shared: &Shared,
        (kind, part): (RecordKind, usize),
        batch: &Batch,
        row: usize,
        content: LineContent,
    ) -> Result<(usize, String, EmbeddedLine), Damaged> {
        let (file, id, number) = self.stands(shared, part, batch, row)?;
        let leading = content.leading();
        let offset = batch.number(self.more + 1, row);
        let offset = offset.and_then(|offset| usize::try_from(offset).ok());
        let start = offset.and_then(|offset| offset.checked_sub(leading));
        if self.has_offset && start.is_none() {
            return Err(Damaged);
        }
        let input = shared.manifest.inputs.get(file).ok_or(Damaged)?;
        let placed = id
            .strip_prefix(&*input.short)
            .and_then(|rest| rest.strip_prefix('#')?.strip_prefix(kind.plural()));
        let nth = placed
            .and_then(|rest| rest.strip_prefix('/')?.parse().ok())
            .filter(|nth| *nth > 0);
        let line = EmbeddedLine {
            start,
            content,
            number,
            nth,
        };
        Ok((file, id, line))
    }
}
