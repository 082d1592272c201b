//! What every record has: its id, and its file and byte offset ([`Common`]).

use crate::ids::MoreId;
use crate::storage::Name;

/// Where a record stands: file and byte offset, in eight bytes.
///
/// Lines, columns and the places of single fields are worked out only when they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(u64);

/// Which file, by its number in [`Facts::files`](crate::Facts::files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The number of the file, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Origin {
    const OFFSET_BITS: u32 = 40;

    /// The most files that facts can have.
    pub const MOST_FILES: usize = 1 << (64 - Self::OFFSET_BITS);

    /// The record that begins at this byte of this file (at most 1 TiB in).
    pub fn new(file: FileId, offset: usize) -> Self {
        let offset = offset as u64 & ((1 << Self::OFFSET_BITS) - 1);
        Origin((u64::from(file.0) << Self::OFFSET_BITS) | offset)
    }

    /// The file.
    pub fn file(self) -> FileId {
        FileId((self.0 >> Self::OFFSET_BITS) as u32)
    }

    /// The byte at which the record begins.
    pub fn offset(self) -> usize {
        (self.0 & ((1 << Self::OFFSET_BITS) - 1)) as usize
    }
}

/// What every record has.
#[derive(Debug, Clone, Copy)]
pub struct Common {
    /// Its id: as written, or made from its place (`kyiv.yaml#orders/3`).
    pub id: Name,
    /// Whether the id was written.
    pub named: bool,
    /// Where it stands.
    pub origin: Origin,
    /// Its note, tags, confidence and other fields that few records have.
    pub more: Option<MoreId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_keeps_file_and_offset() {
        let origin = Origin::new(FileId(70_000), 5_000_000_000);
        assert_eq!(
            (origin.file(), origin.offset()),
            (FileId(70_000), 5_000_000_000)
        );
        assert_eq!(size_of::<Origin>(), 8);
    }
}
