//! The theme of a picture that stands in a page: its colours are those of the page, light or dark.

use super::{Colour, DARK, LIGHT, Look, Theme, stance};
use crate::scene::{Head, Pattern};

/// Colours that a style sheet gives: what [`page_style`] writes. One picture serves both, and turns
/// with the page without a script.
pub static PAGE: Theme = Theme {
    name: "page",
    title: "light or dark, as the page is",
    background: "var(--p-background)",
    text: "var(--p-text)",
    muted: "var(--p-muted)",
    line: "var(--p-line)",
    rule: "var(--p-rule)",
    lane: "var(--p-lane)",
    actor: Look {
        fill: "var(--p-actor)",
        stroke: "var(--p-actor-line)",
        note: "var(--p-actor-note)",
    },
    event: Look {
        fill: "var(--p-event)",
        stroke: "var(--p-event-line)",
        note: "var(--p-event-note)",
    },
    claim: Look {
        fill: "var(--p-claim)",
        stroke: "var(--p-claim-line)",
        note: "var(--p-claim-note)",
    },
    topic: Look {
        fill: "var(--p-topic)",
        stroke: "var(--p-topic-line)",
        note: "var(--p-topic-note)",
    },
    document: Look {
        fill: "var(--p-document)",
        stroke: "var(--p-document-line)",
        note: "var(--p-document-note)",
    },
    supports: stance(
        "var(--p-supports)",
        "var(--p-on-supports)",
        Pattern::Solid,
        Head::Triangle,
        "+",
    ),
    opposes: stance(
        "var(--p-opposes)",
        "var(--p-on-opposes)",
        Pattern::Dashed,
        Head::Tee,
        "−",
    ),
    neutral: stance(
        "var(--p-neutral)",
        "var(--p-on-neutral)",
        Pattern::Dotted,
        Head::Vee,
        "~",
    ),
    mixed: stance(
        "var(--p-mixed)",
        "var(--p-on-mixed)",
        Pattern::DashDotted,
        Head::Diamond,
        "±",
    ),
};

/// What a colour of [`PAGE`] is called, and which of a theme it is.
type Named = (&'static str, fn(&Theme) -> Colour);

const COLOURS: [Named; 29] = [
    ("--p-background", |theme| theme.background),
    ("--p-text", |theme| theme.text),
    ("--p-muted", |theme| theme.muted),
    ("--p-line", |theme| theme.line),
    ("--p-rule", |theme| theme.rule),
    ("--p-lane", |theme| theme.lane),
    ("--p-actor", |theme| theme.actor.fill),
    ("--p-actor-line", |theme| theme.actor.stroke),
    ("--p-actor-note", |theme| theme.actor.note),
    ("--p-event", |theme| theme.event.fill),
    ("--p-event-line", |theme| theme.event.stroke),
    ("--p-event-note", |theme| theme.event.note),
    ("--p-claim", |theme| theme.claim.fill),
    ("--p-claim-line", |theme| theme.claim.stroke),
    ("--p-claim-note", |theme| theme.claim.note),
    ("--p-topic", |theme| theme.topic.fill),
    ("--p-topic-line", |theme| theme.topic.stroke),
    ("--p-topic-note", |theme| theme.topic.note),
    ("--p-document", |theme| theme.document.fill),
    ("--p-document-line", |theme| theme.document.stroke),
    ("--p-document-note", |theme| theme.document.note),
    ("--p-supports", |theme| theme.supports.colour),
    ("--p-on-supports", |theme| theme.supports.on_badge),
    ("--p-opposes", |theme| theme.opposes.colour),
    ("--p-on-opposes", |theme| theme.opposes.on_badge),
    ("--p-neutral", |theme| theme.neutral.colour),
    ("--p-on-neutral", |theme| theme.neutral.on_badge),
    ("--p-mixed", |theme| theme.mixed.colour),
    ("--p-on-mixed", |theme| theme.mixed.on_badge),
];

/// The rules of a style sheet that give [`PAGE`] its colours: those of the light theme, on a dark
/// screen those of the dark one.
pub fn page_style() -> String {
    let of = |theme: &Theme| {
        let each = COLOURS.iter();
        let each: Vec<String> = each
            .map(|(name, colour)| format!("{name}:{}", colour(theme)))
            .collect();
        format!(":root{{{}}}", each.join(";"))
    };
    format!(
        "{}\n@media screen and (prefers-color-scheme: dark) {{{}}}\n",
        of(&LIGHT),
        of(&DARK)
    )
}

/// The same for a page whose reader can choose: each colour is the light one or the dark one, as the
/// page's `color-scheme` is.
pub fn page_variables() -> String {
    let each = COLOURS.iter();
    let each: Vec<String> = each
        .map(|(name, colour)| format!("{name}:light-dark({},{})", colour(&LIGHT), colour(&DARK)))
        .collect();
    format!(":root{{{}}}\n", each.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_model::{StanceValue, Vocabulary as _};

    #[test]
    fn every_colour_has_a_name_of_its_own() {
        for (name, colour) in COLOURS {
            assert_eq!(colour(&PAGE), format!("var({name})"));
        }
        // A badge has the colour of its line, hence four more than are named.
        let used = format!("{PAGE:?}").matches("var(").count();
        assert_eq!(used, COLOURS.len() + StanceValue::ALL.len());
    }

    #[test]
    fn it_is_told_apart_as_the_others_are() {
        for stance in StanceValue::ALL {
            let looks = [&PAGE, &LIGHT, &DARK].map(|theme| theme.stance(*stance));
            for look in looks {
                let of = |one: super::super::StanceLook| (one.pattern, one.head, one.sign);
                assert_eq!(of(look), of(looks[0]));
                assert_eq!(look.badge, look.colour);
            }
        }
    }
}
