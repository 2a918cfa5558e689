//! A Telegram of our own: the Bot API on loopback, strict where the real one is, and the people behind it.
//!
//! It knows nothing of the bot that it serves. A test tells people what to do and looks at what they see; the limits on
//! speed, the refusals and their words, and the rules for updates are those of the documentation and of what bots have met
//! with. What it does not do: media, markup in texts (parse modes), payments, business accounts.

mod commands;
mod entities;
mod events;
mod faults;
mod flood;
mod keyboard;
mod methods;
mod parameters;
mod people;
mod queries;
mod refusal;
mod rooms;
mod sending;
mod server;
mod tests;
mod updates;
mod wire;
mod world;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

pub use self::{
    faults::{Fault, Switch},
    flood::Limits,
    keyboard::Action,
    people::Person,
    rooms::{Room, Seen},
    updates::Webhook,
    world::{Call, Member, Received},
};
use self::{
    wire::{Cutter, Switchboard},
    world::{User, World},
};

/// How long anything may be waited for.
const PATIENCE: Duration = Duration::from_secs(240);

/// A running Telegram with one bot; it stops when dropped.
pub struct Telegram {
    inner: Arc<Inner>,
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

/// The world and those who wait for it to change.
struct Inner {
    world: Mutex<World>,
    turned: watch::Sender<u64>,
}

impl Inner {
    fn look<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        look(&self.world.lock().unwrap())
    }

    fn change<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        let result = change(&mut self.world.lock().unwrap());
        self.turned.send_modify(|count| *count += 1);
        result
    }

    /// Looks at every change until there is something.
    async fn find<R>(&self, mut look: impl FnMut(&World) -> Option<R>) -> R {
        let mut turns = self.turned.subscribe();
        loop {
            if let Some(found) = self.look(&mut look) {
                return found;
            }
            turns.changed().await.unwrap();
        }
    }

    /// As [`Inner::find`], with an end to patience.
    async fn until<R>(&self, what: &str, look: impl FnMut(&World) -> Option<R>) -> R {
        match tokio::time::timeout(PATIENCE, self.find(look)).await {
            Ok(found) => found,
            Err(_) => panic!("{what:?} did not come\n{}", self.look(World::account)),
        }
    }
}

impl Telegram {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner { world: Mutex::new(World::new()), turned: watch::channel(0).0 });
        let router = Router::new().fallback(server::answer).with_state(Arc::clone(&inner));
        let service = router.into_make_service_with_connect_info::<Cutter>();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(Switchboard(listener), service).await.unwrap() });
        let pusher = Arc::clone(&inner);
        tasks.spawn(async move { pusher.push().await });
        Self { inner, address, _tasks: tasks }
    }

    /// The address that takes the place of `https://api.telegram.org`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.inner.look(|world| world.token.clone())
    }

    /// The bot's name, without the sign in front.
    pub fn username(&self) -> String {
        self.inner.look(|world| world.bot.username.clone())
    }

    /// Somebody who opens an account.
    pub fn person(&self, name: &str) -> Person {
        let id = self.inner.change(|world| {
            let id = 5_100_000_000 + world.next_id();
            let (name, username) = (name.to_owned(), format!("{}_{id}", name.to_lowercase()));
            let language = Some("en".to_owned());
            world.users.insert(id, User { id, is_bot: false, name, username, language, is_deactivated: false });
            id
        });
        Person { inner: Arc::clone(&self.inner), id }
    }

    /// Whether the bot is told only what is meant for it in groups; it is at first.
    pub fn set_privacy(&self, has_privacy: bool) {
        self.inner.change(|world| world.has_privacy = has_privacy);
    }

    /// How fast the bot may send from now on.
    pub fn limit(&self, limits: Limits) {
        self.inner.change(|world| world.flood = flood::Flood::new(limits));
    }

    /// Requests refused because they came too fast, and those of them that came within a waiting time.
    pub fn floods(&self) -> (usize, usize) {
        self.inner.look(|world| (world.flood.refused, world.flood.impatient))
    }

    /// Messages that were paid for.
    pub fn paid(&self) -> usize {
        self.inner.look(|world| world.flood.paid)
    }

    /// The next calls of a method go wrong, after what is planned already. No name: any method.
    pub fn fail(&self, method: &str, fault: Fault, times: usize) {
        self.inner.change(|world| world.faults.plan(method, fault, times));
    }

    /// Every call of a method goes wrong until the switch is dropped. No name: any method.
    pub fn fail_while(&self, method: &str, fault: Fault) -> Switch {
        let is_on = self.inner.change(|world| world.faults.plan_while(method, fault));
        Switch { is_on, turned: self.inner.turned.clone() }
    }

    /// From now on, for so long, calls of a method go wrong in these ways, in turn. No name: any method.
    pub fn fail_for(&self, method: &str, faults: &[Fault], span: Duration) {
        self.inner.change(|world| world.faults.plan_for(method, faults, span));
    }

    /// Waits until everything that was to go wrong so many times has.
    pub async fn until_faults_are_over(&self) {
        self.inner.until("the faults", |world| world.faults.are_over().then_some(())).await;
    }

    /// Calls that were held back so far.
    pub fn held(&self) -> usize {
        self.inner.look(|world| world.held)
    }

    /// Waits until so many calls have been held back.
    pub async fn until_held(&self, count: usize) {
        self.inner.until("held calls", |world| (world.held >= count).then_some(())).await;
    }

    /// Waits until something is so that changes with what happens here.
    pub async fn until_so(&self, what: &str, is_so: impl Fn() -> bool) {
        let mut turns = self.inner.turned.subscribe();
        let waiting = async {
            while !is_so() {
                turns.changed().await.unwrap();
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            panic!("{what:?} did not become so\n{}", self.inner.look(World::account));
        }
    }

    /// All calls of a method so far that have been answered, or never will be.
    pub fn calls(&self, method: &str) -> Vec<Call> {
        let method = method.to_lowercase();
        self.inner.look(|world| world.calls.iter().filter(|call| call.method == method).cloned().collect())
    }

    /// All calls of a method so far, also those that have no answer yet.
    pub fn received(&self, method: &str) -> Vec<Received> {
        let method = method.to_lowercase();
        self.inner.look(|world| world.received.iter().filter(|call| call.method == method).cloned().collect())
    }

    /// How many calls of a method [`Telegram::received`] knows.
    pub fn count(&self, method: &str) -> usize {
        let method = method.to_lowercase();
        self.inner.look(|world| world.received.iter().filter(|call| call.method == method).count())
    }

    /// How many calls of a method [`Telegram::calls`] knows.
    #[allow(dead_code, reason = "the fault program asks")]
    pub fn calls_count(&self, method: &str) -> usize {
        let method = method.to_lowercase();
        self.inner.look(|world| world.calls.iter().filter(|call| call.method == method).count())
    }

    /// [`Telegram::received`] without the first ones.
    pub fn received_after(&self, method: &str, first: usize) -> Vec<Received> {
        let method = method.to_lowercase();
        let is_it = |call: &&Received| call.method == method;
        self.inner.look(|world| world.received.iter().filter(is_it).skip(first).cloned().collect())
    }

    /// Waits until a method has been called so often.
    pub async fn until_called(&self, method: &str, times: usize) {
        let name = method.to_lowercase();
        let count = |world: &World| world.calls.iter().filter(|call| call.method == name).count();
        self.inner.until(method, |world| (count(world) >= times).then_some(())).await;
    }

    /// Updates that the bot has not confirmed.
    pub fn unconfirmed(&self) -> usize {
        self.inner.look(|world| world.updates.pending())
    }

    /// Waits until the bot has confirmed everything.
    pub async fn until_confirmed(&self) {
        self.inner.until("confirmation", |world| (world.updates.pending() == 0).then_some(())).await;
    }

    /// Tells everything once more that was confirmed.
    pub fn repeat_updates(&self) {
        self.inner.change(|world| world.updates.repeat());
    }

    /// Forgets what was not confirmed, as after a day.
    pub fn forget_updates(&self) {
        self.inner.change(|world| world.updates.drop_all());
    }

    /// Gives the bot another token: nobody who shows the old one is served any more.
    pub fn revokes_token(&self) {
        self.inner.change(|world| world.token = format!("{}:AAG-another_one_0123456789abcdefghijk", world.bot.id));
    }

    /// Makes a message so old that Telegram does not show it to bots any more.
    pub fn ages(&self, room: &Room, message: i64) {
        self.inner.change(|world| world.chat_mut(room.chat).messages.get_mut(&message).unwrap().is_old = true);
    }

    /// Kinds of updates that the bot asked for.
    pub fn allowed_updates(&self) -> Vec<String> {
        self.inner.look(|world| world.updates.allowed().to_vec())
    }

    /// Puts a proxy for this host before the bot, so that a webhook there can be set.
    pub fn proxy(&self, host: &str, to: SocketAddr) {
        self.inner.change(|world| world.proxies.insert(host.to_owned(), to));
    }

    /// The webhook, when there is one.
    pub fn webhook(&self) -> Option<Webhook> {
        self.inner.look(|world| world.updates.webhook.clone())
    }
}

impl World {
    /// All that was said, for a test that waited in vain.
    fn account(&self) -> String {
        let mut account = String::new();
        for chat in self.chats.values() {
            account.push_str(&format!("--- {} {}\n", chat.kind.word(), chat.title));
            for message in chat.messages.values() {
                let who = message.from.map_or("nobody", |from| self.users[&from].name.as_str());
                account.push_str(&format!("#{} {who}: {}\n", message.id, message.text));
            }
        }
        let last = self.calls.iter().rev().take(12).rev();
        let calls: Vec<String> = last.map(|call| format!("{} {}", call.method, call.code)).collect();
        account + "--- last calls: " + &calls.join(", ")
    }
}
