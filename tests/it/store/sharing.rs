//! Many workers at one database: each thing is taken once.

use std::collections::BTreeSet;
use std::sync::Arc;

use cercles::domain::card::View;
use cercles::domain::ids::Kind;
use cercles::domain::language::Language;
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::schedule::DeadlineKind;
use cercles::store::cards::{self, Lane, NewCard, Subject};
use cercles::store::deadlines::{self, Due};
use cercles::store::{Db, inbox, notes};
use futures::FutureExt as _;
use futures::future::join_all;
use tokio::sync::Barrier;
use uuid::Uuid;

use super::{at, id};

on_both!(
    eight_workers_claim_two_hundred_cards_once_each,
    a_deadline_is_finished_by_one_of_many,
    an_event_enters_the_inbox_and_is_handled_once_however_many_bring_it,
    who_holds_the_lock_changes_what_it_read,
);

async fn eight_workers_claim_two_hundred_cards_once_each(db: Db) {
    commit!(db, [], |tx| {
        for room in 0..200 {
            let card = NewCard {
                id: id(),
                collective: None,
                network: Discord,
                destination: Destination::Room(room.to_string()),
                language: Language::FrCa,
                subject: Subject::Object(Kind::Poll, id()),
                view: View::Object,
                payload: None,
            };
            cards::put(tx, &card, at(0)).await?;
        }
        Ok(())
    });
    let together = Arc::new(Barrier::new(8));
    let workers = (0..8).map(|_| {
        let (db, together) = (db.clone(), together.clone());
        tokio::spawn(async move {
            together.wait().await;
            let mut mine = Vec::new();
            loop {
                let claimed = commit!(db, [], |tx| {
                    cards::claim(tx, (Discord, Lane::Rooms), at(1), at(60), 7).await
                });
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(claimed.into_iter().map(|card| card.id));
            }
        })
    });
    let all: Vec<Uuid> = join_all(workers)
        .await
        .into_iter()
        .flat_map(|mine| mine.expect("a worker's cards"))
        .collect();
    assert_eq!(all.len(), 200, "no card is claimed twice or left behind");
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 200);
}

async fn a_deadline_is_finished_by_one_of_many(db: Db) {
    let due = Due {
        subject: id(),
        kind: DeadlineKind::PollCloses,
        due_at: at(0),
    };
    commit!(db, [], |tx| {
        deadlines::set(tx, due.subject, due.kind, due.due_at).await
    });
    let workers = (0..16).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { commit!(db, [], |tx| deadlines::finish(tx, &due).await) })
    });
    let finished = join_all(workers)
        .await
        .into_iter()
        .filter(|finished| *finished.as_ref().expect("an answer"))
        .count();
    assert_eq!(finished, 1);
    assert!(look!(db, [], |tx| deadlines::due(tx, at(1), 10).await).is_empty());
}

async fn an_event_enters_the_inbox_and_is_handled_once_however_many_bring_it(db: Db) {
    let content = serde_json::json!({});
    let workers = (0..16).map(|_| {
        let (db, content) = (db.clone(), content.clone());
        tokio::spawn(async move {
            let added = commit!(db, [content], |tx| {
                inbox::add(tx, Matrix, "$e", at(0), 0, Some(&content)).await
            });
            let handled = commit!(db, [], |tx| inbox::handled(tx, Matrix, "$e").await);
            (added, handled)
        })
    });
    let done: Vec<(bool, bool)> = join_all(workers)
        .await
        .into_iter()
        .map(|done| done.expect("an answer"))
        .collect();
    assert_eq!(done.iter().filter(|(added, _)| *added).count(), 1);
    assert_eq!(done.iter().filter(|(_, handled)| *handled).count(), 1);
}

/// Without the lock, PostgreSQL would let two writers read the same value and lose one of the two changes.
async fn who_holds_the_lock_changes_what_it_read(db: Db) {
    let subject = id();
    commit!(db, [], |tx| notes::set(tx, Discord, "count", "0").await);
    let writers = (0..20).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            commit!(db, [], |tx| {
                tx.lock(subject).await?;
                let count = notes::get(tx, Discord, "count").await?;
                let count: u32 = count.and_then(|n| n.parse().ok()).unwrap_or_default();
                tokio::task::yield_now().await;
                notes::set(tx, Discord, "count", &(count + 1).to_string()).await
            });
        })
    });
    for written in join_all(writers).await {
        written.expect("a change");
    }
    let count = look!(db, [], |tx| notes::get(tx, Discord, "count").await);
    assert_eq!(count.as_deref(), Some("20"));
}
