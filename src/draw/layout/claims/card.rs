//! The text of the claims picture: on cards and speakers, and in their tooltips.

use crate::Canvas;
use crate::layout::boxes::{self, Block, NOTE, span};
use crate::layout::words::{self, NodeWords, Setting, source_line, when_said};
use crate::scene::{Anchor, Form};
use crate::text::{Room, one_line, wrap};
use annals_model::{ActorId, NodeRef, RelationId, Vocabulary};
use annals_query::answer::Ref;
use annals_query::said::{self, SaidRow};
use annals_time::Date;

use super::model::{Row, Speaker};

/// The text of a speaker's box.
pub(in crate::layout) fn speaker(canvas: &Canvas<'_, '_>, who: Speaker) -> NodeWords {
    let facts = canvas.dossier.facts();
    let theme = canvas.look.theme;
    let nobody = |name: &str, note: String, dashed: bool| NodeWords {
        name: name.to_owned(),
        setting: Setting::Name,
        tooltip: vec![name.to_owned(), note.clone()],
        note,
        class: "narrator".to_owned(),
        look: theme.document,
        form: Form::Rounded(10.0),
        dashed,
    };
    match who {
        Speaker::Actor(id, office) => actor(canvas, id, office),
        Speaker::Narrator(document) => {
            let document = document.map(|id| one_line(facts.label(id)));
            nobody(
                "The narrator",
                document.unwrap_or_else(|| "of the document".to_owned()),
                false,
            )
        }
        Speaker::Unknown => nobody("Unknown", "speaker not given".to_owned(), true),
    }
}

fn actor(canvas: &Canvas<'_, '_>, id: ActorId, office: Option<RelationId>) -> NodeWords {
    let facts = canvas.dossier.facts();
    let mut words = words::of_node(canvas.dossier, canvas.look.theme, NodeRef::Actor(id));
    if let Some(office) = office {
        words.note = words::capacity(facts, office);
        words.tooltip.insert(1, words.note.clone());
    }
    words
}

/// The text of a card: date and manner, wording, speech act.
pub(super) fn card(canvas: &Canvas<'_, '_>, row: &Row, width: f64) -> (NodeWords, Block) {
    let facts = canvas.dossier.facts();
    let theme = canvas.look.theme;
    let answer = SaidRow {
        through: said::through(canvas.dossier, canvas.selection, row.claim),
        ..said::row(canvas.dossier, row.claim, row.certainty)
    };
    let mut words = words::of_node(canvas.dossier, theme, NodeRef::Claim(row.claim));
    let when = when(canvas, row, &answer);
    words.tooltip = tooltip(canvas, row, &answer, &words, &when);
    let manner = if facts[row.claim].quote.is_some() {
        "quote"
    } else {
        "paraphrase"
    };
    let note = format!("{when} ·\u{A0}{manner}");
    let note = wrap(&[span(&note, NOTE, theme.muted)], Room::new(width, 2));
    let said = boxes::said(&words, theme.text, width, 3);
    let does = does(&answer);
    let does = wrap(&[span(&does, NOTE, theme.muted)], Room::new(width, 1));
    (words, Block::new(vec![note, said, does], Anchor::Left))
}

/// When it was said, and its narrowed date.
pub(in crate::layout) fn when(canvas: &Canvas<'_, '_>, row: &Row, answer: &SaidRow) -> String {
    let reported = canvas
        .dossier
        .validity
        .reported(canvas.dossier.facts(), row.claim);
    let narrowed = canvas.narrowed(row.claim);
    when_said(answer.said.as_ref(), reported, narrowed)
}

/// "demands, to NATO", and remarks for the reader.
pub(in crate::layout) fn does(row: &SaidRow) -> String {
    let mut words: Vec<String> = row.act.iter().map(|act| one_line(act)).collect();
    if !row.to.is_empty() {
        words.push(format!("to {}", names(&row.to)));
    }
    let mut line = words.join(", ");
    let mut add = |more: String| {
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(&more);
    };
    if !row.via.is_empty() {
        add(format!("via {}", names(&row.via)));
    }
    if let Some(retracted) = &row.retracted {
        add(format!("retracted {}", retracted.on.dated()));
    }
    if !row.certain {
        add("possibly".to_owned());
    }
    line
}

pub(in crate::layout) fn names(all: &[Ref]) -> String {
    let names: Vec<String> = all.iter().map(|one| one_line(&one.name)).collect();
    names.join(", ")
}

pub(in crate::layout) fn tooltip(
    canvas: &Canvas<'_, '_>,
    row: &Row,
    answer: &SaidRow,
    words: &NodeWords,
    when: &str,
) -> Vec<String> {
    let speakers: Vec<String> = row
        .speakers
        .iter()
        .map(|who| speaker(canvas, *who).name)
        .collect();
    let mut lines = vec![format!("{}: {}", speakers.join(" and "), words.name)];
    if answer.quote.is_some() {
        lines.extend(answer.content.as_ref().map(|content| one_line(content)));
    }
    let own = answer.said.as_ref().and_then(Date::display);
    let own = own.map(|own| format!(" (“{}”)", one_line(own)));
    let reported = answer.reported.filter(|_| answer.said.is_some());
    let reported = reported.map(|day| format!(", reported {}", day.words()));
    lines.push(format!(
        "{when}{}{}",
        own.unwrap_or_default(),
        reported.unwrap_or_default()
    ));
    let does = does(answer);
    lines.extend(Some(does).filter(|does| !does.is_empty()));
    lines.extend(
        answer
            .at
            .as_ref()
            .map(|at| format!("at {}", one_line(&at.name))),
    );
    for stance in &answer.stance {
        lines.push(format!(
            "{} {}",
            stance.value.word(),
            one_line(&stance.toward.name)
        ));
    }
    let documents = answer
        .evidence
        .iter()
        .filter_map(|one| one.document.clone());
    let mut documents: Vec<Ref> = documents.collect();
    documents.dedup();
    if !documents.is_empty() {
        lines.push(format!("in {}", names(&documents)));
    }
    let through = answer.through.iter().map(|one| one_line(&one.relation));
    let through: Vec<String> = through.collect();
    if !through.is_empty() {
        lines.push(format!("through {}", through.join(", ")));
    }
    lines.push(source_line(canvas.dossier, row.claim.into()));
    lines
}
