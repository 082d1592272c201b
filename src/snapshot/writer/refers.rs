//! All that the tables of a part have of records that perhaps stand in another part, as one sum: if it
//! is the same among the facts as a whole, so would be the tables.

use sha2::{Digest, Sha256};

use super::super::manifest::hex;
use annals_load::LoadResult;
use annals_model::{Evidence, RecordKind, RecordRef, Vocabulary as _};

/// How many bytes are summed at once.
const AT_ONCE: usize = 1 << 16;

/// What a part has of others.
struct Part {
    sum: Sha256,
    /// What is to be summed.
    waiting: Vec<u8>,
}

impl Part {
    fn number(&mut self, number: usize) {
        self.waiting.extend((number as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.waiting.extend(text.as_bytes());
    }
}

/// The sum of each of some parts, by the number of the part that each file of the facts belongs to: the
/// ids of its records, what they refer to, and where their quotes stand in texts.
pub(super) fn refers(loaded: &LoadResult, part_of: &[Option<usize>], parts: usize) -> Vec<String> {
    let facts = &loaded.facts;
    let new = || Part {
        sum: Sha256::new(),
        waiting: Vec::new(),
    };
    let mut parts: Vec<Part> = (0..parts).map(|_| new()).collect();
    let fields = RecordKind::ALL.iter().map(|kind| {
        let fields = kind.own_fields().iter().enumerate();
        let refer = fields.filter(|(_, field)| !field.shape.targets().is_empty());
        refer.map(|(nth, _)| nth).collect()
    });
    let fields: Vec<Vec<usize>> = fields.collect();
    let mut rounds = annals_watch::Rounds::default();
    for record in facts.records() {
        rounds.look();
        let common = facts.common(record);
        let of = part_of.get(common.origin.file().index()).copied().flatten();
        let Some(part) = of.and_then(|of| parts.get_mut(of)) else {
            continue;
        };
        part.number(record.kind() as usize);
        part.number(usize::from(common.named));
        part.text(facts.name(common.id));
        for &nth in &fields[record.kind() as usize] {
            let count = facts.count_of(record, nth).unwrap_or(0);
            part.number(count);
            for item in 0..count {
                match facts.lead_of(record, nth, item) {
                    Some(lead) => part.text(facts.id(lead)),
                    None => part.number(usize::MAX),
                }
            }
        }
        passages(loaded, record, part);
        if part.waiting.len() >= AT_ONCE {
            part.sum.update(&part.waiting);
            part.waiting.clear();
        }
    }
    let sums = parts.into_iter().map(|mut part| {
        part.sum.update(&part.waiting);
        hex(&part.sum.finalize())
    });
    sums.collect()
}

/// Where the passages of a record stand in the texts of their documents.
fn passages(loaded: &LoadResult, record: RecordRef, part: &mut Part) {
    let facts = &loaded.facts;
    for Evidence {
        document, found, ..
    } in facts.evidence(record)
    {
        let text = document.and_then(|document| loaded.texts.sha256(document));
        part.text(text.unwrap_or_default());
        for span in facts.list(*found) {
            part.number(span.start as usize);
            part.number(span.end as usize);
        }
    }
}
