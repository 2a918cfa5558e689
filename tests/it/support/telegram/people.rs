//! People, who do things, and what they get for it.

use std::sync::Arc;

use serde_json::json;

use super::{
    Inner,
    commands::Line,
    queries::{Notification, Offer, Offers},
    rooms::{Room, Seen},
    world::{Chat, GENERAL, Kind, Member, Topic, World},
};

/// Somebody with an account.
#[derive(Clone)]
pub struct Person {
    pub(super) inner: Arc<Inner>,
    pub id: i64,
}

impl Person {
    fn act<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.inner.change(act)
    }

    fn room(&self, chat: i64, thread: Option<i64>) -> Room {
        Room { inner: Arc::clone(&self.inner), chat, thread }
    }

    /// The language of their app.
    pub fn speaking(self, language: &str) -> Self {
        self.act(|world| world.users.get_mut(&self.id).unwrap().language = Some(language.to_owned()));
        self
    }

    /// Their chat with the bot, which begins when they first write there.
    pub fn private(&self) -> Room {
        self.act(|world| {
            let bot = world.bot.id;
            let name = world.users[&self.id].name.clone();
            let chat = world.chats.entry(self.id).or_insert_with(|| Chat::new(Kind::Private, &name));
            chat.members.insert(self.id, Member::Ordinary);
            chat.members.entry(bot).or_insert(Member::Ordinary);
        });
        self.room(self.id, None)
    }

    fn founds(&self, kind: Kind, title: &str, is_forum: bool) -> Room {
        let chat = self.act(|world| {
            let number = world.next_id();
            let id = if kind == Kind::Group { -4_000_000_000 - number } else { -1_001_500_000_000 - number };
            let mut chat = Chat { is_forum, ..Chat::new(kind, title) };
            chat.members.insert(self.id, Member::Creator);
            if is_forum {
                chat.topics.insert(GENERAL, Topic { name: "General".to_owned(), is_closed: false });
            }
            world.chats.insert(id, chat);
            id
        });
        self.room(chat, None)
    }

    /// Founds a group; the bot is not in it yet.
    pub fn group(&self, title: &str) -> Room {
        self.founds(Kind::Group, title, false)
    }

    pub fn supergroup(&self, title: &str) -> Room {
        self.founds(Kind::Supergroup, title, false)
    }

    /// Founds a group with topics; the room is its general one.
    pub fn forum(&self, title: &str) -> Room {
        self.founds(Kind::Supergroup, title, true)
    }

    pub fn channel(&self, title: &str) -> Room {
        self.founds(Kind::Channel, title, false)
    }

    /// Makes a chat one that anybody finds under this name.
    pub fn publishes(&self, room: &Room, username: &str) {
        self.act(|world| world.chat_mut(room.chat).username = Some(username.to_owned()));
    }

    /// Makes somebody what they are from now on.
    pub fn makes(&self, who: &Self, member: Member, room: &Room) {
        self.act(|world| {
            assert!(world.chat(room.chat).member(self.id).manages(), "only administrators may");
            world.chat_mut(room.chat).members.insert(who.id, member);
        });
    }

    /// Shows the members of a group to its administrators alone.
    pub fn hides_members(&self, room: &Room) {
        self.act(|world| world.chat_mut(room.chat).hides_members = true);
    }

    /// Makes the bot what it is from now on: adds, promotes, demotes, silences or throws it out.
    pub fn makes_bot(&self, member: Member, room: &Room) {
        self.act(|world| {
            let (bot, place) = (world.bot.clone(), world.chat(room.chat));
            assert!(place.member(self.id).manages(), "only administrators may");
            let (was, is_group) = (place.member(bot.id).is_there(), place.kind.is_group());
            world.change_bot(room.chat, self.id, member);
            if is_group && !was && member.is_there() {
                world.note(room.chat, self.id, None, json!({ "new_chat_members": [bot.json()] }));
            }
        });
    }

    /// Stops the bot, or lets it speak again.
    pub fn blocks(&self, is_blocked: bool) {
        let member = if is_blocked { Member::Kicked } else { Member::Ordinary };
        self.act(|world| world.change_bot(self.id, self.id, member));
    }

    /// Closes the account for ever. No bot is told.
    pub fn goes(&self) {
        self.act(|world| world.users.get_mut(&self.id).unwrap().is_deactivated = true);
    }

    /// Writes; gives the message's number.
    pub fn says(&self, room: &Room, text: &str) -> i64 {
        self.act(|world| world.write(room.chat, self.id, room.thread, None, text))
    }

    pub fn replies(&self, room: &Room, to: i64, text: &str) -> i64 {
        self.act(|world| world.write(room.chat, self.id, room.thread, Some(to), text))
    }

    /// Writes and waits for the next message of the bot there.
    pub async fn asks(&self, room: &Room, text: &str) -> Seen {
        let asked = self.says(room, text);
        room.until(&format!("an answer to {text:?}"), |message| message.is_from_bot && message.id > asked).await
    }

    /// Follows a link `t.me/bot?start=…`.
    pub async fn follows_link(&self, start: &str) -> Seen {
        let is_allowed = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
        assert!((1..=64).contains(&start.len()) && start.chars().all(is_allowed), "no such link is possible");
        self.asks(&self.private(), &format!("/start {start}")).await
    }

    /// Presses the button whose text holds this; gives what the app shows then.
    pub async fn presses(&self, room: &Room, message: i64, label: &str) -> Notification {
        let query = self.act(|world| world.press(room.chat, self.id, message, label));
        let query = query.expect("this button only opens an address");
        self.inner.until("the answer to a button", |world| world.queries.pressed[&query].clone()).await
    }

    /// Types this after the bot's name in some chat.
    pub async fn types_inline(&self, query: &str, offset: &str) -> Offers {
        let query = self.act(|world| world.type_inline(self.id, query, offset));
        self.inner.until("offers", |world| world.queries.typed[&query].clone()).await
    }

    /// Sends what the bot offered.
    pub fn sends(&self, room: &Room, offer: &Offer) -> i64 {
        self.act(|world| world.send_offer(room.chat, self.id, room.thread, offer))
    }

    /// What the menu of commands shows here.
    pub fn menu(&self, room: &Room) -> Vec<Line> {
        self.act(|world| world.menu(room.chat, self.id))
    }

    /// Turns a group into a supergroup.
    pub fn upgrades(&self, room: &Room) -> Room {
        let new = self.act(|world| world.migrate(room.chat, self.id));
        self.room(new, None)
    }

    pub fn opens_topic(&self, forum: &Room, name: &str) -> Room {
        let thread = self.act(|world| world.open_topic(forum.chat, self.id, name));
        self.room(forum.chat, Some(thread))
    }

    /// Closes a topic, or opens it again.
    pub fn closes_topic(&self, topic: &Room, is_closed: bool) {
        self.act(|world| world.close_topic(topic.chat, self.id, topic.thread, is_closed));
    }

    pub fn deletes_topic(&self, topic: &Room) {
        self.act(|world| world.delete_topic(topic.chat, topic.thread.unwrap()));
    }

    /// Deletes a message. No bot is told.
    pub fn deletes(&self, room: &Room, message: i64) {
        self.act(|world| world.chat_mut(room.chat).messages.remove(&message)).unwrap();
    }

    /// Deletes a chat for everybody.
    pub fn deletes_chat(&self, room: &Room) {
        self.act(|world| {
            world.change_bot(room.chat, self.id, Member::Left);
            world.chat_mut(room.chat).is_deleted = true;
        });
    }
}
