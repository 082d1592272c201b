//! Facts as JSON Lines: one record a line, with its kind in `type`.

use super::json_error;
use super::pieces;
use super::slice::Slice;
use crate::decode::Decoder;
use crate::decode::tape::{Tape, View};
use crate::faults;
use crate::faults::at::At;
use crate::source::encoding;
use crate::source::record_lines::characters;
use annals_model::{Origin, RecordKind, Vocabulary};

/// Reads a file of bytes. A line that cannot be read costs that line.
///
/// `base` is how many bytes of the file come before: those of a byte order mark.
pub(crate) fn read(
    bytes: &[u8],
    file: annals_model::FileId,
    base: usize,
    decoder: &mut Decoder<'_>,
) {
    let mut tape = Tape::default();
    let whole = std::str::from_utf8(bytes).ok();
    if whole.is_none() {
        decoder.lines_are_no_text();
    }
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let written = bytes[start..end].trim_ascii();
        let characters = characters(written);
        decoder.line((base + start) as u64, characters);
        let line = match whole {
            Some(text) => Ok(&text[start..end]),
            None => std::str::from_utf8(&bytes[start..end]),
        };
        match line {
            Ok(text) => {
                let slice = Slice {
                    text,
                    file,
                    base: base + start,
                };
                one_line(slice, end == bytes.len(), &mut tape, decoder);
            }
            Err(error) => {
                let at = base + start + error.valid_up_to();
                let guess = encoding::guess_encoding(&bytes[start..end]);
                let finding = faults::encoding::found(file, at..at + 1, &guess);
                let line = String::from_utf8_lossy(&bytes[start..end]);
                decoder.pass_over(finding, pieces::unread_line(&line));
            }
        }
        start = end + 1;
    }
}

fn one_line<'a>(slice: Slice<'a>, is_last: bool, tape: &mut Tape<'a>, decoder: &mut Decoder<'_>) {
    let text = slice.text.trim_ascii();
    if text.is_empty() {
        return;
    }
    let slice = slice.inner(text);
    let origin = Origin::new(slice.file, slice.base);
    if let Some(view) = tape.read_plain(text) {
        one_record(view, origin, decoder);
        return;
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let view = match tape.read(&mut reader) {
        Ok(view) => view,
        Err(error) => {
            let finding = json_error::json(slice, &error);
            let finding = if is_last && error.is_eof() {
                finding.note("this is the last line: the file may be truncated")
            } else {
                finding
            };
            decoder.pass_over(finding, pieces::unread_line(text));
            return;
        }
    };
    if let Err(error) = reader.end() {
        let finding = json_error::json(slice, &error);
        decoder.pass_over(finding, pieces::unread_line(text));
        return;
    }
    one_record(view, origin, decoder);
}

/// Reads a line that is on the tape.
pub(crate) fn one_record(view: View<'_, '_>, origin: Origin, decoder: &mut Decoder<'_>) {
    let at = At::line(origin);
    if let Some(kind) = kind(view, &at, decoder) {
        decoder.record(kind, view, origin);
    }
}

/// The kind of record that `type` names; a finding, where it names none.
pub(super) fn kind(
    view: View<'_, '_>,
    at: &At<'_>,
    decoder: &mut Decoder<'_>,
) -> Option<RecordKind> {
    if !view.is_map() {
        decoder.report(faults::wrong_type::line(at, view.called()));
        return None;
    }
    let Some(word) = view.get("type").filter(|word| !word.is_null()) else {
        let version = view.get("annals");
        if version.is_some_and(|version| version.whole() == Some(1)) && view.entries().count() == 1
        {
            return None;
        }
        let whole_file = RecordKind::ALL
            .iter()
            .any(|kind| view.get(kind.plural()).is_some());
        decoder.report(faults::missing_field::of_line(at, whole_file));
        return None;
    };
    let at_type = at.key("type");
    let Some(word) = word.text() else {
        decoder.report(faults::wrong_type::found(
            &at_type,
            "a kind of record",
            word.called(),
        ));
        return None;
    };
    let kind = RecordKind::parse(word);
    if kind.is_none() {
        let all = RecordKind::ALL.iter().map(|kind| kind.word());
        let finding = faults::unknown_word::found(&at_type, word, RecordKind::CALLED, all);
        decoder.report(finding.note("the record is left out"));
    }
    kind
}
