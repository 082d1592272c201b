//! The text on nodes and in their tooltips: names, details, dates in words.

use crate::geometry::Rect;
use crate::scene::{Area, Fill, Form, Pattern, Stroke};
use crate::text::{Style, one_line, width};
use crate::theme::{Look, Theme};
use annals_model::{
    ActorId, Facts, NodeRef, RecordRef, RelationId, StanceValue, Status, Vocabulary,
};
use annals_query::Dossier;
use annals_query::timeline::NarrowedRow;
use annals_time::{Date, Day, Precision};

/// How a node's text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// A name: bold.
    Name,
    /// Verbatim: upright, in quotation marks.
    Quote,
    /// In the annotator's wording: italic.
    Paraphrase,
}

/// A node's text and style.
#[derive(Debug, Clone)]
pub(super) struct NodeWords {
    /// Its name, or the text of a claim.
    pub(super) name: String,
    /// How that is set.
    pub(super) setting: Setting,
    /// Its kind and dates.
    pub(super) note: String,
    /// Everything, whole.
    pub(super) tooltip: Vec<String>,
    /// Its class for style sheets.
    pub(super) class: String,
    /// Its colours.
    pub(super) look: Look,
    /// Its form.
    pub(super) form: Form,
    /// Whether it is unnamed, or not known to have happened.
    pub(super) dashed: bool,
}

impl NodeWords {
    /// Its form in a box.
    pub(super) fn area(&self, rect: Rect) -> Area {
        let pattern = if self.dashed {
            Pattern::Dashed
        } else {
            Pattern::Solid
        };
        Area {
            rect,
            form: self.form,
            fill: Fill::Plain(self.look.fill),
            stroke: Some(Stroke {
                colour: self.look.stroke,
                width: 1.4,
                pattern,
            }),
        }
    }
}

/// How long the point of an event is.
const POINT: f64 = 12.0;

/// The text and style of a node.
pub(super) fn of_node(dossier: &Dossier<'_>, theme: &Theme, node: NodeRef) -> NodeWords {
    let facts = dossier.facts();
    let (name, setting) = name(facts, node);
    let mut dashed = false;
    let (note, class, look, form) = match node {
        NodeRef::Actor(id) => {
            dashed = facts[id].unnamed;
            let kind = facts.kind_word(id).unwrap_or("actor");
            let (kind, class) = (one_line(kind), actor_class(facts, id));
            let note = if dashed {
                format!("unnamed {kind}")
            } else {
                kind
            };
            (note, class, theme.actor, Form::Rounded(10.0))
        }
        NodeRef::Event(id) => {
            let status = facts[id].status;
            dashed = !happens(status);
            let class = status.map_or("event".to_owned(), |status| format!("event {status}"));
            (
                event_note(dossier, id),
                class,
                theme.event,
                Form::Pointed(0.0, POINT),
            )
        }
        NodeRef::Topic(id) => {
            let about = facts.list(facts[id].about);
            let names: Vec<String> = about
                .iter()
                .map(|one| one_line(facts.label(*one)))
                .collect();
            let note = if names.is_empty() {
                "topic".to_owned()
            } else {
                format!("topic · {}", names.join(", "))
            };
            (note, "topic".to_owned(), theme.topic, Form::Square)
        }
        NodeRef::Place(_) => (
            "place".to_owned(),
            "place".to_owned(),
            theme.topic,
            Form::Rounded(18.0),
        ),
        NodeRef::Document(id) => {
            let kind = facts[id].kind.map_or("document", |kind| facts.name(kind));
            let published = facts[id].published.map(|date| facts.date(date));
            let published = published.map_or("undated".to_owned(), |day| {
                format!("published {}", date_words(day))
            });
            let note = format!("{} · {published}", one_line(kind));
            (note, "document".to_owned(), theme.document, Form::Folded)
        }
        NodeRef::Claim(id) => {
            let act = facts[id].act.map_or(String::new(), |act| format!(" {act}"));
            let said = facts[id].said.map(|date| facts.date(date));
            let reported = dossier.validity.reported(facts, id);
            let note = format!("claim · {}", when_said(said, reported, None));
            (
                note,
                format!("claim{act}"),
                theme.claim,
                Form::Rounded(10.0),
            )
        }
    };
    let mut tooltip = vec![name.clone(), note.clone()];
    tooltip.push(source_line(dossier, node.into()));
    NodeWords {
        name,
        setting,
        note,
        tooltip,
        class,
        look,
        form,
        dashed,
    }
}

/// A node whose text is yet to be set.
pub(super) fn of_nothing(theme: &Theme) -> NodeWords {
    NodeWords {
        name: String::new(),
        setting: Setting::Name,
        note: String::new(),
        tooltip: Vec::new(),
        class: String::new(),
        look: theme.document,
        form: Form::Square,
        dashed: false,
    }
}

/// "actor zelensky · data/kyiv.yaml:12": the source location of a record.
pub(super) fn source_line(dossier: &Dossier<'_>, record: RecordRef) -> String {
    let place = dossier.source(record);
    one_line(&format!(
        "{} {} · {}:{}",
        record.kind(),
        dossier.facts().id(record),
        place.file,
        place.line
    ))
}

/// The name of a node and its style; never empty.
fn name(facts: &Facts, node: NodeRef) -> (String, Setting) {
    let words = one_line(facts.label(node));
    let id = one_line(facts.id(node));
    match node {
        _ if words.is_empty() && id.is_empty() => ("?".to_owned(), Setting::Name),
        _ if words.is_empty() => (id, Setting::Name),
        NodeRef::Claim(id) if facts[id].quote.is_some() => (format!("“{words}”"), Setting::Quote),
        NodeRef::Claim(id) if facts[id].content.is_some() => (words, Setting::Paraphrase),
        _ => (words, Setting::Name),
    }
}

/// Only words of closed lists are used as classes: others could be anything.
pub(super) fn actor_class(facts: &Facts, id: ActorId) -> String {
    let kind = facts[id]
        .kind
        .map_or(String::new(), |kind| format!(" {}", kind.word()));
    let unnamed = if facts[id].unnamed { " unnamed" } else { "" };
    format!("actor{kind}{unnamed}")
}

/// Whether an event is known to have happened, or to happen.
pub(super) fn happens(status: Option<Status>) -> bool {
    matches!(status, None | Some(Status::Occurred | Status::Ongoing))
}

/// "event · since 24 Feb 2022, ongoing", "event · Jul 2023, scheduled".
fn event_note(dossier: &Dossier<'_>, id: annals_model::EventId) -> String {
    let facts = dossier.facts();
    let event = &facts[id];
    let when = event.when.map(|date| facts.date(date));
    let reported = dossier.validity.reported(facts, id).and_then(Date::last);
    let when = match (when, reported) {
        (Some(when), _) => date_words(when),
        (None, Some(day)) => format!("undated, reported {}", day_words(day)),
        (None, None) => "undated".to_owned(),
    };
    match event.status.filter(|status| *status != Status::Occurred) {
        Some(status) => format!("event · {when}, {status}"),
        None => format!("event · {when}"),
    }
}

/// Text that stays on one line: a date, a name with its number.
pub(super) fn unbroken(words: &str) -> String {
    words.replace(' ', "\u{A0}")
}

/// Text with each day and month kept on one line, as far as these fit into lines of this width: "so
/// until", "20 Apr 2023".
pub(super) fn days_unbroken(words: &str, style: Style, room: f64) -> String {
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let is_month = |word: &str| word.len() == 3 && MONTHS.split(' ').any(|month| month == word);
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let begins_year = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut out = String::with_capacity(words.len());
    let mut before = "";
    for word in words.split(' ') {
        let tied = is_number(before)
            && (is_month(word) && before.len() <= 2 || word.starts_with("BCE"))
            || is_month(before) && begins_year(word);
        if !out.is_empty() {
            out.push(if tied { '\u{A0}' } else { ' ' });
        }
        out.push_str(word);
        before = word;
    }
    if out.split(' ').all(|piece| width(piece, style) <= room) {
        out
    } else {
        words.to_owned()
    }
}

/// A day in words, kept on one line.
pub(super) fn day_words(day: Day) -> String {
    unbroken(&day.words())
}

/// A date in days; one with an open end as "since". Short ones are kept on one line.
pub(super) fn date_words(date: &Date) -> String {
    let words = open_words(date);
    if words.chars().count() < 24 {
        unbroken(&words)
    } else {
        words
    }
}

fn open_words(date: &Date) -> String {
    let open = date.precision() == Precision::Interval && date.last().is_none();
    let begins = date.written().strip_suffix("/..").filter(|_| open);
    let begins = begins.and_then(|begins| Date::with(begins, date.calendar(), None).ok());
    one_line(&match begins.filter(|begins| begins.first().is_some()) {
        Some(begins) => format!("since {}", begins.dated()),
        None => date.dated(),
    })
}

/// When a claim was said, for display: as given, and narrowed if that is narrower.
pub(super) fn when_said(
    said: Option<&Date>,
    reported: Option<&Date>,
    narrowed: Option<NarrowedRow>,
) -> String {
    let reported = reported.and_then(Date::last);
    let narrower = narrower(said, reported, narrowed);
    match (said, reported, narrower) {
        (Some(said), _, None) => date_words(said),
        (Some(said), _, Some(narrower)) => format!("{}, {narrower}", date_words(said)),
        (None, _, Some(narrower)) => format!("undated, {narrower}"),
        (None, Some(day), None) => format!("undated, not after {}", day_words(day)),
        (None, None, None) => "undated".to_owned(),
    }
}

/// The narrowed days, if fewer than those of its own date (or its report): "so 2 Oct 2021 to 4 Oct
/// 2021".
pub(super) fn narrower(
    own: Option<&Date>,
    reported: Option<Day>,
    narrowed: Option<NarrowedRow>,
) -> Option<String> {
    let NarrowedRow { first, last } = narrowed?;
    // It was said by the time of its report anyway.
    let last = last.filter(|last| own.is_some() || reported.is_none_or(|day| *last < day));
    let (own_first, own_last) = (
        own.and_then(Date::first),
        own.and_then(Date::last).or(reported),
    );
    if (first.is_none() || first == own_first) && (last.is_none() || last == own_last) {
        return None;
    }
    let [first, last] = [first.or(own_first), last.or(own_last)];
    Some(match (first, last) {
        (Some(first), Some(last)) if first == last => format!("so {}", day_words(first)),
        (Some(first), Some(last)) => format!("so {} to {}", day_words(first), day_words(last)),
        (Some(first), None) => format!("so from {}", day_words(first)),
        (None, Some(last)) => format!("so until {}", day_words(last)),
        (None, None) => return None,
    })
}

/// The office or mandate under which a speaker spoke: "president of Ukraine".
pub(super) fn capacity(facts: &Facts, tie: RelationId) -> String {
    let tie = &facts[tie];
    let to = tie.to.map(|to| one_line(facts.label(RecordRef::Actor(to))));
    let role = tie.role.map(|role| one_line(facts.str(role)));
    let kind = tie
        .kind
        .map_or("tie", |kind| facts.name(kind))
        .replace('_', " ");
    match (role.filter(|role| !role.is_empty()), to) {
        (Some(role), Some(to)) => format!("{role} of {to}"),
        (Some(role), None) => role,
        (None, Some(to)) => one_line(&format!("{kind} {to}")),
        (None, None) => one_line(&kind),
    }
}

/// The meaning of a stance, in the wording of a legend.
pub(super) fn stance_words(stance: StanceValue) -> &'static str {
    match stance {
        StanceValue::Supports => "supports",
        StanceValue::Opposes => "opposes",
        StanceValue::Neutral => "neutral",
        StanceValue::Mixed => "mixed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::boxes::NOTE;

    #[test]
    fn days_stay_in_one_piece_where_they_fit() {
        let whole =
            |words: &str, room: f64| days_unbroken(words, NOTE, room).replace('\u{A0}', "_");
        let words = "happened, so 1 Jan 342 BCE to 20 Apr 2023";
        assert_eq!(
            whole(words, 100.0),
            "happened, so 1_Jan_342_BCE to 20_Apr_2023"
        );
        assert_eq!(whole(words, 40.0), words, "too narrow for a day");
        assert_eq!(
            whole("Nov 1642, Dec 1642 or 5", 100.0),
            "Nov_1642, Dec_1642 or 5"
        );
        assert_eq!(whole("", 100.0), "");
    }
}
