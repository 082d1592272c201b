//! A first mapping: what each column seems to be, from its heading and its values, and why. What
//! is not clear is left out and asked: nothing is dated, merged or quoted on a guess.

mod claims;
mod dates;
mod events;
mod headings;
mod helpers;
mod marks;
mod other;
mod roles;
mod sheet;
mod writer;

use std::fmt::Write as _;

use super::rows::each;
use crate::Options;
use crate::dates::Reading;
use crate::options::{CENTURY, DATES, DELIMITER, ENCODING, HEADING, HIDDEN, MERGED, Opt, YEAR};
use annals_source::{Source, SourceError};

use roles::{Profile, ROWS, Roles};
use sheet::Rows;
use writer::{Writer, plain, quoted};

/// The options that the mapping repeats, so that the import reads the table as it was read here.
static REPEATED: [&Opt; 8] = [
    &DATES, &YEAR, &CENTURY, &HEADING, &MERGED, &HIDDEN, &DELIMITER, &ENCODING,
];

/// A mapping for the first of these tables.
pub(super) fn of(sources: &[Source], options: &Options) -> Result<String, SourceError> {
    let mut profile = Profile::new(Reading::of(options));
    each(sources.get(..1).unwrap_or_default(), options, &mut profile)?;
    let Some(head) = profile.head.take() else {
        return Ok(String::new());
    };
    let roles = Roles::of(&head, &profile);
    let mut writer = Writer::new(&head, &profile, &roles);
    let last = match sheet::rows(&roles) {
        Rows::Claims => writer.claims(),
        Rows::Events => writer.events(),
        Rows::Documents => writer.documents(),
        Rows::People => writer.people(),
        Rows::Places => writer.places(),
        Rows::Topics => writer.topics(),
        Rows::Unknown => writer.unknown(),
    };
    writer.ask_marks();
    writer.ask_fill();
    writer.rest(last);
    let mut out = String::new();
    for option in REPEATED {
        if let Some(given) = options.get(option) {
            let plain = given
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let value = if plain {
                given.to_owned()
            } else {
                quoted(given)
            };
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{}: {value}", option.name);
        }
    }
    if let Some(sheet) = &head.sheet {
        let _ = writeln!(out, "sheet: {}", quoted(sheet));
    }
    writer.ask_how_dates_are_read(options.get(&DATES).is_none(), &mut out);
    writer.doubles(&mut out);
    Ok(format!(
        "{}{out}records:\n{}",
        beginning(&writer),
        writer.out
    ))
}

fn beginning(writer: &Writer<'_>) -> String {
    let mut out = String::from(
        "# A first mapping, made from headings and values. Read each line and correct what is wrong;\n\
         # the reason is after the #. Then: annals import table FILE --map THIS -o facts.yaml\n",
    );
    let rows = writer.profile.rows;
    let columns = writer.head.headings.len();
    let seen = if rows >= ROWS { "the first " } else { "" };
    let _ = writeln!(out, "# Looked at: {seen}{rows} rows, {columns} columns.");
    match writer.questions {
        0 => {}
        1 => out.push_str(
            "# One question begins with “# ?”. Until it is answered, nothing is assumed.\n",
        ),
        n => {
            let _ = writeln!(
                out,
                "# {n} questions begin with “# ?”. Until they are answered, nothing is assumed."
            );
        }
    }
    for remark in &writer.profile.remarks {
        let _ = writeln!(out, "# {}", plain(remark));
    }
    out.push_str("annals-map: 1\n");
    out
}
