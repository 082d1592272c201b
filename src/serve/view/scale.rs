//! The facts of a conflict on a scale of days: one row a fact, the days that are missing shaded.

use annals_model::RecordKind;
use annals_store::{ConflictFact, ConflictOfDates, ThingInTime};
use annals_time::Day;
use maud::{Markup, html};

use super::words::{counted, short, shown};

/// The size of the picture, in units.
const WIDTH: f64 = 1000.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 960.0;
const TOP: f64 = 34.0;
const ROW: f64 = 42.0;

/// The most facts that are drawn, and the most days that labels stand at.
const ROWS: usize = 24;
const TICKS: i64 = 8;

/// Where days stand.
struct Scale {
    first: i64,
    last: i64,
}

impl Scale {
    fn new(conflict: &ConflictOfDates) -> Option<Scale> {
        let of_things = conflict.things.iter().flat_map(|thing| thing.days);
        let days = of_things
            .flatten()
            .chain(conflict.gap.into_iter().flatten());
        let days: Vec<i64> = days.map(|day| i64::from(day.number())).collect();
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let room = ((last - first) / 12).max(1);
        Some(Scale {
            first: first - room,
            last: last + room,
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "a picture is not that precise")]
    fn x(&self, day: Day) -> f64 {
        let part = (i64::from(day.number()) - self.first) as f64;
        LEFT + part / (self.last - self.first).max(1) as f64 * (RIGHT - LEFT)
    }

    /// The days at which labels stand.
    fn ticks(&self) -> Vec<Day> {
        const STEPS: [i64; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 400, 1000, 2000, 4000];
        let all = self.last - self.first;
        let step = STEPS.into_iter().find(|step| all / step <= TICKS);
        let step = step.unwrap_or(all / TICKS).max(1);
        let first = (self.first.div_euclid(step) + 1) * step;
        let days = (0..=TICKS).map(|nth| first + nth * step);
        let days = days.take_while(|day| *day <= self.last);
        days.filter_map(Day::from_number).collect()
    }
}

/// The picture; nothing where no day is known.
pub(crate) fn scale(conflict: &ConflictOfDates) -> Markup {
    let Some(scale) = Scale::new(conflict) else {
        return html! {};
    };
    let rows = conflict.facts.len().min(ROWS);
    let end = y(rows) + 4.0;
    let height = end + 28.0;
    let label = format!(
        "The facts on a scale of days{}",
        conflict
            .gap
            .map_or_else(String::new, |gap| format!(": {}", missing(gap)))
    );
    html! {
        div.scroll tabindex="0" role="region" aria-label="The facts on a scale of days" {
            svg.scale viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(label) {
                @for day in scale.ticks() {
                    @let x = scale.x(day);
                    path.grid d={ "M" (at(x)) " " (TOP) "V" (at(end)) } {}
                    text.mid x=(at(x)) y="22" { (day.words()) }
                }
                @if let Some(gap) = conflict.gap {
                    @let (from, to) = (scale.x(gap[0]), scale.x(gap[1]));
                    rect.gap-of x=(at(from)) y=(TOP) width=(at(to - from)) height=(at(end - TOP)) {}
                    path.edge-of d={ "M" (at(from)) " " (TOP) "V" (at(end)) "M" (at(to)) " " (TOP) "V" (at(end)) } {}
                    text.short-of x=(at(from.midpoint(to).clamp(LEFT + 60.0, RIGHT - 60.0))) y=(at(end + 18.0)) { (missing(gap)) }
                }
                @for (nth, fact) in conflict.facts.iter().take(ROWS).enumerate() { (row(&scale, conflict, nth, fact)) }
            }
        }
        @if conflict.facts.len() > ROWS { p.small.muted { (counted(conflict.facts.len() - ROWS, "fact more", "facts more")) " in the list" } }
    }
}

fn missing(gap: [Day; 2]) -> String {
    let days = usize::try_from(gap[1].number() - gap[0].number()).unwrap_or(0);
    format!("{} too few", counted(days, "day", "days"))
}

#[expect(clippy::cast_precision_loss, reason = "there are few rows")]
fn y(nth: usize) -> f64 {
    TOP + 28.0 + nth as f64 * ROW
}

/// A number of units, as the picture has it.
fn at(number: f64) -> String {
    format!("{number:.1}")
}

fn row(scale: &Scale, conflict: &ConflictOfDates, nth: usize, fact: &ConflictFact) -> Markup {
    let y = y(nth);
    let things: Vec<&ThingInTime> = fact
        .things
        .iter()
        .filter_map(|nth| conflict.things.get(*nth))
        .collect();
    let days = |thing: &ThingInTime| thing.days[0].or(thing.days[1]);
    let xs: Vec<f64> = things
        .iter()
        .filter_map(|thing| days(thing))
        .map(|day| scale.x(day))
        .collect();
    let (from, to) = (
        xs.iter().copied().reduce(f64::min),
        xs.iter().copied().reduce(f64::max),
    );
    let (Some(from), Some(to)) = (from, to) else {
        return html! { (number(nth, y)) text x=(LEFT) y=(at(y + 4.0)) { (short(&shown(&fact.words), 90)) } };
    };
    let main = things.first().map_or("", |thing| thing.name.as_str());
    let words = if fact.is_date {
        things
            .first()
            .map_or_else(String::new, |thing| span(thing.days))
    } else {
        short(&shown(&fact.words), 70)
    };
    // Above a long line, else on the side that has room.
    let is_long = to - from > WIDTH * 0.3;
    let is_right = !is_long && from > WIDTH * 0.55;
    let side = match (is_long, is_right) {
        (true, _) => from.midpoint(to),
        (false, true) => from - 14.0,
        (false, false) => to + 14.0,
    };
    let over = if is_long { -4.0 } else { 4.0 };
    html! {
        (number(nth, y))
        @if to > from { path.tie-of d={ "M" (at(from)) " " (at(y)) "H" (at(to)) } {} }
        @for thing in &things { (mark(scale, thing, y)) }
        text.from-right[is_right].mid[is_long] x=(at(side)) y=(at(y + over)) {
            @if fact.is_date { tspan.thing { (short(&shown(main), 60)) } " " tspan.said { (words) } } @else { tspan.said { (words) } }
        }
    }
}

fn number(nth: usize, y: f64) -> Markup {
    html! {
        circle.nth cx="20" cy=(at(y)) r="9" {}
        text.mid x="20" y=(at(y + 4.0)) { (nth + 1) }
    }
}

/// A thing at its days: a bar over several, an open end where one is not known.
fn mark(scale: &Scale, thing: &ThingInTime, y: f64) -> Markup {
    let [first, last] = thing.days;
    let Some(day) = first.or(last) else {
        return html! {};
    };
    let x = scale.x(day);
    let end = last.map_or(x, |last| scale.x(last));
    html! {
        @if end > x { path.bar-of d={ "M" (at(x)) " " (at(y)) "H" (at(end)) } {} }
        @if thing.kind == RecordKind::Document {
            path.sheet-of d={ "M" (at(x - 5.0)) " " (at(y - 8.0)) "h7l4 4v12h-11z" } {}
        } @else {
            path.mark-of d={ "M" (at(x)) " " (at(y - 7.0)) "l7 7-7 7-7-7z" } {}
        }
    }
}

/// Days in words.
pub(crate) fn span(days: [Option<Day>; 2]) -> String {
    match days {
        [Some(first), Some(last)] if first == last => first.words(),
        [Some(first), Some(last)] => format!("{} to {}", first.words(), last.words()),
        [Some(first), None] => format!("not before {}", first.words()),
        [None, Some(last)] => format!("not after {}", last.words()),
        [None, None] => String::new(),
    }
}
