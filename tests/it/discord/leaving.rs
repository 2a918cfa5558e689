//! Coming to servers and leaving them.

use super::stage::Stage;
use crate::support::{
    discord::{Fault, Route, Which},
    page::{Posted, StatusPage},
    program::{Home, Program},
};

/// Fails unless the first have subscriptions and the others have none. The program must have ended.
fn assert_subscribed(stage: &Stage, home: &Home, those: &[&str], none: &[&str]) {
    let exported = Program::start(stage.command(home, &["export"])).finish(b"");
    assert_eq!(exported.code(), Some(0), "{}", exported.stderr);
    let subscribed: Vec<&str> =
        exported.stdout.lines().filter(|line| line.contains(r#""kind":"subscription""#)).collect();
    let is_listed = |address: &str| subscribed.iter().any(|line| line.contains(address));
    assert!(those.iter().all(|address| is_listed(address)), "{those:?}: {}", exported.stdout);
    assert!(!none.iter().any(|address| is_listed(address)), "{none:?}: {}", exported.stdout);
}

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
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let second = stage.server.channel("second");
    let (gone, kept) = (second.gets_post("Gone"), second.gets_post("Kept"));
    for channel in [&stage.channel, &second, &gone, &kept] {
        stage.subscribe(channel, "topic:acme").await;
    }
    let lost = [stage.channel.address(), gone.address()];
    stage.channel.clone().goes();
    gone.goes();
    for address in &lost {
        program.until_logged(address);
    }
    drop(program.stop("TERM"));
    assert_subscribed(&stage, &home, &[&second.address(), &kept.address()], &[&lost[0], &lost[1]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_goes_takes_its_threads_with_it_although_discord_says_nothing_of_them() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let lobby = stage.server.channel("lobby");
    let early = lobby.gets_post("Early");
    let program = stage.start(&home).await;
    for channel in [&stage.channel, &lobby, &early] {
        stage.subscribe(channel, "topic:acme").await;
    }
    drop(program.stop("TERM"));
    // The program that hears of it knows one of them because it is told of it, and one because something was typed there.
    let program = stage.start(&home).await;
    let late = lobby.gets_post("Late");
    stage.subscribe(&late, "topic:acme").await;
    let lost = [lobby.address(), early.address(), late.address()];
    lobby.goes();
    for address in &lost {
        program.until_logged(address);
    }
    drop(program.stop("TERM"));
    assert_subscribed(&stage, &home, &[&stage.channel.address()], &[&lost[0], &lost[1], &lost[2]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_while_the_bot_was_off_is_left_at_the_next_start_and_what_sleeps_is_not() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let (lobby, second) = (stage.server.channel("lobby"), stage.server.channel("second"));
    // It is the oldest, and looked for before the others.
    let asleep = lobby.gets_post("Asleep");
    let gone = lobby.gets_post("Gone");
    let program = stage.start(&home).await;
    for channel in [&stage.channel, &second, &asleep, &gone] {
        stage.subscribe(channel, "topic:acme").await;
    }
    drop(program.stop("TERM"));
    asleep.sleeps(false);
    let lost = [second.address(), gone.address()];
    second.goes();
    gone.goes();
    let program = stage.start(&home).await;
    for address in &lost {
        program.until_logged(address);
    }
    drop(program.stop("TERM"));
    assert_subscribed(&stage, &home, &[&stage.channel.address(), &asleep.address()], &[&lost[0], &lost[1]]);
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
