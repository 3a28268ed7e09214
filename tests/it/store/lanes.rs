//! Rooms and private reminders on their way side by side: the reconciler on both databases, beside a network that is slow
//! or limited.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use cercles::delivery::Reconciler;
use cercles::domain::actor::Account;
use cercles::domain::card::{NativeFigures, NativePoll, View};
use cercles::domain::clock::{Clock as _, ShiftedClock};
use cercles::domain::ids::{Kind, new_id};
use cercles::domain::language::Language;
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::{self, Discord};
use cercles::domain::reminder::{Addressee, Choice, Wish};
use cercles::i18n::Words;
use cercles::network::{Delivery, MessageRef, Network, SendError};
use cercles::service::reminders::due;
use cercles::store::cards::{self, NewCard, Subject};
use cercles::store::{Db, people, private_cards, reminders};
use chrono::TimeDelta;
use futures::FutureExt as _;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::polls::{add_poll, question};
use super::{at, collective, id};

on_both!(
    a_room_is_told_while_thousands_are_reminded_in_private,
    while_rooms_are_limited_nobody_is_written_to_in_private,
    who_takes_no_private_messages_is_tried_once_and_nobody_else_is_told,
);

/// Noon in Québec.
const NOON: i64 = 6 * 3600;
const PATIENCE: Duration = Duration::from_secs(60);

/// A network that does what a test wants.
#[derive(Default)]
struct Played {
    /// What arrived: the address and the card.
    arrived: Mutex<Vec<(String, Uuid)>>,
    tried: Mutex<Vec<String>>,
    changed: Notify,
    /// What holds private messages up, one permit each.
    gate: Option<Semaphore>,
    /// How often a message to a room meets a rate limit of 30 seconds.
    limits: Mutex<usize>,
    /// Who takes no private messages.
    closed: BTreeSet<String>,
}

impl Played {
    async fn until<T>(&self, look: impl Fn(&Self) -> Option<T>) -> T {
        let waiting = async {
            loop {
                let changed = self.changed.notified();
                if let Some(found) = look(self) {
                    return found;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap()
    }

    fn addresses(&self) -> Vec<String> {
        let arrived = self.arrived.lock().unwrap();
        arrived.iter().map(|(address, _)| address.clone()).collect()
    }
}

#[async_trait]
impl Network for Played {
    fn kind(&self) -> NetworkKind {
        Discord
    }

    async fn create(&self, delivery: &Delivery) -> Result<MessageRef, SendError> {
        let address = delivery.destination.address().to_owned();
        self.tried.lock().unwrap().push(address.clone());
        self.changed.notify_waiters();
        if let Destination::Direct(_) = delivery.destination {
            assert!(delivery.unasked);
            if let Some(gate) = &self.gate {
                gate.acquire().await.unwrap().forget();
            }
            if self.closed.contains(&address) {
                let reason = "50007".to_owned();
                return Err(SendError::Closed { reason });
            }
        } else if *self.limits.lock().unwrap() > 0 {
            *self.limits.lock().unwrap() -= 1;
            return Err(SendError::Retry {
                after: Some(Duration::from_secs(30)),
                reason: "429".to_owned(),
            });
        }
        let reference = format!("m{}", delivery.card);
        self.arrived.lock().unwrap().push((address, delivery.card));
        self.changed.notify_waiters();
        Ok(MessageRef(reference))
    }

    async fn figures(&self, _: &MessageRef, _: &NativePoll) -> Result<NativeFigures, SendError> {
        panic!("no native polls here")
    }

    async fn edit(&self, _: &Delivery, _: &MessageRef) -> Result<(), SendError> {
        Ok(())
    }

    async fn keep_pinned(&self, _: &MessageRef) -> Result<(), SendError> {
        panic!("nothing is pinned here")
    }

    fn connected(&self) -> bool {
        true
    }
}

/// A poll, and so many people who want reminders and have not voted; they are due.
async fn due_for(db: &Db, many: usize) -> Uuid {
    let one = collective(db, "a").await.id;
    let poll = add_poll(db, one, 1, question(NOON + 90_000, &["a", "b"])).await;
    commit!(db, [], |tx| {
        for number in 0..many {
            let (person, address) = (new_id(at(0)), format!("p{number}"));
            let network = Discord;
            let account = Account { network, address };
            people::add(tx, person, &account, at(0)).await?;
            let choice = Choice {
                wanted: true,
                at: at(0),
                account,
                language: Language::FrCa,
                collective: one,
            };
            let wish = Wish {
                asked_at: None,
                choice: Some(choice),
            };
            reminders::set_wish(tx, person, &wish).await?;
        }
        Ok(())
    });
    db.write(move |tx| due::before_close(tx, poll, at(NOON)).boxed())
        .await
        .unwrap();
    poll
}

async fn show_in(db: &Db, room: &'static str, poll: Uuid) {
    let card = NewCard {
        id: id(),
        collective: None,
        network: Discord,
        destination: Destination::Room(room.to_owned()),
        language: Language::FrCa,
        subject: Subject::Object(Kind::Poll, poll),
        view: View::Object,
        payload: None,
    };
    commit!(db, [card], |tx| cards::put(tx, &card, at(NOON)).await);
}

struct Running {
    network: Arc<Played>,
    clock: Arc<ShiftedClock>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

fn run(db: &Db, network: Played) -> Running {
    let (network, stop) = (Arc::new(network), CancellationToken::new());
    let clock = Arc::new(ShiftedClock::starting_at(at(NOON)));
    let words = Arc::new(Words::load().unwrap());
    let reconciler = Reconciler::new(db.clone(), clock.clone(), words, network.clone(), None);
    let ending = stop.clone();
    let task = tokio::spawn(async move { reconciler.serve(ending).await });
    Running {
        network,
        clock,
        stop,
        task,
    }
}

impl Running {
    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

/// Waits until what arrived, or never will, is recorded.
async fn settled(db: &Db) {
    let recorded = async {
        let mut changes = db.changes();
        while look!(db, [], |tx| cards::backlog(tx).await) != (0, 0) {
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, recorded).await.unwrap();
}

async fn a_room_is_told_while_thousands_are_reminded_in_private(db: Db) {
    const MANY: usize = 2000;
    let poll = due_for(&db, MANY).await;
    let gate = Some(Semaphore::new(0));
    let running = run(
        &db,
        Played {
            gate,
            ..Played::default()
        },
    );
    let network = &running.network;
    network
        .until(|network| (!network.tried.lock().unwrap().is_empty()).then_some(()))
        .await;
    show_in(&db, "1", poll).await;
    network
        .until(|network| (network.addresses() == ["1"]).then_some(()))
        .await;
    assert_eq!(network.tried.lock().unwrap().len(), 2, "one by one");
    // Who votes meanwhile gets none; everybody else gets one.
    let first = network.tried.lock().unwrap()[0].clone();
    let other = if first == "p0" { "p1" } else { "p0" };
    let voter = look!(db, [], |tx| {
        let account = super::account(Discord, other);
        Ok(people::find(tx, &account).await?.expect("known").id)
    });
    let ballot = cercles::store::polls::StoredBallot {
        marks: vec![1, 0],
        reason: None,
        name: None,
        verified: false,
        cast_at: at(NOON),
    };
    commit!(db, [ballot], |tx| {
        cercles::store::polls::set_ballot(tx, poll, voter, &ballot).await
    });
    network.gate.as_ref().unwrap().add_permits(MANY);
    network
        .until(|network| (network.addresses().len() == MANY).then_some(()))
        .await;
    let different: BTreeSet<String> = network.addresses().into_iter().collect();
    assert_eq!(different.len(), MANY, "all but one, and the room");
    assert!(!different.contains(other));
    settled(&db).await;
    running.end().await;
}

async fn while_rooms_are_limited_nobody_is_written_to_in_private(db: Db) {
    let poll = due_for(&db, 0).await;
    show_in(&db, "1", poll).await;
    let limits = Mutex::new(1);
    let running = run(
        &db,
        Played {
            limits,
            ..Played::default()
        },
    );
    let network = &running.network;
    network
        .until(|network| (!network.tried.lock().unwrap().is_empty()).then_some(()))
        .await;
    let to = Addressee {
        person: super::person(&db, "p1").await,
        account: super::account(Discord, "p1"),
        language: Language::FrCa,
    };
    commit!(db, [to], |tx| {
        let collective = cercles::store::polls::get(tx, poll)
            .await?
            .expect("it")
            .collective;
        let choice = Choice {
            wanted: true,
            at: at(0),
            account: to.account.clone(),
            language: to.language,
            collective,
        };
        let wish = Wish {
            asked_at: None,
            choice: Some(choice),
        };
        reminders::set_wish(tx, to.person, &wish).await?;
        let reminder = private_cards::Reminder {
            collective,
            kind: Kind::Poll,
            subject: poll,
            view: View::Reminder,
        };
        private_cards::add(tx, &reminder, &to, at(NOON)).await
    });
    // Another room is served: the limit was not its own.
    show_in(&db, "2", poll).await;
    network
        .until(|network| (network.addresses() == ["2"]).then_some(()))
        .await;
    running.clock.advance(TimeDelta::seconds(30));
    db.wake();
    network
        .until(|network| (network.addresses() == ["2", "1"]).then_some(()))
        .await;
    running.clock.advance(TimeDelta::seconds(2));
    db.wake();
    network
        .until(|network| (network.addresses() == ["2", "1", "p1"]).then_some(()))
        .await;
    assert!(running.clock.now() > at(NOON));
    running.end().await;
}

async fn who_takes_no_private_messages_is_tried_once_and_nobody_else_is_told(db: Db) {
    due_for(&db, 3).await;
    let closed = BTreeSet::from(["p1".to_owned()]);
    let running = run(
        &db,
        Played {
            closed,
            ..Played::default()
        },
    );
    let network = &running.network;
    network
        .until(|network| (network.addresses().len() == 2).then_some(()))
        .await;
    settled(&db).await;
    let tried = network.tried.lock().unwrap().clone();
    assert_eq!(tried.len(), 3, "{tried:?}");
    assert_eq!(look!(db, [], |tx| cards::stuck(tx, 9).await), []);
    let account = super::account(Discord, "p1");
    let contact = look!(db, [account], |tx| reminders::contact(tx, &account).await);
    let (broken, told) = contact.unwrap().broken.unwrap();
    assert_eq!((broken, told), (account, false));
    running.end().await;
}
