//! One process on both platforms: what happens to one delays nothing of the other.

use super::stage::Stage;
use crate::support::{
    discord::{Fault, Route, Which},
    page::{Posted, StatusPage},
    program::{Home, Program},
    telegram::{self, Limits, Telegram},
};

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
