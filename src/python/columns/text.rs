//! Columns of texts: as Arrow has had them always, as views, or as numbers of few words.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder as _, Int32Builder, StringBuilder, StringViewBuilder};
use arrow_array::{ArrayRef, DictionaryArray, StringArray};
use arrow_schema::{ArrowError, DataType};

/// How texts stand in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextsAs {
    /// One after the other, which every library reads and computes with.
    Plain,
    /// As views of 16 bytes, which polars keeps as they are: what comes as `Plain` it makes anew.
    Views,
}

impl TextsAs {
    pub(super) fn data_type(self) -> DataType {
        match self {
            TextsAs::Plain => DataType::Utf8,
            TextsAs::Views => DataType::Utf8View,
        }
    }
}

/// Views of texts up to this length, names and paths, are looked up, so that each is in memory once.
const NAME: u32 = 64;

/// Texts that are being added.
pub(crate) enum Texts {
    Plain(StringBuilder),
    Views(StringViewBuilder),
}

impl Texts {
    pub(super) fn new(texts: TextsAs) -> Self {
        match texts {
            TextsAs::Plain => Texts::Plain(StringBuilder::new()),
            TextsAs::Views => Texts::Views(
                StringViewBuilder::new()
                    .with_deduplicate_strings()
                    .with_max_deduplication_len(NAME),
            ),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Texts::Plain(all) => all.len(),
            Texts::Views(all) => all.len(),
        }
    }

    /// Adds a text.
    ///
    /// # Errors
    /// If a batch would have more of them than its type can count.
    pub(super) fn push(&mut self, text: &str) -> Result<(), ArrowError> {
        match self {
            Texts::Plain(all) => {
                let bytes = all.values_slice().len() + text.len();
                i32::try_from(bytes).map_err(|_| ArrowError::OffsetOverflowError(bytes))?;
                all.append_value(text);
                Ok(())
            }
            Texts::Views(all) => all.try_append_value(text),
        }
    }

    pub(super) fn push_nulls(&mut self, count: usize) {
        match self {
            Texts::Plain(all) => all.append_nulls(count),
            Texts::Views(all) => (0..count).for_each(|_| all.append_null()),
        }
    }

    pub(super) fn finish(self) -> ArrayRef {
        match self {
            Texts::Plain(mut all) => Arc::new(all.finish()),
            Texts::Views(mut all) => Arc::new(all.finish()),
        }
    }
}

/// Texts of which many are the same: a number each.
#[derive(Default)]
pub(crate) struct Words {
    keys: Int32Builder,
    each: Vec<String>,
    numbers: HashMap<String, usize>,
    /// The word that was added last.
    last: usize,
}

impl Words {
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn push(&mut self, word: &str) {
        if self.each.get(self.last).is_none_or(|last| last != word) {
            self.last = match self.numbers.get(word) {
                Some(number) => *number,
                None => {
                    self.numbers.insert(word.to_owned(), self.each.len());
                    self.each.push(word.to_owned());
                    self.each.len() - 1
                }
            };
        }
        // A batch has fewer rows, and a list in it fewer items.
        self.keys.append_option(i32::try_from(self.last).ok());
    }

    pub(super) fn push_nulls(&mut self, count: usize) {
        self.keys.append_nulls(count);
    }

    pub(super) fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let words = StringArray::from(self.each);
        let array = DictionaryArray::try_new(self.keys.finish(), Arc::new(words))?;
        Ok(Arc::new(array))
    }
}
