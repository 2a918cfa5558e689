//! Texts of providers that try to be more than text.

use super::stage::Stage;
use crate::support::{
    discord::{Mark, draw},
    page::{Posted, StatusPage},
    program::Home,
};

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_provider_are_read_and_do_nothing() {
    let stage = Stage::new().await;
    let role = stage.server.role("on-call", true);
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;

    let member = stage.member.id;
    let title = format!("Log-in *fails* @everyone <@&{role}> [here](https://evil.example) \u{202e}desrever\u{202c}");
    let words = format!("# Big\u{7} **loud** ||dark|| `code` <@{member}> @here _thin_ ~~old~~ <t:1:R> <:x:1> </ask:1>");
    page.show(&[Posted::new("i1", &title, "critical").and("identified", &words)]);
    let alert = stage.channel.wait_for("the alert", |all| all.len() == 2).await.remove(1);
    assert_eq!(alert.pings, []);
    let text = alert.text();
    assert!(!text.contains(['\u{202e}', '\u{202c}', '\u{7}']), "{text}");
    let drawn = draw(&text);
    let plain = drawn.text.replace('\u{200b}', "");
    for said in [
        "*fails*",
        "@everyone",
        "[here](https://evil.example)",
        "desrever",
        "# Big",
        "**loud**",
        "||dark||",
        "`code`",
        "@here",
        "~~old~~",
    ] {
        assert!(plain.contains(said), "{said} is not to be read in\n{plain}");
    }
    for mark in &drawn.marks {
        let is_ours = match mark {
            // Ours are the headline, names of fields and times. An address leads where it says.
            Mark::Bold(inside) => !inside.contains("loud"),
            Mark::Time(seconds) => *seconds > 1_000_000_000,
            Mark::Link { text, url } => text == url,
            Mark::Quote => true,
            Mark::Italic(_)
            | Mark::Underlined(_)
            | Mark::Struck(_)
            | Mark::Spoiler(_)
            | Mark::Code(_)
            | Mark::Mention(_)
            | Mark::Emoji(_)
            | Mark::Heading
            | Mark::ListItem
            | Mark::Small => false,
        };
        assert!(is_ours, "{mark:?} in\n{text}");
    }
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_without_end_are_cut_where_a_character_ends() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;

    // Two UTF-16 units each, several characters that are one to the eye, and markup that doubles when it is escaped.
    let outage = Posted::new("i1", &"💥".repeat(10_000), "critical").and("identified", &"*_~|".repeat(5_000));
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.wait_for("the alert", |all| all.len() == 2).await.remove(1);
    assert!(alert.says("💥") && alert.says("…"), "{}", alert.text());
    let more = outage.and("monitoring", &"👩‍👩‍👧‍👦ä".repeat(2_000));
    page.show(std::slice::from_ref(&more));
    stage.channel.wait_for("the edit", |all| all[1].edits == 1).await;
    page.show(&[more.resolved()]);
    stage.channel.wait_for("the recovery", |all| all.len() == 3).await;
    let story = stage.ask("/incident incident:acme").await;
    assert!(story.contains('…'), "{story}");
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_discord_takes_from_nobody_costs_its_button_and_not_the_message() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let inside = "status_page = \"http://localhost/\"\n[[service.source]]";
    let service = page.service("Acme").replace("[[service.source]]", inside);
    let _program = stage.start(&Home::new(&service)).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    let link = Some("http://uptime-kuma:3001/incidents/1");
    let outage = Posted { link, ..Posted::new("i1", "Log-in fails", "critical") };
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;
    assert!(alert.says("uptime-kuma:3001") && !alert.says("[Status page]"), "{}", alert.text());
    for line in ["/status service:acme", "/incident incident:acme"] {
        let answer = stage.ask(line).await;
        assert!(answer.contains("Log-in fails") && !answer.contains("[Status page]"), "{answer}");
    }
    page.show(&[outage.resolved()]);
    stage.channel.until_reply_says("Acme: resolved").await;
    assert!(stage.ask("/status service:acme").await.contains("Acme"));
    stage.discord.assert_nothing_refused();
}
