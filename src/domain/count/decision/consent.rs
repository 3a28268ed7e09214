//! Consent: not whether all want it, but whether anybody has a reason against it.

use serde::{Deserialize, Serialize};

use super::super::tally::{Change, Tally, TallyError};
use super::Quorum;

/// An answer to a call for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentVote {
    /// Consents.
    Consent,
    /// Does not take part in the decision, nor stop it.
    StandAside,
    /// Objects; a reason is asked.
    Objection,
}

/// The answers to a call for consent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentTally {
    /// Consent.
    pub consent: u64,
    /// Stand aside.
    pub stand_aside: u64,
    /// Object.
    pub objection: u64,
}

/// When consent is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRule {
    /// Objections that do not stop it yet: 0 unless declared otherwise.
    pub objections_allowed: u64,
    /// Most of the answers that may stand aside, in percent.
    pub stand_aside_max_percent: u32,
}

impl Default for ConsentRule {
    fn default() -> Self {
        Self {
            objections_allowed: 0,
            stand_aside_max_percent: 50,
        }
    }
}

/// What became of a call for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentOutcome {
    /// Given.
    Consent,
    /// Stopped by an objection, quorum or not.
    Objection,
    /// Too few took part.
    NoQuorum,
    /// Too many stand aside, or nobody consents: to be discussed.
    Discuss,
}

impl ConsentTally {
    /// Who took part.
    #[must_use]
    pub fn cast(self) -> u128 {
        u128::from(self.consent) + u128::from(self.stand_aside) + u128::from(self.objection)
    }

    /// The outcome, with the number of eligible frozen at opening.
    #[must_use]
    pub fn outcome(self, eligible: u64, quorum: Quorum, rule: ConsentRule) -> ConsentOutcome {
        if self.objection > rule.objections_allowed {
            return ConsentOutcome::Objection;
        }
        if !quorum.is_met(self.cast(), eligible) {
            return ConsentOutcome::NoQuorum;
        }
        let aside = u128::from(self.stand_aside) * 100;
        let most = self
            .cast()
            .saturating_mul(u128::from(rule.stand_aside_max_percent));
        if self.consent == 0 || aside > most {
            ConsentOutcome::Discuss
        } else {
            ConsentOutcome::Consent
        }
    }
}

impl Tally for ConsentTally {
    type Ballot = ConsentVote;

    fn shift(&mut self, vote: &ConsentVote, weight: u64, change: Change) -> Result<(), TallyError> {
        let votes = match vote {
            ConsentVote::Consent => &mut self.consent,
            ConsentVote::StandAside => &mut self.stand_aside,
            ConsentVote::Objection => &mut self.objection,
        };
        change.on(votes, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objection_is_heard_first_and_standing_aside_is_no_consent() {
        let outcome = |consent, stand_aside, objection, rule| {
            let tally = ConsentTally {
                consent,
                stand_aside,
                objection,
            };
            tally.outcome(20, Quorum(50), rule)
        };
        let rule = ConsentRule::default();
        assert_eq!(outcome(12, 0, 0, rule), ConsentOutcome::Consent);
        assert_eq!(outcome(2, 0, 1, rule), ConsentOutcome::Objection);
        assert_eq!(outcome(9, 0, 0, rule), ConsentOutcome::NoQuorum);
        assert_eq!(outcome(6, 6, 0, rule), ConsentOutcome::Consent);
        assert_eq!(outcome(5, 6, 0, rule), ConsentOutcome::Discuss);
        let lenient = ConsentRule {
            objections_allowed: 1,
            stand_aside_max_percent: 100,
        };
        assert_eq!(outcome(9, 0, 1, lenient), ConsentOutcome::Consent);
        assert_eq!(outcome(0, 10, 0, lenient), ConsentOutcome::Discuss);
        assert_eq!(outcome(9, 0, 2, lenient), ConsentOutcome::Objection);
    }

    #[test]
    fn votes_come_and_go() {
        let mut tally = ConsentTally::default();
        tally.add(&ConsentVote::Objection).unwrap();
        assert!(tally.remove(&ConsentVote::Consent).is_err());
        assert_eq!(
            serde_json::to_string(&ConsentVote::StandAside).unwrap(),
            r#""stand_aside""#
        );
    }
}
