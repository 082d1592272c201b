//! Reads the claims that decide the stances of speakers.
//!
//! The tables of links tell which speakers can have contradicted themselves, and about which
//! things: those who supported and opposed the same thing on days that can be the same. These may
//! be too many, but never too few. All claims that take a stance toward these things are then read,
//! since the answer also says who held the opposite, and the ordinary question is asked of them.
//! Most are read in brief; where they stand in a text is read of those whose order depends on it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use foldhash::fast::RandomState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Shared, Snapshot};
use super::super::table::Rows;
use super::find::{Finder, Row};
use super::line_shape::Detail;
use super::lines::{Brief, Lines};
use super::links::{Link, Links, links};
use super::{ONE_IN, all_by_line, can_be_partly, is_plain, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, StanceValue};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;
use annals_query::positions::PositionFilter;
use annals_query::selection::THINGS;

/// How many rows are looked through at once: those of a page.
const AT_ONCE: usize = 512;

/// Reads the claims of which positions are made, with what they refer to. `None` where these are
/// those of all, or more than one in eight; where a name is unknown or that of several; where somebody
/// is asked after through those who stood for them: then all is to be read.
///
/// `words`: whether the words of the claims are asked for, and not only who stood where and when.
///
/// # Errors
/// When the snapshot is damaged.
pub fn stances(
    snapshot: &Snapshot,
    asked: &Query,
    kept: PositionFilter,
    words: bool,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    let plain = is_plain(asked);
    let few = kept.contradictions || !asked.by.is_empty() || !asked.about.is_empty();
    if !plain || !few || !can_be_partly(snapshot) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let Some(mut rows) = finder.all_named(asked)? else {
        return Ok(None);
    };
    let [toward, speakers] = links(shared, ["claim_stance", "claim_speaker"])?;
    let spoken = Spoken::of(shared, &speakers)?;
    let wanted = Wanted {
        by: numbers(&mut finder, &asked.by, &[RecordKind::Actor], &speakers)?,
        about: numbers(&mut finder, &asked.about, THINGS, &toward)?,
    };
    let held = if kept.contradictions {
        two_minded(shared, &toward, &spoken, &wanted)?
    } else {
        held(&toward, &spoken, &wanted)
    };
    let things: HashSet<u32, RandomState> = held.iter().map(|one| one.thing).collect();
    let all = toward.all.iter().filter(|link| things.contains(&link.word));
    let all: BTreeSet<usize> = all.map(|link| link.row as usize).collect();
    if all.len() > (whole.records / ONE_IN).max(64) {
        return Ok(None);
    }
    // Whatever else is asked of a claim must be there to be held against it.
    let more = [
        &asked.to,
        &asked.via,
        &asked.at,
        &asked.in_document,
        &asked.text,
    ];
    let few = more.iter().all(|words| words.is_empty()) && asked.verified.is_empty();
    let mut in_full: BTreeSet<usize> = match few {
        false => all.clone(),
        true if words => held.iter().map(|one| one.row as usize).collect(),
        true => BTreeSet::new(),
    };
    // A claim that others take a stance toward is called by its words.
    let words_of = things
        .iter()
        .filter_map(|thing| toward.words.get(*thing as usize));
    for (kind, row) in finder.rows_of_ids(&words_of.cloned().collect())? {
        if kind == RecordKind::Claim {
            in_full.insert(row);
        }
    }
    let mut lines = Lines::default();
    let in_brief: BTreeSet<usize> = all.difference(&in_full).copied().collect();
    let in_text = if lists_all(shared, asked) {
        tied(&held)
    } else {
        held.iter().map(|one| one.row as usize).collect()
    };
    let in_text: BTreeSet<usize> = in_text.intersection(&in_brief).copied().collect();
    let rest = in_brief.difference(&in_text).copied();
    let mut brief = lines.read_brief(shared, rest, Detail::Stances)?;
    brief.add(lines.read_brief(shared, in_text.iter().copied(), Detail::StancesInText)?);
    rows.extend(in_full.into_iter().map(claim));
    rows.extend(brief.left.iter().copied().map(claim));
    lines.read(shared, &rows)?;
    let answers = answers(snapshot, &lines)?;
    if answers.rows.len() > (whole.records / ONE_IN).max(64) {
        return Ok(None);
    }
    let again = tied_with(&answers, &held, &lines).into_iter();
    let again = again.filter(|row| {
        in_brief.contains(row) && !in_text.contains(row) && !rows.contains(&claim(*row))
    });
    let again: Brief =
        lines.read_brief(shared, again.collect::<Vec<_>>(), Detail::StancesInText)?;
    rows.extend(again.left.iter().copied().map(claim));
    brief.add(again);
    rows.extend(answers.rows);
    read(
        snapshot,
        &mut finder,
        lines,
        rows,
        brief.named,
        own_words,
        whole,
    )
}

fn claim(row: usize) -> Row {
    (RecordKind::Claim, row)
}

/// The stances of a speaker toward a thing; all are in the order of their first days.
fn courses(held: &[Held]) -> impl Iterator<Item = &[Held]> {
    held.chunk_by(|one, other| (one.thing, one.actor) == (other.thing, other.actor))
}

/// Whether all stances of a speaker toward a thing are listed, and so the first of them is known.
fn lists_all(shared: &Shared, asked: &Query) -> bool {
    let claims = RecordKind::Claim.plural();
    let mut parts = shared.parts.iter();
    let none_retracted =
        parts.all(|part| part.rows(claims) == 0 || part.is_empty(claims, "retracted"));
    (asked.retracted || none_retracted)
        && asked.stance.is_empty()
        && asked.act.is_empty()
        && asked.mode.is_empty()
        && asked.tag.is_empty()
        && asked.window.is_endless()
        && asked.before.is_empty()
        && asked.after.is_empty()
        && !asked.surely
}

/// The rows of stances of which it can matter where they stand in a text: those of one day in a
/// course, and the first of each, by which courses are listed.
fn tied(held: &[Held]) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    for course in courses(held) {
        let has_first = |day: i64| course.first().is_some_and(|one| one.first == day);
        for day in course.chunk_by(|one, other| one.first == other.first) {
            // What has no day of its own is listed on that of its report, which may be any.
            if has_first(NO_DAY) || has_first(day[0].first) || day.len() > 1 {
                rows.extend(day.iter().map(|one| one.row as usize));
            }
        }
    }
    rows
}

/// The same for stances that were answered: what withdraws one is listed among them.
fn tied_with(answers: &Answers, held: &[Held], lines: &Lines) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    if answers.rows.is_empty() {
        return rows;
    }
    for course in courses(held) {
        let ids = course.iter().map(|one| lines.id(claim(one.row as usize)));
        let mut days = BTreeSet::new();
        for id in ids {
            match id {
                Some(id) => days.extend(answers.days.get(id).into_iter().flatten()),
                // It stands in a file that is read whole.
                None => days.extend([NO_DAY]),
            }
        }
        let is_tied = |one: &&Held| days.contains(&one.first) || days.contains(&NO_DAY);
        rows.extend(course.iter().filter(is_tied).map(|one| one.row as usize));
    }
    rows
}

/// Claims that answer others.
#[derive(Default)]
struct Answers {
    rows: Vec<Row>,
    /// Their first days, by the id of what they answer.
    days: BTreeMap<String, BTreeSet<i64>>,
}

/// The claims that answer one of those that were read: some withdraw it. All that answer any, where
/// claims stand in files that are read whole as well.
fn answers(snapshot: &Snapshot, lines: &Lines) -> Result<Answers, SnapshotError> {
    let [answers] = links(&snapshot.shared, ["claim_responds_to"])?;
    let mut found = Answers::default();
    if answers.all.is_empty() {
        return Ok(found);
    }
    let read: Option<HashSet<&str, RandomState>> =
        all_by_line(snapshot).then(|| lines.ids().collect());
    let is_answered = |link: &&Link| {
        let word = answers.words.get(link.word as usize);
        read.as_ref()
            .is_none_or(|read| word.is_some_and(|id| read.contains(id.as_str())))
    };
    for link in answers.all.iter().filter(is_answered) {
        found.rows.push(claim(link.row as usize));
        if let Some(id) = answers.words.get(link.word as usize) {
            found.days.entry(id.clone()).or_default().insert(link.first);
        }
    }
    Ok(found)
}

/// The numbers of those that are named; `None` where nobody is.
type Numbers = Option<HashSet<u32, RandomState>>;

/// Whose stances on what are asked for.
struct Wanted {
    by: Numbers,
    about: Numbers,
}

impl Wanted {
    fn is_about(&self, thing: u32) -> bool {
        self.about
            .as_ref()
            .is_none_or(|about| about.contains(&thing))
    }

    fn is_by(&self, actor: u32) -> bool {
        self.by.as_ref().is_none_or(|by| by.contains(&actor))
    }
}

fn numbers(
    finder: &mut Finder<'_>,
    words: &[String],
    kinds: &[RecordKind],
    links: &Links,
) -> Result<Numbers, SnapshotError> {
    if words.is_empty() {
        return Ok(None);
    }
    let mut ids = BTreeSet::new();
    for word in words {
        ids.extend(finder.named(word, kinds)?.map(|(_, id)| id));
    }
    let all = links.words.iter().enumerate();
    let named = all.filter(|(_, word)| ids.contains(*word));
    Ok(Some(named.map(|(number, _)| number as u32).collect()))
}

/// Who said each claim.
struct Spoken {
    /// By row, the number of one speaker.
    one: Vec<u32>,
    /// The others, by row.
    others: Vec<(u32, u32)>,
}

/// The first day of what has none.
const NO_DAY: i64 = i64::MIN;
/// No actor.
const NOBODY: u32 = u32::MAX;

impl Spoken {
    fn of(shared: &Shared, speakers: &Links) -> Result<Self, SnapshotError> {
        let claims = RecordKind::Claim.plural();
        let rows = shared.parts.iter().map(|part| part.rows(claims)).sum();
        let (mut one, mut others) = (vec![NOBODY; rows], Vec::new());
        for link in &speakers.all {
            let place = one.get_mut(link.row as usize);
            let place = place.ok_or_else(|| SnapshotError::damaged(&shared.folder))?;
            if *place == NOBODY {
                *place = link.word;
            } else {
                others.push((link.row, link.word));
            }
        }
        others.sort_unstable();
        Ok(Spoken { one, others })
    }

    /// Calls `each` for each speaker of a row.
    fn each(&self, row: u32, mut each: impl FnMut(u32)) {
        match self.one.get(row as usize) {
            Some(&one) if one != NOBODY => each(one),
            _ => return,
        }
        let first = self.others.partition_point(|(other, _)| *other < row);
        let others = self.others[first..].iter();
        others
            .take_while(|one| one.0 == row)
            .for_each(|one| each(one.1));
    }
}

/// A stance that somebody took toward something.
#[derive(Debug, Clone, Copy)]
struct Held {
    thing: u32,
    actor: u32,
    row: u32,
    first: i64,
    value: Option<StanceValue>,
}

impl Held {
    /// Sorts by course, then by first day.
    fn in_course(&self) -> (u32, u32, i64) {
        (self.thing, self.actor, self.first)
    }

    fn of(link: &Link, actor: u32) -> Self {
        Held {
            thing: link.word,
            actor,
            row: link.row,
            first: link.first,
            value: link.value,
        }
    }
}

/// The stances of those who are asked for.
fn held(toward: &Links, spoken: &Spoken, wanted: &Wanted) -> Vec<Held> {
    let mut held = Vec::new();
    for link in toward.all.iter().filter(|link| wanted.is_about(link.word)) {
        spoken.each(link.row, |actor| {
            if wanted.is_by(actor) {
                held.push(Held::of(link, actor));
            }
        });
    }
    held.sort_unstable_by_key(Held::in_course);
    held
}

/// All stances, toward one thing, of those who supported and opposed it on days that can be the same.
fn two_minded(
    shared: &Shared,
    toward: &Links,
    spoken: &Spoken,
    wanted: &Wanted,
) -> Result<Vec<Held>, SnapshotError> {
    let actors = spoken.one.iter().filter(|one| **one != NOBODY).max();
    let others = spoken.others.iter().map(|one| &one.1).max();
    let actors = actors.max(others).map_or(0, |last| *last as usize + 1);
    // For each actor the last thing that they supported, and opposed.
    let mut last = vec![[NOBODY; 2]; actors];
    let mut found = Vec::new();
    for run in toward.all.chunk_by(|one, other| one.word == other.word) {
        let thing = run[0].word;
        if !wanted.is_about(thing) {
            continue;
        }
        let mut both = false;
        for link in run {
            let which = match link.value {
                Some(StanceValue::Supports) => 0,
                Some(StanceValue::Opposes) => 1,
                _ => continue,
            };
            spoken.each(link.row, |actor| {
                let last = &mut last[actor as usize];
                last[which] = thing;
                both |= *last == [thing; 2] && wanted.is_by(actor);
            });
        }
        if both {
            for link in run {
                spoken.each(link.row, |actor| {
                    if last[actor as usize] == [thing; 2] && wanted.is_by(actor) {
                        found.push(Held::of(link, actor));
                    }
                });
            }
        }
    }
    if found.is_empty() {
        return Ok(found);
    }
    let lasts = last_days(shared)?;
    found.sort_by_key(Held::in_course);
    let at_once = courses(&found).filter(|course| can_be_at_once(course, &lasts));
    Ok(at_once.flatten().copied().collect())
}

/// Whether two opposed stances, of some in the order of their first days, can have been taken on one
/// day.
fn can_be_at_once(course: &[Held], lasts: &[i64]) -> bool {
    let mut until = [i64::MIN; 2];
    course.iter().any(|one| {
        let which = match one.value {
            Some(StanceValue::Supports) => 0,
            Some(StanceValue::Opposes) => 1,
            _ => return false,
        };
        let last = lasts.get(one.row as usize).copied().unwrap_or(i64::MAX);
        until[which] = last.max(until[which]);
        // What has no first day comes before all that have one.
        until[1 - which] >= one.first && until[1 - which] > i64::MIN
    })
}

/// By row, the last day on which a claim can have been said; the greatest number where none is known.
fn last_days(shared: &Shared) -> Result<Vec<i64>, SnapshotError> {
    let columns = Columns::of(RecordKind::Claim);
    let claims = RecordKind::Claim.plural();
    let days = columns.days.iter().find(|(field, ..)| *field == "said");
    let all = shared.parts.iter().map(|part| part.rows(claims)).sum();
    let mut lasts = vec![i64::MAX; all];
    let Some((_, _, last)) = days else {
        return Ok(lasts);
    };
    for part in &shared.parts {
        let begin = part.entry.first_rows.get(claims).copied().unwrap_or(0);
        if part.rows(claims) == 0 || part.is_empty(claims, &columns.all[*last].name) {
            continue;
        }
        let table = part.paged(claims)?;
        let groups: Vec<_> = table.groups().collect();
        let read = |group: std::ops::Range<usize>| {
            let mut rows = Rows::new(table.clone(), vec![Some(*last)]);
            let (mut at, mut days) = (group.start, Vec::new());
            while at < group.end {
                let batch = rows.read(at, AT_ONCE)?;
                let number = |row| batch.number(0, row).unwrap_or(i64::MAX);
                days.extend((0..batch.rows).map(number));
                at += batch.rows;
            }
            Ok((group.start, days))
        };
        let threads = ordered_parallel::threads(groups.len());
        ordered_parallel::for_each_ordered(
            groups.into_iter(),
            threads,
            read,
            |read: Result<_, SnapshotError>| {
                let (start, days) = read?;
                let places = lasts.get_mut(begin.saturating_add(start)..);
                let places = places.ok_or_else(|| SnapshotError::damaged(&shared.folder))?;
                places
                    .iter_mut()
                    .zip(days)
                    .for_each(|(place, day)| *place = day);
                Ok::<(), SnapshotError>(())
            },
        )?;
    }
    Ok(lasts)
}
