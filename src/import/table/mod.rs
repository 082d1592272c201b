//! `table`: spreadsheets, through a mapping of their columns.

mod apply;
mod map;
mod map_file;
mod roles;
mod rows;
mod suggest;
mod values;
mod words;

use super::dates::{DayOrder, Reading};
use super::options::{
    DATES, DELIMITER, ENCODING, HEADING, HIDDEN, MAP, MERGED, Opt, Options, SHEET, SUGGEST, YEAR,
};
use super::{Builder, Importer};
use annals_source::{At, Source, SourceError};

use map::Map;

/// A table.
pub(super) struct Table;

static OPTIONS: &[&Opt] = &[
    &MAP, &SUGGEST, &DATES, &YEAR, &SHEET, &HEADING, &MERGED, &HIDDEN, &DELIMITER, &ENCODING,
];

impl Importer for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn title(&self) -> &'static str {
        "a spreadsheet of any columns, through a mapping"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "xlsx", "xlsm", "ods"]
    }

    fn maps(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "a row",
                "the records of the mapping: actor, document, topic, claim, event at once",
            ),
            (
                "a column",
                "the field that the mapping says; columns that it does not name are kept under `x_…` of one record of the row",
            ),
            (
                "rows of the same `key`",
                "one record; the first row says what is in it",
            ),
            (
                "a cell with a list",
                "several values or records, split where the mapping says",
            ),
            (
                "a date",
                "EDTF; of a sheet the day that is meant, of a text what its words mean in English, German, French or Spanish",
            ),
            (
                "a word",
                "the word of the model that the mapping has for it",
            ),
        ]
    }

    fn loses(&self) -> &'static str {
        "Colours, comments, pictures and formulas are not read, the values that formulas had are; rows above the headings, hidden sheets and cells without a heading are left out."
    }

    fn notes(&self) -> &'static str {
        include_str!("notes.md")
    }

    fn options(&self) -> &'static [&'static Opt] {
        OPTIONS
    }

    fn suggest(
        &self,
        sources: &[Source],
        options: &Options,
    ) -> Result<Option<String>, SourceError> {
        suggest::of(sources, options).map(Some)
    }

    fn import(
        &self,
        sources: &[Source],
        options: &Options,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let Some(path) = options.get(&MAP) else {
            let at = sources
                .first()
                .map_or_else(|| At::file(&"".into()), Source::at);
            let question = "which column is which field?";
            let option = "--map FILE says so; --suggest -o map.yaml writes a first mapping";
            return Err(SourceError::ambiguous(at, question, option));
        };
        let map = map_file::read(path)?;
        let options = given(&map, options)?;
        let dates = Reading::of(&options);
        let mut apply = apply::Apply::new(&map, out, dates);
        rows::each(sources, &options, &mut apply)
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
    debug_assert!(DayOrder::of(&all).is_some() || all.get(&DATES).is_none());
    Ok(all)
}
