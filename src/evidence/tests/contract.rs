//! Runs the examples of `docs/evidence-contract.md`.

use super::text;
use crate::Level;

const PAGE: &str = include_str!("../../../docs/evidence-contract.md");

struct Example {
    line: usize,
    text: String,
    quote: String,
    level: Level,
}

#[test]
fn the_page_promises_what_the_program_does() {
    let examples = examples(PAGE);
    assert!(
        examples.len() >= 50,
        "only {} examples were read",
        examples.len()
    );
    let wrong: Vec<String> = examples
        .iter()
        .filter_map(|example| {
            let level = text(&example.text).find(&example.quote).level;
            (level != example.level).then(|| {
                let Example {
                    line,
                    text,
                    quote,
                    level: promised,
                } = example;
                format!("line {line}: {text:?} | {quote:?}: {promised:?} promised, {level:?} found")
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rows of every table that begins with `| text | quote | answer |`.
fn examples(page: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut in_table = false;
    for (index, line) in page.lines().enumerate() {
        in_table = line.starts_with("| text | quote |") || in_table && line.starts_with('|');
        if !in_table || !line.starts_with("| `") {
            continue;
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        let level = serde_json::from_value(cells[2].trim().into());
        examples.push(Example {
            line: index + 1,
            text: words(cells[0].trim_start_matches("| ")),
            quote: words(cells[1]),
            level: level.unwrap_or_else(|_| panic!("line {}: no level", index + 1)),
        });
    }
    examples
}

/// The text of a cell: between backticks, with `⏎` and `\u{…}` for invisible characters.
fn words(cell: &str) -> String {
    let cell = cell
        .strip_prefix('`')
        .and_then(|cell| cell.strip_suffix('`'));
    let mut words = cell.expect("a cell in backticks").replace('⏎', "\n");
    while let Some(start) = words.find("\\u{") {
        let end = start + words[start..].find('}').expect("an escape ends");
        let number = u32::from_str_radix(&words[start + 3..end], 16).expect("hexadecimal");
        let c = char::from_u32(number).expect("a code point");
        words.replace_range(start..=end, c.encode_utf8(&mut [0; 4]));
    }
    words
}
