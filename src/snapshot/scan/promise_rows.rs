//! What was promised and what became of it, told from columns, without records: where much was promised, and
//! nothing but acts is asked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Rows, Table};
use super::counting::column;
use super::direct::{are_columns_enough, without_records};
use super::links::{Links, links};
use super::pieces::{add_all, in_pieces};
use super::told_claims::{At, ToldClaims};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{Act, OwnWords, RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::promises::{Cause, Causes, EndOfDay, EventTimes, PromiseRow, PromiseState};
use annals_query::{Query, Ref};
use annals_time::{Certainty, Date, Day};

/// How many rows are read at once, and how many one thread goes through.
const AT_ONCE: usize = 4096;
const EACH: usize = 1 << 17;
/// How many claims a thread goes through at once.
const CLAIMS_EACH: usize = 1 << 12;
/// Where fewer of all records than one in so many are such claims, their records are made.
const FEW_ONE_IN: usize = 64;

/// Promises with their states, oldest first. Rows are made when they are asked for.
#[derive(Debug)]
pub struct PromiseRows {
    claims: ToldClaims,
    found: Vec<OnePromise>,
}

/// A state in which a promise can be.
#[derive(Debug)]
struct OnePromise {
    at: At,
    state: PromiseState,
    is_certain: bool,
    by: Vec<End>,
}

/// A claim or an event that fulfils, breaks or answers something; in the order of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    /// Its kind, the place of its file among all, and its line.
    place: (RecordKind, u32, u32),
    of: EndOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EndOf {
    /// An event, by its number among the things.
    Event(u32),
    Claim(At),
}

/// Whether a question asks for nothing but acts.
fn asks_for_acts(asked: &Query) -> bool {
    let plain = Query {
        act: asked.act.clone(),
        limit: asked.limit,
        ..Query::default()
    };
    *asked == plain
}

/// The claims of the acts that are asked for, in the states that are wanted, in which they can be at the end of
/// a day; and the facts without records, of which the rest of the answer is told. `None` where anything else is
/// asked for, where these are few, or where the columns are not enough.
///
/// # Errors
/// When the snapshot is damaged.
pub fn promise_rows(
    snapshot: &Snapshot,
    asked: &Query,
    states: &[PromiseState],
    day: Option<Day>,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(PromiseRows, LoadResult)>, SnapshotError> {
    let shared = &snapshot.shared;
    if !asks_for_acts(asked) || !are_columns_enough(snapshot) {
        return Ok(None);
    }
    let of_claims = links(
        shared,
        ["claim_responds_to", "claim_fulfils", "claim_breaks"],
    )?;
    let of_events = links(shared, ["event_fulfils", "event_breaks"])?;
    let targets = Targets::of(of_claims.iter().chain(&of_events));
    let wanted = with_acts(shared, &asked.act, &targets)?;
    if wanted.len() < whole.records / FEW_ONE_IN {
        return Ok(None);
    }
    let linked = Linked::to(&wanted, &targets, &of_claims, &of_events);
    let Some(mut claims) = ToldClaims::read(shared, &linked.rows(&wanted))? else {
        return Ok(None);
    };
    let mut promises: Vec<At> = Vec::with_capacity(wanted.len());
    let mut rest = wanted.as_slice();
    for at in claims.all() {
        let row = claims.claim(at).row;
        if let Some((_, others)) = rest.split_first().filter(|(one, _)| one.row == row) {
            if claims.claim(at).is_retracted {
                return Ok(None);
            }
            promises.push(at);
            rest = others;
        }
    }
    let deciding = Deciding::new(&claims, &linked, EndOfDay::new(day));
    let decided = deciding.all(&promises, states)?;
    let order = claims.order(&promises);
    let mut found = decided.in_order(&order);
    found.truncate(asked.limit.unwrap_or(usize::MAX));
    let rows = PromiseRows { claims, found };
    Ok(Some((rows, without_records(snapshot, own_words, whole))))
}

impl PromiseRows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Some of the rows, which own their texts and dates, or borrow them.
    pub fn rows<'p, S: From<&'p str>, D: From<&'p Date>>(
        &'p self,
        range: Range<usize>,
    ) -> impl Iterator<Item = PromiseRow<S, D>> {
        let some = self.found.get(range).unwrap_or_default();
        let claims: Vec<At> = some.iter().map(|one| one.at).collect();
        self.claims.look_ahead(&claims);
        some.iter().map(|one| PromiseRow {
            claim: self.claims.row(one.at, one.is_certain),
            state: one.state,
            by: one.by.iter().filter_map(|end| self.shown(end)).collect(),
            due: self.claims.due(one.at).map(D::from),
        })
    }

    fn shown<'p, S: From<&'p str>>(&'p self, end: &End) -> Option<Ref<S>> {
        match end.of {
            EndOf::Event(number) => self.claims.things.shown(number),
            EndOf::Claim(at) => Some(self.claims.shown(at)),
        }
    }
}

/// A claim of an act that is asked for.
#[derive(Debug, Clone, Copy)]
struct WithAct {
    row: u32,
    /// Its number among the targets of links, if it is one.
    target: Option<u32>,
}

/// The ids that links lead from, by number.
struct Targets<'l>(HashMap<&'l str, u32, FixedState>);

impl<'l> Targets<'l> {
    fn of(tables: impl Iterator<Item = &'l Links>) -> Self {
        let mut numbers: HashMap<&str, u32, FixedState> = HashMap::default();
        for word in tables.flat_map(|table| &table.words) {
            let next = numbers.len() as u32;
            numbers.entry(word).or_insert(next);
        }
        Targets(numbers)
    }
}

/// The claims in force of some acts, by row.
fn with_acts(
    shared: &Shared,
    acts: &[String],
    targets: &Targets<'_>,
) -> Result<Vec<WithAct>, SnapshotError> {
    let claims = RecordKind::Claim.plural();
    let mut pieces = Vec::new();
    for part in &shared.parts {
        if part.rows(claims) == 0 || part.is_empty(claims, "act") {
            continue;
        }
        let table = part.paged(claims)?;
        for rows in in_pieces(&table, EACH) {
            pieces.push((part, Arc::clone(&table), rows));
        }
    }
    let mut found = Vec::new();
    add_all(
        pieces,
        |(part, table, rows): (&Part, Arc<Table>, Range<usize>)| {
            rows_of(part, &table, rows, acts, targets).map(Some)
        },
        |rows: Vec<WithAct>| {
            found.extend(rows);
            Ok(true)
        },
    )?;
    Ok(found)
}

fn rows_of(
    part: &Part,
    table: &Table,
    all: Range<usize>,
    acts: &[String],
    targets: &Targets<'_>,
) -> Result<Vec<WithAct>, SnapshotError> {
    const ACT: usize = 0;
    const RETRACTED: usize = 1;
    const ID: usize = 2;
    let kind = RecordKind::Claim;
    let columns = Columns::of(kind);
    let begin = part.entry.first_rows.get(kind.plural()).copied();
    let begin = begin.unwrap_or(0);
    let wanted = ["act", "retracted", "id"].map(|name| column(part, kind, &columns, name));
    let mut rows = Rows::new(table, wanted.to_vec());
    let (mut at, mut found) = (all.start, Vec::new());
    while at < all.end {
        let batch = rows.read(at, AT_ONCE.min(all.end - at))?;
        for row in 0..batch.rows {
            let act = batch.bytes(ACT, row);
            let fits = act.is_some_and(|act| acts.iter().any(|one| one.as_bytes() == act));
            if !fits || batch.bytes(RETRACTED, row).is_some() {
                continue;
            }
            let id = batch.text(ID, row).ok_or_else(|| table.damaged())?;
            found.push(WithAct {
                row: u32::try_from(begin + at + row).map_err(|_| table.damaged())?,
                target: targets.0.get(id).copied(),
            });
        }
        at += batch.rows;
    }
    Ok(found)
}

/// What a link says of the claim that it leads from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    Fulfils,
    Breaks,
    RespondsTo,
}

/// Links to claims, in order: the row of the claim, what the link says, and from which row of a claim or of an event
/// it leads.
struct Linked {
    claims: Vec<(u32, Link, u32)>,
    events: Vec<(u32, Link, u32)>,
}

/// Those of a claim.
fn links_to(all: &[(u32, Link, u32)], row: u32) -> impl Iterator<Item = (Link, u32)> {
    let start = all.partition_point(|one| one.0 < row);
    let of_claim = all[start..].iter().take_while(move |one| one.0 == row);
    of_claim.map(|(_, link, from)| (*link, *from))
}

/// The rows from which links lead, in order.
fn from_rows(all: &[(u32, Link, u32)]) -> Vec<u32> {
    let mut rows: Vec<u32> = all.iter().map(|one| one.2).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

impl Linked {
    fn to(
        wanted: &[WithAct],
        targets: &Targets<'_>,
        [responds, fulfils, breaks]: &[Links; 3],
        [event_fulfils, event_breaks]: &[Links; 2],
    ) -> Self {
        let mut rows: Vec<Option<u32>> = vec![None; targets.0.len()];
        for one in wanted {
            if let Some(target) = one.target {
                rows[target as usize] = Some(one.row);
            }
        }
        let mut linked = Linked {
            claims: Vec::new(),
            events: Vec::new(),
        };
        let tables = [
            (responds, Link::RespondsTo, true),
            (fulfils, Link::Fulfils, true),
            (breaks, Link::Breaks, true),
            (event_fulfils, Link::Fulfils, false),
            (event_breaks, Link::Breaks, false),
        ];
        for (table, link, is_claim) in tables {
            let row = |word: &String| rows[*targets.0.get(word.as_str())? as usize];
            let of_words: Vec<Option<u32>> = table.words.iter().map(row).collect();
            let to = if is_claim {
                &mut linked.claims
            } else {
                &mut linked.events
            };
            for one in &table.all {
                // Nothing fulfils itself.
                if let Some(target) = of_words[one.word as usize]
                    && !(is_claim && target == one.row)
                {
                    to.push((target, link, one.row));
                }
            }
        }
        for all in [&mut linked.claims, &mut linked.events] {
            all.sort_unstable();
            all.dedup();
        }
        linked
    }

    /// The rows of all claims that are to be read, ascending.
    fn rows(&self, wanted: &[WithAct]) -> Vec<u32> {
        let ends = self.claims.iter().map(|one| one.2);
        let mut rows: Vec<u32> = wanted.iter().map(|one| one.row).chain(ends).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// The states of claims, in the order in which these were read: then what is needed of one is near when it is
/// needed.
#[derive(Default)]
struct Decided {
    all: Vec<OnePromise>,
    /// Where those of each claim end.
    ends: Vec<u32>,
}

impl Decided {
    fn append(&mut self, mut more: Decided) {
        let before = self.all.len() as u32;
        self.all.append(&mut more.all);
        self.ends.extend(more.ends.iter().map(|end| before + end));
    }

    /// The same in the order of an answer: the places of claims among those that were read.
    fn in_order(mut self, order: &[u32]) -> Vec<OnePromise> {
        let mut found = Vec::with_capacity(self.all.len());
        for nth in order.iter().map(|nth| *nth as usize) {
            let start = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
            for one in &mut self.all[start as usize..self.ends[nth] as usize] {
                found.push(OnePromise {
                    by: std::mem::take(&mut one.by),
                    ..*one
                });
            }
        }
        found
    }
}

/// What decides in which states claims can be.
struct Deciding<'d> {
    claims: &'d ToldClaims,
    linked: &'d Linked,
    end: EndOfDay,
    /// By row, the claims and events that links lead to.
    of_claims: HashMap<u32, At, FixedState>,
    of_events: HashMap<u32, u32, FixedState>,
}

impl<'d> Deciding<'d> {
    fn new(claims: &'d ToldClaims, linked: &'d Linked, end: EndOfDay) -> Self {
        let [of_claims, of_events] = [&linked.claims, &linked.events].map(|all| from_rows(all));
        let told = claims.all().map(|at| (claims.claim(at).row, at));
        let told = told.filter(|(row, _)| of_claims.binary_search(row).is_ok());
        let told = told.collect();
        let events = claims.things.events();
        let events = events.filter(|(_, event)| of_events.binary_search(&event.row).is_ok());
        Deciding {
            claims,
            linked,
            end,
            of_claims: told,
            of_events: events.map(|(number, event)| (event.row, number)).collect(),
        }
    }

    /// All claims, in this order, in the states that are wanted.
    fn all(&self, claims: &[At], wanted: &[PromiseState]) -> Result<Decided, SnapshotError> {
        let mut decided = Decided::default();
        let stretches = claims.chunks(CLAIMS_EACH);
        ordered_parallel::for_each_ordered(
            stretches.clone(),
            ordered_parallel::threads(stretches.len()),
            |some: &[At]| {
                let mut decided = Decided::default();
                for at in some {
                    self.add(*at, wanted, &mut decided.all);
                    decided.ends.push(decided.all.len() as u32);
                }
                decided
            },
            |some| {
                decided.append(some);
                Ok::<(), SnapshotError>(())
            },
        )?;
        Ok(decided)
    }

    /// Adds a claim in each state that is wanted and in which it can be.
    fn add(&self, at: At, wanted: &[PromiseState], found: &mut Vec<OnePromise>) {
        let made = self.end.claim(self.claims.dating(at));
        if !made.is_possible() {
            return;
        }
        let (chunk, claim) = (self.claims.chunk(at), self.claims.claim(at));
        let act = claim.act.as_ref();
        let act = act.and_then(|act| Act::parse(chunk.get(act)));
        let states = self.end.states(act, self.claims.due(at), &self.causes(at));
        for (state, certainty, by) in states {
            if wanted.is_empty() || wanted.contains(&state) {
                found.push(OnePromise {
                    at,
                    state,
                    is_certain: made.and(certainty).is_certain(),
                    by,
                });
            }
        }
    }

    /// What there is of what fulfils, breaks and answers a claim.
    fn causes(&self, at: At) -> Causes<End> {
        let mut causes = Causes::default();
        let row = self.claims.claim(at).row;
        let claims = links_to(&self.linked.claims, row);
        let claims = claims.filter_map(|(link, from)| Some((link, self.by_claim(from)?)));
        let events = links_to(&self.linked.events, row);
        let events = events.filter_map(|(link, from)| {
            let number = *self.of_events.get(&from)?;
            let (end, times) = self.event(number)?;
            Some((link, (end, self.end.event(times))))
        });
        for (link, cause) in claims.chain(events) {
            let to = match link {
                Link::Fulfils => &mut causes.kept,
                Link::Breaks => &mut causes.broken,
                Link::RespondsTo => &mut causes.answered,
            };
            to.extend(Some(cause).filter(|cause| cause.1.is_possible()));
        }
        for number in self.claims.chunk(at).about(at.1 as usize) {
            if let Some((end, times)) = self.event(*number) {
                let certainty = self.end.followed(self.claims.dating(at), times);
                causes
                    .answered
                    .extend(certainty.is_possible().then_some((end, certainty)));
            }
        }
        causes
    }

    /// A claim that fulfils, breaks or answers another.
    fn by_claim(&self, row: u32) -> Option<Cause<End>> {
        let at = *self.of_claims.get(&row)?;
        let in_force = Certainty::from_truth(!self.claims.claim(at).is_retracted);
        let (file, line) = self.claims.place(at);
        let end = End {
            place: (RecordKind::Claim, file, line),
            of: EndOf::Claim(at),
        };
        let there = self.end.claim(self.claims.dating(at));
        Some((end, there.and(in_force)))
    }

    fn event(&self, number: u32) -> Option<(End, EventTimes<'_>)> {
        let event = self.claims.things.event(number)?;
        let (file, line) = event.place;
        let end = End {
            place: (RecordKind::Event, file, line),
            of: EndOf::Event(number),
        };
        let times = EventTimes {
            status: event.status,
            when: event.when.as_deref(),
            in_force: Certainty::from_truth(!event.is_retracted),
        };
        Some((end, times))
    }
}
