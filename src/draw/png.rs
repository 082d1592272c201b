//! Scenes as PNG: pixels, for programs without SVG.

use std::io;

use super::scene::Scene;
use super::{Format, fonts};

/// PNG, with so many pixels to a unit.
pub(super) struct Png {
    scale: f32,
}

impl Png {
    /// Two pixels to a unit: sharp on the screens of today.
    pub(super) const USUAL: Png = Png { scale: 2.0 };
}

/// More pixels than this are not drawn: each takes four bytes while it is.
const MOST_PIXELS: f64 = 150e6;

impl Format for Png {
    fn name(&self) -> &'static str {
        "png"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["png"]
    }

    fn title(&self) -> &'static str {
        "pixels, for programs without SVG"
    }

    fn unseen(&self, scene: &Scene) -> Vec<char> {
        fonts::unseen(scene)
    }

    fn scaled(&self, scale: f32) -> Option<Box<dyn Format>> {
        Some(Box::new(Png { scale }))
    }

    fn write(&self, scene: &Scene, out: &mut dyn io::Write) -> io::Result<()> {
        let scale = f64::from(self.scale);
        let (width, height) = ((scene.width * scale).ceil(), (scene.height * scale).ceil());
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
        let transform = resvg::tiny_skia::Transform::from_scale(self.scale, self.scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        let png = pixels.encode_png().map_err(io::Error::other)?;
        out.write_all(&png)
    }
}
