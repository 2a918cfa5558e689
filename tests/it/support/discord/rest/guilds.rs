//! Guilds, their channels, and private channels.

use serde_json::{Value, json};

use super::{
    super::{
        form::{Faults, Form},
        permission::{self, VIEW_CHANNEL},
        refusal::Refusal,
        wire,
        world::{Guild, World},
    },
    Reply,
};

pub fn mine(world: &World) -> Reply {
    let of = |guild: &Guild| {
        let permissions = permission::in_guild(guild, world.bot).to_string();
        json!({"id": guild.id.to_string(), "name": guild.name, "icon": null, "owner": false, "permissions": permissions, "features": []})
    };
    Reply::ok(world.guilds.values().filter(|guild| guild.has_bot).map(of).collect())
}

/// A guild that the bot is in.
fn known(world: &World, guild: u64) -> Result<&Guild, Refusal> {
    let found = world.guilds.get(&guild).ok_or_else(Refusal::unknown_guild)?;
    if found.has_bot { Ok(found) } else { Err(Refusal::missing_access()) }
}

pub fn one(world: &World, guild: u64) -> Result<Reply, Refusal> {
    Ok(Reply::ok(wire::guild(known(world, guild)?)))
}

pub fn channels(world: &World, guild: u64) -> Result<Reply, Refusal> {
    known(world, guild)?;
    let own = world.channels.values().filter(|one| one.guild == Some(guild) && !one.kind.is_thread());
    Ok(Reply::ok(own.map(|one| wire::channel(world, one)).collect()))
}

/// Threads that are not asleep and that the bot may see.
pub fn active_threads(world: &World, guild: u64) -> Result<Reply, Refusal> {
    known(world, guild)?;
    let own = world.channels.values().filter(|one| one.guild == Some(guild) && one.kind.is_thread());
    let seen = own.filter(|one| !one.is_archived && world.permissions(one.id, world.bot) & VIEW_CHANNEL != 0);
    let threads: Vec<Value> = seen.map(|one| wire::channel(world, one)).collect();
    Ok(Reply::ok(json!({"threads": threads, "members": []})))
}

pub fn roles(world: &World, guild: u64) -> Result<Reply, Refusal> {
    Ok(Reply::ok(known(world, guild)?.roles.iter().map(wire::role).collect()))
}

pub fn member(world: &World, guild: u64, user: u64) -> Result<Reply, Refusal> {
    let found = wire::member(world, known(world, guild)?, user);
    found.map(Reply::ok).ok_or_else(Refusal::unknown_member)
}

pub fn leave(world: &mut World, guild: u64) -> Result<Reply, Refusal> {
    known(world, guild)?;
    world.remove_bot(guild);
    Ok(Reply::nothing())
}

pub fn channel(world: &World, channel: u64) -> Result<Reply, Refusal> {
    let found = world.channels.get(&channel).ok_or_else(Refusal::unknown_channel)?;
    if world.permissions(channel, world.bot) & VIEW_CHANNEL == 0 {
        return Err(Refusal::missing_access());
    }
    Ok(Reply::ok(wire::channel(world, found)))
}

pub fn open_private(world: &mut World, body: &Value) -> Result<Reply, Refusal> {
    let faults = Faults::default();
    let person = Form::new(body, "", &faults).and_then(|form| {
        form.only(&["recipient_id"]);
        form.require("recipient_id");
        form.snowflake("recipient_id")
    });
    faults.into_result()?;
    let person = person.filter(|person| world.people.contains_key(person)).ok_or_else(Refusal::cannot_message_user)?;
    let channel = world.private_channel(person);
    Ok(Reply::ok(wire::channel(world, &world.channels[&channel])))
}
