//! Forms ("modals"): 1 to 5 text inputs in rows, or Label components.

use std::collections::HashSet;

use serde_json::Value;

use super::At;

pub fn check(mut at: At<'_>, data: &Value) {
    at.only_fields(data, &["custom_id", "title", "components"]);
    at.text(data, "custom_id", true, 1, 100);
    at.text(data, "title", true, 1, 45);
    if data["components"].is_null() {
        at.sub("components")
            .fault("BASE_TYPE_REQUIRED", "This field is required");
    }
    let mut seen = HashSet::new();
    for (index, part) in at.list(data, "components", 1, 5).iter().enumerate() {
        let mut components = at.sub("components");
        let mut at = components.sub(index);
        match part["type"].as_u64() {
            Some(1) => check_row(&mut at, part, &mut seen),
            Some(18) => check_label(&mut at, part, &mut seen),
            Some(10) => at.text(part, "content", true, 1, 4000),
            _ => at.sub("type").fault(
                "BASE_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
}

fn check_row(at: &mut At<'_>, row: &Value, seen: &mut HashSet<String>) {
    at.only_fields(row, &["type", "id", "components"]);
    let inputs = at.list(row, "components", 1, 1);
    if row["components"].is_null() {
        at.sub("components")
            .fault("BASE_TYPE_REQUIRED", "This field is required");
    }
    for (index, input) in inputs.iter().enumerate() {
        let mut components = at.sub("components");
        let mut at = components.sub(index);
        if input["type"] == 4 {
            at.text(input, "label", true, 1, 45);
            check_input(&mut at, input, seen);
        } else {
            at.sub("type").fault(
                "BASE_TYPE_CHOICES",
                "Value of field \"type\" must be one of (4,).",
            );
        }
    }
}

fn check_label(at: &mut At<'_>, label: &Value, seen: &mut HashSet<String>) {
    at.only_fields(label, &["type", "id", "label", "description", "component"]);
    at.text(label, "label", true, 1, 45);
    at.text(label, "description", false, 0, 100);
    let component = &label["component"];
    let mut at = at.sub("component");
    match component["type"].as_u64() {
        Some(4) => check_input(&mut at, component, seen),
        Some(3) => {
            check_id(&mut at, component, seen);
            super::components::check_options(&mut at, component);
        }
        Some(5..=8 | 19 | 21..=23) => check_id(&mut at, component, seen),
        _ => at
            .sub("type")
            .fault("BASE_TYPE_CHOICES", "not a component a Label can hold"),
    }
}

fn check_input(at: &mut At<'_>, input: &Value, seen: &mut HashSet<String>) {
    at.only_fields(
        input,
        &[
            "type",
            "id",
            "custom_id",
            "style",
            "label",
            "min_length",
            "max_length",
            "required",
            "value",
            "placeholder",
        ],
    );
    check_id(at, input, seen);
    at.text(input, "placeholder", false, 0, 100);
    at.number(input, "min_length", 0, 4000);
    at.number(input, "max_length", 1, 4000);
    at.boolean(input, "required");
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        at.sub("style")
            .fault("BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
    }
    let max = input["max_length"].as_u64().unwrap_or(4000);
    if input["min_length"].as_u64().unwrap_or(0) > max {
        at.sub("min_length").fault(
            "TEXT_INPUT_MIN_LENGTH",
            "min_length must be at most max_length",
        );
    }
    at.text(input, "value", false, 0, max as usize);
}

fn check_id(at: &mut At<'_>, input: &Value, seen: &mut HashSet<String>) {
    at.text(input, "custom_id", true, 1, 100);
    if let Some(id) = input["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        at.sub("custom_id").fault(
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
}
