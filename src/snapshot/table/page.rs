//! The pages of a column, each decoded once and then accessed as often as needed.
//!
//! This program writes the pages itself, with few encodings, and so decodes all of them here: texts
//! are located in their page without copying, and accessing a single row is cheap.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Type};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::page_index::offset_index::PageLocation;
use zstd::bulk::Decompressor;

use super::encodings::{self, Bits, Spans};
use super::kept::{Kept, PageOf};
use super::page_header::{Header, PageIs};
use super::read::Source;
use super::values::{Holds, Joined, Texts, Values};

/// The numbers of encodings in Parquet.
const PLAIN: i64 = 0;
const DELTA_PACKED: i64 = 5;
const DELTA_LENGTH: i64 = 6;
const DELTA_BYTES: i64 = 7;
const RLE_DICTIONARY: i64 = 8;

/// Decompresses and decodes pages.
pub(super) struct Unpacker {
    zstd: Decompressor<'static>,
    /// Pages that are no longer in use, kept for their buffers.
    spare: Vec<Values>,
    /// A buffer for decompressing a page before its values are decoded.
    unpacked: Vec<u8>,
    begins: Vec<u32>,
    there: Vec<u32>,
}

/// The most pages kept for their buffers.
const MOST_SPARE: usize = 64;

impl Unpacker {
    pub(super) fn new() -> ParquetResult<Self> {
        let zstd = Decompressor::new();
        let zstd = zstd.map_err(|error| ParquetError::External(Box::new(error)))?;
        Ok(Unpacker {
            zstd,
            spare: Vec::new(),
            unpacked: Vec::new(),
            begins: Vec::new(),
            there: Vec::new(),
        })
    }

    /// Takes back a page that is no longer needed.
    fn take_back(&mut self, page: Arc<Values>) {
        if let Some(page) = Arc::into_inner(page).filter(|_| self.spare.len() < MOST_SPARE) {
            self.spare.push(page);
        }
    }

    /// Decompresses a page into `unpacked`.
    fn unpack(
        &mut self,
        header: Header,
        page: &[u8],
        is_packed: bool,
        unpacked: &mut Vec<u8>,
    ) -> Option<()> {
        let end = header.head.checked_add(header.packed)?;
        let packed = page.get(header.head..end)?;
        unpacked.clear();
        if !is_packed {
            unpacked.extend_from_slice(packed);
            return Some(());
        }
        if header.unpacked > LARGEST {
            return None;
        }
        unpacked.reserve(header.unpacked);
        let len = self.zstd.decompress_to_buffer(packed, unpacked).ok()?;
        (len == header.unpacked).then_some(())
    }
}

/// Where so many rows are wanted at once, it pays to look through the texts of a page together.
const MANY: usize = 64;

/// No page is larger.
const LARGEST: usize = 1 << 31;

/// A column chunk of at most this many bytes is read at once if more than this many of its pages
/// are needed.
const SMALL: usize = 1 << 17;
const FEW_READS: usize = 4;

/// The pages of a column in a row group.
pub(super) struct Pages {
    group: usize,
    column: usize,
    /// The first byte.
    begin: u64,
    /// The number of rows.
    rows: usize,
    is: Type,
    is_packed: bool,
    /// The definition level of a present value, and whether the column contains lists.
    full: u32,
    is_list: bool,
    dictionary: Option<Arc<Texts>>,
    /// The length in bytes, the number of reads so far, and all bytes once there were several
    /// reads.
    len: usize,
    reads: usize,
    chunk: Option<Bytes>,
    /// The first row of the page that was read last, and its values.
    page: Option<(usize, Arc<Values>)>,
}

impl Pages {
    /// The pages of a column in a row group; `None` if their compression is not the one this
    /// program uses.
    pub(super) fn new(about: &ParquetMetaData, group: usize, column: usize) -> Option<Self> {
        let chunk = about.row_group(group).columns().get(column)?;
        let described = chunk.column_descr();
        let (begin, len) = chunk.byte_range();
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
            len: usize::try_from(len).ok()?,
            reads: 0,
            chunk: None,
            page: None,
        })
    }

    /// The page that contains a row of the row group, and the first of its rows. `None` if there is
    /// none, or if this program does not write pages of that kind. So many rows are wanted from this one on.
    pub(super) fn with(
        &mut self,
        (row, wanted): (usize, usize),
        about: &ParquetMetaData,
        source: &Source,
        kept: Option<&Kept>,
        unpacker: &mut Unpacker,
    ) -> ParquetResult<Option<(usize, Arc<Values>)>> {
        let holds = |page: &&(usize, Arc<Values>)| (page.0..page.0 + page.1.rows).contains(&row);
        if !self.page.as_ref().is_some_and(|page| holds(&page)) {
            if let Some((_, page)) = self.page.take() {
                unpacker.take_back(page);
            }
            self.page = self.read((row, wanted), about, source, kept, unpacker)?;
        }
        let page = self.page.as_ref().filter(holds);
        Ok(page.map(|(first, values)| (*first, Arc::clone(values))))
    }

    /// Returns the buffers of the last page for reuse.
    pub(super) fn give_back(self, unpacker: &mut Unpacker) {
        if let Some((_, page)) = self.page {
            unpacker.take_back(page);
        }
    }

    fn read(
        &mut self,
        (row, wanted): (usize, usize),
        about: &ParquetMetaData,
        source: &Source,
        kept: Option<&Kept>,
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
        // Who wants many rows goes through the table, and would drive out what others ask for again.
        let are_many = wanted >= MANY;
        let kept = kept.filter(|_| !are_many);
        let column = (self.group, self.column);
        let this = PageOf(column, rows.start);
        if let Some(values) = kept.and_then(|kept| kept.page(this)) {
            return Ok(Some((rows.start, values)));
        }
        if self.dictionary.is_none() && begin > self.begin {
            let known = kept.and_then(|kept| kept.dictionary(column));
            self.dictionary = if known.is_some() {
                known
            } else {
                // Only a dictionary precedes the first page.
                let bytes = source.get(self.begin, (begin - self.begin) as usize)?;
                let read = self.dictionary_of(&bytes, unpacker).map(Arc::new);
                if let (Some(kept), Some(read)) = (kept, &read) {
                    kept.keep_dictionary(column, read);
                }
                read
            };
        }
        let bytes = self.chunk_or(start, len, source)?;
        let mut values = unpacker.spare.pop().unwrap_or_default();
        let header = Header::read(&bytes).filter(|header| header.is == PageIs::Data);
        let read =
            header.and_then(|header| self.values(header, &bytes, are_many, unpacker, &mut values));
        let read = read.filter(|()| values.rows == rows.len());
        let values = read.map(|()| Arc::new(values));
        if let (Some(kept), Some(values)) = (kept, &values) {
            kept.keep_page(this, values);
        }
        Ok(values.map(|values| (rows.start, values)))
    }

    /// Some bytes of the column. A small column that is read repeatedly is read completely.
    fn chunk_or(&mut self, start: u64, len: usize, source: &Source) -> ParquetResult<Bytes> {
        self.reads += 1;
        if self.chunk.is_none() && self.reads > FEW_READS && self.len <= SMALL {
            self.chunk = Some(source.get(self.begin, self.len)?);
        }
        let of_chunk = self.chunk.as_ref().and_then(|chunk| {
            let first = usize::try_from(start.checked_sub(self.begin)?).ok()?;
            let end = first.checked_add(len)?;
            (end <= chunk.len()).then(|| chunk.slice(first..end))
        });
        of_chunk.map_or_else(|| source.get(start, len), Ok)
    }

    fn dictionary_of(&self, bytes: &Bytes, unpacker: &mut Unpacker) -> Option<Texts> {
        let header = Header::read(bytes).filter(|header| header.is == PageIs::Dictionary)?;
        let (mut page, mut spans) = (Vec::new(), Spans::new());
        unpacker.unpack(header, bytes, self.is_packed, &mut page)?;
        encodings::plain(&mut page, 0, header.values, &mut spans)?;
        Some(Texts::of_many(page, 0, spans))
    }

    /// Decodes the values of a page into `values`.
    fn values(
        &self,
        header: Header,
        bytes: &[u8],
        are_many: bool,
        unpacker: &mut Unpacker,
        values: &mut Values,
    ) -> Option<()> {
        // Texts remain in the buffer into which the page was decompressed.
        let mut page = values.texts.take_buffer();
        unpacker.unpack(header, bytes, self.is_packed, &mut page)?;
        let levels = header.values;
        let mut at = 0;
        let mut read_levels = |most: u32, each: &mut Vec<u32>| {
            let mut from = Bits::new(&page, at);
            let len = from.length()?;
            let start = from.at;
            at = start.checked_add(len)?;
            Levels::read(page.get(start..at)?, most, levels, each)
        };
        let begins = if self.is_list {
            read_levels(1, &mut unpacker.begins)?
        } else {
            Levels::All(0)
        };
        let there = if self.full > 0 {
            read_levels(self.full, &mut unpacker.there)?
        } else {
            Levels::All(0)
        };
        let (begins, there) = (begins.of(&unpacker.begins), there.of(&unpacker.there));
        let count = match there {
            Each::All(level) if level == self.full => levels,
            Each::All(_) => 0,
            Each::Of(each) => each.iter().filter(|level| **level == self.full).count(),
        };
        values.one_each = matches!(begins, Each::All(0)) && (count == levels || count == 0);
        values.rows = levels;
        if !values.one_each {
            starts(begins, there, levels, self.full, &mut values.starts)?;
            values.rows = values.starts.len() - 1;
        }
        values.holds = Holds::Nothing;
        if count > 0 {
            let of_page = (at, count, header.encoding);
            self.fill(page, of_page, are_many, unpacker, values)?;
        } else {
            values.texts.all = Joined::Bytes(page);
        }
        Some(())
    }

    fn fill(
        &self,
        mut page: Vec<u8>,
        (at, count, encoding): (usize, usize, i64),
        are_many: bool,
        unpacker: &mut Unpacker,
        values: &mut Values,
    ) -> Option<()> {
        let spans = &mut values.texts.spans;
        let mut begin = 0;
        let (holds, read) = match (self.is, encoding) {
            (Type::BYTE_ARRAY, DELTA_LENGTH) => {
                begin = encodings::lengths_first(&page, at, count, spans)?;
                (Holds::Texts, spans.len())
            }
            (Type::BYTE_ARRAY, DELTA_BYTES) => {
                let out = &mut unpacker.unpacked;
                encodings::beginnings(&page, at, count, out, spans)?;
                std::mem::swap(&mut page, out);
                (Holds::Texts, spans.len())
            }
            (Type::BYTE_ARRAY, PLAIN) => {
                encodings::plain(&mut page, at, count, spans)?;
                (Holds::Texts, count)
            }
            (Type::BYTE_ARRAY, RLE_DICTIONARY) => {
                let width = usize::from(*page.get(at)?);
                encodings::runs(page.get(at + 1..)?, width, count, &mut values.words)?;
                (Holds::Words(Arc::clone(self.dictionary.as_ref()?)), count)
            }
            (Type::INT32 | Type::INT64, DELTA_PACKED) => {
                let numbers = &mut values.numbers;
                numbers.clear();
                // Differences of small numbers go round.
                let small = self.is == Type::INT32;
                let (read, _) = encodings::deltas(&page, at, count, |number| {
                    numbers.push(if small {
                        i64::from(number as i32)
                    } else {
                        number
                    });
                })?;
                (Holds::Numbers, read)
            }
            // Numbers with a fraction are written for others.
            (Type::DOUBLE, _) => (Holds::Nothing, count),
            _ => return None,
        };
        let spans = std::mem::take(spans);
        values.texts = if are_many && matches!(holds, Holds::Texts) {
            Texts::of_many(page, begin, spans)
        } else {
            let all = Joined::Bytes(page);
            Texts { all, begin, spans }
        };
        values.holds = holds;
        (read == count).then_some(())
    }
}

/// For each value or gap, whether it begins a row, or whether it is present: all equal, or one by
/// one.
enum Levels {
    All(u32),
    Each,
}

impl Levels {
    fn read(bytes: &[u8], most: u32, count: usize, each: &mut Vec<u32>) -> Option<Levels> {
        let width = (32 - most.leading_zeros()) as usize;
        match encodings::one_run(bytes, width, count) {
            Some(all) => Some(Levels::All(all)),
            None => encodings::runs(bytes, width, count, each).map(|()| Levels::Each),
        }
    }

    fn of(self, each: &[u32]) -> Each<'_> {
        match self {
            Levels::All(all) => Each::All(all),
            Levels::Each => Each::Of(each),
        }
    }
}

/// The same, with the levels.
#[derive(Clone, Copy)]
enum Each<'l> {
    All(u32),
    Of(&'l [u32]),
}

impl Each<'_> {
    fn get(self, nth: usize) -> Option<u32> {
        match self {
            Each::All(all) => Some(all),
            Each::Of(each) => each.get(nth).copied(),
        }
    }
}

/// Where the values of each row begin. A page that begins within a row was not written by this
/// program.
fn starts(
    begins: Each<'_>,
    there: Each<'_>,
    levels: usize,
    full: u32,
    starts: &mut Vec<u32>,
) -> Option<()> {
    starts.clear();
    starts.reserve(levels + 1);
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
    Some(())
}
