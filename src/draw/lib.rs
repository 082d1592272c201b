//! Pictures: one list, one file each, drawn without any outside program.
//!
//! A [`Picture`] lays the selected facts out as a [`Scene`]: boxes, lines and measured
//! text. A [`Format`] writes a scene. Neither knows the other's kind, so that each new picture can be
//! had in every format, and each new format has every picture.
//!
//! ```
//! use annals_draw::{WriteAsked, Canvas, Look, format_by_name, picture_by_name};
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
//! let scene = picture_by_name("claims").ok_or("no such picture")?.work.scene(&canvas);
//! assert_eq!(scene.faults(), [""; 0]);
//!
//! let mut out = Vec::new();
//! format_by_name("svg").ok_or("no such format")?.work.write(&scene, WriteAsked::default(), &mut out)?;
//! assert!(String::from_utf8(out)?.contains("“grave threat”"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dot;
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

use annals_format::Format;
use annals_model::{NodeRef, RecordRef};
use annals_query::chronicle::SolvedChronology;
use annals_query::subgraph::Kinds;
use annals_query::timeline::NarrowedRow;
use annals_query::{Dossier, ResolvedQuery};

pub use layout::network::{
    EdgeLink, MOST_NETWORK_NODES, MOST_PANELS, NetworkLinks, NetworkPicture, NodeLink, Signs,
    network,
};
pub use link::{LinkError, LinkPattern, in_address};
pub use registry::{
    BUILT_ON_DEMAND, FILE_FORMATS, PICTURES, format_by_extension, format_by_name, picture_by_name,
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
    /// The narrowed days of a record, as words say them.
    fn narrowed(&self, record: impl Into<RecordRef>) -> Option<NarrowedRow> {
        let record = record.into();
        let narrowed = self.chronology?.narrowed(record)?;
        Some(narrowed.in_words(self.dossier.facts(), record))
    }

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

/// A kind of picture. It has no file of its own: a [`FileFormat`] writes its scene.
pub type Picture = Format<Draw, PictureOption>;

/// What only some pictures can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOption {
    /// It walks the graph, and so can be drawn [`Around`] something.
    Around,
    /// It has [`Lanes`], and can be cut into pages.
    Lanes,
}

/// How a picture is drawn.
#[derive(Debug)]
pub struct Draw {
    scene: fn(&Canvas<'_, '_>) -> Scene,
    pages: Option<fn(&Canvas<'_, '_>, usize) -> Vec<Scene>>,
}

impl Draw {
    /// Lays it out; equal facts and looks give equal scenes, and any facts give one.
    pub fn scene(&self, canvas: &Canvas<'_, '_>) -> Scene {
        (self.scene)(canvas)
    }

    /// Lays everything out on pages of at most so many things; a picture that cannot be cut is one.
    pub fn pages(&self, canvas: &Canvas<'_, '_>, things: usize) -> Vec<Scene> {
        match self.pages {
            Some(pages) => pages(canvas, things),
            None => vec![self.scene(canvas)],
        }
    }
}

/// A form of file in which a scene can be written.
pub type FileFormat = Format<WriteScene, FileOption>;

/// What only some forms of file can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileOption {
    /// So many pixels to a unit: of files that have pixels.
    Scale,
    /// What ids begin with: of files that have ids.
    IdPrefix,
}

/// What files are asked for beside the scene; each form takes what is among its options.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteAsked<'a> {
    /// So many pixels to a unit.
    pub scale: Option<f32>,
    /// What ids begin with, so that several pictures of one page do not share any.
    pub id_prefix: &'a str,
}

/// How a scene is written.
#[derive(Debug)]
pub struct WriteScene {
    write: fn(&Scene, WriteAsked<'_>, &mut dyn io::Write) -> io::Result<()>,
    unseen: Option<fn(&Scene) -> Vec<char>>,
}

impl WriteScene {
    /// Writes a scene; equal scenes give equal bytes.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn write(
        &self,
        scene: &Scene,
        asked: WriteAsked<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        (self.write)(scene, asked, out)
    }

    /// The characters of a scene that the file cannot show; none where whoever reads it has the
    /// fonts.
    pub fn unseen(&self, scene: &Scene) -> Vec<char> {
        self.unseen.map_or_else(Vec::new, |unseen| unseen(scene))
    }
}
