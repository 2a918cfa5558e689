//! One outage after another, as a channel reads them.

use std::time::Duration;

use super::stage::Stage;
use crate::support::{
    discord::{OldEdits, Ping, Rate},
    page::{Posted, StatusPage},
    program::Home,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_subscribed_channel_reads_an_outage_from_its_beginning_to_its_end() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    assert!(
        alert.says("Acme: major outage") && alert.says("We look into it") && alert.says("Official"),
        "{}",
        alert.text()
    );
    assert_eq!((alert.edits, &alert.pings), (0, &Vec::new()), "nobody asked to be called");
    assert!(alert.embeds[0]["color"].is_u64());

    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let edited = stage.channel.until_says("A cable is cut.").await;
    assert_eq!((edited.place, edited.edits), (alert.place, 1), "the alert is kept true, not told again");

    page.show(&[found.resolved()]);
    let recovery = stage.channel.until_reply_says("Acme: resolved").await;
    assert_eq!(recovery.reply_to, Some(alert.place.message));
    assert!(recovery.says("2 minutes"), "{}", recovery.text());
    page.until_read_often().await;
    assert_eq!(stage.channel.messages().len(), 3, "the answer, the alert, the recovery");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_called_when_it_begins_and_nobody_else_ever() {
    let stage = Stage::new().await;
    let (role, other) = (stage.server.role("on-call", true), stage.server.role("others", true));
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, &format!("topic:acme mention:{role}")).await;
    page.until_read().await;

    let words = format!("It is @everyone, @here, <@&{other}> and <@{}>.", stage.member.id);
    let outage = Posted::new("i1", &words, "critical").and("identified", &words);
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.wait_for("the alert", |all| all.len() == 2).await.remove(1);
    assert_eq!(alert.pings, [Ping::Role(role)]);
    let worse = outage.and("monitoring", "We watch it.");
    page.show(std::slice::from_ref(&worse));
    stage.channel.until_says("We watch it.").await;
    page.show(&[worse.resolved()]);
    let recovery = stage.channel.until_reply_says("Acme: resolved").await;
    assert_eq!(recovery.pings, []);
    let pings = stage.channel.messages().into_iter().flat_map(|message| message.pings);
    assert_eq!(pings.collect::<Vec<_>>(), [Ping::Role(role)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_with_the_same_alert() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    drop(program.stop("TERM"));

    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let program = stage.start(&home).await;
    assert_eq!(stage.channel.until_says("A cable is cut.").await.place, alert.place);
    drop(program.kill());
    page.show(&[found.resolved()]);
    let _program = stage.start(&home).await;
    assert_eq!(stage.channel.until_reply_says("Acme: resolved").await.reply_to, Some(alert.place.message));
    page.until_read_often().await;
    assert_eq!(stage.channel.messages().len(), 3);
    assert_eq!(stage.discord.registrations(), 1, "commands that have not changed are not declared again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_somebody_deleted_is_told_anew_when_there_is_news() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    stage.channel.loses(&alert);

    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let anew = stage.channel.until_says("A cable is cut.").await;
    assert_ne!(anew.place, alert.place);
    stage.channel.loses(&anew);
    page.show(&[found.resolved()]);
    stage.channel.until_says("Acme: resolved").await;
    page.until_read_often().await;
    stage.discord.until_refused(404, 10_008).await;
    page.until_read_often().await;
    let ends = stage.channel.messages().into_iter().filter(|message| message.says("Acme: resolved")).count();
    assert_eq!(ends, 1, "the end is told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_is_told_anew_calls_nobody_again() {
    let stage = Stage::new().await;
    let role = stage.server.role("on-call", true);
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, &format!("topic:acme mention:{role}")).await;
    page.until_read().await;
    let mut outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let mut alert = stage.channel.until_says("Log-in fails").await;
    assert_eq!(alert.pings, [Ping::Role(role)]);
    for words in ["A cable is cut.", "The cable is found."] {
        stage.channel.loses(&alert);
        outage = outage.and("identified", words);
        page.show(std::slice::from_ref(&outage));
        alert = stage.channel.until_says(words).await;
        assert_eq!((alert.edits, &alert.pings), (0, &Vec::new()), "{words}");
    }
    // What begins after that calls again.
    page.show(&[outage, Posted::new("i2", "Payments fail", "critical")]);
    assert_eq!(stage.channel.until_says("Payments fail").await.pings, [Ping::Role(role)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_takes_long_to_be_sent_is_named_once_by_its_nonce() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    // The message is there, and the program is killed before it hears of it.
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let which = crate::support::discord::Which::Route(crate::support::discord::Route::CreateMessage);
    stage.discord.fail(which, crate::support::discord::Fault::Behind(std::sync::Arc::clone(&gate)), 1);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    stage.channel.until_says("Log-in fails").await;
    drop(program.kill());
    stage.discord.advance(Duration::from_secs(5));
    let _program = stage.start(&home).await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical").and("identified", "A cable is cut.")]);
    let edited = stage.channel.until_says("A cable is cut.").await;
    assert_eq!(edited.edits, 1);
    assert_eq!(stage.channel.messages().len(), 2, "the answer and one alert");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_alert_that_may_not_be_edited_any_more_is_told_anew_and_stays_true() {
    let stage = Stage::new().await;
    let hour = Duration::from_secs(3_600);
    stage.discord.set(|settings| settings.old_edits = OldEdits { age: Duration::ZERO, rate: Rate::new(1, hour) });
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let role = stage.server.role("on-call", true);
    stage.subscribe(&stage.channel, &format!("topic:acme mention:{role}")).await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    assert_eq!(stage.channel.until_says("A cable is cut.").await.place, alert.place);
    let mended = found.and("monitoring", "The cable is mended.");
    page.show(std::slice::from_ref(&mended));
    let anew = stage.channel.until_says("The cable is mended.").await;
    assert_ne!(anew.place, alert.place);
    assert_eq!((alert.pings, anew.pings.clone()), (vec![Ping::Role(role)], Vec::new()), "nobody is called again");
    page.show(&[mended.resolved()]);
    let recovery = stage.channel.until_reply_says("Acme: resolved").await;
    assert_eq!(recovery.reply_to, Some(anew.place.message));
    page.until_read_often().await;
    assert_eq!(stage.channel.messages().len(), 3, "the answer, one alert, the end");
    let refused = stage.discord.refused();
    assert_eq!(refused.iter().map(|one| one.code).collect::<Vec<_>>(), [30_046], "{refused:#?}");
}
