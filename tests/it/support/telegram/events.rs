//! What people do, as the bot is told of it.

use serde_json::{Value, json};

use super::{
    entities,
    keyboard::Action,
    queries::Offer,
    world::{ANONYMOUS_ADMINISTRATOR, Chat, GENERAL, Kind, Member, Message, Topic, World, now},
};

impl World {
    /// A person writes; gives the message's number.
    pub fn write(&mut self, chat: i64, person: i64, thread: Option<i64>, reply_to: Option<i64>, text: &str) -> i64 {
        let (text, entities) = entities::accept(text, None).unwrap();
        let place = self.chat(chat);
        assert!(place.member(person).is_there(), "who is not there cannot write");
        assert!(thread.is_none_or(|thread| place.topics.contains_key(&thread)), "the topic is gone");
        let (from, sender_chat) = match (place.kind, place.member(person)) {
            (Kind::Channel, member) => {
                assert!(member.manages(), "only administrators post in a channel");
                (Some(person), Some(chat))
            }
            (_, Member::Anonymous) => (Some(ANONYMOUS_ADMINISTRATOR), Some(chat)),
            _ => (Some(person), None),
        };
        // Outside forums an answer carries the number of what began the conversation.
        let began = reply_to.filter(|_| place.kind == Kind::Supergroup && !place.is_forum);
        let written = Message::new(&text, thread.or(began));
        let id = self.store(chat, Message { from, sender_chat, entities, reply_to, ..written });
        self.tell_message(chat, id);
        id
    }

    /// Puts a message that nobody wrote into a chat.
    pub fn note(&mut self, chat: i64, by: i64, thread: Option<i64>, service: Value) -> i64 {
        let written = Message::new("", thread);
        let id = self.store(chat, Message { from: Some(by), service: Some(service), ..written });
        self.tell_message(chat, id);
        id
    }

    fn tell_message(&mut self, chat: i64, id: i64) {
        let place = self.chat(chat);
        let message = &place.messages[&id];
        if !self.hears(place, message) {
            return;
        }
        let kind = if place.kind == Kind::Channel { "channel_post" } else { "message" };
        let drawn = self.message_json(chat, message);
        self.updates.tell(kind, drawn);
    }

    /// Whether the bot is told of a message: <https://core.telegram.org/bots/features#privacy-mode>.
    fn hears(&self, place: &Chat, message: &Message) -> bool {
        let member = place.member(self.bot.id);
        let is_meant = || {
            let replied = message.reply_to.and_then(|id| place.messages.get(&id));
            let command = message.text.split_whitespace().next().filter(|word| word.starts_with('/'));
            let is_ours = |command: &str| {
                command.split_once('@').is_none_or(|(_, name)| name.eq_ignore_ascii_case(&self.bot.username))
            };
            message.service.is_some()
                || command.is_some_and(is_ours)
                || replied.is_some_and(|replied| replied.from == Some(self.bot.id))
        };
        match place.kind {
            Kind::Private => member.is_there(),
            Kind::Channel => member.manages(),
            Kind::Group | Kind::Supergroup => {
                member.is_there() && (member.manages() || !self.has_privacy || is_meant())
            }
        }
    }

    /// The bot becomes something else in a chat, because of somebody.
    pub fn change_bot(&mut self, chat: i64, by: i64, new: Member) {
        let bot = self.bot.clone();
        let old = self.chat(chat).member(bot.id);
        self.chat_mut(chat).members.insert(bot.id, new);
        let change = json!({
            "chat": self.chat_json(chat), "from": self.users[&by].json(), "date": now(),
            "old_chat_member": old.json(&bot), "new_chat_member": new.json(&bot),
        });
        self.updates.tell("my_chat_member", change);
    }

    /// A person presses a button; gives the question's name, or `None` when it only opens an address.
    pub fn press(&mut self, chat: i64, person: i64, message: i64, label: &str) -> Option<String> {
        let place = self.chat(chat);
        assert!(place.member(person).is_there(), "who is not there cannot press");
        let pressed = place.messages.get(&message).expect("the message is gone");
        let button = pressed.keyboard.iter().flatten().find(|button| button.text.contains(label));
        let button = button.unwrap_or_else(|| panic!("no button {label:?} under {pressed:?}"));
        let Action::Data(data) = &button.action else { return None };
        let mut query = json!({
            "from": self.users[&person].json(), "chat_instance": format!("{}", chat.wrapping_mul(7919)), "data": data,
        });
        match &pressed.inline {
            Some(inline) => query["inline_message_id"] = json!(inline),
            // An `InaccessibleMessage`: <https://core.telegram.org/bots/api#inaccessiblemessage>.
            None if pressed.is_old => {
                query["message"] = json!({ "chat": self.chat_json(chat), "message_id": message, "date": 0 });
            }
            None => query["message"] = self.message_json(chat, pressed),
        }
        let id = format!("{}", 4_382_000_000_000_i64 + self.next_id());
        query["id"] = json!(id);
        self.queries.pressed.insert(id.clone(), None);
        self.updates.tell("callback_query", query);
        Some(id)
    }

    /// A person types after the bot's name in some chat; gives the question's name.
    pub fn type_inline(&mut self, person: i64, query: &str, offset: &str) -> String {
        let id = format!("{}", 7_382_000_000_000_i64 + self.next_id());
        let from = self.users[&person].json();
        let asked = json!({ "id": id, "from": from, "query": query, "offset": offset, "chat_type": "supergroup" });
        self.queries.typed.insert(id.clone(), None);
        self.updates.tell("inline_query", asked);
        id
    }

    /// A person sends what the bot offered.
    pub fn send_offer(&mut self, chat: i64, person: i64, thread: Option<i64>, offer: &Offer) -> i64 {
        let inline = Some(format!("BQAAAinline{}", self.next_id()));
        let Offer { entities, keyboard, is_previewed, .. } = offer.clone();
        let inline = inline.filter(|_| !keyboard.is_empty());
        let written = Message::new(&offer.text, thread);
        let from = Some(person);
        let is_via_bot = true;
        let id = self.store(chat, Message { from, entities, keyboard, is_previewed, inline, is_via_bot, ..written });
        self.tell_message(chat, id);
        id
    }

    /// A group becomes a supergroup; gives its number.
    pub fn migrate(&mut self, old: i64, by: i64) -> i64 {
        let group = self.chat(old).clone();
        assert_eq!((group.kind, group.migrated_to), (Kind::Group, None), "only a group becomes a supergroup");
        let new = -1_001_600_000_000 - self.next_id();
        let bot = self.bot.id;
        let place = Chat { members: group.members, ..Chat::new(Kind::Supergroup, &group.title) };
        self.chats.insert(new, place);
        let was = self.chat_mut(new).members.remove(&bot).unwrap_or(Member::Left);
        // The bot joins the new group and never hears that it left the old one.
        if was.is_there() {
            self.change_bot(new, by, was);
        }
        self.note(old, by, None, json!({ "migrate_to_chat_id": new }));
        self.note(new, by, None, json!({ "migrate_from_chat_id": old }));
        self.chat_mut(old).migrated_to = Some(new);
        new
    }

    /// A forum gets another topic; gives its number.
    pub fn open_topic(&mut self, chat: i64, by: i64, name: &str) -> i64 {
        let color = 7_322_096;
        let opened = json!({ "forum_topic_created": { "name": name, "icon_color": color } });
        let message = Message { from: Some(by), service: Some(opened), ..Message::new("", None) };
        let id = self.store(chat, message);
        let place = self.chat_mut(chat);
        place.topics.insert(id, Topic { name: name.to_owned(), is_closed: false });
        place.messages.get_mut(&id).unwrap().thread = Some(id);
        self.tell_message(chat, id);
        id
    }

    pub fn close_topic(&mut self, chat: i64, by: i64, thread: Option<i64>, is_closed: bool) {
        let topic = thread.unwrap_or(GENERAL);
        self.chat_mut(chat).topics.get_mut(&topic).unwrap().is_closed = is_closed;
        let which = if thread.is_some() { "forum_topic" } else { "general_forum_topic" };
        let what = match (is_closed, thread.is_some()) {
            (true, true) => "closed",
            (false, true) => "reopened",
            (true, false) => "hidden",
            (false, false) => "unhidden",
        };
        self.note(chat, by, thread, json!({ format!("{which}_{what}"): {} }));
    }

    /// A topic goes with all that was said in it. No bot is told.
    pub fn delete_topic(&mut self, chat: i64, thread: i64) {
        let place = self.chat_mut(chat);
        place.topics.remove(&thread).unwrap();
        place.messages.retain(|_, message| message.thread != Some(thread));
    }
}
