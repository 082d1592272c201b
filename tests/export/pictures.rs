//! `graphs/` holds the pictures of the shipped dossiers, kept true. `UPDATE=1 cargo test --test program
//! pictures` renews them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{is_kept, printed};
use annals::draw::PICTURES;

/// The graph of a whole dossier is for programs; the shipped one is of a part.
fn around(dossier: &str, picture: &str) -> &'static [&'static str] {
    match (picture, dossier) {
        ("graph", "kyiv") => &["--around", "putin", "--hops", "2"],
        ("graph", _) => &["--around", "lin-meihua", "--hops", "1"],
        _ => &[],
    }
}

#[test]
fn the_shipped_pictures_are_true() {
    for dossier in ["kyiv", "harbour"] {
        for picture in PICTURES {
            let name = picture.name;
            for (theme, format, file) in [
                ("light", "svg", format!("{dossier}-{name}.svg")),
                ("dark", "svg", format!("{dossier}-{name}-dark.svg")),
                ("light", "dot", format!("{dossier}-{name}.dot")),
            ] {
                let data = format!("data/{dossier}");
                let mut arguments = vec!["draw", name, &data, "--theme", theme, "--format", format];
                arguments.extend(around(dossier, name));
                let now = printed(&arguments);
                let path = Path::new("graphs").join(file);
                is_kept(&path, &now, "export::pictures");
            }
        }
    }
}

#[test]
fn every_picture_has_the_same_bytes_whatever_the_order_of_its_files() {
    for picture in PICTURES {
        for format in ["svg", "dot"] {
            let with = |one: &str, other: &str| {
                let name = picture.name;
                printed(&[
                    "draw", name, one, other, "--theme", "print", "--format", format,
                ])
            };
            let first = with("data/kyiv", "data/harbour");
            assert!(
                first == with("data/harbour", "data/kyiv"),
                "{}: the order counts, or a second run differs",
                picture.name
            );
        }
    }
}

#[test]
fn names_that_are_hard_to_write_are_drawn() {
    for picture in PICTURES {
        let svg = printed(&[
            "draw",
            picture.name,
            "tests/fixtures/names.yaml",
            "--format",
            "svg",
        ]);
        assert!(String::from_utf8(svg).unwrap().ends_with("</svg>\n"));
    }
}

/// PNG and PDF are built on demand: without that, the answer says how.
#[test]
#[cfg(not(any(feature = "png", feature = "pdf")))]
fn a_format_that_is_not_built_says_how_to_build_it() {
    for format in ["png", "pdf"] {
        let file = format!("never-written.{format}");
        for arguments in [&["-o", file.as_str()][..], &["--format", format]] {
            let output = Command::new(env!("CARGO_BIN_EXE_annals"))
                .args(["draw", "ladder", "data/kyiv"])
                .args(arguments)
                .output()
                .unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(&format!("--features {format}")), "{said}");
            assert!(!Path::new(&file).exists());
        }
    }
}

#[test]
fn pages_are_written_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("skerrow.svg");
    let file = file.to_str().unwrap();
    let draw = |file: &str| {
        Command::new(env!("CARGO_BIN_EXE_annals"))
            .args([
                "draw",
                "timeline",
                "data/harbour",
                "-q",
                "--pages=40",
                "-o",
                file,
            ])
            .output()
            .unwrap()
    };
    let names = || {
        let mut names: Vec<String> = (fs::read_dir(folder.path()).unwrap())
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    // A folder stands where a page is to go: none is written.
    let in_the_way = folder.path().join("skerrow-3.svg");
    fs::create_dir(&in_the_way).unwrap();
    let output = draw(file);
    assert!(!output.status.success());
    assert_eq!(names(), ["skerrow-3.svg"]);
    fs::remove_dir(&in_the_way).unwrap();
    assert!(draw(file).status.success());
    let names = names();
    assert_eq!(names[..2], ["skerrow-1.svg", "skerrow-2.svg"]);
    for (nth, name) in names.iter().enumerate() {
        let page = fs::read_to_string(folder.path().join(name)).unwrap();
        let words = format!("page {} of {}", nth + 1, names.len());
        assert!(page.contains(&words), "{name}");
    }
}
