//! How the page names records.

use annals_model::{Facts, RecordRef};

use crate::escapes::{html, percent_encoded};

/// The name of a record's place on the page, ready for an attribute.
pub(super) fn anchor(facts: &Facts, record: RecordRef) -> String {
    format!("{}-{}", record.kind(), percent_encoded(facts.id(record)))
}

/// A name, whichever way it runs; of one without characters its sign.
pub(super) fn bdi(name: &str) -> String {
    if name.trim().is_empty() {
        return "<span class=\"line\">(no name)</span>".to_owned();
    }
    format!("<bdi>{}</bdi>", html(name))
}
