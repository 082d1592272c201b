//! `icews`: the coded event data of ICEWS.

use super::{Party, Place, Row, Table, each_row, make};
use crate::options::{ENCODING, Opt, Options};
use crate::{Builder, Import, Importer};
use annals_source::{At, Source, SourceError};

static OPTIONS: &[&Opt] = &[&ENCODING];

/// A table of coded events of ICEWS.
pub(crate) static FORMAT: Importer = Importer {
    name: "icews",
    title: "the coded event data of ICEWS (tab-separated, also gzip or zip)",
    extensions: &["tab", "tsv", "txt", "csv"],
    loses: "Nothing in the rows that are read; columns with other names are left out. An actor's sectors are those of its first row.",
    notes: "Columns are recognised by their headings, in any order. Ids are row numbers, since an `Event ID` can occur twice. A code that has lost its leading zero in a spreadsheet (`42` for `042`) is restored, and the report says so.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "a row whose `CAMEO Code` is a statement, with a `Source Name`",
                "a claim of the source, as for `gdelt`; `Event Text` is its content",
            ),
            (
                "all other rows",
                "an event: its label is `Event Text` with the participants, its kind the meaning of the first two digits of the code",
            ),
            (
                "`Source Name`, `Source Country`, `Source Sectors`, and those of the target",
                "an actor for each name and country: a `state` if both are the same, otherwise `group`; `x_country`, `x_sectors`",
            ),
            ("`Event Date`", "`when`, `said`"),
            (
                "`City`, `District`, `Province`, `Country`, `Latitude`, `Longitude`",
                "a place; for a claim, `x_place`",
            ),
            ("`Publisher`", "a document of kind `news`, the evidence"),
            (
                "`Event ID`, `CAMEO Code`, `Intensity`, `Story ID`, `Sentence Number`",
                "`x_event_id`, `x_cameo`, `x_intensity`, `x_story_id`, `x_sentence`",
            ),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    each_row::<Columns>(&FORMAT, sources, options, out)
}

/// The headings that are read.
const HEADINGS: [&str; 20] = [
    "event id",
    "event date",
    "source name",
    "source sectors",
    "source country",
    "event text",
    "cameo code",
    "intensity",
    "target name",
    "target sectors",
    "target country",
    "story id",
    "sentence number",
    "publisher",
    "city",
    "district",
    "province",
    "country",
    "latitude",
    "longitude",
];

/// Where each of the headings stands.
struct Columns {
    all: usize,
    at: [Option<usize>; 20],
}

impl Table for Columns {
    fn of(cells: &[&str], at: &At) -> Result<(Columns, bool), SourceError> {
        let place = |heading: &str| {
            let mut each = cells.iter();
            let plain = |cell: &str| cell.trim_matches('"').replace('_', " ").to_lowercase();
            each.position(|cell| plain(cell) == heading)
        };
        let columns = Columns {
            all: cells.len(),
            at: HEADINGS.map(place),
        };
        for wanted in ["event date", "source name", "cameo code", "target name"] {
            if place(wanted).is_none() {
                let message =
                    format!("this is not an ICEWS event table: no column has the heading {wanted}");
                return Err(SourceError::syntax(at.clone(), message));
            }
        }
        Ok((columns, true))
    }

    fn count(&self) -> usize {
        self.all
    }

    fn make(
        &self,
        at: At,
        number: u64,
        cells: &[&str],
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let cell = |heading: usize| {
            let cell = self.at[heading].map_or("", |at| cells[at]);
            // Exports of spreadsheets have quotes.
            let inner = cell
                .strip_prefix('"')
                .and_then(|cell| cell.strip_suffix('"'));
            match inner.unwrap_or(cell) {
                // Nothing, as the data bases, Python and R write it.
                "NULL" | "None" | "NA" => "",
                cell => cell,
            }
        };
        let mut code = cell(6).to_owned();
        if code.len() < 3 && !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()) {
            let whole = format!("{code:0>3}");
            out.changed(&at, &code, "a code that had lost its leading zero")?;
            code = whole;
        }
        let date = cell(1);
        let names: Vec<&str> = [14, 15, 16, 17]
            .map(cell)
            .into_iter()
            .filter(|one| !one.is_empty())
            .collect();
        let name = names.join(", ");
        let key = [cell(18), " ", cell(19)].concat();
        let row = Row {
            at,
            id: ("icews", number),
            day: if date.len() == 10 {
                Ok(date.to_owned())
            } else {
                Err(date)
            },
            code: &code,
            words: cell(5),
            source: party(cell(2), cell(3), cell(4)),
            target: party(cell(8), cell(9), cell(10)),
            place: (!name.is_empty()).then(|| Place {
                name: &name,
                lat: cell(18),
                lon: cell(19),
                key: key.trim(),
            }),
            publisher: cell(13),
            url: "",
            recorded: None,
            others: vec![
                ("event_id", cell(0)),
                ("intensity", cell(7)),
                ("story_id", cell(11)),
                ("sentence", cell(12)),
            ],
        };
        make(&row, out)
    }
}

fn party<'r>(name: &'r str, sectors: &'r str, country: &'r str) -> Option<Party<'r>> {
    (!name.is_empty()).then_some(Party {
        name,
        code: "",
        kind: if name == country { "state" } else { "group" },
        others: [("country", country), ("sectors", sectors)],
    })
}
