//! `jsonld` and `nquads`: facts as linked data, the same triples in two spellings.
//!
//! What others have words for is said in theirs: PROV-O (who a claim is attributed to, what it was
//! quoted and derived from), Web Annotation (passages: `TextQuoteSelector`, `TextPositionSelector`),
//! schema.org (`Claim`, `Quotation`, `Event`, `Place`), OWL-Time (intervals). The rest is in a
//! vocabulary of our own, `urn:annals:vocabulary#`, which docs/reference/rdf.md lists.
//!
//! - As in a fact file, the selected records come with all that they refer to.
//! - A record is named `urn:annals:claim/` and its id, percent-encoded; `--base` puts another
//!   beginning in the place of `urn:annals:`. What belongs to a record (its time, its passages) is
//!   named below it, so that there is no nameless node and equal facts give equal lines.
//! - The interval of a date runs from the first day on which it can begin to the last on which it
//!   can end; the date as written is its `annals:edtf`.
//! - All is in the default graph. Each record's triples are written as it is met.

mod jsonld;
mod nquads;
mod parts;
mod records;
mod terms;

use std::io;

use super::{Choice, Export, Exporter, Options, closure};
use annals_graph::View;
use annals_query::Dossier;
use records::Teller;
use terms::PREFIXES;

/// What names begin with, if nothing else is asked for.
const BASE: &str = "urn:annals:";

const LOST: &str = "It has no comments and no texts of documents, and for an order between relations only its wording.";

/// JSON-LD.
pub(super) static JSON_LD: Exporter = Exporter {
    name: "jsonld",
    title: "linked data in JSON-LD 1.1: PROV-O, Web Annotation, schema.org, OWL-Time",
    extensions: &["jsonld"],
    loses: LOST,
    notes: "",
    options: &[Choice::Base],
    work: Export::stream(write_jsonld),
};

fn write_jsonld(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let teller = Teller::new(dossier, options.base.as_deref().unwrap_or(BASE));
    jsonld::begin(out)?;
    let mut before = "\n";
    for record in closure::records(dossier, view) {
        for thing in teller.record(record) {
            out.write_all(before.as_bytes())?;
            jsonld::thing(&thing, out)?;
            before = ",\n";
        }
    }
    jsonld::end(out)
}

/// N-Quads.
pub(super) static N_QUADS: Exporter = Exporter {
    name: "nquads",
    title: "linked data as N-Quads, one statement a line, for triple stores",
    extensions: &["nq", "nt"],
    loses: LOST,
    notes: "",
    options: &[Choice::Base],
    work: Export::stream(write_nquads),
};

fn write_nquads(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let teller = Teller::new(dossier, options.base.as_deref().unwrap_or(BASE));
    for record in closure::records(dossier, view) {
        for thing in teller.record(record) {
            nquads::thing(&thing, out)?;
        }
    }
    Ok(())
}

/// A beginning of names that linked data can have: an absolute IRI that ends where a name goes on.
///
/// # Errors
/// If it is none, in words for the user.
pub fn base_iri(text: &str) -> Result<String, String> {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    let scheme = scheme.filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let Some(scheme) = scheme else {
        return Err("it must begin with a scheme, such as https://example.org/".to_owned());
    };
    if PREFIXES.iter().any(|(prefix, _)| *prefix == scheme) {
        return Err(format!(
            "{scheme}: is a prefix of the vocabulary; use another scheme"
        ));
    }
    let forbidden = |c: char| !c.is_ascii_graphic() || "<>\"{}|\\^`".contains(c);
    if let Some(c) = text.chars().find(|c| forbidden(*c)) {
        return Err(format!("{c:?} must be percent-encoded in an IRI"));
    }
    if !text.ends_with(['/', '#', ':']) {
        return Err("it must end with / or # or :, because names are appended to it".to_owned());
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_load::{Request, Source, load};

    /// The prefix and the suffix of the one quote, with this text.
    fn around(quote: &str, text: &str) -> [Option<String>; 2] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("letter.txt"), text).unwrap();
        let facts = folder.path().join("facts.json");
        let json = serde_json::json!({"annals": 1,
            "documents": [{"id": "letter", "title": "Letter", "text": "letter.txt"}],
            "claims": [{"evidence": {"document": "letter", "quote": quote}}]});
        std::fs::write(&facts, json.to_string()).unwrap();
        let loaded = load(&Request {
            facts: vec![Source::Path(facts)],
            texts: vec![],
        });
        let mut out = Vec::new();
        let view = View::of_all(&loaded.facts);
        write_jsonld(&Dossier::new(&loaded), &view, &Options::default(), &mut out).unwrap();
        let graph: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let mut things = graph["@graph"].as_array().unwrap().iter();
        let selector = things.find(|one| one["oa:exact"] == quote).unwrap();
        ["oa:prefix", "oa:suffix"].map(|key| selector[key].as_str().map(str::to_owned))
    }

    #[test]
    fn a_passage_has_the_words_around_it() {
        let words = |prefix: &str, suffix: &str| {
            [prefix, suffix].map(|one| Some(one.to_owned()).filter(|one| !one.is_empty()))
        };
        assert_eq!(
            around("no", "We say no, Київ."),
            words("We say ", ", Київ.")
        );
        assert_eq!(around("We", "We say no."), words("", " say no."));
        let long = "é".repeat(40);
        let found = around("no", &format!("{long}no{long}"));
        assert_eq!(found, words(&"é".repeat(32), &"é".repeat(32)));
        // In several parts, more than once, not at all.
        assert_eq!(around("We … no", "We say no."), words("", ""));
        assert_eq!(around("no", "no and no"), words("", ""));
        assert_eq!(around("yes", "We say no."), words("", ""));
    }

    #[test]
    fn a_base_is_an_iri_that_goes_on() {
        for fine in ["https://example.org/kyiv/", "urn:x:", "https://a.b/c#"] {
            assert_eq!(base_iri(fine).as_deref(), Ok(fine));
        }
        for wrong in [
            "",
            "kyiv/",
            "https://a.b",
            "https://a b/",
            "prov:x/",
            "://x/",
        ] {
            assert!(base_iri(wrong).is_err(), "{wrong}");
        }
    }
}
