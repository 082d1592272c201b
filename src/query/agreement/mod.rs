//! `agree`: the claims of two annotators of the same texts, compared.

pub mod alpha;
mod fields;
mod matching;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::answer::{Dossier, Ref};
use super::selection::ResolvedQuery;
use annals_evidence::Span;
use annals_finding::FilePlace;
use annals_model::ClaimId;

use alpha::Stretch;
use fields::Compared;
pub use fields::{FIELDS, FieldValue, PassageMarked, SPANS};
pub use matching::TooManyOverlaps;
use matching::{Overlap, Pair, one_to_one, overlaps};
use texts::{Marked, SharedTexts, merged};

/// How far two annotators agree, and where they do not.
#[derive(Debug, Clone, Serialize)]
pub struct Agreement {
    /// Krippendorff's alpha: of the passages, and of each field of the claims that both have.
    pub alpha: Alphas,
    /// How many claims both have.
    pub both: usize,
    /// The claims that only the first has.
    pub only_first: Vec<Ref>,
    /// The claims that only the second has.
    pub only_second: Vec<Ref>,
    /// Where claims that both have differ, field by field.
    pub differ: Vec<DifferRow>,
    /// The claims that both have, with the fields in which they differ.
    #[serde(skip)]
    pub pairs: Vec<PairRow>,
    /// Where the claims of `only_first` and `only_second` stand in their files.
    #[serde(skip)]
    pub places: [Vec<FilePlace>; 2],
    /// What the numbers do not cover, a sentence each.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// Krippendorff's alpha by field, `spans` first; `None` where it is undefined.
#[derive(Debug, Clone)]
pub struct Alphas(pub Vec<(&'static str, Option<f64>)>);

impl Serialize for Alphas {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// A field in which a claim of both annotators differs.
#[derive(Debug, Clone, Serialize)]
pub struct DifferRow {
    /// The claim of the first, and that of the second.
    pub claims: [Ref; 2],
    /// The field.
    pub field: &'static str,
    /// What the first has, and what the second; null where one does not say.
    pub values: [Option<FieldValue>; 2],
}

/// A claim that both annotators have.
#[derive(Debug, Clone)]
pub struct PairRow {
    /// The claim of the first, and that of the second.
    pub claims: [Ref; 2],
    /// Where they stand in their files.
    pub places: [FilePlace; 2],
    /// The fields in which they differ.
    pub fields: Vec<&'static str>,
}

/// Compares the selected claims of two dossiers.
///
/// Claims are matched one to one by the overlap of their passages in the same text. Texts are the
/// same by the id of the document or by SHA-256; actors and other records by id, else by name. Fields
/// that a claim does not have count as missing, not as a value.
///
/// # Errors
/// If more passages overlap than can be compared.
pub fn agree(
    both: [&Dossier<'_>; 2],
    selections: [&ResolvedQuery; 2],
) -> Result<Agreement, TooManyOverlaps> {
    let texts = SharedTexts::new(both);
    let marked = [0, 1].map(|side| -> BTreeMap<ClaimId, Marked> {
        let dossier = both[side];
        let claims = dossier.facts().claims.handles();
        let selected = claims.filter(|id| selections[side].claim(dossier.loaded, *id).is_some());
        selected
            .map(|id| (id, texts.marked(both, side, id)))
            .collect()
    });
    let overlaps = overlaps(&marked[0], &marked[1])?;
    let unpaired = Compared::new(both, &texts, &[]);
    let pairs = one_to_one(&overlaps, |pair| alike(&unpaired, pair));
    let compared = Compared::new(both, &texts, &pairs);

    let mut differ = Vec::new();
    let mut rows = Vec::new();
    for pair in &pairs {
        let row = pair_row(&compared, *pair, overlaps.get(pair));
        differ.extend(row.fields.iter().map(|field| DifferRow {
            claims: row.claims.clone(),
            field,
            values: [
                compared.value(0, pair.0, field),
                compared.value(1, pair.1, field),
            ],
        }));
        rows.push(row);
    }
    let mut alphas = vec![(SPANS, spans_alpha(&texts, &marked))];
    for field in FIELDS {
        let units = pairs.iter().map(|pair| {
            let values = [
                compared.key(0, pair.0, field),
                compared.key(1, pair.1, field),
            ];
            values.into_iter().flatten().collect::<Vec<_>>()
        });
        alphas.push((field, alpha::nominal(units)));
    }
    let matched: [BTreeSet<ClaimId>; 2] = [
        pairs.iter().map(|pair| pair.0).collect(),
        pairs.iter().map(|pair| pair.1).collect(),
    ];
    let only = [0, 1].map(|side: usize| -> Vec<ClaimId> {
        let claims = marked[side].keys().copied();
        claims.filter(|id| !matched[side].contains(id)).collect()
    });
    let refs = |side: usize| -> Vec<Ref> {
        let claims = only[side].iter();
        claims.map(|id| Ref::new(both[side].facts(), *id)).collect()
    };
    Ok(Agreement {
        alpha: Alphas(alphas),
        both: pairs.len(),
        only_first: refs(0),
        only_second: refs(1),
        differ,
        pairs: rows,
        places: [0, 1].map(|side: usize| {
            let claims = only[side].iter();
            claims.map(|id| both[side].source(*id)).collect()
        }),
        notes: notes(&texts, &marked, &only),
    })
}

/// In how many fields two claims are equal, and whether they have the same id.
fn alike(compared: &Compared<'_, '_>, (one, other): Pair) -> (usize, bool) {
    let equal = FIELDS.iter().filter(|field| {
        let value = compared.key(0, one, field);
        value.is_some() && value == compared.key(1, other, field)
    });
    let ids = [
        compared.both[0].facts().id(one),
        compared.both[1].facts().id(other),
    ];
    (equal.count(), ids[0] == ids[1])
}

fn pair_row(compared: &Compared<'_, '_>, pair: Pair, overlap: Option<&Overlap>) -> PairRow {
    let [first, second] = compared.both;
    let differs =
        |field: &&&'static str| compared.key(0, pair.0, field) != compared.key(1, pair.1, field);
    let passages = overlap.is_some_and(|overlap| overlap.rest > 0);
    let fields = passages.then_some(SPANS).into_iter();
    PairRow {
        claims: [
            Ref::new(first.facts(), pair.0),
            Ref::new(second.facts(), pair.1),
        ],
        places: [first.source(pair.0), second.source(pair.1)],
        fields: fields
            .chain(FIELDS.iter().filter(differs).copied())
            .collect(),
    }
}

/// The unitizing alpha of all passages whose places are known, in the texts of both that are there,
/// laid end to end. What one annotator marks with several claims that overlap is one unit.
fn spans_alpha(texts: &SharedTexts<'_>, marked: &[BTreeMap<ClaimId, Marked>; 2]) -> Option<f64> {
    let mut begins = 0;
    let mut units: [Vec<Stretch>; 2] = Default::default();
    for (nth, shared) in texts.texts.iter().enumerate() {
        let Some(text) = shared.text.filter(|_| !shared.differs) else {
            continue;
        };
        for (side, claims) in marked.iter().enumerate() {
            let passages = claims.values().filter_map(|claim| claim.by_text.get(&nth));
            let spans: Vec<Span> = passages.flat_map(|one| one.spans.iter().copied()).collect();
            let spans = merged(spans).into_iter();
            units[side].extend(
                spans.map(|span| (begins + u64::from(span.start), begins + u64::from(span.end))),
            );
        }
        begins += u64::from(text.len());
    }
    alpha::unitizing(&units, begins)
}

/// What the numbers do not cover.
fn notes(
    texts: &SharedTexts<'_>,
    marked: &[BTreeMap<ClaimId, Marked>; 2],
    only: &[Vec<ClaimId>; 2],
) -> Vec<String> {
    let mut lines = Vec::new();
    if texts.texts.is_empty() {
        lines.push("the two have no document in common, by id or by SHA-256".to_owned());
    }
    let missing = texts.texts.iter().filter(|one| one.text.is_none());
    match missing.count() {
        0 => {}
        many => lines.push(format!(
            "the text of {} is not here: passages in it are compared by their words and do not count \
             for the alpha of spans",
            count(["shared document", "shared documents"], many)
        )),
    }
    let differing = texts.texts.iter().filter(|one| one.differs).count();
    if differing > 0 {
        lines.push(format!(
            "the two have different texts of {}: passages in it are compared by their words and do \
             not count for the alpha of spans",
            count(["document", "documents"], differing)
        ));
    }
    for (side, names) in [["first", "second"], ["second", "first"]]
        .into_iter()
        .enumerate()
    {
        lines.extend(notes_of(texts, &marked[side], &only[side], names));
    }
    lines
}

/// What the numbers do not cover of the claims of one of the two.
fn notes_of(
    texts: &SharedTexts<'_>,
    marked: &BTreeMap<ClaimId, Marked>,
    only: &[ClaimId],
    [name, other]: [&str; 2],
) -> Vec<String> {
    let mut lines = Vec::new();
    let claims = ["claim", "claims"];
    let alone = only.iter().filter_map(|claim| marked.get(claim));
    let alone = alone.filter(|one| one.by_text.is_empty());
    let elsewhere = alone.clone().filter(|one| one.elsewhere).count();
    if elsewhere > 0 {
        let elsewhere = count(claims, elsewhere);
        lines.push(format!(
            "{elsewhere} of the {name} rest only on documents that the {other} does not have"
        ));
    }
    let bare = alone.filter(|one| !one.elsewhere).count();
    if bare > 0 {
        let bare = count(claims, bare);
        lines.push(format!(
            "{bare} of the {name} without a passage cannot be matched"
        ));
    }
    let is_here = |nth: usize| texts.texts[nth].text.is_some() && !texts.texts[nth].differs;
    let passages = marked.values().flat_map(|one| &one.by_text);
    let lost = passages.filter(|(nth, one)| is_here(**nth) && one.spans.is_empty());
    let lost = lost.count();
    if lost > 0 {
        let lost = count(["passage", "passages"], lost);
        lines.push(format!(
            "{lost} of the {name} cannot be found in their text: they are compared by their words and \
             do not count for the alpha of spans"
        ));
    }
    lines
}

/// A number of things.
fn count(things: [&str; 2], count: usize) -> String {
    let [one, many] = things;
    let thing = if count == 1 { one } else { many };
    format!("{count} {thing}")
}
