//! Tables of facts are read as any fact file, without import: separated values and workbooks give the
//! same facts as YAML, and findings name the cell.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use annals::check;
use annals::export::{Options, Writes, by_name};
use annals::finding::Locate as _;
use annals::graph::View;
use annals::load::{LoadResult, Places, Request, Source, load};
use annals::query::Dossier;

const YAML: &str = r#"annals: 1
documents:
  - {id: post, title: "Quay; on time", published: 2023-04-21, author: Mia Kern}
actors:
  - {id: lind, name: Ada Lind, kind: person, aliases: [Lind, A. Lind]}
  - {id: berg, name: Jon Berg, kind: person}
  - {id: port, name: Harbour Office, kind: organization}
topics:
  - {id: quay, label: The new quay}
claims:
  - id: c1
    speaker: lind
    about: quay
    stance: supports
    said: 2023-04-20
    content: The quay will be ready by May.
    evidence: {document: post, quote: ready by May}
    x_verdict: "true"
  - id: c2
    speaker: [berg, port]
    about: [quay, lind]
    stance: [{toward: quay, value: opposes}, {toward: lind, value: opposes}]
    said: 2023-04
    content: Nobody was asked.
    evidence: {document: post}
relations:
  - {from: lind, kind: employed_by, to: port, when: {edtf: 2020/.., display: since the flood year}, role: head}
"#;

fn read(sources: Vec<Source>) -> LoadResult {
    load(&Request {
        facts: sources,
        texts: Vec::new(),
    })
}

fn of_path(path: &Path) -> LoadResult {
    read(vec![Source::Path(path.to_owned())])
}

fn plain(loaded: &LoadResult) -> String {
    let Writes::Stream(write) = by_name("facts").unwrap().work.writes else {
        panic!("facts are a stream");
    };
    let mut out = Vec::new();
    let view = View::of_all(&loaded.facts);
    write(&Dossier::new(loaded), &view, &Options::default(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    // What has no id is called after its file.
    let lines = text.lines().filter(|line| !line.contains("#relations/"));
    lines.collect::<Vec<_>>().join("\n")
}

fn yaml() -> LoadResult {
    read(vec![Source::Memory {
        name: "facts.yaml".into(),
        bytes: YAML.into(),
    }])
}

#[test]
fn tables_give_the_same_facts_as_yaml() {
    let tables = of_path(Path::new("tests/fixtures/tables"));
    assert!(tables.findings.is_empty(), "{:?}", tables.findings);
    assert_eq!(tables.facts.relations.len(), 1);
    assert_eq!(plain(&tables), plain(&yaml()));
}

/// A workbook whose sheets are these tables.
fn workbook(folder: &Path, sheets: &[(&str, &str)]) -> PathBuf {
    let path = folder.join("facts.xlsx");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let (mut listed, mut related) = (String::new(), String::new());
    for (nth, (name, rows)) in sheets.iter().enumerate() {
        listed.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{nth}\" r:id=\"r{nth}\"/>"
        ));
        related.push_str(&format!(
            "<Relationship Id=\"r{nth}\" Target=\"worksheets/s{nth}.xml\"/>"
        ));
        part(
            &format!("xl/worksheets/s{nth}.xml"),
            &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    part(
        "xl/workbook.xml",
        &format!("<workbook xmlns:r=\"r\"><sheets>{listed}</sheets></workbook>"),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships>{related}</Relationships>"),
    );
    part(
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    );
    zip.finish().unwrap();
    path
}

fn row(number: usize, cells: &[&str]) -> String {
    let mut out = format!("<row r=\"{number}\">");
    for (nth, cell) in cells.iter().enumerate() {
        let at = format!("{}{number}", char::from(b'A' + u8::try_from(nth).unwrap()));
        match cell.strip_prefix('#') {
            Some(serial) => out.push_str(&format!("<c r=\"{at}\" s=\"1\"><v>{serial}</v></c>")),
            None => out.push_str(&format!(
                "<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
            )),
        }
    }
    out.push_str("</row>");
    out
}

#[test]
fn sheets_of_a_workbook_are_tables() {
    let folder = tempfile::tempdir().unwrap();
    let actors = row(1, &["id", "name", "kind"]) + &row(2, &["lind", "Ada Lind", "person"]);
    let claims = row(1, &["id", "speaker", "said", "content"])
        + &row(2, &["c1", "lind", "#45036", "Ready."])
        + &row(4, &["c2", "lin", "2023-13", "Not ready."]);
    let sheets = [
        ("Actors", actors.as_str()),
        ("Other things", ""),
        ("claims", &claims),
    ];
    let path = workbook(folder.path(), &sheets);
    // A folder is searched for workbooks that are called facts.
    for loaded in [of_path(&path), of_path(folder.path())] {
        assert_eq!(
            (loaded.facts.actors.len(), loaded.facts.claims.len()),
            (1, 2)
        );
        let first = loaded.facts.claims.handles().next().unwrap();
        let said = loaded.facts.date(loaded.facts[first].said.unwrap());
        assert_eq!(said.written(), "2023-04-20");
        let places = Places::new(&loaded);
        let found: Vec<String> = (check::check(&loaded, &check::Policy::default()).iter())
            .filter(|finding| finding.severity == annals::finding::Severity::Error)
            .map(|finding| {
                let place = places.locate(finding.place().unwrap()).place;
                let name = place.file.rsplit('/').next().unwrap().to_owned();
                format!(
                    "{} {name}:{}:{}",
                    finding.code.code, place.line, place.column
                )
            })
            .collect();
        let wanted = [
            "AN016 facts.xlsx#claims!C4:4:3",
            "AN102 facts.xlsx#claims!B4:4:2",
        ];
        assert_eq!(found, wanted);
    }
}

fn found(name: &str, text: &str) -> Vec<(String, usize, usize)> {
    let loaded = read(vec![Source::Memory {
        name: name.into(),
        bytes: text.into(),
    }]);
    let places = Places::new(&loaded);
    let each = loaded.findings.iter().map(|finding| {
        let place = places.locate(finding.place().unwrap()).place;
        (finding.code.code.to_owned(), place.line, place.column)
    });
    each.collect()
}

#[test]
fn findings_name_the_cell() {
    let text = "id,name,kind,wrong\na,Ada,person,\nb,\"Berg, Jon\",persn,x\n";
    assert_eq!(
        found("actors.csv", text),
        [("AN010".into(), 1, 14), ("AN014".into(), 3, 15)]
    );
    let open = "id,name,kind\n\"a\",Ada,person\nb,\"Jon,person\n";
    assert_eq!(found("actors.csv", open), [("AN031".into(), 3, 3)]);
    let typed = "type,id,name,kind\nactor,a,Ada,person\nplaice,b,Quay,\n";
    assert_eq!(found("mixed.csv", typed), [("AN014".into(), 3, 1)]);
    assert_eq!(found("mixed.csv", "a,b\n1,2\n"), [("AN031".into(), 1, 1)]);
    let claims = "id,speaker,said\n".to_owned() + "c,d; e,2023-13\n";
    // Both names that lead nowhere stand in one cell.
    let wanted = [
        ("AN016".into(), 2, 8),
        ("AN102".into(), 2, 3),
        ("AN102".into(), 2, 3),
    ];
    assert_eq!(found("claims.csv", &claims), wanted);
}

#[test]
fn a_changed_byte_is_no_panic() {
    let text = std::fs::read("tests/fixtures/tables/harbour-claims.csv").unwrap();
    for at in 0..text.len() {
        for byte in [b'"', b',', b'\n', 0, 0xFF] {
            let mut changed = text.clone();
            changed[at] = byte;
            for bytes in [changed, text[..at].to_vec()] {
                let loaded = read(vec![Source::Memory {
                    name: "claims.csv".into(),
                    bytes,
                }]);
                let places = Places::new(&loaded);
                for finding in &loaded.findings {
                    places.locate(finding.place().unwrap());
                }
            }
        }
    }
}
