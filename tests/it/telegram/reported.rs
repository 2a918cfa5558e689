//! What people report, as a chat reads it: believed after a while, and confirmed by whoever must know.

use super::{bot, ends_well, pages, telegram, until_settled};
use crate::support::{
    page::{Complaints, Posted, StatusPage},
    program::Home,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_people_report_is_told_as_that_until_the_provider_confirms_it() {
    let (server, telegram) = (pages().await, telegram().await);
    let (page, complaints) = (StatusPage::new(&server, "acme"), Complaints::new(&server));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    page.until_read().await;
    complaints.until_read().await;

    complaints.are("many");
    let alert = chat.until_told("Acme: major outage").await;
    assert!(alert.text.contains("People report: major outage"), "{alert}");
    assert!(alert.text.contains("Reported by people; not confirmed"), "{alert}");
    assert!(!alert.text.contains("fficial") && !alert.text.contains("easured"), "{alert}");

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let is_told = |text: &str| text.contains("Log-in fails") && text.contains("Official, and reported by people");
    chat.until("the edit", |message| message.id == alert.id && is_told(&message.text)).await;

    complaints.are("few");
    complaints.until_read_often().await;
    page.show(&[outage.resolved()]);
    let is_end = |text: &str| text.contains("Acme: resolved") && text.contains("Official, and reported by people");
    let recovery = chat.until("the end", |message| message.id != alert.id && is_end(&message.text)).await;
    assert_eq!(recovery.reply_to, Some(alert.id));
    until_settled(&page).await;
    assert_eq!(chat.told().len(), 3, "the answer, the alert, the recovery: {:#?}", chat.told());
    ends_well(program, &telegram);
}
