//! What rows become, and that nothing of them goes without being told.

use super::{map_file, mapped, suggest};
use crate::options::{DELIMITER, HEADING, HIDDEN, MERGED, SHEET};
use crate::{Builder, ImportReport, Options, Outputs, ReportForm};
use annals_source::{Source, SourceError, SourceErrorKind};

struct Done {
    facts: String,
    report: String,
    sums: ImportReport,
}

fn with(table: &str, mapping: &str, options: &Options) -> Result<Done, SourceError> {
    let sources = [Source::memory("t.csv", table.as_bytes().to_vec())];
    let map = map_file::of_text(&format!("annals-map: 1\n{mapping}"), &"map.yaml".into())?;
    let (mut facts, mut report) = (Vec::new(), Vec::new());
    let outputs = Outputs::to(&mut facts).reporting(&mut report, ReportForm::Text);
    let mut out = Builder::new(outputs)?;
    mapped(&map, &sources, options, &mut out)?;
    let sums = out.finish()?;
    Ok(Done {
        facts: String::from_utf8(facts).unwrap(),
        report: String::from_utf8(report).unwrap(),
        sums,
    })
}

fn of(table: &str, mapping: &str) -> Done {
    with(table, mapping, &Options::default()).unwrap()
}

fn refused(table: &str, mapping: &str, options: &Options) -> SourceError {
    with(table, mapping, options).err().unwrap()
}

const CLAIMS: &str = "records:
  claim: {type: claim, speaker: \"{Who}\", said: \"{When}\", content: \"{What}\"}
";

#[test]
fn cells_beyond_the_headings_are_counted_listed_and_said() {
    for (table, places, rows, cells) in [
        (
            "Who,When,What\nTobias Falk,14/03/2024,first, second\nAda,2021,Yes\n",
            &["t.csv:2 (column D): left out: second: in a column without a heading"][..],
            "1 row has more cells",
            "1 cell was left out: t.csv:2;",
        ),
        (
            "Who;When;What\nAda;2021;One;two;three\nJon;2022;\"x;y\"\nMia;2023;Four;five;;\n",
            &[
                "t.csv:2 (column D): left out: two:",
                "t.csv:2 (column E): left out: three:",
                "t.csv:4 (column D): left out: five:",
            ],
            "2 rows have more cells",
            "3 cells were left out: t.csv:2, t.csv:4;",
        ),
    ] {
        let done = of(table, CLAIMS);
        for place in places {
            assert!(done.report.contains(place), "{place}\n{}", done.report);
        }
        let count = format!("in a column without a heading ({})", places.len());
        assert!(done.sums.line().contains(&count), "{}", done.sums.line());
        let [notice] = done.sums.notices() else {
            panic!("{:?}", done.sums.notices());
        };
        assert!(notice.contains(rows) && notice.contains(cells), "{notice}");
        assert!(notice.contains("quotation marks"), "{notice}");
    }
    // Empty cells beyond the headings are nothing; missing ones are told.
    let done = of("Who,When,What\nAda,2021,Yes,,\nJon,2022\n", CLAIMS);
    assert!(done.sums.notices().is_empty());
    assert!(
        done.report
            .contains("t.csv:3: changed: 2 of 3: a row with fewer cells")
    );
}

#[test]
fn no_cell_goes_uncounted_whatever_the_cause() {
    // Every cell has a word of its own, which stands in the facts or in the report.
    let table = "Who,When,What,Link,Title,A,B,More,Secret\n\
        ada,2021,what1,link1,title1,a1,b1,more1,secret1\n\
        ,2022,what2,link2,title2,a2,b2,more2,secret2\n\
        jon,2023,what3,link3,,a3,,more3,secret3,beyond3\n\
        mia,2023,what4,link1,title4,a4,b4,more4,\n";
    for (rest, records) in [
        ("", ""),
        ("rest: claim\n", ""),
        ("rest: null\n", ""),
        (
            "rest: source\n",
            "  tie: {type: relation, kind: wrote, from: \"{Who}\", to: \"{B}\"}\n",
        ),
    ] {
        let mapping = format!(
            "{rest}drop: [Secret]\nrecords:\n  source: {{type: document, key: \"{{Link}}\", title: \"{{Title}}\", url: \"{{Link}}\"}}\n  claim: {{type: claim, speaker: \"{{Who}}\", said: \"{{When}}\", content: \"{{What}}\", note: \"{{A}} and {{B}}\"}}\n{records}"
        );
        let done = of(table, &mapping);
        let both = format!("{}{}", done.facts, done.report);
        for word in table.lines().skip(1).flat_map(|line| line.split(',')) {
            assert!(both.contains(word), "{word} is lost:\n{mapping}\n{both}");
        }
    }
    // A word for which the mapping has null, and one that it does not have.
    let done = of(
        "Who,What,View\nAda,Yes,unclear\nJon,No,perhaps\n",
        "records:\n  claim: {type: claim, speaker: \"{Who}\", content: \"{What}\", stance: {column: View, words: {for: supports, unclear: null}}}\n",
    );
    assert!(
        done.report
            .contains("unclear: a word for which the mapping has no value")
    );
    assert!(
        done.report
            .contains("perhaps: a word that the mapping does not have")
    );
}

#[test]
fn rows_above_the_headings_and_empty_rows_are_told() {
    let table = "Claims about the pool,,\nas of May,,\nWho,When,What\nAda,2021,Yes\n,,\nJon,2022,No\n\nMia,2023,So\n\n\n";
    let done = with(table, CLAIMS, &Options::default().with(&HEADING, "3")).unwrap();
    let line = done.sums.line();
    assert!(line.contains("imported 3 rows"), "{line}");
    assert!(line.contains("an empty row (2)"), "{line}");
    assert!(line.contains("a row above the headings (2)"), "{line}");
    assert!(
        done.report
            .contains("t.csv:1: left out: Claims about the pool: a row above")
    );
    assert!(done.report.contains("t.csv:5: left out: an empty row"));
}

#[test]
fn a_title_above_the_headings_is_asked_about() {
    for (table, row, title) in [
        (
            "Claims about the pool;;;\nWho;When;What;Link\nAda;2021;Yes;x\n",
            "2",
            "Claims about the pool",
        ),
        (
            "Claims\nWho,When,What\nAda,2021,Yes\nJon,2022,No\n",
            "2",
            "Claims",
        ),
        (
            "\nList,,\nMay,,\nWho,When,What\nAda,2021,Yes\nJon,2021,Yes\nMia,2021,Yes\n",
            "4",
            "List",
        ),
    ] {
        let refusal = refused(table, CLAIMS, &Options::default());
        assert_eq!(refusal.kind, SourceErrorKind::Ambiguous);
        let help = refusal.help.clone().unwrap();
        assert!(help.contains(&format!("--heading {row}:")), "{help}");
        assert!(refusal.message.contains(title), "{}", refusal.message);
        let sources = [Source::memory("t.csv", table.as_bytes().to_vec())];
        assert!(suggest::of(&sources, &Options::default()).is_err());
        with(table, CLAIMS, &Options::default().with(&HEADING, row)).unwrap();
    }
    // One column is one column.
    of(
        "Who\nAda\nJon\n",
        "records:\n  who: {type: actor, name: \"{Who}\", kind: person}\n",
    );
}

#[test]
fn the_headings_tell_the_delimiter_of_ragged_rows() {
    let mapping = CLAIMS
        .replace("Who", "speakerName")
        .replace("When", "dateSaid")
        .replace("What", "claimText");
    for sign in [";", "\t", "|"] {
        let table = "speakerName;dateSaid;claimText\nAda;2021;Yes, at once;more\nJon;2022\n"
            .replace(';', sign);
        let done = of(&table, &mapping);
        assert!(
            done.facts.contains("content: Yes, at once"),
            "{}",
            done.facts
        );
        assert!(
            done.sums.line().contains("as was recognised (1)"),
            "{}",
            done.sums.line()
        );
    }
    // Where no row has it, it is asked.
    let refusal = refused(
        "speakerName;dateSaid;claimText\nAda\nJon\n",
        &mapping,
        &Options::default(),
    );
    assert!(refusal.help.clone().unwrap().contains("--delimiter"));
    // Who gives it is not told what they gave, and a comma is the rule.
    let given = Options::default().with(&DELIMITER, ";");
    let done = with(
        "speakerName;dateSaid;claimText\nAda;2021;Yes\n",
        &mapping,
        &given,
    )
    .unwrap();
    assert!(!done.sums.line().contains("recognised"));
    assert!(
        !of("Who,When,What\nAda,2021,Yes\n", CLAIMS)
            .sums
            .line()
            .contains("recognised")
    );
}

#[test]
fn a_list_where_one_value_is_wanted_is_refused_at_the_mapping() {
    for (record, field) in [
        (
            "{type: document, title: {column: Who, split: \", \"}}",
            "title",
        ),
        (
            "{type: actor, name: {column: Who, split: \";\"}, kind: person}",
            "name",
        ),
        (
            "{type: actor, name: \"{Who}\", kind: [person, group]}",
            "kind",
        ),
        ("{type: place, name: [\"{Who}\"]}", "name"),
        (
            "{type: place, name: \"{Who}\", lat: {column: When, split: \",\"}}",
            "lat",
        ),
        ("{type: topic, label: {column: Who, split: \",\"}}", "label"),
        (
            "{type: event, label: \"{Who}\", when: {column: When, split: \";\"}}",
            "when",
        ),
        (
            "{type: event, label: \"{Who}\", place: {column: What, split: \";\"}}",
            "place",
        ),
        (
            "{type: claim, speaker: [], content: {column: What, split: \";\"}}",
            "content",
        ),
        (
            "{type: claim, speaker: [], content: x, said: [\"{When}\"]}",
            "said",
        ),
        (
            "{type: claim, speaker: [], content: x, evidence: {quote: {column: What, split: \";\"}}}",
            "quote",
        ),
        (
            "{type: relation, kind: {column: What, split: \";\"}, from: \"{Who}\", to: \"{What}\"}",
            "kind",
        ),
    ] {
        let mapping = format!("records:\n  one: {record}\n");
        let refusal = refused(
            "Who,When,What\nAda,2021,Yes\n",
            &mapping,
            &Options::default(),
        );
        let wanted = format!("“{field}” takes one value");
        assert!(
            refusal.message.contains(&wanted),
            "{record}: {}",
            refusal.message
        );
        assert!(
            refusal
                .help
                .clone()
                .unwrap()
                .contains(&format!("{field}: ")),
            "{record}"
        );
        assert!(
            refusal.at.to_string().contains("map.yaml:3:"),
            "{}",
            refusal.at
        );
    }
    // A record where a text is wanted, too.
    let mapping = "records:\n  who: {type: actor, name: \"{Who}\", kind: person}\n  one: {type: document, title: $who}\n";
    let refusal = refused("Who\nAda\n", mapping, &Options::default());
    assert!(
        refusal.message.contains("“title” is no record"),
        "{}",
        refusal.message
    );
    // Lists where lists are wanted, and words for a name.
    let done = of(
        "Who,Tags\nA,x; w\nB,z\n",
        "records:\n  one: {type: document, title: {column: Who, words: {a: The first, b: The second}}, tags: {column: Tags, split: \";\"}}\n",
    );
    assert!(
        done.facts.contains("title: The first") && done.facts.contains("tags: [x, "),
        "{}",
        done.facts
    );
}

#[test]
fn a_relation_of_several_is_one_for_each() {
    let head = "records:\n  speaker: {type: actor, each: {column: Who, split: \" / \"}, key: \"{it}\", name: \"{it}\", kind: person}\n  party: {type: actor, each: {column: Party, split: \" / \"}, key: \"{it}\", name: \"{it}\", kind: organization}\n";
    let tie = "  tie: {type: relation, kind: member_of, from: $speaker, to: $party}\n";
    let keyed = tie.replace("kind: member_of", "kind: member_of, key: \"{Who} {Party}\"");
    let table = "Who,Party\nAnn Lee / Bob Ray,Free Quay\nMia Kern,Free Quay\nAnn Lee / Bob Ray,Free Quay\nTom Reed,Free Quay / Port Party\n";
    let count = |done: &Done| done.facts.matches("kind: member_of").count();
    for (tie, wanted) in [(tie, 7), (&*keyed, 5)] {
        let done = of(table, &format!("{head}{tie}"));
        assert_eq!(count(&done), wanted, "{}", done.facts);
        assert!(!done.report.contains("without from"), "{}", done.report);
        assert!(
            done.facts.contains("from: bob-ray") && done.facts.contains("to: port-party"),
            "{}",
            done.facts
        );
    }
    // Names without a part of the mapping of their own.
    let split = "records:\n  tie: {type: relation, kind: allied_with, from: {column: Who, split: \" / \"}, to: \"{Party}\"}\n";
    let done = of("Who,Party\nAnn Lee / Bob Ray / Mia Kern,Tom Reed\n", split);
    assert_eq!(
        done.facts.matches("kind: allied_with").count(),
        3,
        "{}",
        done.facts
    );
    // Where both ends are several, nobody knows.
    let done = of(
        "Who,Party\nAnn Lee / Bob Ray,Free Quay / Port Party\n",
        &format!("{head}{tie}"),
    );
    assert_eq!(count(&done), 0);
    assert!(
        done.report.contains("several at both ends"),
        "{}",
        done.report
    );
}

#[test]
fn an_id_that_two_rows_have_is_told_with_both() {
    let mapping = CLAIMS.replace("type: claim,", "type: claim, id: \"claim {No}\",");
    let done = of(
        "No,Who,When,What\n1,Ada,2021,Yes\n2,Jon,2022,No\n2,Mia,2023,So\n2 ,Tom,2024,Oh\n",
        &mapping,
    );
    assert!(
        done.sums
            .line()
            .contains("an id that another row has already; a number was added to it (2)"),
        "{}",
        done.sums.line()
    );
    for line in [
        "t.csv:4 (No): changed: claim 2, as in t.csv:3: the id of this one is claim-2-2:",
        "t.csv:5 (No): changed: claim 2, as in t.csv:3: the id of this one is claim-2-3:",
    ] {
        assert!(done.report.contains(line), "{}", done.report);
    }
    // Ids that differ in signs alone are the same id.
    let done = of(
        "No,Who,When,What\n7a,Ada,2021,Yes\n7A,Jon,2022,No\n7b,Jon,2022,Yes\n",
        &mapping.replace("claim {No}", "{No}"),
    );
    assert!(
        done.sums.line().contains("a number was added to it (1)"),
        "{}",
        done.report
    );
}

#[test]
fn a_question_names_the_column_and_shows_the_cell() {
    let split = |table: &str, row: &str| {
        let refusal = refused(&format!("{table}{row}\n"), CLAIMS, &Options::default());
        (refusal.at.to_string(), refusal.label.clone())
    };
    for (row, at) in [
        ("Ada,03/04/2021,Yes", "t.csv:2:5"),
        ("\"Lind, Ada\",03/04/2021,Yes", "t.csv:2:13"),
        ("\"Ada\nLind\",3 May 99,Yes", "t.csv:3:7"),
    ] {
        assert_eq!(
            split("Who,When,What\n", row),
            (at.to_owned(), "the column When".to_owned())
        );
    }
}

#[test]
fn options_of_workbooks_are_told_of_for_texts() {
    let table = "Who,When,What\nAda,2021,Yes\n";
    for (option, value) in [(&MERGED, "repeat"), (&SHEET, "x"), (&HIDDEN, "skip")] {
        let done = with(table, CLAIMS, &Options::default().with(option, value)).unwrap();
        let line = format!(
            "changed: --{} {value}: an option for workbooks",
            option.name
        );
        assert!(done.report.contains(&line), "{}", done.report);
    }
    let done = of(table, &format!("merged: repeat\n{CLAIMS}"));
    assert!(
        done.report.contains("an option for workbooks"),
        "{}",
        done.report
    );
}

#[test]
fn empty_cells_are_filled_from_above_where_the_mapping_says_so() {
    let table = "Who,When,What\n,2020,Before\nAda,2021,Yes\n,,No\n,2023,So\n-,2024,Nobody\n,2025,Nor now\nJon,2026,Oh\n";
    let mapping = "records:\n  claim: {type: claim, speaker: {column: Who, fill: down}, said: \"{When}\", content: \"{What}\"}\n";
    let done = of(table, mapping);
    assert_eq!(
        done.facts.matches("speaker: ada").count(),
        3,
        "{}",
        done.facts
    );
    let line = done.sums.line();
    assert!(
        line.contains("an empty cell, filled with the value above it (3)"),
        "{line}"
    );
    assert!(
        done.report
            .contains("t.csv:4 (Who): changed: Ada: an empty cell"),
        "{}",
        done.report
    );
    // Lists and words, too.
    let each = "records:\n  who: {type: actor, each: {column: Who, split: \"; \", fill: down}, key: \"{it}\", name: \"{it}\", kind: person}\n  claim: {type: claim, speaker: $who, content: \"{What}\", stance: {column: View, words: {for: supports}, fill: down}}\n";
    let done = of("Who,View,What\nAda; Jon,for,Yes\n,,No\n", each);
    assert_eq!(
        done.facts.matches("speaker: [ada, jon]").count(),
        2,
        "{}",
        done.facts
    );
    assert_eq!(
        done.facts.matches("stance: supports").count(),
        2,
        "{}",
        done.facts
    );
    let wrong = mapping.replace("fill: down", "fill: up");
    assert!(
        refused(table, &wrong, &Options::default())
            .at
            .to_string()
            .contains("map.yaml:3:")
    );
}

#[test]
fn an_encoding_that_was_recognised_is_named() {
    let sources = [Source::memory(
        "t.csv",
        b"Who,When,What\nAn\xefs,2021,Yes\n".to_vec(),
    )];
    let map = map_file::of_text(&format!("annals-map: 1\n{CLAIMS}"), &"map.yaml".into()).unwrap();
    let mut facts = Vec::new();
    let mut out = Builder::new(Outputs::to(&mut facts)).unwrap();
    mapped(&map, &sources, &Options::default(), &mut out).unwrap();
    let line = out.finish().unwrap().line();
    assert!(line.contains("read as Windows-1252"), "{line}");
}

#[test]
fn columns_that_look_merged_are_asked_about() {
    let asked = |table: &str| {
        let sources = [Source::memory("t.csv", table.as_bytes().to_vec())];
        suggest::of(&sources, &Options::default()).unwrap()
    };
    let merged =
        asked("Speaker,Date,Claim\nAda,2021-01-02,Yes\n,,No\n,,So\nJon,2021-01-03,Oh\n,,Ah\n");
    for column in ["Speaker", "Date"] {
        let line = format!(
            "“{column}”: 3 of 5 cells are empty below a filled one. If they mean the value above: {{column: \"{column}\", fill: down}}"
        );
        assert!(merged.contains(&line), "{merged}");
    }
    for table in [
        "Speaker,Date,Claim\nAda,2021-01-02,Yes\nAda,,No\nJon,2021-01-03,So\n",
        "Speaker,Date,Claim\n,2021-01-02,Yes\n,2021-01-02,No\nJon,2021-01-03,So\n",
    ] {
        assert!(!asked(table).contains("fill: down"));
    }
}
