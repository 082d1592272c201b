//! Claims as the columns of a snapshot have them become units of a network, without records of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::made::Network;
use super::shown_claims::{Claims, ShownClaim, ShownClaims};
use super::units::{Collected, Units, ignores, is_undated, says, says_of, stretches, touches};
use super::{Dated, Made, NetworkAsked, NodesOf, Over, range};
use crate::Query;
use crate::selection::Dating;
use annals_model::{Facts, NodeRef, RecordKind, RecordRef, StanceValue};
use annals_network::{Days, Scale, TooManyWindows, Unit, When};
use annals_time::{Between, Certainty, Date, DaySet};

/// A claim, its texts told by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct ColumnClaim<'c> {
    /// Its row.
    pub row: u32,
    /// The number of its date, if it has one.
    pub said: Option<u32>,
    /// Its speakers.
    pub speakers: &'c [u32],
    /// Its stances toward things.
    pub stances: &'c [(u32, StanceValue)],
    /// What it is about.
    pub about: &'c [u32],
    /// The documents of its passages.
    pub documents: &'c [u32],
    /// When it was first published, if that was asked for.
    pub reported: Option<&'c Date>,
}

/// What a network needs of claims, beside speakers, stances and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column, or is not")]
pub struct ColumnsNeeded {
    /// What they are about.
    pub about: bool,
    /// The documents of their passages.
    pub documents: bool,
    /// When they were first published, although they have a date.
    pub reported: bool,
    /// Of what kinds the things are.
    pub kinds: bool,
    /// Toward what stances are that are on no level of the scale; without it, [`NO_THING`] stands for that.
    pub off_scale: bool,
    /// The days of which one can be that of a claim, by its own date.
    pub range: Option<Days>,
}

/// The number of what need not be known.
pub const NO_THING: u32 = u32::MAX;

impl ColumnsNeeded {
    /// Whether it is needed toward what a stance of this value is.
    pub fn is_toward_needed(&self, value: StanceValue) -> bool {
        self.off_scale || matches!(value, StanceValue::Supports | StanceValue::Opposes)
    }
}

/// Claims of columns, collected.
pub struct Columns {
    asked: NetworkAsked,
    query: Query,
    range: Days,
    texts: Vec<String>,
    numbers: HashMap<String, u32, FixedState>,
    kinds: Vec<Option<RecordKind>>,
    dates: Vec<Date>,
    dates_by_text: HashMap<String, u32, FixedState>,
    seen: Vec<Option<Seen>>,
    units: Units<u32>,
    rows: Vec<u32>,
    says: Vec<(u32, u8)>,
}

impl std::fmt::Debug for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Columns")
            .field("claims", &self.rows.len())
            .finish_non_exhaustive()
    }
}

/// What a date of claims means in the range.
#[derive(Debug, Clone, Copy)]
struct Seen {
    touches: bool,
    when: Option<u32>,
}

impl Columns {
    /// None yet.
    pub fn new(query: &Query, asked: &NetworkAsked) -> Columns {
        let range = range(query.window.from.as_ref(), query.window.until.as_ref());
        let mut query = query.clone();
        if asked.dated == Dated::Published {
            // The window is one of publication.
            query.window = annals_time::Window::default();
        }
        Columns {
            asked: asked.clone(),
            query,
            range,
            texts: Vec::new(),
            numbers: HashMap::default(),
            kinds: Vec::new(),
            dates: Vec::new(),
            dates_by_text: HashMap::default(),
            seen: Vec::new(),
            units: Units::new(range),
            rows: Vec::new(),
            says: Vec::new(),
        }
    }

    /// What is to be read of claims.
    pub fn needed(&self) -> ColumnsNeeded {
        ColumnsNeeded {
            about: ignores(&self.asked),
            documents: self.asked.weighed.duplicates == super::Duplicates::Document,
            reported: self.asked.dated == Dated::Published,
            kinds: self.asked.over != Over::Things,
            off_scale: self.asked.over != Over::Things
                || ignores(&self.asked)
                || self.asked.weighed.scale != Scale::Two,
            range: (self.asked.dated == Dated::Said && self.range != Days::ALWAYS)
                .then_some(self.range),
        }
    }

    /// The number of a text, an id; `kind` says of what kind the record is, if that is needed.
    pub fn text(&mut self, text: &str, kind: impl FnOnce() -> Option<RecordKind>) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        self.kinds.push(kind());
        number
    }

    /// The number of a date, by a text that no other date has.
    pub fn date(&mut self, text: &str, date: impl FnOnce() -> Date) -> u32 {
        if let Some(number) = self.dates_by_text.get(text) {
            return *number;
        }
        let number = self.dates.len() as u32;
        self.dates.push(date());
        self.dates_by_text.insert(text.to_owned(), number);
        self.seen.push(None);
        number
    }

    /// Makes units of a claim in force.
    pub fn add(&mut self, claim: &ColumnClaim<'_>) {
        let known = claim.said.filter(|_| self.asked.dated == Dated::Said);
        let seen = match known {
            Some(number) => match self.seen[number as usize] {
                Some(seen) => seen,
                None => {
                    let date = self.dates[number as usize].clone();
                    let seen = self.see(Dating::Given(&date));
                    self.seen[number as usize] = Some(seen);
                    seen
                }
            },
            None if self.asked.dated == Dated::Published => {
                let dating = match claim.said {
                    Some(number) => Dating::Given(&self.dates[number as usize]),
                    None => claim.reported.map_or(Dating::Unknown, Dating::NotAfter),
                };
                let reported = claim.reported;
                let days = reported.map_or_else(DaySet::always, Date::may_cover);
                let lies = dating.lies_in(&self.between());
                self.see_days(lies, &days, &days)
            }
            None => {
                let dating = claim.reported.map_or(Dating::Unknown, Dating::NotAfter);
                self.see(dating)
            }
        };
        if !seen.touches {
            return;
        }
        self.add_seen(claim, seen);
    }

    fn add_seen(&mut self, claim: &ColumnClaim<'_>, seen: Seen) {
        let noted = &mut self.units.noted;
        noted.undated += usize::from(is_undated(&self.asked, claim.said.is_some()));
        if claim.speakers.is_empty() {
            noted.of_nobody += 1;
            return;
        }
        self.says.clear();
        let (over, kinds) = (self.asked.over, &self.kinds);
        let counts = |thing: &u32| counts(over, kinds.get(*thing as usize).copied().flatten());
        let stances = claim.stances.iter().copied();
        let counted = stances.filter(|(toward, _)| counts(toward));
        let is_off = says(&mut self.says, counted, self.asked.weighed.scale);
        if ignores(&self.asked) {
            let toward = claim.stances.iter().map(|stance| stance.0);
            let about = claim.about.iter().copied().chain(toward);
            says_of(&mut self.says, about.filter(counts));
        } else {
            noted.off_scale += usize::from(is_off || claim.stances.is_empty());
        }
        let number = self.rows.len() as u32;
        self.rows.push(claim.row);
        let is_shared = claim.speakers.len() > 1;
        for (nth, speaker) in claim.speakers.iter().enumerate() {
            if claim.speakers[..nth].contains(speaker) {
                continue;
            }
            if self.asked.of == NodesOf::Actors {
                self.units.nodes.number(*speaker);
            }
            let Some(when) = seen.when else { continue };
            let voice = is_shared.then(|| self.units.voices.number(vec![(*speaker, true)]));
            for (thing, level) in &self.says {
                let unit = Unit {
                    node: 0,
                    thing: 0,
                    level: *level,
                    when,
                    claim: number,
                    document: (claim.documents.first()).map_or(u32::MAX - number, |one| *one),
                    voice,
                };
                self.units.add(self.asked.of, *speaker, *thing, unit);
            }
        }
    }

    fn between(&self) -> Between {
        Between {
            window: self.query.window.clone(),
            before: None,
            after: None,
        }
    }

    fn see(&mut self, dating: Dating<'_>) -> Seen {
        let between = self.between();
        let said = dating.days();
        let may = said.intersection(&between.days());
        self.see_days(dating.lies_in(&between), &said, &may)
    }

    fn see_days(&mut self, lies: Certainty, days: &DaySet, may: &DaySet) -> Seen {
        let touches = lies.is_possible() && touches(days, self.range);
        let mut when = None;
        if touches {
            self.units.reaches(days);
            when = (!may.is_empty()).then(|| {
                self.units.whens.number(When {
                    days: stretches(days),
                    may: stretches(may),
                    sure: lies.is_certain(),
                })
            });
        }
        Seen { touches, when }
    }

    /// Sorts the units, and says which records are shown in a network of them.
    ///
    /// # Errors
    /// If there are too many windows.
    pub fn collected(self) -> Result<ColumnNetwork, TooManyWindows> {
        let texts = self.texts;
        let id = |number: &u32| texts[*number as usize].as_str();
        let collected = self.units.collected(&self.asked, id)?;
        Ok(ColumnNetwork {
            asked: self.asked,
            collected,
            texts,
            numbers: self.numbers,
            rows: self.rows,
        })
    }
}

fn counts(over: Over, kind: Option<RecordKind>) -> bool {
    match over {
        Over::Things => true,
        Over::Topics => kind == Some(RecordKind::Topic),
        Over::Actors => kind == Some(RecordKind::Actor),
        Over::Events => kind == Some(RecordKind::Event),
    }
}

/// A network of which no records have been read.
pub struct ColumnNetwork {
    asked: NetworkAsked,
    collected: Collected<u32>,
    texts: Vec<String>,
    numbers: HashMap<String, u32, FixedState>,
    rows: Vec<u32>,
}

impl std::fmt::Debug for ColumnNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ColumnNetwork")
            .field("texts", &self.texts.len())
            .finish_non_exhaustive()
    }
}

impl ColumnNetwork {
    fn id(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// The ids of the records that are shown: the nodes, and of an affiliation the things.
    pub fn shown(&self) -> BTreeSet<&str> {
        let nodes = self.collected.nodes.iter();
        let things = self.collected.things.iter();
        let is_affiliation = self.asked.is_affiliation();
        let things = things.filter(|_| is_affiliation);
        nodes.chain(things).map(|one| self.id(*one)).collect()
    }

    /// The number of a text, if a claim has it.
    pub fn number(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// What the weight of two nodes is made of: the ids of the things of which both speak, and the rows of
    /// the claims about these.
    pub fn behind(&self, ends: [&str; 2]) -> (BTreeSet<&str>, Vec<u32>) {
        let number = |end: &str| {
            let mut nodes = self.collected.nodes.iter();
            nodes.position(|one| self.id(*one) == end)
        };
        let [Some(one), Some(other)] = ends.map(number) else {
            return Default::default();
        };
        let window = self.collected.windows.first().copied();
        let counted = (self.collected.statements).window(window.unwrap_or(Days::ALWAYS));
        let (mut ids, mut rows) = (BTreeSet::new(), Vec::new());
        for (thing, _) in counted.things(one as u32, other as u32) {
            ids.insert(self.id(self.collected.things[thing as usize]));
            for node in [one, other] {
                for (unit, _) in counted.units(node as u32, thing) {
                    rows.push(self.rows[unit.claim as usize]);
                }
            }
        }
        rows.sort_unstable();
        rows.dedup();
        (ids, rows)
    }

    /// The network, with the records that were read of it, and the claims that can be shown.
    /// `None` where a node is not among the records.
    pub fn with(self, facts: &Facts, shown: ShownClaims) -> Option<Made> {
        let node = |number: &u32| facts.find(self.id(*number)).and_then(RecordRef::node);
        let nodes: Option<Vec<NodeRef>> = self.collected.nodes.iter().map(node).collect();
        let things = self.collected.things.iter().map(node).collect();
        let network = Network {
            nodes: nodes?,
            things,
            claims: self.claims(facts, shown)?,
            asked: self.asked,
            windows: self.collected.windows,
            statements: self.collected.statements,
            left_out: self.collected.left_out,
        };
        Some(Made::Network(Box::new(network)))
    }
    /// The claims that can be shown, by the numbers that units have of them; `None` where the record of one is
    /// not there that tells when it was said.
    fn claims(&self, facts: &Facts, shown: ShownClaims) -> Option<Claims> {
        let (rows, mut claims): (Vec<u32>, Vec<_>) = shown.claims.into_iter().unzip();
        for claim in claims.iter_mut().filter(|claim| claim.said_in_record) {
            let Some(RecordRef::Claim(id)) = facts.find(&claim.stated.id) else {
                return None;
            };
            let said = facts[id].said.map(|said| facts.date(said).clone());
            Arc::get_mut(&mut claim.stated)?.said = said;
        }
        let mut claims: Vec<Option<ShownClaim>> = claims.into_iter().map(Some).collect();
        let numbered = self.rows.iter().filter(|_| !rows.is_empty()).map(|row| {
            let nth = rows.binary_search(row).ok()?;
            claims[nth].take()
        });
        Some(Claims::OfColumns {
            claims: numbered.collect(),
            documents: shown.documents,
            things: self.collected.things.clone(),
        })
    }
}
