//! Line and column of records and fields in their files, worked out when they are shown.

use std::io::Read as _;
use std::ops::Range;
use std::sync::OnceLock;

use super::line_excerpt::{self, Near};
use super::sources::Sources;
use super::{LineIndex, RecordLines};
use crate::syntax::pieces::{self, yaml::Pieces};
use crate::syntax::tables::{BookPlaces, TablePlaces};
use crate::syntax::yaml::{self, Limits, Parsed};
use annals_finding::{Edit, Excerpt, FilePlace, Locate, Located, Path, Place, Step};
use annals_model::{Facts, FileId, FileKind, Origin, RecordRef};

/// Finds places in the files of a run. Lines are counted and YAML is parsed once a file, when the
/// first place in it is asked for.
#[derive(Debug)]
pub struct Places<'s> {
    facts: &'s Facts,
    sources: &'s Sources,
    /// What is known of each file.
    files: Vec<Known<'s>>,
}

/// What is worked out of a file when it is wanted; `None` where it cannot be read any more.
#[derive(Debug, Default)]
struct Known<'s> {
    lines: OnceLock<Option<LineIndex<'s>>>,
    tree: OnceLock<Option<Parsed<'s>>>,
    pieces: OnceLock<Option<Pieces<'s>>>,
    records: OnceLock<Option<RecordLines>>,
    table: OnceLock<Option<TablePlaces>>,
    book: OnceLock<Option<BookPlaces>>,
}

impl<'s> Places<'s> {
    /// The places of facts in the files that they were read from.
    pub(crate) fn of(facts: &'s Facts, sources: &'s Sources) -> Self {
        Places {
            facts,
            sources,
            files: facts.files.iter().map(|_| Known::default()).collect(),
        }
    }

    /// Where a record stands.
    pub fn record(&self, record: impl Into<RecordRef>) -> FilePlace {
        let origin = self.facts.common(record).origin;
        let by_line = || self.record_line(origin);
        by_line().unwrap_or_else(|| self.locate(&Place::record(origin)).place)
    }

    /// Reads what the places of many records will want: the lines of each file of JSON Lines. Else
    /// this is done when the first of them is asked for.
    pub fn prepare(&self) {
        for nth in 0..self.facts.files.len() {
            let file = FileId(nth as u32);
            if !self.sources.knows_lines(file) {
                self.record_lines(file);
            }
        }
    }

    /// The lines of a file of JSON Lines; `None` of other spellings.
    fn record_lines(&self, file: FileId) -> Option<&RecordLines> {
        if self.facts.files.get(file.index())?.kind != FileKind::JsonLines {
            return None;
        }
        let lines = self.files.get(file.index())?.records.get_or_init(|| {
            let reader = self.sources.reader(file)?;
            RecordLines::read(reader).ok()
        });
        lines.as_ref()
    }

    /// Where a record of JSON Lines stands; `None` of other spellings.
    fn record_line(&self, origin: Origin) -> Option<FilePlace> {
        let (file, offset) = (origin.file(), origin.offset());
        let known = self.sources.known_line(file, offset);
        let found = known.or_else(|| self.record_lines(file)?.at(offset))?;
        let name = self.facts.files.get(file.index())?;
        Some(FilePlace {
            file: name.name.clone(),
            line: found.line,
            column: found.column,
            end_line: found.line,
            end_column: found.end_column,
        })
    }

    /// A place in a large file of JSON Lines, of which only its line is read; `None` of others.
    fn near(&self, place: &Place) -> Option<Located> {
        let (file, offset) = match place {
            Place::File(_) | Place::Passage(..) => return None,
            Place::Bytes(file, range) => (*file, Range::from(*range).start),
            Place::Value(origin, _) | Place::Key(origin, _) | Place::Part(origin, ..) => {
                (origin.file(), origin.offset())
            }
        };
        let near = Near::of(self.sources, file, offset)?;
        let (bytes, [from, to]) = near.placed(near.bytes(place)?);
        let file_name = self.facts.files.get(file.index())?.name.clone();
        Some(Located {
            file,
            bytes: Some(bytes),
            place: FilePlace {
                file: file_name,
                line: from.0,
                column: from.1,
                end_line: to.0,
                end_column: to.1,
            },
        })
    }

    fn line_index(&self, file: FileId) -> Option<&LineIndex<'s>> {
        let lines = &self.files.get(file.index())?.lines;
        let read = || Some(LineIndex::new(self.sources.text(file)?));
        lines.get_or_init(read).as_ref()
    }

    fn tree(&self, file: FileId) -> Option<&Parsed<'s>> {
        let tree = &self.files.get(file.index())?.tree;
        let read = || Some(yaml::parse(self.sources.text(file)?, &Limits::default()));
        tree.get_or_init(read).as_ref()
    }

    /// The pieces of a file of YAML that does not parse as a whole.
    fn pieces(&self, file: FileId) -> Option<&Pieces<'s>> {
        let pieces = &self.files.get(file.index())?.pieces;
        let read = || Pieces::of(self.sources.text(file)?);
        pieces.get_or_init(read).as_ref()
    }

    fn reach_in_yaml(
        &self,
        file: FileId,
        offset: usize,
        steps: &[super::Step<'_>],
    ) -> Option<super::Reached> {
        let tree = self.tree(file)?;
        if tree.fatal().is_none() && !pieces::is_forced() {
            return super::deepest_in_tree(tree, offset, steps);
        }
        let (start, tree) = self.pieces(file)?.tree_at(offset)?;
        let mut reached = super::deepest_in_tree(tree, offset - start, steps)?;
        let found = &mut reached.found;
        let moved = |bytes: &Range<usize>| bytes.start + start..bytes.end + start;
        found.key = found.key.as_ref().map(moved);
        found.value = moved(&found.value);
        Some(reached)
    }

    /// The value at a path, or the nearest value around it that is there.
    fn reach(&self, origin: Origin, path: &Path) -> Option<super::Reached> {
        let steps: Vec<super::Step<'_>> = path.0.iter().map(borrowed).collect();
        let (file, offset) = (origin.file(), origin.offset());
        match self.facts.files.get(file.index())?.kind {
            FileKind::Yaml => self.reach_in_yaml(file, offset, &steps),
            _ => {
                let offset = self.sources.offset_in_text(file, offset);
                super::deepest_in_json(self.sources.text(file)?, offset, &steps)
            }
        }
    }

    fn kind(&self, file: FileId) -> Option<FileKind> {
        self.facts.files.get(file.index()).map(|file| file.kind)
    }

    fn table(&self, file: FileId) -> Option<&TablePlaces> {
        let table = &self.files.get(file.index())?.table;
        let name = &self.facts.files.get(file.index())?.name;
        let read = || TablePlaces::of(self.sources.text(file)?, name);
        table.get_or_init(read).as_ref()
    }

    fn book(&self, file: FileId) -> Option<&BookPlaces> {
        let book = &self.files.get(file.index())?.book;
        let name = &self.facts.files.get(file.index())?.name;
        let read = || {
            let mut bytes = Vec::new();
            self.sources.reader(file)?.read_to_end(&mut bytes).ok()?;
            BookPlaces::of(bytes, name)
        };
        book.get_or_init(read).as_ref()
    }

    /// The bytes of a place in a table. Parts of a cell are the cell.
    fn in_table(&self, place: &Place) -> Option<Range<usize>> {
        let table = self.table(place.file())?;
        match place {
            Place::Key(_, path) => table.heading(path),
            Place::Value(origin, path) | Place::Part(origin, path, _) => {
                let text = self.sources.text(origin.file())?;
                table.cell(text, origin.offset(), path)
            }
            _ => None,
        }
    }

    /// The cell of a place in a workbook, for people.
    fn in_book(&self, place: &Place) -> Option<FilePlace> {
        let (Place::Value(origin, path) | Place::Key(origin, path) | Place::Part(origin, path, _)) =
            place
        else {
            return None;
        };
        let (line, column, cell) = self.book(origin.file())?.cell(origin.offset(), path);
        let name = &self.facts.files.get(origin.file().index())?.name;
        Some(FilePlace {
            file: format!("{name}#{cell}"),
            line,
            column,
            end_line: line,
            end_column: column,
        })
    }

    fn bytes(&self, place: &Place) -> Option<Range<usize>> {
        match (self.kind(place.file()), place) {
            (Some(FileKind::Book), _) => return None,
            (Some(FileKind::Table), Place::Value(..) | Place::Key(..) | Place::Part(..)) => {
                return self.in_table(place);
            }
            _ => {}
        }
        match place {
            Place::File(_) => None,
            Place::Bytes(_, range) => Some((*range).into()),
            Place::Passage(file, span) => self.sources.document_text(*file)?.byte_range(*span),
            Place::Value(origin, path) => Some(self.reach(*origin, path)?.found.value),
            Place::Key(origin, path) => {
                let found = self.reach(*origin, path)?.found;
                Some(found.key.unwrap_or(found.value))
            }
            Place::Part(origin, path, part) => {
                let reached = self.reach(*origin, path)?;
                let text = self.sources.text(origin.file())?;
                let whole = reached.found.value.clone();
                if reached.steps < path.0.len() {
                    return Some(whole);
                }
                Some(super::inside_string(text, &reached.found, (*part).into()))
            }
        }
    }

    fn file_place(&self, file: FileId, bytes: Option<&Range<usize>>) -> FilePlace {
        let name = self
            .facts
            .files
            .get(file.index())
            .map_or("", |file| &file.name)
            .to_owned();
        let start = FilePlace {
            file: name,
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
        };
        let Some((bytes, lines)) = bytes.zip(self.line_index(file)) else {
            return start;
        };
        let (from, to) = (lines.place(bytes.start), lines.place(bytes.end));
        FilePlace {
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            ..start
        }
    }
}

pub(super) fn borrowed(step: &Step) -> super::Step<'_> {
    match step {
        Step::Key { name, nth } => super::Step::Key { name, nth: *nth },
        Step::Index(index) => super::Step::Index(*index),
    }
}

impl Locate for Places<'_> {
    fn locate(&self, place: &Place) -> Located {
        let file = place.file();
        // Only a workbook is read as one.
        let book = self.kind(file) == Some(FileKind::Book);
        if let Some(place) = book.then(|| self.in_book(place)).flatten() {
            return Located {
                file,
                bytes: None,
                place,
            };
        }
        if let Some(located) = self.near(place) {
            return located;
        }
        let text = self.sources.text(file).unwrap_or("");
        let bytes = self.bytes(place).map(|range| {
            let start = floor(text, range.start);
            start..floor(text, range.end.max(start))
        });
        Located {
            file,
            place: self.file_place(file, bytes.as_ref()),
            bytes,
        }
    }

    fn lines(&self, file: FileId, from: usize, to: usize) -> Option<Excerpt<'_>> {
        if let Some(lines) = line_excerpt::lines(self.sources, file, [from, to]) {
            return Some(lines);
        }
        let lines = self.line_index(file)?;
        let bytes = lines.line(from)?.start..lines.line(to)?.end;
        Excerpt::new(self.sources.text(file)?, bytes)
    }

    fn spell(&self, edit: &Edit) -> (Located, String) {
        let mut located = self.locate(&edit.place);
        let file = edit.place.file();
        if self.kind(file) == Some(FileKind::Table) {
            // A cell may hold a list, of which a part is to be changed: that is left to people.
            let whole = matches!(&edit.place, Place::Value(_, path) if path.0.len() == 1);
            located.bytes = located
                .bytes
                .filter(|_| whole && !edit.text.contains([',', ';', '\t', '|', '"', '\n', '\r']));
        }
        let kind = self.facts.files.get(file.index()).map(|file| file.kind);
        // Only YAML has more than one way to quote.
        let old = (located.bytes.clone()).filter(|_| kind == Some(FileKind::Yaml));
        let old = old.and_then(|bytes| self.sources.text(file)?.get(bytes));
        let old = old.unwrap_or("");
        let text = match (&edit.place, kind) {
            (Place::Bytes(..) | Place::Part(..) | Place::File(_) | Place::Passage(..), _)
            | (_, Some(FileKind::Text | FileKind::Table | FileKind::Book) | None) => {
                edit.text.clone()
            }
            (_, Some(FileKind::Json | FileKind::JsonLines)) => json_text(&edit.text),
            (_, Some(FileKind::Yaml)) => yaml_text(&edit.text, old),
        };
        (located, text)
    }
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A scalar of YAML, in the quotes that the old one had.
fn yaml_text(text: &str, old: &str) -> String {
    if old.starts_with('\'') && !text.contains(['\'', '\n']) {
        return format!("'{text}'");
    }
    let plain = text
        .chars()
        .all(|c| c.is_alphanumeric() || "-_./~?%:+".contains(c))
        && text.starts_with(char::is_alphanumeric)
        && !text.ends_with(':')
        && !matches!(text, "null" | "Null" | "NULL");
    if plain && !old.starts_with('"') {
        text.to_owned()
    } else {
        json_text(text)
    }
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
