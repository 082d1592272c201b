//! One object of a bundle, and what its type makes of it.

use serde_json::Value;

use crate::dates::Dated;
use crate::json_object::{Object, text};
use crate::{Builder, Record};
use annals_source::{At, SourceError};
use annals_time::{Date, Day};

/// What an object becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Actor,
    Place,
    Event,
    Document,
    Topic,
    /// A note or an opinion.
    Claim,
    /// A relationship.
    Tie,
    /// A sighting.
    Sighting,
    /// What has no place among the facts.
    None,
}

/// What a type is.
pub(super) fn sort(kind: &str) -> Sort {
    match kind {
        "identity" | "threat-actor" | "intrusion-set" => Sort::Actor,
        "location" => Sort::Place,
        "campaign" | "incident" => Sort::Event,
        "report" | "grouping" => Sort::Document,
        "note" | "opinion" => Sort::Claim,
        "relationship" => Sort::Tie,
        "sighting" => Sort::Sighting,
        "malware" | "tool" | "attack-pattern" | "vulnerability" | "indicator"
        | "infrastructure" | "course-of-action" | "malware-analysis" => Sort::Topic,
        _ => Sort::None,
    }
}

/// An object, and where it stands.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) at: At,
    pub(super) id: String,
    pub(super) sort: Sort,
    pub(super) fields: Object,
}

impl Item {
    pub(super) fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }

    /// What it is called: its name, else its type and id.
    pub(super) fn name(&self) -> &str {
        let names = ["name", "abstract", "x_opencti_aliases"].map(|name| self.text(name));
        let name = names.into_iter().find(|name| !name.is_empty());
        name.unwrap_or(&self.id)
    }

    /// Its type.
    pub(super) fn kind(&self) -> &str {
        self.text("type")
    }

    /// Whether it is another version of an object that is newer than this one.
    pub(super) fn is_newer_than(&self, other: &Item) -> bool {
        // Both are written in the one form that the standard has, to the second or finer.
        let modified = |item: &Item| {
            let text = item.text("modified").trim_end_matches('Z').to_owned();
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        modified(self) > modified(other)
    }

    /// Whether it was taken back.
    pub(super) fn is_revoked(&self) -> bool {
        self.fields.get("revoked") == Some(&Value::Bool(true))
    }
}

/// The moment of a timestamp: to the second, in UTC.
fn moment(text: &str) -> Option<Dated> {
    let text = text.trim();
    let (head, rest) = (text.get(..19)?, text.get(19..)?);
    if !rest.ends_with('Z') && !rest.is_empty() {
        return None;
    }
    Dated::edtf_of(&format!("{head}Z")).ok()
}

/// Sets a date from a timestamp. A fraction of a second has no place in it, nor has what is no
/// timestamp: the text is kept under `x_` and told.
pub(super) fn set_moment(
    record: &mut Record,
    field: &'static str,
    item: &Item,
    name: &str,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let text = item.text(name).trim();
    if text.is_empty() {
        return Ok(());
    }
    let how = match moment(text) {
        Some(date) => {
            record.date(field, &date);
            let rest = text.get(19..).unwrap_or_default();
            if !rest.contains(|c: char| c.is_ascii_digit() && c != '0') {
                return Ok(());
            }
            "a date with a fraction of a second, which was left out and is kept under x_"
        }
        None => "a date that cannot be read, kept under x_",
    };
    record.extra(name, text);
    out.changed(&item.at, &format!("{name}: {text}"), how)
}

/// The day of a timestamp.
pub(super) fn day(text: &str) -> Option<Day> {
    Date::parse(text.trim().get(..10)?).ok()?.first()
}

/// From one timestamp to another, in days; either may be missing.
pub(super) fn between(first: &str, last: &str) -> Option<Dated> {
    let (first, last) = (day(first), day(last));
    let text = match (first, last) {
        (None, None) => return None,
        (Some(first), Some(last)) if first == last => first.to_string(),
        (first, last) => {
            let words = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{}/{}", words(first), words(last))
        }
    };
    Dated::edtf_of(&text).ok()
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::{Outputs, ReportForm, import};
    use annals_source::Source;

    #[test]
    fn fractions_of_seconds_are_kept_and_told() {
        for (time, said, told) in [
            (
                "2023-01-10T08:00:00.250Z",
                "said: 2023-01-10T08:00:00Z",
                true,
            ),
            (
                "2023-01-10T08:00:00.000001Z",
                "said: 2023-01-10T08:00:00Z",
                true,
            ),
            (
                "2023-01-10T08:00:00.000Z",
                "said: 2023-01-10T08:00:00Z",
                false,
            ),
            ("2023-01-10T08:00:00Z", "said: 2023-01-10T08:00:00Z", false),
            ("2023-01-10 8 o’clock", "x_created: ", true),
            ("2023-01-10T08:00:00+02:00", "x_created: ", true),
        ] {
            let bundle = format!(
                r#"{{"type": "bundle", "id": "bundle--1", "objects": [
                {{"type": "note", "id": "note--1", "created": "{time}", "content": "It rained.", "object_refs": []}}]}}"#
            );
            let source = Source::memory("a.json", bundle.into_bytes());
            let (mut facts, mut report) = (Vec::new(), Vec::new());
            let outputs = Outputs::to(&mut facts).reporting(&mut report, ReportForm::Text);
            import(
                &super::super::FORMAT,
                &[source],
                &Options::default(),
                outputs,
            )
            .unwrap();
            let (facts, report) = (
                String::from_utf8(facts).unwrap(),
                String::from_utf8(report).unwrap(),
            );
            assert!(facts.contains(said), "{facts}");
            assert_eq!(facts.contains("x_created: "), told, "{facts}");
            assert_eq!(
                report.contains(&format!("created: {time}: a date ")),
                told,
                "{report}"
            );
        }
    }
}
