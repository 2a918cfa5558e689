//! Many chats: that none is lost and none told too often, whatever goes wrong.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use foghorn::domain::{ChatId, Platform};

use super::{bot, command, ends_well, keeps_secret, limits, pages, telegram, watching};
use crate::support::{
    long_ago,
    page::{Posted, StatusPage},
    program::{Home, Program},
    telegram::{Fault, Received, Room, Telegram},
};

/// So many people have written to the bot and subscribed, each for themselves, long ago.
async fn subscribed(home: &Home, telegram: &Telegram, count: usize) -> Vec<Room> {
    let rooms: Vec<Room> = (0..count).map(|number| telegram.person(&format!("P{number}")).private()).collect();
    let chat = |room: &Room| ChatId { platform: Platform::Telegram, address: room.chat.to_string().into() };
    long_ago::subscribed(home, "acme", rooms.iter().map(chat)).await;
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

/// Tells so many chats of one outage with Telegram's limits in force, and, where it is paid for, of one update. Nothing may
/// have been refused. Gives how many messages were paid for.
async fn limits_are_kept(chats: usize, is_paid: bool) -> usize {
    let (server, telegram) = (pages().await, Telegram::start().await);
    telegram.limit(limits());
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, chats).await;
    let mut command = command(&home, &telegram);
    command.env("FOGHORN_TELEGRAM__PAID_BROADCAST", is_paid.to_string());
    let program = Program::start(command);
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    telegram.until_called("sendMessage", chats).await;
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    assert_eq!(counts(&rooms, "Acme: major outage"), BTreeMap::from([(1, chats)]));
    assert_eq!(telegram.count("sendMessage"), chats, "one try for each");
    if is_paid {
        // Nobody can pay for edits.
        page.show(&[outage.and("identified", "A cable is cut.")]);
        until_all_told(&telegram, &rooms, "A cable is cut.").await;
        assert_eq!(counts(&rooms, "A cable is cut."), BTreeMap::from([(1, chats)]));
    }
    ends_well(program, &telegram);
    telegram.paid()
}

/// None may be refused, however busy the computer is. How much of the permitted rate is used cannot be said on a busy one: that it
/// is at least 97 %, the pace's own tests (`dispatch::pace`) say, which make the time themselves, and a row of the budgets measures
/// it for the whole program: "fan-out to 1000 chats at Telegram's real limits".
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_chats_are_reached_without_one_refusal() {
    assert_eq!(limits_are_kept(1_000, false).await, 0, "nothing is paid for unless somebody says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pays_for_it_says_so_with_each_message_and_edits_as_fast_as_others() {
    assert_eq!(limits_are_kept(200, true).await, 200, "each says so");
}

/// The chats of requests whose fate a program that was killed cannot know: of those after the first `before`, those that had
/// no answer.
fn in_flight(telegram: &Telegram, before: usize) -> Vec<String> {
    let calls = telegram.received_after("sendMessage", before).into_iter().filter(|call| call.answered.is_none());
    calls.filter_map(|call| call.chat).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_amid_a_fan_out_it_tells_everybody_and_only_those_in_flight_twice() {
    const CHATS: usize = 160;
    /// So many requests are under way at most: each of them may still count in the second that comes.
    const AT_ONCE: usize = 30;
    let (server, telegram) = (pages().await, Telegram::start().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, CHATS).await;
    let mut program = bot(&home, &telegram);
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let reached = || rooms.iter().filter(|room| !room.told().is_empty()).count();
    let (mut doubts, mut before) = (Vec::new(), 0);
    for some in [20, 60, 100] {
        telegram.until_so("some are told", || reached() >= some).await;
        // These arrive, and the program never hears of it. A message counts for the pace until what came of it is noted:
        // when as many are held as may be under way, everything that was answered before is noted.
        let held = telegram.held();
        let unheard = telegram.fail_while("sendMessage", Fault::AnswerHeld);
        telegram.until_held(held + AT_ONCE).await;
        program.kill();
        doubts.extend(in_flight(&telegram, before));
        before = telegram.count("sendMessage");
        drop(unheard);
        program = bot(&home, &telegram);
    }
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    // One of each chat's messages is known to whoever wrote it: news changes it in its place.
    page.show(&[outage.and("identified", "A cable is cut.")]);
    until_all_told(&telegram, &rooms, "A cable is cut.").await;
    for room in &rooms {
        let (told, chat) = (room.told().len(), room.chat.to_string());
        let times = doubts.iter().filter(|doubt| **doubt == chat).count();
        assert!(told <= 1 + times, "told {told} times, in flight at {times} kills");
    }
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_minute_of_errors_resets_and_time_outs_amid_a_fan_out_loses_nobody() {
    const CHATS: usize = 150;
    const TROUBLE: Duration = Duration::from_secs(30);
    let (server, telegram) = (pages().await, Telegram::start().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, CHATS).await;
    let program = bot(&home, &telegram);
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    telegram.until_called("sendMessage", 40).await;
    let began = Instant::now();
    let faults = [
        Fault::Refused(500, "Internal Server Error"),
        Fault::BadGateway,
        Fault::Reset,
        Fault::Torn,
        Fault::Refused(502, "Bad Gateway"),
        Fault::Hang,
    ];
    telegram.fail_for("", &faults, TROUBLE);
    let told = |room: &Room| room.told().iter().filter(|message| message.text.contains("Acme: major outage")).count();
    let is_after = |call: &Received| call.at >= began + TROUBLE;
    telegram.until_so("a try after the trouble", || telegram.received("sendMessage").iter().any(is_after)).await;
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    let received = telegram.received("sendMessage");
    for room in &rooms {
        let chat = room.chat.to_string();
        let tries: Vec<&Received> = received.iter().filter(|call| call.chat.as_ref() == Some(&chat)).collect();
        assert!((1..=8).contains(&tries.len()), "{} tries", tries.len());
        // Of these the program cannot know that they arrived: the message was there, and half of the answer lost.
        let lost = tries.iter().filter(|call| call.is_lost).count();
        assert!(told(room) <= 1 + lost, "{} messages, and {lost} answers were lost", told(room));
    }
    // It goes on as if nothing had been.
    page.show(&[outage.resolved()]);
    until_all_told(&telegram, &rooms, "Acme: resolved").await;
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
