//! The text beside a mark and in its tooltip: who, what, when, and whether it happened, was said or
//! was reported.

use super::lanes::{Key, says};
use super::model::Thing;
use crate::Canvas;
use crate::layout::boxes::{Block, NAME, NOTE, PARAPHRASE, WORDS, span};
use crate::layout::words::{
    self, NodeWords, Setting, capacity, date_words, narrower, source_line, when_said,
};
use crate::scene::Anchor;
use crate::text::{Room, Style, balanced, one_line, wrap};
use annals_model::{
    ClaimId, EventId, NodeRef, RecordRef, RelationId, StanceValue, Status, Vocabulary,
};
use annals_query::answer::Ref;
use annals_time::{Date, Day};

/// The text of a record.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Its style, and its full text.
    pub(super) node: NodeWords,
    /// The bold text: the speaker, or the event.
    lead: String,
    /// To whom.
    to: String,
    /// The text after it.
    rest: String,
    rest_style: Style,
    /// The ending of the text where it is cut.
    ending: &'static str,
    /// The small text: the date and other details.
    note: String,
}

/// The text of a record in a lane.
pub(super) fn words(canvas: &Canvas<'_, '_>, key: Key, thing: &Thing) -> Words {
    match thing.record {
        RecordRef::Claim(id) => claim(canvas, key, thing, id),
        RecordRef::Relation(id) => tie(canvas, key, thing, id),
        RecordRef::Event(id) => event(canvas, thing, id),
        _ => document(canvas, thing),
    }
}

impl Words {
    /// The text in at most this many lines, beside or inside a mark.
    pub(super) fn block(
        &self,
        canvas: &Canvas<'_, '_>,
        width: f64,
        lines: usize,
        anchor: Anchor,
    ) -> Block {
        let theme = canvas.look.theme;
        let lead = span(&self.lead, NAME, theme.text);
        let to = span(&self.to, WORDS, theme.text);
        let rest = span(&self.rest, self.rest_style, theme.text);
        let note = span(&self.note, NOTE, theme.muted);
        let room = Room {
            width,
            lines,
            ending: self.ending,
        };
        let whole = wrap(&[lead, to, rest, note], Room { lines: 1, ..room });
        if !whole.cut || lines == 1 {
            return Block::new(vec![whole], anchor);
        }
        // The small line is separate, and is kept whatever else is cut.
        let note = wrap(&[note], Room::new(width, 2));
        Block::new(vec![balanced(&[lead, to, rest], room), note], anchor)
    }

    /// Its width on one line; `None` if it exceeds `most`.
    pub(super) fn one_line(&self, canvas: &Canvas<'_, '_>, most: f64) -> Option<f64> {
        let theme = canvas.look.theme;
        let spans = [
            span(&self.lead, NAME, theme.text),
            span(&self.to, WORDS, theme.text),
            span(&self.rest, self.rest_style, theme.text),
            span(&self.note, NOTE, theme.muted),
        ];
        let line = wrap(&spans, Room::new(most, 1));
        (!line.cut).then(|| line.width())
    }
}

fn event(canvas: &Canvas<'_, '_>, thing: &Thing, id: EventId) -> Words {
    let facts = canvas.dossier.facts();
    let event = &facts[id];
    let mut node = words::of_node(canvas.dossier, canvas.look.theme, NodeRef::Event(id));
    let given = event.when.map(|date| facts.date(date));
    let when = when(canvas, thing, given);
    let status = event.status.filter(|status| *status != Status::Occurred);
    let note = match status {
        Some(status) => format!("{when}, {status}"),
        None => when,
    };
    let mut lines = vec![node.name.clone(), format!("event · {note}")];
    lines.extend(own_words(given));
    lines.extend(reported(canvas, thing));
    let who = facts.list(event.participants).iter().filter_map(|one| {
        let name = one_line(facts.label(one.actor?));
        Some(match one.role {
            Some(role) => format!("{name} ({})", one_line(facts.name(role))),
            None => name,
        })
    });
    let who: Vec<String> = who.collect();
    if !who.is_empty() {
        lines.push(format!("with {}", who.join(", ")));
    }
    lines.extend(
        event
            .place
            .map(|place| format!("in {}", one_line(facts.label(place)))),
    );
    lines.extend(taken_back(canvas, thing));
    lines.push(source_line(canvas.dossier, id.into()));
    node.tooltip = lines;
    Words {
        lead: node.name.clone(),
        to: String::new(),
        rest: String::new(),
        rest_style: WORDS,
        ending: "…",
        note: note + &marked(canvas, thing),
        node,
    }
}

fn claim(canvas: &Canvas<'_, '_>, key: Key, thing: &Thing, id: ClaimId) -> Words {
    let facts = canvas.dossier.facts();
    let claim = &facts[id];
    let mut node = words::of_node(canvas.dossier, canvas.look.theme, NodeRef::Claim(id));
    let names = |all: &[annals_model::ActorId]| -> String {
        let names: Vec<String> = all.iter().map(|one| one_line(facts.label(*one))).collect();
        names.join(" and ")
    };
    let speakers = facts.list(claim.speaker);
    let who = match (speakers, key) {
        ([], Key::Narrator(_)) => String::new(),
        ([], _) => "The narrator".to_owned(),
        ([one], _) if says(key, *one) => String::new(),
        (all, _) => names(all),
    };
    let to = facts.list(claim.to);
    let to = if to.is_empty() {
        String::new()
    } else {
        format!("to {}", names(to))
    };
    let said = claim.said.map(|date| facts.date(date));
    let when = said_when(canvas, thing, id);
    let stances = stances(canvas, id);
    let mut note = vec![when.clone()];
    note.extend(in_short(canvas, id));
    let colon = |words: &str, last: bool| {
        let end = if last && !words.is_empty() { ":" } else { "" };
        format!("{words}{end}")
    };
    let (lead, address) = (colon(&who, to.is_empty()), colon(&to, true));
    let speaker = if who.is_empty() { names(speakers) } else { who };
    let by = if speaker.is_empty() {
        node.name.clone()
    } else {
        format!("{speaker}: {}", node.name)
    };
    let mut lines = vec![by];
    if claim.quote.is_some() {
        lines.extend(claim.content.map(|content| one_line(facts.str(content))));
    }
    lines.push(when);
    lines.extend(own_words(said));
    lines.extend(reported(canvas, thing).filter(|_| said.is_some()));
    let act = facts.act_word(id).map(one_line);
    let does: Vec<String> = act
        .into_iter()
        .chain(Some(to).filter(|to| !to.is_empty()))
        .collect();
    lines.extend(Some(does.join(", ")).filter(|does| !does.is_empty()));
    lines.extend(stances);
    lines.extend(
        claim
            .at
            .map(|at| format!("at {}", one_line(facts.label(at)))),
    );
    lines.extend(taken_back(canvas, thing));
    lines.push(source_line(canvas.dossier, id.into()));
    node.tooltip = lines;
    Words {
        lead,
        to: address,
        rest: node.name.clone(),
        rest_style: if node.setting == Setting::Paraphrase {
            PARAPHRASE
        } else {
            WORDS
        },
        ending: if node.setting == Setting::Quote {
            "…”"
        } else {
            "…"
        },
        note: note.join(" · ") + &marked(canvas, thing),
        node,
    }
}

fn tie(canvas: &Canvas<'_, '_>, key: Key, thing: &Thing, id: RelationId) -> Words {
    let facts = canvas.dossier.facts();
    let tie = &facts[id];
    let from = tie
        .from
        .map_or("?".to_owned(), |from| one_line(facts.label(from)));
    let does = capacity(facts, id);
    let given = tie.when.map(|date| facts.date(date));
    let when = when(canvas, thing, given);
    let mut node = words::of_nothing(canvas.look.theme);
    node.look = canvas.look.theme.actor;
    "tie".clone_into(&mut node.class);
    node.name = format!("{from}: {does}");
    node.tooltip = vec![node.name.clone(), format!("relation · {when}")];
    node.tooltip.extend(own_words(given));
    node.tooltip.extend(taken_back(canvas, thing));
    node.tooltip.push(source_line(canvas.dossier, id.into()));
    let said = tie.from.is_some_and(|from| says(key, from));
    Words {
        lead: String::new(),
        to: String::new(),
        rest: if said { does } else { node.name.clone() },
        rest_style: Style {
            size: 11.0,
            ..WORDS
        },
        ending: "…",
        note: when + &marked(canvas, thing),
        node,
    }
}

fn document(canvas: &Canvas<'_, '_>, thing: &Thing) -> Words {
    let RecordRef::Document(id) = thing.record else {
        return Words {
            lead: String::new(),
            to: String::new(),
            rest: String::new(),
            rest_style: WORDS,
            ending: "…",
            note: String::new(),
            node: words::of_nothing(canvas.look.theme),
        };
    };
    let facts = canvas.dossier.facts();
    let mut node = words::of_node(canvas.dossier, canvas.look.theme, NodeRef::Document(id));
    let given = facts[id].published.map(|date| facts.date(date));
    let note = match given {
        Some(_) => format!("published {}", when(canvas, thing, given)),
        None => when(canvas, thing, given),
    };
    node.tooltip = vec![node.name.clone(), node.note.clone(), note.clone()];
    node.tooltip.extend(own_words(given));
    node.tooltip.extend(taken_back(canvas, thing));
    node.tooltip.push(source_line(canvas.dossier, id.into()));
    Words {
        lead: String::new(),
        to: String::new(),
        rest: node.name.clone(),
        rest_style: WORDS,
        ending: "…",
        note: note + &marked(canvas, thing),
        node,
    }
}

/// The date as given, and the narrowed date if it is narrower; for undated records, what is known
/// nevertheless.
fn when(canvas: &Canvas<'_, '_>, thing: &Thing, given: Option<&Date>) -> String {
    let narrowed = canvas.narrowed(thing.record);
    let less = narrower(given, None, narrowed);
    if let Some(given) = given {
        return match less {
            Some(less) => format!("{}, {less}", date_words(given)),
            None => date_words(given),
        };
    }
    let certain = thing.span.core().and_then(|core| {
        let days = [*core.start(), *core.end()].map(Day::from_number);
        match days {
            [Some(one), Some(other)] if one == other => Some(format!("under way {}", one.words())),
            [Some(one), Some(other)] => {
                Some(format!("under way {} to {}", one.words(), other.words()))
            }
            _ => None,
        }
    });
    let reported = canvas
        .dossier
        .validity
        .reported(canvas.dossier.facts(), thing.record);
    let reported = reported
        .and_then(Date::last)
        .map(|day| format!("reported {}", day.words()));
    match certain.or(less).or(reported) {
        Some(known) => format!("undated, {}", words::unbroken(&known)),
        None => "undated".to_owned(),
    }
}

fn said_when(canvas: &Canvas<'_, '_>, thing: &Thing, id: ClaimId) -> String {
    let facts = canvas.dossier.facts();
    let said = facts[id].said.map(|date| facts.date(date));
    let reported = canvas.dossier.validity.reported(facts, id);
    let narrowed = canvas.narrowed(thing.record);
    let when = when_said(said, reported, narrowed);
    if said.is_some() {
        format!("said {when}")
    } else {
        when
    }
}

/// "supports Ukraine’s membership".
fn stances(canvas: &Canvas<'_, '_>, id: ClaimId) -> Vec<String> {
    let facts = canvas.dossier.facts();
    let each = facts.list(facts[id].stance).iter().filter_map(|stance| {
        let toward = one_line(facts.label(stance.toward?));
        Some(match stance.value {
            StanceValue::Supports => format!("supports {toward}"),
            StanceValue::Opposes => format!("opposes {toward}"),
            StanceValue::Neutral => format!("neutral toward {toward}"),
            StanceValue::Mixed => format!("mixed about {toward}"),
        })
    });
    each.collect()
}

/// "supports Ukraine’s membership and 2 more": the first subject of each stance.
fn in_short(canvas: &Canvas<'_, '_>, id: ClaimId) -> Vec<String> {
    let facts = canvas.dossier.facts();
    let list = facts.list(facts[id].stance);
    let all = stances(canvas, id);
    let mut short = Vec::new();
    for value in StanceValue::ALL {
        let of_value = list.iter().filter(|one| one.toward.is_some()).zip(&all);
        let mut of_value = of_value
            .filter(|(one, _)| one.value == *value)
            .map(|(_, words)| words);
        let Some(first) = of_value.next() else {
            continue;
        };
        short.push(match of_value.count() {
            0 => first.clone(),
            more => format!("{first} and {more} more"),
        });
    }
    short
}

/// The source's own wording of a date.
fn own_words(date: Option<&Date>) -> Option<String> {
    let own = date.and_then(Date::display)?;
    Some(format!("in the source’s words: “{}”", one_line(own)))
}

fn reported(canvas: &Canvas<'_, '_>, thing: &Thing) -> Option<String> {
    let facts = canvas.dossier.facts();
    let day = canvas
        .dossier
        .validity
        .reported(facts, thing.record)?
        .last()?;
    let documents = facts.evidence(thing.record).iter();
    let mut titles: Vec<String> = documents
        .filter_map(|one| one.document)
        .map(|id| one_line(&Ref::new(facts, id).name))
        .collect();
    titles.dedup();
    Some(format!("reported {} in {}", day.words(), titles.join(", ")))
}

fn taken_back(canvas: &Canvas<'_, '_>, thing: &Thing) -> Option<String> {
    let row = canvas.dossier.retraction(thing.record)?;
    Some(format!("retracted {}", row.on.dated()))
}

/// Remarks for the reader.
fn marked(canvas: &Canvas<'_, '_>, thing: &Thing) -> String {
    let mut words = String::new();
    if let Some(retracted) = taken_back(canvas, thing) {
        words = format!(" · {retracted}");
    }
    if !thing.certainty.is_certain() {
        words.push_str(" · possibly");
    }
    words
}
