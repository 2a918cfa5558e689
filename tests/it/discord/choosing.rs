//! What a channel chose to hear, and what it keeps silent about.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::stage::Stage;
use crate::support::{
    discord::{Channel, Shown},
    feed_server::Answer,
    page::{Complaints, Posted, StatusPage, ago},
    program::{Home, service},
};

/// The texts of a channel's messages that are no answers to anybody.
fn told(channel: &Channel) -> Vec<String> {
    news(&channel.messages())
}

fn news(messages: &[Shown]) -> Vec<String> {
    let is_told = |message: &&Shown| !message.says("now hears about") && !message.says("subscription to");
    messages.iter().filter(is_told).map(Shown::text).collect()
}

/// Waits until the channel was told so many messages.
async fn until_told(channel: &Channel, count: usize) -> Vec<String> {
    news(&channel.wait_for(&format!("{count} messages"), |all| news(all).len() == count).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_channel_hears_what_it_chose_and_that_to_its_end() {
    let stage = Stage::new().await;
    let (parts, severe) = (stage.server.channel("parts"), stage.server.channel("severe"));
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&parts, "topic:acme components:payments").await;
    stage.subscribe(&severe, "topic:acme severity:major_outage").await;
    page.until_read().await;

    let mut slow = Posted::new("i1", "Log-in is slow", "minor");
    slow.components.push("Log-in");
    page.show(std::slice::from_ref(&slow));
    stage.channel.until_says("Log-in is slow").await;
    // The provider puts a group before the name and writes it otherwise; it is the same part.
    let mut down = Posted::new("i2", "Nobody can pay", "critical");
    down.components.push("2. Shop - PAYMENTS");
    page.show(&[slow.clone(), down.clone()]);
    for channel in [&stage.channel, &parts, &severe] {
        channel.until_says("Nobody can pay").await;
    }
    page.show(&[slow.clone().resolved(), down.resolved()]);
    assert_eq!(until_told(&stage.channel, 4).await.len(), 4, "two alerts and two recoveries");
    for channel in [&parts, &severe] {
        let told = until_told(channel, 2).await;
        assert!(told.iter().all(|text| !text.contains("slow")), "{told:?}");
        assert!(told[1].contains("Acme: resolved"), "{told:?}");
    }
    let listed = stage.manager.types(&parts, "/subscriptions").answer().await;
    assert!(listed.says("Only components") && listed.says("payments"), "{}", listed.text());
    stage.discord.assert_nothing_refused();
}

/// A page with work that is planned in so many hours, or began so many ago, in some phase.
fn work(stage: &Stage, hours: i64, phase: &str) {
    let at = |hours: i64| json!((ago(0) + TimeDelta::hours(hours)).to_rfc3339());
    let work = json!({ "id": "m1", "name": "New cables", "status": phase, "impact": "maintenance", "created_at": at(-30),
        "scheduled_for": at(hours), "scheduled_until": at(hours + 2), "incident_updates": [], "components": [] });
    let document = json!({ "page": { "id": "acme", "name": "acme" }, "status": { "indicator": "none" }, "components": [],
        "incidents": [], "scheduled_maintenances": [work] });
    stage.feeds.set("/acme/api/v2/summary.json", Answer::json(document.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_is_told_where_it_is_wanted_whatever_the_severity() {
    let stage = Stage::new().await;
    let [quiet, severe, both] = ["quiet", "severe", "both"].map(|name| stage.server.channel(name));
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&quiet, "topic:acme maintenance:off").await;
    stage.subscribe(&severe, "topic:acme severity:major_outage").await;
    stage.subscribe(&both, "topic:acme severity:major_outage maintenance:on").await;
    page.until_read().await;
    work(&stage, 5, "scheduled");
    for channel in [&stage.channel, &both] {
        channel.until_says("maintenance planned").await;
    }
    work(&stage, -1, "in_progress");
    for channel in [&stage.channel, &both] {
        channel.until_says("maintenance in progress").await;
    }
    work(&stage, -1, "completed");
    for channel in [&stage.channel, &both] {
        channel.until_reply_says("maintenance over").await;
    }
    page.until_read_often().await;
    for channel in [&quiet, &severe] {
        assert_eq!(told(channel), [""; 0]);
    }
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_believes_the_provider_alone_is_told_when_the_provider_says_so() {
    let stage = Stage::new().await;
    let sober = stage.server.channel("sober");
    let (page, complaints) = (StatusPage::new(&stage.feeds, "acme"), Complaints::new(&stage.feeds));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let _program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&sober, "topic:acme sources:official").await;
    page.until_read().await;
    complaints.until_read().await;

    complaints.are("many");
    stage.channel.until_says("People report: major outage").await;
    complaints.are("few");
    stage.channel.until_reply_says("no longer reported").await;
    assert_eq!(told(&sober), [""; 0], "nobody but people said so");

    complaints.are("many");
    stage.channel.wait_for("that it is back", |all| all.len() >= 4).await;
    assert_eq!(told(&sober), [""; 0], "still nobody else");
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = sober.until_says("Log-in fails").await;
    assert!(alert.says("Official, and reported by people"), "{}", alert.text());
    complaints.are("few");
    complaints.until_read_often().await;
    page.show(&[outage.resolved()]);
    assert_eq!(sober.until_reply_says("Acme: resolved").await.reply_to, Some(alert.place.message));
    assert_eq!(until_told(&sober, 2).await.len(), 2);
    stage.discord.assert_nothing_refused();
}

/// A list of incidents as Google publishes it: id, place, and whether it is over.
fn places(stage: &Stage, began: DateTime<Utc>, incidents: &[(&str, &str, bool)]) {
    let incident = |(id, place, is_over): &(&str, &str, bool)| {
        let mut incident = json!({ "id": id, "number": id, "begin": began.to_rfc3339(), "created": began.to_rfc3339(),
            "external_desc": format!("Trouble in {place}"), "status_impact": "SERVICE_OUTAGE", "severity": "high",
            "service_name": "Mail", "affected_products": [{ "title": "Mail", "id": "m" }],
            "currently_affected_locations": [{ "title": place, "id": place }],
            "updates": [{ "created": began.to_rfc3339(), "when": began.to_rfc3339(), "text": "We look into it.",
                "status": "SERVICE_OUTAGE" }] });
        if *is_over {
            incident["end"] = json!((began + TimeDelta::minutes(9)).to_rfc3339());
        }
        incident
    };
    let list: Vec<Value> = incidents.iter().map(incident).collect();
    stage.feeds.set("/cloud.json", Answer::json(Value::Array(list).to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_hears_of_its_regions_which_are_completed_as_the_feed_names_them() {
    let stage = Stage::new().await;
    let (nordic, began) = (stage.server.channel("nordic"), ago(12));
    places(&stage, began, &[("a", "Oslo (north1)", true)]);
    let home = Home::new(&service("cloud", "Cloud", "google", &stage.feeds.url("/cloud.json")));
    let _program = stage.start(&home).await;
    stage.feeds.until_asked_again("/cloud.json", 2).await;
    // On a computer that is busy with other tests a choice may come without what the store did not tell in time.
    for tries in 1.. {
        let choices = stage.manager.is_typing(&nordic, "/subscribe topic:cloud regions:osl").choices().await;
        if choices.iter().any(|(_, value)| value == "Oslo (north1)") {
            break;
        }
        assert!(tries < 50, "{choices:?}");
    }
    stage.subscribe(&stage.channel, "topic:cloud").await;
    stage.subscribe(&nordic, "topic:cloud regions:Oslo").await;
    let (rome, oslo) = (("b", "Rome (south1)"), ("c", "Oslo (north1)"));
    places(&stage, began, &[("a", "Oslo (north1)", true), (rome.0, rome.1, false)]);
    stage.channel.until_says("Trouble in Rome").await;
    places(&stage, began, &[("a", "Oslo (north1)", true), (rome.0, rome.1, false), (oslo.0, oslo.1, false)]);
    stage.channel.until_says("Trouble in Oslo").await;
    nordic.until_says("Trouble in Oslo").await;
    places(&stage, began, &[("a", "Oslo (north1)", true), (rome.0, rome.1, true), (oslo.0, oslo.1, true)]);
    nordic.until_reply_says("Cloud: resolved").await;
    until_told(&stage.channel, 4).await;
    let told = until_told(&nordic, 2).await;
    assert!(told.iter().all(|text| !text.contains("Rome")), "{told:?}");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_changes_during_an_outage_cuts_no_story_short_and_says_what_it_does() {
    let stage = Stage::new().await;
    let later = stage.server.channel("later");
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.subscribe(&later, "topic:acme severity:major_outage").await;
    page.until_read().await;
    let slow = Posted::new("i1", "Log-in is slow", "minor");
    page.show(std::slice::from_ref(&slow));
    let alert = stage.channel.until_says("Log-in is slow").await;
    page.until_read().await;

    let narrowed = stage.manager.types(&stage.channel, "/subscribe topic:acme severity:major_outage").answer().await;
    assert!(narrowed.says("told to its end if it was alerted before: Acme: Log-in is slow"), "{}", narrowed.text());
    let widened = stage.manager.types(&later, "/subscribe topic:acme").answer().await;
    assert!(widened.says("Now told here, from its next change on: Acme: Log-in is slow"), "{}", widened.text());
    let told_before = told(&later).iter().any(|text| text.contains("We look into it"));
    assert!(!told_before, "the answer says it; it is no news");

    let found = slow.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let edited = stage.channel.until_says("A cable is cut.").await;
    assert_eq!(edited.place, alert.place, "what it saw begin stays true");
    let first = later.until_says("A cable is cut.").await;
    page.show(&[found.resolved()]);
    assert_eq!(stage.channel.until_reply_says("Acme: resolved").await.reply_to, Some(alert.place.message));
    assert_eq!(later.until_reply_says("Acme: resolved").await.reply_to, Some(first.place.message));

    // From now on what was chosen holds.
    page.show(&[Posted::new("i2", "Log-in is slow again", "minor")]);
    later.until_says("Log-in is slow again").await;
    page.until_read_often().await;
    assert!(stage.channel.messages().iter().all(|message| !message.says("slow again")));
    let left_out = stage.manager.types(&stage.channel, "/subscribe topic:acme severity:partial_outage").answer().await;
    assert!(left_out.says("Left out here, though it goes on: Acme: Log-in is slow again"), "{}", left_out.text());
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_covers_a_service_that_is_added_while_the_bot_is_down() {
    let stage = Stage::new().await;
    let (acme, post) = (StatusPage::new(&stage.feeds, "acme"), StatusPage::new(&stage.feeds, "post"));
    let home = Home::new(&acme.service("Acme"));
    let program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:other").await;
    acme.until_read().await;
    drop(program.stop("TERM"));
    let before = std::fs::read_to_string(home.config()).unwrap();
    std::fs::write(home.config(), before + &post.service("Post")).unwrap();
    let _program = stage.start(&home).await;
    post.until_read().await;
    let outage = Posted::new("i1", "Letters are late", "critical");
    post.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Letters are late").await;
    post.show(&[outage.resolved()]);
    assert_eq!(stage.channel.until_reply_says("Post: resolved").await.reply_to, Some(alert.place.message));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_alerted_before_a_mute_ends_silently_and_what_begins_meanwhile_is_not_told() {
    let stage = Stage::new().await;
    let (acme, post) = (StatusPage::new(&stage.feeds, "acme"), StatusPage::new(&stage.feeds, "post"));
    let witness = stage.server.channel("witness");
    let _program = stage.start(&Home::new(&(acme.service("Acme") + &post.service("Post")))).await;
    for channel in [&stage.channel, &witness] {
        stage.subscribe(channel, "topic:acme").await;
        stage.subscribe(channel, "topic:post").await;
    }
    acme.until_read().await;
    post.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    acme.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    let muted = stage.manager.types(&stage.channel, "/mute what:all duration:until tomorrow 9:00").answer().await;
    assert!(muted.says("**Everything** is muted here until"), "{}", muted.text());

    let other = Posted::new("i2", "Letters are late", "critical");
    post.show(std::slice::from_ref(&other));
    witness.until_says("Letters are late").await;
    acme.show(&[outage.resolved()]);
    let end = stage.channel.until_reply_says("Acme: resolved").await;
    assert_eq!((end.reply_to, end.is_silent), (Some(alert.place.message), true), "{}", end.text());
    post.until_read_often().await;
    assert!(stage.channel.messages().iter().all(|message| !message.says("Letters are late")));

    // The list shows the mute, with a button that ends it.
    let listed = stage.manager.types(&stage.channel, "/subscriptions").answer().await;
    assert!(listed.says("Muted:"), "{}", listed.text());
    let ended = stage.manager.presses(&listed, "Unmute Everything").answer().await;
    assert!(ended.says("**Everything** is no longer muted"), "{}", ended.text());
    let found = other.and("identified", "The vans are lost.");
    post.show(std::slice::from_ref(&found));
    let late = stage.channel.until_says("The vans are lost.").await;
    post.show(&[found.resolved()]);
    assert_eq!(stage.channel.until_reply_says("Post: resolved").await.reply_to, Some(late.place.message));
    stage.discord.assert_nothing_refused();
}
