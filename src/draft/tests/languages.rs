//! How much is found in German, French, Ukrainian and Russian, on texts of our own writing.

use super::all;
use crate::{Draft, Language};

/// The words of a passage, to compare it with another: marks do not count.
fn words(passage: &str) -> Vec<String> {
    passage
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether two passages have more than half of their words in common.
fn alike(one: &str, other: &str) -> bool {
    let (one, mut other) = (words(one), words(other));
    let all = one.len() + other.len();
    let shared = one.iter().filter(|word| {
        let at = other.iter().position(|known| known == *word);
        at.map(|at| other.remove(at)).is_some()
    });
    4 * shared.count() >= all
}

/// The longest distance between two forms of a name that are one: "Івана Петренка" is "Іван Петренко".
fn same_name(one: &str, other: &str) -> bool {
    let stem = |word: &String| {
        word.chars()
            .take(word.chars().count().saturating_sub(2).max(3))
            .collect::<String>()
    };
    let (one, other) = (words(one), words(other));
    one.iter()
        .any(|word| other.iter().any(|known| stem(word) == stem(known)))
}

/// How many are right, how many are proposed, and how many there are.
fn counted(fixture: &str, language: Language) -> (usize, usize, usize) {
    let paragraphs: Vec<&str> = fixture
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .collect();
    let text = paragraphs.join("\n\n") + "\n";
    let found = all(&text);
    assert_eq!(found.language, language);
    let mut wanted: Vec<(usize, &str, &str)> = Vec::new();
    let mut paragraph = 0;
    for line in fixture.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with("> ") {
            paragraph += 1;
        } else if let Some((speaker, content)) = line.split_once(" | ") {
            wanted.push((paragraph - 1, speaker, content));
        }
    }
    let (all, there) = (proposed(&text, &found), wanted.len());
    let mut right = 0;
    for (paragraph, speaker, content) in &all {
        let fits = |one: &(usize, &str, &str)| {
            one.0 == *paragraph && alike(one.2, content) && same_name(one.1, speaker)
        };
        match wanted.iter().position(fits) {
            Some(at) => {
                wanted.remove(at);
                right += 1;
            }
            None => println!("wrong: {} | {speaker} | {content}", paragraphs[*paragraph]),
        }
    }
    for (paragraph, speaker, content) in &wanted {
        println!("missed: {} | {speaker} | {content}", paragraphs[*paragraph]);
    }
    println!(
        "{}: {right} right of {} proposed, {there} there",
        language.code(),
        all.len()
    );
    (right, all.len(), there)
}

/// What is proposed: the paragraph, the speaker, the words.
fn proposed<'t>(text: &'t str, found: &'t Draft) -> Vec<(usize, &'t str, String)> {
    let claims = found.claims.iter().filter(|claim| !claim.negated);
    let proposed = claims.map(|claim| {
        let start = claim.content[0].start;
        let pieces: Vec<&str> = claim
            .content
            .iter()
            .map(|range| &text[range.clone()])
            .collect();
        let speaker = claim
            .speaker
            .map_or("", |at| found.actors[at].name.as_str());
        (
            text[..start].matches("\n\n").count(),
            speaker,
            pieces.join(" … "),
        )
    });
    proposed.collect()
}

/// At least so many are right, and at most so many are wrong.
#[track_caller]
fn reaches(fixture: &str, language: Language, right: usize, wrong: usize) {
    let (found, proposed, there) = counted(fixture, language);
    assert!(there >= 30, "{there} attributions");
    assert!(found >= right, "{found} right");
    assert!(proposed - found <= wrong, "{} wrong", proposed - found);
}

#[test]
fn german() {
    reaches(include_str!("de.txt"), Language::German, 36, 0);
}

#[test]
fn french() {
    reaches(include_str!("fr.txt"), Language::French, 27, 1);
}

#[test]
fn ukrainian() {
    reaches(include_str!("uk.txt"), Language::Ukrainian, 29, 0);
}

#[test]
fn russian() {
    reaches(include_str!("ru.txt"), Language::Russian, 29, 0);
}
