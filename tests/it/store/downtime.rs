//! What fell due while the bot was down, through the use cases on both databases: sent late once, or not at all.

use cercles::domain::actor::{Actor, Role};
use cercles::domain::card::View;
use cercles::domain::collective::{Collective, Purpose, Room};
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::workshop::{Rsvp, Useful, Workshop};
use cercles::service::{ServiceError, deadlines, workshops};
use cercles::store::cards::{self, Lane};
use cercles::store::{Db, collectives};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;

use super::waitlist::{announce, asks, place, somebody, stored};
use super::{at, id};

on_both!(
    a_reminder_is_sent_an_hour_late_once_and_not_after_the_workshop_began,
    a_report_is_asked_for_once_after_a_long_downtime,
    two_accounts_of_one_person_were_at_a_workshop_once,
);

/// Does everything that is due by then, as the scheduler does once it runs again.
async fn comes_back(db: &Db, now: DateTime<Utc>) {
    loop {
        let due = look!(db, [], |tx| {
            cercles::store::deadlines::due(tx, now, 100).await
        });
        if due.is_empty() {
            return;
        }
        for due in due {
            db.write::<_, ServiceError, _>(move |tx| {
                async move { deadlines::run(tx, &due, now).await }.boxed()
            })
            .await
            .unwrap();
        }
    }
}

/// A workshop at noon, a month from now, announced in one public room.
async fn announced(db: &Db) -> (Collective, Actor, Workshop) {
    let one = place(db).await;
    let room = Room {
        id: id(),
        collective: one.id,
        network: Matrix,
        address: "!room:ici".to_owned(),
        language: Language::FrCa,
        purpose: Purpose::Public,
    };
    commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    let organizer = somebody(db, &one, Discord, "organizer", Role::Organizer).await;
    let month = (at(0) + TimeDelta::days(30)).date_naive();
    let noon = month.and_hms_opt(17, 0, 0).unwrap().and_utc();
    let workshop = announce(db, &organizer, 10, 0, noon).await;
    (one, organizer, workshop)
}

/// How many messages of that view wait to be sent.
async fn waiting(db: &Db, network: cercles::domain::network::NetworkKind, view: View) -> usize {
    let later = at(0) + TimeDelta::days(365);
    let claimed = commit!(db, [], |tx| {
        let claimed = cards::claim(tx, (network, Lane::Rooms), later, later, 100).await?;
        cards::release(tx, &claimed).await?;
        Ok(claimed)
    });
    claimed.iter().filter(|card| card.view == view).count()
}

async fn a_reminder_is_sent_an_hour_late_once_and_not_after_the_workshop_began(db: Db) {
    let (_, _, workshop) = announced(&db).await;
    let due = workshop.draft.starts_at - TimeDelta::days(1);
    for _ in 0..2 {
        comes_back(&db, due + TimeDelta::hours(1)).await;
        assert_eq!(waiting(&db, Matrix, View::Reminder).await, 1);
    }
}

async fn a_report_is_asked_for_once_after_a_long_downtime(db: Db) {
    let (_, _, workshop) = announced(&db).await;
    // Down for two days over the workshop: nobody is reminded of what has begun.
    comes_back(&db, workshop.draft.starts_at + TimeDelta::days(1)).await;
    for view in [View::Reminder, View::Soon] {
        assert_eq!(waiting(&db, Matrix, view).await, 0, "{view:?}");
    }
    assert_eq!(waiting(&db, Matrix, View::Thanks).await, 1, "not too late");
    assert_eq!(waiting(&db, Discord, View::ReportAsked).await, 0);
    comes_back(&db, workshop.draft.starts_at + TimeDelta::days(20)).await;
    assert_eq!(waiting(&db, Discord, View::ReportAsked).await, 1);
}

async fn two_accounts_of_one_person_were_at_a_workshop_once(db: Db) {
    let (one, organizer, workshop) = announced(&db).await;
    let ana = somebody(&db, &one, Discord, "ana", Role::Citizen).await;
    let ana_too = somebody(&db, &one, Matrix, "@ana:ici", Role::Citizen).await;
    let bob = somebody(&db, &one, Discord, "bob", Role::Citizen).await;
    let now = workshop.draft.starts_at + TimeDelta::minutes(10);
    let code = db
        .write::<_, ServiceError, _>(move |tx| {
            async move {
                let said = workshops::Said::default();
                let (_, code) =
                    workshops::attended(tx, &organizer, 1, &said, 7_654_321, now).await?;
                Ok(code)
            }
            .boxed()
        })
        .await
        .unwrap();
    asks(&db, &bob, Rsvp::Yes, None, at(1)).await;
    for (who, useful) in [
        (&ana, Useful::Yes),
        (&ana_too, Useful::No),
        (&bob, Useful::Yes),
    ] {
        let (who, code) = (who.clone(), code.clone());
        db.write::<_, ServiceError, _>(move |tx| {
            async move {
                workshops::check_in(tx, &who, &code, now).await?;
                workshops::say_useful(tx, &who, 1, useful, now).await
            }
            .boxed()
        })
        .await
        .unwrap();
    }
    let there = stored(&db, workshop.id).await.0;
    assert_eq!((there.attendance.here, there.feedback.yes), (3, 2));
    let (from, into) = (ana_too.person.unwrap(), ana.person.unwrap());
    db.write::<_, ServiceError, _>(move |tx| {
        workshops::person_merged(tx, from, into, now + TimeDelta::minutes(1)).boxed()
    })
    .await
    .unwrap();
    let there = stored(&db, workshop.id).await.0;
    assert_eq!(there.attendance.here, 2);
    let said = there.feedback;
    assert_eq!((said.yes + said.no, said.partly), (2, 0), "one answer each");
}
