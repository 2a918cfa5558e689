//! How things are, told at the times that a channel chose, and what is told when a mute ends.

use foghorn::domain::{ChatId, Platform};

use super::stage::{Stage, timeless};
use crate::support::{
    discord::{Channel, Shown},
    long_ago,
    page::{Posted, StatusPage},
    program::Home,
};

fn chat(channel: &Channel) -> ChatId {
    ChatId { platform: Platform::Discord, address: channel.address().into() }
}

fn digests(channel: &Channel) -> Vec<Shown> {
    channel.messages().into_iter().filter(|message| message.says("This is the digest")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_digest_comes_is_chosen_by_buttons_or_typed() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    let shown = stage.manager.types(&stage.channel, "/settings").answer().await;
    assert!(shown.says("Digest") && shown.says("off"), "{}", shown.text());
    let menu = stage.manager.presses(&shown, "Digest").answer().await;
    let chosen = stage.manager.presses(&menu, "weekdays at 9:00").answer().await;
    let said = timeless(&chosen.text());
    assert!(said.contains("The time of the digest is now: **weekdays at 9:00**."), "{said}");
    assert!(said.contains("The next one comes <t:…"), "{said}");

    let typed = stage.manager.types(&stage.channel, "/settings key:digest value:Mon, Wed 8:30").answer().await;
    assert!(typed.says("8:30 Mon,Wed"), "{}", typed.text());
    let cron = stage.manager.types(&stage.channel, "/settings key:digest value:0 */6 * * *").answer().await;
    assert!(cron.says("0 \\*/6 \\* \\* \\*"), "{}", cron.text());
    let often = stage.manager.types(&stage.channel, "/settings key:digest value:* * * * *").answer().await;
    assert!(often.says("names no time that comes again") && often.says("`9:00 Mon-Fri`"), "{}", often.text());
    let off = stage.manager.types(&stage.channel, "/settings key:digest value:off").answer().await;
    assert!(off.says("The time of the digest is now: **off**.") && !off.says("The next one"), "{}", off.text());
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_digests_that_were_missed_one_comes_late_and_tells_all() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    long_ago::subscribed(&home, "acme", [chat(&stage.channel)]).await;
    let program = stage.start(&home).await;
    page.until_read().await;
    let (slow, down) = (Posted::new("i1", "Log-in is slow", "minor"), Posted::new("i2", "Nobody can pay", "critical"));
    page.show(&[slow.clone(), down.clone()]);
    stage.channel.until_says("Log-in is slow").await;
    stage.channel.until_says("Nobody can pay").await;
    let mended = [slow.resolved(), down.clone()];
    page.show(&mended);
    stage.channel.until_reply_says("Acme: resolved").await;
    page.until_read_often().await;
    assert_eq!(program.stop("TERM").code(), Some(0));

    // It was to come three times since.
    long_ago::chose_digest(&home, &chat(&stage.channel), 3).await;
    let program = stage.start(&home).await;
    let digest = stage.channel.until_says("This is the digest").await;
    insta::assert_snapshot!(timeless(&digest.text()));
    assert!(digest.is_silent, "it is no news");
    page.until_read_often().await;
    assert_eq!(program.stop("TERM").code(), Some(0));

    let program = stage.start(&home).await;
    page.show(&[down.resolved()]);
    stage.channel.wait_for("the end", |all| all.iter().filter(|one| one.reply_to.is_some()).count() == 2).await;
    assert_eq!(digests(&stage.channel).len(), 1, "once, also after another start");
    assert_eq!(program.stop("TERM").code(), Some(0));
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_mute_has_ended_what_goes_on_is_told_together_and_to_its_end() {
    let stage = Stage::new().await;
    let pages = ["acme", "bank", "post"].map(|id| StatusPage::new(&stage.feeds, id));
    let services: String = pages.iter().zip(["Acme", "Bank", "Post"]).map(|(page, name)| page.service(name)).collect();
    let home = Home::changed(&[("storm_outages = 0", "storm_outages = 9")], &services);
    for id in ["acme", "bank", "post"] {
        long_ago::subscribed(&home, id, [chat(&stage.channel)]).await;
    }
    let witness = stage.server.channel("witness");
    let program = stage.start(&home).await;
    for (page, topic) in pages.iter().zip(["acme", "bank", "post"]) {
        page.until_read().await;
        stage.subscribe(&witness, &format!("topic:{topic}")).await;
    }
    let muted = stage.manager.types(&stage.channel, "/mute what:all duration:2h").answer().await;
    assert!(muted.says("is muted here until"), "{}", muted.text());
    let outage = Posted::new("i1", "All is dark", "critical");
    for page in &pages {
        page.show(std::slice::from_ref(&outage));
    }
    witness.wait_for("three alerts", |all| all.iter().filter(|one| one.says("All is dark")).count() == 3).await;
    pages[0].until_read_often().await;
    assert!(stage.channel.messages().iter().all(|message| !message.says("All is dark")));
    assert_eq!(program.stop("TERM").code(), Some(0));

    long_ago::muted(&home, &chat(&stage.channel)).await;
    let program = stage.start(&home).await;
    let together = stage.channel.until_says("3 outages go on").await;
    assert!(together.says("A mute has ended here."), "{}", together.text());
    for page in &pages {
        page.show(&[outage.clone().resolved()]);
    }
    let end = stage.channel.until_reply_says("All 3 outages are over").await;
    assert_eq!(end.reply_to, Some(together.place.message));
    assert_eq!(program.stop("TERM").code(), Some(0));
    stage.discord.assert_nothing_refused();
}
