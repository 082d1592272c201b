//! Notes on an answer for the user.

use std::collections::BTreeSet;

/// So many documents are named.
const NAMED: usize = 3;

use annals_finding::write::Counts;
use annals_load::LoadResult;
use annals_model::{Evidence, RecordRef};
use annals_query::Validity;
use annals_query::validity::{entered_by, taken_back_by};

/// Notes on an answer for the user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// The files that were read in part, a sentence each: a slip in them hides records.
    pub in_part: Vec<String>,
    /// How many errors and warnings `annals check` shows, as a sentence; `None` if there are none.
    pub problems: Option<String>,
    /// All other notes, one per line.
    pub others: Vec<String>,
}

impl Notes {
    /// All lines: what could not be read first, then the problems.
    pub fn lines(&self) -> Vec<String> {
        let first = self.in_part.iter().chain(&self.problems);
        first.chain(&self.others).cloned().collect()
    }
}

pub(crate) fn notes(
    loaded: &LoadResult,
    counts: Counts,
    unverified: Option<&str>,
    validity: Option<&Validity>,
) -> Notes {
    let whole = loaded.whole.as_ref();
    let records = whole.map_or(loaded.facts.len(), |whole| whole.records);
    let problems = (counts.errors + counts.warnings > 0).then(|| {
        let line = Counts { infos: 0, ..counts }.line(records);
        format!("{line}: `annals check` shows them")
    });
    let mut others = Vec::new();
    if records == 0 {
        others.push("there are no facts here".to_owned());
    }
    others.extend(unverified.map(str::to_owned));
    others.extend(
        validity
            .iter()
            .flat_map(|validity| left_out(loaded, validity)),
    );
    Notes {
        in_part: in_part(loaded),
        problems,
        others,
    }
}

/// The files that were read in part, and how many of their records could not be read.
pub(crate) fn in_part(loaded: &LoadResult) -> Vec<String> {
    let files = loaded.unread.files.iter();
    let named = files.map(|(file, records)| (loaded.facts.file(*file).name.as_str(), *records));
    in_part_of(named)
}

/// The same, by the names of files.
pub(crate) fn in_part_of<'n>(files: impl Iterator<Item = (&'n str, usize)>) -> Vec<String> {
    const MOST: usize = 5;
    let mut lines: Vec<String> = files
        .map(|(name, records)| {
            let name = annals_finding::shown(name);
            let what = match records {
                0 => "something in it could not be read".to_owned(),
                1 => "1 record could not be read".to_owned(),
                many => format!("{many} records could not be read"),
            };
            format!("{name} was read in part: {what}")
        })
        .collect();
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    match more {
        0 => {}
        1 => lines.push("1 more file was read in part".to_owned()),
        more => lines.push(format!("{more} more files were read in part")),
    }
    lines
}

/// How many records are not in force, and why.
fn left_out(loaded: &LoadResult, validity: &Validity) -> Vec<String> {
    let facts = &loaded.facts;
    let count = |out: &dyn Fn(RecordRef) -> bool| facts.records().filter(|one| out(*one)).count();
    let have = |count| {
        if count == 1 {
            "record has"
        } else {
            "records have"
        }
    };
    let mut lines = Vec::new();
    let retracted = match &validity.as_of {
        _ if validity.retracted => 0,
        None => match &loaded.whole {
            Some(whole) => whole.retracted,
            // Each row of the rarer fields belongs to one record.
            None => {
                let rare = facts.more.iter();
                rare.filter(|(_, more)| more.retracted.is_some()).count()
            }
        },
        Some(day) => count(&|record| {
            taken_back_by(facts, record, day).is_certain()
                && entered_by(facts, record, day).is_possible()
        }),
    };
    if retracted > 0 {
        lines.push(format!(
            "{retracted} {} been retracted and left out (--retracted includes them)",
            have(retracted)
        ));
    }
    if let Some(day) = &validity.as_of {
        let later = count(&|record| !entered_by(facts, record, day).is_possible());
        if later > 0 {
            let day = day.words();
            let had = if later == 1 {
                "record was"
            } else {
                "records were"
            };
            lines.push(format!("{later} {had} entered after {day} and left out"));
        }
    }
    lines
}

/// How many quotes could not be verified.
pub(crate) fn unverified(loaded: &LoadResult) -> Option<String> {
    let facts = &loaded.facts;
    let quoted = |record: RecordRef, evidence: &Evidence| {
        let own = match record {
            RecordRef::Claim(id) => facts[id].quote.is_some(),
            _ => false,
        };
        evidence.quote.is_some() || own
    };
    let mut quotes = 0;
    let mut documents = BTreeSet::new();
    for record in facts.records() {
        for evidence in facts.evidence(record) {
            let Some(document) = evidence.document else {
                continue;
            };
            if loaded.texts.get(document).is_none() && quoted(record, evidence) {
                quotes += 1;
                documents.insert(document);
            }
        }
    }
    let named = documents.iter().any(|id| facts[*id].text.is_some());
    (quotes > 0).then(|| {
        let quotes = if quotes == 1 {
            "1 quote".into()
        } else {
            format!("{quotes} quotes")
        };
        let names = documents.iter().take(NAMED);
        let names = names.map(|id| annals_finding::shown(facts.id(*id)));
        let names = names.collect::<Vec<_>>().join(", ");
        let texts = match documents.len() {
            1 => format!("the text of document {names} is missing"),
            many if many <= NAMED => format!("the texts of documents {names} are missing"),
            many => format!(
                "the texts of {many} documents are missing: {names} and {} more",
                many - NAMED
            ),
        };
        let help = if named { " (use --texts DIR)" } else { "" };
        format!("{quotes} could not be verified: {texts}{help}")
    })
}
