//! Counts claims from columns, without reading the claims: for each part of the rows, the groups
//! are counted by their texts, and then brought together.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Batch, Rows, Table};
use super::names::each_name;
use super::pieces::{add_all_with, in_pieces, row_of};
use annals_model::{InternTable, RecordKind, WordList};
use annals_query::count::{
    Counts, Dimension, Groups as Counted, Tally, Units, Value, unit_of, units_of,
};
use annals_query::{Query, Ref};
use annals_time::{Date, Day};

/// How many rows are looked through at once, and how many one thread goes through.
const AT_ONCE: usize = 4096;
const EACH: usize = 1 << 17;

/// Counts all claims in force. `None` where they are selected, counted by what is no column, or where
/// what stands in the columns may not be what it is read as: then the claims are to be read.
///
/// # Errors
/// When the snapshot is damaged.
pub fn counts_of(
    snapshot: &Snapshot,
    asked: &Query,
    per: &[Dimension],
) -> Result<Option<Counts>, SnapshotError> {
    let shared = &snapshot.shared;
    if let [one @ (Dimension::About | Dimension::Stance)] = per
        && is_of_all(asked)
        && is_clean(snapshot)
    {
        return super::counting_links::counts(shared, *one, asked.retracted);
    }
    let plan: Option<Vec<Source>> = per.iter().map(|one| Source::of(*one)).collect();
    let Some(plan) = plan.filter(|_| is_of_all(asked) && is_clean(snapshot)) else {
        return Ok(None);
    };
    let Some(records) = Records::read(shared, &plan)? else {
        return Ok(None);
    };
    let mut pieces = Vec::new();
    let claims = RecordKind::Claim.plural();
    for part in shared.parts.iter().filter(|part| part.rows(claims) > 0) {
        let table = part.paged(claims)?;
        for rows in in_pieces(&table, EACH) {
            pieces.push(Piece {
                part,
                table: Arc::clone(&table),
                rows,
                plan: &plan,
                records: &records,
                retracted: asked.retracted,
            });
        }
    }
    let mut tally = Tally::with_records(per, records.refs());
    let add = |mut groups: Groups| {
        let words: Vec<Value> = groups.words.iter().map(|word| tally.word(word)).collect();
        if !words.is_empty() {
            groups.counts.put_words(|_, number| words[number as usize]);
        }
        Ok(tally.append(groups.counts).is_ok())
    };
    let touched = || plan.iter().map(|_| Touched::default()).collect();
    let read = |touched: &mut Vec<Touched>, piece: Piece<'_>| piece.read(touched);
    let is_exact = add_all_with(pieces, touched, read, add)?;
    // Of too many, the claims themselves give the error.
    Ok(is_exact.then(|| tally.counts().ok()).flatten())
}

/// Whether a question selects every claim in force, or also those retracted.
pub(super) fn is_of_all(asked: &Query) -> bool {
    let lists = [
        &asked.by,
        &asked.to,
        &asked.about,
        &asked.via,
        &asked.at,
        &asked.in_document,
        &asked.act,
        &asked.tag,
        &asked.text,
        &asked.before,
        &asked.after,
    ];
    lists.iter().all(|list| list.is_empty())
        && asked.stance.is_empty()
        && asked.mode.is_empty()
        && asked.verified.is_empty()
        && asked.window.is_endless()
        && super::is_plain(asked)
}

/// Whether reading found nothing but quotes and texts to report: then what is written is what is read. What
/// rules find changes nothing of that.
pub(super) fn is_clean(snapshot: &Snapshot) -> bool {
    let of_reading = |code: &str| {
        annals_load::faults::CODES
            .iter()
            .any(|one| one.code == code)
    };
    let of_texts = |code: &String| code.starts_with("AN12") || !of_reading(code);
    let counts = snapshot.counts();
    counts.is_some_and(|counts| counts.unread.is_empty() && counts.codes.keys().all(of_texts))
}

/// Where the values of a property stand.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// Ids of records of this kind, in this column.
    Records(RecordKind, &'static str),
    /// Words, in this column.
    Words(&'static str),
    /// The first and the last day.
    Days(Dimension),
}

impl Source {
    fn of(dimension: Dimension) -> Option<Source> {
        Some(match dimension {
            Dimension::Speaker => Source::Records(RecordKind::Actor, "speaker"),
            Dimension::To => Source::Records(RecordKind::Actor, "to_id"),
            Dimension::Document => Source::Records(RecordKind::Document, "evidence_document"),
            Dimension::Act => Source::Words("act"),
            Dimension::Mode => Source::Words("mode"),
            Dimension::Tag => Source::Words("tags"),
            Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Year => {
                Source::Days(dimension)
            }
            // A single word of a stance is toward all that the claim is about; the others are told by
            // other records, or by the selection.
            Dimension::About | Dimension::Stance | Dimension::Publisher | Dimension::Through => {
                return None;
            }
        })
    }

    /// The columns that it needs.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Source::Records(_, "speaker") => &["speaker"],
            Source::Records(_, "to_id") => &["to_id"],
            Source::Records(..) => &["evidence_document"],
            Source::Words("act") => &["act"],
            Source::Words("mode") => &["mode"],
            Source::Words(_) => &["tags"],
            Source::Days(_) => &["said_first", "said_last", "said"],
        }
    }
}

/// The records that can be values. Their numbers are those of all of them together.
struct Records {
    all: Vec<Ref>,
    /// Of each kind, the number of its first, and the rows of their ids from there.
    kinds: Vec<(RecordKind, u32, InternTable)>,
}

impl Records {
    /// Reads those of the kinds that are needed; `None` where two of a kind have one id, or there is no room.
    fn read(shared: &Shared, plan: &[Source]) -> Result<Option<Self>, SnapshotError> {
        let (mut all, mut kinds) = (Vec::new(), Vec::new());
        for (kind, name) in [(RecordKind::Actor, "name"), (RecordKind::Document, "title")] {
            let is_wanted = |one: &Source| matches!(one, Source::Records(of, _) if *of == kind);
            if !plan.iter().any(is_wanted) {
                continue;
            }
            let first = all.len();
            let (mut rows, mut new) = (InternTable::default(), WordList::default());
            let mut is_each_new = true;
            each_name(shared, kind, name, |id, name| {
                let next = rows.len();
                is_each_new &= row_of(&mut rows, id, &mut new) == Some(next);
                all.push(Ref {
                    id: id.to_owned(),
                    name: name.to_owned(),
                });
            })?;
            if !is_each_new {
                return Ok(None);
            }
            kinds.push((kind, first as u32, rows));
        }
        Ok(Some(Records { all, kinds }))
    }

    /// The number of a record; `None` where there is none of this kind with this id.
    fn number(&self, kind: RecordKind, id: &str) -> Option<u32> {
        let (_, first, rows) = self.kinds.iter().find(|(of, ..)| *of == kind)?;
        Some(first + rows.find(id)? as u32)
    }

    fn refs(&self) -> Vec<Ref> {
        self.all.clone()
    }
}

/// A column, if something stands in it.
pub(super) fn column(
    part: &Part,
    kind: RecordKind,
    columns: &Columns,
    name: &str,
) -> Option<usize> {
    columns
        .number(name)
        .filter(|_| !part.is_empty(kind.plural(), name))
}

/// Rows that one thread counts.
struct Piece<'p> {
    part: &'p Part,
    table: Arc<Table>,
    rows: Range<usize>,
    plan: &'p [Source],
    records: &'p Records,
    retracted: bool,
}

/// The groups of some rows. Words are numbered among those of these rows.
struct Groups {
    words: Vec<String>,
    numbers: HashMap<String, u32, FixedState>,
    /// Of each property that is a record, the id that was met last, and its number: claims of a speaker stand
    /// together.
    last_records: Vec<(String, u32)>,
    counts: Counted,
    /// The group of the last claim, and how many there were in a row.
    last: Vec<Value>,
    run: [u32; 2],
}

/// What the dates of a property were found to touch.
struct Touched {
    by_text: HashMap<String, Option<Units>, FixedState>,
    /// Days that were met, by the last digits of their numbers, and their units.
    days: Vec<Option<(i64, i32)>>,
}

/// So many days one after the other are known at once: some years of them.
const KNOWN_DAYS: usize = 1 << 12;

impl Default for Touched {
    fn default() -> Self {
        Touched {
            by_text: HashMap::default(),
            days: vec![None; KNOWN_DAYS],
        }
    }
}

impl Touched {
    /// The unit of a day; `None` where there is no such day.
    fn unit(&mut self, dimension: Dimension, number: i64) -> Option<i32> {
        let place = number.rem_euclid(KNOWN_DAYS as i64) as usize;
        let place = self.days.get_mut(place)?;
        if let Some((known, unit)) = *place
            && known == number
        {
            return Some(unit);
        }
        let unit = unit_of(dimension, Day::from_number(number)?);
        *place = Some((number, unit));
        Some(unit)
    }
}

impl Piece<'_> {
    /// Counts the rows; `None` where a date is not what its columns say. `touched` is what is known of the dates of
    /// each property.
    fn read(&self, touched: &mut [Touched]) -> Result<Option<Groups>, SnapshotError> {
        let kind = RecordKind::Claim;
        let columns = Columns::of(kind);
        let of = |name: &str| column(self.part, kind, &columns, name);
        let mut wanted = vec![of("retracted")];
        let mut begins = Vec::new();
        for source in self.plan {
            begins.push(wanted.len());
            wanted.extend(source.columns().iter().map(|name| of(name)));
        }
        let mut rows = Rows::new(&*self.table, wanted);
        let mut groups = Groups::new(self.plan.len());
        let mut axes: Vec<Vec<(Value, bool)>> = vec![Vec::new(); self.plan.len()];
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            for row in 0..batch.rows {
                if !self.retracted && batch.bytes(0, row).is_some() {
                    continue;
                }
                for (nth, source) in self.plan.iter().enumerate() {
                    let axis = &mut axes[nth];
                    axis.clear();
                    let known = match *source {
                        Source::Days(dimension) => {
                            days(dimension, &batch, begins[nth], row, &mut touched[nth], axis)
                        }
                        source => {
                            let mut number =
                                |text: &str| groups.value(nth, source, self.records, text);
                            values(&batch, begins[nth], row, &mut number, axis)
                        }
                    };
                    if known.is_none() {
                        return Ok(None);
                    }
                }
                groups.add(&axes);
            }
            at += batch.rows;
        }
        groups.end_run();
        // Here, where other threads do the same.
        groups.counts.settle_if_few();
        Ok(Some(groups))
    }
}

/// The units that a date touches; `None` where that cannot be told from its columns.
fn days(
    dimension: Dimension,
    batch: &Batch,
    begin: usize,
    row: usize,
    touched: &mut Touched,
    axis: &mut Vec<(Value, bool)>,
) -> Option<()> {
    let numbers = [0, 1].map(|column| batch.number(begin + column, row));
    let [Some(first), Some(last)] = numbers else {
        // Without a date, or open.
        axis.push((Value::Nothing, true));
        return Some(());
    };
    let begins = touched.unit(dimension, first)?;
    let ends = touched.unit(dimension, last)?;
    if begins == ends {
        axis.push((Value::Unit(begins), true));
        return Some(());
    }
    let said = batch.text(begin + 2, row)?;
    let units = match touched.by_text.get(said) {
        Some(known) => known,
        None => {
            let date = Date::parse(said).ok();
            // In another calendar, the text means other days.
            let days = numbers.map(|number| number.and_then(Day::from_number));
            let date = date.filter(|date| [date.first(), date.last()] == days);
            let units = date.map(|date| units_of(dimension, &date.may_cover()));
            (touched.by_text.entry(said.to_owned())).or_insert(units)
        }
    };
    match units.as_ref()? {
        Units::None => axis.push((Value::Nothing, true)),
        Units::One(unit) => axis.push((Value::Unit(*unit), true)),
        Units::Several(units) => axis.extend(units.iter().map(|unit| (Value::Unit(*unit), false))),
    }
    Some(())
}

/// The values that the texts of a column in a row stand for, each once; `None` where one stands for none.
fn values(
    batch: &Batch,
    column: usize,
    row: usize,
    number: &mut dyn FnMut(&str) -> Option<Value>,
    axis: &mut Vec<(Value, bool)>,
) -> Option<()> {
    for text in batch.each_text(column, row) {
        let value = number(text?)?;
        if axis.iter().all(|(one, _)| *one != value) {
            axis.push((value, true));
        }
    }
    if axis.is_empty() {
        axis.push((Value::Nothing, true));
    }
    Some(())
}

impl Groups {
    fn new(width: usize) -> Self {
        Groups {
            words: Vec::new(),
            numbers: HashMap::default(),
            last_records: vec![(String::new(), u32::MAX); width],
            counts: Counted::new(width),
            last: Vec::new(),
            run: [0, 0],
        }
    }

    /// What a text of a property stands for; `None` of an id that no record has.
    fn value(
        &mut self,
        nth: usize,
        source: Source,
        records: &Records,
        text: &str,
    ) -> Option<Value> {
        if let Source::Records(kind, _) = source {
            let (last, number) = &mut self.last_records[nth];
            if *number == u32::MAX || last != text {
                *number = records.number(kind, text)?;
                text.clone_into(last);
            }
            return Some(Value::Record(*number));
        }
        if let Some(known) = self.numbers.get(text) {
            return Some(Value::Word(*known));
        }
        let number = self.words.len() as u32;
        self.words.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        Some(Value::Word(number))
    }

    /// Counts a claim under each combination of its values.
    fn add(&mut self, axes: &[Vec<(Value, bool)>]) {
        let is_one = axes.iter().all(|axis| axis.len() == 1);
        if is_one {
            let certain = u32::from(axes.iter().all(|axis| axis[0].1));
            // Claims of a speaker stand together, in the order of their days.
            let as_last = self.last.len() == axes.len()
                && axes
                    .iter()
                    .zip(&self.last)
                    .all(|(axis, last)| axis[0].0 == *last);
            if !as_last {
                self.end_run();
                self.last.extend(axes.iter().map(|axis| axis[0].0));
            }
            self.run[0] += certain;
            self.run[1] += 1;
            return;
        }
        self.end_run();
        let mut group = std::mem::take(&mut self.last);
        self.combine(axes, &mut group, true);
        self.last = group;
    }

    fn combine(&mut self, axes: &[Vec<(Value, bool)>], group: &mut Vec<Value>, certain: bool) {
        let Some((axis, rest)) = axes.split_first() else {
            self.counts.add(group, [u32::from(certain), 1]);
            return;
        };
        for (value, is_certain) in axis {
            group.push(*value);
            self.combine(rest, group, certain && *is_certain);
            group.pop();
        }
    }

    /// Takes up the claims that were in a row.
    fn end_run(&mut self) {
        if self.run[1] > 0 {
            self.counts.add(&self.last, self.run);
        }
        self.run = [0, 0];
        self.last.clear();
    }
}
