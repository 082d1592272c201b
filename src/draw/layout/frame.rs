//! The frame around every picture: title and summary above, the legend below.

use crate::geometry::{Path, Point, Rect};
use crate::scene::{
    Anchor, Area, Colour, Fill, Form, Head, Line, Part, Pattern, Role, Scene, Shape, Stroke, set,
};
use crate::text::{Face, Room, Style, one_line, wrap};
use crate::theme::{Look, StanceLook, Theme};
use annals_model::{StanceValue, Vocabulary as _};

use super::boxes::{NOTE, span};
use super::words::stance_words;

const TITLE: Style = Style {
    face: Face::Bold,
    size: 20.0,
};
const SUMMARY: Style = Style {
    face: Face::Regular,
    size: 12.0,
};
const SIGN: Style = Style {
    face: Face::Bold,
    size: 10.5,
};

/// Title and summary, from the top of a box down; returns where they end.
fn heading(theme: &Theme, title: &str, summary: &str, room: Rect) -> (Part, f64) {
    let mut part = Part::new("heading", "heading", Role::Words);
    let title = wrap(&[span(title, TITLE, theme.text)], Room::new(room.width, 3));
    let summary = wrap(
        &[span(summary, SUMMARY, theme.muted)],
        Room::new(room.width, 4),
    );
    let mut top = room.y;
    for paragraph in [title, summary] {
        let height = paragraph.height();
        let room = Rect::new(room.x, top, room.width, height);
        part.write(set(&paragraph, room, Anchor::Left));
        top += height;
    }
    (part, top)
}

/// The frame around a drawing.
pub(super) struct Frame {
    /// The name of the picture.
    pub(super) picture: &'static str,
    pub(super) title: String,
    pub(super) summary: String,
    /// See [`Scene::left_out`].
    pub(super) left_out: Option<String>,
    pub(super) margin: f64,
    pub(super) width: f64,
    /// The gap between the heading and the drawing, and between the drawing and the legend.
    pub(super) gaps: (f64, f64),
    pub(super) legend: Vec<Entry>,
    /// See [`Scene::columns`].
    pub(super) columns: Vec<Vec<String>>,
}

impl Frame {
    /// The complete picture: heading, drawing and legend below each other. The drawing starts at a
    /// vertical offset and returns where it ends.
    pub(super) fn around(
        self,
        theme: &'static Theme,
        draw: impl FnOnce(f64, &mut Vec<Part>) -> f64,
    ) -> Scene {
        let (margin, width) = (self.margin, self.width);
        let room = Rect::new(margin, margin, width - 2.0 * margin, 0.0);
        let (above, top) = heading(theme, &self.title, &self.summary, room);
        let mut parts = vec![above];
        let bottom = draw(top + self.gaps.0, &mut parts);
        let below = Rect {
            y: bottom + self.gaps.1,
            ..room
        };
        let (key, bottom) = legend(theme, &self.legend, below);
        if !key.shapes.is_empty() {
            parts.push(key);
        }
        Scene {
            picture: self.picture,
            title: self.title,
            summary: self.summary,
            left_out: self.left_out,
            width,
            height: bottom + margin,
            theme,
            columns: self.columns,
            parts,
        }
    }
}

/// How columns fill a picture.
pub(super) struct Spread {
    pub(super) margin: f64,
    pub(super) width: f64,
    /// How much wider than usual its columns are.
    pub(super) scale: f64,
}

impl Spread {
    /// Fits columns of this usual total width into a picture of the requested width; without one,
    /// with this much width for lines, within limits.
    pub(super) fn new(
        asked: Option<f64>,
        usual: f64,
        lines: f64,
        (least, most): (f64, f64),
    ) -> Self {
        let margin = match asked {
            Some(width) if width < 700.0 => 14.0,
            _ => 28.0,
        };
        let width = asked.unwrap_or(usual + lines + 2.0 * margin);
        let room = width - 2.0 * margin;
        // If the width is too small, everything is narrower; if it is large, first lines, then
        // boxes are wider.
        let scale = if room < usual + least {
            room / (usual + least)
        } else {
            ((room - most) / usual).clamp(1.0, 1.6)
        };
        Spread {
            margin,
            width,
            scale,
        }
    }
}

/// The requested title, or the usual one.
pub(super) fn title(asked: Option<&String>, usual: &str) -> String {
    let asked = asked
        .map(|title| one_line(title))
        .filter(|title| !title.is_empty());
    asked.unwrap_or_else(|| usual.to_owned())
}

/// The symbol of a legend entry.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sample {
    /// A line with its arrowhead, and the badge of a stance.
    Stance(StanceLook),
    /// A line with its end.
    Line(Stroke, Head),
    /// Only the badge of a stance.
    Badge(StanceLook),
    /// A form.
    Form(Form, Colour, Stroke),
    /// The mark of a date, with the opacity at either side.
    Mark(Form, Colour, (f64, f64), Stroke),
    /// A bar with a gradient: the opacity at its left, in its middle and at its right.
    Faded(Colour, [f64; 3], Option<Stroke>),
    /// No symbol: the text itself is an example of this face.
    Words(Face),
}

/// A legend entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) sample: Sample,
    pub(super) words: &'static str,
}

impl Entry {
    /// A shape in the colours of a kind of node, dashed or solid.
    fn form(form: Form, look: Look, dashed: bool, words: &'static str) -> Entry {
        let pattern = if dashed {
            Pattern::Dashed
        } else {
            Pattern::Solid
        };
        let stroke = Stroke {
            colour: look.stroke,
            width: 1.4,
            pattern,
        };
        Entry {
            sample: Sample::Form(form, look.fill, stroke),
            words,
        }
    }
}

/// The shapes in use: for each whether it is used, its shape and colours, whether it is dashed, and
/// its meaning.
pub(super) fn forms(
    all: impl IntoIterator<Item = (bool, Form, Look, bool, &'static str)>,
) -> Vec<Entry> {
    let used = all.into_iter().filter(|(used, ..)| *used);
    used.map(|(_, form, look, dashed, words)| Entry::form(form, look, dashed, words))
        .collect()
}

/// The lines of the stances that are used.
pub(super) fn stances(theme: &Theme, used: impl Fn(StanceValue) -> bool) -> Vec<Entry> {
    let used = StanceValue::ALL.iter().filter(|stance| used(**stance));
    used.map(|stance| Entry {
        sample: Sample::Stance(theme.stance(*stance)),
        words: stance_words(*stance),
    })
    .collect()
}

/// How quoted and paraphrased text are set, if either occurs.
pub(super) fn manners(own: bool, of_others: bool) -> Vec<Entry> {
    let own = own.then_some(Entry {
        sample: Sample::Words(Face::Regular),
        words: "“…” in their own words",
    });
    let of_others = of_others.then_some(Entry {
        sample: Sample::Words(Face::Italic),
        words: "italic: as others put it",
    });
    own.into_iter().chain(of_others).collect()
}

const ROW: f64 = 18.0;

/// A legend in rows, from the top of a box down; returns where it ends.
fn legend(theme: &Theme, entries: &[Entry], room: Rect) -> (Part, f64) {
    let mut part = Part::new("legend", "legend", Role::Words);
    let (mut x, mut top) = (room.x, room.y);
    for entry in entries {
        let face = match entry.sample {
            Sample::Words(face) => face,
            _ => NOTE.face,
        };
        let style = Style { face, ..NOTE };
        let sample = match entry.sample {
            Sample::Stance(_) => 44.0,
            Sample::Line(..) => 36.0,
            Sample::Form(..) => 24.0,
            Sample::Mark(Form::Diamond | Form::Ellipse, ..) => 12.0,
            Sample::Mark(..) => 20.0,
            Sample::Faded(..) => 34.0,
            Sample::Badge(_) => 2.0 * BADGE,
            Sample::Words(_) => 0.0,
        };
        let least = Room::new((room.width - sample - 6.0).max(20.0), 1);
        let words = wrap(&[span(entry.words, style, theme.muted)], least);
        let wide = sample + if sample > 0.0 { 6.0 } else { 0.0 } + words.width();
        if x > room.x && x + wide > room.right() {
            (x, top) = (room.x, top + ROW);
        }
        let middle = top + ROW / 2.0;
        let at = Rect::new(x, top, sample, ROW);
        part.shapes.extend(shown(entry.sample, at));
        let left = x + wide - words.width();
        let height = words.height();
        let words_room = Rect::new(left, middle - height / 2.0, words.width(), height);
        part.write(set(&words, words_room, Anchor::Left));
        x += wide + 20.0;
    }
    let bottom = if entries.is_empty() {
        room.y
    } else {
        top + ROW
    };
    (part, bottom)
}

fn shown(sample: Sample, at: Rect) -> Vec<Shape> {
    let middle = at.centre().y;
    let line = |from: f64, stroke: Stroke, head: Head| {
        Shape::Line(Line {
            path: Path::straight(Point::new(from, middle), Point::new(at.right(), middle)),
            stroke,
            head,
        })
    };
    match sample {
        Sample::Stance(look) => {
            let mut shapes = vec![line(at.x + BADGE, stance_stroke(look), look.head)];
            shapes.extend(badge(look, Point::new(at.x + BADGE, middle)));
            shapes
        }
        Sample::Line(stroke, head) => vec![line(at.x, stroke, head)],
        Sample::Form(form, fill, stroke) => vec![Shape::Area(Area {
            rect: match form {
                Form::Diamond => Rect::around(at.centre(), 14.0, 14.0),
                Form::Ellipse => Rect::around(at.centre(), 12.0, 12.0),
                _ => Rect::around(at.centre(), at.width - 2.0, 12.0),
            },
            form,
            fill: Fill::Plain(fill),
            stroke: Some(stroke),
        })],
        Sample::Mark(form, colour, (left, right), stroke) => {
            let high = match form {
                Form::Diamond | Form::Ellipse => at.width - 1.0,
                _ => 8.0,
            };
            vec![Shape::Area(Area {
                rect: Rect::around(at.centre(), at.width - 1.0, high),
                form,
                fill: Fill::Fade(colour, left, right),
                stroke: Some(stroke),
            })]
        }
        Sample::Badge(look) => badge(look, at.centre()),
        Sample::Faded(colour, [left, half, right], outline) => {
            let bar = Rect::around(at.centre(), at.width - 2.0, 12.0);
            let piece = |x: f64, fill: Fill, width: f64, stroke: Option<Stroke>| {
                Shape::Area(Area {
                    rect: Rect { x, width, ..bar },
                    form: Form::Square,
                    fill,
                    stroke,
                })
            };
            let wide = bar.width / 2.0;
            vec![
                piece(bar.x, Fill::Fade(colour, left, half), wide, None),
                piece(bar.x + wide, Fill::Fade(colour, half, right), wide, None),
                piece(bar.x, Fill::None, bar.width, outline),
            ]
        }
        Sample::Words(_) => Vec::new(),
    }
}

/// The radius of a badge.
pub(super) const BADGE: f64 = 6.0;

/// The line of a stance.
pub(super) fn stance_stroke(look: StanceLook) -> Stroke {
    Stroke {
        colour: look.colour,
        width: if look.pattern == Pattern::Dotted {
            2.0
        } else {
            1.7
        },
        pattern: look.pattern,
    }
}

/// The badge of a stance: its sign in a circle.
pub(super) fn badge(look: StanceLook, at: Point) -> Vec<Shape> {
    let rect = Rect::around(at, 2.0 * BADGE, 2.0 * BADGE);
    let circle = Shape::Area(Area {
        rect,
        form: Form::Ellipse,
        fill: Fill::Plain(look.badge),
        stroke: Some(Stroke {
            colour: look.colour,
            width: 1.0,
            pattern: Pattern::Solid,
        }),
    });
    // The tilde is a small sign in every font.
    let size = if look.sign == "~" { 14.0 } else { SIGN.size };
    let sign = wrap(
        &[span(look.sign, Style { size, ..SIGN }, look.on_badge)],
        Room::new(2.0 * BADGE, 1),
    );
    let room = Rect::new(
        rect.x,
        at.y - sign.height() / 2.0,
        rect.width,
        sign.height(),
    );
    let labels = set(&sign, room, Anchor::Middle)
        .into_iter()
        .map(Shape::Label);
    std::iter::once(circle).chain(labels).collect()
}
