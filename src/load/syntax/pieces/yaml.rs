//! YAML that does not parse, cut where an item of a list of records begins.
//!
//! Only block style is cut, by columns: a field of the file begins in the first, its items with a dash in
//! one column of their own. The file must be read whole where a piece alone could mean something else:
//! if an alias leads to another item, a value has a tag, a list is in brackets, or there are directives or
//! several documents.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::{Head, Line, LineIs};
use crate::syntax::json::{is_file_field, kind_of_list};
use crate::syntax::yaml::{Fault, FaultKind, Kind, Limits, NodeRef, Parsed, parse};
use annals_model::{RecordKind, Vocabulary};

/// A text in pieces, in its order.
#[derive(Debug)]
pub(crate) struct Pieces<'t> {
    pub(crate) all: Vec<Piece<'t>>,
}

/// A piece of a text.
#[derive(Debug)]
pub(crate) struct Piece<'t> {
    /// The byte at which it begins.
    pub(crate) start: usize,
    pub(crate) is: PieceIs<'t>,
}

#[derive(Debug)]
pub(crate) enum PieceIs<'t> {
    /// Some fields of the file, as one mapping.
    Fields(Parsed<'t>),
    /// The name of a list and its bytes in the text; its items follow.
    List(String, Range<usize>),
    /// An item, as a list of one.
    Item(Parsed<'t>),
    /// What cannot be read: why, the text of it, and how many records it holds at least.
    Broken(Fault, &'t str, usize),
}

impl<'t> Pieces<'t> {
    /// The pieces of a text that does not parse; `None` where it must be read whole, or no record of
    /// it can be read.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let lines = Line::all(text, mark);
        let body = body(text, &lines)?;
        let mut cutter = Cutter {
            text,
            lines: &lines,
            named: named(text, &lines),
            left: Limits::default().alias_nodes,
            whole: false,
        };
        let mut all = cutter.cut(body);
        if cutter.whole {
            return None;
        }
        if !all.iter().any(Piece::is_broken) {
            blame(text, &mut all);
        }
        let pieces = Pieces { all };
        pieces.has_record().then_some(pieces)
    }

    /// The tree in which a byte of the text lies, and at which byte that begins.
    pub(crate) fn tree_at(&self, offset: usize) -> Option<(usize, &Parsed<'t>)> {
        let after = self.all.partition_point(|piece| piece.start <= offset);
        let mut before = self.all[..after].iter().rev();
        let piece = before.find(|piece| !matches!(piece.is, PieceIs::List(..)))?;
        match &piece.is {
            PieceIs::Fields(tree) | PieceIs::Item(tree) => Some((piece.start, tree)),
            PieceIs::List(..) | PieceIs::Broken(..) => None,
        }
    }

    fn has_record(&self) -> bool {
        let is_list = |name: &str| kind_of_list(name).is_some();
        self.all.iter().any(|piece| match &piece.is {
            PieceIs::Item(_) => true,
            PieceIs::Fields(tree) => {
                tree.documents()
                    .flat_map(NodeRef::entries)
                    .any(|(name, value)| {
                        name.text().is_some_and(is_list) && value.kind() != Kind::Null
                    })
            }
            PieceIs::List(..) | PieceIs::Broken(..) => false,
        })
    }
}

impl Piece<'_> {
    fn is_broken(&self) -> bool {
        matches!(self.is, PieceIs::Broken(..))
    }
}

/// The lines that are cut: those of the one document; `None` where there are directives, or several
/// documents.
fn body(text: &str, lines: &[Line]) -> Option<Range<usize>> {
    let starts = |line: &Line, mark: &str| line.text(text).starts_with(mark);
    let is_mark = |line: &&Line| line.is == LineIs::Mark;
    let content = lines.iter().position(|line| line.is != LineIs::Nothing)?;
    let begins = starts(&lines[content], "---");
    let first = if begins { content + 1 } else { content };
    let directive = starts(&lines[content], "%") && lines.iter().any(|line| starts(line, "---"));
    // What stands behind the mark on its line would be content as well.
    let after = lines[content].text(text).trim_start_matches('-').trim();
    let bare = !begins || after.is_empty() || after.starts_with('#');
    let end = lines[first..].iter().find(is_mark);
    let last = end.map_or(lines.len(), |end| {
        lines.partition_point(|line| line.bytes.start < end.bytes.start)
    });
    let mut rest = lines[last..].iter();
    let ended = end.is_none_or(|end| starts(end, "..."))
        && rest.all(|line| line.is == LineIs::Nothing || starts(line, "..."));
    (bare && !directive && ended).then_some(first..last)
}

/// No piece alone is at fault: the whole says where it is.
fn blame<'t>(text: &'t str, all: &mut Vec<Piece<'t>>) {
    let whole = parse(text, &Limits::default());
    let Some(fault) = whole.fatal().cloned() else {
        return;
    };
    let after = all.partition_point(|piece| piece.start <= fault.span.start);
    let nth = after.saturating_sub(1);
    let (start, end) = (fault.span.start, all.get(nth + 1).map(|next| next.start));
    match all.get_mut(nth) {
        Some(piece) if matches!(piece.is, PieceIs::Item(_)) => {
            let text = &text[piece.start..end.unwrap_or(text.len())];
            piece.is = PieceIs::Broken(fault, text, 1);
        }
        // What is read there stays.
        _ => all.insert(
            nth,
            Piece {
                start: start.min(all.get(nth).map_or(start, |piece| piece.start)),
                is: PieceIs::Broken(fault, "", 0),
            },
        ),
    }
}

struct Cutter<'c, 't> {
    text: &'t str,
    lines: &'c [Line],
    /// The lists whose names were met, and on which line.
    named: BTreeMap<String, usize>,
    /// How many values aliases may still stand for.
    left: usize,
    /// Whether a piece was met that may mean something else in its file.
    whole: bool,
}

/// Some lines that begin with a field of the file.
#[derive(Debug, Clone)]
struct Section {
    lines: Range<usize>,
    head: Option<Head>,
}

impl<'t> Cutter<'_, 't> {
    fn cut(&mut self, body: Range<usize>) -> Vec<Piece<'t>> {
        // Each section, and its tree where it parses.
        let mut all: Vec<(Section, Option<Parsed<'t>>)> = Vec::new();
        for section in self.sections(body) {
            let tree = Some(self.parse(section.lines.clone())).filter(is_fields);
            match all.last_mut() {
                // A line in the first column that is no field of the file: an item goes on with it.
                Some((before, its))
                    if tree.is_none()
                        && before.kind_of_list().is_some()
                        && !section.is_known()
                        && !self.is_list(&section) =>
                {
                    before.lines.end = section.lines.end;
                    *its = None;
                }
                _ => all.push((section, tree)),
            }
        }
        let mut pieces = Vec::new();
        for (section, tree) in all {
            match tree {
                Some(tree) => pieces.push(self.piece(section.lines.start, PieceIs::Fields(tree))),
                None => self.items(&section, &mut pieces),
            }
        }
        pieces
    }

    /// The stretches that begin with a field of the file.
    fn sections(&self, body: Range<usize>) -> Vec<Section> {
        let mut all: Vec<Section> = Vec::new();
        let mut skip = 0;
        for nth in body {
            let line = &self.lines[nth];
            let begins = line.is == LineIs::Other && line.indent == 0 && !line.has_tab;
            let next = self.lines.get(nth + 1);
            let next = next.filter(|next| next.indent == 0 && !next.has_tab);
            let next = next.map_or("", |next| next.text(self.text));
            let head = (begins && nth >= skip).then(|| Head::of(line.text(self.text), next));
            let head = head.flatten();
            skip = head.as_ref().map_or(skip, |head| nth + head.lines);
            match all.last_mut() {
                Some(last)
                    if head.is_none() || last.head.is_none() && !last.has_content(self.lines) =>
                {
                    last.lines.end = nth + 1;
                    last.head = last.head.take().or(head);
                }
                _ => all.push(Section {
                    lines: nth..nth + 1,
                    head,
                }),
            }
        }
        all
    }

    /// Whether a section that has no known name is a list: its first line below the name begins an item,
    /// and all others stand in its column or behind it.
    fn is_list(&self, section: &Section) -> bool {
        let (first, _) = self.head_line(section.lines.clone());
        let mut content = self.lines[first + 1..section.lines.end]
            .iter()
            .filter(|line| line.is != LineIs::Nothing);
        let Some(item) = content.next().filter(|line| line.is == LineIs::Dash) else {
            return false;
        };
        let key = section.head.as_ref().filter(|head| head.is_key);
        let line = self.lines[first].text(self.text);
        let value = key.map(|head| line[head.key.end..].trim_start_matches([':', ' ']));
        let is_empty = |value: &str| value.trim().is_empty() || value.starts_with('#');
        value.is_some_and(is_empty) && content.all(|line| line.indent >= item.indent)
    }

    /// Cuts a section that does not parse into the items of its list.
    fn items(&mut self, section: &Section, pieces: &mut Vec<Piece<'t>>) {
        let lines = section.lines.clone();
        let (name, _) = self.head_line(lines.clone());
        let starts = self.item_starts(name + 1..lines.end);
        let is_list = section.kind_of_list().is_some();
        let (Some(head), Some(first), true) = (&section.head, starts.first(), is_list) else {
            let piece = self.broken_section(section);
            pieces.push(piece);
            return;
        };
        self.list_head(head, lines.start..*first, pieces);
        self.all_items(&starts, lines.end, pieces);
    }

    fn all_items(&mut self, starts: &[usize], end: usize, pieces: &mut Vec<Piece<'t>>) {
        for (nth, start) in starts.iter().enumerate() {
            let end = starts.get(nth + 1).copied().unwrap_or(end);
            self.item(*start..end, pieces);
        }
    }

    /// A section of which no part can be read.
    fn broken_section(&mut self, section: &Section) -> Piece<'t> {
        let (first, rest) = self.head_line(section.lines.clone());
        let value = section.head.as_ref().map_or("", |head| {
            &self.lines[first].text(self.text)[head.key.end..]
        });
        let is_list = section.kind_of_list().is_some();
        // In brackets, the whole of it.
        self.whole |= is_list && value.trim_start_matches([':', ' ']).starts_with('[');
        let records = usize::from(is_list && (rest || value.contains('{')));
        let tree = self.parse(section.lines.clone());
        let fault = self.fault(&tree, section.lines.clone());
        self.broken(section.lines.clone(), fault, records)
    }

    /// The line of a section's name, and whether other content follows.
    fn head_line(&self, lines: Range<usize>) -> (usize, bool) {
        let mut content = lines.filter(|nth| self.lines[*nth].is != LineIs::Nothing);
        let first = content.next().unwrap_or(0);
        (first, content.next().is_some())
    }

    /// What stands before the first item of a list.
    fn list_head(&mut self, head: &Head, lines: Range<usize>, pieces: &mut Vec<Piece<'t>>) {
        let (first, rest) = self.head_line(lines.clone());
        let start = self.lines[first].bytes.start;
        let key = start + head.key.start..start + head.key.end;
        let tree = self.parse(lines.clone());
        let mut entries = tree.documents().flat_map(NodeRef::entries);
        let is_absent = |value: NodeRef<'_>| value.kind() == Kind::Null && value.span().is_empty();
        let alone = entries.next().is_some_and(|(_, value)| is_absent(value));
        let alone = alone && entries.next().is_none();
        let after = &self.lines[first].text(self.text)[head.key.end..];
        let value = after.split('#').next().unwrap_or("");
        self.whole |= alone && value.contains('&');
        let list = self.piece(first, PieceIs::List(head.name.clone(), key));
        if alone {
            pieces.push(list);
            return;
        }
        let fault = match tree.fatal() {
            Some(_) => self.fault(&tree, lines.clone()),
            None => self.head_fault(head, lines.clone()),
        };
        let records = usize::from(rest || value.contains(['{', '-']));
        pieces.push(self.broken(lines, fault, records));
        pieces.push(list);
    }

    /// What is wrong before the first item of a list, where it is not YAML that is.
    fn head_fault(&self, head: &Head, lines: Range<usize>) -> Fault {
        let (first, rest) = self.head_line(lines.clone());
        let mut content = lines.filter(|nth| self.lines[*nth].is != LineIs::Nothing);
        let second = content.nth(1).filter(|_| head.is_key);
        let nth = second.unwrap_or(first);
        let words = match (head.is_key, rest) {
            (false, _) => "this does not name a list",
            (true, true) => "this line is in a list but does not begin with a dash",
            (true, false) => "this key has a value, and a list follows",
        };
        let help = format!(
            "write {}: on a line of its own, then the items below it",
            head.name
        );
        own_fault(self.content(nth), words, &help)
    }

    /// The bytes of a line without white space around them.
    fn content(&self, nth: usize) -> Range<usize> {
        let line = &self.lines[nth];
        let text = line.text(self.text);
        let before = text.len() - text.trim_start().len();
        line.bytes.start + before..line.bytes.start + text.trim_end().len()
    }

    /// The lines on which the items of a list begin: with a dash, in one column.
    fn item_starts(&self, lines: Range<usize>) -> Vec<usize> {
        let is_dash =
            |nth: &usize| self.lines[*nth].is == LineIs::Dash && !self.lines[*nth].has_tab;
        let first = lines
            .clone()
            .find(|nth| self.lines[*nth].is != LineIs::Nothing);
        let dashes: Vec<usize> = lines.filter(is_dash).collect();
        let column = |nth: &usize| self.lines[*nth].indent;
        let count = |wanted: usize| dashes.iter().filter(|nth| column(nth) == wanted).count();
        let Some(least) = dashes.iter().map(column).min() else {
            return Vec::new();
        };
        let first = first.filter(is_dash).as_ref().map_or(least, column);
        // A dash alone in its column is a slip where others stand in the next, or in that of the first.
        let wanted = if count(least) == 1 && count(least + 1) > 0 {
            least + 1
        } else if count(least) == 1 && count(first) > 1 {
            first
        } else {
            least
        };
        let items = dashes.iter().copied();
        items.filter(|nth| column(nth) == wanted).collect()
    }

    /// Adds an item. Of one that cannot be read, what stands before a dash in a wrong column is tried
    /// alone, and what stands below the name of another list is read as items of that.
    fn item(&mut self, lines: Range<usize>, pieces: &mut Vec<Piece<'t>>) {
        let tree = self.parse(lines.clone());
        if is_item(&tree) {
            pieces.push(self.piece(lines.start, PieceIs::Item(tree)));
            return;
        }
        let named = lines
            .clone()
            .find_map(|nth| Some((nth, self.list_named(nth)?)));
        let Some((nth, (name, is_alone))) = named else {
            self.broken_item(lines, &tree, pieces);
            return;
        };
        // Once for each list, however often it is named.
        self.named.insert(name.to_owned(), nth);
        let before = lines.start..if is_alone { nth } else { nth + 1 };
        if !before.is_empty() {
            let tree = self.parse(before.clone());
            if is_item(&tree) {
                pieces.push(self.piece(before.start, PieceIs::Item(tree)));
            } else {
                self.broken_item(before, &tree, pieces);
            }
        }
        let below = nth + 1..lines.end;
        let starts = self.item_starts(below.clone());
        if is_alone {
            let end = starts.first().copied().unwrap_or(below.end);
            let fault = self.misplaced(nth, self.fault(&tree, lines));
            pieces.push(self.broken(nth..end, fault, 0));
        }
        pieces.push(self.list(name, nth));
        self.all_items(&starts, below.end, pieces);
    }

    /// Adds an item that does not parse.
    fn broken_item(&mut self, lines: Range<usize>, tree: &Parsed<'t>, pieces: &mut Vec<Piece<'t>>) {
        let fault = self.fault(tree, lines.clone());
        let cuts = self.astray(lines.clone());
        let before = cuts.first().map(|first| self.parse(lines.start..*first));
        let Some(before) = before.filter(is_item) else {
            pieces.push(self.broken(lines, fault, 1));
            return;
        };
        pieces.push(self.piece(lines.start, PieceIs::Item(before)));
        for (nth, start) in cuts.iter().enumerate() {
            let end = cuts.get(nth + 1).copied().unwrap_or(lines.end);
            let fault = self.misplaced(*start, fault.clone());
            pieces.push(self.broken(*start..end, fault, 1));
        }
    }

    /// Why a line cannot stand where it does: the fault that was found, if it lies there.
    fn misplaced(&self, nth: usize, found: Fault) -> Fault {
        let (line, content) = (&self.lines[nth], self.content(nth));
        if line.bytes.contains(&found.span.start) {
            return found;
        }
        if line.has_tab {
            let blank = line.bytes.start..content.start;
            return own_fault(blank, "a tab indents this line", "indent with spaces only");
        }
        own_fault(
            content,
            "the indentation of this line matches none of the lines above it",
            "lines that belong together begin in the same column",
        )
    }

    /// The lines of an item that cannot belong to it, by their columns: they begin another item, one
    /// column or a tab away from where it should.
    fn astray(&self, lines: Range<usize>) -> Vec<usize> {
        let item = &self.lines[lines.start];
        let content = item.content_indent(self.text);
        let is_item = |line: &Line| {
            let is_near = line.has_tab || line.indent.abs_diff(item.indent) == 1;
            let begins = line.first_word(self.text);
            let alike = begins == item.first_word(self.text) || matches!(begins, "id" | "{");
            line.is == LineIs::Dash && is_near && alike
        };
        let is_astray = |nth: &usize| {
            let line = &self.lines[*nth];
            let outside = line.has_tab || line.indent < content;
            outside && is_item(line)
        };
        (lines.start + 1..lines.end).filter(is_astray).collect()
    }

    /// The list that a line names which is not where it belongs, and whether it stands alone there: at the
    /// end of a line, or in a wrong column. No other line of the file names it.
    fn list_named(&self, nth: usize) -> Option<(&'static str, bool)> {
        let line = &self.lines[nth];
        if line.is == LineIs::Nothing {
            return None;
        }
        let text = line.text(self.text);
        let alone = Head::meant(text.trim_start(), "").filter(|_| line.is == LineIs::Other);
        let written = text.trim_end().strip_suffix(':').unwrap_or("");
        let name = kinds().find(|name| match &alone {
            Some(head) => head.name == *name,
            None => written.ends_with(name),
        })?;
        (!self.named.contains_key(name)).then_some((name, alone.is_some()))
    }

    fn list(&self, name: &str, nth: usize) -> Piece<'t> {
        let line = self.lines[nth].text(self.text);
        let at = line.rfind(name).unwrap_or(0) + self.lines[nth].bytes.start;
        self.piece(nth, PieceIs::List(name.to_owned(), at..at + name.len()))
    }

    fn piece(&self, line: usize, is: PieceIs<'t>) -> Piece<'t> {
        let start = self.lines[line].bytes.start;
        Piece { start, is }
    }

    fn broken(&self, lines: Range<usize>, fault: Fault, records: usize) -> Piece<'t> {
        let text = &self.text[self.bytes(lines.clone())];
        self.piece(lines.start, PieceIs::Broken(fault, text, records))
    }

    fn bytes(&self, lines: Range<usize>) -> Range<usize> {
        let end = self.lines[lines.end - 1].bytes.end;
        // The last line break belongs to the text.
        self.lines[lines.start].bytes.start..(end + 1).min(self.text.len())
    }

    fn parse(&mut self, lines: Range<usize>) -> Parsed<'t> {
        let limits = Limits {
            alias_nodes: self.left,
            ..Limits::default()
        };
        let tree = parse(&self.text[self.bytes(lines)], &limits);
        self.left = self.left.saturating_sub(tree.expanded());
        let leads_out = tree.faults().iter().any(|fault| {
            use FaultKind::{AliasRecursive, AliasTooLarge, AliasUndefined};
            matches!(fault.kind, AliasTooLarge | AliasRecursive | AliasUndefined)
        });
        self.whole |= leads_out || tree.has_tags() && tree.fatal().is_none();
        tree
    }

    /// Why some lines cannot be read: on one of them.
    fn fault(&self, tree: &Parsed<'_>, lines: Range<usize>) -> Fault {
        let bytes = self.bytes(lines);
        let written = self.text[bytes.clone()].trim_end();
        let fault = tree.fatal().cloned().unwrap_or_else(|| {
            let line = written.lines().next().unwrap_or("").len();
            own_fault(
                0..line,
                "this is not one item of the list",
                "begin each record with a dash, in the column of the others",
            )
        });
        let last = written.chars().next_back().map_or(0, char::len_utf8);
        let start = fault.span.start.min(written.len() - last);
        let rest = &written[start..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let end = fault.span.end.clamp(start, start + line);
        Fault {
            span: bytes.start + start..bytes.start + end,
            ..fault
        }
    }
}

impl Section {
    fn has_content(&self, lines: &[Line]) -> bool {
        let mut own = lines[self.lines.clone()].iter();
        own.any(|line| line.is != LineIs::Nothing)
    }

    fn kind_of_list(&self) -> Option<RecordKind> {
        kind_of_list(&self.head.as_ref()?.name)
    }

    fn is_known(&self) -> bool {
        let known = |head: &Head| kind_of_list(&head.name).is_some() || is_file_field(&head.name);
        self.head.as_ref().is_some_and(known)
    }
}

/// The lists that are named where they should be, and on which line first.
fn named(text: &str, lines: &[Line]) -> BTreeMap<String, usize> {
    let mut named = BTreeMap::new();
    for (nth, line) in lines.iter().enumerate() {
        let begins = line.is == LineIs::Other && line.indent == 0 && !line.has_tab;
        let head = begins.then(|| Head::of(line.text(text), "")).flatten();
        if let Some(head) = head {
            named.entry(head.name).or_insert(nth);
        }
    }
    named
}

fn kinds() -> impl Iterator<Item = &'static str> {
    RecordKind::ALL.iter().map(|kind| kind.plural())
}

fn own_fault(span: Range<usize>, words: &str, help: &str) -> Fault {
    Fault {
        kind: FaultKind::Syntax,
        span,
        words: words.to_owned(),
        help: Some(help.to_owned()),
        times: 1,
    }
}

/// Whether a tree is a mapping, and nothing else.
fn is_fields(tree: &Parsed<'_>) -> bool {
    let mut documents = tree.documents();
    let mapping = documents
        .next()
        .is_some_and(|root| root.kind() == Kind::Mapping);
    mapping && documents.next().is_none()
}

/// Whether a tree is a list of one.
fn is_item(tree: &Parsed<'_>) -> bool {
    let mut documents = tree.documents();
    let one = documents.next().is_some_and(|root| {
        root.kind() == Kind::Sequence && !root.is_alias() && root.items().len() == 1
    });
    one && documents.next().is_none()
}
