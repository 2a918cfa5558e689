//! The line to Discord's gateway: serenity's client on a thread of its own, and what it tells, read leniently.
//!
//! serenity works on a runtime of its own because it cannot be relied on to yield (a connection closed without a reason
//! keeps it turning until the next heartbeat), and because its tasks end with that runtime and with nothing else.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use chrono::{DateTime, Utc};
use reqwest::Client as HttpClient;
use serde_json::Value;
use serenity::{
    Client, Error,
    all::{
        ActivityData, ConnectionStage, Context, Event, GatewayIntents, GuildChannel, GuildCreateEvent, Interaction,
        PermissionOverwriteType, RawEventHandler, ShardManager, ShardMessenger, ShardRunnerInfo,
    },
    async_trait,
    gateway::GatewayError,
    http::HttpBuilder,
};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::warn;
use url::Url;

use super::{
    Token,
    errors::TOKEN_REFUSED,
    interaction::{id, id_at},
    known::ChannelKind,
    limits::{NEWS_WAITING, NEWS_WITHIN, REQUEST_WITHIN},
    rights::{Overwrite, Room, Standing},
    server::{Channel, Server},
};
use crate::chat::link::LinkState;

/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);
/// How often it is looked which connections stand …
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// … after how many looks in a row with one that does not, and how often from then on, Discord is asked about it …
const LOOKS_AT_LAME: u32 = 10;
const LAME_AGAIN: u32 = 20;
/// … and after how many looks without any the line is opened anew.
const LOOKS_IN_VAIN: u32 = 100;
/// Channels of a server that are tried for the greeting.
const CANDIDATES: usize = 3;

/// What the gateway tells.
#[derive(Debug)]
pub(super) enum News {
    /// A connection stands, with a new session.
    Ready {
        /// Which.
        shard: u32,
        /// The way to change the presence.
        messenger: ShardMessenger,
        /// What the bot is called.
        name: String,
        /// Its application.
        application: u64,
        /// The servers the bot was in when it connected.
        guilds: HashSet<u64>,
    },
    /// A connection stands again, with its former session.
    Resumed {
        /// Which.
        shard: u32,
    },
    /// A person typed or pressed something.
    Interaction(Value),
    /// A server is there: the bot joined it, or it was told after connecting.
    Guild(Arrival),
    /// The bot was removed from a server, or the server is gone.
    GuildGone(u64),
    /// A channel or thread is gone.
    ChannelGone {
        /// Of which server.
        guild: u64,
        /// Which.
        channel: u64,
    },
    /// What the bot may do in a server may have changed, or a thread was opened.
    Rights(u64),
    /// A channel is new or was changed.
    Channel {
        /// Of which server.
        guild: u64,
        /// Which.
        channel: u64,
        /// What kind it is now.
        kind: ChannelKind,
    },
}

/// A server as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    /// Which.
    pub(super) guild: u64,
    /// What is in it.
    pub(super) server: Server,
    /// On which connection.
    pub(super) shard: u32,
    /// When the bot joined it.
    pub(super) joined_at: Option<DateTime<Utc>>,
    /// The server's language.
    pub(super) locale: String,
    /// Channels where the bot may greet, the best first.
    pub(super) candidates: Vec<u64>,
}

/// Why a line ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// It cannot be opened with these settings.
    Refused(String),
    /// It broke.
    Broke(String),
}

/// What a line is opened with.
#[derive(Debug)]
pub(super) struct LineOptions {
    pub(super) token: Token,
    /// Where the API is.
    pub(super) api_url: Url,
    /// Where the gateway is, as Discord said.
    pub(super) gateway: String,
    /// Connections, as Discord recommends.
    pub(super) shards: u32,
    /// What stands beside the bot's name.
    pub(super) presence: Option<String>,
    /// Where it is noted whether the connections stand.
    pub(super) link: Arc<LinkState>,
}

/// A line to the gateway. Dropped, it hangs up.
#[derive(Debug)]
pub(super) struct Line {
    /// What it tells.
    pub(super) news: mpsc::Receiver<News>,
    /// Why it ended.
    pub(super) end: oneshot::Receiver<LineEnd>,
    /// Told while some connection does not come about. serenity tries on whatever the reason, and keeps some to itself.
    pub(super) lame: Arc<Notify>,
    hang_up: CancellationToken,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.hang_up.cancel();
    }
}

impl Line {
    /// Opens a line. It reconnects and resumes by itself until it has been in vain for some minutes.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub(super) fn open(options: LineOptions) -> std::io::Result<Self> {
        let (tell, news) = mpsc::channel(NEWS_WAITING);
        let (ended, end) = oneshot::channel();
        let hang_up = CancellationToken::new();
        let hung_up = hang_up.clone();
        let lame = Arc::new(Notify::new());
        let is_lame = Arc::clone(&lame);
        // One thread, so that what Discord tells in order is handed on in order.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("discord-gateway".to_owned()).spawn(move || {
            let end = runtime.block_on(keep(options, Ear { tell, own: AtomicU64::new(0) }, &is_lame, hung_up));
            runtime.shutdown_background();
            // Who opened the line may have gone.
            ended.send(end).ok();
        })?;
        Ok(Self { news, end, lame, hang_up })
    }

    /// Says goodbye and waits a moment for it to be heard.
    pub(super) async fn close(mut self) {
        self.hang_up.cancel();
        timeout(GOODBYE + Duration::from_millis(500), &mut self.end).await.ok();
    }
}

/// Keeps the line until it ends or `hang_up`.
async fn keep(options: LineOptions, ear: Ear, lame: &Notify, hang_up: CancellationToken) -> LineEnd {
    let opened = tokio::select! {
        opened = Box::pin(client(&options, ear)) => opened,
        () = hang_up.cancelled() => return LineEnd::Broke("hung up".to_owned()),
    };
    let mut client = match opened {
        Ok(client) => client,
        Err(reason) => return LineEnd::Broke(reason),
    };
    let manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        outcome = Box::pin(client.start_shards(options.shards)) => match outcome {
            Ok(()) => LineEnd::Broke("the connection ended".to_owned()),
            Err(cause) => end_of(&cause),
        },
        () = hang_up.cancelled() => {
            timeout(GOODBYE, manager.shutdown_all()).await.ok();
            LineEnd::Broke("hung up".to_owned())
        }
        () = in_vain(&manager, &options, lame) => LineEnd::Broke(format!(
            "no connection for {} s",
            (LOOK_EVERY * LOOKS_IN_VAIN).as_secs()
        )),
    }
}

async fn client(options: &LineOptions, ear: Ear) -> Result<Client, String> {
    // Without a limit of its own a look-up that hangs would hang the line.
    let http_client = HttpClient::builder()
        .use_rustls_tls()
        .timeout(REQUEST_WITHIN)
        .build()
        .map_err(|cause| format!("the HTTP client cannot be set up: {}", cause.without_url()))?;
    // With its own limiter serenity asks the real Discord whatever the address; ours paces what we send.
    let http = HttpBuilder::new(options.token.reveal())
        .client(http_client)
        .proxy(options.api_url.as_str())
        .ratelimiter_disabled(true)
        .build();
    let mut builder =
        serenity::client::ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).raw_event_handler(ear);
    if let Some(presence) = &options.presence {
        builder = builder.activity(ActivityData::custom(presence.clone()));
    }
    let client = builder.await.map_err(|_| "the client cannot be set up".to_owned())?;
    // When its look-up fails, serenity takes the real gateway's address; what Discord told us is what counts.
    client.ws_url.lock().await.clone_from(&options.gateway);
    Ok(client)
}

/// Notes whether the connections stand, and says when one does not for long; resolves when none has for very long.
async fn in_vain(manager: &ShardManager, options: &LineOptions, lame: &Notify) {
    let (mut without_any, mut without_one) = (0_u32, 0_u32);
    let mut ticks = interval(LOOK_EVERY);
    // A shard that turns idly lets nobody look; looks that were missed are not made up for.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.tick().await;
    while without_any < LOOKS_IN_VAIN {
        ticks.tick().await;
        let is_connected = |shard: &ShardRunnerInfo| shard.stage == ConnectionStage::Connected;
        let connected = manager.runners.lock().await.values().filter(|shard| is_connected(shard)).count();
        let is_whole = u32::try_from(connected).is_ok_and(|connected| connected >= options.shards);
        options.link.stands(is_whole);
        without_any = if connected > 0 { 0 } else { without_any.saturating_add(1) };
        without_one = if is_whole { 0 } else { without_one.saturating_add(1) };
        if without_one >= LOOKS_AT_LAME && (without_one - LOOKS_AT_LAME).is_multiple_of(LAME_AGAIN) {
            lame.notify_one();
        }
    }
}

fn end_of(cause: &Error) -> LineEnd {
    let Error::Gateway(cause) = cause else { return LineEnd::Broke("the connection failed".to_owned()) };
    if matches!(cause, GatewayError::InvalidAuthentication) {
        return LineEnd::Refused(TOKEN_REFUSED.to_owned());
    }
    // The bot wants to hear of servers and channels (GUILDS) and of nothing that needs Discord's consent.
    if matches!(cause, GatewayError::InvalidGatewayIntents) {
        return LineEnd::Refused(format!("Discord does not know what the bot wants to hear of, {INTENTS} (4013)"));
    }
    if matches!(cause, GatewayError::DisallowedGatewayIntents) {
        return LineEnd::Refused(format!(
            "Discord does not let the bot hear of {INTENTS} (4014). It needs no privileged intent: \
             see the application's page under Bot, https://discord.com/developers/applications"
        ));
    }
    LineEnd::Broke(cause.to_string())
}

/// What the bot wants to hear of, for the operator.
const INTENTS: &str = "servers and their channels (the intent GUILDS)";

/// Hears what serenity tells and hands on what matters.
struct Ear {
    tell: mpsc::Sender<News>,
    /// The bot's own id; 0 until it was told.
    own: AtomicU64,
}

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, context: Context, event: Event) {
        if let Event::Ready(event) = &event {
            self.own.store(event.ready.user.id.get(), Ordering::Relaxed);
        }
        let Some(news) = news(&context, event, self.own.load(Ordering::Relaxed)) else { return };
        // Each event has a task of its own, so waiting holds up no other. A queue that stays full is a program in trouble.
        if let Err(mpsc::error::SendTimeoutError::Timeout(news)) = self.tell.send_timeout(news, NEWS_WITHIN).await {
            warn!(kind = kind_of(&news), "too much to do; an event of Discord's is dropped");
        }
    }
}

const fn kind_of(news: &News) -> &'static str {
    match news {
        News::Ready { .. } => "ready",
        News::Resumed { .. } => "resumed",
        News::Interaction(_) => "interaction",
        News::Guild(_) => "guild",
        News::GuildGone(_) => "guild gone",
        News::ChannelGone { .. } => "channel gone",
        News::Rights(_) => "rights",
        News::Channel { .. } => "channel",
    }
}

/// What of an event matters. serenity hands on what it could not parse as unknown, with the JSON as it came.
#[expect(clippy::wildcard_enum_match_arm, reason = "serenity's enum is not ours, and most of it is of no use here")]
fn news(context: &Context, event: Event, own: u64) -> Option<News> {
    let shard = context.shard_id.0;
    match event {
        Event::Ready(event) => Some(News::Ready {
            shard,
            messenger: context.shard.clone(),
            name: event.ready.user.name.clone(),
            application: event.ready.application.id.get(),
            guilds: event.ready.guilds.iter().map(|guild| guild.id.get()).collect(),
        }),
        Event::Resumed(_) => Some(News::Resumed { shard }),
        Event::InteractionCreate(event) => parsed(&event.interaction).map(News::Interaction),
        Event::GuildCreate(event) => Some(News::Guild(arrival(shard, &event, own))),
        Event::GuildDelete(event) => (!event.guild.unavailable).then(|| News::GuildGone(event.guild.id.get())),
        Event::ChannelDelete(event) => {
            Some(News::ChannelGone { guild: event.channel.guild_id.get(), channel: event.channel.id.get() })
        }
        Event::ThreadDelete(event) => {
            Some(News::ChannelGone { guild: event.thread.guild_id.get(), channel: event.thread.id.get() })
        }
        Event::ThreadUpdate(event) => Some(News::Rights(event.thread.guild_id.get())),
        Event::GuildRoleUpdate(event) => Some(News::Rights(event.role.guild_id.get())),
        Event::GuildMemberUpdate(event) => (event.user.id.get() == own).then(|| News::Rights(event.guild_id.get())),
        Event::ChannelCreate(event) => Some(changed(&event.channel)),
        Event::ChannelUpdate(event) => Some(changed(&event.channel)),
        Event::Unknown(event) => unparsed(shard, &event.kind, event.value, own),
        _ => None,
    }
}

/// An interaction's JSON again. serenity writes all of it but what kind it is.
fn parsed(interaction: &Interaction) -> Option<Value> {
    let mut json = serde_json::to_value(interaction).ok()?;
    json.as_object_mut()?.insert("type".to_owned(), u8::from(interaction.kind()).into());
    Some(json)
}

fn changed(channel: &GuildChannel) -> News {
    News::Channel {
        guild: channel.guild_id.get(),
        channel: channel.id.get(),
        kind: ChannelKind::of(u8::from(channel.kind).into()),
    }
}

fn arrival(shard: u32, event: &GuildCreateEvent, own: u64) -> Arrival {
    let guild = &event.guild;
    // Without the intent for members only the bot itself is among them, and those who talk.
    let member = guild.members.values().find(|member| member.user.id.get() == own);
    let standing = member.map(|member| {
        let roles = member.roles.iter().map(|role| role.get()).collect();
        let all = guild.roles.values().map(|role| (role.id.get(), role.permissions.bits()));
        Standing::new(guild.id.get(), own, roles, all)
    });
    let mut listed: Vec<&GuildChannel> = guild.channels.values().collect();
    listed.sort_by_key(|channel| (Some(channel.id) != guild.system_channel_id, channel.position, channel.id));
    let channel = |channel: &&GuildChannel| Channel {
        id: channel.id.get(),
        name: channel.name.clone(),
        kind: ChannelKind::of(u8::from(channel.kind).into()),
        rights: standing.as_ref().map(|standing| standing.within(&overwrites(channel))),
    };
    let is_text = |id: u64| listed.iter().any(|channel| channel.id.get() == id && u8::from(channel.kind) == TEXT);
    let channels: Vec<Channel> = listed.iter().map(channel).collect();
    Arrival {
        guild: guild.id.get(),
        shard,
        joined_at: DateTime::from_timestamp(guild.joined_at.unix_timestamp(), 0),
        locale: guild.preferred_locale.clone(),
        candidates: candidates(&channels, is_text),
        server: Server {
            name: guild.name.clone(),
            channels,
            threads: guild
                .threads
                .iter()
                .filter_map(|thread| Some((thread.id.get(), thread.parent_id?.get())))
                .collect(),
        },
    }
}

/// What a channel changes for roles and members.
fn overwrites(channel: &GuildChannel) -> Vec<Overwrite> {
    let read = |one: &serenity::all::PermissionOverwrite| {
        let target = match one.kind {
            PermissionOverwriteType::Member(member) => member.get(),
            PermissionOverwriteType::Role(role) => role.get(),
            _ => return None,
        };
        Some(Overwrite { target, allow: one.allow.bits(), deny: one.deny.bits() })
    };
    channel.permission_overwrites.iter().filter_map(read).collect()
}

/// An ordinary text channel, by Discord's number.
const TEXT: u8 = 0;

/// The first channels in which the bot may greet.
fn candidates(channels: &[Channel], is_text: impl Fn(u64) -> bool) -> Vec<u64> {
    let may = |channel: &&Channel| channel.rights.is_none_or(|rights| Room::Channel.lacks(rights).is_empty());
    channels
        .iter()
        .filter(|channel| is_text(channel.id))
        .filter(may)
        .map(|channel| channel.id)
        .take(CANDIDATES)
        .collect()
}

/// What of an event matters that serenity could not parse.
fn unparsed(shard: u32, kind: &str, value: Value, own: u64) -> Option<News> {
    match kind {
        "INTERACTION_CREATE" => Some(News::Interaction(value)),
        "GUILD_CREATE" => unparsed_guild(shard, &value, own).map(News::Guild),
        "GUILD_DELETE" => {
            let is_outage = value.get("unavailable").and_then(Value::as_bool) == Some(true);
            value.get("id").and_then(id).filter(|_| !is_outage).map(News::GuildGone)
        }
        "CHANNEL_DELETE" | "THREAD_DELETE" => {
            Some(News::ChannelGone { guild: id_at(&value, "/guild_id")?, channel: id_at(&value, "/id")? })
        }
        "CHANNEL_CREATE" | "CHANNEL_UPDATE" => Some(News::Channel {
            guild: id_at(&value, "/guild_id")?,
            channel: id_at(&value, "/id")?,
            kind: ChannelKind::of(value.get("type").and_then(Value::as_u64)?),
        }),
        "THREAD_UPDATE" | "GUILD_ROLE_UPDATE" => id_at(&value, "/guild_id").map(News::Rights),
        "GUILD_MEMBER_UPDATE" => {
            let guild = id_at(&value, "/guild_id");
            guild.filter(|_| id_at(&value, "/user/id") == Some(own)).map(News::Rights)
        }
        "RESUMED" => Some(News::Resumed { shard }),
        _ => None,
    }
}

fn unparsed_guild(shard: u32, value: &Value, own: u64) -> Option<Arrival> {
    let list = |key| value.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let member = list("members").iter().find(|member| id_at(member, "/user/id") == Some(own));
    let standing = member.and_then(|member| Standing::read(value, member));
    let kind = |channel: &Value| channel.get("type").and_then(Value::as_u64);
    let system = id_at(value, "/system_channel_id");
    let mut listed = list("channels").to_vec();
    listed.sort_by_key(|channel| id_at(channel, "/id") != system);
    let server = Server::read(value, &listed, standing.as_ref());
    let is_text =
        |id| listed.iter().any(|channel| id_at(channel, "/id") == Some(id) && kind(channel) == Some(TEXT.into()));
    Some(Arrival {
        guild: value.get("id").and_then(id)?,
        shard,
        joined_at: value.get("joined_at").and_then(Value::as_str).and_then(|at| at.parse().ok()),
        locale: value.get("preferred_locale").and_then(Value::as_str).unwrap_or_default().to_owned(),
        candidates: candidates(&server.channels, is_text),
        server,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_that_serenity_cannot_parse_is_heard_all_the_same() {
        let heard = |kind, value| unparsed(0, kind, value, 5);
        assert!(matches!(heard("INTERACTION_CREATE", json!({ "id": "1" })), Some(News::Interaction(_))));
        assert!(matches!(heard("GUILD_DELETE", json!({ "id": "1" })), Some(News::GuildGone(1))));
        assert!(matches!(
            heard("THREAD_DELETE", json!({ "id": "2", "guild_id": "1" })),
            Some(News::ChannelGone { guild: 1, channel: 2 })
        ));
        let Some(News::Guild(arrival)) = heard(
            "GUILD_CREATE",
            json!({
                "id": "1", "joined_at": "2026-11-22T14:05:00+00:00", "preferred_locale": "de", "system_channel_id": "12",
                "channels": [{ "id": "11", "type": 0 }, { "id": "12", "type": 0 }, { "id": "13", "type": 15 }],
            }),
        ) else {
            panic!("not heard");
        };
        assert_eq!(arrival.candidates, [12, 11]);
        assert_eq!(arrival.server.channels[2].kind, ChannelKind::Forum);
        assert!(arrival.joined_at.is_some());
    }

    #[test]
    fn an_interaction_that_serenity_could_parse_keeps_its_kind() {
        for (kind, data) in [
            (2, json!({ "id": "3", "name": "status", "type": 1 })),
            (4, json!({ "id": "3", "name": "status", "type": 1 })),
        ] {
            let interaction: Interaction = serde_json::from_value(json!({
                "id": "1", "application_id": "7", "type": kind, "token": "t", "version": 1, "channel_id": "2", "data": data,
                "user": { "id": "5", "username": "maja", "discriminator": "0", "avatar": null },
                "locale": "de", "entitlements": [], "attachment_size_limit": 1,
            }))
            .unwrap();
            assert_eq!(parsed(&interaction).unwrap()["type"], kind);
        }
    }

    #[test]
    fn an_outage_at_discord_is_no_removal() {
        assert!(unparsed(0, "GUILD_DELETE", json!({ "id": "1", "unavailable": true }), 5).is_none());
    }
}
