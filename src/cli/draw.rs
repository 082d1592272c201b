//! `annals draw`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::args::{FactArgs, Manner, SelectionArgs};
use super::output::Target;
use super::session::{self, Opened};
use super::{Exit, Failure};
use crate::chronology::premises::Chronicle;
use crate::draw::theme::{self, THEMES};
use crate::draw::{
    Canvas, FORMATS, Format, Lanes, LinkPattern, Look, PICTURES, WIDTHS, format_by_ending,
    format_by_name, picture_by_name,
};
use crate::query::Dossier;
use crate::query::chronicle::Told;

/// A picture of the selected facts, drawn without any other program
///
/// With a selection: of what is selected alone. A picture shows at most about 300 boxes, and says
/// what it leaves out. A timeline has a lane for each actor, side, document or place, and a scale
/// that is true within each of its parts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals draw claims data -o claims.svg
  annals draw claims data --about Ukraine --theme dark -o ukraine.svg
  annals draw claims data --by Zelensky --format dot | dot -Tpng -o zelensky.png
  annals draw timeline data --lanes side --from 2021 -o timeline.svg")]
pub(super) struct Args {
    /// Which picture
    #[arg(value_name = "PICTURE", value_parser = pictures())]
    picture: String,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Its colours
    #[arg(long, value_name = "THEME", value_parser = themes(), default_value = "light", help_heading = "Picture")]
    theme: String,
    /// How wide it is, in pixels; each picture has a width of its own where none is given
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(i64::from(*WIDTHS.start())..=i64::from(*WIDTHS.end())),
        help_heading = "Picture"
    )]
    width: Option<u32>,
    /// What stands above it, in place of the usual
    #[arg(long, value_name = "WORDS", help_heading = "Picture")]
    title: Option<String>,
    /// Where its boxes and lines lead: an address with {id}, {kind}, {file} or {line} in it
    #[arg(long, value_name = "PATTERN", value_parser = LinkPattern::parse, help_heading = "Picture")]
    link: Option<LinkPattern>,
    /// What the lanes of a timeline are of
    #[arg(long, value_name = "LANES", value_parser = lanes(), help_heading = "Picture")]
    lanes: Option<String>,
    /// Cut a timeline into pages of at most N things (100), in files NAME-1.svg, NAME-2.svg and so on
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "100",
        value_parser = clap::value_parser!(u32).range(1..=250),
        help_heading = "Picture"
    )]
    pages: Option<u32>,
    /// The format of the file (svg, dot)
    #[arg(short, long, value_name = "NAME", help_heading = "Output")]
    format: Option<String>,
    /// Write to a file, in the format that its ending says
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Exit with 1, and without a file, if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

fn pictures() -> PossibleValuesParser {
    let each = PICTURES.iter();
    PossibleValuesParser::new(
        each.map(|picture| PossibleValue::new(picture.name()).help(picture.about())),
    )
}

fn themes() -> PossibleValuesParser {
    let each = THEMES.iter();
    PossibleValuesParser::new(each.map(|theme| PossibleValue::new(theme.name).help(theme.title)))
}

fn lanes() -> PossibleValuesParser {
    let each = Lanes::ALL.into_iter();
    PossibleValuesParser::new(each.map(|(_, name, about)| PossibleValue::new(name).help(about)))
}

pub(super) fn run(args: &Args, manner: Manner) -> Result<Exit, Failure> {
    let format = format(args)?;
    let Some(picture) = picture_by_name(&args.picture) else {
        // The command line knows the names.
        return Err(Failure::usage(format!(
            "there is no picture {}",
            args.picture
        )));
    };
    if !picture.has_lanes() && (args.lanes.is_some() || args.pages.is_some()) {
        return Err(Failure::usage(format!(
            "--lanes and --pages are for a timeline; {} has no lanes",
            picture.name()
        )));
    }
    let asked = args.lanes.as_deref();
    let lanes = Lanes::ALL
        .into_iter()
        .find(|(_, name, _)| Some(*name) == asked);
    let look = Look {
        lanes: lanes.map_or_else(Lanes::default, |(lanes, ..)| lanes),
        theme: theme::by_name(&args.theme).unwrap_or(&theme::LIGHT),
        width: args.width.map(f64::from),
        title: args.title.clone(),
        link: args.link.clone(),
    };
    let Opened { loaded, config } = session::open(&args.facts, manner)?;
    let inputs = session::inputs(&args.facts, &loaded);
    let target = Target::of(args.output.as_deref(), &inputs)?;
    if args.pages.is_some() && matches!(target, Target::Stdout) {
        return Err(Failure::usage(
            "pages are files: name them with -o FILE".to_owned(),
        ));
    }
    let selection = args.selection.asked(&config)?.resolve(&loaded.facts)?;
    let warnings = session::warnings(&loaded, &config, Some(&selection.force), args.strict)?;
    let dossier = Dossier::with(&loaded, &selection.force);
    let chronicle = Chronicle::of(&loaded.facts, config.policy.thresholds.slack);
    // What was known on a day is not narrowed by what was learnt later.
    let told = (selection.force.as_of.is_none()).then(|| Told::of(&dossier, &chronicle));
    let canvas = Canvas {
        dossier: &dossier,
        selection: &selection,
        told: told.as_ref(),
        look: &look,
    };
    match args.pages {
        Some(things) => {
            let pages = picture.pages(&canvas, things as usize);
            target.write_pages(&inputs, pages.len(), |nth, out| {
                format.write(&pages[nth], out)
            })?;
        }
        None => target.write(|out| format.write(&picture.scene(&canvas), out))?,
    }
    session::say(&warnings, manner);
    Ok(Exit::Done)
}

/// The format that `--format` names, or the ending of the file.
fn format(args: &Args) -> Result<&'static dyn Format, Failure> {
    let names = || {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
        names.join(", ")
    };
    if let Some(name) = &args.format {
        return format_by_name(name).ok_or_else(|| {
            let name = crate::finding::shown(name);
            Failure::usage(format!("there is no format {name}; there are {}", names()))
        });
    }
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    match file {
        Some(path) => format_by_ending(path).ok_or_else(|| {
            let path = path.display();
            Failure::usage(format!(
                "the ending of {path} says no format; name one with --format: {}",
                names()
            ))
        }),
        None => Err(Failure::usage(format!(
            "say which format: -o FILE with its ending, or --format: {}",
            names()
        ))),
    }
}
