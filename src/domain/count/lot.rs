//! A lot that anybody can draw again: a seed whose hash is published at opening decides ties, if the poll was
//! declared to end in one.
//!
//! The lot of a tied option is `SHA-256("SEED:DRAW:OPTION")`, in which DRAW names the decision (`irv 3`, `winner`)
//! and OPTION is its number from 0; the lowest comes first. On a command line:
//! `printf '%s' 'SEED:DRAW:OPTION' | sha256sum`.
//!
//! The names of the decisions are part of what was promised, so they never change: `winner` (a caller's tie of winners),
//! `top`, `irv N`, `stv N surplus`, `stv N exclude`, `shares N`, `greedy N`; each is told where it is drawn.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    seed: String,
}

/// A decision that was taken by lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The name of the decision, as it stands in the hash.
    pub draw: String,
    /// The tied options.
    pub tied: Vec<usize>,
    /// The one that the lot fell on.
    pub option: usize,
}

impl Lot {
    /// The lot of that seed: 64 hexadecimal digits drawn at opening, say. It stays secret until the poll is
    /// closed.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self {
            seed: seed.to_owned(),
        }
    }

    /// What is published at opening: the SHA-256 of the seed, in hexadecimal.
    #[must_use]
    pub fn commitment(&self) -> String {
        Sha256::digest(&self.seed)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The tied options in the order in which they are drawn.
    #[must_use]
    pub fn order(&self, draw: &str, tied: &[usize]) -> Vec<usize> {
        let mut order = tied.to_vec();
        order.sort_by_cached_key(|option| {
            (
                Sha256::digest(format!("{}:{draw}:{option}", self.seed)),
                *option,
            )
        });
        order
    }

    /// The option drawn first; none when there is none to draw.
    #[must_use]
    pub fn draw(&self, draw: &str, tied: &[usize]) -> Option<Drawn> {
        let option = *self.order(draw, tied).first()?;
        Some(Drawn {
            draw: draw.to_owned(),
            tied: tied.to_vec(),
            option,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lot_can_be_drawn_again_with_sha256sum() {
        let lot = Lot::new("abc");
        assert_eq!(
            lot.commitment(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        // printf '%s' 'abc:winner:N' | sha256sum, for N = 0, 1, 2: 76c5…, 818c…, 6f10…
        assert_eq!(lot.order("winner", &[0, 1, 2]), [2, 0, 1]);
        let drawn = lot.draw("winner", &[0, 1, 2]).unwrap();
        assert_eq!((drawn.option, drawn.tied), (2, vec![0, 1, 2]));
        assert_eq!(lot.draw("winner", &[]), None);
    }

    #[test]
    fn every_option_has_its_chance_and_draws_differ() {
        let tied = [3, 5, 8];
        let mut first = [0; 9];
        for seed in 0..300 {
            let lot = Lot::new(&format!("seed {seed}"));
            let order = lot.order("winner", &tied);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, tied);
            first[order[0]] += 1;
        }
        assert!(tied.iter().all(|option| first[*option] > 70), "{first:?}");
        let lot = Lot::new("s");
        let orders: std::collections::BTreeSet<_> = (0..20)
            .map(|n| lot.order(&format!("irv {n}"), &[0, 1, 2, 3]))
            .collect();
        assert!(orders.len() > 5);
    }
}
