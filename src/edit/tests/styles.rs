//! Files of the same records in many styles, written without the code under test.

use serde_json::{Map, Value};

use super::worlds::{Dice, trimmed};
use annals_model::{RecordKind, Vocabulary as _};

type World = [(RecordKind, Map<String, Value>)];

/// A file: its name, its text, and the records as they are in it.
pub(super) struct Styled {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) records: Vec<(RecordKind, Map<String, Value>)>,
}

/// Records in some style.
pub(super) fn styled(dice: &mut Dice, world: &World) -> Styled {
    let (name, text, records) = match dice.below(6) {
        0..=2 => ("f.yaml".to_owned(), yaml(dice, world), world.to_vec()),
        3 => ("f.json".to_owned(), json(dice, world), world.to_vec()),
        4 => (
            "f.jsonl".to_owned(),
            json_lines(dice, world),
            world.to_vec(),
        ),
        _ => table(dice, world),
    };
    let line_break = match dice.below(4) {
        0 => "\r\n",
        1 if name == "f.yaml" => "\r",
        _ => "\n",
    };
    let text = text.replace('\n', line_break);
    let mark = if dice.once_in(3) { "\u{feff}" } else { "" };
    Styled {
        name,
        text: format!("{mark}{text}"),
        records,
    }
}

/// A comment, an empty line, or neither. After a text that keeps its line breaks, an empty line would be
/// one more of them.
fn comment(dice: &mut Dice, indent: usize, open: bool, out: &mut String) {
    if open {
        return;
    }
    if dice.once_in(4) {
        out.push_str(&format!(
            "{}# a comment: with, [signs] \"x\n",
            " ".repeat(indent)
        ));
    }
    if dice.once_in(5) {
        out.push('\n');
    }
}

/// What may stand behind a value on its line.
fn behind(dice: &mut Dice) -> &'static str {
    match dice.below(8) {
        0 => "  # behind: it",
        1 => "   ",
        _ => "",
    }
}

fn double_quoted(text: &str) -> String {
    // JSON's strings are YAML's, but for characters that YAML takes for breaks.
    let json = Value::from(text).to_string();
    let mut out = String::new();
    for c in json.chars() {
        match c {
            '\u{85}' => out.push_str("\\N"),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            '\u{feff}' => out.push_str("\\uFEFF"),
            c => out.push(c),
        }
    }
    out
}

fn yaml_text(dice: &mut Dice, text: &str, column: usize, flow: bool) -> String {
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    let simple = !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || c == ' ')
        && text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && !matches!(text, "null" | "true");
    match dice.below(4) {
        0 if simple => text.to_owned(),
        1 if !text.contains(odd) => format!("'{}'", text.replace('\'', "''")),
        2 if !flow
            && !text.chars().any(|c| c != '\n' && odd(c))
            && text.starts_with(|c: char| !c.is_whitespace() && c != '#')
            && !text.ends_with(char::is_whitespace)
            && text
                .lines()
                .all(|line| line.is_empty() || !line.trim().is_empty()) =>
        {
            let mut out = String::from(if dice.once_in(2) {
                "|-"
            } else {
                "|-  # header"
            });
            for line in text.split('\n') {
                out.push('\n');
                if !line.is_empty() {
                    out.push_str(&" ".repeat(column + 2));
                    out.push_str(line);
                }
            }
            out
        }
        // Folded, and plain over two lines.
        3 if !flow && simple && text.contains(' ') => {
            let deeper = " ".repeat(column + 3);
            match dice.below(2) {
                0 => format!(
                    ">-\n{deeper}{}",
                    text.replacen(' ', &format!("\n{deeper}"), 1)
                ),
                _ => text.replacen(' ', &format!("\n{deeper}"), 1),
            }
        }
        _ => double_quoted(text),
    }
}

/// A text that ends with line breaks, which a block keeps.
fn kept(text: &str, column: usize) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\n');
    let fits = body.len() < text.len()
        && !body.is_empty()
        && body.chars().all(plain)
        && body.starts_with(char::is_alphabetic)
        && body
            .lines()
            .all(|line| line.is_empty() || !line.trim().is_empty());
    let lines = body.split('\n').map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("\n{}{line}", " ".repeat(column + 2)),
    });
    let ends = "\n".repeat((text.len() - body.len()).saturating_sub(1));
    fits.then(|| format!("|+{}{ends}", lines.collect::<String>()))
}

fn yaml_flow(dice: &mut Dice, value: &Value) -> String {
    match value {
        Value::String(text) => yaml_text(dice, text, 0, true),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| yaml_flow(dice, item)).collect();
            let gap = if dice.once_in(4) { " , " } else { ", " };
            let end = if dice.once_in(6) && !items.is_empty() {
                ","
            } else {
                ""
            };
            format!("[{}{end}]", items.join(gap))
        }
        Value::Object(fields) => {
            let each: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", yaml_flow(dice, value)))
                .collect();
            let end = if dice.once_in(6) && !each.is_empty() {
                " ,"
            } else {
                ""
            };
            format!("{{{}{end}}}", each.join(", "))
        }
        other => other.to_string(),
    }
}

fn yaml_block(dice: &mut Dice, value: &Value, column: usize) -> String {
    match value {
        Value::Array(items) if !items.is_empty() && dice.once_in(2) => {
            let deeper = column + 2 * dice.below(2);
            let mut out = behind(dice).to_owned();
            for item in items {
                out.push('\n');
                if dice.once_in(6) {
                    out.push_str(&format!("{}# within\n", " ".repeat(deeper)));
                }
                let flow = yaml_flow(dice, item);
                out.push_str(&format!("{}- {flow}", " ".repeat(deeper)));
            }
            out
        }
        Value::Object(fields) if !fields.is_empty() && dice.once_in(2) => {
            let deeper = column + 2 + dice.below(2);
            let mut out = behind(dice).to_owned();
            for (name, value) in fields {
                let value = yaml_flow(dice, value);
                out.push_str(&format!("\n{}{name}: {value}", " ".repeat(deeper)));
            }
            out
        }
        Value::String(text) => {
            if let Some(block) = kept(text, column).filter(|_| dice.once_in(2)) {
                return format!(" {block}");
            }
            let anchor = if dice.once_in(8) { "&mark " } else { "" };
            let text = format!("{anchor}{}", yaml_text(dice, text, column, false));
            if text.contains(['|', '>']) || text.contains('\n') {
                return format!(" {text}");
            }
            let gap = if dice.once_in(5) { "   " } else { " " };
            format!("{gap}{text}{}", behind(dice))
        }
        other => format!(" {}{}", yaml_flow(dice, other), behind(dice)),
    }
}

fn yaml(dice: &mut Dice, world: &World) -> String {
    if dice.once_in(8) {
        return yaml_in_braces(dice, world);
    }
    let mut out = String::new();
    comment(dice, 0, false, &mut out);
    if dice.once_in(6) {
        out.push_str("---\n");
    }
    out.push_str("annals: 1\n");
    let dash = 2 * dice.below(3);
    let gap = 1 + dice.below(3);
    let spaced = dice.once_in(3);
    let mut open = false;
    for kind in super::worlds::KINDS {
        let records: Vec<_> = world.iter().filter(|(one, _)| one == kind).collect();
        if records.is_empty() {
            match dice.below(4) {
                0 => out.push_str(&format!("{}:{}\n", kind.plural(), behind(dice))),
                1 => out.push_str(&format!("{}: []{}\n", kind.plural(), behind(dice))),
                2 => out.push_str(&format!("{}: null\n", kind.plural())),
                _ => {}
            }
            continue;
        }
        comment(dice, 0, open, &mut out);
        out.push_str(&format!("{}:{}\n", kind.plural(), behind(dice)));
        for (_, fields) in records {
            if spaced && !open {
                out.push('\n');
            }
            comment(dice, dash, open, &mut out);
            open = false;
            let before = format!("{}-{}", " ".repeat(dash), " ".repeat(gap));
            let column = dash + 1 + gap;
            if dice.once_in(3) {
                let flow = if dice.once_in(3) {
                    flow_in_lines(dice, fields, column)
                } else {
                    yaml_flow(dice, &Value::Object(fields.clone()))
                };
                out.push_str(&format!("{before}{flow}{}\n", behind(dice)));
                continue;
            }
            for (nth, (name, value)) in fields.iter().enumerate() {
                if nth == 0 {
                    out.push_str(&before);
                } else {
                    comment(dice, column, open, &mut out);
                    out.push_str(&" ".repeat(column));
                }
                let value = yaml_block(dice, value, column);
                open = value.starts_with(" |+");
                out.push_str(&format!("{name}:{value}\n"));
            }
        }
    }
    if open {
        return out;
    }
    if dice.once_in(4) {
        out.push_str("\n\n");
    } else if dice.once_in(4) && !out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// A record between braces, a field a line, some with a comment.
fn flow_in_lines(dice: &mut Dice, fields: &Map<String, Value>, column: usize) -> String {
    let mut out = String::from("{");
    let last = fields.len() - 1;
    for (nth, (name, value)) in fields.iter().enumerate() {
        let value = yaml_flow(dice, value);
        out.push_str(&format!("{name}: {value}"));
        let comma = if nth < last || dice.once_in(4) {
            ","
        } else {
            ""
        };
        let comment = if dice.once_in(4) { "  # within" } else { "" };
        let indent = " ".repeat(if nth < last { column + 1 } else { column });
        out.push_str(&format!("{comma}{comment}\n{indent}"));
    }
    out.push('}');
    out
}

/// The whole file as one flow mapping, on one line or several.
fn yaml_in_braces(dice: &mut Dice, world: &World) -> String {
    let lines = dice.once_in(2);
    let (open, gap, close) = if lines {
        ("{\n  ", ",\n  ", "\n}\n")
    } else {
        ("{", ", ", "}\n")
    };
    let mut parts = vec!["annals: 1".to_owned()];
    for kind in super::worlds::KINDS {
        let records = world.iter().filter(|(one, _)| one == kind);
        let records: Vec<String> = records
            .map(|(_, fields)| yaml_flow(dice, &Value::Object(fields.clone())))
            .collect();
        if !records.is_empty() || dice.once_in(4) {
            parts.push(format!("{}: [{}]", kind.plural(), records.join(gap)));
        }
    }
    format!("{open}{}{close}", parts.join(gap))
}

fn spelled(value: &Value, style: usize) -> String {
    use serde::Serialize as _;
    let indent: &[u8] = match style {
        0 => return value.to_string(),
        1 => {
            // As Python writes it: a space after each comma and colon.
            return spaced(value);
        }
        2 => b"  ",
        3 => b"\t",
        _ => b"    ",
    };
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
    let mut writer = serde_json::Serializer::with_formatter(&mut out, formatter);
    value.serialize(&mut writer).unwrap();
    String::from_utf8(out).unwrap()
}

fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let each = fields.iter();
            let each: Vec<String> = each
                .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), spaced(value)))
                .collect();
            format!("{{{}}}", each.join(", "))
        }
        other => other.to_string(),
    }
}

fn json(dice: &mut Dice, world: &World) -> String {
    let mut root = Map::new();
    root.insert("annals".to_owned(), 1.into());
    for kind in super::worlds::KINDS {
        let records = world.iter().filter(|(one, _)| one == kind);
        let records: Vec<Value> = records
            .map(|(_, fields)| Value::Object(fields.clone()))
            .collect();
        if !records.is_empty() || dice.once_in(4) {
            root.insert(kind.plural().to_owned(), records.into());
        }
    }
    if dice.once_in(3) {
        // Lists in lines, a record a line.
        let mut parts = vec!["  \"annals\": 1".to_owned()];
        for (name, value) in root.iter().skip(1) {
            let records = value.as_array().unwrap();
            let style = dice.below(2);
            let records: Vec<String> = records
                .iter()
                .map(|one| format!("    {}", spelled(one, style)))
                .collect();
            parts.push(match records.as_slice() {
                [] => format!("  \"{name}\": [ ]"),
                some => format!("  \"{name}\": [\n{}\n  ]", some.join(",\n")),
            });
        }
        return format!("{{\n{}\n}}\n", parts.join(",\n"));
    }
    let style = dice.below(5);
    let end = if dice.once_in(2) { "\n" } else { "" };
    format!("{}{end}", spelled(&Value::Object(root), style))
}

fn json_lines(dice: &mut Dice, world: &World) -> String {
    let style = dice.below(2);
    let mut out = String::new();
    for (kind, fields) in world {
        let mut line = Map::new();
        line.insert("type".to_owned(), kind.word().into());
        line.extend(fields.clone());
        out.push_str(&spelled(&Value::Object(line), style));
        out.push('\n');
        if dice.once_in(6) {
            out.push('\n');
        }
    }
    if dice.once_in(3) {
        out.pop();
    }
    out
}

/// The claims alone, as a table; with the values that its cells can hold.
#[expect(
    clippy::type_complexity,
    reason = "records as they are everywhere here"
)]
fn table(
    dice: &mut Dice,
    world: &World,
) -> (String, String, Vec<(RecordKind, Map<String, Value>)>) {
    let (name, delimiter) = *dice.one(&[
        &("claims.csv", ','),
        &("claims.csv", ';'),
        &("claims.tsv", '\t'),
    ]);
    let headings = [
        "id",
        "speaker",
        "about",
        "act",
        "quote",
        "content",
        "said",
        "note",
        "tags",
        "evidence.document",
        "evidence.quote",
        "retracted",
        "x_n",
    ];
    let mut records = Vec::new();
    for (kind, fields) in world.iter().filter(|(kind, _)| *kind == RecordKind::Claim) {
        let mut kept = Map::new();
        for (name, value) in fields {
            if let Some(value) = in_table(name, value) {
                kept.insert(name.clone(), value);
            }
        }
        records.push((*kind, kept));
    }
    let always = dice.once_in(3);
    let quoted = |text: &str| {
        if always || text.contains(['"', '\n', '\r', delimiter]) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let join = |cells: Vec<String>| cells.join(&delimiter.to_string());
    let mut out = join(headings.iter().map(|heading| quoted(heading)).collect());
    out.push('\n');
    for (_, fields) in &records {
        let mut cells: Vec<String> = headings
            .iter()
            .map(|heading| quoted(&cell(fields, heading)))
            .collect();
        // A short row.
        while !always
            && dice.once_in(2)
            && cells.len() > 2
            && cells.last().is_some_and(String::is_empty)
        {
            cells.pop();
        }
        out.push_str(&join(cells));
        out.push('\n');
    }
    if dice.once_in(3) {
        out.pop();
    }
    (name.to_owned(), out, records)
}

/// A value as a cell of the table can hold it.
pub(super) fn in_table(name: &str, value: &Value) -> Option<Value> {
    let texts = |value: &Value| -> Vec<Value> {
        let items = match value {
            Value::Array(items) => items.clone(),
            one => vec![one.clone()],
        };
        // Before a semicolon, a backslash is read with it.
        let plain = |text: &str| {
            trimmed(text)
                .replace(['\\', '\r', '\n'], "/")
                .trim_end_matches(';')
                .trim()
                .to_owned()
        };
        let items = items.iter().filter_map(Value::as_str).map(plain);
        items
            .map(|text| {
                if text.is_empty() {
                    "x".into()
                } else {
                    text.into()
                }
            })
            .collect()
    };
    Some(match name {
        "id" | "act" => value.clone(),
        "quote" | "content" | "note" => trimmed(value.as_str()?).replace(['\r', '\n'], " ").into(),
        "speaker" | "about" | "tags" => texts(value).into(),
        "said" | "retracted" => value.as_str()?.into(),
        "x_n" => value
            .as_str()
            .map(trimmed)?
            .replace(['\r', '\n'], " ")
            .into(),
        "evidence" => {
            let first = match value {
                Value::Array(items) if items.len() == 1 => items.first()?,
                Value::Object(_) => value,
                _ => return None,
            };
            let mut kept = Map::new();
            kept.insert("document".to_owned(), first["document"].clone());
            if let Some(quote) = first["quote"].as_str() {
                kept.insert(
                    "quote".to_owned(),
                    trimmed(quote).replace(['\r', '\n'], " ").into(),
                );
            }
            vec![Value::Object(kept)].into()
        }
        _ => return None,
    })
}

fn cell(fields: &Map<String, Value>, heading: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match heading {
        "evidence.document" => text(&fields.get("evidence").unwrap_or(&Value::Null)[0]["document"]),
        "evidence.quote" => text(&fields.get("evidence").unwrap_or(&Value::Null)[0]["quote"]),
        "speaker" | "about" | "tags" => {
            let items = fields.get(heading).and_then(Value::as_array);
            let items = items
                .into_iter()
                .flatten()
                .map(|item| text(item).replace(';', "\\;"));
            items.collect::<Vec<_>>().join("; ")
        }
        _ => fields.get(heading).map_or_else(String::new, text),
    }
}
