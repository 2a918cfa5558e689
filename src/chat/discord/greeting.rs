//! Greeting servers the bot has come to, each once. Whom it greeted is remembered when the greeting is there, or when it is
//! certain that it cannot be; until then it is tried again, after the next start as well.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use futures_util::{StreamExt, stream::FuturesUnordered};
use tokio::{
    sync::{mpsc, oneshot},
    time::sleep,
};
use tracing::{debug, info, warn};

use super::{Core, errors::RestError, gateway::Arrival, place::Place, render::Reader, session::pause};
use crate::{
    chat::{Event, Incoming, Input, Memory, Reply},
    domain::{Locale, RequestId},
};

/// Under which name it is remembered since when servers that are joined are new.
const SINCE: &str = "discord-greets-since";
/// So long before the bot first listened it may have been asked in to be greeted then.
const BEFORE_FIRST: TimeDelta = TimeDelta::days(1);
/// Servers greeted at the same time: nobody is in a hurry.
const AT_ONCE: usize = 8;
/// How often a greeting is tried between two starts.
const TRIES: u32 = 10;

/// A server that may have to be greeted.
#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    guild: u64,
    joined_at: Option<DateTime<Utc>>,
    locale: String,
    candidates: Vec<u64>,
}

impl Newcomer {
    /// The server that is there.
    pub(super) fn of(arrival: &Arrival) -> Self {
        let Arrival { guild, joined_at, locale, candidates, .. } = arrival;
        Self { guild: *guild, joined_at: *joined_at, locale: locale.clone(), candidates: candidates.clone() }
    }

    /// What is remembered of it when it was greeted: when the bot joined it, for it may leave and come again.
    fn mark(&self) -> String {
        self.joined_at.map_or_else(|| "1".to_owned(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

/// Under which name it is remembered that a server was greeted.
fn welcomed(guild: u64) -> String {
    format!("discord-welcomed-{guild}")
}

/// A server that was joined since then is new, whether or not the bot was listening. `now` is the time at Discord.
pub(super) async fn since(memory: &dyn Memory, now: DateTime<Utc>) -> DateTime<Utc> {
    if let Some(since) = memory.recall(SINCE).await.and_then(|words| words.parse().ok()) {
        return since;
    }
    let since = now - BEFORE_FIRST;
    memory.remember(SINCE, &since.to_rfc3339()).await;
    since
}

/// A server is left: it is greeted again should the bot come back.
pub(super) async fn forget(memory: &dyn Memory, guild: u64) {
    memory.remember(&welcomed(guild), "").await;
}

/// Greets whoever comes, for as long as it runs.
pub(super) async fn greet_all(core: Arc<Core>, inbox: mpsc::Sender<Event>, mut newcomers: mpsc::Receiver<Newcomer>) {
    let mut under_way = FuturesUnordered::new();
    loop {
        tokio::select! {
            Some(newcomer) = newcomers.recv(), if under_way.len() < AT_ONCE => {
                under_way.push(greet(&core, &inbox, newcomer));
            }
            Some(()) = under_way.next() => {}
            else => return,
        }
    }
}

async fn greet(core: &Core, inbox: &mpsc::Sender<Event>, newcomer: Newcomer) {
    let (guild, mark) = (newcomer.guild, newcomer.mark());
    let name = welcomed(guild);
    let greeted = core.memory.recall(&name).await.unwrap_or_default();
    if greeted == mark || (newcomer.joined_at.is_none() && !greeted.is_empty()) {
        return;
    }
    let Some(reply) = words(inbox, &newcomer).await else { return };
    for tries in 0..TRIES {
        let wait = match say_somewhere(core, &newcomer, &reply).await {
            Ok(is_said) => {
                if !is_said {
                    info!(guild, "a server is not greeted: the bot may write in none of the channels tried");
                }
                core.memory.remember(&name, &mark).await;
                return;
            }
            Err(RestError::Limited { after, .. }) => after,
            Err(error) if error.is_passing() => {
                debug!(guild, %error, "a server cannot be greeted yet; trying on");
                pause(tries)
            }
            Err(error) => {
                warn!(guild, %error, "a server is not greeted");
                return;
            }
        };
        sleep(wait).await;
    }
    info!(guild, "a server could not be greeted; the next start tries again");
}

/// What the program says by way of greeting.
async fn words(inbox: &mpsc::Sender<Event>, newcomer: &Newcomer) -> Option<Reply> {
    let Newcomer { guild, locale, candidates, .. } = newcomer;
    let (answer, reply) = oneshot::channel();
    let incoming = Incoming {
        id: RequestId(format!("discord-joined-{guild}-{:016x}", fastrand::u64(..)).into()),
        chat: Place::Server { guild: *guild, channel: candidates.first().copied().unwrap_or_default() }.chat(),
        is_private: false,
        may_manage: true,
        locale_hint: Locale::from_tag(locale),
        input: Input::Joined,
        answer,
    };
    inbox.send(Event::Asked(incoming)).await.ok()?;
    reply.await.ok()
}

/// Greets in the first channel that takes it; says whether one did.
async fn say_somewhere(core: &Core, newcomer: &Newcomer, reply: &Reply) -> Result<bool, RestError> {
    for channel in &newcomer.candidates {
        let place = Place::Server { guild: newcomer.guild, channel: *channel };
        // The same for each try in a channel, so that a lost answer makes no second greeting.
        let when = newcomer.joined_at.map_or(0, |at| at.timestamp().rem_euclid(1_000));
        let nonce = format!("w{channel}{when:03}");
        let reader = Reader { settings: &reply.settings, at: reply.at };
        match core.say(place, &reply.message, reader, &nonce).await {
            Ok(()) => return Ok(true),
            Err(RestError::Refused { status: 403 | 404, .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}
