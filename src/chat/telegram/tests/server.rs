//! A Bot API of a few lines: it hands out updates by the rules of offsets and answers as a test says.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, Uri},
};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{Notify, mpsc},
    task::JoinSet,
};
use url::Url;

use crate::chat::{Memory, telegram::TelegramOptions};

/// A token that looks like a real one.
pub(super) const TOKEN: &str = "123456789:AAE-abcdefghijklmnopqrstuvwxyz012345";

/// What a test answers to a request; `None`: what comes by itself.
type Answer = Box<dyn Fn(&str, &Value) -> Option<(u16, String)> + Send + Sync>;

/// A Bot API of a few lines.
pub(super) struct Server {
    pub(super) url: Url,
    state: Arc<Served>,
    requests: mpsc::Receiver<(String, Value)>,
    seen: VecDeque<(String, Value)>,
    _tasks: JoinSet<()>,
}

struct Served {
    updates: Mutex<Vec<Value>>,
    more: Notify,
    answer: Answer,
    told: mpsc::Sender<(String, Value)>,
}

impl Server {
    /// A server that answers so.
    pub(super) async fn start(answer: impl Fn(&str, &Value) -> Option<(u16, String)> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let (told, requests) = mpsc::channel(1_024);
        let state = Arc::new(Served { updates: Mutex::default(), more: Notify::new(), answer: Box::new(answer), told });
        let router = Router::new().fallback(serve).with_state(Arc::clone(&state));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, state, requests, seen: VecDeque::new(), _tasks: tasks }
    }

    /// A server that takes everything.
    pub(super) async fn willing() -> Self {
        Self::start(|_, _| None).await
    }

    /// Hands out one more update.
    pub(super) fn update(&self, number: u32, kind: &str, content: &Value) {
        self.state.updates.lock().unwrap().push(json!({ "update_id": number, kind: content }));
        self.state.more.notify_waiters();
    }

    /// The next request of this method, those of others being kept.
    pub(super) async fn next(&mut self, method: &str) -> Value {
        if let Some(place) = self.seen.iter().position(|(name, _)| name == method) {
            return self.seen.remove(place).unwrap().1;
        }
        loop {
            let (name, body) = self.requests.recv().await.unwrap();
            if name == method {
                return body;
            }
            self.seen.push_back((name, body));
        }
    }

    /// All requests of this method so far.
    pub(super) fn all(&mut self, method: &str) -> Vec<Value> {
        while let Ok(request) = self.requests.try_recv() {
            self.seen.push_back(request);
        }
        self.seen.iter().filter(|(name, _)| name == method).map(|(_, body)| body.clone()).collect()
    }

    /// What the bot that talks to it is made of.
    pub(super) fn options(&self) -> TelegramOptions {
        TelegramOptions {
            token: TOKEN.to_owned(),
            api_url: self.url.clone(),
            webhook: None,
            is_paid: false,
            defaults: crate::domain::ChatSettings::default(),
            memory: Arc::new(Notes::default()),
            now: chrono::DateTime::UNIX_EPOCH,
        }
    }
}

async fn serve(State(state): State<Arc<Served>>, uri: Uri, body: Bytes) -> (StatusCode, String) {
    let mut path = uri.path().trim_start_matches('/').split('/');
    let bot = path.next().unwrap_or_default().to_owned();
    let method = path.next().unwrap_or_default().to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    state.told.send((method.clone(), body.clone())).await.unwrap();
    let (code, text) = match (state.answer)(&method, &body) {
        Some(answer) => answer,
        None if bot != format!("bot{TOKEN}") => refusal(401, "Unauthorized"),
        None => (200, json!({ "ok": true, "result": state.result(&method, &body).await }).to_string()),
    };
    (StatusCode::from_u16(code).unwrap(), text)
}

/// A refusal as the Bot API puts it.
pub(super) fn refusal(code: u16, description: &str) -> (u16, String) {
    (code, json!({ "ok": false, "error_code": code, "description": description }).to_string())
}

impl Served {
    async fn result(&self, method: &str, body: &Value) -> Value {
        match method {
            "GetMe" => json!({
                "id": 1, "is_bot": true, "first_name": "Foghorn", "username": "foghorn_bot", "can_join_groups": true,
                "can_read_all_group_messages": false, "supports_inline_queries": true, "has_main_web_app": false,
            }),
            "GetUpdates" => self.updates(body).await,
            "SendMessage" => json!({ "message_id": 77 }),
            "GetChatMember" => {
                json!({ "status": if body["user_id"] == 42 { "administrator" } else { "member" }, "user": {} })
            }
            _ => json!(true),
        }
    }

    async fn updates(&self, body: &Value) -> Value {
        loop {
            let mut more = std::pin::pin!(self.more.notified());
            more.as_mut().enable();
            let found: Vec<Value> = {
                let mut updates = self.updates.lock().unwrap();
                let offset = body["offset"].as_i64().unwrap_or(0);
                updates.retain(|update| update["update_id"].as_i64().unwrap() >= offset);
                updates.clone()
            };
            if !found.is_empty() || body["timeout"] == 0 {
                return Value::Array(found);
            }
            more.await;
        }
    }
}

/// What is remembered, kept where a test can see it.
#[derive(Debug, Default)]
pub(in crate::chat::telegram) struct Notes {
    words: Mutex<HashMap<String, String>>,
    written: Notify,
}

impl Notes {
    /// Waits until something is remembered under this name.
    pub(super) async fn written(&self, name: &str) {
        loop {
            let mut written = std::pin::pin!(self.written.notified());
            written.as_mut().enable();
            if self.words.lock().unwrap().contains_key(name) {
                return;
            }
            written.await;
        }
    }
}

#[async_trait::async_trait]
impl Memory for Notes {
    async fn recall(&self, name: &str) -> Option<String> {
        self.words.lock().unwrap().get(name).cloned()
    }

    async fn remember(&self, name: &str, words: &str) {
        self.words.lock().unwrap().insert(name.to_owned(), words.to_owned());
        self.written.notify_waiters();
    }
}
