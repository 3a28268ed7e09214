//! What the figures of the demonstration must come to (`config/demo/expected.toml`): the tests of counts and of
//! what may be published compare with these.
//!
//! Fields that end in `raw` may hold counts under [`Expected::k`]: they are for tests, and never shown.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Bilingual, CommitmentState, data};

data! {
    /// A span of time that is compared with another; both days belong to it.
    pub struct Period {
        /// `P1` or `P2`.
        pub id: String,
        /// First day.
        pub start: NaiveDate,
        /// Last day.
        pub end: NaiveDate,
    }
    /// How many people took part.
    pub struct Participants {
        /// In the first period.
        #[serde(rename = "P1")]
        pub first: u32,
        /// In the second period.
        #[serde(rename = "P2")]
        pub second: u32,
        /// In the second period only.
        #[serde(rename = "new_P2")]
        pub new: u32,
        /// In both.
        #[serde(rename = "back_P2")]
        pub back: u32,
        /// `back` by `first`, from 0 to 1.
        pub return_rate: f64,
    }
    /// How people who took part in both periods moved between circles.
    pub struct Moves {
        /// Into an inner circle.
        pub inwards: u32,
        /// Into an outer circle.
        pub outwards: u32,
        /// Neither.
        pub stable: u32,
    }
    /// Organisations seen, by id.
    pub struct Organisations {
        /// In the first period.
        #[serde(rename = "P1")]
        pub first: Vec<String>,
        /// In the second period.
        #[serde(rename = "P2")]
        pub second: Vec<String>,
        /// In the second period only.
        #[serde(rename = "new_P2")]
        pub new: Vec<String>,
    }
    /// Sectors seen, by slug.
    pub struct Sectors {
        /// In the first period.
        #[serde(rename = "P1")]
        pub first: Vec<String>,
        /// In the second period.
        #[serde(rename = "P2")]
        pub second: Vec<String>,
        /// In the second period only.
        #[serde(rename = "new_P2")]
        pub new: Vec<String>,
        /// How many of the founding sectors were seen in all: "5/5".
        pub fcte_covered: String,
    }
    /// The share of acts by people outside the organisations that lead.
    pub struct Openness {
        /// How it is counted.
        pub definition: Bilingual,
        /// In the first period, from 0 to 1.
        #[serde(rename = "P1")]
        pub first: f64,
        /// In the second period, from 0 to 1.
        #[serde(rename = "P2")]
        pub second: f64,
    }
    /// Commitments.
    pub struct Commitments {
        /// How many are in each state.
        pub by_state: BTreeMap<CommitmentState, u32>,
        /// How many were due by the reference date.
        pub due_at_reference_date: u32,
        /// How many of these are kept.
        pub due_and_kept: u32,
    }
    /// What figures must come to.
    pub struct Expected {
        /// The day they are counted on.
        pub reference_date: NaiveDate,
        /// The smallest count that may be published.
        pub k: u32,
        /// Who is counted.
        pub basis: Bilingual,
        /// How a person's circle follows from their acts.
        pub circle_rule: Bilingual,
        /// How cells are merged before publication.
        pub publication_rule: Bilingual,
        /// The two periods.
        pub periods: Vec<Period>,
        /// People.
        pub participants: Participants,
        /// People by circle, by period; never shown.
        pub circles_raw: BTreeMap<String, BTreeMap<String, u32>>,
        /// People by circle, by period, as published.
        pub circles_published: BTreeMap<String, BTreeMap<String, u32>>,
        /// Moves between circles; never shown: they are not published at all.
        pub moves_raw: Moves,
        /// Organisations.
        pub organisations: Organisations,
        /// Sectors.
        pub sectors: Sectors,
        /// Openness.
        pub openness: Openness,
        /// Commitments.
        pub commitments: Commitments,
    }
}
