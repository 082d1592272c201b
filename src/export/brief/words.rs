//! The words in which the document says how things stand.

use annals_evidence::Level;
use annals_model::{StanceValue, Voice};
use annals_query::brief::{BriefClaim, BriefDocument, BriefDoubt, BriefPassage, Doubt};
use annals_query::said::SaidRow;

/// How a passage stands in its text, and whether that is in doubt.
pub(super) fn standing(passage: &BriefPassage) -> (&'static str, bool) {
    let row = &passage.passage;
    match row.evidence.verified {
        Some(Level::Exact) => ("stands word for word in its text", false),
        Some(Level::Folded) => ("stands in its text, but for typography", false),
        Some(Level::Elided) => ("its parts stand in order in its text", false),
        Some(Level::Ambiguous) => (
            "stands in its text more than once, and nothing says which place is meant",
            true,
        ),
        Some(Level::Missing) => ("does NOT stand in its text", true),
        None if row.sentence.is_some() => ("given by its place in the text", false),
        None if passage.source.is_none() => ("not verified: no document is named", true),
        None if row.evidence.quote.is_none() => ("no passage is given", true),
        None => ("not verified: the text is not there", true),
    }
}

/// A stance, before what it is toward.
pub(super) fn stance(value: StanceValue) -> &'static str {
    match value {
        StanceValue::Supports => "supports",
        StanceValue::Opposes => "opposes",
        StanceValue::Neutral => "is neutral on",
        StanceValue::Mixed => "is of two minds on",
    }
}

/// Who speaks, where no speaker is listed.
pub(super) fn voice(said: &SaidRow) -> Option<&'static str> {
    match said.voice {
        Voice::Speakers => None,
        Voice::Narrator => Some("The narrator of the document"),
        Voice::Unknown => Some("An unknown speaker"),
    }
}

/// What is not verified, before the claims.
pub(super) fn doubt(doubt: &BriefDoubt) -> &'static str {
    match doubt.why {
        Doubt::Missing => "The passage does NOT stand in the text of",
        Doubt::Ambiguous => {
            "The passage stands more than once, and nothing says which place is meant, in the text of"
        }
        Doubt::NoText => "The text is not there, so no quote was compared with it:",
        Doubt::NoPassage => "The facts give no passage of",
        Doubt::NoDocument => "The facts name no document",
    }
}

/// "1 claim", "2 claims".
pub(super) fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

/// "3", "3 and 4", "3, 4 and 7".
pub(super) fn listed(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// How many claims and sources there are, and what is left out.
pub(super) fn extent(document: &BriefDocument) -> Vec<String> {
    let claims = document.claims.len();
    let sources = document.sources.len();
    let mut sentences = vec![if claims == 0 {
        "No claim matches.".to_owned()
    } else {
        format!(
            "{}, oldest first, with {}. A claim is what somebody said, not what happened.",
            counted(claims, "claim"),
            counted(sources, "source")
        )
    }];
    let cut = document.selected - claims;
    if cut > 0 {
        let are = if cut == 1 { "is" } else { "are" };
        sentences.push(format!(
            "{} match; the first {claims} stand here, and {cut} {are} left out.",
            counted(document.selected, "claim")
        ));
    }
    if document.retracted > 0 {
        let (have, are) = if document.retracted == 1 {
            ("has", "is")
        } else {
            ("have", "are")
        };
        sentences.push(format!(
            "{} that match {have} been retracted and {are} left out.",
            counted(document.retracted, "further claim")
        ));
    }
    sentences
}

/// How the passages stand, in numbers.
pub(super) fn standings(claims: &[BriefClaim]) -> Option<String> {
    let passages = claims.iter().flat_map(|claim| &claim.passages);
    let mut counts: Vec<(&str, usize)> = [
        "word for word in their texts",
        "in their texts but for typography",
        "in parts, in order",
        "in more than one place",
        "NOT in their texts",
        "given by their places",
        "not verified",
    ]
    .map(|words| (words, 0))
    .to_vec();
    let mut all = 0;
    for passage in passages {
        let row = &passage.passage;
        let nth = match row.evidence.verified {
            Some(Level::Exact) => 0,
            Some(Level::Folded) => 1,
            Some(Level::Elided) => 2,
            Some(Level::Ambiguous) => 3,
            Some(Level::Missing) => 4,
            None if row.sentence.is_some() => 5,
            None => 6,
        };
        counts[nth].1 += 1;
        all += 1;
    }
    let parts = counts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(words, count)| format!("{count} {words}"))
        .collect();
    (all > 0).then(|| format!("Of {}: {}.", counted(all, "passage"), parts.join(", ")))
}
