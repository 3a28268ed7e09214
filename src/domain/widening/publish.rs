//! What may be said of people in figures: nothing from which a count of fewer than [`LEAST`] can be worked out.
//!
//! Masking small cells is not enough: with a total of 14 and cells of 5 and 7, the reader finds 2. So every figure that
//! is published stands for a set of people, and a figure is let through only if no sum and difference of the published
//! ones is the size of a set of one to four people. Figures that do not pass are merged where that makes sense
//! (the inner circles), or left out.

use serde::{Deserialize, Serialize};

use super::{Census, Circle, Kind};

/// The least count that may be known, unless it is nobody (statistical agencies ask for 3 or 5; domain.md, 4.3).
pub const LEAST: u64 = 5;

/// A figure of the report: how many people it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Who took part in the period.
    Participants,
    /// Who took part in the period before.
    Before,
    /// Of the participants, those who had never acted before.
    Newcomers,
    /// Of the participants, those who took part in the period before.
    Returning,
    /// Of the participants, those in one circle.
    In(Circle),
    /// Of the participants, those in the two inner circles.
    Inner,
    /// Of those who returned, those who are further in.
    Inward,
    /// Of those who returned, those who are further out.
    Outward,
    /// Of those who returned, those who stay in their circle.
    Steady,
}

impl Cell {
    /// Whether somebody of that kind is counted in it.
    fn counts(self, kind: Kind) -> bool {
        let returned = kind.now.is_some() && kind.before.is_some();
        match self {
            Self::Participants => kind.now.is_some(),
            Self::Before => kind.before.is_some(),
            Self::Newcomers => kind.now.is_some() && !kind.known,
            Self::Returning => returned,
            Self::In(circle) => kind.now == Some(circle),
            Self::Inner => kind.now > Some(Circle::TakingPart),
            Self::Inward => returned && kind.now > kind.before,
            Self::Outward => returned && kind.now < kind.before,
            Self::Steady => returned && kind.now == kind.before,
        }
    }
}

/// What is tried, in this order: the first of each line that passes is taken whole.
const WISHES: [&[&[Cell]]; 6] = [
    &[&[Cell::Participants]],
    &[&[Cell::Before]],
    &[&[Cell::Newcomers]],
    &[&[Cell::Returning]],
    &[
        &[
            Cell::In(Circle::TakingPart),
            Cell::In(Circle::Committing),
            Cell::In(Circle::Carrying),
        ],
        &[Cell::In(Circle::TakingPart), Cell::Inner],
    ],
    &[&[Cell::Inward, Cell::Outward, Cell::Steady]],
];

/// The figures that may be published, in a fixed order; of moves between circles only where those of the period before are
/// known.
#[must_use]
pub fn publish(census: &Census, moves: bool) -> Vec<(Cell, u64)> {
    let mut published: Vec<Cell> = Vec::new();
    let wishes = if moves {
        WISHES.as_slice()
    } else {
        &WISHES[..WISHES.len() - 1]
    };
    for alternatives in wishes {
        let safe = alternatives.iter().find_map(|cells| {
            let tried: Vec<Cell> = published.iter().chain(*cells).copied().collect();
            (!leaks(census, &tried)).then_some(tried)
        });
        published = safe.unwrap_or(published);
    }
    let size = |cell: Cell| -> u64 {
        let counted = census.iter().filter(|(kind, _)| cell.counts(**kind));
        counted.map(|(_, people)| people).sum()
    };
    published
        .into_iter()
        .map(|cell| (cell, size(cell)))
        .collect()
}

/// Whether some sum and difference of these figures counts a set of one to four people: each kind of person in it once, or
/// not at all.
fn leaks(census: &Census, cells: &[Cell]) -> bool {
    let kinds: Vec<(Kind, u64)> = census
        .iter()
        .map(|(kind, people)| (*kind, *people))
        .collect();
    let none = vec![0_i8; kinds.len()];
    any_combination(&kinds, cells, &none)
}

fn any_combination(kinds: &[(Kind, u64)], cells: &[Cell], so_far: &[i8]) -> bool {
    let Some((cell, rest)) = cells.split_first() else {
        return is_few(kinds, so_far);
    };
    [0, 1, -1].into_iter().any(|times| {
        let with = kinds
            .iter()
            .zip(so_far)
            .map(|((kind, _), times_before)| times_before + times * i8::from(cell.counts(*kind)));
        any_combination(kinds, rest, &with.collect::<Vec<_>>())
    })
}

/// Whether that combination stands for a set, and a small one.
fn is_few(kinds: &[(Kind, u64)], times: &[i8]) -> bool {
    let mut people = 0;
    for ((_, of_kind), times) in kinds.iter().zip(times) {
        match times {
            0 => {}
            1 => people += of_kind,
            _ => return false,
        }
    }
    (1..LEAST).contains(&people)
}
