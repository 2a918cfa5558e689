//! The real program between a fake Discord and status pages.

use std::time::Duration;

use crate::support::{
    discord::{Asked, Channel, Discord, Person, Server, Settings, permission},
    feed_server::FeedServer,
    program::{Home, Program},
};

/// A Discord with one server, in which somebody manages the channels and somebody else does not.
pub struct Stage {
    pub discord: Discord,
    pub feeds: FeedServer,
    pub server: Server,
    pub channel: Channel,
    pub manager: Person,
    pub member: Person,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with(Self::settings()).await
    }

    /// Discord's own limits, but nobody waits for a program that was started a moment ago, or for this computer.
    pub fn settings() -> Settings {
        Settings { identify_span: Duration::ZERO, answer_within: Duration::from_secs(240), ..Settings::default() }
    }

    pub async fn with(settings: Settings) -> Self {
        let discord = Discord::with(settings).await;
        let server = discord.server("Acme fans");
        let (manager, member) = (discord.person("maja"), discord.person("mo"));
        server.welcomes(&manager, permission::MANAGE_CHANNELS);
        server.welcomes(&member, 0);
        let channel = server.channel("outages");
        Self { feeds: FeedServer::start().await, discord, server, channel, manager, member }
    }

    /// The program with this Discord as its only platform, not started yet.
    pub fn command(&self, home: &Home, arguments: &[&str]) -> std::process::Command {
        let mut command = home.command(arguments);
        command.env("DISCORD_TOKEN", self.discord.token()).env("FOGHORN_DISCORD__API_URL", self.discord.url());
        command
    }

    /// Starts the bot and waits until it hears what people type.
    pub async fn start(&self, home: &Home) -> Program {
        self.start_with(home, 50).await
    }

    /// As [`Stage::start`], for a bot that Discord lets make so many requests in a second.
    pub async fn start_with(&self, home: &Home, requests_per_second: u32) -> Program {
        let connected = self.discord.gateway().connected();
        let mut command = self.command(home, &[]);
        command.env("FOGHORN_DISCORD__REQUESTS_PER_SECOND", requests_per_second.to_string());
        let program = Program::start(command);
        self.discord.gateway().until_ready_again(connected).await;
        self.discord.until_command("subscribe").await;
        program
    }

    /// The manager subscribes a channel; the line is what follows the command.
    pub async fn subscribe(&self, channel: &Channel, line: &str) {
        let asked = self.manager.types(channel, &format!("/subscribe {line}"));
        let answer = asked.answer().await;
        assert!(answer.says("now hears about"), "{}", answer.text());
    }

    /// The answer to what the member types in the first channel.
    pub async fn ask(&self, line: &str) -> String {
        self.asks(line).answer().await.text()
    }

    pub fn asks(&self, line: &str) -> Asked {
        self.member.types(&self.channel, line)
    }
}

/// A text with every Discord timestamp as `<t:…>`: what differs from one run to the next.
pub fn timeless(text: &str) -> String {
    let mut pieces = text.split("<t:");
    let first = pieces.next().unwrap_or_default().to_owned();
    let calm = |piece: &str| format!("<t:…{}", piece.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    first + &pieces.map(calm).collect::<String>()
}
