//! The meaning of the marks of a timeline, limited to those that are used.

use super::bars::FULL;
use super::layout::Sheet;
use super::mark::{Kind, Mark, Side};
use crate::Canvas;
use crate::layout::frame::{Entry, Sample};
use crate::scene::{Form, Head, Pattern, Stroke};
use crate::theme::Theme;
use annals_model::{StanceValue, Vocabulary};

/// The entries of a legend.
pub(super) fn entries(canvas: &Canvas<'_, '_>, sheet: &Sheet) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let marks: Vec<(&Mark, bool)> = sheet
        .placed()
        .filter_map(|one| Some((one.mark.as_ref()?, one.words.node.dashed)))
        .collect();
    let any =
        |is: &dyn Fn(&Mark, bool) -> bool| marks.iter().any(|(mark, dashed)| is(mark, *dashed));
    let mut entries = Vec::new();
    let mut add = |used: bool, sample: Sample, words: &'static str| {
        if used {
            entries.push(Entry { sample, words });
        }
    };
    let event = theme.event;
    let line = solid(event.stroke);
    let is_event = |mark: &Mark| mark.kind == Kind::Event;
    add(
        any(&|mark, dashed| is_event(mark) && mark.is_day && !dashed),
        Sample::Form(Form::Diamond, event.stroke, line),
        "a day",
    );
    add(
        any(&|mark, _| is_event(mark) && mark.core.is_some() && !mark.is_day),
        Sample::Form(Form::Square, event.fill, line),
        "as long as it certainly was",
    );
    add(
        any(&|mark, _| {
            !mark.is_day && mark.kind != Kind::Claim && mark.core.is_none() && closed(mark)
        }),
        Sample::Faded(event.stroke, [0.04, FULL, 0.04], Some(thin(event.stroke))),
        "some time within",
    );
    add(
        any(&|mark, _| mark.core.is_some_and(|core| core != (mark.from, mark.to))),
        Sample::Faded(
            event.stroke,
            [FULL, FULL / 2.0, 0.04],
            Some(thin(event.stroke)),
        ),
        "faded: perhaps",
    );
    add(
        any(&|mark, _| [mark.sides.0, mark.sides.1].contains(&Side::Fading)),
        Sample::Faded(theme.muted, [0.0, FULL / 2.0, FULL], None),
        "fading out: perhaps beyond",
    );
    add(
        any(&|mark, _| [mark.sides.0, mark.sides.1].contains(&Side::Arrow)),
        Sample::Form(Form::Pointed(0.0, 7.0), event.fill, line),
        "continues",
    );
    add(
        any(&|mark, dashed| is_event(mark) && dashed),
        Sample::Form(Form::Square, event.fill, dashes(event.stroke)),
        "expected, alleged or cancelled",
    );
    add(
        any(&|mark, _| mark.kind == Kind::Tie),
        Sample::Form(Form::Square, theme.actor.fill, solid(theme.actor.stroke)),
        "office or relation",
    );
    add(
        any(&|mark, _| mark.kind == Kind::Claim && mark.stances.is_empty()),
        Sample::Form(Form::Ellipse, theme.claim.fill, solid(theme.claim.note)),
        "said, no stance given",
    );
    for stance in StanceValue::ALL {
        let look = theme.stance(*stance);
        add(
            any(&|mark, _| mark.stances.contains(&look)),
            Sample::Badge(look),
            said(*stance),
        );
    }
    add(
        !sheet.rules.is_empty(),
        Sample::Line(rule(theme), Head::None),
        "the day of publication",
    );
    entries
}

fn said(stance: StanceValue) -> &'static str {
    match stance {
        StanceValue::Supports => "said, supports",
        StanceValue::Opposes => "said, opposes",
        StanceValue::Neutral => "said, neutral",
        StanceValue::Mixed => "said, mixed stance",
    }
}

fn closed(mark: &Mark) -> bool {
    mark.sides.0 != Side::Fading && mark.sides.1 != Side::Fading
}

fn solid(colour: &'static str) -> Stroke {
    Stroke {
        colour,
        width: 1.4,
        pattern: Pattern::Solid,
    }
}

fn thin(colour: &'static str) -> Stroke {
    Stroke {
        width: 0.9,
        ..solid(colour)
    }
}

fn dashes(colour: &'static str) -> Stroke {
    Stroke {
        pattern: Pattern::Dashed,
        ..solid(colour)
    }
}

fn rule(theme: &Theme) -> Stroke {
    Stroke {
        width: 1.1,
        ..dashes(theme.muted)
    }
}
