//! What happens in the world when somebody does something, and what it looks like.

use serde_json::json;

use super::{
    gateway::session::{Gateway, Session},
    show::Shown,
    wire,
    world::{Channel, Guild, Kind, Place, World},
};

/// The role that an app gets in each server it is in.
pub const BOTS_ROLE: &str = "Watcher";

impl Channel {
    pub fn new(id: u64, guild: Option<u64>, kind: Kind, name: &str) -> Self {
        Self {
            id,
            guild,
            kind,
            name: name.to_owned(),
            parent: None,
            overwrites: Vec::new(),
            tags: Vec::new(),
            needs_tag: false,
            applied_tags: Vec::new(),
            is_archived: false,
            is_locked: false,
            archive_minutes: 4_320,
            person: None,
            is_closed: false,
            messages: std::collections::BTreeMap::new(),
        }
    }

    /// What all who are in it see, oldest first.
    pub fn shown(&self) -> Vec<Shown> {
        let seen = self.messages.values().filter(|message| !message.is_ephemeral() && !message.is_thinking());
        seen.map(|message| Shown::new(Place { channel: self.id, message: message.id }, message)).collect()
    }
}

impl Gateway {
    /// Whether a connection later than this one has a session that has been told all there is to tell.
    pub fn is_ready_after(&self, connection: u64) -> bool {
        let is_later = |session: &Session| session.connection.is_some_and(|number| number > connection);
        self.sessions.values().any(|session| is_later(session) && session.told == session.log.len())
    }
}

impl World {
    pub fn shown(&self, place: Place) -> Option<Shown> {
        self.message(place).map(|message| Shown::new(place, message))
    }

    /// All public messages of all channels.
    pub fn all_shown(&self) -> Vec<Shown> {
        self.channels.values().flat_map(Channel::shown).collect()
    }

    /// The bot is in a guild from now on, and has been since then.
    pub fn add_bot(&mut self, guild: u64, joined_at: u64) {
        let bot = self.bot;
        let found = self.guilds.get_mut(&guild).unwrap();
        let own = found.roles.iter().find(|role| role.name == BOTS_ROLE).unwrap().id;
        found.members.insert(bot, vec![own]);
        found.has_bot = true;
        found.joined_at = joined_at;
        let told = wire::guild_create(self, &self.guilds[&guild]);
        self.tell(Some(guild), "GUILD_CREATE", told);
    }

    /// The bot is made to leave a guild, or leaves it.
    pub fn remove_bot(&mut self, guild: u64) {
        let bot = self.bot;
        let found: &mut Guild = self.guilds.get_mut(&guild).unwrap();
        found.members.remove(&bot);
        found.has_bot = false;
        self.tell(Some(guild), "GUILD_DELETE", json!({"id": guild.to_string()}));
    }

    /// A guild cannot be reached for a while, or can again.
    pub fn set_available(&mut self, guild: u64, is_available: bool) {
        if is_available {
            let told = wire::guild_create(self, &self.guilds[&guild]);
            self.tell(Some(guild), "GUILD_CREATE", told);
        } else {
            self.tell(Some(guild), "GUILD_DELETE", json!({"id": guild.to_string(), "unavailable": true}));
        }
    }

    /// A channel goes, with its threads.
    pub fn remove_channel(&mut self, channel: u64) {
        let threads: Vec<u64> =
            self.channels.values().filter(|one| one.parent == Some(channel)).map(|one| one.id).collect();
        let gone = self.channels.remove(&channel).unwrap();
        let kind = if gone.kind.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        let told = wire::channel(self, &gone);
        self.tell(gone.guild, kind, told);
        // Discord tells nothing about the threads of a channel that goes.
        for thread in threads {
            self.channels.remove(&thread);
        }
    }

    /// The channel in which the bot and a person are alone.
    pub fn private_channel(&mut self, person: u64) -> u64 {
        if let Some(found) = self.channels.values().find(|one| one.person == Some(person)) {
            return found.id;
        }
        let id = self.next_id();
        let channel = Channel { person: Some(person), ..Channel::new(id, None, Kind::Private, "") };
        self.channels.insert(id, channel);
        id
    }

    /// What is there, for whoever waited in vain for something else.
    pub fn report(&self) -> String {
        let gateway = &self.gateway;
        let sessions: Vec<(bool, usize, usize)> =
            gateway.sessions.values().map(|one| (one.connection.is_some(), one.told, one.log.len())).collect();
        let mut lines = vec![format!(
            "gateway: {} connections so far, identified {}, resumed {}, closed {:?}, sessions (connected, told, of) {sessions:?}",
            gateway.connected,
            gateway.identified.len(),
            gateway.resumed,
            gateway.closed
        )];
        let mut channels: Vec<&Channel> = self.channels.values().filter(|one| !one.messages.is_empty()).collect();
        channels.sort_by_key(|one| one.id);
        for channel in channels.iter().take(20) {
            lines.push(format!("#{} ({})", channel.name, channel.id));
            lines.extend(channel.messages.values().take(20).map(|message| {
                let place = Place { channel: channel.id, message: message.id };
                let marks = [(message.is_ephemeral(), "for one"), (message.is_thinking(), "thinking")];
                let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect();
                format!("-- {} edits {marks:?}\n{}", message.edits, Shown::new(place, message).text())
            }));
        }
        lines.push(format!("{} channels in all, {} with messages", self.channels.len(), channels.len()));
        let refused = self
            .refused
            .iter()
            .rev()
            .take(20)
            .map(|one| format!("refused: {} {} {}", one.request, one.status, one.body));
        lines.extend(refused);
        lines.join("\n")
    }
}
