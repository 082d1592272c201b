//! Tables of events that machines have coded out of the news: who did what to whom, on which day.
//!
//! Rows are read and written one by one. What is kept in memory is who and which place and paper there
//! has been, once each.

mod cameo;
pub(super) mod gdelt;
pub(super) mod icews;

use serde_json::{Value, json};

use super::dates::Dated;
use super::json_object::each_line;
use super::options::{ENCODING, Options};
use super::{Builder, Evidence, Importer, Record};
use annals_model::RecordKind;
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};

/// One row, whichever table it is of.
struct Row<'r> {
    at: At,
    /// What ids by number begin with, and its number.
    id: (&'static str, u64),
    /// The day as EDTF writes it, or as it is written where that is no day.
    day: Result<String, &'r str>,
    code: &'r str,
    /// What is done, in the words of the table where it has some.
    words: &'r str,
    source: Option<Party<'r>>,
    target: Option<Party<'r>>,
    place: Option<Place<'r>>,
    /// The paper or site.
    publisher: &'r str,
    url: &'r str,
    /// When it was entered.
    recorded: Option<String>,
    /// What has no field.
    others: Vec<(&'static str, &'r str)>,
}

/// Who does something, or to whom it is done.
struct Party<'r> {
    name: &'r str,
    code: &'r str,
    kind: &'static str,
    /// What else tells it apart, by the name of a field of one's own.
    others: [(&'static str, &'r str); 2],
}

/// Where.
struct Place<'r> {
    name: &'r str,
    lat: &'r str,
    lon: &'r str,
    /// How the table calls it.
    key: &'r str,
}

/// Where the columns of a table stand.
trait Table: Sized {
    /// Tells it from the first row, which may have the headings.
    fn of(first: &[&str], at: &At) -> Result<(Self, bool), SourceError>;

    /// How many columns each row has.
    fn count(&self) -> usize;

    /// Makes records of a row.
    fn make(
        &self,
        at: At,
        number: u64,
        cells: &[&str],
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError>;
}

/// Makes records of all rows, one by one.
fn each_row<T: Table>(
    format: &Importer,
    sources: &[Source],
    options: &Options,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    out.reserve(format.name);
    let mut count = 0;
    let wanted = |name: &str| ends_in(name, format.extensions);
    for source in sources {
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            let mut text = input.stream(options.get(&ENCODING))?;
            if text.guessed() {
                let encoding = text.encoding();
                out.changed(&at, encoding, crate::writer::detected(encoding))?;
            }
            let mut known: Option<T> = None;
            each_line(&mut text, &at, &mut |number, line| {
                let at = At::line(&at.file, number);
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                let table = match &mut known {
                    Some(table) => table,
                    none => {
                        let (table, headed) = T::of(&cells, &at)?;
                        let table = none.insert(table);
                        if headed {
                            return Ok(());
                        }
                        table
                    }
                };
                count += 1;
                out.came("row");
                if table.count() != cells.len() {
                    return out.left_out(&at, "", "a row with a different number of columns");
                }
                table.make(at, count, &cells, out)
            })
        })?;
    }
    Ok(())
}

/// Makes records of a row.
fn make(row: &Row<'_>, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let Some(cameo) = cameo::of(row.code) else {
        return out.left_out(&row.at, row.code, "a row whose code is not in CAMEO");
    };
    let source = row.source.as_ref().map(|one| actor(one, out)).transpose()?;
    let target = row.target.as_ref().map(|one| actor(one, out)).transpose()?;
    let place = match &row.place {
        Some(place) => Some(self::place(place, out)?),
        None => None,
    };
    let document = if row.publisher.is_empty() {
        None
    } else {
        Some(publisher(row.publisher, out)?)
    };
    let mut record = what_was_done(row, cameo, [source, target], place, out);
    let field = if record.kind() == RecordKind::Claim {
        "said"
    } else {
        "when"
    };
    match row.day.as_ref().map(|day| Dated::edtf_of(day)) {
        Ok(Ok(day)) => {
            record.date(field, &day);
        }
        Ok(Err(_)) | Err(_) => {
            let written = row.day.as_ref().map_or_else(|day| *day, |day| day.as_str());
            record.extra("date", written);
            let how = "a date that cannot be read, kept as written under x_";
            out.changed(&row.at, written, how)?;
        }
    }
    if let Some(document) = document {
        record.evidence(&Evidence {
            document,
            ..Evidence::default()
        });
    }
    let recorded = row.recorded.as_deref().map(Dated::edtf_of);
    if let Some(Ok(recorded)) = recorded {
        record.date("recorded", &recorded);
    }
    record.extra("cameo", row.code);
    record.extra("source_url", row.url);
    for (name, value) in &row.others {
        record.extra(name, number_or_word(value));
    }
    out.add(record)
}

/// What somebody said to or of the other, or what was done between them.
fn what_was_done(
    row: &Row<'_>,
    cameo: cameo::Cameo,
    [source, target]: [Option<String>; 2],
    place: Option<String>,
    out: &mut Builder<'_>,
) -> Record {
    let done = if row.words.is_empty() {
        cameo.label
    } else {
        row.words
    };
    let id = out.numbered(row.id.0, row.id.1);
    match (cameo.act, source) {
        (Some(act), Some(source)) => {
            let mut record = Record::new(RecordKind::Claim, id);
            record.push("speaker", source).set("act", act.word);
            if let Some(target) = target {
                if !act.stance.is_empty() {
                    let stance = json!([{"toward": target, "value": act.stance}]);
                    record.set("stance", stance);
                }
                let field = if act.addressed { "to" } else { "about" };
                record.push(field, target);
            }
            record.set("content", done);
            record.extra("place", place.unwrap_or_default());
            record
        }
        (_, source) => {
            let mut record = Record::new(RecordKind::Event, id);
            record
                .set("label", label(done, row))
                .set("kind", cameo.kind);
            for (who, role) in [(source, "source"), (target, "target")] {
                if let Some(who) = who {
                    record.push("participants", json!({"actor": who, "role": role}));
                }
            }
            record.set("place", place.unwrap_or_default());
            record
        }
    }
}

/// Numbers stay numbers.
fn number_or_word(value: &str) -> Value {
    let number = value.parse::<i64>().map(Value::from).ok();
    let number = number.or_else(|| {
        serde_json::from_str::<serde_json::Number>(value)
            .ok()
            .map(Value::from)
    });
    number.unwrap_or_else(|| Value::from(value))
}

/// `make a visit: RUSSIA → UKRAINE`.
fn label(done: &str, row: &Row<'_>) -> String {
    let name = |party: &Option<Party<'_>>| party.as_ref().map(|party| party.name.to_owned());
    match (name(&row.source), name(&row.target)) {
        (Some(source), Some(target)) => format!("{done}: {source} → {target}"),
        (Some(source), None) => format!("{done}: {source}"),
        (None, Some(target)) => format!("{done} → {target}"),
        (None, None) => done.to_owned(),
    }
}

fn actor(party: &Party<'_>, out: &mut Builder<'_>) -> Result<String, SourceError> {
    let key = [party.code, "\t", party.name, "\t", party.others[0].1].concat();
    // A state is known by its name, all others by their code as well.
    let words = if party.kind == "state" || party.code.is_empty() {
        party.name.to_owned()
    } else {
        format!("{} {}", party.name, party.code)
    };
    let (id, new) = out.id_of(RecordKind::Actor, &key, &words);
    if new {
        let mut record = Record::new(RecordKind::Actor, id.clone());
        record.set("name", party.name).set("kind", party.kind);
        record.extra("code", party.code);
        for (name, value) in party.others {
            record.extra(name, value);
        }
        out.add(record)?;
    }
    Ok(id)
}

fn place(place: &Place<'_>, out: &mut Builder<'_>) -> Result<String, SourceError> {
    let key = [place.name, "\t", place.key].concat();
    let (id, new) = out.id_of(RecordKind::Place, &key, place.name);
    if new {
        let mut record = Record::new(RecordKind::Place, id.clone());
        record.set("name", place.name);
        let number = |text: &str, most: f64| {
            let number = text.trim().parse::<f64>().ok();
            number.filter(|number| number.abs() <= most)
        };
        if let (Some(lat), Some(lon)) = (number(place.lat, 90.0), number(place.lon, 180.0)) {
            record.set("lat", lat).set("lon", lon);
        }
        record.extra("feature", place.key);
        out.add(record)?;
    }
    Ok(id)
}

fn publisher(name: &str, out: &mut Builder<'_>) -> Result<String, SourceError> {
    let (id, new) = out.id_of(RecordKind::Document, name, name);
    if new {
        let mut record = Record::new(RecordKind::Document, id.clone());
        record.set("title", name).set("kind", "news");
        record.set("publisher", name);
        out.add(record)?;
    }
    Ok(id)
}

/// `20230420` as a day; what is none as it is.
fn day(text: &str) -> Result<String, &str> {
    let is_day = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if is_day {
        Ok([&text[..4], "-", &text[4..6], "-", &text[6..]].concat())
    } else {
        Err(text)
    }
}
