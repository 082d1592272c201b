//! `table`: spreadsheets, through a mapping of their columns.

mod apply;
mod compare;
mod date_columns;
mod day_order;
mod earlier;
mod ends;
mod json;
mod making;
mod map;
mod map_file;
mod marks;
mod remarks;
mod rows;
mod same_names;
mod separated;
mod suggest;
#[cfg(test)]
mod tests;
mod unread;
mod unused;
mod values;
mod words;

use super::dates::Reading;
use super::options::{
    CENTURY, DATES, DELIMITER, ENCODING, HEADING, HIDDEN, MAP, MERGED, Opt, Options, SHEET,
    SUGGEST, YEAR,
};
use super::{Builder, Import, Importer};
use annals_source::{At, Source, SourceError, SourceErrorKind};

use day_order::DayOrders;
use map::Map;

static OPTIONS: &[&Opt] = &[
    &MAP, &SUGGEST, &DATES, &YEAR, &CENTURY, &SHEET, &HEADING, &MERGED, &HIDDEN, &DELIMITER,
    &ENCODING,
];

/// A table.
pub(super) static FORMAT: Importer = Importer {
    name: "table",
    title: "a spreadsheet with any columns, or JSON with any fields, through a mapping",
    extensions: &[
        "csv", "tsv", "tab", "xlsx", "xlsm", "ods", "json", "jsonl", "ndjson",
    ],
    loses: "Colours, comments, pictures and formulas are not read, but the stored values of formulas are. Rows above the headings, hidden sheets and cells without a heading are left out.",
    notes: include_str!("notes.md"),
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "a row",
                "the records in the mapping: actor, document, topic, claim and event at once",
            ),
            (
                "a column",
                "the field given by the mapping; columns that it does not name are kept under `x_…` in one record of the row",
            ),
            (
                "an object of JSON, in a list or one a line",
                "a row; a field is a column, a field within a field too (`author.name`), a list of words is one cell with semicolons",
            ),
            (
                "rows of the same `key`",
                "one record, with the values of the first row",
            ),
            (
                "a cell with a list",
                "several values or records, split where the mapping says",
            ),
            (
                "a date",
                "EDTF; a date cell gives its day, and text is read in English, German, French, Spanish, Russian or Ukrainian, and with Polish months",
            ),
            ("a word", "the model's word for it in the mapping"),
        ],
        suggest: Some(suggest),
        read: import,
    },
};

fn suggest(sources: &[Source], options: &Options) -> Result<Option<String>, SourceError> {
    suggest::of(sources, options).map(Some)
}

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let Some(path) = options.get(&MAP) else {
        let at = sources
            .first()
            .map_or_else(|| At::file(&"".into()), Source::at);
        let question = "which column is which field?";
        let option = "give a mapping with --map FILE; --suggest -o map.yaml writes a first one";
        return Err(SourceError::ambiguous(at, question, option));
    };
    let map = map_file::read(path)?;
    mapped(&map, sources, options, out)
}

/// Makes records of all rows, as a mapping says.
fn mapped(
    map: &Map,
    sources: &[Source],
    options: &Options,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let options = given(map, options)?;
    let dates = Reading::of(&options);
    let orders = DayOrders::new(sources, &options, dates);
    let mut apply = apply::Apply::new(map, out, dates, orders);
    rows::each(sources, &options, &mut apply)?;
    match sources.first() {
        Some(source) => apply.finish(&source.at()),
        None => Ok(()),
    }
}

/// The options of the command line, and of the mapping those that it does not give.
fn given(map: &Map, options: &Options) -> Result<Options, SourceError> {
    let mut all = options.clone();
    for one in &map.options {
        let known = OPTIONS.iter().find(|option| option.name == one.name);
        let Some(option) = known.filter(|option| options.get(option).is_none()) else {
            continue;
        };
        if !option.words.is_empty() && !option.words.contains(&one.value.as_str()) {
            let message = format!("{} is one of {}", one.name, option.words.join(", "));
            return Err(SourceError::syntax(one.at.clone(), message));
        }
        all.set(option, one.value.as_str());
    }
    let at = || At::file(&"".into());
    if let Some(year) = all.get(&YEAR)
        && year.parse::<i32>().is_err()
    {
        let year = annals_finding::shown(year);
        let message = format!("--year takes a year such as 2020, not {year}");
        return Err(SourceError::new(SourceErrorKind::Usage, at(), message));
    }
    if let Some(century) = all.get(&CENTURY)
        && !century.parse::<u8>().is_ok_and(|one| one < 100)
    {
        let century = annals_finding::shown(century);
        let message =
            format!("--century takes the first two digits of a year, such as 20, not {century}");
        return Err(SourceError::new(SourceErrorKind::Usage, at(), message));
    }
    Ok(all)
}
