//! What a chat chose to hear, typed as words, and what it keeps silent about.

use super::{bot, ends_well, pages, telegram, watching};
use crate::support::{
    page::{Complaints, Posted, StatusPage},
    program::Home,
    telegram::{Room, Seen},
};

/// The messages of a chat that tell of a story with one of these words.
fn about(room: &Room, words: &str) -> Vec<Seen> {
    room.told().into_iter().filter(|message| message.text.contains(words)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_typed_as_words_and_hold_from_the_beginning_of_a_story_to_its_end() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    page.until_read().await;
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let (all, some) = (anna.private(), ben.private());
    anna.asks(&all, "/subscribe acme").await;
    let line = "/subscribe acme major_outage components=Payments, API regions=EU maintenance=off sources=official";
    let subscribed = ben.asks(&some, line).await;
    let listed = ben.asks(&some, "/subscriptions").await;
    for shown in
        ["major outage only", "Payments and API", "Only regions: EU", "Maintenance: off", "official sources only"]
    {
        assert!(subscribed.text.contains(shown) && listed.text.contains(shown), "{shown}: {subscribed} {listed}");
    }
    let refused = ben.asks(&some, "/subscribe acme maintenance=perhaps").await;
    assert!(refused.text.contains("on") && refused.text.contains("off"), "{refused}");

    let (mut mild, mut elsewhere, mut down) = (
        Posted::new("i1", "Payments are slow", "minor"),
        Posted::new("i2", "Nobody can log in", "critical"),
        Posted::new("i3", "Nobody can pay", "critical"),
    );
    mild.components.push("Payments");
    elsewhere.components.push("Log-in");
    down.components.push("payments");
    let mut posted = Vec::new();
    for one in [&mild, &elsewhere, &down] {
        posted.push(one.clone());
        page.show(&posted);
        all.until_told(&one.title).await;
    }
    let alert = some.until_told("Nobody can pay").await;
    page.show(&posted.into_iter().map(Posted::resolved).collect::<Vec<_>>());
    let is_end = |message: &Seen| message.is_from_bot && message.reply_to == Some(alert.id);
    let end = some.until("the end", is_end).await;
    assert!(end.text.contains("Acme: resolved"), "{end}");
    for title in ["Payments are slow", "Nobody can log in"] {
        let is_end = |message: &Seen| message.text.contains(title) && message.text.contains("Acme: resolved");
        all.until("its end", is_end).await;
        assert!(about(&some, title).is_empty(), "{title} was not asked for");
    }
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_people_say_is_not_told_to_who_wants_the_provider_s_word() {
    let (server, telegram) = (pages().await, telegram().await);
    let (page, complaints) = (StatusPage::new(&server, "acme"), Complaints::new(&server));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let program = bot(&home, &telegram);
    page.until_read().await;
    complaints.until_read().await;
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let (all, sober) = (anna.private(), ben.private());
    anna.asks(&all, "/subscribe acme").await;
    ben.asks(&sober, "/subscribe acme sources=official").await;
    complaints.are("many");
    all.until_told("People report: major outage").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = sober.until_told("Log-in fails").await;
    assert!(alert.text.contains("Official, and reported by people") && alert.edits == 0, "{alert}");
    assert_eq!(about(&sober, "Acme: major outage").len(), 1, "{:#?}", sober.told());
    complaints.are("few");
    complaints.until_read_often().await;
    page.show(&[outage.resolved()]);
    let is_end = |message: &Seen| message.is_from_bot && message.reply_to == Some(alert.id);
    sober.until("the end", is_end).await;
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_is_changed_by_buttons_while_an_outage_goes_on() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    page.until_read().await;
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    let slow = Posted::new("i1", "Log-in is slow", "minor");
    page.show(std::slice::from_ref(&slow));
    let alert = chat.until_told("Log-in is slow").await;
    page.until_read().await;
    let menu = anna.asks(&chat, "/subscribe").await;
    let mut step = menu;
    for label in ["ther", "Acme", "major outage"] {
        let edits = step.edits;
        anna.presses(&chat, step.id, label).await;
        let id = step.id;
        step = chat.until("the next step", |message: &Seen| message.id == id && message.edits > edits).await;
    }
    assert!(step.text.contains("told to its end if it was alerted before: Acme: Log-in is slow"), "{step}");
    page.show(&[slow.resolved()]);
    chat.until("the end", |message: &Seen| message.is_from_bot && message.reply_to == Some(alert.id)).await;
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn mutes_are_typed_as_people_speak_and_ended_from_the_list() {
    let (server, telegram) = (pages().await, telegram().await);
    let (acme, post) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "post"));
    let home = Home::new(&(acme.service("Acme") + &post.service("Post")));
    let program = bot(&home, &telegram);
    acme.until_read().await;
    post.until_read().await;
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let (chat, witness) = (anna.private(), ben.private());
    for (person, room) in [(&anna, &chat), (&ben, &witness)] {
        person.asks(room, "/subscribe acme").await;
        person.asks(room, "/subscribe post").await;
    }
    let outage = Posted::new("i1", "Log-in fails", "critical");
    acme.show(std::slice::from_ref(&outage));
    let alert = chat.until_told("Log-in fails").await;
    // The incident by its id, a service for a German length, all until a time.
    for line in ["/mute acme-1", "/mute post eine Stunde", "/mute all bis 9:00", "/mute all until tomorrow 9:00"] {
        let muted = anna.asks(&chat, line).await;
        assert!(muted.text.contains("is muted here until"), "{line}: {muted}");
    }
    let other = Posted::new("i2", "Letters are late", "critical");
    post.show(std::slice::from_ref(&other));
    witness.until_told("Letters are late").await;
    acme.show(&[outage.resolved()]);
    let end = chat.until("the end", |seen: &Seen| seen.is_from_bot && seen.reply_to == Some(alert.id)).await;
    assert!(end.is_silent && end.text.contains("Acme: resolved"), "{end}");
    post.until_read_often().await;
    assert!(about(&chat, "Letters are late").is_empty(), "it began while all was muted");

    let listed = anna.asks(&chat, "/subscriptions").await;
    assert!(listed.text.contains("Muted:") && listed.labels().contains(&"Unmute Post"), "{listed}");
    anna.presses(&chat, listed.id, "Unmute Everything").await;
    chat.until("that nothing is muted", |seen: &Seen| seen.is_from_bot && seen.text.contains("no longer muted")).await;
    let again = anna.asks(&chat, "/unmute").await;
    assert!(again.text.contains("Nothing is muted here"), "{again}");
    let found = other.and("identified", "The vans are lost.");
    post.show(std::slice::from_ref(&found));
    let late = chat.until_told("The vans are lost.").await;
    post.show(&[found.resolved()]);
    chat.until("the end", |seen: &Seen| seen.is_from_bot && seen.reply_to == Some(late.id)).await;
    ends_well(program, &telegram);
}
