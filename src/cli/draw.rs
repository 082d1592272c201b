//! `annals draw`.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::completions::names;
use super::multi_file;
use super::output::Target;
use super::session::{self, Opened};
use super::subgraph::KindArgs;
use super::{Exit, Failure};
use annals_draw::theme::{self, THEMES};
use annals_draw::{
    Around, BUILT_ON_DEMAND, Canvas, FORMATS, Format, Lanes, LinkPattern, Look, PICTURES, Picture,
    WIDTHS, format_by_ending, format_by_name, picture_by_name,
};
use annals_model::Facts;
use annals_query::selection::THINGS;
use annals_query::{Dossier, look_up};

/// A picture of the selected facts, drawn without any other program
///
/// With a selection: of what is selected alone. A picture shows at most about 300 boxes, a graph 150,
/// and says what it leaves out. A timeline has a lane for each actor, side, document or place, and a
/// scale that is true within each of its parts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals draw claims data -o claims.svg
  annals draw claims data --about Ukraine --theme dark -o ukraine.svg
  annals draw ladder data/kyiv -o chronology.svg
  annals draw graph data --around Putin --hops 2 -o putin.svg
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
    /// For the graph: a thing to begin from, by id, name or alias (may be repeated)
    #[arg(long, value_name = "THING", add = names(THINGS), help_heading = "Graph")]
    around: Vec<String>,
    /// For the graph: at most so many edges away
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        requires = "around",
        help_heading = "Graph"
    )]
    hops: usize,
    #[command(flatten)]
    kinds: KindArgs,
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
    /// How many pixels a PNG has to a unit of the picture, 0.25 to 8; without it, 2
    #[arg(long, value_name = "X", value_parser = scale, help_heading = "Picture")]
    scale: Option<f32>,
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
    /// The format of the file (svg, dot; png and pdf when built with these features)
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

/// How many pixels to a unit.
fn scale(words: &str) -> Result<f32, String> {
    let scale = words
        .parse()
        .ok()
        .filter(|scale| (0.25..=8.0).contains(scale));
    scale.ok_or_else(|| "a scale is a number from 0.25 to 8, such as 1 or 2.5".to_owned())
}

fn lanes() -> PossibleValuesParser {
    let each = Lanes::ALL.into_iter();
    PossibleValuesParser::new(each.map(|(_, name, about)| PossibleValue::new(name).help(about)))
}

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let format = format(args)?;
    let scaled = match args.scale {
        Some(scale) => Some(format.scaled(scale).ok_or_else(|| {
            let name = format.name();
            Failure::usage(format!("--scale is for png: {name} has no pixels"))
        })?),
        None => None,
    };
    let format = scaled.as_deref().unwrap_or(format);
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
    let around = around(args, picture, &loaded.facts)?;
    let force = &selection.force;
    let (dossier, chronicle) = (Dossier::with(&loaded, force), OnceCell::new());
    let (mut warnings, told) =
        session::chronology(&dossier, &config, &chronicle, Some(force), args.strict)?;
    // What was known on a day is not narrowed by what was learnt later.
    let told = (force.as_of.is_none()).then_some(told);
    let canvas = Canvas {
        dossier: &dossier,
        selection: &selection,
        told: told.as_ref(),
        around: around.as_ref(),
        look: &look,
    };
    match args.pages {
        Some(things) => {
            let pages = picture.pages(&canvas, things as usize);
            multi_file::write(&target, &inputs, pages.len(), |nth, out| {
                format.write(&pages[nth], out)
            })?;
            // What several pages lack is said once.
            let each = pages.iter().flat_map(|page| format.unseen(page));
            let characters: BTreeSet<char> = each.collect();
            warnings.extend(unseen(&characters.into_iter().collect::<Vec<_>>()));
        }
        None => {
            let scene = picture.scene(&canvas);
            target.write(|out| format.write(&scene, out))?;
            warnings.extend(unseen(&format.unseen(&scene)));
        }
    }
    session::say(&warnings, manner);
    Ok(Exit::Done)
}

/// Around what the graph is drawn. The other pictures have no edges to walk.
fn around(args: &Args, picture: &dyn Picture, facts: &Facts) -> Result<Option<Around>, Failure> {
    let kinds = args.kinds.kinds();
    let asked = !args.around.is_empty() || !kinds.nodes.is_empty() || !kinds.edges.is_empty();
    if !picture.walks() {
        let name = picture.name();
        let refused =
            format!("--around, --nodes and --edges are for the picture graph, not {name}");
        return if asked {
            Err(Failure::usage(refused))
        } else {
            Ok(None)
        };
    }
    kinds.check(facts)?;
    let mut centres = BTreeSet::new();
    for word in &args.around {
        centres.extend(look_up(facts, word, THINGS)?.node());
    }
    Ok(Some(Around {
        centres,
        hops: args.hops,
        kinds,
    }))
}

/// "no font here has 3 of its characters: U+5317 北, …".
fn unseen(characters: &[char]) -> Option<String> {
    const SHOWN: usize = 12;
    if characters.is_empty() {
        return None;
    }
    let each = characters.iter().take(SHOWN);
    let each: Vec<String> = each
        .map(|c| format!("{c} (U+{:04X})", u32::from(*c)))
        .collect();
    let more = characters.len().saturating_sub(SHOWN);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Some(format!(
        "no font here has these characters of the picture, boxes stand for them: {}{more}",
        each.join(", ")
    ))
}

/// The format that `--format` names, or the ending of the file.
fn format(args: &Args) -> Result<&'static dyn Format, Failure> {
    let known = || {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
        names.join(", ")
    };
    if let Some(name) = &args.format {
        return format_by_name(name).ok_or_else(|| {
            let words = format!(
                "there is no format {}; there are {}",
                annals_finding::shown(name),
                known()
            );
            Failure::usage(not_built(name).unwrap_or(words))
        });
    }
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    match file {
        Some(path) => format_by_ending(path).ok_or_else(|| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            let words = format!(
                "the ending of {} says no format; name one with --format: {}",
                path.display(),
                known()
            );
            Failure::usage(ending.and_then(not_built).unwrap_or(words))
        }),
        None => Err(Failure::usage(format!(
            "say which format: -o FILE with its ending, or --format: {}",
            known()
        ))),
    }
}

/// What to do for a format that this program was built without.
fn not_built(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    BUILT_ON_DEMAND.contains(&name.as_str()).then(|| {
        format!(
            "this annals was built without {name}; `cargo build --release --features {name}` \
             makes one with it, and SVG needs neither"
        )
    })
}
