//! The options of `annals network`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::super::Failure;
use super::super::args::{OutputFormat, SelectionArgs};
use annals_finding::shown_path;
use annals_store::networks::{
    Asked, Dated, Duplicates, Filter, Measure, NetworkAsked, NodesOf, Normalise, Over, Scale, Sign,
    WindowUnit, Windows,
};
use annals_store::{Query, Store};
use annals_time::Duration;

/// An option whose words are those of a list.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident => $of:ty { $($(#[$vdoc:meta])* $variant:ident $(($word:literal))? => $value:expr,)+ })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub(in super::super) enum $name { $($(#[$vdoc])* $(#[value(name = $word)])? $variant,)+ }

        impl $name {
            pub(in super::super) fn value(self) -> $of {
                match self { $($name::$variant => $value,)+ }
            }
        }
    )+ };
}

words! {
    /// What the nodes are.
    OfWord => NodesOf {
        /// Actors, linked by things.
        Actors => NodesOf::Actors,
        /// Things, linked by actors who say the same of both.
        Things => NodesOf::Things,
    }
    /// Which things count.
    OverWord => Over {
        /// Topics.
        Topics => Over::Topics,
        /// Actors.
        Actors => Over::Actors,
        /// Events.
        Events => Over::Events,
        /// Whatever a stance is taken toward.
        Things => Over::Things,
    }
    /// What makes a tie.
    MeasureWord => Measure {
        /// Saying the same of a thing.
        Congruence => Measure::Congruence,
        /// Saying the opposite.
        Conflict => Measure::Conflict,
        /// Congruence less conflict.
        Subtract => Measure::Subtract,
        /// Speaking of the same thing, whatever is said.
        Ignore => Measure::Ignore,
        /// What each actor says of each thing.
        Affiliation => Measure::Affiliation(Sign::Net),
    }
    /// By what a weight is divided.
    NormaliseWord => Normalise {
        /// By nothing.
        No => Normalise::No,
        /// The mean number of statements of both.
        Average => Normalise::Average,
        /// What either says, less what they share.
        Jaccard => Normalise::Jaccard,
        /// The product of both numbers of statements.
        Cosine => Normalise::Cosine,
        /// Of an affiliation: the statements of the actor.
        Activity => Normalise::Activity,
        /// Of an affiliation: the statements about the thing.
        Prominence => Normalise::Prominence,
    }
    /// Which statements count once.
    DuplicatesWord => Duplicates {
        /// Every statement counts.
        Keep => Duplicates::Keep,
        /// Those in one document count once.
        Document => Duplicates::Document,
        /// Those of one week (ISO).
        Week => Duplicates::Week,
        /// Those of one month.
        Month => Duplicates::Month,
        /// Those of one year.
        Year => Duplicates::Year,
        /// All.
        Range => Duplicates::Range,
        /// Those of weeks of the same number in any year, as in DNA.
        DnaWeek => Duplicates::DnaWeek,
        /// Those of months of the same name in any year, as in DNA.
        DnaMonth => Duplicates::DnaMonth,
    }
    /// The levels of a stance.
    ScaleWord => Scale {
        /// For and against; neutral and mixed are left out.
        Two => Scale::Two,
        /// For, neutral or mixed, against.
        Three => Scale::Three,
    }
    /// Which date counts.
    DatedWord => Dated {
        /// When it was said.
        Said => Dated::Said,
        /// When it was first published, as in DNA.
        Published => Dated::Published,
    }
    /// What an affiliation counts.
    SignWord => Sign {
        /// For less against.
        Net => Sign::Net,
        /// All statements.
        Any => Sign::Any,
        /// Whether there is any for, against, or both.
        Kinds => Sign::Kinds,
    }
}

/// What is weighed, and how.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Network")]
pub(in super::super) struct AskedArgs {
    /// What the nodes are
    #[arg(long, value_name = "NODES", default_value = "actors")]
    of: OfWord,
    /// Which things link actors
    #[arg(long, value_name = "THINGS", default_value = "things")]
    over: OverWord,
    /// What makes a tie
    #[arg(long, value_name = "MEASURE", default_value = "congruence")]
    measure: MeasureWord,
    /// By what a weight is divided (default: average; of an affiliation no)
    #[arg(long, alias = "normalize", value_name = "HOW")]
    normalise: Option<NormaliseWord>,
    /// Which statements of an actor about the same thing, with the same stance, count once
    #[arg(long, value_name = "WITHIN", default_value = "keep")]
    duplicates: DuplicatesWord,
    /// Of an affiliation: what is counted (default: net)
    #[arg(long, value_name = "WHAT")]
    sign: Option<SignWord>,
    /// Count claims for these actors, or all of a kind, for whom their speakers spoke (repeatable)
    ///
    /// It follows the relations that `said --rollup` follows; --rollup=KINDS names others. Who has an
    /// undated relation to an actor speaks for it possibly: least is then without, most with such claims.
    #[arg(long, value_name = "KIND|ACTOR")]
    into: Vec<String>,
    /// Which date of a claim counts in --from, --until and windows
    #[arg(long, value_name = "WHICH", default_value = "said")]
    date: DatedWord,
    /// Windows of time: days:30 as in DNA (around each day), or P30D (from each day on)
    #[arg(long, value_name = "SIZE", value_parser = window, conflicts_with = "every")]
    window: Option<Window>,
    /// The step from one window to the next (with --window P30D; default: its length)
    #[arg(long, value_name = "DURATION", value_parser = length, requires = "window")]
    step: Option<Duration>,
    /// A window for each unit of the calendar: day, week, month, year
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    every: Option<WindowUnit>,
    /// Only the Nth window, counted and drawn as if with the others; with --why, in which window
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    nth: Option<u32>,
    /// Show nodes without a statement in a window, too
    #[arg(long)]
    isolates: bool,
    /// Leave out nodes with fewer than N statements in all
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    at_least: u64,
    /// Leave out things about which there are fewer than N statements in all
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    things_at_least: u64,
    /// Only ties that can weigh W or more; with --surely, that weigh W or more in any case
    #[arg(long, value_name = "W", allow_negative_numbers = true, value_parser = weight)]
    above: Option<f64>,
    /// Only the N heaviest ties of each window, heaviest first
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// What one weight is made of: two nodes, or an actor and a thing
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    why: Option<Vec<String>>,
}

/// A size of windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Window {
    /// Around each unit.
    Around(u32, WindowUnit),
    /// From a day on.
    Length(Duration),
}

fn window(words: &str) -> Result<Window, String> {
    if let Some((unit, size)) = words.split_once(':') {
        let unit = unit_of(unit)?;
        let size = size
            .parse()
            .ok()
            .filter(|size| (1..=100_000).contains(size));
        let size = size.ok_or("a size is a number from 1 to 100000, such as days:30")?;
        return Ok(Window::Around(size, unit));
    }
    match length(words) {
        Ok(length) => Ok(Window::Length(length)),
        Err(error) if words.starts_with('P') => Err(error),
        Err(_) => Err("a window is days:30, weeks:2, months:1 or years:1 (as in DNA), or a duration such as P30D".to_owned()),
    }
}

fn length(words: &str) -> Result<Duration, String> {
    let length = Duration::parse(words).map_err(|error| error.reason)?;
    if length.seconds() > 0 || length.is_zero() {
        return Err("it is one of whole days, such as P30D or P1M".to_owned());
    }
    Ok(length)
}

fn unit_of(word: &str) -> Result<WindowUnit, String> {
    WindowUnit::parse(word).ok_or_else(|| "the unit is days, weeks, months or years".to_owned())
}

fn unit(word: &str) -> Result<WindowUnit, String> {
    WindowUnit::parse(word).ok_or_else(|| "it is day, week, month or year".to_owned())
}

fn weight(words: &str) -> Result<f64, String> {
    let weight = words.parse().ok().filter(|weight: &f64| weight.is_finite());
    weight.ok_or_else(|| "a weight is a number, such as 0.5".to_owned())
}

impl AskedArgs {
    /// The question.
    ///
    /// # Errors
    /// If options do not go together.
    pub(in super::super) fn asked(
        &self,
        selection: &SelectionArgs,
        scale: Scale,
    ) -> Result<NetworkAsked, Failure> {
        let mut measure = self.measure.value();
        if let Measure::Affiliation(sign) = &mut measure {
            *sign = self.sign.map_or(Sign::Net, SignWord::value);
        } else if self.sign.is_some() {
            return Err(usage(
                "--sign is of an affiliation: give --measure affiliation",
            ));
        }
        let default = match measure {
            Measure::Affiliation(_) => Normalise::No,
            _ => Normalise::Average,
        };
        if selection.has_limit() {
            return Err(usage(
                "--limit is of rows, and would cut a network: --top N keeps the heaviest ties of each window",
            ));
        }
        let windows = match (self.window, self.every, self.step) {
            (Some(Window::Around(..)), _, Some(_)) => {
                return Err(usage(
                    "--step goes with a length such as P30D: days:30 is around each day",
                ));
            }
            (Some(Window::Around(size, unit)), ..) => Some(Windows::Around { size, unit }),
            (Some(Window::Length(length)), _, step) => Some(Windows::Length {
                length,
                step: step.unwrap_or(length),
            }),
            (None, Some(unit), _) => Some(Windows::Every(unit)),
            (None, None, _) => None,
        };
        if self.nth.is_some() && windows.is_none() {
            return Err(usage("--nth is of windows: give --every or --window"));
        }
        let asked = NetworkAsked {
            of: self.of.value(),
            over: self.over.value(),
            weighed: Asked {
                measure,
                normalise: self.normalise.map_or(default, NormaliseWord::value),
                duplicates: self.duplicates.value(),
                scale,
            },
            into: self.into.clone(),
            dated: self.date.value(),
            windows,
            nth: self.nth.map(|nth| nth as usize),
            isolates: self.isolates,
            at_least: self.at_least,
            things_at_least: self.things_at_least,
        };
        match asked.refused() {
            Some(words) => Err(Failure::usage(words)),
            None => Ok(asked),
        }
    }

    /// Whether any of the options was given that only a network has.
    pub(in super::super) fn is_asked(&self) -> bool {
        self.normalise.is_some()
            || self.sign.is_some()
            || !self.into.is_empty()
            || self.window.is_some()
            || self.every.is_some()
            || self.nth.is_some()
            || self.above.is_some()
            || self.top.is_some()
            || self.why.is_some()
            || self.isolates
            || self.at_least > 0
            || self.things_at_least > 0
            || self.measure != MeasureWord::Congruence
            || self.duplicates != DuplicatesWord::Keep
            || self.of != OfWord::Actors
            || self.over != OverWord::Things
            || self.date != DatedWord::Said
    }

    /// Which ties are kept.
    ///
    /// # Errors
    /// If --surely decides nothing.
    pub(in super::super) fn filter(&self, selection: &SelectionArgs) -> Result<Filter, Failure> {
        let surely = selection.is_surely();
        if surely && self.above.is_none() {
            return Err(usage(
                "--surely goes with --above W here: every weight says its least and its most",
            ));
        }
        Ok(Filter {
            above: self.above,
            surely,
            top: self.top,
        })
    }

    /// The selection of claims.
    ///
    /// # Errors
    /// If there is nothing to roll up to.
    pub(in super::super) fn query(
        &self,
        selection: &SelectionArgs,
        store: &Store,
    ) -> Result<Query, Failure> {
        let mut query = selection.query_into(store, !self.into.is_empty())?;
        query.surely = false;
        Ok(query)
    }

    /// The ends of the weight that is to be explained.
    pub(in super::super) fn why(&self) -> Option<[&str; 2]> {
        match self.why.as_deref() {
            Some([a, b]) => Some([a, b]),
            _ => None,
        }
    }
}

fn usage(words: &str) -> Failure {
    Failure::usage(words.to_owned())
}

/// How a network is written.
#[derive(Debug, Clone, clap::Args)]
pub(in super::super) struct Written {
    /// The format of the answer
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Form>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 1 and no answer if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    pub(super) strict: bool,
}

/// The forms of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum Form {
    /// A table for people.
    #[value(alias = "text")]
    Table,
    /// One JSON object: schema, data, warnings.
    Json,
    /// The ties as JSON, one per line.
    Jsonl,
    /// The ties as comma-separated values.
    Csv,
    /// The same, tab-separated.
    Tsv,
    /// A Markdown table.
    Md,
    /// The weights as a matrix, comma-separated: what they are at most.
    Matrix,
    /// GraphML, for igraph, NetworkX, Gephi, visone.
    Graphml,
    /// GEXF, for Gephi: with windows, dynamic.
    Gexf,
    /// Graphviz.
    Dot,
    /// Pajek.
    Net,
    /// Cytoscape.js.
    Cyjs,
}

impl Form {
    /// The form of plain rows.
    pub(super) fn plain(self) -> Option<OutputFormat> {
        Some(match self {
            Form::Table => OutputFormat::Table,
            Form::Json => OutputFormat::Json,
            Form::Jsonl => OutputFormat::Jsonl,
            _ => return None,
        })
    }
}

impl Written {
    /// The form, by `--format` or by the ending of the file.
    pub(super) fn form(&self) -> Result<Form, Failure> {
        let file = self
            .output
            .as_deref()
            .filter(|path| path.as_os_str() != "-");
        let path = match (self.format, file) {
            (Some(form), _) => return Ok(form),
            (None, None) => return Ok(Form::Table),
            (None, Some(path)) => path,
        };
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        Ok(match ending.as_deref() {
            Some("txt") => Form::Table,
            Some("json") => Form::Json,
            Some("jsonl") => Form::Jsonl,
            Some("csv") => Form::Csv,
            Some("tsv") => Form::Tsv,
            Some("md") => Form::Md,
            Some("graphml") => Form::Graphml,
            Some("gexf") => Form::Gexf,
            Some("dot" | "gv") => Form::Dot,
            Some("net") => Form::Net,
            Some("cyjs") => Form::Cyjs,
            Some("svg" | "png" | "pdf") => {
                return Err(Failure::usage(format!(
                    "{} is a picture: `annals draw network` draws it",
                    shown_path(path)
                )));
            }
            _ => {
                return Err(Failure::usage(format!(
                    "no format matches the extension of {}; use .txt .json .jsonl .csv .tsv .graphml .gexf .dot .net .cyjs, or give --format",
                    shown_path(path)
                )));
            }
        })
    }
}
