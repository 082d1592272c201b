//! The table of claims, each passage in the sentence that it stands in.

use std::fmt::Write as _;
use std::io;

use super::names::{anchor, bdi};
use crate::dated::Dated;
use annals_evidence::{Level, Span};
use annals_format::escape::html;
use annals_model::{ClaimId, RecordRef, StanceValue, Voice};
use annals_query::answer::Ref;
use annals_query::said::{SaidRow, StanceRow, row};
use annals_query::show::{PassageRow, passage};
use annals_query::{Dossier, ResolvedQuery};
use annals_time::Certainty;

pub(super) fn section(
    dossier: &Dossier<'_>,
    claims: &[Dated<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"<section aria-labelledby=\"claims\"><h2 id=\"claims\">What was said</h2>\n")?;
    if claims.is_empty() {
        return out.write_all(b"<p class=\"empty\">Nothing.</p></section>\n");
    }
    out.write_all(
        b"<div class=\"wide\" role=\"region\" aria-label=\"Table of claims\" tabindex=\"0\"><table>\n\
          <caption>Claims, oldest first. A claim is what somebody said, not what happened.</caption>\n\
          <thead><tr><th scope=\"col\">When</th><th scope=\"col\">Who, to whom</th>\
          <th scope=\"col\">What</th><th scope=\"col\">Source</th></tr></thead>\n<tbody>\n",
    )?;
    for one in claims {
        if let RecordRef::Claim(id) = one.record {
            out.write_all(claim(dossier, one, id).as_bytes())?;
        }
    }
    out.write_all(b"</tbody></table></div></section>\n")
}

fn claim(dossier: &Dossier<'_>, one: &Dated<'_>, id: ClaimId) -> String {
    let said = row(dossier, id, Certainty::Certainly);
    let anchor = anchor(dossier.facts(), id.into());
    format!(
        "<tr id=\"{anchor}\" data-row><td class=\"when\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        html(&one.words()),
        who(&said),
        what(&said),
        place(dossier, id)
    )
}

/// A claim in a line that leads to its row, if it has one: when, who, the words, the stances.
pub(super) fn in_a_line(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    said: &SaidRow,
) -> String {
    let words = match (&said.quote, &said.content) {
        (Some(quote), _) => format!("<span dir=\"auto\">“{}”</span>", html(quote)),
        (None, Some(content)) => {
            format!(
                "<span class=\"content\" dir=\"auto\">{}</span>",
                html(content)
            )
        }
        (None, None) => "<span class=\"line\">(no words)</span>".to_owned(),
    };
    let facts = dossier.facts();
    let here = match facts.find(&said.id) {
        Some(RecordRef::Claim(id)) => selection.claim(dossier.loaded, id).map(|_| id),
        _ => None,
    };
    let words = match here {
        Some(id) => format!("<a href=\"#{}\">{words}</a>", anchor(facts, id.into())),
        None => words,
    };
    let stances: Vec<String> = said.stance.iter().map(stance).collect();
    format!(
        "<span class=\"when\">{}</span> {}: {words} {}",
        html(&said.when()),
        who(said),
        stances.join(", ")
    )
}

fn stance(stance: &StanceRow) -> String {
    let sign = match stance.value {
        StanceValue::Supports => "+ for",
        StanceValue::Opposes => "− against",
        StanceValue::Neutral => "neutral on",
        StanceValue::Mixed => "± on",
    };
    let toward = bdi(&stance.toward.name);
    format!("<span class=\"{}\">{sign} {toward}</span>", stance.value)
}

fn names(refs: &[Ref]) -> String {
    let names: Vec<String> = refs.iter().map(|one| bdi(&one.name)).collect();
    names.join(", ")
}

fn who(said: &SaidRow) -> String {
    let mut who = match said.voice {
        Voice::Narrator => "the narrator".to_owned(),
        _ if said.speaker.is_empty() => "somebody".to_owned(),
        _ => names(&said.speaker),
    };
    // Writing to a String cannot fail.
    if !said.to.is_empty() {
        let _ = write!(who, " <span class=\"line\">to</span> {}", names(&said.to));
    }
    if !said.via.is_empty() {
        let _ = write!(
            who,
            " <span class=\"line\">through</span> {}",
            names(&said.via)
        );
    }
    who
}

fn what(said: &SaidRow) -> String {
    let mut out = String::new();
    if let Some(quote) = &said.quote {
        let _ = write!(
            out,
            "<blockquote dir=\"auto\">“{}”</blockquote>",
            html(quote)
        );
    }
    if let Some(content) = &said.content {
        let _ = write!(
            out,
            "<p class=\"content\" dir=\"auto\">{}</p>",
            html(content)
        );
    }
    let mut line: Vec<String> = said.act.iter().map(|act| html(act)).collect();
    line.extend(said.stance.iter().map(stance));
    if said.stance.is_empty() && !said.about.is_empty() {
        line.push(format!("about {}", names(&said.about)));
    }
    line.extend(
        said.at
            .iter()
            .map(|event| format!("at {}", bdi(&event.name))),
    );
    if let Some(retracted) = &said.retracted {
        let reason = retracted.reason.as_deref().unwrap_or_default();
        line.push(format!(
            "retracted {} {}",
            html(&retracted.on.dated()),
            html(reason)
        ));
    }
    let _ = write!(out, "<p class=\"line\">{}</p>", line.join(" · "));
    out
}

/// The passages: the document, and the words in their sentence if the text is there.
fn place(dossier: &Dossier<'_>, id: ClaimId) -> String {
    let facts = dossier.facts();
    let mut out = String::new();
    for evidence in facts.evidence(id) {
        let found = passage(dossier, evidence);
        if let Some(document) = evidence.document {
            let name = bdi(facts.label(document));
            let anchor = anchor(facts, document.into());
            let _ = write!(out, "<p><a href=\"#{anchor}\">{name}</a>");
            if let Some(published) = &found.evidence.published {
                let _ = write!(
                    out,
                    " <span class=\"line\">{}</span>",
                    html(&published.dated())
                );
            }
            out.push_str("</p>");
        }
        out.push_str(&in_context(&found));
    }
    let source = dossier.source(id);
    let source = format!("{}:{}", source.file, source.line);
    let _ = write!(out, "<p class=\"line\">{}</p>", html(&source));
    out
}

fn in_context(found: &PassageRow) -> String {
    let Some(quote) = &found.evidence.quote else {
        return String::new();
    };
    let words = match &found.sentence {
        Some(sentence) => marked(sentence, &found.marks),
        None => format!("“{}”", html(quote)),
    };
    let remark = match found.evidence.verified {
        None => " <span class=\"line\">not verified: its text is missing</span>",
        Some(Level::Missing) => " <span class=\"error\">not in its text</span>",
        Some(Level::Ambiguous) => " <span class=\"warning\">occurs more than once</span>",
        Some(_) => "",
    };
    format!("<p class=\"context\" dir=\"auto\">{words}{remark}</p>")
}

/// A sentence with the passages in it marked; these are counted in code points.
fn marked(sentence: &str, marks: &[Span]) -> String {
    let chars: Vec<char> = sentence.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    for mark in marks {
        let start = (mark.start as usize).clamp(at, chars.len());
        let end = (mark.end as usize).clamp(start, chars.len());
        out.push_str(&html(&chars[at..start].iter().collect::<String>()));
        let _ = write!(
            out,
            "<mark>{}</mark>",
            html(&chars[start..end].iter().collect::<String>())
        );
        at = end;
    }
    out.push_str(&html(&chars[at..].iter().collect::<String>()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_the_words_do() {
        let marks = [Span::new(4, 6), Span::new(7, 99)];
        assert_eq!(
            marked("Так <b> é", &marks),
            "Так <mark>&lt;b</mark>&gt;<mark> é</mark>"
        );
        assert_eq!(
            marked("ab", &[Span::new(1, 2), Span::new(0, 1)]),
            "a<mark>b</mark><mark></mark>"
        );
    }
}
