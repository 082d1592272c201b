//! Encodes records as table rows: the lines of a file are decoded block by block. The result for a
//! block does not depend on earlier blocks, so several threads can work on them.

use std::ops::Range;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::line_template::{self, Forms, Values};
use super::super::table::{Capacity, Column, GROUP, RowBuffer};
use super::blocks::Block;
use super::chunking::{Group, Line};
use super::fact_columns::of_facts;
use super::joint::JointClaim;
use super::link_targets::{Known, Words};
use super::links::{self, LinkRows, Plan, Refers};
use super::words::{self, WordRows};
use annals_load::LoadResult;
use annals_model::{Facts, FileId, RecordKind, RecordRef};
use annals_ordered_parallel::BufferPool;

/// What is known in advance about the table of a kind of record.
pub(super) struct Kind {
    pub(super) of: RecordKind,
    pub(super) declared: Arc<[Column]>,
    columns: Columns,
    plans: Vec<Plan>,
    /// The columns whose words are indexed.
    indexed: Vec<usize>,
    /// Its records, in the order in which they were read.
    pub(super) records: Vec<RecordRef>,
}

impl Kind {
    pub(super) fn new(kind: RecordKind, records: Vec<RecordRef>) -> Self {
        let columns = Columns::of(kind);
        Kind {
            of: kind,
            declared: columns.all.clone().into(),
            plans: links::plans(kind, &columns),
            indexed: words::indexed(kind, &columns),
            columns,
            records,
        }
    }

    /// The position of the record with this number, if it belongs to this file.
    pub(super) fn location(&self, number: usize, facts: &Facts, file: FileId) -> Option<usize> {
        let origin = facts.common(*self.records.get(number)?).origin;
        (origin.file() == file).then(|| origin.offset())
    }
}

/// The next record of a kind, and the number of rows before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Progress {
    pub(super) next: usize,
    pub(super) rows: usize,
}

impl Progress {
    /// The position this many records later.
    fn after(self, more: usize) -> Self {
        Progress {
            next: self.next + more,
            rows: self.rows + more,
        }
    }
}

/// A fact file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input {
    pub(super) file: FileId,
    /// Its number within the part.
    pub(super) number: usize,
}

/// How many claims to prefetch.
const FEW: usize = 32;

/// The number of the kind of claims.
pub(super) const CLAIMS: usize = RecordKind::Claim as usize;

/// The kinds of records that were encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Claims,
    Others,
    All,
}

impl Of {
    pub(super) fn holds(self, kind: usize) -> bool {
        match self {
            Of::Claims => kind == CLAIMS,
            Of::Others => kind != CLAIMS,
            Of::All => true,
        }
    }
}

/// The encoded rows of some records.
pub(super) struct EncodedRows {
    /// The kinds it covers; it says nothing about others.
    pub(super) of: Of,
    /// The position where this began, and where it ended.
    pub(super) from: Vec<Progress>,
    pub(super) to: Vec<Progress>,
    /// The rows of each kind. A piece of work lies within one row group.
    pub(super) tables: Vec<Vec<RowBuffer>>,
    /// The records that have a row.
    pub(super) written: Vec<(RecordRef, u32)>,
    pub(super) links: Vec<LinkRows>,
    /// The claims of several speakers.
    pub(super) joint: Vec<JointClaim>,
    /// The lines that are no record.
    pub(super) others: Vec<Line>,
    /// The block they were read from.
    pub(super) block: Option<Arc<Block>>,
    pub(super) group: Option<Arc<Group>>,
}

impl EncodedRows {
    fn new(of: Of, from: &[Progress]) -> Self {
        EncodedRows {
            of,
            from: from.to_vec(),
            to: from.to_vec(),
            tables: from.iter().map(|_| Vec::new()).collect(),
            written: Vec::new(),
            links: links::none(),
            joint: Vec::new(),
            others: Vec::new(),
            block: None,
            group: None,
        }
    }
}

/// A thread's working memory for decoding records, reused from one record to the next.
pub(super) struct Encoder {
    forms: Vec<Forms>,
    form: String,
    values: Values,
    joined: String,
    known: Known,
    words: WordRows,
    /// The capacity that the rows of a block needed, by kind.
    capacities: Vec<Vec<Capacity>>,
}

/// The position of a record.
struct Location<'l> {
    /// Its line number, from 1; `None` in files that are stored unchanged.
    line: Option<usize>,
    offset: usize,
    /// The line, if it is JSON Lines.
    text: Option<&'l str>,
}

/// Turns records into rows.
pub(super) struct Rows<'p> {
    pub(super) facts: &'p Facts,
    pub(super) loaded: &'p LoadResult,
    pub(super) kinds: Vec<Kind>,
    /// The first and the last day of each date.
    pub(super) days: Vec<[Option<i32>; 2]>,
    pub(super) words: Words<'p>,
    pub(super) encoders: BufferPool<Encoder>,
}

impl Rows<'_> {
    fn encoder(&self) -> Encoder {
        self.encoders.take(|| Encoder {
            forms: self.kinds.iter().map(|_| Forms::default()).collect(),
            form: String::new(),
            values: Values::default(),
            joined: String::new(),
            known: Known::default(),
            words: WordRows::default(),
            capacities: self.kinds.iter().map(|_| Vec::new()).collect(),
        })
    }

    /// Decodes the lines of a block that are not claims. `first` is where the file begins.
    pub(super) fn lines(
        &self,
        input: Input,
        first: &[Progress],
        block: Arc<Block>,
        lines: Vec<Line>,
    ) -> EncodedRows {
        let from = self.progress(input.file, first, block.start);
        let mut encoded = EncodedRows::new(Of::Others, &from);
        let mut encoder = self.encoder();
        let next = |kind: usize, encoded: &EncodedRows| {
            let location = self.kinds[kind].location(encoded.to[kind].next, self.facts, input.file);
            location.filter(|_| Of::Others.holds(kind))
        };
        let mut nexts: Vec<Option<usize>> =
            (0..from.len()).map(|kind| next(kind, &encoded)).collect();
        for line in lines {
            let bytes = &block.bytes[line.place.clone()];
            let start = block.start + line.place.start;
            let begins = start + leading(bytes, start == 0);
            let holder = nexts.iter().position(|next| *next == Some(begins));
            match holder.zip(std::str::from_utf8(bytes).ok()) {
                Some((kind, text)) => {
                    let location = Location {
                        line: Some(line.number),
                        offset: begins,
                        text: Some(text),
                    };
                    let at = encoded.to[kind];
                    self.record(kind, at, input, &location, &mut encoder, &mut encoded);
                    encoded.to[kind] = at.after(1);
                    nexts[kind] = next(kind, &encoded);
                }
                None => encoded.others.push(line),
            }
        }
        self.release(encoder, &encoded);
        encoded.block = Some(block);
        encoded
    }

    /// Decodes some claims of a file in their final order: for each position, `order` gives the
    /// number of the claim in the file. `first` is where the file begins.
    pub(super) fn claims(
        &self,
        input: Input,
        first: &[Progress],
        order: &[u32],
        group: Arc<Group>,
        places: Range<usize>,
    ) -> EncodedRows {
        let mut from = first.to_vec();
        from[CLAIMS] = first[CLAIMS].after(places.start);
        let places_end = places.end;
        let mut encoded = EncodedRows::new(Of::Claims, &from);
        let mut encoder = self.encoder();
        for few in places.step_by(FEW) {
            let few = few..places_end.min(few + FEW);
            self.look_ahead(&order[few.clone()], first[CLAIMS].next, &group);
            for place in few {
                let claim = order[place] as usize;
                let at = Progress {
                    next: first[CLAIMS].next + claim,
                    rows: first[CLAIMS].rows + place,
                };
                let (block, line) = group.line(claim);
                let bytes = &block.bytes[line.place.clone()];
                let Ok(text) = std::str::from_utf8(bytes) else {
                    // Loading rejected lines that are not valid text, so the file has changed: the
                    // consumer notices the missing rows.
                    return encoded;
                };
                let start = block.start + line.place.start;
                let location = Location {
                    line: Some(line.number),
                    offset: start + leading(bytes, start == 0),
                    text: Some(text),
                };
                self.record(CLAIMS, at, input, &location, &mut encoder, &mut encoded);
                encoded.to[CLAIMS] = encoded.to[CLAIMS].after(1);
            }
        }
        self.release(encoder, &encoded);
        encoded.group = Some(group);
        encoded
    }

    /// Prefetches the data of several claims, given the number of claims before those of the file,
    /// so that cache misses overlap instead of happening one after the other.
    fn look_ahead(&self, claims: &[u32], before: usize, group: &Group) {
        let records = &self.kinds[CLAIMS].records;
        let claims = || {
            claims.iter().filter_map(|claim| {
                let claim = *claim as usize;
                match records.get(before + claim) {
                    Some(RecordRef::Claim(id)) => Some((claim, &self.facts[*id])),
                    _ => None,
                }
            })
        };
        let mut read = 0;
        for (claim, one) in claims() {
            let (block, line) = group.line(claim);
            let bytes = &block.bytes[line.place.clone()];
            let lines = bytes.iter().step_by(64);
            read ^= one.to.len() ^ lines.fold(0, |all, byte| all ^ usize::from(*byte));
        }
        let facts = self.facts;
        for (_, one) in claims() {
            let to = facts.list(one.to).first().map_or(0, |to| to.index());
            let speaker = facts.list(one.speaker).first();
            read ^= to ^ speaker.map_or(0, |speaker| speaker.index());
            let about = facts.list(one.about).first();
            let stance = facts.list(one.stance).first();
            let toward = stance.and_then(|stance| stance.toward);
            read ^= usize::from(about.copied() == toward);
            let evidence = facts.list(one.evidence).first();
            let document = evidence.and_then(|evidence| evidence.document);
            read ^= document.map_or(0, annals_model::Handle::index);
        }
        std::hint::black_box(read);
    }

    /// Returns the working memory for the next records.
    fn release(&self, mut encoder: Encoder, encoded: &EncodedRows) {
        for (capacities, tables) in encoder.capacities.iter_mut().zip(&encoded.tables) {
            if let Some(last) = tables.last() {
                *capacities = last.capacities();
            }
        }
        self.encoders.give(encoder);
    }

    /// The words of all records that were encoded.
    pub(super) fn all_words(encoders: BufferPool<Encoder>) -> Vec<WordRows> {
        let all = encoders.into_inner().into_iter();
        all.map(|encoder| encoder.words).collect()
    }

    /// The next records of a kind, up to a limit, of a file that is stored unchanged.
    pub(super) fn whole(
        &self,
        kind: usize,
        input: Input,
        from: &[Progress],
        most: usize,
    ) -> EncodedRows {
        let mut encoded = EncodedRows::new(Of::All, from);
        let mut encoder = self.encoder();
        for _ in 0..most {
            let at = encoded.to[kind];
            let Some(offset) = self.kinds[kind].location(at.next, self.facts, input.file) else {
                break;
            };
            let location = Location {
                line: None,
                offset,
                text: None,
            };
            self.record(kind, at, input, &location, &mut encoder, &mut encoded);
            encoded.to[kind] = at.after(1);
        }
        self.encoders.give(encoder);
        encoded
    }

    /// The next records at a position in a file.
    fn progress(&self, file: FileId, first: &[Progress], start: usize) -> Vec<Progress> {
        let before = |record: &RecordRef| {
            let origin = self.facts.common(*record).origin;
            origin.file() == file && origin.offset() < start
        };
        let kinds = self.kinds.iter().zip(first);
        let progress = kinds.map(|(kind, first)| {
            let passed = kind.records[first.next..].partition_point(before);
            Progress {
                next: first.next + passed,
                rows: first.rows + passed,
            }
        });
        progress.collect()
    }

    /// Adds the row and the links of a record of a kind, given its number and the number of rows
    /// before its own.
    fn record(
        &self,
        number: usize,
        at: Progress,
        input: Input,
        location: &Location<'_>,
        encoder: &mut Encoder,
        encoded: &mut EncodedRows,
    ) {
        let (facts, kind) = (self.facts, &self.kinds[number]);
        let columns = &kind.columns;
        let record = kind.records[at.next];
        let line = location.text;
        let id = || facts.id(record);
        // A record that kept its own id is named in its line; otherwise the id must be looked up.
        let own = facts.common(record).named;
        let taken_apart = line.is_some_and(|line| {
            encoder.decode(number, columns, line) && (own || encoder.is_called(columns, id()))
        });
        if !taken_apart {
            let written = facts.written(record);
            encoder.values.gather(&written, columns);
        }
        let table = &mut encoded.tables[number];
        if table.is_empty() || at.rows.is_multiple_of(GROUP) {
            table.push(RowBuffer::like(&kind.declared, &encoder.capacities[number]));
        }
        let Some(table) = table.last_mut() else {
            return;
        };
        let row = at.rows;
        fields(columns, &encoder.values, table);
        let mut is_joint = false;
        if let Some([all, first, count]) = columns.speakers {
            let speakers = encoder.values.of(all);
            is_joint = speakers.len() > 1;
            table.number(count, Some(speakers.len() as i64));
            table.text(first, speakers.flatten().next());
        }
        table.number(columns.row, Some(row as i64));
        let written = encoder
            .values
            .one(columns.id)
            .filter(|_| own && taken_apart);
        table.text(columns.id, Some(written.unwrap_or_else(id)));
        table.text(columns.form, taken_apart.then_some(&*encoder.form));
        let raw = line.filter(|_| !taken_apart);
        table.bytes(columns.raw, raw.map(str::as_bytes));
        table.number(columns.file, Some(input.number as i64));
        table.number(columns.line, location.line.map(|line| line as i64));
        if let Some(offset) = columns.offset {
            table.number(offset, Some(location.offset as i64));
        }
        if let Some(offset) = columns.claim_offset.filter(|_| location.line.is_none()) {
            table.number(offset, Some(location.offset as i64));
        }
        let first_day = of_facts((facts, &self.days), record, columns, table);
        table.end_row();
        if is_joint {
            let mut claim = JointClaim::new(record, row, columns, &encoder.values);
            claim.file = input.number;
            claim.line = location.line;
            claim.offset = location.offset;
            encoded.joint.push(claim);
        }
        let refers = Refers {
            record,
            first_day,
            row,
        };
        let words = (facts, &self.words, &mut encoder.known);
        refers.note(&kind.plans, &encoder.values, words, &mut encoded.links);
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        encoded.written.push((record, row));
        (encoder.words).note(kind.of, &kind.indexed, &encoder.values, row);
        if let RecordRef::Document(id) = record
            && let Some((_, text)) = self.loaded.texts.get(id)
        {
            encoder.words.note_text(text.as_str(), row);
        }
    }
}

/// The number of bytes before a record in its line.
pub(super) fn leading(line: &[u8], is_first: bool) -> usize {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let mark = if is_first && line.starts_with(MARK) {
        MARK.len()
    } else {
        0
    };
    let space = line[mark..].iter();
    mark + space.take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The texts of a record's fields.
fn fields(columns: &Columns, values: &Values, row: &mut RowBuffer) {
    for &number in values.used() {
        if number == columns.id {
            continue;
        }
        if columns.all[number].is.is_list() {
            let items = values.of(number);
            items.for_each(|item| row.item(number, item));
        } else {
            row.text(number, values.one(number));
        }
    }
}

impl Encoder {
    /// Decodes a line; returns whether it can be reconstructed from its texts and its template.
    fn decode(&mut self, kind: usize, columns: &Columns, line: &str) -> bool {
        let forms = &mut self.forms[kind];
        if let Some(form) = forms.split(line, columns.all.len(), &mut self.values) {
            self.form.clear();
            self.form.push_str(form);
            return true;
        }
        if line_template::split(line, columns, &mut self.form, &mut self.values).is_none() {
            return false;
        }
        self.joined.clear();
        let values = &self.values;
        let mut taken = [0_usize; 64];
        let next = |column: usize| {
            let nth = taken.get_mut(column)?;
            *nth += 1;
            values.of(column).flatten().nth(*nth - 1)
        };
        let joined = line_template::join(&self.form, next, &mut self.joined);
        if joined.is_none() || self.joined != line {
            return false;
        }
        forms.remember(&self.form, &self.values);
        true
    }
}

impl Encoder {
    /// Whether a decoded line, if it contains an id, contains this one.
    fn is_called(&self, columns: &Columns, id: &str) -> bool {
        let written = self.values.one(columns.id);
        written.is_none_or(|written| written == id)
    }
}
