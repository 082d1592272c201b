//! A dossier made ready for many questions answers each as one that is not.

use annals::load::{Request, Source, load};
use annals::model::{RecordKind, StanceValue};
use annals::query::said::said;
use annals::query::{Dossier, Query};

/// Every field that names things, how a question asks for it, and what can stand there.
type Field = (fn(&mut Query) -> &mut Vec<String>, &'static [RecordKind]);

const FIELDS: [Field; 6] = [
    (|asked| &mut asked.by, &[RecordKind::Actor]),
    (|asked| &mut asked.to, &[RecordKind::Actor]),
    (
        |asked| &mut asked.about,
        &[
            RecordKind::Actor,
            RecordKind::Event,
            RecordKind::Topic,
            RecordKind::Place,
            RecordKind::Document,
            RecordKind::Claim,
        ],
    ),
    (
        |asked| &mut asked.via,
        &[RecordKind::Actor, RecordKind::Claim],
    ),
    (|asked| &mut asked.at, &[RecordKind::Event]),
    (|asked| &mut asked.in_document, &[RecordKind::Document]),
];

#[test]
fn every_question_has_the_same_answer() {
    let loaded = load(&Request {
        facts: vec![Source::Path("data".into())],
        texts: Vec::new(),
    });
    let (plain, ready) = (Dossier::new(&loaded), Dossier::new(&loaded).indexed());
    let ids = |kinds: &[RecordKind]| -> Vec<String> {
        let records = loaded.facts.records();
        let wanted = records.filter(|record| kinds.contains(&record.kind()));
        wanted
            .map(|record| loaded.facts.id(record).to_owned())
            .collect()
    };
    let same = |asked: &Query| -> usize {
        let selection = asked.resolve(&loaded.facts).unwrap();
        let written = |dossier| serde_json::to_string(&said(dossier, &selection)).unwrap();
        let (one, other) = (written(&plain), written(&ready));
        assert_eq!(one, other, "{asked:?}");
        said(&ready, &selection).len()
    };
    let mut answered = [0; 6];
    for (nth, (field, kinds)) in FIELDS.iter().enumerate() {
        let ids = ids(kinds);
        for (at, id) in ids.iter().enumerate() {
            let mut asked = Query::default();
            field(&mut asked).push(id.clone());
            answered[nth] += usize::from(same(&asked) > 0);
            // With another of them, with another field, with a stance, with fewer rows.
            field(&mut asked).push(ids[at * 7 % ids.len()].clone());
            same(&asked);
            asked.stance = vec![StanceValue::Supports, StanceValue::Opposes];
            same(&asked);
            asked.by.push("stoltenberg".to_owned());
            same(&asked);
            asked.limit = Some(1);
            same(&asked);
        }
    }
    assert!(answered.iter().all(|count| *count > 0), "{answered:?}");
    assert!(same(&Query::default()) > 50);
}
