//! What people type and press, and what they get for it.

use super::{bot, ends_well, pages, telegram, watching};
use crate::support::{
    page::{Posted, StatusPage},
    telegram::{Action, Seen},
};

#[tokio::test(flavor = "multi_thread")]
async fn commands_in_plain_words_are_answered_and_wrong_ones_explained() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    assert!(anna.asks(&chat, "/subscribe acme major").await.text.contains("Severity: major outage only"));
    assert!(anna.asks(&chat, "/subscribe akme").await.text.contains("Acme"), "the nearest name");
    let named = format!("/subscriptions@{}", telegram.username());
    assert!(anna.asks(&chat, &named).await.text.contains("Acme"));
    let usage = anna.asks(&chat, "/subscribe acme whatever nonsense").await;
    assert!(usage.text.contains("/subscribe"), "{usage}");
    assert!(anna.asks(&chat, "/status acme").await.text.contains("Acme"));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_link_subscribes_a_private_chat() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    assert!(anna.follows_link("acme").await.text.contains("Acme"));
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    anna.private().until_told("Acme: major outage").await;
    let ben = telegram.person("Ben");
    assert!(!ben.asks(&ben.private(), "/start").await.text.is_empty());
    // Who follows the link again keeps what was chosen meanwhile.
    ben.asks(&ben.private(), "/subscribe acme major mention:@oncall").await;
    let again = ben.follows_link("acme").await;
    assert!(again.text.contains("already has") && again.text.contains("major outage only"), "{again}");
    let listed = ben.asks(&ben.private(), "/subscriptions").await;
    assert!(listed.text.contains("major outage only") && listed.text.contains("oncall"), "{listed}");
    ends_well(program, &telegram);
}

/// The button that tells the bot something and whose text holds the first of these that any does.
fn label(message: &Seen, wanted: &[&str]) -> String {
    let all = || message.keyboard.iter().flatten().filter(|button| matches!(button.action, Action::Data(_)));
    let mut fitting = wanted.iter().filter_map(|wanted| all().find(|button| button.text.contains(wanted)));
    let found = fitting.next().unwrap_or_else(|| panic!("none of {wanted:?} below {message}"));
    found.text.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_lead_from_a_bare_command_to_a_subscription_also_after_a_restart() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    let menu = anna.asks(&chat, "/subscribe").await;
    assert!(menu.text.contains("/subscribe"), "usage for who sees no buttons: {menu}");
    program.kill();

    let program = bot(&home, &telegram);
    let mut edits = menu.edits;
    let mut step = menu.clone();
    for _ in 0..4 {
        if chat.told().iter().any(|message| message.text.contains("This chat now hears about")) {
            break;
        }
        let next = label(&step, &["everything", "Acme", "ther"]);
        anna.presses(&chat, menu.id, &next).await;
        let before = edits;
        let is_next = |message: &Seen| {
            (message.id == menu.id && message.edits > before) || message.text.contains("This chat now hears about")
        };
        step = chat.until(&format!("what follows {next:?}"), is_next).await;
        edits = step.edits;
    }
    chat.until_told("This chat now hears about").await;
    assert!(anna.asks(&chat, "/subscriptions").await.text.contains("Acme"));
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_an_alert_show_its_timeline_and_mute_it() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    assert!(anna.asks(&chat, "/settings sound all").await.text.contains("is now: all"));
    assert!(anna.asks(&chat, "/settings updates replies").await.text.contains("is now: replies"));
    let outage = Posted::new("i1", "Log-in fails", "critical").and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&outage));
    let alert = chat.until_told("Acme: major outage").await;
    let last = alert.id;
    anna.presses(&chat, alert.id, &label(&alert, &["imeline"])).await;
    let timeline = chat.until("the timeline", |message| message.is_from_bot && message.id > last).await;
    assert!(timeline.text.contains("We look into it (i1).") && timeline.text.contains("A cable is cut."), "{timeline}");
    let last = timeline.id;
    let shown = anna.presses(&chat, alert.id, &label(&alert, &["ute"])).await;
    if shown.text.is_empty() {
        chat.until("that it is muted", |message| message.is_from_bot && message.id > last).await;
    }
    let listed = anna.asks(&chat, "/subscriptions").await;
    assert!(listed.text.contains("Muted:"), "{listed}");
    // Updates would be messages and each would make a sound; now the next changes the alert, and the end makes none.
    let worse = outage.and("monitoring", "The cable is mended.");
    page.show(std::slice::from_ref(&worse));
    let told = chat.until_told("The cable is mended.").await;
    assert_eq!(told.id, alert.id, "{told}");
    page.show(&[worse.resolved()]);
    let is_end =
        |message: &Seen| message.is_from_bot && message.id > listed.id && message.text.contains("Acme: resolved");
    let end = chat.until("the end", is_end).await;
    assert!(end.is_silent, "{end}");
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_chooses_what_makes_a_sound() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna"), telegram.person("Ben"));
    for person in [&anna, &ben] {
        person.asks(&person.private(), "/subscribe acme").await;
    }
    let set = anna.asks(&anna.private(), "/settings sound off").await;
    assert!(set.text.contains("is now: off"), "{set}");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    assert!(anna.private().until_told("Acme: major outage").await.is_silent);
    assert!(!ben.private().until_told("Acme: major outage").await.is_silent);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_any_chat_the_current_status_is_offered_as_a_message() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let anna = telegram.person("Anna");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    page.until_read().await;
    let offers = anna.types_inline("acme", "").await;
    let offer = offers.offers.first().expect("nothing is offered");
    assert!(offer.title.contains("Acme") && offer.text.contains("Log-in fails"), "{offer:?}");
    let elsewhere = anna.group("Friends");
    anna.sends(&elsewhere, offer);
    assert!(elsewhere.messages()[0].text.contains("Log-in fails"));
    // Between the two of them as well, where everything that is typed is meant for the bot: it does not answer itself.
    let chat = anna.private();
    let sent = anna.sends(&chat, offer);
    let help = anna.asks(&chat, "/help").await;
    assert!(help.text.contains("/maintenance"), "{help}");
    let answers: Vec<Seen> = chat.told().into_iter().filter(|message| message.id > sent).collect();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    let all = anna.types_inline("", "").await;
    assert!(all.offers.iter().any(|offer| offer.text.contains("Acme")), "{all:?}");
    assert!(anna.types_inline("zzzzzz", "").await.offers.len() <= 5);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_commands_they_may_use_in_their_language_and_they_are_registered_once() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = watching(&page, "Acme");
    let program = bot(&home, &telegram);
    let (anna, ben) = (telegram.person("Anna").speaking("de"), telegram.person("Ben").speaking("fr"));
    let group = anna.group("Ops");
    anna.makes(&ben, crate::support::telegram::Member::Ordinary, &group);
    anna.asks(&anna.private(), "/status").await;
    program.until_logged("menus of commands are registered");
    let summary = |lines: Vec<(String, String)>, name: &str| lines.into_iter().find(|(command, _)| command == name);
    let (german, other) = (anna.menu(&anna.private()), ben.menu(&ben.private()));
    assert_ne!(summary(german.clone(), "subscribe"), summary(other.clone(), "subscribe"));
    assert!(summary(german, "status").is_some() && summary(other, "status").is_some());
    assert!(summary(anna.menu(&group), "subscribe").is_some());
    assert_eq!(summary(ben.menu(&group), "subscribe"), None, "who may not use it does not see it");
    assert!(summary(ben.menu(&group), "status").is_some());
    let registered = telegram.calls("setMyCommands").len();
    ends_well(program, &telegram);

    let program = bot(&home, &telegram);
    anna.asks(&anna.private(), "/status").await;
    ends_well(program, &telegram);
    assert_eq!(telegram.calls("setMyCommands").len(), registered, "nothing had changed");
}
