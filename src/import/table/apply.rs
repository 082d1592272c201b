//! Rows to records, as a mapping says.

use std::cell::{self, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use serde_json::Value;

use super::day_order::DayOrders;
use super::earlier::{Earlier, Known};
use super::map::{Field, Map, Part, Plan, Shape, Template, folded, parts};
use super::rows::{Cell, Head, Read, Remark, Row, cells_in_line, tell};
use super::unread::kept_unread;
use super::unused::Beyond;
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
    /// Columns whose empty cells have the value above them, which is this.
    pub(super) down: BTreeMap<usize, Cell>,
    /// The rows whose ids are these, as the mapping says.
    pub(super) own_ids: HashMap<String, At, RandomState>,
    /// Cells without a heading.
    pub(super) beyond: Beyond,
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
    /// Of a relation that a row says of several: which of them, by the part of the mapping.
    pub(super) end: Option<(usize, String)>,
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
    /// Which part of the mapping is being made.
    pub(super) plan: cell::Cell<usize>,
    /// Which cells each part of the mapping took.
    pub(super) used: RefCell<Vec<bool>>,
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
            down: BTreeMap::new(),
            own_ids: HashMap::default(),
            beyond: Beyond::default(),
            actors: Vec::new(),
        }
    }

    /// The ids of all records of a row; those of relations last, which have others as their ends.
    fn instances(&mut self, here: &mut Here<'_>) -> Result<(), SourceError> {
        here.instances = vec![Vec::new(); self.map.plans.len()];
        for ties in [false, true] {
            for (nth, plan) in self.map.plans.iter().enumerate() {
                if (plan.kind == RecordKind::Relation) == ties {
                    here.plan.set(nth);
                    here.instances[nth] = self.instances_of(nth, plan, here)?;
                }
            }
        }
        Ok(())
    }

    fn instances_of(
        &mut self,
        nth: usize,
        plan: &Plan,
        here: &Here<'_>,
    ) -> Result<Vec<Instance>, SourceError> {
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
            for end in self.ends_of_relation(nth, it.as_deref(), here)? {
                let instance = self.instance(nth, it.clone(), end, here)?;
                let twice = |one: &Instance| found.iter().any(|other| other.id == one.id);
                let instance = instance.filter(|one| !twice(one));
                found.extend(instance);
            }
        }
        Ok(found)
    }

    fn instance(
        &mut self,
        nth: usize,
        it: Option<String>,
        end: Option<(usize, String)>,
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
        let of_end = |text: String| match &end {
            Some((_, id)) => format!("{text} {id}"),
            None => text,
        };
        let own = plan.id.as_ref().and_then(|id| self.text(id, here, part));
        let own = own.map(of_end);
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
                Some(of_end(key))
            }
        };
        let named = |text: String| match plan.kind {
            RecordKind::Actor => self.map.names.name(text),
            _ => text,
        };
        let (key, words) = (key.map(named), words.map(named));
        let is_own = own.is_some();
        let words = own.or(words).or_else(|| key.clone()).unwrap_or_default();
        // A tie of somebody unknown is no other's.
        let key = key.filter(|_| !Self::is_of_unknown(plan, here));
        let Some(key) = key else {
            let id = self.fresh_id(nth, &words, is_own, here)?;
            return Ok(Some(Instance {
                plan: nth,
                id,
                it,
                key: None,
                known: None,
                unknown: false,
                end,
            }));
        };
        let mut instance = self.of_key(nth, it, folded(&key), (&words, is_own), here)?;
        instance.end = end;
        Ok(Some(instance))
    }

    /// The record of a key: one that this row or an earlier one made, or a new one.
    fn of_key(
        &mut self,
        nth: usize,
        it: Option<String>,
        key: String,
        (words, is_own): (&str, bool),
        here: &Here<'_>,
    ) -> Result<Instance, SourceError> {
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
            return Ok(Instance {
                plan: nth,
                it,
                known,
                ..before
            });
        }
        let (id, known) = match self.made.get(&(kind, key.clone())) {
            Some(earlier) => (earlier.id.clone(), Some(Known::Earlier)),
            None => (self.fresh_id(nth, words, is_own, here)?, None),
        };
        Ok(Instance {
            plan: nth,
            id,
            it,
            key: Some(key),
            known,
            unknown: false,
            end: None,
        })
    }

    /// The name, title, label or words that a record has.
    fn called(&self, plan: &Plan, part: Option<&str>, here: &Here<'_>) -> Option<String> {
        let named = words::called_by(plan.kind);
        let mut fields = plan.fields.iter();
        match fields.find(|(field, _)| *field == Field::Known(named)) {
            Some((_, Shape::Of(template))) => self.text(template, here, part),
            Some((_, Shape::Same(Value::String(text)))) => Some(text.clone()),
            Some((_, Shape::Words(template, words))) => {
                let word = words.get(&folded(&self.text(template, here, part)?))?;
                word.as_str().map(str::to_owned)
            }
            _ => None,
        }
    }

    /// One record; nothing where it lacks what it needs.
    pub(super) fn record(
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
                    here.take(*column);
                    record.extra(name, cell.text.as_str());
                }
            }
        }
        if let Some(needed) = words::needed(plan.kind)
            .iter()
            .find(|name| record.get(name).is_none())
        {
            let at = here.head.row(here.row.number);
            // Several where one is allowed are no lack, and are told as what they are.
            let (what, why) = if record.get(&extra_key(needed)).is_some_and(Value::is_array) {
                (
                    format!("{} with several values for {needed}", plan.kind.word()),
                    "a record with several values where one is allowed",
                )
            } else {
                (
                    format!("{} without {needed}", plan.kind.word()),
                    "a record without a required field",
                )
            };
            here.left.push((at, what, why));
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
        self.take(template, here);
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
        self.fill_down();
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
        let row = &*self.filled_down(head, row)?;
        let row = &*self.without_marks(head, row)?;
        let mut here = Here {
            head,
            row,
            instances: Vec::new(),
            left: Vec::new(),
            changed: Vec::new(),
            told: Vec::new(),
            plan: cell::Cell::new(0),
            used: RefCell::new(vec![false; self.map.plans.len() * row.cells.len()]),
        };
        self.instances(&mut here)?;
        let absent: Vec<usize> = (0..self.map.plans.len())
            .filter(|nth| here.instances[*nth].is_empty())
            .collect();
        let records = self.records(&mut here)?;
        if here.instances.iter().all(Vec::is_empty) {
            let at = head.row(row.number);
            let cells = cells_in_line(row.cells.iter().map(|cell| &*cell.text));
            self.out
                .left_out(&at, &cells, "a row that made no record")?;
        } else {
            self.tell_unused(&absent, &here)?;
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
        self.beyond.add(&remark);
        tell(self.out, &remark)
    }
}
