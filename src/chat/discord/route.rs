//! The parts of Discord's REST API that are used.

use reqwest::Method;

use super::{buckets::Lane, limits::RECENT};

/// What is asked of Discord. Ids are Discord's own, digits only.
#[derive(Clone, Copy, Debug)]
pub(super) enum Route<'a> {
    /// Who the bot is.
    Me,
    /// What the bot's application is.
    Application,
    /// Where the gateway is, and how many connections it wants.
    Gateway,
    /// The application's commands, all at once.
    Commands(u64),
    /// The servers the bot is in, the first 200.
    Servers,
    /// A server.
    Server(u64),
    /// A server's channels.
    Channels(u64),
    /// Somebody in a server.
    Member(u64, u64),
    /// The threads of a server in which something was written lately.
    Threads(u64),
    /// A channel, to look at.
    Channel(u64),
    /// A channel, to change.
    Change(u64),
    /// A new message in a channel.
    Post(u64),
    /// The last messages in a channel.
    Recent(u64),
    /// A message in a channel.
    Message(u64, u64),
    /// The same, to look at.
    Look(u64, u64),
    /// The same, to take away.
    Remove(u64, u64),
    /// A message in an announcement channel, for those who follow it.
    Publish(u64, u64),
    /// A thread that hangs on a message.
    ThreadOn(u64, u64),
    /// A post in a forum.
    ForumPost(u64),
    /// The first answer to an interaction.
    Callback(u64, &'a str),
    /// That answer, to change or, when it was put off, to give.
    Original(u64, &'a str),
    /// The same, to take away.
    Withdraw(u64, &'a str),
    /// A further answer to it.
    FollowUp(u64, &'a str),
}

impl Route<'_> {
    pub(super) const fn method(&self) -> Method {
        match self {
            Self::Me
            | Self::Application
            | Self::Gateway
            | Self::Servers
            | Self::Server(_)
            | Self::Channels(_)
            | Self::Member(..)
            | Self::Threads(_)
            | Self::Channel(_)
            | Self::Recent(_)
            | Self::Look(..) => Method::GET,
            Self::Remove(..) | Self::Withdraw(..) => Method::DELETE,
            Self::Commands(_) => Method::PUT,
            Self::Change(_) | Self::Message(..) | Self::Original(..) => Method::PATCH,
            Self::Post(_)
            | Self::Publish(..)
            | Self::ThreadOn(..)
            | Self::ForumPost(_)
            | Self::Callback(..)
            | Self::FollowUp(..) => Method::POST,
        }
    }

    pub(super) fn path(&self) -> String {
        match self {
            Self::Me => "/users/@me".to_owned(),
            Self::Application => "/applications/@me".to_owned(),
            Self::Gateway => "/gateway/bot".to_owned(),
            Self::Commands(application) => format!("/applications/{application}/commands"),
            Self::Servers => "/users/@me/guilds".to_owned(),
            Self::Server(guild) => format!("/guilds/{guild}"),
            Self::Channels(guild) => format!("/guilds/{guild}/channels"),
            Self::Member(guild, user) => format!("/guilds/{guild}/members/{user}"),
            Self::Threads(guild) => format!("/guilds/{guild}/threads/active"),
            Self::Channel(channel) | Self::Change(channel) => format!("/channels/{channel}"),
            Self::Post(channel) => format!("/channels/{channel}/messages"),
            Self::Recent(channel) => format!("/channels/{channel}/messages?limit={RECENT}"),
            Self::Message(channel, message) | Self::Look(channel, message) | Self::Remove(channel, message) => {
                format!("/channels/{channel}/messages/{message}")
            }
            Self::Publish(channel, message) => format!("/channels/{channel}/messages/{message}/crosspost"),
            Self::ThreadOn(channel, message) => format!("/channels/{channel}/messages/{message}/threads"),
            Self::ForumPost(channel) => format!("/channels/{channel}/threads"),
            Self::Callback(id, token) => format!("/interactions/{id}/{token}/callback"),
            Self::Original(application, token) | Self::Withdraw(application, token) => {
                format!("/webhooks/{application}/{token}/messages/@original")
            }
            Self::FollowUp(application, token) => format!("/webhooks/{application}/{token}"),
        }
    }

    /// Whether the bot's token goes with it. What belongs to an interaction is opened by that interaction's own token.
    pub(super) const fn is_ours(&self) -> bool {
        !matches!(self, Self::Callback(..) | Self::Original(..) | Self::Withdraw(..) | Self::FollowUp(..))
    }

    /// Which limit it counts for; `None` for interactions, which have none that a person at a keyboard could reach.
    pub(super) const fn lane(&self) -> Option<Lane> {
        let (route, major) = match self {
            Self::Me => ("GET me", 0),
            Self::Application => ("GET application", 0),
            Self::Gateway => ("GET gateway", 0),
            Self::Commands(_) => ("PUT commands", 0),
            Self::Servers => ("GET servers", 0),
            Self::Server(guild) => ("GET server", *guild),
            Self::Channels(guild) => ("GET channels", *guild),
            Self::Member(guild, _) => ("GET member", *guild),
            Self::Threads(guild) => ("GET threads", *guild),
            Self::Channel(channel) => ("GET channel", *channel),
            Self::Change(channel) => ("PATCH channel", *channel),
            Self::Post(channel) => ("POST message", *channel),
            Self::Recent(channel) => ("GET messages", *channel),
            Self::Message(channel, _) => ("PATCH message", *channel),
            Self::Look(channel, _) => ("GET message", *channel),
            Self::Remove(channel, _) => ("DELETE message", *channel),
            Self::Publish(channel, _) => ("POST crosspost", *channel),
            Self::ThreadOn(channel, _) => ("POST thread on a message", *channel),
            Self::ForumPost(channel) => ("POST thread", *channel),
            Self::Callback(..) | Self::Original(..) | Self::Withdraw(..) | Self::FollowUp(..) => return None,
        };
        Some(Lane { route, major })
    }
}
