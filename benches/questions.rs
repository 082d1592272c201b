//! Reading, checking and asking 10,000 claims: `cargo bench --bench questions`.
//!
//! The facts are made here, the same in each run. Whole processes over more facts are timed by
//! `benches/floor.py`.

use annals::check::check;
use annals::graph::Graph;
use annals::load::{Loaded, Request, Source, load};
use annals::query::said::said;
use annals::query::timeline::timeline;
use annals::query::{Asked, Dossier};

const CLAIMS: usize = 10_000;

fn main() {
    divan::main();
}

/// Claims by 200 actors about each other, on days of ten years, each reported in a document.
fn request() -> Request {
    let mut lines = String::new();
    for nth in 0..200 {
        lines.push_str(&format!(
            "{{\"type\":\"actor\",\"id\":\"a{nth}\",\"name\":\"Actor {nth}\",\"kind\":\"person\"}}\n\
             {{\"type\":\"document\",\"id\":\"d{nth}\",\"title\":\"Report {nth}\",\"published\":\"2023-12-31\"}}\n"
        ));
    }
    for nth in 0..CLAIMS {
        let (speaker, about, document) = (nth * nth % 199, nth * 7 % 200, nth % 200);
        let (year, month, day) = (2014 + nth % 10, 1 + nth % 12, 1 + nth % 28);
        lines.push_str(&format!(
            "{{\"type\":\"claim\",\"id\":\"c{nth}\",\"speaker\":[\"a{speaker}\"],\"about\":[\"a{about}\"],\
             \"said\":\"{year}-{month:02}-{day:02}\",\"content\":\"What was said for the {nth}th time\",\
             \"evidence\":[{{\"document\":\"d{document}\"}}]}}\n"
        ));
    }
    Request {
        facts: vec![Source::Memory {
            name: "bulk.jsonl".to_owned(),
            bytes: lines.into_bytes(),
        }],
        texts: Vec::new(),
    }
}

fn loaded() -> Loaded {
    load(&request())
}

#[divan::bench]
fn reading(bencher: divan::Bencher<'_, '_>) {
    let request = request();
    bencher.bench_local(|| load(divan::black_box(&request)));
}

#[divan::bench]
fn checking(bencher: divan::Bencher<'_, '_>) {
    let loaded = loaded();
    bencher.bench_local(|| check(divan::black_box(&loaded), &annals::check::Policy::default()));
}

#[divan::bench]
fn graph(bencher: divan::Bencher<'_, '_>) {
    let loaded = loaded();
    bencher.bench_local(|| Graph::of_all(divan::black_box(&loaded.facts)));
}

fn ask<T>(
    bencher: divan::Bencher<'_, '_>,
    asked: &Asked,
    question: impl Fn(&Dossier<'_>, &annals::query::Selection) -> T,
) {
    let loaded = loaded();
    let Ok(selection) = asked.resolve(&loaded.facts) else {
        unreachable!("the names asked for are made above")
    };
    bencher.bench_local(|| question(&Dossier::new(&loaded), divan::black_box(&selection)));
}

#[divan::bench]
fn said_by_one(bencher: divan::Bencher<'_, '_>) {
    let asked = Asked {
        by: vec!["a1".to_owned()],
        ..Asked::default()
    };
    ask(bencher, &asked, said);
}

#[divan::bench]
fn said_by_all(bencher: divan::Bencher<'_, '_>) {
    ask(bencher, &Asked::default(), said);
}

#[divan::bench]
fn timeline_of_all(bencher: divan::Bencher<'_, '_>) {
    ask(bencher, &Asked::default(), |dossier, selection| {
        timeline(dossier, selection, None)
    });
}
