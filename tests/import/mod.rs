//! Every format of import, walked from the list: the sources under `tests/import/cases/FORMAT/CASE/source`
//! give the facts that lie beside them, which pass `annals check`; those under
//! `tests/import/hostile/FORMAT` are refused with the words that lie beside them, and nothing is
//! written. `UPDATE=1 cargo test --test program import::` renews facts, reports and words: read what changed.
//!
//! A case may have `args`: the words after the name of the format, one a line, paths from its
//! `source` folder. Without it, all files of `source` are read, in the order of their names.

mod suggest;
mod webannotation;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use annals::export::{Options as ExportOptions, Writes};
use annals::finding::Severity;
use annals::graph::View;
use annals::import::{IMPORTERS, Importer, Options, Outputs, import};
use annals::load::{LoadResult, Request, load};
use annals::query::Dossier;
use annals::source::{Limits, Source, SourceError, each_input};

fn renewing() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// What is in a folder, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The formats that this program can read: databases want the feature `sqlite`.
fn built() -> impl Iterator<Item = &'static &'static Importer> {
    let formats = IMPORTERS.iter();
    formats.filter(|one| one.name != "dna" || cfg!(feature = "sqlite"))
}

fn cases(format: &str) -> Vec<PathBuf> {
    let all = entries(&Path::new("tests/import/cases").join(format));
    all.into_iter().filter(|path| path.is_dir()).collect()
}

/// The words after the name of the format.
fn arguments(case: &Path) -> Vec<String> {
    if let Ok(args) = fs::read_to_string(case.join("args")) {
        return args.lines().map(str::to_owned).collect();
    }
    let files = entries(&case.join("source"));
    files.iter().map(|file| name(file).to_owned()).collect()
}

fn annals(words: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(words)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

/// All files below a folder: their paths from it, and what is in them.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                open.push(path);
            } else {
                let short = path.strip_prefix(folder).unwrap();
                files.insert(
                    short.to_str().unwrap().replace('\\', "/"),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

/// Runs a case with its facts in this file, and gives what it wrote and said.
fn run(format: &str, case: &Path, file: &str) -> (tempfile::TempDir, Output) {
    let out = tempfile::tempdir().unwrap();
    let facts = out.path().join(file);
    let report = out.path().join("report.txt");
    let args = arguments(case);
    let mut words = vec!["import", format];
    words.extend(args.iter().map(String::as_str));
    let (facts, report) = (facts.to_str().unwrap(), report.to_str().unwrap());
    words.extend(["-o", facts, "--report", report]);
    let output = annals(&words, &case.join("source"));
    (out, output)
}

fn loaded(path: &Path) -> LoadResult {
    load(&Request {
        facts: vec![annals::load::Source::Path(path.to_owned())],
        texts: Vec::new(),
    })
}

/// The facts as this program writes them: equal for equal facts, whatever their spelling was.
fn plain(loaded: &LoadResult) -> String {
    let Writes::Stream(write) = annals::export::by_name("facts").unwrap().work.writes else {
        panic!("facts are a stream");
    };
    let mut out = Vec::new();
    let view = View::of_all(&loaded.facts);
    write(
        &Dossier::new(loaded),
        &view,
        &ExportOptions::default(),
        &mut out,
    )
    .unwrap();
    let text = String::from_utf8(out).unwrap();
    // What has no id is called after its file.
    text.replace("facts.jsonl#", "facts.yaml#")
}

#[test]
fn every_source_gives_its_facts_which_pass_the_check() {
    for importer in built() {
        let format = importer.name;
        let cases = cases(format);
        assert!(
            cases.iter().any(|case| name(case) == "example"),
            "{format} has no case example"
        );
        for case in cases {
            let shown = case.display();
            let (out, output) = run(format, &case, "facts.yaml");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{shown}: {said}");
            let written = files_below(out.path());
            if renewing() {
                for (file, bytes) in &written {
                    let path = case.join(file);
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, bytes).unwrap();
                }
            }
            let mut wanted = files_below(&case);
            wanted.retain(|file, _| {
                !file.starts_with("source/") && file != "args" && file != "map.yaml"
            });
            for (file, bytes) in &written {
                let now = String::from_utf8_lossy(bytes);
                let kept = wanted.get(file).map(|bytes| String::from_utf8_lossy(bytes));
                assert!(
                    kept.as_deref() == Some(&*now),
                    "{shown}/{file} is out of date: UPDATE=1 cargo test --test program import::\n{now}"
                );
            }
            assert_eq!(
                wanted.len(),
                written.len(),
                "{shown}: files that no import writes"
            );
            assert!(said.starts_with(&format!("annals: {format}: ")), "{said}");
            // The report ends with the same sums.
            let report = String::from_utf8_lossy(&written["report.txt"]);
            let sums = report.lines().last().unwrap();
            assert!(said.trim_end().ends_with(sums), "{said}\n{report}");
            checked(&out.path().join("facts.yaml"));
        }
    }
}

/// No error of syntax, of a field or of a reference, of a text or of a passage.
fn checked(facts: &Path) {
    let loaded = loaded(facts);
    assert!(!loaded.stopped && !loaded.facts.is_empty());
    let wrong: Vec<String> = (loaded.findings.iter())
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| format!("{} {}", finding.code.code, finding.message))
        .collect();
    assert!(wrong.is_empty(), "{}: {wrong:#?}", facts.display());
}

#[test]
fn json_lines_and_json_hold_the_same_facts() {
    for importer in built() {
        for case in cases(importer.name) {
            let (yaml, _) = run(importer.name, &case, "facts.yaml");
            let first = plain(&loaded(&yaml.path().join("facts.yaml")));
            for file in ["facts.jsonl", "facts.json"] {
                let (other, output) = run(importer.name, &case, file);
                assert!(output.status.success());
                checked(&other.path().join(file));
                let second =
                    plain(&loaded(&other.path().join(file))).replace("facts.json#", "facts.yaml#");
                assert_eq!(first, second, "{} as {file}", case.display());
            }
            let (again, _) = run(importer.name, &case, "facts.yaml");
            assert!(
                files_below(again.path()) == files_below(yaml.path()),
                "not the same bytes"
            );
        }
    }
}

#[test]
fn hostile_sources_are_refused_in_words_and_nothing_is_written() {
    let mut refused = 0;
    for importer in built() {
        let format = importer.name;
        let folder = Path::new("tests/import/hostile").join(format);
        for path in entries(&folder) {
            let file = name(&path);
            if file.ends_with(".says") || file.ends_with(".args") || path.is_dir() {
                continue;
            }
            refused += 1;
            let out = tempfile::tempdir().unwrap();
            let facts = out.path().join("facts.yaml");
            let args = fs::read_to_string(folder.join(format!("{file}.args"))).unwrap_or_default();
            let mut words = vec!["import", format, file, "-o", facts.to_str().unwrap()];
            words.extend(args.lines());
            let output = annals(&words, &folder);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                matches!(output.status.code(), Some(1 | 3)),
                "{}: {said}",
                path.display()
            );
            assert!(
                said.contains("nothing was written") && !said.contains("panicked"),
                "{said}"
            );
            assert_eq!(files_below(out.path()).len(), 0, "{}", path.display());
            let says = folder.join(format!("{file}.says"));
            if renewing() {
                fs::write(&says, &said).unwrap();
            }
            let kept = fs::read_to_string(&says).unwrap_or_default();
            assert!(
                kept == said,
                "{}: UPDATE=1 cargo test --test program import::\n{said}",
                says.display()
            );
        }
    }
    assert!(refused > 0, "there is no hostile source");
}

/// `SQLite` is built on demand: without it, the answer says how.
#[test]
#[cfg(not(feature = "sqlite"))]
fn a_format_that_is_not_built_says_how_to_build_it() {
    let out = tempfile::tempdir().unwrap();
    let facts = out.path().join("facts.yaml");
    let words = [
        "import",
        "dna",
        "harbour.dna",
        "-o",
        facts.to_str().unwrap(),
    ];
    let output = annals(&words, Path::new("tests/import/cases/dna/example/source"));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--features sqlite"), "{said}");
    assert_eq!(files_below(out.path()).len(), 0, "{said}");
}

/// The sources of all cases of a format: path from the case, bytes, and the options of the case.
fn sources_of(format: &str) -> Vec<(String, Vec<u8>, Options)> {
    let mut all = Vec::new();
    for case in cases(format) {
        let args = arguments(&case);
        let mut options = Options::default();
        let known = annals::import::options::all();
        for (nth, word) in args.iter().enumerate() {
            let Some((option, _)) = word.strip_prefix("--").and_then(|name| known.get(name)) else {
                continue;
            };
            let value = args.get(nth + 1).cloned().unwrap_or_default();
            let here = case.join("source").join(&value);
            let value = if option.value == "FILE" {
                here.to_str().unwrap().to_owned()
            } else {
                value
            };
            options.set(option, value);
        }
        for (name, bytes) in files_below(&case.join("source")) {
            if !name.ends_with("map.yaml") {
                all.push((name, bytes, options.clone()));
            }
        }
    }
    all
}

fn imported(
    importer: &annals::import::Importer,
    name: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> Result<Imported, SourceError> {
    let mut facts = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    let mut texts = Beside(folder.path());
    let outputs = Outputs::to(&mut facts).with_texts(&mut texts);
    import(importer, &[Source::memory(name, bytes)], options, outputs)?;
    let path = folder.path().join("facts.yaml");
    fs::write(&path, facts).unwrap();
    Ok(Imported {
        path,
        _folder: folder,
    })
}

/// Facts in a folder that is there as long as they are wanted.
struct Imported {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

/// Texts in the folder of the facts.
struct Beside<'f>(&'f Path);

impl annals::import::Texts for Beside<'_> {
    fn write(&mut self, name: &str, text: &str) -> std::io::Result<String> {
        fs::write(self.0.join(name), text)?;
        Ok(name.to_owned())
    }
}

/// Each source cut off anywhere, and with a byte changed: facts that can be read, or a refusal; no
/// panic, and never facts with an error of syntax.
#[test]
fn cut_and_changed_sources_are_read_or_refused() {
    let thorough = crate::common::is_thorough();
    for importer in built() {
        let mut read = 0;
        for (name, bytes, options) in sources_of(importer.name) {
            let steps = if thorough { bytes.len() } else { 16 };
            for step in 0..steps {
                let at = bytes.len() * step / steps;
                let mut changed = bytes.clone();
                // A number that no two neighbours share.
                changed[at] = changed[at].wrapping_mul(31).wrapping_add(step as u8 | 1);
                for bytes in [bytes[..at].to_vec(), changed] {
                    let Ok(facts) = imported(importer, &name, bytes, &options) else {
                        continue;
                    };
                    read += 1;
                    let loaded = loaded(&facts.path);
                    let errors = (loaded.findings.iter())
                        .find(|one| one.severity == Severity::Error)
                        .map(|one| (one.code.code, &one.message));
                    assert!(errors.is_none(), "{name} at {at}: {errors:?}");
                }
            }
        }
        assert!(read > 0, "{}: no changed source was read", importer.name);
    }
}

/// What every format is packed in: the same bounds for all.
#[test]
fn archives_are_opened_for_every_format() {
    for importer in built() {
        for (name, bytes, _) in sources_of(importer.name) {
            let mut read = 0;
            let source = Source::memory(&name, bytes);
            each_input(&source, &Limits::default(), |_| true, &mut |input| {
                read += input.bytes()?.len();
                Ok(())
            })
            .unwrap();
            assert!(read > 0);
        }
    }
}

#[test]
fn every_format_is_described() {
    for importer in built() {
        let format = importer.name;
        assert!(
            !importer.work.maps.is_empty() && !importer.extensions.is_empty(),
            "{format}"
        );
        let loses = importer.loses;
        assert!(
            loses.ends_with('.') && !loses.contains("  "),
            "{format}: {loses}"
        );
        let title = importer.title;
        assert!(
            !title.ends_with('.')
                && title.starts_with(|c: char| !c.is_uppercase() || format == "table"),
            "{format}: {title}"
        );
    }
}
