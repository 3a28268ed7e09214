//! Text for a drawing: which characters can be drawn, how wide they are, where a line ends.
//!
//! The fonts in `config/fonts` are all that there is, so that a drawing is the same on every machine. They have Latin,
//! Greek, Cyrillic, Arabic, Hebrew and Canadian syllabics; emoji and other scripts they mostly lack.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// DejaVu Sans, cut down to what polls are written in.
pub(super) const REGULAR: &[u8] = include_bytes!("../../config/fonts/DejaVuSans.ttf");
/// The same in bold, Latin, Greek and Cyrillic only: what it lacks is drawn in the regular one.
pub(super) const BOLD: &[u8] = include_bytes!("../../config/fonts/DejaVuSans-Bold.ttf");

/// What stands for a letter that cannot be drawn.
const UNKNOWN: char = '□';
/// Marks on one letter. More would be written over the lines around.
const MARKS: usize = 2;

static FACES: LazyLock<[Option<FontRef<'static>>; 2]> =
    LazyLock::new(|| [REGULAR, BOLD].map(|bytes| FontRef::new(bytes).ok()));

/// A size in pixels, and whether it is bold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: u16,
    pub bold: bool,
}

impl Style {
    /// How wide a character is, in pixels; none if no font has it.
    fn advance(self, c: char) -> Option<f32> {
        let [regular, bold] = &*FACES;
        let faces = if self.bold {
            [bold, regular]
        } else {
            [regular, bold]
        };
        faces.into_iter().flatten().find_map(|font| {
            let glyph = font.charmap().map(c).filter(|glyph| glyph.to_u32() != 0)?;
            let size = Size::new(f32::from(self.size));
            font.glyph_metrics(size, LocationRef::default())
                .advance_width(glyph)
        })
    }

    /// How wide a text is, in pixels.
    pub fn width(self, text: &str) -> f32 {
        text.chars().filter_map(|c| self.advance(c)).sum()
    }

    /// The text in lines of at most `width` pixels, `most` lines at most; what is left over becomes an ellipsis.
    pub fn lines(self, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word that is longer than a line is broken where it must be.
            let mut rest = word;
            while lines.len() <= most && self.width(rest) > width {
                let (head, tail) = rest.split_at(self.fitting(rest, width));
                lines.push(head.to_owned());
                rest = tail;
            }
            rest.clone_into(&mut line);
            if lines.len() > most {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                let fitting = self.fitting(last, width - self.width("…"));
                last.truncate(fitting);
                // Between words, unless that would leave little of the line.
                if let Some(space) = last.rfind(' ').filter(|space| *space > fitting / 2) {
                    last.truncate(space);
                }
                last.push('…');
            }
        }
        lines
    }

    /// How many bytes of a text fit into a width: one character at least, and no letter without its marks.
    fn fitting(self, text: &str, width: f32) -> usize {
        let (mut used, mut end) = (0.0, 0);
        for (at, c) in text.char_indices() {
            if at > 0 && !is_combining_mark(c) {
                end = at;
            }
            used += self.advance(c).unwrap_or_default();
            if used > width && end > 0 {
                return end;
            }
        }
        text.len()
    }
}

/// The text as it can be drawn, on one line. A letter that no font has is drawn plainly if it is another one in
/// disguise (𝐚 is an a), else as a box; other signs, such as emoji and all that is invisible or turns text around,
/// are left out.
pub(super) fn drawable(text: &str) -> String {
    let plain = Style {
        size: 1,
        bold: false,
    };
    let known = |c: char| plain.advance(c).is_some();
    let (mut out, mut marks) = (String::with_capacity(text.len()), 0);
    for c in text.nfc() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MARKS {
            continue;
        }
        if matches!(c, '\u{a0}' | '\u{202f}') {
            out.push('\u{a0}');
        } else if c.is_whitespace() {
            out.push(' ');
        } else if known(c) {
            out.push(c);
        } else if c.is_alphanumeric() {
            let undressed: String = std::iter::once(c).nfkc().filter(|c| known(*c)).collect();
            if undressed.is_empty() {
                out.push(UNKNOWN);
            } else {
                out.push_str(&undressed);
            }
        }
    }
    let words: Vec<&str> = out.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style {
        size: 28,
        bold: false,
    };

    #[test]
    fn french_and_the_languages_of_quebec_are_drawn_as_written() {
        for text in [
            "L’été, où? Œuvre à « cœur » — 50\u{a0}% d’été, ça, naïf, Noël, 5 €, CO₂, 1 ½, ✓",
            "Kuujjuaq ᑰᔾᔪᐊᖅ",
            "ekʷaʔ ǧ Ŵ ḵ",
            "Ελλάδα Україна Đặng שלום سلام",
        ] {
            assert_eq!(drawable(text), text.replace('\u{202f}', "\u{a0}"));
            assert!(STYLE.width(text) > 100.0);
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_a_box_if_it_is_a_letter_and_nothing_otherwise() {
        for (text, drawn) in [
            ("🚲 Vélo 👩\u{200d}🌾", "Vélo"),
            ("学校", "□□"),
            ("𝐁𝐮𝐬 ｆｕｌｌ", "Bus full"),
            ("a\u{202e}b\u{200b}c\u{feff}d\u{0}e\u{ad}f", "abcdef"),
            ("un\n\tdeux\u{2028}trois", "un deux trois"),
            ("🚲", ""),
        ] {
            assert_eq!(drawable(text), drawn, "{text:?}");
        }
        let stacked = format!("z{}", "\u{335}".repeat(500));
        assert_eq!(drawable(&stacked).chars().count(), 1 + MARKS);
    }

    #[test]
    fn bold_is_wider_and_what_it_lacks_has_a_width_too() {
        let bold = Style {
            bold: true,
            ..STYLE
        };
        assert!(bold.width("Le transport") > STYLE.width("Le transport"));
        assert!(bold.width("ᑰᔾᔪᐊᖅ") > 50.0);
    }

    #[test]
    fn lines_fit_and_the_rest_is_an_ellipsis() {
        assert_eq!(STYLE.lines("", 300.0, 2), [""; 0]);
        assert_eq!(STYLE.lines("Le transport", 300.0, 2), ["Le transport"]);
        let long =
            "Un réseau d’autobus électriques entre les villages, tous les jours, même l’hiver";
        let lines = STYLE.lines(long, 400.0, 9);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), long);
        for (text, most) in [
            (long.to_owned(), 2),
            ("é".repeat(4_000), 2),
            ("mot ".repeat(1_000), 3),
            ("x\u{301}".repeat(2_000), 1),
        ] {
            let lines = STYLE.lines(&text, 400.0, most);
            assert_eq!(lines.len(), most);
            assert!(lines[most - 1].ends_with('…'), "{lines:?}");
            assert!(lines.iter().all(|line| STYLE.width(line) <= 400.0));
        }
    }
}
