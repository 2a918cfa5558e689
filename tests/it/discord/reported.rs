//! What people report, as a channel reads it: believed after a while, and confirmed by whoever must know.

use super::stage::Stage;
use crate::support::{
    discord::Shown,
    feed_server::Answer,
    page::{Complaints, Posted, StatusPage},
    program::Home,
};

/// The lines of a message's text with any of these words.
fn lines(message: &Shown, words: &[&str]) -> Vec<String> {
    message.text().lines().filter(|line| words.iter().any(|word| line.contains(word))).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_report_is_told_as_that_until_the_provider_confirms_it() {
    let stage = Stage::new().await;
    let (page, complaints) = (StatusPage::new(&stage.feeds, "acme"), Complaints::new(&stage.feeds));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let _program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    complaints.until_read().await;

    complaints.are("many");
    let alert = stage.channel.until_says("Acme: major outage").await;
    assert!(alert.says("People report: major outage"), "{}", alert.text());
    assert!(alert.says("Reported by people; not confirmed"), "{}", alert.text());
    assert_eq!(lines(&alert, &["fficial", "easured"]), [""; 0], "nobody else says so");
    let status = stage.ask("/status service:acme").await;
    assert!(status.contains("People report: major outage"), "{status}");
    assert!(status.contains("(reported by people): major outage"), "{status}");
    let story = stage.ask("/incident incident:acme").await;
    assert!(story.contains("Reported by people; nobody has confirmed it"), "{story}");

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let confirmed = stage.channel.until_says("Log-in fails").await;
    assert_eq!(confirmed.place, alert.place, "the same story");
    assert!(confirmed.says("Official, and reported by people"), "{}", confirmed.text());
    assert!(!confirmed.says("not confirmed"), "{}", confirmed.text());
    let story = stage.ask("/incident incident:acme").await;
    assert!(story.contains("official and reported by people"), "{story}");
    let list = stage.ask("/status").await;
    assert!(list.contains("major outage, official and reported by people"), "{list}");

    complaints.are("few");
    complaints.until_read_often().await;
    page.show(&[outage.resolved()]);
    let recovery = stage.channel.until_reply_says("Acme: resolved").await;
    assert_eq!(recovery.reply_to, Some(alert.place.message));
    assert!(recovery.says("Official, and reported by people"), "{}", recovery.text());
    page.until_read_often().await;
    assert_eq!(stage.channel.messages().len(), 7, "five answers, the alert, the recovery");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_still_report_is_not_over_when_the_provider_says_so() {
    let stage = Stage::new().await;
    let (page, complaints) = (StatusPage::new(&stage.feeds, "acme"), Complaints::new(&stage.feeds));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let _program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    complaints.until_read().await;
    complaints.are("many");
    stage.channel.until_says("Reported by people; not confirmed").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.channel.until_says("Log-in fails").await;
    page.show(&[outage.resolved()]);
    let watched = stage.channel.until_says("It is over.").await;
    assert!(watched.says("Acme: major outage") && watched.says("being watched"), "{}", watched.text());
    complaints.until_read_often().await;
    assert_eq!(stage.channel.messages().len(), 2, "the answer and the alert");
    complaints.are("few");
    stage.channel.until_reply_says("Acme: resolved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_reading_of_a_list_of_complaints_is_no_outage() {
    let stage = Stage::new().await;
    let (page, complaints) = (StatusPage::new(&stage.feeds, "acme"), Complaints::new(&stage.feeds));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let _program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    complaints.until_read().await;
    let (few, many) = (r#"{"acme": "few"}"#, r#"{"acme": "many"}"#);
    let answers = [many, many, few, many, few].map(Answer::json);
    stage.feeds.set_each("/complaints.json", answers);
    complaints.until_read_often().await;
    complaints.until_read().await;
    assert_eq!(stage.channel.messages().len(), 1, "only the answer");
    complaints.are("some");
    stage.channel.until_says("People report: degraded").await;
    complaints.are("few");
    let end = stage.channel.until_reply_says("Acme: no longer reported").await;
    assert!(end.says("Reported by people; not confirmed"), "{}", end.text());
}
