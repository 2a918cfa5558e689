//! What a bot does to messages: sends, edits, deletes; and why it may not.

use std::time::Instant;

use serde_json::json;

use super::{
    entities::{self, Entity},
    flood::Load,
    keyboard::{self, Keyboard},
    parameters::Parameters,
    queries::{is_previewed, refuse_parse_mode},
    refusal::{Outcome, Refusal},
    world::{Chat, GENERAL, Kind, Member, Message, World},
};

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

impl World {
    pub fn send_message(&mut self, parameters: &Parameters, at: Instant) -> Outcome {
        let text = parameters.text("text").filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| Refusal::bad_request("message text is empty"))?;
        let (text, entities) = said(&text, parameters)?;
        let keyboard = keyboard::accept(parameters.object("reply_markup")?.as_ref())?;
        let chat = self.writable(parameters)?;
        let thread = self.thread(chat, parameters.integer("message_thread_id")?)?;
        let reply_to = self.replied(chat, parameters)?;
        self.count(chat, false, parameters, at)?;
        let is_previewed = is_previewed(parameters.object("link_preview_options")?.as_ref(), &entities);
        let is_silent = parameters.flag("disable_notification");
        let from = Some(self.bot.id);
        let sender_chat = (self.chat(chat).kind == Kind::Channel).then_some(chat);
        let written = Message::new(&text, thread);
        let id = self.store(
            chat,
            Message { from, sender_chat, entities, keyboard, reply_to, is_silent, is_previewed, ..written },
        );
        Ok(self.message_json(chat, &self.chat(chat).messages[&id]))
    }

    pub fn edit_message_text(&mut self, parameters: &Parameters, at: Instant) -> Outcome {
        let text = parameters.text("text").filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| Refusal::bad_request("message text is empty"))?;
        let (text, entities) = said(&text, parameters)?;
        let keyboard = keyboard::accept(parameters.object("reply_markup")?.as_ref())?;
        let is_previewed = is_previewed(parameters.object("link_preview_options")?.as_ref(), &entities);
        self.edit(parameters, at, |message| Message { text, entities, keyboard, is_previewed, ..message.clone() })
    }

    pub fn edit_message_reply_markup(&mut self, parameters: &Parameters, at: Instant) -> Outcome {
        let keyboard: Keyboard = keyboard::accept(parameters.object("reply_markup")?.as_ref())?;
        self.edit(parameters, at, |message| Message { keyboard, ..message.clone() })
    }

    fn edit(&mut self, parameters: &Parameters, at: Instant, change: impl FnOnce(&Message) -> Message) -> Outcome {
        if let Some(inline) = parameters.text("inline_message_id") {
            let mut all = self.chats.values_mut().flat_map(|chat| chat.messages.values_mut());
            let message = all.find(|message| message.inline.as_ref() == Some(&inline));
            let message = message.ok_or_else(|| Refusal::bad_request("MESSAGE_ID_INVALID"))?;
            *message = edited(message, change(message))?;
            return Ok(json!(true));
        }
        let chat = self.reachable(parameters)?;
        let id = parameters.integer("message_id")?.unwrap_or_default();
        let message = self.chat(chat).messages.get(&id);
        let message = message.ok_or_else(|| Refusal::bad_request("message to edit not found"))?;
        if message.from != Some(self.bot.id) || message.service.is_some() || message.inline.is_some() {
            return Err(Refusal::bad_request("message can't be edited"));
        }
        let changed = edited(message, change(message))?;
        self.count(chat, true, parameters, at)?;
        let drawn = self.message_json(chat, &changed);
        self.chat_mut(chat).messages.insert(id, changed);
        Ok(drawn)
    }

    pub fn delete_message(&mut self, parameters: &Parameters) -> Outcome {
        let chat = self.reachable(parameters)?;
        let id = parameters.integer("message_id")?.unwrap_or_default();
        let bot = self.bot.id;
        let place = self.chat_mut(chat);
        let message = place.messages.get(&id);
        let message = message.ok_or_else(|| Refusal::bad_request("message to delete not found"))?;
        let is_own = message.from == Some(bot) || place.kind == Kind::Private;
        if !is_own && !place.member(bot).manages() {
            return Err(Refusal::bad_request("message can't be deleted"));
        }
        place.messages.remove(&id);
        Ok(json!(true))
    }

    /// Counts a message against the limits.
    fn count(&mut self, chat: i64, is_edit: bool, parameters: &Parameters, at: Instant) -> Result<(), Refusal> {
        let is_group = self.chat(chat).kind.is_group();
        let load = Load { chat, is_group, is_edit, is_paid: parameters.flag("allow_paid_broadcast") };
        self.flood.admit(load, at).map_err(Refusal::flood)
    }

    /// The chat that a call names.
    pub fn named_chat(&self, parameters: &Parameters) -> Result<i64, Refusal> {
        let name = parameters.text("chat_id").unwrap_or_default();
        if name.is_empty() {
            return Err(Refusal::bad_request("chat_id is empty"));
        }
        if let Some(name) = name.strip_prefix('@') {
            let is_named = |chat: &Chat| chat.username.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
            let chat = self.chats.iter().find(|(_, chat)| is_named(chat));
            return chat.map(|(id, _)| *id).ok_or_else(|| Refusal::bad_request("chat not found"));
        }
        let id: Option<i64> = name.parse().ok();
        if let Some(id) = id.filter(|id| self.chats.contains_key(id)) {
            return Ok(id);
        }
        let bot = self.bot.id;
        let meets = |chat: &Chat, id: i64| chat.member(id).is_there() && chat.member(bot).is_there();
        if id.is_some_and(|id| self.users.contains_key(&id) && self.chats.values().any(|chat| meets(chat, id))) {
            return Err(Refusal::forbidden("bot can't initiate conversation with a user"));
        }
        Err(Refusal::bad_request("chat not found"))
    }

    /// The chat that a call names, if the bot can be there.
    pub fn reachable(&self, parameters: &Parameters) -> Result<i64, Refusal> {
        let id = self.named_chat(parameters)?;
        let chat = self.chat(id);
        let kind = chat.kind.word();
        if let Some(to) = chat.migrated_to {
            return Err(Refusal::migrated(to));
        }
        if chat.is_deleted {
            return Err(Refusal::forbidden(&format!("the {kind} chat was deleted")));
        }
        if self.users.get(&id).is_some_and(|user| user.is_deactivated) {
            return Err(Refusal::forbidden("user is deactivated"));
        }
        match (chat.kind, chat.member(self.bot.id)) {
            (Kind::Private, Member::Kicked) => Err(Refusal::forbidden("bot was blocked by the user")),
            (_, Member::Kicked) => Err(Refusal::forbidden(&format!("bot was kicked from the {kind} chat"))),
            (_, Member::Left) => Err(Refusal::forbidden(&format!("bot is not a member of the {kind} chat"))),
            _ => Ok(id),
        }
    }

    /// The chat that a call names, if the bot may write there.
    fn writable(&self, parameters: &Parameters) -> Result<i64, Refusal> {
        let id = self.reachable(parameters)?;
        let chat = self.chat(id);
        match (chat.kind, chat.member(self.bot.id)) {
            (Kind::Channel, member) if !member.manages() => {
                Err(Refusal::bad_request("need administrator rights in the channel chat"))
            }
            (_, Member::Muted) => Err(Refusal::bad_request("not enough rights to send text messages to the chat")),
            _ => Ok(id),
        }
    }

    /// The topic that a call names.
    fn thread(&self, chat: i64, thread: Option<i64>) -> Result<Option<i64>, Refusal> {
        let place = self.chat(chat);
        let topic = match thread {
            None | Some(0) if !place.is_forum => return Ok(None),
            None | Some(0) => place.topics.get(&GENERAL),
            // The general topic has a number and cannot be called by it.
            Some(GENERAL) => None,
            Some(thread) => place.topics.get(&thread),
        };
        let topic = topic.ok_or_else(|| Refusal::bad_request("message thread not found"))?;
        if topic.is_closed {
            return Err(Refusal::bad_request("TOPIC_CLOSED"));
        }
        Ok(thread.filter(|thread| *thread != 0))
    }

    fn replied(&self, chat: i64, parameters: &Parameters) -> Result<Option<i64>, Refusal> {
        let (id, may_be_gone) = match parameters.object("reply_parameters")? {
            Some(reply) => (reply["message_id"].as_i64(), reply["allow_sending_without_reply"] == true),
            None => (parameters.integer("reply_to_message_id")?, parameters.flag("allow_sending_without_reply")),
        };
        match id {
            Some(id) if !self.chat(chat).messages.contains_key(&id) && !may_be_gone => {
                Err(Refusal::bad_request("message to be replied not found"))
            }
            id => Ok(id.filter(|id| self.chat(chat).messages.contains_key(id))),
        }
    }
}

fn said(text: &str, parameters: &Parameters) -> Result<(String, Vec<Entity>), Refusal> {
    refuse_parse_mode(parameters.text("parse_mode").as_deref())?;
    entities::accept(text, parameters.object("entities")?.as_ref())
}

fn edited(old: &Message, new: Message) -> Result<Message, Refusal> {
    let is_same = (&old.text, &old.entities, &old.keyboard) == (&new.text, &new.entities, &new.keyboard);
    if is_same {
        return Err(Refusal::bad_request(NOT_MODIFIED));
    }
    Ok(Message { edits: old.edits + 1, ..new })
}
