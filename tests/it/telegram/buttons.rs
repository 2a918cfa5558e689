//! Buttons: menus that lead step by step to an answer, pages that are turned, and what stands below an alert.

use serde_json::json;

use super::{bot, ends_well, pages, telegram, watching};
use crate::support::{
    feed_server::Answer,
    page::{Posted, StatusPage, ago},
    program::{Home, service},
    telegram::{Action, Member, Person, Room, Seen},
};

/// Presses a button and waits until its message says something else.
async fn turned(person: &Person, room: &Room, message: &Seen, label: &str) -> Seen {
    assert!(message.labels().iter().any(|one| one.contains(label)), "no {label:?} below {message}");
    person.presses(room, message.id, label).await;
    let is_next = |seen: &Seen| seen.id == message.id && seen.edits > message.edits;
    room.until(&format!("what follows {label:?}"), is_next).await
}

/// A page on which nothing is wrong with two parts.
fn show_parts(page: &StatusPage<'_>) {
    let part = |name: &str| json!({ "id": name, "name": name, "status": "operational", "group": false });
    let document = json!({ "page": { "id": "acme", "name": "acme" }, "status": { "indicator": "none" },
        "components": [part("Log-in"), part("Payments")], "incidents": [], "scheduled_maintenances": [] });
    page.answer(Answer::json(document.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn severity_components_and_language_are_chosen_by_buttons() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    show_parts(&page);
    let program = bot(&home, &telegram);
    page.until_read().await;
    let anna = telegram.person("Anna");
    let chat = anna.private();
    let menu = anna.asks(&chat, "/subscribe").await;
    let services = turned(&anna, &chat, &menu, "ther").await;
    let severities = turned(&anna, &chat, &services, "Acme").await;
    assert!(severities.labels().iter().any(|label| label.contains("major outage")), "{severities}");
    let parts = turned(&anna, &chat, &severities, "Components").await;
    let chosen = turned(&anna, &chat, &parts, "Payments").await;
    assert!(chosen.labels().contains(&"✓ Payments"), "{chosen}");
    let back = turned(&anna, &chat, &chosen, "Back").await;
    let last = turned(&anna, &chat, &back, "major outage").await;
    assert!(last.text.contains("major outage only") && last.text.contains("Payments"), "{last}");
    let listed = anna.asks(&chat, "/subscriptions").await;
    assert!(listed.text.contains("Payments") && !listed.text.contains("Log-in"), "{listed}");

    let settings = anna.asks(&chat, "/settings").await;
    let languages = turned(&anna, &chat, &settings, "anguage").await;
    let german = turned(&anna, &chat, &languages, "Deutsch").await;
    assert!(german.text.contains("Deutsch"), "{german}");
    assert!(anna.asks(&chat, "/status acme").await.text.contains("in Betrieb"), "it speaks German from now on");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_channel_is_to_hear_is_chosen_by_buttons_in_the_private_chat_of_its_administrator() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    page.until_read().await;
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let (channel, chat) = (anna.channel("Acme news"), anna.private());
    anna.publishes(&channel, "acme_news");
    anna.makes_bot(Member::Administrator, &channel);
    anna.makes(&ben, Member::Administrator, &channel);
    chat.until_told("can post in Acme news now").await;
    let menu = anna.asks(&chat, "/subscribe in @acme_news").await;
    let services = turned(&anna, &chat, &menu, "ther").await;
    assert!(services.text.contains("Acme news"), "{services}");
    let severities = turned(&anna, &chat, &services, "Acme").await;
    let last = turned(&anna, &chat, &severities, "major outage").await;
    assert!(last.text.contains("now hears about Acme") && last.text.contains("Acme news"), "{last}");
    assert!(!anna.asks(&chat, "/subscriptions").await.text.contains("Acme"), "it was not about this chat");
    let listed = anna.asks(&chat, "/subscriptions in @acme_news").await;
    assert!(listed.text.contains("Acme") && listed.text.contains("major outage only"), "{listed}");

    let languages = anna.asks(&chat, "/settings language in @acme_news").await;
    let german = turned(&anna, &chat, &languages, "Deutsch").await;
    assert!(german.text.contains("Deutsch") && german.text.contains("Acme news"), "{german}");
    let asked = anna.says(&channel, "/status acme");
    let status = channel.until("the answer", |message| message.is_from_bot && message.id > asked).await;
    assert!(status.text.contains("in Betrieb"), "{status}");
    assert!(anna.asks(&chat, "/status acme").await.text.contains("operational"), "here nothing was changed");

    // Who is no administrator any more may press what they were shown, and it does nothing.
    let menu = ben.asks(&ben.private(), "/subscribe in @acme_news").await;
    anna.makes(&ben, Member::Ordinary, &channel);
    let refused = ben.presses(&ben.private(), menu.id, "ther").await;
    assert!(refused.is_alert && refused.text.contains("Acme news"), "{refused:?}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_read_page_by_page() {
    const SERVICES: usize = 45;
    let (server, telegram) = (pages().await, telegram().await);
    let up = server.url("/up");
    server.set("/up", Answer::html("<p>Welcome</p>"));
    let name = |number: usize| format!("Service {number:02}");
    let services: String =
        (0..SERVICES).map(|number| service(&format!("s{number:02}"), &name(number), "http", &up)).collect();
    let home = Home::new(&services);
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    let first = anna.asks(&chat, "/services other").await;
    let second = turned(&anna, &chat, &first, "Next").await;
    let third = turned(&anna, &chat, &second, "Next").await;
    let all = [&first, &second, &third].map(|page| page.text.clone()).concat();
    for number in 0..SERVICES {
        assert!(all.contains(&name(number)), "{number}");
    }
    assert!(!third.labels().iter().any(|label| label.contains("Next")), "{third}");
    let again = turned(&anna, &chat, &third, "Previous").await;
    assert_eq!(again.text, second.text);
    assert_eq!(chat.told().len(), 1, "it is one message all the time");
    ends_well(program, &telegram);
}

/// An outage with many updates, each as long as providers write them.
fn long_story() -> Posted {
    let words = "We are working with our providers on it and tell more as soon as we know. ".repeat(6);
    (0..24).fold(Posted::new("i1", "Log-in fails", "critical"), |story, number| {
        story.and("identified", &format!("Step {number}. {words}"))
    })
}

/// Reads a timeline from the newest page to the oldest; gives all it told.
async fn read_back(person: &Person, room: &Room, mut page: Seen) -> String {
    let mut whole = page.text.clone();
    while page.labels().iter().any(|label| label.contains("Older")) {
        page = turned(person, room, &page, "Older").await;
        whole.push_str(&page.text);
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_timeline_is_read_page_by_page_in_private() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    page.show(&[long_story()]);
    chat.until_told("Acme: major outage").await;
    let timeline = anna.asks(&chat, "/incident acme").await;
    assert!(timeline.text.contains("Step 23.") && !timeline.text.contains("Step 3."), "the newest first: {timeline}");
    let whole = read_back(&anna, &chat, timeline).await;
    for number in 0..24 {
        assert!(whole.contains(&format!("Step {number}.")), "{number} in {whole}");
    }
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_in_a_group_is_one_message_below_the_alert_whose_pages_anybody_turns() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let group = anna.supergroup("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.makes(&ben, Member::Ordinary, &group);
    group.until("the greeting", |message| message.is_from_bot).await;
    anna.asks(&group, "/subscribe acme").await;
    page.show(&[long_story()]);
    let alert = group.until_told("Acme: major outage").await;
    let before = group.told().len();
    let shown = ben.presses(&group, alert.id, "Timeline").await;
    assert_eq!(shown.text, "");
    let timeline = group.until("the timeline", |message| message.is_from_bot && message.id > alert.id).await;
    assert_eq!((timeline.reply_to, timeline.is_silent), (Some(alert.id), true), "{timeline}");
    let whole = read_back(&ben, &group, timeline.clone()).await;
    for number in 0..24 {
        assert!(whole.contains(&format!("Step {number}.")), "{number} in {whole}");
    }
    // Whoever presses the alert's button again is shown the same message, with what is newest.
    let oldest = group.until("the oldest page", |message| message.id == timeline.id).await;
    assert!(!oldest.text.contains("Step 23."), "{oldest}");
    let shown = anna.presses(&group, alert.id, "Timeline").await;
    assert!(shown.text.contains("already below this alert") && !shown.is_alert, "{shown:?}");
    group.until("the newest page", |message| message.id == timeline.id && message.text.contains("Step 23.")).await;
    assert_eq!(group.told().len(), before + 1, "{:#?}", group.told());
    // It is not there any more: then it is told anew.
    anna.deletes(&group, timeline.id);
    ben.presses(&group, alert.id, "Timeline").await;
    group.until("a new one", |message| message.is_from_bot && message.id > timeline.id).await;
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_for_a_popup_is_one_silent_message_below_the_button_in_a_group() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let group = anna.supergroup("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    anna.makes(&ben, Member::Ordinary, &group);
    let greeting = group.until("the greeting", |message| message.is_from_bot).await;
    let shown = ben.presses(&group, greeting.id, "Help").await;
    assert_eq!(shown.text, "", "it is told below");
    let help = group.until("the help", |message| message.is_from_bot && message.id > greeting.id).await;
    assert_eq!((help.reply_to, help.is_silent), (Some(greeting.id), true), "{help}");
    let whole = ben.asks(&ben.private(), "/help").await;
    assert!(whole.text.chars().count() > 200, "{whole}");
    assert_eq!(last_line(&help), last_line(&whole), "to its end");
    let again = anna.presses(&group, greeting.id, "Help").await;
    assert!(again.text.contains("already below this message") && !again.is_alert, "{again:?}");
    assert_eq!(group.told().len(), 2, "{:#?}", group.told());

    // One service of those that are not well, with all that is told of it.
    anna.asks(&group, "/subscribe acme").await;
    page.show(&[long_story()]);
    group.until_told("Acme: major outage").await;
    let overview = anna.asks(&group, "/status").await;
    ben.presses(&group, overview.id, "Acme").await;
    let status = group.until("its state", |message| message.is_from_bot && message.id > overview.id).await;
    assert_eq!((status.reply_to, status.is_silent), (Some(overview.id), true), "{status}");
    assert!(status.text.contains("Step 23.") && !status.text.ends_with('…'), "{status}");
    ends_well(program, &telegram);
}

/// The last line of a message that says anything.
fn last_line(message: &Seen) -> &str {
    message.text.lines().rfind(|line| !line.is_empty()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_of_a_channel_are_led_to_the_timeline_in_private() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    let channel = anna.channel("Acme news");
    anna.publishes(&channel, "acme_news");
    anna.makes_bot(Member::Administrator, &channel);
    anna.makes(&ben, Member::Ordinary, &channel);
    anna.says(&anna.private(), "/subscribe acme in @acme_news");
    anna.private().until_told("now hears about Acme").await;
    page.show(&[long_story()]);
    let alert = channel.until_told("Acme: major outage").await;
    let shown = ben.presses(&channel, alert.id, "Timeline").await;
    let link = shown.url.expect("it leads nowhere");
    let lead = format!("https://t.me/{}?start=", telegram.username());
    let start = link.strip_prefix(&lead).unwrap_or_else(|| panic!("{link} is not {lead}…"));
    let timeline = ben.follows_link(start).await;
    assert!(timeline.text.contains("Step 23."), "{timeline}");
    assert!(!ben.asks(&ben.private(), "/subscriptions").await.text.contains("Acme"), "reading subscribes nobody");
    assert_eq!(channel.told().len(), 1, "{:#?}", channel.told());

    // So they are to whatever has no room in a popup.
    let asked = anna.says(&channel, "/status");
    let overview = channel.until("the answer", |message| message.is_from_bot && message.id > asked).await;
    let shown = ben.presses(&channel, overview.id, "Acme").await;
    let link = shown.url.expect("it leads nowhere");
    let start = link.strip_prefix(&lead).unwrap_or_else(|| panic!("{link} is not {lead}…"));
    let status = ben.follows_link(start).await;
    assert!(status.text.contains("Step 23."), "{status}");
    assert_eq!(channel.told().len(), 2, "{:#?}", channel.told());
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_has_a_button_that_opens_the_providers_own_page() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    let incident = json!({ "id": "i1", "name": "Log-in fails", "status": "investigating", "impact": "critical",
        "created_at": ago(12).to_rfc3339(), "shortlink": "https://status.example/i/abc", "incident_updates": [] });
    let document = json!({ "page": { "id": "acme", "name": "acme" }, "status": { "indicator": "critical" },
        "components": [], "incidents": [incident], "scheduled_maintenances": [] });
    page.answer(Answer::json(document.to_string()));
    let alert = chat.until_told("Acme: major outage").await;
    let opens = alert.keyboard.iter().flatten().find(|button| button.text == "Status page").expect("no such button");
    assert_eq!(opens.action, Action::Link("https://status.example/i/abc".to_owned()));
    assert!(!alert.is_previewed, "{alert}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_below_a_message_too_old_to_tell_its_topic_does_nothing_elsewhere() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let general = anna.forum("Company");
    anna.makes_bot(Member::Ordinary, &general);
    general.until("the greeting", |message| message.is_from_bot).await;
    let alerts = anna.opens_topic(&general, "Alerts");
    anna.asks(&alerts, "/subscribe acme").await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let alert = alerts.until_told("Acme: major outage").await;
    let (here, there) = (alerts.told().len(), general.told().len());
    telegram.ages(&alerts, alert.id);
    for (label, command) in [("Mute", "/mute acme-1"), ("Timeline", "/incident acme-1")] {
        let shown = anna.presses(&alerts, alert.id, label).await;
        assert!(shown.is_alert && shown.text.contains(command), "{shown:?}");
    }
    telegram.until_confirmed().await;
    assert!(anna.asks(&general, "/subscriptions").await.text.contains("no subscriptions"), "nothing was changed there");
    assert_eq!((alerts.told().len(), general.told().len()), (here, there + 1));
    // What it says to type does it.
    let muted = anna.asks(&alerts, "/mute acme-1").await;
    assert!(muted.text.contains("acme-1") || muted.text.contains("Acme"), "{muted}");
    ends_well(program, &telegram);
}
