//! A simple temporal network: points in time, and upper bounds on the distance between two of them.
//!
//! Source: R. Dechter, I. Meiri, J. Pearl, *Temporal Constraint Networks*, 1991.

use std::collections::{BTreeMap, BTreeSet};

use super::window::Window;

/// A point in time; [`Point::ZERO`] is the origin from which dates count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point(pub(super) u32);

impl Point {
    /// The origin.
    pub const ZERO: Point = Point(0);

    /// The point with a given index in its network.
    pub fn from_index(index: u32) -> Self {
        Point(index)
    }

    /// Its place among the points of its network.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The origin of a constraint: a number whose meaning only the creator of the network knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Premise(pub u32);

/// The premises of a constraint: none, one or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Premises([u32; 2]);

impl Premises {
    const NOTHING: u32 = u32::MAX;
    /// It holds by the meaning of the points alone.
    pub const NONE: Premises = Premises([Self::NOTHING; 2]);

    /// A single premise.
    pub fn one(premise: Premise) -> Self {
        Premises([premise.0, Self::NOTHING])
    }

    /// It rests on two.
    pub fn both(one: Premise, other: Premise) -> Self {
        Premises([one.0, other.0])
    }

    /// The same two premises, swapped: their order is the order of an argument.
    #[must_use]
    pub fn turned(self) -> Self {
        match self.0 {
            [_, Self::NOTHING] => self,
            [one, other] => Premises([other, one]),
        }
    }

    /// The premises.
    pub fn iter(self) -> impl Iterator<Item = Premise> {
        let each = self.0.into_iter();
        each.filter(|one| *one != Self::NOTHING).map(Premise)
    }

    /// The number of premises.
    pub fn count(self) -> u32 {
        self.0.iter().filter(|one| **one != Self::NOTHING).count() as u32
    }
}

impl From<Premise> for Premises {
    fn from(premise: Premise) -> Self {
        Premises::one(premise)
    }
}

/// `to` is at most `most` after `from`.
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    /// The point it counts from.
    pub from: Point,
    /// The point it bounds.
    pub to: Point,
    /// By how much, in ticks; may be negative.
    pub most: i64,
    /// The premises it depends on.
    pub premises: Premises,
}

/// Points and the constraints between them.
#[derive(Debug, Clone)]
pub struct Network {
    points: u32,
    constraints: Vec<Constraint>,
    /// By point, where it can lie within a day; empty if no point is restricted.
    windows: Vec<Window>,
}

impl Default for Network {
    fn default() -> Self {
        Network {
            points: 1,
            constraints: Vec::new(),
            windows: Vec::new(),
        }
    }
}

impl Network {
    /// The largest bound that is stored: anything farther apart is unbounded, so that sums of
    /// bounds never overflow.
    pub const FARTHEST: i64 = i64::MAX / 8;

    /// A further point.
    pub fn point(&mut self) -> Point {
        let point = Point(self.points);
        self.points += 1;
        point
    }

    /// The number of points, including the origin.
    pub fn len(&self) -> usize {
        self.points as usize
    }

    /// Whether the origin is the only point.
    pub fn is_empty(&self) -> bool {
        self.points == 1
    }

    /// Restricts a point to some ticks of a day; the origin lies at midnight.
    pub fn within_day(&mut self, point: Point, window: Window) {
        if self.windows.is_empty() {
            self.windows.push(Window::Midnight);
        }
        if self.windows.len() <= point.index() {
            self.windows.resize(point.index() + 1, Window::Anywhere);
        }
        self.windows[point.index()] = window;
    }

    /// Where a point can lie within a day.
    pub fn window(&self, point: Point) -> Window {
        self.windows.get(point.index()).copied().unwrap_or_default()
    }

    /// Whether any point is restricted within a day.
    pub(super) fn has_windows(&self) -> bool {
        !self.windows.is_empty()
    }

    /// `to` is at most `most` ticks after `from`.
    pub fn at_most(&mut self, from: Point, to: Point, most: i64, premises: impl Into<Premises>) {
        if most.abs() < Self::FARTHEST && from != to {
            self.constraints.push(Constraint {
                from,
                to,
                most,
                premises: premises.into(),
            });
        }
    }

    /// `to` is at least `least` ticks after `from`.
    pub fn at_least(&mut self, from: Point, to: Point, least: i64, premises: impl Into<Premises>) {
        if least.abs() < Self::FARTHEST {
            self.at_most(to, from, -least, premises);
        }
    }

    /// Sorts the constraints by the point that they leave, stably, so that traversals of a large
    /// network read memory sequentially.
    pub fn arrange(&mut self) {
        let leaving = Adjacency::leaving(self);
        if let Some(items) = leaving.items {
            let old = std::mem::take(&mut self.constraints);
            self.constraints = items.iter().map(|nth| old[*nth as usize]).collect();
        }
    }

    /// All constraints, in the order they were added, or sorted.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The connected parts, by constraints or by these pairs, without the origin, to which all
    /// dates are connected: for each point, the smallest point in its part.
    pub fn parts(&self, also: impl IntoIterator<Item = (Point, Point)>) -> Vec<Point> {
        let constraints = self.constraints.iter().map(|one| (one.from, one.to));
        let mut above: Vec<u32> = (0..self.points).collect();
        for (a, b) in constraints.chain(also) {
            if a != Point::ZERO && b != Point::ZERO {
                let (a, b) = (least_of(&mut above, a.0), least_of(&mut above, b.0));
                above[a.max(b) as usize] = a.min(b);
            }
        }
        let points = 0..self.points;
        points
            .map(|point| Point(least_of(&mut above, point)))
            .collect()
    }

    /// Extracts some parts as networks of their own, in one pass over the constraints; `part_of` is
    /// the result of [`parts`](Network::parts).
    pub fn split(&self, part_of: &[Point], wanted: &BTreeSet<Point>) -> BTreeMap<Point, Part> {
        let fresh = |part: &Point| (*part, Part::default());
        let mut split: BTreeMap<Point, Part> = wanted.iter().map(fresh).collect();
        for (nth, part) in part_of.iter().enumerate().skip(1) {
            if let Some(part) = split.get_mut(part) {
                part.push(Point(nth as u32), self);
            }
        }
        for one in &self.constraints {
            let tied = if one.from == Point::ZERO {
                one.to
            } else {
                one.from
            };
            if let Some(part) = split.get_mut(&part_of[tied.index()]) {
                part.take(one);
            }
        }
        split
    }

    /// Some constraints, with their points renumbered in order.
    pub(super) fn among<'c>(
        &self,
        constraints: impl Iterator<Item = &'c Constraint> + Clone,
    ) -> Part {
        let ends = constraints.clone().flat_map(|one| [one.from, one.to]);
        let points: BTreeSet<Point> = ends.filter(|point| *point != Point::ZERO).collect();
        let mut part = Part::default();
        for point in points {
            part.push(point, self);
        }
        for one in constraints {
            part.take(one);
        }
        part
    }

    /// The constraints whose premises are kept, with their points renumbered in order, and the
    /// premise-free constraints on these points and on those in `also`.
    pub fn part(&self, also: &[Point], keep: impl Fn(Premise) -> bool) -> Part {
        let resting = self.constraints.iter().filter(|one| {
            let mut premises = one.premises.iter();
            one.premises.count() > 0 && premises.all(&keep)
        });
        let resting: Vec<&Constraint> = resting.collect();
        let ends = resting.iter().flat_map(|one| [one.from, one.to]);
        let points: BTreeSet<Point> = ends.chain(also.iter().copied()).collect();
        let mut part = Part::default();
        for point in points.into_iter().filter(|point| *point != Point::ZERO) {
            part.push(point, self);
        }
        let by_itself = self
            .constraints
            .iter()
            .filter(|one| one.premises.count() == 0);
        for one in by_itself.chain(resting) {
            part.take(one);
        }
        part
    }

    /// Leaves constraints out.
    pub fn retain(&mut self, keep: impl FnMut(&Constraint) -> bool) {
        self.constraints.retain(keep);
    }

    /// Leaves out all constraints but the first.
    pub fn truncate(&mut self, first: usize) {
        self.constraints.truncate(first);
    }

    /// The same constraints, with renumbered premises.
    #[must_use]
    pub(super) fn with_premises(&self, number: impl Fn(Premise) -> Premise) -> Network {
        let mut network = self.clone();
        for one in &mut network.constraints {
            let mut premises = one.premises.iter().map(&number);
            one.premises = match (premises.next(), premises.next()) {
                (Some(one), Some(other)) => Premises::both(one, other),
                (Some(one), None) => Premises::one(one),
                _ => Premises::NONE,
            };
        }
        network
    }

    /// The same points with only some of the constraints.
    #[must_use]
    pub fn only(&self, mut keep: impl FnMut(&Constraint) -> bool) -> Network {
        Network {
            points: self.points,
            windows: self.windows.clone(),
            constraints: self
                .constraints
                .iter()
                .copied()
                .filter(|one| keep(one))
                .collect(),
        }
    }
}

/// The smallest point of a part; halves the path to it, so that paths stay short.
fn least_of(above: &mut [u32], mut point: u32) -> u32 {
    while above[point as usize] != point {
        above[point as usize] = above[above[point as usize] as usize];
        point = above[point as usize];
    }
    point
}

/// A part of a network, as a network of its own.
#[derive(Debug, Clone)]
pub struct Part {
    /// The part.
    pub network: Network,
    /// Its points in the whole network, in order; the first is the origin.
    pub points: Vec<Point>,
}

impl Default for Part {
    fn default() -> Self {
        Part {
            network: Network::default(),
            points: vec![Point::ZERO],
        }
    }
}

impl Part {
    /// Adds a point of the whole network.
    pub(super) fn push(&mut self, point: Point, whole: &Network) {
        let own = self.network.point();
        self.points.push(point);
        if whole.window(point) != Window::Anywhere {
            self.network.within_day(own, whole.window(point));
        }
    }

    /// Adds a constraint of the whole network if the part has both of its points.
    pub fn take(&mut self, one: &Constraint) {
        if let (Some(from), Some(to)) = (self.inside(one.from), self.inside(one.to)) {
            let constraint = Constraint { from, to, ..*one };
            self.network.constraints.push(constraint);
        }
    }

    /// The point in the part for a point of the whole; `None` if it is not in the part.
    pub fn inside(&self, point: Point) -> Option<Point> {
        let place = self.points.binary_search(&point).ok()?;
        Some(Point(place as u32))
    }

    /// A point of the part in the whole.
    pub fn outside(&self, point: Point) -> Point {
        self.points[point.index()]
    }
}

/// The constraints indexed by the point that they leave (or, reversed, that they reach): compressed
/// rows of positions in the list of constraints.
#[derive(Debug, Clone)]
pub(super) struct Adjacency {
    starts: Vec<u32>,
    /// The positions; `None` if the constraints are already in this order.
    items: Option<Vec<u32>>,
}

impl Adjacency {
    /// The constraints of a network, indexed by the point that they leave.
    pub(super) fn leaving(network: &Network) -> Self {
        Self::new(
            network.len(),
            network.constraints().iter().map(|one| one.from),
        )
    }

    /// The constraints of a network, indexed by the point that they reach.
    pub(super) fn reaching(network: &Network) -> Self {
        Self::new(
            network.len(),
            network.constraints().iter().map(|one| one.to),
        )
    }

    fn new(points: usize, ends: impl Iterator<Item = Point> + Clone) -> Self {
        let mut starts = vec![0_u32; points + 1];
        for end in ends.clone() {
            starts[end.index() + 1] += 1;
        }
        for at in 0..points {
            starts[at + 1] += starts[at];
        }
        if ends.clone().is_sorted() {
            return Adjacency {
                starts,
                items: None,
            };
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[points] as usize];
        for (nth, end) in ends.enumerate() {
            let at = &mut next[end.index()];
            items[*at as usize] = nth as u32;
            *at += 1;
        }
        Adjacency {
            starts,
            items: Some(items),
        }
    }

    /// The row of a point: positions for [`Adjacency::edge`].
    pub(super) fn row(&self, point: u32) -> std::ops::Range<u32> {
        self.starts[point as usize]..self.starts[point as usize + 1]
    }

    /// The constraint at a position.
    pub(super) fn edge(&self, at: u32) -> u32 {
        self.items.as_ref().map_or(at, |items| items[at as usize])
    }

    /// The constraints of a point.
    pub(super) fn at(&self, point: u32) -> impl Iterator<Item = u32> {
        self.row(point).map(|at| self.edge(at))
    }
}
