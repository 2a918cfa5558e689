//! What every state of an alert looks like.

use super::stage::{Stage, timeless};
use crate::support::{
    discord::Shown,
    feed_server::Answer,
    page::{Posted, StatusPage},
    program::{Home, service},
};

fn look(messages: &[Shown]) -> String {
    let draw = |message: &Shown| {
        let reply = if message.reply_to.is_some() { "(in reply)\n" } else { "" };
        format!("{reply}{}", timeless(&message.text()))
    };
    messages.iter().map(draw).collect::<Vec<_>>().join("\n\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_in_all_its_states() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let _program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;

    let mut states = Vec::new();
    let mild = Posted::new("i1", "Log-in fails", "minor");
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
    states.push(("recovery", stage.channel.until_reply_says("Acme: resolved").await));
    states.push((
        "alert after it",
        stage.channel.wait_for("the last edit", |all| all[1].says("Acme: resolved")).await.remove(1),
    ));
    page.until_read().await;
    page.show(&[over.and("investigating", "It is back.")]);
    states.push(("return", stage.channel.wait_for("the return", |all| all.len() == 4).await.remove(3)));

    let texts = states.iter().map(|(state, shown)| format!("== {state}\n{}", look(std::slice::from_ref(shown))));
    insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measured_outage_and_its_end() {
    let stage = Stage::new().await;
    stage.feeds.set("/", Answer::html("<p>Welcome</p>"));
    let home = Home::new(&service("acme", "Acme", "http", &stage.feeds.url("/")));
    let _program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.feeds.until_asked_again("/", 2).await;
    stage.feeds.set("/", Answer::new(503, "no"));
    stage.channel.until_says("Measured by Foghorn").await;
    stage.feeds.set("/", Answer::html("<p>Welcome</p>"));
    let is_over = |all: &[Shown]| all.len() == 3 && all.iter().skip(1).all(|one| one.says("Acme: reachable again"));
    let told = stage.channel.wait_for("both to tell the end", is_over).await;
    // It lasted for as long as this computer took.
    let calm = |line: &str| match line.split_once(" second") {
        Some((before, _)) => format!("{}…", before.trim_end_matches(|sign: char| sign.is_ascii_digit())),
        None => line.to_owned(),
    };
    let text = look(&told[1..]);
    insta::assert_snapshot!(text.lines().map(calm).collect::<Vec<_>>().join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_in_german() {
    let stage = Stage::new().await;
    stage.manager.speaks("de");
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let asked = stage.manager.types(&stage.channel, "/subscribe topic:acme").answer().await;
    assert!(asked.says("Dieser Chat erfährt jetzt"), "{}", asked.text());
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.channel.until_says("schwerer Ausfall").await;
    page.show(&[outage.resolved()]);
    let is_over = |all: &[Shown]| all.len() == 3 && all.iter().skip(1).all(|one| one.says("Acme: behoben"));
    let told = stage.channel.wait_for("both to tell the end", is_over).await;
    insta::assert_snapshot!(look(&told));
}
