//! The closed lists of the demonstration: states, roles, modes. In the files they are slugs of
//! `config/themes.toml`; a slug that is not known is refused.
//!
//! To add one: a variant with its slug here, and the slug with its labels in `config/themes.toml`.

use serde::{Deserialize, Serialize};

/// Declares a closed list of slugs, as the vocabularies of `config/themes.toml` name them.
macro_rules! slugs {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $slug:literal,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $slug)] $variant,)+ }
    )+};
}

slugs! {
    /// What an organisation is in the démarche.
    pub enum OrganisationRole {
        /// Leads it with others.
        CoLead = "coporteur",
        /// Takes part.
        Partner = "partenaire",
        /// Supports it.
        Ally = "allie",
        /// Watches.
        Observer = "observateur",
        /// Pays for it.
        Funder = "bailleur",
    }
    /// The state of an action of the plan.
    pub enum ActionState {
        /// Nobody leads it yet: the most useful list there is.
        NeedsLead = "a_porter",
        /// Has a lead, has not started.
        ToLaunch = "a_lancer",
        /// Under way.
        UnderWay = "en_cours",
        /// Done.
        Done = "realisee",
        /// Replaced by a better one.
        Revised = "revisee",
        /// Given up.
        Dropped = "abandonnee",
    }
    /// The state of a workshop.
    pub enum WorkshopState {
        /// Not shown yet.
        Draft = "brouillon",
        /// Announced, answers not open.
        Announced = "annonce",
        /// Takes answers.
        Open = "inscriptions_ouvertes",
        /// No place left.
        Full = "complet",
        /// Took place.
        Held = "tenu",
        /// Will not take place.
        Cancelled = "annule",
    }
    /// Where a workshop takes place.
    pub enum Mode {
        /// In one place.
        InPerson = "presence",
        /// In one place and online.
        Hybrid = "hybride",
    }
    /// How a poll is counted.
    pub enum PollMode {
        /// Each option is approved or not.
        Approval = "approbation",
        /// One option each.
        SingleChoice = "choix_unique",
    }
    /// The state of a poll.
    pub enum PollState {
        /// Takes ballots.
        Open = "ouvert",
        /// Counted.
        Closed = "ferme",
    }
    /// The state of a commitment; never "failed".
    pub enum CommitmentState {
        /// Not confirmed yet.
        Proposed = "propose",
        /// Confirmed.
        Confirmed = "confirme",
        /// Under way.
        UnderWay = "en_cours",
        /// Kept.
        Kept = "tenu",
        /// Given a later date.
        Postponed = "reporte",
        /// Handed over to somebody else.
        HandedOver = "transmis",
        /// Withdrawn.
        Withdrawn = "retire",
    }
    /// Who sees who made a commitment.
    pub enum Visibility {
        /// The bot only; it is counted.
        Private = "privee",
        /// The room.
        Room = "salon",
        /// Everyone.
        Public = "publique",
    }
    /// How often a commitment is asked about.
    pub enum CheckIn {
        /// Every week.
        Weekly = "hebdo",
        /// Every two weeks.
        Fortnightly = "quinzaine",
        /// Never.
        Never = "aucun",
    }
    /// A deliberate act of a person.
    pub enum ActKind {
        /// Came to a workshop.
        Presence = "presence",
        /// Voted.
        Vote = "vote",
        /// Took a commitment.
        Commitment = "engagement",
        /// Leads an action.
        Lead = "portage",
    }
}
