//! What a person typed, pressed or is typing, read from Discord's own JSON with as few demands as possible: a field that
//! is missing or new must not make the bot silent.

use std::fmt;

use serde_json::Value;

use super::{
    place::Place,
    render::pressed,
    rights::{ADMINISTRATOR, Right, Room},
};
use crate::{
    commands::{Permission, spec},
    domain::Locale,
};

/// May change channels.
const MANAGE_CHANNELS: u64 = 1 << 4;
/// May change the server.
const MANAGE_GUILD: u64 = 1 << 5;

/// What a person typed, pressed or is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interaction {
    /// Its own id; the same when Discord delivers it again.
    pub(super) id: u64,
    /// The bot's application.
    pub(super) application: u64,
    /// Opens the way to answer.
    pub(super) key: Key,
    /// What the person did.
    pub(super) deed: Deed,
    /// Where.
    pub(super) place: Place,
    /// The channel that the thread it happened in belongs to.
    parent: Option<u64>,
    /// What alerts would go into here.
    room: Room,
    /// Whether only this person reads there.
    pub(super) is_private: bool,
    /// The language the person reads.
    pub(super) locale: Option<Locale>,
    /// The person's rights in the channel; `None` outside servers.
    rights: Option<u64>,
    /// The bot's own rights in the channel.
    own_rights: Option<u64>,
}

/// The token of an interaction: whoever has it can answer in the bot's name for a quarter of an hour. Shows as `***`.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(pub(super) String);

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Sent a command.
    Call {
        /// Its name.
        command: String,
        /// Name and value of each option that was given.
        options: Vec<(String, String)>,
    },
    /// Is typing an option.
    Completing {
        /// The command's name.
        command: String,
        /// The option's name.
        option: String,
        /// What was typed of it.
        typed: String,
        /// The other options.
        given: Vec<(String, String)>,
    },
    /// Pressed a button with these words.
    Press(String),
    /// Something this version knows nothing of.
    Other,
}

impl Interaction {
    /// The interaction in this JSON; `None` when it cannot even be answered.
    pub(super) fn read(json: &Value) -> Option<Self> {
        let id = id(json.get("id")?)?;
        let application = id_at(json, "/application_id")?;
        let key = Key(json.get("token")?.as_str()?.to_owned());
        // An id and a token go into an address; a token is letters, digits and a few signs.
        if key.0.is_empty() || !key.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.=:".contains(&byte)) {
            return None;
        }
        let data = json.get("data").unwrap_or(&Value::Null);
        let guild = id_at(json, "/guild_id");
        let channel = id_at(json, "/channel_id").or_else(|| id_at(json, "/channel/id")).unwrap_or_default();
        let user = id_at(json, "/member/user/id").or_else(|| id_at(json, "/user/id")).unwrap_or_default();
        // By whom the bot was installed: "0" a server, "1" a person. Without a word it is the server, as it always was.
        let owners =
            json.get("authorizing_integration_owners").and_then(Value::as_object).filter(|map| !map.is_empty());
        let is_in_server = owners.is_none_or(|owners| owners.contains_key("0"));
        // 0 a server, 1 the chat with the bot, 2 any other.
        let context = json.get("context").and_then(Value::as_u64);
        let place = match (guild, context) {
            (Some(guild), _) if is_in_server => Place::Server { guild, channel },
            (None, Some(1) | None) => Place::Direct { channel },
            (Some(_), _) | (None, Some(_)) => Place::Carried { user },
        };
        // 10 to 12 are threads; forums and channels with categories have parents too.
        let is_thread = json.pointer("/channel/type").and_then(Value::as_u64).is_some_and(is_thread);
        let parent = id_at(json, "/channel/parent_id").filter(|_| is_thread);
        Some(Self {
            id,
            application,
            key,
            deed: deed(json.get("type").and_then(Value::as_u64), data),
            place,
            parent,
            room: if is_thread { Room::Thread } else { Room::Channel },
            is_private: matches!(place, Place::Direct { .. }),
            locale: json.get("locale").and_then(Value::as_str).and_then(Locale::from_tag),
            rights: id_at(json, "/member/permissions"),
            own_rights: id_at(json, "/app_permissions"),
        })
    }

    /// Whether the person may change the chat's subscriptions.
    ///
    /// A managers' command that arrives was let through by Discord, by the server's own settings for it. Buttons and
    /// everything else go by the person's rights.
    pub(super) fn may_manage(&self) -> bool {
        let was_let_through = match &self.deed {
            Deed::Call { command, .. } => spec(command).is_some_and(|spec| spec.permission == Permission::Manage),
            Deed::Completing { .. } | Deed::Press(_) | Deed::Other => false,
        };
        match self.place {
            Place::Server { .. } => {
                let may = ADMINISTRATOR | MANAGE_CHANNELS | MANAGE_GUILD;
                was_let_through || self.rights.is_some_and(|rights| rights & may != 0)
            }
            Place::Direct { .. } => true,
            Place::Carried { .. } => false,
        }
    }

    /// The name of the command it is about: a button's words begin with one too.
    pub(super) fn command(&self) -> Option<&str> {
        match &self.deed {
            Deed::Call { command, .. } | Deed::Completing { command, .. } => Some(command),
            Deed::Press(words) => words.split_whitespace().next(),
            Deed::Other => None,
        }
    }

    /// Whether it is about a command that only managers may use.
    pub(super) fn is_for_managers(&self) -> bool {
        self.command().and_then(spec).is_some_and(|spec| spec.permission == Permission::Manage)
    }

    /// Whether it makes the bot post in this chat by itself.
    pub(super) fn makes_posts(&self) -> bool {
        self.command().is_some_and(|command| matches!(command, "subscribe" | "watch" | "test"))
    }

    /// The server and the channel to which the thread belongs in which it happened.
    pub(super) const fn thread_in(&self) -> Option<(u64, u64)> {
        match (self.place, self.parent) {
            (Place::Server { guild, .. }, Some(parent)) => Some((guild, parent)),
            (Place::Server { .. } | Place::Direct { .. } | Place::Carried { .. }, _) => None,
        }
    }

    /// From now on it is about the forum that its thread is in.
    pub(super) fn enter_forum(&mut self) {
        if let Some((guild, forum)) = self.thread_in() {
            (self.place, self.room) = (Place::Server { guild, channel: forum }, Room::Forum);
        }
    }

    /// The rights without which no alert would arrive here; none when Discord does not say.
    pub(super) fn missing_rights(&self) -> Vec<Right> {
        match (self.own_rights, self.place) {
            (Some(own), Place::Server { .. }) => self.room.lacks(own),
            (None, _) | (Some(_), Place::Direct { .. } | Place::Carried { .. }) => Vec::new(),
        }
    }

    /// Whether it asks that everybody be called: a server's role for everybody has the server's own id.
    pub(super) fn calls_everybody(&self) -> bool {
        let (Deed::Call { options, .. }, Place::Server { guild, .. }) = (&self.deed, self.place) else { return false };
        let everybody = format!("<@&{guild}>");
        options.iter().any(|(_, value)| *value == everybody)
    }
}

const fn is_thread(kind: u64) -> bool {
    matches!(kind, 10..=12)
}

fn deed(kind: Option<u64>, data: &Value) -> Deed {
    let command = || data.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let options = data.get("options").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    match kind {
        Some(2) => Deed::Call { command: command(), options: options.iter().filter_map(given).collect() },
        Some(3) => match data.get("custom_id").and_then(Value::as_str).and_then(pressed) {
            Some(words) => Deed::Press(words.to_owned()),
            None => Deed::Other,
        },
        Some(4) => {
            let is_focused = |option: &&Value| option.get("focused").and_then(Value::as_bool) == Some(true);
            let (option, typed) = options.iter().find(is_focused).and_then(given).unwrap_or_default();
            let given = options.iter().filter(|option| !is_focused(option)).filter_map(given).collect();
            Deed::Completing { command: command(), option, typed, given }
        }
        _ => Deed::Other,
    }
}

/// Name and value of an option as our commands read them.
fn given(option: &Value) -> Option<(String, String)> {
    let name = option.get("name")?.as_str()?.to_owned();
    let value = match option.get("value")? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    // 6 a person, 7 a channel, 8 a role.
    let value = match option.get("type").and_then(Value::as_u64) {
        Some(6) => format!("<@{value}>"),
        Some(7) => format!("<#{value}>"),
        Some(8) => format!("<@&{value}>"),
        Some(_) | None => value,
    };
    Some((name, value))
}

/// A number that Discord writes as a text, or as a number.
pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The same somewhere within.
pub(super) fn id_at(json: &Value, pointer: &str) -> Option<u64> {
    json.pointer(pointer).and_then(id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// A command in a server's channel, by somebody without rights.
    fn call(name: &str, options: &Value) -> Value {
        json!({
            "id": "900", "application_id": "7", "type": 2, "token": "abc.DEF-1_2", "version": 1,
            "guild_id": "1", "channel_id": "2", "channel": { "id": "2", "type": 0, "parent_id": "99" },
            "member": { "user": { "id": "5" }, "permissions": "2048" },
            "app_permissions": (1_024 + 2_048 + 16_384).to_string(),
            "locale": "de", "guild_locale": "en-US", "context": 0,
            "authorizing_integration_owners": { "0": "1" },
            "data": { "id": "3", "type": 1, "name": name, "options": options },
        })
    }

    fn missing(interaction: &Interaction) -> Vec<&'static str> {
        interaction.missing_rights().into_iter().map(|right| right.key).collect()
    }

    fn read(json: &Value) -> Interaction {
        Interaction::read(json).unwrap()
    }

    #[test]
    fn a_command_is_read_with_its_options() {
        let options = json!([
            { "name": "topic", "type": 3, "value": "whatsapp" },
            { "name": "mention", "type": 8, "value": "77" },
            { "name": "page", "type": 4, "value": 2 },
        ]);
        let interaction = read(&call("subscribe", &options));
        let pairs = [("topic", "whatsapp"), ("mention", "<@&77>"), ("page", "2")];
        let options = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(interaction.deed, Deed::Call { command: "subscribe".to_owned(), options });
        assert_eq!(interaction.place, Place::Server { guild: 1, channel: 2 });
        assert_eq!(interaction.thread_in(), None, "a category is no parent of a thread");
        assert_eq!(interaction.locale, Some(Locale::De));
        assert_eq!(missing(&interaction), Vec::<&str>::new());
        assert!(!format!("{interaction:?}").contains("abc.DEF"));
    }

    #[test]
    fn an_option_being_typed_is_told_from_the_others() {
        let mut json = call(
            "subscribe",
            &json!([
                { "name": "topic", "type": 3, "value": "github" },
                { "name": "components", "type": 3, "value": "Gi", "focused": true },
            ]),
        );
        json["type"] = json!(4);
        let deed = Deed::Completing {
            command: "subscribe".to_owned(),
            option: "components".to_owned(),
            typed: "Gi".to_owned(),
            given: vec![("topic".to_owned(), "github".to_owned())],
        };
        assert_eq!(read(&json).deed, deed);
    }

    #[test]
    fn discord_decides_about_managers_commands_and_the_persons_rights_about_the_rest() {
        assert!(read(&call("subscribe", &json!([]))).may_manage());
        assert!(!read(&call("status", &json!([]))).may_manage());
        let mut press = call("", &json!([]));
        press["type"] = json!(3);
        press["data"] = json!({ "custom_id": "f:mute whatsapp-3", "component_type": 2 });
        assert_eq!(read(&press).deed, Deed::Press("mute whatsapp-3".to_owned()));
        assert!(!read(&press).may_manage());
        for right in [ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_GUILD] {
            press["member"]["permissions"] = json!(right.to_string());
            assert!(read(&press).may_manage());
        }
    }

    #[test]
    fn a_place_without_the_bot_is_no_place_to_manage() {
        let mut json = call("subscribe", &json!([]));
        json["authorizing_integration_owners"] = json!({ "1": "5" });
        let interaction = read(&json);
        assert_eq!((interaction.place, interaction.may_manage()), (Place::Carried { user: 5 }, false));
        let mut direct =
            json!({ "id": 1, "application_id": 7, "token": "t", "channel_id": "4", "user": { "id": "5" } });
        direct["context"] = json!(1);
        assert_eq!(read(&direct).place, Place::Direct { channel: 4 });
        assert!(read(&direct).may_manage() && read(&direct).is_private);
        direct["context"] = json!(2);
        assert_eq!(read(&direct).place, Place::Carried { user: 5 });
    }

    #[test]
    fn missing_rights_are_named() {
        let mut json = call("subscribe", &json!([]));
        json["app_permissions"] = json!("1024");
        assert_eq!(missing(&read(&json)), ["send", "embed"]);
        json["channel"] = json!({ "id": "2", "type": 11, "parent_id": "9" });
        assert_eq!(missing(&read(&json)), ["threads", "embed"]);
        let mut in_forum = read(&json);
        in_forum.enter_forum();
        assert_eq!(in_forum.place, Place::Server { guild: 1, channel: 9 });
        assert_eq!(missing(&in_forum), ["posts", "threads", "embed"]);
        json["app_permissions"] = json!("8");
        assert_eq!(missing(&read(&json)), Vec::<&str>::new());
    }

    #[test]
    fn a_token_cannot_lead_a_request_elsewhere() {
        let mut json = call("status", &json!([]));
        json["token"] = json!("../../channels/2/messages");
        assert_eq!(Interaction::read(&json), None);
    }

    proptest! {
        /// Whatever is missing: what can be answered is read, and nothing panics.
        #[test]
        fn a_field_that_is_missing_or_strange_silences_nothing(field in 0_usize..14, strange in any::<bool>()) {
            let mut json = call("status", &json!([{ "name": "service", "type": 3, "value": "x" }]));
            let map = json.as_object_mut().unwrap();
            let name = map.keys().nth(field % map.len()).unwrap().clone();
            if strange { map.insert(name.clone(), json!([[1]])); } else { map.remove(&name); }
            let is_needed = ["id", "application_id", "token"].contains(&name.as_str());
            prop_assert_eq!(Interaction::read(&json).is_none(), is_needed);
        }
    }
}
