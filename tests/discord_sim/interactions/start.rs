//! Starting interactions: each method does what a person does in Discord's client, and fails the test where that
//! client would not let them.

use serde_json::{Value, json};

use super::super::ids::{ChannelId, InteractionId, MessageId, UserId};
use super::super::perms;
use super::super::sim::DiscordSim;
use super::super::state::State;
use super::handle::{InteractionHandle, modal as modal_of};
use super::options::Typist;
use super::{COMMAND, COMPLETION, COMPONENT, Interaction, MODAL_SUBMIT, Modal, collect};

/// What is particular to one interaction.
struct Opening {
    app: u64,
    kind: u8,
    user: u64,
    channel: u64,
    label: String,
    data: Value,
    source: Option<u64>,
    /// `interaction_metadata` of what led to it.
    trigger: Option<Value>,
}

impl State {
    fn typist(&self, user: u64, channel: u64) -> Result<Typist, String> {
        let place = self.channels.get(&channel).ok_or("no such channel")?;
        let granted = self.channel_permissions(channel, user);
        if granted & perms::VIEW_CHANNEL == 0 {
            return Err(format!(
                "{} cannot see channel {channel}",
                self.user_name(user)
            ));
        }
        Ok(Typist {
            app: self.app_in(channel),
            user,
            guild: place.guild,
        })
    }

    /// The main bot, or the bot of a private channel.
    fn app_in(&self, channel: u64) -> u64 {
        let recipients = &self.channels[&channel].recipients;
        let app = self.apps.iter().find(|app| recipients.contains(&app.bot));
        app.unwrap_or(&self.apps[0]).id
    }

    fn open(&mut self, opening: Opening) -> u64 {
        let id = self.clock.next_id();
        let token = self.secret("aW50ZXJhY3Rpb24");
        let channel = &self.channels[&opening.channel];
        let guild = channel.guild;
        let app = self.app(opening.app).expect("a known application").clone();
        let owners = json!({"0": guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string())});
        let mut place = self.render_channel(channel, app.bot);
        place["permissions"] = json!(
            self.channel_permissions(opening.channel, opening.user)
                .to_string()
        );
        let app_permissions = self.channel_permissions(opening.channel, app.bot);
        let mut payload = json!({
            "id": id.to_string(), "application_id": app.id.to_string(), "type": opening.kind, "token": token,
            "version": 1, "data": opening.data, "channel_id": opening.channel.to_string(), "channel": place,
            "locale": self.users[&opening.user].locale, "app_permissions": app_permissions.to_string(),
            "entitlements": [], "authorizing_integration_owners": owners,
            "context": if guild.is_some() { 0 } else { 1 }, "attachment_size_limit": 10 * 1024 * 1024,
        });
        if let Some(guild) = guild {
            let mut member = self.render_member(guild, opening.user);
            member["permissions"] = json!(
                self.channel_permissions(opening.channel, opening.user)
                    .to_string()
            );
            let locale = &self.guilds[&guild].locale;
            payload["guild_id"] = json!(guild.to_string());
            payload["guild_locale"] = json!(locale);
            payload["guild"] = json!({"id": guild.to_string(), "locale": locale, "features": []});
            payload["member"] = member;
        } else {
            payload["user"] = self.render_user(opening.user);
        }
        if let Some(source) = opening.source {
            payload["message"] = self.render_message(&self.messages[&source], app.bot);
        }
        let mut metadata = json!({
            "id": id.to_string(), "type": opening.kind, "user": self.render_user(opening.user),
            "authorizing_integration_owners": owners,
        });
        if let Some(source) = opening.source.filter(|_| opening.kind == COMPONENT) {
            metadata["interacted_message_id"] = json!(source.to_string());
        }
        if let Some(trigger) = opening.trigger {
            metadata["triggering_interaction_metadata"] = trigger;
        }
        let interaction = Interaction {
            id,
            token,
            app: app.id,
            kind: opening.kind,
            user: opening.user,
            channel: opening.channel,
            guild,
            created_ms: self.now(),
            label: opening.label,
            payload: payload.clone(),
            metadata,
            source: opening.source,
            first: None,
            first_ms: 0,
            late: false,
            double: false,
            original: None,
            loading: false,
            updates: 0,
            followups: Vec::new(),
        };
        self.interactions.insert(id, interaction);
        self.dispatch(
            "INTERACTION_CREATE",
            0,
            guild,
            |_, known| known.id == app.id,
            |_, _, _| payload.clone(),
        );
        id
    }
}

impl DiscordSim {
    #[track_caller]
    fn begin(
        &self,
        start: impl FnOnce(&mut State) -> Result<Opening, String>,
    ) -> InteractionHandle {
        self.try_begin(start)
            .unwrap_or_else(|reason| panic!("{reason}"))
    }

    fn try_begin(
        &self,
        start: impl FnOnce(&mut State) -> Result<Opening, String>,
    ) -> Result<InteractionHandle, String> {
        let id = self.update(|state| start(state).map(|opening| state.open(opening)))?;
        Ok(InteractionHandle {
            id: InteractionId(id),
            sim: self.clone(),
        })
    }

    /// A person calls a command: `"atelier créer"`, with the options by their default names.
    #[track_caller]
    pub fn slash(
        &self,
        user: UserId,
        channel: ChannelId,
        command: &str,
        options: &[(&str, Value)],
    ) -> InteractionHandle {
        self.try_slash(user, channel, command, options)
            .unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// The same, with the reason why Discord's client would not send it.
    pub fn try_slash(
        &self,
        user: UserId,
        channel: ChannelId,
        command: &str,
        options: &[(&str, Value)],
    ) -> Result<InteractionHandle, String> {
        self.try_begin(|state| typed(state, user, channel, command, options, None))
    }

    /// A person is typing the option `focused` of a command; the others are given as they stand.
    #[track_caller]
    pub fn autocomplete(
        &self,
        user: UserId,
        channel: ChannelId,
        command: &str,
        options: &[(&str, Value)],
        focused: &str,
    ) -> InteractionHandle {
        self.begin(|state| typed(state, user, channel, command, options, Some(focused)))
    }

    /// A person presses a button, which must be there, enabled, and visible to them.
    #[track_caller]
    pub fn click(&self, user: UserId, message: MessageId, custom_id: &str) -> InteractionHandle {
        self.begin(|state| {
            let button = control(state, user, message, custom_id)?;
            if button["type"] != 2 {
                return Err(format!("{custom_id:?} is not a button"));
            }
            let data = json!({"id": button["id"], "custom_id": custom_id, "component_type": 2});
            Ok(component(state, user, message, custom_id, data))
        })
    }

    /// A person chooses in a menu.
    #[track_caller]
    pub fn select(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        values: &[&str],
    ) -> InteractionHandle {
        self.begin(|state| {
            let menu = control(state, user, message, custom_id)?;
            let kind = menu["type"].as_u64().unwrap_or(0);
            if kind == 2 {
                return Err(format!("{custom_id:?} is a button, not a menu"));
            }
            check_choice(&menu, values)?;
            let mut data = json!({"id": menu["id"], "custom_id": custom_id, "component_type": kind, "values": values});
            if kind != 3 {
                data["resolved"] = resolved(state, values);
            }
            Ok(component(state, user, message, custom_id, data))
        })
    }

    /// A person fills in a form they were shown: (custom id, text). Fields not named keep their proposed value.
    #[track_caller]
    pub fn submit_modal(
        &self,
        user: UserId,
        modal: &Modal,
        fields: &[(&str, &str)],
    ) -> InteractionHandle {
        self.begin(|state| {
            let from = state
                .interactions
                .get(&modal.from.0)
                .ok_or("no such form")?
                .clone();
            if from.user != user.0 {
                return Err("the form was shown to someone else".to_owned());
            }
            let shown = from
                .first
                .as_ref()
                .map(|first| modal_of(&from, &first["data"]));
            if shown.as_ref() != Some(modal) {
                return Err("this is not the form that was shown".to_owned());
            }
            let components = filled(modal, fields)?;
            Ok(Opening {
                app: from.app,
                kind: MODAL_SUBMIT,
                user: user.0,
                channel: from.channel,
                label: format!("form {}", modal.custom_id),
                data: json!({"custom_id": modal.custom_id, "components": components}),
                source: from.source,
                trigger: Some(from.metadata),
            })
        })
    }
}

fn typed(
    state: &mut State,
    user: UserId,
    channel: ChannelId,
    command: &str,
    options: &[(&str, Value)],
    focused: Option<&str>,
) -> Result<Opening, String> {
    let who = state.typist(user.0, channel.0)?;
    if state.channel_permissions(channel.0, user.0) & perms::USE_APPLICATION_COMMANDS == 0 {
        return Err(format!(
            "{} may not use commands here",
            state.user_name(user.0)
        ));
    }
    let typed = state.type_command(&who, command, options, focused)?;
    let kind = if focused.is_some() {
        COMPLETION
    } else {
        COMMAND
    };
    let label = format!("/{command}");
    Ok(Opening {
        app: who.app,
        kind,
        user: user.0,
        channel: channel.0,
        label,
        data: typed.data,
        source: None,
        trigger: None,
    })
}

/// The enabled control with this custom id on a message the person sees.
fn control(
    state: &State,
    user: UserId,
    message: MessageId,
    custom_id: &str,
) -> Result<Value, String> {
    let name = state.user_name(user.0);
    let found = state
        .messages
        .get(&message.0)
        .filter(|message| !message.deleted)
        .ok_or("no such message")?;
    let hidden = found.only_for.is_some_and(|only| only != user.0);
    if hidden || state.channel_permissions(found.channel, user.0) & perms::VIEW_CHANNEL == 0 {
        return Err(format!("{name} does not see message {message}"));
    }
    let mut controls = Vec::new();
    collect(
        found.components.as_array().map_or(&[][..], Vec::as_slice),
        &mut controls,
    );
    let all: Vec<_> = controls
        .iter()
        .map(|control| control["custom_id"].as_str().unwrap_or(""))
        .collect();
    let control = controls
        .iter()
        .find(|control| control["custom_id"] == custom_id)
        .ok_or_else(|| format!("no control {custom_id:?} on the message, there are {all:?}"))?;
    if control["disabled"] == true {
        return Err(format!("{custom_id:?} is disabled"));
    }
    Ok((*control).clone())
}

fn component(
    state: &State,
    user: UserId,
    message: MessageId,
    custom_id: &str,
    data: Value,
) -> Opening {
    let found = &state.messages[&message.0];
    let app = state.app_of_bot(found.author).unwrap_or(&state.apps[0]).id;
    Opening {
        app,
        kind: COMPONENT,
        user: user.0,
        channel: found.channel,
        label: format!("control {custom_id}"),
        data,
        source: Some(message.0),
        trigger: None,
    }
}

fn check_choice(menu: &Value, values: &[&str]) -> Result<(), String> {
    let bound = |name: &str| menu[name].as_u64().unwrap_or(1) as usize;
    let (min, max) = (bound("min_values"), bound("max_values"));
    if values.len() < min || values.len() > max {
        return Err(format!(
            "{} chosen, the menu wants {min} to {max}",
            values.len()
        ));
    }
    if let Some(options) = menu["options"].as_array() {
        for value in values {
            if !options.iter().any(|option| option["value"] == *value) {
                let offered: Vec<_> = options
                    .iter()
                    .filter_map(|option| option["value"].as_str())
                    .collect();
                return Err(format!("{value:?} is not offered, there are {offered:?}"));
            }
        }
    }
    Ok(())
}

fn resolved(state: &State, values: &[&str]) -> Value {
    let mut found = json!({});
    for value in values {
        let id = value.parse::<u64>().unwrap_or(0);
        if state.users.contains_key(&id) {
            found["users"][*value] = state.render_user(id);
        } else if let Some(channel) = state.channels.get(&id) {
            found["channels"][*value] = state.render_channel(channel, 0);
        } else if let Some(role) = state.guilds.values().find_map(|guild| guild.roles.get(&id)) {
            found["roles"][*value] = state.render_role(role);
        }
    }
    found
}

/// The components of a submitted form, in the shape they were sent in.
fn filled(modal: &Modal, given: &[(&str, &str)]) -> Result<Value, String> {
    if let Some((unknown, _)) = given
        .iter()
        .find(|(id, _)| !modal.fields.iter().any(|field| field.custom_id == *id))
    {
        let ids: Vec<_> = modal.fields.iter().map(|field| &field.custom_id).collect();
        return Err(format!(
            "the form has no field {unknown:?}, there are {ids:?}"
        ));
    }
    let mut fields = modal.fields.iter();
    let parts = modal
        .components
        .as_array()
        .into_iter()
        .flatten()
        .enumerate();
    let mut filled = Vec::new();
    for (index, part) in parts {
        let number = index as u64 * 2 + 1;
        let kind = part["type"].as_u64().unwrap_or(0);
        if !matches!(kind, 1 | 18) {
            filled.push(json!({"type": kind, "id": number}));
            continue;
        }
        let field = fields.next().ok_or("fields and components differ")?;
        let typed = given
            .iter()
            .find(|(id, _)| *id == field.custom_id)
            .map(|(_, text)| *text);
        let text = typed.or(field.value.as_deref()).unwrap_or("");
        let length = text.chars().count();
        let wrong = length > field.max_length || (length > 0 && length < field.min_length);
        if wrong || (field.required && length == 0) {
            return Err(format!(
                "{length} characters in {:?} ({} to {}, required: {})",
                field.custom_id, field.min_length, field.max_length, field.required
            ));
        }
        let mut inner = json!({"type": field.kind, "id": number + 1, "custom_id": field.custom_id});
        if field.kind == 4 {
            inner["value"] = json!(text);
        } else {
            inner["values"] = text.split(',').filter(|value| !value.is_empty()).collect();
        }
        filled.push(if kind == 1 {
            json!({"type": 1, "id": number, "components": [inner]})
        } else {
            json!({"type": 18, "id": number, "component": inner})
        });
    }
    Ok(Value::Array(filled))
}
