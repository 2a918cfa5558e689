//! Many services that break together, as a chat reads it.

use super::{bot, ends_well, pages, telegram};
use crate::support::{
    page::{Posted, StatusPage},
    program::Home,
};

const SERVICES: usize = 9;
/// So many of them get an alert of their own.
const SINGLE: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn services_that_break_together_are_one_message_that_counts_down_to_the_end() {
    let (server, telegram) = (pages().await, telegram().await);
    let pages: Vec<StatusPage<'_>> =
        (0..SERVICES).map(|number| StatusPage::new(&server, &format!("s{number}"))).collect();
    let services: String =
        pages.iter().enumerate().map(|(number, page)| page.service(&format!("Service {number}."))).collect();
    let home = Home::changed(&[("storm_outages = 0", "storm_outages = 2")], &services);
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe other").await;
    for page in &pages {
        page.until_read().await;
    }

    let outage = Posted::new("i1", "Log-in fails", "critical");
    for page in &pages {
        page.show(std::slice::from_ref(&outage));
    }
    let group = chat.until_told("7 more outages").await;
    let members: Vec<usize> =
        (0..SERVICES).filter(|number| group.text.contains(&format!("Service {number}"))).collect();
    assert_eq!(members.len(), SERVICES - SINGLE, "{group}");
    assert!(group.text.contains("Log-in fails, since") && !group.is_silent, "{group}");
    assert_eq!(chat.told().len(), 1 + SINGLE + 1, "the answer, two alerts, the rest in one: {:#?}", chat.told());

    pages[members[0]].show(&[outage.clone().resolved()]);
    let fewer = chat.until_told("6 more outages").await;
    assert_eq!(fewer.id, group.id, "the message is kept true");
    assert!(fewer.text.contains("One other is over.") && fewer.text.contains("over after"), "{fewer}");
    anna.presses(&chat, group.id, "What is not well").await;
    let seen = |message: &crate::support::telegram::Seen| message.id > group.id && message.is_from_bot;
    chat.until("the overview", seen).await;

    for number in &members[1..] {
        pages[*number].show(&[outage.clone().resolved()]);
    }
    let ends = |message: &crate::support::telegram::Seen| message.text.contains("All 7 outages are over");
    let end = chat.until("the end", |message| message.id > group.id && ends(message)).await;
    assert_eq!(end.reply_to, Some(group.id));
    assert!(end.text.contains("Duration"), "{end}");
    chat.until("the list of what was", |message| message.id == group.id && ends(message)).await;
    for page in &pages {
        page.until_read_often().await;
    }
    assert_eq!(chat.told().len(), 1 + SINGLE + 3, "{:#?}", chat.told());
    ends_well(program, &telegram);
}
