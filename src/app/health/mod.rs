//! The pages on which the program tells how it is itself, and the question to them.
//!
//! `/healthz` says that the process turns, `/readyz` whether it does what it is for, `/metrics` everything that can be counted.

mod door;
mod process;
mod ready;
mod scrape;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};
use url::Url;

use self::ready::Readiness;
use crate::{
    app::{roster::Roster, tracks::Tracks, watch::PollRules},
    chat::SharedChat,
    clock::Clock,
    domain::Platform,
    http::{Http, Want},
    metrics::Metrics,
    store::Store,
};

/// What `/metrics` is: text as OpenMetrics 1.0 has it, which Prometheus reads.
/// Source: <https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md#content-type> (read 2026-11-22).
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// How long the store is waited for.
const STORE_LIMIT: Duration = Duration::from_secs(2);

/// Where the pages are served, and what only who started the program knows.
#[derive(Clone, Debug)]
pub struct HealthOptions {
    /// Where; `None`: nowhere.
    pub listen: Option<SocketAddr>,
    /// The directory of the store.
    pub store: PathBuf,
    /// The longest a reading may take.
    pub timeout: Duration,
    /// Platforms that are configured and could not even be opened.
    pub unusable: Vec<Platform>,
}

/// What the pages look at.
pub struct Health {
    /// What only who started the program knows.
    pub options: HealthOptions,
    /// What was counted.
    pub metrics: Arc<Metrics>,
    /// How all services are.
    pub tracks: Arc<Tracks>,
    /// Which of them are pages that chats watch.
    pub roster: Arc<Roster>,
    /// What waits.
    pub store: Arc<dyn Store>,
    /// The platforms.
    pub chats: Vec<SharedChat>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How often sources are read.
    pub poll: PollRules,
    /// The clock's uptime at the program's start.
    pub started: Duration,
}

/// Serves the pages until told to stop. An address that cannot be used is logged: alerts matter more.
pub async fn serve(health: Arc<Health>, stop: CancellationToken) {
    let Some(listen) = health.options.listen else { return stop.cancelled().await };
    let opened = TcpListener::bind(listen).await.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (listen, listener) = match opened {
        Ok(opened) => opened,
        Err(cause) => {
            error!(%listen, %cause, "the health page cannot be served; set another `http.listen`, or \"\" to turn it off");
            return stop.cancelled().await;
        }
    };
    info!(%listen, "the health page is served");
    let pages = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(health);
    tokio::select! {
        () = door::open(&listener, &pages) => {}
        () = stop.cancelled() => {}
    }
}

async fn readyz(State(health): State<Arc<Health>>) -> Response {
    let readiness = Readiness::of(&health).await;
    let status = if readiness.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(CONTENT_TYPE, "application/json")], readiness.json()).into_response()
}

async fn metrics(State(health): State<Arc<Health>>) -> Response {
    match scrape::page(&health).await {
        Ok(page) => ([(CONTENT_TYPE, OPEN_METRICS)], page).into_response(),
        Err(cause) => {
            error!(%cause, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What keeps the program from what it is for, in words; `None`: nothing.
pub(super) async fn faults(health: &Health) -> Option<String> {
    let readiness = Readiness::of(health).await;
    (!readiness.is_ready()).then(|| readiness.faults())
}

/// What a running program is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether it turns.
    Turns,
    /// Whether it does what it is for.
    Ready,
}

impl Question {
    const fn path(self) -> &'static str {
        match self {
            Self::Turns => "/healthz",
            Self::Ready => "/readyz",
        }
    }
}

/// Asks the page of a program that serves it on this address.
///
/// # Errors
///
/// What was wrong, in words for an operator.
pub async fn ask(http: &Http, listen: SocketAddr, question: Question) -> Result<(), String> {
    let url = Url::parse(&page(listen, question)).map_err(|cause| cause.to_string())?;
    match http.get(&url, Want::Beginning).await {
        Ok(answer) if answer.status == 200 => Ok(()),
        Ok(answer) => Err(ready::faults(&answer.body).unwrap_or_else(|| format!("HTTP {}", answer.status))),
        Err(cause) => Err(cause.to_string()),
    }
}

/// The address at which [`serve`] is asked: the unspecified address stands for every one of this machine.
#[must_use]
pub fn page(listen: SocketAddr, question: Question) -> String {
    let host = match listen {
        SocketAddr::V4(address) if address.ip().is_unspecified() => "127.0.0.1".to_owned(),
        SocketAddr::V6(address) if address.ip().is_unspecified() => "[::1]".to_owned(),
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    };
    format!("http://{host}:{}{}", listen.port(), question.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_asked_at_one_of_this_machine() {
        let asked = |listen: &str| page(listen.parse().unwrap(), Question::Turns);
        assert_eq!(asked("127.0.0.1:9464"), "http://127.0.0.1:9464/healthz");
        assert_eq!(asked("0.0.0.0:80"), "http://127.0.0.1:80/healthz");
        assert_eq!(asked("[::]:80"), "http://[::1]:80/healthz");
        assert_eq!(page("[::1]:80".parse().unwrap(), Question::Ready), "http://[::1]:80/readyz");
    }
}
