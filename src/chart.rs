//! Draws bar charts: as SVG, and from that as PNG. One drawing for the chat, the page and the mail.
//!
//! Readable on a telephone, in greyscale and without colours: what is set apart has a check mark and bold words, and a
//! second part is hatched. Every text is somebody's, so all of it is escaped for XML and freed of what cannot be drawn.
//! resvg and skrifa are named in this folder only.
//!
//! | file | what it is for |
//! |---|---|
//! | `svg` | where everything stands |
//! | `text` | which characters there are, and where lines end |
//!
//! It must not: know what is counted, or find words of its own (`present` gives both).
//!
//! The fonts are part of the program; `config/fonts/README.md` says how they were made. Another script is another range
//! there, and a line in the tests of `text`.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};
use tokio::sync::Semaphore;

use crate::domain::chart::Image;

mod svg;
mod text;

pub use svg::svg;

/// A picture as pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels from side to side.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for face in [text::REGULAR, text::BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(face)));
    }
    Arc::new(fonts)
});

/// One canvas at a time: the largest takes 15 MB.
static CANVAS: Semaphore = Semaphore::const_new(1);

/// The drawing as PNG, made on a thread that may take its time. None if it cannot be drawn, which is logged: the words
/// beside it say the same.
pub async fn png(image: &Image) -> Option<Png> {
    let turn = CANVAS.acquire().await.ok()?;
    let drawn = image.clone();
    let drawn = tokio::task::spawn_blocking(move || {
        let drawn = rasterised(&svg(&drawn));
        drop(turn);
        drawn
    });
    let drawn = drawn.await.map_err(|error| error.to_string());
    drawn
        .flatten()
        .inspect_err(|error| tracing::error!(error, name = image.name, "a chart cannot be drawn"))
        .ok()
}

fn rasterised(drawing: &str) -> Result<Png, String> {
    let options = Options {
        font_family: svg::FONT.to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(drawing, &options).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    let mut canvas = Pixmap::new(width, height).ok_or("no canvas of that size")?;
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    let bytes = canvas.encode_png().map_err(|error| error.to_string())?;
    Ok(Png {
        bytes,
        width,
        height,
    })
}

#[cfg(test)]
mod tests;
