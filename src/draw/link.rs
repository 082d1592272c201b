//! Where a part of a picture leads: a pattern of the user's, filled in.

use std::fmt;

use annals_format::escape::percent;
use annals_model::RecordRef;
use annals_query::Dossier;

/// A pattern of an address: `https://example.org/facts/{id}`, `facts.html#{id}`.
///
/// `{id}`, `{kind}`, `{file}` and `{line}` stand for the record's; what could be read as something
/// else in an address is percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPattern(String);

/// Why a pattern leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// It has no `{id}`, `{kind}`, `{file}` or `{line}`, or another word in braces.
    Field(String),
    /// Its scheme is none that a picture may lead to.
    Scheme(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Field(word) => write!(
                f,
                "a link may contain {{id}}, {{kind}}, {{file}} or {{line}}, not {{{word}}}"
            ),
            LinkError::Scheme(scheme) => write!(
                f,
                "a link may use http:, https:, file: or no scheme, not {scheme}:"
            ),
        }
    }
}

impl std::error::Error for LinkError {}

const FIELDS: [&str; 4] = ["id", "kind", "file", "line"];

impl LinkPattern {
    /// Reads a pattern.
    ///
    /// ```
    /// use annals_draw::LinkPattern;
    ///
    /// assert!(LinkPattern::parse("facts.html#{id}").is_ok());
    /// assert!(LinkPattern::parse("javascript:{id}").is_err());
    /// ```
    ///
    /// # Errors
    /// When a word in braces is no field, or the scheme is one that runs something.
    pub fn parse(pattern: &str) -> Result<Self, LinkError> {
        for rest in pattern.split('{').skip(1) {
            let field = rest.split('}').next().unwrap_or(rest);
            if !FIELDS.contains(&field) || !rest.contains('}') {
                return Err(LinkError::Field(field.to_owned()));
            }
        }
        let before = pattern.split(['/', '?', '#', '{']).next().unwrap_or("");
        if let Some((scheme, _)) = before.split_once(':')
            && !["http", "https", "file"].contains(&scheme.trim().to_ascii_lowercase().as_str())
        {
            return Err(LinkError::Scheme(scheme.trim().to_owned()));
        }
        Ok(LinkPattern(pattern.to_owned()))
    }

    /// The address for a record.
    pub fn of(&self, dossier: &Dossier<'_>, record: RecordRef) -> String {
        let mut address = self.0.clone();
        for field in FIELDS {
            let braced = format!("{{{field}}}");
            if address.contains(&braced) {
                // Where a record stands is looked up in its file: not for a pattern without it.
                let value = match field {
                    "id" => encoded(dossier.facts().id(record), false),
                    "kind" => record.kind().to_string(),
                    "file" => encoded(&dossier.source(record).file, true),
                    _ => dossier.source(record).line.to_string(),
                };
                address = address.replace(&braced, &value);
            }
        }
        address
    }
}

/// A word as it may stand in an address, also behind its question mark.
pub fn in_address(word: &str) -> String {
    encoded(word, false)
}

fn encoded(word: &str, slashes: bool) -> String {
    percent(word, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~') || (slashes && c == '/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_leads_only_where_nothing_runs() {
        for good in [
            "https://a.b/{kind}/{id}",
            "#{id}",
            "x.html?f={file}&l={line}",
            "{id}",
        ] {
            assert!(LinkPattern::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert('{id}')",
            "data:,{id}",
            " JavaScript :x",
            "{name}",
            "a{id",
        ] {
            assert!(LinkPattern::parse(bad).is_err(), "{bad}");
        }
    }
}
