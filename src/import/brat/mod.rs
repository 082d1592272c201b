//! `brat`: standoff annotations (`.ann`) with the text that they are of (`.txt`).
//!
//! The text is looked for beside the annotations, within the same archive, and among the files that
//! are named. Offsets count code points, as brat's do; an annotation at whose offsets other words
//! stand than its own is left out. What types mean is told by [`meaning`].

mod actors;
mod lines;
mod making;
mod meaning;
mod ties;

use std::collections::BTreeMap;

use super::options::{DATES, ENCODING, Opt, Options, TYPES};
use super::{Builder, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use lines::Annotations;
use meaning::Meanings;

/// Annotations by brat.
pub(super) struct Brat;

static OPTIONS: &[&Opt] = &[&TYPES, &DATES, &ENCODING];

impl Importer for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }

    fn title(&self) -> &'static str {
        "standoff annotations of brat (.ann with .txt)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ann"]
    }

    fn maps(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("a text", "a document, with the text beside the facts"),
            (
                "`T` of a type that is a person, an organization, a state, a group, media",
                "an actor; names that differ are aliases, passages `x_mentions`",
            ),
            (
                "`T` that is a place, a topic, a date",
                "a place, a topic, the date of what it belongs to",
            ),
            (
                "`T` that is a claim or an event; `E`",
                "a claim or an event with its passage, in pieces where it is discontinuous",
            ),
            (
                "roles of a claim",
                "`Speaker`, `Addressee`, `About`, `Content`, `Time`, by these and the usual other words",
            ),
            (
                "roles of an event",
                "actors take part as the role says; places, dates, causes; others in `x_` and the role",
            ),
            (
                "`R` between actors",
                "a relation of that kind: `Member-Of` is `member_of`",
            ),
            (
                "`R` between claims",
                "`supports`, `attacks` or `contradicts`, `responds_to`, `repeats`",
            ),
            (
                "`R` between events",
                "`before`, `after`, `during`, `overlaps`, `includes` … are orders, `causes` is a cause, `part of` a part",
            ),
            (
                "`R` of a claim and an actor or topic",
                "speaker, addressee or about, by the name of the relation",
            ),
            ("`*` `Equiv`, `R` `Coreference`", "one actor"),
            (
                "`A`, `M`",
                "`Stance`, `Act`, `Mode`, `Status` with a word of the model set that field; others are `x_` and the name, of actors too",
            ),
            ("`N`", "`same_as`; one actor for one reference"),
            ("`#`", "the note"),
        ]
    }

    fn loses(&self) -> &'static str {
        "Relations between things that no record can tie are left out and listed, and so is what stands on an annotation that is faulty. The configuration of a collection is not read."
    }

    fn notes(&self) -> &'static str {
        "`--types` says what a type means; without it the usual names do: `Person`, `PER`, `ORG`, `GPE` (a place), \
         `Country` (a state), `Date`, `Topic`, `Claim`, `Premise`, `Statement`, `Say`, `Quote` … A type of an `E` that \
         is no claim is an event. Passages of types that nobody knows are topics, which is counted. A claim that \
         nothing gives a speaker is its document's own."
    }

    fn options(&self) -> &'static [&'static Opt] {
        OPTIONS
    }

    fn import(
        &self,
        sources: &[Source],
        options: &Options,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let meanings = Meanings::of(options.get(&TYPES))?;
        let wanted = |name: &str| ends_in(name, &["ann", "txt"]);
        let mut files = BTreeMap::new();
        for source in sources {
            each_input(source, &Limits::default(), wanted, &mut |input| {
                let file = File::of(input, options, out)?;
                files.insert(file.0, file.1);
                Ok(())
            })?;
        }
        for source in sources.iter().filter(|source| source.ending() == "ann") {
            // A name without folders: the text is a neighbour or nowhere.
            let base = source.name.rsplit('/').next().unwrap_or(&source.name);
            let beside = source.beside(&text_name(base));
            let name = text_name(&source.name);
            if let Some(beside) = beside.filter(|_| !files.contains_key(&name)) {
                each_input(&beside, &Limits::default(), |_| true, &mut |input| {
                    files.insert(name.clone(), File::of(input, options, out)?.1);
                    Ok(())
                })?;
            }
        }
        let mut actors = actors::Actors::default();
        let mut any = false;
        for (name, file) in &files {
            if !ends_in(name, &["ann"]) {
                continue;
            }
            any = true;
            let annotations = Annotations::of(&file.text);
            if annotations.has_lines
                && annotations.bounds.is_empty()
                && !annotations.faulty.is_empty()
            {
                let message =
                    "this has no annotation of brat: no line begins with T, a tab and a type";
                return Err(SourceError::syntax(At::line(&file.at.file, 1), message));
            }
            let text = files.get(&text_name(name)).map(|file| file.text.as_str());
            making::document(
                file,
                &annotations,
                text,
                &meanings,
                options,
                &mut actors,
                out,
            )?;
        }
        if !any {
            let at = sources.first().map_or(At::file(&"".into()), Source::at);
            return Err(SourceError::syntax(
                at,
                "there are no annotations: no file ends in .ann",
            ));
        }
        actors.write(out)
    }
}

/// A file that was read.
struct File {
    at: At,
    /// Its name without folders and ending.
    stem: String,
    text: String,
}

impl File {
    fn of(
        input: annals_source::Input<'_>,
        options: &Options,
        out: &mut Builder<'_>,
    ) -> Result<(String, File), SourceError> {
        let at = input.at();
        let own = input.own_name.clone();
        let stem = own.rsplit_once('.').map_or(own.as_str(), |(stem, _)| stem);
        let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
        let file = File {
            stem: stem.to_owned(),
            text,
            at: at.clone(),
        };
        Ok((at.file.to_string(), file))
    }
}

/// `report.ann` as `report.txt`.
fn text_name(name: &str) -> String {
    let packed = name.strip_suffix(".gz").unwrap_or(name);
    let stem = packed.rsplit_once('.').map_or(packed, |(stem, _)| stem);
    format!("{stem}.txt")
}
