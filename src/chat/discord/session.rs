//! Listening: the line to the gateway kept open, what comes over it handed out, commands registered, presence shown.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use serenity::all::{ActivityData, ShardMessenger};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use super::{
    Core,
    answer::answer,
    errors::{RestError, ended, over},
    gateway::{Arrival, Line, LineEnd, LineOptions, News},
    interaction::Interaction,
    limits::{ANSWERS_AT_ONCE, PRESENCE, PRESENCE_EVERY},
    markup::{Reading, Writer},
    place::Place,
    registration::{declaration, fingerprint},
    render::Reader,
    route::Route,
};
use crate::{
    chat::{ChatError, Ended, Event, Incoming, Input, Standing},
    commands::specs,
    domain::{Locale, Platform, RequestId},
    text::{Text, plain},
};

/// Under which name it is remembered what was registered.
const REGISTERED: &str = "discord-commands";
/// The longest pause between two tries to connect or to register.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// How long answers under way may take when the program ends …
const LAST_ANSWERS: Duration = Duration::from_secs(3);
/// … and how long leaving the gateway may.
const LAST_WORDS: Duration = Duration::from_secs(4);
/// So long after listening began, by Discord's clock in whole seconds, a server that was joined is surely one joined since.
const BEGINNING: TimeDelta = TimeDelta::seconds(2);

/// One time of listening.
pub(super) struct Session<'a> {
    core: &'a Arc<Core>,
    inbox: mpsc::Sender<Event>,
    tasks: JoinSet<()>,
    /// The ways to change the presence, by connection.
    messengers: HashMap<u32, ShardMessenger>,
    /// The servers the bot was in when a connection was made.
    guilds: HashMap<u32, HashSet<u64>>,
    /// When listening began, by Discord's clock.
    began: Option<DateTime<Utc>>,
    /// Tries to connect since it last went well.
    tries: u32,
}

/// What Discord says of its gateway.
struct Gateway {
    url: String,
    shards: u32,
    /// How long no connection may be made: too many were, today.
    wait: Option<Duration>,
}

impl<'a> Session<'a> {
    pub(super) fn new(core: &'a Arc<Core>, inbox: mpsc::Sender<Event>) -> Self {
        let tasks = JoinSet::new();
        Self { core, inbox, tasks, messengers: HashMap::new(), guilds: HashMap::new(), began: None, tries: 0 }
    }

    /// Listens until `stop`, reconnecting by itself.
    pub(super) async fn run(mut self, stop: CancellationToken) -> Result<Ended, ChatError> {
        let core = Arc::clone(self.core);
        self.tasks.spawn(async move { register(&core).await });
        let outcome = loop {
            let end = tokio::select! {
                biased;
                // The connection says goodbye by itself; this is for what cannot.
                () = stopped_for(&stop, LAST_WORDS) => break Ok(Ended::Stopped),
                () = self.core.rest.token_refused() => break Err(over(&RestError::TokenRefused)),
                end = Box::pin(Self::connection(&mut self, &stop)) => end,
            };
            match end {
                Err(error) => break Err(error),
                Ok(reason) => {
                    if stop.is_cancelled() {
                        break Ok(Ended::Stopped);
                    }
                    let pause = pause(self.tries);
                    self.tries = self.tries.saturating_add(1);
                    warn!(reason, pause_s = pause.as_secs(), "not connected to Discord; trying on");
                    sleep_unless(&stop, pause).await;
                    if stop.is_cancelled() {
                        break Ok(Ended::Stopped);
                    }
                }
            }
        };
        // What was asked is still answered; what goes on for longer, such as registering, is done at the next start.
        let last = async { while self.tasks.join_next().await.is_some() {} };
        timeout(LAST_ANSWERS, last).await.ok();
        outcome
    }

    /// Connects and hands out what comes until the line ends; says why it did.
    async fn connection(&mut self, stop: &CancellationToken) -> Result<String, ChatError> {
        let gateway = match self.gateway().await {
            Ok(Gateway { wait: Some(wait), .. }) => {
                warn!(wait_s = wait.as_secs(), "Discord allows no more connections today");
                sleep_unless(stop, wait).await;
                return Ok("waited for Discord to allow connections".to_owned());
            }
            Ok(gateway) => gateway,
            Err(RestError::TokenRefused) => return Err(over(&RestError::TokenRefused)),
            Err(RestError::Limited { after, .. }) => {
                sleep_unless(stop, after).await;
                return Ok("Discord asked to wait".to_owned());
            }
            Err(error) => return Ok(error.to_string()),
        };
        let mut standing = self.core.standing.subscribe();
        let beside_name = standing.borrow_and_update().map(presence);
        let options = LineOptions {
            token: self.core.token.clone(),
            api_url: self.core.api_url.clone(),
            gateway: gateway.url,
            shards: gateway.shards,
            presence: beside_name,
        };
        let mut line = Line::open(options).map_err(|cause| ended(format!("no thread for the gateway: {cause}")))?;
        let mut next_presence = Instant::now();
        let mut is_told = true;
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => {
                    line.close().await;
                    return Ok("stopped".to_owned());
                }
                end = &mut line.end => return match end {
                    Ok(LineEnd::Refused(reason)) => Err(ended(reason)),
                    Ok(LineEnd::Broke(reason)) => Ok(reason),
                    Err(_) => Ok("the line ended without a word".to_owned()),
                },
                Some(joined) = self.tasks.join_next() => {
                    if let Err(failure) = joined {
                        error!(%failure, "answering on Discord panicked");
                    }
                }
                Some(news) = line.news.recv() => is_told &= !self.hear(news).await,
                Ok(()) = standing.changed() => is_told = false,
                () = sleep_until(next_presence), if !is_told => {
                    let text = standing.borrow_and_update().map(presence);
                    for messenger in self.messengers.values() {
                        messenger.set_activity(text.clone().map(ActivityData::custom));
                    }
                    (is_told, next_presence) = (true, Instant::now() + PRESENCE_EVERY);
                }
            }
        }
    }

    /// Asks where the gateway is. First of all, so that serenity never has to guess.
    async fn gateway(&mut self) -> Result<Gateway, RestError> {
        let answer = self.core.rest.call(&Route::Gateway, None).await?;
        self.began = self.began.or(answer.date);
        let number = |pointer| answer.body.pointer(pointer).and_then(Value::as_u64);
        let url = answer.body.get("url").and_then(Value::as_str).filter(|url| url.starts_with("ws"));
        let Some(url) = url else {
            let reason = "Discord does not say where its gateway is".to_owned();
            return Err(RestError::Unreachable { reason, is_in_doubt: false });
        };
        let shards = number("/shards").and_then(|shards| u32::try_from(shards).ok()).unwrap_or(1).max(1);
        let is_used_up = number("/session_start_limit/remaining").is_some_and(|left| left < u64::from(shards));
        let until_reset = number("/session_start_limit/reset_after").map(Duration::from_millis);
        Ok(Gateway { url: url.to_owned(), shards, wait: until_reset.filter(|_| is_used_up) })
    }

    /// Does what news asks for; says whether the presence must be told anew.
    async fn hear(&mut self, news: News) -> bool {
        match news {
            News::Ready { shard, messenger, name, guilds } => {
                info!(name, shard, servers = guilds.len(), "connected to Discord");
                self.messengers.insert(shard, messenger);
                self.guilds.insert(shard, guilds);
                self.tries = 0;
                return true;
            }
            News::Resumed { shard } => {
                info!(shard, "connected to Discord again, nothing was missed");
                self.tries = 0;
            }
            News::Interaction(json) => self.take(&json),
            News::Guild(arrival) => self.arrive(arrival),
            News::GuildGone(guild) => {
                info!(guild, "removed from a server on Discord");
                self.core.known().left(guild);
                self.guilds.values_mut().for_each(|guilds| {
                    guilds.remove(&guild);
                });
                let core = Arc::clone(self.core);
                // It is greeted again should it come back.
                self.tasks.spawn(async move { core.memory.remember(&welcomed(guild), "").await });
                self.leave(guild.to_string()).await;
            }
            News::ChannelGone { guild, channel } => {
                debug!(guild, channel, "a channel on Discord is gone");
                self.core.known().thread_gone(channel);
                self.leave(format!("{guild}/{channel}")).await;
            }
            News::Channel { guild, channel, kind } => self.core.known().told(guild, [(channel, kind)], false),
        }
        false
    }

    fn take(&mut self, json: &Value) {
        let Some(interaction) = Interaction::read(json) else {
            warn!("an interaction cannot be read, not even to answer it");
            return;
        };
        if self.tasks.len() >= ANSWERS_AT_ONCE {
            warn!(interaction = interaction.id, "too many commands at once; one is dropped");
            return;
        }
        let (core, inbox) = (Arc::clone(self.core), self.inbox.clone());
        self.tasks.spawn(async move { answer(&core, &inbox, interaction).await });
    }

    async fn leave(&self, place: String) {
        // Leaving twice is leaving once, but leaving, coming back and leaving again is not: each has a name of its own.
        let id = RequestId(format!("discord-left-{place}-{:016x}", fastrand::u64(..)).into());
        let (done, _) = oneshot::channel();
        let left = Event::Left { id, platform: Platform::Discord, place: place.into(), done };
        // The program is ending when nobody takes it; deliveries there will say the same.
        self.inbox.send(left).await.ok();
    }

    /// A server is there. One that is new is greeted, once.
    fn arrive(&mut self, arrival: Arrival) {
        let is_all = !arrival.channels.is_empty();
        self.core.known().told(arrival.guild, arrival.channels.iter().copied(), is_all);
        // In the order of things a server that is new is not among those the connection began with. One that was joined
        // while there was no connection is, but was joined after we began to listen.
        let was_listed = self.guilds.get(&arrival.shard).is_some_and(|guilds| guilds.contains(&arrival.guild));
        let is_recent = match (arrival.joined_at, self.began) {
            (Some(joined), Some(began)) => joined >= began + BEGINNING,
            (None, _) | (_, None) => false,
        };
        if let Some(guilds) = self.guilds.get_mut(&arrival.shard) {
            guilds.insert(arrival.guild);
        }
        let is_new = is_recent || (!was_listed && self.guilds.contains_key(&arrival.shard));
        if is_new && self.tasks.len() < ANSWERS_AT_ONCE {
            let (core, inbox) = (Arc::clone(self.core), self.inbox.clone());
            self.tasks.spawn(async move { greet(&core, &inbox, arrival).await });
        }
    }
}

/// Resolves so long after `stop`.
async fn stopped_for(stop: &CancellationToken, span: Duration) {
    stop.cancelled().await;
    sleep(span).await;
}

/// Waits so long, or until `stop`.
async fn sleep_unless(stop: &CancellationToken, span: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = sleep(span) => {}
    }
}

/// Under which name it is remembered that a server was greeted.
fn welcomed(guild: u64) -> String {
    format!("discord-welcomed-{guild}")
}

/// Greets a server where the bot may, once.
async fn greet(core: &Core, inbox: &mpsc::Sender<Event>, arrival: Arrival) {
    let Arrival { guild, locale, candidates, .. } = arrival;
    let name = welcomed(guild);
    let Some(first) = candidates.first() else { return };
    if core.memory.recall(&name).await.is_some_and(|words| !words.is_empty()) {
        return;
    }
    let (answer, reply) = oneshot::channel();
    let incoming = Incoming {
        id: RequestId(format!("discord-joined-{guild}-{:016x}", fastrand::u64(..)).into()),
        chat: Place::Server { guild, channel: *first }.chat(),
        is_private: false,
        may_manage: true,
        locale_hint: Locale::from_tag(&locale),
        input: Input::Joined,
        answer,
    };
    if inbox.send(Event::Asked(incoming)).await.is_err() {
        return;
    }
    let Ok(reply) = reply.await else { return };
    // Before the greeting: a second one is worse than none.
    core.memory.remember(&name, "1").await;
    for channel in candidates {
        let reader = Reader { settings: &reply.settings, at: reply.at };
        match core.say(Place::Server { guild, channel }, &reply.message, reader).await {
            Ok(()) => return,
            Err(RestError::Refused { status: 403 | 404, .. }) => {}
            Err(error) => {
                info!(guild, %error, "a server is not greeted");
                return;
            }
        }
    }
    info!(guild, "a server is not greeted: the bot may write in none of the channels tried");
}

/// Registers the commands unless just these are registered already. Tries until it went well or is refused.
async fn register(core: &Core) {
    let mut tries = 0;
    loop {
        match try_to_register(core).await {
            Ok(()) => return,
            Err(RestError::Limited { after, .. }) => sleep(after).await,
            Err(error @ RestError::Refused { status: ..500, .. }) => {
                error!(%error, "Discord refuses the commands; what was registered before stays");
                return;
            }
            Err(RestError::TokenRefused) => return,
            Err(error @ (RestError::Unreachable { .. } | RestError::Refused { .. })) => {
                warn!(%error, "the commands cannot be registered yet; trying on");
                sleep(pause(tries)).await;
                tries = tries.saturating_add(1);
            }
        }
    }
}

async fn try_to_register(core: &Core) -> Result<(), RestError> {
    let application = core.application().await?;
    let declaration = declaration(specs());
    let fingerprint = fingerprint(application, &declaration);
    if core.memory.recall(REGISTERED).await.as_deref() == Some(fingerprint.as_str()) {
        debug!("the commands are registered already");
        return Ok(());
    }
    core.rest.call(&Route::Commands(application), Some(&declaration)).await?;
    core.memory.remember(REGISTERED, &fingerprint).await;
    info!(commands = declaration.as_array().map_or(0, Vec::len), "commands registered with Discord");
    Ok(())
}

/// What stands beside the bot's name. Servers of all languages see the same, so it is in the first.
fn presence(standing: Standing) -> String {
    let Standing { watched, not_well } = standing;
    let bad = not_well.to_string();
    let text = if not_well == 0 {
        Text::PresenceWell { count: watched }
    } else {
        Text::PresenceNotWell { count: watched, bad: &bad }
    };
    let mut writer = Writer::new(PRESENCE, Reading::Bare);
    writer.words("", &plain(Locale::default(), &text), "");
    writer.finish()
}

/// How long to wait before the next try: twice as long each time, never all at the same moment.
fn pause(tries: u32) -> Duration {
    let longest = Duration::from_secs(1).saturating_mul(1_u32 << tries.min(7)).min(LONGEST_PAUSE);
    longest.mul_f64(0.5 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presence_says_how_the_services_stand() {
        let of = |watched, not_well| presence(Standing { watched, not_well });
        assert_eq!(of(70, 0), "70 services, all well");
        assert_eq!(of(70, 3), "3 of 70 services not well");
        assert_eq!(of(1, 1), "1 of 1 service not well");
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert!(pause(0) <= Duration::from_secs(1));
        assert!(pause(u32::MAX) <= LONGEST_PAUSE && pause(u32::MAX) >= LONGEST_PAUSE / 2);
    }
}
