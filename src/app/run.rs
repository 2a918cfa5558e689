//! The whole program from its parts, until it is told to stop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::{
    app::{
        answer::Answers,
        health,
        tasks::{TaskDied, Tasks},
        tracks::Tracks,
        watch::{PollRules, Post, Watched, Watcher},
    },
    chat::{ChatError, Ended, SharedChat},
    clock::Clock,
    detect::Rules,
    dispatch::{Outbox, OutboxRules},
    domain::{Catalogue, ChatSettings},
    store::{Store, StoreError},
};

/// Requests waiting to be answered at most; a platform that hands over more waits.
const REQUESTS: usize = 256;
/// How long everything may take to end.
const STOP_LIMIT: Duration = Duration::from_secs(12);

/// What the program is made of.
pub struct Parts {
    /// All services.
    pub catalogue: Arc<Catalogue>,
    /// All sources with what reads them.
    pub watched: Vec<Watched>,
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
    /// Where the health page is served, if anywhere.
    pub health: Option<SocketAddr>,
}

/// A platform, and how its chats are spoken to until they say otherwise.
pub struct Seat {
    /// The platform.
    pub chat: SharedChat,
    /// How its chats are spoken to.
    pub defaults: ChatSettings,
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
    let services = parts.catalogue.services().map(|service| service.id.clone());
    let tracks = Arc::new(Tracks::new(services, parts.store.tracks().await?));
    let stop = stop.child_token();
    let mut tasks = Tasks::default();
    let mut wake = Vec::new();

    for Seat { chat, defaults } in &parts.seats {
        let woken = Arc::new(Notify::new());
        wake.push(woken.clone());
        let rules = OutboxRules { defaults: *defaults, ..parts.outbox.clone() };
        let outbox = Outbox::new(parts.store.clone(), chat.clone(), parts.clock.clone(), rules);
        tasks.start("outbox", outbox.run(woken, stop.clone()));
    }

    let post = Arc::new(Post {
        tracks: tracks.clone(),
        store: parts.store.clone(),
        clock: parts.clock.clone(),
        poll: parts.poll,
        rules: parts.rules,
        wake,
        stop: stop.clone(),
    });
    info!(services = parts.catalogue.services().len(), sources = parts.watched.len(), "watching");
    let watcher = Watcher::new(parts.watched, post);
    let mut first_round = watcher.first_round();
    tasks.start("watcher", watcher.run());
    let chats: Vec<SharedChat> = parts.seats.iter().map(|seat| seat.chat.clone()).collect();
    let (tell_ready, ready) = (stop.clone(), parts.ready);
    tasks.start("ready", async move {
        tokio::select! {
            // The sender lives as long as the watcher; when that died, its own end is what counts.
            tried = first_round.wait_for(|done| *done) => drop(tried),
            () = tell_ready.cancelled() => return,
        }
        ready.cancel();
        chats.iter().for_each(|chat| chat.ready());
        tell_ready.cancelled().await;
    });

    let (inbox, requests) = mpsc::channel(REQUESTS);
    let (ends, mut ended) = mpsc::channel(parts.seats.len().max(1));
    let answers = Answers {
        catalogue: parts.catalogue.clone(),
        tracks,
        store: parts.store.clone(),
        clock: parts.clock.clone(),
        defaults: Arc::new(parts.seats.iter().map(|seat| (seat.chat.platform(), seat.defaults)).collect()),
        started,
    };
    tasks.start("answers", answers.run(requests, stop.clone()));
    for seat in &parts.seats {
        let chat = seat.chat.clone();
        let (inbox, ends, stop) = (inbox.clone(), ends.clone(), stop.clone());
        tasks.start("chat", async move {
            let end = chat.listen(inbox, stop.clone()).await;
            // The receiver is gone only when the program is ending anyway.
            ends.send(end).await.ok();
            stop.cancelled().await;
        });
    }
    drop(inbox);
    if let Some(listen) = parts.health {
        tasks.start("health", health::serve(listen, stop.clone()));
    }

    let typing = if parts.outlives_input { usize::MAX } else { parts.seats.len() };
    let outcome = await_end(&mut tasks, &mut ended, typing, &stop).await;
    stop.cancel();
    tokio::select! {
        () = tasks.all_ended() => {}
        () = tokio::time::sleep(STOP_LIMIT) => error!("some tasks did not end in time"),
    }
    parts.store.close().await?;
    info!("stopped");
    outcome
}

/// Waits for a reason to end.
async fn await_end(
    tasks: &mut Tasks,
    ended: &mut mpsc::Receiver<Result<Ended, ChatError>>,
    mut listening: usize,
    stop: &CancellationToken,
) -> Result<(), RunError> {
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            died = tasks.first_end() => return if stop.is_cancelled() { Ok(()) } else { Err(died.into()) },
            Some(end) = ended.recv() => match end {
                Ok(Ended::Stopped) => {}
                Ok(Ended::Left) => {
                    listening = listening.saturating_sub(1);
                    if listening == 0 {
                        return Ok(());
                    }
                }
                Err(failure) => return Err(failure.into()),
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
        store::MemoryStore,
    };

    /// A platform whose receiving dies.
    struct Clumsy;

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
            panic!("as a test")
        }
    }

    #[tokio::test]
    async fn a_part_that_dies_ends_the_program_with_an_error() {
        let defaults = ChatSettings::default();
        let parts = Parts {
            catalogue: Arc::new(Catalogue::default()),
            watched: Vec::new(),
            store: Arc::new(MemoryStore::new()),
            clock: Arc::new(SystemClock::new()),
            seats: vec![Seat { chat: Arc::new(Clumsy), defaults }],
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
        };
        let ended = run(parts, CancellationToken::new()).await;
        assert!(matches!(ended, Err(RunError::Task(TaskDied { task: "chat" }))), "{ended:?}");
    }
}
