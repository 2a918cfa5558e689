//! Messages in channels.

use serde_json::Value;

use super::{
    super::{
        check::message::{self, Draft, EPHEMERAL, LOADING, Use},
        mention,
        permission::{
            EMBED_LINKS, MANAGE_MESSAGES, MANAGE_THREADS, READ_MESSAGE_HISTORY, SEND_IN_THREADS, SEND_MESSAGES,
            VIEW_CHANNEL,
        },
        rate,
        refusal::Refusal,
        wire,
        world::{Kind, Message, Place, World},
    },
    Reply,
};

/// A channel that the bot may see.
pub fn visible(world: &World, channel: u64) -> Result<Kind, Refusal> {
    let found = world.channels.get(&channel).ok_or_else(Refusal::unknown_channel)?;
    if world.permissions(channel, world.bot) & VIEW_CHANNEL == 0 {
        return Err(Refusal::missing_access());
    }
    Ok(found.kind)
}

/// Whether the bot may do that there.
pub fn may(world: &World, channel: u64, permissions: u64) -> Result<(), Refusal> {
    let has = world.permissions(channel, world.bot);
    if has & permissions == permissions { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// A channel that the bot may write in.
fn writable(world: &World, channel: u64) -> Result<(), Refusal> {
    let kind = visible(world, channel)?;
    match kind {
        Kind::Forum => return Err(Refusal::not_a_text_channel()),
        Kind::Private if world.channels[&channel].is_closed => return Err(Refusal::cannot_message_user()),
        Kind::Text | Kind::Private | Kind::Announcement | Kind::AnnouncementThread | Kind::Thread => {}
    }
    may(world, channel, if kind.is_thread() { SEND_IN_THREADS } else { SEND_MESSAGES })?;
    let may_unlock = world.permissions(channel, world.bot) & MANAGE_THREADS != 0;
    if world.channels[&channel].is_locked && !may_unlock { Err(Refusal::locked_thread()) } else { Ok(()) }
}

pub fn list(world: &World, channel: u64, limit: Option<&str>) -> Result<Reply, Refusal> {
    visible(world, channel)?;
    let limit = limit.map_or(Ok(50), str::parse::<usize>).ok().filter(|limit| (1..=100).contains(limit));
    let Some(limit) = limit else {
        let text = "int value should be less than or equal to 100.".to_owned();
        return Err(Refusal::form(&[("limit".to_owned(), "NUMBER_TYPE_MAX", text)]));
    };
    // Who may not read what was written is shown nothing, and not refused.
    let may_read = world.permissions(channel, world.bot) & READ_MESSAGE_HISTORY != 0;
    let messages = world.channels[&channel].messages.values().rev();
    let seen = messages.filter(|message| may_read && !message.is_ephemeral());
    Ok(Reply::ok(seen.take(limit).map(|message| wire::message(world, channel, message)).collect()))
}

/// A message that is there for all to see.
fn find(world: &World, place: Place) -> Result<&Message, Refusal> {
    visible(world, place.channel)?;
    world.message(place).filter(|message| !message.is_ephemeral()).ok_or_else(Refusal::unknown_message)
}

pub fn one(world: &World, channel: u64, message: u64) -> Result<Reply, Refusal> {
    may(world, channel, READ_MESSAGE_HISTORY)?;
    let found = find(world, Place { channel, message })?;
    Ok(Reply::ok(wire::message(world, channel, found)))
}

pub fn create(world: &mut World, channel: u64, body: &Value) -> Result<Reply, Refusal> {
    writable(world, channel)?;
    let mut draft = message::read(body, Use::Post)?;
    if draft.is_empty() {
        return Err(Refusal::empty_message());
    }
    if draft.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        may(world, channel, EMBED_LINKS)?;
    }
    if let Some(earlier) = same_nonce(world, &draft) {
        return Ok(Reply::ok(wire::message(world, earlier.channel, world.message(earlier).unwrap())));
    }
    check_reference(world, channel, &mut draft)?;
    let place = post(world, channel, &draft, None);
    if let Some(nonce) = draft.nonce {
        let now = world.now();
        world.nonces.insert(nonce, (place, now));
    }
    // Writing wakes a thread that had gone to sleep.
    world.channels.get_mut(&channel).unwrap().is_archived = false;
    Ok(Reply::ok(wire::message(world, channel, world.message(place).unwrap())))
}

/// The message that this bot wrote under the same nonce a moment ago, if the nonce is to be unique.
fn same_nonce(world: &World, draft: &Draft) -> Option<Place> {
    let (place, at) = world.nonces.get(draft.nonce.as_ref().filter(|_| draft.enforce_nonce)?)?;
    let is_fresh = world.now() - at < rate::millis(world.settings.nonce_memory);
    (is_fresh && world.message(*place).is_some()).then_some(*place)
}

fn check_reference(world: &World, channel: u64, draft: &mut Draft) -> Result<(), Refusal> {
    let Some(reference) = &draft.reference else { return Ok(()) };
    let is_here = reference.channel.is_none_or(|other| other == channel);
    let found = world.message(Place { channel, message: reference.message }).filter(|one| !one.is_ephemeral());
    if found.is_some() && is_here {
        let may_read = world.permissions(channel, world.bot) & READ_MESSAGE_HISTORY != 0;
        return if may_read { Ok(()) } else { Err(Refusal::cannot_reply()) };
    }
    if reference.must_exist {
        let fault = ("message_reference".to_owned(), "REPLIES_UNKNOWN_MESSAGE", "Unknown message".to_owned());
        return Err(Refusal::form(&[fault]));
    }
    draft.reference = None;
    Ok(())
}

/// Puts a message of the bot into a channel, as an answer to somebody's interaction or by itself.
pub fn post(world: &mut World, channel: u64, draft: &Draft, interaction: Option<(u64, u64)>) -> Place {
    let (id, now, bot) = (world.next_id(), world.now(), world.bot);
    let content = draft.content.clone().unwrap_or_default();
    let pings = mention::pings(world, channel, bot, &content, &draft.allowed);
    let message = Message {
        id,
        author: bot,
        content,
        embeds: draft.embeds.clone().unwrap_or_default(),
        components: draft.components.clone().unwrap_or_default(),
        flags: draft.flags.unwrap_or_default(),
        reply_to: draft.reference.as_ref().map(|reference| reference.message),
        nonce: draft.nonce.clone(),
        sent_at: now,
        edited_at: None,
        edits: 0,
        old_edits: Vec::new(),
        pings,
        is_published: false,
        thread: None,
        interaction,
    };
    world.channels.get_mut(&channel).unwrap().messages.insert(id, message);
    Place { channel, message: id }
}

pub fn edit(world: &mut World, channel: u64, message: u64, body: &Value) -> Result<Reply, Refusal> {
    let place = Place { channel, message };
    if find(world, place)?.author != world.bot {
        return Err(Refusal::not_the_author());
    }
    if world.channels[&channel].is_archived {
        return Err(Refusal::archived_thread());
    }
    let draft = message::read(body, Use::Edit)?;
    if draft.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        may(world, channel, EMBED_LINKS)?;
    }
    count_old_edit(world, place)?;
    change(world, place, &draft)?;
    Ok(Reply::ok(wire::message(world, channel, world.message(place).unwrap())))
}

fn count_old_edit(world: &mut World, place: Place) -> Result<(), Refusal> {
    let (now, rule) = (world.now(), world.settings.old_edits);
    let found = world.message_mut(place).unwrap();
    if now - found.sent_at < rate::millis(rule.age) {
        return Ok(());
    }
    found.old_edits.retain(|at| now - at < rate::millis(rule.rate.span));
    if found.old_edits.len() >= rule.rate.limit as usize {
        return Err(Refusal::too_many_edits());
    }
    found.old_edits.push(now);
    Ok(())
}

/// Changes what the draft says something about. Nobody is pinged by an edit.
pub fn change(world: &mut World, place: Place, draft: &Draft) -> Result<(), Refusal> {
    let now = world.now();
    let old = world.message(place).ok_or_else(Refusal::unknown_message)?;
    let whole = Draft {
        content: draft.content.clone().or_else(|| Some(old.content.clone())),
        embeds: draft.embeds.clone().or_else(|| Some(old.embeds.clone())),
        components: draft.components.clone().or_else(|| Some(old.components.clone())),
        ..draft.clone()
    };
    if whole.is_empty() {
        return Err(Refusal::empty_message());
    }
    let was_thinking = old.is_thinking();
    let pings = if was_thinking {
        let content = whole.content.as_deref().unwrap_or_default();
        mention::pings(world, place.channel, world.bot, content, &draft.allowed)
    } else {
        old.pings.clone()
    };
    let message = world.message_mut(place).unwrap();
    message.content = whole.content.unwrap_or_default();
    message.embeds = whole.embeds.unwrap_or_default();
    message.components = whole.components.unwrap_or_default();
    message.pings = pings;
    if was_thinking {
        message.flags &= !LOADING;
    } else {
        message.edited_at = Some(now);
        message.edits += 1;
    }
    if let Some(flags) = draft.flags {
        message.flags = (message.flags & EPHEMERAL) | (flags & !EPHEMERAL);
    }
    Ok(())
}

pub fn delete(world: &mut World, channel: u64, message: u64) -> Result<Reply, Refusal> {
    let place = Place { channel, message };
    if find(world, place)?.author != world.bot {
        may(world, channel, MANAGE_MESSAGES)?;
    }
    world.channels.get_mut(&channel).unwrap().messages.remove(&message);
    Ok(Reply::nothing())
}

pub fn publish(world: &mut World, channel: u64, message: u64) -> Result<Reply, Refusal> {
    let place = Place { channel, message };
    find(world, place)?;
    if world.channels[&channel].kind != Kind::Announcement {
        return Err(Refusal::wrong_channel_kind());
    }
    may(world, channel, SEND_MESSAGES)?;
    let found = world.message_mut(place).unwrap();
    if std::mem::replace(&mut found.is_published, true) {
        return Err(Refusal::already_published());
    }
    Ok(Reply::ok(wire::message(world, channel, world.message(place).unwrap())))
}
