//! The fuzz targets on a stable compiler: random bytes for a moment each, and every fixture. For
//! longer runs see `fuzz/README.md`.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::time::Duration;

use arbtest::{arbitrary, arbtest};

/// Gives a target what it is made for, and that with pieces of it cut out, doubled and changed:
/// wholly random bytes seldom get past the first bracket.
fn run(target: fn(&[u8]), seeds: &[&[u8]]) {
    for seed in seeds {
        target(seed);
    }
    arbtest(|random| {
        let mut bytes = random.choose(seeds)?.to_vec();
        for _ in 0..random.int_in_range(1..=6)? {
            change(random, &mut bytes, seeds)?;
        }
        target(&bytes);
        Ok(())
    })
    .budget(Duration::from_secs(1));
}

fn change(
    random: &mut arbitrary::Unstructured<'_>,
    bytes: &mut Vec<u8>,
    seeds: &[&[u8]],
) -> arbitrary::Result<()> {
    let at = random.int_in_range(0..=bytes.len())?;
    let end = random.int_in_range(at..=bytes.len().min(at + 40))?;
    match random.int_in_range(0..=4)? {
        0 => drop(bytes.drain(at..end)),
        1 => {
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
        2 => bytes.insert(at, random.arbitrary()?),
        3 => {
            let sign = *random.choose(&b"{}[]\":,\\'#-&*!|>?%@`~/. \t\r\n\0\xFF"[..])?;
            bytes.insert(at, sign);
        }
        _ => {
            let other = random.choose(seeds)?;
            let from = random.int_in_range(0..=other.len())?;
            let to = random.int_in_range(from..=other.len().min(from + 80))?;
            bytes.splice(at..end, other[from..to].iter().copied());
        }
    }
    Ok(())
}

#[test]
fn json() {
    run(
        targets::json,
        &[include_bytes!("fixtures/harbour.json"), b"{}", b"[]"],
    );
}

#[test]
fn jsonl() {
    run(
        targets::jsonl,
        &[include_bytes!("fixtures/harbour.jsonl"), b"{}\n{}"],
    );
}

#[test]
fn yaml() {
    run(
        targets::yaml,
        &[include_bytes!("fixtures/harbour.yaml"), b"annals: 1\n"],
    );
}

#[test]
fn date() {
    let seeds: [&[u8]; 8] = [
        b"2023-04-20",
        b"1582-10-04/1582-10-15\n2004-06-~01/2004-06-(20)~",
        b"../1985-04-12T23:20:30+04:30\n-0044-03-15",
        b"Y-17E7S3\nY3388E2",
        b"[1667,1668..1670-12]\n{..1984}",
        b"156X-12-25/2004-22?\n%2001-24",
        b"15XX-12-XX\n/2000",
        b"2023-02-29\n20 April 2023",
    ];
    run(targets::date, &seeds);
}

#[test]
fn quote() {
    let seeds: [&[u8]; 3] = [
        "He said: \"We're ready … for peace\"\n0 4 5 9\nHe said: “We’re ready –\nfor peace.” We left."
            .as_bytes(),
        "ﬁne co\u{301}te\n3 1\nfine cóte, ﬁne cote\r\n[…] 大きな港".as_bytes(),
        include_bytes!("fixtures/harbour.txt"),
    ];
    run(targets::quote, &seeds);
}
