//! The four pictures, each in a window of its own: what is too large for it is moved about in it.
//!
//! A picture is of the records that the page shows. It is drawn once and follows the page from light
//! to dark. Where it shows less than there is, its own second line says by which rule.

use std::collections::BTreeSet;
use std::io;

use super::names::anchor;
use crate::Options;
use crate::dated::Dated;
use annals_chronology::premises::Chronicle;
use annals_draw::scene::{Role, Scene};
use annals_draw::theme::PAGE;
use annals_draw::{Canvas, LinkPattern, Look, PICTURES, PictureOption, svg};
use annals_format::escape::html;
use annals_graph::View;
use annals_model::{RecordKind, RecordRef};
use annals_query::chronicle::SolvedChronology;
use annals_query::{Dossier, ResolvedQuery};

/// How wide the page's window for a picture is.
const WIDTH: f64 = 1_170.0;

/// What leads to a row: what [`anchor`] calls it.
const TO_ROW: &str = "#{kind}-{id}";

pub(super) fn section(
    (dossier, view): (&Dossier<'_>, &View<'_>),
    selection: &ResolvedQuery,
    options: &Options,
    things: &[Dated<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"<section aria-labelledby=\"pictures\"><h2 id=\"pictures\">Pictures</h2>\n")?;
    let chronicle = Chronicle::new(dossier.facts(), options.policy.thresholds.slack);
    // What was known on a day is not narrowed by what was learnt later.
    let solved =
        (dossier.validity.as_of.is_none()).then(|| SolvedChronology::new(dossier, &chronicle));
    let mut scenes: Vec<Scene> = scenes(&Canvas {
        dossier,
        selection,
        chronology: solved.as_ref(),
        around: None,
        look: &Look {
            theme: &PAGE,
            link: LinkPattern::parse(TO_ROW).ok(),
            ..Look::default()
        },
    });
    keep_links_to_rows(&mut scenes, dossier, view, things);
    for (picture, scene) in PICTURES.iter().zip(&scenes) {
        let name = picture.name;
        // What stands after a colon is about the options of the command.
        let about = picture.title.split(':').next().unwrap_or_default();
        let about = html(about);
        writeln!(
            out,
            "<details open><summary><strong>{}</strong> <span class=\"line\">{about}</span></summary>\n\
             <div class=\"picture\" role=\"region\" aria-label=\"Picture: {name}\" tabindex=\"0\">\n{}</div></details>",
            capitalised(name),
            svg::element(scene, &format!("picture-{name}:"))
        )?;
    }
    out.write_all(b"</section>\n")
}

/// Every picture: of its own width, or, where it has a scale that can be longer or shorter, of the
/// page's.
fn scenes(canvas: &Canvas<'_, '_>) -> Vec<Scene> {
    let wide = Look {
        width: Some(WIDTH),
        ..canvas.look.clone()
    };
    let each = PICTURES.iter().map(|picture| {
        let look = if picture.options.contains(&PictureOption::Lanes) {
            &wide
        } else {
            canvas.look
        };
        picture.work.scene(&Canvas { look, ..*canvas })
    });
    each.collect()
}

/// Takes away the links to what has no row on the page, and those of lines: the keyboard would stop at
/// each on its way through, and the box at its end leads to the same row.
fn keep_links_to_rows(
    scenes: &mut [Scene],
    dossier: &Dossier<'_>,
    view: &View<'_>,
    things: &[Dated<'_>],
) {
    let parts = || scenes.iter().flat_map(|scene| &scene.parts);
    let asked: BTreeSet<&str> = parts().filter_map(|part| part.link.as_deref()).collect();
    let documents = view.nodes().map(RecordRef::from);
    let documents = documents.filter(|node| node.kind() == RecordKind::Document);
    let rows = things.iter().map(|one| one.record).chain(documents);
    let rows: BTreeSet<String> = rows
        .map(|record| format!("#{}", anchor(dossier.facts(), record)))
        .filter(|link| asked.contains(link.as_str()))
        .collect();
    for part in scenes.iter_mut().flat_map(|scene| &mut scene.parts) {
        let is_edge = matches!(part.role, Role::Edge { .. });
        let has_row = |link: &String| !is_edge && rows.contains(link);
        part.link = part.link.take().filter(has_row);
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Writes, by_name};
    use annals_load::{LoadResult, Request, Source, load};
    use annals_model::RecordSet;
    use annals_query::Query;

    fn loaded(yaml: &str) -> LoadResult {
        let source = Source::Memory {
            name: "facts.yaml".into(),
            bytes: yaml.into(),
        };
        load(&Request {
            facts: vec![source],
            texts: vec![],
        })
    }

    fn page(loaded: &LoadResult, view: &View<'_>, options: &Options) -> String {
        let Writes::Stream(write) = by_name("html").unwrap().work.writes else {
            unreachable!("a page is one file")
        };
        let mut out = Vec::new();
        write(&Dossier::new(loaded), view, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// What stands between two words, each time.
    fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
        let rest = page.split(before).skip(1);
        rest.map(|rest| rest.split(after).next().unwrap()).collect()
    }

    fn assert_whole(page: &str) {
        let pictures = between(page, "<svg ", "</svg>");
        assert_eq!(pictures.len(), PICTURES.len());
        assert_eq!(page.matches("</svg>").count(), PICTURES.len());
        let ids = between(page, " id=\"", "\"");
        let different: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(different.len(), ids.len(), "an id stands there twice");
        for link in between(page, "href=\"#", "\"") {
            assert!(different.contains(link), "{link} leads nowhere");
        }
        assert!(!page.contains("url(http"), "nothing is asked for");
    }

    #[test]
    fn every_page_has_its_pictures_whatever_the_facts() {
        let one = "annals: 1\nclaims:\n  - {quote: so}\n";
        let names = std::fs::read_to_string("../../tests/fixtures/names.yaml").unwrap();
        let kyiv = std::fs::read_to_string("../../data/kyiv/kyiv.yaml").unwrap();
        for yaml in ["annals: 1\n", one, &names, &kyiv] {
            let loaded = loaded(yaml);
            assert_whole(&page(
                &loaded,
                &View::of_all(&loaded.facts),
                &Options::default(),
            ));
        }
    }

    #[test]
    fn a_box_leads_to_its_row() {
        let loaded = loaded(
            "annals: 1\nactors:\n  - {id: a, name: A, kind: person}\nclaims:\n  - {id: so said, speaker: a, quote: so}\n",
        );
        let page = page(&loaded, &View::of_all(&loaded.facts), &Options::default());
        let link = "<a href=\"#claim-so%20said\"><g id=\"picture-claims:claim-so%20said\"";
        assert!(page.contains(link), "{page}");
        // Who said it has no row, and no line is a stop of its own.
        assert!(page.contains("\n<g id=\"picture-claims:speaker-a\""));
        assert!(page.contains("\n<g id=\"picture-claims:said:"));
    }

    #[test]
    fn they_show_what_the_page_shows() {
        let loaded = loaded(
            "annals: 1\nclaims:\n  - {id: one, quote: first}\n  - {id: other, quote: second}\n",
        );
        let facts = &loaded.facts;
        let records = facts.records().take(1);
        let view = View::new(facts, RecordSet::of(facts, records));
        let asked = Query {
            limit: Some(1),
            ..Query::default()
        };
        for selection in [None, Some(asked.resolve(facts).unwrap())] {
            let options = Options {
                selection,
                ..Options::default()
            };
            let page = page(&loaded, &view, &options);
            assert_whole(&page);
            assert!(page.contains("“first”") && !page.contains("second"));
        }
    }
}
