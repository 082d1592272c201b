//! A picture before it is written: parts with boxes, lines and measured text.
//!
//! A layout makes a [`Scene`]; a writer ([`Format`](super::Format)) makes a file of it, and decides
//! nothing. Parts stand in the order in which they are read: that is the order of the tab key and of
//! a screen reader. Later parts are drawn over earlier ones.
//!
//! What a layout owes: each label lies within its room and on no other label, no line runs through a
//! node that it does not tie, ids differ. [`Scene::faults`] finds what was owed and not given.

use super::geometry::{Path, Point, Rect};
use super::text::{Paragraph, TextLine};
use super::theme::Theme;

/// A colour as SVG and DOT write it: `#0072B2`.
pub type Colour = &'static str;

/// A picture: what is drawn, in reading order.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The name of the picture: `claims`.
    pub picture: &'static str,
    /// What stands above it; also its name for screen readers.
    pub title: String,
    /// What it shows, in a sentence or two: counts, what is left out.
    pub summary: String,
    /// What it leaves out for want of room, in a sentence for the user.
    pub left_out: Option<String>,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// The colours it was made with.
    pub theme: &'static Theme,
    /// Its parts, in reading order.
    pub parts: Vec<Part>,
    /// For programs that lay it out anew: ids of nodes that stand in one column, from top to bottom,
    /// the columns from left to right.
    pub columns: Vec<Vec<String>>,
}

/// Something that is one thing to a reader: a node, an edge, or what is drawn beside them.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its id: stable from run to run, unique in the picture.
    pub id: String,
    /// What style sheets know it by: words of closed lists, with a space between them.
    pub class: String,
    /// What it is to a reader.
    pub role: Role,
    /// Everything about it, line by line; empty for what only frames.
    pub tooltip: Vec<String>,
    /// Where it leads.
    pub link: Option<String>,
    /// What is drawn, later over earlier.
    pub shapes: Vec<Shape>,
}

/// What a part is to a reader.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// A thing, within these bounds.
    Node(Rect),
    /// A tie between the nodes of two ids.
    Edge {
        /// From which.
        from: String,
        /// To which.
        to: String,
    },
    /// A heading, a legend: text that is read.
    Words,
    /// Rules, lanes, backgrounds: nothing is read of it.
    Ornament,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled or outlined form.
    Area(Area),
    /// A line, perhaps with an arrowhead.
    Line(Line),
    /// A line of text.
    Label(Label),
}

/// A filled or outlined form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The box that it fills.
    pub rect: Rect,
    /// Its form.
    pub form: Form,
    /// What it is filled with.
    pub fill: Fill,
    /// Its outline.
    pub stroke: Option<Stroke>,
}

impl Area {
    /// The corners of a form that is bounded by straight lines, from the upper left one on; none of
    /// a round one.
    pub fn corners(&self) -> Vec<Point> {
        let rect = self.rect;
        let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
        let middle = rect.centre();
        match self.form {
            Form::Square => vec![
                Point::new(left, top),
                Point::new(right, top),
                Point::new(right, bottom),
                Point::new(left, bottom),
            ],
            Form::Diamond => vec![
                Point::new(middle.x, top),
                Point::new(right, middle.y),
                Point::new(middle.x, bottom),
                Point::new(left, middle.y),
            ],
            Form::Pointed(start, end) => {
                let mut corners = vec![Point::new(left + start, top), Point::new(right - end, top)];
                corners.extend((end > 0.0).then_some(Point::new(right, middle.y)));
                corners.extend([
                    Point::new(right - end, bottom),
                    Point::new(left + start, bottom),
                ]);
                corners.extend((start > 0.0).then_some(Point::new(left, middle.y)));
                corners
            }
            Form::Folded => {
                let [a, _, c] = self.fold();
                vec![
                    Point::new(left, top),
                    a,
                    c,
                    Point::new(right, bottom),
                    Point::new(left, bottom),
                ]
            }
            Form::Rounded(_) | Form::Ellipse => Vec::new(),
        }
    }

    /// The corner that is turned down: where the fold begins, its inner corner, where it ends.
    pub fn fold(&self) -> [Point; 3] {
        let rect = self.rect;
        let size = 10.0_f64.min(rect.width / 3.0).min(rect.height / 3.0);
        let (x, y) = (rect.right() - size, rect.y + size);
        [
            Point::new(x, rect.y),
            Point::new(x, y),
            Point::new(rect.right(), y),
        ]
    }
}

/// The form of an area within its box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// Corners as they are.
    Square,
    /// Corners rounded with this radius.
    Rounded(f64),
    /// Ends drawn out to a point, this long: at its left, at its right. An event; an open end.
    Pointed(f64, f64),
    /// An ellipse; in a square box a circle.
    Ellipse,
    /// A square on its corner: a day.
    Diamond,
    /// The upper right corner turned down: a document.
    Folded,
}

/// What an area is filled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// Nothing.
    None,
    /// A colour.
    Plain(Colour),
    /// A colour that fades from left to right: how much of it there is at either side, 0 to 1.
    Fade(Colour, f64, f64),
}

/// How a line or an outline is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// How thick it is.
    pub width: f64,
    /// Its pattern.
    pub pattern: Pattern,
}

/// The pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Without a gap.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Long dashes and dots in turn.
    DashDotted,
}

/// The end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// None.
    None,
    /// A full triangle.
    Triangle,
    /// A bar across.
    Tee,
    /// Two strokes: an open arrow.
    Vee,
    /// An empty diamond.
    Diamond,
}

/// A line, perhaps with an arrowhead at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it runs. The arrowhead ends where it ends.
    pub path: Path,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Its end.
    pub head: Head,
}

/// Which point of a label is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A line of text, measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// On its base line, at the anchor.
    pub at: Point,
    /// Which point of it that is.
    pub anchor: Anchor,
    /// Its words and how wide they are.
    pub line: TextLine,
    /// Whether the text that it is a line of runs from right to left.
    pub right_to_left: bool,
    /// The box that it must not leave.
    pub room: Rect,
}

impl Label {
    /// The box that its letters take.
    pub fn bounds(&self) -> Rect {
        let left = match self.anchor {
            Anchor::Left => self.at.x,
            Anchor::Middle => self.at.x - self.line.width / 2.0,
            Anchor::Right => self.at.x - self.line.width,
        };
        let most = |of: fn(super::text::Style) -> f64| {
            (self.line.runs.iter().map(|run| of(run.style))).fold(0.0, f64::max)
        };
        let (up, down) = (
            most(super::text::Style::ascent),
            most(super::text::Style::descent),
        );
        Rect::new(left, self.at.y - up, self.line.width, up + down)
    }
}

/// The lines of a paragraph as labels: from the top of a box, along its left side, its middle or its
/// right side. Left and right are exchanged for a text that runs from right to left.
pub fn set(paragraph: &Paragraph, room: Rect, anchor: Anchor) -> Vec<Label> {
    let anchor = match anchor {
        Anchor::Left if paragraph.right_to_left => Anchor::Right,
        anchor => anchor,
    };
    let x = match anchor {
        Anchor::Left => room.x,
        Anchor::Middle => room.centre().x,
        Anchor::Right => room.right(),
    };
    let label = |(base, line): (f64, &TextLine)| Label {
        at: Point::new(x, room.y + base),
        anchor,
        line: line.clone(),
        right_to_left: paragraph.right_to_left,
        room,
    };
    paragraph.base_lines().map(label).collect()
}

impl Part {
    /// A part without tooltip, link and shapes.
    pub fn new(id: impl Into<String>, class: impl Into<String>, role: Role) -> Self {
        Part {
            id: id.into(),
            class: class.into(),
            role,
            tooltip: Vec::new(),
            link: None,
            shapes: Vec::new(),
        }
    }

    /// Its labels.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Label(label) => Some(label),
            _ => None,
        })
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Line(line) => Some(line),
            _ => None,
        })
    }

    /// The first form drawn: that of a node.
    pub fn area(&self) -> Option<&Area> {
        self.shapes.iter().find_map(|shape| match shape {
            Shape::Area(area) => Some(area),
            _ => None,
        })
    }

    /// Draws labels over what there is.
    pub fn write(&mut self, labels: impl IntoIterator<Item = Label>) {
        self.shapes.extend(labels.into_iter().map(Shape::Label));
    }
}
