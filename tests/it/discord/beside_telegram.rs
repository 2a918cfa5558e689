//! One process on both platforms: what happens to one delays nothing of the other.

use std::{
    process::Command,
    time::{Duration, Instant},
};

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
/// In what states one platform is put, one after the other; in the first it is well.
const STATES: usize = 4;
/// What the usual time may grow by and is no delay but a busy computer: less than any wait, time-out or retry of a platform
/// that is not well.
const CALM: Duration = Duration::from_secs(3);

/// One program on both platforms, and for each outage a service of its own, so that no chat's own pace counts.
struct Both<'s> {
    pages: Vec<StatusPage<'s>>,
    rooms: Vec<Room>,
    channels: Vec<Channel>,
    home: Home,
    program: Program,
}

/// The program on both platforms, not started yet.
fn command(home: &Home, stage: &Stage, telegram: &Telegram) -> Command {
    let mut command = stage.command(home, &[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    command
}

/// Starts the program; every service is heard about in a Telegram chat and in a Discord channel.
async fn both<'s>(stage: &Stage, feeds: &'s FeedServer, telegram: &Telegram) -> Both<'s> {
    telegram.limit(Limits::none());
    stage.discord.set(crate::support::discord::Settings::unlimited);
    let id = |number: usize| format!("s{number}");
    let pages: Vec<StatusPage<'s>> = (0..ROUNDS * STATES).map(|number| StatusPage::new(feeds, &id(number))).collect();
    let services: String = pages.iter().enumerate().map(|(number, page)| page.service(&id(number))).collect();
    let home = Home::new(&services);
    let connected = stage.discord.gateway().connected();
    let program = Program::start(command(&home, stage, telegram));
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
    Both { pages, rooms, channels, home, program }
}

impl Both<'_> {
    /// Breaks one service after the other and gives how long it usually took, by the median, from the page to the message, where
    /// `told` waits for that on the platform that is well.
    async fn usually(&self, state: usize, told: impl AsyncFn(usize)) -> Duration {
        let mut times = Vec::new();
        for number in state * ROUNDS..(state + 1) * ROUNDS {
            let began = Instant::now();
            self.pages[number].show(&[Posted::new("i1", "Log-in fails", "critical")]);
            told(number).await;
            times.push(began.elapsed());
        }
        times.sort_unstable();
        times[ROUNDS / 2]
    }
}

/// The usual time must not grow by what the other platform suffers. What a busy computer adds to fewer than half of the
/// outages does not move the median.
fn assert_undisturbed(state: &str, well: Duration, now: Duration) {
    assert!(now <= well + CALM, "{state}: {now:?}, and {well:?} while both were well");
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_on_telegram_take_as_long_whether_discord_is_well_slow_rate_limited_or_down() {
    let (stage, telegram, feeds) = (Stage::new().await, Telegram::start().await, FeedServer::start().await);
    let mut both = both(&stage, &feeds, &telegram).await;
    let (rooms, channels) = (both.rooms.clone(), both.channels.clone());
    let told = async |number: usize| {
        rooms[number].until_told("major outage").await;
    };
    // Beside the answer to the subscription.
    let heard = |state: usize| {
        let channels = &channels[state * ROUNDS..(state + 1) * ROUNDS];
        channels.iter().filter(|channel| channel.messages().len() > 1).count()
    };
    let well = both.usually(0, told).await;
    for channel in &channels[..ROUNDS] {
        channel.until_says("Log-in fails").await;
    }

    // It takes what it is sent, and no answer comes before the rounds are over.
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let posts = Which::Route(Route::CreateMessage);
    let slow = stage.discord.fail_while(posts, Fault::Behind(std::sync::Arc::clone(&gate)));
    assert_undisturbed("slow", well, both.usually(1, told).await);
    drop(slow);
    gate.add_permits(1_000);

    let limited = stage.discord.fail_while(posts, Fault::AllWait(Duration::from_secs(600)));
    assert_undisturbed("rate limited", well, both.usually(2, told).await);
    assert_eq!(heard(2), 0, "Discord let nothing through meanwhile");
    drop(limited);

    // Nobody listens there.
    both.program.kill();
    let mut alone = command(&both.home, &stage, &telegram);
    alone.env("FOGHORN_DISCORD__API_URL", format!("http://127.0.0.1:{}", deserted_port().await));
    both.program = Program::start(alone);
    let anna = telegram.person("Anna");
    anna.asks(&anna.private(), "/status").await;
    assert_undisturbed("down", well, both.usually(3, told).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_on_discord_take_as_long_whether_telegram_is_well_slow_rate_limited_or_down() {
    let (stage, telegram, feeds) = (Stage::new().await, Telegram::start().await, FeedServer::start().await);
    let mut both = both(&stage, &feeds, &telegram).await;
    let (rooms, channels) = (both.rooms.clone(), both.channels.clone());
    let told = async |number: usize| {
        channels[number].until_says("Log-in fails").await;
    };
    let heard = |state: usize| {
        let rooms = &rooms[state * ROUNDS..(state + 1) * ROUNDS];
        rooms.iter().filter(|room| room.told().iter().any(|message| message.text.contains("major outage"))).count()
    };
    let well = both.usually(0, told).await;
    for room in &rooms[..ROUNDS] {
        room.until_told("major outage").await;
    }

    let slow = telegram.fail_while("sendMessage", telegram::Fault::Held);
    assert_undisturbed("slow", well, both.usually(1, told).await);
    assert_eq!(heard(1), 0, "all was told here before Telegram gave its first answer");
    drop(slow);

    let limited = telegram.fail_while("sendMessage", telegram::Fault::Flood(600));
    assert_undisturbed("rate limited", well, both.usually(2, told).await);
    assert_eq!(heard(2), 0, "Telegram let nothing through meanwhile");
    drop(limited);

    // Nobody listens there.
    both.program.kill();
    let mut alone = command(&both.home, &stage, &telegram);
    alone.env("FOGHORN_TELEGRAM__API_URL", format!("http://127.0.0.1:{}", deserted_port().await));
    let connected = stage.discord.gateway().connected();
    both.program = Program::start(alone);
    stage.discord.gateway().until_ready_again(connected).await;
    both.pages[0].until_read().await;
    assert_undisturbed("down", well, both.usually(3, told).await);
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
