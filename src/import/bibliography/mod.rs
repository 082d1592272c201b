//! `bibliography`: references in BibTeX, BibLaTeX, CSL-JSON and RIS as documents.
//!
//! Which of them a file is shows in its first characters. The readers are small and our own: the
//! crates for these formats carry styles of citation with them, or give up a whole file for one
//! entry without saying at which line.

mod bibtex;
pub(super) mod csl;
mod csl_date;
mod dates;
mod entry;
mod latex;
pub(super) mod ris;

use indexmap::IndexMap;
use serde_json::Value;

use super::dates::Reading;
use super::options::{CENTURY, DATES, ENCODING, Opt, Options};
use super::{Builder, Import, Importer, Record};
use annals_model::RecordKind;
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use entry::Entry;

static OPTIONS: &[&Opt] = &[&DATES, &CENTURY, &ENCODING];

/// References.
pub(super) static FORMAT: Importer = Importer {
    name: "bibliography",
    title: "references of a bibliography in BibTeX, BibLaTeX, CSL-JSON or RIS",
    extensions: &["bib", "bibtex", "json", "ris"],
    loses: "Text between entries and `@comment` are skipped; LaTeX commands that print no letter lose their name; `and others` is not an author.",
    notes: "Accents and letters written as LaTeX commands are read (`{\\\"o}` is ö). Authors are names, not actors: only you know which of them act or speak in your facts.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "`@article{…}`, a CSL-JSON item, `TY  -` to `ER  -`",
                "a document; its kind is `article`, `book`, `chapter`, `paper`, `thesis`, `report`, `law`, `letter`, `post`, `web page`, `broadcast`, `interview`, `speech` and so on; `document` for types that imply no kind",
            ),
            (
                "the key, `id`, `ID`",
                "`x_key`; the document's id is made from its title",
            ),
            (
                "`author`, `AU`; `editor`, `ED`",
                "`author`, first name first; editors become authors if there are no authors, otherwise `x_editor`",
            ),
            (
                "`journal`, `booktitle`, `container-title`, `T2`",
                "`publisher` for articles, reports, posts and web pages (an additional publisher becomes `x_publisher`); `x_in` for everything else",
            ),
            ("`publisher`, `institution`, `school`, `PB`", "`publisher`"),
            (
                "`date`, `year` with `month` and `day`; `issued`; `DA`, `PY`, `Y1`",
                "`published`, as EDTF with its precision; `circa` is `~`, a season is `2016-21`. Of two dates, the more precise; one that differs is kept under `x_` and counted",
            ),
            (
                "`urldate`, `accessed`, `Y2`; `original-date`, `event-date`, `submitted`, `available-date`",
                "`x_accessed`; `x_original_date` …",
            ),
            (
                "a date that cannot be read (`forthcoming`, 30 February)",
                "`x_published` or `x_` and the field, as written, and counted",
            ),
            (
                "`language`, `url`, `note`, `keywords`",
                "`language`, `url`, `note`, `tags`",
            ),
            (
                "all other fields, such as `doi`, `volume`, `pages`, `abstract`",
                "`x_doi`, `x_volume` …",
            ),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let reading = Reading::of(options);
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
            for entry in entries(&text, &at, out)? {
                document(entry, reading, out)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The references of a text, of whichever of the spellings it is.
fn entries(text: &str, at: &At, out: &mut Builder<'_>) -> Result<Vec<Entry>, SourceError> {
    if text.trim_start().starts_with(['[', '{']) {
        let (entries, faulty) = csl::entries(text, at)?;
        for at in faulty {
            out.left_out(&at, "", "not a bibliography item")?;
        }
        return Ok(entries);
    }
    if ris::is_ris(text) {
        return ris::entries(text, at);
    }
    let entries = bibtex::entries(text, at)?;
    if entries.is_empty() && !text.contains('@') {
        let message = "this is not a bibliography: it begins like neither BibTeX, CSL-JSON nor RIS";
        return Err(SourceError::syntax(At::line(&at.file, 1), message));
    }
    Ok(entries)
}

fn document(entry: Entry, reading: Reading, out: &mut Builder<'_>) -> Result<(), SourceError> {
    out.came("reference");
    let (kind, in_periodical) = (entry.kind(), entry.is_in_periodical());
    let title = [&entry.title, &entry.container, &entry.key];
    let Some(title) = title.into_iter().find(|title| !title.trim().is_empty()) else {
        return out.left_out(&entry.at, &entry.sort, "without a title");
    };
    let id = out.id(RecordKind::Document, title);
    let mut record = Record::new(RecordKind::Document, id);
    record.set("title", title.clone()).set("kind", kind);
    let (publisher, within) = if in_periodical && !entry.container.is_empty() {
        record.extra("publisher", &*entry.publisher);
        (entry.container, String::new())
    } else {
        (entry.publisher, entry.container)
    };
    if entry.authors.is_empty() {
        record.set("author", entry.editors);
    } else {
        record.set("author", entry.authors);
        record.extra("editor", entry.editors);
    }
    record.set("publisher", publisher).extra("in", within);
    dates::published(entry.published, &entry.at, reading, &mut record, out)?;
    for (field, date) in entry.dates {
        dates::other(&field, date, &entry.at, reading, &mut record, out)?;
    }
    record.set("language", entry.language).set("url", entry.url);
    record.set("note", entry.note).set("tags", entry.tags);
    let mut others: IndexMap<String, Vec<Value>> = IndexMap::new();
    for (name, value) in entry.others {
        others.entry(name).or_default().push(value);
    }
    for (name, mut values) in others {
        values.dedup();
        let one = if values.len() == 1 {
            values.remove(0)
        } else {
            values.into()
        };
        let taken = record.get(&crate::extra_key(&name)).is_some();
        let name = if taken || name == "key" {
            format!("other_{name}")
        } else {
            name
        };
        record.extra(&name, one);
    }
    record.extra("key", entry.key);
    out.add(record)
}
