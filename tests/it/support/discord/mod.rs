//! A Discord on loopback for bots to be tested against: REST and gateway, with people in it.
//!
//! It is strict. What Discord refuses it refuses with the same status, code and tree of errors, and two things more: fields that
//! Discord would ignore because there are none of that name, and any second that a waiting time is cut short by. It knows no bot in
//! particular. A test sees what people see — messages, buttons, pings, private answers, the bot's presence — and does what people do:
//! type, press, delete, kick. Time is this computer's; [`Discord::advance`] puts Discord's clock forward.
//!
//! It has no events about messages, no files, no modals, no select menus that people choose from, and of commands those without
//! subcommands.

mod acts;
mod check;
mod fault;
mod form;
mod gateway;
mod limits;
mod line;
mod markdown;
mod mention;
pub mod permission;
mod person;
mod place;
mod rate;
mod refusal;
mod rest;
mod route;
mod settings;
mod show;
mod wire;
mod world;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use axum::Router;
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::timeout};

pub use fault::{Fault, Which};
pub use gateway::session::{Identified, Order};
pub use markdown::{Mark, draw};
pub use person::{Asked, Person};
pub use place::{Channel, Server};
pub use route::Route;
pub use settings::{OldEdits, Rate, Settings};
pub use show::{Ping, Shown};
pub use world::{Kind, Refused};

use world::World;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(240);

/// The form of a real token; nothing answers to it but this.
const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GfAkE0.not-a-secret-0123456789-0123456789-ab";

/// What is shared between the server and its test.
pub struct Desk {
    world: Mutex<World>,
    changed: watch::Sender<()>,
}

impl Desk {
    pub fn world(&self) -> MutexGuard<'_, World> {
        // A test that fails while it looks must not make the server fail as well.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something and wakes whoever waits for something to happen.
    pub fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let done = act(&mut self.world());
        self.changed.send_replace(());
        done
    }

    /// Waits until there is what is looked for.
    pub async fn until<T>(&self, what: &str, mut look: impl FnMut(&World) -> Option<T>) -> T {
        let mut changes = self.changed.subscribe();
        let search = async {
            loop {
                if let Some(found) = look(&self.world()) {
                    return found;
                }
                changes.changed().await.unwrap();
            }
        };
        match timeout(PATIENCE, search).await {
            Ok(found) => found,
            Err(_) => panic!("{what} did not come; this is there:\n{}", self.world().report()),
        }
    }
}

/// A running Discord; it stops when dropped.
pub struct Discord {
    desk: Arc<Desk>,
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl Discord {
    pub async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    pub async fn with(settings: Settings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        #[expect(
            clippy::disallowed_methods,
            reason = "ids and times of messages are near those of the bot's own clock"
        )]
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let mut world = World::new(settings, TOKEN, rate::millis(now));
        world.address = address.to_string();
        let desk = Arc::new(Desk { world: Mutex::new(world), changed: watch::Sender::new(()) });
        let router = Router::new().fallback(rest::answer).with_state(Arc::clone(&desk));
        let service = router.into_make_service_with_connect_info::<line::Line>();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(line::Lines(listener), service).await.unwrap() });
        Self { desk, address, _tasks: tasks }
    }

    /// Where it is, in place of `https://discord.com`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bot's token.
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// The bot's own id, which is its application's as well.
    pub fn bot(&self) -> u64 {
        self.desk.world().bot
    }

    /// Changes how things are at Discord today.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        self.desk.change(|world| change(&mut world.settings));
    }

    /// Puts Discord's clock forward.
    pub fn advance(&self, span: Duration) {
        self.desk.change(|world| world.advance(span));
    }

    /// A server that the bot is in, with nothing in it yet.
    pub fn server(&self, name: &str) -> Server {
        Server::found(&self.desk, name, true)
    }

    /// A server that nobody has asked the bot into yet.
    pub fn server_without_bot(&self, name: &str) -> Server {
        Server::found(&self.desk, name, false)
    }

    /// Somebody with a Discord account.
    pub fn person(&self, name: &str) -> Person {
        Person::new(&self.desk, name)
    }

    /// The next requests of some kind run into trouble.
    pub fn fail(&self, which: Which, fault: Fault, times: usize) {
        self.desk.change(|world| world.faults.add(which, fault, Some(times)));
    }

    /// Requests of some kind run into trouble until what is returned is dropped.
    pub fn fail_while(&self, which: Which, fault: Fault) -> Trouble {
        let number = self.desk.change(|world| world.faults.add(which, fault, None));
        Trouble { desk: Arc::clone(&self.desk), number }
    }

    /// Waits until all trouble that was set for a number of requests has happened.
    pub async fn until_failed(&self) {
        self.desk.until("a request to fail", |world| world.faults.are_over().then_some(())).await;
    }

    /// Waits until one more request about this channel has run into trouble.
    pub async fn until_fails_again(&self, channel: &Channel) {
        let met = |world: &World| world.faults.met(channel.id);
        let before = met(&self.desk.world());
        self.desk.until("one more request to fail", |world| (met(world) > before).then_some(())).await;
    }

    /// Every request that was refused so far.
    pub fn refused(&self) -> Vec<Refused> {
        self.desk.world().refused.clone()
    }

    /// Waits until a request has been refused with this status and code.
    pub async fn until_refused(&self, status: u16, code: u32) -> Refused {
        let found = |world: &World| world.refused.iter().find(|one| (one.status, one.code) == (status, code)).cloned();
        self.desk.until(&format!("a refusal {status} {code}"), found).await
    }

    /// Fails if anything was refused, with all of it.
    pub fn assert_nothing_refused(&self) {
        let refused = self.refused();
        assert!(refused.is_empty(), "refused: {refused:#?}");
    }

    /// The commands that the bot has registered, as it was told them back.
    pub fn commands(&self) -> Vec<Value> {
        self.desk.world().commands.clone()
    }

    /// How often commands have been registered.
    pub fn registrations(&self) -> usize {
        self.desk.world().registrations
    }

    /// Waits until people can type a command.
    pub async fn until_command(&self, name: &str) {
        let look = |world: &World| world.commands.iter().any(|one| one["name"] == name).then_some(());
        self.desk.until(&format!("the command /{name}"), look).await;
    }

    /// How often the bot has tried to post a message.
    pub fn posted(&self) -> usize {
        self.desk.world().posted
    }

    /// The side of Discord that bots listen to.
    pub fn gateway(&self) -> Gateway<'_> {
        Gateway { desk: &self.desk }
    }

    /// Waits until there are so many messages, all channels together.
    pub async fn until_messages(&self, count: usize) {
        let there = |world: &World| world.channels.values().map(|channel| channel.messages.len()).sum::<usize>();
        self.desk.until(&format!("{count} messages"), |world| (there(world) >= count).then_some(())).await;
    }

    /// Waits until something about all messages of all servers holds.
    pub async fn until_all(&self, what: &str, mut holds: impl FnMut(&[Shown]) -> bool) {
        self.desk.until(what, |world| holds(&world.all_shown()).then_some(())).await;
    }
}

/// Trouble that lasts until it is dropped.
pub struct Trouble {
    desk: Arc<Desk>,
    number: u64,
}

impl Drop for Trouble {
    fn drop(&mut self) {
        self.desk.change(|world| world.faults.remove(self.number));
    }
}

/// What the gateway's side of the conversation looks like from here.
pub struct Gateway<'d> {
    desk: &'d Arc<Desk>,
}

impl Gateway<'_> {
    /// Waits until the bot is connected and has been told everything.
    pub async fn until_ready(&self) {
        self.until_ready_again(0).await;
    }

    /// Waits until the bot has connected more often than `times`, and been told everything over such a connection.
    pub async fn until_ready_again(&self, times: u64) {
        let look = |world: &World| world.gateway.is_ready_after(times).then_some(());
        self.desk.until("the bot to connect again", look).await;
    }

    /// Has every connection do something.
    pub fn order(&self, order: Order) {
        let connections: Vec<_> = self.desk.world().gateway.connections.values().cloned().collect();
        for connection in connections {
            // One that has just ended obeys nobody.
            connection.try_send(order).ok();
        }
    }

    /// No heartbeat is acknowledged any more, or they are again.
    pub fn deaf(&self, is_deaf: bool) {
        self.desk.change(|world| world.gateway.is_deaf = is_deaf);
    }

    /// Connections so far.
    pub fn connected(&self) -> u64 {
        self.desk.world().gateway.connected
    }

    /// Every time a client said who it is.
    pub fn identified(&self) -> Vec<Identified> {
        self.desk.world().gateway.identified.clone()
    }

    /// Waits until clients have said so often who they are, over connections that have been told everything.
    pub async fn until_identified(&self, times: usize) {
        let look = |world: &World| {
            let gateway = &world.gateway;
            let told = gateway.sessions.values().filter(|one| one.told == one.log.len()).count();
            (gateway.identified.len() >= times && told >= times).then_some(())
        };
        self.desk.until(&format!("{times} sessions"), look).await;
    }

    /// How often a session was taken up again.
    pub fn resumed(&self) -> usize {
        self.desk.world().gateway.resumed
    }

    pub fn heartbeats(&self) -> usize {
        self.desk.world().gateway.heartbeats
    }

    /// Waits until so many heartbeats have come in all.
    pub async fn until_heartbeats(&self, count: usize) {
        let look = |world: &World| (world.gateway.heartbeats >= count).then_some(());
        self.desk.until("heartbeats", look).await;
    }

    /// Waits until a connection has been closed with a code, by either side.
    pub async fn until_closed(&self, code: u16) {
        let look = |world: &World| world.gateway.closed.contains(&code).then_some(());
        self.desk.until(&format!("a connection to close with {code}"), look).await;
    }

    /// Waits until the bot shows a presence in which this stands.
    pub async fn until_presence(&self, text: &str) -> Value {
        let look = |world: &World| {
            let last = world.gateway.presences.last()?;
            last.to_string().contains(text).then(|| last.clone())
        };
        self.desk.until(&format!("a presence that says {text:?}"), look).await
    }
}
