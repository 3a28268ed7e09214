//! The demonstration: an invented collective with its organisations, plan, workshops, polls, commitments and
//! acts, read from `config/demo/*.toml`, which are embedded at build.
//!
//! It is what `cercles playground` starts with, and what figures are checked against ([`Expected`]). Nothing in
//! it is real, and [`Demo::warning`] must be shown wherever it is. This module only reads: putting the
//! demonstration into a database is the wiring's business.
//!
//! # Adding to the demonstration
//! Add to the TOML file, in both languages, then to the counts in `demo/tests.rs`; a new field is added to its
//! struct here (unknown fields are refused). Refer to others by id: a test follows every reference.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::themes::{BadData, Bilingual, read};
use crate::domain::language::Language;

pub mod expected;
pub mod states;

pub use expected::Expected;
pub use states::{
    ActKind, ActionState, CheckIn, CommitmentState, Mode, OrganisationRole, PollMode, PollState,
    Visibility, WorkshopState,
};

#[cfg(test)]
mod tests;

/// Declares structs that are read from TOML: every one refuses fields it does not know.
macro_rules! data {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($body)* }
    )+};
}
use data;

data! {
    /// The collective that the demonstration is about.
    pub struct DemoCollective {
        /// The name in addresses.
        pub id: String,
        /// Its name, which says that it is a demonstration.
        pub name: String,
        /// The code of its region.
        pub region: String,
        /// The slug of the step it is at.
        pub current_step: String,
        /// The year its vision speaks of.
        pub vision_horizon: String,
    }
    /// `collective.toml`.
    pub struct Header {
        /// The version of the data.
        pub version: u32,
        /// The language first spoken.
        pub default_language: Language,
        /// The languages it has texts in.
        pub languages: Vec<Language>,
        /// Where its days begin.
        pub zone: Tz,
        /// "Today" in the demonstration.
        pub reference_date: NaiveDate,
        /// That all this is invented.
        pub warning: Bilingual,
        /// The collective.
        pub collective: DemoCollective,
    }
    /// An organisation.
    pub struct Organisation {
        /// Its id, `o-…`.
        pub id: String,
        /// What kind of organisation it is.
        pub kind: Bilingual,
        /// Its invented name.
        pub name: String,
        /// The slug of its sector.
        pub sector: String,
        /// What it is in the démarche.
        pub role: OrganisationRole,
        /// Whether its name may be shown to everyone.
        pub shown_publicly: bool,
        /// The language it reads.
        pub language: Language,
    }
    /// A milestone (jalon).
    pub struct Milestone {
        /// Its id, `J1`.
        pub id: String,
        /// What will be, in French.
        pub fr: String,
        /// What will be, in English.
        pub en: String,
        /// By which year.
        pub horizon: String,
        /// Slugs of themes.
        pub themes: Vec<String>,
    }
    /// An action of the plan.
    pub struct PlanAction {
        /// Its id, `AC1`.
        pub id: String,
        /// The milestone it leads to.
        pub milestone: String,
        /// What is done, in French.
        pub fr: String,
        /// What is done, in English.
        pub en: String,
        /// The organisation that leads it; none while it needs one.
        pub lead: Option<String>,
        /// Organisations that help.
        pub with: Vec<String>,
        /// First month, `YYYY-MM`.
        pub start: String,
        /// Last month, `YYYY-MM`.
        pub end: String,
        /// How far it is.
        pub state: ActionState,
    }
    /// Whether and how everyone can come.
    pub struct Access {
        /// Without a step at the entrance.
        pub step_free_entrance: bool,
        /// With washrooms for everyone.
        pub accessible_washrooms: bool,
        /// Childcare: `sur_demande` (on request).
        pub childcare: String,
        /// The price: `gratuit` (free).
        pub cost: String,
        /// The language spoken there.
        pub language: Language,
    }
    /// A workshop (atelier).
    pub struct Workshop {
        /// Its id, `A1`.
        pub id: String,
        /// The slug of its kind.
        pub kind: String,
        /// The slug of the step it belongs to.
        pub step: String,
        /// Its title.
        pub title: Bilingual,
        /// Slugs of themes.
        pub themes: Vec<String>,
        /// When it starts.
        pub start: DateTime<FixedOffset>,
        /// When it ends.
        pub end: DateTime<FixedOffset>,
        /// Where it takes place.
        pub mode: Mode,
        /// Its invented place.
        pub place: String,
        /// How many people fit.
        pub capacity: u32,
        /// How far it is.
        pub state: WorkshopState,
        /// How many people came, once it was held.
        pub attended: Option<u32>,
        /// The organisations that hold it.
        pub hosts: Vec<String>,
        /// Whether and how everyone can come.
        pub access: Access,
    }
    /// An option of a poll: a text, or a reference.
    pub struct PollOption {
        /// Its number, from 1.
        pub number: u8,
        /// The theme (slug) or milestone (id) it stands for.
        #[serde(rename = "ref")]
        pub reference: Option<String>,
        /// Its words.
        pub text: Option<Bilingual>,
        /// How many chose it, once the poll is closed.
        pub votes: Option<u32>,
    }
    /// A poll (sondage).
    pub struct Poll {
        /// Its id, `S1`.
        pub id: String,
        /// How it is counted.
        pub mode: PollMode,
        /// How many options a person may choose.
        pub max_choices: u8,
        /// The question.
        pub title: Bilingual,
        /// The slug of the step it belongs to.
        pub step: String,
        /// When it opens.
        pub opens: DateTime<FixedOffset>,
        /// When it closes.
        pub closes: DateTime<FixedOffset>,
        /// How far it is.
        pub state: PollState,
        /// Whether only totals are shown.
        pub secret: bool,
        /// The options.
        pub options: Vec<PollOption>,
        /// How many people voted, once it is closed.
        pub voters: Option<u32>,
        /// What readers of the result should know.
        pub note: Option<Bilingual>,
    }
    /// A commitment (engagement), of an organisation or of a person, never of both.
    pub struct Commitment {
        /// Its id, `E01`.
        pub id: String,
        /// The action it helps.
        pub action: Option<String>,
        /// The milestone it leads to.
        pub milestone: String,
        /// The slug of its theme.
        pub theme: String,
        /// The organisation that took it.
        pub organisation: Option<String>,
        /// The pseudonym of the person who took it.
        pub person: Option<String>,
        /// The sentence in French, as it was taken.
        pub fr: String,
        /// The sentence in English, for readers of the demonstration.
        pub en: String,
        /// The day it was taken.
        pub taken_on: NaiveDate,
        /// The day it is due.
        pub due: NaiveDate,
        /// How far it is.
        pub state: CommitmentState,
        /// Who sees who took it.
        pub visibility: Visibility,
        /// How often it is asked about.
        pub check_in: CheckIn,
    }
    /// A collective that stands in the demonstration's.
    pub struct Member {
        /// The name in addresses.
        pub id: String,
        /// Its name, which says that it is a demonstration.
        pub name: String,
        /// The slug of the step it is at.
        pub current_step: String,
        /// Its organisations.
        pub organisations: Vec<Organisation>,
        /// Its milestones.
        pub milestones: Vec<Milestone>,
        /// The actions of its plan.
        pub actions: Vec<PlanAction>,
    }
    /// A deliberate act of a person.
    pub struct Act {
        /// Their pseudonym.
        pub person: String,
        /// What they did.
        pub act: ActKind,
        /// The day.
        pub date: NaiveDate,
        /// The organisation they did it for, if for one.
        #[serde(rename = "for")]
        pub organisation: Option<String>,
        /// The workshop, poll, commitment or action it is about.
        pub object: String,
    }
}

/// The demonstration.
#[derive(Debug, Clone, PartialEq)]
pub struct Demo {
    /// The collective, the zone, "today", the warning.
    pub header: Header,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Milestones.
    pub milestones: Vec<Milestone>,
    /// Actions of the plan.
    pub actions: Vec<PlanAction>,
    /// Workshops.
    pub workshops: Vec<Workshop>,
    /// Polls.
    pub polls: Vec<Poll>,
    /// Commitments.
    pub commitments: Vec<Commitment>,
    /// Collectives that stand in it.
    pub members: Vec<Member>,
    /// Pseudonyms of people.
    pub people: Vec<String>,
    /// What people did.
    pub acts: Vec<Act>,
    /// What figures must come to.
    pub expected: Expected,
    /// Sample messages by name: the tone and the typography to write in. The entry `note` tells about them.
    pub messages: BTreeMap<String, Bilingual>,
}

data! {
    /// `organisations.toml`.
    pub struct OrganisationsFile { organisations: Vec<Organisation>, }
    /// `plan.toml`.
    pub struct PlanFile { milestones: Vec<Milestone>, actions: Vec<PlanAction>, }
    /// `workshops.toml`.
    pub struct WorkshopsFile { workshops: Vec<Workshop>, }
    /// `polls.toml`.
    pub struct PollsFile { polls: Vec<Poll>, }
    /// `commitments.toml`.
    pub struct CommitmentsFile { commitments: Vec<Commitment>, }
    /// `members.toml`.
    pub struct MembersFile { members: Vec<Member>, }
    /// `acts.toml`.
    pub struct ActsFile { people: Vec<String>, acts: Vec<Act>, }
}

/// Reads one file of `config/demo`.
macro_rules! file {
    ($name:literal) => {
        read(
            concat!("demo/", $name),
            include_str!(concat!("../../config/demo/", $name)),
        )
    };
}

impl Demo {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// A syntax error, or a field that is not known here.
    pub fn load() -> Result<Self, BadData> {
        let organisations: OrganisationsFile = file!("organisations.toml")?;
        let plan: PlanFile = file!("plan.toml")?;
        let workshops: WorkshopsFile = file!("workshops.toml")?;
        let polls: PollsFile = file!("polls.toml")?;
        let commitments: CommitmentsFile = file!("commitments.toml")?;
        let members: MembersFile = file!("members.toml")?;
        let acts: ActsFile = file!("acts.toml")?;
        Ok(Self {
            header: file!("collective.toml")?,
            organisations: organisations.organisations,
            milestones: plan.milestones,
            actions: plan.actions,
            workshops: workshops.workshops,
            polls: polls.polls,
            commitments: commitments.commitments,
            members: members.members,
            people: acts.people,
            acts: acts.acts,
            expected: file!("expected.toml")?,
            messages: file!("messages.toml")?,
        })
    }

    /// That all of this is invented, to be shown wherever it is.
    #[must_use]
    pub fn warning(&self, language: Language) -> &str {
        self.header.warning.in_language(language)
    }
}
