//! The text of the ladder: on events and claims.

use crate::Canvas;
use crate::layout::boxes::{Block, NAME, NOTE, PARAPHRASE, WORDS, span};
use crate::layout::claims::card as claims;
use crate::layout::claims::model::{Row, Speaker, about, speakers};
use crate::layout::words::{self, NodeWords, Setting};
use crate::scene::{Anchor, Form};
use crate::text::{Paragraph, Room, Span, Style, one_line, width, wrap};
use annals_model::{ClaimId, EventId, NodeRef, StanceValue};
use annals_query::said::{self, SaidRow};

use super::dates::Dated;
use super::model::Card;

/// How long the point of an event is, toward its date.
pub(super) const POINT: f64 = 12.0;

/// The text of an event: its name, participants and place.
pub(super) fn event(canvas: &Canvas<'_, '_>, id: EventId, dated: &Dated) -> NodeWords {
    let facts = canvas.dossier.facts();
    let mut words = words::of_node(canvas.dossier, canvas.look.theme, NodeRef::Event(id));
    let who = facts.list(facts[id].participants).iter();
    let who: Vec<String> = who
        .filter_map(|one| Some(one_line(facts.label(one.actor?))))
        .collect();
    let place = facts[id].place.map(|place| one_line(facts.label(place)));
    let mut note: Vec<String> = Some(who.join(", "))
        .filter(|who| !who.is_empty())
        .into_iter()
        .collect();
    note.extend(place.filter(|place| !place.is_empty()));
    words.note = note.join(" · ");
    words.form = Form::Pointed(POINT, 0.0);
    words.tooltip.insert(2, dated.tooltip[0].clone());
    words.tooltip.insert(3, words.note.clone());
    words.tooltip.retain(|line| !line.is_empty());
    words
}

/// Name and small line, along the left.
pub(super) fn block(canvas: &Canvas<'_, '_>, words: &NodeWords, width: f64) -> Block {
    let text = canvas.look.theme.text;
    let name = wrap(&[span(&words.name, NAME, text)], Room::new(width, 3));
    let note = wrap(
        &[span(&words.note, NOTE, words.look.note)],
        Room::new(width, 2),
    );
    Block::new(vec![name, note], Anchor::Left)
}

/// The text of a card: who said what, about what, when and how.
pub(super) fn card(
    canvas: &Canvas<'_, '_>,
    card: &Card,
    beside: Option<EventId>,
    width: f64,
) -> (NodeWords, Block) {
    let facts = canvas.dossier.facts();
    let row = Row {
        claim: card.claim,
        certainty: card.certainty,
        speakers: speakers(facts, card.claim),
        about: Vec::new(),
    };
    let answer = SaidRow {
        through: said::through(canvas.dossier, canvas.selection, card.claim),
        ..said::row(canvas.dossier, card.claim, card.certainty)
    };
    let mut words = words::of_node(
        canvas.dossier,
        canvas.look.theme,
        NodeRef::Claim(card.claim),
    );
    words.dashed = row.speakers.iter().any(|who| is_nameless(canvas, *who));
    let when = claims::when(canvas, &row, &answer);
    words.tooltip = claims::tooltip(canvas, &row, &answer, &words, &when);
    let mut paragraphs = said(canvas, &row.speakers, &words, width);
    paragraphs.push(subjects(canvas, card.claim, beside, width));
    paragraphs.push(manner(canvas, &answer, &when, width));
    (words, Block::new(paragraphs, Anchor::Left))
}

/// Whether the speaker is not named.
pub(super) fn is_nameless(canvas: &Canvas<'_, '_>, who: Speaker) -> bool {
    match who {
        Speaker::Actor(id, _) => canvas.dossier.facts()[id].unnamed,
        Speaker::Narrator(_) => false,
        Speaker::Unknown => true,
    }
}

/// A name that takes more of its line than this gets a line of its own.
const NAME_PART: f64 = 0.55;

/// "**Zelensky** “The time has come”".
fn said(canvas: &Canvas<'_, '_>, who: &[Speaker], words: &NodeWords, room: f64) -> Vec<Paragraph> {
    let theme = canvas.look.theme;
    let names: Vec<String> = who
        .iter()
        .map(|one| claims::speaker(canvas, *one).name)
        .collect();
    let names = names.join(", ");
    let (style, ending) = match words.setting {
        Setting::Paraphrase => (PARAPHRASE, "…"),
        Setting::Quote => (WORDS, "…”"),
        Setting::Name => (WORDS, "…"),
    };
    let lines = |lines: usize| Room {
        width: room,
        lines,
        ending,
    };
    let name = span(&names, NAME, theme.actor.stroke);
    let what = span(&words.name, style, theme.text);
    if width(&names, NAME) < room * NAME_PART {
        // Two spaces between the speaker and the text.
        return vec![wrap(&[name, what], lines(4))];
    }
    vec![wrap(&[name], Room::new(room, 2)), wrap(&[what], lines(3))]
}

/// "about NATO · + supports Ukraine's membership": what the lines do not show.
fn subjects(
    canvas: &Canvas<'_, '_>,
    claim: ClaimId,
    beside: Option<EventId>,
    room: f64,
) -> Paragraph {
    let facts = canvas.dossier.facts();
    let theme = canvas.look.theme;
    let mut about_it = Vec::new();
    let mut stances = Vec::new();
    for (node, stance) in about(facts, claim) {
        let name = one_line(facts.label(node));
        match stance {
            Some(stance) => {
                let look = theme.stance(stance);
                stances.push((
                    format!("{}\u{A0}{}", look.sign, stance_of(stance, &name)),
                    look.colour,
                ));
            }
            None if beside.is_some_and(|event| node == NodeRef::Event(event)) => {}
            None => about_it.push(name),
        }
    }
    let mut words: Vec<(String, &'static str)> = Vec::new();
    if !about_it.is_empty() {
        words.push((format!("about {}", about_it.join(", ")), theme.muted));
    }
    words.extend(stances);
    let last = words.len().saturating_sub(1);
    for (text, _) in words.iter_mut().take(last) {
        text.push_str(" ·");
    }
    let spans: Vec<Span<'_>> = words
        .iter()
        .map(|(text, colour)| span(text, NOTE, colour))
        .collect();
    wrap(&spans, Room::new(room, 3))
}

fn stance_of(stance: StanceValue, name: &str) -> String {
    match stance {
        StanceValue::Supports => format!("supports {name}"),
        StanceValue::Opposes => format!("opposes {name}"),
        StanceValue::Neutral => format!("neutral on {name}"),
        StanceValue::Mixed => format!("mixed about {name}"),
    }
}

/// "said 20 Apr 2023 · demands, to NATO".
fn manner(canvas: &Canvas<'_, '_>, answer: &SaidRow, when: &str, room: f64) -> Paragraph {
    let when = if answer.said.is_some() {
        format!("said {when}")
    } else {
        when.to_owned()
    };
    let does = claims::does(answer);
    let line = if does.is_empty() {
        when
    } else {
        format!("{when} · {does}")
    };
    let style: Style = NOTE;
    wrap(
        &[span(&line, style, canvas.look.theme.muted)],
        Room::new(room, 2),
    )
}
