//! Fields by which a record refers to others of its own kind.

use annals_finding::{Finding, Locate, Path, Place, Severity};
use annals_load::Places;
use annals_model::{ClaimId, Facts, Linked, RecordKind, RecordRef, Via};

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
}

/// A circle of a link: how bad it is, and the words for it.
pub(super) struct Round {
    pub(super) severity: Severity,
    /// What each of them does: "are each part of".
    pub(super) words: &'static str,
    /// Why it cannot close.
    pub(super) rule: &'static str,
}

impl Link {
    pub(super) const ALL: [Link; 10] = [
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
        }
    }

    /// The kind of record that has it.
    pub(super) fn kind(self) -> RecordKind {
        match self {
            Link::BasedOn | Link::Corrects => RecordKind::Document,
            Link::Within => RecordKind::Place,
            Link::PartOf | Link::Causes => RecordKind::Event,
            _ => RecordKind::Claim,
        }
    }

    /// What the one is or does to the other.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Link::BasedOn => "is based on",
            Link::Corrects => "corrects",
            Link::Within => "lies within",
            Link::PartOf => "is part of",
            Link::Causes => "causes",
            Link::Via => "is passed on by",
            Link::RespondsTo => "responds to",
            Link::Supports => "supports",
            Link::Contradicts => "contradicts",
            Link::Repeats => "repeats",
        }
    }

    /// How a circle of it is judged; none where a circle may be.
    pub(super) fn round(self) -> Option<Round> {
        use Severity::{Error, Warning};
        let (severity, words, rule) = match self {
            Link::PartOf => (
                Error,
                "are each part of",
                "what is part of another cannot have it as a part",
            ),
            Link::Within => (
                Error,
                "each lie within",
                "what lies within another cannot have it within itself",
            ),
            Link::Via => (
                Error,
                "are each passed on by",
                "what is passed on was said before",
            ),
            Link::Repeats => (Error, "each repeat", "what is repeated was said before"),
            Link::Causes => (
                Warning,
                "each cause",
                "a cause begins first; only what lasts a while can feed what it came from",
            ),
            Link::RespondsTo => (
                Warning,
                "each respond to",
                "an answer comes after what it answers; only a long exchange goes both ways",
            ),
            Link::BasedOn => (
                Warning,
                "are each based on",
                "a document draws on what was there before it; only pages that are kept up to date \
                 can draw on each other",
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

    /// Who refers to whom by this field, in the order in which they were read; records that were
    /// taken back are left out.
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
        // Stable: what one claim refers to stays in its order.
        found.sort_by_key(|(claim, _)| *claim);
        let found = found.into_iter();
        pairs.extend(found.map(|(claim, to)| (claim.into(), to.into())));
    }

    /// Where a record refers to another by this field: the item of its list, since only the list as
    /// written knows which item that is.
    pub(super) fn place(
        self,
        facts: &Facts,
        places: &Places<'_>,
        from: RecordRef,
        to: RecordRef,
    ) -> Place {
        /// In a longer list the whole of it is pointed at.
        const LONGEST: usize = 50;
        let origin = facts.common(from).origin;
        let field = Place::value(origin, self.field());
        let whole = places.locate(&field);
        for nth in 0..LONGEST {
            let item = Place::Value(origin, Path::field(self.field()).index(nth));
            let located = places.locate(&item);
            if located.bytes == whole.bytes {
                break;
            }
            let (from, last) = (located.place.line, located.place.end_line);
            let lines = places.lines(located.file, from, last).zip(located.bytes);
            let is_it = lines.is_some_and(|(lines, bytes)| {
                lines.get(bytes).trim_matches(['"', '\'']) == facts.id(to)
            });
            if is_it {
                return item;
            }
        }
        field
    }
}

/// Whether a record has not been taken back.
pub(super) fn is_in_force(facts: &Facts, record: impl Into<RecordRef>) -> bool {
    facts
        .more(record)
        .is_none_or(|more| more.retracted.is_none())
}

/// Says with the last finding that there are more of its sort.
pub(super) fn left_over(findings: &mut [Finding], more: usize) {
    if let (Some(last), true) = (findings.last_mut(), more > 0) {
        last.more = more;
        last.notes.push(match more {
            1 => "one more of this sort is not shown".to_owned(),
            _ => format!("{more} more of this sort are not shown"),
        });
    }
}
