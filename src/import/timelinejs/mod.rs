//! `timelinejs`: the slides of a timeline for `TimelineJS` 3 of Knight Lab, in JSON or as the CSV of
//! its sheet.

mod html;
mod sheet;
mod slide;

use serde_json::Value;

use super::dates::Dated;
use super::json_object::{inner, inners, parsed};
use super::options::{ENCODING, Opt, Options};
use super::{Builder, Evidence, Import, Importer, Record};
use annals_model::RecordKind;
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

use slide::{Media, Slide, Sort};

static OPTIONS: &[&Opt] = &[&ENCODING];

/// A timeline of slides.
pub(super) static FORMAT: Importer = Importer {
    name: "timelinejs",
    title: "slides of a TimelineJS timeline, in JSON or as the CSV of its sheet",
    extensions: &["json", "csv"],
    loses: "Backgrounds, thumbnails, scale and links within texts; HTML becomes plain text. Media are not fetched from their URLs.",
    notes: "From a timeline that Annals has exported, you get back what a slide contains: the label of each event and its date, from and to, by year, month or day. An uncertain date comes back as its first and last day.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "the timeline, its `title`",
                "a document of kind `timeline`, the evidence of each event; the text of the title is its note",
            ),
            (
                "a slide, a row",
                "an event; `text.headline` is its label, `text.text` its note, both without HTML",
            ),
            ("an era", "an event of kind `era`"),
            (
                "`start_date`, `end_date`",
                "`when`: a year, month, day or time, or a range; if there is an end, times of day are in `x_begin` and `x_end`",
            ),
            (
                "a year before our era",
                "as TimelineJS shows it: −44 is 44 BCE, `-0043` in EDTF",
            ),
            ("`display_date`", "the wording of the date (`display`)"),
            ("`group`", "a tag"),
            (
                "`media`",
                "a document of kind `media`, evidence of the event; the caption is its title, the credit its author",
            ),
            ("`unique_id`", "`x_unique_id`"),
            (
                "a timeline that Annals has exported",
                "only the slides of events, without their tags; claims, relations and publications are left out and counted, since a slide does not say what they are about",
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
            let at = input.at();
            let name = input.own_name.clone();
            let text = out.taken(input.text(options.get(&ENCODING))?, &at)?;
            let slides = if text.trim_start().starts_with(['{', '[']) {
                of_json(&text, &at, out)?
            } else {
                sheet::slides(&text, &at)?
            };
            timeline(&slides, &name, out)
        })?;
    }
    Ok(())
}

/// The slides of a timeline in JSON.
fn of_json(text: &str, at: &At, out: &mut Builder<'_>) -> Result<Vec<Slide>, SourceError> {
    let value = parsed(text, at)?;
    let whole = value.as_object();
    // The older form has everything below `timeline`, and other names for it.
    if whole.is_some_and(|whole| inner(whole, "timeline").is_some()) {
        let message = "this is a timeline for TimelineJS 2, whose JSON differs";
        return Err(SourceError::syntax(At::line(&at.file, 1), message)
            .help("the documentation of TimelineJS 3 explains how to convert it"));
    }
    let Some(whole) = whole.filter(|whole| whole.get("events").is_some_and(Value::is_array)) else {
        let message = "this is not a timeline: expected an object with a list of events";
        return Err(SourceError::syntax(At::line(&at.file, 1), message));
    };
    let mut slides = Vec::new();
    if let Some(title) = inner(whole, "title") {
        slides.push(Slide::of_json(
            At::item(&at.file, "the title"),
            Sort::Title,
            title,
        ));
    }
    let events = whole.get("events").and_then(Value::as_array);
    for (nth, event) in events.into_iter().flatten().enumerate() {
        let at = At::item(&at.file, format!("event {}", nth + 1));
        match event.as_object() {
            Some(event) => slides.push(Slide::of_json(at, Sort::Event, event)),
            None => out.left_out(&at, "", "not a slide")?,
        }
    }
    for (nth, era) in inners(whole, "eras").enumerate() {
        let at = At::item(&at.file, format!("era {}", nth + 1));
        slides.push(Slide::of_json(at, Sort::Era, era));
    }
    Ok(slides)
}

fn timeline(slides: &[Slide], name: &str, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let title = slides.iter().find(|slide| slide.sort == Sort::Title);
    let headline = title.map_or("", |title| title.headline.as_str());
    let headline = if headline.is_empty() { name } else { headline };
    let id = out.id(RecordKind::Document, headline);
    let mut document = Record::new(RecordKind::Document, id.clone());
    document.set("title", headline).set("kind", "timeline");
    document.set("note", title.map_or("", |title| title.words.as_str()));
    out.add(document)?;
    let own = is_own(slides);
    for slide in slides.iter().filter(|slide| slide.sort != Sort::Title) {
        out.came("slide");
        if own && !slide.unique_id.starts_with("event-") {
            let why = "a claim, relation or publication, as exported by Annals";
            out.left_out(&slide.at, &slide.headline, why)?;
            continue;
        }
        event(slide, &id, own, out)?;
    }
    Ok(())
}

/// Whether Annals has exported a timeline: each slide is called after its table, and has its lane.
fn is_own(slides: &[Slide]) -> bool {
    let own = |slide: &Slide| {
        let parts = slide.unique_id.split_once('-');
        parts.is_some_and(|(kind, row)| {
            let lane = match kind {
                "event" => slide.group == "Happened",
                "relation" => slide.group == "Ties",
                "document" => slide.group == "Published",
                "claim" => true,
                _ => false,
            };
            lane && row.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let mut events = slides.iter().filter(|slide| slide.sort != Sort::Title);
    !slides.is_empty() && events.all(own)
}

fn event(
    slide: &Slide,
    timeline: &str,
    own: bool,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let label = match slide.headline.as_str() {
        // A headline may stand in the words, which are then both.
        "" => slide.words.lines().next().unwrap_or_default(),
        headline => headline,
    };
    if label.is_empty() && slide.media.caption.is_empty() {
        return out.left_out(&slide.at, &slide.unique_id, "a slide without text");
    }
    let label = if label.is_empty() {
        slide.media.caption.as_str()
    } else {
        label
    };
    let id = out.id(RecordKind::Event, label);
    let mut record = Record::new(RecordKind::Event, id);
    record.set("label", label);
    if slide.sort == Sort::Era {
        record.set("kind", "era");
    }
    when(slide, own, &mut record, out)?;
    if slide.words != label {
        record.set("note", &*slide.words);
    }
    if !own {
        record.push("tags", &*slide.group);
        record.extra("unique_id", &*slide.unique_id);
    }
    let mut documents = vec![timeline.to_owned()];
    if !slide.media.url.is_empty() {
        documents.push(media(&slide.media, out)?);
    }
    for document in documents {
        record.evidence(&Evidence {
            document,
            ..Evidence::default()
        });
    }
    out.add(record)
}

/// Sets when an event was, and keeps what of it has no field.
fn when(
    slide: &Slide,
    own: bool,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let (start, end) = (slide.start.edtf(), slide.end.edtf());
    let same = matches!((&start, &end), (Ok(start), Ok(end)) if start == end);
    let has_end = !same && !matches!(end, Ok(None));
    let mut clock = slide.start.clock();
    if has_end || (same && slide.end.clock() != clock) {
        record.extra("begin", clock.take().unwrap_or_default());
        record.extra("end", slide.end.clock().unwrap_or_default());
    }
    let text = match (start, end) {
        (Ok(Some(start)), Ok(None)) => Ok(start),
        (Ok(Some(start)), Ok(Some(_))) if same => Ok(start),
        (Ok(Some(start)), Ok(Some(end))) => Ok(format!("{start}/{end}")),
        (Ok(None), Ok(None)) => Ok(String::new()),
        (Ok(None), Ok(Some(end))) => Ok(format!("/{end}")),
        (Err(why), _) | (_, Err(why)) => Err(why),
    };
    let text = text.map(|text| match clock {
        Some(clock) => format!("{text}T{clock}"),
        None => text,
    });
    let read = match text {
        Ok(text) if text.is_empty() => None,
        Ok(text) => match Dated::edtf_of(&text) {
            Ok(date) => Some(date),
            Err(_) => {
                return faulty(
                    slide,
                    "an end before its beginning, kept under x_",
                    record,
                    out,
                );
            }
        },
        Err(_) => {
            let why = "a date that cannot be read, kept as written under x_";
            return faulty(slide, why, record, out);
        }
    };
    if let Some(date) = read {
        // What Annals itself has put in words is no word of a source.
        let display = if own { "" } else { &slide.display };
        record.date("when", &date.displayed(display));
    } else if !slide.display.is_empty() {
        record.extra("date", &*slide.display);
    }
    Ok(())
}

fn faulty(
    slide: &Slide,
    why: &'static str,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let all = [&slide.start, &slide.end].map(|one| {
        let parts = [&one.year, &one.month, &one.day, &one.time];
        let parts: Vec<&str> = (parts.iter().map(|part| part.as_str()))
            .filter(|part| !part.is_empty())
            .collect();
        parts.join("-")
    });
    let words = all.join("/");
    let words = words.trim_matches('/');
    record.extra("date", words);
    out.changed(&slide.at, words, why)
}

/// The document of a medium, one for each address.
fn media(media: &Media, out: &mut Builder<'_>) -> Result<String, SourceError> {
    let title = if media.caption.is_empty() {
        &media.url
    } else {
        &media.caption
    };
    let (id, new) = out.id_of(RecordKind::Document, &media.url, title);
    if new {
        let mut document = Record::new(RecordKind::Document, id.clone());
        document.set("title", &**title).set("kind", "media");
        document
            .push("author", &*media.credit)
            .set("url", &*media.url);
        out.add(document)?;
    }
    Ok(id)
}
