//! The demonstration parses, is complete, refers to nothing that is missing, and says what its source says.

use std::collections::BTreeSet;

use super::*;
use crate::config::themes::Themes;

mod source;

#[test]
fn the_demonstration_parses_and_is_complete() {
    let demo = Demo::load().unwrap();
    assert_eq!(demo.organisations.len(), 12);
    assert_eq!(demo.milestones.len(), 5);
    assert_eq!(demo.actions.len(), 8);
    assert_eq!(demo.workshops.len(), 6);
    assert_eq!(demo.polls.len(), 3);
    assert_eq!(
        demo.polls
            .iter()
            .map(|poll| poll.options.len())
            .sum::<usize>(),
        15
    );
    assert_eq!(demo.commitments.len(), 20);
    assert_eq!(demo.members.len(), 2);
    assert_eq!(demo.people.len(), 23);
    assert_eq!(demo.acts.len(), 49);
    assert_eq!(demo.expected.periods.len(), 2);
    assert_eq!(demo.messages.len(), 11);
    for language in Language::ALL {
        assert!(demo.warning(language).len() > 40);
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let (demo, themes) = (Demo::load().unwrap(), Themes::load().unwrap());
    let organisations: BTreeSet<&str> = demo.organisations.iter().map(|o| o.id.as_str()).collect();
    let milestones: BTreeSet<&str> = demo.milestones.iter().map(|m| m.id.as_str()).collect();
    let actions: BTreeSet<&str> = demo.actions.iter().map(|a| a.id.as_str()).collect();
    let people: BTreeSet<&str> = demo.people.iter().map(String::as_str).collect();
    let organisation = |id: &str| assert!(organisations.contains(id), "organisation {id}");
    let theme = |slug: &String| assert!(themes.theme(slug).is_some(), "theme {slug}");
    let step = |slug: &str| assert!(themes.step(slug).is_some(), "step {slug}");

    step(&demo.header.collective.current_step);
    assert!(themes.region(&demo.header.collective.region).is_some());
    for o in &demo.organisations {
        assert!(themes.sector(&o.sector).is_some(), "sector {}", o.sector);
    }
    for milestone in &demo.milestones {
        milestone.themes.iter().for_each(theme);
    }
    for action in &demo.actions {
        assert!(
            milestones.contains(action.milestone.as_str()),
            "{}",
            action.id
        );
        action
            .lead
            .iter()
            .chain(&action.with)
            .for_each(|id| organisation(id));
        assert_eq!(
            action.lead.is_none(),
            action.state == ActionState::NeedsLead,
            "{}",
            action.id
        );
    }
    for member in &demo.members {
        step(&member.current_step);
        for o in &member.organisations {
            assert!(themes.sector(&o.sector).is_some(), "sector {}", o.sector);
        }
        for milestone in &member.milestones {
            milestone.themes.iter().for_each(theme);
        }
        for action in &member.actions {
            assert!(member.milestones.iter().any(|m| m.id == action.milestone));
            let known = |id: &String| member.organisations.iter().any(|o| o.id == *id);
            assert!(action.lead.iter().chain(&action.with).all(known));
            assert_eq!(
                action.lead.is_none(),
                action.state == ActionState::NeedsLead
            );
        }
    }
    for workshop in &demo.workshops {
        step(&workshop.step);
        workshop.themes.iter().for_each(theme);
        workshop.hosts.iter().for_each(|id| organisation(id));
        assert!(
            themes
                .workshop_types
                .iter()
                .any(|t| t.slug == workshop.kind),
            "{}",
            workshop.id
        );
        assert_eq!(
            workshop.attended.is_some(),
            workshop.state == WorkshopState::Held,
            "{}",
            workshop.id
        );
    }
    for poll in &demo.polls {
        step(&poll.step);
        for option in &poll.options {
            assert_ne!(
                option.reference.is_some(),
                option.text.is_some(),
                "{} {}",
                poll.id,
                option.number
            );
            if let Some(reference) = option.reference.as_deref() {
                assert!(
                    themes.theme(reference).is_some() || milestones.contains(reference),
                    "{reference}"
                );
            }
        }
    }
    for commitment in &demo.commitments {
        assert_ne!(
            commitment.organisation.is_some(),
            commitment.person.is_some(),
            "{}",
            commitment.id
        );
        theme(&commitment.theme);
        assert!(
            milestones.contains(commitment.milestone.as_str()),
            "{}",
            commitment.id
        );
        assert!(
            commitment
                .action
                .as_deref()
                .is_none_or(|id| actions.contains(id)),
            "{}",
            commitment.id
        );
        commitment
            .organisation
            .iter()
            .for_each(|id| organisation(id));
        assert!(
            commitment
                .person
                .as_deref()
                .is_none_or(|p| people.contains(p)),
            "{}",
            commitment.id
        );
    }
    let objects: BTreeSet<&str> = demo
        .workshops
        .iter()
        .map(|w| w.id.as_str())
        .chain(demo.polls.iter().map(|p| p.id.as_str()))
        .chain(demo.commitments.iter().map(|c| c.id.as_str()))
        .chain(actions.iter().copied())
        .collect();
    for act in &demo.acts {
        assert!(people.contains(act.person.as_str()), "{}", act.person);
        assert!(objects.contains(act.object.as_str()), "{}", act.object);
        act.organisation.iter().for_each(|id| organisation(id));
    }
}

#[test]
fn both_languages_are_there_and_french_spaces_do_not_break() {
    let demo = Demo::load().unwrap();
    let texts = demo
        .commitments
        .iter()
        .map(|c| (&c.fr, &c.en))
        .chain(demo.milestones.iter().map(|m| (&m.fr, &m.en)))
        .chain(demo.actions.iter().map(|a| (&a.fr, &a.en)))
        .chain(demo.workshops.iter().map(|w| (&w.title.fr, &w.title.en)))
        .chain(demo.polls.iter().map(|p| (&p.title.fr, &p.title.en)))
        // The note is for whoever edits the file, and writes its spaces as its source does.
        .chain(
            demo.messages
                .iter()
                .filter(|(name, _)| *name != "note")
                .map(|(_, m)| (&m.fr, &m.en)),
        );
    for (fr, en) in texts {
        assert!(!fr.trim().is_empty() && !en.trim().is_empty());
        assert_ne!(fr, en);
        assert!(
            !fr.contains(" :") && !fr.contains("« "),
            "a breaking space in {fr:?}"
        );
    }
}
