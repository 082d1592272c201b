//! What a page draws, as far as it is text (ISO 32000-1, 9.4).

#![allow(
    clippy::many_single_char_names,
    reason = "matrices are written as the standard writes them"
)]

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Error, Object, ObjectId};

use super::font::{Font, number};
use super::lines::{Line, Lines, Placed};

/// The most operations of all pages together.
const MOST_OPERATIONS: u64 = if cfg!(test) { 100_000 } else { 20_000_000 };
/// The most signs of all pages together.
const MOST_SIGNS: u64 = 50_000_000;
/// The most bytes of the drawing of a page.
const LONGEST: usize = super::UNPACKED;
/// How deep drawings lie within drawings.
const DEEPEST: usize = 12;
/// The most states that a page keeps.
const MOST_STATES: usize = 512;

/// Why a page is not read.
pub(super) enum Stop {
    /// It draws more than is read.
    TooMuch,
    /// It is broken.
    Broken(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Broken(error)
    }
}

/// A matrix: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const ONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn moved(x: f64, y: f64) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// The state that `q` keeps and `Q` takes back.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    sign_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

impl State {
    fn new(matrix: Matrix) -> Self {
        State {
            matrix,
            font: None,
            size: 1.0,
            sign_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Draws pages, one after the other.
pub(super) struct Drawing<'d> {
    document: &'d Document,
    /// Fonts by where their dictionaries lie.
    fonts: HashMap<usize, Rc<Font>>,
    operations: u64,
    signs: u64,
    /// Signs of which the file does not tell the letters.
    pub(super) unreadable: u64,
}

/// A drawing that is followed: a page, or one within it.
struct Followed<'d> {
    /// Where names are looked up, the nearest first.
    resources: Vec<&'d Dictionary>,
    state: State,
    kept: Vec<State>,
    text: Matrix,
    line: Matrix,
    depth: usize,
}

impl<'d> Drawing<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Drawing {
            document,
            fonts: HashMap::new(),
            operations: 0,
            signs: 0,
            unreadable: 0,
        }
    }

    /// The lines of a page, in the order in which they are drawn.
    pub(super) fn page(&mut self, page: ObjectId) -> Result<Vec<Line>, Stop> {
        let content = self.document.get_page_content_with_limit(page, LONGEST)?;
        let (own, ids) = self.document.get_page_resources(page).unwrap_or_default();
        let referred = ids
            .into_iter()
            .filter_map(|id| self.document.get_dictionary(id).ok());
        let mut followed = Followed {
            resources: own.into_iter().chain(referred).collect(),
            state: State::new(Matrix::ONE),
            kept: Vec::new(),
            text: Matrix::ONE,
            line: Matrix::ONE,
            depth: 0,
        };
        let mut lines = Lines::default();
        self.follow(&content, &mut followed, &mut lines)?;
        Ok(lines.finish())
    }

    fn follow(
        &mut self,
        content: &[u8],
        at: &mut Followed<'d>,
        lines: &mut Lines,
    ) -> Result<(), Stop> {
        for operation in Content::decode_iter(content) {
            // What cannot be read ends the drawing, as it does in viewers.
            let Ok(operation) = operation else {
                return Ok(());
            };
            self.operations += 1;
            if self.operations > MOST_OPERATIONS {
                return Err(Stop::TooMuch);
            }
            self.operation(&operation, at, lines)?;
        }
        Ok(())
    }

    fn operation(
        &mut self,
        operation: &Operation,
        at: &mut Followed<'d>,
        lines: &mut Lines,
    ) -> Result<(), Stop> {
        let operands = &operation.operands;
        let numbers = || {
            let numbers = operands
                .iter()
                .filter_map(|operand| number(self.document, operand));
            numbers.collect::<Vec<f64>>()
        };
        match operation.operator.as_str() {
            "q" if at.kept.len() < MOST_STATES => at.kept.push(at.state.clone()),
            "Q" => {
                if let Some(state) = at.kept.pop() {
                    at.state = state;
                }
            }
            "cm" => {
                if let Ok(matrix) = numbers().try_into() {
                    at.state.matrix = Matrix(matrix).then(at.state.matrix);
                }
            }
            "BT" => (at.text, at.line) = (Matrix::ONE, Matrix::ONE),
            "Tf" => self.set_font(operands, at),
            "Tc" | "Tw" | "Tz" | "TL" | "Ts" => {
                if let Some(&value) = numbers().first() {
                    at.set(&operation.operator, value);
                }
            }
            "Td" | "TD" => {
                if let [x, y] = numbers()[..] {
                    if operation.operator == "TD" {
                        at.state.leading = -y;
                    }
                    at.next_line(x, y);
                }
            }
            "Tm" => {
                if let Ok(matrix) = numbers().try_into() {
                    (at.text, at.line) = (Matrix(matrix), Matrix(matrix));
                }
            }
            "T*" => at.next_line(0.0, -at.state.leading),
            "Tj" => self.show(operands.first(), at, lines)?,
            "'" => {
                at.next_line(0.0, -at.state.leading);
                self.show(operands.first(), at, lines)?;
            }
            "\"" => {
                if let [word, sign, ..] = numbers()[..] {
                    (at.state.word_space, at.state.sign_space) = (word, sign);
                }
                at.next_line(0.0, -at.state.leading);
                self.show(operands.get(2), at, lines)?;
            }
            "TJ" => {
                for operand in operands
                    .first()
                    .and_then(|list| list.as_array().ok())
                    .into_iter()
                    .flatten()
                {
                    match number(self.document, operand) {
                        Some(back) => {
                            let state = &at.state;
                            let shift = -back / 1000.0 * state.size * state.scale;
                            at.text = Matrix::moved(shift, 0.0).then(at.text);
                        }
                        None => self.show(Some(operand), at, lines)?,
                    }
                }
            }
            "Do" => self.draw_within(operands, at, lines)?,
            _ => {}
        }
        Ok(())
    }

    /// Looks a name up among the resources of a kind.
    fn resource(&self, at: &Followed<'d>, kind: &[u8], name: &[u8]) -> Option<&'d Object> {
        let document = self.document;
        at.resources.iter().find_map(|resources| {
            let of_kind = resources.get_deref(kind, document).ok()?.as_dict().ok()?;
            of_kind.get_deref(name, document).ok()
        })
    }

    fn set_font(&mut self, operands: &[Object], at: &mut Followed<'d>) {
        let [name, size] = operands else {
            return;
        };
        at.state.size = number(self.document, size).unwrap_or(1.0);
        let font = name
            .as_name()
            .ok()
            .and_then(|name| self.resource(at, b"Font", name));
        at.state.font = font.and_then(|font| font.as_dict().ok()).map(|font| {
            let place = std::ptr::from_ref(font) as usize;
            let document = self.document;
            let known = self.fonts.entry(place);
            Rc::clone(known.or_insert_with(|| Rc::new(Font::new(document, font))))
        });
    }

    /// A drawing within a drawing.
    fn draw_within(
        &mut self,
        operands: &[Object],
        at: &mut Followed<'d>,
        lines: &mut Lines,
    ) -> Result<(), Stop> {
        let form = operands
            .first()
            .and_then(|name| name.as_name().ok())
            .and_then(|name| self.resource(at, b"XObject", name))
            .and_then(|form| form.as_stream().ok());
        let Some(form) = form.filter(|_| at.depth < DEEPEST) else {
            return Ok(());
        };
        let is_form = form
            .dict
            .get_deref(b"Subtype", self.document)
            .and_then(Object::as_name);
        if is_form.ok() != Some(b"Form") {
            return Ok(());
        }
        let content = match form.decompressed_content_with_limit(LONGEST) {
            Ok(content) => content,
            Err(error @ Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(Stop::Broken(error));
            }
            Err(_) if form.dict.has(b"Filter") => return Ok(()),
            Err(_) => form.content.clone(),
        };
        // Unpacking takes time, too.
        self.operations += content.len() as u64 / 64;
        let matrix = form
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array);
        let numbers = matrix
            .into_iter()
            .flatten()
            .filter_map(|part| number(self.document, part));
        let matrix = numbers
            .collect::<Vec<f64>>()
            .try_into()
            .map_or(Matrix::ONE, Matrix);
        let own = form
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict);
        let mut state = at.state.clone();
        state.matrix = matrix.then(state.matrix);
        let mut within = Followed {
            resources: own
                .into_iter()
                .chain(at.resources.iter().copied())
                .take(DEEPEST)
                .collect(),
            state,
            kept: Vec::new(),
            text: Matrix::ONE,
            line: Matrix::ONE,
            depth: at.depth + 1,
        };
        self.follow(&content, &mut within, lines)
    }

    /// Shows a string: each sign is placed, and the next stands behind it.
    fn show(
        &mut self,
        string: Option<&Object>,
        at: &mut Followed<'d>,
        lines: &mut Lines,
    ) -> Result<(), Stop> {
        let string = string.and_then(|string| self.document.dereference(string).ok());
        let (Some(Ok(string)), Some(font)) = (
            string.map(|(_, string)| string.as_str()),
            at.state.font.clone(),
        ) else {
            return Ok(());
        };
        for sign in font.signs(string) {
            self.signs += 1;
            if self.signs > MOST_SIGNS {
                return Err(Stop::TooMuch);
            }
            let state = &at.state;
            let word_space = if sign.is_space { state.word_space } else { 0.0 };
            let placed = at.text.then(state.matrix);
            let wide = sign.width * state.size * state.scale;
            let advance = (sign.width * state.size + state.sign_space + word_space) * state.scale;
            let height = placed.point(0.0, state.rise + state.size);
            let start = placed.point(0.0, state.rise);
            self.unreadable += u64::from(sign.letters.is_none());
            lines.place(&Placed {
                letters: sign.letters.as_deref().unwrap_or("\u{FFFD}"),
                start,
                end: placed.point(wide, state.rise),
                size: (height.0 - start.0).hypot(height.1 - start.1),
            });
            at.text = Matrix::moved(advance, 0.0).then(at.text);
        }
        Ok(())
    }
}

impl Followed<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn set(&mut self, operator: &str, value: f64) {
        let place = match operator {
            "Tc" => &mut self.state.sign_space,
            "Tw" => &mut self.state.word_space,
            "TL" => &mut self.state.leading,
            "Ts" => &mut self.state.rise,
            _ => {
                self.state.scale = value / 100.0;
                return;
            }
        };
        *place = value;
    }
}
