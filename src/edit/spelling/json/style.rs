//! How a file of JSON is laid out, and values in that layout.

use serde_json::{Map, Value};

use super::tree::{Is, Node};

/// The layout of a record.
#[derive(Debug, Clone)]
pub(super) struct Style {
    /// What stands between key and value.
    colon: String,
    /// What stands after a comma on one line.
    gap: String,
    /// The indentation of one level, where a record takes a line a field.
    unit: Option<String>,
    /// Whether lists and objects within a record do so too.
    inner_lines: bool,
    line_break: &'static str,
}

impl Style {
    /// The layout of a record that is there.
    pub(super) fn of(text: &str, record: &Node, line_break: &'static str) -> Style {
        let mut style = Style::usual(line_break);
        let entries = record.entries();
        let Some(first) = entries.first() else {
            return style;
        };
        text[first.key.end..first.value.range.start].clone_into(&mut style.colon);
        let before = &text[record.range.start + 1..first.key.start];
        let close = entries
            .last()
            .map_or("", |last| &text[last.value.range.end..record.range.end - 1]);
        let indent = |blank: &str| blank.rsplit(['\n', '\r']).next().unwrap_or("").to_owned();
        if before.contains(['\n', '\r']) {
            let (inside, outside) = (indent(before), indent(close));
            let unit = inside.strip_prefix(&outside).unwrap_or("  ");
            style.unit = Some(unit.to_owned());
            style.inner_lines = true;
        } else if let [one, two, ..] = entries {
            let comma = &text[one.value.range.end..two.key.start];
            let gap = comma.trim_start().strip_prefix(',').unwrap_or(" ");
            style.gap = if gap.contains(['\n', '\r']) {
                " ".to_owned()
            } else {
                gap.to_owned()
            };
        } else if !style.colon.ends_with(' ') {
            style.gap = String::new();
        }
        if let Some(inner) = entries.iter().find_map(|entry| several(&entry.value)) {
            style.inner_lines &= text[inner.range.clone()].contains(['\n', '\r']);
            if !style.inner_lines && style.unit.is_some() {
                style.gap = inner_gap(text, inner).unwrap_or(style.gap);
            }
        }
        style
    }

    /// `{"id": "a", "name": "b"}`.
    pub(super) fn usual(line_break: &'static str) -> Style {
        Style {
            colon: ": ".to_owned(),
            gap: " ".to_owned(),
            unit: None,
            inner_lines: false,
            line_break,
        }
    }

    /// What stands after a comma on one line.
    pub(super) fn gap(&self) -> &str {
        &self.gap
    }

    /// The indentation of one level: of a file whose records take one line, two spaces.
    pub(super) fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or("  ")
    }

    /// A record whose closing brace is indented so.
    pub(super) fn record(&self, fields: &Map<String, Value>, indent: &str) -> String {
        let mut out = String::new();
        self.object(fields, indent, self.unit.is_some(), &mut out);
        out
    }

    /// A field of a record whose keys are indented so.
    pub(super) fn entry(&self, name: &str, value: &Value, indent: &str) -> String {
        format!(
            "{}{}{}",
            Value::from(name),
            self.colon,
            self.inner(value, indent)
        )
    }

    /// A value within a record.
    pub(super) fn inner(&self, value: &Value, indent: &str) -> String {
        let mut out = String::new();
        self.value(value, indent, self.inner_lines, &mut out);
        out
    }

    fn value(&self, value: &Value, indent: &str, lines: bool, out: &mut String) {
        match value {
            Value::Object(fields) if !fields.is_empty() => self.object(fields, indent, lines, out),
            Value::Array(items) if !items.is_empty() => {
                let deeper = format!("{indent}{}", self.unit());
                out.push('[');
                for (nth, item) in items.iter().enumerate() {
                    self.before(nth, lines, &deeper, out);
                    self.value(item, &deeper, lines, out);
                }
                self.close(lines, indent, out);
                out.push(']');
            }
            other => out.push_str(&other.to_string()),
        }
    }

    fn object(&self, fields: &Map<String, Value>, indent: &str, lines: bool, out: &mut String) {
        let deeper = format!("{indent}{}", self.unit());
        out.push('{');
        for (nth, (name, value)) in fields.iter().enumerate() {
            self.before(nth, lines, &deeper, out);
            out.push_str(&Value::from(name.as_str()).to_string());
            out.push_str(&self.colon);
            self.value(value, &deeper, lines && self.inner_lines, out);
        }
        self.close(lines, indent, out);
        out.push('}');
    }

    fn before(&self, nth: usize, lines: bool, indent: &str, out: &mut String) {
        if nth > 0 {
            out.push(',');
        }
        if lines {
            out.push_str(self.line_break);
            out.push_str(indent);
        } else if nth > 0 {
            out.push_str(&self.gap);
        }
    }

    fn close(&self, lines: bool, indent: &str, out: &mut String) {
        if lines {
            out.push_str(self.line_break);
            out.push_str(indent);
        }
    }
}

/// A list or an object that is not empty.
fn several(node: &Node) -> Option<&Node> {
    let has_some = match &node.is {
        Is::Object(entries) => !entries.is_empty(),
        Is::Array(items) => !items.is_empty(),
        Is::Scalar => false,
    };
    has_some.then_some(node)
}

/// What stands after the first comma of a list or an object on one line.
fn inner_gap(text: &str, node: &Node) -> Option<String> {
    let (end, start) = match &node.is {
        Is::Object(entries) => (entries.first()?.value.range.end, entries.get(1)?.key.start),
        Is::Array(items) => (items.first()?.range.end, items.get(1)?.range.start),
        Is::Scalar => return None,
    };
    let gap = text[end..start].trim_start().strip_prefix(',')?;
    Some(gap.to_owned())
}
