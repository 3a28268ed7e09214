//! Requests to Discord: one bounded call, and one function per request that Cercles makes.
//!
//! serenity makes the requests and keeps the rate limits; answers are read here by the few fields that are
//! needed, because serenity's models refuse a whole message over one part they do not know (the message
//! would exist, and the send look failed). Every body with words in it carries `allowed_mentions: {"parse": []}`
//! from `render`. Nothing here waits longer than [`BOUND`].

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serenity::http::{
    Http, HttpBuilder, LightMethod, Multipart, MultipartUpload, Ratelimiter, Request, Route,
};
use serenity::model::id::{
    ApplicationId, ChannelId, GuildId, InteractionId, MessageId, ScheduledEventId, UserId,
};

use super::config::DiscordConfig;
use super::error::{DiscordError, Failure};
use super::events::Event;
use super::examine::{Channel, Member, Role};
use super::limits::Limits;
use super::poll::Poll;
use super::upload::Upload;
use crate::domain::clock::{Clock as _, SystemClock};

/// The longest that any request takes, rate limits included.
pub(super) const BOUND: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(15);

/// The way to Discord's REST API.
pub(super) struct Rest {
    http: Http,
    limits: Arc<Limits>,
    application: AtomicU64,
    /// How many seconds our clock was ahead of Discord's at the last answer.
    skew: Mutex<Option<chrono::Duration>>,
}

/// What is read of a message. No `Debug`: it holds words.
#[derive(Deserialize)]
pub(super) struct Sent {
    pub id: String,
    #[serde(default)]
    pub author: Author,
    #[serde(default)]
    pub nonce: Option<Value>,
    #[serde(default)]
    pub content: String,
    #[serde(default)]
    pub embeds: Vec<Value>,
    #[serde(default)]
    pub components: Vec<Value>,
    #[serde(default)]
    pub poll: Option<Poll>,
    #[serde(default)]
    pub pinned: bool,
}

/// What is read of a message's author.
#[derive(Default, Deserialize)]
pub(super) struct Author {
    pub id: String,
}

#[derive(Deserialize)]
struct WithId {
    id: String,
}

impl Rest {
    /// A client with its own timeouts, proxy and certificates.
    pub(super) fn new(config: &DiscordConfig) -> Result<Self, DiscordError> {
        super::tls::install_crypto_provider();
        let client_error =
            |error: reqwest::Error| DiscordError::Client(error.without_url().to_string());
        // `no_proxy` switches off the system's proxy variables: where the token goes is said in the configuration only.
        let mut client = reqwest::Client::builder()
            .use_rustls_tls()
            .no_proxy()
            .https_only(true)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(TOTAL);
        if let Some(proxy) = &config.api_proxy {
            client = client.proxy(reqwest::Proxy::all(proxy).map_err(client_error)?);
        }
        if let Some(path) = &config.ca_file {
            let pem =
                std::fs::read(path).map_err(|error| DiscordError::CaFile(error.to_string()))?;
            let roots = reqwest::Certificate::from_pem_bundle(&pem)
                .map_err(|error| DiscordError::CaFile(error.to_string()))?;
            if roots.is_empty() {
                return Err(DiscordError::CaFile("no certificate in it".to_owned()));
            }
            for root in roots {
                client = client.add_root_certificate(root);
            }
        }
        let client = client.build().map_err(client_error)?;
        let token = config.token.expose_secret().trim();
        let limits = Arc::new(Limits::default());
        let mut limiter = Ratelimiter::new(client.clone(), format!("Bot {token}"));
        let noted = Arc::clone(&limits);
        limiter.set_ratelimit_callback(Box::new(move |info| noted.note(&info)));
        let http = HttpBuilder::new(token)
            .client(client)
            .ratelimiter(limiter)
            .build();
        Ok(Self {
            http,
            limits,
            application: AtomicU64::new(0),
            skew: Mutex::new(None),
        })
    }

    /// How far our clock was ahead of Discord's at the last answer.
    pub(super) fn clock_skew(&self) -> Option<chrono::Duration> {
        self.skew.lock().ok().and_then(|skew| *skew)
    }

    /// Notes what Discord's clock says.
    fn note_clock(&self, headers: &reqwest::header::HeaderMap) {
        let date = headers.get("date").and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| chrono::DateTime::parse_from_rfc2822(date).ok());
        if let (Some(date), Ok(mut skew)) = (date, self.skew.lock()) {
            *skew = Some(SystemClock.now() - date.to_utc());
        }
    }

    /// A channel, as far as permissions go.
    pub(super) async fn channel(&self, channel: NonZeroU64) -> Result<Channel, Failure> {
        let channel_id = ChannelId::from(channel);
        self.ask(Request::new(
            Route::Channel { channel_id },
            LightMethod::Get,
        ))
        .await
    }

    /// A server's roles.
    pub(super) async fn roles(&self, guild: NonZeroU64) -> Result<Vec<Role>, Failure> {
        let guild_id = GuildId::from(guild);
        self.ask(Request::new(
            Route::GuildRoles { guild_id },
            LightMethod::Get,
        ))
        .await
    }

    /// A member of a server.
    pub(super) async fn member(
        &self,
        guild: NonZeroU64,
        user: NonZeroU64,
    ) -> Result<Member, Failure> {
        let route = Route::GuildMember {
            guild_id: GuildId::from(guild),
            user_id: UserId::from(user),
        };
        self.ask(Request::new(route, LightMethod::Get)).await
    }

    /// Remembers the bot's application id, which the gateway tells.
    pub(super) fn set_application(&self, id: NonZeroU64) {
        self.application.store(id.get(), Ordering::Release);
        self.http.set_application_id(ApplicationId::from(id));
    }

    fn application(&self) -> Result<ApplicationId, Failure> {
        NonZeroU64::new(self.application.load(Ordering::Acquire))
            .map(ApplicationId::from)
            .ok_or(Failure::Lost("not connected yet"))
    }

    /// One request, bounded in time; the body of the answer.
    async fn call(&self, request: Request<'_>) -> Result<Vec<u8>, Failure> {
        let path = request.route_ref().path().into_owned();
        if let Some(left) = self.limits.too_long(&path) {
            return Err(Failure::Limited(left));
        }
        let exchange = async {
            let answer = self.http.request(request).await?;
            self.note_clock(answer.headers());
            let body = answer
                .bytes()
                .await
                .map_err(|_| Failure::Lost("the answer broke off"))?;
            Ok(body.to_vec())
        };
        tokio::select! {
            biased;
            result = exchange => result,
            left = self.limits.reached(&path) => Err(Failure::Limited(left)),
            () = tokio::time::sleep(BOUND) => Err(Failure::Lost("no answer in time")),
        }
    }

    async fn ask<T: DeserializeOwned>(&self, request: Request<'_>) -> Result<T, Failure> {
        let body = self.call(request).await?;
        serde_json::from_slice(&body).map_err(|_| Failure::Odd("not the JSON expected"))
    }

    /// Creates a message (<https://docs.discord.com/developers/resources/message#create-message>).
    pub(super) async fn create_message(
        &self,
        channel: ChannelId,
        body: &Value,
        upload: Option<&Upload>,
    ) -> Result<Sent, Failure> {
        let route = Route::ChannelMessages {
            channel_id: channel,
        };
        self.ask(with_upload(route, LightMethod::Post, body, upload))
            .await
    }

    /// Edits a message of the bot's own.
    pub(super) async fn edit_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        body: &Value,
        upload: Option<&Upload>,
    ) -> Result<(), Failure> {
        let route = Route::ChannelMessage {
            channel_id: channel,
            message_id: message,
        };
        self.call(with_upload(route, LightMethod::Patch, body, upload))
            .await
            .map(drop)
    }

    /// One message.
    pub(super) async fn message(
        &self,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<Sent, Failure> {
        let route = Route::ChannelMessage {
            channel_id: channel,
            message_id: message,
        };
        self.ask(Request::new(route, LightMethod::Get)).await
    }

    /// Pins a message, or takes its pin away. By the older of two routes, the one that serenity has
    /// (<https://docs.discord.com/developers/resources/message#pin-message> is the newer); both do the same.
    pub(super) async fn set_pin(
        &self,
        channel: ChannelId,
        message: MessageId,
        pinned: bool,
    ) -> Result<(), Failure> {
        let route = Route::ChannelPin {
            channel_id: channel,
            message_id: message,
        };
        let method = if pinned {
            LightMethod::Put
        } else {
            LightMethod::Delete
        };
        self.call(Request::new(route, method)).await.map(drop)
    }

    /// The scheduled events of a server.
    pub(super) async fn events(&self, guild_id: GuildId) -> Result<Vec<Event>, Failure> {
        let route = Route::GuildScheduledEvents { guild_id };
        self.ask(Request::new(route, LightMethod::Get)).await
    }

    /// One of them.
    pub(super) async fn event(
        &self,
        guild_id: GuildId,
        event_id: ScheduledEventId,
    ) -> Result<Event, Failure> {
        let route = Route::GuildScheduledEvent { guild_id, event_id };
        self.ask(Request::new(route, LightMethod::Get)).await
    }

    /// Creates a scheduled event.
    pub(super) async fn create_event(
        &self,
        guild_id: GuildId,
        body: &Value,
    ) -> Result<Event, Failure> {
        let route = Route::GuildScheduledEvents { guild_id };
        self.ask(with_body(route, LightMethod::Post, body)).await
    }

    /// Changes a scheduled event of the bot's own.
    pub(super) async fn edit_event(
        &self,
        guild_id: GuildId,
        event_id: ScheduledEventId,
        body: &Value,
    ) -> Result<(), Failure> {
        let route = Route::GuildScheduledEvent { guild_id, event_id };
        self.call(with_body(route, LightMethod::Patch, body))
            .await
            .map(drop)
    }

    /// Ends a poll of the bot's own now
    /// (<https://docs.discord.com/developers/resources/poll#end-poll>).
    pub(super) async fn expire_poll(
        &self,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<(), Failure> {
        let route = Route::ChannelPollExpire {
            channel_id: channel,
            message_id: message,
        };
        self.call(Request::new(route, LightMethod::Post))
            .await
            .map(drop)
    }

    /// Up to 100 messages of a channel that come right after `after`, in no particular order.
    pub(super) async fn messages_after(
        &self,
        channel: ChannelId,
        after: u64,
    ) -> Result<Vec<Sent>, Failure> {
        let request = Request::new(
            Route::ChannelMessages {
                channel_id: channel,
            },
            LightMethod::Get,
        )
        .params(Some(vec![
            ("limit", "100".to_owned()),
            ("after", after.to_string()),
        ]));
        self.ask(request).await
    }

    /// The private channel with a user, made if there is none.
    pub(super) async fn private_channel(&self, user: NonZeroU64) -> Result<ChannelId, Failure> {
        let body = json!({ "recipient_id": user.to_string() });
        let channel: WithId = self
            .ask(with_body(Route::UserMeDmChannels, LightMethod::Post, &body))
            .await?;
        id(&channel.id).map(ChannelId::from)
    }

    /// The bot's own user id.
    pub(super) async fn own_id(&self) -> Result<NonZeroU64, Failure> {
        let me: WithId = self
            .ask(Request::new(Route::UserMe, LightMethod::Get))
            .await?;
        id(&me.id)
    }

    /// The first answer to an interaction. Answered already counts as done: an answer whose confirmation was lost
    /// is repeated by the caller.
    pub(super) async fn respond(
        &self,
        interaction: InteractionId,
        token: &str,
        body: &Value,
        upload: Option<&Upload>,
    ) -> Result<(), Failure> {
        const ALREADY: i64 = 40_060;
        let route = Route::InteractionResponse {
            interaction_id: interaction,
            token,
        };
        let request = with_upload(route, LightMethod::Post, body, upload);
        let bucket = request.route_ref().ratelimiting_bucket();
        let answered = self.call(request).await;
        // serenity keeps a bucket for every interaction, and each is used once: the map would grow for ever.
        if let Some(limiter) = &self.http.ratelimiter {
            limiter.routes().write().await.remove(&bucket);
        }
        match answered {
            Err(failure) if failure.code() == Some(ALREADY) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Changes the first answer to an interaction, or fills in a deferred one.
    pub(super) async fn edit_response(
        &self,
        token: &str,
        body: &Value,
        upload: Option<&Upload>,
    ) -> Result<(), Failure> {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: self.application()?,
            token,
        };
        self.call(with_upload(route, LightMethod::Patch, body, upload))
            .await
            .map(drop)
    }

    /// Takes the first answer to an interaction back.
    pub(super) async fn delete_response(&self, token: &str) -> Result<(), Failure> {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: self.application()?,
            token,
        };
        self.call(Request::new(route, LightMethod::Delete))
            .await
            .map(drop)
    }

    /// Replaces all commands, of one server or everywhere
    /// (<https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands>).
    pub(super) async fn put_commands(
        &self,
        guild: Option<NonZeroU64>,
        commands: &Value,
    ) -> Result<(), Failure> {
        let application_id = self.application()?;
        let route = guild.map_or(Route::Commands { application_id }, |guild| {
            Route::GuildCommands {
                application_id,
                guild_id: GuildId::from(guild),
            }
        });
        self.call(with_body(route, LightMethod::Put, commands))
            .await
            .map(drop)
    }
}

fn with_body<'a>(route: Route<'a>, method: LightMethod, body: &Value) -> Request<'a> {
    Request::new(route, method).body(Some(body.to_string().into_bytes()))
}

/// The same with a file, which the body's first `attachments` entry describes.
fn with_upload<'a>(
    route: Route<'a>,
    method: LightMethod,
    body: &Value,
    upload: Option<&Upload>,
) -> Request<'a> {
    let Some(upload) = upload else {
        return with_body(route, method, body);
    };
    Request::new(route, method).multipart(Some(Multipart {
        upload: MultipartUpload::Attachments(vec![upload.part()]),
        fields: Vec::new(),
        payload_json: Some(body.to_string()),
    }))
}

/// Reads an id of Discord's (serenity's own ids panic on 0).
pub(super) fn id(text: &str) -> Result<NonZeroU64, Failure> {
    text.parse()
        .map_err(|_| Failure::Address(text.chars().take(30).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_interaction_leaves_nothing_behind_in_the_rate_limiter() {
        let mut config = DiscordConfig::new("token".to_owned().into());
        // Nothing listens there: the request fails after the limiter has taken note of it.
        config.api_proxy = Some("http://127.0.0.1:1".to_owned());
        let rest = Rest::new(&config).unwrap();
        let answered = rest
            .respond(InteractionId::new(7), "token", &json!({}), None)
            .await;
        assert!(answered.is_err());
        let limiter = rest.http.ratelimiter.as_ref().unwrap();
        assert_eq!(limiter.routes().read().await.len(), 0);
    }
}
