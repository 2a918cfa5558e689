//! Threads, and posts in forums.

use serde_json::{Value, json};

use super::{
    super::{
        check::message::{self, Draft, Use},
        form::{Faults, Form},
        limits,
        permission::{CREATE_PUBLIC_THREADS, EMBED_LINKS, MANAGE_THREADS, SEND_MESSAGES},
        refusal::Refusal,
        wire,
        world::{Channel, Kind, Place, World},
    },
    Reply,
    messages::{may, post, visible},
};

/// How a thread is to be.
struct Plan {
    name: String,
    archive_minutes: i64,
    tags: Vec<u64>,
}

fn plan(form: &Form<'_>) -> Plan {
    let name = form.required_text("name", 1..=limits::THREAD_NAME).unwrap_or_default();
    form.integer("rate_limit_per_user", 0..=21_600);
    Plan {
        name: name.trim().to_owned(),
        archive_minutes: form.one_of("auto_archive_duration", &limits::ARCHIVE_MINUTES).unwrap_or(4_320),
        tags: form.snowflakes("applied_tags", limits::TAGS_OF_A_POST),
    }
}

/// Adds a thread with this id to a channel, and says so.
fn open(world: &mut World, parent: u64, id: u64, kind: Kind, plan: Plan) -> Value {
    let guild = world.channels[&parent].guild;
    let thread = Channel {
        parent: Some(parent),
        applied_tags: plan.tags,
        archive_minutes: plan.archive_minutes,
        ..Channel::new(id, guild, kind, &plan.name)
    };
    world.channels.insert(id, thread);
    let mut told = wire::channel(world, &world.channels[&id]);
    told["newly_created"] = json!(true);
    world.tell(guild, "THREAD_CREATE", told.clone());
    told
}

pub fn from_message(world: &mut World, channel: u64, message: u64, body: &Value) -> Result<Reply, Refusal> {
    let kind = match visible(world, channel)? {
        Kind::Text => Kind::Thread,
        Kind::Announcement => Kind::AnnouncementThread,
        Kind::Private | Kind::AnnouncementThread | Kind::Thread | Kind::Forum => {
            return Err(Refusal::wrong_channel_kind());
        }
    };
    may(world, channel, CREATE_PUBLIC_THREADS)?;
    let place = Place { channel, message };
    let found = world.message(place).filter(|one| !one.is_ephemeral()).ok_or_else(Refusal::unknown_message)?;
    if found.thread.is_some() {
        return Err(Refusal::thread_exists());
    }
    let faults = Faults::default();
    let plan = Form::new(body, "", &faults).map(|form| {
        form.only(&["name", "auto_archive_duration", "rate_limit_per_user"]);
        plan(&form)
    });
    faults.into_result()?;
    // Such a thread has the id of its message.
    let told = open(world, channel, message, kind, plan.unwrap());
    world.message_mut(place).unwrap().thread = Some(message);
    Ok(Reply::created(told))
}

pub fn create(world: &mut World, channel: u64, body: &Value) -> Result<Reply, Refusal> {
    let kind = visible(world, channel)?;
    let is_forum = kind == Kind::Forum;
    if !is_forum && kind != Kind::Text && kind != Kind::Announcement {
        return Err(Refusal::wrong_channel_kind());
    }
    may(world, channel, if is_forum { SEND_MESSAGES } else { CREATE_PUBLIC_THREADS })?;
    let faults = Faults::default();
    let read = Form::new(body, "", &faults).map(|form| read_thread(world, channel, &form, is_forum));
    faults.into_result()?;
    let (plan, first) = read.unwrap();
    if is_forum && world.channels[&channel].needs_tag && plan.tags.is_empty() {
        return Err(Refusal::tag_required());
    }
    if first.as_ref().is_some_and(Draft::is_empty) {
        return Err(Refusal::empty_message());
    }
    if first.as_ref().and_then(|draft| draft.embeds.as_ref()).is_some_and(|embeds| !embeds.is_empty()) {
        may(world, channel, EMBED_LINKS)?;
    }
    let id = world.next_id();
    let mut told = open(world, channel, id, Kind::Thread, plan);
    if let Some(first) = first {
        let place = post(world, id, &first, None);
        // The first message of a post has the id of the post.
        let messages = &mut world.channels.get_mut(&id).unwrap().messages;
        let mut message = messages.remove(&place.message).unwrap();
        message.id = id;
        messages.insert(id, message);
        told["message"] = wire::message(world, id, &world.channels[&id].messages[&id]);
    }
    Ok(Reply::created(told))
}

fn read_thread(world: &World, channel: u64, form: &Form<'_>, is_forum: bool) -> (Plan, Option<Draft>) {
    let usual = ["name", "auto_archive_duration", "rate_limit_per_user"];
    if !is_forum {
        form.only(&[&usual[..], &["type", "invitable"]].concat());
        form.require("type");
        form.one_of("type", &[Kind::Thread as i64, Kind::AnnouncementThread as i64]);
        return (plan(form), None);
    }
    form.only(&[&usual[..], &["message", "applied_tags"]].concat());
    form.require("message");
    let plan = plan(form);
    let known = &world.channels[&channel].tags;
    if plan.tags.iter().any(|tag| !known.iter().any(|(id, _)| id == tag)) {
        form.fault("applied_tags", "FORUM_TAG_UNKNOWN", "Unknown tag");
    }
    (plan, form.form("message").map(|first| message::draft(&first, Use::ForumPost)))
}

/// Changes a thread: its name, and whether it sleeps or is locked.
pub fn change(world: &mut World, channel: u64, body: &Value) -> Result<Reply, Refusal> {
    if !visible(world, channel)?.is_thread() {
        return Err(Refusal::wrong_channel_kind());
    }
    let faults = Faults::default();
    let read = Form::new(body, "", &faults).map(|form| {
        form.only(&["name", "archived", "locked", "auto_archive_duration", "applied_tags"]);
        form.one_of("auto_archive_duration", &limits::ARCHIVE_MINUTES);
        let name = form.text("name", 1..=limits::THREAD_NAME).map(str::to_owned);
        (name, form.boolean("archived"), form.boolean("locked"))
    });
    faults.into_result()?;
    let (name, archived, locked) = read.unwrap();
    // The bot's own threads; locking one takes more.
    if locked.is_some() || world.channels[&channel].is_locked {
        may(world, channel, MANAGE_THREADS)?;
    }
    let thread = world.channels.get_mut(&channel).unwrap();
    if thread.is_archived && archived != Some(false) {
        return Err(Refusal::archived_thread());
    }
    thread.name = name.unwrap_or_else(|| thread.name.clone());
    thread.is_archived = archived.unwrap_or(thread.is_archived);
    thread.is_locked = locked.unwrap_or(thread.is_locked);
    Ok(Reply::ok(wire::channel(world, &world.channels[&channel])))
}
