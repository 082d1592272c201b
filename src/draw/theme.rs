//! Colours, as data: on light, on dark, and for a printer that has no colours.
//!
//! Nothing is told by colour alone. A stance has a line pattern, an arrowhead and a sign besides,
//! kinds of nodes have forms. Blue and vermilion stay apart for those who see few colours; amber and
//! vermilion do not, hence events have a form of their own and a brown outline.

mod page;

use super::scene::{Colour, Head, Pattern};
use annals_model::StanceValue;

pub use page::{PAGE, page_style, page_variables};

/// The font of all text; whoever has neither of the first two has one of their widths.
pub const FONT: &str = "Helvetica,Arial,sans-serif";

/// The colours of a picture.
#[derive(Debug)]
pub struct Theme {
    /// How `--theme` calls it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub title: &'static str,
    /// Behind everything.
    pub background: Colour,
    /// Names and words.
    pub text: Colour,
    /// Dates, kinds, counts.
    pub muted: Colour,
    /// Lines that tie without saying more.
    pub line: Colour,
    /// Rules of a scale, outlines of lanes.
    pub rule: Colour,
    /// Every other lane.
    pub lane: Colour,
    /// Actors.
    pub actor: Look,
    /// Events.
    pub event: Look,
    /// Claims.
    pub claim: Look,
    /// Topics, places and whatever else is spoken of.
    pub topic: Look,
    /// Documents.
    pub document: Look,
    /// For it.
    pub supports: StanceLook,
    /// Against it.
    pub opposes: StanceLook,
    /// Neither.
    pub neutral: StanceLook,
    /// Both.
    pub mixed: StanceLook,
}

/// How a kind of node looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Within.
    pub fill: Colour,
    /// Its outline.
    pub stroke: Colour,
    /// The small line under the name.
    pub note: Colour,
}

/// How a stance looks: by colour, pattern, arrowhead and sign at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StanceLook {
    /// The colour of line, arrowhead and badge.
    pub colour: Colour,
    /// The pattern of the line.
    pub pattern: Pattern,
    /// Its end.
    pub head: Head,
    /// The sign on its badge.
    pub sign: &'static str,
    /// What the badge is filled with.
    pub badge: Colour,
    /// The colour of the sign.
    pub on_badge: Colour,
}

impl Theme {
    /// How a stance looks.
    pub fn stance(&self, stance: StanceValue) -> StanceLook {
        match stance {
            StanceValue::Supports => self.supports,
            StanceValue::Opposes => self.opposes,
            StanceValue::Neutral => self.neutral,
            StanceValue::Mixed => self.mixed,
        }
    }
}

/// A stance whose badge has the line's colour.
const fn stance(
    colour: Colour,
    on_badge: Colour,
    pattern: Pattern,
    head: Head,
    sign: &'static str,
) -> StanceLook {
    StanceLook {
        colour,
        pattern,
        head,
        sign,
        badge: colour,
        on_badge,
    }
}

const fn look(fill: Colour, stroke: Colour, note: Colour) -> Look {
    Look { fill, stroke, note }
}

/// For screens and paper with colours.
pub static LIGHT: Theme = Theme {
    name: "light",
    title: "on white",
    background: "#FFFFFF",
    text: "#1B1F24",
    muted: "#57606A",
    line: "#8C959F",
    rule: "#D5DAE0",
    lane: "#F6F8FA",
    actor: look("#E3F0FA", "#0072B2", "#3C5A70"),
    event: look("#FCEBD0", "#6B3E00", "#6B3E00"),
    claim: look("#FFFFFF", "#8C959F", "#57606A"),
    topic: look("#F2F3F5", "#57606A", "#57606A"),
    document: look("#FFFFFF", "#57606A", "#57606A"),
    supports: stance("#0072B2", "#FFFFFF", Pattern::Solid, Head::Triangle, "+"),
    opposes: stance("#C2410C", "#FFFFFF", Pattern::Dashed, Head::Tee, "−"),
    neutral: stance("#57606A", "#FFFFFF", Pattern::Dotted, Head::Vee, "~"),
    mixed: stance(
        "#57606A",
        "#FFFFFF",
        Pattern::DashDotted,
        Head::Diamond,
        "±",
    ),
};

/// For dark screens.
pub static DARK: Theme = Theme {
    name: "dark",
    title: "on near black",
    background: "#0D1117",
    text: "#E6EDF3",
    muted: "#9DA7B3",
    line: "#6E7681",
    rule: "#2A313A",
    lane: "#12171E",
    actor: look("#0C2D48", "#56B4E9", "#9CC4E4"),
    event: look("#2B210C", "#E69F00", "#D9B36A"),
    claim: look("#161B22", "#484F58", "#9DA7B3"),
    topic: look("#1C2128", "#9DA7B3", "#9DA7B3"),
    document: look("#161B22", "#9DA7B3", "#9DA7B3"),
    supports: stance("#79C0FF", "#0D1117", Pattern::Solid, Head::Triangle, "+"),
    opposes: stance("#FF9B6A", "#0D1117", Pattern::Dashed, Head::Tee, "−"),
    neutral: stance("#9DA7B3", "#0D1117", Pattern::Dotted, Head::Vee, "~"),
    mixed: stance(
        "#9DA7B3",
        "#0D1117",
        Pattern::DashDotted,
        Head::Diamond,
        "±",
    ),
};

const BLACK: Colour = "#000000";
const WHITE: Colour = "#FFFFFF";
const GREY: Colour = "#444444";

const fn in_black(pattern: Pattern, head: Head, sign: &'static str) -> StanceLook {
    StanceLook {
        badge: WHITE,
        ..stance(BLACK, BLACK, pattern, head, sign)
    }
}

/// For printers without colours: black on white, told apart by form, pattern and sign.
pub static PRINT: Theme = Theme {
    name: "print",
    title: "black on white, no colour needed",
    background: WHITE,
    text: BLACK,
    muted: GREY,
    line: "#666666",
    rule: "#CCCCCC",
    lane: "#F7F7F7",
    actor: look(WHITE, BLACK, GREY),
    event: look("#EEEEEE", BLACK, GREY),
    claim: look(WHITE, "#666666", GREY),
    topic: look("#F7F7F7", GREY, GREY),
    document: look(WHITE, GREY, GREY),
    supports: in_black(Pattern::Solid, Head::Triangle, "+"),
    opposes: in_black(Pattern::Dashed, Head::Tee, "−"),
    neutral: in_black(Pattern::Dotted, Head::Vee, "~"),
    mixed: in_black(Pattern::DashDotted, Head::Diamond, "±"),
};

/// Every theme, the usual one first.
pub static THEMES: &[&Theme] = &[&LIGHT, &DARK, &PRINT];

/// The theme of this name.
pub fn by_name(name: &str) -> Option<&'static Theme> {
    THEMES.iter().copied().find(|theme| theme.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_model::Vocabulary;
    use std::collections::BTreeSet;

    /// The relative luminance of WCAG 2.
    fn luminance(colour: Colour) -> f64 {
        let part = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.03928 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_colours_are_those_of_the_contract() {
        for (theme, text, actor, event, claim, stances) in [
            (
                &LIGHT,
                ["#1B1F24", "#57606A", "#FFFFFF"],
                ["#E3F0FA", "#0072B2"],
                ["#FCEBD0", "#6B3E00"],
                ["#FFFFFF", "#8C959F"],
                ["#0072B2", "#C2410C", "#57606A"],
            ),
            (
                &DARK,
                ["#E6EDF3", "#9DA7B3", "#0D1117"],
                ["#0C2D48", "#56B4E9"],
                ["#2B210C", "#E69F00"],
                ["#161B22", "#484F58"],
                ["#79C0FF", "#FF9B6A", "#9DA7B3"],
            ),
        ] {
            assert_eq!([theme.text, theme.muted, theme.background], text);
            assert_eq!([theme.actor.fill, theme.actor.stroke], actor);
            assert_eq!([theme.event.fill, theme.event.stroke], event);
            assert_eq!([theme.claim.fill, theme.claim.stroke], claim);
            let each = [theme.supports, theme.opposes, theme.neutral];
            assert_eq!(each.map(|one| one.colour), stances);
        }
    }

    #[test]
    fn all_text_can_be_read() {
        for theme in THEMES {
            for back in [theme.background, theme.lane] {
                assert!(contrast(theme.text, back) >= 7.0, "{}", theme.name);
                assert!(contrast(theme.muted, back) >= 4.5, "{}", theme.name);
            }
            assert!(
                contrast(theme.line, theme.background) >= 3.0,
                "{}",
                theme.name
            );
            for look in [
                theme.actor,
                theme.event,
                theme.claim,
                theme.topic,
                theme.document,
            ] {
                assert!(
                    contrast(theme.text, look.fill) >= 7.0,
                    "{}: {look:?}",
                    theme.name
                );
                assert!(
                    contrast(look.note, look.fill) >= 4.5,
                    "{}: {look:?}",
                    theme.name
                );
            }
            for stance in StanceValue::ALL {
                let look = theme.stance(*stance);
                assert!(
                    contrast(look.on_badge, look.badge) >= 4.5,
                    "{}: {look:?}",
                    theme.name
                );
                assert!(
                    contrast(look.colour, theme.background) >= 4.5,
                    "{}: {look:?}",
                    theme.name
                );
            }
        }
    }

    #[test]
    fn stances_are_told_apart_without_colour() {
        for theme in THEMES {
            let looks = || StanceValue::ALL.iter().map(|one| theme.stance(*one));
            let all = StanceValue::ALL.len();
            assert_eq!(
                looks()
                    .map(|one| one.pattern)
                    .collect::<BTreeSet<_>>()
                    .len(),
                all
            );
            assert_eq!(
                looks().map(|one| one.head).collect::<BTreeSet<_>>().len(),
                all
            );
            assert_eq!(
                looks().map(|one| one.sign).collect::<BTreeSet<_>>().len(),
                all
            );
        }
        for grey in [PRINT.supports, PRINT.opposes, PRINT.neutral, PRINT.mixed] {
            assert_eq!(grey.colour, BLACK);
        }
    }
}
