//! Two workshops at the same time that need the same place, or the same people to hold them. Organizers are warned; nothing is
//! refused, since they may have their reasons.

use super::draft::Draft;
use super::{Status, Workshop};
use crate::domain::text::fold;

/// Another workshop at the same time, and what both need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The other workshop.
    pub with: Workshop,
    /// Whether both are at the same place, or behind the same link.
    pub place: bool,
    /// Who holds both, as the other one names them.
    pub hosts: Vec<String>,
}

impl Conflict {
    /// What a workshop that says this has in common with another, if both are to take place at one time.
    #[must_use]
    pub fn between(draft: &Draft, other: &Workshop) -> Option<Self> {
        let stands = matches!(other.status, Status::Draft | Status::Announced);
        let apart = other.over_at() <= draft.starts_at || draft.over_at() <= other.draft.starts_at;
        if !stands || apart {
            return None;
        }
        let place = |draft: &Draft| draft.place.as_deref().map(|place| fold(place.trim()));
        let same_place = place(draft).is_some_and(|here| place(&other.draft) == Some(here));
        let hosts: Vec<String> = draft.details.hosts.iter().map(|host| fold(host)).collect();
        let mut both = other.draft.details.hosts.clone();
        both.retain(|host| hosts.contains(&fold(host)));
        (same_place || !both.is_empty()).then(|| Self {
            with: other.clone(),
            place: same_place,
            hosts: both,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};

    use super::super::Wish;
    use super::*;

    fn draft(minutes: i64, place: &str, hosts: &[&str]) -> Draft {
        let start = DateTime::UNIX_EPOCH + Duration::minutes(minutes);
        Draft::new(&Wish {
            title: Some("Semences".to_owned()),
            when: Some((start, None)),
            place: Some(place.to_owned()),
            hosts: Some(hosts.iter().map(|&host| host.to_owned()).collect()),
            ..Wish::default()
        })
        .unwrap()
    }

    fn found(draft: &Draft, other: Draft, status: Status) -> Option<(bool, Vec<String>)> {
        let other = Workshop {
            status,
            ..Workshop::example(other)
        };
        Conflict::between(draft, &other).map(|conflict| (conflict.place, conflict.hosts))
    }

    #[test]
    fn the_same_place_or_a_shared_host_at_one_time_whatever_the_letters() {
        let here = draft(0, "Café Étoile", &["Coop À", "Zoé"]);
        let other = draft(119, " CAFE ETOILE ", &["coop a", "Ana"]);
        let both = Some((true, vec!["coop a".to_owned()]));
        assert_eq!(found(&here, other.clone(), Status::Draft), both);
        assert_eq!(found(&here, other.clone(), Status::Cancelled), None);
        let after = draft(120, "Café Étoile", &["Zoé"]);
        assert_eq!(
            found(&here, after, Status::Announced),
            None,
            "one after the other"
        );
        let elsewhere = draft(-119, "Salle 2", &["Ana"]);
        assert_eq!(found(&here, elsewhere, Status::Announced), None);
        let nowhere = draft(0, "", &[]);
        assert_eq!(found(&nowhere, draft(0, "", &[]), Status::Announced), None);
    }
}
