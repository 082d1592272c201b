//! Findings as GitHub Actions workflow commands, which GitHub shows beside the lines.

use crate::{Finding, Locate, Severity};

/// A finding as one line: `::error file=…,line=…,title=…::message`. Its further places stand in the
/// message.
///
/// Columns are only given if the place lies on one line, as GitHub requires.
pub fn github(finding: &Finding, files: &dyn Locate) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = finding.place() {
        let place = files.locate(place).place;
        properties.push(format!("file={}", property(&place.file)));
        properties.push(format!("line={}", place.line));
        properties.push(format!("endLine={}", place.end_line));
        if place.line == place.end_line {
            properties.push(format!("col={}", place.column));
            // Its columns are inclusive.
            let last = place.end_column.saturating_sub(1).max(place.column);
            properties.push(format!("endColumn={last}"));
        }
    }
    let title = format!("{} {}", finding.code.code, finding.code.name);
    properties.push(format!("title={}", property(&title)));
    let mut words = finding.message.clone();
    for more in finding
        .notes
        .iter()
        .chain(finding.fixes.iter().map(|fix| &fix.message))
    {
        words.push('\n');
        words.push_str(more);
    }
    for place in &finding.further {
        let place = files.locate(place).place;
        words.push_str(&format!(
            "\nalso at {}:{}:{}",
            place.file, place.line, place.column
        ));
    }
    format!("::{command} {}::{}", properties.join(","), data(&words))
}

/// Escapes the text after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property value, before `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_is_escaped() {
        assert_eq!(data("50%: a\r\nb"), "50%25: a%0D%0Ab");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
