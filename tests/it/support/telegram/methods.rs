//! Which method does what, and those that only look.

use std::time::Instant;

use serde_json::{Value, json};

use super::{
    parameters::Parameters,
    refusal::{Outcome, Refusal},
    world::{Kind, Member, World},
};

impl World {
    /// Does what a method says; its name in small letters. `getUpdates`, which waits, is elsewhere.
    pub fn perform(&mut self, method: &str, parameters: &Parameters, at: Instant) -> Outcome {
        match method {
            "getme" => Ok(self.me()),
            "setwebhook" => self.set_webhook(parameters),
            "deletewebhook" => self.delete_webhook(parameters),
            "getwebhookinfo" => Ok(self.webhook_info()),
            "sendmessage" => self.send_message(parameters, at),
            "editmessagetext" => self.edit_message_text(parameters, at),
            "editmessagereplymarkup" => self.edit_message_reply_markup(parameters, at),
            "deletemessage" => self.delete_message(parameters),
            "answercallbackquery" => self.answer_callback_query(parameters),
            "answerinlinequery" => self.answer_inline_query(parameters),
            "setmycommands" => self.set_my_commands(parameters),
            "getmycommands" => self.get_my_commands(parameters),
            "deletemycommands" => self.delete_my_commands(parameters),
            "getchat" => self.get_chat(parameters),
            "getchatmember" => self.get_chat_member(parameters),
            "getchatadministrators" => self.get_chat_administrators(parameters),
            "sendchataction" => self.reachable(parameters).map(|_| json!(true)),
            "leavechat" => self.leave_chat(parameters),
            "setmyname" => self.describe("name", 64, parameters),
            "setmydescription" => self.describe("description", 512, parameters),
            "setmyshortdescription" => self.describe("short_description", 120, parameters),
            "getmyname" => Ok(self.described("name", parameters)),
            "getmydescription" => Ok(self.described("description", parameters)),
            "getmyshortdescription" => Ok(self.described("short_description", parameters)),
            _ => Err(Refusal::not_found()),
        }
    }

    fn me(&self) -> Value {
        let mut me = self.bot.json();
        let can = |name: &str| matches!(name, "can_join_groups" | "supports_inline_queries");
        let abilities = [
            "can_join_groups",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
            "has_topics_enabled",
            "allows_users_to_create_topics",
        ];
        abilities.iter().for_each(|ability| me[*ability] = json!(can(ability)));
        me["can_read_all_group_messages"] = json!(!self.has_privacy);
        me
    }

    fn get_chat(&self, parameters: &Parameters) -> Outcome {
        let id = self.reachable(parameters)?;
        let mut chat = self.chat_json(id);
        chat["accent_color_id"] = json!(3);
        chat["max_reaction_count"] = json!(11);
        let gifts = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"];
        chat["accepted_gift_types"] = gifts.iter().map(|gift| ((*gift).to_owned(), json!(false))).collect();
        Ok(chat)
    }

    fn get_chat_member(&self, parameters: &Parameters) -> Outcome {
        let id = self.reachable(parameters)?;
        let chat = self.chat(id);
        if chat.kind == Kind::Channel && !chat.member(self.bot.id).manages() {
            return Err(Refusal::bad_request("member list is inaccessible"));
        }
        let user = parameters.integer("user_id")?.ok_or_else(|| Refusal::bad_request("invalid user_id specified"))?;
        if chat.hides_members && user != self.bot.id && !chat.member(self.bot.id).manages() {
            return Err(Refusal::bad_request("CHAT_ADMIN_REQUIRED"));
        }
        let user = self.users.get(&user).ok_or_else(|| Refusal::bad_request("PARTICIPANT_ID_INVALID"))?;
        Ok(chat.member(user.id).json(user))
    }

    fn get_chat_administrators(&self, parameters: &Parameters) -> Outcome {
        let id = self.reachable(parameters)?;
        let chat = self.chat(id);
        if chat.kind == Kind::Private {
            return Err(Refusal::bad_request("there are no administrators in the private chat"));
        }
        let manage = chat.members.iter().filter(|(_, member)| member.manages());
        let people = manage.map(|(user, member)| (&self.users[user], member)).filter(|(user, _)| !user.is_bot);
        Ok(people.map(|(user, member)| member.json(user)).collect())
    }

    fn leave_chat(&mut self, parameters: &Parameters) -> Outcome {
        let chat = self.reachable(parameters)?;
        let bot = self.bot.id;
        self.change_bot(chat, bot, Member::Left);
        Ok(json!(true))
    }

    fn describe(&mut self, what: &str, longest: usize, parameters: &Parameters) -> Outcome {
        let text = parameters.text(what).unwrap_or_default();
        if text.chars().count() > longest {
            return Err(Refusal::bad_request(&format!("{} is too long", what.replace('_', " "))));
        }
        let language = parameters.text("language_code").unwrap_or_default();
        self.profile.insert((what.to_owned(), language), text);
        Ok(json!(true))
    }

    fn described(&self, what: &str, parameters: &Parameters) -> Value {
        let language = parameters.text("language_code").unwrap_or_default();
        let said = |language: String| self.profile.get(&(what.to_owned(), language));
        json!({ what: said(language).or_else(|| said(String::new())).cloned().unwrap_or_default() })
    }
}
