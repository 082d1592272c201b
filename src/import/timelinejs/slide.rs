//! One slide, from JSON or from a row of the sheet.

use crate::dates::Dated;
use crate::json_object::{Object, inner, text, words};
use annals_source::At;

use super::html::plain;

/// A slide, an era or the title.
#[derive(Debug)]
pub(super) struct Slide {
    pub(super) at: At,
    pub(super) sort: Sort,
    pub(super) start: Moment,
    pub(super) end: Moment,
    /// The date as the timeline shows it.
    pub(super) display: String,
    pub(super) headline: String,
    pub(super) words: String,
    pub(super) group: String,
    pub(super) media: Media,
    pub(super) unique_id: String,
}

/// What a slide is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Title,
    Event,
    Era,
}

/// What a slide shows beside its words.
#[derive(Debug, Default)]
pub(super) struct Media {
    pub(super) url: String,
    pub(super) caption: String,
    pub(super) credit: String,
}

/// The parts of a date, as written.
#[derive(Debug, Default)]
pub(super) struct Moment {
    pub(super) year: String,
    pub(super) month: String,
    pub(super) day: String,
    /// The time of day: `10:00:00`, or words of the sheet.
    pub(super) time: String,
}

impl Slide {
    pub(super) fn of_json(at: At, sort: Sort, object: &Object) -> Slide {
        let words_of = inner(object, "text");
        let field = |name| words_of.map_or("", |words| text(words, name));
        let media = inner(object, "media");
        let media_field = |name| plain(media.map_or("", |media| text(media, name)));
        let start = inner(object, "start_date");
        let display =
            [Some(object), start].map(|one| one.map_or("", |one| text(one, "display_date")));
        let display = display.into_iter().find(|words| !words.is_empty());
        Slide {
            at,
            sort,
            start: Moment::of_json(start),
            end: Moment::of_json(inner(object, "end_date")),
            display: plain(display.unwrap_or_default()),
            headline: plain(field("headline")),
            words: plain(field("text")),
            group: plain(text(object, "group")),
            media: Media {
                url: media.map_or("", |media| text(media, "url")).to_owned(),
                caption: media_field("caption"),
                credit: media_field("credit"),
            },
            unique_id: words(object, "unique_id"),
        }
    }
}

impl Moment {
    fn of_json(date: Option<&Object>) -> Moment {
        let Some(date) = date else {
            return Moment::default();
        };
        let [hour, minute, second] = ["hour", "minute", "second"].map(|part| words(date, part));
        let two = |part: &str| format!("{:0>2}", if part.is_empty() { "00" } else { part });
        let time = if hour.is_empty() {
            String::new()
        } else {
            format!("{}:{}:{}", two(&hour), two(&minute), two(&second))
        };
        Moment {
            year: words(date, "year"),
            month: words(date, "month"),
            day: words(date, "day"),
            time,
        }
    }

    /// The date in EDTF, without its time; `Ok(None)` where there is none.
    ///
    /// Years before our era are counted as `TimelineJS` shows them: −44 is 44 BCE, and there is no
    /// year 0.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) fn edtf(&self) -> Result<Option<String>, &'static str> {
        const FAULT: &str = "a date that cannot be read";
        if self.year.is_empty() {
            let rest = [&self.month, &self.day].iter().all(|part| part.is_empty());
            return if rest { Ok(None) } else { Err(FAULT) };
        }
        let year: i64 = self.year.replace(',', "").parse().map_err(|_| FAULT)?;
        let year = if year < 0 { year + 1 } else { year };
        let number = |part: &str| -> Result<Option<u8>, &'static str> {
            if part.is_empty() {
                return Ok(None);
            }
            part.parse().map(Some).map_err(|_| FAULT)
        };
        let (month, day) = (number(&self.month)?, number(&self.day)?);
        let sign = if year < 0 { "-" } else { "" };
        let digits = format!("{sign}{:04}", year.unsigned_abs());
        let mut text = if year.unsigned_abs() > 9999 {
            format!("Y{year}")
        } else {
            digits
        };
        if let Some(month) = month {
            text.push_str(&format!("-{month:02}"));
        }
        if let Some(day) = day {
            if month.is_none() {
                return Err(FAULT);
            }
            text.push_str(&format!("-{day:02}"));
        }
        Dated::edtf_of(&text).map_err(|_| "outside the supported dates")?;
        Ok(Some(text))
    }

    /// Whether it has a time that EDTF can hold, on a day.
    pub(super) fn clock(&self) -> Option<String> {
        let time = self.time.trim();
        let is_clock = time.len() == 8
            && time.bytes().enumerate().all(|(at, byte)| match at {
                2 | 5 => byte == b':',
                _ => byte.is_ascii_digit(),
            });
        (is_clock && !self.day.is_empty()).then(|| time.to_owned())
    }
}
