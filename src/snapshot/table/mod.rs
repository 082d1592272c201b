//! Tables as Parquet files: written column by column, read through or at some rows.

mod encode;
mod encodings;
mod page;
mod page_header;
mod read;
mod row_buffer;
mod write;

pub(super) use read::{Batch, Desk, Rows, Table};
pub(super) use row_buffer::{Gathered, Room};
pub(super) use write::{GROUP, TableWriter, Written};

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) is: Is,
}

/// What stands in a column. Everything may be missing, numbers of rows and bytes aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// A text.
    Text,
    /// A text, and the rows are sorted by it.
    Sorted,
    /// One of few words.
    Word,
    /// A list of texts.
    Texts,
    /// A list of words, of which there are few.
    Words,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// The row of a record, in a table in the order of something that often goes with it.
    Row,
    /// A large whole number.
    Long,
    /// A number with a fraction.
    Real,
    /// Bytes.
    Bytes,
}

impl Is {
    /// Whether it is a list.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Is::Texts | Is::Words)
    }

    /// How the column is declared, in the language of Parquet's schemas.
    fn declared(self, name: &str) -> String {
        match self {
            Is::Text | Is::Word => format!("optional binary {name} (UTF8);"),
            Is::Sorted => format!("required binary {name} (UTF8);"),
            Is::Texts | Is::Words => format!(
                "required group {name} (LIST) {{ repeated group list {{ optional binary element (UTF8); }} }}"
            ),
            Is::Day => format!("optional int32 {name} (DATE);"),
            Is::Number | Is::Row => format!("optional int32 {name};"),
            Is::Long => format!("optional int64 {name};"),
            Is::Real => format!("optional double {name};"),
            Is::Bytes => format!("optional binary {name};"),
        }
    }
}
