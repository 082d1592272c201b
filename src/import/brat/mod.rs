//! `brat`: standoff annotations (`.ann`) with the text that they are of (`.txt`).
//!
//! The text is looked for beside the annotations, within the same archive, and among the files that
//! are named. Offsets count code points, as brat's do; an annotation at whose offsets other words
//! stand than its own is left out. What types mean is told by [`meaning`].

mod actors;
mod lines;
mod making;
mod meaning;
mod parts;
mod role;
mod ties;
mod when;

use std::collections::BTreeMap;

use super::options::{CENTURY, DATES, ENCODING, Opt, Options, TYPES};
use super::{Builder, Import, Importer};
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use lines::Annotations;
use meaning::Meanings;

static OPTIONS: &[&Opt] = &[&TYPES, &DATES, &CENTURY, &ENCODING];

/// Annotations by brat.
pub(super) static FORMAT: Importer = Importer {
    name: "brat",
    title: "standoff annotations of brat (.ann with .txt)",
    extensions: &["ann"],
    loses: "Relations between two dates are left out and listed, and so is everything that refers to a faulty annotation. The configuration of a collection is not read.",
    notes: "`--types` says what a type means. Without it, the usual names are recognised: `Person`, `PER`, `ORG`, `GPE` (a place), \
         `Country` (a state), `Date`, `Topic`, `Claim`, `Premise`, `Statement`, `Say`, `Quote` … The type of an `E` that is not a claim is an event. Passages of unknown types become topics and are counted. A claim without a speaker is the narrator's; one whose speaker is annotated but missing is by an unnamed actor. A place that speaks (`GPE`) is read as an actor and counted. Roles and relations are known by their usual names, and otherwise by what stands at their ends: a date of an event is when it was, unless the name says something else (`Reported_On`).",
    options: OPTIONS,
    work: Import {
        maps: &[
            ("a text", "a document, with the text beside the facts"),
            (
                "`T` of a type that means a person, organization, state, group or medium",
                "an actor; different names become aliases, passages become `x_mentions`",
            ),
            (
                "`T` that means a place, topic or date",
                "a place, a topic, the date of what it belongs to",
            ),
            (
                "`T` that means a claim or an event; `E`",
                "a claim or event with its passage, in several spans if it is discontinuous",
            ),
            (
                "roles and relations of a claim",
                "`Speaker` (also `Who`), `Addressee`, `About`, `Content`, `Time`, under these and other usual names",
            ),
            (
                "roles and relations of an event (`PARTICIPANT_IN`, `POINT_IN_TIME`, `TAKES_PLACE_IN`, `Place`, `Time-Starting`)",
                "actors become participants with that role; `when` (from start to end; before and after a date), `place`; causes fill `causes`. A second date or place becomes `x_` and the role, and is counted; so do other roles, uncounted",
            ),
            (
                "`R` between actors",
                "a relation of that kind, once for each text: `Member-Of` is `member_of`, `SPOUSE` is `married_to`",
            ),
            (
                "`R` between claims",
                "`supports`, `attacks` or `contradicts`, `responds_to`, `repeats`",
            ),
            (
                "`R` between events",
                "`before`, `after`, `during`, `overlaps`, `includes` … become orders, `causes` and `HAS_CAUSE` a cause, `SUBEVENT_OF` and `PART_OF` a part",
            ),
            (
                "`R` between an actor and a date",
                "`DATE_OF_BIRTH`, `DATE_OF_DEATH`, `DATE_FOUNDED_IN` and the like: `lifespan`",
            ),
            (
                "other `R`",
                "`x_` and its name, on the record at which it starts; `within` between places",
            ),
            (
                "`*` `Equiv`, `R` `Coreference`, `ALTERNATIVE_NAME`",
                "one actor; of other things `x_same`",
            ),
            (
                "`A`, `M`",
                "`Stance`, `Act`, `Mode` and `Status` set that field if the model has the word; other attributes, also of actors, become `x_` and the name",
            ),
            (
                "`N`",
                "`same_as`, one actor per reference; `x_same_as` of other things",
            ),
            ("`#`", "the note"),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
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
        if annotations.has_lines && annotations.bounds.is_empty() && !annotations.faulty.is_empty()
        {
            let message =
                "there are no brat annotations here: no line begins with T, a tab and a type";
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
