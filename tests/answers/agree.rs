//! Two annotators compared: what is matched with what, and what the numbers leave out.

use annals::Store;
use annals::store::OpenOptions;
use annals::store::rows::Agreement;
use serde_json::{Value, json};

fn store(name: &str, facts: &Value) -> Store {
    let name = format!("{name}.json");
    let options = OpenOptions::new().memory(name, facts.to_string().into_bytes());
    options.open().unwrap()
}

fn agree(first: &Value, second: &Value) -> Agreement {
    let (first, second) = (store("first", first), store("second", second));
    first.agree(&second).unwrap().data
}

fn alpha(agreement: &Agreement, field: &str) -> Option<f64> {
    let found = agreement.alpha.0.iter().find(|(name, _)| *name == field);
    found.unwrap().1
}

/// Facts with these claims, each with a speaker, an act and a quoted passage; without texts.
fn facts(document: &Value, claims: &[(&str, &str, &str, &str)]) -> Value {
    let claims = claims.iter().map(|(id, speaker, act, quote)| {
        json!({"id": id, "speaker": [speaker], "act": act, "content": "words",
            "evidence": [{"document": document["id"], "quote": quote}]})
    });
    json!({"annals": 1, "documents": [document],
        "actors": [{"id": "ann", "name": "Ann Lee", "kind": "person"},
            {"id": "bob", "name": "Bob Ray", "kind": "person"}],
        "claims": claims.collect::<Vec<_>>()})
}

fn pairs(agreement: &Agreement) -> Vec<[&str; 2]> {
    let pairs = agreement.pairs.iter();
    pairs
        .map(|pair| [pair.claims[0].id.as_str(), &pair.claims[1].id])
        .collect()
}

#[test]
fn shipped_dossiers_agree_with_themselves() {
    for folder in ["data/kyiv", "data/harbour"] {
        let store = Store::open(folder).unwrap();
        let agreement = store.agree(&store).unwrap().data;
        assert!(agreement.both > 20, "{folder}: {}", agreement.both);
        assert!(
            agreement.differ.is_empty(),
            "{folder}: {:?}",
            agreement.differ
        );
        let ids = |refs: &[annals::query::Ref]| -> Vec<String> {
            refs.iter().map(|one| one.id.clone()).collect()
        };
        assert_eq!(ids(&agreement.only_first), ids(&agreement.only_second));
        for (field, alpha) in &agreement.alpha.0 {
            assert!(
                alpha.is_none_or(|alpha| (alpha - 1.0).abs() < 1e-12),
                "{field}: {alpha:?}"
            );
        }
        assert_eq!(alpha(&agreement, "speaker"), Some(1.0));
        assert!(pairs(&agreement).iter().all(|[one, other]| one == other));
    }
}

#[test]
fn without_the_text_words_are_compared() {
    let document = json!({"id": "d", "title": "Report"});
    let one = facts(
        &document,
        &[
            (
                "a1",
                "ann",
                "asserts",
                "We shall not close the library this year",
            ),
            ("a2", "bob", "denies", "nobody asked the readers"),
            ("a3", "bob", "asserts", "something else altogether"),
        ],
    );
    let other = facts(
        &document,
        &[
            ("b1", "bob", "denies", "Nobody asked the READERS"),
            ("b2", "ann", "promises", "not close the library"),
            ("b3", "ann", "asserts", "the library is old"),
        ],
    );
    let agreement = agree(&one, &other);
    assert_eq!(pairs(&agreement), [["a1", "b2"], ["a2", "b1"]]);
    assert_eq!(agreement.only_first[0].id, "a3");
    assert_eq!(agreement.only_second[0].id, "b3");
    assert_eq!(alpha(&agreement, "spans"), None, "nothing has a place");
    assert_eq!(alpha(&agreement, "speaker"), Some(1.0));
    assert!(alpha(&agreement, "act").unwrap() < 1.0);
    let fields: Vec<_> = agreement.differ.iter().map(|row| row.field).collect();
    assert_eq!(fields, ["spans", "act"]);
    assert!(
        agreement.notes[0].contains("compared by their words"),
        "{:?}",
        agreement.notes
    );
}

#[test]
fn a_text_is_the_same_by_its_sum() {
    let sum = "f495c173c9698cd1de7ef7d93947c903debfdb894f4122b1358f389741a7eeff";
    let one = json!({"id": "d", "title": "Report", "sha256": sum});
    let other = json!({"id": "x", "title": "Report", "sha256": sum.to_uppercase()});
    let claim = [("c", "ann", "asserts", "we agree on this")];
    assert_eq!(agree(&facts(&one, &claim), &facts(&other, &claim)).both, 1);
    let third = json!({"id": "x", "title": "Report"});
    let agreement = agree(&facts(&one, &claim), &facts(&third, &claim));
    assert_eq!((agreement.both, agreement.only_first.len()), (0, 1));
    assert!(
        agreement.notes[0].contains("no document in common"),
        "{:?}",
        agreement.notes
    );
}

#[test]
fn the_largest_overlap_is_matched_first_and_each_claim_once() {
    let document = json!({"id": "d", "title": "Report"});
    let one = facts(
        &document,
        &[
            ("a1", "ann", "asserts", "one two three four"),
            ("a2", "ann", "asserts", "two three"),
        ],
    );
    let other = facts(
        &document,
        &[("b1", "ann", "asserts", "one two three four five")],
    );
    assert_eq!(pairs(&agree(&one, &other)), [["a1", "b1"]]);
    // Of claims on the same passage, those that are alike.
    let one = facts(
        &document,
        &[
            ("a1", "ann", "asserts", "one two three"),
            ("a2", "bob", "denies", "one two three"),
        ],
    );
    let other = facts(
        &document,
        &[
            ("b1", "bob", "denies", "one two three"),
            ("b2", "ann", "asserts", "one two three"),
        ],
    );
    assert_eq!(pairs(&agree(&one, &other)), [["a1", "b2"], ["a2", "b1"]]);
}

#[test]
fn actors_are_the_same_by_id_or_else_by_name() {
    let document = json!({"id": "d", "title": "Report"});
    let claims = [("c", "ann", "asserts", "we agree on this")];
    let one = facts(&document, &claims);
    let mut renamed = facts(&document, &claims);
    renamed["actors"][0]["name"] = json!("A. Lee");
    assert!(agree(&one, &renamed).differ.is_empty());
    let mut other_id = facts(&document, &[("c", "lee", "asserts", "we agree on this")]);
    other_id["actors"][0]["id"] = json!("lee");
    assert!(agree(&one, &other_id).differ.is_empty());
    other_id["actors"][0]["name"] = json!("Ann Lea");
    assert_eq!(agree(&one, &other_id).differ[0].field, "speaker");
}

#[test]
fn what_is_retracted_or_not_known_yet_is_no_claim() {
    let document = json!({"id": "d", "title": "Report"});
    let one = facts(&document, &[("c", "ann", "asserts", "we agree on this")]);
    let mut other = one.clone();
    other["claims"][0]["retracted"] = json!("2024-01-01");
    let agreement = agree(&one, &other);
    assert_eq!(
        (
            agreement.both,
            agreement.only_first.len(),
            agreement.only_second.len()
        ),
        (0, 1, 0)
    );
    let (first, second) = (store("first", &one), store("second", &other));
    let before = second.as_of("2023").unwrap();
    assert_eq!(first.agree(&before).unwrap().data.both, 1);
}
