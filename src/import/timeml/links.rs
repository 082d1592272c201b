//! Links, to orders, dates, and what belongs to events and claims.

use serde_json::{Value, json};

use super::inline::{Link, Sort};
use super::records::Writing;
use super::values;
use crate::dates::Dated;
use crate::{Evidence, Record, entities};
use annals_model::RecordKind;
use annals_source::{At, SourceError};

const SAYS_NOTHING: &str = "a link that says nothing about order";
const NOT_THERE: &str = "a link to something missing";

impl Writing<'_, '_> {
    pub(super) fn link(&mut self, link: &Link) -> Result<(), SourceError> {
        let at = self.line(link.line);
        let what = format!("{} {} {}", link.one, link.kind, link.other);
        let marked = self.marked;
        let (one, other) = (self.event(&link.one), self.event(&link.other));
        let time = |id: &str| marked.times.get(id);
        match (link.sort, one, other) {
            (_, Some(one), Some(other)) if one == other => {
                self.out
                    .left_out(&at, &what, "a link from a thing to itself")
            }
            (Sort::Time, Some(one), Some(other)) => self.order(link, one, other),
            // What begins is often before what it begins, as annotators see it: that is no order.
            (Sort::Aspect, Some(one), Some(other)) => {
                let words = format!("{} {}", link.kind, self.id(other));
                self.list(one, "x_alink", words);
                Ok(())
            }
            (Sort::Time, Some(nth), None) if time(&link.other).is_some() => {
                self.date(nth, &link.kind, &link.other, &at, &what)
            }
            (Sort::Time, None, Some(nth)) if time(&link.one).is_some() => {
                self.date(nth, inverse(&link.kind), &link.one, &at, &what)
            }
            (Sort::Time, None, None)
                if time(&link.one).is_some() && time(&link.other).is_some() =>
            {
                self.out.left_out(&at, &what, "a link between two times")
            }
            (Sort::Subordination, Some(one), Some(other)) => {
                self.told(&link.kind, one, other);
                Ok(())
            }
            (Sort::Cause, Some(one), Some(other)) if self.are_events(one, other) => {
                let id = self.id(other);
                self.list(one, "causes", id);
                Ok(())
            }
            (Sort::Participant, Some(nth), None) => self.participant(nth, link, &at),
            _ => self.out.left_out(&at, &what, NOT_THERE),
        }
    }

    fn event(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    fn id(&self, nth: usize) -> String {
        self.made[nth].id().unwrap_or_default().to_owned()
    }

    fn are_events(&self, one: usize, other: usize) -> bool {
        let is_event = |nth: usize| self.made[nth].kind() == RecordKind::Event;
        is_event(one) && is_event(other)
    }

    fn list(&mut self, nth: usize, field: &'static str, id: String) {
        if self.taken.insert((nth, field, id.clone())) {
            self.lists.entry((nth, field)).or_default().push(id.into());
        }
    }

    /// That one event tells of another.
    fn told(&mut self, kind: &str, one: usize, other: usize) {
        let id = self.id(other);
        if self.made[one].kind() == RecordKind::Claim {
            self.list(one, "about", id);
            if kind == "NEG_EVIDENTIAL" {
                self.made[one].set("act", "denies");
            }
        } else {
            self.list(one, "x_slink", format!("{kind} {id}"));
        }
        if kind == "EVIDENTIAL" && self.made[other].kind() == RecordKind::Event {
            self.made[other].set("status", "alleged");
        }
    }

    fn participant(&mut self, nth: usize, link: &Link, at: &At) -> Result<(), SourceError> {
        let Some(entity) = self.marked.entities.get(&link.other) else {
            return self.out.left_out(at, &link.other, NOT_THERE);
        };
        let is_claim = self.made[nth].kind() == RecordKind::Claim;
        let is_place = matches!(entity.kind.as_str(), "LOC" | "LOCATION" | "GPE");
        if is_place && !is_claim && self.made[nth].get("place").is_none() {
            let place = entities::place(self.out, &entity.name)?;
            self.made[nth].set("place", place);
            return Ok(());
        }
        let actor = self.actor(entity, link.line)?;
        match (is_claim, link.kind.as_str(), actor) {
            (true, "ARG0", Some(_)) => {}
            (true, "ARG2", Some(actor)) => self.list(nth, "to", actor),
            (false, role, Some(actor)) => {
                let part = json!({"actor": actor, "role": role.to_lowercase()});
                if self.taken.insert((nth, "participants", part.to_string())) {
                    self.lists
                        .entry((nth, "participants"))
                        .or_default()
                        .push(part);
                }
            }
            (_, role, _) => {
                let words = format!("{} {}", role.to_lowercase(), entity.name);
                self.list(nth, "x_participant", words);
            }
        }
        Ok(())
    }

    /// Keeps what a time says of an event.
    fn date(
        &mut self,
        nth: usize,
        kind: &str,
        id: &str,
        at: &At,
        what: &str,
    ) -> Result<(), SourceError> {
        let marked = self.marked;
        let time = marked.times.get(id);
        let date = time.and_then(|time| values::dated(time, &marked.times));
        let Some(mut date) = date else {
            return self
                .out
                .left_out(at, what, "a link to a time that is not a date");
        };
        // Annotators tie events to the time of writing for its day, not for its second.
        if marked.creation.as_deref() == Some(id)
            && let Some((day, _)) = date.edtf().split_once('T')
        {
            date = Dated::edtf_of(day).unwrap_or(date);
        }
        let is_within = kind == "IS_INCLUDED" || kind == "DURING" && self.during == Some("allen");
        if is_within {
            date = values::within(date);
        }
        let edtf = date.edtf().to_owned();
        let plain = !edtf.contains(['/', '[']);
        let day = edtf.split('T').next().unwrap_or(&edtf);
        let bare = day.trim_end_matches(['~', '?', '%']);
        let (rank, said) = match kind {
            "IS_INCLUDED" | "DURING" | "SIMULTANEOUS" | "IDENTITY" => (0, Some(date)),
            "DURING_INV" if self.during != Some("allen") => (0, Some(date)),
            // It lasts longer than this time, which no date says of it.
            "INCLUDES" | "DURING_INV" | "OVERLAP" => {
                let words = format!("{kind} {edtf}");
                self.longer.entry(nth).or_default().push(words.into());
                return Ok(());
            }
            "BEGUN_BY" if plain => (2, Dated::edtf_of(&format!("{day}/")).ok()),
            "ENDED_BY" if plain => (2, Dated::edtf_of(&format!("/{day}")).ok()),
            // That day too: a time of a day may lie before another of the same.
            "BEFORE" | "IBEFORE" if plain => (3, Dated::edtf_of(&format!("[..{bare}]")).ok()),
            "AFTER" | "IAFTER" if plain => (3, Dated::edtf_of(&format!("[{bare}..]")).ok()),
            _ => (9, None),
        };
        match said {
            Some(date) => {
                let words = format!("{kind} {edtf}");
                self.when.entry(nth).or_default().push((rank, words, date));
                Ok(())
            }
            None => self.out.left_out(at, what, SAYS_NOTHING),
        }
    }

    /// Of several dates the one that says most, the first of those; others are kept.
    pub(super) fn whens(&mut self) {
        let mut longer = std::mem::take(&mut self.longer);
        for (nth, all) in std::mem::take(&mut self.when) {
            let best = all.iter().map(|(rank, ..)| *rank).min();
            let place = all.iter().position(|(rank, ..)| Some(*rank) == best);
            let record = &mut self.made[nth];
            let field = match record.kind() {
                RecordKind::Claim => "said",
                _ => "when",
            };
            let mut rest: Vec<Value> = longer.remove(&nth).unwrap_or_default();
            for (other, (_, words, date)) in all.into_iter().enumerate() {
                if Some(other) == place {
                    record.date(field, &date);
                } else {
                    rest.push(Value::from(words));
                }
            }
            record.extra("tlink", rest);
        }
        for (nth, words) in longer {
            self.made[nth].extra("tlink", words);
        }
    }

    fn order(&mut self, link: &Link, one: usize, other: usize) -> Result<(), SourceError> {
        let at = self.line(link.line);
        let allen = |simultaneous: &'static str, allen: &'static str| match self.during {
            Some("allen") => Ok(Some(allen)),
            Some(_) => Ok(Some(simultaneous)),
            None => Err(SourceError::ambiguous(
                at.clone(),
                "does DURING mean that an event lasts as long as the other, or that it lies within it?",
                "use --during simultaneous for the first (TimeML 1.2.1), --during allen for the second",
            )),
        };
        let word = match link.kind.as_str() {
            "DURING" => allen("equals", "during")?,
            "DURING_INV" => allen("equals", "contains")?,
            kind => relation(kind),
        };
        let Some(word) = word else {
            let what = format!("{} {} {}", link.one, link.kind, link.other);
            return self.out.left_out(&at, &what, SAYS_NOTHING);
        };
        let words: Vec<&str> = word.split(' ').collect();
        let mut order = Record::unnamed(RecordKind::Order);
        order
            .set("first", self.id(one))
            .set("second", self.id(other));
        order.set("relation", words);
        order.evidence(&Evidence {
            document: self.document.clone(),
            ..Evidence::default()
        });
        self.rest.push(order);
        Ok(())
    }
}

/// The relation of Allen that a link says, or several of which one holds.
fn relation(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "BEFORE" => "before",
        "AFTER" => "after",
        "IBEFORE" => "meets",
        "IAFTER" => "met_by",
        "INCLUDES" | "CONTAINS" => "contains",
        "IS_INCLUDED" => "during",
        "SIMULTANEOUS" | "IDENTITY" => "equals",
        "BEGINS" => "starts",
        "BEGUN_BY" => "started_by",
        "ENDS" => "finishes",
        "ENDED_BY" => "finished_by",
        "OVERLAP" => "overlapping",
        "BEFORE-OR-OVERLAP" => "before meets overlaps",
        "OVERLAP-OR-AFTER" => "overlapped_by met_by after",
        _ => return None,
    })
}

/// The link as it is from the other end.
fn inverse(kind: &str) -> &str {
    match kind {
        "BEFORE" => "AFTER",
        "AFTER" => "BEFORE",
        "IBEFORE" => "IAFTER",
        "IAFTER" => "IBEFORE",
        "INCLUDES" => "IS_INCLUDED",
        "IS_INCLUDED" => "INCLUDES",
        "DURING" => "DURING_INV",
        "DURING_INV" => "DURING",
        "BEGINS" => "BEGUN_BY",
        "BEGUN_BY" => "BEGINS",
        "ENDS" => "ENDED_BY",
        "ENDED_BY" => "ENDS",
        same => same,
    }
}
