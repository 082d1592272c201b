//! Sources of other programs: each format of import is given the bytes. It refuses them in words, or
//! makes facts that are read back.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::OnceLock;

use annals::import::options::MAP;
use annals::import::{Options, Outputs, by_name, finding, import};
use annals::source::Source;

use super::{read, survey};

/// A mapping for a table of three columns.
const MAPPING: &str = r#"annals-map: 1
records:
  who: {type: actor, key: "{Who}", name: "{Who}", kind: person}
  claim: {type: claim, speaker: $who, content: "{What}", said: {date: "{When}"}}
"#;

/// A table that mappings are tried on.
pub const TABLE: &str =
    "Who,What,When\nAda Lind,The quay will open.,3 May 2021\nJon Berg,,2021-05\n";

/// What a workbook has beside its sheet, as Excel writes it.
const WORKBOOK: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="claims" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

/// The bytes as a source of a format.
pub fn source(format: &str, name: &str, data: &[u8]) {
    import_all(
        format,
        &[Source::memory(name, data.to_vec())],
        &Options::default(),
    );
}

/// Two sources, parted by the first zero byte: a text and what is annotated in it.
pub fn two_sources(format: &str, names: [&str; 2], data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let sources = names.map(|name| {
        let bytes = parts.next().unwrap_or_default();
        Source::memory(name, bytes.to_vec())
    });
    import_all(format, &sources, &Options::default());
}

/// The bytes as a table that a mapping is there for.
pub fn table(name: &str, data: &[u8]) {
    static KEPT: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = KEPT.get_or_init(|| folder_with("map.yaml", MAPPING.as_bytes()));
    mapped(
        &Source::memory(name, data.to_vec()),
        &folder.path().join("map.yaml"),
    );
}

/// The bytes as the only sheet of a workbook of Excel.
pub fn xlsx_sheet(data: &[u8]) {
    let files = WORKBOOK.map(|(name, text)| (name, text.as_bytes()));
    table(
        "claims.xlsx",
        &packed(&files, "xl/worksheets/sheet1.xml", data),
    );
}

/// The bytes as the content of a sheet of `OpenDocument`.
pub fn ods_content(data: &[u8]) {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    table(
        "claims.ods",
        &packed(&[("mimetype", kind)], "content.xml", data),
    );
}

/// The bytes as a mapping for a table.
pub fn mapping(data: &[u8]) {
    let folder = folder_with("map.yaml", data);
    let source = Source::memory("claims.csv", TABLE.as_bytes().to_vec());
    mapped(&source, &folder.path().join("map.yaml"));
}

fn mapped(source: &Source, map: &Path) {
    let options = Options::default().with(&MAP, map.to_string_lossy());
    import_all("table", std::slice::from_ref(source), &options);
}

fn import_all(format: &str, sources: &[Source], options: &Options) {
    let importer = by_name(format).expect("the format is there");
    let mut facts = Vec::new();
    match import(importer, sources, options, Outputs::to(&mut facts)) {
        Ok(_) => {
            let loaded = read("made.yaml", &facts);
            assert!(
                !loaded.stopped,
                "{format}: what was made cannot be read:\n{}",
                String::from_utf8_lossy(&facts)
            );
            survey(&loaded);
        }
        Err(refusal) => {
            assert!(
                !refusal.to_string().is_empty(),
                "{format} refuses in silence"
            );
            let _ = finding(&refusal, sources, None);
        }
    }
}

/// A new folder with a file.
fn folder_with(name: &str, data: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join(name), data).expect("a file can be written");
    folder
}

/// An archive of files, of which the last has these bytes.
fn packed(files: &[(&str, &[u8])], last: &str, data: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files.iter().chain([&(last, data)]) {
        archive
            .start_file(*name, stored)
            .expect("a file can be packed");
        archive.write_all(bytes).expect("a file can be packed");
    }
    archive
        .finish()
        .expect("an archive can be made")
        .into_inner()
}
