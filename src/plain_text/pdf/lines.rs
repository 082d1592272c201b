//! Signs put together to words and lines, and lines to paragraphs, by where they stand.

use crate::paragraphs::Paragraphs;

/// A sign on a page.
pub(super) struct Placed<'s> {
    pub(super) letters: &'s str,
    /// Where its base line begins and ends.
    pub(super) start: (f64, f64),
    pub(super) end: (f64, f64),
    /// The size of its font on the page.
    pub(super) size: f64,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where it begins and ends in the direction in which it runs, from the left.
    left: f64,
    right: f64,
    /// How far down its base line lies.
    down: f64,
    size: f64,
    /// The direction in which it runs.
    along: (f64, f64),
}

/// Lines as they are drawn.
#[derive(Default)]
pub(super) struct Lines {
    done: Vec<Line>,
    line: Option<Open>,
}

struct Open {
    line: Line,
    /// The direction in which it runs.
    along: (f64, f64),
    /// Where its last sign begins and ends.
    last_start: (f64, f64),
    end: (f64, f64),
    last: String,
}

/// How far a place lies in a direction.
fn in_direction(place: (f64, f64), direction: (f64, f64)) -> f64 {
    place.0 * direction.0 + place.1 * direction.1
}

impl Lines {
    /// Adds a sign, to the line that is open if it stands on it.
    pub(super) fn place(&mut self, sign: &Placed<'_>) {
        let all = [
            sign.start.0,
            sign.start.1,
            sign.end.0,
            sign.end.1,
            sign.size,
        ];
        if all.iter().any(|number| !number.is_finite()) || sign.letters.is_empty() {
            return;
        }
        let size = sign.size.max(0.1);
        if let Some(open) = &mut self.line {
            let larger = size.max(open.line.size);
            let gap = (sign.start.0 - open.end.0, sign.start.1 - open.end.1);
            let along = in_direction(gap, open.along);
            let across = in_direction(gap, (open.along.1, -open.along.0));
            // Signs above and below the line are small.
            if across.abs() < 0.45 * larger && along > -1.5 * larger && along < 12.0 * larger {
                // Bold letters are drawn twice, side by side, by some programs.
                let twice = open.last == sign.letters
                    && (sign.start.0 - open.last_start.0).hypot(sign.start.1 - open.last_start.1)
                        < 0.1 * size;
                if !twice {
                    open.add(sign, along, size);
                }
                return;
            }
        }
        self.end_line();
        if sign.letters.trim().is_empty() {
            return;
        }
        let (x, y) = (sign.end.0 - sign.start.0, sign.end.1 - sign.start.1);
        let length = x.hypot(y);
        let along = if length > 1e-6 {
            (x / length, y / length)
        } else {
            (1.0, 0.0)
        };
        self.line = Some(Open {
            line: Line {
                text: sign.letters.to_owned(),
                left: in_direction(sign.start, along),
                right: in_direction(sign.end, along),
                down: in_direction(sign.start, (along.1, -along.0)),
                size,
                along,
            },
            along,
            last_start: sign.start,
            end: sign.end,
            last: sign.letters.to_owned(),
        });
    }

    fn end_line(&mut self) {
        if let Some(Open { mut line, .. }) = self.line.take() {
            line.text.truncate(line.text.trim_end().len());
            self.done.push(line);
        }
    }

    /// The lines.
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.end_line();
        self.done
    }
}

impl Open {
    fn add(&mut self, sign: &Placed<'_>, along: f64, size: f64) {
        let text = &mut self.line.text;
        let spaced = text.ends_with([' ', '\t']) || sign.letters.starts_with(' ');
        if along > 3.0 * size && !spaced {
            text.push('\t');
        } else if along > 0.17 * size && !spaced {
            text.push(' ');
        }
        if !(sign.letters == " " && text.ends_with(' ')) {
            text.push_str(sign.letters);
        }
        if !sign.letters.trim().is_empty() {
            // The size of the line is that of most of it: of what is large.
            self.line.size = self.line.size.max(size);
            self.line.right = in_direction(sign.end, self.along);
        }
        self.last_start = sign.start;
        self.end = sign.end;
        sign.letters.clone_into(&mut self.last);
    }
}

/// Puts lines together to paragraphs. Whether the last goes on, as it seems, on the next page.
pub(super) fn put_together(lines: &[Line], text: &mut Paragraphs) -> bool {
    let usual = usual_distance(lines);
    let edge = right_edge(lines);
    let mut paragraph = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        if let Some(before) = before {
            if begins_paragraph(before, line, usual, edge) {
                text.push(&paragraph);
                paragraph.clear();
            } else {
                paragraph.push('\n');
            }
        }
        paragraph.push_str(&line.text);
        before = Some(line);
    }
    text.push(&paragraph);
    before.is_some_and(|last| !ends_sentence(&last.text) && edge - last.right < 4.0 * last.size)
}

/// The usual distance between lines.
fn usual_distance(lines: &[Line]) -> f64 {
    let pairs = lines
        .windows(2)
        .map(|two| (two[1].down - two[0].down, two[0].size));
    let mut distances: Vec<f64> = pairs
        .filter(|(distance, size)| *distance > 0.5 * size && *distance < 3.0 * size)
        .map(|(distance, _)| distance)
        .collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(0.0)
}

/// Where most long lines end.
fn right_edge(lines: &[Line]) -> f64 {
    let mut ends: Vec<f64> = lines.iter().map(|line| line.right).collect();
    ends.sort_by(f64::total_cmp);
    ends.get(ends.len() * 3 / 4).copied().unwrap_or(0.0)
}

/// Whether a line begins a paragraph, by the line before it.
fn begins_paragraph(before: &Line, line: &Line, usual: f64, edge: f64) -> bool {
    let size = before.size.max(line.size);
    // Text that runs upwards, beside text that does not.
    if in_direction(before.along, line.along) < 0.9 {
        return true;
    }
    let goes_on =
        line.text.chars().next().is_some_and(char::is_lowercase) && !ends_sentence(&before.text);
    if (before.size - line.size).abs() > 0.15 * size && !goes_on {
        return true;
    }
    let distance = line.down - before.down;
    if distance < -0.5 * size {
        // The next column, or what stands beside.
        return !goes_on;
    }
    // Some lines lie wider than others; words that go on are of one paragraph unless they lie far apart.
    let wide = if usual > 0.0 {
        usual.max(1.0 * size)
    } else {
        1.4 * size
    };
    if distance > if goes_on { 2.2 * wide } else { 1.35 * wide } {
        return true;
    }
    // An indent, or a short line before.
    let indent = line.left - before.left > 0.8 * size && ends_sentence(&before.text);
    let short = edge - before.right > 4.0 * size && ends_sentence(&before.text);
    let item = line.text.starts_with(['•', '–', '◦', '▪', '·']) && !goes_on;
    indent || short || item
}

/// Whether a line ends like a sentence.
fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || "”“’\"'»«)]".contains(c));
    end.ends_with(['.', '!', '?', ':', '…', ';', '。'])
}
