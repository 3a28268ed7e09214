//! Rate limits with real accounting: one bucket per route and top-level id, and one for everything.

use std::collections::HashMap;
use std::time::Duration;

/// A limit on the routes whose method and template match.
#[derive(Debug, Clone)]
pub struct RateLimit {
    pub method: String,
    /// The route as in Discord's OpenAPI description.
    pub template: String,
    pub requests: u32,
    pub window: Duration,
}

impl RateLimit {
    pub fn new(method: &str, template: &str, requests: u32, window: Duration) -> Self {
        Self {
            method: method.to_owned(),
            template: template.to_owned(),
            requests,
            window,
        }
    }
}

/// Figures seen in the field; Discord publishes none but the global one.
pub fn default_limits() -> Vec<RateLimit> {
    let five = Duration::from_secs(5);
    let message = "/channels/{channel_id}/messages/{message_id}";
    let reaction = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me";
    let webhook = "/webhooks/{webhook_id}/{webhook_token}";
    vec![
        RateLimit::new("POST", "/channels/{channel_id}/messages", 5, five),
        RateLimit::new("PATCH", message, 5, five),
        RateLimit::new("DELETE", message, 5, Duration::from_secs(1)),
        RateLimit::new("PUT", reaction, 1, Duration::from_millis(250)),
        RateLimit::new(
            "PATCH",
            "/channels/{channel_id}",
            2,
            Duration::from_secs(600),
        ),
        RateLimit::new("POST", webhook, 5, Duration::from_secs(2)),
        RateLimit::new("PATCH", &format!("{webhook}/messages/@original"), 5, five),
        RateLimit::new(
            "PATCH",
            &format!("{webhook}/messages/{{message_id}}"),
            5,
            five,
        ),
    ]
}

const OTHER: (u32, Duration) = (50, Duration::from_secs(1));

#[derive(Debug, Clone, Copy)]
struct Window {
    until_ms: u64,
    used: u32,
}

/// What the headers say after a request was counted.
#[derive(Debug, Clone)]
pub struct Standing {
    pub limit: u32,
    pub remaining: u32,
    pub reset_ms: u64,
    pub reset_after_ms: u64,
    pub bucket: String,
    /// Set when the request must be answered 429.
    pub refused: Option<Refused>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Bucket,
    Global,
}

#[derive(Debug, Default)]
pub struct Limits {
    buckets: HashMap<String, Window>,
    global: Option<Window>,
}

impl Limits {
    /// Counts one request. `major` is the top-level id (channel, guild or webhook) of the path.
    pub fn count(
        &mut self,
        rules: &[RateLimit],
        per_second: u32,
        route: (&str, &str),
        major: &str,
        now: u64,
        interaction: bool,
    ) -> Standing {
        let (method, template) = route;
        let rule = rules
            .iter()
            .find(|rule| rule.method == method && rule.template == template);
        let (limit, window) = rule.map_or(OTHER, |rule| (rule.requests, rule.window));
        let key = format!("{method} {template} {major}");
        let bucket = self.buckets.entry(key).or_insert(Window {
            until_ms: 0,
            used: 0,
        });
        if now >= bucket.until_ms {
            *bucket = Window {
                until_ms: now + window.as_millis() as u64,
                used: 0,
            };
        }
        let mut standing = Standing {
            limit,
            remaining: 0,
            reset_ms: bucket.until_ms,
            reset_after_ms: bucket.until_ms - now,
            bucket: bucket_name(method, template),
            refused: None,
        };
        // Interactions must be answered in three seconds: Discord leaves them out of the global limit.
        if !interaction && let Some(until) = self.global_refuses(per_second, now) {
            standing.refused = Some(Refused::Global);
            standing.reset_after_ms = until - now;
        } else if bucket_full(&mut self.buckets, method, template, major, limit) {
            standing.refused = Some(Refused::Bucket);
        }
        let used = self.buckets[&format!("{method} {template} {major}")].used;
        standing.remaining = limit.saturating_sub(used);
        standing
    }

    fn global_refuses(&mut self, per_second: u32, now: u64) -> Option<u64> {
        let window = self.global.get_or_insert(Window {
            until_ms: 0,
            used: 0,
        });
        if now >= window.until_ms {
            *window = Window {
                until_ms: now + 1000,
                used: 0,
            };
        }
        if window.used >= per_second {
            return Some(window.until_ms);
        }
        window.used += 1;
        None
    }
}

fn bucket_full(
    buckets: &mut HashMap<String, Window>,
    method: &str,
    template: &str,
    major: &str,
    limit: u32,
) -> bool {
    let bucket = buckets
        .get_mut(&format!("{method} {template} {major}"))
        .expect("made by the caller");
    if bucket.used >= limit {
        return true;
    }
    bucket.used += 1;
    false
}

/// An opaque name that does not depend on the top-level id, like Discord's.
fn bucket_name(method: &str, template: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in method.bytes().chain(template.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}{:016x}", hash.rotate_left(17))
}
