//! The simulated status site, on loopback.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Response, StatusCode, Uri, header},
};
use tokio_util::sync::CancellationToken;

use super::{
    clock::DemoClock,
    documents,
    scenario::{Feed, FrontPage, Scenario},
    scene::Scene,
};
use crate::clock::Clock;

/// The simulated status site: for each service a front page, Statuspage's JSON and RSS, as they are at the calendar's now.
#[derive(Debug)]
pub struct Site {
    listener: TcpListener,
    stage: Arc<Behind>,
}

/// What stands behind the site.
#[derive(Debug)]
struct Behind {
    scenarios: Vec<Scenario>,
    clock: Arc<DemoClock>,
    base: String,
    /// How long a slow front page takes.
    slow: Duration,
}

/// What a path answers.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Document { kind: &'static str, body: String },
    FrontPage(FrontPage),
    NotFound,
}

impl Site {
    /// Opens a port on loopback that the system chooses; a slow front page answers after `slow`.
    ///
    /// # Errors
    ///
    /// When there is no port to be had.
    pub(super) fn open(scenarios: Vec<Scenario>, clock: Arc<DemoClock>, slow: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        listener.set_nonblocking(true)?;
        let base = format!("http://{}", listener.local_addr()?);
        Ok(Self { listener, stage: Arc::new(Behind { scenarios, clock, base, slow }) })
    }

    /// The address that all paths of the site begin with, without a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.stage.base
    }

    /// Answers until `stop`.
    ///
    /// # Errors
    ///
    /// When the port is lost.
    pub async fn run(self, stop: CancellationToken) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let router = Router::new().fallback(respond).with_state(self.stage);
        // Readers keep their connections open; waiting for them to leave would wait for the whole program.
        tokio::select! {
            outcome = async { axum::serve(listener, router).await } => outcome,
            () = stop.cancelled() => Ok(()),
        }
    }
}

async fn respond(State(stage): State<Arc<Behind>>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let (kind, body) = match stage.answer(uri.path()) {
        Answer::Document { kind, body } => (kind, body),
        Answer::NotFound => return plain(StatusCode::NOT_FOUND, "There is no such page."),
        Answer::FrontPage(FrontPage::Up) => return plain(StatusCode::OK, "Welcome."),
        Answer::FrontPage(FrontPage::Down) => return plain(StatusCode::SERVICE_UNAVAILABLE, "Out of order."),
        Answer::FrontPage(FrontPage::Slow) => {
            stage.clock.sleep(stage.slow).await;
            return plain(StatusCode::OK, "Welcome, at last.");
        }
    };
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let response = Response::builder().header(header::CONTENT_TYPE, kind).header(header::ETAG, tag);
    let response = if is_known {
        response.status(StatusCode::NOT_MODIFIED).body(Body::empty())
    } else {
        response.body(Body::from(body))
    };
    response.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "No answer could be made."))
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

impl Behind {
    fn answer(&self, path: &str) -> Answer {
        let Some((service, path)) = path.trim_start_matches('/').split_once('/') else { return Answer::NotFound };
        let known = self.scenarios.iter().find(|scenario| scenario.service.id.as_str() == service);
        let Some(scenario) = known else { return Answer::NotFound };
        if [FRONT_PAGE, SUMMARY, HISTORY, FORUM].contains(&path) {
            self.clock.note_look(&format!("{service}/{path}"));
        }
        let scene = Scene::at(scenario, self.clock.now());
        let page = format!("{}/{service}/{STATUS_PAGE}", self.base);
        match path {
            FRONT_PAGE => Answer::FrontPage(scene.front_page),
            SUMMARY => Answer::Document { kind: "application/json", body: documents::summary(&scene, &page) },
            "api/v2/incidents.json" => {
                Answer::Document { kind: "application/json", body: documents::incidents(&scene, &page) }
            }
            "api/v2/scheduled-maintenances.json" => {
                Answer::Document { kind: "application/json", body: documents::maintenances(&scene, &page) }
            }
            HISTORY => {
                Answer::Document { kind: "application/rss+xml", body: documents::rss(&scene, Feed::History, &page) }
            }
            FORUM => Answer::Document { kind: "application/rss+xml", body: documents::rss(&scene, Feed::Forum, &page) },
            STATUS_PAGE => Answer::Document { kind: "text/plain; charset=utf-8", body: documents::page(&scene) },
            _ => Answer::NotFound,
        }
    }
}

/// Paths below a service's own.
pub(super) const FRONT_PAGE: &str = "";
/// Statuspage's current state.
pub(super) const SUMMARY: &str = "api/v2/summary.json";
/// What the company posts, as RSS.
pub(super) const HISTORY: &str = "history.rss";
/// What people post, as RSS.
pub(super) const FORUM: &str = "forum.rss";
/// The page for people.
pub(super) const STATUS_PAGE: &str = "status";

#[cfg(test)]
mod tests;
