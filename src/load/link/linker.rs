//! Joins blocks in the order of their files and lines: records are registered under their ids, and
//! their references are collected for [`resolve`](super::resolve).

use std::collections::{BTreeMap, HashMap};

use super::repeated::Repeated;
use super::resolve;
use crate::decode::block::{Block, Frame};
use crate::decode::reader_cache::Readers;
use crate::decode::unresolved::Unresolved;
use crate::faults;
use crate::source::record_lines::RecordLines;
use annals_finding::Finding;
use annals_model::{Common, Facts, FileId, Name, RecordRef};

/// All that was read of all files.
pub(crate) struct Joined {
    pub(crate) facts: Facts,
    pub(crate) findings: Vec<Finding>,
    pub(crate) pending: Unresolved,
    pub(crate) unread: UnreadPieces,
}

/// What could not be read of files that otherwise could.
#[derive(Debug, Default)]
pub(crate) struct UnreadPieces {
    /// How many records of each file.
    pub(crate) files: BTreeMap<FileId, usize>,
    /// The ids of these records, as far as they are known, and which of the findings is about them.
    pub(crate) ids: HashMap<String, usize>,
}

/// All that was read so far.
pub(crate) struct Linker<'f> {
    frame: &'f Frame,
    pub(crate) facts: Facts,
    pub(crate) findings: Vec<Finding>,
    pub(crate) pending: Unresolved,
    readers: Readers,
    /// Room for what the references of a block lead to.
    found: Vec<RecordRef>,
    /// The lines of each file of JSON Lines; `None` where they do not fit.
    lines: BTreeMap<FileId, Option<RecordLines>>,
    /// The file of the last block, and how many records of each kind it has had.
    file: Option<FileId>,
    counts: [usize; 8],
    unread: UnreadPieces,
    full: bool,
    /// The ids that several records have.
    repeated: Repeated<Name>,
}

impl<'f> Linker<'f> {
    pub(crate) fn new(frame: &'f Frame) -> Self {
        Linker {
            frame,
            facts: Facts::new(),
            findings: Vec::new(),
            pending: Unresolved::default(),
            readers: Readers::default(),
            found: Vec::new(),
            lines: BTreeMap::new(),
            file: None,
            counts: [0; 8],
            unread: UnreadPieces::default(),
            full: false,
            repeated: Repeated::new("id"),
        }
    }

    /// Takes in all that is in the next block.
    pub(crate) fn add(&mut self, file: FileId, block: &mut Block) {
        if self.file != Some(file) {
            self.file = Some(file);
            self.counts = [0; 8];
        }
        self.full |= block.full;
        let before = self.findings.len();
        for (piece, nth) in block.unread.drain(..) {
            *self.unread.files.entry(file).or_default() += piece.records;
            for id in piece.ids {
                self.unread.ids.entry(id).or_insert(before + nth);
            }
        }
        self.add_lines(file, &block.lines, block.no_text);
        let called = self.readers.take_in(&mut block.new, &mut self.facts);
        let moved = called.and_then(|called| self.facts.take_in(&mut block.facts, called));
        let Some(moved) = moved else {
            self.full = true;
            return;
        };
        for finding in &mut block.findings {
            for record in &mut finding.records {
                *record = moved.record(*record);
            }
        }
        block.pending.move_on(&moved);
        for (record, _) in &mut block.records {
            *record = moved.record(*record);
        }
        self.findings.append(&mut block.findings);
        for (record, nth) in block.records.drain(..) {
            let nth = self.counts[record.kind() as usize] + nth;
            self.name(record, nth);
        }
        // Who has an id stays the same whatever comes after. What leads somewhere need not wait then,
        // and is the most of what is kept while reading; what does not, may be told of at the end.
        let (readers, facts) = (&mut self.readers, &mut self.facts);
        let mut holders = readers.holders(&block.new, facts);
        if block.pending.find(&mut self.found, &mut holders) {
            resolve::resolve_found(facts, &block.pending, &self.found);
        } else {
            self.pending.append(&block.pending);
        }
        for (all, more) in self.counts.iter_mut().zip(block.counts) {
            *all += more;
        }
    }

    fn add_lines(&mut self, file: FileId, lines: &[(u64, usize)], no_text: bool) {
        if lines.is_empty() {
            return;
        }
        let kept = self
            .lines
            .entry(file)
            .or_insert_with(|| Some(RecordLines::default()));
        let fit = |kept: &mut RecordLines| {
            if no_text {
                kept.are_no_text();
            }
            let mut lines = lines.iter();
            lines.all(|&(start, characters)| kept.add(start, characters))
        };
        if !kept.as_mut().is_some_and(fit) {
            *kept = None;
        }
    }

    /// The lines of the files of JSON Lines.
    pub(crate) fn take_lines(&mut self) -> BTreeMap<FileId, RecordLines> {
        let all = std::mem::take(&mut self.lines).into_iter();
        all.filter_map(|(file, lines)| Some((file, lines?)))
            .collect()
    }

    /// Ends the run: says what did not fit.
    pub(crate) fn finish(self) -> Joined {
        let mut findings = self.findings;
        if self.full {
            findings.push(faults::too_large::found());
        }
        Joined {
            facts: self.facts,
            findings,
            pending: self.pending,
            unread: self.unread,
        }
    }

    /// Gives a record its id, unless it has none, or another has it: then it is named after its
    /// place, the `nth` of its kind in its file.
    fn name(&mut self, record: RecordRef, nth: usize) {
        let common = *self.facts.common(record);
        let holder = self.facts.holder(common.id).filter(|_| common.named);
        if let Some(holder) = holder
            && self.repeated.is_listed(common.id, &mut self.findings)
        {
            let mut finding = faults::duplicate_id::found(&self.facts, holder, record);
            finding.records.insert(0, record);
            self.findings.push(finding);
        }
        let mut id = common.id;
        if holder.is_some() || !common.named {
            let Some(placed) = self.placed_name(record, nth) else {
                return;
            };
            id = placed;
            let common = self.common_mut(record);
            common.id = placed;
            common.named = false;
        }
        let holders = &mut self.facts.holders;
        if holders.len() <= id.index() {
            holders.resize(id.index() + 1, None);
        }
        if holders[id.index()].is_none() {
            holders[id.index()] = Some(record);
        }
    }

    /// The name of a record that has none: its file and how many of its kind stand before it.
    fn placed_name(&mut self, record: RecordRef, nth: usize) -> Option<Name> {
        let file = self.facts.common(record).origin.file();
        let short = &self.frame.files[file.index()].short;
        let name = format!("{short}#{}/{nth}", record.kind().plural());
        let name = self.facts.names.intern(&name);
        self.full |= name.is_none();
        name
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
}
