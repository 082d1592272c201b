//! What each fuzz target does with its bytes.
//!
//! `cargo fuzz run TARGET` calls these on nightly; `tests/check/fuzz_targets.rs` takes this file in and
//! calls the same ones on stable, and `tests/check/hostile.rs` holds what it reads against [`survey`].

pub mod imports;
#[cfg(feature = "snapshot")]
pub mod snapshots;
pub mod texts;

use std::path::Path;

use annals::config::Config;
use annals::evidence::{AtSpans, Level, Span, Text};
use annals::finding::write::{Drawing, Letters, concise, row, text};
use annals::finding::{Finding, Locate};
use annals::graph::Graph;
use annals::load::{LoadResult, Places, Request, Source, load};
use annals::model::FileKind;
use annals::time::{Calendar, Date};

pub use texts::{draft, plain_text};

/// The bytes as a JSON file of facts.
pub fn json(data: &[u8]) {
    survey(&read("fuzz.json", data));
}

/// The bytes as a JSON Lines file of facts.
pub fn jsonl(data: &[u8]) {
    survey(&read("fuzz.jsonl", data));
}

/// The bytes as a YAML file of facts.
pub fn yaml(data: &[u8]) {
    survey(&read("fuzz.yaml", data));
}

/// The bytes as a table of facts.
pub fn facts_table(data: &[u8]) {
    survey(&read("claims.csv", data));
}

/// The bytes as a configuration, `annals.toml`.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Err(error) = Config::read(text, Path::new("annals.toml")) {
        assert!(!error.to_string().is_empty());
    }
}

/// The bytes as a calendar.
pub fn ics(data: &[u8]) {
    imports::source("ics", "fuzz.ics", data);
}

/// The bytes as a text in TEI.
pub fn tei(data: &[u8]) {
    imports::source("tei", "fuzz.xml", data);
}

/// The bytes as a text in `TimeML`.
pub fn timeml(data: &[u8]) {
    imports::source("timeml", "fuzz.tml", data);
}

/// The bytes as a bibliography in BibTeX.
pub fn bibtex(data: &[u8]) {
    imports::source("bibliography", "fuzz.bib", data);
}

/// The bytes as a bibliography in RIS.
pub fn ris(data: &[u8]) {
    imports::source("bibliography", "fuzz.ris", data);
}

/// The bytes as a bibliography in CSL-JSON.
pub fn csl(data: &[u8]) {
    imports::source("bibliography", "fuzz.json", data);
}

/// The bytes as a text and, after a zero byte, its annotations by brat.
pub fn brat(data: &[u8]) {
    imports::two_sources("brat", ["fuzz.txt", "fuzz.ann"], data);
}

/// The bytes as Web Annotations, or an export of Hypothes.is.
pub fn webannotation(data: &[u8]) {
    imports::source("webannotation", "fuzz.json", data);
}

/// The bytes as items of Wikidata.
pub fn wikidata(data: &[u8]) {
    imports::source("wikidata", "fuzz.json", data);
}

/// The bytes as entities of `FollowTheMoney`.
pub fn followthemoney(data: &[u8]) {
    imports::source("ftm", "fuzz.ftm.json", data);
}

/// The bytes as a bundle of STIX.
pub fn stix(data: &[u8]) {
    imports::source("stix", "fuzz.json", data);
}

/// The bytes as a timeline of `TimelineJS`.
pub fn timelinejs(data: &[u8]) {
    imports::source("timelinejs", "fuzz.json", data);
}

/// The bytes as a sheet of `TimelineJS`.
pub fn timelinejs_sheet(data: &[u8]) {
    imports::source("timelinejs", "fuzz.csv", data);
}

/// The bytes as events of GDELT.
pub fn gdelt(data: &[u8]) {
    imports::source("gdelt", "fuzz.export.CSV", data);
}

/// The bytes as events of ICEWS.
pub fn icews(data: &[u8]) {
    imports::source("icews", "fuzz.tab", data);
}

/// The bytes as a project of Discourse Network Analyzer.
#[cfg(feature = "sqlite")]
pub fn dna(data: &[u8]) {
    imports::source("dna", "fuzz.dna", data);
}

/// The bytes as a spreadsheet of separated values, for which there is a mapping.
pub fn table_csv(data: &[u8]) {
    imports::table("fuzz.csv", data);
}

/// The bytes as the sheet of a workbook of Excel.
pub fn table_xlsx(data: &[u8]) {
    imports::xlsx_sheet(data);
}

/// The bytes as the content of a workbook of `OpenDocument`.
pub fn table_ods(data: &[u8]) {
    imports::ods_content(data);
}

/// The bytes as an archive, or a workbook as it is packed.
pub fn table_packed(data: &[u8]) {
    imports::table("fuzz.xlsx", data);
    imports::table("fuzz.zip", data);
}

/// The bytes as a mapping.
pub fn mapping(data: &[u8]) {
    imports::mapping(data);
}

/// The bytes in the place of the manifest of a snapshot.
#[cfg(feature = "snapshot")]
pub fn snapshot_manifest(data: &[u8]) {
    snapshots::manifest(data);
}

/// The bytes over a part of a file of a snapshot.
#[cfg(feature = "snapshot")]
pub fn snapshot_table(data: &[u8]) {
    snapshots::table(data);
}

/// The bytes as one date in either calendar, or as two, one a line, which are compared.
pub fn date(data: &[u8]) {
    let Ok(words) = std::str::from_utf8(data) else {
        return;
    };
    let dates: Vec<Date> = words.split('\n').take(2).filter_map(one_date).collect();
    if let [a, b] = dates.as_slice() {
        let backwards = annals::time::chronological(b, a).reverse();
        assert_eq!(
            annals::time::chronological(a, b),
            backwards,
            "{a:?} and {b:?}"
        );
    }
}

fn one_date(words: &str) -> Option<Date> {
    let read = [Calendar::Gregorian, Calendar::Julian].map(|calendar| {
        match Date::with(words, calendar, None) {
            Ok(date) => {
                assert_eq!(date.written(), words, "a date is kept as it was written");
                if let (Some(first), Some(last)) = (date.first(), date.last()) {
                    assert!(first <= last, "{words:?} ends before it begins");
                }
                let _ = (date.words(), date.widened(3), date.or_earlier());
                Some(date)
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                None
            }
        }
    });
    let [gregorian, _] = read;
    gregorian
}

/// The first line as a quote, the second as its spans, the rest as the text that it is to stand
/// in.
pub fn quote(data: &[u8]) {
    let Ok(words) = std::str::from_utf8(data) else {
        return;
    };
    let mut parts = words.splitn(3, '\n');
    let (quote, places) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let text = Text::new(parts.next().unwrap_or("").to_owned());
    let found = text.find(quote);
    assert_eq!(
        found.spans.is_empty(),
        found.level == Level::Missing,
        "{found:?}"
    );
    assert_eq!(
        found.occurrences == 0,
        found.level == Level::Missing,
        "{found:?}"
    );
    for span in found.spans.iter().chain(&found.others) {
        assert!(
            text.slice(*span).is_some(),
            "{span:?} lies outside the text"
        );
    }
    if found.level == Level::Exact {
        assert_eq!(text.slice(found.spans[0]), Some(quote));
    }
    let numbers: Vec<u32> = places
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    let spans: Vec<Span> = numbers
        .chunks_exact(2)
        .map(|pair| Span::new(pair[0], pair[1]))
        .collect();
    match text.at(quote, &spans) {
        AtSpans::Stands { spans, .. } => {
            assert!(
                spans.iter().all(|span| text.slice(*span).is_some()),
                "{spans:?}"
            );
        }
        AtSpans::Mismatch { elsewhere, .. } => {
            assert!(
                elsewhere.iter().all(|span| text.slice(*span).is_some()),
                "{elsewhere:?}"
            );
        }
        _ => {}
    }
    if let Some(nearest) = text.nearest(quote) {
        for span in [nearest.sentence, nearest.place, nearest.differing] {
            assert!(text.slice(span).is_some(), "{nearest:?}");
        }
        assert!(
            nearest.in_quote.end as usize <= quote.chars().count(),
            "{nearest:?}"
        );
    }
}

/// Reads bytes as a fact file whose spelling its name says.
pub fn read(name: &str, bytes: &[u8]) -> LoadResult {
    let source = Source::Memory {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    })
}

/// Uses whatever was read in every way: draws each finding, writes and places each record, builds
/// the graph. A file that stopped the reading, or was read in part, must have a finding of its own.
pub fn survey(loaded: &LoadResult) {
    let places = Places::new(loaded);
    let errors = loaded
        .findings
        .iter()
        .any(|finding| finding.severity.word() == "error");
    assert!(
        errors || !loaded.stopped && loaded.unread.is_empty(),
        "the reading stopped and nothing says why"
    );
    for finding in &loaded.findings {
        draw(finding, loaded, &places);
    }
    for record in loaded.facts.records() {
        let place = places.record(record);
        assert!(place.line >= 1 && place.column >= 1, "{place:?}");
        let _ = loaded.facts.written(record);
    }
    let graph = Graph::of_all(&loaded.facts);
    assert!(graph.net.node_count() <= loaded.facts.len());
}

/// Draws a finding in every way, and checks what must hold of each drawing.
pub fn draw(finding: &Finding, loaded: &LoadResult, places: &Places<'_>) {
    let code = finding.code.code;
    for (letters, colour) in [(Letters::Boxes, true), (Letters::Ascii, false)] {
        let drawn = text(
            finding,
            places,
            Drawing {
                colour,
                letters,
                width: 100,
            },
        );
        assert!(drawn.contains(code), "{code} is drawn without its code");
    }
    let line = concise(finding, places);
    assert!(
        !line.contains(['\n', '\r']),
        "{code} takes more than one line: {line:?}"
    );
    assert!(!finding.message.is_empty(), "{code} says nothing");
    let data = row(finding, &loaded.facts, places);
    let edits = data.fixes.iter().flat_map(|fix| &fix.edits);
    for place in data.places.iter().chain(edits) {
        let place = &place.place;
        let ends = (
            (place.line, place.column),
            (place.end_line, place.end_column),
        );
        assert!(
            ends.0 <= ends.1 && place.line >= 1 && place.column >= 1,
            "{code}: {place:?}"
        );
    }
    for label in &finding.labels {
        let located = places.locate(&label.place);
        let kind = loaded.facts.files[located.file.index()].kind;
        if let (Some(bytes), Some(whole)) = (located.bytes, loaded.sources.text(located.file)) {
            assert!(
                whole.get(bytes.clone()).is_some(),
                "{code}: {bytes:?} is no part of its file"
            );
            let inside = kind == FileKind::Text || bytes.start <= whole.len();
            assert!(inside, "{code}: {bytes:?} lies past the end");
        }
    }
}
