//! Texts, numbers and lists as literals that mean the same to every engine.

use std::fmt::Write as _;

use annals_finding::is_hidden;

/// Whose SQL it is, where that makes a difference: in the views that name the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Spark and Sail.
    Spark,
}

/// A text as a literal. Two apostrophes are one to DuckDB, but end a literal and begin another to Sail, and
/// a backslash escapes to Spark and Sail alone: so neither stands in it, nor does what would break a line or
/// cannot be seen.
pub fn text(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !is_hidden(c) && c != '\'' && c != '\\';
    if text.chars().all(is_plain) {
        return format!("'{text}'");
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c| !is_plain(c)).unwrap_or(rest.len());
        if end == 0 {
            parts.push(format!("chr({})", u32::from(c)));
            rest = &rest[c.len_utf8()..];
        } else {
            parts.push(format!("'{}'", &rest[..end]));
            rest = &rest[end..];
        }
    }
    match &parts[..] {
        [one] => one.clone(),
        _ => format!("concat({})", parts.join(", ")),
    }
}

/// A pattern of `LIKE … ESCAPE '!'` for what has a text anywhere in it.
pub(crate) fn anywhere(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    text(&pattern)
}

/// A condition that a column has one of some texts.
pub(crate) fn is_one_of(column: &str, texts: &[String]) -> String {
    match texts {
        [] => "1 = 0".to_owned(),
        [one] => format!("{column} = {}", text(one)),
        _ => {
            let all: Vec<String> = texts.iter().map(|one| text(one)).collect();
            format!("{column} IN ({})", all.join(", "))
        }
    }
}

/// A number of a day.
pub(crate) fn day(day: i64) -> String {
    format!("CAST({day} AS BIGINT)")
}

/// The statement that makes a view of a table: the one in which engines differ.
pub(crate) fn view_of_table(dialect: Dialect, folder: &str, table: &str) -> String {
    let folder = folder.trim_end_matches('/');
    let view = format!("CREATE OR REPLACE TEMPORARY VIEW {table}");
    match dialect {
        Dialect::DuckDb => {
            let mut path = String::new();
            for c in folder.chars() {
                // What DuckDB would take for a pattern.
                let _ = match c {
                    '*' | '?' | '[' => write!(path, "[{c}]"),
                    '\'' => write!(path, "''"),
                    _ => write!(path, "{c}"),
                };
            }
            format!(
                "{view} AS\nSELECT * FROM read_parquet('{path}/{table}/*/*.parquet', hive_partitioning = true);\n"
            )
        }
        // Of a view that is a query, Spark reads the schema anew whenever the view is named.
        Dialect::Spark if !folder.contains(['\'', '\\']) => {
            format!("{view}\nUSING parquet OPTIONS (path '{folder}/{table}');\n")
        }
        Dialect::Spark => {
            let folder = folder.replace('`', "``");
            format!("{view} AS\nSELECT * FROM parquet.`{folder}/{table}`;\n")
        }
    }
}
