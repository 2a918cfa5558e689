//! Many chats: how fast they are reached, and that none is lost and none told too often, whatever goes wrong.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use chrono::DateTime;
use foghorn::{
    domain::{Change, ChatId, Filter, Platform, RequestId, ServiceId, Subscription, Topic},
    store::{SledStore, Store},
};

use super::{bot, ends_well, keeps_secret, limits, pages, telegram, watching};
use crate::support::{
    page::{Posted, StatusPage},
    program::Home,
    telegram::{Fault, Limits, Room, Telegram},
};

/// So many people have written to the bot and subscribed, each for themselves, long ago.
async fn subscribed(home: &Home, telegram: &Telegram, count: usize) -> Vec<Room> {
    let rooms: Vec<Room> = (0..count).map(|number| telegram.person(&format!("P{number}")).private()).collect();
    let since = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
    let topic = Topic::Service(ServiceId::new("acme").unwrap());
    let subscribe = |room: &Room| {
        let chat = ChatId { platform: Platform::Telegram, address: room.chat.to_string().into() };
        Change::Subscribe(Subscription { chat, topic: topic.clone(), filter: Filter::default(), mention: None, since })
    };
    let store = SledStore::open(&home.directory().join("data")).unwrap();
    for (number, some) in rooms.chunks(100).enumerate() {
        let request = RequestId(format!("long ago {number}").into());
        store.apply(&request, some.iter().map(subscribe).collect(), since).await.unwrap();
    }
    store.close().await.unwrap();
    rooms
}

/// How often each room was told this in a message of its own.
fn counts(rooms: &[Room], text: &str) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for room in rooms {
        let told = room.told().iter().filter(|message| message.text.contains(text)).count();
        *counts.entry(told).or_default() += 1;
    }
    counts
}

async fn until_all_told(telegram: &Telegram, rooms: &[Room], text: &str) {
    telegram
        .until_so(text, || rooms.iter().all(|room| room.told().iter().any(|message| message.text.contains(text))))
        .await;
}

/// Tells so many chats of one outage with Telegram's limits in force; gives the share of the permitted rate that was
/// reached. Nothing may have been refused.
async fn share_of_the_rate(chats: usize, limits: Limits) -> f64 {
    let (server, telegram) = (pages().await, Telegram::start().await);
    telegram.limit(limits);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, chats).await;
    let program = bot(&home, &telegram);
    page.until_read().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    telegram.until_called("sendMessage", chats).await;
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    assert_eq!(counts(&rooms, "Acme: major outage"), BTreeMap::from([(1, chats)]));
    let times: Vec<Instant> = telegram.calls("sendMessage").iter().map(|call| call.at).collect();
    let took = *times.iter().max().unwrap() - *times.iter().min().unwrap();
    assert_eq!(telegram.floods(), (0, 0));
    ends_well(program, &telegram);
    // Thirty a second for all together.
    chats as f64 / 30.0 / took.as_secs_f64()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_chats_are_told_near_the_permitted_rate_without_one_refusal() {
    let share = share_of_the_rate(200, limits()).await;
    assert!(share >= 0.6, "{share}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half a minute on a computer that does nothing else"]
async fn a_thousand_chats_are_reached_at_the_permitted_rate_without_one_refusal() {
    let share = share_of_the_rate(1_000, Limits::of_telegram()).await;
    assert!(share >= 0.97, "{share}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_amid_a_fan_out_it_tells_everybody_and_at_most_those_in_flight_twice() {
    const CHATS: usize = 120;
    let (server, telegram) = (pages().await, Telegram::start().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, CHATS).await;
    let mut program = bot(&home, &telegram);
    page.until_read().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    for after in [30, 60, 90] {
        // A second's worth: before the next begins, what was answered is noted.
        telegram.until_called("sendMessage", after).await;
        // These arrive, and the program never hears of it.
        let unheard = telegram.fail_while("sendMessage", Fault::AnswerHeld);
        let before = telegram.held();
        telegram.until_held(before + 5).await;
        program.kill();
        drop(unheard);
        // What is refused for a program that came back at once was sent by the one before it.
        telegram.limit(limits());
        program = bot(&home, &telegram);
    }
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    let counts = counts(&rooms, "Acme: major outage");
    let twice: usize = counts.iter().map(|(times, rooms)| times.saturating_sub(1) * rooms).sum();
    let in_flight = telegram.held();
    // Beside those whose answers were held, some had theirs a moment before each kill, and it was not noted yet.
    assert!(twice <= in_flight + 3 * 10, "{in_flight} were in flight: {counts:?}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_resets_and_time_outs_amid_a_fan_out_lose_nobody() {
    const CHATS: usize = 120;
    let (server, telegram) = (pages().await, Telegram::start().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, CHATS).await;
    let program = bot(&home, &telegram);
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    telegram.until_called("sendMessage", 10).await;
    for _ in 0..5 {
        telegram.fail("sendMessage", Fault::BadGateway, 5);
        telegram.fail("sendMessage", Fault::Reset, 5);
        telegram.fail("sendMessage", Fault::AnswerLost, 2);
    }
    telegram.fail("sendMessage", Fault::Hang, 2);
    telegram.until_faults_are_over().await;
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    let counts = counts(&rooms, "Acme: major outage");
    // Only a message whose answer was lost may be there twice: ten of them.
    let twice: usize = counts.iter().map(|(times, rooms)| times.saturating_sub(1) * rooms).sum();
    assert!(twice <= 10, "{counts:?}");
    let ended = ends_well(program, &telegram);
    keeps_secret(&ended, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_told_to_wait_waits_so_long_and_nobody_else_does() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, 10).await;
    telegram.fail("sendMessage", Fault::Flood(3), 1);
    let program = bot(&home, &telegram);
    page.until_read().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    telegram.until_called("sendMessage", 11).await;
    let calls = telegram.calls("sendMessage");
    let refused = calls.iter().find(|call| call.code == 429).unwrap();
    let again = calls.iter().find(|call| call.chat == refused.chat && call.code == 200).unwrap();
    assert!(again.at - refused.at >= Duration::from_secs(3), "{:?}", again.at - refused.at);
    let others = calls.iter().filter(|call| call.code == 200 && call.at < refused.at + Duration::from_secs(2)).count();
    assert_eq!(others, 9, "all others were told meanwhile");
    assert_eq!(calls.len(), 11);
    ends_well(program, &telegram);
}
