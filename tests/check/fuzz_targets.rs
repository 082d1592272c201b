//! The fuzz targets on a stable compiler: random bytes for a moment each (`ANNALS_THOROUGH=1`: for 20
//! seconds), and every fixture. For longer runs see `fuzz/README.md`.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use arbtest::{arbitrary, arbtest};

use crate::check::targets;

/// How long each target is given random bytes.
fn budget() -> Duration {
    match std::env::var_os("ANNALS_THOROUGH") {
        Some(_) => Duration::from_secs(20),
        None => Duration::from_millis(400),
    }
}

/// Gives a target what it is made for, and that with pieces of it cut out, doubled and changed:
/// wholly random bytes seldom get past the first bracket.
///
/// Where `ANNALS_SEEDS` names a folder, the seeds are written there too: a corpus for cargo-fuzz.
fn run(name: &str, target: fn(&[u8]), seeds: &[&[u8]]) {
    if let Some(folder) = std::env::var_os("ANNALS_SEEDS") {
        let folder = Path::new(&folder).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (nth, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{nth}")), seed).unwrap();
        }
    }
    for seed in seeds {
        target(seed);
    }
    arbtest(|random| {
        let mut bytes = random.choose(seeds)?.to_vec();
        for _ in 0..random.int_in_range(1..=6)? {
            change(random, &mut bytes, seeds)?;
        }
        target(&bytes);
        Ok(())
    })
    .budget(budget());
}

fn change(
    random: &mut arbitrary::Unstructured<'_>,
    bytes: &mut Vec<u8>,
    seeds: &[&[u8]],
) -> arbitrary::Result<()> {
    let at = random.int_in_range(0..=bytes.len())?;
    let end = random.int_in_range(at..=bytes.len().min(at + 40))?;
    match random.int_in_range(0..=4)? {
        0 => drop(bytes.drain(at..end)),
        1 => {
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
        2 => bytes.insert(at, random.arbitrary()?),
        3 => {
            let sign = *random.choose(&b"{}[]\":,\\'#-&*!|>?%@`~/. \t\r\n\0\xFF"[..])?;
            bytes.insert(at, sign);
        }
        _ => {
            let other = random.choose(seeds)?;
            let from = random.int_in_range(0..=other.len())?;
            let to = random.int_in_range(from..=other.len().min(from + 80))?;
            bytes.splice(at..end, other[from..to].iter().copied());
        }
    }
    Ok(())
}

/// A file below `tests/`.
macro_rules! file {
    ($path:literal) => {
        include_bytes!(concat!("../", $path)).as_slice()
    };
}

/// One test for each target: its name, and what it is made for. The list of them is `TARGETS`.
macro_rules! targets {
    ($($(#[$attribute:meta])* $name:ident: [$($seed:expr),+ $(,)?];)+) => {
        const TARGETS: &[&str] = &[$($(#[$attribute])* stringify!($name)),+];

        $(
            $(#[$attribute])*
            #[test]
            fn $name() {
                run(stringify!($name), targets::$name, &[$($seed),+]);
            }
        )+
    };
}

targets! {
    json: [file!("fixtures/harbour.json"), b"{}", b"[]"];
    jsonl: [file!("fixtures/harbour.jsonl"), b"{}\n{}"];
    yaml: [file!("fixtures/harbour.yaml"), b"annals: 1\n"];
    facts_table: [file!("fixtures/tables/harbour-claims.csv")];
    date: [
        b"2023-04-20",
        b"1582-10-04/1582-10-15\n2004-06-~01/2004-06-(20)~",
        b"../1985-04-12T23:20:30+04:30\n-0044-03-15",
        b"Y-17E7S3\nY3388E2",
        b"[1667,1668..1670-12]\n{..1984}",
        b"156X-12-25/2004-22?\n%2001-24",
        b"15XX-12-XX\n/2000",
        b"2023-02-29\n20 April 2023",
    ];
    quote: [
        "He said: \"We're ready … for peace\"\n0 4 5 9\nHe said: “We’re ready –\nfor peace.” We left."
            .as_bytes(),
        "ﬁne co\u{301}te\n3 1\nfine cóte, ﬁne cote\r\n[…] 大きな港".as_bytes(),
        file!("fixtures/harbour.txt"),
    ];
    draft: [
        "“It is over,” said Ana Ruiz, mayor of Linden, on 3 May. She added that the ballot on Friday was fair.".as_bytes(),
        "Selon lui, « c'est fini ». „Nein“, sagte er. «Ні», — сказала вона.\r\n— Да, — ответил он.".as_bytes(),
        "\u{feff}WALLACE: No. e\u{301}\u{202e}שלום: ''yes'' two days after the vote\u{c}he did not say".as_bytes(),
        file!("fixtures/draft.txt"),
    ];
    plain_text: [
        b"<!doctype html><html lang=en><title>a</title><meta charset=utf-8><p>b<q>c</q><nav>d</nav><pre>e</pre>",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n",
        file!("fixtures/harbour.txt"),
    ];
    config: [
        b"[check]\nignore = [\"AN103\"]\n",
        b"# Which findings matter.\n[check]\nseverity = {AN301 = \"error\"}\noldest = 120\n[texts]\nfolders = [\"texts\"]\n[vocabulary]\nacts = [\"threatens\"]\n",
    ];
    ics: [
        file!("import/cases/ics/example/source/harbour.ics"),
        file!("import/cases/ics/recurring/source/council.ics"),
    ];
    tei: [
        file!("import/cases/tei/example/source/harbour.xml"),
        file!("import/cases/tei/speeches/source/sitting.xml"),
    ];
    timeml: [
        file!("import/cases/timeml/example/source/harbour.tml"),
        file!("import/cases/timeml/during/source/during.tml"),
        file!("import/cases/timeml/cat/source/harbour.xml"),
    ];
    bibtex: [
        file!("import/cases/bibliography/example/source/harbour.bib"),
        br#"@string{j = "J"} @article{a, author = {M{\"u}ller, \v{Z}ofie and others}, journal = j # { of Mud}, date = {2001-21/..}}"#,
    ];
    ris: [file!("import/cases/bibliography/example/source/desk.ris")];
    csl: [file!("import/cases/bibliography/example/source/items.json")];
    brat: [
        brat_source(
            file!("import/cases/brat/example/source/harbour.txt"),
            file!("import/cases/brat/example/source/harbour.ann"),
        ),
        brat_source(
            file!("import/cases/brat/argument/source/essay.txt"),
            file!("import/cases/brat/argument/source/essay.ann"),
        ),
    ];
    webannotation: [
        file!("import/cases/webannotation/example/source/harbour.jsonld"),
        file!("import/cases/webannotation/hypothesis/source/export.json"),
    ];
    wikidata: [
        file!("import/cases/wikidata/example/source/items.json"),
        file!("import/cases/wikidata/older/source/items.json"),
    ];
    followthemoney: [file!("import/cases/ftm/example/source/harbour.ftm.json")];
    stix: [file!("import/cases/stix/example/source/bundle.json")];
    timelinejs: [file!("import/cases/timelinejs/example/source/mole.json")];
    timelinejs_sheet: [file!("import/cases/timelinejs/example/source/sheet.csv")];
    gdelt: [file!("import/cases/gdelt/example/source/20230421.export.CSV")];
    icews: [file!("import/cases/icews/example/source/events.1995.tab")];
    #[cfg(feature = "sqlite")]
    dna: [file!("import/cases/dna/example/source/harbour.dna")];
    table_csv: [targets::imports::TABLE.as_bytes(), b"Who;What;When\r\n\"Lind; Ada\";x;1.5.2021\r\n"];
    table_xlsx: [
        br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Who</t></is></c><c r="B1" t="inlineStr"><is><t>What</t></is></c><c r="C1" t="inlineStr"><is><t>When</t></is></c></row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>Ada Lind</t></is></c><c r="B2" t="str"><f>A2</f><v>x</v></c><c r="C2"><v>44319</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>"#,
    ];
    table_ods: [
        br#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="claims"><table:table-row><table:table-cell><text:p>Who</text:p></table:table-cell><table:table-cell><text:p>What</text:p></table:table-cell><table:table-cell><text:p>When</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>Ada <text:s text:c="2"/>Lind</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2021-05-03"><text:p>3.5.21</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#,
    ];
    table_packed: [file!("import/cases/gdelt/older/source/20130401.export.CSV.zip"), b"\x1F\x8B\x08\0"];
    mapping: [
        file!("import/cases/table/example/source/map.yaml"),
        file!("import/cases/table/alike/source/map.yaml"),
        file!("import/cases/table/checks/map.yaml"),
    ];
    #[cfg(feature = "snapshot")]
    snapshot_manifest: [b"{\"annals_snapshot\": 1}", b"{\"version\":1,\"parts\":[],\"inputs\":[]}"];
    #[cfg(feature = "snapshot")]
    snapshot_table: [b"\0\0\0\x01\0\0\0\x10PAR1", b"\0\0\0\x02\xFF\xFF\xFF\xF8\0\0\0\0\xFF\xFF\xFF\x7F"];
}

/// A text and its annotations, as the target parts them.
fn brat_source(text: &[u8], annotations: &[u8]) -> &'static [u8] {
    [text, b"\0", annotations].concat().leak()
}

/// The targets are declared in three places; each names all of them.
#[test]
fn every_target_is_run_here() {
    let manifest = std::fs::read_to_string("fuzz/Cargo.toml").unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let declared = manifest["bin"].as_array().unwrap().iter();
    let declared: BTreeSet<_> = declared
        .map(|bin| bin["name"].as_str().unwrap().to_owned())
        .collect();
    let files: BTreeSet<String> = std::fs::read_dir("fuzz/fuzz_targets")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(declared, files, "fuzz/Cargo.toml and fuzz/fuzz_targets/");
    let mut run: BTreeSet<String> = TARGETS.iter().copied().map(str::to_owned).collect();
    for (name, built) in [
        ("dna", cfg!(feature = "sqlite")),
        ("snapshot_manifest", cfg!(feature = "snapshot")),
        ("snapshot_table", cfg!(feature = "snapshot")),
    ] {
        assert_eq!(run.contains(name), built, "{name}");
        run.insert(name.to_owned());
    }
    assert_eq!(declared, run, "fuzz/Cargo.toml and this file");
}
