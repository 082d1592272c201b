//! What the forms, lines and signs of a network mean.

use super::panel::{self, Placed};
use super::{NetworkPicture, Signs};
use crate::layout::frame::{Entry, Sample, forms};
use crate::scene::{Colour, Form, Head, Pattern, Stroke};
use crate::theme::Theme;
use annals_query::network::EdgeRow;

/// The legend of a page.
pub(super) fn legend<'e>(
    theme: &Theme,
    picture: &NetworkPicture<'_>,
    placed: &[Placed<'_>],
    edges: impl Iterator<Item = &'e EdgeRow>,
) -> Vec<Entry> {
    let mut entries = nodes(theme, placed);
    let (mut is_wide, mut may_be_none) = (false, false);
    let mut signs = [false; 3];
    for edge in edges {
        let [least, most] = edge.weight;
        let nth = match (picture.signs, edge.kinds.as_deref()) {
            (Signs::Kinds, Some(["for"])) => 0,
            (Signs::Kinds, Some(["against"])) => 1,
            (Signs::Kinds, _) => 2,
            _ if least >= 0.0 && most > 0.0 => 0,
            _ if least < 0.0 && most <= 0.0 => 1,
            _ => 2,
        };
        signs[nth] = true;
        is_wide |= edge.weight[0] != edge.weight[1];
        may_be_none |= panel::may_be_none(edge);
    }
    entries.extend(ties(theme, picture, signs));
    if is_wide {
        let words = "and at most, where dates or relations are uncertain";
        entries.push(line(theme.rule, 6.0, Pattern::Solid, words));
    }
    if may_be_none {
        entries.push(line(theme.muted, 2.0, Pattern::Dashed, "perhaps no tie"));
    }
    entries
}

/// The kinds of nodes that are used.
fn nodes(theme: &Theme, placed: &[Placed<'_>]) -> Vec<Entry> {
    let used = |wanted: &str| {
        placed
            .iter()
            .any(|one| !one.row.is_thing && one.row.kind == wanted)
    };
    forms([
        (
            used("person"),
            Form::Rounded(9.0),
            theme.actor,
            false,
            "a person",
        ),
        (
            used("organization"),
            Form::Square,
            theme.actor,
            false,
            "an organization",
        ),
        (used("state"), Form::Folded, theme.actor, false, "a state"),
        (
            used("group"),
            Form::Pointed(7.0, 7.0),
            theme.actor,
            false,
            "a group",
        ),
        (
            used("media"),
            Form::Pointed(0.0, 7.0),
            theme.actor,
            false,
            "media",
        ),
        (
            placed.iter().any(|one| one.row.is_thing),
            Form::Rounded(3.0),
            theme.topic,
            false,
            "what they speak of",
        ),
    ])
}

fn line(colour: Colour, width: f64, pattern: Pattern, words: &'static str) -> Entry {
    let stroke = Stroke {
        colour,
        width,
        pattern,
    };
    Entry {
        sample: Sample::Line(stroke, Head::None),
        words,
    }
}

/// What lines and the signs on them mean, of those that are used.
fn ties(theme: &Theme, picture: &NetworkPicture<'_>, signs: [bool; 3]) -> Vec<Entry> {
    let mut entries = Vec::new();
    match picture.signs {
        Signs::None => entries.push(line(
            theme.muted,
            4.0,
            Pattern::Solid,
            "as wide as its weight, at least",
        )),
        Signs::Against => entries.push(Entry {
            sample: Sample::Badge(theme.opposes),
            words: "they contradict: as wide as their conflict, at least",
        }),
        Signs::Both | Signs::Kinds => {
            let words = match (picture.signs, picture.is_affiliation) {
                (Signs::Kinds, _) => [
                    "for it",
                    "against it: a double line",
                    "both, or it is uncertain which: dotted",
                ],
                (_, true) => [
                    "more for it",
                    "more against it: a double line",
                    "it is uncertain which",
                ],
                (_, false) => [
                    "more agreement",
                    "more conflict: a double line",
                    "it is uncertain which",
                ],
            };
            let unsure = if picture.signs == Signs::Kinds {
                theme.mixed
            } else {
                theme.neutral
            };
            let looks = [theme.supports, theme.opposes, unsure];
            let used = looks
                .into_iter()
                .zip(words)
                .zip(signs)
                .filter(|(_, used)| *used);
            entries.extend(used.map(|((look, words), _)| Entry {
                sample: Sample::Badge(look),
                words,
            }));
        }
    }
    entries
}
