//! Requests and answers, polls and webhooks, and what breaks.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use super::Client;
use crate::support::telegram::{Fault, Limits, Telegram};

#[tokio::test]
async fn a_call_may_come_in_any_form_under_the_right_token_only() {
    let telegram = Telegram::start().await;
    telegram.limit(Limits::none());
    let (client, room) = (Client::new(&telegram), telegram.person("Anna").private());
    let chat = room.chat.to_string();
    let form = format!("chat_id={chat}&text=a+form%21&disable_notification=1&reply_markup=%7B%7D&message_thread_id=");
    let request = client.post("sendMessage").header("content-type", "application/x-www-form-urlencoded").body(form);
    assert_eq!(client.answer(request).await["result"]["text"], "a form!");
    let part = |name: &str, value: &str| {
        format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let entities = r#"[{"type":"bold","offset":0,"length":5}]"#;
    let body = part("chat_id", &chat) + &part("text", "parts\r\nof it") + &part("entities", entities) + "--xyz--\r\n";
    let request = client.post("SendMessage").header("content-type", "multipart/form-data; boundary=xyz").body(body);
    assert_eq!(client.answer(request).await["result"]["entities"], serde_json::from_str::<Value>(entities).unwrap());
    let request = client.post("sendmessage").query(&[("chat_id", chat.as_str()), ("text", "an address")]);
    client.answer(request).await;
    let said: Vec<(String, bool)> = room.told().into_iter().map(|seen| (seen.drawn, seen.is_silent)).collect();
    let expected = [("a form!", true), ("**parts**\r\nof it", false), ("an address", false)];
    assert_eq!(said, expected.map(|(text, is_silent)| (text.to_owned(), is_silent)));

    for (body, why) in
        [("{", "can't parse JSON object"), (r#"{"chat_id":1,"text":"x","entities":"["}"#, "can't parse entities")]
    {
        let request = client.post("sendMessage").header("content-type", "application/json").body(body);
        let answer = client.answer(request).await;
        assert!(answer["description"].as_str().unwrap().contains(why), "{answer}");
    }
    assert_eq!(client.refused("sendMassage", json!({})).await, "404 Not Found");
    let elsewhere = |path: &str| client.http.post(format!("{}/{path}", telegram.url()));
    assert_eq!(client.answer(elsewhere("bot123:wrong/getMe")).await["error_code"], 401);
    assert_eq!(client.answer(elsewhere("botnonsense/getMe")).await["error_code"], 404);
    assert_eq!(client.answer(elsewhere("getMe")).await["error_code"], 404);
}

#[tokio::test]
async fn updates_are_told_again_until_a_later_one_is_asked_for() {
    let telegram = Telegram::start().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let room = anna.private();
    for text in ["one", "two", "three"] {
        anna.says(&room, text);
    }
    let texts = |updates: &Value| {
        updates.as_array().unwrap().iter().map(|update| update["message"]["text"].clone()).collect::<Vec<_>>()
    };
    let all = client.gets("getUpdates", json!({ "offset": 0 })).await;
    assert_eq!(texts(&all), ["one", "two", "three"]);
    assert_eq!(texts(&client.gets("getUpdates", json!({ "limit": 2 })).await), ["one", "two"]);
    let second = all[1]["update_id"].as_i64().unwrap();
    assert_eq!(texts(&client.gets("getUpdates", json!({ "offset": second })).await), ["two", "three"]);
    assert_eq!(telegram.unconfirmed(), 2);
    assert_eq!(texts(&client.gets("getUpdates", json!({ "offset": -1 })).await), ["three"]);
    assert_eq!(telegram.unconfirmed(), 1);
    let (later, ()) = tokio::join!(client.gets("getUpdates", json!({ "offset": second + 2, "timeout": 50 })), async {
        telegram.until_confirmed().await;
        anna.says(&room, "four");
    });
    assert_eq!(texts(&later), ["four"]);
    telegram.repeat_updates();
    assert_eq!(texts(&client.gets("getUpdates", json!({})).await), ["one", "two", "three", "four"]);
    telegram.forget_updates();
    assert_eq!(client.updates().await, Vec::<Value>::new());
}

#[tokio::test]
async fn only_kinds_of_updates_that_were_asked_for_are_told_and_the_wish_is_remembered() {
    let telegram = Telegram::start().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let room = anna.private();
    client.gets("getUpdates", json!({ "allowed_updates": ["my_chat_member"] })).await;
    client.gets("getUpdates", json!({})).await;
    anna.says(&room, "unheard");
    anna.blocks(true);
    let updates = client.updates().await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], "kicked");
    assert_eq!(telegram.allowed_updates(), ["my_chat_member"]);
}

#[tokio::test]
async fn of_two_who_poll_the_first_is_sent_away() {
    let telegram = Telegram::start().await;
    let client = Client::new(&telegram);
    let second = async {
        telegram.inner.until("the first poll", |world| world.updates.polls().checked_sub(1)).await;
        client.gets("getUpdates", json!({})).await
    };
    let (first, second) = tokio::join!(client.refused("getUpdates", json!({ "timeout": 50 })), second);
    assert!(first.starts_with("409 Conflict: terminated by other getUpdates request"), "{first}");
    assert_eq!(second, json!([]));
}

type Post = (Option<String>, Value);

/// A bot that takes updates at an address; the first it refuses.
async fn desk(State(taken): State<Arc<Mutex<Vec<Post>>>>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let secret = headers.get("x-telegram-bot-api-secret-token").map(|value| value.to_str().unwrap().to_owned());
    let update: Value = serde_json::from_str(&body).unwrap();
    let chat = update["message"]["chat"]["id"].clone();
    let mut taken = taken.lock().unwrap();
    taken.push((secret, update));
    let status = if taken.len() == 1 { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK };
    (status, json!({ "method": "sendMessage", "chat_id": chat, "text": "taken" }).to_string())
}

#[tokio::test]
async fn a_webhook_gets_each_update_with_the_secret_until_it_takes_it() {
    let telegram = Telegram::start().await;
    telegram.limit(Limits::none());
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken: Arc<Mutex<Vec<Post>>> = Arc::default();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(desk).with_state(Arc::clone(&taken));
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });

    let hook = |url: &str| json!({ "url": url, "secret_token": "a_Secret-1", "allowed_updates": ["message"] });
    for (url, why) in [
        ("http://bot.example/x", "An HTTPS URL must be provided"),
        ("https://bot.example:8080/x", "only on ports 80, 88, 443 or 8443"),
        ("https://bot.example/x", "Failed to resolve host"),
        ("nonsense", "invalid URL"),
    ] {
        let refusal = client.refused("setWebhook", hook(url)).await;
        assert!(refusal.starts_with("400 Bad Request: bad webhook: ") && refusal.contains(why), "{refusal}");
    }
    telegram.proxy("bot.example", address);
    let bad = json!({ "url": "https://bot.example/x", "secret_token": "not allowed" });
    assert!(client.refused("setWebhook", bad).await.contains("secret token contains unallowed characters"));
    let polling = client.refused("getUpdates", json!({ "timeout": 50 }));
    let setting = async {
        telegram.inner.until("the poll", |world| world.updates.polls().checked_sub(1)).await;
        client.gets("setWebhook", hook("https://bot.example/x")).await
    };
    let (ended, _) = tokio::join!(polling, setting);
    assert_eq!(ended, "409 Conflict: terminated by setWebhook request");
    let beside = client.refused("getUpdates", json!({})).await;
    assert!(beside.starts_with("409 Conflict: can't use getUpdates method while webhook is active"), "{beside}");

    let room = anna.private();
    anna.says(&room, "hello");
    room.until_told("taken").await;
    telegram.until_confirmed().await;
    let info = client.gets("getWebhookInfo", json!({})).await;
    assert_eq!((&info["url"], &info["allowed_updates"]), (&json!("https://bot.example/x"), &json!(["message"])));
    assert!(info["last_error_message"].as_str().unwrap().contains("500"), "{info}");
    assert_eq!(telegram.webhook().unwrap().secret.as_deref(), Some("a_Secret-1"));
    let posts = taken.lock().unwrap().clone();
    let secret = Some("a_Secret-1".to_owned());
    assert!(posts.len() == 2 && posts[0] == posts[1] && posts[0].0 == secret, "{posts:?}");
    tasks.shutdown().await;
    anna.says(&room, "lost?");
    telegram
        .inner
        .until("an error", |world| {
            let (_, error) = world.updates.webhook.as_ref()?.last_error.clone()?;
            (error == "Connection refused").then_some(())
        })
        .await;
    client.gets("deleteWebhook", json!({})).await;
    assert_eq!(client.updates().await[0]["message"]["text"], "lost?");
    client.gets("setWebhook", json!({ "url": "https://bot.example/x", "drop_pending_updates": true })).await;
    client.gets("setWebhook", json!({ "url": "" })).await;
    assert_eq!(
        (client.updates().await, client.gets("getWebhookInfo", json!({})).await["url"].clone()),
        (vec![], json!(""))
    );
}

#[tokio::test]
async fn what_is_to_go_wrong_goes_wrong_so_often_and_so_long() {
    let telegram = Telegram::start().await;
    telegram.limit(Limits::none());
    let (client, room) = (Client::new(&telegram), telegram.person("Anna").private());
    let send = |text: &str| {
        let body = json!({ "chat_id": room.chat, "text": text }).to_string();
        client.post("sendMessage").header("content-type", "application/json").body(body)
    };
    telegram.fail("sendMessage", Fault::BadGateway, 1);
    telegram.fail("sendMessage", Fault::Reset, 1);
    telegram.fail("sendMessage", Fault::AnswerLost, 1);
    telegram.fail("sendMessage", Fault::Flood(7), 1);
    telegram.fail("sendMessage", Fault::Refused(403, "Forbidden: as a test"), 1);
    telegram.fail("sendMessage", Fault::Hang, 1);
    client.gets("getMe", json!({})).await;
    let gateway = send("1").send().await.unwrap();
    assert_eq!(gateway.status(), 502);
    assert!(gateway.text().await.unwrap().starts_with("<html>"));
    for text in ["2", "3"] {
        let failure = send(text).send().await.unwrap_err();
        assert!(failure.is_request() && !failure.is_timeout(), "{failure:?}");
    }
    assert_eq!(client.answer(send("4")).await["parameters"]["retry_after"], 7);
    assert_eq!(client.answer(send("5")).await["description"], "Forbidden: as a test");
    assert!(send("6").timeout(Duration::from_millis(50)).send().await.unwrap_err().is_timeout());
    telegram.until_faults_are_over().await;
    let unheard = telegram.fail_while("getMe", Fault::AnswerHeld);
    let (_, ()) = tokio::join!(client.gets("getMe", json!({})), async {
        telegram.until_held(1).await;
        drop(unheard);
    });
    let held = telegram.fail_while("", Fault::Held);
    let late = async {
        telegram.until_held(2).await;
        assert_eq!(room.told().len(), 1, "only what lost its answer is there");
        drop(held);
    };
    let (answer, ()) = tokio::join!(client.answer(send("7")), late);
    assert_eq!(answer["ok"], true);
    let said: Vec<String> = room.told().into_iter().map(|seen| seen.text).collect();
    assert_eq!(said, ["3", "7"]);
    telegram.until_called("sendMessage", 7).await;
    let codes: Vec<u16> = telegram.calls("sendMessage").iter().map(|call| call.code).collect();
    assert_eq!(codes, [502, 0, 0, 429, 403, 0, 200]);
}
