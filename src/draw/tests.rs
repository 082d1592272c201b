//! Every picture and every format, over both dossiers and over names that are hard to draw.

use proptest::prelude::*;

use super::geometry::Point;
use super::scene::{Part, Role, Scene};
use super::theme::LIGHT;
use super::{
    Canvas, FILE_FORMATS, LinkPattern, Look, PICTURES, Picture, PictureOption, WriteAsked,
};
use annals_chronology::premises::Chronicle;
use annals_load::{LoadResult, Request, Source, load};
use annals_query::chronicle::SolvedChronology;
use annals_query::{Dossier, Query};

pub(crate) fn dossier(name: &str) -> LoadResult {
    let loaded = load(&Request {
        facts: vec![Source::Path(format!("../../data/{name}").into())],
        texts: vec![],
    });
    assert!(!loaded.stopped && loaded.facts.len() > 50);
    loaded
}

pub(crate) fn facts(text: &str) -> LoadResult {
    let source = Source::Memory {
        name: "facts.json".into(),
        bytes: text.as_bytes().into(),
    };
    let loaded = load(&Request {
        facts: vec![source],
        texts: vec![],
    });
    assert!(!loaded.stopped, "{:?}", loaded.findings);
    loaded
}

pub(crate) fn drawn(picture: &Picture, loaded: &LoadResult, look: &Look) -> Scene {
    let selection = Query::default().resolve(&loaded.facts).unwrap();
    let dossier = Dossier::with(loaded, &selection.validity);
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let solved = SolvedChronology::new(&dossier, &chronicle);
    picture.work.scene(&Canvas {
        dossier: &dossier,
        selection: &selection,
        chronology: Some(&solved),
        around: None,
        look,
    })
}

fn bytes(scene: &Scene, format: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let format = super::format_by_name(format).unwrap();
    format
        .work
        .write(scene, WriteAsked::default(), &mut out)
        .unwrap();
    out
}

pub(crate) fn written(scene: &Scene, format: &str) -> String {
    String::from_utf8(bytes(scene, format)).unwrap()
}

/// A strict look at XML: characters that XML 1.0 has, tags that close, attributes in quotation
/// marks and once each, entities that exist. Gives the text of all `<title>` elements.
pub(crate) fn read_xml(text: &str) -> Vec<String> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(
        text.chars().all(allowed),
        "a character that XML does not have"
    );
    let body = text
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .expect("a declaration");
    let (mut open, mut titles, mut ids) =
        (Vec::new(), Vec::new(), std::collections::BTreeSet::new());
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        let words = &rest[..at];
        unescaped(words);
        if open.last() == Some(&"title") {
            titles.push(unescaped(words));
        }
        assert!(
            !open.is_empty() || words.trim().is_empty(),
            "text outside of the picture"
        );
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "tags close in order");
            continue;
        }
        let (tag, alone) = tag
            .strip_suffix('/')
            .map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(char::is_alphabetic), "<{tag}>");
        let mut seen = std::collections::BTreeSet::new();
        let mut left = attributes;
        while !left.is_empty() {
            let (key, more) = left.split_once("=\"").expect("attributes have values");
            let (value, more) = more.split_once('"').expect("values end");
            assert!(seen.insert(key.to_owned()), "{key} twice in <{tag}>");
            let value = unescaped(value);
            if key == "id" {
                assert!(ids.insert(value.clone()), "the id {value} twice");
                assert!(
                    !value.is_empty() && !value.contains(char::is_whitespace),
                    "{value:?}"
                );
            }
            left = more.trim_start();
        }
        if !alone {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    titles
}

fn unescaped(text: &str) -> String {
    assert!(!text.contains("]]>"));
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find(';').expect("an entity ends");
        out.push_str(match &rest[at..=end] {
            "&amp;" => "&",
            "&lt;" => "<",
            "&gt;" => ">",
            "&quot;" => "\"",
            other => panic!("{other} is no entity here"),
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

/// Every look that matters for where things stand.
pub(super) fn looks() -> Vec<Look> {
    // A theme changes colours alone: where things lie is the same in each.
    let mut looks = vec![Look::default()];
    for width in [480.0, 700.0, 1400.0, 3000.0] {
        looks.push(Look {
            width: Some(width),
            ..Look::default()
        });
    }
    looks
}

#[test]
fn nothing_collides_in_either_dossier() {
    // By far the longest test of its program, with an idle processor beside it: all pictures at once.
    std::thread::scope(|scope| {
        for name in ["kyiv", "harbour"] {
            for picture in PICTURES {
                scope.spawn(move || nothing_collides(name, picture));
            }
        }
    });
}

fn nothing_collides(name: &str, picture: &Picture) {
    let loaded = dossier(name);
    for look in looks() {
        let scene = drawn(picture, &loaded, &look);
        let nodes = scene
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Node(_)));
        assert!(nodes.count() > 20);
        let (picture, width) = (picture.name, look.width);
        assert_eq!(scene.faults(), [""; 0], "{name} {picture} {width:?}");
        if let Some(width) = width {
            assert!((scene.width - width).abs() < 0.01);
        }
    }
}

#[test]
fn equal_facts_give_equal_bytes() {
    let [once, again] = [dossier("harbour"), dossier("harbour")];
    for picture in PICTURES {
        let [once, again] = [&once, &again].map(|loaded| drawn(picture, loaded, &Look::default()));
        for format in FILE_FORMATS {
            assert!(
                bytes(&once, format.name) == bytes(&again, format.name),
                "{} as {}",
                picture.name,
                format.name
            );
        }
    }
}

#[test]
fn a_picture_needs_nothing_from_elsewhere() {
    for picture in PICTURES {
        let svg = written(&drawn(picture, &dossier("kyiv"), &Look::default()), "svg");
        read_xml(&svg);
        for word in [
            "<script",
            "<image",
            "@import",
            "@font-face",
            "href=",
            "url(http",
        ] {
            assert!(!svg.contains(word), "{}: {word}", picture.name);
        }
        assert!(svg.starts_with("<?xml") && svg.contains("role=\"graphics-document\""));
        assert!(svg.contains("<title id=\"title\">") && svg.contains("<desc id=\"desc\">"));
    }
}

#[test]
fn every_node_and_edge_has_an_id_a_class_words_and_its_link() {
    let look = Look {
        link: Some(
            LinkPattern::parse("https://example.org/{kind}/{id}?at={line}&in={file}").unwrap(),
        ),
        ..Look::default()
    };
    for picture in PICTURES {
        let scene = drawn(picture, &dossier("kyiv"), &look);
        let things = scene
            .parts
            .iter()
            .filter(|part| !matches!(part.role, Role::Words | Role::Ornament));
        for part in things {
            assert!(
                !part.class.is_empty() && !part.tooltip.is_empty(),
                "{}",
                part.id
            );
            if part.class == "lane strip" || part.class == "lane others" {
                // The head of what no record stands for.
                assert_eq!(picture.name, "timeline");
                continue;
            }
            let link = part
                .link
                .as_deref()
                .unwrap_or_else(|| panic!("{} leads nowhere", part.id));
            assert!(link.starts_with("https://example.org/"), "{link}");
        }
        let svg = written(&scene, "svg");
        read_xml(&svg);
        assert!(svg.contains("<a href=\"https://example.org/claim/putin-no-option?at="));
    }
}

#[test]
fn what_is_read_stands_in_reading_order() {
    let scene = drawn(
        super::picture_by_name("claims").unwrap(),
        &dossier("kyiv"),
        &Look::default(),
    );
    let cards = scene.parts.iter().filter_map(|part| match part.role {
        Role::Node(bounds) if part.id.starts_with("claim-") => Some(bounds.y),
        _ => None,
    });
    let cards: Vec<f64> = cards.collect();
    assert_eq!(cards.len(), 23);
    assert!(cards.is_sorted());
}

#[test]
fn a_page_shows_what_it_can_and_says_what_it_leaves_out() {
    let mut text = String::from("{\"annals\": 1, \"actors\": [");
    for n in 0..40 {
        text.push_str(&format!(
            "{{\"id\": \"a{n}\", \"name\": \"Actor {n}\", \"kind\": \"person\"}},"
        ));
    }
    text.pop();
    text.push_str("], \"claims\": [");
    for n in 0..5000 {
        text.push_str(&format!(
            "{{\"id\": \"c{n}\", \"speaker\": [\"a{}\"], \"about\": [\"a{}\"], \"content\": \"Words {n}\", \
             \"said\": \"{}-01-01\"}},",
            n % 37,
            n % 31,
            1000 + n / 5
        ));
    }
    text.pop();
    text.push_str("]}");
    let loaded = facts(&text);
    for picture in PICTURES {
        let scene = drawn(picture, &loaded, &Look::default());
        let nodes = scene
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Node(_)))
            .count();
        // A graph is hard to read long before a list is.
        let page = if picture.options.contains(&PictureOption::Around) {
            100..=150
        } else {
            200..=300
        };
        assert!(page.contains(&nodes), "{}: {nodes}", picture.name);
        assert!(scene.summary.contains("left out"), "{}", scene.summary);
        let said = scene.left_out.as_ref().unwrap();
        assert!(said.contains(" left out: select with --"), "{said}");
        assert!(scene.faults().is_empty());
    }
    let claims = drawn(
        super::picture_by_name("claims").unwrap(),
        &loaded,
        &Look::default(),
    );
    assert!(
        claims.parts.iter().any(|part| part.id == "claim-c4999"),
        "the most recent are shown"
    );
    let is_card =
        |part: &&Part| matches!(part.role, Role::Node(_)) && part.id.starts_with("claim-");
    let shown = claims.parts.iter().filter(is_card).count();
    let left_out = format!(
        "{} older claims are left out",
        annals_format::grouped(5000 - shown)
    );
    assert!(
        claims.summary.contains(&left_out),
        "{}: {shown}",
        claims.summary
    );
}

/// How many pairs of edges cross: seen on the lines themselves.
fn crossings(scene: &Scene) -> usize {
    let edges = scene
        .parts
        .iter()
        .filter(|part| matches!(part.role, Role::Edge { .. }));
    let paths: Vec<Vec<Point>> = edges
        .map(|part| part.lines().flat_map(|line| line.path.points()).collect())
        .collect();
    let side = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let meet = |a: &[Point], b: &[Point]| {
        side(a[0], a[1], b[0]) * side(a[0], a[1], b[1]) < 0.0
            && side(b[0], b[1], a[0]) * side(b[0], b[1], a[1]) < 0.0
    };
    let room = |path: &Vec<Point>| {
        let along = |of: fn(&Point) -> f64| {
            let all = path.iter().map(of);
            all.fold([f64::MAX, f64::MIN], |[least, most], at| {
                [least.min(at), most.max(at)]
            })
        };
        [along(|point| point.x), along(|point| point.y)]
    };
    let rooms: Vec<[[f64; 2]; 2]> = paths.iter().map(room).collect();
    let touch = |one: usize, other: usize| {
        let sides = rooms[one].iter().zip(&rooms[other]);
        sides.clone().all(|(a, b)| a[0] <= b[1] && b[0] <= a[1])
    };
    let mut count = 0;
    for (nth, one) in paths.iter().enumerate() {
        for (at, other) in paths.iter().enumerate().skip(nth + 1) {
            if touch(nth, at) {
                let [across, down] = rooms[at];
                // Pieces that end before the other edge begins cannot meet it.
                let reaches = |a: &&[Point]| {
                    a[0].x.min(a[1].x) <= across[1]
                        && across[0] <= a[0].x.max(a[1].x)
                        && a[0].y.min(a[1].y) <= down[1]
                        && down[0] <= a[0].y.max(a[1].y)
                };
                let mut pieces = one.windows(2).filter(reaches);
                let crosses = pieces.any(|a| other.windows(2).any(|b| meet(a, b)));
                count += usize::from(crosses);
            }
        }
    }
    count
}

#[test]
fn lines_hardly_cross() {
    let mut faults = Vec::new();
    for (picture, name, most) in [
        ("claims", "kyiv", 82),
        ("claims", "harbour", 141),
        ("ladder", "kyiv", 20),
        ("ladder", "harbour", 103),
        ("graph", "kyiv", 596),
        ("graph", "harbour", 2668),
    ] {
        let scene = drawn(
            super::picture_by_name(picture).unwrap(),
            &dossier(name),
            &Look::default(),
        );
        let count = crossings(&scene);
        if count > most || count + 5 <= most {
            faults.push(format!(
                "{picture} of {name}: {count} crossings, were {most}"
            ));
        }
    }
    assert_eq!(
        faults, [""; 0],
        "if they are fewer, let the figures be these"
    );
}

#[test]
fn no_facts_make_a_picture_too() {
    for picture in PICTURES {
        let scene = drawn(picture, &facts("{\"annals\": 1}"), &Look::default());
        assert_eq!(scene.faults(), [""; 0]);
        read_xml(&written(&scene, "svg"));
    }
}

/// Names that are hard on measuring, on markup and on direction.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<b>&\"']]></title>\\N\\\\".to_owned()),
        Just("\0\u{1}\u{b}\n\r\t\u{FFFE}\u{85}".to_owned()),
        Just("\u{202E}\u{2066}\u{200F}\u{2069}\u{200B}\u{AD}\u{FEFF}".to_owned()),
        Just("👨‍👩‍👧‍👦🇺🇦👍🏽❤️".to_owned()),
        Just("مرحبا بالعالم ﷽".to_owned()),
        Just("שלום NATO עולם".to_owned()),
        Just("北大西洋公约组织。「ウクライナ」".to_owned()),
        Just("Donaudampfschifffahrtsgesellschaftskapitän".to_owned()),
        Just(format!("Z{}", "\u{335}".repeat(60))),
        Just("WWWWWWWWWWWWWWWW".repeat(8)),
        Just("x".repeat(10_000)),
        Just("a b ".repeat(2_500)),
        "\\PC{0,30}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 1..3).prop_map(|pieces| pieces.concat())
}

fn hostile_facts(names: &[String]) -> String {
    let name = |nth: usize| serde_json::to_string(&names[nth % names.len()]).unwrap();
    let kinds = ["person", "state", "group"];
    let actor = |n: usize| {
        let (id, name, kind) = (format!("\"a{n}\""), name(n), kinds[n % 3]);
        format!(
            "{{\"id\": {id}, \"name\": {name}, \"kind\": \"{kind}\", \"unnamed\": {}}}",
            n == 2
        )
    };
    let claim = |n: usize| {
        format!(
            "{{\"id\": \"c{n}\", \"speaker\": [{}], \"to\": [\"a0\"], \"about\": [\"t\", \"e\", \"p\", \"a{}\"], \
             \"stance\": [{{\"toward\": \"t\", \"value\": \"{}\"}}], \"{}\": {}, \"act\": \"asserts\"{}}}",
            ["\"a0\"", "\"a1\", \"a2\"", ""][n % 3],
            n % 3,
            ["supports", "opposes", "neutral", "mixed"][n % 4],
            ["quote", "content"][n % 2],
            name(n + 1),
            if n.is_multiple_of(2) {
                ", \"said\": \"2023-04-20\""
            } else {
                ""
            }
        )
    };
    let list =
        |of: &dyn Fn(usize) -> String, many: usize| (0..many).map(of).collect::<Vec<_>>().join(",");
    format!(
        "{{\"annals\": 1, \"actors\": [{}], \"topics\": [{{\"id\": \"t\", \"label\": {}, \"about\": [\"a0\"]}}], \
         \"places\": [{{\"id\": \"p\", \"name\": {}}}], \
         \"events\": [{{\"id\": \"e\", \"label\": {}, \"when\": \"2022/..\", \"status\": \"alleged\"}}], \"claims\": [{}]}}",
        list(&actor, 3),
        name(1),
        name(2),
        name(3),
        list(&claim, 6)
    )
}

/// How many are tried: so many where all is tried, else those that a run of all tests has time for.
fn tried(thoroughly: u32, else_: u32) -> u32 {
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        thoroughly
    } else {
        else_
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: tried(200, 12), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_stay_in_their_boxes_and_are_well_formed(
        names in prop::collection::vec(hostile(), 4), width in prop::option::of(480_u32..2000)
    ) {
        let loaded = facts(&hostile_facts(&names));
        let look = Look { width: width.map(f64::from), title: Some(names[0].clone()), ..Look::default() };
        for picture in PICTURES {
            let scene = drawn(picture, &loaded, &look);
            prop_assert_eq!(scene.faults(), [""; 0]);
            let titles = read_xml(&written(&scene, "svg"));
            // The whole of what was shortened is in a tooltip.
            let whole = super::text::one_line(&names[1]);
            prop_assert!(whole.is_empty() || titles.iter().any(|title| title.contains(&whole)));
            prop_assert!(!written(&scene, "dot").contains('\0'));
        }
    }
}

#[test]
fn the_contract_is_kept_by_the_light_claims() {
    let scene = drawn(
        super::picture_by_name("claims").unwrap(),
        &dossier("kyiv"),
        &Look::default(),
    );
    assert!(std::ptr::eq(scene.theme, &raw const LIGHT));
    let svg = written(&scene, "svg");
    for word in [
        "“The time has come to make the",
        "font-style=\"italic\"",
        "undated, not after 20\u{A0}Apr\u{A0}2023",
        "stroke-dasharray",
        "font-family=\"Helvetica,Arial,sans-serif\"",
        "23 claims by 10 speakers about 19 things",
    ] {
        assert!(svg.contains(word), "{word}");
    }
}
