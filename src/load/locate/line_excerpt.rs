//! Reads single lines of a large JSON Lines file, so that showing a few places in it does not need
//! the whole file in memory.

use std::borrow::Cow;
use std::ops::Range;

use super::places::borrowed;
use super::sources::Sources;
use super::{Found, Reached, RecordLines, Step};
use annals_finding::{ByteRange, Excerpt, Place};
use annals_model::FileId;

/// Of smaller files the text is held.
const LARGE: u64 = if cfg!(test) { 1 } else { 8 << 20 };

/// The line of a file around a byte.
pub(super) struct Near {
    /// Its number, from 1.
    number: usize,
    /// The byte at which it begins.
    start: usize,
    text: String,
}

impl Near {
    /// The line around a byte, where the file is so large that it is not held, all of it is UTF-8, and
    /// it is still there.
    pub(super) fn of(sources: &Sources, file: FileId, offset: usize) -> Option<Near> {
        let lines = large(sources, file)?;
        let (number, start) = lines.line_of(offset)?;
        let text = sources.lines_from(file, start, 1)?;
        Some(Near {
            number,
            start,
            text,
        })
    }

    /// The bytes of a place in the line; `None` where it does not lie within.
    pub(super) fn bytes(&self, place: &Place) -> Option<Range<usize>> {
        match place {
            Place::File(_) | Place::Passage(..) => None,
            Place::Bytes(_, range) => self.within((*range).into()),
            Place::Value(origin, path) => Some(self.reach(origin.offset(), &path.0)?.found.value),
            Place::Key(origin, path) => {
                let found = self.reach(origin.offset(), &path.0)?.found;
                Some(found.key.unwrap_or(found.value))
            }
            Place::Part(origin, path, part) => {
                let reached = self.reach(origin.offset(), &path.0)?;
                if reached.steps < path.0.len() {
                    return Some(reached.found.value);
                }
                Some(self.part(&reached.found, *part))
            }
        }
    }

    fn within(&self, range: Range<usize>) -> Option<Range<usize>> {
        let end = self.start + self.text.len();
        (self.start <= range.start && range.end <= end).then_some(range)
    }

    fn reach(&self, offset: usize, path: &[annals_finding::Step]) -> Option<Reached> {
        let steps: Vec<Step<'_>> = path.iter().map(borrowed).collect();
        let mut reached =
            super::deepest_in_json(&self.text, offset.checked_sub(self.start)?, &steps)?;
        let at = self.start;
        let found = &mut reached.found;
        found.value = found.value.start + at..found.value.end + at;
        found.key = found.key.take().map(|key| key.start + at..key.end + at);
        Some(reached)
    }

    fn part(&self, found: &Found, part: ByteRange) -> Range<usize> {
        let back = |range: &Range<usize>| range.start - self.start..range.end - self.start;
        let here = Found {
            key: found.key.as_ref().map(back),
            value: back(&found.value),
            form: found.form,
        };
        let part = super::inside_string(&self.text, &here, part.into());
        part.start + self.start..part.end + self.start
    }

    /// A range of bytes, on character boundaries, and where its ends are: line and column.
    pub(super) fn placed(&self, range: Range<usize>) -> (Range<usize>, [(usize, usize); 2]) {
        let start = self.floor(range.start);
        let end = self.floor(range.end.max(start));
        let place = |at: usize| {
            let before = &self.text[..at - self.start];
            let mark = usize::from(before.starts_with('\u{feff}'));
            (self.number, before.chars().count() - mark + 1)
        };
        (start..end, [place(start), place(end)])
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.clamp(self.start, self.start + self.text.len()) - self.start;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at + self.start
    }
}

/// Some lines of a large file, without the line break at their end.
pub(super) fn lines(sources: &Sources, file: FileId, lines: [usize; 2]) -> Option<Excerpt<'_>> {
    let start = large(sources, file)?.start_of(lines[0])?;
    let count = (lines[1] + 1).checked_sub(lines[0])?;
    let text = sources.lines_from(file, start, count)?;
    Some(Excerpt {
        start,
        text: Cow::Owned(text),
    })
}

fn large(sources: &Sources, file: FileId) -> Option<&RecordLines> {
    let lines = sources.noted_lines(file)?;
    (lines.are_text() && lines.last_start() >= LARGE).then_some(lines)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use crate::{LoadResult, Places, Request, Source, load};
    use annals_finding::{FilePlace, Finding, Locate as _, Located, Path, Place};
    use annals_model::Origin;

    fn loaded(source: Source) -> LoadResult {
        load(&Request {
            facts: vec![source],
            texts: Vec::new(),
        })
    }

    /// All that is said of places, without the name of the file.
    fn placed(located: Located) -> Located {
        let place = FilePlace {
            file: String::new(),
            ..located.place
        };
        Located { place, ..located }
    }

    #[test]
    fn a_place_is_the_same_whether_its_line_is_read_or_the_whole_file() {
        let text = "\u{feff}{\"type\":\"actor\",\"id\":\"a\",\"kind\":\"person\",\"name\":\"Йованка — “J”\"}\r\n\n \t\
            {\"type\":\"claim\",\"id\":\"ц1\",\"speaker\":[\"a\",\"b\"],\"said\":\"2023-04-31\",\"about\":\"é\\n\",\"x\":1}\n\
            {\"type\":\"claim\",\n{\"type\":\"claim\",\"speaker\":\"nobody\",\"stance\":[{\"toward\":\"ц1\"}]}";
        let mut file = tempfile::Builder::new()
            .suffix(".jsonl")
            .tempfile()
            .unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let near = loaded(Source::Path(file.path().to_owned()));
        let whole = loaded(Source::Memory {
            name: "facts.jsonl".to_owned(),
            bytes: text.as_bytes().to_vec(),
        });
        let places = [Places::new(&near), Places::new(&whole)];
        let findings: [&Vec<Finding>; 2] = [&near.findings, &whole.findings];
        assert!(findings[0].len() > 5 && findings[0].len() == findings[1].len());
        let labels = findings.map(|all| {
            all.iter()
                .flat_map(|one| one.labels.iter().map(|label| label.place.clone()))
        });
        let [one, other] = labels;
        for (one, other) in one.zip(other) {
            let located = [
                placed(places[0].locate(&one)),
                placed(places[1].locate(&other)),
            ];
            assert_eq!(located[0], located[1], "{one:?}");
            let line = located[0].place.line;
            let lines = places
                .each_ref()
                .map(|all| all.lines(one.file(), line, line));
            assert_eq!(lines[0], lines[1]);
        }
        let claim = near.facts.claims.handles().next().unwrap();
        let origin: Origin = near.facts.common(claim).origin;
        for path in [
            Path::field("speaker").index(1),
            Path::field("about"),
            Path::field("none"),
        ] {
            for place in [
                Place::Value(origin, path.clone()),
                Place::Key(origin, path.clone()),
                Place::Part(origin, path, (1..3).into()),
            ] {
                let located = places.each_ref().map(|all| placed(all.locate(&place)));
                assert_eq!(located[0], located[1], "{place:?}");
            }
        }
        assert!(
            near.sources.lines_from(origin.file(), 0, 1).is_some(),
            "the file is not held"
        );
    }
}
