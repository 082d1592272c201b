//! `gdelt`: the event tables of GDELT 1.0 and 2.0.

use super::{Party, Place, Row, Table, day, each_row, make};
use crate::options::{ENCODING, Opt, Options};
use crate::{Builder, Import, Importer};
use annals_source::{At, Source, SourceError};

static OPTIONS: &[&Opt] = &[&ENCODING];

/// A table of events of GDELT.
pub(crate) static FORMAT: Importer = Importer {
    name: "gdelt",
    title: "the event tables of GDELT 1.0 and 2.0 (tab-separated, also gzip or zip)",
    extensions: &["csv", "tsv", "tab", "txt"],
    loses: "The places of the actors, their ethnic and religious codes, and columns derived from others (month, fraction of the year, base and root code, quad class).",
    notes: "Ids are row numbers (`gdelt-1`), so millions of rows need no memory; with `-o FILE.jsonl`, each row is written as it is read. There is one document per site, not per URL, since there are millions of URLs. What a machine has coded from a sentence is not a quote, so these claims have none. Rows with an unknown code or a different number of columns are left out and counted.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "a row whose `EventCode` is a statement, with an `Actor1`",
                "a claim of `Actor1`: 01 asserts (012, 013 predicts, 015 confirms, 016 denies, 018, 019 expresses support), 02 requests, 03 promises, 051, 052 express support, 10 demands, 11 expresses opposition (112 asserts), 12 declines, 13 threatens; the meaning of the code is its content",
            ),
            (
                "`Actor2` of a claim",
                "`to` for requests, promises, demands, refusals and threats, otherwise `about`, with a stance if the code is praise or blame",
            ),
            (
                "all other rows",
                "an event: its label is the meaning of the code with the participants, its kind the meaning of the first two digits; `Actor1` takes part as `source`, `Actor2` as `target`",
            ),
            (
                "`Actor1Code`, `Actor1Name` …",
                "an actor for each pair: a `state` if the code is only a country, `media` or `organization` by its type, otherwise `group`; its code is `x_code`",
            ),
            ("`SQLDATE`", "`when`, `said`"),
            ("`DATEADDED`", "`recorded`"),
            ("`ActionGeo`", "a place; for a claim, `x_place`"),
            (
                "`SOURCEURL`",
                "`x_source_url`; its site is a document of kind `news`, the evidence",
            ),
            (
                "`GLOBALEVENTID`, `EventCode`, `GoldsteinScale`, `NumMentions`, `NumSources`, `NumArticles`, `AvgTone`",
                "`x_globaleventid`, `x_cameo`, `x_goldstein`, `x_mentions`, `x_sources`, `x_articles`, `x_tone`",
            ),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    each_row::<Columns>(&FORMAT, sources, options, out)
}

/// Where the columns stand that moved between the versions.
#[derive(Clone, Copy)]
struct Columns {
    all: usize,
    /// `ActionGeo_FullName`.
    place: usize,
    /// `ActionGeo_Lat`.
    lat: usize,
    /// `DATEADDED`.
    added: usize,
    /// `SOURCEURL`, which the oldest files lack.
    url: Option<usize>,
}

impl Table for Columns {
    fn of(first: &[&str], at: &At) -> Result<(Columns, bool), SourceError> {
        let headed = first[0].eq_ignore_ascii_case("GLOBALEVENTID");
        Ok((Columns::of_count(first.len(), at)?, headed))
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
        make(&self.row(at, number, cells), out)
    }
}

impl Columns {
    fn of_count(count: usize, at: &At) -> Result<Columns, SourceError> {
        let version_1 = |url| Columns {
            all: count,
            place: 50,
            lat: 53,
            added: 56,
            url,
        };
        match count {
            57 => Ok(version_1(None)),
            58 => Ok(version_1(Some(57))),
            61 => Ok(Columns {
                all: count,
                place: 52,
                lat: 56,
                added: 59,
                url: Some(60),
            }),
            _ => {
                let message = format!(
                    "this is not a GDELT event table: it has {count} tab-separated columns, not 57, 58 or 61"
                );
                Err(SourceError::syntax(at.clone(), message).help(
                    "mentions and the knowledge graph (GKG) are other tables and are not read",
                ))
            }
        }
    }

    fn row<'r>(&self, at: At, number: u64, cells: &[&'r str]) -> Row<'r> {
        let url = self.url.map_or("", |url| cells[url]);
        let place = cells[self.place];
        // 2.0 writes the moment, 1.0 the day.
        let added = cells[self.added].get(..8).map(day);
        Row {
            at,
            id: ("gdelt", number),
            day: day(cells[1]),
            code: cells[26],
            words: "",
            source: party(&cells[5..15]),
            target: party(&cells[15..25]),
            place: (!place.is_empty()).then(|| Place {
                name: place,
                lat: cells[self.lat],
                lon: cells[self.lat + 1],
                key: cells[self.lat + 2],
            }),
            publisher: site(url),
            url: if url.contains("://") { url } else { "" },
            recorded: added.and_then(Result::ok),
            others: vec![
                ("globaleventid", cells[0]),
                ("goldstein", cells[30]),
                ("mentions", cells[31]),
                ("sources", cells[32]),
                ("articles", cells[33]),
                ("tone", cells[34]),
            ],
        }
    }
}

/// An actor out of its ten columns: code, name, country, group, ethnic, two religions, three types.
fn party<'r>(cells: &[&'r str]) -> Option<Party<'r>> {
    let [code, name, country, group, .., first, _, _] = *cells else {
        return None;
    };
    let shown = if name.is_empty() { code } else { name };
    if shown.is_empty() {
        return None;
    }
    let kind = match first {
        _ if code == country && !country.is_empty() => "state",
        "MED" => "media",
        "GOV" | "MIL" | "LEG" | "JUD" | "COP" | "SPY" | "PTY" | "IGO" | "NGO" | "NGM" | "IMG"
        | "BUS" | "MNC" | "EDU" | "UIS" => "organization",
        "" if !group.is_empty() => "organization",
        _ => "group",
    };
    Some(Party {
        name: shown,
        code,
        kind,
        others: [("country", country), ("group", group)],
    })
}

/// The site of an address; what is none is the name of a paper or an archive.
fn site(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else {
        return url;
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}
