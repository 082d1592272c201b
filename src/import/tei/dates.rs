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
    let (from, to) = (said(&["from", "from-iso"]), said(&["to", "to-iso"]));
    let (after, before) = (
        said(&["notBefore", "notBefore-iso"]),
        said(&["notAfter", "notAfter-iso"]),
    );
    let mark = mark(node);
    let marked = |date: &str| format!("{date}{mark}");
    let edtf = match (when, from, to, after, before) {
        (Some(when), ..) => marked(when),
        (_, Some(from), Some(to), ..) => format!("{}/{}", marked(from), marked(to)),
        (_, Some(from), ..) => format!("{}/", marked(from)),
        (_, _, Some(to), ..) => format!("/{}", marked(to)),
        // One of the days between; EDTF cannot doubt such a set once more.
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
    }
}
