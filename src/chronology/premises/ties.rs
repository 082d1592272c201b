//! What the fields of events, claims and relations imply about time: parts, causes, answers,
//! offices, publications, lifespans.

use super::PremiseKind;
use super::build::Builder;
use annals_model::{ActorId, ClaimId, DocumentId, EventId, RecordRef, Relation, RelationId};
use annals_time::{Certainty, DayRelation, compare};

impl Builder<'_> {
    pub(super) fn event(&mut self, id: EventId) {
        let event = &self.facts[id];
        if !self.in_force(id.into()) {
            return;
        }
        if let Some(whole) = event.part_of.filter(|whole| *whole != id) {
            self.within(id.into(), whole.into(), PremiseKind::PartOf);
        }
        for &effect in self.facts.list(event.causes) {
            if effect != id {
                self.not_before(effect.into(), id.into(), PremiseKind::Causes, id.into());
            }
        }
        let mut there: Vec<ActorId> = Vec::new();
        for one in self.facts.list(event.participants) {
            let actor = one.actor.filter(|actor| self.has_life(*actor));
            there.extend(actor.filter(|actor| !there.contains(actor)));
        }
        for actor in there {
            self.not_over_before(id, actor);
        }
    }

    pub(super) fn claim(&mut self, id: ClaimId) {
        let claim = &self.facts[id];
        if !self.in_force(id.into()) {
            return;
        }
        if let Some(event) = claim.at {
            self.within(id.into(), event.into(), PremiseKind::At);
        }
        for &other in self.facts.list(self.facts.links(claim).responds_to) {
            self.not_before(id.into(), other.into(), PremiseKind::Answers, id.into());
        }
        for &other in self.facts.list(self.facts.links(claim).repeats) {
            self.not_before(id.into(), other.into(), PremiseKind::Repeats, id.into());
        }
        let mut documents: Vec<DocumentId> = Vec::new();
        for evidence in self.facts.list(claim.evidence) {
            let document = evidence
                .document
                .filter(|one| self.facts[*one].published.is_some());
            documents.extend(document.filter(|one| !documents.contains(one)));
        }
        for document in documents {
            self.not_after_publication(id, document);
        }
        if let Some(office) = claim.capacity {
            self.within(id.into(), office.into(), PremiseKind::Capacity);
        }
        for &speaker in self.facts.list(claim.speaker) {
            if self.has_life(speaker) {
                self.within(id.into(), speaker.into(), PremiseKind::Speaker);
            }
        }
    }

    /// An office or a membership is held within its holder's lifespan.
    pub(super) fn relation(&mut self, id: RelationId) {
        let relation = &self.facts[id];
        let of_life = relation
            .kind
            .is_some_and(|kind| Relation::HELD.contains(&self.facts.name(kind)));
        let holder = relation.from.filter(|actor| self.has_life(*actor));
        let Some(holder) = holder.filter(|_| of_life && self.in_force(id.into())) else {
            return;
        };
        let (tie, life) = (RecordRef::from(id), RecordRef::from(holder));
        let ends = self
            .chronicle
            .stretch(tie)
            .zip(self.chronicle.stretch(life));
        let Some((held, lived)) = ends.filter(|_| self.in_force(life)) else {
            return;
        };
        let begins = !self.exclude(life, DayRelation::StartsNotAfter, tie);
        let ends = !self.exclude(tie, DayRelation::EndsNotAfter, life);
        if !begins && !ends {
            return;
        }
        let premise = self.premise(tie, PremiseKind::Holder, Some(life));
        let network = &mut self.chronicle.network;
        if begins {
            network.at_least(lived.start, held.start, 0, premise);
        }
        if ends {
            network.at_least(held.end, lived.end, 0, premise);
        }
    }

    fn has_life(&self, actor: ActorId) -> bool {
        self.facts[actor].lifespan.is_some()
    }

    /// One record lies within another.
    fn within(&mut self, inner: RecordRef, outer: RecordRef, kind: PremiseKind) {
        let ends = self
            .chronicle
            .stretch(inner)
            .zip(self.chronicle.stretch(outer));
        let Some((inside, around)) = ends.filter(|_| self.in_force(outer)) else {
            return;
        };
        let told_elsewhere = matches!(kind, PremiseKind::Capacity | PremiseKind::Speaker);
        if told_elsewhere && self.exclude(inner, DayRelation::SharesDay, outer) {
            return;
        }
        let premise = self.premise(inner, kind, Some(outer));
        let network = &mut self.chronicle.network;
        network.at_least(around.start, inside.start, 0, premise);
        network.at_least(inside.end, around.end, 0, premise);
    }

    /// Whether the dates of two records, as written, rule out a relation between them: then a rule
    /// reports it, and their other constraints remain.
    fn exclude(&self, one: RecordRef, relation: DayRelation, other: RecordRef) -> bool {
        let date = |record| {
            let (id, _) = self.dated[self.place(record)?]?;
            Some(self.facts.date(id))
        };
        let dates = date(one).zip(date(other));
        dates.is_some_and(|(one, other)| compare(one, relation, other) == Certainty::Never)
    }

    /// One record does not begin before another.
    fn not_before(
        &mut self,
        later: RecordRef,
        earlier: RecordRef,
        kind: PremiseKind,
        of: RecordRef,
    ) {
        let ends = self
            .chronicle
            .stretch(later)
            .zip(self.chronicle.stretch(earlier));
        let both = self.in_force(later) && self.in_force(earlier) && later != earlier;
        let Some((after, before)) = ends.filter(|_| both) else {
            return;
        };
        let other = if of == later { earlier } else { later };
        let premise = self.premise(of, kind, Some(other));
        self.chronicle
            .network
            .at_least(before.start, after.start, 0, premise);
    }

    /// A participant exists before the event ends. The event may have begun earlier, and may
    /// commemorate the dead, so nothing else follows for the lifespan.
    fn not_over_before(&mut self, event: EventId, actor: ActorId) {
        let (event, actor) = (RecordRef::from(event), RecordRef::from(actor));
        let ends = self
            .chronicle
            .stretch(event)
            .zip(self.chronicle.stretch(actor));
        let Some((happens, lives)) = ends.filter(|_| self.in_force(actor)) else {
            return;
        };
        if self.exclude(actor, DayRelation::StartsNotAfterEnd, event) {
            return;
        }
        let premise = self.premise(event, PremiseKind::TakesPart, Some(actor));
        let network = &mut self.chronicle.network;
        network.at_least(lives.start, happens.end, 1, premise);
    }

    fn not_after_publication(&mut self, claim: ClaimId, document: DocumentId) {
        let ends = self
            .chronicle
            .stretch(claim.into())
            .zip(self.chronicle.stretch(document.into()));
        let Some((said, published)) = ends.filter(|_| self.in_force(document.into())) else {
            return;
        };
        let relation = DayRelation::StartsNotAfterEnd;
        if self.exclude(claim.into(), relation, document.into()) {
            return;
        }
        let premise = self.premise(claim.into(), PremiseKind::Published, Some(document.into()));
        // At least its start is before the publication of its report.
        let network = &mut self.chronicle.network;
        network.at_least(said.start, published.end, 1, premise);
        // Of a claim without a date nothing says that it was made over a stretch of time: all of it
        // was said by then.
        if self.facts[claim].said.is_none() {
            network.at_least(said.end, published.end, 0, premise);
        }
    }
}
