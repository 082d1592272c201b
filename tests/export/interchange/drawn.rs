//! Random dossiers with every field of every kind of record, names that are hard on any format,
//! records without an id, references to records that come later, are named after their place, or
//! are not there.

use annals::model::{RecordKind, Vocabulary as _};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const DATES: &[&str] = &[
    "2023-04-20",
    "2023-04",
    "2023",
    "0000",
    "-0500-03",
    "0999-12-31",
    "Y12000",
    "1880~",
    "1997-06-XX",
    "156X",
    "2022-02-24/..",
    "../1811",
    "/2021-09-30",
    "1964/2008",
    "2021-05-04T10:00:00Z",
    "2021-05-04T23:30:00+02:00",
    "[1667,1672]",
    "{1960,1961-12}",
    "2001-21",
    "Y-18000",
    "Y17E7",
    "../..",
    "2004-06-11%",
];

const HOSTILE: &[&str] = &[
    "",
    " ",
    "no",
    "012",
    "2023-04-20",
    "null",
    "~",
    "true",
    "1e5",
    "a\nb\ttab\r",
    "  lead and trail  ",
    "line one\nline two\n",
    "\n\nblank\n\nlines\n\n",
    "nul \0 bell \u{7} escape \u{1b} del \u{7f} nel \u{85}",
    "]]> <!-- --> &amp; &#0; <b>\"x\"</b> '",
    "\\N \\l \\\" \\u0041",
    "عربى \u{202e}x\u{202c} \u{2066}y\u{2069} \u{feff}z\u{200b}",
    "👩‍👩‍👧‍👦 👍🏽 e\u{301}",
    "- a: [b], {c}: #d !e &f *g |h >i %j @k `l ? : ",
    "a: b # c",
    "\u{2028}\u{2029}\u{fffe}\u{ffff}",
    "=1+1",
    "#quot; %% ``` --> subgraph end",
    "http://x/?a=1&b=<2>",
];

/// Any text, often one that is hard on quoting.
pub(crate) fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[a-zé漢🙂'\": #&*!|>%@`,\\[\\]{}?\\\\<;=-]{1,24}",
        2 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// A word that can be an id.
fn tail() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        1 => "[a-zé漢🙂'\":#&*!|>%@`,{}?\\\\<;=\u{202e}-]{1,6}".prop_map(|s| format!("{s}x")),
    ]
}

fn date() -> impl Strategy<Value = Value> {
    let one = prop::sample::select(DATES);
    prop_oneof![
        4 => one.prop_map(|date| json!(date)),
        1 => words().prop_map(|display| json!({"edtf": "1643-03-29", "calendar": "julian", "display": display})),
        1 => Just(json!({"edtf": "1700-02-29", "calendar": "julian"})),
        1 => words().prop_map(|display| json!({"edtf": "2021-05", "display": display})),
    ]
}

/// Any JSON, as fields of one's own may hold.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((words(), inner), 0..4).prop_map(|all| all.into_iter().collect()),
        ]
    })
}

/// The ids of three records of each kind.
#[derive(Debug, Clone)]
pub(crate) struct Ids(Vec<String>);

pub(crate) fn ids() -> impl Strategy<Value = Ids> {
    prop::collection::vec(tail(), 24).prop_map(|tails| {
        let id = |(nth, tail): (usize, String)| {
            let kind = RecordKind::ALL[nth / 3];
            format!("{}{}{tail}", &kind.word()[..2], nth % 3)
        };
        Ids(tails.into_iter().enumerate().map(id).collect())
    })
}

impl Ids {
    fn of(&self, kind: RecordKind, nth: usize) -> String {
        self.0[kind as usize * 3 + nth].clone()
    }
}

type Field = (&'static str, BoxedStrategy<Option<Value>>);

fn need(name: &'static str, value: impl Strategy<Value = Value> + 'static) -> Field {
    (name, value.prop_map(Some).boxed())
}

fn may(name: &'static str, value: impl Strategy<Value = Value> + 'static) -> Field {
    (name, prop::option::of(value).boxed())
}

fn list(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop::collection::vec(value, 0..3)
        .prop_map(Value::Array)
        .boxed()
}

fn one_of(words: &'static [&'static str]) -> BoxedStrategy<Value> {
    prop::sample::select(words)
        .prop_map(|word| json!(word))
        .boxed()
}

fn text() -> BoxedStrategy<Value> {
    words().prop_map(Value::from).boxed()
}

/// A reference: now and then to a record that is named after its place, or to none.
fn refer(ids: &Ids, kinds: &'static [RecordKind]) -> BoxedStrategy<Value> {
    let ids = ids.clone();
    let known = (prop::sample::select(kinds), 0..3_usize)
        .prop_map(move |(kind, nth)| json!(ids.of(kind, nth)));
    let placed = (prop::sample::select(kinds), 1..4_usize)
        .prop_map(|(kind, nth)| json!(format!("drawn.jsonl#{}/{nth}", kind.plural())));
    prop_oneof![12 => known, 1 => placed, 1 => Just(json!("nobody"))].boxed()
}

#[allow(clippy::too_many_lines, reason = "a table, a line a field")]
fn fields(kind: RecordKind, ids: &Ids) -> Vec<Field> {
    use RecordKind::{Actor, Claim, Document, Event, Order, Place, Relation, Topic};
    const THINGS: &[RecordKind] = &[Document, Actor, Place, Topic, Event, Claim];
    let spans = prop::collection::vec((0..99_u32, 0..99_u32), 0..3);
    let evidence = list(
        (refer(ids, &[Document]), prop::option::of(words()), spans).prop_map(
            |(document, quote, spans)| {
                let mut one = json!({"document": document});
                if let Some(quote) = quote {
                    one["quote"] = quote.into();
                }
                if !spans.is_empty() {
                    one["spans"] = spans.iter().map(|(a, b)| json!([a, b])).collect();
                }
                one
            },
        ),
    );
    let stance = || one_of(&["supports", "opposes", "neutral", "mixed"]);
    match kind {
        Document => vec![
            need("title", text()),
            may("kind", text()),
            may("author", list(text())),
            may("publisher", text()),
            may("published", date()),
            may("language", text()),
            may("url", text()),
            may("based_on", list(refer(ids, &[Document]))),
            may("corrects", list(refer(ids, &[Document]))),
            may("text", Just(json!("no-such-file.txt"))),
            may("sha256", "[0-9a-f]{64}".prop_map(Value::from)),
        ],
        Actor => vec![
            need("name", text()),
            need(
                "kind",
                one_of(&["person", "organization", "state", "group", "media"]),
            ),
            may("aliases", list(text())),
            may("unnamed", any::<bool>().prop_map(Value::from)),
            may("lifespan", date()),
            may("same_as", list(text())),
        ],
        Place => vec![
            need("name", text()),
            may("within", refer(ids, &[Place])),
            may("lat", (-90.0..=90.0_f64).prop_map(Value::from)),
            may("lon", (-180.0..=180.0_f64).prop_map(Value::from)),
        ],
        Topic => vec![
            need("label", text()),
            may("about", list(refer(ids, THINGS))),
        ],
        Event => vec![
            need("label", text()),
            may("kind", text()),
            may("when", date()),
            may(
                "status",
                one_of(&[
                    "occurred",
                    "ongoing",
                    "scheduled",
                    "anticipated",
                    "alleged",
                    "cancelled",
                ]),
            ),
            may(
                "participants",
                list((refer(ids, &[Actor]), prop::option::of(words())).prop_map(
                    |(actor, role)| match role {
                        Some(role) => json!({"actor": actor, "role": role}),
                        None => json!({"actor": actor}),
                    },
                )),
            ),
            may("place", refer(ids, &[Place])),
            may("part_of", refer(ids, &[Event])),
            may("causes", list(refer(ids, &[Event]))),
            may("fulfils", list(refer(ids, &[Claim]))),
            may("breaks", list(refer(ids, &[Claim]))),
            may("weekday", text()),
            may("evidence", evidence),
        ],
        Claim => vec![
            need("speaker", list(refer(ids, &[Actor]))),
            may("as", refer(ids, &[Relation])),
            may("to", list(refer(ids, &[Actor]))),
            may("about", list(refer(ids, THINGS))),
            may(
                "stance",
                prop_oneof![
                    stance(),
                    list(
                        (refer(ids, THINGS), stance())
                            .prop_map(|(toward, value)| json!({"toward": toward, "value": value}))
                    ),
                ],
            ),
            may(
                "act",
                one_of(&["asserts", "denies", "retracts", "expresses"]),
            ),
            may("mode", one_of(&["direct", "indirect", "mixed"])),
            may("quote", text()),
            may("content", text()),
            may("said", date()),
            may("weekday", text()),
            may("at", refer(ids, &[Event])),
            may("via", list(refer(ids, &[Actor, Claim]))),
            may("responds_to", list(refer(ids, &[Claim]))),
            may("supports", list(refer(ids, &[Claim]))),
            may("contradicts", list(refer(ids, &[Claim]))),
            may("repeats", list(refer(ids, &[Claim]))),
            may("evidence", evidence),
        ],
        Relation => vec![
            need("from", refer(ids, &[Actor])),
            need(
                "kind",
                prop_oneof![one_of(&["represents", "holds_office", "part_of"]), text()],
            ),
            need("to", refer(ids, &[Actor])),
            may("role", text()),
            may("when", date()),
            may("evidence", evidence),
        ],
        Order => vec![
            need(
                "first",
                refer(ids, &[Event, Claim, Document, Relation, Actor]),
            ),
            need(
                "relation",
                prop_oneof![
                    one_of(&["before", "starts_before", "disjoint", "equals"]),
                    Just(json!(["before", "meets"])),
                ],
            ),
            need(
                "second",
                refer(ids, &[Event, Claim, Document, Relation, Actor]),
            ),
            need("by", one_of(&["P14M", "P13M/P15M", "about P14M", "PT6H"])),
            may("from", one_of(&["start", "end"])),
            may("to", one_of(&["start", "end"])),
            may("evidence", evidence),
        ],
    }
}

fn common() -> Vec<Field> {
    vec![
        may("note", text()),
        may("tags", list(text())),
        may("confidence", (0.0..=1.0_f64).prop_map(Value::from)),
        may("recorded", date()),
        (
            "retracted",
            prop_oneof![
                6 => Just(None),
                1 => date().prop_map(Some),
                1 => (date(), words()).prop_map(|(on, reason)| Some(json!({"on": on, "reason": reason}))),
            ]
            .boxed(),
        ),
        may(
            "ignore",
            list((words(), words()).prop_map(|(code, reason)| json!({"code": code, "reason": reason}))),
        ),
        may("x_kept", json_value()),
        may("x_ odd: \"key\"", json_value()),
    ]
}

/// A record of a kind; those that may do without an id sometimes have none.
fn record(kind: RecordKind, nth: usize, ids: &Ids) -> BoxedStrategy<Value> {
    let (names, values): (Vec<_>, Vec<_>) = fields(kind, ids).into_iter().chain(common()).unzip();
    let id = ids.of(kind, nth);
    let may_lack = matches!(
        kind,
        RecordKind::Claim | RecordKind::Relation | RecordKind::Order
    );
    (values, any::<bool>())
        .prop_map(move |(values, lacks)| {
            let mut record = Map::from_iter([("type".to_owned(), json!(kind.word()))]);
            if !(may_lack && lacks) {
                record.insert("id".to_owned(), json!(id));
            }
            let fields = names.iter().zip(values);
            record.extend(fields.filter_map(|(name, value)| Some(((*name).to_owned(), value?))));
            Value::Object(record)
        })
        .boxed()
}

/// Three records of each kind, as JSON Lines.
pub(crate) fn dossier() -> impl Strategy<Value = String> {
    ids().prop_flat_map(|ids| {
        let kinds = RecordKind::ALL.iter();
        let all: Vec<_> = kinds
            .flat_map(|kind| {
                (0..3)
                    .map(|nth| record(*kind, nth, &ids))
                    .collect::<Vec<_>>()
            })
            .collect();
        all.prop_map(|records| {
            let lines: Vec<String> = records.iter().map(Value::to_string).collect();
            lines.join("\n") + "\n"
        })
    })
}
