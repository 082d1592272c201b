//! Breaks a text into lines of a given width.
//!
//! Lines break between words, after hyphens, and between any two characters of scripts that are
//! written without spaces. A word longer than a line is broken between graphemes. A text that
//! exceeds the permitted number of lines ends with ….

use unicode_segmentation::UnicodeSegmentation;

use super::pieces::Pieces;
use super::shown::{graphemes, runs_right_to_left};
use super::{Style, width};

/// Text in one style. The words of two spans are separated by a space.
#[derive(Debug, Clone, Copy)]
pub struct Span<'t> {
    /// The text, of any content and length.
    pub text: &'t str,
    /// Their face and size.
    pub style: Style,
    /// Their colour.
    pub colour: &'static str,
}

/// The space available for a text.
#[derive(Debug, Clone, Copy)]
pub struct Room<'t> {
    /// How wide its lines may be.
    pub width: f64,
    /// The maximum number of lines; at least one.
    pub lines: usize,
    /// The ending of a truncated text: `…`, or `…”` for a quote.
    pub ending: &'t str,
}

impl Room<'_> {
    /// Space for a number of lines of a given width.
    pub fn new(width: f64, lines: usize) -> Self {
        Room {
            width,
            lines,
            ending: "…",
        }
    }
}

/// Adjacent characters of one style on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The characters, all displayable.
    pub text: String,
    /// Their face and size.
    pub style: Style,
    /// Their colour.
    pub colour: &'static str,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextLine {
    /// Its runs, in the order in which they are read.
    pub runs: Vec<Run>,
    /// The width.
    pub width: f64,
}

impl TextLine {
    /// The characters of the line.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The largest measure of its runs.
    fn most(&self, of: impl Fn(Style) -> f64) -> f64 {
        self.runs
            .iter()
            .map(|run| of(run.style))
            .fold(0.0, f64::max)
    }
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// Its lines, none wider than the available width. A text without displayable characters has
    /// none.
    pub lines: Vec<TextLine>,
    /// Whether the whole text runs from right to left.
    pub right_to_left: bool,
    /// Whether something was left out.
    pub cut: bool,
}

impl Paragraph {
    /// The width of its widest line.
    pub fn width(&self) -> f64 {
        self.lines.iter().map(|line| line.width).fold(0.0, f64::max)
    }

    /// The height: the sum of its lines' leading.
    pub fn height(&self) -> f64 {
        self.lines
            .iter()
            .map(|line| line.most(Style::leading))
            .sum()
    }

    /// Each line with the distance of its baseline from the top of the paragraph.
    pub fn base_lines(&self) -> impl Iterator<Item = (f64, &TextLine)> {
        let mut top = 0.0;
        self.lines.iter().map(move |line| {
            let (leading, ascent) = (line.most(Style::leading), line.most(Style::ascent));
            let descent = line.most(Style::descent);
            let base = top + (leading - ascent - descent) / 2.0 + ascent;
            top += leading;
            (base, line)
        })
    }
}

/// Breaks text into lines.
///
/// ```
/// use annals_draw::text::{Face, Room, Span, Style, wrap};
///
/// let style = Style { face: Face::Regular, size: 10.0 };
/// let span = Span { text: "who said what about whom", style, colour: "#000000" };
/// let lines = wrap(&[span], Room::new(70.0, 2)).lines;
/// let lines: Vec<_> = lines.iter().map(|line| line.text()).collect();
/// assert_eq!(lines, ["who said what", "about whom"]);
/// ```
pub fn wrap(spans: &[Span<'_>], room: Room<'_>) -> Paragraph {
    let mut page = Page {
        room,
        lines: Vec::new(),
        line: TextLine::default(),
    };
    let first_words = spans.iter().find(|span| !span.text.trim().is_empty());
    let mut whole = true;
    'all: for span in spans {
        for word in span.text.split(is_break) {
            if word.is_empty() {
                continue;
            }
            let pieces = Pieces::new(word, span.style);
            let mut spaced = !page.line.runs.is_empty();
            for (piece, wide) in pieces {
                if !page.set(&piece, wide, spaced, *span) {
                    whole = false;
                    break 'all;
                }
                spaced = false;
            }
        }
    }
    let mut lines = page.lines;
    if whole {
        lines.extend(Some(page.line).filter(|line| !line.runs.is_empty()));
    } else {
        lines.push(ended(page.line, room));
    }
    for line in &mut lines {
        // A single letter wider than the available width is condensed.
        line.width = line.width.min(room.width);
    }
    Paragraph {
        lines,
        // The beginning alone: a text may be very long.
        right_to_left: first_words.is_some_and(|span| {
            let beginning: String = span.text.trim_start().chars().take(200).collect();
            runs_right_to_left(&beginning)
        }),
        cut: !whole,
    }
}

/// Breaks text into as few lines as [`wrap`], with widths as equal as possible: for centred names.
pub fn balanced(spans: &[Span<'_>], room: Room<'_>) -> Paragraph {
    let widest = wrap(spans, room);
    if widest.cut || widest.lines.len() < 2 {
        return widest;
    }
    let (mut least, mut most, mut best) = (room.width / 3.0, room.width, widest);
    for _ in 0..7 {
        let width = f64::midpoint(least, most);
        let narrower = wrap(spans, Room { width, ..room });
        if narrower.cut || narrower.lines.len() > best.lines.len() || breaks_words(&narrower, spans)
        {
            least = width;
        } else {
            (most, best) = (width, narrower);
        }
    }
    best
}

/// Whether a word is broken that would fit on a line.
fn breaks_words(paragraph: &Paragraph, spans: &[Span<'_>]) -> bool {
    let words = |text: &str| text.split(is_break).filter(|word| !word.is_empty()).count();
    let set: usize = paragraph.lines.iter().map(|line| words(&line.text())).sum();
    set > spans.iter().map(|span| words(span.text)).sum()
}

/// Whether a line may break at the character: a space, unless it is non-breaking.
fn is_break(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}')
}

struct Page<'t> {
    room: Room<'t>,
    lines: Vec<TextLine>,
    line: TextLine,
}

impl Page<'_> {
    /// Places a piece of a word; returns `false` if all lines are full.
    fn set(&mut self, piece: &str, wide: f64, spaced: bool, span: Span<'_>) -> bool {
        let space = if spaced { width(" ", span.style) } else { 0.0 };
        if self.line.width + space + wide <= self.room.width {
            if spaced {
                push(&mut self.line, " ", space, span);
            }
            push(&mut self.line, piece, wide, span);
            return true;
        }
        if !self.line.runs.is_empty() && !self.next_line() {
            return false;
        }
        if wide <= self.room.width {
            push(&mut self.line, piece, wide, span);
            return true;
        }
        for grapheme in graphemes(piece) {
            let wide = width(&grapheme, span.style);
            let full = self.line.width + wide > self.room.width;
            if full && !self.line.runs.is_empty() && !self.next_line() {
                return false;
            }
            push(&mut self.line, &grapheme, wide, span);
        }
        true
    }

    fn next_line(&mut self) -> bool {
        if self.lines.len() + 1 >= self.room.lines {
            return false;
        }
        self.lines.push(std::mem::take(&mut self.line));
        true
    }
}

fn push(line: &mut TextLine, text: &str, wide: f64, span: Span<'_>) {
    line.width += wide;
    match line.runs.last_mut() {
        Some(run) if run.style == span.style && run.colour == span.colour => {
            run.text.push_str(text);
        }
        _ => line.runs.push(Run {
            text: text.to_owned(),
            style: span.style,
            colour: span.colour,
        }),
    }
}

/// The last line of a truncated text, shortened until the ellipsis fits.
fn ended(mut line: TextLine, room: Room<'_>) -> TextLine {
    let several = |line: &TextLine| line.runs.len() > 1;
    while let Some(run) = line.runs.last_mut() {
        run.text.truncate(run.text.trim_end().len());
        let (empty, style) = (run.text.is_empty(), run.style);
        if empty && several(&line) {
            line.runs.pop();
            continue;
        }
        let set: f64 = (line.runs.iter().map(|run| width(&run.text, run.style))).sum();
        line.width = set + width(room.ending, style);
        let fits = line.width <= room.width || empty;
        if let Some(run) = line.runs.last_mut() {
            if fits {
                run.text.push_str(room.ending);
                break;
            }
            let last = run.text.grapheme_indices(true).next_back();
            run.text.truncate(last.map_or(0, |(at, _)| at));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Face;

    const STYLE: Style = Style {
        face: Face::Regular,
        size: 10.0,
    };

    fn lines(text: &str, width: f64, lines: usize) -> Vec<String> {
        let span = Span {
            text,
            style: STYLE,
            colour: "#000000",
        };
        let paragraph = wrap(&[span], Room::new(width, lines));
        for line in &paragraph.lines {
            assert!(line.width <= width + 1e-9, "{line:?} is wider than {width}");
            let sum: f64 = line
                .runs
                .iter()
                .map(|run| super::width(&run.text, run.style))
                .sum();
            assert!(sum <= width.max(10.0) + 1e-6, "{line:?} is {sum} wide");
        }
        paragraph.lines.iter().map(TextLine::text).collect()
    }

    #[test]
    fn words_are_wrapped_and_cut() {
        assert_eq!(lines("who said what", 50.0, 3), ["who said", "what"]);
        assert_eq!(lines("a bcdefghijkl m n o p", 50.0, 2), ["a", "bcdefghi…"]);
        assert_eq!(lines("", 50.0, 3), [""; 0]);
        assert_eq!(lines(" \u{202E}\0\n ", 50.0, 3), [""; 0]);
        assert_eq!(lines("one two three", 60.0, 1), ["one two…"]);
        assert_eq!(lines("40-year-old", 40.0, 3), ["40-year-", "old"]);
    }

    #[test]
    fn a_long_word_is_broken_between_graphemes() {
        let family = "👨‍👩‍👧‍👦";
        let broken = lines(&family.repeat(7), 30.0, 9);
        assert_eq!(broken.concat(), family.repeat(7));
        assert!(broken.iter().all(|line| line.len() % family.len() == 0));
        assert_eq!(
            lines("abcdefghijklmnop", 40.0, 9).concat(),
            "abcdefghijklmnop"
        );
    }

    #[test]
    fn chinese_is_broken_anywhere_but_before_what_closes() {
        assert_eq!(lines("北大西洋公约组织", 50.0, 3), ["北大西洋公", "约组织"]);
        assert_eq!(lines("北大西洋公。约", 50.0, 3), ["北大西洋", "公。约"]);
    }

    #[test]
    fn a_very_long_text_is_not_read_to_its_end() {
        let text = "漢 a ".repeat(1_000_000);
        assert_eq!(lines(&text, 40.0, 3).len(), 3);
        let word = "x".repeat(3_000_000);
        assert_eq!(lines(&word, 40.0, 2).len(), 2);
    }

    #[test]
    fn a_room_too_narrow_for_anything_is_not_left() {
        assert_eq!(lines("漢字", 4.0, 2).len(), 2);
    }

    #[test]
    fn lines_of_a_name_are_of_like_width() {
        let span = Span {
            text: "NATO members send Soviet-era fighter jets",
            style: STYLE,
            colour: "#000000",
        };
        let paragraph = balanced(&[span], Room::new(150.0, 3));
        let lines: Vec<_> = paragraph.lines.iter().map(TextLine::text).collect();
        assert_eq!(lines, ["NATO members send", "Soviet-era fighter jets"]);
    }

    #[test]
    fn runs_keep_their_style_across_lines() {
        let bold = Style {
            face: Face::Bold,
            size: 10.0,
        };
        let name = Span {
            text: "Kremlin",
            style: bold,
            colour: "#111111",
        };
        let words = Span {
            text: "“grave threat”",
            style: STYLE,
            colour: "#222222",
        };
        let paragraph = wrap(&[name, words], Room::new(85.0, 2));
        let runs: Vec<Vec<&str>> = paragraph
            .lines
            .iter()
            .map(|line| line.runs.iter().map(|run| run.text.as_str()).collect())
            .collect();
        assert_eq!(runs, [vec!["Kremlin", " “grave"], vec!["threat”"]]);
    }
}
