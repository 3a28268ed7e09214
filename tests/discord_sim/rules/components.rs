//! Buttons and menus: counts, lengths, unique ids. Components V2 get the same checks, and their own total.

use std::collections::HashSet;

use serde_json::Value;

use super::At;

const LINK: u64 = 5;
const PREMIUM: u64 = 6;

/// Checks `components` of a message body.
pub fn check(at: &mut At<'_>, body: &Value, v2: bool) {
    let mut seen = HashSet::new();
    let rows = at.list(body, "components", 0, if v2 { 40 } else { 5 });
    if v2 && count(rows) > 40 {
        at.sub("components").fault(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "Must have at most 40 components in total.",
        );
    }
    for (index, component) in rows.iter().enumerate() {
        let mut components = at.sub("components");
        let mut at = components.sub(index);
        if component["type"] == 1 {
            check_row(&mut at, component, &mut seen);
        } else if v2 {
            check_deep(&mut at, component, &mut seen);
        } else {
            at.sub("type").fault(
                "BASE_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
        }
    }
}

fn count(components: &[Value]) -> usize {
    components
        .iter()
        .map(|component| {
            let inner = component["components"]
                .as_array()
                .map_or(0, |inner| count(inner));
            1 + inner + usize::from(!component["accessory"].is_null())
        })
        .sum()
}

fn check_row(at: &mut At<'_>, row: &Value, seen: &mut HashSet<String>) {
    at.only_fields(row, &["type", "id", "components"]);
    let parts = at.list(row, "components", 1, 5);
    if row["components"].is_null() {
        at.sub("components")
            .fault("BASE_TYPE_REQUIRED", "This field is required");
    }
    let menus = parts.iter().filter(|part| part["type"] != 2).count();
    if menus > 0 && parts.len() > 1 {
        at.sub("components").fault(
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        );
    }
    for (index, part) in parts.iter().enumerate() {
        let mut components = at.sub("components");
        check_control(&mut components.sub(index), part, seen);
    }
}

fn check_deep(at: &mut At<'_>, component: &Value, seen: &mut HashSet<String>) {
    match component["type"].as_u64() {
        Some(9 | 17) => {
            for (index, inner) in at.list(component, "components", 1, 40).iter().enumerate() {
                let mut components = at.sub("components");
                let mut at = components.sub(index);
                if inner["type"] == 1 {
                    check_row(&mut at, inner, seen)
                } else {
                    check_deep(&mut at, inner, seen)
                }
            }
            if component["accessory"]["type"] == 2 {
                check_control(&mut at.sub("accessory"), &component["accessory"], seen);
            }
        }
        Some(10) => at.text(component, "content", true, 1, 4000),
        Some(11..=14) => {}
        _ => at
            .sub("type")
            .fault("UNION_TYPE_CHOICES", "unknown component type"),
    }
}

/// A button or a select menu.
fn check_control(at: &mut At<'_>, part: &Value, seen: &mut HashSet<String>) {
    match part["type"].as_u64() {
        Some(2) => check_button(at, part, seen),
        Some(3) => {
            at.only_fields(
                part,
                &[
                    "type",
                    "id",
                    "custom_id",
                    "options",
                    "placeholder",
                    "min_values",
                    "max_values",
                    "disabled",
                    "required",
                ],
            );
            check_select(at, part, seen);
            check_options(at, part);
        }
        Some(5..=8) => {
            at.only_fields(
                part,
                &[
                    "type",
                    "id",
                    "custom_id",
                    "placeholder",
                    "min_values",
                    "max_values",
                    "disabled",
                    "required",
                    "default_values",
                    "channel_types",
                ],
            );
            check_select(at, part, seen);
        }
        _ => at.sub("type").fault(
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
        ),
    }
}

fn check_button(at: &mut At<'_>, button: &Value, seen: &mut HashSet<String>) {
    at.only_fields(
        button,
        &[
            "type",
            "id",
            "style",
            "label",
            "emoji",
            "custom_id",
            "sku_id",
            "url",
            "disabled",
        ],
    );
    at.text(button, "label", false, 0, 80);
    at.boolean(button, "disabled");
    let style = button["style"].as_u64().unwrap_or(0);
    match style {
        1..=4 => {
            check_custom_id(at, button, seen);
            if !button["url"].is_null() {
                at.sub("url").fault(
                    "BUTTON_COMPONENT_INVALID_URL",
                    "A custom id and url cannot both be specified",
                );
            }
            let unlabelled = button["label"].as_str().is_none_or(str::is_empty);
            if unlabelled && button["emoji"].is_null() {
                at.sub("label").fault(
                    "BUTTON_COMPONENT_LABEL_REQUIRED",
                    "A label or an emoji is required",
                );
            }
        }
        LINK => {
            at.text(button, "url", true, 1, 512);
            let url = button["url"].as_str().unwrap_or("https://");
            if !["http://", "https://", "discord://"]
                .iter()
                .any(|scheme| url.starts_with(scheme))
            {
                at.sub("url").fault(
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme must be one of ('http', 'https', 'discord').",
                );
            }
            if !button["custom_id"].is_null() {
                at.sub("custom_id").fault(
                    "BUTTON_COMPONENT_CUSTOM_ID_URL",
                    "A custom id and url cannot both be specified",
                );
            }
        }
        PREMIUM => {}
        _ => at.sub("style").fault(
            "BASE_TYPE_CHOICES",
            "Value must be one of (1, 2, 3, 4, 5, 6).",
        ),
    }
}

fn check_custom_id(at: &mut At<'_>, part: &Value, seen: &mut HashSet<String>) {
    at.text(part, "custom_id", true, 1, 100);
    if let Some(id) = part["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        at.sub("custom_id").fault(
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
}

fn check_select(at: &mut At<'_>, select: &Value, seen: &mut HashSet<String>) {
    check_custom_id(at, select, seen);
    at.text(select, "placeholder", false, 0, 150);
    at.number(select, "min_values", 0, 25);
    at.number(select, "max_values", 1, 25);
    let min = select["min_values"].as_u64().unwrap_or(1);
    let max = select["max_values"].as_u64().unwrap_or(1);
    if min > max {
        at.sub("min_values").fault(
            "SELECT_COMPONENT_MIN_VALUES",
            "min_values must be at most max_values",
        );
    }
}

pub fn check_options(at: &mut At<'_>, select: &Value) {
    let options = at.list(select, "options", 1, 25);
    if select["options"].is_null() {
        at.sub("options")
            .fault("BASE_TYPE_REQUIRED", "This field is required");
    }
    let mut values = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let mut list = at.sub("options");
        let mut at = list.sub(index);
        at.only_fields(
            option,
            &["label", "value", "description", "emoji", "default"],
        );
        at.text(option, "label", true, 1, 100);
        at.text(option, "value", true, 1, 100);
        at.text(option, "description", false, 0, 100);
        at.boolean(option, "default");
        if !values.insert(option["value"].as_str()) {
            at.sub("value").fault(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
    let max = select["max_values"].as_u64().unwrap_or(1) as usize;
    if max > options.len() && !options.is_empty() {
        at.sub("max_values").fault(
            "SELECT_COMPONENT_MAX_VALUES",
            "max_values must be at most the number of options",
        );
    }
    let chosen = options
        .iter()
        .filter(|option| option["default"] == true)
        .count();
    if chosen > max {
        at.sub("options").fault(
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
            "more default options than max_values",
        );
    }
}
