//! The presentation of a conflict: each fact at its place, and all of them in a sentence.

use std::collections::BTreeSet;

use super::super::link::Link;
use super::{chain, circle_in_time};
use annals_chronology::premises::{Chronicle, Fact, PremiseKind};
use annals_chronology::{GivenUp, Premise};
use annals_finding::wording;
use annals_finding::{Code, Finding, Path, Place, Severity};
use annals_model::{Facts, RecordRef};
use annals_query::chronicle::words;

/// The finding for a conflict, still without repairs.
pub(super) fn finding(
    facts: &Facts,
    code: &'static Code,
    known: &[Fact],
    is_smallest: bool,
    records: Vec<RecordRef>,
) -> Finding {
    let said: Vec<String> = known.iter().map(|fact| words(facts, *fact)).collect();
    let plain = plainly(facts, known);
    let (message, rule) = match plain {
        Some((message, rule)) => (message, Some(rule)),
        None => (message(code, &said), None),
    };
    let mut finding = Finding::new(code, message);
    for (fact, words) in known.iter().zip(said) {
        finding = finding.at(place(facts, *fact), words);
    }
    if let Some(rule) = rule {
        finding = finding.note(rule);
    }
    finding = finding.note(match known.len() {
        1 => "it cannot be true by itself".to_owned(),
        2 => "only one of the two can be true".to_owned(),
        _ if !is_smallest => "it is undecided whether fewer of them already conflict".to_owned(),
        _ => "leave out any one of them, and the others can be true".to_owned(),
    });
    finding.records = records;
    finding
}

/// The message for the most common conflict, that of two dates and one fact about the two, with the
/// rule it breaks.
fn plainly(facts: &Facts, known: &[Fact]) -> Option<(String, &'static str)> {
    let [a, b, c] = known else { return None };
    let dates = [a, b, c].map(|fact| fact.kind == PremiseKind::Date);
    let tie = [a, b, c]
        .into_iter()
        .find(|fact| fact.kind != PremiseKind::Date)?;
    if dates.iter().filter(|is_date| **is_date).count() != 2 {
        return None;
    }
    let own = wording::record(facts, tie.record);
    let other = tie
        .other
        .map_or(String::new(), |other| wording::record(facts, other));
    Some(match tie.kind {
        PremiseKind::PartOf => (
            format!("{own} is dated outside {other}, of which it is part"),
            "a part must fall within the dates of its whole",
        ),
        PremiseKind::At => (
            format!("{own} is dated outside {other}, at which it was said"),
            "a claim said at an event must fall within the event's dates",
        ),
        PremiseKind::Causes => (
            format!("{own} is dated after {other}, which it causes"),
            "a cause begins no later than its effect",
        ),
        PremiseKind::Answers => (
            format!("{own} is dated before {other}, which it answers"),
            "nobody answers what has not been said",
        ),
        PremiseKind::Repeats => (
            format!("{own} is dated before {other}, which it repeats"),
            "nobody repeats what has not been said",
        ),
        _ => return None,
    })
}

fn message(code: &'static Code, said: &[String]) -> String {
    match said {
        [one] => format!("{one}: this is impossible"),
        [one, other] => format!("{one}, and {other}: this is impossible"),
        several => {
            let shown: Vec<&str> = several.iter().take(4).map(String::as_str).collect();
            let more = several.len().saturating_sub(4);
            let tail = if more == 0 {
                String::new()
            } else {
                format!("; and {more} more")
            };
            let rule = if *code == circle_in_time::CODE {
                "each come before the next, in a circle"
            } else {
                "facts cannot all be true"
            };
            format!("these {} {rule}: {}{tail}", several.len(), shown.join("; "))
        }
    }
}

/// The place of a fact's statement.
pub(super) fn place(facts: &Facts, fact: Fact) -> Place {
    let origin = facts.common(fact.record).origin;
    match field(fact) {
        Some(field) => Place::Value(origin, Path::field(field)),
        None => Place::record(origin),
    }
}

/// The field that states a fact; `None` where the whole record does.
pub(super) fn field(fact: Fact) -> Option<&'static str> {
    Some(match (fact.kind, fact.record) {
        (PremiseKind::Date, RecordRef::Document(_)) => "published",
        (PremiseKind::Date, RecordRef::Actor(_)) => "lifespan",
        (PremiseKind::Date, RecordRef::Claim(_)) => "said",
        (PremiseKind::Date, _) => "when",
        (PremiseKind::Order, _) => return None,
        (PremiseKind::PartOf, _) => Link::PartOf.field(),
        (PremiseKind::Causes, _) => Link::Causes.field(),
        (PremiseKind::At, _) => "at",
        (PremiseKind::Answers, _) => Link::RespondsTo.field(),
        (PremiseKind::Repeats, _) => Link::Repeats.field(),
        (PremiseKind::Published, _) => "evidence",
        (PremiseKind::Capacity, _) => "as",
        (PremiseKind::Speaker, _) => "speaker",
        (PremiseKind::TakesPart, _) => "participants",
        (PremiseKind::Holder, _) => "from",
    })
}

/// The finding that the search through choices was aborted.
pub(super) fn not_decided(facts: &Facts, chronicle: &Chronicle, given_up: &GivenUp) -> Finding {
    let choices = given_up.choices.len();
    let first = given_up.choices.first().map(|one| chronicle.fact(*one));
    let lists = chronicle.one_of.iter().map(|one| one.premise);
    let undecided: BTreeSet<Premise> = given_up.choices.iter().copied().collect();
    let lists = lists.filter(|one| undecided.contains(one)).count();
    let mut finding = Finding::new(
        &chain::CODE,
        format!("it is undecided whether the {choices} facts that leave a choice can all be true"),
    );
    if lists > 0 {
        finding = finding.note(format!(
            "testing {lists} of them, each a list of relations, against all the others leaves more than one possibility"
        ));
    }
    finding = finding
        .note(format!(
            "the search stopped after {} combinations, when its budget was spent",
            given_up.tried
        ))
        .help("give more exact dates, or say which of several relations holds");
    if let Some(fact) = first {
        finding = finding
            .at(place(facts, fact), words(facts, fact))
            .of(fact.record);
    }
    finding.severity = Severity::Info;
    finding
}
