//! Receipts: what an answer rests on, and whether it still stands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use annals::store::{Differs, Receipt, Verified, read_receipt, verify_receipt};
use annals::{Query, Store};

fn annals(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

/// The harbour dossier in a folder of its own, with a receipt of `said` over it.
fn receipted(arguments: &[&str]) -> (tempfile::TempDir, Receipt) {
    let folder = tempfile::tempdir().unwrap();
    copied(Path::new("data/harbour"), &folder.path().join("harbour"));
    fs::create_dir(folder.path().join("out")).unwrap();
    let mut all = vec!["said", "harbour", "-q", "--receipt", "out/receipt.json"];
    all.extend(arguments);
    let output = annals(folder.path(), &all);
    assert!(output.status.success(), "{output:?}");
    let receipt = read_receipt(&folder.path().join("out/receipt.json")).unwrap();
    (folder, receipt)
}

fn verified(folder: &Path, receipt: &Receipt) -> Verified {
    verify_receipt(receipt, &folder.join("out"), None).unwrap()
}

#[test]
fn a_receipt_names_question_files_and_passages() {
    let (folder, receipt) = receipted(&["--by", "Solvang", "--surely"]);
    assert_eq!(receipt.question.command, "said");
    assert_eq!(receipt.question.options["by"], ["Solvang"]);
    assert!(receipt.question.options["surely"].is_empty());
    assert_eq!(receipt.question.options.len(), 2);
    let files: Vec<&str> = receipt
        .files
        .iter()
        .filter_map(|file| file.file.as_deref())
        .collect();
    assert_eq!(files[0], "../harbour/archive.json");
    assert_eq!(files.len(), 8);
    let store = Store::open(folder.path().join("harbour")).unwrap();
    let said = store.said(&Query::new().by("Solvang").surely()).unwrap();
    let own: BTreeSet<String> = said.iter().map(|row| row.id).collect();
    let named: BTreeSet<String> = receipt
        .passages
        .iter()
        .map(|one| one.record.clone())
        .collect();
    assert!(own.is_subset(&named), "{own:?} {named:?}");
    for passage in receipt.passages.iter().filter(|one| !one.spans.is_empty()) {
        let path = folder
            .path()
            .join("out")
            .join(passage.file.as_ref().unwrap());
        let text: Vec<char> = fs::read_to_string(path).unwrap().chars().collect();
        for (span, words) in passage.spans.iter().zip(&passage.words) {
            let there: String = text[span.start as usize..span.end as usize]
                .iter()
                .collect();
            assert_eq!(there, *words);
        }
    }
    let found = verified(folder.path(), &receipt);
    assert!(found.rows.is_empty() && found.files == 8 && found.passages > 5);
}

#[test]
fn the_same_input_gives_the_same_receipt() {
    let (one, _) = receipted(&["--about", "the north basin"]);
    let (other, _) = receipted(&["--about", "the north basin"]);
    let bytes = |folder: &tempfile::TempDir| fs::read(folder.path().join("out/receipt.json"));
    assert_eq!(bytes(&one).unwrap(), bytes(&other).unwrap());
}

/// One byte after another is changed in each text: the text is named always, and each passage exactly if
/// the byte lies in it.
#[test]
fn a_changed_byte_names_the_passages_that_it_is_part_of() {
    let (folder, receipt) = receipted(&[]);
    let mut gone = 0;
    let texts = ["agency", "correction", "council", "lantern", "letter-1643"];
    for name in texts {
        let path = folder.path().join(format!("harbour/texts/{name}.txt"));
        let own = format!("../harbour/texts/{name}.txt");
        let before = fs::read_to_string(&path).unwrap();
        let chars: Vec<char> = before.chars().collect();
        for at in (0..chars.len()).step_by(97) {
            let mut changed = chars.clone();
            changed[at] = if chars[at] == 'Q' { 'Z' } else { 'Q' };
            fs::write(&path, changed.iter().collect::<String>()).unwrap();
            let rows = verified(folder.path(), &receipt).rows;
            assert_eq!((rows[0].kind, rows[0].state), ("text", Differs::Changed));
            assert_eq!(rows[0].file.as_ref(), Some(&own));
            let hit = receipt.passages.iter().filter(|one| {
                let mut spans = one.spans.iter();
                one.file.as_ref() == Some(&own)
                    && spans.any(|span| (span.start as usize..span.end as usize).contains(&at))
            });
            let hit: Vec<&str> = hit.map(|one| one.record.as_str()).collect();
            let named: Vec<&str> = rows[1..]
                .iter()
                .filter_map(|row| row.record.as_deref())
                .collect();
            assert_eq!(named, hit, "{name} {at}");
            gone += rows[1..]
                .iter()
                .filter(|row| row.state == Differs::Gone)
                .count();
            let [stand, moved, lost] = rows[0].passages.unwrap();
            assert_eq!(moved + lost, hit.len());
            assert!(stand + moved + lost > 0);
        }
        fs::write(&path, &before).unwrap();
        assert!(verified(folder.path(), &receipt).rows.is_empty());
    }
    assert!(gone > 10, "{gone}");
}

#[test]
fn a_passage_that_stands_elsewhere_has_moved() {
    let (folder, receipt) = receipted(&[]);
    let path = folder.path().join("harbour/texts/council.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("Ä new line.\n{text}")).unwrap();
    let rows = verified(folder.path(), &receipt).rows;
    let [stand, moved, lost] = rows[0].passages.unwrap();
    assert_eq!((stand, lost), (0, 0));
    assert_eq!(moved, rows.len() - 1);
    for row in &rows[1..] {
        assert_eq!(row.state, Differs::Moved);
        for (old, now) in row.spans.iter().zip(&row.now_spans) {
            assert_eq!((old.start + 12, old.end + 12), (now.start, now.end));
        }
    }
    // A line at the end moves nothing.
    fs::write(&path, format!("{text}A new line.\n")).unwrap();
    let rows = verified(folder.path(), &receipt).rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].passages.unwrap()[1..], [0, 0]);
}

#[test]
fn verify_ends_with_what_it_found() {
    let (folder, _) = receipted(&["--by", "Solvang"]);
    let code = |arguments: &[&str]| annals(folder.path(), arguments).status.code();
    let verify = ["verify", "out/receipt.json"];
    assert_eq!(code(&verify), Some(0));
    let facts = folder.path().join("harbour/harbour.yaml");
    let before = fs::read(&facts).unwrap();
    fs::write(&facts, [&before[..], b"\n"].concat()).unwrap();
    assert_eq!(code(&verify), Some(1));
    fs::remove_file(&facts).unwrap();
    assert_eq!(code(&verify), Some(1));
    fs::create_dir(&facts).unwrap();
    assert_eq!(code(&verify), Some(3));
    fs::remove_dir(&facts).unwrap();
    fs::write(&facts, before).unwrap();
    assert_eq!(code(&verify), Some(0));
    assert_eq!(code(&["verify", "harbour/archive.json"]), Some(3));
    assert_eq!(code(&["verify", "nowhere.json"]), Some(3));
    assert_eq!(
        code(&["build", "harbour", "-o", "x.annals", "--receipt", "r.json"]),
        Some(2)
    );
    assert_eq!(
        code(&["said", "harbour", "-o", "x.csv", "--receipt", "x.csv"]),
        Some(2)
    );
    assert_eq!(
        code(&["said", "harbour", "--receipt", "harbour/harbour.yaml"]),
        Some(2)
    );
}

#[test]
fn every_command_with_an_answer_gives_a_receipt() {
    let (folder, _) = receipted(&[]);
    let commands: &[&[&str]] = &[
        &["said", "harbour", "--by", "Solvang"],
        &["timeline", "harbour", "--by", "Solvang"],
        &["positions", "harbour", "--about", "the north basin"],
        &["show", "solvang-goes-on", "harbour"],
        &["dates", "harbour"],
        &["dates", "harbour", "--why", "contract-signed"],
        &["order", "contract-signed", "tender", "harbour"],
        &["path", "Solvang", "Hrynko", "harbour"],
        &["subgraph", "harbour", "--around", "Solvang"],
        &[
            "export",
            "harbour",
            "--by",
            "Solvang",
            "-o",
            "out/solvang.json",
        ],
        &[
            "draw",
            "claims",
            "harbour",
            "--by",
            "Solvang",
            "-o",
            "out/solvang.svg",
        ],
        &["brief", "harbour", "--by", "Solvang"],
    ];
    for command in commands {
        let mut arguments = command.to_vec();
        arguments.extend(["-q", "--receipt", "out/one.json"]);
        let output = annals(folder.path(), &arguments);
        assert!(output.status.success(), "{command:?} {output:?}");
        let receipt = read_receipt(&folder.path().join("out/one.json")).unwrap();
        assert_eq!(receipt.question.command, command[0]);
        assert!(!receipt.passages.is_empty(), "{command:?}");
        assert!(
            verified(folder.path(), &receipt).rows.is_empty(),
            "{command:?}"
        );
    }
}

#[test]
fn two_annotators_have_one_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    copied(Path::new("tests/fixtures/annotators"), home);
    let arguments = [
        "agree",
        "anna.yaml",
        "ben.yaml",
        "-q",
        "--receipt",
        "out/one.json",
    ];
    fs::create_dir(home.join("out")).unwrap();
    let output = annals(home, &arguments);
    assert!(output.status.success(), "{output:?}");
    let receipt = read_receipt(&home.join("out/one.json")).unwrap();
    let files: Vec<_> = (receipt.files.iter())
        .filter_map(|one| one.file.as_deref())
        .collect();
    assert!(
        files.contains(&"../anna.yaml") && files.contains(&"../ben.yaml"),
        "{files:?}"
    );
    assert!(
        receipt.question.arguments.is_empty(),
        "paths are no question"
    );
    assert!(verified(home, &receipt).rows.is_empty());
    let ben = fs::read_to_string(home.join("ben.yaml")).unwrap();
    fs::write(home.join("ben.yaml"), ben + "# changed\n").unwrap();
    let rows = verified(home, &receipt).rows;
    assert_eq!(rows.len(), 1, "{rows:?}");
}

#[test]
fn a_receipt_of_a_snapshot_is_compared_with_it_and_with_the_files() {
    let (folder, of_files) = receipted(&["--by", "Solvang"]);
    let run = |arguments: &[&str]| annals(folder.path(), arguments);
    assert!(
        run(&["build", "harbour", "-o", "facts.annals", "-q"])
            .status
            .success()
    );
    let asked = [
        "said",
        "facts.annals",
        "-q",
        "--by",
        "Solvang",
        "--receipt",
        "out/snap.json",
    ];
    assert!(run(&asked).status.success());
    let receipt = read_receipt(&folder.path().join("out/snap.json")).unwrap();
    let sums = |receipt: &Receipt| -> Vec<String> {
        receipt
            .files
            .iter()
            .map(|file| file.sha256.clone())
            .collect()
    };
    assert_eq!(sums(&receipt), sums(&of_files));
    assert!(
        receipt
            .files
            .iter()
            .all(|file| file.snapshot.as_deref() == Some("../facts.annals"))
    );
    assert_eq!(receipt.passages.len(), of_files.passages.len());
    let path = folder.path().join("harbour/texts/lantern.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('e', "a")).unwrap();
    let code = |arguments: &[&str]| run(arguments).status.code();
    // The snapshot has the text as it was.
    assert_eq!(code(&["verify", "out/snap.json"]), Some(0));
    assert_eq!(code(&["verify", "out/snap.json", "harbour"]), Some(1));
    assert_eq!(code(&["verify", "out/receipt.json"]), Some(1));
    assert_eq!(
        code(&["verify", "out/receipt.json", "facts.annals"]),
        Some(0)
    );
}
