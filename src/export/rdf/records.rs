//! What a record says, as linked data.

use super::terms::{Thing, Value, Word};
use annals_format::escape::{percent_encoded, web_address};
use annals_model::{
    ActorKind, ArenaRange, ClaimId, Facts, Listed, Name, OrderId, RELATION_KINDS, RecordRef,
    Relation, Str, Via, Vocabulary, Voice,
};
use annals_query::Dossier;

/// Tells what records say.
pub(super) struct Teller<'d, 'l> {
    pub(super) dossier: &'d Dossier<'l>,
    facts: &'l Facts,
    /// What names begin with.
    base: &'d str,
}

/// A record that is told: itself, and the things that belong to it.
pub(super) struct Told<'t, 'd, 'l> {
    pub(super) teller: &'t Teller<'d, 'l>,
    pub(super) record: RecordRef,
    pub(super) itself: Thing,
    pub(super) parts: Vec<Thing>,
}

impl<'d, 'l> Teller<'d, 'l> {
    pub(super) fn new(dossier: &'d Dossier<'l>, base: &'d str) -> Self {
        Teller {
            dossier,
            facts: dossier.facts(),
            base,
        }
    }

    /// The record and what belongs to it.
    pub(super) fn record(&self, record: RecordRef) -> Vec<Thing> {
        let class = match record {
            RecordRef::Document(_) => "annals:Document",
            RecordRef::Actor(_) => "annals:Actor",
            RecordRef::Place(_) => "annals:Place",
            RecordRef::Topic(_) => "annals:Topic",
            RecordRef::Event(_) => "annals:Event",
            RecordRef::Claim(_) => "annals:Claim",
            RecordRef::Relation(_) => "annals:Relation",
            RecordRef::Order(_) => "annals:Order",
        };
        let mut told = Told {
            teller: self,
            record,
            itself: Thing::new(self.iri(record), class),
            parts: Vec::new(),
        };
        let id = self.facts.id(record);
        told.itself.text("dcterms:identifier", id);
        match record {
            RecordRef::Document(_) => told.document(),
            RecordRef::Actor(_) => told.actor(),
            RecordRef::Place(_) => told.place(),
            RecordRef::Topic(_) => told.topic(),
            RecordRef::Event(_) => told.event(),
            RecordRef::Claim(id) => told.claim(id),
            RecordRef::Relation(id) => told.relation(&self.facts[id]),
            RecordRef::Order(id) => told.order(id),
        }
        told.evidence();
        told.common(self.facts.common(record));
        let mut things = vec![told.itself];
        things.extend(told.parts);
        things
    }

    fn iri(&self, record: impl Into<RecordRef>) -> String {
        let record = record.into();
        let id = percent_encoded(self.facts.id(record));
        format!("{}{}/{id}", self.base, record.kind())
    }
}

impl<'l> Told<'_, '_, 'l> {
    pub(super) fn facts(&self) -> &'l Facts {
        self.teller.facts
    }

    pub(super) fn iri(&self, record: impl Into<RecordRef>) -> String {
        self.teller.iri(record)
    }

    /// The name of a thing that belongs to the record.
    pub(super) fn part(&self, name: &str) -> String {
        format!("{}/{name}", self.itself.iri)
    }

    pub(super) fn text(&mut self, predicate: &'static str, text: Option<Str>) {
        if let Some(text) = text {
            self.itself.text(predicate, self.facts().str(text));
        }
    }

    fn texts(&mut self, predicate: &'static str, list: ArenaRange<Str>) {
        for &text in self.facts().list(list) {
            self.itself.text(predicate, self.facts().str(text));
        }
    }

    pub(super) fn name(&mut self, predicate: &'static str, name: Option<Name>) {
        if let Some(name) = name {
            self.itself.text(predicate, self.facts().name(name));
        }
    }

    fn word(&mut self, predicate: &'static str, word: Option<impl Vocabulary>) {
        if let Some(word) = word {
            self.itself.text(predicate, word.word());
        }
    }

    pub(super) fn one(&mut self, predicate: &'static str, record: Option<impl Into<RecordRef>>) {
        if let Some(record) = record {
            let iri = self.iri(record);
            self.itself.thing(predicate, iri);
        }
    }

    fn all<T: Listed + Copy + Into<RecordRef>>(
        &mut self,
        predicate: &'static str,
        list: ArenaRange<T>,
    ) {
        for &record in self.facts().list(list) {
            self.one(predicate, Some(record));
        }
    }

    pub(super) fn number(&mut self, predicate: &'static str, number: Option<f64>) {
        if let Some(number) = number {
            // As XML Schema's doubles are written, and shortest: 0.5, 1e-7.
            let text = format!("{number:?}");
            self.itself.typed(predicate, text, "xsd:double");
        }
    }

    fn document(&mut self) {
        let RecordRef::Document(id) = self.record else {
            return;
        };
        let document = &self.facts()[id];
        self.itself.is_a("prov:Entity");
        self.itself.is_a("schema:CreativeWork");
        self.text("rdfs:label", document.title);
        self.name("annals:kind", document.kind);
        self.texts("schema:author", document.author);
        self.text("schema:publisher", document.publisher);
        self.date("annals:published", "published", document.published);
        self.text("schema:inLanguage", document.language);
        if let Some(url) = document.url {
            let written = self.facts().str(url);
            match web_address(written) {
                Some(url) => self.itself.thing("schema:url", url),
                None => self.itself.text("schema:url", written),
            }
        }
        self.all("prov:wasDerivedFrom", document.based_on);
        self.all("annals:corrects", document.corrects);
        self.text("annals:text", document.text);
        self.text("annals:sha256", document.sha256);
    }

    fn actor(&mut self) {
        let RecordRef::Actor(id) = self.record else {
            return;
        };
        let actor = &self.facts()[id];
        self.itself.is_a("prov:Agent");
        match actor.kind {
            Some(ActorKind::Person) => {
                self.itself.is_a("prov:Person");
                self.itself.is_a("schema:Person");
            }
            Some(ActorKind::Organization | ActorKind::Media) => {
                self.itself.is_a("prov:Organization");
                self.itself.is_a("schema:Organization");
            }
            Some(ActorKind::State) => self.itself.is_a("schema:Country"),
            Some(ActorKind::Group) | None => {}
        }
        self.text("rdfs:label", actor.name);
        self.word("annals:kind", actor.kind);
        self.name("annals:kind", actor.own_kind);
        self.texts("schema:alternateName", actor.aliases);
        if actor.unnamed {
            self.itself.typed("annals:unnamed", "true", "xsd:boolean");
        }
        self.date("annals:lifespan", "lifespan", actor.lifespan);
        for &same in self.facts().list(actor.same_as) {
            let curie = self.facts().str(same);
            match curie.strip_prefix("wikidata:") {
                Some(item) => {
                    let iri = format!("http://www.wikidata.org/entity/{}", percent_encoded(item));
                    self.itself.thing("schema:sameAs", iri);
                }
                None => self.itself.text("annals:sameAs", curie),
            }
        }
    }

    fn place(&mut self) {
        let RecordRef::Place(id) = self.record else {
            return;
        };
        let place = &self.facts()[id];
        self.itself.is_a("prov:Location");
        self.itself.is_a("schema:Place");
        self.text("rdfs:label", place.name);
        self.one("schema:containedInPlace", place.within);
        self.number("schema:latitude", place.lat);
        self.number("schema:longitude", place.lon);
    }

    fn topic(&mut self) {
        let RecordRef::Topic(id) = self.record else {
            return;
        };
        let topic = &self.facts()[id];
        self.text("rdfs:label", topic.label);
        self.all("schema:about", topic.about);
    }

    fn event(&mut self) {
        let RecordRef::Event(id) = self.record else {
            return;
        };
        let event = &self.facts()[id];
        self.itself.is_a("schema:Event");
        self.text("rdfs:label", event.label);
        self.name("annals:kind", event.kind);
        self.date("time:hasTime", "when", event.when);
        self.word("annals:status", event.status);
        let participants = self.facts().list(event.participants).iter();
        for (nth, participant) in participants.enumerate() {
            let Some(actor) = participant.actor else {
                continue;
            };
            let iri = self.part(&format!("participant/{}", nth + 1));
            let mut part = Thing::new(iri.clone(), "annals:Participation");
            part.thing("annals:actor", self.iri(actor));
            if let Some(role) = participant.role {
                part.text("annals:role", self.facts().name(role));
            }
            self.itself.thing("annals:participation", iri);
            self.one("annals:participant", Some(actor));
            self.parts.push(part);
        }
        self.one("schema:location", event.place);
        self.one("schema:superEvent", event.part_of);
        self.all("annals:causes", event.causes);
        self.all("annals:fulfils", event.fulfils);
        self.all("annals:breaks", event.breaks);
        self.text("annals:weekday", event.weekday);
    }

    fn claim(&mut self, id: ClaimId) {
        let claim = &self.facts()[id];
        self.itself.is_a("prov:Entity");
        self.itself.is_a("schema:Claim");
        if let Some(quote) = claim.quote {
            self.itself.is_a("schema:Quotation");
            self.itself.text("schema:text", self.facts().str(quote));
        }
        self.text("annals:content", claim.content);
        self.itself.text("rdfs:label", self.facts().label(id));
        self.all("prov:wasAttributedTo", claim.speaker);
        if claim.voice == Voice::Narrator {
            self.itself.typed("annals:narrator", "true", "xsd:boolean");
        }
        self.one("annals:as", claim.capacity);
        self.all("annals:addressedTo", claim.to);
        self.all("schema:about", claim.about);
        for (nth, stance) in self.facts().list(claim.stance).iter().enumerate() {
            let Some(toward) = stance.toward else {
                continue;
            };
            let iri = self.part(&format!("stance/{}", nth + 1));
            let mut part = Thing::new(iri.clone(), "annals:Stance");
            part.thing("annals:toward", self.iri(toward));
            part.text("annals:value", stance.value.word());
            self.itself.thing("annals:stance", iri);
            self.parts.push(part);
        }
        self.word("annals:act", claim.act);
        self.name("annals:act", claim.own_act);
        self.word("annals:mode", claim.mode);
        self.date("annals:said", "said", claim.said);
        self.date("annals:due", "due", claim.due);
        self.text("annals:weekday", claim.weekday);
        self.one("annals:saidAt", claim.at);
        for via in self.facts().list(self.facts().links(claim).via) {
            match *via {
                Via::Actor(actor) => self.one("annals:via", Some(actor)),
                Via::Claim(other) => self.one("annals:via", Some(other)),
            }
        }
        self.all("annals:respondsTo", self.facts().links(claim).responds_to);
        self.all("annals:supports", self.facts().links(claim).supports);
        self.all("annals:contradicts", self.facts().links(claim).contradicts);
        self.all("annals:repeats", self.facts().links(claim).repeats);
        self.all("annals:fulfils", self.facts().links(claim).fulfils);
        self.all("annals:breaks", self.facts().links(claim).breaks);
    }

    /// A tie, as a thing with its time, and, between its ends, as one statement.
    fn relation(&mut self, relation: &Relation) {
        self.one("annals:from", relation.from);
        self.name("annals:relation", relation.kind);
        self.one("annals:to", relation.to);
        self.text("annals:role", relation.role);
        self.date("time:hasTime", "when", relation.when);
        self.all("annals:viewOf", relation.by);
        if let (Some(from), Some(kind), Some(to)) = (relation.from, relation.kind, relation.to) {
            let kind = self.facts().name(kind);
            let local = match RELATION_KINDS.iter().find(|known| **known == kind) {
                Some(known) => (*known).into(),
                None => format!("relation/{}", percent_encoded(kind)).into(),
            };
            let tie = Word {
                prefix: "annals",
                local,
            };
            self.parts.push(Thing {
                iri: self.iri(from),
                says: vec![(tie, Value::Thing(self.iri(to)))],
            });
        }
    }

    fn order(&mut self, id: OrderId) {
        let order = &self.facts()[id];
        self.one("annals:first", order.first);
        if let Some(relation) = order.relation {
            for name in self.facts().name(relation.words).split(", ") {
                self.itself.text("annals:relation", name);
            }
        }
        self.one("annals:second", order.second);
        if let Some(apart) = order.apart.as_deref() {
            self.itself.text("annals:by", apart.by.written());
            self.itself.text("annals:byFrom", apart.from.word());
            self.itself.text("annals:byTo", apart.to.word());
        }
    }
}
