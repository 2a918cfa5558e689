//! Many services that break together, in one chat.

use std::time::Duration;

use foghorn::{
    chat::{DeliveryError, Limits},
    domain::{Change, Mute, Muted, Severity, StormRule, Topic, TransitionKind, Updates},
    store::{Backlog, MemoryStore},
};

use super::{Answer, Desk, Sent, ServiceId, Sound, address};

const RULE: StormRule = StormRule { outages: 5, within: Duration::from_secs(300) };
/// As long as a storm waits for more before it is told.
const MOMENT: Duration = Duration::from_secs(3);

/// A desk with this rule, and a chat that hears of services `s00`, `s01` and so on.
async fn stormy(services: usize) -> Desk {
    stormy_with(services, true).await
}

async fn stormy_with(services: usize, edits: bool) -> Desk {
    let limits = Limits { edits, concurrency: 64, overall: None };
    let mut desk = Desk::over(MemoryStore::new().with_storms(RULE), limits, Vec::new());
    for number in 0..services {
        desk.subscribe_calling("here", &name(number), Some("@ops")).await;
    }
    desk
}

fn name(number: usize) -> String {
    format!("s{number:02}")
}

/// All that the chat got since the first `before` messages: what it was, and of a storm how many go on and are over.
fn told(desk: &Desk, before: usize) -> Vec<String> {
    desk.sent().iter().skip(before).map(word).collect()
}

fn word(sent: &Sent) -> String {
    let what = if sent.is_edit { "edit".to_owned() } else { format!("{:?}", sent.form) };
    match &sent.storm {
        Some(storm) => format!("{what} {}+{}", storm.open, storm.over),
        None => what,
    }
}

/// The services that the last message about the storm lists as going on, and those as over.
fn listed(desk: &Desk) -> (Vec<String>, Vec<String>) {
    let storm = desk.sent().into_iter().rev().find_map(|sent| sent.storm).unwrap();
    let named = |is_open: bool| {
        let listed = storm.listed.iter().filter(|listed| listed.incident.is_open() == is_open);
        let mut names: Vec<String> = listed.map(|listed| listed.incident.id.service.to_string()).collect();
        names.sort();
        names
    };
    (named(true), named(false))
}

fn names(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(name).collect()
}

async fn break_all(desk: &mut Desk, numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        desk.breaks(&name(number), Severity::MajorOutage).await;
    }
    desk.work().await;
}

async fn turn_all(desk: &mut Desk, numbers: impl IntoIterator<Item = usize>, kind: TransitionKind) {
    for number in numbers {
        desk.turns(&name(number), kind).await;
    }
    desk.work().await;
}

#[tokio::test]
async fn thirty_services_that_break_together_are_five_alerts_and_one_that_stays_true_to_the_end() {
    let mut desk = stormy(31).await;
    break_all(&mut desk, 0..30).await;
    assert_eq!(told(&desk, 0), ["Alert"; 5], "the first ones at once");
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 5), ["Alert 25+0"]);
    assert_eq!(listed(&desk), (names(5..30), Vec::new()));

    turn_all(&mut desk, 20..30, TransitionKind::Resolved).await;
    desk.restart();
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 6), ["edit 15+10"], "ten ends are one edit");
    assert_eq!(listed(&desk), (names(5..20), names(20..30)));

    desk.pass(Duration::from_secs(240)).await;
    break_all(&mut desk, [30]).await;
    turn_all(&mut desk, [25], TransitionKind::Reopened).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 7), ["edit 17+9"], "one joins late, one is back");
    assert_eq!(listed(&desk), (names((5..20).chain([25, 30])), names((20..25).chain(26..30))));

    turn_all(&mut desk, 0..5, TransitionKind::Resolved).await;
    let mut own = told(&desk, 8);
    own.sort();
    assert_eq!(own, [["Recovery"; 5], ["edit"; 5]].concat(), "the first ones have their own alerts");
    turn_all(&mut desk, (5..20).chain([25, 30]), TransitionKind::Resolved).await;
    desk.restart();
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 18), ["Recovery 0+26", "edit 0+26"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn after_the_storm_each_outage_has_its_own_alert_while_what_is_left_of_it_stays_true() {
    let mut desk = stormy(9).await;
    break_all(&mut desk, 0..7).await;
    desk.pass(MOMENT).await;
    desk.pass(Duration::from_secs(301)).await;
    break_all(&mut desk, [7]).await;
    assert_eq!(told(&desk, 6), ["Alert"], "nothing broke for five minutes");
    turn_all(&mut desk, [5, 6, 7], TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 7), ["Recovery", "edit", "Recovery 0+2", "edit 0+2"]);

    turn_all(&mut desk, [6], TransitionKind::Reopened).await;
    assert_eq!(told(&desk, 11), ["Return"], "what comes back when all was over goes on by itself");
    turn_all(&mut desk, [6], TransitionKind::Resolved).await;
    assert_eq!(told(&desk, 12), ["Recovery", "edit"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn few_outages_or_slow_ones_and_planned_work_are_no_storm() {
    let mut desk = stormy(12).await;
    break_all(&mut desk, 0..5).await;
    for number in 5..12 {
        desk.pass(Duration::from_secs(301)).await;
        break_all(&mut desk, [number]).await;
    }
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 0), ["Alert"; 12]);
}

#[tokio::test]
async fn a_chat_that_cannot_be_reached_is_no_storm_however_often_it_is_tried() {
    let mut desk = stormy(3).await;
    let failure = || Answer::Fails(DeliveryError::Temporary { reason: "HTTP 503".to_owned(), is_in_doubt: false });
    desk.script("here", (0..12).map(|_| failure()));
    break_all(&mut desk, 0..3).await;
    for _ in 0..10 {
        desk.pass(Duration::from_secs(30)).await;
    }
    assert_eq!(told(&desk, 0), ["Alert"; 3]);
}

#[tokio::test]
async fn what_broke_and_was_mended_while_the_chat_could_not_be_reached_is_one_message() {
    let mut desk = stormy(12).await;
    desk.script("here", [Answer::Fails(DeliveryError::RateLimited { after: RULE.within, everywhere: false })]);
    break_all(&mut desk, 0..12).await;
    turn_all(&mut desk, 0..12, TransitionKind::Resolved).await;
    desk.pass(RULE.within).await;
    desk.pass(MOMENT).await;
    let mut told = told(&desk, 0);
    told.sort();
    assert_eq!(told, ["Alert", "Alert", "Alert", "Alert", "Alert", "Alert 0+7"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn people_are_called_once_for_a_storm_and_its_changes_make_no_message_of_their_own() {
    let mut desk = stormy(10).await;
    desk.wishes("here", Updates::Replies, Sound::News).await;
    break_all(&mut desk, 0..10).await;
    desk.pass(MOMENT).await;
    desk.says(&name(7), "We found it.").await;
    turn_all(&mut desk, [8], TransitionKind::Escalated).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 5), ["Alert 5+0", "edit 5+0"]);
    let calls: Vec<_> = desk.sent().into_iter().map(|sent| sent.mention.is_some()).collect();
    assert_eq!(calls, [true, true, true, true, true, true, false]);
}

#[tokio::test]
async fn a_storm_whose_message_was_removed_is_told_anew_and_calls_nobody() {
    let mut desk = stormy(8).await;
    break_all(&mut desk, 0..8).await;
    desk.pass(MOMENT).await;
    desk.script("here", [Answer::Fails(DeliveryError::MessageGone)]);
    turn_all(&mut desk, [7], TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 6), ["Alert 2+1"]);
    assert_eq!(desk.sent().last().unwrap().mention, None);
}

#[tokio::test]
async fn an_answer_that_never_came_is_asked_for_under_the_same_name() {
    let mut desk = stormy(8).await;
    break_all(&mut desk, 0..8).await;
    desk.script("here", [Answer::Hangs]);
    desk.pass(MOMENT).await;
    turn_all(&mut desk, [7], TransitionKind::Resolved).await;
    desk.restart();
    desk.work().await;
    assert_eq!(told(&desk, 5), ["Alert 2+1"], "it tells what is true now");
    let tries = desk.chat.tries.lock().unwrap().clone();
    assert_eq!(tries.len(), 7);
    assert_eq!(tries[5], tries[6]);
}

#[tokio::test]
async fn a_storm_goes_with_its_chat_and_is_told_anew_there() {
    let mut desk = stormy(9).await;
    break_all(&mut desk, 0..8).await;
    desk.pass(MOMENT).await;
    desk.script("here", [Answer::Fails(DeliveryError::Moved { to: address("there") })]);
    turn_all(&mut desk, [6], TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 6), ["Alert 2+1"]);
    break_all(&mut desk, [8]).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 7), ["edit 3+1"], "the storm goes on");
    turn_all(&mut desk, [5, 7, 8], TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 8), ["Recovery 0+4", "edit 0+4"]);
    assert!(desk.sent().iter().skip(6).all(|sent| sent.to == "there"));
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_chat_that_is_gone_leaves_nothing_of_its_storm() {
    let mut desk = stormy(8).await;
    break_all(&mut desk, 0..8).await;
    desk.script("here", [Answer::Fails(DeliveryError::Gone { reason: "kicked".to_owned() })]);
    desk.pass(MOMENT).await;
    turn_all(&mut desk, 0..8, TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 5), Vec::<String>::new());
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_mute_keeps_new_outages_out_of_a_storm_and_its_end_arrives_without_a_sound() {
    let mut desk = stormy(9).await;
    break_all(&mut desk, 0..8).await;
    desk.pass(MOMENT).await;
    desk.change(Change::Mute { chat: address("here"), mute: Mute { muted: Muted::All, until: None } }).await;
    break_all(&mut desk, [8]).await;
    turn_all(&mut desk, 5..8, TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 6), ["Recovery 0+3", "edit 0+3"]);
    assert!(desk.sent()[6].is_silent);
}

#[tokio::test]
async fn a_storm_lists_only_what_the_chat_still_hears_of() {
    let mut desk = stormy(9).await;
    break_all(&mut desk, 0..9).await;
    desk.pass(MOMENT).await;
    let leave = |number: usize| Change::Unsubscribe {
        chat: address("here"),
        topic: Topic::Service(ServiceId::new(&name(number)).unwrap()),
    };
    desk.change(leave(6)).await;
    desk.outbox.wake();
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 6), ["edit 3+0"]);
    assert_eq!(listed(&desk).0, names([5, 7, 8]));
    for number in [5, 7, 8] {
        desk.change(leave(number)).await;
    }
    desk.outbox.wake();
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 7), Vec::<String>::new(), "nothing is left to be told");
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn where_messages_cannot_be_changed_many_changes_are_one_new_message() {
    let mut desk = stormy_with(12, false).await;
    break_all(&mut desk, 0..12).await;
    desk.pass(MOMENT).await;
    turn_all(&mut desk, [9, 10, 11], TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 5), ["Alert 7+0", "Alert 4+3"]);
    let storm = desk.sent().last().unwrap().storm.clone().unwrap();
    let news: Vec<_> = storm.listed.iter().filter(|listed| listed.is_news).collect();
    assert_eq!(news.len(), 3, "and it knows which are new");
    turn_all(&mut desk, 5..9, TransitionKind::Resolved).await;
    desk.pass(MOMENT).await;
    assert_eq!(told(&desk, 7), ["Recovery 0+7"]);
    assert_eq!(desk.backlog().await, Backlog::default());
    let mut names = desk.chat.tries.lock().unwrap().clone();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 8, "each has a name of its own");
}
