#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod forms;

use proptest::prelude::*;

use super::*;
use crate::{Calendar, Date, Day};

/// The date, and in brackets what else is told: its calendar, its words, its day of the week.
fn told(date: Result<DateInWords, Unread>) -> String {
    match date {
        Ok(date) => {
            assert!(
                Date::with(&date.edtf, date.calendar, None).is_ok(),
                "{date:?}"
            );
            let mut text = date.edtf;
            if date.calendar == Calendar::Julian {
                text += " julian";
            }
            if date.says_more {
                text += " …";
            }
            if let Some(weekday) = date.weekday {
                text += &format!(" {weekday}");
            }
            if let Some(remark) = date.remark {
                text += &format!(" ({remark})");
            }
            text
        }
        Err(Unread::Ambiguous) => "which?".to_owned(),
        Err(Unread::Century) => "which century?".to_owned(),
        Err(Unread::Unknown(why)) => format!("no: {why}"),
    }
}

fn read(text: &str) -> String {
    told(DateReader::default().read(text))
}

/// What is written, and what is read.
const READ: &[(&str, &str)] = &[
    ("spring 1943", "1943-21"),
    ("Frühjahr 1943", "1943-21"),
    ("im Sommer 1943", "1943-22"),
    ("printemps 1943", "1943-21"),
    ("été 1943", "1943-22"),
    ("otoño de 1943", "1943-23"),
    ("winter 1943", "1943-24 …"),
    ("c. 1880", "1880~"),
    ("ca. 1880", "1880~"),
    ("circa May 1880", "1880-05~"),
    ("um 1880", "1880~"),
    ("rund um 1880", "1880~"),
    ("vers 1880", "1880~"),
    ("hacia 1880", "1880~"),
    ("alrededor de 1880", "1880~"),
    ("1880?", "1880?"),
    ("probably 1880", "1880?"),
    ("vielleicht um 1880", "1880%"),
    ("after 1880", "[1881..]"),
    ("nach 1880", "[1881..]"),
    ("après mai 1880", "[1880-06..]"),
    ("después de 1880", "[1881..]"),
    ("before 1880", "[..1879]"),
    ("vor dem 3. Mai 1880", "[..1880-05-02]"),
    ("avant 1880", "[..1879]"),
    ("antes de 1880", "[..1879]"),
    ("since 1880", "1880/.."),
    ("seit Mai 1880", "1880-05/.."),
    ("depuis 1880", "1880/.."),
    ("desde 1880", "1880/.."),
    ("until 1880", "/1880"),
    ("bis 1880", "/1880"),
    ("jusqu'en 1880", "/1880"),
    ("hasta 1880", "/1880"),
    ("1880s", "188X"),
    ("the 1880s", "188X"),
    ("1880er Jahre", "188X"),
    ("années 1880", "188X"),
    ("años 1880", "188X"),
    ("early 1880s", "188X …"),
    ("Anfang der 1880er", "188X …"),
    ("19th century", "18XX"),
    ("19. Jahrhundert", "18XX"),
    ("XIXe siècle", "18XX"),
    ("siglo XIX", "18XX"),
    ("late 19th century", "18XX …"),
    ("5th century BC", "-04XX"),
    ("44 BC", "-0043"),
    ("3–5 May 2020", "2020-05-03/2020-05-05"),
    ("3-5 May 2020", "2020-05-03/2020-05-05"),
    ("3.–5. Mai 2020", "2020-05-03/2020-05-05"),
    ("3. bis 5. Mai 2020", "2020-05-03/2020-05-05"),
    ("vom 3. bis 5. Mai 2020", "2020-05-03/2020-05-05"),
    ("du 3 au 5 mai 2020", "2020-05-03/2020-05-05"),
    ("del 3 al 5 de mayo de 2020", "2020-05-03/2020-05-05"),
    ("May 3–5, 2020", "2020-05-03/2020-05-05"),
    ("30 April – 2 May 2020", "2020-04-30/2020-05-02"),
    ("30 April 2020 to 2 May 2020", "2020-04-30/2020-05-02"),
    ("May–June 2020", "2020-05/2020-06"),
    ("1914–1918", "1914/1918"),
    ("1914-18", "1914/1918"),
    ("1914/18", "1914/1918"),
    ("from 1914 to 1918", "1914/1918"),
    ("between 1880 and 1885", "[1880..1885]"),
    ("zwischen 1880 und 1885", "[1880..1885]"),
    ("entre 1880 et 1885", "[1880..1885]"),
    ("1880 or 1882", "[1880,1882]"),
    ("May 2020", "2020-05"),
    ("Mai 2020", "2020-05"),
    ("mayo de 2020", "2020-05"),
    ("Sept. 2020", "2020-09"),
    ("août 2020", "2020-08"),
    ("März 2020", "2020-03"),
    ("mid-May 2020", "2020-05 …"),
    ("20 April 2023", "2023-04-20"),
    ("20th of April, 2023", "2023-04-20"),
    ("April 20, 2023", "2023-04-20"),
    ("Thursday, April 20, 2023", "2023-04-20 Thursday"),
    ("Do, 20. April 2023", "2023-04-20 Do"),
    ("den 20. April 2023", "2023-04-20"),
    ("le 1er mai 2020", "2020-05-01"),
    ("el 1 de mayo de 2020", "2020-05-01"),
    ("20-Apr-2023", "2023-04-20"),
    ("2023 April 20", "2023-04-20"),
    ("20.04.2023", "2023-04-20"),
    ("3.4.2021", "2021-04-03"),
    ("3. 4. 2021", "2021-04-03"),
    ("25/04/2021", "2021-04-25"),
    ("04/25/2021", "2021-04-25"),
    ("04/04/2021", "2021-04-04"),
    ("03/04/2021", "which?"),
    ("3-4-2021", "which?"),
    ("03/04/2021 - 05/04/2021", "which?"),
    ("2021/04/03", "2021-04-03"),
    ("2021-4-3", "2021-04-03"),
    ("20210403", "2021-04-03"),
    ("04/2021", "2021-04"),
    ("Q1 2020", "2020-33"),
    ("1. Quartal 2020", "2020-33"),
    ("2020-05-03 14:30", "2020-05-03T14:30:00"),
    ("2020-05-03T14:30", "2020-05-03T14:30:00"),
    ("3 May 2020, 2:30 pm", "2020-05-03T14:30:00"),
    ("2023-04-20", "2023-04-20"),
    ("2023-04-20T10:00:00Z", "2023-04-20T10:00:00Z"),
    ("[1881..]", "[1881..]"),
    ("1985", "1985"),
    ("3–5 May", "no: it has no year"),
    ("May", "no: it has no year"),
    ("2020-21", "no: it can be a season in EDTF or two years"),
    ("03/04/21", "which?"),
    ("31 April 2020", "no: there is no such day"),
    ("30/02/2020", "no: there is no such day"),
    ("n.d.", "no: it says that the date is unknown"),
    ("o. D.", "no: it says that the date is unknown"),
    ("s. f.", "no: it says that the date is unknown"),
    ("unbekannt", "no: it says that the date is unknown"),
    (
        "yesterday",
        "no: it depends on the day on which it was written",
    ),
    ("when the war began", "no: it is not a known form of date"),
    ("", "no: it is not a known form of date"),
    ("12", "no: its year has two digits"),
];

#[test]
fn dates_in_words_are_read_as_they_are_meant() {
    let wrong: Vec<String> = (READ.iter().chain(forms::FORMS))
        .map(|(text, wanted)| (text, wanted, read(text)))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(text, wanted, found)| format!("{text}: {found}, not {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_user_says_what_numbers_leave_open() {
    let with = |order, text: &str| {
        let reader = DateReader {
            order: Some(order),
            ..DateReader::default()
        };
        told(reader.read(text))
    };
    assert_eq!(with(DayOrder::DayFirst, "03/04/2021"), "2021-04-03");
    assert_eq!(with(DayOrder::MonthFirst, "03/04/2021"), "2021-03-04");
    // What was said holds for all: no day is turned round to fit.
    assert_eq!(
        with(DayOrder::DayFirst, "04/25/2021"),
        "no: there is no such day"
    );
    assert_eq!(with(DayOrder::DayFirst, "03/04/21"), "which century?");
    let of_year = DateReader {
        year: Some(2020),
        ..DateReader::default()
    };
    for (text, date) in [
        ("3–5 May", "2020-05-03/2020-05-05"),
        ("May 21", "2020-05-21"),
        ("21-Apr", "2020-04-21"),
        // A year that is written comes first.
        ("3 May – 5 June 1999", "1999-05-03/1999-06-05"),
    ] {
        assert_eq!(told(of_year.read(text)), date, "{text}");
    }
    let of_century = DateReader {
        order: Some(DayOrder::DayFirst),
        century: Some(19),
        ..DateReader::default()
    };
    for (text, date) in [
        ("03/04/21", "1921-04-03"),
        ("15 Apr '21", "1921-04-15"),
        ("'14–'18", "1914/1918"),
        ("the '90s", "199X"),
        ("15.4.99 – 3.5.99", "1999-04-15/1999-05-03"),
        ("Apr 21", "no: it can be a day or a year of two digits"),
        ("12", "no: its year has two digits"),
        ("May 3–5, 2020", "2020-05-03/2020-05-05"),
    ] {
        assert_eq!(told(of_century.read(text)), date, "{text}");
    }
}

#[test]
fn an_end_that_is_not_known_leaves_the_other() {
    let read = |from, to| told(DateReader::default().read_ends(from, to));
    for (from, to, date) in [
        ("", "878", "/0878"),
        ("1005", "", "1005/"),
        ("c. 954", "25 Nov 1034", "0954~/1034-11-25"),
        ("unknown", "1034", "/1034"),
        ("1998", "present", "1998/.."),
        ("1998", "?", "1998/"),
        ("3", "5 May 2020", "2020-05-03/2020-05-05"),
        ("24 Dec 1741", "4 Jan 1742", "1741-12-24/1742-01-04"),
        (
            "2020-05-01 10:00:00",
            "2020-05-02",
            "2020-05-01/2020-05-02 …",
        ),
        ("2nd c. BC", "3rd c. AD", "-01XX/02XX"),
        ("BEF 1828", "1900", "..1827/1900"),
        ("1828", "after 1900", "1828/1901.."),
        ("", "n.d.", "no: it says that the date is unknown"),
        ("1999", "1990", "no: it ends before it begins"),
        ("03/04/2021", "", "which?"),
        ("1999", "12.3.01", "which century?"),
        (
            "when it began",
            "1034",
            "no: it is not a known form of date",
        ),
    ] {
        assert_eq!(read(from, to), date, "{from} | {to}");
    }
}

/// The months as the four languages write them.
const MONTHS: [[&str; 4]; 12] = [
    ["January", "Januar", "janvier", "enero"],
    ["February", "Februar", "février", "febrero"],
    ["March", "März", "mars", "marzo"],
    ["April", "April", "avril", "abril"],
    ["May", "Mai", "mai", "mayo"],
    ["June", "Juni", "juin", "junio"],
    ["July", "Juli", "juillet", "julio"],
    ["August", "August", "août", "agosto"],
    ["September", "September", "septembre", "septiembre"],
    ["October", "Oktober", "octobre", "octubre"],
    ["November", "November", "novembre", "noviembre"],
    ["December", "Dezember", "décembre", "diciembre"],
];

fn days() -> impl Strategy<Value = Day> {
    (1000_i32..=9999, 1_u32..=12, 1_u32..=28)
        .prop_map(|(year, month, day)| Day::from_ymd(year, month, day).unwrap())
}

/// What is written in Russian, Ukrainian and Polish, and what is read.
const SLAVIC: &[(&str, &str)] = &[
    ("9 мая 1945", "1945-05-09"),
    ("9 мая 1945 г.", "1945-05-09"),
    ("9 Мая 1945 года", "1945-05-09"),
    ("25 октября 1917", "1917-10-25"),
    ("12 апр. 1961", "1961-04-12"),
    ("май 1945", "1945-05"),
    ("в мае 1945 года", "1945-05"),
    ("сентябрь 1939", "1939-09"),
    ("весна 1943", "1943-21"),
    ("летом 1943 года", "1943-22"),
    ("около 1880", "1880~"),
    ("ок. 1880 г.", "1880~"),
    ("XIX век", "18XX"),
    ("XIX в.", "18XX"),
    ("44 г. до н. э.", "-0043"),
    ("с 9 мая 1945 по 12 июня 1946", "1945-05-09/1946-06-12"),
    ("9–12 мая 1945", "1945-05-09/1945-05-12"),
    ("1880 или 1881", "[1880,1881]"),
    ("между 1880 и 1885", "[1880..1885]"),
    ("24 серпня 1991", "1991-08-24"),
    ("24 серпня 1991 р.", "1991-08-24"),
    ("листопад 2013", "2013-11"),
    ("у лютому 2014 року", "2014-02"),
    ("взимку 2014", "2014-24 …"),
    ("близько 1880", "1880~"),
    ("3 maja 1791 r.", "1791-05-03"),
    ("1 września 1939", "1939-09-01"),
    ("październik 1956", "1956-10"),
    ("13 grudnia 1981 roku", "1981-12-13"),
    // What is several things, or a word of another language, is not guessed.
    ("до 1943 года", "no: it is not a known form of date"),
    ("11 listopada 1918", "no: it is not a known form of date"),
    ("5 травња 1900", "no: it is not a known form of date"),
    ("мая 1945 и мира", "no: it is not a known form of date"),
    ("Май", "no: it has no year"),
];

#[test]
fn slavic_months_are_read_and_not_guessed() {
    for (text, wanted) in SLAVIC {
        assert_eq!(read(text), *wanted, "{text}");
    }
}

#[test]
fn a_number_after_a_month_is_a_day_or_a_year_where_years_have_two_digits() {
    let given = |year, century| DateReader {
        order: None,
        year,
        century,
    };
    for (text, year, century, wanted) in [
        (
            "Apr 24",
            Some(2024),
            Some(20),
            "no: it can be a day or a year of two digits",
        ),
        (
            "April-24",
            Some(2024),
            Some(20),
            "no: it can be a day or a year of two digits",
        ),
        (
            "avril 24",
            Some(2024),
            Some(20),
            "no: it can be a day or a year of two digits",
        ),
        ("Apr 24", Some(2024), None, "2024-04-24"),
        ("24 Apr", Some(2024), Some(20), "2024-04-24"),
        ("Apr 24th", Some(2024), Some(20), "2024-04-24"),
        ("Apr 24, 2023", Some(2024), Some(20), "2023-04-24"),
    ] {
        assert_eq!(told(given(year, century).read(text)), wanted, "{text}");
    }
}

proptest! {
    #[test]
    fn every_day_is_read_in_every_language(day in days(), language in 0_usize..4) {
        let (year, month, of_month) = day.ymd();
        let name = MONTHS[month as usize - 1][language];
        let text = match language {
            0 => format!("{of_month} {name} {year}"),
            1 => format!("{of_month}. {name} {year}"),
            2 => format!("le {of_month} {name} {year}"),
            _ => format!("{of_month} de {name} de {year}"),
        };
        prop_assert_eq!(read(&text), day.to_string());
        prop_assert_eq!(read(&format!("{name} {year}")), format!("{year:04}-{month:02}"));
        prop_assert_eq!(read(&format!("{of_month}.{month}.{year}")), day.to_string());
    }

    #[test]
    fn a_range_has_both_of_its_ends(a in days(), b in days()) {
        prop_assume!(a < b);
        let words = |day: Day| {
            let (year, month, of_month) = day.ymd();
            format!("{of_month} {} {year}", MONTHS[month as usize - 1][0])
        };
        prop_assert_eq!(read(&format!("{} – {}", words(a), words(b))), format!("{a}/{b}"));
        prop_assert_eq!(read(&format!("between {} and {}", words(a), words(b))), format!("[{a}..{b}]"));
    }

    #[test]
    fn what_numbers_leave_open_is_never_guessed(day in 1_u32..=31, month in 1_u32..=31, year in 1000_u32..9999) {
        let found = read(&format!("{day:02}/{month:02}/{year}"));
        let one = Day::from_ymd(year as i32, month, day);
        let other = Day::from_ymd(year as i32, day, month);
        match (one, other) {
            (Some(a), Some(b)) if a != b => prop_assert_eq!(found, "which?"),
            (Some(a), _) | (None, Some(a)) => prop_assert_eq!(found, a.to_string()),
            (None, None) => prop_assert!(found == "which?" || found.starts_with("no: ")),
        }
    }

    #[test]
    fn every_edtf_is_itself(text in "[0-9]{4}(-(0[1-9]|1[0-2]))?[~?%]?") {
        prop_assert_eq!(read(&text), text);
    }

    #[test]
    fn no_text_is_too_odd(text in ".{0,200}", words in prop::collection::vec(prop::sample::select(
        vec!["after", "3", "2020", "–", "/", "May", "century", "(", "winter", "1750", "'21", "half", "Q3", "O.S.", "or", "Mon", "unknown", "+", "T", "19th", "c.", "to", "1880s", ":", "12", "BC", "?", "de", ",", "between", "and", "XIX", "pm"]
    ), 0..9)) {
        for text in [text, words.join(" ")] {
            if let Ok(date) = DateReader::default().read(&text) {
                prop_assert!(Date::with(&date.edtf, date.calendar, None).is_ok());
            }
        }
    }
}
