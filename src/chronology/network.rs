//! A simple temporal network: points in time, and how far apart two of them may be at most.
//!
//! Source: R. Dechter, I. Meiri, J. Pearl, *Temporal Constraint Networks*, 1991.

/// A point in time; [`Point::ZERO`] is the origin that dates count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point(pub(super) u32);

impl Point {
    /// The origin.
    pub const ZERO: Point = Point(0);

    /// Its place among the points of its network.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a constraint rests on: a number that only whoever made the network can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Premise(pub u32);

/// The premises of a constraint: none, one or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Premises([u32; 2]);

impl Premises {
    const NOTHING: u32 = u32::MAX;
    /// It holds by the meaning of the points alone.
    pub const NONE: Premises = Premises([Self::NOTHING; 2]);

    /// It rests on one premise.
    pub fn one(premise: Premise) -> Self {
        Premises([premise.0, Self::NOTHING])
    }

    /// It rests on two.
    pub fn both(one: Premise, other: Premise) -> Self {
        Premises([one.0, other.0])
    }

    /// The premises.
    pub fn iter(self) -> impl Iterator<Item = Premise> {
        let each = self.0.into_iter();
        each.filter(|one| *one != Self::NOTHING).map(Premise)
    }

    /// How many there are.
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
    /// From where it is counted.
    pub from: Point,
    /// What it bounds.
    pub to: Point,
    /// By how much, in ticks; may be negative.
    pub most: i64,
    /// What it rests on.
    pub premises: Premises,
}

/// Points and the constraints between them.
#[derive(Debug, Clone)]
pub struct Network {
    points: u32,
    constraints: Vec<Constraint>,
}

impl Default for Network {
    fn default() -> Self {
        Network {
            points: 1,
            constraints: Vec::new(),
        }
    }
}

impl Network {
    /// The largest bound that is kept: what is farther apart is not bounded at all, so that sums
    /// of bounds never overflow.
    pub const FARTHEST: i64 = i64::MAX / 8;

    /// A further point.
    pub fn point(&mut self) -> Point {
        let point = Point(self.points);
        self.points += 1;
        point
    }

    /// How many points there are, the origin among them.
    pub fn len(&self) -> usize {
        self.points as usize
    }

    /// Whether there is no point but the origin.
    pub fn is_empty(&self) -> bool {
        self.points == 1
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

    /// Puts the constraints in the order of the points that they leave; those of one point keep
    /// theirs. What goes through a large network then reads its memory in rows.
    pub fn arrange(&mut self) {
        let leaving = Adjacency::leaving(self);
        if let Some(items) = leaving.items {
            let old = std::mem::take(&mut self.constraints);
            self.constraints = items.iter().map(|nth| old[*nth as usize]).collect();
        }
    }

    /// All constraints, in the order in which they were added, or arranged.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The same points with only some of the constraints.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&Constraint) -> bool) -> Network {
        Network {
            points: self.points,
            constraints: self
                .constraints
                .iter()
                .copied()
                .filter(|one| keep(one))
                .collect(),
        }
    }
}

/// The constraints by the point that they leave (or, turned round, that they reach): compressed
/// rows of places in the list of constraints.
#[derive(Debug, Clone)]
pub(super) struct Adjacency {
    starts: Vec<u32>,
    /// The places; none where the constraints stand in this order already.
    items: Option<Vec<u32>>,
}

impl Adjacency {
    /// The constraints of a network by the point that they leave.
    pub(super) fn leaving(network: &Network) -> Self {
        Self::of(
            network.len(),
            network.constraints().iter().map(|one| one.from),
        )
    }

    /// The constraints of a network by the point that they reach.
    pub(super) fn reaching(network: &Network) -> Self {
        Self::of(
            network.len(),
            network.constraints().iter().map(|one| one.to),
        )
    }

    fn of(points: usize, ends: impl Iterator<Item = Point> + Clone) -> Self {
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

    /// The row of a point: places for [`Adjacency::edge`].
    pub(super) fn row(&self, point: u32) -> std::ops::Range<u32> {
        self.starts[point as usize]..self.starts[point as usize + 1]
    }

    /// The constraint at a place of a row.
    pub(super) fn edge(&self, at: u32) -> u32 {
        self.items.as_ref().map_or(at, |items| items[at as usize])
    }

    /// The constraints of a point.
    pub(super) fn at(&self, point: u32) -> impl Iterator<Item = u32> {
        self.row(point).map(|at| self.edge(at))
    }
}
