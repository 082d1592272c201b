//! The commands, their options and the shapes of their answers, as data: what the methods and rows of the
//! package are generated from (`generate.py`).

use clap::{Arg, ArgAction, Command};
use pyo3::prelude::*;
use serde_json::{Value, json};

/// All commands with their options, what people try in place of these, and all schemas of answers, as
/// JSON.
#[pyfunction]
pub(crate) fn definitions() -> String {
    let mut program = annals_cli::command();
    program.build();
    let commands: Vec<Value> = program.get_subcommands().map(command).collect();
    let schemas: serde_json::Map<String, Value> = annals_schema::names()
        .filter_map(|name| Some((name.to_owned(), annals_schema::by_name(name)?)))
        .collect();
    let synonyms: serde_json::Map<String, Value> = annals_cli::option_synonyms()
        .map(|(tried, option)| (tried.to_owned(), option.into()))
        .collect();
    json!({"commands": commands, "schemas": schemas, "synonyms": synonyms}).to_string()
}

fn command(one: &Command) -> Value {
    let text = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
    json!({
        "name": one.get_name(),
        "about": text(one.get_about()),
        "long_about": text(one.get_long_about()),
        "examples": text(one.get_after_help()),
        "commands": one.get_subcommands().map(Command::get_name).collect::<Vec<_>>(),
        "options": one.get_arguments().map(option).collect::<Vec<_>>(),
    })
}

fn option(one: &Arg) -> Value {
    let action = one.get_action();
    let takes_values = action.takes_values();
    let range = one.get_num_args();
    let values = one.get_possible_values();
    let names = one.get_value_names().unwrap_or_default();
    let defaults = one.get_default_values().iter();
    json!({
        "id": one.get_id().as_str(),
        "long": one.get_long(),
        "is_positional": one.is_positional(),
        "is_required": one.is_required_set(),
        "is_global": one.is_global_set(),
        "is_repeatable": matches!(action, ArgAction::Append | ArgAction::Count),
        "takes_values": takes_values,
        "least": range.map(|range| range.min_values()),
        "most": range.map(|range| range.max_values().min(1000)),
        "value_names": names.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "values": if takes_values {
            values.iter().map(|one| one.get_name().to_owned()).collect()
        } else {
            Vec::new()
        },
        "default": defaults.map(|one| one.to_string_lossy()).collect::<Vec<_>>(),
        "heading": one.get_help_heading(),
        "help": one.get_help().map(ToString::to_string),
        "long_help": one.get_long_help().map(ToString::to_string),
    })
}
