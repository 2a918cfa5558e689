//! Rate limits, and trouble that a test makes.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::Semaphore;

use super::Bot;
use crate::support::discord::{Discord, Fault, Route, Settings, Which};

#[tokio::test]
async fn a_channel_takes_five_messages_in_five_seconds_and_says_so() {
    let discord = Discord::start().await;
    let server = discord.server("Acme");
    let (channel, other) = (server.channel("a"), server.channel("b"));
    let bot = Bot::new(&discord);
    for left in (0..5).rev() {
        let answer = bot.post(channel.id, json!({"content": "x"})).await;
        assert_eq!((answer.status, answer.header("x-ratelimit-limit")), (200, "5"));
        assert_eq!(answer.header("x-ratelimit-remaining"), left.to_string());
    }
    let answer = bot.post(channel.id, json!({"content": "x"})).await;
    assert_eq!((answer.status, answer.header("x-ratelimit-scope")), (429, "user"));
    let wait = answer.body["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 5.0 && answer.body["global"] == false, "{answer:?}");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() <= 5);
    let elsewhere = bot.post(other.id, json!({"content": "x"})).await;
    assert_eq!((elsewhere.status, elsewhere.header("x-ratelimit-remaining")), (200, "4"));
    assert_eq!(elsewhere.header("x-ratelimit-bucket"), answer.header("x-ratelimit-bucket"));
    discord.advance(Duration::from_secs(5));
    let answer = bot.post(channel.id, json!({"content": "x"})).await;
    assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (200, "4"));
    assert!(answer.header("x-ratelimit-reset-after").starts_with(['4', '5']));
    assert!(answer.header("x-ratelimit-reset").parse::<f64>().unwrap() > 1.7e9);
}

#[tokio::test]
async fn a_bot_makes_fifty_requests_a_second_and_whoever_makes_ten_thousand_wrong_ones_is_shut_out() {
    let discord = Discord::start().await;
    discord.set(|settings| {
        settings.other = None;
        settings.invalid_requests = 3;
    });
    let bot = Bot::new(&discord);
    let answers = join_all((0..51).map(|_| bot.get("/users/@me"))).await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].header("x-ratelimit-scope"), refused[0].header("x-ratelimit-global")), ("global", "true"));
    assert_eq!(refused[0].body["global"], true);
    discord.advance(Duration::from_secs(1));
    let stranger = Bot { token: "wrong".to_owned(), ..Bot::new(&discord) };
    for _ in 0..2 {
        assert_eq!(stranger.get("/users/@me").await.status, 401);
    }
    let shut_out = bot.get("/users/@me").await;
    assert_eq!((shut_out.status, shut_out.header("content-type")), (429, "text/html"));
    discord.advance(Duration::from_secs(600));
    assert_eq!(bot.get("/users/@me").await.status, 200);
}

#[tokio::test]
async fn trouble_comes_as_it_is_ordered_and_goes() {
    let discord = Discord::start().await;
    discord.set(Settings::unlimited);
    let channel = discord.server("Acme").channel("a");
    let bot = Bot::new(&discord);
    let path = format!("/channels/{}/messages", channel.id);
    let body = json!({"content": "x"});
    let post = async || bot.try_call(reqwest::Method::POST, &path, &body).await;

    discord.fail(Which::Route(Route::CreateMessage), Fault::Status(502), 1);
    assert_eq!(post().await.unwrap().status, 502);
    discord.fail(Which::At(Route::CreateMessage, channel.id), Fault::Cut, 1);
    assert!(post().await.is_err());
    discord.until_failed().await;
    assert!(channel.messages().is_empty());
    discord.fail(Which::All, Fault::LoseAnswer, 1);
    assert!(post().await.is_err());
    assert_eq!(channel.messages().len(), 1);
    discord.fail(Which::Route(Route::CreateMessage), Fault::Hang, 1);
    tokio::select! {
        answer = post() => panic!("an answer came: {answer:?}"),
        () = discord.until_failed() => {}
    }
    let trouble = discord.fail_while(Which::Route(Route::CreateMessage), Fault::Status(503));
    assert_eq!((post().await.unwrap().status, post().await.unwrap().status), (503, 503));
    drop(trouble);
    let gate = Arc::new(Semaphore::new(0));
    discord.fail(Which::Route(Route::CreateMessage), Fault::Behind(Arc::clone(&gate)), 1);
    let open = async {
        channel.wait_for("the message before its answer", |all| all.len() == 2).await;
        gate.add_permits(1);
    };
    let (answer, ()) = tokio::join!(post(), open);
    assert_eq!(answer.unwrap().status, 200);

    for (fault, scope) in [
        (Fault::RouteWaits(Duration::from_secs(9)), "user"),
        (Fault::SharedWait(Duration::from_secs(9)), "shared"),
        (Fault::AllWait(Duration::from_secs(9)), "global"),
    ] {
        discord.fail(Which::Route(Route::CreateMessage), fault, 1);
        let answer = post().await.unwrap();
        assert_eq!((answer.status, answer.header("x-ratelimit-scope")), (429, scope));
        // Waiting is waited for, not asked away.
        discord.advance(Duration::from_millis(8_000));
        assert_eq!(post().await.unwrap().status, 429);
        let elsewhere = bot.get("/users/@me").await.status;
        assert_eq!(elsewhere, if scope == "global" { 429 } else { 200 });
        discord.advance(Duration::from_millis(1_000));
        assert_eq!(post().await.unwrap().status, 200);
    }
    discord.until_messages(5).await;
    discord.until_all("five messages that say x", |all| all.iter().filter(|one| one.says("x")).count() == 5).await;
}
