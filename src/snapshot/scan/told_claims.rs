//! Claims as answers show them, told from columns: where there are many, no records are made of them.
//!
//! The rows are those that `said` makes of the facts. So this is done only where the columns hold all that the
//! facts hold ([`are_columns_enough`](super::direct::are_columns_enough)).

use std::ops::Range;
use std::sync::Arc;

use super::super::error::SnapshotError;
use super::super::opened::Shared;
use super::dates_by_text::DatesByText;
use super::documents::file_order;
use super::find::Finder;
use super::pieces::{add_all_with, in_pieces};
use super::reading_claims::{Forms, Piece, PieceRead};
use super::things::Things;
use annals_finding::FilePlace;
use annals_model::{Mode, RecordKind, StanceValue, Voice};
use annals_query::Ref;
use annals_query::answer::EvidenceRow;
use annals_query::said::{SaidRow, StanceRow};
use annals_query::selection::Dating;
use annals_time::{Date, chronological};

/// How many rows one thread goes through.
const EACH: usize = 1 << 15;

/// A claim, in numbers: those of things and dates, and places in the text of its chunk.
#[derive(Debug)]
pub(super) struct OneClaim {
    /// Its row of all parts.
    pub(super) row: u32,
    /// Its file, by number in the manifest; where it stands there.
    pub(super) file: u32,
    pub(super) line: u32,
    pub(super) leading: u32,
    pub(super) characters: u32,
    pub(super) is_retracted: bool,
    pub(super) voice: Voice,
    pub(super) mode: Option<Mode>,
    pub(super) id: Range<u32>,
    pub(super) act: Option<Range<u32>>,
    pub(super) quote: Option<Range<u32>>,
    pub(super) content: Option<Range<u32>>,
    pub(super) said: Option<u32>,
    pub(super) due: Option<u32>,
    pub(super) at: Option<u32>,
    /// Where its lists end among those of the chunk.
    pub(super) ends: Ends,
}

/// Where the lists of a claim end among those of its chunk: they begin where those of the claim before end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ends {
    pub(super) speaker: u32,
    pub(super) to: u32,
    pub(super) about: u32,
    pub(super) via: u32,
    pub(super) stance: u32,
    pub(super) evidence: u32,
}

/// A passage: its document, and where in the text of the chunk its quote is.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) document: Option<u32>,
    pub(super) quote: Option<Range<u32>>,
}

/// Claims that were read together.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) text: String,
    /// Speakers, those who are spoken to, what claims are about, and who passed them on: by number.
    pub(super) speaker: Vec<u32>,
    pub(super) to: Vec<u32>,
    pub(super) about: Vec<u32>,
    pub(super) via: Vec<u32>,
    pub(super) stance: Vec<(u32, StanceValue)>,
    pub(super) evidence: Vec<Passage>,
    pub(super) claims: Vec<OneClaim>,
}

impl Chunk {
    pub(super) fn get(&self, place: &Range<u32>) -> &str {
        let place = place.start as usize..place.end as usize;
        self.text.get(place).unwrap_or_default()
    }

    pub(super) fn put(&mut self, text: &str) -> Range<u32> {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        start..self.text.len() as u32
    }

    /// One of the lists of a claim.
    fn list<'l, T>(&self, nth: usize, all: &'l [T], end: impl Fn(&Ends) -> u32) -> &'l [T] {
        let of = |claim: Option<&OneClaim>| claim.map_or(0, |claim| end(&claim.ends) as usize);
        let before = nth.checked_sub(1).and_then(|nth| self.claims.get(nth));
        all.get(of(before)..of(self.claims.get(nth)))
            .unwrap_or_default()
    }

    pub(super) fn about(&self, nth: usize) -> &[u32] {
        self.list(nth, &self.about, |ends| ends.about)
    }

    fn evidence(&self, nth: usize) -> &[Passage] {
        self.list(nth, &self.evidence, |ends| ends.evidence)
    }
}

/// Where a claim is among those that were told: its chunk, and which of it.
pub(super) type At = (u32, u32);

/// Claims that were told, with what they refer to.
pub(super) struct ToldClaims {
    pub(super) chunks: Vec<Chunk>,
    pub(super) things: Things,
    pub(super) dates: DatesByText,
    /// The names of the files, by number.
    files: Vec<String>,
    /// The places of files among all as they are read.
    order: Vec<u32>,
}

impl std::fmt::Debug for ToldClaims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ToldClaims").finish_non_exhaustive()
    }
}

impl ToldClaims {
    /// Reads the claims of some rows of all parts, ascending; `None` where columns do not tell all that is to
    /// be known.
    pub(super) fn read(shared: &Shared, rows: &[u32]) -> Result<Option<Self>, SnapshotError> {
        let Some(things) = Things::read(shared)? else {
            return Ok(None);
        };
        let kind = RecordKind::Claim.plural();
        let mut pieces = Vec::new();
        for part in shared.parts.iter().filter(|part| part.rows(kind) > 0) {
            let begin = part.entry.first_rows.get(kind).copied().unwrap_or(0);
            let table = part.paged(kind)?;
            for stretch in in_pieces(&table, EACH) {
                let from = rows.partition_point(|row| (*row as usize) < begin + stretch.start);
                let until = rows.partition_point(|row| (*row as usize) < begin + stretch.end);
                if from < until {
                    pieces.push(Piece {
                        part,
                        table: Arc::clone(&table),
                        begin,
                        rows: &rows[from..until],
                        things: &things,
                    });
                }
            }
        }
        let (mut chunks, mut dates) = (Vec::new(), DatesByText::default());
        // Of each chunk, what has no number among the things.
        let mut unknown = Vec::new();
        let are_told = add_all_with(
            pieces,
            Forms::default,
            |forms, piece: Piece<'_>| piece.read(forms),
            |read: PieceRead| {
                let numbers: Vec<u32> =
                    read.dates.into_iter().map(|date| dates.add(date)).collect();
                let mut chunk = read.chunk;
                for claim in &mut chunk.claims {
                    for date in [&mut claim.said, &mut claim.due].into_iter().flatten() {
                        *date = numbers[*date as usize];
                    }
                }
                chunks.push(chunk);
                unknown.push(read.unknown);
                Ok(true)
            },
        )?;
        let mut told = ToldClaims {
            chunks,
            things,
            dates,
            files: shared
                .manifest
                .inputs
                .iter()
                .map(|one| one.name.clone())
                .collect(),
            order: file_order(shared),
        };
        Ok((are_told && told.name_claims(shared, &unknown)?).then_some(told))
    }

    /// Numbers the claims that others refer to, whose names are read now; false where something is no claim.
    fn name_claims(
        &mut self,
        shared: &Shared,
        unknown: &[Vec<String>],
    ) -> Result<bool, SnapshotError> {
        let ids = unknown.iter().flatten().map(String::as_str).collect();
        let first = self.things.len() as u32;
        for (id, rows) in Finder::new(shared).rows_by_id(&ids)? {
            for (kind, row) in rows {
                let name = match kind {
                    RecordKind::Claim => super::reading_claims::name_of(shared, row)?,
                    _ => None,
                };
                if self.things.add(id, name.as_deref().unwrap_or(id)).is_none() {
                    return Ok(false);
                }
            }
        }
        for (chunk, unknown) in self.chunks.iter_mut().zip(unknown) {
            let numbers = unknown.iter().map(|id| self.things.number(id));
            let Some(numbers) = numbers.collect::<Option<Vec<u32>>>() else {
                return Ok(false);
            };
            let lists = [
                &mut chunk.speaker,
                &mut chunk.to,
                &mut chunk.about,
                &mut chunk.via,
            ];
            let towards = chunk.stance.iter_mut().map(|(toward, _)| toward);
            let ats = chunk.claims.iter_mut().filter_map(|one| one.at.as_mut());
            let all = lists.into_iter().flatten().chain(towards).chain(ats);
            for number in all.filter(|number| **number >= first) {
                *number = numbers[(*number - first) as usize];
            }
        }
        Ok(true)
    }

    /// All claims.
    pub(super) fn all(&self) -> impl Iterator<Item = At> {
        let chunks = self.chunks.iter().zip(0..);
        chunks.flat_map(|(chunk, nth)| (0..chunk.claims.len() as u32).map(move |one| (nth, one)))
    }

    pub(super) fn chunk(&self, (chunk, _): At) -> &Chunk {
        &self.chunks[chunk as usize]
    }

    pub(super) fn claim(&self, at: At) -> &OneClaim {
        &self.chunk(at).claims[at.1 as usize]
    }

    /// Where the record stands: the place of its file among all, and its line.
    pub(super) fn place(&self, at: At) -> (u32, u32) {
        let claim = self.claim(at);
        let place = self.order.get(claim.file as usize).copied();
        (place.unwrap_or(u32::MAX), claim.line)
    }

    fn date(&self, number: Option<u32>) -> Option<&Date> {
        number.map(|number| self.dates.date(number))
    }

    /// By when what it says is due.
    pub(super) fn due(&self, at: At) -> Option<&Date> {
        self.date(self.claim(at).due)
    }

    /// When it was first published.
    pub(super) fn reported(&self, at: At) -> Option<&Arc<Date>> {
        let passages = self.chunk(at).evidence(at.1 as usize).iter();
        let documents = passages.filter_map(|one| self.things.document(one.document?));
        let dates = documents.filter_map(|document| document.published.as_ref());
        dates.min_by(|one, other| chronological(one, other))
    }

    /// What is known of when it was said.
    pub(super) fn dating(&self, at: At) -> Dating<'_> {
        match self.date(self.claim(at).said) {
            Some(said) => Dating::Given(said),
            None => self
                .reported(at)
                .map_or(Dating::Unknown, |date| Dating::NotAfter(date)),
        }
    }

    /// The places of these claims among them, in the order in which lists have them: as `sort_key::sort` sorts
    /// records.
    pub(super) fn order(&mut self, some: &[At]) -> Vec<u32> {
        let mut dated = Vec::with_capacity(some.len());
        for at in some {
            let said = self.claim(*at).said;
            let reported = match said {
                None => self.reported(*at).cloned(),
                Some(_) => None,
            };
            dated.push(said.or_else(|| Some(self.dates.add(reported?))));
        }
        let ranks = self.dates.ranks();
        let key = |((at, date), nth): ((At, Option<u32>), u32)| {
            let mut passages = self.chunk(at).evidence(at.1 as usize).iter();
            let document = passages.find_map(|one| self.things.document(one.document?));
            // What is not known comes last.
            let date = date.map_or(u32::MAX, |date| ranks[date as usize]);
            let document = document.map_or(u32::MAX, |document| document.rank);
            (date, document, self.place(at), nth)
        };
        let all = some.iter().copied().zip(dated).zip(0..);
        let mut keys: Vec<_> = all.map(key).collect();
        annals_ordered_parallel::sort_by_key(&mut keys, |one| *one);
        keys.into_iter().map(|(.., nth)| nth).collect()
    }

    /// Reads the beginning of all that rows of some claims are made of, which lies all over memory: the cache misses
    /// of many then overlap, instead of each waiting for the one before.
    pub(super) fn look_ahead(&self, some: &[At]) {
        let mut read = 0;
        for at in some {
            let claim = self.claim(*at);
            read ^= claim.row ^ claim.leading ^ claim.id.start ^ claim.ends.evidence;
        }
        let last = |list: &[u32], end: u32| list.get(end.checked_sub(1)? as usize).copied();
        for at in some {
            let (chunk, claim) = (self.chunk(*at), self.claim(*at));
            let ends = claim.ends;
            let lists = [
                last(&chunk.speaker, ends.speaker),
                last(&chunk.to, ends.to),
                last(&chunk.about, ends.about),
            ];
            for number in lists.into_iter().flatten() {
                read ^= self.things.look_at(number);
            }
            let passages = chunk.evidence(at.1 as usize).first();
            read ^= passages.and_then(|one| one.document).unwrap_or(0);
            for text in [Some(&claim.id), claim.content.as_ref()]
                .into_iter()
                .flatten()
            {
                let byte = chunk.text.as_bytes().get(text.start as usize);
                read ^= byte.map_or(0, |byte| u32::from(*byte));
            }
        }
        std::hint::black_box(read);
    }

    fn refs<'t, S: From<&'t str>>(&'t self, numbers: &[u32]) -> Vec<Ref<S>> {
        let shown = numbers.iter().filter_map(|one| self.things.shown(*one));
        shown.collect()
    }

    /// A claim as one that answers refer to.
    pub(super) fn shown<'t, S: From<&'t str>>(&'t self, at: At) -> Ref<S> {
        let (chunk, claim) = (self.chunk(at), self.claim(at));
        let id = chunk.get(&claim.id);
        let name = claim.quote.as_ref().or(claim.content.as_ref());
        let name = name.map_or(id, |name| chunk.get(name));
        Ref {
            id: id.into(),
            name: name.into(),
        }
    }

    /// A claim in force as `said` shows it, which owns its texts and dates, or borrows them.
    pub(super) fn row<'t, S: From<&'t str>, D: From<&'t Date>>(
        &'t self,
        at: At,
        is_certain: bool,
    ) -> SaidRow<S, D> {
        let (chunk, claim, nth) = (self.chunk(at), self.claim(at), at.1 as usize);
        let text = |place: &Option<Range<u32>>| Some(chunk.get(place.as_ref()?).into());
        let stances = chunk.list(nth, &chunk.stance, |ends| ends.stance).iter();
        let stances = stances.filter_map(|(toward, value)| {
            Some(StanceRow {
                toward: self.things.shown(*toward)?,
                value: *value,
            })
        });
        let evidence = chunk.evidence(nth).iter().map(|passage| {
            let document = passage.document;
            let published = document.and_then(|one| self.things.document(one)?.published.as_ref());
            EvidenceRow {
                document: document.and_then(|one| self.things.shown(one)),
                published: published.map(|date| D::from(date)),
                quote: text(&passage.quote),
                page: None,
                spans: Vec::new(),
                verified: None,
            }
        });
        let file = self.files.get(claim.file as usize);
        let (line, column) = (claim.line as usize, claim.leading as usize + 1);
        SaidRow {
            id: chunk.get(&claim.id).into(),
            speaker: self.refs(chunk.list(nth, &chunk.speaker, |ends| ends.speaker)),
            voice: claim.voice,
            to: self.refs(chunk.list(nth, &chunk.to, |ends| ends.to)),
            about: self.refs(chunk.about(nth)),
            stance: stances.collect(),
            act: text(&claim.act),
            mode: claim.mode,
            quote: text(&claim.quote),
            content: text(&claim.content),
            said: self.date(claim.said).map(D::from),
            reported: self.reported(at).and_then(|date| date.last()),
            at: claim.at.and_then(|event| self.things.shown(event)),
            via: self.refs(chunk.list(nth, &chunk.via, |ends| ends.via)),
            evidence: evidence.collect(),
            through: Vec::new(),
            certain: is_certain,
            retracted: None,
            source: FilePlace {
                file: file.cloned().unwrap_or_default(),
                line,
                column,
                end_line: line,
                end_column: column + claim.characters as usize,
            },
        }
    }
}
