//! What the four spellings of a reference have in common.

use serde_json::Value;

use crate::dates::Dated;
use annals_source::{At, SourceError};

/// The most entries of a file, which are all held.
pub(super) const MOST_ENTRIES: usize = 1_000_000;

/// What is told of a file with more.
pub(super) fn too_many(at: At) -> SourceError {
    let message = format!("the file has more than {MOST_ENTRIES} entries");
    SourceError::limit(at, message).help("split it into several files")
}

/// A reference: a text that was published.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) at: At,
    /// How its file calls it.
    pub(super) key: String,
    /// Its type, as its file says it.
    pub(super) sort: String,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) editors: Vec<String>,
    /// The journal, newspaper, book or site in which it stands.
    pub(super) container: String,
    /// The publisher, institution or school.
    pub(super) publisher: String,
    /// The dates of publication that the file gives, by their fields, the one that says most first.
    pub(super) published: Vec<(String, Date)>,
    /// Other dates, by their fields: `accessed` among them.
    pub(super) dates: Vec<(String, Date)>,
    pub(super) language: String,
    pub(super) url: String,
    pub(super) note: String,
    pub(super) tags: Vec<String>,
    /// What has no field, by its name in the file.
    pub(super) others: Vec<(String, Value)>,
}

/// A date of a reference.
#[derive(Debug, Default)]
pub(super) enum Date {
    /// There is none.
    #[default]
    None,
    /// It was written in parts, and has been read.
    Read(Dated),
    /// Words that are to be read.
    Words(String),
    /// Something else.
    Odd(Value),
}

impl Entry {
    pub(super) fn new(at: At, key: &str, sort: &str) -> Self {
        Entry {
            at,
            key: key.to_owned(),
            sort: sort.to_owned(),
            title: String::new(),
            authors: Vec::new(),
            editors: Vec::new(),
            container: String::new(),
            publisher: String::new(),
            published: Vec::new(),
            dates: Vec::new(),
            language: String::new(),
            url: String::new(),
            note: String::new(),
            tags: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Takes a field that is a text, unless it has one: then it is kept under its own name.
    pub(super) fn keep(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.others.push((name.to_owned(), value.into()));
        }
    }

    /// What kind of document it is.
    pub(super) fn kind(&self) -> &'static str {
        let sort = self.sort.to_ascii_lowercase();
        let kinds = KINDS.iter().find(|(_, sorts)| sorts.contains(&&*sort));
        kinds.map_or("document", |(kind, _)| kind)
    }

    /// Whether it stands in a periodical or a site, which is then who published it.
    pub(super) fn is_in_periodical(&self) -> bool {
        matches!(
            self.kind(),
            "article" | "report" | "post" | "broadcast" | "web page"
        )
    }
}

/// Kinds of document, and the types of BibTeX, BibLaTeX, CSL and RIS that are one.
const KINDS: &[(&str, &[&str])] = &[
    (
        "article",
        &[
            "article",
            "article-journal",
            "article-magazine",
            "article-newspaper",
            "suppperiodical",
            "jour",
            "mgzn",
            "news",
            "ejour",
            "inpr",
            "review",
            "review-book",
        ],
    ),
    (
        "book",
        &[
            "book",
            "mvbook",
            "collection",
            "mvcollection",
            "edbook",
            "ebook",
            "reference",
            "mvreference",
            "proceedings",
            "mvproceedings",
            "conf",
            "whole",
        ],
    ),
    (
        "chapter",
        &[
            "inbook",
            "incollection",
            "chapter",
            "chap",
            "echap",
            "bookinbook",
            "suppbook",
            "suppcollection",
            "inreference",
            "entry",
            "entry-dictionary",
            "entry-encyclopedia",
            "dict",
            "ency",
        ],
    ),
    (
        "paper",
        &[
            "inproceedings",
            "conference",
            "paper-conference",
            "cpaper",
            "unpublished",
            "manuscript",
            "unpb",
            "article-preprint",
        ],
    ),
    ("thesis", &["phdthesis", "mastersthesis", "thesis", "thes"]),
    ("report", &["techreport", "report", "rprt", "govdoc"]),
    (
        "law",
        &[
            "legislation",
            "legal",
            "legal_case",
            "bill",
            "stat",
            "case",
            "treaty",
            "jurisdiction",
            "regulation",
        ],
    ),
    ("booklet", &["booklet", "pamphlet", "pamp", "manual"]),
    (
        "letter",
        &["letter", "personal_communication", "pcomm", "icomm"],
    ),
    ("post", &["post", "post-weblog", "blog"]),
    (
        "web page",
        &["online", "electronic", "www", "webpage", "elec", "web"],
    ),
    (
        "broadcast",
        &[
            "broadcast",
            "motion_picture",
            "movie",
            "video",
            "audio",
            "mpct",
            "sound",
            "song",
        ],
    ),
    ("interview", &["interview"]),
    ("speech", &["speech", "slide", "hear", "hearing"]),
    ("data set", &["dataset", "data", "aggr"]),
    ("patent", &["patent", "pat"]),
    ("map", &["map"]),
    (
        "picture",
        &["image", "artwork", "figure", "graphic", "fig", "art"],
    ),
];
