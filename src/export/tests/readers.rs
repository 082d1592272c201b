//! Small readers of the formats, written for the tests.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use serde_json::Value;

use super::Files;
use crate::xml::{as_name, read_back};

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) aliases: Option<Vec<String>>,
    pub(super) content: Option<String>,
    pub(super) own: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) kind: String,
    pub(super) role: Option<String>,
    pub(super) note: Option<String>,
}

impl Read {
    /// The same without texts that are empty, which some formats cannot tell from none.
    pub(super) fn without_empty(&self) -> Self {
        let mut read = self.clone();
        let some = |text: &mut Option<String>| *text = text.take().filter(|text| !text.is_empty());
        for node in &mut read.nodes {
            some(&mut node.content);
            node.own.take_if(|(_, value)| value.is_empty());
        }
        for edge in &mut read.edges {
            some(&mut edge.role);
            some(&mut edge.note);
        }
        read
    }
}

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

fn node(row: &Row, id: &str, label: &str) -> Node {
    let aliases = row
        .get("aliases")
        .map(|list| serde_json::from_str(list).unwrap_or_else(|_| panic!("{list} is no list")));
    let own = row.iter().find(|(name, _)| name.starts_with("x_"));
    Node {
        id: row[id].clone(),
        label: row.get(label).cloned().unwrap_or_default(),
        aliases,
        content: row.get("content").cloned(),
        own: own.map(|(name, value)| (name.clone(), value.clone())),
    }
}

fn edge(row: &Row, source: &str, target: &str, kind: &str) -> Edge {
    Edge {
        source: row[source].clone(),
        target: row[target].clone(),
        kind: row[kind].clone(),
        role: row.get("role").cloned(),
        note: row.get("note").cloned(),
    }
}

/// Reads an export back.
pub(super) fn read(format: &str, files: &Files, excel: bool) -> Read {
    match format {
        "gexf" => gexf(text(&files[""])),
        "graphml" => graphml(text(&files[""])),
        "json" | "jgf" | "cyjs" => json(format, text(&files[""])),
        "csv" => csv(files, excel),
        "neo4j" => neo4j(files),
        other => panic!("no reader of {other}"),
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("every format is UTF-8")
}

/// Calls back for each start of an element with its attributes, and for each text.
fn walk_xml(text: &str, mut visit: impl FnMut(&str, &Row, Option<String>)) {
    assert!(text.chars().all(|c| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')));
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut open, mut attributes) = (String::new(), Row::new());
    let mut words = String::new();
    loop {
        let event = reader.read_event().expect("it is well-formed");
        match event {
            Event::Start(ref element) | Event::Empty(ref element) => {
                open = element.name().as_ref().to_owned();
                attributes.clear();
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.as_ref().to_owned();
                    let raw: &str = &attribute.value;
                    assert!(!raw.contains(['\n', '\t', '\r', '<']), "{raw}");
                    let value = quick_xml::escape::unescape(raw).unwrap();
                    attributes.insert(name, read_back(&value));
                }
                visit(&open, &attributes, None);
                words.clear();
            }
            Event::Text(part) => words.push_str(&part),
            Event::GeneralRef(name) => {
                words.push_str(&format!("&{};", &*name));
            }
            Event::End(_) => {
                assert!(!words.contains("]]>"));
                let whole = quick_xml::escape::unescape(&words).unwrap();
                visit(&open, &attributes, Some(read_back(&whole)));
                words.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

fn gexf(text: &str) -> Read {
    let mut rows: Vec<(bool, Row)> = Vec::new();
    walk_xml(text, |name, attributes, end| match (name, end) {
        ("node" | "edge", None) => rows.push((name == "node", attributes.clone())),
        ("attvalue", None) => {
            let row = &mut rows.last_mut().unwrap().1;
            row.insert(attributes["for"].clone(), attributes["value"].clone());
        }
        _ => {}
    });
    of_rows(&rows)
}

fn of_rows(rows: &[(bool, Row)]) -> Read {
    let (nodes, edges): (Vec<_>, Vec<_>) = rows.iter().partition(|(is_node, _)| *is_node);
    Read {
        nodes: nodes
            .iter()
            .map(|(_, row)| node(row, "id", "label"))
            .collect(),
        edges: edges
            .iter()
            .map(|(_, row)| edge(row, "source", "target", "kind"))
            .collect(),
    }
}

fn graphml(text: &str) -> Read {
    let mut keys = Row::new();
    let mut rows: Vec<(bool, Row)> = Vec::new();
    walk_xml(text, |name, attributes, end| match (name, end) {
        ("key", None) => {
            keys.insert(attributes["id"].clone(), attributes["attr.name"].clone());
        }
        ("node" | "edge", None) => rows.push((name == "node", attributes.clone())),
        ("data", Some(value)) => {
            // The end of the row itself comes after that of its last part.
            let row = &mut rows.last_mut().unwrap().1;
            row.entry(keys[&attributes["key"]].clone()).or_insert(value);
        }
        _ => {}
    });
    of_rows(&rows)
}

fn json(format: &str, text: &str) -> Read {
    let whole: Value = serde_json::from_str(text).unwrap();
    let flat = |value: &Value| -> Row {
        let fields = value.as_object().unwrap().iter();
        fields
            .map(|(name, value)| {
                (
                    name.clone(),
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned),
                )
            })
            .collect()
    };
    let (nodes, edges): (Vec<Row>, Vec<Row>) = match format {
        "cyjs" => {
            let rows = |list: &Value| {
                list.as_array()
                    .unwrap()
                    .iter()
                    .map(|one| flat(&one["data"]))
                    .collect()
            };
            let elements = &whole["elements"];
            (rows(&elements["nodes"]), rows(&elements["edges"]))
        }
        "jgf" => {
            let nodes = whole["graph"]["nodes"].as_object().unwrap().iter();
            let nodes = nodes.map(|(id, one)| {
                let mut row = flat(&one["metadata"]);
                row.insert("id".into(), id.clone());
                row.insert("label".into(), one["label"].as_str().unwrap().into());
                row
            });
            let edges = whole["graph"]["edges"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| {
                    let mut row = flat(&one["metadata"]);
                    row.extend(flat(one));
                    row.insert("kind".into(), one["relation"].as_str().unwrap().into());
                    row
                });
            (nodes.collect(), edges.collect())
        }
        _ => {
            let rows = |list: &Value| list.as_array().unwrap().iter().map(flat).collect();
            (rows(&whole["nodes"]), rows(&whole["edges"]))
        }
    };
    let label = if format == "cyjs" { "name" } else { "label" };
    Read {
        nodes: nodes.iter().map(|row| node(row, "id", label)).collect(),
        edges: edges
            .iter()
            .map(|row| edge(row, "source", "target", "kind"))
            .collect(),
    }
}

fn csv(files: &Files, excel: bool) -> Read {
    let rows = |name: &str| -> Vec<Row> {
        let bytes = files[name].as_slice();
        let mark = b"\xEF\xBB\xBF";
        assert_eq!(bytes.starts_with(mark), excel);
        let bytes = bytes.strip_prefix(mark).unwrap_or(bytes);
        let mut reader = ::csv::Reader::from_reader(bytes);
        let headings = reader.headers().unwrap().clone();
        let row = |row: Result<::csv::StringRecord, ::csv::Error>| -> Row {
            let row = row.unwrap();
            let cells = headings
                .iter()
                .zip(row.iter())
                .filter(|(_, cell)| !cell.is_empty());
            let was = |cell: &str| {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(!(excel && runs), "{cell} is a formula");
                if excel {
                    written_back(&as_it_was(cell))
                } else {
                    written_back(cell)
                }
            };
            cells
                .map(|(heading, cell)| (was(heading), was(cell)))
                .collect()
        };
        reader.records().map(row).collect()
    };
    Read {
        nodes: rows("nodes.csv")
            .iter()
            .map(|row| node(row, "Id", "Label"))
            .collect(),
        edges: (rows("edges.csv").iter())
            .map(|row| edge(row, "Source", "Target", "Label"))
            .collect(),
    }
}

/// A cell without the apostrophes that made it harmless.
fn as_it_was(cell: &str) -> String {
    let commas = cell.contains('\n');
    let (mut was, mut begins, mut is_first) = (String::new(), true, true);
    for c in cell.chars() {
        if begins && c != '\'' && (is_first || !matches!(c, '"' | ' ')) {
            begins = false;
            if matches!(
                c,
                '=' | '+' | '-' | '@' | '\t' | '\n' | '＝' | '＋' | '－' | '＠'
            ) {
                assert_eq!(was.pop(), Some('\''), "{cell} has a formula");
            }
        }
        if matches!(c, ';' | '\t' | '\n') || commas && c == ',' {
            (begins, is_first) = (true, false);
        }
        was.push(c);
    }
    was
}

/// A text with the characters that were written out: `\u{1b}`.
fn written_back(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut back = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a code");
        let code = u32::from_str_radix(code, 16).unwrap();
        back.push(char::from_u32(code).unwrap());
        back.push_str(rest);
    }
    back
}

fn neo4j(files: &Files) -> Read {
    let rows = |name: &str| -> Vec<Row> {
        let mut lines = fields(text(&files[name]));
        let headings: Vec<String> = lines.remove(0).into_iter().map(Option::unwrap).collect();
        let row = |line: Vec<Option<String>>| -> Row {
            assert_eq!(line.len(), headings.len());
            let cells = headings.iter().zip(line);
            let some = cells.filter_map(|(heading, cell)| Some((heading, cell?)));
            some.map(|(heading, cell)| match heading.split_once(':').unwrap() {
                (name, "string[]") => {
                    let items = cell.split('\u{1F}');
                    let items: Value = items.map(|one| Value::from(written_back(one))).collect();
                    (name.to_owned(), items.to_string())
                }
                (name, _) if name.starts_with("x_") => (read_back(name), written_back(&cell)),
                ("", kind) => (kind.to_owned(), written_back(&cell)),
                (name, _) => (name.to_owned(), written_back(&cell)),
            })
            .collect()
        };
        lines.into_iter().map(row).collect()
    };
    let edges = rows("relationships.csv");
    for row in &edges {
        assert_eq!(row["TYPE"], as_name(&row["kind"]));
    }
    let nodes = rows("nodes.csv");
    Read {
        nodes: nodes.iter().map(|row| node(row, "id", "label")).collect(),
        edges: edges
            .iter()
            .map(|row| edge(row, "START_ID", "END_ID", "kind"))
            .collect(),
    }
}

/// The fields of a sheet where a backslash within quotation marks is an escape; `None` for nothing.
fn fields(text: &str) -> Vec<Vec<Option<String>>> {
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut field = None;
        let mut after = Some(c);
        if c == '"' {
            let words: &mut String = field.get_or_insert_default();
            loop {
                match rest.next().expect("quotation marks end") {
                    '\\' if matches!(rest.peek(), Some('"' | '\\')) => words.extend(rest.next()),
                    '"' if rest.peek() == Some(&'"') => words.extend(rest.next()),
                    '"' => break,
                    c => words.push(c),
                }
            }
            after = rest.next();
        } else {
            while let Some(c) = after.filter(|c| !matches!(c, ',' | '\n')) {
                field.get_or_insert_with(String::new).push(c);
                after = rest.next();
            }
        }
        line.push(field);
        match after {
            Some(',') if rest.peek() == Some(&'\n') => {
                line.push(None);
                rest.next();
                lines.push(std::mem::take(&mut line));
            }
            Some(',') => {}
            Some('\n') => lines.push(std::mem::take(&mut line)),
            other => panic!("{other:?} stands after a field"),
        }
    }
    assert!(line.is_empty(), "the last line ends");
    lines
}
