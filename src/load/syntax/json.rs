//! Facts as one JSON object, with a list for each kind of record.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::json_error;
use super::pieces;
use super::pieces::json::Piece;
use super::slice::Slice;
use crate::decode::Decoder;
use crate::decode::block::Unread;
use crate::decode::tape::Tape;
use crate::faults;
use annals_finding::{Path, Place, Step};
use annals_model::{FileId, Origin, RecordKind, Vocabulary};

/// Reads a file. `text` begins at the first byte of the file, after a byte order mark.
///
/// Returns whether the file could be used.
pub(crate) fn read(slice: Slice<'_>, decoder: &mut Decoder<'_>) -> bool {
    let mut reader = serde_json::Deserializer::from_str(slice.text);
    let mut fields = Vec::new();
    let read = reader
        .deserialize_any(Fields {
            fields: &mut fields,
        })
        .and_then(|is| {
            reader.end()?;
            Ok(is)
        });
    match read {
        Ok(Top::Object) => match pieces::is_forced().then(|| pieces::json::pieces(slice)) {
            Some(Some(all)) => Lists::of(slice, decoder).read_pieces(&all, None),
            _ => Lists::of(slice, decoder).read(&fields),
        },
        Ok(Top::Other(found)) => {
            decoder.report(json_error::not_an_object(slice, found));
            false
        }
        Err(error) => match pieces::json::pieces(slice) {
            Some(all) => Lists::of(slice, decoder).read_pieces(&all, Some(&error)),
            None => {
                decoder.report(json_error::json(slice, &error));
                false
            }
        },
    }
}

/// What stands at the top of a file.
enum Top {
    Object,
    Other(&'static str),
}

/// Takes the fields of the object down without reading them.
struct Fields<'f, 'a> {
    fields: &'f mut Vec<(String, &'a RawValue)>,
}

impl<'a> Visitor<'a> for Fields<'_, 'a> {
    type Value = Top;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list for each kind of record")
    }
    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Top, A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value::<&RawValue>()?;
            self.fields.push((key, value));
        }
        Ok(Top::Object)
    }
    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Top, A::Error> {
        while seq.next_element::<&RawValue>()?.is_some() {}
        Ok(Top::Other("a list"))
    }
    fn visit_unit<E>(self) -> Result<Top, E> {
        Ok(Top::Other("null"))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Top, E> {
        Ok(Top::Other("true or false"))
    }
    fn visit_i64<E>(self, _: i64) -> Result<Top, E> {
        Ok(Top::Other("a number"))
    }
    fn visit_u64<E>(self, _: u64) -> Result<Top, E> {
        Ok(Top::Other("a number"))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Top, E> {
        Ok(Top::Other("a number"))
    }
    fn visit_str<E>(self, _: &str) -> Result<Top, E> {
        Ok(Top::Other("a string"))
    }
}

/// The lists of a file, one after the other.
struct Lists<'s, 'd, 'f> {
    slice: Slice<'s>,
    decoder: &'d mut Decoder<'f>,
    tape: Tape<'s>,
    usable: bool,
}

impl<'s, 'd, 'f> Lists<'s, 'd, 'f> {
    fn of(slice: Slice<'s>, decoder: &'d mut Decoder<'f>) -> Self {
        Lists {
            slice,
            decoder,
            tape: Tape::default(),
            usable: true,
        }
    }

    fn read(mut self, fields: &[(String, &'s RawValue)]) -> bool {
        if !self.version(fields) {
            return false;
        }
        let mut seen: Vec<&str> = Vec::new();
        for (nth, (name, value)) in fields.iter().enumerate() {
            let known = kind_of_list(name);
            if known.is_some() || name == "annals" {
                if seen.contains(&name.as_str()) {
                    self.decoder.report(self.doubled(fields, nth));
                    continue;
                }
                seen.push(name);
            }
            match known {
                Some(kind) => self.list(kind, value.get()),
                None if is_file_field(name) => {}
                None => self
                    .decoder
                    .report(unknown_list(self.place(fields, nth), name)),
            }
        }
        self.usable
    }

    /// Reads the format version; `false` where the file must not be read.
    fn version(&mut self, fields: &[(String, &'s RawValue)]) -> bool {
        let Some((_, value)) = fields.iter().find(|(name, _)| name == "annals") else {
            self.decoder.report_missing_version();
            return true;
        };
        let range = self.slice.range_of(value.get());
        check_version(self.decoder, self.slice.file, range, value.get())
    }

    fn list(&mut self, kind: RecordKind, text: &'s str) {
        if !text.starts_with('[') {
            if text != "null" {
                self.record(kind, text);
            }
            return;
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let read = (&mut reader).deserialize_seq(Records { lists: self, kind });
        if let Err(error) = read {
            self.usable = false;
            let slice = self.slice.inner(text);
            self.decoder.report(json_error::json(slice, &error));
        }
    }

    fn record(&mut self, kind: RecordKind, text: &'s str) {
        let range = self.slice.range_of(text);
        let origin = Origin::new(self.slice.file, range.start);
        let mut reader = serde_json::Deserializer::from_str(text);
        match self.tape.read(&mut reader) {
            Ok(view) => self.decoder.record(kind, view, origin),
            Err(error) => {
                let finding = json_error::json(self.slice.inner(text), &error);
                let unread = pieces::unread(text, Some(kind), 1);
                self.decoder.pass_over(finding, unread);
            }
        }
    }

    /// Reads a file that does not parse as a whole.
    fn read_pieces(mut self, all: &[Piece<'s>], error: Option<&serde_json::Error>) -> bool {
        let bytes = |slice: Slice<'_>, key: &Range<usize>| {
            Place::Bytes(
                slice.file,
                (slice.base + key.start..slice.base + key.end).into(),
            )
        };
        let version = all.iter().find_map(|piece| match piece {
            Piece::Field(name, _, value) if name == "annals" => Some(*value),
            _ => None,
        });
        let mut broken = all.iter().map(|piece| matches!(piece, Piece::Broken(..)));
        match version {
            Some(value) => {
                let range = self.slice.range_of(value);
                if !check_version(self.decoder, self.slice.file, range, value) {
                    return false;
                }
            }
            // Where it should stand is what cannot be read.
            None if broken.next() == Some(true) => {}
            None => self.decoder.report_missing_version(),
        }
        let (mut met, mut kind) = (TopFields::default(), None);
        for piece in all {
            match piece {
                Piece::Field(name, key, value) => {
                    let place = bytes(self.slice, key);
                    if let Some(kind) = met.begin(name, place, self.decoder) {
                        self.list(kind, value);
                    }
                }
                Piece::List(name, key) => {
                    kind = met.begin(name, bytes(self.slice, key), self.decoder);
                }
                Piece::Record(text) => {
                    if let Some(kind) = kind.filter(|_| *text != "null") {
                        self.record(kind, text);
                    }
                }
                Piece::Broken(finding, text, least) => {
                    let unread = pieces::unread(text, kind, *least);
                    self.decoder.pass_over(finding.clone(), unread);
                }
            }
        }
        let is_broken = all.iter().any(|piece| matches!(piece, Piece::Broken(..)));
        if let Some(error) = error.filter(|_| !is_broken) {
            let finding = json_error::json(self.slice, error);
            self.decoder.pass_over(finding, Unread::default());
        }
        true
    }

    /// The name of the `nth` field of the file.
    fn place(&self, fields: &[(String, &'s RawValue)], nth: usize) -> Place {
        let name = &fields[nth].0;
        let before = fields[..nth]
            .iter()
            .filter(|(other, _)| other == name)
            .count();
        let root = self.slice.text.find('{').unwrap_or(0) + self.slice.base;
        let step = Step::Key {
            name: name.clone().into(),
            nth: before,
        };
        Place::Key(Origin::new(self.slice.file, root), Path(vec![step]))
    }

    fn doubled(&self, fields: &[(String, &'s RawValue)], nth: usize) -> annals_finding::Finding {
        let name = &fields[nth].0;
        let first = fields
            .iter()
            .position(|(other, _)| other == name)
            .unwrap_or(nth);
        faults::duplicate_field::list(name, self.place(fields, nth), self.place(fields, first))
    }
}

/// Hands each record of a list on as it is met.
struct Records<'l, 's, 'd, 'f> {
    lists: &'l mut Lists<'s, 'd, 'f>,
    kind: RecordKind,
}

impl<'s> Visitor<'s> for Records<'_, 's, '_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }
    fn visit_seq<A: SeqAccess<'s>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(record) = seq.next_element::<&'s RawValue>()? {
            if record.get() != "null" {
                self.lists.record(self.kind, record.get());
            }
        }
        Ok(())
    }
}

/// The fields at the top of a file that were met, and where.
#[derive(Default)]
pub(super) struct TopFields {
    seen: Vec<(String, Place)>,
}

impl TopFields {
    /// The kind of the records in the list of this name; nothing where it holds none that are read.
    pub(super) fn begin(
        &mut self,
        name: &str,
        place: Place,
        decoder: &mut Decoder<'_>,
    ) -> Option<RecordKind> {
        let known = kind_of_list(name);
        if known.is_some() || name == "annals" {
            if let Some((_, first)) = self.seen.iter().find(|(one, _)| one == name) {
                let first = first.clone();
                decoder.report(faults::duplicate_field::list(name, place, first));
                return None;
            }
            self.seen.push((name.to_owned(), place));
        } else if !is_file_field(name) {
            decoder.report(unknown_list(place, name));
        }
        known
    }
}

/// The kind of record that a list of this name holds.
pub(crate) fn kind_of_list(name: &str) -> Option<RecordKind> {
    RecordKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.plural() == name)
}

/// Whether a field of this name may stand at the top of a file beside the lists.
pub(crate) fn is_file_field(name: &str) -> bool {
    name == "annals" || name == "$schema" || name.starts_with("x_")
}

/// A field at the top of a file that is no list of records.
pub(super) fn unknown_list(place: Place, name: &str) -> annals_finding::Finding {
    let lists = RecordKind::ALL.iter().map(|kind| kind.plural());
    faults::unknown_field::list(place, name, lists)
}

/// Checks the value of `annals`; `false` where the file must not be read.
pub(super) fn check_version(
    decoder: &mut Decoder<'_>,
    file: FileId,
    range: std::ops::Range<usize>,
    version: &str,
) -> bool {
    if version == "1" {
        return true;
    }
    decoder.report(faults::format_version::unknown(file, range, version));
    false
}
