//! What each command of the program does, and with which exit code it ends.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{
    runtime::Handle,
    signal::unix::{SignalKind, signal},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{
    app::{
        arguments::{Arguments, OutboxTask, OutputFormat, Task},
        check::{self, CheckedToken, CommandFiles},
        control::{self, Client, ControlError},
        demo,
        health::{self, HealthOptions, Question},
        inspect::{self, Format},
        manual,
        memory::{NoMemory, StoreMemory},
        moving::{self, Keeper, MovingError, OpenStore},
        operator::Operator,
        outbox, platforms,
        progress::{Progress, ReadFile},
        reload::{Known, Reload},
        rescue,
        roster::SharedCatalogue,
        run::{self, Parts, Seat},
        status,
        watch::{PollRules, Watched},
    },
    chat::{
        ChatError, Memory, SharedChat,
        console::{Complete, Console, ConsoleOptions, Paper},
    },
    clock::{Clock, SystemClock},
    commands::{self, View},
    config::{self, ConfigFaults, Loaded, LogFormat, Settings},
    detect::Rules,
    dispatch::OutboxRules,
    domain::{Catalogue, ChatSettings, Platform},
    feeds::{self, Controls},
    http::{Http, HttpError, HttpLimits},
    store::{SledStore, Store, StoreError},
    telemetry,
};

/// How long a send may take before it counts as failed; the adapters' own limits are shorter.
const SEND_LIMIT: Duration = Duration::from_secs(60);
/// How long sends under way may take when the program stops.
const STOP_LIMIT: Duration = Duration::from_secs(10);
/// How long `foghorn health` waits for the page.
const HEALTH_LIMIT: Duration = Duration::from_secs(3);

/// How the program ended, for its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The thing asked for was done: 0.
    Done,
    /// It failed, and why was said: 1.
    Failed,
    /// Usage or configuration is wrong, and what was said: 2.
    Misused,
}

impl Exit {
    /// The process's exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Misused => 2,
        }
    }
}

/// Why the program ended, where that is not said by what it printed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigFaults),
    /// Logging cannot be set up.
    #[error(transparent)]
    Telemetry(#[from] telemetry::TelemetryError),
    /// An export or import failed.
    #[error(transparent)]
    Moving(#[from] MovingError),
    /// The running bot did not do as asked.
    #[error(transparent)]
    Control(#[from] ControlError),
    /// Requests cannot be made at all.
    #[error("requests cannot be made")]
    Http(#[from] HttpError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program died.
    #[error(transparent)]
    Run(#[from] run::RunError),
    /// The demo failed.
    #[error(transparent)]
    Demo(#[from] demo::ShowError),
    /// Standard output, or the signals of the system.
    #[error("the terminal or the system's signals cannot be used")]
    Io(#[from] io::Error),
}

impl CliError {
    /// The exit code that this ends with.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Config(_) | Self::Telemetry(_) => Exit::Misused,
            Self::Moving(_)
            | Self::Control(_)
            | Self::Http(_)
            | Self::Store(_)
            | Self::Run(_)
            | Self::Demo(_)
            | Self::Io(_) => Exit::Failed,
        }
    }
}

/// Does what was asked.
///
/// # Errors
///
/// [`CliError`] when it could not be done and nothing was printed about it.
pub async fn execute(arguments: Arguments) -> Result<Exit, CliError> {
    let load = || config::load(arguments.config.as_deref(), config::process_environment());
    match arguments.clone().into_task() {
        Task::Run => run_bot(load()?, arguments.config).await,
        Task::Demo { speed } => run_demo(speed).await,
        Task::Check => check_all(load()).await,
        Task::Inspect { target, kind, format } => {
            let format = match format {
                OutputFormat::Text => Format::Text,
                OutputFormat::Json => Format::Json,
            };
            let http = Http::new(http_limits(&load()?.settings))?;
            match inspect::inspect(&target, kind, format, &http, SystemClock::new().now()).await {
                Ok(page) => say(&page),
                Err(cause) => {
                    complain(&cause)?;
                    Ok(Exit::Failed)
                }
            }
        }
        Task::Status { services } => show_status(load()?, &services).await,
        Task::Health { ready } => {
            let question = if ready { Question::Ready } else { Question::Turns };
            ask_health(&load()?.settings, question).await
        }
        Task::Outbox { task, format } => show_outbox(&load()?.settings, task, format).await,
        Task::Export { file } => export(&load()?.settings, file.as_deref()).await,
        Task::Import { file } => import(&load()?.settings, &file).await,
        Task::Completions { shell } => say(&manual::completions(shell)),
        Task::Man { directory: None } => say(&manual::page()?),
        Task::Man { directory: Some(directory) } => {
            manual::write_pages(&directory)?;
            Ok(Exit::Done)
        }
        Task::Salvage { directory, file } => {
            moving::export_damaged(&directory, &file)?;
            Ok(Exit::Done)
        }
    }
}

async fn run_bot(loaded: Loaded, config: Option<PathBuf>) -> Result<Exit, CliError> {
    let settings = &loaded.settings;
    let is_interactive = !platforms::any_is_on(settings) && io::stdin().is_terminal() && io::stdout().is_terminal();
    let log = start_logging(settings, is_interactive)?;
    for note in &loaded.notes {
        warn!("{note}");
    }
    let store = rescue::open(&settings.store.path, settings.delivery.storms, &SystemClock::new()).await?;
    info!(path = %settings.store.path.display(), "the store is open");
    let http = Http::new(http_limits(settings))?;
    let controls = Controls::new(&http, settings.probe.controls.clone());
    let open = {
        let http = http.clone();
        Box::new(move |catalogue: &Catalogue| watched(catalogue, &http, &controls))
    };
    let read = Arc::new(move || config::load(config.as_deref(), config::process_environment()));
    let (hangups, known) = (signal(SignalKind::hangup())?, Known::of(&loaded));
    let sources = open(&loaded.catalogue);
    let catalogue = SharedCatalogue::new(Arc::new(loaded.catalogue));
    let stop = stop_on_signal()?;
    let store: Arc<dyn Store> = store;
    let (mut seats, failed) = seats(settings, &store)?;
    if seats.is_empty() {
        seats.push(console(settings, &catalogue, &store, &log)?);
    }
    let parts = Parts {
        pages: if settings.watch.allow_private { http.clone() } else { Http::guarded(http_limits(settings))? },
        limits: settings.watch.limits,
        watched: sources,
        catalogue,
        store,
        clock: Arc::new(SystemClock::new()),
        seats,
        ready: CancellationToken::new(),
        outlives_input: false,
        poll: PollRules {
            interval: settings.poll.interval,
            incident_interval: settings.poll.incident_interval,
            concurrency: settings.poll.concurrency,
        },
        rules: Rules {
            absent_readings: settings.detect.absent_readings,
            reopen_within: settings.detect.reopen_within,
            keep_history: settings.history.keep,
            ..Rules::default()
        },
        outbox: outbox_rules(settings.delivery.give_up_after, settings.chats),
        health: Some(HealthOptions {
            listen: settings.http.listen,
            store: settings.store.path.clone(),
            timeout: settings.poll.timeout,
            unusable: failed.iter().map(|failure| failure.platform).collect(),
        }),
        reload: Some(Reload { read, open, hangups, known }),
        operator: settings.operator.chat.clone().map(|chat| Operator {
            chat,
            locale: settings.operator.locale,
            unreadable_after: settings.operator.unreadable_after,
            store: settings.store.path.clone(),
        }),
        failed,
    };
    run::run(parts, stop).await?;
    Ok(Exit::Done)
}

/// The platforms whose token is set and that can be opened, none when none is set; and those that cannot.
fn seats(settings: &Settings, store: &Arc<dyn Store>) -> Result<(Vec<Seat>, Vec<ChatError>), CliError> {
    let memory: Arc<dyn Memory> = Arc::new(StoreMemory::new(store.clone(), settings.chats));
    let mut seats = Vec::new();
    let mut failed = Vec::new();
    for opened in platforms::open(settings, &memory) {
        match opened {
            Ok(adapter) => seats.push(Seat { chat: adapter.chat, defaults: settings.chats }),
            Err(failure) => {
                error!(platform = failure.platform.word(), reason = failure.reason, "a platform cannot be used");
                failed.push(failure);
            }
        }
    }
    match failed.pop() {
        Some(failure) if seats.is_empty() => Err(run::RunError::Chat(failure).into()),
        last => {
            failed.extend(last);
            Ok((seats, failed))
        }
    }
}

/// The console, for when no platform's token is set.
fn console(
    settings: &Settings,
    catalogue: &SharedCatalogue,
    store: &Arc<dyn Store>,
    log: &telemetry::Outlet,
) -> Result<Seat, CliError> {
    let history = Some(settings.store.path.join("console_history"));
    let options = ConsoleOptions {
        locale_hint: Some(settings.console.locale),
        ..ConsoleOptions::of_process(history, complete(catalogue.clone(), store.clone()))
    };
    let console = Console::new(options)?;
    // On a terminal a log line must not tear the line that is being typed.
    if let Some(aside) = console.aside().filter(|_| io::stderr().is_terminal()) {
        log.divert(aside);
    }
    let chat: SharedChat = Arc::new(console);
    Ok(Seat { chat, defaults: settings.console })
}

async fn run_demo(speed: f64) -> Result<Exit, CliError> {
    // People watch the alerts; only what goes wrong belongs between them.
    telemetry::init("warn", telemetry::Format::Text, telemetry::colours_standard_error())?;
    let Some((ending, is_whole)) = demo::run(speed, stop_on_signal()?).await? else { return Ok(Exit::Done) };
    say(&ending.to_string())?;
    Ok(if is_whole { Exit::Done } else { Exit::Failed })
}

async fn check_all(loaded: Result<Loaded, ConfigFaults>) -> Result<Exit, CliError> {
    let faults = commands::faults().iter().map(ToString::to_string).collect();
    let command_files = CommandFiles { count: commands::specs().len(), faults };
    let feeds = match &loaded {
        Ok(loaded) => {
            let http = Http::new(http_limits(&loaded.settings))?;
            let controls = Controls::new(&http, loaded.settings.probe.controls.clone());
            let watched = watched(&loaded.catalogue, &http, &controls);
            let progress = Progress::of_steps("Reading feeds", watched.len());
            let named = |one: Watched| (one.service.id.clone(), one.source.id.clone(), progress.watching(one.feed));
            watched.into_iter().map(named).collect()
        }
        Err(_) => Vec::new(),
    };
    let tokens = match &loaded {
        Ok(loaded) => {
            let memory: Arc<dyn Memory> = Arc::new(who_has_subscribed(&loaded.settings).await);
            platforms::open(&loaded.settings, &memory).into_iter().map(token_of).collect()
        }
        Err(_) => Vec::new(),
    };
    let report = check::check(&loaded, &command_files, tokens, feeds, &SystemClock::new()).await;
    say(&report.to_string())?;
    Ok(match report.exit_code() {
        0 => Exit::Done,
        1 => Exit::Failed,
        _ => Exit::Misused,
    })
}

/// Who has subscribed, as far as the store can be opened: not while a bot runs over it, and it is not made for this.
async fn who_has_subscribed(settings: &Settings) -> NoMemory {
    if !platforms::any_is_on(settings) || !SledStore::exists(&settings.store.path) {
        return NoMemory::default();
    }
    let Ok(store) = SledStore::open(&settings.store.path) else { return NoMemory::default() };
    let memory = NoMemory::of(store.clone(), settings.chats, &[Platform::Discord]).await;
    // Nothing was written that could be lost.
    store.close().await.ok();
    memory
}

fn token_of(opened: Result<platforms::Adapter, ChatError>) -> CheckedToken {
    match opened {
        Ok(adapter) => (adapter.chat.platform(), adapter.verify),
        Err(failure) => (failure.platform, Box::pin(async { Err(failure) })),
    }
}

async fn show_status(loaded: Loaded, wanted: &[String]) -> Result<Exit, CliError> {
    let settings = loaded.settings.console;
    let paper = ConsoleOptions::paper_of_process();
    if let Some(known) = ask_status(&loaded.settings, wanted, &paper).await? {
        return match known {
            Ok(page) => say(&page),
            Err(unknown) => {
                writeln!(io::stderr(), "error: {unknown}")?;
                Ok(Exit::Misused)
            }
        };
    }
    let http = Http::new(http_limits(&loaded.settings))?;
    let controls = Controls::new(&http, loaded.settings.probe.controls.clone());
    let sources = watched(&loaded.catalogue, &http, &controls);
    match status::status(&loaded.catalogue, sources, wanted, settings, &paper, &SystemClock::new()).await {
        Ok(page) => say(&page),
        Err(unknown) => {
            complain(&unknown)?;
            Ok(Exit::Misused)
        }
    }
}

/// What the bot knows of these services, if one runs and can be asked; the inner error: one of them is unknown.
async fn ask_status(
    settings: &Settings,
    wanted: &[String],
    paper: &Paper,
) -> Result<Option<Result<String, String>>, CliError> {
    let asked = async {
        match control::connect(&settings.store.path).await? {
            Some(mut bot) => bot.status(wanted, &settings.console, paper).await.map(Some),
            None => Ok(None),
        }
    };
    let asked = asked.await;
    asked.or_else(|cause| {
        // There is another way to know.
        complain_of("warning", &cause)?;
        Ok(None)
    })
}

async fn ask_health(settings: &Settings, question: Question) -> Result<Exit, CliError> {
    let (place, fault) = match settings.http.listen {
        Some(listen) => {
            let http = Http::new(HttpLimits { timeout: HEALTH_LIMIT, ..http_limits(settings) })?;
            (health::page(listen, question), health::ask(&http, listen, question).await.err())
        }
        None => {
            let store = &settings.store.path;
            let asked = async {
                match control::connect(store).await? {
                    Some(mut bot) => bot.health(question).await,
                    None => Ok(Some("no bot runs over it that could be asked".to_owned())),
                }
            };
            let fault = match timeout(HEALTH_LIMIT, asked).await {
                Ok(answered) => answered?,
                Err(_) => Some(format!("no answer within {} s", HEALTH_LIMIT.as_secs())),
            };
            (format!("the store at {}", store.display()), fault)
        }
    };
    match fault {
        None => say("ok\n"),
        Some(fault) => {
            writeln!(io::stderr(), "error: {place}: {fault}")?;
            Ok(Exit::Failed)
        }
    }
}

async fn show_outbox(settings: &Settings, task: Option<OutboxTask>, format: OutputFormat) -> Result<Exit, CliError> {
    let now = SystemClock::new().now();
    let done = match reach(settings).await? {
        Some(Reached::Bot(mut bot)) => bot.outbox(task, format, now).await?,
        Some(Reached::Store(store)) => {
            let done = outbox::outbox(&*store, task, format, now).await?;
            store.close().await?;
            done
        }
        None => return Ok(Exit::Failed),
    };
    say(&done.page)?;
    Ok(if done.is_whole { Exit::Done } else { Exit::Failed })
}

async fn export(settings: &Settings, file: Option<&Path>) -> Result<Exit, CliError> {
    let write = async |keeper: &mut dyn Keeper| match file {
        Some(path) => moving::export_to_file(keeper, path).await,
        None => moving::export(keeper, io::stdout(), Path::new("standard output")).await.map(|(_, count)| count),
    };
    let count = match reach(settings).await? {
        Some(Reached::Bot(mut bot)) => write(&mut bot).await?,
        Some(Reached::Store(store)) => {
            let count = write(&mut OpenStore::new(&*store, settings.watch.limits, SystemClock::new().now())).await?;
            store.close().await?;
            count
        }
        None => return Ok(Exit::Failed),
    };
    // Not between the lines of the export.
    writeln!(io::stderr(), "{count} line{} exported", if count == 1 { "" } else { "s" })?;
    Ok(Exit::Done)
}

async fn import(settings: &Settings, file: &Path) -> Result<Exit, CliError> {
    // One that is not there yet begins with this.
    let reached = match SledStore::exists(&settings.store.path) {
        true => reach(settings).await?,
        false => Some(Reached::Store(SledStore::open(&settings.store.path)?)),
    };
    let opened = File::open(file).and_then(|opened| ReadFile::new("Importing", opened));
    let opened = opened.map_err(|cause| MovingError::File { path: file.to_owned(), cause })?;
    let imported = match reached {
        Some(Reached::Bot(mut bot)) => moving::import_from(&mut bot, opened, file).await?,
        Some(Reached::Store(store)) => {
            let mut keeper = OpenStore::new(&*store, settings.watch.limits, SystemClock::new().now());
            let imported = moving::import_from(&mut keeper, opened, file).await?;
            store.close().await?;
            imported
        }
        None => return Ok(Exit::Failed),
    };
    say(&imported.to_string())?;
    Ok(if imported.skipped > 0 || imported.is_cut { Exit::Failed } else { Exit::Done })
}

/// Who has what is stored.
enum Reached {
    /// The bot that runs.
    Bot(Client),
    /// Nobody else: it is open here.
    Store(Arc<SledStore>),
}

/// Who has what the bot stores: the bot, when it runs, else this program. `None` when it cannot be had, and why was said.
async fn reach(settings: &Settings) -> Result<Option<Reached>, CliError> {
    let path = &settings.store.path;
    let shown = path.display();
    // First of all: who opens a store that is in use waits a moment.
    if let Some(bot) = control::connect(path).await? {
        return Ok(Some(Reached::Bot(bot)));
    }
    let told = if SledStore::exists(path) {
        match SledStore::open(path) {
            Ok(store) => return Ok(Some(Reached::Store(store))),
            Err(StoreError::InUse { .. }) => match control::connect(path).await? {
                // It has just begun.
                Some(bot) => return Ok(Some(Reached::Bot(bot))),
                None => format!(
                    "the bot is running over the store at {shown} and cannot be asked, its log says why; stop it, do this, and start it again"
                ),
            },
            Err(StoreError::Ruined { .. }) => format!(
                "the store at {shown} is damaged; start the bot: it moves it aside and goes on with what can be read of it"
            ),
            Err(cause) => return Err(cause.into()),
        }
    } else {
        format!("there is no store at {shown}; `store.path` says where it is")
    };
    writeln!(io::stderr(), "error: {told}")?;
    Ok(None)
}

/// What completes a line at the console: commands, services, and what this chat has subscribed to.
pub(super) fn complete(catalogue: SharedCatalogue, store: Arc<dyn Store>) -> Complete {
    let (runtime, clock) = (Handle::current(), SystemClock::new());
    Arc::new(move |line, cursor| {
        // The line editor asks on a thread of its own, where waiting holds up nobody else.
        let subscriptions = runtime.block_on(store.subscriptions(&Console::chat())).unwrap_or_default();
        let mutes = runtime.block_on(store.mutes(&Console::chat(), clock.now())).unwrap_or_default();
        let everybodys = catalogue.borrow().clone();
        let catalogue = everybodys.with(&runtime.block_on(store.watches(&Console::chat())).unwrap_or_default());
        let view = View { subscriptions: &subscriptions, mutes: &mutes, ..View::bare(&catalogue, clock.now()) };
        commands::complete(line, cursor, &view)
    })
}

/// Every source of the catalogue with what reads it.
pub(super) fn watched(catalogue: &Catalogue, http: &Http, controls: &Arc<Controls>) -> Vec<Watched> {
    let of_service = |service: &Arc<crate::domain::Service>| {
        let service = service.clone();
        let sources = service.sources.clone();
        sources.into_iter().map(move |source| (service.clone(), source))
    };
    let opened = |(service, source)| {
        let feed = feeds::open(&source, http, controls);
        Watched { service, source: Arc::new(source), feed }
    };
    catalogue.services().flat_map(of_service).map(opened).collect()
}

fn http_limits(settings: &Settings) -> HttpLimits {
    HttpLimits {
        concurrency: settings.poll.concurrency,
        per_host: settings.poll.per_host,
        timeout: settings.poll.timeout,
        user_agent: settings.poll.user_agent.clone(),
        ..HttpLimits::default()
    }
}

pub(super) fn outbox_rules(give_up_after: Duration, defaults: ChatSettings) -> OutboxRules {
    OutboxRules { give_up_after, send_limit: SEND_LIMIT, stop_limit: STOP_LIMIT, defaults }
}

fn start_logging(settings: &Settings, is_interactive: bool) -> Result<telemetry::Outlet, telemetry::TelemetryError> {
    let format = match settings.log.format {
        LogFormat::Text => telemetry::Format::Text,
        LogFormat::Json => telemetry::Format::Json,
    };
    // On a terminal the log would stand between the lines of the conversation.
    let level = if is_interactive && settings.log.level == "info" { "warn" } else { &settings.log.level };
    telemetry::init(level, format, telemetry::colours_standard_error())
}

/// Cancelled by SIGTERM or Ctrl-C.
fn stop_on_signal() -> io::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let told = stop.clone();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let waiting = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        info!("told to stop");
        told.cancel();
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "it waits for a signal that may never come; nothing depends on its end"
    )]
    drop(tokio::spawn(waiting));
    Ok(stop)
}

fn say(text: &str) -> Result<Exit, CliError> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(Exit::Done)
}

/// Prints an error with its causes to standard error.
fn complain(error: &dyn std::error::Error) -> io::Result<()> {
    complain_of("error", error)
}

/// As [`complain`], as this.
fn complain_of(what: &str, error: &dyn std::error::Error) -> io::Result<()> {
    let mut output = io::stderr().lock();
    write!(output, "{what}: {error}")?;
    let mut cause = error.source();
    while let Some(inner) = cause {
        write!(output, ": {inner}")?;
        cause = inner.source();
    }
    writeln!(output)
}

/// Prints why the program could not do what was asked; gives its exit code.
#[must_use]
pub fn report(ended: Result<Exit, CliError>) -> u8 {
    match ended {
        Ok(exit) => exit.code(),
        Err(error) => {
            // Without a standard error there is nobody to tell; the exit code still says it.
            complain(&error).ok();
            error.exit().code()
        }
    }
}
