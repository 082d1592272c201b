//! The forms of regular verbs and nouns.

use super::{BASE, ING, PARTICIPLE, PAST, THIRD};

/// The forms of an English verb, from its lemma and, where it is irregular, its past tense and participle.
pub(super) fn english(
    lemma: &str,
    past: Option<&str>,
    participle: Option<&str>,
) -> Vec<(String, u8)> {
    let mut forms = vec![(lemma.to_string(), BASE), (plural(lemma), THIRD)];
    match past {
        Some(past) => {
            forms.push((past.to_string(), PAST));
            forms.push((participle.unwrap_or(past).to_string(), PARTICIPLE));
        }
        None => {
            for stem in stems(lemma) {
                forms.push((format!("{stem}ed"), PAST | PARTICIPLE));
            }
        }
    }
    if let Some(stem) = lemma.strip_suffix("ie") {
        forms.push((format!("{stem}ying"), ING));
    } else {
        let stems = if lemma.ends_with('y') {
            vec![lemma.to_string()]
        } else {
            stems(lemma)
        };
        for stem in stems {
            forms.push((format!("{stem}ing"), ING));
        }
    }
    forms
}

/// What an ending is added to: without a final e, with y as i, with a last consonant that may be doubled.
fn stems(lemma: &str) -> Vec<String> {
    let letters: Vec<char> = lemma.chars().collect();
    let vowel = |c: &char| "aeiou".contains(*c);
    let Some(last) = letters.last() else {
        return Vec::new();
    };
    let before = letters.len().checked_sub(2).map(|at| letters[at]);
    if let Some(stem) = lemma.strip_suffix('e') {
        return vec![stem.to_string()];
    }
    if *last == 'y' && before.is_some_and(|c| !vowel(&c)) {
        return vec![format!("{}i", &lemma[..lemma.len() - 1])];
    }
    let mut stems = vec![lemma.to_string()];
    let third = letters.len().checked_sub(3).map(|at| letters[at]);
    let doubles = !vowel(last)
        && !"wxy".contains(*last)
        && before.is_some_and(|c| vowel(&c))
        && third.is_none_or(|c| !vowel(&c));
    if doubles {
        stems.push(format!("{lemma}{last}"));
    }
    stems
}

/// A noun in the plural, or a verb in the third person.
pub(super) fn plural(lemma: &str) -> String {
    let consonant_y = lemma.ends_with('y')
        && !["ay", "ey", "oy", "uy"]
            .iter()
            .any(|end| lemma.ends_with(end));
    if consonant_y {
        return format!("{}ies", &lemma[..lemma.len() - 1]);
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| lemma.ends_with(end));
    format!("{lemma}{}", if hisses { "es" } else { "s" })
}
