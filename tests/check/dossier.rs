//! A dossier of a few files that is written to a folder, checked and drawn.

use std::collections::BTreeMap;
use std::fs;

use annals::check;
use annals::finding::write::{Drawing, Letters, concise, text};
use annals::finding::{Finding, Severity};
use annals::load::{LoadResult, Places, Request, Source, load};

/// Files by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Dossier {
    files: BTreeMap<String, Vec<u8>>,
}

/// A fenced block of a page: ```` ```yaml facts.yaml ````.
pub(crate) struct Block {
    pub language: String,
    pub file: String,
    pub text: String,
}

/// The fenced blocks of a page in Markdown.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let (language, file) = info.split_once(' ').unwrap_or((info, ""));
        let mut text = String::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            text.push_str(line);
            text.push('\n');
        }
        blocks.push(Block {
            language: language.to_owned(),
            file: file.to_owned(),
            text,
        });
    }
    blocks
}

/// What was found in a dossier.
pub(crate) struct Found {
    folder: tempfile::TempDir,
    pub loaded: LoadResult,
    pub findings: Vec<Finding>,
}

impl Dossier {
    /// A dossier of one file.
    pub fn of(file: &str, text: impl Into<Vec<u8>>) -> Self {
        let mut dossier = Dossier::default();
        dossier.add(file, text);
        dossier
    }

    /// Adds or replaces a file.
    pub fn add(&mut self, file: impl Into<String>, text: impl Into<Vec<u8>>) {
        let file = file.into();
        assert!(
            !file.is_empty(),
            "a fenced block of an example names its file"
        );
        self.files.insert(file, text.into());
    }

    /// Reads and checks it, for what a code finds: remarks on the shape of records are left out,
    /// unless they are what the code is about.
    pub fn read(&self, code: &str) -> Found {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (name, text) in &self.files {
            fs::write(folder.path().join(name), text).expect("a file can be written");
        }
        Found::in_folder(folder, code)
    }
}

impl Found {
    /// Reads and checks what lies in a folder, for what a code finds.
    pub fn in_folder(folder: tempfile::TempDir, code: &str) -> Found {
        let facts = vec![Source::Path(folder.path().to_owned())];
        let loaded = load(&Request {
            facts,
            texts: vec![],
        });
        let shape = ["AN321", "AN322", "AN323"].map(str::to_owned);
        let policy = check::Policy {
            ignored: shape.into_iter().filter(|one| one != code).collect(),
            ..check::Policy::default()
        };
        let findings = check::check(&loaded, &policy);
        Found {
            folder,
            loaded,
            findings,
        }
    }

    /// The codes of the findings that are at least this bad.
    pub fn codes(&self, least: Severity) -> Vec<&'static str> {
        let findings = self
            .findings
            .iter()
            .filter(|finding| finding.severity >= least);
        findings.map(|finding| finding.code.code).collect()
    }

    /// The findings as a terminal shows them.
    pub fn drawn(&self) -> String {
        let places = Places::new(&self.loaded);
        let drawing = Drawing {
            colour: false,
            letters: Letters::Boxes,
            width: 100,
        };
        let drawn = self
            .findings
            .iter()
            .map(|finding| text(finding, &places, drawing));
        self.without_folder(&drawn.collect::<Vec<_>>().join("\n\n"))
    }

    /// The findings as a terminal shows them, then one a line.
    pub fn drawn_and_concise(&self) -> String {
        let places = Places::new(&self.loaded);
        let lines: Vec<String> = self
            .findings
            .iter()
            .map(|finding| concise(finding, &places))
            .collect();
        format!(
            "{}\n\n{}",
            self.drawn(),
            self.without_folder(&lines.join("\n"))
        )
    }

    /// Paths as if the folder were the current one.
    fn without_folder(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.path().display()), "")
    }
}
