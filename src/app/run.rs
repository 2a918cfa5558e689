//! The whole program from its parts, until it is told to stop.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::sync::{Notify, mpsc, watch};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{
    app::{
        agenda,
        answer::{Answers, NO_COMMAND},
        control::{self, Control},
        health::{self, Health, HealthOptions},
        lookout::Lookout,
        operator::{self, Inspection, Operator, Troubles},
        recent::Recent,
        reload::{self, Reload},
        resting,
        roster::{Roster, SharedCatalogue},
        stand, sweep,
        tasks::{TaskDied, Tasks},
        watch::{PollRules, Post, Watched, Watcher},
    },
    chat::{ChatError, Ended, SharedChat},
    clock::Clock,
    commands,
    detect::Rules,
    dispatch::{Outbox, OutboxRules},
    domain::{ChatSettings, WatchLimits},
    http::Http,
    metrics::Metrics,
    store::{Store, StoreError},
};

/// Requests waiting to be answered at most; a platform that hands over more waits.
const REQUESTS: usize = 256;
/// How long everything may take to end.
const STOP_LIMIT: Duration = Duration::from_secs(12);

/// What the program is made of.
pub struct Parts {
    /// All services, as they are now.
    pub catalogue: SharedCatalogue,
    /// All their sources with what reads them.
    pub watched: Vec<Watched>,
    /// The way out to pages that chats name.
    pub pages: Http,
    /// How many of them may be watched.
    pub limits: WatchLimits,
    /// What survives a stop.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The platforms people read on.
    pub seats: Vec<Seat>,
    /// Cancelled by the program when every source has been tried once.
    pub ready: CancellationToken,
    /// Whether the program goes on when the only person who could type has left.
    pub outlives_input: bool,
    /// How often sources are read.
    pub poll: PollRules,
    /// How readings are judged.
    pub rules: Rules,
    /// How patient deliveries are.
    pub outbox: OutboxRules,
    /// Where the program tells how it is itself and is asked by its other commands, if anywhere.
    pub health: Option<HealthOptions>,
    /// How the services are read anew while the program runs, if at all.
    pub reload: Option<Reload>,
    /// Who is told how the program is itself, if anybody.
    pub operator: Option<Operator>,
    /// The platforms that cannot be used.
    pub failed: Vec<ChatError>,
}

/// A platform, and how its chats are spoken to until they say otherwise.
pub struct Seat {
    /// The platform.
    pub chat: SharedChat,
    /// How its chats are spoken to.
    pub defaults: ChatSettings,
}

/// What answers of every platform look at, where it is counted, and since when the program runs.
struct Lookers {
    roster: Arc<Roster>,
    lookout: Arc<Lookout>,
    metrics: Arc<Metrics>,
    troubles: Arc<Troubles>,
    started: Duration,
    agenda: Arc<Notify>,
}

/// Why the program ended although nobody told it to.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The store failed at start or at the end.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// A task died.
    #[error(transparent)]
    Task(#[from] TaskDied),
    /// A platform receives no more.
    #[error(transparent)]
    Chat(#[from] ChatError),
}

/// Runs until `stop`, or until the only person who could type has left: stops polls, finishes what is being sent,
/// flushes.
///
/// # Errors
///
/// [`RunError`] when a part of the program died.
pub async fn run(parts: Parts, stop: CancellationToken) -> Result<(), RunError> {
    let started = parts.clock.uptime();
    let changed = Arc::new(Notify::new());
    let (watched, store, clock) = (parts.watched.clone(), parts.store.clone(), parts.clock.clone());
    let catalogue = parts.catalogue.clone();
    let roster = Roster::open(catalogue, watched, store, clock.clone(), parts.pages.clone(), changed.clone()).await?;
    let troubles = look_after(&parts, &roster).await?;
    let stop = stop.child_token();
    let lookout = Lookout::new(parts.pages.clone(), parts.limits, roster.clone(), clock, stop.clone());
    let metrics = Arc::new(Metrics::new());
    let names = commands::specs().iter().map(|spec| spec.name.as_str());
    names.chain([NO_COMMAND]).for_each(|name| metrics.expect_commands(name));
    let (lookout, own_metrics) = (Arc::new(lookout), metrics.clone());
    let agenda = Arc::new(Notify::new());
    let lookers =
        Lookers { roster: roster.clone(), lookout, metrics: own_metrics, troubles, started, agenda: agenda.clone() };
    let mut tasks = Tasks::default();
    let mut wake = Vec::new();

    let (ends, mut ended) = mpsc::channel(parts.seats.len().max(1));
    for seat in &parts.seats {
        wake.push(take_seat(seat, &parts, &lookers, &mut tasks, &ends, &stop));
    }

    let rules = parts.rules.clone();
    let post = Arc::new(Post {
        tracks: roster.tracks(),
        store: parts.store.clone(),
        clock: parts.clock.clone(),
        poll: parts.poll.clone(),
        rules: parts.rules,
        wake: wake.clone(),
        changed: changed.clone(),
        metrics: metrics.clone(),
        stop: stop.clone(),
    });
    info!(services = roster.catalogue().services().count(), sources = parts.watched.len(), "watching");
    let watcher = Watcher::new(roster.sources(), post);
    let first_round = watcher.first_round();
    tasks.start("watcher", watcher.run());
    let (keeping, stop_keeping, tracks) = (roster.clone(), stop.clone(), roster.tracks());
    let (store, clock) = (parts.store.clone(), parts.clock.clone());
    let keeping_agenda = agenda::run(store.clone(), clock.clone(), agenda.clone(), wake.clone(), stop.clone());
    start_until(&mut tasks, "agenda", keeping_agenda, &stop);
    start_upkeep(&mut tasks, (store, clock), &roster, rules, &stop);
    start_until(&mut tasks, "roster", async move { keeping.run(stop_keeping).await }, &stop);
    if let Some(reload) = parts.reload {
        let reloading = reload::run(reload, roster.clone(), wake.clone(), parts.clock.clone(), stop.clone());
        tasks.start("reload", reloading);
    }
    let chats: Vec<SharedChat> = parts.seats.iter().map(|seat| seat.chat.clone()).collect();
    let standing = stand::tell(tracks, chats.clone(), changed, parts.clock.clone(), stop.clone());
    start_until(&mut tasks, "standing", standing, &stop);
    if let Some(options) = parts.health {
        let health = Arc::new(Health {
            options,
            metrics,
            tracks: roster.tracks(),
            roster: roster.clone(),
            store: parts.store.clone(),
            chats: chats.clone(),
            clock: parts.clock.clone(),
            poll: parts.poll,
            started,
        });
        let (catalogue, limits) = (parts.catalogue.clone(), parts.limits);
        let wake = wake.into_iter().chain([agenda]).collect();
        let control = Control { health: health.clone(), catalogue, limits, wake };
        tasks.start("control", control::serve(control, stop.clone()));
        tasks.start("health", health::serve(health, stop.clone()));
    }
    tasks.start("ready", tell_ready(first_round, chats, parts.ready, stop.clone()));

    let outcome = await_end(&mut tasks, &mut ended, parts.seats.len(), parts.outlives_input, &stop).await;
    stop.cancel();
    tokio::select! {
        () = tasks.all_ended() => {}
        () = tokio::time::sleep(STOP_LIMIT) => error!("some tasks did not end in time"),
    }
    parts.store.close().await?;
    info!("stopped");
    outcome
}

/// Keeps the store from growing.
fn start_upkeep(
    tasks: &mut Tasks,
    (store, clock): (Arc<dyn Store>, Arc<dyn Clock>),
    roster: &Arc<Roster>,
    rules: Rules,
    stop: &CancellationToken,
) {
    let resting = resting::run(store.clone(), clock.clone(), roster.clone(), stop.clone());
    start_until(tasks, "resting", resting, stop);
    start_until(tasks, "sweep", sweep::run(store, clock, rules, stop.clone()), stop);
}

/// Has the program itself watched for its operator. Gives where it is noted what is wrong with it.
async fn look_after(parts: &Parts, roster: &Roster) -> Result<Arc<Troubles>, StoreError> {
    let (troubles, now) = (Arc::new(Troubles::default()), parts.clock.now());
    parts.failed.iter().for_each(|failure| troubles.note(failure, now));
    let operator = parts.operator.as_ref();
    let has_chat = |seat: &&Seat| operator.is_some_and(|operator| operator.chat.platform == seat.chat.platform());
    let seat = parts.seats.iter().find(has_chat);
    if let Some(Operator { chat, .. }) = operator.filter(|_| seat.is_none()) {
        warn!(%chat, "nobody is told what the operator must know: the platform of `operator.chat` is not used");
    }
    let defaults = seat.map(|seat| seat.defaults).unwrap_or_default();
    operator::appoint(operator, defaults, &*parts.store, now).await?;
    if let Some(operator) = operator {
        let inspection = Inspection {
            operator: operator.clone(),
            tracks: roster.tracks(),
            catalogue: parts.catalogue.clone(),
            store: parts.store.clone(),
            clock: parts.clock.clone(),
            troubles: troubles.clone(),
            seen: Mutex::default(),
        };
        roster.watch_bot(operator.chat.clone(), inspection.watched()).await?;
    }
    Ok(troubles)
}

/// Tells everyone once every source has been tried.
async fn tell_ready(
    mut first_round: watch::Receiver<bool>,
    chats: Vec<SharedChat>,
    ready: CancellationToken,
    stop: CancellationToken,
) {
    tokio::select! {
        // The sender lives as long as the watcher; when that died, its own end is what counts.
        tried = first_round.wait_for(|done| *done) => drop(tried),
        () = stop.cancelled() => return,
    }
    info!("every source has been tried once");
    ready.cancel();
    chats.iter().for_each(|chat| chat.ready());
    stop.cancelled().await;
}

/// Starts all that one platform needs for itself, so that none waits for another: its deliveries, its answers, and what
/// it hears. Gives what wakes its deliveries.
fn take_seat(
    seat: &Seat,
    parts: &Parts,
    lookers: &Lookers,
    tasks: &mut Tasks,
    ends: &mpsc::Sender<Result<Ended, ChatError>>,
    stop: &CancellationToken,
) -> Arc<Notify> {
    let (Seat { chat, defaults }, Lookers { roster, lookout, metrics, troubles, started, agenda }) = (seat, lookers);
    let rules = OutboxRules { defaults: *defaults, ..parts.outbox.clone() };
    let outbox = Outbox::new(parts.store.clone(), chat.clone(), parts.clock.clone(), rules);
    let outbox = outbox.counted(metrics.deliveries(chat.platform()));
    let woken = Arc::new(Notify::new());
    let answers = Answers {
        tracks: roster.tracks(),
        roster: roster.clone(),
        lookout: lookout.clone(),
        store: parts.store.clone(),
        clock: parts.clock.clone(),
        chat: chat.clone(),
        besides: outbox.besides(),
        recent: Recent::default(),
        wake: woken.clone(),
        agenda: agenda.clone(),
        metrics: metrics.clone(),
        troubles: troubles.clone(),
        defaults: *defaults,
        started: *started,
    };
    // Ends before the program does when the platform cannot be used: then its deliveries wait in the store for a start
    // with which it can.
    let own_stop = stop.child_token();
    start_until(tasks, "outbox", outbox.run(woken.clone(), own_stop.clone()), stop);
    let (inbox, requests) = mpsc::channel(REQUESTS);
    tasks.start("answers", answers.run(requests, stop.clone()));
    let (chat, ends, troubles, clock) = (chat.clone(), ends.clone(), troubles.clone(), parts.clock.clone());
    let listening = async move {
        let end = chat.listen(inbox, own_stop.clone()).await;
        if let Err(failure) = &end {
            troubles.note(failure, clock.now());
            own_stop.cancel();
        }
        // The receiver is gone only when the program is ending anyway.
        ends.send(end).await.ok();
    };
    start_until(tasks, "chat", listening, stop);
    woken
}

/// Starts a task that may end before the program does.
fn start_until(
    tasks: &mut Tasks,
    name: &'static str,
    task: impl Future<Output = ()> + Send + 'static,
    stop: &CancellationToken,
) {
    let stop = stop.clone();
    tasks.start(name, async move {
        task.await;
        stop.cancelled().await;
    });
}

/// Waits for a reason to end.
async fn await_end(
    tasks: &mut Tasks,
    ended: &mut mpsc::Receiver<Result<Ended, ChatError>>,
    mut platforms: usize,
    outlives_input: bool,
    stop: &CancellationToken,
) -> Result<(), RunError> {
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            died = tasks.first_end() => return if stop.is_cancelled() { Ok(()) } else { Err(died.into()) },
            Some(end) = ended.recv() => match end {
                Ok(Ended::Stopped) => {}
                Ok(Ended::Left) if outlives_input => {}
                Ok(Ended::Left) => {
                    platforms = platforms.saturating_sub(1);
                    if platforms == 0 {
                        return Ok(());
                    }
                }
                Err(failure) => {
                    platforms = platforms.saturating_sub(1);
                    if platforms == 0 {
                        return Err(failure.into());
                    }
                    let platform = failure.platform.word();
                    error!(
                        platform,
                        reason = failure.reason,
                        "a platform ended; the others go on, and what is for its chats waits until the next start"
                    );
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::{
        app::cli::outbox_rules,
        chat::{Chat, DeliveryError, Event, Limits, Parcel, Rate, Receipt},
        clock::SystemClock,
        domain::{ChatId, MessageId, Platform},
        http::HttpLimits,
        store::MemoryStore,
    };

    /// A platform whose receiving ends.
    struct Clumsy(Fate);

    enum Fate {
        Dies,
        Refused,
        RefusedWhen(CancellationToken),
    }

    fn clumsy(fate: Fate) -> SharedChat {
        Arc::new(Clumsy(fate))
    }

    #[async_trait]
    impl Chat for Clumsy {
        fn platform(&self) -> Platform {
            Platform::Discord
        }

        fn limits(&self) -> Limits {
            Limits { edits: true, concurrency: 1, overall: None }
        }

        fn rates(&self, _: &ChatId) -> Vec<Rate> {
            Vec::new()
        }

        async fn post(&self, _: &Parcel) -> Result<Receipt, DeliveryError> {
            Err(DeliveryError::Refused { reason: "it takes nothing".to_owned() })
        }

        async fn edit(&self, _: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
            self.post(parcel).await
        }

        async fn listen(&self, _: mpsc::Sender<Event>, _: CancellationToken) -> Result<Ended, ChatError> {
            match &self.0 {
                Fate::Dies => panic!("as a test"),
                Fate::Refused => {}
                Fate::RefusedWhen(release) => release.cancelled().await,
            }
            Err(ChatError { platform: Platform::Discord, reason: "the token is wrong".to_owned() })
        }
    }

    fn parts(chats: Vec<SharedChat>) -> Parts {
        let defaults = ChatSettings::default();
        Parts {
            catalogue: SharedCatalogue::new(Arc::default()),
            watched: Vec::new(),
            pages: Http::guarded(HttpLimits::default()).unwrap(),
            limits: WatchLimits { per_chat: 0, overall: 0 },
            store: Arc::new(MemoryStore::new()),
            clock: Arc::new(SystemClock::new()),
            seats: chats.into_iter().map(|chat| Seat { chat, defaults }).collect(),
            ready: CancellationToken::new(),
            outlives_input: false,
            poll: PollRules {
                interval: Duration::from_secs(60),
                incident_interval: Duration::from_secs(20),
                concurrency: 1,
            },
            rules: Rules::default(),
            outbox: outbox_rules(Duration::from_secs(86_400), defaults),
            health: None,
            reload: None,
            operator: None,
            failed: Vec::new(),
        }
    }

    #[tokio::test]
    async fn a_part_that_dies_ends_the_program_with_an_error() {
        let ended = run(parts(vec![clumsy(Fate::Dies)]), CancellationToken::new()).await;
        assert!(matches!(ended, Err(RunError::Task(TaskDied { task: "chat" }))), "{ended:?}");
    }
    #[tokio::test]
    async fn a_platform_that_ends_with_an_error_stops_no_other_and_the_last_one_stops_the_program() {
        let release = CancellationToken::new();
        let chats = vec![clumsy(Fate::Refused), clumsy(Fate::RefusedWhen(release.clone()))];
        let mut program = std::pin::pin!(run(parts(chats), CancellationToken::new()));
        for _ in 0..100 {
            let ended = futures_util::poll!(&mut program);
            assert!(ended.is_pending(), "one of two platforms is enough to go on: {ended:?}");
            tokio::task::yield_now().await;
        }
        release.cancel();
        let ended = program.await;
        assert!(matches!(&ended, Err(RunError::Chat(failure)) if failure.reason == "the token is wrong"), "{ended:?}");
    }
}
