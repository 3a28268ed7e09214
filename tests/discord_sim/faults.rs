//! What goes wrong on demand, on the REST side.

use std::time::Duration;

use serde_json::Value;

/// Which requests a fault applies to; every condition set must hold.
#[derive(Debug, Clone, Default)]
pub struct RouteMatch {
    method: Option<String>,
    template: Option<String>,
    path: Option<String>,
    body: Option<String>,
}

impl RouteMatch {
    /// Every request.
    pub fn any() -> Self {
        Self::default()
    }

    /// A method and a route template as in Discord's description, e.g. `/channels/{channel_id}/messages`.
    pub fn new(method: &str, template: &str) -> Self {
        Self {
            method: Some(method.to_owned()),
            template: Some(template.to_owned()),
            ..Self::default()
        }
    }

    /// Creation of a message in a channel.
    pub fn create_message() -> Self {
        Self::new("POST", "/channels/{channel_id}/messages")
    }

    /// Edit of a message in a channel.
    pub fn edit_message() -> Self {
        Self::new("PATCH", "/channels/{channel_id}/messages/{message_id}")
    }

    /// First answer to an interaction.
    pub fn callback() -> Self {
        Self::new(
            "POST",
            "/interactions/{interaction_id}/{interaction_token}/callback",
        )
    }

    /// Only paths that contain this text, for instance an id.
    #[must_use]
    pub fn on(mut self, part: impl ToString) -> Self {
        self.path = Some(part.to_string());
        self
    }

    /// Only bodies that contain this text.
    #[must_use]
    pub fn containing(mut self, text: &str) -> Self {
        self.body = Some(text.to_owned());
        self
    }

    pub(super) fn matches(&self, method: &str, template: &str, path: &str, body: &Value) -> bool {
        self.method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .template
                .as_ref()
                .is_none_or(|wanted| wanted == template)
            && self
                .path
                .as_ref()
                .is_none_or(|wanted| path.contains(wanted))
            && self
                .body
                .as_ref()
                .is_none_or(|wanted| any_text(body, wanted))
    }
}

fn any_text(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text.contains(wanted),
        Value::Array(items) => items.iter().any(|item| any_text(item, wanted)),
        Value::Object(fields) => fields.values().any(|item| any_text(item, wanted)),
        _ => false,
    }
}

#[derive(Debug, Clone)]
pub enum Fault {
    /// Answer with this status and do nothing; 502 to 504 carry HTML, as from a proxy in front.
    Status(u16),
    /// 429 for this route.
    RateLimit { retry_after: Duration },
    /// 429 for the whole bot.
    GlobalRateLimit { retry_after: Duration },
    /// 429 that others caused: does not count as an invalid request.
    SharedRateLimit { retry_after: Duration },
    /// 429 from Cloudflare: HTML, no rate-limit headers.
    CloudflareRateLimit { retry_after: Duration },
    /// Cut the connection (TCP reset) before anything is done.
    AbortBefore,
    /// Do everything, then cut the connection instead of answering.
    ProcessThenAbort,
    /// Wait this long before handling the request.
    Delay(Duration),
    /// Handle the request at once, answer this much later.
    DelayAnswer(Duration),
}

#[derive(Debug, Clone)]
pub struct ActiveFault {
    pub route: RouteMatch,
    pub fault: Fault,
    pub left: usize,
}

/// Takes one use of the first fault that matches.
pub fn take(
    faults: &mut std::collections::VecDeque<ActiveFault>,
    method: &str,
    template: &str,
    path: &str,
    body: &Value,
) -> Option<Fault> {
    let index = faults
        .iter()
        .position(|fault| fault.route.matches(method, template, path, body))?;
    let found = &mut faults[index];
    let fault = found.fault.clone();
    found.left = found.left.saturating_sub(1);
    if found.left == 0 {
        faults.remove(index);
    }
    Some(fault)
}
