//! Small facts in YAML: reading and checking them, and what all of them leave of a date.

use annals::check::{Policy, check};
use annals::chronology::premises::Chronicle;
use annals::finding::{Finding, Severity};
use annals::load::{LoadResult, Request, Source, load};
use annals::query::Dossier;
use annals::query::chronicle::SolvedChronology;
use annals::time::Day;

pub(crate) fn read(yaml: &str) -> LoadResult {
    let source = Source::Memory {
        name: "facts.yaml".to_owned(),
        bytes: format!("annals: 1\n{yaml}").into_bytes(),
    };
    load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    })
}

pub(crate) fn with_policy(yaml: &str, policy: &Policy) -> Vec<Finding> {
    let mut findings = check(&read(yaml), policy);
    findings.retain(|one| one.severity > Severity::Info);
    findings
}

/// The codes of what is found, worse than a remark.
pub(crate) fn found(yaml: &str) -> Vec<&'static str> {
    let findings = with_policy(yaml, &Policy::default());
    findings.iter().map(|one| one.code.code).collect()
}

/// Events `a` and `b` with these dates, and what is said of the two.
pub(crate) fn two(a: &str, b: &str, order: &str) -> String {
    let when = |date: &str| match date {
        "" => String::new(),
        date => format!(", when: \"{date}\""),
    };
    format!(
        "events:\n  - {{id: a, label: A{}}}\n  - {{id: b, label: B{}}}\norders:\n  - {{first: a, second: b, {order}}}\n",
        when(a),
        when(b)
    )
}

/// The first and last day on which a thing begins, and on which it ends, by all facts.
pub(crate) fn days(yaml: &str, id: &str) -> [String; 4] {
    let loaded = read(yaml);
    let dossier = Dossier::new(&loaded);
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let told = SolvedChronology::new(&dossier, &chronicle);
    let rows = told.dates(false).into_iter().map(|thing| told.row(thing));
    let row = rows.into_iter().find(|row| row.id == id);
    let words = |day: Option<Day>| day.map_or("…".to_owned(), |day| day.to_string());
    let narrowed = row.map_or([None; 4], |row| {
        [
            row.start.narrowed[0],
            row.start.narrowed[1],
            row.end.narrowed[0],
            row.end.narrowed[1],
        ]
    });
    narrowed.map(words)
}
