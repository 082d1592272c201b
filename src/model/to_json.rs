//! A record as the format writes it: the long form, JSON values, fields in the model's order.
//!
//! Reading it again gives an equal record.

use serde_json::{Map, Value, json};

use super::{
    Apart, ArenaRange, ClaimId, Common, DateId, DocumentId, End, EventId, Evidence, Facts, Listed,
    More, OrderId, RecordRef, RelationId, Str, Via, Vocabulary, Voice,
};
use annals_time::Calendar;

impl Facts {
    /// A record as the format writes it.
    pub fn written(&self, record: impl Into<RecordRef>) -> Map<String, Value> {
        let record = record.into();
        let common = self.common(record);
        let mut out = Writer {
            facts: self,
            fields: Map::new(),
        };
        if common.named {
            out.put("id", self.name(common.id));
        }
        match record {
            RecordRef::Document(id) => out.document(id),
            RecordRef::Actor(id) => {
                let actor = &self[id];
                out.text("name", actor.name);
                out.word("kind", actor.kind);
                out.name("kind", actor.own_kind);
                out.texts("aliases", actor.aliases);
                if actor.unnamed {
                    out.put("unnamed", true);
                }
                out.date("lifespan", actor.lifespan);
                out.texts("same_as", actor.same_as);
            }
            RecordRef::Place(id) => {
                let place = &self[id];
                out.text("name", place.name);
                out.reference("within", place.within);
                out.number("lat", place.lat);
                out.number("lon", place.lon);
            }
            RecordRef::Topic(id) => {
                out.text("label", self[id].label);
                out.references("about", self[id].about);
            }
            RecordRef::Event(id) => out.event(id),
            RecordRef::Claim(id) => out.claim(id),
            RecordRef::Relation(id) => out.relation(id),
            RecordRef::Order(id) => out.order(id),
        }
        out.more(common);
        out.fields
    }
}

struct Writer<'f> {
    facts: &'f Facts,
    fields: Map<String, Value>,
}

impl Writer<'_> {
    fn put(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    fn text(&mut self, field: &str, text: Option<Str>) {
        if let Some(text) = text {
            self.put(field, self.facts.str(text));
        }
    }

    fn texts(&mut self, field: &str, list: ArenaRange<Str>) {
        if !list.is_empty() {
            let texts = self
                .facts
                .list(list)
                .iter()
                .map(|text| self.facts.str(*text));
            self.put(field, texts.map(Value::from).collect::<Vec<_>>());
        }
    }

    fn word(&mut self, field: &str, word: Option<impl Vocabulary>) {
        if let Some(word) = word {
            self.put(field, word.word());
        }
    }

    fn name(&mut self, field: &str, name: Option<super::Name>) {
        if let Some(name) = name {
            self.put(field, self.facts.name(name));
        }
    }

    fn number(&mut self, field: &str, number: Option<f64>) {
        if let Some(number) = number {
            self.put(field, number);
        }
    }

    fn reference(&mut self, field: &str, to: Option<impl Into<RecordRef>>) {
        if let Some(to) = to {
            self.put(field, self.facts.id(to));
        }
    }

    fn references<T: Listed + Copy + Into<RecordRef>>(&mut self, field: &str, list: ArenaRange<T>) {
        if !list.is_empty() {
            let ids = self
                .facts
                .list(list)
                .iter()
                .map(|to| Value::from(self.facts.id(*to)));
            self.put(field, ids.collect::<Vec<_>>());
        }
    }

    fn date(&mut self, field: &str, date: Option<DateId>) {
        if let Some(date) = date {
            self.put(field, date_value(self.facts, date));
        }
    }

    fn document(&mut self, id: DocumentId) {
        let document = &self.facts[id];
        self.text("title", document.title);
        self.name("kind", document.kind);
        self.texts("author", document.author);
        self.text("publisher", document.publisher);
        self.date("published", document.published);
        self.text("language", document.language);
        self.text("url", document.url);
        self.references("based_on", document.based_on);
        self.references("corrects", document.corrects);
        self.text("text", document.text);
        self.text("sha256", document.sha256);
    }

    fn event(&mut self, id: EventId) {
        let event = &self.facts[id];
        self.text("label", event.label);
        self.name("kind", event.kind);
        self.date("when", event.when);
        self.word("status", event.status);
        let participants: Vec<Value> = (self.facts.list(event.participants).iter())
            .filter_map(|participant| {
                let mut value = Map::new();
                value.insert("actor".into(), self.facts.id(participant.actor?).into());
                if let Some(role) = participant.role {
                    value.insert("role".into(), self.facts.name(role).into());
                }
                Some(value.into())
            })
            .collect();
        if !participants.is_empty() {
            self.put("participants", participants);
        }
        self.reference("place", event.place);
        self.reference("part_of", event.part_of);
        self.references("causes", event.causes);
        self.text("weekday", event.weekday);
        self.evidence(event.evidence);
    }

    fn claim(&mut self, id: ClaimId) {
        let claim = &self.facts[id];
        match claim.voice {
            Voice::Narrator => self.put("speaker", Vec::<Value>::new()),
            Voice::Speakers | Voice::Unknown => self.references("speaker", claim.speaker),
        }
        self.reference("as", claim.capacity);
        self.references("to", claim.to);
        self.references("about", claim.about);
        let stances: Vec<Value> = (self.facts.list(claim.stance).iter())
            .filter_map(|stance| {
                let toward = self.facts.id(stance.toward?);
                Some(json!({"toward": toward, "value": stance.value.word()}))
            })
            .collect();
        if !stances.is_empty() {
            self.put("stance", stances);
        }
        self.word("act", claim.act);
        self.name("act", claim.own_act);
        self.word("mode", claim.mode);
        self.text("quote", claim.quote);
        self.text("content", claim.content);
        self.date("said", claim.said);
        self.text("weekday", claim.weekday);
        self.reference("at", claim.at);
        let via: Vec<Value> = (self.facts.list(self.facts.links(claim).via).iter())
            .map(|via| match *via {
                Via::Actor(actor) => Value::from(self.facts.id(actor)),
                Via::Claim(other) => Value::from(self.facts.id(other)),
            })
            .collect();
        if !via.is_empty() {
            self.put("via", via);
        }
        self.references("responds_to", self.facts.links(claim).responds_to);
        self.references("supports", self.facts.links(claim).supports);
        self.references("contradicts", self.facts.links(claim).contradicts);
        self.references("repeats", self.facts.links(claim).repeats);
        self.evidence(claim.evidence);
    }

    fn relation(&mut self, id: RelationId) {
        let relation = &self.facts[id];
        self.reference("from", relation.from);
        self.name("kind", relation.kind);
        self.reference("to", relation.to);
        self.text("role", relation.role);
        self.date("when", relation.when);
        self.evidence(relation.evidence);
    }

    fn order(&mut self, id: OrderId) {
        let order = &self.facts[id];
        self.reference("first", order.first);
        if let Some(relation) = order.relation {
            let words: Vec<&str> = self.facts.name(relation.words).split(", ").collect();
            match words.as_slice() {
                [one] => self.put("relation", *one),
                several => self.put("relation", several.to_vec()),
            }
        }
        self.reference("second", order.second);
        if let Some(Apart { by, from, to }) = order.apart.as_deref() {
            self.put("by", by.written());
            if *from != End::Start {
                self.put("from", from.word());
            }
            if *to != End::Start {
                self.put("to", to.word());
            }
        }
        self.evidence(order.evidence);
    }

    fn evidence(&mut self, list: ArenaRange<Evidence>) {
        let all: Vec<Value> = (self.facts.list(list).iter())
            .map(|evidence| {
                let mut value = Map::new();
                if let Some(document) = evidence.document {
                    value.insert("document".into(), self.facts.id(document).into());
                }
                if let Some(quote) = evidence.quote {
                    value.insert("quote".into(), self.facts.str(quote).into());
                }
                let spans: Vec<Value> = (self.facts.list(evidence.spans).iter())
                    .map(|span| json!([span.start, span.end]))
                    .collect();
                if !spans.is_empty() {
                    value.insert("spans".into(), spans.into());
                }
                value.into()
            })
            .collect();
        if !all.is_empty() {
            self.put("evidence", all);
        }
    }

    fn more(&mut self, common: &Common) {
        let Some(id) = common.more else { return };
        let More {
            note,
            tags,
            confidence,
            recorded,
            retracted,
            ignore,
            extra,
        } = self.facts.more[id].clone();
        self.text("note", note);
        if !tags.is_empty() {
            let tags = self
                .facts
                .list(tags)
                .iter()
                .map(|tag| self.facts.name(*tag));
            self.put("tags", tags.map(Value::from).collect::<Vec<_>>());
        }
        self.number("confidence", confidence);
        self.date("recorded", recorded);
        if let Some(retraction) = retracted {
            let on = date_value(self.facts, retraction.on);
            match retraction.reason {
                Some(reason) => {
                    self.put(
                        "retracted",
                        json!({"on": on, "reason": self.facts.str(reason)}),
                    );
                }
                None => self.put("retracted", on),
            }
        }
        let ignores: Vec<Value> = (self.facts.list(ignore).iter())
            .map(|ignore| {
                let reason = ignore.reason.map(|reason| self.facts.str(reason));
                json!({"code": self.facts.name(ignore.code), "reason": reason})
            })
            .collect();
        if !ignores.is_empty() {
            self.put("ignore", ignores);
        }
        for &(name, value) in self.facts.list(extra) {
            // The reader of facts wrote this JSON itself.
            let value = serde_json::from_str(self.facts.str(value)).unwrap_or(Value::Null);
            self.put(self.facts.str(name), value);
        }
    }
}

fn date_value(facts: &Facts, id: DateId) -> Value {
    let date = facts.date(id);
    if date.calendar() == Calendar::Gregorian && date.display().is_none() {
        return date.written().into();
    }
    let mut value = Map::new();
    value.insert("edtf".into(), date.written().into());
    if date.calendar() == Calendar::Julian {
        value.insert("calendar".into(), "julian".into());
    }
    if let Some(display) = date.display() {
        value.insert("display".into(), display.into());
    }
    value.into()
}
