//! Scenes as PNG: pixels, for programs without SVG.

use std::io;

use super::scene::Scene;
use super::{FileFormat, FileOption, WriteAsked, WriteScene, fonts};

/// Two pixels to a unit: sharp on the screens of today.
const USUAL_SCALE: f32 = 2.0;

/// More pixels than this are not drawn: each takes four bytes while it is.
const MOST_PIXELS: f64 = 150e6;

/// PNG, with so many pixels to a unit.
pub(super) static FORMAT: FileFormat = FileFormat {
    name: "png",
    title: "pixels, for programs without SVG",
    extensions: &["png"],
    loses: "",
    notes: "",
    options: &[FileOption::Scale],
    work: WriteScene {
        write,
        unseen: Some(fonts::unseen),
    },
};

fn write(scene: &Scene, asked: WriteAsked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let scale = asked.scale.unwrap_or(USUAL_SCALE);
    let pixels = |units: f64| (units * f64::from(scale)).ceil();
    let (width, height) = (pixels(scene.width), pixels(scene.height));
    if width * height > MOST_PIXELS {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!(
                "a PNG of {width} × {height} pixels is too large: select less, or use a smaller --scale"
            ),
        ));
    }
    let tree = fonts::tree(scene)?;
    let pixels = resvg::tiny_skia::Pixmap::new(width as u32, height as u32);
    let mut pixels = pixels.ok_or_else(|| io::Error::other("a picture without pixels"))?;
    let transform = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(io::Error::other)?;
    out.write_all(&png)
}
