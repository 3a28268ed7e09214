//! What Discord refuses beyond its published description, one file per kind of body.
//!
//! Every rule answers 50035 with Discord's tree and is recorded as a violation. To add a rule: find the check of
//! the body in its file, add one line with the path of the field, and a test in `tests/rules.rs`.

pub mod commands;
pub mod components;
pub mod embeds;
pub mod files;
pub mod message;
pub mod modal;
pub mod others;
pub mod polls;

use serde_json::Value;

use super::errors::Faults;

/// Where a check stands in a body: the faults so far and the path of the object at hand.
pub struct At<'a> {
    pub faults: &'a mut Faults,
    pub path: String,
}

impl<'a> At<'a> {
    pub fn root(faults: &'a mut Faults) -> Self {
        Self {
            faults,
            path: String::new(),
        }
    }

    /// The same check one step further down.
    pub fn sub(&mut self, part: impl std::fmt::Display) -> At<'_> {
        let path = if self.path.is_empty() {
            part.to_string()
        } else {
            format!("{}.{part}", self.path)
        };
        At {
            faults: self.faults,
            path,
        }
    }

    pub fn fault(&mut self, code: &str, message: impl Into<String>) {
        self.faults.add(&self.path, code, message);
    }

    /// Refuses fields Discord does not have: it ignores most of them, so that a typing error stays unseen.
    pub fn only_fields(&mut self, object: &Value, known: &[&str]) {
        let Some(fields) = object.as_object() else {
            self.fault(
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            );
            return;
        };
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            self.sub(name).fault(
                "SIM_UNKNOWN_FIELD",
                format!("Discord has no field \"{name}\" here"),
            );
        }
    }

    /// A text field with lengths in characters; absent and null are the same.
    pub fn text(&mut self, object: &Value, name: &str, required: bool, min: usize, max: usize) {
        match &object[name] {
            Value::Null if required => self
                .sub(name)
                .fault("BASE_TYPE_REQUIRED", "This field is required"),
            Value::Null => {}
            Value::String(text) => {
                let length = text.chars().count();
                if length > max && min == 0 {
                    let message = format!("Must be {max} or fewer in length.");
                    self.sub(name).fault("BASE_TYPE_MAX_LENGTH", message);
                } else if length > max || length < min {
                    let message = format!("Must be between {min} and {max} in length.");
                    self.sub(name).fault("BASE_TYPE_BAD_LENGTH", message);
                }
            }
            _ => self.sub(name).fault(
                "STRING_TYPE_CONVERT",
                "Could not interpret value as string.",
            ),
        }
    }

    /// A list field; returns its items (none when absent).
    pub fn list<'v>(
        &mut self,
        object: &'v Value,
        name: &str,
        min: usize,
        max: usize,
    ) -> &'v [Value] {
        match &object[name] {
            Value::Null => &[],
            Value::Array(items) => {
                if items.len() > max || items.len() < min {
                    let message = format!("Must be between {min} and {max} in length.");
                    self.sub(name).fault("BASE_TYPE_BAD_LENGTH", message);
                }
                items
            }
            _ => {
                self.sub(name).fault(
                    "LIST_TYPE_CONVERT",
                    "Only iterables may be used in a ListType",
                );
                &[]
            }
        }
    }

    /// A whole number within bounds; absent and null are the same.
    pub fn number(&mut self, object: &Value, name: &str, min: i64, max: i64) {
        match object[name].as_i64() {
            _ if object[name].is_null() => {}
            Some(number) if (min..=max).contains(&number) => {}
            Some(_) => {
                let message = format!("int value should be between {min} and {max}.");
                self.sub(name).fault("NUMBER_TYPE_MAX", message);
            }
            None => self
                .sub(name)
                .fault("NUMBER_TYPE_COERCE", "Value is not int."),
        }
    }

    /// A yes or no; absent and null are the same.
    pub fn boolean(&mut self, object: &Value, name: &str) {
        if !object[name].is_null() && !object[name].is_boolean() {
            self.sub(name)
                .fault("BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
    }
}

/// Runs a check and gives what it found.
pub fn checked(check: impl FnOnce(At<'_>)) -> Faults {
    let mut faults = Faults::default();
    check(At::root(&mut faults));
    faults
}
