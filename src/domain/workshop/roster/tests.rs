//! The rules of the roster, held against random evenings: people answer, bring companions, change their minds, let offers
//! pass, while the organizer changes the capacity.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

/// Something that happens.
#[derive(Debug, Clone)]
enum Event {
    Asks {
        who: u8,
        answer: Rsvp,
        companions: Option<i64>,
    },
    /// Their record is gone: erased, or merged into another.
    Vanishes(u8),
    Capacity(Option<i64>),
    /// So many hours pass.
    Time(u8),
}

fn event() -> impl Strategy<Value = Event> {
    let companions = prop_oneof![3 => Just(None), 2 => (0_i64..4).prop_map(Some)];
    let answer = prop_oneof![4 => Just(Rsvp::Yes), 1 => Just(Rsvp::Maybe), 2 => Just(Rsvp::No)];
    let asks = (0_u8..12, answer, companions).prop_map(|(who, answer, companions)| Event::Asks {
        who,
        answer,
        companions,
    });
    let capacity = prop_oneof![6 => (1_i64..9).prop_map(Some), 1 => Just(None)];
    prop_oneof![
        12 => asks,
        1 => (0_u8..12).prop_map(Event::Vanishes),
        2 => capacity.prop_map(Event::Capacity),
        3 => (1_u8..30).prop_map(Event::Time),
    ]
}

/// A workshop with its line, as a use case keeps it.
struct Evening {
    now: DateTime<Utc>,
    limits: Limits,
    places: BTreeMap<u8, Place>,
    roster: Roster,
    tickets: i64,
    /// Tickets that were called: each at most once.
    called: BTreeSet<i64>,
}

impl Evening {
    fn new() -> Self {
        Self {
            now: DateTime::UNIX_EPOCH,
            limits: Limits {
                capacity: Some(4),
                companions: 2,
                ..Limits::default()
            },
            places: BTreeMap::new(),
            roster: Roster::default(),
            tickets: 0,
            called: BTreeSet::new(),
        }
    }

    fn set(&mut self, who: u8, after: Option<Place>) {
        let before = self.places.get(&who).copied();
        let step = Roster::step(before, after);
        let r = &mut self.roster;
        r.yes += step.yes;
        r.maybe += step.maybe;
        r.no += step.no;
        r.seats += step.seats;
        r.held += step.held;
        r.waiting += step.waiting;
        match after {
            Some(place) => self.places.insert(who, place),
            None => self.places.remove(&who),
        };
    }

    fn line(&self) -> Vec<(i64, u8, i64)> {
        let waiting = self.places.iter().filter_map(|(who, place)| match place {
            Place::Waiting { seats, ticket } => Some((*ticket, *who, *seats)),
            _ => None,
        });
        let mut line: Vec<_> = waiting.collect();
        line.sort_unstable();
        line
    }

    fn free(&self) -> i64 {
        self.roster.free(self.limits.capacity)
    }

    fn call(&mut self) {
        while let Some((ticket, who, seats)) = {
            let free = self.free();
            self.line().into_iter().find(|(.., seats)| *seats <= free)
        } {
            assert!(
                self.called.insert(ticket),
                "ticket {ticket} is called twice"
            );
            let until = self.now + TimeDelta::hours(24);
            self.set(who, Some(Place::Offered { seats, until }));
        }
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Asks {
                who,
                answer,
                companions,
            } => {
                let before = self.places.get(&who).copied();
                let request = Request { answer, companions };
                let ticket = self.tickets + 1;
                let asked = seat(request, before, self.roster, &self.limits, ticket, self.now);
                if let Ok(place) = asked {
                    if matches!(place, Place::Waiting { ticket: mine, .. } if mine == ticket) {
                        self.tickets = ticket;
                    }
                    self.set(who, Some(place));
                }
            }
            Event::Vanishes(who) => self.set(who, None),
            Event::Capacity(capacity) => self.limits.capacity = capacity,
            Event::Time(hours) => {
                self.now += TimeDelta::hours(i64::from(hours));
                let passed = |place: &Place| matches!(place, Place::Offered { until, .. } if *until <= self.now);
                let gone: Vec<u8> = self
                    .places
                    .iter()
                    .filter(|(_, place)| passed(place))
                    .map(|(who, _)| *who)
                    .collect();
                for who in gone {
                    self.set(who, None);
                }
            }
        }
        self.call();
    }

    fn check(&self, gone_before: i64) {
        let counted = self.places.values().fold(Roster::default(), |sum, place| {
            let one = Roster::of(*place);
            Roster {
                yes: sum.yes + one.yes,
                maybe: sum.maybe + one.maybe,
                no: sum.no + one.no,
                seats: sum.seats + one.seats,
                held: sum.held + one.held,
                waiting: sum.waiting + one.waiting,
            }
        });
        assert_eq!(self.roster, counted, "running counts");
        if let Some(capacity) = self.limits.capacity {
            let gone = self.roster.gone();
            assert!(gone <= capacity || gone <= gone_before, "over capacity");
        }
        let free = self.free();
        let fits = self.line().into_iter().find(|(.., seats)| *seats <= free);
        assert_eq!(
            fits, None,
            "{free} seats are free while somebody waits who fits"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_rules_hold_through_any_evening(events in proptest::collection::vec(event(), 1..80)) {
        let mut evening = Evening::new();
        for event in events {
            let (gone, line) = (evening.roster.gone(), evening.line());
            evening.happens(event);
            evening.check(gone);
            // Who still waits waits in the same order, and whoever is new stands behind.
            let tickets = |line: &[(i64, u8, i64)]| -> Vec<(i64, u8)> {
                line.iter().map(|(ticket, who, _)| (*ticket, *who)).collect()
            };
            let (before, after) = (tickets(&line), tickets(&evening.line()));
            let stayed: Vec<_> = before.iter().filter(|one| after.contains(one)).copied().collect();
            prop_assert_eq!(&after[..stayed.len()], &stayed[..]);
        }
    }
}

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn limits(capacity: i64) -> Limits {
    Limits {
        capacity: Some(capacity),
        companions: 3,
        ..Limits::default()
    }
}

fn taken(seats: i64) -> Roster {
    Roster {
        seats,
        ..Roster::default()
    }
}

fn asks(before: Option<Place>, companions: Option<i64>, taken_seats: i64) -> Result<Place, NoSeat> {
    let request = Request {
        answer: Rsvp::Yes,
        companions,
    };
    seat(request, before, taken(taken_seats), &limits(5), 7, NOW)
}

#[test]
fn a_party_is_seated_whole_or_waits_whole() {
    let waiting = |seats| Ok(Place::Waiting { seats, ticket: 7 });
    assert_eq!(asks(None, None, 4), Ok(Place::Yes { seats: 1 }));
    assert_eq!(asks(None, Some(2), 2), Ok(Place::Yes { seats: 3 }));
    assert_eq!(asks(None, Some(2), 3), waiting(3));
    assert_eq!(asks(Some(Place::No), None, 5), waiting(1));
    assert_eq!(asks(None, None, 9), waiting(1), "the capacity was lowered");
    assert_eq!(asks(None, Some(4), 0), Err(NoSeat::Companions { most: 3 }));
    let two_seats = |request| seat(request, None, taken(0), &limits(2), 1, NOW);
    let request = Request {
        answer: Rsvp::Yes,
        companions: Some(2),
    };
    assert_eq!(two_seats(request), Err(NoSeat::NeverFits { capacity: 2 }));
}

#[test]
fn whoever_holds_seats_loses_none_by_asking_for_more() {
    let yes = Some(Place::Yes { seats: 2 });
    assert_eq!(asks(yes, None, 5), Ok(Place::Yes { seats: 2 }), "as before");
    assert_eq!(asks(yes, Some(0), 5), Ok(Place::Yes { seats: 1 }));
    assert_eq!(asks(yes, Some(2), 4), Ok(Place::Yes { seats: 3 }));
    assert_eq!(asks(yes, Some(3), 4), Err(NoSeat::Short { at_most: 3 }));
    let until = NOW + TimeDelta::hours(1);
    let offered = Some(Place::Offered { seats: 2, until });
    assert_eq!(asks(offered, None, 5), Ok(Place::Yes { seats: 2 }));
    assert_eq!(asks(offered, Some(0), 5), Ok(Place::Yes { seats: 1 }));
    let over = Some(Place::Offered {
        seats: 2,
        until: NOW,
    });
    assert_eq!(asks(over, None, 5), Err(NoSeat::OfferOver));
    let waiting = Some(Place::Waiting {
        seats: 3,
        ticket: 2,
    });
    assert_eq!(
        asks(waiting, Some(1), 5),
        Ok(Place::Waiting {
            seats: 2,
            ticket: 2
        }),
        "the place in line is kept"
    );
    assert_eq!(
        asks(waiting, Some(0), 4),
        Ok(Place::Yes { seats: 1 }),
        "who comes with fewer may fit"
    );
}

#[test]
fn after_the_close_seats_are_given_back_and_never_asked_for() {
    let limits = Limits {
        closes_at: Some(NOW),
        ..limits(5)
    };
    let asks = |answer, before, companions| {
        let request = Request { answer, companions };
        seat(request, before, taken(1), &limits, 1, NOW)
    };
    let yes = Some(Place::Yes { seats: 2 });
    assert_eq!(asks(Rsvp::Yes, None, None), Err(NoSeat::Closed));
    assert_eq!(asks(Rsvp::Yes, yes, Some(2)), Err(NoSeat::Closed));
    assert_eq!(asks(Rsvp::Maybe, yes, None), Err(NoSeat::Closed));
    assert_eq!(asks(Rsvp::Yes, yes, Some(0)), Ok(Place::Yes { seats: 1 }));
    assert_eq!(asks(Rsvp::No, yes, None), Ok(Place::No));
    let until = NOW + TimeDelta::hours(1);
    let offered = Some(Place::Offered { seats: 2, until });
    assert_eq!(asks(Rsvp::Yes, offered, None), Ok(Place::Yes { seats: 2 }));
}

#[test]
fn of_two_places_of_one_person_the_nearer_to_a_seat_is_kept_else_the_later() {
    let (early, late) = (NOW, NOW + TimeDelta::hours(1));
    let yes = Place::Yes { seats: 1 };
    let offered = Place::Offered {
        seats: 1,
        until: late,
    };
    let line = |ticket| Place::Waiting { seats: 1, ticket };
    for (ours, theirs, expected) in [
        ((yes, early), (Place::No, late), true),
        ((Place::No, early), (yes, late), true),
        ((yes, late), (Place::No, early), false),
        ((yes, early), (line(1), late), false),
        ((line(1), late), (yes, early), true),
        ((offered, early), (line(1), late), false),
        ((line(2), late), (line(1), early), true),
        ((yes, early), (Place::Yes { seats: 2 }, late), true),
    ] {
        assert_eq!(keeps_theirs(ours, theirs), expected, "{ours:?} {theirs:?}");
    }
}

#[test]
fn organizers_hear_of_half_most_and_all() {
    let fill = |gone, capacity| Fill::of(taken(gone), capacity);
    assert_eq!(fill(4, Some(10)), None);
    assert_eq!(fill(5, Some(10)), Some(Fill::Half));
    assert_eq!(fill(7, Some(10)), Some(Fill::Half));
    assert_eq!(fill(8, Some(10)), Some(Fill::Most));
    assert_eq!(fill(10, Some(10)), Some(Fill::Full));
    assert_eq!(fill(1, Some(1)), Some(Fill::Full));
    assert_eq!(fill(9, None), None);
}

#[test]
fn seats_left_are_told_exactly_only_where_few_are() {
    let taken = |seats: i64, held: i64| Roster {
        seats,
        held,
        ..Roster::default()
    };
    for (roster, capacity, left) in [
        (taken(500, 0), None, Left::NoEnd),
        (taken(0, 0), Some(11), Left::Many),
        (taken(1, 0), Some(11), Left::Few(10)),
        (taken(9, 1), Some(11), Left::Few(1)),
        (taken(12, 0), Some(11), Left::Few(0)),
    ] {
        assert_eq!(Left::of(roster, capacity), left, "{roster:?}");
    }
}
