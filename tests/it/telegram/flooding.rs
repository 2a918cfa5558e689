//! Telegram says "too fast": whoever was told to wait, nothing goes there meanwhile, be it an alert or an answer.

use std::time::{Duration, Instant};

use super::{bot, ends_well, pages, telegram, watching};
use crate::support::{
    page::{Posted, StatusPage},
    telegram::{Call, Fault, Member, Telegram},
};

/// What was on its way when a refusal was given comes all the same.
const ON_ITS_WAY: Duration = Duration::from_secs(1);

/// All that was sent, in the order in which it came.
fn sends(telegram: &Telegram) -> Vec<Call> {
    let mut calls = [telegram.calls("sendMessage"), telegram.calls("editMessageText")].concat();
    calls.sort_by_key(|call| call.at);
    calls
}

/// Fails when anything was sent within a waiting time, to this chat or, without one, at all.
fn assert_left_alone(telegram: &Telegram, chat: Option<i64>, refused: Instant, span: Duration) {
    let chat = chat.map(|chat| chat.to_string());
    let is_there = |call: &&Call| chat.is_none() || call.chat == chat;
    let rest = refused + ON_ITS_WAY..refused + span;
    let calls = sends(telegram);
    let impatient: Vec<&Call> = calls.iter().filter(is_there).filter(|call| rest.contains(&call.at)).collect();
    assert!(impatient.is_empty(), "{impatient:?}, refused at {refused:?}");
}

fn refusals(telegram: &Telegram) -> Vec<Call> {
    sends(telegram).into_iter().filter(|call| call.code == 429).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_an_answer_was_told_holds_alerts_to_the_same_chat_and_to_no_other() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    for person in [&anna, &ben] {
        person.asks(&person.private(), "/subscribe acme").await;
    }
    telegram.fail("sendMessage", Fault::Flood(12), 1);
    anna.says(&anna.private(), "/help");
    telegram.until_faults_are_over().await;
    anna.says(&anna.private(), "/about");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    ben.private().until_told("Acme: major outage").await;
    let chat = anna.private();
    assert_eq!(chat.told().len(), 1, "Anna waits, and Ben is not Anna");
    chat.until_told("Acme: major outage").await;
    // The subscription's answer, the alert, and both answers, in their order.
    telegram.until_so("both answers", || chat.told().len() == 4).await;
    let told = chat.told();
    let help = told.iter().find(|message| message.text.contains("/maintenance")).expect("no help");
    assert_eq!(told.iter().filter(|message| message.id > help.id && !message.text.contains("outage")).count(), 1);
    let refused = refusals(&telegram);
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_left_alone(&telegram, Some(chat.chat), refused[0].at, Duration::from_secs(12));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_outlasts_a_restart_for_alerts_and_answers_of_that_chat() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    for person in [&anna, &ben] {
        person.asks(&person.private(), "/subscribe acme").await;
    }
    page.until_read().await;
    telegram.fail("sendMessage", Fault::Flood(12), 1);
    anna.says(&anna.private(), "/help");
    telegram.until_faults_are_over().await;
    program.until_logged("Telegram wants nothing sent to a chat for a while");
    program.kill();

    let program = bot(&home, &telegram);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    ben.private().until_told("Acme: major outage").await;
    let chat = anna.private();
    anna.says(&chat, "/about");
    chat.until_told("Acme: major outage").await;
    // The subscription's answer before the restart; the alert and what was asked after it.
    telegram.until_so("the answer", || chat.told().len() == 3).await;
    let refused = refusals(&telegram);
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_left_alone(&telegram, Some(chat.chat), refused[0].at, Duration::from_secs(12));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_an_alert_was_told_holds_answers_menus_and_other_topics_of_the_group() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let general = anna.forum("Company");
    anna.makes_bot(Member::Ordinary, &general);
    general.until("the greeting", |message| message.is_from_bot).await;
    let talk = anna.opens_topic(&general, "Talk");
    anna.asks(&general, "/subscribe acme").await;
    let menu = anna.asks(&talk, "/settings").await;
    telegram.fail("sendMessage", Fault::Flood(4), 1);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    telegram.until_faults_are_over().await;
    let asked = anna.says(&talk, "/status acme");
    let label = menu.labels()[0].to_owned();
    anna.presses(&talk, menu.id, &label).await;
    talk.until("the answer", |message| message.is_from_bot && message.id > asked).await;
    talk.until("the menu", |message| message.id == menu.id && message.edits > menu.edits).await;
    general.until_told("Acme: major outage").await;
    let refused = refusals(&telegram);
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_left_alone(&telegram, Some(general.chat), refused[0].at, Duration::from_secs(4));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_several_chats_are_told_to_wait_all_wait() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let people: Vec<_> = (0..3).map(|number| telegram.person(&format!("P{number}"))).collect();
    for person in &people {
        person.asks(&person.private(), "/subscribe acme").await;
    }
    telegram.fail("sendMessage", Fault::Flood(4), 3);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    telegram.until_faults_are_over().await;
    telegram.until_so("three refusals", || refusals(&telegram).len() == 3).await;
    let last = refusals(&telegram)[2].at;
    let ben = telegram.person("Ben");
    ben.asks(&ben.private(), "/status acme").await;
    for person in &people {
        person.private().until_told("Acme: major outage").await;
    }
    assert_eq!(refusals(&telegram).len(), 3);
    assert_left_alone(&telegram, None, last, Duration::from_secs(4));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_near_twenty_a_minute_is_paced_and_told_everything() {
    const OUTAGES: usize = 21;
    let (server, telegram) = (pages().await, telegram().await);
    let pages: Vec<StatusPage<'_>> =
        (0..OUTAGES).map(|number| StatusPage::new(&server, &format!("s{number}"))).collect();
    let services: String =
        pages.iter().enumerate().map(|(number, page)| page.service(&format!("Service {number}."))).collect();
    let home = super::Home::new(&services);
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.supergroup("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    group.until("the greeting", |message| message.is_from_bot).await;
    let category = anna.asks(&group, "/subscribe other").await;
    assert!(category.text.contains("now hears about"), "{category}");
    for page in &pages {
        page.show(&[Posted::new("i1", "It fails", "critical")]);
    }
    let alerts = || group.told().iter().filter(|message| message.text.contains("major outage")).count();
    // With the greeting and the answer that makes twenty.
    telegram.until_so("what a minute has room for", || alerts() >= 18).await;
    telegram.until_so("the others", || alerts() >= OUTAGES).await;
    assert_eq!(alerts(), OUTAGES);
    ends_well(program, &telegram);
}
