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
use super::{Builder, Import, Importer};
use annals_source::{Limits, Source, SourceError, each_input, ends_in, xml};

use inline::Marked;

static OPTIONS: &[&Opt] = &[&DURING, &ENCODING];

/// Texts in `TimeML`, or of CAT.
pub(super) static FORMAT: Importer = Importer {
    name: "timeml",
    title: "events and times in TimeML 1.2, and in CAT (NewsReader)",
    extensions: &["tml", "timeml", "xml"],
    loses: "These are left out and counted: durations without a beginning and an end, sets of times, links between two times, links that say nothing (`VAGUE`, `NONE`, `MEASURE`) and times that only a reader can resolve (`PAST_REF`). Signals, and references from entities to other collections, are lost.",
    notes: "`DURING` is used in two senses: an event lasts as long as the other (TimeML 1.2.1), or it lies within it, as in Allen's relation of that name. An import with such a link between events asks, and `--during` answers. An event of saying without a marked source stays an event.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "`TimeML`, `Document`",
                "a document with its text; its creation time is `published`",
            ),
            (
                "`EVENT` with `MAKEINSTANCE`; `EVENT_MENTION`",
                "an event for each instance, with its passage; `class` is the kind; `tense`, `aspect`, `polarity`, `modality` and the like in `x_`",
            ),
            (
                "an event of saying with a source: `source`, or in CAT the participant `Arg0`",
                "a claim by that speaker, about the events in its `SLINK`s",
            ),
            (
                "`TIMEX3`",
                "the date of the events linked to it; `mod` `APPROX` is `~`; for a week or a span, `[2000-02-14..2000-02-20]`; for the creation time, its day",
            ),
            (
                "`TLINK` between an event and a time",
                "`when`: within, before (`[..1998]`), after (`[1998..]`), from (`1998/`) or until (`/1998`); if there are several, the first of the most informative ones; others are in `x_tlink`, as is a time within the event (`INCLUDES`)",
            ),
            (
                "`TLINK` between two events",
                "an order: `BEFORE`, `AFTER`, `IBEFORE` (`meets`), `IAFTER`, `INCLUDES` (`contains`), `IS_INCLUDED` (`during`), `SIMULTANEOUS` and `IDENTITY` (`equals`), `BEGINS`, `ENDS` and their inverses, `DURING` as `--during` says",
            ),
            (
                "`SLINK` `EVIDENTIAL`",
                "the reported event is `alleged`; other kinds are in `x_slink`",
            ),
            (
                "`ALINK`",
                "`x_alink`: the word, and the event that begins, continues or ends; annotators do not mean it as an order",
            ),
            (
                "`HAS_PARTICIPANT` (CAT)",
                "participants with their semantic role; `LOC` gives places",
            ),
            ("`CLINK` (CAT)", "`causes`"),
            (
                "`REFERS_TO` (CAT)",
                "mentions of one thing are one record, with all passages",
            ),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let wanted = |name: &str| ends_in(name, FORMAT.extensions);
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
                    let message =
                        format!("this is neither TimeML nor CAT: its root element is {name}");
                    let note =
                        "the root of TimeML is TimeML, that of CAT is Document with its tokens";
                    return Err(SourceError::syntax(root.at(&at.file), message).note(note));
                }
            };
            records::write(&marked, &at, options.get(&DURING), out)
        })?;
    }
    Ok(())
}
