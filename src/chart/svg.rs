//! Where everything stands: title, note, bars with their words above them, and what the signs mean.
//!
//! Words stand above the bars and not beside them, because on a telephone a line has little room. The width is twice
//! that of a small telephone, the letters are accordingly large.

use std::fmt::Write as _;

use super::text::{Style, drawable};
use crate::domain::chart::{Bar, Chart, Image};

/// The family of the fonts in `config/fonts`.
pub(super) const FONT: &str = "DejaVu Sans";

const WIDTH: u32 = 800;
const MARGIN: u32 = 32;
const INNER: u32 = WIDTH - 2 * MARGIN;
const BAR: u32 = 40;
const AFTER_BAR: u32 = 24;
/// Between a bar and its figure.
const GAP: u32 = 14;
/// What figures may take of the width, so that bars stay comparable.
const FIGURES: u32 = INNER * 11 / 20;
/// How long the shortest bar is that is not nothing.
const LEAST: u32 = 4;

const INK: &str = "#1a202c";
const QUIET: &str = "#4a5568";
/// Far apart in lightness, and each readable on white (3:1 and more).
pub(super) const PLAIN: &str = "#5b8bbd";
pub(super) const MARKED: &str = "#173a61";

const TITLE: Kind = Kind::new(38, true, 48, INK);
const NOTE: Kind = Kind::new(27, false, 38, QUIET);
const LABEL: Kind = Kind::new(32, false, 42, INK);
const LABEL_MARKED: Kind = Kind::new(32, true, 42, INK);
const FIGURE: Kind = Kind::new(29, true, BAR, INK);
const KEY: Kind = Kind::new(27, false, 38, QUIET);

/// How a text looks.
#[derive(Clone, Copy)]
struct Kind {
    style: Style,
    /// From one line to the next.
    leading: u32,
    colour: &'static str,
}

impl Kind {
    const fn new(size: u16, bold: bool, leading: u32, colour: &'static str) -> Self {
        let style = Style { size, bold };
        Self {
            style,
            leading,
            colour,
        }
    }
}

/// The drawing as SVG, which can stand in a page: without styles, scripts or anything from elsewhere.
#[must_use]
pub fn svg(image: &Image) -> String {
    let chart = &image.chart;
    let mut sheet = Sheet {
        marks: String::new(),
        y: MARGIN,
    };
    sheet.paragraph(TITLE, &chart.title, 3);
    sheet.paragraph(NOTE, &chart.note, 2);
    sheet.y += AFTER_BAR;
    let scale = Scale::of(chart);
    for bar in &chart.bars {
        sheet.bar(bar, &scale);
    }
    sheet.keys(chart);
    let height = sheet.y + MARGIN - AFTER_BAR;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"{FONT}, Verdana, sans-serif\">\
         <title>{title}</title><desc>{alt}</desc><defs>{plain}{marked}</defs>\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>{marks}</svg>",
        title = escaped(&readable(&chart.title)),
        alt = escaped(&readable(&image.alt)),
        plain = hatching(PLAIN),
        marked = hatching(MARKED),
        marks = sheet.marks,
    )
}

/// How long a bar is for its value.
struct Scale {
    longest: u64,
    room: u32,
}

impl Scale {
    fn of(chart: &Chart) -> Self {
        let figures = chart.bars.iter().map(|bar| drawable(&bar.figure));
        let widest = figures
            .map(|figure| pixels(FIGURE.style.width(&figure)))
            .max();
        let longest = chart.bars.iter().map(Bar::length).max();
        Self {
            longest: longest.unwrap_or_default().max(1),
            room: INNER - GAP - widest.unwrap_or_default().min(FIGURES),
        }
    }

    fn pixels(&self, value: u64) -> u32 {
        let exact = u128::from(value) * u128::from(self.room) / u128::from(self.longest);
        let least = if value == 0 { 0 } else { LEAST };
        u32::try_from(exact).unwrap_or(self.room).max(least)
    }
}

/// A width in whole pixels, so that nothing is cut.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a sum of advances is not negative, and a cast of a float keeps to the bounds"
)]
const fn pixels(width: f32) -> u32 {
    width.ceil() as u32
}

#[expect(clippy::cast_precision_loss, reason = "pixels, a few thousand at most")]
const fn width(pixels: u32) -> f32 {
    pixels as f32
}

/// What is drawn so far, and how far down it goes.
struct Sheet {
    marks: String,
    y: u32,
}

impl Sheet {
    /// A text over the whole width, in so many lines at most.
    fn paragraph(&mut self, kind: Kind, text: &str, most: usize) {
        for line in kind.style.lines(&drawable(text), width(INNER), most) {
            self.line(kind, MARGIN, &line);
            self.y += kind.leading;
        }
    }

    /// A line that begins at `x`. The next thing still stands at the same height.
    fn line(&mut self, kind: Kind, x: u32, text: &str) {
        let Style { size, bold } = kind.style;
        // Letters without strokes below the line stand in the middle of it.
        let baseline = self.y + kind.leading / 2 + u32::from(size) * 36 / 100;
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        self.draw(format_args!(
            "<text x=\"{x}\" y=\"{baseline}\" font-size=\"{size}\"{weight} fill=\"{}\">{}</text>",
            kind.colour,
            escaped(text)
        ));
    }

    fn bar(&mut self, bar: &Bar, scale: &Scale) {
        let (kind, colour) = if bar.marked {
            (LABEL_MARKED, MARKED)
        } else {
            (LABEL, PLAIN)
        };
        let label = if bar.marked {
            format!("✓ {}", bar.label)
        } else {
            bar.label.clone()
        };
        self.paragraph(kind, &label, 2);
        self.y += 4;
        let first = scale.pixels(bar.value);
        let both = scale.pixels(bar.length()).max(first);
        let y = self.y;
        self.block((MARGIN, y), (first, BAR), colour);
        self.hatched((MARGIN + first, y), (both - first, BAR), colour);
        // Where it all begins: a bar of nothing is seen as one.
        self.block((MARGIN - 4, y), (4, BAR), QUIET);
        let figure = drawable(&bar.figure);
        for line in FIGURE.style.lines(&figure, width(FIGURES), 1) {
            self.line(FIGURE, MARGIN + both + GAP, &line);
        }
        self.y += BAR + AFTER_BAR;
    }

    /// What the parts and the check mark stand for.
    fn keys(&mut self, chart: &Chart) {
        const SWATCH: (u32, u32) = (40, KEY.leading - 12);
        let before = self.y;
        if let Some([first, second]) = &chart.parts {
            let x = MARGIN + SWATCH.0 + GAP;
            self.block((MARGIN, self.y + 6), SWATCH, PLAIN);
            self.key(x, first);
            self.hatched((MARGIN, self.y + 6), SWATCH, PLAIN);
            self.key(x, second);
        }
        if chart.bars.iter().any(|bar| bar.marked) {
            self.key(MARGIN, &format!("✓ {}", chart.mark));
        }
        if self.y > before {
            self.y += AFTER_BAR;
        }
    }

    fn key(&mut self, x: u32, words: &str) {
        let room = width(WIDTH - MARGIN - x);
        for line in KEY.style.lines(&drawable(words), room, 1) {
            self.line(KEY, x, &line);
        }
        self.y += KEY.leading;
    }

    fn block(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), colour: &str) {
        if width > 0 {
            self.draw(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
            ));
        }
    }

    /// A block in stripes, with an edge inside it.
    fn hatched(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), colour: &str) {
        self.block((x, y), (width, height), colour);
        if width > 4 {
            let (x, y, width, height) = (x + 2, y + 2, width - 4, height - 4);
            let id = hatching_id(colour);
            self.draw(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"url(#{id})\"/>"
            ));
        }
    }

    fn draw(&mut self, mark: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.marks.write_fmt(mark);
    }
}

fn hatching_id(colour: &str) -> String {
    format!("hatching-{}", colour.trim_start_matches('#'))
}

/// Stripes of a colour.
fn hatching(colour: &str) -> String {
    let id = hatching_id(colour);
    format!(
        "<pattern id=\"{id}\" width=\"12\" height=\"12\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"12\" height=\"12\" fill=\"#ffffff\"/>\
         <rect width=\"4\" height=\"12\" fill=\"{colour}\"/></pattern>"
    )
}

/// A text that is read and not drawn, without what XML does not allow and what turns the text around.
fn readable(text: &str) -> String {
    let hidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    text.chars().filter(|c| !hidden(c)).collect()
}

/// Text for XML, freed before of what that does not allow.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}
