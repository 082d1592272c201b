//! The tokens of the index of words: what stands in it of a text, and of a word that is looked for.
//!
//! A token is a run of letters and digits of a folded text. A very long run, or one in a script without
//! spaces, would be a token that nothing else has; of such a run the index has every pair of neighbouring
//! characters instead, each behind a mark.

/// Stands before a pair. No token has it.
pub(super) const PAIR: char = '~';

/// A run of more characters is kept as pairs.
const LONGEST: usize = 32;

/// Whether a letter is of a script that puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The runs of letters and digits of a folded text.
pub(super) fn runs(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|c: char| !c.is_alphanumeric());
    runs.filter(|run| !run.is_empty())
}

/// Calls `each` for each token of a folded text.
pub(super) fn each_token(folded: &str, each: &mut impl FnMut(&str)) {
    for run in runs(folded) {
        // Most runs are short, in bytes as well.
        let is_plain = run.is_ascii() && run.len() <= LONGEST;
        if is_plain || is_whole(run) {
            each(run);
        } else {
            pairs(run, each);
        }
    }
}

fn is_whole(run: &str) -> bool {
    let few = run.chars().nth(LONGEST).is_none();
    let one = run.chars().nth(1).is_none();
    one || few && !run.chars().any(is_unspaced)
}

/// Calls `each` for each pair of neighbouring characters of a run, as the index has it.
pub(super) fn pairs(run: &str, each: &mut impl FnMut(&str)) {
    let mut pair = String::new();
    for (one, two) in run.chars().zip(run.chars().skip(1)) {
        pair.clear();
        pair.extend([PAIR, one, two]);
        each(&pair);
    }
}

/// Appends a list of ascending rows: the first, then what each is more than the one before it, in groups
/// of seven bits, the lowest first, of which all but the last have the eighth bit set.
pub(super) fn put_row(more: u32, bytes: &mut Vec<u8>) {
    let mut rest = more;
    while rest >= 1 << 7 {
        bytes.push(rest as u8 | 1 << 7);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Reads such a list; `None` where it is none.
pub(super) fn rows_of(bytes: &[u8], rows: &mut Vec<u32>) -> Option<()> {
    let (mut row, mut shift, mut more) = (0_u32, 0, 0_u32);
    for byte in bytes {
        more |= u32::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            row = row.checked_add(more)?;
            rows.push(row);
            (shift, more) = (0, 0);
        }
    }
    (shift == 0).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(folded: &str) -> Vec<String> {
        let mut all = Vec::new();
        each_token(folded, &mut |token| all.push(token.to_owned()));
        all
    }

    #[test]
    fn tokens_are_runs_or_pairs() {
        assert_eq!(tokens("don't pay 1,000!"), ["don", "t", "pay", "1", "000"]);
        assert_eq!(tokens("київ 漢 漢字書"), ["київ", "漢", "~漢字", "~字書"]);
        assert_eq!(tokens(&"ab".repeat(17)).len(), 33);
        assert!(tokens(" …🙂 ").is_empty());
    }

    #[test]
    fn rows_come_back() {
        for all in [
            vec![],
            vec![0],
            vec![0, 1, 127, 128, 300, 1 << 20, u32::MAX],
        ] {
            let (mut bytes, mut last) = (Vec::new(), 0);
            for row in &all {
                put_row(row - last, &mut bytes);
                last = *row;
            }
            let mut rows = Vec::new();
            assert_eq!(rows_of(&bytes, &mut rows), Some(()));
            assert_eq!(rows, all);
            bytes.push(0x80);
            assert_eq!(rows_of(&bytes, &mut rows), None);
        }
    }
}
