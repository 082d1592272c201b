//! The fonts of pictures that carry their letters: PNG and PDF.
//!
//! Liberation Sans comes with Annals (SIL Open Font License, see `LICENSE` here), so that text never
//! vanishes and looks alike everywhere. Letters that it does not have, such as Chinese, Arabic and
//! emoji, are looked for in the fonts of the system; what is not there either is told.

#[cfg(all(test, feature = "png", feature = "pdf"))]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use usvg::fontdb::{Database, ID, Source, Style, Weight};

use super::scene::Scene;
use super::svg;

static REGULAR: &[u8] = include_bytes!("LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("LiberationSans-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("LiberationSans-Italic.ttf");

/// The faces that come with Annals, and those of the system that are needed besides.
struct Fonts {
    database: Database,
    regular: Option<ID>,
    bold: Option<ID>,
    italic: Option<ID>,
    /// Who has the letters that Liberation Sans does not have.
    others: BTreeMap<char, ID>,
    /// The letters that nobody has.
    unseen: BTreeSet<char>,
}

impl Fonts {
    /// The fonts for the words of a scene.
    fn of(scene: &Scene) -> Fonts {
        let mut database = Database::new();
        let mut own = |data: &'static [u8]| {
            let ids = database.load_font_source(Source::Binary(Arc::new(data)));
            ids.first().copied()
        };
        let [regular, bold, italic] = [own(REGULAR), own(BOLD), own(ITALIC)];
        let mut wanted: BTreeSet<char> = scene
            .parts
            .iter()
            .flat_map(super::scene::Part::labels)
            .flat_map(|label| &label.line.runs)
            .flat_map(|run| run.text.chars())
            .filter(|c| is_drawn(*c))
            .collect();
        if let Some(id) = regular {
            let has = covered(&database, id, &wanted);
            wanted.retain(|c| !has.contains(c));
        }
        let mut others = BTreeMap::new();
        if !wanted.is_empty() {
            database.load_system_fonts();
            for id in of_system(&database, &[regular, bold, italic]) {
                for c in covered(&database, id, &wanted) {
                    wanted.remove(&c);
                    others.insert(c, id);
                }
                if wanted.is_empty() {
                    break;
                }
            }
        }
        Fonts {
            database,
            regular,
            bold,
            italic,
            others,
            unseen: wanted,
        }
    }
}

/// The other faces, in an order that does not hang on that of the disk: upright ones of usual weight
/// first, then by name.
fn of_system(database: &Database, own: &[Option<ID>]) -> Vec<ID> {
    let mut faces: Vec<_> = database
        .faces()
        .filter(|face| !own.contains(&Some(face.id)))
        .map(|face| {
            let usual = (face.style != Style::Normal, face.weight != Weight::NORMAL);
            (usual, face.post_script_name.as_str(), face.index, face.id)
        })
        .collect();
    faces.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    faces.into_iter().map(|face| face.3).collect()
}

/// Which of some letters a face has.
fn covered(database: &Database, id: ID, wanted: &BTreeSet<char>) -> BTreeSet<char> {
    let found = database.with_face_data(id, |data, index| {
        let face = ttf_parser::Face::parse(data, index).ok()?;
        let has = |c: &char| face.glyph_index(*c).is_some();
        Some(wanted.iter().copied().filter(has).collect())
    });
    found.flatten().unwrap_or_default()
}

/// Whether a character leaves a mark: joiners, selectors and marks of direction leave none.
fn is_drawn(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
                | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
        ))
}

/// The letters of a scene for which there is no glyph.
pub(super) fn unseen(scene: &Scene) -> Vec<char> {
    Fonts::of(scene).unseen.into_iter().collect()
}

/// A scene with its letters set.
pub(super) fn tree(scene: &Scene) -> io::Result<usvg::Tree> {
    let Fonts {
        database,
        regular,
        bold,
        italic,
        others,
        ..
    } = Fonts::of(scene);
    let select_font = move |font: &usvg::Font, _: &mut Arc<Database>| match font.style() {
        usvg::FontStyle::Italic | usvg::FontStyle::Oblique => italic,
        usvg::FontStyle::Normal if font.weight() >= 600 => bold,
        usvg::FontStyle::Normal => regular,
    };
    let select_fallback = move |c: char, used: &[ID], _: &mut Arc<Database>| {
        others.get(&c).copied().filter(|id| !used.contains(id))
    };
    let options = usvg::Options {
        fontdb: Arc::new(database),
        font_resolver: usvg::FontResolver {
            select_font: Box::new(select_font),
            select_fallback: Box::new(select_fallback),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(&svg::element(scene, ""), &options).map_err(io::Error::other)
}
