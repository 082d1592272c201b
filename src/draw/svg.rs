//! Scenes as SVG: one file, no outside resource, no script, no style sheet that it needs.
//!
//! Each part is a group with its id, its classes and a `<title>`, in reading order; nodes can be
//! reached by the tab key. Text of estimated width is held to the width that was counted on
//! (`textLength`), and a line with letters from right to left is isolated, so that both stay in
//! their boxes.

use std::fmt::Write as _;
use std::io;

use super::geometry::{Path, Point, Rect, Step};
use super::scene::{
    Anchor, Area, Fill, Form, Head, Label, Line, Part, Pattern, Role, Scene, Shape, Stroke,
};
use super::text::{Face, is_guessed, is_right_to_left};
use super::theme::FONT;
use super::{FileFormat, FileOption, WriteAsked, WriteScene};
use annals_format::escape::xml;

/// SVG 1.1, as all browsers and drawing programs read it.
pub(super) static FORMAT: FileFormat = FileFormat {
    name: "svg",
    title: "a picture for browsers and drawing programs",
    extensions: &["svg"],
    loses: "",
    notes: "",
    options: &[FileOption::IdPrefix],
    work: WriteScene {
        write,
        unseen: None,
    },
};

fn write(scene: &Scene, asked: WriteAsked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    out.write_all(element(scene, asked.id_prefix).as_bytes())
}

/// A scene as an `<svg>` element, to stand in a page. The prefix stands before each id, so that
/// several pictures of one page do not share any.
pub fn element(scene: &Scene, prefix: &str) -> String {
    let mut out = Writer {
        text: String::new(),
        prefix,
        fades: 0,
    };
    out.scene(scene);
    out.text
}

struct Writer<'p> {
    text: String,
    prefix: &'p str,
    /// How many gradients there are.
    fades: usize,
}

/// Writes to a string, which cannot fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => {
        let _ = write!($out.text, $($words)*);
    };
}

impl Writer<'_> {
    fn scene(&mut self, scene: &Scene) {
        let (width, height) = (number(scene.width), number(scene.height));
        let prefix = xml(self.prefix);
        put!(
            self,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" class=\"annals {} {}\" role=\"graphics-document\" \
             aria-labelledby=\"{prefix}title\" aria-describedby=\"{prefix}desc\" \
             font-family=\"{FONT}\">\n",
            scene.picture,
            scene.theme.name
        );
        put!(
            self,
            "<title id=\"{prefix}title\">{}</title>\n",
            xml(&scene.title)
        );
        put!(
            self,
            "<desc id=\"{prefix}desc\">{}</desc>\n",
            xml(&scene.summary)
        );
        put!(
            self,
            "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
            scene.theme.background
        );
        for part in &scene.parts {
            self.part(part);
        }
        self.text.push_str("</svg>\n");
    }

    fn part(&mut self, part: &Part) {
        let (kind, reading) = match part.role {
            Role::Node(_) if part.link.is_none() => ("node ", " role=\"img\" tabindex=\"0\""),
            Role::Node(_) => ("node ", " role=\"img\""),
            Role::Edge { .. } => ("edge ", " role=\"img\""),
            Role::Words => ("", ""),
            Role::Ornament => ("", " aria-hidden=\"true\""),
        };
        if let Some(link) = &part.link {
            put!(self, "<a href=\"{}\">", xml(link));
        }
        put!(
            self,
            "<g id=\"{}{}\" class=\"{kind}{}\"{reading}>",
            xml(self.prefix),
            xml(&part.id),
            xml(&part.class)
        );
        if !part.tooltip.is_empty() {
            let lines: Vec<String> = part.tooltip.iter().map(|line| xml(line)).collect();
            put!(self, "<title>{}</title>", lines.join("\n"));
        }
        self.text.push('\n');
        for shape in &part.shapes {
            match shape {
                Shape::Area(area) => self.area(area),
                Shape::Line(line) => self.line(line),
                Shape::Label(label) => self.label(label),
            }
        }
        self.text.push_str(if part.link.is_some() {
            "</g></a>\n"
        } else {
            "</g>\n"
        });
    }

    fn area(&mut self, area: &Area) {
        let fill = match area.fill {
            Fill::None => "none".to_owned(),
            Fill::Plain(colour) => colour.to_owned(),
            Fill::Fade(colour, left, right) => {
                self.fades += 1;
                let id = format!("{}fade:{}", xml(self.prefix), self.fades);
                put!(
                    self,
                    "<linearGradient id=\"{id}\">\
                     <stop offset=\"0\" stop-color=\"{colour}\" stop-opacity=\"{}\"/>\
                     <stop offset=\"1\" stop-color=\"{colour}\" stop-opacity=\"{}\"/>\
                     </linearGradient>",
                    number(left),
                    number(right)
                );
                format!("url(#{id})")
            }
        };
        let stroke = area.stroke.map(stroked).unwrap_or_default();
        let Rect {
            x,
            y,
            width,
            height,
        } = area.rect;
        let rect = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            number(x),
            number(y),
            number(width),
            number(height)
        );
        match area.form {
            Form::Square => {
                put!(self, "{rect} fill=\"{fill}\"{stroke}/>\n");
            }
            Form::Rounded(radius) => {
                put!(
                    self,
                    "{rect} rx=\"{}\" fill=\"{fill}\"{stroke}/>\n",
                    number(radius)
                );
            }
            Form::Ellipse => {
                let centre = area.rect.centre();
                put!(
                    self,
                    "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\" fill=\"{fill}\"{stroke}/>\n",
                    number(centre.x),
                    number(centre.y),
                    number(width / 2.0),
                    number(height / 2.0)
                );
            }
            Form::Pointed(..) | Form::Diamond | Form::Folded => {
                let corners: Vec<String> = area.corners().into_iter().map(point).collect();
                put!(
                    self,
                    "<path d=\"M{}Z\" fill=\"{fill}\"{stroke} stroke-linejoin=\"round\"/>\n",
                    corners.join("L")
                );
                if area.form == Form::Folded {
                    let [a, b, c] = area.fold();
                    put!(
                        self,
                        "<path d=\"M{}L{}L{}\" fill=\"none\"{stroke}/>\n",
                        point(a),
                        point(b),
                        point(c)
                    );
                }
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let end = line.path.to();
        let toward = line.path.direction();
        // The line ends where its arrowhead begins, or dashes would show through it.
        let path = match line.head {
            Head::Triangle | Head::Diamond => line.path.shortened(HEAD - 1.0),
            _ => line.path.clone(),
        };
        put!(
            self,
            "<path d=\"{}\" fill=\"none\"{}/>\n",
            drawn(&path),
            stroked(line.stroke)
        );
        let colour = line.stroke.colour;
        let at = |back: f64, aside: f64| {
            point(Point::new(
                end.x - toward.x * back - toward.y * aside,
                end.y - toward.y * back + toward.x * aside,
            ))
        };
        let width = number(line.stroke.width);
        match line.head {
            Head::None => {}
            Head::Triangle => {
                put!(
                    self,
                    "<path d=\"M{}L{}L{}Z\" fill=\"{colour}\"/>\n",
                    at(0.0, 0.0),
                    at(HEAD, HEAD * 0.42),
                    at(HEAD, -HEAD * 0.42)
                );
            }
            Head::Tee => {
                put!(
                    self,
                    "<path d=\"M{}L{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"3\"/>\n",
                    at(2.5, 5.0),
                    at(2.5, -5.0)
                );
            }
            Head::Vee => {
                put!(
                    self,
                    "<path d=\"M{}L{}L{}\" fill=\"none\" stroke=\"{colour}\" \
                     stroke-width=\"{width}\"/>\n",
                    at(HEAD, HEAD * 0.5),
                    at(0.5, 0.0),
                    at(HEAD, -HEAD * 0.5)
                );
            }
            Head::Diamond => {
                put!(
                    self,
                    "<path d=\"M{}L{}L{}L{}Z\" fill=\"none\" stroke=\"{colour}\" \
                     stroke-width=\"{width}\"/>\n",
                    at(0.5, 0.0),
                    at(HEAD * 0.55, HEAD * 0.38),
                    at(HEAD, 0.0),
                    at(HEAD * 0.55, -HEAD * 0.38)
                );
            }
        }
    }

    fn label(&mut self, label: &Label) {
        let Some(first) = label.line.runs.first() else {
            return;
        };
        let text = label.line.text();
        let anchor = match label.anchor {
            Anchor::Left => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::Right => " text-anchor=\"end\"",
        };
        put!(
            self,
            "<text x=\"{}\" y=\"{}\"{anchor}",
            number(label.at.x),
            number(label.at.y)
        );
        if is_guessed(&text) {
            put!(
                self,
                " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"",
                number(label.line.width)
            );
        }
        let isolated = text.chars().any(is_right_to_left);
        let (open, close) = match (isolated, label.right_to_left) {
            (false, _) => ("", ""),
            (true, true) => ("\u{2067}", "\u{2069}"),
            (true, false) => ("\u{2066}", "\u{2069}"),
        };
        if label.line.runs.len() == 1 {
            put!(
                self,
                "{}>{open}{}{close}</text>\n",
                styled(first),
                xml(&first.text)
            );
            return;
        }
        put!(self, " xml:space=\"preserve\">{open}");
        for run in &label.line.runs {
            put!(self, "<tspan{}>{}</tspan>", styled(run), xml(&run.text));
        }
        put!(self, "{close}</text>\n");
    }
}

fn styled(run: &super::text::Run) -> String {
    let face = match run.style.face {
        Face::Regular => "",
        Face::Bold => " font-weight=\"bold\"",
        Face::Italic => " font-style=\"italic\"",
    };
    format!(
        " font-size=\"{}\"{face} fill=\"{}\"",
        number(run.style.size),
        run.colour
    )
}

/// How long an arrowhead is.
const HEAD: f64 = 9.0;

fn stroked(stroke: Stroke) -> String {
    let pattern = match stroke.pattern {
        Pattern::Solid => "",
        Pattern::Dashed => " stroke-dasharray=\"6 3.5\"",
        Pattern::Dotted => " stroke-dasharray=\"1.6 3.6\"",
        Pattern::DashDotted => " stroke-dasharray=\"9 3 1.6 3\"",
    };
    format!(
        " stroke=\"{}\" stroke-width=\"{}\"{pattern}",
        stroke.colour,
        number(stroke.width)
    )
}

fn drawn(path: &Path) -> String {
    let mut out = format!("M{}", point(path.from));
    for step in &path.steps {
        match *step {
            Step::To(end) => out.push_str(&format!("L{}", point(end))),
            Step::Curve(one, two, end) => {
                out.push_str(&format!("C{} {} {}", point(one), point(two), point(end)));
            }
        }
    }
    out
}

fn point(point: Point) -> String {
    format!("{},{}", number(point.x), number(point.y))
}

/// A number with at most two decimals.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // Minus nought is nought; what is no number would be no XML.
    let plain = if rounded == 0.0 || !rounded.is_finite() {
        0.0
    } else {
        rounded
    };
    format!("{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let each = [1.0, 0.1 + 0.2, -0.001, 12.345_678, f64::NAN, f64::INFINITY];
        assert_eq!(each.map(number), ["1", "0.3", "0", "12.35", "0", "0"]);
    }
}
