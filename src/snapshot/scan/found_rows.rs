//! The rows of `find` that columns tell: what has the words, in a few numbers each, and its order.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use super::super::derived::Documents;
use super::super::opened::Shared;
use super::documents::file_order;
use annals_model::{RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::answer::Ref;
use annals_query::find::FoundRow;
use annals_query::sort_key::natural;
use annals_query::words::Words;

/// The kinds that `find` looks through, in the order of the answer.
pub(super) const FOUND: [RecordKind; 6] = [
    RecordKind::Actor,
    RecordKind::Topic,
    RecordKind::Place,
    RecordKind::Event,
    RecordKind::Document,
    RecordKind::Claim,
];

/// Rows of an answer, in a few numbers each.
#[derive(Debug)]
pub struct FoundRows {
    chunks: Vec<Chunk>,
    /// The rows in the order of the answer.
    order: Vec<Place>,
    documents: Arc<Documents>,
}

/// Where a hit is: which chunk, and which hit of it.
type Place = (u32, u32);
/// What a hit in a text is sorted by: the rank of its document, its file and line.
type InText = (u32, u32, u32, Place);

/// Hits of some rows of a table.
#[derive(Debug)]
pub(super) struct Chunk {
    kind: RecordKind,
    text: String,
    pub(super) hits: Vec<Hit>,
    /// Of each hit the number of its document, once that is known.
    documents: Vec<Option<u32>>,
}

/// A record with the words. Its texts are places in the text of its chunk.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) id: Range<u32>,
    pub(super) name: Range<u32>,
    /// The text that has the words.
    pub(super) has: Range<u32>,
    pub(super) document: Range<u32>,
    pub(super) is_name: bool,
    pub(super) file: u32,
    pub(super) line: u32,
}

impl Chunk {
    pub(super) fn of(kind: RecordKind) -> Self {
        Chunk {
            kind,
            text: String::new(),
            hits: Vec::new(),
            documents: Vec::new(),
        }
    }

    /// How many hits there are.
    pub(super) fn len(&self) -> usize {
        self.hits.len()
    }

    /// Of each hit its document; `None` of a name.
    pub(super) fn others(&self) -> impl Iterator<Item = Option<&str>> {
        let hits = self.hits.iter();
        hits.map(|hit| (!hit.is_name).then(|| self.get(&hit.document)))
    }

    /// Keeps a hit that was added to so many before only if it is of a document.
    pub(super) fn keep_last_if(&mut self, before: usize, document: &str) {
        let is_of = |hit: &Hit| self.get(&hit.document) == document;
        if self.hits.len() > before && !self.hits.last().is_some_and(is_of) {
            self.hits.truncate(before);
        }
    }

    fn get(&self, place: &Range<u32>) -> &str {
        let place = place.start as usize..place.end as usize;
        self.text.get(place).unwrap_or_default()
    }

    pub(super) fn put(&mut self, text: &str) -> Range<u32> {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        start..self.text.len() as u32
    }
}

impl FoundRows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Some of the rows, which own their texts, or borrow them.
    pub fn rows<'f, S: From<&'f str>>(
        &'f self,
        range: Range<usize>,
        words: &Words,
    ) -> Vec<FoundRow<S>> {
        let some = self.order.get(range).unwrap_or_default().iter();
        some.map(|(chunk, hit)| self.row(&self.chunks[*chunk as usize], *hit as usize, words))
            .collect()
    }

    fn row<'f, S: From<&'f str>>(
        &'f self,
        chunk: &'f Chunk,
        nth: usize,
        words: &Words,
    ) -> FoundRow<S> {
        let hit = &chunk.hits[nth];
        let document = chunk.documents.get(nth).copied().flatten();
        let document = document.and_then(|number| self.documents.get_index(number as usize));
        let row = FoundRow {
            kind: chunk.kind.word(),
            id: chunk.get(&hit.id).into(),
            name: chunk.get(&hit.name).into(),
            sentence: "".into(),
            marks: Vec::new(),
            document: document.map(|(id, document)| Ref {
                id: id.as_str().into(),
                name: document.name.as_str().into(),
            }),
            line: None,
            claims: Vec::new(),
            certain: true,
            retracted: None,
        };
        row.with_sentence(chunk.get(&hit.has), words)
    }
}

impl FoundRows {
    /// Some hits in order, of which the first are kept.
    pub(super) fn sorted(
        chunks: Vec<Chunk>,
        documents: Arc<Documents>,
        shared: &Shared,
        most: usize,
    ) -> Self {
        let mut found = FoundRows {
            order: Vec::new(),
            chunks,
            documents,
        };
        found.sort(shared);
        found.order.truncate(most);
        found
    }

    /// Puts the hits in order: names by kind and name, then the others by their documents.
    fn sort(&mut self, shared: &Shared) {
        let files = file_order(shared);
        let (mut names, mut others, mut documents) = (Vec::new(), Vec::new(), Vec::new());
        let threads = ordered_parallel::threads(self.chunks.len());
        let Ok(()) = ordered_parallel::for_each_ordered(
            self.chunks.iter().zip(0..),
            threads,
            |(chunk, nth)| self.places(chunk, nth, &files),
            |mut places: Places| {
                names.append(&mut places.names);
                others.append(&mut places.others);
                documents.push(places.documents);
                Ok::<(), Infallible>(())
            },
        );
        for (chunk, documents) in self.chunks.iter_mut().zip(documents) {
            chunk.documents = documents;
        }
        let of = |place: &Place| {
            let chunk = &self.chunks[place.0 as usize];
            (chunk, &chunk.hits[place.1 as usize])
        };
        let kind = |chunk: &Chunk| FOUND.iter().position(|kind| *kind == chunk.kind);
        names.sort_by(|a, b| {
            let ((one, one_hit), (two, two_hit)) = (of(a), of(b));
            (kind(one).cmp(&kind(two)))
                .then_with(|| one.get(&one_hit.name).cmp(two.get(&two_hit.name)))
                .then_with(|| natural(one.get(&one_hit.id), two.get(&two_hit.id)))
        });
        ordered_parallel::sort_by_key(&mut others, |one| *one);
        let others = others.into_iter().map(|(.., place)| place);
        self.order = names.into_iter().chain(others).collect();
    }

    /// Where the hits of a chunk come.
    fn places(&self, chunk: &Chunk, nth: u32, files: &[u32]) -> Places {
        let mut places = Places::default();
        for (hit, hit_nth) in chunk.hits.iter().zip(0..) {
            let place = (nth, hit_nth);
            if hit.is_name {
                places.names.push(place);
                places.documents.push(None);
                continue;
            }
            let document = self.documents.get_full(chunk.get(&hit.document));
            let rank = document.map_or(u32::MAX, |(.., document)| document.rank);
            let file = files.get(hit.file as usize).copied().unwrap_or(u32::MAX);
            places.others.push((rank, file, hit.line, place));
            places
                .documents
                .push(document.map(|(number, ..)| number as u32));
        }
        places
    }
}

/// The hits of a chunk: names, others with what these are sorted by, and of each hit its document.
#[derive(Default)]
struct Places {
    names: Vec<Place>,
    others: Vec<InText>,
    documents: Vec<Option<u32>>,
}
