//! Lays out and paints a timeline: the scale above, a lane for each actor, side, document or place,
//! and below them publications and undated records.

use super::lanes::{self, Key, Sorting};
use super::mark::Kind;
use super::model::{Plan, Thing};
use super::pack::{self, Placed, ROWS_APART};
use super::scale::Scale;
use super::ticks::{self, PLAIN, Tick, YEAR};
use crate::Canvas;
use crate::geometry::{Path, Point, Rect, Step};
use crate::layout::boxes::{Block, span};
use crate::layout::words::NodeWords;
use crate::scene::{
    Anchor, Area, Colour, Fill, Form, Head, Line, Part, Pattern, Role, Shape, Stroke, set,
};
use crate::text::{Room, wrap};
use annals_format::escape::as_id;
use annals_model::RecordRef;

/// The margin around the picture.
pub(super) const MARGIN: f64 = 28.0;
/// The width if none is requested.
const WIDTH: f64 = 1240.0;
/// The padding inside a lane.
const PAD: (f64, f64) = (10.0, 8.0);
/// The most publication days for which rules are drawn.
const MOST_RULES: usize = 12;

/// A lane, measured.
struct Row {
    id: String,
    record: Option<RecordRef>,
    /// The content of its head.
    head: Beginning,
    things: Vec<Placed>,
    height: f64,
    /// Whether it is aligned with the scale.
    on_scale: bool,
}

/// The head of a lane.
struct Beginning {
    words: NodeWords,
    block: Block,
}

/// A measured timeline.
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) scale: Scale,
    rows: Vec<Row>,
    ticks: Vec<Tick>,
    /// The days of publication, with a rule each.
    pub(super) rules: Vec<f64>,
}

impl Sheet {
    pub(super) fn new(canvas: &Canvas<'_, '_>, plan: &Plan) -> Sheet {
        let width = canvas.look.width.unwrap_or(WIDTH);
        let head = if width < 900.0 { 96.0 } else { 150.0 };
        let sides = (MARGIN + head + 2.0 * PAD.0, width - MARGIN - PAD.0);
        let scale = Scale::new(&plan.days(), sides.0, sides.1).of_window(plan.window);
        let sorting = Sorting::new(canvas);
        let mut rows = Vec::new();
        let lane = |id: String, record, words: NodeWords, things, high: f64, on_scale| {
            let block = lanes::block(&words, canvas, head);
            Row {
                id,
                record,
                height: block.height().max(high) + 2.0 * PAD.1,
                head: Beginning { words, block },
                things,
                on_scale,
            }
        };
        for one in &plan.lanes {
            let (things, high) = pack::lane(canvas, &scale, one.key, &one.things);
            let words = lanes::head(canvas, &sorting, one.key, plan.folded);
            let record = lanes::record(one.key);
            rows.push(lane(
                lane_id(canvas, one.key),
                record,
                words,
                things,
                high,
                true,
            ));
        }
        let strip = |name: &str, note: &str| {
            let mut words = lanes::head(canvas, &sorting, Key::Others, 0);
            name.clone_into(&mut words.name);
            note.clone_into(&mut words.note);
            "strip".clone_into(&mut words.class);
            words.tooltip = vec![name.to_owned(), note.to_owned()];
            words
        };
        if !plan.published.is_empty() {
            let (things, high) = pack::lane(canvas, &scale, Key::None, &plan.published);
            let words = strip("Published", "what reports it");
            rows.push(lane(
                "published".to_owned(),
                None,
                words,
                things,
                high,
                true,
            ));
        }
        if !plan.undated.is_empty() {
            let (things, high) = pack::strip(canvas, sides, &plan.undated);
            let words = strip("Undated", "not on the scale");
            rows.push(lane("undated".to_owned(), None, words, things, high, false));
        }
        let placed = rows.iter().flat_map(|row| &row.things);
        let days = placed.filter_map(|one| {
            let mark = one.mark.as_ref()?;
            (mark.kind == Kind::Document && mark.is_day).then_some(mark.at?)
        });
        let mut rules: Vec<f64> = days.collect();
        rules.sort_by(f64::total_cmp);
        rules.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        if rules.len() > MOST_RULES {
            rules.clear();
        }
        Sheet {
            width,
            ticks: ticks::ticks(&scale),
            scale,
            rows,
            rules,
        }
    }

    /// Everything that has a position.
    pub(super) fn placed(&self) -> impl Iterator<Item = &Placed> {
        self.rows.iter().flat_map(|row| &row.things)
    }

    /// Paints it from a vertical offset down, and returns where it ends.
    pub(super) fn draw(&self, canvas: &Canvas<'_, '_>, top: f64, parts: &mut Vec<Part>) -> f64 {
        if self.rows.is_empty() {
            return top;
        }
        let on_scale: f64 = self
            .rows
            .iter()
            .filter(|row| row.on_scale)
            .map(|row| row.height)
            .sum();
        let has_scale = on_scale > 0.0 && !self.scale.stretches.is_empty();
        let axis = if has_scale { 22.0 } else { 0.0 };
        let first = top + axis;
        let ground = parts.len();
        parts.push(Part::new("ground", "ground", Role::Ornament));
        let mut y = first;
        for (nth, row) in self.rows.iter().enumerate() {
            if !row.on_scale {
                y += 8.0;
            }
            parts[ground]
                .shapes
                .push(self.ground(canvas, nth, y, row.height));
            self.row(canvas, row, nth, y, parts);
            y += row.height;
        }
        let mut shapes = Vec::new();
        if has_scale {
            // Repeated at the bottom if the picture is long, where the top is out of sight.
            let again = on_scale > 640.0 && self.rows.iter().all(|row| row.on_scale);
            self.lines(canvas, first, on_scale, &mut shapes);
            self.dates(canvas, top, &mut shapes);
            if again {
                self.dates(canvas, y + 2.0, &mut shapes);
                y += axis;
            }
        }
        parts[ground].shapes.extend(shapes);
        y
    }

    /// The background of a lane.
    fn ground(&self, canvas: &Canvas<'_, '_>, nth: usize, y: f64, height: f64) -> Shape {
        let theme = canvas.look.theme;
        Shape::Area(Area {
            rect: Rect::new(MARGIN, y, self.width - 2.0 * MARGIN, height),
            form: Form::Square,
            fill: Fill::Plain(lane_colour(canvas, nth)),
            stroke: Some(Stroke {
                colour: theme.rule,
                width: 1.0,
                pattern: Pattern::Solid,
            }),
        })
    }

    /// The lines of the scale through all lanes: ticks, breaks, publication days.
    fn lines(&self, canvas: &Canvas<'_, '_>, top: f64, height: f64, shapes: &mut Vec<Shape>) {
        let theme = canvas.look.theme;
        let mut line = |x: f64, from: f64, colour: Colour, width: f64, pattern: Pattern| {
            shapes.push(Shape::Line(Line {
                path: Path::straight(Point::new(x, from), Point::new(x, top + height)),
                stroke: Stroke {
                    colour,
                    width,
                    pattern,
                },
                head: Head::None,
            }));
        };
        for tick in &self.ticks {
            line(tick.x, top, theme.rule, 1.0, Pattern::Solid);
        }
        for x in &self.rules {
            line(*x, top - 4.0, theme.muted, 1.1, Pattern::Dashed);
        }
        for x in self.scale.breaks() {
            shapes.extend(zigzag(
                x,
                top - 16.0,
                top + height,
                theme.line,
                theme.background,
            ));
        }
    }

    /// The dates of the scale.
    fn dates(&self, canvas: &Canvas<'_, '_>, top: f64, shapes: &mut Vec<Shape>) {
        let theme = canvas.look.theme;
        for (x, plain, year) in self.ticks.iter().filter_map(|tick| tick.words.as_ref()) {
            let spans = [
                span(plain, PLAIN, theme.muted),
                span(year, YEAR, theme.text),
            ];
            let words = wrap(&spans, Room::new(400.0, 1));
            let room = Rect::new(
                x - words.width() / 2.0,
                top + 2.0,
                words.width(),
                words.height(),
            );
            shapes.extend(
                set(&words, room, Anchor::Middle)
                    .into_iter()
                    .map(Shape::Label),
            );
        }
    }

    fn row(&self, canvas: &Canvas<'_, '_>, row: &Row, nth: usize, y: f64, parts: &mut Vec<Part>) {
        let left = MARGIN + PAD.0;
        let width = self.scale.sides.0 - 2.0 * PAD.0 - MARGIN;
        let room = Rect::new(left, y + PAD.1, width, row.head.block.height());
        let role = Role::Node(Rect::new(left, room.y, width, room.height.max(1.0)));
        let class = format!("lane {}", row.head.words.class);
        let mut head = Part::new(row.id.clone(), class, role);
        head.tooltip.clone_from(&row.head.words.tooltip);
        head.link = row.record.and_then(|record| canvas.link(record));
        head.write(row.head.block.set(room));
        parts.push(head);
        for one in &row.things {
            parts.push(thing(canvas, one, y + PAD.1, lane_colour(canvas, nth)));
        }
    }

    /// The ids of each lane, from left to right.
    pub(super) fn ids(&self, canvas: &Canvas<'_, '_>) -> Vec<Vec<String>> {
        let ids = |row: &Row| {
            let things = row.things.iter().map(|one| thing_id(canvas, &one.thing));
            std::iter::once(row.id.clone()).chain(things).collect()
        };
        self.rows.iter().map(ids).collect()
    }
}

/// A record: its mark, and its text on a patch in the lane's colour, so that no rule runs through
/// it.
fn thing(canvas: &Canvas<'_, '_>, one: &Placed, top: f64, ground: Colour) -> Part {
    let down = |rect: Rect| Rect {
        y: rect.y + top,
        ..rect
    };
    let words = &one.words.node;
    let bounds = down(one.bounds);
    let mut part = Part::new(
        thing_id(canvas, &one.thing),
        words.class.clone(),
        Role::Node(bounds),
    );
    part.tooltip.clone_from(&words.tooltip);
    part.link = canvas.link(one.thing.record);
    if let Some(mark) = &one.mark {
        part.shapes = mark.draw(words, one.mark_top + top);
    }
    let room = down(one.room);
    if !one.within && room.width > 0.0 {
        // Up to the patch of the next row, so that no stub of a rule remains in between.
        part.shapes.push(Shape::Area(Area {
            rect: room.inset(0.0, -ROWS_APART / 2.0),
            form: Form::Square,
            fill: Fill::Plain(ground),
            stroke: None,
        }));
    }
    part.write(one.block.set(room));
    part
}

fn lane_colour(canvas: &Canvas<'_, '_>, nth: usize) -> Colour {
    let theme = canvas.look.theme;
    if nth.is_multiple_of(2) {
        theme.lane
    } else {
        theme.background
    }
}

fn thing_id(canvas: &Canvas<'_, '_>, thing: &Thing) -> String {
    let facts = canvas.dossier.facts();
    format!("{}-{}", thing.record.kind(), as_id(facts.id(thing.record)))
}

fn lane_id(canvas: &Canvas<'_, '_>, key: Key) -> String {
    let facts = canvas.dossier.facts();
    match key {
        Key::Of(node) => format!("lane-{}-{}", node.kind(), as_id(facts.id(node))),
        Key::Narrator(Some(id)) => format!("lane-narrator-{}", as_id(facts.id(id))),
        Key::Narrator(None) => "lane-narrator".to_owned(),
        Key::None => "lane-none".to_owned(),
        Key::Others => "lane-others".to_owned(),
    }
}

/// A break: a torn edge on a background that hides what is beneath.
fn zigzag(x: f64, from: f64, to: f64, colour: Colour, ground: Colour) -> [Shape; 2] {
    let mut steps = Vec::new();
    let (mut y, mut side) = (from, 1.0);
    while y < to {
        y = (y + 7.0).min(to);
        steps.push(Step::To(Point::new(x + 3.0 * side, y)));
        side = -side;
    }
    let path = Path {
        from: Point::new(x - 3.0, from),
        steps,
    };
    let band = Area {
        rect: Rect::new(x - 3.5, from, 7.0, to - from),
        form: Form::Square,
        fill: Fill::Plain(ground),
        stroke: None,
    };
    let line = Line {
        path,
        stroke: Stroke {
            colour,
            width: 1.1,
            pattern: Pattern::Solid,
        },
        head: Head::None,
    };
    [Shape::Area(band), Shape::Line(line)]
}
