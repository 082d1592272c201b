//! Long and repetitive input: nothing is quadratic, nothing panics.
//!
//! At these sizes a quadratic search would take minutes; `ANNALS_THOROUGH=1 cargo test --release -- --nocapture
//! hostile` prints the times of the linear one.

use std::time::Instant;

use super::text;
use crate::{Level, Span};

/// A million where all is tried (`ANNALS_THOROUGH=1`), else a fiftieth of it.
fn million() -> usize {
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        1_000_000
    } else {
        20_000
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{what}: {:?}", start.elapsed());
    result
}

#[test]
fn one_letter_by_the_million() {
    let hay = text(&"a".repeat(3 * million()));
    let quote = "a".repeat(million());
    let found = timed("1M of 3M equal letters", || hay.find(&quote));
    assert_eq!(found.level, Level::Ambiguous);
    assert_eq!(found.occurrences, 2 * million() + 1);
    let changed = format!("{}b", &quote);
    assert_eq!(
        timed("… and another", || hay.find(&changed)).level,
        Level::Missing
    );
    assert_eq!(timed("nearest", || hay.nearest(&changed)), None);
    let elided = format!("{quote}…{quote}…a");
    assert_eq!(timed("elided", || hay.find(&elided)).level, Level::Elided);
    let whole = [Span::new(0, hay.len())];
    timed("at", || hay.at(&changed, &whole));
    timed("sentence", || hay.sentence_around(Span::new(7, 8)));
}

#[test]
fn ligatures_that_match_across_their_edges() {
    let hay = text(&"ﬀ".repeat(million()));
    let odd = "f".repeat(million() / 2 + 1);
    assert_eq!(timed("odd", || hay.find(&odd)).level, Level::Missing);
    let even = format!(
        "{}…{}",
        "f".repeat(million() / 2),
        "f".repeat(million() / 2 + 1)
    );
    assert_eq!(timed("odd part", || hay.find(&even)).level, Level::Missing);
    assert_eq!(timed("nearest", || hay.nearest(&odd)), None);
}

#[test]
fn ellipses_by_the_million() {
    let hay = text("a b a");
    for quote in ["…", ". ", "[…]", ".", "… a ", "a…b", "(…", " … ] "] {
        let quote = quote.repeat(million() / 4);
        timed("ellipses", || hay.find(&quote));
        timed("nearest to ellipses", || hay.nearest(&quote));
        timed("ellipses at a span", || hay.at(&quote, &[Span::new(0, 5)]));
    }
    let many = text(&"a b ".repeat(million()));
    let parts = "a…b…".repeat(million() / 10);
    assert_eq!(
        timed("many parts", || many.find(&parts)).level,
        Level::Ambiguous
    );
    let missing = format!("{parts}c");
    assert_eq!(
        timed("one missing", || many.find(&missing)).level,
        Level::Missing
    );
    timed("nearest of many parts", || many.nearest(&missing));
}

#[test]
fn marks_spaces_and_hyphens_by_the_million() {
    for piece in [
        "\u{301}",
        "a\u{301}\u{323}",
        "\u{AD}",
        "\u{AD}\n",
        "a-\n",
        "-",
        "- ",
        "\n",
        "\n \n",
        " ",
        "\u{1100}",
        "\u{1161}",
        "\u{11A8}",
        "\u{200B}",
        "\"",
        "'a",
        "Mr. ",
        "?!",
        "字",
        "a ",
    ] {
        let words = piece.repeat(million());
        let hay = text(&words);
        timed(piece.escape_debug().to_string().as_str(), || {
            hay.find("a\u{301}");
            hay.find(&words[..words.len() / 2 / piece.len() * piece.len()]);
            hay.find("not there … at all");
            hay.nearest("it is not there a a");
            hay.nearest(&format!("{}!", &words));
            hay.at("\u{301}", &[Span::new(1, 2)]);
            hay.sentence_around(Span::new(million() as u32 / 2, million() as u32 / 2 + 1));
        });
    }
}

#[test]
fn many_quotes_in_a_long_text() {
    let words: Vec<String> = (0..million() / 2)
        .map(|n| format!("w{}", n * 7919 % 50_021))
        .collect();
    let mut long = words.join(" ");
    long.push_str(" “the very end” – indeed");
    let hay = text(&long);
    timed("first folded quote", || {
        hay.find("\"the very end\" - indeed")
    });
    timed("100 folded quotes", || {
        for _ in 0..100 {
            assert_eq!(hay.find("\"the very end\" - indeed").level, Level::Folded);
        }
    });
    timed("first nearest", || hay.nearest("the very and"));
    timed("10 nearest", || {
        for _ in 0..10 {
            assert!(hay.nearest("“the very and” – indeed").is_some());
        }
    });
}
