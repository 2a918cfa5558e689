//! For tests: a Discord that takes whatever is asked of it, and keeps what that was.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::IntoResponse,
};
use chrono::DateTime;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc, task::JoinSet};

use super::{Core, Token};
use crate::chat::Memory;

/// Something that was asked of Discord.
#[derive(Debug)]
pub(super) struct Asked {
    /// `POST /interactions/…`: the method, and the path behind the version.
    pub(super) what: String,
    pub(super) body: Value,
}

/// The server, and what talks to it.
pub(super) struct Desk {
    pub(super) core: Arc<Core>,
    asked: mpsc::Receiver<Asked>,
    _server: JoinSet<()>,
}

/// A memory that keeps nothing.
pub(super) struct Forgetful;

#[async_trait]
impl Memory for Forgetful {
    async fn recall(&self, _: &str) -> Option<String> {
        None
    }

    async fn remember(&self, _: &str, _: &str) {}
}

impl Desk {
    pub(super) async fn new() -> Self {
        let (note, asked) = mpsc::channel(8_192);
        let router = Router::new().fallback(take).with_state(note);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let now = DateTime::UNIX_EPOCH;
        let core = Core::new(Token::new("MTA1.secret.token"), url, 50, Arc::new(Forgetful), now).unwrap();
        Self { core: Arc::new(core), asked, _server: server }
    }

    /// What was asked next.
    pub(super) async fn next(&mut self) -> Asked {
        self.asked.recv().await.unwrap()
    }

    /// What else was asked so far.
    pub(super) fn rest(&mut self) -> Vec<Asked> {
        std::iter::from_fn(|| self.asked.try_recv().ok()).collect()
    }
}

async fn take(State(note): State<mpsc::Sender<Asked>>, request: Request<Body>) -> impl IntoResponse {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let path = parts.uri.path().trim_start_matches("/api/v10");
    let what = format!("{} {path}", parts.method);
    note.send(Asked { what, body: serde_json::from_slice(&body).unwrap_or_default() }).await.unwrap();
    axum::Json(json!({}))
}

/// A command in a server's channel, as the gateway tells of it.
pub(super) fn call(id: usize, command: &str) -> Value {
    json!({
        "id": id.to_string(), "application_id": "7", "type": 2, "token": "key", "guild_id": "1", "channel_id": "2",
        "channel": { "id": "2", "type": 0 }, "member": { "user": { "id": "5" }, "permissions": "0" }, "context": 0,
        "locale": "en-US", "data": { "id": "3", "type": 1, "name": command },
    })
}
