//! Codes of CAMEO (Schrodt, *Conflict and Mediation Event Observations: Event and Actor Codebook*,
//! version 1.1b3, 2012): what an event is, and the act of those that are statements.

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

const fn to(word: &'static str) -> Act {
    Act {
        word,
        addressed: true,
        stance: "",
    }
}

const fn about(word: &'static str, stance: &'static str) -> Act {
    Act {
        word,
        addressed: false,
        stance,
    }
}

/// What a code of two to four digits says; `None` of what is no code.
///
/// A code of four digits that is not listed is that of its first three, and one of three that of its
/// first two.
pub(super) fn of(code: &str) -> Option<Cameo> {
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let root: usize = code[..2].parse().ok()?;
    let (kind, act) = *ROOTS.get(root.checked_sub(1)?)?;
    let group = CODES.get(root - 1)?;
    let third = code.as_bytes().get(2).map(|b| usize::from(b - b'0'));
    let label = third.and_then(|third| group.get(third)).copied();
    let label = label.filter(|label| !label.is_empty()).unwrap_or(kind);
    let act = match code.get(..3) {
        Some(head) => act_of(head, act),
        None => act,
    };
    Some(Cameo { label, kind, act })
}

/// The act of a code of three digits, where `root` is that of its first two.
fn act_of(code: &str, root: Option<Act>) -> Option<Act> {
    match code {
        "012" | "013" => Some(about("predicts", "")),
        "015" => Some(about("confirms", "")),
        "016" => Some(about("denies", "")),
        "018" | "019" | "051" | "052" => Some(about("expresses", "supports")),
        "112" => Some(about("asserts", "opposes")),
        // A symbolic act, a veto, a suit, a verdict, a mobilisation are done, not said.
        "017" | "113" | "115" | "116" | "129" | "138" => None,
        _ => root,
    }
}

/// The kinds of the first two digits, and the act where all below them are statements.
const ROOTS: [(&str, Option<Act>); 20] = [
    ("make a public statement", Some(about("asserts", ""))),
    ("appeal", Some(to("requests"))),
    ("express intent to cooperate", Some(to("promises"))),
    ("consult", None),
    ("engage in diplomatic cooperation", None),
    ("engage in material cooperation", None),
    ("provide aid", None),
    ("yield", None),
    ("investigate", None),
    ("demand", Some(to("demands"))),
    ("disapprove", Some(about("expresses", "opposes"))),
    ("reject", Some(to("declines"))),
    ("threaten", Some(to("threatens"))),
    ("protest", None),
    ("exhibit military posture", None),
    ("reduce relations", None),
    ("coerce", None),
    ("assault", None),
    ("fight", None),
    ("engage in unconventional mass violence", None),
];

/// What the third digit says, by the first two.
const CODES: [&[&str]; 20] = [
    &[
        "make a statement",
        "decline to comment",
        "make a pessimistic comment",
        "make an optimistic comment",
        "consider a policy option",
        "acknowledge or claim responsibility",
        "deny responsibility",
        "engage in a symbolic act",
        "make an empathetic comment",
        "express accord",
    ],
    &[
        "appeal",
        "appeal for material cooperation",
        "appeal for diplomatic cooperation",
        "appeal for aid",
        "appeal for political reform",
        "appeal to yield",
        "appeal to others to meet or negotiate",
        "appeal to others to settle a dispute",
        "appeal to others to mediate",
    ],
    &[
        "express intent to cooperate",
        "express intent to cooperate materially",
        "express intent to cooperate diplomatically",
        "express intent to provide aid",
        "express intent to reform politically",
        "express intent to yield",
        "express intent to meet or negotiate",
        "express intent to settle a dispute",
        "express intent to accept mediation",
        "express intent to mediate",
    ],
    &[
        "consult",
        "discuss by telephone",
        "make a visit",
        "host a visit",
        "meet at a third place",
        "mediate",
        "negotiate",
    ],
    &[
        "engage in diplomatic cooperation",
        "praise or endorse",
        "defend verbally",
        "rally support",
        "grant diplomatic recognition",
        "apologise",
        "forgive",
        "sign a formal agreement",
    ],
    &[
        "engage in material cooperation",
        "cooperate economically",
        "cooperate militarily",
        "cooperate in a judicial matter",
        "share intelligence",
    ],
    &[
        "provide aid",
        "provide economic aid",
        "provide military aid",
        "provide humanitarian aid",
        "provide military protection or peacekeeping",
        "grant asylum",
    ],
    &[
        "yield",
        "ease administrative sanctions",
        "ease popular dissent",
        "accede to demands for political reform",
        "return or release",
        "ease sanctions, boycott or embargo",
        "allow international involvement",
        "de-escalate military engagement",
    ],
    &[
        "investigate",
        "investigate crime or corruption",
        "investigate human rights abuses",
        "investigate military action",
        "investigate war crimes",
    ],
    &[
        "demand",
        "demand material cooperation",
        "demand diplomatic cooperation",
        "demand aid",
        "demand political reform",
        "demand to yield",
        "demand to meet or negotiate",
        "demand to settle a dispute",
        "demand to mediate",
    ],
    &[
        "disapprove",
        "criticise or denounce",
        "accuse",
        "rally opposition",
        "complain officially",
        "bring a lawsuit",
        "find guilty or liable",
    ],
    &[
        "reject",
        "reject material cooperation",
        "reject a request for aid",
        "reject a request for political reform",
        "refuse to yield",
        "reject a proposal to meet or negotiate",
        "reject mediation",
        "reject a plan to settle a dispute",
        "defy norms or the law",
        "veto",
    ],
    &[
        "threaten",
        "threaten without force",
        "threaten with administrative sanctions",
        "threaten with political dissent",
        "threaten to halt negotiations",
        "threaten to halt mediation",
        "threaten to halt international involvement",
        "threaten with repression",
        "threaten with military force",
        "give an ultimatum",
    ],
    &[
        "engage in political dissent",
        "demonstrate or rally",
        "go on hunger strike",
        "strike or boycott",
        "obstruct passage or block",
        "protest violently or riot",
    ],
    &[
        "demonstrate military or police power",
        "increase police alert",
        "increase military alert",
        "mobilise police",
        "mobilise or increase armed forces",
        "mobilise or increase cyber forces",
    ],
    &[
        "reduce relations",
        "reduce or break diplomatic relations",
        "reduce or stop material aid",
        "impose embargo, boycott or sanctions",
        "halt negotiations",
        "halt mediation",
        "expel or withdraw",
    ],
    &[
        "coerce",
        "seize or damage property",
        "impose administrative sanctions",
        "arrest, detain or charge",
        "expel or deport individuals",
        "use violent repression",
        "attack cybernetically",
    ],
    &[
        "use unconventional violence",
        "abduct, hijack or take hostage",
        "assault physically",
        "bomb without armed forces",
        "use as a human shield",
        "attempt to assassinate",
        "assassinate",
    ],
    &[
        "use conventional military force",
        "impose a blockade or restrict movement",
        "occupy territory",
        "fight with small arms",
        "fight with artillery and tanks",
        "employ aerial weapons",
        "violate a ceasefire",
    ],
    &[
        "use unconventional mass violence",
        "engage in mass expulsion",
        "engage in mass killings",
        "engage in ethnic cleansing",
        "use weapons of mass destruction",
    ],
];

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
        assert_eq!(ROOTS.len(), CODES.len());
    }
}
