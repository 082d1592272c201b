//! Gathered rows as the columns of a group of rows.

use bytes::Bytes;
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::Result as ParquetResult;

use super::gathered::{Buffer, Gathered};
use super::write::Out;
use super::{Column, Is};

/// How many levels the writer takes at once: pages are cut after a batch.
pub(super) fn batch(rows_per_page: usize) -> usize {
    rows_per_page.min(1024)
}

/// Writes rows as a group, column by column. A column is freed when it is written.
pub(super) fn group(
    columns: &[Column],
    mut parts: Vec<Gathered>,
    batch: usize,
    out: &mut Out,
) -> ParquetResult<()> {
    let mut group = out.next_row_group()?;
    for (nth, column) in columns.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        let is_list = column.is.is_list();
        let mut all = Joined::default();
        for part in &mut parts {
            let rows = part.rows();
            let buffer = &mut part.buffers[nth];
            buffer.fill(rows, is_list);
            all.take(buffer);
        }
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
            // No column is declared so.
            _ => {}
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

/// A column of several parts.
#[derive(Default)]
struct Joined {
    texts: Vec<(Bytes, Vec<usize>)>,
    ints: Vec<i32>,
    longs: Vec<i64>,
    reals: Vec<f64>,
    defs: Vec<i16>,
    reps: Vec<i16>,
}

impl Joined {
    fn take(&mut self, buffer: &mut Buffer) {
        let ends = std::mem::take(&mut buffer.ends);
        if !ends.is_empty() {
            let bytes = std::mem::take(&mut buffer.bytes);
            self.texts.push((Bytes::from(bytes), ends));
        }
        join(&mut self.ints, &mut buffer.ints);
        join(&mut self.longs, &mut buffer.longs);
        join(&mut self.reals, &mut buffer.reals);
        join(&mut self.defs, &mut buffer.defs);
        join(&mut self.reps, &mut buffer.reps);
    }
}

fn join<T>(all: &mut Vec<T>, more: &mut Vec<T>) {
    let mut more = std::mem::take(more);
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}

/// Writes texts, none of them copied, in the batches in which the writer takes them: so few are held
/// at a time.
fn texts(
    parts: Vec<(Bytes, Vec<usize>)>,
    defs: Option<&[i16]>,
    reps: Option<&[i16]>,
    batch: usize,
    writer: &mut ColumnWriterImpl<'_, ByteArrayType>,
) -> ParquetResult<()> {
    let count = |ends: &Vec<usize>| ends.len();
    let all: usize = parts.iter().map(|(_, ends)| count(ends)).sum();
    let mut texts = parts.into_iter().flat_map(|(all, ends)| {
        let mut start = 0;
        ends.into_iter().map(move |end| {
            let text = all.slice(start..end);
            start = end;
            ByteArray::from(text)
        })
    });
    let levels = defs.map_or(all, <[i16]>::len);
    let held = if reps.is_some() { 2 } else { 1 };
    let (mut at, mut few) = (0, Vec::with_capacity(batch));
    while at < levels {
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
        few.extend(texts.by_ref().take(count));
        writer.write_batch(&few, defs, reps.map(|reps| &reps[at..end]))?;
        at = end;
    }
    Ok(())
}
