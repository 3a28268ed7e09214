//! Sense checks, and what they come to in each room.

use cercles::domain::card::NativeFigures;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::pulse::{Draft, Pulse, Sounding};
use cercles::store::{Db, pulses};
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use uuid::Uuid;

use super::{at, collective, id};

on_both!(a_sense_check_is_kept_ended_and_counted_room_by_room);

async fn a_sense_check_is_kept_ended_and_counted_room_by_room(db: Db) {
    let one = collective(&db, "a").await.id;
    let answers = ["L'été « %_\"' » // Summer".to_owned(), "L'hiver".to_owned()];
    let asked = Pulse {
        id: id(),
        collective: one,
        number: 3,
        draft: Draft::read("Quand? // When?", &answers, true, at(60)).unwrap(),
        ended: false,
        zone: Toronto,
    };
    let room = |network, address: &str| Sounding {
        id: id(),
        pulse: asked.id,
        network,
        address: address.to_owned(),
        missing: false,
        figures: None,
    };
    let (first, second) = (room(Discord, "1"), room(Matrix, "!r:ici.ca"));
    commit!(db, [asked, first, second], |tx| {
        pulses::add(tx, &asked).await?;
        pulses::add_room(tx, &first).await?;
        pulses::add_room(tx, &second).await
    });
    let pulse = asked.id;
    let get = async || look!(db, [], |tx| pulses::get(tx, pulse).await);
    assert_eq!(get().await.as_ref(), Some(&asked));
    let by_number = async |number| look!(db, [], |tx| pulses::by_number(tx, one, number).await);
    assert_eq!(by_number(3).await.as_ref(), Some(&asked));
    assert_eq!(by_number(4).await, None);
    let rooms = async || look!(db, [], |tx| pulses::rooms(tx, pulse).await);
    assert_eq!(rooms().await, [first.clone(), second.clone()]);

    let figures = NativeFigures {
        votes: vec![3, u64::from(u32::MAX)],
        exact: false,
    };
    let (counted, refused): (Uuid, Uuid) = (first.id, second.id);
    commit!(db, [figures], |tx| {
        pulses::set_figures(tx, counted, &figures).await?;
        pulses::set_missing(tx, refused).await?;
        pulses::end(tx, pulse, at(50)).await
    });
    let found = look!(db, [], |tx| pulses::room(tx, counted).await).unwrap();
    assert_eq!(found.figures, Some(figures));
    assert_eq!(look!(db, [], |tx| pulses::room(tx, pulse).await), None);
    assert!(rooms().await[1].missing && rooms().await[1].figures.is_none());
    let ended = get().await.unwrap();
    assert_eq!((ended.ended, ended.draft.ends_at), (true, at(50)));
}
