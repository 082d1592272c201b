//! Looks up every quote in the text of its document, where there is one.

use std::collections::BTreeSet;

use super::texts::Texts;
use crate::faults;
use annals_evidence::{AtSpans, Level, Span, Text};
use annals_finding::{Finding, Path, Place};
use annals_model::{ClaimId, Document, DocumentId, Evidence, Facts, FileId, RecordRef, Str};

/// Verifies all quotes and notes in the facts where they stand. `referring` are the records that refer to
/// one that could not be read: perhaps the document in which their quote stands.
pub(crate) fn verify(
    facts: &mut Facts,
    texts: &Texts,
    referring: &BTreeSet<RecordRef>,
    findings: &mut Vec<Finding>,
) {
    // Most large files come without texts: then there is nothing to look up, and nothing to say.
    let has_text = |(id, document): (DocumentId, &Document)| {
        document.text.is_some() || texts.get(id).is_some()
    };
    if !facts.documents.iter().any(has_text) {
        return;
    }
    let mut unverified = vec![0_usize; facts.documents.len()];
    let records: Vec<RecordRef> = (facts.events.handles().map(RecordRef::from))
        .chain(facts.claims.handles().map(RecordRef::from))
        .chain(facts.relations.handles().map(RecordRef::from))
        .chain(facts.orders.handles().map(RecordRef::from))
        .collect();
    let mut rounds = annals_watch::Rounds::default();
    for record in records {
        rounds.look();
        if facts.evidence(record).is_empty() {
            continue;
        }
        let mut verifier = Verifier {
            facts,
            texts,
            findings,
            record,
            is_referring: referring.contains(&record),
        };
        verifier.passages(&mut unverified);
        if let RecordRef::Claim(claim) = record {
            verifier.own_quote(claim, &mut unverified);
        }
    }
    for (document, count) in facts.documents.handles().zip(unverified) {
        if facts[document].text.is_some() && texts.get(document).is_none() && count > 0 {
            let elsewhere = texts
                .elsewhere
                .get(&document)
                .map_or(&[][..], Vec::as_slice);
            findings.push(faults::text_missing::found(
                facts, document, count, elsewhere,
            ));
        }
    }
}

struct Verifier<'f> {
    facts: &'f mut Facts,
    texts: &'f Texts,
    findings: &'f mut Vec<Finding>,
    record: RecordRef,
    is_referring: bool,
}

/// A quote that is looked up, and how messages point to it.
struct Quoted<'f> {
    facts: &'f Facts,
    record: RecordRef,
    quote: Str,
    path: Path,
    file: FileId,
    text: &'f Text,
}

impl Verifier<'_> {
    /// The quotes and spans of the record's evidence.
    fn passages(&mut self, unverified: &mut [usize]) {
        let positions = match self.record {
            RecordRef::Event(id) => self.facts[id].evidence,
            RecordRef::Claim(id) => self.facts[id].evidence,
            RecordRef::Relation(id) => self.facts[id].evidence,
            RecordRef::Order(id) => self.facts[id].evidence,
            _ => return,
        }
        .positions();
        for (nth, position) in positions.enumerate() {
            annals_watch::look();
            let evidence = *self.facts.lists.evidence.item(position);
            let Some(document) = evidence.document else {
                continue;
            };
            let path = Path::field("evidence").index(nth);
            let spans = self.facts.list(evidence.spans).to_vec();
            let Some((file, text)) = self.texts.get(document) else {
                unverified[document.index()] += usize::from(evidence.quote.is_some());
                continue;
            };
            let (level, found) = match evidence.quote {
                Some(quote) => {
                    let path = path.key("quote");
                    let quoted = Quoted {
                        facts: self.facts,
                        record: self.record,
                        quote,
                        path,
                        file,
                        text,
                    };
                    quoted.verify(&spans, nth, self.findings)
                }
                None => {
                    let path = path.key("spans");
                    let whole = check_spans(text, &spans).map(|fault| {
                        let place = Place::Value(self.facts.common(self.record).origin, path);
                        let subject = faults::record(self.facts, self.record);
                        span_fault(&fault, &subject, text.len(), place, &spans).of(self.record)
                    });
                    let faulty = whole.is_some();
                    self.findings.extend(whole);
                    (None, if faulty { Vec::new() } else { spans })
                }
            };
            let found = self.facts.lists.spans.add(found).unwrap_or_default();
            let kept = self.facts.lists.evidence.item_mut(position);
            kept.verified = level;
            kept.found = found;
        }
    }

    /// A claim's own quote: the words within quotation marks, which stand within the passage of
    /// one of its documents; where no passage is given, they are looked for in the text.
    fn own_quote(&mut self, claim: ClaimId, unverified: &mut [usize]) {
        let Some(quote) = self.facts[claim].quote else {
            return;
        };
        let positions = self.facts[claim].evidence.positions();
        let mut tried = None;
        let mut attempts = Vec::new();
        let mut passed = false;
        for position in positions {
            let evidence = *self.facts.lists.evidence.item(position);
            let Some(document) = evidence.document else {
                continue;
            };
            let Some((file, text)) = self.texts.get(document) else {
                unverified[document.index()] += usize::from(evidence.quote.is_none());
                continue;
            };
            let outer = self.facts.list(evidence.found).to_vec();
            if evidence.verified == Some(Level::Missing) {
                // The passage is not there; what it would hold is said with it.
                passed = true;
                continue;
            }
            let words = self.facts.str(quote);
            let by_itself = outer.is_empty();
            let found = if by_itself {
                text.find(words)
            } else {
                text.find_within(words, &outer)
            };
            if evidence.quote.is_none() {
                attempts.push((position, found.level, found.spans.clone(), by_itself));
            }
            passed |= found.level < Level::Ambiguous;
            let better = tried
                .as_ref()
                .is_none_or(|(_, _, best, _)| found.level < *best);
            if better {
                tried = Some((document, file, found.level, outer));
            }
        }
        for (position, level, spans, by_itself) in attempts {
            // A document that only paraphrases what another quotes is not at fault.
            if passed && level == Level::Missing {
                continue;
            }
            let found = self.facts.lists.spans.add(spans).unwrap_or_default();
            let evidence = self.facts.lists.evidence.item_mut(position);
            evidence.verified = Some(level);
            if by_itself {
                evidence.found = found;
            }
        }
        let unread = |one: &Evidence| self.is_referring && one.document.is_none();
        if passed || self.facts.evidence(self.record).iter().any(unread) {
            return;
        }
        let Some((document, file, level, outer)) = tried else {
            return;
        };
        self.own_quote_fault(claim, quote, document, file, level, &outer);
    }

    fn own_quote_fault(
        &mut self,
        claim: ClaimId,
        quote: Str,
        document: DocumentId,
        file: FileId,
        level: Level,
        outer: &[Span],
    ) {
        let Some((_, text)) = self.texts.get(document) else {
            return;
        };
        let quoted = Quoted {
            facts: self.facts,
            record: RecordRef::Claim(claim),
            quote,
            path: Path::field("quote"),
            file,
            text,
        };
        let finding = match level {
            Level::Ambiguous => {
                let found = text.find(self.facts.str(quote));
                quoted.ambiguous(&found.spans, &found.others, found.occurrences)
            }
            _ if outer.is_empty() => quoted.missing(),
            _ => quoted.outside_passage(outer),
        };
        self.findings.push(finding);
        // What the JSON says of the passage must not be better than what was found.
        for position in self.facts[claim].evidence.positions() {
            let evidence = self.facts.lists.evidence.item_mut(position);
            if let Some(known) = evidence.verified {
                evidence.verified = Some(known.max(level));
            }
        }
    }
}

impl Quoted<'_> {
    fn verify(
        &self,
        spans: &[Span],
        nth: usize,
        findings: &mut Vec<Finding>,
    ) -> (Option<Level>, Vec<Span>) {
        let words = self.facts.str(self.quote);
        if spans.is_empty() {
            let found = self.text.find(words);
            match found.level {
                Level::Missing => findings.push(self.missing()),
                Level::Ambiguous => {
                    findings.push(self.ambiguous(&found.spans, &found.others, found.occurrences));
                }
                _ => {}
            }
            return (Some(found.level), found.spans);
        }
        let spans_path = Path::field("evidence").index(nth).key("spans");
        let spans_place = Place::Value(self.facts.common(self.record).origin, spans_path);
        match self.text.at(words, spans) {
            AtSpans::Stands { level, spans } => return (Some(level), spans),
            AtSpans::Mismatch { stands, elsewhere } => {
                let finding = faults::span_mismatch::found(
                    &self.subject(),
                    &stands,
                    &elsewhere,
                    spans,
                    (self.place(), spans_place, self.file),
                );
                findings.push(finding.of(self.record));
            }
            fault => {
                let len = self.text.len();
                let finding = span_fault(&fault, &self.subject(), len, spans_place, spans);
                findings.push(finding.of(self.record));
            }
        }
        (Some(Level::Missing), Vec::new())
    }

    fn place(&self) -> Place {
        Place::Value(self.facts.common(self.record).origin, self.path.clone())
    }

    fn subject(&self) -> String {
        faults::record(self.facts, self.record)
    }

    /// The quote is nowhere.
    fn missing(&self) -> Finding {
        let words = self.facts.str(self.quote);
        let nearest = self.text.nearest(words);
        let name = &self.facts.file(self.file).name;
        let origin = self.facts.common(self.record).origin;
        faults::quote_missing::found(
            &self.subject(),
            words,
            name,
            (origin, &self.path),
            self.file,
            nearest,
        )
        .of(self.record)
    }

    /// The quote is not in the passage that is to show it.
    fn outside_passage(&self, outer: &[Span]) -> Finding {
        let words = self.facts.str(self.quote);
        let elsewhere = self.text.find(words);
        faults::quote_missing::outside(
            &self.subject(),
            self.place(),
            self.file,
            outer,
            &elsewhere.spans,
        )
        .of(self.record)
    }

    fn ambiguous(&self, first: &[Span], others: &[Span], occurrences: usize) -> Finding {
        faults::quote_ambiguous::found(
            &self.subject(),
            self.place(),
            self.file,
            first,
            others,
            occurrences,
        )
        .of(self.record)
    }
}

/// What is wrong with spans that no quote is compared with.
fn check_spans(text: &Text, spans: &[Span]) -> Option<AtSpans> {
    let mut end_before = 0;
    for (index, span) in spans.iter().enumerate() {
        if span.end > text.len() {
            return Some(AtSpans::OutOfText {
                index,
                len: text.len(),
            });
        }
        if span.end <= span.start {
            return Some(AtSpans::Reversed { index });
        }
        if span.start < end_before {
            return Some(AtSpans::OutOfOrder { index });
        }
        end_before = span.end;
    }
    None
}

/// What is wrong with spans of a text of `len` characters; `place` is where they are written.
fn span_fault(fault: &AtSpans, subject: &str, len: u32, place: Place, spans: &[Span]) -> Finding {
    let nth = |index: usize| match place.clone() {
        // The place of that one pair; one alone may stand there without the brackets of the list.
        Place::Value(origin, path) if spans.len() > 1 => Place::Value(origin, path.index(index)),
        other => other,
    };
    match *fault {
        AtSpans::OutOfText { index, len } => faults::span_outside::found(subject, nth(index), len),
        AtSpans::OutOfOrder { index } => faults::span_reversed::out_of_order(subject, nth(index)),
        AtSpans::Reversed { index } => faults::span_reversed::found(subject, nth(index)),
        AtSpans::Stands { .. } | AtSpans::Mismatch { .. } => {
            faults::span_outside::found(subject, place, len)
        }
    }
}
