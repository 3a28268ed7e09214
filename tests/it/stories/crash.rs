//! SIGKILL at random moments: no acknowledged act is lost, and nothing is posted twice.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use crate::discord_sim::{DiscordSim, InteractionHandle, SimOptions, ViolationKind};
use crate::support::app::people::{OnDiscord, OnMatrix, plain};
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

const ROUNDS: usize = 50;
/// The kill comes at any moment of this time after people began to act: before a command is read, between commit and
/// answer, between a send and its record, or when all is done.
const WINDOW: Duration = Duration::from_millis(900);
const LETTERS: [&str; 3] = ["a", "b", "c"];

/// Something done on Discord, where an answer may be missing for ever.
struct Tried {
    round: usize,
    by: OnDiscord,
    letter: &'static str,
    answer: InteractionHandle,
}

impl Tried {
    /// Whether its author was told that it is done. Whoever was told nothing, or that it failed, may find it either way.
    fn acknowledged(&self, words: &str) -> bool {
        let answer = self.answer.settled().map(|answer| plain(&answer.text()));
        answer.is_some_and(|answer| answer.contains(words))
    }
}

/// What was said on Matrix: the homeserver keeps it, so all of it must have its effect and one answer.
struct Typed {
    event: String,
    text: String,
}

#[tokio::test]
async fn fifty_kills_at_random_moments_lose_no_acknowledged_act_and_post_nothing_twice() {
    needs!(synapse);
    let seed = std::env::var("CERCLES_TEST_SEED").map_or_else(
        |_| u64::from(std::process::id()),
        |seed| seed.parse().expect("CERCLES_TEST_SEED is a number"),
    );
    eprintln!("the kills' moments: CERCLES_TEST_SEED={seed}");
    let mut dice = StdRng::seed_from_u64(seed);

    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::start(&sim, synapse, Setting::default()).await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let when = in_a_month();
    let options = [("question", "Où?"), ("options", "Nord; Sud; Est")];
    app.discord_organizer.slash("sondage créer", &options).await;
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    app.both_show(&["Semences", "A1"]).await;

    let (mut votes, mut answers, mut announced) = (Vec::new(), Vec::new(), Vec::new());
    let mut typed: Vec<Typed> = Vec::new();
    let mut last_choice = "";
    for round in 0..ROUNDS {
        let letter = LETTERS[dice.random_range(0..LETTERS.len())];
        let tried = |by: &OnDiscord, answer| Tried {
            round,
            by: by.clone(),
            letter,
            answer,
        };
        let voter = app.on_discord(&format!("votante-{round}"), "fr").await;
        let options = [("sondage", "S1"), ("choix", letter)];
        votes.push(tried(&voter, voter.starts_slash("vote", &options)));
        let guest = app.on_discord(&format!("invité-{round}"), "fr").await;
        answers.push(tried(
            &guest,
            guest.starts_slash("viens", &[("atelier", "A1")]),
        ));
        let title = discord_title(round);
        let options = [("titre", title.as_str()), ("quand", when.as_str())];
        let organizer = app.discord_organizer.clone();
        let answer = organizer.starts_slash("atelier créer", &options);
        announced.push(tried(&organizer, answer));

        last_choice = LETTERS[dice.random_range(0..LETTERS.len())];
        let announce = format!("!atelier créer \"{}\" {when}", matrix_title(round));
        let acts = [
            (&app.matrix_organizer, announce),
            (&chloe, format!("!vote S1 {last_choice}")),
            (&chloe, format!("!engagement \"Je promets {round}\"")),
            (&chloe, "!engagement confirmer".to_owned()),
        ];
        let kill_after = dice.random_range(Duration::ZERO..WINDOW);
        let (said, ()) = tokio::join!(type_all(&acts), tokio::time::sleep(kill_after));
        typed.extend(said);
        app.kill9(0).await;
        app.restart(0).await;
    }

    app.delivered().await;
    let recorded = every_command_on_matrix_has_one_answer(&app, &typed).await;
    app.delivered().await;
    announcements_are_there_once(&app, &announced).await;
    votes_are_counted(&app, &votes, last_choice).await;
    let (least, most) = (
        answers
            .iter()
            .filter(|a| a.acknowledged("vous venez à A1"))
            .count(),
        answers.len(),
    );
    let coming = app
        .number("SELECT yes FROM workshop WHERE number = 1")
        .await;
    let coming = usize::try_from(coming).expect("a count");
    assert!(
        (least..=most).contains(&coming),
        "{least} ≤ {coming} ≤ {most}"
    );
    app.both_show(&["Semences", &format!("Je viens : {coming}")])
        .await;
    // A commitment that waited to be confirmed when the process ended is said again, and its author is told so.
    assert_eq!(
        app.number("SELECT count(*) FROM commitment").await,
        i64::try_from(recorded).expect("a count"),
    );
    let told = [&votes, &answers, &announced].map(|acts| {
        let told = acts.iter().filter(|act| act.answer.settled().is_some());
        told.count()
    });
    eprintln!("acknowledged on Discord, of {ROUNDS} each: votes, RSVPs, workshops: {told:?}");

    // An interaction that was handled again after the restart may have been answered too late, or twice; the bot cannot
    // know that it did answer. Everything else must be clean.
    let others: Vec<_> = sim
        .take_violations()
        .into_iter()
        .filter(|v| {
            !matches!(
                v.kind,
                ViolationKind::LateAnswer | ViolationKind::DoubleAnswer
            )
        })
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    app.finish_after_a_crash().await;
}

fn discord_title(round: usize) -> String {
    format!("Ronde {round:02} du soir")
}

fn matrix_title(round: usize) -> String {
    format!("Ronde {round:02} du matin")
}

async fn type_all(acts: &[(&OnMatrix, String)]) -> Vec<Typed> {
    let mut said = Vec::new();
    for (who, text) in acts {
        said.push(Typed {
            event: who.starts_typing(text).await,
            text: text.clone(),
        });
    }
    said
}

/// Checks that, and counts the commitments that were said to be recorded.
async fn every_command_on_matrix_has_one_answer(app: &App, typed: &[Typed]) -> usize {
    let counted = async || {
        let seen = app.matrix_organizer.user.timeline(&app.room).await;
        let mut counts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for message in seen {
            if let Some(root) = message
                .thread_root
                .filter(|_| message.sender == app.matrix_bot())
            {
                counts.entry(root).or_default().push(message.body);
            }
        }
        counts
    };
    let counts = app
        .eventually("an answer to every command on Matrix", async || {
            let counts = counted().await;
            let all = typed
                .iter()
                .all(|command| counts.contains_key(&command.event));
            all.then_some(counts)
        })
        .await;
    for command in typed {
        let answers = &counts[&command.event];
        assert_eq!(answers.len(), 1, "{}: {answers:#?}", command.text);
    }
    let confirmed = typed.iter().filter(|command| {
        let answer = &counts[&command.event][0];
        command.text.ends_with("confirmer") && answer.contains("est enregistré")
    });
    confirmed.count()
}

async fn announcements_are_there_once(app: &App, announced: &[Tried]) {
    let discord: Vec<String> = app.discord_texts().iter().map(|text| plain(text)).collect();
    let cards = app.matrix_cards().await;
    let matrix: Vec<String> = cards.into_iter().map(|card| plain(&card.body)).collect();
    for (network, shown) in [("Discord", &discord), ("Matrix", &matrix)] {
        let having = |title: &str| shown.iter().filter(|text| text.contains(title)).count();
        for act in announced {
            let (title, count) = (discord_title(act.round), having(&discord_title(act.round)));
            assert!(count <= 1, "{count} cards {title:?} on {network}");
            assert!(
                count == 1 || !act.acknowledged("est annoncé"),
                "{title:?} was acknowledged and is not on {network}"
            );
            assert_eq!(
                having(&matrix_title(act.round)),
                1,
                "round {} on {network}",
                act.round
            );
        }
        let different: BTreeSet<&String> = shown.iter().collect();
        assert_eq!(
            different.len(),
            shown.len(),
            "something stands twice on {network}"
        );
    }
    let workshops = app.number("SELECT count(*) FROM workshop").await;
    let cards = usize::try_from(workshops).expect("a count") + 1;
    assert_eq!(
        (discord.len(), matrix.len()),
        (cards, cards),
        "one card per workshop, and the poll's"
    );
}

/// Asks everybody's private menu what their ballot is, and compares with what they were told and with the rooms.
async fn votes_are_counted(app: &App, votes: &[Tried], last_choice: &str) {
    let mut tally: BTreeMap<&str, usize> = LETTERS.map(|letter| (letter, 0)).into();
    *tally.get_mut(last_choice).expect("a letter") += 1;
    for vote in votes {
        let menu = vote.by.starts_slash("vote", &[("sondage", "S1")]);
        let menu = menu.final_message(crate::support::app::PATIENCE).await;
        let options = menu.controls()[0]["options"].clone();
        let options = options.as_array().expect("options").iter();
        let chosen: Vec<&str> = options
            .filter(|option| option["default"] == true)
            .filter_map(|option| option["value"].as_str())
            .collect();
        match chosen.as_slice() {
            [one] => {
                assert_eq!(*one, vote.letter, "round {}", vote.round);
                *tally.get_mut(vote.letter).expect("a letter") += 1;
            }
            none => {
                assert!(none.is_empty(), "{none:?}");
                assert!(
                    !vote.acknowledged("est enregistré"),
                    "the acknowledged vote of round {} is lost",
                    vote.round
                );
            }
        }
    }
    for (label, letter) in [("Nord", "a"), ("Sud", "b"), ("Est", "c")] {
        let line = format!("{letter}. {label} : {} voix", tally[letter]);
        app.both_show(&["Où?", &line]).await;
    }
}
