//! Encodes buffered rows as the columns of a row group.

use bytes::Bytes;
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::Result as ParquetResult;

use super::row_buffer::{Buffer, RowBuffer};
use super::write::Out;
use super::{Column, Is};

/// How many levels the writer receives at once: it only checks between batches whether a page is
/// full.
pub(super) fn batch(rows_per_page: usize) -> usize {
    rows_per_page.min(128)
}

/// Writes rows as a row group, column by column. A column is freed once it is written.
pub(super) fn group(
    columns: &[Column],
    mut parts: Vec<RowBuffer>,
    batch: usize,
    out: &mut Out,
) -> ParquetResult<()> {
    let mut group = out.next_row_group()?;
    for (nth, column) in columns.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        annals_watch::look();
        let is_list = column.is.is_list();
        for part in &mut parts {
            let rows = part.rows();
            part.buffers[nth].fill(rows, is_list);
            part.buffers[nth].settle();
        }
        let all = Joined::new(parts.iter_mut().map(|part| &mut part.buffers[nth]));
        let reps = is_list.then_some(&all.reps[..]);
        let defs = (column.is != Is::Sorted).then_some(&all.defs[..]);
        match writer.untyped() {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                texts(all.texts, defs, reps, batch, writer)?;
            }
            ColumnWriter::Int32ColumnWriter(writer) => {
                writer.write_batch(&all.ints, defs, reps)?;
            }
            ColumnWriter::Int64ColumnWriter(writer) => {
                writer.write_batch(&all.longs, defs, reps)?;
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                writer.write_batch(&all.reals, defs, reps)?;
            }
            ColumnWriter::BoolColumnWriter(writer) => {
                writer.write_batch(&all.flags, defs, reps)?;
            }
            // No column is declared so.
            _ => {}
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

/// A column of several parts.
struct Joined {
    texts: Vec<(Bytes, Vec<usize>)>,
    ints: Vec<i32>,
    longs: Vec<i64>,
    reals: Vec<f64>,
    flags: Vec<bool>,
    defs: Vec<i16>,
    reps: Vec<i16>,
}

impl Joined {
    fn new<'b>(buffers: impl Iterator<Item = &'b mut Buffer>) -> Self {
        let mut buffers: Vec<&mut Buffer> = buffers.collect();
        let ints = joined(&mut buffers, |buffer| &mut buffer.ints);
        let longs = joined(&mut buffers, |buffer| &mut buffer.longs);
        let reals = joined(&mut buffers, |buffer| &mut buffer.reals);
        let flags = joined(&mut buffers, |buffer| &mut buffer.flags);
        let defs = joined(&mut buffers, |buffer| &mut buffer.defs);
        let reps = joined(&mut buffers, |buffer| &mut buffer.reps);
        let taken = buffers.into_iter().map(|buffer| {
            let bytes = std::mem::take(&mut buffer.bytes);
            (Bytes::from(bytes), std::mem::take(&mut buffer.ends))
        });
        Joined {
            texts: taken.collect(),
            ints,
            longs,
            reals,
            flags,
            defs,
            reps,
        }
    }
}

/// Concatenates one kind of data of all buffers; a single buffer is not copied.
fn joined<T>(buffers: &mut [&mut Buffer], of: impl Fn(&mut Buffer) -> &mut Vec<T>) -> Vec<T> {
    if let [buffer] = buffers {
        return std::mem::take(of(buffer));
    }
    let all = buffers.iter_mut().map(|buffer| of(buffer).len()).sum();
    let mut all = Vec::with_capacity(all);
    for buffer in buffers {
        all.append(&mut std::mem::take(of(buffer)));
    }
    all
}

/// Texts in their original buffers, without copies.
struct Texts {
    parts: std::vec::IntoIter<(Bytes, Vec<usize>)>,
    bytes: Bytes,
    ends: Vec<usize>,
    /// How many of these end offsets were consumed, and the last of them.
    passed: usize,
    start: usize,
}

impl Texts {
    fn new(parts: Vec<(Bytes, Vec<usize>)>) -> Self {
        Texts {
            parts: parts.into_iter(),
            bytes: Bytes::new(),
            ends: Vec::new(),
            passed: 0,
            start: 0,
        }
    }

    /// Appends up to this many of the next texts.
    fn take(&mut self, mut count: usize, into: &mut Vec<ByteArray>) {
        while count > 0 {
            if self.passed == self.ends.len() {
                let Some((bytes, ends)) = self.parts.next() else {
                    return;
                };
                (self.bytes, self.ends) = (bytes, ends);
                (self.passed, self.start) = (0, 0);
            }
            let most = self.ends.len().min(self.passed + count);
            for end in &self.ends[self.passed..most] {
                into.push(ByteArray::from(self.bytes.slice(self.start..*end)));
                self.start = *end;
            }
            count -= most - self.passed;
            self.passed = most;
        }
    }
}

/// Passes texts to the writer in batches, so that few are in memory at a time.
fn texts(
    parts: Vec<(Bytes, Vec<usize>)>,
    defs: Option<&[i16]>,
    reps: Option<&[i16]>,
    batch: usize,
    writer: &mut ColumnWriterImpl<'_, ByteArrayType>,
) -> ParquetResult<()> {
    let all = parts.iter().map(|(_, ends)| ends.len()).sum();
    let mut texts = Texts::new(parts);
    let levels = defs.map_or(all, <[i16]>::len);
    let held = if reps.is_some() { 2 } else { 1 };
    let (mut at, mut few) = (0, Vec::with_capacity(batch));
    while at < levels {
        annals_watch::look();
        let mut end = levels.min(at + batch);
        if let Some(reps) = reps {
            // A batch ends where a row does.
            while end < levels && reps[end] != 0 {
                end += 1;
            }
        }
        let defs = defs.map(|defs| &defs[at..end]);
        let count = defs.map_or(end - at, |defs| {
            defs.iter().filter(|def| **def == held).count()
        });
        few.clear();
        texts.take(count, &mut few);
        writer.write_batch(&few, defs, reps.map(|reps| &reps[at..end]))?;
        at = end;
    }
    Ok(())
}
