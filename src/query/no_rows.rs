//! Why an answer has no rows: the options without which it had some, and what belongs to a thing
//! about which nothing is said.

use super::selection::Query;
use annals_model::{EventId, Facts, NodeRef, PlaceId, RecordRef, TopicId};

/// An option of a question that can leave rows out.
#[derive(Debug, Clone)]
pub struct Restriction<Q> {
    /// As the command line has it: `--by`.
    pub option: &'static str,
    /// The question without it.
    pub without: Q,
    /// The question with this option alone.
    pub alone: Q,
}

impl<Q> Restriction<Q> {
    /// The same restriction of another kind of question.
    pub fn map<R>(self, of: impl Fn(Q) -> R) -> Restriction<R> {
        Restriction {
            option: self.option,
            without: of(self.without),
            alone: of(self.alone),
        }
    }
}

/// One option of a query.
struct QueryOption {
    name: &'static str,
    is_given: fn(&Query) -> bool,
    /// Takes the option over from another query.
    take: fn(&mut Query, &Query),
}

/// The options that are lists.
macro_rules! lists {
    ($($field:ident $name:literal),+) => {
        [$(QueryOption {
            name: $name,
            is_given: |query| !query.$field.is_empty(),
            take: |query, from| query.$field.clone_from(&from.$field),
        }),+]
    };
}

static LISTS: [QueryOption; 14] = lists!(
    by "--by", to "--to", about "--about", via "--via", at "--at", in_document "--in",
    stance "--stance", act "--act", mode "--mode", tag "--tag", text "--text",
    verified "--verified", before "--before", after "--after"
);

static OTHERS: [QueryOption; 5] = [
    QueryOption {
        name: "--from",
        is_given: |query| query.window.from.is_some(),
        take: |query, from| query.window.from.clone_from(&from.window.from),
    },
    QueryOption {
        name: "--until",
        is_given: |query| query.window.until.is_some(),
        take: |query, from| query.window.until.clone_from(&from.window.until),
    },
    QueryOption {
        name: "--surely",
        is_given: |query| query.surely,
        take: |query, from| query.surely = from.surely,
    },
    QueryOption {
        name: "--as-of",
        is_given: |query| query.as_of.is_some(),
        take: |query, from| query.as_of.clone_from(&from.as_of),
    },
    QueryOption {
        name: "--limit",
        is_given: |query| query.limit == Some(0),
        take: |query, from| query.limit = from.limit,
    },
];

/// The options of a query that can leave rows out.
pub fn restrictions(query: &Query) -> Vec<Restriction<Query>> {
    let nothing = Query::default();
    let given = || {
        LISTS
            .iter()
            .chain(&OTHERS)
            .filter(|one| (one.is_given)(query))
    };
    let mut free = query.clone();
    for option in given() {
        (option.take)(&mut free, &nothing);
    }
    let each = given().map(|option| {
        let (mut without, mut alone) = (query.clone(), free.clone());
        (option.take)(&mut without, &nothing);
        (option.take)(&mut alone, query);
        Restriction {
            option: option.name,
            without: with_sense(without),
            alone: with_sense(alone),
        }
    });
    each.collect()
}

/// Without anybody to roll up to, nothing is rolled up.
fn with_sense(mut query: Query) -> Query {
    if query.by.is_empty() && query.to.is_empty() && query.about.is_empty() {
        query.rollup = None;
    }
    query
}

/// Which options leave nothing, and how many rows there are without each. `count` gives the number
/// of rows of a question, if it has an answer.
pub fn explained<Q>(
    restrictions: &[Restriction<Q>],
    count: impl Fn(&Q) -> Option<usize>,
    [one, many]: [&str; 2],
) -> Vec<String> {
    let rows = |count: usize| match count {
        0 => "none".to_owned(),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let without = restrictions.iter().filter_map(|restriction| {
        let found = count(&restriction.without).filter(|found| *found > 0)?;
        let are = if found == 1 { "is" } else { "are" };
        let option = restriction.option;
        Some(format!(
            "{option} leaves nothing: without it there {are} {}",
            rows(found)
        ))
    });
    let mut lines: Vec<String> = without.collect();
    if lines.is_empty() && restrictions.len() > 1 {
        let alone = restrictions.iter().filter_map(|restriction| {
            let found = count(&restriction.alone)?;
            Some(format!(
                "{} alone leaves {}",
                restriction.option,
                rows(found)
            ))
        });
        let alone: Vec<String> = alone.collect();
        if !alone.is_empty() {
            lines.push(format!(
                "nothing is left whichever option is left out: {}",
                alone.join(", ")
            ));
        }
    }
    lines
}

/// What belongs to a thing, and can be spoken about itself: topics about it, events at a place,
/// parts of an event, events of an actor, places within a place.
pub fn belongings(facts: &Facts, thing: NodeRef) -> Vec<NodeRef> {
    let is_it = |node: &NodeRef| *node == thing;
    let topics = facts.topics.iter();
    let topics = topics.filter(|(_, topic)| facts.list(topic.about).iter().any(is_it));
    let events = facts.events.iter().filter(|(_, event)| {
        let mut people = facts.list(event.participants).iter();
        event.place.map(NodeRef::Place) == Some(thing)
            || event.part_of.map(NodeRef::Event) == Some(thing)
            || people.any(|one| one.actor.map(NodeRef::Actor) == Some(thing))
    });
    let places = facts.places.iter();
    let places = places.filter(|(_, place)| place.within.map(NodeRef::Place) == Some(thing));
    let mut found: Vec<NodeRef> = topics
        .map(|(id, _): (TopicId, _)| NodeRef::Topic(id))
        .chain(events.map(|(id, _): (EventId, _)| NodeRef::Event(id)))
        .chain(places.map(|(id, _): (PlaceId, _)| NodeRef::Place(id)))
        .filter(|node| {
            facts
                .more(RecordRef::from(*node))
                .is_none_or(|more| more.retracted.is_none())
        })
        .collect();
    found.sort_by(|a, b| facts.id(*a).cmp(facts.id(*b)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_that_leaves_nothing_is_named() {
        // By a there are 5, about b are 2, of these none by a; nothing is tagged.
        let count = |query: &Query| {
            let (by, about) = (!query.by.is_empty(), !query.about.is_empty());
            Some(match (by, about, query.tag.is_empty()) {
                (_, _, false) | (true, true, _) => 0,
                (true, false, _) => 5,
                (false, true, _) => 1,
                (false, false, _) => 9,
            })
        };
        let why = |query: &Query| explained(&restrictions(query), count, ["claim", "claims"]);
        assert_eq!(
            why(&Query::new().by("a").about("b")),
            [
                "--by leaves nothing: without it there is 1 claim",
                "--about leaves nothing: without it there are 5 claims"
            ]
        );
        assert_eq!(
            why(&Query::new().tag("t")),
            ["--tag leaves nothing: without it there are 9 claims"]
        );
        assert_eq!(
            why(&Query::new().by("a").about("b").tag("t")),
            [
                "nothing is left whichever option is left out: --by alone leaves 5 claims, --about alone leaves 1 claim, --tag alone leaves none"
            ]
        );
        assert!(why(&Query::new()).is_empty());
    }
}
