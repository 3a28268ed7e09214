//! A chart in words: what is read aloud in its place, written from its own numbers.

use crate::domain::chart::{Bar, Chart, Image};
use crate::domain::language::Language;
use crate::i18n::{Words, args};

/// The chart as a picture for a message.
#[must_use]
pub fn image(words: &Words, language: Language, name: String, chart: Chart) -> Image {
    let bars: Vec<String> = chart
        .bars
        .iter()
        .map(|bar| in_words(words, language, bar, &chart.mark))
        .collect();
    let alt = args()
        .text("title", &chart.title)
        .text("bars", bars.join("; "))
        .text("note", &chart.note);
    Image {
        name,
        alt: words.say(language, "chart-alt", alt),
        chart,
    }
}

fn in_words(words: &Words, language: Language, bar: &Bar, mark: &str) -> String {
    let args = args().text("label", &bar.label).text("figure", &bar.figure);
    if bar.marked {
        words.say(language, "chart-bar-marked", args.text("mark", mark))
    } else {
        words.say(language, "chart-bar", args)
    }
}
