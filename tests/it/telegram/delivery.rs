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

use super::{bot, command, ends_well, keeps_secret, pages, telegram, watching};
use crate::support::{
    page::{Posted, StatusPage},
    program::{Home, Program},
    telegram::{Fault, Limits, Received, Room, Telegram},
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

/// How fast a fan-out went, as Telegram saw it.
struct Pace {
    /// The share of the permitted rate from the first message to the last.
    overall: f64,
    /// The same in the best ten seconds.
    best: f64,
}

/// Tells so many chats of one outage with Telegram's limits in force, and, where it is paid for, of one update. Nothing may
/// have been refused.
async fn pace_of_a_fan_out(chats: usize, paid: bool, limits: Limits) -> (Pace, usize) {
    const SPAN: Duration = Duration::from_secs(10);
    // Thirty a second for all together.
    let permitted = |span: Duration| 30.0 * span.as_secs_f64();
    let (server, telegram) = (pages().await, Telegram::start().await);
    telegram.limit(limits);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let rooms = subscribed(&home, &telegram, chats).await;
    let mut command = command(&home, &telegram);
    command.env("FOGHORN_TELEGRAM__PAID_BROADCAST", paid.to_string());
    let program = Program::start(command);
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    telegram.until_called("sendMessage", chats).await;
    until_all_told(&telegram, &rooms, "Acme: major outage").await;
    assert_eq!(counts(&rooms, "Acme: major outage"), BTreeMap::from([(1, chats)]));
    let mut times: Vec<Instant> = telegram.received("sendMessage").iter().map(|call| call.at).collect();
    assert_eq!(times.len(), chats, "one try for each");
    times.sort_unstable();
    if paid {
        // Nobody can pay for edits.
        page.show(&[outage.and("identified", "A cable is cut.")]);
        until_all_told(&telegram, &rooms, "A cable is cut.").await;
        assert_eq!(counts(&rooms, "A cable is cut."), BTreeMap::from([(1, chats)]));
    }
    ends_well(program, &telegram);
    let within = |first: &Instant| times.iter().filter(|at| *at >= first && **at < *first + SPAN).count();
    let best = times.iter().map(within).max().unwrap_or_default() as f64 / permitted(SPAN);
    let overall = (times.len() - 1) as f64 / permitted(*times.last().unwrap() - times[0]);
    (Pace { overall, best }, telegram.paid())
}

/// None may be refused, however busy the computer is: that is the pace's promise. How much of the rate is used then also
/// depends on how promptly this computer, which plays Telegram as well, hands on what comes; while it is busy with something
/// else nobody sends. So the whole stretch counts, or else the best ten seconds of it: in ten seconds Telegram takes three
/// hundred messages and no more, and a pace that let less than 97 of a hundred through would do so in each of them.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_chats_are_reached_at_the_permitted_rate_without_one_refusal() {
    let (Pace { overall, best }, paid) = pace_of_a_fan_out(1_000, false, Limits::of_telegram()).await;
    assert!(overall.max(best) >= 0.97, "{overall} of the rate, {best} of it in the best ten seconds");
    assert!(overall >= 0.85, "{overall} of the rate from the first to the last");
    assert_eq!(paid, 0, "nothing is paid for unless somebody says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pays_for_it_sends_faster_and_edits_as_fast_as_others() {
    let (Pace { overall, .. }, paid) = pace_of_a_fan_out(200, true, Limits::of_telegram()).await;
    assert_eq!(paid, 200, "each says so");
    assert!(overall > 1.5, "{overall} of what is permitted to others");
}

/// The chats of requests whose fate a program that was killed may not know, as Telegram knows it: of those after the first
/// `before`, those that had no answer, and those that had it at `noted` or later.
fn in_flight(telegram: &Telegram, before: usize, noted: Instant) -> Vec<String> {
    let is_open = |call: &Received| call.answered.is_none_or(|answered| answered >= noted);
    let calls = telegram.received("sendMessage").into_iter().skip(before).filter(is_open);
    calls.filter_map(|call| call.chat).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_amid_a_fan_out_it_tells_everybody_and_only_those_in_flight_twice() {
    const CHATS: usize = 160;
    /// So many requests are under way at most: each of them may still count in the second that comes.
    const AT_ONCE: usize = 30;
    /// How long after its answer a message may still be unknown to the store: one flush to the disk, of which a busy
    /// computer has others before it.
    const SETTLING: Duration = Duration::from_millis(500);
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
    for some in [20, 60] {
        telegram.until_so("some are told", || reached() >= some).await;
        // These arrive, and the program never hears of it. A message counts for the pace until what came of it is noted:
        // when as many are held as may be under way, everything that was answered before is noted.
        let held = telegram.held();
        let unheard = telegram.fail_while("sendMessage", Fault::AnswerHeld);
        telegram.until_held(held + AT_ONCE).await;
        program.kill();
        let killed = in_flight(&telegram, before, Instant::now());
        assert_eq!(killed.len(), AT_ONCE, "those whose answer was held, and nobody else");
        doubts.extend(killed);
        before = telegram.received("sendMessage").len();
        drop(unheard);
        program = bot(&home, &telegram);
    }
    // And at any moment, with those that had their answer just before it.
    telegram.until_so("most are told", || reached() >= 120).await;
    let noted = Instant::now().checked_sub(SETTLING).unwrap();
    program.kill();
    doubts.extend(in_flight(&telegram, before, noted));
    let program = bot(&home, &telegram);
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
