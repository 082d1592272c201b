//! `dna`: the database of a Discourse Network Analyzer 3 project (`.dna`, `SQLite`).
//!
//! The file is held in memory and read from there, so that nothing is written beside it; only
//! ordinary tables are read, never views or virtual ones, whose text a hostile file could choose.
//! Offsets count UTF-16 units, as Java does, and are turned into code points.
//!
//! Source: the statements that create the tables, in `dna/src/main/java/sql/Sql.java` of
//! <https://github.com/leifeld/dna>, versions 3.0 to 3.1.

#[cfg(feature = "sqlite")]
mod statements;
#[cfg(feature = "sqlite")]
mod tables;

use super::options::{Opt, Options};
use super::{Builder, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

/// A project of Discourse Network Analyzer.
pub(super) struct Dna;

static OPTIONS: &[&Opt] = &[];

impl Importer for Dna {
    fn name(&self) -> &'static str {
        "dna"
    }

    fn title(&self) -> &'static str {
        "statements coded with Discourse Network Analyzer 3"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["dna"]
    }

    fn maps(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "document",
                "a document with its text; `Author`, `Source` (publisher), `Date` (published), `Type` (kind), `Notes`; `Section` in `x_section`",
            ),
            (
                "statement",
                "a claim with its passage and exact spans; the type of the statement is a tag, and so is its colour",
            ),
            ("`person`, `narrator`, `speaker`", "the speaker, a person"),
            (
                "`organization`",
                "the speaker, where no person is coded; else what the person `represents`, a relation under which they speak",
            ),
            ("`concept`", "the topic that the claim is about"),
            (
                "`agreement`",
                "the stance toward the concept: `supports` or `opposes`",
            ),
            (
                "a variable of long text",
                "the note; of several, the others in `x_`",
            ),
            (
                "any other variable",
                "`x_` and its name: the text, the number, or true and false",
            ),
            (
                "attributes of persons, organizations and concepts",
                "`Alias` an alias, `Notes` the note, others `x_` and the name; a colour that is not black a tag; what it is a child of `x_child_of`",
            ),
            ("coder", "`x_coder`"),
        ]
    }

    fn loses(&self) -> &'static str {
        "Passwords, permissions and settings of coders, their colours, regular expressions and links of variables are lost. Attributes of what is coded in a variable of your own are left out and counted."
    }

    fn notes(&self) -> &'static str {
        "Read by programs that are built with the feature `sqlite` (`cargo build --release --features sqlite`).\n\n\
         A statement without a speaker is its document's own, and has the tag `to-code` where nothing but a note is \
         coded. DNA dates a statement by its document; here the day on which it was said stays open. Projects of DNA 2 \
         are opened and saved by DNA 3 first; those on a server are saved as a `.dna` file."
    }

    fn options(&self) -> &'static [&'static Opt] {
        OPTIONS
    }

    fn import(
        &self,
        sources: &[Source],
        _options: &Options,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let wanted = |name: &str| ends_in(name, Dna.endings());
        for source in sources {
            each_input(source, &Limits::default(), wanted, &mut |input| {
                let at = input.at();
                let bytes = input.bytes()?;
                if !bytes.starts_with(b"SQLite format 3\0") {
                    let message = "this is no project of Discourse Network Analyzer: it is not an SQLite database";
                    return Err(SourceError::syntax(at, message));
                }
                write(bytes, &at, out)
            })?;
        }
        Ok(())
    }
}

#[cfg(feature = "sqlite")]
fn write(bytes: Vec<u8>, at: &At, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let tables = tables::Tables::read(bytes, at)?;
    statements::write(&tables, at, out)
}

/// `SQLite` is compiled from C, which a program for other work is not made to wait for.
#[cfg(not(feature = "sqlite"))]
fn write(_: Vec<u8>, at: &At, _: &mut Builder<'_>) -> Result<(), SourceError> {
    let message = "this annals was built without sqlite";
    let help = "`cargo build --release --features sqlite` makes one with it";
    Err(SourceError::new(annals_source::Sort::Usage, at.clone(), message).help(help))
}
