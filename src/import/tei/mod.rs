//! `tei`: texts encoded after the guidelines of the Text Encoding Initiative (TEI P5).
//!
//! Lists of persons, organizations, places, events and relations are read wherever they stand: in a
//! header, in `standOff`, in the text. The running text of each document is written beside the facts
//! with single spaces and a line for each block, and what is marked in it gets its exact place.
//! Names in the running text that no list, event or speech takes up are not taken by themselves.
//!
//! Source: <https://tei-c.org/release/doc/tei-p5-doc/en/html/>.

mod affiliations;
mod dates;
mod flow;
mod letters;
mod lists;
mod names;
mod relations;
mod speech;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::options::{ENCODING, Opt, Options};
use super::{Builder, Evidence, Import, Importer, Record};
use annals_model::RecordKind;
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in, xml};

use super::xml_tree::Node;
use dates::Read;
use flow::Flow;
use foldhash::fast::RandomState;
use names::name_of;

static OPTIONS: &[&Opt] = &[&ENCODING];

/// Texts in TEI.
pub(super) static FORMAT: Importer = Importer {
    name: "tei",
    title: "texts in TEI: persons, places, events, who says what, dates",
    extensions: &["xml", "tei"],
    loses: "Markup of layout, rejected readings (`sic`, `orig`, `abbr`, `del`) and grammar is lost. Names and dates in the running text are read only within events, and `q` and `quote` only with `who`; each without it is counted. Files that are included from elsewhere (`include`) are counted and not followed.",
    notes: "`who`, `ref` and similar attributes are looked up in the same file, then in all files that are imported together. Someone who is in no list becomes an actor named after the reference, read as a person, and is counted. Years in `when` are counted as in EDTF and ISO 8601.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "`TEI`, `teiHeader`",
                "a document with title, authors, publisher, date, language, and its running text",
            ),
            (
                "`person`, `personGrp`, `org`",
                "an actor; `birth` and `death` give the lifespan, `idno` is `same_as`, other names become aliases, other elements `x_` and their name",
            ),
            (
                "`forename`, `nameLink`, `surname`, `genName`",
                "one name in this order, whichever the source has; `addName` becomes an alias",
            ),
            (
                "`affiliation` of these, with `ref` or the name of an organization",
                "a dated relation: `member_of`, for offices such as `minister` or `head` `holds_office`, for staff `employed_by`, for any other role `related_to`; `roleName` is the role, or else `role`",
            ),
            (
                "`place`",
                "a place; `geo` gives its coordinates, an enclosing place `within`",
            ),
            (
                "`event`, and `rs`, `seg`, `ab`, `name` of type `event`",
                "an event with its date and place; names in it take part (`role`), and whoever's entry it stands in. An event `existence` of an organization is its lifespan",
            ),
            (
                "`correspDesc`",
                "an event of kind `letter`: who sent it (`sender`) and who received it (`addressee`), with the date and place of sending; dates and places of other `correspAction` are in `x_`. A text with one of them is a document of kind `letter`",
            ),
            (
                "header of `teiCorpus`",
                "a document for the corpus, the evidence of what is told there",
            ),
            (
                "`relation`",
                "relations from `active` to `passive`, and between `mutual`",
            ),
            (
                "`said`, `q`, `quote`, `u`, `sp` with `who`",
                "a claim by those, with its exact span; `toWhom` is `to`",
            ),
            (
                "`direct` of `said`",
                "`true` is mode `direct`, and the text is the quote; `false` is `indirect`; `u` is always direct",
            ),
            (
                "`said`, `u`, `sp` without `who`, or with an unlisted `#unknown`",
                "a claim by the narrator, with the tag `to-code`",
            ),
            (
                "`note`, `vocal`, `kinesic`, `incident`, `gap`, `time` and the like within a speech",
                "kept in the text, but not among the words of the speaker: there the quote has `…`",
            ),
            (
                "`when`; `from`, `to`; `notBefore`, `notAfter`",
                "`2023-04`; `1911/1913`; `[1911..1914]`; the zone of a day and fractions of a second are dropped, a time of day in a range is kept in `x_`",
            ),
            (
                "`cert`, `precision` of a date",
                "`?` if the certainty is not high, `~` if the date is approximate; the wording of the text is in `display`",
            ),
            (
                "`when-custom` with a method named julian",
                "a date in the Julian calendar",
            ),
            ("`cert` of anything else", "`x_cert`"),
            ("date of `setting`", "when `u` are said"),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut files: Vec<(Arc<str>, String, Node)> = Vec::new();
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let (at, own) = (input.at(), input.own_name.clone());
            let text = out.taken(
                xml::decode(&input.bytes()?, &at, options.get(&ENCODING))?,
                &at,
            )?;
            let root = Node::read(&text, &at.file)?;
            if !is_tei(&root) {
                let name = annals_finding::shown(root.name());
                let message = format!("this is not TEI: its root element is {name}");
                return Err(SourceError::syntax(root.at(&at.file), message)
                        .note("the root of a text is TEI or teiCorpus, that of a list is listPerson, listEvent or similar"));
            }
            let stem = own.rsplit_once('.').map_or(own.as_str(), |(stem, _)| stem);
            files.push((Arc::clone(&at.file), stem.to_owned(), root));
            Ok(())
        })?;
    }
    let nowhere: Arc<str> = "".into();
    let mut reading = Reading {
        file: &nowhere,
        document: String::new(),
        flow: None,
        things: BTreeMap::new(),
        actors: HashMap::default(),
        names: BTreeMap::new(),
        places: BTreeMap::new(),
        places_by_name: BTreeMap::new(),
        events: BTreeMap::new(),
        out,
    };
    for (file, _, root) in &files {
        reading.file = file;
        reading.entities(root)?;
    }
    for (file, stem, root) in &files {
        reading.file = file;
        reading.events.clear();
        reading.corpus(root, stem)?;
    }
    Ok(())
}

fn is_tei(root: &Node) -> bool {
    let name = root.name();
    matches!(name, "TEI" | "TEI.2" | "teiCorpus" | "standOff" | "text")
        || (name.starts_with("list") && name != "list")
}

/// What a reference can stand for.
#[derive(Debug, Clone)]
enum Thing {
    Actor(String),
    Place(String),
}

struct Reading<'r, 'o> {
    file: &'r Arc<str>,
    /// The document that is read.
    document: String,
    flow: Option<(Flow, Vec<char>)>,
    /// By file and id, and by id alone.
    things: BTreeMap<(String, String), Thing>,
    /// The actors of entries of lists, by file and element.
    actors: HashMap<(Arc<str>, usize), String, RandomState>,
    /// Actors of lists by name, for names that refer to nothing.
    names: BTreeMap<String, String>,
    /// Places of the file by element, until it is known what they are in.
    places: BTreeMap<usize, (String, Record)>,
    /// Places that letters refer to, by name, for those that they only name.
    places_by_name: BTreeMap<String, String>,
    /// Events of the file by element.
    events: BTreeMap<usize, String>,
    out: &'r mut Builder<'o>,
}

impl Reading<'_, '_> {
    /// Each text of a corpus, or the one text of a file.
    fn corpus(&mut self, root: &Node, stem: &str) -> Result<(), SourceError> {
        let mut included = Vec::new();
        root.walk(&mut |node| {
            if node.name() == "include" {
                included.push(node);
            }
            true
        });
        for node in included {
            let what = node.get("href").unwrap_or_default();
            let why = "another file (include), which can be imported together with this one";
            self.out.left_out(&node.at(self.file), what, why)?;
        }
        if root.name() != "teiCorpus" {
            return self.one(root, stem);
        }
        let (mut texts, mut corpora) = (Vec::new(), vec![root]);
        root.walk(&mut |node| {
            let is_text = matches!(node.name(), "TEI" | "TEI.2");
            if is_text {
                texts.push(node);
            } else if node.name() == "teiCorpus" {
                corpora.push(node);
            }
            !is_text
        });
        for (nth, text) in texts.iter().enumerate() {
            self.one(text, &format!("{stem} {}", nth + 1))?;
        }
        for corpus in corpora {
            self.around(corpus, stem)?;
        }
        Ok(())
    }

    /// What stands in a corpus beside its texts. It belongs to all of them, so that it is shown by a
    /// document of the corpus, which is made where something is told.
    fn around(&mut self, corpus: &Node, stem: &str) -> Result<(), SourceError> {
        let is_text = |name: &str| matches!(name, "TEI" | "TEI.2" | "teiCorpus");
        let parts: Vec<&Node> = corpus.nodes().filter(|one| !is_text(one.name())).collect();
        let mut tells = false;
        for part in &parts {
            part.walk(&mut |node| {
                let told = ["event", "relation", "affiliation", "correspDesc"];
                tells |= told.contains(&node.name());
                !tells
            });
        }
        if !tells {
            return Ok(());
        }
        let record = self.header(corpus, stem)?;
        record
            .id()
            .unwrap_or_default()
            .clone_into(&mut self.document);
        self.flow = None;
        self.out.add(record)?;
        for part in parts {
            self.told(part)?;
        }
        Ok(())
    }

    fn one(&mut self, node: &Node, stem: &str) -> Result<(), SourceError> {
        self.out.came("text");
        let record = self.header(node, stem)?;
        let mut record = record;
        self.document = record.id().unwrap_or_default().to_owned();
        let text = if node.name() == "text" {
            Some(node)
        } else {
            node.first("text")
        };
        self.flow = None;
        if let Some(text) = text {
            let flow = Flow::of(text);
            if !flow.text.is_empty() {
                self.out.text(&mut record, &flow.text)?;
            }
            let points = flow.text.chars().collect();
            self.flow = Some((flow, points));
        }
        self.out.add(record)?;
        self.told(node)?;
        match text {
            Some(text) => self.speeches(node, text),
            None => Ok(()),
        }
    }

    /// The document of a text, from its header.
    fn header(&mut self, node: &Node, stem: &str) -> Result<Record, SourceError> {
        let file = node.find(&["teiHeader", "fileDesc"]);
        let find = |way: &[&str]| file.and_then(|file| file.find(way));
        let title = find(&["titleStmt", "title"]).map(Node::words);
        let title = title.filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| stem.to_owned());
        let id = self.out.id(RecordKind::Document, &title);
        let mut record = Record::new(RecordKind::Document, id);
        record.set("title", title);
        let described = node.find(&["teiHeader", "profileDesc"]);
        let letters = described.map_or(0, |one| one.all("correspDesc").count());
        if letters == 1
            && node
                .first("text")
                .is_some_and(|text| !text.words().is_empty())
        {
            record.set("kind", "letter");
        }
        let authors = find(&["titleStmt"])
            .into_iter()
            .flat_map(|one| one.all("author"));
        let authors: Vec<String> = authors.map(name_of).filter(|one| !one.is_empty()).collect();
        record.set("author", authors);
        let publisher = find(&["publicationStmt", "publisher"]);
        record.set("publisher", publisher.map(name_of));
        let language = node.get("lang").or_else(|| {
            let usage = node.find(&["teiHeader", "profileDesc", "langUsage", "language"]);
            usage.and_then(|usage| usage.get("ident"))
        });
        record.set("language", language);
        let url = find(&["publicationStmt"])
            .into_iter()
            .flat_map(|one| one.all("idno"));
        let url = url.map(Node::words).find(|words| words.starts_with("http"));
        record.set("url", url);
        if let Some(date) = find(&["publicationStmt", "date"]) {
            self.dated(date, &mut record, "published")?;
        }
        record.extra("xml_id", node.get("id"));
        Ok(record)
    }

    /// Keeps what an element with an id became.
    fn know(&mut self, node: &Node, thing: Thing) {
        if let Some(id) = node.get("id") {
            let file = (self.file.to_string(), id.to_owned());
            self.things.entry(file).or_insert_with(|| thing.clone());
            self.things
                .entry((String::new(), id.to_owned()))
                .or_insert(thing);
        }
    }

    /// What the first reference of an attribute stands for.
    fn thing(&self, reference: &str) -> Option<Thing> {
        let reference = reference.split_whitespace().next()?;
        let id = fragment(reference).to_owned();
        let own = (self.file.to_string(), id.clone());
        let elsewhere = (String::new(), id);
        let found = self
            .things
            .get(&own)
            .or_else(|| self.things.get(&elsewhere));
        found.cloned()
    }

    /// Sets a date from the attributes of an element.
    fn dated(
        &mut self,
        node: &Node,
        record: &mut Record,
        field: &'static str,
    ) -> Result<(), SourceError> {
        match dates::of(node) {
            Read::None => Ok(()),
            Read::Date(date) => {
                record.date(field, &date);
                let Some(words) = dates::beside(node) else {
                    return Ok(());
                };
                record.extra(field, words.as_str());
                let how = "a time or a bound that a date cannot hold, kept under x_";
                self.out.changed(&node.at(self.file), &words, how)
            }
            Read::Unread(words) => {
                record.extra(field, words.as_str());
                let at: At = node.at(self.file);
                self.out
                    .left_out(&at, &words, "a date that cannot be read, kept under x_")
            }
        }
    }

    /// Adds the document as evidence, and the passage of an element where it has one.
    fn evidence(&self, node: Option<&Node>, record: &mut Record) -> Option<String> {
        let flow = self.flow.as_ref();
        let passage = flow.zip(node).and_then(|((flow, points), node)| {
            let (start, end) = flow.span(node)?;
            Some((
                (start, end),
                points.get(start..end)?.iter().collect::<String>(),
            ))
        });
        let (spans, words) = passage.map_or((Vec::new(), None), |(span, words)| {
            (vec![span], Some(words))
        });
        record.evidence(&Evidence {
            document: self.document.clone(),
            quote: words.clone(),
            spans,
            ..Evidence::default()
        });
        words
    }
}

/// `people.xml#ada` as `ada`.
fn fragment(reference: &str) -> &str {
    let reference = reference.rsplit('#').next().unwrap_or(reference);
    let plain = reference
        .rsplit_once(':')
        .map_or(reference, |(_, name)| name);
    if plain.starts_with("//") {
        return plain
            .rsplit('/')
            .find(|part| !part.is_empty())
            .unwrap_or(plain);
    }
    plain
}
