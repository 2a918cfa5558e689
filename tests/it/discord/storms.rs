//! Discord in trouble, and the program killed, while many channels are to be told.

use std::time::Duration;

use foghorn::domain::{ChatId, Platform};

use super::stage::Stage;
use crate::support::{
    discord::{Channel, Fault, Route, Settings, Which},
    long_ago,
    page::{Posted, StatusPage},
    program::Home,
};

/// How many messages there are in a channel, and how many of them answer another: recoveries.
fn count(channel: &Channel) -> (usize, usize) {
    let all = channel.messages();
    (all.len(), all.iter().filter(|message| message.reply_to.is_some()).count())
}

/// The manager subscribes all of these, many at once.
async fn subscribe_all(stage: &Stage, channels: &[Channel]) {
    for some in channels.chunks(100) {
        let asked: Vec<_> = some.iter().map(|channel| stage.manager.types(channel, "/subscribe topic:acme")).collect();
        for one in asked {
            let answer = one.answer().await;
            assert!(answer.says("now hears about"), "{}", answer.text());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_refusals_loses_nothing_and_doubles_nothing() {
    let stage = Stage::new().await;
    stage.discord.set(Settings::unlimited);
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let channels: Vec<Channel> = (0..30).map(|number| stage.server.channel(&format!("c{number}"))).collect();
    subscribe_all(&stage, &channels).await;
    page.until_read().await;

    let posts = Which::Route(Route::CreateMessage);
    let wait = Duration::from_millis(700);
    let troubles = [
        (Fault::RouteWaits(wait), 8),
        (Fault::SharedWait(wait), 4),
        (Fault::Status(502), 4),
        (Fault::LoseAnswer, 6),
        (Fault::AllWait(wait), 2),
        (Fault::Cut, 3),
    ];
    for (fault, times) in &troubles {
        stage.discord.fail(posts, fault.clone(), *times);
    }
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.discord.until_failed().await;
    for channel in &channels {
        channel.until_says("Log-in fails").await;
    }
    let edits = Which::Route(Route::EditMessage);
    for (fault, times) in &troubles {
        stage.discord.fail(edits, fault.clone(), *times);
    }
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    for channel in &channels {
        channel.until_says("A cable is cut.").await;
    }
    stage.discord.until_failed().await;
    page.show(&[found.resolved()]);
    for channel in &channels {
        channel.until_reply_says("Acme: resolved").await;
        assert_eq!(count(channel), (3, 1), "answer, alert, recovery");
    }
    // Whoever is told to wait waits: beyond the ordered refusals only what was on its way already may have come too early.
    let refused = stage.discord.refused();
    let ordered: usize = 2 * (8 + 4 + 2);
    assert!(refused.len() <= ordered + 2 * channels.len(), "{} requests too early", refused.len() - ordered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_has_to_wait_long_is_left_alone_and_keeps_no_other_waiting() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let others: Vec<Channel> = (0..10).map(|number| stage.server.channel(&format!("c{number}"))).collect();
    subscribe_all(&stage, &others).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    let wait = Fault::RouteWaits(Duration::from_secs(8));
    stage.discord.fail(Which::At(Route::CreateMessage, stage.channel.id), wait, 1);
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.discord.until_failed().await;
    for channel in &others {
        channel.until_says("Log-in fails").await;
    }
    // News comes meanwhile, and changes nothing about the wait.
    page.show(&[outage.and("identified", "A cable is cut.")]);
    for channel in &others {
        channel.until_says("A cable is cut.").await;
    }
    assert_eq!(count(&stage.channel), (1, 0), "nothing but the answer while it has to wait");
    stage.channel.until_says("A cable is cut.").await;
    assert_eq!(count(&stage.channel), (2, 0));
    let refused: Vec<_> = stage.discord.refused().into_iter().map(|one| one.status).collect();
    assert_eq!(refused, [429], "only the one that was told to wait");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_kept_and_not_run_into() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let others: Vec<Channel> = (0..60).map(|number| stage.server.channel(&format!("c{number}"))).collect();
    subscribe_all(&stage, &others).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    // More incidents than a channel takes in five seconds, in more channels than requests in a second.
    let outages: Vec<Posted> =
        (0..6).map(|number| Posted::new(&format!("i{number}"), &format!("Trouble {number}."), "critical")).collect();
    page.show(&outages);
    for number in 0..6 {
        stage.channel.until_says(&format!("Trouble {number}.")).await;
    }
    for channel in &others {
        channel.wait_for("all alerts", |all| all.len() == 7).await;
    }
    assert_eq!(stage.discord.posted(), 61 * 6, "one try for each alert");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_answer_and_started_when_discord_has_forgotten_the_name_it_tells_nothing_twice() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let mut program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    // The alert, and the end, which is about the same outage and not the same message.
    for (told, posted, count) in
        [("Log-in fails", outage.clone(), (2, 0)), ("Acme: resolved", outage.clone().resolved(), (3, 1))]
    {
        let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
        stage.discord.fail(Which::Route(Route::CreateMessage), Fault::Behind(std::sync::Arc::clone(&gate)), 1);
        page.show(&[posted]);
        stage.channel.until_says(told).await;
        drop(program.kill());
        stage.discord.advance(Duration::from_secs(360));
        program = stage.start(&home).await;
        program.until_logged("a message is there already");
        page.until_read_often().await;
        assert_eq!(self::count(&stage.channel), count, "{told}");
    }
    page.show(&[outage.resolved(), Posted::new("i2", "Payments fail", "critical")]);
    stage.channel.until_says("Payments fail").await;
    assert_eq!(self::count(&stage.channel), (4, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_doubt_is_sent_all_the_same_where_the_bot_may_not_read_what_was_written() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    stage.channel.gives_bot(0, crate::support::discord::permission::READ_MESSAGE_HISTORY);
    let program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    stage.discord.fail(Which::Route(Route::CreateMessage), Fault::Hang, 1);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    stage.discord.until_failed().await;
    drop(program.kill());
    stage.discord.advance(Duration::from_secs(360));
    let _program = stage.start(&home).await;
    stage.channel.until_says("Log-in fails").await;
    page.until_read_often().await;
    assert_eq!(count(&stage.channel), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_amid_a_fan_out_to_two_thousand_channels_it_leaves_none_without_and_none_with_two() {
    const CHANNELS: usize = 2_000;
    let stage = Stage::new().await;
    stage.discord.set(Settings::unlimited);
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let channels: Vec<Channel> = (0..CHANNELS / 500)
        .flat_map(|number| {
            let server = stage.discord.server(&format!("Server {number}"));
            server.welcomes(&stage.manager, crate::support::discord::permission::MANAGE_CHANNELS);
            (0..500).map(move |number| server.channel(&format!("c{number}")))
        })
        .collect();
    let chat = |channel: &Channel| ChatId { platform: Platform::Discord, address: channel.address().into() };
    long_ago::subscribed(&home, "acme", channels.iter().map(chat)).await;
    let mut program = stage.start_with(&home, 10_000).await;
    page.until_read().await;

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    for told in [150, 700, 1_300] {
        stage.discord.until_messages(told).await;
        drop(program.kill());
        program = stage.start_with(&home, 10_000).await;
    }
    for channel in &channels {
        channel.until_says("Log-in fails").await;
    }
    // Each of these messages is known to whoever wrote it: news changes it in its place.
    page.show(&[outage.and("identified", "A cable is cut.")]);
    for channel in &channels {
        channel.until_says("A cable is cut.").await;
    }
    page.until_read_often().await;
    for channel in &channels {
        assert_eq!(count(channel), (1, 0), "one alert");
    }
    stage.discord.assert_nothing_refused();
}
