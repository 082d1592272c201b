//! How messages name records, count items, suggest the nearest word and write what is to be copied into
//! a file.

use annals_model::{Facts, RecordKind, RecordRef, Vocabulary};

/// The words of a list that are most similar to a given one, best first, at most three: what the
/// user may have meant. Only words that share most of their letters are suggested (Jaro–Winkler,
/// which forgives transposed letters).
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    const ALIKE: f64 = 0.8;
    // Longer words are not typing errors.
    const LONGEST: usize = 200;
    if word.len() > LONGEST {
        return Vec::new();
    }
    let lower = word.to_lowercase();
    let mut alike: Vec<(f64, &str)> = known
        .filter(|one| one.len() <= LONGEST)
        .map(|one| {
            let other = one.to_lowercase();
            let distance = strsim::damerau_levenshtein(&lower, &other);
            let longest = lower.chars().count().max(other.chars().count()).max(1);
            #[allow(clippy::cast_precision_loss, reason = "both are at most 200")]
            let edits = 1.0 - distance as f64 / longest as f64;
            (strsim::jaro_winkler(&lower, &other).max(edits), one)
        })
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    alike.into_iter().map(|(_, one)| one).take(3).collect()
}

/// How far a slip in spelling may lead from the word that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slips {
    /// One letter is wrong, missing, added or swapped with its neighbour.
    One,
    /// The same, or two in a word of eight letters and more.
    Two,
}

/// The one word of a list that a misspelt word can only be: it differs by case, white space, hyphens
/// and underscores alone, or by a slip, and no other word of the list is as near. Less than this is
/// likeness, on which nothing may be changed unasked.
pub fn misspelt<'w>(
    word: &str,
    known: impl Iterator<Item = &'w str> + Clone,
    slips: Slips,
) -> Option<&'w str> {
    /// Of shorter words too many are alike.
    const SHORTEST: usize = 3;
    const LONG: usize = 8;
    const LONGEST: usize = 200;
    if word.len() > LONGEST {
        return None;
    }
    let plain = plain_word(word);
    let mut same = known.clone().filter(|one| plain_word(one) == plain);
    if let Some(one) = same.next() {
        return same.next().is_none().then_some(one);
    }
    let letters = plain.chars().count();
    if letters < SHORTEST {
        return None;
    }
    let most = if slips == Slips::Two && letters >= LONG {
        2
    } else {
        1
    };
    let mut near: Vec<(usize, &str)> = known
        .filter(|one| one.len() <= LONGEST && one.chars().count() >= SHORTEST)
        .map(|one| (strsim::osa_distance(&plain, &plain_word(one)), one))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, one)] => Some(one),
        [(nearest, one), (next, _), ..] if nearest < next => Some(one),
        _ => None,
    }
}

/// A word as it is compared in spelling.
fn plain_word(word: &str) -> String {
    let word = crate::fold::fold(word.trim()).replace(['-', '_'], " ");
    word.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The name of a record in messages: "claim c2".
pub fn named(kind: RecordKind, id: &str) -> String {
    format!("{} {}", kind.word(), crate::shown(id))
}

/// The name of a loaded record in messages.
pub fn record(facts: &Facts, record: impl Into<RecordRef>) -> String {
    let record = record.into();
    named(record.kind(), facts.id(record))
}

/// The label for a part of a text: why that part is wrong. If the whole is, the message already
/// says so.
pub fn about_a_part<'r>(text: &str, part: &std::ops::Range<usize>, reason: &'r str) -> &'r str {
    if *part == (0..text.len()) { "" } else { reason }
}

/// `1 quote is`, `3 quotes are`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// Ids of records for a note: the first ten, and how many more there are.
pub fn some_ids(facts: &Facts, records: &[RecordRef]) -> String {
    const MOST: usize = 10;
    let ids = records.iter().take(MOST);
    let ids = ids.map(|record| super::shown(facts.id(*record)));
    let ids = ids.collect::<Vec<_>>().join(", ");
    match records.len().saturating_sub(MOST) {
        0 => ids,
        more => format!("{ids}, and {more} more"),
    }
}

/// Names as a list of YAML, to be written into facts or a mapping: `["Drax, Helen", "H. Drax"]`.
pub fn quoted_list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.map(quoted).collect();
    format!("[{}]", quoted.join(", "))
}

/// A text in double quotes, as YAML reads it; characters that cannot be seen are escaped.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in serde_json::Value::from(text).to_string().chars() {
        if crate::is_hidden(c) {
            quoted.push_str(&format!("\\U{:08X}", u32::from(c)));
        } else {
            quoted.push(c);
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Slips, misspelt};

    #[test]
    fn a_slip_leads_to_one_word_alone() {
        let fields = [
            "said",
            "about",
            "speaker",
            "contradicts",
            "sources",
            "at",
            "id",
        ];
        let of = |word| misspelt(word, fields.into_iter(), Slips::Two);
        for (word, meant) in [
            ("abuot", "about"),
            ("Speaker ", "speaker"),
            ("SAID", "said"),
            ("contradict", "contradicts"),
            ("cotnradcits", "contradicts"),
        ] {
            assert_eq!(of(word), Some(meant), "{word}");
        }
        // Alike, and yet another word, or two words as near.
        for word in ["abode", "speech", "a", "it", "contrasts", ""] {
            assert_eq!(of(word), None, "{word}");
        }
        let ends = ["start", "stark"];
        assert_eq!(misspelt("starz", ends.into_iter(), Slips::One), None);
        assert_eq!(
            misspelt("Start", ends.into_iter(), Slips::One),
            Some("start")
        );
    }

    #[test]
    fn an_opposite_is_no_slip() {
        let known = ["supports", "opposes", "likely", "certain"];
        for word in ["supposes", "unlikely", "uncertain", "exposes"] {
            assert_eq!(
                misspelt(word, known.into_iter(), Slips::One),
                None,
                "{word}"
            );
        }
        assert_eq!(
            misspelt("suports", known.into_iter(), Slips::One),
            Some("supports")
        );
    }
}
