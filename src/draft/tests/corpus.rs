//! How much is found: on our own test set (`tests/corpus/draft`), and on the report behind `data/kyiv`. The text
//! of the report is not part of this repository; where it is missing, its test says so.
#![allow(clippy::cast_precision_loss, reason = "small counts as percentages")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use annals_evidence::{Span, Text};
use annals_time::Date;

use crate::{Draft, Language, Options, draft};

/// The folder of what does not belong to the repository, if it has this path.
fn shared(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("ANNALS_SHARED")
        .map_or_else(|| root.join("../shared"), |named| root.join(named));
    let path = shared.join(path);
    if !path.exists() {
        println!("left out: there is no {}", path.display());
        return None;
    }
    Some(path)
}

/// An attribution: the words of its source and of its content, by where they stand.
#[derive(Debug, Default, Clone)]
struct Attribution {
    source: BTreeSet<u32>,
    content: BTreeSet<u32>,
    is_speech: bool,
    is_negated: bool,
}

/// The words of a text: where each begins and ends in code points, and whether it is more than an article.
struct Words(Vec<(u32, u32, bool)>);

impl Words {
    fn new(text: &str) -> Self {
        const LIGHT: &[&str] = &[
            "a", "an", "the", "of", "and", "his", "her", "its", "their", "s", "der", "die", "das",
            "dem", "den", "des", "ein", "eine", "und",
        ];
        let mut words: Vec<(u32, u32, bool)> = Vec::new();
        let mut word = String::new();
        let mut start = 0;
        for (at, c) in text.chars().chain([' ']).enumerate() {
            if c.is_alphanumeric() {
                if word.is_empty() {
                    start = at;
                }
                word.extend(c.to_lowercase());
            } else if !word.is_empty() {
                words.push((start as u32, at as u32, !LIGHT.contains(&word.as_str())));
                word.clear();
            }
        }
        Words(words)
    }

    /// The words that spans touch.
    fn touched(&self, spans: &[Span]) -> BTreeSet<u32> {
        let within = |span: &Span| {
            let from = self.0.partition_point(|word| word.1 <= span.start);
            let to = self.0.partition_point(|word| word.0 < span.end);
            from as u32..to as u32
        };
        spans.iter().flat_map(within).collect()
    }
}

/// Reads the attributions of an article, and the day of it.
fn gold(facts: &str, words: &Words) -> (Vec<Attribution>, Date) {
    let spans = |written: &str| -> Vec<Span> {
        let numbers: Vec<u32> = written
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        numbers
            .chunks(2)
            .map(|two| Span::new(two[0], two[1]))
            .collect()
    };
    let mut all: Vec<Attribution> = Vec::new();
    let mut published = None;
    // An article may have none.
    let claims = facts.split("\nclaims:").nth(1).unwrap_or("");
    for line in facts.lines() {
        if let Some(written) = line.trim().strip_prefix("published: ") {
            published = Date::parse(written).ok();
        }
    }
    for line in claims.lines().map(str::trim) {
        if line.starts_with("- id:") {
            all.push(Attribution::default());
        }
        let Some((last, (field, value))) = all.last_mut().zip(line.split_once(": ")) else {
            continue;
        };
        match field {
            "x_source" => last.source = words.touched(&spans(value)),
            "x_content" => last.content = words.touched(&spans(value)),
            "x_kind" => last.is_speech = value == "speech",
            "x_negated" => last.is_negated = value == "true",
            _ => {}
        }
    }
    (all, published.expect("a date"))
}

/// What is proposed, in the same form.
fn proposed(found: &Draft, text: &Text, words: &Words) -> Vec<Attribution> {
    let touched = |ranges: &[std::ops::Range<usize>]| {
        let spans: Vec<Span> = ranges
            .iter()
            .map(|range| text.span_of_bytes(range.clone()))
            .collect();
        words.touched(&spans)
    };
    let claims = found.claims.iter().map(|claim| Attribution {
        source: touched(&claim.source),
        content: touched(&claim.content),
        is_speech: !claim.attitude,
        is_negated: claim.negated,
    });
    claims.collect()
}

/// How many are right, proposed, and to be found.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    right: usize,
    proposed: usize,
    gold: usize,
}

impl Counts {
    fn percent(part: usize, whole: usize) -> f64 {
        100.0 * part as f64 / whole.max(1) as f64
    }

    fn precision(self) -> f64 {
        Self::percent(self.right, self.proposed)
    }

    fn recall(self) -> f64 {
        Self::percent(self.right, self.gold)
    }

    fn f1(self) -> f64 {
        Self::percent(2 * self.right, self.proposed + self.gold)
    }
}

/// Pairs what is proposed with what there is, as `score.py` does: the content overlaps by half, the best pairs
/// first; right if the sources share a word, or neither has one.
fn count(gold: &[Attribution], proposed: &[Attribution], words: &Words, counts: &mut [Counts; 2]) {
    let mut pairs = Vec::new();
    for (at, one) in gold.iter().enumerate() {
        for (other_at, other) in proposed.iter().enumerate() {
            let shared = one.content.intersection(&other.content).count();
            let overlap =
                2.0 * shared as f64 / (one.content.len() + other.content.len()).max(1) as f64;
            if overlap >= 0.5 {
                pairs.push((overlap, at, other_at));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut other_taken) = (BTreeSet::new(), BTreeSet::new());
    for (_, at, other_at) in pairs {
        if taken.contains(&at) || other_taken.contains(&other_at) {
            continue;
        }
        taken.insert(at);
        other_taken.insert(other_at);
        let (one, other) = (&gold[at], &proposed[other_at]);
        let heavy = |word: &&u32| words.0[**word as usize].2;
        let same = one.source.is_empty() && other.source.is_empty()
            || one
                .source
                .intersection(&other.source)
                .any(|word| heavy(&word));
        // A proposal that is taken counts with its gold claim.
        for (kind, counts) in counts.iter_mut().enumerate() {
            if kind == 0 || one.is_speech {
                counts.right += usize::from(same);
                counts.proposed += 1;
                counts.gold += 1;
            }
        }
    }
    for (kind, counts) in counts.iter_mut().enumerate() {
        let of_kind = |one: &Attribution| kind == 0 || one.is_speech;
        let left = |(at, one): (usize, &Attribution), taken: &BTreeSet<usize>| {
            !taken.contains(&at) && of_kind(one)
        };
        counts.gold += gold
            .iter()
            .enumerate()
            .filter(|one| left(*one, &taken))
            .count();
        let others = proposed
            .iter()
            .enumerate()
            .filter(|one| left(*one, &other_taken));
        counts.proposed += others.count();
    }
}

/// The figures of all articles of a language: of all attributions, and of speech.
fn figures(language: &str) -> [Counts; 2] {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/draft");
    let mut counts = [Counts::default(); 2];
    let mut files: Vec<PathBuf> = fs::read_dir(corpus)
        .expect("the corpus")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&format!("{language}-")) && name.ends_with(".yaml")
        })
        .collect();
    files.sort();
    for file in files {
        let facts = fs::read_to_string(&file).expect("facts");
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(file.with_extension("txt")).expect("a text");
        let words = Words::new(&text);
        let (gold, published) = gold(&facts, &words);
        let options = Options {
            article: published.first(),
            all: true,
            ..Options::default()
        };
        let found = draft(&text, &options);
        assert_eq!(found.language.code(), language, "{name}");
        let text = Text::new(text);
        let said = |all: Vec<Attribution>| {
            all.into_iter()
                .filter(|one| !one.is_negated)
                .collect::<Vec<_>>()
        };
        count(
            &said(gold),
            &said(proposed(&found, &text, &words)),
            &words,
            &mut counts,
        );
    }
    for (kind, counts) in ["all", "speech"].iter().zip(counts) {
        println!(
            "{language} {kind:6}  precision {:5.1}  recall {:5.1}  F1 {:5.1}  ({} right of {} proposed, {} there)",
            counts.precision(),
            counts.recall(),
            counts.f1(),
            counts.right,
            counts.proposed,
            counts.gold
        );
    }
    counts
}

/// The figures must not fall: precision and recall of all, and of speech.
#[track_caller]
fn at_least(counts: [Counts; 2], least: [(f64, f64); 2]) {
    for (counts, (precision, recall)) in counts.iter().zip(least) {
        assert!(
            counts.precision() >= precision && counts.recall() >= recall,
            "precision {:.1} (at least {precision}), recall {:.1} (at least {recall})",
            counts.precision(),
            counts.recall()
        );
    }
}

#[test]
fn english_articles_reach_their_figures() {
    at_least(figures("en"), [(63.0, 67.0), (70.0, 70.5)]);
}

#[test]
fn german_articles_reach_their_figures() {
    at_least(figures("de"), [(77.5, 45.5), (76.5, 46.0)]);
}

/// The attributions of the report: some words of each, and who says it; `None` for what somebody did not say.
const REPORT: &[(&str, Option<&[&str]>)] = &[
    ("urged NATO to invite", Some(&["Zelensky"])),
    ("invasion justifies", Some(&["Ukraine"])),
    ("existential threat", Some(&["Moscow", "Russia"])),
    ("could become historic", Some(&["Zelensky"])),
    ("make the proper decision", Some(&["Zelensky"])),
    ("The majority of people", Some(&["Zelensky"])),
    ("overcome the reluctance", Some(&["Zelensky"])),
    ("have been hesitant", Some(&["supporters"])),
    ("planned objectives", Some(&["Bogdan"])),
    ("employs few military", Some(&["Bogdan"])),
    ("Meat. Infantry", Some(&["Bogdan"])),
    ("ensure that Ukraine prevails", Some(&["Stoltenberg"])),
    ("as long as it takes", Some(&["Stoltenberg"])),
    ("did not express", None),
    ("Ukraine's rightful place", Some(&["Stoltenberg"])),
    ("Over time, our assistance", Some(&["Stoltenberg"])),
    ("high on the agenda", Some(&["Stoltenberg"])),
    ("proxy war", Some(&["Russia", "Moscow"])),
    ("primary objectives", Some(&["Kremlin"])),
    ("grave threat", Some(&["Kremlin"])),
    ("no option", Some(&["Putin"])),
    ("distant possibility", Some(&["diplomats"])),
];

#[test]
fn the_report_on_kyiv_is_drafted_right() {
    let Some(path) = shared("seed/kyiv-visit.txt") else {
        return;
    };
    let text = fs::read_to_string(path).expect("the report");
    let options = Options {
        language: None,
        article: Date::parse("2023-04-20").ok().and_then(|date| date.first()),
        all: true,
        ..Options::default()
    };
    let found = draft(&text, &options);
    assert_eq!(found.language, Language::English);
    let mut right = 0;
    let mut touched = BTreeSet::new();
    for (words, speakers) in REPORT {
        let at = text.find(words).expect("these words");
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length);
        let on_line = |part: &std::ops::Range<usize>| part.start < end && start < part.end;
        let here: Vec<usize> = (0..found.claims.len())
            .filter(|&claim| found.claims[claim].content.iter().any(on_line))
            .collect();
        touched.extend(here.iter().copied());
        let is_right = match speakers {
            None => here.iter().all(|&claim| found.claims[claim].negated),
            Some(names) => here.iter().any(|&claim| {
                let speaker = found.claims[claim].speaker;
                speaker.is_some_and(|at| {
                    let name = &found.actors[at].name;
                    name.split(|c: char| !c.is_alphanumeric())
                        .any(|word| names.contains(&word))
                })
            }),
        };
        if !is_right {
            println!("not right: {words}");
        }
        right += usize::from(is_right);
    }
    let elsewhere = found.claims.len() - touched.len();
    println!("{right} right of {}, {elsewhere} elsewhere", REPORT.len());
    assert!(
        right == 22 && elsewhere <= 3,
        "{right} right, {elsewhere} elsewhere"
    );
}
