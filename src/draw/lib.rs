//! Pictures: one list, one file each, drawn without any outside program.
//!
//! A [`Picture`] lays the selected facts out as a [`Scene`]: boxes, lines and measured
//! text. A [`Format`] writes a scene. Neither knows the other's kind, so that each new picture can be
//! had in every format, and each new format has every picture.
//!
//! ```
//! use annals_draw::{Canvas, Look, format_by_name, picture_by_name};
//! use annals_load::{Request, Source, load};
//! use annals_query::{Query, Dossier};
//!
//! let yaml = "annals: 1
//! actors:
//!   - {id: kremlin, name: Kremlin, kind: organization}
//! topics:
//!   - {id: membership, label: Ukraine’s membership}
//! claims:
//!   - {speaker: kremlin, about: membership, stance: opposes, quote: grave threat}
//! ";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! let selection = Query::default().resolve(&loaded.facts)?;
//! let dossier = Dossier::new(&loaded);
//!
//! let canvas = Canvas { dossier: &dossier, selection: &selection, chronology: None, around: None, look: &Look::default() };
//! let scene = picture_by_name("claims").ok_or("no such picture")?.scene(&canvas);
//! assert_eq!(scene.faults(), [""; 0]);
//!
//! let mut out = Vec::new();
//! format_by_name("svg").ok_or("no such format")?.write(&scene, &mut out)?;
//! assert!(String::from_utf8(out)?.contains("“grave threat”"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dot;
pub mod escapes;
mod faults;
#[cfg(feature = "fonts")]
mod fonts;
pub mod geometry;
mod layout;
mod link;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
mod registry;
pub mod scene;
pub mod svg;
pub mod text;
pub mod theme;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;

use annals_model::{NodeRef, RecordRef};
use annals_query::chronicle::SolvedChronology;
use annals_query::subgraph::Kinds;
use annals_query::{Dossier, ResolvedQuery};

pub use link::{LinkError, LinkPattern};
pub use registry::{
    BUILT_ON_DEMAND, FORMATS, PICTURES, format_by_ending, format_by_name, picture_by_name,
};
use scene::Scene;
use theme::Theme;

/// What a picture is drawn of, and how it is to look.
#[derive(Clone, Copy)]
pub struct Canvas<'c, 'l> {
    /// The facts.
    pub dossier: &'c Dossier<'l>,
    /// Which of them.
    pub selection: &'c ResolvedQuery,
    /// Their narrowed dates, where the chronology has been gone through.
    pub chronology: Option<&'c SolvedChronology<'c, 'l>>,
    /// Around what, for a picture that walks the graph.
    pub around: Option<&'c Around>,
    /// How it is to look.
    pub look: &'c Look,
}

impl Canvas<'_, '_> {
    /// Where what shows a record leads.
    fn link(&self, record: impl Into<RecordRef>) -> Option<String> {
        let pattern = self.look.link.as_ref()?;
        Some(pattern.of(self.dossier, record.into()))
    }
}

/// A part of the graph: what can be reached from some things.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// From these; of none, what the selected claims tie.
    pub centres: BTreeSet<NodeRef>,
    /// Over so many edges.
    pub hops: usize,
    /// By way of these.
    pub kinds: Kinds,
}

/// How a picture is to look.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its colours.
    pub theme: &'static Theme,
    /// How wide it is, in units; each picture has a width of its own where none is given.
    pub width: Option<f64>,
    /// What stands above it, in place of the usual.
    pub title: Option<String>,
    /// Where its parts lead.
    pub link: Option<LinkPattern>,
    /// What the lanes of a timeline are of.
    pub lanes: Lanes,
}

/// What the lanes of a timeline are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lanes {
    /// Who did it, said it, held the office.
    #[default]
    Actor,
    /// Who they stand with: by their ties, the strongest first, up to one who has none.
    Side,
    /// The document that reports it.
    Document,
    /// Where it was.
    Place,
}

impl Lanes {
    /// All of them, by the names that `--lanes` has for them, with what they are.
    pub const ALL: [(Lanes, &'static str, &'static str); 4] = [
        (
            Lanes::Actor,
            "actor",
            "who did it, said it or held the office",
        ),
        (
            Lanes::Side,
            "side",
            "whose side they are on, by their relations",
        ),
        (Lanes::Document, "document", "the document that reports it"),
        (Lanes::Place, "place", "where it was"),
    ];
}

/// The least and most that a picture may be wide.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 480..=10_000;

impl Default for Look {
    fn default() -> Self {
        Look {
            theme: &theme::LIGHT,
            width: None,
            title: None,
            link: None,
            lanes: Lanes::Actor,
        }
    }
}

/// A kind of picture.
pub trait Picture: Sync {
    /// How `draw` calls it.
    fn name(&self) -> &'static str;

    /// What it shows, in one line.
    fn about(&self) -> &'static str;

    /// Whether it walks the graph, and so can be drawn [`Around`] something.
    fn walks(&self) -> bool {
        false
    }

    /// Lays it out; equal facts and looks give equal scenes, and any facts give one.
    fn scene(&self, canvas: &Canvas<'_, '_>) -> Scene;

    /// Whether it has lanes, and can be cut into pages.
    fn has_lanes(&self) -> bool {
        false
    }

    /// Lays everything out on pages of at most so many things; a picture that cannot be cut is one.
    fn pages(&self, canvas: &Canvas<'_, '_>, things: usize) -> Vec<Scene> {
        let _ = things;
        vec![self.scene(canvas)]
    }
}

/// A form of file in which a scene can be written.
pub trait Format: Sync {
    /// How `--format` calls it.
    fn name(&self) -> &'static str;

    /// The endings of its files, without the dot and in lower case; the usual one first.
    fn endings(&self) -> &'static [&'static str];

    /// What it is, in one line.
    fn title(&self) -> &'static str;

    /// The characters of a scene that the file cannot show; none where whoever reads it has the
    /// fonts.
    fn unseen(&self, scene: &Scene) -> Vec<char> {
        let _ = scene;
        Vec::new()
    }

    /// It with so many pixels to a unit, if it has pixels.
    fn scaled(&self, scale: f32) -> Option<Box<dyn Format>> {
        let _ = scale;
        None
    }

    /// Writes a scene; equal scenes give equal bytes.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    fn write(&self, scene: &Scene, out: &mut dyn io::Write) -> io::Result<()>;
}
