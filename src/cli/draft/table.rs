//! Each proposal under its sentence.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::Value;

use super::write::Drafted;
use annals_draft::Record;
use annals_evidence::{Span, Text};

/// Writes each proposal under its sentence, in the order of the text.
pub(super) fn table(out: &mut dyn Write, one: &Drafted<'_>) -> io::Result<()> {
    let names: BTreeMap<&str, &str> = one
        .draft
        .actors
        .iter()
        .filter_map(|actor| Some((actor.known.as_deref()?, actor.name.as_str())))
        .collect();
    let mut proposed: BTreeMap<String, String> = BTreeMap::new();
    let mut shown: Vec<Record> = Vec::new();
    one.each(|record| {
        let owned = |field| word(&record, field).to_owned();
        match word(&record, "type") {
            "actor" => {
                proposed.insert(owned("id"), owned("name"));
            }
            "event" => {
                proposed.insert(owned("id"), owned("label"));
                shown.push(record);
            }
            "claim" | "order" => shown.push(record),
            _ => {}
        }
        io::Result::Ok(())
    })?;
    shown.sort_by_key(first_span);
    let name = |id: &str| {
        let name = proposed.get(id).map(String::as_str);
        name.or_else(|| names.get(id).copied())
            .unwrap_or(id)
            .to_owned()
    };
    let mut last = None;
    for record in shown {
        let sentence = first_span(&record)
            .map(|(start, end)| sentence(&one.input.text, start, end))
            .unwrap_or_default();
        if last.as_ref() != Some(&sentence) {
            writeln!(out, "\n{sentence}")?;
        }
        entry(out, &record, &one.input.text, &name)?;
        last = Some(sentence);
    }
    Ok(())
}

/// What a record proposes, why, and its passage.
fn entry(
    out: &mut dyn Write,
    record: &Record,
    text: &Text,
    name: &dyn Fn(&str) -> String,
) -> io::Result<()> {
    let what = match word(record, "type") {
        "event" => {
            let when = Some(word(record, "when")).filter(|when| !when.is_empty());
            let when = when.unwrap_or("undated");
            format!("event · {} · {when}", word(record, "label"))
        }
        "order" => format!(
            "order · {} · {} {} · {}",
            name(word(record, "first")),
            word(record, "by"),
            word(record, "relation"),
            name(word(record, "second")),
        ),
        _ => claim(record, name),
    };
    let (confidence, reason) = (word(record, "x_confidence"), word(record, "x_reason"));
    writeln!(out, "    {what} · {confidence}: {reason}")?;
    let pieces = record
        .get("evidence")
        .and_then(|list| list[0]["spans"].as_array());
    let pieces = pieces.into_iter().flatten().filter_map(|span| {
        let end = |at: usize| u32::try_from(span[at].as_u64()?).ok();
        text.slice(Span::new(end(0)?, end(1)?))
    });
    let passage = pieces.collect::<Vec<_>>().join(" … ");
    writeln!(out, "      {}", on_one_line(&passage))
}

/// A field that is text, or nothing.
fn word<'r>(record: &'r Record, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or("")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who does what, and when.
fn claim(record: &Record, name: &dyn Fn(&str) -> String) -> String {
    let speaker = record.get("speaker").and_then(|list| list[0].as_str());
    let speaker = speaker.map_or_else(|| "speaker unknown".to_owned(), name);
    let said = match word(record, "said") {
        "" => String::new(),
        said => format!(" · {said}"),
    };
    format!("{speaker} · {}{said}", word(record, "act"))
}

fn first_span(record: &Record) -> Option<(u32, u32)> {
    let span = &record.get("evidence")?[0]["spans"][0];
    Some((
        u32::try_from(span[0].as_u64()?).ok()?,
        u32::try_from(span[1].as_u64()?).ok()?,
    ))
}

/// The sentence around a passage, on one line.
fn sentence(text: &Text, start: u32, end: u32) -> String {
    let around = text.sentence_around(Span::new(start, end));
    on_one_line(text.slice(around).unwrap_or(""))
}
