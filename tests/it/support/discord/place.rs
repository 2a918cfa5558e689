//! Servers and channels, as a test holds them.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Desk,
    acts::BOTS_ROLE,
    limits,
    permission::{self, Overwrite},
    person::Person,
    show::Shown,
    world::{self, Guild, Kind, Place, Role},
};

/// How long ago the bot joined the servers that it is simply in.
const LONG_AGO_MS: u64 = 30 * 24 * 3_600_000;

/// A server, which bots call a guild.
#[derive(Clone)]
pub struct Server {
    desk: Arc<Desk>,
    pub id: u64,
}

impl Server {
    pub(super) fn found(desk: &Arc<Desk>, name: &str, with_bot: bool) -> Self {
        let id = desk.change(|world| {
            let (id, bots_role) = (world.next_id(), world.next_id());
            let role = |id: u64, name: &str, permissions: u64| Role {
                id,
                name: name.to_owned(),
                permissions,
                is_mentionable: false,
            };
            let roles = vec![role(id, "@everyone", permission::USUAL), role(bots_role, BOTS_ROLE, permission::USUAL)];
            let guild = Guild {
                id,
                name: name.to_owned(),
                locale: "en-US".to_owned(),
                owner: 1,
                roles,
                members: BTreeMap::new(),
                system_channel: None,
                lets: Vec::new(),
                has_bot: false,
                joined_at: world.now(),
            };
            world.guilds.insert(id, guild);
            if with_bot {
                world.add_bot(id, world.now() - LONG_AGO_MS);
            }
            id
        });
        Self { desk: Arc::clone(desk), id }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Guild) -> T) -> T {
        self.desk.change(|world| change(world.guilds.get_mut(&self.id).unwrap()))
    }

    /// From now on this is the language of the server.
    pub fn speaks(&self, locale: &str) {
        self.change(|guild| guild.locale = locale.to_owned());
    }

    pub fn channel(&self, name: &str) -> Channel {
        self.channel_of(Kind::Text, name)
    }

    pub fn channel_of(&self, kind: Kind, name: &str) -> Channel {
        let id = self.desk.change(|world| {
            let own = world.channels.values().filter(|one| one.guild == Some(self.id) && !one.kind.is_thread());
            assert!(own.count() < limits::CHANNELS_OF_A_GUILD, "a server has no more channels than that");
            let id = world.next_id();
            let channel = world::Channel::new(id, Some(self.id), kind, name);
            let told = super::wire::channel(world, &channel);
            world.channels.insert(id, channel);
            world.tell(Some(self.id), "CHANNEL_CREATE", told);
            id
        });
        Channel { desk: Arc::clone(&self.desk), id }
    }

    /// Discord greets newcomers here, and so may bots.
    pub fn greets_in(&self, channel: &Channel) {
        self.change(|guild| guild.system_channel = Some(channel.id));
    }

    /// A role that everybody may mention, or nobody but those who may mention all.
    pub fn role(&self, name: &str, is_mentionable: bool) -> u64 {
        self.desk.change(|world| {
            let id = world.next_id();
            let role = Role { id, name: name.to_owned(), permissions: 0, is_mentionable };
            world.guilds.get_mut(&self.id).unwrap().roles.push(role);
            id
        })
    }

    /// Somebody is in it, and may do this beyond what all may.
    pub fn welcomes(&self, person: &Person, permissions: u64) {
        self.desk.change(|world| {
            let id = world.next_id();
            let guild = world.guilds.get_mut(&self.id).unwrap();
            let role = Role { id, name: format!("Role {id}"), permissions, is_mentionable: false };
            guild.roles.push(role);
            guild.members.insert(person.id, vec![id]);
        });
    }

    /// The server's own settings let somebody use a command that the app's default keeps from them.
    pub fn lets(&self, person: &Person, command: &str) {
        self.change(|guild| guild.lets.push((command.to_owned(), person.id)));
    }

    /// The bot is thrown out.
    pub fn kicks_bot(&self) {
        self.desk.change(|world| world.remove_bot(self.id));
    }

    /// The bot is asked in.
    pub fn invites_bot(&self) {
        self.desk.change(|world| world.add_bot(self.id, world.now()));
    }

    /// Discord cannot reach it for a while, or can again.
    pub fn is_available(&self, is_available: bool) {
        self.desk.change(|world| world.set_available(self.id, is_available));
    }
}

/// A channel, a thread, or a private conversation with the bot.
#[derive(Clone)]
pub struct Channel {
    pub(super) desk: Arc<Desk>,
    pub id: u64,
}

impl Channel {
    fn change<T>(&self, change: impl FnOnce(&mut world::Channel) -> T) -> T {
        self.desk.change(|world| change(world.channels.get_mut(&self.id).unwrap()))
    }

    /// What the program calls it.
    pub fn address(&self) -> String {
        let guild = self.desk.world().channels[&self.id].guild;
        format!("{}/{}", guild.map_or_else(|| "@me".to_owned(), |guild| guild.to_string()), self.id)
    }

    /// What is to be seen in it, oldest first.
    pub fn messages(&self) -> Vec<Shown> {
        self.desk.world().channels[&self.id].shown()
    }

    /// Waits until something holds about what is to be seen; gives that.
    pub async fn wait_for(&self, what: &str, mut holds: impl FnMut(&[Shown]) -> bool) -> Vec<Shown> {
        let look = |world: &world::World| Some(world.channels[&self.id].shown()).filter(|shown| holds(shown));
        self.desk.until(what, look).await
    }

    /// Waits until a message says this; gives the first that does.
    pub async fn until_says(&self, text: &str) -> Shown {
        let look =
            |world: &world::World| world.channels[&self.id].shown().into_iter().find(|message| message.says(text));
        self.desk.until(&format!("a message that says {text:?}"), look).await
    }

    /// Waits until a message that answers another says this; gives it.
    pub async fn until_reply_says(&self, text: &str) -> Shown {
        let look = |world: &world::World| {
            let shown = world.channels[&self.id].shown();
            shown.into_iter().find(|message| message.reply_to.is_some() && message.says(text))
        };
        self.desk.until(&format!("a reply that says {text:?}"), look).await
    }

    /// What the bot may do here from now on, beyond or below what its roles let it.
    pub fn gives_bot(&self, allow: u64, deny: u64) {
        self.desk.change(|world| {
            let bot = world.bot;
            let overwrites = &mut world.channels.get_mut(&self.id).unwrap().overwrites;
            overwrites.retain(|one| one.target != bot);
            overwrites.push(Overwrite { target: bot, is_member: true, allow, deny });
            let channel = &world.channels[&self.id];
            let (guild, told) = (channel.guild, super::wire::channel(world, channel));
            world.tell(guild, "CHANNEL_UPDATE", told);
        });
    }

    /// A tag that posts in this forum may have.
    pub fn has_tag(&self, name: &str) -> u64 {
        self.desk.change(|world| {
            let id = world.next_id();
            world.channels.get_mut(&self.id).unwrap().tags.push((id, name.to_owned()));
            id
        })
    }

    /// Posts in this forum must have a tag.
    pub fn needs_tag(&self) {
        self.change(|channel| channel.needs_tag = true);
    }

    /// Somebody locks a thread, or it goes to sleep by itself.
    pub fn sleeps(&self, is_locked: bool) {
        self.change(|channel| {
            channel.is_archived = true;
            channel.is_locked = is_locked;
        });
    }

    /// Somebody deletes a message.
    pub fn loses(&self, message: &Shown) {
        self.change(|channel| channel.messages.remove(&message.place.message)).unwrap();
    }

    /// Somebody deletes it.
    pub fn goes(self) {
        self.desk.change(|world| world.remove_channel(self.id));
    }

    /// The person behind this private conversation wants no more of it.
    pub fn is_closed(&self) {
        self.change(|channel| channel.is_closed = true);
    }

    /// Its threads, oldest first: the posts, if it is a forum.
    pub fn threads(&self) -> Vec<Self> {
        let world = self.desk.world();
        let own = world.channels.values().filter(|one| one.parent == Some(self.id)).map(|one| one.id);
        let mut own: Vec<u64> = own.collect();
        own.sort_unstable();
        own.into_iter().map(|id| Self { desk: Arc::clone(&self.desk), id }).collect()
    }

    /// Somebody opens a post in this forum, in which people can then write.
    pub fn gets_post(&self, name: &str) -> Self {
        let id = self.desk.change(|world| {
            let id = world.next_id();
            let guild = world.channels[&self.id].guild;
            let post = world::Channel { parent: Some(self.id), ..world::Channel::new(id, guild, Kind::Thread, name) };
            let told = super::wire::channel(world, &post);
            world.channels.insert(id, post);
            world.tell(guild, "THREAD_CREATE", told);
            id
        });
        Self { desk: Arc::clone(&self.desk), id }
    }

    /// Waits until it has so many threads.
    pub async fn until_threads(&self, count: usize) -> Vec<Self> {
        let own = |world: &world::World| world.channels.values().filter(|one| one.parent == Some(self.id)).count();
        self.desk.until(&format!("{count} threads"), |world| (own(world) >= count).then_some(())).await;
        self.threads()
    }

    pub fn name(&self) -> String {
        self.desk.world().channels[&self.id].name.clone()
    }

    /// The message of this id, if all can see it.
    pub fn message(&self, id: u64) -> Option<Shown> {
        self.desk.world().shown(Place { channel: self.id, message: id }).filter(|one| !one.is_ephemeral)
    }
}
