//! Points, boxes and lines, in the picture's units (a pixel of CSS; a point of print). `y` grows
//! downward.

/// A place in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downward.
    pub y: f64,
}

impl Point {
    /// A place.
    pub const fn new(x: f64, y: f64) -> Self {
        Point { x, y }
    }

    /// The place part of the way to another.
    fn toward(self, other: Point, part: f64) -> Point {
        Point::new(
            self.x + (other.x - self.x) * part,
            self.y + (other.y - self.y) * part,
        )
    }
}

/// A box along the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Rect {
    /// A box.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    /// A box around a point.
    pub fn around(centre: Point, width: f64, height: f64) -> Self {
        Rect::new(
            centre.x - width / 2.0,
            centre.y - height / 2.0,
            width,
            height,
        )
    }

    /// Its right side.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Its lower side.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    pub fn centre(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The box with its sides moved inward: the left and right by `across`, the others by `down`.
    pub fn inset(self, across: f64, down: f64) -> Rect {
        Rect::new(
            self.x + across,
            self.y + down,
            (self.width - 2.0 * across).max(0.0),
            (self.height - 2.0 * down).max(0.0),
        )
    }

    /// Whether another lies in it, give or take a hundredth.
    pub fn contains(self, other: Rect) -> bool {
        const GIVE: f64 = 0.01;
        other.x >= self.x - GIVE
            && other.y >= self.y - GIVE
            && other.right() <= self.right() + GIVE
            && other.bottom() <= self.bottom() + GIVE
    }

    /// Whether a point lies in it, its sides not counted.
    pub fn has(self, point: Point) -> bool {
        point.x > self.x && point.x < self.right() && point.y > self.y && point.y < self.bottom()
    }

    /// Whether the two share more than a hundredth of a unit either way.
    pub fn overlaps(self, other: Rect) -> bool {
        const GIVE: f64 = 0.01;
        self.x + GIVE < other.right()
            && other.x + GIVE < self.right()
            && self.y + GIVE < other.bottom()
            && other.y + GIVE < self.bottom()
    }

    /// The least box that has both.
    pub fn with(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect::new(
            x,
            y,
            self.right().max(other.right()) - x,
            self.bottom().max(other.bottom()) - y,
        )
    }
}

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Straight to a point.
    To(Point),
    /// A cubic Bézier curve: two points that pull, and the end.
    Curve(Point, Point, Point),
}

/// A line from a point through some steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where it begins.
    pub from: Point,
    /// How it goes on.
    pub steps: Vec<Step>,
}

impl Path {
    /// A straight line.
    pub fn straight(from: Point, to: Point) -> Self {
        Path {
            from,
            steps: vec![Step::To(to)],
        }
    }

    /// An S from left to right that begins and ends level. Of two of them between the same two
    /// verticals, one crosses the other only where their ends are in another order.
    pub fn level(from: Point, to: Point) -> Self {
        let middle = f64::midpoint(from.x, to.x);
        let (one, two) = (Point::new(middle, from.y), Point::new(middle, to.y));
        Path {
            from,
            steps: vec![Step::Curve(one, two, to)],
        }
    }

    /// Where it ends.
    pub fn to(&self) -> Point {
        match self.steps.last() {
            Some(Step::To(end) | Step::Curve(_, _, end)) => *end,
            None => self.from,
        }
    }

    /// The direction, of length one, in which it arrives.
    pub fn direction(&self) -> Point {
        let curves = self.curves();
        let end = self.to();
        let far = |point: &&Point| (end.x - point.x).hypot(end.y - point.y) > 1e-6;
        let before = curves.iter().rev().find(far).copied();
        let before = before.unwrap_or(Point::new(end.x - 1.0, end.y));
        let length = (end.x - before.x).hypot(end.y - before.y);
        Point::new((end.x - before.x) / length, (end.y - before.y) / length)
    }

    /// It, ending a little before its end.
    pub fn shortened(&self, by: f64) -> Path {
        let toward = self.direction();
        let back = |point: Point| Point::new(point.x - toward.x * by, point.y - toward.y * by);
        let mut path = self.clone();
        if let Some(last) = path.steps.last_mut() {
            *last = match *last {
                Step::To(end) => Step::To(back(end)),
                Step::Curve(one, two, end) => Step::Curve(one, back(two), back(end)),
            };
        }
        path
    }

    /// Points along it, near enough for looking whether it meets something.
    pub fn points(&self) -> Vec<Point> {
        const PIECES: u32 = 24;
        let mut at = self.from;
        let mut points = vec![at];
        for step in &self.steps {
            for piece in 1..=PIECES {
                let part = f64::from(piece) / f64::from(PIECES);
                points.push(match *step {
                    Step::To(end) => at.toward(end, part),
                    Step::Curve(one, two, end) => {
                        let (a, b, c) = (
                            at.toward(one, part),
                            one.toward(two, part),
                            two.toward(end, part),
                        );
                        a.toward(b, part).toward(b.toward(c, part), part)
                    }
                });
            }
            at = match *step {
                Step::To(end) | Step::Curve(_, _, end) => end,
            };
        }
        points
    }

    /// It as Bézier curves alone: the first point, then three for each.
    pub fn curves(&self) -> Vec<Point> {
        let mut points = vec![self.from];
        for step in &self.steps {
            let at = points[points.len() - 1];
            match *step {
                Step::To(end) => {
                    points.extend([at.toward(end, 1.0 / 3.0), at.toward(end, 2.0 / 3.0), end]);
                }
                Step::Curve(one, two, end) => points.extend([one, two, end]),
            }
        }
        points
    }
}
