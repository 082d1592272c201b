//! Records off a tape into [`Facts`]: one decoder for every spelling.
//!
//! Decoding never fails. A field at fault becomes a finding and is left out; the rest of its record
//! stays. References are only noted here ([`Pending`]) and resolved when all files are read.

mod claim;
mod event;
mod evidence;
mod fields;
mod other;
mod rare;
mod value;

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::faults;
use super::pending::Pending;
use super::tape::View;
use crate::finding::{Finding, Place};
use crate::model::{Common, DateId, Facts, FileId, More, Name, Origin, RecordKind, RecordRef};

pub(crate) use fields::At;
pub use fields::fields_of;

/// Reads the records of one run, file after file.
pub(crate) struct Decoder<'f> {
    pub(crate) facts: &'f mut Facts,
    pub(crate) findings: &'f mut Vec<Finding>,
    pub(crate) pending: &'f mut Pending,
    /// Dates met before, as written: bulk facts have few days and many claims.
    dates: HashMap<Box<str>, DateId, RandomState>,
    /// How many records of each kind the file has had.
    counts: [usize; 8],
    /// Whether a pool was full: said once, at the end.
    full: bool,
}

impl<'f> Decoder<'f> {
    pub(crate) fn new(
        facts: &'f mut Facts,
        findings: &'f mut Vec<Finding>,
        pending: &'f mut Pending,
    ) -> Self {
        Decoder {
            facts,
            findings,
            pending,
            dates: HashMap::default(),
            counts: [0; 8],
            full: false,
        }
    }

    /// Begins a file.
    pub(crate) fn begin_file(&mut self) {
        self.counts = [0; 8];
    }

    /// Ends the run: says what did not fit.
    pub(crate) fn finish(self) {
        if self.full {
            self.findings.push(faults::too_large::found());
        }
    }

    /// Reads one record of a kind.
    pub(crate) fn record(&mut self, kind: RecordKind, view: View<'_, '_>, origin: Origin) {
        self.counts[kind as usize] += 1;
        let at = At::record(origin, kind, view);
        let short_order = kind == RecordKind::Order && view.is_list();
        if !view.is_map() && !short_order {
            self.findings
                .push(faults::wrong_type::record(&at, view.called()));
            return;
        }
        let first_finding = self.findings.len();
        let record = match kind {
            RecordKind::Document => self.document(view, &at),
            RecordKind::Actor => self.actor(view, &at),
            RecordKind::Place => self.place(view, &at),
            RecordKind::Topic => self.topic(view, &at),
            RecordKind::Event => self.event(view, &at),
            RecordKind::Claim => self.claim(view, &at),
            RecordKind::Relation => self.relation(view, &at),
            RecordKind::Order => self.order(view, &at),
        };
        let Some(record) = record else {
            self.full = true;
            return;
        };
        self.pending.end(record);
        self.name(record);
        for finding in &mut self.findings[first_finding..] {
            finding.records.insert(0, record);
        }
    }

    /// Gives a record its id, unless another has it: then the id is left out, and it is named
    /// after its place.
    fn name(&mut self, record: RecordRef) {
        let common = *self.facts.common(record);
        if let Some(holder) = self.facts.holder(common.id) {
            let finding = faults::duplicate_id::found(self.facts, holder, record);
            self.findings.push(finding);
            let Some(placed) = self.placed_name(record.kind(), common.origin.file()) else {
                return;
            };
            let common = self.common_mut(record);
            common.id = placed;
            common.named = false;
        }
        let id = self.facts.common(record).id;
        let holders = &mut self.facts.holders;
        if holders.len() <= id.index() {
            holders.resize(id.index() + 1, None);
        }
        if holders[id.index()].is_none() {
            holders[id.index()] = Some(record);
        }
    }

    fn common_mut(&mut self, record: RecordRef) -> &mut Common {
        match record {
            RecordRef::Document(id) => &mut self.facts.documents[id].common,
            RecordRef::Actor(id) => &mut self.facts.actors[id].common,
            RecordRef::Place(id) => &mut self.facts.places[id].common,
            RecordRef::Topic(id) => &mut self.facts.topics[id].common,
            RecordRef::Event(id) => &mut self.facts.events[id].common,
            RecordRef::Claim(id) => &mut self.facts.claims[id].common,
            RecordRef::Relation(id) => &mut self.facts.relations[id].common,
            RecordRef::Order(id) => &mut self.facts.orders[id].common,
        }
    }

    /// The name of a record that has none: its file and how many of its kind stand before it.
    fn placed_name(&mut self, kind: RecordKind, file: FileId) -> Option<Name> {
        let nth = self.counts[kind as usize];
        let name = format!("{}#{}/{nth}", self.facts.file(file).short, kind.plural());
        self.intern(&name)
    }

    /// The id of a record and where it stands.
    fn head(&mut self, kind: RecordKind, view: View<'_, '_>, at: &At<'_>) -> Option<Common> {
        let written = view.get("id").filter(|id| !id.is_null());
        let id = written.and_then(|id| self.id(id, &at.key("id")));
        let id_needed = !matches!(
            kind,
            RecordKind::Claim | RecordKind::Relation | RecordKind::Order
        );
        if written.is_none() && id_needed {
            self.findings
                .push(faults::missing_field::found(at, None, "id"));
        }
        let origin = at.origin();
        Some(match id {
            Some(id) => Common {
                id,
                named: true,
                origin,
                more: None,
            },
            None => {
                let id = self.placed_name(kind, origin.file())?;
                Common {
                    id,
                    named: false,
                    origin,
                    more: None,
                }
            }
        })
    }

    /// Keeps the rarer fields, if there is one.
    fn keep_more(&mut self, common: &mut Common, more: More) {
        let has_one = more.note.is_some()
            || !more.tags.is_empty()
            || more.confidence.is_some()
            || more.recorded.is_some()
            || more.retracted.is_some()
            || !more.ignore.is_empty()
            || !more.extra.is_empty();
        if has_one {
            common.more = self.facts.more.push(more);
        }
    }

    /// Says that a record lacks a field that it needs.
    fn need(&mut self, present: bool, at: &At<'_>, field: &'static str) {
        if !present {
            self.findings
                .push(faults::missing_field::found(at, None, field));
        }
    }

    fn intern(&mut self, word: &str) -> Option<Name> {
        let name = self.facts.names.intern(word);
        self.full |= name.is_none();
        name
    }

    fn keep(&mut self, text: &str) -> Option<crate::model::Str> {
        let kept = self.facts.strings.add(text);
        self.full |= kept.is_none();
        kept
    }

    /// Says that a file gives no format version.
    pub(crate) fn report_missing_version(&mut self, file: FileId) {
        let finding = faults::format_version::missing(file, &self.facts.file(file).name);
        self.findings.push(finding);
    }

    /// Adds a finding.
    pub(crate) fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

impl At<'_> {
    /// The value that is read.
    pub(crate) fn value(&self) -> Place {
        Place::Value(self.origin(), self.path())
    }
}
