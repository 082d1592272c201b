//! Errors of the core as those of Python, whose classes are in `annals/_errors.py`.

use annals_cli::Exit;
use annals_cli::embedded::Reply;
use annals_finding::Severity;
use annals_finding::write::{Drawing, Letters};
use annals_store::{NameError, StoreError};
use annals_time::DateError;
use pyo3::prelude::*;
use serde_json::{Value, json};

/// The error of some kind, made by Python from what is known of it.
fn made(py: Python<'_>, kind: &str, message: &str, details: &Value) -> PyErr {
    let made = || {
        let errors = py.import("annals._errors")?;
        errors.call_method1("from_native", (kind, message, details.to_string()))
    };
    match made() {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

/// A panic.
pub(crate) fn internal(py: Python<'_>, words: &str) -> PyErr {
    made(py, "internal", words, &Value::Null)
}

/// Why a text is no date.
pub(crate) fn of_date(py: Python<'_>, text: &str, error: &DateError) -> PyErr {
    let before = text.get(..error.at.start).unwrap_or_default();
    let details = json!({
        "text": text,
        "offset": before.chars().count(),
        "hint": error.suggestion,
    });
    made(py, "date", &error.reason, &details)
}

/// Why a store cannot be opened.
pub(crate) fn of_store(py: Python<'_>, error: &StoreError) -> PyErr {
    let (kind, details) = told(error);
    made(py, kind, &error.to_string(), &details)
}

/// Why a command gave no answer.
pub(crate) fn of_reply(py: Python<'_>, reply: &Reply) -> PyErr {
    let message = reply.message.as_deref().unwrap_or_default();
    if let Some(error) = &reply.error {
        let (kind, details) = told(error);
        let message = if message.is_empty() {
            error.to_string()
        } else {
            message.to_owned()
        };
        return made(py, kind, &message, &details);
    }
    if let Some(refused) = &reply.refused {
        let details = json!({"findings": [refused.finding], "drawn": [refused.drawn]});
        return made(py, "facts", &refused.finding.to_string(), &details);
    }
    let kind = match reply.exit {
        Exit::Usage => "usage",
        Exit::Findings => "strict",
        Exit::Done | Exit::Unreadable => "facts",
    };
    let message = if message.is_empty() {
        reply.notes.join("\n")
    } else {
        message.to_owned()
    };
    made(py, kind, &message, &Value::Null)
}

/// The kind of an error, and what else is known of it.
fn told(error: &StoreError) -> (&'static str, Value) {
    match error {
        StoreError::Name(NameError::Unknown { asked, nearest, .. }) => {
            ("unknown", json!({"asked": asked, "nearest": nearest}))
        }
        StoreError::Name(NameError::UnknownWord { asked, known, .. }) => {
            let known: Vec<(&String, &String)> = known.iter().map(|word| (word, word)).collect();
            ("unknown", json!({"asked": asked, "nearest": known}))
        }
        StoreError::Name(NameError::Ambiguous { asked, candidates }) => (
            "ambiguous",
            json!({"asked": asked, "candidates": candidates}),
        ),
        StoreError::Question(_) => ("usage", Value::Null),
        StoreError::Unreadable(_) => ("facts", Value::Null),
        StoreError::Facts(findings) => {
            let rows: Vec<_> = findings.rows().collect();
            let drawing = Drawing {
                colour: false,
                letters: Letters::Boxes,
                width: 100,
            };
            let drawn: Vec<String> = findings.drawn(Severity::Error, drawing).collect();
            ("facts", json!({"findings": rows, "drawn": drawn}))
        }
    }
}
