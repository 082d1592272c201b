//! `annals explain`.

use super::args::GlobalArgs;
use super::output::{self, Target};
use super::table::{self, Style};
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_finding::Code;

/// Explain what a finding means, with an example and how to fix it
///
/// Without CODE: the list of all findings.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals explain
  annals explain AN102
  annals explain unknown-id")]
pub(super) struct Args {
    /// The code of the finding (AN102) or its name (unknown-id)
    code: Option<String>,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let Some(asked) = &args.code else {
        let width = output::width();
        let style = Style {
            colour: output::colour(global),
        };
        let mut table = table::table(&["Code", "Name", "", "What it finds"], width, style.colour);
        for code in annals_store::codes() {
            table.add_row([code.code, code.name, code.severity.word(), code.title()]);
        }
        let escapes = Escapes::text(style.colour);
        Target::Stdout.show(escapes, |out| {
            out.write_all(table::print(&table).as_bytes())
        })?;
        return Ok(Exit::Done);
    };
    let wanted = asked.trim().to_lowercase();
    let is = |code: &&'static Code| code.code.to_lowercase() == wanted || code.name == wanted;
    let Some(code) = annals_store::codes().find(is) else {
        let all: Vec<&str> = annals_store::codes()
            .flat_map(|code| [code.code, code.name])
            .collect();
        let near = annals_finding::wording::nearest(asked, all.into_iter());
        let near = match near.first() {
            Some(near) => format!("; did you mean {near}?"),
            None => String::new(),
        };
        let asked = annals_finding::shown(asked);
        return Err(Failure::usage(format!(
            "there is no code {asked}{near} (`annals explain` lists them all)"
        )));
    };
    let (name, severity) = (code.name, code.severity.word());
    Target::Stdout.show(Escapes::Text, |out| {
        writeln!(
            out,
            "{} ({name}, {severity}): {}\n",
            code.code,
            code.title()
        )?;
        let page = code.page();
        let body = page.split_once('\n').map_or("", |(_, body)| body);
        writeln!(out, "{}", body.trim())
    })?;
    Ok(Exit::Done)
}
