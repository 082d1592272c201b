//! Random slips: a lost quotation mark, a tab, a bracket, a lost line or line break, a character too many,
//! two swapped. `ANNALS_THOROUGH=1` makes forty times as many: 100,000.

use std::fs;
use std::path::Path;

use super::{Told, load_text};
use crate::syntax::pieces::forced::forced;
use crate::syntax::yaml::{Limits, parse};
use annals_model::{RecordKind, Vocabulary as _};

const YAML: &str = r#"# A quay, and who said what of it.
annals: 1
documents:
  - id: post
    title: "Quay: on time"
    published: {edtf: 2023-04-21, display: Friday}
    author: [Mia Kern, 'Jo "J" Orr']
actors:
  - {id: lind, name: Ada Lind, kind: person, aliases: [Lind, A. Lind]}
  - {id: berg, name: "Jon Berg", kind: person}

  # The office.
  - id: port
    name: Harbour Office
    kind: organization
topics:
- id: quay
  label: The new quay
  about: port
events:
  - id: works
    label: The works
    when: 2023-04
    participants:
      - {actor: lind, role: host}
      - {actor: port, role: "client, payer"}
    note: |
      Begun late.
      - Not a list.
  - {id: party, label: A feast, part_of: works}
claims:
  - id: c1
    speaker: lind
    about: quay
    stance: supports
    said: 2023-04-20
    quote: "The quay will be \"ready\" by May."
    evidence: {document: post, quote: ready by May}
  - {id: c2, speaker: [berg, port], about: [quay, works], content: Nobody asked., said: 2023-04}
relations:
  - {from: lind, kind: employed_by, to: port, when: 2020/..}
orders:
  - [works, before, party]
"#;

const JSON: &str = r#"{
  "annals": 1,
  "documents": [
    {"id": "post", "title": "Quay: \"on\" time", "published": {"edtf": "2023-04-21"}}
  ],
  "actors": [
    {"id": "lind", "name": "Ada Lind", "kind": "person", "aliases": ["Lind", "A. Lind"]},
    {"id": "berg", "name": "Jon Berg", "kind": "person"},
    {
      "id": "port",
      "name": "Harbour Office",
      "kind": "organization"
    }
  ],
  "topics": [{"id": "quay", "label": "The new quay", "about": ["port"]}],
  "events": [
    {"id": "works", "label": "The works", "participants": [{"actor": "lind"}, {"actor": "port"}]},
    {"id": "party", "label": "A feast", "part_of": "works"}
  ],
  "claims": [
    {"id": "c1", "speaker": ["lind"], "about": ["quay"], "stance": "supports",
     "evidence": [{"document": "post", "quote": "by May"}, {"document": "post"}]},
    {"id": "c2", "speaker": ["berg", "port"], "about": ["quay", "works"], "content": "No."}
  ],
  "orders": [["works", "before", "party"]]
}
"#;

const CSV: &str = "id,speaker,about,stance,said,content,x_verdict
c1,lind,quay,supports,2023-04-20,\"The quay, or most of it.\",true
c2,berg; port,quay,,2023-04,Nobody asked.,
c3,lind,c1,,2023,\"He said \"\"no\"\",
and went.\",\"false, perhaps\"
c4,port,c2; c3,opposes,2023-05-01,\"It stays.\",
c5,berg,quay,,2023-05-02,\"It goes, now.\",\"x\"
";

fn lines() -> String {
    let value: serde_json::Value = serde_json::from_str(JSON).unwrap();
    let mut out = String::new();
    for kind in ["document", "actor", "topic", "event", "claim"] {
        for record in value[format!("{kind}s")].as_array().unwrap() {
            let mut record = record.clone();
            record["type"] = kind.into();
            out.push_str(&format!("{record}\n"));
        }
    }
    out
}

fn compact() -> String {
    let value: serde_json::Value = serde_json::from_str(JSON).unwrap();
    value.to_string()
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// The text with one slip in it, and at which byte.
fn slip(text: &str, dice: &mut Dice) -> (String, usize) {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let of =
        |wanted: &[char]| -> Vec<usize> { text.match_indices(wanted).map(|(at, _)| at).collect() };
    let without = |from: usize, to: usize| (format!("{}{}", &text[..from], &text[to..]), from);
    let with = |at: usize, c: char| (format!("{}{c}{}", &text[..at], &text[at..]), at);
    let any = *dice.one(&places);
    match dice.roll(10) {
        0 => {
            let at = *dice.one(&of(&['"', '\'']));
            without(at, at + 1)
        }
        1 => with(any, '\t'),
        2 => {
            let at = dice.one(&of(&['[', ']', '{', '}', ','])).to_owned();
            without(at, at + 1)
        }
        3 => with(any, *dice.one(&['[', ']', '{', '}'])),
        4 => with(any, *dice.one(&['"', '\'', '\\'])),
        5 => with(
            any,
            *dice.one(&[':', ',', '-', '#', '|', '>', '@', '%', ' ', '\n', 'x', 'é']),
        ),
        6 => {
            let ends = of(&['\n']);
            let at = if ends.is_empty() {
                any
            } else {
                *dice.one(&ends)
            };
            let next = text[at..].chars().next().map_or(0, char::len_utf8);
            without(at, at + next)
        }
        7 => {
            let line = text[..any].rfind('\n').map_or(0, |end| end + 1);
            let end = text[line..]
                .find('\n')
                .map_or(text.len(), |end| line + end + 1);
            // Of one line, all that is on it would be lost.
            if end - line < text.len() {
                without(line, end)
            } else {
                without(any, any + 1)
            }
        }
        8 => {
            let mut two = text[any..].chars();
            match (two.next(), two.next()) {
                (Some(a), Some(b)) => {
                    let rest = any + a.len_utf8() + b.len_utf8();
                    (format!("{}{b}{a}{}", &text[..any], &text[rest..]), any)
                }
                _ => without(any, text.len()),
            }
        }
        _ => {
            let length = text[any..].chars().next().map_or(0, char::len_utf8);
            without(any, any + length)
        }
    }
}

/// Whether a text parses, by the parsers alone.
fn parses(name: &str, text: &str) -> bool {
    let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    if name.ends_with("yaml") {
        return parse(text, &Limits::default()).fatal().is_none();
    }
    if name.ends_with("jsonl") {
        let lines = text.split('\n').map(str::trim_ascii);
        return lines.filter(|line| !line.is_empty()).all(is_json);
    }
    is_json(text)
}

/// A file before a slip.
struct Before {
    told: Told,
    lists: usize,
}

/// What came of many slips.
#[derive(Debug, Default)]
struct Tally {
    fatal: usize,
    lost: usize,
    compared: usize,
}

/// The same slips of a file every time: what each costs.
fn try_slips(name: &str, text: &str, seed: u64, count: usize) -> Tally {
    let before = Before {
        told: Told::of(&load_text(name, text)),
        lists: lists_in(text),
    };
    assert!(before.told.records.len() > 4, "{name}");
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut tally = Tally::default();
    for _ in 0..count {
        let (damaged, at) = slip(text, &mut dice);
        one_slip(name, &damaged, at, &before, &mut tally);
    }
    tally
}

/// How many lists a text names.
fn lists_in(text: &str) -> usize {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let kinds = RecordKind::ALL.iter();
    kinds.filter(|kind| letters.contains(kind.plural())).count()
}

fn one_slip(name: &str, damaged: &str, at: usize, before: &Before, tally: &mut Tally) {
    let whole = &before.told;
    let loaded = load_text(name, damaged);
    let told = Told::of(&loaded);
    let near = || {
        let window: String = damaged.chars().take(at + 200).collect();
        let (_, window) = window.split_at(window.floor_char_boundary(at.saturating_sub(400)));
        format!("{name}, byte {at} of …{window}…\n{:#?}", told.findings)
    };
    let is_table = name.ends_with("csv");
    if !is_table && parses(name, damaged) {
        let in_part = &loaded.unread;
        assert!(in_part.is_empty(), "it parses: {}", near());
        let in_pieces = forced(|| load_text(name, damaged));
        // What parses as a whole need not do so in pieces: then the whole is what counts.
        if in_pieces.unread.is_empty() {
            assert_eq!(told, forced(|| Told::of(&in_pieces)), "{}", near());
            tally.compared += 1;
        }
        return;
    }
    if is_table && loaded.unread.is_empty() {
        return;
    }
    assert!(!loaded.stopped, "nothing is left: {}", near());
    assert!(!loaded.unread.is_empty(), "{}", near());
    let syntax = [told.of_code("AN003"), told.of_code("AN031")].concat();
    assert!((1..=2).contains(&syntax.len()), "{}", near());
    for (_, _, places) in syntax {
        let place = &places[0];
        assert!(place.line == place.end_line, "{}", near());
        let line = damaged.split('\n').nth(place.line - 1);
        let length = line.map(|line| line.chars().count());
        assert!(
            length.is_some_and(|length| place.column <= length + 1),
            "{}",
            near()
        );
    }
    let lost = lost(whole, &told);
    tally.fatal += 1;
    tally.lost += lost;
    // A line break that is lost, or a line, joins two records; where the name of a list is lost, nobody
    // knows what its records are.
    if lists_in(damaged) == before.lists {
        assert!(lost <= 2, "{lost} records are lost: {}", near());
    }
    for (_, message, _) in told.of_code("AN102") {
        let id = message.split('"').nth(1).unwrap();
        let stands = damaged.contains(&format!("id: {id}\n"))
            || damaged.contains(&format!("id: {id},"))
            || damaged.contains(&format!("\"id\": \"{id}\""))
            || damaged.contains(&format!("\"id\":\"{id}\""));
        assert!(!stands, "{id} is there: {}", near());
    }
}

/// How many records are lost. Those without an id are only counted: they are named after how many stand
/// before them.
fn lost(before: &Told, after: &Told) -> usize {
    let is_placed = |id: &&String| id.contains('#');
    let placed = |told: &Told| told.records.keys().filter(is_placed).count();
    let named = before.records.keys().filter(|id| !is_placed(id));
    let lost = named.filter(|id| !after.records.contains_key(*id)).count();
    lost + placed(before).saturating_sub(placed(after))
}

fn times(count: usize) -> usize {
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        count * 40
    } else {
        count
    }
}

#[test]
fn a_slip_costs_its_record_in_yaml() {
    let tally = try_slips("facts.yaml", YAML, 1, times(500));
    println!("{tally:?}");
    assert!(tally.fatal > tally_least(500) && tally.compared > tally_least(500));
    assert!(tally.lost * 10 < tally.fatal * 12, "{tally:?}");
}

#[test]
fn a_slip_costs_its_record_in_json() {
    let tally = try_slips("facts.json", JSON, 2, times(600));
    println!("{tally:?}");
    assert!(tally.fatal > tally_least(600) && tally.compared > tally_least(600));
    assert!(tally.lost * 10 < tally.fatal * 12, "{tally:?}");
    let tally = try_slips("facts.json", &compact(), 3, times(500));
    println!("{tally:?}");
    assert!(tally.lost * 10 < tally.fatal * 15, "{tally:?}");
}

#[test]
fn a_slip_costs_its_record_in_json_lines() {
    let tally = try_slips("facts.jsonl", &lines(), 4, times(600));
    println!("{tally:?}");
    assert!(tally.fatal > tally_least(600));
    assert!(tally.lost * 10 < tally.fatal * 12, "{tally:?}");
}

#[test]
fn a_slip_costs_its_record_in_tables() {
    let tally = try_slips("claims.csv", CSV, 5, times(300));
    println!("{tally:?}");
    assert!(tally.fatal > 8, "{tally:?}");
    assert!(tally.lost * 10 < tally.fatal * 13, "{tally:?}");
}

fn tally_least(count: usize) -> usize {
    count / 10
}

#[test]
fn a_slip_costs_its_record_in_the_included_dossiers() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let files = [
        "kyiv/kyiv.yaml",
        "harbour/harbour.yaml",
        "harbour/archive.json",
        "harbour/claims.jsonl",
    ];
    for (nth, file) in (1..).zip(files) {
        let text = fs::read_to_string(data.join(file)).unwrap();
        let tally = try_slips(file, &text, nth, times(8));
        println!("{file}: {tally:?}");
        assert!(tally.lost * 10 < tally.fatal * 15, "{file}: {tally:?}");
    }
}
