//! Feeds to read: some that a process of its own serves, and some without a network.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    response::Response,
};
use chrono::{DateTime, Utc};
use foghorn::domain::{Condition, Role, Service, ServiceId, Source, SourceKind};
use serde_json::json;
use tokio::net::TcpListener;

/// The word that makes this program serve feeds instead of measuring.
pub const SERVE: &str = "serve-feeds";

/// A time before everything that happens.
pub fn long_ago() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

/// A process that serves feeds; it ends when dropped.
pub struct Feeds {
    child: Child,
    pub port: u16,
}

impl Feeds {
    pub fn start() -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.arg(SERVE).stdout(Stdio::piped()).stdin(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().unwrap() }
    }

    /// A summary that never changes, at a host of its own.
    pub fn steady(&self, number: usize) -> String {
        format!("http://{}:{}/steady/api/v2/summary.json", host(number), self.port)
    }

    /// A summary that tells of an outage once [`Feeds::break_down`] was called, at a host of its own.
    pub fn breaking(&self, number: usize) -> String {
        format!("http://{}:{}/breaking/api/v2/summary.json", host(number), self.port)
    }

    /// From now on [`Feeds::breaking`] tell of an outage.
    pub async fn break_down(&self) {
        reqwest::get(format!("http://127.0.0.1:{}/break", self.port)).await.unwrap();
    }

    /// A summary that is another one each time.
    pub fn changing(&self) -> String {
        format!("http://127.0.0.1:{}/changing/api/v2/summary.json", self.port)
    }
}

impl Drop for Feeds {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// One of many addresses of this computer.
fn host(number: usize) -> String {
    format!("127.1.{}.{}", number / 250, number % 250 + 1)
}

/// Serves until it is killed.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from(([0, 0, 0, 0], 0))).await.unwrap();
        println!("{}", listener.local_addr().unwrap().port());
        let desk = Arc::new(Desk {
            turn: AtomicU64::new(0),
            steady: summary(0, false),
            is_broken: AtomicBool::new(false),
            broken: summary(1, true),
        });
        axum::serve(listener, Router::new().fallback(answer).with_state(desk)).await.unwrap();
    });
}

struct Desk {
    turn: AtomicU64,
    steady: String,
    is_broken: AtomicBool,
    broken: String,
}

async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let response = Response::builder().header(CONTENT_TYPE, "application/json; charset=utf-8");
    let path = request.uri().path();
    if path == "/break" {
        desk.is_broken.store(true, Ordering::SeqCst);
        return response.body(Body::empty()).unwrap();
    }
    if path.starts_with("/breaking") && desk.is_broken.load(Ordering::SeqCst) {
        return response.header(ETAG, "\"broken\"").body(Body::from(desk.broken.clone())).unwrap();
    }
    if path.starts_with("/changing") {
        let turn = desk.turn.fetch_add(1, Ordering::Relaxed);
        return response.header(ETAG, format!("\"{turn}\"")).body(Body::from(summary(turn, false))).unwrap();
    }
    let response = response.header(ETAG, "\"steady\"");
    match request.headers().get(IF_NONE_MATCH) {
        Some(known) if known == "\"steady\"" => response.status(304).body(Body::empty()).unwrap(),
        _ => response.body(Body::from(desk.steady.clone())).unwrap(),
    }
}

/// A Statuspage summary of some 30 KB in which all is well, or an outage is posted.
pub fn summary(turn: u64, is_broken: bool) -> String {
    let at = "2026-01-01T00:00:00.000Z";
    let component = |number: usize| {
        json!({"id": format!("c{number:011}"), "name": format!("Component {number}"), "status": "operational",
            "created_at": at, "updated_at": at, "position": number, "description": "What this component does for you.",
            "showcase": true, "start_date": "2020-01-01", "group_id": null, "page_id": "p00000000001", "group": false,
            "only_show_if_degraded": false})
    };
    let incident = json!({"id": "i00000000001", "name": "Log-in fails", "status": "investigating", "impact": "major",
        "created_at": at, "updated_at": at, "started_at": at, "shortlink": "https://status.example.com/i1",
        "page_id": "p00000000001", "components": [], "incident_updates": [{"id": "u00000000001",
            "status": "investigating", "body": "We are looking into it.", "incident_id": "i00000000001",
            "created_at": at, "updated_at": at, "display_at": at, "affected_components": []}]});
    let incidents = if is_broken { vec![incident] } else { Vec::new() };
    json!({
        "page": {"id": "p00000000001", "name": "Example", "url": "https://status.example.com", "time_zone": "Etc/UTC",
            "updated_at": format!("2026-01-01T00:00:00.{:03}Z", turn % 1000)},
        "components": (0..92).map(component).collect::<Vec<_>>(),
        "incidents": incidents, "scheduled_maintenances": [],
        "status": {"indicator": if is_broken { "major" } else { "none" }, "description": format!("Turn {turn}")},
    })
    .to_string()
}

/// A service with one source.
pub fn service(id: &str, url: &str) -> Service {
    Service {
        id: ServiceId::new(id).unwrap(),
        name: id.to_uppercase(),
        aliases: Vec::new(),
        category: "work".to_owned(),
        homepage: None,
        status_page: None,
        depends_on: Vec::new(),
        alternatives: Vec::new(),
        sources: vec![Source { role: Role::Official, ..Source::new(SourceKind::Statuspage, url) }],
    }
}

/// An outage as a feed tells it.
pub fn outage() -> foghorn::domain::Observation {
    let now = Utc::now();
    let incident = foghorn::domain::PostedIncident {
        id: "i1".to_owned(),
        title: "Log-in fails".to_owned(),
        impact: Some(Condition::MajorOutage),
        phase: Some(foghorn::domain::Phase::Investigating),
        started_at: Some(now),
        resolved_at: None,
        url: None,
        components: vec!["Log-in".to_owned()],
        regions: Vec::new(),
        updates: vec![foghorn::domain::PostedUpdate {
            id: Some("u1".to_owned()),
            phase: Some(foghorn::domain::Phase::Investigating),
            at: Some(now),
            body: Some("We are looking into it and will tell more as soon as we know it.".to_owned()),
        }],
    };
    foghorn::domain::Observation {
        condition: Condition::MajorOutage,
        incidents: vec![incident],
        ..foghorn::domain::Observation::default()
    }
}
