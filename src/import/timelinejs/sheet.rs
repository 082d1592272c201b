//! The sheet of a timeline, as CSV: one slide a row, with the headings of Knight Lab's template.

use annals_source::{At, SourceError, Spot};

use super::html::plain;
use super::slide::{Media, Moment, Slide, Sort};

/// The slides of a sheet.
///
/// # Errors
/// When its headings are not those of the template, or a quotation is not closed.
pub(super) fn slides(text: &str, file: &At) -> Result<Vec<Slide>, SourceError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut headings: Vec<String> = Vec::new();
    let mut slides = Vec::new();
    let mut row = csv::StringRecord::new();
    let mut last = 1;
    loop {
        let more = reader.read_record(&mut row).map_err(|error| {
            let line = error.position().map_or(1, |at| at.line() as usize);
            SourceError::syntax(At::line(&file.file, line), "this row cannot be read")
        })?;
        if !more {
            break;
        }
        let line = row.position().map_or(last, |at| at.line() as usize);
        last = line;
        if headings.is_empty() {
            headings = row.iter().map(|cell| cell.trim().to_lowercase()).collect();
            if !headings.iter().any(|one| one == "headline")
                || !headings.iter().any(|one| one == "year")
            {
                let message =
                    "this is not a timeline sheet: expected the headings Year and Headline";
                return Err(SourceError::syntax(At::line(&file.file, line), message));
            }
            continue;
        }
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            slides.push(slide(&headings, &row, file, line));
        }
    }
    match unclosed(text) {
        None => Ok(slides),
        Some(line) => {
            let at = At {
                file: file.file.clone(),
                spot: Spot::Line(line),
            };
            Err(SourceError::syntax(
                at,
                "a quotation begins here but is not closed",
            ))
        }
    }
}

/// The line on which a cell in quotes begins that has no end.
fn unclosed(text: &str) -> Option<usize> {
    let (mut line, mut open, mut begins) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if open.is_none() && begins => open = Some(line),
            b'"' if open.is_some() && bytes.next_if_eq(&b'"').is_none() => open = None,
            b'\n' => line += 1,
            _ => {}
        }
        begins = matches!(byte, b',' | b'\n' | b'\r');
    }
    open
}

fn slide(headings: &[String], row: &csv::StringRecord, file: &At, line: usize) -> Slide {
    let cell = |name: &str| {
        let at = headings.iter().position(|heading| heading == name);
        at.and_then(|at| row.get(at))
            .map_or("", str::trim)
            .to_owned()
    };
    let moment = |before: &str| Moment {
        year: cell(&format!("{before}year")),
        month: cell(&format!("{before}month")),
        day: cell(&format!("{before}day")),
        time: clock(&cell(&format!("{before}time"))),
    };
    let sort = match &*cell("type").to_lowercase() {
        "title" => Sort::Title,
        "era" => Sort::Era,
        _ => Sort::Event,
    };
    Slide {
        at: At::line(&file.file, line),
        sort,
        start: moment(""),
        end: moment("end "),
        display: plain(&cell("display date")),
        headline: plain(&cell("headline")),
        words: plain(&cell("text")),
        group: plain(&cell("group")),
        media: Media {
            url: cell("media"),
            caption: plain(&cell("media caption")),
            credit: plain(&cell("media credit")),
        },
        unique_id: String::new(),
    }
}

/// A time as sheets have it, `9:30`, `9:30:15 PM`, to `09:30:00`; else as it is.
fn clock(text: &str) -> String {
    let upper = text.trim().to_ascii_uppercase();
    let mut half = [("AM", 0), ("PM", 12)].into_iter();
    let half = half.find_map(|(word, add)| {
        upper
            .strip_suffix(word)
            .map(|rest| (rest.trim().to_owned(), Some(add)))
    });
    let (digits, add) = half.unwrap_or((upper, None));
    let parts: Vec<Option<u32>> = digits.split(':').map(|part| part.parse().ok()).collect();
    let (hour, minute, second) = match parts[..] {
        [Some(hour), Some(minute)] => (hour, minute, 0),
        [Some(hour), Some(minute), Some(second)] => (hour, minute, second),
        _ => return text.to_owned(),
    };
    let hour = match add {
        Some(add) if (1..=12).contains(&hour) => hour % 12 + add,
        Some(_) => return text.to_owned(),
        None => hour,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return text.to_owned();
    }
    format!("{hour:02}:{minute:02}:{second:02}")
}
