//! All there is at this Discord: guilds, channels, messages, people, interactions.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    check::message::{EPHEMERAL, LOADING},
    fault::Faults,
    gateway::session::Gateway,
    permission::{self, Overwrite},
    rate::Rates,
    settings::Settings,
    show::Ping,
};

/// Milliseconds from 1970 to the moment that ids count from.
const EPOCH: u64 = 1_420_070_400_000;
/// How many ids are given out in a millisecond.
const IDS_IN_A_MILLISECOND: u64 = 1 << 22;

/// Kinds of channels, by Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text = 0,
    Private = 1,
    Announcement = 5,
    AnnouncementThread = 10,
    Thread = 11,
    Forum = 15,
}

impl Kind {
    pub fn is_thread(self) -> bool {
        matches!(self, Self::AnnouncementThread | Self::Thread)
    }
}

#[derive(Clone, Debug)]
pub struct Role {
    pub id: u64,
    pub name: String,
    pub permissions: u64,
    pub is_mentionable: bool,
}

pub struct Guild {
    pub id: u64,
    pub name: String,
    pub locale: String,
    pub owner: u64,
    pub roles: Vec<Role>,
    /// Everybody in it, with their roles.
    pub members: BTreeMap<u64, Vec<u64>>,
    /// Where Discord greets who joins.
    pub system_channel: Option<u64>,
    /// Who may use a command here although the app's own default says no.
    pub lets: Vec<(String, u64)>,
    pub has_bot: bool,
    pub joined_at: u64,
}

pub struct Channel {
    pub id: u64,
    pub guild: Option<u64>,
    pub kind: Kind,
    pub name: String,
    pub parent: Option<u64>,
    pub overwrites: Vec<Overwrite>,
    /// Tags that posts may have.
    pub tags: Vec<(u64, String)>,
    pub needs_tag: bool,
    pub applied_tags: Vec<u64>,
    pub is_archived: bool,
    pub is_locked: bool,
    pub archive_minutes: i64,
    /// Whose private channel it is, and whether they let the bot write.
    pub person: Option<u64>,
    pub is_closed: bool,
    pub messages: BTreeMap<u64, Message>,
}

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub channel: u64,
    pub message: u64,
}

#[derive(Clone, Debug)]
pub struct Message {
    pub id: u64,
    pub author: u64,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub flags: u64,
    pub reply_to: Option<u64>,
    pub nonce: Option<String>,
    pub sent_at: u64,
    pub edited_at: Option<u64>,
    pub edits: usize,
    /// Edits made when it was old, by time.
    pub old_edits: Vec<u64>,
    pub pings: Vec<Ping>,
    pub is_published: bool,
    pub thread: Option<u64>,
    /// The interaction that it answers, and whose that was.
    pub interaction: Option<(u64, u64)>,
}

impl Message {
    pub fn is_ephemeral(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    pub fn is_thinking(&self) -> bool {
        self.flags & LOADING != 0
    }
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: u64,
    pub name: String,
    pub locale: String,
}

/// What somebody did that wants an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Command,
    /// Typing; the kind of option being typed.
    Completion(i64),
    /// A button of this message, which had been edited so often.
    Press(Place, usize),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Acknowledged {
    /// With a message, be it one that says "thinking".
    Message,
    /// With nothing to see yet: the message with the button may change.
    Later,
    /// By changing the message with the button.
    Update,
    Choices(Vec<(String, Value)>),
}

#[derive(Clone, Debug)]
pub struct Interaction {
    pub id: u64,
    pub token: String,
    pub deed: Deed,
    pub person: u64,
    pub channel: u64,
    pub asked_at: u64,
    pub acknowledged: Option<(Acknowledged, u64)>,
    /// What `@original` is.
    pub original: Option<Place>,
    pub follow_ups: Vec<Place>,
    /// Whether the app is here only because its user has it.
    pub is_user_install: bool,
}

/// A refused request.
#[derive(Clone, Debug)]
pub struct Refused {
    pub request: String,
    pub status: u16,
    pub code: u32,
    pub body: String,
    pub at: u64,
}

pub struct World {
    pub settings: Settings,
    pub application: u64,
    pub bot: u64,
    pub token: String,
    pub guilds: BTreeMap<u64, Guild>,
    pub channels: HashMap<u64, Channel>,
    pub people: BTreeMap<u64, Person>,
    pub commands: Vec<Value>,
    /// Times of the registrations of commands, and how many commands were new.
    pub registrations: usize,
    pub created_commands: usize,
    pub interactions: BTreeMap<u64, Interaction>,
    pub nonces: HashMap<String, (Place, u64)>,
    pub gateway: Gateway,
    pub rates: Rates,
    pub faults: Faults,
    pub refused: Vec<Refused>,
    /// How often the bot has tried to post a message.
    pub posted: usize,
    pub address: String,
    last_id: u64,
    began: Instant,
    began_ms: u64,
    ahead: Duration,
}

impl World {
    pub fn new(settings: Settings, token: &str, began_ms: u64) -> Self {
        let mut world = Self {
            settings,
            application: 0,
            bot: 0,
            token: token.to_owned(),
            guilds: BTreeMap::new(),
            channels: HashMap::new(),
            people: BTreeMap::new(),
            commands: Vec::new(),
            registrations: 0,
            created_commands: 0,
            interactions: BTreeMap::new(),
            nonces: HashMap::new(),
            gateway: Gateway::default(),
            rates: Rates::default(),
            faults: Faults::default(),
            refused: Vec::new(),
            posted: 0,
            address: String::new(),
            last_id: 0,
            began: Instant::now(),
            began_ms,
            ahead: Duration::ZERO,
        };
        world.application = world.next_id();
        // As with every app of these years, its user has the same id.
        world.bot = world.application;
        world
    }

    /// Milliseconds since 1970 on this Discord's clock.
    pub fn now(&self) -> u64 {
        self.began_ms + u64::try_from((self.began.elapsed() + self.ahead).as_millis()).unwrap()
    }

    /// Puts the clock forward.
    pub fn advance(&mut self, span: Duration) {
        self.ahead += span;
    }

    /// Ids tell when they were given out, and no two are the same.
    pub fn next_id(&mut self) -> u64 {
        self.last_id = ((self.now() - EPOCH) * IDS_IN_A_MILLISECOND).max(self.last_id + 1);
        self.last_id
    }

    /// The guild of a channel, if it has one.
    pub fn guild_of(&self, channel: u64) -> Option<&Guild> {
        self.guilds.get(&self.channels.get(&channel)?.guild?)
    }

    /// What somebody may do in a channel.
    pub fn permissions(&self, channel: u64, who: u64) -> u64 {
        let Some(found) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = self.guild_of(channel) else { return permission::USUAL };
        // Threads have no overwrites of their own.
        let ruling = found.parent.and_then(|parent| self.channels.get(&parent)).unwrap_or(found);
        permission::in_channel(guild, ruling, who)
    }

    pub fn message(&self, place: Place) -> Option<&Message> {
        self.channels.get(&place.channel)?.messages.get(&place.message)
    }

    pub fn message_mut(&mut self, place: Place) -> Option<&mut Message> {
        self.channels.get_mut(&place.channel)?.messages.get_mut(&place.message)
    }

    /// Guilds that one shard of so many is told of.
    pub fn guilds_of_shard(&self, (shard, shards): (u64, u64)) -> impl Iterator<Item = &Guild> {
        self.guilds.values().filter(move |guild| guild.has_bot && shard_of(guild.id, shards) == shard)
    }
}

/// The shard of so many that is told of a guild.
pub fn shard_of(guild: u64, shards: u64) -> u64 {
    (guild >> 22) % shards.max(1)
}
