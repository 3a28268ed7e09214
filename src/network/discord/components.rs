//! Buttons, menus and forms. Pure, like [`super::render`], and in the same limits
//! (<https://docs.discord.com/developers/components/reference>).
//!
//! `custom_id`s are our own invocations, never a person's words.

use serde_json::{Value, json};

use super::escape::{cut, plain, units};
use crate::domain::card::{Action, Choice, Control, Form};

const ROWS: usize = 5;
const BUTTONS_IN_ROW: usize = 5;
const LABEL: usize = 80;
const OPTIONS: usize = 25;
const OPTION: usize = 100;
const PLACEHOLDER: usize = 150;
const CUSTOM_ID: usize = 100;
const URL: usize = 512;
const MODAL_TITLE: usize = 45;
const MODAL_FIELDS: usize = 5;
const INPUT_LABEL: usize = 45;
const INPUT_HINT: usize = 100;
const INPUT_VALUE: usize = 4_000;

/// The rows of buttons and menus. What does not fit (more than 5 rows, an over-long or repeated
/// `custom_id`) is left out rather than make Discord refuse the whole message: everything can be typed too.
pub(super) fn components(actions: &[Action]) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    let mut buttons: Vec<Value> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for action in actions {
        if let Control::Link(address) = &action.control {
            buttons.extend(link(action, address));
            if buttons.len() == BUTTONS_IN_ROW {
                flush(&mut buttons, &mut rows);
            }
            continue;
        }
        let id = action.invoke.as_str();
        if id.is_empty() || units(id) > CUSTOM_ID || seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match &action.control {
            Control::Menu(choices) => {
                flush(&mut buttons, &mut rows);
                rows.extend(menu(action, choices, 1).as_ref().map(row_of_one));
            }
            Control::Several { choices, most } => {
                flush(&mut buttons, &mut rows);
                rows.extend(menu(action, choices, *most).as_ref().map(row_of_one));
            }
            Control::Button | Control::Primary | Control::Link(_) => {
                buttons.extend(button(action));
                if buttons.len() == BUTTONS_IN_ROW {
                    flush(&mut buttons, &mut rows);
                }
            }
        }
    }
    flush(&mut buttons, &mut rows);
    rows.truncate(ROWS);
    rows
}

fn flush(buttons: &mut Vec<Value>, rows: &mut Vec<Value>) {
    if !buttons.is_empty() {
        rows.push(json!({ "type": 1, "components": std::mem::take(buttons) }));
    }
}

fn row_of_one(component: &Value) -> Value {
    json!({ "type": 1, "components": [component] })
}

fn button(action: &Action) -> Option<Value> {
    let label = cut(&plain(&action.label), LABEL);
    let style = if action.control == Control::Primary {
        1
    } else {
        2
    };
    let mut button = json!({ "type": 2, "style": style, "custom_id": action.invoke });
    let fields = button.as_object_mut()?;
    if !label.is_empty() {
        fields.insert("label".to_owned(), json!(label));
    }
    if let Some(emoji) = action.emoji.as_deref().filter(|emoji| !emoji.is_empty()) {
        fields.insert("emoji".to_owned(), json!({ "name": emoji }));
    } else if label.is_empty() {
        return None;
    }
    Some(button)
}

fn link(action: &Action, address: &str) -> Option<Value> {
    let label = cut(&plain(&action.label), LABEL);
    // A link that is cut leads nowhere.
    let fits = !label.is_empty() && units(address) <= URL;
    fits.then(|| json!({ "type": 2, "style": 5, "label": label, "url": address }))
}

fn menu(action: &Action, choices: &[Choice], most: usize) -> Option<Value> {
    let mut options: Vec<Value> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut chosen = 0;
    for choice in choices {
        let value = choice.value.as_str();
        let label = cut(&plain(&choice.label), OPTION);
        if value.is_empty() || units(value) > OPTION || label.is_empty() || seen.contains(&value) {
            continue;
        }
        seen.push(value);
        // No more can be the present choice than can be chosen.
        let default = choice.chosen && chosen < most;
        chosen += usize::from(default);
        options.push(json!({ "label": label, "value": value, "default": default }));
        if options.len() == OPTIONS {
            break;
        }
    }
    if options.is_empty() {
        return None;
    }
    let placeholder = cut(&plain(&action.label), PLACEHOLDER);
    Some(json!({
        "type": 3,
        "custom_id": action.invoke,
        "placeholder": placeholder,
        "min_values": 1,
        "max_values": most.clamp(1, options.len()),
        "options": options,
    }))
}

/// A form as the first answer to an interaction; none if Discord could not show it.
pub(super) fn modal(form: &Form) -> Option<Value> {
    let title = cut(&plain(&form.title), MODAL_TITLE);
    if form.invoke.is_empty()
        || units(&form.invoke) > CUSTOM_ID
        || title.is_empty()
        || form.fields.len() > MODAL_FIELDS
    {
        return None;
    }
    let rows: Vec<Value> = form
        .fields
        .iter()
        .map(|field| {
            let mut input = json!({
                "type": 4,
                "custom_id": field.name,
                "style": if field.long { 2 } else { 1 },
                "label": cut(&plain(&field.label), INPUT_LABEL),
                "required": field.required,
            });
            if let Some(input) = input.as_object_mut() {
                if !field.hint.is_empty() {
                    input.insert(
                        "placeholder".to_owned(),
                        json!(cut(&plain(&field.hint), INPUT_HINT)),
                    );
                }
                if let Some(value) = field.value.as_deref().filter(|value| !value.is_empty()) {
                    input.insert("value".to_owned(), json!(cut(value, INPUT_VALUE)));
                }
            }
            row_of_one(&input)
        })
        .collect();
    (!rows.is_empty()).then(|| {
        json!({ "type": 9, "data": { "custom_id": form.invoke, "title": title, "components": rows } })
    })
}
