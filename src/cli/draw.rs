//! `annals draw`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::completions::names;
use super::multi_file;
use super::network::AskedArgs;
use super::output::Target;
use super::session;
use super::subgraph::KindArgs;
use super::{Exit, Failure};
use annals_draw::scene::Scene;
use annals_draw::theme::{self, THEMES};
use annals_draw::{
    BUILT_ON_DEMAND, FILE_FORMATS, FileFormat, FileOption, Lanes, LinkPattern, Look, PICTURES,
    Picture, PictureOption, WIDTHS, WriteAsked, format_by_extension, format_by_name,
    picture_by_name,
};
use annals_store::{Answer, NetworkLook, PictureRequest, THINGS, networks};

/// Draw who said what about whom, a chronology, or a graph
///
/// No other program is needed. A selection limits the picture to the selected facts. A picture shows at most about 300 boxes, a
/// graph 150, and says what it leaves out. A timeline has a lane for each actor, side, document or
/// place, and a scale that is true within each of its parts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals draw claims data -o claims.svg
  annals draw claims data --about Ukraine --theme dark -o ukraine.svg
  annals draw ladder data/kyiv -o chronology.svg
  annals draw graph data --around Putin --hops 2 -o putin.svg
  annals draw claims data --by Zelensky --format dot | dot -Tpng -o zelensky.png
  annals draw timeline data --lanes side --from 2021 -o timeline.svg
  annals draw network data --measure subtract --every year -o network.svg")]
pub(super) struct Args {
    /// The kind of picture
    #[arg(value_name = "PICTURE", value_parser = pictures())]
    picture: String,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// For a graph: a thing to start from, by id, name or alias (repeatable)
    #[arg(long, value_name = "THING", add = names(THINGS), help_heading = "Graph")]
    around: Vec<String>,
    /// For a graph: include nodes up to N edges away
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
    #[command(flatten)]
    network: AskedArgs,
    /// The colours
    #[arg(long, value_name = "THEME", value_parser = themes(), default_value = "light", help_heading = "Picture")]
    theme: String,
    /// The width in pixels; each kind of picture has its own default
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(i64::from(*WIDTHS.start())..=i64::from(*WIDTHS.end())),
        help_heading = "Picture"
    )]
    width: Option<u32>,
    /// The title above the picture, instead of the default
    #[arg(long, value_name = "TEXT", help_heading = "Picture")]
    title: Option<String>,
    /// The link of boxes and lines: a URL with {id}, {kind}, {file} or {line} in it
    #[arg(long, value_name = "PATTERN", value_parser = LinkPattern::parse, help_heading = "Picture")]
    link: Option<LinkPattern>,
    /// Pixels per unit of the picture in a PNG, 0.25 to 8 (default 2); for a network also two or three:
    /// whether neutral and mixed are a level between for and against
    #[arg(long, value_name = "X", value_parser = scale, help_heading = "Picture")]
    scale: Vec<Scale>,
    /// Begin each id of an SVG with this, so that several pictures on one page have no id in common
    #[arg(long, value_name = "TEXT", value_parser = id_prefix, help_heading = "Picture")]
    id_prefix: Option<String>,
    /// What the lanes of a timeline show
    #[arg(long, value_name = "LANES", value_parser = lanes(), help_heading = "Picture")]
    lanes: Option<String>,
    /// Split a timeline into pages of at most N things (100), or a network into pages of at most N
    /// windows, in files NAME-1.svg, NAME-2.svg and so on
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
    /// The format of the file (svg, dot; png and pdf if built with these features)
    #[arg(short, long, value_name = "NAME", help_heading = "Output")]
    format: Option<String>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Exit with 1 and write no file if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

fn pictures() -> PossibleValuesParser {
    let each = PICTURES.iter();
    let each = each.map(|picture| PossibleValue::new(picture.name).help(picture.title));
    let network = PossibleValue::new(NETWORK)
        .help("who agrees with whom: as `annals network`, with a panel for each window");
    PossibleValuesParser::new(each.chain([network]))
}

fn themes() -> PossibleValuesParser {
    let each = THEMES.iter();
    PossibleValuesParser::new(each.map(|theme| PossibleValue::new(theme.name).help(theme.title)))
}

/// What a scale is of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scale {
    /// Pixels per unit.
    Pixels(f32),
    /// The levels of stances.
    Levels(networks::Scale),
}

fn scale(words: &str) -> Result<Scale, String> {
    match words {
        "two" => return Ok(Scale::Levels(networks::Scale::Two)),
        "three" => return Ok(Scale::Levels(networks::Scale::Three)),
        _ => {}
    }
    let scale = words
        .parse()
        .ok()
        .filter(|scale| (0.25..=8.0).contains(scale));
    let scale = scale.map(Scale::Pixels);
    scale.ok_or_else(|| "a scale is a number from 0.25 to 8, such as 1 or 2.5".to_owned())
}

/// Whatever refers to an id can name it then, without escapes.
fn id_prefix(words: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if words.starts_with(|c: char| c.is_ascii_alphabetic()) && words.chars().all(fits) {
        return Ok(words.to_owned());
    }
    Err("an id begins with a letter, and has letters, digits, - and _".to_owned())
}

impl Args {
    /// What the file is asked for.
    fn asked(&self) -> WriteAsked<'_> {
        WriteAsked {
            scale: self.pixels(),
            id_prefix: self.id_prefix.as_deref().unwrap_or_default(),
        }
    }

    /// Pixels per unit, if they were given.
    fn pixels(&self) -> Option<f32> {
        self.scale.iter().rev().find_map(|scale| match scale {
            Scale::Pixels(pixels) => Some(*pixels),
            Scale::Levels(_) => None,
        })
    }

    /// The levels of stances, if they were given.
    fn levels(&self) -> Option<networks::Scale> {
        self.scale.iter().rev().find_map(|scale| match scale {
            Scale::Levels(levels) => Some(*levels),
            Scale::Pixels(_) => None,
        })
    }
}

/// The picture of a network, which is drawn of weights, not of records.
const NETWORK: &str = "network";

fn lanes() -> PossibleValuesParser {
    let each = Lanes::ALL.into_iter();
    PossibleValuesParser::new(each.map(|(_, name, about)| PossibleValue::new(name).help(about)))
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let format = format(args)?;
    if args.pixels().is_some() && !format.options.contains(&FileOption::Scale) {
        let name = format.name;
        let message = format!("--scale is for png: {name} has no pixels");
        return Err(Failure::usage(message));
    }
    if args.id_prefix.is_some() && !format.options.contains(&FileOption::IdPrefix) {
        let name = format.name;
        let message = format!("--id-prefix is for svg: {name} has no ids");
        return Err(Failure::usage(message));
    }
    if args.picture == NETWORK {
        return network(args, global, format);
    }
    if args.network.is_asked() || args.levels().is_some() {
        return Err(Failure::usage(format!(
            "measures, windows and the like are for the picture network, not {}",
            args.picture
        )));
    }
    let Some(picture) = picture_by_name(&args.picture) else {
        // The command line knows the names.
        return Err(Failure::usage(format!(
            "there is no picture {}",
            args.picture
        )));
    };
    if !picture.options.contains(&PictureOption::Lanes)
        && (args.lanes.is_some() || args.pages.is_some())
    {
        return Err(Failure::usage(format!(
            "--lanes and --pages are for a timeline; {} has no lanes",
            picture.name
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
    refuse_walk(args, picture)?;
    if args.pages.is_some() && !names_file(args) {
        return Err(Failure::usage(
            "pages are files; name them with -o FILE".to_owned(),
        ));
    }
    let store = session::open(&args.facts)?;
    let request = PictureRequest {
        picture,
        query: args.selection.query(&store)?,
        look,
        centres: args.around.clone(),
        hops: args.hops,
        kinds: args.kinds.kinds(),
        things_on_page: args.pages.map(|things| things as usize),
    };
    let scenes = session::ask(&store, global, |store| store.draw(&request))?;
    write(args, global, format, &scenes)
}

/// Writes pictures, one or a page each, and says what they lack.
fn write(
    args: &Args,
    global: GlobalArgs,
    format: &FileFormat,
    scenes: &Answer<Vec<Scene>>,
) -> Result<Exit, Failure> {
    let inputs = session::inputs(&args.facts, &scenes.files);
    let target = Target::new(args.output.as_deref(), &inputs)?;
    let notes = session::notes(&scenes.notes, args.strict)?;
    match (args.pages, scenes.as_slice()) {
        (None, [scene]) => target.write(|out| format.work.write(scene, args.asked(), out))?,
        (_, pages) => multi_file::write(&target, &inputs, pages.len(), |nth, out| {
            format.work.write(&pages[nth], args.asked(), out)
        })?,
    }
    say(scenes, notes, format, global);
    Ok(Exit::Done)
}

/// Says what pictures lack.
fn say(scenes: &[Scene], mut notes: Vec<String>, format: &FileFormat, global: GlobalArgs) {
    // What several pages lack is reported once.
    let left_out: BTreeSet<&String> = scenes
        .iter()
        .filter_map(|scene| scene.left_out.as_ref())
        .collect();
    notes.extend(left_out.into_iter().cloned());
    let each = scenes.iter().flat_map(|scene| format.work.unseen(scene));
    let characters: BTreeSet<char> = each.collect();
    notes.extend(unseen(&characters.into_iter().collect::<Vec<_>>()));
    session::say(&notes, global);
}

/// Draws a network.
fn network(args: &Args, global: GlobalArgs, format: &'static FileFormat) -> Result<Exit, Failure> {
    let kinds = args.kinds.kinds();
    let of_others = args.lanes.is_some()
        || !args.around.is_empty()
        || !kinds.nodes.is_empty()
        || !kinds.edges.is_empty();
    if of_others || args.network.why().is_some() {
        return Err(Failure::usage(
            "--lanes, --around, --nodes, --edges and --why are not for the picture network"
                .to_owned(),
        ));
    }
    if args.pages.is_some() && !names_file(args) {
        return Err(Failure::usage(
            "pages are files; name them with -o FILE".to_owned(),
        ));
    }
    let scale = args.levels().unwrap_or(networks::Scale::Two);
    let asked = args.network.asked(&args.selection, scale)?;
    let filter = args.network.filter(&args.selection)?;
    let store = session::open(&args.facts)?;
    let query = args.network.query(&args.selection, &store)?;
    let look = NetworkLook {
        look: Look {
            theme: theme::by_name(&args.theme).unwrap_or(&theme::LIGHT),
            width: args.width.map(f64::from),
            title: args.title.clone(),
            link: args.link.clone(),
            lanes: Lanes::default(),
        },
        windows_on_page: args.pages.map(|windows| windows as usize),
        // `annals network --why` is named by what a tie says of itself.
        edge_link: None,
    };
    let scenes = session::ask(&store, global, |store| {
        store.draw_network(&query, &asked, filter, &look)
    })?;
    write(args, global, format, &scenes)
}

/// Whether the answer goes to a file.
fn names_file(args: &Args) -> bool {
    args.output
        .as_ref()
        .is_some_and(|path| path.as_os_str() != "-")
}

/// Rejects graph options for other pictures, which have no edges to walk.
fn refuse_walk(args: &Args, picture: &Picture) -> Result<(), Failure> {
    let kinds = args.kinds.kinds();
    let asked = !args.around.is_empty() || !kinds.nodes.is_empty() || !kinds.edges.is_empty();
    if asked && !picture.options.contains(&PictureOption::Around) {
        let name = picture.name;
        return Err(Failure::usage(format!(
            "--around, --nodes and --edges are for the picture graph, not {name}"
        )));
    }
    Ok(())
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
        "no available font has these characters of the picture, so boxes replace them: {}{more}",
        each.join(", ")
    ))
}

/// The format that `--format` names, or the ending of the file.
fn format(args: &Args) -> Result<&'static FileFormat, Failure> {
    let known = || {
        let names: Vec<_> = FILE_FORMATS.iter().map(|format| format.name).collect();
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
        Some(path) => format_by_extension(path).ok_or_else(|| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            let words = format!(
                "no format matches the extension of {}; give one with --format: {}",
                annals_finding::shown_path(path),
                known()
            );
            Failure::usage(ending.and_then(not_built).unwrap_or(words))
        }),
        None => Err(Failure::usage(format!(
            "give a format: -o FILE with its extension, or --format: {}",
            known()
        ))),
    }
}

/// What to do for a format that this program was built without.
fn not_built(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    BUILT_ON_DEMAND.contains(&name.as_str()).then(|| {
        format!(
            "this annals was built without {name}; `cargo build --release --features {name}` adds it, and SVG needs no feature"
        )
    })
}
