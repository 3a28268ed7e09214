//! Suggested commitments.

use cercles::domain::catalogue::Suggestion;
use cercles::domain::circle::Circle;
use cercles::domain::text::Wording;
use cercles::store::{Db, catalogue, circles};
use futures::FutureExt as _;
use uuid::Uuid;

use super::{collective, id};

on_both!(a_catalogue_is_kept_in_its_order_without_what_is_retired);

fn suggestion(collective: Uuid, number: i64) -> Suggestion {
    Suggestion {
        id: id(),
        collective,
        number,
        sentence: Wording::read("Je répare « tout » // I repair everything", 200).unwrap(),
        theme: Some("no-such-slug".to_owned()),
        circle: None,
        active: true,
    }
}

async fn a_catalogue_is_kept_in_its_order_without_what_is_retired(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let circle = Circle {
        id: id(),
        collective: one,
        slug: "jeunes".to_owned(),
        name: Wording::of("Jeunes".to_owned()),
        parent: None,
        active: true,
    };
    let young = circle.id;
    commit!(db, [circle], |tx| circles::put(tx, &circle).await);
    let (second, mut first) = (suggestion(one, 2), suggestion(one, 1));
    for made in [&second, &first, &suggestion(other, 1)] {
        commit!(db, [made], |tx| catalogue::put(tx, &made).await);
    }
    first.sentence = Wording::of("Je répare".to_owned());
    (first.theme, first.circle) = (None, Some(young));
    commit!(db, [first], |tx| catalogue::put(tx, &first).await);
    let all = async || look!(db, [], |tx| catalogue::all(tx, one).await);
    assert_eq!(all().await, [first.clone(), second.clone()]);

    // What was for a circle that is no longer in use is for everybody.
    commit!(db, [], |tx| circles::empty(tx, young, None).await);
    first.circle = None;
    assert_eq!(all().await, [first, second.clone()]);
    let retired = Suggestion {
        active: false,
        ..second
    };
    commit!(db, [retired], |tx| catalogue::put(tx, &retired).await);
    assert_eq!(all().await.len(), 1);
}
