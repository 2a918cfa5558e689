//! How things are, told at the times that a chat chose, and what is told when a mute ends.

use foghorn::domain::{ChatId, Platform};

use super::{bot, ends_well, pages, telegram, watching};
use crate::support::{
    long_ago,
    page::{Posted, StatusPage},
    telegram::{Room, Seen},
};

fn chat(room: &Room) -> ChatId {
    ChatId { platform: Platform::Telegram, address: room.chat.to_string().into() }
}

fn digests(room: &Room) -> usize {
    room.messages()
        .into_iter()
        .filter(|message| message.is_from_bot && message.text.contains("This is the digest"))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_digest_comes_is_chosen_by_buttons_or_typed() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    page.until_read().await;
    let anna = telegram.person("Anna");
    let room = anna.private();
    anna.asks(&room, "/subscribe acme").await;
    let mut step = anna.asks(&room, "/settings").await;
    for label in ["Digest", "Mondays at 9:00"] {
        let edits = step.edits;
        anna.presses(&room, step.id, label).await;
        let id = step.id;
        step = room.until("the next step", |message: &Seen| message.id == id && message.edits > edits).await;
    }
    assert!(step.text.contains("The time of the digest is now: Mondays at 9:00."), "{step}");
    assert!(step.text.contains("The next one comes "), "{step}");
    let berlin = anna.asks(&room, "/settings timezone Europe/Berlin").await;
    assert!(berlin.text.contains("Europe/Berlin"), "{berlin}");
    let typed = anna.asks(&room, "/settings digest werktags um 8:30 Uhr").await;
    assert!(typed.text.contains("is now: 8:30 Mon-Fri."), "{typed}");
    assert!(typed.text.contains("08:30 CE"), "at the clocks of the chat: {typed}");
    let listed = anna.asks(&room, "/settings").await;
    assert!(listed.text.contains("Digest: 8:30 Mon-Fri, next "), "{listed}");
    let refused = anna.asks(&room, "/settings digest soon").await;
    assert!(refused.text.contains("names no time that comes again"), "{refused}");
    let off = anna.asks(&room, "/settings digest off").await;
    assert!(off.text.contains("is now: off.") && !off.text.contains("The next one"), "{off}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_digests_that_were_missed_one_comes_late_and_tells_all() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let anna = telegram.person("Anna");
    let room = anna.private();
    long_ago::subscribed(&home, "acme", [chat(&room)]).await;
    let program = bot(&home, &telegram);
    page.until_read().await;
    let (slow, down) = (Posted::new("i1", "Log-in is slow", "minor"), Posted::new("i2", "Nobody can pay", "critical"));
    page.show(&[slow.clone(), down.clone()]);
    room.until_told("Log-in is slow").await;
    room.until_told("Nobody can pay").await;
    page.show(&[slow.clone().resolved(), down.clone()]);
    room.until_told("Acme: resolved").await;
    page.until_read_often().await;
    ends_well(program, &telegram);

    // It was to come three times since.
    long_ago::chose_digest(&home, &chat(&room), 3).await;
    let program = bot(&home, &telegram);
    let digest = room.until_told("This is the digest").await;
    for line in
        ["One outage goes on", "Acme: Nobody can pay, since", "One has ended since", "Acme: Log-in is slow, over after"]
    {
        assert!(digest.text.contains(line), "{line}: {digest}");
    }
    assert!(digest.is_silent, "it is no news: {digest}");
    page.until_read_often().await;
    ends_well(program, &telegram);

    let program = bot(&home, &telegram);
    page.show(&[slow.resolved(), down.resolved()]);
    let is_end = |message: &Seen| message.text.contains("Nobody can pay") && message.text.contains("Acme: resolved");
    room.until("the end", is_end).await;
    assert_eq!(digests(&room), 1, "once, also after another start");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_mute_has_ended_what_goes_on_is_told_by_its_alert() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let (room, witness) = (anna.private(), ben.private());
    long_ago::subscribed(&home, "acme", [chat(&room), chat(&witness)]).await;
    let program = bot(&home, &telegram);
    page.until_read().await;
    let muted = anna.asks(&room, "/mute all 2h").await;
    assert!(muted.text.contains("is muted here until"), "{muted}");
    let (over, goes_on) = (Posted::new("i1", "A hiccup", "minor"), Posted::new("i2", "Nobody can pay", "critical"));
    page.show(&[over.clone(), goes_on.clone()]);
    witness.until_told("A hiccup").await;
    witness.until_told("Nobody can pay").await;
    page.show(&[over.clone().resolved(), goes_on.clone()]);
    witness.until_told("Acme: resolved").await;
    page.until_read_often().await;
    ends_well(program, &telegram);

    long_ago::muted(&home, &chat(&room)).await;
    let program = bot(&home, &telegram);
    let alert = room.until_told("Nobody can pay").await;
    assert!(!alert.is_silent && alert.text.contains("Acme: major outage"), "{alert}");
    page.show(&[over.resolved(), goes_on.resolved()]);
    room.until("the end", |message: &Seen| message.is_from_bot && message.reply_to == Some(alert.id)).await;
    assert!(room.told().iter().all(|message| !message.text.contains("A hiccup")), "it was over before the mute ended");
    ends_well(program, &telegram);
}
