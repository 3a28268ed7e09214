//! The k options with the most voters: shortlists. Where the last places are tied, every committee that a tie allows
//! is a result.

use serde::{Deserialize, Serialize};

use super::lot::Lot;
use super::{CountError, MOST_OUTCOMES, order};

/// Who is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopK {
    /// Options that are in whatever happens, in the order of the poll.
    pub sure: Vec<usize>,
    /// Options that are tied for the last places: empty when nobody is.
    pub tied: Vec<usize>,
    /// How many of the tied are in.
    pub places: usize,
}

impl TopK {
    /// Every committee that the tie allows, and whether these are all: there are at most [`MOST_OUTCOMES`].
    #[must_use]
    pub fn committees(&self) -> (Vec<Vec<usize>>, bool) {
        let mut committees = Vec::new();
        // The places of the chosen among the tied, as they go up from the first choice to the last.
        let mut chosen: Vec<usize> = (0..self.places).collect();
        loop {
            if committees.len() == MOST_OUTCOMES {
                return (committees, false);
            }
            let mut committee = self.sure.clone();
            committee.extend(chosen.iter().filter_map(|place| self.tied.get(*place)));
            committee.sort_unstable();
            committees.push(committee);
            let spare = self.tied.len().saturating_sub(self.places);
            let Some(at) = (0..chosen.len()).rev().find(|at| chosen[*at] < at + spare) else {
                return (committees, true);
            };
            let from = chosen[at] + 1;
            for (next, place) in (from..).zip(chosen.iter_mut().skip(at)) {
                *place = next;
            }
        }
    }

    /// The committee that a lot gives (draw `top`), in the order of the poll.
    #[must_use]
    pub fn draw(&self, lot: &Lot) -> Vec<usize> {
        let drawn = lot.order("top", &self.tied);
        let mut committee = self.sure.clone();
        committee.extend(drawn.iter().take(self.places));
        committee.sort_unstable();
        committee
    }
}

/// The `seats` options with the most voters; all of them when there are no more.
///
/// # Errors
/// No seats.
pub fn approval_top_k(counts: &[u64], seats: usize) -> Result<TopK, CountError> {
    if seats == 0 {
        return Err(CountError::NoSeats);
    }
    let mut top = TopK {
        sure: Vec::new(),
        tied: Vec::new(),
        places: 0,
    };
    for tier in order::tiers(counts) {
        let left = seats - top.sure.len();
        if tier.len() > left {
            top.tied = tier;
            top.places = left;
            break;
        }
        top.sure.extend(tier);
        if top.sure.len() == seats {
            break;
        }
    }
    if top.places == 0 {
        top.tied.clear();
    }
    top.sure.sort_unstable();
    Ok(top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_places_give_every_committee() {
        let top = approval_top_k(&[3, 9, 3, 7, 3], 4).unwrap();
        assert_eq!(
            (&top.sure[..], &top.tied[..], top.places),
            (&[1, 3][..], &[0, 2, 4][..], 2)
        );
        assert_eq!(
            top.committees(),
            (
                vec![vec![0, 1, 2, 3], vec![0, 1, 3, 4], vec![1, 2, 3, 4]],
                true
            )
        );
        let drawn = top.draw(&Lot::new("seed"));
        assert!(top.committees().0.contains(&drawn));
    }

    #[test]
    fn without_a_tie_there_is_one_committee() {
        let top = approval_top_k(&[3, 9, 4], 2).unwrap();
        assert_eq!(top.committees(), (vec![vec![1, 2]], true));
        assert_eq!(approval_top_k(&[3, 9], 5).unwrap().sure, [0, 1]);
        assert_eq!(approval_top_k(&[3, 9], 0), Err(CountError::NoSeats));
    }

    #[test]
    fn too_many_committees_are_cut_off_and_said_to_be() {
        let (committees, all) = approval_top_k(&[0; 40], 20).unwrap().committees();
        assert_eq!((committees.len(), all), (MOST_OUTCOMES, false));
        assert_eq!(
            approval_top_k(&[0; 12], 6).unwrap().committees().0.len(),
            924
        );
    }
}
