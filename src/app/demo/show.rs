//! The demo from beginning to end: the ordinary program on the stage.

use std::{
    io::{self, IsTerminal, Write},
    sync::Arc,
    time::Duration,
};

use tokio_util::sync::CancellationToken;

use super::{DemoError, Ending, SPEEDS, Stage};
use crate::{
    app::{
        cli::{complete, outbox_rules, watched},
        roster::SharedCatalogue,
        run::{self, Parts, RunError, Seat},
        watch::PollRules,
    },
    chat::console::{Console, ConsoleOptions},
    clock::Clock,
    config,
    detect::Rules,
    domain::{Catalogue, Change, RequestId},
    feeds::Controls,
    http::{Http, HttpError, HttpLimits},
    store::{Backlog, SledStore, Store, StoreError},
};

/// Incidents of one service looked at for the last line; the stories have one or two.
const MOST_INCIDENTS: usize = 100;
/// How often it is looked whether all has been told.
const LOOK: Duration = Duration::from_millis(20);
/// How long the last message may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The whole simulated site is one host.
const PER_HOST: usize = 16;

/// Why the demo failed.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// The stage could not be set.
    #[error(transparent)]
    Stage(#[from] DemoError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Requests cannot be made.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The program died.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The terminal or the temporary directory.
    #[error("the demo cannot use the terminal or the directory for temporary files")]
    Io(#[from] io::Error),
}

/// Runs the demo until its last recovery was told, until the person at the terminal leaves, or until `stop`. Says how
/// it went, and whether everything was told; `None` when it was left early.
///
/// # Errors
///
/// [`ShowError`] when it could not go on.
pub async fn run(speed: f64, stop: CancellationToken) -> Result<Option<(Ending, bool)>, ShowError> {
    let stage = Stage::set(speed.clamp(*SPEEDS.start(), *SPEEDS.end()))?;
    writeln!(io::stdout(), "{}\n", stage.introduction())?;
    let ended = stage.ended();
    let directory = tempfile::tempdir()?;
    let store: Arc<dyn Store> = SledStore::open(directory.path())?;
    let changes = stage.subscriptions.into_iter().map(Change::Subscribe).collect();
    store.apply(&RequestId("demo".into()), changes, stage.clock.now()).await?;

    let stories = stage.services.len();
    let (catalogue, _) = Catalogue::new(stage.services);
    let catalogue = Arc::new(catalogue);
    let shared = SharedCatalogue::new(catalogue.clone());
    let http = Http::new(HttpLimits { per_host: PER_HOST, ..HttpLimits::default() })?;
    let settings = config::defaults(config::process_environment());
    let options = ConsoleOptions {
        locale_hint: Some(settings.console.locale),
        ..ConsoleOptions::of_process(None, complete(shared.clone(), store.clone()))
    };
    let console = Arc::new(Console::new(options)?);

    let ready = CancellationToken::new();
    let program = run::run(
        Parts {
            pages: Http::guarded(HttpLimits::default())?,
            limits: settings.watch.limits,
            watched: watched(&catalogue, &http, &Controls::new(&http, Vec::new())),
            catalogue: shared,
            store: store.clone(),
            clock: stage.clock.clone(),
            seats: vec![Seat { chat: console.clone(), defaults: settings.console }],
            ready: ready.clone(),
            outlives_input: !(io::stdin().is_terminal() && io::stdout().is_terminal()),
            poll: PollRules { interval: stage.poll, incident_interval: stage.poll, concurrency: PER_HOST },
            rules: Rules::default(),
            outbox: outbox_rules(settings.delivery.give_up_after, settings.console),
            health: None,
            reload: None,
            operator: None,
            failed: Vec::new(),
        },
        stop.child_token(),
    );
    let started = stage.clock.uptime();
    let site_stop = CancellationToken::new();
    let site = stage.site.run(site_stop.clone());
    let told = async {
        ready.cancelled().await;
        stage.clock.begin();
        ended.await;
        all_told(&store, &*stage.clock).await?;
        let mut incidents = Vec::new();
        for service in catalogue.services() {
            incidents.extend(store.history(&service.id, MOST_INCIDENTS).await?);
        }
        let messages = usize::try_from(console.alerts()).unwrap_or(usize::MAX);
        let ending = Ending::of(&incidents, messages, stage.clock.uptime().saturating_sub(started));
        Ok::<_, ShowError>((ending, ending.is_whole(stories)))
    };
    let mut program = std::pin::pin!(program);
    let ending = tokio::select! {
        ended = &mut program => { ended?; return Ok(None); }
        ended = site => { ended?; None }
        ended = told => Some(ended?),
    };
    // What is left of the program ends with it; the stage falls only afterwards.
    stop.cancel();
    program.await?;
    site_stop.cancel();
    Ok(ending)
}

/// Waits until nothing is left to send.
async fn all_told(store: &Arc<dyn Store>, clock: &dyn Clock) -> Result<(), StoreError> {
    let started = clock.uptime();
    while store.backlog().await? != Backlog::default() && clock.uptime().saturating_sub(started) < PATIENCE {
        clock.sleep(LOOK).await;
    }
    Ok(())
}
