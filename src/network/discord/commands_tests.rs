//! That Discord takes the commands, in every language, and that what it sends back is understood.

use super::*;
use crate::command::spec::COMMANDS;
use crate::domain::actor::Role;
use crate::i18n::Words;

impl Wording for Words {
    fn value(&self, language: Language, id: &str) -> String {
        self.plain(language, id)
    }

    fn attribute(&self, language: Language, id: &str, attribute: &str) -> Option<String> {
        Self::attribute(self, language, id, attribute)
    }

    fn terms(&self, vocabulary: &str) -> &[Term] {
        self.vocabularies.terms(vocabulary)
    }
}

/// Words that are the id and the language.
struct Ids;

impl Wording for Ids {
    fn value(&self, language: Language, id: &str) -> String {
        let tag = if language == Language::FrCa {
            "fr"
        } else {
            "en"
        };
        format!(
            "{}-{tag}",
            id.trim_start_matches("cmd-").trim_start_matches("arg-")
        )
    }

    fn attribute(&self, _: Language, id: &str, _: &str) -> Option<String> {
        Some(format!("Description de {id}"))
    }

    fn terms(&self, _: &str) -> &[Term] {
        &[]
    }
}

const SPECS: &[CommandSpec] = &[
    CommandSpec {
        id: "workshop.create",
        gate: Role::Organizer,
        args: &[
            ArgSpec {
                name: "title",
                kind: ArgKind::Text { max: 150 },
                required: true,
            },
            ArgSpec {
                name: "mode",
                kind: ArgKind::Choice(&["online", "onsite"]),
                required: false,
            },
        ],
    },
    CommandSpec {
        id: "workshop.list",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "vote",
        gate: Role::Citizen,
        args: &[ArgSpec {
            name: "poll",
            kind: ArgKind::Ballot,
            required: true,
        }],
    },
];

#[test]
fn discord_takes_the_real_commands_in_every_language() {
    let (commands, _) = build(COMMANDS, &Words::load().unwrap());
    assert_eq!(faults(&commands), Vec::<String>::new());
}

#[test]
fn the_real_names_need_no_repair() {
    let words = Words::load().unwrap();
    for language in Language::ALL {
        for spec in COMMANDS {
            let group = spec.name().1.map(|_| format!("cmd-{}", spec.name().0));
            let args = spec.args.iter().map(arg_id);
            for id in [Some(spec.words()), group]
                .into_iter()
                .flatten()
                .chain(args)
            {
                assert_eq!(
                    name(&words, language, &id),
                    words.plain(language, &id),
                    "{id} in {language}"
                );
            }
        }
    }
}

#[test]
fn groups_become_subcommands_and_default_names_are_french() {
    let (commands, _) = build(SPECS, &Ids);
    assert_eq!(faults(&commands), Vec::<String>::new());
    let group = commands
        .iter()
        .find(|command| command["name"] == "workshop-fr")
        .unwrap();
    assert_eq!(
        group["name_localizations"],
        json!({"fr": "workshop-fr", "en-US": "workshop-en", "en-GB": "workshop-en"})
    );
    assert_eq!(group["contexts"], json!([0, 1]));
    let create = &group["options"][0];
    assert_eq!(
        (&create["type"], &create["name"]),
        (&json!(1), &json!("workshop-create-fr"))
    );
    assert!(
        create["options"]
            .as_array()
            .unwrap()
            .iter()
            .all(|option| option.get("required").is_none())
    );
    assert_eq!(create["options"][0]["max_length"], 150);
    assert_eq!(create["options"][1]["choices"][0]["value"], "online");
    assert_eq!(
        create["options"][1]["choices"][0]["name_localizations"]["en-US"],
        "choice-mode-online-en"
    );
}

#[test]
fn what_comes_back_is_read_by_default_names() {
    let (_, index) = build(SPECS, &Ids);
    let read = |data: Value| index.read(&serde_json::from_value(data).unwrap());
    let create = json!({"name": "workshop-fr", "options": [{"name": "workshop-create-fr", "type": 1, "options": [
        {"name": "title-fr", "type": 3, "value": "Semences"}, {"name": "unknown", "type": 3, "value": "x"},
    ]}]});
    let args = vec![("title".to_owned(), "Semences".to_owned())];
    assert_eq!(read(create), Some(("workshop.create".to_owned(), args)));
    let vote =
        json!({"name": "vote-fr", "options": [{"name": "poll-fr", "type": 3, "value": "S1"}]});
    assert_eq!(
        read(vote),
        Some((
            "vote".to_owned(),
            vec![("poll".to_owned(), "S1".to_owned())]
        ))
    );
    assert_eq!(read(json!({"name": "workshop-fr"})), None);
    assert_eq!(read(json!({"name": "gone"})), None);
}

/// What Discord would refuse in `commands`
/// (<https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming>).
fn faults(commands: &[Value]) -> Vec<String> {
    fn names(item: &Value) -> Vec<(String, String)> {
        let mut names = vec![(
            "default".to_owned(),
            item["name"].as_str().unwrap_or_default().to_owned(),
        )];
        for (locale, name) in item["name_localizations"].as_object().into_iter().flatten() {
            names.push((locale.clone(), name.as_str().unwrap_or_default().to_owned()));
        }
        names
    }
    fn siblings(items: &[Value], place: &str, faults: &mut Vec<String>) {
        for locale in ["default", "fr", "en-US", "en-GB"] {
            let mut seen: HashMap<String, usize> = HashMap::new();
            for (number, item) in items.iter().enumerate() {
                for (_, name) in names(item)
                    .into_iter()
                    .filter(|(l, _)| l == locale || l == "default")
                {
                    if seen
                        .insert(name.clone(), number)
                        .is_some_and(|other| other != number)
                    {
                        faults.push(format!("{place}: two are called {name:?} ({locale})"));
                    }
                }
            }
        }
    }
    fn check(item: &Value, place: &str, depth: u8, faults: &mut Vec<String>) -> usize {
        let place = format!("{place}/{}", item["name"].as_str().unwrap_or_default());
        for (locale, name) in names(item) {
            let good = (1..=32).contains(&name.chars().count())
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
                && name == name.to_lowercase();
            if !good {
                faults.push(format!("{place}: name {name:?} ({locale})"));
            }
        }
        let mut descriptions = vec![&item["description"]];
        descriptions.extend(
            item["description_localizations"]
                .as_object()
                .into_iter()
                .flat_map(Map::values),
        );
        for description in &descriptions {
            let length = description.as_str().unwrap_or_default().chars().count();
            if !(1..=100).contains(&length) {
                faults.push(format!("{place}: a description of {length} characters"));
            }
        }
        let longest = |default: &Value, all: &Value| {
            let all = all
                .as_object()
                .into_iter()
                .flat_map(Map::values)
                .chain([default]);
            all.map(|words| words.as_str().unwrap_or_default().chars().count())
                .max()
                .unwrap_or(0)
        };
        let mut size = longest(&item["name"], &item["name_localizations"])
            + longest(&item["description"], &item["description_localizations"]);
        let options = item["options"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        if options.len() > 25 {
            faults.push(format!("{place}: {} options", options.len()));
        }
        siblings(options, &place, faults);
        for option in options {
            if option["type"] == json!(SUBCOMMAND) && depth > 0 {
                faults.push(format!("{place}: a subcommand below a subcommand"));
            }
            size += check(option, &place, depth + 1, faults);
        }
        let choices = item["choices"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        if choices.len() > 25 {
            faults.push(format!("{place}: {} choices", choices.len()));
        }
        for choice in choices {
            size += longest(&choice["name"], &choice["name_localizations"])
                + choice["value"].as_str().unwrap_or_default().len();
        }
        size
    }
    let mut faults = Vec::new();
    if commands.len() > 100 {
        faults.push(format!("{} commands", commands.len()));
    }
    siblings(commands, "", &mut faults);
    for command in commands {
        let size = check(command, "", 0, &mut faults);
        if size > 8_000 {
            faults.push(format!("{}: {size} characters in all", command["name"]));
        }
    }
    faults
}
