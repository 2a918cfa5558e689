//! Who is pinged by a text.

use super::{check::message::Allowed, permission::MENTION_EVERYONE, show::Ping, world::World};

/// Who of those named in a text is pinged, when `author` may ping so many there. Escaping a mention hides it from the eye and not
/// from here.
pub fn pings(world: &World, channel: u64, author: u64, text: &str, allowed: &Allowed) -> Vec<Ping> {
    let may_ping_all = world.permissions(channel, author) & MENTION_EVERYONE != 0;
    let guild = world.guild_of(channel);
    let mut pings = Vec::new();
    let mut add = |ping: Ping| {
        if !pings.contains(&ping) {
            pings.push(ping);
        }
    };
    if allowed.everyone && may_ping_all && (text.contains("@everyone") || text.contains("@here")) {
        add(Ping::Everyone);
    }
    for (start, _) in text.match_indices("<@") {
        let Some((inside, _)) = text[start + 2..].split_once('>') else { continue };
        if let Some(role) = inside.strip_prefix('&').and_then(|id| id.parse::<u64>().ok()) {
            let found = guild.and_then(|guild| guild.roles.iter().find(|one| one.id == role));
            let is_allowed = allowed.all_roles || allowed.roles.contains(&role);
            if is_allowed && found.is_some_and(|role| role.is_mentionable || may_ping_all) {
                add(Ping::Role(role));
            }
        } else if let Ok(user) = inside.trim_start_matches('!').parse::<u64>()
            && (allowed.all_users || allowed.users.contains(&user))
            && world.people.contains_key(&user)
        {
            add(Ping::User(user));
        }
    }
    pings
}
