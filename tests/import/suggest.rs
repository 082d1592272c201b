//! First mappings of tables: what is suggested, what is asked, and that every suggestion imports
//! without losing anything silently.

use std::fs;

use annals::import::options::{DATES, MAP};
use annals::import::{Options, Outputs, ReportForm, SameName, by_name, import};
use annals::source::{Source, SourceError, SourceErrorKind};
use proptest::prelude::*;

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

/// Tables, with lines that their mapping must have, and words that no line of it may have.
const SHEETS: &[(&[&str], &[&str], &[&str])] = &[
    // Chronologies.
    (
        &["When | What happened", "2021-05-04 | The mole gave way."],
        &[
            "type: event",
            "label: \"{What happened}\"",
            "when: \"{When}\"",
        ],
        &["claim"],
    ),
    (
        &[
            "Year | Event",
            "1911 | The harbour is dug.",
            "1913 | It opens.",
        ],
        &["type: event", "label: \"{Event}\"", "when: \"{Year}\""],
        &["key"],
    ),
    (
        &[
            "startDate | endDate | title | description",
            "2021-05-04 | 2021-05-06 | Fair | Stalls on the quay.",
            "2022-05-04 | 2022-05-06 | Fair | Again.",
        ],
        &[
            "when: \"{startDate}/{endDate}\"",
            "label: \"{title}\"",
            "note: \"{description}\"",
        ],
        &["key", "document"],
    ),
    (
        &[
            "id | date | title | summary | sources",
            "k7 | 2021-05-04 | Session | They met. | https://news.example/1; https://news.example/2",
            "k8 | 2021-05-06 | Session | They met again. | https://news.example/3",
        ],
        &[
            "id: \"{id}\"",
            "label: \"{title}\"",
            "when: \"{date}\"",
            "each: {column: \"sources\", split: \";\"}",
        ],
        &["key: \"{title}\"", "published"],
    ),
    // Data sets of events.
    (
        &[
            "event_id_cnty | event_date | year | time_precision | event_type | sub_event_type | actor1 | assoc_actor_1 | actor2 | country | admin1 | location | latitude | longitude | source | notes | fatalities | timestamp",
            "SKR1 | 03 May 2020 | 2020 | 1 | Battles | Armed clash | Militia | | Police | Skerrow | North | Old Quay | 53.5 | 9.9 | Harbour Post | A fight at the quay. | 2 | 1589000000",
        ],
        &[
            "id: \"{event_id_cnty}\"",
            "when: \"{event_date}\"",
            "participants: [{actor: $participant}, {actor: $participant-2}]",
            "key: \"{location} {country} {latitude} {longitude}\"",
            "note: \"{notes}\"",
            "within: $country",
        ],
        &["{timestamp}", "{time_precision}", "published", "{year}"],
    ),
    (
        &[
            "id | conflict_name | side_a | side_b | source_office | source_date | source_headline | event_clarity | date_prec | date_start | date_end",
            "1 | Skerrow: Government | Government of Skerrow | Militia | Harbour Post | 2020-05-20 | Fight | 1 | 3 | 2020-05-01 | 2020-05-07",
            "2 | Skerrow: Government | Government of Skerrow | Militia | Harbour Post | 2020-06-20 | Fight | 1 | 3 | 2020-06-01 | 2020-06-07",
        ],
        &[
            "id: \"event {id}\"",
            "when: \"{date_start}/{date_end}\"",
            "published: \"{source_date}\"",
            "key: \"{source_headline} {source_office} {source_date}\"",
            "label: \"{conflict_name}\"",
        ],
        &["{event_clarity}", "{date_prec}"],
    ),
    // What was said, and when.
    (
        &[
            "claimant | claim | claimDate | reviewDate | publisher | url | textualRating",
            "Ada Lind | The quay is ready. | 2021-05-04 | 2021-06-01 | Harbour Post | https://news.example/1 | False",
        ],
        &[
            "speaker: $speaker",
            "said: \"{claimDate}\"",
            "content: \"{claim}\"",
        ],
        &["{reviewDate}", "stance", "{textualRating}", "quote"],
    ),
    (
        &[
            "Date | Said on | Who | Paraphrase | Link",
            "2021-06-01 | 2021-05-04 | Ada Lind | The quay would be ready. | https://news.example/1",
        ],
        &["said: \"{Said on}\"", "content: \"{Paraphrase}\""],
        &["quote", "{Date}", "published"],
    ),
    (
        &[
            "Speaker | Statement | Ruling | Date",
            "Ada Lind | The quay is ready. | Mostly false | 2021-05-04",
        ],
        &["speaker: $speaker", "content: \"{Statement}\""],
        &["said", "{Date}", "stance"],
    ),
    (
        &[
            "speakerName | quote | dateSaid | sourceTitle | sourceUrl | sourceDate",
            "Ada Lind | Not one day later. | 2021-05-04 | Quay on time | https://news.example/1 | 2021-05-06",
        ],
        &[
            "quote: \"{quote}\"",
            "said: \"{dateSaid}\"",
            "published: \"{sourceDate}\"",
            "title: \"{sourceTitle}\"",
        ],
        &["content"],
    ),
    // Who speaks.
    (
        &[
            "username | created_at | tweet",
            "ada | 2021-05-04 | Nobody was asked about the works.",
        ],
        &[
            "name: \"{username}\"",
            "speaker: $speaker",
            "said: \"{created_at}\"",
        ],
        &["speaker: []"],
    ),
    (
        &[
            "Headline | Author | Publisher | Published | Claim",
            "Quay on time | Mia Kern | Harbour Post | 2021-05-06 | The quay is ready.",
        ],
        &[
            "author: \"{Author}\"",
            "speaker: []",
            "published: \"{Published}\"",
        ],
        &["name: \"{Author}\"", "said"],
    ),
    (
        &[
            "From | To | Date | Text",
            "Ada Lind | Jon Berg | 2021-05-04 | The works begin on Monday.",
        ],
        &["name: \"{From}\"", "to: $addressee", "said: \"{Date}\""],
        &["when"],
    ),
    // Headings of other languages, and of none: never guessed.
    (
        &[
            "Päivämäärä | Puhuja | Väite",
            "2021-05-04 | Ada Lind | Laituri on valmis.",
        ],
        &["type: topic"],
        &["said", "when", "published", "speaker"],
    ),
    (
        &["Дата | Спикер", "2021-05-04 | Ада Линд"],
        &["type: topic"],
        &["said", "when", "published", "speaker"],
    ),
    (
        &["A | B | C", "1 | 2 | 3"],
        &["type: topic"],
        &["when", "event"],
    ),
    (
        &["Wer | Wann | Was", "Ada Lind | 2021-05-04 | sagt nein"],
        &["rest: claim"],
        &["rest: source"],
    ),
];

#[test]
fn columns_are_what_their_headings_say_and_otherwise_asked() {
    for (sheet, wanted, unwanted) in SHEETS {
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
        facts.contains("x_date_of_the_hearing: 2021-05-04"),
        "{facts}"
    );
    assert!(facts.contains("x_event: Hearing"), "{facts}");
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
        let told =
            format!("sheet.csv:3, column When: changed: {second}: a column of dates read with");
        assert!(done.report.contains(&told), "{}", done.report);
    }
    // Columns that show nothing, or both, ask; another column shows nothing for this one.
    for rows in [
        [
            "Ada | 03/04/2021 | Yes | 2021",
            "Jon | 05/05/2021 | No | 2021",
        ],
        [
            "Ada | 03/04/2021 | Yes | 15/04/2021",
            "Jon | 04/03/2021 | No | 16/04/2021",
        ],
        [
            "Ada | 15/04/2021 | Yes | ",
            "Jon | 04/15/2021 or 03/04/2021 | No | ",
        ],
    ] {
        let sheet = table(&["Who | When | What | Checked", rows[0], rows[1]]);
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
    // What the suggestion proposes is that line, commented out.
    let mapping = suggested(&sheet);
    assert!(mapping.contains("#   \"Helen Drax\": ["), "{mapping}");
}

#[test]
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
                || done.report.contains(&format!("sheet.csv:{},", nth + 2));
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
