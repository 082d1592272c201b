//! The output does not depend on how the work is divided.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::table::{GROUP, Rows, Table};
use super::records::BuildOptions;
use super::{Counted, FindingCounts, Place, Snapshot, build_in};
use annals_load::{Request, Source, load};
use annals_model::{FileKind, OwnWords, RecordKind};
use annals_query::overview::OverviewRow;

/// Lines with many templates and with few, of several kinds, invalid, empty, long.
fn lines(file: usize) -> String {
    let mut out = String::new();
    if file == 1 {
        out.push('\u{feff}');
    }
    for n in 0..400 {
        let of = (n * 7 + file) % 13;
        let line = match n % 10 {
            0 => format!(
                r#"{{"type":"actor","id":"a{file}-{of}-{n}","name":"Actor {n}","aliases":["É{of}"]}}"#
            ),
            1 => format!(
                r#"{{"type":"event","id":"e{file}-{n}","label":"E","participants":[{{"actor":"a0-0-0","role":"agent"}},{{"actor":"a0-0-0","role":"patient"}}]}}"#
            ),
            2 => format!(
                r#"{{"type":"document","id":"d{file}-{n}","title":"D","published":"2023-01-{:02}"}}"#,
                of + 1
            ),
            3 => format!(" {{\"type\" : \"claim\",\"speaker\":[],\"content\":\"no id {n}\"}} \r"),
            4 => format!(
                r#"{{"type":"claim","id":"c{file}-{n}","speaker":["nobody {of}"],"content":"\u00e9 {n}","x_n":{n}}}"#
            ),
            5 => ["", "no JSON", "  ", r#"{"type":"claim"}"#][n / 10 % 4].to_owned(),
            6 => format!(
                r#"{{"type":"claim","id":"c{file}-{n}","speaker":["a0-0-0"],"content":"{}"}}"#,
                "long ".repeat(n)
            ),
            _ => format!(
                r#"{{"type":"claim","id":"c{file}-{n}","speaker":["a0-0-0"],"to":["a0-5-10"],"said":"2022-0{}","stance":[{{"toward":"a{file}-{of}-{n}","value":"supports"}},{{"value":"opposes"}}],"evidence":[{{"document":"d0-2"}}],"content":"c"}}"#,
                of % 9 + 1
            ),
        };
        writeln!(out, "{line}").unwrap();
    }
    out.truncate(out.trim_end().len());
    out
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().display().to_string();
            let within = files_of(&path).into_iter();
            files.extend(within.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            let name = path.file_name().unwrap().display().to_string();
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    files
}

#[test]
fn however_the_work_is_shared_the_bytes_are_the_same() {
    let home = tempfile::tempdir().unwrap();
    let source = |nth: usize| Source::Memory {
        name: format!("f{nth}.jsonl"),
        bytes: lines(nth).into_bytes(),
    };
    let yaml = Source::Memory {
        name: "g.yaml".to_owned(),
        bytes: b"annals: 1\nactors:\n  - {id: y, name: Y, kind: person}\nclaims:\n  - {speaker: y, content: c}\n".to_vec(),
    };
    let loaded = load(&Request {
        facts: vec![source(0), source(1), yaml, source(2)],
        texts: Vec::new(),
    });
    assert!(loaded.facts.len() > 1000, "{}", loaded.facts.len());
    let mut first = None;
    let claims = loaded.facts.claims.len();
    assert!(claims > 4 * GROUP, "{claims} claims are few groups");
    for (block, threads) in [(1 << 30, 1), (1, 1), (100, 2), (1000, 5), (7777, 3)] {
        let folder = home.path().join(format!("{block}-{threads}.annals"));
        let counts = || Counted {
            counts: FindingCounts::default(),
            narrowed: Vec::new(),
            overview: OverviewRow::default(),
        };
        let options = BuildOptions {
            block,
            threads,
            for_cluster: true,
        };
        build_in(
            options,
            Place::open(&folder).unwrap(),
            &loaded,
            None,
            counts,
            None,
        )
        .unwrap();
        let files = files_of(&folder);
        assert!(files.len() > 10);
        let first = first.get_or_insert_with(|| files.clone());
        assert!(*first == files, "{block} {threads}");
    }
    // The files are restored exactly, and claims of one speaker are stored together.
    let snapshot = Snapshot::open(&home.path().join("100-2.annals")).unwrap();
    let mut nth = 0;
    for source in snapshot.sources() {
        let Source::Embedded(file) = source else {
            panic!("a snapshot gives its files back");
        };
        let mut bytes = Vec::new();
        file.bytes.read().unwrap().read_to_end(&mut bytes).unwrap();
        if file.kind == FileKind::JsonLines {
            assert!(bytes == lines(nth).into_bytes(), "{}", file.name);
            nth += 1;
        }
    }
    assert_eq!(nth, 3);
    let part = &snapshot.shared.parts[0];
    let columns = Columns::of(RecordKind::Claim);
    let wanted = [
        columns.row,
        columns.number("speaker").unwrap(),
        columns.file,
    ];
    let table = part.through("claims").unwrap();
    let mut rows = Rows::new(table.clone(), wanted.map(Some).to_vec());
    for group in table.groups() {
        let batch = rows.read(group.start, group.len()).unwrap();
        let mut met = Vec::new();
        for row in 0..batch.rows {
            assert_eq!(batch.number(0, row), Some((group.start + row) as i64));
            let speaker = batch
                .text(1, row)
                .filter(|word| !word.starts_with("nobody"));
            let of = (batch.number(2, row), speaker.map(str::to_owned));
            if met.last() != Some(&of) {
                assert!(!met.contains(&of), "{of:?} twice");
                met.push(of);
            }
        }
    }
}

/// The pages are read by hand; the reader that comes with the `parquet` package reads the same in them.
#[test]
fn the_reader_of_the_parquet_package_reads_the_same() {
    let home = tempfile::tempdir().unwrap();
    let source = |nth: usize| Source::Memory {
        name: format!("f{nth}.jsonl"),
        bytes: lines(nth).into_bytes(),
    };
    let more = r#"annals: 1
actors: [{id: y, name: Ÿ, kind: person, aliases: [one, two], lifespan: 1950/2020}]
places: [{id: p, name: P, lat: 50.45, lon: 30.5}]
topics: [{id: t, label: T, about: [y, p]}]
relations: [{from: y, kind: member_of, to: a0-0-0, when: "2001"}]
orders: [{first: e0-1, relation: [before, meets], second: e0-11}]
claims: [{speaker: y, content: c, via: [y], confidence: 0.5, tags: [x], evidence: {document: d0-2, quote: q}}]
"#;
    let yaml = Source::Memory {
        name: "g.yaml".to_owned(),
        bytes: more.into(),
    };
    let loaded = load(&Request {
        facts: vec![source(0), source(1), yaml, source(2)],
        texts: Vec::new(),
    });
    let folder = home.path().join("f.annals");
    let counts = || Counted {
        counts: FindingCounts::default(),
        narrowed: Vec::new(),
        overview: OverviewRow::default(),
    };
    let options = BuildOptions {
        block: 1000,
        threads: 2,
        for_cluster: true,
    };
    build_in(
        options,
        Place::open(&folder).unwrap(),
        &loaded,
        None,
        counts,
        None,
    )
    .unwrap();
    let snapshot = Snapshot::open(&folder).unwrap();
    let (mut tables, mut met) = (0, [0; 4]);
    for part in &snapshot.shared.parts {
        for file in &part.entry.files {
            let table = part.through(&file.name).unwrap();
            compare(&part.path(&file.name), &table, &mut met);
            tables += 1;
        }
    }
    assert_eq!(tables, super::tables().count());
    assert!(met.iter().all(|count| *count > 10), "{met:?}");
}

/// Compares all values of a table; counts numbers, texts, lists, and what is missing.
fn compare(path: &Path, table: &Arc<Table>, met: &mut [usize; 4]) {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    fn bytes_of(field: &Field) -> Option<&[u8]> {
        match field {
            Field::Str(text) => Some(text.as_bytes()),
            Field::Bytes(bytes) => Some(bytes.data()),
            _ => None,
        }
    }
    let file = std::fs::File::open(path).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let width = reader.metadata().file_metadata().schema_descr();
    let width = width.root_schema().get_fields().len();
    // What only other engines read is written as they like it.
    let fields = reader
        .metadata()
        .file_metadata()
        .schema_descr()
        .root_schema()
        .get_fields()
        .to_vec();
    let is_read = |column: &usize| {
        let name = fields[*column].name();
        !super::super::columns::BOUNDS
            .iter()
            .any(|bound| name.ends_with(bound))
            && !name.ends_with("_zoned")
    };
    let wanted = (0..width).map(|column| Some(column).filter(is_read));
    let mut rows = Rows::new(Arc::clone(table), wanted.collect());
    let mut batch = rows.read(0, 1).ok();
    let mut begin = 0;
    let mut count = 0;
    for (nth, row) in reader.get_row_iter(None).unwrap().enumerate() {
        let row = row.unwrap();
        if batch.as_ref().is_none_or(|batch| nth >= begin + batch.rows) {
            begin = nth;
            batch = Some(rows.read(nth, 300).unwrap());
        }
        let batch = batch.as_ref().unwrap();
        let at = nth - begin;
        for (column, (name, field)) in row.get_column_iter().enumerate() {
            let here = format!("{} {name} {nth}", path.display());
            match field {
                Field::Int(number) | Field::Date(number) => {
                    met[0] += 1;
                    assert_eq!(batch.number(column, at), Some((*number).into()), "{here}");
                }
                Field::Long(_) if !is_read(&column) => {}
                Field::Long(number) => {
                    assert_eq!(batch.number(column, at), Some(*number), "{here}");
                }
                Field::Str(_) | Field::Bytes(_) => {
                    met[1] += 1;
                    assert_eq!(batch.bytes(column, at), bytes_of(field), "{here}");
                }
                Field::ListInternal(list) => {
                    met[2] += list.elements().len();
                    let theirs = list.elements().iter().filter_map(bytes_of);
                    assert!(batch.each(column, at).eq(theirs), "{here}");
                }
                Field::Null => {
                    met[3] += 1;
                    assert_eq!(batch.bytes(column, at), None, "{here}");
                    assert_eq!(batch.number(column, at), None, "{here}");
                }
                // Written for others, and not read.
                Field::Double(_) | Field::Bool(_) => {}
                other => panic!("{here} is {other}"),
            }
        }
        count += 1;
    }
    assert_eq!(count, table.rows(), "{}", path.display());
}

/// The rows of all tables: with ids for the rows of records, and names for files, so that they do not tell
/// of which part they are.
fn told(snapshot: &Snapshot) -> BTreeMap<String, Vec<String>> {
    use annals_model::Vocabulary as _;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;
    type Read = Vec<Vec<(String, Field)>>;

    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in &snapshot.shared.parts {
        let read = |table: &str| -> Read {
            let file = std::fs::File::open(part.path(table)).unwrap();
            let reader = SerializedFileReader::new(file).unwrap();
            let rows = reader.get_row_iter(None).unwrap();
            rows.map(|row| row.unwrap().into_columns()).collect()
        };
        let texts = |table: &str, column: &str| -> Vec<String> {
            let of = |row: &Vec<(String, Field)>| {
                let found = row.iter().find(|(name, _)| name == column);
                found.unwrap().1.to_string()
            };
            read(table).iter().map(of).collect()
        };
        let files = texts("files", "name");
        let kinds = RecordKind::ALL.iter();
        let ids: BTreeMap<&str, Vec<String>> = kinds
            .map(|kind| (kind.word(), texts(kind.plural(), "id")))
            .collect();
        for entry in &part.entry.files {
            let table = &*entry.name;
            if [super::WORDS, super::NARROWED, super::OVERVIEW].contains(&table) {
                continue;
            }
            let kind = RecordKind::ALL.iter().find(|kind| kind.plural() == table);
            let link = super::LINKS.iter().find(|link| link.name == table);
            let of_table = kind.copied().or(link.map(|link| link.kind));
            for row in read(table) {
                let of_row = row.iter().find(|(name, _)| name == "kind");
                let of_row = of_row.map(|(_, word)| word.to_string().replace('"', ""));
                let kind = match of_table {
                    Some(kind) => kind.word().to_owned(),
                    None => of_row.unwrap_or_else(|| RecordKind::Claim.word().to_owned()),
                };
                let cells = row.iter().map(|(name, value)| match (&**name, value) {
                    ("row", Field::Int(row)) => ids[&*kind][*row as usize].clone(),
                    ("file", Field::Int(file)) => files[*file as usize].clone(),
                    (name, value) => format!("{name} {value}"),
                });
                let cells: Vec<String> = cells.collect();
                all.entry(table.to_owned())
                    .or_default()
                    .push(cells.join("|"));
            }
        }
    }
    for rows in all.values_mut() {
        rows.sort();
    }
    all
}

/// Whatever is in the other parts, the tables have what those of one build have.
#[test]
fn tables_of_parts_are_those_of_one_build() {
    let counts = || Counted {
        counts: FindingCounts::default(),
        narrowed: Vec::new(),
        overview: OverviewRow::default(),
    };
    let memory = |name: &str, text: String| Source::Memory {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let things = r#"{"type":"actor","id":"a1","name":"Ann","kind":"person"}
{"type":"actor","id":"a0","name":"Bo","kind":"person","aliases":["Ö"]}
{"type":"topic","id":"t","label":"T","about":["a1"]}
{"type":"document","id":"d","title":"D","published":"2023-05","based_on":["d2"]}
{"type":"event","id":"e","label":"E","when":"[2023-01-01,2023-03-01]","participants":[{"actor":"a1"}],"evidence":[{"document":"d2"}]}
"#;
    let claims = r#"{"type":"claim","id":"c1","speaker":["a1","a0"],"about":["t","e"],"stance":"supports","evidence":[{"document":"d","page":"4"},{"document":"d2","spans":[5,9]}],"content":"x"}
{"type":"claim","id":"c2","speaker":["a0"],"to":["a1"],"as":"r","stance":[{"toward":"t","value":"opposes"}],"said":"2023-04","evidence":[{"document":"d2"}]}
{"content":"odd", "type":"claim", "speaker":"a1", "id":"c\u0033", "at":"e", "responds_to":["c1"], "via":["a0"]}
"#;
    let yaml = "annals: 1
documents: [{id: d2, title: D2}]
relations: [{id: r, from: a0, kind: represents, to: a1, when: 2020/..}]
orders: [{id: o, first: e, relation: before, second: e2}]
events: [{id: e2, label: E2, participants: [{actor: a0, role: host}], part_of: e}]
claims:
  - {id: c4, speaker: [a1, a0], about: [t, a0], stance: opposes, said: 2023-04-02, evidence: {document: d}, as: r}
";
    let sound = [
        ("f0.jsonl", things.to_owned()),
        ("f1.jsonl", claims.to_owned()),
        ("g.yaml", yaml.to_owned()),
    ];
    let faulty = [
        ("f0.jsonl", lines(0)),
        ("f1.jsonl", lines(1)),
        // Some ids of the first once more, a reference to nobody, and a record without an id.
        (
            "g.yaml",
            format!("{yaml}  - {{id: c0-4, speaker: nobody}}\n  - {{speaker: a1, about: x}}\n"),
        ),
    ];
    for (dossier, is_sound) in [(sound, true), (faulty, false)] {
        let home = tempfile::tempdir().unwrap();
        let place = |name: &str| Place::open(&home.path().join(name)).unwrap();
        let request = |facts| Request {
            facts,
            texts: Vec::new(),
        };
        let sources = dossier.clone().map(|(name, text)| memory(name, text));
        let whole = load(&request(sources.to_vec()));
        assert_eq!(
            whole
                .findings
                .iter()
                .all(|one| one.severity != annals_finding::Severity::Error),
            is_sound
        );
        super::build(place("x.annals"), &whole, None, counts, None, true).unwrap();
        let once = told(&Snapshot::open(&home.path().join("x.annals")).unwrap());
        let parts = ["0.part", "1.part", "2.part"];
        for (name, source) in parts.iter().zip(sources) {
            let loaded = annals_load::load_open(&request(vec![source]), &OwnWords::default());
            super::build_shard(place(name), &loaded, None, true).unwrap();
        }
        let paths: Vec<_> = parts.iter().map(|name| home.path().join(name)).collect();
        let parts = Snapshot::open_parts(&paths).unwrap();
        let loaded = load(&request(parts.iter().flat_map(Snapshot::sources).collect()));
        let joined = super::join(place("y.annals"), &parts, &loaded, counts).unwrap();
        assert_eq!(
            joined.rewritten.is_empty(),
            is_sound,
            "{:?}",
            joined.rewritten
        );
        let joined = told(&Snapshot::open(&home.path().join("y.annals")).unwrap());
        for (table, rows) in &once {
            assert_eq!(Some(rows), joined.get(table), "{table}");
        }
        assert!(
            once.len() == joined.len() && once.len() > 15,
            "{}",
            once.len()
        );
    }
}

/// What a snapshot of one file of lines tells.
fn told_of(facts: &str) -> BTreeMap<String, Vec<String>> {
    let home = tempfile::tempdir().unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Memory {
            name: "f.jsonl".to_owned(),
            bytes: facts.as_bytes().to_vec(),
        }],
        texts: Vec::new(),
    });
    let path = home.path().join("x.annals");
    let counts = || Counted {
        counts: FindingCounts::default(),
        narrowed: Vec::new(),
        overview: OverviewRow::default(),
    };
    super::build(
        Place::open(&path).unwrap(),
        &loaded,
        None,
        counts,
        None,
        false,
    )
    .unwrap();
    told(&Snapshot::open(&path).unwrap())
}

/// Whichever passages of a record are known on a day, the first of them says where it stands in a list.
#[test]
fn links_of_evidence_say_where_each_passage_stands() {
    let facts = r#"{"type":"document","id":"d","title":"D"}
{"type":"document","id":"e","title":"E"}
{"type":"claim","id":"c","evidence":[{"document":"d","page":"4"},{"document":"nothing"},{"document":"e","spans":[[7,9],[2,3]]},{"document":"d","page":"iv","spans":[5,6]}]}
{"type":"event","id":"v","label":"V","evidence":{"document":"e","page":9}}
"#;
    let told = told_of(facts);
    let rows = |table: &str| told[table].join("\n").replace(['"', '\u{1}'], "");
    assert_eq!(
        rows("claim_evidence"),
        "document d|first_day null|c|nth 1|text_start null|text_page_order 200014\n\
         document d|first_day null|c|nth 4|text_start 5|text_page_order null\n\
         document e|first_day null|c|nth 3|text_start 7|text_page_order null\n\
         document nothing|first_day null|c|nth 2|text_start null|text_page_order null"
    );
    assert!(
        rows("event_evidence").starts_with(
            "document e|first_day null|v|nth 1|text_start null|text_page_order 200019"
        )
    );
}

/// Engines date claims without a date by the documents of these, speaker by speaker.
#[test]
fn passages_of_claims_without_a_date_stand_by_speaker() {
    let facts = r#"{"type":"actor","id":"ann","name":"Ann","kind":"person"}
{"type":"claim","id":"dated","speaker":["ann"],"said":"2020","evidence":{"document":"d"}}
{"type":"claim","id":"two","speaker":["bob","ann","ann"],"evidence":[{"document":"d"},{"document":"nothing"}]}
{"type":"claim","id":"nobody","evidence":{"document":"d"}}
{"type":"claim","id":"bare","speaker":["ann"]}
{"type":"claim","id":"garbled","speaker":["ann"],"said":"one day","evidence":{"document":"d"}}
"#;
    let told = told_of(facts);
    assert_eq!(
        told["undated_evidence"].join("\n").replace('"', ""),
        "speaker_1 ann|garbled|nth 1|document d\n\
         speaker_1 ann|two|nth 1|document d\n\
         speaker_1 ann|two|nth 2|document nothing\n\
         speaker_1 bob|two|nth 1|document d\n\
         speaker_1 bob|two|nth 2|document nothing\n\
         speaker_1 null|nobody|nth 1|document d"
    );
}
