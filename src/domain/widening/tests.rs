use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn act(person: u32, circle: Circle, on: &str, organisation: Option<&str>) -> Act<u32> {
    Act {
        person,
        circle,
        day: day(on),
        organisation: organisation.map(str::to_owned),
    }
}

fn months() -> [Period; 2] {
    [("2026-09-01", "2026-10-31"), ("2026-11-01", "2026-12-31")].map(|(from, to)| Period {
        from: day(from),
        to: day(to),
    })
}

/// A circle of each person: so many in each.
fn room(sizes: [u64; 3], known: bool) -> Census {
    let kinds = Circle::ALL.map(|circle| Kind {
        now: Some(circle),
        before: None,
        known,
    });
    let filled = kinds.into_iter().zip(sizes);
    filled.filter(|(_, people)| *people > 0).collect()
}

fn figures(census: &Census) -> BTreeMap<Cell, u64> {
    publish(census, true).into_iter().collect()
}

#[test]
fn small_circles_are_merged_and_not_masked() {
    let shown = figures(&room([9, 3, 3], true));
    assert_eq!(shown[&Cell::In(Circle::TakingPart)], 9);
    assert_eq!(shown[&Cell::Inner], 6);
    assert!(!shown.contains_key(&Cell::In(Circle::Carrying)));
    // The trap: 14 in all, 5 and 7 shown, and the reader finds 2.
    let shown = figures(&room([5, 7, 2], true));
    assert_eq!(
        (shown[&Cell::In(Circle::TakingPart)], shown[&Cell::Inner]),
        (5, 9)
    );
    // The merged cell is small too: the total alone.
    let shown = figures(&room([9, 2, 1], true));
    assert_eq!(shown[&Cell::Participants], 12);
    assert!(!shown.contains_key(&Cell::In(Circle::TakingPart)));
    assert!(!shown.contains_key(&Cell::Inner));
    // Big enough, or nobody: as they are.
    let shown = figures(&room([9, 6, 0], true));
    assert_eq!(shown[&Cell::In(Circle::Committing)], 6);
    assert_eq!(shown[&Cell::In(Circle::Carrying)], 0);
    assert!(!figures(&room([2, 1, 1], true)).contains_key(&Cell::Participants));
}

#[test]
fn who_is_new_who_returned_and_who_left_are_told_only_together() {
    let [before, now] = months();
    let mut acts = Vec::new();
    for person in 0..15 {
        acts.push(act(person, Circle::TakingPart, "2026-10-14", None));
    }
    for person in (0..12).chain(100..108) {
        acts.push(act(person, Circle::TakingPart, "2026-11-12", None));
    }
    let shown = figures(&census(&acts, |person| *person < 100, now, before));
    assert_eq!((shown[&Cell::Participants], shown[&Cell::Before]), (20, 15));
    // 12 of 15 returned: said, it would tell that three did not.
    assert!(!shown.contains_key(&Cell::Returning));
    // Eight newcomers would tell the same: the other twelve are those who returned.
    assert!(!shown.contains_key(&Cell::Newcomers));
}

/// Every figure as people; every sum and difference that is a set of people is nobody or five at least. Worked out from
/// the people themselves, without the module's own sums.
fn nothing_small_is_found(people: &[Kind]) -> Result<(), TestCaseError> {
    let mut census = Census::new();
    for kind in people {
        *census.entry(*kind).or_default() += 1;
    }
    let published = publish(&census, true);
    let member = |cell: Cell, kind: Kind| {
        let moved = kind.now.cmp(&kind.before);
        let back = kind.now.is_some() && kind.before.is_some();
        match cell {
            Cell::Participants => kind.now.is_some(),
            Cell::Before => kind.before.is_some(),
            Cell::Newcomers => kind.now.is_some() && !kind.known,
            Cell::Returning => back,
            Cell::In(circle) => kind.now == Some(circle),
            Cell::Inner => matches!(kind.now, Some(Circle::Committing | Circle::Carrying)),
            Cell::Inward => back && moved.is_gt(),
            Cell::Outward => back && moved.is_lt(),
            Cell::Steady => back && moved.is_eq(),
        }
    };
    for (cell, count) in &published {
        let found = people.iter().filter(|kind| member(*cell, **kind)).count();
        prop_assert_eq!(u64::try_from(found).unwrap(), *count);
    }
    let combinations = 3_usize.pow(u32::try_from(published.len()).unwrap());
    for code in 0..combinations {
        let mut rest = code;
        let mut times = Vec::new();
        for (cell, _) in &published {
            let step = [0_i32, 1, -1][rest % 3];
            rest /= 3;
            times.push((*cell, step));
        }
        let of_each = people.iter().map(|kind| -> i32 {
            let counted = times.iter().filter(|(cell, _)| member(*cell, *kind));
            counted.map(|(_, step)| step).sum()
        });
        let of_each: Vec<i32> = of_each.collect();
        if of_each.iter().all(|times| (0..=1).contains(times)) {
            let size: i32 = of_each.iter().sum();
            prop_assert!(
                size == 0 || size >= 5,
                "{published:?} tells of {size}: {times:?}"
            );
        }
    }
    Ok(())
}

fn any_kind() -> impl Strategy<Value = Kind> {
    let circle = prop::option::of(prop::sample::select(Circle::ALL.to_vec()));
    (circle.clone(), circle, any::<bool>())
        .prop_filter("somebody", |(now, before, _)| {
            now.is_some() || before.is_some()
        })
        .prop_map(|(now, before, known)| Kind {
            now,
            before,
            known: known || before.is_some(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sum_and_no_difference_of_what_is_published_is_fewer_than_five(
        people in prop::collection::vec(any_kind(), 0..60)
    ) {
        nothing_small_is_found(&people)?;
    }

    #[test]
    fn a_few_people_among_many_are_not_found(
        kind in any_kind(), many in 5_usize..40, other in any_kind(), few in 1_usize..5
    ) {
        let people = std::iter::repeat_n(kind, many).chain(std::iter::repeat_n(other, few));
        nothing_small_is_found(&people.collect::<Vec<_>>())?;
    }
}

/// The demonstration's figures, worked out by others from the same acts (`shared/data/demo.json`, `attendus`).
#[test]
fn the_demonstrations_figures_are_reproduced() {
    let path = std::env::var("CERCLES_DEMO_JSON").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/demo.json").to_owned()
    });
    let Ok(text) = std::fs::read_to_string(&path) else {
        use std::io::Write as _;
        let _ = writeln!(
            std::io::stderr(),
            "NOT COMPARED: the figures of widening, whose source is not at {path}; CERCLES_DEMO_JSON names another place"
        );
        return;
    };
    let source: serde_json::Value = serde_json::from_str(&text).unwrap();
    let demo = &source["demo"];
    let acts: Vec<Act<String>> = demo["actes"].as_array().unwrap().iter().map(read).collect();
    let expected = &demo["attendus"];
    let [before, now] = months();
    let number = |value: &serde_json::Value| value.as_u64().unwrap();

    let long_ago = Period {
        from: day("2026-07-01"),
        to: day("2026-08-31"),
    };
    let first_day = |person: &String| {
        acts.iter()
            .filter(|act| act.person == *person)
            .map(|act| act.day)
            .min()
    };
    let known =
        |from: NaiveDate| move |person: &String| first_day(person).is_some_and(|day| day < from);
    let (first, second) = (
        census(&acts, known(before.from), before, long_ago),
        census(&acts, known(now.from), now, before),
    );
    let size = |census: &Census, cell: fn(&Kind) -> bool| -> u64 {
        let found = census.iter().filter(|(kind, _)| cell(kind));
        found.map(|(_, people)| people).sum()
    };
    let participants = &expected["participants"];
    assert_eq!(
        size(&first, |kind| kind.now.is_some()),
        number(&participants["P1"])
    );
    assert_eq!(
        size(&second, |kind| kind.now.is_some()),
        number(&participants["P2"])
    );
    let new = size(&second, |kind| kind.now.is_some() && !kind.known);
    assert_eq!(new, number(&participants["nouveaux_P2"]));
    let back = size(&second, |kind| kind.now.is_some() && kind.before.is_some());
    assert_eq!(back, number(&participants["de_retour_P2"]));

    for (census, period) in [(&first, "P1"), (&second, "P2")] {
        let raw = &expected["cercles_bruts"][period];
        for (circle, name) in Circle::ALL.into_iter().zip(["1", "2", "3"]) {
            let found = census.iter().filter(|(kind, _)| kind.now == Some(circle));
            let found: u64 = found.map(|(_, people)| people).sum();
            assert_eq!(found, number(&raw[name]), "circle {name} in {period}");
        }
        let (shown, published) = (figures(census), &expected["cercles_publies"][period]);
        let outer = shown[&Cell::In(Circle::TakingPart)];
        assert_eq!(outer, number(&published["1"]), "{period}");
        assert_eq!(shown[&Cell::Inner], number(&published["2+3"]), "{period}");
    }
    assert!(expected["passages_publies"].is_null());
    assert!(!figures(&second).contains_key(&Cell::Inward));
    let moves = &expected["passages_bruts"];
    let moved = |test: fn(&Kind) -> bool| {
        let back = second
            .iter()
            .filter(|(kind, _)| kind.now.is_some() && kind.before.is_some());
        let found = back.filter(|(kind, _)| test(kind));
        found.map(|(_, people)| people).sum::<u64>()
    };
    assert_eq!(
        moved(|kind| kind.now > kind.before),
        number(&moves["vers_interieur"])
    );
    assert_eq!(
        moved(|kind| kind.now < kind.before),
        number(&moves["vers_exterieur"])
    );
    assert_eq!(
        moved(|kind| kind.now == kind.before),
        number(&moves["stable"])
    );

    for (period, name) in [(before, "P1"), (now, "P2")] {
        // What organisations committed to themselves counts too.
        let own = demo["engagements"].as_array().unwrap().iter();
        let own = own.filter(|one| period.has(day(one["pris_le"].as_str().unwrap())));
        let mut found = organisations(&acts, period);
        found.extend(own.filter_map(|one| one["organisation"].as_str()));
        let found: Vec<&str> = found.into_iter().collect();
        assert_eq!(serde_json::json!(found), expected["organisations"][name]);
        let all = demo["organisations"].as_array().unwrap();
        let carriers = all.iter().filter(|one| one["role"] == "coporteur");
        let carriers = carriers.filter_map(|one| one["id"].as_str()).collect();
        let open = openness(&acts, period, &carriers).unwrap();
        let rounded = (open * 1000.0).round() / 1000.0;
        assert_eq!(
            Some(rounded),
            expected["ouverture"][name].as_f64(),
            "{name}"
        );
        let sectors: BTreeSet<&str> = all
            .iter()
            .filter(|one| one["id"].as_str().is_some_and(|id| found.contains(&id)))
            .filter_map(|one| one["secteur"].as_str())
            .collect();
        assert_eq!(serde_json::json!(sectors), expected["secteurs"][name]);
    }
}

fn read(act: &serde_json::Value) -> Act<String> {
    let circle = match act["acte"].as_str().unwrap() {
        "vote" | "presence" | "idee" => Circle::TakingPart,
        "engagement" => Circle::Committing,
        "portage" => Circle::Carrying,
        other => panic!("{other}"),
    };
    Act {
        person: act["ref"].as_str().unwrap().to_owned(),
        circle,
        day: day(act["date"].as_str().unwrap()),
        organisation: act["organisation"].as_str().map(str::to_owned),
    }
}
