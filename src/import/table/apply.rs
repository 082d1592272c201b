//! Rows to records, as a mapping says.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use serde_json::Value;

use super::day_order::DayOrders;
use super::earlier::{Earlier, Known};
use super::map::{Field, Map, Part, Plan, Shape, Template, folded, parts};
use super::rows::{Head, Read, Remark, Row, tell};
use super::unread::kept_unread;
use super::words;
use crate::dates::{Reading, Unread};
use crate::{Builder, Record, extra_key};
use annals_finding::wording::nearest;
use annals_model::{RecordKind, Vocabulary};
use annals_source::{At, SourceError};

/// Makes records of rows.
pub(super) struct Apply<'a, 'o> {
    pub(super) map: &'a Map,
    pub(super) out: &'a mut Builder<'o>,
    pub(super) dates: Reading,
    pub(super) columns: HashMap<String, usize, RandomState>,
    /// Columns that no part of the mapping names, and what each is called under `x_`.
    pub(super) rest: Vec<(usize, String)>,
    /// The same columns, by the whole name of their field.
    pub(super) rest_at: HashMap<String, usize, RandomState>,
    /// Columns that are left out.
    pub(super) dropped: BTreeSet<usize>,
    /// Marks of a missing value that the mapping has a word for, by column.
    pub(super) named_marks: BTreeSet<(usize, String)>,
    /// Columns of those who speak, in which a mark may say that nobody knows who.
    pub(super) of_speakers: BTreeSet<usize>,
    /// Records that several rows make, by kind and key.
    pub(super) made: HashMap<(RecordKind, String), Earlier, RandomState>,
    /// Which columns each plan is made of.
    pub(super) of_plan: Vec<BTreeSet<usize>>,
    /// Which of two numbers is the day, by column.
    pub(super) orders: DayOrders<'a>,
    /// The actors that were made.
    pub(super) actors: Vec<MadeActor>,
}

/// An actor that was made.
pub(super) struct MadeActor {
    pub(super) name: String,
    pub(super) person: bool,
    /// In how many rows.
    pub(super) rows: usize,
}

/// What a record of a row is called.
#[derive(Clone)]
pub(super) struct Instance {
    /// Which part of the mapping makes it.
    pub(super) plan: usize,
    pub(super) id: String,
    /// The part of a list that it is made of.
    pub(super) it: Option<String>,
    pub(super) key: Option<String>,
    /// Whether it was made before.
    pub(super) known: Option<Known>,
    /// Whether it is an actor of whom nothing is known but that they spoke.
    pub(super) unknown: bool,
}

/// A row while it is read.
pub(super) struct Here<'r> {
    pub(super) head: &'r Head,
    pub(super) row: &'r Row,
    pub(super) instances: Vec<Vec<Instance>>,
    pub(super) left: Vec<Remark>,
    pub(super) changed: Vec<Remark>,
    /// What is told of the table, once.
    pub(super) told: Vec<Remark>,
}

impl<'a, 'o> Apply<'a, 'o> {
    pub(super) fn new(
        map: &'a Map,
        out: &'a mut Builder<'o>,
        dates: Reading,
        orders: DayOrders<'a>,
    ) -> Self {
        Apply {
            map,
            out,
            dates,
            columns: HashMap::default(),
            rest: Vec::new(),
            rest_at: HashMap::default(),
            dropped: BTreeSet::new(),
            named_marks: BTreeSet::new(),
            of_speakers: BTreeSet::new(),
            made: HashMap::default(),
            of_plan: Vec::new(),
            orders,
            actors: Vec::new(),
        }
    }

    /// The ids of all records of a row.
    fn instances(&mut self, here: &mut Here<'_>) -> Result<(), SourceError> {
        for (nth, plan) in self.map.plans.iter().enumerate() {
            let parts = match &plan.each {
                Some((template, signs)) => {
                    let text = self.text(template, here, None).unwrap_or_default();
                    let mut all = Vec::new();
                    for part in parts(&text, signs) {
                        if words::is_missing(part) && !(plan.speaks && words::is_unknown(part)) {
                            let at = self.at(template, here);
                            self.out.changed(&at, part, words::MISSING)?;
                        } else {
                            all.push(Some(part.to_owned()));
                        }
                    }
                    all
                }
                None => vec![None],
            };
            let mut found: Vec<Instance> = Vec::new();
            for it in parts {
                let instance = self.instance(nth, it, here)?;
                let twice = |one: &Instance| found.iter().any(|other| other.id == one.id);
                let instance = instance.filter(|one| !twice(one));
                found.extend(instance);
            }
            here.instances.push(found);
        }
        Ok(())
    }

    fn instance(
        &mut self,
        nth: usize,
        it: Option<String>,
        here: &Here<'_>,
    ) -> Result<Option<Instance>, SourceError> {
        let plan = &self.map.plans[nth];
        let part = it.as_deref();
        let words = self.called(plan, part, here);
        let is_named = words::is_named(plan.kind);
        if words.is_none() && is_named {
            return Ok(None);
        }
        let named = matches!(
            plan.kind,
            RecordKind::Actor | RecordKind::Place | RecordKind::Topic
        );
        let unknown = (named || plan.implied) && words.as_deref().is_some_and(words::is_unknown);
        if unknown {
            return self.unknown(nth, it, here);
        }
        let own = plan.id.as_ref().and_then(|id| self.text(id, here, part));
        let key = match &plan.key {
            None => None,
            Some(template) => {
                // What has a name is told apart by what there is.
                let key = if is_named {
                    self.key(template, here, part)
                } else {
                    self.text(template, here, part)
                };
                let Some(key) = key else { return Ok(None) };
                Some(key)
            }
        };
        let named = |text: String| match plan.kind {
            RecordKind::Actor => self.map.names.name(text),
            _ => text,
        };
        let (key, words) = (key.map(named), words.map(named));
        let words = own.or(words).or_else(|| key.clone()).unwrap_or_default();
        // A tie of somebody unknown is no other's.
        let key = key.filter(|_| !Self::is_of_unknown(plan, here));
        let Some(key) = key else {
            let id = self.out.id(plan.kind, &words);
            return Ok(Some(Instance {
                plan: nth,
                id,
                it,
                key: None,
                known: None,
                unknown: false,
            }));
        };
        Ok(Some(self.of_key(nth, it, folded(&key), &words, here)))
    }

    /// The record of a key: one that this row or an earlier one made, or a new one.
    fn of_key(
        &mut self,
        nth: usize,
        it: Option<String>,
        key: String,
        words: &str,
        here: &Here<'_>,
    ) -> Instance {
        let kind = self.map.plans[nth].kind;
        // Within one row too: speaker and addressee may be the same actor.
        let before = self.map.plans.iter().zip(&here.instances);
        let mut before = before.filter(|(other, _)| other.kind == kind);
        let before = before.find_map(|(_, all)| {
            let mut all = all.iter();
            all.find(|one| one.key.as_ref() == Some(&key)).cloned()
        });
        if let Some(before) = before {
            // It is made once, by the part that comes first.
            let known = before.known.or(Some(Known::InThisRow));
            return Instance {
                plan: nth,
                it,
                known,
                ..before
            };
        }
        let (id, known) = match self.made.get(&(kind, key.clone())) {
            Some(earlier) => (earlier.id.clone(), Some(Known::Earlier)),
            None => (self.out.id(kind, words), None),
        };
        Instance {
            plan: nth,
            id,
            it,
            key: Some(key),
            known,
            unknown: false,
        }
    }

    /// The name, title, label or words that a record has.
    fn called(&self, plan: &Plan, part: Option<&str>, here: &Here<'_>) -> Option<String> {
        let named = words::called_by(plan.kind);
        let mut fields = plan.fields.iter();
        match fields.find(|(field, _)| *field == Field::Known(named)) {
            Some((_, Shape::Of(template))) => self.text(template, here, part),
            Some((_, Shape::Same(Value::String(text)))) => Some(text.clone()),
            _ => None,
        }
    }

    /// One record; nothing where it lacks what it needs.
    fn record(
        &mut self,
        nth: usize,
        instance: &Instance,
        here: &mut Here<'_>,
    ) -> Result<Option<Record>, SourceError> {
        let plan = &self.map.plans[nth];
        let mut record = Record::new(plan.kind, instance.id.clone());
        for (field, shape) in &plan.fields {
            match field {
                Field::Own(name) => {
                    if let Some(value) = self.value(shape, instance, here)? {
                        record.extra(name, value);
                    }
                }
                Field::Known("speaker") if matches!(shape, Shape::List(items) if items.is_empty()) =>
                {
                    record.narrated();
                }
                Field::Known(name) => self.field(name, shape, &mut record, instance, here)?,
            }
        }
        if instance.unknown {
            record
                .set("name", words::UNKNOWN_SPEAKER)
                .set("unnamed", true);
        } else if plan.kind == RecordKind::Actor {
            self.spelled(&mut record);
        }
        if plan.implied {
            self.assumed(plan, &mut record, instance, here);
        }
        if self.map.rest == Some(nth) {
            for (column, name) in &self.rest {
                if let Some(cell) = here.row.cells.get(*column) {
                    record.extra(name, cell.text.as_str());
                }
            }
        }
        if let Some(needed) = words::needed(plan.kind)
            .iter()
            .find(|name| record.get(name).is_none())
        {
            let at = here.head.row(here.row.number);
            let what = format!("{} without {needed}", plan.kind.word());
            here.left
                .push((at, what, "a record without a required field"));
            return Ok(None);
        }
        self.tell_wordless(plan, &record, here);
        Ok(Some(record))
    }

    /// A field of the model: a date, a number, a word, or whatever it is.
    fn field(
        &mut self,
        name: &'static str,
        shape: &Shape,
        record: &mut Record,
        instance: &Instance,
        here: &mut Here<'_>,
    ) -> Result<(), SourceError> {
        if let (Shape::Of(template), true) = (shape, words::is_date(name)) {
            return self.date(name, template, record, instance, here);
        }
        let Some(value) = self.value(shape, instance, here)? else {
            return Ok(());
        };
        let at = match shape {
            Shape::Of(template) | Shape::Words(template, _) | Shape::Split(template, _) => {
                self.at(template, here)
            }
            _ => here.head.row(here.row.number),
        };
        match words::fitting(record.kind(), name, value) {
            Ok(value) => {
                record.set(name, value);
            }
            Err((value, why)) => {
                let shown = match &value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                record.extra(name, value);
                here.changed.push((at, shown, why));
            }
        }
        Ok(())
    }

    fn date(
        &mut self,
        name: &'static str,
        template: &Template,
        record: &mut Record,
        instance: &Instance,
        here: &mut Here<'_>,
    ) -> Result<(), SourceError> {
        if let Some(date) = self.cell(template, here).and_then(|cell| cell.date.clone()) {
            record.date(name, &date);
            return Ok(());
        }
        let it = instance.it.as_deref();
        let (text, read) = match self.ends(template, here) {
            Some((from, to)) => {
                if from.is_empty() && to.is_empty() {
                    return Ok(());
                }
                (format!("{from}/{to}"), self.dates.read_ends(from, to))
            }
            None => match self.date_text(template, here, it) {
                Some(text) => {
                    let read = self.dates.read(&text);
                    (text, read)
                }
                None => return Ok(()),
            },
        };
        let read = match read {
            Err(Unread::Ambiguous) => match self.settled(template, here)? {
                Some(dates) => match self.ends(template, here) {
                    Some((from, to)) => dates.read_ends(from, to),
                    None => dates.read(&text),
                },
                None => Err(Unread::Ambiguous),
            },
            read => read,
        };
        let at = self.at(template, here);
        match read {
            Ok(date) => {
                record.date(name, &date);
                if let Some(remark) = date.remark() {
                    here.changed.push((at, text, remark));
                }
            }
            Err(unread) => {
                let kept = kept_unread(unread, &at, &text)?;
                record.extra(name, text.as_str());
                here.changed.push(kept);
            }
        }
        Ok(())
    }
}

impl Apply<'_, '_> {
    /// What columns are called under `x_`: a number keeps those apart that differ in signs alone, or
    /// that are called as a field of the mapping.
    fn names(&self, columns: impl Iterator<Item = usize>, head: &Head) -> Vec<(usize, String)> {
        let plan = self.map.rest.map(|nth| &self.map.plans[nth]);
        let fields = plan.into_iter().flat_map(|plan| &plan.fields);
        let mut taken: BTreeSet<String> = fields
            .map(|(field, _)| match field {
                Field::Known(name) => extra_key(name),
                Field::Own(name) => extra_key(name),
            })
            .collect();
        let mut names = Vec::new();
        for column in columns {
            let plain = extra_key(&head.headings[column]);
            let mut numbers = 2_usize..;
            let mut name = plain.clone();
            while !taken.insert(name.clone()) {
                let number = numbers.next().unwrap_or_default();
                name = format!("{plain}_{number}");
            }
            names.push((column, name.split_off(2)));
        }
        names
    }
}

impl Read for Apply<'_, '_> {
    fn begin(&mut self, head: &Head) -> Result<(), SourceError> {
        self.columns.clear();
        for (column, heading) in head.headings.iter().enumerate() {
            self.columns.insert(heading.to_string(), column);
        }
        let unknown = |name: &str, at: &At| {
            let shown = annals_finding::shown(name);
            let refusal =
                SourceError::syntax(at.clone(), format!("the table has no column “{shown}”"));
            let headings = || head.headings.iter().map(|heading| &**heading);
            match nearest(name, headings()).first() {
                Some(near) => refusal.help(format!("did you mean {near}?")),
                None => {
                    let all: Vec<&str> = headings().take(40).collect();
                    refusal.note(format!("its columns are {}", all.join(", ")))
                }
            }
        };
        self.of_plan.clear();
        for plan in &self.map.plans {
            let each = plan.each.iter().map(|(template, _)| template);
            let mut templates: Vec<&Template> =
                plan.key.iter().chain(&plan.id).chain(each).collect();
            let mut columns = BTreeSet::new();
            plan.fields
                .iter()
                .for_each(|(_, shape)| shape.templates(&mut templates));
            for template in templates {
                for part in &template.parts {
                    if let Part::Column(name) = part {
                        let column = self.columns.get(name);
                        columns.insert(*column.ok_or_else(|| unknown(name, &template.at))?);
                    }
                }
            }
            self.of_plan.push(columns);
        }
        self.dropped.clear();
        let mut named: BTreeSet<usize> = self.of_plan.iter().flatten().copied().collect();
        for dropped in &self.map.drop {
            let column = self.columns.get(&dropped.value);
            let column = *column.ok_or_else(|| unknown(&dropped.value, &dropped.at))?;
            named.insert(column);
            self.dropped.insert(column);
        }
        self.named_marks = self.marks_with_words();
        self.of_speakers = self.speakers();
        let rest = (0..head.headings.len()).filter(|column| !named.contains(column));
        self.rest = self.names(rest, head);
        let fields = self.rest.iter();
        self.rest_at = fields
            .map(|(column, name)| (extra_key(name), *column))
            .collect();
        if let Some(nth) = self.map.rest {
            self.of_plan[nth].extend(self.rest.iter().map(|(column, _)| *column));
        }
        Ok(())
    }

    fn row(&mut self, head: &Head, row: &Row) -> Result<bool, SourceError> {
        self.out.came("row");
        let row = &*self.without_marks(head, row)?;
        let mut here = Here {
            head,
            row,
            instances: Vec::new(),
            left: Vec::new(),
            changed: Vec::new(),
            told: Vec::new(),
        };
        self.instances(&mut here)?;
        let absent: Vec<usize> = (0..self.map.plans.len())
            .filter(|nth| here.instances[*nth].is_empty())
            .collect();
        let records = self.records(&mut here)?;
        if here.instances.iter().all(Vec::is_empty) {
            let at = head.row(row.number);
            self.out.left_out(&at, "", "a row that made no record")?;
        } else {
            self.tell_absent(&absent, &here)?;
        }
        for (instance, record) in records {
            self.keep(instance, record, &mut here)?;
        }
        let mut told = BTreeSet::new();
        for remark in here.told.iter().chain(&here.changed) {
            // Two records of a row may be made of the same cell.
            let (at, what, why) = remark;
            if told.insert((at.to_string(), what, why)) {
                self.out.changed(at, what, why)?;
            }
        }
        Ok(true)
    }

    fn remark(&mut self, remark: Remark) -> Result<(), SourceError> {
        tell(self.out, &remark)
    }
}

impl Apply<'_, '_> {
    /// The records of a row. What lacks something it needs is not made, and then nothing may refer
    /// to it: once more.
    fn records(&mut self, here: &mut Here<'_>) -> Result<Vec<(Instance, Record)>, SourceError> {
        for _ in 0..=self.map.plans.len() {
            let mut records: Vec<(Instance, Record)> = Vec::new();
            here.changed.clear();
            let all = here.instances.clone();
            let mut failed = false;
            for (nth, instances) in all.iter().enumerate() {
                for instance in instances {
                    if instance.known == Some(Known::InThisRow) {
                        continue;
                    }
                    match self.record(nth, instance, here)? {
                        Some(record) => records.push((instance.clone(), record)),
                        None => {
                            failed = true;
                            let id = &instance.id;
                            here.instances
                                .iter_mut()
                                .for_each(|all| all.retain(|one| one.id != *id));
                            break;
                        }
                    }
                }
            }
            for (at, what, why) in std::mem::take(&mut here.left) {
                self.out.left_out(&at, &what, why)?;
            }
            if !failed {
                return Ok(records);
            }
        }
        Ok(Vec::new())
    }

    /// Writes a record, unless an earlier row made it.
    fn keep(
        &mut self,
        instance: Instance,
        record: Record,
        here: &mut Here<'_>,
    ) -> Result<(), SourceError> {
        if instance.known.is_some() {
            self.compare(&instance, &record, here);
            return Ok(());
        }
        let name = record.get("name").and_then(Value::as_str);
        let made = match (record.kind(), name) {
            (RecordKind::Actor, Some(name)) if !instance.unknown => {
                let person = record.get("kind").is_some_and(|kind| kind == "person");
                self.actors.push(MadeActor {
                    name: name.to_owned(),
                    person,
                    rows: 1,
                });
                self.actors.len().checked_sub(1)
            }
            _ => None,
        };
        if let Some(key) = instance.key {
            let at = here.head.row(here.row.number);
            let earlier = Earlier::new(instance.id, at, &record, made);
            self.made.insert((record.kind(), key), earlier);
        }
        self.out.add(record)
    }
}
