//! `timeml`: events, times and how they lie to each other, as `TimeML` 1.2 marks them in a text and
//! as CAT (the tool of `NewsReader`) keeps them beside its words.
//!
//! Both are read into one [`Marked`], which [`records`] makes facts of.
//!
//! Source: Saurí et al., *`TimeML` Annotation Guidelines* 1.2.1, 2006; Tonelli et al., *`NewsReader`
//! Guidelines for Annotation at Document Level*, NWR-2014-2.

mod cat;
mod inline;
mod links;
mod records;
mod values;

use super::options::{DURING, ENCODING, Opt, Options};
use super::xml_tree::Node;
use super::{Builder, Importer};
use annals_source::{Limits, Source, SourceError, each_input, ends_in, xml};

use inline::Marked;

/// Texts in `TimeML`, or of CAT.
pub(super) struct TimeMl;

static OPTIONS: &[&Opt] = &[&DURING, &ENCODING];

impl Importer for TimeMl {
    fn name(&self) -> &'static str {
        "timeml"
    }

    fn title(&self) -> &'static str {
        "events and times in TimeML 1.2, and in CAT (NewsReader)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["tml", "timeml", "xml"]
    }

    fn maps(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "`TimeML`, `Document`",
                "a document with its text; the time of creation is `published`",
            ),
            (
                "`EVENT` with `MAKEINSTANCE`; `EVENT_MENTION`",
                "an event for each instance, with its passage; `class` is the kind; `tense`, `aspect`, `polarity`, `modality` and the like in `x_`",
            ),
            (
                "an event of saying with a source: `source`, or in CAT the participant `Arg0`",
                "a claim of that speaker, about the events that it says (`SLINK`)",
            ),
            (
                "`TIMEX3`",
                "the date of the events that are tied to it; `mod` `APPROX` is `~`; of what lies within a week or a span, `[2000-02-14..2000-02-20]`; of the time of creation its day",
            ),
            (
                "`TLINK` of an event and a time",
                "`when`: within, before (`[..1998]`), after (`[1998..]`), from (`1998/`) or until (`/1998`); of several the first that says most, others in `x_tlink`, and so a time that lies within the event (`INCLUDES`)",
            ),
            (
                "`TLINK` of two events",
                "an order: `BEFORE`, `AFTER`, `IBEFORE` (`meets`), `IAFTER`, `INCLUDES` (`contains`), `IS_INCLUDED` (`during`), `SIMULTANEOUS` and `IDENTITY` (`equals`), `BEGINS`, `ENDS` and their inverses, `DURING` as `--during` says",
            ),
            (
                "`SLINK` `EVIDENTIAL`",
                "the event that is told of is `alleged`; other kinds in `x_slink`",
            ),
            (
                "`ALINK`",
                "`x_alink`: the word, and the event that begins, goes on or ends; annotators do not mean an order by it",
            ),
            (
                "`HAS_PARTICIPANT` (CAT)",
                "who takes part, with the semantic role; places of `LOC`",
            ),
            ("`CLINK` (CAT)", "`causes`"),
            (
                "`REFERS_TO` (CAT)",
                "mentions of one thing are one record, with all passages",
            ),
        ]
    }

    fn loses(&self) -> &'static str {
        "Durations without a beginning and an end, and sets of times, are left out and counted, and so are links of two times, links that say nothing (`VAGUE`, `NONE`, `MEASURE`) and times that only a reader could tell (`PAST_REF`). Signals, and references of entities to other collections, are lost."
    }

    fn notes(&self) -> &'static str {
        "`DURING` has been read in two ways: that an event lasts as long as the other (TimeML 1.2.1), or that it lies \
         within it, as Allen's relation of that name says. An import with such a link between events asks, and \
         `--during` answers. An event of saying whose source nobody marks stays an event."
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
        let wanted = |name: &str| ends_in(name, TimeMl.endings());
        for source in sources {
            each_input(source, &Limits::default(), wanted, &mut |input| {
                let (at, own) = (input.at(), input.own_name.clone());
                let text = out.taken(
                    xml::decode(&input.bytes()?, &at, options.get(&ENCODING))?,
                    &at,
                )?;
                let root = Node::read(&text, &at.file)?;
                let stem = own.rsplit_once('.').map_or(own.as_str(), |(stem, _)| stem);
                let marked = match root.name() {
                    "TimeML" => Marked::of(&root, stem),
                    "Document" if root.first("token").is_some() => cat::marked(&root, stem),
                    name => {
                        let name = annals_finding::shown(name);
                        let message = format!(
                            "this is neither TimeML nor of CAT: its first element is {name}"
                        );
                        let note =
                            "TimeML begins with TimeML, a file of CAT with Document and its tokens";
                        return Err(SourceError::syntax(root.at(&at.file), message).note(note));
                    }
                };
                records::write(&marked, &at, options.get(&DURING), out)
            })?;
        }
        Ok(())
    }
}
