//! Words a premise of the chronology as a sentence, and tells which records it involves.

use annals_chronology::premises::{Fact, PremiseKind};
use annals_finding::shown;
use annals_model::{ActorKind, Apart, End, Facts, RecordRef, Vocabulary as _};
use annals_time::{Allen, Date, RelationName};

/// The date of a record, as given.
pub fn date_of(facts: &Facts, record: RecordRef) -> Option<&Date> {
    let date = match record {
        RecordRef::Document(id) => facts[id].published,
        RecordRef::Actor(id) => facts[id].lifespan,
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        RecordRef::Relation(id) => facts[id].when,
        _ => None,
    };
    date.map(|id| facts.date(id))
}

/// The records that a fact involves.
pub(super) fn spoken_of(facts: &Facts, fact: Fact) -> Vec<RecordRef> {
    let ends = match fact.record {
        RecordRef::Order(id) => [facts[id].first, facts[id].second],
        _ => [None, None],
    };
    [Some(fact.record), fact.other]
        .into_iter()
        .chain(ends)
        .flatten()
        .collect()
}

/// The statement of a fact, in words.
pub fn words(facts: &Facts, fact: Fact) -> String {
    describe(facts, fact, true)
}

/// The negation of a fact, in words.
pub fn denied(facts: &Facts, fact: Fact) -> String {
    describe(facts, fact, false)
}

fn describe(facts: &Facts, fact: Fact, so: bool) -> String {
    let name = |record: RecordRef| shown(facts.id(record));
    let own = name(fact.record);
    let other = fact.other.map_or(String::new(), name);
    let (is, was, not) = if so {
        ("is", "was", "")
    } else {
        ("is not", "was not", "not ")
    };
    // "It answers", "it does not answer".
    let does = |verb: &str| match (so, verb) {
        (false, _) => format!("does not {verb}"),
        (true, _) => format!("{verb}s"),
    };
    match fact.kind {
        PremiseKind::Date => {
            let when = date_of(facts, fact.record).map_or(String::new(), Date::dated);
            match fact.record {
                RecordRef::Document(_) => format!("{own} {was} published {when}"),
                RecordRef::Claim(_) => format!("{own} {was} said {when}"),
                RecordRef::Actor(id) if facts[id].kind == Some(ActorKind::Person) => {
                    format!("the lifespan of {own} {is} {when}")
                }
                RecordRef::Actor(_) => format!("{own} {} {when}", does("exist")),
                RecordRef::Relation(_) => format!("{own} {not}held {when}"),
                _ => format!("{own} {is} dated {when}"),
            }
        }
        PremiseKind::Order if so => order_words(facts, fact.record, false),
        PremiseKind::Order => format!(
            "it is wrong that {}",
            order_words(facts, fact.record, false)
        ),
        PremiseKind::PartOf => format!("{own} {is} part of {other}"),
        PremiseKind::Causes => format!("{own} {} {other}", does("cause")),
        PremiseKind::At => format!("{own} {was} said at {other}"),
        PremiseKind::Answers => format!("{own} {} {other}", does("answer")),
        PremiseKind::Repeats => format!("{own} {} {other}", does("repeat")),
        PremiseKind::Published => format!("{own} {is} reported in {other}"),
        PremiseKind::Capacity => format!("{own} {was} said in the capacity of {other}"),
        PremiseKind::Speaker => format!("{own} {was} said by {other}"),
        PremiseKind::TakesPart if so => format!("{other} takes part in {own}"),
        PremiseKind::TakesPart => format!("{other} does not take part in {own}"),
        PremiseKind::Holder => format!("{own} {is} held by {other}"),
    }
}

/// The reversed order, in words.
pub fn turned(facts: &Facts, fact: Fact) -> String {
    order_words(facts, fact.record, true)
}

fn order_words(facts: &Facts, record: RecordRef, turned: bool) -> String {
    let RecordRef::Order(id) = record else {
        return String::new();
    };
    let order = &facts[id];
    let name = |thing: Option<RecordRef>| thing.map_or("?".to_owned(), |one| shown(facts.id(one)));
    let (mut one, mut other) = (name(order.first), name(order.second));
    if turned {
        std::mem::swap(&mut one, &mut other);
    }
    if order.first == order.second {
        // From a record to itself, an order only gives its length.
        let length = order.apart.as_ref();
        return length.map_or(String::new(), |apart| {
            format!("{one} takes {}", apart.by.words())
        });
    }
    let relation = order
        .relation
        .map_or("", |relation| facts.name(relation.words));
    let names: Vec<RelationName> = relation
        .split(", ")
        .filter_map(RelationName::from_name)
        .collect();
    let verbs = match names.as_slice() {
        [only] => verb(*only).to_owned(),
        several => several
            .iter()
            .map(|name| short_verb(*name))
            .collect::<Vec<_>>()
            .join(" or "),
    };
    let linked = format!("{one} {verbs} {other}");
    match &order.apart {
        Some(apart) => format!("{linked}, {}", apart_words(apart, &one, &other)),
        None => linked,
    }
}

/// "14 days apart": from start to start, unless stated otherwise.
fn apart_words(apart: &Apart, one: &str, other: &str) -> String {
    let by = apart.by.words();
    match counted_words(apart, one, other) {
        Some(ends) => format!("{by} {ends}"),
        None => format!("{by} apart"),
    }
}

/// "from the end of the one to the start of the other", unless it is from start to start.
pub fn counted_words(apart: &Apart, one: &str, other: &str) -> Option<String> {
    let (from, to) = (apart.from.word(), apart.to.word());
    let plain = (apart.from, apart.to) == (End::Start, End::Start);
    (!plain).then(|| format!("from the {from} of {one} to the {to} of {other}"))
}

/// A relation between two records, as a verb between their names.
fn verb(name: RelationName) -> &'static str {
    match name {
        RelationName::Allen(relation) => match relation {
            Allen::Before => "is before",
            Allen::After => "is after",
            Allen::Meets => "ends at the beginning of",
            Allen::MetBy => "begins at the end of",
            Allen::Overlaps => "begins before and ends during",
            Allen::OverlappedBy => "begins during and ends after",
            Allen::Starts => "begins with and ends before",
            Allen::StartedBy => "begins with and ends after",
            Allen::During => "is during",
            Allen::Contains => "begins before and ends after",
            Allen::Finishes => "begins after and ends with",
            Allen::FinishedBy => "begins before and ends with",
            Allen::Equals => "has the same time as",
        },
        RelationName::StartsBefore => "starts before",
        RelationName::EndsBefore => "ends before",
        RelationName::BeforeOrMeets => "is over by the beginning of",
        RelationName::Overlapping => "overlaps with",
        RelationName::Disjoint => "does not overlap with",
    }
}

/// A short verb, for lists of possible relations.
fn short_verb(name: RelationName) -> &'static str {
    match name {
        RelationName::Allen(relation) => match relation {
            Allen::Meets => "meets",
            Allen::MetBy => "is met by",
            Allen::Overlaps => "overlaps",
            Allen::OverlappedBy => "is overlapped by",
            Allen::Starts => "starts",
            Allen::StartedBy => "is started by",
            Allen::Contains => "contains",
            Allen::Finishes => "finishes",
            Allen::FinishedBy => "is finished by",
            Allen::Equals => "equals",
            Allen::Before | Allen::After | Allen::During => verb(name),
        },
        _ => verb(name),
    }
}
