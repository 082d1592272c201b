//! What stands where in the document: headings, paragraphs and numbered entries, made of runs of text.

use super::blocks::{Block, Entry, Lead, Part, Run, Style, claims_of, names, sources_of};
use super::words::{counted, doubt, extent, listed, stance, standing, standings, voice};
use annals_evidence::Span;
use annals_format::escape::web_address;
use annals_query::answer::Ref;
use annals_query::brief::{
    BriefClaim, BriefDocument, BriefFile, BriefFinding, BriefLink, BriefPassage, BriefSource,
    BriefSpeaker, BriefVoice, LinkKind,
};

/// The document, piece by piece.
pub(super) fn blocks(document: &BriefDocument) -> Vec<Block> {
    let question = document.question.trim_end_matches('.');
    let mut blocks = vec![Block::Title(vec![Run::data(question, Style::Plain)])];
    let mut opening = document.conditions.clone();
    opening.extend(extent(document));
    opening.extend(standings(&document.claims));
    blocks.push(Block::Paragraph(vec![Run::plain(opening.join(" "))]));
    blocks.push(Block::Heading("Claims"));
    blocks.extend(document.claims.iter().map(|one| Block::Entry(claim(one))));
    if document.claims.is_empty() {
        blocks.push(Block::Paragraph(vec![Run::plain("None.")]));
    }
    blocks.push(Block::Heading("Sources"));
    if document.sources.is_empty() {
        blocks.push(Block::Paragraph(vec![Run::plain("None.")]));
    }
    blocks.extend(document.sources.iter().map(|one| Block::Entry(source(one))));
    not_verified(document, &mut blocks);
    findings(document, &mut blocks);
    files(document, &mut blocks);
    blocks
}

fn claim(claim: &BriefClaim) -> Entry {
    let said = &claim.said;
    let mut head = vec![Run::new(said.when(), Style::Strong), Run::plain(" · ")];
    head.extend(voice(said).map(|words| Run::new(words, Style::Strong)));
    for (nth, one) in claim.speakers.iter().enumerate() {
        if nth > 0 {
            head.push(Run::plain("; "));
        }
        speaker(one, &mut head);
    }
    if !said.to.is_empty() {
        head.push(Run::plain(" — to "));
        head.extend(names(&said.to));
    }
    if let Some(event) = &said.at {
        head.push(Run::plain(" — at "));
        head.push(Run::named(&event.name, Style::Plain));
    }
    let mut parts = Vec::new();
    if let Some(quote) = &said.quote {
        let quote = Run::data(quote, Style::Plain);
        parts.push((Part::Quote, vec![Run::plain("“"), quote, Run::plain("”")]));
    }
    if let Some(content) = &said.content {
        let content = Run::data(content, Style::Italic);
        let whose = Run::plain("In the annotator’s words: ");
        parts.push((Part::Line, vec![whose, content]));
    }
    let manner = manner(claim);
    if !manner.is_empty() {
        parts.push((Part::Line, manner));
    }
    doubtful(claim, &mut parts);
    for of_one_kind in claim.links.chunk_by(|one, other| one.kind == other.kind) {
        let kind = of_one_kind[0].kind;
        let part = if kind.is_grave() {
            Part::Alert
        } else {
            Part::Line
        };
        parts.push((part, links(kind, of_one_kind)));
    }
    for one in &claim.passages {
        let (words, is_doubtful) = standing(one);
        parts.push((Part::Passage, passage(one, words, is_doubtful)));
    }
    if claim.passages.is_empty() {
        let words = Run::plain("Not verified: the facts name no document.");
        parts.push((Part::Alert, vec![words]));
    }
    let mut origin = vec![Run::data(&said.id, Style::Small)];
    let place = format!(" · {}:{}", said.source.file, said.source.line);
    origin.push(Run::data(&place, Style::Small));
    parts.push((Part::Origin, origin));
    Entry {
        name: format!("claim-{}", claim.number),
        label: claim.number.to_string(),
        head,
        parts,
    }
}

fn speaker(speaker: &BriefSpeaker, head: &mut Vec<Run>) {
    head.push(Run::named(&speaker.actor.name, Style::Strong));
    if speaker.unnamed {
        head.push(Run::plain(" (not named by the source)"));
    }
    for (nth, office) in speaker.offices.iter().enumerate() {
        head.push(Run::plain(if nth == 0 { ", " } else { "; " }));
        head.push(Run::data(&office.words, Style::Plain));
        if !office.certain {
            head.push(Run::plain(" (possibly)"));
        }
    }
}

fn passed_on(voice: &BriefVoice) -> Vec<Run> {
    match voice {
        BriefVoice::Actor(actor, unnamed) => {
            let mut runs = vec![Run::named(&actor.name, Style::Plain)];
            if *unnamed {
                runs.push(Run::plain(" (not named by the source)"));
            }
            runs
        }
        BriefVoice::Claim(_, Some(number)) => vec![Run::plain("claim "), Run::claim(*number)],
        BriefVoice::Claim(claim, None) => vec![
            Run::plain("the claim “"),
            Run::data(&claim.name, Style::Plain),
            Run::plain("”, which is not part of this document"),
        ],
    }
}

/// What the speaker does, and toward what.
fn manner(claim: &BriefClaim) -> Vec<Run> {
    let said = &claim.said;
    let mut each: Vec<Vec<Run>> = Vec::new();
    if let Some(act) = &said.act {
        each.push(vec![Run::data(&act.replace('_', " "), Style::Plain)]);
    }
    if let Some(mode) = said.mode {
        use annals_model::Vocabulary as _;
        each.push(vec![Run::plain(format!("{} speech", mode.word()))]);
    }
    for one in &said.stance {
        let words = Run::plain(format!("{} ", stance(one.value)));
        each.push(vec![words, Run::named(&one.toward.name, Style::Plain)]);
    }
    let rest = said.about.iter();
    let rest = rest.filter(|about| !said.stance.iter().any(|one| one.toward.id == about.id));
    let rest: Vec<Ref> = rest.cloned().collect();
    if !rest.is_empty() {
        let mut runs = vec![Run::plain("about ")];
        runs.extend(names(&rest));
        each.push(runs);
    }
    if !claim.via.is_empty() {
        let mut runs = vec![Run::plain("passed on by ")];
        for (nth, one) in claim.via.iter().enumerate() {
            if nth > 0 {
                runs.push(Run::plain("; "));
            }
            runs.extend(passed_on(one));
        }
        each.push(runs);
    }
    if let (Some(day), Some(_)) = (said.reported, &said.said) {
        each.push(vec![Run::plain(format!("first published {}", day.words()))]);
    }
    let mut runs = Vec::new();
    for (nth, one) in each.into_iter().enumerate() {
        if nth > 0 {
            runs.push(Run::plain(" · "));
        }
        runs.extend(one);
    }
    runs
}

/// What puts the claim itself in question.
fn doubtful(claim: &BriefClaim, parts: &mut Vec<(Part, Vec<Run>)>) {
    let said = &claim.said;
    if let Some(retracted) = &said.retracted {
        let on = format!("Retracted from the facts on {}", retracted.on.dated());
        let mut runs = vec![Run::plain(on)];
        match &retracted.reason {
            Some(reason) => runs.extend([Run::plain(": "), Run::data(reason, Style::Plain)]),
            None => runs.push(Run::plain(".")),
        }
        parts.push((Part::Alert, runs));
    }
    if !said.certain {
        let words = "Only possibly part of the answer: its date, or what ties it to the question, leaves room.";
        parts.push((Part::Alert, vec![Run::plain(words)]));
    }
    if !said.through.is_empty() {
        let ties = said.through.iter().map(|step| {
            let doubt = if step.certain { "" } else { " (possibly)" };
            format!("{}{doubt}", step.relation)
        });
        let ties: Vec<String> = ties.collect();
        let words = Run::plain("Part of the answer through: ");
        parts.push((
            Part::Line,
            vec![words, Run::data(&listed(&ties), Style::Small)],
        ));
    }
}

/// "Contradicts claim 2 (…) and claim 5 (…)".
fn links(kind: LinkKind, each: &[BriefLink]) -> Vec<Run> {
    let words = kind.words();
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let words = format!("{}{} ", first.unwrap_or_default(), letters.as_str());
    let mut runs = vec![Run::plain(words)];
    for (nth, one) in each.iter().enumerate() {
        if nth > 0 {
            runs.push(Run::plain("; "));
        }
        runs.extend(other_claim(one));
    }
    runs
}

fn other_claim(link: &BriefLink) -> Vec<Run> {
    let other = &link.claim;
    let mut runs = match link.number {
        Some(number) => vec![Run::plain("claim "), Run::claim(number)],
        None => vec![Run::plain("a claim that is not part of this document")],
    };
    let who = match voice(other) {
        Some(words) => words.to_lowercase(),
        None => other.speaker(),
    };
    runs.push(Run::plain(" ("));
    runs.push(Run::data(&format!("{who}, {}", other.when()), Style::Plain));
    if link.number.is_none() {
        // Who holds the document cannot look it up there.
        let text = match (&other.quote, &other.content) {
            (Some(quote), _) => format!(": “{quote}”"),
            (None, Some(content)) => format!(": {content}"),
            (None, None) => String::new(),
        };
        runs.push(Run::data(&text, Style::Plain));
        runs.push(Run::data(&format!("; {}", other.id), Style::Small));
    }
    runs.push(Run::plain(")"));
    runs
}

/// The document, the passage in its sentence, and how it stands there.
fn passage(passage: &BriefPassage, words: &str, is_doubtful: bool) -> Vec<Run> {
    let row = &passage.passage;
    let mut runs = Vec::new();
    match (&row.evidence.document, passage.source) {
        (Some(document), Some(number)) => {
            runs.extend([Run::source(number), Run::plain(" ")]);
            runs.push(Run::named(&document.name, Style::Plain));
        }
        _ => runs.push(Run::plain("No known document")),
    }
    if let Some(page) = &row.evidence.page {
        runs.extend([Run::plain(", page "), Run::data(page, Style::Plain)]);
    }
    if let Some(place) = &row.place {
        runs.push(Run::plain(format!(", line {}", place.line)));
    }
    match (&row.sentence, &row.evidence.quote) {
        (Some(sentence), _) => {
            runs.push(Run::plain(": "));
            runs.extend(marked(sentence, &row.marks));
        }
        (None, Some(quote)) => {
            runs.extend([
                Run::plain(": “"),
                Run::data(quote, Style::Plain),
                Run::plain("”"),
            ]);
        }
        (None, None) => {}
    }
    let style = if is_doubtful {
        Style::Strong
    } else {
        Style::Small
    };
    runs.push(Run::new(format!(" ({words})"), style));
    runs
}

/// A sentence with the passages in it marked; these are counted in code points.
fn marked(sentence: &str, marks: &[Span]) -> Vec<Run> {
    let chars: Vec<char> = sentence.chars().collect();
    let mut runs = Vec::new();
    let mut at = 0;
    let mut push = |range: std::ops::Range<usize>, style| {
        if !range.is_empty() {
            let text: String = chars[range].iter().collect();
            runs.push(Run::data(&text, style));
        }
    };
    for mark in marks {
        let start = (mark.start as usize).clamp(at, chars.len());
        let end = (mark.end as usize).clamp(start, chars.len());
        push(at..start, Style::Plain);
        push(start..end, Style::Marked);
        at = end;
    }
    push(at..chars.len(), Style::Plain);
    runs
}

fn source(source: &BriefSource) -> Entry {
    let mut head = vec![Run::named(&source.document.name, Style::Strong)];
    let mut about: Vec<String> = source
        .kind
        .iter()
        .map(|kind| kind.replace('_', " "))
        .collect();
    about.extend(source.authors.iter().cloned());
    about.extend(source.publisher.clone());
    about.push(match &source.published {
        Some(date) => date.dated(),
        None => "not dated".to_owned(),
    });
    head.push(Run::plain(" — "));
    head.push(Run::data(&about.join(", "), Style::Plain));
    let mut parts = Vec::new();
    let mut line = |words: &str, runs: Vec<Run>, part| {
        if !runs.is_empty() {
            let mut all = vec![Run::plain(words)];
            all.extend(runs);
            parts.push((part, all));
        }
    };
    line(
        "Corrected by ",
        sources_of(&source.corrected_by),
        Part::Alert,
    );
    line("Corrects ", sources_of(&source.corrects), Part::Line);
    if source.based_on.is_empty() {
        let words = "The facts do not say on what it is based.";
        line("", vec![Run::plain(words)], Part::Line);
    }
    line("Based on ", sources_of(&source.based_on), Part::Line);
    if source.claims.is_empty() {
        let words = "No claim here names it; another source leads to it.";
        line("", vec![Run::plain(words)], Part::Line);
    } else {
        line("For ", claims_of(&source.claims), Part::Line);
    }
    for via in &source.via {
        let mut runs = passed_on(&via.voice);
        runs.push(Run::plain(": "));
        runs.extend(claims_of(&via.claims));
        line("Passed on by ", runs, Part::Line);
    }
    if let Some(url) = &source.url {
        let run = Run::data(url, Style::Plain);
        let run = match web_address(url) {
            Some(address) => run.leading(Lead::Web(address)),
            None => run,
        };
        line("", vec![run], Part::Line);
    }
    match &source.text {
        Some(text) => line("Text: ", file(text), Part::Origin),
        None => line("", vec![Run::plain("Its text is not there.")], Part::Alert),
    }
    let id = Run::data(&source.document.id, Style::Small);
    line("", vec![id], Part::Origin);
    Entry {
        name: format!("source-{}", source.number),
        label: format!("S{}", source.number),
        head,
        parts,
    }
}

fn file(file: &BriefFile) -> Vec<Run> {
    let sum = match &file.sha256 {
        Some(sum) => format!(" SHA-256 {sum}"),
        None => " cannot be read any more".to_owned(),
    };
    vec![
        Run::data(&file.name, Style::Plain),
        Run::new(sum, Style::Small),
    ]
}

fn not_verified(document: &BriefDocument, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("What is not verified"));
    if document.doubts.is_empty() {
        let words = if document.claims.is_empty() {
            "Nothing."
        } else {
            "Nothing: every passage stands in its text."
        };
        blocks.push(Block::Paragraph(vec![Run::plain(words)]));
    }
    for one in &document.doubts {
        let mut runs = vec![Run::plain(doubt(one))];
        if let Some(number) = one.source {
            runs.extend([Run::plain(" "), Run::source(number)]);
        }
        runs.push(Run::plain(" — "));
        runs.extend(claims_of(&one.claims));
        blocks.push(Block::Item(runs));
    }
}

fn findings(document: &BriefDocument, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("Open findings"));
    if document.findings.is_empty() {
        let words = "None: the check of the facts finds nothing about these claims, their speakers and sources.";
        blocks.push(Block::Paragraph(vec![Run::plain(words)]));
    }
    for one in &document.findings {
        blocks.push(Block::Item(finding(one)));
    }
}

fn finding(finding: &BriefFinding) -> Vec<Run> {
    let mut runs = vec![
        Run::new(finding.severity, Style::Strong),
        Run::plain(": "),
        Run::data(&finding.message, Style::Plain),
    ];
    if !finding.claims.is_empty() {
        runs.push(Run::plain(" — "));
        runs.extend(claims_of(&finding.claims));
    }
    let mut origin = format!(" ({}", finding.code);
    if let Some(place) = &finding.place {
        origin.push_str(", ");
        origin.push_str(place);
    }
    origin.push(')');
    runs.push(Run::data(&origin, Style::Small));
    runs
}

fn files(document: &BriefDocument, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("Files"));
    let texts = document.files.iter().filter(|file| file.is_text).count();
    let facts = document.files.len() - texts;
    let words = format!(
        "Made by Annals {} from {} and {}. The sums say which bytes these were.",
        document.version,
        counted(facts, "fact file"),
        counted(texts, "text")
    );
    blocks.push(Block::Paragraph(vec![Run::plain(words)]));
    blocks.extend(document.files.iter().map(|one| Block::Item(file(one))));
}
