//! Fields by which a record refers to others of its own kind.

use std::collections::HashMap;

use annals_finding::{Locate, Path, Place, Severity};
use annals_load::{LoadResult, Places};
use annals_model::{ClaimId, Facts, Linked, Origin, RecordKind, RecordRef, Via};

/// A field by which a record refers to others of its own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    BasedOn,
    Corrects,
    Within,
    PartOf,
    Causes,
    Via,
    RespondsTo,
    Supports,
    Contradicts,
    Repeats,
    Fulfils,
    Breaks,
}

/// A cycle of a link: its severity and wording.
pub(super) struct Round {
    pub(super) severity: Severity,
    /// The verb for each of them: "are each part of".
    pub(super) words: &'static str,
    /// Why it cannot close.
    pub(super) rule: &'static str,
}

impl Link {
    pub(super) const ALL: [Link; 12] = [
        Link::BasedOn,
        Link::Corrects,
        Link::Within,
        Link::PartOf,
        Link::Causes,
        Link::Via,
        Link::RespondsTo,
        Link::Supports,
        Link::Contradicts,
        Link::Repeats,
        Link::Fulfils,
        Link::Breaks,
    ];

    /// The name of the field.
    pub(super) fn field(self) -> &'static str {
        match self {
            Link::BasedOn => "based_on",
            Link::Corrects => "corrects",
            Link::Within => "within",
            Link::PartOf => "part_of",
            Link::Causes => "causes",
            Link::Via => "via",
            Link::RespondsTo => "responds_to",
            Link::Supports => "supports",
            Link::Contradicts => "contradicts",
            Link::Repeats => "repeats",
            Link::Fulfils => "fulfils",
            Link::Breaks => "breaks",
        }
    }

    /// The kind of record that has it; of what is promised, events have it too, but never refer to their
    /// own kind.
    pub(super) fn kind(self) -> RecordKind {
        match self {
            Link::BasedOn | Link::Corrects => RecordKind::Document,
            Link::Within => RecordKind::Place,
            Link::PartOf | Link::Causes => RecordKind::Event,
            _ => RecordKind::Claim,
        }
    }

    /// The relation of the one to the other, as a verb.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Link::BasedOn => "is based on",
            Link::Corrects => "corrects",
            Link::Within => "is within",
            Link::PartOf => "is part of",
            Link::Causes => "causes",
            Link::Via => "is passed on by",
            Link::RespondsTo => "responds to",
            Link::Supports => "supports",
            Link::Contradicts => "contradicts",
            Link::Repeats => "repeats",
            Link::Fulfils => "fulfils",
            Link::Breaks => "breaks",
        }
    }

    /// How a cycle is reported; `None` if cycles are allowed.
    pub(super) fn round(self) -> Option<Round> {
        use Severity::{Error, Warning};
        let (severity, words, rule) = match self {
            Link::PartOf => (
                Error,
                "are each part of",
                "if one is part of the other, the other cannot be part of it",
            ),
            Link::Within => (
                Error,
                "are each within",
                "if one is within the other, the other cannot be within it",
            ),
            Link::Via => (
                Error,
                "are each passed on by",
                "something must be said before it can be passed on",
            ),
            Link::Repeats => (
                Error,
                "each repeat",
                "something must be said before it can be repeated",
            ),
            Link::Fulfils => (
                Error,
                "each fulfil",
                "something must be promised before it can be fulfilled",
            ),
            Link::Breaks => (
                Error,
                "each break",
                "something must be promised before it can be broken",
            ),
            Link::Causes => (
                Warning,
                "each cause",
                "a cause begins first; only things that last can cause each other",
            ),
            Link::RespondsTo => (
                Warning,
                "each respond to",
                "a reply comes after what it replies to; only a long exchange goes both ways",
            ),
            Link::BasedOn => (
                Warning,
                "are each based on",
                "a document draws on earlier ones; only pages that are kept up to date can draw on each other",
            ),
            Link::Corrects => (
                Warning,
                "each correct",
                "a correction comes after what it corrects; only pages that are kept up to date \
                 can correct each other",
            ),
            Link::Supports | Link::Contradicts => return None,
        };
        Some(Round {
            severity,
            words,
            rule,
        })
    }

    /// The references by this field, in the order they were read; retracted records are left out.
    pub(super) fn pairs(self, facts: &Facts) -> Vec<(RecordRef, RecordRef)> {
        let mut pairs: Vec<(RecordRef, RecordRef)> = Vec::new();
        match self.kind() {
            RecordKind::Document => {
                for (id, document) in facts.documents.iter() {
                    let based_on = self == Link::BasedOn;
                    let list = if based_on {
                        document.based_on
                    } else {
                        document.corrects
                    };
                    pairs.extend(facts.list(list).iter().map(|&to| (id.into(), to.into())));
                }
            }
            RecordKind::Place => {
                let places = facts.places.iter();
                pairs.extend(
                    places.filter_map(|(id, place)| Some((id.into(), place.within?.into()))),
                );
            }
            RecordKind::Event => {
                for (id, event) in facts.events.iter() {
                    if self == Link::PartOf {
                        pairs.extend(event.part_of.map(|to| (id.into(), to.into())));
                    } else {
                        let causes = facts.list(event.causes).iter();
                        pairs.extend(causes.map(|&to| (id.into(), to.into())));
                    }
                }
            }
            _ => self.pairs_of_claims(facts, &mut pairs),
        }
        pairs.retain(|&(from, to)| is_in_force(facts, from) && is_in_force(facts, to));
        pairs
    }

    fn pairs_of_claims(self, facts: &Facts, pairs: &mut Vec<(RecordRef, RecordRef)>) {
        let mut found: Vec<(ClaimId, ClaimId)> = Vec::new();
        for (_, &Linked { claim, links }) in facts.claim_links.iter() {
            let list = match self {
                Link::RespondsTo => links.responds_to,
                Link::Supports => links.supports,
                Link::Contradicts => links.contradicts,
                Link::Repeats => links.repeats,
                Link::Fulfils => links.fulfils,
                Link::Breaks => links.breaks,
                _ => {
                    let via = facts.list(links.via).iter();
                    found.extend(via.filter_map(|via| match *via {
                        Via::Claim(to) => Some((claim, to)),
                        Via::Actor(_) => None,
                    }));
                    continue;
                }
            };
            found.extend(facts.list(list).iter().map(|&to| (claim, to)));
        }
        // Stable: the references of one claim keep their order.
        found.sort_by_key(|(claim, _)| *claim);
        let found = found.into_iter();
        pairs.extend(found.map(|(claim, to)| (claim.into(), to.into())));
    }
}

/// Where records refer to others by a field.
pub(super) struct LinkPlaces<'l> {
    facts: &'l Facts,
    places: Places<'l>,
    link: Link,
    /// The items of each list so far, as they are written. Only used for lookups.
    items: HashMap<RecordRef, Vec<String>>,
}

impl<'l> LinkPlaces<'l> {
    pub(super) fn new(loaded: &'l LoadResult, link: Link) -> Self {
        LinkPlaces {
            facts: &loaded.facts,
            places: Places::new(loaded),
            link,
            items: HashMap::new(),
        }
    }

    /// The place where a record refers to another: the list item, which must be looked up in the
    /// list as written. In a long list the whole of it is pointed at.
    pub(super) fn of(&mut self, from: RecordRef, to: RecordRef) -> Place {
        let origin = self.facts.common(from).origin;
        if !self.items.contains_key(&from) {
            let items = self.written(origin);
            self.items.insert(from, items);
        }
        let id = self.facts.id(to);
        let items = self.items.get(&from).into_iter().flatten();
        let mut items = items.enumerate();
        match items.find(|(_, item)| item.as_str() == id) {
            Some((nth, _)) => Place::Value(origin, Path::field(self.link.field()).index(nth)),
            None => Place::value(origin, self.link.field()),
        }
    }

    /// The first items of a list, without quotation marks.
    fn written(&self, origin: Origin) -> Vec<String> {
        const LONGEST: usize = 50;
        let whole = self.places.locate(&Place::value(origin, self.link.field()));
        let mut items = Vec::new();
        for nth in 0..LONGEST {
            let item = Place::Value(origin, Path::field(self.link.field()).index(nth));
            let located = self.places.locate(&item);
            if located.bytes == whole.bytes {
                break;
            }
            let (from, last) = (located.place.line, located.place.end_line);
            let lines = self.places.lines(located.file, from, last);
            let lines = lines.zip(located.bytes);
            let item =
                lines.map(|(lines, bytes)| lines.get(bytes).trim_matches(['"', '\'']).to_owned());
            items.push(item.unwrap_or_default());
        }
        items
    }
}

/// Whether a record has not been retracted.
pub(super) fn is_in_force(facts: &Facts, record: impl Into<RecordRef>) -> bool {
    facts
        .more(record)
        .is_none_or(|more| more.retracted.is_none())
}
