//! Words in the text of a document: whether they stand there, and where. What is not there is not written,
//! however like it is.

use serde_json::{Map, Value};

use crate::canonical;
use crate::refusal::Refusal;
use annals_evidence::{AtSpans, Level, Span, Text};
use annals_finding::shown;
use annals_load::LoadResult;
use annals_model::{DocumentId, RecordRef};

/// A passage that was looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The document.
    pub document: String,
    /// How the words stand in its text; `None` where the text is not there, or no words were given.
    pub level: Option<Level>,
    /// Where, in code points.
    pub spans: Vec<Span>,
    /// The lines of the text, from 1.
    pub lines: Option<(u32, u32)>,
    /// The records whose passage has some of these words.
    pub taken: Vec<String>,
    /// The evidence, as the facts format has it.
    pub evidence: Value,
}

/// How many other places of an ambiguous quote are shown.
const PLACES: usize = 5;

/// Looks words up in the text of a document, or at some spans of it.
///
/// # Errors
/// If there is no such document, or the words are not in its text, or more than once and no span says
/// which.
pub fn passage(
    loaded: &LoadResult,
    document: &str,
    words: Option<&str>,
    spans: &[Span],
) -> Result<Passage, Refusal> {
    let facts = &loaded.facts;
    let Some(RecordRef::Document(id)) = facts.find(document) else {
        let document = shown(document);
        return Err(Refusal::Asked(format!(
            "no document has the id \"{document}\""
        )));
    };
    let words = words.filter(|words| !words.trim().is_empty());
    let Some((_, text)) = loaded.texts.get(id) else {
        return Ok(made(loaded, id, words, None, spans.to_vec()));
    };
    if let Some(outside) = spans
        .iter()
        .find(|span| span.end > text.len() || span.is_empty())
    {
        return Err(Refusal::Quote(format!(
            "the text of {} has {} characters; {}-{} is no stretch of it",
            shown(document),
            text.len(),
            outside.start,
            outside.end
        )));
    }
    let Some(words) = words else {
        let chosen: Vec<&str> = spans.iter().filter_map(|span| text.slice(*span)).collect();
        let quote = chosen.join(" … ");
        let quote = (!quote.is_empty()).then(|| one_line(&quote));
        let level = quote.as_ref().map(|_| Level::Exact);
        return Ok(made(loaded, id, quote.as_deref(), level, spans.to_vec()));
    };
    if !spans.is_empty() {
        return match text.at(words, spans) {
            AtSpans::Stands { level, spans } => {
                Ok(made(loaded, id, Some(words), Some(level), spans))
            }
            AtSpans::Mismatch { stands, .. } => {
                Err(Refusal::Quote(not_at(document, words, &stands)))
            }
            _ => Err(Refusal::Quote(
                "the stretches must stand in order, without overlap".to_owned(),
            )),
        };
    }
    let found = text.find(words);
    match found.level {
        Level::Missing => Err(Refusal::Quote(missing(text, document, words))),
        Level::Ambiguous => {
            let mut places: Vec<Span> = found.spans.first().copied().into_iter().collect();
            places.extend(&found.others);
            let words = ambiguous(text, document, words, &places, found.occurrences);
            Err(Refusal::Quote(words))
        }
        level => Ok(made(loaded, id, Some(words), Some(level), found.spans)),
    }
}

/// The fields of a record that change when its first passage in a document becomes another one: the evidence,
/// and a claim's own quote where that was the passage. `None` if it has no passage there.
pub fn moved(fields: &Map<String, Value>, passage: &Passage) -> Option<Map<String, Value>> {
    let evidence = fields.get("evidence")?;
    let mut items = canonical::items(evidence).to_vec();
    let is_here = |one: &&mut Value| {
        let document = one.as_str().or_else(|| one["document"].as_str());
        document == Some(passage.document.as_str())
    };
    let one = items.iter_mut().find(is_here)?;
    let old = one["quote"].as_str().map(str::to_owned);
    let own = fields.get("quote").and_then(Value::as_str);
    let mut parts = one.as_object().cloned().unwrap_or_default();
    for (name, value) in passage.evidence.as_object()? {
        // What rests on the claim's own quote has no other.
        if name != "quote" || old.is_some() || own.is_none() {
            parts.insert(name.clone(), value.clone());
        }
    }
    *one = Value::Object(parts);
    let evidence = match items.as_slice() {
        [one] if !evidence.is_array() => one.clone(),
        _ => Value::Array(items),
    };
    let mut changed = Map::new();
    let is_the_quote = own.is_some() && (old.is_none() || old.as_deref() == own);
    if let Some(words) = passage.evidence.get("quote").filter(|_| is_the_quote) {
        changed.insert("quote".to_owned(), words.clone());
    }
    changed.insert("evidence".to_owned(), evidence);
    Some(changed)
}

/// Words of several lines as one.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn made(
    loaded: &LoadResult,
    document: DocumentId,
    words: Option<&str>,
    level: Option<Level>,
    spans: Vec<Span>,
) -> Passage {
    let facts = &loaded.facts;
    let mut evidence = Map::new();
    evidence.insert("document".to_owned(), facts.id(document).into());
    if let Some(words) = words {
        evidence.insert("quote".to_owned(), words.into());
    }
    if !spans.is_empty() {
        let each = spans
            .iter()
            .map(|span| Value::from(vec![span.start, span.end]));
        evidence.insert("spans".to_owned(), each.collect());
    }
    let text = loaded.texts.get(document).map(|(_, text)| text);
    if let Some(page) = text.and_then(|text| page(text, &spans)) {
        evidence.insert("page".to_owned(), page.into());
    }
    let lines = text
        .zip(spans.first().zip(spans.last()))
        .map(|(text, (first, last))| {
            let line = |at: u32| text.line_column(at).line;
            (line(first.start), line(last.end.saturating_sub(1)))
        });
    Passage {
        document: facts.id(document).to_owned(),
        level,
        lines,
        taken: taken(loaded, document, &spans),
        spans,
        evidence: Value::Object(evidence),
    }
}

/// The page on which spans stand, in a text whose pages form feeds part.
fn page(text: &Text, spans: &[Span]) -> Option<String> {
    let (first, last) = spans.first().zip(spans.last())?;
    let pages = annals_plain_text::pages(text.as_str());
    if pages.is_empty() {
        return None;
    }
    let mut letters = text.as_str().char_indices().map(|(byte, _)| byte);
    let start = letters.nth(first.start as usize)?;
    let rest = last.end.checked_sub(first.start + 1)?;
    let end = letters.nth(rest as usize).unwrap_or(text.as_str().len());
    annals_plain_text::page_of(&pages, start..end)
}

/// The claims, events and other records whose passage shares a character with these spans.
fn taken(loaded: &LoadResult, document: DocumentId, spans: &[Span]) -> Vec<String> {
    let facts = &loaded.facts;
    let shares = |one: &Span| {
        spans
            .iter()
            .any(|span| one.start < span.end && span.start < one.end)
    };
    let records = facts.records().filter(|record| {
        let evidence = facts.evidence(*record).iter();
        let mut here = evidence.filter(|one| one.document == Some(document));
        here.any(|one| facts.list(one.found).iter().any(shares))
    });
    records.map(|record| facts.id(record).to_owned()).collect()
}

/// The words of the text that are most like some that do not stand there, as one line, and where they
/// stand: for a person to take in place of those. `None` if nothing is like them.
pub fn words_of_text(loaded: &LoadResult, document: &str, words: &str) -> Option<(String, Span)> {
    let Some(RecordRef::Document(id)) = loaded.facts.find(document) else {
        return None;
    };
    let (_, text) = loaded.texts.get(id)?;
    let near = text.nearest(words)?;
    let stands = one_line(text.slice(near.place)?);
    (!stands.is_empty()).then_some((stands, near.place))
}

fn line_of(text: &Text, at: u32) -> u32 {
    text.line_column(at).line
}

/// What is said of words that are not there: what stands there that is like them, for a person to judge.
fn missing(text: &Text, document: &str, words: &str) -> String {
    let mut said = format!(
        "\"{}\" is not in the text of {}; nothing was written",
        shown(words),
        shown(document)
    );
    if let Some(near) = text.nearest(words) {
        let line = line_of(text, near.sentence.start);
        let sentence = one_line(text.slice(near.sentence).unwrap_or_default());
        let sentence: String = sentence.chars().flat_map(annals_finding::visible).collect();
        said.push_str(&format!("\n  line {line} says: {sentence}"));
        let differs = text.slice(near.differing).map(one_line).unwrap_or_default();
        let quote = words.chars().skip(near.in_quote.start as usize);
        let quote: String = quote
            .take((near.in_quote.end - near.in_quote.start) as usize)
            .collect();
        let shown = |words: &str| match words.trim() {
            "" => "nothing".to_owned(),
            words => format!("\"{}\"", annals_finding::shown(words)),
        };
        said.push_str(&format!(
            "\n  where the quote has {}, the text has {}",
            shown(&quote),
            shown(&differs)
        ));
    }
    said
}

fn ambiguous(text: &Text, document: &str, words: &str, places: &[Span], count: usize) -> String {
    let mut said = format!(
        "\"{}\" stands in the text of {} {count} times; give more of its words, or the place:",
        shown(words),
        shown(document)
    );
    for place in places.iter().take(PLACES) {
        let line = line_of(text, place.start);
        let sentence = text.slice(text.sentence_around(*place)).unwrap_or_default();
        said.push_str(&format!(
            "\n  --span {}-{}  line {line}: {}",
            place.start,
            place.end,
            shown(&one_line(sentence))
        ));
    }
    if count > places.len().min(PLACES) {
        said.push_str(&format!(
            "\n  and {} more",
            count - places.len().min(PLACES)
        ));
    }
    said
}

fn not_at(document: &str, words: &str, stands: &str) -> String {
    format!(
        "\"{}\" is not what the text of {} has there: \"{}\"; nothing was written",
        shown(words),
        shown(document),
        shown(&one_line(stands))
    )
}
