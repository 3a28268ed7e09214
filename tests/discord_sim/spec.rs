//! Discord's published OpenAPI description, as a second opinion on every request and every answer.
//!
//! The project does not carry the file: `DISCORD_OPENAPI` names it, else `../shared/data/discord/openapi.json`
//! beside the project. Validators are compiled when first needed and kept for the whole process.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::{Registry, Validator};
use serde_json::Value;

pub struct Spec {
    document: &'static Value,
    registry: &'static Registry<'static>,
    compiled: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

impl std::fmt::Debug for Spec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Spec")
    }
}

static SPEC: OnceLock<Option<Spec>> = OnceLock::new();

/// The description, if the file is there.
pub fn load() -> Option<&'static Spec> {
    SPEC.get_or_init(|| {
        let text = candidates()
            .into_iter()
            .find_map(|path| std::fs::read_to_string(path).ok())?;
        let document: &'static Value = Box::leak(Box::new(
            serde_json::from_str(&text).expect("openapi.json is JSON"),
        ));
        let registry = Registry::new()
            .add("urn:discord", document)
            .expect("a schema document");
        let registry = Box::leak(Box::new(registry.prepare().expect("resolvable references")));
        Some(Spec {
            document,
            registry,
            compiled: Mutex::default(),
        })
    })
    .as_ref()
}

fn candidates() -> Vec<PathBuf> {
    let below = "../shared/data/discord/openapi.json";
    let project =
        std::env::var_os("CARGO_MANIFEST_DIR").map(|project| PathBuf::from(project).join(below));
    let named = std::env::var_os("DISCORD_OPENAPI").map(PathBuf::from);
    named
        .into_iter()
        .chain(project)
        .chain([PathBuf::from(below)])
        .collect()
}

impl Spec {
    /// Faults of a request body: dotted path and message. Nothing for routes without a JSON body.
    pub fn check_request(
        &self,
        method: &str,
        template: &str,
        body: &Value,
    ) -> Vec<(String, String)> {
        let place = format!(
            "/paths/{}/{}/requestBody",
            escape(template),
            method.to_ascii_lowercase()
        );
        if body.is_null()
            && self
                .document
                .pointer(&place)
                .is_none_or(|body| body["required"] != true)
        {
            return Vec::new();
        }
        self.check(&place, &permissions_as_numbers(body))
    }

    /// Faults of an answer's body.
    pub fn check_answer(
        &self,
        method: &str,
        template: &str,
        status: u16,
        body: &Value,
    ) -> Vec<(String, String)> {
        let operation = format!(
            "/paths/{}/{}",
            escape(template),
            method.to_ascii_lowercase()
        );
        let Some(found) = self.document.pointer(&operation) else {
            return Vec::new();
        };
        let status = match status {
            429 => "429".to_owned(),
            400..=499 => "4XX".to_owned(),
            other => other.to_string(),
        };
        // The description has numbers for the codes in the tree of 50035, Discord's docs and clients have words.
        let mut body = body.clone();
        if let Some(fields) = body.as_object_mut().filter(|_| status == "4XX") {
            fields.remove("errors");
        }
        let body = &body;
        let answers = &found["responses"];
        if answers[&status].is_null() {
            return vec![(String::new(), format!("status {status} is not described"))];
        }
        // Shared answers are referred to by name.
        match answers[&status]["$ref"].as_str() {
            Some(named) => self.check(named.trim_start_matches('#'), body),
            None => self.check(&format!("{operation}/responses/{status}"), body),
        }
    }

    fn check(&self, place: &str, body: &Value) -> Vec<(String, String)> {
        let Some(validator) = self.validator(place) else {
            return Vec::new();
        };
        let faults = validator.iter_errors(body);
        faults
            .map(|fault| {
                let path = fault
                    .instance_path()
                    .to_string()
                    .trim_start_matches('/')
                    .replace('/', ".");
                let mut message = fault.to_string();
                if message.len() > 300 {
                    message = message.chars().take(300).collect();
                }
                (path, message)
            })
            .collect()
    }

    fn validator(&self, place: &str) -> Option<Arc<Validator>> {
        let mut compiled = self.compiled.lock().expect("no panic while compiling");
        compiled
            .entry(place.to_owned())
            .or_insert_with(|| {
                let pointer = format!("{place}/content/application~1json/schema");
                self.document.pointer(&pointer)?;
                let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
                let reference = serde_json::json!({"$ref": format!("urn:discord#{fragment}")});
                let options = jsonschema::options();
                let validator = options
                    .with_registry(self.registry)
                    .build(&reference)
                    .expect("Discord's schemas compile");
                Some(Arc::new(validator))
            })
            .clone()
    }

    /// Whether the description has this operation.
    pub fn knows(&self, method: &str, template: &str) -> bool {
        let place = format!(
            "/paths/{}/{}",
            escape(template),
            method.to_ascii_lowercase()
        );
        self.document.pointer(&place).is_some()
    }
}

fn escape(template: &str) -> String {
    template.replace('~', "~0").replace('/', "~1")
}

/// The description wants an integer where Discord's docs and every client have a string of digits.
fn permissions_as_numbers(body: &Value) -> Value {
    match body {
        Value::Array(items) => Value::Array(items.iter().map(permissions_as_numbers).collect()),
        Value::Object(fields) if fields.contains_key("default_member_permissions") => {
            let mut fields = fields.clone();
            let bits = fields["default_member_permissions"]
                .as_str()
                .and_then(|bits| bits.parse::<u64>().ok());
            if let Some(bits) = bits {
                fields.insert("default_member_permissions".to_owned(), Value::from(bits));
            }
            Value::Object(fields)
        }
        other => other.clone(),
    }
}
