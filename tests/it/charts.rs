//! The chart of every kind of poll: what it shows, in both languages, and what it looks like (`target/screenshots`).

use std::path::Path;

use cercles::chart;
use cercles::domain::chart::Image;
use cercles::domain::count::{
    Change, ConsentRule, ConsentVote, DateAnswer, Lot, PointsRule, ProposalVote, Quorum,
    Tally as _, Threshold,
};
use cercles::domain::language::Language;
use cercles::domain::poll::ballot::Ballot;
use cercles::domain::poll::live::Live;
use cercles::domain::poll::rules::{BudgetMethod, Rules, Terms};
use cercles::domain::poll::{Poll, PollOption, Status};
use cercles::domain::text::Wording;
use cercles::i18n::Words;
use cercles::present;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

const NOBODY: [(Ballot, u64); 0] = [];

/// A closed poll with these ballots. Options are `label` or `label // English`.
fn closed(rules: Rules, question: &str, options: &[&str], ballots: &[(Ballot, u64)]) -> Poll {
    let start: DateTime<Utc> = "2027-05-03T23:00:00Z".parse().unwrap();
    let kind = rules.kind();
    let options: Vec<PollOption> = (0..)
        .zip(options)
        .map(|(position, label)| PollOption {
            position,
            label: Wording::read(label, 4_000).unwrap(),
            meaning: None,
            cost: matches!(rules, Rules::Budget { .. })
                .then(|| 500 + 1_000 * u64::try_from(position).unwrap()),
            at: (kind.name() == "date").then(|| start + TimeDelta::days(position)),
            proposed: false,
        })
        .collect();
    let mut live = Live::new(&rules, options.len().max(1)).unwrap();
    for (ballot, weight) in ballots {
        live.shift(ballot, *weight, Change::Add).unwrap();
    }
    let mut poll = Poll {
        id: Uuid::from_u128(7),
        collective: Uuid::from_u128(1),
        number: 7,
        question: Wording::read(question, 4_000).unwrap(),
        options,
        terms: Terms::new(rules),
        status: Status::Closed,
        opens_at: start,
        closes_at: start,
        eligible: 20,
        live,
        verified: 0,
        room: None,
        outcome: None,
        seed: None,
        statement: None,
        organisations: None,
        zone: chrono_tz::America::Toronto,
    };
    count(&mut poll, ballots, None);
    poll
}

fn count(poll: &mut Poll, ballots: &[(Ballot, u64)], lot: Option<&Lot>) {
    let (costs, dates, options) = (poll.costs(), poll.dates(), poll.options.len());
    let bytes: Vec<(Vec<u8>, u64)> = ballots
        .iter()
        .map(|(ballot, weight)| (ballot.to_bytes(options), *weight))
        .collect();
    let bytes = bytes.iter().map(|(bytes, weight)| (&bytes[..], *weight));
    let outcome = poll.counted(&costs, &dates, lot).outcome(&poll.live, bytes);
    poll.outcome = Some(outcome.unwrap());
}

fn drawn(poll: &Poll, language: Language) -> Option<Image> {
    let words = Words::load().unwrap();
    present::poll::results(&words, language, poll)
        .image
        .map(|image| *image)
}

fn ranking(options: usize, tiers: &[&[usize]]) -> Ballot {
    let tiers: Vec<Vec<usize>> = tiers.iter().map(|tier| tier.to_vec()).collect();
    Ballot::ranking(options, &tiers).unwrap()
}

/// The bars as `length+second figure`, with a check mark before what is marked.
fn bars(image: &Image) -> Vec<String> {
    let bars = image.chart.bars.iter();
    bars.map(|bar| {
        let mark = if bar.marked { "✓ " } else { "" };
        let figure = bar.figure.replace('\u{a0}', " ");
        format!(
            "{mark}{} {}+{} {figure}",
            bar.label.replace('\u{a0}', " "),
            bar.value,
            bar.second
        )
    })
    .collect()
}

const THEMES: [&str; 3] = [
    "Le transport // Transit",
    "Le bâtiment // Buildings",
    "Les jardins // Gardens",
];

fn proposal() -> Poll {
    use ProposalVote::{Abstain, No, Yes};
    let rules = Rules::Proposal {
        threshold: Threshold::TWO_THIRDS,
    };
    let votes = [(Yes, 8), (No, 2), (Abstain, 3)];
    let ballots = votes.map(|(vote, weight)| (Ballot::Proposal(vote), weight));
    closed(rules, "Louer la salle? // Rent the hall?", &[], &ballots)
}

fn consent() -> Poll {
    use ConsentVote::{Consent, StandAside};
    let rule = ConsentRule::default();
    let votes = [(Consent, 9), (StandAside, 1)];
    let ballots = votes.map(|(vote, weight)| (Ballot::Consent(vote), weight));
    closed(
        Rules::Consent { rule },
        "Adopter la charte? // Adopt the charter?",
        &[],
        &ballots,
    )
}

fn choose(most: usize, ballots: &[(&[usize], u64)]) -> Poll {
    let ballots: Vec<(Ballot, u64)> = ballots
        .iter()
        .map(|(chosen, weight)| (Ballot::Options(chosen.to_vec()), *weight))
        .collect();
    closed(
        Rules::Choose { most },
        "Par quoi commencer? // Where do we start?",
        &THEMES,
        &ballots,
    )
}

fn score() -> Poll {
    let ballots = [
        (Ballot::Scores(vec![Some(5), Some(2), None]), 2),
        (Ballot::Scores(vec![Some(4), Some(0), None]), 1),
    ];
    closed(
        Rules::Score,
        "Quelle salle? // Which hall?",
        &THEMES,
        &ballots,
    )
}

fn points() -> Poll {
    let rule = PointsRule {
        budget: 10,
        cap: None,
    };
    let ballots = [
        (Ballot::Points(vec![6, 4, 0]), 1),
        (Ballot::Points(vec![0, 1, 0]), 1),
    ];
    closed(
        Rules::Points { rule },
        "Où l’effort? // Effort?",
        &THEMES,
        &ballots,
    )
}

fn rank() -> Poll {
    let ballots = [
        (ranking(3, &[&[1], &[0, 2]]), 1),
        (ranking(3, &[&[1], &[2]]), 1),
        (ranking(3, &[&[0], &[1]]), 1),
    ];
    closed(
        Rules::Rank,
        "Quel ordre? // Which order?",
        &THEMES,
        &ballots,
    )
}

fn run_off() -> Poll {
    let ballots = [
        (ranking(3, &[&[0]]), 4),
        (ranking(3, &[&[1], &[2]]), 3),
        (ranking(3, &[&[2], &[1]]), 2),
    ];
    closed(
        Rules::Elect { seats: 1 },
        "Qui parle? // Who speaks?",
        &["Fatou", "Luc", "Mei"],
        &ballots,
    )
}

fn seats() -> Poll {
    let ballots = [
        (ranking(4, &[&[0], &[1]]), 5),
        (ranking(4, &[&[2], &[3]]), 3),
        (ranking(4, &[&[3], &[2]]), 2),
        (ranking(4, &[&[1]]), 1),
    ];
    closed(
        Rules::Elect { seats: 2 },
        "Qui siège? // Who sits?",
        &["Fatou", "Luc", "Mei", "Noé"],
        &ballots,
    )
}

fn budget() -> Poll {
    let rules = Rules::Budget {
        budget: 2_000,
        method: BudgetMethod::Greedy,
    };
    let ballots = [
        (Ballot::Options(vec![0, 1]), 3),
        (Ballot::Options(vec![0, 2]), 1),
    ];
    closed(rules, "Quoi financer? // What to fund?", &THEMES, &ballots)
}

fn dates() -> Poll {
    use DateAnswer::{IfNeedBe, No, Yes};
    let ballots = [
        (Ballot::Dates(vec![Yes, IfNeedBe, No]), 2),
        (Ballot::Dates(vec![Yes, Yes, IfNeedBe]), 1),
    ];
    closed(
        Rules::Date,
        "Quand? // When?",
        &["-", "--", "---"],
        &ballots,
    )
}

#[test]
fn each_kind_shows_the_counts_that_decide_and_marks_what_they_decided() {
    let french = |poll: &Poll| bars(&drawn(poll, Language::FrCa).unwrap());
    for (poll, expected) in [
        (
            proposal(),
            &[
                "✓ Pour 8+0 8 voix (80 %)",
                "Contre 2+0 2 voix (20 %)",
                "Abstention 0+3 3",
            ][..],
        ),
        (
            consent(),
            &[
                "✓ Je consens 9+0 9 voix (90 %)",
                "Je m’efface 1+0 1 voix (10 %)",
                "Objection 0+0 0 voix (0 %)",
            ],
        ),
        (
            choose(1, &[(&[0], 1), (&[1], 3)]),
            &[
                "a. Le transport 1+0 1 voix (25 %)",
                "✓ b. Le bâtiment 3+0 3 voix (75 %)",
                "c. Les jardins 0+0 0 voix (0 %)",
            ],
        ),
        (
            choose(2, &[(&[0, 2], 3), (&[1], 1)]),
            &[
                "✓ a. Le transport 3+0 3 voix (75 %)",
                "b. Le bâtiment 1+0 1 voix (25 %)",
                "✓ c. Les jardins 3+0 3 voix (75 %)",
            ],
        ),
        (
            score(),
            &[
                "✓ a. Le transport 14+0 14 points",
                "b. Le bâtiment 4+0 4 points",
                "c. Les jardins 0+0 sans note",
            ],
        ),
        (
            points(),
            &[
                "✓ a. Le transport 6+0 6 points",
                "b. Le bâtiment 5+0 5 points",
                "c. Les jardins 0+0 0 point",
            ],
        ),
        (
            rank(),
            &[
                "✓ b. Le bâtiment 2+0 2 duels gagnés sur 2",
                "a. Le transport 0+0 0 duel gagné sur 2",
                "c. Les jardins 0+0 0 duel gagné sur 2",
            ],
        ),
        (
            run_off(),
            &[
                "a. Fatou 4+0 4 voix",
                "✓ b. Luc 3+2 3, puis 5 voix",
                "c. Mei 2+0 2 voix",
            ],
        ),
        (
            seats(),
            &[
                "✓ a. Fatou 500000+0 5 voix",
                "b. Luc 100000+100000 1, puis 2 voix",
                "✓ c. Mei 300000+200000 3, puis 5 voix",
                "d. Noé 200000+0 2 voix",
            ],
        ),
        (
            budget(),
            &[
                "✓ a. Le transport (500 $) 4+0 4 voix (100 %)",
                "✓ b. Le bâtiment (1 500 $) 3+0 3 voix (75 %)",
                "c. Les jardins (2 500 $) 1+0 1 voix (25 %)",
            ],
        ),
        (
            dates(),
            &[
                "✓ a. le lundi 3 mai 2027, à 19 h 3+0 3 oui, 0 au besoin",
                "b. le mardi 4 mai 2027, à 19 h 1+2 1 oui, 2 au besoin",
                "c. le mercredi 5 mai 2027, à 19 h 0+1 0 oui, 1 au besoin",
            ],
        ),
    ] {
        assert_eq!(french(&poll), expected);
    }
}

#[test]
fn the_words_in_its_place_say_what_it_shows() {
    let poll = choose(1, &[(&[0], 1), (&[1], 3)]);
    let french = drawn(&poll, Language::FrCa).unwrap();
    assert_eq!(french.name, "S7.png");
    assert_eq!(
        french.alt.replace('\u{a0}', " "),
        "Diagramme à barres, « Par quoi commencer? » : a. Le transport : 1 voix (25 %); b. Le bâtiment : 3 voix \
         (75 %), en tête; c. Les jardins : 0 voix (0 %). 4 personnes ont voté."
    );
    let english = drawn(&poll, Language::EnCa).unwrap();
    assert_eq!(
        english.alt,
        "Bar chart, \"Where do we start?\": a. Transit: 1 vote (25%); b. Buildings: 3 votes (75%), leads; c. Gardens: \
         0 votes (0%). 4 people voted."
    );
}

#[test]
fn nothing_is_marked_in_a_tie_or_without_a_quorum_and_nothing_is_drawn_of_nothing() {
    let marked = |poll: &Poll| {
        let bars = drawn(poll, Language::FrCa).unwrap().chart.bars;
        bars.iter().filter(|bar| bar.marked).count()
    };
    assert_eq!(marked(&choose(1, &[(&[0], 2), (&[1], 2)])), 0);
    let ballots: [(&[usize], u64); 2] = [(&[0], 3), (&[1], 2)];
    let mut poll = choose(1, &ballots);
    assert_eq!(marked(&poll), 1);
    poll.terms.quorum = Quorum(50);
    let stored = ballots.map(|(chosen, weight)| (Ballot::Options(chosen.to_vec()), weight));
    count(&mut poll, &stored, None);
    assert_eq!(marked(&poll), 0, "five of twenty is no half");

    assert_eq!(drawn(&choose(1, &[]), Language::FrCa), None);
    let blank = choose(1, &[(&[], 3)]);
    assert_eq!(drawn(&blank, Language::FrCa), None);
    let election = closed(Rules::Elect { seats: 1 }, "Qui?", &["A", "B"], &NOBODY);
    assert_eq!(drawn(&election, Language::FrCa), None);
    let mut open = choose(1, &[(&[0], 2)]);
    open.status = Status::Open;
    open.outcome = None;
    assert_eq!(drawn(&open, Language::FrCa), None);
}

#[tokio::test]
async fn every_kind_is_drawn_in_both_languages() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    let long = [
        "Un réseau d’autobus électriques entre les villages, tous les jours, même l’hiver",
        "🚲 Vélo <b>libre-service</b> & \"sécuritaire\"",
        "学校 ᑰᔾᔪᐊᖅ שלום",
    ];
    let many: Vec<String> = (1..=25).map(|n| format!("Option numéro {n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let of = |rules, options: &[&str]| {
        let ballots: Vec<(Ballot, u64)> = (0..options.len())
            .map(|option| (Ballot::Options(vec![option]), 3 * option as u64 % 7))
            .collect();
        closed(
            rules,
            &format!("{} // A long one", "Une longue question ".repeat(7)),
            options,
            &ballots,
        )
    };
    for (name, poll) in [
        ("proposal", proposal()),
        ("consent", consent()),
        ("choose", choose(1, &[(&[0], 1), (&[1], 3)])),
        ("shortlist", choose(2, &[(&[0, 2], 3), (&[1], 1)])),
        ("score", score()),
        ("points", points()),
        ("rank", rank()),
        ("run-off", run_off()),
        ("seats", seats()),
        ("budget", budget()),
        ("date", dates()),
        ("long", of(Rules::Choose { most: 1 }, &long)),
        ("many", of(Rules::Choose { most: 1 }, &many)),
    ] {
        let mut both = Vec::new();
        for language in Language::ALL {
            let image = drawn(&poll, language).unwrap();
            let png = chart::png(&image).await.unwrap();
            assert!(png.bytes.len() < 250_000, "{name}: {}", png.bytes.len());
            let file = folder.join(format!("chart-{name}-{language}.png"));
            std::fs::write(file, &png.bytes).unwrap();
            both.push(png);
        }
        assert_ne!(both[0], both[1], "{name}");
    }
}
