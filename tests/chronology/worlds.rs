//! Random worlds: what truly happened, to the second, and a dossier that tells of it, more or less
//! exactly and nothing but the truth.

use annals::time::{Allen, Day, Duration, DurationUnit};
use serde_json::{Value, json};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Numbers from a seed (xorshift).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 to below a number.
    pub fn below(&mut self, most: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % most.max(1) as u64) as i64
    }

    pub fn one_in(&mut self, number: i64) -> bool {
        self.below(number) == 0
    }
}

/// When something truly was, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    pub start: i64,
    pub end: i64,
}

impl Truth {
    /// Its first and last day: what ends at midnight ends on the day before.
    pub fn days(self) -> (i64, i64) {
        (self.start.div_euclid(DAY), (self.end - 1).div_euclid(DAY))
    }

    pub fn within(self, other: Truth) -> bool {
        other.start <= self.start && self.end <= other.end
    }
}

pub fn iso(day: i64) -> String {
    date(day).to_string()
}

fn date(day: i64) -> Day {
    Day::from_number(18_000 + day).unwrap()
}

/// A date that a truth admits, more or less exact.
fn blurred(dice: &mut Dice, truth: Truth) -> Option<String> {
    let (first, last) = truth.days();
    let (a, b) = (iso(first), iso(last));
    let one_day = first == last;
    let moment = truth.end - truth.start == 1;
    Some(match dice.below(13) {
        0 => return None,
        1 if one_day => a,
        2 if a[..7] == b[..7] => a[..7].to_owned(),
        3 if a[..4] == b[..4] => a[..4].to_owned(),
        4 => format!("{}/{}", &a[..7], &b[..7]),
        5 => format!("{a}/"),
        6 => format!("/{b}"),
        7 if one_day => format!("{a}~"),
        8 if one_day => format!("[1900-01-01,{a}]"),
        9 if one_day => format!("[{a},{}]", iso(first + 1 + dice.below(40))),
        10..=11 if moment => {
            let second = truth.start.rem_euclid(DAY);
            let (hour, minute) = (second / 3600, second / 60 % 60);
            format!("{a}T{hour:02}:{minute:02}:{:02}", second % 60)
        }
        _ => format!("{a}/{b}"),
    })
}

/// Moments of two months: often on the hours at which days and watches change, so that things meet.
fn moment(dice: &mut Dice) -> i64 {
    match dice.below(4) {
        0 => dice.below(60) * DAY,
        1 => dice.below(240) * DAY / 4,
        _ => dice.below(60 * DAY / 60) * 60,
    }
}

fn truth(dice: &mut Dice) -> Truth {
    let start = moment(dice);
    let length = match dice.below(5) {
        0 => 1,
        1 => (1 + dice.below(8)) * DAY / 4,
        2 => 60 * (1 + dice.below(600)),
        3 => DAY * (1 + dice.below(30)) - start.rem_euclid(DAY),
        _ => DAY * (1 + dice.below(30)),
    };
    let end = start + length.max(1);
    Truth { start, end }
}

/// What truly was, by the ids of the dossier, and the dossier.
#[derive(Debug)]
pub struct World {
    pub dossier: Value,
    pub truths: Vec<(String, Truth)>,
}

/// A world and what is told of it.
pub fn world(seed: u64) -> World {
    let mut dice = Dice::new(seed);
    let mut teller = Teller {
        actors: Vec::new(),
        events: Vec::new(),
        claims: Vec::new(),
        ties: Vec::new(),
        dossier: json!({"annals": 1}),
        dice: dice.clone(),
    };
    for _ in 0..4 {
        dice.below(2);
    }
    teller.dice = dice;
    teller.actors();
    teller.events();
    teller.ties();
    teller.claims();
    teller.orders();
    let named = |name: &str, truths: &[Truth]| -> Vec<(String, Truth)> {
        let each = truths.iter().enumerate();
        each.map(|(nth, truth)| (format!("{name}{nth}"), *truth))
            .collect()
    };
    let mut truths = named("e", &teller.events);
    truths.extend(named("c", &teller.claims));
    truths.extend(named("a", &teller.actors));
    let ties: Vec<Truth> = teller.ties.iter().map(|tie| tie.1).collect();
    truths.extend(named("r", &ties));
    World {
        dossier: teller.dossier,
        truths,
    }
}

struct Teller {
    dice: Dice,
    actors: Vec<Truth>,
    events: Vec<Truth>,
    claims: Vec<Truth>,
    ties: Vec<(usize, Truth)>,
    dossier: Value,
}

/// The kinds of events: few, so that there are many of one.
const KINDS: [&str; 2] = ["visit", "round of talks"];

impl Teller {
    /// A number of things; the first is always there.
    fn some(&mut self, most: i64) -> usize {
        (1 + self.dice.below(most)) as usize
    }

    fn put(&mut self, list: &str, record: Value) {
        if self.dossier[list].is_null() {
            self.dossier[list] = json!([]);
        }
        self.dossier[list].as_array_mut().unwrap().push(record);
    }

    /// What is given of a true time, if anything.
    fn when(&mut self, record: &mut Value, field: &str, truth: Truth) {
        if let Some(written) = blurred(&mut self.dice, truth) {
            record[field] = json!(written);
        }
    }

    /// Whoever lives, lives from long before, and some die.
    fn actors(&mut self) {
        for nth in 0..self.some(3) {
            let start = -DAY * (365 * 20 + self.dice.below(365 * 40));
            let end = DAY * (65 + self.dice.below(40));
            let life = Truth { start, end };
            let mut actor =
                json!({"id": format!("a{nth}"), "name": format!("Actor {nth}"), "kind": "person"});
            self.when(&mut actor, "lifespan", life);
            self.actors.push(life);
            self.put("actors", actor);
        }
    }

    fn events(&mut self) {
        let count = 1 + self.some(7);
        self.events = (0..count).map(|_| truth(&mut self.dice)).collect();
        let kinds: Vec<usize> = (0..count).map(|_| self.dice.below(3) as usize).collect();
        for (nth, truth) in self.events.clone().into_iter().enumerate() {
            let mut event = json!({"id": format!("e{nth}"), "label": "E"});
            self.when(&mut event, "when", truth);
            let whole = self.events[..nth]
                .iter()
                .position(|other| truth.within(*other));
            if let Some(whole) = whole.filter(|_| self.dice.one_in(2)) {
                event["part_of"] = json!(format!("e{whole}"));
            }
            if self.dice.one_in(4) {
                let later =
                    (nth + 1..count).filter(|other| self.events[*other].start >= truth.start);
                event["causes"] = later.map(|other| json!(format!("e{other}"))).collect();
            }
            let there = (0..self.actors.len()).filter(|one| {
                let life = self.actors[*one];
                life.start < truth.end && truth.start < life.end
            });
            let there: Vec<usize> = there.collect();
            if let Some(one) = there.first().filter(|_| self.dice.one_in(2)) {
                event["participants"] = json!([{"actor": format!("a{one}")}]);
            }
            if let Some(kind) = KINDS.get(kinds[nth]) {
                event["kind"] = json!(kind);
                // The last of its kind before it is the one since which it is the first.
                let earlier = (0..count).filter(|other| {
                    *other != nth
                        && kinds[*other] == kinds[nth]
                        && self.events[*other].start < truth.start
                });
                let last = earlier.max_by_key(|other| self.events[*other].start);
                if let Some(last) = last {
                    let day = iso(self.events[last].days().1.max(self.events[last].days().0));
                    let since = match self.dice.below(4) {
                        0 => day[..4].to_owned(),
                        1 => day[..7].to_owned(),
                        2 => day,
                        _ => format!("e{last} began"),
                    };
                    event["label"] = json!(format!("The first {kind} since {since}"));
                }
            }
            self.put("events", event);
        }
    }

    /// Offices, each within the life of who holds it.
    fn ties(&mut self) {
        for nth in 0..self.some(3) {
            let from = self.dice.below(self.actors.len() as i64) as usize;
            let life = self.actors[from];
            let start = (life.start + DAY * 365 * 18).max(moment(&mut self.dice) - 40 * DAY);
            let end = (start + DAY * (1 + self.dice.below(60))).min(life.end);
            if end <= start {
                continue;
            }
            let held = Truth { start, end };
            let mut tie = json!({"id": format!("r{}", self.ties.len()), "from": format!("a{from}"), "kind": "holds_office", "to": "town"});
            self.when(&mut tie, "when", held);
            self.ties.push((from, held));
            self.put("relations", tie);
            let _ = nth;
        }
        self.put(
            "actors",
            json!({"id": "town", "name": "Town", "kind": "organization"}),
        );
    }

    fn claims(&mut self) {
        for nth in 0..self.some(6) {
            let start = moment(&mut self.dice);
            let said = Truth {
                start,
                end: start + 1,
            };
            let mut claim =
                json!({"id": format!("c{nth}"), "speaker": [], "content": format!("words {nth}")});
            self.when(&mut claim, "said", said);
            let alive = (0..self.actors.len()).find(|one| said.within(self.actors[*one]));
            let tie = self.ties.iter().position(|(_, held)| said.within(*held));
            if let Some(tie) = tie.filter(|_| self.dice.one_in(2)) {
                claim["as"] = json!(format!("r{tie}"));
                claim["speaker"] = json!([format!("a{}", self.ties[tie].0)]);
            } else if let Some(one) = alive.filter(|_| self.dice.one_in(2)) {
                claim["speaker"] = json!([format!("a{one}")]);
            }
            let event = self.dice.below(self.events.len() as i64) as usize;
            if said.within(self.events[event]) {
                claim["at"] = json!(format!("e{event}"));
            }
            // What has begun is asserted, what has not is predicted.
            claim["about"] = json!([format!("e{event}")]);
            let past = self.events[event].start <= said.start;
            let acts = if past {
                ["asserts", "confirms", "denies"]
            } else {
                ["predicts", "promises", "demands"]
            };
            claim["act"] = json!(acts[self.dice.below(3) as usize]);
            for field in ["responds_to", "repeats"] {
                let earlier = self
                    .claims
                    .iter()
                    .position(|other| other.start <= said.start);
                if let Some(earlier) = earlier.filter(|_| self.dice.one_in(2)) {
                    claim[field] = json!([format!("c{earlier}")]);
                }
            }
            let published = said.days().1 + self.dice.below(3);
            self.put(
                "documents",
                json!({"id": format!("d{nth}"), "title": "D", "published": iso(published)}),
            );
            claim["evidence"] = json!([{"document": format!("d{nth}")}]);
            if self.dice.one_in(3) {
                self.recorded(&mut claim, published);
            }
            self.claims.push(said);
            self.put("claims", claim);
        }
        // What was taken back, and need not be true.
        let mut gone = json!({"id": "gone", "speaker": [], "content": "gone", "said": "1066", "about": ["e0"], "at": "e0"});
        self.recorded(&mut gone, 0);
        gone["retracted"] = json!(iso(200));
        self.put("claims", gone);
    }

    /// When a record was entered: by the day or more vaguely.
    fn recorded(&mut self, record: &mut Value, published: i64) {
        let day = iso(published + self.dice.below(5));
        let exact = [10, 7, 4][self.dice.below(3) as usize];
        record["recorded"] = json!(day[..exact]);
    }

    fn orders(&mut self) {
        for _ in 0..self.some(14) {
            let count = self.events.len() as i64;
            let (a, b) = (
                self.dice.below(count) as usize,
                self.dice.below(count) as usize,
            );
            if a == b {
                continue;
            }
            let (one, other) = (self.events[a], self.events[b]);
            let relation = Allen::between((one.start, one.end), (other.start, other.end)).unwrap();
            // The true relation, among others that are not.
            let more = Allen::ALL[self.dice.below(13) as usize];
            let relations = match self.dice.below(4) {
                0 => json!([relation.as_str(), more.as_str()]),
                _ => json!([relation.as_str()]),
            };
            let mut order =
                json!({"first": format!("e{a}"), "relation": relations, "second": format!("e{b}")});
            if order["relation"].as_array().unwrap().len() == 1 {
                self.apart(&mut order, one, other);
            }
            self.put("orders", order);
        }
        if self.dossier["orders"].is_null() {
            self.dossier["orders"] = json!([]);
        }
    }

    /// How far apart they truly are: it has no sign, so that it counts from what is earlier.
    fn apart(&mut self, order: &mut Value, one: Truth, other: Truth) {
        let ends = |truth: Truth, end: bool| {
            if end {
                (truth.end, truth.days().1)
            } else {
                (truth.start, truth.days().0)
            }
        };
        let (from, to) = match self.dice.below(4) {
            0 => (true, false),
            1 => (self.dice.one_in(2), self.dice.one_in(2)),
            _ => (false, false),
        };
        let (a, b) = (ends(one, from), ends(other, to));
        if self.dice.one_in(2) || a.0 > b.0 || a.1 > b.1 {
            return;
        }
        for (field, end) in [("from", from), ("to", to)] {
            if end {
                order[field] = json!("end");
            }
        }
        let days = b.1 - a.1;
        order["by"] = json!(match self.dice.below(4) {
            0 => format!("P{days}D"),
            1 => format!("P{}D/P{}D", days.max(2) - 2, days + 3),
            2 => {
                let months = |number: i64| {
                    let duration = Duration::new(number as u32, DurationUnit::Months);
                    duration.add_to(date(a.1)).unwrap()
                };
                let whole = (0..1_000)
                    .take_while(|number| months(*number) <= date(b.1))
                    .count() as i64;
                format!("P{}M/P{whole}M", whole - 1)
            }
            _ => {
                let seconds = b.0 - a.0;
                format!(
                    "PT{}H{}M{}S",
                    seconds / 3600,
                    seconds / 60 % 60,
                    seconds % 60
                )
            }
        });
    }
}
