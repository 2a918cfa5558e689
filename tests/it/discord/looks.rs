//! What every state of an alert looks like.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{Stage, timeless};
use crate::support::{
    discord::Shown,
    feed_server::Answer,
    page::{Complaints, Posted, StatusPage, ago},
    program::{Home, service},
};

fn look(messages: &[Shown]) -> String {
    let draw = |message: &Shown| {
        let reply = if message.reply_to.is_some() { "(in reply)\n" } else { "" };
        format!("{reply}{}", timeless(&message.text()))
    };
    messages.iter().map(draw).collect::<Vec<_>>().join("\n\n")
}

/// A stage on which the manager, and after them the channel, speaks this language.
async fn stage_in(language: &str) -> Stage {
    let stage = Stage::new().await;
    stage.manager.speaks(language);
    stage
}

async fn subscribe(stage: &Stage) {
    let answer = stage.manager.types(&stage.channel, "/subscribe topic:acme").answer().await;
    assert!(answer.says("Acme") && !answer.is_ephemeral, "{}", answer.text());
}

/// An outage from its beginning to its end and its return, each state as the channel shows it.
async fn states(language: &str) -> String {
    let stage = stage_in(language).await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let _program = stage.start(&home).await;
    subscribe(&stage).await;
    page.until_read().await;

    let mut states = Vec::new();
    let mild = Posted {
        link: Some("https://status.acme.example/incidents/i1"),
        components: vec!["Log-in", "Payments"],
        ..Posted::new("i1", "Log-in fails", "minor")
    };
    page.show(std::slice::from_ref(&mild));
    states.push(("opened", stage.channel.until_says("Log-in fails").await));
    let worse = Posted { impact: "critical", ..mild }.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&worse));
    states.push(("worse", stage.channel.until_says("A cable is cut.").await));
    let better = Posted { impact: "major", ..worse }.and("monitoring", "The cable is mended.");
    page.show(std::slice::from_ref(&better));
    states.push(("watched", stage.channel.until_says("The cable is mended.").await));
    let over = better.clone().resolved();
    page.show(std::slice::from_ref(&over));
    states.push(("recovery", stage.channel.until_reply_says("It is over.").await));
    states.push((
        "alert after it",
        stage.channel.wait_for("the last edit", |all| all[1].says("It is over.")).await.remove(1),
    ));
    page.until_read().await;
    page.show(&[over.and("investigating", "It is back.")]);
    states.push(("return", stage.channel.wait_for("the return", |all| all.len() == 4).await.remove(3)));
    let texts = states.iter().map(|(state, shown)| format!("== {state}\n{}", look(std::slice::from_ref(shown))));
    texts.collect::<Vec<_>>().join("\n\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_in_all_its_states() {
    insta::assert_snapshot!(states("en-US").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_in_all_its_states_in_german() {
    insta::assert_snapshot!(states("de").await);
}

/// An outage that comes back again and again, once the channel is told that it does.
async fn flapping(language: &str, words: &str) -> String {
    let stage = stage_in(language).await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    subscribe(&stage).await;
    page.until_read().await;
    let mut outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.channel.until_says("Log-in fails").await;
    // The answer, the alert, and a message for each end and each return.
    for told in [4, 6] {
        outage = outage.resolved();
        page.show(std::slice::from_ref(&outage));
        stage.channel.wait_for("the end", |all| all.len() == told - 1).await;
        outage = outage.and("investigating", "It is back.");
        page.show(std::slice::from_ref(&outage));
        stage.channel.wait_for("the return", |all| all.len() == told).await;
    }
    outage = outage.resolved();
    page.show(std::slice::from_ref(&outage));
    stage.channel.wait_for("the third end", |all| all.len() == 7).await;
    page.show(&[outage.and("investigating", "It is back.")]);
    let told = stage.channel.wait_for("the alert to say that it flaps", |all| all[1].says(words)).await;
    stage.discord.assert_nothing_refused();
    look(&told[1..2])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_of_an_outage_that_keeps_coming_back() {
    insta::assert_snapshot!(flapping("en-US", "keeps going away and coming back").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_of_an_outage_that_keeps_coming_back_in_german() {
    insta::assert_snapshot!(flapping("de", "verschwindet und kehrt immer wieder zurück").await);
}

/// A measured outage and its end, as the channel shows them afterwards.
async fn measured(language: &str) -> String {
    let stage = stage_in(language).await;
    stage.feeds.set("/", Answer::html("<p>Welcome</p>"));
    let home = Home::new(&service("acme", "Acme", "http", &stage.feeds.url("/")));
    let _program = stage.start(&home).await;
    subscribe(&stage).await;
    stage.feeds.until_asked_again("/", 2).await;
    stage.feeds.set("/", Answer::new(503, "no"));
    let opened = stage.channel.wait_for("the alert", |all| all.len() == 2).await.remove(1);
    stage.feeds.set("/", Answer::html("<p>Welcome</p>"));
    stage.channel.wait_for("the end", |all| all.len() == 3).await;
    let told = stage.channel.wait_for("the last edit", |all| all[1].edits > 0).await;
    // It lasted for as long as this computer took.
    let calm = |line: &str| match line.split_once(" second").or_else(|| line.split_once(" Sekunde")) {
        Some((before, _)) => format!("{}…", before.trim_end_matches(|sign: char| sign.is_ascii_digit())),
        None => line.to_owned(),
    };
    let text = look(&[&[opened], &told[1..]].concat());
    text.lines().map(calm).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measured_outage_and_its_end() {
    insta::assert_snapshot!(measured("en-US").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measured_outage_and_its_end_in_german() {
    insta::assert_snapshot!(measured("de").await);
}

/// A page with work that is planned in so many hours, or minutes ago, in some phase.
fn planned(stage: &Stage, begins: TimeDelta, phases: &[&str]) {
    let now = ago(0);
    let at = |span: TimeDelta| json!((now + span).to_rfc3339());
    let update = |(index, phase): (usize, &&str)| {
        let written = at(TimeDelta::minutes(-30 + 5 * i64::try_from(index).unwrap()));
        json!({ "id": format!("u{index}"), "status": phase, "body": format!("It is {phase}."), "created_at": written,
            "display_at": written })
    };
    let updates: Vec<Value> = phases.iter().enumerate().rev().map(update).collect();
    let work = json!({ "id": "m1", "name": "New cables", "status": phases.last(), "impact": "maintenance",
        "created_at": at(TimeDelta::minutes(-40)), "scheduled_for": at(begins),
        "scheduled_until": at(begins + TimeDelta::hours(2)), "incident_updates": updates, "components": [] });
    let document = json!({ "page": { "id": "acme", "name": "acme" }, "status": { "indicator": "none" }, "components": [],
        "incidents": [], "scheduled_maintenances": [work] });
    stage.feeds.set("/acme/api/v2/summary.json", Answer::json(document.to_string()));
}

/// Work from its announcement to its end, each state as the channel shows it.
async fn maintenance(language: &str, [announced, moved, runs, over]: [&str; 4]) -> String {
    let stage = stage_in(language).await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    subscribe(&stage).await;
    page.until_read().await;
    let mut states = Vec::new();
    planned(&stage, TimeDelta::hours(5), &["scheduled"]);
    states.push(stage.channel.until_says(announced).await);
    planned(&stage, TimeDelta::hours(9), &["scheduled"]);
    states.push(stage.channel.until_says(moved).await);
    planned(&stage, TimeDelta::minutes(-22), &["scheduled", "in_progress"]);
    states.push(stage.channel.until_says(runs).await);
    planned(&stage, TimeDelta::minutes(-22), &["scheduled", "in_progress", "completed"]);
    states.push(stage.channel.until_reply_says(over).await);
    states.push(stage.channel.wait_for("the last edit", |all| all[1].says(over)).await.remove(1));
    stage.discord.assert_nothing_refused();
    look(&states)
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_that_is_moved_from_its_announcement_to_its_end() {
    let headlines = ["maintenance planned", "maintenance moved", "maintenance in progress", "maintenance over"];
    insta::assert_snapshot!(maintenance("en-US", headlines).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_that_is_moved_from_its_announcement_to_its_end_in_german() {
    let headlines = ["Wartung geplant", "Wartung verschoben", "Wartung läuft", "Wartung beendet"];
    insta::assert_snapshot!(maintenance("de", headlines).await);
}

/// An outage that people reported first and the provider confirmed, and its end.
async fn reported(language: &str) -> String {
    let stage = stage_in(language).await;
    let (page, complaints) = (StatusPage::new(&stage.feeds, "acme"), Complaints::new(&stage.feeds));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let _program = stage.start(&home).await;
    subscribe(&stage).await;
    page.until_read().await;
    complaints.until_read().await;
    complaints.are("many");
    let reported = stage.channel.wait_for("the alert", |all| all.len() == 2).await.remove(1);
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let confirmed = stage.channel.until_says("Log-in fails").await;
    complaints.are("few");
    complaints.until_read_often().await;
    page.show(&[outage.resolved()]);
    let recovery = stage.channel.wait_for("the end", |all| all.len() == 3).await.remove(2);
    look(&[reported, confirmed, recovery])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_people_reported_first() {
    insta::assert_snapshot!(reported("en-US").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_people_reported_first_in_german() {
    insta::assert_snapshot!(reported("de").await);
}
