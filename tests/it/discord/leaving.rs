//! Coming to servers and leaving them.

use super::stage::Stage;
use crate::support::{
    discord::{Fault, Route, Which},
    page::{Posted, StatusPage},
    program::Home,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_removes_the_bot_is_told_nothing_when_it_comes_back() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let other = stage.discord.server("Elsewhere");
    other.welcomes(&stage.manager, crate::support::discord::permission::MANAGE_CHANNELS);
    let there = other.channel("there");
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&there, "topic:acme").await;
    page.until_read().await;
    stage.server.kicks_bot();
    // What is typed elsewhere after that is answered after that.
    assert!(!stage.manager.types(&there, "/subscriptions").answer().await.text().is_empty());
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    there.until_says("Log-in fails").await;
    stage.server.invites_bot();
    let list = stage.ask("/subscriptions").await;
    assert!(!list.contains("Acme"), "{list}");
    assert!(!stage.channel.messages().iter().any(|one| one.says("Log-in fails")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_goes_ends_its_own_subscriptions_only() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let second = stage.server.channel("second");
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&second, "topic:acme").await;
    page.until_read().await;
    let first = stage.channel.clone();
    first.goes();
    stage.manager.types(&second, "/subscriptions").answer().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    second.until_says("Log-in fails").await;
    assert!(stage.discord.refused().len() <= 1, "{:?}", stage.discord.refused());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_discord_cannot_reach_keeps_its_subscriptions() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    stage.server.is_available(false);
    stage.server.is_available(true);
    let list = stage.ask("/subscriptions").await;
    assert!(list.contains("Acme"), "{list}");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    stage.channel.until_says("Log-in fails").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_server_is_greeted_once_in_its_own_language() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let server = stage.discord.server_without_bot("Verein");
    server.speaks("de");
    server.channel("allgemein");
    let (closed, lobby) = (server.channel("zu"), server.channel("empfang"));
    closed.gives_bot(0, crate::support::discord::permission::SEND_MESSAGES);
    server.greets_in(&lobby);
    server.invites_bot();
    let greeting = lobby.until_says("/subscribe").await;
    assert!(greeting.says("Hallo"), "{}", greeting.text());
    drop(program.stop("TERM"));
    let _program = stage.start(&home).await;
    stage.ask("/status").await;
    stage.discord.until_all("one greeting", |all| all.iter().filter(|one| one.says("Hallo")).count() == 1).await;
    assert_eq!(lobby.messages().len(), 1);
    assert!(stage.channel.messages().iter().all(|one| !one.says("Hello, this is Foghorn")), "it was here before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_removed_the_bot_while_it_was_away_is_left_and_the_others_are_not() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let other = stage.discord.server("Elsewhere");
    other.welcomes(&stage.manager, crate::support::discord::permission::MANAGE_CHANNELS);
    let there = other.channel("there");
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&there, "topic:acme").await;
    drop(program.stop("TERM"));
    stage.server.kicks_bot();
    let _program = stage.start(&home).await;
    stage.discord.until_refused(403, 50_001).await;
    stage.server.invites_bot();
    let mut list = stage.ask("/subscriptions").await;
    // The server has left when that is noted, which takes as long as it takes.
    for _ in 0..200 {
        if !list.contains("Acme") {
            break;
        }
        list = stage.ask("/subscriptions").await;
    }
    assert!(!list.contains("Acme"), "{list}");
    let list = stage.manager.types(&there, "/subscriptions").answer().await;
    assert!(list.says("Acme"), "{}", list.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_joined_while_the_bot_was_away_is_greeted_once_although_that_fails_at_first() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    drop(stage.start(&home).await.stop("TERM"));
    let server = stage.discord.server_without_bot("Fans");
    let lobby = server.channel("lobby");
    server.invites_bot();
    let trouble = stage.discord.fail_while(Which::At(Route::CreateMessage, lobby.id), Fault::Status(502));
    drop(stage.start(&home).await.kill());
    assert_eq!(lobby.messages().len(), 0);
    drop(trouble);
    stage.discord.fail(Which::At(Route::CreateMessage, lobby.id), Fault::LoseAnswer, 1);
    for _ in 0..2 {
        let program = stage.start(&home).await;
        lobby.until_says("/subscribe").await;
        stage.discord.until_failed().await;
        stage.ask("/status").await;
        drop(program.stop("TERM"));
        assert_eq!(lobby.messages().len(), 1);
    }
}
