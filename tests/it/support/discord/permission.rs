//! Permissions: the bits, and who may do what where.

use super::world::{Channel, Guild};

pub const ADMINISTRATOR: u64 = 1 << 3;
pub const MANAGE_CHANNELS: u64 = 1 << 4;
pub const VIEW_CHANNEL: u64 = 1 << 10;
pub const SEND_MESSAGES: u64 = 1 << 11;
pub const MANAGE_MESSAGES: u64 = 1 << 13;
pub const EMBED_LINKS: u64 = 1 << 14;
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub const MENTION_EVERYONE: u64 = 1 << 17;
pub const USE_COMMANDS: u64 = 1 << 31;
pub const MANAGE_THREADS: u64 = 1 << 34;
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub const SEND_IN_THREADS: u64 = 1 << 38;

/// What members may do where nobody changed anything.
pub const USUAL: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | READ_MESSAGE_HISTORY
    | USE_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_IN_THREADS;

const ALL: u64 = (1 << 53) - 1;

/// What a channel changes for a role or a member.
#[derive(Clone, Copy, Debug)]
pub struct Overwrite {
    /// The role or, if `is_member`, the person.
    pub target: u64,
    pub is_member: bool,
    pub allow: u64,
    pub deny: u64,
}

/// What a member of a guild may do in a channel. A thread has the overwrites of its parent.
pub fn in_channel(guild: &Guild, channel: &Channel, member: u64) -> u64 {
    let base = in_guild(guild, member);
    if base & ADMINISTRATOR != 0 {
        return ALL;
    }
    let own = guild.members.get(&member).map(Vec::as_slice).unwrap_or_default();
    let merge = |applies: &dyn Fn(&Overwrite) -> bool| {
        let those = channel.overwrites.iter().filter(|one| applies(one));
        those.fold((0, 0), |(allow, deny), one| (allow | one.allow, deny | one.deny))
    };
    let apply = |bits: u64, (allow, deny): (u64, u64)| (bits & !deny) | allow;
    let bits = apply(base, merge(&|one| !one.is_member && one.target == guild.id));
    let bits = apply(bits, merge(&|one| !one.is_member && own.contains(&one.target)));
    let bits = apply(bits, merge(&|one| one.is_member && one.target == member));
    if bits & VIEW_CHANNEL == 0 { 0 } else { bits }
}

/// What a member may do in a guild as a whole.
pub fn in_guild(guild: &Guild, member: u64) -> u64 {
    let Some(own) = guild.members.get(&member) else { return 0 };
    let roles = guild.roles.iter().filter(|role| role.id == guild.id || own.contains(&role.id));
    let bits = roles.fold(0, |bits, role| bits | role.permissions);
    if bits & ADMINISTRATOR != 0 { ALL } else { bits }
}
