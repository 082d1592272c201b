//! What actors with a lifespan said, took part in or held: everything that is checked against a
//! lifespan.

use super::link::is_in_force;
use annals_finding::Place;
use annals_model::{ActorId, DateId, Facts, RecordRef, Relation};
use annals_time::Date;

/// The kind of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ActivityKind {
    Said,
    TookPart,
    Held,
}

/// Something dated that an actor with a lifespan did.
#[derive(Debug)]
pub(super) struct Activity<'f> {
    pub(super) record: RecordRef,
    pub(super) actor: ActorId,
    pub(super) when: &'f Date,
    pub(super) lifespan: &'f Date,
    pub(super) kind: ActivityKind,
    /// The verb of the label, before the date.
    pub(super) verb: &'static str,
    field: Option<&'static str>,
}

impl Activity<'_> {
    /// The place of its date.
    pub(super) fn place(&self, facts: &Facts) -> Place {
        let origin = facts.common(self.record).origin;
        match self.field {
            Some(field) => Place::value(origin, field),
            None => Place::record(origin),
        }
    }
}

fn lifespan(facts: &Facts, actor: ActorId) -> Option<&Date> {
    facts[actor].lifespan.map(|date| facts.date(date))
}

/// Every dated activity of an actor whose lifespan is known.
pub(super) fn activities(facts: &Facts) -> impl Iterator<Item = Activity<'_>> {
    let activity = move |record: RecordRef, actor, when: Option<DateId>, kind, verb, field| {
        Some(Activity {
            record,
            actor,
            when: facts.date(when?),
            lifespan: lifespan(facts, actor)?,
            kind,
            verb,
            field: Some(field),
        })
        .filter(|_| is_in_force(facts, record))
    };
    let claims = facts.claims.iter().flat_map(move |(id, claim)| {
        let speakers = facts.list(claim.speaker).iter();
        speakers.filter_map(move |one| {
            activity(
                id.into(),
                *one,
                claim.said,
                ActivityKind::Said,
                "said",
                "said",
            )
        })
    });
    let events = facts.events.iter().flat_map(move |(id, event)| {
        let who = facts
            .list(event.participants)
            .iter()
            .filter_map(|one| one.actor);
        who.filter_map(move |one| {
            activity(
                id.into(),
                one,
                event.when,
                ActivityKind::TookPart,
                "took place",
                "when",
            )
        })
    });
    let relations = facts.relations.iter().filter_map(move |(id, relation)| {
        let held = relation
            .kind
            .is_some_and(|kind| Relation::HELD.contains(&facts.name(kind)));
        let from = relation.from.filter(|_| held)?;
        activity(
            id.into(),
            from,
            relation.when,
            ActivityKind::Held,
            "held",
            "when",
        )
    });
    // Most facts name no lifespan: then nothing need be looked through.
    let all = has_lifespans(facts).then(|| claims.chain(events).chain(relations));
    all.into_iter().flatten()
}

/// Whether any actor has a lifespan.
fn has_lifespans(facts: &Facts) -> bool {
    let mut actors = facts.actors.iter();
    actors.any(|(id, _)| lifespan(facts, id).is_some())
}

/// Claims without a date of their own, with their first publication.
pub(super) fn only_published(facts: &Facts) -> impl Iterator<Item = Activity<'_>> {
    let claims = has_lifespans(facts).then(|| facts.claims.iter());
    claims.into_iter().flatten().flat_map(move |(id, claim)| {
        let is_undated = claim.said.is_none() && is_in_force(facts, id);
        let published = is_undated.then(|| facts.reported(id)).flatten();
        let speakers = facts.list(claim.speaker).iter();
        speakers.filter_map(move |one| {
            Some(Activity {
                record: id.into(),
                actor: *one,
                when: published?,
                lifespan: lifespan(facts, *one)?,
                kind: ActivityKind::Said,
                verb: "reported",
                field: None,
            })
        })
    })
}
