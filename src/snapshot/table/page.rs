//! Pages of a column, each decoded once, and read as often as it is asked for.
//!
//! The program writes the pages itself, of few encodings, so that all of them are read here: a text is
//! found in its page without being copied, and one row costs no more than it must.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Type};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::page_index::offset_index::PageLocation;
use zstd::bulk::Decompressor;

use super::encoded::{self, Bits, Spans};
use super::header::{Header, PageIs};
use super::read::Source;

/// The numbers of encodings, as Parquet counts them.
const PLAIN: i64 = 0;
const DELTA_PACKED: i64 = 5;
const DELTA_LENGTH: i64 = 6;
const DELTA_BYTES: i64 = 7;
const RLE_DICTIONARY: i64 = 8;

/// Texts that lie in a page, or were written out of one.
#[derive(Debug)]
pub(super) struct Texts {
    bytes: Bytes,
    spans: Spans,
}

impl Texts {
    fn get(&self, nth: usize) -> Option<&[u8]> {
        let span = self.spans.get(nth)?;
        self.bytes.get(span.start as usize..span.end as usize)
    }
}

/// The values of a page.
#[derive(Debug)]
enum Holds {
    Nothing,
    Texts(Texts),
    /// Texts by their number in a dictionary.
    Words(Vec<u32>, Arc<Texts>),
    Numbers(Vec<i64>),
}

/// A page.
#[derive(Debug)]
pub(super) struct Values {
    rows: usize,
    /// Where the values of each row begin, and the last end; `None` where each row has one.
    starts: Option<Vec<u32>>,
    holds: Holds,
}

impl Values {
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Which values are those of a row.
    pub(super) fn of_row(&self, row: usize) -> std::ops::Range<usize> {
        match &self.starts {
            None => row..row + 1,
            Some(starts) => match (starts.get(row), starts.get(row + 1)) {
                (Some(start), Some(end)) => *start as usize..*end as usize,
                _ => 0..0,
            },
        }
    }

    pub(super) fn bytes(&self, nth: usize) -> Option<&[u8]> {
        match &self.holds {
            Holds::Texts(texts) => texts.get(nth),
            Holds::Words(numbers, texts) => texts.get(*numbers.get(nth)? as usize),
            Holds::Nothing | Holds::Numbers(_) => None,
        }
    }

    pub(super) fn number(&self, nth: usize) -> Option<i64> {
        match &self.holds {
            Holds::Numbers(numbers) => numbers.get(nth).copied(),
            _ => None,
        }
    }
}

/// Unpacks pages, one after another.
pub(super) struct Unpacker {
    zstd: Decompressor<'static>,
}

impl Unpacker {
    pub(super) fn new() -> ParquetResult<Self> {
        let zstd = Decompressor::new();
        let zstd = zstd.map_err(|error| ParquetError::External(Box::new(error)))?;
        Ok(Unpacker { zstd })
    }

    /// A page as it was before it was packed.
    fn unpacked(&mut self, header: Header, page: &Bytes, is_packed: bool) -> Option<Bytes> {
        let end = header.head.checked_add(header.packed)?;
        let packed = page.get(header.head..end)?;
        if !is_packed {
            return Some(page.slice(header.head..end));
        }
        if header.unpacked > LARGEST {
            return None;
        }
        let unpacked = self.zstd.decompress(packed, header.unpacked).ok()?;
        (unpacked.len() == header.unpacked).then(|| Bytes::from(unpacked))
    }
}

/// No page is larger.
const LARGEST: usize = 1 << 31;

/// The pages of a column in a group of rows.
pub(super) struct Pages {
    group: usize,
    column: usize,
    /// The first byte.
    begin: u64,
    /// How many rows there are.
    rows: usize,
    is: Type,
    is_packed: bool,
    /// The level of a value that is there, and whether the column is one of lists.
    full: u32,
    is_list: bool,
    dictionary: Option<Arc<Texts>>,
    /// The first row of the page that was read last, and its values.
    page: Option<(usize, Arc<Values>)>,
}

impl Pages {
    /// The pages of a column in a group; `None` where they are packed as this program does not pack.
    pub(super) fn of(about: &ParquetMetaData, group: usize, column: usize) -> Option<Self> {
        let chunk = about.row_group(group).columns().get(column)?;
        let described = chunk.column_descr();
        let (begin, _) = chunk.byte_range();
        Some(Pages {
            group,
            column,
            begin,
            rows: usize::try_from(about.row_group(group).num_rows()).ok()?,
            is: chunk.column_type(),
            is_packed: match chunk.compression() {
                Compression::ZSTD(_) => true,
                Compression::UNCOMPRESSED => false,
                _ => return None,
            },
            full: u32::from(described.max_def_level().unsigned_abs()),
            is_list: described.max_rep_level() > 0,
            dictionary: None,
            page: None,
        })
    }

    /// The page that holds a row of the group, and the first of its rows. `None` where there is none,
    /// or one that this program does not write.
    pub(super) fn with(
        &mut self,
        row: usize,
        about: &ParquetMetaData,
        source: &Source,
        unpacker: &mut Unpacker,
    ) -> ParquetResult<Option<(usize, Arc<Values>)>> {
        let holds = |page: &&(usize, Arc<Values>)| (page.0..page.0 + page.1.rows).contains(&row);
        if !self.page.as_ref().is_some_and(|page| holds(&page)) {
            self.page = self.read(row, about, source, unpacker)?;
        }
        let page = self.page.as_ref().filter(holds);
        Ok(page.map(|(first, values)| (*first, Arc::clone(values))))
    }

    fn read(
        &mut self,
        row: usize,
        about: &ParquetMetaData,
        source: &Source,
        unpacker: &mut Unpacker,
    ) -> ParquetResult<Option<(usize, Arc<Values>)>> {
        let index = about.page_index_for_row_group(self.group);
        let pages = index
            .page_locations(self.column)
            .map_or(&[][..], |pages| pages);
        let first_row = |page: &PageLocation| usize::try_from(page.first_row_index).ok();
        let after = pages.partition_point(|page| first_row(page).is_some_and(|first| first <= row));
        let place = after.checked_sub(1).and_then(|nth| {
            let (page, first) = (&pages[nth], &pages[0]);
            let end = pages.get(nth + 1).map_or(Some(self.rows), first_row)?;
            let (start, begin) = (
                u64::try_from(page.offset).ok()?,
                u64::try_from(first.offset).ok()?,
            );
            let len = usize::try_from(page.compressed_page_size).ok()?;
            Some((first_row(page)?..end, start, len, begin))
        });
        let Some((rows, start, len, begin)) = place else {
            return Ok(None);
        };
        if self.dictionary.is_none() && begin > self.begin {
            // Nothing but a dictionary stands before the first page.
            let bytes = source.get(self.begin, (begin - self.begin) as usize)?;
            self.dictionary = self.dictionary_of(&bytes, unpacker).map(Arc::new);
        }
        let bytes = source.get(start, len)?;
        let values = Header::read(&bytes)
            .filter(|header| header.is == PageIs::Data)
            .and_then(|header| {
                let page = unpacker.unpacked(header, &bytes, self.is_packed)?;
                self.values(&page, header.values, header.encoding)
            });
        let values = values.filter(|values| values.rows == rows.len());
        Ok(values.map(|values| (rows.start, Arc::new(values))))
    }

    fn dictionary_of(&self, bytes: &Bytes, unpacker: &mut Unpacker) -> Option<Texts> {
        let header = Header::read(bytes).filter(|header| header.is == PageIs::Dictionary)?;
        let page = unpacker.unpacked(header, bytes, self.is_packed)?;
        let spans = encoded::plain(&page, 0, header.values)?;
        Some(Texts { bytes: page, spans })
    }

    /// What a page holds.
    fn values(&self, page: &Bytes, levels: usize, encoding: i64) -> Option<Values> {
        let mut at = 0;
        let mut read_levels = |most: u32| {
            let mut from = Bits::new(page, at);
            let len = from.length()?;
            let start = from.at;
            at = start.checked_add(len)?;
            Levels::read(page.get(start..at)?, most, levels)
        };
        let begins = if self.is_list {
            read_levels(1)?
        } else {
            Levels::All(0)
        };
        let there = if self.full > 0 {
            read_levels(self.full)?
        } else {
            Levels::All(0)
        };
        let count = match &there {
            Levels::All(level) if *level == self.full => levels,
            Levels::All(_) => 0,
            Levels::Each(each) => each.iter().filter(|level| **level == self.full).count(),
        };
        let starts = match (&begins, &there) {
            (Levels::All(0), _) if count == levels || count == 0 => None,
            _ => Some(starts(&begins, &there, levels, self.full)?),
        };
        let rows = starts.as_ref().map_or(levels, |starts| starts.len() - 1);
        let holds = if count == 0 {
            Holds::Nothing
        } else {
            self.holds(page, at, count, encoding)?
        };
        Some(Values {
            rows,
            starts,
            holds,
        })
    }

    fn holds(&self, page: &Bytes, at: usize, count: usize, encoding: i64) -> Option<Holds> {
        let in_page = |spans: Spans| Texts {
            bytes: page.clone(),
            spans,
        };
        let (holds, values) = match (self.is, encoding) {
            (Type::BYTE_ARRAY, DELTA_LENGTH) => {
                let spans = encoded::lengths_first(page, at, count)?;
                let values = spans.len();
                (Holds::Texts(in_page(spans)), values)
            }
            (Type::BYTE_ARRAY, DELTA_BYTES) => {
                let (bytes, spans) = encoded::beginnings(page, at, count)?;
                let values = spans.len();
                let bytes = Bytes::from(bytes);
                (Holds::Texts(Texts { bytes, spans }), values)
            }
            (Type::BYTE_ARRAY, PLAIN) => (
                Holds::Texts(in_page(encoded::plain(page, at, count)?)),
                count,
            ),
            (Type::BYTE_ARRAY, RLE_DICTIONARY) => {
                let width = usize::from(*page.get(at)?);
                let numbers = encoded::runs(page.get(at + 1..)?, width, count)?;
                let words = Arc::clone(self.dictionary.as_ref()?);
                (Holds::Words(numbers, words), count)
            }
            (Type::INT32 | Type::INT64, DELTA_PACKED) => {
                let (mut numbers, _) = encoded::deltas(page, at, count)?;
                if self.is == Type::INT32 {
                    // Differences of small numbers go round.
                    for number in &mut numbers {
                        *number = i64::from(*number as i32);
                    }
                }
                let values = numbers.len();
                (Holds::Numbers(numbers), values)
            }
            // Numbers with a fraction are written for others.
            (Type::DOUBLE, _) => (Holds::Nothing, count),
            _ => return None,
        };
        (values == count).then_some(holds)
    }
}

/// For each value or gap whether it begins a row, or whether it is there.
enum Levels {
    All(u32),
    Each(Vec<u32>),
}

impl Levels {
    fn read(bytes: &[u8], most: u32, count: usize) -> Option<Levels> {
        let width = (32 - most.leading_zeros()) as usize;
        match encoded::one_run(bytes, width, count) {
            Some(all) => Some(Levels::All(all)),
            None => encoded::runs(bytes, width, count).map(Levels::Each),
        }
    }

    fn get(&self, nth: usize) -> Option<u32> {
        match self {
            Levels::All(all) => Some(*all),
            Levels::Each(each) => each.get(nth).copied(),
        }
    }
}

/// Where the values of each row begin. What begins in the middle of a row is none of ours.
fn starts(begins: &Levels, there: &Levels, levels: usize, full: u32) -> Option<Vec<u32>> {
    let mut starts = Vec::with_capacity(levels + 1);
    let mut value = 0;
    for nth in 0..levels {
        if begins.get(nth)? == 0 {
            starts.push(value);
        } else if starts.is_empty() {
            return None;
        }
        value += u32::from(there.get(nth)? == full);
    }
    starts.push(value);
    Some(starts)
}
