//! One process on both platforms: what happens to one delays nothing of the other.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use foghorn::domain::Platform;

use super::stage::Stage;
use crate::support::{
    discord::{Channel, Fault, Route, Which},
    feed_server::{FeedServer, deserted_port},
    page::{Posted, StatusPage},
    program::{Home, Program},
    telegram::{self, Limits, Room, Telegram},
};

/// Outages in each state of things.
const ROUNDS: usize = 5;
/// In what states one platform is put, one after the other.
const STATES: usize = 3;
/// What the usual time may differ by, beside its double, and is chance: when a page is read next, and what else the computer does
/// just then. Less than any wait, time-out or retry of a platform that is not well.
const CHANCE: Duration = Duration::from_millis(500);

/// Both platforms and the pages, for one program.
struct Place {
    stage: Stage,
    telegram: Telegram,
    feeds: FeedServer,
}

impl Place {
    async fn new() -> Self {
        let (stage, telegram, feeds) = (Stage::new().await, Telegram::start().await, FeedServer::start().await);
        telegram.limit(Limits::none());
        stage.discord.set(crate::support::discord::Settings::unlimited);
        Self { stage, telegram, feeds }
    }

    /// The program on both platforms, not started yet.
    fn command(&self, home: &Home) -> Command {
        let mut command = self.stage.command(home, &[]);
        command.env("TELEGRAM_BOT_TOKEN", self.telegram.token()).env("FOGHORN_TELEGRAM__API_URL", self.telegram.url());
        command
    }
}

/// One program on both platforms, and for each outage a service of its own, so that no chat's own pace counts.
struct Both<'p> {
    place: &'p Place,
    pages: Vec<StatusPage<'p>>,
    rooms: Vec<Room>,
    channels: Vec<Channel>,
    home: Home,
    program: Program,
}

/// Starts the program; every service is heard about in a Telegram chat and in a Discord channel.
async fn both(place: &Place) -> Both<'_> {
    let Place { stage, telegram, feeds } = place;
    let id = |number: usize| format!("s{number}");
    let pages: Vec<StatusPage<'_>> = (0..ROUNDS * STATES).map(|number| StatusPage::new(feeds, &id(number))).collect();
    let services: String = pages.iter().enumerate().map(|(number, page)| page.service(&id(number))).collect();
    let home = Home::new(&services);
    let connected = stage.discord.gateway().connected();
    let program = Program::start(place.command(&home));
    stage.discord.gateway().until_ready_again(connected).await;
    stage.discord.until_command("subscribe").await;
    let (mut rooms, mut channels) = (Vec::new(), Vec::new());
    for number in 0..pages.len() {
        let person = telegram.person(&format!("P{number}"));
        let answer = person.asks(&person.private(), &format!("/subscribe {}", id(number))).await;
        assert!(answer.text.contains("now hears about"), "{answer}");
        rooms.push(person.private());
        let channel = stage.server.channel(&id(number));
        stage.subscribe(&channel, &format!("topic:{}", id(number))).await;
        channels.push(channel);
    }
    for page in &pages {
        page.until_read().await;
    }
    Both { place, pages, rooms, channels, home, program }
}

impl Both<'_> {
    /// Breaks a service and gives how long it took from its page to the message on the platform that is well.
    async fn took(&self, number: usize, well: Platform) -> Duration {
        let began = Instant::now();
        self.pages[number].show(&[Posted::new("i1", "Log-in fails", "critical")]);
        match well {
            Platform::Telegram => drop(self.rooms[number].until_told("major outage").await),
            Platform::Discord => drop(self.channels[number].until_says("Log-in fails").await),
            Platform::Console => unreachable!("nobody reads there"),
        }
        began.elapsed()
    }

    /// How many of a state's outages were told on this platform.
    fn told(&self, state: usize, platform: Platform) -> usize {
        let rounds = state * ROUNDS..(state + 1) * ROUNDS;
        let is_told = |number: &usize| match platform {
            Platform::Telegram => {
                self.rooms[*number].told().iter().any(|message| message.text.contains("major outage"))
            }
            // Beside the answer to the subscription.
            Platform::Discord => self.channels[*number].messages().len() > 1,
            Platform::Console => false,
        };
        rounds.filter(is_told).count()
    }

    /// Starts the program anew, where nobody listens for what this variable names.
    async fn left_alone(self, variable: &str) -> Self {
        self.program.kill();
        let mut alone = self.place.command(&self.home);
        alone.env(variable, format!("http://127.0.0.1:{}", deserted_port().await));
        Self { program: Program::start(alone), ..self }
    }
}

/// Breaks services of two programs in turn, of which only one has a platform that is not well: what keeps the computer busy
/// meets both alike. The usual time, by the median, until the other platform tells it must be the same.
async fn assert_undisturbed(state: (usize, &str), calm: &Both<'_>, troubled: &Both<'_>, well: Platform) {
    let (mut usual, mut now) = (Vec::new(), Vec::new());
    for number in state.0 * ROUNDS..(state.0 + 1) * ROUNDS {
        usual.push(calm.took(number, well).await);
        now.push(troubled.took(number, well).await);
    }
    for times in [&mut usual, &mut now] {
        times.sort_unstable();
    }
    let (usual, now) = (usual[ROUNDS / 2], now[ROUNDS / 2]);
    assert!(now <= 2 * usual + CHANCE, "{}: {now:?}, and {usual:?} where both were well", state.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_on_telegram_take_as_long_whether_discord_is_well_slow_rate_limited_or_down() {
    let (well, ill) = (Place::new().await, Place::new().await);
    let (calm, troubled) = (both(&well).await, both(&ill).await);
    let (telegram, discord) = (Platform::Telegram, Platform::Discord);

    // It takes what it is sent, and no answer comes before the rounds are over.
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let posts = Which::Route(Route::CreateMessage);
    let slow = ill.stage.discord.fail_while(posts, Fault::Behind(std::sync::Arc::clone(&gate)));
    assert_undisturbed((0, "slow"), &calm, &troubled, telegram).await;
    drop(slow);
    gate.add_permits(1_000);

    let limited = ill.stage.discord.fail_while(posts, Fault::AllWait(Duration::from_secs(600)));
    assert_undisturbed((1, "rate limited"), &calm, &troubled, telegram).await;
    assert_eq!(troubled.told(1, discord), 0, "Discord let nothing through meanwhile");
    drop(limited);

    let troubled = troubled.left_alone("FOGHORN_DISCORD__API_URL").await;
    let anna = ill.telegram.person("Anna");
    anna.asks(&anna.private(), "/status").await;
    assert_undisturbed((2, "down"), &calm, &troubled, telegram).await;
    for channel in &calm.channels {
        channel.until_says("Log-in fails").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_on_discord_take_as_long_whether_telegram_is_well_slow_rate_limited_or_down() {
    let (well, ill) = (Place::new().await, Place::new().await);
    let (calm, troubled) = (both(&well).await, both(&ill).await);
    let (telegram, discord) = (Platform::Telegram, Platform::Discord);

    let slow = ill.telegram.fail_while("sendMessage", telegram::Fault::Held);
    assert_undisturbed((0, "slow"), &calm, &troubled, discord).await;
    assert_eq!(troubled.told(0, telegram), 0, "all was told here before Telegram gave its first answer");
    drop(slow);

    let limited = ill.telegram.fail_while("sendMessage", telegram::Fault::Flood(600));
    assert_undisturbed((1, "rate limited"), &calm, &troubled, discord).await;
    assert_eq!(troubled.told(1, telegram), 0, "Telegram let nothing through meanwhile");
    drop(limited);

    let connected = ill.stage.discord.gateway().connected();
    let troubled = troubled.left_alone("FOGHORN_TELEGRAM__API_URL").await;
    ill.stage.discord.gateway().until_ready_again(connected).await;
    troubled.pages[0].until_read().await;
    assert_undisturbed((2, "down"), &calm, &troubled, discord).await;
    for room in &calm.rooms {
        room.until_told("major outage").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_does_not_answer_delays_no_alert_of_the_other() {
    let (stage, telegram) = (Stage::new().await, Telegram::start().await);
    telegram.limit(Limits::none());
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let mut command = stage.command(&home, &[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    let connected = stage.discord.gateway().connected();
    let _program = Program::start(command);
    stage.discord.gateway().until_ready_again(connected).await;
    stage.discord.until_command("subscribe").await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    let anna = telegram.person("Anna");
    let chat = anna.private();
    assert!(anna.asks(&chat, "/subscribe acme").await.text.contains("This chat now hears about Acme"));
    page.until_read().await;

    // Discord takes the alert and never answers: Telegram is told the whole story meanwhile.
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    stage.discord.fail(Which::Route(Route::CreateMessage), Fault::Behind(std::sync::Arc::clone(&gate)), 1);
    let first = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&first));
    chat.until_told("Log-in fails").await;
    stage.channel.until_says("Log-in fails").await;
    let found = first.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    chat.until("the edit", |message| message.text.contains("A cable is cut.")).await;
    page.show(&[found.resolved()]);
    chat.until("the end", |message| message.text.contains("Duration")).await;
    assert_eq!(stage.channel.messages().len(), 2, "Discord has not heard more than the beginning");
    gate.add_permits(1);
    stage.channel.until_says("**Duration**").await;

    // The other way about.
    let held = telegram.fail_while("sendMessage", telegram::Fault::Held);
    page.show(&[Posted::new("i2", "Payments fail", "critical")]);
    stage.channel.until_says("Payments fail").await;
    assert!(!chat.told().iter().any(|message| message.text.contains("Payments fail")));
    drop(held);
    chat.until_told("Payments fail").await;
}
