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
                "a claim with its passage and exact spans; the type and the colour of the statement become tags",
            ),
            ("`person`, `narrator`, `speaker`", "the speaker, a person"),
            (
                "`organization`",
                "the speaker, if no person is coded; otherwise the organization that the person `represents`, a relation named in `as`",
            ),
            ("`concept`", "the topic that the claim is about"),
            (
                "`agreement`",
                "the stance toward the concept: `supports` or `opposes`",
            ),
            (
                "a variable of long text",
                "the note; if there are several, the others become `x_`",
            ),
            (
                "any other variable",
                "`x_` and its name: the text, the number, or true or false",
            ),
            (
                "attributes of persons, organizations and concepts",
                "`Alias` becomes an alias, `Notes` the note, others `x_` and the name; a colour other than black becomes a tag; the parent becomes `x_child_of`",
            ),
            ("coder", "`x_coder`"),
        ]
    }

    fn loses(&self) -> &'static str {
        "Passwords, permissions and settings of coders, their colours, regular expressions and variable links are lost. Attributes of values coded in your own variables are left out and counted."
    }

    fn notes(&self) -> &'static str {
        "Needs the feature `sqlite` (`cargo build --release --features sqlite`).\n\nA statement without a speaker is the narrator's; if nothing but a note is coded, it has the tag `to-code`. DNA dates a statement by its document; here, the date on which it was said stays empty. Open and save DNA 2 projects with DNA 3 first; save projects on a server as a `.dna` file."
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
                    let message = "this is not a Discourse Network Analyzer project: it is not an SQLite database";
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
    let help = "to read it, build with `cargo build --release --features sqlite`";
    Err(SourceError::new(annals_source::SourceErrorKind::Usage, at.clone(), message).help(help))
}
