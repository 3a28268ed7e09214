//! Options that people propose for polls; and a poll that waits for them, at a moved clock.

use cercles::domain::actor::{Actor, Role};
use cercles::domain::card::View;
use cercles::domain::collective::{Purpose, Room};
use cercles::domain::ids::Kind;
use cercles::domain::language::Language;
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::poll::proposal::{Decision, Proposal, Standing};
use cercles::domain::poll::rules::{Rules, Terms};
use cercles::domain::poll::{Draft, DraftOption, Poll, Status};
use cercles::domain::privacy::{PROPOSAL, Statement};
use cercles::service::{Refusal, ServiceError, polls as service, privacy};
use cercles::store::cards::{self, Claimed, Lane, NewCard, Subject};
use cercles::store::deadlines;
use cercles::store::{Db, collectives, people, polls, proposals};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use uuid::Uuid;

use super::polls::{add_poll, question};
use super::{account, at, collective, id, person};

on_both!(
    a_proposal_is_kept_decided_handed_over_and_forgotten,
    a_poll_waits_for_its_options_and_opens_with_them,
    a_poll_without_options_is_abandoned_at_its_close,
);

fn option(label: &str) -> DraftOption {
    DraftOption::read(label, &Rules::Choose { most: 1 }).unwrap()
}

async fn a_proposal_is_kept_decided_handed_over_and_forgotten(db: Db) {
    let one = collective(&db, "a").await.id;
    let poll = add_poll(&db, one, 1, question(60, &[])).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let made = |number: i64, author: Uuid, label: &str| Proposal {
        id: id(),
        poll,
        collective: one,
        number,
        author: Some(author),
        network: Matrix,
        language: Language::EnCa,
        option: DraftOption {
            cost: Some(500),
            at: Some(at(3)),
            ..option(label)
        },
        standing: Standing::Waiting,
        reason: None,
        proposed_at: at(number),
        decided_at: None,
    };
    let hostile = "L'été « %_\"' » // Summer | un sens // a meaning";
    let (first, second) = (made(1, ana, hostile), made(2, ana, "Le bus"));
    let third = made(3, bob, "Le train");
    for new in [&first, &second, &third] {
        commit!(db, [new], |tx| proposals::add(tx, &new).await);
    }
    let get = async |id: Uuid| look!(db, [], |tx| proposals::get(tx, id).await);
    assert_eq!(get(first.id).await.as_ref(), Some(&first));
    let by_number = async |number| look!(db, [], |tx| proposals::by_number(tx, one, number).await);
    assert_eq!(by_number(2).await.as_ref(), Some(&second));
    assert_eq!(by_number(9).await, None);
    let waiting = async || {
        let all = look!(db, [], |tx| proposals::waiting(tx, poll).await);
        all.iter().map(|p| p.number).collect::<Vec<_>>()
    };
    assert_eq!(waiting().await, [1, 2, 3]);
    // Whoever proposed something took part, and is not idle.
    assert_eq!(look!(db, [], |tx| people::active(tx, one).await), 2);
    let idle = look!(db, [], |tx| people::idle(tx, at(99), 9).await);
    assert_eq!(idle, Vec::<Uuid>::new());

    for (id, standing, reason) in [
        (second.id, Standing::Accepted, None),
        (third.id, Standing::Refused, Some("trop loin")),
    ] {
        commit!(db, [], |tx| {
            proposals::decide(tx, id, standing, reason, at(10)).await
        });
    }
    assert_eq!(waiting().await, [1]);
    let refused = get(third.id).await.unwrap();
    assert_eq!(
        (
            refused.standing,
            refused.reason.as_deref(),
            refused.decided_at
        ),
        (Standing::Refused, Some("trop loin"), Some(at(10)))
    );

    commit!(db, [], |tx| proposals::hand_over(tx, bob, ana).await);
    let of = look!(db, [], |tx| proposals::of_person(tx, ana).await);
    assert_eq!(of.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2, 3]);
    let erased = commit!(db, [], |tx| proposals::erase(tx, ana, at(20)).await);
    assert_eq!(erased, 3);
    for (id, standing, label) in [
        (first.id, Standing::Withdrawn, ""),
        (second.id, Standing::Accepted, "Le bus"),
        (third.id, Standing::Refused, ""),
    ] {
        let left = get(id).await.unwrap();
        assert_eq!((left.standing, left.author), (standing, None));
        assert_eq!(left.option.label.text, label);
        assert_eq!(left.option.label.english, None);
        assert_eq!((left.option.meaning, left.reason), (None, None));
    }

    let card = NewCard {
        id: id(),
        collective: None,
        network: Discord,
        destination: Destination::Room("1".to_owned()),
        language: Language::FrCa,
        subject: Subject::Object(Kind::Proposal, third.id),
        view: View::Object,
        payload: None,
    };
    let kept = card.clone();
    commit!(db, [kept], |tx| cards::put(tx, &kept, at(0)).await);
    assert_eq!(commit!(db, [], |tx| proposals::forget(tx, at(10)).await), 0);
    assert_eq!(commit!(db, [], |tx| proposals::forget(tx, at(11)).await), 2);
    assert_eq!(get(third.id).await, None);
    assert!(get(first.id).await.is_some(), "withdrawn later");
    assert_eq!(
        look!(db, [card], |tx| cards::wanted(tx, card.id).await),
        None
    );
}

/// A collective with a control room and a public one, on Discord, where acts are kept.
struct Scene {
    db: Db,
    collective: Uuid,
    organizer: Actor,
}

/// Runs a use case, whose refusal is wanted or not.
macro_rules! act {
    ($db:expr, [$($used:ident),*], |$tx:ident| $work:expr) => {{
        $(let $used = $used.clone();)*
        $db.write::<_, ServiceError, _>(move |$tx| async move { $work }.boxed()).await
    }};
}

impl Scene {
    async fn set(db: Db) -> Self {
        let made = collective(&db, "a").await;
        for (address, purpose) in [("public", Purpose::Public), ("control", Purpose::Control)] {
            let room = Room {
                id: id(),
                collective: made.id,
                network: Discord,
                address: address.to_owned(),
                language: Language::FrCa,
                purpose,
            };
            commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
        }
        let statement = Statement {
            organisation: "Coopérative".to_owned(),
            officer: "Responsable".to_owned(),
            email: "vie@exemple.org".to_owned(),
            hosting: "ici".to_owned(),
            access: "nous".to_owned(),
        };
        act!(db, [], |tx| privacy::declare(tx, Some(&statement)).await).unwrap();
        let organizer = Self::somebody(&db, made.id, "1", Role::Organizer).await;
        Self {
            db,
            collective: made.id,
            organizer,
        }
    }

    async fn somebody(db: &Db, collective: Uuid, address: &str, role: Role) -> Actor {
        Actor {
            account: account(Discord, address),
            person: Some(person(db, address).await),
            consented: true,
            in_private: true,
            in_control: false,
            presence: cercles::domain::circle::Presence::Rooms(Vec::new()),
            collective,
            role,
            language: Language::FrCa,
            name: None,
        }
    }

    /// A poll for which options are proposed for two days, and in which people then vote for three.
    async fn poll(&self, options: &[&str], now: DateTime<Utc>) -> Poll {
        let terms = Terms {
            proposals: true,
            ..Terms::new(Rules::Choose { most: 1 })
        };
        let draft = Draft::new(
            "Quoi?",
            options.iter().map(|label| option(label)).collect(),
            terms,
            now + TimeDelta::days(2),
            now + TimeDelta::days(5),
        );
        let (draft, organizer) = (draft.unwrap(), &self.organizer);
        act!(self.db, [draft, organizer], |tx| {
            service::open(tx, &organizer, &draft, now).await
        })
        .unwrap()
    }

    async fn propose(
        &self,
        who: &Actor,
        label: &str,
        now: DateTime<Utc>,
    ) -> Result<(Poll, Proposal), ServiceError> {
        let wanted = option(label);
        act!(self.db, [who, wanted], |tx| {
            service::propose(tx, &who, 1, wanted, now).await
        })
    }

    async fn decide(
        &self,
        number: i64,
        decision: Decision,
        now: DateTime<Utc>,
    ) -> Result<(Poll, Proposal), ServiceError> {
        let organizer = &self.organizer;
        act!(self.db, [organizer], |tx| {
            service::decide(tx, &organizer, number, decision, None, now).await
        })
    }

    /// Runs what is due at that time.
    async fn at(&self, now: DateTime<Utc>) {
        let due = look!(self.db, [], |tx| deadlines::due(tx, now, 99).await);
        for due in due {
            act!(self.db, [], |tx| {
                cercles::service::deadlines::run(tx, &due, now).await
            })
            .unwrap();
        }
    }

    async fn get(&self, poll: &Poll) -> Poll {
        let id = poll.id;
        look!(self.db, [], |tx| polls::get(tx, id).await).unwrap()
    }

    /// What is behind, and marked as shown with this.
    async fn shows(&self, now: DateTime<Utc>) -> Vec<(String, View)> {
        let claimed: Vec<Claimed> = commit!(self.db, [], |tx| {
            cards::claim(tx, (Discord, Lane::Rooms), now, now, 99).await
        });
        let mut shown = Vec::new();
        for card in claimed {
            let message = card.id.to_string();
            commit!(self.db, [message], |tx| {
                let revision = cards::wanted(tx, card.id).await?.unwrap();
                cards::shown(tx, card.id, revision, &message, now, now).await
            });
            shown.push((card.destination.address().to_owned(), card.view));
        }
        shown.sort_by(|a, b| (&a.0, a.1.name()).cmp(&(&b.0, b.1.name())));
        shown
    }
}

/// The refusal of a use case.
fn refusal<T>(result: Result<T, ServiceError>) -> Refusal {
    match result {
        Err(ServiceError::Refused(refusal)) => refusal,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn at_view(address: &str, view: View) -> (String, View) {
    (address.to_owned(), view)
}

async fn a_poll_waits_for_its_options_and_opens_with_them(db: Db) {
    let scene = Scene::set(db.clone()).await;
    let start = at(0);
    let poll = scene.poll(&["Le bus"], start).await;
    assert_eq!(poll.status, Status::Scheduled);
    let ana = Scene::somebody(&db, scene.collective, "2", Role::Citizen).await;
    let bob = Scene::somebody(&db, scene.collective, "3", Role::Citizen).await;
    scene.shows(start).await;

    // Three of each person wait at most; the same words twice are one.
    for label in ["Le train", "Le métro", "Le vélo"] {
        scene.propose(&ana, label, start).await.unwrap();
    }
    let fourth = scene.propose(&ana, "La marche", start).await;
    assert_eq!(refusal(fourth), Refusal::ProposalsWait(poll.short_id(), 3));
    for (there, label) in [("le  BUS", "Le bus"), ("LE METRO", "LE METRO")] {
        let twice = scene.propose(&bob, there, start).await;
        assert_eq!(refusal(twice), Refusal::OptionStands(label.to_owned()));
    }
    assert_eq!(
        scene.shows(start).await,
        [
            at_view("control", View::Object),
            at_view("control", View::Object),
            at_view("control", View::Object),
        ]
    );

    // Decided once; whoever proposed it is told, in private.
    let (_, refused) = scene.decide(2, Decision::Refuse, start).await.unwrap();
    assert_eq!(refused.standing, Standing::Refused);
    let again = scene.decide(2, Decision::Accept, start).await;
    assert_eq!(refusal(again), Refusal::ProposalDecided(refused.short_id()));
    assert_eq!(
        scene.shows(start).await,
        [
            at_view("2", View::Notice),
            at_view("control", View::Object),
            at_view("public", View::Object),
        ]
    );
    let organizer = &ana;
    let citizen = act!(db, [organizer], |tx| {
        service::decide(tx, &organizer, 1, Decision::Accept, None, start).await
    });
    assert_eq!(refusal(citizen), Refusal::NotAllowed(Role::Organizer));

    // Organizers are reminded the day before, within waking hours.
    let night = start + TimeDelta::days(1);
    scene.at(night).await;
    assert_eq!(scene.shows(night).await, [], "it is one in the morning");
    let reminder = night + TimeDelta::hours(7);
    scene.at(reminder).await;
    assert_eq!(
        scene.shows(reminder).await,
        [at_view("control", View::Moderation)]
    );

    // One option is too few: it stays as it is, what waits goes on waiting, and organizers are told by a new message.
    let due = start + TimeDelta::days(2);
    let late = scene.propose(&bob, "Le tram", due).await;
    assert_eq!(refusal(late), Refusal::OptionsSettled(poll.short_id()));
    scene.at(due).await;
    let unsettled = scene.get(&poll).await;
    assert_eq!(unsettled.status, Status::Scheduled);
    assert!(!unsettled.takes_ballots(due));
    assert_eq!(
        scene.shows(due).await,
        [
            at_view("control", View::Moderation),
            at_view("public", View::Object),
        ]
    );

    // More time, but not beyond the close.
    let organizer = &scene.organizer;
    let extend = async |until: DateTime<Utc>| {
        act!(db, [organizer], |tx| {
            service::extend_proposals(tx, &organizer, 1, until, due).await
        })
    };
    assert!(matches!(
        refusal(extend(start + TimeDelta::days(5)).await),
        Refusal::OpensAfterClose(..)
    ));
    assert!(matches!(
        refusal(extend(due).await),
        Refusal::ProposalsNotLater(..)
    ));
    let until = start + TimeDelta::days(3);
    let extended = extend(until).await.unwrap();
    assert_eq!(extended.opens_at, until);
    scene.propose(&bob, "Le tram", due).await.unwrap();
    scene.decide(4, Decision::Accept, due).await.unwrap();

    // It opens with two; what nobody decided lapses, and its authors are told.
    scene.shows(due).await;
    scene.at(until).await;
    let open = scene.get(&poll).await;
    let labels: Vec<(&str, bool)> = open
        .options
        .iter()
        .map(|option| (option.label.text.as_str(), option.proposed))
        .collect();
    assert_eq!(labels, [("Le bus", false), ("Le tram", true)]);
    assert_eq!((open.status, open.opens_at), (Status::Open, until));
    assert!(open.takes_ballots(until));
    let poll_id = poll.id;
    let waiting = look!(db, [], |tx| proposals::waiting(tx, poll_id).await);
    assert_eq!(waiting, []);
    let shown = scene.shows(until).await;
    assert!(shown.contains(&at_view("2", View::Notice)), "{shown:?}");
    let ballot = cercles::domain::poll::ballot::Ballot::Options(vec![1]);
    let voted = act!(db, [ana, ballot], |tx| {
        service::vote(tx, &ana, 1, &ballot, None, until).await
    });
    assert_eq!(voted.unwrap().cast(), 1);
    let late = act!(db, [organizer], |tx| {
        service::add_options(tx, &organizer, 1, &[option("Le taxi")], until).await
    });
    assert_eq!(refusal(late), Refusal::OptionsSettled(poll.short_id()));

    // A month after the decision nothing of it is kept.
    let gone = commit!(db, [], |tx| {
        proposals::forget(tx, until + PROPOSAL + TimeDelta::seconds(1)).await
    });
    assert_eq!(gone, 4);
}

async fn a_poll_without_options_is_abandoned_at_its_close(db: Db) {
    let scene = Scene::set(db.clone()).await;
    let (start, organizer) = (at(0), &scene.organizer);
    let poll = scene.poll(&[], start).await;
    let ana = Scene::somebody(&db, scene.collective, "2", Role::Citizen).await;
    scene.propose(&ana, "Le train", start).await.unwrap();
    let due = start + TimeDelta::days(2);
    scene.at(due).await;
    // Past its time it opens as soon as it has enough options and nothing waits.
    let two = [option("Le bus"), option("Le métro")];
    let add = act!(db, [organizer, two], |tx| {
        service::add_options(tx, &organizer, 1, &two, due).await
    });
    assert_eq!(add.unwrap().status, Status::Scheduled, "one waits");
    let later = due + TimeDelta::hours(1);
    let (opened, _) = scene.decide(1, Decision::Refuse, later).await.unwrap();
    assert_eq!((opened.status, opened.opens_at), (Status::Open, later));

    let other = scene.poll(&["Le bus"], later).await;
    let (id, number) = (other.id, other.number);
    let close = later + TimeDelta::days(5);
    scene.at(close).await;
    let abandoned = scene.get(&other).await;
    assert!(abandoned.never_opened(), "{abandoned:?}");
    assert_eq!(abandoned.closes_at, close);
    let shown = scene.shows(close).await;
    assert!(
        shown.contains(&at_view("public", View::Notice)),
        "{shown:?}"
    );
    let option = option("Trop tard");
    let late = act!(db, [ana, option], |tx| {
        service::propose(tx, &ana, number, option, close).await
    });
    assert_eq!(refusal(late), Refusal::OptionsSettled(other.short_id()));
    assert_ne!(scene.get(&poll).await.id, id);
}
