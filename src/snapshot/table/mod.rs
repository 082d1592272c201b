//! Tables as Parquet files: written column by column, read sequentially or at some rows.

mod encode;
mod encodings;
mod kept;
mod page;
mod page_header;
mod read;
mod row_buffer;
mod values;
mod write;

pub(super) use kept::KeptPages;
pub(super) use read::{Batch, Desk, Rows, Table};
pub(super) use row_buffer::{Capacity, RowBuffer};
pub(super) use write::{FILE, GROUP, STRETCH, TableWriter, Written};

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) is: Is,
}

/// The type of a column. All values are optional, except row numbers and bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// A text.
    Text,
    /// A text by which the rows are sorted.
    Sorted,
    /// A text with few distinct values.
    Word,
    /// A list of texts.
    Texts,
    /// A list of texts with few distinct values.
    Words,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// The row of a record, in a table whose order often correlates with it.
    Row,
    /// A large whole number.
    Long,
    /// A number with a fraction.
    Real,
    /// Bytes.
    Bytes,
    /// A text that only other engines read.
    Plain,
    /// A text by which the rows are more or less sorted, so that other engines can leave pages out.
    Key,
    /// A bound of a date: days since 1970, in numbers for columns.
    Bound,
    /// True or false.
    Flag,
}

impl Is {
    /// Whether it is a list.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Is::Texts | Is::Words)
    }

    /// The column's declaration in Parquet's schema language.
    fn declared(self, name: &str) -> String {
        match self {
            Is::Text | Is::Word | Is::Plain | Is::Key => {
                format!("optional binary {name} (UTF8);")
            }
            Is::Sorted => format!("required binary {name} (UTF8);"),
            Is::Texts | Is::Words => format!(
                "required group {name} (LIST) {{ repeated group list {{ optional binary element (UTF8); }} }}"
            ),
            Is::Day => format!("optional int32 {name} (DATE);"),
            Is::Number | Is::Row => format!("optional int32 {name};"),
            Is::Long | Is::Bound => format!("optional int64 {name};"),
            Is::Real => format!("optional double {name};"),
            Is::Bytes => format!("optional binary {name};"),
            Is::Flag => format!("optional boolean {name};"),
        }
    }
}
