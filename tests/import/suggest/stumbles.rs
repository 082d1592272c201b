//! What people stumbled over: marks that were taken for words, values that were lost without a
//! word, names that stood for nobody.

use super::{CLAIMS, imported, lines, suggested, table};
use annals::import::options::{CENTURY, MAP};
use annals::import::{Options, Outputs, by_name, import};
use annals::source::SourceErrorKind;

#[test]
fn marks_are_asked_about_and_never_taken_for_words_or_names() {
    for (heading, values, question) in [
        (
            "Quote?",
            ["P", "Q", "P"],
            "words: {\"P\": indirect, \"Q\": direct}}",
        ),
        ("Quote", ["x", "x", "x"], "words: {\"x\": direct}}"),
        (
            "Direct",
            ["yes", "no", "Yes"],
            "\"no\": indirect, \"yes\": direct}}",
        ),
        (
            "Direct quote (Y/N)",
            ["Y", "N", "Y"],
            "words: {\"N\": indirect, \"Y\": direct}}",
        ),
        (
            "Paraphrase?",
            ["TRUE", "FALSE", "TRUE"],
            "\"FALSE\": direct, \"TRUE\": indirect}}",
        ),
        (
            "Source y/n",
            ["y", "n", "y"],
            "“Source y/n” has the marks n, y. Its heading",
        ),
        (
            "Source",
            ["y", "n", "y"],
            "“Source” has the marks n, y. Its heading",
        ),
        (
            "Name?",
            ["ja", "nein", "ja"],
            "“Name?” has the marks ja, nein. Its heading",
        ),
        (
            "Date?",
            ["oui", "non", "oui"],
            "“Date?” has the marks non, oui. Its heading",
        ),
        (
            "Date?",
            ["2021-05-04", "2021-05-05", "May 2021"],
            "“Date?”: 3 of 3 values are dates",
        ),
        (
            "To",
            ["Council", "Mia Kern", "Press"],
            "“To”: is it to whom it was said? Then: to: \"{To}\"",
        ),
        (
            "Audience",
            ["Council", "Press", "Press"],
            "“Audience”: is it to whom it was said?",
        ),
    ] {
        let sheet = table(&[
            &format!("Who | Statement | {heading}"),
            &format!("Ada Lind | The quay is ready. | {}", values[0]),
            &format!("Jon Berg | Nobody was asked about it. | {}", values[1]),
            &format!("Mia Kern | It will cost more. | {}", values[2]),
        ]);
        let mapping = suggested(&sheet);
        let asked = mapping
            .lines()
            .filter(|line| line.trim().starts_with("# ?"));
        let asked: Vec<&str> = asked.collect();
        assert!(
            asked.len() == 1 && asked[0].contains(question),
            "{heading}: {question}\n{mapping}"
        );
        let named = format!("{{{heading}}}");
        assert!(
            !lines(&mapping).iter().any(|line| line.contains(&named)),
            "{mapping}"
        );
        let facts = imported(&sheet, &mapping, None).unwrap().facts;
        for value in values {
            let kept = |line: &str| {
                let value_of = line
                    .trim()
                    .strip_prefix("x_")
                    .and_then(|own| own.split_once(": "));
                value_of.is_some_and(|(_, own)| own.trim_matches('"') == value)
            };
            assert!(facts.lines().any(kept), "{heading}: {facts}");
        }
    }
}

#[test]
fn the_answer_in_a_question_about_marks_can_be_written_as_it_stands() {
    for (heading, values) in [
        ("Quote?", ["P", "Q"]),
        ("Direct", ["n", "y"]),
        ("Indirect?", ["✓", "no"]),
    ] {
        let sheet = table(&[
            &format!("Who | Statement | {heading}"),
            &format!("Ada Lind | The quay is ready. | {}", values[0]),
            &format!("Jon Berg | Not one day later. | {}", values[1]),
        ]);
        let mapping = suggested(&sheet);
        let answer = mapping
            .split_once("of the claim: ")
            .unwrap()
            .1
            .lines()
            .next()
            .unwrap();
        let mapping = mapping.replace(
            "    type: claim\n",
            &format!("    type: claim\n    {answer}\n"),
        );
        let facts = imported(&sheet, &mapping, None).unwrap().facts;
        let first = facts
            .find("mode: indirect")
            .unwrap_or_else(|| panic!("{facts}"));
        assert!(facts[first..].contains("mode: direct"), "{facts}");
    }
}

#[test]
fn words_and_questions_of_a_kind_are_taken_all_the_same() {
    for (heading, values, line) in [
        (
            "Quote",
            ["Never.", "Not one day later.", "Yes"],
            "quote: \"{Quote}\"",
        ),
        (
            "What was said?",
            ["Never.", "Not now.", "Later."],
            "content: \"{What was said?}\"",
        ),
        ("Quote", ["So be it", "No", "No"], ""),
    ] {
        let sheet = table(&[
            &format!("Who said it? | {heading}"),
            &format!("Ada Lind | {}", values[0]),
            &format!("Jon Berg | {}", values[1]),
            &format!("Mia Kern | {}", values[2]),
        ]);
        let mapping = suggested(&sheet);
        let lines = lines(&mapping);
        assert!(
            line.is_empty() || lines.iter().any(|one| one == line),
            "{mapping}"
        );
        assert!(
            lines.iter().any(|one| one == "name: \"{Who said it?}\""),
            "{mapping}"
        );
    }
}

const SOURCES: &str = "annals-map: 1
records:
  source: {type: document, key: \"{Link}\", title: \"{Link}\", published: \"{Posted}\", publisher: \"{Paper}\"}
  claim: {type: claim, speaker: [], content: \"{What}\", evidence: {document: $source}}
";

#[test]
fn a_differing_value_is_told_with_its_column_both_values_and_both_rows() {
    for (rows, told) in [
        (
            ["a | 2021-05-04 | Post | One", "a | 2021-05-06 | Post | Two"],
            "sheet.csv:3 (Posted): changed: published: 2021-05-06, but 2021-05-04 in sheet.csv:2: ",
        ),
        (
            ["a | 2021-05-04 | Post | One", "a | 2021-05-04 | Mail | Two"],
            "sheet.csv:3 (Paper): changed: publisher: Mail, but Post in sheet.csv:2: ",
        ),
        (
            ["a |  | Post | One", "a | 2021-05-04 | Post | Two"],
            "sheet.csv:3 (Posted): changed: published: 2021-05-04, none in sheet.csv:2: ",
        ),
        (
            ["a | 2021-05-04 | Post | One", " | 2021-05-06 | Mail | Two"],
            "sheet.csv:3 (Posted): left out: 2021-05-06 (a document without title): ",
        ),
        (
            ["a | 2021-05-04 | Post | One", " | 2021-05-06 | Mail | Two"],
            "sheet.csv:3 (Paper): left out: Mail (a document without title): ",
        ),
    ] {
        let sheet = table(&["Link | Posted | Paper | What", rows[0], rows[1]]);
        let done = imported(&sheet, SOURCES, None).unwrap();
        assert!(done.report.contains(told), "{told}\n{}", done.report);
    }
    for same in [
        "a | 2021-05-04 | Post | Two",
        "a | 4 May 2021 | | Two",
        "A | | | Two",
    ] {
        let sheet = table(&[
            "Link | Posted | Paper | What",
            "a | 2021-05-04 | Post | One",
            same,
        ]);
        let report = imported(&sheet, SOURCES, None).unwrap().report;
        assert!(!report.contains("another value"), "{report}");
    }
}

#[test]
fn years_of_two_digits_and_missing_years_are_asked_about() {
    for (dates, question) in [
        (
            ["03.05.21", "04.05.21"],
            "2 dates of “When” have a year of two digits (03.05.21). Of which century?",
        ),
        (
            ["3 May 99", "2021-05-04"],
            "1 date of “When” has a year of two digits (3 May 99). Of which century?",
        ),
        (
            ["13/05/21", "04/05/21"],
            "2 dates of “When” have a year of two digits (13/05/21). Of which century?",
        ),
        (
            ["3 May", "15 April"],
            "2 dates of “When” have no year (3 May). If all are of one year",
        ),
        (
            ["20.12.", "2021-05-04"],
            "1 date of “When” has no year (20.12.). If all are of one year",
        ),
    ] {
        let sheet = table(&[
            "Speaker | When | Statement",
            &format!("Ada Lind | {} | The quay is ready.", dates[0]),
            &format!("Jon Berg | {} | Nobody was asked.", dates[1]),
        ]);
        // Days without a year alone are no column of dates, unless their mapping says so.
        let mapping = suggested(&sheet);
        assert!(mapping.contains(question), "{question}\n{mapping}");
    }
}

#[test]
fn the_question_for_a_century_or_a_year_names_the_line_of_the_mapping() {
    for (date, note) in [
        ("03.05.21", "in a mapping: century: 19, or century: 20"),
        ("3 May 99", "in a mapping: century: 19, or century: 20"),
        ("03/04/2021", "in a mapping: dates: dmy, or dates: mdy"),
    ] {
        let sheet = table(&["Who | When | What", &format!("Ada Lind | {date} | Yes")]);
        let refused = imported(&sheet, CLAIMS, None).err().unwrap();
        assert_eq!(refused.kind, SourceErrorKind::Ambiguous);
        assert!(
            refused.notes.iter().any(|one| one == note),
            "{:?}",
            refused.notes
        );
    }
    for date in ["3 May", "20.12.", "15 April"] {
        let sheet = table(&["Who | When | What", &format!("Ada Lind | {date} | Yes")]);
        let report = imported(&sheet, CLAIMS, None).unwrap().report;
        assert!(
            report.contains("a line \"year: 2021\" in the mapping"),
            "{report}"
        );
        let year = imported(&sheet, &format!("{CLAIMS}year: 2021\n"), None).unwrap();
        assert!(year.facts.contains("said: 2021-"), "{}", year.facts);
    }
    for (line, said) in [
        ("century: twenty", "a century is"),
        ("century: 100", "a century is"),
        ("century: -1", "a century is"),
    ] {
        let sheet = table(&["Who | When | What", "Ada Lind | 2021 | Yes"]);
        let refused = imported(&sheet, &format!("{CLAIMS}{line}\n"), None)
            .err()
            .unwrap();
        assert!(refused.message.contains(said), "{}", refused.message);
    }
}

#[test]
fn a_century_that_was_given_stands_in_the_mapping() {
    let sheet = table(&[
        "Speaker | When | Statement",
        "Ada Lind | 3 May 21 | Nobody was asked.",
    ]);
    let options = Options::default().with(&CENTURY, "20");
    let mapping = by_name("table")
        .unwrap()
        .work
        .suggest(&super::source(&sheet), &options);
    let mapping = mapping.unwrap().unwrap();
    assert!(
        mapping.contains("\ncentury: 20\n") && !mapping.contains("# ?"),
        "{mapping}"
    );
    // The command line may not have words in place of a number either.
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.yaml");
    std::fs::write(&map, CLAIMS).unwrap();
    let options = Options::default()
        .with(&MAP, map.to_str().unwrap())
        .with(&CENTURY, "twenty");
    let mut facts = Vec::new();
    let sources = super::source(&sheet);
    let refused = import(
        by_name("table").unwrap(),
        &sources,
        &options,
        Outputs::to(&mut facts),
    );
    assert_eq!(refused.err().unwrap().kind, SourceErrorKind::Usage);
}

#[test]
fn the_most_frequent_spelling_is_kept_and_of_those_as_frequent_the_fullest() {
    for (names, kept, others) in [
        (
            ["H. Drax", "Helen Drax", "Helen Drax"],
            "Helen Drax",
            "H. Drax",
        ),
        (
            ["H. Drax", "H. Drax", "Helen Drax"],
            "H. Drax",
            "Helen Drax",
        ),
        (
            ["Drax, Helen", "Helen Drax", "Jon Berg"],
            "Helen Drax",
            "Drax, Helen",
        ),
        (
            ["Helen Drax", "Mayor Drax", "Mayor Drax"],
            "Mayor Drax",
            "Helen Drax",
        ),
    ] {
        let rows = names.map(|name| format!("{name} | 2021-05-04 | Nobody was asked."));
        let sheet = table(&["Who | When | What", &rows[0], &rows[1], &rows[2]]);
        let mapping = suggested(&sheet);
        let line = format!("#   \"{kept}\": [\"{others}\"]");
        assert!(mapping.contains(&line), "{line}\n{mapping}");
        assert!(
            mapping.contains("The most frequent\n# spelling stands first"),
            "{mapping}"
        );
        let same = imported(&sheet, CLAIMS, None).unwrap().same;
        assert_eq!(
            (&*same[0].may_be, &*same[0].names),
            (&[kept.to_owned()][..], &[others.to_owned()][..])
        );
    }
}

#[test]
fn a_mark_of_an_unknown_speaker_is_an_unnamed_actor_of_its_row() {
    for mark in [
        "?",
        "??",
        "unknown",
        "Unknown",
        "n/a",
        "TBC",
        "(unbekannt)",
        "inconnu?",
    ] {
        let sheet = table(&[
            "Who | What",
            &format!("{mark} | The quay is ready."),
            "Ada Lind | Nobody was asked.",
            &format!("{mark} | It will cost more."),
        ]);
        let mapping = CLAIMS.replace(", said: \"{When}\"", "");
        let done = imported(&sheet, &mapping, None).unwrap();
        assert_eq!(
            done.facts.matches("unnamed: true").count(),
            2,
            "{mark}: {}",
            done.facts
        );
        assert!(
            done.facts.contains("speaker: unknown-speaker-2\n"),
            "{}",
            done.facts
        );
        assert!(!done.facts.contains(&format!("name: {mark}")) && done.same.is_empty());
        assert_eq!(
            done.report.matches("a mark of an unknown speaker").count(),
            2 + 1
        );
    }
    // Names are no marks; NA of a program is an empty cell.
    for (name, made) in [("Unknown Pleasures", 1), ("Anna ?", 1), ("NA", 0), ("-", 0)] {
        let sheet = table(&["Who | What", &format!("{name} | The quay is ready.")]);
        let mapping = CLAIMS.replace(", said: \"{When}\"", "");
        let facts = imported(&sheet, &mapping, None).unwrap().facts;
        assert_eq!(facts.matches("kind: person").count(), made, "{facts}");
        assert!(!facts.contains("unnamed"), "{facts}");
    }
    // Somebody unknown is nobody's addressee, and a tie of one is no tie of the other.
    let sheet = table(&[
        "Who | Whom | Party | What",
        "? | ? | Free Quay | The quay is ready.",
        "? | Ada Lind | Free Quay | It will cost more.",
    ]);
    let mapping = "annals-map: 1
records:
  who: {type: actor, key: \"{Who}\", name: \"{Who}\", kind: person}
  whom: {type: actor, key: \"{Whom}\", name: \"{Whom}\", kind: person}
  party: {type: actor, key: \"{Party}\", name: \"{Party}\", kind: organization}
  tie: {type: relation, key: \"{Who} in {Party}\", from: $who, kind: member_of, to: $party}
  claim: {type: claim, speaker: $who, to: $whom, content: \"{What}\"}
";
    let facts = imported(&sheet, mapping, None).unwrap().facts;
    assert_eq!(facts.matches("unnamed: true").count(), 2, "{facts}");
    assert_eq!(facts.matches("kind: member_of").count(), 2, "{facts}");
}

#[test]
fn a_name_in_a_field_that_refers_to_a_record_makes_it() {
    for (field, wanted) in [
        (
            "speaker: \"{A}\"",
            "actors:\n  - {id: north, name: North, kind: person}",
        ),
        (
            "speaker: [], to: \"{A}\"",
            "actors:\n  - {id: north, name: North, kind: person}",
        ),
        (
            "speaker: [], about: \"{A}\"",
            "topics:\n  - {id: north, label: North}",
        ),
        (
            "speaker: [], at: \"{A}\", said: \"{D}\"",
            "events:\n  - {id: north, label: North, when: 2021-05-04}\n  - {id: north-2, label: north, when: 2021-05-05}",
        ),
        (
            "speaker: [], evidence: {document: \"{A}\"}",
            "documents:\n  - id: north\n    title: North\n",
        ),
        (
            "speaker: [], stance: {toward: \"{A}\", value: supports}",
            "topics:\n  - {id: north, label: North}",
        ),
        (
            "speaker: {column: A, split: \";\"}",
            "actors:\n  - {id: north, name: North, kind: person}",
        ),
    ] {
        let mapping = format!(
            "annals-map: 1\nrecords:\n  claim: {{type: claim, {field}, content: \"{{C}}\"}}\n"
        );
        let sheet = table(&[
            "A | C | D",
            "North | One | 2021-05-04",
            "north | Two | 2021-05-05",
        ]);
        let done = imported(&sheet, &mapping, None).unwrap();
        assert!(done.facts.contains(wanted), "{field}\n{}", done.facts);
        let name = field.trim_start_matches("speaker: [], ");
        let name = name.split(':').next().unwrap();
        assert!(
            !name.is_empty() && !done.facts.contains(&format!("{name}: North\n")),
            "{}",
            done.facts
        );
    }
    let events = "annals-map: 1\nrecords:\n  event: {type: event, label: \"{C}\", place: \"{A}\", part_of: \"{D}\", participants: [{actor: \"{B}\"}]}\n";
    let sheet = table(&["A | B | C | D", "Skerrow | Ada Lind | Fair | Summer"]);
    let done = imported(&sheet, events, None).unwrap();
    for wanted in [
        "place: skerrow",
        "part_of: summer",
        "actor: ada-lind",
        "- {id: skerrow, name: Skerrow}",
    ] {
        assert!(done.facts.contains(wanted), "{wanted}\n{}", done.facts);
    }
    assert!(
        done.report
            .contains("(B): changed: Ada Lind: an actor of a name alone, taken for a person")
    );
    // Ids of other files are said to be ids.
    let ids = "annals-map: 1\nrecords:\n  claim: {type: claim, speaker: {column: A, is: id}, to: {column: B, split: \";\", is: id}, content: \"{C}\"}\n";
    let sheet = table(&["A | B | C", "ada-lind | jon-berg; mia-kern | One"]);
    let facts = imported(&sheet, ids, None).unwrap().facts;
    assert!(
        facts.contains("speaker: ada-lind") && facts.contains("to: [jon-berg, mia-kern]"),
        "{facts}"
    );
    assert!(!facts.contains("actors:"), "{facts}");
}

#[test]
fn two_lists_of_a_row_do_not_cut_each_other() {
    let mapping = "annals-map: 1
records:
  who: {type: actor, each: {column: Who, split: \";\"}, key: \"{it}\", name: \"{it}\", kind: person}
  topic: {type: topic, each: {column: Topics, split: \";\"}, key: \"{it}\", label: \"{it}\"}
  claim: {type: claim, each: {column: Who, split: \";\"}, speaker: $who, about: $topic, content: \"{What}\"}
";
    for (who, topics, claims) in [
        ("Ada; Jon", "Quay; Noise", 2),
        ("Ada", "Quay; Noise", 1),
        ("Ada; Jon; Mia", "Noise; Quay", 3),
    ] {
        let sheet = table(&["Who | Topics | What", &format!("{who} | {topics} | One")]);
        let facts = imported(&sheet, mapping, None).unwrap().facts;
        let about = facts.matches("about: [quay, noise]").count()
            + facts.matches("about: [noise, quay]").count();
        assert_eq!(about, claims, "{facts}");
        assert_eq!(facts.matches("speaker: ").count(), claims, "{facts}");
        assert!(!facts.contains("speaker: ["), "{facts}");
    }
}

#[test]
fn a_claim_without_words_is_told() {
    for (row, told) in [
        ("Ada Lind |  |  | for", true),
        ("Ada Lind | NA |  | for", true),
        ("Ada Lind |  | “Never” | for", false),
        ("Ada Lind | Never. |  | ", false),
        (" |  |  | for", false),
    ] {
        let mapping = "annals-map: 1
records:
  claim: {type: claim, speaker: \"{Who}\", content: \"{Statement}\", quote: \"{Quote}\"}
";
        let sheet = table(&["Who | Statement | Quote | View", row]);
        let report = imported(&sheet, mapping, None).unwrap().report;
        let words = "(Statement): changed: claim: a claim without words";
        assert_eq!(report.contains(words), told, "{row}\n{report}");
    }
    let sheet = table(&[
        "Speaker | Statement",
        "Ada Lind | The quay is ready.",
        "Jon Berg | ",
        "Mia Kern | ",
    ]);
    let mapping = suggested(&sheet);
    let line = "# 2 of 3 rows have no “Statement”: their claims are without words, and counted.";
    assert!(mapping.contains(line), "{mapping}");
}

#[test]
fn capitals_and_spaces_make_no_other_topic_and_that_is_told() {
    for (first, second) in [
        ("Library closure", "library closure"),
        ("Library closure", "LIBRARY  CLOSURE"),
        ("library closure", "Library\u{a0}closure"),
    ] {
        let sheet = table(&[
            "Speaker | Topic | Statement",
            &format!("Ada Lind | {first} | The quay is ready."),
            &format!("Ada Lind | {second} | Nobody was asked."),
        ]);
        let mapping = suggested(&sheet);
        assert!(mapping.contains("“Topic”; 1 value in 2 rows"), "{mapping}");
        let done = imported(&sheet, &mapping, None).unwrap();
        assert_eq!(
            done.facts.matches("about: library-closure\n").count(),
            2,
            "{}",
            done.facts
        );
        assert_eq!(done.facts.matches("label: ").count(), 1);
        let told = format!(
            "(Topic): changed: label: {second}, but {first} in sheet.csv:2: a name that differs only in capitals or spaces"
        );
        assert!(done.report.contains(&told), "{}", done.report);
    }
}
