//! What people type and press, and the answers.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Bot, ask_command, serenity_bot::SerenityBot};
use crate::support::discord::{Asked, Channel, Discord, Person, permission};

async fn with_a_person(discord: &Discord) -> (Person, Channel) {
    let server = discord.server("Acme");
    let person = discord.person("ada");
    server.welcomes(&person, 0);
    let channel = server.channel("general");
    let slow = json!({"name": "slow", "description": "Takes its time"});
    let secret = json!({"name": "secret", "description": "Not for all", "default_member_permissions": "16"});
    let answer = Bot::new(discord).declare(discord, json!([ask_command(), slow, secret])).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    (person, channel)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_typed_answered_and_its_button_pressed() {
    let discord = Discord::start().await;
    let (person, channel) = with_a_person(&discord).await;
    let bot = SerenityBot::start(&discord).await;
    discord.gateway().until_ready().await;
    person.speaks("de");
    let answer = person.types(&channel, "/ask what:is it down how:loud often:3").answer().await;
    let expected = "what=String(\"is it down\") how=String(\"loud\") often=Integer(3) de\n\
                    | **Answer**\n| All is well.\n[More] [Page](https://status.example)";
    assert_eq!(answer.text(), expected);
    assert_eq!(channel.messages().len(), 1);
    let pressed = person.presses(&answer, "More").answer().await;
    assert_eq!((pressed.text().as_str(), pressed.edits), ("pressed\n| **Answer**\n| All is well.", 1));

    let slow = person.types(&channel, "/slow");
    assert_eq!(slow.answer().await.text(), "slowly: true");
    assert!(slow.answers()[0].is_ephemeral && slow.waited().is_some());
    assert_eq!(channel.messages().len(), 1, "what is for one is not seen by all");
    let offers = person.is_typing(&channel, "/ask what:wha").choices().await;
    assert_eq!(offers, [("wha!".to_owned(), json!("wha-1"))]);

    let private = person.private();
    let answer = person.types(&private, "/ask what:alone").answer().await;
    assert!(answer.says("alone") && private.messages().len() == 1);
    assert!(!bot.heard.all().iter().any(|one| one.starts_with("not ")), "{:?}", bot.heard.all());
    discord.assert_nothing_refused();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_see_the_commands_they_may_use() {
    let discord = Discord::start().await;
    let (person, channel) = with_a_person(&discord).await;
    let server = discord.server("Other");
    let (manager, guest) = (discord.person("eve"), discord.person("kim"));
    server.welcomes(&manager, permission::MANAGE_CHANNELS);
    server.welcomes(&guest, 0);
    let other = server.channel("other");
    assert!(!person.sees(&channel, "secret") && person.sees(&channel, "ask"));
    assert!(manager.sees(&other, "secret") && !guest.sees(&other, "secret"));
    server.lets(&guest, "secret");
    assert!(guest.sees(&other, "secret"));
    assert!(guest.sees(&guest.private(), "ask"));
}

/// A bot that is connected and answers nothing by itself.
struct Dumb {
    discord: Discord,
    bot: Bot,
    person: Person,
    channel: Channel,
}

impl Dumb {
    async fn new() -> Self {
        let discord = Discord::start().await;
        let (person, channel) = with_a_person(&discord).await;
        Self { bot: Bot::new(&discord), discord, person, channel }
    }

    fn ask(&self) -> (Asked, String, String) {
        let asked = self.person.types(&self.channel, "/ask what:x");
        let (id, token) = asked.credentials();
        (asked, format!("/interactions/{id}/{token}/callback"), format!("/webhooks/{}/{token}", self.discord.bot()))
    }

    async fn post(&self, path: &str, body: Value) -> (u16, u64) {
        self.bot.call(Method::POST, path, body).await.refusal()
    }
}

#[tokio::test]
async fn answers_come_in_time_once_and_in_the_right_form() {
    let dumb = Dumb::new().await;
    let hello = json!({"type": 4, "data": {"content": "hello"}});
    let (_, callback, webhook) = dumb.ask();
    assert_eq!(dumb.post(&webhook, json!({"content": "first"})).await, (404, 10_015));
    assert_eq!(dumb.post(&callback, json!({"type": 8, "data": {"choices": []}})).await, (400, 50_035));
    assert_eq!(dumb.post(&callback, json!({"type": 4, "data": {"content": ""}})).await, (400, 50_006));
    assert_eq!(dumb.post(&callback, json!({"type": 5, "data": {"flags": 4}})).await, (400, 50_035));
    assert_eq!(dumb.post(&callback, json!({"type": 7, "data": {"content": "x"}})).await, (400, 50_035));
    assert_eq!(dumb.post(&callback, hello.clone()).await, (204, 0));
    assert_eq!(dumb.post(&callback, hello.clone()).await, (400, 40_060));
    assert_eq!(dumb.post(&webhook, json!({"content": "and more"})).await, (200, 0));
    assert_eq!(dumb.post(&webhook, json!({"content": "x", "nonce": "x"})).await, (400, 50_035));

    let (_, callback, webhook) = dumb.ask();
    dumb.discord.advance(Duration::from_millis(3_001));
    assert_eq!(dumb.post(&callback, hello.clone()).await, (404, 10_062));
    let (asked, callback, again) = dumb.ask();
    assert_eq!(dumb.post(&callback, json!({"type": 5, "data": {"flags": 64}})).await, (204, 0));
    assert!(asked.answers().is_empty(), "thinking is no answer");
    let original = format!("{again}/messages/@original");
    assert_eq!(dumb.bot.call(Method::PATCH, &original, json!({"content": "thought"})).await.status, 200);
    assert_eq!(asked.until_answers(1).await[0].text(), "thought");
    assert!(asked.answers()[0].is_ephemeral);
    assert_eq!(dumb.bot.get(&original).await.body["content"], "thought");
    assert_eq!(dumb.bot.call(Method::DELETE, &original, json!({})).await.status, 204);
    assert_eq!(dumb.bot.get(&original).await.refusal(), (404, 10_008));
    dumb.discord.advance(Duration::from_secs(15 * 60));
    assert_eq!(dumb.bot.get(&original).await.refusal(), (401, 50_027));
    assert_eq!(dumb.post(&webhook, json!({"content": "never"})).await, (404, 10_015));
    assert_eq!(dumb.post("/interactions/1/x/callback", hello).await, (404, 10_062));
}

#[tokio::test]
async fn offers_are_counted_and_of_the_right_kind() {
    let dumb = Dumb::new().await;
    let offer = |name: &str, value: Value| json!({"name": name, "value": value});
    let many: Vec<Value> = (0..26).map(|number| offer(&number.to_string(), json!("v"))).collect();
    for choices in [
        json!(many),
        json!([offer("", json!("v"))]),
        json!([offer(&"n".repeat(101), json!("v"))]),
        json!([offer("n", json!(1))]),
        json!([offer("n", json!("v".repeat(101)))]),
    ] {
        let asked = dumb.person.is_typing(&dumb.channel, "/ask what:x");
        let (id, token) = asked.credentials();
        let path = format!("/interactions/{id}/{token}/callback");
        assert_eq!(dumb.post(&path, json!({"type": 8, "data": {"choices": choices}})).await, (400, 50_035));
        let fine = json!({"type": 8, "data": {"choices": [offer("n", json!("v"))]}});
        assert_eq!(dumb.post(&path, fine).await, (204, 0), "what was refused was no answer");
    }
}

#[tokio::test]
async fn an_app_that_only_its_user_has_may_follow_up_five_times() {
    let dumb = Dumb::new().await;
    let server = dumb.discord.server_without_bot("Elsewhere");
    let there = server.channel("there");
    server.welcomes(&dumb.person, 0);
    assert!(!dumb.person.sees(&there, "slow"));
    let asked = dumb.person.types(&there, "/ask what:x");
    let (id, token) = asked.credentials();
    let callback = format!("/interactions/{id}/{token}/callback");
    assert_eq!(dumb.post(&callback, json!({"type": 4, "data": {"content": "1"}})).await, (204, 0));
    let webhook = format!("/webhooks/{}/{token}", dumb.discord.bot());
    dumb.discord.set(crate::support::discord::Settings::unlimited);
    for _ in 0..5 {
        assert_eq!(dumb.post(&webhook, json!({"content": "more"})).await, (200, 0));
    }
    assert_eq!(dumb.post(&webhook, json!({"content": "more"})).await, (400, 40_094));
    assert_eq!(dumb.bot.post(there.id, json!({"content": "by itself"})).await.refusal(), (403, 50_001));
}
