//! The most similar sentence to a missing quote.

use super::text;
use crate::{Nearest, Span, Text};

const SPEECH: &str = "Headline of the day\n\
    KYIV, April 20 - Ukraine's rightful place is in NATO, Jens Stoltenberg\n\
    said on Thursday. “All Allies agree that Ukraine will become a\nmember,” he said.\n\n\
    Mr. Zelenskiy thanked him. He said that it was time to invite Ukraine.";

fn shown<'t>(text: &'t Text, nearest: &Nearest) -> (&'t str, &'t str) {
    (
        text.slice(nearest.sentence).unwrap(),
        text.slice(nearest.differing).unwrap(),
    )
}

fn in_quote(quote: &str, span: Span) -> String {
    let words = quote.chars().skip(span.start as usize);
    words.take(span.len() as usize).collect()
}

#[test]
fn the_differing_word_is_found_on_both_sides() {
    let text = text(SPEECH);
    let quote = "all … time to invite Russia";
    let nearest = text.nearest(quote).unwrap();
    assert_eq!(in_quote(quote, nearest.in_quote), "all");

    let quote = "All Allies agree that Russia will become a member";
    let nearest = text.nearest(quote).unwrap();
    let (sentence, differing) = shown(&text, &nearest);
    assert_eq!(
        sentence,
        "“All Allies agree that Ukraine will become a\nmember,” he said."
    );
    assert_eq!(differing, "Ukraine");
    assert_eq!(in_quote(quote, nearest.in_quote), "Russia");
}

#[test]
fn one_changed_letter_is_found() {
    let text = text(SPEECH);
    let quote = "Zelenskyy thanked him";
    let nearest = text.nearest(quote).unwrap();
    let (sentence, differing) = shown(&text, &nearest);
    assert_eq!(sentence, "Mr. Zelenskiy thanked him.");
    assert_eq!(differing, "Zelenskiy");
    assert_eq!(in_quote(quote, nearest.in_quote), "Zelenskyy");

    let alone = text.nearest("Stoltenburg").unwrap();
    assert_eq!(shown(&text, &alone).1, "Stoltenberg");
}

#[test]
fn a_word_left_out_or_put_in_is_an_empty_stretch_on_the_other_side() {
    let text = text("We will not attack the town.");
    let left_out = text.nearest("We will attack the town").unwrap();
    assert_eq!(shown(&text, &left_out).1, "not");
    assert!(left_out.in_quote.is_empty());

    let quote = "We will not now attack";
    let put_in = text.nearest(quote).unwrap();
    assert_eq!(put_in.differing, Span::new(11, 11));
    assert_eq!(in_quote(quote, put_in.in_quote), "now");
}

#[test]
fn punctuation_and_spaces_differ_too() {
    let text = text("Yes, we can do it, he said");
    let comma = text.nearest("we can do it he said").unwrap();
    assert_eq!(shown(&text, &comma).1, ",");
    let space = text.nearest("we can doit, he said").unwrap();
    assert_eq!(shown(&text, &space).1, "do it");
}

#[test]
fn parts_out_of_order_are_shown_where_they_stand() {
    let text = text("We shall, of course, never yield.");
    let quote = "never yield … We shall";
    let nearest = text.nearest(quote).unwrap();
    assert_eq!(shown(&text, &nearest).1, "We shall");
    assert_eq!(in_quote(quote, nearest.in_quote), "We shall");
}

#[test]
fn nothing_alike_is_nothing() {
    let text = text(SPEECH);
    for quote in [
        "",
        "…",
        "?!",
        "the weather is fine",
        "Ukraine was bombed at dawn",
    ] {
        assert_eq!(text.nearest(quote), None, "{quote}");
    }
    assert_eq!(text.nearest("All Allies agree"), None);
    assert_eq!(super::text("").nearest("word"), None);
}

#[test]
fn the_first_of_equals_is_taken() {
    let text = text("one two three. one two three.");
    let nearest = text.nearest("one two four").unwrap();
    assert_eq!(nearest.place.start, 0);
    assert_eq!(shown(&text, &nearest).1, "three");
}

#[test]
fn scripts_without_spaces_are_lined_up() {
    let text = text("他说我们永远不会投降。然后离开了。");
    let nearest = text.nearest("我们永远不会逃跑").unwrap();
    assert_eq!(shown(&text, &nearest).1, "投降");
}

#[test]
fn a_long_quote_parts_far_from_its_beginning() {
    let words: Vec<String> = (0..5_000).map(|number| format!("w{number}")).collect();
    let text = text(&words.join(" "));
    let mut changed = words[200..4_800].to_vec();
    changed[4_000] = "altered".to_string();
    let quote = changed.join(" ");
    let nearest = text.nearest(&quote).unwrap();
    assert_eq!(shown(&text, &nearest).1, "w4200");
    assert_eq!(in_quote(&quote, nearest.in_quote), "altered");
}

#[test]
fn sentences_keep_to_their_paragraph_and_their_quotation_marks() {
    let text = text(SPEECH);
    let around = |word: &str| {
        let place = text.find(word).spans[0];
        text.slice(text.sentence_around(place)).unwrap()
    };
    assert_eq!(around("Headline"), "Headline of the day");
    assert!(around("rightful").starts_with("KYIV"));
    assert!(around("rightful").ends_with("said on Thursday."));
    assert!(around("become a\nmember,” he").starts_with('“'));
    assert_eq!(around("thanked"), "Mr. Zelenskiy thanked him.");
    assert_eq!(
        text.sentence_around(Span::new(u32::MAX, u32::MAX)).end,
        text.len()
    );
    assert_eq!(
        super::text("").sentence_around(Span::new(3, 1)),
        Span::new(0, 0)
    );
}
