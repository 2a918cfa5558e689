//! Forums, announcement channels, threads.

use std::time::Duration;

use super::stage::Stage;
use crate::support::{
    discord::{Fault, Kind, OldEdits, Rate, Route, Shown, Which},
    page::{Posted, StatusPage},
    program::Home,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_gets_a_post_for_each_incident() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let forum = stage.server.channel_of(Kind::Forum, "status");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let post = forum.gets_post("Hello");
    stage.subscribe(&post, "topic:acme").await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let posts = forum.until_threads(2).await;
    let alert = posts[1].until_says("Log-in fails").await;
    assert!(posts[1].name().contains("Acme"), "{}", posts[1].name());
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    assert_eq!(posts[1].until_says("A cable is cut.").await.place, alert.place);
    page.show(&[found.resolved()]);
    posts[1].until_says("Acme: resolved").await;
    assert_eq!(forum.threads().len(), 2, "the story stays in its post");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_that_wants_a_tag_gets_one() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let forum = stage.server.channel_of(Kind::Forum, "status");
    forum.has_tag("outage");
    let post = forum.gets_post("Hello");
    forum.needs_tag();
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&post, "topic:acme").await;
    page.until_read().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    forum.until_threads(2).await[1].until_says("Log-in fails").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_announced_is_published() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let news = stage.server.channel_of(Kind::Announcement, "news");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&news, "topic:acme").await;
    page.until_read().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let published = |all: &[Shown]| all.iter().any(|one| one.says("Log-in fails") && one.is_published);
    news.wait_for("the alert to be published", published).await;
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_the_place_of_an_old_announcement_is_published_too() {
    let stage = Stage::new().await;
    let hour = Duration::from_secs(3_600);
    stage.discord.set(|settings| settings.old_edits = OldEdits { age: Duration::ZERO, rate: Rate::new(1, hour) });
    let page = StatusPage::new(&stage.feeds, "acme");
    let news = stage.server.channel_of(Kind::Announcement, "news");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&news, "topic:acme").await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = news.until_says("Log-in fails").await;
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    news.until_says("A cable is cut.").await;
    page.show(&[found.and("monitoring", "The cable is mended.")]);
    let published = |all: &[Shown]| all.iter().any(|one| one.says("The cable is mended.") && one.is_published);
    let told = news.wait_for("the new alert to be published", published).await;
    assert!(told.iter().all(|one| one.place != alert.place || !one.says("The cable is mended.")), "it is a new one");
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_go_into_a_thread_on_the_alert_where_the_chat_wants_that() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.manager.types(&stage.channel, "/settings key:updates value:thread").answer().await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "minor");
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    let worse = Posted { impact: "critical", ..outage }.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&worse));
    let thread = stage.channel.until_threads(1).await.remove(0);
    assert_eq!(thread.id, alert.place.message);
    thread.until_says("A cable is cut.").await;
    stage.channel.wait_for("the alert to be edited", |all| all.iter().any(|one| one.says("A cable is cut."))).await;
    page.show(&[worse.resolved()]);
    assert_eq!(stage.channel.until_reply_says("Acme: resolved").await.reply_to, Some(alert.place.message));
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_is_tried_again_keeps_its_own_limit_and_holds_no_alert_up() {
    let stage = Stage::new().await;
    stage.discord.set(|settings| settings.crosspost = Some(Rate::new(1, Duration::from_secs(3_600))));
    let page = StatusPage::new(&stage.feeds, "acme");
    let news = stage.server.channel_of(Kind::Announcement, "news");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&news, "topic:acme").await;
    page.until_read().await;
    stage.discord.fail(Which::Route(Route::Crosspost), Fault::Status(502), 1);
    let first = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&first));
    let published = |all: &[Shown]| all.iter().any(|one| one.says("Log-in fails") && one.is_published);
    news.wait_for("the alert to be published", published).await;
    for number in 2..5 {
        page.show(&[first.clone(), Posted::new(&format!("i{number}"), &format!("Trouble {number}."), "critical")]);
        news.until_says(&format!("Trouble {number}.")).await;
    }
    page.until_read_often().await;
    assert_eq!(news.messages().iter().filter(|one| one.is_published).count(), 1);
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_whose_answer_is_lost_is_found_again_and_not_doubled() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let forum = stage.server.channel_of(Kind::Forum, "status");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let post = forum.gets_post("Hello");
    stage.subscribe(&post, "topic:acme").await;
    page.until_read().await;
    stage.discord.fail(Which::Route(Route::CreateThread), Fault::LoseAnswer, 1);
    let first = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&first));
    forum.until_threads(2).await;
    let found = first.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    forum.threads()[1].until_says("A cable is cut.").await;

    // The same when the program is killed before it hears of it.
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    stage.discord.fail(Which::Route(Route::CreateThread), Fault::Behind(std::sync::Arc::clone(&gate)), 1);
    let second = Posted::new("i2", "Payments fail", "critical");
    page.show(&[found.clone(), second.clone()]);
    forum.until_threads(3).await;
    drop(program.kill());
    let _program = stage.start(&home).await;
    page.show(&[found, second.and("identified", "The bank sleeps.")]);
    let edited = forum.threads()[2].until_says("The bank sleeps.").await;
    assert_eq!(edited.edits, 1);
    page.until_read_often().await;
    assert_eq!(forum.threads().len(), 3, "somebody's, and one for each incident");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_to_be_published_when_the_program_was_killed_is_published_by_the_next() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let news = stage.server.channel_of(Kind::Announcement, "news");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    stage.subscribe(&news, "topic:acme").await;
    page.until_read().await;
    let trouble = stage.discord.fail_while(Which::Route(Route::Crosspost), Fault::Status(502));
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    news.until_says("Log-in fails").await;
    stage.discord.until_fails_again(&news).await;
    // The alert itself is long settled by then, so that it is not published because it is sent again.
    page.until_read_often().await;
    drop(program.kill());
    drop(trouble);
    let _program = stage.start(&home).await;
    let published = |all: &[Shown]| all.iter().any(|one| one.says("Log-in fails") && one.is_published);
    news.wait_for("the alert to be published", published).await;
    assert_eq!(news.messages().iter().filter(|one| one.says("Log-in fails")).count(), 1, "and not told again");
}
