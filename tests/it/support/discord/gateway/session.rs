//! What the gateway knows of its clients: sessions, what they were told, what they said.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::super::{
    rate, wire,
    world::{World, shard_of},
};

pub const GUILDS: u64 = 1 << 0;
/// Members, presences, contents of messages.
const PRIVILEGED: u64 = (1 << 1) | (1 << 8) | (1 << 15);
const KNOWN_INTENTS: u64 = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/// What a test has a connection do.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// The connection ends without a word.
    Cut,
    /// The connection ends within a frame.
    CutInFrame,
    /// The client is asked to come back.
    Reconnect,
    /// The client is told that its session is no more, or that it may be resumed.
    Invalidate { may_resume: bool },
    /// The client is asked for a heartbeat.
    AskForHeartbeat,
    /// The connection is closed with this code.
    Close(u16),
}

/// One client's conversation, over one connection or several.
pub struct Session {
    pub shard: (u64, u64),
    pub intents: u64,
    /// Everything it is to be told, in order: the number is the place, from one.
    pub log: Vec<String>,
    pub connection: Option<u64>,
    /// How much of the log has been handed to a connection.
    pub told: usize,
}

/// How a client introduced itself.
#[derive(Clone, Debug)]
pub struct Identified {
    pub intents: u64,
    pub shard: (u64, u64),
    pub at: u64,
}

#[derive(Default)]
pub struct Gateway {
    pub connections: BTreeMap<u64, mpsc::Sender<Order>>,
    pub sessions: BTreeMap<String, Session>,
    pub identified: Vec<Identified>,
    pub resumed: usize,
    /// Connections so far.
    pub connected: u64,
    pub presences: Vec<Value>,
    pub heartbeats: usize,
    /// Whether heartbeats get no acknowledgement.
    pub is_deaf: bool,
    /// Codes that connections were closed with, by either side.
    pub closed: Vec<u16>,
}

/// Why a connection is closed, by Discord's code.
pub type CloseCode = u16;

pub const UNKNOWN_OPCODE: CloseCode = 4_001;
pub const DECODE_ERROR: CloseCode = 4_002;
pub const NOT_AUTHENTICATED: CloseCode = 4_003;
pub const AUTHENTICATION_FAILED: CloseCode = 4_004;
pub const ALREADY_AUTHENTICATED: CloseCode = 4_005;
pub const INVALID_SEQUENCE: CloseCode = 4_007;
pub const RATE_LIMITED: CloseCode = 4_008;
pub const SESSION_TIMED_OUT: CloseCode = 4_009;
const INVALID_SHARD: CloseCode = 4_010;
const SHARDING_REQUIRED: CloseCode = 4_011;
pub const INVALID_VERSION: CloseCode = 4_012;
const INVALID_INTENTS: CloseCode = 4_013;
const DISALLOWED_INTENTS: CloseCode = 4_014;

/// What becomes of a client that says who it is.
pub enum Welcome {
    Session(String),
    /// Told to try later.
    Invalid,
    Closed(CloseCode),
}

impl World {
    /// A client says who it is.
    pub fn identify(&mut self, data: &Value, connection: u64) -> Welcome {
        let now = self.now();
        if data["token"].as_str().map(|token| token.trim_start_matches("Bot ")) != Some(&self.token) {
            return Welcome::Closed(AUTHENTICATION_FAILED);
        }
        let (Some(intents), true) = (data["intents"].as_u64(), data["properties"].is_object()) else {
            return Welcome::Closed(DECODE_ERROR);
        };
        if intents & !KNOWN_INTENTS != 0 {
            return Welcome::Closed(INVALID_INTENTS);
        }
        if intents & PRIVILEGED != 0 {
            return Welcome::Closed(DISALLOWED_INTENTS);
        }
        let number = |index: usize, usual: u64| data["shard"].get(index).map_or(Some(usual), Value::as_u64);
        let (Some(shard), Some(shards)) = (number(0, 0), number(1, 1)) else {
            return Welcome::Closed(DECODE_ERROR);
        };
        if shard >= shards {
            return Welcome::Closed(INVALID_SHARD);
        }
        if shards < self.settings.shards_needed {
            return Welcome::Closed(SHARDING_REQUIRED);
        }
        let key = shard % self.settings.max_concurrency;
        let span = rate::millis(self.settings.identify_span);
        let same = |one: &&Identified| one.shard.0 % self.settings.max_concurrency == key;
        if self.gateway.identified.iter().rev().find(same).is_some_and(|last| now - last.at < span) {
            return Welcome::Invalid;
        }
        if self.settings.identifies_left == 0 {
            return Welcome::Closed(AUTHENTICATION_FAILED);
        }
        self.settings.identifies_left -= 1;
        self.gateway.identified.push(Identified { intents, shard: (shard, shards), at: now });
        if data["presence"].is_object() {
            self.gateway.presences.push(data["presence"].clone());
        }
        let id = format!("{:032x}", self.next_id());
        let session =
            Session { shard: (shard, shards), intents, log: Vec::new(), connection: Some(connection), told: 0 };
        self.gateway.sessions.insert(id.clone(), session);
        self.greet(&id);
        Welcome::Session(id)
    }

    /// The first words of a session: who it is, and the guilds one by one.
    fn greet(&mut self, id: &str) {
        let (shard, intents) = (self.gateway.sessions[id].shard, self.gateway.sessions[id].intents);
        let guilds: Vec<u64> = self.guilds_of_shard(shard).map(|guild| guild.id).collect();
        let unavailable = |guild: &u64| json!({"id": guild.to_string(), "unavailable": true});
        let ready = json!({
            "v": 10, "user": wire::bot(self), "guilds": guilds.iter().map(unavailable).collect::<Vec<_>>(),
            "session_id": id, "session_type": "normal", "resume_gateway_url": format!("ws://{}", self.address),
            "shard": [shard.0, shard.1], "application": {"id": self.application.to_string(), "flags": 0},
            "private_channels": [], "presences": [], "relationships": [], "user_settings": {}, "_trace": [],
        });
        let mut told = vec![("READY", ready)];
        if intents & GUILDS != 0 {
            told.extend(guilds.iter().map(|guild| ("GUILD_CREATE", wire::guild_create(self, &self.guilds[guild]))));
        }
        let session = self.gateway.sessions.get_mut(id).unwrap();
        told.into_iter().for_each(|(kind, data)| session.tell(kind, &data));
    }

    /// A client comes back to a session.
    pub fn resume(&mut self, data: &Value, connection: u64) -> Welcome {
        if data["token"].as_str().map(|token| token.trim_start_matches("Bot ")) != Some(&self.token) {
            return Welcome::Closed(AUTHENTICATION_FAILED);
        }
        let (Some(id), Some(seen)) = (data["session_id"].as_str(), data["seq"].as_u64()) else {
            return Welcome::Closed(DECODE_ERROR);
        };
        let Some(session) = self.gateway.sessions.get_mut(id) else { return Welcome::Invalid };
        let seen = usize::try_from(seen).unwrap();
        if seen > session.log.len() {
            return Welcome::Closed(INVALID_SEQUENCE);
        }
        session.connection = Some(connection);
        session.told = seen;
        session.tell("RESUMED", &json!({"_trace": []}));
        self.gateway.resumed += 1;
        Welcome::Session(id.to_owned())
    }

    /// Tells an event to the sessions that hear about this guild; what belongs to none goes to the first shard.
    pub fn tell(&mut self, guild: Option<u64>, kind: &str, data: Value) {
        for session in self.gateway.sessions.values_mut() {
            let is_its = session.shard.0 == guild.map_or(0, |guild| shard_of(guild, session.shard.1));
            if is_its && (kind == "INTERACTION_CREATE" || session.intents & GUILDS != 0) {
                session.tell(kind, &data);
            }
        }
    }
}

impl Session {
    fn tell(&mut self, kind: &str, data: &Value) {
        let number = self.log.len() + 1;
        self.log.push(json!({"op": 0, "s": number, "t": kind, "d": data}).to_string());
    }
}
