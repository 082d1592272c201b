#![allow(clippy::unwrap_used, reason = "a test may fail")]

use proptest::prelude::*;

use super::*;
use crate::{Calendar, Date, Day};

/// The date, and in brackets what else is told: its calendar, its words, its day of the week.
fn told(date: Result<DateInWords, Unread>) -> String {
    match date {
        Ok(date) => {
            assert!(Date::with(&date.edtf, date.calendar, None).is_ok(), "{date:?}");
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

/// Forms of sheets, bibliographies, genealogies and programs.
const MORE: &[(&str, &str)] = &[
    // A mark belongs to the end that has it.
    ("c. 954 – 25 Nov 1034", "0954~/1034-11-25"),
    ("1921 - circa 1970s", "1921/197X~"),
    ("ca 1643–c. 1650", "1643~/1650~"),
    ("1880–1885?", "1880/1885?"),
    ("c. 1880–85", "1880~/1885"),
    ("between c. 1880 and 1885", "[1880~..1885]"),
    ("perhaps between 1880 and 1885", "[1880?..1885?]"),
    ("probably before 1880", "[..1879?]"),
    ("after c. 1880", "[1881~..]"),
    ("c. 1880 or 1881", "[1880~,1881~]"),
    ("1880 or c. 1881", "[1880,1881~]"),
    // Centuries.
    ("2nd c. BC", "-01XX"),
    ("2nd c. AD", "01XX"),
    ("mid 4th c. BC", "-03XX …"),
    ("2nd cent. BC", "-01XX"),
    ("3rd century BC", "-02XX"),
    ("1st century BC", "[-0099..0000]"),
    ("3rd–2nd century BC", "-02XX/-01XX"),
    ("2nd-1st c. BC", "[-0199..0000] …"),
    ("5th c. BC – 1st c. AD", "-04XX/00XX"),
    ("c. 2nd c. BC", "-01XX~"),
    ("5 c. BC", "-04XX"),
    ("18th–19th centuries", "17XX/18XX"),
    ("siglos XVIII–XIX", "17XX/18XX"),
    ("fifth century BC", "-04XX"),
    ("s. II a.C.", "-01XX"),
    ("4. Jh. v. Chr.", "-03XX"),
    ("IIe siècle av. J.-C.", "-01XX"),
    ("second half of the 19th century", "18XX …"),
    ("3rd millennium BC", "-2XXX"),
    ("1st millennium BC", "[-0999..0000]"),
    ("340s BC", "[-0348..-0339]"),
    ("300–200 BC", "-0299/-0199"),
    ("44 BC – AD 14", "-0043/0014"),
    ("15 March 44 BC", "-0043-03-15"),
    ("44 B.C.", "-0043"),
    ("12000 BC", "Y-11999"),
    ("-500", "no: years before 1 are counted in two ways: with BCE it would be clear"),
    ("0 BC", "no: it is not a known form of date"),
    // Decades.
    ("late 1640s", "164X …"),
    ("1880s–1890s", "188X/189X"),
    ("1880s-90s", "188X/189X"),
    ("1800s", "18XX …"),
    ("1980's", "198X"),
    ("the '90s", "which century?"),
    ("[185-]", "185X"),
    ("[185-?]", "185X?"),
    ("18--", "18XX"),
    ("188?", "no: it is not a known form of date"),
    // Two years, two days.
    ("1750/1", "[1750..1751] …"),
    ("1750/51", "[1750..1751] …"),
    ("11 Feb 1731/2", "1732-02-11 julian … (a date with a double year, read as of the Julian calendar)"),
    ("11/22 Feb 1731/2", "1732-02-22 …"),
    ("Mar 1699/00", "1700-03 julian … (a date with a double year, read as of the Julian calendar)"),
    ("10 May 1750/1", "no: it is not a known form of date"),
    ("5/17 March 1850", "1850-03-17 …"),
    ("17/5 March 1850", "1850-03-17 …"),
    ("5 (17) March 1850", "1850-03-17 …"),
    ("25 October (7 November) 1917", "1917-11-07 …"),
    ("25 Oct/7 Nov 1917", "1917-11-07 …"),
    ("5/6 May 1999", "1999-05-05/1999-05-06"),
    ("3/5 May 2020", "no: it can be several days, or one day in two calendars"),
    ("24 Dec 1741/4 Jan 1742", "no: it can be several days, or one day in two calendars"),
    ("30 April 2020/2 May 2020", "2020-04-30/2020-05-02"),
    ("11 Feb 1732 O.S.", "1732-02-11 julian"),
    ("22 Feb 1732 (N.S.)", "1732-02-22"),
    ("25 Oct 1917 (Julian)", "1917-10-25 julian"),
    ("1998/99", "1998/1999"),
    ("2004/05", "no: it can be a month or two years"),
    ("2005/12", "no: it can be a month or two years"),
    ("2021/04", "2021-04"),
    ("1998-9", "no: it can be a month or two years"),
    ("2021-5", "2021-05"),
    ("1905–12", "1905/1912"),
    ("1939-41", "no: it can be a season in EDTF or two years"),
    ("1943-21", "1943-21"),
    ("25/1999", "no: there is no such month"),
    ("2021.5", "no: it is not a known form of date"),
    // One of two.
    ("2 April 742 or 747", "[0742-04-02,0747-04-02]"),
    ("summer 1880 or 1881", "[1880-22,1881-22]"),
    ("2 or 3 May 1917", "[1917-05-02,1917-05-03]"),
    ("May or June 1917", "[1917-05,1917-06]"),
    ("3 and 5 May 1917", "{1917-05-03,1917-05-05}"),
    // Seasons, quarters and halves.
    ("winter 1999/2000", "1999-24"),
    ("Winter 1998/99", "1998-24"),
    ("winter of 1998–1999", "1998-24"),
    ("Hiver 1998-99", "1998-24"),
    ("c. winter 1998/99", "1998-24~"),
    ("summer 1999/2000", "no: it is not a known form of date"),
    ("spring/summer 2020", "2020-21/2020-22"),
    ("autumn 1999 – spring 2000", "1999-23/2000-21"),
    ("Q3 2020", "2020-35"),
    ("2020 Q3", "2020-35"),
    ("2020-Q3", "2020-35"),
    ("Q3/2020", "2020-35"),
    ("3rd quarter of 2020", "2020-35"),
    ("last quarter of 2020", "2020-36"),
    ("1st half of 1920", "1920-40"),
    ("second half of 1920", "1920-41"),
    ("H1 2020", "2020-40"),
    ("H2/2020", "2020-41"),
    ("1. Halbjahr 1920", "1920-40"),
    ("first half of May 1920", "1920-05 …"),
    ("first third of 1999", "no: it is not a known form of date"),
    ("FY2019", "no: a fiscal year does not begin on the same day everywhere"),
    ("Easter 1916", "1916 …"),
    // Bounds and open ends.
    ("not after 1850", "[..1850]"),
    ("no later than 1850", "[..1850]"),
    ("by 1850", "[..1850]"),
    ("on or before 5 May 1999", "[..1999-05-05]"),
    ("not before 1850", "[1850..]"),
    ("1850 or later", "[1850..]"),
    ("1850 or earlier", "[..1850]"),
    ("after 1880 and before 1885", "[1881..1884]"),
    ("pre-1880", "[..1879]"),
    ("before the 19th century", "[..1799]"),
    ("after the 1880s", "[1890..]"),
    ("after summer 1880", "[1880-09-01..]"),
    ("1998–", "1998/"),
    ("–1998", "/1998"),
    ("1998 – present", "1998/.."),
    ("1998 onwards", "1998/"),
    ("1880ff.", "1880/"),
    ("1880+", "1880/"),
    ("/25 Nov 1034", "/1034-11-25"),
    ("25 Nov 1034/", "1034-11-25/"),
    ("1850–?", "1850/"),
    ("? – 1850", "/1850"),
    ("1999 – 1990", "no: it ends before it begins"),
    // GEDCOM.
    ("ABT 1880", "1880~"),
    ("CAL 31 DEC 1997", "1997-12-31~"),
    ("EST 1752", "1752~"),
    ("BEF 1828", "[..1827]"),
    ("AFT 2 MAR 1881", "[1881-03-03..]"),
    ("BET 1 JAN 1900 AND 5 MAR 1901", "[1900-01-01..1901-03-05]"),
    ("Bet. 1900 - 1901", "[1900..1901]"),
    ("FROM 1900 TO 1905", "1900/1905"),
    ("TO 1905", "/1905"),
    ("@#DJULIAN@ 1 JAN 1700", "1700-01-01 julian"),
    ("@#DFRENCH R@ 2 VEND 9", "no: its calendar is neither the Gregorian nor the Julian"),
    ("18 Brumaire VIII", "no: its calendar is neither the Gregorian nor the Julian"),
    ("FROM @#DJULIAN@ 1 JAN 1700 TO @#DGREGORIAN@ 5 JAN 1701", "no: its two ends are of different calendars"),
    ("INT 1880 (about eighteen eighty)", "1880 …"),
    ("11 FEB 1731/32", "1732-02-11 julian … (a date with a double year, read as of the Julian calendar)"),
    // Days of the week.
    ("Thursday, 15 April 2021", "2021-04-15 Thursday"),
    ("Friday, 15 April 2021", "2021-04-15 … Friday (a date that names another day of the week, kept as its wording)"),
    ("Mittwoch, 15. April 2021", "2021-04-15 … Mittwoch (a date that names another day of the week, kept as its wording)"),
    ("Mi, 14.4.2021", "2021-04-14 Mi"),
    ("Mon 3 – Wed 5 May 1999", "1999-05-03/1999-05-05"),
    ("Mon 3 – Thu 5 May 1999", "1999-05-03/1999-05-05 … (a date that names another day of the week, kept as its wording)"),
    ("Thursday April 2021", "2021-04 …"),
    // Years of two digits.
    ("15 Apr '21", "which century?"),
    ("15 Apr 21", "which century?"),
    ("15.04.21", "which century?"),
    ("15/04/21", "which?"),
    ("15-Apr-21", "which century?"),
    ("'14–'18", "which century?"),
    ("Apr-21", "no: it has no year"),
    ("May 68", "which century?"),
    // Times of programs.
    ("2020-05-01T00:00:00.123Z", "2020-05-01T00:00:00Z (a date with a fraction of a second, which was left out)"),
    ("2020-05-01 00:00:00.000", "2020-05-01T00:00:00"),
    ("2021-04-15T10:30:00.123+02:00", "2021-04-15T10:30:00+02:00 (a date with a fraction of a second, which was left out)"),
    ("2021-04-15 10:30 UTC", "2021-04-15T10:30:00Z"),
    ("Sat, 01 May 2021 10:00:00 +0200", "2021-05-01T10:00:00+02:00 Sat"),
    ("Sat May  1 10:00:00 2021", "2021-05-01T10:00:00 Sat"),
    ("Sat May 01 2021 10:00:00 GMT+0200 (Central European Summer Time)", "2021-05-01T10:00:00+02:00 … Sat"),
    ("1 May 2021 at 10:00 AM", "2021-05-01T10:00:00"),
    ("1. Mai 2021 um 10:00 Uhr", "2021-05-01T10:00:00"),
    ("1 mai 2021 à 14h30", "2021-05-01T14:30:00"),
    ("3 May 2020, 3 pm", "2020-05-03 …"),
    ("2021-04-15 10:30 CET", "2021-04-15T10:30:00 …"),
    ("2020-05-01T10:00:00Z/2020-05-02T12:00:00Z", "2020-05-01/2020-05-02 …"),
    ("2021-W15-4", "2021-04-15"),
    ("20210415", "2021-04-15"),
    ("2020-05-01T25:00:00Z", "no: there is no such time of day"),
    ("1999-05-00", "1999-05"),
    ("1999-00-00", "1999"),
    ("0000-00-00", "no: it says that the date is unknown"),
    ("44317", "no: it is not a known form of date"),
    // Bibliographies.
    ("© 2019", "2019"),
    ("©1999", "1999"),
    ("(c) 1999", "1999"),
    ("copyright 1999", "1999"),
    ("[1850]", "[1850]"),
    ("1850?", "1850?"),
    ("[ca. 1850]", "1850~"),
    ("s.a.", "no: it says that the date is unknown"),
    ("[n.d.]", "no: it says that the date is unknown"),
    ("o. J.", "no: it says that the date is unknown"),
    ("no date", "no: it says that the date is unknown"),
    ("N/A", "no: it says that the date is unknown"),
    ("?", "no: it says that the date is unknown"),
    ("open", "no: it depends on the day on which it was written"),
    // EDTF of 2012.
    ("199u", "199X"),
    ("1999-uu-uu", "1999-XX-XX"),
    ("1998/unknown", "1998/"),
    ("1999/open", "1999/.."),
    ("unknown/1999", "/1999"),
    ("y52000", "Y52000"),
    ("1984?~", "1984%"),
    // And the rest.
    ("2 May 1999 – 1 June 1999", "1999-05-02/1999-06-01"),
    ("3.V.1999", "1999-05-03"),
    ("1st May 1999", "1999-05-01"),
    ("the first of May 1999", "1999-05-01"),
    ("1999;2001", "no: it is not a known form of date"),
    ("1880 ± 5", "no: it is not a known form of date"),
    ("2021年4月15日", "no: it is not a known form of date"),
];

#[test]
fn dates_in_words_are_read_as_they_are_meant() {
    let wrong: Vec<String> = (READ.iter().chain(MORE))
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
    assert_eq!(with(DayOrder::DayFirst, "04/25/2021"), "no: there is no such day");
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
        ("2020-05-01 10:00:00", "2020-05-02", "2020-05-01/2020-05-02 …"),
        ("2nd c. BC", "3rd c. AD", "-01XX/02XX"),
        ("", "n.d.", "no: it says that the date is unknown"),
        ("1999", "1990", "no: it ends before it begins"),
        ("03/04/2021", "", "which?"),
        ("1999", "12.3.01", "which century?"),
        ("when it began", "1034", "no: it is not a known form of date"),
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
