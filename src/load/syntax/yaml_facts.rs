//! Facts in YAML: the same structure as the JSON object, convenient to write by hand.

use std::ops::Range;

use super::json::{TopFields, check_version, kind_of_list};
use super::pieces;
use super::pieces::yaml::{Piece, PieceIs, Pieces};
use super::slice::Slice;
use super::yaml::{self, Fault, FaultKind, Kind, Limits, NodeRef, Parsed, Style};
use super::{colon_text, cut_text};
use crate::decode::Decoder;
use crate::decode::tape::{Tape, View};
use crate::faults;
use annals_finding::{Finding, Path, Place, Step};
use annals_model::{Origin, RecordKind};

/// Reads a file. Returns whether it could be used.
pub(crate) fn read(slice: Slice<'_>, decoder: &mut Decoder<'_>) -> bool {
    let parsed = yaml::parse(slice.text, &Limits::default());
    if (parsed.fatal().is_some() || pieces::is_forced())
        && let Some(pieces) = Pieces::of(slice.text)
    {
        return in_pieces(slice, &pieces, decoder);
    }
    report(slice, 0, &parsed, decoder);
    if parsed.fatal().is_some() {
        return false;
    }
    let mut usable = true;
    for root in parsed.documents() {
        usable &= document(slice, root, decoder);
    }
    usable
}

/// Reports the faults of a tree that begins at a byte of a slice.
fn report(slice: Slice<'_>, start: usize, tree: &Parsed<'_>, decoder: &mut Decoder<'_>) {
    for fault in tree.faults() {
        let finding = finding(slice, start, fault);
        decoder.report(finding);
    }
}

fn finding(slice: Slice<'_>, start: usize, fault: &Fault) -> Finding {
    let start = slice.base + start;
    let range = start + fault.span.start..start + fault.span.end;
    let mut words = fault.words.clone();
    if fault.times > 1 {
        words.push_str(&format!(" ({} times)", fault.times));
    }
    match fault.kind {
        FaultKind::AliasTooLarge | FaultKind::AliasRecursive | FaultKind::AliasUndefined => {
            faults::alias_expansion::found(slice.file, range, &words)
        }
        _ => {
            let local = range_of_text(slice.text, start - slice.base, fault);
            if local.is_some() {
                words = "a string without quotes cannot contain a colon followed by a space".into();
            }
            let found =
                faults::syntax::found(slice.file, range, &words, "here", fault.help.as_deref());
            match local {
                Some(text) => {
                    let bytes = slice.base + text.start..slice.base + text.end;
                    faults::syntax::in_quotes(found, slice.file, bytes, &slice.text[text])
                }
                None => found,
            }
        }
    }
}

/// The text without quotation marks in which a stray colon stands.
fn range_of_text(text: &str, start: usize, fault: &Fault) -> Option<Range<usize>> {
    let at = start + fault.span.start;
    let is_colon = text.get(at..).is_some_and(|rest| rest.starts_with(": "));
    let is_syntax = fault.kind == FaultKind::Syntax;
    if is_colon && is_syntax {
        return colon_text::of(text, at);
    }
    None
}

fn document<'a>(slice: Slice<'a>, root: NodeRef<'a>, decoder: &mut Decoder<'_>) -> bool {
    match root.kind() {
        Kind::Null => return true,
        Kind::Mapping => {}
        Kind::Text | Kind::Sequence => {
            let range = root.span();
            let range = slice.base + range.start..slice.base + range.end;
            decoder.report(faults::syntax::found(
                slice.file,
                range,
                "a fact file in YAML is a mapping with a list for each kind of record",
                "this is not a mapping",
                Some("write annals: 1, then claims: and a list below it"),
            ));
            return false;
        }
    }
    let root_origin = Origin::new(slice.file, slice.base + root.offset());
    match version(root) {
        Some(version) => {
            if !is_known_version(slice, 0, version, decoder) {
                return false;
            }
        }
        None => decoder.report_missing_version(),
    }
    let mut names: Vec<&str> = Vec::new();
    let mut lists = TopFields::default();
    let mut tape = Tape::default();
    for (name, value) in root.entries() {
        let name = name.text().unwrap_or("");
        let nth = names.iter().filter(|one| **one == name).count();
        if kind_of_list(name).is_some() || name == "annals" {
            names.push(name);
        }
        let step = Step::Key {
            name: name.to_owned().into(),
            nth,
        };
        let place = Place::Key(root_origin, Path(vec![step]));
        if let Some(kind) = lists.begin(name, place, decoder) {
            list(slice, kind, value, &mut tape, decoder);
        }
    }
    true
}

/// The value of the format version.
fn version(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut entries = root.entries();
    let version = entries.find(|(name, _)| name.text() == Some("annals"));
    version.map(|(_, version)| version)
}

fn is_known_version(
    slice: Slice<'_>,
    start: usize,
    version: NodeRef<'_>,
    decoder: &mut Decoder<'_>,
) -> bool {
    let (range, start) = (version.span(), slice.base + start);
    let range = start + range.start..start + range.end;
    let text = version.text().unwrap_or("of this form");
    check_version(decoder, slice.file, range, text)
}

/// Reads a file that does not parse as a whole.
fn in_pieces(slice: Slice<'_>, pieces: &Pieces<'_>, decoder: &mut Decoder<'_>) -> bool {
    let fields = pieces.all.iter().filter_map(|piece| match &piece.is {
        PieceIs::Fields(tree) => Some((piece.start, tree)),
        _ => None,
    });
    let mut versions =
        fields.filter_map(|(start, tree)| Some((start, version(tree.documents().next()?)?)));
    let broken = |piece: &Piece<'_>| matches!(piece.is, PieceIs::Broken(..));
    match versions.next() {
        Some((start, version)) => {
            if !is_known_version(slice, start, version, decoder) {
                return false;
            }
        }
        // Where it should stand is what cannot be read.
        None if pieces.all.first().is_some_and(broken) => {}
        None => decoder.report_missing_version(),
    }
    let mut lists = TopFields::default();
    let mut kind = None;
    for piece in &pieces.all {
        let start = piece.start;
        match &piece.is {
            PieceIs::Fields(tree) => {
                report(slice, start, tree, decoder);
                fields_of(slice.from(start), tree, &mut lists, decoder);
                kind = None;
            }
            PieceIs::List(name, key) => {
                let key = slice.base + key.start..slice.base + key.end;
                kind = lists.begin(name, Place::Bytes(slice.file, key.into()), decoder);
            }
            PieceIs::Item(tree) => {
                report(slice, start, tree, decoder);
                let items = tree.documents().flat_map(NodeRef::items);
                let mut tape = Tape::default();
                for item in items.filter(|item| item.kind() != Kind::Null) {
                    if let Some(kind) = kind {
                        record(slice.from(start), kind, item, &mut tape, decoder);
                    }
                }
            }
            PieceIs::Broken(fault, text, records) => {
                let finding = finding(slice, 0, fault);
                decoder.pass_over(finding, pieces::unread(text, kind, *records));
            }
        }
    }
    true
}

/// Reads fields at the top of a file that are a mapping alone.
fn fields_of<'a>(
    slice: Slice<'a>,
    tree: &'a Parsed<'_>,
    lists: &mut TopFields,
    decoder: &mut Decoder<'_>,
) {
    let mut tape = Tape::default();
    for (key, value) in tree.documents().flat_map(NodeRef::entries) {
        let name = key.text().unwrap_or("");
        let range = key.span();
        let range = slice.base + range.start..slice.base + range.end;
        let place = Place::Bytes(slice.file, range.into());
        if let Some(kind) = lists.begin(name, place, decoder) {
            list(slice, kind, value, &mut tape, decoder);
        }
    }
}

fn list<'a>(
    slice: Slice<'a>,
    kind: RecordKind,
    value: NodeRef<'a>,
    tape: &mut Tape<'a>,
    decoder: &mut Decoder<'_>,
) {
    match value.kind() {
        Kind::Null => {}
        Kind::Sequence => {
            for item in value.items().filter(|item| item.kind() != Kind::Null) {
                record(slice, kind, item, tape, decoder);
            }
        }
        Kind::Mapping | Kind::Text => record(slice, kind, value, tape, decoder),
    }
}

fn record<'a>(
    slice: Slice<'a>,
    kind: RecordKind,
    node: NodeRef<'a>,
    tape: &mut Tape<'a>,
    decoder: &mut Decoder<'_>,
) {
    let origin = Origin::new(slice.file, slice.base + node.offset());
    decoder.record(kind, fill(tape, slice, node), origin);
}

/// Takes a value of YAML down. The tree is at most 127 levels deep, and what its aliases expand to is
/// bounded, both by its parser.
fn fill<'t, 'a>(tape: &'t mut Tape<'a>, slice: Slice<'a>, node: NodeRef<'a>) -> View<'t, 'a> {
    tape.clear();
    push(tape, slice, node, false);
    tape.view()
}

/// Puts a value on the tape. Within a field of the user's own, whose keys can be anything, no text is
/// taken for cut at a comma.
fn push<'a>(tape: &mut Tape<'a>, slice: Slice<'a>, node: NodeRef<'a>, is_own: bool) {
    match node.kind() {
        Kind::Null => tape.push_null(),
        Kind::Text => {
            let text = node.text().unwrap_or_default();
            match node.style() {
                Some(Style::Plain) => match cut_text::at_hash(slice, node) {
                    Some(cut) => tape.push_cut(cut),
                    None => tape.push_plain(text),
                },
                _ => tape.push_text(text),
            }
        }
        Kind::Sequence => {
            let list = tape.begin_list();
            for item in node.items() {
                push(tape, slice, item, is_own);
            }
            tape.end_list(list);
        }
        Kind::Mapping => {
            let map = tape.begin_map();
            let may_be_cut =
                !is_own && slice.text.as_bytes().get(node.target().offset()) == Some(&b'{');
            let mut entries = node.entries().peekable();
            while let Some((key, value)) = entries.next() {
                let name = key.text().unwrap_or_default();
                tape.push_text(name);
                let cut = may_be_cut.then(|| cut_text::at_comma(slice, value, &mut entries));
                match cut.flatten() {
                    Some(cut) => tape.push_cut(cut),
                    None => push(tape, slice, value, is_own || name.starts_with("x_")),
                }
            }
            tape.end_map(map);
        }
    }
}
