//! Divides a file of lines into pieces of work: for each block, the lines that are not claims; and
//! for each stretch of claims, once all of its lines have been read, the claims in their final order.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::super::table::STRETCH;
use super::blocks::{Block, Blocks};
use super::rows::{Input, Kind, leading};
use annals_model::Facts;

/// How many claims are decoded at once.
const AT_ONCE: usize = 2048;

/// A line of a block: its number in the file, from 1, and its position.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) place: Range<usize>,
}

/// The lines of the claims of one file that are sorted together.
#[derive(Debug)]
pub(super) struct Group {
    /// The number of claims of the file before it.
    first: usize,
    blocks: Vec<Arc<Block>>,
    /// The block of each line, and the line.
    lines: Vec<(u32, Line)>,
}

impl Group {
    fn new(first: usize) -> Self {
        Group {
            first,
            blocks: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The line of a claim, numbered from 0 in the file, and its block.
    pub(super) fn line(&self, claim: usize) -> (&Block, &Line) {
        let (block, line) = &self.lines[claim - self.first];
        (&self.blocks[*block as usize], line)
    }

    /// The blocks, when they are not wanted any more.
    pub(super) fn into_blocks(self) -> Vec<Arc<Block>> {
        self.blocks
    }
}

/// A piece of work.
#[derive(Debug)]
pub(super) enum Piece {
    /// A block, and its lines that are not claims.
    Lines(Arc<Block>, Vec<Line>),
    /// A range of the claims of the file.
    Claims(Arc<Group>, Range<usize>),
}

/// Cuts a file of lines into pieces.
pub(super) struct Cutter<'r> {
    blocks: Blocks<'r>,
    facts: &'r Facts,
    input: Input,
    claims: &'r Kind,
    /// The number of claims before those of the file, and the number of rows.
    first: usize,
    rows: usize,
    /// The number of claims of the file, and lines, read so far.
    read: usize,
    lines: usize,
    group: Group,
    ready: VecDeque<Piece>,
}

impl<'r> Cutter<'r> {
    /// Divides a file that is preceded by this many claims and rows.
    pub(super) fn new(
        blocks: Blocks<'r>,
        facts: &'r Facts,
        input: Input,
        claims: &'r Kind,
        (first, rows): (usize, usize),
    ) -> Self {
        Cutter {
            blocks,
            facts,
            input,
            claims,
            first,
            rows,
            read: 0,
            lines: 0,
            group: Group::new(0),
            ready: VecDeque::new(),
        }
    }

    fn next_claim(&self) -> Option<usize> {
        let next = self.first + self.read;
        self.claims.location(next, self.facts, self.input.file)
    }

    /// Separates the claims of a block from its other lines.
    fn cut(&mut self, block: Block) {
        let block = Arc::new(block);
        let (mut rest, mut start) = (Vec::new(), 0);
        let mut next = self.next_claim();
        while start < block.bytes.len() {
            let end = memchr::memchr(b'\n', &block.bytes[start..]);
            let end = end.map_or(block.bytes.len(), |at| start + at);
            self.lines += 1;
            let line = Line {
                number: self.lines,
                place: start..end,
            };
            let at = block.start + start;
            if next == Some(at + leading(&block.bytes[start..end], at == 0)) {
                if self
                    .group
                    .blocks
                    .last()
                    .is_none_or(|last| !Arc::ptr_eq(last, &block))
                {
                    self.group.blocks.push(Arc::clone(&block));
                }
                // A group has fewer blocks than claims.
                let nth = self.group.blocks.len() as u32 - 1;
                self.group.lines.push((nth, line));
                self.read += 1;
                next = self.next_claim();
                if next.is_none() || (self.rows + self.read).is_multiple_of(STRETCH) {
                    self.end_group();
                }
            } else {
                rest.push(line);
            }
            start = end + 1;
        }
        // It precedes the groups that end in it.
        self.ready.push_front(Piece::Lines(block, rest));
    }

    fn end_group(&mut self) {
        let group = std::mem::replace(&mut self.group, Group::new(self.read));
        let (first, group) = (group.first, Arc::new(group));
        for start in (first..self.read).step_by(AT_ONCE) {
            let places = start..self.read.min(start + AT_ONCE);
            self.ready
                .push_back(Piece::Claims(Arc::clone(&group), places));
        }
    }
}

impl Iterator for Cutter<'_> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() {
            match self.blocks.next()? {
                Ok(block) => self.cut(block),
                Err(error) => return Some(Err(error)),
            }
        }
        self.ready.pop_front().map(Ok)
    }
}
