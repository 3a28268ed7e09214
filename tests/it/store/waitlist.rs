//! Capacity and the line, through the use cases on both databases: random evenings one by one against a model, and two
//! networks at once.
//!
//! Never over capacity, never a free seat while somebody waits who fits, the order kept, nobody offered twice.

use std::collections::{BTreeMap, BTreeSet};

use cercles::domain::actor::{Actor, Role};
use cercles::domain::card::View;
use cercles::domain::collective::{Collective, Purpose, Room};
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::{self, Discord, Matrix};
use cercles::domain::privacy::Statement;
use cercles::domain::schedule::DeadlineKind;
use cercles::domain::standing::Standing;
use cercles::domain::workshop::{Outcome, Place, Request, Roster, Rsvp, Wish, Workshop};
use cercles::service::people::Caller;
use cercles::service::{ServiceError, data, deadlines, people, privacy, workshops};
use cercles::store::deadlines::Due;
use cercles::store::{Db, cards, collectives, offers, people as stored_people, rosters, settings};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;

use super::{account, at, collective, id};

on_both!(
    random_evenings_go_as_the_model_says,
    two_networks_at_once_never_take_a_seat_too_many,
    an_offer_goes_to_its_person_and_on_to_the_next,
    erased_and_merged_people_leave_their_seats_to_the_line,
    in_private_an_offer_is_answered_in_the_collective_that_made_it,
);

/// Does something through a use case; a refusal is its error.
macro_rules! done {
    ($db:expr, [$($used:ident),*], |$tx:ident| $work:expr) => {{
        $(let $used = $used.clone();)*
        $db.write::<_, ServiceError, _>(move |$tx| async move { $work }.boxed()).await
    }};
}

pub(super) use done;

/// A collective with somebody responsible, so that answers are kept, and with one room to steer from.
pub(super) async fn place(db: &Db) -> Collective {
    let one = collective(db, "a").await;
    let statement = Statement {
        organisation: "Coopérative d’essai".to_owned(),
        officer: "Responsable".to_owned(),
        email: "vie-privee@exemple.org".to_owned(),
        hosting: "au Québec".to_owned(),
        access: "la coordination".to_owned(),
    };
    let control = Room {
        id: id(),
        collective: one.id,
        network: Discord,
        address: "control".to_owned(),
        language: Language::FrCa,
        purpose: Purpose::Control,
    };
    commit!(db, [control], |tx| collectives::put_room(tx, &control)
        .await);
    done!(db, [statement], |tx| {
        privacy::declare(tx, Some(&statement)).await
    })
    .unwrap();
    one
}

/// Somebody who has agreed that their acts are kept.
pub(super) async fn somebody(
    db: &Db,
    place: &Collective,
    network: NetworkKind,
    name: &str,
    role: Role,
) -> Actor {
    let mut actor = Actor {
        account: account(network, name),
        person: None,
        consented: false,
        in_private: true,
        in_control: false,
        presence: cercles::domain::circle::Presence::Rooms(Vec::new()),
        collective: place.id,
        role,
        language: Language::FrCa,
        name: None,
    };
    let stranger = actor.clone();
    done!(db, [stranger], |tx| people::consent(tx, &stranger, at(0))
        .await)
    .unwrap();
    let account = actor.account.clone();
    let known = look!(db, [account], |tx| stored_people::find(tx, &account).await);
    actor.person = known.map(|person| person.id);
    actor.consented = true;
    actor
}

pub(super) async fn announce(
    db: &Db,
    organizer: &Actor,
    capacity: u64,
    companions: u64,
    start: DateTime<Utc>,
) -> Workshop {
    let wish = Wish {
        title: Some("Semences".to_owned()),
        when: Some((start, None)),
        capacity: Some(capacity),
        companions: Some(companions),
        ..Wish::default()
    };
    done!(db, [organizer, wish], |tx| {
        workshops::announce(tx, &organizer, &wish, at(0)).await
    })
    .unwrap()
}

/// Answers; where they stand then, or that they were refused.
pub(super) async fn asks(
    db: &Db,
    who: &Actor,
    answer: Rsvp,
    companions: Option<i64>,
    now: DateTime<Utc>,
) -> Option<Place> {
    let request = Request { answer, companions };
    let answered = done!(db, [who], |tx| {
        workshops::answer(tx, &who, 1, request, now).await
    });
    match answered {
        Ok(answered) => answered.place,
        Err(ServiceError::Refused(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

async fn edits(db: &Db, organizer: &Actor, wish: Wish, now: DateTime<Utc>) {
    let edited = done!(db, [organizer, wish], |tx| {
        workshops::edit(tx, &organizer, 1, &wish, now).await
    });
    match edited {
        Ok(_) | Err(ServiceError::Refused(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

async fn capacity(db: &Db, organizer: &Actor, capacity: Option<u64>, now: DateTime<Utc>) {
    let wish = Wish {
        capacity,
        without: match capacity {
            None => vec!["capacity".to_owned()],
            Some(_) => Vec::new(),
        },
        ..Wish::default()
    };
    edits(db, organizer, wish, now).await;
}

/// Runs the deadlines of offers that are due, as the scheduler does.
async fn offers_end(db: &Db, now: DateTime<Utc>) {
    let due: Vec<Due> = look!(db, [], |tx| {
        cercles::store::deadlines::due(tx, now, 100).await
    });
    for due in due {
        if due.kind == DeadlineKind::OfferEnds {
            done!(db, [due], |tx| deadlines::run(tx, &due, now).await).unwrap();
        }
    }
}

/// What is stored: the workshop, and who stands where.
pub(super) async fn stored(db: &Db, made: Uuid) -> (Workshop, BTreeMap<Uuid, Place>) {
    look!(db, [], |tx| {
        let workshop = cercles::store::workshops::get(tx, made).await?.unwrap();
        let all = rosters::all(tx, made).await?;
        let places = all.into_iter().map(|s| (s.person, s.place));
        Ok((workshop, places.collect()))
    })
}

/// What must hold whenever nothing is under way.
async fn check(db: &Db, made: Uuid, gone_before: i64) {
    let (workshop, places) = stored(db, made).await;
    let mut counted = Roster::default();
    for place in places.values() {
        match *place {
            Place::Yes { seats } => {
                counted.yes += 1;
                counted.seats += seats;
            }
            Place::Maybe => counted.maybe += 1,
            Place::No => counted.no += 1,
            Place::Waiting { .. } => counted.waiting += 1,
            Place::Offered { seats, .. } => counted.held += seats,
        }
    }
    assert_eq!(workshop.roster, counted, "running counts");
    let Some(capacity) = workshop.draft.limits.capacity else {
        assert_eq!(
            counted.waiting, 0,
            "somebody waits where there is room for all"
        );
        return;
    };
    let gone = counted.seats + counted.held;
    assert!(
        gone <= capacity || gone <= gone_before,
        "{gone} of {capacity} seats"
    );
    for place in places.values() {
        if let Place::Waiting { seats, .. } = place {
            let free = capacity - gone;
            assert!(*seats > free, "{seats} wait while {free} are free");
        }
    }
    // An open offer for each who is offered seats, and for nobody else.
    let open = look!(db, [], |tx| offers::open(tx, made).await);
    let offered: BTreeSet<Uuid> = places
        .iter()
        .filter(|(_, place)| matches!(place, Place::Offered { .. }))
        .map(|(who, _)| *who)
        .collect();
    assert_eq!(
        open.iter()
            .map(|offer| offer.person)
            .collect::<BTreeSet<_>>(),
        offered
    );
}

/// The rules again, as plainly as possible: everybody in a list, counted anew each time.
#[derive(Default)]
struct Model {
    capacity: Option<i64>,
    companions: i64,
    places: BTreeMap<Uuid, Place>,
    line: Vec<Uuid>,
}

impl Model {
    fn free(&self) -> i64 {
        let gone: i64 = self.places.values().map(|place| place.holds()).sum();
        self.capacity
            .map_or(i64::MAX, |capacity| (capacity - gone).max(0))
    }

    fn asks(&mut self, who: Uuid, answer: Rsvp, companions: Option<i64>) {
        let before = self.places.get(&who).copied();
        let (party, holds) = before.map_or((0, 0), |place| (place.party(), place.holds()));
        let wanted = companions.map_or(party.max(1), |with| with + 1);
        let too_many = wanted > party && wanted > self.companions + 1;
        let fits = wanted - holds <= self.free();
        let never = self.capacity.is_some_and(|capacity| wanted > capacity);
        let place = match answer {
            Rsvp::No => Place::No,
            Rsvp::Maybe => Place::Maybe,
            Rsvp::Yes if too_many => return,
            Rsvp::Yes if fits => Place::Yes { seats: wanted },
            Rsvp::Yes if never || holds > 0 => return,
            Rsvp::Yes => Place::Waiting {
                seats: wanted,
                ticket: 0,
            },
        };
        if matches!(place, Place::Waiting { .. }) {
            if !self.line.contains(&who) {
                self.line.push(who);
            }
        } else {
            self.line.retain(|other| *other != who);
        }
        self.places.insert(who, place);
    }

    fn passes(&mut self, now: DateTime<Utc>) {
        let passed = |place: &Place| matches!(place, Place::Offered { until, .. } if *until <= now);
        self.places.retain(|_, place| !passed(place));
    }

    /// Seats are offered to the first in line who fits. Until when is the bot's to say.
    fn settle(&mut self, until: impl Fn(Uuid) -> Option<DateTime<Utc>>) -> Vec<Uuid> {
        let mut called = Vec::new();
        while let Some(at) = {
            let free = self.free();
            let fits = |who: &Uuid| self.places[who].party() <= free;
            self.line.iter().position(fits)
        } {
            let who = self.line.remove(at);
            let seats = self.places[&who].party();
            let until = until(who).expect("the bot offered them nothing");
            self.places.insert(who, Place::Offered { seats, until });
            called.push(who);
        }
        called
    }

    /// Without tickets, which are the bot's own.
    fn plain(places: &BTreeMap<Uuid, Place>) -> BTreeMap<Uuid, Place> {
        let mut plain = places.clone();
        for place in plain.values_mut() {
            if let Place::Waiting { ticket, .. } = place {
                *ticket = 0;
            }
        }
        plain
    }
}

async fn random_evenings_go_as_the_model_says(db: Db) {
    const PEOPLE: usize = 8;
    const EVENINGS: u64 = 12;
    const STEPS: usize = 70;
    let place = place(&db).await;
    let organizer = somebody(&db, &place, Discord, "organizer", Role::Organizer).await;
    let mut actors = Vec::new();
    for number in 0..PEOPLE {
        let network = if number % 2 == 0 { Discord } else { Matrix };
        let name = format!("p{number}");
        actors.push(somebody(&db, &place, network, &name, Role::Citizen).await);
    }
    let start = at(0) + TimeDelta::days(60);
    let mut told = 0;
    for evening in 0..EVENINGS {
        let mut rng = StdRng::seed_from_u64(evening);
        let made = announce(&db, &organizer, 4, 2, start).await;
        let number = made.number;
        let mut model = Model {
            capacity: Some(4),
            companions: 2,
            ..Model::default()
        };
        let mut now = at(1);
        for step in 0..STEPS {
            let gone = stored(&db, made.id).await.0.roster.gone();
            match rng.random_range(0..10) {
                0 => {
                    let to = [Some(1), Some(3), Some(4), Some(6), None][rng.random_range(0..5)];
                    let wish = Wish {
                        capacity: to,
                        without: if to.is_none() {
                            vec!["capacity".to_owned()]
                        } else {
                            Vec::new()
                        },
                        ..Wish::default()
                    };
                    let edited = done!(db, [organizer, wish], |tx| {
                        workshops::edit(tx, &organizer, number, &wish, now).await
                    });
                    if edited.is_ok() {
                        model.capacity = to.map(|to| i64::try_from(to).unwrap());
                    }
                }
                1 => {
                    now += TimeDelta::hours(rng.random_range(1..30));
                    offers_end(&db, now).await;
                    model.passes(now);
                }
                _ => {
                    let who = &actors[rng.random_range(0..PEOPLE)];
                    let answer = [Rsvp::Yes, Rsvp::Yes, Rsvp::Yes, Rsvp::No, Rsvp::Maybe]
                        [rng.random_range(0..5)];
                    let companions =
                        [None, None, Some(0), Some(1), Some(2), Some(3)][rng.random_range(0..6)];
                    let request = Request { answer, companions };
                    let asked = done!(db, [who], |tx| {
                        workshops::answer(tx, &who, number, request, now).await
                    });
                    assert!(
                        matches!(asked, Ok(_) | Err(ServiceError::Refused(_))),
                        "{asked:?}"
                    );
                    model.asks(who.person.unwrap(), answer, companions);
                }
            }
            let (_, places) = stored(&db, made.id).await;
            told += model
                .settle(|who| match places.get(&who) {
                    Some(Place::Offered { until, .. }) => Some(*until),
                    _ => None,
                })
                .len();
            assert_eq!(
                Model::plain(&places),
                model.places,
                "evening {evening}, step {step}"
            );
            check(&db, made.id, gone).await;
        }
    }
    assert!(told > 40, "only {told} offers: were the evenings full?");
}

/// Two tasks stand for the two networks: what they do meets in the database.
async fn two_networks_at_once_never_take_a_seat_too_many(db: Db) {
    const EACH: usize = 6;
    let place = place(&db).await;
    let organizer = somebody(&db, &place, Discord, "organizer", Role::Organizer).await;
    let start = at(0) + TimeDelta::days(60);
    let made = announce(&db, &organizer, 3, 2, start).await;
    let mut networks = Vec::new();
    for network in [Discord, Matrix] {
        let mut people = Vec::new();
        for number in 0..EACH {
            let name = format!("{network}{number}");
            people.push(somebody(&db, &place, network, &name, Role::Citizen).await);
        }
        networks.push(people);
    }
    for round in 0..6_u64 {
        let now = at(1) + TimeDelta::hours(i64::try_from(round).unwrap() * 20);
        let gone = stored(&db, made.id).await.0.roster.gone();
        let tasks = networks.iter().enumerate().map(|(network, people)| {
            let (db, people, organizer) = (db.clone(), people.clone(), organizer.clone());
            tokio::spawn(async move {
                let mut rng = StdRng::seed_from_u64(round * 2 + u64::try_from(network).unwrap());
                for _ in 0..25 {
                    let who = &people[rng.random_range(0..EACH)];
                    match rng.random_range(0..12) {
                        0 if network == 0 => {
                            let to = [Some(2), Some(3), Some(5)][rng.random_range(0..3)];
                            capacity(&db, &organizer, to, now).await;
                        }
                        1 if network == 1 => offers_end(&db, now).await,
                        n => {
                            let answer = if n < 8 { Rsvp::Yes } else { Rsvp::No };
                            let with = [None, Some(0), Some(1), Some(2)][rng.random_range(0..4)];
                            asks(&db, who, answer, with, now).await;
                        }
                    }
                }
            })
        });
        for task in futures::future::join_all(tasks).await {
            task.expect("no task fails");
        }
        let lowered = gone.max(5);
        check(&db, made.id, lowered).await;
        let (workshop, _) = stored(&db, made.id).await;
        assert!(
            workshop.roster.gone() <= 5,
            "never more than the largest capacity"
        );
    }
    // Each ticket was called once at most: an offer per person and turn.
    let open = look!(db, [], |tx| offers::open(tx, made.id).await);
    let people: BTreeSet<Uuid> = open.iter().map(|offer| offer.person).collect();
    assert_eq!(people.len(), open.len());
}

/// Cards that wait for a network, of that view: their places.
async fn told(db: &Db, network: NetworkKind, view: View) -> Vec<String> {
    let now = at(0) + TimeDelta::days(90);
    let claimed = commit!(db, [], |tx| cards::claim(
        tx,
        (network, cards::Lane::Rooms),
        now,
        now,
        100
    )
    .await);
    let wanted = claimed.iter().filter(|card| card.view == view);
    wanted
        .map(|card| card.destination.address().to_owned())
        .collect()
}

async fn an_offer_goes_to_its_person_and_on_to_the_next(db: Db) {
    let place = place(&db).await;
    let organizer = somebody(&db, &place, Discord, "organizer", Role::Organizer).await;
    let start = at(0) + TimeDelta::days(60);
    let made = announce(&db, &organizer, 2, 1, start).await;
    let ana = somebody(&db, &place, Discord, "ana", Role::Citizen).await;
    let bob = somebody(&db, &place, Discord, "bob", Role::Citizen).await;
    let chloe = somebody(&db, &place, Matrix, "@chloe:ici", Role::Citizen).await;
    let dan = somebody(&db, &place, Matrix, "@dan:ici", Role::Citizen).await;
    let yes = |seats| Some(Place::Yes { seats });
    assert_eq!(asks(&db, &ana, Rsvp::Yes, Some(1), at(1)).await, yes(2));
    let line = |seats, ticket| Some(Place::Waiting { seats, ticket });
    assert_eq!(
        asks(&db, &chloe, Rsvp::Yes, Some(1), at(2)).await,
        line(2, 1)
    );
    assert_eq!(asks(&db, &bob, Rsvp::Yes, None, at(3)).await, line(1, 2));
    assert_eq!(asks(&db, &dan, Rsvp::Yes, None, at(4)).await, line(1, 3));
    assert_eq!(
        told(
            &db,
            Discord,
            View::Fill(cercles::domain::workshop::Fill::Full)
        )
        .await,
        ["control"]
    );

    // One seat: Chloé's two do not fit, Bob's turn it is; she keeps her place.
    assert_eq!(asks(&db, &ana, Rsvp::Yes, Some(0), at(5)).await, yes(1));
    assert_eq!(told(&db, Discord, View::Object).await, ["bob"]);
    assert_eq!(told(&db, Matrix, View::Object).await, [""; 0]);
    let (_, places) = stored(&db, made.id).await;
    let until = at(5) + TimeDelta::hours(24);
    let Some(Place::Offered {
        seats: 1,
        until: told_until,
    }) = places.get(&bob.person.unwrap())
    else {
        panic!("{places:?}");
    };
    assert!(
        (*told_until - until).abs() < TimeDelta::hours(11),
        "a day, but for the night"
    );
    assert_eq!(places.get(&chloe.person.unwrap()).copied(), line(2, 1));

    // Too late: the seat goes on; Bob is told, out, and behind Dan when he asks again.
    let late = at(5) + TimeDelta::hours(40);
    let refused = asks(&db, &bob, Rsvp::Yes, None, late).await;
    assert_eq!(refused, None, "the offer has ended");
    offers_end(&db, late).await;
    assert_eq!(told(&db, Discord, View::Notice).await, ["bob"]);
    assert_eq!(told(&db, Matrix, View::Object).await, ["@dan:ici"]);
    assert_eq!(asks(&db, &bob, Rsvp::Yes, None, late).await, line(1, 4));
    // Declined: the next, at once, in the same act.
    assert_eq!(asks(&db, &dan, Rsvp::No, None, late).await, Some(Place::No));
    let (_, places) = stored(&db, made.id).await;
    assert!(matches!(
        places[&bob.person.unwrap()],
        Place::Offered { seats: 1, .. }
    ));
    assert_eq!(asks(&db, &bob, Rsvp::Yes, None, late).await, yes(1));
    // Room for all: Chloé is offered both seats.
    capacity(&db, &organizer, Some(4), late).await;
    let (workshop, places) = stored(&db, made.id).await;
    assert!(matches!(
        places[&chloe.person.unwrap()],
        Place::Offered { seats: 2, .. }
    ));
    assert_eq!((workshop.roster.seats, workshop.roster.held), (2, 2));
    // Called off: nothing is on offer any more.
    done!(db, [organizer], |tx| {
        workshops::cancel(tx, &organizer, 1, late).await
    })
    .unwrap();
    assert_eq!(look!(db, [], |tx| offers::open(tx, made.id).await), []);
    assert_eq!(stored(&db, made.id).await.0.roster.held, 0);
}

async fn erased_and_merged_people_leave_their_seats_to_the_line(db: Db) {
    let place = place(&db).await;
    let organizer = somebody(&db, &place, Discord, "organizer", Role::Organizer).await;
    let start = at(0) + TimeDelta::days(60);
    let made = announce(&db, &organizer, 2, 1, start).await;
    let ana = somebody(&db, &place, Discord, "ana", Role::Citizen).await;
    let ana_too = somebody(&db, &place, Matrix, "@ana:ici", Role::Citizen).await;
    let bob = somebody(&db, &place, Matrix, "@bob:ici", Role::Citizen).await;
    let chloe = somebody(&db, &place, Matrix, "@chloe:ici", Role::Citizen).await;
    for who in [&ana, &ana_too, &bob, &chloe] {
        asks(&db, who, Rsvp::Yes, None, at(1)).await;
    }
    // Two accounts of one person hold one seat; the other is Bob's to take.
    let (from, into) = (ana_too.person.unwrap(), ana.person.unwrap());
    let settled = done!(db, [], |tx| {
        workshops::person_merged(tx, from, into, at(2)).await
    });
    let kept: Vec<Place> = settled
        .unwrap()
        .kept
        .iter()
        .map(|(_, kept)| *kept)
        .collect();
    assert_eq!(kept, [Place::Yes { seats: 1 }]);
    let (workshop, places) = stored(&db, made.id).await;
    assert_eq!((workshop.roster.seats, workshop.roster.held), (1, 1));
    assert!(matches!(
        places[&bob.person.unwrap()],
        Place::Offered { .. }
    ));
    assert!(!places.contains_key(&from));
    // Erased with an open offer: nothing of it is left, and the seat goes on to Chloé.
    let gone = bob.person.unwrap();
    done!(db, [], |tx| data::erase_person(tx, gone, at(3)).await).unwrap();
    let (workshop, places) = stored(&db, made.id).await;
    assert!(matches!(
        places[&chloe.person.unwrap()],
        Place::Offered { .. }
    ));
    assert_eq!(
        (
            workshop.roster.seats,
            workshop.roster.held,
            workshop.roster.waiting
        ),
        (1, 1, 0)
    );
    assert_eq!(told(&db, Matrix, View::Object).await, ["@chloe:ici"]);
    check(&db, made.id, 2).await;
    // Both in line, or one offered and one waiting: the nearer to a seat is kept.
    let dan = somebody(&db, &place, Discord, "dan", Role::Citizen).await;
    asks(&db, &dan, Rsvp::Yes, None, at(4)).await;
    let (from, into) = (chloe.person.unwrap(), dan.person.unwrap());
    done!(db, [], |tx| {
        workshops::person_merged(tx, from, into, at(5)).await
    })
    .unwrap();
    let (workshop, places) = stored(&db, made.id).await;
    assert!(matches!(places[&into], Place::Offered { .. }), "{places:?}");
    assert_eq!((workshop.roster.held, workshop.roster.waiting), (1, 0));
    let open = look!(db, [], |tx| offers::open(tx, made.id).await);
    assert_eq!(
        (open.len(), open[0].person, open[0].outcome),
        (1, into, Outcome::Open)
    );
    let said = look!(db, [], |tx| settings::get(tx, "privacy").await);
    assert!(said.is_some());
}

/// With several collectives in one bot, a private conversation is of none of them; but somebody who takes part in one of
/// them is understood there.
async fn in_private_an_offer_is_answered_in_the_collective_that_made_it(db: Db) {
    let place = place(&db).await;
    let other = collective(&db, "b").await;
    let organizer = somebody(&db, &place, Discord, "organizer", Role::Organizer).await;
    let start = at(0) + TimeDelta::days(60);
    announce(&db, &organizer, 1, 0, start).await;
    let chloe = somebody(&db, &place, Matrix, "@chloe:ici", Role::Citizen).await;
    let account = chloe.account.clone();
    let found = async || {
        let account = account.clone();
        let found = db.read::<_, ServiceError, _>(move |tx| {
            async move {
                let caller = Caller {
                    account: &account,
                    standing: Standing::default(),
                    room: "!private:ici",
                    elsewhere: &[],
                    in_private: true,
                    bridged: false,
                    language: None,
                    name: None,
                };
                people::actor(tx, &caller).await
            }
            .boxed()
        });
        found.await.ok().map(|(actor, _)| actor.collective)
    };
    assert_eq!(found().await, None);
    asks(&db, &chloe, Rsvp::Yes, None, at(1)).await;
    assert_eq!(found().await, Some(place.id));
    let elsewhere = Actor {
        collective: other.id,
        ..organizer.clone()
    };
    announce(&db, &elsewhere, 1, 0, start).await;
    let chloe = Actor {
        collective: other.id,
        ..chloe.clone()
    };
    asks(&db, &chloe, Rsvp::Yes, None, at(1)).await;
    assert_eq!(found().await, None, "which of the two is meant?");
}
