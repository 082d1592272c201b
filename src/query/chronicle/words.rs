//! What a premise says, in words, and what it speaks of.

use crate::chronology::premises::{Fact, Sort};
use crate::model::{Facts, RecordRef};
use crate::time::Date;

/// How sure a fact is, 0 to 1.
pub fn confidence(facts: &Facts, fact: Fact) -> f64 {
    facts
        .more(fact.record)
        .and_then(|more| more.confidence)
        .unwrap_or(1.0)
}

/// The date of a thing, as given.
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

/// The things that a fact speaks of.
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

/// What a fact says, in words.
pub fn words(facts: &Facts, fact: Fact) -> String {
    let name = |record: RecordRef| crate::finding::shown(facts.id(record));
    let own = name(fact.record);
    let other = fact.other.map_or(String::new(), name);
    match fact.sort {
        Sort::Date => {
            let when = date_of(facts, fact.record).map_or(String::new(), Date::dated);
            match fact.record {
                RecordRef::Document(_) => format!("{own} was published {when}"),
                RecordRef::Claim(_) => format!("{own} was said {when}"),
                RecordRef::Actor(_) => format!("{own} was there {when}"),
                RecordRef::Relation(_) => format!("{own} held {when}"),
                _ => format!("{own} is dated {when}"),
            }
        }
        Sort::Order => order_words(facts, fact.record),
        Sort::PartOf => format!("{own} is part of {other}"),
        Sort::Causes => format!("{own} causes {other}"),
        Sort::At => format!("{own} was said at {other}"),
        Sort::Answers => format!("{own} answers {other}"),
        Sort::Repeats => format!("{own} repeats {other}"),
        Sort::Published => format!("{own} is reported in {other}"),
        Sort::Capacity => format!("{own} was said under {other}"),
        Sort::Speaker => format!("{own} was said by {other}"),
    }
}

fn order_words(facts: &Facts, record: RecordRef) -> String {
    let RecordRef::Order(id) = record else {
        return String::new();
    };
    let order = &facts[id];
    let name = |thing: Option<RecordRef>| {
        thing.map_or("?".to_owned(), |one| crate::finding::shown(facts.id(one)))
    };
    let relation = order
        .relation
        .map_or("", |relation| facts.name(relation.words));
    let relation = relation.replace(", ", " or ").replace('_', " ");
    let (one, other) = (name(order.first), name(order.second));
    let linked = match relation.as_str() {
        "before" | "after" | "during" => format!("{one} is {relation} {other}"),
        _ => format!("{one} {relation} {other}"),
    };
    match &order.apart {
        Some(apart) => format!("{linked}, {} apart", apart.by.words()),
        None => linked,
    }
}
