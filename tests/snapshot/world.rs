//! Facts for these tests: lines as several makers write them, right and faulty.

use std::fmt::Write as _;

/// Numbers that are always the same.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

const TEXTS: &[&str] = &[
    "he said \\\"no\\\" and left",
    "\\u041a\\u0438\\u0457\\u0432 again",
    "Київ, 漢 🙂",
    "a\\nb\\ttab",
    "slash\\/ed",
    "\\u0041 odd",
    "",
    "grain and grain",
];
const DATES: &[&str] = &[
    "\"2023-04-20\"",
    "\"2023-04\"",
    "\"1880~\"",
    "\"2022-02-24/..\"",
    "{\"edtf\":\"1643-03-29\",\"calendar\":\"julian\",\"display\":\"19 March\"}",
    "\"20231-04\"",
    "null",
];

/// The names that a question can be about, some of them of nobody and some of several.
pub const NAMES: &[&str] = &[
    "a0",
    "a1",
    "A2",
    "Ann 3",
    "ANN 4",
    "Łódź",
    "lodz",
    "shared",
    "nobody",
    "t0",
    "t1",
    "e0",
    "d0",
    "d1",
    "c3",
    "C5",
    "twice",
    "f.jsonl#claims/7",
];

/// Some lines of facts.
pub fn lines(seed: u64, claims: usize) -> String {
    let mut dice = Dice(seed * 2_654_435_769 + 1);
    let mut out = String::new();
    if dice.roll(3) == 0 {
        out.push('\u{feff}');
    }
    for n in 0..6 {
        let aliases = ["[\"Shared\"]", "\"Łódź\"", "[]", "[\"X\",\"Shared\"]"][dice.roll(4)];
        writeln!(
            out,
            "{{\"type\":\"actor\",\"id\":\"a{n}\",\"name\":\"Ann {n}\",\"kind\":\"person\",\"aliases\":{aliases}}}"
        )
        .unwrap();
    }
    for n in 0..3 {
        writeln!(
            out,
            "{{\"type\":\"topic\",\"id\":\"t{n}\",\"label\":\"Topic {n}\",\"about\":[\"a{n}\"]}}"
        )
        .unwrap();
        writeln!(out, " {{\"type\" : \"document\", \"id\": \"d{n}\", \"title\":\"D {n}\", \"published\":\"2023-05-0{}\"}}\r", n + 1).unwrap();
        writeln!(out, "{{\"type\":\"event\",\"id\":\"e{n}\",\"label\":\"E\",\"when\":\"2023-04\",\"participants\":[{{\"actor\":\"a{n}\",\"role\":\"host\"}},{{\"actor\":\"a4\"}}]}}").unwrap();
    }
    for n in 0..claims {
        claim(&mut out, &mut dice, n);
        if dice.roll(15) == 0 {
            let odd = dice.one(&[
                "",
                "   ",
                "{\"type\":\"claim\"",
                "not json",
                "{\"type\":\"clam\",\"id\":\"z\"}",
                "{\"annals\":1}",
            ]);
            out.push_str(odd);
            out.push('\n');
        }
        if dice.roll(9) == 0 {
            writeln!(out, "{{\"type\":\"relation\",\"from\":\"a{}\",\"kind\":\"leads\",\"to\":\"a{}\",\"when\":\"2020/..\"}}", dice.roll(6), dice.roll(8)).unwrap();
            writeln!(out, "{{\"type\":\"order\",\"first\":\"e0\",\"relation\":[\"before\",\"meets\"],\"second\":\"e{}\"}}", dice.roll(4)).unwrap();
        }
    }
    if dice.roll(2) == 0 {
        out.pop();
    }
    out
}

fn claim(out: &mut String, dice: &mut Dice, n: usize) {
    let mut fields = vec!["\"type\":\"claim\"".to_owned()];
    match dice.roll(12) {
        0 => {}
        1 => fields.push("\"id\":\"twice\"".to_owned()),
        _ => fields.push(format!("\"id\":\"c{n}\"")),
    }
    let who = |dice: &mut Dice| format!("\"a{}\"", dice.roll(7));
    let speaker = match dice.roll(6) {
        0 => who(dice),
        1 => format!("[{},{}]", who(dice), who(dice)),
        2 if dice.roll(3) == 0 => "[]".to_owned(),
        3 if dice.roll(5) == 0 => "[5]".to_owned(),
        _ => format!("[{}]", who(dice)),
    };
    fields.push(format!("\"speaker\":{speaker}"));
    fields.push(format!("\"to\":[{}]", who(dice)));
    let thing = dice.one(&[
        "a0", "a5", "t0", "t1", "t9", "e0", "d0", "c3", "c99", "twice",
    ]);
    fields.push(format!("\"about\":[\"{thing}\"]"));
    fields.push(match dice.roll(4) {
        0 => "\"stance\":\"opposes\"".to_owned(),
        1 => format!("\"stance\":[{{\"value\":\"supports\",\"toward\":\"t1\"}},{{\"toward\":\"{thing}\",\"value\":\"mixd\"}}]"),
        _ => format!("\"stance\":[{{\"toward\":\"{thing}\",\"value\":\"supports\"}}]"),
    });
    fields.push(format!("\"said\":{}", dice.one(DATES)));
    fields.push(format!("\"quote\":\"{}\"", dice.one(TEXTS)));
    if dice.roll(2) == 0 {
        let text = dice.one(TEXTS);
        fields.push(format!(
            "\"content\":\"{text} {n}\",\"x_n\":{{\"id\":[{n},\"]\"]}}"
        ));
    }
    if dice.roll(3) == 0 {
        fields.push(format!(
            "\"evidence\":{{\"document\":\"d{}\",\"quote\":\"{}\"}}",
            dice.roll(4),
            dice.one(TEXTS)
        ));
    } else {
        fields.push(format!(
            "\"evidence\":[{{\"document\":\"d{}\"}}]",
            dice.roll(3)
        ));
    }
    match dice.roll(8) {
        0 => fields.push("\"at\":\"e0\",\"via\":[\"a1\",\"c3\"]".to_owned()),
        1 => fields.push(format!(
            "\"responds_to\":[\"c{}\"],\"act\":\"retracts\"",
            dice.roll(n + 1)
        )),
        2 => fields
            .push("\"retracted\":\"2024-01-01\",\"tags\":[\"new\"],\"confidence\":0.50".to_owned()),
        3 => fields
            .push("\"retracted\":{\"on\":\"2024\",\"reason\":\"wrong\"},\"note\":\"n\"".to_owned()),
        4 => fields.push("\"said\":\"2020\"".to_owned()),
        5 => fields.push("\"sad\":\"2020\"".to_owned()),
        _ => {}
    }
    let between = dice.one(&[",", ", ", " ,\t"]);
    writeln!(out, "{{{}}}", fields.join(between)).unwrap();
}

/// Lines of claims that mostly take stances: dated to the day, to the month, or not at all, some
/// withdrawn, some taken back, some by several or by nobody.
pub fn stance_lines(seed: u64, claims: usize) -> String {
    let mut dice = Dice(seed * 1_000_003 + 17);
    let mut out = String::new();
    for n in 0..5 {
        writeln!(
            out,
            "{{\"type\":\"actor\",\"id\":\"a{n}\",\"name\":\"Ann {n}\",\"kind\":\"person\",\"aliases\":[\"Alias {n}\",\"Shared\"],\"same_as\":[\"a{}\"]}}",
            (n + 1) % 5
        )
        .unwrap();
    }
    for n in 0..3 {
        writeln!(
            out,
            "{{\"type\":\"topic\",\"id\":\"t{n}\",\"label\":\"Topic {n}\"}}"
        )
        .unwrap();
        writeln!(out, "{{\"type\":\"document\",\"id\":\"d{n}\",\"title\":\"D {n}\",\"published\":\"2023-0{}\"}}", n + 3).unwrap();
        writeln!(
            out,
            "{{\"type\":\"event\",\"id\":\"e{n}\",\"label\":\"E {n}\"}}"
        )
        .unwrap();
    }
    for n in 0..claims {
        let mut fields = vec!["\"type\":\"claim\"".to_owned()];
        if dice.roll(20) > 0 {
            let id = if dice.roll(20) == 0 {
                "twice".to_owned()
            } else {
                format!("c{n}")
            };
            fields.push(format!("\"id\":\"{id}\""));
        }
        let who = |dice: &mut Dice| format!("\"a{}\"", dice.roll(6));
        fields.push(match dice.roll(8) {
            0 => format!("\"speaker\":[{},{}]", who(&mut dice), who(&mut dice)),
            1 => "\"speaker\":[]".to_owned(),
            2 => "\"to\":[\"a1\"]".to_owned(),
            _ => format!("\"speaker\":[{}]", who(&mut dice)),
        });
        let thing = |dice: &mut Dice| {
            dice.one(&["t0", "t1", "t1", "t2", "a1", "e0", "c3", "t9"])
                .to_owned()
        };
        let value = |dice: &mut Dice| {
            dice.one(&["supports", "opposes", "opposes", "neutral", "mixed", "mixd"])
                .to_owned()
        };
        fields.push(match dice.roll(8) {
            0 => format!("\"about\":[\"{}\",\"t2\"],\"stance\":\"{}\"", thing(&mut dice), value(&mut dice)),
            1 => format!(
                "\"stance\":[{{\"toward\":\"{}\",\"value\":\"{}\"}},{{\"value\":\"{}\",\"toward\":\"{}\"}}]",
                thing(&mut dice), value(&mut dice), value(&mut dice), thing(&mut dice)
            ),
            2 => "\"about\":[\"t1\"]".to_owned(),
            _ => format!("\"stance\":[{{\"toward\":\"{}\",\"value\":\"{}\"}}]", thing(&mut dice), value(&mut dice)),
        });
        let day = dice.roll(9) + 1;
        fields.push(match dice.roll(9) {
            0 => "\"content\":\"undated\"".to_owned(),
            1 => "\"said\":\"2023-04\"".to_owned(),
            2 => format!("\"said\":\"2023-04-0{day}/..\""),
            3 => format!("\"said\":\"2023-04-0{day}T1{day}:00\""),
            4 => format!(
                "\"said\":\"{}\"",
                dice.one(&[
                    "2023-13",
                    "1880~",
                    "../2023-04",
                    "[2023-04-01,2023-04-09]",
                    ".."
                ])
            ),
            _ => format!("\"said\":\"2023-04-0{day}\""),
        });
        fields.push(format!(
            "\"quote\":\"{} {n}\",\"evidence\":[{{\"document\":\"d{}\"}}]",
            dice.one(TEXTS),
            dice.roll(4)
        ));
        match dice.roll(10) {
            0 | 1 => fields.push(format!(
                "\"act\":\"retracts\",\"responds_to\":[\"c{}\",\"twice\"]",
                dice.roll(n + 1)
            )),
            2 => fields.push("\"act\":\"asserts\",\"tags\":[\"new\"]".to_owned()),
            3 => fields.push("\"retracted\":{\"on\":\"2024\",\"reason\":\"wrong\"}".to_owned()),
            _ => {}
        }
        writeln!(out, "{{{}}}", fields.join(dice.one(&[",", ", "]))).unwrap();
    }
    out
}
