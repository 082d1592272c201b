//! What has some words, by looking through everything.

use annals::evidence::{Text, paragraphs, sentences};
use annals::load::LoadResult;
use annals::model::{DocumentId, Facts, RecordRef, Vocabulary as _};
use annals::query::names::fold;

/// Whether a text has all words.
pub fn has(text: &str, words: &str) -> bool {
    let text = fold(text);
    fold(words)
        .split_whitespace()
        .all(|word| text.contains(word))
}

/// What a row is told by: kind, id, document, sentence (of a text), claims.
pub type Told = (String, String, Option<String>, Option<String>, Vec<String>);

/// Where a row stands: nothing of a name; else the document's date and number, where it begins, whose
/// record it is.
type Place = (bool, Option<String>, usize, bool, u32, usize, usize);

/// What has some words: names, and the rest.
pub fn brute(loaded: &LoadResult, words: &str) -> (Vec<Told>, Vec<Told>) {
    let names = names(&loaded.facts, words);
    let mut others = records(loaded, words, &names);
    others.extend(texts(loaded, words));
    // What has no date comes after what has one.
    others.sort_by_key(|(one, _)| (one.0, one.1.is_none(), one.clone()));
    (names, others.into_iter().map(|(_, told)| told).collect())
}

fn is_retracted(facts: &Facts, record: RecordRef) -> bool {
    let more = facts.more(record);
    more.is_some_and(|more| more.retracted.is_some())
}

fn names(facts: &Facts, words: &str) -> Vec<Told> {
    let str = |text: annals::model::Str| facts.str(text);
    let mut names: Vec<(usize, String, Told)> = Vec::new();
    let kinds = ["actor", "topic", "place", "event", "document"];
    for record in facts.records() {
        let all: Vec<&str> = match record {
            RecordRef::Actor(id) => {
                let aliases = facts.list(facts[id].aliases).iter().copied();
                facts[id].name.into_iter().chain(aliases).map(str).collect()
            }
            RecordRef::Topic(id) => facts[id].label.into_iter().map(str).collect(),
            RecordRef::Place(id) => facts[id].name.into_iter().map(str).collect(),
            RecordRef::Event(id) => facts[id].label.into_iter().map(str).collect(),
            RecordRef::Document(id) => facts[id].title.into_iter().map(str).collect(),
            _ => Vec::new(),
        };
        if let Some(name) = all.iter().find(|name| has(name, words)) {
            let kind = record.kind().word();
            let told = (
                kind.to_owned(),
                facts.id(record).to_owned(),
                None,
                None,
                Vec::new(),
            );
            assert!(has(name, words));
            let nth = kinds.iter().position(|one| *one == kind).unwrap();
            names.push((nth, facts.label(record).to_owned(), told));
        }
    }
    names.sort_by(|a, b| (a.0, &a.1, &a.2.1).cmp(&(b.0, &b.1, &b.2.1)));
    names.into_iter().map(|(.., told)| told).collect()
}

fn place(
    facts: &Facts,
    document: Option<DocumentId>,
    begins: Option<u32>,
    kind: usize,
    nth: usize,
) -> Place {
    let published = document
        .and_then(|id| facts[id].published)
        .map(|date| facts.date(date));
    // A month is before its days, since it begins and ends so; a year before its months.
    let published = published.map(|date| {
        let (first, last) = (date.first().unwrap(), date.last().unwrap());
        format!("{first}{last}")
    });
    let number = document.map_or(0, annals::model::Handle::index);
    (
        document.is_none(),
        published,
        number,
        begins.is_none(),
        begins.unwrap_or(0),
        kind,
        nth,
    )
}

fn records(loaded: &LoadResult, words: &str, names: &[Told]) -> Vec<(Place, Told)> {
    let facts = &loaded.facts;
    let str = |text: annals::model::Str| facts.str(text);
    let mut others: Vec<(Place, Told)> = Vec::new();
    let reporting = facts
        .events
        .handles()
        .map(|id| (RecordRef::from(id), Vec::new(), 1));
    let claims = facts
        .claims
        .iter()
        .map(|(id, claim)| (RecordRef::from(id), vec![claim.quote, claim.content], 2));
    for (record, own, kind) in reporting.chain(claims) {
        if is_retracted(facts, record) || names.iter().any(|told| told.1 == facts.id(record)) {
            continue;
        }
        let evidence = facts.evidence(record);
        let own = own.into_iter().flatten().any(|text| has(str(text), words));
        let passage = if own {
            evidence.iter().find(|one| one.document.is_some())
        } else {
            let of = |one: &&annals::model::Evidence| {
                let text = one.document.and_then(|id| loaded.texts.get(id));
                let spans = facts.list(one.found).iter();
                let parts = spans.filter_map(|span| Text::slice(text?.1, *span));
                let parts: Vec<&str> = parts.collect();
                one.quote.is_some_and(|quote| has(str(quote), words))
                    || !parts.is_empty() && has(&parts.join(" … "), words)
            };
            let Some(one) = evidence.iter().find(of) else {
                continue;
            };
            Some(one)
        };
        let document = passage.and_then(|one| one.document);
        let begins = passage.and_then(|one| {
            let given = facts.list(one.spans).first();
            given.or_else(|| facts.list(one.found).first())
        });
        let told = (
            record.kind().word().to_owned(),
            facts.id(record).to_owned(),
            document.map(|id| facts.id(id).to_owned()),
            None,
            Vec::new(),
        );
        others.push((
            place(
                facts,
                document,
                begins.map(|span| span.start),
                kind,
                record.row(),
            ),
            told,
        ));
    }
    others
}

fn texts(loaded: &LoadResult, words: &str) -> Vec<(Place, Told)> {
    let facts = &loaded.facts;
    let mut others: Vec<(Place, Told)> = Vec::new();
    for id in facts.documents.handles() {
        let Some((_, text)) = loaded.texts.get(id) else {
            continue;
        };
        let whole = text.as_str();
        for paragraph in paragraphs(whole) {
            for sentence in sentences(&whole[paragraph.clone()]) {
                let bytes = paragraph.start + sentence.start..paragraph.start + sentence.end;
                let sentence = &whole[bytes.clone()];
                if !has(sentence, words) {
                    continue;
                }
                let start = bytes.start + (sentence.len() - sentence.trim_start().len());
                let span = text.span_of_bytes(start..start + sentence.trim().len());
                let covers = facts.claims.iter().filter(|(claim, one)| {
                    !is_retracted(facts, (*claim).into())
                        && facts.list(one.evidence).iter().any(|one| {
                            one.document == Some(id)
                                && facts
                                    .list(one.found)
                                    .iter()
                                    .any(|at| at.start < span.end && at.end > span.start)
                        })
                });
                let covers = covers.map(|(claim, _)| facts.id(claim).to_owned());
                let doc = facts.id(id).to_owned();
                let told = (
                    "text".to_owned(),
                    doc.clone(),
                    Some(doc),
                    Some(sentence.trim().to_owned()),
                    covers.collect(),
                );
                others.push((place(facts, Some(id), Some(span.start), 0, 0), told));
            }
        }
    }
    others
}
