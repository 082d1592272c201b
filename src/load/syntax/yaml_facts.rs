//! Facts in YAML: the same structure as the JSON object, convenient to write by hand.

use super::json::{check_version, is_file_field, kind_of_list, unknown_list};
use super::slice::Slice;
use super::yaml::{self, FaultKind, Kind, Limits, NodeRef, Style};
use crate::decode::Decoder;
use crate::decode::tape::{Tape, View};
use crate::faults;
use annals_finding::{Path, Place, Step};
use annals_model::{Origin, RecordKind};

/// Reads a file. Returns whether it could be used.
pub(crate) fn read(slice: Slice<'_>, decoder: &mut Decoder<'_>) -> bool {
    let parsed = yaml::parse(slice.text, &Limits::default());
    for fault in parsed.faults() {
        let range = slice.base + fault.span.start..slice.base + fault.span.end;
        let mut words = fault.words.clone();
        if fault.times > 1 {
            words.push_str(&format!(" ({} times)", fault.times));
        }
        let finding = match fault.kind {
            FaultKind::AliasTooLarge | FaultKind::AliasRecursive | FaultKind::AliasUndefined => {
                faults::alias_expansion::found(slice.file, range, &words)
            }
            _ => faults::syntax::found(slice.file, range, &words, "here", fault.help.as_deref()),
        };
        decoder.report(finding);
    }
    if parsed.faults().iter().any(|fault| fault.kind.is_fatal()) {
        return false;
    }
    let mut usable = true;
    for root in parsed.documents() {
        usable &= document(slice, root, decoder);
    }
    usable
}

fn document(slice: Slice<'_>, root: NodeRef<'_>, decoder: &mut Decoder<'_>) -> bool {
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
    let place = |name: &str, nth: usize| {
        Place::Key(
            root_origin,
            Path(vec![Step::Key {
                name: name.to_owned().into(),
                nth,
            }]),
        )
    };
    match root
        .entries()
        .find(|(name, _)| name.text() == Some("annals"))
    {
        Some((_, version)) => {
            let range = version.span();
            let range = slice.base + range.start..slice.base + range.end;
            let text = version.text().unwrap_or("of this form");
            if !check_version(decoder, slice.file, range, text) {
                return false;
            }
        }
        None => decoder.report_missing_version(),
    }
    let mut seen: Vec<String> = Vec::new();
    let mut tape = Tape::default();
    for (name, value) in root.entries() {
        let name = name.text().unwrap_or("");
        let known = kind_of_list(name);
        if known.is_some() || name == "annals" {
            let nth = seen.iter().filter(|one| *one == name).count();
            seen.push(name.to_owned());
            if nth > 0 {
                decoder.report(faults::duplicate_field::list(
                    name,
                    place(name, nth),
                    place(name, 0),
                ));
                continue;
            }
        }
        match known {
            Some(kind) => list(slice, kind, value, &mut tape, decoder),
            None if is_file_field(name) => {}
            None => decoder.report(unknown_list(place(name, 0), name)),
        }
    }
    true
}

fn list<'a>(
    slice: Slice<'_>,
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
    slice: Slice<'_>,
    kind: RecordKind,
    node: NodeRef<'a>,
    tape: &mut Tape<'a>,
    decoder: &mut Decoder<'_>,
) {
    let origin = Origin::new(slice.file, slice.base + node.offset());
    decoder.record(kind, fill(tape, node), origin);
}

/// Takes a value of YAML down. The tree is at most 127 levels deep, and what its aliases expand to is
/// bounded, both by its parser.
fn fill<'t, 'a>(tape: &'t mut Tape<'a>, node: NodeRef<'a>) -> View<'t, 'a> {
    tape.clear();
    push(tape, node);
    tape.view()
}

fn push<'a>(tape: &mut Tape<'a>, node: NodeRef<'a>) {
    match node.kind() {
        Kind::Null => tape.push_null(),
        Kind::Text => {
            let text = node.text().unwrap_or_default();
            match node.style() {
                Some(Style::Plain) => tape.push_plain(text),
                _ => tape.push_text(text),
            }
        }
        Kind::Sequence => {
            let list = tape.begin_list();
            for item in node.items() {
                push(tape, item);
            }
            tape.end_list(list);
        }
        Kind::Mapping => {
            let map = tape.begin_map();
            for (key, value) in node.entries() {
                tape.push_text(key.text().unwrap_or_default());
                push(tape, value);
            }
            tape.end_map(map);
        }
    }
}
