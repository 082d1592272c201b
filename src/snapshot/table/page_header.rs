//! Parses page headers, which are in Thrift's compact protocol.

use super::encodings::{Bits, MOST};

/// The kind of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageIs {
    Data,
    Dictionary,
}

/// The header of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) is: PageIs,
    /// The number of bytes of the header, and of the page's content, compressed and uncompressed.
    pub(super) head: usize,
    pub(super) packed: usize,
    pub(super) unpacked: usize,
    pub(super) values: usize,
    /// The number of an encoding.
    pub(super) encoding: i64,
}

/// Deeper than any head goes.
const DEEPEST: usize = 8;

impl Header {
    /// Parses the header at the beginning of some bytes; `None` if it is not of a kind that this
    /// program writes.
    pub(super) fn read(bytes: &[u8]) -> Option<Header> {
        let mut from = Bits::new(bytes, 0);
        let (mut is, mut unpacked, mut packed) = (None, None, None);
        let mut about = (None, None);
        fields(&mut from, |from, field, kind| {
            match field {
                1 => is = Some(number(from, kind)?),
                2 => unpacked = usize::try_from(number(from, kind)?).ok(),
                3 => packed = usize::try_from(number(from, kind)?).ok(),
                5 | 7 if kind == STRUCT => fields(from, |from, field, kind| {
                    match field {
                        1 => about.0 = usize::try_from(number(from, kind)?).ok(),
                        2 => about.1 = Some(number(from, kind)?),
                        _ => skip(from, kind, 0)?,
                    }
                    Some(())
                })?,
                _ => skip(from, kind, 0)?,
            }
            Some(())
        })?;
        Some(Header {
            is: match is? {
                0 => PageIs::Data,
                2 => PageIs::Dictionary,
                _ => return None,
            },
            head: from.at,
            packed: packed?,
            unpacked: unpacked?,
            // A corrupt number must not cause an allocation larger than any page.
            values: about.0.filter(|values| *values <= MOST)?,
            encoding: about.1?,
        })
    }
}

const STRUCT: u8 = 12;

/// Calls `each` with the number and type of each field of a struct, to read its value.
fn fields<'b>(
    from: &mut Bits<'b>,
    mut each: impl FnMut(&mut Bits<'b>, i64, u8) -> Option<()>,
) -> Option<()> {
    let mut field = 0_i64;
    loop {
        let head = from.byte()?;
        if head == 0 {
            return Some(());
        }
        field = match head >> 4 {
            0 => from.zigzag()?,
            more => field.checked_add(i64::from(more))?,
        };
        each(from, field, head & 15)?;
    }
}

/// A whole number.
fn number(from: &mut Bits<'_>, kind: u8) -> Option<i64> {
    (4..=6).contains(&kind).then(|| from.zigzag())?
}

/// Passes over a value.
fn skip(from: &mut Bits<'_>, kind: u8, depth: usize) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    match kind {
        // The value is encoded in the type.
        1 | 2 => {}
        3 => {
            from.byte()?;
        }
        4..=6 => {
            from.zigzag()?;
        }
        7 => {
            from.take(8)?;
        }
        8 => {
            let len = usize::try_from(from.varint()?).ok()?;
            from.take(len)?;
        }
        STRUCT => fields(from, |from, _, kind| skip(from, kind, depth + 1))?,
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_values_than_any_page_has_are_refused() {
        // As below, of more values than can be: 1 << 62, zigzag.
        let mut head = vec![0x15, 0, 0x15, 0xd8, 0x04, 0x15, 40, 0x2c, 0x16];
        head.extend([0x80; 9]);
        head.extend([0x01, 0x15, 10, 0, 0]);
        assert_eq!(Header::read(&head), None);
        // The same header with a valid number.
        let at = head.iter().position(|byte| *byte == 0x80).unwrap();
        head.splice(at..at + 10, [14]);
        assert_eq!(Header::read(&head).unwrap().values, 7);
    }

    #[test]
    fn a_head_with_statistics_is_read_and_none_that_is_cut_off() {
        // Type 0, 300 and 20 bytes, a data page of 7 values with encoding 5, with statistics.
        let head = [
            0x15, 0, 0x15, 0xd8, 0x04, 0x15, 40, 0x2c, 0x15, 14, 0x15, 10, 0x15, 6, 0x15, 6, 0x1c,
            0x18, 1, b'a', 0x11, 0, 0, 0, 0xff,
        ];
        let read = Header::read(&head).unwrap();
        let expected = Header {
            is: PageIs::Data,
            head: head.len() - 1,
            packed: 20,
            unpacked: 300,
            values: 7,
            encoding: 5,
        };
        assert_eq!(read, expected);
        for len in 0..head.len() - 1 {
            assert_eq!(Header::read(&head[..len]), None, "{len}");
        }
    }
}
