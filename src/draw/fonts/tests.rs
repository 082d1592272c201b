//! PNG and PDF: the same bytes twice, with their letters.

use crate::tests::{dossier, drawn, facts};
use crate::{FileOption, Look, PICTURES, WriteAsked, format_by_name};

#[test]
fn pixels_and_pages_are_the_same_twice() {
    for picture in PICTURES {
        let scene = drawn(picture, &dossier("kyiv"), &Look::default());
        for (name, begins) in [("png", &b"\x89PNG"[..]), ("pdf", b"%PDF-1.7")] {
            let format = format_by_name(name).unwrap();
            let once = || {
                let mut out = Vec::new();
                format
                    .work
                    .write(&scene, WriteAsked::default(), &mut out)
                    .unwrap();
                out
            };
            let first = once();
            assert!(first.starts_with(begins) && first.len() > 10_000);
            assert!(first == once(), "{} as {name}", picture.name);
            assert!(format.work.unseen(&scene).is_empty());
            let has = |word: &[u8]| first.windows(word.len()).any(|one| one == word);
            assert!(name == "png" || has(b"+LiberationSans") && !has(b"CreationDate"));
        }
    }
}

#[test]
fn a_scale_is_pixels_to_a_unit() {
    let scene = drawn(PICTURES[0], &dossier("kyiv"), &Look::default());
    let png = format_by_name("png").unwrap();
    let width = |scale: Option<f32>| {
        let mut out = Vec::new();
        let asked = WriteAsked {
            scale,
            ..WriteAsked::default()
        };
        png.work.write(&scene, asked, &mut out).unwrap();
        f64::from(u32::from_be_bytes(out[16..20].try_into().unwrap()))
    };
    assert!((width(None) - 2.0 * scene.width).abs() < 1.0);
    assert!((width(Some(0.5)) - 0.5 * scene.width).abs() < 1.0);
    let mut large = scene.clone();
    large.height = 1e7;
    assert!(
        png.work
            .write(&large, WriteAsked::default(), &mut Vec::new())
            .is_err(),
        "too many pixels are refused"
    );
    let options = format_by_name("svg").unwrap().options;
    assert!(!options.contains(&FileOption::Scale));
}

#[test]
fn letters_that_no_font_has_are_told() {
    // A character that is not assigned: no font has it.
    let loaded = facts(
        "{\"annals\": 1, \"actors\": [{\"id\": \"a\", \"name\": \"A\u{1FAFF}\u{2065}\u{10FFF0}\", \"kind\": \"person\"}], \
         \"claims\": [{\"id\": \"c\", \"speaker\": \"a\", \"content\": \"x\"}]}",
    );
    let scene = drawn(PICTURES[0], &loaded, &Look::default());
    let unseen = format_by_name("png").unwrap().work.unseen(&scene);
    assert!(
        unseen.contains(&'\u{1FAFF}') || unseen.contains(&'\u{10FFF0}'),
        "{unseen:?}"
    );
}
