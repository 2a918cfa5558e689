//! The real bot on both platforms, and what its chats were told.

use foghorn::domain::{ChatId, Platform};

use crate::support::{
    discord::{self, Channel, Discord},
    feed_server::FeedServer,
    long_ago,
    page::StatusPage,
    program::{Home, Program},
    telegram::{Limits, Room, Telegram},
};

/// The id of the one service that is watched where one is enough.
pub const SERVICE: &str = "acme";

/// Both platforms, status pages, and a directory that the programs of a scenario share.
pub struct Scene {
    pub discord: Discord,
    pub telegram: Telegram,
    pub feeds: FeedServer,
    pub home: Home,
    pub channels: Vec<Channel>,
    pub rooms: Vec<Room>,
}

/// One message about an outage.
#[derive(Clone, Debug)]
pub struct Told {
    pub is_reply: bool,
    pub text: String,
}

impl Scene {
    /// So many chats on each platform are subscribed to each of so many services, whose limits are lifted.
    pub async fn new(services: usize, chats: usize) -> Self {
        Self::with_storms(services, chats, 0).await
    }

    /// As [`Scene::new`]; more outages than so many in a chat are told together, unless it is 0.
    pub async fn with_storms(services: usize, chats: usize, outages: usize) -> Self {
        let mut settings =
            discord::Settings { identify_span: std::time::Duration::ZERO, ..discord::Settings::default() };
        settings.unlimited();
        let (discord, telegram) = (Discord::with(settings).await, Telegram::start().await);
        telegram.limit(Limits::none());
        let feeds = FeedServer::start().await;
        let ids: Vec<String> = (0..services).map(Self::id).collect();
        let storms = format!("storm_outages = {outages}");
        let services: String = ids.iter().map(|id| StatusPage::new(&feeds, id).service(id)).collect();
        let home = Home::changed(&[("storm_outages = 0", storms.as_str())], &services);
        let server = discord.server("Acme fans");
        let channels: Vec<Channel> = (0..chats).map(|number| server.channel(&format!("c{number}"))).collect();
        let rooms: Vec<Room> = (0..chats).map(|number| telegram.person(&format!("P{number}")).private()).collect();
        let there = channels.iter().map(|channel| (Platform::Discord, channel.address()));
        let all: Vec<ChatId> = there
            .chain(rooms.iter().map(|room| (Platform::Telegram, room.chat.to_string())))
            .map(|(platform, address)| ChatId { platform, address: address.into() })
            .collect();
        for id in &ids {
            long_ago::subscribed(&home, id, all.iter().cloned()).await;
        }
        Self { discord, telegram, feeds, home, channels, rooms }
    }

    /// As [`Scene::new`], with a bot that is connected and has read every page; it may send so many requests to Discord in a
    /// second.
    pub async fn opened(services: usize, chats: usize, requests_per_second: u32) -> (Self, Program) {
        let scene = Self::new(services, chats).await;
        let program = scene.start(requests_per_second);
        scene.until_connected(0).await;
        for number in 0..services {
            scene.page(number).until_read().await;
        }
        (scene, program)
    }

    pub fn id(number: usize) -> String {
        if number == 0 { SERVICE.to_owned() } else { format!("{SERVICE}{number}") }
    }

    pub fn page(&self, number: usize) -> StatusPage<'_> {
        StatusPage::of(&self.feeds, &Self::id(number))
    }

    /// Starts the bot; it may send so many requests to Discord in a second.
    pub fn start(&self, requests_per_second: u32) -> Program {
        let mut command = self.home.command(&[]);
        command
            .env("DISCORD_TOKEN", self.discord.token())
            .env("FOGHORN_DISCORD__API_URL", self.discord.url())
            .env("FOGHORN_DISCORD__REQUESTS_PER_SECOND", requests_per_second.to_string())
            .env("TELEGRAM_BOT_TOKEN", self.telegram.token())
            .env("FOGHORN_TELEGRAM__API_URL", self.telegram.url())
            .env("FOGHORN_LOG__LEVEL", "info,foghorn::dispatch=debug");
        Program::start(command)
    }

    /// Waits until the bot is on both platforms, having been on Discord so often before.
    pub async fn until_connected(&self, before: u64) {
        self.discord.gateway().until_ready_again(before).await;
        self.telegram.until_called("getUpdates", 1).await;
    }

    /// What each channel was told about the outage with this in its messages.
    pub fn told_on_discord(&self, title: &str) -> Vec<Vec<Told>> {
        let told = |channel: &Channel| {
            let messages = channel.messages().into_iter().filter(|message| message.says(title));
            messages.map(|message| Told { is_reply: message.reply_to.is_some(), text: message.text() }).collect()
        };
        self.channels.iter().map(told).collect()
    }

    /// What each Telegram chat was told about it.
    pub fn told_on_telegram(&self, title: &str) -> Vec<Vec<Told>> {
        let told = |room: &Room| {
            let messages = room.told().into_iter().filter(|message| message.text.contains(title));
            messages.map(|message| Told { is_reply: message.reply_to.is_some(), text: message.text }).collect()
        };
        self.rooms.iter().map(told).collect()
    }

    /// Waits until each chat of both platforms has a message with this that is so.
    pub async fn until_all(&self, what: &str, title: &str, is_so: impl Fn(&[Told]) -> bool) {
        self.until_on_discord(what, title, &is_so).await;
        self.until_on_telegram(what, title, &is_so).await;
    }

    pub async fn until_on_discord(&self, what: &str, title: &str, is_so: impl Fn(&[Told]) -> bool) {
        // One after the other: what has come stays.
        for channel in &self.channels {
            let told = |message: &discord::Shown| Told { is_reply: message.reply_to.is_some(), text: message.text() };
            channel
                .wait_for(what, |all| {
                    is_so(&all.iter().filter(|message| message.says(title)).map(told).collect::<Vec<_>>())
                })
                .await;
        }
    }

    pub async fn until_on_telegram(&self, what: &str, title: &str, is_so: impl Fn(&[Told]) -> bool) {
        self.telegram.until_so(what, || self.told_on_telegram(title).iter().all(|told| is_so(told))).await;
    }
}

/// How many of these chats lack a message about an outage, have one too many, or heard of its end before its beginning.
pub fn judged(chats: &[Vec<Told>]) -> (usize, usize, usize) {
    let lost = chats.iter().filter(|told| told.iter().all(|one| one.is_reply)).count();
    let surplus = |told: &Vec<Told>| {
        let replies = told.iter().filter(|one| one.is_reply).count();
        replies.saturating_sub(1) + (told.len() - replies).saturating_sub(1)
    };
    let is_late = |told: &&Vec<Told>| told.first().is_some_and(|first| first.is_reply);
    (lost, chats.iter().map(surplus).sum(), chats.iter().filter(is_late).count())
}
