//! Codes of CAMEO (Schrodt, *Conflict and Mediation Event Observations: Event and Actor Codebook*,
//! version 1.1b3, 2012): what an event is, and the act of those that are statements.
//!
//! The codes stand in `cameo.tsv`. A code of two digits is the kind of all below it. Where a row has no
//! act, the event is done, not said: so a symbolic act, a veto, a suit, a verdict, a mobilisation.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cameo {
    /// What is done, in words, without who does it.
    pub(super) label: &'static str,
    /// What sort of event it is: that of its first two digits.
    pub(super) kind: &'static str,
    /// Of a statement, its act.
    pub(super) act: Option<Act>,
}

/// The act of a statement, and how it stands to whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) word: &'static str,
    /// Whether the other one is spoken to; else spoken about.
    pub(super) addressed: bool,
    /// The stance toward the other one, or nothing.
    pub(super) stance: &'static str,
}

/// The label and the act of each code.
static CODES: LazyLock<BTreeMap<&str, (&str, Option<Act>)>> = LazyLock::new(|| {
    let rows = include_str!("cameo.tsv").lines().skip(1);
    rows.filter_map(row).collect()
});

fn row(line: &'static str) -> Option<(&'static str, (&'static str, Option<Act>))> {
    let mut cells = line.split('\t');
    let [code, label, word, other, stance] = std::array::from_fn(|_| cells.next());
    let act = Act {
        word: word?,
        addressed: other? == "to",
        stance: stance?,
    };
    Some((code?, (label?, (!act.word.is_empty()).then_some(act))))
}

/// What a code of two to four digits says; `None` of what is no code.
///
/// A code of four digits is that of its first three, and one of three that is not listed that of its
/// first two.
pub(super) fn of(code: &str) -> Option<Cameo> {
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let root = CODES.get(&code[..2])?;
    let (label, act) = *code
        .get(..3)
        .and_then(|head| CODES.get(head))
        .unwrap_or(root);
    Some(Cameo {
        label,
        kind: root.0,
        act,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_by_their_first_digits() {
        let label = |code| of(code).map(|cameo| (cameo.label, cameo.kind));
        assert_eq!(label("042"), Some(("make a visit", "consult")));
        assert_eq!(label("0256"), Some(("appeal to yield", "appeal")));
        assert_eq!(label("19"), Some(("fight", "fight")));
        assert_eq!(label("199"), Some(("fight", "fight")));
        for none in ["", "1", "00", "21", "0x1", "12345", "٠١"] {
            assert_eq!(of(none), None, "{none}");
        }
        let act = |code| of(code).and_then(|cameo| cameo.act).map(|act| act.word);
        assert_eq!(act("016"), Some("denies"));
        assert_eq!(act("017"), None);
        assert_eq!(act("1122"), Some("asserts"));
        assert_eq!(act("130"), Some("threatens"));
        assert_eq!(act("193"), None);
        let lines = include_str!("cameo.tsv").lines().count();
        assert_eq!(CODES.len() + 1, lines, "each row is read, and none twice");
        assert_eq!(CODES.keys().filter(|code| code.len() == 2).count(), 20);
    }
}
