//! Positions over time, as a picture: a lane for each thing, own words large, those of who stands opposite
//! small below them. A line joins two claims and says nothing of the days between.

use annals_store::rows::{PositionRow, StanceTaken};
use annals_time::Day;
use maud::{Markup, html};

use super::words::{of_stance, short, shown};
use crate::request;

/// The size of the picture, in units.
const WIDTH: f64 = 1000.0;
const LEFT: f64 = 236.0;
const RIGHT: f64 = 950.0;
const TOP: f64 = 40.0;
/// Where own signs stand in a lane, and how far below each other those of others.
const OWN: f64 = 36.0;
const OTHER: f64 = 24.0;
/// How many rows of others a lane has.
const OTHERS: usize = 6;
/// How far apart signs of the same day stand.
const BESIDE: f64 = 15.0;
/// How many letters a line of a title has.
const LETTERS: usize = 25;
/// How wide a torn gap is drawn, and how many are torn out.
const TORN: f64 = 100.0;
/// How far a bar reaches whose end is not known.
const OPEN: f64 = 34.0;
const TEARS: usize = 4;

/// Who stood where on one thing, or on what one speaker stood: a lane of the picture.
pub(crate) struct Lane<'r> {
    /// What it is called.
    pub(crate) title: &'r str,
    /// Its own stances.
    pub(crate) own: &'r PositionRow,
    /// Those of others, who stand opposite.
    pub(crate) others: Vec<&'r PositionRow>,
}

/// Where days stand: in order, with the longest gaps torn out.
struct Scale {
    /// Each day at which something stands, and where.
    days: Vec<(i64, f64)>,
    /// The middle of each gap that is torn out.
    torn: Vec<f64>,
}

impl Scale {
    #[expect(clippy::cast_precision_loss, reason = "a picture is not that precise")]
    fn new(mut days: Vec<i64>) -> Scale {
        days.sort_unstable();
        days.dedup();
        let gaps: Vec<i64> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut longest: Vec<usize> = (0..gaps.len()).collect();
        longest.sort_by_key(|nth| std::cmp::Reverse(gaps[*nth]));
        let mut left: i64 = gaps.iter().sum();
        let mut torn = vec![false; gaps.len()];
        for nth in longest.into_iter().take(TEARS) {
            // What is longer than all the rest would leave no room for it.
            if gaps.len() < 2 || gaps[nth] < 30 || gaps[nth] * 2 < left {
                break;
            }
            torn[nth] = true;
            left -= gaps[nth];
        }
        let tears = torn.iter().filter(|torn| **torn).count() as f64;
        let room = RIGHT - LEFT - 80.0 - tears * TORN;
        let step = if left > 0 { room / left as f64 } else { 0.0 };
        let mut x = if left == 0 && tears == 0.0 {
            LEFT.midpoint(RIGHT) - 120.0
        } else {
            LEFT + 40.0
        };
        let mut scale = Scale {
            days: Vec::with_capacity(days.len()),
            torn: Vec::new(),
        };
        for (nth, day) in days.iter().enumerate() {
            if let Some(before) = nth.checked_sub(1) {
                if torn[before] {
                    scale.torn.push(x + TORN / 2.0);
                    x += TORN;
                } else {
                    x += gaps[before] as f64 * step;
                }
            }
            scale.days.push((*day, x));
        }
        scale
    }

    fn x(&self, day: Day) -> f64 {
        let number = i64::from(day.number());
        let place = self.days.partition_point(|(day, _)| *day < number);
        self.days.get(place).map_or(LEFT, |(_, x)| *x)
    }

    /// The days that are labelled, from the first on, each with its words: the year where it is another than
    /// before.
    fn labels(&self) -> Vec<(String, f64)> {
        let (mut free, mut year) = (f64::MIN, None);
        let mut labels = Vec::new();
        for (number, x) in &self.days {
            let Some(day) = Day::from_number(*number) else {
                continue;
            };
            let own = day.ymd().0;
            let mut words = day.words();
            if year == Some(own) {
                words = words.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" ");
            }
            let half = width(&words) / 2.0;
            if x - half >= free {
                free = x + half + 12.0;
                year = Some(own);
                labels.push((words, *x));
            }
        }
        labels
    }
}

/// The first and the last day on which it can have been said, if one of them is known; and which is not.
fn days(taken: &StanceTaken) -> Option<([Day; 2], [bool; 2])> {
    let said = taken.said.as_ref()?;
    let (first, last) = (said.first(), said.last());
    let known = first.or(last)?;
    let days = [first.unwrap_or(known), last.unwrap_or(known)];
    Some((days, [first.is_none(), last.is_none()]))
}

/// The days on which it can have been said, as a bar: where there are several, or an end is not known.
fn span([from, to]: [f64; 2], [is_early, is_late]: [bool; 2], y: f64) -> Markup {
    let from = if is_early { from - OPEN } else { from };
    let to = if is_late { to + OPEN } else { to };
    html! {
        @if to > from { rect.span.open[is_early || is_late] x=(at(from)) y=(at(y - 3.0)) width=(at(to - from)) height="6" {} }
    }
}

/// The picture; nothing where no stance has a day. The stances without one are in the list.
pub(crate) fn course(lanes: &[Lane<'_>], label: &str) -> Markup {
    let all = lanes.iter().flat_map(|lane| {
        let rows = std::iter::once(lane.own).chain(lane.others.iter().copied());
        rows.flat_map(|row| row.history.iter().filter_map(days))
    });
    let numbers = all.flat_map(|(days, _)| days.map(|day| i64::from(day.number())));
    let scale = Scale::new(numbers.collect());
    if scale.days.is_empty() {
        return html! {};
    }
    let mut y = TOP;
    let placed: Vec<Placed<'_>> = lanes
        .iter()
        .map(|lane| {
            let (others, left) = packed(&scale, lane);
            let height = (OWN + 30.0 + rows(others.len()) * OTHER).max(70.0);
            let top = y;
            y += height;
            Placed {
                top,
                height,
                others,
                left,
            }
        })
        .collect();
    html! {
        div.scroll.course-of tabindex="0" role="region" aria-label=(label) {
            svg viewBox={ "0 0 " (WIDTH) " " (at(y + 2.0)) } role="group" aria-label=(label) {
                @for (words, x) in scale.labels() { text.mid x=(at(x)) y="22" { (words) } }
                @for (nth, (lane, Placed { top, height, others, left })) in lanes.iter().zip(&placed).enumerate() {
                    rect.lane.even[nth % 2 == 0] x="0" y=(at(*top)) width=(WIDTH) height=(at(*height)) {}
                    (title(lane, *top, *left))
                    @for (_, x) in scale.labels() { path.grid d={ "M" (at(x)) " " (at(*top)) "v" (at(*height)) } {} }
                    (own(&scale, lane.own, top + OWN))
                    @for (row, smalls) in others.iter().enumerate() {
                        @for one in smalls { (small(one, top + OWN + 10.0 + rows(row + 1) * OTHER)) }
                    }
                }
                @for x in &scale.torn { path.tear d={ "M" (at(*x)) " 30" (zigzag(y)) } {} }
                path.grid d={ "M" (at(LEFT - 26.0)) " " (TOP) "V" (at(y)) "M0 " (TOP) "H" (WIDTH) "M0 " (at(y)) "H" (WIDTH) } {}
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are few rows")]
fn rows(count: usize) -> f64 {
    count as f64
}

/// A number of units, as the picture has it.
fn at(number: f64) -> String {
    format!("{number:.1}")
}

fn zigzag(height: f64) -> String {
    let mut path = String::new();
    let mut y = 30.0;
    while y < height {
        path.push_str("l4 5l-8 8l4 5");
        y += 18.0;
    }
    path
}

/// What a lane is about, and how often that changed.
fn title(lane: &Lane<'_>, top: f64, left: usize) -> Markup {
    let changed = match lane.own.changes.len() {
        0 if lane.own.contradictions.is_empty() => "one position".to_owned(),
        0 => "contradicts itself".to_owned(),
        1 => "changed once".to_owned(),
        2 => "changed twice".to_owned(),
        many => format!("changed {many} times"),
    };
    html! {
        @let lines = lines(&shown(lane.title));
        @for (nth, line) in lines.iter().enumerate() { text.thing x="14" y=(at(top + 22.0 + rows(nth) * 17.0)) { (line) title { (shown(lane.title)) } } }
        text x="14" y=(at(top + 22.0 + rows(lines.len()) * 18.0)) { (changed) @if left > 0 { ", " (left) " opposite not drawn" } }
    }
}

/// A title in one line or two.
fn lines(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > LETTERS {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| short(line, LETTERS)).collect()
}

/// The own stances of a lane, each a link to its claim, with the days between two that differ.
fn own(scale: &Scale, row: &PositionRow, y: f64) -> Markup {
    let mut placed: Vec<(&StanceTaken, [f64; 2], [bool; 2], f64)> = Vec::new();
    for taken in &row.history {
        let Some((days, open)) = days(taken) else {
            continue;
        };
        let ends = days.map(|day| scale.x(day));
        let x = ends[0].midpoint(ends[1]);
        let free = placed
            .last()
            .map_or(f64::MIN, |(.., before)| before + BESIDE);
        placed.push((taken, ends, open, x.max(free)));
    }
    html! {
        @for pair in placed.windows(2) {
            @let ((_, _, _, from), (taken, _, _, to)) = (pair[0], pair[1]);
            @if to - from > 30.0 { path.way d={ "M" (at(from + 13.0)) " " (at(y)) "H" (at(to - 13.0)) "m-6 -3.5l6 3.5l-6 3.5" } {} }
            @if let Some(change) = row.changes.iter().find(|change| change.claims[1] == taken.claim)
                && to - from > 90.0 { text.mid x=(at(from.midpoint(to))) y=(at(y - 8.0)) { (crate::view::words::days_between(change.days)) } }
        }
        @for (taken, ends, open, x) in &placed {
            a href=(request::record(&taken.claim)) {
                title { (said(taken)) }
                (span(*ends, *open, y))
                circle class=(class(taken)) cx=(at(*x)) cy=(at(y)) r="10" {}
                text.glyph.mid x=(at(*x)) y=(at(y + 4.5)) { (glyph(taken)) }
            }
        }
    }
}

/// A lane in its place: others in rows, and how many of them have no room.
struct Placed<'r> {
    top: f64,
    height: f64,
    others: Vec<Vec<Small<'r>>>,
    left: usize,
}

/// The stance of somebody else at a place, with who it is.
struct Small<'r> {
    who: &'r str,
    taken: &'r StanceTaken,
    from: f64,
    x: f64,
    to: f64,
    open: [bool; 2],
}

/// The stances of others, in rows in which they do not lie on one another; and how many have no room.
fn packed<'r>(scale: &Scale, lane: &Lane<'r>) -> (Vec<Vec<Small<'r>>>, usize) {
    let mut all: Vec<Small<'r>> = Vec::new();
    for other in &lane.others {
        for taken in &other.history {
            let Some(([first, last], open)) = days(taken) else {
                continue;
            };
            let (from, to) = (scale.x(first), scale.x(last));
            let who = other.speaker.name.as_str();
            let x = from.midpoint(to);
            // Words said more than once on a day stand there once.
            let is_there = |one: &Small<'_>| {
                one.who == who && one.taken.value == taken.value && (one.x - x).abs() < 0.5
            };
            if !all.iter().any(is_there) {
                all.push(Small {
                    who,
                    taken,
                    from,
                    x,
                    to,
                    open,
                });
            }
        }
    }
    all.sort_by(|a, b| a.x.total_cmp(&b.x).then_with(|| a.who.cmp(b.who)));
    let mut packed: Vec<(f64, Vec<Small<'r>>)> = Vec::new();
    let mut left = 0;
    for one in all {
        let (begins, ends) = room(&one);
        let has_room = packed.len() < OTHERS;
        match packed.iter_mut().find(|(free, _)| *free <= begins) {
            Some((free, row)) => {
                *free = ends;
                row.push(one);
            }
            None if has_room => packed.push((ends, vec![one])),
            None => left += 1,
        }
    }
    (packed.into_iter().map(|(_, row)| row).collect(), left)
}

/// Whether the name stands before the sign: where there is no room behind it.
fn is_before(one: &Small<'_>) -> bool {
    edges(one)[1] + 14.0 + width(one.who) > WIDTH
}

/// Where its bar begins and ends.
fn edges(one: &Small<'_>) -> [f64; 2] {
    let [is_early, is_late] = one.open;
    let from = if is_early { one.from - OPEN } else { one.from };
    [from, if is_late { one.to + OPEN } else { one.to }]
}

fn width(who: &str) -> f64 {
    rows(short(who, 30).chars().count()) * 7.4
}

/// Where a sign with its name begins and ends.
fn room(one: &Small<'_>) -> (f64, f64) {
    let [from, to] = edges(one);
    if is_before(one) {
        (from - 14.0 - width(one.who), to + 12.0)
    } else {
        (from - 8.0, to + 20.0 + width(one.who))
    }
}

fn small(one: &Small<'_>, y: f64) -> Markup {
    let is_before = is_before(one);
    let [from, to] = edges(one);
    let x = if is_before { from - 12.0 } else { to + 12.0 };
    html! {
        a href=(request::record(&one.taken.claim)) {
            title { (shown(one.who)) ": " (said(one.taken)) }
            (span([one.from, one.to], one.open, y))
            circle class=(class(one.taken)) cx=(at(one.x)) cy=(at(y)) r="6.5" {}
            text.glyph.mid.little x=(at(one.x)) y=(at(y + 3.5)) { (glyph(one.taken)) }
            text.from-right[is_before] x=(at(x)) y=(at(y + 4.0)) { (short(&shown(one.who), 30)) }
        }
    }
}

fn class(taken: &StanceTaken) -> &'static str {
    taken.value.map_or("none", |value| of_stance(value).0)
}

fn glyph(taken: &StanceTaken) -> &'static str {
    taken.value.map_or("", |value| of_stance(value).1)
}

/// A stance in words, with its day.
fn said(taken: &StanceTaken) -> String {
    let words = taken.value.map_or("withdrawn", |value| {
        of_stance(value).2.trim_end_matches(" on")
    });
    let when = taken
        .said
        .as_ref()
        .map_or_else(String::new, annals_time::Date::words);
    format!("{words}, {when}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gaps_are_torn_and_days_stay_in_order() {
        let far = Scale::new(vec![0, 700, 701, 706, 706]);
        assert_eq!((far.days.len(), far.torn.len()), (4, 1));
        let even = Scale::new(vec![0, 10, 20, 31]);
        assert!(even.torn.is_empty());
        let one = Scale::new(vec![5]);
        assert_eq!((one.days.len(), one.torn.len()), (1, 0));
        let two = Scale::new(vec![5, 4000]);
        assert!(two.torn.is_empty() && two.days[1].1 <= RIGHT);
        for scale in [far, even, one] {
            assert!(scale.days.windows(2).all(|pair| pair[0].1 < pair[1].1));
            assert!(scale.days.iter().all(|(_, x)| (LEFT..=RIGHT).contains(x)));
        }
        assert!(Scale::new(Vec::new()).days.is_empty());
    }
}
