//! Any headings over any cells: the suggestion imports, and nothing is lost silently.

use super::{imported, source};
use annals::import::{Options, by_name};
use annals::source::SourceErrorKind;
use proptest::prelude::*;

/// Headings that are understood, half understood, and not.
const HEADINGS: &[&str] = &[
    "Date",
    "date said",
    "Published",
    "source_date",
    "Start",
    "End",
    "Year",
    "Month",
    "Day",
    "When",
    "Speaker",
    "Author",
    "Name",
    "First name",
    "Last name",
    "From",
    "To",
    "Party",
    "Claim",
    "Quote",
    "Text",
    "What",
    "Title",
    "Headline",
    "URL",
    "Source",
    "Publisher",
    "Topic",
    "Event",
    "Occasion",
    "Description",
    "Participants",
    "actor1",
    "Place",
    "Country",
    "Latitude",
    "Longitude",
    "Stance",
    "Verdict",
    "Act",
    "Language",
    "Tags",
    "Notes",
    "Comment",
    "ID",
    "Type",
    "Born",
    "Gender",
    "it",
    "x",
    "Date of the hearing",
    "{a}",
    "$speaker",
    "#",
    "a: b",
    "null",
];

fn heading() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(HEADINGS).prop_map(str::to_owned),
        1 => "[\\PC&&[^\"]]{0,10}",
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z ]{0,8}",
        2 => prop::sample::select(vec![
            "2021-05-04", "03/04/2021", "15/04/2021", "04/15/2021", "1911", "May 2021", "c. 1880",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "https://news.example/1", "for", "against", "asserts", "en", "53.5", "7", "Ada; Jon",
            "Drax, Helen", "H. Drax", "“said”", "yes: no", "- a", "'", "#",
        ]).prop_map(str::to_owned),
        1 => "[\\PC&&[^\"]]{0,10}",
    ]
}

/// A table of any headings, and cells of which each can be told from all others.
fn sheets() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    (1..7_usize, 1..6_usize).prop_flat_map(|(width, height)| {
        let row = prop::collection::vec((cell(), any::<bool>()), width);
        let rows = prop::collection::vec(row, height).prop_map(|rows| {
            let mut number = 0;
            let mut marked = |(cell, marked): (String, bool)| {
                number += 1;
                if marked && !cell.trim().is_empty() {
                    format!("{cell} zq{number}qz")
                } else {
                    cell
                }
            };
            rows.into_iter()
                .map(|row| row.into_iter().map(&mut marked).collect())
                .collect()
        });
        (prop::collection::vec(heading(), width), rows)
    })
}

fn written(headings: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        cells.join(",") + "\n"
    };
    [headings]
        .into_iter()
        .chain(rows.iter().map(Vec::as_slice))
        .map(line)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_suggestion_imports_and_nothing_is_lost_silently((headings, rows) in sheets()) {
        prop_assume!(headings.iter().any(|heading| !heading.trim().is_empty()));
        let table = written(&headings, &rows);
        let format = by_name("table").unwrap();
        let Ok(Some(mapping)) = format.work.suggest(&source(&table), &Options::default()) else {
            // The table itself cannot be read.
            return Ok(());
        };
        let done = match imported(&table, &mapping, None) {
            Err(asked) if asked.kind == SourceErrorKind::Ambiguous => {
                prop_assert!(asked.message.contains("the day or the month"), "{}\n{mapping}", asked.message);
                imported(&table, &mapping, Some("dmy"))
            }
            done => done,
        };
        let done = done.map_err(|error| {
            TestCaseError::fail(format!("{} at {}\n{table}\n{mapping}", error.message, error.at))
        })?;
        for (nth, row) in rows.iter().enumerate() {
            let told = done.report.contains(&format!("sheet.csv:{}:", nth + 2))
                || done.report.contains(&format!("sheet.csv:{} (", nth + 2));
            for cell in row {
                let mark = cell.rsplit_once(' ').map_or("", |(_, mark)| mark);
                if mark.starts_with("zq") {
                    prop_assert!(
                        told || done.facts.contains(mark),
                        "{mark} is lost\n{table}\n{mapping}\n{}\n{}", done.facts, done.report
                    );
                }
            }
        }
    }
}
