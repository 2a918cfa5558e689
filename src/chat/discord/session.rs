//! Listening: the line to the gateway kept open, what comes over it handed out, commands registered, presence shown.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream::FuturesUnordered};
use serde_json::Value;
use serenity::all::{ActivityData, ShardMessenger};
use tokio::{
    sync::{mpsc, oneshot},
    task::{JoinError, JoinSet},
    time::{Instant, sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use super::{
    Core,
    answer::{answer, turn_away},
    errors::{RestError, ended, over},
    gateway::{Arrival, Line, LineEnd, LineOptions, News},
    greeting::{self, Newcomer, greet_all},
    interaction::Interaction,
    limits::{ANSWERS_AT_ONCE, GREETINGS_WAITING, MISSING_WAITING, MOST_ANSWERS, PRESENCE, PRESENCE_EVERY},
    markup::{Reading, Writer},
    missing::{Missing, end_missing},
    publishing::publish_all,
    registration::{declaration, fingerprint},
    route::Route,
    server::Server,
    survey::{Told, by_server, invitation},
};
use crate::{
    chat::{ChatError, Ended, Event, Standing},
    commands::specs,
    domain::{Locale, Platform, RequestId, Resumption, Updates},
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
/// How often Discord is asked whether the bot is still in a server, before that is left to the next start.
pub(super) const ASKED_AGAIN: u32 = 5;
/// There is no such server, or the bot is not in it.
const UNKNOWN_SERVER: u32 = 10_004;
const NO_ACCESS: u32 = 50_001;

/// One time of listening.
pub(super) struct Session<'a> {
    core: &'a Arc<Core>,
    inbox: mpsc::Sender<Event>,
    /// Answers to people.
    answers: JoinSet<()>,
    /// All else that takes its time. None of it is waited for at the end: the next start does it.
    others: JoinSet<()>,
    greet: mpsc::Sender<Newcomer>,
    /// Chats that are in none of the channels and threads that were told.
    missing: mpsc::Sender<Missing>,
    /// The ways to change the presence, by connection.
    messengers: HashMap<u32, ShardMessenger>,
    /// How many connections there are to be.
    shards: u32,
    /// The servers of each connection that has told them, since the line was opened.
    guilds: HashMap<u32, HashSet<u64>>,
    /// Servers the bot was in before that.
    former: HashSet<u64>,
    /// Servers in which chats have subscribed that have not been seen since listening began, with these chats.
    awaited: BTreeMap<u64, Vec<(u64, Updates)>>,
    told: Told,
    /// Servers that the bot joined after this are to be greeted. By Discord's clock.
    greets_since: Option<DateTime<Utc>>,
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
        let (greet, newcomers) = mpsc::channel(GREETINGS_WAITING);
        let (missing, doubtful) = mpsc::channel(MISSING_WAITING);
        let mut others = JoinSet::new();
        let own = Arc::clone(core);
        others.spawn(async move { register(&own).await });
        others.spawn(publish_all(Arc::clone(core)));
        others.spawn(greet_all(Arc::clone(core), inbox.clone(), newcomers));
        others.spawn(end_missing(Arc::clone(core), inbox.clone(), doubtful));
        Self {
            core,
            inbox,
            answers: JoinSet::new(),
            others,
            greet,
            missing,
            messengers: HashMap::new(),
            shards: 1,
            guilds: HashMap::new(),
            former: HashSet::new(),
            awaited: BTreeMap::new(),
            told: Told::default(),
            greets_since: None,
            tries: 0,
        }
    }

    /// Listens until `stop`, reconnecting by itself.
    pub(super) async fn run(mut self, stop: CancellationToken) -> Result<Ended, ChatError> {
        self.awaited = by_server(self.core.memory.subscribers(Platform::Discord).await.unwrap_or_default());
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
                    self.core.rest.link.stands(false);
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
        // What was asked is still answered.
        let last = async { while self.answers.join_next().await.is_some() {} };
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
            link: Arc::clone(&self.core.rest.link),
        };
        self.expect(gateway.shards);
        let mut line = Line::open(options).map_err(|cause| ended(format!("no thread for the gateway: {cause}")))?;
        let mut next_presence = Instant::now();
        let mut is_told = true;
        let mut recommendation = FuturesUnordered::new();
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
                () = line.lame.notified(), if recommendation.is_empty() => recommendation.push(recommended(self.core)),
                Some(wanted) = recommendation.next() => if let Some(shards) = wanted.filter(|wanted| *wanted > self.shards) {
                    line.close().await;
                    return Ok(format!(
                        "Discord refuses a connection and wants {shards} of them in place of {}, as the bot is in more \
                         servers now (4011)",
                        self.shards
                    ));
                },
                Some(joined) = self.answers.join_next() => note_panic(joined, "answering on Discord panicked"),
                Some(joined) = self.others.join_next() => note_panic(joined, "a task for Discord panicked"),
                Some(news) = line.news.recv() => is_told &= !self.hear(news),
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
        if let (None, Some(now)) = (self.greets_since, answer.date) {
            self.greets_since = Some(greeting::since(self.core.memory.as_ref(), now).await);
        }
        let number = |pointer| answer.body.pointer(pointer).and_then(Value::as_u64);
        let url = answer.body.get("url").and_then(Value::as_str).filter(|url| url.starts_with("ws"));
        let Some(url) = url else {
            let reason = "Discord does not say where its gateway is".to_owned();
            return Err(RestError::Unreachable { reason, is_in_doubt: false });
        };
        let shards = shards(&answer.body);
        let is_used_up = number("/session_start_limit/remaining").is_some_and(|left| left < u64::from(shards));
        let until_reset = number("/session_start_limit/reset_after").map(Duration::from_millis);
        Ok(Gateway { url: url.to_owned(), shards, wait: until_reset.filter(|_| is_used_up) })
    }

    /// Does what news asks for; says whether the presence must be told anew.
    fn hear(&mut self, news: News) -> bool {
        match news {
            News::Ready { shard, messenger, name, application, guilds } => {
                info!(name, shard, servers = guilds.len(), "connected to Discord");
                let was_there = self.messengers.insert(shard, messenger).is_some();
                if was_there {
                    self.core.rest.link.came_back()
                } else {
                    self.core.rest.link.stands(true)
                }
                self.tries = 0;
                self.count(shard, guilds, application);
                return true;
            }
            News::Resumed { shard } => {
                info!(shard, "connected to Discord again, nothing was missed");
                self.core.rest.link.came_back();
                self.tries = 0;
            }
            News::Interaction(json) => self.take(&json),
            News::Guild(arrival) => self.arrive(&arrival),
            News::GuildGone(guild) => {
                info!(guild, "removed from a server on Discord");
                self.guilds.values_mut().for_each(|guilds| {
                    guilds.remove(&guild);
                });
                let (core, inbox) = (Arc::clone(self.core), self.inbox.clone());
                self.others.spawn(async move { leave_server(&core, &inbox, guild).await });
            }
            News::ChannelGone { guild, channel } => {
                let threads = self.core.known().channel_gone(channel);
                debug!(guild, channel, threads = threads.len(), "a channel on Discord is gone");
                let inbox = self.inbox.clone();
                self.others.spawn(async move {
                    for gone in threads.into_iter().chain([channel]) {
                        leave(&inbox, format!("{guild}/{gone}")).await;
                    }
                });
            }
            News::Rights(guild) => self.try_again(guild),
            News::Channel { guild, channel, kind } => {
                self.core.known().told(guild, [(channel, kind)], false);
                self.try_again(guild);
            }
        }
        false
    }

    /// Rights may have changed in a server: where alerts rest it is tried again.
    fn try_again(&mut self, guild: u64) {
        let is_barred = self.core.known().bars.news(guild);
        if is_barred {
            self.tell_back(guild);
        }
    }

    fn tell_back(&mut self, guild: u64) {
        let inbox = self.inbox.clone();
        self.others.spawn(async move {
            let id = RequestId(format!("discord-rights-{guild}-{:016x}", fastrand::u64(..)).into());
            let (done, _) = oneshot::channel();
            let (platform, why) = (Platform::Discord, Resumption::Perhaps);
            // The program is ending when nobody takes it.
            inbox.send(Event::Back { id, platform, place: guild.to_string().into(), why, done }).await.ok();
        });
    }

    fn take(&mut self, json: &Value) {
        let Some(interaction) = Interaction::read(json) else {
            warn!("an interaction cannot be read, not even to answer it");
            return;
        };
        if let (Some((_, parent)), Some(thread)) = (interaction.thread_in(), interaction.place.channel()) {
            self.core.known().thread_in(thread, parent);
        }
        let (core, inbox) = (Arc::clone(self.core), self.inbox.clone());
        if self.answers.len() < ANSWERS_AT_ONCE {
            self.answers.spawn(async move { answer(&core, &inbox, interaction).await });
        } else if self.answers.len() < MOST_ANSWERS {
            debug!(interaction = interaction.id, "too many commands at once; one is turned away");
            self.answers.spawn(async move { turn_away(&core, &interaction).await });
        } else {
            warn!(interaction = interaction.id, "far too many commands at once; one is dropped");
        }
    }

    /// A new line is opened, with so many connections.
    fn expect(&mut self, shards: u32) {
        self.shards = shards;
        self.former.extend(self.guilds.drain().flat_map(|(_, guilds)| guilds));
    }

    /// A connection has told the servers it is for. When all have, those are known in which the bot is no more.
    ///
    /// Servers that Discord cannot reach are among those told of.
    fn count(&mut self, shard: u32, guilds: HashSet<u64>, application: u64) {
        self.former.extend(self.guilds.insert(shard, guilds).into_iter().flatten());
        if u32::try_from(self.guilds.len()).is_ok_and(|told| told < self.shards) {
            return;
        }
        let is_member = |guild: &u64| self.guilds.values().any(|guilds| guilds.contains(guild));
        let before = self.former.drain().chain(self.awaited.keys().copied());
        let gone: HashSet<u64> = before.filter(|guild| !is_member(guild)).collect();
        self.awaited.retain(|guild, _| !gone.contains(guild));
        if self.guilds.values().all(HashSet::is_empty) {
            info!(invitation = invitation(application), "the bot is in no server on Discord yet; this link invites it");
        }
        let (core, inbox) = (Arc::clone(self.core), self.inbox.clone());
        self.others.spawn(async move {
            for guild in gone {
                if is_left(&core, guild).await {
                    info!(guild, "removed from a server on Discord while the bot was not connected");
                    leave_server(&core, &inbox, guild).await;
                }
            }
        });
    }

    /// A server is there. Where its channels do not let alerts in that were asked for, the log tells once. One that is
    /// new is greeted, once.
    fn arrive(&mut self, arrival: &Arrival) {
        let (guild, server) = (arrival.guild, &arrival.server);
        let kinds = server.channels.iter().map(|channel| (channel.id, channel.kind));
        self.core.known().told(guild, kinds, !server.channels.is_empty());
        if let Some(chats) = self.awaited.remove(&guild) {
            self.told.tell(server, &chats);
            self.find_missing(guild, server, &chats);
            // Rights may have been given while the bot was not listening.
            self.tell_back(guild);
        }
        // In the order of things a server that is new is not among those the connection began with. One that was joined
        // while there was no connection is, but was joined since the bot began to greet.
        let listed = self.guilds.get_mut(&arrival.shard);
        let is_unlisted = listed.is_some_and(|guilds| guilds.insert(guild));
        let is_recent = match (arrival.joined_at, self.greets_since) {
            (Some(joined), Some(since)) => joined >= since,
            (None, _) | (_, None) => false,
        };
        if (is_unlisted || is_recent) && self.greet.try_send(Newcomer::of(arrival)).is_err() {
            info!(guild, "too many servers are to be greeted; this one is after the next start");
        }
    }

    /// Of the chats of a server the threads are kept, and what is not told of may have gone while nobody listened.
    fn find_missing(&self, guild: u64, server: &Server, chats: &[(u64, Updates)]) {
        if server.channels.is_empty() {
            return;
        }
        for (channel, _) in chats {
            if let Some((thread, parent)) = server.threads.iter().find(|(thread, _)| thread == channel) {
                self.core.known().thread_in(*thread, *parent);
            } else if !server.channels.iter().any(|one| one.id == *channel)
                && self.missing.try_send(Missing { guild, channel: *channel }).is_err()
            {
                info!(guild, channel, "too many chats are to be looked for; this one is after the next start");
            }
        }
    }
}

/// How many connections Discord recommends.
fn shards(gateway: &Value) -> u32 {
    let named = gateway.get("shards").and_then(Value::as_u64);
    named.and_then(|shards| u32::try_from(shards).ok()).unwrap_or(1).max(1)
}

/// How many connections Discord recommends now; `None` when it does not say.
async fn recommended(core: &Core) -> Option<u32> {
    let answer = core.rest.call(&Route::Gateway, None).await.ok()?;
    Some(shards(&answer.body))
}

/// Whether the bot is in a server no more. Discord says so itself, or it is not so.
async fn is_left(core: &Core, guild: u64) -> bool {
    for tries in 0..ASKED_AGAIN {
        match core.rest.call(&Route::Server(guild), None).await {
            Ok(_) => return false,
            Err(RestError::Limited { after, .. }) => sleep(after).await,
            Err(error) if error.is_passing() => sleep(pause(tries)).await,
            Err(error) => return [UNKNOWN_SERVER, NO_ACCESS].contains(&error.code()),
        }
    }
    warn!(guild, "whether the bot is still in a server cannot be found out; the next start tries again");
    false
}

async fn leave_server(core: &Core, inbox: &mpsc::Sender<Event>, guild: u64) {
    core.known().left(guild);
    leave(inbox, guild.to_string()).await;
    greeting::forget(core.memory.as_ref(), guild).await;
}

pub(super) async fn leave(inbox: &mpsc::Sender<Event>, place: String) {
    // Leaving twice is leaving once, but leaving, coming back and leaving again is not: each has a name of its own.
    let id = RequestId(format!("discord-left-{place}-{:016x}", fastrand::u64(..)).into());
    let (done, _) = oneshot::channel();
    // The program is ending when nobody takes it; deliveries there will say the same.
    inbox.send(Event::Left { id, platform: Platform::Discord, place: place.into(), done }).await.ok();
}

fn note_panic(joined: Result<(), JoinError>, what: &str) {
    if let Err(failure) = joined {
        error!(%failure, "{what}");
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
pub(super) fn pause(tries: u32) -> Duration {
    let longest = Duration::from_secs(1).saturating_mul(1_u32 << tries.min(7)).min(LONGEST_PAUSE);
    longest.mul_f64(0.5 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::discord::desk::{Desk, call};

    #[tokio::test]
    async fn who_asks_when_too_much_is_asked_is_told_so() {
        let mut desk = Desk::new().await;
        let (core, (inbox, _events)) = (desk.core.clone(), mpsc::channel(1));
        let mut session = Session::new(&core, inbox);
        // Nobody answers these.
        for id in 1..=ANSWERS_AT_ONCE {
            session.take(&call(id, "status"));
        }
        let mut typing = call(9_002, "status");
        typing["type"] = 4.into();
        session.take(&call(9_001, "status"));
        session.take(&typing);
        let mut said = Vec::new();
        while said.len() < 2 {
            let asked = desk.next().await;
            if asked.what.contains("/interactions/900") {
                said.push(asked);
            }
        }
        said.sort_by_key(|asked| asked.what.clone());
        let (busy, choices) = (&said[0].body, &said[1].body);
        assert_eq!((&busy["type"], &busy["data"]["flags"]), (&4.into(), &64.into()), "{busy}");
        assert!(busy["data"]["embeds"][0]["description"].as_str().unwrap().contains("try again"), "{busy}");
        assert_eq!(*choices, serde_json::json!({ "type": 8, "data": { "choices": [] } }));
    }

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
