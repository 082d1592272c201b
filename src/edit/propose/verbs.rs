//! Verbs of saying: that somebody speaks, and what they do by it where the verb says so.

/// Words that say that somebody speaks, in the forms in which they stand in reports.
const SAYS: &[&str] = &[
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "telling",
    "asked",
    "asks",
    "asking",
    "stated",
    "states",
    "announced",
    "announces",
    "declared",
    "declares",
    "added",
    "adds",
    "adding",
    "wrote",
    "writes",
    "insisted",
    "insists",
    "argued",
    "argues",
    "explained",
    "explains",
    "noted",
    "notes",
    "stressed",
    "stresses",
    "replied",
    "replies",
    "answered",
    "answers",
    "called",
    "calls",
    "claimed",
    "claims",
    "warned",
    "warns",
    "reported",
    "reports",
    "sagte",
    "sagt",
    "erklärte",
    "erklärt",
    "betonte",
    "betont",
    "schrieb",
    "schreibt",
    "fragte",
    "fragt",
    "dit",
    "déclaré",
    "déclare",
    "affirmé",
    "affirme",
    "ajouté",
    "ajoute",
    "demandé",
    "сказав",
    "сказала",
    "заявив",
    "заявила",
    "сказал",
    "заявил",
    "according",
];

/// Verbs whose act is plain, by their beginnings as whole words.
const ACTS: &[(&str, &[&str])] = &[
    (
        "denies",
        &[
            "denied",
            "denies",
            "denying",
            "dismissed",
            "rejected",
            "bestritt",
            "dementierte",
            "nie",
            "démenti",
            "заперечив",
            "заперечила",
            "опроверг",
        ],
    ),
    (
        "confirms",
        &[
            "confirmed",
            "confirms",
            "confirming",
            "bestätigte",
            "bestätigt",
            "confirmé",
            "confirme",
            "підтвердив",
            "подтвердил",
        ],
    ),
    ("retracts", &["retracted", "retracts", "withdrew"]),
    (
        "demands",
        &[
            "demanded",
            "demands",
            "demanding",
            "forderte",
            "fordert",
            "exigé",
            "exige",
        ],
    ),
    ("requests", &["requested", "requests", "requesting"]),
    ("offers", &["offered", "offers", "offering"]),
    (
        "promises",
        &[
            "promised",
            "promises",
            "promising",
            "pledged",
            "pledges",
            "vowed",
            "vows",
            "versprach",
            "verspricht",
            "promis",
            "promet",
        ],
    ),
    (
        "predicts",
        &["predicted", "predicts", "predicting", "forecast"],
    ),
    (
        "threatens",
        &[
            "threatened",
            "threatens",
            "threatening",
            "drohte",
            "droht",
            "menacé",
            "menace",
        ],
    ),
    ("questions", &["wondered", "questioned"]),
    (
        "declines",
        &[
            "declined",
            "declines",
            "declining",
            "refused",
            "refuses",
            "refusing",
        ],
    ),
    (
        "asserts",
        &[
            "asserted",
            "asserts",
            "claimed",
            "claims",
            "insisted",
            "insists",
            "stated",
            "states",
            "argued",
            "argues",
            "maintained",
            "behauptete",
            "behauptet",
            "affirmé",
            "affirme",
            "стверджував",
            "утверждал",
        ],
    ),
];

/// The words of a sentence in lower case, each with the byte at which it begins.
pub(super) fn words(sentence: &str) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = Vec::new();
    let mut open: Option<usize> = None;
    let ends = sentence.char_indices().chain([(sentence.len(), ' ')]);
    for (at, c) in ends {
        match (c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                all.push((start, sentence[start..at].to_lowercase()));
                open = None;
            }
            _ => {}
        }
    }
    all
}

/// The bytes at which verbs of saying stand.
pub(super) fn of_saying(sentence: &str) -> Vec<usize> {
    let is_verb =
        |word: &str| SAYS.contains(&word) || ACTS.iter().any(|(_, verbs)| verbs.contains(&word));
    let all = words(sentence).into_iter();
    all.filter(|(_, word)| is_verb(word))
        .map(|(at, _)| at)
        .collect()
}

/// The act that the only verb with one says, and the verb.
pub(super) fn act(sentence: &str) -> Option<(&'static str, String)> {
    let all = words(sentence);
    let mut acts = all.iter().filter_map(|(_, word)| {
        let (act, _) = ACTS
            .iter()
            .find(|(_, verbs)| verbs.contains(&word.as_str()))?;
        Some((*act, word.clone()))
    });
    let first = acts.next()?;
    acts.all(|other| other.0 == first.0).then_some(first)
}
