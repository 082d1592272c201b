//! The ladder, over a dossier and over dates far apart.

use crate::tests::{dossier, drawn, facts, written};
use crate::theme::THEMES;
use crate::{Look, picture_by_name};

#[test]
fn the_contract_is_kept_by_the_dark_ladder() {
    let look = Look {
        theme: THEMES[1],
        ..Look::default()
    };
    let scene = drawn(picture_by_name("ladder").unwrap(), &dossier("kyiv"), &look);
    assert!(scene.height > scene.width, "it is portrait");
    let svg = written(&scene, "svg");
    for word in [
        // Events, claims and reports have different wording.
        ">happened<",
        ">published<",
        ">scheduled<",
        "said 20\u{A0}Apr\u{A0}2023",
        "undated, not after 20\u{A0}Apr\u{A0}2023",
        // The narrowed date is shown beside the given one.
        "expected, so from 20",
        "happened, so 1 Apr",
        ">13 months later<",
        "“The time has come to",
        "font-style=\"italic\"",
        "−\u{A0}opposes",
        "12 events, 1 publication, 23 claims by 10 speakers",
    ] {
        assert!(svg.contains(word), "{word}");
    }
    assert_eq!(
        svg.matches("<linearGradient").count(),
        8,
        "two months, faded to both sides; four marks of the legend"
    );
}

#[test]
fn the_ladder_goes_from_the_oldest_to_the_newest() {
    let loaded = facts(
        "{\"annals\": 1, \"actors\": [{\"id\": \"a\", \"name\": \"A\", \"kind\": \"person\"}], \"events\": [
        {\"id\": \"late\", \"label\": \"late\", \"when\": \"Y12000\"}, {\"id\": \"month\", \"label\": \"month\", \"when\": \"0999-04\"},
        {\"id\": \"day\", \"label\": \"day\", \"when\": \"0999-04-01\"}, {\"id\": \"old\", \"label\": \"old\", \"when\": \"-0499\"},
        {\"id\": \"none\", \"label\": \"none\"}, {\"id\": \"zero\", \"label\": \"zero\", \"when\": \"0000\"},
        {\"id\": \"until\", \"label\": \"until\", \"when\": \"/0998-12-31\"}],
        \"orders\": [[\"none\", \"after\", \"late\"]],
        \"claims\": [{\"id\": \"c\", \"speaker\": \"a\", \"content\": \"x\", \"said\": \"1000-01-01\"}]}",
    );
    let scene = drawn(
        picture_by_name("ladder").unwrap(),
        &loaded,
        &Look::default(),
    );
    let middles = &scene.columns[1];
    let known: Vec<&str> = middles
        .iter()
        .map(|id| id.trim_start_matches("event-"))
        .collect();
    assert_eq!(
        known,
        ["old", "zero", "until", "day", "month", "late", "none"]
    );
    let svg = written(&scene, "svg");
    assert!(
        svg.contains(">500\u{A0}BCE<") && svg.contains(">11,000 years later<"),
        "{svg}"
    );
}
