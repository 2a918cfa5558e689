//! Who and what there is on Telegram: people, chats, topics, messages.

use std::{collections::BTreeMap, net::SocketAddr, time::UNIX_EPOCH};

use serde_json::{Value, json};

use super::{
    commands::Menus,
    entities::Entity,
    faults::Faults,
    flood::{Flood, Limits},
    keyboard::{self, Keyboard},
    queries::Queries,
    updates::Updates,
};

/// Who posts for administrators that do not want to be seen.
pub const ANONYMOUS_ADMINISTRATOR: i64 = 1_087_968_824;
/// Who posts for channels in groups.
pub const CHANNEL_BOT: i64 = 136_817_688;

/// Somebody: a person or a bot.
#[derive(Clone, Debug)]
pub struct User {
    pub id: i64,
    pub is_bot: bool,
    pub name: String,
    pub username: String,
    pub language: Option<String>,
    pub is_deactivated: bool,
}

impl User {
    pub fn json(&self) -> Value {
        let mut user =
            json!({ "id": self.id, "is_bot": self.is_bot, "first_name": self.name, "username": self.username });
        if let Some(language) = &self.language {
            user["language_code"] = json!(language);
        }
        user
    }
}

/// What kind of chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Private,
    Group,
    Supergroup,
    Channel,
}

impl Kind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup => "supergroup",
            Self::Channel => "channel",
        }
    }

    pub const fn is_group(self) -> bool {
        matches!(self, Self::Group | Self::Supergroup)
    }
}

/// What somebody is in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    Creator,
    Administrator,
    /// One that posts in the name of the group.
    Anonymous,
    Ordinary,
    /// May read and not write.
    Muted,
    Left,
    Kicked,
}

impl Member {
    pub const fn manages(self) -> bool {
        matches!(self, Self::Creator | Self::Administrator | Self::Anonymous)
    }

    pub const fn is_there(self) -> bool {
        !matches!(self, Self::Left | Self::Kicked)
    }

    /// A `ChatMember` as the Bot API draws it.
    pub fn json(self, user: &User) -> Value {
        let status = match self {
            Self::Creator => "creator",
            Self::Administrator | Self::Anonymous => "administrator",
            Self::Ordinary => "member",
            Self::Muted => "restricted",
            Self::Left => "left",
            Self::Kicked => "kicked",
        };
        let mut member = json!({ "user": user.json(), "status": status });
        let mut set = |names: &[&str], value: Value| names.iter().for_each(|name| member[*name] = value.clone());
        match self {
            Self::Creator => set(&["is_anonymous"], json!(false)),
            Self::Administrator | Self::Anonymous => {
                set(
                    &[
                        "can_manage_chat",
                        "can_change_info",
                        "can_delete_messages",
                        "can_invite_users",
                        "can_restrict_members",
                        "can_pin_messages",
                        "can_manage_video_chats",
                        "can_post_messages",
                        "can_edit_messages",
                        "can_post_stories",
                        "can_edit_stories",
                        "can_delete_stories",
                    ],
                    json!(true),
                );
                set(&["can_be_edited", "can_promote_members", "can_manage_topics"], json!(false));
                set(&["is_anonymous"], json!(self == Self::Anonymous));
            }
            Self::Muted => {
                set(&["is_member"], json!(true));
                set(&["until_date"], json!(0));
                set(
                    &[
                        "can_send_messages",
                        "can_send_audios",
                        "can_send_documents",
                        "can_send_photos",
                        "can_send_videos",
                        "can_send_video_notes",
                        "can_send_voice_notes",
                        "can_send_polls",
                        "can_send_other_messages",
                        "can_add_web_page_previews",
                        "can_change_info",
                        "can_invite_users",
                        "can_pin_messages",
                        "can_manage_topics",
                    ],
                    json!(false),
                );
            }
            Self::Kicked => set(&["until_date"], json!(0)),
            Self::Ordinary | Self::Left => {}
        }
        member
    }
}

/// A message as it stands in its chat.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: i64,
    pub thread: Option<i64>,
    pub from: Option<i64>,
    pub sender_chat: Option<i64>,
    pub date: i64,
    pub text: String,
    pub entities: Vec<Entity>,
    pub keyboard: Keyboard,
    pub reply_to: Option<i64>,
    pub is_silent: bool,
    pub is_previewed: bool,
    pub edits: usize,
    /// The name under which a bot edits what a person sent through it.
    pub inline: Option<String>,
    /// Whether a person sent what the bot offered.
    pub is_via_bot: bool,
    /// Whether it is too old for bots to be shown.
    pub is_old: bool,
    /// What happened, for a message that nobody wrote.
    pub service: Option<Value>,
}

impl Message {
    /// One without an author yet, in this topic.
    pub fn new(text: &str, thread: Option<i64>) -> Self {
        Self {
            id: 0,
            thread,
            from: None,
            sender_chat: None,
            date: now(),
            text: text.to_owned(),
            entities: Vec::new(),
            keyboard: Vec::new(),
            reply_to: None,
            is_silent: false,
            is_previewed: false,
            edits: 0,
            inline: None,
            is_via_bot: false,
            is_old: false,
            service: None,
        }
    }
}

/// A part of a forum.
#[derive(Clone, Debug)]
pub struct Topic {
    pub name: String,
    pub is_closed: bool,
}

/// The topic that every forum has; its messages name none.
pub const GENERAL: i64 = 1;

/// A place where people read.
#[derive(Clone, Debug)]
pub struct Chat {
    pub kind: Kind,
    pub title: String,
    /// The name by which anybody finds it, without the sign in front.
    pub username: Option<String>,
    pub is_forum: bool,
    pub topics: BTreeMap<i64, Topic>,
    pub members: BTreeMap<i64, Member>,
    pub messages: BTreeMap<i64, Message>,
    pub migrated_to: Option<i64>,
    pub is_deleted: bool,
    /// Whether only administrators are told who is there.
    pub hides_members: bool,
    pub last_message: i64,
}

impl Chat {
    pub fn new(kind: Kind, title: &str) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            username: None,
            is_forum: false,
            topics: BTreeMap::new(),
            members: BTreeMap::new(),
            messages: BTreeMap::new(),
            migrated_to: None,
            is_deleted: false,
            hides_members: false,
            last_message: 0,
        }
    }

    pub fn member(&self, user: i64) -> Member {
        self.members.get(&user).copied().unwrap_or(Member::Left)
    }
}

/// Everything.
pub struct World {
    pub bot: User,
    pub token: String,
    /// Whether the bot is told only what is meant for it in groups.
    pub has_privacy: bool,
    pub users: BTreeMap<i64, User>,
    pub chats: BTreeMap<i64, Chat>,
    pub updates: Updates,
    /// Hosts of webhooks: where the proxy before the bot hands on what comes to that host.
    pub proxies: BTreeMap<String, SocketAddr>,
    pub queries: Queries,
    pub menus: Menus,
    /// What the bot says of itself, by the method's name and the language.
    pub profile: BTreeMap<(String, String), String>,
    pub flood: Flood,
    pub faults: Faults,
    pub calls: Vec<Call>,
    /// Every call, in the order in which they came.
    pub received: Vec<Received>,
    /// Calls that were ever held back.
    pub held: usize,
    /// Messages of private chats and small groups are counted together.
    last_message: i64,
    last_id: i64,
}

/// A call that the bot made.
#[derive(Clone, Debug)]
pub struct Call {
    /// In small letters.
    pub method: String,
    /// The chat it names.
    pub chat: Option<String>,
    /// The topic it names.
    pub thread: Option<i64>,
    pub at: std::time::Instant,
    /// What it was answered with: 200, or why not. 0 for one that was given no answer.
    pub code: u16,
}

/// A call that came, whether or not it was answered.
#[derive(Clone, Debug)]
pub struct Received {
    /// In small letters.
    pub method: String,
    /// The chat it names.
    pub chat: Option<String>,
    pub at: std::time::Instant,
    /// When the answer was sent; `None`: not yet, or never.
    pub answered: Option<std::time::Instant>,
    /// Whether it was done and its answer lost.
    pub is_lost: bool,
}

impl World {
    pub fn new() -> Self {
        let somebody = |id, name: &str, username: &str| User {
            id,
            is_bot: true,
            name: name.to_owned(),
            username: username.to_owned(),
            language: None,
            is_deactivated: false,
        };
        let bot = somebody(7_612_345_890, "Foghorn", "foghorn_test_bot");
        let others = [
            somebody(ANONYMOUS_ADMINISTRATOR, "Group", "GroupAnonymousBot"),
            somebody(CHANNEL_BOT, "Channel", "Channel_Bot"),
        ];
        Self {
            token: format!("{}:AAHfB4x-9c_TtQmWZkq2vLpYdR7sJ0uNeXg", bot.id),
            has_privacy: true,
            users: others.into_iter().chain([bot.clone()]).map(|user| (user.id, user)).collect(),
            bot,
            chats: BTreeMap::new(),
            updates: Updates::new(),
            proxies: BTreeMap::new(),
            queries: Queries::default(),
            menus: Menus::default(),
            profile: BTreeMap::new(),
            flood: Flood::new(Limits::of_telegram()),
            faults: Faults::default(),
            calls: Vec::new(),
            received: Vec::new(),
            held: 0,
            last_message: 100,
            last_id: 1000,
        }
    }

    pub fn chat(&self, id: i64) -> &Chat {
        &self.chats[&id]
    }

    pub fn chat_mut(&mut self, id: i64) -> &mut Chat {
        self.chats.get_mut(&id).unwrap()
    }

    /// A number that nothing else has.
    pub fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Puts a message into its chat and gives its number there.
    pub fn store(&mut self, chat: i64, message: Message) -> i64 {
        let place = self.chats.get_mut(&chat).unwrap();
        let counted = match place.kind {
            Kind::Private | Kind::Group => &mut self.last_message,
            Kind::Supergroup | Kind::Channel => &mut place.last_message,
        };
        *counted += 1;
        let id = *counted;
        place.messages.insert(id, Message { id, ..message });
        id
    }

    /// A `Chat` as the Bot API draws it.
    pub fn chat_json(&self, id: i64) -> Value {
        let chat = self.chat(id);
        let mut drawn = json!({ "id": id, "type": chat.kind.word() });
        if chat.kind == Kind::Private {
            let user = &self.users[&id];
            drawn["first_name"] = json!(user.name);
            drawn["username"] = json!(user.username);
        } else {
            drawn["title"] = json!(chat.title);
        }
        if let Some(username) = &chat.username {
            drawn["username"] = json!(username);
        }
        if chat.is_forum {
            drawn["is_forum"] = json!(true);
        }
        drawn
    }

    /// A `Message` as the Bot API draws it.
    pub fn message_json(&self, chat: i64, message: &Message) -> Value {
        let mut drawn = self.message_alone(chat, message);
        let replied = message.reply_to.or(message.thread).and_then(|id| self.chat(chat).messages.get(&id));
        if let Some(replied) = replied {
            // Everything in a topic answers the message that opened it, if nothing else.
            drawn["reply_to_message"] = self.message_alone(chat, replied);
        }
        drawn
    }

    fn message_alone(&self, chat: i64, message: &Message) -> Value {
        let place = self.chat(chat);
        let mut drawn = json!({ "message_id": message.id, "date": message.date, "chat": self.chat_json(chat) });
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                drawn[name] = value;
            }
        };
        // Who writes in a channel is not said.
        let from = message.from.filter(|_| place.kind != Kind::Channel);
        set("from", from.map(|from| self.users[&from].json()));
        set("sender_chat", message.sender_chat.map(|sender| self.chat_json(sender)));
        set("message_thread_id", message.thread.map(Value::from));
        set("is_topic_message", (place.is_forum && message.thread.is_some()).then_some(Value::Bool(true)));
        if let Some(service) = &message.service {
            service.as_object().unwrap().iter().for_each(|(name, value)| set(name, Some(value.clone())));
            return drawn;
        }
        set("text", Some(json!(message.text)));
        let entities: Vec<Value> = message.entities.iter().map(Entity::json).collect();
        set("entities", (!entities.is_empty()).then(|| json!(entities)));
        set("edit_date", (message.edits > 0).then(|| json!(message.date)));
        set("reply_markup", keyboard::json(&message.keyboard));
        set("via_bot", message.is_via_bot.then(|| self.bot.json()));
        drawn
    }
}

/// The time of day, in seconds.
pub fn now() -> i64 {
    i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap()
}
