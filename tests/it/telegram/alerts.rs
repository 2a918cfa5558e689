//! An outage as one story in a chat.

use super::{bot, ends_well, pages, telegram, until_settled, watching};
use crate::support::{
    page::{Posted, StatusPage},
    program::Home,
    telegram::{Action, Fault, Member},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_an_alert_that_is_kept_true_and_a_recovery_that_answers_it() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    assert!(anna.asks(&chat, "/subscribe acme").await.text.contains("This chat now hears about Acme"));

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = chat.until_told("Acme: major outage").await;
    assert!(alert.text.contains("Log-in fails") && alert.text.contains("We look into it (i1)."), "{alert}");
    assert!(alert.text.contains("Official") && alert.drawn.contains("**Acme: major outage**"), "{alert}");
    assert!(!alert.is_silent, "an opening makes a sound");
    assert!(!alert.is_previewed && alert.reply_to.is_none(), "{alert}");
    let opens = |action: &Action| matches!(action, Action::Link(_));
    assert!(alert.keyboard.iter().flatten().any(|button| !opens(&button.action)), "timeline and mute: {alert}");

    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let edited =
        chat.until("the edit", |message| message.id == alert.id && message.text.contains("A cable is cut.")).await;
    assert!(edited.text.contains("cause found") && edited.edits >= 1, "{edited}");

    page.show(&[found.resolved()]);
    let recovery = chat.until_told("Acme: resolved").await;
    let is_new = |id: i64| id != alert.id;
    let recovery = if is_new(recovery.id) {
        recovery
    } else {
        chat.until("the recovery", |message| is_new(message.id) && message.text.contains("Acme: resolved")).await
    };
    assert_eq!(recovery.reply_to, Some(alert.id));
    assert!(recovery.text.contains("Duration: 2 minutes"), "{recovery}");
    until_settled(&page).await;
    assert_eq!(chat.told().len(), 3, "the answer, the alert, the recovery: {:#?}", chat.told());
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_telegram_says_changes_nothing_is_done_and_not_told_anew() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = chat.until_told("Acme: major outage").await;
    let same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a \
                current content and reply markup of the message";
    telegram.fail("editMessageText", Fault::Refused(400, same), 1);
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    telegram.until_faults_are_over().await;
    until_settled(&page).await;
    page.show(&[found.and("monitoring", "The cable is mended.")]);
    let edited = chat.until_told("The cable is mended.").await;
    assert_eq!(edited.id, alert.id, "it is the same alert all the time");
    assert_eq!(chat.told().len(), 2, "the answer and the alert: {:#?}", chat.told());
    ends_well(program, &telegram);
    // A call is noted behind what it does; now all are.
    let codes: Vec<u16> = telegram.calls("editMessageText").iter().map(|call| call.code).collect();
    assert_eq!(codes, [400, 200], "one try for each of the two");
}

#[tokio::test(flavor = "multi_thread")]
async fn text_from_outside_calls_nobody_and_leads_nowhere() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    let nasty = "🔥 @everyone #win /start *b* <b>x</b> [a](http://evil.com) evil.com x@evil.com \u{202e}txt";
    let mut outage = Posted::new("i1", nasty, "major");
    outage.updates[0].1 = format!("{nasty} {}", "😀 long ".repeat(1500));
    page.show(std::slice::from_ref(&outage));
    let alert = chat.until("the alert", |message| message.is_from_bot && message.text.contains('🔥')).await;
    let foreign: Vec<&String> = alert.live.iter().filter(|live| !live.starts_with("/incident")).collect();
    assert!(foreign.is_empty(), "{foreign:?} in {alert}");
    assert!(alert.text.contains('…') && !alert.text.contains('\u{202e}'), "{alert}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn subscriptions_belong_to_the_topic_in_which_they_were_made() {
    let (server, telegram) = (pages().await, telegram().await);
    let (first, second) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "post"));
    let home = Home::new(&(first.service("Acme") + &second.service("Post")));
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let general = anna.forum("Company");
    anna.makes_bot(Member::Ordinary, &general);
    general.until("the greeting", |message| message.is_from_bot).await;
    let (alerts, talk) = (anna.opens_topic(&general, "Alerts"), anna.opens_topic(&general, "Talk"));
    anna.asks(&alerts, "/subscribe acme").await;
    let beginning = general.told().len();
    anna.asks(&general, "/subscribe post").await;

    first.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    alerts.until_told("Acme: major outage").await;
    second.show(&[Posted::new("i2", "Orders fail", "critical")]);
    general.until_told("Post: major outage").await;
    first.show(&[Posted::new("i1", "Log-in fails", "critical").resolved()]);
    let recovery = alerts.until_told("Acme: resolved").await;
    assert!(recovery.reply_to.is_some());
    assert!(talk.told().is_empty(), "{:#?}", talk.told());
    assert_eq!(general.told().len(), beginning + 2, "{:#?}", general.told());
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_somebody_deleted_is_told_anew_when_there_is_news() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = chat.until_told("Acme: major outage").await;
    anna.deletes(&chat, alert.id);
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let again = chat.until_told("A cable is cut.").await;
    assert_ne!(again.id, alert.id);
    page.show(&[found.resolved()]);
    let is_recovery = |id: i64, text: &str| id != again.id && text.contains("Acme: resolved");
    let recovery = chat.until("the recovery", |message| is_recovery(message.id, &message.text)).await;
    assert_eq!(recovery.reply_to, Some(again.id));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_wants_updates_as_messages_gets_them_as_silent_answers_to_the_alert() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    anna.asks(&chat, "/settings updates replies").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = chat.until_told("Acme: major outage").await;
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let is_update = |id: i64, text: &str| id != alert.id && text.contains("A cable is cut.");
    let update = chat.until("the update", |message| is_update(message.id, &message.text)).await;
    assert_eq!((update.reply_to, update.is_silent), (Some(alert.id), true), "{update}");
    until_settled(&page).await;
    let count = chat.told().iter().filter(|message| is_update(message.id, &message.text)).count();
    assert_eq!(count, 1);
    ends_well(program, &telegram);
}
