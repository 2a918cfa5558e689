//! Groups and channels: who may change what, and what happens to the chat itself.

use super::{bot, ends_well, pages, telegram, until_settled, watching};
use crate::support::{
    page::{Posted, StatusPage},
    program::Home,
    telegram::{Fault, Member, Seen},
};

#[tokio::test(flavor = "multi_thread")]
async fn in_groups_only_administrators_change_subscriptions_hidden_ones_too() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben, cleo) = (telegram.person("Anna"), telegram.person("Ben"), telegram.person("Cleo"));
    let group = anna.supergroup("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.makes(&ben, Member::Ordinary, &group);
    anna.makes(&cleo, Member::Anonymous, &group);
    group.until("the greeting", |message| message.is_from_bot).await;
    let refused = ben.asks(&group, "/subscribe acme").await;
    assert!(!refused.text.contains("This chat now hears"), "{refused}");
    assert!(ben.asks(&group, "/status acme").await.text.contains("Acme"));
    assert!(anna.asks(&group, "/subscribe acme").await.text.contains("This chat now hears about Acme"));
    let changed = cleo.asks(&group, "/subscribe acme major").await;
    assert!(changed.text.contains("major outage only"), "{changed}");
    assert!(!ben.asks(&group, "/unsubscribe acme").await.text.is_empty());
    assert!(ben.asks(&group, "/subscriptions").await.text.contains("Acme"), "it is still there");

    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let alert = group.until_told("Acme: major outage").await;
    let mute = alert.labels().into_iter().find(|label| label.contains("ute")).unwrap().to_owned();
    let shown = ben.presses(&group, alert.id, &mute).await;
    assert!(!shown.text.is_empty(), "who may not is told so, alone");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_groups_that_hide_their_members_administrators_are_known_all_the_same() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let (group, other) = (anna.supergroup("Ops"), anna.supergroup("Sales"));
    for room in [&group, &other] {
        anna.hides_members(room);
        anna.makes_bot(Member::Ordinary, room);
        anna.makes(&ben, Member::Ordinary, room);
        room.until("the greeting", |message| message.is_from_bot).await;
    }
    let refused = ben.asks(&group, "/subscribe acme").await;
    assert!(!refused.text.contains("now hears") && !refused.text.contains("does not say"), "{refused}");
    let done = anna.asks(&group, "/subscribe acme").await;
    assert!(done.text.contains("This chat now hears about Acme"), "{done}");
    assert!(telegram.calls("getChatMember").iter().any(|call| call.code == 400), "they were hidden");

    // Who cannot be found out about is not called a stranger.
    telegram.fail("getChatAdministrators", Fault::Refused(400, "Bad Request: CHAT_ADMIN_REQUIRED"), 1);
    let unchecked = anna.asks(&other, "/subscribe acme").await;
    assert!(unchecked.text.contains("Telegram does not say right now who manages this chat"), "{unchecked}");
    assert!(anna.asks(&other, "/subscribe acme").await.text.contains("This chat now hears about Acme"));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_for_other_bots_and_talk_are_left_alone() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.supergroup("Ops");
    // As an administrator it hears everything.
    anna.makes_bot(Member::Administrator, &group);
    group.until("the greeting", |message| message.is_from_bot).await;
    let before = group.told().len();
    anna.says(&group, "/status@another_bot");
    anna.says(&group, "is whatsapp down?");
    anna.says(&group, "and/or @nobody");
    let answer = anna.asks(&group, &format!("/status@{} acme", telegram.username())).await;
    assert!(answer.text.contains("Acme"), "{answer}");
    assert_eq!(group.told().len(), before + 1, "{:#?}", group.told());
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_keeps_its_subscriptions() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.says(&group, "/subscribe acme");
    group.until_told("now hears about Acme").await;
    let new = anna.upgrades(&group);
    telegram.until_confirmed().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = new.until_told("Acme: major outage").await;
    page.show(&[outage.resolved()]);
    let is_recovery = |id: i64, text: &str| id != alert.id && text.contains("Acme: resolved");
    new.until("the recovery", |message| is_recovery(message.id, &message.text)).await;
    assert!(anna.asks(&new, "/subscriptions").await.text.contains("Acme"));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_amid_an_outage_is_told_the_rest_and_no_other_message_is_touched() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.says(&group, "/subscribe acme");
    group.until_told("now hears about Acme").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let old = group.until_told("Acme: major outage").await;

    // The new group counts its messages anew; the one with the alert's number is the bot's as well, and another.
    let new = anna.upgrades(&group);
    telegram.until_confirmed().await;
    while anna.says(&new, "Is it only me?") < old.id - 2 {}
    let other = anna.asks(&new, "/help").await;
    assert_eq!(other.id, old.id);
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let again = new.until_told("A cable is cut.").await;
    assert!(again.id > other.id && again.reply_to.is_none() && again.text.contains("Acme: major outage"), "{again}");
    let better = found.and("monitoring", "The cable is mended.");
    page.show(std::slice::from_ref(&better));
    let edited = new.until_told("The cable is mended.").await;
    assert_eq!(edited.id, again.id, "from then on it is one alert again");
    page.show(&[better.resolved()]);
    let is_end = |message: &Seen| message.id > again.id && message.text.contains("Duration");
    let recovery = new.until("the end", is_end).await;
    assert_eq!(recovery.reply_to, Some(again.id), "{recovery}");
    let untouched = |message: &Seen| message.id < again.id && message.edits > 0;
    assert!(!new.messages().iter().any(untouched), "{:#?}", new.messages());
    assert_eq!(telegram.calls("editMessageText").iter().filter(|call| call.code != 200).count(), 0);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_became_a_supergroup_unnoticed_is_found_when_it_is_written_to() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.says(&group, "/subscribe acme");
    group.until_told("now hears about Acme").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    group.until_told("Acme: major outage").await;
    ends_well(program, &telegram);
    let new = anna.upgrades(&group);
    // Nobody hears of it any more: updates are kept for a day only.
    telegram.forget_updates();
    let old = group.told().last().unwrap().id;
    while anna.says(&new, "Is it only me?") < old {}
    page.show(&[outage.resolved()]);
    let program = bot(&home, &telegram);
    let recovery = new.until_told("Acme: resolved").await;
    assert!(recovery.reply_to.is_none() && recovery.text.contains("Duration"), "{recovery}");
    page.until_read_often().await;
    assert_eq!(new.told().len(), 1, "{:#?}", new.told());
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_blocks_or_removes_the_bot_is_told_nothing_until_it_is_let_in_again_and_then_what_is_true() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben, cleo) = (telegram.person("Anna"), telegram.person("Ben"), telegram.person("Cleo"));
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.says(&group, "/subscribe acme");
    group.until_told("now hears about Acme").await;
    for person in [&anna, &ben, &cleo] {
        person.asks(&person.private(), "/subscribe acme").await;
    }
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let rooms = [anna.private(), ben.private(), cleo.private(), group.clone()];
    let mut alerts = Vec::new();
    for room in &rooms {
        alerts.push(room.until_told("Acme: major outage").await);
    }
    ben.blocks(true);
    anna.makes_bot(Member::Kicked, &group);
    cleo.goes();
    telegram.until_confirmed().await;
    let before = telegram.calls("sendMessage").len();
    let payments = Posted::new("i2", "Payments fail", "critical");
    page.show(&[outage.resolved(), payments.clone()]);
    anna.private().until_told("Acme: resolved").await;
    anna.private().until_told("Payments fail").await;
    program.until_logged("deactivated");
    let refused: Vec<u16> =
        telegram.calls("sendMessage")[before..].iter().map(|call| call.code).filter(|code| *code != 200).collect();
    assert_eq!(refused, [403], "only who went without a word is written to in vain, and once");

    ben.blocks(false);
    anna.makes_bot(Member::Ordinary, &group);
    for (room, alert) in [(ben.private(), &alerts[1]), (group.clone(), &alerts[3])] {
        let recovery = room.until_told("Acme: resolved").await;
        assert_eq!(recovery.reply_to, Some(alert.id), "{recovery}");
        assert!(room.until_told("Payments fail").await.text.contains("major outage"));
    }
    group.until_told("Alerts rested here").await;
    let first = ben.asks(&ben.private(), "/subscriptions").await;
    assert!(first.text.contains("Alerts rested here") && first.text.contains("Acme"), "{first}");
    let second = ben.asks(&ben.private(), "/subscriptions").await;
    assert!(!second.text.contains("rested"), "{second}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_silences_the_bot_is_told_what_is_true_when_the_bot_may_speak_again() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let group = anna.supergroup("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.says(&group, "/subscribe acme");
    group.until_told("now hears about Acme").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    group.until_told("Acme: major outage").await;
    anna.makes_bot(Member::Muted, &group);
    page.show(&[outage.resolved(), Posted::new("i2", "Payments fail", "critical")]);
    program.until_logged("a chat cannot be written to; its alerts rest");
    until_settled(&page).await;
    let refused = |code: &u16| *code != 200;
    let tries = telegram.calls("sendMessage").iter().map(|call| call.code).filter(refused).count();
    assert_eq!(tries, 1, "one try for all that happens");
    anna.makes_bot(Member::Ordinary, &group);
    group.until_told("Acme: resolved").await;
    group.until_told("Payments fail").await;
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_is_subscribed_by_its_administrator_from_a_private_chat() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let channel = anna.channel("Acme news");
    anna.publishes(&channel, "acme_news");
    anna.asks(&anna.private(), "/status").await;
    anna.makes_bot(Member::Administrator, &channel);
    anna.private().until_told("can post in Acme news now").await;
    let refused = ben.asks(&ben.private(), "/subscribe acme in @acme_news").await;
    assert!(!refused.text.contains("now hears about"), "{refused}");
    let nowhere = anna.asks(&anna.private(), "/subscribe acme in @no_such_channel").await;
    assert!(nowhere.text.contains("no_such_channel"), "{nowhere}");
    let usage = anna.asks(&anna.private(), "/subscribe in @acme_news").await;
    assert!(usage.text.replace('\u{2060}', "").contains("/subscribe whatsapp major_outage in @acme_news"), "{usage}");
    let done = "now hears about Acme";
    anna.says(&anna.private(), "/subscribe acme in @acme_news");
    anna.private().until_told(done).await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    channel.until_told("Acme: major outage").await;
    assert!(!anna.private().told().iter().any(|message| message.text.contains("major outage")));
    let listed = anna.says(&channel, "/subscriptions");
    let answer = channel
        .until("an answer in the channel", |message| {
            message.id > listed && message.is_from_bot && message.text.contains("Acme")
        })
        .await;
    assert!(answer.text.contains("Acme"));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_topic_rests_until_it_is_opened_again_and_no_other_topic_with_it() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let general = anna.forum("Company");
    anna.makes_bot(Member::Ordinary, &general);
    let (closed, deleted) = (anna.opens_topic(&general, "Closed"), anna.opens_topic(&general, "Deleted"));
    anna.asks(&closed, "/subscribe acme").await;
    anna.asks(&deleted, "/subscribe acme").await;
    anna.asks(&anna.private(), "/subscribe acme").await;
    let answered = telegram.calls("sendMessage").iter().filter(|call| call.thread == deleted.thread).count();
    anna.closes_topic(&closed, true);
    anna.deletes_topic(&deleted);
    telegram.until_confirmed().await;
    let before = telegram.calls("sendMessage").len();
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    telegram.until_called("sendMessage", before + 3).await;
    anna.private().until_told("Acme: major outage").await;
    anna.closes_topic(&closed, false);
    assert!(anna.asks(&closed, "/subscriptions").await.text.contains("Acme"), "it may be opened again");
    // What is not there any more is not written to again.
    let tries = || telegram.calls("sendMessage").iter().filter(|call| call.thread == deleted.thread).count();
    assert_eq!(tries(), answered + 1);
    page.show(&[outage, Posted::new("i2", "Payments fail", "critical")]);
    for room in [anna.private(), closed.clone()] {
        room.until_told("Payments fail").await;
    }
    // Opening the topic again is enough.
    closed.until_told("Log-in fails").await;
    assert_eq!(tries(), answered + 1);
    let count = |text: &str| closed.told().iter().filter(|message| message.text.contains(text)).count();
    assert_eq!((count("Log-in fails"), count("Payments fail")), (1, 1));
    ends_well(program, &telegram);
}
