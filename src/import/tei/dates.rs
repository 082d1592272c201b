//! Dates in attributes, as TEI has them: `when`, `from` and `to`, `notBefore` and `notAfter`, with
//! `cert` and `precision`.
//!
//! Source: <https://tei-c.org/release/doc/tei-p5-doc/en/html/ND.html#NDATTS>.

use crate::dates::Dated;
use crate::xml_tree::Node;
use annals_time::Calendar;

/// The date of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// No attribute says one.
    None,
    Date(Dated),
    /// What the attributes say, which is no date that can be held.
    Unread(String),
}

pub(super) fn of(node: &Node) -> Read {
    let said = |names: &[&str]| names.iter().find_map(|name| node.get(name));
    let when = said(&["when", "when-iso"]);
    let custom = node.get("when-custom");
    let [from, to, after, before] = bounds(node).map(|bound| bound.map(day));
    let mark = mark(node);
    let marked = |date: &str| format!("{date}{mark}");
    let edtf = match (when, from, to, after, before) {
        (Some(when), ..) if mark.is_empty() => moment(when),
        (Some(when), ..) => marked(&day(when)),
        (_, Some(from), Some(to), ..) if from == to => marked(&from),
        (_, Some(from), Some(to), ..) => format!("{}/{}", marked(&from), marked(&to)),
        (_, Some(from), ..) => format!("{}/", marked(&from)),
        (_, _, Some(to), ..) => format!("/{}", marked(&to)),
        // One of the days between; EDTF cannot doubt such a set once more.
        (.., Some(after), Some(before)) if after == before => marked(&after),
        (.., Some(after), Some(before)) => format!("[{after}..{before}]"),
        (.., Some(after), None) => format!("[{after}..]"),
        (.., None, Some(before)) => format!("[..{before}]"),
        _ => match custom {
            Some(custom) => marked(custom),
            None => return Read::None,
        },
    };
    let julian = when.is_none()
        && custom.is_some()
        && (node
            .get("datingMethod")
            .into_iter()
            .chain(node.get("calendar")))
        .any(|one| one.to_lowercase().contains("julian"));
    let calendar = if julian {
        Calendar::Julian
    } else {
        Calendar::Gregorian
    };
    match Dated::in_calendar(&edtf, calendar) {
        // The words of anything else are more than a date.
        Ok(date) if node.name() == "date" && edtf.contains(['?', '~', '%', '[', '/']) => {
            Read::Date(date.displayed(&node.words()))
        }
        Ok(date) => Read::Date(date),
        Err(_) => Read::Unread(edtf),
    }
}

/// What attributes say that the date of them does not: a time of day in a stretch of days, a bound
/// of an end that is not known, how sure a set of days is.
pub(super) fn beside(node: &Node) -> Option<String> {
    const NAMES: [&str; 4] = ["from", "to", "notBefore", "notAfter"];
    let when = node.get("when").or(node.get("when-iso"));
    let bounds = bounds(node);
    let mut beside = Vec::new();
    if let Some(when) = when {
        let is_moment = when.contains('T');
        if is_moment && !mark(node).is_empty() {
            beside.push(format!("when {when}"));
        }
    }
    let is_set = when.is_none() && bounds[..2] == [None, None] && bounds[2] != bounds[3];
    if is_set && bounds[2..] != [None, None] && !mark(node).is_empty() {
        for name in ["cert", "precision", "evidence"] {
            beside.extend(node.get(name).map(|value| format!("{name} {value}")));
        }
    }
    let is_stretch = bounds[0].is_some() || bounds[1].is_some();
    for (nth, (name, bound)) in NAMES.iter().zip(bounds).enumerate() {
        let Some(bound) = bound else { continue };
        if when.is_some() || bound.contains('T') || is_stretch && nth > 1 {
            beside.push(format!("{name} {bound}"));
        }
    }
    (!beside.is_empty()).then(|| beside.join(", "))
}

/// `from`, `to`, `notBefore`, `notAfter`.
fn bounds(node: &Node) -> [Option<&str>; 4] {
    let said = |name, iso| node.get(name).or(node.get(iso));
    [
        said("from", "from-iso"),
        said("to", "to-iso"),
        said("notBefore", "notBefore-iso"),
        said("notAfter", "notAfter-iso"),
    ]
}

/// A date or a moment of XML Schema as EDTF has it: a day without its zone, a moment without
/// fractions of a second. The days of a stretch are each written so.
fn moment(value: &str) -> String {
    if value.contains('/') {
        return value.split('/').map(day).collect::<Vec<_>>().join("/");
    }
    let Some((date, time)) = value.split_once('T') else {
        return day(value);
    };
    let (clock, zone) = time.split_at(zone_begins(time).unwrap_or(time.len()));
    let clock = clock.split(['.', ',']).next().unwrap_or(clock);
    let clock = match clock.len() {
        5 => format!("{clock}:00"),
        _ => clock.to_owned(),
    };
    let zone = match zone.len() {
        // `+0200` of ISO 8601.
        5 => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => zone.to_owned(),
    };
    format!("{date}T{clock}{zone}")
}

/// The day, month or year, without a time and without a zone.
fn day(value: &str) -> String {
    let date = value.split('T').next().unwrap_or(value);
    let end = match zone_begins(date) {
        // A sign may also stand before a year or a month.
        Some(at) if date[at..].contains(':') || date.ends_with('Z') => at,
        _ => date.len(),
    };
    date[..end].to_owned()
}

/// Where the zone begins at the end of a time or a date: `Z`, `+02:00`, `+0200`, `-05`.
fn zone_begins(text: &str) -> Option<usize> {
    if text.ends_with('Z') {
        return Some(text.len() - 1);
    }
    let at = text.rfind(['+', '-'])?;
    let digits = text.get(at + 1..)?.bytes();
    let fits = matches!(text.len() - at, 3 | 5 | 6)
        && digits.clone().all(|b| b.is_ascii_digit() || b == b':');
    (fits && at > 0).then_some(at)
}

/// How sure a date is, as EDTF writes it.
fn mark(node: &Node) -> &'static str {
    let doubted = matches!(node.get("cert"), Some("low" | "medium" | "unknown"))
        || node.get("evidence") == Some("conjecture");
    let about = matches!(node.get("precision"), Some("low" | "medium" | "unknown"))
        || node.all("precision").next().is_some();
    match (doubted, about) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_edtf() {
        let read = |attributes: &str| {
            let xml = format!("<date {attributes}/>");
            let node = Node::read(&xml, &"a.xml".into()).unwrap();
            match of(&node) {
                Read::Date(date) => date.edtf().to_owned(),
                Read::Unread(words) => format!("unread {words}"),
                Read::None => "none".to_owned(),
            }
        };
        assert_eq!(read("when='1911-03'"), "1911-03");
        assert_eq!(read("when='1911' cert='low'"), "1911?");
        assert_eq!(read("when='1911' precision='low' cert='medium'"), "1911%");
        assert_eq!(read("from='1911' to='1913-02-01'"), "1911/1913-02-01");
        assert_eq!(read("from='1911'"), "1911/");
        assert_eq!(read("notBefore='1911' notAfter='1914'"), "[1911..1914]");
        assert_eq!(read("notAfter='1914-05-01'"), "[..1914-05-01]");
        assert_eq!(read("when='--05-01'"), "unread --05-01");
        assert_eq!(
            read("when-custom='1911-03-01' datingMethod='#julian'"),
            "1911-03-01"
        );
        assert_eq!(read("n='3'"), "none");
        for (written, wanted) in [
            ("when='2020-04-08+02:00'", "2020-04-08"),
            ("when='2020-04-08-05:00'", "2020-04-08"),
            ("when='2020-04-08Z'", "2020-04-08"),
            ("when='2020-04+02:00'", "2020-04"),
            ("when='2020Z'", "2020"),
            ("when='-0043-03-15Z'", "-0043-03-15"),
            (
                "when='2018-03-30T13:47:49.11+02:00'",
                "2018-03-30T13:47:49+02:00",
            ),
            ("when='2018-03-30T13:47:49.123456Z'", "2018-03-30T13:47:49Z"),
            ("when='2018-03-30T13:47:49'", "2018-03-30T13:47:49"),
            (
                "when-iso='2018-03-30T13:47+0200'",
                "2018-03-30T13:47:00+02:00",
            ),
            ("when='2018-03-30T13:47:49Z' cert='low'", "2018-03-30?"),
            ("when-iso='2018-03-30/2018-04-02'", "2018-03-30/2018-04-02"),
            (
                "from='2018-03-30T10:00:00Z' to='2018-04-02+02:00'",
                "2018-03-30/2018-04-02",
            ),
            (
                "from='2018-03-30T10:00:00' to='2018-03-30T12:00:00'",
                "2018-03-30",
            ),
            (
                "notBefore='1810-07-11Z' notAfter='1810-07-18Z'",
                "[1810-07-11..1810-07-18]",
            ),
            ("when='10:22:00'", "unread 10:22:00"),
            ("when='é+02:00'", "unread é"),
        ] {
            assert_eq!(read(written), wanted, "{written}");
        }
    }

    #[test]
    fn what_a_date_does_not_hold_is_given_back() {
        let read = |attributes: &str| {
            let xml = format!("<date {attributes}/>");
            beside(&Node::read(&xml, &"a.xml".into()).unwrap())
        };
        let some = |words: &str| Some(words.to_owned());
        assert_eq!(read("when='1911'"), None);
        assert_eq!(read("from='1911' to='1913' cert='low'"), None);
        assert_eq!(read("notBefore='1911' cert='low'"), some("cert low"));
        assert_eq!(read("notBefore='1911' notAfter='1913'"), None);
        assert_eq!(read("from='1911' notAfter='1913'"), some("notAfter 1913"));
        assert_eq!(
            read("from='2018-03-30T10:00:00' to='2018-03-31'"),
            some("from 2018-03-30T10:00:00")
        );
        assert_eq!(read("when='1911' notBefore='1910'"), some("notBefore 1910"));
    }
}
