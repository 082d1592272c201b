//! What Annals exports as linked data, read again as annotations: passages, and the claims that they
//! show.

use std::collections::BTreeSet;

use annals::export::{Options as ExportOptions, Writes};
use annals::graph::View;
use annals::import::{Options, Outputs, by_name, import};
use annals::load::{LoadResult, Request, Source, load};
use annals::model::Vocabulary;
use annals::query::Dossier;
use proptest::prelude::*;
use serde_json::{Value, json};

fn loaded(name: &str, bytes: Vec<u8>) -> LoadResult {
    let loaded = load(&Request {
        facts: vec![Source::Memory {
            name: name.into(),
            bytes,
        }],
        texts: Vec::new(),
    });
    assert!(!loaded.stopped);
    loaded
}

/// Every claim as far as an annotation can hold it.
fn told(loaded: &LoadResult) -> BTreeSet<String> {
    let facts = &loaded.facts;
    let text = |text: Option<annals::model::Str>| text.map(|text| facts.str(text).to_owned());
    let mut all = BTreeSet::new();
    for (_, claim) in facts.claims.iter() {
        let actor = |id: &annals::model::ActorId| {
            let actor = &facts[*id];
            (text(actor.name), actor.kind.map(Vocabulary::word))
        };
        let speakers: Vec<_> = facts.list(claim.speaker).iter().map(actor).collect();
        let to: Vec<_> = facts.list(claim.to).iter().map(actor).collect();
        let about: Vec<_> = facts
            .list(claim.about)
            .iter()
            .map(|id| facts.label(*id))
            .collect();
        let stance = facts.list(claim.stance).iter();
        let stance: Vec<_> = stance
            .map(|one| (one.toward.map(|id| facts.label(id)), one.value.word()))
            .collect();
        let evidence = facts.list(claim.evidence).iter().map(|one| {
            let title = one
                .document
                .and_then(|document| text(facts[document].title));
            (title, text(one.quote), facts.list(one.spans).to_vec())
        });
        let evidence: Vec<_> = evidence.collect();
        let said = claim.said.map(|date| facts.date(date).written().to_owned());
        all.insert(format!(
            "{speakers:?} {to:?} {about:?} {stance:?} {:?} {:?} {:?} {:?} {said:?} {evidence:?}",
            claim.act.map(Vocabulary::word),
            claim.mode.map(Vocabulary::word),
            text(claim.quote),
            text(claim.content),
        ));
    }
    all
}

/// Words with anything in them, and a letter at either end.
fn words() -> impl Strategy<Value = String> {
    "[\\PC\"'&<>\\\\\n\u{202E}🚢]{0,12}".prop_map(|middle| format!("a{middle}z"))
}

fn claim() -> impl Strategy<Value = Value> {
    let evidence =
        prop::collection::vec((0..2_usize, prop::option::of(words()), 0..90_usize), 1..3);
    let who = prop::collection::btree_set(0..4_usize, 0..3);
    let about = prop::collection::btree_set(0..3_usize, 0..3);
    let act = prop::option::of(prop::sample::select(vec!["asserts", "denies", "threatens"]));
    let said = prop::option::of(prop::sample::select(vec![
        "2023-04-20",
        "2020-21",
        "1911/1913",
        "[..1998]",
        "1880~",
    ]));
    (
        who,
        about,
        act,
        said,
        prop::option::of(words()),
        prop::option::of(words()),
        evidence,
    )
        .prop_map(|(who, about, act, said, quote, content, evidence)| {
            let id = |kind: &str, n: &usize| format!("{kind}{n}");
            let about: Vec<String> = about.iter().map(|n| id("t", n)).collect();
            let mut claim = json!({
                "speaker": who.iter().map(|n| id("a", n)).collect::<Vec<_>>(),
                "about": about,
            });
            if let Some(first) = about.first() {
                claim["stance"] = json!([{"toward": first, "value": "mixed"}]);
            }
            for (field, value) in [
                ("act", act.map(str::to_owned)),
                ("said", said.map(str::to_owned)),
                ("quote", quote),
                ("content", content),
            ] {
                if let Some(value) = value {
                    claim[field] = value.into();
                }
            }
            let evidence = evidence.iter().map(|(document, quote, start)| match quote {
                Some(quote) => {
                    let end = start + quote.chars().count();
                    json!({"document": id("d", document), "quote": quote, "spans": [[start, end]]})
                }
                None => json!({"document": id("d", document)}),
            });
            claim["evidence"] = evidence.collect();
            claim
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_as_linked_data_comes_back_as_annotations(
        names in prop::collection::vec(words(), 9),
        claims in prop::collection::vec(claim(), 1..8),
    ) {
        let name = |n: usize| format!("{} {n}", names[n]);
        let kinds = ["person", "organization", "state", "group"];
        let facts = json!({
            "annals": 1,
            "documents": (0..2).map(|n| json!({"id": format!("d{n}"), "title": name(n), "url": format!("https://a.example/{n}")})).collect::<Vec<_>>(),
            "actors": (0..4).map(|n| json!({"id": format!("a{n}"), "name": name(n + 2), "kind": kinds[n]})).collect::<Vec<_>>(),
            "topics": (0..3).map(|n| json!({"id": format!("t{n}"), "label": name(n + 6)})).collect::<Vec<_>>(),
            "claims": claims,
        });
        let before = loaded("facts.json", serde_json::to_vec(&facts).unwrap());
        let Writes::Stream(write) = annals::export::by_name("jsonld").unwrap().work.writes else {
            panic!("linked data is a stream");
        };
        let mut exported = Vec::new();
        let view = View::of_all(&before.facts);
        write(&Dossier::new(&before), &view, &ExportOptions::default(), &mut exported).unwrap();
        let source = annals::source::Source::memory("facts.jsonld", exported);
        let mut again = Vec::new();
        import(by_name("webannotation").unwrap(), &[source], &Options::default(), Outputs::to(&mut again)).unwrap();
        let after = loaded("again.yaml", again);
        prop_assert_eq!(told(&before), told(&after));
    }
}
