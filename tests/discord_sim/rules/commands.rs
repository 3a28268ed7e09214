//! Application commands: names, locales, order of options, nesting, sizes.
//!
//! Source: Discord's docs, interactions/application-commands.

use std::collections::HashSet;

use serde_json::Value;

use super::At;

const COMMAND: &[&str] = &[
    "id",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "default_permission",
    "integration_types",
    "contexts",
    "type",
    "nsfw",
    "handler",
];
const OPTION: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
];
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

/// The body of a bulk overwrite.
pub fn check_all(mut at: At<'_>, commands: &Value) {
    let Some(list) = commands.as_array() else {
        at.fault(
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
        return;
    };
    let mut names = HashSet::new();
    let mut counts = [0; 4];
    for (index, command) in list.iter().enumerate() {
        let mut at = at.sub(index);
        check(&mut at, command, true);
        let kind = command["type"].as_u64().unwrap_or(1);
        counts[(kind as usize).min(3)] += 1;
        if !names.insert((kind, command["name"].as_str())) {
            at.sub("name").fault(
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    if counts[1] > 100 || counts[2] > 15 || counts[3] > 15 {
        at.fault(
            "BASE_TYPE_MAX_LENGTH",
            "Maximum number of application commands reached (100).",
        );
    }
}

/// One command; `whole` when nothing may be missing (an edit may leave fields out).
pub fn check(at: &mut At<'_>, command: &Value, whole: bool) {
    at.only_fields(command, COMMAND);
    let chat = command["type"].as_u64().unwrap_or(1) == 1;
    check_names(at, command, chat, whole);
    match &command["default_member_permissions"] {
        Value::Null => {}
        Value::String(bits) if bits.parse::<u64>().is_ok() => {}
        _ => at.sub("default_member_permissions").fault(
            "SIM_PERMISSIONS_STRING",
            "must be a string of decimal digits",
        ),
    }
    for (field, max) in [("contexts", 2), ("integration_types", 1)] {
        for value in at.list(command, field, 0, 3) {
            if value.as_u64().is_none_or(|value| value > max) {
                at.sub(field).fault(
                    "BASE_TYPE_CHOICES",
                    format!("{value} is not one of 0 to {max}"),
                );
            }
        }
    }
    if !chat
        && command["options"]
            .as_array()
            .is_some_and(|options| !options.is_empty())
    {
        at.sub("options")
            .fault("SIM_NO_OPTIONS", "only chat commands have options");
    }
    check_options(at, command, 0);
    let budget = weight(command);
    if budget > 8000 {
        at.fault(
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("Command exceeds maximum size (8000), it has {budget}"),
        );
    }
}

fn check_names(at: &mut At<'_>, thing: &Value, chat: bool, whole: bool) {
    at.text(thing, "name", whole, 1, 32);
    check_locales(at, thing, "name_localizations");
    check_locales(at, thing, "description_localizations");
    if chat {
        at.text(thing, "description", whole, 1, 100);
        let localized = thing["name_localizations"]
            .as_object()
            .into_iter()
            .flatten();
        let texts = localized.filter_map(|(locale, name)| Some((Some(locale), name.as_str()?)));
        for (locale, name) in thing["name"]
            .as_str()
            .map(|name| (None, name))
            .into_iter()
            .chain(texts)
        {
            if !is_name(name) {
                let path = locale.map_or_else(
                    || "name".to_owned(),
                    |locale| format!("name_localizations.{locale}"),
                );
                at.sub(path).fault(
                    "APPLICATION_COMMAND_INVALID_NAME",
                    format!("Command name {name:?} is invalid"),
                );
            }
        }
        for (locale, text) in thing["description_localizations"]
            .as_object()
            .into_iter()
            .flatten()
        {
            let length = text.as_str().map_or(0, |text| text.chars().count());
            if !(1..=100).contains(&length) {
                let path = format!("description_localizations.{locale}");
                at.sub(path).fault(
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 100 in length.",
                );
            }
        }
    } else if !thing["description"].as_str().is_none_or(str::is_empty) {
        at.sub("description").fault(
            "APPLICATION_COMMAND_DESCRIPTION",
            "Context menu commands cannot have a description",
        );
    }
}

/// `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, and lowercase wherever the letter has a lowercase.
fn is_name(name: &str) -> bool {
    let scripts =
        |letter: char| matches!(letter, '\u{0900}'..='\u{097f}' | '\u{0e00}'..='\u{0e7f}');
    let good = |letter: char| letter.is_alphanumeric() || "-_'".contains(letter) || scripts(letter);
    (1..=32).contains(&name.chars().count())
        && name.chars().all(good)
        && name.to_lowercase() == name
}

pub fn check_locales(at: &mut At<'_>, thing: &Value, field: &str) {
    for locale in thing[field]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(locale, _)| locale)
    {
        if !super::others::LOCALES.contains(&locale.as_str()) {
            at.sub(field).sub(locale).fault(
                "BASE_TYPE_CHOICES",
                format!("Discord has no locale {locale:?}"),
            );
        }
    }
}

/// `depth`: 0 under the command, 1 under a group or subcommand, 2 under a group's subcommand.
fn check_options(at: &mut At<'_>, thing: &Value, depth: usize) {
    let options = at.list(thing, "options", 0, 25);
    let nested = |option: &Value| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP));
    if options.iter().any(nested) && !options.iter().all(nested) {
        at.sub("options").fault("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types");
    }
    let defaults: HashSet<&str> = options
        .iter()
        .filter_map(|option| option["name"].as_str())
        .collect();
    if defaults.len() != options.len() {
        at.sub("options").fault(
            "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
            "Option names must be unique",
        );
    }
    let mut optional_seen = false;
    for (index, option) in options.iter().enumerate() {
        let mut list = at.sub("options");
        let mut at = list.sub(index);
        let required = option["required"] == true;
        if required && optional_seen {
            at.fault(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !required;
        for (locale, name) in option["name_localizations"]
            .as_object()
            .into_iter()
            .flatten()
        {
            // A localized name equal to another option's default name would be ambiguous.
            if name
                .as_str()
                .is_some_and(|name| defaults.contains(name) && option["name"] != name)
            {
                at.sub("name_localizations").sub(locale).fault(
                    "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
                    "Localized option name clashes with another option's name",
                );
            }
        }
        check_option(&mut at, option, depth);
    }
}

fn check_option(at: &mut At<'_>, option: &Value, depth: usize) {
    at.only_fields(option, OPTION);
    check_names(at, option, true, true);
    at.boolean(option, "required");
    at.boolean(option, "autocomplete");
    let kind = option["type"].as_u64().unwrap_or(0);
    let allowed = match depth {
        0 => (1..=11).contains(&kind),
        _ if kind == GROUP => false,
        _ => kind == SUBCOMMAND && depth == 1 || (3..=11).contains(&kind),
    };
    if !allowed {
        at.sub("type").fault(
            "UNION_TYPE_CHOICES",
            format!("option type {kind} is not allowed here"),
        );
    }
    match kind {
        GROUP => {
            if option["options"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|inner| inner["type"] != SUBCOMMAND)
            {
                at.sub("options").fault(
                    "UNION_TYPE_CHOICES",
                    "a group holds subcommands and has no options of its own",
                );
            }
            check_options(at, option, 1);
        }
        // Under a subcommand only plain options remain.
        SUBCOMMAND => check_options(at, option, 2),
        _ => {
            if !option["options"].is_null() && option["options"] != Value::Array(Vec::new()) {
                at.sub("options")
                    .fault("SIM_NO_OPTIONS", "only groups and subcommands hold options");
            }
            check_choices(at, option, kind);
        }
    }
}

fn check_choices(at: &mut At<'_>, option: &Value, kind: u64) {
    let choices = at.list(option, "choices", 0, 25);
    if !choices.is_empty() && option["autocomplete"] == true {
        at.sub("autocomplete").fault(
            "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
            "choices and autocomplete exclude each other",
        );
    }
    if (!choices.is_empty() || option["autocomplete"] == true) && !matches!(kind, 3 | 4 | 10) {
        at.sub("choices").fault(
            "SIM_NO_CHOICES",
            "only strings, integers and numbers have choices or autocomplete",
        );
    }
    let mut names = HashSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let mut list = at.sub("choices");
        let mut at = list.sub(index);
        at.only_fields(choice, &["name", "name_localizations", "value"]);
        at.text(choice, "name", true, 1, 100);
        check_locales(&mut at, choice, "name_localizations");
        let fits = match kind {
            3 => choice["value"]
                .as_str()
                .is_some_and(|value| (1..=100).contains(&value.chars().count())),
            4 => choice["value"].is_i64() || choice["value"].is_u64(),
            _ => choice["value"].is_number(),
        };
        if !fits {
            at.sub("value").fault(
                "BASE_TYPE_BAD_VALUE",
                "value does not fit the option's type or length",
            );
        }
        if !names.insert(choice["name"].as_str()) {
            at.sub("name").fault(
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED",
                "Choice names must be unique",
            );
        }
    }
}

/// Characters towards the 8000 of one command: names, descriptions and values, the longest localisation each.
fn weight(thing: &Value) -> usize {
    let chars = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let longest = |plain: &str, localized: &str| {
        let others = thing[localized]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, text)| chars(text));
        others.chain([chars(&thing[plain])]).max().unwrap_or(0)
    };
    let inner = ["options", "choices"]
        .iter()
        .flat_map(|list| thing[list].as_array().into_iter().flatten());
    longest("name", "name_localizations")
        + longest("description", "description_localizations")
        + chars(&thing["value"])
        + inner.map(weight).sum::<usize>()
}
