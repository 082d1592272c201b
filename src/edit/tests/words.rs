//! Values in people's words, passages, effects, and drafts.

use serde_json::{Map, Value, json};

use crate::{
    Change, Editor, Effects, Refusal, Scope, ValueReader, drafts, likely_doubles, moved, passage,
};
use annals_check::{Policy, check};
use annals_evidence::{Level, Span};
use annals_load::{LoadResult, Request, Source, load, load_instead};
use annals_model::{OwnWords, RecordKind, Vocabulary as _};

fn request() -> Request {
    let path = format!("{}/../../data/harbour", env!("CARGO_MANIFEST_DIR"));
    Request {
        facts: vec![Source::Path(path.into())],
        texts: Vec::new(),
    }
}

fn harbour() -> LoadResult {
    load(&request())
}

#[expect(clippy::needless_pass_by_value, reason = "what json! makes")]
fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn names_dates_and_short_words_become_values() {
    let (loaded, own_words) = (harbour(), OwnWords::default());
    let reader = ValueReader {
        facts: &loaded.facts,
        own_words: &own_words,
        coming: &["new-actor".to_owned()],
    };
    let read = |kind: RecordKind, field: &str, words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        reader.value(kind, kind.field(field).unwrap(), &words)
    };
    let claim = |field: &str, words: &[&str]| read(RecordKind::Claim, field, words);
    let value = |field: &str, words: &[&str]| claim(field, words).unwrap().value;
    assert_eq!(
        value("speaker", &["the mayor of Skerrow", "new-actor"]),
        json!(["solvang", "new-actor"])
    );
    assert_eq!(value("speaker", &[""]), json!([]));
    assert_eq!(value("stance", &["supports"]), json!("supports"));
    assert_eq!(
        value("stance", &["north-basin: opposes"]),
        json!([{"toward": "north-basin", "value": "opposes"}])
    );
    let said = claim("said", &["Monday, 4 October 2021"]).unwrap();
    assert_eq!(
        (said.value, said.weekday.as_deref()),
        (json!("2021-10-04"), Some("Monday"))
    );
    assert_eq!(value("said", &["2021-10~"]), json!("2021-10~"));
    assert_eq!(value("confidence", &["0.5"]), json!(0.5));
    let participants = read(
        RecordKind::Event,
        "participants",
        &["Kallis (speaker)", "hrynko"],
    )
    .unwrap();
    assert_eq!(
        participants.value,
        json!([{"actor": "kallis", "role": "speaker"}, "hrynko"])
    );
    let why = |field: &str, words: &[&str]| claim(field, words).unwrap_err().to_string();
    assert!(
        why("speaker", &["Kalis"])
            .contains("\"Kalis\" is not the name of an actor; the nearest:\n  kallis")
    );
    assert!(why("act", &["says"]).starts_with("\"says\" is not an act; there are asserts, denies"));
    assert_eq!(
        why("said", &["03/04/2021"]),
        "--said: \"03/04/2021\" can be read in two ways; write it as YYYY-MM-DD"
    );
    assert_eq!(
        why("quote", &["a", "b"]),
        "--quote takes one value, and was given 2"
    );
    assert!(why("confidence", &["2"]).contains("no number from 0 to 1"));
    assert!(why("stance", &["for it"]).contains("neither a stance nor"));
}

#[test]
fn a_quote_stands_in_its_text_or_is_refused_with_what_is_like_it() {
    let loaded = harbour();
    let found = passage(
        &loaded,
        "council-transcript",
        Some("the cranes will stand still"),
        &[],
    )
    .unwrap();
    assert_eq!(found.level, Some(Level::Folded));
    assert_eq!((found.spans.len(), found.lines), (1, Some((29, 30))));
    assert_eq!(found.taken, ["hrynko-ultimatum"]);
    assert_eq!(found.evidence["spans"][0][0], json!(found.spans[0].start));
    let why = |words: &str, spans: &[Span]| {
        let refused = passage(&loaded, "council-transcript", Some(words), spans).unwrap_err();
        assert!(matches!(refused, Refusal::Quote(_)));
        refused.to_string()
    };
    let missing = why("the cranes will not stand still", &[]);
    assert!(
        missing.contains("is not in the text of council-transcript; nothing was written"),
        "{missing}"
    );
    assert!(
        missing.contains("where the quote has \"not\", the text has nothing"),
        "{missing}"
    );
    let twice = why("clay", &[]);
    assert!(
        twice.contains("times; give more of its words, or the place:\n  --span "),
        "{twice}"
    );
    let other = why("the cranes", &[Span::new(0, 4)]);
    assert!(other.contains("has there: \"TOWN\""), "{other}");
    // Chosen words without any given.
    let chosen = passage(&loaded, "council-transcript", None, &[Span::new(0, 15)]).unwrap();
    assert_eq!(chosen.evidence["quote"], json!("TOWN OF SKERROW"));
    // A text that is not there verifies nothing.
    let unread = passage(&loaded, "wierzba-2009", Some("whatever"), &[]).unwrap();
    assert_eq!((unread.level, unread.spans.len()), (None, 0));
}

#[test]
fn findings_that_a_change_adds_and_ends_are_known_before_it_is_written() {
    let (loaded, policy) = (harbour(), Policy::default());
    let before = check(&loaded, &policy);
    let path = format!("{}/../../data/harbour", env!("CARGO_MANIFEST_DIR"));
    let scope = Scope {
        named: vec![path.into()],
        ..Scope::default()
    };
    let change = Change::Set {
        record: "hrynko-ultimatum".to_owned(),
        fields: fields(json!({"said": "2022-09-30", "quote": "the cranes will stand"})),
        seen: None,
    };
    let plan = Editor::new(&loaded, &scope).plan(&[change]).unwrap();
    let instead: Vec<_> = plan
        .files
        .iter()
        .map(|file| (file.path.clone(), file.after.clone().into_bytes()))
        .collect();
    let after = load_instead(
        &request(),
        &OwnWords::default(),
        &loaded.earlier,
        &|_| true,
        &instead,
    );
    assert_eq!(after.facts.len(), loaded.facts.len());
    let now = check(&after, &policy);
    let effects = Effects::new((&loaded.facts, &before), (&after.facts, &now));
    assert!(effects.has_errors() && effects.ended.is_empty());
    assert!(
        effects
            .added
            .iter()
            .any(|one| one.message.contains("hrynko-ultimatum"))
    );
    assert!(effects.added.len() < now.len());
}

#[test]
fn what_is_likely_there_already_is_named() {
    let loaded = harbour();
    let found = passage(
        &loaded,
        "council-transcript",
        Some("the cranes will stand still"),
        &[],
    )
    .unwrap();
    let claim = fields(json!({"speaker": ["hrynko"], "evidence": found.evidence}));
    let likely = likely_doubles(&loaded, RecordKind::Claim, &claim);
    assert_eq!(
        (likely.len(), likely[0].id.as_str()),
        (1, "hrynko-ultimatum")
    );
    let actor = fields(json!({"name": "DR LIN"}));
    assert_eq!(
        likely_doubles(&loaded, RecordKind::Actor, &actor)[0].id,
        "lin-meihua"
    );
}

#[test]
fn drafts_are_accepted_or_rejected_and_come_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("f.yaml"),
        "annals: 1\nactors:\n  - {id: a, name: A, kind: person}\n",
    )
    .unwrap();
    let scope = Scope {
        named: vec![folder.path().to_owned()],
        ..Scope::default()
    };
    let actor = |id: &str, name: &str| {
        (
            RecordKind::Actor,
            fields(json!({"id": id, "name": name, "kind": "person"})),
        )
    };
    let some = [actor("b", "B"), actor("c", "C")];
    let added = drafts::add(
        &scope,
        "import ics",
        "annals import ics",
        Some("b.ics"),
        &some,
    )
    .unwrap();
    assert_eq!((added.new, added.known), (2, 0));
    let again = drafts::add(
        &scope,
        "other",
        "somebody",
        None,
        &[actor("b2", "B"), actor("d", "D")],
    )
    .unwrap();
    assert_eq!((again.new, again.known), (1, 1));
    let all = drafts::read(&scope).unwrap();
    let lines: Vec<usize> = all.all.iter().map(|draft| draft.line).collect();
    assert_eq!((lines, all.unread.len()), (vec![1, 2, 1], 0));
    // No command reads them as facts.
    let request = Request {
        facts: vec![Source::Path(folder.path().to_owned())],
        texts: Vec::new(),
    };
    let loaded = load(&request);
    assert_eq!(loaded.facts.len(), 1);
    // Accepted: written with x_by, and out of the queue.
    let plan = Editor::new(&loaded, &scope)
        .plan(&[drafts::accepted(&all.all[0])])
        .unwrap();
    plan.apply(&scope).unwrap();
    drafts::remove(&scope, &all.all[0]).unwrap();
    let text = std::fs::read_to_string(folder.path().join("f.yaml")).unwrap();
    assert!(
        text.ends_with(
            "- {id: b, name: B, kind: person, x_by: annals import ics, x_from: b.ics}\n"
        ),
        "{text}"
    );
    // Rejected: it does not come again.
    drafts::reject(&scope, &all.all[1], Some("no")).unwrap();
    assert_eq!(drafts::read(&scope).unwrap().all.len(), 1);
    let once_more =
        drafts::add(&scope, "import ics", "annals import ics", None, &some[1..]).unwrap();
    assert_eq!((once_more.new, once_more.rejected), (0, 1));
    assert_eq!(
        drafts::rejected(&scope).unwrap().all[0].fields["x_reason"],
        "no"
    );
    drafts::restore(&scope, &all.all[1]).unwrap();
    assert_eq!(
        (
            drafts::read(&scope).unwrap().all.len(),
            drafts::rejected(&scope).unwrap().all.len()
        ),
        (2, 0)
    );
    assert!(drafts::faults(&loaded, &all.all[0]).is_empty());
    // What is no draft is counted, not dropped.
    let path = folder.path().join(".annals/drafts/hand.jsonl");
    std::fs::write(
        &path,
        "{\"type\": \"claim\"}\nnot json\n{\"type\": \"thing\"}\n",
    )
    .unwrap();
    let all = drafts::read(&scope).unwrap();
    assert_eq!(
        (all.all.len(), all.unread.len(), all.unread[0].1),
        (3, 2, 2)
    );
    assert!(
        drafts::remove(
            &scope,
            &drafts::Draft {
                path: "/etc/passwd".into(),
                ..all.all[0].clone()
            }
        )
        .is_err()
    );
}

#[test]
fn a_draft_that_says_less_than_a_record_needs_cannot_be_accepted() {
    let loaded = harbour();
    let faults = |kind: &str, value: Value| {
        let draft = drafts::Draft {
            path: "d.jsonl".into(),
            line: 1,
            key: String::new(),
            kind: RecordKind::parse(kind).unwrap(),
            fields: fields(value),
        };
        drafts::faults(&loaded, &draft)
    };
    let good = json!({"speaker": ["hrynko"], "about": ["north-basin"], "stance": "opposes", "content": "No."});
    assert_eq!(faults("claim", good), Vec::<String>::new());
    let cases = [
        (
            "claim",
            json!({"speaker": ["hrynko"], "stance": "opposes", "content": "No."}),
            "toward what",
        ),
        (
            "claim",
            json!({"speaker": ["hrynko"], "about": [], "stance": ["opposes"], "content": "No."}),
            "toward what",
        ),
        (
            "claim",
            json!({"speaker": ["hrynko"], "stance": [{"value": "opposes"}], "content": "No."}),
            "\"toward\"",
        ),
        (
            "claim",
            json!({"speaker": ["hrynko"], "stance": [{"toward": "", "value": "opposes"}], "content": "No."}),
            "stance, toward",
        ),
        (
            "claim",
            json!({"speaker": ["hrynko"], "stance": [{"toward": "nowhere-at-all", "value": "opposes"}], "content": "No."}),
            "nowhere-at-all",
        ),
        (
            "claim",
            json!({"speaker": ["north-basin"], "content": "No."}),
            "a topic",
        ),
        ("claim", json!({"content": "No."}), "speaker"),
        (
            "claim",
            json!({"speaker": ["hrynko"], "content": "No.", "said": "someday"}),
            "someday",
        ),
        (
            "event",
            json!({"label": "It", "participants": [{"actor": "nobody-here", "role": "agent"}]}),
            "participants, actor",
        ),
    ];
    for (kind, value, words) in cases {
        let found = faults(kind, value.clone());
        assert!(
            found.iter().any(|one| one.contains(words)),
            "{value}: {found:?}"
        );
    }
}

#[test]
fn a_passage_moves_with_the_quote_that_it_is() {
    let loaded = harbour();
    let text = loaded
        .facts
        .documents
        .handles()
        .find(|id| loaded.texts.get(*id).is_some())
        .unwrap();
    let document = loaded.facts.id(text);
    let other = passage(&loaded, document, None, &[Span::new(4, 20)]).unwrap();
    let words = other.evidence["quote"].clone();
    let change = |value: Value| moved(&fields(value), &other).map(Value::Object);
    let both = json!({"quote": "a b", "evidence": [{"document": document, "quote": "a b", "page": "3"}, "elsewhere"]});
    assert_eq!(
        change(both),
        Some(
            json!({"quote": words, "evidence": [{"document": document, "quote": words, "page": "3", "spans": [[4, 20]]}, "elsewhere"]})
        )
    );
    // The claim's own quote is the passage of an evidence that has no other words.
    let own = json!({"quote": "a b", "evidence": document});
    assert_eq!(
        change(own),
        Some(json!({"quote": words, "evidence": {"document": document, "spans": [[4, 20]]}}))
    );
    // Words of another speaker's are another quote, which stays.
    let reported =
        json!({"quote": "a b", "evidence": {"document": document, "quote": "he said a b"}});
    assert_eq!(
        change(reported),
        Some(json!({"evidence": {"document": document, "quote": words, "spans": [[4, 20]]}}))
    );
    assert_eq!(
        change(json!({"quote": "a b", "evidence": "elsewhere"})),
        None
    );
    assert_eq!(change(json!({"quote": "a b"})), None);
}
