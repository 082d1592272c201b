//! Paints the graph from its layout: column by column, each node with the edges that leave it.

use super::layout::{BACK, Item, PAD, Sheet, Spot, apart, point};
use super::model::Plan;
use crate::Canvas;
use crate::geometry::{Path, Point, Rect, Step};
use crate::layout::claims::ports::fan;
use crate::scene::{Anchor, Line, Part, Role, Shape, set};

/// Where a line leaves or reaches a node: column, height.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    from: Point2,
    to: Point2,
}

type Point2 = (f64, f64);

/// The places of an edge from left to right, each with its column.
type Way = Vec<(usize, Spot)>;

impl Sheet {
    /// Paints it from a vertical offset down, and returns where it ends.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        top: f64,
        parts: &mut Vec<Part>,
    ) -> f64 {
        let ways = self.ways(plan);
        let ends = self.ends(plan, &ways);
        for (column, spots) in self.columns.iter().enumerate() {
            for spot in spots {
                let Item::Node(node) = spot.item else {
                    continue;
                };
                parts.push(self.node(canvas, plan, node, self.rect(column, spot), top));
                for (nth, arc) in plan.edges.iter().enumerate() {
                    if arc.from == node {
                        parts.push(self.edge(canvas, plan, nth, &ways[nth], ends[nth], top));
                    }
                }
            }
        }
        top + self.height
    }

    /// The places that each edge occupies between its nodes, from left to right.
    fn ways(&self, plan: &Plan) -> Vec<Way> {
        let mut ways: Vec<Way> = vec![Vec::new(); plan.edges.len()];
        for (column, spots) in self.columns.iter().enumerate() {
            for spot in spots {
                if let Item::Words(edge) | Item::Pass(edge) = spot.item {
                    ways[edge].push((column, *spot));
                }
            }
        }
        ways
    }

    /// Where each edge leaves and reaches its nodes: fanned out in the order of the next places, so
    /// that no two edges at the same node cross.
    fn ends(&self, plan: &Plan, ways: &[Way]) -> Vec<Ends> {
        // For each node and side: the vertical position the line leads to, the edge, whether it
        // begins here.
        let mut sides: Vec<[Vec<(f64, usize, bool)>; 2]> =
            vec![[Vec::new(), Vec::new()]; plan.nodes.len()];
        let mut rects = vec![Rect::new(0.0, 0.0, 0.0, 0.0); plan.nodes.len()];
        for (column, spots) in self.columns.iter().enumerate() {
            for spot in spots {
                if let Item::Node(node) = spot.item {
                    rects[node] = self.rect(column, spot);
                }
            }
        }
        for (nth, arc) in plan.edges.iter().enumerate() {
            let (from, to) = (plan.columns[arc.from], plan.columns[arc.to]);
            let (Some(first), Some(last)) = (ways[nth].first(), ways[nth].last()) else {
                continue;
            };
            if from == to {
                let above = rects[arc.from].y <= rects[arc.to].y;
                let y = Sheet::line(&first.1);
                let (one, other) = if above { (y, y + BACK) } else { (y + BACK, y) };
                sides[arc.from][1].push((one, nth, true));
                sides[arc.to][1].push((other, nth, false));
            } else {
                let (near, far) = if from < to {
                    (first, last)
                } else {
                    (last, first)
                };
                sides[arc.from][usize::from(from < to)].push((Sheet::line(&near.1), nth, true));
                sides[arc.to][usize::from(to < from)].push((Sheet::line(&far.1), nth, false));
            }
        }
        let mut ends = vec![Ends::default(); plan.edges.len()];
        for (node, sides) in sides.into_iter().enumerate() {
            for (side, mut lines) in sides.into_iter().enumerate() {
                lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let rect = rects[node];
                let x = if side == 0 { rect.x } else { rect.right() };
                for ((_, edge, begins), y) in lines.iter().zip(fan(rect, lines.len(), apart())) {
                    let end = if *begins {
                        &mut ends[*edge].from
                    } else {
                        &mut ends[*edge].to
                    };
                    *end = (x, y);
                }
            }
        }
        ends
    }

    fn node(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        node: usize,
        rect: Rect,
        top: f64,
    ) -> Part {
        let one = &self.boxes[node];
        let rect = Rect {
            y: rect.y + top,
            ..rect
        };
        let mut part = Part::new(one.id.clone(), one.words.class.clone(), Role::Node(rect));
        part.tooltip.clone_from(&one.words.tooltip);
        part.link = canvas.link(plan.nodes[node]);
        part.shapes.push(Shape::Area(one.words.area(rect)));
        let mut room = rect.inset(PAD.0, PAD.1);
        room.width -= point(&one.words);
        part.write(one.block.set(room));
        part
    }

    fn edge(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        nth: usize,
        way: &Way,
        ends: Ends,
        top: f64,
    ) -> Part {
        let arc = &plan.edges[nth];
        let edge = &self.edges[nth];
        let role = Role::Edge {
            from: self.boxes[arc.from].id.clone(),
            to: self.boxes[arc.to].id.clone(),
        };
        let mut part = Part::new(edge.id.clone(), edge.class.clone(), role);
        part.tooltip.clone_from(&edge.tooltip);
        part.link = canvas.link(arc.edge.fact);
        let path = if plan.columns[arc.from] == plan.columns[arc.to] {
            self.round(way, ends, top)
        } else {
            self.across(way, ends, top)
        };
        part.shapes.push(Shape::Line(Line {
            path,
            stroke: edge.stroke,
            head: edge.head,
        }));
        let words = way
            .iter()
            .find(|(_, spot)| matches!(spot.item, Item::Words(_)));
        if let Some((column, spot)) = words {
            let (x, width) = self.measures.column(*column);
            let height = edge.words.height();
            let foot = top + Sheet::line(spot) - 1.5;
            let room = Rect::new(x, foot - height, width, height);
            part.write(set(&edge.words, room, Anchor::Middle));
        }
        part
    }

    /// A line through its places, from whichever side.
    fn across(&self, way: &Way, ends: Ends, top: f64) -> Path {
        let mut points: Vec<Point> = Vec::new();
        for (column, spot) in way {
            let (x, width) = self.measures.column(*column);
            let y = top + Sheet::line(spot);
            points.extend([Point::new(x, y), Point::new(x + width, y)]);
        }
        let at = |(x, y): Point2| Point::new(x, top + y);
        if at(ends.from).x > at(ends.to).x {
            points.reverse();
        }
        points.push(at(ends.to));
        let mut path = Path {
            from: at(ends.from),
            steps: Vec::new(),
        };
        let mut before = path.from;
        for point in points {
            let level = (point.y - before.y).abs() < 0.05;
            if level {
                path.steps.push(Step::To(point));
            } else {
                path.steps.extend(Path::level(before, point).steps);
            }
            before = point;
        }
        path
    }

    /// A line out of a column, around the end of its label, and back into the column.
    fn round(&self, way: &Way, ends: Ends, top: f64) -> Path {
        let at = |(x, y): Point2| Point::new(x, top + y);
        let (from, to) = (at(ends.from), at(ends.to));
        let mut path = Path {
            from,
            steps: Vec::new(),
        };
        let Some((column, spot)) = way.first() else {
            path.steps.push(Step::To(to));
            return path;
        };
        let (x, width) = self.measures.column(*column);
        let upper = top + Sheet::line(spot);
        let above = from.y <= to.y;
        let (out, back) = if above {
            (upper, upper + BACK)
        } else {
            (upper + BACK, upper)
        };
        let turn = x + width - BACK;
        let first = Point::new(x, out);
        path.steps.extend(Path::level(from, first).steps);
        path.steps.push(Step::To(Point::new(turn, out)));
        // A half circle: four thirds of its radius pull its ends.
        let pull = turn + BACK * 2.0 / 3.0;
        let end = Point::new(turn, back);
        path.steps.push(Step::Curve(
            Point::new(pull, out),
            Point::new(pull, back),
            end,
        ));
        let last = Point::new(x, back);
        path.steps.push(Step::To(last));
        path.steps.extend(Path::level(last, to).steps);
        path
    }
}
