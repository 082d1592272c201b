//! Buffers rows until they are written, column by column.

use super::{Column, Is};

/// Buffered rows: each column is given its value, then the row is ended.
pub(in super::super) struct RowBuffer {
    pub(super) buffers: Vec<Buffer>,
    rows: usize,
}

/// The values of a column.
#[derive(Debug)]
pub(super) struct Buffer {
    is_long: bool,
    pub(super) bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    pub(super) ends: Vec<usize>,
    pub(super) ints: Vec<i32>,
    pub(super) longs: Vec<i64>,
    pub(super) reals: Vec<f64>,
    pub(super) flags: Vec<bool>,
    /// A definition level for each value or list item; values after the last level are missing.
    pub(super) defs: Vec<i16>,
    pub(super) reps: Vec<i16>,
    /// The number of values in the current rows that have no level yet; they come last, and all are
    /// present.
    there: usize,
    /// The number of rows that have levels or are among the above: one more than were ended if the
    /// current row has a value.
    filled: usize,
}

/// The sizes of the buffers of a column.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Capacity {
    bytes: usize,
    ends: usize,
    ints: usize,
    longs: usize,
    defs: usize,
    reps: usize,
}

impl RowBuffer {
    /// No rows of these columns, with as much capacity as others needed.
    pub(in super::super) fn like(columns: &[Column], capacities: &[Capacity]) -> Self {
        let capacities = capacities
            .iter()
            .copied()
            .chain(std::iter::repeat(Capacity::default()));
        let buffer = |(column, capacity): (&Column, Capacity)| Buffer {
            is_long: matches!(column.is, Is::Long | Is::Bound),
            bytes: Vec::with_capacity(capacity.bytes),
            ends: Vec::with_capacity(capacity.ends),
            ints: Vec::with_capacity(capacity.ints),
            longs: Vec::with_capacity(capacity.longs),
            reals: Vec::new(),
            flags: Vec::new(),
            defs: Vec::with_capacity(capacity.defs),
            reps: Vec::with_capacity(capacity.reps),
            there: 0,
            filled: 0,
        };
        RowBuffer {
            buffers: columns.iter().zip(capacities).map(buffer).collect(),
            rows: 0,
        }
    }

    /// The sizes, with a small margin: the next rows of the same facts need about as much.
    pub(in super::super) fn capacities(&self) -> Vec<Capacity> {
        let capacity = |len: usize| len + len / 16;
        let buffers = self.buffers.iter();
        let capacities = buffers.map(|buffer| Capacity {
            bytes: capacity(buffer.bytes.len()),
            ends: capacity(buffer.ends.len()),
            ints: capacity(buffer.ints.len()),
            longs: capacity(buffer.longs.len()),
            defs: capacity(buffer.defs.len() + buffer.there),
            reps: capacity(buffer.reps.len()),
        });
        capacities.collect()
    }

    /// The number of rows ended.
    pub(in super::super) fn rows(&self) -> usize {
        self.rows
    }

    /// Sets the text of a single-text column.
    pub(in super::super) fn text(&mut self, column: usize, text: Option<&str>) {
        self.bytes(column, text.map(str::as_bytes));
    }

    /// Sets the bytes of a column.
    pub(in super::super) fn bytes(&mut self, column: usize, bytes: Option<&[u8]>) {
        let Some(bytes) = bytes else { return };
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        buffer.bytes.extend_from_slice(bytes);
        buffer.ends.push(buffer.bytes.len());
    }

    /// Adds an item to a list column.
    pub(in super::super) fn item(&mut self, column: usize, item: Option<&str>) {
        let buffer = &mut self.buffers[column];
        let begun = buffer.filled > self.rows;
        if !begun {
            buffer.fill(self.rows, true);
            buffer.filled = self.rows + 1;
        }
        buffer.reps.push(i16::from(begun));
        buffer.defs.push(1 + i16::from(item.is_some()));
        if let Some(item) = item {
            buffer.bytes.extend_from_slice(item.as_bytes());
            buffer.ends.push(buffer.bytes.len());
        }
    }

    /// A day or a whole number.
    pub(in super::super) fn number(&mut self, column: usize, number: Option<i64>) {
        let Some(number) = number else { return };
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        if buffer.is_long {
            buffer.longs.push(number);
        } else {
            // Rows, lines and days: a larger number exceeds the limits of a table.
            buffer.ints.push(i32::try_from(number).unwrap_or(i32::MAX));
        }
    }

    /// A number with a fraction.
    pub(in super::super) fn real(&mut self, column: usize, number: Option<f64>) {
        let Some(number) = number else { return };
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        buffer.reals.push(number);
    }

    /// True or false.
    pub(in super::super) fn flag(&mut self, column: usize, flag: Option<bool>) {
        let Some(flag) = flag else { return };
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        buffer.flags.push(flag);
    }

    /// Ends a row: columns without a value are empty in it.
    pub(in super::super) fn end_row(&mut self) {
        self.rows += 1;
    }
}

impl Buffer {
    /// Records that the rows before this one are empty.
    pub(super) fn fill(&mut self, rows: usize, is_list: bool) {
        let missing = rows.saturating_sub(self.filled);
        if missing == 0 {
            return;
        }
        self.settle();
        self.defs.resize(self.defs.len() + missing, 0);
        if is_list {
            self.reps.resize(self.reps.len() + missing, 0);
        }
        self.filled = rows;
    }

    /// Notes that this row has a value.
    fn value(&mut self, row: usize) {
        self.fill(row, false);
        self.there += 1;
        self.filled = row + 1;
    }

    /// Writes the levels of all values.
    pub(super) fn settle(&mut self) {
        let there = std::mem::take(&mut self.there);
        self.defs.resize(self.defs.len() + there, 1);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
            && self.ints.is_empty()
            && self.longs.is_empty()
            && self.reals.is_empty()
            && self.flags.is_empty()
    }
}
