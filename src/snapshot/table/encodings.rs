//! Decoders for Parquet's encodings. Each returns `None` for invalid bytes.

use std::ops::Range;

/// No page has more values.
pub(super) const MOST: usize = 1 << 27;

/// Bytes that are read from the front.
pub(super) struct Bits<'b> {
    bytes: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Bits<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Bits { bytes, at }
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// A number of seven bits a byte, the least first.
    pub(super) fn varint(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }

    pub(super) fn zigzag(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The next `len` bytes, if there are as many.
    pub(super) fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(len)?)?;
        self.at += len;
        Some(taken)
    }

    /// Four bytes, the least first.
    pub(super) fn length(&mut self) -> Option<usize> {
        let bytes: [u8; 4] = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }
}

/// Calls `each` for `count` numbers of `width` bits, at most 64, least significant bit first.
/// Following bytes are ignored.
fn unpack(bytes: &[u8], width: usize, count: usize, mut each: impl FnMut(u64)) {
    if width == 0 {
        (0..count).for_each(|_| each(0));
        return;
    }
    let mask = u64::MAX >> (64 - width);
    let mut nth = 0;
    while nth < count {
        let bit = nth * width;
        let (first, shift) = (bit / 8, bit % 8);
        match bytes.get(first..).and_then(|rest| rest.first_chunk::<8>()) {
            Some(eight) if width <= 56 => {
                // As many as lie entirely in eight bytes, at any bit offset in the first.
                let mut numbers = u64::from_le_bytes(*eight) >> shift;
                let here = (57 / width).min(count - nth);
                for _ in 0..here {
                    each(numbers & mask);
                    numbers >>= width;
                }
                nth += here;
            }
            _ => {
                let mut all = [0; 16];
                let rest = bytes.get(first..).unwrap_or_default();
                let len = rest.len().min(16);
                all[..len].copy_from_slice(&rest[..len]);
                each((u128::from_le_bytes(all) >> shift) as u64 & mask);
                nth += 1;
            }
        }
    }
}

/// The number that all of these small numbers equal; `None` if they are encoded as several runs.
pub(super) fn one_run(bytes: &[u8], width: usize, count: usize) -> Option<u32> {
    let mut from = Bits::new(bytes, 0);
    let header = from.varint()?;
    let all = header & 1 == 0 && header >> 1 >= count as u64 && width <= 8;
    if width == 0 || !all {
        return None;
    }
    from.byte().map(u32::from)
}

/// Decodes small numbers into `out`: runs of equal ones, and bit-packed groups of `width` bits.
pub(super) fn runs(bytes: &[u8], width: usize, count: usize, numbers: &mut Vec<u32>) -> Option<()> {
    if width > 32 || count > MOST {
        return None;
    }
    numbers.clear();
    numbers.reserve(count);
    let mut from = Bits::new(bytes, 0);
    while numbers.len() < count {
        let left = count - numbers.len();
        let header = from.varint()?;
        let of = usize::try_from(header >> 1).ok()?;
        if header & 1 == 0 {
            let value = from.take(width.div_ceil(8))?;
            let value = value
                .iter()
                .rev()
                .fold(0, |all, byte| all << 8 | u32::from(*byte));
            if of == 0 {
                return None;
            }
            numbers.resize(numbers.len() + of.min(left), value);
        } else {
            if of == 0 {
                return None;
            }
            // The last group may be truncated after the values that are needed.
            let rest = from.bytes.len().saturating_sub(from.at);
            let packed = from.take(of.checked_mul(width)?.min(rest))?;
            let here = of.saturating_mul(8).min(left);
            if packed.len() * 8 < here.checked_mul(width)? {
                return None;
            }
            unpack(packed, width, here, |number| numbers.push(number as u32));
        }
    }
    Some(())
}

/// Calls `each_one` for integers encoded as differences (`DELTA_BINARY_PACKED`), at most `most`;
/// returns their number and the end position.
pub(super) fn deltas(
    bytes: &[u8],
    at: usize,
    most: usize,
    mut each_one: impl FnMut(i64),
) -> Option<(usize, usize)> {
    let mut from = Bits::new(bytes, at);
    let block = usize::try_from(from.varint()?).ok()?;
    let minis = usize::try_from(from.varint()?).ok()?;
    let count = usize::try_from(from.varint()?).ok()?;
    let mut number = from.zigzag()?;
    let each = block.checked_div(minis)?;
    if count > most || each == 0 || each % 8 != 0 || block > 1 << 20 {
        return None;
    }
    let mut left = count;
    if left > 0 {
        each_one(number);
        left -= 1;
    }
    while left > 0 {
        let least = from.zigzag()?;
        let widths = from.take(minis)?;
        for &width in widths {
            let here = each.min(left);
            if here == 0 {
                break;
            }
            let width = usize::from(width);
            if width > 64 {
                return None;
            }
            let rest = from.bytes.get(from.at..)?;
            from.take(each / 8 * width)?;
            unpack(rest, width, here, |more| {
                number = number.wrapping_add(least).wrapping_add(more as i64);
                each_one(number);
            });
            left -= here;
        }
    }
    Some((count, from.at))
}

/// The positions of texts within the bytes of all of them.
pub(super) type Spans = Vec<Range<u32>>;

/// Texts preceded by all their lengths (`DELTA_LENGTH_BYTE_ARRAY`): replaces the spans with their
/// positions from where the texts begin, which it returns.
pub(super) fn lengths_first(
    bytes: &[u8],
    at: usize,
    most: usize,
    spans: &mut Spans,
) -> Option<usize> {
    spans.clear();
    let (mut end, mut fits) = (0_u32, true);
    let (_, first) = deltas(bytes, at, most, |length| {
        let start = end;
        let next = u32::try_from(length)
            .ok()
            .and_then(|length| start.checked_add(length));
        fits &= next.is_some();
        end = next.unwrap_or(start);
        spans.push(start..end);
    })?;
    let is_there = fits && first.checked_add(end as usize)? <= bytes.len();
    is_there.then_some(first)
}

/// Texts each preceded by its length (`PLAIN`): leaves of the bytes the texts only, and replaces the spans with
/// their positions.
pub(super) fn plain(bytes: &mut Vec<u8>, at: usize, count: usize, spans: &mut Spans) -> Option<()> {
    spans.clear();
    spans.reserve(count.min(bytes.len() / 4));
    let (mut at, mut end) = (at, 0);
    for _ in 0..count {
        let mut from = Bits::new(bytes, at);
        let length = from.length()?;
        let start = from.at;
        from.take(length)?;
        at = from.at;
        bytes.copy_within(start..at, end);
        spans.push(u32::try_from(end).ok()?..u32::try_from(end + length).ok()?);
        end += length;
    }
    bytes.truncate(end);
    Some(())
}

/// Texts that share a prefix with the previous one (`DELTA_BYTE_ARRAY`): expands them, and replaces
/// the spans with their positions.
pub(super) fn beginnings(
    bytes: &[u8],
    at: usize,
    most: usize,
    out: &mut Vec<u8>,
    spans: &mut Spans,
) -> Option<()> {
    let mut all_shared = Vec::new();
    let (_, end) = deltas(bytes, at, most, |shared| all_shared.push(shared))?;
    let mut rests = Vec::with_capacity(all_shared.len());
    let bytes = &bytes[lengths_first(bytes, end, most, &mut rests)?..];
    if all_shared.len() != rests.len() {
        return None;
    }
    out.clear();
    spans.clear();
    spans.reserve(rests.len());
    for (shared, rest) in all_shared.iter().zip(rests) {
        let shared = usize::try_from(*shared).ok()?;
        let rest = &bytes[rest.start as usize..rest.end as usize];
        let last = spans
            .last()
            .map_or(0..0, |last| last.start as usize..last.end as usize);
        if rest.is_empty() && shared == last.len() && !spans.is_empty() {
            // Identical to the previous one.
            spans.push(last.start as u32..last.end as u32);
            continue;
        }
        if shared > last.len() {
            return None;
        }
        let start = u32::try_from(out.len()).ok()?;
        out.extend_from_within(last.start..last.start + shared);
        out.extend_from_slice(rest);
        spans.push(start..u32::try_from(out.len()).ok()?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_widths_come_out() {
        for width in 1..=64_usize {
            let numbers: Vec<u64> = (0..40_u64)
                .map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - width))
                .collect();
            let mut bytes = vec![0; (width * 40).div_ceil(8)];
            for (nth, number) in numbers.iter().enumerate() {
                for bit in (0..width).filter(|bit| number >> bit & 1 == 1) {
                    bytes[(nth * width + bit) / 8] |= 1 << ((nth * width + bit) % 8);
                }
            }
            let mut out = Vec::new();
            unpack(&bytes, width, 40, |number| out.push(number));
            assert_eq!(out, numbers, "{width}");
        }
    }

    #[test]
    fn bytes_of_all_sorts_are_refused_or_read() {
        let mut dice = 7_u64;
        for len in 0..3000 {
            let mut bytes = Vec::new();
            for _ in 0..len % 60 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                // The higher bits of the generator are the more random ones.
                let byte = (dice >> 33) as u8;
                bytes.push(if dice >> 60 < 8 { byte & 3 } else { byte });
            }
            let (mut numbers, mut out, mut spans) = (Vec::new(), Vec::new(), Vec::new());
            for width in [0, 1, 2, 13, 32] {
                runs(&bytes, width, 100, &mut numbers);
            }
            deltas(&bytes, 0, 100, |_| ());
            lengths_first(&bytes, 0, 100, &mut spans);
            beginnings(&bytes, 0, 100, &mut out, &mut spans);
            plain(&mut bytes, 0, 100, &mut spans);
        }
    }
}
