//! Dates of `FollowTheMoney`: `2021`, `2021-04`, `2021-04-20`, `2021-04-20T10:00:00`.

use crate::dates::{Dated, Reading};

/// A date in EDTF; its time of day only where it is asked for. `None` where it is none.
pub(super) fn edtf(text: &str, with_time: bool) -> Option<String> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let valid = |text: &str| Dated::edtf_of(text).is_ok();
    let is_plain = day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !is_plain || day.len() < 4 || !valid(day) {
        return None;
    }
    if with_time && time.len() >= 8 && day.len() == 10 {
        let whole = Reading::default().read(text).ok();
        if let Some(whole) = whole.filter(|whole| whole.edtf().starts_with(day)) {
            return Some(whole.edtf().to_owned());
        }
    }
    Some(day.to_owned())
}

/// From a first to a last date, either of which may be unknown (empty); `None` where both are, or
/// the last lies before the first.
pub(super) fn between(first: &str, last: &str) -> Option<Dated> {
    let text = match (first, last) {
        ("", "") => return None,
        (first, last) if first == last => first.to_owned(),
        (first, last) => format!("{first}/{last}"),
    };
    Dated::edtf_of(&text).ok()
}

/// The one date of several: the one that all others are parts of or make more precise, if there is
/// one. The second says whether they agree.
pub(super) fn best(values: &[String]) -> (Option<String>, bool) {
    let mut dates: Vec<String> = values
        .iter()
        .filter_map(|value| edtf(value, false))
        .collect();
    dates.sort_by_key(String::len);
    let Some(most) = dates.last() else {
        return (None, true);
    };
    if dates.iter().all(|date| most.starts_with(date.as_str())) {
        return (Some(most.clone()), true);
    }
    // They differ: the part that they share, if it is a date, is what is known.
    let shared = [7, 4].into_iter().find_map(|length| {
        let head = dates.first()?.get(..length)?;
        (dates.iter().all(|date| date.get(..length) == Some(head))).then(|| head.to_owned())
    });
    let first = values.iter().find_map(|value| edtf(value, false));
    (shared.or(first), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_what_is_known() {
        assert_eq!(edtf("2021-04", false).as_deref(), Some("2021-04"));
        assert_eq!(
            edtf("2021-04-20T10:00:00", true).as_deref(),
            Some("2021-04-20T10:00:00")
        );
        for (text, edtf) in [
            ("2021-04-20T10:00:00.250Z", "2021-04-20T10:00:00Z"),
            ("2021-04-20T10:00:00+0200", "2021-04-20T10:00:00+02:00"),
            ("2021-04-20 10:00:00+00:00", "2021-04-20T10:00:00+00:00"),
            ("2021-04-20T99:00:00", "2021-04-20"),
        ] {
            assert_eq!(super::edtf(text, true).as_deref(), Some(edtf), "{text}");
        }
        assert_eq!(edtf("2021-13", true), None);
        let best = |dates: &[&str]| {
            let dates: Vec<String> = dates.iter().map(|date| (*date).to_owned()).collect();
            super::best(&dates)
        };
        assert_eq!(
            best(&["1970", "1970-04-02"]),
            (Some("1970-04-02".into()), true)
        );
        assert_eq!(
            best(&["1970-04-02", "1970-05-02"]),
            (Some("1970".into()), false)
        );
        assert_eq!(best(&["1971", "1970"]), (Some("1971".into()), false));
        assert_eq!(best(&["soon"]), (None, true));
    }
}
