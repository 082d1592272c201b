//! Dates that need no article are read as `annals_time::in_words` reads them: there is one notion of what words
//! mean.

use annals_time::in_words::{DateReader, Unread};

use crate::{Language, Options, draft};

/// The value of the one date in a text.
fn drafted(text: &str, language: Language) -> Option<String> {
    let options = Options {
        language: Some(language),
        ..Options::default()
    };
    let found = draft(text, &options);
    let mut dates = found.dates.into_iter();
    let date = dates.next()?;
    (dates.next().is_none() && text[date.span.clone()].len() + 1 >= text.len() / 2)
        .then_some(date.value)
}

#[test]
fn a_date_has_the_value_that_the_reader_of_dates_gives_it() {
    let months = [
        (
            Language::English,
            ["January", "March", "May", "August", "December"],
        ),
        (
            Language::German,
            ["Januar", "März", "Mai", "August", "Dezember"],
        ),
        (
            Language::French,
            ["janvier", "mars", "mai", "août", "décembre"],
        ),
        (
            Language::Ukrainian,
            ["січня", "березня", "травня", "серпня", "грудня"],
        ),
        (
            Language::Russian,
            ["января", "марта", "мая", "августа", "декабря"],
        ),
    ];
    let reader = DateReader::default();
    let mut compared = 0;
    for (language, months) in months {
        for month in months {
            let phrases = match language {
                Language::English => vec![
                    format!("3 {month} 2021"),
                    format!("{month} 3, 2021"),
                    format!("{month} 2021"),
                    format!("3rd {month} 1999"),
                ],
                Language::German => vec![format!("3. {month} 2021"), format!("{month} 2021")],
                _ => vec![format!("3 {month} 2021")],
            };
            for phrase in phrases {
                let edtf = reader.read(&phrase).map(|date| date.edtf);
                let found = drafted(&phrase, language);
                assert_eq!(found, edtf.ok(), "{phrase}");
                compared += 1;
            }
        }
    }
    for phrase in [
        "2021-05-03",
        "03.05.2021",
        "25/04/2021",
        "spring 1943",
        "1990s",
        "19th century",
        "2021",
        "1914-1918",
    ] {
        let edtf = reader.read(phrase).map(|date| date.edtf);
        assert_eq!(drafted(phrase, Language::English), edtf.ok(), "{phrase}");
        compared += 1;
    }
    assert!(compared > 40);
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_there_and_unsure_here() {
    assert_eq!(
        DateReader::default()
            .read("03/04/2021")
            .map(|date| date.edtf),
        Err(Unread::Ambiguous)
    );
    assert_eq!(
        drafted("03/04/2021", Language::English).as_deref(),
        Some("2021-03-04?")
    );
}
