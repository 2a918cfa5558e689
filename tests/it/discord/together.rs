//! Many services that break together, as a channel reads it.

use super::stage::Stage;
use crate::support::{
    discord::{Ping, Shown},
    page::{Posted, StatusPage},
    program::Home,
};

const SERVICES: usize = 10;
/// So many of them get an alert of their own.
const SINGLE: usize = 3;

/// The services that a message lists, in the order of their numbers.
fn listed(message: &Shown) -> Vec<usize> {
    (0..SERVICES).filter(|number| message.says(&format!("Service {number}."))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn services_that_break_together_are_one_message_that_counts_down_to_the_end() {
    let stage = Stage::new().await;
    let role = stage.server.role("on-call", true);
    let pages: Vec<StatusPage<'_>> =
        (0..SERVICES).map(|number| StatusPage::new(&stage.feeds, &format!("s{number}"))).collect();
    let services: String =
        pages.iter().enumerate().map(|(number, page)| page.service(&format!("Service {number}."))).collect();
    let home = Home::changed(&[("storm_outages = 0", "storm_outages = 3")], &services);
    let program = stage.start(&home).await;
    stage.subscribe(&stage.channel, &format!("topic:other mention:{role}")).await;
    for page in &pages {
        page.until_read().await;
    }

    let outage = Posted::new("i1", "Log-in fails", "critical");
    for page in &pages {
        page.show(std::slice::from_ref(&outage));
    }
    let group = stage.channel.until_says("7 more outages").await;
    assert!(group.says("Log-in fails, since") && group.says("so they stand here together"), "{}", group.text());
    let members = listed(&group);
    assert_eq!(members.len(), SERVICES - SINGLE, "{}", group.text());
    assert_eq!(group.pings, [Ping::Role(role)]);
    assert_eq!(stage.channel.messages().len(), 1 + SINGLE + 1, "the answer, three alerts, the rest in one");

    for number in &members[..2] {
        pages[*number].show(&[outage.clone().resolved()]);
    }
    let fewer = stage.channel.until_says("5 more outages").await;
    assert_eq!(fewer.place, group.place, "the message is kept true");
    assert!(fewer.says("2 others are over.") && fewer.says("over after"), "{}", fewer.text());
    assert_eq!(listed(&fewer), members);
    let overview = stage.member.presses(&fewer, "What is not well").answer().await;
    assert!(overview.says(&format!("Service {}.", members[6])), "{}", overview.text());

    drop(program.kill());
    let _program = stage.start(&home).await;
    for page in &pages {
        page.show(&[outage.clone().resolved()]);
    }
    let end = stage.channel.until_reply_says("All 7 outages are over").await;
    assert_eq!(end.reply_to, Some(group.place.message));
    assert!(end.says("Duration"), "{}", end.text());
    let over = |message: &Shown| message.place == group.place && message.says("All 7 outages are over");
    let all = stage.channel.wait_for("all ends", |all| all.len() == 1 + 2 * SINGLE + 2 && all.iter().any(over)).await;
    let pings: Vec<_> = all.iter().flat_map(|message| &message.pings).collect();
    assert_eq!(pings, [&Ping::Role(role); SINGLE + 1], "one call for each message that begins something");
    for page in &pages {
        page.until_read_often().await;
    }
    assert_eq!(stage.channel.messages().len(), all.len());
    stage.discord.assert_nothing_refused();
}
