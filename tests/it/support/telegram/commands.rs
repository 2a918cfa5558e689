//! The menu of commands that each person sees in each chat.

use serde_json::{Value, json};

use super::{
    parameters::Parameters,
    refusal::{Outcome, Refusal},
    world::{Kind, Member, World},
};

/// Source: <https://core.telegram.org/bots/api#setmycommands>.
const MOST_COMMANDS: usize = 100;

/// Who sees a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Scope {
    Default,
    Private,
    Groups,
    GroupAdministrators,
    Chat(i64),
    ChatAdministrators(i64),
    ChatMember(i64, i64),
}

/// A command and what it says about itself.
pub type Line = (String, String);

/// All menus.
#[derive(Default)]
pub struct Menus(Vec<(Scope, String, Vec<Line>)>);

impl World {
    pub fn set_my_commands(&mut self, parameters: &Parameters) -> Outcome {
        let (scope, language) = self.menu_of(parameters)?;
        let commands = parameters.object("commands")?;
        let commands = commands.as_ref().and_then(Value::as_array);
        let commands = commands.ok_or_else(|| Refusal::bad_request("can't parse commands: expected an Array"))?;
        if commands.len() > MOST_COMMANDS {
            return Err(Refusal::bad_request("BOT_COMMANDS_TOO_MUCH"));
        }
        let lines = commands.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        self.menus.0.retain(|(of, speaking, _)| (of, speaking) != (&scope, &language));
        if !lines.is_empty() {
            self.menus.0.push((scope, language, lines));
        }
        Ok(json!(true))
    }

    pub fn delete_my_commands(&mut self, parameters: &Parameters) -> Outcome {
        let (scope, language) = self.menu_of(parameters)?;
        self.menus.0.retain(|(of, speaking, _)| (of, speaking) != (&scope, &language));
        Ok(json!(true))
    }

    pub fn get_my_commands(&self, parameters: &Parameters) -> Outcome {
        let (scope, language) = self.menu_of(parameters)?;
        let lines = self.exact_menu(&scope, &language).unwrap_or_default();
        let draw = |(command, description)| json!({ "command": command, "description": description });
        Ok(lines.into_iter().map(draw).collect())
    }

    fn menu_of(&self, parameters: &Parameters) -> Result<(Scope, String), Refusal> {
        let language = parameters.text("language_code").unwrap_or_default();
        let is_code = language.len() == 2 && language.chars().all(|character| character.is_ascii_lowercase());
        if !language.is_empty() && !is_code {
            return Err(Refusal::bad_request("invalid language code specified"));
        }
        let Some(scope) = parameters.object("scope")? else { return Ok((Scope::Default, language)) };
        let chat = || {
            let id = scope["chat_id"].as_i64().filter(|id| self.chats.contains_key(id));
            id.ok_or_else(|| Refusal::bad_request("chat not found"))
        };
        let user = || scope["user_id"].as_i64().ok_or_else(|| Refusal::bad_request("invalid user_id specified"));
        let scope = match scope["type"].as_str().unwrap_or_default() {
            "default" => Scope::Default,
            "all_private_chats" => Scope::Private,
            "all_group_chats" => Scope::Groups,
            "all_chat_administrators" => Scope::GroupAdministrators,
            "chat" => Scope::Chat(chat()?),
            "chat_administrators" => Scope::ChatAdministrators(chat()?),
            "chat_member" => Scope::ChatMember(chat()?, user()?),
            _ => return Err(Refusal::bad_request("can't parse BotCommandScope: unsupported type specified")),
        };
        Ok((scope, language))
    }

    fn exact_menu(&self, scope: &Scope, language: &str) -> Option<Vec<Line>> {
        let menu = self.menus.0.iter().find(|(of, speaking, _)| (of, speaking.as_str()) == (scope, language));
        menu.map(|(_, _, lines)| lines.clone())
    }

    /// What a person sees in a chat: the narrowest menu there is, in their language if there is one.
    /// Source: <https://core.telegram.org/bots/api#determining-list-of-commands>.
    pub fn menu(&self, chat: i64, user: i64) -> Vec<Line> {
        let place = self.chat(chat);
        let manages = place.member(user).manages() && place.member(user) != Member::Left;
        let scopes = if place.kind == Kind::Private {
            vec![Scope::Chat(chat), Scope::Private, Scope::Default]
        } else {
            let of_administrators = [Scope::ChatAdministrators(chat), Scope::Chat(chat), Scope::GroupAdministrators];
            let of_all = [Scope::Chat(chat), Scope::Groups, Scope::Default];
            let before = if manages { of_administrators.to_vec() } else { Vec::new() };
            [vec![Scope::ChatMember(chat, user)], before, of_all.to_vec()].concat()
        };
        let language = self.users[&user].language.clone().unwrap_or_default();
        let menus =
            scopes.iter().find_map(|scope| self.exact_menu(scope, &language).or_else(|| self.exact_menu(scope, "")));
        menus.unwrap_or_default()
    }
}

fn line(command: &Value) -> Result<Line, Refusal> {
    let text = |name: &str| command[name].as_str().unwrap_or_default().to_owned();
    // A slash in front is taken off, as the real server does.
    let (name, description) = (text("command").trim_start_matches('/').to_owned(), text("description"));
    let is_allowed = |character: char| matches!(character, 'a'..='z' | '0'..='9' | '_');
    if !(1..=32).contains(&name.len()) || !name.chars().all(is_allowed) {
        return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
    }
    if !(1..=256).contains(&description.trim().chars().count()) {
        return Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok((name, description))
}
