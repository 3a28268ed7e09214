//! People of a story: what they do, and what they read as the answer.
//!
//! A method whose name is an act returns the answer that its author gets to see. Acts whose answer comes later, or
//! never (the process is being killed), have `starts` in their name and return what to wait for.

use std::time::Duration;

use serde_json::{Value, json};

use super::PATIENCE;
use crate::discord_sim::{ChannelId, DiscordSim, InteractionHandle, ShownMessage, UserId};
use crate::support::matrix::MatrixUser;
use crate::support::matrix::reading::Seen;

/// Options that hold numbers.
const NUMBERS: [&str; 12] = [
    "version",
    "si",
    "fois",
    "nombre",
    "quorum",
    "sur",
    "plafond",
    "objections",
    "places",
    "sans-compte",
    "accompagnement",
    "avec",
];

/// Somebody on Discord.
#[derive(Clone)]
pub struct OnDiscord {
    pub user: UserId,
    sim: DiscordSim,
    channel: ChannelId,
}

impl OnDiscord {
    pub fn new(sim: &DiscordSim, user: UserId, channel: ChannelId) -> Self {
        Self {
            user,
            sim: sim.clone(),
            channel,
        }
    }

    /// Uses a slash command in the channel: `"atelier créer"`, with options by their French names.
    #[track_caller]
    pub fn starts_slash(&self, command: &str, options: &[(&str, &str)]) -> InteractionHandle {
        let options: Vec<(&str, Value)> = options
            .iter()
            .map(|(name, value)| match value.parse::<u64>() {
                // Discord's client sends such options as numbers.
                Ok(number) if NUMBERS.contains(name) => (*name, json!(number)),
                _ => (*name, json!(value)),
            })
            .collect();
        self.sim.slash(self.user, self.channel, command, &options)
    }

    /// The same; the answer.
    pub async fn slash(&self, command: &str, options: &[(&str, &str)]) -> String {
        private(
            &self
                .starts_slash(command, options)
                .final_message(PATIENCE)
                .await,
        )
    }

    /// Takes a commitment: says it, reads it, confirms it; the answer to that.
    pub async fn commits(&self, sentence: &str) -> String {
        self.slash("engagement prendre", &[("phrase", sentence)])
            .await;
        self.slash("engagement confirmer", &[]).await
    }

    /// Agrees that what they do is kept.
    pub async fn agrees(&self) {
        let answer = self
            .starts_slash("accepte", &[])
            .final_message(PATIENCE)
            .await;
        assert!(answer.ephemeral, "{}", answer.text());
    }

    /// Presses the button with this label on a message.
    pub fn starts_press(&self, message: &ShownMessage, label: &str) -> InteractionHandle {
        let button = message.button(label);
        let button = button.unwrap_or_else(|| panic!("no button {label:?}: {}", message.text()));
        self.sim.click(self.user, message.id, &button)
    }

    /// The same; the answer.
    pub async fn presses(&self, message: &ShownMessage, label: &str) -> ShownMessage {
        let answer = self
            .starts_press(message, label)
            .final_message(PATIENCE)
            .await;
        assert!(answer.ephemeral, "everybody sees {:?}", answer.text());
        answer
    }

    /// Chooses in the menu of a private message; the answer.
    pub async fn chooses(&self, menu: &ShownMessage, value: &str) -> String {
        let control = menu.controls().into_iter().find(|c| c["type"] == 3);
        let control = control.unwrap_or_else(|| panic!("no menu: {}", menu.text()));
        let id = control["custom_id"].as_str().expect("an id").to_owned();
        let chosen = self.sim.select(self.user, menu.id, &id, &[value]);
        private(&chosen.final_message(PATIENCE).await)
    }
}

/// The words of an answer; the test fails when others see it too.
#[track_caller]
fn private(answer: &ShownMessage) -> String {
    assert!(answer.ephemeral, "everybody sees {:?}", answer.text());
    plain(&answer.text())
}

/// Somebody on Matrix.
#[derive(Clone)]
pub struct OnMatrix {
    pub user: MatrixUser,
    pub room: String,
    bot: String,
}

impl OnMatrix {
    pub fn new(user: MatrixUser, room: String, bot: &MatrixUser) -> Self {
        Self {
            user,
            room,
            bot: bot.user_id.clone(),
        }
    }

    /// Agrees that what they do is kept.
    pub async fn agrees(&self) {
        let answer = self.types("!accepte").await;
        let agreed = answer.contains("Votre accord est noté");
        assert!(
            agreed || answer.contains("Your agreement is noted"),
            "{answer}"
        );
    }

    /// The same person in a private conversation with the bot.
    pub async fn in_private(&self) -> Alone {
        let bots = &[self.bot.as_str()];
        let room = self.user.create_room("", bots, false, true).await;
        let start = std::time::Instant::now();
        while !self.user.joined(&room).await.contains(&self.bot) {
            assert!(start.elapsed() < PATIENCE, "the bot does not come");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Alone {
            user: self.user.clone(),
            room,
            bot: self.bot.clone(),
        }
    }

    /// Types in the room; the event's id, to wait for its answer.
    pub async fn starts_typing(&self, text: &str) -> String {
        self.user.send_text(&self.room, text).await
    }

    /// Types in the room; the answer, which stands in a thread under what was typed.
    pub async fn types(&self, text: &str) -> String {
        let event = self.starts_typing(text).await;
        self.answer_to(&event, PATIENCE).await
    }

    /// Takes a commitment: says it, reads it, confirms it; the answer to that.
    pub async fn commits(&self, sentence: &str) -> String {
        self.types(&format!("!engagement \"{sentence}\"")).await;
        self.types("!engagement confirmer").await
    }

    /// The answer to something typed before.
    pub async fn answer_to(&self, event: &str, limit: Duration) -> String {
        let answers = |found: &Value| {
            let relation = &found["content"]["m.relates_to"];
            found["sender"] == self.bot.as_str()
                && relation["rel_type"] == "m.thread"
                && relation["event_id"] == event
        };
        let found = self
            .user
            .wait_for_after(&self.room, event, answers, limit)
            .await;
        assert_eq!(found["content"]["msgtype"], "m.notice");
        plain(found["content"]["body"].as_str().unwrap_or_default())
    }

    /// Reacts to a card.
    pub async fn reacts(&self, card: &Seen, emoji: &str) -> String {
        self.user.react(&self.room, &card.event_id, emoji).await
    }
}

/// Somebody alone with the bot on Matrix.
pub struct Alone {
    pub user: MatrixUser,
    pub room: String,
    bot: String,
}

impl Alone {
    /// Writes; the answer.
    pub async fn says(&self, text: &str) -> String {
        let event = self.user.send_text(&self.room, text).await;
        let from_bot = |found: &Value| {
            found["sender"] == self.bot.as_str() && found["type"] == "m.room.message"
        };
        let found = self
            .user
            .wait_for_after(&self.room, &event, from_bot, PATIENCE)
            .await;
        plain(found["content"]["body"].as_str().unwrap_or_default())
    }
}

/// Words as people read them: French non-breaking spaces as spaces, Discord's escapes taken away.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\\' | '\u{200B}'))
        .map(|c| {
            if matches!(c, '\u{a0}' | '\u{202f}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}
