//! What roles and relations say, whatever a scheme calls them: by their names, and by what stands at
//! their ends.

use super::meaning::plain;

/// What a role says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Speaker,
    Addressee,
    About,
    /// The words themselves.
    Content,
    Time(Part),
    Place,
    Cause,
    Other,
}

/// Which part of an event a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    On,
    Start,
    End,
    /// The event is before it.
    Before,
    After,
}

impl Part {
    /// Seen from the date.
    pub(super) fn turned(self) -> Part {
        match self {
            Part::Before => Part::After,
            Part::After => Part::Before,
            other => other,
        }
    }
}

/// What the name of a role says.
pub(super) fn role(written: &str) -> Role {
    match plain(written).as_str() {
        "speaker" | "source" | "sayer" | "holder" | "author" | "agent" | "claimant" | "saidby"
        | "who" | "speakerof" | "hasspeaker" | "attribution" | "attributedto" | "statedby"
        | "claimedby" | "utteredby" | "says" | "claims" => Role::Speaker,
        "addressee" | "recipient" | "audience" | "to" | "hearer" | "whom" | "addressedto"
        | "saidto" => Role::Addressee,
        "about" | "topic" | "target" | "concept" | "issue" | "theme" => Role::About,
        "content" | "message" | "statement" | "quote" | "words" | "what" => Role::Content,
        "time" | "date" | "when" | "said" | "pointintime" | "timeof" | "dateof" | "timewithin"
        | "timeholds" | "hastime" | "hasdate" => Role::Time(Part::On),
        "starttime" | "startdate" | "start" | "starts" | "begin" | "begins" | "timestarting"
        | "timeatbeginning" | "since" => Role::Time(Part::Start),
        "endtime" | "enddate" | "end" | "ends" | "timeending" | "timeatend" | "until" => {
            Role::Time(Part::End)
        }
        "timebefore" => Role::Time(Part::Before),
        "timeafter" => Role::Time(Part::After),
        "place" | "location" | "loc" | "where" | "at" | "takesplacein" | "tookplacein"
        | "venue" | "locatedin" | "locatedat" | "placeof" | "hasplace" => Role::Place,
        "cause" | "causedby" | "why" | "reason" => Role::Cause,
        _ => Role::Other,
    }
}

/// How well a name fits what stands at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The name says so.
    Sure,
    /// The name says nothing else.
    Open,
    /// The name says something else.
    No,
}

/// Whether a place in this role is where an event was.
pub(super) fn fits_place(written: &str) -> Fit {
    if role(written) == Role::Place {
        return Fit::Sure;
    }
    let name = plain(written);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&[
        "origin", "source", "destin", "target", "from", "toward", "near", "route", "via", "about",
        "topic", "mention", "birth", "death", "reside", "involve", "particip",
    ]) {
        Fit::No
    } else if has(&[
        "place", "locat", "where", "venue", "site", "happen", "occur", "held", "setting",
    ]) {
        Fit::Sure
    } else {
        Fit::Open
    }
}

/// Which part of an event a date in this role is, if it is one, and whether its name says so.
pub(super) fn fits_time(written: &str) -> Option<(Part, Fit)> {
    if let Role::Time(part) = role(written) {
        return Some((part, Fit::Sure));
    }
    let name = plain(written);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&[
        "due", "deadline", "report", "publi", "announc", "record", "overlap", "about", "mention",
        "duration", "age", "expir", "birth", "death",
    ]) {
        return None;
    }
    let part = match name.as_str() {
        "before" | "precedes" => Part::Before,
        "after" | "follows" => Part::After,
        name if name.contains("defunct") => Part::End,
        _ => Part::On,
    };
    let sure = part != Part::On
        || has(&[
            "time",
            "date",
            "when",
            "day",
            "month",
            "year",
            "happen",
            "occur",
            "held",
            "temporal",
            "period",
            "during",
            "contain",
            "include",
            "within",
            "simultaneous",
        ]);
    Some((part, if sure { Fit::Sure } else { Fit::Open }))
}

/// Whether a relation says that two passages are of one thing.
pub(super) fn is_same(kind: &str) -> bool {
    matches!(
        plain(kind).as_str(),
        "coreference"
            | "coref"
            | "equiv"
            | "same"
            | "sameas"
            | "alias"
            | "aliasof"
            | "aka"
            | "alternativename"
            | "abbreviation"
            | "abbreviationof"
            | "acronym"
            | "identity"
    )
}

/// What a relation says of two events, or of two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The first brings the second about.
    Causes,
    CausedBy,
    PartOf,
    HasPart,
    Order(&'static str),
    None,
}

pub(super) fn link(kind: &str) -> Link {
    match plain(kind).as_str() {
        "causes" | "cause" | "causeof" | "leadsto" | "resultsin" | "triggers" => Link::Causes,
        "hascause" | "causedby" | "becauseof" | "resultof" | "resultsfrom" | "dueto" => {
            Link::CausedBy
        }
        "subeventof" | "partof" | "issubeventof" | "componentof" => Link::PartOf,
        "hassubevent" | "haspart" | "supersub" => Link::HasPart,
        "before" | "precedes" => Link::Order("before"),
        "after" | "follows" => Link::Order("after"),
        "during" | "isincluded" | "within" => Link::Order("during"),
        "contains" | "includes" => Link::Order("contains"),
        "overlap" | "overlaps" | "overlapping" => Link::Order("overlapping"),
        "simultaneous" | "equals" => Link::Order("equals"),
        "meets" | "ibefore" => Link::Order("meets"),
        "metby" | "iafter" => Link::Order("met_by"),
        _ => Link::None,
    }
}

/// The kind of relation between two actors, and whether it runs from the second to the first.
pub(super) fn tie(kind: &str) -> (String, bool) {
    let known = match plain(kind).as_str() {
        "spouse" | "spouseof" | "marriedto" => ("married_to", false),
        "sibling" | "siblingof" => ("sibling_of", false),
        "ownerof" => ("owns", false),
        "ownedby" => ("owns", true),
        "foundedby" => ("founded", true),
        "founderof" => ("founded", false),
        "workplace" | "worksfor" | "employeeof" => ("employed_by", false),
        "headof" | "leaderof" => ("leads", false),
        "headedby" | "ledby" => ("leads", true),
        "subsidiaryof" => ("part_of", false),
        "childof" => ("parent_of", true),
        "relative" | "knows" => ("related_to", false),
        _ => return (kind.to_lowercase().replace('-', "_"), false),
    };
    (known.0.to_owned(), known.1)
}

/// Which end of a life a date is, by the name of its relation: 0 the first, 1 the last.
pub(super) fn end_of_life(kind: &str) -> Option<usize> {
    let name = plain(kind);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["birth", "born", "founded", "established", "created"]) {
        Some(0)
    } else if has(&["death", "died", "defunct", "dissolved"]) {
        Some(1)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_or_place_fits_unless_the_name_says_otherwise() {
        assert_eq!(fits_time("HAPPENED_ON"), Some((Part::On, Fit::Sure)));
        assert_eq!(fits_time("REL"), Some((Part::On, Fit::Open)));
        assert_eq!(fits_time("Time-Starting"), Some((Part::Start, Fit::Sure)));
        assert_eq!(fits_time("BEFORE"), Some((Part::Before, Fit::Sure)));
        assert_eq!(fits_time("Reported_On"), None);
        assert_eq!(fits_place("TAKES_PLACE_IN"), Fit::Sure);
        assert_eq!(fits_place("held-at"), Fit::Sure);
        assert_eq!(fits_place("Origin"), Fit::No);
        assert_eq!(fits_place("REL"), Fit::Open);
        assert_eq!(role("WHO"), Role::Speaker);
    }
}
