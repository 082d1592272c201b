//! `timelinejs`: a timeline for [`TimelineJS`] 3 of Knight Lab.
//!
//! Each slide is an event, a claim, a tie or a publication. Its lane (`group`) is the speaker of a
//! claim; what happened, ties and publications have a lane each. A date is as fine as it is known:
//! day, month or year; `display_date` is the date as the source words it, else in English. A year
//! before our era is written as `TimelineJS` counts it, −44 for 44 BCE. What has no end has no
//! `end_date`; what has no beginning stands at its end, and its words say *until*. A claim without
//! a date stands where it was first reported, and says so. Texts are HTML, as `TimelineJS` reads them.
//!
//! There is no `media`: `TimelineJS` would ask other servers for what an address leads to. Quotes
//! and sources stand in the text.
//!
//! [`TimelineJS`]: https://timeline.knightlab.com/docs/json-format.html

use std::fmt::Write as _;
use std::io;

use serde_json::{Map, Value, json};

use super::dated::{Dated, End, called, dated, ends, left_out, speakers};
use super::{Export, Exporter, Options};
use annals_format::escape::{html, web_address};
use annals_graph::View;
use annals_model::{RecordKind, RecordRef};
use annals_query::Dossier;
use annals_time::Date;

const KINDS: &[RecordKind] = &[
    RecordKind::Event,
    RecordKind::Claim,
    RecordKind::Relation,
    RecordKind::Document,
];

/// A timeline of slides.
pub(super) static FORMAT: Exporter = Exporter {
    name: "timelinejs",
    title: "a timeline in JSON, for Knight Lab's TimelineJS 3",
    extensions: &["timeline.json"],
    loses: "Records with neither a date nor a publication are left out. Of the links between records, it has only those named on a slide.",
    notes: "",
    options: &[],
    work: Export::stream(write).with_left_out(not_shown),
};

/// Those that have no place in it, counted.
fn not_shown(dossier: &Dossier<'_>, view: &View<'_>, _: &Options) -> Vec<String> {
    let all = dated(dossier, view, KINDS);
    let undated = all.iter().filter(|one| dates(one).is_none()).count();
    left_out(undated, "no date that TimelineJS can show")
}

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"{\"scale\":\"human\",")?;
    if let Some(title) = &options.title {
        let title = json!({"text": {"headline": html(title)}});
        write!(out, "\"title\":{title},")?;
    }
    out.write_all(b"\"events\":[")?;
    let mut line = "\n";
    for one in dated(dossier, view, KINDS) {
        let Some((start, end)) = dates(&one) else {
            continue;
        };
        let mut slide = Map::new();
        slide.insert("unique_id".into(), unique_id(one.record).into());
        slide.insert("start_date".into(), date(start));
        if let Some(end) = end {
            slide.insert("end_date".into(), date(end));
        }
        slide.insert("display_date".into(), html(&one.words()).into());
        slide.insert("group".into(), html(&lane(dossier, one.record)).into());
        let headline = html(&called(dossier, one.record));
        let text = json!({"headline": headline, "text": words(dossier, &one)});
        slide.insert("text".into(), text);
        out.write_all(line.as_bytes())?;
        serde_json::to_writer(&mut *out, &slide)?;
        line = ",\n";
    }
    out.write_all(b"\n]}\n")
}

/// The row of its table: an id may have characters that an address cannot.
fn unique_id(record: RecordRef) -> String {
    let row = match record {
        RecordRef::Event(id) => id.index(),
        RecordRef::Claim(id) => id.index(),
        RecordRef::Relation(id) => id.index(),
        RecordRef::Document(id) => id.index(),
        _ => 0,
    };
    format!("{}-{}", record.kind(), row + 1)
}

/// Where a slide begins and ends; `None` where nothing is known.
fn dates(one: &Dated<'_>) -> Option<(End, Option<End>)> {
    if let Some(given) = one.given {
        let (first, last) = ends(given);
        return first
            .map(|first| (first, last))
            .or(last.map(|last| (last, None)));
    }
    let day = one.reported.and_then(Date::last)?;
    Some((End::Day(day), None))
}

fn date(end: End) -> Value {
    // There is no year 0: the year before 1 is 1 BCE, written −1.
    let counted = |year: i32| if year <= 0 { year - 1 } else { year };
    match end {
        End::Year(year) => json!({"year": counted(year)}),
        End::Month(year, month) => json!({"year": counted(year), "month": month}),
        End::Day(day) => {
            let (year, month, day) = day.ymd();
            json!({"year": counted(year), "month": month, "day": day})
        }
    }
}

fn lane(dossier: &Dossier<'_>, record: RecordRef) -> String {
    match record {
        RecordRef::Claim(id) => speakers(dossier.facts(), &dossier.facts()[id]),
        RecordRef::Relation(_) => "Ties".to_owned(),
        RecordRef::Document(_) => "Published".to_owned(),
        _ => "Happened".to_owned(),
    }
}

/// What stands below the headline, in HTML: what was said, by whom; status and place; sources.
fn words(dossier: &Dossier<'_>, one: &Dated<'_>) -> String {
    let facts = dossier.facts();
    let mut out = String::new();
    let mut paragraph = |words: String| {
        // Writing to a String cannot fail.
        let _ = write!(out, "<p>{words}</p>");
    };
    match one.record {
        RecordRef::Claim(id) => {
            let act = facts.act_word(id).unwrap_or("says");
            let who = speakers(facts, &facts[id]);
            paragraph(format!("{} {}", html(&who), html(act)));
            if let Some(content) = facts[id].content.filter(|_| facts[id].quote.is_some()) {
                paragraph(html(facts.str(content)));
            }
        }
        RecordRef::Event(id) => {
            let status = facts[id].status.map(|status| status.to_string());
            let place = facts[id].place.map(|place| facts.label(place).to_owned());
            let known: Vec<String> = status.into_iter().chain(place).collect();
            if !known.is_empty() {
                paragraph(html(&known.join(" · ")));
            }
        }
        _ => {}
    }
    for evidence in facts.evidence(one.record) {
        let quote = evidence.quote.map(|quote| {
            let quote = html(facts.str(quote));
            format!("<blockquote>{quote}</blockquote>")
        });
        let source = evidence.document.map(|document| {
            let title = html(facts.label(document));
            let url = facts[document]
                .url
                .and_then(|url| web_address(facts.str(url)));
            match url {
                Some(url) => format!("<cite><a href=\"{}\">{title}</a></cite>", html(&url)),
                None => format!("<cite>{title}</cite>"),
            }
        });
        out.extend(quote);
        out.extend(source);
    }
    out
}
