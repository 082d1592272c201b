//! Every code is explained, its example shows it, and the drawing of every message is held fast.
//!
//! `INSTA_UPDATE=always cargo test --test program check::findings` renews the drawings under `tests/check/snapshots`,
//! `UPDATE=1 cargo test --test program check::findings` the page `docs/reference/codes.md`. Read what changed.

use std::collections::BTreeSet;

use crate::check::dossier::{Dossier, blocks};
use annals::check;
use annals::finding::{Code, Severity};
use annals::time::Distance;

const HEADINGS: [&str; 6] = [
    "What it finds",
    "Why it matters",
    "Example",
    "How to fix",
    "When it stays silent",
    "Source",
];

/// The example of a code, and the same with what `How to fix` changes; none for codes whose
/// example cannot be written as text.
fn examples(code: &Code) -> Option<(Dossier, Dossier)> {
    let faulty = blocks(&code.section("Example")?);
    if faulty.iter().all(|block| block.language == "console") {
        return None;
    }
    let mut files = Dossier::default();
    for block in faulty {
        files.add(block.file, block.text);
    }
    let mut mended = files.clone();
    let mending = blocks(&code.section("How to fix")?);
    for block in mending {
        mended.add(block.file, block.text);
    }
    Some((files, mended))
}

/// Whether distances are read at all.
fn can_be_found(code: &Code) -> bool {
    code.name != "bad-duration" || Distance::parse("14 months").is_err()
}

#[test]
fn every_code_is_explained_under_the_fixed_headings() {
    for code in check::codes() {
        let page = code.page();
        let headings: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .collect();
        assert_eq!(headings, HEADINGS, "{}", code.code);
        for heading in HEADINGS {
            assert!(
                code.section(heading).is_some(),
                "{}: {heading} is empty",
                code.code
            );
        }
        let title = code.title();
        assert!(
            !title.is_empty() && !title.ends_with('.'),
            "{}: {title}",
            code.code
        );
        assert!(
            title.starts_with(|c: char| c.is_lowercase() || title.starts_with("YAML") && c == 'Y')
        );
    }
}

#[test]
fn every_code_has_one_number_and_one_name() {
    let codes: Vec<&Code> = check::codes().collect();
    let numbers: BTreeSet<&str> = codes.iter().map(|code| code.code).collect();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!((numbers.len(), names.len()), (codes.len(), codes.len()));
    assert!(codes.is_sorted_by_key(|code| code.code));
    for code in codes {
        let digits = code.code.strip_prefix("AN").expect("codes begin with AN");
        assert!(digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let kebab = code.name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(kebab, "{}", code.name);
    }
}

#[test]
fn every_example_shows_its_code_and_nothing_else() {
    for code in check::codes().filter(|code| can_be_found(code)) {
        let Some((faulty, _)) = examples(code) else {
            continue;
        };
        let found = faulty.read(code.code);
        let wrong: Vec<&str> = found.codes(Severity::Info);
        assert!(
            wrong.contains(&code.code),
            "{} does not fire:\n{}",
            code.code,
            found.drawn()
        );
        let others = found
            .codes(Severity::Warning)
            .into_iter()
            .find(|one| *one != code.code);
        assert_eq!(others, None, "{}:\n{}", code.code, found.drawn());
    }
}

#[test]
fn every_mended_example_is_mended() {
    for code in check::codes() {
        let Some((faulty, mended)) = examples(code) else {
            continue;
        };
        assert_ne!(faulty, mended, "{} mends nothing", code.code);
        let found = mended.read(code.code);
        assert!(
            !found.codes(Severity::Info).contains(&code.code),
            "{}",
            found.drawn()
        );
        assert!(
            found.codes(Severity::Warning).is_empty(),
            "{}:\n{}",
            code.code,
            found.drawn()
        );
    }
}

#[test]
fn every_example_is_drawn_as_it_should_be() {
    for code in check::codes().filter(|code| can_be_found(code)) {
        let Some((faulty, _)) = examples(code) else {
            continue;
        };
        let found = faulty.read(code.code);
        insta::assert_snapshot!(
            format!("{}-{}", code.code, code.name),
            found.drawn_and_concise()
        );
    }
}
