//! Decodes records from a tape into [`Facts`]: one decoder for all input formats.
//!
//! Decoding never fails. A field at fault becomes a finding and is left out; the rest of its record
//! stays. References are only noted here ([`Unresolved`]) and resolved once all files have been
//! read.

pub(crate) mod block;
mod claim;
mod event;
mod evidence;
mod fields;
mod other;
mod own_field;
mod rare;
pub(crate) mod reader_cache;
pub(crate) mod tape;
pub(crate) mod template;
pub(crate) mod unresolved;
mod value;
pub(crate) mod written_record;

use std::collections::BTreeMap;

use crate::faults;
use crate::faults::at::At;
use annals_finding::Finding;
use annals_model::{Common, FileId, More, Name, Origin, RecordKind};

pub use fields::fields_of;

use block::{Block, Frame, Unread};
use reader_cache::ReaderCache;
use tape::View;
use written_record::WrittenRecord;

/// How many findings of one record, or of the headings of one table, are listed: each is looked for
/// along all of it.
pub(crate) const MOST_OF_ONE: usize = 1000;

/// Reads the records of one block.
pub(crate) struct Decoder<'f> {
    frame: &'f Frame,
    file: FileId,
    block: Block,
    known: ReaderCache,
    usual: fields::Usual,
    /// The records as they are written, where they are asked for.
    written: Option<Vec<WrittenRecord>>,
}

impl<'f> Decoder<'f> {
    /// Begins a block of a file, read by somebody who has met this before. The block is empty.
    pub(crate) fn new(frame: &'f Frame, file: FileId, known: ReaderCache, block: Block) -> Self {
        Decoder {
            frame,
            file,
            block,
            known,
            usual: fields::Usual::default(),
            written: None,
        }
    }

    /// From now on, keeps records as they are written.
    pub(crate) fn keep_written(&mut self) {
        self.written = Some(Vec::new());
    }

    /// The records as they were written.
    pub(crate) fn take_written(&mut self) -> Vec<WrittenRecord> {
        self.written.take().unwrap_or_default()
    }

    /// How many records there are in the block by now.
    pub(crate) fn records(&self) -> usize {
        self.block.records.len()
    }

    /// So many records of each kind stand before the next in its file.
    pub(crate) fn standing_before(&mut self, count: usize) {
        self.block.counts = [count; 8];
    }

    /// What was read, and what its reader has met by now.
    pub(crate) fn finish(mut self) -> (Block, ReaderCache) {
        self.known.hand_over(&mut self.block.new);
        (self.block, self.known)
    }

    /// Reads one record of a kind.
    pub(crate) fn record(&mut self, kind: RecordKind, view: View<'_, '_>, origin: Origin) {
        annals_watch::look();
        self.block.counts[kind as usize] += 1;
        if let Some(written) = &mut self.written {
            written.push(WrittenRecord {
                kind,
                nth: self.block.counts[kind as usize],
                offset: origin.offset(),
                value: view.to_json(),
            });
        }
        let at = At::record(origin, kind, &view);
        let short_order = kind == RecordKind::Order && view.is_list();
        if !view.is_map() && !short_order {
            self.block
                .findings
                .push(faults::wrong_type::record(&at, view.called()));
            return;
        }
        let first_finding = self.block.findings.len();
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
            self.block.full = true;
            return;
        };
        self.block.pending.end(record);
        let nth = self.block.counts[kind as usize];
        self.block.records.push((record, nth));
        self.limit_findings(first_finding + MOST_OF_ONE, &mut BTreeMap::new());
        for finding in &mut self.block.findings[first_finding..] {
            finding.records.insert(0, record);
        }
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
            self.block
                .findings
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
            // It is named after its place when that is known.
            None => Common {
                id: self.own_id("")?,
                named: false,
                origin,
                more: None,
            },
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
            common.more = self.block.facts.more.push(more);
        }
    }

    /// Says that a record lacks a field that it needs.
    fn need(&mut self, present: bool, at: &At<'_>, field: &'static str) {
        if !present {
            self.block
                .findings
                .push(faults::missing_field::found(at, None, field));
        }
    }

    /// A word gets its name when blocks are joined, and a row of what the reader has met before that.
    fn word_met(&mut self, word: &str) -> Option<Name> {
        let name = self.known.words.mention(word);
        self.block.full |= name.is_none();
        name
    }

    /// The id of the record that is read.
    fn own_id(&mut self, id: &str) -> Option<Name> {
        let name = self.known.words.own(id);
        self.block.full |= name.is_none();
        name
    }

    fn keep(&mut self, text: &str) -> Option<annals_model::Str> {
        let kept = self.block.facts.strings.add(text);
        self.block.full |= kept.is_none();
        kept
    }

    /// Says that a file gives no format version.
    pub(crate) fn report_missing_version(&mut self) {
        let name = &self.frame.files[self.file.index()].name;
        let finding = faults::format_version::missing(self.file, name);
        self.block.findings.push(finding);
    }

    /// What messages call the file.
    pub(crate) fn file_name(&self) -> String {
        self.frame.files[self.file.index()].name.clone()
    }

    /// A line of JSON Lines begins at a byte and has so many characters.
    pub(crate) fn line(&mut self, start: u64, characters: usize) {
        self.block.lines.push((start, characters));
    }

    /// Some of the lines are no UTF-8.
    pub(crate) fn lines_are_no_text(&mut self) {
        self.block.no_text = true;
    }

    /// Passes over a piece of the file that cannot be read; the finding says why.
    pub(crate) fn pass_over(&mut self, finding: Finding, unread: Unread) {
        let nth = self.block.findings.len();
        self.report(finding);
        if let Some(kind) = unread.kind {
            // Records without an id are named after how many of their kind stand before them.
            self.block.counts[kind as usize] += unread.records;
        }
        self.block.unread.push((unread, nth));
    }

    /// Adds a finding.
    pub(crate) fn report(&mut self, finding: Finding) {
        self.block.findings.push(finding);
    }

    /// How many findings there are so far.
    pub(crate) fn findings(&self) -> usize {
        self.block.findings.len()
    }

    /// Keeps so many findings of a file, and one more of each code, which counts the others.
    /// `counting` has these, by code.
    pub(crate) fn limit_findings(
        &mut self,
        most: usize,
        counting: &mut BTreeMap<&'static str, usize>,
    ) {
        let findings = &mut self.block.findings;
        // Those that count stand behind the others.
        let kept = most + counting.len();
        if findings.len() <= kept {
            return;
        }
        for finding in findings.split_off(kept) {
            let known = counting.get(finding.code.code);
            match known.and_then(|nth| findings.get_mut(*nth)) {
                Some(counts) => {
                    if counts.more > 0 {
                        counts.notes.pop();
                    }
                    counts.more += 1 + finding.more;
                    let more = counts.more;
                    counts
                        .notes
                        .push(format!("{more} more of this kind here are not listed"));
                }
                None => {
                    counting.insert(finding.code.code, findings.len());
                    findings.push(finding);
                }
            }
        }
    }
}
