//! Random records, and random numbers to make them of.

use serde_json::{Map, Value, json};

use annals_model::RecordKind;

/// Numbers that depend on a seed alone.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// Whether something happens that happens once in so many times.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(super) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Texts that have gone wrong somewhere before, or might.
const TEXTS: &[&str] = &[
    "a",
    "kept\n",
    "kept lines\n\n",
    "the cranes will stand still",
    "not one day later",
    "no",
    "null",
    "~",
    "12",
    "012",
    "1e5",
    "2021-09-30",
    "yes: no",
    "a, b",
    "# no comment",
    "a # comment",
    "say \"no\"",
    "it's",
    "- dash",
    "[x]",
    "{y}",
    "*star",
    "&and",
    "!bang",
    "%per",
    "@at",
    "`tick`",
    "a:b",
    "key: value",
    "ends:",
    "C:\\path",
    "“so”, he said",
    "Київ",
    "林美華",
    "🚢🏗",
    "\u{10FFFD}",
    "e\u{301}",
    "ﬁ",
    "a\u{a0}b",
    "\u{2028}line",
    "\u{85}next",
    "one\ntwo",
    "one\n\n  two\n",
    "tab\there",
    "a;b",
    "a\\;b",
    "||",
    "true",
    "-1",
    "? what",
    "| pipe",
    "> fold",
    "\u{202e}rtl",
    "a\u{feff}b",
    "'quoted'",
    "\"",
    "semi; colon",
    "trail\\",
    "x, y: z",
    "0x1F",
    "1_000",
    "+3",
    ".5",
    "=1+1",
    "very long words that go \
    on and on and on until the line is longer than anybody would like it to be in a file by hand",
];

pub(super) fn text(dice: &mut Dice) -> String {
    let mut text = dice.one(TEXTS).to_owned();
    if dice.once_in(4) {
        text.push(' ');
        text.push_str(dice.one(TEXTS));
    }
    text
}

/// A text that a cell of a table can hold: without white space at its ends, and not empty.
pub(super) fn trimmed(text: &str) -> String {
    let trimmed = text.trim().to_owned();
    if trimmed.is_empty() || trimmed.starts_with(['[', '{']) {
        return "plain".to_owned();
    }
    trimmed
}

fn some_date(dice: &mut Dice) -> Value {
    match dice.below(4) {
        0 => json!({"edtf": "1917-10-25", "calendar": "julian"}),
        1 => json!("2021"),
        2 => json!("2021-09/2021-10~"),
        _ => json!("2021-09-30"),
    }
}

fn some_ids(dice: &mut Dice, from: &[&str]) -> Value {
    let count = 1 + dice.below(3);
    let mut ids: Vec<&str> = Vec::new();
    for _ in 0..count {
        let id = dice.one(from);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    match ids.as_slice() {
        [one] if dice.once_in(2) => json!(one),
        several => json!(several),
    }
}

const ACTORS: &[&str] = &["a0", "a1", "a2"];
const THINGS: &[&str] = &["t0", "t1", "a0"];

/// The value of a field.
pub(super) fn value(dice: &mut Dice, kind: RecordKind, field: &str) -> Value {
    match field {
        "to" if kind == RecordKind::Relation => json!(dice.one(ACTORS)),
        "speaker" | "to" | "participants" => some_ids(dice, ACTORS),
        "about" => some_ids(dice, THINGS),
        "from" => json!(dice.one(ACTORS)),
        "aliases" | "tags" => {
            let count = 1 + dice.below(3);
            (0..count).map(|_| text(dice)).collect()
        }
        "stance" => match dice.below(2) {
            0 => json!("supports"),
            _ => json!([{"toward": "t0", "value": "opposes"}, {"toward": "a0", "value": "mixed"}]),
        },
        "said" | "when" | "published" | "recorded" => some_date(dice),
        "retracted" => match dice.below(2) {
            0 => json!("2022-01-01"),
            _ => json!({"on": "2022", "reason": text(dice)}),
        },
        "confidence" => json!(0.5),
        "evidence" => match dice.below(3) {
            0 => json!({"document": "d0"}),
            1 => json!([{"document": "d0", "quote": text(dice), "spans": [[1, 4], [9, 12]]}]),
            _ => json!([{"document": "d0"}, {"document": "d1", "quote": text(dice)}]),
        },
        "act" => json!(dice.one(&["asserts", "denies", "promises"])),
        "kind" => json!(dice.one(&["person", "state", "member_of"])),
        "x_n" => match dice.below(4) {
            0 => json!(7),
            1 => json!("7"),
            2 => json!({"a": [1, "1", null, true], "b": text(dice)}),
            _ => json!([text(dice), [1]]),
        },
        _ => json!(text(dice)),
    }
}

/// The fields that records have here, beside their ids.
pub(super) fn fields_of(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Document => &["title", "publisher", "published", "note", "x_n"],
        RecordKind::Actor => &["name", "kind", "aliases", "note", "tags", "x_n"],
        RecordKind::Topic => &["label", "about", "note"],
        RecordKind::Event => &["label", "when", "participants", "evidence", "note"],
        RecordKind::Relation => &["from", "kind", "to", "when", "note", "retracted"],
        _ => &[
            "speaker",
            "to",
            "about",
            "stance",
            "act",
            "quote",
            "content",
            "said",
            "evidence",
            "note",
            "tags",
            "confidence",
            "recorded",
            "retracted",
            "x_n",
        ],
    }
}

/// The kinds of record here.
pub(super) const KINDS: &[RecordKind] = &[
    RecordKind::Document,
    RecordKind::Actor,
    RecordKind::Topic,
    RecordKind::Event,
    RecordKind::Claim,
    RecordKind::Relation,
];

/// A record with some of its fields.
pub(super) fn record(dice: &mut Dice, kind: RecordKind, id: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let may_lack = matches!(kind, RecordKind::Claim | RecordKind::Relation);
    if !(may_lack && dice.once_in(6) && !id.starts_with("new")) {
        fields.insert("id".to_owned(), id.into());
    }
    for field in fields_of(kind) {
        if dice.once_in(2) {
            fields.insert((*field).to_owned(), value(dice, kind, field));
        }
    }
    fields
}

/// Some records, kind by kind.
pub(super) fn world(dice: &mut Dice) -> Vec<(RecordKind, Map<String, Value>)> {
    let mut all = Vec::new();
    for kind in KINDS {
        let letter = kind.plural().chars().next().unwrap_or('x');
        for nth in 0..dice.below(4) {
            let fields = record(dice, *kind, &format!("{letter}{nth}"));
            if !fields.is_empty() {
                all.push((*kind, fields));
            }
        }
    }
    all
}
