//! Names and values of linked data.

use std::borrow::Cow;

use annals_time::Day;

/// The vocabularies, by the prefix that stands for each.
pub(super) const PREFIXES: [(&str, &str); 10] = [
    ("annals", "urn:annals:vocabulary#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A name of a vocabulary: `prov:wasDerivedFrom`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) prefix: &'static str,
    /// Only characters that an IRI may have.
    pub(super) local: Cow<'static, str>,
}

/// A name of a vocabulary, as `prefix:local`.
pub(super) fn word(name: &'static str) -> Word {
    // Every name is written with its prefix in this folder.
    let (prefix, local) = name.split_once(':').unwrap_or(("annals", name));
    Word {
        prefix,
        local: local.into(),
    }
}

impl Word {
    /// The whole IRI.
    pub(super) fn iri(&self) -> String {
        let found = PREFIXES.iter().find(|(prefix, _)| *prefix == self.prefix);
        format!("{}{}", found.map_or("", |(_, iri)| iri), self.local)
    }
}

/// What is said of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Another thing.
    Thing(String),
    /// A name of a vocabulary.
    Word(Word),
    /// A text.
    Text(String),
    /// A value of a type.
    Typed(String, Word),
}

/// A thing and all that is said of it at one place.
#[derive(Debug)]
pub(super) struct Thing {
    /// Its IRI, of ASCII characters that may stand between `<` and `>`.
    pub(super) iri: String,
    pub(super) says: Vec<(Word, Value)>,
}

impl Thing {
    pub(super) fn new(iri: String, class: &'static str) -> Self {
        let mut thing = Thing {
            iri,
            says: Vec::new(),
        };
        thing.is_a(class);
        thing
    }

    pub(super) fn is_a(&mut self, class: &'static str) {
        self.says.push((word("rdf:type"), Value::Word(word(class))));
    }

    pub(super) fn thing(&mut self, predicate: &'static str, iri: impl Into<String>) {
        self.says.push((word(predicate), Value::Thing(iri.into())));
    }

    pub(super) fn text(&mut self, predicate: &'static str, text: impl Into<String>) {
        self.says.push((word(predicate), Value::Text(text.into())));
    }

    pub(super) fn typed(
        &mut self,
        predicate: &'static str,
        text: impl Into<String>,
        datatype: &'static str,
    ) {
        let value = Value::Typed(text.into(), word(datatype));
        self.says.push((word(predicate), value));
    }
}

/// A day as XML Schema 1.1 writes it: year 0 is 1 BCE; no sign before years of five digits.
pub(super) fn xsd_date(day: Day) -> String {
    let (year, month, day) = day.ymd();
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}
