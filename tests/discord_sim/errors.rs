//! Discord's errors: `{code, message}`, with the nested `errors` tree for 50035.

use serde_json::{Map, Value, json};

/// An answer that is not a success.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub status: u16,
    pub code: u32,
    pub message: String,
    pub errors: Option<Value>,
}

impl ApiError {
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
        }
    }

    /// The body Discord would send.
    pub fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

pub const fn known(code: u32) -> (u16, &'static str) {
    match code {
        10003 => (404, "Unknown Channel"),
        10004 => (404, "Unknown Guild"),
        10007 => (404, "Unknown Member"),
        10008 => (404, "Unknown Message"),
        10011 => (404, "Unknown Role"),
        10013 => (404, "Unknown User"),
        10014 => (400, "Unknown Emoji"),
        10015 => (404, "Unknown Webhook"),
        10062 => (404, "Unknown interaction"),
        10063 => (404, "Unknown application command"),
        10070 => (404, "Unknown Guild Scheduled Event"),
        30003 => (400, "Maximum number of pins reached for the channel (250)"),
        30034 => (
            429,
            "Max number of daily application command creates has been reached (200)",
        ),
        180000 => (400, "Cannot update a finished event"),
        30038 => (
            400,
            "Maximum number of scheduled or active events reached (100)",
        ),
        40060 => (400, "Interaction has already been acknowledged."),
        50001 => (403, "Missing Access"),
        50005 => (403, "Cannot edit a message authored by another user"),
        50006 => (400, "Cannot send an empty message"),
        50007 => (403, "Cannot send messages to this user"),
        50013 => (403, "Missing Permissions"),
        50024 => (403, "Cannot execute action on this channel type"),
        50027 => (401, "Invalid Webhook Token"),
        50083 => (400, "Thread is archived"),
        50109 => (400, "The request body contains invalid JSON."),
        160_004 => (400, "A thread has already been created for this message"),
        520_001 => (400, "Poll expired"),
        520_003 => (400, "Cannot edit a poll message"),
        520_006 => (400, "Cannot expire a non-poll message"),
        _ => (400, "Unknown error"),
    }
}

/// The error of this number, with Discord's status and words.
pub fn error(code: u32) -> ApiError {
    let (status, message) = known(code);
    ApiError::new(status, code, message)
}

/// The faults found in one request body, gathered into Discord's tree.
#[derive(Debug, Default)]
pub struct Faults {
    tree: Map<String, Value>,
    flat: Vec<String>,
}

impl Faults {
    /// Notes a fault at a dotted path such as `embeds.0.title`; an empty path is the body itself.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let message = message.into();
        self.flat.push(format!("{path}: {message} [{code}]"));
        let mut node = &mut self.tree;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            let next = node.entry(part.to_owned()).or_insert_with(|| json!({}));
            node = next.as_object_mut().expect("the tree is made of objects");
        }
        let list = node
            .entry("_errors".to_owned())
            .or_insert_with(|| json!([]));
        list.as_array_mut()
            .expect("a list")
            .push(json!({"code": code, "message": message}));
    }

    pub fn is_empty(&self) -> bool {
        self.flat.is_empty()
    }

    /// One line per fault, for the list of violations.
    pub fn lines(&self) -> &[String] {
        &self.flat
    }

    pub fn into_error(self) -> ApiError {
        ApiError {
            errors: Some(Value::Object(self.tree)),
            ..ApiError::new(400, 50035, "Invalid Form Body")
        }
    }
}
