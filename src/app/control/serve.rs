//! The bot's side: it does over its own store what it is asked to do.

use std::{
    error::Error,
    fs, io,
    os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt},
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::BufReader,
    net::{UnixListener, UnixStream},
    sync::Notify,
    task::JoinSet,
    time::sleep,
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::{
    socket_of,
    wire::{Answer, Ask, Greeting, ImportedWords, LONGEST_ASK, PROTOCOL, PageWords, Reply, format_of, receive, send},
};
use crate::{
    app::{
        arguments::{OutboxTask, OutputFormat},
        health::{self, Health},
        moving::{Keeper, Line, OpenStore, read},
        outbox::{self, Listing},
        roster::SharedCatalogue,
        status,
    },
    domain::{ServiceId, WatchLimits},
};

/// Conversations at the same time; who comes then waits.
const MOST: usize = 16;
/// How long who comes may take to ask something. It is a program, not a person.
const FIRST: Duration = Duration::from_secs(5);
/// How long who has asked something may take to ask more, or to read an answer.
const IDLE: Duration = Duration::from_secs(300);
/// How long nobody is let in after that failed, such as when there are too many open files.
const REST: Duration = Duration::from_millis(200);
/// The rights to the socket: only its user may talk to the bot.
const RIGHTS: u32 = 0o600;
/// The system's own user, who may do everything anyway.
const ROOT: u32 = 0;

/// What the bot can be asked about, and what is done with it.
pub struct Control {
    /// How it is itself; has the store and all that is known of services.
    pub health: Arc<Health>,
    /// All services but the pages that chats watch.
    pub catalogue: SharedCatalogue,
    /// How many pages may be watched.
    pub limits: WatchLimits,
    /// Wakes the platforms' outboxes.
    pub wake: Vec<Arc<Notify>>,
}

/// Lets the program's other commands ask until told to stop. A socket that cannot be used is logged: alerts matter more.
pub async fn serve(control: Control, stop: CancellationToken) {
    let path = socket_of(&control.health.options.store);
    let (listener, owner) = match open(&path) {
        Ok(opened) => opened,
        Err(cause) => {
            warn!(path = %path.display(), %cause, "the commands `outbox`, `export` and `import` cannot ask this bot while it runs: its socket cannot be used");
            return stop.cancelled().await;
        }
    };
    info!(path = %path.display(), "other commands can ask this bot");
    let control = Arc::new(control);
    tokio::select! {
        () = let_in(&listener, owner, &control) => {}
        () = stop.cancelled() => {}
    }
    // The store is still ours, so this is no other bot's.
    if let Err(cause) = fs::remove_file(&path) {
        debug!(path = %path.display(), %cause, "the socket cannot be removed");
    }
}

/// Opens the socket, with the id of the user it belongs to. Only one process has the store, so one that is there already was
/// left by a bot that was killed.
fn open(path: &Path) -> io::Result<(UnixListener, u32)> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_socket() => fs::remove_file(path)?,
        Ok(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "something else is in its place")),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(cause),
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(RIGHTS))?;
    Ok((listener, fs::symlink_metadata(path)?.uid()))
}

/// Lets in who comes, for ever. Ends all conversations when dropped.
async fn let_in(listener: &UnixListener, owner: u32, control: &Arc<Control>) {
    let mut inside: JoinSet<()> = JoinSet::new();
    loop {
        tokio::select! {
            Some(ended) = inside.join_next() => {
                if let Err(failure) = ended {
                    warn!(%failure, "answering another command panicked");
                }
            }
            accepted = listener.accept(), if inside.len() < MOST => match accepted.and_then(|(stream, _)| Ok((stream.peer_cred()?.uid(), stream))) {
                // The socket had other rights for the moment between its making and their setting.
                Ok((user, _)) if user != owner && user != ROOT => warn!(user, "another user tried to ask this bot"),
                Ok((_, stream)) => {
                    let control = control.clone();
                    inside.spawn(async move {
                        if let Err(cause) = converse(stream, &control).await {
                            debug!(%cause, "a command was not answered to its end");
                        }
                    });
                }
                Err(cause) => {
                    debug!(%cause, "no command can be let in");
                    sleep(REST).await;
                }
            },
        }
    }
}

/// Answers what one command asks.
async fn converse(stream: UnixStream, control: &Control) -> io::Result<()> {
    let (asks, mut answers) = stream.into_split();
    let mut asks = BufReader::new(asks);
    let greeting = Greeting { foghorn: env!("CARGO_PKG_VERSION").to_owned(), protocol: PROTOCOL };
    send(&mut answers, &greeting, IDLE).await?;
    let Health { store, clock, .. } = &*control.health;
    let mut keeper = OpenStore::new(&**store, control.limits, clock.now());
    let mut listing = Listing::default();
    let mut patience = FIRST;
    while let Some(line) = receive(&mut asks, LONGEST_ASK, patience).await? {
        let answer = match serde_json::from_slice(&line) {
            Ok(ask) => control.answer(ask, &mut keeper, &mut listing).await,
            Err(cause) => Err(format!("it does not understand: {cause}")),
        };
        match answer {
            Ok(answer) => send(&mut answers, &Reply::Done(answer), IDLE).await?,
            Err(reason) => return send(&mut answers, &Reply::<()>::Failed(reason), IDLE).await,
        }
        patience = IDLE;
    }
    Ok(())
}

impl Control {
    /// What is answered to an ask; an error says why there is no answer.
    async fn answer(&self, ask: Ask, keeper: &mut OpenStore<'_>, listing: &mut Listing) -> Result<Answer, String> {
        Ok(match ask {
            Ask::Count { json } => self.outbox(None, format_of(json)).await?,
            Ask::List { wanted, most } => {
                let store = &*self.health.store;
                Answer::List(listing.next(store, &wanted.read()?, most.min(outbox::AT_ONCE)).await.map_err(in_words)?)
            }
            Ask::Retry { letters, json } => {
                let done = self.outbox(Some(OutboxTask::Retry(letters.read()?)), format_of(json)).await;
                self.wake();
                done?
            }
            Ask::Drop { letters, json } => {
                self.outbox(Some(OutboxTask::Drop(letters.read()?)), format_of(json)).await?
            }
            Ask::Export {} => Answer::Export(keeper.next_lines().await.map_err(in_words)?),
            Ask::Import { lines } => self.import(lines, keeper).await?,
            Ask::Status { services, settings, paper } => {
                let tracks = |id: &ServiceId| self.health.tracks.track(id);
                let (settings, paper, now) = (settings.read()?, paper.read(), self.health.clock.now());
                let catalogue = self.catalogue.borrow().clone();
                let known = status::known(&catalogue, &tracks, &services, settings, &paper, now);
                Answer::Status(known.map_err(|unknown| unknown.to_string()))
            }
            Ask::Ready {} => Answer::Health(health::faults(&self.health).await),
            Ask::Turns {} => Answer::Health(None),
        })
    }

    async fn outbox(&self, task: Option<OutboxTask>, format: OutputFormat) -> Result<Answer, String> {
        let Health { store, clock, .. } = &*self.health;
        let done = outbox::outbox(&**store, task, format, clock.now()).await.map_err(in_words)?;
        Ok(Answer::Outbox(PageWords::of(done)))
    }

    /// Takes in lines as if chats had asked for that now: it counts from the next outage on.
    async fn import(&self, lines: Vec<(usize, Line)>, keeper: &mut OpenStore<'_>) -> Result<Answer, String> {
        let (mut told, mut strange) = (Vec::new(), Vec::new());
        for (number, line) in lines {
            match read(line) {
                Ok(kept) => told.extend(kept.map(|kept| (number, kept))),
                // Whoever sent it has read it as well, and may know kinds of sources that this version does not.
                Err(reason) => strange.push((number, reason)),
            }
        }
        let imported = keeper.take_in(told).await;
        self.health.roster.stir();
        self.wake();
        let mut imported = imported.map_err(in_words)?;
        strange.iter().for_each(|(number, reason)| imported.skip(*number, reason));
        info!(new = imported.by_kind(), known = imported.known, skipped = imported.skipped, "something was imported");
        Ok(Answer::Import(ImportedWords::of(imported)))
    }

    fn wake(&self) {
        self.wake.iter().for_each(|outbox| outbox.notify_one());
    }
}

/// The error with its causes.
fn in_words(error: impl Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    words
}
