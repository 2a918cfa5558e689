//! The gateway: one connection's conversation.

pub mod session;

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use super::{Desk, limits, line::Line};
use session::{CloseCode, Order, Welcome};

/// Bytes of a frame that still arrive when it is cut: its head and a little of what it says.
const BYTES_OF_CUT_FRAME: usize = 40;
/// How much later than promised a heartbeat may come.
const HEARTBEAT_GRACE: f64 = 2.0;

/// One connection.
struct Talk {
    desk: Arc<Desk>,
    socket: WebSocket,
    line: Line,
    number: u64,
    /// The session that it is for, once the client has said who it is.
    session: Option<String>,
    /// When the client said something, for the limit on that.
    said: Vec<Instant>,
    silence_ends: Instant,
}

/// How a connection ends: with a code, or just so.
type Ended = Option<CloseCode>;

/// Talks to one client until it leaves or has to.
pub async fn serve(desk: Arc<Desk>, socket: WebSocket, line: Line, query: &str) {
    let (sender, orders) = mpsc::channel(16);
    let (number, first_word_within) = desk.change(|world| {
        world.gateway.connected += 1;
        world.gateway.connections.insert(world.gateway.connected, sender);
        (world.gateway.connected, world.settings.identify_within)
    });
    let silence_ends = Instant::now() + first_word_within;
    let mut talk =
        Talk { desk: Arc::clone(&desk), socket, line, number, session: None, said: Vec::new(), silence_ends };
    let ended = if query.split('&').any(|pair| pair == "v=10") && !query.contains("compress") {
        talk.run(orders).await
    } else {
        Some(session::INVALID_VERSION)
    };
    desk.change(|world| {
        world.gateway.connections.remove(&number);
        for session in world.gateway.sessions.values_mut().filter(|one| one.connection == Some(number)) {
            session.connection = None;
        }
        world.gateway.closed.extend(ended);
        if let (Some(session), Some(session::SESSION_TIMED_OUT | session::INVALID_SEQUENCE)) = (&talk.session, ended) {
            world.gateway.sessions.remove(session);
        }
    });
    if let Some(code) = ended {
        let frame = CloseFrame { code, reason: "".into() };
        // It may be gone already.
        drop(talk.socket.send(Message::Close(Some(frame))).await);
    }
}

impl Talk {
    async fn run(&mut self, mut orders: mpsc::Receiver<Order>) -> Ended {
        let heartbeat = self.desk.world().settings.heartbeat;
        let interval = u64::try_from(heartbeat.as_millis()).unwrap();
        self.say(&json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval, "_trace": []}})).await?;
        let mut changes = self.desk.changed.subscribe();
        loop {
            let step = tokio::select! {
                order = orders.recv() => self.obey(order?).await,
                changed = changes.changed() => {
                    changed.ok()?;
                    self.catch_up().await
                }
                message = self.socket.recv() => {
                    let Some(Ok(message)) = message else { return None };
                    self.hear(message, heartbeat).await
                }
                () = sleep_until(self.silence_ends) => return Some(session::SESSION_TIMED_OUT),
            };
            if let Err(ended) = step {
                return ended;
            }
        }
    }

    async fn say(&mut self, payload: &Value) -> Option<()> {
        self.socket.send(Message::text(payload.to_string())).await.ok()
    }

    async fn obey(&mut self, order: Order) -> Result<(), Ended> {
        match order {
            Order::Cut => return Err(None),
            Order::CutInFrame => {
                self.line.cut_after(BYTES_OF_CUT_FRAME);
                let filler = "x".repeat(1_000);
                self.say(&json!({"op": 0, "s": 1, "t": "NEVER_WHOLE", "d": {"filler": filler}})).await;
                return Err(None);
            }
            Order::Reconnect => self.say(&json!({"op": 7, "s": null, "t": null, "d": null})).await,
            Order::Invalidate { may_resume } => {
                if !may_resume && let Some(session) = self.session.take() {
                    self.desk.change(|world| world.gateway.sessions.remove(&session));
                }
                self.say(&json!({"op": 9, "s": null, "t": null, "d": may_resume})).await
            }
            Order::AskForHeartbeat => self.say(&json!({"op": 1, "s": null, "t": null, "d": null})).await,
            Order::Close(code) => return Err(Some(code)),
        }
        .ok_or(None)
    }

    /// Tells what the session has not been told yet.
    async fn catch_up(&mut self) -> Result<(), Ended> {
        let Some(session) = &self.session else { return Ok(()) };
        let news = {
            let mut world = self.desk.world();
            let found = world.gateway.sessions.get_mut(session).filter(|one| one.connection == Some(self.number));
            let Some(found) = found else { return Ok(()) };
            let news = found.log[found.told..].to_vec();
            found.told = found.log.len();
            news
        };
        for payload in news {
            self.socket.send(Message::text(payload)).await.map_err(|_| None)?;
        }
        Ok(())
    }

    async fn hear(&mut self, message: Message, heartbeat: Duration) -> Result<(), Ended> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Some(session::DECODE_ERROR)),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(frame) => {
                let code = frame.map_or(1_005, |frame| frame.code);
                self.leave(code);
                return Err(None);
            }
        };
        self.said.retain(|at| at.elapsed() < limits::GATEWAY_SENDS_SPAN);
        self.said.push(Instant::now());
        if self.said.len() > limits::GATEWAY_SENDS {
            return Err(Some(session::RATE_LIMITED));
        }
        if text.len() > limits::GATEWAY_PAYLOAD {
            return Err(Some(session::DECODE_ERROR));
        }
        let payload: Value = serde_json::from_str(&text).map_err(|_| Some(session::DECODE_ERROR))?;
        let (op, data) = (payload["op"].as_u64().ok_or(Some(session::DECODE_ERROR))?, &payload["d"]);
        match op {
            1 => {
                self.silence_ends = Instant::now() + heartbeat.mul_f64(HEARTBEAT_GRACE);
                let is_deaf = self.desk.change(|world| {
                    world.gateway.heartbeats += 1;
                    world.gateway.is_deaf
                });
                if !is_deaf {
                    self.say(&json!({"op": 11, "s": null, "t": null, "d": null})).await.ok_or(None)?;
                }
                Ok(())
            }
            2 | 6 if self.session.is_some() => Err(Some(session::ALREADY_AUTHENTICATED)),
            2 | 6 => self.welcome(op == 6, data, heartbeat).await,
            3 if self.session.is_some() => self.take_presence(data),
            4 | 8 if self.session.is_some() => Ok(()),
            3 | 4 | 8 => Err(Some(session::NOT_AUTHENTICATED)),
            _ => Err(Some(session::UNKNOWN_OPCODE)),
        }
    }

    /// A client that says goodbye ends its session; one that says anything else may come back.
    fn leave(&self, code: CloseCode) {
        let Some(session) = &self.session else { return };
        self.desk.change(|world| {
            world.gateway.closed.push(code);
            if [1_000, 1_001].contains(&code) {
                world.gateway.sessions.remove(session);
            }
        });
    }

    async fn welcome(&mut self, comes_back: bool, data: &Value, heartbeat: Duration) -> Result<(), Ended> {
        let number = self.number;
        let welcome = self
            .desk
            .change(|world| if comes_back { world.resume(data, number) } else { world.identify(data, number) });
        self.silence_ends = Instant::now() + heartbeat.mul_f64(HEARTBEAT_GRACE);
        match welcome {
            Welcome::Session(session) => {
                self.session = Some(session);
                self.catch_up().await
            }
            Welcome::Invalid => self.say(&json!({"op": 9, "s": null, "t": null, "d": false})).await.ok_or(None),
            Welcome::Closed(code) => Err(Some(code)),
        }
    }

    fn take_presence(&self, data: &Value) -> Result<(), Ended> {
        let is_status =
            ["online", "dnd", "idle", "invisible", "offline"].iter().any(|status| data["status"] == *status);
        let is_activity =
            |activity: &Value| activity["name"].is_string() && activity["type"].as_u64().is_some_and(|kind| kind <= 5);
        let activities = data["activities"].as_array().filter(|all| all.iter().all(is_activity));
        if !is_status || activities.is_none() || !data["afk"].is_boolean() {
            return Err(Some(session::DECODE_ERROR));
        }
        self.desk.change(|world| world.gateway.presences.push(data.clone()));
        Ok(())
    }
}
