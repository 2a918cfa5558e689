//! What people type and press, and what they are answered.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::Semaphore;

use super::stage::Stage;
use crate::support::{
    discord::{Fault, Kind, Route, Which},
    feed_server::Answer,
    page::{Posted, StatusPage},
    program::Home,
};

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_declared_once_in_several_languages_and_for_those_who_may() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let commands = stage.discord.commands();
    let named = |name: &str| commands.iter().find(|one| one["name"] == name).unwrap().clone();
    for name in ["status", "subscribe", "unsubscribe", "subscriptions", "services", "incident", "help", "about"] {
        let command = named(name);
        let (english, german) = (&command["description"], &command["description_localizations"]["de"]);
        assert!(english.is_string() && german.is_string() && english != german, "{command}");
    }
    assert_eq!(named("subscribe")["default_member_permissions"], "16");
    assert_eq!(named("status")["default_member_permissions"], Value::Null);
    assert_eq!(named("subscribe")["options"][0]["autocomplete"], true);
    // What only tells can be carried anywhere by who installs it for themselves; what posts needs the bot itself.
    let reach = |name: &str| (named(name)["contexts"].clone(), named(name)["integration_types"].clone());
    assert_eq!(reach("status"), (serde_json::json!([0, 1, 2]), serde_json::json!([0, 1])));
    assert_eq!(reach("subscribe"), (serde_json::json!([0, 1]), serde_json::json!([0])));
    assert!(stage.manager.sees(&stage.channel, "subscribe") && !stage.member.sees(&stage.channel, "subscribe"));
    drop(program.stop("TERM"));
    let _program = stage.start(&home).await;
    stage.ask("/status").await;
    assert_eq!(stage.discord.registrations(), 1);
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_typed_is_completed() {
    let stage = Stage::new().await;
    let many: String = (0..40)
        .map(|number| StatusPage::new(&stage.feeds, &format!("shop{number}")).service(&format!("Shop {number}")))
        .collect();
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&(many + &page.service("Acme")))).await;
    // On a computer that is busy with other tests a choice may come without what the store did not tell in time.
    let choices = async |line: &str, is_right: fn(&[(String, Value)]) -> bool| {
        let mut last = Vec::new();
        for _ in 0..50 {
            let asked = stage.manager.is_typing(&stage.channel, line);
            last = asked.choices().await;
            if is_right(&last) {
                return;
            }
        }
        panic!("{line}: {last:?}");
    };
    choices("/subscribe topic:acm", |found| found.first().is_some_and(|(_, value)| value == "acme")).await;
    choices("/subscribe topic:shop", |found| found.len() == 25).await;
    choices("/status service:zzzzzz", <[_]>::is_empty).await;
    choices("/subscribe topic:acme severity:", |found| found.iter().any(|(_, value)| value == "major_outage")).await;
    choices("/subscribe topic:oth", |found| found.iter().any(|(_, value)| value == "other")).await;
    let part = r#"{"id": "c1", "name": "Payments", "status": "operational"}"#;
    page.answer(Answer::json(format!(
        r#"{{"page": {{"id": "acme", "name": "acme"}}, "status": {{"indicator": "none"}}, "components": [{part}],
            "incidents": [], "scheduled_maintenances": []}}"#
    )));
    page.until_read().await;
    choices("/subscribe topic:acme components:pay", |found| found.iter().any(|(_, value)| value == "Payments")).await;
    choices("/mute what:acme duration:2", |found| found.iter().any(|(_, value)| value == "2h")).await;
    choices("/settings key:timezone value:berl", |found| found.iter().any(|(_, value)| value == "Europe/Berlin")).await;
    choices("/settings key:language value:", |found| found.iter().any(|(_, value)| value == "de")).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    choices("/unsubscribe topic:", |own| own.iter().any(|(_, value)| value == "acme") && own.len() < 5).await;
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_typing_is_answered_from_memory_while_discord_answers_nothing() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let forum = stage.server.channel_of(Kind::Forum, "status");
    let post = forum.gets_post("Hello");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&post, "topic:acme").await;
    page.until_read().await;
    let routes = [Route::Guild, Route::Channel, Route::ReadMessage, Route::CreateMessage, Route::CreateThread];
    let _troubles = routes.map(|route| stage.discord.fail_while(Which::Route(route), Fault::Hang));
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    // On a busy computer nothing is offered rather than something late.
    for tries in 1.. {
        let choices = stage.manager.is_typing(&post, "/unsubscribe topic:").choices().await;
        if choices.iter().any(|(_, value)| value == "acme") {
            break;
        }
        assert!(choices.is_empty() && tries < 100, "{choices:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_long_is_acknowledged_while_it_takes_long_and_answered_once() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    // Whoever looks at what stands at the address waits for the gate.
    let gate = Arc::new(Semaphore::new(0));
    stage.feeds.set("/acme", Answer::html("<!DOCTYPE html><title>Status</title>").behind(&gate));
    let _program = stage.start(&Home::new("watch = { allow_private = true }\n")).await;
    let asked = stage.manager.types(&stage.channel, &format!("/watch url:{}", stage.feeds.url("/acme")));
    asked.until_acknowledged().await;
    assert_eq!(asked.answers().len(), 0, "so far it only thinks");
    gate.add_permits(100);
    let answer = asked.answer().await;
    assert!(answer.says("This chat now watches"), "{}", answer.text());
    page.until_read_often().await;
    assert_eq!((asked.answers().len(), stage.channel.messages().len()), (1, 1));
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_server_lets_may_subscribe_and_a_channel_without_rights_is_not_subscribed() {
    use crate::support::discord::permission;
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.server.lets(&stage.member, "subscribe");
    let answer = stage.member.types(&stage.channel, "/subscribe topic:acme").answer().await;
    assert!(answer.says("now hears about"), "{}", answer.text());

    let closed = stage.server.channel("closed");
    closed.gives_bot(0, permission::EMBED_LINKS);
    let answer = stage.manager.types(&closed, "/subscribe topic:acme").answer().await;
    assert!(answer.says("Embed Links") && answer.is_ephemeral, "{}", answer.text());
    closed.gives_bot(0, 0);
    let answer = stage.member.types(&closed, "/subscriptions").answer().await;
    assert!(!answer.says("Acme"), "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_concerns_only_who_asked_is_for_them_alone() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let status = stage.asks("/status service:acme").answer().await;
    assert!(status.says("Acme") && !status.is_ephemeral, "what is asked about a service helps all who read");
    let help = stage.asks("/help").answer().await;
    assert!(help.says("/subscribe") && help.is_ephemeral, "{}", help.text());
    let refused = stage.asks("/status service:watsap").answer().await;
    assert!(refused.is_ephemeral, "{}", refused.text());
    assert_eq!(stage.channel.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_of_an_alert_tell_the_story_and_silence_it_for_those_who_may() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical").and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&outage));
    let alert = stage.channel.until_says("Log-in fails").await;

    let story = stage.member.presses(&alert, "Timeline").answer().await;
    assert!(story.is_ephemeral && story.says("We look into it") && story.says("A cable is cut."), "{}", story.text());
    let refused = stage.member.presses(&alert, "Mute").answer().await;
    assert!(refused.is_ephemeral && !refused.says("is muted here"), "{}", refused.text());
    let muted = stage.manager.presses(&alert, "Mute").answer().await;
    assert!(muted.says("is muted here"), "{}", muted.text());
    let list = stage.ask("/subscriptions").await;
    assert!(list.contains("Log-in fails") || list.contains("Muted"), "{list}");
    // What was alerted before is told when it is over.
    page.show(&[outage.resolved()]);
    stage.channel.until_says("Acme: resolved").await;
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_ask_and_subscribe_in_private() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let private = stage.member.private();
    let answer = stage.member.types(&private, "/subscribe topic:acme").answer().await;
    assert!(answer.says("now hears about"), "{}", answer.text());
    page.until_read().await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    private.until_says("Acme: major outage").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_somebody_carries_answers_where_the_bot_is_not() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let elsewhere = stage.discord.server_without_bot("Elsewhere");
    elsewhere.welcomes(&stage.member, 0);
    let channel = elsewhere.channel("talk");
    assert!(stage.member.sees(&channel, "status") && !stage.member.sees(&channel, "subscribe"));
    let answer = stage.member.types(&channel, "/status service:acme").answer().await;
    assert!(answer.says("Acme"), "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_whose_first_answer_hangs_is_answered_all_the_same() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.discord.fail(Which::Route(Route::Callback), Fault::Hang, 1);
    let asked = stage.asks("/status");
    assert!(asked.answer().await.says("well"), "{}", stage.ask("/status").await);
    stage.discord.until_failed().await;
    stage.discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_asks_for_a_test_twice_is_shown_one_at_a_time() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    let gate = Arc::new(Semaphore::new(0));
    let own = stage.member.private();
    stage.discord.fail(Which::At(Route::EditMessage, own.id), Fault::Behind(Arc::clone(&gate)), 1);
    stage.member.types(&own, "/test").answer().await;
    stage.discord.until_failed().await;
    // The first is under way, and its news hangs.
    stage.member.types(&own, "/test").answer().await;
    let alerts = own.messages().iter().filter(|one| one.says("Foghorn's test")).count();
    assert_eq!(alerts, 1);
    gate.add_permits(1);
    own.until_reply_says("Foghorn's test").await;
    assert_eq!(own.messages().iter().filter(|one| one.says("Foghorn's test")).count(), 2, "the alert and its end");
}
