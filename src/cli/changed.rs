//! What `annals add` and `annals retract` have in common: a plan is made, shown or written.

use std::path::Path;

use super::args::{FactArgs, GlobalArgs};
use super::output::{self, Target};
use super::terminal::{self, Escapes};
use super::{Exit, Failure, interrupt, session, unified_diff};
use annals_finding::{Severity, shown_path};
use annals_store::{Change, Plan, PlanEffects, Refusal, Store};

/// How often a plan is made anew when a file changed in between.
const TRIES: usize = 5;

/// What becomes of a plan.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Writing")]
pub(super) struct Writing {
    /// Show what would be written, without writing anything
    #[arg(long = "diff", id = "only_diff")]
    pub(super) diff: bool,
    /// Write it even if `annals check` then shows new errors
    #[arg(long = "allow-errors", id = "allow_errors")]
    pub(super) allow_errors: bool,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let exit = match &refusal {
            Refusal::Asked(_) => Exit::Usage,
            Refusal::Quote(_) => Exit::Findings,
            Refusal::File { .. }
            | Refusal::Conflict(_)
            | Refusal::Changed { .. }
            | Refusal::Disk { .. } => Exit::Unreadable,
        };
        Failure {
            message: Some(refusal.to_string()),
            exit,
        }
    }
}

/// Makes a plan of a change, and shows or writes it.
pub(super) fn make(
    store: Store,
    facts: &FactArgs,
    change: &Change,
    writing: &Writing,
    global: GlobalArgs,
) -> Result<Exit, Failure> {
    let mut store = store;
    for _ in 0..TRIES {
        let plan = store.plan(std::slice::from_ref(change))?;
        let effects = store.effects(&plan)?;
        if writing.diff {
            return show(&plan, &effects, global);
        }
        if effects.has_errors() && !writing.allow_errors {
            return Err(refused(&effects, global));
        }
        interrupt::cleans_up();
        match store.apply(&plan) {
            Ok(_) => return written(&plan, &effects, global),
            // Somebody else has written: what is there now is read.
            Err(Refusal::Changed { .. }) => store = session::open(facts)?,
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let message = "the files keep changing; nothing was written".to_owned();
    Err(Failure {
        message: Some(message),
        exit: Exit::Unreadable,
    })
}

/// Shows the lines that would change.
fn show(plan: &Plan, effects: &PlanEffects, global: GlobalArgs) -> Result<Exit, Failure> {
    let styled = output::colour(global);
    Target::Stdout.show(Escapes::text(styled), |out| {
        plan.files.iter().try_for_each(|file| {
            let before = file.before.as_deref().unwrap_or_default();
            let name = shown_path(Path::new(&file.file));
            unified_diff::draw(out, &name, [before, &file.after], styled)
        })
    })?;
    draw_added(effects, global);
    session::say(&said(plan, effects, "would stand"), global);
    Ok(Exit::Done)
}

/// Says where the record stands.
fn written(plan: &Plan, effects: &PlanEffects, global: GlobalArgs) -> Result<Exit, Failure> {
    Target::Stdout.show(Escapes::Text, |out| {
        plan.records.iter().try_for_each(|record| {
            let file = shown_path(Path::new(&record.file));
            let id = annals_finding::shown(&record.id);
            writeln!(out, "{file}:{}: {} {id}", record.line, record.kind)
        })
    })?;
    draw_added(effects, global);
    session::say(&said(plan, effects, "stands"), global);
    Ok(Exit::Done)
}

/// Where new records stand and why, and what became of the findings.
fn said(plan: &Plan, effects: &PlanEffects, stands: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for record in &plan.records {
        if let Some(why) = &record.why {
            let why: String = why.chars().flat_map(annals_finding::visible).collect();
            lines.push(format!("it {stands} {why}"));
        }
    }
    let ended = effects.ended.counts();
    match ended.errors + ended.warnings {
        0 => {}
        1 => lines.push("1 finding of `annals check` is gone by it".to_owned()),
        more => lines.push(format!("{more} findings of `annals check` are gone by it")),
    }
    lines
}

/// Draws the findings that come by it.
fn draw_added(effects: &PlanEffects, global: GlobalArgs) {
    if global.quiet {
        return;
    }
    let least = if global.verbose {
        Severity::Info
    } else {
        Severity::Warning
    };
    let drawing = session::drawing(output::colour_err(global));
    for finding in effects.added.drawn(least, drawing) {
        terminal::say(&format!("{finding}\n"), drawing.colour);
    }
}

fn refused(effects: &PlanEffects, global: GlobalArgs) -> Failure {
    draw_added(effects, global);
    let errors = match effects.added.counts().errors {
        1 => "1 error".to_owned(),
        more => format!("{more} errors"),
    };
    Failure {
        message: Some(format!(
            "`annals check` would show {errors} more; nothing was written (--allow-errors writes it all the same)"
        )),
        exit: Exit::Findings,
    }
}
