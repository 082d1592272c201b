#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::*;

#[test]
fn a_date_keeps_what_edtf_cannot_say() {
    let read = |text: &str| Reading::default().read(text).unwrap();
    let winter = read("winter 1943");
    assert_eq!(winter.value()["display"], "winter 1943");
    assert_eq!(read("spring 1943").value(), "1943-21");
    let thursday = read("Thursday, 20 April 2023");
    assert_eq!(thursday.weekday(), Some("Thursday"));
    assert_eq!(
        (thursday.value(), thursday.remark()),
        ("2023-04-20".into(), None)
    );
    let friday = read("Freitag, 20. April 2023");
    assert_eq!(friday.value()["display"], "Freitag, 20. April 2023");
    assert!(friday.remark().is_some());
    let double = read("11 Feb 1731/2");
    assert_eq!(double.value()["calendar"], "julian");
    let ends = Reading::default().read_ends("early 1880s", "").unwrap();
    assert_eq!(ends.edtf(), "188X/");
    assert_eq!(ends.value()["display"], "early 1880s –");
}

#[test]
fn what_only_the_user_knows_is_asked() {
    let at = At::line(&"a.csv".into(), 3);
    let asked = |text: &str| {
        let unread = Reading::default().read(text).unwrap_err();
        why_unread(unread, &at, text).map_err(|error| error.help.clone().unwrap_or_default())
    };
    assert!(asked("03/04/2021").is_err_and(|help| help.contains("--dates dmy")));
    for short in ["3 April 21", "03.04.21", "'90s"] {
        assert!(
            asked(short).is_err_and(|help| help.contains("--century 19")),
            "{short}"
        );
    }
    assert_eq!(asked("n.d."), Ok("it says that the date is unknown"));
}

#[test]
fn serial_numbers_are_days_of_either_system() {
    let day = |serial, from_1904| of_serial(serial, from_1904).map(|date| date.edtf);
    assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
    assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
    assert_eq!(day(60.0, false), None, "29 February 1900 never was");
    assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
    assert_eq!(day(45_036.0, false).as_deref(), Some("2023-04-20"));
    assert_eq!(day(43_574.0, true).as_deref(), Some("2023-04-20"));
    assert_eq!(day(45_036.5, false).as_deref(), Some("2023-04-20T12:00:00"));
    assert_eq!(day(2_958_465.0, false).as_deref(), Some("9999-12-31"));
    for none in [-1.0, 0.5, f64::NAN, f64::INFINITY, 2_958_466.0] {
        assert_eq!(day(none, false), None, "{none}");
    }
}
