//! People: what they type and press, and what they are answered.

use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::{
    Desk,
    permission::{self, ADMINISTRATOR, USE_COMMANDS},
    place::Channel,
    show::Shown,
    wire,
    world::{self, Acknowledged, Deed, Interaction, Kind, Place, World},
};

const STRING: u64 = 3;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;
const ROLE: u64 = 8;
const NUMBER: u64 = 10;

/// Somebody with an account.
#[derive(Clone)]
pub struct Person {
    desk: Arc<Desk>,
    pub id: u64,
}

impl Person {
    pub(super) fn new(desk: &Arc<Desk>, name: &str) -> Self {
        let id = desk.change(|world| {
            let id = world.next_id();
            let person = world::Person { id, name: name.to_owned(), locale: "en-US".to_owned() };
            world.people.insert(id, person);
            id
        });
        Self { desk: Arc::clone(desk), id }
    }

    /// From now on this is the language of their client.
    pub fn speaks(&self, locale: &str) {
        self.desk.change(|world| world.people.get_mut(&self.id).unwrap().locale = locale.to_owned());
    }

    /// Their private conversation with the bot.
    pub fn private(&self) -> Channel {
        let id = self.desk.change(|world| world.private_channel(self.id));
        Channel { desk: Arc::clone(&self.desk), id }
    }

    /// Whether their client offers them a command there.
    pub fn sees(&self, channel: &Channel, command: &str) -> bool {
        let world = self.desk.world();
        world.commands.iter().any(|one| one["name"] == command && may_use(&world, self.id, channel.id, one))
    }

    /// They type a command as clients show it, `/subscribe service:acme severity:all`, and press Enter.
    pub fn types(&self, channel: &Channel, line: &str) -> Asked {
        self.send(channel, line, false)
    }

    /// They are in the middle of typing the last option of such a line.
    pub fn is_typing(&self, channel: &Channel, line: &str) -> Asked {
        self.send(channel, line, true)
    }

    fn send(&self, channel: &Channel, line: &str, is_typing: bool) -> Asked {
        let id = self.desk.change(|world| {
            let (name, rest) =
                line.trim_start_matches('/').split_once(' ').unwrap_or((line.trim_start_matches('/'), ""));
            let command = world.commands.iter().find(|one| one["name"] == name).cloned();
            let command = command.unwrap_or_else(|| panic!("there is no command /{name} for people to type"));
            assert!(may_use(world, self.id, channel.id, &command), "their client does not offer them /{name} here");
            let (options, kind) = options(&command, rest, is_typing);
            let resolved = resolved(world, channel.id, &options);
            let mut data = json!({"id": command["id"], "name": name, "type": 1, "options": options});
            if let Some(resolved) = resolved {
                data["resolved"] = resolved;
            }
            let deed = if is_typing { Deed::Completion(kind) } else { Deed::Command };
            act(world, self.id, channel.id, deed, data)
        });
        Asked { desk: Arc::clone(&self.desk), id }
    }

    /// They press a button below a message.
    pub fn presses(&self, message: &Shown, label: &str) -> Asked {
        let button = message.button(label);
        let custom_id = button.custom_id.as_ref().expect("a link leads elsewhere and tells nobody");
        assert!(!button.is_disabled, "{label} cannot be pressed");
        let id = self.desk.change(|world| {
            let found = world.message(message.place).expect("the message is gone");
            let is_for_another = found.is_ephemeral() && found.interaction.is_none_or(|(_, whose)| whose != self.id);
            assert!(!is_for_another, "they do not see this message");
            let deed = Deed::Press(message.place, found.edits);
            let data = json!({"id": 1, "component_type": 2, "custom_id": custom_id});
            act(world, self.id, message.place.channel, deed, data)
        });
        Asked { desk: Arc::clone(&self.desk), id }
    }
}

/// Whether somebody's client offers them a command in a channel.
fn may_use(world: &World, person: u64, channel: u64, command: &Value) -> bool {
    let is_among = |key: &str, wanted: u64| command[key].as_array().is_none_or(|all| all.contains(&json!(wanted)));
    let Some(guild) = world.guild_of(channel) else { return is_among("contexts", 1) };
    // Without the bot in the server, the app is there only for those who have it in their account.
    if !guild.has_bot && !command["integration_types"].as_array().is_some_and(|all| all.contains(&json!(1))) {
        return false;
    }
    let has = world.permissions(channel, person);
    let name = command["name"].as_str().unwrap_or_default();
    if !is_among("contexts", 0) || has & USE_COMMANDS == 0 {
        return false;
    }
    let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
    let is_administrator = permission::in_guild(guild, person) & ADMINISTRATOR != 0;
    let fits = needed.is_none_or(|bits| bits != 0 && has & bits == bits);
    fits || is_administrator || guild.lets.contains(&(name.to_owned(), person))
}

/// What the options of a line look like to the bot, and the kind of the last.
fn options(command: &Value, line: &str, is_typing: bool) -> (Vec<Value>, i64) {
    let declared = command["options"].as_array().cloned().unwrap_or_default();
    let name_of = |option: &Value| option["name"].as_str().unwrap().to_owned();
    // Values may have spaces in them; an option begins where its name and a colon stand.
    let mut starts: Vec<(usize, &Value)> = declared
        .iter()
        .filter_map(|option| {
            let label = format!("{}:", name_of(option));
            let starts_here = |(at, _): &(usize, &str)| *at == 0 || line.as_bytes()[at - 1] == b' ';
            line.match_indices(&label).find(starts_here).map(|(at, _)| (at, option))
        })
        .collect();
    starts.sort_by_key(|(at, _)| *at);
    assert!(starts.first().is_some_and(|(at, _)| *at == 0) || line.is_empty(), "{line:?} names no option of {command}");
    let mut given = Vec::new();
    let mut last_kind = 0;
    for (index, (at, option)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(line.len(), |(next, _)| *next);
        let is_focused = is_typing && index + 1 == starts.len();
        let text = &line[at + name_of(option).len() + 1..end];
        let text = if is_focused { text } else { text.trim() };
        let kind = option["type"].as_u64().unwrap();
        last_kind = i64::try_from(kind).unwrap();
        let mut value = Map::from_iter([
            ("name".to_owned(), option["name"].clone()),
            ("type".to_owned(), option["type"].clone()),
            ("value".to_owned(), if is_focused { json!(text) } else { typed(option, kind, text) }),
        ]);
        if is_focused {
            assert_eq!(option["autocomplete"], true, "clients do not ask the bot about {option}");
            value.insert("focused".to_owned(), json!(true));
        }
        given.push(Value::Object(value));
    }
    for option in declared.iter().filter(|option| option["required"] == true && !is_typing) {
        assert!(given.iter().any(|one| one["name"] == option["name"]), "clients insist on {option}");
    }
    (given, last_kind)
}

/// What the roles are whose ids stand in options.
fn resolved(world: &World, channel: u64, options: &[Value]) -> Option<Value> {
    let ids = options.iter().filter(|one| one["type"] == ROLE).filter_map(|one| one["value"].as_str());
    let roles = &world.guild_of(channel)?.roles;
    let found = ids.map(|id| {
        let role = roles.iter().find(|role| role.id.to_string() == id).expect("clients let a role be chosen");
        (id.to_owned(), wire::role(role))
    });
    let found: Map<String, Value> = found.collect();
    (!found.is_empty()).then(|| json!({"roles": found}))
}

fn typed(option: &Value, kind: u64, text: &str) -> Value {
    let value = match kind {
        STRING => json!(text),
        INTEGER => json!(text.parse::<i64>().expect("clients let nothing but an integer be typed")),
        NUMBER => json!(text.parse::<f64>().expect("clients let nothing but a number be typed")),
        BOOLEAN => json!(text.parse::<bool>().expect("clients let true or false be chosen")),
        // Users, roles, channels are chosen, and arrive as ids.
        _ => json!(text.trim_matches(|sign| "<@#&!>".contains(sign))),
    };
    if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty()) {
        assert!(
            choices.iter().any(|choice| choice["value"] == value),
            "clients let one of the choices be chosen: {option}"
        );
    }
    value
}

/// Somebody does something; the bot is told of it. Gives the interaction's id.
fn act(world: &mut World, person: u64, channel: u64, deed: Deed, data: Value) -> u64 {
    let (id, asked_at) = (world.next_id(), world.now());
    let token = format!("{id}-aW50ZXJhY3Rpb246{:032x}", id.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let guild = world.guild_of(channel).map(|guild| guild.id);
    let has_bot = guild.is_none_or(|guild| world.guilds[&guild].has_bot);
    let told = payload(world, (id, &token), person, channel, &deed, data);
    world.interactions.insert(
        id,
        Interaction {
            id,
            token,
            deed,
            person,
            channel,
            asked_at,
            acknowledged: None,
            original: None,
            follow_ups: Vec::new(),
            is_user_install: !has_bot,
        },
    );
    world.tell(guild, "INTERACTION_CREATE", told);
    id
}

fn payload(world: &World, (id, token): (u64, &str), person: u64, channel: u64, deed: &Deed, data: Value) -> Value {
    let found = &world.channels[&channel];
    let mut told_channel = wire::channel(world, found);
    told_channel["permissions"] = json!(world.permissions(channel, person).to_string());
    let kind = match deed {
        Deed::Command => 2,
        Deed::Press(..) => 3,
        Deed::Completion(_) => 4,
    };
    let mut told = json!({
        "id": id.to_string(), "application_id": world.application.to_string(), "type": kind, "token": token, "version": 1,
        "channel_id": channel.to_string(), "channel": told_channel, "locale": world.people[&person].locale,
        "app_permissions": world.permissions(channel, world.bot).to_string(), "entitlements": [], "entitlement_sku_ids": [],
        "attachment_size_limit": 10_485_760,
    });
    if let Some(guild) = world.guild_of(channel) {
        let mut member = wire::member(world, guild, person).expect("they are not in this server");
        member["permissions"] = json!(world.permissions(channel, person).to_string());
        let owner = if guild.has_bot { ("0", guild.id) } else { ("1", person) };
        told["context"] = json!(0);
        told["guild_id"] = json!(guild.id.to_string());
        told["guild_locale"] = json!(guild.locale);
        told["guild"] = json!({"id": guild.id.to_string(), "locale": guild.locale, "features": ["COMMUNITY"]});
        told["member"] = member;
        told["authorizing_integration_owners"] = json!({owner.0: owner.1.to_string()});
    } else {
        assert_eq!(found.kind, Kind::Private, "a channel without a server");
        told["context"] = json!(1);
        told["user"] = wire::user(world, person);
        told["authorizing_integration_owners"] = json!({"0": "0"});
    }
    if let Deed::Press(place, _) = deed {
        told["message"] = wire::message(world, place.channel, world.message(*place).unwrap());
    }
    told["data"] = data;
    told
}

/// Something somebody did, and whatever comes back.
#[derive(Clone)]
pub struct Asked {
    desk: Arc<Desk>,
    id: u64,
}

impl Asked {
    /// Waits until the bot has said anything at all, be it that it thinks. If it does not in time, the person is told that it did not
    /// respond, and the test fails.
    pub async fn until_acknowledged(&self) {
        let patience = self.desk.world().settings.answer_within + Duration::from_secs(1);
        let look = |world: &World| world.interactions[&self.id].acknowledged.is_some().then_some(());
        let answered = timeout(patience, self.desk.until("an answer", look)).await;
        assert!(answered.is_ok(), "The application did not respond\n{}", self.desk.world().report());
    }

    /// Waits for the answer.
    pub async fn answer(&self) -> Shown {
        self.until_acknowledged().await;
        self.desk
            .until("the answer itself", |world| answers(world, &world.interactions[&self.id]).into_iter().next())
            .await
    }

    /// The interaction's id and token, which only the bot is told.
    pub fn credentials(&self) -> (u64, String) {
        (self.id, self.desk.world().interactions[&self.id].token.clone())
    }

    /// All answers so far.
    pub fn answers(&self) -> Vec<Shown> {
        let world = self.desk.world();
        answers(&world, &world.interactions[&self.id])
    }

    /// Waits for so many answers.
    pub async fn until_answers(&self, count: usize) -> Vec<Shown> {
        let look = |world: &World| Some(answers(world, &world.interactions[&self.id])).filter(|all| all.len() >= count);
        self.desk.until(&format!("{count} answers"), look).await
    }

    /// Waits for what is offered to somebody typing: what they see, and what is typed for them.
    pub async fn choices(&self) -> Vec<(String, Value)> {
        self.until_acknowledged().await;
        match &self.desk.world().interactions[&self.id].acknowledged {
            Some((Acknowledged::Choices(choices), _)) => choices.clone(),
            other => panic!("no choices, but {other:?}"),
        }
    }

    /// How long the bot took to say anything.
    pub fn waited(&self) -> Option<Duration> {
        let world = self.desk.world();
        let interaction = &world.interactions[&self.id];
        let (_, at) = interaction.acknowledged.as_ref()?;
        Some(Duration::from_millis(at - interaction.asked_at))
    }
}

/// What somebody was answered, as far as it is there.
fn answers(world: &World, asked: &Interaction) -> Vec<Shown> {
    let had_edits = |place: &Place| match asked.deed {
        Deed::Press(pressed, edits) if pressed == *place => Some(edits),
        Deed::Press(..) | Deed::Command | Deed::Completion(_) => None,
    };
    let is_there = |place: &&Place| {
        let is_new = |message: &world::Message| had_edits(place).is_none_or(|before| message.edits > before);
        world.message(**place).is_some_and(|message| !message.is_thinking() && is_new(message))
    };
    asked.original.iter().chain(&asked.follow_ups).filter(is_there).filter_map(|place| world.shown(*place)).collect()
}
