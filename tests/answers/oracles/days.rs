//! `dates` and the verdict of the chronology, against every way in which the ends of a few things can
//! lie on a few days: dates, orders, distances in days, times of day.
//!
//! A day is its midnight and what lies between that and the next; a day with a time of day has the
//! two ends of that second besides. An end can lie at each midnight or moment, or in between, and
//! those of one gap in any order.

use annals::chronology::premises::Chronicle;
use annals::query::Dossier;
use annals::query::chronicle::SolvedChronology;
use annals::time::Day;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{cases, facts};

const EVENTS: usize = 3;
/// The first of the days.
const FIRST: u32 = 10;

/// The end of a thing: which, and whether it is its start (0) or its end (1).
type End = (usize, usize);

#[derive(Debug, Clone)]
struct Order {
    first: usize,
    second: usize,
    relation: &'static str,
    /// Which ends a distance counts between, and how many days.
    apart: Option<(usize, usize, i64, i64)>,
}

#[derive(Debug, Clone)]
enum When {
    Unknown,
    /// It begins and ends within these days.
    Within(u32, u32),
    /// It begins on the one and ends on the other.
    FromTo(u32, u32),
    /// It lasts for a second, at ten o'clock.
    AtTen(u32),
}

#[derive(Debug, Clone)]
struct Small {
    days: u32,
    timed: bool,
    when: Vec<When>,
    orders: Vec<Order>,
}

/// What a relation says of the ends: one not after the other, or before it.
fn said(relation: &str) -> Vec<(End, End, bool)> {
    let [s1, e1, s2, e2] = [(0, 0), (0, 1), (1, 0), (1, 1)];
    let before = |one, other| (one, other, true);
    let by = |one, other| (one, other, false);
    match relation {
        "before" => vec![before(e1, s2)],
        "meets" => vec![by(e1, s2), by(s2, e1)],
        "overlaps" => vec![before(s1, s2), before(s2, e1), before(e1, e2)],
        "starts" => vec![by(s1, s2), by(s2, s1), before(e1, e2)],
        "during" => vec![before(s2, s1), before(e1, e2)],
        "finishes" => vec![before(s2, s1), by(e1, e2), by(e2, e1)],
        "equals" => vec![by(s1, s2), by(s2, s1), by(e1, e2), by(e2, e1)],
        "starts_before" => vec![before(s1, s2)],
        "ends_before" => vec![before(e1, e2)],
        "before_or_meets" => vec![by(e1, s2)],
        "overlapping" => vec![before(s1, e2), before(s2, e1)],
        _ => unreachable!("no such relation"),
    }
}

fn small() -> impl Strategy<Value = Small> {
    any::<bool>().prop_flat_map(|timed| {
        let days = if timed { 2 } else { 4 };
        let day = move || 0..days;
        let when = (day(), day(), 0..6_u32).prop_map(move |(a, b, how)| match how {
            0 | 1 => When::Unknown,
            2 => When::Within(a, a),
            3 => When::Within(a.min(b), a.max(b)),
            4 => When::FromTo(a.min(b), a.max(b)),
            _ if timed => When::AtTen(a),
            _ => When::Within(b, b),
        });
        let names = prop::sample::select(vec![
            "before",
            "meets",
            "overlaps",
            "starts",
            "during",
            "finishes",
            "equals",
            "starts_before",
            "starts_before",
            "ends_before",
            "before_or_meets",
            "overlapping",
        ]);
        let apart = (0..2_usize, 0..2_usize, 0..3_i64, 0..2_i64, 0..3_u32);
        let order = (0..EVENTS, 1..EVENTS, names, apart);
        let order = order.prop_map(move |(first, on, relation, (from, to, least, more, how))| {
            // Only where it is plain from which end to which a distance counts.
            let ends = match relation {
                "before" | "meets" | "before_or_meets" => Some((from, to)),
                "starts_before" | "overlaps" => Some((0, to)),
                "during" | "ends_before" if relation == "during" => Some((0, 0)),
                _ => None,
            };
            let apart = ends.filter(|_| how > 0);
            Order {
                first,
                second: (first + on) % EVENTS,
                relation,
                apart: apart.map(|(from, to)| (from, to, least, least + more)),
            }
        });
        (
            prop::collection::vec(when, EVENTS),
            prop::collection::vec(order, 1..5),
        )
            .prop_map(move |(when, orders)| Small {
                days,
                timed,
                when,
                orders,
            })
    })
}

fn iso(day: u32) -> String {
    format!("2021-05-{:02}", FIRST + day)
}

fn dossier(small: &Small) -> Value {
    let mut events = vec![json!({
        "id": "whole", "label": "Whole", "when": format!("{}/{}", iso(0), iso(small.days - 1)),
    })];
    for (nth, when) in small.when.iter().enumerate() {
        let mut event = json!({"id": format!("e{nth}"), "label": "E", "part_of": "whole"});
        match *when {
            When::Within(a, b) if a == b => event["when"] = json!(iso(a)),
            When::Unknown | When::Within(..) => {}
            When::FromTo(a, b) => event["when"] = json!(format!("{}/{}", iso(a), iso(b))),
            When::AtTen(a) => event["when"] = json!(format!("{}T10:00:00", iso(a))),
        }
        // Several days without a unit of their own: within a whole of those days.
        if let When::Within(a, b) = *when
            && a != b
        {
            event["part_of"] = json!(format!("w{nth}"));
            events.push(json!({
                "id": format!("w{nth}"), "label": "W", "when": format!("{}/{}", iso(a), iso(b)),
            }));
        }
        events.push(event);
    }
    let orders = small.orders.iter().enumerate().map(|(nth, order)| {
        let mut one = json!({
            "id": format!("o{nth}"), "first": format!("e{}", order.first),
            "relation": order.relation, "second": format!("e{}", order.second),
        });
        if let Some((from, to, least, most)) = order.apart {
            let end = |end: usize| ["start", "end"][end];
            one["by"] = json!(format!("P{least}D/P{most}D"));
            one["from"] = json!(end(from));
            one["to"] = json!(end(to));
        }
        one
    });
    let orders: Vec<Value> = orders.collect();
    json!({"annals": 1, "events": events, "orders": orders})
}

/// The places of a day: its midnight, what follows, and with a time of day that moment, the end of
/// its second, and the rest.
struct Places {
    of_day: usize,
    days: usize,
}

impl Places {
    fn count(&self) -> usize {
        self.of_day * self.days + 1
    }

    /// Whether a place is a single moment.
    fn is_moment(&self, place: usize) -> bool {
        matches!(place % self.of_day, 0 | 2 | 3)
    }

    fn day(&self, place: usize, end: usize) -> i64 {
        let day = if end == 0 {
            place / self.of_day
        } else {
            // What ends at midnight has ended on the day before.
            place.div_ceil(self.of_day) - 1
        };
        day as i64
    }
}

/// The ends of all things, each at a place.
type Ends = [[usize; 2]; EVENTS];

fn fits_date(places: &Places, when: &When, [start, end]: [usize; 2]) -> bool {
    let days = (places.day(start, 0), places.day(end, 1));
    let ten = |day: u32| day as usize * places.of_day + 2;
    match *when {
        When::Unknown => true,
        When::Within(a, b) => days.0 >= i64::from(a) && days.1 <= i64::from(b),
        When::FromTo(a, b) => days == (i64::from(a), i64::from(b)),
        When::AtTen(a) => [start, end] == [ten(a), ten(a) + 1],
    }
}

fn fits(small: &Small, places: &Places, ends: &Ends) -> bool {
    let mut within: Vec<(usize, usize, bool)> = Vec::new();
    let mut holds = |(a, of_a): End, (b, of_b): End, strictly: bool| {
        let (x, y) = (ends[a][of_a], ends[b][of_b]);
        if x == y && !places.is_moment(x) {
            within.push((2 * a + of_a, 2 * b + of_b, strictly));
            return true;
        }
        x < y || (x == y && !strictly)
    };
    for nth in 0..EVENTS {
        if !holds((nth, 0), (nth, 1), true) {
            return false;
        }
    }
    for order in &small.orders {
        let thing = |nth: usize| [order.first, order.second][nth];
        for ((a, of_a), (b, of_b), strictly) in said(order.relation) {
            if !holds((thing(a), of_a), (thing(b), of_b), strictly) {
                return false;
            }
        }
        if let Some((from, to, least, most)) = order.apart {
            let day = |nth: usize, end: usize| places.day(ends[thing(nth)][end], end);
            // It counts from what is earlier.
            let days = match order.relation {
                "during" => day(0, to) - day(1, from),
                _ => day(1, to) - day(0, from),
            };
            if !(least..=most).contains(&days) {
                return false;
            }
        }
    }
    // In one gap, no circle with something before something.
    let all = 2 * EVENTS;
    let mut known = vec![vec![None; all]; all];
    for (x, y, strictly) in within {
        known[x][y] = Some(known[x][y].unwrap_or(false) || strictly);
    }
    for by in 0..all {
        for x in 0..all {
            for y in 0..all {
                if let (Some(a), Some(b)) = (known[x][by], known[by][y]) {
                    known[x][y] = Some(known[x][y].unwrap_or(false) || a || b);
                }
            }
        }
    }
    (0..all).all(|x| known[x][x] != Some(true))
}

/// The first and the last day of each start and each end; `None` where nothing can be.
fn gone_through(small: &Small) -> Option<[[[i64; 2]; 2]; EVENTS]> {
    let places = Places {
        of_day: if small.timed { 5 } else { 2 },
        days: small.days as usize,
    };
    // An end at the first midnight would lie before all days.
    let pairs = || {
        let count = places.count();
        (0..count).flat_map(move |start| (start.max(1)..count).map(move |end| [start, end]))
    };
    let own = |nth: usize| {
        let all = pairs().filter(|pair| fits_date(&places, &small.when[nth], *pair));
        all.collect::<Vec<_>>()
    };
    let all = [own(0), own(1), own(2)];
    let mut found: Option<[[[i64; 2]; 2]; EVENTS]> = None;
    for &a in &all[0] {
        for &b in &all[1] {
            for &c in &all[2] {
                let ends = [a, b, c];
                if !fits(small, &places, &ends) {
                    continue;
                }
                let days = ends.map(|[start, end]| {
                    let day = |place, end| [places.day(place, end); 2];
                    [day(start, 0), day(end, 1)]
                });
                let known = found.get_or_insert(days);
                for (known, days) in known.iter_mut().flatten().zip(days.iter().flatten()) {
                    known[0] = known[0].min(days[0]);
                    known[1] = known[1].max(days[1]);
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dates_are_the_narrowest_days(small in small()) {
        let json = dossier(&small);
        let loaded = facts(&json);
        let chronicle = Chronicle::new(&loaded.facts, 1);
        let asked = Dossier::new(&loaded);
        let told = SolvedChronology::new(&asked, &chronicle);
        let possible = told.solved().conflicts.is_empty();
        let expected = gone_through(&small);
        prop_assert_eq!(possible, expected.is_some(), "{:#}", json);
        for conflict in &told.solved().conflicts {
            prop_assert!(!conflict.premises.is_empty());
        }
        let Some(expected) = expected else { return Ok(()) };
        let first = Day::from_ymd(2021, 5, FIRST).unwrap().number();
        for (nth, expected) in expected.iter().enumerate() {
            let record = loaded.facts.find(&format!("e{nth}")).unwrap();
            let row = told.row(record);
            for (end, expected) in [row.start, row.end].into_iter().zip(expected) {
                let days = end.narrowed.map(|day| day.map(|day| i64::from(day.number() - first)));
                prop_assert_eq!(days, expected.map(Some), "e{}: {:#}", nth, json);
            }
        }
    }
}
