//! Rendering of made-up findings: no text makes the renderer fail.

use std::ops::Range;

use proptest::prelude::*;

use super::{Drawing, Letters, concise, text};
use crate::{Code, Edit, Excerpt, FilePlace, Finding, Locate, Located, Place, Severity};
use annals_evidence::{Span, Text};
use annals_load::locate::LineIndex;
use annals_model::FileId;

static CODE: Code = Code::new("AN999", "an-example", Severity::Error, "//! an example\n");

const FILE: FileId = FileId(0);

/// A single file, with places as bytes or code points.
struct OneFile<'t> {
    lines: LineIndex<'t>,
    counted: Text,
}

impl<'t> OneFile<'t> {
    fn new(text: &'t str) -> Self {
        OneFile {
            lines: LineIndex::new(text),
            counted: Text::new(text.to_owned()),
        }
    }
}

impl Locate for OneFile<'_> {
    fn locate(&self, place: &Place) -> Located {
        let bytes = match place {
            Place::Bytes(_, range) => Some(Range::from(*range)),
            Place::Passage(_, span) => self.counted.byte_range(*span),
            _ => None,
        };
        let at = |byte| self.lines.place(byte);
        let (from, to) = bytes
            .clone()
            .map_or((at(0), at(0)), |b| (at(b.start), at(b.end)));
        let place = FilePlace {
            file: "facts.json".to_owned(),
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
        };
        Located {
            file: FILE,
            bytes,
            place,
        }
    }
    fn lines(&self, _: FileId, from: usize, to: usize) -> Option<Excerpt<'_>> {
        let bytes = self.lines.line(from)?.start..self.lines.line(to)?.end;
        Excerpt::new(self.lines.text(), bytes)
    }
    fn spell(&self, edit: &Edit) -> (Located, String) {
        (self.locate(&edit.place), edit.text.clone())
    }
}

fn drawn(text_of_file: &str, finding: &Finding) -> String {
    let drawing = Drawing {
        colour: false,
        letters: Letters::Boxes,
        width: 80,
    };
    text(finding, &OneFile::new(text_of_file), drawing)
}

fn bytes_of(text: &str, part: &str) -> Place {
    let start = text.find(part).expect("the part is there");
    Place::Bytes(FILE, (start..start + part.len()).into())
}

fn passage_of(text: &str, part: &str) -> Place {
    let start = text.find(part).expect("the part is there");
    let start = text[..start].chars().count() as u32;
    Place::Passage(
        FILE,
        Span {
            start,
            end: start + part.chars().count() as u32,
        },
    )
}

#[test]
fn places_on_one_line_share_a_window() {
    let text = "{\"id\": \"a\", \"said\": \"2023\"}";
    let finding = Finding::new(&CODE, "both on one line")
        .at(bytes_of(text, "\"2023\""), "the one")
        .at(bytes_of(text, "\"a\""), "the other");
    insta::assert_snapshot!(drawn(text, &finding));
}

#[test]
fn a_long_line_is_cut_and_keeps_its_column() {
    let far = format!(
        "[{}\"2023-13\",{}]",
        "\"é\",".repeat(300),
        "\"z\",".repeat(300)
    );
    let place = bytes_of(&far, "\"2023-13\"");
    let finding = Finding::new(&CODE, "far along")
        .at(place.clone(), "here")
        .suggest("so", place, "\"2023-12\"");
    insta::assert_snapshot!(drawn(&far, &finding));
    assert_eq!(
        concise(&finding, &OneFile::new(&far)),
        "facts.json:1:1202: error[AN999]: far along"
    );
}

#[test]
fn places_far_from_each_other_on_one_line_have_a_window_each() {
    let far = format!("[\"first\",{}\"second\"]", "\"é\",".repeat(300));
    let finding = Finding::new(&CODE, "far apart")
        .at(bytes_of(&far, "\"second\""), "the second")
        .at(bytes_of(&far, "\"first\""), "the first");
    insta::assert_snapshot!(drawn(&far, &finding));
}

#[test]
fn a_sentence_is_shown_around_what_differs() {
    let text = "One thing.\nUkraine's rightful place\nis in NATO, he said\nin Kyiv. Another.";
    let finding = Finding::new(&CODE, "differs")
        .at(bytes_of(text, "thing"), "not like this")
        .at(
            passage_of(
                text,
                "Ukraine's rightful place\nis in NATO, he said\nin Kyiv.",
            ),
            "",
        )
        .at(passage_of(text, "in NATO"), "the text says this instead");
    insta::assert_snapshot!(drawn(text, &finding));
}

#[test]
fn a_sentence_wider_than_the_drawing_is_written_out() {
    let sentence = format!(
        "He said {}that it is so{}.",
        "again and ".repeat(9),
        ", and so on".repeat(9)
    );
    let text = format!(
        "A paragraph is one line. {sentence} {}",
        "More follows. ".repeat(40)
    );
    let finding = Finding::new(&CODE, "differs")
        .at(bytes_of(&text, "A paragraph"), "not like this")
        .at(passage_of(&text, &sentence), "")
        .at(
            passage_of(&text, "that it is so"),
            "the text says this instead",
        );
    insta::assert_snapshot!(drawn(&text, &finding));
}

#[test]
fn places_over_each_other_have_a_window_each() {
    let text = "The secretary general arrived.";
    let finding = Finding::new(&CODE, "over each other")
        .at(bytes_of(text, "secretary general"), "this")
        .at(bytes_of(text, "general arrived"), "and this");
    insta::assert_snapshot!(drawn(text, &finding));
}

/// Texts that are hard to render: tabs, line breaks, wide, combining, joined and control
/// characters.
fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{0,12}".prop_map(String::from),
        "[\\PC]{0,4}".prop_map(String::from),
        prop::sample::select(vec![
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\u{feff}",
            "\0",
            "\u{7}",
            "\u{1b}[31m",
            "é",
            "e\u{301}",
            "漢字",
            "👩\u{200d}👧",
            "\u{202e}",
            "\u{85}",
            "\u{2028}",
            "…",
            "Київ",
            "\u{10FFFD}0\u{10FFFD}",
            "🇺🇦",
        ])
        .prop_map(String::from),
        (1_usize..400).prop_map(|times| "xé".repeat(times)),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A place in a text: any character boundaries, including on different lines.
fn place_in(
    text: &str,
    (from, to): (prop::sample::Index, prop::sample::Index),
    passage: bool,
) -> Place {
    let edges: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let (a, b) = (from.index(edges.len()), to.index(edges.len()));
    let (a, b) = (a.min(b), a.max(b));
    if passage {
        return Place::Passage(
            FILE,
            Span {
                start: a as u32,
                end: b as u32,
            },
        );
    }
    Place::Bytes(FILE, (edges[a]..edges[b]).into())
}

proptest! {
    #[test]
    fn nothing_makes_the_drawing_fail(
        text_of_file in hard_text(),
        places in prop::collection::vec(
            (any::<(prop::sample::Index, prop::sample::Index)>(), any::<bool>(), "[a-zé ]{0,5}"),
            0..5,
        ),
        new in hard_text(),
        words in hard_text(),
        width in 0_usize..200,
        (colour, boxes) in any::<(bool, bool)>(),
    ) {
        let mut finding = Finding::new(&CODE, words.clone()).note(words);
        for (ends, passage, label) in places {
            let place = place_in(&text_of_file, ends, passage);
            finding = finding.at(place.clone(), label).suggest("so", place, &new);
        }
        let letters = if boxes { Letters::Boxes } else { Letters::Ascii };
        let files = OneFile::new(&text_of_file);
        let drawn = text(&finding, &files, Drawing { colour, letters, width });
        prop_assert!(drawn.contains("AN999"));
        if let Some(place) = finding.place() {
            let place = files.locate(place).place;
            let header = format!("facts.json:{}:{}", place.line, place.column);
            prop_assert!(drawn.contains(&header), "{} is not in {}", header, drawn);
        }
    }
}
