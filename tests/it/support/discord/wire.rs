//! How things look in JSON.

use chrono::DateTime;
use serde_json::{Value, json};

use super::{
    permission,
    world::{Channel, Guild, Message, Person, Role, World},
};

/// Milliseconds since 1970, as text.
pub fn time(ms: u64) -> String {
    let at = DateTime::from_timestamp_millis(i64::try_from(ms).unwrap()).unwrap();
    at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// Milliseconds since 1970, as HTTP headers have it.
pub fn http_date(ms: u64) -> String {
    let at = DateTime::from_timestamp_millis(i64::try_from(ms).unwrap()).unwrap();
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn id(id: u64) -> Value {
    json!(id.to_string())
}

pub fn person(person: &Person) -> Value {
    json!({
        "id": id(person.id), "username": person.name, "global_name": person.name, "discriminator": "0", "avatar": null,
        "avatar_decoration_data": null, "public_flags": 0, "primary_guild": null, "clan": null, "collectibles": null,
    })
}

pub fn bot(world: &World) -> Value {
    json!({
        "id": id(world.bot), "username": "Watcher", "global_name": null, "discriminator": "4711", "avatar": null, "bot": true,
        "verified": true, "mfa_enabled": false, "email": null, "flags": 0, "public_flags": 0,
    })
}

/// The bot or a person.
pub fn user(world: &World, id: u64) -> Value {
    world.people.get(&id).map_or_else(|| bot(world), person)
}

pub fn application(world: &World) -> Value {
    json!({
        "id": id(world.application), "name": "Watcher", "icon": null, "description": "Watches.", "summary": "", "type": null,
        "bot": bot(world), "bot_public": true, "bot_require_code_grant": false, "owner": bot(world), "team": null,
        "verify_key": "0000000000000000000000000000000000000000000000000000000000000000", "flags": 0, "hook": true,
        "integration_types_config": {"0": {}, "1": {}}, "approximate_guild_count": world.guilds.len(),
        "approximate_user_install_count": 0, "redirect_uris": [], "interactions_endpoint_url": null,
        "role_connections_verification_url": null, "event_webhooks_status": 1,
    })
}

pub fn role(role: &Role) -> Value {
    json!({
        "id": id(role.id), "name": role.name, "permissions": role.permissions.to_string(), "position": 0, "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "hoist": false, "managed": false,
        "mentionable": role.is_mentionable, "icon": null, "unicode_emoji": null, "flags": 0,
    })
}

/// A member as guilds list it; `None` if they are not in it.
pub fn member(world: &World, guild: &Guild, who: u64) -> Option<Value> {
    let roles: Vec<Value> = guild.members.get(&who)?.iter().map(|role| id(*role)).collect();
    Some(json!({
        "user": user(world, who), "roles": roles, "nick": null, "avatar": null, "banner": null, "premium_since": null,
        "joined_at": time(guild.joined_at), "communication_disabled_until": null, "unusual_dm_activity_until": null,
        "flags": 0, "pending": false, "deaf": false, "mute": false,
    }))
}

pub fn channel(world: &World, channel: &Channel) -> Value {
    let last = channel.messages.values().rev().find(|message| !message.is_ephemeral());
    let mut json = json!({
        "id": id(channel.id), "type": channel.kind as u8, "last_message_id": last.map(|message| id(message.id)), "flags": 0,
    });
    if let Some(person) = channel.person {
        json["recipients"] = json!([user(world, person)]);
        return json;
    }
    json["guild_id"] = json!(channel.guild.map(|guild| guild.to_string()));
    json["name"] = json!(channel.name);
    json["rate_limit_per_user"] = json!(0);
    json["parent_id"] = json!(channel.parent.map(|parent| parent.to_string()));
    if channel.kind.is_thread() {
        json["owner_id"] = id(world.bot);
        json["message_count"] = json!(channel.messages.len());
        json["member_count"] = json!(1);
        json["total_message_sent"] = json!(channel.messages.len());
        json["thread_metadata"] = json!({
            "archived": channel.is_archived, "locked": channel.is_locked, "auto_archive_duration": channel.archive_minutes,
            "archive_timestamp": time(world.now()), "create_timestamp": time(world.now()),
        });
        if !channel.applied_tags.is_empty() {
            json["applied_tags"] = channel.applied_tags.iter().map(|tag| id(*tag)).collect();
        }
        return json;
    }
    let overwrite = |one: &permission::Overwrite| {
        let (allow, deny) = (one.allow.to_string(), one.deny.to_string());
        json!({"id": id(one.target), "type": u8::from(one.is_member), "allow": allow, "deny": deny})
    };
    json["permission_overwrites"] = channel.overwrites.iter().map(overwrite).collect();
    json["position"] = json!(0);
    json["topic"] = Value::Null;
    json["nsfw"] = json!(false);
    if channel.kind == super::world::Kind::Forum {
        if channel.needs_tag {
            json["flags"] = json!(1 << 4);
        }
        let tag = |(tag, name): &(u64, String)| json!({"id": id(*tag), "name": name, "moderated": false, "emoji_id": null, "emoji_name": null});
        json["available_tags"] = channel.tags.iter().map(tag).collect();
        json["default_reaction_emoji"] = Value::Null;
        json["default_sort_order"] = Value::Null;
        json["default_forum_layout"] = json!(0);
    }
    json
}

/// A guild without what only the gateway tells.
pub fn guild(guild: &Guild) -> Value {
    json!({
        "id": id(guild.id), "name": guild.name, "icon": null, "splash": null, "discovery_splash": null, "owner_id": id(guild.owner),
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
        "roles": guild.roles.iter().map(role).collect::<Vec<_>>(), "emojis": [], "features": ["COMMUNITY"], "mfa_level": 0,
        "application_id": null, "system_channel_id": guild.system_channel.map(|channel| channel.to_string()),
        "system_channel_flags": 0, "rules_channel_id": null, "max_presences": null, "max_members": 500_000,
        "vanity_url_code": null, "description": null, "banner": null, "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": guild.locale, "public_updates_channel_id": null, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50, "nsfw_level": 0, "nsfw": false, "stickers": [],
        "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null, "incidents_data": null,
        "home_header": null, "region": "deprecated", "hub_type": null,
    })
}

/// A guild as the gateway tells it when the bot connects or joins.
pub fn guild_create(world: &World, of: &Guild) -> Value {
    let mut json = guild(of);
    let own = world.channels.values().filter(|one| one.guild == Some(of.id));
    let (threads, channels): (Vec<&Channel>, Vec<&Channel>) = own.partition(|one| one.kind.is_thread());
    json["joined_at"] = json!(time(of.joined_at));
    json["large"] = json!(false);
    json["unavailable"] = json!(false);
    json["member_count"] = json!(of.members.len());
    json["voice_states"] = json!([]);
    // Without the members' intent, only the bot itself.
    json["members"] = member(world, of, world.bot).into_iter().collect();
    json["channels"] = channels.into_iter().map(|one| channel(world, one)).collect();
    json["threads"] = threads.into_iter().filter(|one| !one.is_archived).map(|one| channel(world, one)).collect();
    json["presences"] = json!([]);
    json["stage_instances"] = json!([]);
    json["guild_scheduled_events"] = json!([]);
    json["soundboard_sounds"] = json!([]);
    json["version"] = json!(of.joined_at);
    json
}

pub fn message(world: &World, channel: u64, message: &Message) -> Value {
    use super::show::Ping;
    let pinged = |wanted: fn(&Ping) -> Option<u64>| message.pings.iter().filter_map(wanted).collect::<Vec<u64>>();
    let users = pinged(|ping| if let Ping::User(id) = ping { Some(*id) } else { None });
    let roles = pinged(|ping| if let Ping::Role(id) = ping { Some(*id) } else { None });
    let embed = |embed: &Value| {
        let mut embed = embed.clone();
        embed["type"] = json!("rich");
        embed
    };
    let mut json = json!({
        "id": id(message.id), "channel_id": id(channel), "type": if message.reply_to.is_some() { 19 } else { 0 },
        "author": user(world, message.author), "content": message.content, "timestamp": time(message.sent_at),
        "edited_timestamp": message.edited_at.map(time), "tts": false,
        "mention_everyone": message.pings.contains(&Ping::Everyone), "attachments": [],
        "mentions": users.into_iter().map(|one| user(world, one)).collect::<Vec<_>>(),
        "mention_roles": roles.into_iter().map(id).collect::<Vec<_>>(),
        "embeds": message.embeds.iter().map(embed).collect::<Vec<_>>(), "components": message.components, "pinned": false,
        "flags": message.flags | if message.is_published { 1 } else { 0 } | if message.thread.is_some() { 1 << 5 } else { 0 },
    });
    if let Some(nonce) = &message.nonce {
        json["nonce"] = json!(nonce);
    }
    if let Some(original) = message.reply_to {
        json["message_reference"] = json!({"type": 0, "channel_id": id(channel), "message_id": id(original)});
        let place = super::world::Place { channel, message: original };
        json["referenced_message"] = world.message(place).map_or(Value::Null, |found| {
            let mut found = self::message(world, channel, found);
            // It is not told what that one answered in turn.
            found.as_object_mut().unwrap().remove("referenced_message");
            found
        });
    }
    if let Some((interaction, person)) = message.interaction {
        json["application_id"] = id(world.application);
        json["webhook_id"] = id(world.application);
        json["interaction_metadata"] = json!({
            "id": id(interaction), "type": 2, "user": user(world, person), "authorizing_integration_owners": {},
        });
    }
    if let Some(thread) = message.thread.and_then(|thread| world.channels.get(&thread)) {
        json["thread"] = self::channel(world, thread);
    }
    json
}
