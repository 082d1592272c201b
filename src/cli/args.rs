//! The options that commands share.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use clap::{Args, ValueEnum};

use super::Failure;
use super::completions::names;
use super::run_notes;
use annals_evidence::Level;
use annals_model::{Mode, RecordKind, StanceValue, Vocabulary};
use annals_store::{Query, SameAs, Store, THINGS};
use annals_time::{Date, Window};

/// Where the facts are.
#[derive(Debug, Clone, Args)]
pub(super) struct FactArgs {
    /// Fact files (.json, .jsonl, .yaml; tables in .csv, .tsv, .xlsx, .ods), folders of them,
    /// snapshots, or - for standard input
    ///
    /// A folder means every fact file below it, except hidden ones. Default: the current folder.
    #[arg(value_name = "FACTS")]
    pub(super) facts: Vec<PathBuf>,

    /// A folder with the texts of documents (repeatable)
    #[arg(long, value_name = "DIR", help_heading = "Facts")]
    pub(super) texts: Vec<PathBuf>,

    /// Settings to use, instead of the annals.toml in or above the first path
    #[arg(long, value_name = "FILE", help_heading = "Facts")]
    pub(super) config: Option<PathBuf>,

    /// Also write a receipt of the answer, which `annals verify` compares with the files
    ///
    /// It has the question, the SHA-256 of every file, and the passages behind the answer.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) receipt: Option<PathBuf>,
}

impl FactArgs {
    /// The paths to read: those given, else the current folder.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        if self.facts.is_empty() {
            return vec![PathBuf::from(".")];
        }
        self.facts.clone()
    }
}

/// What the user hears beside the answer.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct GlobalArgs {
    /// When to use colours
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        help_heading = "Output"
    )]
    pub(super) color: Colour,

    /// Print only the answer and errors
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "Output"
    )]
    pub(super) quiet: bool,

    /// Print more about what was read
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(super) verbose: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How the answer is written.
#[derive(Debug, Clone, Args)]
pub(super) struct OutputArgs {
    /// The format of the answer
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    pub(super) format: Option<OutputFormat>,

    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(super) output: Option<PathBuf>,

    /// Exit with 1 and no answer if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    pub(super) strict: bool,
}

/// The forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// A table for people.
    #[value(alias = "text")]
    Table,
    /// One JSON object: schema, data, warnings.
    Json,
    /// The rows as JSON, one per line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A Markdown table.
    Md,
}

impl OutputFormat {
    /// The format implied by the extension of a file name.
    pub(super) fn of_ending(path: &std::path::Path) -> Option<OutputFormat> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(OutputFormat::Table),
            "json" => Some(OutputFormat::Json),
            "jsonl" => Some(OutputFormat::Jsonl),
            "csv" => Some(OutputFormat::Csv),
            "tsv" => Some(OutputFormat::Tsv),
            "md" => Some(OutputFormat::Md),
            _ => None,
        }
    }
}

const ACTORS: &[RecordKind] = &[RecordKind::Actor];
const EVENTS: &[RecordKind] = &[RecordKind::Event];
const DOCUMENTS: &[RecordKind] = &[RecordKind::Document];
const VOICES: &[RecordKind] = &[RecordKind::Actor, RecordKind::Claim];

/// What is asked for: the same option twice means or, different options mean and.
#[derive(Debug, Clone, Args)]
#[command(
    next_help_heading = "Selection (repeat an option for \"or\"; combine options for \"and\")"
)]
pub(super) struct SelectionArgs {
    /// Who said it (an id, a name or an alias)
    #[arg(long, value_name = "ACTOR", add = names(ACTORS))]
    by: Vec<String>,
    /// To whom
    #[arg(long, value_name = "ACTOR", add = names(ACTORS))]
    to: Vec<String>,
    /// About whom or what
    #[arg(long, value_name = "THING", add = names(THINGS))]
    about: Vec<String>,
    /// Who or what passed it on
    #[arg(long, value_name = "ACTOR|CLAIM", add = names(VOICES))]
    via: Vec<String>,
    /// At which event
    #[arg(long, value_name = "EVENT", add = names(EVENTS))]
    at: Vec<String>,
    /// Reported in which document
    #[arg(long = "in", value_name = "DOCUMENT", add = names(DOCUMENTS))]
    in_document: Vec<String>,
    /// The stance of the speaker (with --about: toward that)
    #[arg(long, value_name = "STANCE", value_parser = words::<StanceValue>())]
    stance: Vec<StanceValue>,
    /// What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
    /// promises, predicts, threatens, questions, declines, expresses, or a word defined in
    /// annals.toml
    #[arg(long, value_name = "ACT")]
    act: Vec<String>,
    /// How the statement is reported
    #[arg(long, value_name = "MODE", value_parser = words::<Mode>())]
    mode: Vec<Mode>,
    /// A tag given by the annotator
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Words that must all occur in its quote, content or a passage
    #[arg(long, value_name = "WORDS")]
    text: Vec<String>,
    /// How one of its passages stands in its text (null: not verified)
    #[arg(long, value_name = "HOW", value_parser = standing())]
    verified: Vec<Standing>,
    /// What can be on or after the first day of this date (EDTF)
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<Date>,
    /// What can be on or before the last day of this date (EDTF)
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Date>,
    /// What can end before this event starts (on its own day: possibly)
    #[arg(long, value_name = "EVENT", add = names(EVENTS))]
    before: Vec<String>,
    /// What can start after this event ends (on its own day: possibly)
    #[arg(long, value_name = "EVENT", add = names(EVENTS))]
    after: Vec<String>,
    /// Only what certainly matches, not what possibly does
    #[arg(long)]
    surely: bool,
    /// Include retracted records, marked
    #[arg(long)]
    retracted: bool,
    /// As known at the end of this date: what was recorded (or else published) by then, and not yet
    /// retracted
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// With --by, --to, --about: include those who stood for the actor on the day of the claim
    ///
    /// Those who represent, hold office in or are part of the actor, through any number of dated
    /// relations; or, with KINDS (comma-separated), through relations of these kinds instead. If
    /// the claim itself names an office ("as"), that office decides for whom its speaker spoke.
    #[arg(
        long,
        value_name = "KINDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ""
    )]
    rollup: Option<String>,
    /// Treat actors as one for this question, as relations of identity say: none, stated, all,
    /// by=ACTOR
    ///
    /// stated: by the relations that nobody in particular asserts; by=ACTOR: by those and that
    /// actor's; all: by all. What is in the answer only because of it names the relations.
    #[arg(long, value_name = "WHOSE", default_value = "none", value_parser = identity)]
    identity: SameAs,
    /// Show at most N rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl SelectionArgs {
    /// The query.
    ///
    /// # Errors
    /// If there is nothing to roll up to.
    pub(super) fn query(&self, store: &Store) -> Result<Query, Failure> {
        self.query_into(store, false)
    }

    /// Whether the number of rows is limited.
    pub(super) fn has_limit(&self) -> bool {
        self.limit.is_some()
    }

    /// Whether only what is certain is asked for.
    pub(super) fn is_surely(&self) -> bool {
        self.surely
    }

    /// The query of a command that can roll up to actors of its own.
    ///
    /// # Errors
    /// If there is nothing to roll up to.
    pub(super) fn query_into(&self, store: &Store, has_own: bool) -> Result<Query, Failure> {
        let none = !has_own && self.by.is_empty() && self.to.is_empty() && self.about.is_empty();
        if self.rollup.is_some() && none {
            return Err(Failure::usage(
                "--rollup adds those who stood for an actor: give one with --by, --to or --about"
                    .to_owned(),
            ));
        }
        let kinds = |kinds: &String| -> Vec<String> {
            let each = kinds.split(',').map(str::trim);
            let named = each.filter(|kind| !kind.is_empty()).map(str::to_owned);
            let named: Vec<String> = named.collect();
            if named.is_empty() {
                store.configuration().rolls_up.clone().unwrap_or_default()
            } else {
                named
            }
        };
        let query = Query {
            by: self.by.clone(),
            to: self.to.clone(),
            about: self.about.clone(),
            via: self.via.clone(),
            at: self.at.clone(),
            in_document: self.in_document.clone(),
            stance: self.stance.clone(),
            act: self.act.clone(),
            mode: self.mode.clone(),
            tag: self.tag.clone(),
            text: self.text.clone(),
            verified: self.verified.iter().map(|one| one.0).collect(),
            before: self.before.clone(),
            after: self.after.clone(),
            window: Window {
                from: self.from.clone(),
                until: self.until.clone(),
            },
            surely: self.surely,
            retracted: self.retracted,
            as_of: self.as_of.clone(),
            rollup: self.rollup.as_ref().map(kinds),
            identity: self.identity.clone(),
            limit: self.limit,
        };
        run_notes::asked(&query);
        Ok(query)
    }
}

/// The words of a vocabulary, as a parser of option values.
pub(super) fn words<V: Vocabulary + Send + Sync>() -> impl clap::builder::TypedValueParser<Value = V>
{
    PossibleValuesParser::new(V::ALL.iter().map(|one| one.word()))
        .try_map(|word| V::parse(&word).ok_or_else(|| format!("{word} is not {}", V::CALLED)))
}

/// How a passage stands in its text; `None`: not verified.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing(Option<Level>);

/// The ways in which a passage can stand in its text, as a parser of option values.
fn standing() -> impl clap::builder::TypedValueParser<Value = Standing> {
    const UNVERIFIED: &str = "null";
    let words = Level::ALL.iter().map(|level| level.as_str());
    PossibleValuesParser::new(words.chain([UNVERIFIED])).map(|word| {
        let mut levels = Level::ALL.into_iter();
        Standing(levels.find(|level| level.as_str() == word))
    })
}

/// Which relations make two actors one.
fn identity(text: &str) -> Result<SameAs, String> {
    match text {
        "none" => Ok(SameAs::None),
        "stated" => Ok(SameAs::Stated),
        "all" => Ok(SameAs::All),
        _ => match text.strip_prefix("by=").filter(|actor| !actor.is_empty()) {
            Some(actor) => Ok(SameAs::By(actor.to_owned())),
            None => Err("it is none, stated, all or by=ACTOR".to_owned()),
        },
    }
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| match error.suggestion {
        Some(iso) if error.reason.contains(&iso) => error.reason,
        Some(iso) => format!("{}; did you mean {iso}?", error.reason),
        None => format!(
            "{} (dates are EDTF: 2023-04-20, 2023-04, 2023)",
            error.reason
        ),
    })
}
