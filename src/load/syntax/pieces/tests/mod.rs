//! Slips in files of every spelling: what they cost, and that they cost nothing where a file parses.

mod cases;
mod random;

use std::collections::BTreeMap;

use crate::{LoadResult, Places, Request, Source, load};
use annals_finding::{FilePlace, Locate as _};
use annals_model::Facts;

fn load_text(name: &str, text: &str) -> LoadResult {
    load(&Request {
        facts: vec![Source::Memory {
            name: name.to_owned(),
            bytes: text.into(),
        }],
        texts: Vec::new(),
    })
}

/// What was read: each record as written and where it stands, and each finding with its places.
#[derive(Debug, PartialEq)]
struct Told {
    records: BTreeMap<String, (serde_json::Value, FilePlace)>,
    findings: Vec<(&'static str, String, Vec<FilePlace>)>,
}

impl Told {
    fn of(loaded: &LoadResult) -> Told {
        let places = Places::new(loaded);
        let facts: &Facts = &loaded.facts;
        let records = facts.records().map(|record| {
            let written = serde_json::Value::Object(facts.written(record));
            (
                facts.id(record).to_owned(),
                (written, places.record(record)),
            )
        });
        let mut findings: Vec<_> = loaded
            .findings
            .iter()
            .map(|finding| {
                let labels = finding.labels.iter();
                let stand = labels.map(|label| places.locate(&label.place).place);
                (finding.code.code, finding.message.clone(), stand.collect())
            })
            .collect();
        findings.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        Told {
            records: records.collect(),
            findings,
        }
    }

    fn of_code(&self, wanted: &str) -> Vec<&(&'static str, String, Vec<FilePlace>)> {
        let all = self.findings.iter();
        all.filter(|(code, ..)| *code == wanted).collect()
    }
}
