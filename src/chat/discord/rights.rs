//! What the bot must be allowed where it is to post, and what it is allowed: pure.

use serde_json::Value;

use super::interaction::{id, id_at};
use crate::{
    domain::{Locale, Updates},
    text::{Text, plain},
};

/// May do everything.
pub(super) const ADMINISTRATOR: u64 = 1 << 3;

/// Something the bot may be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Right {
    /// Its bit among the permissions.
    /// Source: <https://discord.com/developers/docs/topics/permissions> (read 2026-08-30).
    bit: u64,
    /// Its name in the texts.
    pub(super) key: &'static str,
}

const VIEW_CHANNEL: Right = Right { bit: 1 << 10, key: "view" };
const SEND_MESSAGES: Right = Right { bit: 1 << 11, key: "send" };
/// The same right, as Discord calls it in forums.
const CREATE_POSTS: Right = Right { bit: 1 << 11, key: "posts" };
const EMBED_LINKS: Right = Right { bit: 1 << 14, key: "embed" };
const READ_HISTORY: Right = Right { bit: 1 << 16, key: "history" };
const CREATE_THREADS: Right = Right { bit: 1 << 35, key: "create-threads" };
const SEND_IN_THREADS: Right = Right { bit: 1 << 38, key: "threads" };

/// What the bot is invited with: all of these.
pub(super) const INVITED: u64 = VIEW_CHANNEL.bit
    | SEND_MESSAGES.bit
    | EMBED_LINKS.bit
    | READ_HISTORY.bit
    | CREATE_THREADS.bit
    | SEND_IN_THREADS.bit;

/// Where the bot is to post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// An ordinary or an announcement channel.
    Channel,
    /// A thread.
    Thread,
    /// A forum, which takes posts, and messages in them.
    Forum,
}

impl Room {
    /// Without one of these no alert arrives.
    const fn needed(self) -> &'static [Right] {
        match self {
            Self::Channel => &[VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS],
            Self::Thread => &[VIEW_CHANNEL, SEND_IN_THREADS, EMBED_LINKS],
            Self::Forum => &[VIEW_CHANNEL, CREATE_POSTS, SEND_IN_THREADS, EMBED_LINKS],
        }
    }

    /// Without these alerts arrive, but not all as the chat wants it: what belongs to an alert does not answer it, or
    /// does not go into a thread on it.
    const fn wished(self, updates: Updates) -> &'static [Right] {
        match (self, updates) {
            (Self::Channel, Updates::Thread) => &[READ_HISTORY, CREATE_THREADS, SEND_IN_THREADS],
            (Self::Channel, Updates::Edits | Updates::Replies) | (Self::Thread | Self::Forum, _) => &[READ_HISTORY],
        }
    }

    /// What of the needed the bot lacks that has these permissions.
    pub(super) fn lacks(self, own: u64) -> Vec<Right> {
        missing(self.needed(), own)
    }

    /// What of the wished it lacks.
    pub(super) fn would_like(self, own: u64, updates: Updates) -> Vec<Right> {
        missing(self.wished(updates), own)
    }
}

fn missing(rights: &[Right], own: u64) -> Vec<Right> {
    rights.iter().filter(|right| own & (right.bit | ADMINISTRATOR) == 0).copied().collect()
}

/// Rights by their names in Discord's own settings, for the operator.
pub(super) fn names(rights: &[Right]) -> String {
    let name = |right: &Right| plain(Locale::default(), &Text::DiscordRight { right: right.key });
    rights.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What the bot is allowed in one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The server, whose id is also that of its role for everybody.
    guild: u64,
    /// The bot itself.
    own: u64,
    /// Its roles there.
    roles: Vec<u64>,
    /// What these and the role for everybody allow.
    base: u64,
}

/// What a channel changes for a role or a member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Overwrite {
    /// For whom.
    pub(super) target: u64,
    /// What is allowed beyond the rest.
    pub(super) allow: u64,
    /// What is not.
    pub(super) deny: u64,
}

impl Standing {
    /// The standing of a member with these roles, of all the roles there are with what each allows.
    pub(super) fn new(guild: u64, own: u64, roles: Vec<u64>, all: impl IntoIterator<Item = (u64, u64)>) -> Self {
        let counts = |role: &(u64, u64)| role.0 == guild || roles.contains(&role.0);
        let base = all.into_iter().filter(counts).fold(0, |base, (_, allows)| base | allows);
        Self { guild, own, roles, base }
    }

    /// The same from a server and a member as Discord's REST API has them.
    pub(super) fn read(guild: &Value, member: &Value) -> Option<Self> {
        let list = |json: &Value, key| json.get(key).and_then(Value::as_array).cloned();
        let roles = list(member, "roles")?.iter().filter_map(id).collect();
        let all = list(guild, "roles")?;
        let role = |role: &Value| Some((id_at(role, "/id")?, id_at(role, "/permissions")?));
        Some(Self::new(id_at(guild, "/id")?, id_at(member, "/user/id")?, roles, all.iter().filter_map(role)))
    }

    /// What is allowed in a channel that changes this: first for everybody, then for roles, then for members.
    /// Source: <https://discord.com/developers/docs/topics/permissions#permission-overwrites> (read 2026-08-30).
    pub(super) fn within(&self, overwrites: &[Overwrite]) -> u64 {
        if self.base & ADMINISTRATOR != 0 {
            return self.base;
        }
        let apply = |bits: u64, is_meant: &dyn Fn(u64) -> bool| {
            let meant = || overwrites.iter().filter(|one| is_meant(one.target));
            let (allow, deny) = meant().fold((0, 0), |(allow, deny), one| (allow | one.allow, deny | one.deny));
            (bits & !deny) | allow
        };
        let bits = apply(self.base, &|target| target == self.guild);
        let bits = apply(bits, &|target| target != self.guild && self.roles.contains(&target));
        apply(bits, &|target| target == self.own)
    }
}

/// What a channel changes, as Discord writes it.
pub(super) fn overwrites(channel: &Value) -> Vec<Overwrite> {
    let listed = channel.get("permission_overwrites").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let read = |one: &Value| {
        let bits = |pointer| id_at(one, pointer).unwrap_or_default();
        Some(Overwrite { target: id_at(one, "/id")?, allow: bits("/allow"), deny: bits("/deny") })
    };
    listed.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ALL: u64 = VIEW_CHANNEL.bit | SEND_MESSAGES.bit | EMBED_LINKS.bit | READ_HISTORY.bit;

    fn standing() -> Standing {
        let guild = json!({ "id": "1", "roles": [
            { "id": "1", "permissions": VIEW_CHANNEL.bit.to_string() },
            { "id": "7", "permissions": (SEND_MESSAGES.bit | EMBED_LINKS.bit | READ_HISTORY.bit).to_string() },
            { "id": "8", "permissions": "8" },
        ] });
        Standing::read(&guild, &json!({ "user": { "id": "5" }, "roles": ["7"] })).unwrap()
    }

    fn within(changed: &Value) -> u64 {
        standing().within(&overwrites(&json!({ "permission_overwrites": changed })))
    }

    #[test]
    fn roles_allow_and_channels_change_it_for_everybody_then_for_roles_then_for_members() {
        assert_eq!(within(&json!([])), ALL);
        let send = SEND_MESSAGES.bit.to_string();
        let everybody = json!({ "id": "1", "type": 0, "allow": "0", "deny": send });
        let role = json!({ "id": "7", "type": 0, "allow": send, "deny": "0" });
        let itself = json!({ "id": "5", "type": 1, "allow": "0", "deny": send });
        let other = json!({ "id": "6", "type": 1, "allow": "0", "deny": ALL.to_string() });
        assert_eq!(within(&json!([everybody])), ALL & !SEND_MESSAGES.bit);
        assert_eq!(within(&json!([role, everybody, other])), ALL);
        assert_eq!(within(&json!([itself, role, everybody])), ALL & !SEND_MESSAGES.bit);
        let administrator = Standing::new(1, 5, vec![8], [(8, ADMINISTRATOR)]);
        let denied = Overwrite { target: 5, allow: 0, deny: ALL };
        assert_eq!(Room::Forum.lacks(administrator.within(&[denied])), []);
    }

    #[test]
    fn the_link_in_the_guide_invites_with_all_that_is_needed() {
        let guide = include_str!("../../../docs/discord.md");
        assert!(guide.contains(&format!("&permissions={INVITED}\n")), "{INVITED}");
    }

    #[test]
    fn what_is_missing_is_named_as_discord_names_it_there() {
        assert_eq!(names(&Room::Channel.lacks(0)), "View Channel, Send Messages, Embed Links");
        assert_eq!(names(&Room::Thread.lacks(ALL)), "Send Messages in Threads");
        assert_eq!(names(&Room::Forum.lacks(VIEW_CHANNEL.bit)), "Create Posts, Send Messages in Threads, Embed Links");
        assert_eq!(names(&Room::Forum.lacks(SEND_IN_THREADS.bit | ALL)), "");
        assert_eq!(names(&Room::Channel.would_like(0, Updates::Edits)), "Read Message History");
        let for_threads = names(&Room::Channel.would_like(ALL, Updates::Thread));
        assert_eq!(for_threads, "Create Public Threads, Send Messages in Threads");
    }
}
