//! What drafting finds, on texts of our own.

mod corpus;
mod dates;
mod events;
mod languages;

use annals_evidence::{AtSpans, Level, Text};
use proptest::prelude::*;

use crate::{Confidence, Draft, Known, Language, Options, Proposals, Record, Source, draft};

fn all(text: &str) -> Draft {
    draft(
        text,
        &Options {
            all: true,
            events: true,
            ..Options::default()
        },
    )
}

/// The records that are proposed, and how many were left out.
fn records(draft: &Draft, text: &Text, source: &Source, known: &[Known]) -> (Vec<Record>, usize) {
    let proposals = Proposals::new(draft, text, source, known);
    let records = proposals.records(&|_| None).collect();
    (records, proposals.left_out)
}

/// Who says what: speaker, then content, as pairs.
fn pairs(text: &str) -> Vec<(String, String)> {
    let drafted = all(text);
    drafted
        .claims
        .iter()
        .filter(|claim| !claim.negated)
        .map(|claim| {
            let speaker = claim
                .speaker
                .map_or(String::new(), |at| drafted.actors[at].name.clone());
            let content: Vec<&str> = claim
                .content
                .iter()
                .map(|range| &text[range.clone()])
                .collect();
            (speaker, content.join(" … "))
        })
        .collect()
}

#[track_caller]
fn says(text: &str, wanted: &[(&str, &str)]) {
    let found = pairs(text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(who, what)| (who.as_str(), what.as_str()))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn a_clause_of_saying_on_either_side_and_in_the_middle() {
    says(
        "Ana Ruiz said the bridge is closed.",
        &[("Ana Ruiz", "the bridge is closed")],
    );
    says(
        "The bridge is closed, Ana Ruiz said.",
        &[("Ana Ruiz", "The bridge is closed")],
    );
    says(
        "“It is over,” said Ana Ruiz, the mayor of Linden.",
        &[("Ana Ruiz", "“It is over,”")],
    );
    says(
        "The tunnel, engineers said, will flood again before spring.",
        &[("engineers", "The tunnel … will flood again before spring")],
    );
    says(
        "According to the harbour board, the ferry is late.",
        &[("the harbour board", "the ferry is late")],
    );
}

#[test]
fn a_quotation_that_goes_on_over_paragraphs_is_one_claim() {
    let text = "“We stay,” Pia Holm said. “The dam is old.\n\n“It leaks.\n\n“We ask for help.”\n";
    says(
        text,
        &[(
            "Pia Holm",
            "“We stay,” … “The dam is old. … “It leaks. … “We ask for help.”",
        )],
    );
}

#[test]
fn an_odd_mark_loses_nothing_but_itself() {
    says(
        "\"The harbour stays shut, Lena Voss said on Monday.\n\nThe ferry sailed at noon.\n",
        &[("Lena Voss", "\"The harbour stays shut,")],
    );
    let text = "\"There are wells we planned. \"And some came by chance,\" said Bora, a driller.\n";
    says(
        text,
        &[(
            "Bora",
            "\"There are wells we planned. … \"And some came by chance,\"",
        )],
    );
}

#[test]
fn reported_speech_goes_on_in_the_subjunctive() {
    let of = |text: &str| -> Vec<(String, String)> {
        let options = Options {
            language: Some(Language::German),
            ..Options::default()
        };
        let drafted = draft(text, &options);
        let each = drafted.claims.iter().map(|claim| {
            let who = claim.speaker.map(|at| drafted.actors[at].name.clone());
            let what: Vec<&str> = claim
                .content
                .iter()
                .map(|part| &text[part.clone()])
                .collect();
            (who.unwrap_or_default(), what.join(" … "))
        });
        each.collect()
    };
    let claim = |what: &str| vec![("Anna Ruiz".to_owned(), what.to_owned())];
    let first = "Anna Ruiz sagte, die Brücke sei alt.";
    assert_eq!(
        of(&format!(
            "{first} Hier könne niemand mehr fahren. Das Dorf hat zwei Läden."
        )),
        claim("die Brücke sei alt … Hier könne niemand mehr fahren"),
    );
    for other in [
        "Das Dorf hat zwei Läden. Hier sei es schön.",
        "Der Bericht war alt, er sei falsch.",
        "Ich habe zwei Läden.",
    ] {
        assert_eq!(
            of(&format!("{first} {other}")),
            claim("die Brücke sei alt"),
            "{other}"
        );
    }
}

#[test]
fn a_description_stands_for_whom_it_describes() {
    let last = |text: &str| pairs(text).pop().map(|(who, _)| who);
    for (text, who) in [
        (
            "Mayor Ana Ruiz said the dam leaks. The mayor promised to mend it.",
            "Ana Ruiz",
        ),
        (
            "Prime Minister Pia Holm said no. The prime minister added that it was late.",
            "Pia Holm",
        ),
        (
            "“No,” said Bo Lind, the company’s spokesman.\n\nThe spokesman said it was late.",
            "Bo Lind",
        ),
        (
            "Ana Ruiz, mayor of Linden, said no. The mayor said it was late.",
            "Ana Ruiz",
        ),
        (
            "Linden Mayor Ana Ruiz said no. The mayor said it was late.",
            "Ana Ruiz",
        ),
        // Nobody is guessed: another role, or that of two.
        (
            "Former Mayor Ana Ruiz said no. The mayor said it was late.",
            "The mayor",
        ),
        (
            "Deputy Mayor Ana Ruiz said no. The mayor said it was late.",
            "The mayor",
        ),
        (
            "Mayor Ana Ruiz said no. Mayor Pia Holm said no. The mayor said it was late.",
            "The mayor",
        ),
        (
            "Mayor Ana Ruiz said no. A mayor said it was late.",
            "A mayor",
        ),
        (
            "Mayor Ana Ruiz said no. The deputy mayor said it was late.",
            "The deputy mayor",
        ),
    ] {
        assert_eq!(last(text).as_deref(), Some(who), "{text}");
    }
}

#[test]
fn pronouns_stand_for_whom_they_fit() {
    let text = "Anna Bell met Tom Hart in Oslo. \"It was a short talk,\" she said.";
    says(text, &[("Anna Bell", "\"It was a short talk,\"")]);
    let drafted = all(text);
    assert_eq!(drafted.claims[0].confidence, Confidence::Middle);
    assert_eq!(drafted.claims[0].reason, "speaker from a pronoun");
}

#[test]
fn what_is_no_speech_is_no_claim() {
    says(
        "The state delegation left early. The award show lasted two hours.",
        &[],
    );
    says("Karl \"Buddy\" Henning runs the mill.", &[]);
    // What somebody did not say is listed, and no claim.
    let drafted = all("The mayor did not say that the road is safe.");
    assert!(drafted.claims.iter().all(|claim| claim.negated) && !drafted.claims.is_empty());
}

#[test]
fn a_quotation_alone_has_no_speaker() {
    let drafted = all("“Nobody knows what comes next in this town.”");
    assert_eq!(drafted.claims.len(), 1);
    assert_eq!(
        (drafted.claims[0].speaker, drafted.claims[0].confidence),
        (None, Confidence::Low)
    );
}

#[test]
fn attitudes_only_on_request() {
    let text = "The valley's mayors want to close the road.";
    assert!(draft(text, &Options::default()).claims.is_empty());
    says(text, &[("The valley's mayors", "to close the road")]);
}

#[test]
fn other_languages_by_their_own_tables() {
    let speaker = |text: &str| {
        let drafted = all(text);
        let found = drafted
            .claims
            .first()
            .and_then(|claim| claim.speaker)
            .map(|at| drafted.actors[at].name.clone());
        (drafted.language, found.unwrap_or_default())
    };
    let cases = [
        (
            "„Das ist das Ende“, sagte die Vorsitzende Marta Adler am Freitag in der Stadt.",
            Language::German,
            "Marta Adler",
        ),
        (
            "Laut Polizei ist die Brücke nicht mehr zu retten und wird gesperrt.",
            Language::German,
            "Polizei",
        ),
        (
            "« La digue est vieille et elle fuit », a déclaré le maire Paul Verne dans la ville.",
            Language::French,
            "Paul Verne",
        ),
        (
            "«Міст закрито, і ми не знаємо, що буде», — сказала Олена Бойко на зустрічі.",
            Language::Ukrainian,
            "Олена Бойко",
        ),
        (
            "«Мост закрыт, и мы не знаем, что будет», — сказал Иван Бойко на встрече.",
            Language::Russian,
            "Иван Бойко",
        ),
    ];
    for (text, language, name) in cases {
        assert_eq!(speaker(text), (language, name.to_string()), "{text}");
    }
    // Of another language the quotation, and nobody.
    let (language, name) =
        speaker("«El puente está cerrado y no lo sabemos», dijo la alcaldesa de la ciudad.");
    assert_eq!((language, name.as_str()), (Language::Other, ""));
}

#[test]
fn dates_are_those_of_the_article_never_todays() {
    let article = annals_time::Day::from_ymd(2023, 4, 20);
    let dates = |text: &str, article| -> Vec<String> {
        let options = Options {
            article,
            language: Some(Language::English),
            ..Options::default()
        };
        draft(text, &options)
            .dates
            .into_iter()
            .map(|date| date.value)
            .collect()
    };
    let cases = [
        ("He came on Friday.", "2023-04-14"),
        ("He will come on Friday.", "2023-04-21"),
        ("It was shut in July.", "2022-07"),
        ("The vote of 14 October 2021 counts.", "2021-10-14"),
        ("It opened in spring 1943.", "1943-21"),
        ("She left last week.", "2023-04-10/2023-04-16"),
        ("It was 04/03/2021 then.", "2021-04-03?"),
        ("He was there yesterday.", "2023-04-19"),
    ];
    for (text, value) in cases {
        assert_eq!(dates(text, article), [value], "{text}");
    }
    assert!(
        dates(
            "He came on Friday. She may come in July. He was there yesterday.",
            None
        )
        .is_empty()
    );
}

#[test]
fn a_draft_is_drafted_once() {
    let text = Text::new(
        "Ana Ruiz said the bridge is closed. She said that it will open in May.".to_string(),
    );
    let drafted = all(text.as_str());
    let source = Source {
        id: "report".to_string(),
        title: "Report".to_string(),
        ..Source::default()
    };
    let (first, _) = records(&drafted, &text, &source, &[]);
    let known: Vec<Known> = drafted
        .claims
        .iter()
        .map(|claim| Known {
            speakers: vec!["Ana Ruiz".to_string()],
            spans: claim
                .content
                .iter()
                .map(|range| text.span_of_bytes(range.clone()))
                .collect(),
            ..Known::default()
        })
        .collect();
    let (second, left_out) = records(&drafted, &text, &source, &known);
    assert_eq!(
        first
            .iter()
            .filter(|record| record["type"] == "claim")
            .count(),
        2
    );
    assert_eq!((second.len(), left_out), (0, 2));
}

/// Every passage that is proposed stands in the text, word for word, at its spans.
fn verified(text: &str) {
    let text = Text::new(text.to_string());
    let drafted = all(text.as_str());
    let source = Source {
        id: "text".to_string(),
        ..Source::default()
    };
    for record in records(&drafted, &text, &source, &[]).0 {
        let Some(evidence) = record.get("evidence").and_then(|list| list.get(0)) else {
            continue;
        };
        let spans: Vec<annals_evidence::Span> = evidence["spans"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| {
                annals_evidence::Span::new(
                    span[0].as_u64().unwrap() as u32,
                    span[1].as_u64().unwrap() as u32,
                )
            })
            .collect();
        match evidence["quote"].as_str() {
            Some(quote) => assert!(
                matches!(
                    text.at(quote, &spans),
                    AtSpans::Stands {
                        level: Level::Exact,
                        ..
                    }
                ),
                "{record:?}"
            ),
            // Several pieces: in order, and each within the text.
            None => {
                assert!(
                    spans.len() > 1 && spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
                );
                assert!(
                    spans
                        .iter()
                        .all(|span| text.slice(*span).is_some_and(|piece| !piece.is_empty()))
                );
            }
        }
    }
    for claim in &drafted.claims {
        assert!(
            claim
                .content
                .windows(2)
                .all(|pair| pair[0].end <= pair[1].start),
            "{claim:?}"
        );
    }
}

/// Pieces that meet in texts, and in no good order.
const PIECES: &[&str] = &[
    "\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    "''",
    "``",
    "‘",
    "’",
    "'",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    ". ",
    ", ",
    ": ",
    " — ",
    "?",
    "!",
    "(",
    ")",
    "Ana Ruiz",
    "he",
    "she",
    "the mayor",
    " said ",
    " told ",
    " reporters ",
    "that ",
    "according to ",
    "on Friday",
    "in July 2021",
    "3 May",
    "to ",
    "want",
    " who ",
    "which",
    " and ",
    "The bridge is closed",
    "WALLACE: ",
    "\u{feff}",
    "e\u{301}",
    "שלום",
    "\u{202e}",
    "’s",
    "U.S.",
    "Mr.",
    "1998",
    "last year",
    "sagte",
    "dass",
    "zufolge",
    "selon",
    "за словами",
    "—",
    "…",
    "\u{2028}",
    "🙂",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("ANNALS_THOROUGH").is_some() { 20_000 } else { 64 }))]

    #[test]
    fn any_text_is_drafted_and_its_passages_stand_in_it(text in any::<String>()) {
        verified(&text);
    }

    #[test]
    fn any_characters_among_words_are_drafted(
        pieces in proptest::collection::vec((0..PIECES.len(), proptest::option::weighted(0.3, any::<char>())), 0..14),
    ) {
        let each = pieces.into_iter().map(|(at, odd)| match odd {
            Some(odd) => odd.to_string(),
            None => PIECES[at].to_string(),
        });
        verified(&each.collect::<String>());
    }

    #[test]
    fn any_order_of_marks_and_words_is_drafted(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        verified(&text);
        prop_assert_eq!(pairs(&text), pairs(&text));
    }
}

/// Found by random texts.
#[test]
fn a_passage_begins_and_ends_between_letters_and_has_something_to_quote() {
    for text in [
        // A clause of saying without anything that could be its subject.
        "(sagte",
        "!(sagte \"",
        // An accent on the space before, and nothing but a mark that is not seen.
        "WALLACE: \u{31f}It is over.",
        "Ana Ruiz said \u{351}Go. She told \u{360}",
        "WALLACE: \u{202e}",
        "e. \u{594}The bridge is closed 3 May",
    ] {
        verified(text);
    }
    let [(_, words)] = &pairs("WALLACE: \u{31f}It is over.")[..] else {
        panic!("not one claim");
    };
    assert_eq!(words, "It is over.");
}

#[test]
fn a_long_text_gives_its_claims_in_full() {
    let one = "Ana Ruiz said the bridge is closed. “It leaks,” she said.\n\n";
    assert_eq!(pairs(&one.repeat(200)).len(), 400);
}

/// Texts on which rules that look around without a limit would take forever.
#[test]
fn a_text_without_an_end_is_drafted_all_the_same() {
    let pieces = [
        "he said ",
        "'a ",
        "\"a ",
        "a, ",
        "Ana Ruiz, ",
        "( ",
        "s' a ",
        "to say that ",
        "A. Smith ",
    ];
    // The last test of its program to end, with an idle processor beside it.
    std::thread::scope(|scope| {
        for piece in pieces {
            scope.spawn(move || all(&piece.repeat(20_000)));
        }
    });
}
