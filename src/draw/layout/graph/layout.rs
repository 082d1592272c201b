//! The positions of everything in the graph: columns of nodes, and between them columns of edge
//! labels.
//!
//! An edge that passes a column occupies a place in it, and so does an edge label. So nothing can
//! overlap: the places of a column are stacked, and between columns there are only lines. The order
//! of each column is found by sweeping back and forth (Sugiyama, Tagawa and Toda, 1981), the
//! vertical positions by least squares.

use super::model::Plan;
use super::places::{heights_of, untangled};
use super::words::{self, EdgeWords};
use crate::Canvas;
use crate::geometry::Rect;
use crate::layout::boxes::{self, Block};
use crate::layout::words::{NodeWords, of_node};
use crate::scene::Form;

/// The padding between the sides of a box and its text.
pub(super) const PAD: (f64, f64) = (11.0, 7.0);
/// The usual widths: of nodes, of edge labels, of the space for a line to bend.
const USUAL: [f64; 3] = [172.0, 104.0, 40.0];
/// The largest width of an edge label.
const WIDEST_WORDS: f64 = 200.0;
/// The largest width for a line to bend if no width is requested.
const WIDEST_BEND: f64 = 110.0;
/// The number of columns if no width is requested.
const COLUMNS: usize = 4;
/// The distance between lines at the side of a box.
const PORTS: f64 = 10.0;
/// The gap between places in a column of nodes, and in one of labels.
pub(super) const GAPS: (f64, f64) = (13.0, 4.0);
/// The height of an edge label with its line, and the distance of the line from the bottom.
const WORDS: (f64, f64) = (19.0, 4.0);
/// The same for an edge that returns to its own column: two lines.
const LOOP: (f64, f64) = (26.0, 4.0);
pub(super) const BACK: f64 = 7.0;

/// The measures of the columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    pub(super) margin: f64,
    pub(super) node: f64,
    pub(super) words: f64,
    pub(super) bend: f64,
}

impl Measures {
    fn new(width: Option<f64>) -> (Measures, usize) {
        let [node, words, bend] = USUAL;
        let mut measures = Measures {
            margin: 28.0,
            node,
            words,
            bend,
        };
        let Some(width) = width else {
            return (measures, COLUMNS);
        };
        if width < 700.0 {
            measures.margin = 14.0;
        }
        let most = (1..=COLUMNS)
            .rev()
            .find(|columns| measures.width(*columns, true) <= width);
        (measures, most.unwrap_or(1))
    }

    /// The width of some columns, optionally with labels to the right of the last one.
    fn width(&self, columns: usize, after: bool) -> f64 {
        let columns = f64::from(u32::try_from(columns).unwrap_or(u32::MAX));
        let between = self.words + 2.0 * self.bend;
        let after = if after { self.words + self.bend } else { 0.0 };
        2.0 * self.margin + columns * self.node + (columns - 1.0).max(0.0) * between + after
    }

    /// Widened to fill a width: first labels, as far as they need, then nodes, then the space for
    /// lines.
    fn filling(mut self, width: f64, columns: usize, after: bool, words: f64) -> Measures {
        let count = f64::from(u32::try_from(columns.max(1)).unwrap_or(u32::MAX));
        let missing = (width - self.width(columns, after)).max(0.0);
        let of_words = count - 1.0 + f64::from(u8::from(after));
        let missing = if of_words > 0.0 {
            let grown = (missing / of_words).min((words - self.words).max(0.0));
            self.words += grown;
            missing - grown * of_words
        } else {
            missing
        };
        let grown = (missing / count / 2.0).min(self.node * 0.4);
        self.node += grown;
        let missing = missing - grown * count;
        let bends = 2.0 * (count - 1.0) + f64::from(u8::from(after));
        if bends > 0.0 {
            self.bend += missing / bends;
        } else {
            self.node += missing;
        }
        self
    }

    /// Where a column begins, counting those of labels, and its width.
    pub(super) fn column(&self, nth: usize) -> (f64, f64) {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let (nodes, words) = (count(nth.div_ceil(2)), count(nth / 2));
        let bends = count(nth) * self.bend;
        let x = self.margin + nodes * self.node + words * self.words + bends;
        (
            x,
            if nth.is_multiple_of(2) {
                self.node
            } else {
                self.words
            },
        )
    }
}

/// The occupant of a place in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A node.
    Node(usize),
    /// The label of an edge.
    Words(usize),
    /// An edge that leads past.
    Pass(usize),
}

/// A place in a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) item: Item,
    pub(super) top: f64,
    pub(super) height: f64,
}

impl Spot {
    pub(super) fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// A node with its text.
#[derive(Debug, Clone)]
pub(super) struct Boxed {
    pub(super) id: String,
    pub(super) words: NodeWords,
    pub(super) block: Block,
}

/// A link between neighbouring columns: a spot of the left one and a spot of the right one,
/// numbered in order of creation.
pub(super) type Link = (usize, usize);

/// Everything, with its place from the top of the sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) measures: Measures,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) boxes: Vec<Boxed>,
    pub(super) edges: Vec<EdgeWords>,
    /// The columns from left to right, each from the top down.
    pub(super) columns: Vec<Vec<Spot>>,
}

/// How many columns fit into a picture of this width.
pub(super) fn most_columns(width: Option<f64>) -> usize {
    Measures::new(width).1
}

impl Sheet {
    /// Measures and places everything.
    pub(super) fn new(canvas: &Canvas<'_, '_>, plan: &Plan) -> Sheet {
        let count = plan.columns.iter().max().map_or(1, |last| last + 1);
        let after = plan.edges.iter().any(|arc| {
            plan.columns[arc.from] == plan.columns[arc.to] && plan.columns[arc.from] + 1 == count
        });
        let (mut measures, _) = Measures::new(canvas.look.width);
        let widest = words::of_edges(canvas, plan, WIDEST_WORDS).into_iter();
        let widest = widest
            .map(|edge| edge.words.width().ceil() + 4.0)
            .fold(USUAL[1], f64::max);
        let widest = widest.min(WIDEST_WORDS);
        match canvas.look.width {
            Some(width) => measures = measures.filling(width, count, after, widest),
            None => measures.words = widest,
        }
        let mut sheet = Sheet {
            width: canvas.look.width.unwrap_or_default(),
            height: 0.0,
            boxes: boxed(canvas, plan, measures.node),
            edges: words::of_edges(canvas, plan, measures.words),
            columns: Vec::new(),
            measures,
        };
        sheet.place(plan, count, after);
        if canvas.look.width.is_none() {
            // The more lines run up and down, the more width they need to bend.
            let bend = 24.0 + 0.06 * sheet.height;
            sheet.measures.bend = bend.clamp(USUAL[2], WIDEST_BEND);
            sheet.width = sheet.measures.width(count, after).max(480.0);
        }
        sheet
    }

    fn place(&mut self, plan: &Plan, count: usize, after: bool) {
        let all = 2 * count - usize::from(!after);
        let mut made: Vec<Vec<Spot>> = vec![Vec::new(); all];
        let mut links: Vec<Vec<Link>> = vec![Vec::new(); all];
        let heights = self.heights(plan);
        let mut spots = vec![0; plan.nodes.len()];
        for (node, height) in heights.iter().enumerate() {
            let column = &mut made[2 * plan.columns[node]];
            spots[node] = column.len();
            column.push(Spot {
                item: Item::Node(node),
                top: 0.0,
                height: *height,
            });
        }
        for (nth, arc) in plan.edges.iter().enumerate() {
            let (from, to) = (plan.columns[arc.from], plan.columns[arc.to]);
            let mut add = |column: usize, item: Item, height: f64| {
                made[column].push(Spot {
                    item,
                    top: 0.0,
                    height,
                });
                made[column].len() - 1
            };
            if from == to {
                let words = add(2 * from + 1, Item::Words(nth), LOOP.0);
                links[2 * from].push((spots[arc.from], words));
                links[2 * from].push((spots[arc.to], words));
                continue;
            }
            let (left, right) = if from < to {
                (arc.from, arc.to)
            } else {
                (arc.to, arc.from)
            };
            let (first, last) = (2 * from.min(to), 2 * from.max(to));
            // The label is placed halfway.
            let words = first + 1 + (last - first - 2) / 4 * 2;
            let mut before = spots[left];
            for column in first + 1..last {
                let here = if column == words {
                    add(column, Item::Words(nth), WORDS.0)
                } else {
                    add(column, Item::Pass(nth), 3.0)
                };
                links[column - 1].push((before, here));
                before = here;
            }
            links[last - 1].push((before, spots[right]));
        }
        let orders = untangled(&made, &links);
        let tops = heights_of(&made, &links, &orders);
        self.columns = (orders.iter().zip(&tops))
            .map(|(order, tops)| order.iter().map(|one| tops[*one]).collect())
            .collect();
        let bottoms = self
            .columns
            .iter()
            .flatten()
            .map(|spot| spot.top + spot.height);
        self.height = bottoms.fold(0.0, f64::max);
    }

    /// The height of each node, as needed for its text and its lines.
    fn heights(&self, plan: &Plan) -> Vec<f64> {
        let mut ports = vec![[0_u32; 2]; plan.nodes.len()];
        for arc in &plan.edges {
            let (from, to) = (plan.columns[arc.from], plan.columns[arc.to]);
            ports[arc.from][usize::from(from <= to)] += 1;
            ports[arc.to][usize::from(to <= from)] += 1;
        }
        let each = self.boxes.iter().zip(ports);
        each.map(|(one, [left, right])| {
            let lines = f64::from(left.max(right)) * PORTS + 8.0;
            (one.block.height() + 2.0 * PAD.1).max(lines)
        })
        .collect()
    }

    /// The box of a node.
    pub(super) fn rect(&self, column: usize, spot: &Spot) -> Rect {
        let (x, width) = self.measures.column(column);
        Rect::new(x, spot.top, width, spot.height)
    }

    /// The height at which the line of an edge crosses a column.
    pub(super) fn line(spot: &Spot) -> f64 {
        match spot.item {
            Item::Words(_) if spot.height > WORDS.0 => spot.top + spot.height - LOOP.1 - BACK,
            Item::Words(_) => spot.top + spot.height - WORDS.1,
            _ => spot.middle(),
        }
    }
}

/// The distance between lines at the side of a box.
pub(super) const fn apart() -> f64 {
    PORTS
}

fn boxed(canvas: &Canvas<'_, '_>, plan: &Plan, width: f64) -> Vec<Boxed> {
    let facts = canvas.dossier.facts();
    let theme = canvas.look.theme;
    let each = plan.nodes.iter().map(|node| {
        let mut words = of_node(canvas.dossier, theme, *node);
        if let Form::Pointed(..) = words.form {
            words.form = Form::Pointed(0.0, words::POINT);
        }
        let block = boxes::node(&words, theme.text, width - 2.0 * PAD.0 - point(&words));
        let id = format!(
            "{}-{}",
            node.kind(),
            annals_format::escape::as_id(facts.id(*node))
        );
        Boxed { id, words, block }
    });
    each.collect()
}

/// How much of a box its pointed end takes.
pub(super) fn point(words: &NodeWords) -> f64 {
    match words.form {
        Form::Pointed(_, end) => end,
        _ => 0.0,
    }
}
