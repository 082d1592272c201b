//! The dates of the ladder: their text, and their marks on its rail.
//!
//! A mark shows the precision. A day is a diamond. A less precise date is a bar, wider the less
//! precise it is, solid where it certainly was and fading where it may have been. An open end is a
//! point; an undated record has an empty ring.

use crate::Canvas;
use crate::geometry::{Point, Rect};
use crate::layout::words::{date_words, day_words, narrower, source_line};
use crate::scene::{Area, Colour, Fill, Form, Pattern, Shape, Stroke};
use crate::text::one_line;
use annals_model::{RecordRef, Status, Vocabulary};
use annals_time::{Date, Day};

/// The text of a date, and its mark.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) words: String,
    /// Whether a date is given.
    pub(super) given: bool,
    /// What it dates: "happened", "said"; and further details.
    pub(super) note: String,
    pub(super) tooltip: Vec<String>,
    pub(super) mark: Mark,
}

/// A mark on the rail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Mark {
    /// On a single day.
    Day,
    /// Within a period, or throughout it.
    Stretch {
        /// The width.
        width: f64,
        /// The part, from 0 to 1, that is certain.
        core: Option<(f64, f64)>,
        /// Whether its beginning and its end are not known.
        open: (bool, bool),
    },
    /// No date is given.
    Unknown,
}

/// The date of its own that a record has.
pub(super) fn own<'f>(canvas: &Canvas<'f, '_>, record: RecordRef) -> Option<&'f Date> {
    let facts = canvas.dossier.facts();
    let date = match record {
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        RecordRef::Document(id) => facts[id].published,
        _ => None,
    };
    date.map(|date| facts.date(date))
}

/// The position of a record on the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) date: Date,
    /// Whether it was at that date, not after it, or not before it.
    pub(super) side: Side,
}

/// The relation of a record to the date at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Not after it.
    NotAfter,
    /// At it, or from it on.
    At,
    /// Not before it.
    NotBefore,
}

/// The position of a record: its own date, if that has a first day; else the first day of its
/// narrowed date, else the last day of that or of its own date; else its first report.
pub(super) fn position(canvas: &Canvas<'_, '_>, record: RecordRef) -> Option<Position> {
    let own = own(canvas, record);
    if let Some(date) = own.filter(|date| date.extent().earliest_start().number().is_some()) {
        return Some(Position {
            date: date.clone(),
            side: Side::At,
        });
    }
    let narrowed = canvas.narrowed(record);
    let day = |day: Option<Day>, side: Side| {
        day.map(|day| Position {
            date: Date::of_day(day),
            side,
        })
    };
    let reported = || {
        let reported = canvas
            .dossier
            .validity
            .reported(canvas.dossier.facts(), record)?;
        let side = Side::NotAfter;
        Some(Position {
            date: reported.clone(),
            side,
        })
    };
    day(narrowed.and_then(|days| days.first), Side::NotBefore)
        .or_else(|| day(narrowed.and_then(|days| days.last), Side::NotAfter))
        .or_else(|| day(own.and_then(Date::last), Side::NotAfter))
        .or_else(reported)
        .or_else(|| {
            own.map(|date| Position {
                date: date.clone(),
                side: Side::At,
            })
        })
}

impl Dated {
    /// The date of an event, a claim or a document.
    pub(super) fn new(canvas: &Canvas<'_, '_>, record: RecordRef) -> Dated {
        let facts = canvas.dossier.facts();
        let own = own(canvas, record);
        let kind = match record {
            RecordRef::Event(id) => status_words(facts[id].status),
            RecordRef::Document(_) => "published",
            _ => "said",
        };
        let reported = canvas
            .dossier
            .validity
            .reported(facts, record)
            .and_then(Date::last);
        let is_claim = matches!(record, RecordRef::Claim(_));
        let narrowed = canvas.narrowed(record);
        // A statement is not later than its report; an event may well be.
        let narrowed = narrower(own, reported.filter(|_| is_claim), narrowed);
        let words = own.map_or_else(|| "undated".to_owned(), date_words);
        let mut note = vec![kind.to_owned()];
        match (own, &narrowed, reported) {
            (_, Some(narrowed), _) => note.push(narrowed.clone()),
            (None, None, Some(day)) if is_claim => {
                note.push(format!("not after {}", day_words(day)));
            }
            (None, None, Some(day)) => note.push(format!("reported {}", day_words(day))),
            _ => {}
        }
        // Line breaks are determined once the width of the column is known.
        let note = note.join(", ").replace('\u{A0}', " ");
        let words = words.replace('\u{A0}', " ");
        let mut tooltip = vec![format!("{words}: {note}")];
        let display = own.and_then(Date::display);
        tooltip.extend(display.map(|display| format!("“{}”", one_line(display))));
        tooltip.push(source_line(canvas.dossier, record));
        Dated {
            words,
            given: own.is_some(),
            note,
            tooltip,
            mark: own.map_or(Mark::Unknown, Mark::new),
        }
    }
}

/// The verb for an event on its date.
fn status_words(status: Option<Status>) -> &'static str {
    match status {
        None | Some(Status::Occurred) => "happened",
        Some(Status::Ongoing) => "ongoing",
        Some(Status::Scheduled) => "scheduled",
        Some(Status::Anticipated) => "expected",
        Some(Status::Alleged) => "alleged",
        Some(Status::Cancelled) => "cancelled",
    }
}

/// Half the size of a diamond, and the height of a bar.
const DIAMOND: f64 = 6.0;
const BAR: f64 = 8.0;
/// The widest bar.
pub(super) const WIDEST: f64 = 30.0;

impl Mark {
    fn new(date: &Date) -> Mark {
        let extent = date.extent();
        let bounds = [
            extent.earliest_start(),
            extent.latest_start(),
            extent.earliest_end(),
            extent.latest_end(),
        ];
        let [first, latest_start, earliest_end, last] = bounds.map(annals_time::Bound::number);
        let vague = date.is_uncertain() || date.is_approximate();
        let (Some(from), Some(until)) = (first, last) else {
            // The certain part is at the side that is known.
            let core = match (latest_start, earliest_end) {
                (Some(_), None) => Some((0.0, 1.0)),
                (None, Some(_)) if first.is_none() => Some((0.0, 1.0)),
                _ => None,
            };
            return Mark::Stretch {
                width: WIDEST,
                core: core.filter(|_| !vague),
                open: (first.is_none(), last.is_none()),
            };
        };
        if from == until && !vague {
            return Mark::Day;
        }
        let days = until - from + 1;
        let width = match days {
            ..=2 => 12.0,
            3..=31 => 18.0,
            32..=366 => 24.0,
            _ => WIDEST,
        };
        #[expect(clippy::cast_precision_loss, reason = "parts of a bar of thirty units")]
        let part = |number: i64| (number - from) as f64 / days as f64;
        let core = latest_start.zip(earliest_end);
        let core = core.filter(|(start, end)| start <= end && !vague);
        Mark::Stretch {
            width,
            core: core.map(|(start, end)| (part(start), part(end + 1))),
            open: (false, false),
        }
    }

    /// How far it extends to the right of its centre.
    pub(super) fn reach(self) -> f64 {
        match self {
            Mark::Day | Mark::Unknown => DIAMOND,
            Mark::Stretch { width, .. } => width / 2.0,
        }
    }

    /// The mark centred on a point; hollow if the record is not known to have existed. The
    /// background hides the rail behind it.
    pub(super) fn drawn(
        self,
        at: Point,
        colour: Colour,
        background: Colour,
        hollow: bool,
    ) -> Vec<Shape> {
        let stroke = Stroke {
            colour,
            width: 1.2,
            pattern: Pattern::Solid,
        };
        let full = if hollow { 0.3 } else { 0.85 };
        let area = |rect: Rect, form: Form, fill: Fill, stroke: Option<Stroke>| {
            Shape::Area(Area {
                rect,
                form,
                fill,
                stroke,
            })
        };
        let hidden = Fill::Plain(background);
        match self {
            Mark::Day => {
                let fill = if hollow { hidden } else { Fill::Plain(colour) };
                let rect = Rect::around(at, 2.0 * DIAMOND, 2.0 * DIAMOND);
                vec![area(rect, Form::Diamond, fill, Some(stroke))]
            }
            Mark::Unknown => {
                let stroke = Stroke {
                    pattern: Pattern::Dotted,
                    ..stroke
                };
                let rect = Rect::around(at, 11.0, 11.0);
                vec![area(rect, Form::Ellipse, hidden, Some(stroke))]
            }
            Mark::Stretch { width, core, open } => {
                let rect = Rect::around(at, width, BAR);
                let tip = |open: bool| if open { 7.0 } else { 0.0 };
                let form = Form::Pointed(tip(open.0), tip(open.1));
                let mut shapes = vec![area(rect, form, hidden, None)];
                if core.is_some() && open != (false, false) {
                    shapes.push(area(
                        rect,
                        form,
                        if hollow {
                            Fill::None
                        } else {
                            Fill::Plain(colour)
                        },
                        None,
                    ));
                } else {
                    let (from, until) = core.unwrap_or((0.5, 0.5));
                    let piece = |from: f64, until: f64, fill: Fill| {
                        let x = rect.x + from * width;
                        let rect = Rect::new(x, rect.y, (until - from) * width, BAR);
                        (rect.width > 0.2).then(|| area(rect, Form::Square, fill, None))
                    };
                    shapes.extend(piece(0.0, from, Fill::Fade(colour, 0.1, full)));
                    shapes.extend(piece(from, until, Fill::Fade(colour, full, full)));
                    shapes.extend(piece(until, 1.0, Fill::Fade(colour, full, 0.1)));
                }
                shapes.push(area(
                    rect,
                    form,
                    Fill::None,
                    Some(Stroke {
                        width: 0.8,
                        ..stroke
                    }),
                ));
                shapes
            }
        }
    }
}

/// How much later one day is than another, where a hint is useful: "3 weeks later".
pub(super) fn later(days: i64) -> Option<String> {
    let (count, unit) = match days {
        ..2 => return None,
        2..21 => (days, "days"),
        21..60 => ((days + 3) / 7, "weeks"),
        60..730 => ((days * 100 + 1_522) / 3_044, "months"),
        _ => ((days * 100 + 18_262) / 36_525, "years"),
    };
    let count = annals_format::grouped(count);
    Some(format!("{count} {unit} later"))
}

/// A word from a closed list, for style sheets.
pub(super) fn class(record: RecordRef) -> String {
    format!("date {}", record.kind().word())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(date: &str) -> Mark {
        Mark::new(&Date::parse(date).unwrap())
    }

    #[test]
    fn a_mark_shows_how_much_is_known() {
        assert_eq!(mark("2023-04-20"), Mark::Day);
        let stretch = |width, core, open| Mark::Stretch { width, core, open };
        assert_eq!(mark("2023-04-20?"), stretch(12.0, None, (false, false)));
        assert_eq!(mark("2023-04"), stretch(18.0, None, (false, false)));
        assert_eq!(mark("1964"), stretch(24.0, None, (false, false)));
        assert_eq!(mark("15XX"), stretch(WIDEST, None, (false, false)));
        assert_eq!(
            mark("2022-02-24/.."),
            stretch(WIDEST, Some((0.0, 1.0)), (false, true))
        );
        let Mark::Stretch {
            core: Some((from, until)),
            ..
        } = mark("2022-08/2023-05")
        else {
            panic!("it certainly took some time");
        };
        assert!(
            0.09 < from && from < 0.11 && 0.89 < until && until < 0.91,
            "{from} {until}"
        );
    }

    #[test]
    fn gaps_are_hinted_in_round_words() {
        let all = [0, 1, 2, 20, 24, 158, 420, 365 * 1000, 3_650_000].map(later);
        let all: Vec<&str> = all.iter().map(|one| one.as_deref().unwrap_or("")).collect();
        assert_eq!(
            all,
            [
                "",
                "",
                "2 days later",
                "20 days later",
                "3 weeks later",
                "5 months later",
                "14 months later",
                "999 years later",
                "9,993 years later"
            ]
        );
    }
}
