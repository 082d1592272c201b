//! Reading, checking, asking, exporting and drawing bulk facts, in process: `cargo bench`.
//!
//! Of 10,000, 100,000 and 1,000,000 claims, made here, the same in each run; `ANNALS_BENCH_MOST=100000
//! cargo bench` leaves larger ones out, `cargo bench -- said` runs what has that in its name. Whole
//! processes beside `DuckDB` are timed by `benches/compare.py`.

use std::cell::OnceCell;
use std::fmt::Write as _;
use std::sync::OnceLock;

use annals::check::{Policy, check};
use annals::chronology::premises::Chronicle;
use annals::draw::{Canvas, Look, WriteAsked, format_by_name, picture_by_name};
use annals::export::{Options, Writes, by_name};
use annals::graph::{Graph, View};
use annals::load::{LoadResult, Request, Source, load};
use annals::query::chronicle::SolvedChronology;
use annals::query::path::{InTime, path};
use annals::query::positions::{PositionFilter, positions};
use annals::query::said::said;
use annals::query::selection::THINGS;
use annals::query::show::show;
use annals::query::subgraph::{Kinds, subgraph, walked};
use annals::query::timeline::timeline;
use annals::query::{Dossier, Query, ResolvedQuery, look_up};
use annals::time::{Date, Window};
use divan::{Bencher, black_box};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

fn sizes() -> Vec<usize> {
    let most = std::env::var("ANNALS_BENCH_MOST").ok();
    let most = most
        .and_then(|most| most.parse().ok())
        .unwrap_or(usize::MAX);
    SIZES.into_iter().filter(|size| *size <= most).collect()
}

/// Claims by a fiftieth as many actors about each other and topics, on days of ten years, each reported
/// in a document; a tenth as many events. Few speak often and many seldom.
fn lines(claims: usize) -> Vec<u8> {
    let (actors, events) = (claims / 50, claims / 10);
    let mut dice = 88_172_645_463_325_252_u64;
    let mut roll = move |below: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % below as u64) as usize
    };
    let mut out = String::new();
    // Writing to a String cannot fail.
    for nth in 0..actors {
        let _ = writeln!(
            out,
            r#"{{"type":"actor","id":"a{nth}","name":"Actor {nth}","kind":"person"}}
{{"type":"topic","id":"t{nth}","label":"Topic {nth}"}}
{{"type":"document","id":"d{nth}","title":"Report {nth}","published":"2024-01-01"}}"#
        );
    }
    let few = move |roll: &mut dyn FnMut(usize) -> usize, below: usize| {
        let part = roll(1000) * roll(1000) / 1000;
        part * below / 1000
    };
    for nth in 0..events {
        let who = few(&mut roll, actors);
        let (year, month, day) = (2014 + roll(10), 1 + roll(12), 1 + roll(28));
        let _ = writeln!(
            out,
            r#"{{"type":"event","id":"e{nth}","kind":"visit","label":"Visit {nth}","when":"{year}-{month:02}-{day:02}","participants":[{{"actor":"a{who}","role":"agent"}}]}}"#
        );
    }
    for nth in 0..claims {
        let (by, about) = (few(&mut roll, actors), few(&mut roll, actors));
        let (event, document) = (roll(events), roll(actors));
        let (year, month, day) = (2014 + roll(10), 1 + roll(12), 1 + roll(28));
        let value = ["supports", "opposes", "neutral"][roll(3)];
        let word = ["grain", "treaty", "border", "budget"][roll(4)];
        let _ = writeln!(
            out,
            r#"{{"type":"claim","id":"c{nth}","speaker":["a{by}"],"about":["a{about}","e{event}"],"stance":[{{"toward":"a{about}","value":"{value}"}}],"said":"{year}-{month:02}-{day:02}","content":"What was said of the {word} for the {nth}th time","evidence":[{{"document":"d{document}"}}]}}"#
        );
    }
    out.into_bytes()
}

fn request(claims: usize) -> Request {
    Request {
        facts: vec![Source::Memory {
            name: "bulk.jsonl".to_owned(),
            bytes: lines(claims),
        }],
        texts: Vec::new(),
    }
}

/// The facts of a size, read once.
fn loaded(claims: usize) -> &'static LoadResult {
    static LOADED: [OnceLock<LoadResult>; 3] = [const { OnceLock::new() }; 3];
    let nth = SIZES.iter().position(|size| *size == claims).unwrap_or(0);
    LOADED[nth].get_or_init(|| load(&request(claims)))
}

fn asked() -> Query {
    Query::default()
}

fn by_one() -> Query {
    Query {
        by: vec!["a3".to_owned()],
        ..asked()
    }
}

/// A question as it is asked after loading: its names looked up as well.
fn ask<T>(
    bencher: Bencher<'_, '_>,
    claims: usize,
    asked: &Query,
    question: impl Fn(&Dossier<'_>, &ResolvedQuery) -> T,
) {
    let loaded = loaded(claims);
    bencher.bench_local(|| {
        let Ok(selection) = black_box(asked).resolve(&loaded.facts) else {
            unreachable!("the names asked for are made above")
        };
        question(&Dossier::new(loaded), &selection)
    });
}

fn node(loaded: &LoadResult, id: &str) -> annals::model::NodeRef {
    let found = look_up(&loaded.facts, id, THINGS).ok();
    let Some(node) = found.and_then(annals::model::RecordRef::node) else {
        unreachable!("it is made above")
    };
    node
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn reading(bencher: Bencher<'_, '_>, claims: usize) {
    let request = request(claims);
    bencher.bench_local(|| load(black_box(&request)));
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn checking(bencher: Bencher<'_, '_>, claims: usize) {
    let loaded = loaded(claims);
    bencher.bench_local(|| check(black_box(loaded), &Policy::default()));
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn solving(bencher: Bencher<'_, '_>, claims: usize) {
    let dossier = Dossier::new(loaded(claims));
    bencher.bench_local(|| {
        let chronicle = OnceCell::new();
        let chronicle: &Chronicle = chronicle
            .get_or_init(|| Chronicle::new(dossier.facts(), Policy::default().thresholds.slack));
        SolvedChronology::with_bounds(&dossier, chronicle)
            .solved()
            .conflicts
            .len()
    });
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn index_graph(bencher: Bencher<'_, '_>, claims: usize) {
    let loaded = loaded(claims);
    bencher.bench_local(|| Graph::of_all(black_box(&loaded.facts)));
}

#[divan::bench(args = sizes(), max_time = 5)]
fn said_by(bencher: Bencher<'_, '_>, claims: usize) {
    ask(bencher, claims, &by_one(), said);
}

#[divan::bench(args = sizes(), max_time = 5)]
fn said_about(bencher: Bencher<'_, '_>, claims: usize) {
    let asked = Query {
        about: vec!["a3".to_owned()],
        ..asked()
    };
    ask(bencher, claims, &asked, said);
}

#[divan::bench(args = sizes(), max_time = 5)]
fn said_text(bencher: Bencher<'_, '_>, claims: usize) {
    let asked = Query {
        text: vec!["grain 77th".to_owned()],
        ..asked()
    };
    ask(bencher, claims, &asked, said);
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn said_by_all(bencher: Bencher<'_, '_>, claims: usize) {
    ask(bencher, claims, &asked(), said);
}

#[divan::bench(args = sizes(), max_time = 5)]
fn timeline_of_a_week(bencher: Bencher<'_, '_>, claims: usize) {
    let asked = Query {
        window: Window {
            from: Date::parse("2020-03-02").ok(),
            until: Date::parse("2020-03-08").ok(),
        },
        ..asked()
    };
    ask(bencher, claims, &asked, |dossier, selection| {
        timeline(dossier, selection, None)
    });
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn contradictions(bencher: Bencher<'_, '_>, claims: usize) {
    let kept = PositionFilter {
        contradictions: true,
        changes: false,
    };
    ask(bencher, claims, &asked(), |dossier, selection| {
        positions(dossier, selection, kept)
    });
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn subgraph_of_two_hops(bencher: Bencher<'_, '_>, claims: usize) {
    let centre = [node(loaded(claims), "a9")].into();
    ask(bencher, claims, &asked(), |dossier, selection| {
        subgraph(dossier, selection, &Kinds::default(), &centre, 2)
    });
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn path_of_two(bencher: Bencher<'_, '_>, claims: usize) {
    let ends = ["a9", "a99"].map(|id| node(loaded(claims), id));
    ask(bencher, claims, &asked(), |dossier, selection| {
        let graph = walked(dossier, selection, &Kinds::default(), &ends.into());
        path(dossier, selection, &graph, ends, InTime::Ignored)
    });
}

#[divan::bench(args = sizes(), max_time = 5)]
fn show_one(bencher: Bencher<'_, '_>, claims: usize) {
    let one = node(loaded(claims), "c77");
    ask(bencher, claims, &asked(), |dossier, _| {
        show(dossier, one.into(), None)
    });
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1, consts = [0, 1, 2])]
fn export<const FORMAT: usize>(bencher: Bencher<'_, '_>, claims: usize) {
    let name = ["json", "graphml", "dot"][FORMAT];
    let Some(Writes::Stream(write)) = by_name(name).map(|one| one.work.writes) else {
        unreachable!("it is a format of one file")
    };
    let dossier = Dossier::new(loaded(claims));
    bencher.bench_local(|| {
        let view = View::of_all(dossier.facts());
        let out = &mut std::io::sink();
        write(&dossier, &view, &Options::default(), out).map_err(|error| error.to_string())
    });
}

/// The pictures of what one of them said.
#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1, consts = [0, 1, 2])]
fn picture<const PICTURE: usize>(bencher: Bencher<'_, '_>, claims: usize) {
    let name = ["claims", "ladder", "timeline"][PICTURE];
    let (picture, svg) = (picture_by_name(name), format_by_name("svg"));
    let asked = Query {
        limit: Some(100),
        ..by_one()
    };
    ask(bencher, claims, &asked, |dossier, selection| {
        let canvas = Canvas {
            dossier,
            selection,
            chronology: None,
            around: None,
            look: &Look::default(),
        };
        let scene = picture.map(|picture| picture.work.scene(&canvas));
        let mut out = Vec::new();
        svg.zip(scene).map(|(svg, scene)| {
            svg.work
                .write(&scene, WriteAsked::default(), &mut out)
                .is_ok()
        })
    });
}
