//! Findings in SARIF 2.1.0 (OASIS), for code scanning tools and editors.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::json::row;
use crate::{Code, FilePlace, Finding, Locate, Severity};
use annals_model::Facts;

/// A run as a SARIF log: the codes that occurred, and the findings with all of their places. Each
/// result is made when it is written, so that a million of them need not be in memory.
#[derive(Clone, Copy)]
pub struct Sarif<'a> {
    findings: &'a [Finding],
    facts: &'a Facts,
    files: &'a dyn Locate,
}

impl<'a> Sarif<'a> {
    /// The log of these findings.
    pub fn new(findings: &'a [Finding], facts: &'a Facts, files: &'a dyn Locate) -> Self {
        Sarif {
            findings,
            facts,
            files,
        }
    }
}

impl std::fmt::Debug for Sarif<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.findings).finish()
    }
}

impl Serialize for Sarif<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut log = serializer.serialize_map(Some(3))?;
        log.serialize_entry("$schema", "https://json.schemastore.org/sarif-2.1.0.json")?;
        log.serialize_entry("version", "2.1.0")?;
        log.serialize_entry("runs", &[Run(*self)])?;
        log.end()
    }
}

/// The only run of a log.
struct Run<'a>(Sarif<'a>);

impl Serialize for Run<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let codes = self.0.findings.iter().map(|one| (one.code.code, one.code));
        let codes: BTreeMap<&str, &'static Code> = codes.collect();
        let mut run = serializer.serialize_map(Some(3))?;
        run.serialize_entry(
            "tool",
            &json!({"driver": {
                "name": "annals",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.values().map(|code| rule(code)).collect::<Vec<_>>(),
            }}),
        )?;
        run.serialize_entry("columnKind", "unicodeCodePoints")?;
        let codes = codes.keys().enumerate();
        let codes = codes.map(|(index, code)| (*code, index)).collect();
        let log = self.0;
        run.serialize_entry("results", &Results { log, codes })?;
        run.end()
    }
}

/// The results of a run, with the index of each code among its rules.
struct Results<'a> {
    log: Sarif<'a>,
    codes: BTreeMap<&'static str, usize>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (facts, files) = (self.log.facts, self.log.files);
        serializer.collect_seq(self.log.findings.iter().map(|finding| {
            let index = self.codes.get(finding.code.code).copied();
            result(finding, index.unwrap_or(0), facts, files)
        }))
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(code: &Code) -> Value {
    let section = |heading: &str| code.section(heading).unwrap_or_default().replace('\n', " ");
    json!({
        "id": code.code,
        "name": code.name,
        "shortDescription": {"text": code.title()},
        "fullDescription": {"text": section("What it finds")},
        "help": {"text": section("Why it matters"), "markdown": code.page()},
        "defaultConfiguration": {"level": level(code.severity)},
    })
}

fn result(finding: &Finding, index: usize, facts: &Facts, files: &dyn Locate) -> Value {
    let data = row(finding, facts, files);
    let mut words = finding.message.clone();
    for note in &finding.notes {
        words.push('\n');
        words.push_str(note);
    }
    let mut places = data
        .places
        .iter()
        .map(|place| location(&place.place, place.label.as_deref()));
    let first: Vec<Value> = places.next().into_iter().collect();
    let related: Vec<Value> = places
        .enumerate()
        .map(|(nth, mut place)| {
            place["id"] = json!(nth + 1);
            place
        })
        .collect();
    let fixes = data.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| {
        let changes = fix.edits.iter().map(|edit| {
            json!({
                "artifactLocation": {"uri": uri(&edit.place.file)},
                "replacements": [{
                    "deletedRegion": region(&edit.place),
                    "insertedContent": {"text": edit.text.as_deref().unwrap_or("")},
                }],
            })
        });
        json!({"description": {"text": fix.message}, "artifactChanges": changes.collect::<Vec<_>>()})
    });
    let mut result = json!({
        "ruleId": data.code,
        "ruleIndex": index,
        "level": level(data.severity),
        "message": {"text": words},
        "locations": first,
        "properties": {"records": data.records},
    });
    let fixes: Vec<Value> = fixes.collect();
    for (key, values) in [("relatedLocations", related), ("fixes", fixes)] {
        if !values.is_empty() {
            result[key] = Value::Array(values);
        }
    }
    result
}

fn location(place: &FilePlace, label: Option<&str>) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(&place.file)},
            "region": region(place),
        },
    });
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        location["message"] = json!({"text": label});
    }
    location
}

fn region(place: &FilePlace) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// A path as a relative URI reference (RFC 3986): unreserved characters unchanged, all other bytes
/// percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("a b/ї#1.yaml"), "a%20b/%D1%97%231.yaml");
    }
}
