//! First mappings of tables: what is suggested, what is asked, and that every suggestion imports
//! without losing anything silently.

mod lost;
mod sheets;
mod stumbles;

use std::fs;

use annals::import::options::{DATES, MAP};
use annals::import::{Options, Outputs, ReportForm, SameName, by_name, import};
use annals::source::{Source, SourceError, SourceErrorKind};

/// A table of separated values: headings and rows, with `|` between cells.
fn table(lines: &[&str]) -> String {
    let rows = lines.iter().map(|line| {
        let cells = line
            .split('|')
            .map(|cell| format!("\"{}\"", cell.trim().replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(",") + "\n"
    });
    rows.collect()
}

fn source(table: &str) -> Vec<Source> {
    vec![Source::memory("sheet.csv", table.as_bytes().to_vec())]
}

fn suggested(table: &str) -> String {
    let format = by_name("table").unwrap();
    let suggested = format.work.suggest(&source(table), &Options::default());
    suggested.unwrap().unwrap()
}

/// The lines that say something, without their comments.
fn lines(mapping: &str) -> Vec<String> {
    let lines = mapping
        .lines()
        .map(|line| line.split("  #").next().unwrap().trim());
    let said = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    said.map(str::to_owned).collect()
}

struct Done {
    facts: String,
    report: String,
    same: Vec<SameName>,
}

fn imported(table: &str, mapping: &str, dates: Option<&str>) -> Result<Done, SourceError> {
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.yaml");
    fs::write(&map, mapping).unwrap();
    let mut options = Options::default().with(&MAP, map.to_str().unwrap());
    if let Some(dates) = dates {
        options.set(&DATES, dates);
    }
    let (mut facts, mut report) = (Vec::new(), Vec::new());
    let outputs = Outputs::to(&mut facts).reporting(&mut report, ReportForm::Text);
    let done = import(by_name("table").unwrap(), &source(table), &options, outputs)?;
    Ok(Done {
        facts: String::from_utf8(facts).unwrap(),
        report: String::from_utf8(report).unwrap(),
        same: done.same_names().to_vec(),
    })
}

#[test]
fn columns_are_what_their_headings_say_and_otherwise_asked() {
    for (sheet, wanted, unwanted) in sheets::SHEETS {
        let table = table(sheet);
        let mapping = suggested(&table);
        let lines = lines(&mapping);
        for line in *wanted {
            assert!(lines.iter().any(|one| one == line), "no {line}:\n{mapping}");
        }
        for word in *unwanted {
            let found = lines.iter().find(|line| line.contains(word));
            assert!(found.is_none(), "{found:?}:\n{mapping}");
        }
        let done = imported(&table, &mapping, None).unwrap();
        assert!(
            !done.report.contains("left out"),
            "{}\n{mapping}",
            done.report
        );
    }
}

#[test]
fn no_rows_are_merged_by_their_title_or_their_day() {
    for sheet in [
        &[
            "date | title",
            "2021-05-04 | Session",
            "2021-05-04 | Session",
        ][..],
        &[
            "Date | Description",
            "2021-05-04 | They met.",
            "2021-05-04 | They met.",
        ],
        &[
            "title | url",
            "Minutes | https://a.example/1",
            "Minutes | https://a.example/2",
        ],
        &[
            "name | party",
            "Ada Lind | Free Quay",
            "Ada Lind | Port Party",
        ],
    ] {
        let table = table(sheet);
        let done = imported(&table, &suggested(&table), None).unwrap();
        let ids = done.facts.split(" id: ").chain(done.facts.split("{id: "));
        let ids = ids.map(|rest| rest.split([',', '\n', '}']).next().unwrap());
        let twice = ids.filter(|id| id.ends_with("-2")).count();
        assert_eq!(twice, 1, "{}", done.facts);
        assert!(!done.report.contains("differs"), "{}", done.report);
    }
}

#[test]
fn what_is_asked_is_left_out_and_said_to_be() {
    let sheet = table(&[
        "Speaker | Claim | Date of the hearing | Event",
        "Ada Lind | The quay is ready. | 2021-05-04 | Hearing",
    ]);
    let mapping = suggested(&sheet);
    assert!(mapping.contains("# 2 questions begin with"), "{mapping}");
    assert!(mapping.contains("# ? “Date of the hearing”: 1 of 1 values are dates."));
    assert!(mapping.contains("# ? “Event”: is it what the claim was said at"));
    let facts = imported(&sheet, &mapping, None).unwrap().facts;
    assert!(
        facts.contains("x_date_of_the_hearing: \"2021-05-04\""),
        "{facts}"
    );
    assert!(facts.contains("x_event: Hearing"), "{facts}");
}

#[test]
fn a_list_is_cut_at_each_of_its_signs() {
    for (signs, wanted) in [
        ("[\";\", \" and \"]", 4),
        ("[\" and \", \";\", \"&\"]", 4),
        ("\";\"", 3),
    ] {
        let sheet = table(&[
            "Who | What",
            "Ada Lind; Jon Berg and Mia Kern | Yes",
            "Mia Kern & Tom Reed | No",
        ]);
        let mapping = CLAIMS
            .replace(
                "key: \"{Who}\", name: \"{Who}\"",
                "each: {column: Who, split: SIGNS}, key: \"{it}\", name: \"{it}\"",
            )
            .replace("SIGNS", signs)
            .replace(", said: \"{When}\"", "");
        let facts = imported(&sheet, &mapping, None).unwrap().facts;
        assert_eq!(facts.matches("kind: person").count(), wanted, "{facts}");
    }
}

const CLAIMS: &str = "annals-map: 1
records:
  speaker: {type: actor, key: \"{Who}\", name: \"{Who}\", kind: person}
  claim: {type: claim, speaker: $speaker, said: \"{When}\", content: \"{What}\"}
";

#[test]
fn a_date_of_a_column_shows_which_number_is_the_day_in_all_of_it() {
    for (first, second, wanted) in [
        ("03/04/2021", "15/04/2021", "2021-04-03"),
        ("03/04/2021", "04/15/2021", "2021-03-04"),
        ("3-4-2021", "since 28-4-2021", "2021-04-03"),
        ("03/04/2021", "15/04", "2021-04-03"),
        ("from 03/04/2021", "15/04/2021 14:30", "2021-04-03/"),
    ] {
        let sheet = table(&[
            "Who | When | What",
            &format!("Ada | {first} | Yes"),
            &format!("Jon | {second} | No"),
        ]);
        let done = imported(&sheet, CLAIMS, None).unwrap();
        assert!(
            done.facts.contains(&format!("said: {wanted}\n")),
            "{}",
            done.facts
        );
        let told = format!("sheet.csv:3 (When): changed: {second}: a column of dates read with");
        assert!(done.report.contains(&told), "{}", done.report);
    }
    // Columns that show nothing, or both, ask; another column shows nothing for this one.
    for rows in [
        [
            "Ada | 03/04/2021 | Yes | 2021",
            "Jon | 05/05/2021 | No | 2021",
            "Mia | 2021-04-15 | No | 2021",
        ],
        [
            "Ada | 03/04/2021 | Yes | 15/04/2021",
            "Jon | 04/03/2021 | No | 16/04/2021",
            "Mia | May 2021 | No | 17/04/2021",
        ],
        [
            "Ada | 15/04/2021 | Yes | ",
            "Jon | 04/15/2021 | No | ",
            "Mia | 03/04/2021 | No | ",
        ],
    ] {
        let sheet = table(&["Who | When | What | Checked", rows[0], rows[1], rows[2]]);
        let refused = imported(&sheet, CLAIMS, None).err().unwrap();
        assert_eq!(
            refused.kind,
            SourceErrorKind::Ambiguous,
            "{}",
            refused.message
        );
        imported(&sheet, CLAIMS, Some("dmy")).unwrap();
    }
}

#[test]
fn spellings_of_a_name_are_one_actor_where_the_mapping_says_so() {
    let sheet = table(&[
        "Who | When | What",
        "Helen Drax | 2021-05-04 | One",
        "Drax, Helen | 2021-05-05 | Two",
        "Mayor Drax | 2021-05-06 | Three",
        "H.  Drax | 2021-05-07 | Four",
        "Jon Berg | 2021-05-08 | Five",
    ]);
    let asked = imported(&sheet, CLAIMS, None).unwrap();
    assert_eq!(asked.facts.matches("kind: person").count(), 5);
    let same = SameName {
        may_be: vec!["Helen Drax".to_owned()],
        names: ["Drax, Helen", "Mayor Drax", "H.  Drax"]
            .map(str::to_owned)
            .to_vec(),
    };
    assert_eq!(asked.same, [same]);
    assert!(
        asked
            .report
            .contains("remark: Mayor Drax: likely the same as Helen Drax")
    );
    let names = "names:\n  Helen Drax: [\"Drax, Helen\", Mayor Drax, h. drax]\n";
    let merged = imported(&sheet, &format!("{CLAIMS}{names}"), None).unwrap();
    assert_eq!(
        merged.facts.matches("speaker: helen-drax\n").count(),
        4,
        "{}",
        merged.facts
    );
    assert_eq!(merged.facts.matches("kind: person").count(), 2);
    assert!(
        merged
            .facts
            .contains("aliases: [\"Drax, Helen\", Mayor Drax, h. drax]"),
        "{}",
        merged.facts
    );
    assert!(
        merged.same.is_empty() && !merged.report.contains("differs"),
        "{}",
        merged.report
    );
    // A name that is listed is decided.
    let names = "names: {Drax, Helen: [], Mayor Drax: [], H. Drax: []}\n";
    let names = names
        .replace("Drax, Helen", "\"Drax, Helen\"")
        .replace("H. Drax", "\"H.  Drax\"");
    let decided = imported(&sheet, &format!("{CLAIMS}{names}"), None).unwrap();
    assert!(decided.same.is_empty(), "{:?}", decided.same);
    // What the suggestion proposes is that line, commented out.
    let mapping = suggested(&sheet);
    assert!(mapping.contains("#   \"Helen Drax\": ["), "{mapping}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mappings and messages")]
fn a_misspelt_word_anywhere_in_a_mapping_stops_the_import() {
    let sheet = table(&["Who | When | What", "Ada | 2021 | Yes"]);
    for (wrong, line, message, help) in [
        (
            "recods: {}",
            5,
            "a mapping has no “recods”",
            "did you mean records?",
        ),
        (
            "names: {Ada: [A], Jon: [A]}",
            5,
            "“A” is a spelling of Ada already",
            "",
        ),
        ("names: [Ada]", 5, "\"names\" has each name once", ""),
        ("drop: {Who: yes}", 5, "drop is a list of columns", ""),
        (
            "drop: Whom",
            5,
            "the table has no column “Whom”",
            "did you mean Who?",
        ),
        ("year: last", 5, "a year is a number", ""),
        (
            "rest: clam",
            5,
            "this mapping has no “clam”",
            "did you mean claim?",
        ),
        ("dates: dmmy", 5, "dates is one of dmy, mdy", ""),
        ("records: {}", 5, "“records” stands here twice", ""),
        (
            "  b: {type: claim, speaker: $speaker, evidence: {documnt: x}}",
            5,
            "evidence has no “documnt”",
            "did you mean document?",
        ),
        (
            "  b: {type: claim, speaker: $speaker, said: {colum: When}}",
            5,
            "a date has no “colum”",
            "did you mean column?",
        ),
        (
            "  b: {type: claim, speaker: $speaker, content: {coulmn: What}}",
            5,
            "content has no “coulmn”",
            "did you mean column?",
        ),
        (
            "  b: {type: claim, speaker: $speaker, tags: {column: What, splt: \";\"}}",
            5,
            "a column has no “splt”",
            "did you mean split?",
        ),
        (
            "  b: {type: claim, speaker: $speaker, stance: {column: What, words: {for: suports}}}",
            5,
            "“suports” is not a stance",
            "did you mean supports?",
        ),
        (
            "  b: {type: claim, speaker: $speaker, stance: [{towrd: x, value: supports}]}",
            5,
            "a stance has no “towrd”",
            "did you mean toward?",
        ),
        (
            "  b: {type: claim, speaker: speaker}",
            5,
            "“speaker” is an id here",
            "write $speaker",
        ),
        (
            "  b: {type: actor, name: x, kind: persn}",
            5,
            "“persn” is not a kind of actor",
            "did you mean person?",
        ),
        (
            "  b: {type: event, label: x, participants: {actr: $speaker}}",
            5,
            "a participant has no “actr”",
            "did you mean actor?",
        ),
        (
            "  b: {type: event, label: x, label: y}",
            5,
            "“label” stands here twice",
            "",
        ),
    ] {
        let refused = imported(&sheet, &format!("{CLAIMS}{wrong}\n"), None).err();
        let refused = refused.unwrap_or_else(|| panic!("accepted: {wrong}"));
        assert!(
            refused.message.contains(message),
            "{wrong}: {}",
            refused.message
        );
        assert!(
            refused.help.as_deref().unwrap_or("").contains(help),
            "{wrong}: {:?}",
            refused.help
        );
        let at = refused.at.to_string();
        assert!(at.contains(&format!("map.yaml:{line}")), "{wrong}: {at}");
    }
}

#[test]
fn a_question_about_joined_names_offers_the_signs_that_are_there() {
    for (names, signs) in [
        ("Ada Lind & Jon Berg", "split: \" & \""),
        (
            "Ada Lind und Jon Berg; Mia Kern",
            "split: [\";\", \" und \"]",
        ),
        (
            "Ada Lind and Jon Berg / Mia Kern",
            "split: [\" and \", \" / \"]",
        ),
    ] {
        let sheet = table(&[
            "Speaker | Statement",
            &format!("{names} | The quay is ready."),
        ]);
        let mapping = suggested(&sheet);
        assert!(mapping.contains(signs), "{signs}\n{mapping}");
    }
}

#[test]
fn a_mark_of_what_is_not_known_makes_no_event_and_a_cell_is_told_once() {
    for mark in ["TBC", "?", "unknown"] {
        let sheet = table(&[
            "Where | When | What",
            &format!("{mark} | last week | It rains."),
        ]);
        let mapping = "annals-map: 1\nrecords:\n  claim: {type: claim, speaker: [], at: \"{Where}\", said: \"{When}\", content: \"{What}\"}\n";
        let done = imported(&sheet, mapping, None).unwrap();
        assert!(!done.facts.contains("events:"), "{}", done.facts);
        assert_eq!(done.report.matches("(When): changed: last week").count(), 1);
    }
}
