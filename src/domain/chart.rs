//! A bar chart, before it is drawn: titled values with their words, in one language. Whatever counts something can be
//! shown so: what a poll came to, what a week brought. `crate::chart` draws it.

use serde::{Deserialize, Serialize};

/// A picture that goes with a message, after its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The file's name: ASCII letters, digits, hyphens; ends in `.png`.
    pub name: String,
    /// What it shows, in words and numbers: what is read aloud in its place.
    pub alt: String,
    /// What it shows.
    pub chart: Chart,
}

/// A bar chart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What it is about.
    pub title: String,
    /// A line below the title.
    pub note: String,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
    /// What the two parts of a bar stand for, where the bars' own words do not say it.
    pub parts: Option<[String; 2]>,
    /// What the check mark stands for.
    pub mark: String,
}

/// A bar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long its first part is, in the chart's own unit.
    pub value: u64,
    /// How long its second part is, which counts less or otherwise: « au besoin », abstentions.
    pub second: u64,
    /// Its value in words, at its end.
    pub figure: String,
    /// Whether it is set apart with a check mark.
    pub marked: bool,
}

impl Bar {
    /// Both parts together.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.value.saturating_add(self.second)
    }
}
