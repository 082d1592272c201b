//! XML as data: elements, attributes, text. A document type is skipped and never fetched; entity
//! declarations are rejected, and so are references to any but the five predefined entities. The
//! nesting depth is limited.

use std::sync::Arc;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{At, SourceError, bytes};

/// The deepest nesting of elements.
const DEEPEST: usize = 500;
/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 1_000;

/// A parsing event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The start of an element; an empty one ends with the next event.
    Start(Element),
    /// An element ends: its name as written.
    End(String),
    /// Text between elements, with references resolved. Adjacent text may be split.
    Text(String),
}

/// The beginning of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name as written, including any prefix.
    pub name: String,
    /// Its attributes in their order: name as written, and value.
    pub attributes: Vec<(String, String)>,
    /// The line on which it begins, from 1.
    pub line: usize,
}

impl Element {
    /// The name without its prefix.
    pub fn local(&self) -> &str {
        local(&self.name)
    }

    /// The value of an attribute, by its name with or without prefix; the first match.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let exact = self.attributes.iter().find(|(one, _)| one == name);
        let found = exact.or_else(|| self.attributes.iter().find(|(one, _)| local(one) == name));
        found.map(|(_, value)| value.as_str())
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Decodes an XML document by its byte order mark, else by its declaration, else like any text.
///
/// # Errors
/// If the bytes are not valid in that encoding.
pub fn decode(bytes: &[u8], at: &At, label: Option<&str>) -> Result<bytes::Decoded, SourceError> {
    if label.is_some() || Encoding::for_bom(bytes).is_some() {
        return bytes::decode(bytes, at, label);
    }
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let declared = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split("?>").next())
        .and_then(|rest| rest.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    bytes::decode(bytes, at, declared)
}

/// Iterates over the events of a document.
pub struct Xml<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    file: Arc<str>,
    /// Whether an element has started.
    begun: bool,
    open: Vec<String>,
    /// An empty element whose end comes next.
    ending: Option<String>,
    line: usize,
    /// The byte up to which lines were counted.
    counted: usize,
}

impl<'t> Xml<'t> {
    /// Begins a document; `file` is its name in messages.
    pub fn new(text: &'t str, file: &Arc<str>) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Xml {
            text,
            reader,
            file: Arc::clone(file),
            begun: false,
            open: Vec::new(),
            ending: None,
            line: 1,
            counted: 0,
        }
    }

    /// The line that is read, from 1.
    pub fn at(&self) -> At {
        At::line(&self.file, self.line)
    }

    /// The number of open elements.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// If the document is not well-formed, too deep, or declares entities.
    #[allow(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<Piece>, SourceError> {
        if let Some(name) = self.ending.take() {
            self.open.pop();
            return Ok(Some(Piece::End(name)));
        }
        loop {
            self.count_lines();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.count_lines();
                    let message = format!("this is not well-formed XML: {error}");
                    return Err(SourceError::syntax(self.at(), message));
                }
            };
            match event {
                Event::Start(start) => {
                    let element = self.element(&start)?;
                    self.push(&element.name)?;
                    return Ok(Some(Piece::Start(element)));
                }
                Event::Empty(start) => {
                    let element = self.element(&start)?;
                    self.push(&element.name)?;
                    self.ending = Some(element.name.clone());
                    return Ok(Some(Piece::Start(element)));
                }
                Event::End(end) => {
                    self.open.pop();
                    let name = end.name().as_ref().to_owned();
                    return Ok(Some(Piece::End(name)));
                }
                Event::Text(text) => return Ok(Some(Piece::Text(text.to_string()))),
                Event::CData(data) => return Ok(Some(Piece::Text(data.to_string()))),
                Event::GeneralRef(name) => {
                    return Ok(Some(Piece::Text(self.reference(&name)?)));
                }
                Event::DocType(doctype) => self.doctype(&doctype)?,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return self.end(),
            }
        }
    }

    fn end(&self) -> Result<Option<Piece>, SourceError> {
        match self.open.last() {
            Some(name) => {
                let name = annals_finding::shown(name);
                let message = format!("the document ends inside the element {name}");
                Err(SourceError::syntax(self.at(), message))
            }
            None if !self.begun => Err(SourceError::syntax(
                self.at(),
                "this is not XML: it has no element",
            )),
            None => Ok(None),
        }
    }

    fn push(&mut self, name: &str) -> Result<(), SourceError> {
        self.begun = true;
        self.open.push(name.to_owned());
        if self.open.len() > DEEPEST {
            let message = format!("elements are nested more than {DEEPEST} deep");
            return Err(SourceError::limit(self.at(), message));
        }
        Ok(())
    }

    fn element(&self, start: &BytesStart<'_>) -> Result<Element, SourceError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| {
                SourceError::syntax(self.at(), format!("this is not well-formed XML: {error}"))
            })?;
            if attributes.len() == MOST_ATTRIBUTES {
                let message = format!("an element has more than {MOST_ATTRIBUTES} attributes");
                return Err(SourceError::limit(self.at(), message));
            }
            let name = attribute.key.as_ref().to_owned();
            attributes.push((name, self.value(&attribute.value)?));
        }
        Ok(Element {
            name: start.name().as_ref().to_owned(),
            attributes,
            line: self.line,
        })
    }

    /// The value of an attribute, with references resolved and white space normalised as XML
    /// requires.
    fn value(&self, written: &str) -> Result<String, SourceError> {
        let spaced = written.replace(['\n', '\t', '\r'], " ");
        let mut value = String::with_capacity(spaced.len());
        let mut rest = spaced.as_str();
        while let Some((before, after)) = rest.split_once('&') {
            value.push_str(before);
            let Some((name, after)) = after.split_once(';') else {
                let message = "this is not well-formed XML: an & without its ;";
                return Err(SourceError::syntax(self.at(), message));
            };
            value.push_str(&self.reference(name)?);
            rest = after;
        }
        value.push_str(rest);
        Ok(value)
    }

    /// The text of a reference.
    fn reference(&self, name: &str) -> Result<String, SourceError> {
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(|number| {
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                code.ok().and_then(char::from_u32)
            }),
        };
        known.map(String::from).ok_or_else(|| {
            let name = annals_finding::shown(name);
            SourceError::reaches_out(
                self.at(),
                format!("the entity &{name}; is not predefined in XML"),
            )
            .note("entities declared in a document are not expanded or fetched")
        })
    }

    fn doctype(&mut self, doctype: &str) -> Result<(), SourceError> {
        self.count_lines();
        if doctype.contains("<!ENTITY") {
            return Err(
                SourceError::reaches_out(self.at(), "the document declares entities")
                    .note("entities may fetch files and grow without bounds; they are not expanded")
                    .help("replace the entities in the document with their content"),
            );
        }
        Ok(())
    }

    /// Counts the lines up to the current position.
    fn count_lines(&mut self) {
        let now = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let now = now.min(self.text.len());
        if now > self.counted {
            let passed = &self.text.as_bytes()[self.counted..now];
            self.line += memchr::memchr_iter(b'\n', passed).count();
            self.counted = now;
        }
    }
}
