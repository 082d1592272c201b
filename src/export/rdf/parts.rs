//! What belongs to a record: its times and passages; and what every record can say.

use super::records::Told;
use super::terms::{Thing, Value, Word, word, xsd_date};
use annals_evidence::{Level, Span};
use annals_format::escape::percent_encoded;
use annals_model::{Common, DateId, Evidence, More, RecordRef};
use annals_time::Calendar;

/// How many code points of the text are given on either side of a quote.
const AROUND: u32 = 32;

impl Told<'_, '_, '_> {
    /// A date as an interval of its own, and the instants at its ends.
    pub(super) fn date(&mut self, predicate: &'static str, name: &str, date: Option<DateId>) {
        let Some(date) = date.map(|id| self.facts().date(id)) else {
            return;
        };
        let iri = self.part(name);
        let mut interval = Thing::new(iri.clone(), "time:Interval");
        interval.typed("annals:edtf", date.written(), "edtf:EDTF");
        interval.text("annals:precision", date.precision().as_str());
        if date.calendar() == Calendar::Julian {
            interval.text("annals:calendar", "julian");
        }
        if let Some(display) = date.display() {
            interval.text("annals:display", display);
        }
        let ends = [
            ("time:hasBeginning", "first", date.first()),
            ("time:hasEnd", "last", date.last()),
        ];
        let mut instants = Vec::new();
        for (predicate, end, day) in ends {
            let Some(day) = day else { continue };
            let at = format!("{iri}/{end}");
            interval.thing(predicate, at.clone());
            let mut instant = Thing::new(at, "time:Instant");
            instant.typed("time:inXSDDate", xsd_date(day), "xsd:date");
            instants.push(instant);
        }
        self.itself.thing(predicate, iri);
        self.parts.push(interval);
        self.parts.append(&mut instants);
    }

    /// The passages behind the record, as Web Annotations: each says of the record that a passage of
    /// a document shows it.
    pub(super) fn evidence(&mut self) {
        let facts = self.facts();
        for (nth, evidence) in facts.evidence(self.record).iter().enumerate() {
            let iri = self.part(&format!("evidence/{}", nth + 1));
            let mut note = Thing::new(iri.clone(), "oa:Annotation");
            note.thing("oa:hasBody", self.itself.iri.clone());
            note.thing("oa:motivatedBy", word("oa:identifying").iri());
            if let Some(level) = evidence.verified {
                note.text("annals:verified", level.as_str());
            }
            note.thing("oa:hasTarget", format!("{iri}/target"));
            if let Some(document) = evidence.document {
                self.one("prov:wasDerivedFrom", Some(document));
                if evidence.quote.is_some() && matches!(self.record, RecordRef::Claim(_)) {
                    self.one("prov:wasQuotedFrom", Some(document));
                }
            }
            self.itself.thing("annals:evidence", iri.clone());
            self.parts.push(note);
            self.target(&iri, evidence);
        }
    }

    /// A passage: its document, its words and where they stand.
    fn target(&mut self, note: &str, evidence: &Evidence) {
        let facts = self.facts();
        let mut target = Thing::new(format!("{note}/target"), "oa:SpecificResource");
        let mut selectors = Vec::new();
        if let Some(document) = evidence.document {
            target.thing("oa:hasSource", self.iri(document));
        }
        if let Some(page) = evidence.page {
            target.text("annals:page", facts.str(page));
        }
        if let Some(quote) = evidence.quote {
            let mut selector = Thing::new(format!("{note}/quote"), "oa:TextQuoteSelector");
            selector.text("oa:exact", facts.str(quote));
            let [before, after] = self.around(evidence);
            for (predicate, words) in [("oa:prefix", before), ("oa:suffix", after)] {
                if !words.is_empty() {
                    selector.text(predicate, words);
                }
            }
            selectors.push(selector);
        }
        let given = facts.list(evidence.spans);
        let spans = if given.is_empty() {
            facts.list(evidence.found)
        } else {
            given
        };
        for (nth, span) in spans.iter().enumerate() {
            let iri = format!("{note}/span/{}", nth + 1);
            let mut selector = Thing::new(iri, "oa:TextPositionSelector");
            selector.typed("oa:start", span.start.to_string(), "xsd:nonNegativeInteger");
            selector.typed("oa:end", span.end.to_string(), "xsd:nonNegativeInteger");
            selectors.push(selector);
        }
        for selector in &selectors {
            target.thing("oa:hasSelector", selector.iri.clone());
        }
        self.parts.push(target);
        self.parts.append(&mut selectors);
    }

    /// What stands before and after a quote in its text. Nothing where the text is not there, where
    /// the quote is not in it or nobody says at which place, or stands there in several parts.
    fn around(&self, evidence: &Evidence) -> [&str; 2] {
        let found = self.facts().list(evidence.found);
        let known = matches!(evidence.verified, Some(Level::Exact | Level::Folded));
        let text = evidence.document.filter(|_| known);
        let text = text.and_then(|document| self.teller.dossier.loaded.texts.get(document));
        let (Some((_, text)), [span]) = (text, found) else {
            return [""; 2];
        };
        let before = Span::new(span.start.saturating_sub(AROUND), span.start);
        let after = Span::new(span.end, text.len().min(span.end.saturating_add(AROUND)));
        [before, after].map(|span| text.slice(span).unwrap_or_default())
    }

    pub(super) fn common(&mut self, common: &Common) {
        let facts = self.facts();
        let place = self.teller.dossier.source(self.record);
        self.itself
            .text("annals:source", format!("{}:{}", place.file, place.line));
        let Some(more) = common.more else { return };
        let More {
            note,
            tags,
            confidence,
            recorded,
            retracted,
            ignore,
            extra,
        } = &facts.more[more];
        self.text("rdfs:comment", *note);
        for &tag in facts.list(*tags) {
            self.name("schema:keywords", Some(tag));
        }
        self.number("annals:confidence", *confidence);
        self.date("annals:recorded", "recorded", *recorded);
        if let Some(retraction) = retracted {
            self.date("annals:retracted", "retracted", Some(retraction.on));
            self.text("annals:retractionReason", retraction.reason);
        }
        for ignored in facts.list(*ignore) {
            self.name("annals:ignores", Some(ignored.code));
        }
        for (name, value) in facts.list(*extra) {
            let predicate = Word {
                prefix: "annals",
                local: percent_encoded(facts.str(*name)).into(),
            };
            // A field of one's own is kept as the JSON that it is.
            let value = Value::Text(facts.str(*value).to_owned());
            self.itself.says.push((predicate, value));
        }
    }
}
